// What is pasted into a rich text. The policy of the site forbids style attributes and style elements, even in a document
// that nobody sees, so both are put aside before anything reads the HTML; what they said about lists and bold is kept.
"use strict";
{
    const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
    const UNWANTED = /<style[\s\S]*?(?:<\/style\s*>|$)|<!--[\s\S]*?-->|<!\[[\s\S]*?\]>/gi;
    const LISTED = /mso-list:\s*\w+\s+level(\d)/;
    const MARK = /mso-list:\s*ignore/i;
    const WEIGHT = /(?<![\w-])font-weight:\s*(bold|normal|\d+)/;
    const NUMBERED = /^\s*\(?[\p{L}\p{N}]{1,5}[.)]/u;

    function withoutStyles(html) {
        return html.replace(UNWANTED, "").replace(TAG, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
    }

    const styleOf = (element) => element.dataset.style ?? "";

    function renamed(element, name) {
        const other = document.createElement(name);
        other.append(...element.childNodes);
        element.replaceWith(other);
    }

    /* A word processor writes the items of a list as paragraphs, each with its bullet or number typed before it. */
    function listsOf(body) {
        let open = []; // the lists that an item may belong to, with their levels, the outermost first
        let outermost = null;
        for (const paragraph of [...body.querySelectorAll("[data-style*='mso-list:']")].filter((one) => LISTED.test(styleOf(one)))) {
            const level = Number(LISTED.exec(styleOf(paragraph))[1]);
            const mark = [...paragraph.querySelectorAll("[data-style]")].find((one) => MARK.test(styleOf(one)));
            const name = NUMBERED.test(mark?.textContent ?? "") ? "ol" : "ul";
            mark?.remove();
            if (!outermost || paragraph.previousElementSibling !== outermost) {
                open = [];
            }
            while (open.length && (open.at(-1).level > level || (open.at(-1).level === level && open.at(-1).list.localName !== name))) {
                open.pop();
            }
            if (!open.length || open.at(-1).level < level) {
                const list = document.createElement(name);
                if (open.length) {
                    open.at(-1).list.lastElementChild.append(list);
                } else {
                    paragraph.before(list);
                    outermost = list;
                }
                open.push({ level, list });
            }
            const item = document.createElement("li");
            item.append(...paragraph.childNodes);
            open.at(-1).list.append(item);
            paragraph.remove();
        }
    }

    function cleaned(html) {
        const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
        body.querySelectorAll("script, style, xml, title, meta, link, img").forEach((one) => one.remove());
        body.querySelectorAll("[class^='MsoToc'], o\\:p").forEach((one) => one.replaceWith(...one.childNodes));
        listsOf(body);
        for (const element of body.querySelectorAll("b, strong, span")) {
            const weight = WEIGHT.exec(styleOf(element))?.[1] ?? "";
            const heavy = weight === "bold" || Number(weight) >= 600;
            if (element.localName === "span" ? heavy : weight && !heavy) {
                renamed(element, heavy ? "strong" : "span");
            }
        }
        for (const element of body.querySelectorAll("[lang]")) {
            if (!/^[a-z]{2,3}(-|$)/.test(element.lang)) {
                element.removeAttribute("lang"); // a word processor marks every word, often wrongly
            }
        }
        body.querySelectorAll("[data-style]").forEach((one) => one.removeAttribute("data-style"));
        for (const paragraph of body.querySelectorAll("p")) {
            if (!paragraph.textContent.trim() && !paragraph.querySelector("img, table")) {
                paragraph.remove();
            }
        }
        return body.innerHTML;
    }

    window.richTextPaste = { cleaned, withoutStyles };
}

// The editor of rich texts. Each textarea stays in the page and is what the form sends; the editor writes into it only
// when somebody changes something, so a text that was merely opened is sent as it came.
"use strict";
{
    const {
        AccessibilityHelp, BlockQuote, Bold, ClassicEditor, Collection, Essentials, Heading, Italic, Link,
        List, Paragraph, PlainTableOutput, Plugin, RemoveFormat, Subscript, Superscript, Table,
        TableCaption, TableToolbar, TextPartLanguage, UIModel, Widget, addListToDropdown, createDropdown, toWidget,
        viewToModelPositionOutsideModelElement,
    } = window.CKEDITOR;
    const { cleaned, withoutStyles } = window.richTextPaste;

    const TOKEN_OR_TAG = /<[^>]*>|\{\{figure:([\w-]+)\}\}/g;
    const TOKEN = /\{\{figure:([\w-]+)\}\}/;
    const CHIP = "figure-token";
    const CHIP_TAGS = new RegExp(`</?${CHIP}>`, "g");

    /* {{figure:key}} as a chip that shows what readers of this language read. */
    class FigureTokens extends Plugin {
        static get requires() {
            return [Widget];
        }

        init() {
            const { data, editing, model } = this.editor;
            this.figures = new Map(this.editor.config.get("figures").map((figure) => [figure.key, figure]));
            model.schema.register("figureToken", { inheritAllFrom: "$inlineObject", allowAttributes: ["key"] });
            editing.mapper.on(
                "viewToModelPosition",
                viewToModelPositionOutsideModelElement(model, (element) => element.hasClass("figure-token")),
            );
            editing.view.document.on("clipboardInput", (event, pasted) => {
                if (typeof pasted.content === "string") {
                    pasted.content = cleaned(pasted.content);
                }
            }, { priority: "high" });
            this.convert();
            const { toView, toData } = data.processor;
            data.processor.toView = (html) => toView.call(data.processor, withoutStyles(html).replace(TOKEN_OR_TAG, (found, key) =>
                key ? `<${CHIP}>${found}</${CHIP}>` : found));
            data.processor.toData = (fragment) => toData.call(data.processor, fragment).replace(CHIP_TAGS, "");
            data.processor.domConverter.inlineObjectElements.push(CHIP); // a blank beside it is a blank
            this.editor.ui.componentFactory.add("figure", (locale) => this.list(locale));
        }

        convert() {
            const { conversion } = this.editor;
            conversion.for("upcast").elementToElement({
                view: CHIP,
                model: (element, { writer }) => {
                    const key = TOKEN.exec(element.getChild(0)?.data ?? "")?.[1];
                    return key ? writer.createElement("figureToken", { key }) : null;
                },
            });
            conversion.for("dataDowncast").elementToElement({
                model: "figureToken",
                view: (item, { writer }) => this.element(writer, CHIP, `{{figure:${item.getAttribute("key")}}}`),
            });
            conversion.for("editingDowncast").elementToElement({
                model: "figureToken",
                view: (item, { writer }) => this.chip(writer, item.getAttribute("key")),
            });
        }

        element(writer, tag, words, attributes = {}) {
            const element = writer.createContainerElement(tag, attributes);
            writer.insert(writer.createPositionAt(element, 0), writer.createText(words));
            return element;
        }

        chip(writer, key) {
            const figure = this.figures.get(key);
            const words = figure?.reads || `{{figure:${key}}}`;
            const title = figure ? `${figure.label} (${key})` : `There is no figure “${key}”`;
            const element = this.element(writer, "span", words, { class: "figure-token", title });
            if (!figure) {
                writer.addClass("is-gone", element);
            }
            return toWidget(element, writer, { label: `Figure: ${title}` });
        }

        list(locale) {
            const dropdown = createDropdown(locale);
            dropdown.buttonView.set({ label: "Figure", tooltip: "Insert a figure", withText: true });
            dropdown.extendTemplate({ attributes: { class: "figure-list" } });
            addListToDropdown(dropdown, () => this.groups(), { ariaLabel: "Figures" });
            dropdown.on("execute", ({ source }) => {
                this.editor.model.change((writer) => {
                    this.editor.model.insertContent(writer.createElement("figureToken", { key: source.figureKey }));
                });
                this.editor.editing.view.focus();
            });
            return dropdown;
        }

        groups() {
            const groups = new Collection();
            for (const [label, own] of [["This record", true], ["Other records", false]]) {
                const figures = [...this.figures.values()].filter((figure) => figure.own === own && figure.reads);
                const items = new Collection(figures.map((figure) => ({
                    type: "button",
                    model: new UIModel({ figureKey: figure.key, label: `${figure.reads} · ${figure.label}`, withText: true }),
                })));
                if (items.length) {
                    groups.add({ type: "group", label, items });
                }
            }
            return groups;
        }
    }

    const PLUGINS = [
        AccessibilityHelp, BlockQuote, Bold, Essentials, FigureTokens, Heading, Italic, Link, List,
        Paragraph, PlainTableOutput, RemoveFormat, Subscript, Superscript, Table, TableCaption,
        TableToolbar, TextPartLanguage,
    ];
    const HEADINGS = [
        { model: "paragraph", title: "Paragraph" },
        { model: "heading2", view: "h2", title: "Heading", upcastAlso: ["h1"] },
        { model: "heading3", view: "h3", title: "Heading within it" },
        { model: "heading4", view: "h4", title: "Smallest heading", upcastAlso: ["h5", "h6"] },
    ];

    // What the editor calls otherwise than staff would.
    const WORDS = { "Choose language": "Foreign words", Language: "Language of these words", "Remove language": "Not foreign" };

    function settings(textarea, label) {
        const figures = JSON.parse(textarea.dataset.figures);
        return {
            licenseKey: "GPL",
            plugins: PLUGINS,
            figures,
            root: { initialData: textarea.value, label },
            language: {
                ui: "en",
                content: textarea.dataset.richText,
                textPartLanguage: JSON.parse(textarea.dataset.languages),
            },
            translations: [{ en: { dictionary: WORDS, getPluralForm: null } }],
            heading: { options: HEADINGS.map((option) => ({ class: `ck-heading_${option.model}`, ...option })) },
            table: { contentToolbar: ["tableColumn", "tableRow", "mergeTableCells", "toggleTableCaption"], defaultHeadings: { rows: 1 } },
            toolbar: {
                shouldNotGroupWhenFull: true,
                items: [
                    "heading", "bold", "italic", "link", "bulletedList", "numberedList", "blockQuote", "insertTable",
                    ...(figures.length ? ["figure"] : []),
                    "subscript", "superscript", "textPartLanguage", "removeFormat", "undo", "redo",
                ],
            },
            ui: { poweredBy: { label: null, side: "right", horizontalOffset: 8 } },
        };
    }

    class Field {
        constructor(textarea, editor, label) {
            Object.assign(this, { textarea, editor, written: textarea.value, pending: false });
            this.box = editor.ui.element;
            this.box.classList.add("rich-text");
            editor.ui.view.toolbar.ariaLabel = `Toolbar: ${label}`;
            textarea.after(this.box);
            this.makeSwitch();
            this.show(true);
            textarea.addEventListener("input", () => this.read());
            editor.model.document.on("change:data", () => this.later());
            textarea.form?.addEventListener("submit", () => this.write(), { capture: true });
            textarea.form?.addEventListener("formdata", (event) => this.send(event));
            for (const named of textarea.labels) {
                named.addEventListener("click", (event) => this.focus(event));
            }
        }

        /* The text itself, for what the toolbar cannot do. */
        makeSwitch() {
            this.switch = document.createElement("button");
            this.switch.type = "button";
            this.switch.className = "rich-text-switch";
            this.switch.addEventListener("click", () => {
                this.write();
                this.show(!this.inEditor);
                this.read();
                (this.inEditor ? this.editor.editing.view : this.textarea).focus();
            });
            this.box.after(this.switch);
        }

        show(inEditor) {
            this.inEditor = inEditor;
            this.box.hidden = !inEditor;
            this.textarea.hidden = inEditor;
            this.switch.textContent = inEditor ? "Edit as HTML" : "Back to the editor";
        }

        /* What somebody wrote into the textarea, or another script did. */
        read() {
            if (this.inEditor && this.textarea.value !== this.written) {
                this.editor.setData(this.textarea.value);
            }
        }

        focus(event) {
            if (this.inEditor) {
                event.preventDefault();
                this.editor.editing.view.focus();
            }
        }

        later() {
            if (this.inEditor && !this.pending) {
                this.pending = true;
                this.timer = setTimeout(() => this.write(), 200);
            }
        }

        write() {
            if (this.pending) {
                clearTimeout(this.timer);
                this.pending = false;
                this.textarea.value = this.written = this.editor.getData();
                this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
                this.textarea.dispatchEvent(new Event("change", { bubbles: true }));
            }
        }

        /* For whoever reads the form without submitting it. */
        send({ formData }) {
            this.write();
            if (this.textarea.name && formData.has(this.textarea.name)) {
                formData.set(this.textarea.name, this.textarea.value);
            }
        }
    }

    function nameOf(textarea) {
        const named = [...textarea.labels, ...(textarea.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id))];
        const words = named.filter(Boolean).flatMap((label) => [...label.childNodes].map((part) => part.textContent.trim()));
        return words.join(" ").trim() || textarea.getAttribute("aria-label") || "";
    }

    for (const textarea of document.querySelectorAll("textarea[data-rich-text]:not([disabled], [readonly])")) {
        const label = nameOf(textarea);
        ClassicEditor.create(settings(textarea, label)).then((editor) => new Field(textarea, editor, label));
    }
}

// Comfort for the translator's desk: what is typed is kept in this browser until it is saved, lengths count along,
// Ctrl+Enter saves. Everything else works without this file.
"use strict";
{
    const AFTER = 400; // milliseconds of rest before a draft is kept

    const words = (text) => text.replace(/<[^>]*>/g, " ").replace(/&nbsp;/g, " ").replace(/\s+/g, " ").trim();

    const read = (key) => {
        try {
            return JSON.parse(localStorage.getItem(key));
        } catch {
            return null;
        }
    };

    const typedAt = (at) => {
        const today = at.toDateString() === new Date().toDateString();
        const time = at.toLocaleString("en-GB", today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
        return `${today ? "at" : "on"} ${time}`;
    };

    class Field {
        constructor(form) {
            this.form = form;
            this.key = `desk.typed:${form.dataset.draftKey}`;
            this.box = form.querySelector("textarea[name=text]");
            this.note = form.querySelector("[data-draft]");
            this.counter = form.querySelector("[data-length]");
            this.refused = "refused" in form.dataset;
            this.opened = this.refused ? null : this.box.defaultValue;
            this.offer();
            this.box.addEventListener("input", () => this.typed());
            this.note.querySelector("[data-use]").addEventListener("click", () => this.use());
            this.note.querySelector("[data-discard]").addEventListener("click", () => this.discard());
            form.addEventListener("submit", (event) => this.keep(event.submitter?.value.startsWith("save")));
            form.addEventListener("keydown", (event) => this.chord(event), { capture: true });
            addEventListener("pagehide", () => this.waiting && this.keep());
        }

        /* A draft from before: offered when it says something else than the box, forgotten when it was saved. */
        offer() {
            if (this.refused) {
                return;
            }
            const draft = read(this.key);
            const saved = "saved" in this.form.dataset && draft?.sent;
            if (!draft || saved || words(draft.text) === words(this.box.value)) {
                localStorage.removeItem(this.key);
                return;
            }
            this.note.querySelector("time").textContent = typedAt(new Date(draft.at));
            this.note.querySelector(".draft-text").textContent = words(draft.text) || "(emptied)";
            this.note.hidden = false;
        }

        typed() {
            this.count();
            this.note.hidden = true;
            clearTimeout(this.waiting);
            this.waiting = setTimeout(() => this.keep(), AFTER);
        }

        /* With the source and the translation that the page showed, so that a draft used later is saved as what it is. */
        keep(sent = false) {
            clearTimeout(this.waiting);
            this.waiting = 0;
            if (this.box.value === this.opened) {
                return;
            }
            const { shown_source: source, shown_text: text } = this.form.elements;
            const draft = { text: this.box.value, at: Date.now(), source: source.value, shown: text.value, sent };
            try {
                localStorage.setItem(this.key, JSON.stringify(draft));
            } catch { /* the browser has no room, or keeps nothing at all */ }
        }

        use() {
            const draft = read(this.key);
            this.note.hidden = true;
            if (draft) {
                this.form.elements.shown_source.value = draft.source;
                this.form.elements.shown_text.value = draft.shown;
                this.write(draft.text);
            }
        }

        /* The editor of rich texts takes over what stands in the textarea when it is switched to. */
        write(text) {
            const toEditor = this.box.hidden && this.form.querySelector(".rich-text-switch");
            if (toEditor) {
                toEditor.click();
            }
            this.box.value = text;
            if (toEditor) {
                toEditor.click();
            }
            for (const kind of ["input", "change"]) {
                this.box.dispatchEvent(new Event(kind, { bubbles: true }));
            }
            this.box.focus();
        }

        discard() {
            localStorage.removeItem(this.key);
            this.note.hidden = true;
            this.box.focus();
        }

        count() {
            const length = [...this.box.value.replace(/\r\n/g, "\n")].length;
            this.counter.textContent = length;
            this.counter.parentElement.classList.toggle("is-over", length > Number(this.counter.dataset.most || Infinity));
        }

        chord(event) {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                event.stopPropagation();
                this.form.querySelector("button[value=save_next]").click();
            }
        }
    }

    for (const form of document.querySelectorAll("form[data-draft-key]")) {
        new Field(form);
    }

    // The address says what was saved only until it has been told, and the box of the next field has the focus.
    if (new URLSearchParams(location.search).has("done")) {
        history.replaceState(null, "", location.pathname + location.hash);
        const box = document.querySelector(`${location.hash || "#none"} textarea[name=text]`);
        addEventListener("load", () => setTimeout(() => box?.focus({ preventScroll: true }))); // after the browser's own jump
    }

    // All rows of the page at once.
    const all = document.querySelector("[data-all]");
    if (all) {
        const rows = [...document.querySelectorAll(".text-rows tbody input[type=checkbox]")];
        all.hidden = false;
        all.addEventListener("change", () => rows.forEach((row) => { row.checked = all.checked; }));
    }
}

// Comfort for replies: what is typed is saved along, kept in this browser when it cannot be, and the seconds in which a
// reply can be taken back are counted. Everything works without this file.
"use strict";
{
    const REST = 2000; // milliseconds without a key before a save
    const AGAIN = 10000; // and before another attempt after one that failed

    const remembered = (key) => {
        try {
            return JSON.parse(localStorage.getItem(key));
        } catch {
            return null;
        }
    };

    class Draft {
        constructor(form) {
            this.form = form;
            this.key = `desk.reply:${form.dataset.draftKey}`;
            this.state = form.querySelector("[data-state]");
            this.kept = form.querySelector("[data-kept]");
            this.saved = this.typed();
            this.offer();
            form.addEventListener("input", (event) => event.target.type !== "file" && event.target.type !== "search" && this.changed());
            form.addEventListener("change", (event) => this.chosen(event.target));
            form.addEventListener("submit", (event) => this.leave(event));
            this.kept.querySelector("[data-use]").addEventListener("click", () => this.use());
            this.kept.querySelector("[data-forget]").addEventListener("click", () => this.forget());
            addEventListener("pagehide", () => !this.left && this.isUnsaved() && this.keep());
        }

        data() {
            const data = new URLSearchParams();
            for (const [name, value] of new FormData(this.form)) {
                if (typeof value === "string" && name !== "template") {
                    data.append(name, value);
                }
            }
            return data;
        }

        /* What was typed, without what changes by itself. */
        typed() {
            const data = this.data();
            data.delete("csrfmiddlewaretoken");
            data.delete("version");
            return data.toString();
        }

        isUnsaved() {
            return this.typed() !== this.saved;
        }

        changed() {
            if (this.isUnsaved()) {
                this.say("Typing…");
                this.later(REST);
            }
        }

        later(pause) {
            clearTimeout(this.waiting);
            this.waiting = setTimeout(() => this.save(), pause);
        }

        async save() {
            if (this.left || this.refused || this.saving || !this.isUnsaved()) {
                return;
            }
            if ("conflict" in this.form.dataset) {
                this.fail("Press “Save the draft” to put yours over the other.");
                return;
            }
            this.saving = true;
            const typed = this.typed();
            try {
                const answer = await fetch(this.form.dataset.autosave, { method: "POST", body: this.data(), redirect: "manual" });
                const found = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
                if (answer.ok && found.version) {
                    this.form.elements.version.value = found.version;
                    this.saved = typed;
                    this.forget();
                    this.say(`Saved at ${found.saved_at}`);
                } else {
                    this.refused = answer.status === 409;
                    this.fail(found.error || (answer.status >= 500 ? "" : "You may be signed out: press “Save the draft”, and sign in."));
                }
            } catch {
                this.fail();
            }
            this.saving = false;
            if (this.isUnsaved() && !this.refused) {
                this.later(this.failed ? AGAIN : REST);
            }
        }

        fail(words = "") {
            this.failed = true;
            this.say(`Not saved yet – ${this.keep() ? "kept in this browser" : "do not close this page"}. ${words}`, true);
        }

        say(words, late = false) {
            this.failed = late;
            this.state.textContent = words;
            this.state.classList.toggle("is-late", late);
        }

        keep() {
            try {
                localStorage.setItem(this.key, JSON.stringify({ typed: this.typed(), at: Date.now(), version: Number(this.form.elements.version.value) }));
                return true;
            } catch {
                return false; // no room, or a browser that keeps nothing
            }
        }

        forget() {
            localStorage.removeItem(this.key);
            this.kept.hidden = true;
        }

        /* A text from before, which no save has reached. */
        offer() {
            const found = remembered(this.key);
            if (!found || found.typed === this.saved || Number(this.form.elements.version.value) > found.version) {
                this.forget();
            } else if (!("refused" in this.form.dataset)) {
                this.kept.querySelector("time").textContent = new Date(found.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
                this.kept.hidden = false;
            }
        }

        use() {
            const found = new URLSearchParams(remembered(this.key)?.typed || "");
            for (const name of ["to", "subject", "body", "language"]) {
                this.form.elements[name].value = found.get(name) ?? this.form.elements[name].value;
            }
            const slugs = found.getAll("shortlist");
            for (const box of this.form.querySelectorAll("[name=shortlist]")) {
                box.checked = slugs.includes(box.value);
            }
            this.form.elements.then_wait.checked = found.has("then_wait");
            this.kept.hidden = true;
            this.chosen(this.form.elements.language);
            this.changed();
            this.form.elements.body.focus();
        }

        /* The text is in the language that is chosen; a file that is chosen is attached at once. */
        chosen(field) {
            if (field.name === "language") {
                for (const text of this.form.querySelectorAll("[data-in-language]")) {
                    text.lang = field.value;
                    text.dir = field.selectedOptions[0].dataset.direction;
                }
            } else if (field.type === "file" && field.value) {
                this.form.requestSubmit(this.form.querySelector("[formenctype]"));
            }
        }

        /* A button saves as well. Until its page has come, what is typed stays in this browser; a second press does
           nothing, and the first waits for a save that is under way, which would make it the older one. */
        leave(event) {
            if (this.left) {
                event.preventDefault();
                return;
            }
            clearTimeout(this.waiting);
            if (this.saving) {
                event.preventDefault();
                const button = event.submitter;
                const wait = setInterval(() => {
                    if (!this.saving) {
                        clearInterval(wait);
                        this.form.requestSubmit(button);
                    }
                }, 50);
                return;
            }
            this.left = true;
            if (event.submitter && "discard" in event.submitter.dataset) {
                this.forget();
            } else if (this.isUnsaved()) {
                this.keep();
            }
        }
    }

    const form = document.getElementById("reply-form");
    const draft = form && new Draft(form);
    addEventListener("pageshow", (event) => draft && event.persisted && location.reload());

    // What was kept of a text that has gone is of no use any more.
    const gone = document.querySelector("[data-gone]");
    if (gone) {
        localStorage.removeItem(`desk.reply:${gone.dataset.gone}`);
    }

    // The long list of opportunities is searched as one types.
    const choose = form?.querySelector("[data-choose]");
    if (choose) {
        const row = choose.querySelector("[data-search]");
        const box = row.querySelector("input");
        row.hidden = false;
        box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
        box.addEventListener("input", () => {
            const words = box.value.normalize("NFC").toLowerCase().trim();
            for (const label of choose.querySelectorAll(".boxes label")) {
                label.hidden = !label.textContent.toLowerCase().includes(words) && !label.querySelector("input").checked;
            }
        });
    }

    // How long a reply can still be taken back.
    for (const shown of document.querySelectorAll("[data-seconds]")) {
        const end = Date.now() + Number(shown.dataset.seconds) * 1000;
        const tick = setInterval(() => {
            const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
            shown.textContent = left ? `${left} s` : "it is going now";
            if (!left) {
                clearInterval(tick);
            }
        }, 500);
    }
}

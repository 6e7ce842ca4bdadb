// Keeps the texts that somebody types in a record's form, in this browser only, until they are saved: a closed tab or a
// dead battery loses nothing. What the form showed when it was opened is kept along, so that a save of it later is
// refused like any other if the record has moved on. Comfort only: the form works without this file.
"use strict";
{
    const form = document.querySelector("#content-main > form");
    const texts = () => [...form.querySelectorAll(".bilingual :is(textarea, input[type=text])[name]")];
    const opened = form?.querySelector("[name=opened]");
    const KEY = `desk.typed:${location.pathname}`;
    const shown = new Map();

    const stored = () => {
        try {
            return JSON.parse(localStorage.getItem(KEY));
        } catch {
            return null;
        }
    };
    const words = (text) => text.replace(/<[^>]*>/g, " ").replace(/&nbsp;/g, " ").replace(/\s+/g, " ").trim();
    const forget = () => localStorage.removeItem(KEY);

    const keep = () => {
        const values = {};
        for (const field of texts()) {
            if (field.value !== shown.get(field.name)) {
                values[field.name] = field.value;
            }
        }
        if (!Object.keys(values).length) {
            return forget();
        }
        try {
            localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), opened: opened.value, values }));
        } catch { /* the browser has no room for it, or keeps nothing at all */ }
    };

    const use = (kept) => {
        for (const field of texts()) {
            if (field.name in kept.values) {
                field.value = kept.values[field.name];
                field.dispatchEvent(new Event("input", { bubbles: true }));
                field.dispatchEvent(new Event("change", { bubbles: true }));
            }
        }
        opened.value = kept.opened;
    };

    const button = (label, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "button is-plain";
        made.textContent = label;
        made.addEventListener("click", act);
        return made;
    };

    const offer = (kept) => {
        const at = new Date(kept.at);
        const today = at.toDateString() === new Date().toDateString();
        const when = at.toLocaleString("en-GB", today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
        const bar = document.createElement("section");
        bar.className = "card typed-before";
        bar.setAttribute("aria-label", "Not saved");
        const words = document.createElement("p");
        words.textContent = `You typed this ${today ? "at" : "on"} ${when} and did not save it: `;
        const start = document.createElement("q");
        start.textContent = Object.values(kept.values).map((text) => text.replace(/<[^>]*>/g, " ").trim()).find(Boolean)?.slice(0, 90) || "…";
        words.append(start);
        const acts = document.createElement("p");
        acts.className = "verdicts";
        acts.append(
            button("Use it", () => { use(kept); bar.remove(); }),
            button("Discard", () => { forget(); bar.remove(); }),
        );
        bar.append(words, acts);
        form.before(bar);
    };

    if (form && opened) {
        // A form that was refused shows what was typed, not what is stored: all of it is still to be saved.
        const refused = Boolean(document.querySelector(".errornote"));
        for (const field of refused ? [] : texts()) {
            shown.set(field.name, field.value);
        }
        const kept = stored();
        const differs = kept && texts().some((field) =>
            field.name in kept.values && words(field.value) !== words(kept.values[field.name]));
        if (differs) {
            offer(kept);
        } else if (refused) {
            keep();
        } else {
            forget();
        }
        let waiting;
        const soon = () => {
            clearTimeout(waiting);
            waiting = setTimeout(keep, 400);
        };
        form.addEventListener("input", soon);
        form.addEventListener("change", soon);
        form.addEventListener("submit", () => {
            clearTimeout(waiting);
            keep();
        });
    }
}

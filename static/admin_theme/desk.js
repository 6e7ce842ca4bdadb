// Comfort only: every page of the desk works without this file.
"use strict";
{
    // Filters stand open beside a wide list and folded above a narrow one.
    const filters = document.getElementById("filter-panel");
    if (filters && matchMedia("(max-width: 1100px)").matches) {
        filters.open = false;
    }

    // On a phone a row becomes a card without a heading row: each cell says which column it is.
    const list = document.getElementById("result_list");
    if (list) {
        const columns = [...list.querySelectorAll("thead th")].map((head) => head.querySelector(".text")?.textContent.trim());
        for (const row of list.querySelectorAll("tbody tr")) {
            [...row.cells].forEach((cell, place) => {
                if (cell.tagName === "TD" && columns[place] && !cell.classList.contains("action-checkbox")) {
                    cell.dataset.column = columns[place];
                    cell.classList.toggle("is-empty", ["", "–", "-"].includes(cell.textContent.trim()) && !cell.querySelector("img"));
                }
            });
        }
    }

    // Which languages an editor looks at is remembered from record to record, in this browser only.
    const KEY = "desk.languages";
    for (const radio of document.querySelectorAll(".segments input[type=radio]")) {
        radio.checked = radio.value === (localStorage.getItem(KEY) || "all") || radio.checked;
        radio.addEventListener("change", () => {
            localStorage.setItem(KEY, radio.value);
            for (const other of document.querySelectorAll(`.segments input[value="${radio.value}"]`)) {
                other.checked = true;
            }
        });
    }

    // Ctrl+Enter saves and stays on the record. A chord, so that no key typed in a field does anything by itself.
    document.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            const stay = document.querySelector(".submit-row [name=_continue]") || document.querySelector(".submit-row [name=_save]");
            if (stay) {
                event.preventDefault();
                stay.click();
            }
        }
    });

    // The menu of narrow windows closes with Escape and gives the focus back.
    const menu = document.querySelector("#header .menu");
    menu?.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && menu.open) {
            menu.open = false;
            menu.querySelector("summary").focus();
        }
    });

    // A box that looks up its choices gets the name of its label: the box that stands in its place has none.
    const nameBoxes = (part) => {
        for (const select of part.querySelectorAll("select.admin-autocomplete")) {
            const words = select.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || select.getAttribute("aria-label");
            const box = document.getElementById(`select2-${select.id}-container`);
            if (words && box) {
                box.setAttribute("aria-label", words);
            }
        }
    };
    addEventListener("load", () => nameBoxes(document));
}

// Gives a name to what stock admin and select2 leave without one: cells of inline tables, the halves of a date and time,
// search boxes. Runs again when a row or a widget is added. Nothing here changes what is sent.
"use strict";
{
    const words = (element) => element?.textContent.replace(/[:\s]+$/, "").trim() || "";
    const name = (element, text) => {
        if (element && text && !element.hasAttribute("aria-label") && !element.labels?.length) {
            element.setAttribute("aria-label", text);
        }
    };

    const nameTables = () => {
        for (const table of document.querySelectorAll(".inline-group .tabular table")) {
            const heads = table.tHead.rows[0].cells;
            if (heads[0].classList.contains("original") && !heads[0].textContent.trim()) {
                heads[0].innerHTML = '<span class="visually-hidden">Row</span>';
            }
            for (const row of table.tBodies[0].rows) {
                [...row.cells].forEach((cell, place) => {
                    for (const control of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
                        name(control, words(heads[place]));
                    }
                });
            }
        }
    };

    const nameMoments = () => {
        for (const half of document.querySelectorAll(".datetime :is(.vDateField, .vTimeField)")) {
            const row = half.closest(".form-row, td");
            name(half, `${words(row?.querySelector("label"))} ${half.matches(".vDateField") ? "date" : "time"}`.trim());
        }
        for (const picture of document.querySelectorAll("span.search-label-icon:not([role])")) {
            picture.setAttribute("role", "img"); // a span may not carry the label that stock gives it
        }
    };

    const nameSelect2 = () => {
        for (const container of document.querySelectorAll("select + .select2-container")) {
            const select = container.previousElementSibling;
            const label = select.labels[0];
            const text = words(label) || select.getAttribute("aria-label") || "Choose";
            const box = container.querySelector(".select2-selection");
            const shown = container.querySelector(".select2-selection--single .select2-selection__rendered");
            if (shown && label) { // the name of a single choice is its label and what is chosen
                label.id ||= `label-${select.id}`;
                box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
            } else {
                name(box, text);
            }
            shown?.removeAttribute("role");
            shown?.removeAttribute("aria-readonly");
            container.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "none");
            name(container.querySelector(".select2-search__field"), text);
        }
        for (const field of document.querySelectorAll(".select2-search--dropdown .select2-search__field")) {
            name(field, "Search");
        }
        for (const pointer of document.querySelectorAll(".select2-container [aria-controls], .select2-container [aria-owns]")) {
            for (const relation of ["aria-controls", "aria-owns"]) { // to a list that is there only while it is open
                if (pointer.hasAttribute(relation) && !document.getElementById(pointer.getAttribute(relation))) {
                    pointer.removeAttribute(relation);
                }
            }
        }
    };

    let waiting = false;
    const again = () => {
        if (!waiting) {
            waiting = true;
            requestAnimationFrame(() => {
                waiting = false;
                nameTables();
                nameMoments();
                nameSelect2();
            });
        }
    };
    new MutationObserver(again).observe(document.body, { childList: true, subtree: true });
    again();
}

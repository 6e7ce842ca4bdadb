// select2 leaves its search box unnamed, points aria-controls at a list that is not there while closed,
// and fills role="list" with rows of no role. Each widget is mended as it appears.
"use strict";
{
    const labelOf = (container) => {
        const select = container.previousElementSibling;
        return select?.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || select?.getAttribute("aria-label") || "Search";
    };
    const mend = (container) => {
        const select = container.previousElementSibling;
        for (const box of container.querySelectorAll("[role=combobox], .select2-search__field")) {
            for (const name of ["aria-controls", "aria-owns"]) {
                const id = box.getAttribute(name);
                if (id && !document.getElementById(id)) {
                    box.removeAttribute(name);
                }
            }
        }
        const field = container.querySelector(".select2-search__field");
        if (field && !field.hasAttribute("aria-label")) {
            field.setAttribute("aria-label", labelOf(container));
        }
        const multiple = container.querySelector(".select2-selection--multiple");
        if (multiple) {
            multiple.setAttribute("aria-label", labelOf(container));
        } else if (select?.labels?.length) {
            container.querySelector("[role=combobox]")?.setAttribute("aria-label", labelOf(container));
        }
    };
    const mendAll = () => {
        document.querySelectorAll(".select2-container--admin-autocomplete:not(.select2-container--open > *)").forEach((found) => {
            if (found.previousElementSibling?.matches("select")) {
                mend(found);
            }
        });
        const open = document.querySelector(".select2-container--open .select2-search--dropdown .select2-search__field");
        if (open && !open.hasAttribute("aria-label")) {
            open.setAttribute("aria-label", "Search");
        }
    };
    if (document.querySelector(".admin-autocomplete")) {
        new MutationObserver(mendAll).observe(document.body, {
            childList: true, subtree: true, attributes: true, attributeFilter: ["aria-controls", "aria-owns"],
        });
        addEventListener("load", mendAll);
    }
}

// A day that is typed means the period “from one day to another”; a named period has no days of its own.
const period = document.querySelector(".report-form select[name=period]");
const days = document.querySelectorAll(".report-form input[name=first], .report-form input[name=last]");

if (period && period.querySelector("option[value=days]")) {
    for (const day of days) {
        day.addEventListener("change", () => { if (day.value) period.value = "days"; });
    }
    period.addEventListener("change", () => {
        if (period.value !== "days") for (const day of days) day.value = "";
    });
}

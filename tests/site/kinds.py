"""One address of each kind of page, as the committed content has it: what the browser tests go through."""

PUBLIC = [
    "",
    "themes/",
    "themes/net-zero-maritime/",
    "opportunities/",
    "opportunities/?theme=net-zero-maritime&q=%EC%97%90%EB%84%88%EC%A7%80&in=all",
    "opportunities/?q=nothing-holds-these-words",
    "opportunities/?o=mersey-tidal-power&o=unheard-of",
    "opportunities/mersey-tidal-power/",
    "assets/",
    "case-studies/",
    "case-studies/unilever/",
    "partnerships/",
    "leadership/",
    "news/",
    "news/busan-letter-of-intent/",
    "events/",
    "events/fabric-district-consultation-1/",
    "search/?q=LCR",
    "enquire/?o=mersey-tidal-power",
    "accessibility/",
    "no-such-page/",
]


def addresses(language):
    return [f"/{language}/{path}" for path in PUBLIC]

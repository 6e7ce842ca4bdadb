"""The machine of an enquiry's stages, as data: which moves there are, which stages wait for the investor, which close,
and what each demands. `triage.move` obeys it, the record's page shows it."""

from enquiries.models.stage import CLOSING, WAITING, WITH_POST, Stage

# From each stage to which. A closed enquiry opens again where the investor writes again, or as new where the closing
# was a mistake.
MOVES = {
    Stage.NEW: {
        *(Stage.AWAITING, Stage.DIALOGUE, Stage.NON_FDI, Stage.NON_APPLICABLE, Stage.NON_RESPONSIVE),
        Stage.SENT_TO_POST,
    },
    Stage.AWAITING: {
        *(Stage.DIALOGUE, Stage.NON_RESPONSIVE, Stage.NON_FDI, Stage.NON_APPLICABLE, Stage.NURTURE),
        Stage.SENT_TO_POST,
    },
    Stage.DIALOGUE: {
        *(Stage.AWAITING, Stage.NURTURE, Stage.SENT_TO_POST, Stage.ADDED_TO_DATA_HUB),
        *(Stage.NON_RESPONSIVE, Stage.NON_FDI, Stage.NON_APPLICABLE),
    },
    Stage.NURTURE: {Stage.DIALOGUE, Stage.NON_RESPONSIVE, Stage.NON_FDI, Stage.NON_APPLICABLE},
    Stage.SENT_TO_POST: {
        *(Stage.POST_PROGRESSING, Stage.DIALOGUE, Stage.NON_RESPONSIVE, Stage.NON_FDI, Stage.NON_APPLICABLE),
    },
    Stage.POST_PROGRESSING: {
        *(Stage.DIALOGUE, Stage.ADDED_TO_DATA_HUB, Stage.NON_RESPONSIVE, Stage.NON_FDI, Stage.NON_APPLICABLE),
    },
    Stage.NON_RESPONSIVE: {Stage.NEW, Stage.DIALOGUE},
    Stage.NON_FDI: {Stage.NEW, Stage.DIALOGUE},
    Stage.NON_APPLICABLE: {Stage.NEW, Stage.DIALOGUE},
    Stage.ADDED_TO_DATA_HUB: {Stage.DIALOGUE},
}

# What an enquiry must have before it may stand in a stage: {name of what is asked: stages that ask for it}.
# enquiries/missing.py knows how each is read and worded.
DEMANDS = {
    "first_reply_at": WAITING | {Stage.ADDED_TO_DATA_HUB},
    "owner": WAITING | WITH_POST | {Stage.DIALOGUE, Stage.ADDED_TO_DATA_HUB},
    "country": WITH_POST | {Stage.ADDED_TO_DATA_HUB},
    "sectors": {Stage.ADDED_TO_DATA_HUB},
    "qualified_at": {Stage.ADDED_TO_DATA_HUB},
    "known_organisation": {Stage.ADDED_TO_DATA_HUB},
    "details_checked": {*WITH_POST, Stage.ADDED_TO_DATA_HUB},
    "released": {stage for stage in Stage if stage not in {Stage.NEW, Stage.NON_APPLICABLE}},
    "why": CLOSING - {Stage.ADDED_TO_DATA_HUB},
}

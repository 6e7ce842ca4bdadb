"""Words that figures are grouped by, in the language of the report.

The models say them in English, for the desk. They are listed here so that translators find them, under a context of
their own: a telephone is a channel here and a number elsewhere.
"""

from django.utils.translation import gettext, pgettext, pgettext_lazy

LABELS = [
    pgettext_lazy("report", "Website"),
    pgettext_lazy("report", "E-mail"),
    pgettext_lazy("report", "Telephone"),
    pgettext_lazy("report", "Event or exhibition"),
    pgettext_lazy("report", "Meeting"),
    pgettext_lazy("report", "Letter"),
    pgettext_lazy("report", "Social media"),
    pgettext_lazy("report", "Referral from a partner"),
    pgettext_lazy("report", "Held"),
    pgettext_lazy("report", "Unanswered"),
    pgettext_lazy("report", "Waiting on investor"),
    pgettext_lazy("report", "In dialogue"),
    pgettext_lazy("report", "Closed after a reply"),
    pgettext_lazy("report", "Closed without a reply"),
    pgettext_lazy("report", "New"),
    pgettext_lazy("report", "Awaiting response from investor"),
    pgettext_lazy("report", "Engaged in dialogue"),
    pgettext_lazy("report", "Non-responsive"),
    pgettext_lazy("report", "Non-FDI"),
    pgettext_lazy("report", "Added to Data Hub"),
    pgettext_lazy("report", "Sent to post"),
    pgettext_lazy("report", "Post progressing"),
    pgettext_lazy("report", "Non-applicable"),
    pgettext_lazy("report", "Nurture, awaiting response"),
    pgettext_lazy("report", "Prospect"),
    pgettext_lazy("report", "Active"),
    pgettext_lazy("report", "Verify win"),
    pgettext_lazy("report", "Won"),
    pgettext_lazy("report", "Ongoing"),
    pgettext_lazy("report", "Delayed"),
    pgettext_lazy("report", "Dormant"),
    pgettext_lazy("report", "Lost"),
    pgettext_lazy("report", "Abandoned"),
    pgettext_lazy("report", "FDI"),
    pgettext_lazy("report", "Commitment to invest"),
    pgettext_lazy("report", "Creation of new site or activity"),
    pgettext_lazy("report", "Expansion of existing site or activity"),
    pgettext_lazy("report", "Merger"),
    pgettext_lazy("report", "Acquisition"),
    pgettext_lazy("report", "Joint venture"),
    pgettext_lazy("report", "Retention"),
    pgettext_lazy("report", "Capital only"),
    pgettext_lazy("report", "Low"),
    pgettext_lazy("report", "Medium"),
    pgettext_lazy("report", "High"),
    pgettext_lazy("report", "E-mail or website"),
    pgettext_lazy("report", "Face to face"),
    pgettext_lazy("report", "Video"),
    pgettext_lazy("report", "Interaction"),
    pgettext_lazy("report", "Service delivery"),
    pgettext_lazy("report", "From us to them"),
    pgettext_lazy("report", "From them to us"),
    pgettext_lazy("report", "A conversation"),
    pgettext_lazy("report", "University"),
    pgettext_lazy("report", "Company"),
    pgettext_lazy("report", "Government"),
    pgettext_lazy("report", "NHS"),
    pgettext_lazy("report", "Research body"),
    pgettext_lazy("report", "Network"),
    pgettext_lazy("report", "City"),
    pgettext_lazy("report", "Investor"),
    pgettext_lazy("report", "stated in the agreement"),
    pgettext_lazy("report", "computed from the length of the term"),
    pgettext_lazy("report", "not known"),
    pgettext_lazy("report", "News items"),
    pgettext_lazy("report", "Pages"),
]


def said(label):
    """A label of a model's choices in the active language."""
    if not label:
        return ""
    label = str(label)
    in_report = pgettext("report", label)
    return in_report if in_report != label else gettext(label)

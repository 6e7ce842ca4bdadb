"""The panel “Where it came from and who it is” on the record of an enquiry."""

from enquiries import matching
from enquiries.admin.incoming_pages import row_of
from enquiries.models import Enquiry
from enquiries.names import script_language
from publishing.desk.display import in_language, moment

SEE_PEOPLE, CHANGE = "partners.view_person", "enquiries.change_enquiry"
OTHERS_SHOWN = 4  # the rest is folded


def panel(request, enquiry):
    """Nothing for who may not see people: the reasons name them."""
    user = request.user
    if not user.has_perm(SEE_PEOPLE):
        return None
    people = matching.suggested_people(enquiry)
    organisations = matching.suggested_organisations(enquiry)
    others = [
        {"enquiry": other, "reasons": reasons, "at": moment(other.received_at)}
        for other, reasons in matching.others_of_sender(enquiry)
    ]
    return {
        "enquiry": enquiry,
        "may_change": user.has_perm(CHANGE),
        "is_by_staff": enquiry.channel != Enquiry.Channel.WEBSITE,
        "mails": [row_of(row) for row in enquiry.incoming.defer("raw")],
        "people": [_shown(found) for found in people],
        "organisations": [_shown(found) for found in organisations],
        "may_give_contacts": bool(enquiry.email or enquiry.telephone)
        and user.has_perm("partners.add_contactpoint"),
        "may_give_consents": user.has_perm("partners.add_consent") and enquiry.consents.exists(),
        "may_add_person": bool(enquiry.family_name) and user.has_perm("partners.add_person"),
        "may_add_organisation": bool(enquiry.organisation) and user.has_perm("partners.add_organisation"),
        "sender": _marked(enquiry.full_name.strip()),
        "organisation": _marked(enquiry.organisation),
        "others": others[:OTHERS_SHOWN],
        "more_others": others[OTHERS_SHOWN:],
    }


def _shown(found):
    return {"record": found.record, "name": _marked(str(found.record)), "reasons": found.reasons}


def _marked(name):
    code = script_language(name)
    return in_language(name, code) if code and name.isalpha() else name

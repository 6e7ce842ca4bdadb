"""Writing replies, for tests."""

from django.urls import reverse

from enquiries import replies

RIGHTS = ["enquiries.view_enquiry", "enquiries.change_enquiry", "partners.view_person"]
TEXT = "Dear Mette Holm,\n\nYes, there is."


def address(enquiry, what="reply", *more):
    return reverse(f"admin:enquiries_enquiry_{what}", args=[enquiry.pk, *more])


def typed(**changed):
    given = {"version": 0, "language": "en", "to": "mette.holm@kjellerup.example", "subject": "Grid capacity"}
    return given | {"body": TEXT, "then_wait": "on", "verb": "save"} | changed


def sendable(enquiry, officer, **changed):
    given = {"language": "en", "to": enquiry.email, "subject": "Grid capacity", "body": TEXT}
    given |= {"shortlist": [], "then_wait": True} | changed
    return replies.save(enquiry, given, version=0, by=officer)


def sent(enquiry, officer, **changed):
    draft = sendable(enquiry, officer, **changed)
    return replies.send(enquiry, version=draft.version, by=officer)

"""Every kind of page keeps to the policy: no violation, no script error, no request that leaves the machine.

The browser's recorder fails a test that opens a page which does not.
"""

from xml.etree import ElementTree

import pytest
from django.test import Client

from enquiries.models import Enquiry
from opportunities.models import Opportunity
from partners.models import Memorandum
from tests.enquiries.filling import KOREAN, send
from tests.factories import opportunity, superuser
from tests.site.kinds import addresses


def desk_pages():
    """Index, lists, forms, publication, preview, deletion and history of the desk. Stores a draft and an enquiry: ask
    for `restored_content`."""
    draft, live, memorandum = opportunity().pk, Opportunity.objects.first().pk, Memorandum.objects.first().pk
    send(Client(), "ko", KOREAN)
    enquiry = Enquiry.objects.first().pk
    yield from ("/admin/", "/admin/opportunities/", "/admin/opportunities/opportunity/?stage__exact=design")
    yield from (
        f"/admin/opportunities/opportunity/{live}/{part}/"
        for part in ("change", "publication", "preview", "history")
    )
    yield from (f"/admin/opportunities/opportunity/{draft}/delete/", "/admin/opportunities/opportunity/add/")
    yield from (f"/admin/partners/memorandum/{memorandum}/change/", "/admin/partners/person/?q=kim")
    yield from (
        "/admin/enquiries/enquiry/",
        f"/admin/enquiries/enquiry/{enquiry}/change/",
        "/admin/accounts/user/",
    )
    yield from ("/accounts/password_change/", "/styleguide/")


def test_every_kind_of_public_page_keeps_to_the_policy(live_site, open_page):
    page = open_page("/ko/", width=375)
    for path in addresses("ko"):
        assert page.goto(live_site + path).status == (404 if "no-such-page" in path else 200), path
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password_reset/", "/accounts/password_reset/done/"]
)
def test_the_doors_for_staff_keep_to_the_policy(open_page, path):
    assert open_page(path).locator("main h1, h1").count() == 1


def test_every_kind_of_staff_page_keeps_to_the_policy(live_site, open_page, sign_in):
    page = open_page("/accounts/login/", session=sign_in(superuser("inspector")))
    paths = list(desk_pages())
    assert len(paths) > 12
    for path in paths:
        assert page.goto(live_site + path).status == 200, path
    page.wait_for_load_state("networkidle")


def test_nothing_of_a_page_is_missing(live_site, open_page):
    """Every file that a page names is there: an answer that failed is a console error too, but says less."""
    missing = []
    page = open_page("/healthz")
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    for path in ("/en/", "/ko/assets/", "/ko/opportunities/mersey-tidal-power/", "/accounts/login/"):
        page.goto(live_site + path, wait_until="networkidle")
    assert missing == []


def test_a_drawing_opened_by_itself_keeps_to_the_policy(live_site, open_page):
    page = open_page("/ko/covers/mersey-tidal-power-wide.svg")
    assert ElementTree.fromstring(page.request.get(page.url).body()).tag.endswith("svg")

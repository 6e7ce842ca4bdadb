"""Lists of enquiries, projects and interactions as files: what is shown is what is taken, and by whom."""

import io
import zipfile

import pytest
from django.utils import timezone

from accounts.models import Team
from enquiries.models import Enquiry, InvestmentProject, Sector
from exports.models import ExportLog
from partners.models import Interaction
from tests.exports.taken import records, spreadsheet_of
from tests.factories import enquiry, opportunity, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/enquiries/enquiry/"
LISTS = {
    "enquiry": LIST,
    "investmentproject": "/admin/enquiries/investmentproject/",
    "interaction": "/admin/partners/interaction/",
}
MAY = [
    f"{'partners' if model == 'interaction' else 'enquiries'}.{verb}_{model}"
    for model in LISTS
    for verb in ("view", "export")
]
SECRETS = {
    "given_name": "Geheim", "family_name": "Vorname", "email": "whisper@example.org", "job_title": "Confidant",
    "telephone": "+44 151 999 8888", "plans": "A clandestine refinery", "website": "https://hush.example",
}  # fmt: skip


@pytest.fixture
def officer(client):
    user = staff("officer", *MAY, "partners.view_person")
    client.force_login(user)
    return user


def test_the_list_that_is_exported_is_the_list_that_is_shown(client, officer):
    enquiry(organisation="소래터빈", country="KR")
    enquiry(organisation="부산항만", country="KR")
    enquiry()
    assert [row["Organisation"] for row in records(client.get(f"{LIST}export/?country=KR&q=소래"))] == [
        "소래터빈"
    ]
    log = ExportLog.objects.get()
    assert (log.by, log.rows, log.what) == (officer, 1, "enquiries")
    assert "country=KR" in log.filters and log.finished_at
    assert f'href="{LIST}export/?country=KR"' in client.get(f"{LIST}?country=KR").content.decode()


def test_an_export_holds_every_row_in_the_order_of_the_list(client, officer, monkeypatch):
    monkeypatch.setattr("publishing.desk.lists.changelist.COUNTED", 60)
    for _ in range(70):
        enquiry()
    expected = list(Enquiry.objects.order_by("-received_at", "-pk").values_list("reference", flat=True))
    found = records(client.get(f"{LIST}export/?q=capacity&o=-5"))
    assert [row["Reference"] for row in found] == expected


def test_an_export_says_what_is_known_of_an_enquiry(client, officer):
    row = enquiry(
        telephone="+82 51 123 4567", country="KR", owner=officer, team=Team.objects.create(name="Energy"),
        held_at=timezone.now(), held_why="x", how_heard="press", reply_language="ko",
    )  # fmt: skip
    row.sectors.set(Sector.objects.order_by("position")[:2])
    row.opportunity_rows.create(opportunity=opportunity())
    row.consents.create(kind="email", given=False, wording="x", language="en")
    (found,) = records(client.get(f"{LIST}export/"))
    shown = {
        "Telephone": "+82 51 123 4567", "Country": "South Korea", "Officer": "officer", "Team": "Energy",
        "Held": "yes", "State": "Held", "Answer in": "한국어", "How they heard": "Press or article",
        "Opportunities": "River barrage", "News by e-mail": "no", "News by telephone": "",
    }  # fmt: skip
    assert found | shown == found
    assert found["Sectors"].count(",") >= 1


def test_an_export_can_never_be_executed(client, officer):
    row = enquiry()
    Enquiry.objects.filter(pk=row.pk).update(
        organisation='=HYPERLINK("http://x")', plans="\t=1+1", given_name="＝1"
    )
    (found,) = records(client.get(f"{LIST}export/"))
    assert found["Organisation"] == '\'=HYPERLINK("http://x")'
    assert found["Plans"] == "' =1+1" or found["Plans"].startswith("'")
    assert found["Given name"] == "'＝1"


@pytest.mark.parametrize("address", LISTS.values())
def test_the_right_to_see_is_not_the_right_to_export(client, address):
    client.force_login(staff("reader", *(name for name in MAY if ".view_" in name)))
    assert "export/" not in client.get(address).content.decode().split("<main")[-1]
    assert client.get(f"{address}export/").status_code == 403
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("query", ["stage__nonsense=1", "email__startswith=a", "state=nonsense"])
def test_a_filter_that_makes_no_sense_leads_back_to_the_list(client, officer, query):
    assert client.get(f"{LIST}export/?{query}").status_code == 302
    assert not ExportLog.objects.exists()


def test_who_may_not_see_people_finds_nothing_personal_in_page_list_search_or_file(
    client, settings, tmp_path
):
    storage = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    client.force_login(staff("viewer", *MAY))
    row = enquiry(organisation="소래터빈", **SECRETS)
    Interaction.objects.create(
        channel="email", direction="from-us", at=timezone.now(),
        subject=SECRETS["plans"], notes=SECRETS["email"], counterpart=SECRETS["family_name"],
    )  # fmt: skip
    InvestmentProject.objects.create(name="Quay", description=SECRETS["plans"])
    pages = [client.get(f"{LIST}{row.pk}/change/")]
    pages += [client.get(address + query) for address in LISTS.values() for query in ("", "?q=refinery")]
    seen = [page.content for page in pages]
    seen += [b"".join(client.get(f"{address}export/").streaming_content) for address in LISTS.values()]
    for address in LISTS.values():
        with zipfile.ZipFile(io.BytesIO(spreadsheet_of(client, f"{address}spreadsheet/"))) as book:
            seen += [book.read(name) for name in book.namelist()]
    found = [secret for secret in SECRETS.values() for part in seen if secret.encode() in part]
    assert not found
    assert "소래터빈".encode() in b"".join(seen)


def test_a_list_of_projects_is_also_taken_in_the_national_shape(client, officer):
    InvestmentProject.objects.create(name="Quay")
    (found,) = records(client.get(f"{LISTS['investmentproject']}export/data-hub/"))
    assert "Quay" in found.values()

"""Board packs: chosen reports in one document, as whoever makes it may have them."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from exports.models import ExportLog
from reports import packs
from reports.models import BoardPack, BoardPackReport
from tests.factories import enquiry, staff, superuser
from tests.reports import reading

pytestmark = pytest.mark.django_db
SEE = ["enquiries.view_enquiry", "enquiries.export_enquiry", "reports.take_report"]
KEEP = ["reports.view_boardpack", "reports.add_boardpack", "reports.change_boardpack"]


def pack_of(owner, *reports, **given):
    pack = BoardPack.objects.create(**{"name": "Board of May", "owner": owner} | given)
    for place, (name, parameters) in enumerate(reports, start=1):
        BoardPackReport.objects.create(pack=pack, position=place, report=name, parameters=parameters)
    return pack


BY_THEME, BY_COUNTRY = ("enquiries-by", {"by": "theme"}), ("enquiries-by", {"by": "country"})


def test_a_pack_has_a_cover_contents_an_introduction_and_each_report_from_a_new_page():
    enquiry()
    officer = staff("officer", *SEE)
    made = packs.make(pack_of(officer, BY_COUNTRY, BY_THEME, introduction="Read this first."), by=officer)
    cover, contents, first, second = map(reading.words, reading.pages(made.content))
    assert "Board of May" in cover and "Liverpool City Region Combined Authority" in cover
    assert "Contents" in contents and "Read this first." in contents
    assert "Grouped by: Country 3" in contents or "Enquiries by group 3" in contents
    assert "Grouped by Country" in first and "Page 3 of 4" in first
    assert "Grouped by Theme" in second and "Page 4 of 4" in second


@pytest.mark.parametrize(
    ("language", "title", "figure"), [("en", "Key figures", "Enquiries"), ("ko", "주요 수치", "투자 문의")]
)
def test_key_figures_are_those_of_the_dashboard_beside_the_period_before(language, title, figure):
    this, before = datetime(2026, 2, 10, 12, tzinfo=UTC), datetime(2025, 11, 10, 12, tzinfo=UTC)
    for moment in [this, this, this, before]:
        enquiry(received_at=moment)
    officer = staff("officer", *SEE)
    pack = pack_of(officer, BY_COUNTRY, key_figures="last-quarter", language=language)
    pages = reading.pages(packs.make(pack, by=officer, now=datetime(2026, 5, 4, tzinfo=UTC)).content)
    _cover, contents, summary, _report = map(reading.words, pages)
    assert title in contents and title in summary
    assert f"{figure} 3 1 +2" in summary
    assert ExportLog.objects.get().filters.split(" | ")[1] == "Key figures (Last quarter)"


def test_key_figures_are_of_the_reports_that_their_maker_may_take():
    officer = staff("officer", *SEE, "enquiries.view_investmentproject")
    pack = pack_of(officer, BY_COUNTRY, key_figures="last-quarter")
    summary = reading.pages(packs.make(pack, by=officer).content)[2]
    assert "Answered in time" in summary and "Value landed" not in summary


def test_all_reports_of_a_pack_are_of_one_moment():
    officer = staff("officer", *SEE)
    made = packs.make(pack_of(officer, BY_COUNTRY, BY_THEME), by=officer)
    _, contents, *reports = reading.pages(made.content)
    assert (
        len({line for page in [contents, *reports] for line in page.splitlines() if "; made by" in line}) <= 3
    )
    moments = {reading.words(page).split("Data as of ")[-1].split(";")[0] for page in [contents, *reports]}
    assert len(moments) == 1


def test_a_pack_is_set_in_its_own_language():
    officer = staff("officer", *SEE)
    made = packs.make(pack_of(officer, BY_COUNTRY, name="5월 이사회", language="ko"), by=officer)
    cover = reading.pages(made.content)[0]
    assert "5월 이사회" in cover and "리버풀도시권 연합기구" in reading.words(cover)
    assert b"/Lang(ko)" in made.content
    assert reading.facts(made.content)["Tagged"] == "yes"


def test_reports_that_its_maker_may_not_take_are_left_out_and_the_document_says_so():
    keeper, officer = superuser(), staff("officer", *SEE)
    made = packs.make(pack_of(keeper, BY_COUNTRY, ("memoranda", {})), by=officer)
    assert "Left out, because whoever made this document is not entitled to them" in reading.words(
        reading.text(made.content)
    )
    assert len(reading.pages(made.content)) == 3


def test_a_pack_without_a_report_for_its_maker_is_refused():
    pack = pack_of(superuser(), BY_COUNTRY)
    with pytest.raises(packs.NotPossible):
        packs.make(pack, by=staff("viewer", "reports.view_boardpack"))
    assert not ExportLog.objects.exists()


def test_the_document_is_downloaded_and_logged_with_its_parameters_and_count(client):
    enquiry(country="KR")
    officer = staff("officer", *SEE, *KEEP)
    client.force_login(officer)
    pack = pack_of(officer, BY_COUNTRY)
    response = client.get(reverse("admin:reports_boardpack_document", args=[pack.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    log = ExportLog.objects.get()
    assert (log.by, log.what, log.rows) == (officer, "board-pack", 1)
    assert "Board of May" in log.filters and "Grouped by: Country" in log.filters
    assert log.finished_at


def test_who_may_not_see_packs_gets_none(client):
    client.force_login(staff("officer", *SEE))
    pack = pack_of(superuser(), BY_COUNTRY)
    for name in ["change", "document"]:
        assert client.get(reverse(f"admin:reports_boardpack_{name}", args=[pack.pk])).status_code == 403


def test_a_pack_is_put_together_on_its_page_in_the_order_of_its_places(client):
    client.force_login(staff("officer", *SEE, *KEEP))
    management = {"TOTAL_FORMS": 3, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    rows = {f"reports-{key}": value for key, value in management.items()}
    rows |= {"reports-0-position": 2, "reports-0-report": "enquiries"}
    rows |= {"reports-1-position": 1, "reports-1-report": "enquiries-by"}
    rows |= {"reports-2-position": "", "reports-2-report": ""}
    given = {"name": "Board of June", "language": "en", "introduction": ""} | rows
    response = client.post(reverse("admin:reports_boardpack_add"), given)
    assert response.status_code == 302
    pack = BoardPack.objects.get()
    assert pack.owner.username == "officer"
    assert [(row.position, row.report) for row in pack.reports.all()] == [
        (1, "enquiries-by"),
        (2, "enquiries"),
    ]
    page = client.get(reverse("admin:reports_boardpack_change", args=[pack.pk])).text
    assert "Make the pack (PDF)" in page and "Grouped by: Month" in page


def test_what_is_asked_of_a_report_is_changed_on_a_page_of_its_own(client):
    officer = staff("officer", *SEE, *KEEP)
    client.force_login(officer)
    row = pack_of(officer, BY_COUNTRY).reports.get()
    page = reverse("admin:reports_boardpack_asked", args=[row.pack_id, row.pk])
    assert "Grouped by" in client.get(page).text
    client.post(page, {"period": "last-year", "by": "source"})
    row.refresh_from_db()
    assert (row.parameters["by"], row.parameters["period"]) == ("source", "last-year")
    wrong = client.post(page, {"period": "days", "by": "source"})
    assert "Say from which day" in wrong.text


def test_a_report_whose_parameters_do_not_hold_any_more_is_told_to_whoever_makes_the_pack(client):
    officer = staff("officer", *SEE, *KEEP)
    client.force_login(officer)
    pack = pack_of(officer, ("enquiries-by", {"theme": "given-up"}))
    response = client.get(reverse("admin:reports_boardpack_document", args=[pack.pk]), follow=True)
    assert "asks for what is not there any more (Theme)" in response.text


def test_the_address_of_a_schedule_says_when_its_named_periods_were_meant(client):
    officer = staff("officer", *SEE, *KEEP)
    client.force_login(officer)
    pack = pack_of(officer, ("enquiries-by", {"period": "last-month", "by": "country"}))
    address = reverse("admin:reports_boardpack_document", args=[pack.pk])
    content = client.get(address, {"on": "2026-03-02T08:00:00+00:00"}).content
    assert "1 February 2026 to 28 February 2026" in reading.words(reading.text(content))


def test_packs_are_retired_and_used_again_and_never_deleted(client):
    client.force_login(superuser())
    pack = pack_of(staff("officer"), BY_COUNTRY)
    listed = reverse("admin:reports_boardpack_changelist")
    client.post(listed, {"action": "retire", "_selected_action": [pack.pk]})
    pack.refresh_from_db()
    assert pack.retired_at
    assert "Board of May" not in client.get(listed).text
    client.post(f"{listed}?retired=yes", {"action": "use_again", "_selected_action": [pack.pk]})
    pack.refresh_from_db()
    assert pack.retired_at is None
    assert client.get(reverse("admin:reports_boardpack_delete", args=[pack.pk])).status_code == 403


def test_the_command_makes_the_pack_as_somebody(tmp_path):
    officer = staff("officer", *SEE, *KEEP)
    pack_of(officer, BY_COUNTRY)
    said = StringIO()
    call_command("board_pack", "Board of May", output=str(tmp_path / "pack.pdf"), by="officer", stderr=said)
    assert len(reading.pages((tmp_path / "pack.pdf").read_bytes())) == 3
    assert "complete" in said.getvalue()
    assert ExportLog.objects.get().by == officer
    with pytest.raises(CommandError):
        call_command("board_pack", "Board of June", output=str(tmp_path / "no.pdf"), by="officer")
    assert [path.name for path in tmp_path.iterdir()] == ["pack.pdf"]

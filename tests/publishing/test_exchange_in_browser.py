"""Texts out to a file and back in a browser, without JavaScript, at every width, in both themes."""

import pytest

from opportunities.models import Opportunity
from tests.publishing.exchange_files import edited, taken_out

EXCHANGE = "/admin/exchange/"
SLUG = "mersey-tidal-power"


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (375, True)])
def test_a_text_goes_out_is_translated_comes_back_and_is_undone(open_page, sign_in, tmp_path, width, dark):
    page = open_page(EXCHANGE, width=width, javascript=False, dark=dark, session=sign_in())
    before = Opportunity.objects.get(slug=SLUG).title_ko
    page.get_by_label("Opportunities").check()
    page.get_by_label("Missing").uncheck()
    page.get_by_label("Stale").uncheck()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take out").click()
    content = edited("xliff", download.value.path().read_bytes(), {"title": "새 제목"})
    file = tmp_path / "korea.xlf"
    file.write_bytes(content)
    page.get_by_label("File", exact=True).set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="See what it would do").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("korea.xlf")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_navigation():
        page.get_by_role("button", name="Import the ticked texts").click()
    assert Opportunity.objects.get(slug=SLUG).title_ko == "새 제목"
    with page.expect_navigation():
        page.get_by_role("button", name="Undo this import").click()
    assert Opportunity.objects.get(slug=SLUG).title_ko == before


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (375, True)])
def test_the_pages_are_usable_by_everyone(open_page, sign_in, axe, tmp_path, width, dark):
    page = open_page(EXCHANGE, width=width, dark=dark, session=sign_in())
    assert axe(page) == []
    file = tmp_path / "bad.xlf"
    file.write_text("<!DOCTYPE a><a/>")
    page.get_by_label("File", exact=True).set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="See what it would do").click()
    assert "has a DOCTYPE" in page.inner_text(".errorlist")
    assert axe(page) == []
    content = edited(
        "xliff",
        taken_out("xliff", [Opportunity.objects.get(slug=SLUG)]),
        {"title": "새 제목", "summary": "<script>"},
    )
    file.write_bytes(content)
    page.get_by_label("File", exact=True).set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="See what it would do").click()
    assert axe(page) == []
    with page.expect_navigation():
        page.get_by_role("link", name="Refused").click()
    assert axe(page) == []

"""A reader whose browser runs no script can do everything."""

import re

import pytest

from enquiries.models import Enquiry
from prospectus.models import NewsItem
from publishing.publication import publish


@pytest.fixture
def open_plain(open_page):
    def open_plain(path, **more):
        return open_page(path, javascript=False, **more)

    return open_plain


def number_of_results(page):
    return int(re.search(r"\d+", page.locator("p[role=status]").inner_text())[0])


def show_filters(page):
    page.locator("details.filters > summary").first.click()


def test_a_reader_filters_and_takes_the_filter_away(open_plain):
    page = open_plain("/ko/opportunities/", width=375)
    everything = number_of_results(page)
    show_filters(page)
    choice = page.locator("label.check", has=page.locator("input[value=net-zero-maritime]"))
    promised = int(choice.locator(".n").inner_text())
    choice.click()
    with page.expect_navigation():
        page.click(".filters__go button")
    assert "theme=net-zero-maritime" in page.url
    assert number_of_results(page) == promised < everything
    with page.expect_navigation():
        page.locator(".chips a").first.click()
    assert number_of_results(page) == everything


def test_a_reader_sorts(open_plain):
    page = open_plain("/en/opportunities/")
    page.select_option("#sort", "title")
    with page.expect_navigation():
        page.click(".sort button")
    titles = page.locator(".rows h3").all_inner_texts()
    assert "sort=title" in page.url
    assert titles == sorted(titles)


def test_a_reader_turns_the_page(open_plain, restored_content):
    common = {
        "body_en": "<p>Words.</p>",
        "body_ko": "<p>글입니다.</p>",
        "category": NewsItem.Category.values[0],
    }
    texts = {"title_en": "Tide", "title_ko": "밀물", "standfirst_en": "In.", "standfirst_ko": "들어옵니다."}
    items = [
        NewsItem.objects.create(slug=f"tide-{number}", date="2024-03-02", **texts | common)
        for number in range(20)
    ]
    publish(items, ["en", "ko"], by=None)
    page = open_plain("/ko/news/")
    with page.expect_navigation():
        page.click("a[rel=next]")
    assert page.url.endswith("?page=2")
    assert page.locator("main article, main li").count() > 0
    with page.expect_navigation():
        page.click("a[rel=prev]")
    assert page.locator("a[rel=next]").count() == 1


def test_a_reader_changes_the_language_of_a_filtered_list(open_plain):
    page = open_plain("/en/opportunities/?district=wirral&sort=title")
    with page.expect_navigation():
        page.click("a[hreflang=ko]")
    assert page.url.endswith("/ko/opportunities/?district=wirral&sort=title")
    assert page.locator("html").get_attribute("lang") == "ko"
    assert page.locator("input[value=wirral]").is_checked()


def test_a_reader_searches_and_opens_what_was_found(open_plain):
    page = open_plain("/ko/")
    with page.expect_navigation():
        page.click("header a[href='/ko/search/']")
    page.fill("main input[name=q]", "투자")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    first = page.locator(".hit h3 a").first
    title = first.inner_text()
    with page.expect_navigation():
        first.click()
    assert title in page.locator("main").inner_text()


def test_a_reader_goes_from_the_chart_to_the_asset_in_the_list(open_plain):
    page = open_plain("/en/assets/")
    point = page.locator("main svg a[href^='#asset-']:visible").first
    target = point.get_attribute("href")
    point.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    assert page.locator(target).bounding_box()["y"] < 900


def test_a_reader_sends_an_enquiry_with_errors_and_then_right(open_plain, restored_content):
    page = open_plain("/ko/enquire/?o=mersey-tidal-power")
    page.fill("[name=plans]", "조력발전 사업의 일정을 알고 싶습니다.")
    page.fill("[name=email]", "minjae.oh")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    faults = page.locator("[role=alert] li")
    assert faults.count() == 5
    assert page.input_value("[name=plans]") == "조력발전 사업의 일정을 알고 싶습니다."
    assert page.locator("[name=opportunities][value=mersey-tidal-power]").is_checked()
    faults.first.locator("a").click()
    page.wait_for_url("**#id_*")
    assert page.locator(":target").count() == 1
    page.fill("[name=family_name]", "오")
    page.fill("[name=given_name]", "민재")
    page.fill("[name=organisation]", "소래터빈")
    page.select_option("[name=country]", "KR")
    page.fill("[name=email]", "minjae.oh@sorae.example")
    page.wait_for_timeout(3100)  # nobody types all this in less
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    enquiry = Enquiry.objects.get()
    assert "/ko/enquire/thanks/" in page.url
    assert enquiry.reference in page.locator("main").inner_text()
    assert (enquiry.organisation, enquiry.is_held) == ("소래터빈", False)
    assert [one.slug for one in enquiry.opportunities.all()] == ["mersey-tidal-power"]

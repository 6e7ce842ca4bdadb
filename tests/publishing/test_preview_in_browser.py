"""The preview page as a browser shows it: the real page in frames, without a script, on a phone and on a desk."""

import pytest

from opportunities.models import Opportunity
from publishing.previews import public_address, share
from tests.admin_form import address
from tests.factories import opportunity, superuser


@pytest.fixture
def record(restored_content):
    record = Opportunity.objects.get(slug="mersey-tidal-power")
    Opportunity.objects.filter(pk=record.pk).update(title_ko="아무도 게시하지 않은 제목")
    return record


@pytest.mark.parametrize(("width", "inner"), [("phone", 375), ("desk", 1280)])
def test_the_frames_hold_the_real_page_at_the_width_of_the_device(open_page, sign_in, record, width, inner):
    page = open_page(
        address(record, "preview") + f"?in=ko&width={width}",
        session=sign_in(superuser("looker")),
        javascript=False,
    )
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "아무도 게시하지 않은 제목"
    assert frame.locator(".preview").count() == 1
    assert page.locator("iframe").evaluate("frame => frame.clientWidth") == inner


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (375, True)])
def test_the_page_violates_nothing_and_never_scrolls_sideways(open_page, sign_in, axe, record, width, dark):
    link_maker = superuser("looker")
    share(record, "ko", why="Ms Kim, Busan", by=link_maker)
    for look in ("phone", "desk"):
        page = open_page(
            address(record, "preview") + f"?width={look}", session=sign_in(link_maker), width=width, dark=dark
        )
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page, exclude=["iframe"]) == []


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(("width", "dark"), [(1440, True), (375, False)])
def test_what_a_link_shows_violates_nothing(
    open_page, live_site, axe, restored_content, language, width, dark
):
    link = share(opportunity(value_max=5_000_000), language, why="Ms Kim, Busan", by=None)
    path = "/" + public_address(link).split("/", 3)[3]
    page = open_page(path, width=width, dark=dark)
    page.wait_for_load_state("networkidle")
    assert page.locator(".preview").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []


def test_a_link_in_a_frame_opens_a_tab_of_its_own(open_page, sign_in, record):
    page = open_page(address(record, "preview") + "?in=en", session=sign_in(superuser("looker")))
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").locator(".crumb a").last.click()
    opened.value.wait_for_load_state("networkidle")
    assert opened.value.url.endswith("/en/opportunities/")


def test_an_address_is_made_without_javascript(open_page, sign_in, record):
    page = open_page(
        address(record, "preview"), session=sign_in(superuser("looker")), javascript=False, width=375
    )
    page.get_by_role("radio", name="한국어").check()
    page.get_by_label("For whom").fill("Ms Kim, Busan")
    with page.expect_navigation():
        page.get_by_role("button", name="Make a link").click()
    assert "/ko/preview/" in page.get_by_label("Address of the link for Ms Kim, Busan").input_value()

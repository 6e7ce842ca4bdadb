"""The publication page, the launch page and the history as a person uses them."""

import pytest
from django.contrib.auth.models import Group

from publishing.models import Edition
from publishing.publication import publish
from publishing.workflow import submit
from tests import factories
from tests.admin_form import address

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (375, 768, 1440)


@pytest.fixture
def manager(sign_in):
    user = factories.staff("manager")
    user.groups.add(Group.objects.get(name="manager"))
    return sign_in(user)


@pytest.fixture
def record(restored_content):
    """Live in both languages; its English has changed and its Korean waits for review."""
    record = factories.opportunity(body_en="<p>A long body.</p>", body_ko="<p>본문입니다.</p>")
    publish([record], ["en", "ko"], note="First", by=None)
    type(record).objects.filter(pk=record.pk).update(title_en="River tunnel", title_ko="강 하구 터널")
    record.refresh_from_db()
    submit([(record, "ko")], by=None, why="Please look")
    return record


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def said(page):
    return page.locator(".messagelist").inner_text()


def test_a_manager_reads_the_changes_approves_publishes_and_takes_down(open_page, manager, record):
    page = open_page(address(record, "publication"), session=manager)
    assert page.locator("del").first.inner_text() == "barrage"
    press(page, "Approve")
    assert "Approved in 한국어" in said(page)
    press(page, "Publish")
    assert "Published in English and 한국어" in said(page)
    page.get_by_role("link", name="View on site in English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "River tunnel"
    page.go_back()
    press(page, "Take down now")
    assert "Taken down in English and 한국어" in said(page)
    assert page.request.get(page.url.split("/admin/")[0] + "/ko/opportunities/river-barrage/").status == 410


def test_it_works_without_javascript(open_page, manager, record):
    page = open_page(address(record, "publication"), session=manager, javascript=False)
    page.locator("summary", has_text="Discard working changes").click()
    discard = page.locator("form", has=page.locator('[name="verb"][value="discard"]'))
    discard.get_by_label("English").check()
    discard.get_by_label("I have read what will be lost").check()
    with page.expect_navigation():
        discard.get_by_role("button").click()
    assert "The working copy in English is the last published text again" in said(page)


def test_two_editions_are_compared_and_one_restored(open_page, manager, record):
    publish([record], ["en"], by=None)
    page = open_page(address(record, "editions"), session=manager, javascript=False)
    page.get_by_label("From edition 1").check()
    page.get_by_label("To edition 2").check()
    press(page, "Compare the two")
    assert page.locator(".diff ins").inner_text() == "tunnel"
    press(page, "Restore edition 1 into the working copy")
    assert "Edition 1 in English is the working copy again" in said(page)


def test_several_records_are_launched_from_their_list(open_page, manager, record):
    factories.opportunity("second-barrage", title_en="Second barrage")
    page = open_page("/admin/opportunities/opportunity/?q=barrage", session=manager)
    for box in page.locator(".action-select").all():
        box.check()
    page.select_option("[name=action]", "publish_together")
    with page.expect_navigation():
        page.locator(".actions [type=submit]").click()
    assert page.locator(".launch-table tbody tr").count() == 2
    press(page, "Publish what is ticked, as one act")
    assert page.locator(".launch-table tbody a", has_text="Second barrage").count() == 2
    assert Edition.objects.live().filter(title="River tunnel").exists()


def test_every_page_is_accessible_and_fits(open_page, manager, record, axe):
    (edition, _korean) = publish([factories.theme(), record], ["en"], by=None)
    type(record).objects.filter(pk=record.pk).update(title_en="River bridge", summary_ko="")
    pages = [
        address(record, "publication"),
        f"{address(record, 'editions')}?older={edition.pk}&newer=working&read={edition.pk}",
        f"/admin/launch/?text=opportunities.opportunity:{record.pk}&text=x",
        f"/admin/launch/{edition.act}/",
        "/admin/launch/",
    ]
    for number, path in enumerate(pages):
        page = open_page(path, width=1440, session=manager, dark=bool(number % 2))
        page.locator("#content-main details").evaluate_all(
            "all => all.forEach((one) => { one.open = true; })"
        )
        assert not axe(page), path
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        page.close()

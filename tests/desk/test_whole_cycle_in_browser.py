"""From a sentence in English to readers of both languages and back to an earlier edition, as three people do it.

With PICTURES=folder the test keeps a picture of each step in editors/ there: `make pictures` does so for
docs/editors.md.
"""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group

from lcr_crm.roles import translators_of
from opportunities.models import Opportunity
from tests import factories

SLUG = "mersey-tidal-power"
RECORD = "opportunities/opportunity"
ENGLISH = "The Mersey has one of the largest tides in Europe, and the Combined Authority means to use it."
KOREAN = "머지강은 유럽에서 조수 간만의 차가 가장 큰 강 가운데 하나이며, 연합기구는 이를 활용하고자 합니다."
MORE_ENGLISH = f"{ENGLISH} The first power is expected in ten years."
MORE_KOREAN = f"{KOREAN} 첫 발전은 10년 뒤로 예상됩니다."
NAMES = {"editor": ("Amara", "Bello"), "manager": ("Tom", "Whitlock"), "translator": ("Ji-won", "Seo")}


class Desk:
    """One member of staff at a browser of their own."""

    def __init__(self, role, group, open_page, sign_in, live_site):
        self.user = factories.staff(role)
        self.user.first_name, self.user.last_name = NAMES[role]
        self.user.save()
        self.user.groups.add(Group.objects.get(name=group))
        self.site = live_site
        self.page = open_page("/admin/", session=sign_in(self.user), width=1360, height=860)

    def go(self, path):
        self.page.goto(self.site + path)
        return self.page

    def press(self, words, within=None, exact=True):
        button = (within or self.page).get_by_role("button", name=words, exact=exact)
        with self.page.expect_navigation():
            button.click()

    def follow(self, words):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words, exact=True).first.click()

    def card(self, heading):
        return self.page.get_by_role("region", name=heading)


@pytest.fixture
def tide(live_site, restored_content):
    return Opportunity.objects.get(slug=SLUG)


@pytest.fixture
def desks(tide, open_page, sign_in, live_site):
    groups = {"editor": "editor", "manager": "manager", "translator": translators_of("ko")}
    return {role: Desk(role, group, open_page, sign_in, live_site) for role, group in groups.items()}


@pytest.fixture
def reader(open_page, live_site):
    page = open_page("/en/")

    def reads(language):
        page.goto(f"{live_site}/{language}/opportunities/{SLUG}/")
        return page.locator("main").inner_text()

    return reads


def picture(page, name, part=None):
    """Of a step that comes again, the first."""
    folder = os.environ.get("PICTURES")
    target = folder and Path(folder) / "editors" / f"{name}.jpg"
    if not target or target.exists():
        return
    page.wait_for_load_state("networkidle")
    (part or page).screenshot(type="jpeg", quality=80, path=target)


def test_write_review_translate_preview_publish_edit_retranslate_publish_restore(desks, tide, reader):
    editor, manager, translator = desks["editor"], desks["manager"], desks["translator"]
    first_english, first_korean = tide.summary_en, tide.summary_ko

    write(editor, tide, ENGLISH)
    assert ENGLISH not in reader("en"), "what is only saved is not public"
    submit(editor, tide)

    approve(manager, tide)
    assert ENGLISH not in reader("en"), "what is only approved is not public"

    translate(translator, tide, KOREAN)
    assert KOREAN not in reader("ko")

    preview(editor, tide)

    publish(manager, tide)
    assert ENGLISH in reader("en")
    assert KOREAN in reader("ko")

    write(editor, tide, MORE_ENGLISH)
    picture(editor.page, "stale", editor.page.locator(".pair.field-summary_en"))
    assert "Stale" in editor.page.locator(".pair.field-summary_en .lang-ko").inner_text()
    assert MORE_ENGLISH not in reader("en")
    assert KOREAN in reader("ko"), "the old translation stays"

    translate(translator, tide, MORE_KOREAN)
    publish(manager, tide)
    assert MORE_ENGLISH in reader("en")
    assert MORE_KOREAN in reader("ko")

    restore_first(manager, tide, first_korean)
    assert MORE_KOREAN in reader("ko"), "restoring changes the working copy only"
    publish(manager, tide)
    korean = reader("ko")
    assert MORE_KOREAN not in korean
    assert first_korean.split(",")[0] in korean
    assert first_english not in reader("en"), "the other language stays as it is"


def write(editor, record, text):
    page = editor.go(f"/admin/{RECORD}/{record.pk}/change/")
    page.fill("#id_summary_en", text)
    picture(page, "record")
    editor.press("Save and continue editing")
    assert page.locator("#id_summary_en").input_value() == text


def submit(editor, record):
    page = editor.go(f"/admin/{RECORD}/{record.pk}/publication/")
    assert page.locator(".diff ins").first.is_visible()
    picture(page, "submit")
    editor.press("Submit for review")


def approve(manager, record):
    page = manager.go("/admin/")
    picture(page, "first-screen")
    waiting = manager.card("Waiting for my review")
    with page.expect_navigation():
        waiting.get_by_role("link", name=record.title_en).click()
    picture(page, "approve")
    manager.press("Approve")


def translate(translator, record, text):
    page = translator.go("/admin/")
    translator.follow("Translations")
    picture(page, "translations")
    translator.follow(record.title_en)
    row = page.locator("section.text-field.is-stale")
    assert row.locator(".diff ins").first.is_visible()
    row.locator("textarea").fill(text)
    picture(page, "translators-desk")
    translator.press("Save and go to the next", within=row)
    assert page.locator("section.text-field.is-stale").count() == 0
    translator.press("Submit for review")


def preview(editor, record):
    page = editor.go(f"/admin/{RECORD}/{record.pk}/preview/")
    frame = page.frame_locator("iframe[lang=ko], iframe").nth(0)
    frame.locator("h1").wait_for()
    picture(page, "preview")
    page.goto(f"{editor.site}/ko/preview/opportunities.opportunity/{record.pk}/")
    assert KOREAN in page.locator("main").inner_text()


def publish(manager, record):
    page = manager.go(f"/admin/{RECORD}/{record.pk}/publication/")
    form = page.get_by_role("form", name="Publish the working copy")
    for box in form.locator("input[name=publish-in_languages]:enabled").all():
        box.check()
    picture(page, "publish")
    manager.press("Publish", within=form)
    assert "Readers have it now" in page.locator(".messagelist").inner_text()


def restore_first(manager, record, text):
    page = manager.go(f"/admin/{RECORD}/{record.pk}/editions/?language=ko")
    picture(page, "history")
    manager.press("Restore edition 1 into the working copy")
    stored = Opportunity.objects.get(pk=record.pk)
    assert stored.summary_ko == text

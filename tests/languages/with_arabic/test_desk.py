"""Staff write, find and publish Arabic as they do Korean."""

import html5lib
import pytest
from django.contrib.auth.models import Group

from publishing.desk.translations import desk_address
from publishing.publication import Incomplete, publish
from tests import admin_form, factories
from tests.languages.with_arabic.conftest import SUMMARY, TITLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(factories.superuser())
    return client


def test_the_form_has_the_arabic_texts_running_from_right_to_left(desk, opportunity):
    page = desk.get(admin_form.address(opportunity)).content.decode()
    document = html5lib.parse(page, namespaceHTMLElements=False)
    title = document.find(".//input[@name='title_ar']")
    assert (title.get("lang"), title.get("dir")) == ("ar", "rtl")
    assert document.find(".//textarea[@name='body_ar']").get("dir") == "rtl"
    assert document.find(".//input[@name='title_ko']").get("dir") is None


def test_what_is_typed_in_arabic_is_stored_and_current(desk, opportunity):
    admin_form.save(desk, opportunity, title_ar=TITLE, summary_ar=SUMMARY)
    opportunity.refresh_from_db()
    assert opportunity.title_ar == TITLE
    page = desk.get(admin_form.address(opportunity)).content.decode()
    document = html5lib.parse(page, namespaceHTMLElements=False)
    field = next(box for box in document.iter("div") if "lang-ar" in box.get("class", "").split())
    assert "state-current" in field.get("class")


def test_the_list_is_filtered_by_arabic_and_searched_in_it(desk, in_arabic):
    rows = admin_form.list_of(type(in_arabic))
    assert TITLE in desk.get(f"{rows}?public_ar=live").content.decode()
    assert TITLE not in desk.get(f"{rows}?public_ar=never").content.decode()
    assert TITLE in desk.get(f"{rows}?texts_ar=missing").content.decode()
    assert TITLE in desk.get(f"{rows}?q={TITLE.split()[1]}").content.decode()


def test_publishing_without_the_required_arabic_texts_is_refused(opportunity):
    with pytest.raises(Incomplete):
        publish([opportunity], ["ar"], by=None)


@pytest.mark.parametrize("room", ["opportunities", "partners", "prospectus", "publishing", "enquiries"])
def test_every_list_of_the_desk_opens(desk, room):
    page = desk.get(f"/admin/{room}/")
    assert page.status_code == 200
    for model in page.context["app_list"][0]["models"]:
        assert desk.get(model["admin_url"]).status_code == 200
        if model["add_url"]:
            assert desk.get(model["add_url"]).status_code == 200


def test_the_first_screen_counts_what_is_missing_in_arabic(desk):
    page = desk.get("/admin/").content.decode()
    assert "Arabic" in page
    assert "Korean" in page


@pytest.fixture
def translator(client):
    """Somebody of the group that `make language` made."""
    user = factories.staff("translator")
    user.groups.add(Group.objects.get(name="translator (Arabic)"))
    client.force_login(user)
    return client


def test_a_translator_of_arabic_finds_what_is_missing(translator, opportunity):
    page = translator.get("/admin/translations/?state=missing&q=Mersey+Tidal").content.decode()
    assert desk_address(opportunity, "ar") in page


def test_a_translator_of_arabic_translates_at_the_desk(translator, opportunity):
    desk = desk_address(opportunity, "ar")
    document = html5lib.parse(translator.get(desk).content.decode(), namespaceHTMLElements=False)
    box = document.find(".//textarea[@name='text'][@lang='ar']")
    assert box.get("dir") == "rtl"
    sent = {"field": "title", "shown_source": opportunity.title_en, "shown_text": "", "text": TITLE}
    translator.post(desk, sent | {"verb": "save"})
    opportunity.refresh_from_db()
    assert opportunity.title_ar == TITLE


def test_a_translator_of_arabic_has_no_other_desk(translator, opportunity):
    assert translator.get(desk_address(opportunity, "ko")).status_code == 403
    assert translator.get(admin_form.address(opportunity)).status_code == 403

"""What happens to an address when a record gets another one, goes, or its word is wanted for something else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from publishing.models import Redirect
from publishing.models.publishable import publishable_models
from publishing.publication import publish, withdraw
from tests import factories
from tests.admin_form import address, errors, save, shown

pytestmark = pytest.mark.django_db
MAKERS = {
    "themes": factories.theme,
    "opportunities": factories.opportunity,
    "case-studies": factories.case_study,
    "news": factories.news_item,
    "events": factories.event,
    "": factories.page,
}


@pytest.fixture
def staff(client):
    client.force_login(factories.superuser())
    return client


@pytest.fixture
def record():
    record = factories.case_study("first")
    publish([record], ["en", "ko"], by=None)
    return record


def move(record, slug):
    """Gives the record another slug, as SQL or a shell would."""
    type(record).objects.filter(pk=record.pk).update(slug=slug)
    record.slug = slug


def study(slug, language="en"):
    return f"/{language}/case-studies/{slug}/"


def follows(client, old, new):
    response = client.get(old)
    assert (response.status_code, response.headers.get("Location")) == (301, new)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("section", MAKERS)
def test_a_changed_slug_leaves_a_permanent_redirect_in_every_language(client, section, language):
    record = MAKERS[section]("first")
    publish([record], ["en", "ko"], by=None)
    move(record, "second")
    at = f"/{language}/{section}/".replace("//", "/")
    follows(client, f"{at}first/", f"{at}second/")


def test_what_stood_behind_the_address_goes_along(client, record):
    move(record, "second")
    follows(client, study("first") + "?from=letter", study("second") + "?from=letter")


def test_a_calendar_file_moves_with_its_event(client):
    event = factories.event("first")
    publish([event], ["en"], by=None)
    move(event, "second")
    follows(client, "/en/events/first.ics", "/en/events/second.ics")


def test_a_cover_moves_with_its_opportunity(client):
    record = factories.opportunity("first")
    publish([record], ["en"], by=None)
    move(record, "second")
    follows(client, "/en/covers/first-plate.svg", "/en/covers/second-plate.svg")
    assert client.get("/en/covers/third-plate.svg").status_code == 404
    withdraw([record], ["en"], why="Over", by=None)
    assert client.get("/en/covers/first-plate.svg").status_code == 404


def test_a_slug_changed_in_the_form_leaves_a_redirect(staff, record):
    assert save(staff, record, slug="second").status_code == 302
    follows(staff, study("first"), study("second"))


def test_there_and_back_again_there_is_no_loop_and_no_chain(client, record):
    for slug in ("second", "third", "first"):
        move(record, slug)
        publish([record], ["en"], by=None)
    assert client.get(study("first")).status_code == 200
    for slug in ("second", "third"):
        follows(client, study(slug), study("first"))


def test_an_address_that_was_never_published_leads_nowhere(client):
    draft = factories.case_study("draft")
    move(draft, "draft-two")
    publish([draft], ["en"], by=None)
    assert client.get(study("draft")).status_code == 404


def test_two_records_that_swap_their_slugs_are_each_found_at_once(client, record):
    other = factories.case_study("other", title_en="The other dock")
    publish([other], ["en"], by=None)
    move(record, "aside")
    move(other, "first")
    move(record, "other")
    assert "The other dock" in client.get(study("first")).content.decode()
    assert "Old dock" in client.get(study("other")).content.decode()


def test_an_old_address_leads_on_until_its_new_owner_is_published(client, record):
    move(record, "second")
    heir = factories.case_study("first", title_en="The new dock")
    follows(client, study("first"), study("second"))
    publish([heir], ["en"], by=None)
    assert "The new dock" in client.get(study("first")).content.decode()


def test_an_old_address_leads_on_while_its_new_owner_is_only_scheduled(client, record):
    move(record, "second")
    publish([factories.case_study("first")], ["en"], at=timezone.now() + timedelta(days=1), by=None)
    follows(client, study("first"), study("second"))


def test_an_address_belongs_to_its_new_owner_even_once_that_is_withdrawn(client, record):
    move(record, "second")
    heir = factories.case_study("first")
    publish([heir], ["en", "ko"], by=None)
    withdraw([heir], ["en", "ko"], why="Wrong", by=None)
    assert client.get(study("first")).status_code == 410


def test_the_editor_is_told_whose_old_address_it_is(staff, record):
    move(record, "second")
    heir = factories.case_study("heir")
    response = save(staff, heir, slug="first")
    assert response.status_code == 302, errors(response)
    page = staff.get(response.url).content.decode()
    assert "“first” was once the address of “Old dock”" in page


def test_the_old_address_of_a_deleted_record_is_gone(client, record):
    move(record, "second")
    record.delete()
    assert client.get(study("first")).status_code == 410


def test_the_old_address_of_a_withdrawn_record_is_gone_without_a_detour(client, record):
    move(record, "second")
    withdraw([record], ["en", "ko"], why="Over", by=None)
    assert client.get(study("first")).status_code == 410


def test_an_old_address_is_unknown_in_a_language_in_which_there_never_was_a_text(client):
    record = factories.case_study("first")
    publish([record], ["ko"], by=None)
    move(record, "second")
    follows(client, study("first", "ko"), study("second", "ko"))
    assert client.get(study("first")).status_code == 404


def test_an_old_address_keeps_to_its_kind(client, record):
    move(record, "second")
    assert client.get("/en/opportunities/first/").status_code == 404
    assert Redirect.objects.filter(slug="first").count() == 1


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (factories.opportunity, "compare"),
        (factories.news_item, "feed"),
        (factories.event, "feed"),
        *(
            (factories.page, word)
            for word in (
                "themes",
                "opportunities",
                "search",
                "news",
                "preview",
                "enquire",
                "admin",
                "api",
                "en",
                "ko",
            )
        ),
    ],
)
def test_a_word_that_the_site_needs_is_refused(staff, make, word):
    record = make("any-word")
    response = save(staff, record, slug=word)
    assert response.status_code == 200
    assert "is an address of the site itself" in str(response.context["adminform"].form.errors["slug"])
    assert shown(response)["slug"] == word


@pytest.mark.parametrize(
    "make", [factories.theme, factories.case_study, factories.memorandum, factories.news_item]
)
def test_the_same_word_is_free_where_it_is_in_nobodys_way(staff, make):
    record = make("any-word")
    response = staff.get(address(record))
    refused = staff.post(address(record), shown(response) | {"slug": "themes"})
    assert not refused.context or "slug" not in refused.context["adminform"].form.errors


def test_a_slug_that_another_record_has_is_refused(staff, record):
    other = factories.case_study("other")
    response = save(staff, other, slug="first")
    assert "already exists" in str(response.context["adminform"].form.errors["slug"])


@pytest.mark.parametrize("slug", ["two words", "a/b", "한국어", "", "x" * 101, "<b>"])
def test_a_slug_that_is_no_address_is_refused(staff, record, slug):
    assert save(staff, record, slug=slug).status_code == 200


def test_an_address_left_before_anything_was_published_under_it_leads_on(client, record):
    move(record, "second")
    move(record, "third")
    follows(client, study("second"), study("third"))


def test_a_record_deleted_after_it_moved_is_gone_from_its_last_address_too(client, record):
    move(record, "second")
    type(record).objects.filter(pk=record.pk).delete()
    for slug in ("first", "second"):
        assert client.get(study(slug)).status_code == 410


@pytest.mark.parametrize("model", publishable_models(), ids=lambda model: model.__name__)
def test_the_database_remembers_addresses_of_every_publishable_model(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [model._meta.db_table],
        )
        found = {name for (name,) in cursor.fetchall()}
    table = model._meta.db_table
    assert {f"{table}_address_left", f"{table}_address_gone"} <= found

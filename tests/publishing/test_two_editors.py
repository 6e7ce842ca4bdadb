"""Two editors of one record: over what has moved since the form was opened nothing is saved unseen."""

import pytest

from opportunities.models import CaseStudy
from publishing.publication import note_provenance
from publishing.translations.translating import save_translation
from tests import factories
from tests.admin_form import address, errors, save, shown
from tests.publishing.record_form import by_sql, noted, state

pytestmark = pytest.mark.django_db
KOREAN = "다시 옮긴 부두입니다."


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


@pytest.fixture
def record():
    record = factories.case_study()
    note_provenance(record, "summary", "ko", record.summary_en)
    return record


@pytest.fixture
def opened(client, record):
    """The form as it was sent to me."""
    return shown(client.get(address(record)))


def conflicts(response):
    form = response.context["adminform"].form
    return [one.name for one in form.conflicts]


def taken_over(response):
    return [one.name for one in response.context["adminform"].form.taken_over]


def test_saving_over_a_newer_save_is_refused_with_both_texts_and_mine_kept(client, record, opened):
    save(client, record, title_en="The colleague's title")
    response = client.post(address(record), opened | {"title_en": "My own title"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "administrator, on" in page
    assert "saved this record after you opened it" in page
    assert conflicts(response) == ["title_en"]
    assert "The colleague&#x27;s title" in page
    assert "<ins>My own</ins>" in page
    assert shown(response)["title_en"] == "My own title"
    record.refresh_from_db()
    assert record.title_en == "The colleague's title"


def test_the_next_save_is_knowingly_over_the_newer(client, record, opened):
    save(client, record, title_en="The colleague's title")
    refused = client.post(address(record), opened | {"title_en": "My own title"})
    assert client.post(address(record), shown(refused)).status_code == 302
    record.refresh_from_db()
    assert record.title_en == "My own title"


def test_a_third_save_meanwhile_is_refused_again(client, record, opened):
    save(client, record, title_en="The colleague's title")
    refused = client.post(address(record), opened | {"title_en": "My own title"})
    save(client, record, title_en="The colleague's second title")
    again = client.post(address(record), shown(refused))
    assert conflicts(again) == ["title_en"]
    assert "second title" in again.content.decode()


def test_what_i_had_not_touched_becomes_theirs(client, record, opened):
    save(client, record, summary_en="Their summary.", position="9")
    refused = client.post(address(record), opened | {"title_en": "My own title"})
    assert conflicts(refused) == []
    assert taken_over(refused) == ["summary_en", "position"]
    assert client.post(address(record), shown(refused)).status_code == 302
    record.refresh_from_db()
    assert (record.title_en, record.summary_en, record.position) == ("My own title", "Their summary.", 9)


def test_facts_that_both_changed_are_shown_as_well(client, record, opened):
    save(client, record, year_established="1998")
    refused = client.post(address(record), opened | {"year_established": "2004"})
    assert conflicts(refused) == ["year_established"]
    (one,) = refused.context["adminform"].form.conflicts
    assert (one.theirs, one.mine) == ("1998", "2004")


def test_lists_of_other_records_that_i_had_not_touched_become_theirs(client, record, opened):
    theme = factories.theme()
    save(client, record, themes=[theme.pk])
    refused = client.post(address(record), opened | {"title_en": "My own title"})
    assert taken_over(refused) == ["themes"]
    client.post(address(record), shown(refused))
    assert list(record.themes.all()) == [theme]


def test_a_tick_and_a_moment_that_i_had_not_touched_become_theirs(client):
    record = factories.event()
    opened = shown(client.get(address(record)))
    saved = save(client, record, booking_required="on", starts_at="2031-06-01T11:30")
    assert saved.status_code == 302, errors(saved)
    refused = client.post(address(record), opened | {"title_en": "My own title"})
    assert set(taken_over(refused)) == {"booking_required", "starts_at"}
    client.post(address(record), shown(refused))
    record.refresh_from_db()
    assert record.booking_required
    assert f"{record.starts_at:%H:%M}" == "10:30"


def test_a_tick_taken_away_becomes_theirs_too(client):
    record = factories.event(booking_required=True)
    opened = shown(client.get(address(record)))
    by_sql(record, booking_required=False)
    refused = client.post(address(record), opened)
    assert taken_over(refused) == ["booking_required"]
    client.post(address(record), shown(refused))
    record.refresh_from_db()
    assert not record.booking_required


def test_both_who_typed_the_same_do_not_differ(client, record, opened):
    save(client, record, title_en="The same title")
    refused = client.post(address(record), opened | {"title_en": "The  same title"})
    assert (conflicts(refused), taken_over(refused)) == ([], [])


def test_a_change_by_sql_is_not_overwritten_either(client, record, opened):
    by_sql(record, title_en="By SQL")
    refused = client.post(address(record), opened | {"title_en": "My own title"})
    assert conflicts(refused) == ["title_en"]
    assert "Somebody saved this record" in refused.content.decode()
    record.refresh_from_db()
    assert record.title_en == "By SQL"


def test_a_fact_changed_by_sql_is_not_overwritten_either(client, record, opened):
    by_sql(record, position=77)
    refused = client.post(address(record), opened)
    assert taken_over(refused) == ["position"]
    client.post(address(record), shown(refused))
    record.refresh_from_db()
    assert record.position == 77


def test_a_translation_saved_at_the_desk_is_not_overwritten(client, record, opened):
    translator = factories.staff("translator")
    save_translation(
        record, "summary", "ko", KOREAN, shown_source="A dock.", shown_text="부두입니다.", by=translator
    )
    refused = client.post(address(record), opened | {"title_en": "My own title"})
    assert "translator, on" in refused.content.decode()
    assert taken_over(refused) == ["summary_ko"]
    client.post(address(record), shown(refused))
    record.refresh_from_db()
    assert (record.title_en, record.summary_ko) == ("My own title", KOREAN)


def test_using_theirs_puts_their_text_into_the_form_and_saves_nothing(client, record, opened):
    save(client, record, title_en="Their title", summary_en="Their summary.")
    refused = client.post(address(record), opened | {"title_en": "Mine", "summary_en": "My summary."})
    assert conflicts(refused) == ["title_en", "summary_en"]
    taken = client.post(address(record), shown(refused) | {"_take": "title_en"})
    assert taken.status_code == 200
    assert conflicts(taken) == ["summary_en"]
    assert shown(taken)["title_en"] == "Their title"
    assert client.post(address(record), shown(taken)).status_code == 302
    record.refresh_from_db()
    assert (record.title_en, record.summary_en) == ("Their title", "My summary.")


def test_their_fact_can_be_used(client, record, opened):
    save(client, record, year_established="1998")
    refused = client.post(address(record), opened | {"year_established": "2004"})
    taken = client.post(address(record), shown(refused) | {"_take": "year_established"})
    assert shown(taken)["year_established"] == 1998 or shown(taken)["year_established"] == "1998"


def test_only_a_field_that_both_changed_can_be_taken(client, record, opened):
    assert client.post(address(record), opened | {"_take": "title_en", "title_en": "Mine"}).status_code == 302


def test_another_mistake_does_not_hide_the_conflict(client, record, opened):
    save(client, record, summary_en="Their summary.")
    refused = client.post(address(record), opened | {"summary_en": "My summary."})
    wrong = client.post(address(record), shown(refused) | {"title_en": ""})
    assert conflicts(wrong) == ["summary_en"]


@pytest.mark.parametrize("sent", [None, "", "forged", "eyJ2ZXJzaW9uIjoxfQ:1v:x"])
def test_a_save_that_does_not_say_what_it_opened_is_refused(client, record, opened, sent):
    del opened["opened"]
    extra = {} if sent is None else {"opened": sent}
    refused = client.post(address(record), opened | extra | {"title_en": "Blind"})
    assert refused.status_code == 200
    assert conflicts(refused) == ["title_en"]
    record.refresh_from_db()
    assert record.title_en == "Old dock"
    assert client.post(address(record), shown(refused)).status_code == 302


def test_a_form_opened_on_another_record_is_refused(client, record, opened):
    other = factories.case_study("other-dock", title_en="Other dock")
    theirs = shown(client.get(address(other)))["opened"]
    assert client.post(address(record), opened | {"opened": theirs}).status_code == 200


# What a translation was made from, when its source moved under the hands of its translator


def test_korean_typed_beside_older_english_is_stale_when_saved_over_the_newer(client, record, opened):
    save(client, record, summary_en="A dry dock.")
    refused = client.post(address(record), opened | {"summary_ko": KOREAN})
    assert taken_over(refused) == ["summary_en"]
    assert client.post(address(record), shown(refused)).status_code == 302
    record.refresh_from_db()
    assert (record.summary_en, record.summary_ko) == ("A dry dock.", KOREAN)
    assert (noted(record), state(record)) == ("A dock.", "stale")


def test_korean_typed_beside_older_english_is_stale_after_two_refusals(client, record, opened):
    save(client, record, summary_en="A dry dock.")
    refused = client.post(address(record), opened | {"summary_ko": KOREAN})
    by_sql(record, summary_en="A wet dock.")
    again = client.post(address(record), shown(refused))
    assert client.post(address(record), shown(again)).status_code == 302
    assert (noted(record), state(record)) == ("A dock.", "stale")


def test_korean_typed_anew_beside_the_newer_english_is_current(client, record, opened):
    save(client, record, summary_en="A dry dock.")
    refused = client.post(address(record), opened | {"summary_ko": KOREAN})
    client.post(address(record), shown(refused) | {"summary_ko": "물이 빠진 부두입니다."})
    assert (noted(record), state(record)) == ("A dry dock.", "current")


def test_korean_said_to_be_still_right_beside_the_newer_english_is_current(client, record, opened):
    save(client, record, summary_en="A dry dock.")
    refused = client.post(address(record), opened | {"summary_ko": KOREAN})
    client.post(address(record), shown(refused) | {"_still_right": "summary:ko"})
    assert (noted(record), state(record)) == ("A dry dock.", "current")


def test_both_of_mine_over_both_of_theirs_are_current(client, record, opened):
    save(client, record, summary_en="Their dock.", summary_ko="그들의 부두입니다.")
    refused = client.post(address(record), opened | {"summary_en": "My dock.", "summary_ko": KOREAN})
    client.post(address(record), shown(refused))
    record.refresh_from_db()
    assert (record.summary_en, record.summary_ko) == ("My dock.", KOREAN)
    assert (noted(record), state(record)) == ("My dock.", "current")


def test_my_korean_beside_their_english_which_i_took_is_stale(client, record, opened):
    save(client, record, summary_en="Their dock.")
    refused = client.post(address(record), opened | {"summary_en": "My dock.", "summary_ko": KOREAN})
    taken = client.post(address(record), shown(refused) | {"_take": "summary_en"})
    client.post(address(record), shown(taken))
    assert (noted(record), state(record)) == ("My dock.", "stale")


def test_english_saved_over_a_newer_korean_leaves_it_stale(client, record, opened):
    translator = factories.staff("translator")
    save_translation(
        record, "summary", "ko", KOREAN, shown_source="A dock.", shown_text="부두입니다.", by=translator
    )
    refused = client.post(address(record), opened | {"summary_en": "A dry dock."})
    client.post(address(record), shown(refused))
    record.refresh_from_db()
    assert (record.summary_ko, noted(record), state(record)) == (KOREAN, "A dock.", "stale")


def test_a_record_deleted_meanwhile_is_told_and_not_brought_back(client, record, opened):
    record.delete()
    response = client.post(address(record), opened | {"title_en": "Mine"}, follow=True)
    assert "doesn’t exist" in response.content.decode()
    assert not CaseStudy.objects.filter(slug="old-dock").exists()

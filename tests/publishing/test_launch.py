"""The launch page: several records and languages as one act, all or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing.desk.launch import MOST_TEXTS, address_of
from publishing.models import Act, Edition
from publishing.publication import publish, withdraw
from publishing.standing import standings
from publishing.workflow import submit
from tests import factories

pytestmark = pytest.mark.django_db
ALL = ("opportunities.view_opportunity", "opportunities.view_theme")


@pytest.fixture
def record():
    return factories.opportunity()


@pytest.fixture
def theme():
    return factories.theme()


@pytest.fixture
def client(client):
    client.force_login(factories.staff("manager", *ALL, "publishing.publish"))
    return client


def marks(client, address):
    """{(record, language): its tick} of the launch page as it is opened now."""
    rows = client.get(address).context["rows"]
    return {(row["record"], cell.proof.language): cell.mark for row in rows for cell, _ticked in row["cells"]}


def ticked(client, address):
    rows = client.get(address).context["rows"]
    return {(row["record"], cell.proof.language) for row in rows for cell, on in row["cells"] if on}


def press(client, address, texts, verb="publish", **more):
    found = marks(client, address)
    return client.post(address, {"verb": verb, "text": [found[text] for text in texts]} | more)


def test_records_of_several_models_are_published_as_one_act(client, record, theme):
    address = address_of([(record, None), (theme, None)])
    texts = [(record, "en"), (theme, "en"), (theme, "ko")]
    response = press(client, address, texts, note="The fair")
    editions = Edition.objects.filter(note="The fair")
    assert editions.count() == 3 and editions.values("act").distinct().count() == 1
    assert response.url == reverse("admin:launch_result", args=[editions[0].act])
    shown = client.get(response.url).content.decode()
    assert 'href="/en/opportunities/river-barrage/"' in shown and 'href="/ko/themes/tidal-power/"' in shown
    assert not record.readable_in("ko")


def test_one_incomplete_text_stops_the_whole_launch(client, record):
    half = factories.opportunity("half", title_en="Half", summary_ko="")
    address = address_of([(record, None), (half, None)])
    response = press(client, address, [(record, "en"), (half, "ko")])
    assert "cannot be published in 한국어: summary is empty" in response.content.decode()
    assert not Edition.objects.of(record).exists() and not Edition.objects.of(half).exists()


def test_an_incomplete_text_cannot_be_ticked_and_says_why(client):
    half = factories.opportunity("half", summary_ko="")
    response = client.get(address_of([(half, None)]))
    assert "Cannot be published: summary missing." in response.content.decode()
    ((_english, english), (korean, korean_ticked)) = response.context["rows"][0]["cells"]
    assert english and not korean_ticked and not korean.can


def test_what_is_asked_for_is_ticked(client, record, theme):
    query = f"?text=opportunities.opportunity:{record.pk}:ko&text=opportunities.theme:{theme.pk}"
    expected = {(record, "ko"), (theme, "en"), (theme, "ko")}
    assert ticked(client, reverse("admin:launch") + query) == expected


def test_what_readers_have_already_is_not_ticked(client, record):
    publish([record], ["en"], by=None)
    assert ticked(client, address_of([(record, None)])) == {(record, "ko")}


def test_the_changes_are_shown_by_words(client, record):
    publish([record], ["en"], by=None)
    type(record).objects.filter(pk=record.pk).update(title_en="River tunnel")
    shown = client.get(address_of([(record, "en")])).content.decode()
    assert "What will change for readers: 1 field" in shown and "<ins>tunnel</ins>" in shown


def test_a_text_saved_meanwhile_is_not_published_unseen(client, record):
    address = address_of([(record, None)])
    mark = marks(client, address)[record, "en"]
    type(record).objects.filter(pk=record.pk).update(title_en="Unseen")
    response = client.post(address, {"verb": "publish", "text": mark})
    assert "saved after you opened this page" in response.content.decode()
    assert not Edition.objects.of(record).exists()


def test_a_translation_saved_meanwhile_does_not_stop_the_source(client, record):
    address = address_of([(record, None)])
    mark = marks(client, address)[record, "en"]
    type(record).objects.filter(pk=record.pk).update(title_ko="새 제목")
    assert client.post(address, {"verb": "publish", "text": mark}).status_code == 302


def test_a_time_and_an_end_hold_for_every_text(client, record, theme):
    address = address_of([(record, None), (theme, None)])
    times = {"at": "2035-07-01T09:00", "until": "2035-08-01T09:00"}
    press(client, address, [(record, "en"), (theme, "en")], **times)
    windows = {
        (edition.live.lower, edition.live.upper)
        for edition in Edition.objects.filter(language="en", expires_at__year=2035)
    }
    assert len(windows) == 1
    assert standings([record])[record.pk]["en"].state == "scheduled"


def test_a_wrong_time_is_refused_and_ticks_and_note_are_kept(client, record):
    address = address_of([(record, None)])
    response = press(client, address, [(record, "ko")], at="2001-01-01T09:00", note="My note")
    shown = response.content.decode()
    assert "This moment has passed" in shown and "My note" in shown
    assert [on for _cell, on in response.context["rows"][0]["cells"]] == [False, True]


def test_nothing_ticked_is_refused(client, record):
    response = press(client, address_of([(record, None)]), [])
    assert "Tick at least one text." in response.content.decode()


def test_many_are_approved_at_once(client, record, theme):
    submit([(record, "en"), (theme, "ko")], by=None)
    address = address_of([(record, None), (theme, None)])
    assert press(client, address, [(record, "en"), (theme, "ko")], verb="approve").status_code == 302
    assert standings([record])[record.pk]["en"].working == "approved"
    assert standings([theme])[theme.pk]["ko"].working == "approved"


def test_an_editor_submits_many_and_publishes_none(client, record):
    client.force_login(factories.staff("editor", *ALL, "opportunities.change_opportunity"))
    address = address_of([(record, None)])
    shown = client.get(address).content.decode()
    assert 'value="submit"' in shown and 'value="publish"' not in shown
    for verb in ("publish", "approve"):
        assert press(client, address, [(record, "en")], verb=verb).status_code == 403
    assert press(client, address, [(record, "en"), (record, "ko")], verb="submit").status_code == 302
    assert Act.objects.filter(verb="submitted").count() == 2


def test_a_translator_submits_korean_only(client, record):
    client.force_login(factories.staff("translator", *ALL, "publishing.translate_ko"))
    address = address_of([(record, None)])
    assert press(client, address, [(record, "en")], verb="submit").status_code == 403
    assert press(client, address, [(record, "ko")], verb="submit").status_code == 302


def test_a_reader_can_do_nothing(client, record):
    client.force_login(factories.staff("viewer", *ALL))
    address = address_of([(record, None)])
    for verb in ("publish", "approve", "submit"):
        assert press(client, address, [(record, "en")], verb=verb).status_code == 403


def test_a_record_that_one_may_not_see_is_left_out(client, record):
    page = factories.page()
    response = client.get(address_of([(record, None), (page, None)]))
    assert [row["record"] for row in response.context["rows"]] == [record]
    assert "1 of what was asked for was left out" in response.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x.y:1",
        "opportunities.opportunity",
        "opportunities.opportunity:x",
        "accounts.user:1",
        "opportunities.opportunity:1:xx",
        "opportunities.opportunity:0",
        ":::",
        "opportunities.opportunity:" + "9" * 50,
    ],
)
def test_what_means_nothing_is_left_out_with_a_sentence(client, record, text):
    response = client.get(reverse("admin:launch"), {"text": [text, f"opportunities.opportunity:{record.pk}"]})
    assert response.status_code == 200 and len(response.context["rows"]) == 1
    assert "1 of what was asked for was left out" in response.content.decode()


def test_an_empty_launch_says_what_to_do(client):
    assert "Nothing is chosen yet" in client.get(reverse("admin:launch")).content.decode()


@pytest.mark.parametrize("verb", ["", "withdraw", "discard"])
def test_another_verb_is_refused(client, record, verb):
    assert press(client, address_of([(record, None)]), [(record, "en")], verb=verb).status_code == 403


def test_the_result_says_what_became_of_it(client, record):
    (edition,) = publish([record], ["en"], by=None)
    withdraw([record], ["en"], why="An error", by=None)
    shown = client.get(reverse("admin:launch_result", args=[edition.act])).content.decode()
    assert "Withdrawn" in shown and "Readers have another text now, or none." in shown


def test_an_act_that_published_nothing_has_no_result(client):
    unknown = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("admin:launch_result", args=[unknown])).status_code == 404


def test_the_result_of_records_one_may_not_see_is_not_shown(client):
    (edition,) = publish([factories.page()], ["en"], by=None)
    assert client.get(reverse("admin:launch_result", args=[edition.act])).status_code == 404


def test_hundreds_of_texts_cost_as_many_queries_as_a_few(client):
    records = [factories.opportunity(f"record-{number}") for number in range(60)]

    def cost(chosen):
        address = address_of([(record, None) for record in chosen])
        with CaptureQueriesContext(connection) as looked:
            found = list(marks(client, address).values())
        with CaptureQueriesContext(connection) as done:
            assert client.post(address, {"verb": "publish", "text": found}).status_code == 302
        client.get("/admin/launch/")  # reads the message
        return len(looked), len(done)

    few, many = cost(records[:2]), cost(records[2:])
    assert many[0] <= few[0] <= 15
    assert many[1] <= few[1] <= 40


def test_more_than_one_page_holds_are_left_out(client, record):
    keys = ",".join(str(number) for number in range(10**6, 10**6 + MOST_TEXTS))
    query = {"text": [f"opportunities.opportunity:{record.pk}", f"opportunities.opportunity:{keys}"]}
    response = client.get(reverse("admin:launch"), query)
    assert len(response.context["rows"]) == 1 and response.context["ignored"] == MOST_TEXTS

"""The first page of the desk for an officer: what is owed to investors, and that each number leads to its rows."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Team
from enquiries import conversation, triage
from enquiries.models import Enquiry
from enquiries.models.stage import Stage
from partners.models import Interaction
from tests import factories

pytestmark = pytest.mark.django_db

CALL = {"channel": Interaction.Channel.TELEPHONE, "direction": Interaction.Direction.CONVERSATION}


def member(role):
    user = factories.staff(role)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def officer():
    return member("officer")


def first_screen(client, user):
    client.force_login(user)
    return client.get("/admin/")


def panel(client, user, key):
    columns = first_screen(client, user).context["columns"]
    return {panel.key: panel for column in columns for panel in column}.get(key)


def one_of_each_state(officer):
    """Nine enquiries in all six states; two of them late, one due today."""
    now = timezone.now()
    long_ago = now - timedelta(days=60)
    held = {"held_at": now, "held_why": "A field that people do not see was filled in."}
    factories.enquiry(**held)
    factories.enquiry(received_at=long_ago)
    factories.enquiry()
    for stage in (Stage.DIALOGUE, Stage.AWAITING, Stage.NON_FDI):
        answered = factories.enquiry(received_at=long_ago, owner=officer)
        conversation.log_contact(answered, at=now, subject="Spoke", by=officer, **CALL)
        if stage != Stage.DIALOGUE:
            triage.move(answered, stage, why="Agreed", by=officer)
    triage.move(factories.enquiry(), Stage.NON_APPLICABLE, why="A sales letter", by=officer)
    Enquiry.objects.filter(stage=Stage.NEW, held_at=None, received_at__gt=long_ago).update(
        reply_due_at=now + timedelta(seconds=1)
    )


def test_the_six_states_add_up_to_every_enquiry(client, officer):
    one_of_each_state(officer)
    counters = first_screen(client, officer).context["counters"]
    states = {counter.label: counter.count for counter in counters[2:]}
    assert set(states) == {state.label for state in Enquiry.State}
    assert all(states.values())
    assert sum(states.values()) == Enquiry.objects.count()


def test_each_number_leads_to_exactly_the_rows_that_it_counts(client, officer):
    one_of_each_state(officer)
    for counter in first_screen(client, officer).context["counters"]:
        listed = client.get(counter.url).context["cl"].result_list
        assert len(listed) == counter.count, counter.label


def test_the_numbers_of_late_and_due_today_are_those_of_the_clock(client, officer):
    now = timezone.now()
    late = factories.enquiry()
    factories.enquiry()
    Enquiry.objects.filter(pk=late.pk).update(reply_due_at=now - timedelta(minutes=1))
    counters = {counter.label: counter.count for counter in first_screen(client, officer).context["counters"]}
    assert counters["Late"] == 1


def test_an_officer_finds_their_own_first_the_most_urgent_on_top(client, officer):
    later = factories.enquiry(owner=officer)
    sooner = factories.enquiry(owner=officer, received_at=timezone.now() - timedelta(days=30))
    factories.enquiry(owner=factories.staff("colleague"))
    rows = panel(client, officer, "mine").rows
    assert [row.url for row in rows] == [
        f"/admin/enquiries/enquiry/{one.pk}/change/" for one in (sooner, later)
    ]


def test_what_a_team_has_and_nobody_took_is_everybodys_in_it(client, officer):
    team = Team.objects.create(name="Korea desk")
    team.members.add(officer)
    factories.enquiry(team=team)
    assert len(panel(client, officer, "mine").rows) == 1


def test_what_somebody_who_left_had_stands_with_nobody(client, officer):
    leaver = factories.staff("leaver")
    factories.enquiry(owner=leaver)
    assert panel(client, officer, "nobody").rows == []
    leaver.is_active = False
    leaver.save()
    assert len(panel(client, officer, "nobody").rows) == 1


def test_a_held_enquiry_is_released_with_one_click_and_its_clock_has_run_since_receipt(client, officer):
    received = timezone.now() - timedelta(days=10)
    enquiry = factories.enquiry(received_at=received, held_at=received, held_why="Too quick.")
    due = enquiry.reply_due_at
    [row] = panel(client, officer, "held").rows
    assert client.post(row.action.url).status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.due_at) == (Enquiry.State.UNANSWERED, due)


def test_only_managers_see_what_was_closed_without_a_reply(client, officer):
    triage.move(factories.enquiry(), Stage.NON_APPLICABLE, why="A sales letter", by=officer)
    assert panel(client, officer, "closed-unanswered") is None
    assert [row.title for row in panel(client, member("manager"), "closed-unanswered").rows] == [
        "A sales letter"
    ]


def test_a_viewer_reads_no_ones_words_on_the_first_page(client):
    factories.enquiry()
    page = first_screen(client, member("viewer")).content.decode()
    assert "Kjellerup Offshore" in page
    assert "grid capacity" not in page
    assert "Holm" not in page


def test_an_officers_queries_do_not_grow_with_the_rows(client, officer, django_assert_max_num_queries):
    client.force_login(officer)

    def queries():
        with django_assert_max_num_queries(35) as captured:
            client.get("/admin/")
        return len(captured)

    one_of_each_state(officer)
    queries()
    few = queries()
    for number in range(12):
        factories.enquiry(owner=officer if number % 2 else None)
    assert queries() == few


def test_a_manager_sees_what_is_late_whoever_has_it_and_the_way_to_hand_over(client, officer):
    late = factories.enquiry(owner=officer, received_at=timezone.now() - timedelta(days=60))
    factories.enquiry(owner=officer)
    assert panel(client, officer, "late") is None
    shown = panel(client, member("manager"), "late")
    assert [row.url for row in shown.rows] == [f"/admin/enquiries/enquiry/{late.pk}/change/"]
    assert client.get(shown.next_step[1]).status_code == 200

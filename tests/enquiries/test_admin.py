import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enquiries.models import Enquiry, StageChange
from tests.enquiries.filling import KOREAN, send

pytestmark = pytest.mark.django_db
LIST = "/admin/enquiries/enquiry/"


@pytest.fixture
def officer(client):
    user = get_user_model().objects.create_user("officer", is_staff=True)
    user.groups.add(Group.objects.get(name="officer"))
    return user


@pytest.fixture
def desk(client, officer):
    """The client, with two enquiries in, signed in as an officer."""
    send(client)
    send(client, "ko", KOREAN, started=None)
    client.force_login(officer)
    return client


def record_of(enquiry):
    return f"{LIST}{enquiry.pk}/change/"


def form_of(page):
    """What the record's form would send if nothing were changed."""
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for formset in page.context["inline_admin_formsets"]:
        for field in formset.formset.management_form:
            data[field.html_name] = field.value()
        for row in formset.formset.forms:
            data |= {row.add_prefix(name): row[name].value() for name in row.fields}
    return {name: "" if value is None else value for name, value in data.items()}


@pytest.mark.parametrize(
    "words", ["소래", "오민재", "민재", "minjae.oh", "+82 51", "소래터빈 민재", "51 123", "오민재"]
)
def test_an_enquiry_is_found_by_what_is_known_of_it_in_either_script(desk, words):
    page = desk.get(LIST, {"q": words}).content.decode()
    assert "소래터빈" in page and "Kjellerup" not in page


def test_an_enquiry_is_found_by_its_reference_in_any_case(desk):
    reference = Enquiry.objects.first().reference
    assert reference in desk.get(LIST, {"q": reference.lower()}).content.decode()


def test_the_list_shows_who_asks_what_and_marks_what_is_held(desk):
    page = desk.get(LIST).content.decode()
    assert "Is there grid capacity" in page and "Mette Holm, Denmark" in page
    assert '<span lang="ko">오민재</span>, South Korea' in page
    held, *_ = [row for row in page.split("<tbody")[1].split("<tr") if "Held" in row]
    assert Enquiry.objects.held().get().reference in held


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("held=yes", 1),
        ("held=no", 1),
        ("held=released", 0),
        ("country=KR", 1),
        ("language=en", 1),
        ("stage=non-fdi", 0),
        ("sector=food-drink", 0),
    ],
)
def test_the_list_is_filtered(desk, query, number):
    assert desk.get(f"{LIST}?{query}").context["cl"].result_count == number


def test_the_list_runs_as_many_queries_with_many_rows_as_with_few(desk):
    desk.get(LIST)
    few = count_queries(desk, LIST)
    for number in range(20):
        make_another(number)
    assert count_queries(desk, LIST) == few <= 15


def count_queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def make_another(number):
    first = Enquiry.objects.order_by("pk").first()
    first.pk, first.reference, first.content_digest = None, "", f"{number}"
    first._state.adding = True
    first.save()


def test_a_held_enquiry_is_released_from_its_record_with_one_click(desk, officer):
    held = Enquiry.objects.held().get()
    assert "Release and acknowledge" in desk.get(record_of(held)).content.decode()
    desk.post(f"{LIST}{held.pk}/release/")
    held.refresh_from_db()
    assert held.released_by == officer
    assert held.mails.filter(kind="acknowledgement").exists()
    assert "Release and acknowledge" not in desk.get(record_of(held)).content.decode()


def test_a_release_is_not_made_by_following_a_link(desk):
    held = Enquiry.objects.held().get()
    assert desk.get(f"{LIST}{held.pk}/release/").status_code == 405


def test_several_are_released_from_the_list(desk):
    everything = [enquiry.pk for enquiry in Enquiry.objects.all()]
    page = desk.post(LIST, {"action": "release_held", "_selected_action": everything}, follow=True)
    assert "1 enquiry released" in page.content.decode()
    assert not Enquiry.objects.held().exists()


def test_a_change_of_stage_leaves_a_row_with_its_reason(desk, officer):
    enquiry = Enquiry.objects.get(country="DK")
    desk.post(f"{LIST}{enquiry.pk}/take/")
    move = {"stage": "engaged-in-dialogue", "shown": "new", "why": "Rang them"}
    assert desk.post(f"{LIST}{enquiry.pk}/move/", move).status_code == 302
    change = StageChange.objects.get(enquiry=enquiry, from_stage="new")
    assert (change.to_stage, change.why, change.by) == ("engaged-in-dialogue", "Rang them", officer)
    enquiry.refresh_from_db()
    assert enquiry.stage == "engaged-in-dialogue"


def test_a_correction_leaves_the_original_beside_it(desk):
    enquiry = Enquiry.objects.get(country="DK")
    changed = form_of(desk.get(record_of(enquiry))) | {"organisation": "Kjellerup Offshore A/S"}
    desk.post(record_of(enquiry), changed)
    page = desk.get(record_of(enquiry)).content.decode()
    assert 'value="Kjellerup Offshore A/S"' in page
    assert "<dd>Kjellerup Offshore</dd>" in page
    assert StageChange.objects.filter(enquiry=enquiry).count() == 1


def test_the_record_shows_mails_consents_and_the_language_of_the_message(desk):
    enquiry = Enquiry.objects.get(country="KR")
    page = desk.get(record_of(enquiry)).content.decode()
    assert '<div class="letter" lang="ko">' in page
    assert "Notice to the officers" in page
    assert "News by telephone" in page


def test_nothing_can_be_deleted(desk):
    enquiry = Enquiry.objects.first()
    assert desk.get(f"{LIST}{enquiry.pk}/delete/").status_code == 403
    assert "delete_selected" not in desk.get(LIST).content.decode()

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from enquiries import conversation, conversion, merging
from enquiries.models import EnquiryConsent, InvestmentProject, Sector
from enquiries.models.stage import Stage
from enquiries.triage import NotPossible
from partners.models import Interaction, Organisation, Person
from tests import factories

pytestmark = pytest.mark.django_db
CONVERT = "/admin/enquiries/enquiry/{}/convert/"


@pytest.fixture
def officer(db):
    return factories.superuser("officer")


def ready(officer, **given):
    """An enquiry with all that “Added to Data Hub” demands, except the organisation."""
    received = timezone.now() - timedelta(hours=3)
    enquiry = factories.enquiry(
        **{"owner": officer, "received_at": received, "utm_campaign": "ferry-week", "how_heard": "event"}
        | given
    )
    enquiry.sectors.add(Sector.objects.first())
    enquiry.qualified_at, enquiry.quality, enquiry.investment_readiness = timezone.now(), "high", "convinced"
    enquiry.save(update_fields=["qualified_at", "quality", "investment_readiness"])
    conversation.log_contact(
        enquiry,
        channel=Interaction.Channel.TELEPHONE,
        direction=Interaction.Direction.CONVERSATION,
        at=timezone.now() - timedelta(hours=1),
        subject="Talked about the quay",
        by=officer,
    )
    enquiry.refresh_from_db()
    return enquiry


def new_organisation():
    return conversion.NewOrganisation({"en": "Kjellerup Offshore", "ko": ""}, "investor", "DK")


def new_person():
    return conversion.NewPerson("latin", {"latin_family": "Holm", "latin_given": "Mette"})


def converted(enquiry, officer, **given):
    given = {"facts": {}, "organisation": new_organisation(), "person": new_person()} | given
    return conversion.convert(enquiry, by=officer, **given)


def sent_by(form):
    """What a browser would send of the form as it is shown."""
    return {bound.html_name: bound.value() for bound in form if bound.value()}


def test_a_conversion_carries_everything(officer):
    site = factories.site()
    about = factories.opportunity(site=site)
    enquiry = ready(officer, telephone="+45 70 12 34 56")
    enquiry.opportunity_rows.create(opportunity=about)
    EnquiryConsent.objects.create(enquiry=enquiry, kind="email", given=True, wording="May we?", language="en")
    project, new = converted(enquiry, officer)
    enquiry.refresh_from_db()
    person = project.people.get()
    assert new and project.stage == "prospect" and project.created_by == officer
    assert (project.description, project.country) == (enquiry.plans, "DK")
    assert project.client_relationship_manager == officer
    assert project.referral_source_activity == "website" and "ferry-week" in project.referral_source_detail
    assert list(project.opportunities.all()) == [about] and list(project.sites.all()) == [site]
    assert list(project.sectors.all()) == list(enquiry.sectors.all())
    assert project.organisation_rows.get().organisation.name_en == "Kjellerup Offshore"
    assert {point.value for point in person.contact_points.all()} == {enquiry.email, "+45 70 12 34 56"}
    assert person.consents.get().wording == "May we?"
    assert project.interaction_rows.get().interaction.subject == "Talked about the quay"
    assert (enquiry.stage, enquiry.person) == (Stage.ADDED_TO_DATA_HUB, person)
    assert enquiry.state == "closed-answered" and enquiry.stage_changes.first().by == officer
    assert {row.after for row in project.changes.all()} == {"prospect", "ongoing"}


def test_an_enquiry_that_nobody_has_answered_becomes_no_project_and_leaves_nothing_behind(officer):
    enquiry = ready(officer)
    enquiry.interaction_rows.get().interaction.delete()
    enquiry.refresh_from_db()
    with pytest.raises(NotPossible, match="No person has answered"):
        converted(enquiry, officer)
    assert not InvestmentProject.objects.exists()
    assert not Organisation.objects.filter(name_en="Kjellerup Offshore").exists()
    assert not Person.objects.filter(latin_family="Holm").exists()


def test_a_second_click_finds_the_project_of_the_first(officer):
    enquiry = ready(officer)
    first, new = converted(enquiry, officer)
    again, new_again = converted(enquiry, officer)
    assert (first, new, new_again) == (again, True, False)
    assert Organisation.objects.filter(name_en="Kjellerup Offshore").count() == 1


def test_another_enquiry_joins_a_project_with_its_organisation_in_its_role(officer):
    project, _ = converted(ready(officer), officer)
    adviser = factories.organisation("adviser")
    other = ready(officer, email="other@example.org", known_organisation=adviser)
    found, new = conversion.link(other, project=project, role="adviser", by=officer)
    assert (found, new) == (project, True)
    assert {row.role for row in project.organisation_rows.all()} == {"investor", "adviser"}
    assert project.enquiries.count() == 2 and project.interaction_rows.count() == 2


def test_several_enquiries_become_one_project_in_one_step(officer):
    enquiry, other = ready(officer), ready(officer)
    assert list(conversion.others_of(enquiry)) == [other]
    project, _ = converted(enquiry, officer, also=[other])
    assert set(project.enquiries.all()) == {enquiry, other}
    assert project.organisation_rows.count() == project.person_rows.count() == 1


def test_one_that_is_not_ready_keeps_all_from_being_converted(officer):
    enquiry, other = ready(officer), factories.enquiry()
    with pytest.raises(NotPossible):
        converted(enquiry, officer, also=[other])
    enquiry.refresh_from_db()
    assert enquiry.stage == Stage.DIALOGUE and not InvestmentProject.objects.exists()


def test_an_ended_project_takes_no_enquiry(officer):
    project, _ = converted(ready(officer), officer)
    InvestmentProject.objects.filter(pk=project.pk).update(
        status="lost", status_why="Price", ended_on=timezone.localdate()
    )
    with pytest.raises(NotPossible, match="lost"):
        conversion.link(ready(officer), project=project, organisation=new_organisation(), by=officer)


def test_a_merged_enquiry_is_converted_as_the_one_it_was_merged_into(officer):
    enquiry, into = ready(officer), ready(officer)
    merging.merge(enquiry, into=into, by=officer)
    with pytest.raises(NotPossible, match="merged"):
        converted(enquiry, officer)


def test_the_page_carries_names_in_either_script_and_loses_nothing_where_it_is_refused(client, officer):
    client.force_login(officer)
    enquiry = factories.enquiry(family_name="오", given_name="민재", organisation="소래터빈", country="KR")
    page = client.get(CONVERT.format(enquiry.pk))
    form = page.context["form"]
    assert form["organisation_name_ko"].value() == "소래터빈"
    assert (form["own_script"].value(), form["hangul_family"].value()) == ("hangul", "오")
    assert "No person has answered yet." in page.content.decode()
    sent = sent_by(form) | {"organisation_name_en": "Sorae Turbine"}
    answer = client.post(CONVERT.format(enquiry.pk), sent)
    assert (
        answer.status_code == 200
        and answer.context["form"]["organisation_name_en"].value() == "Sorae Turbine"
    )
    assert "there is no way" in answer.content.decode()
    assert not InvestmentProject.objects.exists()


def test_the_page_makes_the_project_and_leads_to_it_ever_after(client, officer):
    client.force_login(officer)
    enquiry, other = ready(officer), ready(officer)
    page = client.get(CONVERT.format(enquiry.pk))
    form = page.context["form"]
    sent = sent_by(form) | {"name": "Ferry cells", "also": [other.pk]}
    answer = client.post(CONVERT.format(enquiry.pk), sent, follow=True)
    project = InvestmentProject.objects.get()
    assert answer.redirect_chain[0][0].endswith(f"/investmentproject/{project.pk}/change/")
    assert project.name == "Ferry cells" and project.people.get().latin_family == "Holm"
    assert set(project.enquiries.all()) == {enquiry, other}
    again = client.get(CONVERT.format(enquiry.pk), follow=True).content.decode()
    assert f"is part of {project.project_code} already" in again
    assert (
        project.project_code in client.get(f"/admin/enquiries/enquiry/{enquiry.pk}/change/").content.decode()
    )


def test_who_may_not_see_people_adds_and_chooses_none(client):
    user = factories.staff(
        "planner",
        *("enquiries.view_enquiry", "enquiries.change_enquiry", "enquiries.add_investmentproject"),
    )
    client.force_login(user)
    page = client.get(CONVERT.format(ready(user, person=factories.person()).pk))
    text = page.content.decode()
    assert [code for code, _ in page.context["form"].fields["person_is"].choices] == ["none"]
    assert "Holm" not in text and "mette" not in text and "40 MW" not in text


@pytest.mark.parametrize("permissions", [["enquiries.change_enquiry"], ["enquiries.add_investmentproject"]])
def test_converting_needs_both_rights(client, officer, permissions):
    client.force_login(factories.staff("half", "enquiries.view_enquiry", *permissions))
    assert client.get(CONVERT.format(ready(officer).pk)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_project(officer):
    enquiry, made = ready(officer), []

    def click():
        try:
            made.append(converted(enquiry, officer))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new for _, new in made) == [False, True]
    assert (
        InvestmentProject.objects.count()
        == 1
        == Organisation.objects.filter(key="kjellerup-offshore").count()
    )

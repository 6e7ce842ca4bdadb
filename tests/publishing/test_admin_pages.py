"""Every page of the staff admin that a record has opens, for those who may and for nobody else."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence, Team
from opportunities.models import CaseStudy
from partners.models import Interaction
from publishing.models import Act, Edition, Redirect
from publishing.models.publishable import publishable_models
from tests import factories
from tests.admin_form import address, list_of, save

pytestmark = pytest.mark.django_db

ROOMS = {"accounts", "publishing", "opportunities", "partners", "prospectus"}
ADMINS = {
    model: model_admin
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label in ROOMS
}
BY_LABEL = {model._meta.label: model for model in ADMINS}
REGISTER = (Act, Edition, Redirect)


@pytest.fixture(autouse=True)
def an_old_address():
    """The committed content has none, and the register of them is to have a row."""
    CaseStudy.objects.filter(pk=CaseStudy.objects.first().pk).update(slug="moved")


@pytest.fixture(autouse=True)
def what_only_staff_make():
    """The committed content has no team, no absence and no contact either."""
    today = timezone.localdate()
    Team.objects.create(name="Maritime")
    Absence.objects.create(user=factories.staff("away"), first_day=today, last_day=today)
    Interaction.objects.create(
        channel=Interaction.Channel.TELEPHONE,
        direction=Interaction.Direction.CONVERSATION,
        at=timezone.now(),
        subject="Spoke",
    )


@pytest.fixture
def client(client):
    client.force_login(factories.superuser())
    return client


@pytest.mark.parametrize("label", BY_LABEL)
def test_the_list_opens_and_can_be_searched_in_both_scripts(client, label):
    model = BY_LABEL[label]
    assert client.get(list_of(model)).status_code == 200
    for words in ("Liverpool", "리버풀", "' OR 1=1 --"):
        assert client.get(list_of(model), {"q": words}).status_code == 200


@pytest.mark.parametrize("label", BY_LABEL)
def test_every_choice_of_every_filter_opens(client, label):
    model = BY_LABEL[label]
    changelist = client.get(list_of(model)).context["cl"]
    for spec in changelist.filter_specs:
        for choice in spec.choices(changelist):
            page = client.get(list_of(model) + (choice["query_string"] or ""))
            assert page.status_code == 200, choice["query_string"]


@pytest.mark.parametrize("label", BY_LABEL)
def test_a_record_opens(client, label):
    record = BY_LABEL[label]._default_manager.first()
    assert client.get(address(record)).status_code == 200
    assert client.get(address(record, "history")).status_code == 200


@pytest.mark.parametrize("label", sorted(model._meta.label for model in publishable_models()))
def test_a_publishable_record_saved_untouched_is_the_same(client, label):
    record = BY_LABEL[label].objects.first()
    before = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    response = save(client, record)
    assert response.status_code == 302, response.context["adminform"].form.errors
    record = BY_LABEL[label].objects.get(pk=record.pk)
    after = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    assert {name for name in before if (before[name] or "") != (after[name] or "")} == {"version"}


@pytest.mark.parametrize("label", sorted(model._meta.label for model in ADMINS if model not in REGISTER))
def test_a_new_record_can_be_begun(client, label):
    model = BY_LABEL[label]
    add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    assert client.get(add).status_code == 200


@pytest.mark.parametrize("model", REGISTER, ids=lambda model: model._meta.model_name)
def test_the_register_is_read_and_not_written(client, model):
    row = model.objects.first()
    assert client.post(address(row), {"why": "forged"}).status_code == 403
    assert client.post(address(row, "delete"), {"post": "yes"}).status_code == 403
    add = reverse(f"admin:publishing_{model._meta.model_name}_add")
    assert client.get(add).status_code == 403


@pytest.mark.parametrize("label", BY_LABEL)
def test_staff_without_the_permission_see_nothing(client, label):
    client.force_login(factories.staff())
    model = BY_LABEL[label]
    assert client.get(list_of(model)).status_code == 403
    record = model._default_manager.first()
    assert client.get(address(record)).status_code in (302, 403)


@pytest.mark.parametrize("label", BY_LABEL)
def test_no_list_names_a_bare_translated_column(label):
    """A bare column is whichever language is active, so no list, filter, search or order may rest on it."""
    model_admin = ADMINS[BY_LABEL[label]]
    fields = getattr(getattr(model_admin, "trans_opts", None), "all_fields", {})
    ordering = [name.lstrip("-") for name in model_admin.get_ordering(None) or ()]
    named = [*model_admin.list_display, *model_admin.list_filter, *model_admin.search_fields, *ordering]
    assert not set(fields) & {name for name in named if isinstance(name, str)}

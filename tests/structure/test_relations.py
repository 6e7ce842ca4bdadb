"""Foreign keys point down the house, and nothing about people or money goes with a row that somebody deletes."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

FLOORS = [
    {"accounts"},
    {"exports", "publishing"},
    {"opportunities"},
    {"partners"},
    {"enquiries", "prospectus"},
    {"reports"},
    {"lcr_crm"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# Rows that are nothing without the one they are part of, and are neither people nor money. An enquiry is erased whole.
PARTS = {
    "enquiries.Assignment.enquiry",
    "enquiries.EnquiryConsent.enquiry",
    "enquiries.EnquiryInteraction.enquiry",
    "enquiries.EnquiryInteraction.interaction",
    "enquiries.EnquiryMail.enquiry",
    "enquiries.EnquiryNote.enquiry",
    "enquiries.EnquiryOpportunity.enquiry",
    "enquiries.IncomingMail.enquiry",
    "enquiries.ProjectInteraction.interaction",
    "enquiries.Reply.enquiry",
    "enquiries.ReplyAttachment.reply",
    "enquiries.StageChange.enquiry",
    "enquiries.Wait.enquiry",
    "enquiries.Warned.enquiry",
    "opportunities.OpportunityTheme.opportunity",
    "partners.InteractionOrganisation.interaction",
    "partners.InteractionParticipant.interaction",
    "partners.InteractionPerson.interaction",
    "partners.VisitOrganisation.visit",
    "partners.VisitStop.visit",
    "reports.BoardPackReport.pack",
    "reports.ScheduleRecipient.schedule",
    "reports.ScheduledRun.schedule",
    "reports.ScheduledTelling.run",
}
ROOMS = [config for config in apps.get_app_configs() if config.label in FLOOR]
MODELS = [model for config in ROOMS for model in config.get_models(include_auto_created=True)]


def relations(model):
    return [
        field
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_relations_point_down(model):
    own = model._meta.app_label
    for field in relations(model):
        other = field.related_model._meta.app_label
        if other in FLOOR and other != own:
            assert FLOOR[other] < FLOOR[own], f"{model._meta.label}.{field.name} points to {other}"


def test_only_parts_of_a_record_are_deleted_with_it():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        if not model._meta.auto_created
        for field in relations(model)
        if getattr(field.remote_field, "on_delete", None) is models.CASCADE
    }
    assert found == PARTS


def test_nothing_that_was_done_is_lost_with_who_did_it():
    """Every key to a member of staff empties when they are deleted."""
    for model in MODELS:
        if model._meta.auto_created:
            continue
        for field in relations(model):
            if field.related_model._meta.label == "accounts.User" and not field.many_to_many:
                assert field.remote_field.on_delete in (models.SET_NULL, models.PROTECT), field


def test_every_room_has_its_floor():
    ours = {
        config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR
    }
    assert ours == set(FLOOR)

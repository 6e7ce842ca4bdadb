"""Several editors who save the same record at one instant, each in a transaction of their own."""

import pytest
from django.test import Client

from tests import factories
from tests.admin_form import address, shown
from tests.publishing.test_publication_at_once import PEOPLE, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_several_who_save_at_one_instant_one_is_saved_and_the_others_are_told():
    editor, record = factories.superuser(), factories.case_study()
    clients = [Client() for _ in range(PEOPLE)]
    for client in clients:
        client.force_login(editor)
    opened = shown(clients[0].get(address(record)))

    def save(number):
        return clients[number].post(address(record), opened | {"title_en": f"Title {number}"})

    answers = at_once(save)
    saved = [number for number, answer in enumerate(answers) if answer.status_code == 302]
    assert len(saved) == 1
    record.refresh_from_db()
    assert (record.title_en, record.version) == (f"Title {saved[0]}", 2)

"""Django set up in a process that measures, on the database of its data folder."""

import django

from lcr_crm import postgres


def set_up():
    postgres.start_if_embedded()
    django.setup()

from django.core.management.base import BaseCommand
from django.db import transaction

from lcr_crm.roles import create_missing_roles


class Command(BaseCommand):
    """The groups of staff that a new installation or a new language needs."""

    help = (
        "Creates the roles that are missing, a translator's for each language among them. Changes no other."
    )

    @transaction.atomic
    def handle(self, *args, verbosity, **options):
        created = create_missing_roles()
        if verbosity:
            self.stdout.write(f"Roles created: {', '.join(created)}." if created else "No role was missing.")

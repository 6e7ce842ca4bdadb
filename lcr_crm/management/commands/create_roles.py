from django.core.management.base import BaseCommand
from django.db import transaction

from lcr_crm.roles import add_new_permissions, create_missing_roles


class Command(BaseCommand):
    """The groups of staff that a new installation, a new language or a new version needs."""

    help = (
        "Creates the roles that are missing, a translator's for each language among them. Changes no other, unless "
        "--add-new-permissions says that the others get what the fixture lists and they lack."
    )

    def add_arguments(self, parser):
        parser.add_argument("--add-new-permissions", action="store_true")

    @transaction.atomic
    def handle(self, *args, verbosity, **options):
        created = create_missing_roles()
        changed = add_new_permissions() if options["add_new_permissions"] else []
        if verbosity:
            self.stdout.write(f"Roles created: {', '.join(created)}." if created else "No role was missing.")
            if changed:
                self.stdout.write(f"New permissions given to: {', '.join(changed)}.")

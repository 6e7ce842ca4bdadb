import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

NAME = "admin"


class Command(BaseCommand):
    """A way in for the first member of staff. Does nothing once anyone of staff exists."""

    help = "Creates the user “admin” with a random password, printed once, if there is no staff user yet."

    def handle(self, *args, **options):
        users = get_user_model().objects
        if users.filter(is_staff=True).exists():
            return
        password = secrets.token_urlsafe(15)
        users.create_superuser(username=NAME, password=password)
        self.stdout.write(
            f"\nFirst member of staff:  {NAME}\nPassword:               {password}\n"
            "It is shown only this once. Change it after signing in, or make another with: "
            f".venv/bin/python manage.py changepassword {NAME}\n"
        )

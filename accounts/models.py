from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. What they may do comes from their roles: the groups of `fixtures/roles.yaml`."""

    def __str__(self):
        return self.get_full_name() or self.username

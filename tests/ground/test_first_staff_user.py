from io import StringIO

from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command


def printed():
    output = StringIO()
    call_command("create_first_staff_user", stdout=output)
    return output.getvalue()


def test_the_first_member_of_staff_can_sign_in_with_the_printed_password(db):
    get_user_model().objects.all().delete()
    [password] = [line.split()[-1] for line in printed().splitlines() if line.startswith("Password:")]
    user = authenticate(username="admin", password=password)
    assert user.is_superuser and user.is_staff


def test_nothing_is_made_or_printed_once_there_is_staff(db):
    get_user_model().objects.create_user("somebody", password="a password of the tests", is_staff=True)
    assert printed() == ""
    assert not get_user_model().objects.filter(username="admin").exists()

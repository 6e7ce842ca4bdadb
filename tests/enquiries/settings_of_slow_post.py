"""For a queue worker that is killed while it sends: on the database of the tests, its post never gets through."""

import os

from tests import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})

settings.DATABASES["default"]["NAME"] = os.environ["NAME_OF_TEST_DATABASE"]
EMAIL_BACKEND = "tests.enquiries.post.Slow"

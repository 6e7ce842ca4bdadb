"""The project's settings, without the step of collecting static files."""

from lcr_crm.settings import *

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

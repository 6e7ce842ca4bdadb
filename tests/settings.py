"""The project's settings for tests: a database and files of their own, nothing taken from outside."""

import os
from pathlib import Path

for name in ("DEBUG", "HTTPS", "BEHIND_PROXY", "SITE_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "PORT"):
    os.environ.pop(name, None)
os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
os.environ.setdefault("POSTGRES_FSYNC", "off")

from lcr_crm.settings import *

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

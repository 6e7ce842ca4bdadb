"""All settings, from the environment. `docs/settings.md` lists the variables; nothing else configures the project."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from . import environment, postgres

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = postgres.var_dir()
DATABASE_IS_EMBEDDED = postgres.embedded()

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret_key(VAR_DIR)
SITE_URL = environment.text("SITE_URL", f"http://127.0.0.1:{environment.number('PORT', 8000)}").rstrip("/")
ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.listing("CSRF_TRUSTED_ORIGINS", SITE_URL)

INSTALLED_APPS = [
    "lcr_crm",  # before modeltranslation, whose loaddata it extends
    "modeltranslation",  # before admin
    "accounts",
    "exports",
    "publishing",
    "opportunities",
    "partners",
    "enquiries",
    "reports",
    "prospectus",
    "lcr_crm.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_filters",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "lcr_crm.middleware.LanguageOfAddressMiddleware",
    "lcr_crm.middleware.RefuseUnreadableRequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "lcr_crm.urls"
WSGI_APPLICATION = "lcr_crm.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: DATABASE_URL when set, otherwise the embedded PostgreSQL under the data folder.


def database():
    url = environment.text("DATABASE_URL")
    if not url:
        return postgres.connection_settings()
    try:
        parts = conninfo_to_dict(url)
    except Exception as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read ({error}). Example: postgresql://user:password@host:5432/name"
        ) from error
    if not url.startswith(("postgresql://", "postgres://")) or not parts.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL must be like postgresql://user:password@host:5432/name")
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    settings = {key: str(parts.pop(value, "") or "") for key, value in named.items()}
    return settings | {"OPTIONS": parts}


DATABASES = {
    "default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    | database()
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages: the first is the source from which the others are translated. Another is one more line here and
# `make language`; docs/languages.md says the rest.

LANGUAGES = [
    ("en", "English"),
    ("ko", "한국어"),
]
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_FALLBACK_LANGUAGES = (LANGUAGE_CODE,)
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
FORMAT_MODULE_PATH = ["lcr_crm.formats"]  # British dates

# People

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail: a folder unless EMAIL_HOST names a server

EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "investor-desk@example.org")
OFFICERS_EMAIL = environment.text("OFFICERS_EMAIL", "investor-officers@example.org")
REPLY_TO = environment.text("REPLY_TO", OFFICERS_EMAIL)
MAIL_SERVERS = environment.listing("MAIL_SERVERS", "")  # whose Received and Authentication-Results count

# Publishing

EDITORS_MAY_PUBLISH = environment.flag("EDITORS_MAY_PUBLISH")

# Who answers for the site. Placeholders are plain to see, and `check --deploy` refuses them.

DATA_CONTROLLER = environment.text("DATA_CONTROLLER", "[name of the data controller]")
DATA_CONTROLLER_ADDRESS = environment.text(
    "DATA_CONTROLLER_ADDRESS", "[postal address of the data controller]"
)
DATA_PROTECTION_EMAIL = environment.text("DATA_PROTECTION_EMAIL", "[data protection address]")
ENQUIRY_RETENTION = environment.text("ENQUIRY_RETENTION", "[time for which enquiries are kept]")
CONTACT_EMAIL = environment.text("CONTACT_EMAIL", "innovation@liverpoolcityregion-ca.gov.uk")

# Security: one strict policy for public pages and admin alike

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
HTTPS = environment.flag("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lcr_crm.refusals.form_refused"
MESSAGE_STORAGE = (
    "django.contrib.messages.storage.session.SessionStorage"  # no cookie besides session and CSRF
)
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 1  # and only where a view takes one: lcr_crm/middleware.py

PAGE_READS_LOG = VAR_DIR / "log" / "page-reads.log"  # written by the web server, counted by a job
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "procrastinate": {"level": "WARNING"},
    },
}

# What staff can take away as a spreadsheet that a job makes

EXPORT_SOURCES = {"list": "exports.lists.AdminLists", "report": "reports.exports.Reports"}

# Queue

PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 5, "stalled_worker_timeout": 15}  # seconds
PROCRASTINATE_IMPORT_PATHS = ["enquiries.jobs", "enquiries.reminders", "exports.jobs", "reports.jobs"]

from collections import defaultdict

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import translation

from enquiries.models import ReplyTemplate
from lcr_crm.roles import create_missing_roles
from publishing import languages
from publishing.models.publishable import publishable_models
from publishing.publication import missing_texts, publish

FIXTURES = settings.BASE_DIR / "fixtures"
# A fixture stands after those that it names.
CONTENT = (
    "sources themes sites organisations people programmes opportunities assets case_studies statistics figures "
    "involvements delegation_visits memoranda news events pages"
).split()
CONTENT_ROOMS = ("opportunities", "partners", "prospectus")
LOCK = 0x6C6F6164  # any number that nothing else locks


class Command(BaseCommand):
    """The first content of a new database: roles, records in every language, their first publication.

    Everything or nothing, and only into empty tables: what a person has changed is never overwritten.
    """

    help = "Loads the committed content into an empty database and publishes it. Otherwise changes nothing."

    def handle(self, *args, verbosity, **options):
        self.verbosity = verbosity
        with translation.override(languages.SOURCE), transaction.atomic():
            wait_for_others()
            self.say(f"Roles: {len(create_missing_roles())} created.")
            load_reply_templates()
            if content_is_there():
                self.say("Content is there already; nothing was touched.")
                return
            call_command("loaddata", *(FIXTURES / f"{name}.yaml" for name in CONTENT), verbosity=0)
            published = publish_complete_records()
        self.say(f"Content: {counts()}; {published} texts published.")

    def say(self, sentence):
        if self.verbosity:
            self.stdout.write(sentence)


def load_reply_templates():
    """The usual beginnings of replies, where there is none yet."""
    if not ReplyTemplate.objects.exists():
        call_command("loaddata", FIXTURES / "reply_templates.yaml", verbosity=0)


def wait_for_others():
    """Two loads at once would both find the tables empty. The lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def content_models():
    return [model for room in CONTENT_ROOMS for model in apps.get_app_config(room).get_models()]


def content_is_there():
    return any(model._base_manager.exists() for model in content_models())


def publish_complete_records():
    """Records that are complete in the same languages are published together."""
    together = defaultdict(list)
    for model in publishable_models():
        for record in model._default_manager.all():
            complete = tuple(code for code in languages.codes() if not missing_texts(record, code))
            together[complete].append(record)
    return sum(
        len(publish(records, complete, note="First content", by=None))
        for complete, records in together.items()
    )


def counts():
    return ", ".join(
        f"{model._base_manager.count()} {model._meta.verbose_name_plural}"
        for model in (
            *publishable_models(),
            *map(apps.get_model, ("opportunities.Asset", "opportunities.Figure")),
        )
    )

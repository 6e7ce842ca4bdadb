from django.core.management.base import BaseCommand
from django.utils import translation

from publishing import languages
from publishing.loading import load


class Command(BaseCommand):
    """loaddata for records with texts: translations that the files bring are current, made from the text beside them."""

    help = "Loads fixtures as loaddata does, and notes which source text each translation in them was made from."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *args, files, **options):
        with translation.override(languages.SOURCE):
            brought = load(files)
        self.stdout.write(f"{brought} translation{'' if brought == 1 else 's'} brought or changed.")

from django.db import migrations

from publishing.redirects import remember_addresses


class Migration(migrations.Migration):
    dependencies = [("prospectus", "0001_initial"), ("publishing", "0004_remember_addresses")]

    operations = [
        remember_addresses("prospectus", "page"),
        remember_addresses("prospectus", "newsitem"),
        remember_addresses("prospectus", "event"),
    ]

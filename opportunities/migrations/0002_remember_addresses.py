from django.db import migrations

from publishing.redirects import remember_addresses


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0001_initial"), ("publishing", "0004_remember_addresses")]

    operations = [
        remember_addresses("opportunities", "theme"),
        remember_addresses("opportunities", "site"),
        remember_addresses("opportunities", "opportunity"),
        remember_addresses("opportunities", "casestudy"),
        remember_addresses("opportunities", "programme"),
    ]

from django.db import migrations

from publishing.redirects import remember_addresses


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("publishing", "0004_remember_addresses")]

    operations = [
        remember_addresses("partners", "memorandum"),
        remember_addresses("partners", "delegationvisit"),
    ]

"""Office hours and targets of the first day: Monday to Friday, nine to five; a first reply within two working days of
eight hours, qualification within ten. Staff change them in admin."""

from datetime import time

from django.db import migrations

TARGETS = [("reply", 16, 4, 2), ("qualification", 80, 16, 8)]


def load(apps, schema_editor):
    alias = schema_editor.connection.alias
    hours = apps.get_model("enquiries", "OfficeHours").objects.using(alias)
    for weekday in range(5):
        hours.get_or_create(weekday=weekday, defaults={"opens": time(9), "closes": time(17)})
    targets = apps.get_model("enquiries", "ResponseTarget").objects.using(alias)
    for obligation, within, officer, manager in TARGETS:
        values = {"hours": within, "warn_officer_hours": officer, "warn_manager_hours": manager}
        targets.get_or_create(obligation=obligation, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0003_clock_conversation_projects")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

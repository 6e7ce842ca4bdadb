from django.db import migrations

from publishing.redirects import FUNCTION, NO_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_exchange")]

    operations = [migrations.RunSQL(FUNCTION, NO_FUNCTION)]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exports', '0002_spreadsheets'),
    ]

    operations = [
        migrations.RenameField('spreadsheet', 'model', 'key'),
        migrations.AlterField(
            model_name='spreadsheet',
            name='key',
            field=models.CharField(help_text='Which of that source: a model, or the name of a report.', max_length=100),
        ),
        migrations.AlterField(
            model_name='spreadsheet',
            name='shape',
            field=models.CharField(blank=True, help_text='Another set of columns, or language, of it.', max_length=40),
        ),
        migrations.AddField(
            model_name='spreadsheet',
            name='source',
            field=models.CharField(default='list', help_text='Of EXPORT_SOURCES.', max_length=20),
        ),
    ]

# The project's vocabularies and demands follow the national system's.
import django.contrib.postgres.fields
import django.db.models.deletion
import publishing.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0004_usual_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='investmentproject',
            name='address_1',
            field=publishing.fields.LineField(blank=True, help_text='Where it lands.', max_length=150, verbose_name='street'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='address_postcode',
            field=publishing.fields.LineField(blank=True, max_length=12, verbose_name='postcode'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='address_town',
            field=publishing.fields.LineField(blank=True, max_length=100, verbose_name='town'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='client_cannot_provide_foreign_investment',
            field=models.BooleanField(default=False, verbose_name='the client cannot say'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='client_cannot_provide_total_investment',
            field=models.BooleanField(default=False, verbose_name='the client cannot say'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='client_considering_other_countries',
            field=models.BooleanField(blank=True, null=True, verbose_name='considers other countries'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='client_requirements',
            field=publishing.fields.ProseField(blank=True),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='export_revenue',
            field=models.BooleanField(blank=True, null=True, verbose_name='will export from the UK'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='fdi_value',
            field=models.CharField(blank=True, choices=[('higher', 'Higher'), ('good', 'Good'), ('standard', 'Standard')], max_length=8, verbose_name='FDI value'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='government_assistance',
            field=models.BooleanField(blank=True, null=True, verbose_name='government financial assistance'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='investor_type',
            field=models.CharField(blank=True, choices=[('new', 'New Investor'), ('existing', 'Existing Investor')], max_length=8),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='level_of_involvement',
            field=models.CharField(blank=True, choices=[('none', 'No Involvement'), ('region', 'Region Only'), ('hq-region', 'HQ and Region'), ('post-region', 'Post and Region'), ('hq-post-region', 'HQ, Post and Region'), ('hq', 'HQ Only'), ('post', 'Post Only'), ('hq-post', 'HQ and Post Only')], max_length=16),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='new_tech_to_uk',
            field=models.BooleanField(blank=True, null=True, verbose_name='technology new to the world'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='non_fdi_r_and_d_budget',
            field=models.BooleanField(blank=True, null=True, verbose_name='associated with a non-FDI R&D project'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='other_business_activity',
            field=publishing.fields.LineField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='project_assurance_adviser',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='r_and_d_budget',
            field=models.BooleanField(blank=True, null=True, verbose_name='budget for research and development'),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='referral_source_detail',
            field=publishing.fields.LineField(blank=True, help_text='Which website, event or campaign.', max_length=250),
        ),
        migrations.AddField(
            model_name='investmentproject',
            name='specific_programme',
            field=publishing.fields.LineField(blank=True, help_text='As the national list names it.', max_length=150, verbose_name='specific investment programme'),
        ),
        migrations.AlterField(
            model_name='investmentproject',
            name='average_salary',
            field=models.BigIntegerField(blank=True, help_text='Whole pounds.', null=True, verbose_name='average salary of new jobs'),
        ),
        migrations.AlterField(
            model_name='investmentproject',
            name='business_activities',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('assembly', 'Assembly'), ('call-centre', 'Call centre'), ('distribution', 'Distribution'), ('e-commerce', 'E-commerce'), ('european-headquarters', 'European headquarters'), ('global-headquarters', 'Global headquarters'), ('knowledge-centre', 'Knowledge centre'), ('manufacturing', 'Manufacturing'), ('research-and-development', 'Research & development (R&D)'), ('retail', 'Retail'), ('sales', 'Sales'), ('services', 'Services'), ('shared-service-centre', 'Shared service centre'), ('other', 'Other')], max_length=24), blank=True, default=list, size=None),
        ),
        migrations.AlterField(
            model_name='investmentproject',
            name='referral_source_activity',
            field=models.CharField(blank=True, choices=[('cold-call', 'Cold call'), ('direct-enquiry', 'Direct enquiry'), ('event', 'Event'), ('marketing', 'Marketing'), ('multiplier', 'Multiplier'), ('none', 'None'), ('other', 'Other'), ('relationship', 'Relationship management activity'), ('personal-reference', 'Personal reference'), ('website', 'Website')], max_length=20),
        ),
        migrations.AlterField(
            model_name='investmentproject',
            name='strategic_drivers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('market', 'Access to market'), ('resources', 'Access to resources'), ('clients', 'Access to clients'), ('technology', 'Technology seeking'), ('skills', 'Skills seeking'), ('supplier', 'Proximity to supplier'), ('incentive', 'Incentive driven'), ('regulatory', 'Regulatory driven'), ('cost', 'Cost reduction'), ('other', 'Other')], max_length=24), blank=True, default=list, size=None),
        ),
    ]

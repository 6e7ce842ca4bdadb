from django.conf import settings
from django.db import migrations

# One normal form each for the name of a person and of an organisation: case, blanks, marks and, for an organisation,
# the legal form at its end (or, as in Korea, at its beginning) tell nobody from anybody else.
KEYS = r"""
CREATE FUNCTION partners_person_key(family text, given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(lower(normalize(coalesce(family, '') || coalesce(given, ''), NFKC)), '[^[:alnum:]]+', '', 'g');

CREATE FUNCTION partners_organisation_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(nullif(regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(lower(normalize(coalesce(name, ''), NFKC)), '[./''’]', '', 'g'),
                '\((주|유|사|재)\)|주식회사|유한회사|유한책임회사|사단법인|재단법인|株式会社|有限公司', ' ', 'g'),
            '[^[:alnum:]]+', ' ', 'g'),
        '( (ltd|limited|inc|incorporated|corp|corporation|co|company|llc|llp|lp|plc|gmbh|mbh|kgaa|kg|ag|ug|se|sa|sas|sarl'
        '|srl|spa|bv|nv|ab|asa|as|aps|oy|oyj|kk|pte|pty|sdn|bhd|pjsc|jsc|llp))+ *$', '', 'g'),
    ' +', '', 'g'), ''),
    regexp_replace(lower(normalize(coalesce(name, ''), NFKC)), '[^[:alnum:]]+', '', 'g'));

CREATE INDEX person_latin_key ON partners_person (partners_person_key(latin_family, latin_given));
CREATE INDEX person_hangul_key ON partners_person (partners_person_key(hangul_family, hangul_given));
CREATE INDEX contact_point_domain ON partners_contactpoint (split_part(lower(value), '@', 2)) WHERE kind = 'email';
"""
NO_KEYS = """
DROP INDEX contact_point_domain;
DROP INDEX person_hangul_key;
DROP INDEX person_latin_key;
DROP FUNCTION partners_organisation_key(text) CASCADE;
DROP FUNCTION partners_person_key(text, text);
"""


def index_names(apps, schema_editor):
    """One index a language that has its column by now; a language that comes later is searched without."""
    with schema_editor.connection.cursor() as cursor:
        description = schema_editor.connection.introspection.get_table_description(cursor, "partners_organisation")
    there = {found.name for found in description}
    for code, _ in settings.LANGUAGES:
        column = f"name_{code.replace('-', '_')}"
        if column in there:
            schema_editor.execute(
                f"CREATE INDEX organisation_key_{column} ON partners_organisation (partners_organisation_key({column}))"
            )


class Migration(migrations.Migration):

    dependencies = [('partners', '0003_contact_and_interactions')]

    operations = [
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunPython(index_names, migrations.RunPython.noop),
    ]

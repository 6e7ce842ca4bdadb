"""The database itself remembers an address that a published record leaves, by whatever route its slug is changed or the
record is deleted. Each room has a migration with this operation for its models; a test holds that none is left out."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION publishing_remember_address() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    kind integer := (SELECT id FROM django_content_type WHERE app_label = TG_ARGV[0] AND model = TG_ARGV[1]);
BEGIN
    IF EXISTS (SELECT FROM publishing_edition WHERE record_type_id = kind AND record_id = OLD.id) THEN
        INSERT INTO publishing_redirect (record_type_id, slug, record_id) VALUES (kind, OLD.slug, OLD.id)
        ON CONFLICT (record_type_id, slug) DO UPDATE SET record_id = EXCLUDED.record_id;
    END IF;
    RETURN NULL;
END
$$;
"""
NO_FUNCTION = "DROP FUNCTION publishing_remember_address();"


def remember_addresses(app_label, model_name):
    """The triggers of one model, as an operation of a migration."""
    table = f"{app_label}_{model_name}"
    call = f"FOR EACH ROW {{when}}EXECUTE FUNCTION publishing_remember_address('{app_label}', '{model_name}')"
    changed = call.format(when="WHEN (OLD.slug IS DISTINCT FROM NEW.slug) ")
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_address_left AFTER UPDATE OF slug ON {table} {changed};"
        f"CREATE TRIGGER {table}_address_gone AFTER DELETE ON {table} {call.format(when='')};",
        f"DROP TRIGGER {table}_address_left ON {table}; DROP TRIGGER {table}_address_gone ON {table};",
    )

"""A word of thousands of letters is cut into pieces first. To find a letter by its place takes the longer the further in
it stands, so that one word of 5,000 letters held up whoever sent it for a second."""

from django.db import migrations

HEAD = """
CREATE OR REPLACE FUNCTION publishing_bigrams(plain text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$
"""
# Pieces overlap by one letter, so that no pair is lost between two of them.
IN_PIECES = f"""{HEAD}
    SELECT COALESCE(
        pg_catalog.array_to_tsvector(pg_catalog.array_agg(DISTINCT pg_catalog.substr(piece, place, 2))),
        ''::pg_catalog.tsvector
    )
    FROM pg_catalog.regexp_split_to_table(pg_catalog.lower(plain), '[^[:alnum:]]+') AS word,
         pg_catalog.generate_series(1, GREATEST(pg_catalog.length(word) - 1, 1), 100) AS start,
         pg_catalog.substr(word, start, 101) AS piece,
         pg_catalog.generate_series(1, GREATEST(pg_catalog.length(piece) - 1, 1)) AS place
    WHERE word <> ''
$$;
"""
BEFORE = f"""{HEAD}
    SELECT COALESCE(
        pg_catalog.array_to_tsvector(pg_catalog.array_agg(DISTINCT pg_catalog.substr(word, place, 2))),
        ''::pg_catalog.tsvector
    )
    FROM pg_catalog.regexp_split_to_table(pg_catalog.lower(plain), '[^[:alnum:]]+') AS word,
         pg_catalog.generate_series(1, GREATEST(pg_catalog.length(word) - 1, 1)) AS place
    WHERE word <> ''
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_remember_addresses")]

    operations = [migrations.RunSQL(IN_PIECES, BEFORE)]

"""Search without a search server, in any script: a column of bigrams finds, a comparison of the text confirms.

Each word of a text is cut into overlapping pairs of characters (투자유치 gives 투자, 자유, 유치). A query's pairs are
joined by AND through the index, then checked against the plain text, so recall and precision are both complete.
"""

import unicodedata

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Cast

DIGITS = "0123456789"
MOST_WORDS = 12


class Bigrams(Func):
    """The SQL function that cuts a text into pairs; made by the first migration of this room."""

    function = "publishing_bigrams"
    output_field = SearchVectorField()


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


def words_of(text):
    """The words of what somebody typed into a search box, in lower case, at most twelve.

    Letters and digits are those of the database, to which the ² of m² is neither.
    """
    stored = unicodedata.normalize("NFC", text).lower()
    kept = (sign if sign.isalpha() or sign in DIGITS else " " for sign in stored)
    return "".join(kept).split()[:MOST_WORDS]


def _query(word):
    if len(word) == 1:
        return f"'{word}':*"
    return " & ".join(f"'{word[i : i + 2]}'" for i in range(len(word) - 1))


def matching(words):
    """A condition on rows with `search` and `plain`: every word stands in them. No words: everything."""
    condition = Q()
    for word in words:
        condition &= Q(_Matches(F("search"), Cast(Value(_query(word)), SearchQueryField())))
        condition &= Q(plain__contains=word)
    return condition

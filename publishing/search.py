"""Search without a search server, in any script: a column of bigrams finds, a comparison of the text confirms.

Each word of a text is cut into overlapping pairs of characters (투자유치 gives 투자, 자유, 유치). A query's pairs are
joined by AND through the index, then checked against the plain text, so recall and precision are both complete.
"""

import unicodedata

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Case, F, Func, Q, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Contains, GreaterThan

DIGITS = "0123456789"
MOST_WORDS = 12
# Pairs of Latin letters of a word: each is a list to read, and a few rare ones leave hardly a row to confirm.
MOST_PAIRS = 8
COMMON = "etaoinsrhldcumfpgwybvkxjqz"  # English letters, the most frequent first


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
    """What the index is asked for. It need not find the word alone, for the plain text is compared as well."""
    if len(word) == 1:
        return f"'{word}':*"
    pairs = dict.fromkeys(word[i : i + 2] for i in range(len(word) - 1))
    latin = [pair for pair in pairs if pair[0] in COMMON and pair[1] in COMMON]
    left_out = set(sorted(latin, key=_rarity)[:-MOST_PAIRS])
    return " & ".join(f"'{pair}'" for pair in pairs if pair not in left_out)


def _rarity(pair):
    return sum(map(COMMON.index, pair))


def matching(words, *, plain="plain", search="search"):
    """A condition on rows: every word stands in them. No words: everything. `plain` names the column of plain text in
    lower case, or is an expression of it; `search` the column of its bigrams, or the expression that is indexed."""
    condition = Q()
    for word in words:
        condition &= Q(_found(word, search)) & Q(_stands(word, plain))
    return condition


def matching_in_order(words, *, plain="plain", search="search"):
    """The same condition for words that stand in so many rows that reading these in order, until a page is full, is
    quicker than finding all of them. Inside a CASE no index is used for it and it is taken to hold often."""
    condition = Q()
    for word in words:
        condition &= Q(_stands(word, plain))
        if len(word) == 1:  # found as a beginning only, which the comparison does not know
            condition &= Q(_found(word, search))
    return GreaterThan(Case(When(condition, then=1), default=0), 0) if words else condition


def _found(word, search):
    return _Matches(_column(search), Cast(Value(_query(word)), SearchQueryField()))


def _stands(word, plain):
    return Contains(_column(plain), word)


def _column(column):
    return F(column) if isinstance(column, str) else column

"""The guard in SQL is the guard in Python, sign for sign."""

import pytest
from django.db.models import TextField, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from enquiries.models import Sector
from exports import cells
from exports.guards import Guarded, GuardedTelephone

pytestmark = pytest.mark.django_db
AWKWARD = "=+-@＝＋－＠﹦﹢﹣﹫−⁺₋ \t\r\n;'\"\\|a가1.\u00a0\u3000\u200b\ufeff\x0b\x1f\x85\u0301\u2028"
TYPED = some.text(some.sampled_from(AWKWARD)) | some.text(
    some.characters(exclude_characters="\x00", exclude_categories=["Cs"])
)
together = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def in_database(guard, texts):
    """Every text through one query."""
    asked = {f"cell_{n}": guard(Value(text, output_field=TextField())) for n, text in enumerate(texts)}
    return list(Sector.objects.annotate(**asked).values_list(*asked)[0])


@together
@given(some.lists(TYPED, min_size=20, max_size=40))
def test_text_is_guarded_by_the_database_as_by_python(texts):
    assert in_database(Guarded, texts) == [cells.text(text) for text in texts]


@together
@given(some.lists(TYPED | some.from_regex(cells.TELEPHONE, fullmatch=True), min_size=20, max_size=40))
def test_a_telephone_is_guarded_by_the_database_as_by_python(texts):
    assert in_database(GuardedTelephone, texts) == [cells.telephone(text) for text in texts]


def test_every_sign_is_taken_as_python_takes_it():
    """One text a block of signs: each stands at the start of a cell and is followed by a formula."""
    blocks = [[chr(n) for n in range(first, min(first + 0x800, 0xD800))] for first in range(1, 0xD800, 0x800)]
    texts = ["\n".join(f"{sign}=1;{sign}" for sign in block) for block in blocks]
    assert in_database(Guarded, texts) == [cells.text(text) for text in texts]

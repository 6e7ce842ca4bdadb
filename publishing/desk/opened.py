"""What a record's form showed when it was opened. It travels with the form, so that a save can be compared with what
its editor saw, and not with what stands there by then."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.core import signing
from django.db.models import Model
from django.utils import timezone

SALT = "publishing.desk.opened"


@dataclass
class Opened:
    """`values`: every text and fact as the form showed it. `both`: fields that somebody else changed as well.

    After a refusal the form shows the newer texts, but a translation typed before was made from the source shown
    before: `typed` is {column: that translation} and `beside` {field: that source}.
    """

    version: int | None = None
    at: str = ""
    values: dict = field(default_factory=dict)
    both: list = field(default_factory=list)
    typed: dict = field(default_factory=dict)
    beside: dict = field(default_factory=dict)

    @classmethod
    def now(cls, version, values, **more):
        return cls(version, timezone.now().isoformat(), values, **more)

    @classmethod
    def read(cls, sent):
        """What was sent along; nothing known where it is missing or not ours."""
        try:
            return cls(**signing.loads(sent or "", salt=SALT))
        except (signing.BadSignature, TypeError):
            return cls()

    def write(self):
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @property
    def moment(self):
        return datetime.fromisoformat(self.at) if self.at else None

    def knows(self, name):
        return name in self.values


def stored_values(record, names, initial=None):
    """{field: value} of a record's columns and lists, as JSON can hold them. `initial`: what is read already."""
    return {name: _value(record, record._meta.get_field(name), (initial or {}).get(name)) for name in names}


def _value(record, model_field, read):
    value = model_field.value_from_object(record) if read is None else read
    if isinstance(value, (list, tuple)):
        return sorted(one.pk if isinstance(one, Model) else one for one in value)
    if value is None or isinstance(value, (str, int, bool)):
        return "" if value is None and hasattr(model_field, "normalise") else value
    return model_field.value_to_string(record)

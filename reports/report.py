"""What a report is, and what is asked of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from publishing import languages
from reports.tables import Listing, Table


@dataclass(frozen=True)
class Asked:
    """What a report is asked: the parameters as its form has cleaned them, for whom, at which moment, and in which
    language its words are wanted. A report knows nothing else."""

    parameters: dict
    user: Any
    now: datetime
    language: str

    def __getitem__(self, name):
        return self.parameters[name]


@dataclass(frozen=True)
class Report:
    """One report: `figures` is a pure function from `Asked` to its table. `sees` are the permissions that its page
    demands; a copy demands `takes` as well."""

    name: str
    title: Any
    about: Any
    subject: Any
    form: type
    figures: Callable[[Asked], Table | Listing]
    sees: tuple
    takes: tuple = ()

    def may_see(self, user):
        return user.is_active and user.is_staff and user.has_perms(self.sees)

    def may_take(self, user):
        return self.may_see(user) and user.has_perms(self.takes)

    def asking(self, data, *, now=None, language=languages.SOURCE):
        """Its form with what was chosen, and with the names to choose from in a language."""
        with translation.override(language):
            return self.form(data, now=now, language=language)

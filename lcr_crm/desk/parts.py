"""What the desk's first page is made of: counters in one strip, and panels of short rows in two columns."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.contrib.auth import get_permission_codename


@dataclass(frozen=True)
class Counter:
    """A figure that leads to the list it counts. Zero is shown quietly.

    `icon` is a symbol of templates/admin/includes/sprite.html; `tone` one of calm, late, soon, paused, good.
    """

    label: str
    count: int
    url: str
    icon: str
    tone: str = "calm"


@dataclass(frozen=True)
class Action:
    """One click on a row: a button that posts to `url`. `about` tells it from the same button of another row."""

    label: str
    url: str
    about: str


@dataclass(frozen=True)
class Row:
    """One record of a panel. `lang` is the language of its title where that is not English."""

    url: str
    title: str
    sub: str = ""
    lang: str = ""
    tags: list = field(default_factory=list)
    meta: str = ""
    action: Action | None = None


@dataclass(frozen=True)
class Sum:
    count: int
    label: str


@dataclass(frozen=True)
class Panel:
    """A card of the first page. `empty` is the sentence that stands there when it has no rows; `next_step` the words
    and the address of a page that goes on from it."""

    key: str
    title: str
    rows: list
    empty: str
    more_url: str = ""
    more_label: str = "All"
    sums: list = field(default_factory=list)
    next_step: tuple[str, str] | None = None


def may(user, action, model):
    """Whether somebody may view or change such records, and the desk has pages for them."""
    codename = get_permission_codename(action, model._meta)
    return admin.site.is_registered(model) and user.has_perm(f"{model._meta.app_label}.{codename}")

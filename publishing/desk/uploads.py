"""Which pages take a file. No other does: the middleware refuses it before anything reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class AcceptedFile:
    """How large the file of a page may be, and what answers a larger one before its body is read."""

    most_bytes: int
    too_large: Callable[[Any], Any]


def accepts_file(most_bytes, too_large):
    """Marks a view: signed-in staff may send it one file of at most so many bytes."""

    def mark(view):
        view.accepts_file = AcceptedFile(most_bytes, too_large)
        return view

    return mark

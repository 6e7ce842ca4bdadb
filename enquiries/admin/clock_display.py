"""Where it stood first: enquiries/clock_display.py."""

from enquiries.clock_display import (
    Display,
    answered,
    beside_html,
    due_in,
    due_tag,
    in_working_time,
    not_reached,
    obligations,
    seoul_beside,
    with_not_reached,
)

__all__ = [
    *("Display", "answered", "beside_html", "due_in", "due_tag", "in_working_time", "not_reached", "obligations"),
    *("seoul_beside", "with_not_reached"),
]

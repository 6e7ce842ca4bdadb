"""What every drawing is written with: escaped text, short numbers, marks with attributes."""

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe


def num(value):
    """One decimal, and no more characters than that needs: -0.04 is 0, 12.0 is 12, 0.5 is .5."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def attributes(pairs):
    """Keyword arguments as attributes: class_ is class, stroke_width is stroke-width, None is left out."""
    shown = (
        (name.rstrip("_").replace("_", "-"), num(value) if isinstance(value, float) else value)
        for name, value in pairs.items()
        if value is not None
    )
    return format_html_join("", ' {}="{}"', shown)


def mark(name, *inside, **pairs):
    """An element. What is inside is escaped, unless a drawing made it."""
    body = mark_safe("".join(conditional_escape(part) for part in inside))
    if body or name in ("g", "text", "a", "title"):
        return mark_safe(f"<{name}{attributes(pairs)}>{body}</{name}>")
    return mark_safe(f"<{name}{attributes(pairs)}/>")


def join(parts) -> SafeString:
    return mark_safe("".join(conditional_escape(part) for part in parts))


def inline(width, height, *inside, label=None, **pairs):
    """A drawing inside a page: an image with a sentence, or hidden from who listens when there is none. One whose
    parts can be followed brings a role and a name of its own."""
    named = (
        {"role": "img", "aria_label": label}
        if label
        else {"aria_hidden": None if "role" in pairs else "true"}
    )
    return mark("svg", *inside, viewBox=f"0 0 {num(width)} {num(height)}", **(named | pairs))


def text_width(text, size):
    """An estimate that errs wide: a Hangul syllable fills its square, a Latin letter about 0.56 of it."""
    return sum(size * (0.94 if ord(letter) > 0x1100 else 0.56) for letter in str(text))

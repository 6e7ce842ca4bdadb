"""Small parts that staff see in lists and on records: icons, tags, how a text stands, when something was.

One function each, all of format_html, none with a style attribute. Looks: static/admin_theme/panels.css. Icons:
symbols of templates/admin/includes/sprite.html.
"""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.html import format_html, format_html_join

from publishing import languages
from publishing.languages import marked

LIVERPOOL, SEOUL = ZoneInfo("Europe/London"), ZoneInfo("Asia/Seoul")

# How the text of one field stands: word, tone, icon.
TEXT_STATES = {
    "source": ("Source", "bare", "source"),
    "current": ("Current", "good", "done"),
    "stale": ("Stale", "soon", "stale"),
    "missing": ("Missing", "gap", "missing"),
    "unreviewed": ("Unreviewed", "paused", "unreviewed"),
}
# How the working copy of one record in one language stands: word, tone, icon.
WORKING = {
    "unchanged": ("As published", "bare", "done"),
    "changed": ("Changed", "soon", "changed"),
    "in review": ("In review", "paused", "review"),
    "approved": ("Approved", "good", "done"),
}
# What the public has of one record in one language: word, tone, icon.
PUBLICATIONS = {
    "live": ("Live", "good", "live"),
    "scheduled": ("Scheduled", "tide", "scheduled"),
    "withdrawn": ("Withdrawn", "plain", "withdrawn"),
    "never published": ("Never published", "gap", "never"),
}


def icon(name):
    """A symbol of the sprite. It says nothing by itself: a word stands beside it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"></use></svg>', name)


def tag(words, tone="plain", icon_name="", lang=""):
    """A word in a box. Tones: plain, good, soon (look at it), late, paused, tide, gap (not there), bare."""
    return format_html(
        '<span class="tag is-{}"{}>{}{}</span>',
        tone,
        marked(lang),
        icon(icon_name) if icon_name else "",
        words,
    )


def tags(*found):
    """Several tags in a row; what is empty is left out."""
    return format_html(
        '<span class="tags">{}</span>', format_html_join("", "{}", ((one,) for one in found if one))
    )


def text_state(state):
    """Source, current, stale, missing or unreviewed."""
    words, tone, symbol = TEXT_STATES[state]
    return tag(words, tone, symbol)


def stale_count(count):
    return tag(f"{count} stale", "soon", "stale")


def missing_count(count):
    return tag(f"{count} missing", "gap", "missing")


def publication(state, at=None):
    """Live, scheduled, withdrawn or never published, and since or until when."""
    words, tone, symbol = PUBLICATIONS[state]
    since = {"live": "since", "scheduled": "for"}.get(state, "") if at else ""
    day = format_html(' <span class="since">{} {}</span>', since, day_of(at)) if at else ""
    return format_html("{}{}", tag(words, tone, symbol), day)


def working(state):
    """How the working copy stands: changed, in review, approved; unchanged says nothing."""
    return "" if state == "unchanged" else tag(*WORKING[state])


def in_language(text, code):
    """Text marked with its language, without which Korean breaks inside words."""
    return format_html("<span{}>{}</span>", marked(code), text) if text else ""


def two_lines(main, small=""):
    """The two lines of a list's cell: what it is, and beneath it what tells it from others."""
    return format_html(
        '<span class="two">{}{}</span>', main, format_html("<small>{}</small>", small) if small else ""
    )


def nobody(words="Nobody"):
    return tag(words, "gap", "nobody")


def day_of(value):
    """A date, or a moment's date in Liverpool, in words: 24 Nov 2026."""
    if hasattr(value, "tzinfo"):
        value = timezone.localtime(value, LIVERPOOL)
    return formatted(value, "j M Y")


def moment(value, seoul=False):
    """When it was in Liverpool and, if asked, in Seoul, which is often the next day."""
    if not value:
        return ""
    here, there = value.astimezone(LIVERPOOL), value.astimezone(SEOUL)
    away = f"Seoul {there:%H:%M}" + (" next day" if there.date() > here.date() else "")
    return format_html(
        '<time class="moment" datetime="{}">{}{}</time>',
        here.isoformat(timespec="minutes"),
        formatted(here, "j M Y, H:i"),
        format_html("<small>{}</small>", away) if seoul else "",
    )


def facts(pairs):
    """Names and values of a record that are read, not edited. What has no value is left out."""
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join(
            "", "<div><dt>{}</dt><dd>{}</dd></div>", ((name, value) for name, value in pairs if value)
        ),
    )


def letter(text, code):
    """What somebody wrote to us, in their language, paragraph by paragraph."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return format_html(
        '<div class="letter"{}>{}</div>',
        marked(code),
        format_html_join("", "<p>{}</p>", ((p,) for p in paragraphs)),
    )


def timeline(entries):
    """What happened, newest first: `entries` are (icon name, tone, words, who, when)."""
    rows = [
        (tone, icon(symbol), words, format_html("{} · ", who) if who else "", moment(when))
        for symbol, tone, words, who, when in entries
    ]
    item = '<li class="is-{}">{}<div><p>{}</p><p class="quiet">{}{}</p></div></li>'
    return format_html('<ol class="timeline">{}</ol>', format_html_join("", item, rows))


def diff(runs, code):
    """What changed from one text to another, by words: struck what is gone, underlined what is new."""
    marks = {
        "same": "<span>{}</span>",
        "cut": '<span class="cut">{}</span>',
        "gone": "<del>{}</del>",
        "new": "<ins>{}</ins>",
    }
    words = format_html_join("", "{}", ((format_html(marks[run.kind], run.text),) for run in runs))
    return format_html(
        '<div class="diff" lang="{}" dir="{}">{}</div>', code, languages.direction(code), words
    )


def mark_states(form, states):
    """Hangs on the fields of a form how each text stands; templates/admin/includes/bilingual.html shows it.

    `states` is {"title_ko": "stale"} or {"title_ko": ("stale", "Translated by Ji-won Seo, 9 Oct 2026")}.
    """
    for name, state in states.items():
        if name in form.fields:
            state, made = state if isinstance(state, tuple) else (state, "")
            field = form.fields[name]
            field.state, field.state_tag, field.made = state, text_state(state), made
    return form

"""The page on which staff look at a record's working copy in the real page, and share it with somebody without an
account."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from publishing import languages
from publishing.desk.display import moment, tag
from publishing.models import PreviewLink
from publishing.previews import (
    links_of,
    may_preview,
    public_address,
    revoke,
    share,
    staff_address,
)
from publishing.publication import missing_texts
from publishing.rights import languages_for

EVERY = "all"
WIDTHS = {"phone": "Phone, 375 px", "desk": "Desk, 1280 px"}
MOST_LINKS = 100


@dataclass(frozen=True)
class Choice:
    """One way to look at the record: a link, or where we are."""

    label: str
    address: str
    current: bool
    language: str = ""


@dataclass(frozen=True)
class Frame:
    """The real page in one language."""

    language: str
    address: str
    anchor: str
    missing: list

    @property
    def own_name(self):
        return languages.own_name(self.language)

    @property
    def framed(self):
        return f"{self.address}?frame=1#{self.anchor}"


@dataclass(frozen=True)
class LinkRow:
    """A preview link as the list shows it; the address only to those who might have made it."""

    link: PreviewLink
    address: str

    @property
    def own_name(self):
        return languages.own_name(self.link.language)

    @property
    def state(self):
        if self.link.revoked_at:
            return tag("Revoked", "plain", "withdrawn")
        return tag("Open", "good", "live") if self.link.is_open else tag("Ended", "plain", "clock")

    @property
    def made(self):
        return moment(self.link.at)

    @property
    def ends(self):
        return moment(self.link.revoked_at or self.link.expires_at)

    @property
    def is_open(self):
        return self.link.is_open


class ShareForm(forms.Form):
    """For whom a link is made, and in which language."""

    language = forms.ChoiceField(label="Language", widget=forms.RadioSelect)
    why = forms.CharField(
        label="For whom",
        max_length=PreviewLink._meta.get_field("why").max_length,
        help_text="Somebody's name or office. Colleagues see it here; the reader does not.",
    )

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, languages.own_name(code)) for code in codes]


def preview_page(model_admin, request, pk):
    """Choose a language and a width, look; make a link for somebody, revoke one."""
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404(pk)
    seen = [code for code in languages.codes() if may_preview(request.user, model_admin.model, code)]
    if not seen:
        raise PermissionDenied
    editable = languages_for(request.user, model_admin.model)
    form = ShareForm(
        request.POST if request.POST.get("verb") == "share" else None,
        codes=editable,
        prefix="share",
        initial={"language": editable[0] if len(editable) == 1 else None},
    )
    if request.method == "POST" and _act(request, record, form, editable):
        return redirect(request.get_full_path())
    wanted, width = _look(request, seen)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Preview of {record}",
        "page_name": "Preview",
        "opts": model_admin.opts,
        "record": record,
        "may_open": model_admin.has_view_permission(request, record),
        "languages": _languages(seen, wanted, width),
        "widths": [Choice(label, _address(wanted, name), name == width) for name, label in WIDTHS.items()],
        "width": width,
        "frames": [_frame(record, code) for code in seen if wanted in (code, EVERY)],
        "links": [
            LinkRow(link, public_address(link) if link.language in editable else "")
            for link in links_of(record)[:MOST_LINKS]
        ],
        "form": form if editable else None,
    }
    return TemplateResponse(request, "admin/publishing/preview.html", context)


def _act(request, record, form, editable):
    """Does what was asked. False where the page has to say why it could not."""
    verb = request.POST.get("verb")
    if verb == "share":
        return _share(request, record, form, editable)
    if verb == "revoke":
        return _revoke(request, record, editable)
    return False


def _share(request, record, form, editable):
    if request.POST.get("share-language", "") in set(languages.codes()) - set(editable):
        raise PermissionDenied
    if not form.is_valid():
        return False
    try:
        link = share(record, form.cleaned_data["language"], why=form.cleaned_data["why"], by=request.user)
    except ValidationError as error:
        form.add_error(NON_FIELD_ERRORS, error)
        return False
    until = timezone.localtime(link.expires_at)
    messages.success(
        request,
        f"The link is made. Copy its address from the list. It ends on {until:%-d %B %Y, %H:%M} London time.",
    )
    return True


def _revoke(request, record, editable):
    number = request.POST.get("link", "")
    link = links_of(record).filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if link is None:
        raise Http404("link")
    if link.language not in editable:
        raise PermissionDenied
    if revoke(link, by=request.user):
        messages.success(request, "The link is revoked. Whoever opens it is told that the preview has ended.")
    else:
        messages.info(request, "The link had ended already.")
    return True


def _look(request, seen):
    """What is looked at: a language or every one, and the width of the page."""
    wanted, width = request.GET.get("in", EVERY), request.GET.get("width")
    return (wanted if wanted in seen else EVERY), (width if width in WIDTHS else "phone")


def _languages(seen, wanted, width):
    choices = [Choice("Side by side", _address(EVERY, width), wanted == EVERY)] if len(seen) > 1 else []
    for code in seen:
        current = wanted == code or len(seen) == 1
        choices.append(Choice(languages.own_name(code), _address(code, width), current, code))
    return choices


def _address(wanted, width):
    return "?" + urlencode({"in": wanted, "width": width})


def _frame(record, code):
    """The slug is the anchor of a record that stands inside a longer page; any other page has none of that name."""
    missing = [record._meta.get_field(name).verbose_name for name in missing_texts(record, code)]
    return Frame(code, staff_address(record, code), record.slug, missing)

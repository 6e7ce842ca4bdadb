"""The page on which a reply is written: what it shows, whether it is opened, saved, refused or kept."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils import timezone

from enquiries import countries, reply_files
from enquiries.admin.reply_panel import shown
from enquiries.choices import OpportunityChoices
from enquiries.delivery import status
from enquiries.models import Reply, ReplyTemplate
from enquiries.names import script_language, text_language
from enquiries.reply_facts import FACTS, templates_by_language, unfilled
from publishing import languages
from publishing.desk.display import facts, in_language, letter, moment

TEXTS = ("to", "subject", "body")
CONFLICT = 409


def typed_of(enquiry, request, version=None):
    """A draft as it was sent by the page, whatever is wrong with it; nothing is stored."""
    sent = request.POST
    known = Reply.objects.filter(enquiry=enquiry, by=request.user, mail__isnull=True).first()
    reply = Reply(enquiry=enquiry, by=request.user, pk=known.pk if known else None)
    for name in TEXTS:
        setattr(reply, name, sent.get(name, ""))
    reply.language = sent["language"] if sent.get("language") in languages.codes() else enquiry.reply_language
    reply.shortlist = sent.getlist("shortlist")
    reply.then_wait = "then_wait" in sent
    given = sent.get("version", "")
    reply.version = (
        version if version is not None else int(given) if given.isdigit() and len(given) < 10 else 0
    )
    return reply


def answer(model_admin, request, reply, *, said=(), theirs=None, status=200):
    """The page with this draft, the sentences of why something was refused, and what another window saved."""
    enquiry = reply.enquiry
    context = admin.site.each_context(request) | {
        "title": f"Reply to {enquiry.reference}",
        "opts": model_admin.opts,
        "enquiry": enquiry,
        "reply": reply,
        "said": said,
        "theirs": theirs,
        "conflict": status == CONFLICT,
        "saved_at": timezone.localtime(reply.saved_at) if reply.version and reply.pk else None,
        "attachments": list(reply.attachments.all()) if reply.pk else [],
        "accepts": ",".join(f".{kind}" for kind in reply_files.KINDS),
        "most_megabytes": reply_files.MOST_BYTES // reply_files.MEGABYTE,
        "most_megabytes_a_mail": reply_files.MOST_BYTES_A_MAIL // reply_files.MEGABYTE,
        "unfilled": unfilled(reply.subject, reply.body),
        "languages": _languages(reply),
        "templates": _templates(reply),
        "placeholders": FACTS,
        "marked": languages.marked(reply.language),
        **_shortlist(reply),
        **_about(enquiry),
    }
    return TemplateResponse(request, "enquiries/admin/reply.html", context, status=status)


def _languages(reply):
    return [
        {
            "code": code,
            "name": languages.own_name(code),
            "english": languages.english_name(code),
            "direction": languages.direction(code),
            "chosen": code == reply.language,
        }
        for code in languages.codes()
    ]


def _templates(reply):
    rows = templates_by_language(list(ReplyTemplate.objects.offered()), reply.language)
    return [{"code": code, "name": languages.own_name(code), "templates": found} for code, found in rows]


def _shortlist(reply):
    """Those chosen and those asked about stand open, the others in a list that can be searched."""
    asked = set(reply.enquiry.opportunity_rows.values_list("opportunity__slug", flat=True))
    near, others = OpportunityChoices(reply.language).split(asked | set(reply.shortlist))
    chosen = set(reply.shortlist)
    rows = [{"offered": one, "chosen": one.slug in chosen, "asked": one.slug in asked} for one in near]
    return {"near": rows, "others": others}


def _about(enquiry):
    """What the officer looks at while writing."""
    name = enquiry.full_name.strip()
    earlier = [
        shown(reply, status(reply))
        for reply in enquiry.replies.filter(mail__isnull=False).select_related("mail", "by")[:5]
    ]
    return {
        "message": letter(enquiry.plans, text_language(enquiry.plans, enquiry.language)),
        "earlier": earlier,
        "person_facts": facts(
            [
                ("From", in_language(name, script_language(name)) if script_language(name) else name),
                (
                    "Organisation",
                    in_language(enquiry.organisation, script_language(enquiry.organisation) or "en"),
                ),
                ("Country", countries.name(enquiry.country) if enquiry.country else ""),
                ("Answer in", languages.english_name(enquiry.reply_language)),
                ("Answer promised by", moment(enquiry.promised_by, seoul=True)),
                ("Officer", enquiry.owner or "Nobody yet: sending makes it yours"),
            ]
        ),
    }

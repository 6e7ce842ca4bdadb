"""The page of one enquiry: what they ask and what has happened, beside it how it stands and what can be done, beneath
it the details to correct. Each feature brings its panel and its addresses."""

from django.template.loader import get_template

from enquiries.admin import intake_pages, project_pages, reply_pages, triage_pages
from enquiries.admin.story import as_html, story
from enquiries.names import script_language, text_language
from publishing.desk.display import in_language, letter

SEE_PEOPLE = "partners.view_person"
# Panels in the order of the page: where each comes from, its template, its column.
PANELS = [
    (triage_pages, "triage", "side"),
    (reply_pages, "reply", "main"),
    (intake_pages, "intake", "side"),
    (project_pages, "project", "side"),
]
FEATURES = [module for module, _name, _column in PANELS]


def sees_people(request):
    return request.user.has_perm(SEE_PEOPLE)


def record_context(request, enquiry):
    """What templates/enquiries/admin/change_form.html shows beside the stock form."""
    people = sees_people(request)
    about = [row.opportunity.title_en for row in enquiry.opportunity_rows.select_related("opportunity")]
    panels = {"main": [], "side": []}
    for module, name, column in PANELS:
        if (shown := module.panel(request, enquiry)) is not None:
            template = get_template(f"enquiries/admin/panels/{name}.html")
            panels[column].append({"template": template.template, "context": shown})
    named = enquiry.organisation or (enquiry.full_name.strip() if people else "")
    return {
        "record_from": in_language(named, script_language(named)) if script_language(named) else named,
        "message": letter(enquiry.plans, text_language(enquiry.plans, enquiry.language)) if people else "",
        "asked_about": ", ".join(about),
        "story": as_html(story(enquiry, sees_people=people)),
        "main_panels": panels["main"],
        "side_panels": panels["side"],
        "panel_sheets": [
            f"admin_theme/{sheet}.css" for sheet in ("clock", "triage", "reply", "intake", "project")
        ],
    }

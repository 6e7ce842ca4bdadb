"""Investment projects that came of sample enquiries: stage and status with their rows, values, jobs, dates."""

from datetime import UTC, datetime

from enquiries.models import InvestmentProject, ProjectChange, ProjectEnquiry, ProjectOrganisation
from enquiries.sample.copying import Table, escaped, reserve, sequence_of, stamp
from enquiries.sample.histories import DAY
from enquiries.sample.texts import topic_name

STAGES = ("prospect", "active", "verify-win", "won")
MONTHS_IN_STAGE = (60, 130, 60)  # days before the next
LOST = ["Chose a site on the continent.", "Grid connection came too late.", "Put off by their board."]
ABANDONED = ["The parent stopped all expansion.", "Financing fell through."]
DELAYED = ["Waits for planning permission.", "Waits for their board."]
DORMANT = ["No contact for half a year."]
KINDS = ("new-site", "new-site", "new-site", "expansion", "joint-venture", "acquisition", "")
DRIVERS = ("market", "technology", "skills", "clients", "resources", "cost", "incentive", "supplier")
ACTIVITIES = (
    *("manufacturing", "research-and-development", "european-headquarters", "sales", "services"),
    *("distribution", "assembly"),
)
COLUMNS = (
    "id project_code name description anonymous_description stage status status_why ended_on country_lost_to "
    "investment_type fdi_type estimated_land_date actual_land_date likelihood_to_land total_investment "
    "foreign_equity_investment gross_value_added number_new_jobs number_safeguarded_jobs average_salary "
    "strategic_drivers business_activities competitor_countries country project_manager_assigned_at "
    "referral_source_activity aftercare_offered_on aftercare_notes created_at client_relationship_manager_id "
    "project_manager_id referral_source_adviser_id aftercare_manager_id created_by_id"
).split()


class Projects:
    """Makes and writes the projects of a portion of enquiries."""

    def __init__(self, rng, now):
        self.rng, self.now = rng, now
        self.projects = Table(InvestmentProject, COLUMNS)
        self.changes = Table(ProjectChange, ["project_id", "what", "before", "after", "by_id", "at", "why"])
        self.enquiries = Table(ProjectEnquiry, ["project_id", "enquiry_id"])
        self.organisations = Table(ProjectOrganisation, ["project_id", "organisation_id", "role"])
        self.sectors = Table(InvestmentProject.sectors.through, ["investmentproject_id", "sector_id"])

    def write(self, origins):
        """`origins` are (enquiry's id, sender, topic, sector's id, owner, when it was made)."""
        if not origins:
            return
        first = reserve(sequence_of(InvestmentProject), len(origins))
        code = reserve("enquiries_project_code", len(origins))
        for place, origin in enumerate(origins):
            self._make(first + place, code + place, *origin)
        for table in (self.projects, self.changes, self.enquiries, self.organisations, self.sectors):
            table.write()

    def _make(self, pk, number, enquiry_id, sender, topic, sector_id, owner, at):
        rng = self.rng
        course = self._course(pk, owner, at)
        kind = rng.choice(KINDS)
        total = rng.choice((500_000, 1_200_000, 4_000_000, 9_500_000, 25_000_000, 80_000_000))
        subject = topic_name(topic, "en")
        won = course["status"] == "won"
        values = {
            "id": pk,
            "project_code": f"INV-{datetime.fromtimestamp(at, UTC).year}-{number:04d}",
            "name": f"{sender.organisation}: {subject}",
            "description": f"From the first enquiry: {subject}.",
            "anonymous_description": f"A company from abroad plans {subject} in the region.",
            "country_lost_to": rng.choice(("DE", "FR", "IE", "NL", "")) if course["status"] == "lost" else "",
            "investment_type": "fdi" if kind else rng.choice(("non-fdi", "commitment-to-invest")),
            "fdi_type": kind,
            "estimated_land_date": day(at + rng.randrange(180, 700) * DAY),
            "likelihood_to_land": rng.choice(("low", "medium", "high")),
            "total_investment": total,
            "foreign_equity_investment": total * rng.choice((3, 5, 8, 10)) // 10,
            "gross_value_added": total // 3,
            "number_new_jobs": rng.choice((5, 12, 30, 55, 120, 240)),
            "number_safeguarded_jobs": rng.choice((0, 0, 10, 40)),
            "average_salary": rng.randrange(27, 62) * 1000,
            "strategic_drivers": _array(rng.sample(DRIVERS, 2)),
            "business_activities": _array(rng.sample(ACTIVITIES, 1)),
            "competitor_countries": _array(rng.sample(("DE", "FR", "IE", "NL", "PL"), 2)),
            "country": sender.country,
            "project_manager_assigned_at": stamp(at),
            "referral_source_activity": rng.choice(("website", "direct-enquiry", "event")),
            "aftercare_offered_on": course["ended_on"] if won else None,
            "aftercare_notes": "",
            "created_at": stamp(at),
            "client_relationship_manager_id": owner,
            "project_manager_id": owner,
            "referral_source_adviser_id": owner,
            "aftercare_manager_id": owner if won else None,
            "created_by_id": owner,
        } | course
        self.projects.add(*(values[name] for name in COLUMNS))
        self.enquiries.add(pk, enquiry_id)
        self.sectors.add(pk, sector_id)
        if sender.known_organisation:
            self.organisations.add(pk, sender.known_organisation, "investor")

    def _course(self, pk, owner, at):
        """Stage and status as they came about until now, each change with its row."""
        rng, stage, status, why = self.rng, "prospect", "ongoing", ""
        self._change(pk, "stage", "", stage, owner, at)
        self._change(pk, "status", "", status, owner, at)
        for days, after in zip(MONTHS_IN_STAGE, STAGES[1:], strict=True):
            at += int(days * DAY * rng.lognormvariate(0, 0.4))
            if at > self.now:
                break
            if rng.random() < 0.3:
                before, (status, why) = status, self._other_status()
                self._change(pk, "status", before, status, owner, at, why)
                break
            before, stage = stage, after
            self._change(pk, "stage", before, stage, owner, at)
            if stage == "won":
                status = "won"
                self._change(pk, "status", "ongoing", status, owner, at)
        ended = day(at) if status in {"lost", "abandoned", "won"} else None
        return {
            "stage": stage,
            "status": status,
            "status_why": why,
            "ended_on": ended,
            "actual_land_date": ended if status == "won" else None,
        }

    def _other_status(self):
        status, reasons = self.rng.choice(
            (("lost", LOST), ("abandoned", ABANDONED), ("delayed", DELAYED), ("dormant", DORMANT))
        )
        return status, self.rng.choice(reasons)

    def _change(self, pk, what, before, after, by, at, why=""):
        self.changes.add(pk, what, before, after, by, stamp(at), escaped(why))


def day(moment):
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"


def _array(values):
    return "{" + ",".join(values) + "}"

"""What is in a site's database after the storm, read from outside: no code of the site takes part."""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

ENQUIRIES = """
    SELECT enquiry.id, submission_key::text, email, held_at IS NOT NULL,
        (SELECT count(*) FROM enquiries_stagechange WHERE enquiry_id = enquiry.id),
        (SELECT count(*) FROM enquiries_enquiryconsent WHERE enquiry_id = enquiry.id),
        promised_by IS NOT NULL AND reply_due_at IS NOT NULL AND qualification_due_at IS NOT NULL AND due_at IS NOT NULL
    FROM enquiries_enquiry AS enquiry
"""
MAILS = 'SELECT enquiry_id, kind, message_id, "to" FROM enquiries_enquirymail'
UNSENT = "SELECT count(*) FROM enquiries_enquirymail WHERE sent_at IS NULL AND taken_back_at IS NULL"
OPEN_JOBS = """
    SELECT count(*) FROM procrastinate_jobs
    WHERE task_name = 'enquiries.send_mail' AND status IN ('todo', 'doing')
"""


@dataclass(frozen=True)
class Stored:
    pk: int
    key: str
    email: str
    held: bool
    stage_changes: int
    consents: int
    has_every_date: bool


@contextmanager
def database_of(site):
    _, _, _, port, socket_folder, *_ = (
        (site.folder / "postgres" / "data" / "postmaster.pid").read_text().split("\n")
    )
    with psycopg.connect(host=socket_folder, port=port, user="lcr_crm", dbname="lcr_crm") as connection:
        yield connection


def left_to_send(site):
    """(mails that are not sent, jobs that are not done)."""
    with database_of(site) as connection:
        return tuple(connection.execute(query).fetchone()[0] for query in (UNSENT, OPEN_JOBS))


def stored_by_key(site):
    """Every enquiry, those of one key together."""
    found = defaultdict(list)
    with database_of(site) as connection:
        for row in connection.execute(ENQUIRIES):
            stored = Stored(*row)
            found[stored.key].append(stored)
    return found


def mails_by_enquiry(site):
    """{(enquiry, kind): [(Message-ID, addressee), …]}"""
    found = defaultdict(list)
    with database_of(site) as connection:
        for enquiry, kind, message_id, to in connection.execute(MAILS):
            found[enquiry, kind].append((message_id, to))
    return found

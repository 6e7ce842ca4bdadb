"""What the queue does for reports: looks at the schedules, and sends their mails.

No line of the log names a person or an address: a failure is logged by its kind.
"""

import logging

from procrastinate.contrib.django import app

from enquiries.jobs import LaterEachTime, MailNotSent
from reports import page_reads, scheduling

logger = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="reports.look_at_schedules", queueing_lock="reports.look_at_schedules")
def look_at_schedules(timestamp):
    scheduling.look()


@app.task(name=scheduling.TELL, queue="mail", retry=LaterEachTime())
def tell(telling_id):
    """Send one mail about a run. One that fails is noted on the run and tried again, ever more slowly."""
    try:
        scheduling.send(telling_id)
    except Exception as error:
        scheduling.note_failure(telling_id, error)
        logger.warning("Telling %s could not be sent: %s", telling_id, type(error).__name__)
        raise MailNotSent(f"Telling {telling_id} could not be sent.") from None


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="reports.count_page_reads", queueing_lock="reports.count_page_reads", lock="reports.count_page_reads"
)
def count_page_reads(timestamp):
    page_reads.count_reads()

"""What the queue does for exports: makes spreadsheets, and removes them when they have expired.

No line of the log says what is in a list: a failure is logged by its kind.
"""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from exports import spreadsheets
from exports.models import Spreadsheet

NOT_ENTITLED = "You may not export this any more."
BROKE_OFF = "It could not be finished. What it was made of is unharmed."

logger = logging.getLogger(__name__)


@app.task(name=spreadsheets.MAKE, queue="exports", retry=RetryStrategy(max_attempts=3, wait=10))
def make_spreadsheet(spreadsheet_id):
    """Make one file. The job of a worker that was killed is put back into the queue and starts over; one that is ready
    is left as it is."""
    spreadsheet = Spreadsheet.objects.select_related("by", "log").get(pk=spreadsheet_id)
    if spreadsheet.state == Spreadsheet.State.READY:
        return
    try:
        spreadsheets.make(spreadsheet)
    except spreadsheets.NotEntitled:
        spreadsheets.fail(spreadsheet, NOT_ENTITLED)
    except Exception as error:
        # Where the database is gone this fails as well, and the queue tries again.
        logger.error("Spreadsheet %s could not be made: %s", spreadsheet_id, type(error).__name__)
        spreadsheets.fail(spreadsheet, BROKE_OFF)


@app.periodic(cron="*/10 * * * *")
@app.task(name="exports.remove_expired", queueing_lock="exports.remove_expired", queue="exports")
def remove_expired(timestamp):
    spreadsheets.remove_expired()

"""What the queue does for enquiries: sends mail, and looks after what was cut off.

No line of the log names a person or an address: a failure is logged by its kind, and its words stay in the database.
"""

import logging

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from enquiries import clock
from enquiries.emails import SEND, lock_of
from enquiries.models import EnquiryMail

FIRST_PAUSE, LONGEST_PAUSE = 30, 60 * 60  # seconds
MOST_ATTEMPTS = 350  # with the pauses above: two weeks

logger = logging.getLogger(__name__)


class MailNotSent(Exception):
    """Sending failed; the mail row says how."""


class LaterEachTime(BaseRetryStrategy):
    """Half a minute, a minute, two… then every hour."""

    def get_retry_decision(self, *, exception, job):
        if job.attempts >= MOST_ATTEMPTS:
            return None
        pause = min(FIRST_PAUSE * 2 ** min(job.attempts, 10), LONGEST_PAUSE)
        return RetryDecision(retry_in={"seconds": pause})


@app.task(name=SEND, queue="mail", retry=LaterEachTime())
def send_mail(mail_id):
    """Send one mail unless it has been sent. The row is locked meanwhile, so two jobs for it send once."""
    try:
        with transaction.atomic():
            mail = EnquiryMail.objects.select_for_update().get(pk=mail_id)
            if mail.sent_at:
                return
            message(mail).send()
            mail.sent_at, mail.last_error = timezone.now(), ""
            mail.attempts += 1
            mail.save(update_fields=["sent_at", "last_error", "attempts"])
    except Exception as error:
        EnquiryMail.objects.filter(pk=mail_id).update(
            attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}"[:300]
        )
        logger.warning("Mail %s could not be sent: %s", mail_id, type(error).__name__)
        raise MailNotSent(f"Mail {mail_id} could not be sent.") from None


def message(mail):
    """The mail as it goes out. It says that it is automatic, so that nobody's absence notice answers it."""
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )


@app.periodic(cron="* * * * *")
@app.task(
    name="enquiries.retry_stalled_jobs", queueing_lock="enquiries.retry_stalled_jobs", pass_context=True
)
async def retry_stalled_jobs(context, timestamp):
    """The job of a worker that was killed stays as it was for ever unless somebody puts it back."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.queue_due_mails", queueing_lock="enquiries.queue_due_mails")
def queue_due_mails(timestamp):
    """Queue again whatever is due and not done, however its job was lost."""
    waiting = ProcrastinateJob.objects.filter(task_name=send_mail.name, status__in=["todo", "doing"])
    has_a_job = set(waiting.values_list("args__mail_id", flat=True))
    for mail in EnquiryMail.objects.due().exclude(pk__in=has_a_job).only("pk"):
        try:
            with transaction.atomic():
                send_mail.configure(queueing_lock=lock_of(mail)).defer(mail_id=mail.pk)
        except AlreadyEnqueued:
            continue


@app.task(name=clock.RECKON, queue="reckoning", retry=LaterEachTime())
def reckon_open():
    """Reckon the open enquiries again after a change of calendar or target."""
    clock.reckon_open()

"""What the queue does for enquiries: sends mail, and looks after what was cut off.

No line of the log names a person or an address: a failure is logged by its kind, and its words stay in the database.
"""

import logging
import smtplib

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status as JobStatus

from enquiries import replies
from enquiries.emails import SEND, lock_of
from enquiries.models import EnquiryMail, Reply
from enquiries.outgoing import message

FIRST_PAUSE, LONGEST_PAUSE = 5, 60 * 60  # seconds
MOST_ATTEMPTS = 350  # with the pauses above: two weeks
FOR_GOOD = range(550, 560)  # what a mail server answers when asking again is of no use

logger = logging.getLogger(__name__)


class MailNotSent(Exception):
    """Sending failed; the mail row says how."""


class LaterEachTime(BaseRetryStrategy):
    """Five seconds, as after a restart of the database, ten, twenty… then every hour."""

    def get_retry_decision(self, *, exception, job):
        if job.attempts >= MOST_ATTEMPTS:
            return None
        pause = min(FIRST_PAUSE * 2 ** min(job.attempts, 10), LONGEST_PAUSE)
        return RetryDecision(retry_in={"seconds": pause})


@app.task(name=SEND, queue="mail", retry=LaterEachTime())
def send_mail(mail_id):
    """Send one mail unless it has been sent, taken back or refused for good. The row is locked meanwhile, so two jobs
    for it send once, and nobody takes it back while it goes."""
    try:
        with transaction.atomic():
            mail = EnquiryMail.objects.select_for_update().filter(pk=mail_id).first()
            if mail is None or mail.sent_at or mail.taken_back_at or _refused(mail):
                return
            if mail.not_before and mail.not_before > timezone.now():  # a job put back may come early
                _queue_again(mail)
                return
            message(mail).send()
            mail.sent_at, mail.last_error = timezone.now(), ""
            mail.attempts += 1
            mail.save(update_fields=["sent_at", "last_error", "attempts"])
            _record(mail)
    except Exception as error:
        _note(mail_id, error)
        logger.warning("Mail %s could not be sent: %s", mail_id, type(error).__name__)
        if (words := refusal(error)) and _given_up(mail_id, words):
            return
        raise MailNotSent(f"Mail {mail_id} could not be sent.") from None


def _record(mail):
    """What follows from a reply that was accepted, in the same transaction. Should it fail, the mail is sent all the
    same and not sent again: the recording is due and not done, and `record_accepted` does it."""
    if mail.kind != EnquiryMail.Kind.REPLY:
        return
    try:
        with transaction.atomic():
            replies.accepted(mail)
    except Exception as error:
        logger.error("Mail %s was accepted and is not recorded yet: %s", mail.pk, type(error).__name__)


def _note(mail_id, error):
    EnquiryMail.objects.filter(pk=mail_id).update(
        attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}"[:300]
    )


def _refused(mail):
    return Reply.objects.filter(mail=mail, not_reached_at__isnull=False).exists()


def refusal(error):
    """What the mail server said when it refused a mail for good; "" where another attempt may succeed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPDataError):
        answers = [(error.smtp_code, error.smtp_error)]
    else:
        return ""
    if not answers or any(code not in FOR_GOOD for code, _ in answers):
        return ""
    code, words = answers[0]
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def _given_up(mail_id, words):
    """A reply that was refused for good is told of at once instead of being tried for two weeks. Returns whether the
    mail is a reply."""
    with transaction.atomic():
        EnquiryMail.objects.select_for_update().get(pk=mail_id)
        if reply := Reply.objects.filter(mail=mail_id).first():
            replies.not_reached(reply, why=f"refused by the mail server: {' '.join(words.split())}", by=None)
    return reply is not None


@app.periodic(cron="* * * * * */15")
@app.task(
    name="enquiries.retry_stalled_jobs", queueing_lock="enquiries.retry_stalled_jobs", pass_context=True
)
async def retry_stalled_jobs(context, timestamp):
    """The job of a worker that was killed stays as it was for ever unless somebody puts it back."""
    manager = context.app.job_manager
    silence = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=silence):
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # queued again meanwhile: the one that was cut off is over
            await manager.finish_job(job, JobStatus.FAILED, delete_job=False)


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.queue_due_mails", queueing_lock="enquiries.queue_due_mails")
def queue_due_mails(timestamp):
    """Queue again whatever is due and not done, however its job was lost."""
    waiting = ProcrastinateJob.objects.filter(task_name=send_mail.name, status__in=["todo", "doing"])
    has_a_job = set(waiting.values_list("args__mail_id", flat=True))
    due = EnquiryMail.objects.due().exclude(reply__not_reached_at__isnull=False)
    for mail in due.exclude(pk__in=has_a_job).only("pk", "not_before"):
        _queue_again(mail)
    record_accepted()


def _queue_again(mail):
    """A job for the mail at its time, unless one waits."""
    try:
        with transaction.atomic():
            job = send_mail.configure(queueing_lock=lock_of(mail), schedule_at=mail.not_before)
            job.defer(mail_id=mail.pk)
    except AlreadyEnqueued:
        return


def record_accepted():
    """Record every reply that was accepted and is not recorded."""
    for mail in EnquiryMail.objects.filter(
        kind=EnquiryMail.Kind.REPLY,
        sent_at__isnull=False,
        reply__isnull=False,
        reply__interaction__isnull=True,
    ):
        with transaction.atomic():
            _record(EnquiryMail.objects.select_for_update().get(pk=mail.pk))

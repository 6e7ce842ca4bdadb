"""What is reckoned of enquiries and projects within a query: said once, for the lists that show the rows and for the
reports that count them."""

from django.db.models import DateTimeField, F, Func, Q, TextField, Value

from publishing import languages

UNKNOWN = "unknown"  # in the address of a list: the rows that have no such thing


# Obligations: each enquiry is in one of three, met, breached, or neither.


def reply(now):
    """How the first reply by a person stands against its target. An enquiry that was closed without one is late as soon
    as its reply was due: closing answers nobody."""
    return {
        "met": Q(first_reply_at__lte=F("reply_due_at")),
        "breached": Q(first_reply_at__gt=F("reply_due_at"))
        | Q(first_reply_at__isnull=True, reply_due_at__lte=now),
        "neither": Q(first_reply_at__isnull=True, reply_due_at__gt=now),
    }


def qualification(now):
    """How the verdict stands against its target. The clock stands still while we wait for the investor, and an enquiry
    closed in time owes none any more."""
    due, none = F("qualification_due_at"), Q(qualification_due_at__isnull=True)
    closed_in_time = Q(closed_at__isnull=False, closed_at__lte=due)
    return {
        "met": Q(qualified_at__isnull=False) & (none | Q(qualified_at__lte=due)),
        "breached": Q(qualified_at__gt=due)
        | Q(qualified_at__isnull=True, qualification_due_at__lte=now, closed_at__isnull=True)
        | Q(qualified_at__isnull=True, qualification_due_at__lte=now, closed_at__gt=due),
        "neither": Q(qualified_at__isnull=True)
        & (none | Q(qualification_due_at__gt=now) | (Q(qualification_due_at__lte=now) & closed_in_time)),
    }


class Started(Func):
    """When the clock of an enquiry began: at receipt, or at the earliest receipt of what was merged into it, and into
    that (`clock.started`). Only those into which something was merged are looked at twice. The table has a name of its
    own within, so that what stands outside keeps its."""

    TEMPLATE = """CASE WHEN {pk} IN (
            SELECT other.merged_into_id FROM enquiries_enquiry other WHERE other.merged_into_id IS NOT NULL
        )
        THEN LEAST({received}, (
            WITH RECURSIVE duplicate AS (
                SELECT one.id, one.received_at FROM enquiries_enquiry one WHERE one.merged_into_id = {pk}
                UNION SELECT more.id, more.received_at FROM enquiries_enquiry more
                    JOIN duplicate ON more.merged_into_id = duplicate.id
            ) SELECT min(received_at) FROM duplicate
        )) ELSE {received} END"""
    output_field = DateTimeField()

    def __init__(self):
        super().__init__(F("pk"), F("received_at"))

    def as_sql(self, compiler, connection, **more):
        (pk, _), (received, _) = (compiler.compile(part) for part in self.source_expressions)
        return self.TEMPLATE.format(pk=pk, received=received), []


def page_read():
    """The page before the form as reads of pages are counted: without its language."""
    codes = "|".join(languages.codes())
    pattern, without = Value(f"^/({codes})/"), Value("/")
    return Func("page", pattern, without, function="regexp_replace", output_field=TextField())

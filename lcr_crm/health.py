"""For the machines that watch the site: does it run, and is it ready to serve?"""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

WORKER_SILENCE = "60 seconds"  # the queue worker gives a sign every ten


@require_safe
@login_not_required
def healthz(request):
    """The process answers. Asks nothing of the database, so that its failure does not restart the web server."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
@login_not_required
def readyz(request):
    """Everything a reader or an enquiry needs is there; otherwise 503 with a list of what is not."""
    failures = list(_failures())
    return JsonResponse(
        {"ready": not failures, "failures": failures},
        status=503 if failures else 200,
        headers={"Cache-Control": "no-store"},
    )


def _failures():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        yield "the database does not answer"
        return
    try:
        _migrations_applied()
    except LookupError:
        yield "migrations are not applied"
        return
    if not _queue_worker_seen():
        yield "the queue worker gives no sign"


@cache
def _migrations_applied():
    """Asked until true: an exception is not remembered."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError
    return True


def _queue_worker_seen():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - %s::interval)",
            [WORKER_SILENCE],
        )
        return cursor.fetchone()[0]

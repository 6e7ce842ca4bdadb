"""The answer to a form that cannot be trusted: somebody of ours with an old page keeps what they typed."""

from accounts.typed import after_refusal
from prospectus.views import forbidden


def form_refused(request, reason=""):
    return after_refusal(request) or forbidden(request, reason=reason)

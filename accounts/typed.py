"""What somebody typed into a form is not lost when their session has ended by the time they save.

A view that carries the mark `keeps_typed` gets its form back after signing in: as a POST of what was typed, with a
field `_kept`, which says that it is to be shown and not saved. Between the two the typed values are sealed in the
sign-in form; only then, when we know who it is, are they kept in the session, until the form is next sent.
"""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core import signing
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url

SALT = "accounts.typed"
IN_SESSION = "typed"
MARK = "_kept"
DISCARD = "_discard"
MOST_FORMS = 5
A_DAY = 60 * 60 * 24
NEVER_KEPT = ("csrfmiddlewaretoken", "password", MARK)


def keeps_typed(view):
    return getattr(view, "keeps_typed", False)


def at_the_form(request):
    """Before the view of such a form runs: who is not signed in is asked to sign in with the form in hand; who was,
    and comes back, finds it as they left it. None: the view runs as it would."""
    if not request.user.is_authenticated:
        return ask_to_sign_in(request) if request.method == "POST" and request.POST else None
    forms = request.session.get(IN_SESSION, {})
    if request.method == "POST":
        if request.path in forms:
            forget(request)
        return HttpResponseRedirect(request.get_full_path()) if DISCARD in request.POST else None
    if request.method == "GET" and request.path in forms:
        _send_again(request, forms[request.path])
    return None


def after_refusal(request):
    """The answer to a form whose token is old because its sender signed in anew in another tab: None where it may come
    from anywhere else, which the browser says by the origin."""
    match = request.resolver_match
    if request.method != "POST" or match is None or not keeps_typed(match.func) or not _from_here(request):
        return None
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    keep(request, request.path, _typed(request))
    return HttpResponseRedirect(request.get_full_path())


def ask_to_sign_in(request):
    """The sign-in form, which carries what was typed and leads back to where it was typed."""
    context = {
        "form": AuthenticationForm(request),
        "next": request.get_full_path(),
        "action": resolve_url(settings.LOGIN_URL),
        "typed": signing.dumps([request.path, _typed(request)], salt=SALT, compress=True),
    }
    response = render(request, "registration/login.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response


class SignIn(LoginView):
    """Sign in; with a form in hand if there was one."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"typed": self.request.POST.get("typed", "")}

    def form_valid(self, form):
        response = super().form_valid(form)
        try:
            path, typed = signing.loads(self.request.POST.get("typed", ""), salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            return response
        keep(self.request, path, typed)
        return response


def _send_again(request, typed):
    """Makes a request for the form one that sends what was typed."""
    request._load_post_and_files()  # now: done later, it would put the empty body in the place of what was typed
    request.method, request.POST = "POST", QueryDict(typed)


def keep(request, path, typed):
    forms = request.session.get(IN_SESSION, {})
    forms.pop(path, None)
    newest = list(forms.items())[1 - MOST_FORMS :]
    request.session[IN_SESSION] = dict([*newest, (path, typed)])


def forget(request):
    request.session[IN_SESSION] = {
        path: typed for path, typed in request.session[IN_SESSION].items() if path != request.path
    }


def _typed(request):
    """Everything that was sent but passwords, as the body of a form."""
    typed = request.POST.copy()
    for name in list(typed):
        if any(word in name for word in NEVER_KEPT):
            del typed[name]
    typed[MARK] = "1"
    return typed.urlencode()


def _from_here(request):
    """Whether the browser says that the form stood on one of our own pages."""
    origins = [f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS]
    return request.headers.get("Origin") in origins

from django.contrib.auth import middleware

from accounts import typed


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Closed by default. Asks for the view's mark before it touches the session: Django's own reads the user first,
    which puts `Vary: Cookie` on every public page."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        answer = typed.at_the_form(request) if typed.keeps_typed(view_func) else None
        return answer or super().process_view(request, view_func, view_args, view_kwargs)

from .errors import bad_request, forbidden, not_found, server_error
from .site import choose_language, robots, sitemap, styleguide

__all__ = [
    "bad_request",
    "choose_language",
    "forbidden",
    "not_found",
    "robots",
    "server_error",
    "sitemap",
    "styleguide",
]

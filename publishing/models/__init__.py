from .act import Act
from .desk import Desk
from .edition import Edition
from .preview_link import PreviewLink
from .provenance import Provenance
from .publishable import Publishable, PublishableQuerySet
from .redirect import Redirect

__all__ = [
    "Act",
    "Desk",
    "Edition",
    "PreviewLink",
    "Provenance",
    "Publishable",
    "PublishableQuerySet",
    "Redirect",
]

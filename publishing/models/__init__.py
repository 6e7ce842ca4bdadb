from .act import Act
from .desk import Desk
from .edition import Edition
from .exchange import Import
from .preview_link import PreviewLink
from .provenance import Provenance
from .publishable import Publishable, PublishableQuerySet
from .redirect import Redirect

__all__ = [
    "Act",
    "Desk",
    "Edition",
    "Import",
    "PreviewLink",
    "Provenance",
    "Publishable",
    "PublishableQuerySet",
    "Redirect",
]

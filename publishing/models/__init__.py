from .act import Act
from .edition import Edition
from .provenance import Provenance
from .publishable import Publishable, PublishableQuerySet
from .redirect import Redirect

__all__ = ["Act", "Edition", "Provenance", "Publishable", "PublishableQuerySet", "Redirect"]

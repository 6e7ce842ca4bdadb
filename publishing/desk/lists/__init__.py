"""Lists of any size in admin: pages by key, counts that are estimated, search that is capped, filters with choices."""

from .admin import LargeListAdmin, without_empty

__all__ = ["LargeListAdmin", "without_empty"]

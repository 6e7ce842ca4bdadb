from .event import Event
from .news_item import NewsItem
from .page import Page

__all__ = ["Event", "NewsItem", "Page"]

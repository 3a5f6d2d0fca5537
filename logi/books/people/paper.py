"""What the people book asks of the papers': who does which work area, by post."""

from logi.books.paper.store import areas

__all__ = ["areas"]

"""What the kindergarten asks of the asset book: the card of a large toy, such as a slide."""

from logi.books.asset.store import card

__all__ = ["card"]

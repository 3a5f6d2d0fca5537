"""What the check book asks of the asset book: the cards that words name."""

from logi.books.asset.store import cards

__all__ = ["cards"]

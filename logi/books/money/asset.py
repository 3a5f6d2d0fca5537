"""What the money book asks of the register: the cards that were entered for what is claimed."""

from logi.books.asset.store import cards

__all__ = ["cards"]

"""What the gate book asks of the asset book: the card of what is carried out, and of a bus."""

from logi.books.asset.store import card

__all__ = ["card"]

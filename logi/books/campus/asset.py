"""What the campus book asks of the asset register: how many things of a kind there are, and in which rooms."""

from collections.abc import Sequence
from typing import Any

from logi.books.asset.store import named_cards
from logi.core.folding import fold

__all__ = ["Cards"]

USABLE = ("in_use", "idle")  # lent out or waiting to be scrapped, a thing serves no standard


class Cards:
    """The usable cards of the register, read once."""

    def __init__(self, db: Any) -> None:
        self._cards = [card for card in named_cards(db) if card["status"] in USABLE]

    def there(self, words: Sequence[str]) -> tuple[int, dict[str, int]]:
        """How many things bear one of these words in their names, or a category that begins with one; and where."""
        found: dict[str, int] = {}
        for card in self._cards:
            if any(fold(word) in card["folded"] or (card["category"] or "").startswith(word) for word in words):
                count = int(card["quantity_milli"]) // 1000
                found[card["place"] or ""] = found.get(card["place"] or "", 0) + count
        return sum(found.values()), found

"""What the canteen asks of the asset book: the cards that stand in its rooms, to be held against the equipment standard."""

from collections.abc import Iterable
from typing import Any

from logi.books.asset.store import named_cards
from logi.core.folding import fold

__all__ = ["counted"]


def counted(db: Any, words: Iterable[str], places: Iterable[str]) -> dict[str, tuple[int, list[str]]]:
    """For each word how many things whose name holds it stand in these places, and the codes of their cards."""
    rooms = set(places)
    cards = [card for card in named_cards(db) if card["place"] in rooms]
    found = {}
    for word in words:
        own = [card for card in cards if fold(word) in card["folded"]]
        found[word] = (sum(int(card["quantity_milli"]) for card in own) // 1000, [card["code"] for card in own])
    return found

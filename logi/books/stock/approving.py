"""The signatures a slip needs: recorded from paper with `logi approve`, one level after another."""

from typing import TYPE_CHECKING, Any

from logi.books.stock import school, store
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.journal import Entry


def required(source: Any, number: str) -> list[str]:
    """The levels that sign a slip of this number, in order (policy stock.signatures)."""
    slip = store.slip(source.db, number)
    if slip is None or slip["void"]:
        return []
    return list(school.policy(source, "stock.signatures", source.today).get(slip["kind"], []))


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """Goods have moved by the time the paper is signed: a signature changes no quantity, its absence is listed."""


def level_title(level: str) -> str:
    """What a level is called in the language spoken now."""
    return title("stock.level", level)

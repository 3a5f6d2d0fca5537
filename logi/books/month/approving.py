"""Who approves a duty roster: the vice-principal, before it is published where the policy asks for it."""

from typing import TYPE_CHECKING

from logi.books.month import store
from logi.core.errors import Refused
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

LEVELS = ("vice_principal",)


def required(source: "Ledger | Entry", number: str) -> list[str]:
    """The levels of a roster; a line of a plan has none."""
    return list(LEVELS) if store.roster(source.db, number) is not None else []


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """A roster that hangs on the wall already is not rejected (4); otherwise publishing looks at the approval itself."""
    roster = store.roster(e.db, number)
    if rejected and roster is not None and roster["state"] == "published":
        raise Refused("month.duty.published_rejected", number=number)


def level_title(level: str) -> str:
    """What a level is called."""
    return title("month.level", level)

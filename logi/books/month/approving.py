"""Who approves what the month's book submits: a plan its bursar and vice-principal, a duty roster the vice-principal."""

from typing import TYPE_CHECKING

from logi.books.month import store, store_work, submitting
from logi.core.errors import Refused
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

LEVELS = ("vice_principal",)


def required(source: "Ledger | Entry", number: str) -> list[str]:
    """The levels of a month's newest submitted plan, or of a roster; a line of a plan has none."""
    plan = store_work.submission(source.db, number)
    if plan is not None:
        newest = submitting.standing(source, plan["month"]).row
        return list(submitting.LEVELS) if newest is not None and newest["id"] == plan["id"] else []
    return list(LEVELS) if store.roster(source.db, number) is not None else []


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """A roster that hangs on the wall already is not rejected (4); otherwise the approval itself is looked at."""
    roster = store.roster(e.db, number)
    if rejected and roster is not None and roster["state"] == "published":
        raise Refused("month.duty.published_rejected", number=number)


def level_title(level: str) -> str:
    """What a level is called."""
    return title("month.level", level)

"""Who signs a claim, in order, and what a signature does to it: nobody signs for money of their own, or twice."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.money import store
from logi.core.answers import Word
from logi.core.errors import Refused
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.journal import Entry


def required(source: Any, number: str) -> list[str]:
    """The levels of a claim, in order, as its amount asked when it was made (policy money.claim_tiers)."""
    row = store.claim(source.db, number)
    return [] if row is None or row["state"] == "withdrawn" else str(row["levels"]).split()


def decided(e: "Entry", number: str, complete: bool, rejected: bool) -> None:
    """After a signature was recorded: nobody signs their own claim, the reviewer did not make it out (4)."""
    claim = store.claim(e.db, number)
    assert claim is not None
    *before, given = journal.approvals(e.db, number)
    on = date.fromisoformat(given["on_day"])
    if given["on_day"] < claim["on_day"]:
        raise Refused("money.signed_before", number=number, day=on, made=date.fromisoformat(claim["on_day"]))
    level = Word.of("money.level", given["level"])
    if given["by_whom"] == claim["handler"]:
        raise Refused("money.own_claim", number=number, person=given["by_whom"], level=level)
    if given["level"] == "reviewer" and given["by_whom"] == claim["preparer"]:
        raise Refused("money.own_review", number=number, person=given["by_whom"])
    for one in before:
        if one["by_whom"] == given["by_whom"]:
            other = Word.of("money.level", one["level"])
            e.overridable(Refused("money.signed_twice", number=number, person=given["by_whom"], level=other), number)
    state = "rejected" if rejected else "approved" if complete else "open"
    e.update("money_claim", claim["id"], state=state, decisions=claim["decisions"] + 1)
    if rejected:
        free_invoices(e, claim["id"])


def free_invoices(e: "Entry", claim_id: int) -> None:
    """The invoices of a claim that will not be paid may be claimed again."""
    for rowid in store.ids(store.invoices_of(e.db, claim_id)):
        e.void("money_invoice", rowid)


def missing(source: Any, claim: Any) -> list[str]:
    """The levels that have not signed yet, in order."""
    signed = {row["level"] for row in journal.approvals(source.db, claim["number"]) if row["decision"] == "yes"}
    return [level for level in str(claim["levels"]).split() if level not in signed]


def level_title(level: str) -> str:
    """What a level is called in the language spoken now."""
    return title("money.level", level)

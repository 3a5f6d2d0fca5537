"""Who must approve a disposal, a table of a count or a request, and what an approval does to it."""

from datetime import date
from typing import TYPE_CHECKING

from logi import journal
from logi.books.asset import adjusting, requesting, store
from logi.core.errors import Refused
from logi.core.messages import title
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger


DOCUMENTS = ("asset_proposal", "asset_adjust", "asset_request")


def required(source: "Ledger | Entry", number: str) -> list[str]:
    """The levels a document asks for, in order (none, if it is none of these)."""
    for table in DOCUMENTS:
        document = store.document(source.db, table, number)
        if document is not None:
            return list(document["levels"].split())
    return []


def decided(e: Entry, number: str, complete: bool, rejected: bool) -> None:
    """After an approval was recorded: no earlier than the application; a rejection gives the cards back."""
    found = {table: store.document(e.db, table, number) for table in DOCUMENTS}
    adjust, asked = found["asset_adjust"], found["asset_request"]
    document = next(row for row in found.values() if row is not None)
    given = journal.approvals(e.db, number)[-1]
    if given["on_day"] < document["on_day"]:
        raise Refused("asset.approved_before", proposal=number, on=date.fromisoformat(given["on_day"]),
                      applied=date.fromisoformat(document["on_day"]))  # fmt: skip
    if adjust is not None:
        e.update("asset_adjust", adjust["id"], decisions=adjust["decisions"] + 1)
        if rejected:
            adjusting.rejected(e, adjust)
        elif complete:
            adjusting.carry_out(e, adjust)
        return
    if asked is not None:
        requesting.decided(e, asked, complete, rejected)
        return
    state = "rejected" if rejected else "approved" if complete else "open"
    # The count makes every approval touch the document, so that undoing one names what stands on it.
    e.update("asset_proposal", document["id"], state=state, decisions=document["decisions"] + 1)
    if rejected:
        for line in store.proposal_lines(e.db, document["id"]):  # nothing has gone: only what all have approved goes
            e.update("asset_card", line["card_id"], status=line["status_before"])


def level_title(level: str) -> str:
    """A level's name in the reader's language."""
    return title("asset.level", level)

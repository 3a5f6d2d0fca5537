"""What closing a month asks of assets, and the closing balances it stores."""

from typing import TYPE_CHECKING

from logi.books.asset import auditing, renewing, school, store
from logi.core import days
from logi.core.due import Blocker
from logi.core.messages import say
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger


def blockers(ledger: "Ledger", month: str) -> list[Blocker]:
    """A category not audited, or signed for other figures; cards that do not add up to their moves."""
    found = []
    if missing := auditing.unsigned(ledger.db, month):
        names = store.names_of(ledger.db, "school_category")
        codes = [names[key]["code"] if key in names else say("asset.uncategorised") for key in missing]
        text = say("asset.block.not_audited", month=month, categories=sorted(codes))
        found.append(Blocker(text, f"logi asset audit {month} --by PERSON --sign", "asset.block.not_audited"))
    wrong = store.cards_against_moves(ledger.db)
    if wrong:
        text = say("asset.block.unequal", codes=[row["code"] for row in wrong[:10]])
        found.append(Blocker(text, f"logi asset show {wrong[0]['code']}"))
    return found


def close(e: Entry, month: str) -> None:
    """Store what each category closes with."""
    until = days.month_period(month).until
    balances = store.balances(e.db, until)
    # Where the school books depreciation, a closed month keeps what it was written down to.
    booked = school.policy(e, "asset.depreciation", until) == "book"
    written = renewing.depreciated(e.ledger, until) if booked else {}
    for key, (quantity, cost) in sorted(balances.items(), key=lambda item: item[0] or 0):
        if quantity or cost:
            e.insert("asset_closing", month=month, category_id=key, quantity_milli=quantity, cost_fen=cost,
                     accumulated_fen=written.get(key, 0) if booked else None)  # fmt: skip


def reopen(e: Entry, month: str) -> None:
    """Forget a month's closing balances."""
    for row in store.closings(e.db, month):
        e.void("asset_closing", row["id"])

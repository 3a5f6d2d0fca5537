"""Questions about fees: what may be collected, who has paid by class, who owes, which receipts were given."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from logi.books.money import rules, school
from logi.books.money import store_fees as sql
from logi.books.money.tabling import as_day, table
from logi.core.answers import Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

ITEMS = ("code:code title standard:money basis since:day until:day refundable published_on:day place pupils:count "
         "due:money+ collected:money+ owing:count+")  # fmt: skip
CLASSES = "fee:code title school_class pupils:count+ due:money+ collected:money+ owing:count+ owed:money+ rate:rate"
ARREARS = "fee:code title school_class code:code pupil owed:money+ reminders:count reminded_on:day"
RECEIPTS = "receipt_no:code on:day fee:code title school_class pupil value:money+ by reason"


def items(ledger: "Ledger", day: date) -> Table:
    """收費公示: every fee with standard, basis, period, where it is published, and how far it is collected."""
    there: dict[int, list[Any]] = {}
    for row in sql.charges(ledger.db, None, day.isoformat()):
        there.setdefault(row["fee_id"], []).append(row)
    rows = [
        {"code": row["code"], "title": row["name"], "standard": row["standard_fen"], "basis": row["basis"],
         "since": as_day(row["from_day"]), "until": as_day(row["to_day"]), "published_on": as_day(row["published_on"]),
         "place": row["published_at"], "refundable": say("money.yes") if row["refundable"] else None,
         **_sums(there.get(row["id"], ()))}
        for row in sql.fees(ledger.db)
    ]  # fmt: skip
    return table("fee-items", say("money.title.fees"), ITEMS, rows)


def by_class(ledger: "Ledger", day: date, which: str | None = None) -> Table:
    """班級收費統計: of each class how many are charged, have paid and owe."""
    fee_id = sql.fee(ledger, which)["id"] if which else None
    found: dict[tuple[str, str, str], list[Any]] = {}
    for row in sql.charges(ledger.db, fee_id, day.isoformat()):
        found.setdefault((row["fee"], row["fee_name"], row["class_name"] or ""), []).append(row)
    rows = []
    for (fee, name, class_), those in found.items():
        sums = _sums(those)
        rows.append({"fee": fee, "title": name, "school_class": class_ or None, **sums, "owed": sums["due"] - sums["collected"],
                     "rate": rules.rate(sums["collected"], sums["due"])})  # fmt: skip
    return table("fee-classes", say("money.title.fee_classes", day=day), CLASSES, rows)


def arrears(ledger: "Ledger", day: date, *, which: str | None = None, class_: str | None = None, least: int = 0) -> Table:
    """欠費名單: who owes what, how often reminded and when last."""
    fee_id = sql.fee(ledger, which)["id"] if which else None
    home = school.department(ledger, class_)["code"] if class_ else None
    rows = [
        {"fee": row["fee"], "title": row["fee_name"], "school_class": row["class_name"], "code": row["code"],
         "pupil": row["name"], "owed": row["due_fen"] - row["paid_fen"], "reminders": row["reminders"],
         "reminded_on": as_day(row["reminded_on"])}
        for row in sql.charges(ledger.db, fee_id, day.isoformat())
        if row["paid_fen"] < row["due_fen"] and not row["left_on"] and home in (None, row["class_code"])
        and row["reminders"] >= least
    ]  # fmt: skip
    return table("fee-arrears", say("money.title.arrears", day=day), ARREARS, rows)


def receipts(ledger: "Ledger", since: date, until: date) -> Table:
    """The receipts given in a period by number, refunds red; numbers passed over are named."""
    found = sql.moves(ledger.db, since.isoformat(), until.isoformat())
    rows = [
        {"receipt_no": row["receipt_no"], "on": as_day(row["on_day"]), "fee": row["fee"], "title": row["fee_name"],
         "school_class": row["class_name"], "pupil": row["name"], "value": row["amount_fen"], "by": row["by_name"],
         "reason": row["reason"]}
        for row in found
    ]  # fmt: skip
    gaps = missing_numbers(row["receipt_no"] for row in found)
    notes = [say("money.note.gaps", count=len(gaps), numbers=gaps[:20])] if gaps else []
    return table("fee-receipts", say("money.title.receipts", since=since, until=until), RECEIPTS, rows, notes=notes)


def pack(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """Fees by class, in the months in which any is collected."""
    first, last = since.isoformat(), until.isoformat()
    running = any(row["from_day"] <= last and row["to_day"] >= first for row in sql.fees(ledger.db))
    return [by_class(ledger, until)] if running and sql.charges(ledger.db) else []


def missing_numbers(numbers: Iterable[str]) -> list[str]:
    """The receipt numbers passed over between two of one series that are at most 200 apart."""
    series: dict[tuple[str, int], list[int]] = {}
    for one in numbers:
        digits = len(one) - len(one.rstrip("0123456789"))
        if digits:
            series.setdefault((one[:-digits], digits), []).append(int(one[-digits:]))
    missing = []
    for (head, digits), known in series.items():
        known.sort()
        for low, high in pairwise(known):
            if high - low <= 200:
                missing += [f"{head}{n:0{digits}d}" for n in range(low + 1, high)]
    return missing


def _sums(rows: Iterable[Any]) -> dict[str, int]:
    those = list(rows)
    return {"pupils": len(those), "due": sum(row["due_fen"] for row in those),
            "collected": sum(row["paid_fen"] for row in those),
            "owing": sum(row["paid_fen"] < row["due_fen"] for row in those)}  # fmt: skip

"""What the meter book can be asked about money and saving: prices, bills against readings, drives, the year's return."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.meter import reckoning, rules, store
from logi.books.meter.paying import against, price_text
from logi.books.meter.saving import Result, due_day
from logi.books.meter.tabling import table
from logi.core.answers import Table
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

PRICES = "kind:word:meter.kind meter:code since:day price unit source"
BILLS = ("number:code month:month kind:word:meter.kind meter:code qty:quantity read:quantity unit differs:rate amount:money+ "
         "cost:money vendor invoice:code claim:code paid:word:money.state reason")  # fmt: skip
SAVINGS = ("drive:code title kind:word:meter.kind starts:month ends:month target:rate use:quantity base:quantity each:quantity "
           "each_base:quantity unit saved:rate met:word:meter.met owner")  # fmt: skip
YEAR = ("kind:word:meter.kind use:quantity unit cost:money+ last_year:quantity yoy:rate each:quantity billed:quantity "
        "amount:money+")  # fmt: skip


def prices(ledger: "Ledger") -> Table:
    """Every price with its first day and who says so, the newest first."""
    rows = [
        {"kind": row["kind"], "meter": row["meter"], "since": date.fromisoformat(row["from_day"]),
         "price": price_text(row["price_micro"]), "unit": title("meter.unit", row["kind"]), "source": row["source"]}
        for row in store.prices(ledger.db)
    ]  # fmt: skip
    return table("prices", say("meter.title.prices"), PRICES, rows)


def bills(ledger: "Ledger", first: str, last: str, *, kind: str | None = None, differing: bool = False) -> Table:
    """The bills of months, each beside what its meters showed and what that costs."""
    rows = []
    for row in store.bills(ledger.db, first, last):
        held = against(ledger, row["month"], row["kind"], row["meter_id"])
        if (kind and row["kind"] != kind) or (differing and not held.differs):
            continue
        rows.append({
            "number": row["number"], "month": row["month"], "kind": row["kind"], "meter": row["meter"],
            "qty": row["quantity_milli"], "read": held.read_milli, "unit": title("meter.unit", row["kind"]),
            "differs": None if held.read_milli is None else rules.change(held.billed_milli, held.read_milli),
            "amount": row["amount_fen"], "cost": held.cost_fen, "vendor": row["vendor"], "invoice": row["invoice"],
            "claim": row["claim"], "paid": row["claim_state"], "reason": row["reason"],
        })  # fmt: skip
    return table("bills", say("meter.title.bills", first=first, last=last), BILLS, rows)


def savings(ledger: "Ledger", *, until: date | None = None) -> Table:
    """Every drive: its goal, use of its months that are over per head, the same months a year before, what was saved."""
    day = min(until or ledger.today, ledger.today)
    rows = []
    for row in store.savings(ledger.db):
        found = Result(ledger, row, day)
        rows.append({
            "drive": row["code"], "title": row["name"], "kind": row["kind"], "starts": row["first_month"],
            "ends": row["last_month"], "target": row["target"] * 10, "use": found.use_milli, "base": found.base_milli,
            "each": found.each_milli, "each_base": found.each_base_milli, "unit": title("meter.unit", row["kind"]),
            "saved": found.saved, "met": None if found.met is None else "yes" if found.met else "no", "owner": row["owner"],
        })  # fmt: skip
    return table("savings", say("meter.title.savings", day=day), SAVINGS, rows)


def year_return(ledger: "Ledger", year: str) -> Table:
    """年度能源消費狀況: each kind's use, cost and bills of a calendar year beside the year before, and whether it went in."""
    sheet = reckoning.of_period(ledger, date(int(year), 1, 1), date(int(year), 12, 31))
    owed = store.bills(ledger.db, f"{year}-01", f"{year}-12")
    rows: list[dict[str, Any]] = []
    for kind in sheet.kinds:
        t = sheet.total(kind)
        own = [row for row in owed if row["kind"] == kind]
        rows.append({
            "kind": kind, "use": t.use_milli, "unit": title("meter.unit", kind), "cost": t.cost_fen,
            "last_year": t.last_year_milli, "yoy": rules.change(t.use_milli, t.last_year_milli), "each": t.each_milli,
            "billed": sum(row["quantity_milli"] for row in own) if own else None,
            "amount": sum(row["amount_fen"] for row in own) if own else None,
        })  # fmt: skip
    done = store.return_of(ledger.db, year)
    if done is not None:
        note = say("meter.note.submitted", on=date.fromisoformat(done["on_day"]), to=done["to_whom"])
    else:
        note = say("meter.note.not_submitted", day=due_day(ledger, int(year)))
    notes = [note, *([say("meter.note.heads", heads=sheet.heads)] if sheet.heads else [])]
    return table("year", say("meter.title.year", year=year), YEAR, rows, notes=notes)

"""The monthly audit of assets by category (按月分類財產審核): figures from the facts, and a reviewer's sign-off."""

from datetime import date, timedelta
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from logi import journal
from logi.books.asset import school, store
from logi.core import days
from logi.core.answers import Confirmation, Fen
from logi.core.errors import Refused
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

OUT = ("dispose",)


class Figures(NamedTuple):
    """One category over a period: quantities in thousandths, values in fen."""

    opening_quantity: int
    opening_fen: int
    added_quantity: int
    added_fen: int
    reduced_quantity: int
    reduced_fen: int
    closing_quantity: int
    closing_fen: int

    @property
    def text(self) -> str:
        """As kept beside a signature."""
        return " ".join(map(str, self))


def figures(db: Connection, since: date, until: date) -> dict[int | None, Figures]:
    """Opening, added, reduced, closing per category (None: cards without one), from the facts."""
    opening = store.balances(db, since - timedelta(days=1))
    turned: dict[int | None, list[int]] = {}
    for row in store.turnover(db, since, until):
        sums = turned.setdefault(row["category_id"], [0, 0, 0, 0])
        # A reclassification or a change of value is an addition where it adds, a reduction where it takes.
        reduces = row["kind"] in OUT or (row["kind"] != "add" and row["cost"] < 0)
        at, turn = (2, -1) if reduces else (0, 1)
        sums[at] += turn * row["quantity"]
        sums[at + 1] += turn * row["cost"]
    found = {}
    for key in {*opening, *turned}:
        quantity, fen = opening.get(key, (0, 0))
        plus_q, plus, minus_q, minus = turned.get(key, [0, 0, 0, 0])
        made = Figures(quantity, fen, plus_q, plus, minus_q, minus, quantity + plus_q - minus_q, fen + plus - minus)
        if any(made):
            found[key] = made
    return found


def differences(db: Connection, until: date) -> dict[int | None, int]:
    """Per category: the register's cards today against the facts up to `until` and after it; all must be 0 (fen)."""
    cards = store.register_sums(db)
    before, after = store.balances(db, until), store.changes(db, f"{until.isoformat()}~", "9999")
    return {
        key: cards.get(key, (0, 0))[1] - before.get(key, (0, 0))[1] - after.get(key, (0, 0))[1]
        for key in {*cards, *before, *after}
    }


def sign(e: Entry, month: str, by: str, *, on: date | None = None, note: str | None = None) -> Confirmation:
    """Sign the audit of a month, every category with its figures. Who recorded the month's postings does not review
    them (4, overridable); what was signed and has not changed since is not signed again (4)."""
    period = days.month_period(month)
    day = on or e.today
    if period.until > e.today:
        raise Refused("asset.month_not_over", month=month, until=period.until)
    if not period.until <= day <= e.today:
        raise Refused("asset.audit_day", month=month, on=day)
    reviewer = school.person(e, by)
    rows = figures(e.db, period.since, period.until)
    if not rows:
        raise Refused("asset.nothing_to_audit", month=month)
    booked = sorted({row["actor"] for row in store.postings(e.db, period.since, period.until)})
    if {reviewer["name"], reviewer["code"]} & set(booked):
        e.overridable(Refused("asset.reviewer_booked", person=reviewer["name"], month=month), month)
    before = store.audited(e.db, month)
    changed = {key: one for key, one in rows.items() if key not in before or before[key]["figures"] != one.text}
    if not changed:
        signed = next(iter(before.values()))
        raise Refused(
            "asset.audited_already", month=month, by=signed["reviewer"], on=date.fromisoformat(signed["on_day"])
        )
    for key, one in changed.items():
        if key in before:
            e.update(
                "asset_audited",
                before[key]["id"],
                by_id=reviewer["id"],
                on_day=day.isoformat(),
                figures=one.text,
                note=note,
            )
        else:
            e.insert(
                "asset_audited",
                month=month,
                category_id=key,
                by_id=reviewer["id"],
                on_day=day,
                figures=one.text,
                note=note,
            )
    e.subject = f"asset {month}"
    return Confirmation("asset.audit", None, facts={
        "month": month, "by": reviewer["name"], "categories": len(changed), "on": day,
        "closing": Fen(sum(one.closing_fen for one in rows.values())),
    })  # fmt: skip


def unsigned(db: Connection, month: str) -> dict[int | None, bool]:
    """Categories of a month whose audit is missing (False) or signed for other figures than now (True)."""
    period = days.month_period(month)
    signed = store.audited(db, month)
    found: dict[int | None, bool] = {}
    for key, one in figures(db, period.since, period.until).items():
        if key not in signed or signed[key]["figures"] != one.text:
            found[key] = key in signed
    return found


def months_open(ledger: "Ledger") -> list[str]:
    """The finished months, not closed yet, since assets are recorded here."""
    first = store.first_month(ledger.db)
    found: list[str] = []
    if first and (closed := journal.closed_until(ledger.db)) >= first:
        first = days.add_months(closed, 1)  # what is closed was signed
    while first and first < days.month_of(ledger.today):
        found.append(first)
        first = days.add_months(first, 1)
    return found

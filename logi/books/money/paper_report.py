"""Questions about income and expenditure, budgets, savings, vouchers, returns and findings; each returns a Table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.money import bought, figures, rules, school, store
from logi.books.money import store_funds as sql
from logi.books.money.tabling import as_day, table
from logi.core.answers import Table
from logi.core.days import month_period
from logi.core.messages import money_text, say, title

if TYPE_CHECKING:
    from logi.db import Ledger

FLOW = "side:word:money.side item value:money so_far:money budget:money rate:rate basis"
BUDGET = ("subject:word:money.subject budget:money+ value:money+ rest:money+ rate:rate planned:money+ so_far:money+ "
          "so_far_rate:rate")  # fmt: skip
SAVINGS = "by:word:money.by item:word:money.subject value:money before:money change:money rate:rate share:rate"
BATCHES = ("month:month code:code school pieces:count+ value:money+ batch_state:word:money.batch_state handed_on:day "
           "submitted_on:day accepted_on:day returned:count reason")  # fmt: skip
RETURNS = "kind:word:money.return period due_on:day filed_on:day return_state:word:money.return_state by to note"
FINDINGS = "number:code on:day finding by owner due_on:day mended_on:day outcome"
NOTICES = ("number:code since:day until:day posted_from:day posted_to:day place value_in:money value_out:money "
           "closing:money objections:count unanswered:count")  # fmt: skip


def income_expense(ledger: "Ledger", since: date, until: date) -> Table:
    """收支公示表: income by batch, expenditure by subject with the year so far and the budget, and what is left."""
    found = figures.between(ledger.db, since, until)
    year = date(until.year, 1, 1)
    rows: list[dict[str, Any]] = [{"side": "opening", "value": found.opening_fen}]
    rows += [{"side": "in", "item": row["title"], "value": row["amount_fen"], "basis": row["basis"]}
             for row in sql.receipts(ledger.db, since, until)]  # fmt: skip
    taken = found.in_fen - sum(row["value"] for row in rows[1:])
    if taken:  # taken back in the period: what came in before it
        rows.append({"side": "in", "item": say("money.note.reversed"), "value": taken})
    apart = bought.all_of(ledger.db)
    now, so_far = (spent_by(ledger.db, "subject", first, until, apart) for first in (since, year))
    planned = sql.budgets(ledger.db, f"{until.year}-01", until.isoformat()[:7])
    for subject in in_order({*now, *so_far, *planned}):
        spent, plan = so_far.get(subject, 0), planned.get(subject)
        rows.append({"side": "out", "item": title("money.subject", subject), "value": now.get(subject, 0), "so_far": spent,
                     "budget": plan, "rate": rules.rate(spent, plan) if plan else None})  # fmt: skip
    if found.allotted_fen:
        rows.append({"side": "allotted", "value": found.allotted_fen})
    rows.append({"side": "closing", "value": found.closing_fen})
    notes = [say("money.note.identity", opening=_fen(found.opening_fen), income=_fen(found.in_fen), out=_fen(found.out_fen),
                 closing=_fen(found.closing_fen)), *sources(found)]  # fmt: skip
    return table("income-expense", say("money.title.flow", since=since, until=until), FLOW, rows, notes=notes)


def budget_execution(ledger: "Ledger", since: date, until: date) -> Table:
    """月預算執行表: this period's months, and the year so far, by subject."""
    first, last = since.isoformat()[:7], until.isoformat()[:7]
    january = f"{until.year}-01"
    budget, planned = sql.budgets(ledger.db, first, last), sql.budgets(ledger.db, january, last)
    apart = bought.all_of(ledger.db)
    now, so_far = (spent_by(ledger.db, "subject", first, until, apart) for first in (since, date(until.year, 1, 1)))
    rows: list[dict[str, Any]] = [
        {"subject": one, "budget": budget.get(one, 0), "value": now.get(one, 0),
         "rest": budget.get(one, 0) - now.get(one, 0), "rate": rules.rate(now.get(one, 0), budget.get(one, 0)),
         "planned": planned.get(one, 0), "so_far": so_far.get(one, 0),
         "so_far_rate": rules.rate(so_far.get(one, 0), planned.get(one, 0))}
        for one in in_order({*planned, *so_far})
    ]  # fmt: skip
    over = [title("money.subject", row["subject"]) for row in rows if row["value"] > row["budget"]]
    notes = [say("money.note.over", subjects=over)] if over and budget else []
    made = table("budget-execution", say("money.title.budget", since=first, until=last), BUDGET, rows, notes=notes)
    made.totals["rate"] = rules.rate(sum(row["value"] for row in rows), sum(row["budget"] for row in rows))
    made.totals["so_far_rate"] = rules.rate(sum(row["so_far"] for row in rows), sum(row["planned"] for row in rows))
    return made


def savings(ledger: "Ledger", since: date, until: date) -> Table:
    """What was spent, against the same days of the year before, by subject and by department; share of all."""
    rows: list[dict[str, Any]] = []
    apart = bought.all_of(ledger.db)
    for what in ("subject", "department"):
        now = spent_by(ledger.db, what, since, until, apart)
        before = spent_by(ledger.db, what, year_before(since), year_before(until), apart)
        all_ = sum(now.values())
        for one in in_order({*now, *before}):
            a, b = now.get(one, 0), before.get(one, 0)
            rows.append({"by": what, "item": one or None, "value": a, "before": b, "change": a - b,
                         "rate": _change(a, b), "share": rules.rate(a, all_)})  # fmt: skip
    return table("savings", say("money.title.savings", since=since, until=until), SAVINGS, rows)


def voucher_batches(ledger: "Ledger", since: date, until: date) -> Table:
    """各校單據: of every month and school what was handed in, taken on, given back; who has not stands there too."""
    rows = []
    for month in months(since, until):
        there = {row["school_id"]: row for row in sql.batches(ledger.db, month, month)}
        last = min(month_period(month).until, until).isoformat()
        for one in sql.schools(ledger.db):
            row = there.get(one["id"])
            if row is None and one["from_day"] > last:
                continue
            known = {key: as_day(row[key]) if key.endswith("_on") else row[key] for key in (
                "pieces", "handed_on", "submitted_on", "accepted_on", "reason")} if row is not None else {}  # fmt: skip
            rows.append({"month": month, "code": one["code"], "school": one["name"], **known,
                         "value": row["amount_fen"] if row is not None else None,
                         "returned": row["returned"] or None if row is not None else None,
                         "batch_state": row["state"] if row is not None else "missing"})  # fmt: skip
    missing = [row["school"] for row in rows if row["batch_state"] == "missing"]
    notes = [say("money.note.not_handed", count=len(missing), schools=missing)] if missing else []
    return table("voucher-batches", say("money.title.batches", since=since, until=until), BATCHES, rows, notes=notes)


def finance_returns(ledger: "Ledger", since: date, until: date) -> Table:
    """報表完成情況: every return whose last day lies in a period, when it was filed, and whether that was late."""
    rows = []
    for kind, period, due_on in expected(ledger, since, until):
        row = sql.returned(ledger.db, kind, period)
        filed = as_day(row["on_day"]) if row is not None else None
        state = "open" if filed is None and due_on >= ledger.today else "missing" if filed is None else (
            "late" if filed > due_on else "filed")  # fmt: skip
        rows.append({"kind": kind, "period": period, "due_on": due_on, "filed_on": filed, "return_state": state,
                     "by": row["by_name"] if row is not None else None, "to": row["to_whom"] if row is not None else None,
                     "note": row["note"] if row is not None else None})  # fmt: skip
    return table("finance-returns", say("money.title.returns", since=since, until=until), RETURNS, rows)


def finance_findings(ledger: "Ledger", since: date, until: date) -> Table:
    """The findings of audits of a period, and those of before that are not mended yet."""
    rows = [
        {"number": row["number"], "on": as_day(row["on_day"]), "finding": row["finding"], "by": row["by_whom"],
         "owner": row["owner"], "due_on": as_day(row["due_on"]), "mended_on": as_day(row["mended_on"]),
         "outcome": row["result"]}
        for row in sql.findings(ledger.db, None, until) if row["on_day"] >= since.isoformat() or not row["mended_on"]
    ]  # fmt: skip
    return table("finance-findings", say("money.title.findings"), FINDINGS, rows)


def notices(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """The notices of income and expenditure, with the objections they met."""
    rows = [
        {"number": row["number"], **{key: as_day(row[key]) for key in ("since", "until", "posted_from", "posted_to")},
         "place": row["place"], "value_in": row["in_fen"], "value_out": row["out_fen"], "closing": row["closing_fen"],
         "objections": row["objections"], "unanswered": row["unanswered"]}
        for row in sql.notices(ledger.db, since, until)
    ]  # fmt: skip
    return table("notices", say("money.title.notices"), NOTICES, rows)


def expected(ledger: "Ledger", since: date, until: date) -> list[tuple[str, str, date]]:
    """The returns whose last day lies in a stretch of days: (kind, period, last day), by policy money.returns.

    Nothing is asked of a time before the book was kept.
    """
    begun = sql.used_since(ledger.db)
    if begun is None:
        return []
    asked = school.policy(ledger, "money.returns", until)
    found: list[tuple[str, str, date]] = []
    for year in range(since.year - 1, until.year + 1):
        if "month_day" in asked:
            found += [("month", f"{year}-{m:02d}", _after(year, m, int(asked["month_day"]))) for m in range(1, 13)]
        if "quarter_day" in asked:
            found += [("quarter", f"{year}Q{q}", _after(year, 3 * q, int(asked["quarter_day"]))) for q in range(1, 5)]
        if "year_on" in asked:
            found.append(("year", str(year), date.fromisoformat(f"{year + 1}-{asked['year_on']}")))
        if "opening_on" in asked:
            found.append(("opening", str(year), date.fromisoformat(f"{year}-{asked['opening_on']}")))
    asked_for = (one for one in found if since <= one[2] <= until and _ends(one[0], one[1]) >= begun)
    return sorted(asked_for, key=lambda one: (one[2], one[0], one[1]))


def spent_by(db: sql.Db, what: str, since: date, until: date, apart: Sequence[bought.Bought]) -> dict[str, int]:
    """What was paid in a stretch of days, on claims and besides them, by subject or by department."""
    found = store.paid_by(db, what, since, until)
    for key, fen in bought.by(bought.within(apart, since, until), what).items():
        found[key] = found.get(key, 0) + fen
    return found


def sources(found: figures.Figures) -> list[str]:
    """Where a period's payments stand, a line for each source and one for all; nothing while claims are all there is."""
    if not found.bought_fen:
        return []
    figures_ = (("claims", found.paid_fen), ("bought", found.bought_fen), ("all", found.spent_fen))
    return [say(f"money.note.paid_{source}", value=_fen(fen)) for source, fen in figures_]


def months(since: date, until: date) -> Iterator[str]:
    """The months from a day to another."""
    month, last = since.isoformat()[:7], until.isoformat()[:7]
    while month <= last:
        yield month
        month = next_month(month)


def next_month(month: str) -> str:
    """The month after one."""
    return (month_period(month).until + timedelta(days=1)).isoformat()[:7]


def summed(sums: Mapping[str, int]) -> list[str]:
    """Sums by subject as people read them."""
    return [f"{title('money.subject', one)} {money_text(sums[one], grouped=True)}" for one in in_order(sums) if sums[one]]


def in_order(subjects: Any) -> list[str]:
    """Subjects in the order of the books, a school's own last."""
    known = {one: at for at, one in enumerate(rules.SUBJECTS)}
    return sorted(subjects, key=lambda one: (known.get(one, len(known)), one))


def year_before(day: date) -> date:
    """The same day of the year before; the 29th of February is the 28th."""
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _ends(kind: str, period: str) -> date:
    """The last day that a return speaks of."""
    if kind == "month":
        return month_period(period).until
    if kind == "quarter":
        return month_period(f"{period[:4]}-{3 * int(period[5:]):02d}").until
    return date(int(period), 12, 31) if kind == "year" else date(int(period), 9, 1)


def _after(year: int, month: int, day: int) -> date:
    """A day of the month after."""
    return date(year + month // 12, month % 12 + 1, day)


def _change(now: int, before: int) -> int | None:
    if before <= 0:
        return None
    up = rules.rate(abs(now - before), before)
    return up if now >= before or up is None else -up


def _fen(value: int) -> Any:
    from logi.core.answers import Fen

    return Fen(value)

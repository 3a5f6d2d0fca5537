"""What is unpaid, unposted, unanswered, not handed in, not filed, not mended, and what must always hold of the money."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi.books.money import bought, covering, figures, paper_report, school, store
from logi.books.money import store_fees as fee_sql
from logi.books.money import store_funds as sql
from logi.core.answers import Fen, Word
from logi.core.days import month_period
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

MOST_MONTHS = 12  # looked back


def due(ledger: "Ledger", days: int) -> list[Due]:
    """What waits for somebody; nothing is asked of a school that does not keep this book yet."""
    begun = sql.used_since(ledger.db)
    fees = [*_fees(ledger, days), *covering.due(ledger)]
    if begun is None:
        return fees
    return [*fees, *_claims(ledger), *_funds(ledger), *_notices(ledger, begun), *_batches(ledger, begun),
            *_returns(ledger, begun, days), *_findings(ledger, days)]  # fmt: skip


def verify(db: sql.Db) -> list[Finding]:
    """Claims are the sum of their lines and paid once in full; closed months are what the books say; shares fit receipts."""
    found = [
        Finding(say("money.torn.lines", number=row["number"], total=Fen(row["total_fen"]), sum=Fen(row["lines_fen"])),
                row["entry"])
        for row in store.torn(db)
    ]  # fmt: skip
    found += [Finding(say("money.torn.paid", number=row["number"]), row["entry"]) for row in store.wrongly_paid(db)]
    found += [
        Finding(say("money.torn.shared", number=row["number"], shared=Fen(row["shared_fen"]), amount=Fen(row["amount_fen"])),
                row["entry"])
        for row in sql.over_allotted(db)
    ]  # fmt: skip
    found += [Finding(say("money.torn.fee", name=row["name"], fee=row["fee"]), row["entry"]) for row in fee_sql.beyond(db)]
    closed = sql.closings(db)
    apart = bought.all_of(db) if closed else []
    for row in closed:
        now = figures.of_month(db, row["month"], apart)
        stored = (row["opening_fen"], row["in_fen"], row["allotted_fen"], row["paid_fen"], row["bought_fen"] or 0)
        if stored != (now.opening_fen, now.in_fen, now.allotted_fen, now.spent_fen, now.bought_fen):
            found.append(Finding(say("money.torn.closing", month=row["month"]), row["entry"]))
    return found


def _fees(ledger: "Ledger", days: int) -> Iterator[Due]:
    today = ledger.today
    owed = fee_sql.charges(ledger.db) if (fees := fee_sql.fees(ledger.db)) else []
    for row in fees:
        first, last = date.fromisoformat(row["from_day"]), date.fromisoformat(row["to_day"])
        if not row["published_on"] and first <= today + timedelta(days=days) and last >= today:
            text = say("money.due.unpublished", name=row["name"], day=first)
            line = f"logi fee publish {row['code']} --place PLACE"
            yield Due("overdue" if first <= today else "soon", "money.rule.published", row["code"], text, first, line, "FEE-01")
        owing = [one for one in owed if one["fee_id"] == row["id"] and one["paid_fen"] < one["due_fen"] and not one["left_on"]]
        if owing and last < today:
            often = sum(one["reminders"] >= 3 for one in owing)
            rest = Fen(sum(one["due_fen"] - one["paid_fen"] for one in owing))
            text = say("money.due.arrears", name=row["name"], count=len(owing), rest=rest, often=often)
            line = f"logi fee remind {row['code']} --by PERSON"
            yield Due("overdue", "money.rule.arrears", row["code"], text, last, line, "FEE-03")


def _claims(ledger: "Ledger") -> Iterator[Due]:
    most = int(school.policy(ledger, "money.unpaid_days", ledger.today))
    for row in store.waiting(ledger.db):
        made = date.fromisoformat(row["on_day"])
        last = made + timedelta(days=most)
        if last >= ledger.today:
            continue
        text = say("money.due.unpaid", number=row["number"], purpose=row["purpose"], total=Fen(row["total_fen"]),
                   days=(ledger.today - made).days, state=Word.of("money.state", row["state"]))  # fmt: skip
        line = f"logi approve {row['number']} --by PERSON --no DOCNO" if row["state"] == "open" else (
            f"logi money pay {row['number']} --by PERSON")  # fmt: skip
        yield Due("overdue", "money.rule.unpaid", row["number"], text, last, line, "FIN-03")


def _funds(ledger: "Ledger") -> Iterator[Due]:
    most = int(school.policy(ledger, "money.allot_days", ledger.today))
    if len(sql.schools(ledger.db)) < 2:  # nothing to share out
        return
    for row in sql.receipts(ledger.db, None, ledger.today):
        last = date.fromisoformat(row["on_day"]) + timedelta(days=most)
        if row["source"] == "public-funds" and row["shared_fen"] < row["amount_fen"] and last < ledger.today:
            text = say("money.due.unallotted", number=row["number"], title=row["title"],
                       rest=Fen(row["amount_fen"] - row["shared_fen"]), days=(ledger.today - last).days + most)  # fmt: skip
            line = f"logi money allot {row['number']}"
            yield Due("overdue", "money.rule.allotted", row["number"], text, last, line, "FIN-07")


def _notices(ledger: "Ledger", begun: date) -> Iterator[Due]:
    grace = timedelta(days=int(school.policy(ledger, "money.notice_due_days", ledger.today)))
    posted = [(row["since"], row["until"]) for row in sql.notices(ledger.db)]
    for month in _months(ledger, begun):
        period = month_period(month)
        last = period.until + grace
        there = any(s <= period.since.isoformat() and u >= period.until.isoformat() for s, u in posted)
        if last < ledger.today and not there and _moved(ledger, period.since, period.until):
            text = say("money.due.unposted", month=month, day=last)
            line = f"logi money notice post {month} --place PLACE"
            yield Due("missing", "money.rule.posted", month, text, last, line, "FIN-05")
    for row in sql.notices(ledger.db):
        for one in sql.objections(ledger.db, row["id"]) if row["unanswered"] else ():
            if not one["answered_on"]:
                text = say("money.due.unanswered", number=row["number"], n=one["n"], objection=one["objection"])
                yield Due("overdue", "money.rule.answered", row["number"], text, date.fromisoformat(one["on_day"]),
                          f"logi money notice answer {row['number']} {one['n']} TEXT --by PERSON", "FIN-05")  # fmt: skip


def _batches(ledger: "Ledger", begun: date) -> Iterator[Due]:
    day = int(school.policy(ledger, "money.batch_day", ledger.today))
    schools = sql.schools(ledger.db)
    for month in _months(ledger, begun) if schools else ():
        last = month_period(month).until + timedelta(days=day)
        if last >= ledger.today:
            continue
        rows = paper_report.voucher_batches(ledger, month_period(month).since, month_period(month).until).rows
        for state in ("missing", "returned", "handed"):
            there = [row for row in rows if row["batch_state"] == state]
            if not there:
                continue
            text = say(f"money.due.batch_{state}", schools=[row["school"] for row in there], month=month)
            verb = f"submit {month}" if state == "handed" else f"hand {month} {there[0]['code']} --pieces N --amount AMOUNT"
            yield Due("missing", "money.rule.batches", month, text, last, f"logi money batch {verb}", "FIN-08")


def _returns(ledger: "Ledger", begun: date, days: int) -> Iterator[Due]:
    since = max(begun, ledger.today - timedelta(days=366))
    for kind, period, last in paper_report.expected(ledger, since, ledger.today + timedelta(days=days)):
        if sql.returned(ledger.db, kind, period) is not None:
            continue
        text = say("money.due.return", kind=Word.of("money.return", kind), period=period, day=last)
        state = "overdue" if last < ledger.today else "soon"
        line = f"logi money return file {kind} {period}"
        yield Due(state, "money.rule.returns", f"{kind} {period}", text, last, line, "FIN-12")


def _findings(ledger: "Ledger", days: int) -> Iterator[Due]:
    for row in sql.findings(ledger.db):
        if row["mended_on"]:
            continue
        last = date.fromisoformat(row["due_on"]) if row["due_on"] else None
        state = "overdue" if last is not None and last < ledger.today else "orphaned" if not row["owner"] else "soon"
        if state == "soon" and last is not None and last > ledger.today + timedelta(days=days):
            continue
        text = say("money.due.finding", number=row["number"], finding=row["finding"], owner=row["owner"])
        line = f"logi money finding mend {row['number']} TEXT"
        yield Due(state, "money.rule.mended", row["number"], text, last, line, "FIN-01")


def _months(ledger: "Ledger", begun: date) -> list[str]:
    """The finished months the book was kept in, the last twelve of them."""
    return [one for one in paper_report.months(begun, ledger.today) if month_period(one).until < ledger.today][-MOST_MONTHS:]


def _moved(ledger: "Ledger", since: date, until: date) -> bool:
    found = figures.between(ledger.db, since, until)
    return any((found.in_fen, found.allotted_fen, found.paid_fen, found.bought_fen))

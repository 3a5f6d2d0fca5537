"""What must hold of plans and rosters, and what is due: lines late or nobody's, plans and rosters not made, logs missing."""

import sqlite3
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from logi.books.month import duty_report, school, store, submitting
from logi.books.month.proving import Proofs
from logi.core.days import add_months, month_of, month_period
from logi.core.due import Due, Finding
from logi.core.messages import say, title
from logi.core.plans import due_day
from logi.opening import first_month

if TYPE_CHECKING:
    from logi.core.calendar import SchoolCalendar
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Lines late, soon due, without owner or day, carried too often; plans not drafted; months not closed."""
    found = []
    often = school.policy(ledger, "month.carry_max", ledger.today)
    proofs, calendar = Proofs(ledger), school.calendar(ledger)
    for line in store.open_lines(ledger.db):
        if proofs.settled(line):
            continue
        found += _of_line(line, ledger.today, ledger.today + timedelta(days=days), often, calendar)
    return [*found, *_undrafted(ledger), *submitting.due(ledger, days), *_unclosed(ledger), *_duty(ledger, days)]


def verify(db: sqlite3.Connection) -> list[Finding]:
    """A carried line has a successor that counts on, a closed month no open line, and closed months no gap."""
    torn = store.torn_lines(db)
    found = [Finding(say(f"month.torn.{row['what']}", number=row["number"]), row["entry"]) for row in torn]
    for before, after in pairwise(store.closings(db)):
        if add_months(before["month"], 1) != after["month"]:
            found.append(Finding(say("month.torn.gap", first=before["month"], next=after["month"]), after["entry"]))
    twice = store.twice_on_duty(db)
    return found + [Finding(say("month.torn.twice", name=row["name"], day=row["on_day"]), row["entry"]) for row in twice]


def _of_line(line: Any, today: date, horizon: date, often: int, calendar: "SchoolCalendar") -> list[Due]:
    number, what = line["number"], line["title"]
    day = date.fromisoformat(line["due_on"]) if line["due_on"] else None
    found = []
    if day is not None and day < today:
        text = say("month.due.late", title=what, owner=line["owner"] or line["owner_post"], late=(today - day).days)
        found.append(Due("overdue", "month.rule.late", number, text, day, f"logi month done {number}", "PLN-01"))
    elif day is not None and day <= horizon:
        text = say("month.due.soon", title=what, owner=line["owner"] or line["owner_post"])
        found.append(Due("soon", "month.rule.late", number, text, day, f"logi month done {number}", "PLN-01"))
    if line["owner_id"] is None:
        post = line["owner_post"]
        text = say("month.due.no_holder", title=what, post=post) if post else say("month.due.no_owner", title=what)
        command = f"logi month edit {number} --owner PERSON"
        found.append(Due("orphaned", "month.rule.owner", number, text, day, command, "PLN-01"))
    if day is None:
        last_workday = due_day("month-end", line["month"], calendar)
        command = f"logi month edit {number} --due {last_workday}"
        text = say("month.due.no_day", title=what)
        found.append(Due("missing", "month.rule.due", number, text, None, command, "PLN-01"))
    if line["carried"] >= often:
        text = say("month.due.carried", title=what, times=line["carried"])
        found.append(Due("overdue", "month.rule.carried", number, text, day, f"logi month done {number}", "REP-11"))
    return found


def _undrafted(ledger: "Ledger") -> list[Due]:
    """This month without a plan, and the next one's from the policy's day of this month on."""
    today, this = ledger.today, month_of(ledger.today)
    wanted = [this]
    if today.day >= school.policy(ledger, "month.draft_day", today):
        wanted.append(add_months(this, 1))
    return [
        Due("missing", "month.rule.draft", month, say("month.due.no_plan", month=month), month_period(month).since,
            f"logi month plan {month} --draft", "PLN-25")
        for month in wanted
        if not store.plan(ledger.db, month)
    ]  # fmt: skip


def _unclosed(ledger: "Ledger") -> list[Due]:
    """Months past the policy's workday of the month after them that are not closed yet: the first, which is next to close."""
    closed = store.closings(ledger.db)
    month = add_months(closed[-1]["month"], 1) if closed else min(store.first_month(ledger.db) or "9", first_month(ledger))
    known = school.calendar(ledger)
    late: list[tuple[str, int, date]] = []
    while month < month_of(ledger.today):
        after = month_period(add_months(month, 1))
        workdays = known.workdays(after.since, after.until)
        nth = school.policy(ledger, "month.close_workday", after.since)
        last = workdays[min(nth, len(workdays)) - 1] if workdays else after.until
        if ledger.today > last:
            late.append((month, nth, last))
        month = add_months(month, 1)
    if not late:
        return []
    first, nth, last = late[0]
    text = say("month.due.not_closed", month=first, nth=nth)
    if len(late) > 1:
        text = say("month.due.not_closed_more", first=first, last=late[-1][0], count=len(late))
    return [Due("overdue", "month.rule.close", first, text, last, f"logi month close {first}", "policy month.close_workday")]


def _duty(ledger: "Ledger", days: int) -> list[Due]:
    """Holidays without a roster, rosters drafted and not published, published duties nobody wrote up."""
    today, found = ledger.today, []
    notice = timedelta(days=school.policy(ledger, "duty.roster_days", today))
    since = max(today - timedelta(days=school.policy(ledger, "duty.missed_listed_days", today)), _first_day(ledger))
    for stretch, missing in duty_report.without_roster(ledger, since, today + timedelta(days=days)):
        state = "missing" if today >= stretch.first - notice else "soon"
        text = say("month.due.no_roster", holiday=duty_report.named(stretch), first=stretch.first, last=stretch.last,
                   missing=len(missing))  # fmt: skip
        command = duty_report.draft_command(ledger, stretch, missing)
        found.append(Due(state, "month.rule.roster", str(stretch.first), text, stretch.first, command, "PLN-10"))
    for row in store.rosters(ledger.db, since):
        first = date.fromisoformat(row["first_on"])
        if row["state"] == "draft" and first <= today + timedelta(days=days):
            text = say("month.due.unpublished", number=row["number"], title=row["title"], first=first)
            state = "overdue" if first <= today else "soon"
            command = f"logi month duty publish {row['number']}"
            found.append(Due(state, "month.rule.publish", row["number"], text, first, command, "policy duty.roster_days"))
    for day, shift, number in duty_report.without_log(ledger, since, today):
        text = say("month.due.no_log", number=number, shift=title("month.shift", shift))
        command = duty_report.log_command(ledger, day, shift)
        found.append(Due("missing", "month.rule.log", number, text, day, command, "PLN-12"))
    return found


def _first_day(ledger: "Ledger") -> date:
    """Nobody is asked for what was before the ledger, or lies in a closed month."""
    closed = store.closings(ledger.db)
    opened = date.fromisoformat(store.first_day(ledger.db) or ledger.today.isoformat())
    return max(opened, month_period(add_months(closed[-1]["month"], 1)).since) if closed else opened

"""A month's plan as a document: drawn up (擬定), then approved by the bursar and the vice-principal, by `logi approve`."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi import journal
from logi.books.month import school, store, store_work
from logi.core.answers import Confirmation
from logi.core.days import add_months, month_of, month_period
from logi.core.due import Due, spoken
from logi.core.errors import Refused
from logi.core.messages import say, title
from logi.journal import Entry

if TYPE_CHECKING:

    from logi.db import Ledger

SERIES = "YJH"
LEVELS = ("bursar", "vice_principal")


class Standing(NamedTuple):
    """How far a month's plan has come: its newest submission, the levels still missing, what was added since."""

    state: str  # none, waits, approved, rejected
    row: Any = None
    left: tuple[str, ...] = ()
    last: Any = None  # the last decision
    added: tuple[str, ...] = ()


def submit(e: Entry, month: str, *, by: str | None = None, on: date | None = None) -> Confirmation:
    """Submit the plan as it stands. Again only if it was rejected, or has lines that were not there before (4)."""
    from logi.books.month.actions import check_open

    check_open(e, month)
    day = e.happened(on or e.today)
    lines = store.plan(e.db, month)
    if not lines:
        raise Refused("month.submit.nothing", month=month)
    before = standing(e, month)
    if before.state in ("waits", "approved") and not before.added:
        raise Refused("month.submit.standing", month=month, number=before.row["number"])
    who = school.person(e, by) if by else None
    number = e.number(SERIES, month.replace("-", ""), book="month", kind="submission", width=2)
    e.insert("month_submission", number=number, month=month, on_day=day, by_id=who["id"] if who else None,
             lines=len(lines), upto_id=max(line["id"] for line in lines))  # fmt: skip
    facts = {"month": month, "lines": len(lines), "by": who["name"] if who else e.ledger.who.actor, "on": day,
             "levels": [title("month.level", level) for level in LEVELS],
             "command": spoken(approve_command(e, number, LEVELS[0]))}  # fmt: skip
    return Confirmation("month.submit", number, facts=facts)


def standing(source: "Ledger | Entry", month: str, day: date = date.max) -> Standing:
    """How far the plan of a month has come by a day."""
    row = store_work.submission_of(source.db, month, day)
    if row is None:
        return Standing("none")
    had = [one for one in journal.approvals(source.db, row["number"]) if one["on_day"] <= day.isoformat()]
    given = {one["level"] for one in had}
    left = tuple(level for level in LEVELS if level not in given)
    state = "rejected" if any(one["decision"] == "no" for one in had) else "waits" if left else "approved"
    added = tuple(line["number"] for line in store.plan(source.db, month)
                  if line["id"] > row["upto_id"] and line["carried_from"] is None)  # fmt: skip
    return Standing(state, row, left, had[-1] if had else None, added)


def notes(ledger: "Ledger", month: str, day: date) -> list[str]:
    """What the plan's table says of its approval as of a day; nothing where the policy asks for none."""
    if not school.policy(ledger, "month.approval_required", month_period(month).since):
        return []
    found = standing(ledger, month, day)
    number = found.row["number"] if found.row else None
    if found.state == "none":
        return [say("month.note.unsubmitted", month=month)]
    if found.state == "waits":
        said = [say("month.note.submitted", number=number, on=_day(found.row["on_day"]), left=_titles(found.left))]
    elif found.state == "approved":
        said = [say("month.note.approved", number=number, on=_day(found.last["on_day"]), by=found.last["by_whom"])]
    else:
        said = [say("month.note.rejected", number=number, reason=found.last["reason"])]
    if found.added:
        said.append(say("month.note.added_since", lines=list(found.added)))
    return said


def command_for(ledger: "Ledger | Entry", month: str, found: Standing) -> str:
    """What brings a plan one step on."""
    if found.state == "waits":
        return approve_command(ledger, found.row["number"], found.left[0])
    drafter = holder(ledger, LEVELS[0])
    return f"logi month submit {month}" + (f" --by {drafter}" if drafter else "")


def approve_command(source: "Ledger | Entry", number: str, level: str) -> str:
    """The line that records a level's signature, with the one person who holds its post."""
    return f"logi approve {number} --by {holder(source, level) or 'PERSON'} --no DOCNO"


def holder(source: "Ledger | Entry", level: str) -> str | None:
    """The code of the one person whose post is a level's, by the policy `month.approver_posts`."""
    for post in school.policy(source, "month.approver_posts", source.today).get(level, ()):
        held = [row["code"] for row in store.staff(source.db, source.today) if row["post"] and post in row["post"]]
        if len(held) == 1:
            return str(held[0])
    return None


def due(ledger: "Ledger", days: int) -> list[Due]:
    """This month's plan where it runs without an approval, and the next one's once it is drafted and near."""
    today, this = ledger.today, month_of(ledger.today)
    found = []
    for month in (this, add_months(this, 1)):
        starts = month_period(month).since
        if starts > today + timedelta(days=days) or not school.policy(ledger, "month.approval_required", starts):
            continue
        stood = standing(ledger, month)
        if stood.state == "approved" or not store.plan(ledger.db, month):
            continue
        how = say(f"month.standing.{stood.state}", left=_titles(stood.left[:1]))
        text = say("month.due.unapproved", month=month, standing=how)
        state = "missing" if starts <= today else "soon"
        subject = stood.row["number"] if stood.row else month
        found.append(Due(state, "month.rule.approved", subject, text, starts, command_for(ledger, month, stood),
                         "policy month.approval_required"))  # fmt: skip
    return found


def _titles(levels: tuple[str, ...]) -> list[str]:
    return [title("month.level", level) for level in levels]


def _day(text: str) -> date:
    return date.fromisoformat(text)

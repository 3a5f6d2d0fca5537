"""The verbs of the month's book. Each works inside an open entry it is given."""

import re
from datetime import date
from typing import Any

from logi.books.month import rules, school, store
from logi.books.month.proving import Proofs
from logi.core.answers import Confirmation, Word
from logi.core.days import add_months, month_period
from logi.core.due import spoken
from logi.core.errors import NotFound, Refused
from logi.journal import Entry
from logi.registry import BookName


def add(e: Entry, month: str, title: str, *, owner: str | None = None, due_on: date | None = None,
        helpers: str | None = None, standard: str | None = None, source: str | None = None,
        priority: str = "normal", rule: str | None = None, every: str | None = None,
        point: str | None = None, bears: str | None = None) -> Confirmation:  # fmt: skip
    """Put a line into a month's plan, under the number it `bears` already, if any. A line without owner or day, or like
    another of the plan, is warned of.

    `rule` names what proves it done; `every` lets it come round from this month on.
    """
    from logi.core.folding import fold

    check_open(e, month)
    _check_rule(rule)

    twin = store.twin(e.db, month, fold(title))
    if twin is not None:
        e.warn("month.twin", number=twin["number"], month=month)
    who = _owner(e, owner) if owner else None
    values: dict[str, Any] = {
        "owner_id": who["id"] if who else None, "helpers": helpers, "standard": standard, "source": source,
        "priority": priority, "rule": rule, "point_id": _point(e, point) if point else None,
    }  # fmt: skip
    if every:
        from logi.books.month import recurring

        numbers = recurring.begin(e, every, month, title, due_on=due_on, **values)
        due_on = day(found(e, numbers[0])["due_on"])
    else:
        numbers = [write_line(e, month, title, bears=bears, due_on=due_on, **values)]
    _warn_gaps(e, numbers[0], month, bool(who), due_on)
    facts = {"month": month, "title": title, "owner": who["name"] if who else None, "due": due_on}
    return Confirmation("month.add", numbers[0], numbers=numbers, facts=facts)


def edit(e: Entry, number: str, *, title: str | None = None, owner: str | None = None, due_on: date | None = None,
         helpers: str | None = None, standard: str | None = None, source: str | None = None,
         priority: str | None = None, rule: str | None = None, point: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is given of an open line."""
    from logi.core.folding import fold

    line = open_line(e, number)
    _check_rule(rule)
    given = {"due_on": due_on, "helpers": helpers, "standard": standard, "source": source, "priority": priority,
             "rule": rule}  # fmt: skip
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if title is not None:
        changes.update(title=title, folded=fold(title))
    if owner is not None:
        changes["owner_id"] = _owner(e, owner)["id"]
    if point is not None:
        changes["point_id"] = _point(e, point)
    if not changes:
        raise Refused("month.nothing_to_change", number=line["number"])
    if due_on is not None and due_on.isoformat()[:7] != line["month"]:
        e.warn("month.due_outside", number=line["number"], due=due_on, month=line["month"])
    e.update("month_line", line["id"], **changes)
    after = found(e, line["number"])
    facts = {"title": after["title"], "owner": after["owner"] or after["owner_post"], "due": day(after["due_on"])}
    return Confirmation("month.edit", line["number"], facts=facts)


def done(e: Entry, numbers: list[str], *, by: str | None = None, on: date | None = None,
         result: str | None = None) -> Confirmation:  # fmt: skip
    """Tick lines off: who did them, on which day, what came of it. Later than their day is warned of."""
    on_day = e.happened(on or e.today)
    who = school.person(e, by) if by else None
    lines = _open_lines(e, numbers)
    for line in lines:
        e.update("month_line", line["id"], state="done", done_on=on_day, done_by=who["id"] if who else None,
                 result=result)  # fmt: skip
        late = rules.standing("done", day(line["due_on"]), on_day, on_day).late
        if late:
            e.warn("month.done_late", number=line["number"], due=day(line["due_on"]), late=late)
    facts = {"day": on_day, "by": who["name"] if who else None, "result": result, **_left(e, lines)}
    return _many("month.done", lines, facts)


def drop(e: Entry, numbers: list[str], *, reason: str, stop: bool = False) -> Confirmation:
    """Take lines out of the plan with a reason; they stay listed as dropped. `stop`: they come round no more either."""
    from logi.books.month import recurring

    lines = _open_lines(e, numbers)
    for line in lines:
        if stop and not recurring.end(e, line):
            raise Refused("month.not_recurring", number=line["number"])
        e.update("month_line", line["id"], state="dropped", reason=reason)
    return _many("month.drop", lines, {"reason": reason, **_left(e, lines)})


def carry(
    e: Entry, numbers: list[str], *, to: str | None = None, due_on: date | None = None, reason: str | None = None
) -> Confirmation:
    """Move open lines into a later plan (the next month's by default), each under a new number with its history.

    A month among the numbers ("2025-09") stands for all its open lines.
    """
    lines = _open_lines(e, _spread(e, numbers))
    pairs = [carry_line(e, line, to or add_months(line["month"], 1), due_on, reason) for line in lines]
    told = [f"{old} → {new} {line['title']}" for (old, new), line in zip(pairs, lines, strict=True)]
    facts = {**_left(e, lines), "lines": told}
    made = Confirmation("month.carry", pairs[0][1], numbers=[new for _, new in pairs], facts=facts)
    e.subject = lines[0]["number"]
    return made


def close(e: Entry, month: str) -> Confirmation:
    """Close plan and books of a month: after all earlier ones, when it is over and nothing stands in the way."""
    from logi.books.month import monthend

    obstacle = monthend.obstacle(e.db, month, e.today)
    if obstacle is not None:
        raise obstacle
    found = monthend.blockers(e.ledger, month)
    if found:
        listed = [f"{BookName(book).shown_as} — {blocker.text} {spoken(blocker.command)}".rstrip() for book, blocker in found]
        blocked = Refused("month.close_blocked", month=month, count=len(found), blockers=listed)
        if not all(blocker.rule for _, blocker in found):
            raise blocked
        for rule in {blocker.rule for _, blocker in found}:
            e.overridable(Refused(rule, **blocked.facts) if e.override else blocked, month)
    for key, facts in monthend.notices(e.ledger, month):
        e.warn(key, **facts)
    books = monthend.close_books(e, month)
    e.insert("month_closed", month=month)
    e.subject = month
    return Confirmation("month.close", facts={"month": month, "books": books, "next": add_months(month, 1)})


def reopen(e: Entry, month: str, *, reason: str) -> Confirmation:
    """Open the last closed month again. The reason stands in the journal, and the reopening is listed."""
    from logi.books.month import monthend

    closed = store.closings(e.db)
    if not closed or month > closed[-1]["month"]:
        raise Refused("month.not_closed", month=month, closed=closed[-1]["month"] if closed else None)
    if closed[-1]["month"] != month:
        raise Refused("month.not_last_closed", month=month, last=closed[-1]["month"])
    monthend.reopen_books(e, month)
    e.void("month_closed", closed[-1]["id"])
    e.subject, e.reason = month, reason
    return Confirmation("month.reopen", facts={"month": month, "reason": reason})


# -- for drafting and for this room ----------------------------------------------------------------


def write_line(e: Entry, month: str, title: str, bears: str | None = None, **values: Any) -> str:
    """Insert a line under the next number of its month; refused (4) when that plan is closed."""
    from logi.core.folding import fold

    check_open(e, month)
    number = bears or e.number(rules.SERIES, month.replace("-", ""), book="month", kind="plan", width=2)
    if values.get("rule"):
        values.setdefault("rule_month", month)  # carried over, a line is still proved by its own month's records
    e.insert("month_line", number=number, month=month, title=title, folded=fold(title), **values)
    return number


def carry_line(
    e: Entry, line: Any, to: str, due_on: date | None = None, reason: str | None = None
) -> tuple[str, str]:
    """Move one open line into a later plan; returns both numbers. A day outside that month becomes its last workday."""
    if to <= line["month"]:
        raise Refused("month.carry_back", number=line["number"], month=line["month"], to=to)
    check_open(e, line["month"])
    keep = ("title", "owner_id", "owner_post", "helpers", "standard", "source", "priority", "rule", "rule_month", "point_id")
    new = write_line(e, to, **{name: line[name] for name in keep}, due_on=due_on or _moved_day(e, line, to),
                     carried_from=line["id"], carried=line["carried"] + 1)  # fmt: skip
    e.update("month_line", line["id"], state="carried", **({"reason": reason} if reason else {}))
    if line["carried"] + 1 >= school.policy(e, "month.carry_max", e.today):
        e.warn("month.carried_often", number=new, times=line["carried"] + 1)
    return line["number"], new


def found(e: Entry, number: str) -> Any:
    """The line of a number, or NotFound (3)."""
    line = store.line(e.db, number.upper())
    if line is None:
        raise NotFound("month.no_line", number=number)
    return line


def open_line(e: Entry, number: str) -> Any:
    """The line of a number, which must be open and stand in an open plan (4)."""
    line = found(e, number)
    check_open(e, line["month"])
    if line["state"] != "open":
        raise Refused("month.not_open", number=line["number"], state=Word.of("month.state", line["state"]))
    return line


def check_open(e: Entry, month: str) -> None:
    """Refuse (4) to touch the plan of a closed month."""
    if e.closed_until and month <= e.closed_until:
        raise Refused("month.plan_closed", month=month, last=e.closed_until)


def day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None


def _check_rule(rule: str | None) -> None:
    if rule is None:
        return
    from logi.books.month.proving import known

    if rule not in known():
        raise NotFound("month.no_rule", rule=rule, known=sorted(known()))


def _point(e: Entry, number: str) -> int:
    from logi.books.month.work import point

    return int(point(e, number)["id"])


def _owner(e: Entry, text: str) -> Any:
    who = school.person(e, text)
    if who["left_on"] and who["left_on"] <= e.today.isoformat():
        e.warn("month.owner_left", name=who["name"], day=day(who["left_on"]))
    return who


def _warn_gaps(e: Entry, number: str, month: str, owned: bool, due_on: date | None) -> None:
    if not owned:
        e.warn("month.no_owner", number=number)
    if due_on is None:
        e.warn("month.no_due", number=number)
    elif due_on.isoformat()[:7] != month:
        e.warn("month.due_outside", number=number, due=due_on, month=month)


def _spread(e: Entry, numbers: list[str]) -> list[str]:
    spread: list[str] = []
    for number in numbers:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", number):
            spread.append(number)
            continue
        proofs = Proofs(e.ledger)
        waiting = [line["number"] for line in store.plan(e.db, number)
                   if line["state"] == "open" and not proofs.settled(line)]  # fmt: skip
        if not waiting:
            raise Refused("month.none_open", month=number)
        spread += waiting
    return spread


def _open_lines(e: Entry, numbers: list[str]) -> list[Any]:
    return [open_line(e, number) for number in dict.fromkeys(n.upper() for n in numbers)]


def _moved_day(e: Entry, line: Any, to: str) -> date:
    kept = day(line["due_on"])
    if kept is not None and kept.isoformat()[:7] == to:
        return kept
    calendar, period = school.calendar(e), month_period(to)
    workdays = calendar.workdays(period.since, period.until)
    return workdays[-1] if workdays else period.until


def _left(e: Entry, lines: list[Any]) -> dict[str, Any]:
    month = lines[0]["month"]
    return {"month": month, "left": sum(1 for line in store.plan(e.db, month) if line["state"] == "open"),
            "lines": [f"{line['number']} {line['title']}" for line in lines]}  # fmt: skip


def _many(action: str, lines: list[Any], facts: dict[str, Any]) -> Confirmation:
    numbers = [line["number"] for line in lines]
    return Confirmation(action, numbers[0], numbers=numbers, facts=facts)

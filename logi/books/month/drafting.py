"""Drafting a plan from the templates, the calendar and what is still open, and reading one from pasted text."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from logi.books.month import pasting, recurring, school, store
from logi.books.month.actions import carry_line, check_open, write_line
from logi.books.month.proving import Proofs
from logi.core import messages
from logi.core.answers import Confirmation
from logi.core.calendar import SchoolCalendar
from logi.core.days import add_months, month_period
from logi.core.folding import fold
from logi.core.plans import HOLIDAYS, PlanLine, due_day, routine, template
from logi.journal import Entry

LEADER_POST = "总务主任"


def draft(e: Entry, month: str, *, owner: str | None = None) -> Confirmation:
    """Write the templates' lines the plan has not yet, the rosters the calendar asks for, and what is carried over.

    Posts become people where exactly one person holds them, else `owner` (else the post stands). What was drafted
    before is left alone, also if it was dropped since; open lines of the month before are carried once it is over.
    """
    check_open(e, month)
    calendar = school.calendar(e)
    there = store.keys(e.db, month)
    wanted = [*shipped(month), *_rosters(month, calendar, _language(e))]
    spare = school.person(e, owner) if owner else None
    holders = _Holders(e, spare)
    numbers = []
    for line in wanted:
        if line.key in there:
            continue
        who, post = holders.find(line.owner_post)
        numbers.append(write_line(
            e, month, line.titles[_language(e)], owner_id=who, owner_post=post, helpers="、".join(line.helpers) or None,
            due_on=due_day(line.due, month, calendar), standard=line.standards.get(_language(e)) or None,
            source=" ".join(line.source) or None, template_key=line.key, rule=line.rule or None,
        ))  # fmt: skip
    for row in store.recurring(e.db, month):
        numbers += recurring.write(e, row, month, calendar, there)
    again = _last_year(e, month, calendar, there, {fold(line.titles[_language(e)]) for line in wanted})
    numbers += again
    _warn(e, month, calendar, wanted, holders)
    carried = _carried(e, month)
    facts = {"month": month, "drafted": len(numbers), "carried": len(carried), "there": len(there),
             "span": _span(numbers), "from_before": carried, "again": again}  # fmt: skip
    if again:
        e.warn("month.again", before=add_months(month, -12), numbers=again)
    made = [*numbers, *carried]
    e.subject = month
    return Confirmation("month.plan", made[0] if made else None, numbers=made, facts=facts)


def _last_year(e: Entry, month: str, calendar: SchoolCalendar, there: set[str], wanted: set[str]) -> list[str]:
    """Write again what the same month's plan had of its own a year ago and was done: on the same day, by the same person.

    Lines of the templates, of what comes round, and those carried in from another month are not the month's own.
    """
    numbers = []
    staff = {row["id"] for row in store.staff(e.db, e.today)}
    for line in store.plan(e.db, add_months(month, -12)):
        key = line["template_key"] or ""
        if (key and not key.startswith("last-")) or line["carried_from"] or line["state"] not in ("done", "carried"):
            continue
        if line["folded"] in wanted or store.twin(e.db, month, line["folded"]) or f"last-{line['number']}" in there:
            continue
        due_on = due_day(f"day {int(line['due_on'][8:])}", month, calendar) if line["due_on"] else None
        keep = {name: line[name] for name in ("owner_post", "helpers", "standard", "priority", "rule")}
        source = messages.template("month.last_year_source", _language(e)).format(number=line["number"])
        numbers.append(write_line(
            e, month, line["title"], owner_id=line["owner_id"] if line["owner_id"] in staff else None, due_on=due_on,
            source=source, template_key=f"last-{line['number']}", **keep,
        ))  # fmt: skip
    return numbers


def paste(e: Entry, month: str, text: str, *, owner: str | None = None) -> Confirmation:
    """Put a pasted plan's lines into their months; what is there is left alone, what fits nowhere is told."""
    people = {fold(row["name"]): row["id"] for row in store.staff(e.db, e.today)}
    homes = {fold(row["name"]) for row in school.departments(e.db)}
    read = pasting.read(text, month, known=lambda name: "person" if fold(name) in people else
                        "department" if fold(name) in homes else None)  # fmt: skip
    spare = school.person(e, owner)["id"] if owner else None
    numbers, months, known, bare = [], [], 0, 0
    for line in read.lines:
        if any(store.twin(e.db, line.month, fold(one)) is not None for one in (line.title, line.whole)):
            known += 1
            continue
        who = people.get(fold(line.owner)) if line.owner else None
        bare += line.due is None or not (who or spare or line.owner)
        title = line.whole if line.owner and spare and not who else line.title  # a stranger's name is kept somewhere
        numbers.append(write_line(e, line.month, title, owner_id=who or spare, due_on=line.due,
                                  helpers="、".join(line.helpers) or None,
                                  owner_post=None if who or spare else line.owner))  # fmt: skip
        months.append(line.month)
    for at, left in enumerate(read.unplaced):
        if at == pasting.TOLD:
            e.warn("month.unplaced_more", count=len(read.unplaced) - at)
            break
        e.warn("month.unplaced", line=left.line, text=left.text)
    counted = [f"{m}: {months.count(m)}" for m in sorted(set(months))]
    facts = {"month": month, "added": len(numbers), "known": known, "by_month": counted,
             "unplaced": [f"{left.line}: {left.text}" for left in read.unplaced]}  # fmt: skip
    if bare:
        e.warn("month.pasted_bare", month=months[0], count=bare)
    return Confirmation("month.paste", numbers[0] if numbers else None, numbers=numbers, facts=facts)


def shipped(month: str) -> list[PlanLine]:
    """The templates' lines of a month: its own, then what comes round every month and is not among them."""
    own = template(int(month[5:]))
    keys = {line.key for line in own}
    return [*own, *(line for line in routine() if line.key not in keys)]


def _rosters(month: str, calendar: SchoolCalendar, language: str) -> list[PlanLine]:
    """A duty roster for each holiday whose last workday before lies in the month, unless a template speaks of it.

    A holiday in a vacation is covered by the vacation's roster.
    """
    period = month_period(month)
    around = [line for n in (0, 1) for line in template(int(add_months(month, n)[5:]))]
    lines = []
    for first in _first_days_off(calendar, period.since, period.until + timedelta(days=10)):
        last = calendar.previous_workday(first)
        kind, name = _kind(calendar.names.get(first, "")), calendar.names.get(first, "")
        if not period.since <= last <= period.until or kind is None or _spoken_of(kind, around):
            continue
        if calendar.terms and calendar.term_of(first) is None:
            continue
        titles = {one: messages.template("month.roster_title", one).format(holiday=school.holiday_title(name, one))
                  for one in messages.LANGUAGES}
        standards = {one: messages.template("month.roster_standard", one) for one in messages.LANGUAGES}
        lines.append(PlanLine(f"roster-{kind}", titles, LEADER_POST, "", (), f"before-holiday {kind}", standards,
                              ("PLN-10",), "yearly", f"roster-{kind}"))  # fmt: skip
    return lines


def _first_days_off(calendar: SchoolCalendar, since: date, until: date) -> list[date]:
    """The first day of each named holiday in a stretch (a break may hold two: National Day and Mid-Autumn)."""
    days = sorted(day for day in calendar.off if since <= day <= until)
    seen: set[str] = set()
    firsts = []
    for day in days:
        name = calendar.names.get(day, "")
        if name and name not in seen:
            seen.add(name)
            firsts.append(day)
    return firsts


def _kind(name: str) -> str | None:
    begins = name.lower()
    return next((key for key, words in HOLIDAYS.items() if any(word in begins for word in words)), None)


def _spoken_of(kind: str, lines: Iterable[PlanLine]) -> bool:
    words = HOLIDAYS[kind]
    return any(
        line.due == f"before-holiday {kind}" or any(word in title for word in words for title in line.titles.values())
        for line in lines
    )


def _carried(e: Entry, month: str) -> list[str]:
    """Carry what the month before left open, once it is over; before that, say what waits."""
    before = add_months(month, -1)
    proofs = Proofs(e.ledger)
    lines = [line for line in store.plan(e.db, before) if line["state"] == "open" and not proofs.settled(line)]
    if not lines or (e.closed_until and before <= e.closed_until):
        return []
    if e.today <= month_period(before).until:
        numbers = [line["number"] for line in lines]
        e.warn("month.still_open", month=before, count=len(lines), numbers=numbers, to=month)
        return []
    return [carry_line(e, line, month)[1] for line in lines]


def _warn(e: Entry, month: str, calendar: SchoolCalendar, wanted: list[PlanLine], holders: "_Holders") -> None:
    if not calendar.knows(int(month[:4])):
        e.warn("month.year_unknown", year=int(month[:4]))
    after = add_months(month, 2)
    days = [day for term in calendar.terms for day in (term.starts_on, term.ends_on)]
    near = any(month <= day.isoformat()[:7] < after for day in days)
    if not near and any(line.due.startswith("term-") for line in wanted):
        e.warn("month.no_term", month=month)
    if holders.vacant:
        e.warn("month.posts_vacant", posts=sorted(holders.vacant))


def _span(numbers: list[str]) -> str | None:
    return " … ".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else None


def _language(e: Entry) -> str:
    """Lines are written in the ledger's own language, whoever drafts them."""
    found: Any = e.ledger.settings.get("lang", "zh-Hans")
    return str(found)


class _Holders:
    """Who holds a post: exactly that post, else one that has it in it (`食堂管理员 / 食品安全员`)."""

    def __init__(self, e: Entry, spare: Any) -> None:
        self.people = [(fold(row["post"]), row["id"]) for row in store.staff(e.db, e.today) if row["post"]]
        self.spare = spare
        self.vacant: set[str] = set()

    def find(self, post: str) -> tuple[int | None, str | None]:
        """(person id, None), or (None, post) where nobody or more than one holds it and no other person was named."""
        wanted = fold(post)
        for held in ([i for p, i in self.people if p == wanted], [i for p, i in self.people if wanted in p]):
            if len(held) == 1:
                return held[0], post
            if held:
                break
        if self.spare is not None:
            return self.spare["id"], post
        self.vacant.add(post)
        return None, post

"""How the staff stands on a day: who counts, hours against the target, when each department trained, whose certificate ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.people import rules, school, store
from logi.core.days import school_year_of, school_year_period
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


class Hours(NamedTuple):
    """One person's hours of a stretch of days, by mode, in thousandths."""

    person: Any
    by_mode: dict[str, int]
    trainings: int
    passed: int
    failed: int

    @property
    def total(self) -> int:
        """All hours together."""
        return sum(self.by_mode.values())


class Round(NamedTuple):
    """When a department trained last, and by when it has to again."""

    department: Any
    last: date | None
    number: str | None
    times: int
    due: date
    state: str


class Paper(NamedTuple):
    """A certificate of whatever book: whose, what it is called, its number, until when, the command that renews it."""

    code: str
    person: str
    book: str
    kind: Any
    no: str | None
    issued: date | None
    until: date
    command: str


def staff(source: "Source", day: date) -> list[Any]:
    """The people who count as staff: those of the departments of policy staff.departments; all where none of them is there."""
    wanted = set(school.policy(source, "staff.departments", day))
    mine = {row["id"] for row in school.departments(source.db) if {row["code"], row["name"]} & wanted}
    here = [row for row in school.people(source.db) if not _left(row, day)]
    return [row for row in here if row["department_id"] in mine] or here


def members(db: Any, department_id: int, day: date) -> list[Any]:
    """Who belongs to a department on a day."""
    return [row for row in school.people(db) if row["department_id"] == department_id and not _left(row, day)]


def hours(ledger: "Source", since: date, until: date) -> list[Hours]:
    """Every member of the staff with their hours, and whoever else was trained."""
    came: dict[int, list[Any]] = {}
    for row in store.attended(ledger.db, since, until):
        came.setdefault(row["person_id"], []).append(row)
    results = rules.last_results(store.results(ledger.db, until=until))
    there = {row["id"]: row for row in staff(ledger, until)}
    everybody = {row["id"]: row for row in school.people(ledger.db)}
    found = []
    for key in sorted(there.keys() | (came.keys() & everybody.keys()), key=lambda one: everybody[one]["code"]):
        by_mode = dict.fromkeys(rules.MODES, 0)
        for row in came.get(key, ()):
            by_mode[row["mode"]] += row["hours_milli"]
        tested = [results[row["number"], key]["passed"] for row in came.get(key, ()) if (row["number"], key) in results]
        found.append(Hours(everybody[key], by_mode, len(came.get(key, ())), sum(tested), len(tested) - sum(tested)))
    return found


def target(ledger: "Source", day: date) -> int:
    """The hours of a school year that each person shall have, in thousandths."""
    return int(school.policy(ledger, "staff.hours_target", day)) * 1000


def year_of(day: date) -> tuple[date, date]:
    """The first and last day of the school year a day lies in."""
    period = school_year_period(school_year_of(day))
    return period.since, period.until


def whole_year(since: date, until: date, today: date) -> bool:
    """Whether a stretch is a school year, or one up to today: only that is held against the year's target."""
    first, last = year_of(since)
    return since == first and until in (last, min(last, today))


def rounds(ledger: "Ledger", day: date) -> list[Round]:
    """Every department of the staff with its last training: held for it, or at least half of its people were there.

    The next falls due after staff.training_months.
    """
    begun = store.begun_on(ledger.db)
    if begun is None:
        return []
    months = int(school.policy(ledger, "staff.training_months", day))
    of: dict[int, int] = {}
    for row in staff(ledger, day):
        if row["department_id"] is not None:
            of[row["department_id"]] = of.get(row["department_id"], 0) + 1
    held = store.held(ledger.db, day)
    there = store.there_by_department(ledger.db, day)
    found = []
    for department in school.departments(ledger.db):
        if department["id"] not in of:
            continue
        key = department["id"]
        mine = [row for row in held
                if row["department_id"] == key or 2 * there.get((row["number"], key), 0) >= of[key]]  # fmt: skip
        last = date.fromisoformat(mine[-1]["on_day"]) if mine else None
        due = rules.after_months(last or begun, months)
        state = "late" if due < day else "never" if last is None else "good"
        found.append(Round(department, last, mine[-1]["number"] if mine else None, len(mine), due, state))
    return found


def retests(ledger: "Ledger") -> Iterator[tuple[str, Any]]:
    """(number, the person's failed result) of those who have not passed since and are still here."""
    here = {row["id"] for row in school.people(ledger.db) if not _left(row, ledger.today)}
    for (number, person_id), row in rules.last_results(store.results(ledger.db, until=ledger.today)).items():
        if not row["passed"] and person_id in here:
            yield number, row


def papers(ledger: "Ledger", day: date) -> list[Paper]:
    """The certificates of all books that stand on a day, those that end first first; each book tells its own."""
    found = [one for name in cards() if (hooks := room(name, "certificates")) is not None
             for one in hooks.certificates(ledger, day)]  # fmt: skip
    return sorted((Paper(*one) for one in found), key=lambda one: (one.until, one.code))


def state_of(paper: Paper, day: date, days: int) -> str:
    """`expired`, `expiring` or `good`."""
    return "expired" if paper.until < day else "expiring" if paper.until <= day + timedelta(days=days) else "good"


def _left(row: Any, day: date) -> bool:
    return bool(row["left_on"] and row["left_on"] <= day.isoformat())

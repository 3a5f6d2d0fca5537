"""Pure decisions about papers: how a document stands on a day, what has to be looked at again, which ledger is stale."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from logi.core.calendar import SchoolCalendar
from logi.core.days import add_months, month_of, school_year_of, school_year_period
from logi.core.folding import fold

KINDS = ("superior", "regulation", "plan", "minutes", "contract", "notice", "form", "handbook")
ADOPTED = ("regulation", "plan", "form")  # drafted in the school and put in force by it
ASKING = ("superior", "plan", "minutes", "notice")  # what asks for measures
STATES = ("draft", "coming", "trial", "force", "expired", "superseded", "repealed")
STANDING = ("trial", "force")
OUTCOMES = ("keep", "revise")
FREQUENCIES = ("daily", "weekly", "monthly", "termly", "yearly", "event")
RETENTIONS = ("5", "10", "15", "30", "permanent")
CATEGORIES = ("administration", "accounting", "property", "works", "safety", "canteen", "contract", "other")
AREAS = (
    "property", "stock", "purchase", "repair", "patrol", "safety", "fire", "canteen", "dormitory", "energy", "hygiene",
    "greening", "money", "insurance", "gate", "vehicle", "contract", "archive", "kindergarten",
)  # fmt: skip
LACKS = ("regulation", "post", "person")


class Span(NamedTuple):
    """When a document stands: on trial from, in force from, its last day, the day it was ended from and why."""

    trial: date | None
    since: date | None
    until: date | None
    ended: date | None
    why: str | None

    @property
    def first(self) -> date | None:
        """The first day on which it stands, on trial or in force."""
        return min((day for day in (self.trial, self.since) if day), default=None)


def span(row: Any) -> Span:
    """The span of a document's row."""
    trial, since, until, ended = (as_day(row[f"{name}_day"]) for name in ("trial", "from", "until", "ended"))
    return Span(trial, since, until, ended, row["ended_why"])


def standing(of: Span, day: date) -> str:
    """How a document stands on a day: one of STATES. A new version takes the place of the old from its own first day."""
    if of.ended and of.ended <= day:
        return str(of.why)
    if of.until and of.until < day:
        return "expired"
    if of.since and of.since <= day:
        return "force"
    if of.trial and of.trial <= day:
        return "trial"
    return "coming" if of.first else "draft"


def overlap(one: Span, other: Span) -> bool:
    """Whether two versions would stand on one day."""
    if one.first is None or other.first is None:
        return False
    return max(one.first, other.first) < min(one.ended or date.max, other.ended or date.max)


def changed_source(first: date, looked: Collection[date], ends: Iterable[date], day: date) -> date | None:
    """The day from which a source a regulation rests on no longer stands, and since which nobody has looked at it (DOC-09)."""
    after = [end for end in ends if first < end <= day and not any(end <= one <= day for one in looked)]
    return min(after, default=None)


def next_review(first: date, looked: Collection[date], years: int) -> date:
    """By when a regulation is to be looked at again: so many years after it came into force or was last looked at."""
    return years_after(max((first, *looked)), years)


def years_after(day: date, years: int) -> date:
    """The same day some years later; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def fresh_until(frequency: str, last: date, allowed: int | None, calendar: SchoolCalendar) -> date | None:
    """The last day on which a ledger's newest entry is new enough; None where nothing is asked. Daily ones count workdays."""
    if allowed is None or frequency == "event":
        return None
    return calendar.add_workdays(last, allowed) if frequency == "daily" else last + timedelta(days=allowed)


def months_asked(frequency: str, from_day: date, day: date) -> list[str]:
    """The months of this school year, before the one under way, in which a ledger should have an entry."""
    if frequency not in ("daily", "weekly", "monthly"):
        return []
    first = max(school_year_period(school_year_of(day)).since, from_day)
    found, month = [], month_of(first)
    while month < month_of(day):
        found.append(month)
        month = add_months(month, 1)
    return found


def archive_deadline(year: int, month_day: str) -> date:
    """By when the volumes of a school year are handed over: a day after its end of lessons, in the following summer."""
    month, day = (int(part) for part in month_day.split("-"))
    return date(year + 1, month, day)


def retention_of(classes: Iterable[Mapping[str, Any]], category: str, title: str) -> tuple[str, bool]:
    """How long a volume is kept and whether a law says so: the first class of its category whose word its title bears."""
    folded = fold(title)
    for one in classes:
        words = one.get("words", ())
        if one.get("category") in (None, category) and (not words or any(fold(word) in folded for word in words)):
            return str(one["keep"]), bool(one.get("law"))
    return "10", False


def is_shorter(retention: str, least: str) -> bool:
    """Whether a time is shorter than another."""
    return RETENTIONS.index(retention) < RETENTIONS.index(least)


def keep_until(year: int, retention: str, category: str = "") -> date | None:
    """The last day a volume of a school year is to be kept; None is for ever.

    An accounting volume's years count from the end of the calendar year it reaches into (会计档案管理办法 art. 14).
    """
    if retention == "permanent":
        return None
    return date(year + 1 + int(retention), *((12, 31) if category == "accounting" else (8, 31)))


def moved(order: Sequence[int], ids: Sequence[int], at: int | None) -> list[int]:
    """An order with some ids put in at a place (from 1), or at the end."""
    rest = [one for one in order if one not in ids]
    place = len(rest) if at is None else min(at - 1, len(rest))
    return [*rest[:place], *ids, *rest[place:]]


def reaches(links: Mapping[int, Sequence[int]], start: int, goal: int) -> bool:
    """Whether one document rests on another, directly or through others."""
    seen, open_ = {start}, [start]
    while open_:
        for one in links.get(open_.pop(), ()):
            if one == goal:
                return True
            if one not in seen:
                seen.add(one)
                open_.append(one)
    return False


def measure_state(row: Any, day: date) -> str:
    """How a measure stands: verified, done, dropped, overdue or open."""
    if row["dropped"]:
        return "dropped"
    if row["verified_on"] and row["verified_on"] <= day.isoformat():
        return "verified"
    if row["done_on"] and row["done_on"] <= day.isoformat():
        return "done"
    return "overdue" if row["due_on"] and row["due_on"] < day.isoformat() else "open"


def as_day(text: str | None) -> date | None:
    """A day as the ledger keeps it."""
    return date.fromisoformat(text) if text else None

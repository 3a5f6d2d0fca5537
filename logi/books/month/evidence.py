"""What the month's own records prove: rosters published for the holidays, next month's plan drafted."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from logi.books.month import dutyrules, school, store
from logi.core.days import add_months, month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def rosters(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Of the breaks with a holiday that begin in the month, and Teachers' Day: those whose every day is published."""
    period, calendar = month_period(month), school.calendar(ledger)
    wanted = dutyrules.breaks(calendar, period.since, period.until)
    teachers = dutyrules.stretch(calendar, dutyrules.TEACHERS, period.since, period.until)
    return _published(ledger, [*([teachers] if teachers else []), *wanted])


def holidays(keys: tuple[str, ...], ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Of these holidays, in the month or the one after it: those whose every day is published."""
    since, until = month_period(month).since, month_period(add_months(month, 1)).until
    found = (dutyrules.stretch(school.calendar(ledger), key, since, until) for key in keys)
    return _published(ledger, [one for one in found if one])


def next_plan(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """Whether the next month has a plan."""
    following = add_months(month, 1)
    there = store.plan(ledger.db, following)
    return int(bool(there)), 1, [following] if there else []


def dossier(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The ledgers the opening inspection asks for in the month, and those that are complete."""
    from logi.books.month.work_report import dossier as asked

    wanted = [row for row in asked(ledger, month).rows if row["state"] != "nothing"]
    done = [row["rule"] for row in wanted if row["state"] == "complete"]
    return len(done), len(wanted), done


def uncovered(ledger: "Ledger", stretch: dutyrules.Stretch) -> list[date]:
    """The days of a stretch that no roster has, published or not."""
    rows = store.roster_days(ledger.db, since=stretch.first, until=stretch.last)
    there = {row["on_day"] for row in rows}
    return [day for day in dutyrules.span(stretch.first, stretch.last) if day.isoformat() not in there]


def _published(ledger: "Ledger", wanted: list[dutyrules.Stretch]) -> tuple[int, int, list[str]]:
    done, numbers = 0, []
    for one in wanted:
        rows = store.roster_days(ledger.db, since=one.first, until=one.last)
        whole = len(rows) == (one.last - one.first) // timedelta(days=1) + 1
        if whole and all(row["state"] == "published" for row in rows):
            done += 1
            numbers += [row["number"] for row in rows]
    return done, len(wanted), list(dict.fromkeys(numbers))


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {
    "roster-published": rosters,
    **{f"roster-{key}": partial(holidays, (key,)) for key in dutyrules.STRETCHES},
    "roster-autumn": partial(holidays, ("teachers", "mid-autumn", "national")),
    "next-plan": next_plan,
    "dossier": dossier,
}

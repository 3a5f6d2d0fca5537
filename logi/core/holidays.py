"""The shipped holiday arrangements, one file per year, as days off and make-up workdays."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from logi.core.calendar import SchoolCalendar, Term
from logi.core.datafiles import data_path


class ShippedDay(NamedTuple):
    """One day of an arrangement: kind is "off" or "makeup", name the holiday's in simplified characters."""

    day: date
    kind: str
    name: str
    source: str


class Holiday(NamedTuple):
    """One holiday of one year: its key ("national"), its name per language, its days."""

    key: str
    year: int
    names: dict[str, str]
    off: tuple[date, ...]
    makeup: tuple[date, ...]
    source: str


def load_shipped() -> list[ShippedDay]:
    """Every shipped day off and make-up workday, by day."""
    days = [
        ShippedDay(day, kind, holiday.names["zh-Hans"], holiday.source)
        for holiday in shipped_holidays()
        for kind, listed in (("off", holiday.off), ("makeup", holiday.makeup))
        for day in listed
    ]
    return sorted(days)


def shipped_holidays() -> list[Holiday]:
    """Every shipped holiday with its names in all languages, by year."""
    import tomllib

    found = []
    for path in sorted(data_path("holidays").glob("*.toml")):
        year = tomllib.loads(path.read_text("utf-8"))
        found += [_holiday(year, given) for given in year["holiday"]]
    return found


def shipped_calendar(terms: tuple[Term, ...] = (), language: str = "zh-Hans") -> SchoolCalendar:
    """The calendar of the shipped arrangements alone: for tests, and before a ledger has its own days."""
    holidays = shipped_holidays()
    return SchoolCalendar(
        off=frozenset(day for holiday in holidays for day in holiday.off),
        makeup=frozenset(day for holiday in holidays for day in holiday.makeup),
        names={day: holiday.names[language] for holiday in holidays for day in holiday.off},
        terms=terms,
        known_years=frozenset(holiday.year for holiday in holidays),
    )


def _holiday(year: dict[str, Any], given: dict[str, Any]) -> Holiday:
    off = [first + timedelta(days=n) for first, last in given["off"] for n in range((last - first).days + 1)]
    names = {"zh-Hans": given["hans"], "zh-Hant": given["hant"], "en": given["en"]}
    return Holiday(given["key"], year["year"], names, tuple(off), tuple(given["makeup"]), year["source"])

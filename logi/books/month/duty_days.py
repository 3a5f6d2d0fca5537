"""For which days a roster is drafted, and what it is called: a holiday's break, a vacation, a month, day to day."""

from datetime import date
from typing import NamedTuple

from logi.books.month import dutyrules, school
from logi.core import messages
from logi.core.days import month_period, parse_year
from logi.core.errors import NotFound
from logi.journal import Entry


class Days(NamedTuple):
    """From day to day, and the title in the ledger's language."""

    first: date
    last: date
    title: str


def of_holiday(e: Entry, key: str, year: str | None) -> Days:
    """The break a holiday lies in, of a year or the next to come; what was known of it stands in the title."""
    if year:
        period = parse_year(year, today=e.today)
        since, until = period.since, period.until
    else:
        since, until = e.today, e.today.replace(year=e.today.year + 1, day=min(e.today.day, 28))
    found = dutyrules.stretch(school.calendar(e), key, since, until)
    if found is None:
        lacks = "month.duty.no_vacation" if key in dutyrules.VACATIONS else "month.duty.no_holiday"
        raise NotFound(lacks, holiday=messages.title("month.holiday", key), since=since, until=until)
    language = _language(e)
    comma = messages.template("month.listing", language)
    name = comma.join(school.holiday_title(one, language) for one in found.names)
    name = name or messages.template(f"month.holiday.{key}", language)
    return Days(found.first, found.last, _title(e, "month.roster_title", holiday=name))


def of_month(e: Entry, month: str) -> Days:
    """Every day of a month."""
    period = month_period(month)
    return Days(period.since, period.until, _title(e, "month.roster_of", span=month))


def of_days(e: Entry, first: date, last: date) -> Days:
    """From day to day."""
    return Days(first, last, _title(e, "month.roster_of", span=f"{first} – {last}" if last > first else str(first)))


def _title(e: Entry, key: str, **facts: str) -> str:
    return messages.template(key, _language(e)).format(**facts)


def _language(e: Entry) -> str:
    """A roster is called in the ledger's own language, whoever drafts it."""
    return str(e.ledger.settings.get("lang", "zh-Hans"))

"""Pure decisions of the people book: what a test result means, when the next training is due, which certificate holds."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from logi.core.errors import BadValue
from logi.core.money import parse_quantity

MODES = ("out", "in", "school", "self")
RANKS = ("expert", "professor", "official", "craftsman", "colleague")
CERTIFICATES = ("electrician", "boiler", "fire", "welder", "height", "gas", "lift", "driver", "other")
WAYS = ("step", "visit", "host", "report")
FULL = 100_000  # a hundred points, in thousandths


def points(text: Any) -> int:
    """Points from 0 to 100, in thousandths."""
    typed = str(text).strip().removesuffix("分")
    found = 0 if typed in ("0", "０") else parse_quantity(typed)
    if found > FULL:
        raise BadValue("people.bad_points", text=str(text)[:40])
    return found


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def holds(row: Any, day: date) -> bool:
    """Whether a certificate is good on a day: issued, not run out, not taken away."""
    text = day.isoformat()
    return bool(row["issued_on"] <= text <= row["expires_on"] and (row["ended_on"] is None or text < row["ended_on"]))


def newest(rows: Iterable[Any], day: date = date.max) -> dict[tuple[int, str, str | None], Any]:
    """The certificate of each person and kind issued last by a day, unless it was taken away by then; the oldest come first."""
    text = day.isoformat()
    found = {(row["person_id"], row["kind"], row["name"]): row for row in rows if row["issued_on"] <= text}
    return {key: row for key, row in found.items() if row["ended_on"] is None or row["ended_on"] > text}


def last_results(rows: Iterable[Any]) -> dict[tuple[str, int], Any]:
    """The last test result of each training and person; the rows come oldest first."""
    return {(row["number"], row["person_id"]): row for row in rows}

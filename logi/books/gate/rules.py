"""Pure decisions at the gate: number plates, the tail of an identity number, names grown old, hours on post."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from logi.core.days import add_months, month_of, month_period
from logi.core.errors import BadValue
from logi.core.text import cut, fold_typed

SEXES = ("male", "female")
ID_KINDS = ("identity", "driver", "passport", "work", "other")
CONFIRMED = ("met", "phone", "booked")
VEHICLES = ("school", "staff", "parent", "supplier", "other")
WAYS = ("in", "out")
POINTS = ("post", "dress", "register", "gear", "round", "night", "fire")
STATES = ("inside", "left", "denied")
SLIPS = ("gone", "out", "late", "back")
EVENTS = ("training", "supervision")
LEGS = ("morning", "evening", "other")
BUS_PAPERS = ("inspection", "permit", "insurance")
PAPERS = (*BUS_PAPERS, "licence")
CREW = 2  # the driver and the attendant, who ride along
_PLATE = re.compile(r"[\u4e00-\u9fffA-Z][A-Z0-9\u4e00-\u9fff]{4,8}")
_TAIL = re.compile(r"[0-9]{3}[0-9X]|[A-Z0-9]{4}")


def plate(text: str) -> str:
    """A number plate as it is kept: capitals, without blanks and dots (BadValue if it is none)."""
    typed = re.sub(r"[ ·•.\-]", "", fold_typed(str(text))).upper()
    if not _PLATE.fullmatch(typed) or not any("0" <= sign <= "9" for sign in typed):
        raise BadValue("gate.bad_plate", text=cut(str(text)))
    return typed


def tail(text: str) -> str:
    """The last four signs of an identity number. More is refused: what the ledger does not hold it cannot lose."""
    typed = fold_typed(str(text)).strip().upper()
    if not _TAIL.fullmatch(typed):
        raise BadValue("gate.bad_tail")
    return typed


def tail_of(text: str) -> str:
    """The last four signs of what a file holds, be it the whole number."""
    return tail(fold_typed(str(text)).strip()[-4:])


def moment(day: str, time: str) -> datetime:
    """A day and a time of the ledger as one instant."""
    return datetime.fromisoformat(f"{day} {time}")


def hours_before(day: str, time: str, today: date) -> int:
    """Whole hours from an instant to the beginning of a day."""
    return int((moment(today.isoformat(), "00:00") - moment(day, time)).total_seconds() // 3600)


def shown_since(today: date, months: int) -> date:
    """The first day whose visitors are still shown by name."""
    month = add_months(month_of(today), -months)
    period = month_period(month)
    return min(period.since + timedelta(days=today.day - 1), period.until)


def masked(name: str) -> str:
    """A name of which only the first sign is shown."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def unmatched(ways: Iterable[str]) -> list[bool]:
    """Of one vehicle's passes in order: which lack the other way before them (in twice, or out twice)."""
    found: list[bool] = []
    before = None
    for way in ways:
        found.append(way == before)
        before = way
    return found


def holding(papers: Iterable[Any], day: date) -> Any:
    """Of papers of one kind, oldest first, the one that holds on a day; a bus that failed its last inspection has none."""
    there = [row for row in papers if row["on_day"] <= day.isoformat()]
    return there[-1] if there and (there[-1]["until_day"] or "") >= day.isoformat() else None


def good(issued: str | None, expires: str | None, day: date) -> bool:
    """Whether a certificate holds on a day; one without an end holds for good."""
    return issued is not None and issued <= day.isoformat() <= (expires or "9999")

"""How the safety register stands on a day: what each measure lacks, the canteen's three, equipment, drills and meetings."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.safety import rules, school, store

if TYPE_CHECKING:
    from logi.db import Ledger

MONTHLY = (("drill", "fire.drill_months"), ("meeting", "safety.meeting_months"))


def lacking(ledger: "Ledger", row: store.Row, today: date) -> list[str]:
    """What of the three is not in place for a measure."""
    owner = None if row["owner_left"] and row["owner_left"] <= today.isoformat() else row["owner_id"]
    return rules.lacking(
        aware_on=as_day(row["aware_on"]), owner=owner, measure=row["measure"], acted_on=as_day(row["acted_on"]), today=today,
        aware_days=int(school.policy(ledger, "safety.awareness_days", today)),
        act_days=int(school.policy(ledger, "safety.action_days", today)),
    )  # fmt: skip


def canteen_gaps(ledger: "Ledger", today: date) -> list[tuple[store.Row, str]]:
    """(the canteen, kind) for each kind that no measure with a person who answers guards against there (PAT-21).

    The canteen is all places of that kind: a measure at any of them, or around them, is the canteen's.
    """
    canteens = [row for row in school.places(ledger.db) if row["kind"] == "canteen"]
    if not canteens:
        return []
    around = set().union(*(store.above(ledger.db, row["id"]) for row in canteens))
    guarded = {row["kind"] for row in store.measures(ledger.db, today)
               if row["place_id"] in around and row["owner_id"]
               and not (row["owner_left"] and row["owner_left"] <= today.isoformat())}  # fmt: skip
    kinds = school.policy(ledger, "safety.canteen_kinds", today)
    return [(canteens[0], kind) for kind in kinds if kind not in guarded]


def equipment_state(ledger: "Ledger", row: store.Row, today: date, days: int | None = None) -> str:
    """`expired`, `faulty`, `expiring`, `unchecked` or `good`, the worst first."""
    notice = int(school.policy(ledger, "fire.expiry_notice_days", today)) if days is None else days
    expires = as_day(row["expires_on"])
    if expires is not None and expires < today:
        return "expired"
    if row["passed"] == 0:
        return "faulty"
    if expires is not None and expires <= today + timedelta(days=notice):
        return "expiring"
    looked = as_day(row["looked_on"])
    return "good" if looked is not None and looked >= period_of(ledger, today)[0] else "unchecked"


def period_of(ledger: "Ledger", today: date) -> tuple[date, date]:
    """The stretch in which equipment is to be looked at once: the month, quarter or half-year of `fire.inspection`."""
    length = rules.PERIODS[str(school.policy(ledger, "fire.inspection", today))]
    return rules.stretches(today, today, length)[-1]


def missing_events(ledger: "Ledger", today: date) -> Iterator[tuple[str, date, date]]:
    """(kind, first, last) of each stretch this school year in which no drill or meeting was held; the present one too.

    Only from the day on which the book knows of anything, and only stretches with school days.
    """
    begun = store.begun_on(ledger.db)
    if begun is None:
        return
    calendar = school.calendar(ledger)
    year = date(today.year if today.month >= 9 else today.year - 1, 9, 1)
    for kind, name in MONTHLY:
        length = int(school.policy(ledger, name, today))
        days = [date.fromisoformat(row["on_day"]) for row in store.events(ledger.db, None, today, kind)]
        for first, last in rules.empty(rules.stretches(max(begun, year), today, length), days):
            span = (first + timedelta(days=n) for n in range((last - first).days + 1))
            if not calendar.terms or any(calendar.is_schoolday(day) for day in span):
                yield kind, first, last


def last_test(ledger: "Ledger", today: date) -> tuple[date | None, date] | None:
    """(day of the last full test, the last good day of the next); None while no equipment is registered."""
    there = store.equipment(ledger.db, today)
    if not there:
        return None
    tests = store.events(ledger.db, None, today, "test")
    done = date.fromisoformat(tests[-1]["on_day"]) if tests else None
    since = done or date.fromisoformat(min(row["from_day"] for row in there))
    months = int(school.policy(ledger, "fire.full_test_months", today))
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    return done, date(year, month + 1, min(since.day, 28))


def as_day(text: Any) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None


def holder(ledger: "Ledger", kind: str) -> str:
    """For a command: who held the last event of a kind, else the hole."""
    held = store.events(ledger.db, None, ledger.today, kind)
    return school.who(ledger.db, ledger.today, *(row["by_id"] for row in reversed(held)))


def looker(ledger: "Ledger") -> str:
    """For a command: who looked at the equipment last, else who answers for some of it, else the hole."""
    looked = store.looks(ledger.db, date.min, ledger.today)
    owners = [row["owner_id"] for row in store.equipment(ledger.db, ledger.today)]
    return school.who(ledger.db, ledger.today, *(row["by_id"] for row in reversed(looked)), *owners)

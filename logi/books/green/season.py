"""What the season asks of the green and what was done, the cleaning of toilets, the green rate: figures that reports share."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.green import rules, school, store
from logi.books.green.actions import stands
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

FAR = date(9999, 12, 31)


class Cleaned(NamedTuple):
    """A toilet in a stretch of days: how often it was to be cleaned, how often it was, the days that lack some."""

    zone: Any
    asked: int
    done: int
    made: int
    lacking: tuple[date, ...]


class Rate(NamedTuple):
    """The green of a day: m² in thousandths, the campus's m² (None: nobody said), the share in tenths of a percent."""

    day: date
    green_milli: int
    campus_m2: int | None
    rate: int | None


def standing_zones(db: store.Db, day: date, kind: str | None = None) -> list[Any]:
    """The zones (of a kind) that stand on a day."""
    return [row for row in store.zones(db) if stands(row, day) and kind in (None, row["kind"])]


def asked(source: "Source", since: date, until: date, at: date | None = None) -> list[rules.Asked]:
    """All that the tasks asked in the stretches that end from `since` to `until`, by last day; with the works up to `at`."""
    zones = [rules.Zone(row["code"], date.fromisoformat(row["from_day"]), _day(row["ended_on"]) or FAR)
             for row in store.zones(source.db) if row["kind"] == "green"]  # fmt: skip
    if not zones:
        return []
    begins, ends = since - timedelta(days=400), min(at or until, until)
    works: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for row in store.works(source.db, begins, ends):
        works.setdefault((row["code"], row["what"]), []).append((date.fromisoformat(row["on_day"]), row["number"]))
    for row in store.plantings(source.db, begins, ends):
        if row["what"] == "plant":
            works.setdefault((row["code"], rules.PLANT), []).append((date.fromisoformat(row["on_day"]), row["number"]))
    tasks = rules.tasks(school.policy(source, "green.tasks", min(until, source.today)))
    found = [one for task in tasks for one in rules.asked(task, zones, works, since, until)]
    return sorted(found, key=lambda one: (one.until, one.since, one.task.what, one.zone or ""))


def running(source: "Source", day: date) -> list[rules.Asked]:
    """What is asked in the stretches that a day lies in."""
    return [one for one in asked(source, day, day + timedelta(days=400)) if one.since <= day <= one.until]


def days_to_clean(source: "Source", since: date, until: date) -> list[date]:
    """The school days of a stretch (workdays where no term is entered): toilets are cleaned on them."""
    calendar = school.calendar(source)
    return calendar.schooldays(since, until) if calendar.terms else calendar.workdays(since, until)


def toilets(source: "Source", since: date, until: date) -> list[Cleaned]:
    """Every toilet that stood in a stretch of days, up to today: today counts once it was cleaned often enough."""
    until = min(until, source.today)
    days = days_to_clean(source, since, until) if since <= until else []
    done: dict[tuple[str, date], int] = {}
    for row in store.works(source.db, since, until) if days else ():
        if row["what"] == "clean":
            key = (row["code"], date.fromisoformat(row["on_day"]))
            done[key] = done.get(key, 0) + 1
    wanted = {day: int(school.policy(source, "green.toilet_cleanings", day)) for day in days}
    found = []
    for row in store.zones(source.db):
        own = [day for day in days if stands(row, day)
               and (day < source.today or done.get((row["code"], day), 0) >= wanted[day])]  # fmt: skip
        if row["kind"] == "toilet" and own:
            counts = {day: done.get((row["code"], day), 0) for day in own}
            met = sum(min(counts[day], wanted[day]) for day in own)
            lacking = tuple(day for day in own if counts[day] < wanted[day])
            made = sum(n for (code, _), n in done.items() if code == row["code"])
            found.append(Cleaned(row, sum(wanted[day] for day in own), met, made, lacking))
    return found


def rate(source: "Source", day: date) -> Rate:
    """How much of the campus is green on a day."""
    areas = store.areas(source.db)
    green = 0
    for row in standing_zones(source.db, day, "green"):
        held = rules.in_force(areas.get(row["id"], ()), day)
        green += held["area_milli"] if held is not None else 0
    campus = int(school.policy(source, "green.campus_area", day)) or None
    return Rate(day, green, campus, permille(green, campus * 1000) if campus else None)


def years(source: "Source", until: date) -> list[Rate]:
    """The green at the end of each year since the first zone, and on the last day."""
    begun = [row["from_day"] for row in store.zones(source.db) if row["kind"] == "green"]
    if not begun or until.isoformat() < min(begun):
        return []
    return [rate(source, min(date(year, 12, 31), until)) for year in range(int(min(begun)[:4]), until.year + 1)]


def by_whom(ledger: "Ledger", what: str, *ids: int | None) -> str:
    """For a command: who did such work last, else who answers, else the hole."""
    return school.who(ledger.db, ledger.today, *store.last_hands(ledger.db, what), *ids)


def keepers_on(db: store.Db, day: date) -> dict[int, Any]:
    """Who answers for each zone on a day, by zone id; nobody who has left."""
    found = {}
    for zone_id, rows in store.keepers(db).items():
        held = rules.in_force(rows, day)
        gone = held is not None and held["left_on"] and held["left_on"] <= day.isoformat()
        if held is not None and (held["class"] or not gone):
            found[zone_id] = held
    return found


def answering(keepers: dict[int, Any], rows: Sequence[Any]) -> list[int | None]:
    """The people who answer for zones, for a command."""
    return [keepers[row["id"]]["person_id"] for row in rows if row["id"] in keepers]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

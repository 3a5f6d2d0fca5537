"""How the nights stand: who had to be counted where, what was counted, and what became of those who were not there."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from logi.books.dorm import rules, school, store
from logi.core.days import days_between

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


class Night(NamedTuple):
    """One building in one night: its sleepers by floor, and the counts that were made."""

    day: date
    building: store.Row
    sleepers: dict[int, list[store.Row]]
    counts: list[store.Row]

    @property
    def missing(self) -> list[int]:
        """The floors that were not counted, by their ids."""
        counted = {row["floor_id"] for row in self.counts}
        return [floor for floor in self.sleepers if floor not in counted]


def slept(source: "Ledger | Entry") -> Callable[[date], bool]:
    """Whether pupils sleep at school in the night of a day, by the calendar and what `dorm.nights` said on that day."""
    calendar = school.calendar(source)
    values = [(row["from_day"], str(json.loads(row["value"]))) for row in school.policy_history(source.db, "dorm.nights")]

    def boards(day: date) -> bool:
        on = day.isoformat()
        return rules.boards(next((how for first, how in reversed(values) if first <= on), rules.NIGHTS[0]), calendar, day)

    return boards


def nights(ledger: "Ledger", since: date, until: date) -> Iterator[Night]:
    """Every building in every night that pupils sleep at school by the calendar, or that was counted all the same."""
    stays = store.stays(ledger.db)
    last = min(until, ledger.today)
    if not stays or last < since:
        return
    since = max(since, date.fromisoformat(min(row["from_day"] for row in stays)))
    counts: dict[tuple[str, str], list[store.Row]] = {}
    for row in store.counts(ledger.db, since, last):
        counts.setdefault((row["on_day"], row["building"]), []).append(row)
    at_school, houses = slept(ledger), store.buildings(ledger.db)
    for day in days_between(since, last):
        boards, on = at_school(day), day.isoformat()
        for house in houses:
            made = counts.get((on, house["code"]), [])
            if not boards and not made:
                continue
            sleepers: dict[int, list[store.Row]] = {}
            for row in stays:
                if row["building_id"] == house["id"] and row["from_day"] <= on < (row["until_day"] or "9999"):
                    sleepers.setdefault(row["floor_id"], []).append(row)
            if sleepers or made:
                yield Night(day, house, sleepers, made)


def missed(ledger: "Ledger", since: date, until: date) -> Iterator[Night]:
    """The nights that are over and were not counted, or not on every floor."""
    for one in nights(ledger, since, until):
        if one.day < ledger.today and one.missing:
            yield one


def outcomes(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[store.Row, str, str | None]]:
    """(who, how it stands, what is said of it) of each absence: came late, had gone on a slip, was settled, or is open."""
    told = {(row["night"], row["pupil_id"]): row for row in store.found(ledger.db, since, until)}
    late = {(row["on_day"], row["pupil_id"]): row for row in store.lates(ledger.db, since, until)}
    slips = store.out_slips(ledger.db, ledger.today)
    for row in store.absent(ledger.db, since, until):
        at = (row["on_day"], row["pupil_id"])
        slip = next((one for one in slips if one["pupil_id"] == row["pupil_id"] and one["out_day"] <= row["on_day"]
                     and (one["back_day"] is None or one["back_day"] > row["on_day"])), None)  # fmt: skip
        if at in told:
            yield row, "settled", told[at]["outcome"]
        elif at in late:
            yield row, "late", late[at]["at_time"]
        elif slip is not None:
            yield row, "leave", slip["number"]
        else:
            yield row, "open", None


def warden(ledger: "Ledger", building_id: int | None = None) -> str:
    """For a command: who keeps a building, else the hole PERSON."""
    ids = [row["person_id"] for row in store.wardens(ledger.db)
           if row["left_on"] is None and building_id in (None, row["building_id"])]  # fmt: skip
    return school.who(ledger.db, ledger.today, *ids)

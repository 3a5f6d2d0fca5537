"""When preventive work is due by a counter: so many hours, litres or kilometres after the last, whatever the calendar says."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from logi.books.repair.maintain_rules import State

UNITS = "units"  # the first word of such a schedule's rule: "units 250000" (thousandths)


class Reading(NamedTuple):
    """What a counter showed. Where it was replaced before: what the old one ended with, what the new one began with."""

    on_day: date
    value_milli: int
    ended_milli: int | None = None
    began_milli: int | None = None


class UnitRun(NamedTuple):
    """A slip that such a schedule opened: the count it was planned for, the day it was mended."""

    number: str
    planned_milli: int
    closed_on: date | None


class Stand(NamedTuple):
    """How a schedule by units stands: State, what was counted since its start, at which count it is due next."""

    state: State
    counted_milli: int
    due_milli: int | None


def every_of(rule: str) -> int | None:
    """The units of a rule in thousandths; None if it is no rule by units."""
    anchor, _, number = rule.partition(" ")
    return int(number) if anchor == UNITS else None


def counted(readings: Sequence[Reading], start_milli: int) -> list[tuple[date, int]]:
    """What was counted since the start by each reading, in order; a counter that seems to run backwards counts nothing."""
    found: list[tuple[date, int]] = []
    total = 0
    for one, (before, value) in zip(readings, steps(readings, start_milli), strict=True):
        total += max(value - before, 0) if one.began_milli is None else _over_change(one, before)
        found.append((one.on_day, total))
    return found


def steps(readings: Sequence[Reading], start_milli: int) -> list[tuple[int, int]]:
    """For each reading, what the counter showed before it and what it shows."""
    before = [start_milli, *(one.value_milli for one in readings)]
    return [(before[at], one.value_milli) for at, one in enumerate(readings)]


def backwards(readings: Sequence[Reading], start_milli: int) -> tuple[date, int, int] | None:
    """The first reading below the one before it where no counter was replaced: its day, what stood before, what it says."""
    for one, (before, value) in zip(readings, steps(readings, start_milli), strict=True):
        if one.began_milli is None and value < before:
            return one.on_day, before, value
        if one.began_milli is not None and one.ended_milli is not None and one.ended_milli < before:
            return one.on_day, before, one.ended_milli
        if one.began_milli is not None and value < one.began_milli:
            return one.on_day, one.began_milli, value
    return None


def stand(every: int, basis: str, readings: Sequence[tuple[date, int]], runs: Sequence[UnitRun], today: date) -> Stand:
    """What is due next as of `today`: on the planned counts (every, 2 × every …), or so many units after the last was mended.

    `readings` are (day, counted since the start). The due day is the day on which the count was first seen to be passed.
    """
    known = [one for one in readings if one[0] <= today]
    now = known[-1][1] if known else 0
    waiting = next((run.number for run in runs if run.closed_on is None), None)
    last = runs[-1] if runs else None
    if basis == "completed" and last is not None:
        if last.closed_on is None:
            return Stand(State(None, 0, waiting), now, None)
        at_close = [count for day, count in known if day <= last.closed_on]
        due = max(at_close[-1] if at_close else 0, last.planned_milli) + every
        passed = 0
    else:
        first = every * (last.planned_milli // every + 1) if last is not None else every
        due = max(first, every * (now // every))
        passed = (due - first) // every
    crossed = next((day for day, count in known if count >= due), None)
    return Stand(State(crossed, passed if crossed else 0, waiting), now, due)


def _over_change(one: Reading, before: int) -> int:
    ended = before if one.ended_milli is None else one.ended_milli
    return max(ended - before, 0) + max(one.value_milli - (one.began_milli or 0), 0)

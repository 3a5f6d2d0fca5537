"""The figures of repairs: how many, how soon, how long between failures, how much; counted from the steps in a period."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from logi.books.repair.clock import Moment, later
from logi.books.repair.rules import PREVENTIVE, Progress, Step, fold, repeated
from logi.core.money import ratio_half_up


class Norm(NamedTuple):
    """By when a slip should have been assigned and mended."""

    respond: Moment
    resolve: Moment


class Before(NamedTuple):
    """The slip of the same thing before this one, and within how many days a fault counts as the same."""

    progress: Progress | None
    within_days: int


class Figures:
    """Counts and sums of one kind, place, asset or worker in a period; days are calendar days from the opening."""

    __slots__ = (
        "accepted", "between", "closed", "cost_fen", "days", "first_time", "gaps", "in_time", "marked", "marks", "minutes",
        "opened", "parts_fen", "rejected", "repeats", "same_day", "targets", "waited", "waits",
    )  # fmt: skip

    def __init__(self) -> None:
        self.opened = self.closed = self.accepted = self.rejected = self.same_day = self.first_time = 0
        self.waits = self.waited = self.days = self.minutes = self.cost_fen = self.parts_fen = 0
        self.marked = self.marks = 0
        self.targets = self.in_time = self.repeats = self.between = self.gaps = 0

    def add(self, steps: Iterable[Step], since: date, until: date, *, norm: Norm | None = None,
            before: Before | None = None, source: str = "report") -> None:  # fmt: skip
        """Count a slip's steps that lie in the period. A preventive slip is no failure."""
        steps = list(steps)
        progress = fold(steps)
        inside = [s for s in steps if since <= s.on_day <= until]
        opened = sum(s.step == "open" for s in inside)
        self.opened += opened
        self.rejected += sum(s.step == "reject" for s in inside)
        self.cost_fen += sum((s.cost_fen or 0) + s.parts_fen for s in inside)
        self.parts_fen += sum(s.parts_fen for s in inside)
        self.minutes += sum(s.minutes or 0 for s in inside)
        assigned = progress.first_assigned
        if assigned and since <= assigned.day <= until:
            self.waits += 1
            self.waited += (assigned.day - progress.opened_on).days
            self._aim(assigned, norm.respond if norm else None)
        if progress.closed and since <= progress.closed.day <= until:
            self.closed += 1
            self.days += (progress.closed.day - progress.opened_on).days
            self.same_day += progress.closed_on == progress.opened_on
            self._aim(progress.closed, norm.resolve if norm else None)
        if progress.accepted_on and since <= progress.accepted_on <= until:
            self.accepted += 1
            self.first_time += progress.rejected == 0
            self.marked += progress.score is not None
            self.marks += progress.score or 0
        if opened and before is not None and before.progress is not None and source != PREVENTIVE:
            self._follow(progress.opened_on, before.progress.closed_on, before.within_days)

    def row(self) -> dict[str, Any]:
        """The figures as a table's row: averages in thousandths of a day, shares in tenths of a percent."""
        return {
            "opened": self.opened, "closed": self.closed, "accepted": self.accepted, "rejected": self.rejected,
            "wait_days": average_days(self.waited, self.waits), "mttr_days": average_days(self.days, self.closed),
            "mtbf_days": average_days(self.gaps, self.between), "repeats": self.repeats,
            "same_day": share(self.same_day, self.closed), "in_time": share(self.in_time, self.targets),
            "first_time_fixed": share(self.first_time, self.accepted), "labour_minutes": self.minutes,
            "mark": average_days(self.marks, self.marked), "parts": self.parts_fen, "cost": self.cost_fen,
        }  # fmt: skip

    def _aim(self, done: Moment, target: Moment | None) -> None:
        if target is not None:
            self.targets += 1
            self.in_time += not later(done, target)

    def _follow(self, opened_on: date, closed_on: date | None, within_days: int) -> None:
        if closed_on is None or closed_on > opened_on:
            return
        self.between += 1
        self.gaps += (opened_on - closed_on).days
        self.repeats += repeated(opened_on, closed_on, within_days)


def average_days(total: int, count: int) -> int | None:
    """The mean in thousandths, rounded half up to one decimal; None of nothing."""
    return ratio_half_up(total * 10, count) * 100 if count else None


def share(part: int, whole: int) -> int | None:
    """Tenths of a percent, half up; None of nothing."""
    return ratio_half_up(part * 1000, whole) if whole else None

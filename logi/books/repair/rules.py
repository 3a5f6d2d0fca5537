"""What may happen to a repair slip and when: the flow as one table, targets on workdays, figures."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from logi.core.calendar import SchoolCalendar
from logi.core.errors import Refused
from logi.core.money import ratio_half_up

KINDS = ("water", "electric", "wood", "masonry", "door-window", "equipment", "other")
URGENCIES = ("low", "normal", "high", "urgent")
SOURCES = ("report", "patrol", "night-check", "count")
CAUSES = ("wear", "human")
STATES = ("open", "assigned", "reopened", "deferred", "closed", "accepted")

# The flow: step -> (the states it may be taken in, the state after it; None leaves it as it is).
# A job taken in hand straight from "open" or "deferred" gets its "assign" step in the same entry.
FLOW: Mapping[str, tuple[tuple[str, ...], str | None]] = {
    "open": ((), "open"),
    "assign": (("open", "assigned", "reopened", "deferred"), "assigned"),
    "log": (("assigned", "reopened"), None),
    "close": (("assigned", "reopened"), "closed"),
    "accept": (("closed",), "accepted"),
    "reject": (("closed",), "reopened"),
    "defer": (("open", "assigned", "reopened"), "deferred"),
    "escalate": (("open", "assigned", "reopened", "deferred"), None),
    "deputy": (("open", "assigned", "reopened", "deferred", "closed"), None),
    "compensate": (STATES, None),
}
STEPS = tuple(FLOW)
UNORDERED = ("escalate", "deputy", "compensate")  # they say nothing about how far the work is
DAY_MINUTES = 24 * 60


class Step(NamedTuple):
    """One recorded step of a slip. Money in fen, labour in minutes."""

    step: str
    on_day: date
    person_id: int | None = None
    vendor_id: int | None = None
    minutes: int | None = None
    cost_fen: int | None = None
    paid_fen: int | None = None
    estimate_fen: int | None = None
    invoice: str | None = None
    cause: str | None = None
    liable: str | None = None
    score: int | None = None
    until_day: date | None = None
    to_whom: str | None = None
    note: str | None = None
    entry: int = 0


class Progress:
    """How far a slip has come, folded from its steps."""

    __slots__ = (
        "accepted_by", "accepted_on", "assigned_on", "cause", "closed_on", "cost_fen", "deferred_on", "deferred_to",
        "deputy_id", "deputy_on", "escalated_on", "escalated_to", "estimate_fen", "first_assigned_on", "hands",
        "last_on", "liable", "minutes", "opened_on", "paid_fen", "reason", "rejected", "score", "settled", "state",
        "vendor_id", "worker_id",
    )  # fmt: skip
    # What the slip's own row repeats; verify holds the two against each other.
    COLUMNS = (
        "state", "deputy_id", "worker_id", "vendor_id", "assigned_on", "closed_on", "cause", "liable", "accepted_on",
        "accepted_by", "score", "rejected", "deferred_on", "deferred_to", "estimate_fen", "escalated_on",
        "escalated_to",
    )  # fmt: skip

    def __init__(self) -> None:
        self.state = "open"
        # Every slip begins with its opening, which sets these days.
        self.opened_on = self.last_on = date.min
        self.deputy_id: int | None = None
        self.deputy_on: date | None = None
        self.worker_id: int | None = None
        self.vendor_id: int | None = None
        self.first_assigned_on: date | None = None
        self.assigned_on: date | None = None
        self.closed_on: date | None = None
        self.cause: str | None = None
        self.liable: str | None = None
        self.accepted_on: date | None = None
        self.accepted_by: int | None = None
        self.score: int | None = None
        self.deferred_on: date | None = None
        self.deferred_to: date | None = None
        self.reason: str | None = None
        self.estimate_fen: int | None = None
        self.escalated_on: date | None = None
        self.escalated_to: str | None = None
        self.rejected = self.minutes = self.cost_fen = self.paid_fen = 0
        self.settled = False
        self.hands: set[int] = set()

    def take(self, step: Step) -> None:
        """One step more. Whether it was allowed is `check`'s matter."""
        after = FLOW[step.step][1]
        if after is not None:
            self.state = after
        if step.step not in UNORDERED:
            self.last_on = step.on_day
        self.minutes += step.minutes or 0
        self.cost_fen += step.cost_fen or 0
        self.paid_fen += step.paid_fen or 0
        if step.step in ("log", "close") and step.person_id is not None:
            self.hands.add(step.person_id)
        getattr(self, f"_{step.step}")(step)

    def columns(self) -> dict[str, Any]:
        """The slip's row as it follows from its steps."""
        return {name: getattr(self, name) for name in self.COLUMNS}

    def _open(self, step: Step) -> None:
        self.opened_on = step.on_day

    def _assign(self, step: Step) -> None:
        self.worker_id, self.vendor_id, self.assigned_on = step.person_id, step.vendor_id, step.on_day
        self.first_assigned_on = self.first_assigned_on or step.on_day
        self.deferred_on = self.deferred_to = None

    def _log(self, step: Step) -> None:
        pass

    def _close(self, step: Step) -> None:
        self.closed_on, self.cause, self.liable = step.on_day, step.cause, step.liable

    def _accept(self, step: Step) -> None:
        self.accepted_on, self.accepted_by, self.score = step.on_day, step.person_id, step.score

    def _reject(self, step: Step) -> None:
        self.closed_on = None
        self.rejected += 1

    def _defer(self, step: Step) -> None:
        self.deferred_on, self.deferred_to, self.reason = step.on_day, step.until_day, step.note
        self.estimate_fen = step.estimate_fen if step.estimate_fen is not None else self.estimate_fen

    def _escalate(self, step: Step) -> None:
        self.escalated_on, self.escalated_to = step.on_day, step.to_whom

    def _deputy(self, step: Step) -> None:
        self.deputy_id, self.deputy_on = step.person_id, step.on_day

    def _compensate(self, step: Step) -> None:
        self.settled = True


def fold(steps: Iterable[Step]) -> Progress:
    """How far a slip has come after these steps, in their order."""
    progress = Progress()
    for step in steps:
        progress.take(step)
    return progress


def check(number: str, progress: Progress, step: str, day: date) -> None:
    """Refuse (4) a step that the slip's state does not allow, or whose day lies before what happened already."""
    if progress.state not in FLOW[step][0]:
        raise Refused(_why_not(progress.state, step), number=number)
    if step == "close" and day < progress.opened_on:
        raise Refused("repair.closed_before_opened", number=number, day=day, opened_on=progress.opened_on)
    if step in ("accept", "reject") and progress.closed_on is not None and day < progress.closed_on:
        raise Refused("repair.accepted_before_closed", number=number, day=day, closed_on=progress.closed_on)
    earliest = progress.opened_on if step in UNORDERED else progress.last_on
    if day < earliest:
        raise Refused("repair.out_of_order", number=number, day=day, last_on=earliest)


def acceptor(
    number: str, progress: Progress, reporter_id: int | None, person_id: int, name: str, reporter: str, day: date
) -> None:
    """Refuse (4) anybody but the reporter or the deputy the reporter named, and the worker always (REP-02)."""
    if person_id == progress.worker_id or person_id in progress.hands:
        raise Refused("repair.own_job", number=number, person=name)
    if person_id not in (reporter_id, progress.deputy_id):
        raise Refused("repair.not_the_reporter", number=number, person=name, reporter=reporter)
    if person_id != reporter_id and progress.deputy_on is not None and day < progress.deputy_on:
        raise Refused("repair.deputy_not_yet", number=number, person=name, day=day, named_on=progress.deputy_on)


def _why_not(state: str, step: str) -> str:
    if state == "accepted":
        return "repair.already_accepted"
    if state == "closed":
        return "repair.already_closed"
    if step in ("accept", "reject"):
        return "repair.not_closed"
    return "repair.already_deferred" if state == "deferred" else "repair.not_assigned"


# -- targets -------------------------------------------------------------------------------------


def respond_by(calendar: SchoolCalendar, opened_on: date, minutes: int) -> date:
    """The last day to assign a slip: under a day's minutes the same workday, else so many workdays later (B.8)."""
    return calendar.add_workdays(opened_on, minutes // DAY_MINUTES)


def resolve_by(calendar: SchoolCalendar, opened_on: date, hours: int) -> date:
    """The last day to mend it, in whole workdays (24 h are one)."""
    return calendar.add_workdays(opened_on, hours * 60 // DAY_MINUTES)


def repeated(opened_on: date, closed_on: date, within_days: int) -> bool:
    """Whether a fault comes back so soon after it was mended that it is the same one."""
    return 0 <= (opened_on - closed_on).days <= within_days


# -- figures -------------------------------------------------------------------------------------


class Figures:
    """Counts and sums of one kind or place in a period; days are calendar days from the opening."""

    __slots__ = (
        "accepted", "closed", "cost_fen", "days", "first_time", "minutes", "opened", "rejected", "same_day", "waited",
        "waits",
    )  # fmt: skip

    def __init__(self) -> None:
        self.opened = self.closed = self.accepted = self.rejected = self.same_day = self.first_time = 0
        self.waits = self.waited = self.days = self.minutes = self.cost_fen = 0

    def add(self, steps: Iterable[Step], since: date, until: date) -> None:
        """Count a slip's steps that lie in the period."""
        steps = list(steps)
        progress = fold(steps)
        inside = [s for s in steps if since <= s.on_day <= until]
        self.opened += sum(s.step == "open" for s in inside)
        self.rejected += sum(s.step == "reject" for s in inside)
        self.cost_fen += sum(s.cost_fen or 0 for s in inside)
        self.minutes += sum(s.minutes or 0 for s in inside)
        if progress.first_assigned_on and since <= progress.first_assigned_on <= until:
            self.waits += 1
            self.waited += (progress.first_assigned_on - progress.opened_on).days
        if progress.closed_on and since <= progress.closed_on <= until:
            self.closed += 1
            self.days += (progress.closed_on - progress.opened_on).days
            self.same_day += progress.closed_on == progress.opened_on
        if progress.accepted_on and since <= progress.accepted_on <= until:
            self.accepted += 1
            self.first_time += progress.rejected == 0

    def row(self) -> dict[str, Any]:
        """The figures as a table's row: averages in thousandths of a day, shares in tenths of a percent."""
        return {
            "opened": self.opened, "closed": self.closed, "accepted": self.accepted, "rejected": self.rejected,
            "wait_days": average_days(self.waited, self.waits), "days": average_days(self.days, self.closed),
            "same_day": share(self.same_day, self.closed), "first_time_fixed": share(self.first_time, self.accepted),
            "labour_minutes": self.minutes, "cost": self.cost_fen,
        }  # fmt: skip


def average_days(total: int, count: int) -> int | None:
    """The mean in thousandths, rounded half up to one decimal; None of nothing."""
    return ratio_half_up(total * 10, count) * 100 if count else None


def share(part: int, whole: int) -> int | None:
    """Tenths of a percent, half up; None of nothing."""
    return ratio_half_up(part * 1000, whole) if whole else None

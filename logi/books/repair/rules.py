"""What may happen to a repair slip and when: the flow as one table, and how far its steps have brought it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from logi.books.repair.clock import Moment, later
from logi.core.errors import Refused

KINDS = ("water", "electric", "wood", "masonry", "door-window", "equipment", "other")
URGENCIES = ("low", "normal", "high", "urgent")
SOURCES = ("report", "patrol", "night-check", "count", "check", "hazard", "maintenance")
PREVENTIVE = "maintenance"  # these slips are no failures
CAUSES = ("wear", "human")
STATES = ("open", "assigned", "waiting", "reopened", "deferred", "closed", "accepted", "declined")
ENDED = ("accepted", "declined")  # nothing more is to be done

# The flow: step -> (the states it may be taken in, the state after it; None leaves it as it is).
# A job taken in hand straight from "open" or "deferred" gets its "assign" step in the same entry.
FLOW: Mapping[str, tuple[tuple[str, ...], str | None]] = {
    "open": ((), "open"),
    "assign": (("open", "assigned", "waiting", "reopened", "deferred", "declined"), "assigned"),
    "log": (("assigned", "waiting", "reopened"), None),  # work on a slip that waited for parts takes it up again
    "close": (("assigned", "waiting", "reopened"), "closed"),
    "accept": (("closed",), "accepted"),
    "reject": (("closed",), "reopened"),
    "defer": (("open", "assigned", "waiting", "reopened"), "deferred"),
    "plan": (("open", "assigned", "waiting", "reopened", "deferred"), "deferred"),
    "wait": (("assigned", "waiting", "reopened"), "waiting"),
    "decline": (("open", "assigned", "deferred"), "declined"),
    "told": (("declined", "deferred", "waiting"), None),
    "escalate": (("open", "assigned", "waiting", "reopened", "deferred", "declined"), None),
    "deputy": (("open", "assigned", "waiting", "reopened", "deferred", "closed"), None),
    "compensate": (STATES, None),
}
STEPS = tuple(FLOW)
UNORDERED = ("escalate", "deputy", "compensate", "told")  # they say nothing about how far the work is


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
    at_time: str | None = None
    arrived: str | None = None
    slip_id: int | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    entry: int = 0
    mode: str | None = None
    root: str | None = None
    down_on: date | None = None
    down_at: str | None = None
    parts_fen: int = 0  # what the stock slip of this step costs, returns and corrections taken in

    @property
    def moment(self) -> Moment:
        """When it happened."""
        return Moment(self.on_day, self.at_time)


class Wait(NamedTuple):
    """A wait for parts: from a day, promised by another, taken up again on a third (None: still waiting)."""

    since: date
    until: date
    ended: date | None = None


class Progress:
    """How far a slip has come, folded from its steps."""

    __slots__ = (
        "accepted_by", "accepted_on", "arrived", "assigned_on", "begins_on", "cause", "closed", "closed_on",
        "declined_on", "deferred_on", "deferred_to", "deputy_id", "deputy_on", "down", "ends_on", "escalated_on",
        "escalated_to", "estimate_fen", "first_assigned", "hands", "last", "liable", "minutes", "mode", "opened",
        "opened_on", "outside_fen", "paid_fen", "parts_fen", "planned_vendor_id", "reason", "rejected", "root",
        "scope", "score", "settled", "slips", "state", "told_on", "vendor_id", "waiting_for", "waits", "worker_id",
    )  # fmt: skip
    # What the slip's own row repeats; verify holds the two against each other.
    COLUMNS = (
        "state", "deputy_id", "worker_id", "vendor_id", "assigned_on", "closed_on", "cause", "liable", "accepted_on",
        "accepted_by", "score", "rejected", "deferred_on", "deferred_to", "estimate_fen", "scope", "begins_on",
        "ends_on", "escalated_on", "escalated_to",
    )  # fmt: skip

    def __init__(self) -> None:
        self.state = "open"
        # Every slip begins with its opening, which sets these days.
        self.opened_on = date.min
        self.opened = self.last = Moment(date.min)
        self.deputy_id: int | None = None
        self.deputy_on: date | None = None
        self.worker_id: int | None = None
        self.vendor_id: int | None = None
        self.planned_vendor_id: int | None = None
        self.first_assigned: Moment | None = None
        self.arrived: Moment | None = None
        self.assigned_on: date | None = None
        self.closed: Moment | None = None
        self.closed_on: date | None = None
        self.down: Moment | None = None
        self.mode: str | None = None
        self.root: str | None = None
        self.cause: str | None = None
        self.liable: str | None = None
        self.accepted_on: date | None = None
        self.accepted_by: int | None = None
        self.score: int | None = None
        self.deferred_on: date | None = None
        self.deferred_to: date | None = None
        self.reason: str | None = None
        self.estimate_fen: int | None = None
        self.scope: str | None = None
        self.begins_on: date | None = None
        self.ends_on: date | None = None
        self.escalated_on: date | None = None
        self.escalated_to: str | None = None
        self.rejected = self.minutes = self.outside_fen = self.parts_fen = self.paid_fen = 0
        self.declined_on: date | None = None
        self.told_on: date | None = None
        self.waiting_for: str | None = None
        self.waits: list[Wait] = []
        self.settled = False
        self.hands: set[int] = set()
        self.slips: list[int] = []

    @property
    def waiting_until(self) -> date | None:
        """The day the parts are promised for, while the slip waits for them."""
        return self.waits[-1].until if self.state == "waiting" else None

    @property
    def cost_fen(self) -> int:
        """What it cost: bought outside, and parts from stock."""
        return self.outside_fen + self.parts_fen

    def take(self, step: Step) -> None:
        """One step more. Whether it was allowed is `check`'s matter."""
        after = FLOW[step.step][1]
        if after is not None:
            self.state = after
        if step.step not in UNORDERED:
            self.last = step.moment
            self._take_up(step.on_day)
        self.minutes += step.minutes or 0
        self.outside_fen += step.cost_fen or 0
        self.parts_fen += step.parts_fen
        if step.slip_id is not None:
            self.slips.append(step.slip_id)
        self.paid_fen += step.paid_fen or 0
        if step.step in ("log", "close") and step.person_id is not None:
            self.hands.add(step.person_id)
        getattr(self, f"_{step.step}")(step)

    def columns(self) -> dict[str, Any]:
        """The slip's row as it follows from its steps."""
        return {name: getattr(self, name) for name in self.COLUMNS}

    def _open(self, step: Step) -> None:
        self.opened_on, self.opened = step.on_day, step.moment
        self.down = Moment(step.down_on, step.down_at) if step.down_on else None

    def _assign(self, step: Step) -> None:
        self.worker_id, self.vendor_id, self.assigned_on = step.person_id, step.vendor_id, step.on_day
        self.first_assigned = self.first_assigned or step.moment
        self.deferred_on = self.deferred_to = self.declined_on = self.told_on = None

    def _log(self, step: Step) -> None:
        if self.state == "waiting":
            self.state = "assigned"
        if step.arrived and self.arrived is None:
            self.arrived = Moment(step.on_day, step.arrived)

    def _close(self, step: Step) -> None:
        self.closed, self.closed_on = step.moment, step.on_day
        self.cause, self.liable = step.cause, step.liable
        self.mode, self.root = step.mode, step.root

    def _accept(self, step: Step) -> None:
        self.accepted_on, self.accepted_by, self.score = step.on_day, step.person_id, step.score

    def _reject(self, step: Step) -> None:
        self.closed = self.closed_on = None
        self.rejected += 1

    def _defer(self, step: Step) -> None:
        self.deferred_on, self.deferred_to, self.reason = step.on_day, step.until_day, step.note
        self.estimate_fen = step.estimate_fen if step.estimate_fen is not None else self.estimate_fen

    def _plan(self, step: Step) -> None:
        if self.deferred_on is None:
            self.deferred_on, self.reason = step.on_day, step.note
        self.deferred_to = step.begins_on or self.deferred_to
        self.scope = step.note or self.scope
        self.begins_on, self.ends_on = step.begins_on or self.begins_on, step.ends_on or self.ends_on
        self.estimate_fen = step.estimate_fen if step.estimate_fen is not None else self.estimate_fen
        self.planned_vendor_id = step.vendor_id or self.planned_vendor_id

    def _escalate(self, step: Step) -> None:
        self.escalated_on, self.escalated_to = step.on_day, step.to_whom

    def _deputy(self, step: Step) -> None:
        self.deputy_id, self.deputy_on = step.person_id, step.on_day

    def _compensate(self, step: Step) -> None:
        self.settled = True

    def _wait(self, step: Step) -> None:
        self.waiting_for = step.note
        self.waits.append(Wait(step.on_day, step.until_day or step.on_day))

    def _decline(self, step: Step) -> None:
        self.declined_on, self.reason, self.told_on = step.on_day, step.note, None
        self.deferred_on = self.deferred_to = None

    def _told(self, step: Step) -> None:
        self.told_on = step.on_day

    def _take_up(self, day: date) -> None:
        """Whatever is done next ends a wait."""
        if self.waits and self.waits[-1].ended is None:
            self.waits[-1] = self.waits[-1]._replace(ended=day)


def fold(steps: Iterable[Step]) -> Progress:
    """How far a slip has come after these steps, in their order."""
    progress = Progress()
    for step in steps:
        progress.take(step)
    return progress


def check(number: str, progress: Progress, step: str, day: date, at: str | None = None) -> None:
    """Refuse (4) a step that the slip's state does not allow, or that lies before what happened already."""
    if progress.state not in FLOW[step][0]:
        raise Refused(_why_not(progress.state, step), number=number)
    if step == "close" and day < progress.opened_on:
        raise Refused("repair.closed_before_opened", number=number, day=day, opened_on=progress.opened_on)
    if step in ("accept", "reject") and progress.closed_on is not None and day < progress.closed_on:
        raise Refused("repair.accepted_before_closed", number=number, day=day, closed_on=progress.closed_on)
    earliest, now = progress.opened if step in UNORDERED else progress.last, Moment(day, at)
    if later(earliest, now):
        same = earliest.day == day
        raise Refused("repair.out_of_order", number=number, day=now.shown if same else day,
                      last_on=earliest.shown if same else earliest.day)  # fmt: skip


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
    if state == "declined":
        return "repair.already_declined"
    if step == "told":
        return "repair.nothing_to_tell"
    if step == "decline":
        return "repair.not_to_decline"
    if step in ("accept", "reject"):
        return "repair.not_closed"
    return "repair.already_deferred" if state == "deferred" else "repair.not_assigned"


def same_fault(kind: str, title: str, other: str) -> bool:
    """Whether two reports of one place and kind can be one fault: of the kind "other" only if their words are alike.

    Alike is: one title holds the other, or they share half of their pairs of neighbouring characters.
    """
    if kind != "other":
        return True
    one, two = title.replace(" ", ""), other.replace(" ", "")
    if one and two and (one in two or two in one):
        return True
    pairs, others = _pairs(one), _pairs(two)
    return 2 * len(pairs & others) >= max(1, min(len(pairs), len(others)))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def repeated(opened_on: date, closed_on: date, within_days: int) -> bool:
    """Whether a fault comes back so soon after it was mended that it is the same one."""
    return 0 <= (opened_on - closed_on).days <= within_days

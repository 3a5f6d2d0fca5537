"""The school's service norms: the last moments to assign, mend and answer, on its calendar, by the day's policy."""

from datetime import date
from typing import Any

from logi.books.repair import school
from logi.books.repair.clock import Moment, deadline
from logi.books.repair.rules import Progress


class Norms:
    """The norms of one ledger, read as they are asked for."""

    __slots__ = ("_known", "calendar", "source")

    def __init__(self, source: Any) -> None:
        self.source, self.calendar = source, school.calendar(source)
        self._known: dict[tuple[str, date], Any] = {}

    def value(self, name: str, on: date) -> Any:
        """The value of `repair.<name>` on a day."""
        if (name, on) not in self._known:
            self._known[name, on] = school.policy(self.source, f"repair.{name}", on)
        return self._known[name, on]

    def respond(self, urgency: str, opened: Moment) -> Moment:
        """The last moment to assign."""
        return self._after(opened, self.value("respond_minutes", opened.day)[urgency])

    def resolve(self, urgency: str, opened: Moment) -> Moment:
        """The last moment to mend."""
        return self._after(opened, self.value("resolve_hours", opened.day)[urgency] * 60)

    def mend_by(self, urgency: str, progress: Progress) -> Moment:
        """The last moment to mend a slip: its target, put back by the workdays it waited for parts.

        A wait stands still until the day the parts were promised for, no longer, and only if it began in time.
        """
        target = self.resolve(urgency, progress.opened)
        if not self.value("waiting_stops_clock", progress.opened_on):
            return target
        for wait in progress.waits:
            last = min(wait.until, wait.ended or wait.until)
            if wait.since <= target.day and last > wait.since:
                waited = len(self.calendar.workdays(wait.since, last)) - self.calendar.is_workday(wait.since)
                target = Moment(self.calendar.add_workdays(target.day, waited), target.time)
        return target

    def object_by(self, closed_on: date) -> date:
        """The last day on which the reporter should have said yes or no; silence is never a yes."""
        return self.calendar.add_workdays(closed_on, self.value("object_days", closed_on))

    def _after(self, opened: Moment, minutes: int) -> Moment:
        hours = self.value("work_hours", opened.day) if opened.time else ()
        return deadline(self.calendar, hours, opened, minutes)

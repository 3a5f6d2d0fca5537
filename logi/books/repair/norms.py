"""The school's service norms: the last moments to assign, mend and answer, on its calendar, by the day's policy."""

from datetime import date
from typing import Any

from logi.books.repair import school
from logi.books.repair.clock import Moment, deadline


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

    def object_by(self, closed_on: date) -> date:
        """The last day on which the reporter should have said yes or no; silence is never a yes."""
        return self.calendar.add_workdays(closed_on, self.value("object_days", closed_on))

    def _after(self, opened: Moment, minutes: int) -> Moment:
        hours = self.value("work_hours", opened.day) if opened.time else ()
        return deadline(self.calendar, hours, opened, minutes)

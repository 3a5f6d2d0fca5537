"""What the calendar asks of every list in use and what the runs answer: the figures reports and checks share."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from logi.books.check import lists, rules, school, store
from logi.books.check.rules import Checklist, Kept, Window
from logi.books.check.using import in_force
from logi.core.calendar import SchoolCalendar

if TYPE_CHECKING:
    from logi.db import Ledger

Days = dict[tuple[str, int | None], list[tuple[date, str | None]]]
AHEAD = (40, 400)  # how many days ahead the next run is looked for: few first, most lists come round soon
LONGEST = timedelta(days=400)


class Duty(NamedTuple):
    """One list at one place in a stretch of days: its newest use, and what was asked and done."""

    row: store.Row
    checklist: Checklist
    kept: Kept

    @property
    def place(self) -> str | None:
        """The place as people read it."""
        return f"{self.row['place']} {self.row['place_name']}" if self.row["place"] else None


class Duties:
    """Every list in use with the calendar, read once."""

    def __init__(self, ledger: "Ledger", key: str | None = None) -> None:
        self.ledger, self.today = ledger, ledger.today
        self.calendar: SchoolCalendar = school.calendar(ledger)
        self.opening_days = int(school.policy(ledger, "check.opening_days", ledger.today))
        self._lately: Days | None = None
        self.uses: dict[tuple[str, int | None], list[store.Row]] = {}
        for row in store.uses(ledger.db, key):
            self.uses.setdefault((row["list"], row["place_id"]), []).append(row)

    @property
    def lacks_terms(self) -> bool:
        """Whether a list waits for school days or terms and none is entered, so that nothing is ever due."""
        asked = ("schoolday", "termly", "opening")
        return not self.calendar.terms and any(row["frequency"] in asked for rows in self.uses.values() for row in rows)

    def kept(self, since: date, until: date) -> list[Duty]:
        """What was asked with a last good day from `since` to `until`, by list and place."""
        days = store.run_days(self.ledger.db, since - LONGEST, until + LONGEST)
        found = []
        for (key, _), rows in self.uses.items():
            checklist = lists.known(key)
            if checklist is None:
                continue
            parts = [self._part(row, checklist, days, since, until) for row in rows]
            whole = Kept(
                sum(p.expected for p in parts), sum(p.done for p in parts),
                tuple(w for p in parts for w in p.missed), tuple(w for p in parts for w in p.pending),
            )  # fmt: skip
            if whole.expected:
                found.append(Duty(rows[-1], checklist, whole))
        return found

    def asked(self, since: date, until: date) -> int:
        """How many runs the lists in use ask for with a last good day from `since` to `until`, days to come too."""
        return sum(len(self._windows(row, checklist, since, until)) for (key, _), rows in self.uses.items()
                   if (checklist := lists.known(key)) is not None for row in rows)  # fmt: skip

    def next_due(self, key: str) -> date | None:
        """The last good day of the next run of a list that nobody has made yet, over all its places."""
        checklist, today = lists.known(key), self.today
        running = [row for (name, _), rows in self.uses.items() if name == key for row in rows
                   if row["until_day"] is None or row["until_day"] >= today.isoformat()]  # fmt: skip
        if checklist is None or not running:
            return None
        waiting = [day for row in running if (day := self.next_at(row, checklist)) is not None]
        return min(waiting, default=None)

    def next_at(self, row: store.Row, checklist: Checklist) -> date | None:
        """The last good day of the next run of one use that nobody has made yet."""
        if self._lately is None:
            self._lately = store.run_days(self.ledger.db, self.today - LONGEST, self.today)
        for ahead in AHEAD:
            asked = self._windows(row, checklist, self.today, self.today + timedelta(days=ahead))
            made = self._made(row, checklist, self._lately, asked)
            waiting = [w.due for w in asked if not any(w.since <= day <= w.until for day in made)]
            if waiting:
                return min(waiting)
        return None

    def _part(
        self, row: store.Row, checklist: Checklist, days: Days, since: date, until: date
    ) -> Kept:  # fmt: skip
        asked = self._windows(row, checklist, since, until)
        return rules.keep(asked, self._made(row, checklist, days, asked), self.today)

    def _made(self, row: store.Row, checklist: Checklist, days: Days, asked: Sequence[Window]) -> list[date]:
        """The days that runs answer for. One for every asset is needed where a list is for assets, in or under its place."""
        if checklist.things is None:
            return _days(days, checklist.key, row["place_id"], row["frequency"])
        found = []
        for window in asked:
            there = store.things(self.ledger.db, checklist.things, min(window.until, self.today), within=row["place_id"])
            seen = store.last_runs_of_assets(self.ledger.db, checklist.key, window.since, window.until)
            if there and all(one["code"] in seen for one in there):
                found.append(window.due)
        return found

    def _windows(self, row: store.Row, checklist: Checklist, since: date, until: date) -> Sequence[Window]:
        """A use's stretches: only those whose last good day it covers."""
        found = rules.windows(row["frequency"], checklist.months, self.calendar, since, until, self.opening_days)
        return [w for w in found if in_force(row, w.due)]


def _days(days: Days, key: str, place_id: int | None, frequency: str) -> list[date]:
    """The days that runs answer for. A list in use without a place is answered by a run anywhere."""
    made = [one for (name, at), there in days.items() if name == key and place_id in (None, at) for one in there]
    return [rules.duty_day(frequency, day, time) for day, time in made]

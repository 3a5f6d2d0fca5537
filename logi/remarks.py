"""What an auditor asks of a period: what was taken back, booked late, overridden or reopened, what lacks an approval, a
signature or a known actor, and what should have been done and was not.

A book adds what was missed by a report whose name ends with -missed or -missing: each of its rows is a finding.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from logi import journal
from logi.core import days
from logi.core.answers import Table
from logi.core.errors import LogiError
from logi.core.messages import say
from logi.formats.cells import human
from logi.registry import cards, room
from logi.shape import specs

if TYPE_CHECKING:
    from logi.db import Ledger

LATE_DAYS = 7  # a booking recorded more than a week after it happened
ABSENT = ("-missed", "-missing")


class Remark(NamedTuple):
    """One thing an auditor looks at; what was not done at all has no entry, but a subject and perhaps a day."""

    kind: str  # a key of trust.remark.*
    entry: sqlite3.Row | None
    detail: str
    subject: str | None = None
    day: date | None = None


def remarks(ledger: "Ledger", since: date, until: date) -> list[Remark]:
    """All findings of a period: those of the journal by entry, then what was not done."""
    found = [*_recorded(ledger, since, until), *_unapproved(ledger, since, until)]
    found.sort(key=lambda one: (one.entry["seq"] if one.entry is not None else 0, one.kind))
    return [*found, *_absent(ledger, since, until)]


def _recorded(ledger: "Ledger", since: date, until: date) -> Iterator[Remark]:
    db = ledger.db
    dated = [(spec.name, spec.day) for spec in specs(db).values() if spec.kind == "fact" and spec.day]
    for row in journal.undoings(db, since, until):
        undone = say("trust.remark_undone", target=row["target"], reason=row["reason"])
        yield Remark("undone", _header(db, row["entry"]), undone)
    for row in journal.late_facts(db, since, until, LATE_DAYS, dated):
        late = say("trust.remark_late", days=row["lag"], day=date.fromisoformat(row["on_day"]))
        yield Remark("late", _header(db, row["seq"]), late)
    for row in journal.overrides(db, since, until):
        yield Remark("override", _header(db, row["seq"]), f"{row['rule']}: {row['reason']}")
    for row in journal.log(db, since=since.isoformat(), until=until.isoformat()):
        if row["action"] == "month.reopen":
            yield Remark("reopened", row, row["reason"] or "—")
        if row["actor"].startswith("system:"):
            yield Remark("unmapped", row, say("trust.remark_unmapped", user=row["os_user"]))


def _unapproved(ledger: "Ledger", since: date, until: date) -> Iterator[Remark]:
    """Documents numbered in the period of which levels asked for have neither agreed nor refused."""
    db = ledger.db
    for given in journal.numbers_of(db, since, until):
        hooks = room(given["book"], "approving")
        if hooks is None or journal.undone_by(db, given["entry"]) is not None:
            continue
        levels: list[str] = []
        with contextlib.suppress(LogiError):  # a number of another kind of document
            levels = list(hooks.required(ledger, given["number"]))
        decided = journal.approvals(db, given["number"])
        if not levels or any(row["decision"] == "no" for row in decided):
            continue
        there = {row["level"] for row in decided}
        lacking = [hooks.level_title(level) for level in levels if level not in there]
        if lacking:
            text = say("trust.remark_unapproved", levels=lacking)
            yield Remark("unapproved", _header(db, given["entry"]), text, given["number"])


def _absent(ledger: "Ledger", since: date, until: date) -> Iterator[Remark]:
    first = journal.find_entry(ledger.db, 1)
    began = date.fromisoformat(first["today"]) if first is not None else ledger.today
    # Before the school year in which the ledger was begun nothing was asked of it.
    since = max(since, days.school_year_period(days.school_year_of(began)).since)
    until = min(until, ledger.today)
    for card in cards().values():
        for name in card.reports:
            if not name.endswith(ABSENT) or since > until:
                continue
            table: Table = getattr(room(card.name, "report"), name.replace("-", "_"))(ledger, since, until)
            codes = [column for column in table.columns if column.kind == "code" and column.key != "command"][:1]
            for row in table.rows:
                day = next((value for value in row.values() if isinstance(value, date)), None)
                texts = [human(c, row.get(c.key)) for c in table.columns if c.kind in ("text", "word")]
                subject = str(row.get(codes[0].key) or "") if codes else None
                yield Remark("missed", None, " ".join(filter(None, texts)) or table.title, subject, day)


def _header(db: sqlite3.Connection, seq: int) -> sqlite3.Row:
    row = journal.find_entry(db, seq)
    assert row is not None
    return row

"""iCalendar: a table that knows days as all-day events, the same bytes each time, stable names for every event.

A table can be a calendar if it has a column `due` or `on` of days and its rows bear `number` and `title`, shown or not.
A row may bear, unshown, `uid` (the event's name for ever; else the number), `stamp` (the UTC instant of its last change,
RFC 3339; else the day itself), `revision` (a count that grows with each change) and `gone` (true: cancelled).
A row without a day is no event. Days stand alone in the rows: no clock, no zone.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from logi.core.answers import Answer, Confirmation, Pack, Table
from logi.core.errors import Usage
from logi.core.text import show
from logi.formats import Style
from logi.formats.cells import as_table, human

OCTETS = 75  # RFC 5545, 3.1: longer lines are folded, never inside a character
DAYS = ("due", "on")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def draw(answer: Answer, style: Style) -> str:
    """The answer as one calendar; a pack's tables together, if any of them can be one.

    What was done is said also where it has no day (then without events): it stands in the ledger by now.
    """
    drawn = as_table(answer) if isinstance(answer, Confirmation) else answer
    tables = [table for table in (drawn.tables if isinstance(drawn, Pack) else [drawn]) if _day_of(table)]
    if not tables and not isinstance(answer, Confirmation):
        raise Usage("formats.no_calendar", name=drawn.name)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//logi//logi//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
             f"X-WR-CALNAME:{_text(drawn.title)}"]  # fmt: skip
    for table in tables:
        lines += _events(table)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _day_of(table: Table) -> str | None:
    """The key of the column of days, if the table can be a calendar."""
    key = next((c.key for c in table.columns if c.key in DAYS and c.kind == "day"), None)
    return key if all("number" in row and "title" in row for row in table.rows) else None


def _events(table: Table) -> Iterator[str]:
    key = _day_of(table)
    for row in table.rows:
        day = row.get(str(key))
        if isinstance(day, date):
            yield from _event(table, row, day, str(key))


def _event(table: Table, row: Mapping[str, Any], day: date, key: str) -> Iterator[str]:
    stamp = "".join(c for c in str(row.get("stamp") or f"{day.isoformat()}T00:00:00")[:19] if c not in "-:")
    told = [f"{c.title}: {human(c, row[c.key])}" for c in table.columns
            if c.key not in ("title", key) and row.get(c.key) not in (None, "")]  # fmt: skip
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(str(row.get('uid') or row['number']))}"
    yield f"DTSTAMP:{stamp}Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(str(row['title']))}"
    if told:
        yield f"DESCRIPTION:{_text(chr(10).join(told))}"
    yield f"STATUS:{'CANCELLED' if row.get('gone') else 'CONFIRMED'}"
    if row.get("revision") is not None:
        yield f"SEQUENCE:{int(row['revision'])}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text value: nothing a terminal obeys, and RFC 5545's four characters escaped."""
    return "".join(_ESCAPES.get(c, c) for c in "\n".join(show(part) for part in text.split("\n")))


def _folded(line: str) -> Iterator[str]:
    """A line as pieces of at most 75 octets, each after the first begun by a blank."""
    piece, octets = "", 0
    for char in line:
        size = len(char.encode())
        if octets + size > OCTETS:
            yield piece
            piece, octets = " ", 1
        piece += char
        octets += size
    yield piece

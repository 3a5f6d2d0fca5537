"""The verbs of a year's work points and of what is worth telling of the work; each works inside an open entry."""

from datetime import date
from typing import Any

from logi.books.month import pasting, school, store_work
from logi.books.month.actions import found as line_found
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused
from logi.core.folding import fold
from logi.journal import Entry

SERIES = "YD"
KINDS = ("innovation", "highlight", "effect")


def add_point(e: Entry, year: int, title: str, *, source: str | None = None, owner: str | None = None) -> Confirmation:
    """Put a point into a year's work points (年度工作要點); one that says the same is warned of."""
    twin = store_work.point_titled(e.db, year, fold(title))
    if twin is not None:
        e.warn("month.point_twin", number=twin["number"], year=str(year))
    number = _write(e, year, title, source, school.person(e, owner)["id"] if owner else None)
    return Confirmation("month.point.add", number, facts={"title": title, "year": str(year), "source": source})


def paste_points(e: Entry, year: int, text: str, *, source: str | None = None) -> Confirmation:
    """Every numbered point of a pasted document that is not there yet; what bears no number is left out and counted."""
    read = pasting.read(text, f"{year:04d}-01", points=True)
    numbers, known = [], 0
    for line in read.lines:
        if store_work.point_titled(e.db, year, fold(line.title)) is not None:
            known += 1
        else:
            numbers.append(_write(e, year, line.title, source, None))
    for left in read.unplaced[: pasting.TOLD]:
        e.warn("month.point_unplaced", line=left.line, text=left.text)
    facts = {"year": str(year), "added": len(numbers), "known": known, "left": len(read.unplaced)}
    return Confirmation("month.point.paste", numbers[0] if numbers else None, numbers=numbers, facts=facts)


def edit_point(e: Entry, number: str, *, title: str | None = None, source: str | None = None,
               owner: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is given of a work point."""
    row = point(e, number)
    changes: dict[str, Any] = {"source": source} if source is not None else {}
    if title is not None:
        changes.update(title=title, folded=fold(title))
    if owner is not None:
        changes["owner_id"] = school.person(e, owner)["id"]
    if not changes:
        raise Refused("month.nothing_to_change", number=row["number"])
    e.update("month_point", row["id"], **changes)
    return Confirmation("month.point.edit", row["number"], facts={"title": title or row["title"]})


def highlight(e: Entry, words: str, *, kind: str, line: str | None = None, on: date | None = None) -> Confirmation:
    """Note what the summary will tell: something new, something well done, an effect; of a plan's line if one is named."""
    day = e.happened(on or e.today)
    row = line_found(e, line) if line else None
    e.insert("month_highlight", on_day=day, kind=kind, words=words, line_id=row["id"] if row else None)
    facts = {"kind": Word.of("month.telling", kind), "words": words, "day": day, "line": row["number"] if row else None}
    return Confirmation("month.highlight", facts=facts)


def point(source: Any, number: str) -> Any:
    """The work point of a number, or NotFound (3)."""
    row = store_work.point(source.db, number)
    if row is None:
        raise NotFound("month.no_point", number=number)
    return row


def _write(e: Entry, year: int, title: str, source: str | None, owner_id: int | None) -> str:
    number = e.number(SERIES, str(year), book="month", kind="point", width=2)
    e.insert("month_point", number=number, year=year, title=title, folded=fold(title), source=source, owner_id=owner_id)
    return number

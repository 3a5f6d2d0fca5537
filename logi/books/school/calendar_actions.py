"""The verbs on terms, holidays and make-up workdays."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.school import rules, store
from logi.core.answers import Confirmation, Word
from logi.core.calendar import parse_term_code
from logi.core.days import days_between
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.books.school.holiday_files import DayRow

LONGEST_BREAK = 100  # days that one line may enter: a summer's


def add_term(e: Entry, code: str, name: str, *, starts_on: date, ends_on: date) -> Confirmation:
    """Enter a term. Terms may not share a day (4)."""
    if parse_term_code(code) is None:
        raise Usage("school.term_code", code=code)
    free_code(e.db, "school_term", code, what="term")
    _term_days(e, code, starts_on, ends_on)
    e.insert("school_term", code=code, **named(name), starts_on=starts_on, ends_on=ends_on)
    return Confirmation("term.add", code, facts={"code": code, "name": name, "starts": starts_on, "ends": ends_on})


def edit_term(e: Entry, which: str, *, name: str | None = None, starts_on: date | None = None,
              ends_on: date | None = None) -> Confirmation:  # fmt: skip
    """Change a term's name or days."""
    row = store.term(e, which)
    changes: dict[str, Any] = {**(named(name) if name else {})}
    first = starts_on or date.fromisoformat(row["starts_on"])
    last = ends_on or date.fromisoformat(row["ends_on"])
    if starts_on or ends_on:
        _term_days(e, row["code"], first, last, but=row["id"])
        changes.update(starts_on=first, ends_on=last)
    if not changes:
        raise Usage("school.nothing_to_change", code=row["code"])
    e.update("school_term", row["id"], **changes)
    facts = {"name": name or row["name"], "starts": first, "ends": last}
    return Confirmation("term.edit", row["code"], facts=facts)


def add_days(e: Entry, day: date, name: str, *, kind: str = "off", until: date | None = None) -> Confirmation:
    """Enter a day off or a make-up workday, or every day up to `until`. A day entered already is refused (4)."""
    last = until or day
    if last < day:
        raise Usage("front.since_after_until", since=day, until=last)
    if (last - day).days >= LONGEST_BREAK:
        raise Usage("school.break_long", days=(last - day).days + 1, limit=LONGEST_BREAK)
    entered = list(days_between(day, last))
    for one in entered:
        if (row := store.holiday_on(e.db, one)) is not None:
            raise Refused("school.day_taken", day=one, kind=Word.of("school.day", row["kind"]), name=row["name"])
        e.insert("school_day", day=one, kind=kind, name=name)
    if kind == "makeup":
        _odd_makeups(e, entered)
    span = day.isoformat() if last == day else f"{day.isoformat()} – {last.isoformat()}"
    facts = {"name": name, "kind": Word.of("school.day", kind), "span": span, "count": len(entered)}
    return Confirmation("holiday.add", day.isoformat(), numbers=[one.isoformat() for one in entered], facts=facts)


def edit_day(e: Entry, day: date, *, name: str | None = None, kind: str | None = None) -> Confirmation:
    """Change what a day is called, or whether it is off or made up."""
    row = _entered(e, day)
    changes = {key: value for key, value in {"name": name, "kind": kind}.items() if value is not None}
    if not changes:
        raise Usage("school.nothing_to_change", code=day.isoformat())
    e.update("school_day", row["id"], **changes)
    if kind == "makeup":
        _odd_makeups(e, [day])
    facts = {"name": name or row["name"], "kind": Word.of("school.day", kind or row["kind"])}
    return Confirmation("holiday.edit", day.isoformat(), facts=facts)


def drop_day(e: Entry, day: date) -> Confirmation:
    """Strike a day off the list: it is worked, or not, as its weekday says."""
    row = _entered(e, day)
    e.void("school_day", row["id"])
    facts = {"name": row["name"], "kind": Word.of("school.day", row["kind"])}
    return Confirmation("holiday.drop", day.isoformat(), facts=facts)


def import_days(e: Entry, rows: "Sequence[DayRow]", *, file: str, sha256: str, again: bool = False) -> Confirmation:
    """Take a file's days over in this one entry: new ones, changed ones; equal ones stay. Read before: refused (4)."""
    before = journal.imported(e.db, "holidays", sha256)
    if before is not None and not again:
        raise Refused("school.imported_before", file=file, entry=before)
    counts = {"new": 0, "changed": 0, "same": 0}
    for given in rows:
        row = store.holiday_on(e.db, given.day)
        if row is None:
            e.insert("school_day", day=given.day, kind=given.kind, name=given.name, source=given.source)
            counts["new"] += 1
        elif (row["kind"], row["name"]) == (given.kind, given.name):
            counts["same"] += 1
        else:
            e.update("school_day", row["id"], kind=given.kind, name=given.name, source=given.source)
            counts["changed"] += 1
    _odd_makeups(e, [given.day for given in rows if given.kind == "makeup"])
    e.insert("import_file", kind="holidays", name=file, sha256=sha256, rows=len(rows))
    years = sorted({str(given.day.year) for given in rows})
    return Confirmation("holiday.import", facts={"file": file, "years": years, **counts})


def _term_days(e: Entry, code: str, starts_on: date, ends_on: date, but: int = 0) -> None:
    if starts_on > ends_on:
        raise Usage("front.since_after_until", since=starts_on, until=ends_on)
    for other in store.overlapping_terms(e.db, starts_on, ends_on, but):
        raise Refused(
            "school.terms_overlap", code=code, other=other["code"], name=other["name"],
            starts=date.fromisoformat(other["starts_on"]), ends=date.fromisoformat(other["ends_on"]),
        )  # fmt: skip
    if rules.term_outside_its_year(code, starts_on, ends_on):
        e.warn("school.term_outside_year", code=code, starts=starts_on, ends=ends_on)


def _entered(e: Entry, day: date) -> Any:
    row = store.holiday_on(e.db, day)
    if row is None:
        raise NotFound("school.day_unknown", day=day)
    return row


def _odd_makeups(e: Entry, days: Iterable[date]) -> None:
    odd = [day for day in days if day.weekday() < 5]
    if odd:
        e.warn("school.makeup_on_weekday", days=odd)

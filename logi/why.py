"""The entries behind a figure, a sample to look at in the store room, and the binder an inspector takes along."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.command_words import ActionName
from logi.core import days
from logi.core.answers import Column, Pack, Table, Word
from logi.core.errors import BadValue, NotFound, Usage
from logi.core.folding import fold
from logi.core.messages import money_text, quantity_text, say, title
from logi.registry import book_of, cards
from logi.trail import Step, Threads

if TYPE_CHECKING:
    from logi.db import Ledger

NAMING = frozenset({"code", "word", "month"})
MOST_KNOWN = 12


def behind(ledger: "Ledger", table: Table, cell: str, since: date, until: date, threads: Threads | None = None) -> Table:
    """The facts and entries behind a row of a report, or behind one figure of it: ROW or ROW:COLUMN.

    `threads` is the ledger's journal as read before, for who asks more than once.
    """
    rows, column = _cell(table, cell)
    threads = threads or Threads(ledger.db)
    first, last = _days(column, since, until)
    facts: dict[Step, None] = {}
    earlier: dict[Step, None] = {}
    entries: dict[int, None] = {}
    for row in rows:
        begin, end = _week(row, first, last)
        for key, value in _names(table, row):
            found = _facts(threads, table, key, value)
            facts.update(dict.fromkeys(f for f in found if begin <= f.day <= end))
            earlier.update(dict.fromkeys(f for f in found if f.day <= end))
            if not found:
                entries.update(dict.fromkeys(threads.entries(value)))
            elif not _is_word(table, key):
                break
    shown = [_fact_row(ledger, f) for f in sorted(facts, key=lambda f: (f.day, f.seq))]
    notes = []
    if not shown and earlier:
        shown = [_fact_row(ledger, f) for f in sorted(earlier, key=lambda f: (f.day, f.seq))]
        notes.append(say("reports.note.earlier", since=since, until=until))
    elif not shown and entries:
        shown = [_entry_row(ledger, seq) for seq in sorted(entries)]
    elif not shown:  # a sum over what has no name of its own: everything the book was told of those days
        facts_of, seqs = threads.of_book(_book(table), first, last)
        shown = [_fact_row(ledger, f) for f in facts_of] or [_entry_row(ledger, seq) for seq in seqs]
        notes.append(say("reports.note.whole_book", since=since, until=until))
    if column is not None:
        value = "; ".join(_value(column, row.get(column.key)) for row in rows)
        notes.append(say("reports.note.figure", column=column.title, value=value))
    columns = (
        Column("on", say("reports.col.on"), "day"), Column("entry", say("front.col.entry"), "count"),
        Column("recorded_at", say("front.col.recorded_at"), "instant"), Column("actor", say("front.col.actor")),
        Column("action", say("front.col.action"), "word"), Column("subject", say("front.col.subject"), "code"),
        Column("kind", say("front.col.kind"), "code"), Column("quantity", say("reports.col.quantity"), "quantity"),
        Column("value", say("reports.col.value"), "money"),
    )  # fmt: skip
    wanted = [c for c in columns if any(row.get(c.key) is not None for row in shown) or c.key == "entry"]
    totals = {key: sum(row.get(key) or 0 for row in shown) for key in ("quantity", "value")
              if any(row.get(key) is not None for row in shown)}  # fmt: skip
    heading = say("reports.title.why", table=table.title, cell=cell)
    return Table("why", heading, wanted, shown, totals=totals, notes=notes)


def sampled(table: Table, count: int, seed: str) -> Table:
    """`count` rows that anybody with the same seed draws again: those whose SHA-256 of seed and code comes first."""
    key = next((c.key for c in table.columns if c.kind == "code"), table.columns[0].key)

    def drawn(row: Mapping[str, Any]) -> str:
        return hashlib.sha256(f"{seed}\n{row.get(key)}".encode()).hexdigest()

    chosen = sorted(sorted(table.rows, key=drawn)[:count], key=lambda row: str(row.get(key)))
    rows = [{"no": at, **row} for at, row in enumerate(chosen, 1)]
    few = [c for c in table.columns if any(row.get(c.key) is not None for row in chosen)][:7]
    ticks = [Column(name, say(f"reports.col.{name}")) for name in ("seen", "remark")]
    columns = [Column("no", say("reports.col.no"), "count"), *few, *ticks]
    notes = [say("reports.note.sample", count=len(rows), of=len(table.rows), seed=seed), say("reports.sample_sign")]
    return Table("audit.sample", say("reports.title.sample", what=table.title), columns, rows, notes=notes)


def binder_index(ledger: "Ledger", pack: Pack, until: date) -> Table:
    """Every claim of a pack: the row, the record it names, its entries with their hashes, and the scans they hang on."""
    threads = Threads(ledger.db)
    last = until.isoformat()
    hashes: dict[int, str] = {}
    rows: list[dict[str, Any]] = []
    for place, table in enumerate(pack.tables, 1):
        for number, row in enumerate(table.rows, 1):
            names = list(_names(table, row))
            record = next((value for key, value in names if not _is_word(table, key)), None)
            found: list[int | None] = [*sorted(_entries(threads, table, names, last, row))] or [None]
            for seq in found:
                if seq and seq not in hashes:
                    head = journal.find_entry(ledger.db, seq)
                    hashes[seq] = head["hash"] if head is not None else ""
                rows.append({
                    "section": f"{place}", "claim": f"{table.title} / {number}", "record": record, "entry": seq,
                    "hash": hashes.get(seq or 0), "scan": threads.scans.get(seq or 0),
                })  # fmt: skip
    columns = (
        Column("section", say("reports.col.section"), "code"), Column("claim", say("reports.col.claim")),
        Column("record", say("reports.col.record"), "code"), Column("entry", say("front.col.entry"), "count"),
        Column("hash", say("reports.col.hash"), "code"), Column("scan", say("reports.col.scan"), "code"),
    )  # fmt: skip
    return Table("audit.binder", say("reports.title.binder", period=pack.period), columns, rows,
                 notes=[say("reports.note.binder", head=pack.head)])  # fmt: skip


def _book(table: Table) -> str:
    """The book a table comes from: `patrol.weeks`, and `hazard.ageing` by the command of its name."""
    name = table.name.partition(".")[0]
    card = cards().get(name) or book_of(name) or book_of(name.removesuffix("s"))
    return card.name if card is not None else name


def _entries(threads: Threads, table: Table, names: Sequence[tuple[str, str]], last: str,
             row: Mapping[str, Any]) -> set[int]:  # fmt: skip
    """The entries of a claim: the entry it names itself, else those of its record, else those of its fixed word."""
    if isinstance(row.get("entry"), int):
        return {int(row["entry"])}
    for key, value in names:
        found = {f.seq for f in _facts(threads, table, key, value) if f.day <= last}
        if found or not _is_word(table, key):
            return found or set(threads.entries(value))
    return set()


def _facts(threads: Threads, table: Table, key: str, value: str) -> list[Step]:
    """The facts about a code wherever it stands; about a fixed word only in tables of the report's own book."""
    if not _is_word(table, key):
        return threads.facts(value)
    book = _book(table)
    return threads.facts(value, prefix=f"{book}_" if book in cards() else "", column=key)


def _cell(table: Table, cell: str) -> tuple[list[Mapping[str, Any]], Column | None]:
    name, _, figure = cell.rpartition(":") if ":" in cell else (cell, "", "")
    column = None
    if figure:
        column = next((c for c in table.columns if fold(figure) in (fold(c.key), fold(c.title))), None)
        if column is None:
            raise Usage("reports.no_figure", name=figure, known=[c.key for c in table.columns])
    typed = fold(name)
    if name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        at = int(name[1:])
        rows = [table.rows[at - 1]] if 0 < at <= len(table.rows) else []
    else:
        rows = [row for row in table.rows if typed in {fold(text) for text in _texts(table, row)}]
    if not rows:
        known = list(dict.fromkeys(_texts(table, row)[0] for row in table.rows if _texts(table, row)))[:MOST_KNOWN]
        raise NotFound("reports.no_row", name=name, table=table.title, known=known)
    return rows, column


def _texts(table: Table, row: Mapping[str, Any]) -> list[str]:
    found = []
    for column in table.columns:
        value = row.get(column.key)
        if isinstance(value, str) and value:
            found.append(value)
            if column.words:
                found.append(title(column.words, value))
    return found


def _names(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What names a row, codes and numbers before fixed words; a word is looked for under its column's name."""
    found = [(c, row.get(c.key)) for c in table.columns if c.kind in NAMING]
    found.sort(key=lambda pair: (pair[0].kind == "word", pair[0].key == "week"))
    for column, value in found:
        if isinstance(value, str) and value:
            yield column.key, str(value) if isinstance(value, Word) else value


def _is_word(table: Table, key: str) -> bool:
    return any(c.key == key and c.kind == "word" for c in table.columns)


def _days(column: Column | None, since: date, until: date) -> tuple[str, str]:
    """The days a figure speaks of: what opens a period lies before it, what closes it includes all before."""
    if column is not None and column.key.startswith("opening"):
        return "", date.fromordinal(since.toordinal() - 1).isoformat()
    if column is not None and column.key.startswith(("closing", "on_hand", "left")):
        return "", until.isoformat()
    return since.isoformat(), until.isoformat()


def _week(row: Mapping[str, Any], first: str, last: str) -> tuple[str, str]:
    if not isinstance(row.get("week"), str):
        return first, last
    try:
        period = days.parse_week(row["week"], today=date.min.replace(year=2025))
    except BadValue:
        return first, last
    return period.since.isoformat(), period.until.isoformat()


def _fact_row(ledger: "Ledger", fact: Step) -> dict[str, Any]:
    day = date.fromisoformat(fact.day) if fact.day else None
    return {**_entry_row(ledger, fact.seq), "on": day, "kind": fact.kind, "quantity": fact.milli, "value": fact.fen}


def _entry_row(ledger: "Ledger", seq: int) -> dict[str, Any]:
    row = journal.find_entry(ledger.db, seq)
    assert row is not None
    return {"entry": seq, "recorded_at": row["recorded_at"], "actor": row["actor"], "action": ActionName(row["action"]),
            "subject": row["subject"]}  # fmt: skip


def _value(column: Column, value: Any) -> str:
    if isinstance(value, int) and column.kind in ("money", "quantity"):
        return money_text(value, grouped=True) if column.kind == "money" else quantity_text(value)
    return "—" if value is None else str(value)

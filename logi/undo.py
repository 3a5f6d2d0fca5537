"""Undo and redo for every entry of every book by one mechanism: facts get reversing facts, rows their images back.

A book adds what the floor cannot know in an optional `undo.py`:
    dependents(db, seq, changes) -> Iterable[int]   later entries that lean on this one beyond rows and links
    settle(e, tables) -> None                       bring derived sums up to date after rows of these tables were turned back,
                                                    and refuse what must not be (stock below zero on some day)
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from logi import journal
from logi.command_words import Done
from logi.core.answers import Confirmation
from logi.core.errors import NotFound, Refused
from logi.db import Ledger
from logi.guards import away
from logi.journal import Entry
from logi.registry import book_of_table, cards, room

MANY = 20  # rows added together from which they are taken back together
NEVER = ("init", "migrate", "restore", "import.journal")


def latest_of(db: sqlite3.Connection, actor: str) -> int:
    """This actor's newest entry that is neither undone nor an undo."""
    for seq, action in db.execute("SELECT seq, action FROM entry WHERE actor = ? ORDER BY seq DESC", (actor,)):
        if action in NEVER:
            break
        if _stands(db, seq):
            return int(seq)
    raise NotFound("front.nothing_to_undo", actor=actor)


def entry_for(db: sqlite3.Connection, target: str) -> int:
    """The entry a target names: an entry number, or the newest standing entry about a document number."""
    if target.isascii() and target.lstrip("#").isdigit():
        seq = int(target.lstrip("#")[:20])
        if seq >= 1 << 62 or journal.find_entry(db, seq) is None:
            raise NotFound("front.no_entry", entry=seq)
        return seq
    for row in journal.log(db, subject=target):
        if _stands(db, row["seq"]):
            return int(row["seq"])
    given = journal.number_of(db, target)
    if given is None:
        raise NotFound("front.no_number", number=target)
    if (by := journal.undone_by(db, int(given["entry"]))) is not None:
        raise Refused("front.already_undone", entry=int(given["entry"]), by=by)
    return int(given["entry"])


def undo(e: Entry, targets: Sequence[int], *, on: date | None = None) -> Confirmation:
    """Take entries back inside the open entry, newest first. Refuses (4) what later entries depend on, naming them."""
    for seq in sorted(set(targets), reverse=True):
        row = journal.find_entry(e.db, seq)
        if row is None:
            raise NotFound("front.no_entry", entry=seq)
        if row["action"] in NEVER:
            raise Refused("front.never_undone", entry=seq, action=row["action"])
        if row["action"] == "month.close":
            raise Refused("front.undo_closing", entry=seq, subject=row["subject"])
        if journal.is_undoing(e.db, seq):
            raise Refused("front.undo_of_undo", entry=seq)
        if (by := journal.undone_by(e.db, seq)) is not None:
            raise Refused("front.already_undone", entry=seq, by=by)
        _turn_back(e, seq, ignore=set(targets), on=on)
        e.insert("undoing", target=seq, redo=0)
    return Confirmation("undo", facts={"undone": sorted(set(targets)), "subjects": _subjects(e.db, targets)})


def redo(e: Entry, seq: int | None, *, actor: str) -> Confirmation:
    """Undo an undo: `seq` is the undone entry or the undo itself; without it this actor's newest undo."""
    undoing, targets = to_redo(e.db, seq, actor)
    _turn_back(e, undoing, ignore={undoing}, on=None)
    for one in targets:
        e.insert("undoing", target=one, redo=1)
    return Confirmation("redo", facts={"redone": sorted(targets), "subjects": _subjects(e.db, targets)})


def to_redo(db: sqlite3.Connection, seq: int | None, actor: str) -> tuple[int, list[int]]:
    """The undo that a redo takes back, and the entries that it had taken back."""
    undoing, target = _undo_entry(db, seq, actor)
    if journal.undone_by(db, target) != undoing:
        raise Refused("front.not_undone", entry=target)
    rows = db.execute("SELECT target FROM undoing WHERE entry = ? AND redo = 0", (undoing,))
    return undoing, [int(row["target"]) for row in rows]


def _subjects(db: sqlite3.Connection, entries: Iterable[int]) -> list[str]:
    """What entries did, and to what."""
    rows = (journal.find_entry(db, seq) for seq in sorted(set(entries)))
    return [Done(f"{row['action']} {row['subject'] or ''}".strip()) for row in rows if row is not None]


def _undo_entry(db: sqlite3.Connection, seq: int | None, actor: str) -> tuple[int, int]:
    if seq is None:
        since = 0  # the oldest of what this actor entered after the undo
        for row in journal.log(db, actor=actor):
            found = db.execute("SELECT target FROM undoing WHERE entry = ? AND redo = 0", (row["seq"],)).fetchone()
            if found and journal.undone_by(db, found[0]) == row["seq"]:
                if since:
                    raise Refused("front.redo_stale", entry=int(found[0]), undo=int(row["seq"]), since=since)
                return int(row["seq"]), int(found[0])
            if not journal.is_undoing(db, row["seq"]) and journal.undone_by(db, row["seq"]) is None:
                since = int(row["seq"])
        raise NotFound("front.nothing_to_redo", actor=actor)
    found = db.execute("SELECT target FROM undoing WHERE entry = ? AND redo = 0", (seq,)).fetchone()
    if found:
        return seq, int(found[0])
    by = journal.undone_by(db, seq)
    if by is None:
        raise Refused("front.not_undone", entry=seq)
    return by, seq


def _turn_back(e: Entry, seq: int, *, ignore: set[int], on: date | None) -> None:
    try:
        _turn(e, seq, ignore=ignore, on=on)
    except Refused as error:
        if error.key == "front.undo_closed_month":  # name the counter-movement that would do it
            error.facts = {**error.facts, "entry": seq, "on": e.today}
        raise


def _turn(e: Entry, seq: int, *, ignore: set[int], on: date | None) -> None:
    changes = journal.Changes(e.db, seq)
    _refuse_leaning(e.db, seq, dependents(e.ledger, e.db, seq, changes) - ignore)
    tables = {table for _, table, _ in changes.spans()} if changes.large else set()
    with away(e.db, tables, (table for table in tables if e.ledger.spec(table).kind == "fact")):
        tables = _take_back(e, changes, on)
    for name in cards():
        hooks = room(name, "undo") if any(book_of_table(t) == name for t in tables) else None
        if hooks is not None and hasattr(hooks, "settle"):
            hooks.settle(e, tables)


def _refuse_leaning(db: sqlite3.Connection, seq: int, leaning: set[int]) -> None:
    """Refuse (4) while later entries stand on this one; a closing among them is no act that could be undone first."""
    if closings := [n for n in sorted(leaning) if _closes(db, n)]:
        raise Refused("front.undo_carried", entry=seq, closing=closings[0], month=_closes(db, closings[0]))
    if leaning:
        raise Refused("front.undo_depends", entry=seq, dependents=sorted(leaning))


def _closes(db: sqlite3.Connection, seq: int) -> str | None:
    """The month an entry closed, None if it is no closing."""
    row = journal.find_entry(db, seq)
    return str(row["subject"]) if row is not None and row["action"] == "month.close" else None


def _take_back(e: Entry, changes: journal.Changes, on: date | None) -> set[str]:
    """Turn every change back, the last first; the tables turned. New rows that nothing else came between go together."""
    tables: set[str] = set()
    made: dict[str, list[tuple[int, int]]] = {}
    for change in changes.steps_back():
        kind, table = change[0], str(change[1])
        if e.ledger.spec(table).kind == "register":
            continue
        tables.add(table)
        if kind == "I":
            made.setdefault(table, []).extend(change[2])
            continue
        _unmake(e, made, on)
        if kind == "U":
            _restore(e, table, change[2], change[3])
        else:
            e.set_run(table, change[2], change[3], void=change[4]["void"][0])
    _unmake(e, made, on)
    return tables


def _unmake(e: Entry, made: dict[str, list[tuple[int, int]]], on: date | None) -> None:
    """Take back rows that one act added: a run of many at once, few of them one by one."""
    for table, runs in made.items():
        state = e.ledger.spec(table).kind == "state"
        for low, high in reversed(_joined(runs)):
            if high - low + 1 >= MANY:
                if state:
                    e.set_run(table, low, high, void=e.n)
                    continue
                if _reverse_run(e, table, low, high, on):
                    continue
            for rowid in range(high, low - 1, -1):
                e.void(table, rowid) if state else _reverse(e, table, rowid, on)
    made.clear()


def _reverse_run(e: Entry, table: str, low: int, high: int, on: date | None) -> bool:
    """Reverse facts that one act added together; False if they were reversed in different ways before: then one by one."""
    spec = e.ledger.spec(table)
    ends = f"""SELECT count(*), min(id), max(id), min(id - reverses), max(id - reverses) FROM {table}
               WHERE reverses BETWEEN ? AND ?"""
    while (found := e.db.execute(ends, (low, high)).fetchone())[0]:
        # After undo and redo the rows that stand are the newest of their chains.
        if found[0] != high - low + 1 or found[3] != found[4]:
            return False
        low, high = found[1], found[2]
    if spec.day and on is None:
        query = f"SELECT min({spec.day}) FROM {table} WHERE id BETWEEN ? AND ?"
        day = e.db.execute(query, (low, high)).fetchone()[0] or "9"
        if day[:7] <= e.closed_until:
            raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=e.closed_until)
    e.reverse_run(table, low, high, on)
    return True


def _restore(e: Entry, table: str, rowid: int, images: dict[str, list[Any]]) -> None:
    try:
        e.update(table, rowid, **{name: image[0] for name, image in images.items()})
    except sqlite3.IntegrityError as error:
        # A typed code freed by the undo has been taken by something else since.
        raise Refused("front.redo_taken", table=table) from error


def _reverse(e: Entry, table: str, rowid: int, on: date | None) -> None:
    spec = e.ledger.spec(table)
    # After undo and redo the row that stands is the newest of its chain.
    while later := e.db.execute(f"SELECT id FROM {table} WHERE reverses = ?", (rowid,)).fetchone():
        rowid = int(later[0])
    if spec.day:
        day = e.db.execute(f"SELECT {spec.day} FROM {table} WHERE id = ?", (rowid,)).fetchone()[0]
        if on is None and e.closed_until and day and day[:7] <= e.closed_until:
            raise Refused("front.undo_closed_month", day=date.fromisoformat(day), month=e.closed_until)
    e.reverse(table, rowid, on)


def dependents(ledger: Ledger, db: sqlite3.Connection, seq: int, changes: journal.Changes) -> set[int]:
    """The standing later entries that touched the same rows, link to rows this entry made, or that a book names."""
    if journal.head(db).seq == seq:
        return set()  # nothing is later
    touched: dict[str, list[tuple[int, int]]] = {}
    made: dict[str, list[tuple[int, int]]] = {}
    books = set()
    for how, table, runs in changes.spans():
        kind = ledger.spec(table).kind
        books.add(book_of_table(table))
        if how == "U" or kind == "state":
            touched.setdefault(table, []).extend(runs)
        if how == "I" and kind in ("state", "fact"):
            made.setdefault(table, []).extend(runs)
    touched, made = ({table: _joined(runs) for table, runs in found.items()} for found in (touched, made))
    found = _later_writers(ledger, db, seq, touched) | _linked(ledger, db, seq, made)
    for name in cards():
        hooks = room(name, "undo") if name in books else None
        if hooks is not None and hasattr(hooks, "dependents"):
            found |= set(hooks.dependents(db, seq, changes))
    act = min(_undone_in(db, seq) or {seq})
    # An act done again later but older than this one lies under it, not on it.
    return {n for later in found if later > seq for n in _acts_of(db, later) if n > act and n != seq and _stands(db, n)}


def _acts_of(db: sqlite3.Connection, seq: int) -> set[int]:
    """The acts whose rows an entry wrote: those it did again if it is a redo, else itself."""
    return {int(row[0]) for row in db.execute("SELECT target FROM undoing WHERE entry = ? AND redo = 1", (seq,))} or {seq}


def _undone_in(db: sqlite3.Connection, seq: int) -> set[int]:
    """The acts an undo took back."""
    return {int(row[0]) for row in db.execute("SELECT target FROM undoing WHERE entry = ? AND redo = 0", (seq,))}


def _stands(db: sqlite3.Connection, seq: int) -> bool:
    return journal.undone_by(db, seq) is None and not journal.is_undoing(db, seq)


def _later_writers(ledger: Ledger, db: sqlite3.Connection, seq: int, touched: Mapping[str, list[tuple[int, int]]]) -> set[int]:
    suspects = {
        (table, int(row[0]))
        for table, runs in touched.items()
        for low, high in runs
        for row in db.execute(f"SELECT id FROM {table} WHERE id BETWEEN ? AND ? AND entry <> ?", (low, high, seq))
    }
    return _writers(db, seq, suspects)


def _writers(db: sqlite3.Connection, seq: int, rows: set[tuple[str, int]]) -> set[int]:
    """Every later entry that made or changed one of these rows."""
    if not rows:
        return set()
    found: set[int] = set()
    tables = {table for table, _ in rows}
    for (later,) in db.execute("SELECT DISTINCT seq FROM entry_part WHERE seq > ?", (seq,)).fetchall():
        for change in journal.changes(db, later):
            if change[1] not in tables:
                continue
            ids = [change[2]] if change[0] == "U" else [row[0] for row in change[3]]
            if any((change[1], rowid) in rows for rowid in ids):
                found.add(int(later))
    return found


def _linked(ledger: Ledger, db: sqlite3.Connection, seq: int, made: Mapping[str, list[tuple[int, int]]]) -> set[int]:
    """Entries whose live rows link to rows made here."""
    found: set[int] = set()
    undoes: dict[int, bool] = {}
    restored: set[tuple[str, int]] = set()  # last written by an undo, which hides the act that made the link
    if not made:
        return found
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in names:
        for link in db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if link["table"] not in made or link["from"] == "reverses":
                continue
            spec = ledger.spec(table)
            if spec.kind == "state":
                alive = "void = 0"
            elif spec.kind == "fact":
                alive = f"sign = 1 AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses = t.id)"
            else:
                continue
            query = f"SELECT id, entry FROM {table} t WHERE {link['from']} BETWEEN ? AND ? AND {alive} AND entry > ?"
            for low, high in made[link["table"]]:
                for rowid, writer in db.execute(query, (low, high, seq)).fetchall():
                    found.add(int(writer))
                    if writer not in undoes:
                        undoes[writer] = bool(_undone_in(db, writer))
                    if spec.kind == "state" and undoes[writer]:
                        restored.add((table, int(rowid)))
    return found | _writers(db, seq, restored)


def _joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of ids, those that touch as one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(runs):
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found

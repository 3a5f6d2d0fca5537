"""Reading the journal: entry headers, what is undone, numbers given, approvals, settings, late bookings."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from logi.chain import Head
from logi.guards import ZERO


def find_entry(db: sqlite3.Connection, seq: int) -> sqlite3.Row | None:
    """The header of one entry."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM entry WHERE seq = ?", (seq,)).fetchone()
    return row


def by_key(db: sqlite3.Connection, key: str) -> sqlite3.Row | None:
    """The entry that was written under a `--key`."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM entry WHERE key = ?", (key,)).fetchone()
    return row


def log(db: sqlite3.Connection, *, limit: int | None = None, actor: str | None = None, subject: str | None = None,
        action: str | None = None, since: str | None = None, until: str | None = None) -> list[sqlite3.Row]:  # fmt: skip
    """Entry headers, newest first; `since`/`until` are days of recording (the ledger's today of each entry)."""
    about = "seq IN (SELECT seq FROM entry WHERE subject = ?1 UNION SELECT entry FROM entry_about WHERE subject = ?1)"
    wanted = {about: subject, "actor = ?": actor, "action = ?": action, "today >= ?": since, "today <= ?": until}
    given = {condition: value for condition, value in wanted.items() if value is not None}
    where = f"WHERE {' AND '.join(given)}" if given else ""
    return db.execute(
        f"SELECT * FROM entry {where} ORDER BY seq DESC LIMIT ?", [*given.values(), -1 if limit is None else limit]
    ).fetchall()


def undone_by(db: sqlite3.Connection, seq: int) -> int | None:
    """The entry that took this one back, if it stands taken back now."""
    row = db.execute("SELECT entry, redo FROM undoing WHERE target = ? ORDER BY id DESC LIMIT 1", (seq,)).fetchone()
    return int(row["entry"]) if row and not row["redo"] else None


def turned_by(db: sqlite3.Connection, seqs: Iterable[int]) -> set[int]:
    """The entries that took any of these back, or brought them back."""
    query = "SELECT entry FROM undoing WHERE target = ?"
    return {int(row[0]) for seq in seqs for row in db.execute(query, (seq,))}


def is_undoing(db: sqlite3.Connection, seq: int) -> bool:
    """Whether an entry is itself an undo or a redo."""
    return db.execute("SELECT 1 FROM undoing WHERE entry = ? LIMIT 1", (seq,)).fetchone() is not None


def number_of(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    """Where a document number was given: entry, book, kind."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM number_given WHERE number = ?", (number,)).fetchone()
    series, dash, digits = number.rpartition("-")
    if row is not None or not dash or not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        return row
    # One of a run: numbers of as many digits as the first, or more.
    row = db.execute(
        """SELECT * FROM number_given WHERE series = ? AND n <= ? AND upto >= ? AND length(number) <= length(?)
           ORDER BY n DESC LIMIT 1""",
        (series, int(digits), int(digits), number),
    ).fetchone()
    return row if row is not None and number == nth(row, int(digits)) else None


def nth(row: Mapping[str, Any] | sqlite3.Row, n: int) -> str:
    """The text of the number `n` in a run of numbers."""
    first = str(row["number"])
    width = len(first) - len(row["series"]) - 1
    return f"{row['series']}-{n:0{width}d}"


def numbers_like(db: sqlite3.Connection, text: str, limit: int = 50) -> list[tuple[str, str]]:
    """Given numbers that contain a text: (number, kind)."""
    like = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = db.execute(
        """SELECT * FROM number_given WHERE kind <> 'skipped' AND (upto IS NOT NULL OR number LIKE ? ESCAPE '\\')
           ORDER BY id""",
        (f"%{like}%",),
    )
    return list(islice(((number, row["kind"]) for row in found for number in _in_run(row, text)), limit))


def _in_run(row: sqlite3.Row, text: str) -> Iterator[str]:
    """The numbers of a run that contain a text; a single number does."""
    wanted = text.upper()
    if row["upto"] is None:
        yield row["number"]
    elif set(wanted) <= {*row["series"].upper(), *"-0123456789"}:
        yield from (number for n in range(row["n"], row["upto"] + 1) if wanted in (number := nth(row, n)).upper())


def numbers_of(db: sqlite3.Connection, since: date, until: date) -> list[sqlite3.Row]:
    """The document numbers given on days of recording in a period, in order."""
    return db.execute(
        """SELECT n.* FROM number_given n JOIN entry e ON e.seq = n.entry
           WHERE n.kind <> 'skipped' AND e.today BETWEEN ? AND ? ORDER BY n.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def overrides(db: sqlite3.Connection, since: date, until: date) -> list[sqlite3.Row]:
    """Rules overridden on days of recording in a period."""
    return db.execute(
        """SELECT e.seq, e.action, o.subject, o.rule, o.reason FROM override_used o JOIN entry e ON e.seq = o.entry
           WHERE e.today BETWEEN ? AND ? ORDER BY o.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def undoings(db: sqlite3.Connection, since: date, until: date) -> list[sqlite3.Row]:
    """Undone and redone entries recorded in a period."""
    return db.execute(
        """SELECT e.seq AS entry, e.action, u.target, t.subject, e.actor, e.reason
           FROM undoing u JOIN entry e ON e.seq = u.entry JOIN entry t ON t.seq = u.target
           WHERE e.today BETWEEN ? AND ? ORDER BY u.id""",
        (since.isoformat(), until.isoformat()),
    ).fetchall()


def head(db: sqlite3.Connection) -> Head:
    """The newest entry of a ledger."""
    row = db.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(row[0], row[1]) if row else Head(0, ZERO)


def next_seq(db: sqlite3.Connection) -> int:
    """The number the next entry will bear."""
    return int(db.execute("SELECT coalesce(max(seq), 0) + 1 FROM entry").fetchone()[0])


def next_id(db: sqlite3.Connection, table: str) -> int:
    """The id the next row of a table will bear."""
    return int(db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def first_fact(db: sqlite3.Connection, tables: Iterable[tuple[str, str]], since: str) -> str | None:
    """The month of the first day from `since` on which anything happened, by (table, column of the day)."""
    found = [db.execute(f"SELECT min({day}) FROM {table} WHERE {day} >= ?", (since,)).fetchone()[0] for table, day in tables]
    return min((str(day)[:7] for day in found if day), default=None)


def late_facts(
    db: sqlite3.Connection, since: date, until: date, most: int, tables: Sequence[tuple[str, str]]
) -> list[sqlite3.Row]:
    """Entries whose facts of a period were recorded more than `most` days after they happened, once per entry."""
    found: list[sqlite3.Row] = []
    for table, day in tables:
        found += db.execute(
            f"""SELECT e.seq, e.action, e.subject, e.today, min(f.{day}) AS on_day,
                       max(CAST(julianday(e.today) - julianday(f.{day}) AS INTEGER)) AS lag
                FROM {table} f JOIN entry e ON e.seq = f.entry
                WHERE f.{day} BETWEEN ? AND ? AND f.sign = 1 AND f.reverses IS NULL
                AND julianday(e.today) - julianday(f.{day}) > ?
                GROUP BY e.seq""",
            (since.isoformat(), until.isoformat(), most),
        ).fetchall()
    once = {row["seq"]: row for row in found}
    return [once[seq] for seq in sorted(once)]


def approvals(db: sqlite3.Connection, number: str) -> list[sqlite3.Row]:
    """The live approvals of a document, oldest first."""
    return db.execute(
        """SELECT * FROM approval a WHERE number = ? AND sign = 1
           AND NOT EXISTS (SELECT 1 FROM approval r WHERE r.reverses = a.id) ORDER BY id""",
        (number,),
    ).fetchall()


def person_on(db: sqlite3.Connection, book: str, number: str, level: str) -> str | None:
    """Whom a document's own row names for a level: the person in its column `<level>_id`, if its table has one."""
    column = f"{level}_id"
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ?", (f"{book}_*",)).fetchall()
    for (table,) in tables:
        columns = {row["name"] for row in db.execute(f"PRAGMA table_info({table})")}
        if {"number", "void", column} <= columns:
            row = db.execute(
                f"""SELECT p.name FROM {table} t JOIN school_person p ON p.id = t.{column}
                    WHERE t.number = upper(?) AND t.void = 0""", (number,),
            ).fetchone()  # fmt: skip
            if row is not None:
                return str(row[0])
    return None


def imported(db: sqlite3.Connection, kind: str, sha256: str) -> int | None:
    """The entry that took a file of this content into this kind, unless it was undone since."""
    for row in db.execute("SELECT entry FROM import_file WHERE kind = ? AND sha256 = ? ORDER BY id", (kind, sha256)):
        if undone_by(db, row[0]) is None:
            return int(row[0])
    return None


def rows_imported(db: sqlite3.Connection, target: str) -> int:
    """How many rows the import of an entry number took in (0 for anything else)."""
    seq = target.lstrip("#")
    if not (seq.isascii() and seq.isdigit() and len(seq) <= 18):
        return 0
    return int(db.execute("SELECT coalesce(sum(rows), 0) FROM import_file WHERE entry = ?", (int(seq),)).fetchone()[0])


def settings(db: sqlite3.Connection) -> dict[str, str]:
    """The ledger's own settings by name."""
    return {row[0]: row[1] for row in db.execute("SELECT name, value FROM setting WHERE void = 0 ORDER BY name")}


def closed_until(db: sqlite3.Connection) -> str:
    """The last closed month ("2025-09"), or "" while none is."""
    return db.execute("SELECT max(month) FROM month_closed WHERE void = 0").fetchone()[0] or ""


def issued(db: sqlite3.Connection, period: str) -> sqlite3.Row | None:
    """How a period's pack was issued last: entry, sha256, head, head_hash, figures; an undone issuing does not count."""
    for row in db.execute("SELECT * FROM pack_issued WHERE period = ? ORDER BY id DESC", (period,)).fetchall():
        if undone_by(db, row["entry"]) is None:
            found: sqlite3.Row = row
            return found
    return None


def issued_periods(db: sqlite3.Connection) -> set[str]:
    """Every period whose pack stands issued."""
    rows = db.execute("SELECT period, entry FROM pack_issued ORDER BY id").fetchall()
    return {row["period"] for row in rows if undone_by(db, row["entry"]) is None}

"""The audit trail: what an entry changed in words, and a number's whole life."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi import journal
from logi.core import messages
from logi.core.answers import Word
from logi.core.errors import NotFound
from logi.core.messages import money_text, quantity_text, say
from logi.registry import book_of_table
from logi.shape import specs

if TYPE_CHECKING:
    pass

QUIET = frozenset({"id", "entry", "folded", "initials"})  # columns that say nothing to a reader


class Change(NamedTuple):
    """One column of one row, before and after, in words."""

    table: str
    row: str
    column: str
    before: str | None
    after: str | None


def changes(db: sqlite3.Connection, seq: int) -> Iterator[Change]:
    """What an entry changed, column by column; of new rows only what was filled in."""
    reader = _Reader(db)
    for change in journal.changes(db, seq):
        table = change[1]
        if change[0] == "U":
            for column, (before, after) in change[3].items():
                if column not in QUIET:
                    yield Change(table, reader.row(table, change[2]), column, reader.value(table, column, before),
                                 reader.value(table, column, after))  # fmt: skip
            continue
        for image in change[3]:
            row = reader.row(table, image[0])
            for column, value in zip(change[2], image, strict=True):
                if column not in QUIET and value is not None and not (column == "void" and value == 0):
                    yield Change(table, row, column, None, reader.value(table, column, value))


def column_title(table: str, column: str) -> str:
    """A column's title if its book has one, else its name."""
    key = f"{book_of_table(table)}.col.{column}"
    return say(key) if messages.has(key) else column


class _Reader:
    """Values of rows as people read them: money in yuan, links by code and name."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._links: dict[str, dict[str, str]] = {}
        self._columns: dict[str, set[str]] = {}

    def row(self, table: str, rowid: int) -> str:
        """`S03 钱样真` for a thing, `CK-2025-0001` for a document, else its row number."""
        named = [name for name in ("number", "code", "name") if name in self._names(table)]
        if not named:
            return f"#{rowid}"
        found = self.db.execute(f"SELECT {', '.join(named)} FROM {table} WHERE id = ?", (rowid,)).fetchone()
        return " ".join(str(value) for value in found if value) if found else f"#{rowid}"

    def value(self, table: str, column: str, value: Any) -> str | None:
        """A value by its column's name: fen, thousandths, a link, or as it is."""
        if value is None:
            return None
        if column.endswith("_fen") and isinstance(value, int):
            return money_text(value, grouped=True)
        if column.endswith("_milli") and isinstance(value, int):
            return quantity_text(value)
        target = self._link(table).get(column)
        if target is not None and column != "entry" and isinstance(value, int):
            return self.row(target, value)
        return str(value)

    def _link(self, table: str) -> Mapping[str, str]:
        if table not in self._links:
            rows = self.db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            self._links[table] = {row["from"]: row["table"] for row in rows if row["to"] in (None, "id")}
        return self._links[table]

    def _names(self, table: str) -> set[str]:
        if table not in self._columns:
            self._columns[table] = {row["name"] for row in self.db.execute(f"PRAGMA table_info({table})")}
        return self._columns[table]


# -- a number's life -----------------------------------------------------------------------------------


def life(db: sqlite3.Connection, number: str) -> list[tuple[sqlite3.Row, list[Word]]]:
    """Every entry that touched a document or thing, oldest first, each with why it belongs (trust.why.*)."""
    why: dict[int, list[str]] = {}

    def belongs(seq: int | None, reason: str) -> None:
        if seq is not None and reason not in why.setdefault(int(seq), []):
            why[int(seq)].append(reason)

    given = journal.number_of(db, number)
    belongs(given["entry"] if given else None, "given")
    for row in journal.log(db, subject=number):
        belongs(row["seq"], "subject")
    for row in db.execute("SELECT entry FROM approval WHERE number = ? ORDER BY id", (number,)):
        belongs(row[0], "approval")
    for table, rowid, entries in _rows_named(db, number):
        for seq in entries:
            belongs(seq, "row")
        for (seq,) in db.execute("SELECT seq FROM entry_part WHERE instr(body, ?)", (f'["U","{table}",{rowid},',)):
            belongs(seq, "row")
        for seq in _linking(db, table, rowid):
            belongs(seq, "linked")
    if not why:
        raise NotFound("front.no_number", number=number)
    for seq in list(why):
        for row in db.execute("SELECT entry, redo FROM undoing WHERE target = ? ORDER BY id", (seq,)):
            belongs(row["entry"], "redo" if row["redo"] else "undo")
    headers = [(journal.find_entry(db, seq), why[seq]) for seq in sorted(why)]
    return [(row, [Word.of("trust.why", one) for one in reasons]) for row, reasons in headers if row is not None]


def _rows_named(db: sqlite3.Connection, number: str) -> Iterator[tuple[str, int, set[int]]]:
    """Rows of any book that bear the number or code: (table, id, entries that wrote them first)."""
    for table, spec in specs(db).items():
        if spec.kind not in ("state", "fact") or table == "approval":
            continue
        names = {row["name"] for row in db.execute(f"PRAGMA table_info({table})")}
        for column in ("number", "code"):
            if column in names:
                query = f"SELECT id FROM {table} WHERE {column} = ?"
                for (rowid,) in db.execute(query, (number,)).fetchall():
                    yield table, rowid, _makers(db, table, rowid)


def _makers(db: sqlite3.Connection, table: str, rowid: int) -> set[int]:
    """The entry that inserted a row: found among the parts that add to its table."""
    for seq, body in db.execute(
        "SELECT seq, body FROM entry_part WHERE instr(body, ?) OR instr(body, ?) OR instr(body, ?) ORDER BY id",
        (f'["I","{table}",', f'["C","{table}",', f'["V","{table}",'),
    ):
        for change in journal.read_part(body, db):
            if change[0] == "I" and change[1] == table and change[3][0][0] <= rowid <= change[3][-1][0]:
                return {int(seq)}
    return set()


def _linking(db: sqlite3.Connection, target: str, rowid: int) -> Iterator[int]:
    """Entries whose rows link to a row."""
    for table, spec in specs(db).items():
        if spec.kind not in ("state", "fact"):
            continue
        for link in db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if link["table"] == target and link["from"] != "reverses":
                yield from (row[0] for row in db.execute(
                    f"SELECT DISTINCT entry FROM {table} WHERE {link['from']} = ?", (rowid,)))  # fmt: skip


# -- what stands behind a figure -----------------------------------------------------------------------


class Step(NamedTuple):
    """One fact behind a figure: the entry, the day it happened, and the amounts it moved."""

    seq: int
    table: str
    day: str
    kind: str | None
    milli: int | None
    fen: int | None
    scan: str | None


class Threads:
    """The journal read once: from any code, number or fixed word of a row to the entries and facts behind it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._specs = specs(db)
        self._links: dict[str, dict[str, str]] = {}
        self._written: dict[tuple[str, int], list[int]] = {}
        self._leaning: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}
        self._valued: dict[str, dict[tuple[str, int], None]] = {}
        self.scans: dict[int, str] = {}
        for seq, body in db.execute("SELECT seq, body FROM entry_part ORDER BY id"):
            for change in journal.read_part(body, db):
                self._take(int(seq), change)

    def entries(self, value: str, prefix: str = "") -> list[int]:
        """The entries that touched what a value names, and those whose rows lean on it, oldest first."""
        return sorted({seq for key in self._about(value, prefix) for seq in self._written.get(key, ())})

    def facts(self, value: str, prefix: str = "", column: str | None = None) -> list[Step]:
        """The facts about what a value names, oldest first; `column` narrows a fixed word to columns of that name."""
        found = [self._step(key) for key in self._about(value, prefix, column) if self._specs[key[0]].kind == "fact"]
        return sorted(found, key=lambda one: (one.day, one.seq))

    def of_book(self, book: str, first: str, last: str) -> tuple[list[Step], list[int]]:
        """Every fact of a book on days of a period; and, for a book that only keeps states, the entries that wrote in it."""
        keys = [key for key in self._rows if key[0].startswith(f"{book}_") and first <= self._day(key) <= last]
        found = sorted((self._step(key) for key in keys if self._specs[key[0]].kind == "fact"), key=lambda f: (f.day, f.seq))
        if found:
            return found, []
        wrote = {seq for key, seqs in self._written.items() if key[0].startswith(f"{book}_") for seq in seqs}
        rows = self.db.execute("SELECT seq FROM entry WHERE today BETWEEN ? AND ?", (first or "0", last))
        return [], sorted(wrote & {int(row[0]) for row in rows})

    def dated(self, until: date, *, after: int) -> set[int]:
        """Entries after one that wrote or reversed facts of days up to `until`."""
        last = until.isoformat()
        return {
            seq for key, written in self._written.items() for seq in written
            if seq > after and self._specs[key[0]].kind == "fact" and str(self._day(key)) <= last
        }  # fmt: skip

    def _take(self, seq: int, change: list[Any]) -> None:
        table = change[1]
        spec = self._specs.get(table)
        if spec is None or spec.kind not in ("state", "fact"):
            return
        if change[0] == "U":
            key = (table, change[2])
            self._written.setdefault(key, []).append(seq)
            self._rows.setdefault(key, {}).update({name: image[1] for name, image in change[3].items()})
            self._name(key, {name: image[1] for name, image in change[3].items()})
            return
        for image in change[3]:
            key, row = (table, image[0]), dict(zip(change[2], image, strict=True))
            self._written.setdefault(key, []).append(seq)
            self._rows[key] = row
            self._name(key, row)
            for column, target in self._linked(table).items():
                if row.get(column) is not None and column != "reverses":
                    self._leaning.setdefault((target, row[column]), []).append(key)
            if row.get("scan_sha256"):
                self.scans[seq] = row["scan_sha256"]

    def _name(self, key: tuple[str, int], row: Mapping[str, Any]) -> None:
        for column, value in row.items():
            if isinstance(value, str) and column not in QUIET and len(value) <= 64:
                self._valued.setdefault(value, {})[key] = None

    def _about(self, value: str, prefix: str, column: str | None = None) -> list[tuple[str, int]]:
        """Rows that bear the value (under a column of that name if given), and the rows that lean on those."""
        near = [
            key for key in self._valued.get(value, ())
            if (value in (self._rows[key].get("code"), self._rows[key].get("number")) or key[0].startswith(prefix))
            and (column is None or self._rows[key].get(column) == value)
        ]  # fmt: skip
        leaning = [far for key in near for far in self._leaning.get(key, ()) if far[0].startswith(prefix)]
        return list(dict.fromkeys([*near, *leaning]))

    def _linked(self, table: str) -> Mapping[str, str]:
        if table not in self._links:
            rows = self.db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            self._links[table] = {row["from"]: row["table"] for row in rows if row["to"] in (None, "id")}
        return self._links[table]

    def _day(self, key: tuple[str, int]) -> str:
        return str(self._rows[key].get(self._specs[key[0]].day or "on_day") or "")

    def _step(self, key: tuple[str, int]) -> Step:
        row = self._rows[key]
        milli = next((row[name] for name in row if name.endswith("_milli") and isinstance(row[name], int)), None)
        fen = next((row[name] for name in row if name.endswith("_fen") and isinstance(row[name], int)), None)
        return Step(self._written[key][0], key[0], self._day(key), row.get("kind"), milli, fen, row.get("scan_sha256"))

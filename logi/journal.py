"""The journal: one entry for every act and what it changed, bound to the entry before it (`chain`).

The changes stand in parts of at most 500 rows, 5,000 where they are written as columns (`columnar`).
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi import columnar
from logi.blocks import write_block
from logi.chain import Head, canonical, entry_hash, part_digest, part_seed
from logi.changed import Changes, changes, read_part
from logi.core.errors import LogiError, Refused
from logi.core.tables import TableSpec
from logi.entries import (
    approvals,
    by_key,
    closed_until,
    find_entry,
    first_fact,
    head,
    imported,
    is_undoing,
    issued,
    issued_periods,
    late_facts,
    log,
    next_id,
    next_seq,
    number_of,
    numbers_like,
    numbers_of,
    overrides,
    rows_imported,
    settings,
    turned_by,
    undoings,
    undone_by,
)
from logi.guards import ZERO, arm
from logi.journal_schema import MIGRATIONS, TABLES
from logi.links import Loose
from logi.values import decode, encode, plain

if TYPE_CHECKING:
    from logi.db import Ledger

PART_ROWS = 500
TURNED_ROWS = 20_000  # taken back by one statement: SQLite holds them while it writes into the table it reads

HEADER = (
    "seq", "prev", "recorded_at", "today", "actor", "os_user", "os_uid", "host", "app",
    "action", "subject", "key", "args", "reason", "answer", "parts", "digest",
)  # fmt: skip

class Who(NamedTuple):
    """Who writes: the name they go by, and the operating-system user that really did it."""

    actor: str
    os_user: str
    os_uid: int | None
    host: str


class Entry:
    """An open entry: the only thing that can write, alive inside `with ledger.entry(...)`.

    `db` reads, `today` is the ledger's day; `insert`, `update`, `void`, `reverse`, `number` write and remember.
    """

    def __init__(self, ledger: "Ledger", action: str, *, reason: str | None = None) -> None:
        self.ledger, self.action, self.reason = ledger, action, reason
        self.db: sqlite3.Connection = ledger.db
        self.today: date = ledger.today
        self.subject: str | None = None
        self.answer: Mapping[str, Any] = {}
        self.warnings: list[tuple[str, Mapping[str, Any]]] = []
        self.override: str | None = None
        self.n = next_seq(self.db)
        self.closed_until = closed_until(self.db)
        self._loose = Loose() if ledger.loose else None
        self._changes: list[list[Any] | str] = []  # one that is text stands as it is to be written
        self._rows = 0
        self._parts = 0
        self._digest = part_seed(self.n)
        self.settled: dict[str, int] = {}  # the last row of a table that a book has carried into its sums within this entry
        self.db.execute("INSERT INTO entry_open (seq) VALUES (?)", (self.n,))

    # -- rules every fact obeys ---------------------------------------------------------------

    def happened(self, day: date) -> date:
        """Check that a fact may bear this day: not after today, and in an open month (4). More than a year back warns, once."""
        self.admit(day)
        long_ago = (day.year + 1, day.month, day.day) < (self.today.year, self.today.month, self.today.day)
        if long_ago and all(key != "front.long_ago" for key, _ in self.warnings):
            self.warn("front.long_ago", day=day)
        return day

    def admit(self, day: date) -> None:
        """Refuse a day after today, or in a closed month (4)."""
        if day > self.today:
            raise Refused("front.day_in_future", day=day, today=self.today)
        if self.closed_until and day.isoformat()[:7] <= self.closed_until:
            raise Refused("front.month_closed", day=day, month=self.closed_until)

    def warn(self, key: str, **facts: Any) -> None:
        """Add a warning sentence to the confirmation."""
        self.warnings.append((key, facts))

    def overridable(self, refusal: Refused, subject: str | None = None) -> None:
        """Raise the refusal unless `--override REASON` was given; then record that and go on."""
        if not self.override:
            refusal.facts = {**refusal.facts, "override": True}
            raise refusal
        self.insert("override_used", rule=refusal.key, subject=subject, reason=self.override)
        self.warn("front.overridden", rule=refusal.key, reason=self.override)

    def attempt(self) -> "Attempt":
        """`with e.attempt():` — a part of the act that may be refused; then all it wrote is taken back, and the rest stands."""
        return Attempt(self)

    # -- writing ------------------------------------------------------------------------------

    def insert(self, table: str, **values: Any) -> int:
        """Add a row and return its id. Dates are written as ISO text."""
        spec = self._spec(table)
        row = {"entry": self.n, **{name: plain(value) for name, value in values.items()}}
        if spec.day and row.get(spec.day):
            self.admit(date.fromisoformat(row[spec.day]))
        columns = list(row)
        cursor = self.db.execute(_insert(table, columns), list(row.values()))
        rowid = int(cursor.lastrowid or 0)
        if self._loose is not None:
            self._loose.note(table, rowid, rowid)
        if spec.kind != "derived":
            self._note(["I", table, ["id", *columns], [[rowid, *row.values()]]], 1)
        return rowid

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
        """Add many rows at once (values already plain: text, int, None); returns the first id, the others follow."""
        if not rows:
            return 0
        first = next_id(self.db, table)
        self.insert_rows(table, ["id", *columns], [(first + i, *row) for i, row in enumerate(rows)])
        return first

    def insert_rows(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]], **same: int) -> None:
        """Add rows that bear their ids (the next ones, in order); `same` are whole numbers that stand in every row."""
        if not rows:
            return
        spec = self._spec(table)
        if spec.day:
            at = names.index(spec.day)
            for day in {row[at] for row in rows}:
                self.admit(date.fromisoformat(day))
        same = {"entry": self.n, **same}
        write_block(self.db, table, dict(zip(names, zip(*rows, strict=True), strict=True)), same)
        if self._loose is not None:
            self._loose.note(table, rows[0][0], rows[-1][0])
        if spec.kind != "derived":
            self._note_many(table, same, names, rows)

    def insert_columns(self, table: str, first: int, count: int, columns: Mapping[str, Sequence[Any]],
                       same: Mapping[str, int], texts: Sequence[str] | None = None) -> None:  # fmt: skip
        """Add rows held as columns, whose ids are the next ones from `first` on; NULL stands in columns not named.

        Whoever calls answers for what they point at. `same` are whole numbers that stand in every row (the entry among
        them), `texts` what the journal is to say (made here if not given): the changes ["C", …] in canonical JSON.
        """
        spec = self._spec(table)
        for day in set(columns.get(spec.day, ())) if spec.day else ():
            self.admit(date.fromisoformat(day))
        if same.get("entry") != self.n or next_id(self.db, table) != first:
            raise ValueError(f"{table}: these rows belong elsewhere")
        write_block(self.db, table, columns, same)
        for text in texts if texts is not None else columnar.changes(table, first, columns, same, canonical):
            self._note(text, min(count, columnar.PART))

    def update(self, table: str, rowid: int, **changes: Any) -> None:
        """Change columns of a State row; the journal keeps before and after. Unchanged values are left alone."""
        spec = self._spec(table)
        if spec.kind not in ("state", "derived"):
            raise TypeError(f"{table} is not a table of state")
        wanted = {name: plain(value) for name, value in changes.items()}
        row = self.db.execute(f"SELECT {', '.join(wanted)} FROM {table} WHERE id = ?", (rowid,)).fetchone()
        images = {name: [row[name], value] for name, value in wanted.items() if row[name] != value}
        if not images:
            return
        sets = ", ".join(f"{name} = ?" for name in (*images, "entry"))
        after = [image[1] for image in images.values()]
        self.db.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*after, self.n, rowid])
        if self._loose is not None:
            self._loose.note(table, rowid, rowid)
        if spec.kind == "state":
            self._note(["U", table, rowid, images], 1)

    def void(self, table: str, rowid: int) -> None:
        """Take a State row back: it leaves every list and frees its code, but its id stays for what named it."""
        self.update(table, rowid, void=self.n)

    def set_run(self, table: str, low: int, high: int, *, void: int) -> None:
        """Give every State row from `low` to `high` the same `void`; the journal keeps before and after."""
        row = self.db.execute(f"SELECT void FROM {table} WHERE id = ?", (low,)).fetchone()
        alike = f"UPDATE {table} SET void = ?, entry = ? WHERE id BETWEEN ? AND ? AND void = ?"
        if row is not None and high - low >= columnar.FEW and row[0] != void:
            self.db.execute("SAVEPOINT run")
            if self.db.execute(alike, (void, self.n, low, high, row[0])).rowcount == high - low + 1:
                self.db.execute("RELEASE run")
                self._note(["W", table, low, high, {"void": [row[0], void]}], 1)
                return
            self.db.execute("ROLLBACK TO run")
            self.db.execute("RELEASE run")
        for rowid in range(low, high + 1):
            self.update(table, rowid, void=void)

    def reverse_run(self, table: str, low: int, high: int, on: date | None = None) -> int:
        """Add the rows that take the facts from `low` to `high` back, none of which was reversed before; the first one's id."""
        spec = self._spec(table)
        if on is not None:
            self.admit(on)
        names = [column[0] for column in self.db.execute(f"SELECT * FROM {table} LIMIT 0").description]
        same: dict[str, Any] = {"entry": self.n}
        if on is not None and spec.day:
            same[spec.day] = on.isoformat()
        first, negated = next_id(self.db, table), ["sign", *spec.negate]
        picked = {name: name for name in names} | {name: f"-{name}" for name in negated}
        picked |= {"id": f"id + {first - low}", "reverses": "id"} | dict.fromkeys(same, "?")
        fill = [same[name] for name in names if name in same]
        copy = f"""INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(picked[name] for name in names)}
                   FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"""
        for start in range(low, high + 1, TURNED_ROWS):
            self.db.execute(copy, (*fill, start, min(start + TURNED_ROWS - 1, high)))
        self._note(["V", table, first, low, high, negated, same], 1)
        return first

    def reverse(self, table: str, rowid: int, on: date | None = None) -> int:
        """Add the row that takes a fact back: same day (or `on`), signs turned round."""
        spec = self._spec(table)
        row = dict(self.db.execute(f"SELECT * FROM {table} WHERE id = ?", (rowid,)).fetchone())
        del row["id"], row["entry"]
        row.update({name: -row[name] for name in spec.negate if row[name] is not None})
        row.update(sign=-row["sign"], reverses=rowid)
        if on is not None and spec.day:
            row[spec.day] = on.isoformat()
        return self.insert(table, **row)

    def number(self, series: str, period: str, *, book: str, kind: str, width: int = 4) -> str:
        """The next document number of a series and period, without gaps: number("CK", "2025") -> CK-2025-0001."""
        n = self.next_in(f"{series}-{period}")
        text = f"{series}-{period}-{n:0{width}d}"
        self.give(f"{series}-{period}", n, text, book=book, kind=kind)
        return text

    def next_in(self, series: str) -> int:
        """The next running number of a series (not yet given)."""
        # Runs do not overlap: the one that begins last ends last.
        last = "SELECT coalesce(upto, n) FROM number_given WHERE series = ? ORDER BY n DESC LIMIT 1"
        found = self.db.execute(last, (series,)).fetchone()
        return (found[0] if found else 0) + 1

    def give(self, series: str, n: int, number: str, *, book: str, kind: str) -> None:
        """Record a number as given; it stays used even if the entry is undone."""
        self.insert("number_given", series=series, n=n, number=number, book=book, kind=kind)

    def give_run(self, series: str, n: int, upto: int, *, width: int, book: str, kind: str) -> None:
        """Record a run of numbers as given, `series-n` to `series-upto`, as one row."""
        first = f"{series}-{n:0{width}d}"
        more = {"upto": upto} if upto > n else {}
        self.insert("number_given", series=series, n=n, number=first, book=book, kind=kind, **more)

    def skip(self, series: str, n: int, *, book: str) -> None:
        """Record that a running number is passed over (a typed code bears it), so that no gap is left unexplained."""
        self.insert("number_given", series=series, n=n, number=f"~{series}-{n}", book=book, kind="skipped")

    # -- sealing ------------------------------------------------------------------------------

    def seal(self, *, who: Who, at: str, app: str, key: str | None, args: str | None) -> str:
        """Write the header row and shut the entry; returns its hash."""
        self._flush()
        if self._loose is not None:
            self._loose.check(self.db)
        values: list[Any] = [
            self.n, head(self.db).hash, at, self.today.isoformat(), who.actor, who.os_user, who.os_uid, who.host,
            app, self.action, self.subject, key, args, self.reason, canonical(encode(self.answer)), self._parts,
            self._digest,
        ]  # fmt: skip
        values.append(entry_hash(values))
        self.db.execute(_insert("entry", [*HEADER, "hash"]), values)
        self.db.execute("DELETE FROM entry_open")
        return str(values[-1])

    def _spec(self, table: str) -> TableSpec:
        """What is known of a table that is about to be written to: names looked for in vain may be found there from now on."""
        if self.ledger.unfound is not None:
            self.ledger.unfound.wrote(table)
        return self.ledger.spec(table)

    def _note(self, change: list[Any] | str, rows: int) -> None:
        self._changes.append(change)
        self._rows += rows
        if self._rows >= PART_ROWS:
            self._flush()

    def _note_many(self, table: str, same: Mapping[str, int], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if len(rows) < columnar.FEW:
            values = list(same.values())
            self._note(["I", table, [names[0], *same, *names[1:]], [[row[0], *values, *row[1:]] for row in rows]], len(rows))
            return
        for start in range(0, len(rows), columnar.PART):
            chunk = rows[start : start + columnar.PART]
            packed = [*columnar.pack(chunk), *({"=": value} for value in same.values())]
            self._note(["C", table, [*names, *same], len(chunk), packed], len(chunk))

    def _flush(self) -> None:
        if not self._changes:
            return
        texts = (
            one if isinstance(one, str) else columnar.text(one, canonical) if one[0] == "C" else canonical(one)
            for one in self._changes
        )
        body = f"[{','.join(texts)}]"
        self.db.execute("INSERT INTO entry_part (seq, body) VALUES (?, ?)", (self.n, body))
        self._digest = part_digest(self._digest, body)
        self._parts += 1
        self._changes, self._rows = [], 0


class Attempt:
    """A part of an entry that leaves nothing behind when it is refused, neither in the ledger nor in the journal."""

    __slots__ = ("_entry", "_state")

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def __enter__(self) -> None:
        e = self._entry
        self._state = (e._changes, len(e._changes), e._rows, e._parts, e._digest, len(e.warnings))
        e.db.execute("SAVEPOINT attempt")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        e = self._entry
        if kind is None:
            e.db.execute("RELEASE attempt")
        elif issubclass(kind, LogiError | sqlite3.IntegrityError):
            e.db.execute("ROLLBACK TO attempt")
            e.db.execute("RELEASE attempt")
            if e.ledger.unfound is not None:
                e.ledger.unfound.taken_back()
            e._changes, kept, e._rows, e._parts, e._digest, warned = self._state
            del e._changes[kept:], e.warnings[warned:]


def set_setting(e: Entry, name: str, value: str) -> str | None:
    """Write a setting; returns what stood there."""
    row = e.db.execute("SELECT id, value FROM setting WHERE name = ? AND void = 0", (name,)).fetchone()
    if row is None:
        e.insert("setting", name=name, value=value)
        return None
    e.update("setting", row["id"], value=value)
    return str(row["value"])


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


__all__ = [
    "MIGRATIONS",
    "TABLES",
    "ZERO",
    "Attempt",
    "Changes",
    "Entry",
    "Head",
    "Who",
    "approvals",
    "arm",
    "by_key",
    "canonical",
    "changes",
    "closed_until",
    "decode",
    "encode",
    "entry_hash",
    "find_entry",
    "first_fact",
    "head",
    "imported",
    "is_undoing",
    "issued",
    "issued_periods",
    "late_facts",
    "log",
    "next_id",
    "next_seq",
    "number_of",
    "numbers_like",
    "numbers_of",
    "overrides",
    "part_digest",
    "part_seed",
    "plain",
    "read_part",
    "rows_imported",
    "set_setting",
    "settings",
    "turned_by",
    "undoings",
    "undone_by",
]  # fmt: skip

"""A ledger's whole journal as rows of a file, and back: what `import journal` takes into a ledger that holds nothing yet.

Every entry comes over as it was sealed — number, day, instant, actor, every change — and is sealed anew behind the
new ledger's first one. The chain in the file proves it: a row edited, lost or added by hand is refused.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.changed import spelled
from logi.core.answers import Confirmation
from logi.core.errors import BadData, Refused
from logi.importing.kinds import Col, Kind, lines
from logi.importing.rereading import opened
from logi.journal import HEADER, Entry, canonical, entry_hash, part_digest, part_seed
from logi.registry import cards, ledger_format, room

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.importing.reading import Source

PIECE = 30_000  # characters of one cell: a spreadsheet holds 32,767
OWN = ("ledger_id", "demo", "costing")  # settings that a ledger keeps of its own
# What comes of a change that logi has not written.
_DOCTORED = (LookupError, ValueError, TypeError, AttributeError, OverflowError, RecursionError, sqlite3.Error)
_SEQ, _PREV, _PARTS, _DIGEST = (HEADER.index(name) for name in ("seq", "prev", "parts", "digest"))


# -- going out --------------------------------------------------------------------------------------------------


def rows(ledger: "Ledger") -> Iterator[Mapping[str, Any]]:
    """The journal, an entry's header (part 0) before its parts, then the derived sums (part -1 of the last entry)."""
    db = ledger.db
    head = journal.head(db)
    yield from _pieces(0, 0, canonical({"format": ledger_format(), "head": head.hash, "entries": head.seq}))
    for header in db.execute(f"SELECT {', '.join(HEADER)}, hash FROM entry ORDER BY seq"):
        seq = header["seq"]
        yield from _pieces(seq, 0, canonical(list(header)))
        bodies = db.execute("SELECT body FROM entry_part WHERE seq = ? ORDER BY id", (seq,))
        for part, (body,) in enumerate(bodies, 1):
            yield from _pieces(seq, part, body)
    for table in _derived(ledger):
        columns = _columns(db, table)
        found = db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
        for start in range(0, len(found), journal.PART_ROWS):
            chunk = [list(row) for row in found[start : start + journal.PART_ROWS]]
            yield from _pieces(head.seq, -1, canonical([table, columns, chunk]))


def _pieces(entry: int, part: int, text: str) -> Iterator[Mapping[str, Any]]:
    for piece, start in enumerate(range(0, len(text), PIECE), 1):
        last = start + PIECE >= len(text)
        yield {"entry": entry, "part": part, "piece": 0 if last else piece, "text": text[start : start + PIECE]}


def _derived(ledger: "Ledger") -> list[str]:
    found = []
    for name in cards():
        schema = room(name, "schema")
        found += [spec.name for spec in (schema.TABLES if schema is not None else ()) if spec.kind == "derived"]
    return found


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row["name"] for row in db.execute(f"PRAGMA table_info({table})")]


def _never(e: Entry, rows: list[Any], options: Any) -> Any:
    raise AssertionError  # a journal is taken over as a whole, never row by row


KIND = Kind("journal", (
    Col("entry", lines, required=True), Col("part", lines, required=True), Col("piece", lines, required=True),
    Col("text", lines, required=True),
), post=_never, export=rows)  # fmt: skip


# -- coming in --------------------------------------------------------------------------------------------------


class Takeover:
    """A file's journal on its way into a blank ledger."""

    def __init__(self, ledger: "Ledger", source: "Source") -> None:
        self.ledger, self.source = ledger, source
        self.rows = self.entries = 0
        self.settings: dict[int, dict[str, Any]] = {}
        self.start: dict[tuple[str, int], dict[str, Any]] = {}  # shipped rows that were other ones there, by what they were
        self._known: dict[str, list[str]] = {}
        self._last: dict[str, int] = {}  # the last shipped row of each table
        self._hash = journal.ZERO  # of the entry before, in the file's own chain
        self._header: list[Any] | None = None
        self._digest = self._sealed = ""  # of the parts so far: as the file has them, and as they stand here
        self._parts = self._line = 0

    def replay(self) -> None:
        """Every entry of the file after the first, sealed anew. To be run in a transaction, before any entry is open."""
        if journal.next_seq(self.ledger.db) != 2:
            raise Refused("importing.journal_not_blank")
        texts = self._texts()
        _, _, start = next(texts, (0, 0, "{}"))
        about = self._read(start)
        if not isinstance(about, dict) or about.get("format") != ledger_format():
            raise BadData("importing.journal_version", file=self.source.name)
        for entry, part, text in texts:
            if part == 0:
                self._close()
                self._open(entry, self._read(text))
            elif part == -1:
                self._sums(self._read(text))
            else:
                self._change(text)
        self._close()
        if self._hash != about.get("head") or self.entries != about.get("entries"):
            raise BadData("importing.journal_cut", file=self.source.name)
        self.source.unchanged()
        self._verify()

    def receipt(self, e: Entry) -> Confirmation:
        """The entry that says what was taken over; the school's own settings come along."""
        for row in self.settings.values():
            if row["name"] not in OWN and not row.get("void") and row["value"] != e.ledger.settings.get(row["name"]):
                journal.set_setting(e, row["name"], row["value"])
        for (table, rowid), values in self.start.items():
            e.update(table, rowid, **values)
        e.subject = self.source.name
        e.insert("import_file", kind="journal", name=self.source.name, sha256=self.source.sha256, rows=self.rows)
        return Confirmation("import.journal", facts={
            "file": self.source.name, "sha256": self.source.sha256, "kind": "journal", "rows": self.rows,
            "new": self.entries - 1, "changed": 0, "same": 1, "bad": 0,
        })  # fmt: skip

    # -- one entry after another --------------------------------------------------------------

    def _texts(self) -> Iterator[tuple[int, int, str]]:
        plan, found = opened(KIND, self.source, {})
        at = {col.key: place for place, col in plan.columns}
        places = [at[key] for key in ("entry", "part", "piece", "text")]
        held: list[str] = []
        for line, cells in found:
            if not any(cells):
                continue
            self._line = line
            self.rows += 1
            try:
                entry, part, piece, text = (cells[place] for place in places)
                number, which, last = int(entry), int(part), int(piece) == 0
            except (IndexError, ValueError):
                raise self._torn() from None
            held.append(text)
            if last:
                yield number, which, "".join(held)
                held = []
        if held:
            raise BadData("importing.journal_cut", file=self.source.name)

    def _open(self, entry: int, header: Any) -> None:
        if not isinstance(header, list) or len(header) != len(HEADER) + 1 or header[_SEQ] != self.entries + 1 != entry:
            raise self._torn()
        if any(isinstance(value, list | dict) for value in header):
            raise self._torn()
        if header[_PREV] != self._hash or entry_hash(header[:-1]) != header[-1]:
            raise self._torn()
        self._header, self._hash = header, header[-1]
        self._digest = self._sealed = part_seed(header[_SEQ])
        self._parts = 0
        self.entries += 1
        if self.entries > 1:
            self.ledger.db.execute("INSERT INTO entry_open (seq) VALUES (?)", (self.entries,))

    def _change(self, body: str) -> None:
        if self._header is None:
            raise self._torn()
        self._parts += 1
        self._digest = part_digest(self._digest, body)
        changes = self._read(body)
        if not isinstance(changes, list):
            raise self._torn()
        for change in chain.from_iterable(map(self._spelled, changes)):
            try:
                kind, table, *rest = change
                self.ledger.spec(table)
                if kind == "I":
                    self._insert(table, *rest)
                else:
                    self._update(table, *rest)
            except _DOCTORED:
                raise self._torn() from None
        if self.entries > 1:
            if any(change[0] == "U" and self._is_own(change[1], change[2]) for change in changes):
                body = canonical(changes)
            self._sealed = part_digest(self._sealed, body)
            self.ledger.db.execute("INSERT INTO entry_part (seq, body) VALUES (?, ?)", (self.entries, body))

    def _spelled(self, change: Any) -> Iterator[list[Any]]:
        try:
            self.ledger.spec(change[1])
            yield from spelled(change, self.ledger.db)
        except _DOCTORED:
            raise self._torn() from None

    def _close(self) -> None:
        """Seal the entry behind the one before it in the new ledger."""
        header, self._header = self._header, None
        if header is None:
            return
        if self._digest != header[_DIGEST] or self._parts != header[_PARTS]:
            raise self._torn()
        db = self.ledger.db
        if self.entries == 1:
            for table, last in self._last.items():
                if journal.next_id(db, table) != last + 1:
                    raise Refused("importing.journal_start", table=table)
            return
        values = header[:-1]
        values[_PREV], values[_DIGEST] = journal.head(db).hash, self._sealed
        marks = ", ".join("?" * (len(HEADER) + 1))
        try:
            db.execute(f"INSERT INTO entry ({', '.join(HEADER)}, hash) VALUES ({marks})", [*values, entry_hash(values)])
        except sqlite3.Error:
            raise self._torn() from None
        db.execute("DELETE FROM entry_open")

    # -- rows ---------------------------------------------------------------------------------

    def _insert(self, table: str, names: Sequence[str], images: Sequence[Sequence[Any]]) -> None:
        known = self._columns_of(table)
        if not set(names) <= set(known):
            raise self._torn()
        if table == "setting":
            for image in images:
                row = dict(zip(names, image, strict=True))
                self.settings[row["id"]] = row
        if self.entries == 1:
            self._same_start(table, names, images)
            return
        columns, marks = ", ".join(names), ", ".join("?" * len(names))
        self.ledger.db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", images)

    def _same_start(self, table: str, names: Sequence[str], images: Sequence[Sequence[Any]]) -> None:
        """What the first entry ships (policies, holidays, categories) is there already; where it differs, theirs will hold."""
        db = self.ledger.db
        if table == "setting":
            for row in (dict(zip(names, image, strict=True)) for image in images):
                if row["name"] == "costing" and row["value"] != self.ledger.settings.get("costing"):
                    raise Refused("importing.journal_costing", costing=row["value"])
            return
        for image in images:
            found = db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (image[0],)).fetchone()
            if found is None or (list(found) != list(image) and self.ledger.spec(table).kind != "state"):
                raise Refused("importing.journal_start", table=table)
            pairs = zip(names, found, image, strict=True)
            if differs := {name: there for name, here, there in pairs if here != there}:
                self.start[table, image[0]] = differs
        self._last[table] = images[-1][0]

    def _update(self, table: str, rowid: int, images: dict[str, list[Any]]) -> None:
        if not set(images) <= set(self._columns_of(table)):
            raise self._torn()
        if table == "setting":
            self.settings[rowid].update({name: after for name, (_, after) in images.items()})
        if self._is_own(table, rowid):
            here = self.ledger.db.execute(f"SELECT * FROM {table} WHERE id = ?", (rowid,)).fetchone()
            for name, image in images.items():
                image[0] = here[name]
                self.start.get((table, rowid), {}).pop(name, None)
        sets = ", ".join(f"{name} = ?" for name in (*images, "entry"))
        values = [after for _, after in images.values()]
        self.ledger.db.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*values, self.entries, rowid])

    def _is_own(self, table: str, rowid: int) -> bool:
        """Whether another value than in the file's ledger may have stood here."""
        return table == "setting" or (table, rowid) in self.start

    def _sums(self, sums: Any) -> None:
        """Derived sums; `verify` holds them against the facts afterwards."""
        try:
            table, names, images = sums
            if self.ledger.spec(table).kind != "derived" or not set(names) <= set(self._columns_of(table)):
                raise self._torn()
            columns, marks = ", ".join(names), ", ".join("?" * len(names))
            self.ledger.db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", images)
        except _DOCTORED:
            raise self._torn() from None

    def _columns_of(self, table: str) -> list[str]:
        if table not in self._known:
            self._known[table] = _columns(self.ledger.db, table)
        return self._known[table]

    # -- whether all is well ------------------------------------------------------------------

    def _verify(self) -> None:
        from logi.verify import verify

        found = verify(self.ledger).findings
        if found:
            raise BadData("importing.journal_unsound", file=self.source.name, problem=found[0].text)

    def _read(self, text: str) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise self._torn() from None

    def _torn(self) -> BadData:
        return BadData("importing.journal_torn", file=self.source.name, line=self._line, entry=self.entries)


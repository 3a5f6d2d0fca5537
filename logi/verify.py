"""Whether anybody or anything changed the past: the file, its shape, the chain, every row against its entry."""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from logi import journal, shape
from logi.connecting import APPLICATION_ID, check_file, connect
from logi.core.due import Finding
from logi.core.errors import BadValue, LogiError, Unavailable
from logi.core.messages import say
from logi.core.tables import TableSpec
from logi.core.text import cut, fold_typed
from logi.db import MANY_PAGES, MANY_ROWS, Ledger
from logi.journal import ZERO, Head
from logi.registry import cards, ledger_format, room
from logi.replay import Walk

MOST = 200  # findings told one by one
SMALL = 64_000_000  # bytes of a ledger whose indexes are always read too
SOFT = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH,
                  sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_FORMAT})  # fmt: skip

Expected = tuple[int, str]  # an entry's number and the first digits of its hash


class Verdict:
    """What verify found: findings, how many more there were, entries, head, clock steps, ledger id, format."""

    __slots__ = ("entries", "findings", "format", "head", "ledger_id", "more", "notes", "steps")

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.more = 0
        self.entries = 0
        self.head = Head(0, ZERO)
        self.format = 0
        self.ledger_id = ""
        self.steps: list[tuple[int, str, str]] = []
        self.notes: list[str] = []

    @property
    def clean(self) -> bool:
        """Whether nothing at all was found."""
        return not self.findings

    def find(self, key: str, entry: int | None = None, **facts: Any) -> None:
        """Add a finding; beyond MOST they are only counted."""
        self.add(Finding(say(key, entry=entry, **facts), entry))

    def add(self, finding: Finding) -> None:
        """Add a finding that is a sentence already."""
        if len(self.findings) < MOST:
            self.findings.append(finding)
        else:
            self.more += 1


def verify(target: Path | Ledger, *, full: bool = False, since: int = 1, expect: Sequence[Expected] = (),
           wait: float = 30.0, witness: bool = False) -> Verdict:  # fmt: skip
    """Verify a ledger file (also a damaged or doctored one), or an open ledger, in one read transaction.

    `expect` are heads as printed on paper; with `witness` those count too that this machine has seen.
    Raises Unavailable for what is no ledger at all, or of a newer logi.
    """
    if isinstance(target, Ledger):
        with target.snapshot() as db:
            return _Check(db, full=full, since=since, expect=expect).run()
    verdict = Verdict()
    odd = _header(target)
    try:
        db = connect(target, wait=wait)
        for pragma in (*MANY_ROWS, MANY_PAGES):
            db.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.DatabaseError as error:
        _soften(verdict, error)
        return verdict
    except Unavailable as error:
        verdict.find("trust.find.damaged", problem=str(error.facts.get("problem", "")))
        return verdict
    try:
        if odd:
            if not _has_entries(db):
                raise Unavailable("front.not_a_ledger", path=str(target))
            verdict.find("trust.find.application_id")
        db.execute("BEGIN")
        known = _witnessed(db, target, verdict) if witness else []
        return _Check(db, full=full, since=since, expect=[*expect, *known], verdict=verdict).run()
    finally:
        db.close()


def parse_expected(text: str) -> Expected:
    """`17-8c82d25a…` or `#17 8c82 d25a …` as printed: the entry's number, a dash or blank, at least 8 hex digits."""
    folded = fold_typed(text).rstrip("….").strip().removeprefix("#").lower()
    number = folded[: len(folded) - len(folded.lstrip("0123456789"))]
    rest = folded[len(number) :]
    digits = "".join(c for c in rest if c not in " -–—:‐·\u3000")
    separated = rest[:1] in " -–—:‐·" if rest else False
    if not number or len(number) > 15 or not separated or not 8 <= len(digits) <= 64:
        raise BadValue("trust.bad_expect", text=text)
    if any(c not in "0123456789abcdef" for c in digits):
        raise BadValue("trust.bad_expect", text=text)
    return int(number), digits


class _Check:
    """One verification of one open ledger."""

    def __init__(self, db: sqlite3.Connection, *, full: bool, since: int, expect: Sequence[Expected],
                 verdict: Verdict | None = None) -> None:  # fmt: skip
        self.db, self.full, self.since, self.expect = db, full, since, expect
        self.verdict = verdict or Verdict()

    def run(self) -> Verdict:
        """Everything in its order: what later steps lean on comes first."""
        verdict = self.verdict
        with self._soft():
            verdict.format = int(self.db.execute("PRAGMA user_version").fetchone()[0])
            if self.db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID and verdict.clean:
                verdict.find("trust.find.application_id")
        if verdict.format > ledger_format():
            raise Unavailable("front.ledger_newer", path="", format=verdict.format, known=ledger_format())
        safe = False
        with self._soft():
            safe = self._shape()
        if not safe:
            verdict.find("trust.find.stopped")
            return verdict
        with self._soft():
            self._integrity()
        self._walk()
        for step in (self._links, self._registers, self._facts, self._books):
            with self._soft():
                step()
        return verdict

    def _integrity(self) -> None:
        """SQLite's own check; reading every index too costs more on a large file, so there --full asks for it."""
        size = self.db.execute("PRAGMA page_count").fetchone()[0] * self.db.execute("PRAGMA page_size").fetchone()[0]
        check = "integrity_check" if self.full or size <= SMALL else "quick_check"
        for row in self.db.execute(f"PRAGMA {check}(20)"):
            if row[0] != "ok":
                self.verdict.find("trust.find.integrity", problem=cut(row[0], 120))

    def _shape(self) -> bool:
        """Compare the schema; whether it is safe to read on."""
        found = shape.misshapen(self.db, current=self.verdict.format == ledger_format())
        for one in found:
            self.verdict.find(f"trust.find.schema_{one.how}", what=say(f"trust.schema.{one.kind}"), name=cut(one.name))
        known, there = shape.known_steps(), shape.applied(self.db)
        for _, step in sorted(there - known):
            self.verdict.find("trust.find.unknown_migration", name=cut(step))
        if self.verdict.format == ledger_format():
            for _, step in sorted(known - there):
                self.verdict.find("trust.find.missing_migration", name=step)
        return not any(one.dangerous for one in found)

    def _walk(self) -> None:
        kinds = shape.specs(self.db)
        kept = len(self.verdict.findings)
        try:
            with self._soft(texts=True):
                self._walk_once(kinds)
        except UnicodeError:
            # A text is no longer UTF-8: once more, reading what cannot be read as it is.
            self.db.text_factory = lambda raw: str(raw, "utf-8", "surrogateescape")
            del self.verdict.findings[kept:], self.verdict.steps[:]
            self.verdict.more = 0
            with self._soft():
                self._walk_once(kinds)
            self.db.text_factory = str
        with self._soft():
            self.verdict.ledger_id = journal.settings(self.db).get("ledger_id", "")

    def _walk_once(self, kinds: Mapping[str, TableSpec]) -> None:
        verdict, wanted = self.verdict, self._wanted()
        walk = Walk(self.db, kinds, verdict.find, since=self.since, wanted=wanted,
                    step=lambda *step: verdict.steps.append(step))  # fmt: skip
        try:
            walk.run()
        finally:
            verdict.entries, verdict.head = walk.entries, walk.head
        for seq in walk.wanted:
            verdict.find("trust.find.cut_off", seq, last=walk.head.seq)

    def _wanted(self) -> dict[int, list[str]]:
        wanted: dict[int, list[str]] = {}
        for seq, digits in self.expect:
            if seq >= self.since:
                wanted.setdefault(seq, []).append(digits)
                continue
            row = journal.find_entry(self.db, seq)
            if row is None or not row["hash"].startswith(digits):
                found = row["hash"][: len(digits)] if row else ""
                self.verdict.find("trust.find.not_as_printed", seq, expected=digits[:32], found=found)
        return wanted

    def _links(self) -> None:
        for row in self.db.execute("PRAGMA foreign_key_check").fetchmany(MOST):
            self.verdict.find("trust.find.link", table=row[0], row=row[1], parent=row[2])
        for row in self.db.execute("SELECT seq FROM entry_open"):
            self.verdict.find("trust.find.left_open", row[0])

    def _registers(self) -> None:
        """Numbers are given without gaps, each under an entry that stands."""
        series, last = None, 0
        for row in self.db.execute("SELECT series, n, number, entry, upto FROM number_given ORDER BY series, n"):
            if row["series"] != series:
                series, last = row["series"], 0
            if row["n"] != last + 1:
                self.verdict.find("trust.find.number_gap", row["entry"], series=cut(series), number=cut(row["number"]),
                                  first=last + 1, last=row["n"] - 1)  # fmt: skip
            last = row["upto"] or row["n"]

    def _facts(self) -> None:
        """A reversal bears the original's figures turned round."""
        for name, spec in shape.specs(self.db).items():
            if spec.kind != "fact":
                continue
            turned = " OR ".join(["r.sign + o.sign <> 0", *(f"r.{c} IS NOT -o.{c}" for c in spec.negate)])
            query = f"SELECT r.id, r.entry, o.id FROM {name} r JOIN {name} o ON o.id = r.reverses WHERE {turned}"
            for row in self.db.execute(query):
                self.verdict.find("trust.find.reversal", row[1], table=name, row=row[0], original=row[2])

    def _books(self) -> None:
        """What every book says must always hold; an older ledger is looked at by the logi it was made for."""
        if self.verdict.format != ledger_format():
            return
        for name in cards():
            checks = room(name, "checks")
            if checks is None or not hasattr(checks, "verify"):
                continue
            try:
                for finding in checks.verify(self.db):
                    self.verdict.add(finding)
            except (sqlite3.DatabaseError, LogiError, ValueError, TypeError, KeyError, ArithmeticError) as error:
                if isinstance(error, sqlite3.DatabaseError) and not _is_soft(error):
                    raise
                self.verdict.find("trust.find.book_unreadable", book=name, problem=cut(error, 120))

    @contextlib.contextmanager
    def _soft(self, *, texts: bool = False) -> Iterator[None]:
        """Damage met while reading is a finding; a lock, a full disk or an I/O error is not.

        With `texts`, one that is not UTF-8 is raised on.
        """
        try:
            yield
        except sqlite3.DatabaseError as error:
            if texts and "decode to UTF-8" in str(error):
                raise UnicodeError from error
            _soften(self.verdict, error)
        except UnicodeDecodeError as error:
            # SQLite's own message quotes a damaged name.
            if texts:
                raise
            self.verdict.find("trust.find.damaged", problem=cut(error, 120))


def _witnessed(db: sqlite3.Connection, path: Path, verdict: Verdict) -> list[Expected]:
    """The heads this machine has seen of this ledger at this place."""
    from logi.witness import others_at, seen_heads

    try:
        ledger_id = journal.settings(db).get("ledger_id", "")
    except sqlite3.DatabaseError:
        return []
    if others_at(ledger_id, path):
        verdict.notes.append(say("trust.note.other_ledger"))
    return seen_heads(ledger_id, path)


def _soften(verdict: Verdict, error: sqlite3.DatabaseError) -> None:
    if not _is_soft(error):
        raise error
    verdict.find("trust.find.damaged", problem=cut(error, 120))


def _is_soft(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in SOFT


def _header(path: Path) -> bool:
    """Whether the file is SQLite's but does not say it is a ledger. Raises for what cannot be one."""
    try:
        version = check_file(path)
    except Unavailable as error:
        if error.key != "front.not_a_ledger":
            raise
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                raise
        return True
    if version > ledger_format():
        raise Unavailable("front.ledger_newer", path=str(path), format=version, known=ledger_format())
    return False


def _has_entries(db: sqlite3.Connection) -> bool:
    with contextlib.suppress(sqlite3.DatabaseError):
        return db.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'entry'").fetchone() is not None
    return False

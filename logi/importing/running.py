"""One import: rows are parsed, the good ones posted under the rules of typed commands, all findings gathered at once."""

import gc
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from logi.core.collecting import uncollected
from logi.core.errors import BadData, BadValue, LogiError
from logi.core.messages import say, shown
from logi.importing import headers
from logi.importing.findings import MOST, Findings
from logi.importing.headers import Plan
from logi.importing.kinds import NEW, SAME, Changed, Col, Flaw, Kind, Row, Shown, Verdict
from logi.importing.rereading import Rereading

if TYPE_CHECKING:
    from logi.importing.csvrows import Cells
    from logi.importing.reading import Source
    from logi.journal import Entry

Maker = Callable[["Entry", str], "str | None"]
WARNINGS = 3  # of one kind, told by line; the others are counted
DIFFERENCES = 200  # of changed rows, shown
TICK_ROWS = 1000
MEANT = 5000  # texts of one column whose meaning is kept


class Posted:
    """How many rows were new, changed, the same; and what changed."""

    __slots__ = ("changed", "differences", "last", "new", "same")

    def __init__(self) -> None:
        self.new = self.changed = self.same = 0
        self.differences: list[str] = []
        self.last: Verdict = NEW

    def add(self, row: Row, verdict: Verdict) -> None:
        """Count a row."""
        self.last = verdict
        if verdict == NEW:
            self.new += 1
        elif verdict == SAME:
            self.same += 1
        else:
            assert isinstance(verdict, Changed)
            self.changed += 1
            if len(self.differences) < DIFFERENCES:
                fields = ", ".join(f"{key} {shown(a)} → {shown(b)}" for key, (a, b) in verdict.fields.items())
                self.differences.append(f"{row.line}: {fields}")


class Options:
    """How rows are to be posted: what may be made (`create`, with its makers), and where findings and progress go."""

    def __init__(
        self, *, create: frozenset[str] = frozenset(), makers: Mapping[str, Maker] | None = None,
        finders: "Callable[[], Mapping[str, Callable[[Entry, str], object]]]" = dict,
        tick: Callable[[int], None] = lambda rows: None, rejects: bool = False,
    ) -> None:  # fmt: skip
        self.create, self.makers, self.tick = create, dict(makers or {}), tick
        self._finders: Mapping[str, Callable[[Entry, str], object]] = {}
        self._ask_finders = finders  # of every book, so that they are asked for only where a row is refused
        self.rejects = rejects  # whether the cells of bad rows are wanted
        self.padded = False
        self.entry: Entry | None = None  # the one that is open, where this process may look into the ledger
        self.kind = ""
        self.findings: Findings
        self.plan: Plan

    def reset(self, plan: Plan) -> None:
        """Begin (again) with a file of this plan."""
        self.plan, self.findings = plan, Findings(plan, keep=self.rejects)
        self.made: list[str] = []
        self.meant: dict[int, dict[str, Any]] = {at: {} for at, _ in plan.columns}
        self.skipped_example = 0
        self.cells: dict[int, Sequence[str]] = {}
        self._known: set[tuple[str, str]] = set()
        self._warned: dict[str, int] = {}
        self._said: dict[str, str] = {}

    def ensure(self, e: "Entry", names: str, text: str) -> None:
        """Make what a cell names if it is unknown and may be made."""
        if names not in self.create or (names, text) in self._known:
            return
        self._known.add((names, text))
        e.ledger.hints = False  # what is looked for is mostly new, and made at once
        try:
            made = self.makers[names](e, text)
        finally:
            e.ledger.hints = True
        if made:
            self.made.append(f"{names}: {made}")

    def refuse(self, row: Row, error: LogiError) -> None:
        """A rule refuses this row."""
        self.findings.row(row, self.cells.get(row.line, ()), error)

    def attempt(self, e: "Entry", row: Row, act: Callable[[], Verdict], posted: Posted) -> bool:
        """Post one row; what a refused row had begun is taken back, and the refusal is a finding."""
        before, warned = len(self.made), len(e.warnings)
        try:
            with e.attempt():
                self.make_names(e, row)
                verdict = act()
        except (LogiError, sqlite3.IntegrityError) as error:
            if len(self.made) != before:  # what was made for this row is gone again
                self._known.clear()
                del self.made[before:]
            self.refuse(row, error if isinstance(error, LogiError) else LogiError("importing.row_clash"))
            self._other_unknown_names(e, row, error)
            error.__traceback__ = None  # else it would keep the row and all that stands around it in a circle
            return False
        posted.add(row, verdict)
        if len(e.warnings) > warned:
            self._thin(e, row, warned)
        return True

    def make_names(self, e: "Entry", row: Row) -> None:
        """Make what the cells of a row name, as far as it is unknown and may be made."""
        for _, col in self.plan.columns:
            if col.names and col.names in self.create and row.values.get(col.key) is not None:
                self.ensure(e, col.names, str(row.values[col.key]).partition("/")[0])

    def names_made(self, e: "Entry", row: Row) -> bool:
        """Make them; False, and none made, where one of them cannot be."""
        before, warned = len(self.made), len(e.warnings)
        try:
            with e.attempt():
                self.make_names(e, row)
        except (LogiError, sqlite3.IntegrityError):
            self._known.clear()
            del self.made[before:]
            return False
        if len(e.warnings) > warned:
            self._thin(e, row, warned)
        return True

    def _other_unknown_names(self, e: "Entry", row: Row, told: Exception) -> None:
        """An act stops at its first refusal; names unknown in the row's other cells are told as well."""
        for key, error in self._unknown(e, row.values):
            if dict(error.facts) != dict(getattr(told, "facts", {})):
                self.findings.cell(row.line, self.cells.get(row.line, ()), key, row.texts[key], error)

    def tell_unknown_names(self, line: int, cells: "Cells", values: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        """A row in which something cannot be read may name what is not there as well: told with the rest, not the next time."""
        if self.entry is None or self.findings.count >= MOST:
            return
        own = {col.key for _, col in self.plan.columns if col.names == self.kind}  # may stand in another row of this very file
        for key, error in self._unknown(self.entry, {key: value for key, value in values.items() if key not in own}):
            self.findings.cell(line, cells, key, texts[key], error)

    def _unknown(self, e: "Entry", values: Mapping[str, Any]) -> Iterator[tuple[str, LogiError]]:
        finders = self._finders = self._finders or self._ask_finders()
        for _, col in self.plan.columns:
            text = values.get(col.key)
            if col.names in finders and col.names not in self.create and text is not None:
                try:
                    finders[col.names](e, str(text).partition("/")[0])
                except LogiError as error:
                    yield col.key, error

    def tell_thinned(self, e: "Entry") -> None:
        """Say how many more warnings of each kind there were."""
        for key, seen in self._warned.items():
            if seen > WARNINGS:
                e.warn("importing.more_warnings", count=seen - WARNINGS, sentence=self._said[key])

    def _thin(self, e: "Entry", row: Row, start: int) -> None:
        """Keep the first few warnings of a kind, with their line."""
        fresh = e.warnings[start:]
        del e.warnings[start:]
        for key, facts in fresh:
            if key == "front.long_ago":  # said once, of the whole file
                e.warn(key, **facts)
            else:
                self.warn_row(e, row.line, key, **facts)

    def warn_row(self, e: "Entry", at_line: int, key: str, /, **facts: Any) -> None:
        """Warn of something in a row: the first few of a kind with their line, the others are counted."""
        seen = self._warned[key] = self._warned.get(key, 0) + 1
        if seen <= WARNINGS:
            self._said[key] = say(key, **facts)
            e.warn("importing.row_warning", line=at_line, sentence=self._said[key])

    def told_enough(self, key: str) -> bool:
        """Whether further warnings of a kind are only counted."""
        return self._warned.get(key, 0) >= WARNINGS

    def count_warning(self, key: str, count: int = 1) -> None:
        """So many more of a kind, of which enough have been told."""
        self._warned[key] = self._warned.get(key, 0) + count


class Outcome:
    """What an import found and did."""

    def __init__(self, posted: Posted, findings: Findings, rows: int, made: list[str]) -> None:
        self.posted, self.findings, self.rows, self.made = posted, findings, rows, made

    @property
    def bad(self) -> int:
        """How many rows are bad."""
        return len(self.findings.lines)

    def facts(self) -> dict[str, Any]:
        """The counts, for a confirmation or a refusal."""
        return {
            "rows": self.rows, "new": self.posted.new, "changed": self.posted.changed, "same": self.posted.same,
            "bad": self.bad,
        }  # fmt: skip


def each(take: Callable[["Entry", Row, Options], Verdict]) -> Callable[["Entry", list[Row], Options], Posted]:
    """A way to post a file: row by row through one act."""

    def post(e: "Entry", rows: list[Row], options: Options) -> Posted:
        posted = Posted()
        for n, row in enumerate(rows, 1):
            options.attempt(e, row, lambda row=row: take(e, row, options), posted)  # type: ignore[misc]
            if n % TICK_ROWS == 0:
                options.tick(n)
        return posted

    return post


def run(e: "Entry", kind: Kind, source: "Source", maps: Mapping[str, str], options: Options) -> Outcome:
    """Import a file into the open entry. The caller decides what findings mean; errors of the whole file are raised (5)."""
    collecting = gc.isenabled()
    gc.enable()
    try:
        reread = Rereading(kind, source, maps, options)
        plan = reread.plan
        options.reset(plan)
        options.entry, options.kind = e, kind.name
        options.padded = source.format not in ("csv", "tsv")
        taken = None
        if kind.bulk is not None:
            taken = kind.bulk(e, plan, reread, options)
        if taken is None:
            taken = _all_read(e, kind, reread, options)
        posted, count = taken
        options.tell_thinned(e)
        if options.skipped_example:
            source.note("importing.skipped_example", line=options.skipped_example)
        if not count:
            raise BadData("importing.no_rows", file=source.name)
        source.unchanged()
        return Outcome(posted, options.findings, count, options.made)
    finally:
        if not collecting:
            gc.disable()


def _all_read(e: "Entry", kind: Kind, reread: Rereading, options: Options) -> tuple[Posted, int]:
    """Read the file to its end, then post its rows."""
    from logi.importing.columns import read

    with uncollected():
        rows = read(kind, reread.plan, reread(), options)
        count = len(rows) + len(options.findings.lines)  # before rows are refused that could be read
        if kind.many is not None:
            return kind.many(e, rows, options), count
        one_by_one = rows.rows()
        del rows
    return kind.post(e, one_by_one, options), count


def parsed_row(plan: Plan, line: int, cells: "Cells", options: Options) -> Row | None:
    """A row's cells as values; None when any of them cannot be read, which is then among the findings."""
    findings, width = options.findings, len(plan.headings)
    if headers.is_total(cells) or headers.is_signed(cells):
        findings.line(line, cells, "importing.total_row" if headers.is_total(cells) else "importing.signed_row")
        return None
    if len(cells) != width:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            findings.line(line, cells, "importing.long_row", there=len(cells), columns=width)
            return None
        if len(cells) < width:
            if not options.padded:
                findings.line(line, cells, "importing.short_row", there=len(cells), columns=width)
                return None
            cells = [*cells, *[""] * (width - len(cells))]
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    bad = False
    for at, col in plan.columns:
        text = cells[at]
        known = options.meant[at]
        try:
            if text in known:  # a marked cell (Flaw, Shown) is never found: it has a hash of its own
                value = known[text]
            else:
                value = cell_value(col, text)
                if len(known) < MEANT:
                    known[text] = value
        except BadValue as error:
            findings.cell(line, cells, col.key, text, error)
            bad = True
            continue
        if value is not None:
            values[col.key], texts[col.key] = value, text.strip()
    if bad:
        options.tell_unknown_names(line, cells, values, texts)
        return None
    return Row(line, values, texts)


def cell_value(col: Col, text: str) -> Any:
    """A cell's value; None for a blank one where that is allowed. BadValue says what is wrong."""
    if type(text) is Flaw:
        raise BadValue(text.key, text=str(text))
    if type(text) is Shown and col.kind not in ("text", "code"):
        text = text.figure
    if not text or not text.strip():
        if col.filled:
            raise BadValue("importing.blank")
        return None
    value = col.parse(text)
    if value == "" and col.filled:
        raise BadValue("importing.blank")
    return value if value != "" else None

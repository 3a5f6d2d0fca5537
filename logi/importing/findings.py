"""What is wrong with rows: every refusal becomes a line of line, column, value, problem, remedy."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from logi.core.answers import Column, Table, Word
from logi.core.errors import LogiError
from logi.core.folding import fold
from logi.core.messages import language, say, shown
from logi.core.text import cut
from logi.importing.headers import Plan
from logi.importing.kinds import Row

MOST = 10_000  # findings kept; a file with more is counted on
MADE = frozenset({"people", "places", "categories", "departments", "vendors", "items"})  # by --create
KEYS = ("line", "column", "value", "problem", "remedy")


class Finding(dict[str, Any]):
    """One line of the findings, which knows of what kind it is: those of one kind in one column are alike."""

    __slots__ = ("kind",)
    kind: str


class Findings:
    """The findings of one file, and the lines they stand on; their cells only where they are to be written out again."""

    def __init__(self, plan: Plan, *, keep: bool = False) -> None:
        self.plan, self.keep = plan, keep
        self.lines: dict[int, Sequence[str]] = {}
        self.rows: list[dict[str, Any]] = []
        self.count = 0

    def cell(self, line: int, cells: Sequence[str], key: str, value: str, error: LogiError) -> None:
        """A cell that cannot be used."""
        self._add(line, cells, self.plan.heading(key), value, error, key)

    def row(self, row: Row, cells: Sequence[str], error: LogiError) -> None:
        """A row that a rule refuses; the column is the one whose value the refusal speaks of."""
        key = _column_of(row, error)
        named = error.facts.get("column")
        if isinstance(named, str) and named in self.plan.words:
            error.facts = {**error.facts, "column": self.plan.heading(named)}
        column, value = (self.plan.heading(key), row.texts.get(key, "")) if key else ("", "")
        self._add(row.line, cells, column, value, error, key)

    def line(self, line: int, cells: Sequence[str], key: str, **facts: Any) -> None:
        """A line that is no row."""
        self._add(line, cells, "", "", LogiError(key, **facts))

    def sorted(self) -> list[dict[str, Any]]:
        """The findings by line."""
        return sorted(self.rows, key=lambda row: row["line"])

    def _add(self, line: int, cells: Sequence[str], column: str, value: str, error: LogiError, key: str | None = None) -> None:
        self.lines.setdefault(line, cells if self.keep else ())
        self.count += 1
        if len(self.rows) < MOST:
            problem, remedy = told(error, next((col.names for _, col in self.plan.columns if col.key == key), ""))
            found = Finding(line=line, column=cut(column), value=cut(value), problem=problem, remedy=remedy)
            found.kind = error.key.removesuffix("_near")
            self.rows.append(found)


def told(error: LogiError, makes: str = "") -> tuple[str, str]:
    """A refusal as what is wrong and how to mend it: our sentences say the one, then the other.

    `makes` is the kind of things its column names, which `--create` may be able to make.
    """
    if error.key in ("front.not_found", "front.not_found_near"):
        near = error.facts.get("near")
        problem = say("importing.unknown", what=error.facts.get("what"), text=cut(error.facts.get("text")))
        kind = makes if makes in MADE else ""
        if near:
            return problem, say("importing.unknown_near" if kind else "importing.unknown_near_only", near=near, kind=kind)
        return problem, say("importing.unknown_mend" if kind else "importing.unknown_only", kind=kind)
    sentence = say(error.key, **{key: _plain(value) for key, value in error.facts.items()})
    if error.key == "front.code_taken":
        return sentence, say("importing.taken_mend")
    for sign in ("; ", "；"):
        problem, found, remedy = sentence.rpartition(sign)
        if found:
            return problem, remedy
    for sign in (". ", "。"):
        problem, found, remedy = sentence.partition(sign)
        if found and remedy.strip():
            return problem + sign.strip(), remedy.strip()
    return sentence, say("importing.remedy")


def _plain(value: Any) -> Any:
    """A fact for a sentence that is parted at its semicolons: lists are joined by other signs."""
    if isinstance(value, str) and not isinstance(value, Word):
        return cut(value, 200)
    if isinstance(value, list | tuple):
        return (", " if language() == "en" else "、").join(shown(one) for one in value)
    return value


def findings_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Findings as an answer."""
    columns = [
        Column(key, say(f"importing.col.{key}"), "count" if key == "line" else "text") for key in KEYS
    ]
    return Table("findings", say("importing.findings"), columns, rows)


def _column_of(row: Row, error: LogiError) -> str | None:
    """The column whose cell stands in the refusal's facts."""
    named = error.facts.get("column")
    if named in row.texts:
        return str(named)
    facts = list(error.facts.values())
    for key, text in row.texts.items():
        value = row.values.get(key)
        for fact in facts:
            if isinstance(fact, date) and fact == value:
                return key
            if isinstance(fact, str) and fact and fact in (text, value):
                return key
    if named:
        return str(named)
    alike = {fold(fact) for fact in facts if isinstance(fact, str) and fact}  # s1 where S1 is there
    return next((key for key, text in row.texts.items() if fold(text) in alike), None)

"""Findings as people read them: of many of one kind the first few, then how many more, where, and what stands there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from logi.core.messages import language, say

SCREEN = 20  # so many are read one by one
FEW = 3  # of a kind that are shown of more
RANGES, VALUES = 12, 10  # told in one note

Row = Mapping[str, Any]


class _Kind(NamedTuple):
    """The findings of one kind, and those of them that are shown."""

    rows: list[Row]
    shown: list[Row]


def folded(findings: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The findings to be shown, in their order, and a note for each kind of which there are more."""
    if len(findings) <= SCREEN:
        return list(findings), []
    kinds: dict[tuple[Any, str], list[Row]] = {}
    for row in findings:
        kinds.setdefault((row.get("column"), _kind_of(row)), []).append(row)
    told = [_Kind(rows, _first(rows) if len(rows) > FEW + 1 else rows) for rows in kinds.values()]
    shown = {id(row) for kind in told for row in kind.shown}
    notes = [_note(kind) for kind in told if len(kind.shown) < len(kind.rows)]
    return [row for row in findings if id(row) in shown], notes


def _kind_of(row: Row) -> str:
    """What is wrong, whatever it is wrong with."""
    kind: str | None = getattr(row, "kind", None)
    problem = str(row.get("problem", ""))
    return kind or (problem.replace(str(row["value"]), "…") if row.get("value") else problem)


def _first(rows: list[Row]) -> list[Row]:
    """The first few of different values, else the first few."""
    by_value: dict[Any, Row] = {}
    for row in rows:
        by_value.setdefault(row.get("value"), row)
        if len(by_value) == FEW:
            return list(by_value.values())
    first = [*by_value.values()]
    return first + [row for row in rows[: 2 * FEW] if all(row is not one for one in first)][: FEW - len(first)]


def _note(kind: _Kind) -> str:
    shown = {id(row) for row in kind.shown}
    others = [row for row in kind.rows if id(row) not in shown]
    first, column = kind.shown[0], kind.shown[0].get("column")
    key = "importing.more_alike" if column else "importing.more_alike_rows"
    note = say(key, count=len(others), line=first["line"], column=column, lines=_lines(row["line"] for row in others))
    values = dict.fromkeys(row["value"] for row in kind.rows if row.get("value"))
    for row in kind.shown:
        values.pop(row.get("value"), None)
    return f"{note} {say('importing.more_values', values=_joined(list(values), VALUES))}" if values else note


def _lines(lines: Iterable[int]) -> str:
    """Numbers of lines, runs of them as first–last."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return _joined([f"{first}–{last}" if last > first else f"{first}" for first, last in runs], RANGES)


def _joined(texts: Sequence[str], most: int) -> str:
    more = [] if len(texts) <= most else ["…"]
    return (", " if language() == "en" else "、").join([*texts[:most], *more])

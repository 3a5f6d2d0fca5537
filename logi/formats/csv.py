"""CSV: the rows alone, machine values, one line end; under --excel the habits of Excel in China."""

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

from logi.core.answers import Answer, Column, Confirmation, Pack, Table
from logi.core.messages import money_text, quantity_text
from logi.core.text import exact, show
from logi.formats import Style
from logi.formats.cells import as_table, fenced, heading, joined, machine, word_title

# Excel and its kin read a cell that begins like this as a formula
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
REMEMBERED = 10_000  # texts of a column
_TYPED = frozenset({"money", "quantity", "count", "rate", "day"})


def draw(answer: Answer, style: Style) -> str:
    """The rows of the answer; a pack's sections stand under a `# title` line each."""
    if isinstance(answer, Confirmation):
        return _rows(as_table(answer), style)
    if isinstance(answer, Pack):
        end = _end(style)
        sections = [f"# {show(table.title)}{end}{_rows(table, style)}" for table in answer.tables]
        return end.join(sections)
    return _rows(answer, style)


def _rows(table: Table, style: Style) -> str:
    paper = StringIO()
    writer = csv.writer(paper, lineterminator=_end(style))
    writer.writerow([_guarded(heading(c, style.header), style) for c in table.columns])
    writer.writerows(_cells(table, style))
    return paper.getvalue()


def _cells(table: Table, style: Style) -> Iterable[list[Any]]:
    writers = [(column.key, _writer(column, style, exact if table.bare else fenced)) for column in table.columns]
    for row in table.rows:
        yield ["" if (value := row.get(key)) is None else write(value) for key, write in writers]


def _writer(column: Column, style: Style, fence: Callable[[str], str]) -> Callable[[Any], Any]:
    """How a column's values are written: the whole history of a large ledger has some, over and over."""
    if column.kind == "money":
        return money_text
    if column.kind == "quantity":
        return quantity_text
    said: dict[str, Any] = {}

    def write(value: Any) -> Any:
        if value.__class__ is not str:
            return _cell(column, value, style, fence)
        if value not in said:
            if len(said) >= REMEMBERED:
                said.clear()
            said[value] = _cell(column, value, style, fence)
        return said[value]

    return write


def _cell(column: Column, value: Any, style: Style, fence: Callable[[str], str]) -> Any:
    if value is None:
        return ""
    if column.kind in _TYPED:
        return machine(column, value)
    if column.kind == "word" and style.header != "keys":
        value = word_title(column, value)
    return _guarded(fence(joined(machine(column, value))), style)


def _guarded(text: str, style: Style) -> str:
    """A text that would be a formula behind a mark; one that looks so already gets another, that import can take one off."""
    return f"'{text}" if style.excel and text.lstrip("'").startswith(_FORMULA) else text


def _end(style: Style) -> str:
    return "\r\n" if style.excel else "\n"

"""--sort, --limit and --columns, for every table alike."""

from collections.abc import Mapping

from logi.core.answers import Column, Table
from logi.core.errors import Usage


def shaped(table: Table, shared: Mapping[str, str | bool]) -> Table:
    """The table as the line's shared options ask for it."""
    if shared.keys().isdisjoint(("sort", "limit", "columns")):
        return table
    rows, columns = list(table.rows), list(table.columns)
    known = [*columns, *table.more]
    if "sort" in shared:
        name = str(shared["sort"])
        down = name.startswith("-")
        column = _column(known, name.lstrip("-"))
        rows.sort(key=lambda r: (r.get(column.key) is None, r.get(column.key) or 0), reverse=down)
    if "limit" in shared:
        text = str(shared["limit"])
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise Usage("front.bad_limit", text=text)
        rows = rows[: int(text)]
    if "columns" in shared:
        columns = [_column(known, part.strip()) for part in str(shared["columns"]).split(",")]
    made = Table(table.name, table.title, columns, rows, notes=table.notes)
    if len(rows) == len(table.rows) and columns == list(table.columns):
        made.totals = table.totals
    return made


def _column(columns: list[Column], name: str) -> Column:
    for column in columns:
        if name in (column.key, column.title):
            return column
    raise Usage("front.no_column", name=name, known=[c.key for c in columns])

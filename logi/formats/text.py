"""Plain text for files, mails and pipes: every value whole, columns straight in Chinese and English."""

from collections.abc import Sequence

from logi.core.answers import RIGHT, Answer, Confirmation, Table
from logi.core.messages import say
from logi.core.text import show
from logi.formats import Style
from logi.formats.cells import heading, human_columns, totals_row
from logi.formats.sentences import done_lines, pack_lines

_LONG = 1000  # tabulate costs 16 times plain printing; longer tables get the same picture from our own hand


def draw(answer: Answer, style: Style) -> str:
    """The answer as plain text."""
    if isinstance(answer, Confirmation):
        return "".join(f"{line}\n" for _, line in done_lines(answer, warnings=False))
    if isinstance(answer, Table):
        return "\n".join(table_lines(answer, style)) + "\n"
    lines = [show(answer.title), *pack_lines(answer)]
    for table in answer.tables:
        lines += ["", *table_lines(table, style)]
    return "\n".join(lines) + "\n"


def table_lines(table: Table, style: Style) -> list[str]:
    """Title, header, rows, totals and notes of one table."""
    headers = [heading(c, style.header) for c in table.columns]
    rows: list[Sequence[str]] = list(zip(*human_columns(table), strict=True))
    totals = totals_row(table) if rows else None
    lines = [show(table.title)] if table.title else []
    lines += _picture(headers, [*rows, totals] if totals else rows, [c.kind in RIGHT for c in table.columns])
    if totals:
        lines.insert(-1, lines[-len(rows) - 2])  # the rule under the header once more, over the totals
    if not rows and not table.telling:
        lines.append(show(say("formats.none")))
    return lines + [show(note) for note in table.notes]


def _picture(headers: Sequence[str], rows: Sequence[Sequence[str]], rights: Sequence[bool]) -> list[str]:
    if not headers:
        return []
    if len(rows) > _LONG or not rows:
        from logi.formats.grid import grid

        return grid(headers, rows, rights)
    import tabulate

    tabulate.PRESERVE_WHITESPACE = True  # a value is drawn as it is, its outer spaces too
    tabulate.MIN_PADDING = 0
    align = ["right" if right else "left" for right in rights]
    drawn = tabulate.tabulate(rows, headers=headers, tablefmt="orgtbl", disable_numparse=True, colalign=align)
    return drawn.split("\n")

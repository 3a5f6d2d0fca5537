"""Plain columns for long tables: the same picture tabulate draws, padded by our own hand, many times faster."""

from collections.abc import Sequence

from logi.core.text import width


def grid(headers: Sequence[str], rows: Sequence[Sequence[str]], rights: Sequence[bool]) -> list[str]:
    """The header, a rule and the rows, every line equally wide whatever the script."""
    columns, widths = [], []
    for column, right in zip(zip(headers, *rows, strict=True), rights, strict=True):
        # each text is measured once, and a column is padded as a whole
        taken = [len(text) if text.isascii() else width(text) for text in column]
        most = max(taken)
        blanks = [" " * (most - cells) for cells in taken]
        pairs = zip(blanks, column, strict=True) if right else zip(column, blanks, strict=True)
        columns.append(list(map("".join, pairs)))
        widths.append(most)
    drawn = ["| " + " | ".join(row) + " |" for row in zip(*columns, strict=True)]
    drawn.insert(1, rule(widths))
    return drawn


def rule(widths: Sequence[int]) -> str:
    """The line between the header and the rows."""
    return "|" + "+".join("-" * (w + 2) for w in widths) + "|"


def pad(text: str, wanted: int, right: bool = False) -> str:
    """A text padded with spaces to `wanted` cells."""
    blank = " " * (wanted - width(text))
    return blank + text if right else text + blank

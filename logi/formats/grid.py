"""Plain columns for long tables: the same picture tabulate draws, padded by our own hand, many times faster."""

from collections.abc import Sequence

from logi.core.text import width


def grid(headers: Sequence[str], rows: Sequence[Sequence[str]], rights: Sequence[bool]) -> list[str]:
    """The header, a rule and the rows, every line equally wide whatever the script."""
    every = [headers, *rows]
    widths = [max(map(width, column)) for column in zip(*every, strict=True)]
    drawn = [_line(row, widths, rights) for row in every]
    drawn.insert(1, rule(widths))
    return drawn


def rule(widths: Sequence[int]) -> str:
    """The line between the header and the rows."""
    return "|" + "+".join("-" * (w + 2) for w in widths) + "|"


def pad(text: str, wanted: int, right: bool = False) -> str:
    """A text padded with spaces to `wanted` cells."""
    blank = " " * (wanted - width(text))
    return blank + text if right else text + blank


def _line(row: Sequence[str], widths: Sequence[int], rights: Sequence[bool]) -> str:
    return "| " + " | ".join(map(pad, row, widths, rights)) + " |"

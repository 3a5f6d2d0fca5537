"""A form as plain text: at most 96 columns, Chinese characters two wide, a table where it fits and records where not."""

from collections.abc import Sequence

from logi.core.messages import say
from logi.core.text import show, width
from logi.formats.grid import pad
from logi.forms.parts import RIGHT, FieldsPart, LinesPart, Part, Sheet, SignPart, TextsPart

WIDE = 96
LEAST = 6  # the narrowest a column of words may become
BREAKABLE = frozenset({"text"})


def draw(sheets: Sequence[Sheet]) -> str:
    """Every form with its pages one under the other."""
    return "\n\n".join("\n".join(_sheet(sheet)) for sheet in sheets) + "\n"


def _sheet(sheet: Sheet) -> list[str]:
    lines: list[str] = []
    for at, parts in enumerate(sheet.pages, 1):
        if at > 1:
            lines += ["", ""]
        lines += [_centred(show(sheet.title)), *_spread([sheet.unit, sheet.middle, sheet.number]), ""]
        for part in parts:
            lines += [*_part(part), ""]
        if at == len(sheet.pages):
            lines += [piece for note in sheet.notes for piece in fold(show(note), WIDE)]
        lines += _foot(sheet, at)
    return [line.rstrip() for line in lines]


def _foot(sheet: Sheet, page: int) -> list[str]:
    left = say("forms.copies", copies=sheet.copies) if sheet.copies else ""
    right = say("forms.page", page=page, pages=len(sheet.pages))
    lines = ["-" * WIDE, *_spread([left, right])]
    return [*lines, say("forms.head", head=sheet.head)] if sheet.head else lines


def _part(part: Part) -> list[str]:
    if isinstance(part, FieldsPart):
        return _headed(part.heading, _fields(part))
    if isinstance(part, LinesPart):
        return _headed(part.heading, _table(part))
    if isinstance(part, TextsPart):
        lines: list[str] = []
        for n, text in enumerate(part.texts, 1):
            first, *rest = fold(show(text), WIDE - 4) or [""]
            lines += [f"{n:2}. {first}", *(f"    {one}" for one in rest)]
        return _headed(part.heading, lines)
    return _signs(part)


def _headed(heading: str, lines: list[str]) -> list[str]:
    return [f"[{show(heading)}]", *lines] if heading else lines


def _fields(part: FieldsPart) -> list[str]:
    unit = WIDE // part.across
    lines: list[str] = []
    row: list[tuple[list[str], int]] = []
    used = 0
    for label, cell, span in part.items:
        if used + span > part.across:
            lines += _side_by_side(row)
            row, used = [], 0
        text = _pair(label, cell.text.replace("\n", " "))
        row.append((fold(text, unit * span - 2), unit * span))
        used += span
    return [*lines, *_side_by_side(row)]


def _side_by_side(row: Sequence[tuple[list[str], int]]) -> list[str]:
    high = max((len(texts) for texts, _ in row), default=0)
    return ["".join(pad(texts[i] if i < len(texts) else "", wide) for texts, wide in row) for i in range(high)]


def _table(part: LinesPart) -> list[str]:
    titles = [show(f"{c.group} {c.title}" if c.group else c.title) for c in part.columns]
    rows = [[show(cell.text.replace("\n", " ")) for cell in row] for row in part.rows]
    totals = [show(cell.text) for cell in part.totals] if part.totals else None
    every = [*rows, totals] if totals else rows
    for gap in (3, 1):
        widths = _widths(part, titles, every, WIDE - gap * (len(titles) - 1))
        if widths is not None:
            lines = _grid(part, titles, rows, totals, widths, " | " if gap == 3 else "|")
            break
    else:
        lines = _records(titles, rows, totals)
    return [*lines, *fold(show(part.capitals), WIDE)] if part.capitals else lines


def _widths(part: LinesPart, titles: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Widths that sum to at most `room`: figures, codes and days whole, words and headings folded; None if too narrow."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(titles)
    natural = [max([width(t), *map(width, column)]) for t, column in zip(titles, columns, strict=True)]
    floors = [
        max(min(width(title), 4), min(full, LEAST) if c.kind in BREAKABLE else max([*map(width, column), 0]))
        for c, title, column, full in zip(part.columns, titles, columns, natural, strict=True)
    ]
    if sum(floors) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        widest = max((w, i) for i, (w, f) in enumerate(zip(widths, floors, strict=True)) if w > f)[1]
        widths[widest] -= 1
    return widths


def _grid(part: LinesPart, titles: Sequence[str], rows: Sequence[Sequence[str]], totals: Sequence[str] | None,
          widths: Sequence[int], bar: str) -> list[str]:  # fmt: skip
    rights = [c.kind in RIGHT for c in part.columns]
    rule = (bar.replace(" ", "-").replace("|", "+")).join("-" * w for w in widths)
    lines = [*_row(titles, widths, rights, bar), rule]
    for row in rows:
        lines += _row(row, widths, rights, bar)
    if totals:
        lines += [rule, *_row(totals, widths, rights, bar)]
    return lines


def _row(cells: Sequence[str], widths: Sequence[int], rights: Sequence[bool], bar: str) -> list[str]:
    folded = [fold(cell, w) or [""] for cell, w in zip(cells, widths, strict=True)]
    high = max(map(len, folded))
    return [
        bar.join(pad(one[i] if i < len(one) else "", w, r) for one, w, r in zip(folded, widths, rights, strict=True))
        for i in range(high)
    ]


def _records(titles: Sequence[str], rows: Sequence[Sequence[str]], totals: Sequence[str] | None) -> list[str]:
    """A table too wide for the page: each row as labelled values that flow over the lines."""
    lines: list[str] = []
    for row in [*rows, *([totals] if totals else [])]:
        values = [
            _pair(title, cell) if cell != say("forms.total") else cell
            for title, cell in zip(titles, row, strict=True) if cell
        ]  # fmt: skip
        blank = [_pair(title, "____") for title in titles]
        lines += [*_flowing(values or blank), "-" * WIDE]
    return lines[:-1]


def _flowing(values: Sequence[str]) -> list[str]:
    lines, line = [], ""
    for value in values:
        if line and width(line) + 3 + width(value) > WIDE:
            lines += fold(line, WIDE)
            line = "   " + value
        else:
            line = f"{line}   {value}" if line else value
    return [*lines, *fold(line, WIDE)]


def _signs(part: SignPart) -> list[str]:
    lines: list[str] = []
    for item in part.items:
        if part.opinions and item.state != "unneeded":
            lines += fold(_pair(item.title, f"{say('forms.opinion')} {item.opinion or '_' * 16}"), WIDE)
            lines += ["    " + "  ".join(show(one) for one in item.lines)]
            continue
        lines += fold(_pair(item.title, "  ".join(item.lines)), WIDE)
        if item.opinion:
            lines += fold(f"    {show(item.opinion)}", WIDE)
    return lines


def _pair(label: str, value: str) -> str:
    return show(say("forms.pair", label=label, value=value))


def _centred(text: str) -> str:
    return " " * max(0, (WIDE - width(text)) // 2) + text


def _spread(pieces: Sequence[str]) -> list[str]:
    """Pieces over the line: first left, last right, one between in the middle; under each other if they do not fit."""
    pieces = [show(piece) for piece in pieces]
    if sum(map(width, pieces)) + 2 * (len(pieces) - 1) > WIDE:
        return [line for piece in pieces for line in fold(piece, WIDE)]
    left, *between, right = pieces
    line = left
    if between:
        line += " " * max(2, (WIDE - width(between[0])) // 2 - width(line)) + between[0]
    return [line + " " * max(2, WIDE - width(line) - width(right)) + right]


def fold(text: str, wide: int) -> list[str]:
    """A text in lines of at most `wide` columns, at blanks if it may, else between characters."""
    lines, line, room = [], "", 0
    for char in text:
        room += width(char)
        line += char
        if room <= wide:
            continue
        head, blank, tail = line.rpartition(" ")
        if not blank or not head.strip() or width(tail) > wide or not tail:
            head, tail = line[:-1], line[-1]
        lines.append(head.rstrip())
        line, room = tail.lstrip(), width(tail.lstrip())
    return [*lines, line] if line else lines

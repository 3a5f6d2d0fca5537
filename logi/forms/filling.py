"""Fills a form: the shape's fields and columns with a book's values, the chain with the signatures on record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from logi.core.answers import Column, Fen, Milli, Word
from logi.core.forms import Asked, FormData, Signed
from logi.core.messages import language, say, shown
from logi.core.money import capitals
from logi.formats.cells import fenced, human
from logi.forms.paging import paginate
from logi.forms.parts import Cell, FieldsPart, Head, LinesPart, Part, Sheet, SignLine, SignPart, TextsPart
from logi.forms.shapes import Block, FormColumn, Shape, spoken

CIRCLED = "①②③④⑤⑥⑦⑧⑨"
COUNTED = frozenset({"n", "count"})
EMPTY = FormData()


def fill(shape: Shape, data: FormData | None, *, school: str, head: str, asked: Asked) -> Sheet:
    """The form filled with a book's data, or blank (None): a blank one names no ledger head, since it says nothing."""
    found = data or EMPTY
    parts = [_part(shape, block, found, blank=data is None) for block in shape.blocks]
    copies = " ".join(f"{CIRCLED[at]}{shape.label(key)}" for at, key in enumerate(shape.copies))
    number = fenced(found.number or "")
    notes = [*map(fenced, found.notes), *([say("forms.qr", line=found.qr)] if found.qr else [])]
    sheet = Sheet(
        shape.name, shape.code, fenced(shape.title), unit=say("forms.unit", school=fenced(school)),
        middle=_middle(shape, found, asked, blank=data is None), number=say("forms.number", number=number),
        plain_number=found.number, copies=copies, head=head if data is not None else "", paper=shape.paper,
        landscape=shape.landscape, size=shape.size, parts=parts, notes=notes,
        qr=found.qr or "",
    )  # fmt: skip
    sheet.pages = paginate(sheet, shape)
    return sheet


def drawn(kind: str, value: Any) -> Cell:
    """A value by its own type if it has one, else by the kind of its field or column."""
    if value is None or value == "":
        return Cell("", kind)
    if isinstance(value, bool):
        return Cell("√" if value else "×", kind)
    if isinstance(value, Fen | Milli):
        typed = "money" if isinstance(value, Fen) else "quantity"
        return Cell(human(Column("", "", typed), int(value)), typed, int(value))
    if isinstance(value, Word):
        return Cell(fenced(shown(value)), kind)
    if isinstance(value, date):
        return Cell(value.isoformat(), "day", value)
    if isinstance(value, int):
        as_kind = "count" if kind in COUNTED or kind in ("text", "code", "check") else kind
        return Cell(human(Column("", "", as_kind), value), kind if kind in COUNTED else as_kind, value)
    if isinstance(value, list | tuple):
        return Cell(fenced(shown(list(value))), kind)
    return Cell(fenced(str(value)), kind)


def _part(shape: Shape, block: Block, data: FormData, *, blank: bool) -> Part:
    heading = shape.label(block.heading) if block.heading else ""
    if block.part == "fields":
        items = [
            (shape.label(f.key), drawn(f.kind, data.values.get(f.key)), min(f.span or block.across, block.across))
            for f in block.fields
        ]
        return FieldsPart(heading, block.across, items)
    if block.part == "lines":
        return _lines(shape, block, data, heading, blank=blank)
    if block.part == "texts":
        own = [spoken(text) for text in block.texts]
        return TextsPart(heading, [*own, *(fenced(text) for text in data.texts.get(block.name, ()))])
    return SignPart(block.across, block.opinions, _chain(shape, block, data))


def _lines(shape: Shape, block: Block, data: FormData, heading: str, *, blank: bool) -> LinesPart:
    columns = [
        Head(c.key, shape.label(c.key), c.kind, c.share, shape.label(c.group) if c.group else "") for c in block.columns
    ]
    raw = data.lists.get(block.name, ()) if block.name != "lines" else data.lines
    rows = [_row(block.columns, line, n) for n, line in enumerate(raw, 1)]
    wanted = block.blank if blank else block.least
    rows += [[Cell("", c.kind) for c in block.columns]] * max(0, wanted - len(rows))
    totals = _totals(block, raw, data.totals, blank=blank)
    words = ""
    if block.capitals:
        at = [c.key for c in block.columns].index(block.capitals)
        sum_fen = totals[at].raw if totals else None
        script = "hant" if language() == "zh-Hant" else "hans"
        words = say("forms.capitals", words="" if sum_fen is None else capitals(sum_fen, script=script))
    return LinesPart(heading, block.name, columns, rows, totals, words, block.rows)


def _row(columns: Sequence[FormColumn], line: Mapping[str, Any], n: int) -> list[Cell]:
    return [drawn(c.kind, line.get(c.key, n if c.kind == "n" else None)) for c in columns]


def _totals(
    block: Block, raw: Sequence[Mapping[str, Any]], given: Mapping[str, Any], *, blank: bool
) -> list[Cell] | None:
    """The line of sums: the word in the first column without one, each sum under its column."""
    if not block.totals:
        return None
    cells = []
    for column in block.columns:
        if column.key not in block.totals or blank:
            cells.append(Cell("", column.kind))
            continue
        known = [line[column.key] for line in raw if line.get(column.key) is not None]
        cells.append(drawn(column.kind, given.get(column.key, sum(known) if known else None)))
    place = next((i for i, c in enumerate(block.columns) if c.key not in block.totals and c.kind != "n"), 0)
    cells[place] = Cell(say("forms.total"))
    return cells


def _chain(shape: Shape, block: Block, data: FormData) -> list[SignLine]:
    """Every place of the chain, and after them whatever the rules ask for that the form has no place for."""
    signed = {one.role: one for one in data.signed}
    asked = data.levels or ()
    roles = [*block.roles]
    if block.roles == _last_chain(shape):
        elsewhere = {role for one in shape.blocks for role in one.roles}
        roles += [role for role in dict.fromkeys([*asked, *signed]) if role not in elsewhere]
    items = []
    for role in roles:
        title = data.titles.get(role, role) if not shape.knows(role) else shape.label(role)
        unneeded = role in block.tiers and data.levels is not None and role not in asked and role not in signed
        items.append(_sign_line(title, signed.get(role), data.named.get(role), unneeded=unneeded))
    return items


def _last_chain(shape: Shape) -> tuple[str, ...]:
    """The longest chain of the form takes what has no place elsewhere."""
    chains = [block.roles for block in shape.blocks if block.part == "sign"]
    return max(chains, key=len)


def _sign_line(title: str, signed: Signed | None, name: str | None, *, unneeded: bool) -> SignLine:
    if unneeded:
        return SignLine(title, ["—"], "unneeded")
    if signed is None:
        who = say("forms.named", title=title, name=fenced(name)) if name else title
        return SignLine(who, [say("forms.sign_open"), say("forms.date_open")], "open")
    lines = [fenced(signed.name)]
    if signed.on is not None:
        lines.append(signed.on.isoformat())
    if signed.doc_no:
        lines.append(fenced(signed.doc_no))
    if not signed.agreed:
        lines.append(say("forms.rejected"))
    return SignLine(title, lines, "signed", fenced(signed.opinion) if signed.opinion else None)


def _middle(shape: Shape, data: FormData, asked: Asked, *, blank: bool) -> str:
    """The day or the period, as the form has it in the middle of its second line."""
    if data.period:
        return say("forms.period", period=fenced(data.period))
    if shape.takes == "month":
        if blank or not asked.month:
            return say("forms.month_open")
        month = asked.month[5:] if language() == "en" else asked.month[5:].lstrip("0")
        return say("forms.month", year=asked.month[:4], month=month)
    if shape.takes == "week" and asked.week and not blank:
        return say("forms.week", week=asked.week, since=asked.since, until=asked.until)
    if shape.takes == "week":
        return say("forms.week_open")
    if data.on is not None:
        return say("forms.day", day=data.on)
    return say("forms.day_open")

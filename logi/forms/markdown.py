"""A form as Markdown: fields and lines as tables, the chain of signatures as a list; one flow, no pages."""

from collections.abc import Sequence

from logi.core.messages import say
from logi.formats.markdown import escape, pipes
from logi.forms.parts import RIGHT, FieldsPart, LinesPart, Part, Sheet, SignPart, TextsPart


def draw(sheets: Sequence[Sheet]) -> str:
    """Every form under its title."""
    return "\n".join("\n".join(_sheet(sheet)) + "\n" for sheet in sheets)


def _sheet(sheet: Sheet) -> list[str]:
    seconds = " · ".join(escape(one) for one in (sheet.unit, sheet.middle, sheet.number))
    lines = [f"# {escape(sheet.title)}", "", seconds]
    for part in sheet.parts:
        lines += ["", *_part(part)]
    for note in sheet.notes:
        lines += ["", escape(note)]
    foot = [say("forms.copies", copies=sheet.copies)] if sheet.copies else []
    foot += [say("forms.head", head=sheet.head)] if sheet.head else []
    return [*lines, "", " · ".join(escape(one) for one in foot)] if foot else lines


def _part(part: Part) -> list[str]:
    if isinstance(part, FieldsPart):
        named = [[escape(label), escape(cell.text)] for label, cell, _ in part.items]
        titles = [say("forms.column.field"), say("forms.column.value")]
        return [*_heading(part.heading), *pipes(titles, named, [False, False])]
    if isinstance(part, LinesPart):
        titles = [escape(f"{c.group} {c.title}" if c.group else c.title) for c in part.columns]
        rows = [[escape(cell.text) for cell in row] for row in part.rows]
        if part.totals:
            rows.append([f"**{escape(cell.text)}**" if cell.text else "" for cell in part.totals])
        lines = [*_heading(part.heading), *pipes(titles, rows, [c.kind in RIGHT for c in part.columns])]
        return [*lines, "", escape(part.capitals)] if part.capitals else lines
    if isinstance(part, TextsPart):
        return [*_heading(part.heading), *(f"{n}. {escape(text)}" for n, text in enumerate(part.texts, 1))]
    return _signs(part)


def _heading(heading: str) -> list[str]:
    return [f"## {escape(heading)}", ""] if heading else []


def _signs(part: SignPart) -> list[str]:
    lines = []
    for item in part.items:
        said = [item.opinion] if item.opinion else [say("forms.opinion")] if part.opinions and item.state == "open" else []
        lines.append(f"- {escape(item.title)}: {'  '.join(escape(one) for one in [*said, *item.lines])}")
    return lines

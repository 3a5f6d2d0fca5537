"""Files to fill in: headings in the reader's language, a note on each, drop-downs for fixed values, one example row."""

import csv
import io
from typing import Any

from logi.core import messages
from logi.core.messages import say
from logi.importing.kinds import Col, Kind

ROWS = 2000  # that the drop-downs reach
LIST_MOST = 255  # characters of a list in a rule, as spreadsheets have it
FIRST_CHOICE = 4  # column of the notes from which long lists stand


def shown_columns(kind: Kind) -> list[Col]:
    """The columns of a template: without those that may be absent and yet never blank."""
    return [col for col in kind.columns if col.required or not col.filled]


def heading(col: Col) -> str:
    """What stands over a column: the school's word for it, or the key in English."""
    if messages.language() == "en" or not col.words:
        return col.key
    if messages.language() == "zh-Hans":
        from logi.core.folding import simplify

        return simplify(col.words[0])
    return col.words[0]


def example(col: Col) -> str:
    """What stands in the example row, as the reader would write it."""
    if not col.example or messages.language() == "en":
        return col.example
    if col.example in col.choices:
        return _choices(col)[col.choices.index(col.example)]
    if messages.language() == "zh-Hans":
        from logi.core.folding import simplify

        return simplify(col.example)
    return col.example


def is_example(col: Col, text: str) -> bool:
    """Whether a cell is the example of a column, in whatever language the template was made."""
    from logi.core.folding import fold

    if text == col.example or fold(text) == fold(col.example):
        return True
    prefix = str(getattr(col.parse, "prefix", ""))
    titles = {messages.template(f"{prefix}.{col.example}", one) for one in messages.LANGUAGES} if prefix else set()
    return text in titles


def template_csv(kind: Kind) -> str:
    """A heading row and the example; with a byte order mark, so that spreadsheets read it."""
    paper = io.StringIO()
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow([heading(col) for col in shown_columns(kind)])
    writer.writerow([example(col) for col in shown_columns(kind)])
    return "\ufeff" + paper.getvalue()


def template_xlsx(kind: Kind, title: str) -> bytes:
    """A workbook: the sheet to fill in (every cell text, so that codes keep their zeros) and a sheet of notes."""
    from xlsxwriter import Workbook

    paper = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(paper, options) as book:
        look = book.add_format({"num_format": "@"})
        must = book.add_format({"bold": True, "bottom": 1, "bg_color": "#FCE4D6"})
        may = book.add_format({"bold": True, "bottom": 1})
        grey = book.add_format({"num_format": "@", "italic": True, "font_color": "#7F7F7F"})
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        for place, col in enumerate(shown_columns(kind)):
            sheet.set_column(place, place, max(12, 2 * len(heading(col)) + 4), look)
            sheet.write_string(0, place, heading(col), must if col.required else may)
            sheet.write_comment(0, place, note(col))
            sheet.write_string(1, place, example(col), grey)
        notes = book.add_worksheet(say("importing.notes_sheet"))
        notes.set_column(0, 1, 28)
        notes.set_column(2, 2, 80)
        for at, col in enumerate(shown_columns(kind)):
            for place, text in enumerate((heading(col), col.key, note(col))):
                notes.write_string(at, place, text)
            if col.choices:
                sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": _drop_down(notes, at, _choices(col))})
        notes.write_string(len(kind.columns) + 1, 0, say("importing.template_example"))
    return paper.getvalue()


def _drop_down(notes: Any, at: int, choices: list[str]) -> list[str] | str:
    """The list of a drop-down; one too long for a cell's rule stands on the sheet of notes."""
    if len(",".join(choices)) <= LIST_MOST and not any("," in one for one in choices):
        return choices
    for place, text in enumerate(choices):
        notes.write_string(at, FIRST_CHOICE + place, text)
    from xlsxwriter.utility import xl_range_abs

    return f"='{notes.get_name()}'!{xl_range_abs(at, FIRST_CHOICE, at, FIRST_CHOICE + len(choices) - 1)}"


def note(col: Col) -> str:
    """What a column holds, in one sentence."""
    parts = [say("importing.note.required" if col.required else "importing.note.optional")]
    parts.append(say(f"importing.note.{col.kind}"))
    if col.choices:
        parts.append(", ".join(_choices(col)))
    return " ".join(parts)


def _choices(col: Col) -> list[str]:
    prefix = str(getattr(col.parse, "prefix", ""))
    return [messages.title(prefix, key) if prefix else key for key in col.choices]

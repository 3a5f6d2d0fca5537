"""Workbooks (XLSX, XLS, ODS) -> numbered rows: looked over before they are opened, dates and numbers as their text,
error cells and formulas never reckoned as flaws."""

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from logi.core.errors import BadData
from logi.core.text import cut
from logi.importing.disguises import OLE
from logi.importing.kinds import Flaw, Shown
from logi.importing.sheetlooks import MOST_CELLS, Looks, Scan, Zeros, formats_of, local

if TYPE_CHECKING:
    from logi.importing.csvrows import Batch, Numbered
    from logi.importing.reading import Source

MEMBERS = 500
UNPACKED = 200_000_000
RATIO, RATIO_FROM = 100, 1_000_000
TOLD_MOST = 20_000  # values of a column whose texts are remembered
ROUNDED_FROM = 10**15  # a spreadsheet keeps fifteen digits of a number

_BLOCK = 1 << 20
_ROOT = re.compile(rb"<[A-Za-z]")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class SheetRows:
    """The rows of a sheet with their numbers: one by one, or many at a time as columns."""

    def __init__(self, rows: list[Any], looks: Looks) -> None:
        self._rows, self._looks, self._at = rows, looks, 0
        self._told: dict[int, dict[Any, str]] = {}  # what the values of a column say

    def __iter__(self) -> "SheetRows":
        return self

    def __next__(self) -> "Numbered":
        if self._at >= len(self._rows):
            raise StopIteration
        at, self._at = self._at, self._at + 1
        return at + 1, _cells(at, self._rows[at], self._looks)

    def batch(self) -> "Batch":
        """The next rows, many of them; none at the end."""
        from logi.importing.csvrows import MANY, Batch

        start, end = self._at, min(self._at + MANY, len(self._rows))
        rows = self._rows[start:end]
        columns = [_column(column, self._told.setdefault(n, {})) for n, column in enumerate(zip(*rows, strict=True))]
        for at, place in (*self._looks.zeros, *self._looks.texts, *self._looks.flaws):
            if start <= at < end and place < len(columns):
                flaw = self._looks.flaws.get((at, place))
                columns[place][at - start] = flaw or _shown(rows[at - start][place], self._looks, (at, place))
        self._rows[start:end] = [None] * (end - start)  # they are not asked for again, and are large
        self._at = end
        return Batch(range(start + 1, end + 1), None, columns)


def sheet_rows(source: "Source", find: Callable[[list["Numbered"]], tuple[int, int]]) -> SheetRows:
    """The rows of the sheet that is asked for, else of the first visible one whose headings fit."""
    from python_calamine import CalamineWorkbook

    looks_of = _looked_over(source)
    source.file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(source.file)
        sheet, name = _chosen(source, book, find)
        rows = sheet.to_python(skip_empty_area=False) if sheet.total_height or sheet.total_width else []
    except BadData:
        raise
    except Exception as error:  # calamine's errors share no base of their own
        raise BadData(_book_problem(error, source), file=source.name, problem=cut(error)) from None
    looks = looks_of(name)
    if looks.hidden:
        source.note("importing.hidden_rows", sheet=cut(name), rows=looks.hidden)
    if looks.silent:
        row, column = looks.silent[0]
        source.note("importing.silent_formulas", sheet=cut(name), cells=len(looks.silent), line=row + 1, column=column + 1)
    if source.seen.top.startswith(OLE):
        looks.merged = {(first[0], first[1], last[0]) for first, last in sheet.merged_cell_ranges or ()}
    _merge(rows, looks)
    source.total = len(rows)
    return SheetRows(rows, looks)


# -- choosing a sheet -------------------------------------------------------------------------------------------


def _chosen(source: "Source", book: Any, find: Callable[[list["Numbered"]], tuple[int, int]]) -> tuple[Any, str]:
    sheets = book.sheets_metadata
    visible = [m.name for m in sheets if str(m.visible).endswith(".Visible") and str(m.typ).endswith(".WorkSheet")]
    hidden = [m.name for m in sheets if not str(m.visible).endswith(".Visible")]
    if hidden:
        source.note("importing.hidden_sheets", sheets=[cut(name) for name in hidden])
    if source.sheet is not None:
        if source.sheet not in book.sheet_names:
            raise BadData("importing.no_sheet", sheet=cut(source.sheet), known=[cut(n) for n in book.sheet_names])
        return book.get_sheet_by_name(source.sheet), source.sheet
    best: tuple[tuple[bool, bool, int], Any, str] | None = None
    for name in visible:
        sheet = book.get_sheet_by_name(name)
        top = sheet.to_python(skip_empty_area=False, nrows=20) if sheet.total_height or sheet.total_width else []
        head, known = find([(at + 1, _cells(at, row, Looks())) for at, row in enumerate(top)]) if top else (0, 0)
        filled = bool(known) and any(value not in ("", None) for row in top[head + 1 :] for value in row)
        fit = (name in source.titles, filled, known)  # a heading without rows is for a month that has not begun
        if best is None or fit > best[0]:
            best = (fit, sheet, name)
    if best is None:
        raise BadData("importing.no_visible_sheet", file=source.name)
    others = [cut(name) for name in visible if name != best[2]]
    if others:
        source.note("importing.other_sheets", sheet=cut(best[2]), others=others)
    return best[1], best[2]


# -- cells ------------------------------------------------------------------------------------------------------


def _cells(at: int, cells: list[Any], looks: Looks) -> list[str]:
    if not (looks.flaws or looks.zeros or looks.texts):
        return [value if type(value) is str else cell_text(value) for value in cells]
    return [looks.flaws.get((at, place)) or _shown(value, looks, (at, place)) for place, value in enumerate(cells)]


def _column(column: Sequence[Any], told: dict[Any, str]) -> list[str]:
    """A column of cells as texts; what each value says is asked once, and remembered."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return list(column)
    if bool in kinds:  # equal to 1 and 0, and yet no numbers
        return [cell_text(value) for value in column]
    if len(told) > TOLD_MOST:
        told.clear()
    new = set(column).difference(told)
    told.update(zip(new, map(cell_text, new), strict=True))
    return list(map(told.__getitem__, column))


def _shown(value: Any, looks: Looks, at: tuple[int, int]) -> str:
    """A cell's text, with its line breaks, and with the zeros that its format puts before a whole number."""
    if (broken := looks.texts.get(at)) is not None:
        return broken
    text = value if type(value) is str else cell_text(value)
    zeros = looks.zeros.get(at)
    if zeros is None or type(value) not in (int, float) or type(text) is Flaw or not text.isdigit():
        return text
    return Shown.of(zeros.shown(text), text)


def _merge(rows: Sequence[Sequence[Any]], looks: Looks) -> None:
    """Whether what stands in a merged cell holds for every row it covers is not said: a flaw in each that has other cells."""
    left = MOST_CELLS
    for top, column, last in sorted(looks.merged):
        covered = range(top + 1, min(last + 1, len(rows)))
        left -= len(covered)
        if left < 0 or not covered or column >= len(rows[top]):
            continue
        text = looks.flaws.get((top, column)) or _shown(rows[top][column], looks, (top, column))
        if text.strip():
            for row in covered:
                if any(value not in ("", None) for value in rows[row]):
                    looks.flaws[row, column] = Flaw.of("importing.merged_cell", str(text))


def cell_text(value: Any) -> str:
    """A cell as the spreadsheet shows it: ISO days, numbers of at most fifteen digits without `.0`."""
    if type(value) is date:
        return value.isoformat()
    if type(value) is float and -ROUNDED_FROM < value < ROUNDED_FROM and value.is_integer():
        return str(int(value))
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return Flaw.of("importing.bool_cell", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        clock = value.strftime("%H:%M")
        return value.date().isoformat() if clock == "00:00" else f"{value.date().isoformat()} {clock}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value)


def _number(value: float) -> str:
    if abs(value) >= ROUNDED_FROM:
        return Flaw.of("importing.rounded", f"{value:.5E}")
    shown = format(value, ".15g")
    return format(Decimal(shown), "f") if "e" in shown else shown


# -- looking over before opening --------------------------------------------------------------------------------


def _looked_over(source: "Source") -> Callable[[str], Looks]:
    from logi.importing.disguises import ZIP, no_workbook
    from logi.importing.reading import LARGEST_SHEET

    top = source.seen.top
    if source.size > LARGEST_SHEET:
        raise BadData("importing.too_large", limit=LARGEST_SHEET // 10**6)
    if top.startswith(OLE):
        from logi.importing.oldxls import is_locked, looks_of

        source.file.seek(0)
        whole = source.file.read()
        if _ENCRYPTED in whole or is_locked(whole):
            raise BadData("importing.encrypted", file=source.name)
        _say_what_it_is(source, "xls")
        found = looks_of(whole)
        return lambda name: found.get(name, Looks())
    if not top.startswith(ZIP):
        raise no_workbook(top, source.name, source.format)
    try:
        with zipfile.ZipFile(source.file) as pack:
            _pack_is_sane(source, pack)
            parts, formats = _parts(source, pack)
            _say_what_it_is(source, "ods" if "" in parts else "xlsx")
            return Scan(source, parts, formats).of
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise BadData("importing.torn_workbook", file=source.name, problem=cut(error)) from None
    except Exception as error:
        if isinstance(error, BadData):
            raise
        if type(error).__module__ in ("zlib", "xml.etree.ElementTree"):
            raise BadData("importing.torn_workbook", file=source.name, problem=cut(error)) from None
        raise


def _say_what_it_is(source: "Source", format: str) -> None:
    """A workbook under another suffix is read as what it is, and that is said."""
    if source.format != format:
        source.note("importing.assumed_format", file=source.name, format=format.upper())


def _pack_is_sane(source: "Source", pack: zipfile.ZipFile) -> None:
    """Limits by the central directory: count, unpacked size, ratio; no encryption, nothing twice, no DOCTYPE."""
    members = pack.infolist()
    names = [member.filename for member in members]
    if len(members) > MEMBERS or len(set(names)) != len(names):
        raise BadData("importing.strange_workbook", file=source.name)
    manifest = pack.open("META-INF/manifest.xml").read(_BLOCK) if "META-INF/manifest.xml" in names else b""
    if any(member.flag_bits & 1 for member in members) or b"encryption-data" in manifest:
        raise BadData("importing.encrypted", file=source.name)
    if sum(member.file_size for member in members) > UNPACKED:
        raise BadData("importing.bomb", file=source.name, limit=UNPACKED // 10**6)
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > RATIO * max(member.compress_size, 1):
            raise BadData("importing.bomb", file=source.name, limit=UNPACKED // 10**6)
        if member.filename.lower().endswith((".xml", ".rels")):
            with pack.open(member) as part:
                _no_doctype(source, part)


def _no_doctype(source: "Source", part: IO[bytes]) -> None:
    head = part.read(1 << 16)
    root = _ROOT.search(head)
    prologue = head[: root.start()] if root else head
    if b"<!DOCTYPE" in prologue or b"<!ENTITY" in head or (head and root is None):
        raise BadData("importing.doctype", file=source.name)


def _parts(source: "Source", pack: zipfile.ZipFile) -> tuple[dict[str, str], dict[str, Zeros]]:
    """Sheet name -> the member that holds it (XLSX), or one member for all (ODS); and the styles with zeros before a number."""
    from xml.etree import ElementTree

    if "content.xml" in pack.namelist():
        return {"": "content.xml"}, {}
    try:
        book = ElementTree.fromstring(pack.read("xl/workbook.xml"))
        links = ElementTree.fromstring(pack.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        key = "importing.not_a_workbook" if "[Content_Types].xml" in pack.namelist() else "importing.archive"
        raise BadData(key, file=source.name, format=source.format) from None
    targets = {link.get("Id"): _member(str(link.get("Target", ""))) for link in links}
    found: dict[str, str] = {}
    for sheet in book.iter():
        if local(sheet.tag) == "sheet":  # the id's namespace is another one in a workbook of the strict kind
            link = next((value for name, value in sheet.items() if name.endswith("/relationships}id")), None)
            found[str(sheet.get("name"))] = targets.get(link, "")
    styles = next((_member(str(link.get("Target", ""))) for link in links if str(link.get("Type")).endswith("/styles")), "")
    return {name: part for name, part in found.items() if part in pack.namelist()}, formats_of(pack, styles)


def _member(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _book_problem(error: Exception, source: "Source") -> str:
    if type(error).__name__ == "PasswordError":
        return "importing.encrypted"
    return "importing.torn_workbook"

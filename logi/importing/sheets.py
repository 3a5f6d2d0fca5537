"""Workbooks (XLSX, XLS, ODS) -> numbered rows: looked over before they are opened, dates and numbers as their text,
error cells and formulas never reckoned as flaws."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from logi.core.errors import BadData
from logi.core.text import cut
from logi.importing import odsreach
from logi.importing.kinds import Flaw

if TYPE_CHECKING:
    from logi.importing.csvrows import Numbered
    from logi.importing.reading import Source

MEMBERS = 500
UNPACKED = 200_000_000
RATIO, RATIO_FROM = 100, 1_000_000
MOST_CELLS = 6_000_000
ROUNDED_FROM = 10**15  # a spreadsheet keeps fifteen digits of a number

_BLOCK = 1 << 20
_ROOT = re.compile(rb"<[A-Za-z]")
# A reference that may reach far (two letters, six figures), or one written otherwise than programs
# write it. A sheet without any has at most 26 columns of 99,999 rows, which is no danger.
_FAR = re.compile(rb' r="(?:[A-Z]{2}|[A-Z]?[0-9]{6})')
_ODD = (b" r='", b" r =", b" r= ", b"\tr", b"\nr", b"\rr")
_FLAWED = (b't="e"', b"<f", b"t='e'", b'value-type="error"', b":formula=")
_REF = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]{1,7})["']""")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Flaws = dict[tuple[int, int], Flaw]


def sheet_rows(source: "Source", find: Callable[[list["Numbered"]], tuple[int, int]]) -> Iterator["Numbered"]:
    """The rows of the sheet that is asked for, else of the first visible one whose headings fit."""
    from python_calamine import CalamineWorkbook

    flaws_of = _looked_over(source)
    source.file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(source.file)
        sheet, name = _chosen(source, book, find)
        rows = sheet.to_python(skip_empty_area=False) if sheet.total_height or sheet.total_width else []
    except BadData:
        raise
    except Exception as error:  # calamine's errors share no base of their own
        raise BadData(_book_problem(error, source), file=source.name, problem=cut(error)) from None
    flaws = flaws_of(name)
    source.total = len(rows)
    for at, cells in enumerate(rows):
        yield at + 1, _cells(at, cells, flaws)


# -- choosing a sheet -------------------------------------------------------------------------------------------


def _chosen(source: "Source", book: Any, find: Callable[[list["Numbered"]], tuple[int, int]]) -> tuple[Any, str]:
    sheets = book.sheets_metadata
    visible = [m.name for m in sheets if str(m.visible).endswith(".Visible") and str(m.typ).endswith(".WorkSheet")]
    hidden = [m.name for m in sheets if m.name not in visible]
    if hidden:
        source.note("importing.hidden_sheets", sheets=[cut(name) for name in hidden])
    if source.sheet is not None:
        if source.sheet not in book.sheet_names:
            raise BadData("importing.no_sheet", sheet=cut(source.sheet), known=[cut(n) for n in book.sheet_names])
        return book.get_sheet_by_name(source.sheet), source.sheet
    best: tuple[tuple[bool, int], Any, str] | None = None
    for name in visible:
        sheet = book.get_sheet_by_name(name)
        top = sheet.to_python(skip_empty_area=False, nrows=20) if sheet.total_height or sheet.total_width else []
        known = find([(at + 1, _cells(at, row, {})) for at, row in enumerate(top)])[1] if top else 0
        fit = (name in source.titles, known)
        if best is None or fit > best[0]:
            best = (fit, sheet, name)
    if best is None:
        raise BadData("importing.no_visible_sheet", file=source.name)
    others = [cut(name) for name in visible if name != best[2]]
    if others:
        source.note("importing.other_sheets", sheet=cut(best[2]), others=others)
    return best[1], best[2]


# -- cells ------------------------------------------------------------------------------------------------------


def _cells(at: int, cells: list[Any], flaws: Flaws) -> list[str]:
    if not flaws:
        return [value if type(value) is str else cell_text(value) for value in cells]
    return [flaws.get((at, place)) or (value if type(value) is str else cell_text(value))
            for place, value in enumerate(cells)]  # fmt: skip


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


def _looked_over(source: "Source") -> Callable[[str], Flaws]:
    from logi.importing.disguises import OLE, ZIP, no_workbook
    from logi.importing.reading import LARGEST_SHEET

    top = source.seen.top
    if source.size > LARGEST_SHEET:
        raise BadData("importing.too_large", limit=LARGEST_SHEET // 10**6)
    if top.startswith(OLE):
        from logi.importing.oldxls import error_cells, is_locked

        source.file.seek(0)
        whole = source.file.read()
        if _ENCRYPTED in whole or is_locked(whole):
            raise BadData("importing.encrypted", file=source.name)
        _say_what_it_is(source, "xls")
        errors = error_cells(whole)
        return lambda name: {at: Flaw.of("importing.error_cell", text) for at, text in errors.get(name, {}).items()}
    if not top.startswith(ZIP):
        raise no_workbook(top, source.name, source.format)
    try:
        with zipfile.ZipFile(source.file) as pack:
            _pack_is_sane(source, pack)
            parts = _parts(source, pack)
            _say_what_it_is(source, "ods" if "" in parts else "xlsx")
            return _Scan(source, parts).flaws
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


def _parts(source: "Source", pack: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> the member that holds it (XLSX); one member for all in ODS."""
    from xml.etree import ElementTree

    if "content.xml" in pack.namelist():
        return {"": "content.xml"}
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    try:
        book = ElementTree.fromstring(pack.read("xl/workbook.xml"))
        links = ElementTree.fromstring(pack.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        key = "importing.not_a_workbook" if "[Content_Types].xml" in pack.namelist() else "importing.archive"
        raise BadData(key, file=source.name, format=source.format) from None
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    found: dict[str, str] = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            target = targets.get(sheet.get(relation), "")
            found[str(sheet.get("name"))] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return {name: part for name, part in found.items() if part in pack.namelist()}


class _Scan:
    """A quick look through the sheets' XML: far cells that would fill the memory are refused, flaws are found."""

    def __init__(self, source: "Source", parts: dict[str, str]) -> None:
        self.source, self.parts = source, parts
        self.suspect: set[str] = set()
        with zipfile.ZipFile(source.file) as pack:
            for name, part in parts.items():
                with pack.open(part) as file:
                    far = self._survey(name, file)
                if far:
                    with pack.open(part) as file:
                        self._measure(name, file)
                elif not name:
                    with pack.open(part) as file:
                        reach = odsreach.quick(file)
                    if reach > MOST_CELLS:
                        with pack.open(part) as file:
                            odsreach.refuse_far(file, MOST_CELLS)

    def flaws(self, name: str) -> Flaws:
        """The flawed cells of a sheet by (row, column) from 0."""
        if name in self.suspect:
            with zipfile.ZipFile(self.source.file) as pack, pack.open(self.parts[name]) as file:
                return _flaws_of(file)
        if "" in self.suspect:
            with zipfile.ZipFile(self.source.file) as pack, pack.open(self.parts[""]) as file:
                return _flaws_of_ods(file, name)
        return {}

    def _survey(self, name: str, file: IO[bytes]) -> bool:
        """Whether cells may lie far off; on the way flaws and hidden rows are noticed."""
        far, hidden = False, 0
        for block in _blocks(file):
            far = far or _FAR.search(block) is not None or any(odd in block for odd in _ODD)
            if any(sign in block for sign in _FLAWED):
                self.suspect.add(name)
            if b"hidden=" in block:
                hidden += len(re.findall(rb"<row\b[^>]*\shidden=[\"'](?:1|true)[\"']", block))
        if hidden:
            self.source.note("importing.hidden_rows", sheet=cut(name), rows=hidden)
        return far

    def _measure(self, name: str, file: IO[bytes]) -> None:
        """Refuse a sheet that would fill the memory with the blank cells up to its farthest one."""
        letters: set[bytes] = set()
        rows = 0
        for block in _blocks(file):
            refs = _REF.findall(block)
            letters.update(ref[0] for ref in refs)
            if refs:
                rows = max(rows, max(map(int, {ref[1] for ref in refs})))
        columns = max((_place(one) for one in letters if one), default=0) + 1
        if rows * columns > MOST_CELLS:
            raise BadData("importing.far_cell", sheet=cut(name), rows=rows, columns=columns)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """A part in large blocks; one that begins inside a tag begins with all of it."""
    tail = b""
    while block := file.read(_BLOCK):
        block = tail + block
        yield block
        tail = block[block.rfind(b"<") :] if b"<" in block[-4096:] else b""


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _flaws_of(file: IO[bytes]) -> Flaws:
    from xml.etree import ElementTree

    flaws: Flaws = {}
    row, column = -1, -1
    for event, element in ElementTree.iterparse(file, ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "row":
                row = int(element.get("r") or row + 2) - 1
                column = -1
            elif tag == "c":
                ref = re.match(r"[A-Z]+", element.get("r") or "")
                column = _place(ref[0].encode()) if ref else column + 1
            continue
        if tag == "c":
            flaw = _flaw(element)
            if flaw is not None:
                flaws[row, column] = flaw
            element.clear()
        elif tag == "row":
            element.clear()
    return flaws


def _flaw(cell: Any) -> Flaw | None:
    value = formula = None
    for child in cell:
        tag = child.tag.rpartition("}")[2]
        if tag == "v":
            value = child.text or ""
        elif tag == "f":
            formula = child.text or "…"
    if cell.get("t") == "e":
        return Flaw.of("importing.error_cell", cut(value or "#ERROR!"))
    if formula is not None and not value and cell.get("t") != "str":
        return Flaw.of("importing.uncounted_formula", cut("=" + formula))
    return None


def _flaws_of_ods(file: IO[bytes], wanted: str) -> Flaws:
    """Error cells of one sheet of an ODS file; repeated cells and rows are counted."""
    from xml.etree import ElementTree

    flaws: Flaws = {}
    sheet, row, column = "", -1, -1

    def attribute(element: Any, name: str) -> str:
        return str(next((v for k, v in element.items() if k.rpartition("}")[2] == name), ""))

    rows_repeated = 1
    for event, element in ElementTree.iterparse(file, ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "table":
                sheet, row, rows_repeated = attribute(element, "name"), -1, 1
            elif tag == "table-row":
                row, column = row + rows_repeated, -1
                rows_repeated = int(attribute(element, "number-rows-repeated") or 1)
        elif tag in ("table-cell", "covered-table-cell"):
            column += 1
            flaw = _flaw_of_ods(element) if sheet == wanted else None
            if flaw is not None:
                flaws[row, column] = flaw
            column += int(attribute(element, "number-columns-repeated") or 1) - 1
            element.clear()
    return flaws


def _flaw_of_ods(cell: Any) -> Flaw | None:
    about = {name.rpartition("}")[2]: value for name, value in cell.items()}
    shown = "".join(cell.itertext())
    if "error" in [value for name, value in cell.items() if name.endswith("value-type")]:
        return Flaw.of("importing.error_cell", cut(shown or "#ERROR!"))
    if "formula" in about and not shown and not any(name.endswith("value") for name in about):
        return Flaw.of("importing.uncounted_formula", cut("=" + about["formula"].rpartition("=")[2]))
    return None


def _book_problem(error: Exception, source: "Source") -> str:
    if type(error).__name__ == "PasswordError":
        return "importing.encrypted"
    return "importing.torn_workbook"

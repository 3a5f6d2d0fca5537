"""What the XML of a workbook's sheets says beyond the values of cells: errors, formulas never reckoned, merged cells, numbers
shown with zeros before them, hidden rows, and how far the cells reach."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

from logi.core.errors import BadData
from logi.core.text import cut
from logi.importing import odsreach
from logi.importing.kinds import Flaw

if TYPE_CHECKING:
    from logi.importing.reading import Source

MOST_CELLS = 6_000_000
_MOST_ALIKE = 100_000  # of cells that stand for many; so many wrong ones refuse any file
_STYLES_MOST = 5_000_000  # bytes of a list of styles that is looked through

_BLOCK = 1 << 20
# A reference that may reach far (two letters, six figures), or one written otherwise than programs
# write it. A sheet without any has at most 26 columns of 99,999 rows, which is no danger.
_FAR = re.compile(rb' r[= ](?:[=\' ]|"(?:[A-Z]{2}|[A-Z]?[0-9]{6}))')
_FLAWED = (b't="e"', b"<f")
# What is looked for only where a rare sign stands at all, which is seen at once: references after other blanks, other quotes,
# tags that bear a prefix (`<x:f>`, as some programs write them), ODS.
_ODD = {b"\t": (b"\tr",), b"\n": (b"\nr",), b"\r": (b"\rr",)}
_FLAWED_ODDLY = {b"'": (b"t='e'",), b":": (b":f>", b":f ", b":f/", b'value-type="error"', b":formula=")}
_REF = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]{1,7})["']""")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\shidden=[\"'](?:1|true)[\"']")
_MERGED = re.compile(rb"mergeCell\b[^>]*?\sref=[\"']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})[\"']")
_ODS_MERGED = re.compile(rb"number-rows-spanned=[\"'](?!1[\"'])")
_ODS_ZEROS = re.compile(rb"<text:p>[^<>]{0,9}0[0-9]")
_ODS_BROKEN = re.compile(rb"<text:(?:line-break|tab)\b")
_BROKEN = {"line-break": "\n", "tab": "\t"}
# A number format of zeros alone, with fixed words around it: 0000, "ZC-"0000.
_LITERAL = r'((?:"[^"]*"|\\.|[-/() ])*)'
_ZEROS = re.compile(rf"(?:\[[^\]]*\])*{_LITERAL}(0{{2,}}){_LITERAL}(?:[_*].)*")

Place = tuple[int, int]  # row and column from 0


class Zeros:
    """A number format that shows a number with zeros before it, so that it is a code: 0042."""

    __slots__ = ("after", "before", "width")

    def __init__(self, before: str, width: int, after: str) -> None:
        self.before, self.width, self.after = before, width, after

    def shown(self, figures: str) -> str:
        """A whole number as the sheet shows it."""
        return f"{self.before}{figures.zfill(self.width)}{self.after}"


def zeros_of(format: str) -> Zeros | None:
    """The zeros a number format puts before a number, if that is what it does."""
    found = _ZEROS.fullmatch(format.partition(";")[0])
    return Zeros(_plain(found[1]), len(found[2]), _plain(found[3])) if found else None


def _plain(literal: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] if found[1] is not None else found[2], literal)


class Looks:
    """What is to be known of one sheet's cells: the flawed, those shown with zeros, the merged (row, column, last row), texts
    that the reader of cells would give back without their line breaks, and formulas of which it cannot be told whether nothing
    came of them or nobody has reckoned them."""

    def __init__(self) -> None:
        self.flaws: dict[Place, Flaw] = {}
        self.zeros: dict[Place, Zeros] = {}
        self.texts: dict[Place, str] = {}
        self.silent: list[Place] = []
        self.merged: set[tuple[int, int, int]] = set()
        self.hidden = 0  # rows


class Scan:
    """A quick look through the sheets' XML: far cells that would fill the memory are refused, suspicious ones remembered."""

    def __init__(self, source: "Source", parts: dict[str, str], formats: Mapping[str, Zeros]) -> None:
        self.source, self.parts, self.formats = source, parts, formats
        self.suspect: set[str] = set()
        self.looks = {name: Looks() for name in parts}
        styles = b"|".join(re.escape(style.encode()) for style in formats)
        self._styled = re.compile(rb" s=[\"'](?:" + styles + rb")[\"']") if formats else None
        with zipfile.ZipFile(source.file) as pack:
            for name, part in parts.items():
                with pack.open(part) as file:
                    far = self._survey(name, file)
                if far:
                    with pack.open(part) as file:
                        _measure(name, file)
                elif not name:
                    with pack.open(part) as file:
                        reach = odsreach.quick(file)
                    if reach > MOST_CELLS:
                        with pack.open(part) as file:
                            odsreach.refuse_far(file, MOST_CELLS)

    def of(self, name: str) -> Looks:
        """What is to be known of a sheet."""
        looks = self.looks.setdefault(name, Looks())
        if name in self.suspect:
            with zipfile.ZipFile(self.source.file) as pack, pack.open(self.parts[name]) as file:
                _look(file, looks, self.formats)
        if "" in self.suspect:
            with zipfile.ZipFile(self.source.file) as pack, pack.open(self.parts[""]) as file:
                _look_ods(file, name, looks)
        return looks

    def _survey(self, name: str, file: IO[bytes]) -> bool:
        """Whether cells may lie far off; on the way what else is to be known is noticed."""
        far, looks = False, self.looks[name]
        for block in _blocks(file):
            far = far or _FAR.search(block) is not None or _holds(block, _ODD)
            flawed = any(sign in block for sign in _FLAWED) or _holds(block, _FLAWED_ODDLY)
            if flawed or (self._styled is not None and self._styled.search(block)):
                self.suspect.add(name)
            if b"hidden=" in block:
                looks.hidden += len(_HIDDEN.findall(block))
            if b"mergeCell" in block:
                looks.merged.update((int(top) - 1, _place(first), int(last) - 1) for first, top, last in _MERGED.findall(block))
            if not name and (_ODS_MERGED.search(block) or _ODS_ZEROS.search(block) or _ODS_BROKEN.search(block)):
                self.suspect.add("")
        return far


def _holds(block: bytes, odd: Mapping[bytes, tuple[bytes, ...]]) -> bool:
    return any(one in block for sign, found in odd.items() if sign in block for one in found)


def _measure(name: str, file: IO[bytes]) -> None:
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


def local(tag: str) -> str:
    """A tag's or attribute's name without its namespace."""
    return tag.rpartition("}")[2]


# -- XLSX -------------------------------------------------------------------------------------------------------


def formats_of(pack: zipfile.ZipFile, part: str) -> dict[str, Zeros]:
    """The cell styles (by number) that show zeros before a number."""
    from xml.etree import ElementTree

    if part not in pack.namelist() or pack.getinfo(part).file_size > _STYLES_MOST:
        return {}
    root = ElementTree.fromstring(pack.read(part))
    formats = {one.get("numFmtId"): zeros_of(one.get("formatCode", "")) for one in root.iter() if local(one.tag) == "numFmt"}
    styles = next((one for one in root if local(one.tag) == "cellXfs"), ())
    found = {str(at): formats.get(style.get("numFmtId")) for at, style in enumerate(styles)}
    return {at: zeros for at, zeros in found.items() if zeros is not None}


def _look(file: IO[bytes], looks: Looks, formats: Mapping[str, Zeros]) -> None:
    from xml.etree import ElementTree

    row, column = -1, -1
    for event, element in ElementTree.iterparse(file, ("start", "end")):
        tag = local(element.tag)
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
                looks.flaws[row, column] = flaw
            elif element.get("s") in formats:
                looks.zeros[row, column] = formats[element.get("s", "")]
            element.clear()
        elif tag == "row":
            element.clear()


def _flaw(cell: Any) -> Flaw | None:
    value = formula = None
    for child in cell:
        tag = local(child.tag)
        if tag == "v":
            value = child.text or ""
        elif tag == "f":
            formula = child.text or "…"
    if cell.get("t") == "e":
        return Flaw.of("importing.error_cell", cut(value or "#ERROR!"))
    if formula is not None and not value and cell.get("t") != "str":
        return Flaw.of("importing.uncounted_formula", cut("=" + formula))
    return None


# -- ODS --------------------------------------------------------------------------------------------------------


def _look_ods(file: IO[bytes], wanted: str, looks: Looks) -> None:
    """One sheet of an ODS file; repeated cells and rows are counted."""
    from xml.etree import ElementTree

    sheet, row, column = "", -1, -1

    def attribute(element: Any, name: str) -> str:
        return str(next((v for k, v in element.items() if local(k) == name), ""))

    rows_repeated = 1
    for event, element in ElementTree.iterparse(file, ("start", "end")):
        tag = local(element.tag)
        if event == "start":
            if tag == "table":
                sheet, row, rows_repeated = attribute(element, "name"), -1, 1
            elif tag == "table-row":
                row, column = row + rows_repeated, -1
                rows_repeated = int(attribute(element, "number-rows-repeated") or 1)
        elif tag in ("table-cell", "covered-table-cell"):
            column += 1
            repeated = int(attribute(element, "number-columns-repeated") or 1)
            if sheet == wanted:
                found = Looks()
                _look_at_cell(element, {local(name): value for name, value in element.items()}, (row, column), found)
                looks.merged |= found.merged
                if found.flaws or found.zeros or found.texts:
                    _everywhere(found, looks, (row, column), rows_repeated, repeated)
            column += repeated - 1
            element.clear()


def _everywhere(found: Looks, looks: Looks, at: Place, rows: int, columns: int) -> None:
    """What holds for a cell holds for all that it stands for."""
    places = [(at[0] + n // columns, at[1] + n % columns) for n in range(min(rows * columns, _MOST_ALIKE))]
    for flaw in found.flaws.values():
        looks.flaws.update(dict.fromkeys(places, flaw))
    for zeros in found.zeros.values():
        looks.zeros.update(dict.fromkeys(places, zeros))
    for text in found.texts.values():
        looks.texts.update(dict.fromkeys(places, text))


def _look_at_cell(cell: Any, about: Mapping[str, str], at: Place, looks: Looks) -> None:
    shown = "".join(text for part in cell if local(part.tag) == "p" for text in part.itertext())
    if "error" in [value for name, value in cell.items() if name.endswith("value-type")]:
        looks.flaws[at] = Flaw.of("importing.error_cell", cut(shown or "#ERROR!"))
    elif "formula" in about and not shown and not any(name.endswith("value") for name in about):
        looks.flaws[at] = Flaw.of("importing.uncounted_formula", cut("=" + about["formula"].rpartition("=")[2]))
    elif (zeros := _zeros_shown(shown, about.get("value", ""))) is not None:
        looks.zeros[at] = zeros
    elif any(local(part.tag) in _BROKEN for part in cell.iter()):
        looks.texts[at] = "\n".join(_words(part) for part in cell if local(part.tag) == "p")
    spanned = about.get("number-rows-spanned", "1")
    if spanned.isdecimal() and int(spanned) > 1:
        looks.merged.add((at[0], at[1], at[0] + int(spanned) - 1))


def _words(part: Any) -> str:
    """The text of a paragraph with its blanks, tabs and line breaks."""
    tag = local(part.tag)
    if tag == "s":
        own = " " * int(next((v for k, v in part.items() if local(k) == "c"), "1"))
    else:
        own = _BROKEN.get(tag) or part.text or ""
    return own + "".join(_words(one) + (one.tail or "") for one in part)


def _zeros_shown(shown: str, value: str) -> Zeros | None:
    """How a whole number is shown, if with zeros before it: its format is that of the text beside it."""
    figures = value.removesuffix(".0")
    found = re.fullmatch(r"([^0-9]*)(0[0-9]+)([^0-9]*)", shown) if figures.isascii() and figures.isdigit() else None
    return Zeros(found[1], len(found[2]), found[3]) if found and found[2].lstrip("0") == figures.lstrip("0") else None


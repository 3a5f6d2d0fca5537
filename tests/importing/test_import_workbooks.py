"""Workbooks: cells as they are shown, flaws found, and dangerous or broken files refused before they are opened."""

import contextlib
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from logi.core.errors import BadData
from logi.importing.kinds import Col, Flaw, Kind, code, count, day, text
from logi.importing.reading import open_source
from logi.importing.rereading import opened
from logi.importing.running import cell_value
from logi.importing.sheetlooks import zeros_of
from tests.importing.ugly_files import ods, ods_row

THINGS = Kind("things", (Col("code", text, words=("編號",)), Col("name", text, required=True, words=("名稱",)),
                         Col("on", day, words=("日期",))), take=lambda e, row, options: "new")  # fmt: skip


def read(path: Path, **options: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    source = open_source(str(path), **options)
    try:
        _, rows = opened(THINGS, source, {})
        return [(line, list(cells)) for line, cells in rows], [key for key, _ in source.notes]
    finally:
        source.close()


def book(path: Path, *rows: list[object]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return made


def test_numbers_days_and_texts_come_as_they_are_shown(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, ["编号", "名称", "日期"], [7, "x", date(2025, 9, 1)], ["007", 12.299999999999999, datetime(2025, 9, 1, 7, 10)],
         [1e-7, 123456789012345, datetime(2025, 9, 2)])  # fmt: skip
    assert read(path)[0] == [
        (2, ["7", "x", "2025-09-01"]), (3, ["007", "12.3", "2025-09-01 07:10"]),
        (4, ["0.0000001", "123456789012345", "2025-09-02"]),
    ]  # fmt: skip


def test_a_number_that_the_spreadsheet_has_rounded_is_a_flaw(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, ["code", "name"], [637702000000000123, "x"])
    [(_, cells)] = read(path)[0]
    assert isinstance(cells[0], Flaw)
    assert cells[0].key == "importing.rounded"


def test_error_cells_and_formulas_never_reckoned_are_flaws(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, ["code", "name", "on"], ["A", "=1+1", "#REF!"])
    [(_, cells)] = read(path)[0]
    assert [getattr(cell, "key", None) for cell in cells] == [None, "importing.uncounted_formula", "importing.error_cell"]


@pytest.mark.parametrize("manner", ["strict", "prefixed"])
def test_they_are_so_in_workbooks_of_the_strict_kind_and_under_a_prefix(tmp_path, manner):
    book(tmp_path / "a.xlsx", ["code", "name", "on"], ["A", "=1+1", "#REF!"])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for member in old.namelist():
            content = old.read(member).decode()
            if manner == "strict":
                content = content.replace("schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument")
                content = content.replace("schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml")
            elif "worksheets/" in member:
                content = re.sub("<(/?)([a-zA-Z])", r"<\1x:\2", content).replace("xmlns=", "xmlns:x=")
            new.writestr(member, content)
    [(_, cells)] = read(tmp_path / "b.xlsx")[0]
    assert [getattr(cell, "key", None) for cell in cells] == [None, "importing.uncounted_formula", "importing.error_cell"]


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_number_shown_as_a_code_is_one_and_a_merged_cell_is_not_emptied_in_the_lines_it_covers(tmp_path, suffix):
    path = Path(__file__).with_name("files") / f"shown.{suffix}"
    if suffix == "xlsx":
        path = tmp_path / "a.xlsx"
        made = book(path, ["编号", "名称", "日期"], [7, "甲", "2025-09-01"], [42, "乙"], [43, "丙"], [8, "丁", "2025-09-02"])
        for row, look in enumerate(("0000", '"ZC-"000', '"ZC-"000', "0000"), 2):
            made.active.cell(row, 1).number_format = look
        made.active.merge_cells("C2:C4")
        made.active.merge_cells("B5:B7")  # below it nothing else stands
        made.save(path)
    rows = [cells for _, cells in read(path)[0] if any(cells)]
    assert rows == [["0007", "甲", "2025-09-01"], ["ZC-042", "乙", "2025-09-01"], ["ZC-043", "丙", "2025-09-01"], ["0008", "丁", "2025-09-02"]]
    assert [getattr(cells[2], "key", None) for cells in rows] == [None, "importing.merged_cell", "importing.merged_cell", None]
    assert [cell_value(Col("count", count), rows[0][0]), cell_value(Col("code", code), rows[0][0])] == [7, "0007"]


@pytest.mark.parametrize(
    ("format", "shown"),
    [("0000", "0042"), ("00000;-00000", "00042"), ('[$-804]"A"000', "A042"), ("0000\\-", "0042-"), ("0", None), ('0"个"', None), ("0.00", None),
     ("#,##0", None), ("yyyy", None), ("00%", None), ("00-00", None)],
)  # fmt: skip
def test_only_a_format_of_zeros_makes_a_code_of_a_number(format, shown):
    zeros = zeros_of(format)
    assert (zeros.shown("42") if zeros else None) == shown


def test_a_heading_merged_over_two_lines_is_the_heading_of_the_second(tmp_path):
    path = tmp_path / "a.xlsx"
    made = book(path, ["编号", "物", None], [None, "名称", "型号"], ["A", "x", "y"])
    made.active.merge_cells("A1:A2")
    made.active.merge_cells("B1:C1")
    made.save(path)
    assert read(path)[0] == [(3, ["A", "x", "y"])]


def test_what_is_said_of_hidden_rows_and_sheets_is_of_the_sheet_that_was_read(tmp_path):
    path = tmp_path / "a.xlsx"
    made = book(path, ["别的"], ["x"])
    made.active.row_dimensions[2].hidden = True
    made.create_chartsheet("图")
    made.create_sheet("数据").append(["编号", "名称"])
    made["数据"].append(["A", "x"])
    made.save(path)
    assert read(path) == ([(2, ["A", "x"])], ["importing.other_sheets"])


def test_merged_titles_hidden_sheets_and_further_sheets_are_told(tmp_path):
    path = tmp_path / "a.xlsx"
    made = Workbook()
    made.active.title = "说明"
    made.active.append(["填表说明"])
    data = made.create_sheet("数据")
    data.append(["某校资产表"])
    data.merge_cells("A1:C1")
    data.append(["编号", "名称"])
    data.append(["A", "x"])
    made.create_sheet("旧").sheet_state = "hidden"
    made.save(path)
    rows, notes = read(path)
    assert rows == [(3, ["A", "x"])]
    assert set(notes) == {"importing.hidden_sheets", "importing.other_sheets", "importing.skipped_title"}


def test_a_sheet_can_be_chosen_and_an_unknown_one_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    made = book(path, ["code", "name"], ["A", "x"])
    other = made.create_sheet("Old")
    other.append(["code", "name"])
    other.append(["B", "y"])
    made.save(path)
    assert read(path, sheet="Old")[0] == [(2, ["B", "y"])]
    with pytest.raises(BadData) as refused:
        read(path, sheet="None")
    assert refused.value.key == "importing.no_sheet"


SHEET = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>')
HEAD = '<row><c t="inlineStr"><is><t>name</t></is></c></row>'


def raw(path: Path, sheet: str, *, extra: tuple[tuple[str, str], ...] = ()) -> Path:
    """A workbook packed by hand around one sheet's XML."""
    good = io.BytesIO()
    made = Workbook()
    made.active.append(["name"])
    made.save(good)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, sheet if member.filename == "xl/worksheets/sheet1.xml" else old.read(member))
        for name, content in extra:
            new.writestr(name, content)
    return path


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("sheet", "extra", "key"),
    [
        (SHEET.format(rows=HEAD + " " * 5_000_000), (), "importing.bomb"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + SHEET.format(rows=HEAD), (), "importing.doctype"),
        (SHEET.format(rows=HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), (), "importing.far_cell"),
        (SHEET.format(rows=HEAD), (("xl/worksheets/sheet1.xml", "x"),), "importing.strange_workbook"),
    ],
)
def test_dangerous_workbooks_are_refused_before_they_are_opened(tmp_path, sheet, extra, key):
    with pytest.raises(BadData) as refused:
        read(raw(tmp_path / "a.xlsx", sheet, extra=extra))
    assert refused.value.key == key


def test_broken_and_disguised_workbooks_get_one_sentence_each(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, ["code", "name"], ["A", "x"])
    whole = path.read_bytes()
    flagged = bytearray(whole)
    flagged[flagged.find(b"PK\x01\x02") + 8] |= 1
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    cases = {
        "cut.xlsx": (whole[:-80], "importing.torn_workbook"),
        "text.xlsx": (b"hello", "importing.not_a_workbook"),
        "page.xls": (b"<html><table></table></html>", "importing.html_sheet"),
        "old.xlsx": (ole + bytes(2000), "importing.torn_workbook"),
        "broken.xls": (ole + bytes(2000), "importing.torn_workbook"),
        "locked.xlsx": (ole + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500), "importing.encrypted"),
        "flag.xlsx": (bytes(flagged), "importing.encrypted"),
        "empty.xlsx": (b"", "importing.empty_file"),
    }
    found = {}
    for name, (content, _) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadData) as refused:
            read(tmp_path / name)
        found[name] = refused.value.key
    assert found == {name: key for name, (_, key) in cases.items()}


def odf_cell(inner: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}>{inner}</table:table-cell>'


def odf_row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def test_line_breaks_and_blanks_within_a_cell_of_ods_stay(tmp_path):
    path = tmp_path / "a.ods"
    two = odf_cell("<text:p>一<text:line-break/>二<text:s text:c=\"2\"/>三</text:p><text:p>四<text:span>五<text:tab/>六</text:span></text:p>")
    path.write_bytes(ods(ods_row("编号", "名称"), odf_row(odf_cell("<text:p>A</text:p>"), two), ods_row("B", "x")))
    assert read(path)[0] == [(2, ["A", "一\n二  三\n四五\t六"]), (3, ["B", "x"])]


def test_a_cell_of_ods_that_stands_for_several_is_flawed_in_all_of_them(tmp_path):
    path = tmp_path / "a.ods"
    wrong = '<table:table-cell table:formula="of:=NA()" office:value-type="string" calcext:value-type="error" ' \
            'table:number-columns-repeated="2"><text:p>#N/A</text:p></table:table-cell>'  # fmt: skip
    made = ods(ods_row("编号", "名称", "日期"), odf_row(odf_cell("<text:p>A</text:p>"), wrong, times=2))
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.namelist():
            space = b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:office='
            new.writestr(member, old.read(member).replace(b"xmlns:office=", space, 1))
    keys = [[getattr(cell, "key", None) for cell in cells] for _, cells in read(path)[0]]
    assert keys == [[None, "importing.error_cell", "importing.error_cell"]] * 2


def test_formulas_of_an_old_workbook_that_hold_nothing_are_told(tmp_path):
    # what programs write that do not reckon, and what Excel writes where a formula gives "": the same eight bytes
    old = (Path(__file__).with_name("files") / "bad.xls").read_bytes()
    error = bytes([2, 0, 7, 0, 0, 0, 0xFF, 0xFF])  # #DIV/0! as the result of a formula
    assert old.count(error) == 1
    path = tmp_path / "a.xls"
    path.write_bytes(old.replace(error, bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])))
    with contextlib.closing(open_source(str(path))) as source:
        rows = list(source.rows(lambda rows: (0, 1)))
        notes = dict(source.notes)
    assert (notes["importing.silent_formulas"]["cells"], notes["importing.silent_formulas"]["line"]) == (1, 7)
    assert rows

"""Workbooks: cells as they are shown, flaws found, and dangerous or broken files refused before they are opened."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from logi.core.errors import BadData
from logi.importing.kinds import Col, Flaw, Kind, day, text
from logi.importing.reading import open_source
from logi.importing.rereading import opened

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
    assert set(notes) == {"importing.hidden_sheets", "importing.other_sheets", "importing.skipped_titles"}


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

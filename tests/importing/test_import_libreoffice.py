"""Workbooks in the three formats as a real office program writes them, and as it gives a filled-in template back."""

import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

FILES = Path(__file__).with_name("files")


@pytest.mark.parametrize("name", ["good.xls", "good.ods", "mac1904.xls", "mac1904.xlsx"])
def test_titles_days_codes_and_reckoned_formulas_come_as_they_are_shown(logi, name):
    done = logi(f"import assets {FILES / name} -f json").json
    assert done["facts"]["new"] == 3
    assert any("旧表" in one for one in done["warnings"])  # the hidden sheet is named
    rows = {row["code"]: (row["name"], row["cost"]) for row in logi("asset list -f json").json["rows"]}
    assert rows == {"000123": ("投影机", "4200.50"), "110101199003071234": ("桌", "1250.50"), "0007": ("椅", "300.00")}
    days = {row["code"]: row["on"] for row in logi("export assets -f json").json["rows"]}
    assert days == {"000123": "2025-09-01", "110101199003071234": "2025-09-02", "0007": "2024-02-29"}


@pytest.mark.parametrize("name", ["bad.xls", "bad.ods"])
def test_error_cells_and_rounded_numbers_are_found_and_named_not_emptied(logi, name):
    findings = logi(f"import assets {FILES / name} -f json", code=5).json["facts"]["findings"]
    assert [(row["line"], row["column"], row["value"]) for row in findings] == [
        (7, "原值", "#DIV/0!"), (8, "原值", "6.37702E+17"), (9, "资产编号", "6.37702E+17"),
    ]  # fmt: skip


def test_a_password_a_cut_and_another_suffix_get_one_sentence_each(logi):
    good = (FILES / "good.xls").read_bytes()
    at = good.index(b"\x42\x00\x02\x00")  # the code page's record becomes the one that stands before encrypted ones
    (logi.folder / "locked.xls").write_bytes(good[:at] + b"\x2f" + good[at + 1 :])
    with zipfile.ZipFile(FILES / "good.ods") as old, zipfile.ZipFile(logi.folder / "locked.ods", "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "META-INF/manifest.xml":
                content = content.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")
            new.writestr(member.filename, content)
    (logi.folder / "cut.xls").write_bytes(good[:3000])
    shutil.copy(FILES / "good.ods", logi.folder / "other.xlsx")
    keys = {name: logi(f"import assets {logi.folder / name} -f json", code=None).json.get("key")
            for name in ("locked.xls", "locked.ods", "cut.xls", "other.xlsx")}  # fmt: skip
    assert keys == {"locked.xls": "importing.encrypted", "locked.ods": "importing.encrypted", "cut.xls": "importing.torn_workbook",
                    "other.xlsx": None}  # fmt: skip  # what it is inside counts


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("kept", [True, False], ids=["example kept", "example overwritten"])
def test_a_filled_in_template_comes_back_in_without_a_change(logi, lang, kept):
    path = logi.folder / "t.xlsx"
    logi(f"import template items -o {path}", LOGI_LANG=lang)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert all(cell.comment for cell in sheet[1])
    assert sheet.data_validations.dataValidation
    for cell in () if kept else sheet[2]:
        cell.value = None
    for at, text in enumerate(("0009", "粉笔", "盒"), 1):
        sheet.cell(3 if kept else 2, at).value = text
    known = sheet.data_validations.dataValidation[0].formula1.strip('"').split(",")
    sheet.cell(3 if kept else 2, headings.index({"en": "class", "zh-Hans": "类别", "zh-Hant": "類別"}[lang]) + 1).value = known[1]
    book.save(path)
    done = logi(f"import items {path} -f json").json["facts"]
    assert (done["new"], done["rows"]) == (1, 1)


def test_a_journal_has_no_template(logi):
    logi("import template journal", code=2)

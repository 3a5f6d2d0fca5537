"""Templates of every kind: their headings are known again, and an office program gives them back with all they hold."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from logi.commands.kinds import kind_named, kinds
from logi.core import messages
from logi.importing.headers import key_of, vocabulary
from logi.importing.templates import heading, shown_columns
from tests.importing.test_kinds_whole import FULL, empty

KINDS = [name for name, _ in kinds() if name != "journal"]
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
in_office = pytest.mark.skipif(OFFICE is None or not os.environ.get("LOGI_LIBREOFFICE"), reason=(
    "NO TEMPLATE IS OPENED IN LIBREOFFICE: set LOGI_LIBREOFFICE=1 (and apt install libreoffice-calc-nogui)"))  # fmt: skip


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_every_heading_of_a_template_means_its_own_column(lang):
    messages.use(lang)
    try:
        for name in KINDS:
            kind = kind_named(name)
            known = vocabulary(kind)
            assert [(name, col.key, heading(col)) for col in kind.columns if key_of(heading(col), known, {}) != col.key] == []
    finally:
        messages.use("en")


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_a_note_on_every_heading_and_a_drop_down_for_every_fixed_value(logi, kind):
    path = logi.folder / "t.xlsx"
    logi(f"import template {kind} -o {path}", LOGI_LANG="zh-Hans")
    sheet = load_workbook(path).worksheets[0]
    columns = shown_columns(kind_named(kind))
    assert [bool(cell.comment and cell.comment.text) for cell in sheet[1]] == [True] * len(columns)
    lists = {str(rule.sqref).split(":")[0].rstrip("0123456789") for rule in sheet.data_validations.dataValidation}
    assert lists == {cell.column_letter for cell, col in zip(sheet[1], columns, strict=True) if col.choices}


def office(to: str, folder: Path, *files: Path) -> None:
    """LibreOffice opens files and saves them again."""
    assert OFFICE is not None
    subprocess.run([OFFICE, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, files)], check=True, timeout=300,
                   capture_output=True, env={"HOME": str(folder), "PATH": os.environ["PATH"]})  # fmt: skip


@in_office
def test_templates_of_every_kind_saved_by_libreoffice_filled_in_and_saved_again_come_in(blank):
    """Drop-downs and notes are still there in the workbook; XLSX, ODS and XLS of it say the same."""
    logi = blank
    empty(logi, "office.db")
    logi.env["LOGI_LANG"] = "zh-Hans"
    made, saved, filled = (logi.folder / name for name in ("made", "saved", "filled"))
    made.mkdir()
    for kind in KINDS:
        logi(f"import template {kind} -o {made}/{kind}.xlsx")
    office("xlsx", saved, *sorted(made.iterdir()))
    filled.mkdir()
    messages.use("zh-Hans")
    for kind in KINDS:
        book = load_workbook(saved / f"{kind}.xlsx")
        sheet, columns = book.worksheets[0], shown_columns(kind_named(kind))
        assert [bool(cell.comment) for cell in sheet[1]] == [True] * len(columns), kind
        assert sheet.data_validations.dataValidation or not any(col.choices for col in columns), kind
        assert logi(f"import {kind} {saved}/{kind}.xlsx -f json", code=5).json["key"] == "importing.no_rows"
        for at, row in enumerate(FULL.get(kind, ()), 3):
            for place, col in enumerate(columns, 1):
                prefix = str(getattr(col.parse, "prefix", ""))
                text = row.get(col.key)
                sheet.cell(at, place).value = messages.title(prefix, text) if text in col.choices and prefix else text
        book.save(filled / f"{kind}.xlsx")
    ready = [filled / f"{kind}.xlsx" for kind in KINDS if kind in FULL]
    for suffix in ("ods", "xls"):
        office(suffix, filled, *ready)
    office("xlsx", filled / "again", *ready)
    for path in ready:
        kind = path.stem
        for number, file in enumerate((filled / "again" / path.name, path.with_suffix(".ods"), path.with_suffix(".xls"))):
            facts = logi(f"import {kind} {file} -f json").json["facts"]
            rows = len(FULL[kind])
            assert (kind, file.suffix, facts["rows"], facts["new"], facts["same"]) == (
                kind, file.suffix, rows, *((rows, 0) if not number else (0, rows)))  # fmt: skip

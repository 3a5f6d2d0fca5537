"""Markdown, HTML and XLSX: what other programs make of them."""

import io
import re
from datetime import datetime
from html.parser import HTMLParser

import openpyxl
import pytest

from logi.core.answers import Column, Table
from logi.core.errors import Refused, Usage
from logi.formats import draw, draw_bytes
from logi.formats.files import draw_pack_files
from logi.formats.xlsx import sheet_name
from tests.formats.samples import NASTY, issue, nasty, pack, stock


class _Cells(HTMLParser):
    """The texts of all td cells, as a browser would read them."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open = tag == "td"
        if self._open:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[-1] += data


def _book(answer: object, **options: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(draw_bytes(answer, "xlsx", **options)))  # type: ignore[arg-type]


def test_a_markdown_row_cannot_be_broken() -> None:
    lines = [line for line in draw(nasty(), "md").splitlines() if line.startswith("|")]
    assert len(lines) == len(NASTY) + 2
    for line in lines[2:]:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 4
        assert "<script" not in line
    drawn = "\n".join(lines)
    for text in (r"a\|b", r"a\\\|b", "two<br>lines", "&lt;script>", "[red]x[/]", r"\\x1b[31mred", "&amp;amp;"):
        assert text in drawn


def test_a_markdown_link_in_a_cell_stays_text() -> None:
    table = Table("t", "题", [Column("a", "甲")], [{"a": "[x](http://e.invalid) *b* _c_ A_1"}])
    assert r"[x]\(http://e.invalid) \*b\* \_c\_ A_1" in draw(table, "md")


def test_html_shows_every_text_and_obeys_none() -> None:
    drawn = draw(nasty(), "html")
    page = _Cells()
    page.feed(drawn)
    assert not {"script", "red", "r", "img", "a"} & set(page.tags)
    texts = page.cells[1::3]
    for shown, sent in zip(texts, NASTY, strict=True):
        if not any(c in sent for c in "\x1b\x9b\u202e"):
            assert shown == sent
    assert texts[NASTY.index("\x9b31m")] == r"\x9b31m"


def test_html_is_one_page_that_forbids_scripts_and_knows_its_language() -> None:
    drawn = draw(pack(), "html")
    assert '<html lang="en">' in drawn
    assert "Content-Security-Policy" in drawn
    assert "default-src 'none'; style-src 'sha256-" in drawn
    assert "unsafe" not in drawn
    assert "src=" not in drawn
    assert 'href="#t1"' in drawn
    assert 'id="t1"' in drawn
    assert 'scope="col"' in drawn
    assert 'scope="row"' in drawn
    assert "size: A4" in drawn
    assert "prefers-color-scheme: dark" in drawn
    assert "17-" + "ab" * 16 in drawn


def test_html_of_a_confirmation_says_the_sentence() -> None:
    assert '<p class="said">Issued 25 of' in draw(issue(), "html")


def test_xlsx_holds_numbers_as_numbers_and_codes_as_text() -> None:
    sheet = _book(stock()).active
    assert [c.value for c in sheet[1]] == ["编码", "名称", "状态", "日期", "件数", "数量", "金额", "完成率"]
    row = sheet[2]
    assert [c.value for c in row] == [
        "000123",
        "A4复印纸（70克）",
        "待修",
        datetime(2025, 9, 5),
        1200,
        12.5,
        1250.5,
        0.833,
    ]
    assert [c.data_type for c in row] == ["s", "s", "s", "d", "n", "n", "n", "n"]
    assert row[0].number_format == "@"
    assert row[6].number_format == "#,##0.00"
    assert sheet[4][6].value == 9000000000000.01
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.fitToHeight == 0


def test_xlsx_totals_are_formulas_with_their_value_stored() -> None:
    data = draw_bytes(stock(), "xlsx")
    assert openpyxl.load_workbook(io.BytesIO(data)).active["G5"].value == "=SUM(G2:G4)"
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True).active["G5"].value == 9000000001250.46
    assert openpyxl.load_workbook(io.BytesIO(data)).active["A5"].value == "Total"


def test_a_total_that_is_no_sum_is_a_plain_number() -> None:
    table = Table("t", "题", [Column("a", "甲"), Column("v", "金额", "money")], [{"v": 100}], totals={"v": 350})
    assert _book(table).active["B3"].value == 3.5


def test_xlsx_makes_no_formula_and_no_link_of_a_text() -> None:
    sheet = _book(nasty()).active
    for number, sent in enumerate(NASTY, start=2):
        for cell in sheet[number][1:]:
            assert cell.data_type == "s"
            assert cell.hyperlink is None
            if not any(c in sent for c in "\x1b\x9b\u202e"):
                assert cell.value == sent


def test_a_figure_too_long_for_a_spreadsheet_is_written_as_text() -> None:
    table = Table("t", "题", [Column("v", "金额", "money")], [{"v": 10**17 + 1}])
    assert _book(table).active["A2"].value == "1,000,000,000,000,000.01"


def test_a_text_longer_than_a_cell_is_refused_not_cut() -> None:
    table = Table("t", "题", [Column("a", "甲")], [{"a": "长" * 32768}])
    with pytest.raises(Refused) as refused:
        draw_bytes(table, "xlsx")
    assert refused.value.key == "formats.too_long"


def test_the_sheets_of_a_pack_have_names_spreadsheets_accept() -> None:
    book = _book(pack())
    assert book.sheetnames == ["九月月报", "库存一览", "库存一览 (2)"]
    cover = [row[0] for row in book["九月月报"].iter_rows(values_only=True)]
    assert cover[:4] == ["九月月报", "Period: 2025-09", "Ledger head: 17-" + "ab" * 16, "三处待办"]


def test_sheet_names_are_clean_short_and_unique() -> None:
    taken: set[str] = set()
    assert sheet_name("a/b[c]:*?\\'", taken) == "a b c"
    assert sheet_name("A b c", taken) == "A b c" + " (2)"
    assert sheet_name("长" * 40, taken) == "长" * 31
    assert sheet_name("长" * 40, taken) == "长" * 27 + " (2)"
    assert sheet_name("𠮷" * 20, taken) == "𠮷" * 15
    assert sheet_name("''", taken) == "logi"
    assert sheet_name("History", taken) == "History (2)"


def test_a_pack_becomes_files_named_after_what_they_are() -> None:
    files = draw_pack_files(pack(), ["xlsx", "html", "csv", "terminal", "text"], header="keys")
    assert list(files) == [
        "logi-report-month-2025-09.xlsx",
        "logi-report-month-2025-09.html",
        "logi-report-month-2025-09-stock-list.csv",
        "logi-report-month-2025-09-repairs.csv",
        "logi-report-month-2025-09.txt",
    ]
    assert files["logi-report-month-2025-09-repairs.csv"] == b"number\n"
    with pytest.raises(Usage):
        draw_pack_files(pack(), ["doc"])

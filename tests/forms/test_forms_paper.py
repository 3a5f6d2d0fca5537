"""PDF: as many pages as the form has, the text can be taken out again, the same bytes twice, and no sign without a glyph."""

from io import BytesIO

import pytest

from logi.core import messages
from logi.core.answers import Column, Pack, Table, Word
from logi.core.forms import Asked, FormData, Signed
from logi.formats import draw_bytes
from logi.forms import paging
from logi.forms.filling import fill
from logi.forms.parts import LinesPart
from logi.forms.shapes import shapes
from tests.forms.test_forms_drawn import PRINTED

typst = pytest.importorskip("typst", reason="NO PDF IS TESTED: the extra [pdf] is not installed")


def pages(pdf: bytes) -> list[str]:
    """The text of every page."""
    reader = pytest.importorskip("pypdf", reason="PDF TEXT IS NOT TESTED: pypdf is not installed").PdfReader(BytesIO(pdf))
    return [page.extract_text() for page in reader.pages]


@pytest.mark.parametrize("line", PRINTED)
def test_a_pdf_has_the_pages_of_the_form(demo, line):
    pdf = demo.drawn(line, "pdf")
    assert pdf.startswith(b"%PDF-")
    logical = demo.drawn(line, "html").decode().count('<section class="page')
    found = pages(pdf)
    assert len(found) == logical
    last = "".join(found[-1].split())
    count = last[last.rindex("共") + 1 : last.rindex("页")]
    assert last.count(f"第{count}页共{count}页") == 1


def test_a_pdf_is_the_same_twice_and_its_text_comes_out_again(demo):
    pdf = demo.drawn("stock-in RK-2025-0002", "pdf")
    assert demo.drawn("stock-in RK-2025-0002", "pdf") == pdf
    text = "".join(pages(pdf)[1].split())
    assert "人民币壹万壹仟壹佰贰拾陆元整" in text
    assert "11,126.00" in text


def test_a_pack_becomes_a_pdf_with_the_head_on_every_page(demo, tmp_path):
    for name in ("one", "two"):
        demo(f"report month 2025-09 -f pdf -o {tmp_path}/{name}.pdf", LOGI_LANG="zh-Hans")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    head = demo("audit head -f csv").out.splitlines()[1].split(",")[1]
    for text in pages((tmp_path / "one.pdf").read_bytes()):
        assert "".join(head.split()) in "".join(text.split())


@pytest.mark.parametrize("rows", range(36, 44))  # the second title comes to stand at the page's foot, or nearly
def test_a_section_without_rows_is_not_parted_from_its_title(rows):
    messages.use("en")
    first = Table("t1", "First", [Column("a", "Head")], [{"a": f"row {n}"} for n in range(rows)])
    empty = Table("t2", "Second", [Column("a", "Head")], [])
    drawn = pages(draw_bytes(Pack("p", "Pack", "2025-09", "head", [first, empty]), "pdf"))
    [page] = [page for page in drawn if "Second" in page]
    assert "Nothing found." in page


def test_a_sign_without_a_glyph_is_named_and_not_silently_left_out(demo, monkeypatch, tmp_path):
    from logi.formats import typesetting

    monkeypatch.setattr(typesetting, "SYSTEM", ())
    template = tmp_path / "one.typ"
    template.write_text('#set document(date: auto)\n#set text(font: json(bytes(sys.inputs.fonts)))\n#json(bytes(sys.inputs.data)).text\n')
    assert typesetting.typeset(template, {"text": "王 陈 粉笔 鐵 龜"}).startswith(b"%PDF-")
    said: list[str] = []
    monkeypatch.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
    # Han of plane 15's private use: no font has it
    assert typesetting.typeset(template, {"text": "王\U000f0000"}).startswith(b"%PDF-")
    assert "U+F0000" in said[0]


def test_a_font_of_ones_own_must_exist(demo):
    assert "LOGI_FONT" in demo("stock list -f pdf -o x.pdf", code=2, LOGI_FONT="/nowhere.otf").err


def test_without_typst_the_refusal_says_how_to_get_it(demo, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    said = demo("stock list -f pdf -o x.pdf", code=6)
    assert 'pip install "logi-ledger[pdf]"' in said.err
    assert "html" in said.err


def disposal(lines: int) -> FormData:
    """An application over so many things of 1,560.00."""
    rows = [{"code": f"2019-{n:04d}", "name": "电视机", "quantity": 1000, "cost": 156000} for n in range(1, lines + 1)]
    return FormData("CZ-2025-0002", lines=rows, levels=["school_meeting"], signed=[Signed("school_meeting", "郑示园")],
                    values={"how": Word.of("asset.how", "scrap")})  # fmt: skip


@pytest.mark.parametrize(("lines", "on_pages"), [(1, [1]), (25, [22, 3]), (60, [25, 25, 10])])
def test_a_disposal_has_at_most_25_lines_a_page_numbered_through(lines, on_pages):
    sheet = fill(shapes()["disposal"], disposal(lines), school="测试学校", head="#1 abcd", asked=Asked())
    tables = [part for page in sheet.pages for part in page if isinstance(part, LinesPart)]
    assert [len(part.rows) for part in tables] == on_pages
    assert all(len(part.rows) <= 25 for part in tables)
    numbers = [row[0].text for part in tables for row in part.rows]
    assert numbers == [str(n) for n in range(1, lines + 1)]
    assert [part.totals is not None for part in tables] == [False] * (len(on_pages) - 1) + [True]


def test_every_line_of_a_long_form_stands_on_exactly_one_page():
    shape = shapes()["month-plan"]
    for count in (0, 1, 2, 3, 4, 30, 200):
        rows = [{"title": "检查" * (n % 40 + 1), "owner": "王"} for n in range(count)]
        sheet = fill(shape, FormData("2025-09", lines=rows), school="x", head="h", asked=Asked(month="2025-09"))
        tables = [part for page in sheet.pages for part in page if isinstance(part, LinesPart)]
        assert [row[0].text for part in tables for row in part.rows] == [str(n) for n in range(1, count + 1)]
        assert sum(len(page) for page in sheet.pages) >= 3
        assert paging.paper_mm(sheet) == (297, 210)

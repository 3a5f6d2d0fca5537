"""Forms that lead on: sheets of a room with their sign, sheets to sign, textbooks by class, the duty log."""

import re
import shutil
import subprocess

import pytest

from logi.forms.paging import folded


def scanned(path) -> list[str]:
    """What zbar reads on a page."""
    scanner = shutil.which("zbarimg")
    if scanner is None:
        pytest.skip("NO QR SIGN IS READ BACK: zbarimg is not installed (apt install zbar-tools)")
    read = subprocess.run([scanner, "-q", "--raw", path], capture_output=True, text=True, check=False)
    return read.stdout.split("\n")[:-1]


def page(demo, words: str, tmp_path):
    """The first page of a form's PDF as a picture."""
    pytest.importorskip("typst", reason="NO FORM IS DRAWN AS PDF: the extra [pdf] is not installed")
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        pytest.skip("NO PDF IS LOOKED AT: pdftoppm is not installed (apt install poppler-utils)")
    path = tmp_path / "form.pdf"
    path.write_bytes(demo.drawn(words, "pdf"))
    subprocess.run([drawer, "-r", "200", "-png", "-singlefile", path, tmp_path / "form"], check=True)
    return tmp_path / "form.png"


def test_the_sign_on_a_sheet_of_a_count_types_the_line_that_enters_it(demo, tmp_path):
    line = "logi asset count enter PD-2026-0003 B203"
    assert scanned(page(demo, "count-sheet PD-2026-0003", tmp_path)) == [line]
    assert f"扫码或输入：{line}" in demo.text("count-sheet PD-2026-0003")


def test_the_sign_on_a_rooms_sheet_leads_to_its_count(demo, tmp_path):
    # the count is settled by then: what it leads to is the sheet to count by
    assert scanned(page(demo, "room-register B203", tmp_path)) == ["logi form count-sheet B203"]
    said = demo.drawn("room-register B203", "html").decode()
    assert 'aria-label="logi form count-sheet B203"' in said


def test_while_a_count_is_open_a_rooms_sheet_leads_to_entering_it(logi):
    logi("asset add 投影仪 --cost 4500 --on 2025-09-08 --place A205 --keeper S15")
    logi("asset count start A205")
    line = "logi asset count enter PD-2025-0001 A205"
    assert f"Scan or type: {line}" in logi("form room-register A205").out
    assert logi(line.removeprefix("logi ") + " --rest-ok").code == 0


def test_a_sheet_of_a_count_names_its_room_in_every_row(demo):
    said = demo.text("count-sheet PD-2026-0003")
    assert "范围：B203 信息教室" in said
    assert "盘点表 B203" not in said.replace("　", " ")


def test_a_kit_is_signed_for_by_everybody_who_gets_one(demo):
    said = demo.text("sign-sheet CK-2026-0026")
    rows = [one for one in said.splitlines() if "笔记本" in one]
    # TJ1 holds one notebook and two red pens, given to three people
    assert [re.search(r"杨班一|秦实妍|钱样真", row)[0] for row in rows] == ["杨班一", "秦实妍", "钱样真"]
    assert all("笔记本 本 1、红笔 支 2" in row for row in rows)


def test_textbooks_stand_by_class_with_what_is_short(demo):
    said = demo.text("textbooks")
    autumn, spring = ([one for one in said.splitlines() if name in one][-1] for name in ("秋季教材", "春季教材"))
    # the last class is due 44 of each; for the spring 810 sets came for 812, so it got 42
    assert [cell.strip() for cell in autumn.split("|")][4:7] == ["44", "44", "0"]
    assert [cell.strip() for cell in spring.split("|")][4:7] == ["44", "42", "-2"]
    assert demo("form textbooks 没有这个班", code=3).err


def test_a_duty_log_has_what_each_shift_wrote(logi):
    made = logi("month duty draft --from 2025-09-27 --to 2025-09-27 --people S06,S17 -f json").json
    logi(f"month duty publish {made['number']}")
    logi("month duty log 2025-09-27 --by 周入库 --weather 晴 --note 巡查两次 --event 水管漏水已关阀 --handed 钥匙 --taken-by S17")
    for words in ("--since 2025-09-27 --until 2025-09-28", made["number"]):
        said = logi(f"form duty-log {words} -f csv").out
        row = next(one for one in said.splitlines() if "2025-09-27" in one)
        for text in ("晴", "巡查两次", "水管漏水已关阀", "钥匙", "周入库", "秦实妍"):
            assert text in row


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        # 12 letters, f, i, j and l narrow: 8 × 0.56 + 4 × 0.34 = 5.84; 0.56 em a small letter, 0.34 a narrow one or a blank, 1 a Han character
        ("past its life and unfit", 40, 1), ("past its life and unfit", 8, 2), ("资产处置", 4, 1), ("资产处置", 3, 2),
        ("abcdefghijkl", 2.8, 3), ("", 5, 1),
    ],
)  # fmt: skip
def test_words_are_folded_whole_where_they_fit(text, ems, lines):
    assert folded(text, ems) == lines

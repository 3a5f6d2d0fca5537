"""Labels: every sheet fits its paper, the QR sign reads back as the code, and what cannot be drawn is refused."""

import shutil
import subprocess

import pytest

from logi.core import messages
from logi.forms.labels import Label, draw, papers, qr_path

ONE = Label("2025-0001-07", "台式计算机", "B203 信息教室", "测试学校")


@pytest.mark.parametrize("name", ["a4-21", "a4-24", "a4-40", "a4-65", "strip-60x40", "strip-40x30"])
def test_the_labels_of_a_sheet_fit_on_its_paper(name):
    paper = papers()[name]
    for side in (0, 1):
        taken = paper.margin[side] + paper.grid[side] * paper.label[side] + (paper.grid[side] - 1) * paper.gap[side]
        assert taken <= paper.paper[side] + 0.01


def test_a_page_of_labels_holds_as_many_as_its_grid():
    page = draw([ONE] * 50, papers()["a4-21"], "html").decode()
    assert page.count('<section class="page">') == 3
    assert page.count('class="label"') == 50
    assert "<script" not in page
    assert page.count("2025-0001-07") == 100  # as letters, and as the sign's own name


def test_the_sign_is_no_micro_qr():
    path, squares = qr_path("2025-0001-07")
    assert squares >= 21
    assert path.startswith("M0 0h7v1h-7z")  # the upper left mark


def test_labels_of_the_demo_school_are_drawn_alike_twice(demo, tmp_path):
    for name in ("one", "two"):
        demo(f"asset label 2025-0001-01..45 -o {tmp_path}/{name}.html")
    page = (tmp_path / "one.html").read_bytes()
    assert page == (tmp_path / "two.html").read_bytes()
    assert page.decode().count('class="label"') == 45


@pytest.mark.parametrize(
    ("line", "code"),
    [("2025-0001-01 --sheet a4-99", 3), ("2025-0001-01 -f docx", 2), ("9999-0001", 3)],
)
def test_labels_that_cannot_be_drawn_are_refused(demo, line, code):
    assert demo(f"asset label {line}", code=code).err


def test_a_label_reads_back_by_a_scanner(tmp_path):
    pytest.importorskip("typst", reason="NO LABEL IS DRAWN AS PNG: the extra [pdf] is not installed")
    scanner = shutil.which("zbarimg")
    if scanner is None:
        pytest.skip("NO QR SIGN IS READ BACK: zbarimg is not installed")
    messages.use("zh-Hans")
    for paper in ("strip-60x40", "strip-40x30"):
        path = tmp_path / f"{paper}.png"
        path.write_bytes(draw([ONE], papers()[paper], "png"))
        read = subprocess.run([scanner, "-q", "--raw", path], capture_output=True, text=True, check=False)
        assert read.stdout.strip() == "2025-0001-07"


def test_a_png_is_one_page(demo, tmp_path):
    said = demo(f"asset label 2025-0001-01..45 -o {tmp_path}/x.png", code=2)
    assert "21" in said.err

"""What other programs make of our files: Chromium of the pages, LibreOffice and openpyxl of the workbooks."""

import os
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
in_chromium = pytest.mark.skipif(CHROMIUM is None, reason="NO PAGE IS OPENED: Chromium is not installed (apt install chromium)")
# Half a minute each: by hand, before a release or after a change in the workbooks.
in_office = pytest.mark.skipif(OFFICE is None or not os.environ.get("LOGI_LIBREOFFICE"), reason=(
    "NO WORKBOOK IS OPENED IN LIBREOFFICE: set LOGI_LIBREOFFICE=1 (and apt install libreoffice-calc-nogui)"))  # fmt: skip

# A page that measures ours in a frame as wide as a phone: ours forbids scripts itself.
PROBE = """<!doctype html><meta charset="utf-8"><body><iframe id="f" src="{page}" style="width:390px;height:800px"></iframe>
<script>document.getElementById("f").onload = function () {{
  const d = this.contentDocument, e = d.documentElement;
  document.title = [e.scrollWidth, d.querySelectorAll("section").length, d.scripts.length,
    getComputedStyle(d.querySelector("th")).borderTopStyle].join("|");
}};</script>"""


@pytest.fixture(scope="module")
def pack(demo_school, tmp_path_factory) -> Path:
    """The demo school's pack of September as page and workbook."""
    from tests.conftest import Terminal

    school = Terminal(tmp_path_factory.mktemp("school"))
    shutil.copy(demo_school, school.ledger)
    school("report month 2025-09 -f html,xlsx -o packs/".replace("packs/", f"{school.folder}/packs/"), LOGI_TODAY="2025-10-08")
    return school.folder / "packs"


def chromium(*words: str) -> subprocess.CompletedProcess:
    """Chromium without a window."""
    assert CHROMIUM is not None
    always = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--virtual-time-budget=5000"]
    return subprocess.run([CHROMIUM, *always, *words], capture_output=True, text=True, timeout=120, check=False)


@in_chromium
def test_a_page_fits_a_phone_runs_no_script_and_keeps_its_style(pack, tmp_path):
    page = pack / "logi-report-month-2025-09.html"
    probe = tmp_path / "probe.html"
    probe.write_text(PROBE.format(page=page.as_uri()), "utf-8")
    seen = chromium("--dump-dom", probe.as_uri()).stdout
    title = re.search(r"<title>([^<]*)</title>", seen)
    assert title is not None, seen[-500:]
    wide, sections, scripts, border = title[1].split("|")
    assert int(wide) <= 390  # tables scroll in their own boxes, the page does not
    assert int(sections) == page.read_text("utf-8").count("<section")
    assert scripts == "0"
    assert border == "solid"  # the style sheet is the one that the page's policy knows


@in_chromium
def test_the_policy_of_a_page_is_broken_by_nothing_in_it(pack):
    said = chromium("--enable-logging=stderr", "--v=0", "--dump-dom", (pack / "logi-report-month-2025-09.html").as_uri())
    assert "Content Security Policy" not in said.stderr
    assert "<h1>" in said.stdout


@in_chromium
def test_a_script_typed_as_a_name_stays_text(logi, tmp_path):
    logi("item add ST-1 '<script>document.title=1</script>' --unit 盒 --class office")
    logi(f"stock list --all -o {tmp_path}/list.html")
    seen = chromium("--dump-dom", (tmp_path / "list.html").as_uri()).stdout
    assert "&lt;script&gt;document.title=1&lt;/script&gt;" in seen
    assert "<title>1</title>" not in seen


def cells(path: Path) -> dict[str, list[list[object]]]:
    """Every sheet's cells as openpyxl reads them, with the values that were stored beside formulas."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: [[_plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


def _plain(value: object) -> object:
    return Decimal(str(value)).normalize() if isinstance(value, int | float) else value


@in_office
def test_libreoffice_reads_every_cell_as_we_wrote_it_and_finds_the_same_sums(pack, tmp_path):
    """Opened without repair, calculated anew and saved: what comes out is what went in, charts included."""
    assert OFFICE is not None
    mine = pack / "logi-report-month-2025-09.xlsx"
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    done = subprocess.run([OFFICE, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path, mine],
                          capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    theirs = tmp_path / mine.name
    assert theirs.exists(), done.stdout + done.stderr
    one, two = cells(mine), cells(theirs)
    assert list(one) == list(two)
    for sheet, rows in one.items():
        for at, row in enumerate(rows):
            there = two[sheet][at] if at < len(two[sheet]) else []
            for place, value in enumerate(row):
                got = there[place] if place < len(there) else None
                assert got == value, (sheet, at + 1, place + 1)


@in_office
def test_a_workbooks_pages_are_as_wide_as_the_paper(pack, tmp_path):
    assert OFFICE is not None
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    book = pack / "logi-report-month-2025-09.xlsx"
    subprocess.run([OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, book], capture_output=True,
                   timeout=300, check=False)  # fmt: skip
    pypdf = pytest.importorskip("pypdf")
    pages = pypdf.PdfReader(tmp_path / book.with_suffix(".pdf").name).pages
    # a sheet too wide for its paper would go on beside it: more pages than sheets whose rows fit one page
    assert len(pages) <= 2 * len(cells(book))
    for page in pages:
        assert {round(float(page.mediabox.width)), round(float(page.mediabox.height))} <= {595, 596, 841, 842}

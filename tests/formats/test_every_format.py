"""What holds for every format at once: names, columns in line, nothing cut, no escape sequence let out."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from logi import formats
from logi.core.answers import Column, Confirmation, Pack, Table
from logi.core.errors import Usage
from logi.formats import FORMATS, SUFFIXES, draw, draw_bytes
from tests.formats.samples import issue, long, nasty, pack, stock

EVERYTHING = [name for name in FORMATS if name != "ics"]  # a calendar takes days alone: tests/formats/test_ics.py
TEXTS = [name for name in EVERYTHING if name not in ("xlsx", "pdf")]
ANSWERS = [
    stock(),
    nasty(),
    long(250),
    pack(),
    issue(),
    Table("none", "空", [Column("a", "甲")], []),
    Table("bare", "", [], []),
]


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("place", range(len(ANSWERS)))
def test_every_answer_can_be_drawn_in_every_format_the_same_way_twice(name: str, place: int) -> None:
    if name == "pdf":
        pytest.importorskip("typst", reason="NO PDF IS TESTED: the extra [pdf] is not installed")
    assert draw_bytes(ANSWERS[place], name) == draw_bytes(ANSWERS[place], name)


def test_an_unknown_format_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(Usage) as refused:
        draw(stock(), "docx")
    assert refused.value.key == "formats.unknown"
    assert refused.value.facts["name"] == "docx"
    assert refused.value.facts["known"] == list(FORMATS)


def test_a_workbook_is_no_text() -> None:
    with pytest.raises(Usage) as refused:
        draw(stock(), "xlsx")
    assert refused.value.key == "formats.binary"


def test_every_suffix_leads_to_a_format() -> None:
    assert set(SUFFIXES.values()) == set(FORMATS) - {"terminal"}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("place", range(len(ANSWERS)))
def test_nothing_a_terminal_obeys_gets_out(name: str, place: int) -> None:
    allowed = {"\n", "\t", "\u200d"} if name in {"csv", "html", "md"} else {"\n", "\u200d"}
    for width in (None, 80, 20):
        drawn = draw(ANSWERS[place], name, width=width)
        harmful = {c for c in drawn if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}}
        assert harmful <= allowed
        assert drawn == "" or drawn.endswith("\n")


@pytest.mark.parametrize("name", ["text", "terminal", "md"])
@pytest.mark.parametrize("table", [stock(), nasty(), long(30), long(1001)], ids=["stock", "nasty", "long", "longer"])
def test_columns_line_up_whatever_the_script(name: str, table: Table) -> None:
    lines = [line for line in draw(table, name).splitlines() if line.startswith("|")]
    assert len(lines) >= len(table.rows) + 2
    assert len({wcswidth(line) for line in lines}) == 1


@pytest.mark.parametrize("name", ["text", "terminal", "csv", "json", "jsonl", "md", "html"])
def test_nothing_is_ever_cut(name: str) -> None:
    table = Table(
        "t", "题", [Column("text", "内容"), Column("code", "编码", "code")], [{"text": "长" * 500, "code": "9" * 300}]
    )
    drawn = draw(table, name, width=80)
    assert "…" not in drawn
    assert drawn.count("长") == 500
    assert "9" * 300 in drawn


@pytest.mark.parametrize("name", ["text", "terminal"])
def test_confirming_wakes_nothing_heavy(name: str) -> None:
    code = f"""
import sys
from logi.core import messages
from logi.core.answers import Confirmation
messages._english["probe"] = {{"probe.out.done": "Issued {{number}}."}}
messages.use("en")
from logi.formats import draw
print(draw(Confirmation("probe.out", "CK-1", entry=3), {name!r}), end="")
woken = {{"rich", "tabulate", "json", "csv", "wcwidth", "jinja2", "xlsxwriter"}} & set(sys.modules)
assert not woken, woken
"""
    root = Path(formats.__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False)
    assert run.stderr == ""
    assert run.stdout == "Issued CK-1.\nTo undo: logi undo 3\n"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_any_text_at_all_can_be_drawn(texts: list[str]) -> None:
    table = Table(
        "t", texts[0], [Column("a", "甲"), Column("b", "乙", "code")], [{"a": t, "b": t} for t in texts], notes=texts
    )
    for name in [*TEXTS, "xlsx"]:
        draw_bytes(table, name, width=40)
        draw_bytes(Pack("p", texts[0], "2025-09", "h", [table], notes=texts), name)
        draw_bytes(Confirmation("probe.out", texts[0], facts={"item": texts}, warnings=texts), name)

"""Plain text and the screen: layout, folding at 80 columns, sentences of confirmations."""

import re

import pytest
from wcwidth import wcswidth

from logi.core.answers import Column, Table
from logi.formats import draw
from logi.formats.grid import grid
from tests.formats.samples import NASTY, issue, long, nasty, pack, stock


def test_text_shows_title_header_rows_totals_and_notes() -> None:
    lines = draw(stock(), "text").splitlines()
    assert lines[0] == "库存一览"
    assert [cell.strip() for cell in lines[1].strip("|").split("|")] == [
        "编码", "名称", "状态", "日期", "件数", "数量", "金额", "完成率",
    ]  # fmt: skip
    assert [cell.strip() for cell in lines[3].strip("|").split("|")] == [
        "000123", "A4复印纸（70克）", "待修", "2025-09-05", "1200", "12.5", "1,250.50", "83.3%",
    ]  # fmt: skip
    assert [cell.strip() for cell in lines[4].strip("|").split("|")][4:] == ["0", "-80", "-0.05", "100.0%"]
    assert lines[6] == lines[2]
    assert [cell.strip() for cell in lines[7].strip("|").split("|")] == [
        "Total", "", "", "", "", "", "9,000,000,001,250.46", "",
    ]  # fmt: skip
    assert lines[8:] == ["至 2025-09-30"]


def test_header_keys_stand_over_the_columns_when_asked() -> None:
    assert "| code " in draw(stock(), "text", header="keys")


def test_an_empty_table_says_so_under_its_header() -> None:
    assert draw(Table("t", "题", [Column("a", "甲")], []), "text").splitlines() == [
        "题",
        "| 甲 |",
        "|----|",
        "Nothing found.",
    ]


def test_on_a_screen_an_empty_table_is_its_title_and_the_word_that_there_is_nothing() -> None:
    table = Table("t", "题", [Column("a", "甲"), Column("b", "乙")], [], notes=["note"])
    assert draw(table, "terminal", width=80).splitlines() == ["题", "Nothing found.", "note"]
    table.telling = True  # where the note says it, nothing else does
    assert draw(table, "terminal", width=80).splitlines() == ["题", "note"]


def test_one_record_has_no_sum_below_it_and_two_have() -> None:
    columns = [Column(f"c{n}", f"column number {n}") for n in range(12)] + [Column("m", "cost", "money", total=True)]
    row = {f"c{n}": "x" * 20 for n in range(12)} | {"m": 1250}
    assert "Total" not in draw(Table("t", "题", columns, [row]), "terminal", width=80)
    assert "25.00" in draw(Table("t", "题", columns, [row, row]), "terminal", width=80)


def test_our_padding_draws_the_same_picture_as_tabulate() -> None:
    lines = draw(long(40), "text").splitlines()[1:]
    lines.pop(-2)  # the rule over the totals
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if not line.startswith("|-")]
    assert grid(cells[0], cells[1:], [False, False, True]) == lines


def test_tabulate_reads_no_numbers_into_the_texts() -> None:
    drawn = draw(nasty(), "text")
    for text in ("000123", "1E5", "3.10", "[red]x[/]", "[/]", ":smile:", "=1+1"):
        assert drawn.count(f" {text} ") == 2


def test_control_characters_are_shown_not_sent() -> None:
    drawn = draw(nasty(), "text")
    assert r"\x1b[31mred\x1b[0m" in drawn
    assert r"two\x0alines" in drawn
    assert r"\u202egnp.exe" in drawn


def test_markup_reaches_the_screen_as_typed() -> None:
    drawn = draw(nasty(), "terminal", width=120)
    for text in ("[red]x[/]", "[/]", ":smile:", "=1+1", "a|b", "000123", "<script>alert(1)</script>"):
        assert len(re.findall(rf"(?<= ){re.escape(text)}(?= |$)", drawn, re.MULTILINE)) == 2


@pytest.mark.parametrize("width", [60, 80, 100, 132, 250])
def test_every_value_stands_in_full_at_any_width(width: int) -> None:
    text = "教学楼三层东侧厕所漏水，已影响二层天花板 needs a new valve and a plumber soon"
    columns = [
        Column("number", "单号", "code"), Column("title", "标题"), Column("place", "地点"), Column("on", "日期", "code"),
        Column("cost", "费用", "money"), Column("net", "累计折旧净值合计", "money"),
    ]  # fmt: skip
    rows = [
        {
            "number": f"WX-202509-{n:04d}",
            "title": text,
            "place": "A201/厕所",
            "on": "2025-09-16",
            "cost": 10**9 + n,
            "net": n,
        }
        for n in range(5)
    ]
    drawn = draw(Table("repairs", "报修", columns, rows), "terminal", width=width)
    for n in range(5):
        assert f"WX-202509-{n:04d}" in drawn
        assert f"10,000,000.0{n}" in drawn
    assert drawn.count("2025-09-16") == 5
    if width >= 80:
        assert max(wcswidth(line) for line in drawn.splitlines()) <= width
    squeezed = re.sub(r"\s", "", drawn)
    for char in set(text) - {" "}:
        assert squeezed.count(char) >= 5 * text.count(char)


def test_folded_lines_are_equally_wide() -> None:
    columns = [Column("number", "单号", "code"), Column("title", "标题"), Column("cost", "费用", "money")]
    rows = [{"number": "WX-1", "title": "漏水" * n, "cost": 850} for n in range(1, 60)]
    lines = draw(Table("repairs", "", columns, rows), "terminal", width=50).splitlines()
    assert {wcswidth(line) for line in lines} == {50}


def test_a_table_too_wide_even_folded_becomes_records() -> None:
    columns = [Column(f"c{n}", f"第{n}栏", "code") for n in range(12)]
    drawn = draw(Table("wide", "宽表", columns, [{f"c{n}": f"{n}" * 12 for n in range(12)}]), "terminal", width=80)
    assert f"第3栏 : {'3' * 12}\n" in drawn
    assert drawn.splitlines()[0] == "宽表"


def test_a_wide_table_of_several_rows_is_cut_into_tables_that_begin_alike() -> None:
    drawn = draw(stock(), "terminal", width=60)
    heads = [line for line in drawn.splitlines() if line.startswith("编码")]
    assert len(heads) == 2
    assert max(map(wcswidth, drawn.splitlines())) <= 60
    assert [line for line in drawn.splitlines() if line.startswith("Total")][-1].split() == ["Total", "9,000,000,001,250.46"]
    assert drawn.endswith("\n至 2025-09-30\n")


def test_a_table_with_a_chart_has_its_bars_under_it_on_a_screen() -> None:
    columns = [Column("week", "周", "code"), Column("done", "实巡", "count")]
    table = Table("weeks", "周统计", columns, [{"week": f"W{n}", "done": n} for n in (8, 4, 1)])
    table.chart = ("week", ("done",))
    lines = draw(table, "terminal", width=40).splitlines()
    # 40 - 2 (W8) - 1 (8) - 4 (gaps) = 33, half of it for screens that draw blocks twice as wide: 16 cells for 8
    bars = [line.split("  ") for line in lines if "█" in line and line.startswith("W")]
    assert bars == [["W8", "8", "█" * 16], ["W4", "4", "█" * 8], ["W1", "1", "█" * 2]]
    assert lines[-1] == "实巡 █▄▁"  # 7 steps: 8 -> 7, 4 -> 3 (3.5), 1 -> 0
    assert "█" not in draw(table, "text")


def test_figures_are_right_aligned_and_totals_close_the_screen() -> None:
    lines = draw(long(12), "terminal", width=80).splitlines()
    figures = lines[3:-2]
    assert all(line.rstrip().endswith(f"{n * 101 // 100}.{n * 101 % 100:02d}") for n, line in enumerate(figures))
    assert len({wcswidth(line.rstrip()) for line in figures}) == 1
    assert lines[-1].split() == ["Total", "66.66"]  # 101 * (0 + … + 11) = 101 * 66 = 6666 fen


def test_colour_is_only_sent_when_asked_for() -> None:
    for answer in (stock(), issue(), pack()):
        assert "\x1b" not in draw(answer, "terminal", width=200)
        assert "\x1b[" in draw(answer, "terminal", width=200, color=True)


def test_a_long_table_is_padded_plainly() -> None:
    lines = draw(long(201), "terminal", width=80).splitlines()
    assert lines[1].startswith("| 编码")
    assert lines[-2] == lines[2]
    assert len(lines) == 1 + 2 + 201 + 2


@pytest.mark.parametrize("name", ["text", "terminal"])
def test_a_confirmation_says_what_was_done_and_how_to_undo_it(name: str) -> None:
    assert draw(issue(), name).splitlines() == [
        r"Issued 25 of 粉笔\x1b[2J for 750.00 as CK-202509-0001; 5.5 left.",
        "To undo: logi undo 17",
    ]


def test_a_dry_run_says_that_nothing_was_written_and_offers_no_undo() -> None:
    done = issue()
    done.dry_run = True
    drawn = draw(done, "text")
    assert drawn.startswith("Dry run, nothing was written. It would say: Issued 25 of")
    assert "logi undo" not in drawn


def test_a_repeated_key_says_so_and_whether_it_was_undone_since() -> None:
    done = issue()
    done.repeated = True
    assert draw(done, "text").startswith("This was already done in entry 17, and nothing was changed: Issued 25")
    assert "logi undo 17" in draw(done, "text")
    done.undone = True
    assert "Note: the entry was undone since\n" in draw(done, "text")
    assert "logi undo 17" not in draw(done, "text")


def test_a_pack_begins_with_title_period_and_head() -> None:
    head = "Ledger head: 17-" + "ab" * 16
    for name in ("text", "terminal"):
        assert draw(pack(), name).splitlines()[:4] == ["九月月报", "Period: 2025-09", head, "三处待办"]


def test_every_nasty_text_stays_on_its_own_line() -> None:
    assert len([line for line in draw(nasty(), "text").splitlines() if line.startswith("|")]) == len(NASTY) + 2


def test_a_calendar_of_seven_texts_stays_a_grid_on_a_narrow_screen() -> None:
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    rows = [{day: f"{week * 7 + n + 1} 国庆节 #01✓ #02✓" for n, day in enumerate(days)} for week in range(4)]
    drawn = draw(Table("grid", "", [Column(day, day) for day in days], rows), "terminal", width=80)
    assert drawn.splitlines()[0].split() == days
    assert all(wcswidth(line) <= 80 for line in drawn.splitlines())
    assert all(str(n) in drawn for n in range(1, 29))


def test_headers_are_folded_between_words_before_they_are_broken_inside_them() -> None:
    columns = [Column(f"c{n}", f"Points done {n}", "count") for n in range(8)]
    head = draw(Table("wide", "", columns, [{f"c{n}": n for n in range(8)}]), "terminal", width=80)
    assert "Points" in head
    assert "Poin " not in head

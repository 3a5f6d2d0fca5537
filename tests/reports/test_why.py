"""Behind a figure: its entries; a sample drawn by lot; the binder; and the charts of a pack."""

import csv
import re
import xml.etree.ElementTree as ET
from zipfile import ZipFile

import pytest

from logi.core.answers import Column, Table
from logi.formats.charts import chart_of, svg_parts
from logi.why import sampled


@pytest.fixture
def kept(logi):
    for line in (
        "item add ST-1 白板笔 --unit 盒 --class office",
        "stock in ST-1 40 --price 3.50 --on 2025-09-09 --from V01 --request SG-1",
        "stock out ST-1 10 --to 教务处 --by S15 --on 2025-09-10",
        "repair open 漏水 --place A205 --by S15 --kind water --urgency high --on 2025-09-10",
    ):
        logi(line)
    return logi


def test_behind_a_closing_stand_all_moves_until_then(kept):
    rows = kept("why stock.by-item ST-1:closing_value 2025-09 -f json").json["rows"]
    assert [(row["action"], row["value"]) for row in rows] == [("stock.in", "140.00"), ("stock.out", "-35.00")]


def test_the_total_behind_a_closing_is_the_closing(kept):
    said = kept("why stock.by-item ST-1:closing_value 2025-09 -f json").json
    assert said["totals"]["value"] == "105.00"  # 140.00 in, 35.00 out
    assert any("105.00" in note for note in said["notes"])


def test_behind_an_opening_stands_only_what_came_before(kept):
    rows = kept("why stock.by-item ST-1:opening_value --since 2025-09-10 --until 2025-09-30 -f json").json["rows"]
    assert [row["action"] for row in rows] == ["stock.in"]


def test_a_fixed_word_is_a_row_too(kept):
    rows = kept("why stock.by-class office --month 2025-09 -f json").json["rows"]
    assert {row["action"] for row in rows} == {"stock.in", "stock.out"}
    rows = kept("why repair.by-kind water --month 2025-09 -f json").json["rows"]
    assert {row["action"] for row in rows} == {"repair.open"}


def test_rows_and_figures_that_are_not_there_are_refused(kept):
    kept("why stock.by-item NO-1 --month 2025-09", code=3)
    kept("why stock.by-item '#99' --month 2025-09", code=3)
    kept("why stock.by-item ST-1:weight --month 2025-09", code=2)
    kept("why stock.nothing ST-1", code=3)


def test_the_same_seed_draws_the_same_sample_whatever_the_order():
    columns = (Column("code", "Code", "code"),)
    there = [{"code": f"A{n}"} for n in range(50)]
    one = sampled(Table("t", "T", columns, there), 5, "x")
    two = sampled(Table("t", "T", columns, list(reversed(there))), 5, "x")
    assert [row["code"] for row in one.rows] == [row["code"] for row in two.rows]
    assert len({row["code"] for row in one.rows}) == 5
    assert [r["code"] for r in sampled(Table("t", "T", columns, there), 5, "y").rows] != [r["code"] for r in one.rows]


def test_a_sample_larger_than_what_there_is_takes_all(kept):
    said = kept("audit sample items --count 9 --seed a -f json").json
    assert [row["code"] for row in said["rows"]] == ["ST-1"]
    kept("audit sample nothing --count 1 --seed a", code=2)


def test_a_binder_leads_from_every_claim_to_its_entries(kept, tmp_path):
    kept(f"audit binder 2025-09 -o {tmp_path}/binder/")
    [index] = (tmp_path / "binder").glob("*audit.binder.csv")
    rows = list(csv.reader(index.open(encoding="utf-8")))[1:]
    mine = [row for row in rows if row[2] == "ST-1"]
    assert mine
    for row in mine:
        shown = kept(f"audit show {row[3]} -f json").out
        assert row[4] in shown
    kept("audit binder 2025-09", code=2)


def bars() -> Table:
    columns = (Column("kind", "Kind"), Column("n", "Count", "count"))
    table = Table("t", "Repairs <by> kind", columns, [{"kind": "water & light", "n": 4}, {"kind": "wood", "n": 1}])
    table.chart = ("kind", ("n",))
    return table


def test_bars_are_as_long_as_their_figures():
    chart = chart_of(bars())
    assert chart is not None
    first, second = svg_parts(chart)["bars"]
    assert first["width"] == 4 * second["width"]


def test_a_table_without_figures_draws_nothing():
    table = bars()
    table.rows = ({"kind": "wood", "n": 0},)
    assert chart_of(table) is None
    table.chart = None
    assert chart_of(table) is None


def test_a_page_draws_its_charts_with_words_for_those_who_do_not_see(kept, tmp_path):
    kept(f"report month 2025-09 -f html,xlsx -o {tmp_path}/p/")
    page = (tmp_path / "p" / "logi-report-month-2025-09.html").read_text("utf-8")
    drawn = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    assert drawn
    for one in drawn:
        svg = ET.fromstring(one)
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == svg.findtext("title")
    assert "style=" not in page
    assert "<script" not in page
    with ZipFile(tmp_path / "p" / "logi-report-month-2025-09.xlsx") as book:
        assert "xl/charts/chart1.xml" in book.namelist()


def test_charts_keep_the_bytes_the_same(kept, tmp_path):
    for name in ("a", "b"):
        kept(f"report month 2025-09 -f html,xlsx -o {tmp_path}/{name}/")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()

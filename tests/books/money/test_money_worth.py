"""Money set against what it brought about, and the three things a summary has a section for each."""

import pytest

from logi.books.money import worth


@pytest.fixture
def year(logi):
    """Two repairs accepted at 30.00 and 45.00 in September, one at 50.00 a year before; two desks bought at 1,200.00; 120.00 paid
    on a claim of a school of 40 pupils; 1,000.00 came in."""
    for line in (
        "repair open 旧漏 --place A205 --by 杨班一 --kind water --on 2024-09-10",
        "repair assign WX-202409-0001 王修好 --on 2024-09-10", "repair close WX-202409-0001 --cost 50 --cause wear --on 2024-09-11",
        "repair accept WX-202409-0001 --by 杨班一 --on 2024-09-11",
        "repair open 漏水 --place A205 --by 杨班一 --kind water --on 2025-09-10",
        "repair open 投影 --place A205 --by 杨班一 --kind equipment --on 2025-09-11",
        "repair open 灯 --place A205 --by 杨班一 --kind electric --on 2025-09-12",
    ):
        logi(f"{line} -q")
    for number, cost in (("WX-202509-0001", "30"), ("WX-202509-0002", "45")):
        logi(f"repair assign {number} 王修好 --on 2025-09-12 -q")
        logi(f"repair close {number} --cost {cost} --cause wear --on 2025-09-13 -q")
        logi(f"repair accept {number} --by 杨班一 --on 2025-09-14 -q")
    logi("asset add 课桌 --cost 1200 --count 2 --category A05010203 --on 2025-09-05 -q")
    logi("asset add 教学楼 --cost 500000 --category A01010200 --on 2025-09-06 --acquired-by allocation -q")
    logi("money school add QH01 中心学校 --heads 40 --own -q")
    logi("money receive 公用经费 1000 --on 2025-09-01 -q")
    logi("money claim 车票 travel/车票/120 --by 吴资明 --on 2025-09-06 -q")
    for who in ("秦实妍", "王修好", "钱样真"):
        logi(f"approve BX-2025-0001 --by {who} --no 签字 --on 2025-09-07 -q")
    logi("money pay BX-2025-0001 --by 陈巡安 --on 2025-09-10 -q")
    return logi


@pytest.mark.seed("FIN-16")
def test_money_is_set_against_what_it_brought_about_and_the_year_before(year):
    said = year("report money-per-result --month 2025-09 -f json").json
    found = {row["brought"]: row for row in said["rows"]}
    told = {key: [row[k] for k in ("count", "value", "each", "count_before", "each_before", "change")] for key, row in found.items()}
    assert told == {
        "Things bought for the register, pieces": [2, "2400.00", "1200.00", 0, None, None],
        # (30.00 + 45.00) ÷ 2 = 37.50; a year before 50.00 for one: 12.50 less
        "Repairs accepted": [2, "75.00", "37.50", 1, "50.00", "-12.50"],
        "Pupils, of all that was paid": [40, "120.00", "3.00", 0, None, None],  # 120.00 ÷ 40
    }
    assert "花钱办事" in year("report money-per-result --month 2025-09", LOGI_LANG="zh-Hans").out


@pytest.mark.seed("FIN-17")
def test_the_summary_has_a_section_each_for_buildings_property_and_money(year):
    tables = {t["name"]: t for t in year("month summary --school-year 2025 -f json").json["tables"]}
    told = {area: {row["figure"]: row["count"] or row["quantity"] or row["money"] for row in tables[f"month.focus-{area}"]["rows"]}
            for area in ("buildings", "property", "finance")}  # fmt: skip
    assert told["buildings"] == {
        "Pieces on the register": "1", "Cost on the register": "500000.00", "Added": "500000.00", "Reduced": "0.00",
        "Repairs opened": 2, "Repairs accepted": 1, "Cost of repairs": "30.00",  # water and electric; the light still waits
    }
    assert told["property"] == {
        "Pieces on the register": "2", "Cost on the register": "2400.00", "Added": "2400.00", "Reduced": "0.00",
        "Repairs opened": 1, "Repairs accepted": 1, "Cost of repairs": "45.00",
    }
    assert told["finance"] == {"Opening": "0.00", "In": "1000.00", "To other schools": "0.00", "Paid on claims": "120.00",
                               "Paid on purchases": "0.00", "Closing": "880.00"}  # fmt: skip
    said = year("month summary --school-year 2025", LOGI_LANG="zh-Hans").out
    places = [said.index(word) for word in ("校舍 2025-09-01", "校产 2025-09-01", "财务 2025-09-01")]
    assert places == sorted(places)


def test_a_book_that_has_nothing_says_so_in_its_section(logi):
    tables = {t["name"]: t for t in logi("month summary --school-year 2025 -f json").json["tables"]}
    assert tables["month.focus-finance"]["rows"] == []
    assert len(tables["month.focus-finance"]["notes"]) == 1


def test_what_one_cost_is_rounded_half_up_and_nothing_costs_nothing_each():
    assert [worth._each(fen, count) for fen, count in ((100, 3), (101, 2), (0, 4), (5, 0))] == [33, 51, 0, None]

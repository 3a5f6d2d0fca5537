"""A bursar's September, told by command lines only: what is recorded day by day stands in the month's pack.

Every expected figure is worked out by hand beside it.
"""

import json

import pytest


def at(logi, day: str, line: str, *, code: int = 0, **env: str):
    return logi(line, code=code, LOGI_TODAY=day, **env)


@pytest.fixture
def september(logi):
    """The month, lived through."""
    with logi.once():
        at(logi, "2025-08-25", "term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        at(logi, "2025-08-25", "stock item add BG001 A4纸 --unit 包 --class office --min 60")
        at(logi, "2025-08-25", "patrol route add R1 早巡 --frequency workday --from 2025-09-01")
        at(logi, "2025-08-31", "stock in A4纸 10 --price 22 --from V01 --on 2025-08-31")
        at(logi, "2025-08-25", "asset add 电视机 --category A02091001 --cost 1560 --count 10 --on 2019-08-20 --code 2019-0008"
           " --place A205 --keeper S15 --life-months 60")  # fmt: skip
        at(logi, "2025-09-01", "month plan 2025-09 --draft")
        at(logi, "2025-09-03", "stock in A4纸 50 --price 23.50 --from V01 --on 2025-09-03")
        at(logi, "2025-09-05", "stock out A4纸 30 --to 教务处 --by 杨班一 --for 月考 --on 2025-09-05")
        at(logi, "2025-09-08", "repair open 漏水 --place A205 --by 杨班一 --kind water --urgency high")
        at(logi, "2025-09-08", "repair assign WX-202509-0001 --to 王修好")
        at(logi, "2025-09-08", "repair close WX-202509-0001 --by 王修好 --cost 85 --cause wear")
        at(logi, "2025-09-09", "repair reject WX-202509-0001 --by 杨班一 --reason 夜里又漏")
        at(logi, "2025-09-10", "repair close WX-202509-0001 --by 王修好 --cost 0 --cause wear")
        at(logi, "2025-09-10", "repair accept WX-202509-0001 --by 王修好", code=4)
        at(logi, "2025-09-11", "repair accept WX-202509-0001 --by 杨班一")
        at(logi, "2025-09-12", "asset propose 2019-0008-01..10 --how scrap --reason past-life --appraiser S03,S17,S08")
        at(logi, "2025-09-12", "asset dispose CZ-2025-0001", code=4)
        at(logi, "2025-09-15", "approve CZ-2025-0001 --level school_meeting --by 郑示园 --no 校务会12 --on 2025-09-15")
        at(logi, "2025-09-18", "stock in A4纸 40 --price 24.10 --from V01 --on 2025-09-18")
        at(logi, "2025-09-18", "asset add 台式计算机 --category A02010105 --cost 4800 --count 45 --place B203 --keeper S03")
        at(logi, "2025-09-25", "stock out A4纸 45 --to 教务处 --by 杨班一 --for 期中资料 --on 2025-09-25")
        for day in ["01", "02", "03", "04", "05", "08", "09", "10", "11", "12", "15", "16", "18", "19", "22", "23", "25", "26", "28", "29", "30"]:  # 17 and 24 are missed
            at(logi, f"2025-09-{day}", f'patrol log R1 --by 陈巡安 --at "2025-09-{day} 07:10"')
        at(logi, "2025-09-30", "hazard open 插座松动 --place B203 --category electric --owner S08 --measure 更换 --due 2025-10-10")
    return logi


def table(pack: dict, name: str) -> dict:
    found = [one for one in pack["tables"] if one["name"] == name]
    assert found, f"no table {name} in {[one['name'] for one in pack['tables']]}"
    return found[0]


def test_the_material_account_values_what_is_left_by_first_in_first_out(september):
    rows = september("stock list -f json").json["rows"]
    # 10 at 22.00 and 20 of the 23.50 went on the 5th, 30 of the 23.50 and 15 of the 24.10 on the 25th: 25 at 24.10 stay.
    assert [(r["name"], r["quantity"], r["value"]) for r in rows] == [("A4纸", "25", "602.50")]
    issued = [september(f"show CK-2025-000{n} -f json").out for n in (1, 2)]
    assert "690.00" in issued[0]  # 10 × 22.00 + 20 × 23.50
    assert "1066.50" in issued[1]  # 30 × 23.50 + 15 × 24.10


@pytest.mark.seed("PAT-01")
def test_missed_rounds_are_counted_against_the_calendar_of_make_up_workdays(september):
    week = september("patrol week 2025-W38 -f json").json["rows"]
    assert [(r["route"], r["expected"], r["done"], r["rate"]) for r in week] == [("R1", 5, 4, "80.0")]
    week = september("patrol week 2025-W39 -f json").json["rows"]
    # Sunday the 28th is worked for the National Day break: six workdays, five rounds.
    assert [(r["route"], r["expected"], r["done"], r["rate"]) for r in week] == [("R1", 6, 5, "83.3")]


def test_the_pack_shows_assets_by_category_opening_added_reduced_closing(september):
    pack = september("report month 2025-09 -f json").json
    rows = {r["category"]: r for r in table(pack, "asset.audit")["rows"]}
    keys = ("opening_quantity", "opening", "added_quantity", "added", "reduced", "closing_quantity", "closing", "check")
    # 45 computers at 4,800.00 came on the 18th; the 10 televisions at 1,560.00 are approved for scrap, not yet disposed of.
    assert [rows["A02010105"][k] for k in keys] == ["0", "0.00", "45", "216000.00", "0.00", "45", "216000.00", "0.00"]
    assert [rows["A02091001"][k] for k in keys] == ["10", "15600.00", "0", "0.00", "0.00", "10", "15600.00", "0.00"]


def test_the_pack_is_the_same_bytes_every_time_and_bears_the_head(september):
    first = september("report month 2025-09 -f json").out
    assert september("report month 2025-09 -f json").out == first
    pack = json.loads(first)
    assert pack["kind"] == "pack"
    assert pack["period"] == "2025-09"
    head = september("audit head -f text").out
    digits = pack["head"].split(" ", 1)[1]
    assert digits in head
    assert september("audit verify").code == 0


@pytest.mark.seed("AST-19")
def test_disposal_is_refused_twice_before_it_passes(september):
    run = september
    at(run, "2025-10-16", "asset dispose CZ-2025-0001 --on 2025-10-16 --proceeds 300 --override 急", code=0)
    gone = at(run, "2025-10-16", "asset list --state disposed -f json").json["rows"]
    assert [r["code"] for r in gone] == [f"2019-0008-{n:02d}" for n in range(1, 11)]
    at(run, "2025-10-17", "asset dispose 2025-0001-01 --how scrap --reason obsolete --on 2025-10-17", code=4)
    at(run, "2025-10-17", "asset dispose 2025-0001-01 --how scrap --reason obsolete --on 2025-10-17 --override 急", code=4)


def test_the_month_closes_only_when_every_line_is_settled_and_then_lets_nothing_in(september):
    run = september
    at(run, "2025-10-08", "month close 2025-09 --check", code=7)
    told = at(run, "2025-10-08", "month close 2025-09 -f json", code=4).json
    assert told["key"].startswith("month.")
    for row in at(run, "2025-10-08", "month plan 2025-09 -f json").json["rows"]:
        if row["state"] == "open":
            at(run, "2025-10-08", f"month done {row['number']} --by S03 --on 2025-09-30")
    at(run, "2025-10-08", "month close 2025-09", code=4)  # the category audit is not signed yet
    at(run, "2025-10-08", "asset audit 2025-09 --sign --by S07")
    at(run, "2025-10-08", "month close 2025-09")
    at(run, "2025-10-08", "stock out A4纸 1 --to 教务处 --by S15 --on 2025-09-30", code=4)
    at(run, "2025-10-08", "stock out A4纸 1 --to 教务处 --by S15 --on 2025-10-08")
    at(run, "2025-10-08", "month reopen 2025-09 --reason 补记")
    at(run, "2025-10-08", "stock out A4纸 1 --to 教务处 --by S15 --on 2025-09-30")
    assert at(run, "2025-10-08", "audit verify").code == 0


def test_a_day_fixed_in_the_past_shows_the_stock_of_that_day(september):
    # on the 10th: 10 + 50 came, 30 went (20 of them at 23.50 from the first lot's rest): 30 at 23.50 are left
    told = at(september, "2025-09-10", "stock list -f json").json["rows"]
    assert [(r["quantity"], r["value"]) for r in told] == [("30", "705.00")]

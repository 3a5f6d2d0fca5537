"""The calendar of recurring duties: what every book says comes round, from daily to yearly (PAT-17)."""

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def busy(logi):
    """Tuesday 30 September 2025: a route, two lists, three schedules, a plan line and the fire equipment come round."""
    with logi.once():
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("patrol route add R1 早巡 --frequency workday --from 2025-09-01 --keeper 陈巡安")
        logi("patrol log R1 --by 陈巡安 --on 2025-09-30 --at 7:10")
        logi("check use kindergarten-week --owner 杨班一 --from 2025-09-01")
        logi("check run kindergarten-week --by 杨班一 --rest-ok --on 2025-09-26")
        logi("check use safety-self --owner 陈巡安 --from 2025-09-01")
        logi("repair maintain add BY01 水表巡检 --place E101 --by 钱样真 --worker 王修好 --every monthly --from 2025-09-05")
        logi("repair maintain add BY02 开学检修 --place E101 --by 钱样真 --worker 王修好 --when 开学前一周 --from 2025-09-01")
        logi("repair maintain add BY03 水泵换油 --place F101 --by 钱样真 --worker 王修好 --every-units 250h")
        logi("month add 2025-09 季度报表 --every quarter --owner 吴资明")
        logi("safety equipment add MH01 灭火器 --place B203 --expires 2027-01-01 --owner 陈巡安 --from 2025-09-01")
    return logi


@pytest.mark.seed("PAT-17", "PAT-28")
def test_all_that_comes_round_stands_in_one_calendar_from_daily_to_yearly(busy):
    found = rows(busy("check routine -f json"))
    told = {r["code"]: (r["frequency"], r["owner"], r["last_on"], r["next_due"]) for r in found}
    # The National Day break is 1 to 8 October: the next workday is Thursday the 9th, and this week's last one is today.
    # April's self-inspection is due on April's last workday, the 30th.
    assert told["R1"] == ("workday", "陈巡安", "2025-09-30", "2025-10-09")
    assert told["kindergarten-week"] == ("weekly", "杨班一", "2025-09-26", "2025-09-30")
    assert told["BY01"] == ("monthly", "王修好", None, "2025-09-05")
    assert told["BY02"] == ("termly", "王修好", None, None)  # the next term is not entered yet
    assert told["safety-self"] == ("yearly", "陈巡安", None, "2026-04-30")
    assert told["BY03"][:2] == ("occasion", "王修好")
    assert [r["frequency"] for r in found if r["duty"] == "季度报表"] == ["quarterly"]
    assert told["equipment"][0] == "monthly"
    order = ("workday", "weekly", "monthly", "quarterly", "termly", "yearly", "occasion")
    places = [order.index(r["frequency"]) for r in found]
    assert places == sorted(places)
    assert rows(busy("report recurring-duties 2025-09 -f json")) == found


def test_it_is_narrowed_to_a_frequency_or_a_person(busy):
    assert {r["code"] for r in rows(busy("check routine --frequency workday -f json"))} == {"R1"}
    assert {r["code"] for r in rows(busy("check routine --person 王修好 -f json"))} == {"BY01", "BY02", "BY03"}


def test_what_nobody_answers_for_is_named(busy):
    busy("patrol route add R2 晚巡 --frequency nightly --from 2025-09-01")
    assert "R2 晚巡" in busy("check routine").out.split("Nobody answers for")[1]


def test_nothing_comes_round_in_an_empty_ledger(logi):
    assert "Nothing comes round yet" in logi("check routine").out

"""The school bus by command lines: papers that hold, roll-calls that agree, trips that nobody wrote down."""

from datetime import date

import pytest

from logi.core.days import last_good_day


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def bus(logi):
    """A bus of the first term whose papers hold, in service since Sunday the 28th, a workday."""
    with logi.once():
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("asset add 校车 --cost 168000 --code XC-1")
        logi("bus add 京A10086 一号校车 --seats 19 --riders 15 --driver 王修好 --attendant 秦实妍 --asset XC-1 --from 2025-09-28")
        logi("bus paper 京A10086 inspection --on 2025-04-10 --no 检1")
        logi("bus paper 京A10086 permit --on 2025-09-01 --until 2026-08-31 --no 牌1")
        logi("bus paper 京A10086 insurance --on 2025-09-01 --until 2026-08-31 --no 保1")
        logi("bus licence 王修好 --no 驾1 --on 2025-01-01 --until 2026-12-31")
    return logi


def due(logi, **env) -> list[tuple]:
    return [(row["state"], row["source"], row["day"]) for row in rows(logi("due --book gate -f json", **env))]


@pytest.mark.parametrize(("day", "last"), [
    ((2025, 4, 10), (2025, 10, 9)), ((2025, 3, 1), (2025, 8, 31)), ((2025, 8, 31), (2026, 2, 28)), ((2025, 8, 30), (2026, 2, 28)),
])  # fmt: skip
def test_half_a_year_ends_the_day_before(day, last):
    assert last_good_day(date(*day), 6) == date(*last)


@pytest.mark.seed("GAT-07")
def test_a_bus_carries_pupils_with_papers_that_hold_and_counts_them_on_and_off(bus):
    # Inspected on 10 April, it is good to 9 October: within the month it is asked for.
    assert ("expiring", "校车安全管理条例 art. 20", "2025-10-09") in due(bus)
    listed = rows(bus("bus list -f json"))[0]
    assert (listed["inspection"], listed["driver"], listed["attendant"], listed["state"]) == ("2025-10-09", "王修好", "秦实妍", "fit")
    for line in ("morning --boarded 15 --alighted 15 --at 7:10", "evening --boarded 14 --alighted 14 --absent 周某=请假 --at 16:40"):
        for day in ("2025-09-28", "2025-09-29"):
            bus(f"bus trip 京A10086 {line} --on {day}")
    # Four trips of two school days are there; today's two are not missing before the day is over.
    month = rows(bus("report bus-month --month 2025-09 -f json"))[0]
    assert (month["asked"], month["made"], month["rate"], month["boarded"]) == (6, 4, "66.7", 58)
    assert [one for one in due(bus) if "38" in one[1]] == []
    late = {"LOGI_TODAY": "2025-10-10"}  # the 1st to the 8th are holidays; the 30th and the 9th had two trips each
    assert ("missing", "校车安全管理条例 art. 38", "2025-09-30") in due(bus, **late)
    assert "4 trips" in next(row["text"] for row in rows(bus("due --book gate -f json", **late)) if "38" in row["source"])
    assert bus("bus trip 一号校车 morning --boarded 15 --alighted 15 --at 7:10 -f json", code=4, **late).json["key"] == "gate.bus_unfit"
    bus("bus trip 一号校车 morning --boarded 15 --alighted 15 --at 7:10 --on 2025-09-30", **late)  # on that day it held
    bus("bus paper 一号校车 inspection --on 2025-10-10 --no 检2", **late)
    bus("bus trip 一号校车 morning --boarded 15 --alighted 15 --at 7:30", **late)
    sheet = bus("form bus-file 京A10086 -f html", LOGI_LANG="zh-Hans", **late).out
    assert all(words in sheet for words in ("校车档案", "检2", "2026-04-09", "驾1", "2025-10"))
    assert "检1" in bus("show 京A10086", **late).out


def test_a_wrong_count_is_counted_again_or_becomes_a_major_hazard(bus):
    wrong = "bus trip 京A10086 morning --boarded 15 --alighted 14 --at 7:10 -f json"
    assert bus(wrong, code=4).json["key"] == "gate.miscounted"
    told = bus(f"{wrong} --override 末站找到一人").json
    assert told["numbers"] == ["XC-202509-0001", "YH-2025-0001"]
    assert [(row["number"], row["level"]) for row in rows(bus("hazard list -f json"))] == [("YH-2025-0001", "major")]
    bus(f"undo {told['entry']}")
    assert rows(bus("bus trips -f json")) == rows(bus("hazard list -f json")) == []
    bus("redo")
    assert [row["hazard"] for row in rows(bus("bus trips -f json"))] == ["YH-2025-0001"]
    assert bus("audit verify").code == 0
    full = "bus trip 京A10086 evening --boarded 18 --alighted 18 --at 16:40 -f json"
    assert bus(full, code=4).json["key"] == "gate.overloaded"
    bus(f"{full} --override 暴雨临时加载")
    assert [(row["unequal"], row["overfull"]) for row in rows(bus("bus month -f json"))] == [(1, 1)]


def test_who_drove_and_which_papers_held_is_told_as_it_was(bus):
    late = {"LOGI_TODAY": "2025-10-20"}
    bus("bus edit 京A10086 --driver 陈巡安", **late)
    bus("bus paper 京A10086 inspection --on 2025-10-09 --no 检2", **late)
    then = rows(bus("report bus-list --month 2025-09 -f json", **late))[0]
    assert (then["driver"], then["state"], then["inspection"]) == ("王修好", "fit", "2025-10-09")
    now = rows(bus("bus list -f json", **late))[0]
    assert (now["driver"], now["licence"], now["state"]) == ("陈巡安", None, "unfit")
    papers = rows(bus("report bus-papers --month 2025-09 -f json", **late))
    assert [(row["doc_no"], row["state"], row["days_left"]) for row in papers if row["kind"] == "inspection"] == [("检1", "valid", 9)]
    bus("bus trip 京A10086 morning --boarded 15 --alighted 15 --at 7:10 --on 2025-09-29", **late)  # 王修好 drove then
    again = bus("bus trip 京A10086 morning --boarded 15 --alighted 15 --at 7:20 --on 2025-09-29 -f json", code=4, **late)
    assert again.json["key"] == "gate.trip_there"
    assert bus("bus trip 京A10086 other --boarded 0 --alighted 0 --at 9:00 -f json", code=2).json["key"] == "gate.nobody_rode"
    assert bus("gate vehicle stop 京A10086 --reason 停 -f json", code=4).json["key"] == "gate.is_a_bus"
    assert bus("bus edit 京A10086 --driver 王修好 --on 2025-10-01 -f json", code=4, **late).json["key"] == "gate.crew_before"


def test_the_bus_passes_the_gate_and_a_failed_inspection_keeps_it_at_home(bus):
    bus("gate pass 京A10086 out --at 6:40 --by 陈巡安 --speed 4")  # it stands on the register of vehicles too
    bus("bus paper 京A10086 inspection --on 2025-09-29 --failed 制动不合格")
    assert ("missing", "校车安全管理条例 art. 20", None) in due(bus)
    trip = "bus trip 京A10086 上学 --boarded 1 --alighted 1 --at 7:00 -f json"
    said = bus(trip, code=4, LOGI_LANG="zh-Hans").json
    assert said["facts"]["papers"] == ["inspection"]
    bus("undo")
    bus(trip, LOGI_LANG="zh-Hans")
    bus("policy set bus.inspection_months 12 --from 2025-09-01 --source 校务会", code=4)  # the law says half a year
    bus("bus stop 京A10086 --reason 报废 --on 2025-10-01")
    assert due(bus, LOGI_TODAY="2025-10-20") == []

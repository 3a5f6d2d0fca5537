"""Lines that prove themselves by other books' records, lines that come round, and plan and roster as calendars."""

from datetime import date

import icalendar
import pytest

from logi.books.month import proving, recurring
from logi.core.calendar import Term
from logi.core.holidays import shipped_calendar
from logi.core.plans import routine, template

CALENDAR = shipped_calendar(
    (
        Term("2025-2026-1", "第一学期", date(2025, 9, 1), date(2026, 1, 30)),
        Term("2025-2026-2", "第二学期", date(2026, 2, 25), date(2026, 7, 10)),
    )
)


def line(logi, number="JH-202509-01", **env):
    return next(r for r in logi("month plan 2025-09 --full -f json", **env).json["rows"] if r["number"] == number)


def test_every_rule_a_template_names_is_kept_by_a_book():
    named = {one.rule for month in range(1, 13) for one in template(month)} | {one.rule for one in routine()}
    assert named - {""} <= set(proving.known())
    assert {"patrol-rounds", "patrol-weeks", "hazards-verified", "repairs-done", "property-audit"} <= set(proving.known())


def test_a_line_is_done_when_every_repair_of_the_month_is_accepted(logi):
    logi("month add 2025-09 清零当月报修 --owner S08 --due 2025-09-20 --rule repairs-done")
    assert line(logi)["degree"] is None  # nothing to repair proves nothing
    for n in (1, 2, 3):
        logi(f"repair open 漏水{n} --place A205 --by S15 --on 2025-09-0{n}")
    numbers = [row["number"] for row in logi("repair list -f json").json["rows"]]
    for n, number in enumerate(sorted(numbers), 1):
        found = line(logi)
        assert (found["degree"], found["state"]) == (["0.0", "33.3", "66.6"][n - 1], "open")
        logi(f"repair close {number} --by S08 --cause wear")
        logi(f"repair accept {number} --by S15")
    found = line(logi)
    assert (found["degree"], found["state"], found["late"]) == ("100.0", "done", None)
    assert found["result"].startswith("3/3 ")
    assert "Planned 1, done 1, late 0" in logi("month plan 2025-09").out
    assert not [r for r in logi("due --book month -f json").json["rows"] if r["subject"] == "JH-202509-01"]
    # Taken back, it is open again: nothing was written into the plan.
    logi("undo")
    assert line(logi)["state"] == "open"


def test_a_line_is_done_when_every_round_of_the_month_is_walked(logi):
    logi("route add R9 返校日巡查 --frequency weekly --from 2025-09-01")
    logi("month add 2025-09 每周巡查 --owner S09 --rule patrol-rounds")
    # Weekly, on each week's last workday: 5, 12, 19, 28 (a Sunday, worked) and 30 September (from the 1st on is holiday).
    for n, day in enumerate(("2025-09-05", "2025-09-12", "2025-09-19", "2025-09-28", "2025-09-30"), 1):
        logi(f"patrol log R9 --by S09 --on {day}")
        assert line(logi)["degree"] == ["20.0", "40.0", "60.0", "80.0", "100.0"][n - 1]


def test_a_line_is_done_when_every_hazard_of_the_month_is_verified(logi):
    logi("month add 2025-09 隐患销号 --owner S09 --rule hazards-verified")
    logi("hazard open 插座松动 --place B203 --by S09 --on 2025-09-03")
    [row] = logi("hazard list -f json").json["rows"]
    assert line(logi)["degree"] == "0.0"
    logi(f"hazard fix {row['number']} --by S08")
    logi(f"hazard verify {row['number']} --by S09")
    assert line(logi)["degree"] == "100.0"


@pytest.mark.seed("PLN-25")
def test_next_months_plan_proves_the_line_that_asks_for_it(logi):
    logi("month add 2025-09 拟定下月计划 --owner S03 --rule next-plan")
    assert line(logi)["state"] == "open"
    logi("month plan 2025-10 --draft")
    assert (line(logi)["state"], line(logi)["result"]) == ("done", "1/1 2025-10")


def test_closing_ticks_off_what_is_proved_and_reopening_lets_it_wait_again(logi):
    logi.env["LOGI_TODAY"] = "2025-10-09"
    logi("month add 2025-09 拟定下月计划 --owner S03 --due 2025-09-25 --rule next-plan")
    logi("month add 2025-09 抄表 --owner S08")
    logi("month add 2025-10 甲 --owner S08")
    blocked = logi("month close 2025-09", code=4).err
    assert "JH-202509-02" in blocked
    assert "JH-202509-01" not in blocked
    logi("month done JH-202509-02")
    logi("month close 2025-08")
    logi("month close 2025-09")
    found = line(logi)
    assert (found["state"], found["done_on"], found["late"], found["result"]) == ("done", "2025-09-25", None, "1/1 2025-10")
    assert logi("audit verify").code == 0
    logi("month reopen 2025-09 --reason 补单")
    logi("undo JH-202510-01")
    assert line(logi)["state"] == "open"  # October has no plan any more


def test_carrying_a_month_over_leaves_what_is_proved_and_what_moves_keeps_its_month(logi):
    logi("month add 2025-09 拟定下月计划 --owner S03 --rule next-plan")
    logi("month add 2025-09 清零当月报修 --owner S08 --rule repairs-done")
    logi("repair open 漏水 --place A205 --by S15 --on 2025-09-03")
    logi("month add 2025-10 甲 --owner S08")
    done = logi("month carry 2025-09 -f json").json
    assert done["numbers"] == ["JH-202510-02"]
    moved = next(r for r in logi("month plan 2025-10 --full -f json").json["rows"] if r["number"] == "JH-202510-02")
    assert (moved["evidence"], moved["degree"]) == ("repairs-done", "0.0")  # still September's slip


def test_an_unknown_rule_is_refused_with_the_known_ones(logi):
    assert "repairs-done" in logi("month add 2025-09 甲 --rule vibes", code=3).err
    logi("month add 2025-09 甲")
    assert "rooms-counted" in logi("month edit JH-202509-01 --rule vibes -f json", code=3).json["facts"]["known"]
    logi("month edit JH-202509-01 --rule repairs-done")
    assert line(logi)["evidence"] == "repairs-done"


# -- what comes round ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "due_on", "first", "month", "days"),
    [
        ("week", None, "2025-09", "2025-11", (7, 14, 21, 28)),  # Fridays
        # The 20th lies in the Spring Festival's break (15 to 23): its week, 16 to 22, has no workday.
        ("week", None, "2025-09", "2026-02", (6, 13, 27)),
        ("month", None, "2025-09", "2025-11", (28,)),  # the 30th is a Sunday
        ("month", date(2025, 9, 5), "2025-09", "2025-10", (9,)),  # off until the 8th
        ("month", date(2025, 10, 31), "2025-10", "2026-02", (28,)),
        ("quarter", date(2025, 9, 25), "2025-09", "2025-12", (25,)),
        ("quarter", date(2025, 9, 25), "2025-09", "2025-11", ()),
        ("year", date(2025, 9, 10), "2025-09", "2026-09", (10,)),
        ("year", date(2025, 9, 10), "2025-09", "2026-08", ()),
        ("quarter", None, "2025-09", "2025-12", (31,)),  # quarters end in March, June, September, December
        ("quarter", None, "2025-10", "2025-12", (31,)),
        ("quarter", None, "2025-10", "2025-11", ()),
        # 1 to 8 October are off, Saturday the 11th is worked: 18 workdays (domain rules B.13)
        ("workday", None, "2025-09", "2025-10", (9, 10, 11, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24, 27, 28, 29, 30, 31)),
        ("holiday", None, "2025-09", "2025-09", (30,)),  # National Day begins on 1 October
        ("holiday", None, "2025-09", "2026-02", (14,)),  # the Spring Festival on the 15th: Saturday the 14th is worked
        ("holiday", None, "2025-09", "2026-03", ()),
        ("holiday", None, "2025-09", "2026-04", (3, 30)),  # Qingming on Saturday the 4th; Labour Day on 1 May
        ("first-day", None, "2025-09", "2025-09", (1,)),
        ("first-day", None, "2025-09", "2026-02", (25,)),
        ("last-day", None, "2025-09", "2026-01", (30,)),
        ("last-day", None, "2025-09", "2026-07", (10,)),
        ("summer", None, "2026-07", "2026-07", (13,)),  # school ends on Friday 10 July: the first workday after it
        ("summer", date(2026, 7, 20), "2026-07", "2026-07", (20,)),
        ("summer", None, "2026-07", "2026-08", ()),
    ],
)
def test_a_line_comes_round_on_worked_days(every, due_on, first, month, days):
    held = recurring.anchor(every, first, due_on, CALENDAR)
    found = recurring.days(every, held, first, month, CALENDAR)
    assert [day.day for day in found] == list(days)


@pytest.mark.seed("PLN-15")
def test_a_line_held_by_the_term_comes_a_week_before_each_start(logi):
    logi.env["LOGI_TODAY"] = "2025-08-20"
    logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    logi("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
    logi("month add 2025-08 开学筹备 --owner S03 --due 2025-08-25 --every term")  # 7 days before 1 September
    logi("month plan 2026-02 --draft")
    rows = logi("month plan 2026-02 -f json").json["rows"]
    # 18 February, a Wednesday, is off (15 to 23); the last workday before it is Saturday the 14th, worked for it.
    assert [row["due"] for row in rows if row["title"] == "开学筹备"] == ["2026-02-14"]
    logi("month plan 2026-01 --draft")
    assert not [r for r in logi("month plan 2026-01 -f json").json["rows"] if r["title"] == "开学筹备"]


def test_drafting_again_writes_nothing_twice_and_stopping_ends_it(logi):
    logi("month add 2025-09 水质巡检 --owner S08 --every week --due 2025-09-03")  # Wednesdays: 3 10 17 24
    rows = [r["due"] for r in logi("month plan 2025-09 -f json").json["rows"]]
    assert rows == ["2025-09-03", "2025-09-10", "2025-09-17", "2025-09-24"]
    logi("month plan 2025-10 --draft")
    mine = [r for r in logi("month plan 2025-10 -f json").json["rows"] if r["title"] == "水质巡检"]
    # 1 and 8 October are off; the week of the 1st still has Tuesday 30 September, that of the 8th has Thursday the 9th.
    assert [r["due"] for r in mine] == ["2025-09-30", "2025-10-09", "2025-10-15", "2025-10-22", "2025-10-29"]
    assert "nothing was written" in logi("month plan 2025-10 --draft").out
    logi(f"month drop {mine[1]['number']} --reason 停用 --stop")
    logi("month plan 2025-11 --draft")
    assert not [r for r in logi("month plan 2025-11 -f json").json["rows"] if r["title"] == "水质巡检"]
    assert "without --stop" in logi("month add 2025-09 乙").err + logi("month drop JH-202509-05 --reason x --stop", code=4).err


def test_undoing_the_first_ends_what_came_round(logi):
    logi("month add 2025-09 水质巡检 --owner S08 --every month")
    logi("undo")
    logi("month plan 2025-10 --draft")
    assert not [r for r in logi("month plan 2025-10 -f json").json["rows"] if r["title"] == "水质巡检"]


@pytest.mark.parametrize(
    ("line_", "code", "says"),
    [
        ("month add 2025-09 甲 --every term", 4, "logi term add"),
        ("month add 2025-09 甲 --every fortnight", 2, "week"),
        ("month add 2025-09 甲 --every month --paste", 2, "--paste"),
    ],
)
def test_what_cannot_come_round_is_refused(logi, line_, code, says):
    assert says in logi(line_, code=code).err


# -- calendars -----------------------------------------------------------------------------------------


def events(drawn):
    return list(icalendar.Calendar.from_ical(drawn).walk("VEVENT"))


def test_a_plan_is_a_calendar_whose_events_keep_their_names(logi, tmp_path):
    logi("month add 2025-09 '盘点, 仓库; 全部' --owner S06 --due 2025-09-20")
    logi("month add 2025-09 无日期")
    [before] = events(logi("month plan 2025-09 -f ics").out)
    assert (str(before["summary"]), before.decoded("dtstart")) == ("盘点, 仓库; 全部", date(2025, 9, 20))
    logi("month edit JH-202509-01 --due 2025-09-22")
    logi(f"month plan 2025-09 -o {tmp_path}/plan.ics")
    [after] = events((tmp_path / "plan.ics").read_bytes().decode())
    assert before["uid"] == after["uid"]
    assert str(after["uid"]).startswith("JH-202509-01@")
    assert after.decoded("dtstart") == date(2025, 9, 22)
    assert after["sequence"] > before["sequence"]
    assert (tmp_path / "plan.ics").read_bytes() == logi("month plan 2025-09 -f ics").out.encode()
    logi("month drop JH-202509-01 --reason 不需要")
    assert str(events(logi("month plan 2025-09 -f ics").out)[0]["status"]) == "CANCELLED"


def test_a_roster_is_a_calendar_with_an_event_a_day(logi):
    logi("month duty draft --holiday national --people S06,S07,S08,S17 --leaders S03,S09")
    found = events(logi("month duty show ZB-2025-0001 -f ics").out)
    assert [event.decoded("dtstart") for event in found] == [date(2025, 10, n) for n in range(1, 9)]
    assert len({str(event["uid"]) for event in found}) == 8
    names = {name for event in found for name in ("周入库", "吴资明", "王修好", "秦实妍") if name in str(event["summary"])}
    assert len(names) == 4
    before = {str(event["uid"]) for event in found}
    logi("month duty set 2025-10-01 --people S08,S17")
    assert {str(event["uid"]) for event in events(logi("month duty show 2025-10 -f ics").out)} == before

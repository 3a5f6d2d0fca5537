"""Preventive maintenance by a counter: a reading typed opens the slip, from the planned or the completed count."""

from datetime import date

import pytest

from logi.books.repair.maintain_rules import State
from logi.books.repair.unit_rules import Reading, UnitRun, backwards, counted, stand


def day(text: str) -> date:
    return date.fromisoformat(f"2025-{text}")


# -- the rule: units in thousandths, every 250 ------------------------------------------------------


def test_what_is_counted_goes_on_over_a_counter_that_was_replaced():
    # From 100: 180 is 80; the old one ends at 190 (90), the new one begins at 5 and shows 25: 90 + 20 = 110.
    readings = [Reading(day("09-01"), 180), Reading(day("09-05"), 25, 190, 5)]
    assert counted(readings, 100) == [(day("09-01"), 80), (day("09-05"), 110)]
    assert backwards(readings, 100) is None
    # Nobody wrote down what the old one ended with: it counts no further than it was last seen, 80 + 20.
    assert counted([readings[0], Reading(day("09-05"), 25, None, 5)], 100)[-1] == (day("09-05"), 100)


@pytest.mark.parametrize(("readings", "wrong"), [
    ([Reading(day("09-01"), 99)], (day("09-01"), 100, 99)),
    ([Reading(day("09-01"), 180), Reading(day("09-05"), 25, 170, 5)], (day("09-05"), 180, 170)),
    ([Reading(day("09-01"), 180), Reading(day("09-05"), 3, 190, 5)], (day("09-05"), 5, 3)),
])  # fmt: skip
def test_a_counter_that_runs_backwards_is_told_with_its_day(readings, wrong):
    assert backwards(readings, 100) == wrong


def test_from_the_planned_count_each_multiple_is_due_and_one_slip_answers_for_those_passed():
    seen = [(day("09-01"), 200), (day("09-10"), 260), (day("10-08"), 800)]
    assert stand(250, "planned", seen, [], day("09-05")) == (State(None, 0, None), 200, 250)
    assert stand(250, "planned", seen, [], day("09-10")) == (State(day("09-10"), 0, None), 260, 250)
    assert stand(250, "planned", seen, [], day("10-08")) == (State(day("10-08"), 2, None), 800, 750)  # 250 and 500 passed
    mended = [UnitRun("WX-1", 250, day("09-30"))]  # late, at 260; the next is due at 500 all the same
    assert stand(250, "planned", seen, mended, day("10-01")) == (State(None, 0, None), 260, 500)
    assert stand(250, "planned", seen, [UnitRun("WX-1", 250, None)], day("09-12")).state == State(None, 0, "WX-1")


def test_from_the_completed_count_it_is_so_many_units_after_the_mending():
    seen = [(day("09-10"), 260), (day("09-29"), 300), (day("10-08"), 540), (day("10-20"), 560)]
    runs = [UnitRun("WX-1", 250, day("09-30"))]  # mended when the counter stood at 300
    assert stand(250, "completed", seen, runs, day("10-08")) == (State(None, 0, None), 540, 550)
    assert stand(250, "completed", seen, runs, day("10-20")) == (State(day("10-20"), 0, None), 560, 550)
    assert stand(250, "completed", seen, [UnitRun("WX-1", 250, None)], day("10-20")) == (State(None, 0, "WX-1"), 560, None)


# -- at the terminal -------------------------------------------------------------------------------


@pytest.fixture
def pump(logi):
    logi("repair maintain add BY01 水泵换油 --place F101 --by 钱样真 --worker 王修好 --every-units 250h --start 1000")
    return logi


def read(logi, value: str, on: str, code: int = 0):
    return logi(f"repair maintain reading BY01 {value} --on {on} --by 王修好 -f json", code=code)


def slips(logi) -> list[tuple[str, str, str]]:
    return [(r["number"], r["state"], r["worker"]) for r in logi("repair list -f json").json["rows"]]


@pytest.mark.seed("REP-07")
def test_a_reading_typed_opens_the_repair_in_the_same_entry(pump):
    assert read(pump, "1180h", "2025-09-05").json["facts"] | {"then": ""} == {
        "name": "水泵换油", "value": "1180 h", "on": "2025-09-05", "outcome": "noted", "opened": [], "next_at": "1250 h", "then": "",
    }  # fmt: skip
    assert slips(pump) == []
    done = read(pump, "1262", "2025-09-12").json
    assert (done["facts"]["opened"], done["facts"]["next_at"]) == (["WX-202509-0001"], "1500 h")
    assert slips(pump) == [("WX-202509-0001", "assigned", "王修好")]
    pump("undo")
    assert slips(pump) == []
    pump("redo")
    assert slips(pump) == [("WX-202509-0001", "assigned", "王修好")]
    assert pump("audit verify").code == 0


def test_a_schedule_waits_for_its_last_slip_and_run_opens_the_next(pump):
    read(pump, "1262", "2025-09-12")
    assert "WX-202509-0001" in read(pump, "1510", "2025-09-20").json["warnings"][0]
    assert len(slips(pump)) == 1
    [line] = [r for r in pump("due --book repair -f json").json["rows"] if r["subject"] == "BY01"]
    assert (line["day"], line["command"]) == ("2025-09-20", "logi repair close WX-202509-0001 --by S08")
    pump("repair close 0001 --by 王修好 --on 2025-09-21")
    pump("repair maintain run --on 2025-09-22")
    assert len(slips(pump)) == 2
    [row] = pump("repair maintain list -f json").json["rows"]
    assert (row["rule"], row["next_at"], row["slip"]) == ("every 250 h", "1750 h", "WX-202509-0002")


def test_from_the_completed_count_the_next_is_counted_from_the_mending(logi):
    logi("repair maintain add BY01 水泵换油 --place F101 --by 钱样真 --worker 王修好 --every-units 250h --basis completed")
    read(logi, "255", "2025-09-02")
    read(logi, "290", "2025-09-10")
    logi("repair close 0001 --by 王修好 --on 2025-09-10")
    assert read(logi, "530", "2025-09-20").json["facts"]["next_at"] == "540 h"  # 290 + 250
    assert read(logi, "541", "2025-09-21").json["facts"]["opened"] == ["WX-202509-0002"]


def test_a_late_reading_is_held_against_its_neighbours_on_both_sides(pump):
    read(pump, "1100", "2025-09-05")
    read(pump, "1200", "2025-09-15")
    read(pump, "1150", "2025-09-10")
    read(pump, "1201", "2025-09-10", code=4)
    read(pump, "1149", "2025-09-10", code=4)


def test_a_replaced_counter_goes_on_counting_and_its_reading_is_leaned_on(pump):
    read(pump, "1100", "2025-09-05")
    read(pump, "12", "2025-09-06", code=4)
    done = pump("repair maintain reading BY01 12 --ended 1140 --began 2 --on 2025-09-06 -f json").json
    assert done["facts"]["next_at"] == "112 h"  # 140 + 10 counted, 100 to go
    read(pump, "40", "2025-09-08")
    pump(f"undo {done['entry']}", code=4)
    assert read(pump, "112", "2025-09-09").json["facts"]["opened"] == ["WX-202509-0001"]


@pytest.mark.parametrize(("line", "code"), [
    ("repair maintain add BY02 换油 --place F101 --by 钱样真 --every-units 0", 2),
    ("repair maintain add BY02 换油 --place F101 --by 钱样真 --every-units 250h --every 3m", 2),
    ("repair maintain add BY02 换油 --place F101 --by 钱样真 --every 3m --start 100", 2),
    ("repair maintain reading BY01 1100公里", 2),
    ("repair maintain reading BY01 1100 --ended 1000", 2),
    ("repair maintain reading BY09 1100", 3),
    ("repair maintain reading BY01 999", 4),
])  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(pump, line, code):
    before = pump("audit head -f json").out
    pump(line, code=code)
    assert pump("audit head -f json").out == before


def test_a_schedule_by_the_calendar_has_no_counter(logi):
    logi("repair maintain add BY03 巡检 --place F101 --by 钱样真 --every monthly")
    assert "--every-units" in logi("repair maintain reading BY03 5", code=4).err


def test_a_stopped_schedule_takes_no_more_readings(pump):
    pump("repair maintain stop BY01 --reason 报废 --on 2025-09-10")
    read(pump, "1300", "2025-09-11", code=4)


def test_a_day_in_the_past_knows_nothing_of_later_readings_and_slips(pump):
    read(pump, "1180", "2025-09-05")
    read(pump, "1262", "2025-09-12")
    pump("repair close 0001 --by 王修好 --on 2025-09-20")
    [row] = pump("repair maintain list --at 2025-09-10 -f json").json["rows"]
    assert (row["next_at"], row["last_planned"], row["slip"]) == ("1250 h", None, None)
    [row] = pump("repair maintain list --at 2025-09-15 -f json").json["rows"]
    assert (row["next_at"], row["last_closed"], row["slip"]) == ("1500 h", None, "WX-202509-0001")

"""Preventive maintenance: days by the calendar and by the school year, slips opened once, from the planned or completed day."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.repair import actions, checks, maintain_report, report
from logi.books.repair import maintain_actions as maintain
from logi.books.repair.maintain_rules import Heating, Run, parse_every, parse_when, planned_days, state_of, step_on
from logi.books.school import actions as school
from logi.books.school.calendar_actions import add_term
from logi.core.calendar import SchoolCalendar, Term
from logi.core.errors import BadValue, Refused, Usage


def day(text: str) -> date:
    return date.fromisoformat(text)


# The State Council's days: 1-8 October 2025 off, 28 September and 11 October worked; 15-23 February 2026 off, 14 and 28 worked.
CALENDAR = SchoolCalendar(
    frozenset([date(2025, 10, n) for n in range(1, 9)] + [date(2026, 2, n) for n in range(15, 24)]),
    frozenset({day("2025-09-28"), day("2025-10-11"), day("2026-02-14"), day("2026-02-28")}), {},
    (Term("2025-2026-1", "第一学期", day("2025-09-01"), day("2026-01-30")),
     Term("2025-2026-2", "第二学期", day("2026-03-02"), day("2026-07-10"))),
    frozenset({2025, 2026}),
)  # fmt: skip
HEATING = Heating("11-15", "03-15")


def days(rule, first, until):
    return [str(one) for one in planned_days(rule, day(first), day(until), CALENDAR, HEATING)]


@pytest.mark.parametrize(("typed", "rule"), [
    ("3 months", "3m"), ("3m", "3m"), ("monthly", "1m"), ("每月", "1m"), ("2周", "2w"), ("每周", "1w"), ("weekly", "1w"),
    ("yearly", "12m"), ("2 years", "24m"), ("6个月", "6m"), ("３m", "3m"),
])  # fmt: skip
def test_steps_are_typed_as_people_say_them(typed, rule):
    assert parse_every(typed) == rule


@pytest.mark.parametrize("typed", ["", "0m", "often", "m", "-1w", "3 days"])
def test_what_is_no_step_is_refused(typed):
    with pytest.raises(BadValue, match=r"repair\.bad_every"):
        parse_every(typed)


@pytest.mark.parametrize(("typed", "rule"), [
    ("term-start -7", "term-start -7"), ("term-start-7", "term-start -7"), ("开学 -7", "term-start -7"),
    ("开学前一周", "term-start -7"), ("開學前一週", "term-start -7"), ("停炉后3天", "heating-end 3"), ("放假前两天", "term-end -2"),
    ("停爐後", "heating-end 0"), ("heating-end +14", "heating-end 14"), ("暑假", "summer 0"),
])  # fmt: skip
def test_days_of_the_school_year_are_typed_as_people_say_them(typed, rule):
    assert parse_when(typed) == rule


@pytest.mark.parametrize("typed", ["", "冬至", "term-start 7 days", "term"])
def test_what_is_no_day_of_the_school_year_is_refused(typed):
    with pytest.raises(BadValue, match=r"repair\.bad_when"):
        parse_when(typed)


def test_months_keep_their_day_and_the_last_of_a_short_one():
    assert [str(step_on(day("2025-08-31"), "1m", n)) for n in (1, 6)] == ["2025-09-30", "2026-02-28"]
    assert str(step_on(day("2025-12-31"), "2w", 1)) == "2026-01-14"


@pytest.mark.parametrize(("rule", "first", "until", "found"), [
    # 5 October lies in the holiday: the next workday is the 9th; 5 September is a Friday.
    ("1m", "2025-09-05", "2025-10-31", ["2025-09-05", "2025-10-09"]),
    ("1w", "2025-09-22", "2025-10-12", ["2025-09-22", "2025-09-29", "2025-10-09"]),
    # Seven days before 1 September 2025 is Monday 25 August; before 2 March 2026 it is 23 February, in the holiday, so
    # it goes back to Saturday the 14th, which is worked.
    ("term-start -7", "2025-08-01", "2026-07-31", ["2025-08-25", "2026-02-14"]),
    ("term-start -7", "2025-09-01", "2026-07-31", ["2026-02-14"]),
    # Heating ends on Sunday 15 March 2026.
    ("heating-end 0", "2025-09-01", "2026-07-31", ["2026-03-16"]),
    ("heating-start -14", "2025-09-01", "2026-07-31", ["2025-10-31"]),  # Saturday 1 November, back to Friday
    ("summer 0", "2025-09-01", "2026-12-31", ["2026-07-13"]),  # Saturday 11 July: Monday
    ("term-end -3", "2025-09-01", "2026-12-31", ["2026-01-27", "2026-07-07"]),
])  # fmt: skip
def test_planned_days_fall_on_workdays(rule, first, until, found):
    assert days(rule, first, until) == found


def state(rule, basis, runs, today):
    return state_of(rule, basis, day("2025-09-05"), runs, day(today), day("2027-09-01"), CALENDAR, HEATING)


def test_from_the_planned_day_one_slip_answers_for_what_was_passed_over():
    # 5 September, 9 October (holiday), 5 November, 5 December are planned; on 10 November three have come.
    assert state("1m", "planned", [], "2025-11-10")[:2] == (day("2025-11-05"), 2)
    done = Run("WX-1", day("2025-11-05"), day("2025-11-12"))
    assert state("1m", "planned", [done], "2025-11-20")[:2] == (day("2025-12-05"), 0)
    late = Run("WX-1", day("2025-11-05"), None)
    assert state("1m", "planned", [late], "2025-12-06") == (day("2025-12-05"), 0, "WX-1")


def test_from_the_completed_day_the_next_waits_for_the_last():
    assert state("3m", "completed", [], "2025-09-10").next_on == day("2025-09-05")
    assert state("3m", "completed", [Run("WX-1", day("2025-09-05"), None)], "2026-01-01") == (None, 0, "WX-1")
    # Done on 12 November: three months later, 12 February 2026, is a Thursday.
    done = Run("WX-1", day("2025-09-05"), day("2025-11-12"))
    assert state("3m", "completed", [done], "2025-12-01").next_on == day("2026-02-12")


@pytest.fixture
def house(ledger):
    with ledger.entry("setup") as e:
        for code, name in (("S03", "钱样真"), ("S08", "王修好")):
            school.add_person(e, code, name)
        school.add_place(e, "E101", "总务办公室")
        add_term(e, "2025-2026-2", "第二学期", starts_on=day("2026-03-02"), ends_on=day("2026-07-10"))
    return ledger


def do(ledger, act, *args, **kw):
    with ledger.entry("repair.maintain") as e:
        done = act(e, *args, **kw)
        e.subject = done.number
    return done, [key for key, _ in e.warnings]


def add(ledger, code="BY01", **kw):
    kw = {"place": "E101/水表房", "by": "S03", "worker": "S08", "kind": "water", "starts": day("2025-09-05"), **kw}
    if "when" not in kw:
        kw.setdefault("every", "1m")
    return do(ledger, maintain.add, code, "水表房巡检", **kw)


def standing(ledger):
    return [(row["standing"], row["next_on"], row["slip"]) for row in maintain_report.listing(ledger).rows]


@pytest.mark.seed("REP-07")
def test_a_schedule_opens_its_slip_once_and_the_next_after_it_is_mended(house):
    add(house)
    assert [d.state for d in checks.due(house, 0)] == ["overdue"]
    done, _ = do(house, maintain.run, [])
    number = "WX-202509-0001"
    assert done.numbers == [number]
    (slip,) = report.orders(house).rows
    assert (slip["number"], slip["state"], slip["worker"], slip["reporter"]) == (number, "assigned", "王修好", "钱样真")
    assert standing(house) == [("waiting", day("2025-10-09"), number)]
    house._today = day("2025-10-10")
    again, warned = do(house, maintain.run, [])
    assert (again.numbers, warned) == ([], ["repair.run_waits"])
    assert [d.command for d in checks.due(house, 0) if d.rule == "repair.rule.maintain"] == [f"logi repair close {number} --by S08"]
    do(house, actions.close, number, by="S08", on=day("2025-10-10"))
    assert do(house, maintain.run, [])[0].numbers == ["WX-202510-0001"]
    assert do(house, maintain.run, [])[0].numbers == []
    assert checks.verify(house.db) == []


def test_undoing_a_run_makes_the_schedule_due_again(house):
    add(house)
    do(house, maintain.run, [])
    with house.entry("undo") as e:
        undoing.undo(e, [undoing.latest_of(house.db, "tester")])
    assert standing(house) == [("due", day("2025-09-05"), None)]
    assert do(house, maintain.run, [])[0].numbers == ["WX-202509-0002"]


def test_by_the_school_year_and_stopped(house):
    add(house, when="heating-end 0")
    add(house, "BY02", when="term-start -7")
    assert [row["next_on"] for row in maintain_report.listing(house).rows] == [day("2026-03-16"), day("2026-02-14")]
    assert not maintain_report.due(house, 30).rows
    do(house, maintain.stop, "BY01", reason="改集中供热")
    assert standing(house)[0][:2] == ("stopped", None)
    with pytest.raises(Refused, match=r"repair\.stopped_already"):
        do(house, maintain.stop, "BY01", reason="x")


def test_preventive_slips_are_no_failures(house):
    add(house)
    do(house, maintain.run, [])
    (row,) = report.stats(house, None, None).rows
    assert (row["opened"], row["repeats"]) == (1, 0)
    assert not report.summer(house, report.FIRST, house.today).rows
    do(house, actions.close, "WX-202509-0001", by="S08")
    assert do(house, actions.open, "漏水", place="E101", by="S03", kind="water")[1] == []  # no repeat of the inspection


@pytest.mark.parametrize(("kw", "error", "key"), [
    ({"every": "1m", "when": "summer 0"}, Usage, "repair.every_or_when"),
    ({"every": None}, Usage, "repair.every_or_when"),
    ({"when": "summer 0", "basis": "completed"}, Usage, "repair.when_is_planned"),
    ({"by": "S08"}, Refused, "repair.schedule_own_job"),
    ({"code": "by00"}, Refused, "repair.schedule_there"),
])  # fmt: skip
def test_a_schedule_that_cannot_be_is_refused(house, kw, error, key):
    add(house, "BY00")
    with pytest.raises(error) as refused:
        add(house, **{"code": "BY01", **kw})
    assert refused.value.key == key


def test_a_schedule_named_is_run_only_when_due(house):
    add(house, starts=day("2025-10-20"))
    with pytest.raises(Refused, match=r"repair\.not_due"):
        do(house, maintain.run, ["BY01"])


def test_typed_lines_answer_with_their_exit_codes(logi):
    add_line = "repair maintain add BY01 水表房巡检 --place E101 --by 钱样真"
    logi(f"{add_line} --every 1m --from 2025-09-01 --worker 王修好")
    logi(f"{add_line} --every 1m", code=4)
    logi("repair maintain add BY02 x --place E101 --by 钱样真", code=2)
    logi("repair maintain add BY02 x --place E101 --by 钱样真 --every 常常", code=2)
    logi("repair maintain add BY02 x --place E101 --by 钱样真 --when 冬至", code=2)
    logi("repair maintain stop BY77 --reason x", code=3)
    assert [row["code"] for row in logi("repair maintain due -f json").json["rows"]] == ["BY01"]
    assert logi("报修单 保养 执行 -f json", LOGI_LANG="zh-Hans").json["numbers"] == ["WX-202509-0001"]
    before = logi("audit head").out
    assert logi("repair maintain run -f json").json["rows"] == []
    assert logi("audit head").out == before  # nothing due writes nothing
    logi("repair maintain run BY01 --on 2025-10-01", code=4)

"""Days when pupils return, and points that change with the day: what the calendar asks of routes, counted by hand."""

from datetime import date

import pytest

from logi.books.patrol import actions, checks, report, rules
from logi.books.patrol.rules import Layout, Plan, Schedule
from logi.books.patrol.weeks import Routes
from logi.books.school import actions as school
from logi.books.school.calendar_actions import add_term
from logi.core.calendar import SchoolCalendar, Term


def day(text: str) -> date:
    return date.fromisoformat(text)


TERM = Term("2025-2026-2", "第二学期", day("2026-03-02"), day("2026-07-10"))
CALENDAR = SchoolCalendar(frozenset(), frozenset({day("2026-02-28")}), {}, (TERM,), frozenset({2026}))


def test_pupils_return_on_the_days_before_term_start():
    # 2 March 2026 is a Monday: Saturday 28 February (worked) and Sunday 1 March.
    assert rules.return_days(CALENDAR, 2) == {day("2026-02-28"), day("2026-03-01")}
    assert rules.return_days(CALENDAR, 0) == frozenset()


def test_a_route_is_walked_on_days_of_return_besides_its_own():
    returns = rules.return_days(CALENDAR, 2)
    span = (day("2026-02-27"), day("2026-03-03"))
    plain = Plan([Schedule(day("2026-01-01"), "schoolday")])
    assert rules.due_days(plain, CALENDAR, *span) == [day("2026-03-02"), day("2026-03-03")]
    zoned = Plan([Schedule(day("2026-01-01"), "schoolday")], returns)
    assert rules.due_days(zoned, CALENDAR, *span) == [day("2026-02-28"), day("2026-03-01"), day("2026-03-02"), day("2026-03-03")]
    only = Plan([Schedule(day("2026-01-01"), "return")], returns)
    assert rules.due_days(only, CALENDAR, *span) == [day("2026-02-28"), day("2026-03-01")]
    stopped = Plan([Schedule(day("2026-01-01"), "return"), Schedule(day("2026-03-01"), "none")], returns)
    assert rules.due_days(stopped, CALENDAR, *span) == [day("2026-02-28")]
    weekly = Plan([Schedule(day("2026-01-01"), "weekly")], returns)
    assert rules.duty_day(weekly, CALENDAR, day("2026-02-28"), None) == day("2026-02-28")
    assert rules.duty_day(weekly, CALENDAR, day("2026-02-25"), None) == day("2026-02-28")  # the week's last workday


def test_points_hold_from_their_day():
    layouts = [Layout(day("2025-09-01"), ("a",), ()), Layout(day("2025-09-22"), ("a", "b"), ("07:00", "21:00"))]
    assert [len(rules.layout_on(layouts, day(d)).points) for d in ("2025-08-01", "2025-09-21", "2025-09-22")] == [1, 1, 2]
    assert [one.needed for one in layouts] == [1, 2]


@pytest.mark.parametrize(("age", "name"), [(0, "to7"), (7, "to7"), (8, "to15"), (30, "to30"), (31, "to90"), (91, "over90")])
def test_ages_fall_into_their_stretch(age, name):
    assert rules.bucket(age) == name


@pytest.fixture
def term(ledger):
    ledger._today = day("2026-03-05")
    with ledger.entry("setup") as e:
        school.add_person(e, "S09", "陈巡安")
        add_term(e, TERM.code, TERM.name, starts_on=TERM.starts_on, ends_on=TERM.ends_on)
    return ledger


def do(ledger, act, *args, **kw):
    with ledger.entry("patrol") as e:
        done = act(e, *args, **kw)
        e.subject = done.number or e.subject


@pytest.mark.seed("PAT-12")
def test_on_days_of_return_the_teaching_and_the_dormitory_area_are_walked_or_missed(term):
    do(term, actions.add_route, "R1", "教学楼", frequency="schoolday", starts=day("2026-01-01"), area="teaching")
    term._today = day("2026-02-20")
    found = [(d.subject, d.day) for d in checks.due(term, 10) if d.rule == "patrol.rule.return_uncovered"]
    assert found == [("dorm", day("2026-02-28"))]  # nobody walks the dormitories yet
    assert [d for d in checks.due(term, 7) if d.rule == "patrol.rule.return_uncovered"] == []
    do(term, actions.add_route, "R2", "宿舍楼", frequency="return", starts=day("2026-02-01"), area="dorm")
    do(term, actions.add_route, "R3", "围墙", frequency="schoolday", starts=day("2026-01-01"))
    assert [d for d in checks.due(term, 10) if d.rule == "patrol.rule.return_uncovered"] == []
    term._today = day("2026-03-05")
    do(term, actions.log_round, "R2", by="S09", on=day("2026-02-28"))
    do(term, actions.log_round, "R1", by="S09", on=day("2026-03-01"))
    missed = [(str(r["day"]), r["route"]) for r in report.missed(term, day("2026-02-27"), day("2026-03-01")).rows]
    assert missed == [("2026-02-28", "R1"), ("2026-03-01", "R2")]  # the unzoned R3 is not asked for


def test_a_day_school_walks_no_dormitories(term):
    do(term, actions.add_route, "R1", "教学楼", frequency="schoolday", starts=day("2026-01-01"), area="teaching")
    do(term, school.set_policy, "patrol.return_areas", ["teaching"], from_day=day("2026-01-01"), source="走读", reason=None)
    term._today = day("2026-02-20")
    assert [d for d in checks.due(term, 10) if d.rule == "patrol.rule.return_uncovered"] == []
    assert Routes(term).areas == ["teaching"]


def test_changed_points_and_times_leave_the_weeks_before_as_they_were(ledger):
    with ledger.entry("setup") as e:
        school.add_person(e, "S09", "陈巡安")
        actions.add_route(e, "R1", "晨巡", starts=day("2025-09-01"), points=["大门", "操场"], times=["07:00"])
    before = report.patrol_weeks(ledger, day("2025-09-15"), day("2025-09-21")).rows
    do(ledger, actions.edit_route, "R1", points=["大门", "操场", "食堂"], starts=day("2025-09-22"))
    do(ledger, actions.edit_route, "R1", times=["07:00", "17:00"], starts=day("2025-09-24"))
    assert report.patrol_weeks(ledger, day("2025-09-15"), day("2025-09-21")).rows == before
    # Monday and Tuesday ask 3 points once, Wednesday to Friday and the make-up Sunday 3 points twice: 6 + 24.
    (row,) = report.patrol_weeks(ledger, day("2025-09-22"), day("2025-09-28")).rows
    assert (row["expected"], row["points_due"]) == (6, 30)
    do(ledger, actions.log_round, "R1", by="S09", on=day("2025-09-19"))
    do(ledger, actions.log_round, "R1", by="S09", on=day("2025-09-25"))
    assert [r["points_due"] for r in report.rounds(ledger, None, None).rows] == [2, 3]
    short = [(str(r["day"]), r["needed"]) for r in report.missed(ledger, day("2025-09-22"), day("2025-09-28")).rows if r["state"] == "short"]
    assert short == [("2025-09-25", 2)]
    do(ledger, actions.edit_route, "R1", points=["大门"], starts=day("2025-09-24"))  # the same day again
    assert list(report.route_card(ledger, "R1").rows) == [{"n": 1, "point": "大门"}]
    assert checks.verify(ledger.db) == []


def test_areas_and_frequencies_are_typed_and_shown(logi):
    logi("route add R1 宿舍区 --frequency 返校日 --area 宿舍区 --from 2025-09-01")
    (row,) = logi("route list -f json").json["rows"]
    assert (row["frequency"], row["area"]) == ("return", "dorm")
    logi("route edit R1 --area 校外", code=2)
    logi("route edit R1 --area teaching")
    assert "Area: teaching." in logi("route show R1").out

"""What patrols owe to the calendar, and what hazards go through: pure rules, figures counted by hand."""

from datetime import date

import pytest

from logi.books.patrol import rules
from logi.books.patrol.rules import Schedule, Step
from logi.core.calendar import SchoolCalendar, Term


def day(text: str) -> date:
    return date.fromisoformat(text)


# September and October 2025: 1-8 October off, Sunday 28 September and Saturday 11 October are worked.
CALENDAR = SchoolCalendar(
    frozenset(date(2025, 10, n) for n in range(1, 9)),
    frozenset({day("2025-09-28"), day("2025-10-11")}),
    {},
    (Term("2025-2026-1", "第一学期", day("2025-09-01"), day("2026-01-30")),),
    frozenset({2025}),
)
W39 = (day("2025-09-22"), day("2025-09-28"))
W41 = (day("2025-10-06"), day("2025-10-12"))


def since(first: str, frequency: str) -> list[Schedule]:
    return [Schedule(day(first), frequency)]


def test_a_make_up_sunday_is_a_due_day():
    due = rules.due_days(since("2025-09-01", "workday"), CALENDAR, *W39)
    assert due == [date(2025, 9, n) for n in (22, 23, 24, 25, 26, 28)]


def test_a_holiday_is_no_due_day_but_for_a_daily_route():
    # Of 6-12 October 2025 the 9th, 10th and the made-up 11th are worked.
    assert len(rules.due_days(since("2025-09-01", "workday"), CALENDAR, *W41)) == 3
    assert len(rules.due_days(since("2025-09-01", "daily"), CALENDAR, *W41)) == 7


def test_nothing_is_due_before_the_start_or_after_the_end():
    schedule = [Schedule(day("2025-09-24"), "workday"), Schedule(day("2025-09-26"), rules.STOPPED)]
    assert rules.due_days(schedule, CALENDAR, *W39) == [day("2025-09-24"), day("2025-09-25")]
    assert rules.due_days([], CALENDAR, *W39) == []


def test_a_vacation_day_counts_for_workday_routes_and_not_for_schoolday_routes():
    # Monday 25 August 2025 is a workday before the term.
    span = (day("2025-08-25"), day("2025-08-25"))
    assert rules.due_days(since("2025-08-01", "workday"), CALENDAR, *span) == [day("2025-08-25")]
    assert rules.due_days(since("2025-08-01", "schoolday"), CALENDAR, *span) == []


def test_a_changed_frequency_leaves_the_days_before_it_alone():
    schedule = [Schedule(day("2025-09-01"), "workday"), Schedule(day("2025-09-25"), "weekly")]
    due = rules.due_days(schedule, CALENDAR, *W39)
    assert due == [day("2025-09-22"), day("2025-09-23"), day("2025-09-24"), day("2025-09-28")]


@pytest.mark.parametrize(
    ("week", "due"),
    [
        (("2025-09-15", "2025-09-21"), ["2025-09-19"]),  # an ordinary Friday
        (("2025-09-22", "2025-09-28"), ["2025-09-28"]),  # the made-up Sunday is the last workday
        (("2025-09-29", "2025-10-05"), ["2025-09-30"]),  # the holiday begins on Wednesday
    ],
)
def test_a_weekly_round_is_due_on_the_weeks_last_workday(week, due):
    assert rules.due_days(since("2025-09-01", "weekly"), CALENDAR, *map(day, week)) == [day(d) for d in due]


def test_a_weekly_round_answers_for_its_whole_week():
    schedule = since("2025-09-01", "weekly")
    assert rules.duty_day(schedule, CALENDAR, day("2025-09-16"), None) == day("2025-09-19")


@pytest.mark.parametrize(
    ("on", "at", "night"),
    [
        ("2025-09-16", "22:00", "2025-09-16"),
        ("2025-09-17", "00:00", "2025-09-16"),
        ("2025-09-17", "04:10", "2025-09-16"),
        ("2025-09-17", "12:00", "2025-09-17"),
        ("2025-09-17", None, "2025-09-17"),
    ],
)
def test_a_round_before_noon_belongs_to_the_night_before(on, at, night):
    assert rules.duty_day(since("2025-09-01", "nightly"), CALENDAR, day(on), at) == day(night)


def test_days_after_today_are_not_asked_for_and_today_is_not_missed_yet():
    due = [date(2025, 9, n) for n in (22, 23, 24, 25)]
    found = rules.duty(due, {day("2025-09-22"): 1}, needed=lambda _: 1, today=day("2025-09-24"))
    assert (found.expected, found.done) == (3, 1)
    assert found.missed == (day("2025-09-23"),)
    assert found.pending == (day("2025-09-24"),)


def test_a_night_with_fewer_rounds_than_its_times_is_short():
    found = rules.duty([day("2025-09-16")], {day("2025-09-16"): 3}, needed=lambda _: 4, today=day("2025-09-18"))
    assert (found.expected, found.done, found.short) == (1, 1, ((day("2025-09-16"), 3),))


@pytest.mark.parametrize(
    ("done", "expected", "tenths"),
    # 4/5 = 80 %, 5/6 = 83.33 %, 2/3 = 66.67 %, 1/16 = 6.25 % (half up), nothing of nothing has no rate
    [(4, 5, 800), (5, 6, 833), (2, 3, 667), (1, 16, 63), (0, 5, 0), (0, 0, None)],
)
def test_the_rate_has_one_decimal_half_up(done, expected, tenths):
    assert rules.rate(done, expected) == tenths


def test_the_widest_gap_of_a_night_goes_over_midnight():
    assert rules.widest_gap(["22:00", "00:00", "02:00", "04:00"]) == 120
    assert rules.widest_gap(["02:00", "22:00"]) == 240
    assert rules.widest_gap(["22:00"]) == 0


def test_a_week_belongs_to_its_iso_year():
    assert rules.week_key(day("2025-12-29")) == "2026-W01"


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], "open"),
        (["open", "fix"], "fixed"),
        (["open", "fix", "extend"], "fixed"),
        (["open", "fix", "reject"], "open"),
        (["open", "fix", "reject", "fix", "verify"], "verified"),
        (["open", "escalate"], "reported-up"),
        (["open", "escalate", "fix", "reject"], "reported-up"),
        (["open", "escalate", "fix", "verify"], "verified"),
    ],
)
def test_a_hazards_state_follows_from_its_steps(steps, state):
    assert rules.state_of(Step(day("2025-09-16"), what) for what in steps) == state


def test_a_general_hazard_needs_three_things_and_a_larger_one_five():
    nothing = dict.fromkeys(("measure", "owner", "deadline", "fund", "plan"))
    assert rules.lacking("general", **nothing) == ["owner", "measure", "deadline"]
    assert rules.lacking("major", **nothing) == ["owner", "measure", "deadline", "fund", "plan"]
    whole = {"measure": "换", "owner": 3, "deadline": "2025-09-30", "fund": 0, "plan": "停电施工"}
    assert rules.lacking("larger", **whole) == []  # a fund of nothing is still laid down


def test_the_deadline_of_an_earlier_day_is_the_one_an_extension_replaced():
    steps = [Step(day("2025-09-18"), "extend", day("2025-09-19")), Step(day("2025-09-25"), "extend", day("2025-09-26"))]
    assert rules.due_as_of(day("2025-10-10"), steps, day("2025-09-17")) == day("2025-09-19")
    assert rules.due_as_of(day("2025-10-10"), steps, day("2025-09-20")) == day("2025-09-26")
    assert rules.due_as_of(day("2025-10-10"), steps, day("2025-09-30")) == day("2025-10-10")

"""The school calendar, against the notices, an independent package and figures computed by hand."""

import itertools
from datetime import date, timedelta

import chinese_calendar
import pytest

from logi.core.calendar import SchoolCalendar, Term, parse_term_code
from logi.core.holidays import load_shipped, shipped_calendar, shipped_holidays

FIRST = Term("2025-2026-1", "第一学期", date(2025, 9, 1), date(2026, 1, 30))
SECOND = Term("2025-2026-2", "第二学期", date(2026, 2, 25), date(2026, 7, 10))


@pytest.fixture(scope="module")
def calendar():
    return shipped_calendar((SECOND, FIRST))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_agrees_with_an_independent_calendar(calendar, year):
    day = date(year, 1, 1)
    while day.year == year:
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_a_school_year_has_the_workdays_of_the_rules(calendar):
    # domain/rules.md B.13: September 2025 to August 2026
    firsts = [date(2025 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(9, 22)]
    counts = [len(calendar.workdays(a, b - timedelta(days=1))) for a, b in itertools.pairwise(firsts)]
    assert counts == [23, 18, 20, 23, 21, 16, 22, 21, 19, 21, 23, 21]
    assert sum(counts) == 248


@pytest.mark.parametrize(("week", "days"), [(38, 5), (39, 6)])
def test_a_make_up_sunday_is_in_the_weeks_denominator(calendar, week, days):
    monday, sunday = date.fromisocalendar(2025, week, 1), date.fromisocalendar(2025, week, 7)
    assert len(calendar.workdays(monday, sunday)) == days


def test_teachers_day_is_a_workday_and_the_break_is_not(calendar):
    assert calendar.is_workday(date(2025, 9, 10))
    assert not any(calendar.is_workday(date(2025, 10, d)) for d in range(1, 9))
    assert calendar.is_workday(date(2025, 10, 11))


def test_a_school_day_is_a_workday_inside_a_term(calendar):
    assert calendar.is_schoolday(date(2025, 9, 28))  # a make-up Sunday
    assert calendar.is_schoolday(date(2026, 2, 28))  # a make-up Saturday three days after the start
    assert calendar.is_schoolday(date(2026, 1, 30))
    assert calendar.is_schoolday(date(2026, 2, 25))
    assert calendar.is_workday(date(2026, 2, 24))
    assert not calendar.is_schoolday(date(2026, 2, 24))
    assert not calendar.is_schoolday(date(2025, 10, 1))


def test_counting_workdays_passes_over_the_break(calendar):
    # 30 Sep is a Tuesday; 1-8 Oct are off; 9, 10 Oct Thursday, Friday; 11 Oct a make-up Saturday; 13 Oct Monday
    assert calendar.add_workdays(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert calendar.add_workdays(date(2025, 9, 30), 4) == date(2025, 10, 13)
    assert calendar.add_workdays(date(2025, 10, 9), -1) == date(2025, 9, 30)
    assert calendar.add_workdays(date(2025, 10, 4), 0) == date(2025, 10, 9)
    assert calendar.previous_workday(date(2025, 9, 29)) == date(2025, 9, 28)
    assert calendar.workdays(date(2025, 9, 2), date(2025, 9, 1)) == []


def test_a_day_says_what_it_is(calendar):
    assert calendar.label(date(2025, 10, 6)) == "中秋节"
    assert calendar.label(date(2025, 10, 7)) == "国庆节"
    assert calendar.label(date(2025, 9, 28)) == "班"
    assert calendar.label(date(2025, 9, 29)) is None
    day = date(2025, 9, 28)
    named = SchoolCalendar(frozenset(), frozenset({day}), {day: "National Day"}, (), frozenset(), "(workday)")
    assert named.label(day) == "National Day (workday)"


def test_a_year_without_a_notice_is_not_known(calendar):
    assert [year for year in range(2023, 2029) if calendar.knows(year)] == [2024, 2025, 2026]


def test_a_day_is_in_its_term_or_in_none(calendar):
    assert calendar.term_of(date(2025, 9, 1)) == FIRST
    assert calendar.term_of(date(2026, 7, 10)) == SECOND
    assert calendar.term_of(date(2026, 2, 1)) is None


@pytest.mark.parametrize(
    ("code", "parsed"),
    [("2025-2026-1", (2025, 1)), ("2025-2026-2", (2025, 2)), ("2025-2027-1", None), ("2025-2026-3", None),
     ("２025-2026-1", None), ("2025-2026-1\n", None), ("", None)],
)  # fmt: skip
def test_a_term_code_names_a_school_year_and_a_half(code, parsed):
    assert parse_term_code(code) == parsed


def test_the_shipped_days_each_have_one_meaning_and_a_source():
    days = load_shipped()
    assert len({day.day for day in days}) == len(days)
    assert {day.kind for day in days} == {"off", "makeup"}
    assert all(f"{day.day.year}年" in day.source and "国办发明电" in day.source for day in days)
    assert all(day.day.weekday() >= 5 for day in days if day.kind == "makeup")
    # The notices: 2024 has 8 make-up workdays, 2025 five, 2026 six.
    assert [sum(d.kind == "makeup" and d.day.year == y for d in days) for y in (2024, 2025, 2026)] == [8, 5, 6]
    assert all(set(holiday.names) == {"zh-Hans", "zh-Hant", "en"} for holiday in shipped_holidays())

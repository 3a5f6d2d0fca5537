"""The pure part of duty: which days a holiday is, who is next, and what a roster must not be."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logi.books.month import dutyrules
from logi.books.month.dutyrules import Duty, Hours, Need
from logi.core.calendar import Term
from logi.core.holidays import shipped_calendar
from logi.core.policies import shipped_value

# domain/demo_school.md E.1
TERMS = (
    Term("2025-2026-1", "第一学期", date(2025, 9, 1), date(2026, 1, 30)),
    Term("2025-2026-2", "第二学期", date(2026, 2, 25), date(2026, 7, 10)),
    Term("2026-2027-1", "第一学期", date(2026, 9, 1), date(2027, 1, 29)),
)
CALENDAR = shipped_calendar(TERMS)
HOURS = {name: Hours(*span) for name, span in shipped_value("duty.shift_hours", date(2025, 9, 1)).items()}
MAY = [date(2026, 5, n) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("key", "since", "first", "last"),
    [
        # 国办发明电〔2024〕12号, 〔2025〕7号; the Mid-Autumn of 2025 lies in the National Day's break
        ("national", date(2025, 1, 1), date(2025, 10, 1), date(2025, 10, 8)),
        ("mid-autumn", date(2025, 1, 1), date(2025, 10, 1), date(2025, 10, 8)),
        ("labour", date(2026, 1, 1), date(2026, 5, 1), date(2026, 5, 5)),
        ("new-year", date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1)),  # a Wednesday
        ("teachers", date(2025, 9, 1), date(2025, 9, 10), date(2025, 9, 10)),
        ("winter", date(2025, 9, 1), date(2026, 1, 31), date(2026, 2, 24)),  # between the terms of the demo school
        ("summer", date(2025, 9, 1), date(2026, 7, 11), date(2026, 8, 31)),
    ],
)
def test_a_holiday_is_the_whole_break_it_lies_in(key, since, first, last):
    found = dutyrules.stretch(CALENDAR, key, since, date(since.year + 1, 12, 31))
    assert (found.first, found.last) == (first, last)


def test_a_break_names_every_holiday_in_it():
    assert dutyrules.around(CALENDAR, date(2025, 10, 4)).names == ("国庆节", "中秋节")


def test_what_wants_a_roster_is_each_break_once_and_a_vacation_swallows_its_holidays():
    wanted = [(s.first, s.last) for s in dutyrules.asked(CALENDAR, date(2025, 9, 1), date(2026, 2, 28))]
    assert wanted == [
        (date(2025, 9, 10), date(2025, 9, 10)),  # Teachers' Day
        (date(2025, 10, 1), date(2025, 10, 8)),
        (date(2026, 1, 1), date(2026, 1, 3)),
        (date(2026, 1, 31), date(2026, 2, 24)),  # the winter vacation, the Spring Festival in it
    ]


def places(days, shifts=("all",), each=1):
    return dutyrules.needs(days, CALENDAR, shifts, each=each, holiday_people=2, leaders=False, gate=False)


def test_who_served_least_is_next_and_ties_go_by_the_pools_order():
    duties, empty = dutyrules.fill(places(MAY[:4]), {"person": [1, 2, 3]}, away=(), served={}, hours=HOURS)
    assert [duty.person for duty in duties] == [1, 2, 3, 1]  # on the 4th all have one; 3 was on the day before
    assert empty == []


def test_who_cannot_come_is_passed_over_and_makes_up_for_it():
    away = {(1, MAY[0]), (1, MAY[1])}
    duties, _ = dutyrules.fill(places(MAY[:4]), {"person": [1, 2]}, away=away, served={}, hours=HOURS)
    assert [duty.person for duty in duties] == [2, 2, 1, 1]
    assert dutyrules.consecutive(duties) == {2: [MAY[1]], 1: [MAY[3]]}
    assert dutyrules.spread(duties, "person", [1, 2]) == (2, 2)


def test_who_served_before_in_the_year_comes_later_among_equals():
    duties, _ = dutyrules.fill(places(MAY[:2]), {"person": [1, 2]}, away=(), served={1: 3}, hours=HOURS)
    assert [duty.person for duty in duties] == [2, 1]


def test_in_a_fixed_order_each_follows_the_one_before_and_who_is_away_is_passed_over():
    pool, away = {"person": [3, 1, 2]}, {(1, MAY[1])}
    duties, _ = dutyrules.fill(places(MAY), pool, away=away, served={3: 9}, hours=HOURS, in_turn_after={})
    assert [duty.person for duty in duties] == [3, 2, 3, 1, 2]
    duties, _ = dutyrules.fill(places(MAY[:2]), pool, away=(), served={}, hours=HOURS, in_turn_after={"person": 3})
    assert [duty.person for duty in duties] == [1, 2]  # the roster before ended with 3


def test_a_place_nobody_is_free_for_stays_empty():
    _, empty = dutyrules.fill(places(MAY[:1], each=2), {"person": [1]}, away=(), served={}, hours=HOURS)
    assert empty == [Need(MAY[0], "all", "person")]


def test_a_leader_is_not_on_at_the_gate_in_the_same_hours_but_may_be_by_another_shift():
    wanted = [Need(MAY[0], "day", "person"), Need(MAY[0], "night", "person"), Need(MAY[0], "all", "gate")]
    duties, empty = dutyrules.fill(wanted, {"person": [1], "gate": [1]}, away=(), served={}, hours=HOURS)
    assert [duty.shift for duty in duties] == ["day", "night"]
    assert empty == [Need(MAY[0], "all", "gate")]


def found(duties, days=MAY[:1]):
    return [(f.what, f.facts.get("since"), f.facts.get("until"))
            for f in dutyrules.faults(days, duties, CALENDAR, HOURS, holiday_people=2, leader=True)]  # fmt: skip


LEADER = Duty(MAY[0], "all", "leader", 9)


def test_a_holiday_watched_by_day_alone_has_a_gap_from_eight_to_eight():
    assert found([LEADER, Duty(MAY[0], "day", "person", 1), Duty(MAY[0], "day", "person", 2)]) == [("gap", "20:00", "08:00")]


def test_three_shifts_make_a_day_and_one_alone_in_a_shift_is_too_few():
    three = [Duty(MAY[0], shift, "person", n) for n, shift in enumerate(("morning", "middle", "late", "morning", "middle"))]
    assert found([LEADER, *three]) == [("too_few", "00:00", "08:00")]


def test_a_day_without_a_leader_or_with_a_leader_alone_is_none():
    workday = date(2025, 9, 10)
    assert found([Duty(workday, "all", "gate", 1)], [workday]) == [("no_leader", None, None)]
    assert found([Duty(workday, "all", "leader", 1)], [workday]) == [("nobody", None, None)]
    assert found([Duty(workday, "all", "leader", 1), Duty(workday, "all", "gate", 2)], [workday]) == []


def test_a_leader_of_24_hours_who_also_has_the_night_is_on_twice():
    on = [LEADER, *(Duty(MAY[0], "all", "person", n) for n in (1, 2)), Duty(MAY[0], "night", "person", 9)]
    assert ("twice", None, None) in found(on)


@settings(max_examples=60, deadline=None)
@given(
    pool=st.integers(2, 9), days=st.integers(1, 20), each=st.integers(1, 3),
    shifts=st.sampled_from([("all",), ("day", "night"), ("morning", "middle", "late")]),
)  # fmt: skip
def test_a_full_pool_is_always_fair_and_never_on_twice(pool, days, each, shifts):
    wanted = places([date(2026, 7, 11 + n) for n in range(days)], shifts, min(each, pool // len(shifts) or 1))
    people = list(range(pool))
    duties, empty = dutyrules.fill(wanted, {"person": people}, away=(), served={}, hours=HOURS)
    assert empty == []
    fewest, most = dutyrules.spread(duties, "person", people)
    assert most - fewest <= 1
    assert len({(d.day, d.shift, d.person) for d in duties}) == len(duties)

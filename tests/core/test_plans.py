"""The month-plan templates: all twelve months, every line owned, and days that a calendar on the wall confirms."""

from datetime import date

import pytest

from logi.core.calendar import SchoolCalendar, Term
from logi.core.folding import fold
from logi.core.holidays import shipped_calendar
from logi.core.plans import due_day, routine, template

CALENDAR = shipped_calendar(
    (
        Term("2025-2026-1", "第一学期", date(2025, 9, 1), date(2026, 1, 30)),
        Term("2025-2026-2", "第二学期", date(2026, 2, 25), date(2026, 7, 10)),
    )
)
# domain/demo_school.md E.10: how many lines each month has, and who owns them first
OWNERS = {
    9: "S07 S07 S18 S11 S09 S04 S09", 10: "S11 S11 S04 S08 S04 S07", 11: "S18 S08 S09 S04", 12: "S18 S04 S03 S03 S04",
    1: "S07 S03 S08 S06 S03", 2: "S06 S07 S06 S07 S03 S08", 3: "S14 S04 S08 S08 S03", 4: "S08 S09 S03 S06",
    5: "S03 S08 S08", 6: "S08 S03 S03 S03", 7: "S03 S07 S03 S03 S04", 8: "S03 S14 S03 S11 S06",
}  # fmt: skip


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_the_lines_of_the_demo_school(month):
    assert sorted(line.owner for line in template(month)) == sorted(OWNERS[month].split())


@pytest.mark.parametrize("lines", [*(template(month) for month in range(1, 13)), routine()])
def test_a_line_is_whole(lines):
    assert len({line.key for line in lines}) == len(lines)
    for line in lines:
        assert set(line.titles) == set(line.standards) == {"zh-Hans", "zh-Hant", "en"}
        assert all(line.titles.values())
        assert all(line.standards.values())
        assert fold(line.titles["zh-Hant"]) == fold(line.titles["zh-Hans"])
        assert line.owner_post
        assert line.source
        assert line.repeats in ("monthly", "quarterly", "termly", "yearly")
        assert due_day(line.due, "2025-09", CALENDAR)


@pytest.mark.parametrize(
    "words",
    [
        ("报损", "各单位"),
        ("登记", "责任书"),
        ("新生", "参保"),
        ("食堂", "证照"),
        ("教师节", "中秋节", "国庆节"),
        ("单据", "核算中心"),
        ("返校日", "报到"),
    ],
)
def test_september_has_every_line_of_the_list(words):
    assert any(all(word in line.titles["zh-Hans"] for word in words) for line in template(9))


def test_what_comes_round_every_month_is_kept_apart():
    assert "property-audit" in {line.key for line in routine()}
    vouchers = [line for month in (9, 10, 11) for line in template(month) if line.key == "vouchers"]
    assert len(vouchers) == 3
    assert all(line.repeats == "monthly" for line in vouchers)


@pytest.mark.parametrize(
    ("rule", "month", "day"),
    [
        ("month-end", "2025-09", date(2025, 9, 30)),  # a Tuesday
        ("month-end", "2025-11", date(2025, 11, 28)),  # the 30th is a Sunday, the 28th a Friday
        ("month-end", "2026-02", date(2026, 2, 28)),  # a make-up Saturday
        ("day 9", "2025-09", date(2025, 9, 9)),
        ("day 20", "2025-09", date(2025, 9, 19)),  # the 20th is a Saturday
        ("day 31", "2026-02", date(2026, 2, 28)),
        ("day 1", "2025-10", date(2025, 10, 9)),  # off until the 8th: forward, not into September
        ("workday 3", "2025-10", date(2025, 10, 11)),  # 9th, 10th, then the make-up Saturday
        ("workday -1", "2025-11", date(2025, 11, 28)),
        ("workday 40", "2025-11", date(2025, 11, 28)),
        ("term-start 0", "2025-09", date(2025, 9, 1)),
        ("term-start -7", "2025-08", date(2025, 8, 25)),  # a Monday, a week before 1 September
        ("term-start -7", "2026-02", date(2026, 2, 14)),  # the 18th is off; the 14th a make-up Saturday
        ("term-end -2", "2026-07", date(2026, 7, 8)),
        ("term-start 0", "2026-04", date(2026, 4, 30)),  # no term starts near: month-end
        ("before-holiday national", "2025-09", date(2025, 9, 30)),
        ("before-holiday mid-autumn", "2025-09", date(2025, 9, 30)),
        ("before-holiday new-year", "2025-12", date(2025, 12, 31)),
        ("before-holiday labour", "2026-05", date(2026, 4, 30)),  # before the month: the roster must stand by then
        ("before-holiday qingming", "2026-04", date(2026, 4, 3)),
    ],
)
def test_a_due_rule_means_a_workday(rule, month, day):
    assert due_day(rule, month, CALENDAR) == day


def test_in_a_year_without_a_notice_fixed_holidays_keep_their_day():
    bare = SchoolCalendar(frozenset(), frozenset(), {}, (), frozenset())
    assert due_day("before-holiday national", "2027-09", bare) == date(2027, 9, 30)
    assert due_day("before-holiday mid-autumn", "2027-09", bare) == date(2027, 9, 30)  # unknown: month-end


@pytest.mark.parametrize(
    "rule", ["", "month-end 2", "day", "day 0", "day 32", "workday 0", "before-holiday halloween", "soon"]
)
def test_a_rule_nobody_knows_is_refused(rule):
    with pytest.raises(ValueError):  # noqa: PT011
        due_day(rule, "2025-09", CALENDAR)

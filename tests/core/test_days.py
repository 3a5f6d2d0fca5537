"""Days, clock times, months and periods as a bursar types them."""

import re
import time
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi.core import days, messages
from logi.core.errors import BadValue

TODAY = date(2025, 9, 30)  # a Tuesday of school year 2025, ISO week 40
DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(BadValue) as no:
        days.parse_day(text, today=today)
    sentence = messages.say(no.value.key, **no.value.facts)
    assert not re.search(r"\{\w+\}", sentence)
    assert len(sentence) < 300
    return no.value.key


@pytest.mark.parametrize(
    "text",
    ["2025-09-30", "2025-9-30", "2025/9/30", "2025.9.30", "2025年9月30日", "2025年09月30日", "20250930", "9-30", "9/30",
     "9月30日", "today", "Today", "今天", "今日", " 2025-09-30 ", "２０２５－０９－３０", "２０２５／９／３０", "2025—9—30"],
)  # fmt: skip
def test_every_way_of_typing_one_day_means_that_day(text: str) -> None:
    assert days.parse_day(text, today=TODAY) == date(2025, 9, 30)


@pytest.mark.parametrize(
    ("text", "back"), [("yesterday", 1), ("昨天", 1), ("前天", 2), ("-3d", 3), ("－３d", 3), ("3天前", 3), ("-0d", 0)]
)
def test_days_ago_count_from_today(text: str, back: int) -> None:
    assert days.parse_day(text, today=TODAY) == TODAY - timedelta(days=back)


@pytest.mark.parametrize(
    ("text", "today", "meant"),
    [
        ("9-1", date(2025, 9, 1), date(2025, 9, 1)),
        ("8-31", date(2025, 9, 1), date(2026, 8, 31)),
        ("8-31", date(2025, 8, 31), date(2025, 8, 31)),
        ("9-1", date(2025, 8, 31), date(2024, 9, 1)),
        ("12-31", date(2026, 1, 2), date(2025, 12, 31)),
        ("2-29", date(2023, 10, 1), date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_lies_in_this_school_year(text: str, today: date, meant: date) -> None:
    assert days.parse_day(text, today=today) == meant


def test_a_school_year_may_begin_in_another_month() -> None:
    assert days.parse_day("2-1", today=date(2025, 3, 1), school_year_start_month=2) == date(2025, 2, 1)
    assert days.parse_day("1-31", today=date(2025, 3, 1), school_year_start_month=2) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("24.9.1", "core.day_short_year"),
        ("24-9-1", "core.day_short_year"),
        ("113年9月1日", "core.day_short_year"),
        ("民國113年9月1日", "core.day_republic"),
        ("民国113年", "core.day_republic"),
        *((n, "core.day_number") for n in ["1", "10", "12", "9.30", "45930", "46024", "1.5", "-5", "99999999999"]),
        *((d, "core.day_not_real") for d in ["2023-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-01-32"]),
        *((d, "core.day_not_real") for d in ["2025年2月30日", "20250230", "2025/9/31", "13-1", "0-5", "2月30日"]),
        *((d, "core.year_range") for d in ["1948-12-31", "2101-01-01", "9999-12-31", "0001-01-01", "0000-00-00"]),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_with_its_own_reason(text: str, key: str) -> None:
    assert refusal(text) == key


@pytest.mark.parametrize(
    "text",
    ["", " ", "2026-W01-1", "2026-001", "-2026-01-02", "10000-01-01", "01/02/2026", "2026-1-2-3", "2025-9/30", "1e10",
     "Mon", "Jan", "now", "月初", "月中", "上天", "本22日", "月22日", "下下周五", "next friday", "12:30", "2026-01-02T23:30:00-12:00", "二〇二六年一月二日", "2025年9月",
     "2025-09-３\u200b0", "٢٠٢٥-٠٩-٣٠", "2025-09-3²", "2025-09-30\n2025-10-01", "-99999d", "--3d", "a" * 10_000],
)  # fmt: skip
def test_nothing_is_guessed(text: str) -> None:
    assert refusal(text) == "core.day_unknown"


def test_a_leap_day_is_refused_in_a_school_year_without_one() -> None:
    assert refusal("2-29", today=date(2025, 9, 30)) == "core.day_not_real"


def test_a_very_long_text_is_refused_at_once_and_cut_in_the_sentence() -> None:
    begun = time.perf_counter()
    with pytest.raises(BadValue) as no:
        days.parse_day("1 " * 50_000, today=TODAY)
    assert time.perf_counter() - begun < 0.1
    assert len(str(no.value.facts["text"])) == 60


@given(DAYS, DAYS)
def test_the_numeric_forms_of_a_day_are_read_back(day: date, today: date) -> None:
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert days.parse_day(text, today=today) == day


@given(DAYS.filter(lambda d: (d.month, d.day) != (2, 29)), st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_without_a_year_never_leaves_the_school_year_of_today(day: date, today: date) -> None:
    found = days.parse_day(f"{day.month}-{day.day}", today=today)
    year = days.school_year_period(days.school_year_of(today))
    assert (found.month, found.day) == (day.month, day.day)
    assert year.since <= found <= year.until


@given(st.text(max_size=50))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    for parse in (days.parse_day, partial(days.parse_instant, zone_minutes=480), days.parse_month, days.parse_week):
        refused = "core.day_unknown"
        try:
            parse(text, today=TODAY)
        except BadValue as no:
            refused = no.key
        assert messages.has(refused)


def test_results_pass_through_unchanged() -> None:
    assert days.parse_day(TODAY, today=TODAY) is TODAY
    assert days.parse_day(datetime(2025, 9, 30, 7, 10), today=TODAY) == date(2025, 9, 30)
    instant = (TODAY, "07:10")
    assert days.parse_instant(instant, today=TODAY, zone_minutes=480) is instant
    assert days.parse_month("2025-09", today=date(1999, 1, 1)) == "2025-09"
    quarter = days.quarter_period(2025, 3)
    assert days.parse_quarter(quarter, today=TODAY) is quarter
    assert days.parse_period(quarter, kind="quarter", today=TODAY) is quarter


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2025-09-16 07:10", (date(2025, 9, 16), "07:10")),
        ("2025-09-16T07:10", (date(2025, 9, 16), "07:10")),
        ("2025-09-16 07:10:59", (date(2025, 9, 16), "07:10")),
        ("2025年9月16日 ７：１０", (date(2025, 9, 16), "07:10")),
        ("9-16 7:10", (date(2025, 9, 16), "07:10")),
        ("today 7:10", (TODAY, "07:10")),
        ("昨天 23:59", (date(2025, 9, 29), "23:59")),
        ("7:10", (TODAY, "07:10")),
        ("7：10", (TODAY, "07:10")),
        ("0:00", (TODAY, "00:00")),
        # 23:30 at 12 hours west of Greenwich is 11:30 UTC of the next day, 19:30 in Shanghai
        ("2026-01-02T23:30:00-12:00", (date(2026, 1, 3), "19:30")),
        ("2025-09-15T23:10:00Z", (date(2025, 9, 16), "07:10")),
        ("2025-09-16T01:10:00.250+09:00", (date(2025, 9, 16), "00:10")),
        ("2025-09-16T00:10+0900", (date(2025, 9, 15), "23:10")),
    ],
)
def test_a_time_is_read_on_its_day_in_the_zone_of_the_ledger(text: str, meant: tuple[date, str]) -> None:
    assert days.parse_instant(text, today=TODAY, zone_minutes=480) == meant


def test_a_bare_time_is_on_the_day_the_command_names() -> None:
    on = date(2025, 9, 2)
    assert days.parse_instant("7:10", today=TODAY, zone_minutes=480, default_day=on) == (on, "07:10")
    assert days.parse_instant("9-3 7:10", today=TODAY, zone_minutes=480, default_day=on) == (date(2025, 9, 3), "07:10")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *((t, "core.time_not_real") for t in ["24:00", "7:60", "25:10", "7:10:60", "2025-09-16T07:10+15:00"]),
        *((t, "core.instant_unknown") for t in ["", "7", "710", "7:1", "2025-09-16", "9月早上", "早上", "7:10pm", "x" * 99]),
        ("2025-02-30 7:10", "core.day_not_real"),
        ("24.9.1 7:10", "core.day_short_year"),
    ],
)
def test_a_time_that_is_none_is_refused(text: str, key: str) -> None:
    with pytest.raises(BadValue) as no:
        days.parse_instant(text, today=TODAY, zone_minutes=480)
    assert no.value.key == key


# 2025-09-30 is a Tuesday: its week is 09-29 to 10-05 (a calendar on the wall).
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("明天", date(2025, 10, 1)), ("tomorrow", date(2025, 10, 1)), ("后天", date(2025, 10, 2)), ("後天", date(2025, 10, 2)),
        ("大后天", date(2025, 10, 3)), ("大前天", date(2025, 9, 27)), ("3天后", date(2025, 10, 3)), ("10天後", date(2025, 10, 10)),
        ("本周五", date(2025, 10, 3)), ("这周五", date(2025, 10, 3)), ("本週五", date(2025, 10, 3)), ("本星期一", date(2025, 9, 29)),
        ("上周五", date(2025, 9, 26)), ("上星期日", date(2025, 9, 28)), ("下周五", date(2025, 10, 10)), ("下週日", date(2025, 10, 12)),
        ("下礼拜天", date(2025, 10, 12)), ("下個星期一", date(2025, 10, 6)),
        ("22日", date(2025, 9, 22)), ("22号", date(2025, 9, 22)), ("３０號", date(2025, 9, 30)), ("本月5日", date(2025, 9, 5)),
        ("上月31日", date(2025, 8, 31)), ("下月5号", date(2025, 10, 5)), ("上个月1日", date(2025, 8, 1)),
        ("月底", date(2025, 9, 30)), ("上月底", date(2025, 8, 31)), ("下月底", date(2025, 10, 31)), ("本月底", date(2025, 9, 30)),
        ("9月30号", date(2025, 9, 30)), ("2025年9月30号", date(2025, 9, 30)),
    ],
)  # fmt: skip
def test_a_day_said_in_chinese_is_read_where_all_would_note_the_same(text: str, meant: date) -> None:
    assert days.parse_day(text, today=TODAY) == meant


def test_the_months_around_new_year_are_counted_right() -> None:
    assert days.parse_day("上月31日", today=date(2026, 1, 15)) == date(2025, 12, 31)
    assert days.parse_day("下月底", today=date(2025, 12, 15)) == date(2026, 1, 31)
    assert days.parse_day("月底", today=date(2024, 2, 10)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "key"),
    [("周五", "core.day_two"), ("星期三", "core.day_two"), ("週日", "core.day_two"), ("31日", "core.day_not_in_month"),
     ("0号", "core.day_not_in_month"), ("下月32日", "core.day_not_in_month")],
)  # fmt: skip
def test_a_day_said_in_chinese_with_two_meanings_is_refused_with_both(text: str, key: str) -> None:
    assert refusal(text) == key


def test_the_refusal_of_a_bare_weekday_names_the_days_it_may_be() -> None:
    with pytest.raises(BadValue) as no:
        days.parse_day("周五", today=TODAY)
    assert no.value.facts["known"] == ["上周五 2025-09-26", "本周五 2025-10-03", "下周五 2025-10-10"]


@pytest.mark.parametrize("text", ["明天", "昨天", "today", "-3d", "3天前", "9-30", "22日", "本周五", "月底"])
def test_a_file_has_no_today(text: str) -> None:
    with pytest.raises(BadValue, match=r"core\.day_unknown"):
        days.parse_day(text, today=None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("早上7点", "07:00"), ("早上7點半", "07:30"), ("早上7点10分", "07:10"), ("上午11点三刻", "11:45"), ("清晨5点", "05:00"),
        ("凌晨2点", "02:00"), ("凌晨0点", "00:00"), ("中午12点", "12:00"), ("中午1点", "13:00"), ("中午11点半", "11:30"),
        ("下午3点半", "15:30"), ("下午3:30", "15:30"), ("下午 3：30", "15:30"), ("午後1時", "13:00"), ("下午15点", "15:00"),
        ("傍晚6点", "18:00"), ("晚上8点20", "20:20"), ("晚上9:05", "21:05"), ("晚上21:05", "21:05"), ("13点", "13:00"),
        ("19点半", "19:30"), ("0点", "00:00"),
    ],
)  # fmt: skip
def test_a_time_said_in_chinese_is_read_where_all_would_note_the_same(text: str, meant: str) -> None:
    assert days.parse_instant(text, today=TODAY, zone_minutes=480) == (TODAY, meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("昨天下午3点半", (date(2025, 9, 29), "15:30")), ("9-16 早上7点", (date(2025, 9, 16), "07:00")),
     ("2025年9月16日早上7点10分", (date(2025, 9, 16), "07:10")), ("22日 晚上8点", (date(2025, 9, 22), "20:00")),
     ("昨天 下午3:30", (date(2025, 9, 29), "15:30")), ("上周五13点", (date(2025, 9, 26), "13:00"))],
)  # fmt: skip
def test_a_day_may_stand_before_a_time_said_in_chinese(text: str, meant: tuple[date, str]) -> None:
    assert days.parse_instant(text, today=TODAY, zone_minutes=480, default_day=date(2025, 9, 2)) == meant


@pytest.mark.parametrize(
    ("text", "key"),
    [("7点半", "core.time_two"), ("7点", "core.time_two"), ("12点", "core.time_two"), ("3點", "core.time_two"),
     ("下午12点", "core.time_part"), ("晚上12点", "core.time_part"), ("上午12点", "core.time_part"), ("早上13点", "core.time_part"),
     ("下午9点", "core.time_part"), ("凌晨9点", "core.time_part"), ("中午5点", "core.time_part"), ("24点", "core.time_not_real"),
     ("早上7点61分", "core.time_not_real"), ("周五早上7点", "core.day_two")],
)  # fmt: skip
def test_a_time_said_in_chinese_with_two_meanings_is_refused(text: str, key: str) -> None:
    with pytest.raises(BadValue) as no:
        days.parse_instant(text, today=TODAY, zone_minutes=480)
    assert no.value.key == key


def test_a_bare_hour_is_refused_with_both_times_it_may_be() -> None:
    with pytest.raises(BadValue) as no:
        days.parse_instant("7点半", today=TODAY, zone_minutes=480)
    assert (no.value.facts["early"], no.value.facts["late"]) == ("7:30", "19:30")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *(
            (t, "2025-09")
            for t in ["2025-09", "2025-9", "2025/09", "2025年9月", "202509", "２０２５－０９", "9月", "本月", "this"]
        ),
        *((t, "2025-08") for t in ["last", "LAST", "上月", "上个月", "上個月"]),
        ("8月", "2026-08"),
        ("1月", "2026-01"),
    ],
)
def test_every_way_of_typing_a_month(text: str, month: str) -> None:
    assert days.parse_month(text, today=TODAY) == month


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *((t, "core.month_not_real") for t in ["2025-13", "2025-00", "202513", "13月", "0月"]),
        *(
            (t, "core.month_unknown")
            for t in ["", "9", "25-09", "2025.9", "2025", "Sep", "九月", "2025-09-01", "2025-009"]
        ),
        ("1948-12", "core.year_range"),
    ],
)
def test_a_month_that_is_none_is_refused(text: str, key: str) -> None:
    with pytest.raises(BadValue) as no:
        days.parse_month(text, today=TODAY)
    assert no.value.key == key


def test_last_month_of_january_is_december() -> None:
    assert days.parse_month("last", today=date(2026, 1, 1)) == "2025-12"


@pytest.mark.parametrize(
    ("kind", "text", "key", "since", "until"),
    [
        ("month", "2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("month", "last", "2025-08", date(2025, 8, 1), date(2025, 8, 31)),
        ("quarter", "2025Q3", "2025Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("quarter", "2025-q4", "2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("quarter", "2025年第1季度", "2025Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("quarter", "上季度", "2025Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("week", "2025-W38", "2025-W38", date(2025, 9, 15), date(2025, 9, 21)),  # 15 September 2025 is a Monday
        ("week", "2025-W01", "2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("week", "2026w53", "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("week", "this", "2025-W40", date(2025, 9, 29), date(2025, 10, 5)),
        ("week", "上周", "2025-W39", date(2025, 9, 22), date(2025, 9, 28)),
        ("year", "2025", "2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("year", "去年", "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("school_year", "2025", "2025", date(2025, 9, 1), date(2026, 8, 31)),
        ("school_year", "2025-2026学年", "2025", date(2025, 9, 1), date(2026, 8, 31)),
        ("school_year", "上学年", "2024", date(2024, 9, 1), date(2025, 8, 31)),
    ],
)
def test_a_period_covers_its_days(kind: str, text: str, key: str, since: date, until: date) -> None:
    period = days.parse_period(text, kind=kind, today=TODAY)
    assert (period.kind, period.key, period.since, period.until) == (kind, key, since, until)


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("quarter", "2025Q5", "core.quarter_unknown"),
        ("quarter", "2025年3", "core.quarter_unknown"),
        ("week", "2025-W53", "core.week_not_real"),  # 2025 has 52 ISO weeks, 2026 has 53
        ("week", "2025-W00", "core.week_not_real"),
        ("week", "38", "core.week_unknown"),
        ("year", "25", "core.year_unknown"),
        ("year", "2101", "core.year_range"),
        ("school_year", "2025-2027", "core.school_year_unknown"),
    ],
)
def test_a_period_that_is_none_is_refused(kind: str, text: str, key: str) -> None:
    with pytest.raises(BadValue) as no:
        days.parse_period(text, kind=kind, today=TODAY)
    assert no.value.key == key


def test_the_label_of_a_school_year_names_both_years() -> None:
    assert days.school_year_period(2025).label == "2025-2026"


def test_a_month_is_moved_across_years_both_ways() -> None:
    assert days.add_months("2025-09", 5) == "2026-02"
    assert days.add_months("2025-01", -1) == "2024-12"
    assert days.add_months("2025-12", 24) == "2027-12"


@given(DAYS, st.integers(-600, 600))
def test_moving_a_month_back_undoes_moving_it_on(day: date, n: int) -> None:
    month = days.month_of(day)
    assert days.add_months(days.add_months(month, n), -n) == month


def test_the_days_between_include_both_ends() -> None:
    assert list(days.days_between(date(2024, 2, 28), date(2024, 3, 1))) == [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
    ]
    assert list(days.days_between(TODAY, TODAY)) == [TODAY]
    assert list(days.days_between(TODAY, TODAY - timedelta(days=1))) == []

"""Answers, scores, grades and the stretches in which a run is due: pure rules, figures counted by hand."""

from datetime import date

import pytest

from logi.books.check import rules
from logi.books.check.rules import Choice, Item, Window
from logi.core.calendar import SchoolCalendar, Term
from logi.core.errors import BadValue
from logi.core.folding import fold


def day(text: str) -> date:
    return date.fromisoformat(text)


def item(kind: str, **changes) -> Item:
    plain = Item("x", {"hant": "項", "hans": "项", "en": "it"}, None, kind, 1, None, None, None, None, None, (), False,
                 "hazard", "other", "general", "other")  # fmt: skip
    return plain._replace(**changes)


GOOD = Choice("good", {"hant": "好", "hans": "好", "en": "good"}, 100)
FAIR = Choice("fair", {"hant": "一般", "hans": "一般", "en": "fair"}, 60)
POOR = Choice("poor", {"hant": "差", "hans": "差", "en": "poor"}, 0)
GRADED = item("choice", choices=(GOOD, FAIR, POOR))
# 1-8 October 2025 off, Sunday 28 September and Saturday 11 October worked; the first term begins on a Monday.
CALENDAR = SchoolCalendar(
    frozenset(date(2025, 10, n) for n in range(1, 9)),
    frozenset({day("2025-09-28"), day("2025-10-11")}),
    {},
    (Term("2025-2026-1", "", day("2025-09-01"), day("2026-01-30")), Term("2025-2026-2", "", day("2026-03-02"), day("2026-07-10"))),
    frozenset({2025}),
)


def read(of: Item, text: str) -> rules.Answer:
    return rules.read_answer(of, text, fold)


def due(frequency: str, since: str, until: str, months=()) -> list[str]:
    found = rules.windows(frequency, months, CALENDAR, day(since), day(until), 7)
    return [w.due.isoformat() for w in found]


@pytest.mark.parametrize("text", ["ok", "OK", "pass", "合格", "正常", "通過", "√", "是"])
def test_in_order_is_said_in_many_ways(text):
    assert (read(item("pass"), text).result, read(item("pass"), text).share) == ("pass", 100)


@pytest.mark.parametrize("text", ["fail", "不合格", "異常", "×", "否"])
def test_not_in_order_is_said_in_many_ways(text):
    assert (read(item("pass"), text).result, read(item("pass"), text).share) == ("fail", 0)


def test_what_follows_a_blank_is_the_remark():
    assert read(item("pass"), "不合格 B203 插座松动").remark == "B203 插座松动"
    assert read(item("pass"), "fail\u3000门口堆物").remark == "门口堆物"
    assert read(item("text"), "陈巡安 王修好").value == "陈巡安 王修好"


@pytest.mark.parametrize(("of", "text"), [
    (item("pass"), "maybe"), (GRADED, "ok"), (item("number"), "hot"), (item("photo"), "abc"), (item("number"), "na"),
    (item("photo"), "g" * 64), (item("text"), "  "),
])  # fmt: skip
def test_an_answer_the_item_cannot_take_is_refused(of, text):
    with pytest.raises(BadValue):
        read(of, text)


def test_a_choice_earns_its_share_and_the_last_fails():
    assert [(read(GRADED, text).result, read(GRADED, text).share) for text in ("好", "一般", "poor")] == [
        ("pass", 100), ("pass", 60), ("fail", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "result"), [("8", "pass"), ("8.001", "fail"), ("0", "pass"), ("-0.1", "fail"), ("4℃", "pass")])
def test_a_number_outside_its_limits_fails(text, result):
    fridge = item("number", unit="℃")
    assert rules.held(read(fridge, text), 0, 8000).result == result


def test_a_photo_is_kept_by_its_hash():
    assert read(item("photo"), "AB" * 32).value == "ab" * 32


def test_only_what_is_not_invented_is_taken_as_good():
    assert rules.taken_as_good(item("pass")).result == "pass"
    assert rules.taken_as_good(GRADED).value == "good"
    assert [rules.taken_as_good(item(kind)) for kind in ("number", "text", "photo")] == [None, None, None]


def test_a_score_weighs_its_items_and_leaves_out_what_does_not_apply():
    # (2*100 + 1*60 + 1*0) / (4*100) = 65.0 %; the fifth does not apply.
    assert rules.score([(2, 100), (1, 60), (1, 0), (5, None)]) == 650
    assert rules.score([(1, 100)] * 37 + [(1, 0)] * 5) == 881  # 37 of 42 = 88.095 %
    assert rules.score([(1, None)]) is None


def test_a_grade_begins_at_its_least_percent():
    least = {"excellent": 90, "good": 80, "fair": 60}
    grades = [rules.grade(tenths, least) for tenths in (1000, 900, 899, 800, 600, 599, None)]
    assert grades == ["excellent", "excellent", "good", "good", "fair", "poor", None]


def test_a_night_ends_at_noon():
    assert rules.duty_day("nightly", day("2025-09-16"), "00:30") == day("2025-09-15")
    assert rules.duty_day("nightly", day("2025-09-16"), "22:30") == day("2025-09-16")
    assert rules.duty_day("daily", day("2025-09-16"), "00:30") == day("2025-09-16")


def test_days_are_asked_for_by_the_calendar():
    # 26 September to 12 October 2025: 17 days; worked are the 26th, 28th, 29th, 30th and 9th, 10th, 11th.
    assert len(due("daily", "2025-09-26", "2025-10-12")) == 17
    assert due("workday", "2025-09-26", "2025-10-12") == [
        "2025-09-26", "2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09", "2025-10-10", "2025-10-11",
    ]  # fmt: skip
    assert due("schoolday", "2025-08-25", "2025-09-02") == ["2025-09-01", "2025-09-02"]


def test_a_week_is_due_on_its_last_workday_and_not_at_all_in_a_holiday():
    # W39 ends on the worked Sunday, W40 on Tuesday 30, W41 on the worked Saturday.
    assert due("weekly", "2025-09-22", "2025-10-12") == ["2025-09-28", "2025-09-30", "2025-10-11"]
    spring = SchoolCalendar(frozenset(date(2026, 2, n) for n in range(15, 24)), frozenset(), {}, (), frozenset())
    week = rules.windows("weekly", (), spring, day("2026-02-16"), day("2026-02-22"), 7)
    assert week == []


def test_longer_stretches():
    assert due("monthly", "2025-09-01", "2025-11-30") == ["2025-09-30", "2025-10-31", "2025-11-28"]
    assert due("quarterly", "2025-07-01", "2025-12-31") == ["2025-09-30", "2025-12-31"]
    assert due("termly", "2025-09-01", "2026-08-31") == ["2026-01-30", "2026-07-10"]
    assert due("yearly", "2025-09-01", "2026-08-31") == ["2026-08-31"]  # a school year
    assert due("yearly", "2025-09-01", "2026-08-31", months=(4,)) == ["2026-04-30"]
    assert due("opening", "2025-08-01", "2026-08-31") == ["2025-09-01", "2026-03-02"]


def test_a_season_leaves_out_the_other_months():
    heating = due("daily", "2025-10-30", "2025-11-02", months=(11, 12, 1, 2, 3))
    assert heating == ["2025-11-01", "2025-11-02"]


def test_a_run_anywhere_in_the_stretch_answers_it():
    week = Window(day("2025-09-15"), day("2025-09-19"), day("2025-09-21"))
    after = Window(day("2025-09-22"), day("2025-09-28"), day("2025-09-28"))
    kept = rules.keep([week, after], [day("2025-09-21")], day("2025-09-24"))
    assert (kept.expected, kept.done, kept.missed, kept.pending) == (2, 1, (), (after,))
    assert rules.keep([week, after], [], day("2025-09-20")).missed == (week,)

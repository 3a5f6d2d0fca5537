"""The plan's arithmetic: late days, degree of completion, months of a school year, the order of closing."""

from datetime import date

import pytest

from logi.books.month.rules import Standing, completion, next_to_close, one_year_on, standing

DUE = date(2025, 9, 19)


@pytest.mark.parametrize(
    ("state", "done_on", "as_of", "expected"),
    [
        ("open", None, date(2025, 9, 19), ("open", None)),  # on its day it is not late
        ("open", None, date(2025, 9, 30), ("open", 11)),  # 30 - 19
        ("done", date(2025, 9, 18), date(2025, 9, 30), ("done", None)),
        ("done", date(2025, 9, 22), date(2025, 9, 30), ("done", 3)),
        ("done", date(2025, 10, 3), date(2025, 9, 30), ("open", 11)),  # as of September it was still open
        ("carried", None, date(2025, 9, 30), ("carried", None)),
        ("dropped", None, date(2025, 9, 30), ("dropped", None)),
    ],
)
def test_a_line_is_late_from_the_day_after_its_day(state, done_on, as_of, expected):
    assert standing(state, DUE, done_on, as_of) == expected


def test_a_line_without_a_day_is_never_late():
    assert standing("open", None, None, date(2030, 1, 1)) == ("open", None)


def test_completion_is_done_out_of_planned_without_dropped():
    lines = [Standing("done", None), Standing("done", 2), Standing("open", 4), Standing("carried", None),
             Standing("dropped", None), Standing("dropped", None), Standing("open", None)]  # fmt: skip
    # 7 planned, 2 dropped: 2 of 5 = 40.0 %; late: one done late, one open late
    assert completion(lines) == (7, 2, 2, 2, 1, 2, 400)


def test_completion_is_rounded_half_up_to_a_tenth():
    assert completion([Standing("done", None)] * 5 + [Standing("open", None)]).rate == 833  # 83.33
    assert completion([Standing("done", None)] * 2 + [Standing("open", None)]).rate == 667  # 66.67
    assert completion([Standing("done", None)] + [Standing("open", None)] * 15).rate == 63  # 6.25 -> 6.3


def test_a_plan_of_dropped_lines_has_no_rate():
    assert completion([Standing("dropped", None)]).rate is None
    assert completion([]).rate is None


@pytest.mark.parametrize(
    ("month", "n", "expected"),
    [("2025-09", 2, "2026-02"), ("2025-09", 9, "2025-09"), ("2026-02", 9, "2025-09"), ("2026-08", 7, "2026-07"),
     ("2025-12", 1, "2026-01")],
)  # fmt: skip
def test_a_months_number_falls_in_the_school_year(month, n, expected):
    assert one_year_on(month, n) == expected


def test_months_are_closed_one_after_another():
    assert next_to_close("") is None
    assert next_to_close("2025-12") == "2026-01"

"""What is not in place of a measure, and which stretches of months saw nothing."""

from datetime import date

import pytest

from logi.books.safety.rules import empty, lacking, stretches


def day(text: str) -> date:
    return date.fromisoformat(text)


WHOLE = {"aware_on": day("2025-09-01"), "owner": 7, "measure": "上锁", "acted_on": day("2025-09-01"),
         "today": day("2025-09-30"), "aware_days": 29, "act_days": 29}  # fmt: skip


def test_three_things_are_in_place_or_named():
    assert lacking(**WHOLE) == []  # 1 to 30 September are 29 days
    assert lacking(**WHOLE | {"today": day("2025-10-01")}) == ["awareness", "measure"]
    assert lacking(**WHOLE | {"owner": None, "aware_on": None}) == ["awareness", "responsibility"]


@pytest.mark.parametrize("change", [{"measure": None}, {"measure": ""}, {"acted_on": None}])
def test_a_measure_is_in_place_only_if_it_says_what_is_done_and_was_acted_on(change):
    assert lacking(**WHOLE | change) == ["measure"]


def test_stretches_follow_the_calendar_and_reach_the_present_one():
    months = stretches(day("2025-12-20"), day("2026-02-01"), 1)
    assert months == [(day("2025-12-01"), day("2025-12-31")), (day("2026-01-01"), day("2026-01-31")),
                      (day("2026-02-01"), day("2026-02-28"))]  # fmt: skip
    assert stretches(day("2025-11-20"), day("2026-02-01"), 3) == [
        (day("2025-10-01"), day("2025-12-31")), (day("2026-01-01"), day("2026-03-31"))]  # fmt: skip


def test_a_stretch_is_empty_if_none_of_the_days_lies_in_it():
    spans = stretches(day("2025-09-01"), day("2025-11-30"), 1)
    assert empty(spans, [day("2025-09-30"), day("2025-11-01")]) == [(day("2025-10-01"), day("2025-10-31"))]

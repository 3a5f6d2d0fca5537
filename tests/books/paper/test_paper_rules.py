"""How papers stand, in pure decisions: spans of versions, changed sources, reviews, fresh ledgers, archive days."""

from datetime import date

import pytest

from logi.books.paper import rules
from logi.core.calendar import SchoolCalendar

D = date
BARE = SchoolCalendar(frozenset(), frozenset(), {}, (), frozenset({2025}))


def span(trial=None, since=None, until=None, ended=None, why=None):
    return rules.Span(trial, since, until, ended, why)


@pytest.mark.parametrize(
    ("given", "day", "state"),
    [
        (span(), D(2025, 9, 30), "draft"),
        (span(since=D(2025, 10, 1)), D(2025, 9, 30), "coming"),
        (span(since=D(2025, 10, 1)), D(2025, 10, 1), "force"),
        (span(trial=D(2025, 9, 1), until=D(2025, 12, 31)), D(2025, 12, 31), "trial"),
        (span(trial=D(2025, 9, 1), until=D(2025, 12, 31)), D(2026, 1, 1), "expired"),
        (span(trial=D(2025, 9, 1), since=D(2025, 11, 1)), D(2025, 10, 31), "trial"),
        (span(trial=D(2025, 9, 1), since=D(2025, 11, 1)), D(2025, 11, 1), "force"),
        (span(since=D(2025, 1, 1), ended=D(2025, 9, 1), why="superseded"), D(2025, 8, 31), "force"),
        (span(since=D(2025, 1, 1), ended=D(2025, 9, 1), why="superseded"), D(2025, 9, 1), "superseded"),
        (span(since=D(2025, 1, 1), ended=D(2025, 9, 1), why="repealed"), D(2025, 9, 2), "repealed"),
    ],
)
def test_a_document_stands_from_its_day_until_the_day_it_is_ended_from(given, day, state):
    assert rules.standing(given, day) == state


def test_versions_that_follow_each_other_on_one_day_do_not_overlap():
    old = span(since=D(2024, 1, 1), ended=D(2025, 9, 1), why="superseded")
    assert not rules.overlap(old, span(since=D(2025, 9, 1)))
    assert rules.overlap(old, span(trial=D(2025, 8, 31)))
    assert not rules.overlap(old, span())


def test_a_source_that_changed_asks_for_a_look_until_somebody_looked():
    first, changed = D(2025, 1, 1), D(2025, 6, 1)
    assert rules.changed_source(first, [], [changed], D(2025, 6, 1)) == changed
    assert rules.changed_source(first, [], [changed], D(2025, 5, 31)) is None
    assert rules.changed_source(first, [D(2025, 6, 1)], [changed], D(2025, 7, 1)) is None
    assert rules.changed_source(first, [D(2025, 5, 31)], [changed], D(2025, 7, 1)) == changed
    assert rules.changed_source(D(2025, 7, 1), [], [changed], D(2025, 8, 1)) is None  # made after the change


def test_a_review_is_due_some_years_after_the_last_look():
    assert rules.next_review(D(2022, 9, 1), [], 3) == D(2025, 9, 1)
    assert rules.next_review(D(2022, 9, 1), [D(2024, 2, 29)], 3) == D(2027, 2, 28)


def test_a_daily_ledger_counts_workdays_the_others_days():
    # Friday 2025-09-12 and three workdays: Monday, Tuesday, Wednesday the 17th
    assert rules.fresh_until("daily", D(2025, 9, 12), 3, BARE) == D(2025, 9, 17)
    assert rules.fresh_until("weekly", D(2025, 9, 12), 10, BARE) == D(2025, 9, 22)
    assert rules.fresh_until("event", D(2025, 9, 12), 1, BARE) is None
    assert rules.fresh_until("monthly", D(2025, 9, 12), None, BARE) is None


def test_the_months_asked_of_a_ledger_are_the_past_ones_of_this_school_year():
    assert rules.months_asked("monthly", D(2025, 1, 1), D(2025, 11, 10)) == ["2025-09", "2025-10"]
    assert rules.months_asked("daily", D(2025, 10, 8), D(2025, 12, 1)) == ["2025-10", "2025-11"]
    assert rules.months_asked("termly", D(2025, 1, 1), D(2025, 11, 10)) == []


def test_the_archive_of_a_school_year_is_due_in_the_july_that_ends_it_and_kept_from_its_end():
    assert rules.archive_deadline(2024, "07-31") == D(2025, 7, 31)
    # the school year 2024-2025 ends on 2025-08-31; ten years later is 2035-08-31
    assert rules.keep_until(2024, "10") == D(2035, 8, 31)
    assert rules.keep_until(2024, "permanent") is None
    # of the school year 2024-2025 the last vouchers are of August 2025: their accounting year ends on 2025-12-31
    assert rules.keep_until(2024, "30", "accounting") == D(2055, 12, 31)


def test_chapters_are_put_in_at_a_place_or_at_the_end():
    assert rules.moved([1, 2, 3], [4], None) == [1, 2, 3, 4]
    assert rules.moved([1, 2, 3], [3], 1) == [3, 1, 2]
    assert rules.moved([1, 2], [9], 7) == [1, 2, 9]

"""The canteen's arithmetic: hours, set times, certificates, grams, groups."""

from datetime import date, datetime

import pytest

from logi.books.canteen import rules
from logi.core.errors import BadValue


def test_a_sample_taken_at_noon_may_go_forty_eight_hours_later():
    assert rules.kept_until("2025-10-13", "11:25", 48) == datetime(2025, 10, 15, 11, 25)
    assert rules.hours_between(datetime(2025, 10, 13, 11, 25), datetime(2025, 10, 14, 9, 30)) == 22


def test_one_signature_answers_for_one_time_of_cleaning():
    assert rules.unsigned(["09:00", "13:30"], ["09:10"], 60) == ["13:30"]
    assert rules.unsigned(["13:00", "13:30"], ["13:20"], 60) == ["13:30"]
    assert rules.unsigned(["09:00"], ["10:01"], 60) == ["09:00"]
    assert rules.unsigned(["09:00"], ["08:00"], 60) == []


def test_a_certificate_of_a_year_ends_the_day_before_it_is_a_year_old():
    assert rules.last_good_day(date(2025, 8, 20), 12) == date(2026, 8, 19)
    assert rules.last_good_day(date(2024, 2, 29), 12) == date(2025, 2, 27)
    assert rules.last_good_day(date(2025, 12, 31), 6) == date(2026, 6, 29)


@pytest.mark.parametrize("text", ["米饭", "=130", "米饭=", "米饭=0", "米饭=-5", "米饭=多"])
def test_what_is_no_sample_is_refused(text):
    with pytest.raises(BadValue):
        rules.weighed(text)


def test_grams_are_read_to_the_milligram():
    assert rules.weighed("土豆烧牛肉＝126.5克") == ("土豆烧牛肉", 126_500)


def test_the_groups_of_a_day_stand_in_the_order_of_the_standard():
    assert rules.groups_of([["meat"], ["grain", "meat"], [""]]) == ["grain", "meat"]

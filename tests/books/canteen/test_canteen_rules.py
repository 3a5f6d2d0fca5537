"""The canteen's arithmetic: hours, set times, certificates, grams, groups."""

from datetime import date, datetime

import pytest

from logi.books.canteen import checks, rules
from logi.core.days import last_good_day
from logi.core.errors import BadValue
from logi.finding import named


def test_a_sample_taken_at_noon_may_go_forty_eight_hours_later():
    assert rules.kept_until("2025-10-13", "11:25", 48) == datetime(2025, 10, 15, 11, 25)
    assert rules.hours_between(datetime(2025, 10, 13, 11, 25), datetime(2025, 10, 14, 9, 30)) == 22


def test_one_signature_answers_for_one_time_of_cleaning():
    assert rules.unsigned(["09:00", "13:30"], ["09:10"], 60) == ["13:30"]
    assert rules.unsigned(["13:00", "13:30"], ["13:20"], 60) == ["13:30"]
    assert rules.unsigned(["09:00"], ["10:01"], 60) == ["09:00"]
    assert rules.unsigned(["09:00"], ["08:00"], 60) == []


def test_a_certificate_of_a_year_ends_the_day_before_it_is_a_year_old():
    assert last_good_day(date(2025, 8, 20), 12) == date(2026, 8, 19)
    assert last_good_day(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert last_good_day(date(2025, 12, 31), 6) == date(2026, 6, 30)  # February 29 and June 31 are not: the month's last day


@pytest.mark.parametrize("text", ["米饭", "=130", "米饭=", "米饭=0", "米饭=-5", "米饭=多"])
def test_what_is_no_sample_is_refused(text):
    with pytest.raises(BadValue):
        rules.weighed(text)


def test_grams_are_read_to_the_milligram():
    assert rules.weighed("土豆烧牛肉＝126.5克") == ("土豆烧牛肉", 126_500)


def test_the_groups_of_a_day_stand_in_the_order_of_the_standard():
    assert rules.groups_of([["meat"], ["grain", "meat"], [""]]) == ["grain", "meat"]


def test_what_must_hold_of_the_records_is_found_when_it_does_not(ledger):
    with ledger.entry("canteen.doctored") as e:
        who = e.insert("school_person", code="S1", **named("甲"))
        kept = {"meal": "lunch", "dish": "米饭", "weight_mg": 130_000, "by_id": who}
        e.insert("canteen_sample", on_day="2025-09-30", at_time="11:20", number="LY-2025-0001", **kept)
        e.insert("canteen_thrown", on_day="2025-09-29", at_time="11:20", number="LY-2025-0001", by_id=who)
        for _ in range(2):
            e.insert("canteen_meal", on_day="2025-09-30", meal="lunch", heads=1, staff=0, by_id=who)
    assert [finding.text for finding in checks.verify(ledger.db)] == [
        "LY-2025-0001 in the canteen book is a number that was never given.",
        "LY-2025-0001 was thrown away before it was taken, or was never taken.",
        "lunch of 2025-09-30 is on record twice.",
    ]


def test_a_margin_is_held_against_its_band_exactly():
    assert rules.margin(205_430_00, 203_880_00) == 8  # 0.7545 %
    assert [rules.standing(100_00, cost, 3) for cost in (97_00, 96_99, 103_00, 103_01)] == [
        "within", "above", "within", "below"]  # fmt: skip
    assert rules.margin(0, 5) is None
    assert (rules.standing(0, 0, 3), rules.standing(0, 1, 3)) == ("none", "below")
    assert (rules.share(4430_00, 750), rules.share(1, 0)) == (591, None)

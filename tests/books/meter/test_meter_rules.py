"""What readings mean: use, turning over, replacing, what cannot be, cost, comparison. Figures are reckoned by hand."""

from datetime import date

import pytest

from logi.books.meter import rules
from logi.books.meter.options import as_clock, as_price, readings
from logi.books.meter.reckoning import a_year_ago, earlier
from logi.core.errors import BadValue, Usage


def start(day: int, value: int, digits: int = 5, factor: int = 1000) -> rules.Reading:
    return rules.Reading(date(2025, 8, day), "start", value * 1000, False, None, digits, factor)


def read(month: int, day: int, value: int, what: str = "read", *, rolled: bool = False) -> rules.Reading:
    return rules.Reading(date(2025, month, day), what, value * 1000, rolled)


def used(*there: rules.Reading) -> list[int]:
    return [span.use_milli for span in rules.spans(there)]


def wrong(*there: rules.Reading) -> str | None:
    found = rules.fault(there)
    return found.what if found else None


def test_use_is_the_difference_times_the_factor():
    assert used(start(31, 1000, factor=40_000), read(9, 30, 1250)) == [10_000_000]  # 250 × 40 = 10,000 kWh
    assert used(start(31, 10, factor=1500), read(9, 30, 11), read(10, 31, 14)) == [1500, 4500]  # × 1.5


def test_a_meter_that_turned_over_went_on_counting():
    # Four digits: 9950 to 9999 and over to 20 is 50 + 20 = 70.
    assert used(start(31, 9950, digits=4), read(9, 30, 20, rolled=True)) == [70_000]


def test_a_replaced_meter_ends_the_old_count_and_begins_a_new_one_with_its_own_factor():
    swap = rules.Reading(date(2025, 9, 20), "replace", 3000, False, 1_100_000, 6, 10_000)
    # 1100 − 1000 = 100 on the old one; 8 − 3 = 5, times 10 on the new one.
    assert used(start(31, 1000), swap, read(9, 30, 8)) == [100_000, 50_000]
    assert wrong(start(31, 1000), swap, read(9, 30, 8)) is None


def test_sums_of_uses_are_what_the_meter_counted_also_over_an_estimate_that_was_too_high():
    there = (start(31, 100), read(9, 30, 180, "estimate"), read(10, 31, 150))
    assert wrong(*there) is None
    assert used(*there) == [80_000, -30_000]
    assert sum(used(*there)) == 50_000


def test_what_cannot_be_is_named():
    assert wrong(start(31, 100), read(9, 30, 99)) == "below"
    assert wrong(start(31, 100), read(9, 30, 120, rolled=True)) == "rolled"
    assert wrong(start(31, 100), read(9, 30, 100_000)) == "digits"
    assert wrong(start(31, 100), read(9, 30, 120), read(9, 30, 130)) == "twice"
    assert wrong(start(31, 100), read(9, 30, 180, "estimate"), read(10, 31, 99)) == "below"  # below the last one read
    assert wrong(start(31, 100), read(9, 30, 180, "estimate"), read(10, 31, 150, "estimate")) == "below"


def test_cost_is_exact_to_half_a_fen():
    assert rules.cost(10_760_000, 528_300) == 568_451  # 10,760 × 0.5283 = 5,684.508
    assert rules.cost(1000, 5000) == 1  # 1 × 0.005 = half a fen
    assert rules.cost(-1000, 5000) == -1
    assert rules.cost(1_011_000, 3_150_000) == 318_465  # 1,011 × 3.15 = 3,184.65


def test_a_change_is_in_tenths_of_a_percent_and_needs_a_base():
    assert (rules.change(150, 100), rules.change(70, 100), rules.change(5, 0), rules.change(5, None)) == (500, -300, None, None)
    assert (rules.beyond(130, 100, 30), rules.beyond(131, 100, 30), rules.beyond(69, 100, 30)) == (False, True, True)


def test_a_change_of_meters_counts_as_the_months_reading_on_its_last_day_alone():
    def swap(day: int) -> rules.Reading:
        return rules.Reading(date(2025, 9, day), "replace", 0, False, 0, 5, 1000)

    assert (swap(29).counts, swap(30).counts, read(9, 3, 1).counts, start(31, 1).counts) == (False, True, True, False)


def test_the_stretch_before_and_the_one_a_year_ago():
    assert earlier(date(2025, 3, 1), date(2025, 3, 31)) == (date(2025, 2, 1), date(2025, 2, 28))
    assert earlier(date(2025, 7, 1), date(2025, 9, 30)) == (date(2025, 4, 1), date(2025, 6, 30))
    assert earlier(date(2025, 3, 5), date(2025, 3, 9)) == (date(2025, 2, 28), date(2025, 3, 4))
    assert a_year_ago(date(2025, 2, 1), date(2025, 2, 28)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert a_year_ago(date(2024, 2, 10), date(2024, 2, 28)) == (date(2023, 2, 10), date(2023, 2, 28))


def test_prices_have_up_to_six_decimals():
    assert (as_price("0.5283"), as_price("¥3.2"), as_price("3元"), as_price("0.524375")) == (528_300, 3_200_000, 3_000_000, 524_375)
    for text in ("-1", "0.1234567", "1e3", ".5", ""):
        with pytest.raises(BadValue):
            as_price(text)


def test_readings_are_read_as_pairs_or_with_an_equals_sign():
    assert readings(["E-01", "12.5"]) == [("E-01", 12_500)]
    assert readings(["E-01＝12", "W-01=3"]) == [("E-01", 12_000), ("W-01", 3000)]
    for words in (["E-01"], ["E-01="], ["=5"], ["E-01", "1", "2"], ["E-01=1", "E-01=2"]):
        with pytest.raises(Usage):
            readings(words)
    assert (as_clock("6:05"), as_clock("22：00")) == ("06:05", "22:00")
    with pytest.raises(BadValue):
        as_clock("24:00")

"""What the purchase book decides by itself: tiers, routes, splitting, how far a purchase has come."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi.books.purchase import rules
from logi.books.purchase.rules import Other, Standing
from logi.core.policies import shipped_value

STEPS = rules.tiers(shipped_value("purchase.tiers", date(2025, 9, 1)))
DAY = date(2025, 10, 20)


@pytest.mark.parametrize(("yuan", "levels", "quotes"), [
    ("999.99", 2, 1), ("1000.00", 3, 2), ("4999.99", 3, 2), ("5000.00", 4, 3), ("19999.99", 4, 3), ("20000.00", 5, 3),
    ("499999.99", 5, 3), ("500000.00", 5, 3),
])  # fmt: skip
def test_a_tier_ends_below_its_amount(yuan, levels, quotes):
    # the shipped tiers: below 1,000 / 5,000 / 20,000 / 500,000 yuan, and above
    tier = STEPS[rules.tier_at(STEPS, int(yuan.replace(".", "")))]
    assert (len(tier.levels), tier.quotes) == (levels, quotes)


def test_only_the_last_tier_is_for_government_procurement_and_the_meeting_has_minutes():
    assert [tier.government for tier in STEPS] == [False, False, False, False, True]
    assert [tier.minutes for tier in STEPS] == [False, False, False, True, True]


def test_a_level_that_may_not_decide_so_much_sends_the_request_up():
    limits = {"vice_principal": {"equipment": 200000, "all": 400000}}
    two = STEPS[1]
    assert rules.route(two, limits, "equipment", 200000) == ["dept_head", "bursar", "vice_principal"]
    assert rules.route(two, limits, "equipment", 200001) == ["dept_head", "bursar", "vice_principal", "principal"]
    assert rules.route(two, limits, "office", 300000) == ["dept_head", "bursar", "vice_principal"]
    assert rules.route(two, limits, "office", 450000)[-1] == "principal"


def test_who_stands_higher_may_sign_for_one_below_and_the_meeting_stands_apart():
    assert rules.above("bursar") == ("bursar", "vice_principal", "principal")
    assert rules.above("school_meeting") == ("school_meeting",)


def test_twice_4900_in_six_days_is_splitting():
    # 4,900 + 4,900 = 9,800: the tier below 20,000, each alone the tier below 5,000
    other = Other("CG-2025-0003", date(2025, 10, 14), 490000)
    assert rules.split(STEPS, 490000, DAY, [other], 30) == [other]


def test_what_is_far_apart_or_of_another_year_is_no_splitting():
    assert rules.split(STEPS, 490000, DAY, [Other("a", date(2025, 9, 19), 490000)], 30) == []  # 31 days
    assert rules.split(STEPS, 490000, DAY, [Other("a", date(2025, 9, 20), 490000)], 30)  # 30 days
    assert rules.split(STEPS, 490000, date(2026, 1, 5), [Other("a", date(2025, 12, 30), 490000)], 30) == []


def test_a_small_purchase_beside_one_signed_higher_up_is_no_splitting():
    # 300 + 15,000 = 15,300 needs what 15,000 needed
    assert rules.split(STEPS, 30000, DAY, [Other("a", DAY, 1500000)], 30) == []


def test_a_years_purchases_may_be_splitting_though_no_month_is():
    # 300,000 in February and 300,000 in October: 600,000 is for government procurement
    others = [Other("a", date(2025, 2, 20), 30000000), Other("b", date(2024, 12, 1), 30000000)]
    assert rules.year_split(STEPS, 30000000, DAY, others) == 60000000
    assert rules.year_split(STEPS, 10000000, DAY, others) is None
    assert rules.year_split(STEPS, 60000000, DAY, others) is None  # that one goes there by itself


@given(st.lists(st.integers(1, 60000000), min_size=1, max_size=6))
def test_splitting_is_said_exactly_when_the_sum_lies_in_a_higher_tier(amounts):
    first, *rest = amounts
    others = [Other(str(n), DAY, amount) for n, amount in enumerate(rest)]
    bounds = [100000, 500000, 2000000, 50000000]

    def tier(amount: int) -> int:
        return sum(amount >= bound for bound in bounds)

    assert bool(rules.split(STEPS, first, DAY, others, 30)) == (tier(sum(amounts)) > max(map(tier, amounts)))


@pytest.mark.parametrize(("at", "stage"), [
    (Standing(None, False, False, 0, 0, 0, 0), "open"),
    (Standing(None, True, False, 0, 0, 0, 0), "approved"),
    (Standing("rejected", False, False, 0, 0, 0, 0), "rejected"),
    (Standing("dropped", True, False, 0, 0, 0, 0), "dropped"),
    (Standing(None, False, True, 9, 0, 0, 0), "ordered"),
    (Standing(None, True, True, 4, 5, 0, 0), "part"),
    (Standing(None, True, True, 4, 5, 700, 700), "part"),  # paid for what came, and the rest is waited for
    (Standing("closed", True, True, 4, 5, 0, 0), "accepted"),
    (Standing("closed", True, True, 9, 0, 0, 0), "closed"),
    (Standing(None, True, True, 0, 9, 0, 0), "accepted"),
    (Standing(None, True, True, 0, 9, 700, 0), "invoiced"),
    (Standing(None, True, True, 0, 9, 700, 699), "invoiced"),
    (Standing(None, True, True, 0, 9, 700, 700), "paid"),
])  # fmt: skip
def test_how_far_a_purchase_has_come(at, stage):
    assert rules.stage(at) == stage


def test_food_names_its_maker_the_address_and_the_day():
    assert rules.lacking("示例米业", "示例县", DAY) == []
    assert rules.lacking(None, "示例县", None) == ["maker", "made"]


def test_rice_flour_and_oil_are_known_by_name_among_food_alone():
    from logi.core.folding import fold

    words = shipped_value("purchase.tendered_words", DAY)
    assert rules.is_tendered("東北大米", "food", words, fold)
    assert rules.is_tendered("一级大豆油5L", "food", words, fold)
    assert not rules.is_tendered("土豆", "food", words, fold)
    assert not rules.is_tendered("大米色墙漆", "repair", words, fold)


def test_every_class_of_the_storeroom_is_a_category_of_purchases():
    from logi.books.purchase.stock import CLASSES

    assert set(CLASSES) <= set(rules.CATEGORIES)


def test_thirty_days_are_counted_once_and_not_on_both_sides():
    # 20 September, 14 October, 9 November lie 50 days apart: 1,600 each. Two of them make 3,200, the tier of each;
    # all three made 4,800, still below 5,000. 2,000 each: two make 4,000, three 6,000, which is the next tier.
    before, after = Other("a", date(2025, 9, 20), 200000), Other("b", date(2025, 11, 9), 200000)
    assert rules.split(STEPS, 200000, date(2025, 10, 14), [before, after], 30) == []
    near = Other("b", date(2025, 10, 20), 200000)
    assert rules.split(STEPS, 200000, date(2025, 10, 14), [before, near], 30) == [before, near]

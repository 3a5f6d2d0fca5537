"""The shipped rules: each readable, dated, sourced, and none below the law."""

import json
import re
from datetime import date

import pytest

from logi.core.categories import asset_categories, item_classes
from logi.core.policies import KINDS, canonical, shipped, shipped_value, undercuts

TODAY = date(2025, 9, 1)


@pytest.mark.parametrize("policy", shipped(), ids=lambda policy: f"{policy.name}@{policy.from_day}")
def test_a_policy_is_whole(policy):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", policy.name)
    assert policy.kind in KINDS
    assert policy.limit in ("min", "max")
    assert policy.source
    assert bool(policy.floor_json) == bool(policy.law)
    assert policy.value_json == canonical(json.loads(policy.value_json))
    assert not undercuts(policy, policy.value_json)
    assert (policy.kind == "choice") == bool(policy.choices)
    assert policy.kind != "choice" or policy.value in policy.choices


def test_no_name_has_two_values_from_the_same_day():
    keys = [(policy.name, policy.from_day) for policy in shipped()]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # domain/rules.md B.1, B.3, B.8, B.9, B.10, B.11 and the brief of the books
        ("asset.threshold_general_fen", 100000),
        ("asset.entry_lag_days", 7),
        ("asset.depreciation", "memo"),
        ("asset.disposal_appraisers_min", 3),
        ("stock.price_jump_percent", 120),
        ("repair.object_days", 2),
        ("patrol.frequency_default", "workday"),
        ("sample.min_grams", 125),
        ("sample.min_hours", 48),
        ("gate.speed_limit", 5),
        ("aircon.cool_min", 26),
        ("aircon.heat_max", 19),
    ],
)
def test_the_shipped_value_is_the_fields(name, value):
    assert shipped_value(name, TODAY) == value


def test_special_equipment_has_one_line_before_2022_and_another_after():
    assert shipped_value("asset.threshold_special_fen", date(2022, 2, 28)) == 150000
    assert shipped_value("asset.threshold_special_fen", date(2022, 3, 1)) == 100000


def test_an_unknown_policy_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        shipped_value("asset.colour", TODAY)


def test_going_below_the_law_is_seen():
    by_name = {policy.name: policy for policy in shipped()}
    assert undercuts(by_name["sample.min_hours"], "24")  # the seed's own 24 hours
    assert not undercuts(by_name["sample.min_hours"], "72")
    assert undercuts(by_name["aircon.heat_max"], "21")
    assert not undercuts(by_name["aircon.heat_max"], "20")
    assert undercuts(by_name["fire.inspection"], '"termly"')
    assert not undercuts(by_name["fire.inspection"], '"quarterly"')
    assert undercuts(by_name["asset.life_months"], '{"A020101":60}')
    assert not undercuts(by_name["stock.near_expiry_days"], "1")


def test_the_disposal_matrix_rises_with_the_value_and_ends_open():
    by_kind, *by_value = shipped_value("asset.disposal_matrix", TODAY)
    assert {"A0101", "A0203"} <= set(by_kind["prefixes"])
    assert by_kind["levels"] == ["school_meeting", "education_bureau", "finance_bureau"]
    assert [tier.get("below_fen") for tier in by_value] == [5_000_000, 20_000_000, None]
    assert [len(tier["levels"]) for tier in by_value] == [1, 2, 3]


def test_a_categorys_life_is_the_least_one_of_the_rules():
    lives = shipped_value("asset.life_months", TODAY)
    for category in asset_categories():
        fitting = [prefix for prefix in lives if category.code.startswith(prefix)]
        expected = lives[max(fitting, key=len)] if fitting else None
        assert category.life_months == expected, category.code


def test_the_categories_are_those_the_rules_confirm():
    # domain/rules.md B.1; lives of B.2 in years: computer 6, printer 6, air-conditioner 10, TV 5, pupils' desk 5, cabinet 15
    by_code = {category.code: category for category in asset_categories()}
    assert all(re.fullmatch(r"A[0-9]{2}([0-9]{6})?", code) for code in by_code)
    assert len(by_code) == 6 + 18
    assert by_code["A02010105"].names["zh-Hans"] == "台式计算机"
    years = {"A02010105": 6, "A02021000": 6, "A02061804": 10, "A02091001": 5, "A05010203": 5, "A05010502": 15}
    assert {code: by_code[code].life_months for code in years} == {code: 12 * n for code, n in years.items()}
    assert not by_code["A04"].depreciates
    assert by_code["A02"].depreciates


def test_the_classes_of_stock_items_are_named_in_every_language():
    keys = [item.key for item in item_classes()]
    assert keys == ["daily", "office", "printing", "repair", "food", "cleaning", "textbook", "fire", "low-value"]
    assert all(set(item.names) == {"zh-Hans", "zh-Hant", "en"} and all(item.names.values()) for item in item_classes())


def test_titles_are_of_shipped_policies_and_in_chinese() -> None:
    from logi.core import messages
    from logi.policy_messages import MESSAGES

    names = {policy.name for policy in shipped()}
    assert {key.removeprefix("policy.") for key in MESSAGES} <= names
    assert all(not messages.template(key, "zh-Hans").isascii() for key in MESSAGES)

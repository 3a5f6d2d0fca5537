"""The shipped lists are data: whole, in three languages, as long as the school counts them, and found by any name."""

import tomllib

import pytest

from logi.books.check import lists, patrol, repair, rules
from logi.books.school.rules import PLACE_KINDS
from logi.core.datafiles import data_path
from logi.core.errors import Ambiguous, NotFound
from logi.core.policies import shipped

# What the project's issue on inspections counts, and the demo school's E.9.
COUNTS = {
    "fire-round": 7, "night-rooms": 5, "safety-self": 42, "wiring": 15, "rain-proof": 10, "canteen-daily": 13,
    "dorm-eight": 9, "shop-eight": 8, "five-items": 20, "aircon": 2, "boiler": 8, "opening": 12,
}  # fmt: skip


@pytest.mark.parametrize("checklist", lists.every(), ids=lambda one: one.key)
def test_a_list_is_whole(checklist):
    assert checklist.frequency in rules.FREQUENCIES
    assert set(checklist.places) <= set(PLACE_KINDS)
    assert set(checklist.sign) <= set(rules.ROLES)
    assert all(1 <= month <= 12 for month in checklist.months)
    assert checklist.source
    named = {policy.name for policy in shipped()}
    assert checklist.frequency_policy is None or checklist.frequency_policy in named
    for item in checklist.items:
        assert item.kind in rules.KINDS
        assert item.opens in rules.OPENS
        assert item.category in patrol.CATEGORIES
        assert item.level in patrol.LEVELS
        assert item.repair in repair.KINDS
        assert item.area is None or item.area in checklist.areas
        assert bool(item.choices) == (item.kind == "choice")
        assert {item.least_policy, item.most_policy} - {None} <= named
        assert ":" not in item.id
        assert "=" not in item.id


@pytest.mark.parametrize("key", lists.keys())
def test_no_line_of_a_list_is_unread(key):
    known = {
        "": {"hant", "hans", "en", "frequency", "frequency_policy", "months", "places", "place_needed", "every_place", "asset_categories", "asset_names",
             "sign", "opens", "category", "repair", "sample", "source", "area", "choice", "item"},
        "item": {"id", "hant", "hans", "en", "area", "kind", "min", "max", "min_policy", "max_policy", "unit", "choices",
                 "weight", "optional", "opens", "category", "level", "repair"},
    }  # fmt: skip
    data = tomllib.loads(data_path("checklists", f"{key}.toml").read_text("utf-8"))
    assert set(data) <= known[""]
    for item in data["item"]:
        assert set(item) <= known["item"]
    ids = [item["id"] for item in data["item"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("key", "count"), COUNTS.items())
def test_a_list_is_as_long_as_it_is_counted(key, count):
    assert len(lists.known(key).items) == count


@pytest.mark.seed("DOR-02")
def test_the_eight_uniform_things_are_nine():
    texts = [item.titles["hant"] for item in lists.known("dorm-eight").items]
    for word in ("制度", "疏散路線圖", "門牌", "床鋪規格", "物品", "整容鏡", "鋪位牌", "學生信息", "管理員職責"):
        assert sum(word in text for text in texts) == 1, word


def test_the_five_items_have_four_points_each():
    campaign = lists.known("five-items")
    assert [sum(item.area == area for item in campaign.items) for area in campaign.areas] == [4, 4, 4, 4, 4]
    assert list(campaign.areas) == ["shop", "toilet", "hygiene", "circuit", "drinking"]


def test_the_samples_say_so():
    shop = lists.known("shop-eight")
    assert shop.sample
    assert all("示例" in item.titles["hant"] and "示例" in item.titles["hans"] for item in shop.items)


@pytest.mark.parametrize("text", ["fire-round", "防火巡查", "fhxc", "Fire round", "fire-r", "防火巡"])
def test_a_list_is_found_by_any_name(ledger, text):
    assert lists.named(ledger, text).key == "fire-round"


def test_a_list_is_found_across_scripts(ledger):
    assert lists.named(ledger, "校舍防雨檢查").key == lists.named(ledger, "校舍防雨检查").key == "rain-proof"


def test_a_name_that_fits_several_names_them(ledger):
    with pytest.raises(Ambiguous) as refused:
        lists.named(ledger, "防火")
    assert {key for key, _ in refused.value.pairs} == {"fire-round", "fire-month"}
    ledger.exact = True
    with pytest.raises(NotFound):
        lists.named(ledger, "防火")


def test_set_points_come_from_the_policies(ledger):
    cooling, heating = lists.known("aircon").items
    # Seed plan 5: heating 19, cooling 26.
    assert lists.limits(ledger, cooling, ledger.today) == (26000, None)
    assert lists.limits(ledger, heating, ledger.today) == (None, 19000)

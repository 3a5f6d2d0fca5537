"""`A4纸50包` in one word is the pair it is, where exactly one item can be meant."""

import pytest


@pytest.fixture
def shelf(logi):
    logi("item add BG001 A4纸 --unit 包")
    logi("stock in A4纸 90 --price 20 --on 2025-09-01")
    return logi


def test_item_and_quantity_may_stand_in_one_word(shelf):
    shelf("item add DC05 5号电池 --unit 节")
    said = shelf("stock in A4纸50包@23.5 5号电池12.5节@2 -f json").json
    assert len(said["numbers"]) == 1
    rows = {row["name"]: row["quantity"] for row in shelf("stock list -f json").json["rows"]}
    assert rows == {"A4纸": "140", "5号电池": "12.5"}


def test_pairs_and_single_words_may_be_mixed(shelf):
    shelf("item add BG003 粉笔 --unit 盒")
    shelf("stock in 粉笔 5 --price 4")
    shelf("stock out Ａ４紙３０包 粉笔 2 --to 教务处 --by 杨班一")
    assert {row["name"]: row["quantity"] for row in shelf("stock list -f json").json["rows"]} == {"A4纸": "60", "粉笔": "3"}


@pytest.mark.parametrize("line", [
    "stock out A4纸50 --to 教务处 --by 杨班一",  # no unit to show where the name ends
    "stock out A4纸50包 3 --to 教务处 --by 杨班一",  # two quantities
])  # fmt: skip
def test_one_word_that_may_be_anything_else_is_refused(shelf, line):
    said = shelf(line, code=2)
    assert "A4纸 50@23.5" in said.err


def test_an_unknown_item_in_one_word_is_not_found(shelf):
    """A part of a name does not do in one word, as it might end elsewhere."""
    assert "No item is called 纸" in shelf("stock out 纸50包 --to 教务处 --by 杨班一", code=3).err


def test_the_unit_in_one_word_must_be_the_items_own(shelf):
    shelf("stock out A4纸50箱 --to 教务处 --by 杨班一", code=2)


def test_digits_that_may_belong_to_either_are_refused_with_both_readings(logi):
    logi("item add M1 HP1 --unit 支")
    logi("item add M12 HP12 --unit 支")
    said = logi("stock in HP125支@3", code=2).err
    assert "HP1 25支@3; HP12 5支@3" in said


def test_an_item_that_is_called_so_is_no_pair(logi):
    logi("item add CZ1 抽纸100抽 --unit 包")
    logi("item add CZ2 抽纸 --unit 抽")
    logi("stock in 抽纸100抽 5 --price 3")
    assert logi("stock list 抽纸100抽 -f json").json["rows"][0]["quantity"] == "5"

"""The school's shop by command lines: licences and sellers, goods in and out by lot, the shelf; undone and redone."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from logi.books.shop import rules
from logi.books.shop.rules import Lot

BY = "--by 店小卖 --by 钱样真"


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, word: str = "", **env) -> list[dict]:
    return [row for row in rows(logi("due --book shop --days 0 -f json", **env)) if word in row["text"]]


def there(logi, **env) -> dict[str, str]:
    return {row["name"]: row["quantity"] for row in rows(logi("shop goods list -f json", **env))}


@pytest.fixture
def shop(logi):
    """A shop with a seller in good health, three sorts of goods, a supplier with a licence; allowed by a decision."""
    with logi.once():
        for line in (
            "person add S20 店小卖", "place add SHOP 校园商店 --kind shop", "vendor add V11 示例配送", "vendor edit V11 --licence SC1",
            "policy set shop.enabled true --from 2025-09-01 --source 纪要",
            "shop staff add 店小卖 --from 2025-09-01 --examined 2025-08-20 --certificate JK1",
            "shop goods add G1 面包 --unit 袋 --maker 甲厂 --address 甲路1号 --shelf-life-days 7 --price 3.5 --from 2025-09-01",
            "shop goods add G2 牛奶 --unit 盒 --price 2.85 --from 2025-09-01",
            "shop goods add G3 中性笔 --unit 支 --class 文具 --price 1.5 --from 2025-09-01",
        ):
            logi(line)
    return logi


@pytest.mark.seed("SHP-01")
def test_licences_and_certificates_are_all_there_and_warned_of_before_they_end(shop):
    logi = shop
    missing = due(logi, "The shop has no")
    assert [row["command"] for row in missing] == [
        f"logi shop licence add {kind} NO --issued DAY --until DAY" for kind in ("business", "food")]  # fmt: skip
    logi("shop licence add 营业执照 A1 --issued 2023-03-01")  # without an end
    logi("shop licence add food B1 --issued 2020-10-20 --until 2025-10-19")
    [soon] = due(logi, "B1")
    assert (soon["state"], soon["day"]) == ("expiring", "2025-10-19")
    [over] = due(logi, "B1", LOGI_TODAY="2025-10-20")
    assert over["state"] == "overdue"
    logi("shop licence add food B2 --issued 2025-09-30 --until 2030-09-29")
    assert due(logi, "B1") == []
    assert {row["no"]: row["state"] for row in rows(logi("shop licence list --all -f json"))} == {
        "A1": "lasting", "B1": "ended", "B2": "valid"}  # fmt: skip
    # A year from the examination on 2025-08-20 is up on 2026-08-19.
    assert due(logi, "certificate of health") == []
    [health] = due(logi, "certificate of health", LOGI_TODAY="2026-08-01")
    assert (health["state"], health["day"]) == ("expiring", "2026-08-19")
    assert due(logi, "certificate of health", LOGI_TODAY="2026-08-20")[0]["state"] == "overdue"
    sheet = str(logi("form 商店证照一览 -f json", LOGI_LANG="zh-Hans").json)
    assert "健康证" in sheet
    assert "B2" in sheet


@pytest.mark.seed("SHP-04")
def test_nothing_nameless_or_past_its_day_gets_in_or_stays_on_the_shelf(shop):
    logi = shop
    nameless = f"shop in G2 20 --price 2 --from V11 --certificate C1 {BY}"
    said = logi(nameless + " -f json", code=4).json
    assert (said["key"], said["facts"]["lacks"]) == ("shop.three_no", ["maker", "address", "made"])
    logi(nameless + " --maker 乙厂 --made 2025-09-20 --expires 2026-03-19", code=4)  # no address
    logi(nameless + " --maker 乙厂 --address 乙路 --made 2025-09-20", code=4)  # to which day it is good nobody knows
    logi(nameless + " --maker 乙厂 --address 乙路 --made 2025-03-20 --expires 2025-09-29", code=4)  # yesterday
    logi(nameless + " --maker 乙厂 --address 乙路 --made 2025-10-01 --expires 2026-03-19", code=4)  # made tomorrow
    logi(nameless.replace("--certificate C1", "") + " --maker 乙厂 --address 乙路 --made 2025-09-20 --expires 2026-03-19", code=4)
    logi(nameless.replace("V11", "V01") + " --maker 乙厂 --address 乙路 --made 2025-09-20 --expires 2026-03-19", code=4)
    logi(f"shop in G1 20 --price 2 --from V11 --made 2025-09-19 --certificate C2 --on 2025-09-20 {BY}")  # good to the 26th
    logi(f"shop in G1 10 --price 2 --from V11 --made 2025-09-29 --certificate C3 --on 2025-09-29 {BY}")  # to 6 October
    logi("shop out 面包=5 --by 店小卖 --on 2025-09-26")  # its last day, still sold: of the first lot
    logi("shop out 面包=11 --by 店小卖", code=4)  # only ten are within their day
    [old] = due(logi, "past their day")
    assert (old["state"], old["number"] if "number" in old else old["subject"]) == ("overdue", "SP-2025-0001-1")
    soon = {row["lot"]: (row["state"], row["days_left"]) for row in rows(logi("shop shelf -f json"))}
    assert soon == {"SP-2025-0001-1": ("expired", -4), "SP-2025-0002-1": ("expiring", 6)}
    assert "Destroy them now" in logi("shop look --by 店小卖").err
    assert due(logi, "looked through") == []
    assert "since 2025-09-30" in due(logi, "looked through", LOGI_TODAY="2025-10-08")[0]["text"]
    line = old["command"].removeprefix("logi ").replace("TEXT", "过期").replace("PERSON", "钱样真")
    logi(line.replace("--witness 钱样真", "--witness 店小卖"), code=4)
    logi(line)
    assert due(logi, "past their day") == []
    assert there(logi)["面包"] == "10"


@pytest.mark.seed("SHP-03")
def test_every_coming_in_and_going_out_stands_in_the_ledger_of_goods(shop):
    logi = shop
    logi(f"shop in G2 10 --price 2.115 --from V11 --maker 乙厂 --address 乙路 --made 2025-09-01 --expires 2026-03-01 "
         f"--certificate C1 --on 2025-09-20 {BY}", code=2)  # fmt: skip
    for day, lot, cost in (("20", "2026-03-01", "2.10"), ("21", "2025-12-01", "2.00")):
        logi(f"shop in G2 10 --price {cost} --from V11 --maker 乙厂 --address 乙路 --made 2025-09-01 --expires {lot} "
             f"--certificate C{day} --on 2025-09-{day} {BY}")  # fmt: skip
    logi(f"shop in G3 100 --price 0.9 --from V01 --on 2025-09-20 {BY}")
    logi("shop out 牛奶=12 中性笔=3 --by 店小卖 --on 2025-09-22")
    logi("shop out 牛奶=2 --how returned --reason 破损 --by 店小卖 --on 2025-09-23")
    logi("shop out 牛奶=7 --by 店小卖", code=4)  # six are left
    logi("shop out 牛奶=12 --by 店小卖 --on 2025-09-20", code=4)  # ten were there, and later none may be missing
    table = logi("shop ledger --month 2025-09 -f json").json
    milk = [row for row in table["rows"] if row["code"] == "G2"]
    # The lot that ends on 1 December goes first: ten of it, two of the other; 10 × 2.85 = 28.50, 2 × 2.85 = 5.70.
    assert [(row["what"], row["came"], row["went"], row["left"], row["earned"]) for row in milk] == [
        ("in", "10", None, "10", None), ("in", "10", None, "20", None), ("sold", None, "10", "10", "28.50"),
        ("sold", None, "2", "8", "5.70"), ("returned", None, "2", "6", None)]  # fmt: skip
    assert (milk[0]["maker"], milk[0]["certificate"], milk[0]["by"]) == ("乙厂", "C20", "店小卖; 钱样真")
    assert (table["totals"]["bought"], table["totals"]["earned"]) == ("131.00", "38.70")  # 21 + 20 + 90; 34.20 + 4.50
    sums = {row["code"]: row for row in rows(logi("shop month --month 2025-09 -f json"))}["G2"]
    assert [sums[key] for key in ("opening", "came", "sold", "returned", "closing")] == ["0", "20", "12", "2", "6"]
    october = {row["code"]: row for row in rows(logi("shop month --month 2025-10 -f json", LOGI_TODAY="2025-10-09"))}["G2"]
    assert (october["opening"], october["closing"]) == ("6", "6")
    assert "C20" in str(logi("form shop-ledger 2025-09 -f json").json)
    assert "shop.month" in [table["name"] for table in logi("report month 2025-09 -f json").json["tables"]]
    logi(f"shop in G3 99999999999 --price 9999999999 --from V01 {BY}", code=2)  # more than the ledger can hold
    logi("shop out 中性笔 2 牛奶 1 --by 店小卖")  # as pairs of words, too
    logi("shop price set G3 1.6 --reason 涨 --from 2025-09-25")
    priced = rows(logi("audit log -f json --limit 1"))[0]["entry"]
    logi("month close 2025-09 --override 试用", LOGI_TODAY="2025-10-09")
    logi(f"undo {priced}", code=4, LOGI_TODAY="2025-10-09")
    for line in (f"shop in G3 1 --price 1 --from V01 --on 2025-09-30 {BY}", "shop out 中性笔=1 --by 店小卖 --on 2025-09-30",
                 "shop look --by 店小卖 --on 2025-09-30", "shop price set G3 1 --from 2025-09-20"):  # fmt: skip
        assert "2025-09" in logi(line, code=4, LOGI_TODAY="2025-10-09").err


def test_what_left_a_lot_leans_on_it_and_each_verb_is_undone_and_redone(shop):
    logi = shop
    logi(f"shop in G1 20 --price 2 --from V11 --made 2025-09-29 --certificate C2 {BY}")
    came = rows(logi("audit log -f json --limit 1"))[0]["entry"]
    for line, shown in (
        ("shop out 面包=5 --by 店小卖", "shop goods list"), ("shop look --by 店小卖", "shop looks"),
        ("shop price set G1 3", "shop price list"), ("shop goods edit G1 --maker 丙厂", "shop goods list"),
        ("shop licence add business A1 --issued 2025-09-01", "shop licence list"),
        ("shop licence end A1 --reason 换证", "shop licence list"), ("shop staff renew 店小卖 --examined 2025-09-29", "shop staff list"),
        ("shop staff leave 店小卖", "shop staff list"),
    ):  # fmt: skip
        logi(line)
        after = logi(shown).out
        logi("undo")
        assert logi(shown).out != after
        logi("redo")
        assert logi(shown).out == after
    logi(f"undo {came}", code=4)
    logi("shop out 面包=1 --by 店小卖", code=4)  # who left may not sell
    logi("shop out 面包=1 --by 店小卖 --override 交接期间")
    assert there(logi)["面包"] == "14"
    assert logi("audit verify").code == 0
    with closing(sqlite3.connect(logi.ledger)) as db:
        assert db.execute("SELECT sum(quantity_milli) FROM shop_move").fetchone() == (14_000,)


def test_a_shop_rests_on_a_decision_and_is_inspected_every_month(shop):
    logi = shop
    logi("policy set shop.enabled false --from 2025-09-25 --source 通知")
    assert "exception by law" in logi(f"shop in G3 10 --price 1 --from V01 {BY}").err
    assert due(logi, "no decision")[0]["command"] == "logi policy set shop.enabled true --from DAY --source DOCNO"
    [unused] = due(logi, "eight prohibitions")
    assert unused["command"] == "logi check use shop-eight --place SHOP"
    logi("shop out 中性笔=1 --by 店小卖")
    later = {"LOGI_TODAY": "2025-10-09"}
    assert due(logi, "was not inspected", **later)[0]["subject"] == "2025-09"
    assert "2025-09" in logi("shop inspections --month 2025-09 -f json", **later).json["notes"][0]
    logi("check run shop-eight --place SHOP --by 钱样真 --rest-ok --on 2025-09-30", **later)
    assert due(logi, "was not inspected", **later) == []
    [run] = rows(logi("shop inspections --month 2025-09 -f json", **later))
    assert (run["score"], run["failed"]) == ("100.0", 0)


def test_a_lot_gives_no_more_than_is_there_on_any_later_day():
    lot = Lot("SP-1-1", 1, "2025-09-01", "2025-09-30", (("2025-09-01", 10), ("2025-09-10", -6)))
    assert [lot.free(day) for day in ("2025-08-31", "2025-09-01", "2025-09-09", "2025-09-10")] == [0, 4, 4, 4]
    other = Lot("SP-2-1", 1, "2025-09-05", None, (("2025-09-05", 5),))
    assert rules.taken([other, lot], "2025-09-12", 7) == ([(lot, 4), (other, 3)], 0)
    assert rules.taken([other, lot], "2025-09-02", 7) == ([(lot, 4)], 3)
    assert rules.below(Lot("SP-3-1", 1, "2025-09-05", None, (("2025-09-04", -1), ("2025-09-05", 5)))) == "2025-09-04"
    assert rules.amount(1_500, 333) == 500  # 4.995 yuan
    day = date(2025, 9, 30)
    assert [rules.standing(one, day, 30) for one in ("2025-09-29", "2025-09-30", "2025-10-30", "2025-10-31", None)] == [
        "expired", "expiring", "expiring", "good", "undated"]  # fmt: skip

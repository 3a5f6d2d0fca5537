"""Stock in several places: transfers, what is taken from where, counting a place; the places together hold what is on hand."""

import random

import pytest


@pytest.fixture
def depot(logi):
    """A storeroom with 60 reams at 23 and 20 at 24, a classroom, a kitchen, a shelf in the storeroom."""
    with logi.once():
        for line in (
            "place add CK1 仓库 --kind storeroom", "place add CK1A 仓库甲架 --parent CK1", "place add JS1 教具室",
            "place add K101 厨房 --kind kitchen",
            "item add BG001 A4纸 --unit 包 --class office --pack 箱=10 --place CK1",
            "item add QJ007 消毒液84 --unit 瓶 --class cleaning --chemical --place CK1",
            "stock in A4纸 60@23 --on 2025-09-01 --request A", "stock in A4纸 20@24 --on 2025-09-02 --request A",
            "stock in 消毒液84 9@6 --on 2025-09-02 --request A",
        ):  # fmt: skip
            logi(line)
    return lambda line: logi(line, code=None)


def there(logi, item="A4纸", more=""):
    return {row["place"]: int(row["quantity"]) for row in logi(f"stock list {item} --by-place {more} -f json").json["rows"]}


def worth(logi):
    row = logi("stock list A4纸 -f json").json["rows"][0]
    return row["quantity"], row["value"]


MOVE = "stock move A4纸 70 --from-place CK1 --to-place JS1 --by S06 --on 2025-09-10"


def test_what_is_moved_costs_nothing_and_keeps_its_lot(depot):
    before = worth(depot)
    assert before == ("80", "1860.00")  # 60 x 23 + 20 x 24
    moved = depot(f"{MOVE} --reason 期中 -f json").json
    assert moved["action"] == "stock.move"
    assert (worth(depot), there(depot)) == (before, {"CK1": 10, "JS1": 70})
    assert there(depot, more="--at 2025-09-09") == {"CK1": 80}
    lots = depot("report by-lot 2025-09 -f json").json["rows"]
    assert [(row["received_on"], row["quantity"]) for row in lots if row["code"] == "BG001"] == [
        ("2025-09-01", "60"), ("2025-09-02", "20")]  # fmt: skip
    shown = depot("show DB-2025-0001").out
    assert all(word in shown for word in ("CK1 仓库", "JS1 教具室", "S06 周入库", "期中"))
    rows = depot("stock moved -f json").json["rows"]
    assert [(row["number"], row["quantity"], row["from_place"], row["to_place"]) for row in rows] == [
        ("DB-2025-0001", "60", "CK1", "JS1"), ("DB-2025-0001", "10", "CK1", "JS1")]  # fmt: skip
    assert depot("stock moved --place K101 -f json").json["rows"] == []
    assert depot("stock moved --item 消毒液84 -f json").json["rows"] == []
    assert len(depot("report stock.moved --month 2025-09 -f json").json["rows"]) == 2
    assert depot("audit verify").code == 0


def test_an_issue_draws_on_its_place_first_and_says_what_came_from_another(depot):
    depot(MOVE)
    told = depot("stock out A4纸 5 --to 教务处 --by S15")
    assert "5 包 of it come from JS1 教具室" in told.err  # the oldest lot lies there wholly
    depot("stock out A4纸 4 --to 教务处 --by S15 --place CK1")
    assert there(depot) == {"CK1": 6, "JS1": 65}
    assert worth(depot) == ("71", "1649.00")  # 1860 - 5 x 23 - 4 x 24: cost follows the lot taken, not the place
    depot("stock return CK-2025-0002 A4纸 1 --place JS1")
    assert there(depot) == {"CK1": 6, "JS1": 66}
    depot("stock return CK-2025-0002 A4纸 1")
    assert there(depot) == {"CK1": 7, "JS1": 66}
    depot("stock adjust A4纸 -3 --place CK1 --reason 盘点短少")
    depot("stock adjust A4纸 +2 --place JS1 --reason 盘点多出")
    assert there(depot) == {"CK1": 4, "JS1": 68}
    assert depot("audit verify").code == 0


REFUSED = [
    ("stock move A4纸 81 --from-place CK1 --to-place JS1 --by S06", 4, "only 80 包"),
    ("stock move A4纸 5 --from-place JS1 --to-place CK1 --by S06", 4, "only 0 包"),
    ("stock move A4纸 5 --from-place CK1 --to-place CK1 --by S06", 4, "in CK1 仓库 already"),
    ("stock move 消毒液84 1 --from-place CK1 --to-place K101 --by S06", 4, "may not go into K101 厨房"),
    ("stock adjust 消毒液84 +1 --place K101 --reason 多出", 4, "may not go into K101 厨房"),
    ("stock move A4纸 5 --to-place JS1 --by S06 --on 2025-10-05", 4, "after today"),
    ("stock move A4纸 61 --from-place CK1 --to-place JS1 --by S06 --on 2025-09-01", 4, "only 60 包"),
    ("stock move A4纸 5 --to-place 无此处 --by S06", 3, "无此处"),
    ("stock move A4纸 5 --to-place JS1", 2, "--by"),
    ("stock move A4纸 5 --by S06", 2, "--to-place"),
    ("stock move A4纸 0 --to-place JS1 --by S06", 2, "zero"),
    ("stock move A4纸 5 --to-place JS1 --by S06 --lot X", 4, "only 0 包"),
    ("stock move --to-place JS1 --by S06", 2, "ITEMS"),
    ("stock out A4纸 3 --to 教务处 --by S15 --place JS1", 4, "only 0 包"),
]  # fmt: skip


def test_what_a_place_does_not_hold_or_may_not_hold_is_refused(depot):
    for line, code, words in REFUSED:
        done = depot(line)
        assert (done.code, words in done.err) == (code, True), (line, done.err)
    assert there(depot) == {"CK1": 80}


def test_goods_in_two_places_are_moved_only_from_a_place_that_is_named(depot):
    depot(MOVE)
    done = depot("stock move A4纸 3 --to-place CK1A --by S06")
    assert done.code == 2
    assert "CK1 仓库; JS1 教具室" in done.err
    depot("stock move A4纸 3箱 --from-place JS1 --to-place CK1A --by S06")
    assert there(depot) == {"CK1": 10, "CK1A": 30, "JS1": 40}
    depot("stock out A4纸 35 --to 教务处 --by S15 --place CK1")  # a place holds what lies within it
    assert there(depot) == {"CK1": 5, "JS1": 40}  # the oldest lot first: its 30 in CK1A, then 5 of the other's 10
    assert depot("audit verify").code == 0


def test_a_late_issue_leaves_what_was_moved_later_where_it_is(depot):
    depot(MOVE)
    late = depot("stock out A4纸 11 --to 教务处 --by S15 --on 2025-09-05 --place CK1")
    assert late.code == 4  # 70 of the 80 left CK1 five days later
    assert depot("stock out A4纸 11 --to 教务处 --by S15 --on 2025-09-05").code == 4
    assert depot("stock out A4纸 10 --to 教务处 --by S15 --on 2025-09-05").code == 0
    assert there(depot) == {"JS1": 70}
    assert depot("audit verify").code == 0


def test_a_transfer_is_undone_only_while_its_goods_are_there(depot):
    depot(MOVE)
    depot("stock out A4纸 6 --to 教务处 --by S15 --place JS1")
    refused = depot("undo DB-2025-0001")
    assert refused.code == 4
    assert "JS1 教具室 would hold less than nothing on 2025-09-30" in refused.err
    assert depot("undo CK-2025-0001").code == 0
    assert there(depot) == {"CK1": 10, "JS1": 70}
    assert depot("undo DB-2025-0001").code == 0
    assert there(depot) == {"CK1": 80}
    assert depot("stock moved -f json").json["rows"] == []
    assert depot("redo CK-2025-0001").code in (2, 3, 4)  # it stood on what lay there
    assert depot("undo RK-2025-0001").code == 0
    assert depot("audit verify").code == 0


def test_a_slip_is_corrected_in_its_place_and_not_under_a_transfer(depot):
    depot(MOVE)
    refused = depot("correct RK-2025-0001 --qty 50 --reason 看错")
    assert refused.code == 4
    assert "DB-2025-0001" in refused.err
    depot("stock out A4纸 6 --to 教务处 --by S15 --place JS1")
    assert depot("correct CK-2025-0001 --qty 9 --reason 看错").code == 0
    assert there(depot) == {"CK1": 10, "JS1": 61}
    assert depot("undo").code == 0
    assert there(depot) == {"CK1": 10, "JS1": 64}
    assert depot("redo").code == 0
    assert there(depot) == {"CK1": 10, "JS1": 61}
    assert depot("audit verify").code == 0


def test_a_place_is_counted_by_what_lies_in_it(depot):
    depot(MOVE)
    begun = depot("stock count start JS1 -f json").json
    assert (begun["facts"]["count"], begun["facts"]["value"]) == (1, "1627.50")  # 1860.00 x 70 / 80
    listed = depot("stock count status -f json").json["rows"]
    assert [(row["place"], row["code"], row["book"]) for row in listed] == [("JS1", "BG001", "70")]
    other = depot("stock count start CK1")  # another place of the same goods at the same time
    assert other.code == 0
    assert depot("stock count start JS1").code == 4
    depot("stock count enter A4纸 68 --number PK-2025-0001")
    depot("stock count settle PK-2025-0001")
    assert there(depot) == {"CK1": 10, "JS1": 68}
    depot("stock count enter --rest-ok A4纸 11 --number PK-2025-0002")
    depot("stock count settle PK-2025-0002")
    assert there(depot) == {"CK1": 11, "JS1": 68}
    assert depot("audit verify").code == 0


def test_a_file_is_taken_from_where_the_goods_lie(depot, tmp_path):
    depot(MOVE)
    file = tmp_path / "out.csv"
    file.write_text("日期,方向,物品编码,数量,部门,领用人\n2025-09-20,出库,BG001,75,教务处,S15\n", encoding="utf-8")
    assert depot(f"import stock {file} --create departments").code == 0
    assert sum(there(depot).values()) == 5
    assert depot("audit verify").code == 0


def test_a_chemical_moved_where_food_comes_to_be_kept_is_due(depot):
    depot("stock move 消毒液84 4 --to-place JS1 --by S06")
    assert depot("place edit JS1 --kind kitchen").code == 0
    rows = depot("due --book stock -f json").json["rows"]
    assert any("JS1 教具室" in row["text"] for row in rows)


def test_a_thing_that_lies_among_food_is_not_made_a_chemical(depot):
    depot("stock move A4纸 4 --to-place K101 --by S06")
    done = depot("item edit A4纸 --chemical")
    assert done.code == 4
    assert "K101 厨房" in done.err


@pytest.mark.parametrize("seed", range(2))
def test_the_places_hold_what_is_on_hand_whatever_happens(depot, seed):
    """A model that knows only places and quantities says the same."""
    dice = random.Random(seed)
    model = {"CK1": 80, "JS1": 0, "E101": 0}
    steps = []  # what each standing act did to the model
    for _ in range(20):
        at, to = dice.sample(sorted(model), 2)
        qty = dice.randint(1, 30)
        kind = dice.choice(["move", "move", "out", "loss", "gain", "undo"])
        if kind == "undo":
            if not steps:
                continue
            assert depot("undo").code == 0
            for place, n in steps.pop().items():
                model[place] -= n
        else:
            line, change = {
                "move": (f"stock move A4纸 {qty} --from-place {at} --to-place {to} --by S06", {at: -qty, to: qty}),
                "out": (f"stock out A4纸 {qty} --to 教务处 --by S15 --place {at}", {at: -qty}),
                "loss": (f"stock adjust A4纸 -{qty} --reason 短少 --place {at}", {at: -qty}),
                "gain": (f"stock adjust A4纸 +{qty} --reason 多出 --price 23 --place {at}", {at: qty}),
            }[kind]
            done = depot(line)
            assert (done.code == 0) == (kind == "gain" or model[at] >= qty), (line, model, done.err)
            if done.code:
                continue
            for place, n in change.items():
                model[place] += n
            steps.append(change)
        assert there(depot) == {place: n for place, n in model.items() if n}
    assert depot("audit verify").code == 0

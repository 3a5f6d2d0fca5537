"""The storeroom's rules one by one: what is blocked, what is warned of, what is listed until somebody mends it."""

import pytest


@pytest.fixture
def store(logi):
    """Paper and chalk on the shelf, a kitchen, eggs that keep thirty days."""
    with logi.once():
        for line in (
            "place add K101 厨房 --kind kitchen",
            "item add BG001 A4纸 --unit 包 --class office --min 30 --max 100",
            "item add BG003 粉笔 --unit 盒 --class office",
            "item add SC005 鸡蛋 --unit kg --class food --shelf-life-days 30 --min 10",
            "stock in A4纸 60@23.5 粉笔 80@4.2 --from V01 --on 2025-09-03 --request SG-1",
        ):
            logi(line)
    return logi


def rows(store, line, **env):
    return store(f"{line} -f json", **env).json["rows"]


def due(store, words, **env):
    return [(r["state"], r["subject"]) for r in rows(store, "due --book stock", **env) if words in r["text"]]


# -- blocked ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [
    "item add QJ007 消毒液84 --unit 瓶 --chemical --place K101", "item edit 洁厕灵 --chemical", "item edit 洁厕灵 --chemical --place K101",
    "item edit 吡虫啉 --place K101", "stock in 吡虫啉 5@9.5 --place K101", "stock in 消毒粉 5@9.5",
])  # fmt: skip
def test_a_chemical_gets_into_a_place_of_food_by_no_door(store, line):
    store("item add QJ001 洁厕灵 --unit 瓶 --place K101")
    store("item add NY001 吡虫啉 --unit 袋 --chemical --place F101")
    store("place add X1 杂物间")
    store("item add QJ002 消毒粉 --unit 袋 --chemical --place X1")
    if "消毒粉" in line:
        store("place edit X1 --kind kitchen")
    store(line, code=4)
    store(f"{line} --override 一会儿就拿走", code=4)


def test_chemicals_in_what_has_become_a_place_of_food_are_due(store):
    store("place add X1 杂物间")
    store("item add QJ002 消毒粉 --unit 袋 --chemical --place X1")
    assert due(store, "is a chemical") == []
    store("place edit X1 --kind kitchen")
    assert due(store, "is a chemical") == [("overdue", "QJ002")]
    store("item edit 消毒粉 --place F101")
    assert due(store, "is a chemical") == []


def test_an_expired_lot_goes_out_to_nobody_and_is_written_off_with_a_reason(store):
    store("stock in 鸡蛋 12@9 --made 2025-08-20 --lot A --on 2025-08-21 --request SG-2")  # good until 2025-09-19
    for line in ("stock out 鸡蛋 1 --to 食堂 --by S06", "stock out 鸡蛋 1 --lot A --to 食堂 --by S06"):
        assert "past their last good day" in store(line, code=4).err
    store("stock out 鸡蛋 1 --to 食堂 --by S06 --on 2025-09-19")  # its last good day
    store("stock adjust 鸡蛋 -11 --reason 过期报损")
    assert rows(store, "stock expiring") == []


def test_a_late_issue_enters_an_open_month_if_no_day_goes_below_zero_and_moves_no_posted_cost(store):
    store("stock in A4纸 10@30 --on 2025-09-20 --request SG-2")
    store("stock out A4纸 55 --to 教务处 --by S15 --on 2025-09-10")
    before = store("stock show CK-2025-0001 -f json").json["tables"][1]
    assert "still be issued" in store("stock out A4纸 6 --to 教务处 --by S15 --on 2025-09-12", code=4).err
    store("stock out A4纸 5 --to 教务处 --by S15 --on 2025-09-04")
    assert store("stock show CK-2025-0001 -f json").json["tables"][1] == before
    book = rows(store, "stock ledger A4纸 --month 2025-09")
    assert [(r["number"], r["balance_quantity"]) for r in book if r.get("number")] == [
        ("RK-2025-0001", "60"), ("CK-2025-0002", "55"), ("CK-2025-0001", "0"), ("RK-2025-0002", "10"),
    ]  # fmt: skip


# -- warned of -------------------------------------------------------------------------------------------


def test_what_is_ordered_delivered_and_accepted_stands_on_the_slip_side_by_side(store):
    store("stock in 粉笔 58@4.2 --ordered 64 --delivered 60 --request SG-2 --inspector S07 --buyer S03")
    said = store("form stock-in RK-2025-0002", LOGI_LANG="zh-Hans").out
    line = next(one for one in said.splitlines() if "BG003" in one)
    assert [cell for cell in ("64", "58") if cell in line] == ["64", "58"]


def test_the_same_kit_twice_in_a_term_is_said(store):
    store("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    store("stock kit add TJ1 教师办公用品 粉笔 1")
    store("stock issue-kit TJ1 --to 教务处 --by S15 --people S15,S17 --on 2025-09-05")
    said = store("stock issue-kit TJ1 --to 教务处 --by S15 --people S17 --on 2025-09-12").err
    assert "秦实妍 had 教师办公用品 already in this term (CK-2025-0001)" in said


# -- listed ----------------------------------------------------------------------------------------------


def test_goods_near_their_last_day_are_listed_a_month_and_a_week_ahead(store):
    for lot, made in (("A", "2025-09-01"), ("B", "2025-09-07"), ("C", "2025-09-29")):  # good until 10-01, 10-07, 10-29
        store(f"stock in 鸡蛋 4@9 --made {made} --lot {lot} --on {made} --request SG-2")
    near = {r["lot"]: (r["days_left"], r["status"]) for r in rows(store, "stock expiring")}
    assert near == {"A": (1, "use first"), "B": (7, "use first"), "C": (29, "expires soon")}
    assert [r["lot"] for r in rows(store, "stock expiring --days 7")] == ["A", "B"]
    texts = [r["text"] for r in rows(store, "due --book stock") if "expire on" in r["text"]]
    assert [("use them first" in text) for text in texts] == [True, True, False]
    assert due(store, "expired on", LOGI_TODAY="2025-10-02")[0] == ("overdue", "SC005")


def test_what_has_expired_does_not_count_against_the_minimum(store):
    store("stock in 鸡蛋 12@9 --made 2025-08-20 --lot A --on 2025-08-21 --request SG-2")
    assert rows(store, "stock low", LOGI_TODAY="2025-09-19") == []
    store("stock in 鸡蛋 3@9 --made 2025-09-20 --lot B --on 2025-09-21 --request SG-3")
    [low] = rows(store, "stock low")
    assert (low["quantity"], low["expired"], low["need"]) == ("15", "12", "7")  # 3 are good, 10 wanted
    assert due(store, "the minimum is") == [("soon", "SC005")]


def test_what_differs_is_listed_to_be_counted_once_more(store):
    store("stock count start --class office")
    store("stock count enter A4纸 60 粉笔 70")
    assert [r["code"] for r in rows(store, "stock count sheet")] == ["BG001", "BG003"]
    assert [r["code"] for r in rows(store, "stock count sheet --recount")] == ["BG003"]
    said = store("stock count enter 粉笔 80").err
    assert "80 盒 now stands instead of 70" in said
    assert rows(store, "stock count sheet --recount") == []


def test_classes_short_of_textbooks_are_due_until_the_rest_is_handed_out(store):
    store("item add JC001 语文一上 --unit 本 --class textbook")
    store("stock in 语文一上 40@8.4 --on 2025-08-28 --request SG-5")
    store("stock textbook plan 一年级1班 语文一上 45 --on 2025-09-01")
    store("stock textbook issue 一年级1班 --by S15 --on 2025-09-01")
    assert due(store, "short of textbooks") == [("missing", "JC001")]
    store("stock in 语文一上 5@8.4 --on 2025-09-20 --request SG-6")
    store("stock textbook issue 一年级1班 --by S15 --on 2025-09-20")
    assert due(store, "short of textbooks") == []


def test_a_slip_posted_anew_on_another_needs_no_signature(store):
    store("correct RK-2025-0001 --line 1 --qty 50 --reason 数量看错")
    assert [r["number"] for r in rows(store, "stock slips --unsigned")] == ["RK-2025-0001", "RK-2025-0002"]  # a line still stands
    store("correct RK-2025-0001 --line 2 --qty 70 --reason 数量看错")
    assert [r["number"] for r in rows(store, "stock slips --unsigned")] == ["RK-2025-0002", "RK-2025-0003"]


def test_departments_past_their_quota_stand_in_the_report_and_in_the_months_pack(store):
    store("""policy set stock.quota_department_fen '{"教务处": {"office": 30000}}' --from 2025-09-01 --source 校务会""")
    store("stock out A4纸 20 --to 教务处 --by S15 --on 2025-09-10")
    wanted = [("教务处", "470.00", "300.00", "170.00")]
    found = rows(store, "report consumption 2025-09")
    assert [(r["department"], r["value"], r["quota"], r["over_quota"]) for r in found] == wanted
    pack = {table["name"]: table for table in store("report month 2025-09 -f json").json["tables"]}
    assert [(r["department"], r["value"], r["quota"], r["over_quota"]) for r in pack["stock.consumption"]["rows"]] == wanted


def test_slips_are_found_by_the_goods_on_them(store):
    store("stock out 粉笔 5 --to 教务处 --by S15 --on 2025-09-10")
    store("stock out A4纸 5 --to 教务处 --by S15 --on 2025-09-11")
    assert [r["number"] for r in rows(store, "stock slips --item 粉笔")] == ["RK-2025-0001", "CK-2025-0001"]


def test_what_is_there_of_one_item_is_asked_by_its_name_alone(store):
    assert [(r["code"], r["quantity"]) for r in rows(store, "stock list 粉笔")] == [("BG003", "80")]
    assert rows(store, "stock list fb") == rows(store, "stock list --item 粉笔")


def test_an_imported_file_keeps_an_items_own_way(store, tmp_path):
    # 60 @23.50 and 40 @24.10 on hand: moving average 23.74; 10 cost 237.40 (first in, first out would say 235.00).
    store("item add BG009 彩纸 --unit 包 --costing moving-average")
    (tmp_path / "m.csv").write_text(
        "日期,方向,物品,数量,单价,部门,经手人\n2025-09-01,入,BG009,60,23.5,,\n2025-09-02,入,BG009,40,24.1,,\n"
        "2025-09-03,出,BG009,10,,教务处,S15\n", "utf-8")  # fmt: skip
    store(f"import stock {tmp_path / 'm.csv'} --create departments")
    found = {r["code"]: (r["quantity"], r["value"]) for r in rows(store, "stock list")}
    assert found["BG009"] == ("90", "2136.60")
    store("audit verify")


def test_goods_that_bear_the_name_of_others_are_warned_of(logi):
    logi("item add X1 粉笔 --unit 盒")
    twin = logi("item add X2 粉笔 --unit 盒 -f json").json["warnings"]
    assert len(twin) == 1
    assert "X1" in twin[0]
    assert logi("item add X3 墨粉 --unit 个 --spec 黑 -f json").json["warnings"] == []
    assert logi("item add X4 墨粉 --unit 个 --spec 彩 -f json").json["warnings"] == []  # their spec tells them apart
    assert logi("item add X5 墨粉 --unit 个 --spec 黑 -f json").json["warnings"] != []


def test_goods_registered_later_are_not_in_the_list_of_an_earlier_day(logi):
    logi("item add X1 粉笔 --unit 盒", LOGI_TODAY="2025-09-01")
    logi("item add X2 墨粉 --unit 个", LOGI_TODAY="2025-09-20")
    listed = [row["code"] for row in logi("stock list --all --at 2025-09-10 -f json").json["rows"]]
    assert "X1" in listed
    assert "X2" not in listed

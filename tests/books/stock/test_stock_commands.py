"""Slips as people type them: lines, units, files, numbers, refusals with their exit codes, mistakes taken back."""

import json

import pytest


@pytest.fixture
def store(logi):
    """A terminal with two items on the shelf: 60 packs of paper, 80 boxes of chalk."""
    with logi.once():
        logi("stock item add BG001 A4纸 --unit 包 --class office --min 30 --pack 箱=10")
        logi("stock item add BG003 粉笔 --unit 盒 --class office")
        logi("stock in A4纸 60@23.5 粉笔 80@4.2 --from V01 --on 2025-09-03 --request SG-1")
    return logi


def listed(logi, *options):
    rows = logi(f"stock list --all -f json {' '.join(options)}").json["rows"]
    return {row["code"]: (row["quantity"], row["value"]) for row in rows}


# -- slips ---------------------------------------------------------------------------------------------


@pytest.mark.seed("STK-01", "STK-02")
def test_one_command_is_one_slip_with_its_lines_and_total(store):
    done = store("stock in A4纸 5箱@235 粉笔 10@4.5 --from V01 --on 2025-09-04 --request SG-2 -f json").json
    assert (done["number"], done["numbers"]) == ("RK-2025-0002", ["RK-2025-0002"])
    assert done["facts"]["quantities"] == ["50", "10"]
    assert done["facts"]["value"] == "1220.00"
    assert listed(store) == {"BG001": ("110", "2585.00"), "BG003": ("90", "381.00")}
    shown = store("stock show RK-2025-0002 -f json").json["tables"]
    facts = {row["what"]: row["value"] for row in shown[0]["rows"]}
    assert facts["Vendor"] == "V01 青禾文汇办公用品店"
    assert facts["Request"] == "SG-2"
    assert [(r["line"], r["code"], r["quantity"], r["price"], r["value"]) for r in shown[1]["rows"]] == [
        (1, "BG001", "50", "23.50", "1175.00"), (2, "BG003", "10", "4.50", "45.00"),
    ]  # fmt: skip


def test_slips_are_numbered_by_the_year_of_their_day_without_gaps(store):
    store("stock in 粉笔 1@4 --on 2024-12-30 --request A", LOGI_TODAY="2025-09-30")
    refused = store("stock out 粉笔 1000 --to 教务处 --by S15", code=4)
    assert refused.out == ""
    out = store("stock out 粉笔 1 --to 教务处 --by S15 -f json").json
    rows = store("stock slips --since 2024-12-01 -f json").json["rows"]
    assert {row["number"] for row in rows} == {"RK-2024-0001", "RK-2025-0001", "CK-2025-0001"}
    assert out["number"] == "CK-2025-0001"
    assert store("audit verify").code == 0


@pytest.mark.parametrize("line", [
    "stock in 粉笔 10盒@4.5 --request A", "stock in 粉笔 10 @4.5 --request A", "stock in 粉笔 10 --price 4.5 --request A",
    "rk ＢＧ003 １０＠４.５ --request A", "入库 粉笔 10 --单价 4.5 --申请单号 A", "stock in fb 10@4.5 --request A",
    "stock in --line '粉笔 10 @4.5' --request A",
])  # fmt: skip
def test_the_same_line_may_be_typed_in_many_ways(store, line):
    store(line)
    assert listed(store)["BG003"] == ("90", "381.00")


def test_lines_come_from_a_table_with_chinese_headings(store, tmp_path):
    table = "物品编码,数量,单价,批号,生产日期,保质期至\nBG001,2箱,240,,,\n粉笔,5,4.4,L9,2025-08-01,2027-08-01\n"
    (tmp_path / "lines.csv").write_text(table, "utf-8-sig")
    store(f"stock in --lines {tmp_path / 'lines.csv'} --request A")
    assert listed(store) == {"BG001": ("80", "1890.00"), "BG003": ("85", "358.00")}
    store("stock out --lines - --to 教务处 --by S15", stdin="item,quantity\nA4纸,3\n粉笔,1\n")
    assert listed(store)["BG001"][0] == "77"
    lots = store("stock show 粉笔 -f json").json["tables"][1]["rows"]
    assert {(lot["lot"], lot["expires_on"]) for lot in lots} == {(None, None), ("L9", "2027-08-01")}


def test_a_bad_table_names_every_finding_and_writes_nothing(store):
    text = "item,quantity,price\n粉笔,many,4\n墨水,3,4\nA4纸,0,1\n,3,x\n"
    said = json.loads(store("stock in --lines - --request A -f json", stdin=text, code=5).out)
    assert [(f["line"], f["column"]) for f in said["facts"]["findings"]] == [
        (2, "quantity"), (4, "quantity"), (5, "item"), (5, "price"),
    ]  # fmt: skip
    said = json.loads(store("stock in --lines - --request A -f json", stdin="item,quantity,price\n墨水,3,4\n", code=5).out)
    assert said["facts"]["findings"][0]["line"] == 2
    assert store("stock in --lines - --request A", stdin="物品,价格\nA4纸,1\n", code=5).code == 5
    assert listed(store)["BG003"] == ("80", "336.00")


def test_a_dry_run_checks_everything_and_writes_nothing(store):
    said = store("stock out A4纸 10 --to 教务处 --by S15 --dry-run")
    assert "CK-2025-0001" in said.out
    assert store("stock out A4纸 61 --to 教务处 --by S15 --dry-run", code=4)
    assert listed(store)["BG001"] == ("60", "1410.00")
    assert store("stock out A4纸 10 --to 教务处 --by S15 -f json").json["number"] == "CK-2025-0001"


def test_a_key_lets_a_line_be_sent_twice(store):
    first = store("stock out A4纸 10 --to 教务处 --by S15 --key n1 -f json").json
    assert store("stock out A4纸 10 --to 教务处 --by S15 --key n1 -f json").json["number"] == first["number"]
    store("stock out A4纸 11 --to 教务处 --by S15 --key n1", code=4)
    assert listed(store)["BG001"][0] == "50"


# -- rules ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "code"), [
    ("stock in", 2), ("stock in 粉笔", 2), ("stock in 粉笔 5", 2), ("stock in 粉笔 -5 --price 4", 2),
    ("stock in 粉笔 5@4.255", 2), ("stock in 粉笔 1.2345@4", 2), ("stock in 粉笔 3箱@40", 2),
    ("stock in 墨水 5@4", 3), ("stock in 粉笔 5@4 --from 无此商", 3), ("stock in 粉笔 5@4 --on 2025-10-01", 4),
    ("stock in 粉笔 5@4 --inspector S03 --buyer 钱样真", 4), ("stock in 粉笔 5@4 --delivered 4", 4),
    ("stock out 粉笔 5 --by S15", 2), ("stock out 粉笔 5 --to 教务处", 2), ("stock out 粉笔 81 --to 教务处 --by S15", 4),
    ("stock out 粉笔 1 --to 教务处 --by S15 --on 2025-09-02", 4), ("stock out 粉笔 1 --to 教务处 --by 无此人", 3),
    ("stock out 粉笔 1 --to Office --by S15", 3), ("stock out 粉笔 1 --to 教务处 --by S15 --lot L1", 4),
    ("stock return CK-2025-0001 粉笔 1", 3), ("stock return RK-2025-0001 粉笔 1", 4),
    ("stock adjust 粉笔 -81 --reason 少", 4), ("stock adjust 粉笔 -1", 2), ("stock adjust 粉笔 0 --reason 少", 2),
    ("item add BG001 红笔 --unit 支", 4), ("item add bg001 红笔 --unit 支", 4), ("item add X 红笔 --unit 支 --min 5 --max 4", 4),
    ("item add X 红笔 --unit 支 --pack 箱", 2), ("item edit 粉笔 --unit 支", 4), ("item edit 粉笔", 4), ("item show 墨水", 3),
    ("stock show 墨水", 3), ("stock ledger 墨水", 3), ("stock list --class toys", 2),
])  # fmt: skip
def test_what_is_refused_leaves_everything_as_it_was(store, line, code):
    before = listed(store)
    said = store(line, code=code)
    assert said.err.strip()
    assert listed(store) == before
    assert store("audit verify").code == 0


@pytest.mark.seed("STK-04")
def test_who_buys_does_not_accept_and_no_more_is_accepted_than_was_delivered(store):
    assert "may not accept" in store("stock in 粉笔 5@4 --inspector S03 --buyer S03", code=4).err
    assert "only 4 delivered" in store("stock in 粉笔 5@4 --delivered 4", code=4).err
    store("stock in 粉笔 5@4 --ordered 6 --delivered 5 --inspector S07 --buyer S03 --request A")
    slip = store("stock show RK-2025-0002 -f json").json["tables"][0]["rows"]
    assert {"S07 吴资明", "S03 钱样真"} <= {row["value"] for row in slip}


@pytest.mark.seed("PUR-04")
def test_tendered_goods_come_only_from_a_vendor_on_the_list_that_day(store):
    store("item add SC001 大米 --unit 袋 --class food --tendered")
    store("vendor add V03 惠民粮油配送中心 --tendered-from 2025-09-01 --tendered-to 2025-09-20")
    for options in ("--from V01", "", "--from V03 --on 2025-08-31", "--from V03 --on 2025-09-21"):
        store(f"stock in 大米 5@118 --request A {options}", code=4)
    store("stock in 大米 5@118 --from V03 --on 2025-09-20 --request A")
    done = store('stock in 大米 5@118 --from V01 --request A --override "配送中心停运" -f json').json
    assert any("配送中心停运" in warning for warning in done["warnings"])


def test_a_chemical_never_goes_where_food_is_kept(store):
    store("place add K101 厨房 --kind kitchen")
    store("item add QJ007 消毒液84 --unit 瓶 --chemical")
    store("stock in 消毒液84 5@6.8 --place K101", code=4)
    store('stock in 消毒液84 5@6.8 --place K101 --override "x"', code=4)
    store("stock in 消毒液84 5@6.8 --place F101 --request A")


def test_warnings_are_said_and_stop_nothing(store):
    done = store("stock in 粉笔 5@5.05 -f json").json
    assert len(done["warnings"]) == 2  # no request; 5.05 > 4.20 x 1.2 = 5.04
    assert len(store("stock in 粉笔 5@6.06 --request A -f json").json["warnings"]) == 0  # 6.06 = 5.05 x 1.2
    assert "below the minimum" in store("stock out A4纸 31 --to 总务处 --by S15 -f json").json["warnings"][1]
    store("item add X1 投影幕 --unit 块")
    assert "fixed assets" in store("stock in 投影幕 1@1000 --request A -f json").json["warnings"][0]
    assert store("stock in 投影幕 1@999.99 --request A -f json").json["warnings"] == []


def test_expired_food_is_not_issued_and_the_first_to_expire_goes_first(store):
    store("item add SC005 鸡蛋 --unit kg --class food --shelf-life-days 30")
    store("stock in 鸡蛋 10@9 --lot A --made 2025-09-10 --on 2025-09-11 --request A")  # good until 10-10
    store("stock in 鸡蛋 10@10 --lot B --made 2025-08-25 --on 2025-09-12 --request A")  # good until 09-24
    out = store("stock out 鸡蛋 4 --to 食堂 --by S06 --on 2025-09-24 -f json").json
    assert out["facts"]["value"] == "40.00"
    out = store("stock out 鸡蛋 4 --to 食堂 --by S06 --on 2025-09-25 -f json").json
    assert out["facts"]["value"] == "36.00"
    assert any("past their last good day" in one for one in out["warnings"])
    assert "6 kg are past" in store("stock out 鸡蛋 7 --to 食堂 --by S06", code=4).err
    rows = store("stock expiring -f json").json["rows"]
    assert [(r["lot"], r["quantity"], r["days_left"]) for r in rows] == [("B", "6", -6), ("A", "6", 10)]
    lines = store("due -f json").json["rows"]
    assert [r["state"] for r in lines if r["subject"] == "SC005"] == ["overdue", "expiring"]
    store("stock adjust 鸡蛋 -6 --lot B --reason 过期报损")
    assert listed(store)["SC005"] == ("6", "54.00")


@pytest.mark.seed("STK-13")
def test_an_issue_needs_a_department_a_person_and_what_is_there(store):
    store("stock out 粉笔 5 --to 教务处", code=2)
    store("stock out 粉笔 5 --by S15", code=2)
    store("stock out 粉笔 500 --to 教务处 --by S15", code=4)
    store("stock out 粉笔 5 --to 教务处 --by S15 --for 开学")
    for level in ("receiver", "keeper", "head"):
        assert len(store("stock slips --unsigned --kind out -f json").json["rows"]) == 1
        store(f"approve CK-2025-0001 --level {level} --by S03 --no CK-2025-0001")
    assert store("stock slips --unsigned --kind out -f json").json["rows"] == []


@pytest.mark.seed("STK-12")
def test_it_is_clear_who_drew_what_when_and_for_what(store):
    store("stock out 粉笔 5 --to 教务处 --by S15 --for 月考 --on 2025-09-10")
    store("stock out 粉笔 2 A4纸 1 --to 总务处 --by S08 --for 宣传栏 --on 2025-09-11")
    store("stock return CK-2025-0001 粉笔 2 --on 2025-09-12")
    rows = store("report by-person 2025-09 -f json").json["rows"]
    assert [(r["person"], r["department"], r["code"], r["quantity"], r["value"], r["purpose"]) for r in rows] == [
        ("王修好", "总务处", "BG001", "1", "23.50", "宣传栏"), ("王修好", "总务处", "BG003", "2", "8.40", "宣传栏"),
        ("杨班一", "教务处", "BG003", "3", "12.60", "月考"),
    ]  # fmt: skip
    mine = store("stock slips --person S08 -f json").json["rows"]
    assert [row["number"] for row in mine] == ["CK-2025-0002"]


# -- mistakes ------------------------------------------------------------------------------------------

ACTS = (
    "stock in 粉笔 5@4.5 --request A", "stock out A4纸 10 --to 教务处 --by S15", "stock adjust A4纸 -2 --reason 少",
    "stock adjust A4纸 +2 --reason 多", "item add X 红笔 --unit 支 --pack 箱=20", "item edit 粉笔 --min 5",
    "stock return CK-2025-0001 A4纸 1", "correct RK-2025-0002 --qty 4 --reason 错",
)  # fmt: skip


@pytest.mark.parametrize("line", ACTS)
def test_undo_and_redo_put_every_list_back(store, line):
    store("stock out A4纸 3 --to 总务处 --by S15")
    store("stock in 粉笔 7@4.4 --request A")
    looks = ("stock list --all -f json", "item list -f json", "stock low -f json", "report by-item 2025-09 -f json",
             "stock show A4纸 -f json --columns quantity", "report item-months -f json")  # fmt: skip

    def seen():
        answers = [store(look, code=None).out for look in looks]
        return [one.partition('"head"')[0] + one.partition('"tables"')[2] for one in answers]

    before = seen()
    store(line)
    after = seen()
    assert after != before
    store("undo")
    assert seen() == before
    store("redo")
    assert seen() == after
    store("undo")
    assert seen() == before
    assert store("audit verify").code == 0


def test_a_receipt_with_later_issues_is_neither_undone_nor_corrected(store):
    store("stock out A4纸 10 --to 教务处 --by S15")
    assert "CK-2025-0001" in store("correct RK-2025-0001 --line 1 --qty 50 --reason 错", code=4).err
    store("undo RK-2025-0001", code=4)
    done = store("correct RK-2025-0001 --line 2 --qty 70 --price 4.1 --reason 错 -f json").json
    assert done["numbers"] == ["RK-2025-0001", "RK-2025-0002"]
    assert listed(store) == {"BG001": ("50", "1175.00"), "BG003": ("70", "287.00")}
    slip = {r["what"]: r["value"] for r in store("stock show RK-2025-0001 -f json").json["tables"][0]["rows"]}
    assert slip["Corrected by"] == "RK-2025-0002"
    page = store("stock ledger 粉笔 --month 2025-09 -f json").json["rows"]
    assert [(r.get("number"), r.get("in_quantity")) for r in page[:3]] == [
        ("RK-2025-0001", "80"), ("RK-2025-0001", "-80"), ("RK-2025-0002", "70"),
    ]  # fmt: skip


def test_an_issue_is_corrected_on_its_own_day_at_the_cost_of_its_lots(store):
    store("stock out 粉笔 10 --to 教务处 --by S15 --on 2025-09-05")
    store("stock in 粉笔 5@9 --on 2025-09-04 --request A")
    store("correct CK-2025-0001 --qty 82 --reason 错")
    # 80 x 4.20 + 2 x 9.00 = 354.00 of 381.00
    assert listed(store)["BG003"] == ("3", "27.00")
    store("correct CK-2025-0002 --qty 90 --reason 错", code=4)
    store("correct TZ-2025-0001 --qty 1 --reason 错", code=3)
    store("correct CK-2025-0001 --qty 1 --reason 错", code=4)


def test_under_an_average_nothing_beneath_a_later_issue_moves(blank):
    blank("init --school T --lang en --costing moving-average --yes")
    blank("person add S15 杨班一")
    blank("item add A A4纸 --unit 包")
    blank("stock in A4纸 10@2 --on 2025-09-01 --request A")
    blank("stock out A4纸 2 --to 教务处 --by S15 --on 2025-09-02")
    blank("stock in A4纸 10@4 --on 2025-09-03 --request A")
    blank("stock out A4纸 2 --to 教务处 --by S15 --on 2025-09-04")
    for number in ("CK-2025-0001", "RK-2025-0002", "RK-2025-0001"):
        assert "7)" in blank(f"undo {number}", code=4).err
    blank("correct CK-2025-0001 --qty 1 --reason 错", code=4)
    blank("undo CK-2025-0002")
    blank("undo CK-2025-0001")
    blank("redo")
    assert blank("audit verify").code == 0
    assert listed(blank) == {"A": ("18", "56.00")}  # 8 x 2 + 10 x 4


def test_undone_codes_are_free_and_undone_numbers_are_not(store):
    store("stock out A4纸 1 --to 教务处 --by S15")
    store("undo")
    assert store("stock out A4纸 1 --to 教务处 --by S15 -f json").json["number"] == "CK-2025-0002"
    store("item add X 红笔 --unit 支")
    store("undo")
    store("item add X 蓝笔 --unit 支")


def test_words_may_be_chinese(store):
    said = store("出库 粉笔 2 --部门 教务处 --经手人 杨班一 --用途 上课", LOGI_LANG="zh-Hans")
    assert "出库" not in said.out.split("：")[0]
    assert "粉笔 2 盒 发给教务处（杨班一），共 8.40 元" in said.out
    assert "库存结存" in store("库存 列表", LOGI_LANG="zh-Hans").out
    assert "物品" in store("物品 列表", LOGI_LANG="zh-Hans").out


def test_a_quote_left_open_in_a_line_is_refused(logi) -> None:
    logi("item add I1 粉笔 --unit 盒")
    assert "quote" in logi("""stock in --line 'I1 5 "' --price 2 --from V01""", code=2).err

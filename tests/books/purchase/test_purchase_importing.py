"""Purchase requests from a table: rows of one number are one request, under the rules of typed ones."""

import pytest

TABLE = """申请单号,申请日期,申请人,部门,用途,物品,规格,单位,数量,估价,预算项目,类别
7,2025-09-08,周入库,总务处,十月用纸,A4纸,70克,包,60,23.5,办公费,办公用品
7,2025-09-08,周入库,,十月用纸,粉笔,,盒,100,¥4.20,,
,2025-09-09,杨班一,教务处,班级图书,图书角书架,,个,1,999.99,设备费,家具
,2025-09-09,杨班一,教务处,班级图书,图书角书架,,个,1,999.99,设备费,家具
"""


@pytest.fixture
def desk(logi):
    logi("person edit S06 --department 总务处 -q")
    logi("person edit S15 --department 教务处 -q")
    logi("item add BG001 A4纸 --unit 包 --class office -q")
    return logi


def put(desk, text: str, more: str = "", code: int = 0) -> dict:
    (desk.folder / "q.csv").write_text(text, "utf-8")
    return desk(f"import requests {desk.folder}/q.csv {more} -f json", code=code).json


def listed(desk) -> list[tuple[str, ...]]:
    keys = ("number", "department", "applicant", "goods", "amount", "budget", "category")
    return [tuple(row[key] for key in keys) for row in desk("purchase list -f json").json["rows"]]


def test_rows_of_one_number_are_one_request_and_come_in_once(desk):
    said = put(desk, TABLE)
    facts = said["facts"]
    assert (facts["new"], facts["bad"]) == (4, 0)
    # 60 at 23.50 and 100 at 4.20: 1,410.00 + 420.00; the two alike are two requests
    assert listed(desk) == [
        ("CG-2025-0001", "总务处", "周入库", "A4纸、粉笔", "1830.00", "办公费", "office"),
        ("CG-2025-0002", "教务处", "杨班一", "图书角书架", "999.99", "设备费", "furniture"),
        ("CG-2025-0003", "教务处", "杨班一", "图书角书架", "999.99", "设备费", "furniture"),
    ]
    assert "vice principal" in desk("show CG-2025-0001").out  # 1,830.00 asks for one signature more than 999.99
    assert "vice principal" not in desk("show CG-2025-0002").out
    assert put(desk, TABLE, "--again")["facts"]["same"] == 4
    assert len(listed(desk)) == 3
    desk(f"undo {said['entry']} -q")
    assert listed(desk) == []
    assert desk("audit verify -q").code == 0


def test_a_file_with_a_bad_line_brings_nothing(desk):
    bad = TABLE.replace("7,2025-09-08,周入库,,", "7,2025-09-08,杨班一,,").replace("1,999.99,设备费,家具\n,2025", "0,999.99,设备费,家具\n,2025")
    found = put(desk, bad, code=5)["facts"]["findings"]
    assert [row["line"] for row in found] == [3, 4]  # another applicant than line 2's; nothing asked for
    assert listed(desk) == []
    other = TABLE.replace("包,60", "箱,60")
    [found] = put(desk, other, code=5)["facts"]["findings"]
    assert (found["line"], "包" in found["problem"] + found["remedy"]) == (2, True)


def test_a_request_comes_in_whole_or_not_at_all_where_bad_rows_are_left_out(desk):
    for bad in (TABLE.replace("盒,100", "盒,许多"), TABLE.replace("盒,100", "盒,0"), TABLE.replace("包,60", "箱,60")):
        (desk.folder / "q.csv").write_text(bad, "utf-8")
        facts = desk(f"import requests {desk.folder}/q.csv --rejects {desk.folder}/r.csv -f json", code=None).json["facts"]
        assert (facts["new"], facts["bad"]) == (2, 2)  # the two shelves; both lines of number 7 are left for mending
        assert [row[3] for row in listed(desk)] == ["图书角书架", "图书角书架"]
        assert "粉笔" in (desk.folder / "r.csv").read_text("utf-8")
        assert "A4纸" in (desk.folder / "r.csv").read_text("utf-8")
        desk("undo -q")
        (desk.folder / "r.csv").unlink()


def test_the_kind_has_a_template_and_a_title(desk):
    assert "购置申请" in desk("import kinds", LOGI_LANG="zh-Hans").out
    desk(f"import template 购置申请 -o {desk.folder}/t.xlsx", LOGI_LANG="zh-Hans")
    put(desk, TABLE)
    assert "购置申请" in desk("audit log", LOGI_LANG="zh-Hans").out


def test_a_number_of_ours_is_kept(desk):
    ours = TABLE.replace("7,2025", "CG-2025-0004,2025").replace(",,个", ",,个")
    put(desk, ours.split("\n,")[0] + "\n")
    assert [row[0] for row in listed(desk)] == ["CG-2025-0004"]
    assert desk("audit verify -q").code == 0


def test_rows_and_typed_lines_make_the_same_requests(desk):
    def kept() -> list[list[tuple]]:
        import sqlite3

        db = sqlite3.connect(desk.ledger)
        wanted = {"purchase_request": "on_day, department_id, applicant_id, purpose, budget, category, amount_fen, levels, quotes, state",
                  "purchase_line": "line, item_id, name, spec, unit, quantity_milli, price_fen, value_fen"}  # fmt: skip
        return [db.execute(f"SELECT {columns} FROM {table} WHERE void = 0 ORDER BY id").fetchall() for table, columns in wanted.items()]

    entry = put(desk, TABLE)["entry"]
    imported = kept()
    desk(f"undo {entry} -q")
    (desk.folder / "one.csv").write_text("item,spec,unit,quantity,price\nA4纸,70克,包,60,23.5\n粉笔,,盒,100,4.2\n", "utf-8")
    (desk.folder / "two.csv").write_text("item,unit,quantity,price\n图书角书架,个,1,999.99\n", "utf-8")
    desk(f"purchase request --lines {desk.folder}/one.csv --by 周入库 --department 总务处 --for 十月用纸 --budget 办公费 --category office "
         "--on 2025-09-08 -q")  # fmt: skip
    for _ in range(2):
        desk(f"purchase request --lines {desk.folder}/two.csv --by 杨班一 --department 教务处 --for 班级图书 --budget 设备费 "
             "--category furniture --on 2025-09-09 -q")  # fmt: skip
    assert kept() == imported


def test_what_is_still_asked_for_goes_out_and_comes_in_again(desk):
    put(desk, TABLE)
    desk("purchase drop CG-2025-0002 --reason 不买了 --on 2025-09-10 -q")
    said = desk("export requests -f csv --header keys").out.splitlines()
    assert [row.split(",")[0] for row in said[1:]] == ["CG-2025-0001", "CG-2025-0001", "CG-2025-0003"]  # given up: goes with the journal alone
    (desk.folder / "out.csv").write_text("\n".join(said) + "\n", "utf-8")
    facts = desk(f"import requests {desk.folder}/out.csv -f json").json["facts"]
    assert (facts["new"], facts["same"], facts["bad"]) == (0, 3, 0)

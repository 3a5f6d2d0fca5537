"""`logi import` and `logi export` at the terminal: one file one entry, all findings at once, undo, rejects, dry run."""

import hashlib
import json
import shlex

import pytest

from logi.commands.kinds import kind_named
from logi.importing.headers import key_of, vocabulary

PEOPLE = "工号,姓名,部门,岗位\nT1,张三,总务处,保管员\nT2,李四,教务处,\n"
MOVES = (
    "日期,物品编码,物品名称,方向,数量,单价,部门,经手人,凭证号\n"
    "2025-09-03,FB,粉笔,出,3,4.20,一年级1班,周入库,CK1\n"  # before its receipt in the file, after it in days
    "2025-09-01,FB,粉笔,入,10,4.20,,周入库,RK1\n"
    "2025-09-04,FB,粉笔,退库,1,,一年级1班,周入库,TK1\n"
)
ITEMS = "code,name,unit\nFB,粉笔,盒\nA4,A4纸,包\n"


def put(logi, name: str, content: str | bytes) -> str:
    path = logi.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def rows(logi, line: str) -> list[dict]:
    return [json.loads(row) for row in logi(f"{line} -f jsonl").out.splitlines()]


def test_a_file_is_one_entry_with_its_receipt_and_undo_takes_it_back(logi):
    before = logi("person list -f jsonl").out
    path = put(logi, "p.csv", PEOPLE)
    done = logi(f"import people {path} -f json").json
    assert done["action"] == "import.people"
    facts = done["facts"]
    assert (facts["file"], facts["rows"], facts["new"], facts["changed"], facts["same"]) == ("p.csv", 2, 2, 0, 0)
    assert facts["sha256"] == hashlib.sha256(PEOPLE.encode()).hexdigest()
    people = {row["code"]: row for row in rows(logi, "person list")}
    assert people["T1"]["name"] == "张三"
    logi(f"undo {done['entry']}")
    assert logi("person list -f jsonl").out == before
    logi("redo")
    assert {"T1", "T2"} <= {row["code"] for row in rows(logi, "person list")}


def test_the_same_file_twice_is_refused_with_its_entry_and_again_finds_all_the_same(logi):
    path = put(logi, "p.csv", PEOPLE)
    entry = logi(f"import people {path} -f json").json["entry"]
    refused = logi(f"import people {path} -f json", code=4).json
    assert (refused["key"], refused["facts"]["entry"]) == ("importing.already", entry)
    again = logi(f"import people {path} --again -f json").json["facts"]
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    logi(f"undo {entry + 1}")
    logi(f"undo {entry}")
    assert logi(f"import people {path} -f json").json["facts"]["new"] == 2


def test_a_changed_thing_is_updated_and_its_differences_are_shown(logi):
    logi(f"import people {put(logi, 'p.csv', PEOPLE)}")
    changed = put(logi, "q.csv", PEOPLE.replace("保管员", "采购员"))
    dry = logi(f"import people {changed} --dry-run -f json").json
    assert dry["dry_run"] is True
    assert (dry["facts"]["changed"], dry["facts"]["same"]) == (1, 1)
    assert dry["facts"]["differences"] == ["2: post 保管员 → 采购员"]
    entry = logi(f"import people {changed} -f json").json["entry"]
    assert next(r for r in rows(logi, "person list") if r["code"] == "T1")["post"] == "采购员"
    logi(f"undo {entry}")
    assert next(r for r in rows(logi, "person list") if r["code"] == "T1")["post"] == "保管员"


def test_all_findings_come_at_once_and_nothing_is_written(logi):
    before = logi("audit log -f jsonl", code=None).out
    path = put(logi, "a.csv", "code,name,cost,on,place,keeper\nB1,ok,1500,2025-09-01,E101,S03\n"
               "B2,,abc,2025-13-01,E101,S03\nB3,chair,5000,2025-09-01,Z9,Nobody\nB1,twin,1,2025-09-01,,\n合计,,,,,\n")  # fmt: skip
    error = logi(f"import assets {path} -f json", code=5).json
    found = {(row["line"], row["column"]) for row in error["facts"]["findings"]}
    assert found == {(3, "name"), (3, "cost"), (3, "on"), (4, "place"), (4, "keeper"), (5, "code"), (6, "")}
    assert set(error["facts"]["findings"][0]) == {"line", "column", "value", "problem", "remedy"}
    assert all(row["problem"] and row["remedy"] for row in error["facts"]["findings"])
    assert (error["facts"]["new"], error["facts"]["bad"]) == (1, 4)
    assert rows(logi, "asset list") == []
    assert logi("audit log -f jsonl", code=None).out == before


def test_rejects_are_written_under_the_files_own_headings_and_the_good_rows_come_in(logi):
    path = put(logi, "p.csv", "工号,姓名,岗位\nT1,张三,保管员\nT2,,木工\nT3,王五,电工\n")
    bad = logi.folder / "bad.csv"
    done = logi(f"import people {path} --rejects {bad} -f json", code=7).json
    assert (done["facts"]["new"], done["facts"]["bad"]) == (2, 1)
    assert bad.read_text("utf-8-sig").splitlines() == ["工号,姓名,岗位", "T2,,木工"]
    bad.write_text(bad.read_text("utf-8-sig").replace("T2,,", "T2,赵六,"))
    logi(f"import people {bad}")
    assert {"T1", "T2", "T3"} <= {row["code"] for row in rows(logi, "person list")}


@pytest.mark.parametrize(
    ("encoding", "sep", "end"), [("utf-8", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("gb18030", "\t", "\r"), ("utf-16", ",", "\r\n")]
)
def test_rejects_are_in_the_encoding_separators_and_line_ends_of_the_file(logi, encoding, sep, end):
    rows = [["工号", "姓名", "岗位"], ["T1", "张三", "保管员"], ["T2", "", f"木{sep}工"], ["T3", "王五", "电工"], ["T3", "赵六", "瓦工"]]
    written = [sep.join(f'"{cell}"' if sep in cell else cell for cell in row) + end for row in rows]
    path, bad = put(logi, "p.csv", "".join(written).encode(encoding)), logi.folder / "bad.csv"
    logi(f"import people {path} --rejects {bad} --dry-run", code=7)
    assert not bad.exists()
    logi(f"import people {path} --rejects {bad}", code=7)
    assert bad.read_bytes() == "".join([written[0], written[2], written[4]]).encode(encoding)


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_rejects_of_json_are_json_with_its_figures_as_they_were(logi, suffix):
    good = {"name": "桌", "cost": 1500, "on": "2025-09-01"}
    bad = [{"name": "椅", "cost": 12345678901234567.89, "on": 20250901}, {"name": ["x", "y"], "cost": True, "on": "2025-09-01"}]
    rows = [good, *bad]
    text = json.dumps(rows) if suffix == "json" else "".join(json.dumps(row) + "\n" for row in rows)
    text = text.replace("1.2345678901234568e+16", "12345678901234567.89")
    path, out = put(logi, f"a.{suffix}", text), logi.folder / f"bad.{suffix}"
    logi(f"import assets {path} --rejects {out}", code=7)
    back = out.read_text("utf-8")
    assert '"cost": 12345678901234567.89' in back
    assert (json.loads(back) if suffix == "json" else [json.loads(line) for line in back.splitlines()]) == bad


def test_a_refused_row_leaves_nothing_of_itself_beside_the_good_ones(logi):
    # --create makes the keeper first; the row then fails on its serial, and the keeper must be gone with it
    path = put(logi, "a.csv", "code,name,cost,on,keeper,serial\nB1,pc,5000,2025-09-01,新人甲,N1\nB2,pc,5000,2025-09-01,新人乙,N1\n")
    logi(f"import assets {path} --create people --rejects {logi.folder / 'r.csv'}", code=7)
    names = {row["name"] for row in rows(logi, "person list")}
    assert "新人甲" in names
    assert "新人乙" not in names
    assert logi("audit verify", code=None).code == 0


def test_unknown_columns_are_warned_of_and_missing_ones_refuse_the_file(logi):
    done = logi(f"import people {put(logi, 'p.csv', '工号,姓名,属相' + chr(10) + 'T1,张三,虎' + chr(10))} -f json").json
    assert any("属相" in warning for warning in done["warnings"])
    refused = logi(f"import people {put(logi, 'q.csv', '工号,属相' + chr(10) + 'T1,虎' + chr(10))} -f json", code=5).json
    assert refused["key"] == "importing.missing_columns"


def test_a_map_overrides_synonyms_and_can_be_saved_under_a_name(logi):
    path = put(logi, "p.csv", "Tag,姓名,昵称\nT1,旧名,张三\n")
    maps = '--map "Tag=code" --map "昵称=name"'
    logi(f"import people {path} {maps} --save-map ours")
    assert next(r for r in rows(logi, "person list") if r["code"] == "T1")["name"] == "张三"
    logi(f"import people {put(logi, 'q.csv', 'Tag,姓名,昵称' + chr(10) + 'T2,旧,李四' + chr(10))} --map @ours")
    assert next(r for r in rows(logi, "person list") if r["code"] == "T2")["name"] == "李四"
    for wrong in ("昵称", "昵称=shoe", "Nowhere=name", "@none"):
        logi(f"import people {path} --again --map {shlex.quote(wrong)}", code=2)


def test_maps_are_listed_used_saved_again_and_taken_away_and_undo_brings_them_back(logi):
    path = put(logi, "p.csv", "Tag,昵称\nT1,张三\n")
    logi(f'import people {path} --map "Tag=code" --map "昵称=name" --save-map ours')
    listed = {row["name"]: row for row in rows(logi, "import maps")}
    assert (listed["@ours"]["kind"], listed["@ours"]["from"], listed["@ours"]["maps"]) == ("people", "saved", "Tag=code; 昵称=name")
    assert listed["@snipeit"]["from"] == listed["@inventree"]["from"] == "shipped"
    # another file of that system need not have every heading, and a typed map says more
    more = put(logi, "q.csv", "Tag,姓名,Job\nT2,李四,木工\n")
    logi(f"import people {more} --map @ours --map Job=post --save-map ours")
    assert {row["name"]: row["maps"] for row in rows(logi, "import maps")}["@ours"] == "Tag=code; 昵称=name; Job=post"
    logi("import maps ours --remove")
    logi(f"import people {more} --again --map @ours", code=2)
    logi("import maps ours --remove", code=3)
    logi("import maps @snipeit --remove", code=2)
    logi(f"import people {more} --remove", code=2)
    logi("undo")
    logi(f"import people {more} --again --map @ours")


def test_the_lists_of_snipe_it_and_inventree_come_in_through_the_shipped_maps(logi):
    snipe = (
        "Company,Asset Name,Asset Tag,Model,Model No.,Category,Manufacturer,Serial,Purchased,Purchase Cost,Supplier,Location,"
        "Checked Out,Status\n某校,Laptop 1,SN-1,ThinkPad,T14,Laptops,联想,PF1,2025-09-01,6350.00,某供应商,机房新,新老师,Deployed\n"
    )
    line = f"import assets {put(logi, 's.csv', snipe)} --map @snipeit --create people,places,vendors -f json"
    dry = logi(f"{line} --dry-run").json  # what would be made is told first
    assert {made.split(":")[0] for made in dry["facts"]["made"]} == {"places", "people", "vendors"}
    done = logi(line).json
    assert sorted(one.split("“")[1].split("”")[0] for one in done["warnings"] if "“" in one) == ["Company", "Model", "Status"]
    [card] = rows(logi, "export assets --header keys")
    assert (card["code"], card["name"], card["cost"], card["model"], card["brand"], card["serial"], card["on"]) == (
        "SN-1", "Laptop 1", "6350.00", "T14", "联想", "PF1", "2025-09-01")  # fmt: skip
    tree = "ID,Name,Description,IPN,Category,Units,Minimum Stock,In Stock\n1,M3 螺丝,不锈钢,P-001,五金,个,100,250\n"
    logi(f"import items {put(logi, 't.csv', tree)} --map @inventree")
    [item] = rows(logi, "export items")
    assert (item["code"], item["name"], item["unit"], item["min"], item["spec"]) == ("P-001", "M3 螺丝", "个", "100", "不锈钢")


def test_other_systems_headings_come_in_through_a_map(logi):
    snipe = (
        "Asset Tag,Asset Name,Model No.,Serial number,Purchase Date,Purchase Cost,Location,Checked Out To\n"
        "SN-1,Laptop,X1,PF123,2025-09-01,6350.00,E101,钱样真\n"
    )
    logi(f'import assets {put(logi, "snipe.csv", snipe)} --map "Model No.=model"')
    [card] = rows(logi, "asset list")
    assert (card["code"], card["cost"]) == ("SN-1", "6350.00")


@pytest.mark.parametrize("heading", ["asset_no", "Asset No.", "ASSET-TAG", "資產編號：", "资产编号*", "Ａｓｓｅｔ　ｎｏ", "asset tag（必填）"])
def test_a_heading_is_known_however_machines_and_people_write_it(heading):
    kind = kind_named("assets")
    assert key_of(heading, vocabulary(kind), {}) == "code"


def test_the_schools_headings_work_unmapped(logi):
    logi(f"import items {put(logi, 'i.csv', ITEMS)}")
    done = logi(f"import stock {put(logi, 's.csv', MOVES)} -f json").json
    assert done["facts"]["new"] == 3
    assert any("Prices on issue rows" in warning for warning in done["warnings"])
    # 10 in at 4.20, 3 out, 1 back: 8 left, worth 33.60
    stock = next(row for row in rows(logi, "stock list") if row["code"] == "FB")
    assert (stock["quantity"], stock["value"]) == ("8", "33.60")
    card = "资产编号,资产名称,分类代码,规格型号,取得日期,原值,使用部门,存放地点,保管人\n"
    card += "2019-0001,台式计算机,A02010105,X1,2019年9月1日,\"4,200.00\",总务处,E101,钱样真\n"
    logi(f"import assets {put(logi, 'a.csv', card)}")
    [asset] = rows(logi, "asset list")
    assert (asset["code"], asset["cost"], asset["keeper"]) == ("2019-0001", "4200.00", "钱样真")


def test_rows_with_a_ref_are_the_same_a_second_time_and_a_changed_fact_is_a_finding(logi):
    logi(f"import items {put(logi, 'i.csv', ITEMS)}")
    logi(f"import stock {put(logi, 's.csv', MOVES)}")
    same = logi(f"import stock {put(logi, 't.csv', MOVES + chr(10))} -f json").json["facts"]
    assert (same["new"], same["same"]) == (0, 3)
    changed = logi(f"import stock {put(logi, 'u.csv', MOVES.replace('出,3', '出,4'))} -f json", code=5).json
    assert [(row["line"], row["column"]) for row in changed["facts"]["findings"]] == [(2, "数量")]


def test_twins_without_a_ref_are_two(logi):
    logi(f"import items {put(logi, 'i.csv', ITEMS)}")
    twins = "on,direction,item,quantity,price,department,person\n2025-09-01,in,FB,10,4.20,,\n"
    twins += 2 * "2025-09-02,out,FB,2,,教务处,周入库\n"
    assert logi(f"import stock {put(logi, 's.csv', twins)} -f json").json["facts"]["new"] == 3
    assert next(row for row in rows(logi, "stock list") if row["code"] == "FB")["quantity"] == "6"


def test_unknown_names_are_refused_exactly_or_made_when_asked(logi):
    path = put(logi, "s.csv", "code,name,keeper\nR1,一号房,钱样\nR2,二号房,新来的\n")
    findings = logi(f"import places {path} -f json", code=5).json["facts"]["findings"]
    assert [row["value"] for row in findings] == ["钱样", "新来的"]  # a part of a name is no name in a file
    done = logi(f"import places {path} --create people -f json").json
    assert [made.split(" ", 2)[0] for made in done["facts"]["made"]] == ["people:", "people:"]
    assert {"钱样", "新来的"} <= {row["name"] for row in rows(logi, "person list")}


def test_places_may_stand_below_what_they_lie_in_anywhere_in_the_file(logi):
    logi(f"import places {put(logi, 'p.csv', 'code,name,parent' + chr(10) + 'K101,一〇一,K' + chr(10) + 'K,科技楼,' + chr(10))}")
    circle = "code,name,parent\nX,甲,Y\nY,乙,X\n"
    logi(f"import places {put(logi, 'c.csv', circle)}", code=5)


@pytest.mark.parametrize("kind", ["people", "places", "vendors", "categories", "items", "assets", "stock", "repairs", "patrols", "plan"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_template_comes_back_in_without_its_example(logi, kind, suffix):
    path = logi.folder / f"t.{suffix}"
    logi(f"import template {kind} -o {path}", LOGI_LANG="zh-Hans")
    assert logi(f"import {kind} {path} -f json", code=5).json["key"] == "importing.no_rows"


def test_kinds_are_listed_and_unknown_ones_are_a_usage_error(logi):
    assert {row["kind"] for row in rows(logi, "import kinds")} >= {"people", "assets", "stock"}
    assert logi("import shoes x.csv", code=2).code == 2
    logi("import people", code=2)
    logi("import people nowhere.csv", code=3)


def test_standard_input_is_read_and_a_key_answers_without_the_file(logi):
    done = logi("import people - --input-format csv --key K1 -f json", stdin=PEOPLE).json
    assert done["facts"]["new"] == 2
    path = put(logi, "p.csv", "code,name\nT9,x\n")
    logi(f"import people {path} --key K2")
    (logi.folder / "p.csv").unlink()
    assert logi(f"import people {path} --key K2 -f json").json["repeated"] is True


def test_repairs_patrols_and_plans_come_in(logi):
    logi("route add R1 早巡 --from 2025-09-01")
    repairs = (
        "报修时间,报修人,地点,故障描述,类别,完成日期,维修人,费用,原因,验收日期,凭证号\n"
        "2025-09-02,杨班一,A205,水龙头漏水,water,2025-09-03,王修好,85,自然,2025-09-04,B1\n"
        "2025-09-05,杨班一,A205,灯不亮,electric,,,,,,B2\n"
    )
    assert logi(f"import repairs {put(logi, 'r.csv', repairs)} -f json").json["facts"]["new"] == 2
    assert sorted(row["state"] for row in rows(logi, "repair list")) == ["accepted", "open"]
    on = repairs.replace("灯不亮,electric,,,,,", "灯不亮,electric,2025-09-06,王修好,,,")
    again = logi(f"import repairs {put(logi, 'r2.csv', on)} -f json").json["facts"]
    assert (again["changed"], again["same"]) == (1, 1)
    patrols = "路线,时间,巡查人,发现问题,部位\nR1,2025-09-16 07:10,陈巡安,插座松动,B203\nR1,2025-09-16 07:10,陈巡安,窗扣坏,A205\n"
    logi(f"import patrols {put(logi, 'x.csv', patrols)}")
    assert len(rows(logi, "hazard list")) == 2
    plan = "月份,工作内容,责任人,完成时限\n2025-09,卫生大扫除,吴资明,2025-09-05\n"
    logi(f"import plan {put(logi, 'm.csv', plan)}")
    later = logi(f"import plan {put(logi, 'm2.csv', plan.replace('09-05', '09-08'))} -f json").json["facts"]
    assert later["changed"] == 1


def test_a_number_given_by_an_import_tells_its_whole_life(logi):
    logi(f"import items {put(logi, 'i.csv', ITEMS)}")
    logi(f"import stock {put(logi, 's.csv', MOVES)}")
    brought = rows(logi, "audit head")[0]["entry"]
    logi("undo --reason 重复")
    logi("redo")
    history = logi("show CK-2025-0001 -f json").json["tables"][-1]["rows"]
    assert [row["entry"] for row in history] == [brought, brought + 1, brought + 2]
    assert [row["action"] for row in history][1:] == ["undo", "redo"]


def test_what_is_exported_comes_back_the_same(logi, tmp_path):
    logi(f"import items {put(logi, 'i.csv', ITEMS)}")
    logi(f"import stock {put(logi, 's.csv', MOVES)}")
    logi("asset add 便携式计算机 --category A02010108 --cost 6350 --on 2025-09-15 --place E101 --keeper 钱样真")
    for kind in ("people", "places", "vendors", "items", "stock", "assets"):
        for suffix in ("csv", "jsonl", "xlsx"):
            out = tmp_path / f"{kind}.{suffix}"
            logi(f"export {kind} -o {out}")
            facts = logi(f"import {kind} {out} --dry-run --again -f json").json["facts"]
            assert (kind, suffix, facts["new"], facts["changed"], facts["bad"]) == (kind, suffix, 0, 0, 0)


def test_a_code_that_differs_by_its_letters_size_is_found_in_its_column(logi):
    logi(f"import people {put(logi, 'p.csv', PEOPLE)}")
    [found] = logi(f"import people {put(logi, 'q.csv', PEOPLE.replace('T1', 't1'))} -f json", code=5).json["facts"]["findings"]
    assert (found["line"], found["column"], found["value"]) == (2, "工号", "t1")
    assert "same" in found["remedy"]


def test_a_row_that_cannot_be_read_tells_the_names_it_does_not_know_as_well(logi):
    moves = put(logi, "s.csv", "日期,方向,物品编码,数量,单价,部门,经手人\n2025-09-01,出,I9,x,,总务处,S9\n")
    found = logi(f"import stock {moves} -f json", code=5).json["facts"]["findings"]
    assert {row["column"] for row in found} == {"数量", "物品编码", "经手人"}
    places = put(logi, "p.csv", "编号,名称,类型,保管人,上级\nQ,楼,楼,,\nQ1,,教室,S9,Q\n")  # Q is made by the file itself
    found = logi(f"import places {places} -f json", code=5).json["facts"]["findings"]
    assert {row["column"] for row in found} == {"名称", "保管人"}


def test_what_may_be_made_on_the_way_is_named_in_any_language(logi):
    path = put(logi, "a.csv", "资产名称,原值,取得日期,存放地点,保管人\n投影仪,5000,2025-09-01,Z9,新来的\n")
    for typed in ("people,places", "人员,地点", "人員、places"):
        assert logi(f"import assets {path} --create {typed} --dry-run -f json", LOGI_LANG="en").json["facts"]["new"] == 1
    assert logi(f"import assets {path} --create 鞋 -f json", code=2).json["key"] == "importing.cannot_create"


def test_two_columns_of_one_meaning_short_and_long_rows_are_told(logi):
    assert logi(f"import people {put(logi, 'a.csv', 'code,name,姓名' + chr(10) + 'A,b,c' + chr(10))} -f json", code=5).json[
        "key"] == "importing.two_columns"  # fmt: skip
    uneven = put(logi, "b.csv", "code,name,post\nA,b\nB,c,d,e\nC,d,e,,\n")
    findings = logi(f"import people {uneven} -f json", code=5).json["facts"]["findings"]
    assert [row["line"] for row in findings] == [2, 3]


def test_progress_tells_what_is_read_then_the_rate_and_the_time_left(logi):
    from logi.commands.progress import Progress
    from logi.context import Desk
    from logi.core import messages
    from logi.importing.reading import open_source

    messages.use("en")
    path = logi.folder / "p.csv"
    path.write_text("code,name\n" + "".join(f"P{n},人{n}\n" for n in range(4000)), "utf-8")
    source = open_source(str(path))
    progress = Progress(Desk({}, logi.env), source)
    source.total = 4000
    progress.tick(0)
    assert progress.line(0, progress.start) == "1000 rows read, 25 %"
    for _ in range(3):
        progress.tick(0)
    progress.tick(1000)
    # 1,000 of 4,000 rows in 2 seconds: 500 a second, 3,000 rows or 6 seconds are left
    assert progress.line(1000, progress.entering + 2.0) == "1000 rows, 500/s, 25 %, 6 s left"
    source.close()


def test_the_cure_of_a_day_is_one_that_a_file_may_have(logi):
    path = logi.folder / "d.csv"
    path.write_text("name,cost,on\n桌,5000,6.37702E+15\n", "utf-8")
    [finding] = logi(f"import assets {path} -f json", code=5).json["facts"]["findings"]
    assert finding["problem"] == "6.37702E+15 is not a day"
    assert "today" not in finding["remedy"]

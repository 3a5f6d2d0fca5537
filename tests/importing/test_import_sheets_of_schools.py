"""Tables as schools keep them: heads of two lines, sums and signatures below, names without codes, months not yet begun."""

import io
import json

import pytest
from openpyxl import Workbook

MOVES = "日期,物品名称,方向,数量,单价,部门,经手人\n2025-09-01,粉笔,入库,100,4.20,,周入库\n2025-09-02,粉笔,出库,5,,总务处,周入库\n"


@pytest.fixture
def desk(logi):
    logi("item add FB 粉笔 --unit 盒 -q")
    return logi


def put(desk, name: str, content: str | bytes) -> str:
    (desk.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return f"{desk.folder}/{name}"


def done(desk, line: str, code: int = 0) -> dict:
    return desk(f"import {line} -f json", code=code).json


def told(said: dict) -> list[tuple[int, str]]:
    return [(row["line"], row["column"]) for row in said["facts"]["findings"]]


def test_movements_that_name_their_goods_alone_come_in(desk):
    assert done(desk, f"stock {put(desk, 's.csv', MOVES)}")["facts"]["new"] == 2
    assert desk("stock list -f json").json["rows"][0]["quantity"] == "95"


def test_where_code_and_name_stand_together_the_code_decides(desk):
    both = MOVES.replace("物品名称", "物品编码,物品名称").replace(",粉笔,", ",FB,粉笔,").replace("02,FB,粉笔", "02,FB,铅笔")
    assert told(done(desk, f"stock {put(desk, 's.csv', both)}", 5)) == [(3, "物品名称")]


def test_a_unit_price_stands_before_a_total(desk):
    rows = "资产名称,数量,单价,金额,取得日期\n课桌,2,1200,2400,2025-09-01\n"
    warned = done(desk, f"assets {put(desk, 'a.csv', rows)}")["warnings"]
    assert any("金额" in one for one in warned)
    assert {row["cost"] for row in desk("asset list -f json").json["rows"]} == {"1200.00"}
    total = rows.replace("单价,", "").replace("1200,", "").replace("数量", "件数").replace(",2,", ",1,").replace("课桌", "讲台")
    assert done(desk, f"assets {put(desk, 'b.csv', total)}")["facts"]["new"] == 1  # alone it is the price, as before


def two_lines(filled: bool = True) -> list[list[object]]:
    head = [["物资出入库登记表"], ["日期", "物品", None, "方向", "数量", "金额", None, "部门", "经手人"],
            [None, "编码", "名称", None, None, "单价", "合计", None, None]]  # fmt: skip
    rows = [["2025-09-01", "FB", "粉笔", "入库", 100, 4.2, 420, None, "周入库"], ["2025-09-02", "FB", "粉笔", "出库", 5, None, None, "总务处", "周入库"]]
    return [*head, *(rows if filled else [])]


def test_a_head_of_two_lines_is_read_as_one(desk):
    book = Workbook()
    book.active.title = "九月"
    for row in two_lines():
        book.active.append(row)
    for merged in ("A1:I1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:G2", "H2:H3", "I2:I3"):
        book.active.merge_cells(merged)
    later = book.create_sheet("十月")  # more headings, and nothing below them yet
    later.append(["日期", "物品编码", "物品名称", "方向", "数量", "单价", "批号", "部门", "经手人"])
    book.save(desk.folder / "m.xlsx")
    said = done(desk, f"stock {desk.folder}/m.xlsx")
    assert said["facts"]["new"] == 2
    assert any("Lines 2 and 3" in one for one in said["warnings"])
    plain = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in two_lines()) + "\n"
    facts = done(desk, f"stock {put(desk, 'm.csv', plain)} --dry-run")["facts"]  # saved as CSV, where nothing is merged
    assert (facts["new"], facts["rows"]) == (2, 2)


def test_a_heading_merged_with_the_first_row_takes_no_row_away(desk):
    book = Workbook()
    for row in (["工号", "姓名", "备注"], ["T1", "张三", None], ["T2", "李四", None]):
        book.active.append(row)
    book.active.merge_cells("C1:C2")
    book.save(desk.folder / "p.xlsx")
    assert done(desk, f"people {desk.folder}/p.xlsx")["facts"]["new"] == 2


@pytest.mark.parametrize("row", ["T1,张三,,总务处", "T1,张三,岗位,总务处", "T1,张三,保管员,"])
def test_a_row_below_a_blank_heading_is_a_row(desk, row):
    assert done(desk, f"people {put(desk, 'p.csv', f'工号,姓名,,部门{chr(10)}{row}{chr(10)}')}")["facts"]["new"] == 1


def test_sums_and_signatures_below_a_table_are_one_finding_each(desk):
    signed = MOVES + "合计,,,105,,,\n制表人：王五,,,审核人：赵六,,,\n"
    assert told(done(desk, f"stock {put(desk, 's.csv', signed)}", 5)) == [(4, ""), (5, "")]
    assets = "资产名称,原值,取得日期,存放地点,保管人\n桌,1,2025-09-01,,\n,制表：王五,,,\n"
    assert told(done(desk, f"assets {put(desk, 'a.csv', assets)}", 5)) == [(3, "")]


def test_a_thing_whose_name_begins_so_is_a_thing(desk):
    rows = "name,cost,on\n会计：桌,1500,2025-09-01\n"
    assert done(desk, f"assets {put(desk, 'a.csv', rows)}")["facts"]["new"] == 1


def test_columns_are_called_as_the_reader_calls_them(desk):
    lacks = MOVES.replace("单价,", "").replace("4.20,", "").replace("0,,,", "0,,")
    for lang, word in (("zh-Hans", "单价"), ("zh-Hant", "單價"), ("en", "price")):
        found, _ = json.loads(desk(f"import stock {put(desk, 's.csv', lacks)} -f json", code=5, LOGI_LANG=lang).out)["facts"]["findings"]
        assert word in found["problem"] + found["remedy"]
    for lang, words in (("zh-Hans", "方向 (direction)；数量 (quantity)"), ("zh-Hant", "方向 (direction)；數量 (quantity)")):
        assert words in desk(f"import stock {put(desk, 't.csv', '日期,物品' + chr(10) + 'x,y' + chr(10))}", code=5, LOGI_LANG=lang).err


def test_what_is_unknown_is_mended_by_a_line_that_can_be_typed(desk):
    wrong = MOVES.replace("周入库", "周人库").replace("粉笔", "白纸")
    for found in done(desk, f"stock {put(desk, 's.csv', wrong)}", 5)["facts"]["findings"]:
        assert found["remedy"].endswith("--create items." if found["value"] == "白纸" else "--create people.")
    done(desk, f"stock {put(desk, 's.csv', wrong)} --create items,people --dry-run")
    patrol = "route,at,by\n早巡,2025-09-01 07:10,周入库\n"  # a route is not made on the way
    [found] = done(desk, f"patrols {put(desk, 'p.csv', patrol)}", 5)["facts"]["findings"]
    assert (found["column"], "--create" in found["remedy"]) == ("route", False)


def test_a_map_may_name_our_column_in_the_readers_words(desk):
    path = put(desk, "s.csv", MOVES.replace("单价", "进货价").replace("经手人", "谁"))
    assert done(desk, f"stock {path} --dry-run --map 进货价=单价 --map 谁=經手人")["facts"]["new"] == 2
    assert done(desk, f"stock {path} --map 进货价=鞋", 2)["key"] == "importing.map_unknown_key"


def test_standard_input_is_called_so_in_sentences_and_a_dash_by_machines(desk, monkeypatch):
    def typed(text: str, more: str, code: int, lang: str = "en"):
        monkeypatch.setattr("logi.importing.reading._standard_input", lambda: io.BytesIO(text.encode()))
        return desk(f"import people - {more}", code=code, LOGI_LANG=lang)

    assert "标准输入" in typed("code,name\nT1,甲\n", "--dry-run", 0, "zh-Hans").out
    assert "Imported standard input: 1 rows" in typed("code,name\nT1,甲\n", "--dry-run", 0).out
    assert "standard input: none of the 1 rows" in typed("code,name\nT1,\n", "", 5).err
    assert json.loads(typed("code,name\nT1,甲\n", "-f json", 0).out)["facts"]["file"] == "-"


def test_an_asset_may_name_its_category_by_the_name_alone_if_there_is_such_a_one(desk):
    rows = "资产名称,类别,原值,购置日期\n电脑,Desktop computers,4200,2025-09-01\n课桌,{},300,2025-09-02\n"
    said = done(desk, f"assets {put(desk, 'a.csv', rows.format('旧式课桌类'))}", 5)
    assert told(said) == [(3, "类别")]
    assert done(desk, f"assets {put(desk, 'a.csv', rows.format(''))}")["facts"]["new"] == 2
    assert [row["category"] for row in desk("export assets -f json").json["rows"]] == ["A02010105", None]

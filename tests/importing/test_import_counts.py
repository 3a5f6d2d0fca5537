"""Results of stocktakes by file: tables, a scanner's plain list, items of the store; the same as what is typed."""

import pytest


@pytest.fixture
def counted(logi):
    logi("asset add 投影仪 --category A02010105 --cost 4800 --count 3 --on 2025-09-01 --place A205 --keeper 杨班一 --code P")
    logi("asset add 课桌椅 --category A05010203 --cost 198 --quantity 60 --on 2025-09-01 --place A205 --keeper 杨班一 --code D")
    logi("asset add 计算机 --category A02010105 --cost 4800 --count 4 --on 2025-09-01 --place B203 --keeper 钱样真 --code C")
    logi("asset count start")
    return logi


def file(logi, text: str, name: str = "c.csv", encoding: str = "utf-8"):
    path = logi.folder / name
    path.write_bytes(text.encode(encoding))
    return path


def differences(logi):
    rows = logi("asset count differences -f json").json["rows"]
    return [(row["code"], row["kind"], row["place"], row["counted"]) for row in rows]


def test_a_table_of_several_rooms_is_one_entry_and_equal_to_what_is_typed(counted):
    table = file(counted, "资产编号,存放地点,实盘数,完好情况,备注\nD,A205,58,完好,\nP-01,A205,,损坏,镜头\nC-04,B203,0,,\n", encoding="gb18030")
    done = counted(f"import counts {table} -f json").json
    assert (done["facts"]["rows"], done["facts"]["new"]) == (3, 3)
    assert differences(counted) == [("C-04", "missing", "B203", "0"), ("D", "less", "A205", "58")]
    imported = counted("asset count status -f csv").out
    counted("undo")
    assert counted("asset count status -f json").json["totals"]["counted"] == 0
    counted("asset count enter PD-2025-0001 A205 P-01 --qty D=58 --condition P-01=damaged")
    counted("asset count enter PD-2025-0001 B203 --missing C-04")
    assert counted("asset count status -f csv").out == imported


def test_a_scanners_list_finds_the_rooms_itself_or_is_led_by_their_labels(counted):
    done = counted(f"import counts {file(counted, 'P-01' + chr(10) + 'P-02' + chr(13) + chr(10) + 'C-01' + chr(10))} -f json").json
    assert done["facts"]["rows"] == 3
    assert {row["place"]: row["counted"] for row in counted("asset count status -f json").json["rows"]} == {"A205": 2, "B203": 1}
    # the label of room B203 is read first: P-03 stands there and not where it belongs; ZZ is nobody's
    counted(f"import counts {file(counted, 'B203' + chr(10) + 'P-03' + chr(10) + 'ZZ' + chr(10), 'two.txt')}")
    assert ("P-03", "elsewhere", "B203", "1") in differences(counted)
    assert ("ZZ", "unknown", "B203", "1") in differences(counted)


def test_rows_entered_before_are_the_same_and_a_double_reading_is_told(counted):
    counted(f"import counts {file(counted, 'asset,place' + chr(10) + 'P-01,A205' + chr(10))}")
    said = counted(f"import counts {file(counted, 'asset,place,note{0}P-01,A205,{0}P-02,A205,{0}P-02,A205,{0}'.format(chr(10)))} -f json").json
    assert (said["facts"]["same"], said["facts"]["new"]) == (1, 2)
    assert any("Read twice, counted once: P-02" in one for one in said["warnings"])


def test_items_of_the_store_are_counted_by_the_same_kind(logi):
    logi("stock item add FB 粉笔 --unit 盒")
    logi("stock in FB 50 --price 4.20 --from V01 --on 2025-09-03")
    logi("stock count start")
    logi(f"import counts {file(logi, '物品编码,物品名称,实盘数' + chr(10) + 'FB,粉笔,48' + chr(10))}")
    assert logi("stock count status -f json").json["rows"][0]["counted"] == "48"
    changed = logi(f"import counts {file(logi, '品名,实盘数' + chr(10) + '粉笔,50' + chr(10))} -f json").json
    assert changed["facts"]["changed"] == 1
    assert logi("stock count settle").code == 0


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("资产编号,地点\nP-01,X999\n", 2, "地点"),  # no such room
        ("资产编号,地点,数量\nP-01,A205,1\nP-02,B203,0\n", 3, "资产编号"),  # not expected there, so not missing there
        ("资产编号,物品编码,地点\nP-01,,A205\n,,A205\n", 3, "资产编号"),  # neither asset nor item
        ("P-01\nZZ\n", 2, "asset"),  # nobody's, and no room said
        ("资产编号,资产名称,地点\nP-01,投影仪,A205\nP-02,幻灯机,A205\n", 3, "资产名称"),  # the name is checked
        ("资产编号,状况\nP-01,冒烟\n", 2, "状况"),
        ("物品编码,数量\n没有的,1\n", 2, "物品编码"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_entered(counted, text, line, column):
    findings = counted(f"import counts {file(counted, text)} -f json", code=5).json["facts"]["findings"]
    assert (findings[0]["line"], findings[0]["column"]) == (line, column)
    assert counted("asset count status -f json").json["totals"]["counted"] == 0


def test_a_file_with_neither_column_and_no_open_count_are_refused(counted):
    assert "asset" in counted(f"import counts {file(counted, 'post,place' + chr(10) + 'x,A205' + chr(10))}", code=5).err
    counted("undo")  # the stocktake itself
    findings = counted(f"import counts {file(counted, 'asset,place{0}P-01,A205{0}P-02,A205{0}'.format(chr(10)))} -f json", code=5).json
    assert [row["line"] for row in findings["facts"]["findings"]] == [2, 3]

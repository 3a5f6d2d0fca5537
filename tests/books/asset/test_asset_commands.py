"""`logi asset …` at the terminal: keys scripts lean on, exit codes, Chinese words."""

import pytest


@pytest.fixture
def six(logi):
    logi("asset add 便携式计算机 --category A02010108 --cost 6350 --count 6 --on 2025-09-26 --place E101 --keeper 钱样真 --unit 台")
    return logi


def test_the_line_of_the_design_card_works(logi):
    said = logi(
        "asset add 便携式计算机 --category A02010108 --cost 6350 --count 6 --on 2025-09-15 --place E101 --keeper 钱样真 "
        "--vendor V06 --invoice 24442000000012345678 --life-months 72 -f json"
    ).json
    assert (said["action"], said["number"], len(said["numbers"])) == ("asset.add", "2025-0001", 6)
    assert (said["facts"]["unit_cost"], said["facts"]["total"]) == ("6350.00", "38100.00")


def test_only_a_name_and_a_cost_are_required(logi):
    logi("asset add 电视机 --cost 1560")
    said = logi("asset add --no-input -f json", code=2).json
    assert len(said["facts"]["missing"]) == 2


def test_the_list_has_the_keys_scripts_lean_on(six):
    table = six("asset list -f json").json
    row = table["rows"][0]
    assert {"code", "name", "category", "quantity", "cost", "place", "keeper", "status"} <= set(row)
    assert (row["code"], row["quantity"], row["cost"], row["place"], row["status"]) == ("2025-0001-01", "1", "6350.00", "E101", "in_use")
    assert table["totals"]["cost"] == "38100.00"


def test_depreciation_has_the_keys_scripts_lean_on(logi):
    logi("asset add 台式计算机 --category A02010105 --cost 4800 --on 2025-09-18 --code T1")
    [row] = logi("asset depreciation --to 2025-12-31 -f json").json["rows"]
    assert {k: row[k] for k in ("code", "name", "cost", "life_months", "accumulated", "net")} == {
        "code": "T1", "name": "台式计算机", "cost": "4800.00", "life_months": 72, "accumulated": "266.68", "net": "4533.32",
    }  # fmt: skip


def test_the_whole_way_of_a_disposal_by_command_lines(logi):
    logi("asset add 电视机 --category A02091001 --cost 1560 --count 10 --on 2019-08-20 --code 2019-0008")
    refused = logi("asset dispose 2019-0008-01..10 --how scrap --reason past-life -f json", code=4).json
    assert (refused["key"], refused["facts"]["missing"]) == ("asset.disposal_not_approved", ["school_meeting"])
    said = logi("asset propose 2019-0008-01..10 --how scrap --reason past-life --appraiser S03,S17,S08 --on 2025-09-12 -f json").json
    assert (said["number"], said["facts"]["net"]) == ("CZ-2025-0001", "0.00")
    logi("approve CZ-2025-0001 --level school_meeting --by 郑示园 --no 校务会12 --on 2025-09-15")
    logi("asset dispose CZ-2025-0001 --on 2025-09-26 --proceeds 300")
    logi("asset paid-in CZ-2025-0001 --on 2025-09-29")
    assert "300.00" in logi("show CZ-2025-0001").out
    assert logi("asset list -f json").json["rows"] == []
    assert logi("audit verify").code == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("asset add x --cost 1.234", 2), ("asset add x --cost 5 --count 0", 2), ("asset add x --cost 5 --category Z9", 3),
        ("asset add x --cost 5 --keeper 无此人", 3), ("asset add x --cost 5 --place Z1", 3), ("asset add x --cost 5 --on 2025-10-01", 4),
        ("asset add x --cost 5 --code 2025-0001 --count 6", 4), ("asset show 无此物", 3), ("asset assign 2025-0001-09 --keeper S03", 3),
        ("asset assign 便携式计算机 --keeper S03", 3), ("asset assign 2025-0001-01", 2), ("asset edit 2025-0001-01 --state lent", 2),
        ("asset propose 2025-0001-01 --how burn", 2), ("asset propose 2025-0001-01 --how scrap", 2), ("asset dispose CZ-2031-0001", 3),
        ("asset paid-in CZ-2031-0001", 3), ("asset return 2025-0001-01 --condition good", 4), ("asset return 2025-0001-01", 2),
        ("asset lend 2025-0001-01 --to S08 --due 2025-09-01", 4), ("asset handover --from S08 --to S03 --witness S07", 4),
        ("asset split 2025-0001-01 1", 4), ("asset audit 2025-09 --sign", 2), ("asset audit 2031-09 --sign --by S07", 4),
        ("asset letter --keeper S03", 2), ("asset letter --sign ZR-2025-0009", 3), ("correct 2025-0001 --price 6300", 2),
        ("correct 2025-0001 --reason 改", 2), ("correct 2025-0001 --price 6300 --line 9 --reason 改", 3),
    ],
)  # fmt: skip
def test_refusals_have_their_exit_codes_and_write_nothing(six, line, code):
    before = six("audit head").out
    said = six(line, code=code)
    assert said.err.strip()
    assert six("audit head").out == before


def test_chinese_words_and_values_are_understood(six):
    six("资产 指定保管人 2025-0001-01 --保管人 杨班一 --地点 A205", LOGI_LANG="zh-Hans")
    said = six("資產 清單 --保管人 楊班一", LOGI_LANG="zh-Hant").out
    assert "便携式计算机" in said
    assert "在用" in said
    six("asset edit 2025-0001-01 --state 閒置")
    assert len(six("asset list --state 闲置 -f json").json["rows"]) == 1


def test_a_name_in_either_script_and_initials_find_a_card(six):
    assert six("find 便攜式計算機 -f json").json["rows"][0]["code"] == "2025-0001-01"
    assert six("find bxsjsj -f json").json["rows"][0]["code"] == "2025-0001-01"


def test_a_correction_is_undone_like_anything_else(six):
    six("correct 2025-0001 --price 6300 --reason 发票更正")
    assert six("asset list -f json").json["totals"]["cost"] == "37800.00"  # 6 x 6,300.00
    six("undo")
    assert six("asset list -f json").json["totals"]["cost"] == "38100.00"
    six("redo")
    assert six("asset list -f json").json["totals"]["cost"] == "37800.00"


def test_a_dry_run_writes_no_card(logi):
    logi("asset add 电视机 --cost 1560 --dry-run")
    assert logi("asset list -f json").json["rows"] == []


def test_the_shortened_sentences_agree_in_every_language(six):
    for language in ("en", "zh-Hans", "zh-Hant"):
        for line in ("asset list", "asset show 2025-0001-01", "asset audit 2025-09", "asset depreciation", "report asset.by-place", "due"):
            said = six(line, LOGI_LANG=language)
            assert "{" not in said.out
            assert "asset." not in said.out

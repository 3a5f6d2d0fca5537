"""The formats for machines: the contract's shapes, and round trips through other readers."""

import csv
import io
import json

from logi.core.answers import Column, Table
from logi.core.errors import BadData, Busy, NotFound
from logi.formats import draw, draw_bytes
from logi.formats.json import error_json
from tests.formats.samples import NASTY, issue, nasty, pack, stock


def _read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_csv_holds_machine_values_under_titles() -> None:
    drawn = draw(stock(), "csv")
    assert "\r" not in drawn
    rows = _read(drawn)
    assert rows[0] == ["编码", "名称", "状态", "日期", "件数", "数量", "金额", "完成率"]
    assert rows[1] == ["000123", "A4复印纸（70克）", "待修", "2025-09-05", "1200", "12.5", "1250.50", "83.3"]
    assert rows[2] == ["2019-0008-01", "chalk", "已关闭", "", "0", "-80", "-0.05", "100.0"]
    assert rows[3] == ["H20", "投影仪灯泡 lamp 龍", "", "", "", "", "9000000000000.01", "0.0"]
    assert len(rows) == 4


def test_csv_under_keys_writes_keys_for_fixed_values_too() -> None:
    rows = _read(draw(stock(), "csv", header="keys"))
    assert rows[0] == ["code", "name", "state", "on", "count", "quantity", "value", "rate"]
    assert [row[2] for row in rows[1:]] == ["open", "closed", ""]


def test_csv_comes_back_as_it_went_in_but_for_control_characters() -> None:
    rows = _read(draw(nasty(), "csv"))[1:]
    for (_, text, code), sent in zip(rows, NASTY, strict=True):
        if not any(c in sent for c in "\x1b\x9b\u202e"):
            assert (text, code) == (sent, sent)
    assert rows[NASTY.index("two\nlines")][1] == "two\nlines"
    assert rows[NASTY.index("\x9b31m")][1] == r"\x9b31m"


def test_csv_for_excel_has_a_mark_crlf_and_no_formulas() -> None:
    data = draw_bytes(nasty(), "csv", excel=True)
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    rows = _read(text)[1:]
    assert text.count("\r\n") == len(NASTY) + 1
    for (_, cell, _), sent in zip(rows, NASTY, strict=True):
        assert cell.startswith("'") == sent.startswith(("=", "+", "-", "@", "＝", "'"))
    assert rows[NASTY.index("=1+1")][1] == "'=1+1"


def test_negative_figures_are_no_formulas_for_excel() -> None:
    assert _read(draw(stock(), "csv", excel=True))[2][5:7] == ["-80", "-0.05"]


def test_csv_of_a_confirmation_is_one_row() -> None:
    header, row = _read(draw(issue(), "csv", header="keys"))
    assert header == [
        "entry",
        "action",
        "number",
        "item",
        "quantity",
        "value",
        "left",
        "on",
        "state",
        "lines",
        "lots",
        "lot",
    ]
    assert row[:3] == ["17", "probe.out", "CK-202509-0001"]
    assert row[4:] == ["25", "750.00", "5.5", "2025-09-05", "open", "2", "甲; 乙", ""]


def test_csv_of_a_pack_has_a_title_line_for_each_section() -> None:
    lines = draw(pack(), "csv").splitlines()
    assert lines[0] == "# 库存一览"
    assert lines[5:] == ["", "# 库存一览", "单号"]


def test_json_of_a_table_is_the_contracts() -> None:
    drawn = draw(stock(), "json")
    assert drawn.count("\n") == 1
    read = json.loads(drawn)
    assert list(read) == ["kind", "name", "title", "columns", "rows", "totals", "notes"]
    assert read["kind"] == "table"
    assert read["name"] == "stock_list"
    assert read["columns"][0] == {"key": "code", "title": "编码", "kind": "code"}
    assert read["rows"][0] == {
        "code": "000123", "name": "A4复印纸（70克）", "state": "open", "on": "2025-09-05", "count": 1200,
        "quantity": "12.5", "value": "1250.50", "rate": "83.3",
    }  # fmt: skip
    assert read["rows"][2]["on"] is None
    assert read["totals"] == {"value": "9000000001250.46"}
    assert read["notes"] == ["至 2025-09-30"]
    assert "复印纸" in drawn


def test_json_brings_every_text_back_and_sends_no_control_character() -> None:
    drawn = draw(nasty(), "json")
    assert [row["text"] for row in json.loads(drawn)["rows"]] == NASTY
    assert r"\u009b31m" in drawn
    assert r"\u202egnp.exe" in drawn


def test_jsonl_is_the_rows_alone() -> None:
    lines = draw(stock(), "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(draw(stock(), "json"))["rows"]
    assert draw(Table("t", "题", [Column("a", "甲")], []), "jsonl") == ""


def test_json_of_a_confirmation_is_the_contracts() -> None:
    read = json.loads(draw(issue(), "json"))
    assert read == {
        "kind": "done", "entry": 17, "action": "probe.out", "number": "CK-202509-0001", "numbers": ["CK-202509-0001"],
        "facts": {
            "item": "粉笔\x1b[2J", "quantity": "25", "value": "750.00", "left": "5.5", "on": "2025-09-05",
            "state": "open", "lines": 2, "lots": ["甲", "乙"], "lot": None,
        },
        "warnings": ["库存低于下限"],
    }  # fmt: skip
    assert list(read) == ["kind", "entry", "action", "number", "numbers", "facts", "warnings"]


def test_json_marks_dry_runs_and_repetitions_only_when_they_are() -> None:
    done = issue()
    done.dry_run = done.repeated = done.undone = True
    read = json.loads(draw(done, "json"))
    assert (read["dry_run"], read["repeated"], read["undone"]) == (True, True, True)


def test_json_of_a_pack_holds_its_tables() -> None:
    read = json.loads(draw(pack(), "json"))
    assert (read["kind"], read["name"], read["period"], read["head"]) == ("pack", "month", "2025-09", "17-" + "ab" * 16)
    assert read["tables"][0] == json.loads(draw(stock(), "json"))


def test_the_error_object_is_the_contracts() -> None:
    error = NotFound("item.unknown", name="粉笔")
    assert error_json(error, "没有 粉笔") == (
        '{"kind":"error","code":3,"key":"item.unknown","message":"没有 粉笔","facts":{"name":"粉笔"},"retry":false}\n'
    )
    assert json.loads(error_json(Busy("core.busy"), "x"))["retry"] is True


def test_the_findings_of_bad_data_stand_in_the_facts() -> None:
    finding = {"line": 3, "column": "数量", "value": "三", "problem": "p", "remedy": "r"}
    assert json.loads(error_json(BadData("importing.bad", [finding]), "x"))["facts"] == {"findings": [finding]}

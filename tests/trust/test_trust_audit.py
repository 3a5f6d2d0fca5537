"""`logi audit`: the journal as those who check it read it."""

import json
import sqlite3

import pytest


def test_the_log_is_newest_first_and_filters(logi) -> None:
    logi("person edit S06 --post 保管员", LOGI_ACTOR="周入库")
    rows = logi("audit log -f json").json["rows"]
    assert {"entry", "recorded_at", "actor", "action", "subject"} <= set(rows[0])
    assert [row["entry"] for row in rows] == list(range(rows[0]["entry"], 0, -1))
    assert rows[-1]["action"] == "init"
    mine = logi("audit log --actor 周入库 -f json").json["rows"]
    assert [row["subject"] for row in mine] == ["S06"]
    assert {row["action"] for row in logi("audit log --action place.add -f json").json["rows"]} == {"place.add"}
    assert len(logi("audit log --subject S06 -f json").json["rows"]) == 2
    assert len(logi("audit log --limit 3 -f json").json["rows"]) == 3
    assert logi("audit log --since 2025-10-01 -f json").json["rows"] == []
    assert len(logi("audit log --since 2025-09-30 --until 2025-09-30 -f json").json["rows"]) == len(rows)
    assert logi("audit log --sort entry --limit 1 -f json").json["rows"][0]["entry"] == 1


def test_an_entry_shows_who_when_and_what_became_what(logi) -> None:
    entry = logi("person edit S06 --post 保管组长 --phone 13800000000 -f json").json["entry"]
    logi(f"undo {entry} --reason 写错人")
    pack = logi(f"audit show {entry} -f json").json
    header = {row["field"]: row["value"] for row in pack["tables"][0]["rows"]}
    assert header["action"] == "person.edit"
    assert header["subject"] == "S06"
    assert header["actor"] == "tester"
    assert header["undone"] == str(entry + 1)
    changes = {(row["row"], row["column"]): (row["before"], row["after"]) for row in pack["tables"][1]["rows"]}
    assert changes["S06 周入库", "Post"] == ("仓库保管员", "保管组长")
    assert changes["S06 周入库", "Telephone"] == (None, "13800000000")
    taken = logi(f"audit show {entry + 1} -f json").json
    assert {row["value"] for row in taken["tables"][0]["rows"] if row["field"] == "reason"} == {"写错人"}


def test_a_new_row_is_shown_by_what_was_filled_in_with_its_links_named(logi) -> None:
    entry = logi("place add C101 音乐教室 --keeper S15 -f json").json["entry"]
    rows = logi(f"audit show {entry} -f json").json["tables"][1]["rows"]
    assert {(row["row"], row["after"]) for row in rows} >= {("C101 音乐教室", "C101"), ("C101 音乐教室", "S15 杨班一")}
    assert all(row["before"] is None for row in rows)


def test_warnings_of_an_entry_are_shown_again(logi) -> None:
    entry = logi("person add S20 赵体育 --department 体卫艺处 -f json").json["entry"]
    tables = {table["name"]: table["rows"] for table in logi(f"audit show {entry} -f json").json["tables"]}
    assert ["体卫艺处" in row["warning"] for row in tables["warnings"]] == [True]


@pytest.mark.parametrize(("line", "code"), [
    ("audit show 999", 3), ("audit show x", 2), ("audit show 0", 2), ("audit show", 2), ("audit trace 没有", 3),
    ("audit verify --expect 3", 2), ("audit verify --expect 3-xyz", 2), ("audit verify --since 0", 2),
    ("audit verify --since 999", 3), ("audit log --since 2025-10-02 --until 2025-10-01", 2), ("audit", 2),
    ("audit findings 上旬", 2), ("audit findings", 2), ("audit nothing", 2), ("audit log --limit -1", 2),
])  # fmt: skip
def test_every_refusal_has_its_code(logi, line: str, code: int) -> None:
    said = logi(line, code=code)
    assert said.err.strip()
    assert "Traceback" not in said.err


def test_the_head_can_be_held_against_the_ledger(logi) -> None:
    [row] = logi("audit head -f json").json["rows"]
    assert row["head"] == f"#{row['entry']} " + " ".join(row["hash"][i : i + 4] for i in range(0, 32, 4))
    said = logi(f"audit verify --expect \"{row['head']}\"")
    assert "The heads given stand in the chain: 1." in said.out
    logi("person add S30 后来人")
    logi(f"audit verify --expect {row['entry']}-{row['hash'][:32]} --expect 1-{first_hash(logi)[:10]}")
    wrong = logi(f"audit verify --expect {row['entry']}-00000000", code=7)
    assert "is not the one that was seen or printed" in wrong.out
    late = logi(f"audit verify --expect {row['entry'] + 9}-00000000", code=7)
    assert "was seen or printed once, but the ledger ends at entry" in late.out


def first_hash(logi) -> str:
    db = sqlite3.connect(logi.ledger)
    try:
        return db.execute("SELECT hash FROM entry WHERE seq = 1").fetchone()[0]
    finally:
        db.close()


def test_a_clean_ledger_says_its_entries_and_head(logi) -> None:
    said = logi("audit verify -f json").json
    [row] = logi("audit head -f json").json["rows"]
    assert said["rows"] == []
    assert (said["totals"]["entries"], said["totals"]["head"]) == (row["entry"], row["head"])
    assert logi("audit verify --full --quiet").out == ""
    assert "All is well from entry 5 on" in logi("audit verify --since 5").out


def test_a_doctored_ledger_ends_with_7_and_every_other_command_with_6(logi) -> None:
    db = sqlite3.connect(logi.ledger)
    guard = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'guard_school_person_bu'").fetchone()[0]
    db.execute("DROP TRIGGER guard_school_person_bu")
    db.commit()
    said = logi("audit verify", code=7)
    assert "The trigger guard_school_person_bu is missing" in said.out
    assert "not the ones logi made" in logi("person list", code=6).err
    logi("person add S77 甲", code=6)
    db.execute("UPDATE school_person SET post = '校长' WHERE code = 'S03'")
    db.execute(guard)
    db.commit()
    db.close()
    said = logi("audit verify -f json", code=7).json
    assert [row["entry"] for row in said["rows"]] == [2]
    assert said["totals"]["findings"] == 1


def test_a_damaged_file_ends_with_7_in_verify_and_6_elsewhere(logi) -> None:
    whole = logi.ledger.read_bytes()
    name = "青禾文汇办公用品店".encode()
    assert name in whole
    logi.ledger.write_bytes(whole.replace(name, name[:1] + b"\xff" + name[2:]))  # in the table and in the journal
    assert logi("audit verify", code=7).out
    assert "damaged" in logi("vendor list", code=6).err


def test_a_things_whole_life_is_traced(logi) -> None:
    added = logi("person add S40 孙来过 -f json").json["entry"]
    kept = logi("place add D1 体育室 --keeper S40 -f json").json["entry"]
    moved = logi("person edit S40 --post 教师 -f json").json["entry"]
    undone = logi(f"undo {moved} -f json").json["entry"]
    redone = logi("redo -f json").json["entry"]
    rows = logi("audit trace S40 -f json").json["rows"]
    assert [row["entry"] for row in rows] == [added, kept, moved, undone, redone]
    why = {row["entry"]: row["why"] for row in rows}
    assert why[kept] == ["linked"]
    assert "undo" in why[undone]
    assert "redo" in why[redone]


def test_a_documents_life_holds_its_approvals(logi) -> None:
    number = logi('repair open "漏水" --place A205 --by 杨班一 -f json').json["number"]
    rows = logi(f"audit trace {number} -f json").json["rows"]
    assert "given" in rows[0]["why"]


def test_findings_of_a_period_name_what_an_auditor_looks_for(logi) -> None:
    entry = logi("person add S50 李误 -f json").json["entry"]
    logi(f"undo {entry} --reason 重名")
    logi("person add S51 无名氏", LOGI_ACTOR="")
    rows = logi("audit findings 2025-09 -f json").json["rows"]
    kinds = {(row["kind"], row["entry"]) for row in rows}
    assert ("undone", entry + 1) in kinds
    assert ("unmapped", entry + 2) in kinds
    assert "重名" in next(row["detail"] for row in rows if row["kind"] == "undone")
    assert logi("audit findings 2024Q1 -f json").json["rows"] == []


def test_the_trail_speaks_chinese(logi) -> None:
    said = logi("审计 日志 --limit 1 --lang zh-Hans")
    assert "日志" in said.out
    assert json.loads(logi("审计 校验 -f json --lang zh-Hans").out)["rows"] == []

"""The front door as scripts see it: exit codes, JSON errors, languages, keys, dry runs, undo and redo."""

import json
import os
import stat

import pytest


def test_a_missing_ledger_names_init_and_demo_and_creates_nothing(blank):
    said = blank("person list", code=6)
    assert "logi init" in said.err
    assert "logi demo" in said.err
    assert list(blank.folder.iterdir()) == []
    assert blank("", code=6).err == said.err


def test_init_makes_a_private_ledger_with_entry_one_and_no_other(blank):
    os.umask(0)
    assert "测试" in blank("init --school 测试 --costing fifo --yes").out
    assert stat.S_IMODE(blank.ledger.stat().st_mode) == 0o600
    assert blank.ledger.read_bytes()[68:72] == b"LOGI"
    assert [row["entry"] for row in blank("audit log -f json").json["rows"]] == [1]
    assert [p.name for p in blank.folder.iterdir()] == ["ledger.db"]


def test_init_refuses_a_file_that_stands_there(blank):
    blank.ledger.write_text("mine")
    blank("init --school x --yes", code=4)
    assert blank.ledger.read_text() == "mine"


def test_init_without_a_terminal_names_all_that_is_missing(blank):
    said = blank("init", code=2)
    assert "--school" in said.err
    assert "--costing" in said.err


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [("stok list", 2, "front.no_such_command_near"), ("person ad X", 2, "front.no_such_command_near"),
     ("person add S03", 2, "front.missing"), ("person add", 2, "front.missing"), ("person", 2, "front.missing_command"),
     ("person add S99 x --nope y", 2, "front.no_such_option_near"), ("person add S99 x --post", 2, "front.option_needs_value"),
     ("person add S03 x", 4, "front.code_taken"), ("person add S99 x extra", 2, "front.extra_words"),
     ("person show 没有这人", 3, "front.not_found"), ("person list --limit x", 2, "front.bad_limit"),
     ("person list --columns nope", 2, "front.no_column"), ("person list -f docx", 2, "formats.unknown"),
     ("undo 999", 3, "front.no_entry"), ("undo 1", 4, "front.never_undone"), ("redo", 3, "front.nothing_to_redo"),
     ("approve CZ-2025-0001 --no 1", 3, "front.no_number"), ("correct X --reason y", 3, "front.no_number"),
     ("show 不存在", 3, "front.nothing_found"), ("report xyzzy", 3, "reports.unknown"),
     ("report month 2099-01", 2, "reports.month_ahead"), ("report month", 2, "front.which_month"),
     ("--wait x person list", 2, "front.bad_wait"), ("--lang xx person list", 2, "front.bad_language"),
     ("person list --header x", 2, "front.bad_header"), ("due --book nope", 2, "front.no_book"),
     ("repair open “漏水", 2, "front.curly_quote")],
)  # fmt: skip
def test_every_refusal_has_its_code_and_is_one_object_in_json(logi, line, code, key):
    said = logi(line, code=code)
    assert said.out == ""
    assert said.err.strip()
    assert "Traceback" not in said.err
    told = json.loads(logi(f"{line} -f json" if "-f docx" not in line else f"{line},json", code=code).out or "{}")
    if told:
        assert (told["kind"], told["code"], told["retry"]) == ("error", code, False)
        assert told["key"] == key
        assert told["message"].strip() == said.err.strip()


def test_near_names_are_offered(logi):
    assert "person" in logi("persn list", code=2).err


def test_a_key_repeats_the_answer_and_changes_nothing(logi):
    first = logi("person add S50 甲乙 --key k1 -f json").json
    again = logi("person add S50 甲乙 --key k1 -f json").json
    assert again["entry"] == first["entry"]
    assert again["repeated"] is True
    logi("person add S51 丙丁 --key k1", code=4)
    logi("undo")
    assert logi("person add S50 甲乙 --key k1 -f json").json["undone"] is True
    done = logi("redo --key k2 -f json").json
    assert logi("redo --key k2 -f json").json["entry"] == done["entry"]


def test_a_dry_run_checks_everything_and_writes_nothing(logi):
    before = logi("audit head -f json").out
    assert logi("person add S50 甲乙 --dry-run -f json").json["dry_run"] is True
    logi("person add S03 甲乙 --dry-run", code=4)
    assert logi("audit head -f json").out == before
    logi("person show S50", code=3)


def test_undo_takes_back_and_redo_brings_back(logi):
    before = logi("person list -f json").out
    logi("person add S50 甲乙")
    after = logi("person list -f json").out
    logi("undo")
    assert logi("person list -f json").out == before
    logi("redo")
    assert logi("person list -f json").out == after
    logi("undo 99999", code=3)


def test_what_later_entries_stand_on_is_not_undone_and_they_are_named(logi):
    made = logi("person add S50 甲乙 -f json").json["entry"]
    used = logi("place add X1 新室 --keeper S50 -f json").json["entry"]
    said = logi(f"undo {made} -f json", code=4).json
    assert said["facts"]["dependents"] == [used]
    logi(f"undo {made} {used}")
    logi("person show S50", code=3)
    logi("place show X1", code=3)


def test_an_undone_code_is_free_again(logi):
    logi("person add S50 甲乙")
    logi("undo")
    logi("person add S50 丙丁")
    logi("redo", code=4)


def test_names_are_found_by_code_name_initials_part_and_across_scripts(logi):
    for typed in ("S03", "钱样真", "錢樣真", "qyz", "样真", "ｓ03"):
        assert "S03" in logi(f"person show {typed} -f json").out
    logi("person show 样真 --exact", code=3)
    logi("person show S03 --exact")


def test_an_ambiguous_name_lists_its_candidates(logi):
    logi("person add S60 王大明")
    logi("person add S61 王小明")
    told = logi("person show 明 -f json", code=3).json
    assert told["facts"]["candidates"] == ["S07 吴资明", "S60 王大明", "S61 王小明"]


def test_the_language_is_chosen_by_option_then_environment_then_ledger(logi):
    assert "ledger" in logi("--help").out
    assert "賬本" in logi("--help --lang zh-Hant").out
    assert "账本" in logi("--help", LOGI_LANG="zh_CN").out
    assert "Usage" in logi("--help", LOGI_LANG="", LANG="zh_CN.UTF-8").out  # the ledger's own language is English


def test_chinese_words_stand_for_commands_and_options(logi):
    logi("人员 新增 S70 新来的 ——岗位 教师")
    logi("人員 新增 S71 又來的 --崗位 教師")
    posts = {row["code"]: row["post"] for row in logi("person list -f json").json["rows"]}
    assert posts["S70"] == "教师"
    assert posts["S71"] == "教師"


def test_the_actor_is_mapped_by_config(logi):
    logi("config set actor.tester 钱样真")
    logi("person add S50 甲乙")
    assert logi("audit log -f json").json["rows"][0]["actor"] == "钱样真"
    logi("person add S51 丙丁", LOGI_ACTOR="")
    assert logi("audit log -f json").json["rows"][0]["actor"].startswith("system:")
    logi("person add S52 丙丁 --as S06")
    assert logi("audit log -f json").json["rows"][0]["actor"] == "周入库"


def test_quiet_prints_nothing_but_rows_asked_for(logi):
    assert logi("person add S50 甲乙 --quiet").out == ""
    assert "S50" in logi("person list --quiet -f csv").out


def test_sort_limit_and_columns_shape_every_table(logi):
    out = logi("person list --sort -code --limit 2 --columns code -f csv --header keys").out
    assert out.split() == ["code", "S17", "S15"]


def test_a_file_is_written_whole_and_its_suffix_chooses_the_format(logi):
    target = logi.folder / "people.csv"
    target.write_text("old")
    logi(f"person list -o {target}")
    assert target.read_text("utf-8").startswith("Code,Name")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not list(logi.folder.glob("*.partial"))
    logi(f"person list -o {logi.folder}/no/such/people.json")
    assert json.loads((logi.folder / "no/such/people.json").read_text("utf-8"))["kind"] == "table"
    blocked = logi.folder / "file"
    blocked.write_text("")
    logi(f"person list -o {blocked}/people.csv", code=6)


def test_what_has_happened_is_not_dated_after_today(logi):
    logi("repair open 漏水 --place A205 --by S15 --on 2025-10-01", code=4)


def test_lines_from_a_file_stop_at_the_first_failure(logi):
    script = logi.folder / "lines.txt"
    script.write_text("# people\nlogi person add S80 甲\n\nperson add S81 “乙 丙”\nperson add S03 丁\nperson add S82 戊\n", "utf-8")
    said = logi(f"run {script}", code=4)
    assert "line 5" in said.err
    names = {row["code"]: row["name"] for row in logi("person list -f json").json["rows"]}
    assert names["S81"] == "乙 丙"
    assert "S82" not in names


def test_a_shell_reads_lines_from_a_pipe(logi):
    assert "S80" in logi("shell", stdin="person add S80 甲\nperson list -f csv\nexit\n").out


def test_a_typed_code_in_the_way_of_the_running_number_leaves_no_gap(logi):
    logi("asset add 台式计算机 --cost 4800 --code 2025-0001 --on 2025-09-18")
    assert logi("asset add 便携式计算机 --cost 6350 --on 2025-09-18 -f json").json["number"] == "2025-0002"
    assert logi("audit verify").code == 0


def test_what_could_not_be_answered_is_refused_before_anything_is_written(logi):
    before = logi("audit head -f json").out
    logi("person add S50 甲乙 -f docx", code=2)
    logi("person add S50 甲乙 -f xlsx", code=2)
    logi("person add S50 甲乙 --header upside", code=2)
    assert logi("audit head -f json").out == before


def test_a_copy_is_set_aside_before_a_large_import_and_before_its_undo(logi):
    rows = "".join(f"P{n},人{n}\n" for n in range(1001))
    (logi.folder / "many.csv").write_text("code,name\n" + rows, "utf-8")
    entry = logi(f"import people {logi.folder}/many.csv -f json").json["entry"]
    kept = logi.folder / "ledger.db.backups"
    assert [p.name.rsplit("-", 1)[1] for p in sorted(kept.iterdir())] == ["import.db"]
    logi(f"undo {entry}")
    assert sorted(p.name.rsplit("-", 1)[1] for p in kept.iterdir()) == ["import.db", "undo.db"]
    (logi.folder / "few.csv").write_text("code,name\nQ1,甲\n", "utf-8")
    logi(f"import people {logi.folder}/few.csv")
    assert len(list(kept.iterdir())) == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [("undo 99999999999999999999", 3), ("redo 99999999999999999999", 3), ("audit log --limit 99999999999999999999", 2),
     ("person list --ledger ''", 2), ("person list -o ''", 2), ("due --days -5", 2)],
)  # fmt: skip
def test_odd_values_are_refused_like_any_other(logi, line, code):
    assert json.loads(logi(f"{line} -f json", code=code).out)["code"] == code


def test_a_code_is_not_taken_for_anothers_name(logi):
    logi("person add 钱样真 某人", code=4)


def test_undo_tells_what_kind_of_act_was_taken_back(logi):
    logi("person add S50 甲乙")
    assert "person.add S50" in logi("undo").out


def test_a_line_that_cannot_be_read_is_refused_in_the_language_and_format_asked_for(logi):
    assert "quote" in json.loads(logi("repair open “漏水 -f json", code=2).out)["message"]


def test_help_is_a_word_too(logi):
    assert logi("help").out == logi("--help").out
    assert "stock out" in logi("help stock out").out


def test_an_undo_in_between_does_not_hide_who_leans_on_a_row(logi):
    made = logi("person add S90 甲 -f json").json["entry"]
    placed = logi("place add X1 新室 --keeper S90 -f json").json["entry"]
    logi("place edit X1 --name 改名")
    logi("undo")  # now the undo is the last that wrote the place
    assert logi(f"undo {made} -f json", code=4).json["facts"]["dependents"] == [placed]
    logi(f"undo {made} {placed}")
    logi("person show S90", code=3)


def test_a_number_finds_its_entries_by_index(logi):
    from logi.connecting import connect

    db = connect(logi.ledger)
    seen: list[str] = []
    db.set_trace_callback(seen.append)
    from logi.entries import log

    assert [row["action"] for row in log(db, subject="S03")] == ["person.add"]
    plan = " ".join(row["detail"] for row in db.execute("EXPLAIN QUERY PLAN " + seen[-1]))
    db.close()
    assert "entry_subject" in plan
    assert "SCAN entry" not in plan

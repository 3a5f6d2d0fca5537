"""`run --one-entry`: many lines are one act, or none."""

import pytest

LINES = """# a morning
stock item add FB 粉笔 --unit 盒
stock in FB 50 --price 4.20 --from V01 --on 2025-09-03

logi stock out FB 5 --to 教务处 --by S15 --on 2025-09-05
person edit S15 --phone 13900000000
repair open “漏水” --place A205 --by S15 --kind water
stock list -f csv
"""


def written(logi, name: str, text: str):
    path = logi.folder / name
    path.write_text(text, "utf-8")
    return path


def head(logi) -> str:
    return logi("audit head -f json").out


def test_all_lines_are_one_entry_and_one_undo_takes_all_of_them_back(logi):
    before = {one: logi(f"{one} -f csv").out for one in ("stock list", "person list", "repair list", "stock item list")}
    entries = len(logi("audit log -f json").json["rows"])
    said = logi(f"run {written(logi, 'm.txt', LINES)} --one-entry").out
    # 50 at 4.20 in, 5 out: 45 left, worth 189.00; seen by the line that lists them, before anything is saved
    assert "FB,粉笔,,盒,Daily supplies,45,189.00" in said
    assert said.rstrip().splitlines()[-2].startswith("5 lines of m.txt are one entry.")
    assert len(logi("audit log -f json").json["rows"]) == entries + 1
    assert logi("audit verify").code == 0
    logi("undo CK-2025-0001")
    assert {one: logi(f"{one} -f csv").out for one in before} == before
    logi("redo")
    assert logi("stock list -f json").json["rows"][0]["quantity"] == "45"
    assert logi("audit verify").code == 0


def test_a_failure_in_any_line_takes_all_back_and_names_the_line(logi):
    before = head(logi)
    said = logi(f"run {written(logi, 'm.txt', LINES + 'stock out FB 500 --to 教务处 --by S15')} --one-entry", code=4)
    assert "line 9" in said.err
    assert said.out == ""  # nothing is said to be done that is not
    assert head(logi) == before
    assert logi("stock list -f json").json["rows"] == []
    refused = logi(f"run {logi.folder}/m.txt --one-entry -f json", code=4).json
    assert refused["facts"]["run_line"] == 9


@pytest.mark.parametrize("line", [
    "undo", "redo", "init --yes", "demo x", "migrate", "backup x.db", "restore x.db", "doctor", "run x.txt", "shell", "audit verify",
    "撤销", "月结 2025-09", "yj 2025-09", "month close 2025-09", "month reopen 2025-09 --reason x", "report issue 2025-09",
    "--as 甲 person add X1 甲", "person add X1 甲 --key k",
])  # fmt: skip
def test_what_cannot_be_part_of_one_entry_is_refused_and_nothing_is_saved(logi, line):
    before = head(logi)
    path = written(logi, "m.txt", f"person add Q1 某某\n{line}\n")
    logi(f"run {path} --one-entry", code=2)
    assert head(logi) == before


def test_it_can_be_tried_repeated_by_key_and_tried_line_by_line(logi):
    path = written(logi, "m.txt", "person add Q1 某某\nperson add Q2 某人 --dry-run\n")
    before = head(logi)
    logi(f"run {path} --one-entry --dry-run")
    assert head(logi) == before
    assert logi(f"run {path} --one-entry --key day-1 -f json").json["facts"] == {"file": "m.txt", "lines": 1}
    after = head(logi)
    assert [row["code"] for row in logi("person list -f json").json["rows"] if row["code"].startswith("Q")] == ["Q1"]
    logi(f"run {path} --one-entry --key day-1")
    assert head(logi) == after
    written(logi, "m.txt", "person add Q3 某某\n")
    logi(f"run {path} --one-entry --key day-1", code=4)


def test_reasons_of_the_lines_stay_with_the_entry(logi):
    logi("stock item add FB 粉笔 --unit 盒")
    number = logi("stock in FB 50 --price 4.20 --from V01 --on 2025-09-03 -f json").json["number"]
    done = logi(f"run {written(logi, 'm.txt', f'correct {number} --qty 40 --reason 点错')} --one-entry -f json").json
    assert "点错" in logi(f"audit show {done['entry']}").out


def test_a_line_may_have_an_actor_of_its_own_when_lines_are_entries_of_their_own(logi):
    path = written(logi, "m.txt", "--as 甲 person add Q1 某某\nperson add Q2 某人\n")
    logi(f"run {path}")
    assert [row["actor"] for row in logi("audit log --limit 2 -f json").json["rows"]] == ["tester", "甲"]

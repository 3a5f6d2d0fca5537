"""Lines of `run` and `shell`: large imports, earlier states, trying, keys, and the files that lines write."""

import subprocess
import sys

import pytest

from logi.backup import auto_backup
from logi.core.errors import Unavailable
from logi.db import open_ledger
from logi.journal import Who


def written(logi, name: str, text: str):
    path = logi.folder / name
    path.write_text(text, "utf-8")
    return path


def head(logi) -> str:
    return logi("audit head -f json").out


def people(logi) -> set[str]:
    return {row["code"] for row in logi("person list -f json").json["rows"]}


def entry(logi) -> int:
    return logi("audit head -f json").json["rows"][0]["entry"]


def test_a_large_import_among_the_lines_of_one_entry_is_done_and_a_copy_set_aside_before(logi):
    rows = "".join(f"B{n},人{n}\n" for n in range(1001))
    written(logi, "people.csv", f"code,name\n{rows}")
    path = written(logi, "m.txt", f"person add Q1 某某\n导入 people {logi.folder}/people.csv\n")
    line = [sys.executable, "-m", "logi", "run", str(path), "--one-entry"]
    done = subprocess.run(line, env=logi.env, timeout=60, capture_output=True, check=False)  # it once hung for ever
    assert done.returncode == 0, done.stderr
    assert {"Q1", "B0", "B1000"} <= people(logi)
    [copy] = (logi.folder / "ledger.db.backups").glob("auto-*-run.db")
    assert "B0" not in logi("person list", LOGI_LEDGER=str(copy)).out
    small = written(logi, "s.txt", "person add Q2 某人\n")
    logi(f"run {small} --one-entry")
    assert len(list((logi.folder / "ledger.db.backups").iterdir())) == 1


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8-sig", "张小明"), ("gb18030", "张小明"), ("utf-16", "张小明"), ("big5", "張曉明")]
)
def test_lines_are_read_in_the_encodings_that_editors_save(logi, encoding, name):
    (logi.folder / "m.txt").write_bytes(f"person add Q1 {name}\n".encode(encoding))
    logi(f"run {logi.folder}/m.txt")
    assert name in logi("person list").out


@pytest.mark.parametrize(
    ("content", "code", "key"),
    [(b"\x80\xff\x81 \x00\xff", 5, "front.run_encoding"), (b"person list\nrun {file}\n", 2, "front.run_itself"), (None, 3, "importing.no_file")],
)  # fmt: skip
def test_a_file_of_lines_that_cannot_be_run_is_refused_in_one_sentence(logi, content, code, key):
    path = logi.folder / "m.txt"
    if content is not None:
        path.write_bytes(content.replace(b"{file}", str(path).encode()))
    said = logi(f"run {path} -f json", code=code).out
    assert f'"key":"{key}"' in said


def test_no_copy_is_taken_of_a_ledger_that_is_being_written(logi):
    ledger = open_ledger(logi.ledger, Who("tester", "tester", 0, "here"))
    with pytest.raises(Unavailable, match=r"trust\.copy_in_entry"), ledger.entry("test"):
        auto_backup(ledger, "import")
    with ledger.snapshot():
        assert auto_backup(ledger, "import").is_file()
    ledger.close()


@pytest.mark.parametrize("way", ["run", "shell"])
def test_a_line_that_looks_back_sees_the_past_and_the_next_one_the_present(logi, way):
    before = entry(logi)
    lines = f"person add Q1 某某\nperson list --known {before} -f csv\nperson list -f csv --limit 999\nperson add Q2 某人\n"
    said = logi(f"run {written(logi, 'm.txt', lines)}") if way == "run" else logi("shell", stdin=lines)
    _, then, now = said.out.split("Code,Name")  # two tables: the earlier one first
    assert "Q1,某某" not in then
    assert "S15" in then
    assert "Q1,某某" in now
    assert "Q2" in people(logi)
    assert logi("audit verify").code == 0


def test_a_line_of_one_entry_cannot_look_back(logi):
    before = head(logi)
    for option in (f"--known {entry(logi)}", "--at 2025-09-01"):
        path = written(logi, "m.txt", f"person add Q1 某某\ndue {option}\n")
        assert logi(f"run {path} --one-entry -f json", code=2).json["key"] == "front.together_past"
    assert head(logi) == before


@pytest.mark.parametrize("line", ["run m.txt --dry-run", "run m.txt --key K", "shell --dry-run", "shell --key K"])
def test_trying_and_keys_are_refused_where_every_line_is_an_entry_of_its_own(logi, line):
    before = head(logi)
    written(logi, "m.txt", "person add Q1 某某\n")
    said = logi(line.replace("m.txt", f"{logi.folder}/m.txt"), code=2, stdin="person add Q1 某某\n")
    assert "--one-entry" in said.err
    assert head(logi) == before


def test_rejected_rows_are_written_only_when_the_one_entry_stands(logi):
    written(logi, "people.csv", "code,name\nQ1,某某\nQ2,\n")
    rejects = logi.folder / "rej.csv"
    line = f"import people {logi.folder}/people.csv --rejects {rejects}\n"
    path, bad = written(logi, "m.txt", line), written(logi, "bad.txt", f"{line}stock out NIX 1 --to 教务处 --by S15\n")
    logi(f"run {path} --one-entry --dry-run", code=7)
    logi(f"run {bad} --one-entry", code=3)
    assert not rejects.exists()
    logi(f"run {path} --one-entry", code=7)
    assert "Q2" in rejects.read_text("utf-8-sig")
    assert "Q1" in people(logi)


def test_a_scan_is_kept_only_when_the_one_entry_stands(logi):
    logi("asset add 台式计算机 --category A02010105 --cost 4800 --on 2018-09-18 --code JT")
    number = logi("asset propose JT --how scrap --reason obsolete --appraiser S03,S06,S07 -f json").json["number"]
    written(logi, "scan.pdf", "%PDF-1.4 signed")
    path = written(logi, "m.txt", f"approve {number} --no 校1 --scan {logi.folder}/scan.pdf --attach\n")
    logi(f"run {path} --one-entry --dry-run")
    assert not (logi.folder / "attachments").exists()
    said = logi(f"run {path} --one-entry")
    [kept] = (logi.folder / "attachments").glob("*/*.pdf")
    assert str(kept) in said.err + said.out


def test_a_journal_taken_over_with_a_key_is_answered_with_its_entry_the_second_time(logi):
    logi("person add Q1 甲")
    logi(f"export journal -o {logi.folder}/j.jsonl")
    logi.ledger = logi.folder / "again.db"
    logi.env["LOGI_LEDGER"] = str(logi.ledger)
    logi("init --school 别的学校 --costing fifo --lang en --yes")
    line = f"import journal {logi.folder}/j.jsonl"
    first = logi(f"{line} --key K -f json").json
    again = logi(f"{line} --key K -f json").json
    assert (again["entry"], again["repeated"]) == (first["entry"], True)
    refused = logi(f"{line} -f json", code=4).json
    assert refused["key"] == "importing.journal_already"
    assert "--again" not in logi(line, code=4).err

"""What -o wrote is said in one line on standard error: what, where, how much; a refused run leaves no file."""

import pytest


@pytest.fixture
def here(logi, monkeypatch):
    monkeypatch.chdir(logi.folder)
    return logi


def test_a_file_is_said_with_its_rows(here):
    said = here("person list -o people.csv")
    assert (said.out, said.err) == ("", "People: 7 rows are written to people.csv.\n")
    assert "7 行，已写入 people.csv" in here("person list -o people.csv", LOGI_LANG="zh-Hans").err


def test_a_pack_is_said_with_its_files(here):
    said = here("report month 2025-09 -o packs/ -f html,json")
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "2 files are written to packs" in said.err


def test_a_confirmation_is_said_too_and_quiet_says_nothing(here):
    assert here("person add S90 某人 -o done.json").err == "The answer is written to done.json.\n"
    assert here("person list -o people.csv --quiet").err == ""
    assert here("person list -o /dev/null").err == ""


def test_a_file_of_a_line_in_a_refused_run_is_not_left(here):
    lines = (
        "person add S91 甲 -o done.json\nperson list -o people.csv\nasset add 投影仪 --cost 5000\n"
        "form asset-card 2025-0001 -o card.html\nasset label 2025-0001 -o labels.html\n"
        "import template people -o people.xlsx\nexport people -o rows.csv\n"
        "export stock --as beancount -o stock.beancount\nperson add S91 乙\n"
    )
    here("run - --one-entry", stdin=lines, code=4)
    left = {path.name for path in here.folder.iterdir()}
    assert not left & {"done.json", "people.csv", "card.html", "labels.html", "people.xlsx", "rows.csv", "stock.beancount"}
    here("run - --one-entry --dry-run", stdin="person list -o people.csv\nperson add S91 甲\n")
    assert not (here.folder / "people.csv").exists()


def test_a_file_of_a_line_stands_when_the_one_entry_does(here):
    said = here("run - --one-entry", stdin="person add S91 甲\nperson list -o people.csv\nperson add S92 乙\n")
    assert "甲" in (here.folder / "people.csv").read_text("utf-8-sig")
    assert "乙" not in (here.folder / "people.csv").read_text("utf-8-sig")  # as it was at that line
    assert "8 rows are written to people.csv" in said.err


def test_a_file_that_cannot_be_written_after_the_entry_stands_is_a_warning(here):
    said = here("run - --one-entry", stdin="person add S91 甲\nperson list -o ledger.db/x.csv\n", code=None)
    assert said.code in (0, 6)
    assert ("S91" in here("person list").out) == (said.code == 0)


def test_forms_and_labels_are_said_too(here):
    here("asset add 投影仪 --cost 5000 --place A205")
    assert here("form asset-card 2025-0001 -o card.html").err == "The answer is written to card.html.\n"
    assert here("asset label 2025-0001 -o labels.html").err == "The answer is written to labels.html.\n"
    assert here("asset label 2025-0001 -o labels.html --quiet").err == ""

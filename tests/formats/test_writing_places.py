"""Where answers go: never over a database, never in the place of a device, whole into a folder."""

import os
from pathlib import Path

import pytest


@pytest.mark.parametrize("line", ["person list -o {place}", "person add S90 甲 -o {place}", "report month 2025-09 -o {place}",
                                  "form person-card S03 -o {place}", "export people -o {place}", "import template people -o {place}"])  # fmt: skip
def test_an_answer_is_never_written_over_the_ledger(logi, line: str) -> None:
    before = logi.ledger.read_bytes()
    said = logi(line.format(place=logi.ledger), code=None)
    assert said.code in (2, 3, 4), said.err
    assert logi.ledger.read_bytes() == before


def test_an_answer_over_a_copy_of_the_ledger_is_refused_with_a_sentence(logi) -> None:
    copy = logi.folder / "copy.db"
    logi(f"backup {copy}")
    before = copy.read_bytes()
    assert "never written over it" in logi(f"person list -o {copy}", code=4).err
    (logi.folder / "link.csv").symlink_to(copy)
    logi(f"person list -o {logi.folder / 'link.csv'}", code=4)
    assert copy.read_bytes() == before


def test_bad_rows_are_not_written_over_the_ledger(logi) -> None:
    rows = logi.folder / "rows.csv"
    rows.write_text("code,name\nS91,甲\n=1,公式\n", "utf-8")
    before = logi.ledger.read_bytes()
    logi(f"import people {rows} --rejects {logi.ledger}", code=4)
    assert logi.ledger.read_bytes() == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_device_is_written_into_and_never_replaced(logi) -> None:
    before = os.stat("/dev/full")
    logi("person list -o /dev/full", code=6)
    assert os.stat("/dev/full") == before
    logi("person list -o /dev/null -f csv")
    assert not Path("/dev/null").is_file()


def test_a_dash_is_standard_output(logi) -> None:
    assert logi("person list -f csv -o -").out == logi("person list -f csv").out
    assert not Path("-").exists()


@pytest.mark.parametrize(("formats", "names"), [("", ["txt"]), ("-f json", ["json"]), ("-f xlsx,html", ["html", "xlsx"])])
def test_a_confirmation_goes_into_a_folder_too(logi, formats: str, names: list[str]) -> None:
    folder = logi.folder / "out"
    folder.mkdir()
    logi(f"person add S90 甲 {formats} -o {folder}")
    assert sorted(one.name for one in folder.iterdir()) == [f"logi-person.add-15.{name}" for name in names]


def test_the_home_of_nobody_is_a_name_like_any_other(logi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(logi.folder)
    logi("--ledger ~nosuchuser/x person list", code=6)
    logi("import people ~nosuchuser/x", code=3)
    logi("restore ~nosuchuser/x --yes", code=6)


def test_bad_rows_are_not_written_over_the_file_they_came_from(logi) -> None:
    rows = logi.folder / "rows.csv"
    rows.write_text("code,name\nS91,甲\n=1,公式\n", "utf-8")
    before = rows.read_bytes(), logi.ledger.read_bytes()
    (logi.folder / "link.csv").symlink_to(rows)
    for name in ("rows.csv", "link.csv"):
        assert "Name another file" in logi(f"import people {rows} --rejects {logi.folder / name}", code=2).err
    assert (rows.read_bytes(), logi.ledger.read_bytes()) == before
    logi(f"import people {rows} --rejects {logi.folder / 'bad.csv'}", code=7)


@pytest.mark.parametrize("formats", [",", "csv,json", "csv,nonsense"])
def test_formats_that_cannot_be_answered_in_write_nothing(logi, formats: str) -> None:
    before = logi.ledger.read_bytes()
    logi(f"person add S90 甲 -f {formats}", code=2)
    assert logi.ledger.read_bytes() == before

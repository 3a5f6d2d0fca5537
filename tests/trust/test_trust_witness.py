"""The machine's witness: an older or another past put in the ledger's place is noticed, until a restore says it is meant."""

import json
import os
import shutil
import stat
import time
from pathlib import Path

import pytest

from logi import journal, witness
from logi.db import Ledger, create, open_ledger
from logi.journal import Who, set_setting
from logi.opening import fill_new

WHO = Who("tester", "tester", 0, "here")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "logi" / "heads"


def made(path: Path, *, demo: bool = False) -> Ledger:
    """A ledger that tells the witness of each entry."""

    def fill(ledger: Ledger) -> None:
        with ledger.entry("init") as e:
            fill_new(e, school="x", lang="en", costing="fifo", threshold_rules="2022", zone="Asia/Shanghai")
            if demo:
                set_setting(e, "demo", "1")

    create(path, fill, WHO)
    ledger = open_ledger(path, WHO)
    witness.saw(ledger)
    return ledger


def write(ledger: Ledger, value: str) -> None:
    with ledger.entry("config.set") as e:
        set_setting(e, "x", value)
    witness.saw(ledger)


def test_what_was_seen_is_remembered_by_ledger_and_path(state: Path, tmp_path: Path) -> None:
    ledger = made(tmp_path / "ledger.db")
    write(ledger, "a")
    known = witness.remembered(ledger.settings["ledger_id"], ledger.path)
    assert [(one.kind, one.entry) for one in known] == [("seen", 1), ("seen", 2)]
    assert known[-1].hash == journal.head(ledger.db).hash
    assert witness.remembered(ledger.settings["ledger_id"], tmp_path / "elsewhere.db") == []
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert stat.S_IMODE(state.parent.stat().st_mode) == 0o700


def test_a_demo_is_never_witnessed(state: Path, tmp_path: Path) -> None:
    write(made(tmp_path / "demo.db", demo=True), "a")
    assert not state.exists()


def test_a_witness_that_cannot_write_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    write(made(tmp_path / "ledger.db"), "a")
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    write(made(tmp_path / "other.db"), "a")


def test_noticing_costs_under_a_millisecond(state: Path, tmp_path: Path) -> None:
    ledger = made(tmp_path / "ledger.db")
    best = 1.0
    for _ in range(10):  # the best of several: other programs are at work on this machine too
        start = time.process_time()
        for _ in range(20):
            witness.saw(ledger)
        best = min(best, (time.process_time() - start) / 20)
    assert best < 0.001


def test_the_witness_stays_small(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "LARGE", 20_000)
    ledger = made(tmp_path / "ledger.db")
    other = made(tmp_path / "other.db")
    for _ in range(300):
        witness.saw(ledger)
    assert state.stat().st_size < 25_000
    assert len(witness.remembered(other.settings["ledger_id"], other.path)) == 1
    assert witness.seen_heads(ledger.settings["ledger_id"], ledger.path)[-1] == tuple(journal.head(ledger.db))


def test_rubbish_in_the_witness_is_passed_over(state: Path, tmp_path: Path) -> None:
    ledger = made(tmp_path / "ledger.db")
    with state.open("ab") as file:
        file.write(b"\xff\xfe rubbish\n[1, 2]\n{}\nnull\n[\n")
    assert len(witness.remembered(ledger.settings["ledger_id"], ledger.path)) == 1


def test_an_older_copy_put_back_by_hand_is_noticed_until_restore_records_it(logi) -> None:
    early, late = logi.folder / "early.db", logi.folder / "late.db"
    shutil.copy(logi.ledger, early)
    logi("person add S90 后来")
    shutil.copy(logi.ledger, late)
    told(logi)
    logi("audit verify")
    shutil.copy(early, logi.ledger)
    said = logi("audit verify", code=7)
    assert "Entry 15 was seen or printed once, but the ledger ends at entry 14" in said.out
    logi(f"restore {early} --yes")
    logi("audit verify")
    logi("person add S91 另外")
    told(logi)
    logi("audit verify")
    shutil.copy(late, logi.ledger)  # the other past, of the same length
    assert "Entry 15 is not the one that was seen" in logi("audit verify", code=7).out


def test_a_copy_elsewhere_is_not_held_against_what_was_seen_here(logi) -> None:
    early = logi.folder / "early.db"
    shutil.copy(logi.ledger, early)
    logi("person add S90 后来")
    told(logi)
    logi(f"--ledger {early} audit verify")


def test_another_ledger_in_the_same_place_is_noted(logi) -> None:
    told(logi)
    logi.ledger.unlink()
    logi("init --school 另一所 --lang en --yes")
    said = logi("audit verify -f json").json
    assert any("another ledger at this path" in note for note in said["notes"])


def told(logi) -> None:
    """Tell the witness, as the floor does after each entry."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(logi.env)
    try:
        ledger = open_ledger(logi.ledger, WHO)
        witness.saw(ledger)
        ledger.close()
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert json.loads((logi.folder / ".local/state/logi/heads").read_text().splitlines()[-1])[0] == "seen"

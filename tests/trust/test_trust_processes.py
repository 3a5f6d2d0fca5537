"""Several programs at once, and programs that are killed: nothing lost, nothing torn, nothing twice."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from logi.verify import verify
from tests.trust.tormenting import PROGRAM, codes, count, ran, start

# -- at once -----------------------------------------------------------------------------------------


def at_once(terminal, writers: int, each: int) -> None:
    """Writers add people while reports, a copy and a verification go round and round."""
    stop = False

    def write(writer: int) -> list[str]:
        done = []
        for n in range(each):
            code = f"W{writer}-{n}"
            answer = ran(terminal, "person", "add", code, f"人{code}", "-f", "json")
            assert answer[0] == 0, answer
            assert json.loads(answer[1])["kind"] == "done"
            done.append(code)
        return done

    def look() -> int:
        rounds = 0
        while not stop:
            for words in (("person", "list", "-f", "json"), ("audit", "verify"), ("backup",)):
                answer = ran(terminal, *words)
                assert answer[0] == 0, (words, answer)
                time.sleep(0.1)
            rounds += 1
        return rounds

    with ThreadPoolExecutor(writers + 1) as pool:
        looking = pool.submit(look)
        acknowledged = [code for made in pool.map(write, range(writers)) for code in made]
        stop = True
        assert looking.result() > 0
    there = codes(terminal.ledger)
    assert set(acknowledged) <= set(there)
    assert len(there) == len(set(there))
    found = verify(terminal.ledger, full=True)
    assert found.clean, found.findings
    assert found.entries == 14 + writers * each


def test_writers_at_once_lose_nothing_and_repeat_nothing(logi) -> None:
    at_once(logi, 3, 3)


@pytest.mark.torment
def test_eight_writers_of_hundreds_of_entries(logi) -> None:
    at_once(logi, 8, count(4, 200))


def test_numbers_given_at_once_have_no_gaps_and_no_twins(logi) -> None:
    def report(n: int) -> str:
        code, out, err = ran(logi, "repair", "open", f"漏水{n}", "--place", "A205", "--by", "S15", "-f", "json")
        assert code == 0, err
        return str(json.loads(out)["number"])

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(report, range(6)))
    assert [int(number[-4:]) for number in numbers] == list(range(1, 7))
    assert verify(logi.ledger).clean


@pytest.fixture
def holder(logi) -> Iterator[sqlite3.Connection]:
    """Somebody who holds the ledger."""
    db = sqlite3.connect(logi.ledger, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    yield db
    db.close()


def test_a_locked_ledger_is_waited_for_then_refused_and_may_be_tried_again(logi, holder: sqlite3.Connection) -> None:
    began = time.monotonic()
    code, out, _ = ran(logi, "person", "add", "S90", "等待", "--wait", "1", "-f", "json")
    assert (code, json.loads(out)["retry"]) == (6, True)
    assert 1.0 <= time.monotonic() - began < 5
    assert ran(logi, "person", "list", "--wait", "1")[0] == 0  # reading goes on
    assert ran(logi, "audit", "verify", "--wait", "1")[0] == 0
    waiting = start(logi, "person", "add", "S90", "等待")
    time.sleep(0.5)
    holder.execute("ROLLBACK")
    out, err = waiting.communicate(timeout=30)
    assert (waiting.returncode, "S90" in codes(logi.ledger)) == (0, True), err


# -- killed ------------------------------------------------------------------------------------------


def test_killed_at_any_moment_nothing_acknowledged_is_lost(logi) -> None:
    """Four here; the torments kill a thousand."""
    chance = random.Random(1)
    began = time.monotonic()
    assert ran(logi, "person", "add", "S90", "量一下")[0] == 0
    span = time.monotonic() - began
    there = set(codes(logi.ledger))
    for n in range(4):
        process = start(logi, "person", "add", f"K{n}", "人" * 50)
        time.sleep(chance.uniform(0.5, 1.1) * span)
        process.kill()
        out, _ = process.communicate(timeout=60)
        before, there = there, set(codes(logi.ledger))
        assert there in (before, before | {f"K{n}"})
        assert f"K{n}" in there or not out
        found = verify(logi.ledger)
        assert found.clean, found.findings
    assert ran(logi, "person", "add", "K9", "还能用")[0] == 0
    assert not list(logi.folder.glob("*.partial"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_wait_says_that_nothing_was_saved(logi, holder: sqlite3.Connection, number: int, code: int) -> None:
    began = time.monotonic()
    assert ran(logi, "person", "list")[0] == 0
    span = time.monotonic() - began
    process = start(logi, "person", "add", "S90", "等待")
    time.sleep(2 * span + 0.5)  # by now it waits, also on a slow machine
    process.send_signal(number)
    asked = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, "nothing was saved" in err) == (code, "", True), err
    assert time.monotonic() - asked < 8  # of the 30 it was ready to wait
    holder.execute("ROLLBACK")
    assert "S90" not in codes(logi.ledger)


@pytest.mark.parametrize("line", ["backup {copy}", "--ledger {copy} restore {source}", "--ledger {copy} init --school x --yes"])
def test_a_file_under_its_final_name_is_always_whole(logi, line: str) -> None:
    """Backups, restores and new ledgers killed at random moments: the file is absent, or it verifies."""
    chance = random.Random(5)
    source = logi.folder / "source.db"
    logi(f"backup {source}")
    copy = logi.folder / "copies" / "copy.db"
    words = line.format(copy=copy, source=source).split()
    began = time.monotonic()
    assert ran(logi, *words)[0] == 0
    span = time.monotonic() - began
    for _ in range(2):
        copy.unlink(missing_ok=True)
        process = start(logi, *words)
        time.sleep(chance.uniform(0.4, 1.0) * span)
        process.kill()
        process.communicate()
        if copy.exists():
            assert verify(copy).clean
    for left in copy.parent.glob(".*"):
        assert left.name.endswith((".partial", ".partial-journal"))


@pytest.mark.parametrize("words", [("person", "list"), ("audit", "log"), ("audit", "verify"), ("doctor",)])
def test_reading_works_where_nothing_can_be_written(logi, words: tuple[str, ...]) -> None:
    logi.ledger.chmod(0o400)
    logi.folder.chmod(0o500)
    try:
        code, out, err = ran(logi, *words, HOME="/nonexistent")
    finally:
        logi.folder.chmod(0o700)
        logi.ledger.chmod(0o600)
    assert (code, bool(out)) == (0, True), err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_copy_into_a_full_pipe_ends_with_6(logi) -> None:
    with open("/dev/full", "wb") as full:
        process = subprocess.run([*PROGRAM, "backup", "-"], env=logi.env, stdout=full, stderr=subprocess.PIPE, text=True)
    assert process.returncode == 6
    assert "Traceback" not in process.stderr


def test_a_copy_into_a_closed_pipe_ends_quietly(logi) -> None:
    process = subprocess.run(["/bin/sh", "-c", f"'{sys.executable}' -m logi backup - | head -c 10 | wc -c"], env=logi.env,
                             capture_output=True, text=True)  # fmt: skip
    assert process.stdout.strip() == "10"
    assert "Traceback" not in process.stderr
    assert not list(logi.folder.glob(".*.partial"))


@pytest.mark.parametrize(("line", "code", "said"), [
    ("import people people.csv", 0, ""), ("person add S91 甲", 0, ""), ("person add S91 甲 -f json", 0, ""),
    ("person list", 6, "Standard output is closed"), ("person add S91 甲 --dry-run", 6, "Standard output is closed"),
])  # fmt: skip
def test_who_closes_standard_output_is_told_nothing_of_what_was_done_and_done_it_is(logi, line: str, code: int, said: str) -> None:
    (logi.folder / "people.csv").write_text("code,name\nS91,甲\n", "utf-8")
    process = subprocess.run(["/bin/sh", "-c", f"'{sys.executable}' -m logi {line} >&-"], env=logi.env, cwd=logi.folder,
                             capture_output=True, text=True)  # fmt: skip
    assert process.returncode == code, process.stderr
    assert said in process.stderr
    assert "Traceback" not in process.stderr
    assert ("S91" in logi("person list").out) == (code == 0)


EARLY = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["STRUCK"]:
            del sys.meta_path[0]
            os.kill(os.getpid(), signal.{number})
sys.meta_path.insert(0, Finder())
from logi.__main__ import main
main()
"""


@pytest.mark.parametrize(("module", "number", "codes_"), [
    ("logi.cli", "SIGINT", {-2}), ("logi.core.errors", "SIGINT", {130}), ("logi.front", "SIGINT", {130}), ("logi.core.text", "SIGINT", {130}),
    ("logi.cli", "SIGTERM", {-15}), ("logi.core.errors", "SIGTERM", {143}), ("logi.db", "SIGTERM", {143}),
])  # fmt: skip
def test_a_signal_in_the_first_moment_ends_quietly(logi, module: str, number: str, codes_: set[int]) -> None:
    """While the program is still being loaded; the shell makes 130 and 143 of a death by the signal itself."""
    argv = [sys.executable, "-c", EARLY.replace("{number}", number), "person", "add", "S90", "甲"]
    done = subprocess.run(argv, env={**logi.env, "PYTHONPATH": os.getcwd(), "STRUCK": module}, capture_output=True, text=True)
    assert (done.returncode in codes_, done.stdout) == (True, ""), (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1
    assert "S90" not in codes(logi.ledger)

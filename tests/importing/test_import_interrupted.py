"""Ctrl-C and TERM in every phase of an import: nothing was saved, that is said, and nothing is left behind."""

import hashlib
import inspect
import io
import os
import shutil
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from logi import cli
from logi.books.stock import bulk

ROWS = 30
PARTS = 16  # of the whole run, at which it is stopped
SAVED = 0  # too late: the import stands, and that is said


def file_of(logi) -> str:
    """Moves of two items, a bad row among them, so that rejects are written too."""
    logi("stock item add A 粉笔 --unit 盒")
    head = "on,direction,item,quantity,price,department,person\n"
    rows = [f"2025-09-{1 + n // 2:02d},{'out' if n % 3 == 2 else 'in'},A,{n + 1 if n % 3 < 2 else 1},1.50,教务处,S06\n" for n in range(ROWS)]
    (logi.folder / "m.csv").write_text(head + "".join(rows) + "2025-09-30,in,A,many,1.50,,S06\n", "utf-8")
    return f"import stock {logi.folder / 'm.csv'} --rejects {logi.folder / 'bad.csv'} --create departments"


class Stop:
    """Counts the calls of the program, and sends a signal to it at one of them."""

    def __init__(self, at: int, number: int) -> None:
        self.at, self.number, self.calls = at, number, 0

    def __call__(self, frame, event: str, arg) -> None:
        # A generator or a weak reference that is being thrown away swallows what is raised in it.
        ours = frame.f_globals.get("__name__", "").startswith("logi")
        if event == "call" and ours and not frame.f_code.co_flags & inspect.CO_GENERATOR:
            self.calls += 1
            if self.calls == self.at:
                signal.raise_signal(self.number)


def ran(logi, line: str, stop: Stop) -> tuple[int, str, str]:
    """A line in this process, watched; its exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    before = dict(os.environ)
    handlers = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: cli._terminated}
    handlers = {one: signal.signal(one, handler) for one, handler in handlers.items()}
    os.environ.clear()
    os.environ.update(logi.env)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            sys.setprofile(stop)
            try:
                code = cli.run(line.split())
            finally:
                sys.setprofile(None)
    finally:
        os.environ.clear()
        os.environ.update(before)
        for one, handler in handlers.items():
            signal.signal(one, handler)
    return code, out.getvalue(), err.getvalue()


def kept(logi) -> dict[str, str]:
    """Every file of the folder by its content, but for where the lock is held."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in logi.folder.iterdir() if path.is_file()}


def children() -> bool:
    """Whether this process has any child left, running or waiting to be buried."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals are held back at COMMIT only where they can be")
@pytest.mark.parametrize("apart", [False, True], ids=["here", "beside"])
def test_an_import_stopped_in_any_phase_saves_nothing_says_so_and_leaves_nothing_behind(logi, monkeypatch, apart):
    """Also where a process beside this one reads the file."""
    monkeypatch.setattr(bulk, "BESIDE_FROM", 0 if apart else 10**12)
    line = file_of(logi)
    shutil.copy(logi.ledger, logi.folder.with_name("before.db"))
    for _ in range(2):  # the first time modules are loaded too
        whole = Stop(0, 0)
        assert ran(logi, line, whole)[0] == 7
        (logi.folder / "bad.csv").unlink()
        shutil.copy(logi.folder.with_name("before.db"), logi.ledger)
    before, codes = kept(logi), []
    for part in range(PARTS):
        number, code = (signal.SIGTERM, 143) if part % 4 == 3 else (signal.SIGINT, 130)
        found, out, err = ran(logi, line, Stop(whole.calls * (2 * part + 1) // (2 * PARTS), number))
        codes.append(found)
        if found == 7:  # COMMIT was past: the signal came too late, and all is said as without it
            assert "Imported m.csv" in out
            shutil.copy(logi.folder.with_name("before.db"), logi.ledger)
            (logi.folder / "bad.csv").unlink()
            continue
        assert (found, out, err.count("nothing was saved")) == (code, "", 1), (part, err)
        assert kept(logi) == before, part
        assert not children(), part
    assert {130, 143} <= set(codes)
    assert codes.count(7) < PARTS // 2
    assert logi(line, code=7).code == 7

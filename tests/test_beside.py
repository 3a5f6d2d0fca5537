"""A process that works beside us: what it asks is answered, and whatever becomes of it or of us, nobody stays behind."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from logi.beside import Failed, Lost, beside
from logi.core.errors import BadValue, Refused

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody works beside us")


class Desk:
    """Adds up what it is told."""

    def __init__(self) -> None:
        self.told: list[int] = []

    def tell(self, n: int) -> None:
        self.told.append(n)

    def total(self) -> int:
        return sum(self.told)

    def refuse(self) -> None:
        raise Refused("front.fault", why="told before")

    def end(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def stop(self, pid: int) -> None:
        os.kill(pid, signal.SIGSTOP)
        raise KeyboardInterrupt


def done(work, here: Desk | None = None):
    return beside(work, here or Desk(), frozenset({"tell"}))


def nobody_left() -> bool:
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(-1, os.WNOHANG) is None
    return True


def handles() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_what_is_told_comes_before_what_is_asked():
    def work(far):
        for n in range(1, 101):
            far.tell(n)
        return far.total() + 1

    before = handles()
    assert done(work) == 5051  # 100 * 101 / 2, and one
    assert nobody_left()
    assert handles() == before


def test_a_refusal_there_and_here_is_the_same_refusal():
    def work(far):
        try:
            far.refuse()
        except Refused as no:
            raise BadValue("front.fault", why=no.facts["why"]) from None

    with pytest.raises(BadValue) as caught:
        done(work)
    assert caught.value.facts == {"why": "told before"}
    assert nobody_left()


@pytest.mark.parametrize("work", [
    pytest.param(lambda far: os.kill(os.getpid(), signal.SIGKILL), id="killed"),
    pytest.param(lambda far: far.end(os.getpid()), id="killed while it waits for an answer"),
    pytest.param(lambda far: os._exit(0), id="gone without a word"),
    pytest.param(lambda far: Path("/nowhere/at/all").read_bytes(), id="a file it cannot open"),
    pytest.param(lambda far: bytearray(1 << 60), id="no memory"),
])  # fmt: skip
def test_one_that_is_lost_is_lost_in_one_way(work):
    with pytest.raises(Lost):
        done(work)
    assert nobody_left()


def test_a_fault_there_is_told_in_its_own_words():
    with pytest.raises(Failed, match="ZeroDivisionError"):
        done(lambda far: 1 // 0)


def test_without_handles_there_is_nobody_and_no_handle_is_lost():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    before, free = handles(), [os.dup(0) for _ in range(4)]  # what two pipes need
    for one in free:
        os.close(one)
    try:
        for limit in free:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
            with pytest.raises(Lost):
                done(lambda far: 1)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert handles() == before


def test_where_children_are_buried_by_nobody_the_work_is_done_once():
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert done(lambda far: 7) == 7
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_an_interrupt_ends_one_that_somebody_has_stopped():
    with pytest.raises(KeyboardInterrupt):
        done(lambda far: far.stop(os.getpid()))
    assert nobody_left()


def test_interrupts_are_heard_again_afterwards():
    done(lambda far: 1)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set()


@pytest.mark.parametrize("does", ["time.sleep(60)", "far.end()", "[far.tell(bytes(10_000)) for _ in range(10_000)]"],
                         ids=["thinks", "waits for an answer", "waits to be heard"])  # fmt: skip
def test_when_we_are_killed_it_leaves_within_a_second(tmp_path, does):
    script = f"""
import os, signal, time
from logi.beside import beside
class Here:
    def tell(self, what): time.sleep(60)
    def end(self): time.sleep(60)
def work(far):
    open({str(tmp_path / "pid")!r}, "w").write(f"{{os.getpid()}}.")
    {does}
beside(work, Here(), frozenset({{"tell"}}))
"""
    us = subprocess.Popen([sys.executable, "-c", script])
    told = tmp_path / "pid"
    _until(lambda: told.exists() and told.read_text().endswith("."))
    us.kill()
    us.wait()
    it = Path(f"/proc/{told.read_text().rstrip('.')}/stat")
    assert _until(lambda: not it.exists() or it.read_text().rsplit(")", 1)[1].split()[0] == "Z", seconds=1.0 * 5)


def _until(so, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not so():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True

"""A second process that works beside us: it thinks, we alone touch the ledger.

`work(far)` runs in a fork of this process. What it calls on `far` happens here, on the object we keep, in the order it
was called: calls named in `told` are sent on without waiting, for all others the answer comes back, or is raised there.
The fork knows everything we knew and shares nothing with us but two pipes; it must never touch the ledger's connection.
"""

import contextlib
import marshal
import os
import pickle
import signal
import struct
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable
from typing import Any

from logi.core.errors import LogiError

PIPE_BYTES = 1 << 20  # Linux lets everybody widen a pipe so far
AHEAD = 16 << 20  # bytes told by which the fork may run ahead of us
_HEAD = struct.Struct("<cQ")
LOOK_S = 0.25
SWITCH_S = 0.0005  # whoever sends is soon let in beside whoever thinks
INTERRUPTS = frozenset({signal.SIGINT, signal.SIGTERM})
TELL, CALL, DONE, FAILED = b"t", b"c", b"d", b"f"


class Lost(LogiError):
    """There can be no process beside us, or it ended before its work did (killed, or out of memory)."""

    def __init__(self) -> None:
        super().__init__("front.fault")


class Failed(Exception):
    """What went wrong in the process beside us, in its own words."""


def possible() -> bool:
    """Whether there can be a process beside us, and a processor for it."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def beside(work: Callable[[Any], Any], here: object, told: frozenset[str]) -> Any:
    """Do `work(far)` beside us and serve its calls on `here`; returns what it returns, raises what it raises.

    Lost if there cannot be another process now, or it vanished, or it lacked something: what it told is to be taken back.
    """
    (ours_in, theirs_out), (theirs_in, ours_out) = _pipes()
    ours, theirs, child, here_now = [ours_in, ours_out], [theirs_in, theirs_out], 0, os.getpid()
    held = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)  # nobody is interrupted while it is unclear who they are
    try:
        try:
            child = _fork()
            if child == 0:
                _leave_with(here_now)
                _work(work, ours, theirs, told, held)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        _close(theirs)
        return _serve(ours_in, ours_out, here)
    finally:
        if child:
            _end(child)
        _close([*ours, *theirs])


class Aside:
    """A process beside us that does one thing and says a byte now and then of how it goes; it ends with us at the latest."""

    def __init__(self, work: Callable[[Callable[[bytes], object]], None]) -> None:
        """Lost if there cannot be one now. What `work` raises ends it without another word."""
        try:
            self._in, out = os.pipe()
        except OSError:
            raise Lost from None
        here_now = os.getpid()
        held = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
        try:
            self._child = _fork()
            if self._child == 0:
                try:
                    _leave_with(here_now)
                    os.close(self._in)
                    signal.signal(signal.SIGINT, signal.SIG_IGN)
                    signal.signal(signal.SIGTERM, signal.SIG_DFL)
                    signal.pthread_sigmask(signal.SIG_SETMASK, held)
                    work(lambda said: os.write(out, said))
                finally:
                    os._exit(0)
        except Lost:
            os.close(self._in)
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
            os.close(out)

    def hear(self) -> bytes:
        """What it says next; nothing if it has ended."""
        return os.read(self._in, 1)

    def end(self) -> None:
        """It is wanted no longer."""
        _end(self._child)
        os.close(self._in)


class Far:
    """Stands in the fork for the object we keep."""

    def __init__(self, reading: int, out: "_Ahead", told: frozenset[str]) -> None:
        self._in, self._out, self._told = reading, out, told

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def tell(*args: Any) -> None:
            self._out.tell(marshal.dumps((name, args)))

        def call(*args: Any) -> Any:
            self._out.say(CALL, pickle.dumps((name, args), pickle.HIGHEST_PROTOCOL))
            went_well, answer = pickle.loads(_receive(self._in)[1])
            if went_well:
                return answer
            raise answer

        found = tell if name in self._told else call
        self.__dict__[name] = found
        return found


class _Ahead:
    """What the fork tells goes out while it thinks on: neither waits for the other as long as they are about as fast."""

    def __init__(self, end: int) -> None:
        self._end, self._bodies, self._bytes, self._gone = end, deque[bytes](), 0, False
        self._turn = threading.Condition()
        sys.setswitchinterval(SWITCH_S)
        threading.Thread(target=self._send_on, daemon=True).start()

    def tell(self, body: bytes) -> None:
        """Have it sent, when all before it is. BrokenPipeError where nobody hears us any more."""
        with self._turn:
            self._turn.wait_for(lambda: self._bytes < AHEAD or self._gone)
            if self._gone:
                raise BrokenPipeError
            self._bodies.append(body)
            self._bytes += len(body)
            self._turn.notify_all()

    def say(self, what: bytes, body: bytes) -> None:
        """Send it now, after all before it. BrokenPipeError where nobody hears us any more."""
        with self._turn:
            self._turn.wait_for(lambda: not self._bytes or self._gone)
        if self._gone:
            raise BrokenPipeError
        _send(self._end, what, body)

    def _send_on(self) -> None:
        try:
            while True:
                with self._turn:
                    self._turn.wait_for(lambda: self._bodies)
                    body = self._bodies.popleft()
                _send(self._end, TELL, body)
                with self._turn:
                    self._bytes -= len(body)
                    self._turn.notify_all()
        except (OSError, MemoryError):
            with self._turn:  # whoever waits for us waits no longer
                self._gone = True
                self._turn.notify_all()


def _pipes() -> tuple[tuple[int, int], tuple[int, int]]:
    try:
        first = os.pipe()
        try:
            second = os.pipe()
        except OSError:
            _close(list(first))
            raise
    except OSError:
        raise Lost from None
    _widen(first[1])
    return first, second


def _close(ends: list[int]) -> None:
    while ends:
        with contextlib.suppress(OSError):
            os.close(ends.pop())


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads: what runs there needs none of them
        try:
            return os.fork()
        except OSError:
            raise Lost from None


def _end(child: int) -> None:
    """Nobody stays behind, whether it was done or not, whether somebody had stopped it or not."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):  # where whoever started us has SIGCHLD ignored, nobody is left to wait for
        os.waitpid(child, 0)


def _work(work: Callable[[Any], Any], ours: list[int], theirs: list[int], told: frozenset[str], held: Any) -> None:
    """The fork's whole life. It ends without tidying up: all that it holds is ours."""
    try:
        reading, out = theirs[0], _Ahead(theirs[1])
        _close(ours)  # else it would wait for itself when we are gone
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts us ends it as well
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        try:
            answer = work(Far(reading, out, told))
            out.say(DONE, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        except (BrokenPipeError, EOFError):
            pass  # we are gone
        except LogiError as error:
            out.say(FAILED, pickle.dumps(error, pickle.HIGHEST_PROTOCOL))
        except (OSError, MemoryError):
            out.say(FAILED, pickle.dumps(Lost(), pickle.HIGHEST_PROTOCOL))  # we may have what it lacks, or say it better
        except BaseException:
            import traceback

            out.say(FAILED, pickle.dumps(Failed(traceback.format_exc()), pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)


def _leave_with(parent: int) -> None:
    """Look every now and then whether we are still there: it may think for long without saying a word."""

    def look(number: int, frame: object) -> None:
        if os.getppid() != parent:
            os._exit(0)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK_S, LOOK_S)


def _serve(reading: int, writing: int, here: object) -> Any:
    while True:
        try:
            what, body = _receive(reading)
        except EOFError:
            raise Lost from None
        if what == TELL:
            name, args = marshal.loads(body)
            getattr(here, name)(*args)
        elif what == CALL:
            name, args = pickle.loads(body)
            try:
                answer = True, getattr(here, name)(*args)
            except LogiError as error:
                answer = False, error
            try:
                _send(writing, CALL, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
            except BrokenPipeError:
                raise Lost from None
        elif what == DONE:
            return pickle.loads(body)
        else:
            raise pickle.loads(body)


def _send(end: int, what: bytes, body: bytes) -> None:
    rest = memoryview(_HEAD.pack(what, len(body)) + body)
    while rest:
        rest = rest[os.write(end, rest) :]


def _receive(end: int) -> tuple[bytes, bytearray]:
    what, size = _HEAD.unpack(_exactly(end, _HEAD.size))
    return what, _exactly(end, size)


def _exactly(end: int, size: int) -> bytearray:
    body = bytearray(size)
    rest = memoryview(body)
    while rest:
        taken = os.readv(end, [rest])
        if not taken:
            raise EOFError
        rest = rest[taken:]
    return body


def _widen(end: int) -> None:
    import fcntl

    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

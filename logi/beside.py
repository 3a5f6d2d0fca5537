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
import warnings
from collections.abc import Callable
from typing import Any

from logi.core.errors import LogiError

PIPE_BYTES = 1 << 20  # Linux lets everybody widen a pipe so far: the fork runs ahead of us by that much
_HEAD = struct.Struct("<cQ")
TELL, CALL, DONE, FAILED = b"t", b"c", b"d", b"f"


class Lost(LogiError):
    """The process beside us ended before its work did (killed, or out of memory)."""

    def __init__(self) -> None:
        super().__init__("front.fault")


class Failed(Exception):
    """What went wrong in the process beside us, in its own words."""


def possible() -> bool:
    """Whether there can be a process beside us, and a processor for it."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def beside(work: Callable[[Any], Any], here: object, told: frozenset[str]) -> Any:
    """Do `work(far)` beside us and serve its calls on `here`; returns what it returns, raises what it raises.

    OSError if there cannot be another process now; Lost if it vanished.
    """
    ours_in, theirs_out = os.pipe()
    theirs_in, ours_out = os.pipe()
    try:
        _widen(theirs_out)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of other threads: what runs there needs none of them
            child = os.fork()
    except BaseException:
        for end in (ours_in, theirs_out, theirs_in, ours_out):
            os.close(end)
        raise
    if child == 0:
        _work(work, theirs_in, theirs_out, told)
    os.close(theirs_out)
    os.close(theirs_in)
    try:
        return _serve(ours_in, ours_out, here)
    finally:
        os.close(ours_in)
        os.close(ours_out)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


class Far:
    """Stands in the fork for the object we keep."""

    def __init__(self, reading: int, writing: int, told: frozenset[str]) -> None:
        self._in, self._out, self._told = reading, writing, told

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def tell(*args: Any) -> None:
            _send(self._out, TELL, marshal.dumps((name, args)))

        def call(*args: Any) -> Any:
            _send(self._out, CALL, pickle.dumps((name, args), pickle.HIGHEST_PROTOCOL))
            went_well, answer = pickle.loads(_receive(self._in)[1])
            if went_well:
                return answer
            raise answer

        found = tell if name in self._told else call
        self.__dict__[name] = found
        return found


def _work(work: Callable[[Any], Any], reading: int, writing: int, told: frozenset[str]) -> None:
    """The fork's whole life. It ends without tidying up: all that it holds is ours."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts us ends it as well
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            answer = work(Far(reading, writing, told))
            _send(writing, DONE, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        except (BrokenPipeError, EOFError):
            pass  # we are gone
        except LogiError as error:
            _send(writing, FAILED, pickle.dumps(error, pickle.HIGHEST_PROTOCOL))
        except BaseException:
            import traceback

            _send(writing, FAILED, pickle.dumps(Failed(traceback.format_exc()), pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)


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
            _send(writing, CALL, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
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

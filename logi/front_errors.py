"""Errors at the front door: each becomes one sentence on stderr (or one JSON object) and the contract's exit code."""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Mapping
from typing import Any

from logi.core.errors import LogiError, Unavailable
from logi.core.messages import say

CODES_OF_SQLITE = {
    sqlite3.SQLITE_FULL: "front.disk_full",
    sqlite3.SQLITE_READONLY: "front.read_only",
    sqlite3.SQLITE_IOERR: "front.disk_error",
    sqlite3.SQLITE_CANTOPEN: "front.cannot_open",
    sqlite3.SQLITE_CORRUPT: "front.damaged",
    sqlite3.SQLITE_NOTADB: "front.damaged",
    sqlite3.SQLITE_BUSY: "front.busy_now",
    sqlite3.SQLITE_LOCKED: "front.busy_now",
    sqlite3.SQLITE_PERM: "front.read_only",
    sqlite3.SQLITE_NOMEM: "front.no_memory",
}


MOST_TOLD = 50  # of a list in one sentence; JSON has all


def interrupted(code: int) -> int:
    """Ctrl-C or TERM before COMMIT: nothing was saved."""
    with contextlib.suppress(Exception):
        print(say("front.interrupted"), file=sys.stderr)
    return code


def code_of(error: BaseException, holder: Mapping[str, Any]) -> int | None:
    """Tell a known error and give its exit code; None for a fault of ours."""
    from logi.surroundings import Cancelled

    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 0
    if type(error).__name__ == "Exit" and hasattr(error, "exit_code"):
        return int(error.exit_code)
    if isinstance(error, Cancelled) or type(error).__name__ == "Abort":
        return interrupted(130)
    known = _of_a_read_only_place(error, holder) or as_refusal(error)
    if known is None:
        return None
    tell(known, holder.get("desk"))
    return known.exit_code


def _of_a_read_only_place(error: BaseException, holder: Mapping[str, Any]) -> LogiError | None:
    if not isinstance(error, sqlite3.OperationalError) or holder.get("desk") is None:
        return None
    from logi.connecting import read_only_cause

    return read_only_cause(error, holder["desk"].path)


def as_refusal(error: BaseException) -> LogiError | None:
    """An error as a refusal with a sentence, or None when it is a fault of ours."""
    if isinstance(error, LogiError):
        return error
    if isinstance(error, sqlite3.Error):
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in CODES_OF_SQLITE:
            return Unavailable(CODES_OF_SQLITE[code], problem=str(error))
        if "decode to UTF-8" in str(error):
            return Unavailable("front.damaged", problem=str(error))
        return None
    if isinstance(error, OSError):
        return Unavailable("front.os_error", problem=error.strerror or str(error), path=str(error.filename or ""))
    if isinstance(error, MemoryError):
        return Unavailable("front.no_memory", problem="")
    return None


def tell(error: LogiError, desk: Any) -> None:
    """Say a refusal: a sentence on stderr, or one JSON object on stdout under -f json."""
    message = _sentence(error, desk)
    with contextlib.suppress(Exception):
        if desk is not None and any(name in ("json", "jsonl") for name in desk.formats):
            from logi.formats.json import error_json
            from logi.formats.writing import emit

            emit(error_json(error, message))
            return
    with contextlib.suppress(Exception):
        findings = error.facts.get("findings")
        if findings and isinstance(findings, list):
            from logi.telling import draw_findings

            print(draw_findings(findings, error.facts.get("found")), file=sys.stderr)
        print(message, file=sys.stderr)


def _sentence(error: LogiError, desk: Any) -> str:
    from logi.core.text import cut, show

    try:
        facts = {name: _short(value, cut) for name, value in error.facts.items()}
        text = say(error.key, **facts)
        if error.facts.get("override"):
            text = f"{text} {say('front.may_override')}"
        day: Any = error.facts.get("day")
        if error.key == "front.day_in_future" and desk is not None and day in desk.years_read:
            before = f"{day.year - 1}{day:-%m-%d}"
            text = f"{text} {say('front.year_read', typed=desk.years_read[day], day=day, before=before)}"
        return show(text, lines=True)[:2000]
    except Exception:
        return f"{error.key}"


def _short(value: Any, cut: Any) -> Any:
    """Foreign text in a sentence is cut, also inside lists."""
    if type(value) is str:
        return cut(value, 200)
    if isinstance(value, list):
        told = [_short(one, cut) for one in value[:MOST_TOLD]]
        return [*told, say("front.and_more", count=len(value) - MOST_TOLD)] if len(value) > MOST_TOLD else told
    return value


def fault(error: BaseException, holder: Mapping[str, Any]) -> int:
    """A fault in logi itself: a short sentence, the details in a file, exit 1."""
    import tempfile
    import traceback

    if os.environ.get("LOGI_TRACEBACK"):
        traceback.print_exception(error)
    where = ""
    with contextlib.suppress(Exception):
        handle, where = tempfile.mkstemp(prefix="logi-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            traceback.print_exception(error, file=file)
    tell(LogiError("front.fault", problem=type(error).__name__, where=where), holder.get("desk"))
    return 1

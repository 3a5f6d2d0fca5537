"""The machine's witness: heads it has seen, kept outside the ledger, so that an older or other past is noticed.

`~/.local/state/logi/heads` holds one JSON line per thing seen: [kind, ledger id, path, entry, hash, when, where].
Kinds: seen (after an entry), restored (what was seen before no longer counts), printed, backup. Never for demos,
silent where it cannot be written: the witness may be missing, but it must not stand in the way.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from logi import journal
from logi.journal import Head

if TYPE_CHECKING:
    from logi.db import Ledger

LARGE = 512_000  # bytes: beyond it the file is written anew with what still counts
KEPT = 100  # heads seen kept per ledger and path


class Seen(NamedTuple):
    """One line of the witness."""

    kind: str
    ledger_id: str
    path: str
    entry: int
    hash: str
    at: str
    where: str


def saw(ledger: "Ledger") -> None:
    """Note the head an entry has just made."""
    _note("seen", ledger)


def printed(ledger: "Ledger", what: str) -> None:
    """Note that a head was printed on a pack, a form or a receipt."""
    _note("printed", ledger, what)


def backed_up(ledger: "Ledger", head: Head, copy: Path) -> None:
    """Note a verified copy."""
    _note("backup", ledger, str(copy) if str(copy) == "-" else os.path.abspath(copy), head)


def restored(ledger: "Ledger", head: Head, source: Path) -> None:
    """Note that a copy was put back on purpose: heads seen before no longer count for this path."""
    _note("restored", ledger, os.path.abspath(source), head)


def remembered(ledger_id: str, path: Path) -> list[Seen]:
    """What is known of a ledger at a path, oldest first, from the last time it was restored on."""
    wanted = os.path.realpath(path)
    found: list[Seen] = []
    for line in _lines(heads_file(os.environ)):
        if line.ledger_id != ledger_id or line.path != wanted:
            continue
        if line.kind == "restored":
            found = [one for one in found if one.kind == "backup"]
        found.append(line)
    return found


def seen_heads(ledger_id: str, path: Path) -> list[tuple[int, str]]:
    """The entries with their hashes that must stand in this ledger, by what this machine has seen."""
    return [(one.entry, one.hash) for one in remembered(ledger_id, path) if one.entry and one.kind != "backup"]


def others_at(ledger_id: str, path: Path) -> bool:
    """Whether another ledger stood at this path before."""
    wanted = os.path.realpath(path)
    return any(one.path == wanted and one.ledger_id != ledger_id for one in _lines(heads_file(os.environ)))


def heads_file(env: Mapping[str, str]) -> Path | None:
    """Where the heads are kept: the user's place for state."""
    home = env.get("HOME") or env.get("USERPROFILE")
    state = env.get("XDG_STATE_HOME")
    if state and os.path.isabs(state):
        return Path(state) / "logi" / "heads"
    if sys.platform == "win32" and env.get("LOCALAPPDATA"):
        return Path(env["LOCALAPPDATA"]) / "logi" / "heads"
    return Path(home) / ".local" / "state" / "logi" / "heads" if home else None


def _note(kind: str, ledger: "Ledger", where: str = "", head: Head | None = None) -> None:
    try:
        settings = ledger.settings
        file = heads_file(os.environ)
        if file is None or settings.get("demo") == "1" or str(ledger.path) == ":memory:":
            return
        head = head or journal.head(ledger.db)
        at = ledger.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        line = [kind, settings.get("ledger_id", ""), os.path.realpath(ledger.path), head.seq, head.hash, at, where]
        _append(file, json.dumps(line, ensure_ascii=True) + "\n")
    except Exception:
        return


def _append(file: Path, line: str) -> None:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(file, flags, 0o600)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(file, flags, 0o600)
    try:
        os.write(handle, line.encode())
        large = os.fstat(handle).st_size > LARGE
    finally:
        os.close(handle)
    if large:
        _thin(file)


def _thin(file: Path) -> None:
    """Write the file anew with what still counts. A line lost to a race is made good by the next entry."""
    kept: dict[tuple[str, str, str], list[Seen]] = {}
    for one in _lines(file):
        if one.kind == "restored":
            kept.pop(("seen", one.ledger_id, one.path), None)
            kept.pop(("printed", one.ledger_id, one.path), None)
        same = kept.setdefault((one.kind, one.ledger_id, one.path), [])
        same.append(one)
        del same[:-KEPT]
    partial = file.with_name(f".heads.{os.getpid()}.partial")
    order = {"restored": 0, "backup": 1, "printed": 2, "seen": 3}
    rows = sorted((one for same in kept.values() for one in same), key=lambda one: (order.get(one.kind, 4), one.entry))
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.writelines(json.dumps(list(one)) + "\n" for one in rows)
    os.replace(partial, file)


def _lines(file: Path | None) -> list[Seen]:
    found: list[Seen] = []
    try:
        text = file.read_text("ascii", errors="replace") if file is not None else ""
    except OSError:
        return found
    for line in text.splitlines():
        try:
            values: list[Any] = json.loads(line)
            kind, ledger_id, path, entry, digest, at, where = values
            found.append(Seen(str(kind), str(ledger_id), str(path), int(entry), str(digest), str(at), str(where)))
        except (ValueError, TypeError):
            continue
    return found

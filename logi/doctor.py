"""What endangers a ledger: where it lies, who may read it, what was left over, and how old the last copy is."""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from logi import attachments, backup, journal, witness
from logi.connecting import check_file, read_only_cause
from logi.core.errors import LogiError
from logi.core.messages import say
from logi.db import Ledger, open_ledger
from logi.journal import Who

SYNC_NAMES = ("onedrive", "dropbox", "nutstore", "坚果云", "堅果雲", "google drive", "googledrive", "icloud",
              "baidusync", "百度网盘", "百度云", "syncthing", "seafile", "nextcloud", "owncloud")  # fmt: skip
SYNC_MARKS = (".stfolder", ".dropbox", ".nutstore", ".seafile", ".owncloudsync.log")
NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "ncpfs", "afs", "9p", "ceph", "davfs"})
OLD_BACKUP_DAYS, OLD_PRINT_DAYS = 7, 40
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables


class Found(NamedTuple):
    """One check: its name, ok, warn or bad, what was seen, and what mends it."""

    check: str
    state: str
    detail: str
    cure: str = ""


def examine(path: Path, who: Who, *, now: datetime, wait: float = 5.0) -> list[Found]:
    """Every check, in a fixed order. A missing ledger is refused (6) like everywhere else."""
    if not os.path.lexists(path):
        check_file(path)
    real = Path(os.path.realpath(path))
    checks: list[Callable[[], Found]] = [
        lambda: _sync_folder(real), lambda: _network(real), lambda: _links(real), lambda: _permissions(real),
        lambda: _space(real), lambda: _leftovers(real), lambda: _attachments(real), _sqlite,
    ]  # fmt: skip
    # Before the ledger is opened: opening it rolls a journal left over back and takes it away.
    found = [check() for check in checks]
    ledger, opened = _opened(path, who, wait)
    found.insert(0, opened)
    try:
        found += _history(ledger, real, now) if ledger is not None else []
    except sqlite3.DatabaseError as error:
        found[0] = Found("ledger", "bad", str(error), "logi audit verify")
    finally:
        if ledger is not None:
            ledger.close()
    return found


def _opened(path: Path, who: Who, wait: float) -> tuple[Ledger | None, Found]:
    try:
        ledger = open_ledger(path, who, wait=wait)
        head = journal.head(ledger.db)
    except LogiError as error:
        cure = "logi migrate" if error.key == "front.ledger_older" else "logi audit verify"
        return None, Found("ledger", "bad", say(error.key, **error.facts), cure)
    except sqlite3.DatabaseError as error:
        known = read_only_cause(error, path)
        told = say(known.key, **known.facts) if known else str(error)
        return None, Found("ledger", "bad", told, "" if known else "logi audit verify")
    return ledger, Found("ledger", "ok", f"{path}  {head.short}")


def _sync_folder(path: Path) -> Found:
    """A sync client copies a file while it is being written; verified copies may lie there, the live ledger not."""
    for folder in path.parents:
        marked = any((folder / mark).exists() for mark in SYNC_MARKS)
        if marked or any(name in folder.name.lower() for name in SYNC_NAMES):
            return Found("sync", "bad", say("trust.doctor.sync", path=str(folder)), say("trust.cure.sync"))
    return Found("sync", "ok", str(path.parent))


def _network(path: Path) -> Found:
    kind, mount = _mounted(path)
    if kind in NETWORK or (kind.startswith("fuse.") and kind not in ("fuse.overlayfs", "fuse.fuse-overlayfs")):
        return Found("network", "bad", say("trust.doctor.network", kind=kind, path=mount), say("trust.cure.network"))
    return Found("network", "ok", kind or "?")


def _mounted(path: Path) -> tuple[str, str]:
    """The kind of file system a path lies on and where it is mounted, as Linux tells it."""
    best, kind = "", ""
    try:
        lines = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return "", ""
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        inside = str(path) == mount or str(path).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    return kind, best


def _links(path: Path) -> Found:
    try:
        links = path.stat().st_nlink
    except OSError as error:
        return Found("links", "bad", error.strerror or str(error))
    if links > 1:
        return Found("links", "bad", say("trust.doctor.links", count=links), say("trust.cure.links"))
    return Found("links", "ok", "1")


def _permissions(path: Path) -> Found:
    if os.name == "nt":
        return Found("permissions", "ok", "")
    try:
        mode, folder = stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)
    except OSError as error:
        return Found("permissions", "bad", error.strerror or str(error))
    shown = f"{mode:04o}, {path.parent.name or '/'} {folder:04o}"
    if mode & 0o022 or (folder & 0o002 and not folder & stat.S_ISVTX):
        return Found("permissions", "bad", say("trust.doctor.writable", mode=shown), f"chmod 600 {path}")
    if mode & 0o044:
        return Found("permissions", "warn", say("trust.doctor.readable", mode=shown), f"chmod 600 {path}")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        return Found("permissions", "warn", say("trust.doctor.read_only", mode=shown))
    return Found("permissions", "ok", shown)


def _space(path: Path) -> Found:
    try:
        free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    except OSError as error:
        return Found("space", "warn", error.strerror or str(error))
    detail = say("trust.doctor.space", free=_megabytes(free), size=_megabytes(size))
    if free < 2 * size:
        return Found("space", "bad", detail, say("trust.cure.space"))
    return Found("space", "warn" if free < 10 * size else "ok", detail)


def _leftovers(path: Path) -> Found:
    found = [path.with_name(path.name + tail) for tail in ("-journal", "-wal", "-shm")]
    found = [one for one in found if one.exists()]
    for folder in (path.parent, backup.backups_folder(path)):
        found += [one for one in _listed(folder) if one.name.endswith(".partial") and _abandoned(one)]
    if not found:
        return Found("leftovers", "ok", "")
    partials = [str(one) for one in found if one.name.endswith(".partial")]
    cure = f"rm {' '.join(partials)}" if partials else say("trust.cure.leftovers")
    return Found("leftovers", "warn", "; ".join(one.name for one in found), cure)


def _attachments(path: Path) -> Found:
    try:
        bad = [str(one) for one in attachments.altered(path)]
    except OSError as error:
        return Found("attachments", "warn", error.strerror or str(error))
    if bad:
        return Found("attachments", "bad", say("trust.doctor.attachments", count=len(bad), paths=bad[:5]))
    return Found("attachments", "ok", "")


def _listed(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return


def _abandoned(path: Path) -> bool:
    """Whether the process that was making a file is gone (its number stands in the name)."""
    number = path.name.removesuffix(".partial").rpartition(".")[2]
    if not (number.isascii() and number.isdigit()):
        return True
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def _sqlite() -> Found:
    state = "ok" if sqlite3.sqlite_version_info >= OLDEST_SQLITE else "bad"
    return Found("sqlite", state, f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}")


def _history(ledger: Ledger, path: Path, now: datetime) -> list[Found]:
    head = journal.head(ledger.db)
    row = journal.find_entry(ledger.db, head.seq)
    known = witness.remembered(ledger.settings.get("ledger_id", ""), path)
    return [_clock(row["recorded_at"] if row else "", now), _last_backup(path, known, head.seq, now),
            _last_print(known, head.seq, now), _witness(known)]  # fmt: skip


def _clock(last: str, now: datetime) -> Found:
    shown = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if last[:19] > shown[:19]:
        return Found("clock", "warn", say("trust.doctor.clock", now=shown, last=last), say("trust.cure.clock"))
    return Found("clock", "ok", shown)


def _last_backup(path: Path, known: list[witness.Seen], head: int, now: datetime) -> Found:
    made = [(one.at, one.entry, one.where) for one in known if one.kind == "backup"]
    for one in _listed(backup.backups_folder(path)):
        at = datetime.fromtimestamp(one.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        number = one.stem.split("-")[2 if one.name.startswith("auto-") else -1]
        if one.suffix == ".db" and number.isdigit():
            made.append((at, int(number), str(one)))
    if not made:
        return Found("backup", "warn", say("trust.doctor.no_backup"), "logi backup --to DIR --keep 7d,4w,12m")
    at, entry, where = max(made)
    detail = say("trust.doctor.backup", at=at, where=where, behind=max(head - entry, 0))
    old = _days(at, now) > OLD_BACKUP_DAYS and head > entry
    return Found("backup", "warn" if old else "ok", detail, "logi backup --to DIR" if old else "")


def _last_print(known: list[witness.Seen], head: int, now: datetime) -> Found:
    printed = [one for one in known if one.kind == "printed"]
    if not printed:
        return Found("printed", "warn", say("trust.doctor.no_print"), "logi report month --last")
    last = printed[-1]
    detail = say("trust.doctor.printed", entry=last.entry, at=last.at, behind=max(head - last.entry, 0))
    old = _days(last.at, now) > OLD_PRINT_DAYS and head > last.entry
    return Found("printed", "warn" if old else "ok", detail, "logi report month --last" if old else "")


def _witness(known: list[witness.Seen]) -> Found:
    file = witness.heads_file(os.environ)
    if file is None:
        return Found("witness", "warn", say("trust.doctor.no_witness"))
    folder = next((one for one in (file, *file.parents) if one.exists()), file)
    if not os.access(folder, os.W_OK):
        return Found("witness", "warn", say("trust.doctor.no_witness"), str(file))
    return Found("witness", "ok", str(file))


def _days(at: str, now: datetime) -> float:
    try:
        return (now - datetime.fromisoformat(at)).total_seconds() / 86_400
    except ValueError:
        return 0.0


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 10_000_000 else f"{size // 1000} kB"

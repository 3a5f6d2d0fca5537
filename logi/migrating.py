"""Bringing an older ledger up to this version: verified, copied, then every step and its entry in one transaction."""

from datetime import date
from pathlib import Path

from logi import backup, journal
from logi.connecting import check_file, connect, expected_fingerprint, fingerprint, identity
from logi.core.answers import Confirmation
from logi.core.errors import Refused, Unavailable
from logi.db import Ledger
from logi.journal import Who
from logi.registry import cards, ledger_format, room
from logi.steps import apply_migrations
from logi.verify import verify


def migrate(path: Path, who: Who, *, today: date | None = None, wait: float = 30.0,
            dry_run: bool = False) -> Confirmation:  # fmt: skip
    """Migrate the ledger at `path`; one that is up to date is left alone (says so). A newer one is refused (6).

    Raises backup.Unsound if the ledger does not pass verification. A book whose `seed.py` has `grow(e, applied)` may
    put in what new ledgers get from the start.
    """
    version = check_file(path)
    if version > ledger_format():
        raise Unavailable("front.ledger_newer", path=str(path), format=version, known=ledger_format())
    verdict = verify(path, wait=wait)
    if not verdict.clean:
        raise backup.Unsound(verdict)
    if version == ledger_format():
        done = Confirmation("migrate", facts={"path": str(path), "format": version, "count": 0, "backup": None})
        done.says = "trust.migrate_none"
        return done
    file = identity(path)
    db = connect(path, wait=wait)
    try:
        ledger = Ledger(db, path, who, today=today, wait=wait)
        ledger.file = file
        ledger.hold_signals = True
        copy = None if dry_run else _copy(ledger)
        return _migrate(ledger, copy, verdict.head, dry_run=dry_run)
    finally:
        db.close()


def _copy(ledger: Ledger) -> Path:
    """The copy taken beforehand must itself pass verification, not only look well."""
    copy = backup.auto_backup(ledger, "migrate")
    found = verify(copy)
    if not found.clean:
        raise backup.Unsound(found)
    return copy


def _migrate(ledger: Ledger, copy: Path | None, before: journal.Head, *, dry_run: bool) -> Confirmation:
    from logi.confirming import finish

    with ledger.entry("migrate", dry_run=dry_run) as e:
        if journal.head(e.db) != before:
            raise Refused("trust.migrate_moved")
        applied = apply_migrations(e.db)
        for name in cards():
            seeds = room(name, "seed")
            if seeds is not None and hasattr(seeds, "grow"):
                seeds.grow(e, applied)
        if fingerprint(e.db) != expected_fingerprint():
            raise Unavailable("trust.migrate_misfit", backup=str(copy or ""))
        facts = {"path": str(ledger.path), "format": ledger_format(), "count": len(applied), "applied": applied,
                 "backup": str(copy) if copy else None}  # fmt: skip
        done = Confirmation("migrate", facts=facts)
        finish(e, done)
    done.dry_run = dry_run
    return done

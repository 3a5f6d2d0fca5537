"""`logi backup`, `restore`, `doctor`: keeping the ledger, getting it back, and seeing what endangers it."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from logi import backup as copies
from logi import journal, witness
from logi.commands.auditing import verdict_table
from logi.confirming import done_key
from logi.context import Desk
from logi.core.answers import Column, Confirmation, Table
from logi.core.datafiles import path_typed
from logi.core.errors import Unavailable, Usage
from logi.core.messages import say
from logi.surroundings import Cancelled, is_terminal

backup_app, restore_app, doctor_app = typer.Typer(), typer.Typer(), typer.Typer()
apps = {"backup": backup_app, "restore": restore_app, "doctor": doctor_app}


def as_keep(text: Any) -> Any:
    """What copies are kept: 7d,4w,12m."""
    return copies.parse_keep(text) if isinstance(text, str) else text


@backup_app.command("backup", help="front.cmd.backup")
def backup(
    ctx: typer.Context,
    path: Annotated[str | None, typer.Argument(metavar="PATH|-", help="trust.opt.backup_path")] = None,
    directory: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="trust.opt.to")] = None,
    keep: Annotated[Any, typer.Option("--keep", parser=as_keep, metavar="7d,4w,12m", help="trust.opt.keep")] = None,
) -> None:
    """Make a verified copy."""
    desk: Desk = ctx.obj
    if path is not None and directory is not None:
        raise Usage("trust.one_place")
    if path is None and desk.output is not None:
        raise Usage("trust.backup_output", path=str(desk.output))  # who types -o means the copy, not these sentences
    if keep and directory is None:
        raise Usage("trust.keep_needs_to")
    try:
        if path == "-":
            _stream(desk)
        else:
            desk.check_answerable()
            _backup(desk, path_typed(path) if path else None, directory, keep or [])
    except copies.Unsound as error:
        desk.note(say("trust.backup_unsound"))
        desk.answer(verdict_table(error.verdict))
        desk.wrong()


@restore_app.command("restore", help="front.cmd.restore")
def restore(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="trust.opt.restore_path")],
    yes: Annotated[bool, typer.Option("--yes", help="trust.opt.restore_yes")] = False,
) -> None:
    """Put a copy back."""
    desk: Desk = ctx.obj
    desk.check_answerable()
    target, source = desk.path, path_typed(str(path))
    desk.close()  # it was asked for its language; now it may be moved aside
    if (target.exists() or target.is_symlink()) and not (yes or desk.dry_run):
        if not desk.interactive:
            raise Usage("front.missing", missing=["--yes"], command="logi restore")
        desk.note(say("trust.restore_asks", path=str(target)))
        if desk.ask(say("trust.ask_restore"), "n").lower() not in ("y", "yes", "是", "好"):
            raise Cancelled
    try:
        done = _dry_restore(desk, source, target) if desk.dry_run else _restore(desk, source, target)
    except copies.Unsound as error:
        desk.note(say("trust.restore_unsound", path=str(source)))
        desk.answer(verdict_table(error.verdict))
        desk.wrong()
        return
    desk.answer(done)


@doctor_app.command("doctor", help="front.cmd.doctor")
def doctor(
    ctx: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="front.opt.strict")] = False,
) -> None:
    """Look for what endangers the ledger."""
    from logi import doctor as surgery

    desk: Desk = ctx.obj
    found = surgery.examine(desk.path, desk.who(), now=datetime.now(UTC), wait=min(desk.wait, 5.0))
    columns = (
        Column("check", say("trust.col.check"), "word", words="trust.check"),
        Column("state", say("front.col.state"), "word", words="trust.state"),
        Column("detail", say("front.col.detail")), Column("cure", say("front.col.command")),
    )  # fmt: skip
    rows = [one._asdict() for one in found]
    desk.answer(Table("doctor", say("trust.title.doctor", path=str(desk.path)), columns, rows))
    if strict and any(one.state == "bad" for one in found):
        desk.wrong()


def _backup(desk: Desk, path: Path | None, folder: Path | None, keep: list[copies.Keep]) -> None:
    ledger = desk.ledger
    beside = path is None and folder is None
    home = copies.backups_folder(ledger.path) if beside else path_typed(str(folder)) if folder else None
    target = path or copies.name_in(home or Path(), ledger)
    now = ledger.clock() + timedelta(seconds=1)  # names know whole seconds: the copy made now is not of the future
    if desk.dry_run:
        copies.refuse_existing(target)
        going = copies.superfluous([*copies.copies_in(target.parent, ledger), (target, now)], keep, now) if keep else []
        head = journal.head(ledger.db)
        facts: dict[str, Any] = {"path": str(target), "entries": head.seq, "head": head.short, "sha256": None}
    else:
        copy = copies.backup(ledger, target)
        going = copies.superfluous(copies.copies_in(target.parent, ledger), keep, now) if keep else []
        going = [old for old in going if old != target]
        for old in going:
            old.unlink(missing_ok=True)
        witness.backed_up(ledger, copy.head, target)
        facts = {"path": str(target), "entries": copy.entries, "head": copy.head.short, "sha256": copy.sha256,
                 "bytes": copy.size}  # fmt: skip
    done = _said("backup", {**facts, "removed": [old.name for old in going]})
    done.dry_run = desk.dry_run
    if going:
        done.warnings.append(say("trust.removed", count=len(going), names=[old.name for old in going]))
    if beside:
        done.warnings.append(say("trust.same_disk"))
    desk.answer(done)


def _stream(desk: Desk) -> None:
    """The copy's bytes to standard output, its receipt to stderr."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        raise Unavailable("front.no_stdout")
    if is_terminal(sys.stdout):
        raise Usage("trust.not_to_terminal")
    if desk.dry_run:
        raise Usage("trust.no_dry_stream")
    copy = copies.stream(desk.ledger, raw)
    witness.backed_up(desk.ledger, copy.head, Path("-"))
    if not desk.quiet:
        desk.note(say("front.done.backup", path="-", entries=copy.entries, head=copy.head.short, sha256=copy.sha256))


def _restore(desk: Desk, source: Path, target: Path) -> Confirmation:
    from logi.connecting import connect
    from logi.db import Ledger

    found = copies.restore(source, target, now=datetime.now(UTC), wait=desk.wait, hold=True)
    db = connect(target, wait=desk.wait)
    try:
        witness.restored(Ledger(db, target, desk.who()), found.copy.head, source)
    finally:
        db.close()
    return _told(found.copy, source, target, found.before, found.aside, parted=found.parted)


def _dry_restore(desk: Desk, source: Path, target: Path) -> Confirmation:
    from logi.verify import verify

    verdict = verify(source, wait=desk.wait)
    if not verdict.clean:
        raise copies.Unsound(verdict)
    copy = copies.Copy(target, verdict.head, verdict.entries, "", 0)
    done = _told(copy, source, target, None, None, parted=False)
    done.dry_run = True
    return done


def _told(copy: copies.Copy, source: Path, target: Path, before: Any, aside: Path | None, *,
          parted: bool) -> Confirmation:  # fmt: skip
    facts: dict[str, Any] = {
        "source": str(source), "path": str(target), "entries": copy.entries, "head": copy.head.short,
        "set_aside": str(aside) if aside else None, "older": before.seq - copy.head.seq if before else None,
        "parted": parted,
    }  # fmt: skip
    done = _said("restore", facts)
    if aside is not None:
        done.warnings.append(say("trust.set_aside", path=str(aside)))
    if parted:
        done.warnings.append(say("trust.parted"))
    elif before is not None and before.seq != copy.head.seq:
        key = "trust.older" if before.seq > copy.head.seq else "trust.newer"
        done.warnings.append(say(key, entry=copy.head.seq, count=abs(before.seq - copy.head.seq)))
    return done


def _said(action: str, facts: dict[str, Any]) -> Confirmation:
    done = Confirmation(action, facts=facts)
    done.says = done_key(action)
    return done

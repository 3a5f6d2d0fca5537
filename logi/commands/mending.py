"""`logi undo`, `redo`, `correct`, `approve`: what mends and what confirms documents of every book."""

import contextlib
import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from logi import journal, signing
from logi.command_words import ActionName
from logi.context import Desk
from logi.core.answers import Confirmation
from logi.core.datafiles import path_typed
from logi.core.errors import LogiError, NotFound, Refused, Unavailable, Usage
from logi.core.instants import local
from logi.core.messages import say
from logi.journal import Entry
from logi.options import OnDay, Reason, as_count, as_money, as_quantity, as_text
from logi.registry import room

undo_app, redo_app, correct_app, approve_app = typer.Typer(), typer.Typer(), typer.Typer(), typer.Typer()
apps = {"undo": undo_app, "redo": redo_app, "correct": correct_app, "approve": approve_app}

LARGE_ROWS = 1000  # an import of more rows is undone only after a copy was set aside

Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="front.opt.number")]


@undo_app.command("undo", help="front.cmd.undo")
def undo(
    ctx: typer.Context,
    targets: Annotated[list[str] | None, typer.Argument(metavar="[ENTRY|NUMBER]…", help="front.opt.targets")] = None,
    reason: Reason = None,
    on: OnDay = None,
) -> None:
    """Take entries back."""
    from logi import undo as undoing

    desk: Desk = ctx.obj
    if not targets:
        ledger = desk.ledger
        newest = undoing.latest_of(ledger.db, ledger.who.actor)
        _confirm(desk, newest)
        targets = [str(newest)]
    wanted = list(targets)
    _do(desk, "undo", wanted, lambda e: undoing.undo(e, [undoing.entry_for(e.db, t) for t in wanted], on=on), reason)


def _do(desk: Desk, action: str, wanted: list[str], act: Callable[[Entry], Confirmation], reason: str | None) -> None:
    """Take entries back or do them again; before so many rows that an import of them set a copy aside, another one is."""
    many = any(journal.rows_imported(desk.ledger.db, t) > LARGE_ROWS for t in wanted)
    with contextlib.ExitStack() as held:
        before_saving: Callable[[], None] | None = None
        if many and not desk.dry_run and desk.ledger.together is None:
            from logi.aside import set_aside

            before_saving = held.enter_context(set_aside(desk.ledger, action))
        held.enter_context(desk.ledger.ready_for_many(loose=many, ordered=many))

        def acted(e: Entry) -> Confirmation:
            done = act(e)
            if before_saving is not None:
                before_saving()
            return done

        desk.do(action, acted, reason=reason)


@redo_app.command("redo", help="front.cmd.redo")
def redo(
    ctx: typer.Context,
    entry: Annotated[str | None, typer.Argument(metavar="[ENTRY]", help="front.opt.redo_entry")] = None,
) -> None:
    """Undo an undo."""
    from logi import undo as undoing

    desk: Desk = ctx.obj
    if entry is not None and not entry.lstrip("#").isdigit():
        raise Usage("front.bad_entry", text=entry)
    seq = undoing.entry_for(desk.ledger.db, entry) if entry else None
    actor = desk.ledger.who.actor
    again: list[str] = []
    with contextlib.suppress(LogiError):  # said below, where a key that has written already is heard first
        again = [str(one) for one in undoing.to_redo(desk.ledger.db, seq, actor)[1]]
    _do(desk, "redo", again, lambda e: undoing.redo(e, seq, actor=actor), None)


@correct_app.command("correct", help="front.cmd.correct")
def correct(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, help="front.opt.reason")],
    line: Annotated[int | None, typer.Option("--line", parser=as_count, metavar="N", help="front.opt.line")] = None,
    qty: Annotated[int | None, typer.Option("--qty", parser=as_quantity, metavar="Q", help="front.opt.qty")] = None,
    price: Annotated[int | None, typer.Option("--price", parser=as_money, metavar="P", help="front.opt.price")] = None,
) -> None:
    """Reverse a document and post it anew, in one entry."""
    desk: Desk = ctx.obj

    def act(e: Entry) -> Confirmation:
        given = journal.number_of(e.db, number)
        if given is None:
            raise NotFound("front.no_number", number=number)
        hooks = room(given["book"], "correcting")
        if hooks is None:
            raise Refused("front.not_correctable", number=number)
        done: Confirmation = hooks.correct(e, number, line=line, qty=qty, price=price, reason=reason)
        e.subject = number
        return done

    desk.do("correct", act, reason=reason)


@approve_app.command("approve", help="front.cmd.approve")
def approve(
    ctx: typer.Context,
    number: Number,
    no: Annotated[str, typer.Option("--no", parser=as_text, metavar="DOCNO", help="front.opt.doc_no")],
    level: Annotated[str | None, typer.Option("--level", parser=as_text, help="front.opt.level")] = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, help="front.opt.by")] = None,
    on: OnDay = None,
    scan: Annotated[Path | None, typer.Option("--scan", help="front.opt.scan")] = None,
    attach: Annotated[bool, typer.Option("--attach", help="front.opt.attach")] = False,
    reject: Annotated[str | None, typer.Option("--reject", parser=as_text, metavar="REASON", help="front.opt.reject")] = None,
) -> None:
    """Record an approval given on paper."""
    desk: Desk = ctx.obj
    if attach and scan is None:
        raise Usage("front.attach_what")
    content = _bytes_of(scan) if scan else None
    digest = hashlib.sha256(content).hexdigest() if content is not None else None
    done = desk.act("approve", lambda e: _approve(e, number, level, by, no, on or desk.today, digest, reject))
    if attach and scan is not None and content is not None and not desk.dry_run:
        path, kept, together = desk.path, content, desk.ledger.together
        if together is not None:
            together.after.append(lambda: _attach(path, kept, scan))
        else:
            done.warnings.append(_attach(path, kept, scan))
    if not done.facts["left"]:
        done.says = "front.done.approve_no" if reject else "front.done.approve_last"
    desk.answer(done)


def _approve(e: Entry, number: str, level: str | None, by: str | None, no: str, on: date, scan: str | None,
             reject: str | None) -> Confirmation:  # fmt: skip
    given = journal.number_of(e.db, number)
    if given is None:
        raise NotFound("front.no_number", number=number)
    hooks = room(given["book"], "approving")
    required: list[str] = hooks.required(e, number) if hooks else []
    if hooks is None or not required:
        raise Refused("front.needs_no_approval", number=number)
    had = journal.approvals(e.db, number)
    if any(row["decision"] == "no" for row in had):
        way_on = hooks.after_rejection(e, number) if hasattr(hooks, "after_rejection") else None
        raise way_on or Refused("front.was_rejected", number=number)
    given_levels = {row["level"] for row in had}
    missing = [one for one in required if one not in given_levels]
    if not missing:
        raise Refused("front.approved_already", number=number)
    chosen = _level(hooks, required, level) if level else missing[0]
    if chosen != missing[0]:
        key = "front.level_approved" if chosen in given_levels else "front.level_out_of_order"
        raise Refused(key, number=number, level=hooks.level_title(chosen), next=hooks.level_title(missing[0]))
    if had and on.isoformat() < had[-1]["on_day"]:
        raise Refused("front.approval_days", number=number, on=on, before=date.fromisoformat(had[-1]["on_day"]))
    who = _person(e, by) if by else signing.holder(e, given["book"], hooks, number, chosen, on)
    signing.check(e, given["book"], hooks, number, missing, who, on, told=bool(level))
    e.insert("approval", on_day=on, number=number, level=chosen, by_whom=who, doc_no=no,
             decision="no" if reject else "yes", reason=reject, scan_sha256=scan)  # fmt: skip
    left = missing[1:] if not reject else []
    hooks.decided(e, number, complete=not left and not reject, rejected=bool(reject))
    e.subject = number
    facts: dict[str, Any] = {
        "level": hooks.level_title(chosen), "by": who, "doc_no": no, "on": on,
        "left": [hooks.level_title(one) for one in left], "decision": "no" if reject else "yes",
    }  # fmt: skip
    return Confirmation("approve", number, facts=facts)


def _level(hooks: Any, required: list[str], typed: str) -> str:
    from logi.core.folding import fold

    for one in required:
        if fold(typed) in (fold(one), fold(hooks.level_title(one))):
            return one
    raise Refused("front.level_not_required", level=typed, known=[f"{one} {hooks.level_title(one)}" for one in required])


def _person(e: Entry, text: str) -> str:
    """An approver may be a person of the school or an organ outside it (教体局): an unknown name stays as typed."""
    from logi.core.errors import Ambiguous
    from logi.finding import find

    try:
        return str(find(e, "school_person", text, what="person")["name"])
    except Ambiguous:
        raise
    except NotFound:
        return text


def _bytes_of(path: Path) -> bytes:
    try:
        return path_typed(str(path)).read_bytes()
    except OSError as error:
        raise Unavailable("front.os_error", problem=error.strerror or "", path=str(path)) from None


def _attach(ledger: Path, content: bytes, scan: Path) -> str:
    """Copy a scan beside the ledger; the approval stands whether or not there is room for it."""
    from logi.attachments import keep

    try:
        return say("front.attached", path=str(keep(ledger, content, scan)))
    except OSError as error:
        return say("front.not_attached", path=str(scan), problem=error.strerror or str(error))


def _confirm(desk: Desk, seq: int) -> None:
    """Show what would be undone, and ask on a terminal."""
    if not desk.interactive:
        return
    row = journal.find_entry(desk.ledger.db, seq)
    assert row is not None
    desk.note(say("front.undo_this", entry=seq, action=ActionName(row["action"]), subject=row["subject"] or "—",
                  at=local(row["recorded_at"])))  # fmt: skip
    if desk.ask(say("front.ask_sure"), "y").lower() not in ("y", "yes", "是", "好"):
        from logi.surroundings import Cancelled

        raise Cancelled

"""`logi audit log|show|verify|head|trace|findings`: the journal for those who check."""

import json
from datetime import date
from typing import Annotated, Any

import typer

from logi import journal, trail
from logi.command_words import ActionName, action_named
from logi.commands.binding import binder, sample
from logi.context import Desk
from logi.core.answers import Column, Pack, Table
from logi.core.errors import BadValue, NotFound, Usage
from logi.core.instants import local
from logi.core.messages import say
from logi.core.text import fold_typed
from logi.options import SinceDay, UntilDay, as_text
from logi.verify import Expected, Verdict, parse_expected

audit = typer.Typer()
apps = {"audit": audit}
audit.command("sample", help="reports.help.sample")(sample)
audit.command("binder", help="reports.help.binder")(binder)

SHOWN = 200  # changes of one entry drawn unless --limit asks for more


def as_entry(text: Any) -> int:
    """An entry's number: 17 or #17."""
    typed = fold_typed(str(text)).removeprefix("#")
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) <= 15 and int(typed) > 0):
        raise BadValue("trust.bad_entry", text=str(text))
    return int(typed)


def as_expected(text: Any) -> Any:
    """A head as printed on a pack."""
    return parse_expected(text) if isinstance(text, str) else text


@audit.command("log", help="trust.help.log")
def log(
    ctx: typer.Context,
    actor: Annotated[str | None, typer.Option("--actor", parser=as_text, help="trust.opt.actor")] = None,
    action: Annotated[str | None, typer.Option("--action", parser=as_text, help="trust.opt.action")] = None,
    subject: Annotated[str | None, typer.Option("--subject", parser=as_text, help="trust.opt.subject")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The entries, newest first."""
    desk: Desk = ctx.obj
    if since and until and since > until:
        raise Usage("front.since_after_until", since=since, until=until)

    def ask(ledger: Any) -> Table:
        rows = journal.log(
            ledger.db, actor=actor, subject=subject, action=action_named(action) if action else None, limit=_limit(desk),
            since=since.isoformat() if since else None, until=until.isoformat() if until else None,
        )  # fmt: skip
        undone = {row["seq"]: journal.undone_by(ledger.db, row["seq"]) for row in rows}
        columns = [*_entry_columns(), Column("reason", say("front.col.reason")),
                   Column("undone", say("front.col.undone"), "count")]  # fmt: skip
        drawn = [{**_entry_row(row), "reason": row["reason"], "undone": undone[row["seq"]]} for row in rows]
        return Table("audit.log", say("trust.title.log"), columns, drawn)

    desk.read(ask)


@audit.command("show", help="trust.help.show")
def show(
    ctx: typer.Context,
    entry: Annotated[int, typer.Argument(parser=as_entry, metavar="ENTRY", help="trust.opt.entry")],
) -> None:
    """One entry: who, when, why, and what it changed."""
    desk: Desk = ctx.obj
    limit = _limit(desk) or SHOWN
    desk.read(lambda ledger: _shown(ledger, entry, limit))


@audit.command("head", help="trust.help.head")
def head(ctx: typer.Context) -> None:
    """The newest entry's number and hash, as printed on packs."""
    desk: Desk = ctx.obj

    def ask(ledger: Any) -> Table:
        newest = journal.head(ledger.db)
        row = journal.find_entry(ledger.db, newest.seq)
        columns = (
            Column("entry", say("front.col.entry"), "count"), Column("head", say("trust.col.head"), "code"),
            Column("recorded_at", say("front.col.recorded_at"), "instant"),
            Column("hash", say("trust.col.hash"), "code"),
        )  # fmt: skip
        one = {"entry": newest.seq, "head": newest.short, "recorded_at": row["recorded_at"] if row else None,
               "hash": newest.hash}  # fmt: skip
        return Table("audit.head", say("trust.title.head"), columns, [one], notes=[say("trust.note.head")])

    desk.read(ask)


@audit.command("verify", help="trust.help.verify")
def verify(
    ctx: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="trust.opt.full")] = False,
    since: Annotated[int, typer.Option("--since", parser=as_entry, metavar="ENTRY", help="trust.opt.since")] = 1,
    expect: Annotated[
        list[Any] | None, typer.Option("--expect", parser=as_expected, metavar="ENTRY-HEX", help="trust.opt.expect")
    ] = None,
) -> None:
    """Look whether anybody or anything changed the past."""
    from logi.verify import verify as look

    desk: Desk = ctx.obj
    wanted: list[Expected] = list(expect or [])
    verdict = look(desk.path, full=full, since=since, expect=wanted, wait=desk.wait, witness=True)
    if since > max(verdict.head.seq, 1) and verdict.clean:
        raise NotFound("front.no_entry", entry=since)
    desk.answer(verdict_table(verdict, since=since, expected=len(wanted)))
    if not verdict.clean:
        desk.wrong()


@audit.command("trace", help="trust.help.trace")
def trace(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="front.opt.number")],
) -> None:
    """A document's or thing's whole life."""
    desk: Desk = ctx.obj

    def ask(ledger: Any) -> Table:
        columns = [*_entry_columns(), Column("why", say("trust.col.why")), Column("reason", say("front.col.reason")),
                   Column("undone", say("front.col.undone"), "count")]  # fmt: skip
        rows = [
            {**_entry_row(row), "why": why, "reason": row["reason"], "undone": journal.undone_by(ledger.db, row["seq"])}
            for row, why in trail.life(ledger.db, number)
        ]
        return Table("audit.trace", say("trust.title.trace", number=number), columns, rows)

    desk.read(ask)


@audit.command("findings", help="trust.help.findings")
def findings(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(parser=as_text, metavar="PERIOD", help="front.opt.report_period")],
) -> None:
    """What an auditor asks of a period."""
    from logi.remarks import remarks
    from logi.reports import period_typed

    desk: Desk = ctx.obj
    since, until = period_typed(period, desk.today)

    def ask(ledger: Any) -> Table:
        columns = [Column("kind", say("front.col.kind"), "word", words="trust.remark"), *_entry_columns(),
                   Column("day", say("front.col.day"), "day"), Column("detail", say("front.col.detail"))]  # fmt: skip
        rows = []
        for one in remarks(ledger, since, until):
            entry = _entry_row(one.entry) if one.entry is not None else {}
            rows.append({"kind": one.kind, **entry, "subject": one.subject or entry.get("subject"), "day": one.day,
                         "detail": one.detail})  # fmt: skip
        return Table("audit.findings", say("trust.title.findings", since=since, until=until), columns, rows)

    desk.read(ask)


def verdict_table(verdict: Verdict, *, since: int = 1, expected: int = 0) -> Table:
    """What verify found as a table; its notes say what was looked at."""
    columns = (Column("entry", say("front.col.entry"), "count"), Column("finding", say("trust.col.finding")))
    rows = [{"entry": one.entry, "finding": one.text} for one in verdict.findings]
    notes = [say("trust.note.more", count=verdict.more)] if verdict.more else []
    notes += [say("trust.note.clock", entry=at, before=old, after=new) for at, old, new in verdict.steps[:20]]
    notes += verdict.notes
    said = {"entries": verdict.entries, "head": verdict.head.short}
    if not verdict.clean:
        notes.append(say("trust.note.wrong", count=len(verdict.findings) + verdict.more, **said))
    else:
        notes.append(say("trust.note.clean" if since == 1 else "trust.note.clean_since", since=since, **said))
        if expected:
            notes.append(say("trust.note.expected", count=expected))
    totals = {**said, "hash": verdict.head.hash, "findings": len(verdict.findings) + verdict.more}
    table = Table("audit.verify", say("trust.title.verify"), columns, rows, notes=notes, totals=totals)
    table.telling = True
    return table


def _shown(ledger: Any, seq: int, limit: int) -> Pack:
    row = journal.find_entry(ledger.db, seq)
    if row is None:
        raise NotFound("front.no_entry", entry=seq)
    facts = {
        "recorded_at": f"{local(row['recorded_at'])} ({row['recorded_at']})", "today": row["today"], "actor": row["actor"],
        "system": f"{row['os_user']} ({row['os_uid']}) @ {row['host']}", "app": row["app"],
        "action": ActionName(row["action"]).shown_as, "subject": row["subject"], "reason": row["reason"], "key": row["key"],
        "undone": journal.undone_by(ledger.db, seq), "hash": row["hash"],
    }  # fmt: skip
    value = Column("value", say("trust.col.value"))
    field = (Column("field", say("trust.col.field"), "word", words="trust.field"), value)
    header = [{"field": name, "value": value} for name, value in facts.items() if value is not None]
    changed = list(trail.changes(ledger.db, seq))
    columns = (
        Column("table", say("trust.col.table"), "code"), Column("row", say("trust.col.row")),
        Column("column", say("trust.col.column")), Column("before", say("trust.col.before")),
        Column("after", say("trust.col.after")),
    )  # fmt: skip
    rows = [{**one._asdict(), "column": trail.column_title(one.table, one.column)} for one in changed[:limit]]
    notes = [say("trust.note.more_changes", count=len(changed) - limit)] if len(changed) > limit else []
    tables = [
        Table("entry", say("trust.title.entry", entry=seq), field, header),
        Table("changes", say("trust.title.changes"), columns, rows, notes=notes),
    ]
    if warned := json.loads(row["answer"]).get("warnings"):
        warning = (Column("warning", say("trust.col.warning")),)
        tables.append(Table("warnings", say("trust.title.warnings"), warning, [{"warning": one} for one in warned]))
    day = date.fromisoformat(row["today"]).isoformat()
    return Pack("audit.show", say("trust.title.entry", entry=seq), day, journal.Head(seq, row["hash"]).short, tables)


def _entry_columns() -> list[Column]:
    return [
        Column("entry", say("front.col.entry"), "count"),
        Column("recorded_at", say("front.col.recorded_at"), "instant"),
        Column("actor", say("front.col.actor")), Column("action", say("front.col.action"), "word"),
        Column("subject", say("front.col.subject"), "code"),
    ]  # fmt: skip


def _entry_row(row: Any) -> dict[str, Any]:
    return {"entry": row["seq"], "recorded_at": row["recorded_at"], "actor": row["actor"], "action": ActionName(row["action"]),
            "subject": row["subject"]}  # fmt: skip


def _limit(desk: Desk) -> int | None:
    """--limit, already known to the query when no --sort has to see all rows."""
    text = str(desk.shared.get("limit", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 and "sort" not in desk.shared else None

"""`logi` alone, `due`, `find`, `show`: looking over every book at once."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi import journal
from logi.command_words import ActionName, book_named
from logi.context import Desk
from logi.core.answers import Column, Pack, Table
from logi.core.errors import Ambiguous, NotFound
from logi.core.messages import say, title
from logi.finding import bearers
from logi.options import as_days, as_text
from logi.registry import cards, room

if TYPE_CHECKING:
    import sqlite3

today_app, due_app, find_app, show_app = (typer.Typer() for _ in range(4))
MOST = 20  # things named where a name fits several
apps = {"today": today_app, "due": due_app, "find": find_app, "show": show_app}


@today_app.command("today", help="front.cmd.today")
def today(ctx: typer.Context) -> None:
    """Today's page."""
    desk: Desk = ctx.obj
    from logi.reports import today_page

    desk.read(today_page)


@due_app.command("due", help="front.cmd.due")
def due(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", parser=as_days, metavar="N", help="front.opt.days")] = 30,
    book: Annotated[str | None, typer.Option("--book", parser=as_text, help="front.opt.book")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="front.opt.strict")] = False,
) -> None:
    """Everything overdue, expiring, missing or orphaned."""
    from logi.reports import due_table, folded

    desk: Desk = ctx.obj
    if book is not None:
        book = book_named(book)
    table: Table = desk.look(lambda ledger: due_table(ledger, days, book))
    desk.answer(folded(table) if desk.formats == ["terminal"] else table)
    if strict and any(row["state"] != "soon" for row in table.rows):
        desk.wrong()


@find_app.command("find", help="front.cmd.find")
def find(
    ctx: typer.Context, text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="front.opt.find_text")]
) -> None:
    """Find anything."""
    desk: Desk = ctx.obj
    table: Table = desk.look(lambda ledger: _found(ledger, text))
    if not table.rows:
        raise NotFound("front.nothing_found", text=text)
    desk.answer(table)


@show_app.command("show", help="front.cmd.show")
def show(
    ctx: typer.Context, number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="front.opt.number")]
) -> None:
    """Any document or thing with its whole history."""
    desk: Desk = ctx.obj
    desk.answer(desk.look(lambda ledger: shown(ledger, number)))


def shown(ledger: Any, text: str) -> Pack:
    """A document or thing by its number, code or name, its journal history last; NotFound (3)."""
    pack = _shown(ledger, text) or _shown(ledger, _code_of(ledger, text))
    if pack is None:
        raise NotFound("front.nothing_found", text=text)
    return pack


def _shown(ledger: Any, number: str) -> Pack | None:
    tables: list[Table] = []
    given = journal.number_of(ledger.db, number)
    shared = {} if given else bearers(ledger.db, number)  # a code may be a place's and a unit's: both are shown
    books = [given["book"]] if given else list(cards())
    for name in books:
        hooks = room(name, "report") if len(shared) < 2 or name in shared else None
        if hooks is not None and hasattr(hooks, "show"):
            tables += hooks.show(ledger, number) or []
            if tables and len(shared) < 2:
                break
    if not tables and given is None:
        return None
    approvals = _approvals(ledger, number)
    if approvals.rows:
        tables.append(approvals)
    tables.append(history(ledger, number))
    return Pack("show", number, "", journal.head(ledger.db).short, tables)


def _code_of(ledger: Any, text: str) -> str:
    """The code of the one thing that bears this name, or that alone fits it; NotFound (3) if none or several do."""
    from logi.core.folding import fold

    if (chosen := ledger.chosen.get(("show", text))) is not None:
        return str(chosen)
    rows = [row for row in _found(ledger, text).rows if row["code"] and row["code"] != text]
    same = [row for row in rows if fold(str(row["name"] or "")) == fold(text)] or rows
    if len(same) == 1:
        return str(same[0]["code"])
    if not rows:
        raise NotFound("front.nothing_found", text=text)
    pairs = [(str(row["code"]), f"{row['name'] or ''} ({title('front.thing', row['kind'])})".strip()) for row in same[:MOST]]
    error = Ambiguous("front.show_which", candidates=pairs, text=text, count=len(same))
    error.choices = [("show", text, code) for code, _ in pairs]  # type: ignore[attr-defined]  # asked for on a terminal
    raise error


def history(ledger: Any, number: str) -> Table:
    """The entries about a number, the one that gave it, and what took those back or brought them back; oldest first."""
    columns = (
        Column("entry", say("front.col.entry"), "count"), Column("recorded_at", say("front.col.recorded_at"), "instant"),
        Column("actor", say("front.col.actor")), Column("action", say("front.col.action"), "word"),
        Column("undone", say("front.col.undone"), "count"),
    )  # fmt: skip
    rows = [
        {"entry": r["seq"], "recorded_at": r["recorded_at"], "actor": r["actor"], "action": ActionName(r["action"]),
         "undone": journal.undone_by(ledger.db, r["seq"])}
        for r in _entries_about(ledger.db, number)
    ]  # fmt: skip
    return Table("history", say("front.title.history"), columns, rows)


def _entries_about(db: "sqlite3.Connection", number: str) -> "list[sqlite3.Row]":
    found = {r["seq"]: r for r in journal.log(db, subject=number)}
    given = journal.number_of(db, number)
    seqs = {*found, given["entry"]} if given else {*found}
    seqs |= journal.turned_by(db, seqs)
    headers = (found.get(seq) or journal.find_entry(db, seq) for seq in sorted(seqs))
    return [row for row in headers if row is not None]


def _approvals(ledger: Any, number: str) -> Table:
    columns = (
        Column("level", say("front.col.level")), Column("by", say("front.col.by")),
        Column("doc_no", say("front.col.doc_no"), "code"), Column("on", say("front.col.on"), "day"),
        Column("decision", say("front.col.decision"), "word", words="front.decision"),
        Column("reason", say("front.col.reason")),
    )  # fmt: skip
    from datetime import date

    given = journal.number_of(ledger.db, number)
    hooks = room(given["book"], "approving") if given else None
    rows = [
        {"level": hooks.level_title(r["level"]) if hooks else r["level"], "by": r["by_whom"], "doc_no": r["doc_no"],
         "on": date.fromisoformat(r["on_day"]), "decision": r["decision"], "reason": r["reason"]}
        for r in journal.approvals(ledger.db, number)
    ]  # fmt: skip
    return Table("approvals", say("front.title.approvals"), columns, rows)


def _found(ledger: Any, text: str) -> Table:
    columns = (
        Column("kind", say("front.col.kind"), "word", words="front.thing"), Column("code", say("front.col.code"), "code"),
        Column("name", say("front.col.name")), Column("detail", say("front.col.detail")),
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for name in cards():
        hooks = room(name, "report")
        if hooks is not None and hasattr(hooks, "search"):
            rows += hooks.search(ledger, text)
    known = {row["code"] for row in rows}
    for number, kind in journal.numbers_like(ledger.db, text):
        if number not in known:
            rows.append({"kind": kind, "code": number, "name": "", "detail": ""})
    return Table("find", say("front.title.find", text=text), columns, rows)

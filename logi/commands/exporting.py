"""`logi export`: rows go out as import takes them back, or as another program's journal."""

from typing import Annotated, Any

import typer

from logi.commands.kinds import ALL, kind_named, kind_title, kinds
from logi.context import Desk
from logi.core.answers import KINDS, Column, Pack, Table
from logi.core.errors import Usage
from logi.core.messages import say
from logi.importing.kinds import Kind
from logi.registry import room

export_app = typer.Typer()
apps = {"export": export_app}


@export_app.command("export", help="importing.help.export")
def export(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND|all", help="importing.opt.export_kind")],
    as_: Annotated[str | None, typer.Option("--as", metavar="beancount|hledger", help="importing.opt.export_as")] = None,
) -> None:
    """Export rows that import takes back, or a journal for another program."""
    desk: Desk = ctx.obj
    if as_ is not None:
        _export_journal(desk, kind, as_)
        return
    if kind not in ALL:
        found = kind_named(kind)
        if found.export is None:
            raise Usage("importing.no_export", kind=found.name)
        desk.answer(desk.look(lambda ledger: export_table(ledger, found)))
        return
    if desk.output is not None and desk.formats == ["text"] and not desk.shared.get("format"):
        desk.shared["format"] = "csv"  # a folder of files that can be imported, one a kind
    desk.answer(desk.look(_export_all))


def _export_journal(desk: Desk, kind: str, program: str) -> None:
    """Stock as a journal of double entry."""
    from logi.formats.writing import emit, spare_databases, write_file

    journals: Any = room("stock", "journals")
    if kind != "stock" or program not in journals.PROGRAMS:
        raise Usage("importing.export_as", kind=kind, text=program, known=list(journals.PROGRAMS))
    text = desk.look(lambda ledger: journals.journal(ledger, program))
    output = desk.output
    if output is None:
        emit(text)
        return
    spare_databases(output)

    def leave() -> None:
        write_file(output, text.encode())
        desk.wrote()

    desk.when_it_stands(leave)


def export_table(ledger: Any, kind: Kind) -> Table:
    """The rows of a kind, in the columns its import takes, under headings it knows."""
    from logi.importing.templates import heading

    assert kind.export is not None
    rows = list(kind.export(ledger))
    used = [col for col in kind.columns if col.required or any(row.get(col.key) is not None for row in rows)]
    columns = [
        Column(col.key, heading(col), col.kind if col.kind in KINDS else "text", words=str(getattr(col.parse, "prefix", "")))
        for col in used
    ]
    table = Table(kind.name, kind_title(kind.name), columns, rows)
    table.bare = True
    return table


def _export_all(ledger: Any) -> Pack:
    from logi import journal

    found = [kind_named(name) for name, _ in kinds()]
    tables = [export_table(ledger, kind) for kind in found if kind.export is not None]
    return Pack("export", say("importing.export_all"), "", journal.head(ledger.db).short, tables)

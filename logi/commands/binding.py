"""`logi audit sample` and `logi audit binder`: what an inspector draws by lot, and the folder they take along."""

from typing import Annotated, Any

import typer

from logi.context import Desk
from logi.core import days
from logi.core.answers import Pack, Table
from logi.core.errors import Usage
from logi.core.messages import say
from logi.options import as_count, as_month, as_text


def sample(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="reports.opt.sample_kind")],
    count: Annotated[int, typer.Option("--count", parser=as_count, metavar="N", help="reports.opt.count")],
    seed: Annotated[str, typer.Option("--seed", parser=as_text, metavar="SEED", help="reports.opt.seed")],
) -> None:
    """A sample that anybody draws again, as a sheet to tick."""
    from logi.commands.exporting import export_table
    from logi.commands.kinds import kind_named
    from logi.why import sampled

    desk: Desk = ctx.obj
    found = kind_named(kind)
    if found.export is None:
        raise Usage("importing.no_export", kind=found.name)

    def ask(ledger: Any) -> Table:
        return sampled(export_table(ledger, found), count, seed)

    desk.read(ask)


def binder(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="reports.opt.binder_period")],
) -> None:
    """A folder: the pack, and an index from every claim to its record, entries and scans."""
    from logi.formats.writing import is_folder
    from logi.reports import month_pack
    from logi.why import binder_index

    desk: Desk = ctx.obj
    month = as_month(period)
    if desk.output is None:
        raise Usage("reports.binder_where")

    def ask(ledger: Any) -> Pack:
        pack = month_pack(ledger, month)
        index = binder_index(ledger, pack, days.month_period(month).until)
        heading = say("reports.title.binder", period=month)
        return Pack("binder", heading, month, pack.head, [index, *pack.tables], pack.notes, pack.signs)

    desk.check_answerable()
    bound: Pack = desk.look(ask)
    desk.make_folder()
    if desk.formats in (["text"], ["terminal"]) and is_folder(desk.output, bound, desk.formats):
        desk.shared["format"] = "html,xlsx,csv"
    desk.answer(bound)
    desk.note(say("reports.bound", claims=len(bound.tables[0].rows), folder=str(desk.output)))

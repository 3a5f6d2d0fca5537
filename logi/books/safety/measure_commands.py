"""`logi safety measure …`: the register of security measures."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.safety import rules
from logi.options import Note, OnDay, as_code, as_day, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

measure = typer.Typer()

Code = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="safety.opt.measure_code")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="safety.opt.place")]
Owner = Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="safety.opt.owner")]
What = Annotated[str | None, typer.Option("--measure", parser=as_text, metavar="TEXT", help="safety.opt.measure")]
Basis = Annotated[str | None, typer.Option("--basis", parser=as_text, metavar="TEXT", help="safety.opt.basis")]


@measure.command("add", help="safety.help.measure_add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="safety.opt.measure_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="safety.opt.measure_name")],
    kind: Annotated[str, choice("--kind", "safety.kind", rules.KINDS, "safety.opt.kind")] = "security",
    place: Place = None,
    owner: Owner = None,
    what: What = None,
    basis: Basis = None,
    starts: Annotated[
        date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="safety.opt.from")
    ] = None,
    note: Note = None,
) -> None:
    """Lay a measure down."""
    from logi.books.safety import measure_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.measure.add", lambda e: acts.add(
        e, code, name, kind=kind, place=place, owner=owner, measure=what, basis=basis, starts=starts, note=note))  # fmt: skip


@measure.command("edit", help="safety.help.measure_edit")
def edit(
    ctx: typer.Context,
    code: Code,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="safety.opt.measure_name")] = None,
    kind: Annotated[str | None, choice("--kind", "safety.kind", rules.KINDS, "safety.opt.kind")] = None,
    place: Place = None,
    owner: Owner = None,
    what: What = None,
    basis: Basis = None,
    note: Note = None,
) -> None:
    """Change a measure."""
    from logi.books.safety import measure_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.measure.edit", lambda e: acts.edit(
        e, code, name=name, kind=kind, place=place, owner=owner, measure=what, basis=basis, note=note))  # fmt: skip


@measure.command("act", help="safety.help.measure_act")
def act(
    ctx: typer.Context,
    code: Code,
    what: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="safety.opt.act")],
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="safety.opt.by_actor")] = None,
    on: OnDay = None,
) -> None:
    """What was done for it."""
    from logi.books.safety import measure_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.measure.act", lambda e: acts.act(e, code, what, by=by, on=on))


@measure.command("stop", help="safety.help.measure_stop")
def stop(
    ctx: typer.Context,
    code: Code,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="safety.opt.reason")],
    on: OnDay = None,
) -> None:
    """End a measure."""
    from logi.books.safety import measure_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.measure.stop", lambda e: acts.stop(e, code, reason=reason, on=on), reason=reason)


@measure.command("list", help="safety.help.measure_list")
def list_(
    ctx: typer.Context,
    kind: Annotated[str | None, choice("--kind", "safety.kind", rules.KINDS, "safety.opt.kind")] = None,
    incomplete: Annotated[bool, typer.Option("--incomplete", help="safety.opt.incomplete")] = False,
    place: Place = None,
) -> None:
    """The measures in force."""
    from logi.books.safety import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.measures(ledger, kind=kind, lacking=incomplete, place=place))

"""`logi repair maintain …`: preventive work by the calendar and the school year."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.repair import maintain_rules as recurring
from logi.books.repair import rules
from logi.options import Note, OnDay, as_code, as_count, as_day, as_quantity, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

maintain = typer.Typer()


def as_every(text: Any) -> str:
    """A step as typed: `3 months`, `2w`, `monthly`."""
    return recurring.parse_every(str(text))


def as_when(text: Any) -> str:
    """A day of the school year as typed: `term-start -7`, `停炉`."""
    return recurring.parse_when(str(text))


def as_units(text: Any) -> tuple[int, str | None]:
    """So many units in thousandths, and what they are called: `250h`, `5000 公里`."""
    from logi.core.money import split_quantity_unit

    return text if isinstance(text, tuple) else split_quantity_unit(text)


Schedules = Annotated[list[str] | None, typer.Argument(parser=as_text, metavar="[CODE…]", help="repair.opt.schedules")]


@maintain.command("add", help="repair.help.maintain_add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="repair.opt.schedule_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="repair.opt.schedule_name")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="repair.opt.schedule_place")],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.schedule_by")],
    every: Annotated[
        str | None, typer.Option("--every", parser=as_every, metavar="STEP", help="repair.opt.every")
    ] = None,
    when: Annotated[str | None, typer.Option("--when", parser=as_when, metavar="WHEN", help="repair.opt.when")] = None,
    every_units: Annotated[
        Any, typer.Option("--every-units", parser=as_units, metavar="N", help="repair.opt.every_units")
    ] = None,
    start: Annotated[int | None, typer.Option("--start", parser=as_quantity, metavar="N", help="repair.opt.start")] = None,
    basis: Annotated[str, choice("--basis", "repair.basis", recurring.BASES, "repair.opt.basis")] = "planned",
    starts: Annotated[
        date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="repair.opt.schedule_from")
    ] = None,
    asset: Annotated[
        str | None, typer.Option("--asset", parser=as_code, metavar="CODE", help="repair.opt.asset")
    ] = None,
    kind: Annotated[str, choice("--kind", "repair.kind", rules.KINDS, "repair.opt.kind")] = "other",
    urgency: Annotated[str, choice("--urgency", "repair.urgency", rules.URGENCIES, "repair.opt.urgency")] = "normal",
    worker: Annotated[
        str | None, typer.Option("--worker", parser=as_text, metavar="PERSON", help="repair.opt.worker")
    ] = None,
    vendor: Annotated[
        str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="repair.opt.vendor")
    ] = None,
    note: Note = None,
) -> None:
    """Lay down a schedule."""
    from logi.books.repair import maintain_actions as acts

    desk: Desk = ctx.obj
    desk.do("repair.maintain.add", lambda e: acts.add(
        e, code, name, place=place, by=by, every=every, when=when, every_units=every_units, start=start, basis=basis,
        starts=starts, asset=asset, kind=kind, urgency=urgency, worker=worker, vendor=vendor, note=note))  # fmt: skip


@maintain.command("list", help="repair.help.maintain_list")
def list_(ctx: typer.Context) -> None:
    """Every schedule with its last and next day."""
    from logi.books.repair import maintain_report as report

    desk: Desk = ctx.obj
    desk.read(report.listing)


@maintain.command("due", help="repair.help.maintain_due")
def due(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", parser=as_count, metavar="N", help="repair.opt.days")] = 30,
) -> None:
    """What is due within so many days."""
    from logi.books.repair import maintain_report as report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.due(ledger, days))


@maintain.command("run", help="repair.help.maintain_run")
def run(ctx: typer.Context, schedules: Schedules = None, on: OnDay = None) -> None:
    """Open the slips that are due; nothing is written when none is."""
    from logi.books.repair import maintain_actions as acts
    from logi.books.repair import maintain_report as report

    desk: Desk = ctx.obj
    if not schedules and not desk.look(lambda ledger: acts.ready(ledger, on or ledger.today)):
        desk.read(lambda ledger: report.due(ledger, 0))
        return
    desk.do("repair.maintain.run", lambda e: acts.run(e, schedules or [], on=on))


@maintain.command("reading", help="repair.help.maintain_reading")
def reading(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="repair.opt.schedule_code")],
    value: Annotated[Any, typer.Argument(parser=as_units, metavar="N", help="repair.opt.counter")],
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_reader")] = None,
    ended: Annotated[int | None, typer.Option("--ended", parser=as_quantity, metavar="N", help="repair.opt.ended")] = None,
    began: Annotated[int | None, typer.Option("--began", parser=as_quantity, metavar="N", help="repair.opt.began")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Type what a counter shows."""
    from logi.books.repair import unit_actions as acts

    desk: Desk = ctx.obj
    desk.do("repair.maintain.reading", lambda e: acts.reading(
        e, code, value[0], unit=value[1], by=by, ended=ended, began=began, on=on, note=note))  # fmt: skip


@maintain.command("stop", help="repair.help.maintain_stop")
def stop(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="repair.opt.schedule_code")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="repair.opt.reason")],
    on: OnDay = None,
) -> None:
    """End a schedule."""
    from logi.books.repair import maintain_actions as acts

    desk: Desk = ctx.obj
    desk.do("repair.maintain.stop", lambda e: acts.stop(e, code, reason=reason, on=on), reason=reason)

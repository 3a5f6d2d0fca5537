"""`logi meter …`: meters and their readings; read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.meter import rules
from logi.books.meter.asking_commands import ask
from logi.books.meter.bill_commands import bill, price, quota
from logi.books.meter.heating_commands import heating
from logi.books.meter.odd_commands import odd
from logi.books.meter.options import SAID, as_digits, as_factor, readings
from logi.books.meter.saving_commands import saving, submit
from logi.options import Note, OnDay, as_code, as_day, as_quantity, as_text, fixed

if TYPE_CHECKING:
    from logi.context import Desk

meter = typer.Typer()
apps = {"meter": meter}
meter.add_typer(price, name="price", help="meter.help.price")
meter.add_typer(bill, name="bill", help="meter.help.bill")
meter.add_typer(heating, name="heating", help="meter.help.heating")
meter.add_typer(saving, name="saving", help="meter.help.saving")
for rooms in (ask, odd, quota, submit):
    meter.registered_commands += rooms.registered_commands

Code = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="meter.opt.code")]
By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="meter.opt.by")]
Rolled = Annotated[bool, typer.Option("--rolled", help="meter.opt.rolled")]
Reason = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="meter.opt.reason")]
Department = Annotated[str | None, typer.Option("--department", parser=as_text, metavar="DEPT", help="meter.opt.department")]
Reader = Annotated[str | None, typer.Option("--reader", parser=as_text, metavar="PERSON", help="meter.opt.reader")]
Parent = Annotated[str | None, typer.Option("--parent", parser=as_text, metavar="CODE", help="meter.opt.parent")]


@meter.command("add", help="meter.help.add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="meter.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="meter.opt.name")],
    kind: Annotated[str, typer.Option("--kind", parser=fixed("meter.kind", rules.KINDS, *SAID), metavar="|".join(rules.KINDS),
                                      help="meter.opt.kind")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="meter.opt.place")],
    digits: Annotated[int, typer.Option("--digits", parser=as_digits, metavar="N", help="meter.opt.digits")] = 5,
    factor: Annotated[int, typer.Option("--factor", parser=as_factor, metavar="N", help="meter.opt.factor")] = rules.ONE,
    reading: Annotated[int, typer.Option("--reading", parser=as_quantity, metavar="VALUE", help="meter.opt.reading")] = 0,
    parent: Parent = None,
    department: Department = None,
    reader: Reader = None,
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="meter.opt.from")] = None,
    note: Note = None,
) -> None:  # fmt: skip
    """Register a meter."""
    from logi.books.meter import actions

    desk: Desk = ctx.obj
    desk.do("meter.add", lambda e: actions.add(
        e, code, name, kind=kind, place=place, digits=digits, factor=factor, reading=reading, parent=parent,
        department=department, reader=reader, starts=starts, note=note))  # fmt: skip


@meter.command("edit", help="meter.help.edit")
def edit(
    ctx: typer.Context,
    code: Code,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="meter.opt.name")] = None,
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="meter.opt.place")] = None,
    parent: Parent = None,
    department: Department = None,
    reader: Reader = None,
    note: Note = None,
) -> None:
    """Change what is said of a meter."""
    from logi.books.meter import actions

    desk: Desk = ctx.obj
    desk.do("meter.edit", lambda e: actions.edit(e, code, name=name, place=place, parent=parent, department=department,
                                                 reader=reader, note=note))  # fmt: skip


@meter.command("read", help="meter.help.read")
def read(
    ctx: typer.Context,
    values: Annotated[list[str], typer.Argument(metavar="CODE=VALUE…", help="meter.opt.values")],
    by: By = None,
    on: OnDay = None,
    rolled: Rolled = False,
    estimated: Annotated[bool, typer.Option("--estimated", help="meter.opt.estimated")] = False,
    note: Note = None,
) -> None:
    """Enter what meters show."""
    from logi.books.meter import actions

    desk: Desk = ctx.obj
    given = readings(values)
    desk.do("meter.read", lambda e: actions.read(e, given, by=by, on=on, rolled=rolled, estimated=estimated, note=note))


@meter.command("amend", help="meter.help.amend")
def amend(
    ctx: typer.Context,
    code: Code,
    value: Annotated[int, typer.Argument(parser=as_quantity, metavar="VALUE", help="meter.opt.value")],
    on: Annotated[date, typer.Option("--on", parser=as_day, metavar="DAY", help="meter.opt.amend_on")],
    reason: Reason,
    rolled: Annotated[bool | None, typer.Option("--rolled/--not-rolled", help="meter.opt.rolled")] = None,
) -> None:
    """Correct a reading."""
    from logi.books.meter import actions

    desk: Desk = ctx.obj
    desk.do("meter.amend", lambda e: actions.amend(e, code, value, on=on, reason=reason, rolled=rolled), reason=reason)


@meter.command("replace", help="meter.help.replace")
def replace(
    ctx: typer.Context,
    code: Code,
    ended: Annotated[int, typer.Option("--ended", parser=as_quantity, metavar="VALUE", help="meter.opt.ended")],
    reason: Reason,
    began: Annotated[int, typer.Option("--began", parser=as_quantity, metavar="VALUE", help="meter.opt.began")] = 0,
    digits: Annotated[int | None, typer.Option("--digits", parser=as_digits, metavar="N", help="meter.opt.digits")] = None,
    factor: Annotated[int | None, typer.Option("--factor", parser=as_factor, metavar="N", help="meter.opt.factor")] = None,
    rolled: Rolled = False,
    by: By = None,
    on: OnDay = None,
) -> None:
    """Another meter hangs there."""
    from logi.books.meter import actions

    desk: Desk = ctx.obj
    desk.do("meter.replace", lambda e: actions.replace(
        e, code, last=ended, first=began, digits=digits, factor=factor, rolled=rolled, by=by, on=on, reason=reason),
        reason=reason)  # fmt: skip


@meter.command("remove", help="meter.help.remove")
def remove(
    ctx: typer.Context,
    code: Code,
    reason: Reason,
    ended: Annotated[int | None, typer.Option("--ended", parser=as_quantity, metavar="VALUE", help="meter.opt.ended")] = None,
    by: By = None,
    on: OnDay = None,
) -> None:
    """A meter is taken down."""
    from logi.books.meter import actions

    desk: Desk = ctx.obj
    desk.do("meter.remove", lambda e: actions.remove(e, code, last=ended, by=by, on=on, reason=reason), reason=reason)

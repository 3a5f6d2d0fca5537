"""`logi safety equipment …`: the register of fire equipment."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.safety import rules
from logi.options import Note, OnDay, as_code, as_count, as_day, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

equipment = typer.Typer()
STATES = ("expired", "faulty", "expiring", "unchecked", "good")

By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="safety.opt.by_checker")]
Made = Annotated[date | None, typer.Option("--made", parser=as_day, metavar="DAY", help="safety.opt.made")]


@equipment.command("add", help="safety.help.equipment_add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="safety.opt.equipment_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="safety.opt.equipment_name")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="safety.opt.place")],
    kind: Annotated[str, choice("--kind", "safety.equipment", rules.EQUIPMENT, "safety.opt.equipment_kind")] = "extinguisher",
    count: Annotated[int, typer.Option("--count", parser=as_count, metavar="N", help="safety.opt.count")] = 1,
    made: Made = None,
    expires: Annotated[
        date | None, typer.Option("--expires", parser=as_day, metavar="DAY", help="safety.opt.expires")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="safety.opt.owner")] = None,
    asset: Annotated[str | None, typer.Option("--asset", parser=as_code, metavar="CODE", help="safety.opt.asset")] = None,
    starts: Annotated[
        date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="safety.opt.from")
    ] = None,
    note: Note = None,
) -> None:
    """Register equipment."""
    from logi.books.safety import equipment_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.equipment.add", lambda e: acts.add(
        e, code, name, place=place, kind=kind, count=count, made=made, expires=expires, owner=owner, asset=asset,
        starts=starts, note=note))  # fmt: skip


@equipment.command("check", help="safety.help.equipment_check")
def check(
    ctx: typer.Context,
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="safety.opt.by_checker")],
    codes: Annotated[
        list[str] | None, typer.Argument(parser=as_text, metavar="[CODE…]", help="safety.opt.equipment_codes")
    ] = None,
    failed: Annotated[str | None, typer.Option("--failed", parser=as_text, metavar="TEXT", help="safety.opt.failed")] = None,
    on: OnDay = None,
) -> None:
    """Look at equipment."""
    from logi.books.safety import equipment_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.equipment.check", lambda e: acts.check(e, codes or (), by=by, failed=failed, on=on))


@equipment.command("renew", help="safety.help.equipment_renew")
def renew(
    ctx: typer.Context,
    codes: Annotated[list[str], typer.Argument(parser=as_text, metavar="CODE…", help="safety.opt.equipment_codes")],
    expires: Annotated[date, typer.Option("--expires", parser=as_day, metavar="DAY", help="safety.opt.expires")],
    made: Made = None,
    by: By = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Refilled or replaced."""
    from logi.books.safety import equipment_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.equipment.renew", lambda e: acts.renew(e, codes, expires=expires, made=made, by=by, on=on, note=note))


@equipment.command("drop", help="safety.help.equipment_drop")
def drop(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="safety.opt.equipment_code")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="safety.opt.reason")],
    on: OnDay = None,
) -> None:
    """It leaves the register."""
    from logi.books.safety import equipment_actions as acts

    desk: Desk = ctx.obj
    desk.do("safety.equipment.drop", lambda e: acts.drop(e, code, reason=reason, on=on), reason=reason)


@equipment.command("list", help="safety.help.equipment_list")
def list_(
    ctx: typer.Context,
    kind: Annotated[
        str | None, choice("--kind", "safety.equipment", rules.EQUIPMENT, "safety.opt.equipment_kind")
    ] = None,
    state: Annotated[str | None, choice("--state", "safety.state", STATES, "safety.opt.state")] = None,
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="safety.opt.place")] = None,
) -> None:
    """The register, the worst first."""
    from logi.books.safety import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.equipment(ledger, kind=kind, place=place, state=state))

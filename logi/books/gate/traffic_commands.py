"""`logi gate vehicle …`, `gate pass, passes, speeding, told`: vehicles and how fast they were."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.gate import rules
from logi.books.gate.options import VEHICLE_SAID, WAY_SAID, At, By, Must, as_plate, as_speed, when
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_code,
    as_day,
    as_text,
    choice,
    fixed,
    month_so_far,
    year_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

vehicle = typer.Typer()
as_way = fixed("gate.way", rules.WAYS, *WAY_SAID)
Plate = Annotated[str, typer.Argument(parser=as_plate, metavar="PLATE", help="gate.opt.plate")]


@vehicle.command("add", help="gate.help.vehicle_add")
def add(
    ctx: typer.Context,
    plate: Plate,
    vehicle_name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="gate.opt.vehicle_name")],
    kind: Annotated[str, choice("--kind", "gate.vehicle", rules.VEHICLES, "gate.opt.vehicle_kind", *VEHICLE_SAID)] = "other",
    driver: Annotated[str | None, typer.Option("--driver", parser=as_text, metavar="PERSON", help="gate.opt.driver")] = None,
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="gate.opt.from")] = None,
) -> None:
    """A vehicle may come in."""
    from logi.books.gate import traffic_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.vehicle.add", lambda e: acts.add(e, plate, vehicle_name, kind=kind, driver=driver, starts=from_day))


@vehicle.command("stop", help="gate.help.vehicle_stop")
def stop(
    ctx: typer.Context,
    plate: Plate,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="gate.opt.reason")],
    on: OnDay = None,
) -> None:
    """A vehicle may no longer come in."""
    from logi.books.gate import traffic_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.vehicle.stop", lambda e: acts.stop(e, plate, reason=reason, on=on))


@vehicle.command("list", help="gate.help.vehicle_list")
def list_(
    ctx: typer.Context,
    kind: Annotated[
        str | None, choice("--kind", "gate.vehicle", rules.VEHICLES, "gate.opt.vehicle_kind", *VEHICLE_SAID)
    ] = None,
) -> None:
    """The vehicles."""
    from logi.books.gate import traffic_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: traffic_report.vehicles(ledger, kind=kind))


def pass_(
    ctx: typer.Context,
    plate: Plate,
    way: Annotated[str, typer.Argument(parser=as_way, metavar="|".join(rules.WAYS), help="gate.opt.way")],
    speed: Annotated[int | None, typer.Option("--speed", parser=as_speed, metavar="KMH", help="gate.opt.speed")] = None,
    driver_name: Annotated[
        str | None, typer.Option("--driver", parser=as_text, metavar="NAME", help="gate.opt.who_drove")
    ] = None,
    by: By = None,
    at: At = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """A vehicle goes in or out."""
    from logi.books.gate import actions
    from logi.books.gate import traffic_actions as acts

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    desk.do("gate.pass", lambda e: acts.pass_(
        e, plate, way, moment, guard_id=actions.keeper(e, by, moment)["id"], speed=speed, driver=driver_name,
        note=note))  # fmt: skip


def passes(
    ctx: typer.Context,
    of_plate: Annotated[str | None, typer.Option("--plate", parser=as_plate, metavar="PLATE", help="gate.opt.plate")] = None,
    kind: Annotated[
        str | None, choice("--kind", "gate.vehicle", rules.VEHICLES, "gate.opt.vehicle_kind", *VEHICLE_SAID)
    ] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """Vehicles in and out."""
    from logi.books.gate import traffic_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: traffic_report.passes(
        ledger, first, last, plate=of_plate, kind=kind))  # fmt: skip


def speeding(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """Who was too fast."""
    from logi.books.gate import traffic_report

    desk: Desk = ctx.obj
    first, last = year_so_far(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: traffic_report.speeding(ledger, first, last))


def told(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="gate.opt.speeding")],
    how_told: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="gate.opt.told")],
    by: Must,
    on: OnDay = None,
) -> None:
    """The driver was told."""
    from logi.books.gate import traffic_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.told", lambda e: acts.told(e, number, how_told, by=by, on=on))


traffic: dict[str, Callable[..., Any]] = {"pass": pass_, "passes": passes, "speeding": speeding, "told": told}

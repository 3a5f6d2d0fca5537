"""`logi gate …` about people: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.gate import rules
from logi.books.gate.bus_commands import bus
from logi.books.gate.guard_commands import guard, guards
from logi.books.gate.options import CONFIRMED_SAID, SEX_SAID, At, By, Must, as_plate, as_tail, when
from logi.books.gate.traffic_commands import traffic, vehicle
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
    as_count,
    as_day,
    as_text,
    choice,
    month_so_far,
    year_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

gate = typer.Typer()
ban = typer.Typer()
apps = {"gate": gate, "bus": bus}
gate.add_typer(ban, name="ban", help="gate.help.ban")
gate.add_typer(vehicle, name="vehicle", help="gate.help.vehicle")
gate.add_typer(guard, name="guard", help="gate.help.guard")

Name = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="gate.opt.caller")]
Unit = Annotated[str | None, typer.Option("--unit", parser=as_text, metavar="TEXT", help="gate.opt.unit")]
Tail = Annotated[str | None, typer.Option("--id", parser=as_tail, metavar="TAIL", help="gate.opt.tail")]
IdKind = Annotated[str | None, choice("--id-kind", "gate.id", rules.ID_KINDS, "gate.opt.id_kind")]
Plate = Annotated[str | None, typer.Option("--plate", parser=as_plate, metavar="PLATE", help="gate.opt.plate")]
Purpose = Annotated[str | None, typer.Option("--for", parser=as_text, metavar="TEXT", help="gate.opt.purpose")]
Why = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="gate.opt.reason")]


@gate.command("visit", help="gate.help.visit")
def visit(
    ctx: typer.Context,
    caller: Name,
    host: Annotated[str, typer.Option("--host", parser=as_text, metavar="PERSON", help="gate.opt.host")],
    confirmed: Annotated[
        str | None, choice("--confirmed", "gate.confirmed", rules.CONFIRMED, "gate.opt.confirmed", *CONFIRMED_SAID)
    ] = None,
    leader: Annotated[str | None, typer.Option("--leader", parser=as_text, metavar="PERSON", help="gate.opt.leader")] = None,
    purpose: Purpose = None,
    from_unit: Unit = None,
    id_tail: Tail = None,
    id_kind: IdKind = None,
    sex: Annotated[str | None, choice("--sex", "gate.sex", rules.SEXES, "gate.opt.sex", *SEX_SAID)] = None,
    phone: Annotated[str | None, typer.Option("--phone", parser=as_code, metavar="PHONE", help="gate.opt.phone")] = None,
    party_size: Annotated[int, typer.Option("--heads", parser=as_count, metavar="N", help="gate.opt.party")] = 1,
    plate: Plate = None,
    brought: Annotated[str | None, typer.Option("--goods", parser=as_text, metavar="TEXT", help="gate.opt.brought")] = None,
    badge: Annotated[str | None, typer.Option("--badge", parser=as_code, metavar="NO", help="gate.opt.badge")] = None,
    by: By = None,
    at: At = None,
    on: OnDay = None,
) -> None:
    """A visitor comes in."""
    from logi.books.gate import actions

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    who = actions.Caller(caller, sex=sex, unit=from_unit, id_kind=id_kind, id_tail=id_tail, phone=phone, heads=party_size,
                         purpose=purpose, plate=plate, goods=brought, badge=badge)  # fmt: skip
    desk.do("gate.visit", lambda e: actions.visit(e, who, moment, host=host, confirmed=confirmed, leader=leader, by=by))


@gate.command("deny", help="gate.help.deny")
def deny(
    ctx: typer.Context,
    caller: Name,
    reason: Why,
    host: Annotated[str | None, typer.Option("--host", parser=as_text, metavar="PERSON", help="gate.opt.host")] = None,
    from_unit: Unit = None,
    id_tail: Tail = None,
    plate: Plate = None,
    by: By = None,
    at: At = None,
    on: OnDay = None,
) -> None:
    """Somebody is turned away."""
    from logi.books.gate import actions

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    who = actions.Caller(caller, unit=from_unit, id_tail=id_tail, plate=plate)
    desk.do("gate.deny", lambda e: actions.deny(e, who, moment, reason=reason, host=host, by=by))


@gate.command("leave", help="gate.help.leave")
def leave(
    ctx: typer.Context,
    callers: Annotated[list[str], typer.Argument(parser=as_text, metavar="NUMBER", help="gate.opt.leaving")],
    by: By = None,
    at: At = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Visitors leave."""
    from logi.books.gate import actions

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    desk.do("gate.leave", lambda e: actions.leave(e, callers, moment, by=by, note=note))


@gate.command("visits", help="gate.help.visits")
def visits(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option("--host", parser=as_text, metavar="PERSON", help="gate.opt.of_host")] = None,
    state: Annotated[str | None, choice("--state", "gate.state", rules.STATES, "gate.opt.state")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The visitors of a period."""
    from logi.books.gate import visit_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: visit_report.visits(
        ledger, first, last, host=host, state=state))  # fmt: skip


@gate.command("inside", help="gate.help.inside")
def inside(ctx: typer.Context) -> None:
    """Who and what is inside now."""
    from logi.books.gate import visit_report

    desk: Desk = ctx.obj
    desk.read(visit_report.inside)


@gate.command("carry", help="gate.help.carry")
def carry(
    ctx: typer.Context,
    carried: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="gate.opt.carried")],
    allowed_by: Annotated[str, typer.Option("--allowed-by", parser=as_text, metavar="PERSON", help="gate.opt.allowed_by")],
    carrier: Annotated[str | None, typer.Option("--who", parser=as_text, metavar="PERSON", help="gate.opt.carrier")] = None,
    of_visit: Annotated[str | None, typer.Option("--visit", parser=as_code, metavar="NUMBER", help="gate.opt.visit")] = None,
    asset: Annotated[str | None, typer.Option("--asset", parser=as_text, metavar="CODE", help="gate.opt.asset")] = None,
    back_by: Annotated[date | None, typer.Option("--back", parser=as_day, metavar="DAY", help="gate.opt.due_back")] = None,
    by: By = None,
    at: At = None,
    on: OnDay = None,
) -> None:
    """Things leave by the gate."""
    from logi.books.gate import goods_actions as acts

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    desk.do("gate.carry", lambda e: acts.carry(e, carried, moment, allowed_by=allowed_by, person=carrier, visit=of_visit,
                                               card=asset, back_due=back_by, by=by))  # fmt: skip


@gate.command("back", help="gate.help.back")
def back(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="gate.opt.slip")],
    by: By = None,
    at: At = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """What was carried out is back."""
    from logi.books.gate import goods_actions as acts

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    desk.do("gate.back", lambda e: acts.back(e, number, moment, by=by, note=note))


@gate.command("goods", help="gate.help.goods")
def goods(
    ctx: typer.Context,
    state: Annotated[str | None, choice("--state", "gate.slip", rules.SLIPS, "gate.opt.slip_state")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """What was carried out in a period."""
    from logi.books.gate import visit_report

    desk: Desk = ctx.obj
    first, last = year_so_far(month=month, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: visit_report.goods(ledger, first, last, state=state))


@gate.command("summary", help="gate.help.summary")
def summary(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The gate's work in sum."""
    from logi.books.gate import report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: report.summary(ledger, first, last))


@ban.command("add", help="gate.help.ban_add")
def ban_add(
    ctx: typer.Context,
    by: Must,
    reason: Why,
    banned: Annotated[str | None, typer.Argument(parser=as_text, metavar="NAME", help="gate.opt.banned")] = None,
    plate: Plate = None,
    id_tail: Tail = None,
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="gate.opt.from")] = None,
    until: Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="gate.opt.ban_until")] = None,
) -> None:
    """Somebody, or a vehicle, may not come in."""
    from logi.books.gate import actions

    desk: Desk = ctx.obj
    desk.do("gate.ban.add", lambda e: actions.ban(
        e, name=banned, plate=plate, reason=reason, by=by, id_tail=id_tail, starts=from_day, until=until))  # fmt: skip


@ban.command("lift", help="gate.help.ban_lift")
def ban_lift(
    ctx: typer.Context,
    banned: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="gate.opt.banned")],
    reason: Why,
    on: OnDay = None,
) -> None:
    """They may come in again."""
    from logi.books.gate import actions

    desk: Desk = ctx.obj
    desk.do("gate.ban.lift", lambda e: actions.lift(e, banned, reason=reason, on=on))


@ban.command("list", help="gate.help.ban_list")
def ban_list(ctx: typer.Context, everything: Annotated[bool, typer.Option("--all", help="gate.opt.every")] = False) -> None:
    """Who may not come in."""
    from logi.books.gate import visit_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: visit_report.bans(ledger, everything=everything))


for name, act in (traffic | guards).items():
    gate.command(name, help=f"gate.help.{name}")(act)

"""`logi hazard …`: read what was typed, call one act, answer."""

from datetime import date
from typing import Annotated

import typer

from logi.books.patrol import hazard_actions as actions
from logi.books.patrol import hazard_report as report
from logi.books.patrol.hazard_actions import Care, full
from logi.books.patrol.rules import CATEGORIES, LEVELS, STATES
from logi.context import Desk
from logi.core.errors import Usage
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    OnDay,
    SinceDay,
    UntilDay,
    as_day,
    as_money,
    as_text,
    choice,
    fixed,
    period_of,
)

hazard = typer.Typer()
URGENCIES = ("low", "normal", "high", "urgent")

as_category = fixed(
    "patrol.category", CATEGORIES,
    ("防水", "water"), ("防盜", "theft"), ("觸電", "electric"), ("用電", "electric"), ("防火", "fire"),
    ("消防", "fire"), ("食品安全", "food"), ("校舍", "building"),
)  # fmt: skip
as_level = fixed("patrol.level", LEVELS)
as_state = fixed("patrol.state", STATES, ("銷號", "verified"), ("已銷號", "verified"), ("cancelled", "verified"))

Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="patrol.opt.number")]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="patrol.opt.hazard_by")]
MaybeBy = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="patrol.opt.found_by")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="patrol.opt.place")]
Level = Annotated[
    str | None, typer.Option("--level", parser=as_level, metavar="|".join(LEVELS), help="patrol.opt.level")
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", "--category", parser=as_category, metavar="|".join(CATEGORIES), help="patrol.opt.kind"),
]
Owner = Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="patrol.opt.owner")]
Measure = Annotated[str | None, typer.Option("--measure", parser=as_text, metavar="TEXT", help="patrol.opt.measure")]
DueDay = Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="patrol.opt.due")]
Funds = Annotated[int | None, typer.Option("--fund", parser=as_money, metavar="MONEY", help="patrol.opt.fund")]
Plan = Annotated[str | None, typer.Option("--plan", parser=as_text, metavar="TEXT", help="patrol.opt.plan")]
Interim = Annotated[str | None, typer.Option("--interim", parser=as_text, metavar="TEXT", help="patrol.opt.interim")]


@hazard.command("open", help="patrol.help.hazard_open")
def hazard_open(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="patrol.opt.title")],
    place: Place = None,
    by: MaybeBy = None,
    on: OnDay = None,
    level: Level = None,
    kind: Kind = None,
    owner: Owner = None,
    measure: Measure = None,
    due: DueDay = None,
    funds: Funds = None,
    plan: Plan = None,
    interim: Interim = None,
) -> None:
    """Record a hazard."""
    desk: Desk = ctx.obj
    care = Care(owner, measure, due, funds, plan, interim)
    desk.do("hazard.open", lambda e: actions.open_hazard(
        e, title, place=place, on=on, by=by, category=kind or "other", level=level or "general",
        care=care))  # fmt: skip


@hazard.command("assign", help="patrol.help.hazard_assign")
def hazard_assign(
    ctx: typer.Context,
    number: Number,
    person: Annotated[str | None, typer.Argument(parser=as_text, metavar="[PERSON]", help="patrol.opt.owner")] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", "--to", parser=as_text, metavar="PERSON", help="patrol.opt.owner")
    ] = None,
    measure: Measure = None,
    due: DueDay = None,
    funds: Funds = None,
    plan: Plan = None,
    interim: Interim = None,
    level: Level = None,
    kind: Kind = None,
    place: Place = None,
) -> None:
    """Lay down owner, measure, deadline, fund, plan."""
    desk: Desk = ctx.obj
    if person and owner:
        raise Usage("patrol.two_owners", first=person, second=owner)
    care = Care(person or owner, measure, due, funds, plan, interim)
    desk.do("hazard.assign", lambda e: actions.assign(e, full(e, number), care, level=level, category=kind, place=place))


@hazard.command("fix", help="patrol.help.hazard_fix")
def hazard_fix(ctx: typer.Context, number: Number, by: By, on: OnDay = None, measure: Measure = None) -> None:
    """The hazard was removed."""
    desk: Desk = ctx.obj
    desk.do("hazard.fix", lambda e: actions.fix(e, full(e, number), by=by, on=on, measure=measure))


@hazard.command("verify", help="patrol.help.hazard_verify")
def hazard_verify(
    ctx: typer.Context,
    number: Number,
    by: By,
    on: OnDay = None,
    reject: Annotated[str | None, typer.Option("--reject", parser=as_text, metavar="REASON", help="patrol.opt.reject")]
    = None,
) -> None:
    """Another person has looked."""
    desk: Desk = ctx.obj
    if reject is not None:
        desk.do("hazard.reject", lambda e: actions.reject(e, full(e, number), by=by, reason=reject, on=on), reason=reject)
    else:
        desk.do("hazard.verify", lambda e: actions.verify(e, full(e, number), by=by, on=on))


@hazard.command("extend", help="patrol.help.hazard_extend")
def hazard_extend(
    ctx: typer.Context,
    number: Number,
    new_due: Annotated[date, typer.Option("--to", parser=as_day, metavar="DAY", help="patrol.opt.to")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")],
    on: OnDay = None,
) -> None:
    """Put the deadline off."""
    desk: Desk = ctx.obj
    desk.do("hazard.extend", lambda e: actions.extend(e, full(e, number), to=new_due, reason=reason, on=on), reason=reason)


@hazard.command("escalate", help="patrol.help.hazard_escalate")
def hazard_escalate(
    ctx: typer.Context,
    number: Number,
    organ: Annotated[str, typer.Option("--organ", parser=as_text, metavar="NAME", help="patrol.opt.organ")],
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="patrol.opt.hazard_by")]
    = None,
    on: OnDay = None,
) -> None:
    """Report upward."""
    desk: Desk = ctx.obj
    desk.do("hazard.escalate", lambda e: actions.escalate(e, full(e, number), organ=organ, by=by, on=on))


@hazard.command("repair", help="patrol.help.hazard_repair")
def hazard_repair(
    ctx: typer.Context,
    number: Number,
    slip: Annotated[str | None, typer.Argument(parser=as_text, metavar="[SLIP]", help="patrol.opt.slip")] = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="patrol.opt.repair_by")] = None,
    urgency: Annotated[str, choice("--urgency", "repair.urgency", URGENCIES, "repair.opt.urgency")] = "normal",
    on: OnDay = None,
) -> None:
    """Give a hazard to the repair book."""
    desk: Desk = ctx.obj
    desk.do("hazard.repair", lambda e: actions.repair_it(e, full(e, number), slip=slip, by=by, urgency=urgency, on=on))


@hazard.command("ageing", help="patrol.help.hazard_ageing")
def hazard_ageing(ctx: typer.Context) -> None:
    """How long hazards have been open."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.ageing(ledger, ledger.today))


@hazard.command("list", help="patrol.help.hazard_list")
def hazard_list(
    ctx: typer.Context,
    state: Annotated[
        str | None, typer.Option("--state", parser=as_state, metavar="|".join(STATES), help="patrol.opt.state")
    ] = None,
    level: Level = None,
    kind: Kind = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="patrol.opt.at_place")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", "--keeper", parser=as_text, metavar="PERSON", help="patrol.opt.of_owner")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="patrol.opt.of_person")
    ] = None,
    unsettled: Annotated[bool, typer.Option("--open", help="patrol.opt.unsettled")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="patrol.opt.overdue")] = False,
    incomplete: Annotated[bool, typer.Option("--incomplete", help="patrol.opt.incomplete")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="patrol.opt.strict_hazards")] = False,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Hazards by deadline."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year,
                            since=since, until=until)  # fmt: skip
    wanted = report.Wanted(
        state=state, level=level, category=kind, place=place, owner=owner, person=person, since=first, until=last,
        overdue=overdue, incomplete=incomplete, unsettled=unsettled,
    )  # fmt: skip
    table = desk.look(lambda ledger: report.listing(ledger, wanted))
    desk.answer(table)
    if strict and any(row["days_late"] or row["lacking"] for row in table.rows):
        desk.wrong()


@hazard.command("show", help="patrol.help.hazard_show")
def hazard_show(ctx: typer.Context, number: Number) -> None:
    """One hazard with its history."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.hazard_pack(ledger, full(ledger, number)))

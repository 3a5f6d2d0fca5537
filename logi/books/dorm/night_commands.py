"""`logi dorm count`, `found`, `late`, `leave …`, `visit …`: the night and closed management."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.dorm.options import At, By, OnFloor, Who, as_absent, as_tail, moment
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
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

night, leave, visit = typer.Typer(), typer.Typer(), typer.Typer()
Reason = Annotated[str | None, typer.Option("--reason", parser=as_text, metavar="TEXT", help="dorm.opt.reason")]
Slip = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER|PUPIL", help="dorm.opt.slip")]
OfPupil = Annotated[str | None, typer.Option("--pupil", parser=as_text, metavar="PUPIL", help="dorm.opt.pupil")]


@night.command("count", help="dorm.help.count")
def count(
    ctx: typer.Context,
    building: Annotated[str, typer.Argument(parser=as_text, metavar="BUILDING", help="dorm.opt.building")],
    by: By,
    floor: OnFloor = None,
    not_there: Annotated[
        list[Any] | None, typer.Option("--absent", parser=as_absent, metavar="PUPIL[=TEXT]", help="dorm.opt.absent")
    ] = None,
    on: OnDay = None,
    at: Annotated[str | None, typer.Option("--at", parser=as_text, metavar="INSTANT", help="dorm.opt.at")] = None,
    note: Note = None,
) -> None:
    """Count the beds of a night."""
    from logi.books.dorm import night_actions as acts
    from logi.books.dorm import rules

    desk: Desk = ctx.obj
    day, time = on, None
    if at is not None:
        when, time = moment(desk, at, on)
        day = on or rules.night_of(when, time)
    desk.do("dorm.count", lambda e: acts.count(e, building, by=by, floor=floor, absent=not_there or (), night=day, at=time,
                                               note=note))  # fmt: skip


@night.command("found", help="dorm.help.found")
def found(
    ctx: typer.Context,
    pupil: Who,
    outcome: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="dorm.opt.outcome")],
    by: By,
    of_night: Annotated[date | None, typer.Option("--night", parser=as_day, metavar="DAY", help="dorm.opt.night")] = None,
    on: OnDay = None,
) -> None:
    """What became of somebody absent."""
    from logi.books.dorm import night_actions as acts

    desk: Desk = ctx.obj
    desk.do("dorm.found", lambda e: acts.found(e, pupil, outcome, by=by, night=of_night, on=on))


@night.command("late", help="dorm.help.late")
def late(ctx: typer.Context, pupil: Who, at: At, by: By, reason: Reason = None) -> None:
    """Somebody came late."""
    from logi.books.dorm import night_actions as acts

    desk: Desk = ctx.obj
    when = moment(desk, at)
    desk.do("dorm.late", lambda e: acts.late(e, pupil, when, by=by, reason=reason))


@leave.command("give", help="dorm.help.leave_give")
def give(
    ctx: typer.Context,
    pupil: Who,
    reason: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="dorm.opt.why_away")],
    starts: Annotated[str, typer.Option("--from", parser=as_text, metavar="INSTANT", help="dorm.opt.leaves_at")],
    ends: Annotated[str, typer.Option("--until", parser=as_text, metavar="INSTANT", help="dorm.opt.due_back")],
    by: By,
    fetched_by: Annotated[str | None, typer.Option("--fetched-by", parser=as_text, metavar="TEXT", help="dorm.opt.fetched_by")]
    = None,
    on: OnDay = None,
) -> None:  # fmt: skip
    """Give a leave slip."""
    from logi.books.dorm import night_actions as acts

    desk: Desk = ctx.obj
    first, last = moment(desk, starts, option="--from"), moment(desk, ends, option="--until")
    desk.do("dorm.leave.give", lambda e: acts.give_leave(e, pupil, reason, begins=first, ends=last, by=by,
                                                         fetched_by=fetched_by, on=on))  # fmt: skip


@leave.command("out", help="dorm.help.leave_out")
def leave_out(ctx: typer.Context, slip: Slip, at: At, by: By) -> None:
    """Somebody goes out with a slip."""
    from logi.books.dorm import night_actions as acts

    desk: Desk = ctx.obj
    when = moment(desk, at)
    desk.do("dorm.leave.out", lambda e: acts.go(e, slip, by=by, at=when))


@leave.command("back", help="dorm.help.leave_back")
def leave_back(ctx: typer.Context, slip: Slip, at: At, by: By) -> None:
    """Somebody is back."""
    from logi.books.dorm import night_actions as acts

    desk: Desk = ctx.obj
    when = moment(desk, at)
    desk.do("dorm.leave.back", lambda e: acts.back(e, slip, by=by, at=when))


@leave.command("list", help="dorm.help.leave_list")
def leave_list(
    ctx: typer.Context, pupil: OfPupil = None, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None,
    year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
    still_out: Annotated[bool, typer.Option("--out", help="dorm.opt.still_out")] = False,
) -> None:  # fmt: skip
    """The leave slips of a period."""
    from logi.books.dorm import night_report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: night_report.leaves(ledger, first, last, pupil=pupil, still_out=still_out))


@visit.command("in", help="dorm.help.visit_in")
def visit_in(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="dorm.opt.visitor")],
    pupil: Who,
    purpose: Annotated[str, typer.Option("--for", parser=as_text, metavar="TEXT", help="dorm.opt.purpose")],
    at: At,
    by: By,
    relation: Annotated[
        str | None, typer.Option("--relation", parser=as_text, metavar="TEXT", help="dorm.opt.relation")
    ] = None,
    id_tail: Annotated[str | None, typer.Option("--id-tail", parser=as_tail, metavar="NO", help="dorm.opt.id_tail")] = None,
) -> None:
    """A visitor comes in."""
    from logi.books.dorm import night_actions as acts

    desk: Desk = ctx.obj
    when = moment(desk, at)
    desk.do("dorm.visit.in", lambda e: acts.visit(e, name, pupil, purpose, by=by, at=when, relation=relation, id_tail=id_tail))


@visit.command("out", help="dorm.help.visit_out")
def visit_out(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="dorm.opt.number")],
    at: At,
    by: By,
) -> None:
    """A visitor leaves."""
    from logi.books.dorm import night_actions as acts

    desk: Desk = ctx.obj
    when = moment(desk, at)
    desk.do("dorm.visit.out", lambda e: acts.visit_ends(e, number, by=by, at=when))


@visit.command("list", help="dorm.help.visit_list")
def visit_list(
    ctx: typer.Context, pupil: OfPupil = None, month: InMonth = None, quarter: InQuarter = None, week: InWeek = None,
    year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The visitors of a period."""
    from logi.books.dorm import night_report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: night_report.visits(ledger, first, last, pupil=pupil))

"""`logi gate guard …`, `gate train, supervise, settle, events, handover, shifts`: those who keep the gate."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.gate import rules
from logi.books.gate.options import POINT_SAID, At, Must, as_pair, when
from logi.core.errors import BadValue
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    OnDay,
    SinceDay,
    UntilDay,
    as_code,
    as_count,
    as_day,
    as_text,
    choice,
    fixed,
    month_so_far,
    year_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

guard = typer.Typer()
as_point = fixed("gate.point", rules.POINTS, *POINT_SAID)


def as_tested(text: Any) -> tuple[str, int | None]:
    """`PERSON` or `PERSON=SCORE`, 0 to 100."""
    if isinstance(text, tuple):
        return text
    name, score = as_pair(text)
    if score is None:
        return name, None
    if not (score.isascii() and score.isdigit() and len(score) <= 3 and int(score) <= 100):
        raise BadValue("gate.bad_score", text=score[:40])
    return name, int(score)


def as_fault(text: Any) -> tuple[str, str | None]:
    """`POINT` or `POINT=TEXT`."""
    if isinstance(text, tuple):
        return text
    point, words = as_pair(text)
    return as_point(point), words


Who = Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="gate.opt.guard")]
Certificate = Annotated[str | None, typer.Option("--certificate", parser=as_text, metavar="NO", help="gate.opt.certificate")]
Issued = Annotated[date | None, typer.Option("--issued", parser=as_day, metavar="DAY", help="gate.opt.issued")]
Expires = Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="gate.opt.good_until")]


@guard.command("add", help="gate.help.guard_add")
def add(
    ctx: typer.Context,
    guard_name: Who,
    post: Annotated[str | None, typer.Option("--post", parser=as_text, metavar="TEXT", help="gate.opt.post")] = None,
    firm: Annotated[str | None, typer.Option("--firm", parser=as_text, metavar="VENDOR", help="gate.opt.firm")] = None,
    guard_no: Certificate = None,
    issued_on: Issued = None,
    good_until: Expires = None,
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="gate.opt.from")] = None,
) -> None:
    """Somebody begins to keep the gate."""
    from logi.books.gate import guard_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.guard.add", lambda e: acts.add(e, guard_name, post=post, firm=firm, certificate=guard_no, issued=issued_on,
                                                 until=good_until, starts=from_day))  # fmt: skip


@guard.command("renew", help="gate.help.guard_renew")
def renew(
    ctx: typer.Context,
    guard_name: Who,
    guard_no: Annotated[str, typer.Option("--certificate", parser=as_text, metavar="NO", help="gate.opt.certificate")],
    issued_on: Annotated[date, typer.Option("--issued", parser=as_day, metavar="DAY", help="gate.opt.issued")],
    good_until: Expires = None,
) -> None:
    """A guard's certificate."""
    from logi.books.gate import guard_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.guard.renew", lambda e: acts.renew(e, guard_name, certificate=guard_no, issued=issued_on, until=good_until))


@guard.command("leave", help="gate.help.guard_leave")
def leave(ctx: typer.Context, guard_name: Who, on: OnDay = None) -> None:
    """Somebody no longer keeps the gate."""
    from logi.books.gate import guard_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.guard.leave", lambda e: acts.leave(e, guard_name, on=on))


@guard.command("list", help="gate.help.guard_list")
def list_(ctx: typer.Context, on: OnDay = None) -> None:
    """Who keeps the gate."""
    from logi.books.gate import guard_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: guard_report.guards(ledger, on or ledger.today))


def train(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(parser=as_text, metavar="TOPIC", help="gate.opt.topic")],
    trained: Annotated[list[Any], typer.Option("--who", parser=as_tested, metavar="PERSON", help="gate.opt.trained")],
    by: Must,
    lasting: Annotated[int | None, typer.Option("--minutes", parser=as_count, metavar="N", help="gate.opt.minutes")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", parser=as_text, metavar="TEXT", help="gate.opt.outcome")] = None,
    on: OnDay = None,
) -> None:
    """Guards were taught."""
    from logi.books.gate import guard_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.train", lambda e: acts.train(e, topic, trained, by=by, minutes=lasting, outcome=outcome, on=on))


def supervise(
    ctx: typer.Context,
    guard_names: Annotated[list[str], typer.Argument(parser=as_text, metavar="PERSON", help="gate.opt.seen")],
    by: Must,
    faults: Annotated[
        list[Any] | None, typer.Option("--fault", parser=as_fault, metavar="POINT=TEXT", help="gate.opt.fault")
    ] = None,
    topic_seen: Annotated[
        str | None, typer.Option("--topic", parser=as_text, metavar="TOPIC", help="gate.opt.seen_topic")
    ] = None,
    settle_by: Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="gate.opt.settle_by")] = None,
    on: OnDay = None,
) -> None:
    """Guards were looked at on post."""
    from logi.books.gate import guard_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.supervise", lambda e: acts.supervise(
        e, guard_names, by=by, faults=faults or (), topic=topic_seen, due=settle_by, on=on))  # fmt: skip


def settle(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="gate.opt.event")],
    how_settled: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="gate.opt.settled")],
    by: Must,
    on: OnDay = None,
) -> None:
    """What was wanting was put right."""
    from logi.books.gate import guard_actions as acts

    desk: Desk = ctx.obj
    desk.do("gate.settle", lambda e: acts.settle(e, number, how_settled, by=by, on=on))


def events(
    ctx: typer.Context,
    kind: Annotated[str | None, choice("--kind", "gate.event", rules.EVENTS, "gate.opt.event_kind")] = None,
    guard_name: Annotated[str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="gate.opt.guard")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """Training and supervision."""
    from logi.books.gate import guard_report

    desk: Desk = ctx.obj
    first, last = year_so_far(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: guard_report.events(
        ledger, first, last, kind=kind, person=guard_name))  # fmt: skip


def handover(
    ctx: typer.Context,
    taker: Annotated[str | None, typer.Argument(parser=as_text, metavar="PERSON", help="gate.opt.taker")] = None,
    giver: Annotated[str | None, typer.Option("--from", parser=as_text, metavar="PERSON", help="gate.opt.giver")] = None,
    locked: Annotated[bool, typer.Option("--locked", help="gate.opt.locked")] = False,
    missing_items: Annotated[
        list[str] | None, typer.Option("--lacking", parser=as_text, metavar="ITEM", help="gate.opt.lacking")
    ] = None,
    matters: Annotated[str | None, typer.Option("--matters", parser=as_text, metavar="TEXT", help="gate.opt.matters")] = None,
    at: At = None,
    on: OnDay = None,
) -> None:
    """The gate is handed over."""
    from logi.books.gate import guard_actions as acts

    desk: Desk = ctx.obj
    moment = when(desk, at, on)
    desk.do("gate.handover", lambda e: acts.handover(
        e, taker, moment, giver=giver, locked=locked, lacking=missing_items or (), matters=matters))  # fmt: skip


def shifts(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The handovers of a period."""
    from logi.books.gate import guard_report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, week=week, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: guard_report.shifts(ledger, first, last))


guards: dict[str, Callable[..., Any]] = {
    "train": train, "supervise": supervise, "settle": settle, "events": events, "handover": handover, "shifts": shifts,
}  # fmt: skip

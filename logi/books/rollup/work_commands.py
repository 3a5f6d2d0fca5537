"""`logi programme milestone|event|template …`, `publish`, `published`: what every unit is to reach, pilots and meetings."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.rollup import rules
from logi.books.rollup.options import SAID_LEVELS, as_heads, as_links
from logi.options import (
    InMonth,
    InSchoolYear,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_code,
    as_day,
    as_text,
    choice,
    year_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

milestone, event, template, publishing = typer.Typer(), typer.Typer(), typer.Typer(), typer.Typer()

STAGES = ("waiting", "part", "late", "done")
Code = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="rollup.opt.thing")]
NewCode = Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="rollup.opt.thing")]
Name = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="rollup.opt.thing_name")]
Unit = Annotated[str, typer.Argument(parser=as_text, metavar="UNIT", help="rollup.opt.unit")]
Units = Annotated[list[str], typer.Argument(metavar="UNIT…", help="rollup.opt.units")]
Number = Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="rollup.opt.event_number")]
OfUnit = Annotated[str | None, typer.Option("--unit", parser=as_text, metavar="UNIT", help="rollup.opt.of_unit")]
Stage = Annotated[str | None, choice("--state", "rollup.reach", STAGES, "rollup.opt.stage")]
Due = Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="rollup.opt.due")]
Links = Annotated[str, typer.Option("--links", parser=as_links, metavar="centre,province,city", help="rollup.opt.links")]
Address = Annotated[str | None, typer.Option("--address", parser=as_text, metavar="TEXT", help="rollup.opt.address")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="TEXT", help="rollup.opt.place")]
Source = Annotated[str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="rollup.opt.source")]
Document = Annotated[str | None, typer.Option("--paper", parser=as_text, metavar="DOCUMENT", help="rollup.opt.paper")]
Attending = Annotated[int | None, typer.Option("--people", parser=as_heads, metavar="N", help="rollup.opt.attending")]
DocNo = Annotated[str | None, typer.Option("--no", parser=as_text, metavar="DOCNO", help="rollup.opt.no")]


@milestone.command("add", help="rollup.help.milestone_add")
def milestone_add(
    ctx: typer.Context, code: NewCode, name: Name,
    due: Annotated[date, typer.Option("--due", parser=as_day, metavar="DAY", help="rollup.opt.due")],
    level: Annotated[str, choice("--level", "rollup.level", rules.LEVELS, "rollup.opt.for_level", *SAID_LEVELS)] = "county",
    links: Links = "", source: Source = None,
) -> None:  # fmt: skip
    """A milestone for every unit of a level."""
    from logi.books.rollup import milestones

    desk: Desk = ctx.obj
    asked = [one for one in links.split(",") if one]
    desk.do("programme.milestone.add", lambda e: milestones.add(e, code, name, due=due, level=level, links=asked,
                                                                source=source))  # fmt: skip


@milestone.command("done", help="rollup.help.milestone_done")
def milestone_done(
    ctx: typer.Context, code: Code, unit: Unit, links: Links = "", web: Address = None, on: OnDay = None, note: Note = None,
) -> None:  # fmt: skip
    """How far a unit has got."""
    from logi.books.rollup import milestones

    desk: Desk = ctx.obj
    given = [one for one in links.split(",") if one]
    desk.do("programme.milestone.done", lambda e: milestones.done(e, code, unit, links=given, address=web, on=on,
                                                                  note=note))  # fmt: skip


@milestone.command("list", help="rollup.help.milestone_list")
def milestone_list(ctx: typer.Context, unit: OfUnit = None, state: Stage = None) -> None:
    """Who has reached what."""
    from logi.books.rollup import work_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: work_report.milestones(ledger, unit=unit, state=state))


@template.command("add", help="rollup.help.template_add")
def template_add(
    ctx: typer.Context, code: NewCode, name: Name,
    level: Annotated[str, choice("--level", "rollup.level", rules.LEVELS, "rollup.opt.for_level", *SAID_LEVELS)] = "school",
    due: Due = None, no: DocNo = None,
    document: Document = None, on: OnDay = None,
) -> None:  # fmt: skip
    """Hand a template of a regulation down."""
    from logi.books.rollup import milestones

    desk: Desk = ctx.obj
    desk.do("programme.template.add", lambda e: milestones.template(e, code, name, level=level, due=due, doc=no,
                                                                    document=document, on=on))  # fmt: skip


@template.command("adopt", help="rollup.help.template_adopt")
def template_adopt(ctx: typer.Context, code: Code, units: Units, no: DocNo = None, on: OnDay = None, note: Note = None) -> None:
    """Units have made their regulation of it."""
    from logi.books.rollup import milestones

    desk: Desk = ctx.obj
    given = [as_text(one) for one in units]
    desk.do("programme.template.adopt", lambda e: milestones.adopt(e, code, given, doc=no, on=on, note=note))


@template.command("list", help="rollup.help.template_list")
def template_list(ctx: typer.Context, unit: OfUnit = None, state: Stage = None) -> None:
    """Who has made a regulation of what."""
    from logi.books.rollup import work_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: work_report.templates(ledger, unit=unit, state=state))


@event.command("add", help="rollup.help.event_add")
def event_add(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(parser=as_text, metavar="TOPIC", help="rollup.opt.topic")],
    kind: Annotated[str, choice("--kind", "rollup.event", rules.EVENTS, "rollup.opt.event_kind")],
    unit: Annotated[str, typer.Option("--unit", parser=as_text, metavar="UNIT", help="rollup.opt.host")],
    planned_on: Annotated[date, typer.Option("--on", parser=as_day, metavar="DAY", help="rollup.opt.planned")],
    place: Place = None, source: Source = None,
) -> None:  # fmt: skip
    """Plan a pilot or a meeting."""
    from logi.books.rollup import events

    desk: Desk = ctx.obj
    desk.do("programme.event.add", lambda e: events.add(e, topic, kind=kind, unit=unit, planned=planned_on, place=place,
                                                        source=source))  # fmt: skip


@event.command("hold", help="rollup.help.event_hold")
def event_hold(
    ctx: typer.Context, number: Number,
    result: Annotated[str, typer.Option("--result", parser=as_text, metavar="TEXT", help="rollup.opt.event_result")],
    on: OnDay = None, place: Place = None, attending: Attending = None,
) -> None:  # fmt: skip
    """It took place."""
    from logi.books.rollup import events

    desk: Desk = ctx.obj
    desk.do("programme.event.hold", lambda e: events.hold(e, number, result=result, on=on, people=attending or None,
                                                          place=place))  # fmt: skip


@event.command("drop", help="rollup.help.event_drop")
def event_drop(
    ctx: typer.Context, number: Number,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="rollup.opt.reason")],
) -> None:  # fmt: skip
    """It will not take place."""
    from logi.books.rollup import events

    desk: Desk = ctx.obj
    desk.do("programme.event.drop", lambda e: events.drop(e, number, reason=reason), reason=reason)


@event.command("promote", help="rollup.help.event_promote")
def event_promote(ctx: typer.Context, number: Number, units: Units, due: Due = None, on: OnDay = None) -> None:
    """Its result is to be taken up by others."""
    from logi.books.rollup import events

    desk: Desk = ctx.obj
    given = [as_text(one) for one in units]
    desk.do("programme.event.promote", lambda e: events.promote(e, number, given, due=due, on=on))


@event.command("adopt", help="rollup.help.event_adopt")
def event_adopt(ctx: typer.Context, number: Number, unit: Unit, on: OnDay = None, note: Note = None) -> None:
    """A unit has taken it up."""
    from logi.books.rollup import events

    desk: Desk = ctx.obj
    desk.do("programme.event.adopt", lambda e: events.adopt(e, number, unit, on=on, note=note))


@event.command("list", help="rollup.help.event_list")
def event_list(
    ctx: typer.Context,
    kind: Annotated[str | None, choice("--kind", "rollup.event", rules.EVENTS, "rollup.opt.event_kind")] = None,
    unit: OfUnit = None,
) -> None:
    """Pilots and meetings."""
    from logi.books.rollup import work_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: work_report.events(ledger, kind=kind, unit=unit))


@publishing.command("publish", help="rollup.help.publish")
def publish(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="rollup.opt.headline")],
    unit: Annotated[str, typer.Option("--unit", parser=as_text, metavar="UNIT", help="rollup.opt.whose")],
    medium: Annotated[str, typer.Option("--where", parser=as_text, metavar="TEXT", help="rollup.opt.medium")],
    web: Address = None,
    model_case: Annotated[bool, typer.Option("--model", help="rollup.opt.model")] = False,
    event_number: Annotated[str | None, typer.Option("--event", parser=as_code, metavar="NUMBER",
                                                     help="rollup.opt.event_number")] = None,
    on: OnDay = None,
) -> None:  # fmt: skip
    """Something was published."""
    from logi.books.rollup import events

    desk: Desk = ctx.obj
    desk.do("programme.publish", lambda e: events.publish(e, title, unit=unit, medium=medium, address=web, model=model_case,
                                                          number=event_number, on=on))  # fmt: skip


@publishing.command("published", help="rollup.help.published")
def published(
    ctx: typer.Context,
    model_case: Annotated[bool, typer.Option("--model", help="rollup.opt.only_model")] = False,
    month: InMonth = None, year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None,
    until: UntilDay = None,
) -> None:  # fmt: skip
    """What was published."""
    from logi.books.rollup import work_report

    desk: Desk = ctx.obj
    first, last = year_so_far(month=month, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: work_report.published(ledger, first, last, model=model_case))

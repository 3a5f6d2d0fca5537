"""`logi safety …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.safety import rules
from logi.books.safety.equipment_commands import equipment
from logi.books.safety.measure_commands import measure
from logi.core.money import parse_count
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
    as_count,
    as_text,
    choice,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

safety = typer.Typer()
apps = {"safety": safety}
safety.add_typer(measure, name="measure", help="safety.help.measure")
safety.add_typer(equipment, name="equipment", help="safety.help.equipment")


# What people say for what is held.
SAID = (("会议", "meeting"), ("教育", "lesson"), ("安全课", "lesson"), ("培训", "training"), ("告知", "notice"),
        ("通知", "notice"), ("宣传", "notice"), ("检测", "test"), ("消防演练", "drill"))  # fmt: skip


def as_heads(text: Any) -> int:
    """How many people, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


@safety.command("hold", help="safety.help.hold")
def hold(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(parser=fixed("safety.event", rules.EVENTS, *SAID), metavar="|".join(rules.EVENTS),
                       help="safety.opt.event"),
    ],
    topic: Annotated[str, typer.Argument(parser=as_text, metavar="TOPIC", help="safety.opt.topic")],
    audience: Annotated[
        list[str] | None, typer.Option("--class", "--for", parser=as_text, metavar="TEXT", help="safety.opt.audience")
    ] = None,
    present: Annotated[int | None, typer.Option("--heads", parser=as_heads, metavar="N", help="safety.opt.heads")] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", parser=as_count, metavar="N", help="safety.opt.minutes")] = None,
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="safety.opt.place")] = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="safety.opt.by")] = None,
    vendor: Annotated[
        str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="safety.opt.vendor")
    ] = None,
    measures: Annotated[
        list[str] | None, typer.Option("--measure", parser=as_text, metavar="CODE", help="safety.opt.measures")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", parser=as_text, metavar="TEXT", help="safety.opt.outcome")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Put on record what was held."""
    from logi.books.safety import actions

    desk: Desk = ctx.obj
    desk.do("safety.hold", lambda e: actions.hold(
        e, kind, topic, audience=audience or (), heads=present, minutes=minutes, place=place, by=by, vendor=vendor,
        measures=measures or (), outcome=outcome, on=on, note=note))  # fmt: skip


@safety.command("list", help="safety.help.list")
def list_(
    ctx: typer.Context,
    kind: Annotated[str | None, choice("--kind", "safety.event", rules.EVENTS, "safety.opt.event", *SAID)] = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """What was held in a period."""
    from logi.books.safety import report

    desk: Desk = ctx.obj
    first, last = _period(month, quarter, week, year, school_year, since, until)
    desk.read(lambda ledger: report.events(ledger, first, last, kind=kind))


@safety.command("ledger", help="safety.help.ledger")
def ledger_(
    ctx: typer.Context,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """All that concerns safety, by day."""
    from logi.books.safety import report

    desk: Desk = ctx.obj
    first, last = _period(month, quarter, week, year, school_year, since, until)
    desk.read(lambda ledger: report.ledger(ledger, first, last))


@safety.command("aims", help="safety.help.aims")
def aims(
    ctx: typer.Context,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The aims of safety, held against the records."""
    from logi.books.safety import aims as held

    desk: Desk = ctx.obj
    first, last = _period(month, quarter, week, year, school_year, since, until)
    desk.read(lambda ledger: held.aims(ledger, first, last))


def _period(
    month: str | None, quarter: str | None, week: str | None, year: str | None, school_year: str | None,
    since: date | None, until: date | None,
) -> tuple[date | None, date | None]:  # fmt: skip
    return period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until)

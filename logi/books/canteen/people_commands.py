"""`logi canteen duty, hold, notice, survey, summary`: the people around the canteen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.canteen import rules
from logi.books.canteen.options import By
from logi.core.errors import BadValue
from logi.core.money import parse_count
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_count,
    as_money,
    as_text,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

duty = typer.Typer()
as_area = fixed("canteen.area", rules.AREAS)
as_event = fixed("canteen.event", rules.EVENTS)
as_notice = fixed("canteen.notice", rules.NOTICES)
as_party = fixed("canteen.party", rules.PARTIES)


def as_visitors(text: Any) -> tuple[str, int]:
    """`SCHOOL=N`: who came, and how many of them."""
    if isinstance(text, tuple):
        return text
    name, equals, count = str(text).replace("＝", "=").rpartition("=")
    if not equals or not name.strip():
        raise BadValue("canteen.bad_visitors", text=str(text))
    return as_text(name), parse_count(count)


def as_answers(text: Any) -> int:
    """How many answers, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


@duty.command("set", help="canteen.help.duty_set")
def duty_set(
    ctx: typer.Context,
    duty_area: Annotated[str, typer.Argument(parser=as_area, metavar="|".join(rules.AREAS), help="canteen.opt.area")],
    person: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="canteen.opt.person")],
    on: OnDay = None,
) -> None:
    """Somebody answers for an area."""
    from logi.books.canteen import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.duty.set", lambda e: acts.set_duty(e, duty_area, person, on=on))


@duty.command("list", help="canteen.help.duty_list")
def duty_list(ctx: typer.Context) -> None:
    """Who answers for what."""
    from logi.books.canteen import people as reports

    desk: Desk = ctx.obj
    desk.read(reports.duties)


def hold(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(parser=as_event, metavar="|".join(rules.EVENTS), help="canteen.opt.event")],
    topic: Annotated[str, typer.Argument(parser=as_text, metavar="TOPIC", help="canteen.opt.topic")],
    by: By,
    trained: Annotated[
        list[str] | None, typer.Option("--who", parser=as_text, metavar="PERSON", help="canteen.opt.who")
    ] = None,
    parties: Annotated[
        list[Any] | None, typer.Option("--school", parser=as_visitors, metavar="NAME=N", help="canteen.opt.parties")
    ] = None,
    taught_items: Annotated[
        list[str] | None, typer.Option("--item", parser=as_text, metavar="CODE", help="canteen.opt.items")
    ] = None,
    lasting: Annotated[int | None, typer.Option("--minutes", parser=as_count, metavar="N", help="canteen.opt.lasting")] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", parser=as_text, metavar="TEXT", help="canteen.opt.outcome")
    ] = None,
    on: OnDay = None,
) -> None:
    """A training, a meeting, a visit."""
    from logi.books.canteen import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.hold", lambda e: acts.hold(
        e, kind, topic, by=by, people=trained or (), parties=parties or (), items=taught_items or (), minutes=lasting,
        outcome=outcome, on=on))  # fmt: skip


def notice(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(parser=as_notice, metavar="|".join(rules.NOTICES), help="canteen.opt.notice")],
    person: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="canteen.opt.person")],
    text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="canteen.opt.for_what")],
    run: Annotated[str | None, typer.Option("--run", parser=as_text, metavar="NUMBER", help="canteen.opt.run")] = None,
    amount: Annotated[
        int | None, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="canteen.opt.reward")
    ] = None,
    on: OnDay = None,
) -> None:
    """Praise, blame, a reward."""
    from logi.books.canteen import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.notice", lambda e: acts.notice(e, kind, person, text, run=run, amount=amount, on=on))


def survey(
    ctx: typer.Context,
    party: Annotated[str, typer.Argument(parser=as_party, metavar="|".join(rules.PARTIES), help="canteen.opt.party")],
    very: Annotated[int, typer.Option("--very", parser=as_answers, metavar="N", help="canteen.opt.very")],
    content: Annotated[int, typer.Option("--satisfied", parser=as_answers, metavar="N", help="canteen.opt.satisfied")],
    fair: Annotated[int, typer.Option("--fair", parser=as_answers, metavar="N", help="canteen.opt.fair")] = 0,
    poor: Annotated[int, typer.Option("--poor", parser=as_answers, metavar="N", help="canteen.opt.poor")] = 0,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """How the canteen pleases."""
    from logi.books.canteen import people_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.survey", lambda e: acts.survey(
        e, party, very=very, satisfied=content, fair=fair, poor=poor, on=on, note=note))  # fmt: skip


def summary(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The canteen's work in sum."""
    from logi.books.canteen import people as reports

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.summary(ledger, first or ledger.today.replace(day=1), last or ledger.today))


people: dict[str, Callable[..., Any]] = {"hold": hold, "notice": notice, "survey": survey, "summary": summary}

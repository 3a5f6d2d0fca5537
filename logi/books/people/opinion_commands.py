"""`logi opinion …`: what people say, what was answered, what was adopted; visits to classes."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.people import voices
from logi.books.people.options import By, span
from logi.books.people.survey_commands import AREA_SAID, PARTY_SAID
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
    as_day,
    as_text,
    choice,
)

if TYPE_CHECKING:
    from logi.context import Desk

opinion = typer.Typer()

KIND_SAID = (("反映", "opinion"), ("举报", "complaint"), ("合理化建议", "suggestion"), ("要求", "need"))
VERDICT_SAID = (("采用", "adopted"), ("不采用", "declined"))
STATES = ("waiting", "late", "answered", "adopted", "late_doing", "done", "declined")
Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="people.opt.opinion")]
Area = Annotated[str, choice("--area", "people.area", voices.AREAS, "people.opt.area", *AREA_SAID)]
AreaMaybe = Annotated[str | None, choice("--area", "people.area", voices.AREAS, "people.opt.area", *AREA_SAID)]
Evidence = Annotated[str | None, typer.Option("--doc", parser=as_text, metavar="NUMBER", help="people.opt.evidence")]


def _many(flag: str, help: str) -> typer.models.OptionInfo:
    return typer.Option(flag, parser=as_text, metavar="TEXT", help=help)  # type: ignore[no-any-return]


@opinion.command("add", help="people.help.opinion_add")
def add(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="people.opt.words")],
    kind: Annotated[
        str, choice("--kind", "people.opinion", voices.OPINIONS, "people.opt.opinion_kind", *KIND_SAID)
    ] = "opinion",
    from_party: Annotated[
        str, choice("--party", "people.party", voices.PARTIES, "people.opt.party", *PARTY_SAID)
    ] = "members",
    about: Area = "other",
    said_by: Annotated[str | None, typer.Option("--from", parser=as_text, metavar="NAME", help="people.opt.said_by")] = None,
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="people.opt.owner")] = None,
    survey: Annotated[str | None, typer.Option("--survey", parser=as_text, metavar="NUMBER", help="people.opt.survey")] = None,
    on: OnDay = None,
) -> None:
    """Put on record what somebody said."""
    from logi.books.people import opinion_actions as acts

    desk: Desk = ctx.obj
    desk.do("opinion.add", lambda e: acts.add(
        e, text, kind=kind, party=from_party, area=about, said_by=said_by, owner=owner, survey=survey, on=on))  # fmt: skip


@opinion.command("answer", help="people.help.opinion_answer")
def answer(
    ctx: typer.Context,
    number: Number,
    reply: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="people.opt.answer")],
    by: By,
    verdict: Annotated[
        str | None, choice("--verdict", "people.verdict", voices.VERDICTS, "people.opt.verdict", *VERDICT_SAID)
    ] = None,
    due: Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="people.opt.due")] = None,
    evidence: Evidence = None,
    on: OnDay = None,
) -> None:
    """Reply to it."""
    from logi.books.people import opinion_actions as acts

    desk: Desk = ctx.obj
    desk.do("opinion.answer", lambda e: acts.answer(
        e, number, reply, by=by, verdict=verdict, due=due, evidence=evidence, on=on))  # fmt: skip


@opinion.command("done", help="people.help.opinion_done")
def done(
    ctx: typer.Context,
    number: Number,
    result: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="people.opt.done")],
    evidence: Evidence = None,
    on: OnDay = None,
) -> None:
    """What was adopted is carried out."""
    from logi.books.people import opinion_actions as acts

    desk: Desk = ctx.obj
    desk.do("opinion.done", lambda e: acts.done(e, number, result, evidence=evidence, on=on))


@opinion.command("visit", help="people.help.opinion_visit")
def visit(
    ctx: typer.Context,
    class_: Annotated[str, typer.Argument(parser=as_text, metavar="CLASS", help="people.opt.class")],
    by: By,
    opinions: Annotated[list[str] | None, _many("--said", "people.opt.said")] = None,
    complaints: Annotated[list[str] | None, _many("--complains", "people.opt.complains")] = None,
    suggestions: Annotated[list[str] | None, _many("--suggests", "people.opt.suggests")] = None,
    needs: Annotated[list[str] | None, _many("--needs", "people.opt.needs")] = None,
    present: Annotated[int | None, typer.Option("--heads", parser=as_count, metavar="N", help="people.opt.heads")] = None,
    about: Area = "other",
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Somebody went into a class and listened."""
    from logi.books.people import opinion_actions as acts

    desk: Desk = ctx.obj
    desk.do("opinion.visit", lambda e: acts.visit(
        e, class_, by=by, heads=present, opinions=opinions or (), complaints=complaints or (),
        suggestions=suggestions or (), needs=needs or (), area=about, on=on, note=note))  # fmt: skip


@opinion.command("list", help="people.help.opinion_list")
def list_(
    ctx: typer.Context,
    kind: Annotated[
        str | None, choice("--kind", "people.opinion", voices.OPINIONS, "people.opt.opinion_kind", *KIND_SAID)
    ] = None,
    about: AreaMaybe = None,
    state: Annotated[str | None, choice("--state", "people.said", STATES, "people.opt.state")] = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """What was said in a period."""
    from logi.books.people import opinion_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.opinions(ledger, first, last, kind=kind, area=about, state=state))


@opinion.command("times", help="people.help.opinion_times")
def times(
    ctx: typer.Context,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """How long answers took, by kind."""
    from logi.books.people import opinion_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.times(ledger, first, last))


@opinion.command("visits", help="people.help.opinion_visits")
def visits(
    ctx: typer.Context,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Visits to classes."""
    from logi.books.people import opinion_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.visits(ledger, first, last))

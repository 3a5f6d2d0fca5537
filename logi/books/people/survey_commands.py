"""`logi survey …`: rounds of asking how satisfied pupils and teachers, parents and the school are."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.people import voices
from logi.books.people.options import as_answers, span
from logi.options import InMonth, InSchoolYear, InYear, Note, OnDay, SinceDay, UntilDay, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

survey = typer.Typer()

PARTY_SAID = (("学生", "members"), ("教师", "members"), ("教职工", "members"), ("家委会", "parents"), ("校方", "school"))
AREA_SAID = (("饭菜", "canteen"), ("报修", "repair"), ("保洁", "hygiene"), ("安全", "security"), ("宿管", "dormitory"),
             ("态度", "manner"), ("校园环境", "environment"))  # fmt: skip
as_party = fixed("people.party", voices.PARTIES, *PARTY_SAID)
as_area = fixed("people.area", voices.AREAS, *AREA_SAID)
Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="people.opt.survey")]


@survey.command("open", help="people.help.survey_open")
def open_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="people.opt.survey_name")],
    about: Annotated[
        list[str] | None, typer.Option("--area", parser=as_area, metavar="|".join(voices.AREAS), help="people.opt.areas")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """A round is opened."""
    from logi.books.people import survey_actions as acts

    desk: Desk = ctx.obj
    desk.do("survey.open", lambda e: acts.open_(e, name, areas=about or (), on=on, note=note))


@survey.command("count", help="people.help.survey_count")
def count(
    ctx: typer.Context,
    number: Number,
    party: Annotated[str, typer.Argument(parser=as_party, metavar="|".join(voices.PARTIES), help="people.opt.party")],
    very: Annotated[int, typer.Option("--very", parser=as_answers, metavar="N", help="people.opt.very")],
    content: Annotated[int, typer.Option("--satisfied", parser=as_answers, metavar="N", help="people.opt.satisfied")],
    fair: Annotated[int, typer.Option("--fair", parser=as_answers, metavar="N", help="people.opt.fair")] = 0,
    poor: Annotated[int, typer.Option("--poor", parser=as_answers, metavar="N", help="people.opt.poor")] = 0,
    invalid: Annotated[int, typer.Option("--invalid", parser=as_answers, metavar="N", help="people.opt.invalid")] = 0,
    about: Annotated[str, choice("--area", "people.area", voices.AREAS, "people.opt.area", *AREA_SAID)] = "overall",
    question: Annotated[
        str | None, typer.Option("--question", parser=as_text, metavar="TEXT", help="people.opt.question")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Answers came in."""
    from logi.books.people import survey_actions as acts

    desk: Desk = ctx.obj
    desk.do("survey.count", lambda e: acts.count(
        e, number, party, area=about, very=very, satisfied=content, fair=fair, poor=poor, invalid=invalid,
        question=question, on=on, note=note))  # fmt: skip


@survey.command("close", help="people.help.survey_close")
def close(ctx: typer.Context, number: Number, on: OnDay = None) -> None:
    """No answers come in any more."""
    from logi.books.people import survey_actions as acts

    desk: Desk = ctx.obj
    desk.do("survey.close", lambda e: acts.close(e, number, on=on))


@survey.command("rates", help="people.help.survey_rates")
def rates(
    ctx: typer.Context,
    number: Annotated[str | None, typer.Argument(parser=as_text, metavar="NUMBER", help="people.opt.survey")] = None,
) -> None:
    """What a round came to, by party and area."""
    from logi.books.people import survey_report as reports

    desk: Desk = ctx.obj
    desk.read(lambda ledger: reports.rates(ledger, number))


@survey.command("list", help="people.help.survey_list")
def list_(
    ctx: typer.Context,
    month: InMonth = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The rounds of a period."""
    from logi.books.people import survey_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.surveys(ledger, first, last))

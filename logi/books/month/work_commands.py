"""`logi month summary|feedback|ahead|dossier|countdown|highlight` and `logi month point …`: read, call one act, answer."""

import sys
from typing import Annotated

import typer

from logi.books.month.pasted import as_lines_typed, do_if_any
from logi.books.month.work import KINDS
from logi.context import Desk
from logi.core.days import add_months, month_of, parse_year, school_year_of, school_year_period
from logi.core.errors import Usage
from logi.options import InSchoolYear, InYear, OnDay, SinceDay, UntilDay, as_days, as_month, as_text, choice, period_of

points = typer.Typer()

AnyMonth = Annotated[str | None, typer.Argument(parser=as_month, metavar="MONTH", help="month.opt.any_month")]
Source = Annotated[str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="month.opt.source")]
Owner = Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="month.opt.owner")]
Year = Annotated[str, typer.Argument(parser=as_text, metavar="YEAR", help="month.opt.point_year")]


def join(app: typer.Typer) -> None:
    """Hang these commands into `logi month`."""
    app.add_typer(points, name="point", help="month.help.point")
    for name, command in (("summary", summary), ("feedback", feedback), ("ahead", ahead), ("dossier", dossier),
                          ("countdown", countdown), ("highlight", highlight)):  # fmt: skip
        app.command(name, help=f"month.help.{name}")(command)


def summary(
    ctx: typer.Context,
    term: Annotated[str | None, typer.Option("--term", parser=as_text, metavar="TERM", help="month.opt.term")] = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The figures and sections a summary is written from; this school year so far if nothing is named."""
    desk: Desk = ctx.obj
    from logi.books.month import school, work_packs

    first, last = period_of(year=year, school_year=school_year, since=since, until=until)
    if term and (first or last):
        raise Usage("front.two_periods", given=["term", "since/until"])
    if term:
        first, last = desk.look(lambda ledger: school.term_days(ledger, term))
    this = school_year_period(school_year_of(desk.today))
    start, end = first or this.since, last or desk.today
    desk.read(lambda ledger: work_packs.summary(ledger, start, end))


def feedback(ctx: typer.Context, month: AnyMonth = None) -> None:
    """What the leaders are told at a month's end."""
    desk: Desk = ctx.obj
    from logi.books.month import work_packs

    chosen = month or month_of(desk.today)
    desk.read(lambda ledger: work_packs.feedback(ledger, chosen))


def ahead(ctx: typer.Context, month: AnyMonth = None) -> None:
    """What the next month will ask."""
    desk: Desk = ctx.obj
    from logi.books.month import work_packs

    chosen = month or add_months(month_of(desk.today), 1)
    desk.read(lambda ledger: work_packs.ahead(ledger, chosen))


def dossier(ctx: typer.Context, month: AnyMonth = None) -> None:
    """Which ledgers are complete for an inspection."""
    desk: Desk = ctx.obj
    from logi.books.month import work_report

    chosen = month or month_of(desk.today)
    desk.read(lambda ledger: work_report.dossier(ledger, chosen))


def countdown(
    ctx: typer.Context,
    term: Annotated[str | None, typer.Argument(parser=as_text, metavar="TERM", help="month.opt.next_term")] = None,
    days: Annotated[int, typer.Option("--days", parser=as_days, metavar="N", help="month.opt.countdown")] = 14,
) -> None:
    """What is due in the days before a term."""
    desk: Desk = ctx.obj
    from logi.books.month import school, work_report

    desk.read(lambda ledger: work_report.countdown(ledger, school.next_start(ledger, term), days))


def highlight(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="month.opt.words")],
    kind: Annotated[str, choice("--kind", "month.telling", KINDS, "month.opt.telling")] = "highlight",
    of_line: Annotated[str | None, typer.Option("--of", parser=as_text, metavar="NUMBER", help="month.opt.number")] = None,
    on: OnDay = None,
) -> None:
    """Note what the summary will tell."""
    desk: Desk = ctx.obj
    from logi.books.month import work

    desk.do("month.highlight", lambda e: work.highlight(e, words, kind=kind, line=of_line, on=on))


@points.command("add", help="month.help.point_add")
def point_add(
    ctx: typer.Context,
    year: Year,
    title: Annotated[str | None, typer.Argument(parser=as_text, metavar="TITLE", help="month.opt.point_title")] = None,
    source: Source = None,
    owner: Owner = None,
    paste: Annotated[bool, typer.Option("--paste", help="month.opt.point_paste")] = False,
) -> None:
    """Add a work point, or read a pasted document of them."""
    desk: Desk = ctx.obj
    from logi.books.month import work

    chosen = parse_year(year, today=desk.today).since.year
    if paste == (title is not None) or (paste and owner):
        raise Usage("month.point_title_or_paste", year=str(chosen))
    if title is not None:
        words = title
        desk.do("month.point.add", lambda e: work.add_point(e, chosen, words, source=source, owner=owner))
        return
    text = as_lines_typed(sys.stdin.read())
    desk.line.append(text)  # a --key stands for what was pasted, too
    do_if_any(desk, "month.point.paste", lambda e: work.paste_points(e, chosen, text, source=source))


@points.command("edit", help="month.help.point_edit")
def point_edit(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="month.opt.point")],
    title: Annotated[str | None, typer.Option("--title", parser=as_text, help="month.opt.point_title")] = None,
    source: Source = None,
    owner: Owner = None,
) -> None:
    """Change a work point."""
    desk: Desk = ctx.obj
    from logi.books.month import work

    desk.do("month.point.edit", lambda e: work.edit_point(e, number, title=title, source=source, owner=owner))


@points.command("list", help="month.help.point_list")
def point_list(
    ctx: typer.Context,
    year: Annotated[str | None, typer.Argument(parser=as_text, metavar="YEAR", help="month.opt.point_year")] = None,
) -> None:
    """The work points of a year with the lines that serve them."""
    desk: Desk = ctx.obj
    from logi.books.month import work_report

    whole = parse_year(year or str(desk.today.year), today=desk.today)
    desk.read(lambda ledger: work_report.work_points(ledger, whole.since, whole.until))

"""`logi kindergarten notice …`, `lead`, `safety`: what families are told, and who leads safety education."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.kindergarten import rules
from logi.books.kindergarten.options import Audience, By, this_year
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
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

notice = typer.Typer()


@notice.command("menu", help="kindergarten.help.notice_menu")
def menu(
    ctx: typer.Context,
    by: By,
    since: Annotated[
        date | None, typer.Option("--since", parser=as_day, metavar="DAY", help="kindergarten.opt.menu_since")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="kindergarten.opt.menu_until")
    ] = None,
    audience: Audience = None,
    on: OnDay = None,
) -> None:
    """Tell families of the menu."""
    from logi.books.kindergarten import notice_actions as acts

    desk: Desk = ctx.obj
    period_of(since=since, until=until)
    first, last = acts.week_of(since or desk.today)
    desk.do("kindergarten.notice.menu", lambda e: acts.menu(
        e, since or first, until or last, by=by, audience=audience, on=on))  # fmt: skip


@notice.command("fees", help="kindergarten.help.notice_fees")
def fees(ctx: typer.Context, by: By, audience: Audience = None, on: OnDay = None) -> None:
    """Tell families of the fees."""
    from logi.books.kindergarten import notice_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.notice.fees", lambda e: acts.fees(e, by=by, audience=audience, on=on))


@notice.command("safety", help="kindergarten.help.notice_safety")
def safety_notice(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="kindergarten.opt.heading")],
    paragraphs: Annotated[list[str], typer.Argument(parser=as_text, metavar="TEXT", help="kindergarten.opt.paragraphs")],
    by: By,
    audience: Audience = None,
    on: OnDay = None,
) -> None:
    """Tell families something of safety."""
    from logi.books.kindergarten import notice_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.notice.safety", lambda e: acts.safety(e, title, paragraphs, by=by, audience=audience, on=on))


@notice.command("reached", help="kindergarten.help.notice_reached")
def reached(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="kindergarten.opt.notice")],
    school_class: Annotated[str, typer.Argument(parser=as_text, metavar="CLASS", help="kindergarten.opt.class")],
    families: Annotated[int, typer.Option("--families", parser=as_count, metavar="N", help="kindergarten.opt.families")],
    of_families: Annotated[int, typer.Option("--of", parser=as_count, metavar="N", help="kindergarten.opt.of_families")],
    by: By,
    on: OnDay = None,
) -> None:
    """Whom a notice reached."""
    from logi.books.kindergarten import notice_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.notice.reached", lambda e: acts.reached(e, number, school_class, families, of_families, by=by, on=on))


@notice.command("list", help="kindergarten.help.notice_list")
def list_(
    ctx: typer.Context,
    told_kind: Annotated[
        str | None, choice("--kind", "kindergarten.notice", rules.NOTICES, "kindergarten.opt.notice_kind")
    ] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """What families were told."""
    from logi.books.kindergarten import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, week=week, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.notices(ledger, first or this_year(desk), last or ledger.today, kind=told_kind))


def lead(
    ctx: typer.Context,
    leading: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="kindergarten.opt.leading")],
    on: OnDay = None,
) -> None:
    """Who leads safety education."""
    from logi.books.kindergarten import notice_actions as acts

    desk: Desk = ctx.obj
    desk.do("kindergarten.lead", lambda e: acts.lead(e, leading, on=on))


def safety(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """Safety education, and who leads it."""
    from logi.books.kindergarten import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.education(ledger, first or this_year(desk), last or ledger.today))

"""`logi shop ledger`, `shelf`, `month`, `looks`, `inspections`: what the shop book can be asked."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.shop import rules
from logi.books.shop.options import OfGoods
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    SinceDay,
    UntilDay,
    as_days,
    choice,
    month_so_far,
)

if TYPE_CHECKING:
    from logi.context import Desk

ask = typer.Typer()


@ask.command("ledger", help="shop.help.ledger")
def ledger_(
    ctx: typer.Context, goods: OfGoods = None,
    how: Annotated[str | None, choice("--how", "shop.what", ("in", *rules.OUT), "shop.opt.how")] = None,
    month: InMonth = None, quarter: InQuarter = None, week: InWeek = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The ledger of goods in and out."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                               until=until)  # fmt: skip
    desk.read(lambda ledger: report.ledger_(ledger, first, last, text=goods, what=how))


@ask.command("shelf", help="shop.help.shelf")
def shelf(
    ctx: typer.Context,
    days: Annotated[int | None, typer.Option("--days", parser=as_days, metavar="DAYS", help="shop.opt.days")] = None,
    all_: Annotated[bool, typer.Option("--all", help="shop.opt.all_lots")] = False,
) -> None:
    """What lies on the shelf past its day or near it."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.shelf(ledger, ledger.today, days=days, all_=all_))


@ask.command("month", help="shop.help.month")
def month_(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None, school_year: InSchoolYear = None,
    since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The goods of a period in sum."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.month(ledger, first, last))


@ask.command("looks", help="shop.help.looks")
def looks(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None, school_year: InSchoolYear = None,
    since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The looks through the shelf."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.looks(ledger, first, last))


@ask.command("inspections", help="shop.help.inspections")
def inspections(
    ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None, school_year: InSchoolYear = None,
    since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """The inspections, and months without one."""
    from logi.books.shop import report

    desk: Desk = ctx.obj
    first, last = month_so_far(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.inspections(ledger, first, last))

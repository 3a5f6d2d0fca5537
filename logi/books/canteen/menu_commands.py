"""`logi canteen menu …` and `logi canteen sample …`: what is planned, and what is kept of it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.canteen import rules
from logi.books.canteen.options import At, By, MealArg, instant
from logi.core.errors import BadValue
from logi.options import (
    InMonth,
    InWeek,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_day,
    as_money,
    as_signed_quantity,
    as_text,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

menu, sample = typer.Typer(), typer.Typer()
# What people say for the four groups.
SAID = (("谷薯", "grain"), ("主食", "grain"), ("蔬菜", "vegetable"), ("水果", "vegetable"), ("蔬果", "vegetable"),
        ("鱼禽肉蛋", "meat"), ("肉", "meat"), ("蛋", "meat"), ("鱼", "meat"), ("禽", "meat"), ("奶", "milk"), ("豆", "milk"),
        ("奶豆", "milk"))  # fmt: skip
as_group = fixed("canteen.group", rules.GROUPS, *SAID)


def as_dish(text: Any) -> rules.Dish:
    """`DISH` or `DISH=GROUP,GROUP`."""
    if isinstance(text, rules.Dish):
        return text
    name, equals, groups = str(text).replace("＝", "=").partition("=")
    parts = [part.strip() for part in groups.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not name.strip() or (equals and not parts):
        raise BadValue("canteen.bad_dish", text=str(text))
    return rules.Dish(as_text(name), tuple(as_group(part) for part in parts))


def as_sample(text: Any) -> rules.Weighed:
    """`DISH=GRAMS`."""
    return text if isinstance(text, rules.Weighed) else rules.weighed(as_text(text))


DayArg = Annotated[date, typer.Argument(parser=as_day, metavar="DAY", help="canteen.opt.menu_day")]


@menu.command("plan", help="canteen.help.menu_plan")
def plan(
    ctx: typer.Context,
    day: DayArg,
    meal: MealArg,
    dishes: Annotated[list[Any], typer.Argument(parser=as_dish, metavar="DISH[=GROUP,…]…", help="canteen.opt.dishes")],
    price: Annotated[int | None, typer.Option("--price", parser=as_money, metavar="PRICE", help="canteen.opt.price")] = None,
    reason: Annotated[str | None, typer.Option("--reason", parser=as_text, metavar="TEXT", help="canteen.opt.reason")] = None,
    matter: Annotated[
        str | None, typer.Option("--answers", parser=as_text, metavar="NUMBER", help="canteen.opt.matter")
    ] = None,
) -> None:
    """Put dishes on the menu."""
    from logi.books.canteen import menu_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.menu.plan", lambda e: acts.plan(e, day, meal, dishes, price=price, reason=reason, matter=matter))


@menu.command("drop", help="canteen.help.menu_drop")
def drop(
    ctx: typer.Context,
    day: DayArg,
    meal: MealArg,
    dishes: Annotated[list[str], typer.Argument(parser=as_text, metavar="DISH…", help="canteen.opt.dishes")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")],
) -> None:
    """Take dishes off the menu."""
    from logi.books.canteen import menu_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.menu.drop", lambda e: acts.drop(e, day, meal, dishes, reason=reason), reason=reason)


@menu.command("list", help="canteen.help.menu_list")
def menu_list(
    ctx: typer.Context, since: SinceDay = None, until: UntilDay = None, month: InMonth = None, week: InWeek = None
) -> None:
    """The menu of a week, or of the days named."""
    from logi.books.canteen import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, week=week, since=since, until=until)
    desk.read(lambda ledger: report.menu(ledger, first, last))


@sample.command("take", help="canteen.help.sample_take")
def take(
    ctx: typer.Context,
    meal: MealArg,
    weighed: Annotated[list[Any], typer.Argument(parser=as_sample, metavar="DISH=GRAMS…", help="canteen.opt.weighed")],
    by: By,
    at: At = None,
    celsius: Annotated[
        int | None, typer.Option("--celsius", parser=as_signed_quantity, metavar="N", help="canteen.opt.fridge")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Keep samples."""
    from logi.books.canteen import menu_actions as acts

    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("canteen.sample.take", lambda e: acts.take(
        e, meal, weighed, by=by, on=day, at=time, celsius=celsius, note=note))  # fmt: skip


@sample.command("throw", help="canteen.help.sample_throw")
def throw(
    ctx: typer.Context,
    by: By,
    at: Annotated[str, typer.Option("--at", parser=as_text, metavar="INSTANT", help="canteen.opt.at")],
    numbers: Annotated[
        list[str] | None, typer.Argument(parser=as_text, metavar="[NUMBER…]", help="canteen.opt.numbers")
    ] = None,
    on: OnDay = None,
) -> None:
    """Throw samples away."""
    from logi.books.canteen import menu_actions as acts

    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("canteen.sample.throw", lambda e: acts.throw(e, numbers or (), by=by, at=str(time), on=day))


@sample.command("list", help="canteen.help.sample_list")
def sample_list(
    ctx: typer.Context,
    still_kept: Annotated[bool, typer.Option("--kept", help="canteen.opt.kept")] = False,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    week: InWeek = None,
) -> None:
    """The samples of a period."""
    from logi.books.canteen import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, week=week, since=since, until=until)
    desk.read(lambda ledger: report.samples(ledger, first or date.min, last or ledger.today, kept=still_kept))

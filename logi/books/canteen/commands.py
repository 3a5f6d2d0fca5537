"""`logi canteen …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.canteen import rules
from logi.books.canteen.account_commands import account
from logi.books.canteen.menu_commands import menu, sample
from logi.books.canteen.options import At, By, Meal, MealArg, as_meal, instant
from logi.books.canteen.people_commands import duty, people
from logi.books.canteen.staff_commands import morning, staff
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
    as_day,
    as_quantity,
    as_signed_quantity,
    as_text,
    choice,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

canteen = typer.Typer()
apps = {"canteen": canteen}
canteen.add_typer(staff, name="staff", help="canteen.help.staff")
canteen.add_typer(menu, name="menu", help="canteen.help.menu")
canteen.add_typer(sample, name="sample", help="canteen.help.sample")
canteen.add_typer(duty, name="duty", help="canteen.help.duty")
canteen.command("morning", help="canteen.help.morning")(morning)

# What people say for the records of hygiene.
STEP_SAID = (
    ("清洗", "wash"), ("洗菜", "wash"), ("烹调", "cook"), ("中心温度", "cook"), ("加盖", "cover"), ("消毒", "disinfect"),
    ("打扫", "clean"), ("清扫", "clean"), ("库房", "storage"), ("冷藏", "fridge"), ("冰箱", "fridge"), ("冷冻", "freezer"),
    ("除虫", "pests"), ("厨余", "oil"), ("废油", "oil"), ("巡视", "tour"),
)  # fmt: skip
as_step = fixed("canteen.step", rules.STEPS, *STEP_SAID)


def as_heads(text: Any) -> int:
    """How many people, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


def as_steps(text: Any) -> tuple[str, ...]:
    """One step or several, parted by commas."""
    if isinstance(text, tuple):
        return text
    return tuple(as_step(part.strip()) for part in str(text).replace("，", ",").replace("、", ",").split(",") if part.strip())


@canteen.command("open", help="canteen.help.open")
def open_(
    ctx: typer.Context,
    meals: Annotated[list[str], typer.Argument(parser=as_meal, metavar="|".join(rules.MEALS), help="canteen.opt.meals")],
    from_day: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="canteen.opt.from")] = None,
    until: Annotated[date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="canteen.opt.until")] = None,
    note: Note = None,
) -> None:
    """The canteen cooks from a day on."""
    from logi.books.canteen import actions

    desk: Desk = ctx.obj
    desk.do("canteen.open", lambda e: actions.open_(e, meals, starts=from_day, until=until, note=note))


@canteen.command("close", help="canteen.help.close")
def close(ctx: typer.Context, on: OnDay = None) -> None:
    """The season ends."""
    from logi.books.canteen import actions

    desk: Desk = ctx.obj
    desk.do("canteen.close", lambda e: actions.close(e, on=on))


@canteen.command("serve", help="canteen.help.serve")
def serve(
    ctx: typer.Context,
    meal: MealArg,
    eaters: Annotated[int, typer.Argument(parser=as_heads, metavar="HEADS", help="canteen.opt.eaters")],
    by: By,
    staff_heads: Annotated[int, typer.Option("--staff", parser=as_heads, metavar="N", help="canteen.opt.staff")] = 0,
    with_leader: Annotated[
        list[str] | None, typer.Option("--leader", parser=as_text, metavar="PERSON", help="canteen.opt.leader")
    ] = None,
    said: Annotated[str | None, typer.Option("--said", parser=as_text, metavar="TEXT", help="canteen.opt.said")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """A meal was served."""
    from logi.books.canteen import actions

    desk: Desk = ctx.obj
    desk.do("canteen.serve", lambda e: actions.serve(
        e, meal, eaters, by=by, staff=staff_heads, leaders=with_leader or (), said=said, on=on, note=note))  # fmt: skip


@canteen.command("accompany", help="canteen.help.accompany")
def accompany(
    ctx: typer.Context,
    meal: MealArg,
    with_leader: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="canteen.opt.leader")],
    said: Annotated[str | None, typer.Option("--said", parser=as_text, metavar="TEXT", help="canteen.opt.said")] = None,
    on: OnDay = None,
) -> None:
    """A leader ate with the pupils."""
    from logi.books.canteen import actions

    desk: Desk = ctx.obj
    desk.do("canteen.accompany", lambda e: actions.accompany(e, meal, with_leader, said=said, on=on))


@canteen.command("log", help="canteen.help.log")
def log(
    ctx: typer.Context,
    steps: Annotated[Any, typer.Argument(parser=as_steps, metavar="RECORD,…", help="canteen.opt.steps")],
    by: By,
    meal: Meal = None,
    at: At = None,
    celsius: Annotated[
        int | None, typer.Option("--celsius", parser=as_signed_quantity, metavar="N", help="canteen.opt.celsius")
    ] = None,
    lasting: Annotated[int | None, typer.Option("--minutes", parser=as_count, metavar="N", help="canteen.opt.lasting")] = None,
    how_done: Annotated[
        str | None, typer.Option("--method", parser=as_text, metavar="TEXT", help="canteen.opt.how_done")
    ] = None,
    checker: Annotated[
        str | None, typer.Option("--checker", parser=as_text, metavar="PERSON", help="canteen.opt.checker")
    ] = None,
    quantity: Annotated[
        int | None, typer.Option("--quantity", parser=as_quantity, metavar="Q", help="canteen.opt.quantity")
    ] = None,
    vendor: Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="canteen.opt.vendor")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Records of hygiene."""
    from logi.books.canteen import actions

    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("canteen.log", lambda e: actions.log(
        e, steps, by=by, meal=meal, at=time, celsius=celsius, minutes=lasting, method=how_done, quantity=quantity,
        vendor=vendor, checker=checker, on=day, note=note))  # fmt: skip


@canteen.command("day", help="canteen.help.day")
def day_(
    ctx: typer.Context,
    day: Annotated[date | None, typer.Argument(parser=as_day, metavar="[DAY]", help="canteen.opt.day")] = None,
) -> None:
    """What a day has and lacks."""
    from logi.books.canteen import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.day(ledger, day))


@canteen.command("list", help="canteen.help.list")
def list_(
    ctx: typer.Context,
    step: Annotated[str | None, choice("--kind", "canteen.step", rules.STEPS, "canteen.opt.step", *STEP_SAID)] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The records of hygiene of a period."""
    from logi.books.canteen import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: report.records(ledger, first or date.min, last or ledger.today, step=step))


for name, act in (account | people).items():
    canteen.command(name, help=f"canteen.help.{name}")(act)

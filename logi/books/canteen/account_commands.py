"""`logi canteen inspect, discard, book, cost, tour, raise, answer, matters`: goods, money, and what people bring up."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.canteen import rules
from logi.books.canteen.options import At, By, Meal, instant
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_day,
    as_money,
    as_text,
    choice,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

SAID = (("伙食费", "meals"), ("直接采购食材", "food"), ("食材", "food"), ("采购", "food"), ("燃料", "fuel"), ("水电", "fuel"),
        ("工资", "labour"), ("其他", "other-cost"))  # fmt: skip
as_kind = fixed("canteen.money", (*rules.INCOME, *rules.OUTLAY), *SAID)
as_matter = fixed("canteen.matter", rules.MATTERS)
Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="canteen.opt.number")]


def inspect(
    ctx: typer.Context,
    slip: Annotated[str, typer.Argument(parser=as_text, metavar="SLIP", help="canteen.opt.slip")],
    inspectors: Annotated[list[str], typer.Option("--by", parser=as_text, metavar="PERSON", help="canteen.opt.inspectors")],
    certificate: Annotated[str, typer.Option("--certificate", parser=as_text, metavar="NO", help="canteen.opt.goods_paper")],
    licence: Annotated[str | None, typer.Option("--licence", parser=as_text, metavar="NO", help="canteen.opt.licence")] = None,
    maker: Annotated[str | None, typer.Option("--maker", parser=as_text, metavar="NAME", help="canteen.opt.maker")] = None,
    made: Annotated[date | None, typer.Option("--made", parser=as_day, metavar="DAY", help="canteen.opt.made")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Food that came in is looked at."""
    from logi.books.canteen import goods_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.inspect", lambda e: acts.inspect(
        e, slip, by=inspectors, certificate=certificate, licence=licence, maker=maker, made=made, on=on,
        note=note))  # fmt: skip


def discard(
    ctx: typer.Context,
    items: Annotated[list[str], typer.Argument(parser=as_text, metavar="ITEM QTY…", help="canteen.opt.discarded")],
    by: By,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")],
    on: OnDay = None,
) -> None:
    """Spoiled food is thrown away."""
    from logi.books.canteen import goods_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.discard", lambda e: acts.discard(e, items, by=by, reason=reason, on=on), reason=reason)


def book(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(parser=as_kind, metavar="|".join((*rules.INCOME, *rules.OUTLAY)), help="canteen.opt.money")
    ],
    amount: Annotated[int, typer.Argument(parser=as_money, metavar="AMOUNT", help="canteen.opt.amount")],
    voucher: Annotated[str | None, typer.Option("--voucher", parser=as_text, metavar="NO", help="canteen.opt.voucher")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Income or outlay."""
    from logi.books.canteen import account_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.book", lambda e: acts.book(e, kind, amount, on=on, voucher=voucher, note=note))


def cost(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """What a meal costs, by month."""
    from logi.books.canteen import accounts

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: accounts.cost(ledger, first or ledger.today.replace(day=1), last or ledger.today))


def tour(
    ctx: typer.Context,
    by: By,
    meal: Meal = None,
    at: At = None,
    problems: Annotated[
        list[str] | None, typer.Option("--problem", parser=as_text, metavar="TEXT", help="canteen.opt.problems")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """The head's round."""
    from logi.books.canteen import account_actions as acts

    desk: Desk = ctx.obj
    day, time = instant(desk, at, on)
    desk.do("canteen.tour", lambda e: acts.tour(
        e, by=by, meal=meal, at=time, problems=problems or (), on=day, note=note))  # fmt: skip


def raise_(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(parser=as_matter, metavar="|".join(rules.MATTERS), help="canteen.opt.matter_kind")],
    text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="canteen.opt.words")],
    said_by: Annotated[str | None, typer.Option("--from", parser=as_text, metavar="TEXT", help="canteen.opt.said_by")] = None,
    meal: Meal = None,
    run: Annotated[str | None, typer.Option("--run", parser=as_text, metavar="NUMBER", help="canteen.opt.run")] = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="canteen.opt.written_by")] = None,
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="canteen.opt.owner")] = None,
    due: Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="canteen.opt.due")] = None,
    on: OnDay = None,
) -> None:
    """Somebody brings something up."""
    from logi.books.canteen import account_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.raise", lambda e: acts.raise_(
        e, kind, text, source=said_by, meal=meal, run=run, by=by, owner=owner, due=due, on=on))  # fmt: skip


def answer(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="canteen.opt.answer")],
    by: By,
    on: OnDay = None,
) -> None:
    """What was brought up is answered."""
    from logi.books.canteen import account_actions as acts

    desk: Desk = ctx.obj
    desk.do("canteen.answer", lambda e: acts.answer(e, number, text, by=by, on=on))


def matters(
    ctx: typer.Context,
    kind: Annotated[str | None, choice("--kind", "canteen.matter", rules.MATTERS, "canteen.opt.only_kind")] = None,
    waiting: Annotated[bool, typer.Option("--open", help="canteen.opt.waiting")] = False,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
) -> None:
    """What was brought up, and the answers."""
    from logi.books.canteen import accounts

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, year=year, since=since, until=until)
    desk.read(lambda ledger: accounts.matters(ledger, first or date.min, last or ledger.today, kind=kind, waiting=waiting))


account: dict[str, Callable[..., Any]] = {
    "inspect": inspect, "discard": discard, "book": book, "cost": cost, "tour": tour, "raise": raise_, "answer": answer,
    "matters": matters,
}  # fmt: skip

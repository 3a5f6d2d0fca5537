"""`logi stock …` and `logi item …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.stock import count_commands, kit_commands, move_commands, rules
from logi.books.stock.item_commands import Class, Item, ItemPlace, item, page
from logi.core.errors import BadValue, Usage
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
    as_money,
    as_quantity,
    as_text,
    choice,
    period_of,
)

if TYPE_CHECKING:
    from logi.books.stock.lines import Line
    from logi.context import Desk

stock = typer.Typer()
EXAMPLES = {
    "in": "logi stock in A4纸 50@23.5 粉笔 80@4.2 --from V01",
    "out": "logi stock out A4纸 30 粉笔 10 --to 教务处 --by 杨班一",
    "return": "logi stock return CK-2025-0001 A4纸 5",
    "adjust": "logi stock adjust 粉笔 -2 --reason 盘点短少",
    "move": "logi stock move A4纸 20 --to-place E101 --by 周入库",
}
apps = {"stock": stock, "item": item}


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, parser=as_text, metavar=metavar, help=help)


def _quantity(flag: str, help: str) -> Any:
    return typer.Option(flag, parser=as_quantity, metavar="QTY", help=help)


Words = Annotated[list[str] | None, typer.Argument(metavar="ITEM QTY", help="stock.opt.pairs")]
Price = Annotated[int | None, typer.Option("--price", parser=as_money, metavar="PRICE", help="stock.opt.price")]
Lines = Annotated[str | None, typer.Option("--lines", metavar="FILE", help="stock.opt.lines")]
Quoted = Annotated[list[str] | None, typer.Option("--line", metavar="LINE", help="stock.opt.line")]
Lot = Annotated[str | None, _text("--lot", "LOT", "stock.opt.lot")]
AtPlace = Annotated[str | None, _text("--place", "PLACE", "stock.opt.at_place")]
Keeper = Annotated[str | None, _text("--keeper", "PERSON", "stock.opt.keeper")]


@stock.command("in", help="stock.help.in")
def stock_in(
    ctx: typer.Context,
    items: Words = None,
    price: Price = None,
    from_: Annotated[str | None, _text("--from", "VENDOR", "stock.opt.from")] = None,
    on: OnDay = None,
    lot: Lot = None,
    made: Annotated[date | None, typer.Option("--made", parser=as_day, metavar="DAY", help="stock.opt.made")] = None,
    expires: Annotated[date | None, typer.Option("--expires", parser=as_day, metavar="DAY", help="stock.opt.expires")] = None,
    request: Annotated[str | None, _text("--request", "NO", "stock.opt.request")] = None,
    invoice: Annotated[str | None, _text("--invoice", "NO", "stock.opt.invoice")] = None,
    inspector: Annotated[str | None, _text("--inspector", "PERSON", "stock.opt.inspector")] = None,
    buyer: Annotated[str | None, _text("--buyer", "PERSON", "stock.opt.buyer")] = None,
    keeper: Keeper = None,
    place: Annotated[str | None, _text("--place", "PLACE", "stock.opt.place")] = None,
    ordered: Annotated[int | None, _quantity("--ordered", "stock.opt.ordered")] = None,
    delivered: Annotated[int | None, _quantity("--delivered", "stock.opt.delivered")] = None,
    line: Quoted = None,
    lines: Lines = None,
) -> None:
    """Take goods in: one command, one slip."""
    from logi.books.stock import actions

    desk: Desk = ctx.obj
    got = typed_lines(desk, ctx, items, line, lines)
    own = {"lot": lot, "made": made, "expires": expires, "ordered_milli": ordered, "delivered_milli": delivered}
    given: dict[str, Any] = {name: value for name, value in own.items() if value is not None}
    if given and len(got) > 1:
        raise Usage("stock.one_line_only", options=[f"--{name.removesuffix('_milli')}" for name in given])
    got = [one._replace(**given) for one in got]
    if price is None and any(one.price_fen is None for one in got):
        price = _ask(desk, ctx, "price", as_money)
    desk.do("stock.in", lambda e: actions.in_(
        e, got, on=on or e.today, price=price, vendor=from_, request=request, invoice=invoice, inspector=inspector,
        buyer=buyer, keeper=keeper, place=place))  # fmt: skip


@stock.command("out", help="stock.help.out")
def stock_out(
    ctx: typer.Context,
    items: Words = None,
    to: Annotated[str | None, _text("--to", "DEPARTMENT", "stock.opt.to")] = None,
    by: Annotated[str | None, _text("--by", "PERSON", "stock.opt.by")] = None,
    request: Annotated[str | None, typer.Option("--request", parser=as_code, metavar="NO", help="stock.opt.on_request")] = None,
    for_: Annotated[str | None, _text("--for", "TEXT", "stock.opt.for")] = None,
    on: OnDay = None,
    lot: Annotated[str | None, _text("--lot", "LOT", "stock.opt.from_lot")] = None,
    keeper: Keeper = None,
    create: Annotated[bool, typer.Option("--create", help="stock.opt.create")] = False,
    place: AtPlace = None,
    line: Quoted = None,
    lines: Lines = None,
) -> None:
    """Issue goods: one command, one slip; what a request asked for by its number alone."""
    from logi.books.stock import actions, requesting

    desk: Desk = ctx.obj
    more: dict[str, Any] = {"purpose": for_, "keeper": keeper, "lot": lot, "create": create, "place": place}
    if request is not None:
        got = typed_lines(desk, ctx, items, line, lines) if items or line or lines else []
        desk.do("stock.out", lambda e: requesting.issue(e, request, got, on=on or e.today, to=to, by=by, **more))
        return
    home, person = _needed(desk, ctx, to=to, by=by)
    got = typed_lines(desk, ctx, items, line, lines)
    desk.do("stock.out", lambda e: actions.out(e, got, to=home, by=person, on=on or e.today, **more))


@stock.command("return", help="stock.help.return")
def stock_return(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="stock.opt.issue")],
    items: Words = None,
    by: Annotated[str | None, _text("--by", "PERSON", "stock.opt.returned_by")] = None,
    on: OnDay = None,
    reason: Annotated[str | None, _text("--reason", "TEXT", "front.opt.reason")] = None,
    place: AtPlace = None,
) -> None:
    """Take back what an issue did not need."""
    from logi.books.stock import actions

    desk: Desk = ctx.obj
    got = typed_lines(desk, ctx, items)
    desk.do("stock.return", lambda e: actions.return_(e, number, got, on=on or e.today, by=by, reason=reason,
                                                   place=place))  # fmt: skip


@stock.command("adjust", help="stock.help.adjust")
def stock_adjust(
    ctx: typer.Context,
    reason: Annotated[str, _text("--reason", "TEXT", "stock.opt.reason")],
    items: Words = None,
    on: OnDay = None,
    price: Price = None,
    lot: Annotated[str | None, _text("--lot", "LOT", "stock.opt.from_lot")] = None,
    place: AtPlace = None,
) -> None:
    """Bring the book to what is there: +5 found, -2 lost."""
    from logi.books.stock import actions

    desk: Desk = ctx.obj
    got = typed_lines(desk, ctx, items, signed=True)
    desk.do("stock.adjust", lambda e: actions.adjust(e, got, on=on or e.today, reason=reason, price=price, lot=lot,
                                                   place=[place] if place else ()),
            reason=reason)  # fmt: skip


@stock.command("list", help="stock.help.list")
def stock_list(
    ctx: typer.Context,
    named: Annotated[str | None, typer.Argument(parser=as_text, metavar="[ITEM]", help="stock.opt.item")] = None,
    item_class: Class = None,
    item: Annotated[str | None, _text("--item", "ITEM", "stock.opt.item")] = None,
    place: ItemPlace = None,
    all_: Annotated[bool, typer.Option("--all", help="stock.opt.all")] = False,
    by_place: Annotated[bool, typer.Option("--by-place", help="stock.opt.by_place")] = False,
) -> None:
    """What is on hand."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    kinds, one = [item_class] if item_class else [], named or item
    if by_place:
        desk.read(lambda ledger: report.by_place(ledger, ledger.today, ledger.today, item=one, place=place))
        return
    desk.read(lambda ledger: report.stock_list(ledger, kinds=kinds, item=one, place=place, all_items=all_))


@stock.command("show", help="stock.help.show")
def stock_show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER|ITEM", help="stock.opt.number_or_item")],
) -> None:
    """A slip, or an item with its lots."""
    page(ctx, number)


@stock.command("slips", help="stock.help.slips")
def stock_slips(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    kind: Annotated[str | None, choice("--kind", "stock.kind", rules.SLIP_KINDS, "stock.opt.kind")] = None,
    vendor: Annotated[str | None, _text("--vendor", "VENDOR", "stock.opt.from")] = None,
    department: Annotated[str | None, _text("--department", "DEPARTMENT", "stock.opt.to")] = None,
    person: Annotated[str | None, _text("--person", "PERSON", "stock.opt.by")] = None,
    item: Annotated[str | None, _text("--item", "ITEM", "stock.opt.item")] = None,
    unsigned: Annotated[bool, typer.Option("--unsigned", help="stock.opt.unsigned")] = False,
) -> None:
    """Slips of a period, this month's if none is named."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    first, last = _period(desk, desk.today.replace(day=1), month, quarter, week, year, school_year, since, until)
    desk.read(lambda ledger: report.slips(
        ledger, first, last, kind=kind, vendor=vendor, department=department, person=person, item=item,
        lacking=unsigned))  # fmt: skip


@stock.command("ledger", help="stock.help.ledger")
def stock_ledger(
    ctx: typer.Context,
    item: Item,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The material ledger of an item, this year's if no period is named."""
    from logi.books.stock import pages

    desk: Desk = ctx.obj
    first, last = _period(desk, date(desk.today.year, 1, 1), month, quarter, week, year, school_year, since, until)
    desk.read(lambda ledger: pages.material_ledger(ledger, item, first, last))


@stock.command("low", help="stock.help.low")
def stock_low(ctx: typer.Context, item_class: Class = None) -> None:
    """Items below their minimum."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.low(ledger, kinds=[item_class] if item_class else []))


@stock.command("expiring", help="stock.help.expiring")
def stock_expiring(
    ctx: typer.Context,
    days: Annotated[int | None, typer.Option("--days", parser=as_count, metavar="DAYS", help="stock.opt.days")] = None,
) -> None:
    """Lots past their last good day or near it."""
    from logi.books.stock import report, school

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.expiring(
        ledger, days=days or int(school.policy(ledger, "stock.near_expiry_days", ledger.today))))  # fmt: skip


stock.add_typer(item, name="item", help="stock.help.item")
stock.add_typer(count_commands.count, name="count", help="stock.help.count")
kit_commands.join(stock)
move_commands.join(stock)


def typed_lines(desk: "Desk", ctx: Any, words: list[str] | None, quoted: list[str] | None = None, path: str | None = None,
           *, signed: bool = False) -> "list[Line]":  # fmt: skip
    """Every line of the slip, from words, quoted lines and a file; asked for on a terminal when there is none."""
    from logi.books.stock import lines as reading

    if not (words or quoted or path):
        if not desk.interactive:
            from logi.option_words import label

            raise _missing(ctx, [label(param) for param in ctx.command.params if param.name == "items"])
        words = _ask_pairs(desk)
    from logi.finding import borne

    def known(text: str) -> bool:
        return borne(desk.ledger.db, "stock_item", text)

    got = reading.from_words(words or [], signed=signed, known=known) + reading.from_quoted(quoted or [], known)
    if path:
        got += reading.from_csv(file_text(path), desk.today)
    return got


def _needed(desk: "Desk", ctx: Any, **given: str | None) -> list[str]:
    """Values that only a request could stand in for: asked for on a terminal, else all that is missing is named (2)."""
    missing = [param for param in ctx.command.params if param.name in given and not given[param.name]]
    if missing and not desk.interactive:
        from logi.option_words import label

        if any(ctx.params.get(name) for name in ("items", "line", "lines")):
            raise Usage("front.missing", missing=[label(param) for param in missing], command=ctx.command_path)
        missing += [param for param in ctx.command.params if param.name == "items"]
        raise _missing(ctx, [label(param) for param in missing])
    return [given[name] or _ask(desk, ctx, name, as_text) for name in given]


def _missing(ctx: Any, missing: list[str]) -> Usage:
    """What is missing, with a line to go by."""
    return Usage("stock.missing", missing=missing, command=ctx.command_path, example=EXAMPLES[ctx.command.name])


def _ask_pairs(desk: "Desk") -> list[str]:
    from logi.core.messages import say

    words: list[str] = []
    while True:
        name = desk.ask(say("stock.ask_item"))
        if not name:
            return words
        words += [name, desk.ask(say("stock.ask_quantity"))]


def _ask(desk: "Desk", ctx: Any, name: str, parse: Any) -> Any:
    """A value that only some lines need: asked for on a terminal, else missing (2)."""
    from logi.option_words import label

    shown = next(label(param) for param in ctx.command.params if param.name == name)
    if not desk.interactive:
        raise Usage("front.missing", missing=[shown], command=ctx.command_path)
    from logi.core.messages import say

    while True:
        try:
            return parse(desk.ask(shown))
        except BadValue as error:  # told, and asked again
            desk.note(say(error.key, **error.facts))


def file_text(path: str) -> str:
    """A file's text, UTF-8 or GB18030; `-` is standard input."""
    import sys

    from logi.core.datafiles import path_typed

    if path == "-":
        return sys.stdin.read()
    try:
        raw = path_typed(path).read_bytes()
    except OSError as error:
        raise Usage("stock.no_file", path=path, problem=error.strerror or "") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _period(desk: "Desk", start: date, month: str | None, quarter: str | None, week: str | None, year: str | None,
            school_year: str | None, since: date | None, until: date | None) -> tuple[date, date]:  # fmt: skip
    first, last = period_of(
        month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until
    )
    last = last or desk.today
    return first or min(start, last), last

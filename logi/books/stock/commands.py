"""`logi stock …` and `logi item …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.stock import rules
from logi.core.errors import Usage
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

stock, item = typer.Typer(), typer.Typer()
apps = {"stock": stock, "item": item}


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, parser=as_text, metavar=metavar, help=help)


def _quantity(flag: str, help: str) -> Any:
    return typer.Option(flag, parser=as_quantity, metavar="QTY", help=help)


def as_pack(text: Any) -> tuple[str, int]:
    """`箱=10`."""
    from logi.books.stock.items import as_pack as parse

    return parse(text)


Words = Annotated[list[str] | None, typer.Argument(metavar="ITEM QTY", help="stock.opt.pairs")]
Price = Annotated[int | None, typer.Option("--price", parser=as_money, metavar="PRICE", help="stock.opt.price")]
Lines = Annotated[str | None, typer.Option("--lines", metavar="FILE", help="stock.opt.lines")]
Quoted = Annotated[list[str] | None, typer.Option("--line", metavar="LINE", help="stock.opt.line")]
Lot = Annotated[str | None, _text("--lot", "LOT", "stock.opt.lot")]
Keeper = Annotated[str | None, _text("--keeper", "PERSON", "stock.opt.keeper")]
Item = Annotated[str, typer.Argument(parser=as_text, metavar="ITEM", help="stock.opt.item")]
Class = Annotated[str | None, choice("--class", "stock.class", rules.CLASSES, "stock.opt.class")]
ItemPlace = Annotated[str | None, _text("--place", "PLACE", "stock.opt.item_place")]
Spec = Annotated[str | None, _text("--spec", "TEXT", "stock.opt.spec")]
Min = Annotated[int | None, _quantity("--min", "stock.opt.min")]
Max = Annotated[int | None, _quantity("--max", "stock.opt.max")]
Shelf = Annotated[int | None, typer.Option("--shelf-life-days", parser=as_count, metavar="DAYS", help="stock.opt.shelf_life")]
Packs = Annotated[list[Any] | None, typer.Option("--pack", parser=as_pack, metavar="UNIT=N", help="stock.opt.pack")]


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
    got = _lines(desk, ctx, items, line, lines)
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
    to: Annotated[str, _text("--to", "DEPARTMENT", "stock.opt.to")],
    by: Annotated[str, _text("--by", "PERSON", "stock.opt.by")],
    items: Words = None,
    for_: Annotated[str | None, _text("--for", "TEXT", "stock.opt.for")] = None,
    on: OnDay = None,
    lot: Annotated[str | None, _text("--lot", "LOT", "stock.opt.from_lot")] = None,
    keeper: Keeper = None,
    create: Annotated[bool, typer.Option("--create", help="stock.opt.create")] = False,
    line: Quoted = None,
    lines: Lines = None,
) -> None:
    """Issue goods: one command, one slip."""
    from logi.books.stock import actions

    desk: Desk = ctx.obj
    got = _lines(desk, ctx, items, line, lines)
    desk.do("stock.out", lambda e: actions.out(
        e, got, to=to, by=by, on=on or e.today, purpose=for_, keeper=keeper, lot=lot, create=create))  # fmt: skip


@stock.command("return", help="stock.help.return")
def stock_return(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="stock.opt.issue")],
    items: Words = None,
    by: Annotated[str | None, _text("--by", "PERSON", "stock.opt.returned_by")] = None,
    on: OnDay = None,
    reason: Annotated[str | None, _text("--reason", "TEXT", "front.opt.reason")] = None,
) -> None:
    """Take back what an issue did not need."""
    from logi.books.stock import actions

    desk: Desk = ctx.obj
    got = _lines(desk, ctx, items)
    desk.do("stock.return", lambda e: actions.return_(e, number, got, on=on or e.today, by=by, reason=reason))


@stock.command("adjust", help="stock.help.adjust")
def stock_adjust(
    ctx: typer.Context,
    reason: Annotated[str, _text("--reason", "TEXT", "stock.opt.reason")],
    items: Words = None,
    on: OnDay = None,
    price: Price = None,
    lot: Annotated[str | None, _text("--lot", "LOT", "stock.opt.from_lot")] = None,
) -> None:
    """Bring the book to what is there: +5 found, -2 lost."""
    from logi.books.stock import actions

    desk: Desk = ctx.obj
    got = _lines(desk, ctx, items, signed=True)
    desk.do("stock.adjust", lambda e: actions.adjust(e, got, on=on or e.today, reason=reason, price=price, lot=lot),
            reason=reason)  # fmt: skip


@stock.command("list", help="stock.help.list")
def stock_list(
    ctx: typer.Context,
    at_day: Annotated[date | None, typer.Option("--at", parser=as_day, metavar="DAY", help="stock.opt.at")] = None,
    class_: Class = None,
    item: Annotated[str | None, _text("--item", "ITEM", "stock.opt.item")] = None,
    place: ItemPlace = None,
    all_: Annotated[bool, typer.Option("--all", help="stock.opt.all")] = False,
) -> None:
    """What is on hand."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    kinds = [class_] if class_ else []
    desk.read(lambda ledger: report.stock_list(ledger, at=at_day, kinds=kinds, item=item, place=place, all_items=all_))


@stock.command("show", help="stock.help.show")
def stock_show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER|ITEM", help="stock.opt.number_or_item")],
) -> None:
    """A slip, or an item with its lots."""
    _page(ctx, number)


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
    unsigned: Annotated[bool, typer.Option("--unsigned", help="stock.opt.unsigned")] = False,
) -> None:
    """Slips of a period, this month's if none is named."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    first, last = _period(desk, desk.today.replace(day=1), month, quarter, week, year, school_year, since, until)
    desk.read(lambda ledger: report.slips(
        ledger, first, last, kind=kind, vendor=vendor, department=department, person=person, lacking=unsigned))  # fmt: skip


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
def stock_low(ctx: typer.Context, class_: Class = None) -> None:
    """Items below their minimum."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.low(ledger, kinds=[class_] if class_ else []))


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


@item.command("add", help="stock.help.item_add")
def item_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="stock.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="stock.opt.name")],
    unit: Annotated[str, _text("--unit", "UNIT", "stock.opt.unit")],
    spec: Spec = None,
    class_: Class = None,
    min_: Min = None,
    max_: Max = None,
    shelf_life_days: Shelf = None,
    pack: Packs = None,
    place: ItemPlace = None,
    tendered: Annotated[bool, typer.Option("--tendered", help="stock.opt.tendered")] = False,
    chemical: Annotated[bool, typer.Option("--chemical", help="stock.opt.chemical")] = False,
) -> None:
    """Register an item."""
    from logi.books.stock import items

    desk: Desk = ctx.obj
    given = {"class": class_, "spec": spec, "min_milli": min_, "max_milli": max_, "shelf_life_days": shelf_life_days}
    desk.do("item.add", lambda e: items.add_item(
        e, code, name, unit=unit, packs=pack, place=place, tendered=tendered, chemical=chemical, **given))  # fmt: skip


@item.command("edit", help="stock.help.item_edit")
def item_edit(
    ctx: typer.Context,
    item: Item,
    name: Annotated[str | None, _text("--name", "NAME", "stock.opt.name")] = None,
    unit: Annotated[str | None, _text("--unit", "UNIT", "stock.opt.unit")] = None,
    spec: Spec = None,
    class_: Class = None,
    min_: Min = None,
    max_: Max = None,
    shelf_life_days: Shelf = None,
    pack: Packs = None,
    place: ItemPlace = None,
    tendered: Annotated[bool | None, typer.Option("--tendered/--no-tendered", help="stock.opt.tendered")] = None,
    chemical: Annotated[bool | None, typer.Option("--chemical/--no-chemical", help="stock.opt.chemical")] = None,
) -> None:
    """Change an item."""
    from logi.books.stock import items

    desk: Desk = ctx.obj
    given = {"class": class_, "spec": spec, "min_milli": min_, "max_milli": max_, "shelf_life_days": shelf_life_days,
             "tendered": tendered, "chemical": chemical}  # fmt: skip
    desk.do("item.edit", lambda e: items.edit_item(e, item, name=name, unit=unit, packs=pack, place=place, **given))


@item.command("list", help="stock.help.item_list")
def item_list(ctx: typer.Context, class_: Class = None) -> None:
    """All items."""
    from logi.books.stock import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.items(ledger, kinds=[class_] if class_ else []))


@item.command("show", help="stock.help.item_show")
def item_show(ctx: typer.Context, item: Item) -> None:
    """An item with its lots."""
    _page(ctx, item)


stock.add_typer(item, name="item", help="stock.help.item")


def _lines(desk: "Desk", ctx: Any, words: list[str] | None, quoted: list[str] | None = None, path: str | None = None,
           *, signed: bool = False) -> "list[Line]":  # fmt: skip
    """Every line of the slip, from words, quoted lines and a file; asked for on a terminal when there is none."""
    from logi.books.stock import lines as reading

    if not (words or quoted or path):
        if not desk.interactive:
            from logi.option_words import label

            wanted = [label(param) for param in ctx.command.params if param.name == "items"]
            raise Usage("front.missing", missing=wanted, command=ctx.command_path)
        words = _ask_pairs(desk)
    got = reading.from_words(words or [], signed=signed) + reading.from_quoted(quoted or [])
    if path:
        got += reading.from_csv(file_text(path), desk.today)
    return got


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
    return parse(desk.ask(shown))


def file_text(path: str) -> str:
    """A file's text, UTF-8 or GB18030; `-` is standard input."""
    import sys
    from pathlib import Path

    if path == "-":
        return sys.stdin.read()
    try:
        raw = Path(path).expanduser().read_bytes()
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


def _page(ctx: Any, text: str) -> None:
    from logi.books.stock import pages
    from logi.core.answers import Pack
    from logi.core.messages import say
    from logi.journal import head

    desk: Desk = ctx.obj

    def page(ledger: Any) -> Pack:
        tables = pages.slip(ledger, text) or pages.item(ledger, text, exactly=False) or []
        return Pack("stock.show", say("stock.title.show"), ledger.today.isoformat(), head(ledger.db).short, tables)

    desk.read(page)

"""`logi purchase …`: read what was typed, call one act, answer."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.purchase import rules
from logi.context import Desk
from logi.core.errors import Usage
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
    as_code,
    as_day,
    as_money,
    as_quantity,
    as_text,
    choice,
    known_or_text,
    period_of,
)

if TYPE_CHECKING:
    from logi.books.purchase.lines import Ask, Got

app = typer.Typer()
apps = {"purchase": app}


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, parser=as_text, metavar=metavar, help=help)


def _day(flag: str, help: str) -> Any:
    return typer.Option(flag, parser=as_day, metavar="DAY", help=help)


def _money(flag: str, help: str) -> Any:
    return typer.Option(flag, parser=as_money, metavar="AMOUNT", help=help)


def _names(typed: Sequence[str]) -> tuple[str, ...]:
    """People named one by one or in a list: `--inspector S06,S11` is the same as giving the option twice."""
    parts = [name for text in typed for name in text.replace("，", ",").replace("、", ",").split(",")]
    return tuple(as_text(name) for name in parts if name.strip())


Number = Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="purchase.opt.number")]
Words = Annotated[list[str] | None, typer.Argument(metavar="ITEM QTY", help="purchase.opt.pairs")]
Got_ = Annotated[list[str] | None, typer.Argument(metavar="[ITEM QTY]…", help="purchase.opt.got")]
Lines = Annotated[str | None, typer.Option("--lines", metavar="FILE", help="purchase.opt.lines")]
Category = Annotated[str | None, typer.Option(
    "--category", parser=known_or_text("purchase.category", rules.CATEGORIES), help="purchase.opt.category", metavar="CATEGORY",
)]  # fmt: skip
Buyer = Annotated[str | None, _text("--buyer", "PERSON", "purchase.opt.buyer")]


@app.command("request", help="purchase.help.request")
def purchase_request(
    ctx: typer.Context,
    asked_by: Annotated[str, _text("--by", "PERSON", "purchase.opt.by")],
    for_: Annotated[str, _text("--for", "TEXT", "purchase.opt.for")],
    items: Words = None,
    department: Annotated[str | None, _text("--department", "DEPARTMENT", "purchase.opt.department")] = None,
    benefit: Annotated[str | None, _text("--benefit", "TEXT", "purchase.opt.benefit")] = None,
    budget: Annotated[str | None, _text("--budget", "ITEM", "purchase.opt.budget")] = None,
    category: Category = None,
    price: Annotated[int | None, _money("--price", "purchase.opt.price")] = None,
    spec: Annotated[str | None, _text("--spec", "TEXT", "purchase.opt.spec")] = None,
    wanted: Annotated[date | None, _day("--wanted", "purchase.opt.wanted")] = None,
    emergency: Annotated[str | None, _text("--emergency", "REASON", "purchase.opt.emergency")] = None,
    create: Annotated[bool, typer.Option("--create", help="purchase.opt.create")] = False,
    line: Annotated[list[str] | None, typer.Option("--line", metavar="LINE", help="purchase.opt.line")] = None,
    lines: Lines = None,
    on: OnDay = None,
) -> None:
    """Ask for goods or services."""
    from logi.books.purchase import actions
    from logi.books.purchase import lines as reading
    from logi.books.purchase.stock import file_text

    desk: Desk = ctx.obj
    asked: list[Ask] = reading.asked(items or [], line or [])
    if lines:
        asked += reading.asked_in(file_text(lines))
    if spec is not None:
        if len(asked) != 1:
            raise Usage("purchase.one_spec", count=len(asked))
        asked = [asked[0]._replace(spec=spec)]
    desk.do("purchase.request", lambda e: actions.request(
        e, asked, department=department, by=asked_by, purpose=for_, on=on or e.today, benefit=benefit, budget=budget,
        category=category, wanted=wanted, emergency=emergency, price=price, create=create))  # fmt: skip


@app.command("quote", help="purchase.help.quote")
def purchase_quote(
    ctx: typer.Context,
    number: Number,
    vendor: Annotated[str, typer.Argument(parser=as_text, metavar="VENDOR", help="purchase.opt.vendor")],
    prices: Annotated[list[str], typer.Argument(parser=as_money, metavar="PRICE…", help="purchase.opt.prices")],
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Take a vendor's quote in."""
    from logi.books.purchase import actions

    desk: Desk = ctx.obj
    given: Sequence[Any] = prices
    desk.do("purchase.quote", lambda e: actions.quote(e, number, vendor, given, on=on or e.today, note=note))


@app.command("compare", help="purchase.help.compare")
def purchase_compare(ctx: typer.Context, number: Number) -> None:
    """The quotes side by side."""
    from logi.books.purchase import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.compare(ledger, number))


@app.command("order", help="purchase.help.order")
def purchase_order(
    ctx: typer.Context,
    number: Number,
    from_: Annotated[str | None, _text("--from", "VENDOR", "purchase.opt.from")] = None,
    reason: Annotated[str | None, _text("--reason", "TEXT", "purchase.opt.reason")] = None,
    procured: Annotated[str | None, choice("--method", "purchase.method", rules.METHODS, "purchase.opt.method")] = None,
    buyer: Buyer = None,
    due: Annotated[date | None, _day("--due", "purchase.opt.due")] = None,
    contract: Annotated[str | None, _text("--contract", "NO", "purchase.opt.contract")] = None,
    on: OnDay = None,
) -> None:
    """Order what was approved."""
    from logi.books.purchase import ordering

    desk: Desk = ctx.obj
    desk.do("purchase.order", lambda e: ordering.order(
        e, number, on=on or e.today, vendor=from_, reason=reason, method=procured, buyer=buyer, due=due,
        contract=contract))  # fmt: skip


@app.command("accept", help="purchase.help.accept")
def purchase_accept(
    ctx: typer.Context,
    number: Number,
    inspector: Annotated[list[str], typer.Option("--inspector", metavar="PERSON", help="purchase.opt.inspector")],
    items: Got_ = None,
    buyer: Buyer = None,
    delivered: Annotated[
        int | None, typer.Option("--delivered", parser=as_quantity, metavar="QTY", help="purchase.opt.delivered")
    ] = None,
    licence: Annotated[str | None, _text("--licence", "NO", "purchase.opt.licence")] = None,
    certificate: Annotated[str | None, _text("--certificate", "NO", "purchase.opt.certificate")] = None,
    maker: Annotated[str | None, _text("--maker", "NAME", "purchase.opt.maker")] = None,
    address: Annotated[str | None, _text("--address", "TEXT", "purchase.opt.address")] = None,
    made: Annotated[date | None, _day("--made", "purchase.opt.made")] = None,
    expires: Annotated[date | None, _day("--expires", "purchase.opt.expires")] = None,
    lot: Annotated[str | None, _text("--lot", "LOT", "purchase.opt.lot")] = None,
    lines: Lines = None,
    note: Note = None,
    on: OnDay = None,
) -> None:
    """Accept what came."""
    from logi.books.purchase import accepting
    from logi.books.purchase import lines as reading
    from logi.books.purchase.stock import file_text

    desk: Desk = ctx.obj
    got: list[Got] = reading.got(items or [])
    if lines:
        got += reading.got_in(file_text(lines), desk.today)
    if delivered is not None and len(got) != 1:
        raise Usage("purchase.one_delivered", count=len(got))
    once = reading.Got("", 0, delivered, maker, address, made, expires, lot, certificate, note)
    seen = accepting.Seen(_names(inspector), buyer, licence, once)
    desk.do("purchase.accept", lambda e: accepting.accept(e, number, got, seen, on=on or e.today))


@app.command("invoice", help="purchase.help.invoice")
def purchase_invoice(
    ctx: typer.Context,
    number: Number,
    invoice: Annotated[str, typer.Argument(parser=as_code, metavar="INVOICE", help="purchase.opt.invoice")],
    amount: Annotated[int | None, _money("--amount", "purchase.opt.amount")] = None,
    on: OnDay = None,
) -> None:
    """Take an invoice in."""
    from logi.books.purchase import paying

    desk: Desk = ctx.obj
    desk.do("purchase.invoice", lambda e: paying.invoice(e, number, invoice, on=on or e.today, amount=amount))


@app.command("pay", help="purchase.help.pay")
def purchase_pay(
    ctx: typer.Context,
    number: Number,
    amount: Annotated[int | None, _money("--amount", "purchase.opt.paid")] = None,
    ref: Annotated[str | None, _text("--ref", "NO", "purchase.opt.ref")] = None,
    on: OnDay = None,
) -> None:
    """Record what was paid."""
    from logi.books.purchase import paying

    desk: Desk = ctx.obj
    desk.do("purchase.pay", lambda e: paying.pay(e, number, on=on or e.today, amount=amount, doc_no=ref))


@app.command("return", help="purchase.help.return")
def purchase_return(
    ctx: typer.Context,
    number: Number,
    asked_by: Annotated[str, _text("--by", "PERSON", "purchase.opt.returned_by")],
    reason: Annotated[str, _text("--reason", "TEXT", "purchase.opt.return_why")],
    items: Annotated[list[str] | None, typer.Argument(metavar="[ITEM QTY]…", help="purchase.opt.returned")] = None,
    on: OnDay = None,
) -> None:
    """Send accepted goods back."""
    from logi.books.purchase import lines as reading
    from logi.books.purchase import returning

    desk: Desk = ctx.obj
    got: list[Got] = reading.got(items or [])
    desk.do("purchase.return", lambda e: returning.send_back(
        e, number, got, reason=reason, by=asked_by, on=on or e.today), reason=reason)  # fmt: skip


@app.command("ratify", help="purchase.help.ratify")
def purchase_ratify(
    ctx: typer.Context,
    number: Number,
    no: Annotated[str, _text("--no", "DOCNO", "purchase.opt.ratify_no")],
    allowed_by: Annotated[str, _text("--by", "PERSON", "purchase.opt.ratified_by")],
    reason: Annotated[str, _text("--reason", "TEXT", "purchase.opt.ratify_why")],
    on: OnDay = None,
) -> None:
    """Record an emergency purchase that was rejected after it was ordered."""
    from logi.books.purchase import returning

    desk: Desk = ctx.obj
    desk.do("purchase.ratify", lambda e: returning.ratify(
        e, number, by=allowed_by, no=no, reason=reason, on=on or e.today), reason=reason)  # fmt: skip


@app.command("drop", help="purchase.help.drop")
def purchase_drop(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, _text("--reason", "TEXT", "purchase.opt.why")],
    on: OnDay = None,
) -> None:
    """Give a request, or the rest of an order, up."""
    from logi.books.purchase import actions

    desk: Desk = ctx.obj
    desk.do("purchase.drop", lambda e: actions.drop(e, number, reason=reason, on=on or e.today), reason=reason)


@app.command("list", help="purchase.help.list")
def purchase_list(
    ctx: typer.Context,
    state: Annotated[
        str | None, choice("--state", "purchase.stage", (*rules.STAGES, "unfinished"), "purchase.opt.state")
    ] = None,
    department: Annotated[str | None, _text("--department", "DEPARTMENT", "purchase.opt.department")] = None,
    category: Category = None,
    person: Annotated[str | None, _text("--person", "PERSON", "purchase.opt.by")] = None,
    vendor: Annotated[str | None, _text("--vendor", "VENDOR", "purchase.opt.from")] = None,
    item: Annotated[str | None, _text("--item", "ITEM", "purchase.opt.item")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The purchases and how far each has come."""
    from logi.books.purchase import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: report.listing(
        ledger, first, last, state=state, department=department, category=category, person=person, vendor=vendor,
        item=item))  # fmt: skip


@app.command("vendors", help="purchase.help.vendors")
def purchase_vendors(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """Vendors with licences and what was bought from them."""
    from logi.books.purchase import report

    desk: Desk = ctx.obj
    first, last = period_of(month=month, year=year, school_year=school_year, since=since, until=until)
    day = min(last or desk.today, desk.today)
    desk.read(lambda ledger: report.vendors(ledger, first or day.replace(month=1, day=1), day))

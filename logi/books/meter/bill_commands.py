"""`logi meter price …`, `quota`, `bill …`: what a unit costs, how much is allowed, what the supplier asks."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.meter import rules
from logi.books.meter.options import SAID, as_price
from logi.options import OnDay, as_code, as_day, as_money, as_month, as_quantity, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

price, bill, quota = typer.Typer(), typer.Typer(), typer.Typer()

Kind: Any = typer.Argument(parser=fixed("meter.kind", rules.KINDS, *SAID), metavar="|".join(rules.KINDS), help="meter.opt.kind")
Since = Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="meter.opt.price_from")]
Source = Annotated[str, typer.Option("--source", parser=as_text, metavar="TEXT", help="meter.opt.source")]
Meter = Annotated[str | None, typer.Option("--meter", parser=as_text, metavar="CODE", help="meter.opt.meter")]
InMonths = Annotated[str | None, typer.Option("--month", parser=as_month, metavar="MONTH", help="meter.opt.bill_month")]


@price.command("set", help="meter.help.price_set")
def price_set(
    ctx: typer.Context,
    kind: Annotated[str, Kind],
    price: Annotated[int, typer.Argument(parser=as_price, metavar="PRICE", help="meter.opt.price")],
    source: Source,
    starts: Since = None,
    meter: Meter = None,
) -> None:
    """What a unit costs from a day on."""
    from logi.books.meter import paying

    desk: Desk = ctx.obj
    desk.do("meter.price.set", lambda e: paying.price(e, kind, price, source=source, meter=meter, starts=starts))


@price.command("list", help="meter.help.price_list")
def price_list(ctx: typer.Context) -> None:
    """Every price."""
    from logi.books.meter import report

    desk: Desk = ctx.obj
    desk.read(report.prices)


@quota.command("quota", help="meter.help.quota")
def quota_(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="meter.opt.code")],
    qty: Annotated[int, typer.Argument(parser=as_quantity, metavar="QTY", help="meter.opt.quota")],
    source: Source,
    starts: Since = None,
) -> None:
    """How much a meter may show in a month."""
    from logi.books.meter import paying

    desk: Desk = ctx.obj
    desk.do("meter.quota", lambda e: paying.quota(e, code, qty, source=source, starts=starts))


@bill.command("add", help="meter.help.bill_add")
def bill_add(
    ctx: typer.Context,
    kind: Annotated[str, Kind],
    month: Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="meter.opt.bill_month")],
    qty: Annotated[int, typer.Option("--qty", parser=as_quantity, metavar="QTY", help="meter.opt.billed")],
    amount: Annotated[int, typer.Option("--amount", parser=as_money, metavar="MONEY", help="meter.opt.amount")],
    meter: Meter = None,
    vendor: Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="meter.opt.vendor")] = None,
    invoice: Annotated[
        str | None, typer.Option("--invoice", parser=as_code, metavar="INVOICE", help="meter.opt.invoice")
    ] = None,
    claim: Annotated[str | None, typer.Option("--claim", parser=as_text, metavar="NUMBER", help="meter.opt.claim")] = None,
    on: OnDay = None,
    reason: Annotated[
        str | None, typer.Option("--reason", parser=as_text, metavar="TEXT", help="meter.opt.bill_reason")
    ] = None,
) -> None:
    """Enter a supplier's bill."""
    from logi.books.meter import paying

    desk: Desk = ctx.obj
    desk.do("meter.bill.add", lambda e: paying.bill(
        e, kind, month, qty=qty, amount=amount, meter=meter, vendor=vendor, invoice=invoice, claim=claim, on=on,
        reason=reason))  # fmt: skip


@bill.command("list", help="meter.help.bill_list")
def bill_list(
    ctx: typer.Context,
    month: InMonths = None,
    kind: Annotated[str | None, choice("--kind", "meter.kind", rules.KINDS, "meter.opt.kind", *SAID)] = None,
    differing: Annotated[bool, typer.Option("--differing", help="meter.opt.differing")] = False,
) -> None:
    """The bills beside what was read."""
    from logi.books.meter import report

    desk: Desk = ctx.obj
    first, last = (month, month) if month else ("0000-00", "9999-99")
    desk.read(lambda ledger: report.bills(ledger, first, last, kind=kind, differing=differing))

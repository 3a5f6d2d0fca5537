"""`logi fee …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.core.errors import Usage
from logi.options import OnDay, as_code, as_count, as_day, as_money, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

fee = typer.Typer()
MEANS = ("message", "phone", "letter", "visit")

Fee = Annotated[str, typer.Argument(parser=as_text, metavar="FEE", help="money.opt.fee")]
SomeFee = Annotated[str | None, typer.Argument(parser=as_text, metavar="[FEE]", help="money.opt.fee")]
Pupil = Annotated[str, typer.Argument(parser=as_text, metavar="PUPIL", help="money.opt.pupil")]
Receipt = Annotated[str, typer.Option("--receipt", parser=as_code, metavar="NO", help="money.opt.receipt_no")]
By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.done_by")]
Classes = Annotated[
    list[str] | None, typer.Option("--class", parser=as_text, metavar="CLASS", help="money.opt.classes")
]


@fee.command("add", help="money.help.fee_add")
def fee_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="money.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="money.opt.fee_name")],
    standard: Annotated[int, typer.Argument(parser=as_money, metavar="AMOUNT", help="money.opt.standard")],
    doc: Annotated[str, typer.Option("--basis", parser=as_text, metavar="TEXT", help="money.opt.fee_basis")],
    first: Annotated[date, typer.Option("--from", parser=as_day, metavar="DAY", help="money.opt.fee_from")],
    last: Annotated[date, typer.Option("--to", parser=as_day, metavar="DAY", help="money.opt.fee_to")],
    refundable: Annotated[bool, typer.Option("--refundable", help="money.opt.refundable")] = False,
) -> None:
    """Enter a fee."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    desk.do("fee.add", lambda e: fees.add(e, code, name, standard_fen=standard, basis=doc, from_day=first, to_day=last,
                                          refundable=refundable))  # fmt: skip


@fee.command("edit", help="money.help.fee_edit")
def fee_edit(
    ctx: typer.Context,
    fee: Fee,
    standard: Annotated[
        int | None, typer.Option("--standard", parser=as_money, metavar="AMOUNT", help="money.opt.standard")
    ] = None,
    doc: Annotated[str | None, typer.Option("--basis", parser=as_text, metavar="TEXT", help="money.opt.fee_basis")] = None,
    first: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="money.opt.fee_from")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=as_day, metavar="DAY", help="money.opt.fee_to")] = None,
) -> None:
    """Change a fee."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    desk.do("fee.edit", lambda e: fees.edit(e, fee, standard_fen=standard, basis=doc, from_day=first, to_day=last))


@fee.command("publish", help="money.help.fee_publish")
def fee_publish(
    ctx: typer.Context,
    fees_: Annotated[list[str], typer.Argument(parser=as_text, metavar="FEE…", help="money.opt.fee")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="TEXT", help="money.opt.posted_at")],
    on: OnDay = None,
) -> None:
    """Put fees up."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    desk.do("fee.publish", lambda e: fees.publish(e, fees_, place=place, on=on))


@fee.command("charge", help="money.help.fee_charge")
def fee_charge(
    ctx: typer.Context,
    fee: Fee,
    classes: Classes = None,
    pupils: Annotated[
        list[str] | None, typer.Option("--pupil", parser=as_text, metavar="PUPIL", help="money.opt.pupil")
    ] = None,
) -> None:
    """Charge a fee to pupils."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    desk.do("fee.charge", lambda e: fees.charge(e, fee, classes=classes or (), pupils=pupils or ()))


@fee.command("waive", help="money.help.fee_waive")
def fee_waive(
    ctx: typer.Context,
    fee: Fee,
    pupil: Pupil,
    due_amount: Annotated[int, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="money.opt.waived")],
    doc: Annotated[str, typer.Option("--doc", parser=as_text, metavar="NO", help="money.opt.waiver")],
) -> None:
    """Let a pupil owe less."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    desk.do("fee.waive", lambda e: fees.waive(e, fee, pupil, due_fen=due_amount, doc=doc))


@fee.command("pay", help="money.help.fee_pay")
def fee_pay(
    ctx: typer.Context,
    fee: Fee,
    receipt: Receipt,
    pupils: Annotated[list[str] | None, typer.Argument(parser=as_text, metavar="[PUPIL]…", help="money.opt.pupil")] = None,
    classes: Classes = None,
    amount: Annotated[int | None, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="money.opt.amount")] = None,
    by: By = None,
    on: OnDay = None,
) -> None:
    """Take a fee in."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    if not pupils and not classes:
        raise Usage("money.who")
    desk.do("fee.pay", lambda e: fees.pay(
        e, fee, pupils or (), receipt=receipt, classes=classes or (), amount_fen=amount, by=by, on=on))  # fmt: skip


@fee.command("refund", help="money.help.fee_refund")
def fee_refund(
    ctx: typer.Context,
    fee: Fee,
    pupil: Pupil,
    amount: Annotated[int, typer.Argument(parser=as_money, metavar="AMOUNT", help="money.opt.amount")],
    receipt: Receipt,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")],
    by: By = None,
    on: OnDay = None,
) -> None:
    """Give a fee back."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    desk.do("fee.refund", lambda e: fees.refund(e, fee, pupil, amount, receipt=receipt, reason=reason, by=by, on=on),
            reason=reason)  # fmt: skip


@fee.command("remind", help="money.help.fee_remind")
def fee_remind(
    ctx: typer.Context,
    fee: Fee,
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.done_by")],
    reminder: Annotated[str, choice("--means", "money.reminder", MEANS, "money.opt.reminder")] = "message",
    classes: Classes = None,
    on: OnDay = None,
) -> None:
    """Remind who owes."""
    from logi.books.money import fees

    desk: Desk = ctx.obj
    desk.do("fee.remind", lambda e: fees.remind(e, fee, means=reminder, by=by, classes=classes or (), on=on))


@fee.command("list", help="money.help.fee_list")
def fee_list(ctx: typer.Context, fee: SomeFee = None) -> None:
    """The fees, or one by class."""
    from logi.books.money import fee_report

    desk: Desk = ctx.obj
    if fee is None:
        desk.read(lambda ledger: fee_report.items(ledger, ledger.today))
    else:
        desk.read(lambda ledger: fee_report.by_class(ledger, ledger.today, fee))


@fee.command("arrears", help="money.help.fee_arrears")
def fee_arrears(
    ctx: typer.Context,
    fee: SomeFee = None,
    class_: Annotated[str | None, typer.Option("--class", parser=as_text, metavar="CLASS", help="money.opt.classes")] = None,
    least: Annotated[int | None, typer.Option("--reminded", parser=as_count, metavar="N", help="money.opt.reminded")] = None,
) -> None:
    """Who owes what."""
    from logi.books.money import fee_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: fee_report.arrears(ledger, ledger.today, which=fee, class_=class_, least=least or 0))

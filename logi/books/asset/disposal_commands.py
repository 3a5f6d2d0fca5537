"""`logi asset propose|dispose|paid-in|depreciation|audit`: what has to do with the books' side of assets."""

from datetime import date
from typing import Annotated

import typer

from logi.books.asset import auditing, disposal, report
from logi.books.asset.rules import HOW, REASONS
from logi.context import Desk
from logi.core import days
from logi.core.errors import Usage
from logi.options import Note, OnDay, as_day, as_money, as_month, as_quantity, as_text, choice

app = typer.Typer()

# How schools say it shorter than the decree does.
HOWS = (("转让", "sale"), ("出让", "sale"), ("捐赠", "donation"), ("调拨", "transfer"), ("报废处置", "scrap"), ("损失", "loss"))
GROUNDS = (
    ("技术淘汰", "obsolete"), ("无法维修", "obsolete"), ("无法修复", "obsolete"), ("盘亏", "shortage"), ("呆账", "shortage"),
    ("丢失", "shortage"), ("被盗", "shortage"), ("非正常损失", "shortage"), ("超过使用年限", "past-life"),
    ("超年限", "past-life"), ("不可抗力", "force-majeure"), ("火灾", "force-majeure"), ("水灾", "force-majeure"),
)  # fmt: skip

Codes = Annotated[list[str], typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.codes")]


@app.command("propose", help="asset.help.propose")
def propose(
    ctx: typer.Context,
    codes: Codes,
    how: Annotated[str, choice("--how", "asset.how", HOW, "asset.opt.how", *HOWS)],
    reason: Annotated[str | None, choice("--reason", "asset.reason", REASONS, "asset.opt.reason", *GROUNDS)] = None,
    appraiser: Annotated[
        list[str] | None, typer.Option("--appraiser", parser=as_text, metavar="PERSON,…", help="asset.opt.appraiser")
    ] = None,
    quantity: Annotated[
        int | None, typer.Option("--quantity", parser=as_quantity, metavar="N", help="asset.opt.part")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Make a disposal document that collects approvals."""
    desk: Desk = ctx.obj
    desk.do("asset.propose", lambda e: disposal.propose(
        e, codes, how, reason=reason, appraisers=appraiser or (), quantity_milli=quantity, on=on, note=note))  # fmt: skip


@app.command("dispose", help="asset.help.dispose")
def dispose(
    ctx: typer.Context,
    codes: Annotated[
        list[str], typer.Argument(parser=as_text, metavar="NUMBER|CODE", help="asset.opt.proposal_or_codes")
    ],
    how: Annotated[str | None, choice("--how", "asset.how", HOW, "asset.opt.how", *HOWS)] = None,
    reason: Annotated[str | None, choice("--reason", "asset.reason", REASONS, "asset.opt.reason", *GROUNDS)] = None,
    proceeds: Annotated[
        int | None, typer.Option("--proceeds", parser=as_money, metavar="AMOUNT", help="asset.opt.proceeds")
    ] = None,
    on: OnDay = None,
) -> None:
    """Carry out an approved disposal."""
    desk: Desk = ctx.obj
    desk.do("asset.dispose", lambda e: disposal.dispose(e, codes, how=how, reason=reason, proceeds_fen=proceeds, on=on))


@app.command("paid-in", help="asset.help.paid_in")
def paid_in(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="asset.opt.proposal")],
    amount: Annotated[
        int | None, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="asset.opt.amount")
    ] = None,
    ref: Annotated[str | None, typer.Option("--ref", parser=as_text, metavar="NO", help="asset.opt.paid_ref")] = None,
    on: OnDay = None,
) -> None:
    """Proceeds paid in to the treasury."""
    desk: Desk = ctx.obj
    desk.do("asset.paid-in", lambda e: disposal.paid_in(e, number, on=on, amount_fen=amount, ref=ref))


@app.command("depreciation", help="asset.help.depreciation")
def depreciation(
    ctx: typer.Context,
    codes: Annotated[
        list[str] | None, typer.Argument(parser=as_text, metavar="[CODE]…", help="asset.opt.codes")
    ] = None,
    to_day: Annotated[date | None, typer.Option("--to", parser=as_day, metavar="DAY", help="asset.opt.to_day")] = None,
    category: Annotated[
        str | None, typer.Option("--category", parser=as_text, metavar="CODE", help="asset.opt.category")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="asset.opt.place")
    ] = None,
) -> None:
    """What cards are written down to."""
    desk: Desk = ctx.obj
    desk.read(
        lambda ledger: report.depreciation(ledger, to_day or ledger.today, codes or (), category=category, place=place)
    )


@app.command("audit", help="asset.help.audit")
def audit(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="asset.opt.audit_month")],
    reviewer: Annotated[
        str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.reviewer")
    ] = None,
    sign: Annotated[bool, typer.Option("--sign", help="asset.opt.sign")] = False,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """The month's audit by category, to read or to sign."""
    desk: Desk = ctx.obj
    if not sign:
        period = days.month_period(month)
        desk.read(
            lambda ledger: report.audit(ledger, period.since, max(period.since, min(period.until, ledger.today)), month)
        )
        return
    if reviewer is None:
        raise Usage("asset.sign_by_whom")
    desk.do("asset.audit", lambda e: auditing.sign(e, month, reviewer, on=on, note=note))

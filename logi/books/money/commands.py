"""`logi money …`: read what was typed, call one act, answer. Funds and papers stand next door."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.money import rules
from logi.books.money.cover_commands import insurance
from logi.books.money.fee_commands import fee
from logi.books.money.fund_commands import budget, school
from logi.books.money.paper_commands import batch, finding, notice, return_
from logi.core.errors import BadValue
from logi.core.money import parse_count
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InWeek,
    InYear,
    OnDay,
    SinceDay,
    UntilDay,
    as_day,
    as_money,
    as_text,
    choice,
    known_or_text,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

money = typer.Typer()
apps = {"money": money, "fee": fee, "insurance": insurance}
for app, name in ((school, "school"), (budget, "budget"), (notice, "notice"), (batch, "batch"), (return_, "return"),
                  (finding, "finding")):  # fmt: skip
    money.add_typer(app, name=name, help=f"money.help.{name}")

as_subject = known_or_text("money.subject", rules.SUBJECTS)
STATES = ("open", "approved", "rejected", "withdrawn", "paid")


def as_line(text: Any) -> rules.Line:
    """A line of a claim: SUBJECT/SUMMARY/AMOUNT[/INVOICE[/DAY]]."""
    return text if isinstance(text, rules.Line) else rules.line(str(text), as_subject, as_day)


def as_papers(text: Any) -> int:
    """How many papers are attached, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


Claim = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="money.opt.claim")]


@money.command("claim", help="money.help.claim")
def claim(
    ctx: typer.Context,
    purpose: Annotated[str, typer.Argument(parser=as_text, metavar="PURPOSE", help="money.opt.purpose")],
    lines: Annotated[
        list[rules.Line], typer.Argument(parser=as_line, metavar="LINE…",
                                         help="money.opt.lines")
    ],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.by")],
    department: Annotated[
        str | None, typer.Option("--department", parser=as_text, metavar="DEPARTMENT", help="money.opt.department")
    ] = None,
    preparer: Annotated[
        str | None, typer.Option("--preparer", parser=as_text, metavar="PERSON", help="money.opt.preparer")
    ] = None,
    slips: Annotated[list[str] | None, typer.Option("--slip", parser=as_text, metavar="RK-…", help="money.opt.slip")] = None,
    assets: Annotated[list[str] | None, typer.Option("--asset", parser=as_text, metavar="CODE", help="money.opt.asset")] = None,
    repairs: Annotated[
        list[str] | None, typer.Option("--repair", parser=as_text, metavar="WX-…", help="money.opt.repair")
    ] = None,
    request: Annotated[str | None, typer.Option("--request", parser=as_text, metavar="NO", help="money.opt.request")] = None,
    vendor: Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="money.opt.vendor")] = None,
    payee: Annotated[str | None, typer.Option("--payee", parser=as_text, metavar="NAME", help="money.opt.payee")] = None,
    invoiced_to: Annotated[
        str | None, typer.Option("--invoiced-to", parser=as_text, metavar="NAME", help="money.opt.invoiced_to")
    ] = None,
    tax_no: Annotated[str | None, typer.Option("--tax-no", parser=as_text, metavar="NO", help="money.opt.tax_no")] = None,
    papers: Annotated[int | None, typer.Option("--papers", parser=as_papers, metavar="N", help="money.opt.papers")] = None,
    total: Annotated[int | None, typer.Option("--total", parser=as_money, metavar="AMOUNT", help="money.opt.total")] = None,
    advance: Annotated[
        int | None, typer.Option("--advance", parser=as_money, metavar="AMOUNT", help="money.opt.advance")
    ] = None,
    on: OnDay = None,
) -> None:
    """Make out a claim."""
    from logi.books.money import actions

    desk: Desk = ctx.obj
    made = actions.Made(
        by, preparer=preparer, department=department, on=on, papers=papers, slips=slips or (), assets=assets or (),
        repairs=repairs or (), request=request, vendor=vendor, payee=payee, buyer=invoiced_to, tax_no=tax_no,
        advance_fen=advance or 0, total_fen=total)  # fmt: skip
    desk.do("money.claim", lambda e: actions.claim(e, purpose, lines, made))


@money.command("withdraw", help="money.help.withdraw")
def withdraw(
    ctx: typer.Context,
    number: Claim,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")],
) -> None:
    """Take an unpaid claim back."""
    from logi.books.money import actions

    desk: Desk = ctx.obj
    desk.do("money.withdraw", lambda e: actions.withdraw(e, number, reason=reason), reason=reason)


@money.command("verify", help="money.help.verify")
def verify(
    ctx: typer.Context,
    invoice: Annotated[str, typer.Argument(parser=as_text, metavar="INVOICE", help="money.opt.invoice")],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.verifier")],
    result: Annotated[str, choice("--result", "money.result", rules.RESULTS, "money.opt.result")] = "genuine",
    on: OnDay = None,
) -> None:
    """Say what an invoice's verification found."""
    from logi.books.money import invoices

    desk: Desk = ctx.obj
    desk.do("money.verify", lambda e: invoices.verify(e, invoice, result, by=by, on=on))


@money.command("pay", help="money.help.pay")
def pay(
    ctx: typer.Context,
    number: Claim,
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.cashier")],
    means: Annotated[str, choice("--means", "money.means", rules.MEANS, "money.opt.means")] = "transfer",
    voucher: Annotated[str | None, typer.Option("--voucher", parser=as_text, metavar="NO", help="money.opt.voucher")] = None,
    on: OnDay = None,
) -> None:
    """Pay an approved claim."""
    from logi.books.money import actions

    desk: Desk = ctx.obj
    desk.do("money.pay", lambda e: actions.pay(e, number, by=by, means=means, voucher=voucher, on=on))


@money.command("list", help="money.help.list")
def list_(
    ctx: typer.Context,
    state: Annotated[str | None, choice("--state", "money.state", STATES, "money.opt.state")] = None,
    person: Annotated[str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="money.opt.by")] = None,
    department: Annotated[
        str | None, typer.Option("--department", parser=as_text, metavar="DEPARTMENT", help="money.opt.department")
    ] = None,
    unpaid: Annotated[bool, typer.Option("--unpaid", help="money.opt.unpaid")] = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="money.opt.flagged")] = False,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The claims."""
    from logi.books.money import report

    desk: Desk = ctx.obj
    first, last = period_of(
        month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until)  # fmt: skip
    desk.read(lambda ledger: report.listing(
        ledger, first, last, state=state, person=person, department=department, unpaid=unpaid, flagged=flagged))  # fmt: skip


@money.command("month", help="money.help.month")
def month_(ctx: typer.Context, year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None,
           until: UntilDay = None) -> None:  # fmt: skip
    """Month by month what came in, went out and is left."""
    from logi.books.money import report

    desk: Desk = ctx.obj
    first, last = period_of(year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: report.months(ledger, first, last))


@money.command("receive", help="money.help.receive")
def receive(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="money.opt.title")],
    amount: Annotated[int, typer.Argument(parser=as_money, metavar="AMOUNT", help="money.opt.amount")],
    funds_from: Annotated[str, choice("--source", "money.source", rules.SOURCES, "money.opt.source")] = "public-funds",
    doc: Annotated[str | None, typer.Option("--basis", parser=as_text, metavar="TEXT", help="money.opt.basis")] = None,
    on: OnDay = None,
) -> None:
    """Book money that came in."""
    from logi.books.money import funds

    desk: Desk = ctx.obj
    desk.do("money.receive", lambda e: funds.receive(e, title, amount, source=funds_from, basis=doc, on=on))


def as_share(text: Any) -> rules.Share:
    """SCHOOL, or SCHOOL=HEADS where this share goes by another head-count."""
    if isinstance(text, rules.Share):
        return text
    name, equals, heads = str(text).replace("＝", "=").partition("=")
    if not name.strip() or (equals and not heads.strip()):
        raise BadValue("money.bad_share", text=str(text))
    return rules.Share(as_text(name), as_papers(heads) if equals else None)


@money.command("allot", help="money.help.allot")
def allot(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="money.opt.receipt")],
    schools: Annotated[
        list[rules.Share] | None,
        typer.Argument(parser=as_share, metavar="[SCHOOL[=HEADS]]…", help="money.opt.schools"),
    ] = None,
    amount: Annotated[int | None, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="money.opt.part")] = None,
    on: OnDay = None,
) -> None:
    """Share a receipt among the schools."""
    from logi.books.money import funds

    desk: Desk = ctx.obj
    desk.do("money.allot", lambda e: funds.allot(e, number, amount_fen=amount, schools=schools or (), on=on))

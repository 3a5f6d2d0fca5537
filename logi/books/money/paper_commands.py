"""`logi money notice|batch|return|finding …`: read what was typed, call one act, answer."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.money import rules
from logi.core.days import Period, month_period, parse_quarter
from logi.core.errors import BadValue
from logi.core.money import parse_count
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
    as_month,
    as_text,
    desk_today,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

notice, batch, return_, finding = typer.Typer(), typer.Typer(), typer.Typer(), typer.Typer()

Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="money.opt.notice")]
Month = Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="money.opt.month")]
School = Annotated[str, typer.Argument(parser=as_text, metavar="SCHOOL", help="money.opt.school")]
By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.done_by")]
Whom = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="NAME", help="money.opt.by_whom")]


def as_period(text: Any) -> Period:
    """A month or a quarter as its first and last day."""
    if isinstance(text, Period):
        return text
    typed = str(text).strip().upper()
    return parse_quarter(typed, today=desk_today()) if "Q" in typed else month_period(as_month(text))


def as_pieces(text: Any) -> int:
    """A number of papers, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


def as_return_period(text: Any) -> str:
    """The period of a return: 2025-09, 2025Q3 or 2025."""
    typed = str(text).strip().upper()
    if typed.isascii() and typed.isdigit() and len(typed) == 4:
        return typed
    if "Q" in typed:
        found = parse_quarter(typed, today=desk_today())
        return f"{found.since.year}Q{(found.since.month + 2) // 3}"
    try:
        return as_month(text)
    except BadValue:
        raise BadValue("money.bad_return_period", text=str(text)) from None


@notice.command("post", help="money.help.notice_post")
def notice_post(
    ctx: typer.Context,
    period: Annotated[Period, typer.Argument(parser=as_period, metavar="MONTH|QUARTER", help="money.opt.period")],
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="TEXT", help="money.opt.posted_at")],
    first: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="money.opt.posted_from")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=as_day, metavar="DAY", help="money.opt.posted_to")] = None,
    by: By = None,
) -> None:
    """Put up a notice of income and expenditure."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    begins = first or desk.today
    ends = last or begins + timedelta(days=6)
    desk.do("money.notice.post", lambda e: papers.post(
        e, period.since, period.until, place=place, from_day=begins, to_day=ends, by=by))  # fmt: skip


@notice.command("object", help="money.help.notice_object")
def notice_object(
    ctx: typer.Context,
    number: Number,
    objection: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="money.opt.objection")],
    by: Whom = None,
    on: OnDay = None,
) -> None:
    """Put an objection on record."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.notice.object", lambda e: papers.object_(e, number, objection, by=by, on=on))


def as_nth(text: Any) -> int:
    """The how-manieth objection."""
    return parse_count(text)


@notice.command("answer", help="money.help.notice_answer")
def notice_answer(
    ctx: typer.Context,
    number: Number,
    n: Annotated[int, typer.Argument(parser=as_nth, metavar="N", help="money.opt.nth")],
    answer: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="money.opt.answer")],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.done_by")],
    on: OnDay = None,
) -> None:
    """Answer an objection."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.notice.answer", lambda e: papers.answer(e, number, n, answer, by=by, on=on))


@notice.command("list", help="money.help.notice_list")
def notice_list(
    ctx: typer.Context, year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None
) -> None:
    """The notices."""
    from logi.books.money import paper_report

    desk: Desk = ctx.obj
    first, last = period_of(year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: paper_report.notices(ledger, first, last))


@batch.command("hand", help="money.help.batch_hand")
def batch_hand(
    ctx: typer.Context,
    month: Month,
    school: School,
    pieces: Annotated[int, typer.Option("--pieces", parser=as_pieces, metavar="N", help="money.opt.pieces")],
    amount: Annotated[int, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="money.opt.amount")],
    by: Whom = None,
    on: OnDay = None,
) -> None:
    """A school hands its vouchers in."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.batch.hand", lambda e: papers.hand_in(e, month, school, pieces=pieces, amount_fen=amount, by=by, on=on))


@batch.command("submit", help="money.help.batch_submit")
def batch_submit(
    ctx: typer.Context,
    month: Month,
    schools: Annotated[list[str] | None, typer.Argument(parser=as_text, metavar="[SCHOOL]…", help="money.opt.school")] = None,
    on: OnDay = None,
) -> None:
    """Take the vouchers to the accounting centre."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.batch.submit", lambda e: papers.submit(e, month, schools or (), on=on))


@batch.command("reject", help="money.help.batch_reject")
def batch_reject(
    ctx: typer.Context,
    month: Month,
    school: School,
    pieces: Annotated[int, typer.Option("--pieces", parser=as_pieces, metavar="N", help="money.opt.pieces")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")],
    on: OnDay = None,
) -> None:
    """Vouchers come back."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.batch.reject", lambda e: papers.reject(e, month, school, pieces=pieces, reason=reason, on=on), reason=reason)


@batch.command("accept", help="money.help.batch_accept")
def batch_accept(ctx: typer.Context, month: Month, school: School, on: OnDay = None) -> None:
    """The centre takes vouchers in."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.batch.accept", lambda e: papers.accept(e, month, school, on=on))


@batch.command("list", help="money.help.batch_list")
def batch_list(ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None) -> None:
    """Who has handed in."""
    from logi.books.money import report

    desk: Desk = ctx.obj
    since, until = period_of(month=month, quarter=quarter, year=year)
    desk.read(lambda ledger: report.voucher_batches(ledger, since or desk.today.replace(day=1), until or desk.today))


@return_.command("file", help="money.help.return_file")
def return_file(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(parser=fixed("money.return", rules.RETURNS), metavar="|".join(rules.RETURNS),
                            help="money.opt.return_kind")
    ],
    period: Annotated[str, typer.Argument(parser=as_return_period, metavar="MONTH|QUARTER|YEAR", help="money.opt.period")],
    by: By = None,
    to: Annotated[str | None, typer.Option("--to", parser=as_text, metavar="NAME", help="money.opt.filed_to")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """A return is finished."""
    if (kind == "quarter") != ("Q" in period) or (kind == "month") != ("-" in period):
        raise BadValue("money.bad_return_period", text=period)
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.return.file", lambda e: papers.file_return(e, kind, period, by=by, to=to, note=note, on=on))


@return_.command("list", help="money.help.return_list")
def return_list(ctx: typer.Context, month: InMonth = None, quarter: InQuarter = None, year: InYear = None) -> None:
    """The returns with their last days."""
    from logi.books.money import report

    desk: Desk = ctx.obj
    since, until = period_of(month=month, quarter=quarter, year=year)
    today = desk.today
    desk.read(lambda ledger: report.finance_returns(
        ledger, since or date(today.year, 1, 1), until or date(today.year, 12, 31)))  # fmt: skip


@finding.command("add", help="money.help.finding_add")
def finding_add(
    ctx: typer.Context,
    finding: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="money.opt.finding")],
    by: Whom = None,
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="money.opt.owner")] = None,
    due: Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="money.opt.due")] = None,
    on: OnDay = None,
) -> None:
    """Put a finding of an audit on record."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.finding.add", lambda e: papers.add_finding(e, finding, by=by, owner=owner, due=due, on=on))


@finding.command("mend", help="money.help.finding_mend")
def finding_mend(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="money.opt.finding_no")],
    result: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="money.opt.mended")],
    on: OnDay = None,
) -> None:
    """Say how a finding was mended."""
    from logi.books.money import papers

    desk: Desk = ctx.obj
    desk.do("money.finding.mend", lambda e: papers.mend_finding(e, number, result, on=on))


@finding.command("list", help="money.help.finding_list")
def finding_list(ctx: typer.Context, year: InYear = None, since: SinceDay = None, until: UntilDay = None) -> None:
    """The findings of audits."""
    from logi.books.money import report

    desk: Desk = ctx.obj
    first, last = period_of(year=year, since=since, until=until)
    desk.read(lambda ledger: report.finance_findings(ledger, first or date(desk.today.year, 1, 1), last or desk.today))

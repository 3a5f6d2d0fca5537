"""`logi insurance …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.core.errors import BadValue, Usage
from logi.options import InYear, Note, OnDay, SinceDay, UntilDay, as_day, as_money, as_text, choice, period_of

if TYPE_CHECKING:
    from logi.context import Desk

insurance, case = typer.Typer(), typer.Typer()
insurance.add_typer(case, name="case", help="money.help.case")
STATUSES = ("paid", "elsewhere", "exempt", "refused", "pending")


def as_year(text: Any) -> str:
    """A calendar year of insurance."""
    typed = str(text).strip().removesuffix("年")
    if not (typed.isascii() and typed.isdigit() and 2000 <= int(typed) <= 2100):
        raise BadValue("money.bad_year", text=str(text))
    return typed


Drive = Annotated[str | None, typer.Option("--for", parser=as_year, metavar="YEAR", help="money.opt.drive")]
Case = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="money.opt.case")]
By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.done_by")]


@insurance.command("open", help="money.help.cover_open")
def open_(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(parser=as_year, metavar="YEAR", help="money.opt.drive")],
    standard: Annotated[int, typer.Option("--standard", parser=as_money, metavar="AMOUNT", help="money.opt.standard")],
    first: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="money.opt.fee_from")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=as_day, metavar="DAY", help="money.opt.fee_to")] = None,
) -> None:
    """Open a year's drive."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    desk.do("insurance.open", lambda e: cover.open_drive(e, year, standard_fen=standard, from_day=first, to_day=last))


@insurance.command("tell", help="money.help.cover_tell")
def tell(
    ctx: typer.Context,
    classes: Annotated[list[str], typer.Argument(parser=as_text, metavar="CLASS…", help="money.opt.classes")],
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="money.opt.done_by")],
    topic: Annotated[str, typer.Option("--what", parser=as_text, metavar="TEXT", help="money.opt.told")],
    drive: Drive = None,
    on: OnDay = None,
) -> None:
    """Classes are told."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    desk.do("insurance.tell", lambda e: cover.tell(e, classes, topic, by=by, year=drive, on=on))


@insurance.command("mark", help="money.help.cover_mark")
def mark(
    ctx: typer.Context,
    status: Annotated[str, choice("--status", "money.cover", STATUSES, "money.opt.cover")],
    pupils: Annotated[list[str] | None, typer.Argument(parser=as_text, metavar="[PUPIL]…", help="money.opt.pupil")] = None,
    classes: Annotated[
        list[str] | None, typer.Option("--class", parser=as_text, metavar="CLASS", help="money.opt.of_class")
    ] = None,
    doc: Annotated[str | None, typer.Option("--doc", parser=as_text, metavar="NO", help="money.opt.proof")] = None,
    by: By = None,
    drive: Drive = None,
    on: OnDay = None,
) -> None:
    """Say how pupils stand."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    if not pupils and not classes:
        raise Usage("money.who")
    desk.do("insurance.mark", lambda e: cover.mark(
        e, pupils or (), status, classes=classes or (), doc=doc, by=by, year=drive, on=on))  # fmt: skip


@insurance.command("close", help="money.help.cover_close")
def close(ctx: typer.Context, drive: Drive = None, on: OnDay = None) -> None:
    """Close the drive."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    desk.do("insurance.close", lambda e: cover.close(e, year=drive, on=on))


@insurance.command("list", help="money.help.cover_list")
def list_(ctx: typer.Context, drive: Drive = None) -> None:
    """How every class stands."""
    from logi.books.money import cover_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: cover_report.by_class(ledger, ledger.today, drive))


@insurance.command("uninsured", help="money.help.cover_lacking")
def uninsured(
    ctx: typer.Context,
    drive: Drive = None,
    class_: Annotated[str | None, typer.Option("--class", parser=as_text, metavar="CLASS", help="money.opt.classes")] = None,
) -> None:
    """Who is not insured yet."""
    from logi.books.money import cover_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: cover_report.lacking(ledger, ledger.today, year=drive, class_=class_))


@case.command("add", help="money.help.case_add")
def case_add(
    ctx: typer.Context,
    pupil: Annotated[str, typer.Argument(parser=as_text, metavar="PUPIL", help="money.opt.pupil")],
    cause: Annotated[str, typer.Argument(parser=as_text, metavar="TEXT", help="money.opt.cause")],
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="TEXT", help="money.opt.accident")] = None,
    hospital: Annotated[
        str | None, typer.Option("--hospital", parser=as_text, metavar="NAME", help="money.opt.hospital")
    ] = None,
    on: OnDay = None,
) -> None:
    """Enter an accident."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    desk.do("insurance.case.add", lambda e: cover.add_case(e, pupil, cause, on=on, place=place, hospital=hospital))


@case.command("papers", help="money.help.case_papers")
def case_papers(
    ctx: typer.Context,
    number: Case,
    documents: Annotated[list[str], typer.Argument(parser=as_text, metavar="PAPER…", help="money.opt.case_paper")],
    on: OnDay = None,
) -> None:
    """Papers of a case are there."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    desk.do("insurance.case.papers", lambda e: cover.papers(e, number, documents, on=on))


@case.command("submit", help="money.help.case_submit")
def case_submit(
    ctx: typer.Context,
    number: Case,
    insurer: Annotated[str, typer.Option("--insurer", parser=as_text, metavar="NAME", help="money.opt.insurer")],
    amount: Annotated[int, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="money.opt.amount")],
    on: OnDay = None,
) -> None:
    """A case goes to the insurer."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    desk.do("insurance.case.submit", lambda e: cover.submit(e, number, insurer=insurer, amount_fen=amount, on=on))


@case.command("settle", help="money.help.case_settle")
def case_settle(
    ctx: typer.Context,
    number: Case,
    amount: Annotated[int, typer.Argument(parser=as_money, metavar="AMOUNT", help="money.opt.amount")],
    note: Note = None,
    on: OnDay = None,
) -> None:
    """The insurer has paid."""
    from logi.books.money import cover

    desk: Desk = ctx.obj
    desk.do("insurance.case.settle", lambda e: cover.settle(e, number, amount, note=note, on=on))


@case.command("list", help="money.help.case_list")
def case_list(
    ctx: typer.Context,
    idle: Annotated[bool, typer.Option("--idle", help="money.opt.idle")] = False,
    year: InYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The cases."""
    from logi.books.money import cover_report

    desk: Desk = ctx.obj
    first, last = period_of(year=year, since=since, until=until)
    desk.read(lambda ledger: cover_report.cases(ledger, first, last, idle=idle))

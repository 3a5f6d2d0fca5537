"""`logi asset lend|return|handover|letter`: who holds what, and who answers for it."""

from datetime import date
from typing import Annotated

import typer

from logi.books.asset import custody, report
from logi.books.asset.rules import CONDITIONS
from logi.context import Desk
from logi.core.errors import Usage
from logi.options import Note, OnDay, as_code, as_day, as_text, choice

app = typer.Typer()

Codes = Annotated[list[str], typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.codes")]


@app.command("lend", help="asset.help.lend")
def lend(
    ctx: typer.Context,
    codes: Codes,
    borrower: Annotated[str, typer.Option("--to", parser=as_text, metavar="PERSON", help="asset.opt.borrower")],
    due_back: Annotated[date, typer.Option("--due", parser=as_day, metavar="DAY", help="asset.opt.due")],
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Lend things until a day."""
    desk: Desk = ctx.obj
    desk.do("asset.lend", lambda e: custody.lend(e, codes, borrower, due_back, on=on, note=note))


@app.command("return", help="asset.help.return")
def return_(
    ctx: typer.Context,
    codes: Annotated[list[str], typer.Argument(parser=as_text, metavar="NUMBER|CODE", help="asset.opt.loan_or_codes")],
    condition: Annotated[str, choice("--condition", "asset.condition", CONDITIONS, "asset.opt.condition")],
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Take lent things back."""
    desk: Desk = ctx.obj
    desk.do("asset.return", lambda e: custody.bring_back(e, codes, condition, on=on, note=note))


@app.command("handover", help="asset.help.handover")
def handover(
    ctx: typer.Context,
    from_person: Annotated[str, typer.Option("--from", parser=as_text, metavar="PERSON", help="asset.opt.from_person")],
    to_person: Annotated[str, typer.Option("--to", parser=as_text, metavar="PERSON", help="asset.opt.to_person")],
    witness: Annotated[str, typer.Option("--witness", parser=as_text, metavar="PERSON", help="asset.opt.witness")],
    codes: Annotated[
        list[str] | None, typer.Argument(parser=as_text, metavar="[CODE]…", help="asset.opt.handover_codes")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Hand custody from one person to another."""
    desk: Desk = ctx.obj
    desk.do("asset.handover", lambda e: custody.handover(
        e, from_person, to_person, witness, texts=codes or (), on=on, note=note))  # fmt: skip


@app.command("letter", help="asset.help.letter")
def letter(
    ctx: typer.Context,
    codes: Annotated[
        list[str] | None, typer.Argument(parser=as_text, metavar="[CODE]…", help="asset.opt.letter_codes")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="asset.opt.letter_place")
    ] = None,
    keeper: Annotated[
        str | None, typer.Option("--keeper", parser=as_text, metavar="PERSON", help="asset.opt.letter_keeper")
    ] = None,
    school_class: Annotated[
        str | None, typer.Option("--class", parser=as_text, metavar="TEXT", help="asset.opt.letter_class")
    ] = None,
    term: Annotated[str | None, typer.Option("--term", parser=as_code, metavar="TERM", help="asset.opt.term")] = None,
    signed: Annotated[
        date | None, typer.Option("--signed", parser=as_day, metavar="DAY", help="asset.opt.signed")
    ] = None,
    sign_number: Annotated[
        str | None, typer.Option("--sign", parser=as_text, metavar="NUMBER", help="asset.opt.sign_letter")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="asset.opt.all_letters")] = False,
    on: OnDay = None,
) -> None:
    """Letters of responsibility: list, issue, sign."""
    desk: Desk = ctx.obj
    if sign_number and (codes or place or keeper or school_class or term or all_):
        raise Usage("asset.letter_sign_alone")
    if all_ and (codes or place or keeper or school_class):
        raise Usage("asset.letter_all_alone")
    if sign_number:
        desk.do("asset.letter", lambda e: custody.sign_letter(e, sign_number, signed or desk.today))
    elif all_:
        done = desk.act("asset.letter", lambda e: custody.issue_letters(e, term=term, signed=signed, on=on))
        done.says = "asset.letters.done"
        desk.answer(done)
    elif codes or place or keeper or school_class:
        desk.do("asset.letter", lambda e: custody.issue_letter(
            e, place=place, keeper=keeper, term=term, signed=signed, on=on, texts=codes or (), school_class=school_class,
        ))  # fmt: skip
    else:
        desk.read(report.letters)

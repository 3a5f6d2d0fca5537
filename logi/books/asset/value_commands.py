"""`logi asset revalue|part|merge|damage|pay|waive|reconcile|accept|term-ready`: worth, damage, year's end, term's start."""

from pathlib import Path
from typing import Annotated

import typer

from logi.books.asset import damaging, valuing, yearend
from logi.books.asset.count_commands import pairs
from logi.books.asset.rules import VALUE_TYPES
from logi.context import Desk
from logi.core import days, money
from logi.core.errors import BadData, BadValue, Usage
from logi.options import Note, OnDay, as_count, as_money, as_quantity, as_text, choice, desk_today

app = typer.Typer()

Codes = Annotated[list[str], typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.codes")]
Code = Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.one_code")]
Several = list[str] | None


@app.command("revalue", help="asset.help.revalue")
def revalue(
    ctx: typer.Context,
    code: Code,
    amount: Annotated[int, typer.Argument(parser=as_money, metavar="AMOUNT", help="asset.opt.new_value")],
    note: Annotated[str, typer.Option("--note", parser=as_text, metavar="TEXT", help="asset.opt.why_value")],
    life_months: Annotated[
        int | None, typer.Option("--life-months", parser=as_count, metavar="N", help="asset.opt.life_months")
    ] = None,
    value_type: Annotated[str | None, choice("--value-type", "asset.value_type", VALUE_TYPES, "asset.opt.value_type")] = None,
    ref: Annotated[str | None, typer.Option("--ref", parser=as_text, metavar="NO", help="asset.opt.ref")] = None,
    on: OnDay = None,
) -> None:
    """Another value, from then on."""
    desk: Desk = ctx.obj
    desk.do("asset.revalue", lambda e: valuing.revalue(
        e, code, amount, life_months=life_months, value_type=value_type, on=on, ref=ref, note=note))  # fmt: skip


@app.command("merge", help="asset.help.merge")
def merge(ctx: typer.Context, codes: Codes, on: OnDay = None) -> None:
    """Put quantity cards together."""
    desk: Desk = ctx.obj
    desk.do("asset.merge", lambda e: valuing.merge(e, codes, on=on))


@app.command("part", help="asset.help.part")
def part(
    ctx: typer.Context,
    codes: Codes,
    whole: Annotated[str | None, typer.Option("--of", parser=as_text, metavar="CODE", help="asset.opt.whole")] = None,
    detach: Annotated[bool, typer.Option("--detach", help="asset.opt.detach")] = False,
) -> None:
    """Parts of a set."""
    desk: Desk = ctx.obj
    if (whole is None) != detach:
        raise Usage("asset.part_of_what")
    desk.do("asset.part", lambda e: valuing.part(e, codes, whole))


@app.command("damage", help="asset.help.damage")
def damage(
    ctx: typer.Context,
    code: Code,
    person: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.damaged_by")] = None,
    school_class: Annotated[
        str | None, typer.Option("--class", parser=as_text, metavar="TEXT", help="asset.opt.damaged_class")
    ] = None,
    quantity: Annotated[
        int | None, typer.Option("--quantity", parser=as_quantity, metavar="N", help="asset.opt.damaged_quantity")
    ] = None,
    amount: Annotated[int | None, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="asset.opt.agreed")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Who damages pays."""
    desk: Desk = ctx.obj
    desk.do(
        "asset.damage",
        lambda e: damaging.damage(
            e, code, by=person, school_class=school_class, quantity_milli=quantity, amount_fen=amount, on=on, note=note
        ),
    )


@app.command("pay", help="asset.help.pay")
def pay(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="asset.opt.damage_number")],
    amount: Annotated[int, typer.Argument(parser=as_money, metavar="AMOUNT", help="asset.opt.instalment")],
    receipt: Annotated[str, typer.Option("--receipt", parser=as_text, metavar="NO", help="asset.opt.receipt")],
    on: OnDay = None,
    note: Note = None,
) -> None:
    """An instalment against a receipt."""
    desk: Desk = ctx.obj
    desk.do("asset.pay", lambda e: damaging.pay(e, number, amount, receipt, on=on, note=note))


@app.command("waive", help="asset.help.waive")
def waive(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="asset.opt.damage_number")],
    allowed_by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.allowed_by")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="asset.opt.waive_reason")],
    amount: Annotated[int | None, typer.Option("--amount", parser=as_money, metavar="AMOUNT", help="asset.opt.waived")] = None,
    on: OnDay = None,
) -> None:
    """Let a compensation be, by somebody's leave."""
    desk: Desk = ctx.obj
    desk.do("asset.waive", lambda e: damaging.waive(e, number, allowed_by, reason, amount_fen=amount, on=on))


@app.command("reconcile", help="asset.help.reconcile")
def reconcile(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(parser=as_text, metavar="YEAR", help="asset.opt.check_year")],
    figure: Annotated[
        Several, typer.Option("--figure", parser=as_text, metavar="CATEGORY=AMOUNT", help="asset.opt.figure")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="asset.opt.figures_file")] = None,
    confirm: Annotated[
        Several, typer.Option("--confirm", parser=as_text, metavar="DEPT[=AMOUNT]", help="asset.opt.confirm")
    ] = None,
    explain: Annotated[
        Several, typer.Option("--explain", parser=as_text, metavar="LINE=CAUSE:DECISION", help="asset.opt.explain")
    ] = None,
    sign: Annotated[Several, typer.Option("--sign", parser=as_text, metavar="ROLE=PERSON", help="asset.opt.sign_role")] = None,
    on: OnDay = None,
) -> None:
    """The year's end: three parties, every difference explained, three signatures."""
    desk: Desk = ctx.obj
    wanted = days.parse_year(year, today=desk_today()).since.year
    if not (figure or file or confirm or explain or sign):
        desk.read(lambda ledger: yearend.sheet(ledger, wanted))
        return
    stated = {**(_figures(file) if file else {}), **{key: money.parse_money(text) for key, text in pairs(figure or ()).items()}}
    word = {
        text.partition("=")[0].strip(): money.parse_money(text.partition("=")[2]) if "=" in text else None
        for text in confirm or ()
    }
    desk.do(
        "asset.reconcile",
        lambda e: yearend.reconcile(
            e, wanted, accountant=stated, departments=word, causes=_causes(explain or []), signers=pairs(sign or ()), on=on
        ),
    )


@app.command("accept", help="asset.help.accept")
def accept(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(parser=as_text, metavar="PLACE", help="asset.opt.accept_place")],
) -> None:
    """A room's sheet at the end of the year."""
    from logi.books.asset import renewing

    desk: Desk = ctx.obj
    desk.read(lambda ledger: renewing.acceptance(ledger, place))


@app.command("term-ready", help="asset.help.term_ready")
def term_ready(
    ctx: typer.Context,
    term: Annotated[str, typer.Argument(parser=as_text, metavar="TERM", help="asset.opt.term")],
    strict: Annotated[bool, typer.Option("--strict", help="asset.opt.ready_strict")] = False,
    mark: Annotated[bool, typer.Option("--mark", help="asset.opt.mark")] = False,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.marked_by")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """What keeps a term from being marked started, or the mark itself."""
    from logi.books.asset import terms

    desk: Desk = ctx.obj
    if mark:
        desk.do("asset.term-ready", lambda e: terms.mark(e, term, on=on, by=by, note=note))
        return
    table = desk.look(lambda ledger: terms.ready(ledger, term))
    desk.answer(table)
    if strict and table.rows:
        desk.wrong()


def _causes(texts: list[str]) -> dict[str, tuple[str, str]]:
    made = {}
    for key, text in pairs(texts).items():
        cause, colon, decision = text.replace("：", ":").partition(":")
        if not colon or not cause.strip() or not decision.strip():
            raise Usage("asset.bad_explain", text=text)
        made[key] = (cause.strip(), decision.strip())
    return made


def _figures(file: Path) -> dict[str, int]:
    """The accountant's figures from a file: category, amount."""
    from logi.books.asset.count_files import table
    from logi.core.messages import say

    headings = {
        "category": ("category", "類別", "分類", "分類代碼", "資產類別", "科目", "class"),
        "amount": ("amount", "金額", "總賬數", "賬面原值", "原值", "期末餘額", "餘額", "balance"),
    }
    made: dict[str, int] = {}
    findings = []
    for line, cells in table(str(file), headings, "category"):
        try:
            made[cells.get("category", "")] = money.parse_money(cells.get("amount", ""))
        except BadValue as error:
            value, problem = cells.get("amount", ""), say(error.key, **error.facts)
            findings.append({"line": line, "column": "amount", "value": value, "problem": problem, "remedy": ""})
    if findings:
        raise BadData("asset.bad_file", findings, file=file.name, count=len(findings))
    if not made:
        raise BadData("asset.empty_file", file=file.name)
    return made

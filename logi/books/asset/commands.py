"""`logi asset …`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.asset import (
    actions,
    booking_commands,
    custody_commands,
    disposal_commands,
    label_commands,
    report,
    store,
    use_commands,
    value_commands,
)
from logi.books.asset.count_commands import count as counting
from logi.books.asset.field_commands import field
from logi.books.asset.fields import as_pair
from logi.books.asset.rules import ACQUIRED_BY, STATUSES, USED_FOR, VALUE_TYPES
from logi.context import Desk
from logi.core.answers import Pack
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
    as_count,
    as_day,
    as_money,
    as_quantity,
    as_text,
    choice,
    period_of,
)

if TYPE_CHECKING:
    from logi.db import Ledger

asset = typer.Typer()
apps = {"asset": asset}

Codes = Annotated[list[str], typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.codes")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="asset.opt.place")]
Keeper = Annotated[str | None, typer.Option("--keeper", parser=as_text, metavar="PERSON", help="asset.opt.keeper")]
Department = Annotated[
    str | None, typer.Option("--department", parser=as_text, metavar="DEPT", help="asset.opt.department")
]
Category = Annotated[str | None, typer.Option("--category", parser=as_text, metavar="CODE", help="asset.opt.category")]
Vendor = Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="asset.opt.vendor")]
Invoice = Annotated[str | None, typer.Option("--invoice", parser=as_text, metavar="NO", help="asset.opt.invoice")]
Brand = Annotated[str | None, typer.Option("--brand", parser=as_text, metavar="TEXT", help="asset.opt.brand")]
Model = Annotated[str | None, typer.Option("--model", parser=as_text, metavar="TEXT", help="asset.opt.model")]
Spec = Annotated[str | None, typer.Option("--spec", parser=as_text, metavar="TEXT", help="asset.opt.spec")]
Fund = Annotated[str | None, typer.Option("--fund", parser=as_text, metavar="TEXT", help="asset.opt.fund")]
Unit = Annotated[str | None, typer.Option("--unit", parser=as_text, metavar="UNIT", help="asset.opt.unit")]
UsedFor = Annotated[str | None, choice("--used-for", "asset.used_for", USED_FOR, "asset.opt.used_for")]
Photo = Annotated[str | None, typer.Option("--photo", parser=as_text, metavar="TEXT", help="asset.opt.photo")]
Request = Annotated[str | None, typer.Option("--request", parser=as_text, metavar="NO", help="asset.opt.purchase_request")]
Fields = Annotated[
    list[Any] | None, typer.Option("--set", parser=as_pair, metavar="FIELD=VALUE", help="asset.opt.set")
]
Ref = Annotated[str | None, typer.Option("--ref", parser=as_text, metavar="NO", help="asset.opt.ref")]
LifeMonths = Annotated[
    int | None, typer.Option("--life-months", parser=as_count, metavar="N", help="asset.opt.life_months")
]
Warranty = Annotated[
    date | None, typer.Option("--warranty-until", parser=as_day, metavar="DAY", help="asset.opt.warranty_until")
]


@asset.command("add", help="asset.help.add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="asset.opt.name")],
    cost: Annotated[int, typer.Option("--cost", parser=as_money, metavar="AMOUNT", help="asset.opt.cost")],
    category: Category = None,
    count: Annotated[int | None, typer.Option("--count", parser=as_count, metavar="N", help="asset.opt.count")] = None,
    quantity: Annotated[
        int | None, typer.Option("--quantity", parser=as_quantity, metavar="N", help="asset.opt.quantity")
    ] = None,
    unit: Unit = None,
    on: OnDay = None,
    booked: Annotated[
        date | None, typer.Option("--booked", parser=as_day, metavar="DAY", help="asset.opt.booked")
    ] = None,
    place: Place = None,
    keeper: Keeper = None,
    department: Department = None,
    vendor: Vendor = None,
    invoice: Invoice = None,
    code: Annotated[str | None, typer.Option("--code", parser=as_code, metavar="CODE", help="asset.opt.code")] = None,
    life_months: LifeMonths = None,
    serial: Annotated[
        str | None, typer.Option("--serial", parser=as_text, metavar="NO", help="asset.opt.serial")
    ] = None,
    brand: Brand = None,
    model: Model = None,
    spec: Spec = None,
    fund: Fund = None,
    acquired_by: Annotated[
        str, choice("--acquired-by", "asset.acquired_by", ACQUIRED_BY, "asset.opt.acquired_by")
    ] = "purchase",
    value_type: Annotated[
        str, choice("--value-type", "asset.value_type", VALUE_TYPES, "asset.opt.value_type")
    ] = "cost",
    warranty_until: Warranty = None,
    used_for: UsedFor = None,
    request: Request = None,
    buyer: Annotated[str | None, typer.Option("--buyer", parser=as_text, metavar="PERSON", help="asset.opt.buyer")] = None,
    inspector: Annotated[
        str | None, typer.Option("--inspector", parser=as_text, metavar="PERSON", help="asset.opt.inspector")
    ] = None,
    photo: Photo = None,
    ref: Ref = None,
    fields: Fields = None,
    note: Note = None,
) -> None:
    """Put a thing on the register."""
    desk: Desk = ctx.obj
    desk.do("asset.add", lambda e: actions.add(
        e, name, cost, on=on, booked_on=booked, code=code, count=count, quantity_milli=quantity, category=category,
        place=place, keeper=keeper, department=department, vendor=vendor, serial=serial, life_months=life_months,
        value_type=value_type, acquired_by=acquired_by, warranty_until=warranty_until, invoice=invoice, brand=brand,
        model=model, spec=spec, fund=fund, unit=unit, used_for=used_for, request=request, buyer=buyer, inspector=inspector,
        photo=photo, ref=ref, fields=fields or (), note=note))  # fmt: skip


@asset.command("list", help="asset.help.list")
def list_(
    ctx: typer.Context,
    place: Place = None,
    keeper: Keeper = None,
    department: Department = None,
    category: Category = None,
    vendor: Vendor = None,
    item: Annotated[str | None, typer.Option("--item", parser=as_text, metavar="TEXT", help="asset.opt.item")] = None,
    state: Annotated[str | None, choice("--state", "asset.status", STATUSES, "asset.opt.state")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The register."""
    desk: Desk = ctx.obj
    first, last = period_of(
        month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since, until=until
    )
    desk.read(lambda ledger: report.listing(
        ledger, state=state, place=place, keeper=keeper, department=department, category=category, vendor=vendor,
        item=item, since=first, until=last))  # fmt: skip


@asset.command("show", help="asset.help.show")
def show(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.show")],
) -> None:
    """A card, or a document of this book."""
    from logi import journal
    from logi.core.messages import say

    desk: Desk = ctx.obj

    def ask(ledger: "Ledger") -> Pack:
        tables = report.show(ledger, code) or report.show(ledger, store.card(ledger, code)["code"])
        return Pack("asset.show", say("asset.title.show", code=code), ledger.today.isoformat(),
                    journal.head(ledger.db).short, tables or [])  # fmt: skip

    desk.read(ask)


@asset.command("edit", help="asset.help.edit")
def edit(
    ctx: typer.Context,
    codes: Codes,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="asset.opt.name")] = None,
    category: Category = None,
    life_months: LifeMonths = None,
    state: Annotated[str | None, choice("--state", "asset.status", ("in_use", "idle"), "asset.opt.set_state")] = None,
    warranty_until: Warranty = None,
    invoice: Invoice = None,
    brand: Brand = None,
    model: Model = None,
    spec: Spec = None,
    fund: Fund = None,
    unit: Unit = None,
    used_for: UsedFor = None,
    photo: Photo = None,
    ref: Ref = None,
    fields: Fields = None,
    note: Note = None,
    on: OnDay = None,
) -> None:
    """Change what is given of cards."""
    desk: Desk = ctx.obj
    desk.do("asset.edit", lambda e: actions.edit(
        e, codes, name=name, category=category, life_months=life_months, status=state, warranty_until=warranty_until,
        on=on, invoice=invoice, brand=brand, model=model, spec=spec, fund=fund, unit=unit, used_for=used_for, photo=photo,
        ref=ref, fields=fields or (), note=note))  # fmt: skip


@asset.command("attach", help="asset.help.attach")
def attach(
    ctx: typer.Context,
    codes: Codes,
    file: Annotated[list[str], typer.Option("--file", metavar="FILE", help="asset.opt.file")],
    note: Note = None,
) -> None:
    """Put a photo, an invoice, a manual to cards."""
    from logi.books.asset import filing

    desk: Desk = ctx.obj
    files = filing.read(file)
    done = desk.act("asset.attach", lambda e: filing.attach(e, codes, files, note))
    filing.keep(desk, files, done)
    desk.answer(done)


@asset.command("assign", help="asset.help.assign")
def assign(
    ctx: typer.Context,
    codes: Codes,
    keeper: Annotated[str, typer.Option("--keeper", parser=as_text, metavar="PERSON", help="asset.opt.keeper")],
    place: Place = None,
    on: OnDay = None,
) -> None:
    """Give things to a keeper."""
    desk: Desk = ctx.obj
    desk.do("asset.assign", lambda e: actions.assign(e, codes, keeper, place=place, on=on))


@asset.command("transfer", help="asset.help.transfer")
def transfer(
    ctx: typer.Context,
    codes: Codes,
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="asset.opt.to_place")],
    keeper: Keeper = None,
    department: Department = None,
    quantity: Annotated[
        int | None, typer.Option("--quantity", parser=as_quantity, metavar="N", help="asset.opt.part")
    ] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Move things to another room."""
    desk: Desk = ctx.obj
    desk.do("asset.transfer", lambda e: actions.transfer(
        e, codes, place, keeper=keeper, department=department, quantity_milli=quantity, on=on, note=note))  # fmt: skip


@asset.command("split", help="asset.help.split")
def split(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.one_code")],
    quantity: Annotated[int, typer.Argument(parser=as_quantity, metavar="QTY", help="asset.opt.part")],
    on: OnDay = None,
) -> None:
    """Part a quantity card in two."""
    desk: Desk = ctx.obj
    desk.do("asset.split", lambda e: actions.split(e, code, quantity, on=on))


for room in (disposal_commands, custody_commands, booking_commands, value_commands, use_commands, label_commands):
    asset.registered_commands += room.app.registered_commands
asset.add_typer(field, name="field", help="asset.help.field")
asset.add_typer(counting, name="count", help="asset.help.count")

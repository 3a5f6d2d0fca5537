"""`logi vendor|category …`: read what was typed, call one act, answer."""

from datetime import date
from typing import Annotated

import typer

from logi.books.school import actions, report
from logi.books.school.rules import METHODS
from logi.books.school.typed import AtDay, Code, Name, NewName
from logi.context import Desk
from logi.options import as_code, as_count, as_day, as_text, choice

vendor, category = typer.Typer(), typer.Typer()

Seller = Annotated[str, typer.Argument(parser=as_text, metavar="VENDOR", help="school.opt.vendor")]
CreditCode = Annotated[str | None, typer.Option("--credit-code", parser=as_code, help="school.opt.credit_code")]
Goods = Annotated[str | None, typer.Option("--class", parser=as_text, help="school.opt.class")]
TenderedFrom = Annotated[
    date | None, typer.Option("--tendered-from", parser=as_day, metavar="DAY", help="school.opt.tendered_from")
]
TenderedTo = Annotated[
    date | None, typer.Option("--tendered-to", parser=as_day, metavar="DAY", help="school.opt.tendered_to")
]
LicenceTo = Annotated[
    date | None, typer.Option("--licence-to", parser=as_day, metavar="DAY", help="school.opt.licence_to")
]
LicenceNo = Annotated[str | None, typer.Option("--licence", parser=as_text, metavar="NO", help="school.opt.licence_no")]
Contact = Annotated[str | None, typer.Option("--contact", parser=as_text, metavar="NAME", help="school.opt.contact")]
Bank = Annotated[str | None, typer.Option("--bank", parser=as_text, help="school.opt.bank")]
Phone = Annotated[str | None, typer.Option("--phone", parser=as_text, help="school.opt.phone")]
VendorNote = Annotated[str | None, typer.Option("--note", parser=as_text, help="school.opt.note")]
Class = Annotated[str, typer.Argument(parser=as_text, metavar="CATEGORY", help="school.opt.category")]
Life = Annotated[int | None, typer.Option("--life-months", parser=as_count, metavar="N", help="school.opt.life_months")]
Method = Annotated[str | None, choice("--method", "school.method", METHODS, "school.opt.method")]


@vendor.command("add", help="school.help.vendor_add")
def vendor_add(
    ctx: typer.Context, code: Code, name: Name, credit_code: CreditCode = None, item_class: Goods = None,
    tendered_from: TenderedFrom = None, tendered_to: TenderedTo = None, licence: LicenceNo = None,
    licence_to: LicenceTo = None, contact: Contact = None, phone: Phone = None, bank: Bank = None, note: VendorNote = None,
) -> None:  # fmt: skip
    """Register a vendor."""
    desk: Desk = ctx.obj
    desk.do("vendor.add", lambda e: actions.add_vendor(
        e, code, name, credit_code=credit_code, goods=item_class, tendered_from=tendered_from, tendered_to=tendered_to,
        licence_to=licence_to, licence_no=licence, contact=contact, phone=phone, bank=bank, note=note))  # fmt: skip


@vendor.command("list", help="school.help.vendor_list")
def vendor_list(
    ctx: typer.Context,
    item_class: Goods = None,
    tendered: Annotated[bool, typer.Option("--tendered", help="school.opt.tendered")] = False,
    at_day: AtDay = None,
    expired: Annotated[bool, typer.Option("--expired", help="school.opt.expired")] = False,
) -> None:
    """Vendors."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.vendors(ledger, goods=item_class, tendered=tendered, expired=expired, at=at_day))


@vendor.command("show", help="school.help.vendor_show")
def vendor_show(ctx: typer.Context, vendor: Seller) -> None:
    """One vendor."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.vendor(ledger, vendor))


@vendor.command("edit", help="school.help.vendor_edit")
def vendor_edit(
    ctx: typer.Context, vendor: Seller, name: NewName = None, credit_code: CreditCode = None, item_class: Goods = None,
    tendered_from: TenderedFrom = None, tendered_to: TenderedTo = None,
    no_tender: Annotated[bool, typer.Option("--no-tender", help="school.opt.no_tender")] = False,
    licence: LicenceNo = None, licence_to: LicenceTo = None, contact: Contact = None, phone: Phone = None,
    bank: Bank = None, note: VendorNote = None,
    blacklist: Annotated[
        str | None, typer.Option("--blacklist", parser=as_text, metavar="REASON", help="school.opt.blacklist")
    ] = None,
    no_blacklist: Annotated[bool, typer.Option("--no-blacklist", help="school.opt.no_blacklist")] = False,
) -> None:  # fmt: skip
    """Change what is given of a vendor."""
    desk: Desk = ctx.obj
    desk.do("vendor.edit", lambda e: actions.edit_vendor(
        e, vendor, name=name, credit_code=credit_code, goods=item_class, tendered_from=tendered_from,
        tendered_to=tendered_to, no_tender=no_tender, licence_to=licence_to, licence_no=licence, contact=contact,
        phone=phone, bank=bank, note=note, blacklist=blacklist, no_blacklist=no_blacklist))  # fmt: skip


@category.command("add", help="school.help.category_add")
def category_add(
    ctx: typer.Context, code: Code, name: Name, life_months: Life = None, depreciation: Method = None,
    special: Annotated[bool, typer.Option("--special", help="school.opt.special")] = False,
) -> None:  # fmt: skip
    """Register an asset category."""
    desk: Desk = ctx.obj
    desk.do("category.add", lambda e: actions.add_category(
        e, code.upper(), name, life_months=life_months, method=depreciation, special=special))  # fmt: skip


@category.command("list", help="school.help.category_list")
def category_list(
    ctx: typer.Context,
    begins: Annotated[str | None, typer.Argument(parser=as_code, metavar="[BEGINS]", help="school.opt.begins")] = None,
) -> None:
    """Asset categories."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.categories(ledger, begins=begins.upper() if begins else None))


@category.command("show", help="school.help.category_show")
def category_show(ctx: typer.Context, category: Class) -> None:
    """One asset category."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.category(ledger, category))


@category.command("edit", help="school.help.category_edit")
def category_edit(
    ctx: typer.Context, category: Class, name: NewName = None, life_months: Life = None, depreciation: Method = None,
    special: Annotated[bool | None, typer.Option("--special/--not-special", help="school.opt.special")] = None,
) -> None:  # fmt: skip
    """Change what is given of a category."""
    desk: Desk = ctx.obj
    desk.do("category.edit", lambda e: actions.edit_category(
        e, category, name=name, life_months=life_months, method=depreciation, special=special))  # fmt: skip

"""`logi asset field …`: fields of the school's own on asset cards."""

from typing import Annotated

import typer

from logi.books.asset import fields
from logi.context import Desk
from logi.options import as_code, as_text, choice

field = typer.Typer()

Code = Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="asset.opt.field_code")]
Choices = Annotated[
    list[str] | None, typer.Option("--choice", parser=as_text, metavar="TEXT", help="asset.opt.field_choice")
]


@field.command("add", help="asset.help.field_add")
def add(
    ctx: typer.Context,
    code: Code,
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="asset.opt.field_name")],
    category: Annotated[
        str | None, typer.Option("--category", parser=as_text, metavar="CODE", help="asset.opt.field_category")
    ] = None,
    kind: Annotated[str, choice("--kind", "asset.field_kind", fields.KINDS, "asset.opt.field_kind")] = "text",
    choices: Choices = None,
    required: Annotated[bool, typer.Option("--required", help="asset.opt.field_required")] = False,
) -> None:
    """Declare a field."""
    desk: Desk = ctx.obj
    desk.do("asset.field.add", lambda e: fields.declare(
        e, code, name, category=category, kind=kind, choices=choices or (), required=required))  # fmt: skip


@field.command("list", help="asset.help.field_list")
def list_(ctx: typer.Context) -> None:
    """Every field."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: fields.listing(ledger.db))


@field.command("edit", help="asset.help.field_edit")
def edit(
    ctx: typer.Context,
    code: Code,
    name: Annotated[
        str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="asset.opt.field_name")
    ] = None,
    choices: Choices = None,
    required: Annotated[bool | None, typer.Option("--required/--not-required", help="asset.opt.field_required")] = None,
) -> None:
    """Change a field."""
    desk: Desk = ctx.obj
    desk.do("asset.field.edit", lambda e: fields.change(e, code, name=name, choices=choices or (), required=required))


@field.command("drop", help="asset.help.field_drop")
def drop(ctx: typer.Context, code: Code) -> None:
    """Take a field away that no card bears."""
    desk: Desk = ctx.obj
    desk.do("asset.field.drop", lambda e: fields.drop(e, code))

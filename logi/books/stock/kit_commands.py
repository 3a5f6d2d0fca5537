"""`logi stock kit|issue-kit|sign-sheet|textbook|request|requests|costing`: read what was typed, call one act, answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.stock.rules import METHODS
from logi.core.errors import Usage
from logi.options import OnDay, SinceDay, UntilDay, as_code, as_count, as_day, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.books.stock.lines import Line
    from logi.context import Desk

kit, textbook = typer.Typer(), typer.Typer()


STATES = ("open", "approved", "rejected", "issued")


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, parser=as_text, metavar=metavar, help=help)


def as_names(text: Any) -> list[str]:
    """`杨班一,钱样真` or `杨班一、钱样真`."""
    import re

    return [as_text(one) for one in re.split(r"[,，、;；\s]+", str(text)) if one] if not isinstance(text, list) else text


Pairs = Annotated[list[str], typer.Argument(metavar="ITEM QTY", help="stock.opt.each_pairs")]
MayPairs = Annotated[list[str] | None, typer.Argument(metavar="ITEM QTY", help="stock.opt.each_pairs")]
Kit = Annotated[str, typer.Argument(parser=as_text, metavar="KIT", help="stock.opt.kit")]
Purpose = Annotated[str | None, _text("--for", "TEXT", "stock.opt.for")]
Keeper = Annotated[str | None, _text("--keeper", "PERSON", "stock.opt.keeper")]
Create = Annotated[bool, typer.Option("--create", help="stock.opt.create")]
ClassName = Annotated[str, typer.Argument(parser=as_text, metavar="CLASS", help="stock.opt.class_name")]


@kit.command("add", help="stock.help.kit_add")
def kit_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="stock.opt.kit_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="stock.opt.kit_name")],
    items: Pairs,
    for_: Purpose = None,
) -> None:
    """Register what one kit holds."""
    from logi.books.stock import kits

    desk: Desk = ctx.obj
    got = _pairs(items)
    desk.do("stock.kit.add", lambda e: kits.add_kit(e, code, name, got, purpose=for_))


@kit.command("edit", help="stock.help.kit_edit")
def kit_edit(
    ctx: typer.Context,
    kit: Kit,
    items: MayPairs = None,
    drop: Annotated[list[str] | None, _text("--drop", "ITEM", "stock.opt.drop")] = None,
    name: Annotated[str | None, _text("--name", "NAME", "stock.opt.kit_name")] = None,
    for_: Purpose = None,
) -> None:
    """Put other quantities into a kit, or take items out of it."""
    from logi.books.stock import kits

    desk: Desk = ctx.obj
    got = _pairs(items or [])
    desk.do("stock.kit.edit", lambda e: kits.edit_kit(e, kit, got, drop=drop or [], name=name, purpose=for_))


@kit.command("list", help="stock.help.kit_list")
def kit_list(ctx: typer.Context) -> None:
    """All kits."""
    from logi.books.stock import kits

    desk: Desk = ctx.obj
    desk.read(kits.listing)


@kit.command("show", help="stock.help.kit_show")
def kit_show(ctx: typer.Context, kit: Kit) -> None:
    """What one kit holds."""
    from logi.books.stock import kits

    desk: Desk = ctx.obj
    desk.read(lambda ledger: kits.page(ledger, kit))


def issue_kit(
    ctx: typer.Context,
    kit: Kit,
    to: Annotated[str, _text("--to", "DEPARTMENT", "stock.opt.to")],
    by: Annotated[str, _text("--by", "PERSON", "stock.opt.by")],
    heads: Annotated[int | None, typer.Option("--heads", parser=as_count, metavar="N", help="stock.opt.heads")] = None,
    receivers: Annotated[
        list[Any] | None, typer.Option("--people", parser=as_names, metavar="P,P…", help="stock.opt.people")
    ] = None,
    classes: Annotated[
        list[Any] | None, typer.Option("--classes", parser=as_names, metavar="CLASS,…", help="stock.opt.classes")
    ] = None,
    on: OnDay = None,
    for_: Purpose = None,
    keeper: Keeper = None,
    create: Create = False,
) -> None:
    """Issue a kit to many at once."""
    from logi.books.stock import kits

    desk: Desk = ctx.obj
    names, rooms = ([one for part in given or [] for one in part] for given in (receivers, classes))
    desk.do("stock.issue-kit", lambda e: kits.issue_kit(
        e, kit, to=to, by=by, on=on or e.today, heads=heads, people=names, classes=rooms, purpose=for_, keeper=keeper,
        create=create))  # fmt: skip


def sign_sheet(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="stock.opt.issue")],
) -> None:
    """The sheet of signatures of a kit's slip."""
    from logi.books.stock import kits

    desk: Desk = ctx.obj
    desk.read(lambda ledger: kits.sign_sheet(ledger, number))


@textbook.command("plan", help="stock.help.textbook_plan")
def textbook_plan(ctx: typer.Context, school_class: ClassName, items: Pairs, on: OnDay = None, create: Create = False) -> None:
    """Say what a class is due."""
    from logi.books.stock import textbooks

    desk: Desk = ctx.obj
    got = _pairs(items)
    desk.do("stock.textbook.plan", lambda e: textbooks.plan(e, school_class, got, on=on or e.today, create=create))


@textbook.command("issue", help="stock.help.textbook_issue")
def textbook_issue(
    ctx: typer.Context,
    school_class: ClassName,
    by: Annotated[str, _text("--by", "PERSON", "stock.opt.class_teacher")],
    items: MayPairs = None,
    on: OnDay = None,
    for_: Purpose = None,
    keeper: Keeper = None,
) -> None:
    """Hand a class what it is still due."""
    from logi.books.stock import textbooks

    desk: Desk = ctx.obj
    got = _pairs(items or [])
    desk.do("stock.textbook.issue", lambda e: textbooks.issue(
        e, school_class, got, by=by, on=on or e.today, purpose=for_, keeper=keeper))  # fmt: skip


@textbook.command("status", help="stock.help.textbook_status")
def textbook_status(
    ctx: typer.Context,
    at_day: Annotated[date | None, typer.Option("--at", parser=as_day, metavar="DAY", help="stock.opt.at")] = None,
) -> None:
    """Class by title: due, got, short; title by title: received, issued, left."""
    from logi.books.stock import textbooks
    from logi.core.answers import Pack
    from logi.core.messages import say
    from logi.journal import head

    desk: Desk = ctx.obj
    day = min(at_day or desk.today, desk.today)

    def page(ledger: Any) -> Pack:
        tables = [textbooks.by_class(ledger, day), textbooks.by_title(ledger, day)]
        return Pack("stock.textbooks", say("stock.title.textbooks", at=day), day.isoformat(), head(ledger.db).short, tables)

    desk.read(page)


def request(
    ctx: typer.Context,
    items: Pairs,
    to: Annotated[str, _text("--to", "DEPARTMENT", "stock.opt.to")],
    by: Annotated[str, _text("--by", "PERSON", "stock.opt.asker")],
    for_: Purpose = None,
    on: OnDay = None,
    create: Create = False,
) -> None:
    """Ask for goods."""
    from logi.books.stock import requesting

    desk: Desk = ctx.obj
    got = _pairs(items)
    desk.do("stock.request", lambda e: requesting.request(
        e, got, to=to, by=by, on=on or e.today, purpose=for_, create=create))  # fmt: skip


def requests(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    state: Annotated[str | None, choice("--state", "stock.request_state", STATES, "stock.opt.request_state")] = None,
) -> None:
    """Requests of a period, this year's if none is named."""
    from logi.books.stock import requesting

    desk: Desk = ctx.obj
    last = until or desk.today
    first = since or date(last.year, 1, 1)
    if first > last:
        raise Usage("front.since_after_until", since=first, until=last)
    desk.read(lambda ledger: requesting.listing(ledger, first, last, state=state))


def costing(
    ctx: typer.Context,
    method: Annotated[
        str | None, typer.Argument(parser=fixed("stock.costing", METHODS), metavar="|".join(METHODS), help="stock.opt.method")
    ] = None,
    year: Annotated[int | None, typer.Option("--from", parser=as_count, metavar="YEAR", help="stock.opt.from_year")] = None,
    item: Annotated[str | None, _text("--item", "ITEM", "stock.opt.costing_item")] = None,
) -> None:
    """Value issues in another way from a year's first day on; alone it tells how they are valued."""
    from logi.books.stock import costing as changing

    desk: Desk = ctx.obj
    if method is None:
        if year or item:
            raise Usage("front.missing", missing=["|".join(METHODS)], command=ctx.command_path)
        desk.read(changing.listing)
        return
    if year is None:
        raise Usage("front.missing", missing=["--from YEAR"], command=ctx.command_path)
    desk.do("stock.costing", lambda e: changing.change(e, method, year, item))


def join(stock: typer.Typer) -> None:
    """Hang these commands into `logi stock`."""
    stock.add_typer(kit, name="kit", help="stock.help.kit")
    stock.add_typer(textbook, name="textbook", help="stock.help.textbook")
    for name, act, key in (
        ("issue-kit", issue_kit, "stock.help.issue_kit"), ("sign-sheet", sign_sheet, "stock.help.sign_sheet"),
        ("request", request, "stock.help.request"), ("requests", requests, "stock.help.requests"),
        ("costing", costing, "stock.help.costing"),
    ):  # fmt: skip
        stock.command(name, help=key)(act)


def _pairs(words: list[str]) -> "list[Line]":
    from logi.books.stock.lines import from_words

    return from_words(words)

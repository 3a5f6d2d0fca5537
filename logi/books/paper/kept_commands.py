"""`logi paper ledger …` and `logi paper volume …`: the catalogue of ledgers, the archive."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.paper import rules
from logi.books.paper.options import Area, By, Why, category_word
from logi.options import Note, OnDay, as_code, as_count, as_day, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk

ledgers, volumes = typer.Typer(), typer.Typer()


def as_school_year(text: Any) -> int:
    """The year a school year begins in: 2025, 2025-2026."""
    from logi.core.days import parse_school_year
    from logi.options import desk_today

    return int(parse_school_year(str(text), today=desk_today()).key) if not isinstance(text, int) else text


Kept = Annotated[str, typer.Argument(parser=as_text, metavar="LEDGER", help="paper.opt.ledger")]
Keeper = Annotated[str | None, typer.Option("--keeper", parser=as_text, metavar="PERSON", help="paper.opt.keeper")]
Book = Annotated[str | None, typer.Option("--book", parser=as_text, metavar="BOOK", help="paper.opt.book")]
Place = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="TEXT", help="paper.opt.place")]
Category = Annotated[str | None, typer.Option("--category", parser=category_word, metavar="TEXT", help="paper.opt.category")]
Year = Annotated[int | None, typer.Option("--school-year", parser=as_school_year, metavar="YEAR", help="paper.opt.year")]


@ledgers.command("add", help="paper.help.ledger_add")
def ledger_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="paper.opt.ledger_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="paper.opt.ledger_name")],
    frequency: Annotated[str, choice("--frequency", "paper.frequency", rules.FREQUENCIES, "paper.opt.frequency")],
    keeper: Keeper = None, book: Book = None, work_area: Area = None, place: Place = None,
    effective: Annotated[
        date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="paper.opt.ledger_from")
    ] = None,
    note: Note = None,
) -> None:  # fmt: skip
    """Enter a ledger into the catalogue."""
    from logi.books.paper import kept_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.ledger.add", lambda e: acts.add_ledger(
        e, code, name, frequency=frequency, keeper=keeper, book=book, area=work_area, place=place, starts=effective,
        note=note))  # fmt: skip


@ledgers.command("edit", help="paper.help.ledger_edit")
def ledger_edit(
    ctx: typer.Context, kept: Kept,
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="paper.opt.ledger_name")] = None,
    frequency: Annotated[
        str | None, choice("--frequency", "paper.frequency", rules.FREQUENCIES, "paper.opt.frequency")
    ] = None,
    keeper: Keeper = None, book: Book = None, work_area: Area = None, place: Place = None, note: Note = None,
) -> None:  # fmt: skip
    """Change what the catalogue says of a ledger."""
    from logi.books.paper import kept_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.ledger.edit", lambda e: acts.edit_ledger(
        e, kept, name=name, frequency=frequency, keeper=keeper, book=book, area=work_area, place=place, note=note))  # fmt: skip


@ledgers.command("write", help="paper.help.ledger_write")
def ledger_write(ctx: typer.Context, kept: Kept, by: By = None, on: OnDay = None, note: Note = None) -> None:
    """A ledger on paper has an entry of a day."""
    from logi.books.paper import kept_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.ledger.write", lambda e: acts.write_ledger(e, kept, by=by, on=on, note=note))


@ledgers.command("close", help="paper.help.ledger_close")
def ledger_close(ctx: typer.Context, kept: Kept, reason: Why, on: OnDay = None) -> None:
    """A ledger is no longer kept."""
    from logi.books.paper import kept_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.ledger.close", lambda e: acts.close_ledger(e, kept, reason=reason, on=on), reason=reason)


@ledgers.command("list", help="paper.help.ledger_list")
def ledger_list(ctx: typer.Context, stale: Annotated[bool, typer.Option("--stale", help="paper.opt.stale")] = False) -> None:
    """The catalogue of ledgers."""
    from logi.books.paper import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.ledgers(ledger, stale=stale))


@volumes.command("add", help="paper.help.volume_add")
def volume_add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(parser=as_text, metavar="TITLE", help="paper.opt.volume_title")],
    category: Annotated[str, typer.Option("--category", parser=category_word, metavar="TEXT", help="paper.opt.category")],
    school_year: Year = None,
    volume_no: Annotated[int | None, typer.Option("--volume", parser=as_count, metavar="N", help="paper.opt.volume_no")] = None,
    pages: Annotated[int | None, typer.Option("--pages", parser=as_count, metavar="N", help="paper.opt.pages")] = None,
    retention: Annotated[
        str | None, choice("--retention", "paper.retention", rules.RETENTIONS, "paper.opt.retention")
    ] = None,
    place: Place = None, on: OnDay = None, note: Note = None,
) -> None:  # fmt: skip
    """File a volume."""
    from logi.books.paper import kept_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.volume.add", lambda e: acts.add_volume(
        e, title, category=category, year=school_year, n=volume_no, pages=pages, retention=retention, place=place, on=on,
        note=note))  # fmt: skip


@volumes.command("hand", help="paper.help.volume_hand")
def volume_hand(
    ctx: typer.Context,
    volumes: Annotated[list[str], typer.Argument(parser=as_text, metavar="VOLUME…", help="paper.opt.volumes")],
    receiver: Annotated[str, typer.Option("--to", parser=as_text, metavar="NAME", help="paper.opt.receiver")],
    by: By = None, on: OnDay = None, place: Place = None,
) -> None:  # fmt: skip
    """Hand volumes over to the archive."""
    from logi.books.paper import kept_actions as acts

    desk: Desk = ctx.obj
    desk.do("paper.volume.hand", lambda e: acts.hand_volumes(e, volumes, to=receiver, by=by, on=on, place=place))


@volumes.command("list", help="paper.help.volume_list")
def volume_list(
    ctx: typer.Context, school_year: Year = None, category: Category = None,
    held: Annotated[bool, typer.Option("--held", help="paper.opt.held")] = False,
) -> None:  # fmt: skip
    """The volumes of the archive."""
    from logi.books.paper import report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.volumes(ledger, year=school_year, category=category, held=held))

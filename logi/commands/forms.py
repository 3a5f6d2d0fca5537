"""`logi form`: printed forms, filled from the books or blank, in every format."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.context import Desk
from logi.core import days
from logi.core.answers import Column, Table
from logi.core.errors import NotFound, Usage
from logi.core.forms import Asked, FormData
from logi.core.messages import say, title
from logi.options import InMonth, SinceDay, UntilDay, as_day, as_month, as_text

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.forms.parts import Sheet
    from logi.forms.shapes import Shape

form_app = typer.Typer()
apps = {"form": form_app}

LISTED = (None, "list", "列表", "清單", "清单")
NAMED = ("number", "item", "year")  # what nothing can be printed without; a room or a roster may be left out


@form_app.command("form", help="forms.help.form")
def form(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(parser=as_text, metavar="NAME", help="forms.opt.name")] = None,
    number: Annotated[str | None, typer.Argument(parser=as_text, metavar="NUMBER", help="forms.opt.number")] = None,
    month: InMonth = None,
    week: Annotated[str | None, typer.Option("--week", metavar="WEEK", help="forms.opt.week")] = None,
    on: Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DAY", help="forms.opt.on")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
    blank: Annotated[bool, typer.Option("--blank", help="forms.opt.blank")] = False,
    all_: Annotated[bool, typer.Option("--all", help="forms.opt.all")] = False,
) -> None:
    """Print a form."""
    from logi.forms.shapes import shape_named
    from logi.forms.writing import write

    desk: Desk = ctx.obj
    if name in LISTED:
        desk.answer(listing())
        return
    shape = shape_named(str(name))
    given = [number, month, week, on, since, until]
    if blank:
        if any(given) or all_:
            raise Usage("forms.blank_or_filled")
        sheets = desk.look(lambda ledger: [_sheet(ledger, shape, None, Asked())])
    elif all_:
        sheets = desk.look(lambda ledger: _every(ledger, shape, month, since, until))
    else:
        wanted, asked = _asked(desk, shape, number, month=month, week=week, on=on, since=since, until=until)
        sheets = desk.look(lambda ledger: _filled(ledger, shape, wanted, asked))
    desk.make_folder()
    style: dict[str, Any] = {"header": str(desk.shared.get("header") or "titles"), "excel": bool(desk.shared.get("excel"))}

    def deliver() -> None:
        write(sheets, desk.formats, desk.output, **style)
        desk.wrote()

    if desk.output is None:
        deliver()
    else:
        desk.when_it_stands(deliver)


def listing() -> Table:
    """Every form there is."""
    from logi.forms.shapes import shapes

    columns = (
        Column("name", say("forms.col.name"), "code"),
        Column("title", say("forms.col.title")), Column("takes", say("forms.col.takes")),
        Column("filled", say("forms.col.filled")), Column("copies", say("forms.col.copies"), "count"),
    )  # fmt: skip
    from logi.forms.data import hooks

    rows = []
    for shape in shapes().values():
        filled = bool(hooks(shape))
        rows.append({
            "name": shape.name, "title": shape.title, "takes": title("forms.takes", shape.takes),
            "filled": shape.book if filled else say("forms.by_hand"), "copies": len(shape.copies) or 1,
        })  # fmt: skip
    return Table("form.list", say("forms.title.list"), columns, rows)


def _sheet(ledger: "Ledger", shape: "Shape", data: FormData | None, asked: Asked) -> "Sheet":
    from logi import journal
    from logi.forms.filling import fill

    school = ledger.settings.get("school", "")
    return fill(shape, data, school=school, head=journal.head(ledger.db).short, asked=asked)


def _filled(ledger: "Ledger", shape: "Shape", number: str | None, asked: Asked) -> "list[Sheet]":
    from logi.forms.data import data_of

    return [_sheet(ledger, shape, data, asked) for data in data_of(ledger, shape, number, asked)]


def _every(ledger: "Ledger", shape: "Shape", month: str | None, since: date | None, until: date | None) -> "list[Sheet]":
    """One form for each document of a month (or of days named)."""
    from logi.forms.data import numbers_of

    if month is None and not (since and until):
        raise Usage("forms.all_needs_month")
    if month is not None:
        period = days.month_period(month)
        since, until = period.since, period.until
    assert since is not None
    assert until is not None
    asked = Asked(since, until, month)
    numbers = numbers_of(ledger, shape, since, until)
    if not numbers:
        raise NotFound("forms.none_in_month", title=shape.title, month=month or f"{since} – {until}")
    return [sheet for one in numbers for sheet in _filled(ledger, shape, one, asked)]


def _asked(
    desk: Desk, shape: "Shape", number: str | None, *, month: str | None, week: str | None, on: date | None,
    since: date | None, until: date | None,
) -> tuple[str | None, Asked]:  # fmt: skip
    """What the form is asked for: its number, and the days, by what the form is for; a day, week or month may also stand
    where a number does."""
    today = desk.today
    if shape.takes == "month":
        named = month or (as_month(number) if number else None)
        if named is None:
            raise Usage("forms.needs.month", title=shape.title)
        period = days.month_period(named)
        return None, Asked(period.since, period.until, named)
    if shape.takes == "week":
        if not (week or number):
            raise Usage("forms.needs.week", title=shape.title)
        found = days.parse_week(str(week or number), today=today)
        return None, Asked(found.since, found.until, week=found.key)
    if shape.takes == "day":
        day = on or (as_day(number) if number else today)
        return None, Asked(day, day)
    if shape.takes in NAMED and number is None:
        raise Usage(f"forms.needs.{shape.takes}", title=shape.title)
    return number, _stretch(today, month, since, until)


def _stretch(today: date, month: str | None, since: date | None, until: date | None) -> Asked:
    if month is not None:
        period = days.month_period(month)
        return Asked(period.since, min(period.until, today), month)
    if since and until and since > until:
        raise Usage("front.since_after_until", since=since, until=until)
    first = since or days.school_year_period(days.school_year_of(today)).since
    return Asked(min(first, until or today), until or today)

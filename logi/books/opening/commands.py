"""`logi opening …`: read what was typed, call one act, answer."""

from datetime import date
from typing import Annotated, Any

import typer

from logi.books.opening import rules
from logi.context import Desk
from logi.core.errors import BadValue
from logi.options import Note, OnDay, as_code, as_count, as_day, as_text

app, classes, pupils = typer.Typer(), typer.Typer(), typer.Typer()
app.add_typer(classes, name="class", help="opening.help.class")
app.add_typer(pupils, name="pupil", help="opening.help.pupil")
apps = {"opening": app}


def as_clock(text: Any) -> str:
    """A time of day as "HH:MM"."""
    return rules.clock(str(text))


def as_pupils(text: Any) -> int:
    """How many pupils: a whole number from 1, or one below 0 that takes a count back."""
    typed = str(text).strip()
    sign, digits = (-1, typed[1:]) if typed.startswith("-") else (1, typed.removeprefix("+"))
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits) < 100_000):
        raise BadValue("opening.bad_pupils", text=typed)
    return sign * int(digits)


Class = Annotated[str, typer.Argument(parser=as_text, metavar="CLASS", help="opening.opt.class")]
Which = Annotated[str, typer.Argument(parser=as_text, metavar="PUPIL", help="opening.opt.pupil")]
Term = Annotated[str | None, typer.Option("--term", parser=as_text, metavar="TERM", help="opening.opt.term")]
Day = Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DAY", help="opening.opt.on")]
Helpers = Annotated[str | None, typer.Option("--helpers", parser=as_text, metavar="TEXT", help="opening.opt.helpers")]
Expected = Annotated[int | None, typer.Option("--expected", parser=as_count, metavar="N", help="opening.opt.expected")]
Create = Annotated[bool, typer.Option("--create", help="opening.opt.create")]
InClass = Annotated[str | None, typer.Option("--class", parser=as_text, metavar="CLASS", help="opening.opt.class")]
Bed = Annotated[str | None, typer.Option("--bed", parser=as_text, metavar="ROOM[/N]", help="opening.opt.bed")]
Starts = Annotated[str | None, typer.Option("--starts", parser=as_clock, metavar="HH:MM", help="opening.opt.starts")]
Ends = Annotated[str | None, typer.Option("--ends", parser=as_clock, metavar="HH:MM", help="opening.opt.ends")]
AtPlace = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="opening.opt.place")]
Staff = Annotated[str | None, typer.Option("--staff", parser=as_text, metavar="PERSON", help="opening.opt.staff")]


@classes.command("add", help="opening.help.class_add")
def class_add(
    ctx: typer.Context,
    class_: Class,
    place: Annotated[str, typer.Option("--place", parser=as_text, metavar="PLACE", help="opening.opt.place")],
    staff: Annotated[str, typer.Option("--staff", parser=as_text, metavar="PERSON", help="opening.opt.staff")],
    on: Day = None,
    starts: Starts = None,
    ends: Ends = None,
    expected: Expected = None,
    helpers: Helpers = None,
    term: Term = None,
    create: Create = False,
) -> None:
    """Arrange a class's registration."""
    desk: Desk = ctx.obj
    from logi.books.opening import actions

    desk.do("opening.class.add", lambda e: actions.add_class(
        e, class_, place=place, staff=staff, starts=starts or "08:00", ends=ends or "11:30", on=on, expected=expected,
        helpers=helpers, term=term, create=create))  # fmt: skip


@classes.command("edit", help="opening.help.class_edit")
def class_edit(
    ctx: typer.Context,
    class_: Class,
    place: AtPlace = None,
    staff: Staff = None,
    on: Day = None,
    starts: Starts = None,
    ends: Ends = None,
    expected: Expected = None,
    helpers: Helpers = None,
    term: Term = None,
) -> None:
    """Change a class's registration."""
    desk: Desk = ctx.obj
    from logi.books.opening import actions

    desk.do("opening.class.edit", lambda e: actions.edit_class(
        e, class_, place=place, staff=staff, starts=starts, ends=ends, on=on, expected=expected, helpers=helpers,
        term=term))  # fmt: skip


@classes.command("drop", help="opening.help.class_drop")
def class_drop(
    ctx: typer.Context,
    class_: Class,
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")],
    term: Term = None,
) -> None:
    """Take a class's registration back."""
    desk: Desk = ctx.obj
    from logi.books.opening import actions

    desk.do("opening.class.drop", lambda e: actions.drop_class(e, class_, reason=reason, term=term), reason=reason)


@app.command("arrive", help="opening.help.arrive")
def arrive(
    ctx: typer.Context,
    class_: Class,
    arrived: Annotated[int, typer.Argument(parser=as_pupils, metavar="N", help="opening.opt.pupils")],
    on: OnDay = None,
    by: Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="opening.opt.by")] = None,
    note: Note = None,
    term: Term = None,
) -> None:
    """Count pupils who have come."""
    desk: Desk = ctx.obj
    from logi.books.opening import actions

    desk.do("opening.arrive", lambda e: actions.arrive(e, class_, arrived, on=on, by=by, note=note, term=term))


@app.command("list", help="opening.help.list")
def list_(ctx: typer.Context, term: Term = None) -> None:
    """The registration of a term."""
    desk: Desk = ctx.obj
    from logi.books.opening import report

    desk.read(lambda ledger: report.arranged(ledger, term))


@app.command("safety", help="opening.help.safety")
def safety(ctx: typer.Context, term: Term = None) -> None:
    """What shows that the opening is safe."""
    desk: Desk = ctx.obj
    from logi.books.opening import report

    desk.read(lambda ledger: report.safety(ledger, term))


@pupils.command("add", help="opening.help.pupil_add")
def pupil_add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="opening.opt.code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="opening.opt.name")],
    class_: InClass = None,
    bed: Bed = None,
    create: Create = False,
) -> None:
    """Enter a pupil."""
    desk: Desk = ctx.obj
    from logi.books.opening import actions

    desk.do("opening.pupil.add", lambda e: actions.add_pupil(e, code, name, class_=class_, bed=bed, create=create))


@pupils.command("place", help="opening.help.pupil_place")
def pupil_place(ctx: typer.Context, pupil: Which, class_: InClass = None, bed: Bed = None, create: Create = False) -> None:
    """Give a pupil a class or a bed."""
    desk: Desk = ctx.obj
    from logi.books.opening import actions

    desk.do("opening.pupil.place", lambda e: actions.place_pupil(e, pupil, class_=class_, bed=bed, create=create))


@pupils.command("leave", help="opening.help.pupil_leave")
def pupil_leave(ctx: typer.Context, pupil: Which, on: OnDay = None) -> None:
    """A pupil leaves."""
    desk: Desk = ctx.obj
    from logi.books.opening import actions

    desk.do("opening.pupil.leave", lambda e: actions.leave_pupil(e, pupil, on=on))


@pupils.command("list", help="opening.help.pupil_list")
def pupil_list(
    ctx: typer.Context,
    class_: InClass = None,
    place: AtPlace = None,
    unplaced: Annotated[bool, typer.Option("--unplaced", help="opening.opt.unplaced")] = False,
) -> None:
    """The pupils with class and bed."""
    desk: Desk = ctx.obj
    from logi.books.opening import report

    desk.read(lambda ledger: report.pupils(ledger, class_=class_, place=place, unplaced=unplaced))

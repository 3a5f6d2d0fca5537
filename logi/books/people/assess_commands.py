"""`logi staff scheme …, assess …`: what the staff is assessed by, and rounds of it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.people import assessing
from logi.books.people.options import By, Folk, as_points, flat, paired, span
from logi.core.errors import BadValue
from logi.core.money import parse_count
from logi.options import InSchoolYear, InYear, Note, OnDay, SinceDay, UntilDay, as_code, as_day, as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

scheme = typer.Typer()
assess = typer.Typer()

ASPECT_SAID = (("微笑服务", "manner"), ("奉献", "devotion"), ("考勤", "discipline"), ("检查", "inspection"), ("学习", "study"),
               ("业务", "skill"), ("业绩", "result"))  # fmt: skip
as_aspect = fixed("people.aspect", assessing.ASPECTS, *ASPECT_SAID)
as_given = paired("people.bad_points_of", as_points)
Number = Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="people.opt.round")]
Departments = Annotated[
    list[str] | None, typer.Option("--department", parser=as_text, metavar="DEPT", help="people.opt.assessed_departments")
]


def as_item(text: Any) -> tuple[str, str | None, int]:
    """`ASPECT[:WORDS]=WEIGHT`: what is assessed, in which words, by how much."""
    if isinstance(text, tuple):
        return text
    left, equals, weight = str(text).replace("＝", "=").replace("：", ":").rpartition("=")
    aspect, colon, words = left.partition(":")
    if not equals or not aspect.strip() or (colon and not words.strip()):
        raise BadValue("people.bad_item", text=str(text)[:60])
    return as_aspect(aspect.strip()), as_text(words) if colon else None, parse_count(weight)


def as_aspect_points(text: Any) -> tuple[str, int]:
    """`ASPECT=POINTS`."""
    aspect, points = as_given(text)
    return as_aspect(aspect), points


@scheme.command("add", help="people.help.scheme_add")
def add_scheme(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="people.opt.scheme_code")],
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="people.opt.scheme_name")],
    target_kind: Annotated[str, choice("--of", "people.target", assessing.TARGETS, "people.opt.target")] = "person",
    scheme_items: Annotated[
        list[Any] | None, typer.Option("--item", parser=as_item, metavar="TEXT=N", help="people.opt.items")
    ] = None,
    starts: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="people.opt.from_day")] = None,
    source: Annotated[str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="people.opt.basis")] = None,
) -> None:
    """Lay a scheme down."""
    from logi.books.people import assess_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.scheme.add", lambda e: acts.add_scheme(
        e, code, name, target=target_kind, items=scheme_items or (), starts=starts, source=source))  # fmt: skip


@scheme.command("end", help="people.help.scheme_end")
def end_scheme(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="people.opt.scheme_code")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="people.opt.reason")],
    on: OnDay = None,
) -> None:
    """End a scheme."""
    from logi.books.people import assess_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.scheme.end", lambda e: acts.end_scheme(e, code, reason=reason, on=on), reason=reason)


@scheme.command("list", help="people.help.scheme_list")
def list_schemes(ctx: typer.Context) -> None:
    """Every scheme with its items."""
    from logi.books.people import assess_report as reports

    desk: Desk = ctx.obj
    desk.read(reports.schemes)


@assess.command("open", help="people.help.assess_open")
def open_(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(parser=as_text, metavar="CODE", help="people.opt.scheme_code")],
    first: Annotated[date, typer.Option("--from", parser=as_day, metavar="DAY", help="people.opt.round_from")],
    last: Annotated[date, typer.Option("--to", parser=as_day, metavar="DAY", help="people.opt.round_to")],
    name: Annotated[str | None, typer.Option("--name", parser=as_text, metavar="NAME", help="people.opt.round_name")] = None,
    assessed: Folk = None,
    departments: Departments = None,
    on: OnDay = None,
) -> None:
    """Open a round."""
    from logi.books.people import assess_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.assess.open", lambda e: acts.open_(
        e, code, since=first, until=last, name=name, who=flat(assessed), departments=departments or (), on=on))  # fmt: skip


@assess.command("score", help="people.help.assess_score")
def score(
    ctx: typer.Context,
    number: Number,
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="people.opt.assessed")],
    marks: Annotated[list[Any], typer.Argument(parser=as_aspect_points, metavar="ASPECT=N", help="people.opt.points")],
    by: By,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """Somebody scores somebody."""
    from logi.books.people import assess_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.assess.score", lambda e: acts.score(e, number, name, marks, by=by, note=note, on=on))


@assess.command("close", help="people.help.assess_close")
def close(ctx: typer.Context, number: Number, on: OnDay = None) -> None:
    """Close a round."""
    from logi.books.people import assess_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.assess.close", lambda e: acts.close(e, number, on=on))


@assess.command("accept", help="people.help.assess_accept")
def accept(ctx: typer.Context, number: Number, by: By, on: OnDay = None, note: Note = None) -> None:
    """A leader accepts a closed round."""
    from logi.books.people import assess_actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.assess.accept", lambda e: acts.accept(e, number, by=by, note=note, on=on))


@assess.command("ranking", help="people.help.assess_ranking")
def ranking(
    ctx: typer.Context,
    number: Annotated[str | None, typer.Argument(parser=as_text, metavar="NUMBER", help="people.opt.round")] = None,
    full: Annotated[bool, typer.Option("--full", help="people.opt.full")] = False,
) -> None:
    """Rank, points and grade of everybody."""
    from logi.books.people import assess_report as reports

    desk: Desk = ctx.obj
    desk.read(lambda ledger: reports.ranking(ledger, number, full=full))


@assess.command("list", help="people.help.assess_list")
def list_(
    ctx: typer.Context,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """The rounds of a period."""
    from logi.books.people import assess_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.rounds(ledger, first, last))

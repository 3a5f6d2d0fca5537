"""`logi check …`: read what was typed, call one act, answer."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.check import actions, analysis, report, things, using
from logi.books.check.answering import Given, Handling
from logi.books.check.rules import FREQUENCIES, ROLES
from logi.context import Desk
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
from logi.core.routine import FREQUENCIES as ROUTINE
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
    as_day,
    as_text,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.books.check.filing import Sheet
    from logi.journal import Entry

check = typer.Typer()
apps = {"check": check}
as_role = fixed("check.role", ROLES)

Name = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="check.opt.name")]
MaybeName = Annotated[str | None, typer.Argument(parser=as_text, metavar="[NAME]", help="check.opt.only_name")]
Places = Annotated[list[str] | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="check.opt.places")]
OfPlace = Annotated[str | None, typer.Option("--place", parser=as_text, metavar="PLACE", help="check.opt.of_place")]
ItemIds = list[str] | None


def as_signature(text: Any) -> tuple[str, str]:
    """`ROLE=PERSON`."""
    if isinstance(text, tuple):
        return text
    role, equals, person = str(text).partition("=")
    if not equals or not person.strip():
        raise BadValue("check.bad_signature", text=str(text))
    return as_role(role.strip()), as_text(person)


def as_given(text: Any) -> Given:
    """`ITEM=VALUE` or `PLACE:ITEM=VALUE`; the value may be followed by a remark."""
    if isinstance(text, Given):
        return text
    left, equals, value = str(text).partition("=")
    place, _, item = left.rpartition(":")
    if not equals or not item.strip() or not value.strip():
        raise BadValue("check.bad_set", text=str(text))
    return Given(place.strip() or None, item.strip(), as_text(value))


@check.command("run", help="check.help.run")
def check_run(
    ctx: typer.Context,
    name: Name,
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="check.opt.by")],
    places: Places = None,
    assets: Annotated[
        list[str] | None, typer.Option("--asset", parser=as_text, metavar="CODE", help="check.opt.assets")
    ] = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="check.opt.everywhere")] = False,
    on: OnDay = None,
    at: Annotated[str | None, typer.Option("--at", parser=as_text, metavar="INSTANT", help="check.opt.at")] = None,
    set_: Annotated[
        list[Any] | None, typer.Option("--set", parser=as_given, metavar="ITEM=VALUE", help="check.opt.set")
    ] = None,
    file: Annotated[str | None, typer.Option("--file", metavar="FILE", help="check.opt.file")] = None,
    rest_ok: Annotated[bool, typer.Option("--rest-ok", help="check.opt.rest_ok")] = False,
    repair: Annotated[
        ItemIds, typer.Option("--repair", parser=as_text, metavar="ITEM", help="check.opt.repair")
    ] = None,
    hazard: Annotated[
        ItemIds, typer.Option("--hazard", parser=as_text, metavar="ITEM", help="check.opt.hazard")
    ] = None,
    settled: Annotated[
        ItemIds, typer.Option("--settled", parser=as_text, metavar="ITEM", help="check.opt.settled")
    ] = None,
    nothing: Annotated[ItemIds, typer.Option("--none", parser=as_text, metavar="ITEM", help="check.opt.none")] = None,
    sign: Annotated[
        list[Any] | None, typer.Option("--sign", parser=as_signature, metavar="ROLE=PERSON", help="check.opt.sign")
    ] = None,
    note: Note = None,
) -> None:
    """Record a run of a list."""
    desk: Desk = ctx.obj
    given = _once(set_ or [])
    sheet = _sheet(desk, file)
    day, time = _instant(desk, at, on)
    from logi.books.check.asking import Where, asked

    handling = Handling(repair or (), hazard or (), settled or (), nothing or ())
    if desk.interactive and not rest_ok and sheet is None:
        where = Where(places or (), assets or (), everywhere, day)
        given, handling = asked(desk, name, where, given, handling)

    def act(e: "Entry") -> Any:
        answers, spots = given, list(places or ())
        if sheet is not None:
            answers, spots = _with_sheet(e, name, sheet, given, spots)
        return actions.run(
            e, name, by=by, places=spots, assets=assets or (), everywhere=everywhere, given=answers, rest_ok=rest_ok,
            on=day, at_time=time, handling=handling, signs=_signatures(sign or []), note=note,
        )  # fmt: skip

    desk.do("check.run", act)


@check.command("sign", help="check.help.sign")
def check_sign(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="check.opt.number")],
    sign: Annotated[list[Any], typer.Argument(parser=as_signature, metavar="ROLE=PERSON", help="check.opt.sign")],
    on: OnDay = None,
) -> None:
    """Somebody signed a run."""
    desk: Desk = ctx.obj
    desk.do("check.sign", lambda e: actions.sign(e, number, _signatures(sign), on=on))


@check.command("use", help="check.help.use")
def check_use(
    ctx: typer.Context,
    name: Name,
    places: Places = None,
    starts: Annotated[
        date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="check.opt.from")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=as_day, metavar="DAY", help="check.opt.until")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="check.opt.owner")]
    = None,
    frequency: Annotated[
        str | None,
        typer.Option("--frequency", parser=fixed("check.frequency", FREQUENCIES), metavar="|".join(FREQUENCIES),
                     help="check.opt.frequency"),
    ] = None,
) -> None:  # fmt: skip
    """Expect runs of a list."""
    desk: Desk = ctx.obj
    desk.do("check.use", lambda e: using.use(
        e, name, places=places or (), starts=starts, until=until, owner=owner, frequency=frequency))  # fmt: skip


@check.command("list", help="check.help.list")
def check_list(
    ctx: typer.Context,
    used: Annotated[bool, typer.Option("--in-use", help="check.opt.in_use")] = False,
    place: OfPlace = None,
) -> None:
    """Every list."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.listing(ledger, used=used, place=place))


@check.command("show", help="check.help.show")
def check_show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(parser=as_text, metavar="NAME|NUMBER", help="check.opt.name_or_number")],
) -> None:
    """A list with its items, or a run with its results."""
    desk: Desk = ctx.obj
    desk.read(lambda ledger: report.show_pack(ledger, name))


@check.command("results", help="check.help.results")
def check_results(
    ctx: typer.Context,
    name: MaybeName = None,
    place: OfPlace = None,
    person: Annotated[
        str | None, typer.Option("--person", "--by", parser=as_text, metavar="PERSON", help="check.opt.person")
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="check.opt.failed")] = False,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Runs with their score and what failed."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: analysis.results(
        ledger, first, last, text=name, place=place, person=person, failed=failed))  # fmt: skip


@check.command("trend", help="check.help.trend")
def check_trend(
    ctx: typer.Context,
    name: Name,
    place: OfPlace = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """A list over time."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: analysis.trend(ledger, name, first, last, place=place))


@check.command("ranking", help="check.help.ranking")
def check_ranking(
    ctx: typer.Context,
    name: Name,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Places by score."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: analysis.ranking(ledger, name, first, last))


@check.command("assets", help="check.help.assets")
def check_assets(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(parser=as_text, metavar="[NAME]", help="check.opt.name")] = "appliances",
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Asset by asset: checked or not yet, and what became of the faults."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: things.assets(ledger, name, first, last))


@check.command("departments", help="check.help.departments")
def check_departments(
    ctx: typer.Context,
    name: MaybeName = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Failures by department."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    desk.read(lambda ledger: analysis.departments(ledger, first, last, text=name))


@check.command("routine", help="check.help.routine")
def check_routine(
    ctx: typer.Context,
    frequency: Annotated[
        str | None,
        typer.Option("--frequency", parser=fixed("check.routine", ROUTINE), metavar="|".join(ROUTINE),
                     help="check.opt.routine_frequency"),
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="check.opt.routine_person")
    ] = None,
) -> None:
    """Everything that comes round."""
    from logi.books.check import routine

    desk: Desk = ctx.obj
    desk.read(lambda ledger: routine.calendar(ledger, frequency=frequency, who=person))


@check.command("missed", help="check.help.missed")
def check_missed(
    ctx: typer.Context,
    name: MaybeName = None,
    strict: Annotated[bool, typer.Option("--strict", help="check.opt.strict")] = False,
    month: InMonth = None,
    quarter: InQuarter = None,
    week: InWeek = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Runs the calendar asked for that nobody made."""
    desk: Desk = ctx.obj
    first, last = period_of(month=month, quarter=quarter, week=week, year=year, school_year=school_year, since=since,
                            until=until)  # fmt: skip
    table = desk.look(lambda ledger: report.missed(ledger, first, last, text=name))
    desk.answer(table)
    if strict and any(row["state"] == "missed" for row in table.rows):
        desk.wrong()


def _once(given: Sequence[Given]) -> list[Given]:
    seen: set[tuple[str | None, str]] = set()
    for one in given:
        if (one.place, one.item) in seen:
            raise Usage("check.set_twice", item=one.item)
        seen.add((one.place, one.item))
    return [one._replace(value=_photo(one.value)) for one in given]


def _photo(value: str) -> str:
    """`@PATH` stands for the SHA-256 of that file: a photo is kept elsewhere, the ledger keeps what it was."""
    if not value.startswith("@"):
        return value
    import hashlib

    from logi.core.datafiles import path_typed

    head, _, tail = value[1:].partition(" ")
    try:
        digest = hashlib.sha256(path_typed(head).read_bytes()).hexdigest()
    except OSError as error:
        raise Usage("check.no_photo", path=head, problem=error.strerror or "") from None
    return f"{digest} {tail}".strip()


def _sheet(desk: Desk, path: str | None) -> "Sheet | None":
    if path is None:
        return None
    from logi.books.check.filing import Sheet

    sheet = Sheet(path)
    for key, facts in sheet.notes:
        desk.note(say(key, **facts))
    return sheet


def _with_sheet(
    e: "Entry", name: str, sheet: "Sheet", given: Sequence[Given], places: Sequence[str]
) -> tuple[list[Given], list[str]]:
    """The file's answers and the typed ones, each item once; the places of the file's rows are run too."""
    from logi.books.check import filing, lists

    rows = filing.given(e, lists.named(e, name), sheet)
    typed = {(one.place, one.item) for one in given}
    if both := [one.item for one in rows if (one.place, one.item) in typed]:
        raise Usage("check.set_and_file", items=both)
    there = list(dict.fromkeys(one.place for one in rows if one.place))
    return [*given, *rows], [*places, *(place for place in there if place not in places)]


def _signatures(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    signs: dict[str, str] = {}
    for role, person in given:
        if role in signs:
            raise Usage("check.role_twice", role=role)
        signs[role] = person
    return signs


def _instant(desk: Desk, at: str | None, on: date | None) -> tuple[date | None, str | None]:
    """The day and time of `--at`; a bare time lies on `--on` or today, and both days must agree."""
    if at is None:
        return on, None
    from logi.core.days import parse_instant

    try:
        day, time = parse_instant(at, today=desk.today, zone_minutes=desk.ledger.zone_minutes, default_day=on)
    except BadValue as error:
        raise Usage("front.bad_value", option="--at", problem=say(error.key, **error.facts)) from None
    if on is not None and day != on:
        raise Usage("check.two_days", at=day, on=on)
    return day, time

"""`logi month duty …`: read what was typed, call one act, answer."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.month.dutyrules import SHIFTS, STRETCHES
from logi.context import Desk
from logi.core.days import days_between, month_period
from logi.core.errors import BadValue, Usage
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InYear,
    OnDay,
    SinceDay,
    UntilDay,
    as_count,
    as_day,
    as_month,
    as_text,
    choice,
    fixed,
    period_of,
)

if TYPE_CHECKING:
    from logi.journal import Entry

app = typer.Typer()

ONLY = ("every", "workday", "off")
ORDERS = ("least", "fixed")
_SPLIT = re.compile(r"[,，、;；]")
_RANGE = re.compile(r"\.\.|~|…|至")


def as_names(text: Any) -> Any:
    """People by name or code, with commas between them."""
    if not isinstance(text, str):
        return text
    names = [as_text(part) for part in _SPLIT.split(text) if part.strip()]
    if not names:
        raise BadValue("front.empty_text")
    return tuple(names)


def as_shifts(text: Any) -> Any:
    """Shifts by key or title, with commas between them; each once."""
    if not isinstance(text, str):
        return text
    read = fixed("month.shift", SHIFTS)
    return tuple(dict.fromkeys(read(part.strip()) for part in _SPLIT.split(text) if part.strip()))


def as_absence(text: Any) -> Any:
    """`P` (all days) or `P:DAY,DAY..DAY`: who cannot serve, and when."""
    if not isinstance(text, str):
        return text
    name, _, given = text.replace("：", ":").partition(":")
    days: list[date] = []
    for part in filter(None, (one.strip() for one in _SPLIT.split(given))):
        ends = [as_day(one.strip()) for one in _RANGE.split(part)]
        if len(ends) > 2 or ends[0] > ends[-1]:
            raise BadValue("month.duty.bad_absence", text=text)
        days += days_between(ends[0], ends[-1])
    return as_text(name), tuple(days)


def _people(flag: str, help: str) -> Any:
    return typer.Option(flag, parser=as_names, metavar="PERSON,…", help=help)


OnDuty = Annotated[date, typer.Argument(parser=as_day, metavar="DAY", help="month.duty.opt.day")]
Shift = Annotated[str | None, choice("--shift", "month.shift", SHIFTS, "month.duty.opt.shift")]
Text = Annotated[str | None, typer.Option(parser=as_text, metavar="TEXT", help="month.duty.opt.text")]


@app.command("draft", help="month.duty.help.draft")
def draft(
    ctx: typer.Context,
    first: Annotated[date | None, typer.Option("--from", parser=as_day, metavar="DAY", help="month.duty.opt.first")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=as_day, metavar="DAY", help="month.duty.opt.last")] = None,
    holiday: Annotated[str | None, choice("--holiday", "month.holiday", STRETCHES, "month.duty.opt.holiday")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR", help="month.duty.opt.year")] = None,
    month: Annotated[str | None, typer.Option("--month", parser=as_month, metavar="MONTH", help="month.duty.opt.month")] = None,
    leaders: Annotated[Any, _people("--leaders", "month.duty.opt.leaders")] = None,
    people: Annotated[Any, _people("--people", "month.duty.opt.people")] = None,
    gate: Annotated[Any, _people("--gate", "month.duty.opt.gate")] = None,
    shifts: Annotated[Any, typer.Option("--shifts", parser=as_shifts, metavar="SHIFT,…", help="month.duty.opt.shifts")] = None,
    each: Annotated[int | None, typer.Option("--each", parser=as_count, metavar="N", help="month.duty.opt.each")] = None,
    exclude: Annotated[
        list[Any] | None, typer.Option("--exclude", parser=as_absence, metavar="PERSON[:DAYS]", help="month.duty.opt.exclude")
    ] = None,
    only: Annotated[str, choice("--only", "month.only", ONLY, "month.duty.opt.only")] = "every",
    order: Annotated[str, choice("--order", "month.order", ORDERS, "month.duty.opt.order")] = "least",
    title: Annotated[str | None, typer.Option("--title", parser=as_text, help="month.duty.opt.title")] = None,
) -> None:
    """Draft a roster for a holiday, a month, or from day to day."""
    desk: Desk = ctx.obj
    ways = [bool(first or last), bool(holiday), bool(month)]
    if sum(ways) != 1 or bool(first) != bool(last) or (first and last and first > last) or (year and not holiday):
        raise Usage("month.duty.which_days")
    from logi.books.month import duty, duty_days

    def act(e: "Entry") -> Any:
        if holiday:
            days = duty_days.of_holiday(e, holiday, year)
        elif month:
            days = duty_days.of_month(e, month)
        else:
            assert first is not None
            assert last is not None
            days = duty_days.of_days(e, first, last)
        teachers = holiday == "teachers" and people is None
        return duty.draft(
            e, days.first, days.last, title or days.title, leaders=leaders or (), people=people or (), gate=gate or (),
            shifts=shifts or ("all",), each=0 if teachers and each is None else each, exclude=exclude or (), only=only,
            order=order,
        )  # fmt: skip

    desk.do("month.duty.draft", act)


@app.command("show", help="month.duty.help.show")
def show(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(parser=as_text, metavar="NUMBER|MONTH|DAY", help="month.duty.opt.what")
    ] = None,
    log: Annotated[bool, typer.Option("--log", help="month.duty.opt.log")] = False,
    person: Annotated[str | None, typer.Option("--person", parser=as_text, help="month.duty.opt.person")] = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """A roster as it hangs on the wall, or its log."""
    desk: Desk = ctx.obj
    from logi.books.month import duty_report

    number, first, last = _what(desk, what, since, until)
    if log:
        if person:
            raise Usage("month.duty.log_all")
        desk.read(lambda ledger: duty_report.logs(ledger, number=number, since=first, until=last))
    else:
        desk.read(lambda ledger: duty_report.wall(ledger, number=number, since=first, until=last, person=person))


@app.command("set", help="month.duty.help.set")
def assign(
    ctx: typer.Context,
    day: OnDuty,
    leader: Annotated[Any, _people("--leader", "month.duty.opt.leader")] = None,
    people: Annotated[Any, _people("--people", "month.duty.opt.people_of_day")] = None,
    gate: Annotated[Any, _people("--gate", "month.duty.opt.gate_of_day")] = None,
    shift: Shift = None,
    note: Annotated[str | None, typer.Option("--note", parser=as_text, metavar="TEXT", help="front.opt.note")] = None,
) -> None:
    """Put others on a day of a draft."""
    desk: Desk = ctx.obj
    from logi.books.month import duty

    desk.do("month.duty.set", lambda e: duty.assign(
        e, day, leader=leader or (), people=people or (), gate=gate or (), shift=shift, note=note))  # fmt: skip


@app.command("swap", help="month.duty.help.swap")
def swap(
    ctx: typer.Context,
    day: OnDuty,
    giver: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="month.duty.opt.giver")],
    taker: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="month.duty.opt.taker")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="month.opt.reason")],
    back_on: Annotated[date | None, typer.Option("--back", parser=as_day, metavar="DAY", help="month.duty.opt.back")] = None,
    shift: Shift = None,
    on: OnDay = None,
) -> None:
    """One takes another's duty."""
    desk: Desk = ctx.obj
    from logi.books.month import duty

    desk.do("month.duty.swap", lambda e: duty.swap(
        e, day, giver, taker, reason=reason, back=back_on, shift=shift, on=on), reason=reason)  # fmt: skip


@app.command("log", help="month.duty.help.log")
def log(
    ctx: typer.Context,
    day: OnDuty,
    by: Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="month.duty.opt.by")],
    note: Annotated[str | None, typer.Option("--note", parser=as_text, metavar="TEXT", help="month.duty.opt.note")] = None,
    shift: Shift = None,
    absent: Annotated[Any, _people("--absent", "month.duty.opt.absent")] = None,
    stand_in: Annotated[Any, _people("--stand-in", "month.duty.opt.stand_in")] = None,
    weather: Text = None,
    visitors: Text = None,
    event: Text = None,
    handed: Text = None,
    taken_by: Annotated[
        str | None, typer.Option("--taken-by", parser=as_text, metavar="PERSON", help="month.duty.opt.taken_by")
    ] = None,
) -> None:
    """Write up a duty."""
    desk: Desk = ctx.obj
    from logi.books.month import duty

    desk.do("month.duty.log", lambda e: duty.log(
        e, day, by, shift=shift, absent=absent or (), stand_in=stand_in or (), taken_by=taken_by, note=note,
        weather=weather, visitors=visitors, event=event, handed=handed))  # fmt: skip


@app.command("away", help="month.duty.help.away")
def away(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(parser=as_text, metavar="PERSON", help="month.duty.opt.away")],
    first: Annotated[date, typer.Option("--from", parser=as_day, metavar="DAY", help="month.duty.opt.first")],
    reason: Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="month.opt.reason")],
    last: Annotated[date | None, typer.Option("--to", parser=as_day, metavar="DAY", help="month.duty.opt.last")] = None,
) -> None:
    """Somebody cannot serve."""
    desk: Desk = ctx.obj
    from logi.books.month import duty_pools

    desk.do("month.duty.away", lambda e: duty_pools.register_away(
        e, person, first, last or first, reason=reason), reason=reason)  # fmt: skip


@app.command("aways", help="month.duty.help.aways")
def aways(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    school_year: InSchoolYear = None,
) -> None:
    """Who cannot serve when."""
    desk: Desk = ctx.obj
    from logi.books.month import duty_report

    first, last = period_of(month=month, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: duty_report.aways(ledger, first, last))


@app.command("list", help="month.duty.help.list")
def list_(
    ctx: typer.Context,
    since: SinceDay = None,
    until: UntilDay = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
) -> None:
    """The rosters."""
    desk: Desk = ctx.obj
    from logi.books.month import duty_report

    first, last = period_of(month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: duty_report.rosters(ledger, first, last))


@app.command("publish", help="month.duty.help.publish")
def publish(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="month.duty.opt.number")],
    on: OnDay = None,
    place: Annotated[str | None, typer.Option("--place", parser=as_text, metavar="TEXT", help="month.duty.opt.place")] = None,
) -> None:
    """Hang a roster on the wall."""
    desk: Desk = ctx.obj
    from logi.books.month import duty

    desk.do("month.duty.publish", lambda e: duty.publish(e, number, on=on, place=place))


def _what(desk: Desk, what: str | None, since: date | None, until: date | None) -> tuple[str | None, date | None, date | None]:
    """(number, None, None) or (None, first, last): a number, a month, a day, --since/--until; this month if nothing."""
    if what is None:
        if since or until:
            first, last = period_of(since=since, until=until)
            return None, first, last
        period = month_period(f"{desk.today:%Y-%m}")
        return None, period.since, period.until
    if since or until:
        raise Usage("front.two_periods", given=[what, "since/until"])
    if re.match(r"[A-Za-z]{2}-", what):
        return what.upper(), None, None
    try:
        period = month_period(as_month(what))
    except BadValue:
        day = as_day(what)
        return None, day, day
    return None, period.since, period.until

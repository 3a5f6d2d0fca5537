"""What the commands of repairs share: their options, and reading what was typed for them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.repair import rules
from logi.books.repair.clock import Moment
from logi.core.days import parse_day, parse_instant
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
from logi.options import as_code, as_count, as_money, as_text, choice

if TYPE_CHECKING:
    from logi.context import Desk


def as_score(text: Any) -> int:
    """A mark from 1 to 5."""
    score = as_count(text)
    if score > 5:
        raise BadValue("repair.bad_score", text=str(text))
    return score


def as_clock(text: Any) -> str:
    """A time of day as "HH:MM"."""
    return parse_instant(str(text), today=date(2000, 1, 1), zone_minutes=0)[1]


Number = Annotated[str, typer.Argument(parser=as_code, metavar="NUMBER", help="repair.opt.number")]
Minutes = Annotated[int | None, typer.Option("--minutes", parser=as_count, metavar="N", help="repair.opt.minutes")]
Cost = Annotated[int | None, typer.Option("--cost", parser=as_money, metavar="MONEY", help="repair.opt.cost")]
Invoice = Annotated[str | None, typer.Option("--invoice", parser=as_text, metavar="NO", help="repair.opt.invoice")]
Vendor = Annotated[str | None, typer.Option("--vendor", parser=as_text, metavar="VENDOR", help="repair.opt.vendor")]
Worker = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_worker")]
Acceptor = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="repair.opt.by_reporter")]
Why = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="repair.opt.reason")]
Mode = Annotated[str | None, typer.Option("--mode", parser=as_text, metavar="MODE", help="repair.opt.mode")]
Root = Annotated[str | None, typer.Option("--root", parser=as_text, metavar="TEXT", help="repair.opt.root")]
DownSince = Annotated[
    str | None, typer.Option("--down-since", parser=as_text, metavar="INSTANT", help="repair.opt.down_since")
]
At = Annotated[str | None, typer.Option("--at", parser=as_text, metavar="INSTANT", help="repair.opt.at_time")]
Parts = Annotated[list[str] | None, typer.Option("--part", parser=as_text, metavar='"ITEM QTY"', help="repair.opt.part")]
Arrived = Annotated[str | None, typer.Option("--arrived", parser=as_clock, metavar="HH:MM", help="repair.opt.arrived")]
Kind = Annotated[str | None, choice("--kind", "repair.kind", rules.KINDS, "repair.opt.kind")]
Cause = Annotated[
    str | None,
    choice("--cause", "repair.cause", rules.CAUSES, "repair.opt.cause", ("自然", "wear"), ("人为", "human")),
]


def instant(desk: "Desk", at: str | None, on: date | None) -> tuple[date | None, str | None]:
    """The day and time of `--at`; a bare time lies on `--on` or today, and both days must agree."""
    if at is None:
        return on, None
    try:
        day, time = parse_instant(at, today=desk.today, zone_minutes=desk.ledger.zone_minutes, default_day=on)
    except BadValue as error:
        raise Usage("front.bad_value", option="--at", problem=say(error.key, **error.facts)) from None
    if on is not None and day != on:
        raise Usage("repair.two_days", at=day, on=on)
    return day, time


def moment(desk: "Desk", typed: str | None) -> Moment | None:
    """The moment of `--down-since`: a day, or a day with its time."""
    if typed is None:
        return None
    try:
        return Moment(parse_day(typed, today=desk.today))
    except BadValue:
        pass
    try:
        return Moment(*parse_instant(typed, today=desk.today, zone_minutes=desk.ledger.zone_minutes))
    except BadValue as error:
        raise Usage("front.bad_value", option="--down-since", problem=say(error.key, **error.facts)) from None


def all_given(ctx: typer.Context, values: dict[str, str | None]) -> dict[str, str]:
    """What must be known: asked for on a terminal, else all that is missing is named at once (2).

    Not left to the floor: which of these are needed is known only once the title has been looked at for a place.
    """
    given = {name: value for name, value in values.items() if value}
    missing = [param for param in ctx.command.params if param.name in values and param.name not in given]
    if missing:
        from logi.option_words import label

        desk: Desk = ctx.obj
        if not desk.interactive:
            raise Usage("front.missing", missing=[label(param) for param in missing], command=ctx.command_path)
        from logi.asking import ask_missing

        answers: dict[str, Any] = dict(given)
        ask_missing(desk, ctx, missing, answers)
        for param in missing:
            typed = answers[str(param.name)]
            given[str(param.name)] = as_text(" ".join(typed) if isinstance(typed, list | tuple) else typed)
    return given

"""Parameters the dorm book's commands share: a moment, a sex, a floor, somebody absent and why."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.dorm import rules
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
from logi.core.money import parse_count
from logi.core.text import fold_typed
from logi.options import as_text, fixed

if TYPE_CHECKING:
    from logi.context import Desk

SAID = (("男生", "boys"), ("女生", "girls"), ("boy", "boys"), ("girl", "girls"), ("M", "boys"), ("F", "girls"))
as_sex = fixed("dorm.sex", rules.SEXES, *SAID)


def as_floor(text: Any) -> int:
    """Which floor, 1 to 40: `3`, `3楼`."""
    typed = fold_typed(str(text)).strip().upper().removesuffix("楼").removesuffix("樓").removesuffix("层").removesuffix("層")
    if not re.fullmatch(r"[1-9]|[1-3][0-9]|40", typed):
        raise BadValue("dorm.bad_floor", text=str(text)[:40])
    return int(typed)


def as_beds(text: Any) -> int:
    """How many beds, 1 to 60."""
    count = parse_count(text)
    if count > 60:
        raise BadValue("dorm.bad_beds", text=str(text)[:40])
    return count


def as_heads(text: Any) -> int:
    """How many people, from 0."""
    return 0 if str(text).strip() in ("0", "０") else parse_count(text)


def as_clock(text: Any) -> str:
    """A time of day, 22:05."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?", fold_typed(str(text)).strip())
    if found is None:
        raise BadValue("dorm.bad_clock", text=str(text)[:40])
    return f"{int(found[1]):02d}:{found[2]}"


def as_tail(text: Any) -> str:
    """The last four signs of an identity paper: more of it is not kept."""
    typed = fold_typed(str(text)).strip().upper()
    if not re.fullmatch(r"[0-9A-Z]{4}", typed):
        raise BadValue("dorm.bad_tail", text=str(text)[:40])
    return typed


def as_absent(text: Any) -> tuple[str, str | None]:
    """`PUPIL` or `PUPIL=TEXT`: who is not there, and what is known of it."""
    if isinstance(text, tuple):
        return text
    name, equals, why = str(text).replace("＝", "=").partition("=")
    if not name.strip() or (equals and not why.strip()):
        raise BadValue("dorm.bad_absent", text=str(text)[:60])
    return as_text(name), as_text(why) if equals else None


Who = Annotated[str, typer.Argument(parser=as_text, metavar="PUPIL", help="dorm.opt.pupil")]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="dorm.opt.by")]
At = Annotated[str, typer.Option("--at", parser=as_text, metavar="INSTANT", help="dorm.opt.at")]
Building = Annotated[str, typer.Option("--building", parser=as_text, metavar="BUILDING", help="dorm.opt.building")]
InBuilding = Annotated[str | None, typer.Option("--building", parser=as_text, metavar="BUILDING", help="dorm.opt.building")]
OnFloor = Annotated[int | None, typer.Option("--floor", parser=as_floor, metavar="N", help="dorm.opt.floor")]
Sex = Annotated[str | None, typer.Option("--sex", parser=as_sex, metavar="|".join(rules.SEXES), help="dorm.opt.sex")]


def moment(desk: "Desk", at: str, on: date | None = None, option: str = "--at") -> tuple[date, str]:
    """A day and a time; a bare time lies on `--on` or today, and both days must agree."""
    from logi.core.days import parse_instant

    try:
        day, time = parse_instant(at, today=desk.today, zone_minutes=desk.ledger.zone_minutes, default_day=on)
    except BadValue as error:
        raise Usage("front.bad_value", option=option, problem=say(error.key, **error.facts)) from None
    if on is not None and day != on:
        raise Usage("dorm.two_days", at=day, on=on)
    return day, time

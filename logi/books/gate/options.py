"""Parameters the gate's commands share: plates, tails of identity numbers, when it was, who kept the gate."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from logi.books.gate import rules
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
from logi.core.money import parse_quantity
from logi.options import as_text

if TYPE_CHECKING:
    from logi.context import Desk

SEX_SAID = (("男性", "male"), ("女性", "female"))
CONFIRMED_SAID = (("当面", "met"), ("面见", "met"), ("接人", "met"), ("电话", "phone"), ("预约", "booked"))
VEHICLE_SAID = (("公车", "school"), ("教职工", "staff"), ("接送", "parent"), ("送货", "supplier"), ("外来", "other"))
WAY_SAID = (("进校", "in"), ("驶入", "in"), ("入", "in"), ("出校", "out"), ("驶出", "out"))
PAPER_SAID = (("年检", "inspection"), ("标牌", "permit"), ("使用许可", "permit"), ("投保", "insurance"))
LEG_SAID = (("早班", "morning"), ("接学", "morning"), ("晚班", "evening"), ("送学", "evening"))
POINT_SAID = (("脱岗", "post"), ("着装", "dress"), ("登记", "register"), ("器械", "gear"), ("巡查", "round"), ("夜查", "night"),
              ("消防", "fire"))  # fmt: skip


class When(NamedTuple):
    """The day and the time of something at the gate."""

    on: date
    at: str


def as_plate(text: Any) -> str:
    """A number plate."""
    return rules.plate(str(text))


def as_tail(text: Any) -> str:
    """The last four signs of an identity number."""
    return rules.tail(str(text))


def as_speed(text: Any) -> int:
    """Kilometres an hour, in thousandths, more than nought."""
    typed = str(text).lower().removesuffix("km/h").removesuffix("公里").strip() if not isinstance(text, int) else text
    speed = parse_quantity(typed)
    if not 0 < speed < 200_000:
        raise BadValue("gate.bad_speed", text=str(text)[:40])
    return speed


def as_pair(text: Any) -> tuple[str, str | None]:
    """`NAME` or `NAME=TEXT`."""
    if isinstance(text, tuple):
        return text
    name, equals, what = str(text).replace("＝", "=").partition("=")
    return as_text(name), as_text(what) if equals else None


By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="gate.opt.by")]
Must = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="gate.opt.leader_by")]
At = Annotated[str | None, typer.Option("--at", parser=as_text, metavar="INSTANT", help="gate.opt.at")]


def when(desk: "Desk", at: str | None, on: date | None) -> When:
    """The instant of `--at` (a bare time lies on `--on` or today). Without it the clock's, if today is the clock's day."""
    from logi.core.days import parse_instant

    ledger = desk.ledger
    if at is None:
        if on not in (None, desk.today) or desk.fixed_today is not None:
            raise Usage("gate.at_what_time")
        from datetime import timedelta

        now = ledger.clock() + timedelta(minutes=ledger.zone_minutes)
        return When(desk.today, f"{now:%H:%M}")
    try:
        day, time = parse_instant(at, today=desk.today, zone_minutes=ledger.zone_minutes, default_day=on)
    except BadValue as error:
        raise Usage("front.bad_value", option="--at", problem=say(error.key, **error.facts)) from None
    if on is not None and day != on:
        raise Usage("gate.two_days", at=day, on=on)
    return When(day, time)

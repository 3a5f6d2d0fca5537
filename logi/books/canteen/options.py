"""Parameters the canteen's commands share: the meal, who did it, when."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.canteen import rules
from logi.core.errors import BadValue, Usage
from logi.core.messages import say
from logi.options import as_text, choice, fixed

if TYPE_CHECKING:
    from logi.context import Desk

MEAL_SAID = (("早饭", "breakfast"), ("午饭", "lunch"), ("中餐", "lunch"), ("中饭", "lunch"), ("晚饭", "dinner"),
             ("加餐", "snack"))  # fmt: skip
as_meal = fixed("canteen.meal", rules.MEALS, *MEAL_SAID)
MealArg = Annotated[str, typer.Argument(parser=as_meal, metavar="|".join(rules.MEALS), help="canteen.opt.meal")]
Meal = Annotated[str | None, choice("--meal", "canteen.meal", rules.MEALS, "canteen.opt.meal", *MEAL_SAID)]
By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="canteen.opt.by")]
At = Annotated[str | None, typer.Option("--at", parser=as_text, metavar="INSTANT", help="canteen.opt.at")]


def instant(desk: "Desk", at: str | None, on: date | None) -> tuple[date | None, str | None]:
    """The day and time of `--at`; a bare time lies on `--on` or today, and both days must agree."""
    if at is None:
        return on, None
    from logi.core.days import parse_instant

    try:
        day, time = parse_instant(at, today=desk.today, zone_minutes=desk.ledger.zone_minutes, default_day=on)
    except BadValue as error:
        raise Usage("front.bad_value", option="--at", problem=say(error.key, **error.facts)) from None
    if on is not None and day != on:
        raise Usage("canteen.two_days", at=day, on=on)
    return day, time

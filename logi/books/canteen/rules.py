"""Pure decisions about a kitchen's day: hours a sample is kept, the times of cleaning, the groups on a menu."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from logi.core.errors import BadValue
from logi.core.money import parse_quantity, ratio_half_up

MEALS = ("breakfast", "lunch", "dinner", "snack")
STEPS = ("wash", "apart", "cook", "cover", "disinfect", "keep", "clean", "storage", "fridge", "freezer", "pests", "oil",
         "tour")  # fmt: skip
MEAL_STEPS = ("wash", "apart", "cook", "cover", "disinfect", "keep")  # what belongs to one meal
MEASURED = ("cook", "fridge", "freezer")
RESULTS = ("fit", "ill", "dress", "away")
GROUPS = ("grain", "vegetable", "meat", "milk")  # of WS/T 554: cereals; vegetables and fruit; fish, meat, eggs; milk and soya
WEIGHT_OF_G = 1000  # milligrams in a gram


class Gap(NamedTuple):
    """One record that a day lacks: which, of which meal, how many of it, and at what time or for which slip."""

    what: str
    meal: str | None = None
    many: int = 1
    detail: str | None = None


class Dish(NamedTuple):
    """A dish as typed: its name and the groups of food in it."""

    name: str
    groups: tuple[str, ...] = ()


class Weighed(NamedTuple):
    """A sample as typed: the dish and how much of it in milligrams."""

    dish: str
    weight_mg: int


def weighed(text: str) -> Weighed:
    """`土豆烧牛肉=130` or `…=130g` as a sample (BadValue if it is none)."""
    name, equals, grams = text.replace("＝", "=").rpartition("=")
    grams = grams.strip().removesuffix("克").removesuffix("g").removesuffix("G").strip()
    if not equals or not name.strip() or not grams:
        raise BadValue("canteen.bad_sample", text=text)
    amount = parse_quantity(grams)  # thousandths of a gram
    if amount == 0:
        raise BadValue("canteen.bad_sample", text=text)
    return Weighed(name.strip(), amount)


def instant(day: str, time: str) -> datetime:
    """A day and a time of the ledger as one instant."""
    return datetime.fromisoformat(f"{day} {time}")


def hours_between(since: datetime, until: datetime) -> int:
    """Whole hours that have passed."""
    return int((until - since).total_seconds() // 3600)


def kept_until(day: str, time: str, hours: int) -> datetime:
    """The first instant at which a sample may be thrown away."""
    return instant(day, time) + timedelta(hours=hours)


def unsigned(times: Iterable[str], signed: Collection[str], within: int) -> list[str]:
    """The times of the cleaning plan for which nobody signed within so many minutes before or after."""
    left = sorted(signed)
    found = []
    for time in sorted(times):
        hit = next((one for one in left if abs(minutes(one) - minutes(time)) <= within), None)
        if hit is None:
            found.append(time)
        else:
            left.remove(hit)  # one signature answers for one time
    return found


def minutes(time: str) -> int:
    """Minutes since midnight of "HH:MM"."""
    return int(time[:2]) * 60 + int(time[3:])


def groups_of(dishes: Iterable[Sequence[str]]) -> list[str]:
    """The groups of food that stand on a day's menu, in the order of the standard."""
    there = {group for groups in dishes for group in groups}
    return [group for group in GROUPS if group in there]


INCOME = ("meals", "subsidy", "other-income")
OUTLAY = ("food", "fuel", "labour", "other-cost")
MATTERS = ("problem", "opinion", "improvement")


def margin(income_fen: int, cost_fen: int) -> int | None:
    """What is left of the income in tenths of a percent of it, half away from nought; None without income."""
    if income_fen <= 0:
        return None
    return ratio_half_up(1000 * (income_fen - cost_fen), income_fen)


def standing(income_fen: int, cost_fen: int, percent: int) -> str:
    """`within` the band of so many percent of the income, `above` it (too much is kept), `below` it (too much is spent)."""
    if income_fen <= 0:
        return "none" if cost_fen == 0 else "below"
    left = income_fen - cost_fen
    if 100 * abs(left) <= percent * income_fen:
        return "within"
    return "above" if left > 0 else "below"


def share(fen: int, of: int) -> int | None:
    """Fen a head, half up; None where there is nobody."""
    return ratio_half_up(fen, of) if of > 0 else None


AREAS = ("purchase", "menu", "storage", "hygiene")
EVENTS = ("training", "meeting", "visit")
NOTICES = ("praise", "criticism", "reward")
PARTIES = ("pupils", "parents", "staff")


def pleased(good: int, valid: int) -> int:
    """Those who are satisfied or more, in tenths of a percent of the valid answers, half up."""
    return ratio_half_up(1000 * good, valid)

"""The verbs of the menu and of the samples: what is planned, what is kept of it, when it may go."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from logi.books.canteen import account_actions, patrol, rules, school, store
from logi.books.canteen.actions import MEAL, fit, warn_closed
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import NotFound, Refused
from logi.journal import Entry


def plan(e: Entry, day: date, meal: str, dishes: Sequence[rules.Dish], *, price: int | None = None,
         reason: str | None = None, matter: str | None = None) -> Confirmation:  # fmt: skip
    """Put dishes on the menu of a day; one there already takes the groups given. Foods the authority warns of are named.

    `matter` is an opinion that this change answers, in the same entry.
    """
    _admit(e, day)
    if matter is not None:
        said = ", ".join(dish.name for dish in dishes)
        account_actions.by_menu(e, matter, f"{day} {said}", day)
        reason = reason or matter.upper()
    there = {row["name"]: row for row in store.dishes(e.db, day, day) if row["meal"] == meal}
    for dish in dishes:
        groups = ",".join(group for group in rules.GROUPS if group in dish.groups) or None
        row = there.get(dish.name)
        if row is None:
            e.insert("canteen_dish", on_day=day, meal=meal, name=dish.name, groups=groups, price_fen=price, reason=reason)
        elif groups in (None, row["groups"]) and price in (None, row["price_fen"]):
            raise Refused("canteen.dish_there", dish=dish.name, meal=Word.of(MEAL, meal), day=day)
        else:
            e.update("canteen_dish", row["id"], groups=groups or row["groups"], reason=reason or row["reason"],
                     price_fen=row["price_fen"] if price is None else price)  # fmt: skip
        risky = [word for word in school.policy(e, "canteen.risky_words", day) if word in dish.name]
        if risky:
            e.warn("canteen.risky", dish=dish.name, words=risky)
    warn_closed(e, meal, day)
    facts = {"day": day, "meal": Word.of(MEAL, meal), "dishes": [dish.name for dish in dishes],
             "groups": [Word.of("canteen.group", one) for one in day_groups(e, day)] or None}  # fmt: skip
    return Confirmation("canteen.menu.plan", facts=facts)


def drop(e: Entry, day: date, meal: str, dishes: Sequence[str], *, reason: str) -> Confirmation:
    """Take dishes off the menu, unless a sample shows that they were cooked (4)."""
    _admit(e, day)
    there = {row["name"]: row for row in store.dishes(e.db, day, day) if row["meal"] == meal}
    cooked = {row["dish"] for row in store.samples(e.db, day, day) if row["meal"] == meal}
    for dish in dishes:
        if dish not in there:
            raise NotFound("canteen.no_dish", dish=dish, meal=Word.of(MEAL, meal), day=day)
        if dish in cooked:
            raise Refused("canteen.dish_cooked", dish=dish, day=day)
        e.void("canteen_dish", there[dish]["id"])
    e.reason = reason
    facts = {"day": day, "meal": Word.of(MEAL, meal), "dishes": list(dishes), "reason": reason}
    return Confirmation("canteen.menu.drop", facts=facts)


def take(e: Entry, meal: str, weighed: Sequence[rules.Weighed], *, by: str, on: date | None = None, at: str | None = None,
         celsius: int | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Keep a sample of each dish. Refused (4): less than the policy's grams, a dish of which one is kept, an unfit taker."""
    day = e.happened(on or e.today)
    who = fit(e, by, day)
    least, hours = (int(school.policy(e, name, day)) for name in ("sample.min_grams", "sample.min_hours"))
    menu = {row["name"] for row in store.dishes(e.db, day, day) if row["meal"] == meal}
    there = {row["dish"] for row in store.samples(e.db, day, day) if row["meal"] == meal}
    time = at or str(school.policy(e, "canteen.meal_times", day)[meal])
    numbers = []
    for one in weighed:
        if one.weight_mg < least * rules.WEIGHT_OF_G:
            raise Refused("canteen.too_little", dish=one.dish, grams=Milli(one.weight_mg), least=least)
        if one.dish in there:
            raise Refused("canteen.sampled_already", dish=one.dish, meal=Word.of(MEAL, meal), day=day)
        there.add(one.dish)
        if menu and one.dish not in menu:
            e.warn("canteen.not_on_menu", dish=one.dish, meal=Word.of(MEAL, meal), day=day)
        number = e.number("LY", str(day.year), book="canteen", kind="sample")
        e.insert("canteen_sample", on_day=day, at_time=time, number=number, meal=meal, dish=one.dish,
                 weight_mg=one.weight_mg, celsius_milli=celsius, by_id=who["id"], note=note)  # fmt: skip
        numbers.append(number)
    if celsius is not None:
        _warn_warm(e, celsius, day)
    left = sorted(menu - there)
    if left:
        e.warn("canteen.without_sample", dishes=left)
    until = rules.kept_until(day.isoformat(), time, hours)
    facts = {"meal": Word.of(MEAL, meal), "on": day, "dishes": [one.dish for one in weighed], "by": who["name"],
             "grams": [Milli(one.weight_mg) for one in weighed], "until": spoken(until)}  # fmt: skip
    return Confirmation("canteen.sample.take", numbers[0], numbers=numbers, facts=facts)


def throw(e: Entry, numbers: Sequence[str], *, by: str, at: str, on: date | None = None) -> Confirmation:
    """Throw samples away, all that may go if none is named. Refused (4) before their hours are over."""
    day = e.happened(on or e.today)
    who, now = school.person(e, by), rules.instant(day.isoformat(), at)
    rows = [_sample(e, number) for number in numbers] or [row for row in store.kept(e.db) if may_go(e, row) <= now]
    if not rows:
        raise Refused("canteen.nothing_to_throw", at=spoken(now))
    for row in rows:
        if row["thrown_on"]:
            raise Refused("canteen.thrown_already", number=row["number"], day=date.fromisoformat(row["thrown_on"]))
        until = may_go(e, row)
        if now < until:
            taken = rules.instant(row["on_day"], row["at_time"])
            raise Refused("canteen.too_early", number=row["number"], dish=row["dish"], until=spoken(until),
                          hours=rules.hours_between(taken, now), least=rules.hours_between(taken, until))  # fmt: skip
        _held(e, row, day)
        e.insert("canteen_thrown", on_day=day, at_time=at, number=row["number"], by_id=who["id"])
    e.subject = rows[0]["number"]
    facts = {"count": len(rows), "dishes": [row["dish"] for row in rows], "at": spoken(now), "by": who["name"]}
    return Confirmation("canteen.sample.throw", rows[0]["number"], numbers=[row["number"] for row in rows], facts=facts)


def may_go(source: Any, row: Any) -> datetime:
    """The instant from which a sample may be thrown away: the hours in force on the day it was taken."""
    hours = int(school.policy(source, "sample.min_hours", date.fromisoformat(row["on_day"])))
    return rules.kept_until(row["on_day"], row["at_time"], hours)


def day_groups(e: Entry, day: date) -> list[str]:
    """The groups of food on a day's menu."""
    return rules.groups_of((row["groups"] or "").split(",") for row in store.dishes(e.db, day, day))


def spoken(instant: datetime) -> str:
    """An instant as people read it."""
    return f"{instant:%Y-%m-%d %H:%M}"


def _admit(e: Entry, day: date) -> None:
    """A menu may be set for days to come; of a day that is over only in an open month."""
    if day <= e.today:
        e.admit(day)


def _held(e: Entry, row: Any, day: date) -> None:
    """Samples from before an accident with food are evidence: for some days they stay, unless the authority lets them go."""
    taken = date.fromisoformat(row["on_day"])
    before, after = (timedelta(days=int(school.policy(e, f"canteen.{name}", day))) for name in ("evidence_days", "hold_days"))
    for accident in patrol.poisonings(e.db, day - after, day):
        happened = date.fromisoformat(accident["on_day"])
        if happened - before <= taken <= happened:
            e.overridable(Refused("canteen.held", number=row["number"], accident=accident["number"], until=happened + after),
                          row["number"])  # fmt: skip


def _sample(e: Entry, number: str) -> Any:
    row = store.sample(e.db, number)
    if row is None:
        raise NotFound("canteen.no_sample", number=number)
    return row


def _warn_warm(e: Entry, celsius: int, day: date) -> None:
    limits = school.policy(e, "canteen.celsius", day).get("fridge", {})
    if not limits.get("min", -1000) * 1000 <= celsius <= limits.get("max", 1000) * 1000:
        e.warn("canteen.out_of_range", step=Word.of("canteen.step", "fridge"), celsius=Milli(celsius),
               least=limits.get("min"), most=limits.get("max"))  # fmt: skip



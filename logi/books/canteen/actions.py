"""The verbs of a kitchen's day: seasons, meals served, who ate with the pupils, records of hygiene."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.canteen import rules, school, store
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

MEAL = "canteen.meal"
STEP = "canteen.step"
FAR = date.max


def open_(e: Entry, meals: Sequence[str], *, starts: date | None = None, until: date | None = None,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """From a day on the canteen cooks these meals on school days; seasons do not overlap (4)."""
    first, last = starts or e.today, until or FAR
    if last < first:
        raise Usage("front.since_after_until", since=first, until=last)
    for row in store.seasons(e.db):
        if row["from_day"] <= last.isoformat() and (row["until_day"] or FAR.isoformat()) >= first.isoformat():
            raise Refused("canteen.season_there", since=_day(row["from_day"]), until=_day(row["until_day"]),
                          meals=_meals(row["meals"].split(",")))  # fmt: skip
    ordered = [meal for meal in rules.MEALS if meal in meals]
    e.insert("canteen_season", from_day=first, until_day=until, meals=",".join(ordered), note=note)
    if not school.calendar(e).terms:
        e.warn("canteen.no_terms")
    return Confirmation("canteen.open", facts={"meals": _meals(ordered), "since": first, "until": until})


def close(e: Entry, *, on: date | None = None) -> Confirmation:
    """The season under way ends with this day."""
    day = on or e.today
    row = store.season_on(e.db, day)
    if row is None:
        raise NotFound("canteen.no_season", day=day)
    e.update("canteen_season", row["id"], until_day=day)
    return Confirmation("canteen.close", facts={"until": day, "meals": _meals(row["meals"].split(","))})


def serve(e: Entry, meal: str, heads: int, *, by: str, staff: int = 0, leaders: Sequence[str] = (), said: str | None = None,
          on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """A meal was served: how many pupils and staff ate, and which leaders ate with them. Once a day (4)."""
    day = e.happened(on or e.today)
    who = fit(e, by, day)
    if any(row["meal"] == meal for row in store.meals(e.db, day, day)):
        raise Refused("canteen.served_already", meal=Word.of(MEAL, meal), day=day)
    warn_closed(e, meal, day)
    e.insert("canteen_meal", on_day=day, meal=meal, heads=heads, staff=staff, by_id=who["id"], note=note)
    names = [_sit(e, meal, leader, said, day) for leader in leaders]
    already = [row["name"] for row in store.guests(e.db, day, day) if row["meal"] == meal]
    if not already and school.policy(e, "canteen.accompanied_meal", day):
        e.warn("canteen.nobody_ate_along", meal=Word.of(MEAL, meal), code=meal, day=day)
    facts = {"meal": Word.of(MEAL, meal), "heads": heads, "staff": staff, "on": day, "leaders": names or already or None}
    return Confirmation("canteen.serve", facts=facts)


def accompany(e: Entry, meal: str, leader: str, *, said: str | None = None, on: date | None = None) -> Confirmation:
    """A leader of the school ate this meal with the pupils, and what they said of it."""
    day = e.happened(on or e.today)
    name = _sit(e, meal, leader, said, day)
    facts = {"meal": Word.of(MEAL, meal), "leader": name, "on": day, "said": said}
    return Confirmation("canteen.accompany", facts=facts)


def log(e: Entry, steps: Sequence[str], *, by: str, meal: str | None = None, at: str | None = None,
        celsius: int | None = None, minutes: int | None = None, method: str | None = None, quantity: int | None = None,
        vendor: str | None = None, checker: str | None = None, on: date | None = None,
        note: str | None = None) -> Confirmation:  # fmt: skip
    """Records of hygiene, one row a step. What is measured is held against `canteen.celsius`; some want a second person."""
    day = e.happened(on or e.today)
    who = fit(e, by, day)
    second = school.person(e, checker) if checker else None
    if second is not None and second["id"] == who["id"]:
        raise Refused("canteen.checked_oneself", person=who["name"])
    _ask(e, steps, meal, celsius, method, second, day)
    if "clean" in steps and at is None:
        raise Usage("canteen.cleaned_when")
    firm = school.vendor(e, vendor) if vendor else None
    if "oil" in steps and (firm is None or quantity is None):
        raise Usage("canteen.oil_to_whom")
    failed = []
    for step in dict.fromkeys(steps):
        passed = step not in rules.MEASURED or _within(e, step, celsius, day)
        if not passed:
            failed.append(step)
        e.insert(
            "canteen_step", on_day=day, at_time=at, meal=meal, step=step, passed=int(passed), celsius_milli=celsius,
            minutes=minutes, method=method, quantity_milli=quantity if step == "oil" else None,
            vendor_id=firm["id"] if firm is not None and step == "oil" else None, by_id=who["id"],
            checker_id=second["id"] if second is not None else None, note=note,
        )  # fmt: skip
    for step in failed:
        limits = _limits(e, step, day)
        e.warn("canteen.out_of_range", step=Word.of(STEP, step), celsius=Milli(celsius or 0), least=limits.get("min"),
               most=limits.get("max"))  # fmt: skip
    facts = {"steps": [Word.of(STEP, step) for step in dict.fromkeys(steps)], "meal": Word.of(MEAL, meal) if meal else None,
             "on": day, "by": who["name"], "checker": second["name"] if second is not None else None}  # fmt: skip
    return Confirmation("canteen.log", facts=facts)


def fit(e: Entry, text: str, day: date) -> Any:
    """The person a text names. Refused (4) for one who handles food without a certificate, or who was ill that morning."""
    person = school.person(e, text)
    row = store.worker(e.db, person["id"], day)
    if row is None:
        return person
    if not certified(e, row, day):
        raise uncertified(row, day)
    mine = [one for one in store.looks(e.db, day, day) if one["worker_id"] == row["id"]]
    if mine and mine[-1]["result"] != "fit":
        raise Refused("canteen.not_fit", person=person["name"], day=day, result=Word.of("canteen.result", mine[-1]["result"]))
    return person


def certified(e: Entry, row: Any, day: date) -> bool:
    """Whether a worker's certificate of health holds on a day: the present one, or one from before it was renewed."""
    holds = bool(row["expires_on"]) and row["examined_on"] <= day.isoformat() <= row["expires_on"]
    return holds or store.held_once(e.db, row["id"], day)


def uncertified(row: Any, day: date) -> Refused:
    """What is said of a worker whose certificate does not hold on a day."""
    if row["expires_on"] is None:
        return Refused("canteen.never_certified", person=row["name"], code=row["code"])
    return Refused("canteen.not_certified", person=row["name"], code=row["code"], day=day,
                   examined=_day(row["examined_on"]), expires=_day(row["expires_on"]))  # fmt: skip


def warn_closed(e: Entry, meal: str, day: date) -> None:
    """Say when a meal is recorded that the canteen does not cook."""
    row = store.season_on(e.db, day)
    if row is None or meal not in row["meals"].split(","):
        e.warn("canteen.not_in_season", meal=Word.of(MEAL, meal), day=day)


def _sit(e: Entry, meal: str, leader: str, said: str | None, day: date) -> str:
    person = school.person(e, leader)
    if any(row["meal"] == meal and row["person_id"] == person["id"] for row in store.guests(e.db, day, day)):
        raise Refused("canteen.sat_already", person=person["name"], meal=Word.of(MEAL, meal), day=day)
    if store.worker(e.db, person["id"], day) is not None:
        raise Refused("canteen.cook_is_no_guest", person=person["name"])
    e.insert("canteen_guest", on_day=day, meal=meal, person_id=person["id"], note=said)
    return str(person["name"])


def _ask(e: Entry, steps: Sequence[str], meal: str | None, celsius: int | None, method: str | None, second: Any,
         day: date) -> None:  # fmt: skip
    """What a record needs: a meal, a temperature, a method, a second person (2)."""
    of_meal = [step for step in steps if step in rules.MEAL_STEPS]
    if of_meal and meal is None:
        raise Usage("canteen.which_meal", step=Word.of(STEP, of_meal[0]))
    measured = [step for step in steps if step in rules.MEASURED]
    if len(measured) > 1:
        raise Usage("canteen.one_temperature", steps=[Word.of(STEP, step) for step in measured])
    if measured and celsius is None:
        raise Usage("canteen.how_warm", step=Word.of(STEP, measured[0]))
    if "disinfect" in steps and method is None:
        raise Usage("canteen.disinfected_how")
    checked = [step for step in steps if step in school.policy(e, "canteen.checked_steps", day)]
    if checked and second is None:
        raise Usage("canteen.checked_by_whom", step=Word.of(STEP, checked[0]))


def _limits(e: Entry, step: str, day: date) -> dict[str, int]:
    found: dict[str, int] = school.policy(e, "canteen.celsius", day).get(step, {})
    return found


def _within(e: Entry, step: str, celsius: int | None, day: date) -> bool:
    limits, value = _limits(e, step, day), celsius or 0
    return limits.get("min", -1000) * 1000 <= value <= limits.get("max", 1000) * 1000


def _meals(keys: Sequence[str]) -> list[Word]:
    return [Word.of(MEAL, key) for key in keys]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

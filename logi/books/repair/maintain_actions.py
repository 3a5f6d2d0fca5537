"""The verbs of preventive maintenance: a schedule is laid down, stopped, and run; running it opens repair slips."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from logi.books.repair import actions, rules, school, store, unit_rules
from logi.books.repair import maintain_rules as recurring
from logi.books.repair.maintain_rules import Heating, Run, State
from logi.books.repair.unit_rules import Stand
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.finding import named
from logi.journal import Entry

AHEAD = timedelta(days=800)  # far enough to see the next yearly day


class Laid(NamedTuple):
    """A schedule and how it stands."""

    row: Any
    runs: list[Run]
    state: State
    units: Stand | None = None
    shown_milli: int = 0  # what its counter showed last


def add(e: Entry, code: str, name: str, *, place: str, by: str, every: str | None = None, when: str | None = None,
        every_units: tuple[int, str | None] | None = None, start: int | None = None, basis: str = "planned",
        starts: date | None = None, asset: str | None = None, kind: str = "other", urgency: str = "normal",
        worker: str | None = None, vendor: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Lay down a schedule. `every` ("3m") counts from its first day, `when` ("term-start -7") by the school year,
    `every_units` by a counter that shows `start` now.
    """
    rule = _rule(every, when, every_units, start)
    if when is not None and basis == "completed":
        raise Usage("repair.when_is_planned", rule=rule)
    _free(e, code)
    where, spot = school.place_spot(e, place)
    actions.may_be_mended(e, asset, starts or e.today)
    reporter = school.person(e, by)
    hand = school.person(e, worker) if worker else None
    firm = school.vendor(e, vendor) if vendor else None
    if hand is not None and hand["id"] == reporter["id"]:
        raise Refused("repair.schedule_own_job", person=hand["name"])
    e.insert(
        "repair_schedule", code=code, **named(name), place_id=where["id"], spot=spot, asset=asset, kind=kind,
        urgency=urgency, rule=rule, basis=basis, from_day=starts or e.today, reporter_id=reporter["id"],
        worker_id=hand["id"] if hand else None, vendor_id=firm["id"] if firm else None, note=note,
        unit=every_units[1] if every_units else None, start_milli=(start or 0) if every_units else None,
    )  # fmt: skip
    laid = standing(e, store.schedule(e, code))
    if laid.units is not None:
        e.warn("repair.read_the_counter", code=code, at=shows_at(laid))
    elif laid.state.next_on is None:
        e.warn("repair.no_next", code=code, rule=rule_text(laid.row))
    return Confirmation("repair.maintain.add", code, facts={
        "name": name, "place": actions.place_text(where["code"], where["name"], spot), "rule": rule_text(laid.row),
        "basis": Word.of("repair.basis", basis), "next": laid.state.next_on,
    })  # fmt: skip


def stop(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """End a schedule: nothing is due after this day. Slips it opened go on."""
    row = store.schedule(e, text)
    day = on or e.today
    if row["stopped_on"]:
        raise Refused("repair.stopped_already", code=row["code"], on=date.fromisoformat(row["stopped_on"]))
    e.update("repair_schedule", row["id"], stopped_on=day)
    return Confirmation("repair.maintain.stop", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def run(e: Entry, texts: list[str], *, on: date | None = None) -> Confirmation:
    """Open a slip for every schedule that is due by a day (or of those named): once, however often it is run.

    A schedule whose last slip is not mended yet waits. One slip answers for all planned days that were passed over.
    """
    day = e.happened(on or e.today)
    rows = [store.schedule(e, text) for text in texts] or store.schedules(e.db)
    opened, waiting, numbers = [], [], []
    for laid in (standing(e, row, day) for row in rows):
        due = laid.state.next_on
        if due is None or due > day or _over(laid.row, due):
            continue
        if laid.state.waiting:
            waiting.append(f"{laid.row['code']} {laid.state.waiting}")
            continue
        numbers.append(open_due(e, laid, due, day))
        opened.append(f"{numbers[-1]} {laid.row['name']}")
        if laid.state.passed:
            e.warn("repair.passed_over", code=laid.row["code"], count=laid.state.passed)
    if texts and not (opened or waiting):
        raise Refused("repair.not_due", codes=[row["code"] for row in rows], day=day)
    outcome = Word.of("repair.run", "opened" if opened else "nothing")
    if waiting:
        e.warn("repair.run_waits", waiting=waiting)
    return Confirmation("repair.maintain.run", numbers=numbers,
                        facts={"opened": opened, "waiting": waiting, "on": day, "outcome": outcome})  # fmt: skip


def ready(source: Any, day: date) -> bool:
    """Whether a slip is to be opened for any schedule by a day."""
    found = (standing(source, row, day) for row in store.schedules(source.db))
    return any(one.state.next_on is not None and one.state.next_on <= day and not one.state.waiting for one in found)


def standing(source: Any, row: Any, day: date | None = None, runs: dict[int, list[Any]] | None = None) -> Laid:
    """How a schedule stands on a day (today)."""
    today = day or source.today
    known = store.runs(source.db) if runs is None else runs
    if (every := unit_rules.every_of(row["rule"])) is not None:
        return _by_units(source, row, every, known.get(row["id"], []), today)
    mine = [Run(r["number"], _day(r["planned_on"]), _day(r["closed_on"]) if r["closed_on"] else None)
            for r in known.get(row["id"], [])]  # fmt: skip
    heating = Heating(str(school.policy(source, "repair.heating_from", today)),
                      str(school.policy(source, "repair.heating_to", today)))  # fmt: skip
    state = recurring.state_of(row["rule"], row["basis"], _day(row["from_day"]), mine, today, today + AHEAD,
                               school.calendar(source), heating)  # fmt: skip
    if state.next_on is not None and _over(row, state.next_on):
        state = State(None, 0, state.waiting)
    return Laid(row, mine, state)


def rule_text(row: Any) -> str:
    """A schedule's rule in words: `every 3 months`, `7 days before term start`, `every 250 h`."""
    from logi.core.messages import quantity_text, say, title

    rule = row["rule"]
    if (every := unit_rules.every_of(rule)) is not None:
        return say("repair.every.units", number=quantity_text(every), unit=row["unit"] or "").rstrip()
    anchor, _, offset = rule.partition(" ")
    if anchor not in recurring.ANCHORS:
        number = int(rule[:-1])
        return say(f"repair.every.{rule[-1]}" if number > 1 else f"repair.every.one_{rule[-1]}", number=number)
    days = int(offset)
    key = "repair.when.on" if days == 0 else "repair.when.before" if days < 0 else "repair.when.after"
    return say(key, anchor=title("repair.anchor", anchor), days=abs(days))


def shows_at(laid: Laid) -> str | None:
    """What the counter will show when the schedule is due next, with its unit; None if it shows more already."""
    from logi.core.messages import quantity_text

    if laid.units is None or laid.units.due_milli is None or laid.units.due_milli <= laid.units.counted_milli:
        return None
    milli = laid.shown_milli + laid.units.due_milli - laid.units.counted_milli
    return f"{quantity_text(milli)} {laid.row['unit'] or ''}".rstrip()


def open_due(e: Entry, laid: Laid, due: date, day: date) -> str:
    """Write the slip of what is due, and give it to whom the schedule names."""
    row = laid.row
    place = row["place"] + (f"/{row['spot']}" if row["spot"] else "")
    done = actions.open(e, row["name"], place=place, by=row["reporter_code"], kind=row["kind"], urgency=row["urgency"],
                        source=rules.PREVENTIVE, asset=row["asset"], on=day, note=row["note"], schedule_id=row["id"],
                        planned_on=due, planned_milli=laid.units.due_milli if laid.units else None)  # fmt: skip
    if row["worker_code"] or row["vendor_code"]:
        actions.assign(e, str(done.number), worker=row["worker_code"], vendor=row["vendor_code"], on=day)
    return str(done.number)


def as_reading(row: Any) -> unit_rules.Reading:
    """A stored reading as the rules read it."""
    return unit_rules.Reading(_day(row["on_day"]), row["value_milli"], row["ended_milli"], row["began_milli"])


def _by_units(source: Any, row: Any, every: int, runs: list[Any], today: date) -> Laid:
    read = [as_reading(one) for one in store.readings(source.db).get(row["id"], [])]
    made = [unit_rules.UnitRun(r["number"], r["planned_milli"], _day(r["closed_on"]) if r["closed_on"] else None)
            for r in runs]  # fmt: skip
    stand = unit_rules.stand(every, row["basis"], unit_rules.counted(read, row["start_milli"]), made, today)
    mine = [Run(r["number"], _day(r["planned_on"]), _day(r["closed_on"]) if r["closed_on"] else None) for r in runs]
    if stand.state.next_on is not None and _over(row, stand.state.next_on):
        stand = stand._replace(state=State(None, 0, stand.state.waiting))
    shown = [one.value_milli for one in read if one.on_day <= today]
    return Laid(row, mine, stand.state, stand, shown[-1] if shown else row["start_milli"])


def _rule(every: str | None, when: str | None, units: tuple[int, str | None] | None, start: int | None) -> str:
    if [every, when, units].count(None) != 2:
        raise Usage("repair.every_or_when")
    if units is not None:
        if units[0] <= 0:
            raise Usage("repair.no_units")
        return f"{unit_rules.UNITS} {units[0]}"
    if start is not None:
        raise Usage("repair.start_without_units")
    return every or str(when)


def _free(e: Entry, code: str) -> None:
    if any(row["code"].lower() == code.lower() for row in store.schedules(e.db)):
        raise Refused("repair.schedule_there", code=code)


def _over(row: Any, day: date) -> bool:
    return bool(row["stopped_on"]) and day.isoformat() > row["stopped_on"]


def _day(text: str) -> date:
    return date.fromisoformat(text)

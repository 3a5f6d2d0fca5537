"""The verbs of what is unusual: why a use was so, a leak that becomes a hazard or a repair, a test at night."""

from collections.abc import Sequence
from datetime import date

from logi.books.meter import patrol, reckoning, rules, school, store
from logi.books.meter.actions import hangs
from logi.core.answers import Confirmation, Milli, Word
from logi.core.days import month_of
from logi.core.errors import Refused, Usage
from logi.core.messages import say, shown
from logi.core.money import ratio_half_up
from logi.journal import Entry

UNIT = "meter.unit"
DAY_MINUTES = 24 * 60


def explain(e: Entry, texts: Sequence[str], reason: str, *, month: str, by: str | None = None) -> Confirmation:
    """Say why uses of a month are as they are: of these meters, or of all that are unusual and nobody explained."""
    sheet = reckoning.of_month(e, month)
    rows = [store.meter(e, text) for text in texts] or [line.meter for line in sheet.lines if line.state == "abnormal"]
    if not rows:
        raise Refused("meter.nothing_odd", month=month)
    person = school.person(e, by) if by else None
    said, uses = store.reasons(e.db, month, month), []
    for row in rows:
        line = sheet.line(row["id"])
        if line is None or line.use_milli is None:
            raise Refused("meter.nothing_read", code=row["code"], month=month)
        values = {"reason": reason, "by_id": person["id"] if person is not None else None}
        if (there := said.get((row["id"], month))) is not None:
            e.update("meter_reason", there["id"], **values)
        else:
            e.insert("meter_reason", month=month, meter_id=row["id"], **values)
        unit = shown(Word.of(UNIT, row["kind"]))
        uses.append(f"{row['code']} {row['name']} {shown(Milli(line.use_milli))} {unit}")
    e.subject = rows[0]["code"] if len(rows) == 1 else None
    return Confirmation("meter.explain", e.subject, facts={"month": month, "uses": uses, "reason": reason})


def leak(e: Entry, text: str, what: str, *, by: str, month: str | None = None, place: str | None = None,
         repair: bool = False, level: str = "general", on: date | None = None) -> Confirmation:  # fmt: skip
    """A leak (冒滴漏) or another fault behind a meter: a hazard at its place, and with `repair` a repair slip as well."""
    day = e.happened(on or e.today)
    row = store.meter(e, text)
    person = school.person(e, by)
    where = school.place_spot(e, place) if place else (school.by_id(e.db, "school_place", row["place_id"]), row["spot"])
    assert where[0] is not None
    title = say("meter.leak_title", code=row["code"], name=row["name"], what=what)
    found = patrol.Found(day, person["id"], None, where[0]["id"], where[1])
    number = patrol.record(e, title, found, category=patrol.CATEGORY[row["kind"]], level=level)
    numbers = [number]
    if repair:
        numbers += patrol.repair_it(e, number, by=person["code"], on=day).numbers[1:]
    e.insert("meter_alarm", on_day=day, meter_id=row["id"], month=month or _month_read(e, row["id"], day), number=number,
             by_id=person["id"])  # fmt: skip
    facts = {"name": row["name"], "what": what, "place": f"{where[0]['code']} {where[0]['name']}", "on": day,
             "opened": numbers}  # fmt: skip
    e.subject = row["code"]
    return Confirmation("meter.leak", row["code"], numbers=numbers, facts=facts)


def night(e: Entry, text: str, evening: int, morning: int, *, start: str, end: str, by: str, on: date | None = None,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """Two looks at a meter in one night: what went through while nobody used anything, by the hour."""
    day = e.happened(on or e.today)
    row = store.meter(e, text)
    if not hangs(row, day):
        raise Refused("meter.not_hanging", code=row["code"], day=day)
    if morning < evening:
        raise Refused("meter.night_backwards", code=row["code"], evening=Milli(evening), morning=Milli(morning))
    person = school.person(e, by)
    minutes = (_minutes(end) - _minutes(start)) % DAY_MINUTES
    if not minutes:
        raise Usage("meter.night_no_time", start=start, end=end)
    begun = [one for one in store.readings(e.db, row["id"], day)[row["id"]] if one.factor_milli is not None]
    use = ratio_half_up((morning - evening) * (begun[-1].factor_milli or rules.ONE), rules.ONE)
    e.insert("meter_night", on_day=day, meter_id=row["id"], evening_milli=evening, morning_milli=morning, minutes=minutes,
             use_milli=use, by_id=person["id"], note=note)  # fmt: skip
    hourly, most = per_hour(use, minutes), most_at_night(e, row["kind"], day)
    if most is not None and hourly > most:
        e.warn("meter.night_flow", code=row["code"], hourly=Milli(hourly), most=Milli(most), unit=Word.of(UNIT, row["kind"]))
    facts = {"name": row["name"], "on": day, "use": Milli(use), "unit": Word.of(UNIT, row["kind"]), "minutes": minutes,
             "hourly": Milli(hourly)}  # fmt: skip
    return Confirmation("meter.night", row["code"], facts=facts)


def per_hour(use_milli: int, minutes: int) -> int:
    """What went through in an hour."""
    return ratio_half_up(use_milli * 60, minutes)


def most_at_night(source: "reckoning.Source", kind: str, day: date) -> int | None:
    """How much may go through a meter of a kind in an hour of the night, in thousandths; None if nothing is laid down."""
    limits = school.policy(source, "energy.night_hourly", day)
    return None if kind not in limits else int(limits[kind])


def _month_read(e: Entry, meter_id: int, day: date) -> str:
    there = store.readings(e.db, meter_id, day).get(meter_id, [])
    return month_of(there[-1].on if len(there) > 1 else day)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)

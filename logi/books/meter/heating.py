"""The verbs of a heating season: the boiler is lit with an operator and its daily log, goes out, and is looked after."""

from datetime import date
from typing import Any

from logi.books.meter import check, repair, school, stock, store
from logi.core.answers import Confirmation
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry
from logi.registry import cards, room


def start(e: Entry, code: str, *, place: str, operator: str, fuel: str | None = None, meter: str | None = None,
          frequency: str | None = None, on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Light a boiler: from this day on its list is expected to be run (every day), the operator answering for it."""
    day = e.happened(on or e.today)
    if fuel and meter:
        raise Usage("meter.two_fuels")
    where, person = school.place(e, place), school.person(e, operator)
    for hooks in (room(book, "hearing") for book in cards()):
        if hooks is not None and hasattr(hooks, "boiler_lit"):  # a book that keeps certificates may refuse
            hooks.boiler_lit(e, code, day, person)
    for row in store.seasons(e.db):
        if row["place_id"] == where["id"] and row["code"] == code:
            raise Refused("meter.season_taken", code=code, place=where["name"])
        if row["place_id"] == where["id"] and row["stopped_on"] is None:
            raise Refused("meter.still_heating", code=row["code"], place=where["name"], since=as_day(row["started_on"]))
    item = stock.item(e, fuel) if fuel else None
    gauge = store.meter(e, meter) if meter else None
    e.insert("meter_heating", code=code, place_id=where["id"], operator_id=person["id"], started_on=day, note=note,
             item_id=item["id"] if item is not None else None, meter_id=gauge["id"] if gauge is not None else None)  # fmt: skip
    check.use(e, check.LIST, places=[where["code"]], starts=day, owner=person["code"], frequency=frequency)
    if item is None and gauge is None:
        e.warn("meter.no_fuel", code=code)
    facts = {"place": f"{where['code']} {where['name']}", "operator": person["name"], "on": day,
             "fuel": _fuel(item, gauge)}  # fmt: skip
    return Confirmation("meter.heating.start", code, facts=facts)


def stop(e: Entry, code: str | None = None, *, on: date | None = None) -> Confirmation:
    """The boiler goes out: its list is expected no longer."""
    day = e.happened(on or e.today)
    row = _season(e, code, lambda one: one["stopped_on"] is None, "meter.nothing_heats")
    if row["stopped_on"] is not None:
        raise Refused("meter.stopped_already", code=row["code"], on=as_day(row["stopped_on"]))
    if day.isoformat() < row["started_on"]:
        raise Refused("meter.stopped_before", code=row["code"], since=as_day(row["started_on"]), day=day)
    e.update("meter_heating", row["id"], stopped_on=day)
    if any(one["until_day"] is None for one in check.uses_at(e.db, check.LIST, row["place_id"])):
        check.use(e, check.LIST, places=[row["place"]], until=day)
    facts = {"place": f"{row['place']} {row['place_name']}", "on": day, "since": as_day(row["started_on"])}
    e.subject = row["code"]
    return Confirmation("meter.heating.stop", row["code"], facts=facts)


def upkeep(e: Entry, work: str, *, by: str, code: str | None = None, slip: str | None = None,
           on: date | None = None) -> Confirmation:  # fmt: skip
    """What was done to the boiler after it went out, and under which repair slip."""
    day = e.happened(on or e.today)
    row = _season(e, code, lambda one: one["stopped_on"] is not None and one["upkeep_on"] is None, "meter.nothing_to_keep_up")
    if row["stopped_on"] is None:
        raise Refused("meter.heats_yet", code=row["code"])
    if day.isoformat() < row["stopped_on"]:
        raise Refused("meter.upkeep_before", code=row["code"], day=day, on=as_day(row["stopped_on"]))
    if row["upkeep_on"] is not None:
        raise Refused("meter.kept_up", code=row["code"], on=as_day(row["upkeep_on"]))
    person = school.person(e, by)
    order = repair.order(e, slip) if slip else None
    if order is not None and order["state"] not in repair.DONE:
        e.warn("meter.slip_open", number=order["number"])
    e.update("meter_heating", row["id"], upkeep_on=day, upkeep=work, upkeep_by_id=person["id"],
             order_id=order["id"] if order is not None else None)  # fmt: skip
    facts = {"place": f"{row['place']} {row['place_name']}", "work": work, "by": person["name"], "on": day,
             "slip": order["number"] if order is not None else None}  # fmt: skip
    e.subject = row["code"]
    return Confirmation("meter.heating.upkeep", row["code"], facts=facts)


def season(source: Any, code: str | None) -> Any:
    """The season of a code, or the newest; NotFound (3)."""
    rows = [row for row in store.seasons(source.db) if code in (None, row["code"])]
    if not rows:
        raise NotFound("meter.no_season", code=code or "—")
    return rows[-1]


def as_day(text: str | None) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None


def _season(e: Entry, code: str | None, fits: Any, none: str) -> Any:
    """The season of a code; without one the only season that fits."""
    if code is not None:
        return season(e, code)
    rows = [row for row in store.seasons(e.db) if fits(row)]
    if len(rows) != 1:
        raise Usage(none, codes=[row["code"] for row in rows] or None)
    return rows[0]


def _fuel(item: Any, gauge: Any) -> str | None:
    row = item if item is not None else gauge
    return None if row is None else f"{row['code']} {row['name']}"

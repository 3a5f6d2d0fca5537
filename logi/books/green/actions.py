"""The verbs of zones and of what grows there. Each works inside an open entry it is given."""

from datetime import date
from typing import Any

from logi.books.green import rules, school, store
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import Refused, Usage
from logi.core.folding import fold
from logi.finding import free_code, named
from logi.journal import Entry

SERIES = "LH"
KIND = "green.kind"
NOBODY = ("-", "—")


def add(e: Entry, code: str, name: str, *, kind: str, place: str, area: int | None = None, keeper: str | None = None,
        class_: str | None = None, starts: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Register a zone with its size and who answers for it; a green zone says how large it is (2)."""
    free_code(e.db, "green_zone", code, what="zone")
    day = e.happened(starts or e.today)
    where, spot = school.place_spot(e, place)
    person = school.person(e, keeper) if keeper else None
    if kind == "green" and area is None:
        raise Usage("green.area_needed", code=code)
    zone_id = e.insert("green_zone", code=code, **named(name), kind=kind, place_id=where["id"], spot=spot, from_day=day,
                       note=note)  # fmt: skip
    if area is not None:
        e.insert("green_area", zone_id=zone_id, from_day=day, area_milli=_some(code, area))
        _within_campus(e, code, day)
    if person is not None or class_:
        e.insert("green_keeper", zone_id=zone_id, from_day=day, person_id=person["id"] if person is not None else None,
                 **{"class": class_})  # fmt: skip
    else:
        e.warn("green.nobody_answers", code=code)
    return Confirmation("green.zone.add", code, facts={
        "name": name, "kind": Word.of(KIND, kind), "place": place_text(store.zone_of(e.db, zone_id)), "on": day,
        "area": None if area is None else Milli(area), "who": who_text(person, class_),
    })  # fmt: skip


def edit(e: Entry, text: str, *, name: str | None = None, place: str | None = None, area: int | None = None,
         keeper: str | None = None, class_: str | None = None, starts: date | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is said of a zone. Size and who answers change from a day on (today): the days before keep theirs."""
    row = store.zone(e, text)
    day = _standing(e, row, e.happened(starts or e.today))
    changes: dict[str, Any] = named(name) if name else {}
    if place:
        where, changes["spot"] = school.place_spot(e, place)
        changes["place_id"] = where["id"]
    if note:
        changes["note"] = note
    if not (changes or area is not None or keeper or class_):
        raise Refused("green.nothing_to_change", code=row["code"])
    if changes:
        e.update("green_zone", row["id"], **changes)
    if area is not None:
        _date(e, "green_area", row, day, area_milli=_some(row["code"], area))
        _within_campus(e, row["code"], day)
    if keeper or class_:
        _date(e, "green_keeper", row, day, **_answers(e, row, day, keeper, class_))
    e.subject = row["code"]
    now, held = store.zone_of(e.db, row["id"]), rules.in_force(store.keepers(e.db).get(row["id"], ()), day)
    size = rules.in_force(store.areas(e.db).get(row["id"], ()), day)
    return Confirmation("green.zone.edit", row["code"], facts={
        "name": now["name"], "place": place_text(now), "on": day, "who": keeper_text(held),
        "area": Milli(size["area_milli"]) if size is not None else None,
    })  # fmt: skip


def end(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A zone is given up: built over, joined to another. What was done there stays."""
    row = store.zone(e, text)
    day = _standing(e, row, e.happened(on or e.today))
    if row["ended_on"]:
        raise Refused("green.ended", code=row["code"], on=date.fromisoformat(row["ended_on"]))
    last = store.last_use(e.db, row["id"])
    if last is not None and last > day.isoformat():
        raise Refused("green.used_later", code=row["code"], on=date.fromisoformat(last))
    e.update("green_zone", row["id"], ended_on=day)
    e.subject = row["code"]
    return Confirmation("green.zone.end", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def plant(e: Entry, text: str, species: str, count: int, *, form: str | None = None, there: bool = False,
          by: str | None = None, vendor: str | None = None, on: date | None = None,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """Plants come into a zone: planted on a day, or found standing when the zone was registered (`there`)."""
    row, day = open_zone(e, text, on)
    if row["kind"] != "green":
        raise Refused("green.nothing_grows", code=row["code"], kind=Word.of(KIND, row["kind"]))
    known = _species(e, row["id"], species)
    if form is None and known is None:
        raise Usage("green.form_needed", species=species)
    if form and known and form != known["form"]:
        raise Refused("green.other_form", species=known["species"], code=row["code"], form=Word.of("green.form", known["form"]))
    person, firm = school.person(e, by) if by else None, school.vendor(e, vendor) if vendor else None
    name, form = (known["species"], known["form"]) if known else (species, form)
    number = e.number(SERIES, str(day.year), book="green", kind="care")
    e.insert("green_planting", on_day=day, number=number, zone_id=row["id"], what="there" if there else "plant",
             species=name, folded=fold(name), form=form, change=count, by_id=person["id"] if person is not None else None,
             vendor_id=firm["id"] if firm is not None else None, note=note)  # fmt: skip
    facts = {"code": row["code"], "name": row["name"], "species": name, "count": count, "on": day,
             "unit": Word.of("green.unit", form or ""), "left": standing(e, row["id"], name),
             "what": Word.of("green.planting", "there" if there else "plant")}  # fmt: skip
    return Confirmation("green.plant", number, facts=facts)


def lose(e: Entry, text: str, species: str, count: int, *, reason: str, on: date | None = None) -> Confirmation:
    """Plants died or were taken out; never more than stood there on that day and stand on every later one (4)."""
    row, day = open_zone(e, text, on)
    known = _species(e, row["id"], species)
    if known is None:
        there = list(dict.fromkeys(one["species"] for one in store.plantings(e.db, date.min, date.max, row["id"])))
        raise Refused("green.no_species", species=species, code=row["code"], there=there or None)
    number = e.number(SERIES, str(day.year), book="green", kind="care")
    e.insert("green_planting", on_day=day, number=number, zone_id=row["id"], what="lose", species=known["species"],
             folded=known["folded"], form=known["form"], change=-count, note=reason)  # fmt: skip
    mine = [one for one in store.plantings(e.db, date.min, date.max, row["id"]) if one["species"] == known["species"]]
    changes = [(date.fromisoformat(one["on_day"]), one["change"]) for one in mine]
    least, on_day = rules.lowest(changes)
    if least < 0:
        raise Refused("green.too_few", code=row["code"], species=known["species"], on=on_day, left=count + least, count=count)
    facts = {"code": row["code"], "name": row["name"], "species": known["species"], "count": count, "on": day,
             "unit": Word.of("green.unit", known["form"]), "left": standing(e, row["id"], known["species"]),
             "reason": reason}  # fmt: skip
    return Confirmation("green.lose", number, facts=facts)


# -- shared with the other verbs, the reports and the import ---------------------------------------


def open_zone(e: Entry, text: str, on: date | None) -> tuple[Any, date]:
    """A zone that stands on a day (today), and the day."""
    row = store.zone(e, text)
    return row, _standing(e, row, e.happened(on or e.today))


def place_text(row: Any) -> str:
    """A zone's place as people read it."""
    return f"{row['place']} {row['place_name']}" + (f"/{row['spot']}" if row["spot"] else "")


def who_text(person: Any, class_: str | None) -> str | None:
    """Who answers: a person, a class, or both."""
    return " · ".join(part for part in (person["name"] if person is not None else None, class_) if part) or None


def keeper_text(row: Any) -> str | None:
    """Who answers by a dated row of keepers."""
    return None if row is None else " · ".join(part for part in (row["person"], row["class"]) if part) or None


def stands(row: Any, day: date) -> bool:
    """Whether a zone stands on a day."""
    return bool(row["from_day"] <= day.isoformat() <= (row["ended_on"] or "9999"))


def standing(source: Any, zone_id: int, species: str) -> int:
    """How many plants of a kind stand in a zone now."""
    return sum(one["change"] for one in store.plantings(source.db, date.min, date.max, zone_id) if one["species"] == species)


def _standing(e: Entry, row: Any, day: date) -> date:
    if row["from_day"] > day.isoformat():
        raise Refused("green.not_yet", code=row["code"], since=date.fromisoformat(row["from_day"]), day=day)
    if row["ended_on"] and row["ended_on"] < day.isoformat():
        raise Refused("green.ended", code=row["code"], on=date.fromisoformat(row["ended_on"]))
    return day


def _species(e: Entry, zone_id: int, species: str) -> Any:
    wanted = fold(species)
    found = [one for one in store.plantings(e.db, date.min, date.max, zone_id) if one["folded"] == wanted]
    return found[0] if found else None


def _some(code: str, area: int) -> int:
    if area <= 0:
        raise Usage("green.area_needed", code=code)
    return area


def _within_campus(e: Entry, code: str, day: date) -> None:
    """Refuse (4, overridable) more green than there is campus, that day or now; nothing while its size is unknown."""
    areas = store.areas(e.db)
    for on in dict.fromkeys((day, e.today)):
        zones = [row for row in store.zones(e.db) if row["kind"] == "green" and stands(row, on)]
        held = [rules.in_force(areas.get(row["id"], ()), on) for row in zones]
        green = sum(size["area_milli"] for size in held if size is not None)
        campus = int(school.policy(e, "green.campus_area", on))
        if campus and green > campus * 1000:
            e.overridable(Refused("green.beyond_campus", code=code, green=Milli(green), campus=campus, on=on), code)
            return


def _answers(e: Entry, row: Any, day: date, keeper: str | None, class_: str | None) -> dict[str, Any]:
    """Who answers from a day on: what is not named stays, `-` takes it away; somebody is left (2)."""
    held = rules.in_force(store.keepers(e.db).get(row["id"], ()), day)
    person_id, duty = (held["person_id"], held["class"]) if held is not None else (None, None)
    if keeper:
        person_id = None if keeper in NOBODY else school.person(e, keeper)["id"]
    if class_:
        duty = None if class_ in NOBODY else class_
    if person_id is None and duty is None:
        raise Usage("green.somebody_answers", code=row["code"])
    return {"person_id": person_id, "class": duty}


def _date(e: Entry, table: str, row: Any, day: date, **values: Any) -> None:
    """A dated row: of the same day it is changed, else it begins."""
    there = store.dated(e.db, table, row["id"], day)
    if there is not None:
        e.update(table, there["id"], **values)
    else:
        e.insert(table, zone_id=row["id"], from_day=day, **values)

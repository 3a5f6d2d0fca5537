"""The verbs of activity areas and toys: registered, broken, mended, discarded."""

from datetime import date
from typing import Any

from logi.books.kindergarten import asset, repair, rules, school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

AREA = "kindergarten.area"


def add_area(e: Entry, code: str, name: str, *, kind: str, place: str, keeper: str | None = None, heads: int | None = None,
             starts: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """An area where children play, sleep or learn: where it is, who answers for it, for how many it is."""
    free_code(e.db, "kindergarten_area", code, what="area")
    where, spot = school.place_spot(e, place)
    person = school.person(e, keeper) if keeper else None
    e.insert("kindergarten_area", code=code, **named(name), kind=kind, place_id=where["id"], spot=spot, heads=heads, note=note,
             keeper_id=person["id"] if person is not None else None, from_day=starts or e.today)  # fmt: skip
    if person is None:
        e.warn("kindergarten.no_keeper", name=name, code=code)
    return _area_said(e, "kindergarten.area.add", code)


def edit_area(e: Entry, text: str, *, name: str | None = None, kind: str | None = None, place: str | None = None,
              keeper: str | None = None, heads: int | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is given of an area."""
    row = store.area(e, text)
    changes: dict[str, Any] = named(name) if name else {}
    changes |= {key: value for key, value in {"kind": kind, "heads": heads, "note": note}.items() if value is not None}
    if place:
        where, changes["spot"] = school.place_spot(e, place)
        changes["place_id"] = where["id"]
    if keeper:
        changes["keeper_id"] = school.person(e, keeper)["id"]
    if not changes:
        raise Usage("kindergarten.nothing_to_change", code=row["code"])
    e.update("kindergarten_area", row["id"], **changes)
    return _area_said(e, "kindergarten.area.edit", row["code"])


def end_area(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """An area is used no more from a day on; its toys must stand elsewhere first (4)."""
    row, day = store.area(e, text), on or e.today
    if row["ended_on"]:
        raise Refused("kindergarten.ended_already", code=row["code"], day=date.fromisoformat(row["ended_on"]))
    if day.isoformat() <= row["from_day"]:
        raise Refused("kindergarten.ended_before", code=row["code"], day=date.fromisoformat(row["from_day"]))
    left = [toy["code"] for toy in store.toys(e.db) if toy["area_id"] == row["id"] and count(e, toy).there > 0]
    if left:
        raise Refused("kindergarten.toys_left", name=row["name"], toys=left[:10])
    if day <= e.today:
        e.admit(day)
    e.update("kindergarten_area", row["id"], ended_on=day, ended_why=reason)
    e.subject = row["code"]
    return Confirmation("kindergarten.area.end", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def add_toy(e: Entry, code: str, name: str, pieces: int, *, area: str, card: str | None = None, starts: date | None = None,
            note: str | None = None) -> Confirmation:  # fmt: skip
    """So many pieces of a toy stand in an area; a large one may be an asset as well."""
    free_code(e.db, "kindergarten_toy", code, what="toy")
    where = _in_use(e, area)
    thing = asset.card(e, card) if card else None
    e.insert("kindergarten_toy", code=code, **named(name), area_id=where["id"], pieces=pieces, from_day=starts or e.today,
             note=note, asset_id=thing["id"] if thing is not None else None)  # fmt: skip
    e.subject = code
    facts = {"name": name, "pieces": pieces, "area": where["name"], "asset": thing["code"] if thing is not None else None}
    return Confirmation("kindergarten.toy.add", code, facts=facts)


def move_toy(e: Entry, text: str, to: str) -> Confirmation:
    """A toy stands in another area."""
    row, where = store.toy(e, text), _in_use(e, to)
    if row["area_id"] == where["id"]:
        raise Refused("kindergarten.stands_there", name=row["name"], area=where["name"])
    e.update("kindergarten_toy", row["id"], area_id=where["id"])
    e.subject = row["code"]
    return Confirmation("kindergarten.toy.move", row["code"],
                        facts={"name": row["name"], "before": row["area_name"], "area": where["name"]})  # fmt: skip


def break_toy(e: Entry, text: str, pieces: int, words: str, *, by: str, slip: bool = False,
              on: date | None = None) -> Confirmation:  # fmt: skip
    """Pieces of a toy are broken and taken away from the children; with `slip` the repair shop gets a slip for them."""
    row, day = store.toy(e, text), e.happened(on or e.today)
    person, left = school.person(e, by), count(e, row)
    _since(row, day)
    if pieces > left.good:
        raise Refused("kindergarten.not_so_many", name=row["name"], pieces=pieces, good=left.good)
    number = None
    if slip:
        title = f"{row['name']}：{words}"
        number = repair.open_slip(e, title, place=row["place"], by=person["code"], on=day, asset=row["asset"])
    e.insert("kindergarten_mend", on_day=day, toy_id=row["id"], what="broken", pieces=pieces, by_id=person["id"], words=words,
             slip=number)  # fmt: skip
    _in_order(e, row)
    e.subject = row["code"]
    facts = {"name": row["name"], "pieces": pieces, "words": words, "good": left.good - pieces, "slip": number}
    return Confirmation("kindergarten.toy.break", row["code"], numbers=[number] if number else [], facts=facts)


def mend_toy(e: Entry, text: str, pieces: int | None, *, by: str, words: str | None = None,
             on: date | None = None) -> Confirmation:  # fmt: skip
    """Broken pieces (all, if not said how many) were mended and are with the children again."""
    row, day = store.toy(e, text), e.happened(on or e.today)
    person, left = school.person(e, by), count(e, row)
    many = _broken(row, pieces, left, day)
    _since(row, day)
    e.insert("kindergarten_mend", on_day=day, toy_id=row["id"], what="mended", pieces=many, by_id=person["id"], words=words)
    _in_order(e, row)
    e.subject = row["code"]
    facts = {"name": row["name"], "pieces": many, "good": left.good + many, "broken": left.broken - many, "by": person["name"]}
    return Confirmation("kindergarten.toy.mend", row["code"], facts=facts)


def discard_toy(e: Entry, text: str, pieces: int | None, *, by: str, reason: str, lost: bool = False,
                on: date | None = None) -> Confirmation:  # fmt: skip
    """Broken pieces are thrown away, or whole ones were lost. What is an asset is disposed of as one (4)."""
    row, day = store.toy(e, text), e.happened(on or e.today)
    person, left = school.person(e, by), count(e, row)
    if row["asset"]:
        raise Refused("kindergarten.is_an_asset", name=row["name"], asset=row["asset"])
    _since(row, day)
    if lost and (pieces or 1) > left.good:
        raise Refused("kindergarten.not_so_many", name=row["name"], pieces=pieces or 1, good=left.good)
    many = (pieces or 1) if lost else _broken(row, pieces, left, day)
    e.insert("kindergarten_mend", on_day=day, toy_id=row["id"], what="lost" if lost else "discarded", pieces=many,
             by_id=person["id"], words=reason)  # fmt: skip
    _in_order(e, row)
    e.subject = row["code"]
    facts = {"name": row["name"], "pieces": many, "reason": reason, "there": left.there - many}
    return Confirmation("kindergarten.toy.discard", row["code"], facts=facts)


def count(source: "store.Source", row: Any, day: date = date.max) -> rules.Count:
    """How many pieces of a toy there are, and how many of them are broken."""
    return rules.counted(row["pieces"], store.mends(source.db, day, row["id"])[row["id"]])


def _broken(row: Any, pieces: int | None, left: rules.Count, day: date) -> int:
    if left.broken == 0 or (pieces or 0) > left.broken:
        raise Refused("kindergarten.not_so_broken", name=row["name"], pieces=pieces or 1, broken=left.broken, code=row["code"])
    return pieces or left.broken


def _in_order(e: Entry, row: Any) -> None:
    """Refuse (4) a fact booked late by which on some day more was mended or gone than there was."""
    bad = rules.below(row["pieces"], store.mends(e.db, date.max, row["id"])[row["id"]])
    if bad is not None:
        raise Refused("kindergarten.not_on_that_day", name=row["name"], day=date.fromisoformat(bad["on_day"]))


def _since(row: Any, day: date) -> None:
    if day.isoformat() < row["from_day"]:
        raise Refused("kindergarten.not_there_yet", name=row["name"], day=date.fromisoformat(row["from_day"]))


def _in_use(e: Entry, text: str) -> Any:
    row = store.area(e, text)
    if row["ended_on"]:
        raise Refused("kindergarten.ended_already", code=row["code"], day=date.fromisoformat(row["ended_on"]))
    return row


def _area_said(e: Entry, action: str, code: str) -> Confirmation:
    row = store.area(e, code)
    e.subject = code
    facts = {"name": row["name"], "kind": Word.of(AREA, row["kind"]), "place": f"{row['place']} {row['place_name']}",
             "keeper": row["keeper"], "heads": row["heads"]}  # fmt: skip
    return Confirmation(action, code, facts=facts)

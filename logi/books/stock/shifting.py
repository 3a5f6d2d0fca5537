"""Stock brought from place to place (移库): no cost, no change of what is on hand; a lot stays what it is."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.stock import actions, places, school, store
from logi.books.stock import store_places as sql
from logi.books.stock.columns import column, plain_facts, table
from logi.books.stock.items import apart_from_food
from logi.books.stock.lines import Line
from logi.books.stock.rules import pick
from logi.core.answers import Column, Confirmation, Milli, Table
from logi.core.errors import Refused, Usage
from logi.core.messages import quantity_text, say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def move(e: "Entry", lines: Sequence[Line], *, to: str, by: str, on: date, from_: str | None = None,
         lot: str | None = None, reason: str | None = None) -> Confirmation:  # fmt: skip
    """Bring goods from one place to another. Refuses (4) more than lies there on that day and every later one, a chemical
    into a place of food, a place onto itself; without `from_` all must lie in one other place (2)."""
    e.happened(on)
    wanted = actions.found_lines(e, lines)
    target, person = school.place(e, to), school.person(e, by)
    source = _source(e, wanted, from_, target, on)
    if source is not None and source.row["id"] == target["id"]:
        raise Refused("stock.same_place", place=_name(target))
    for one in wanted:
        apart_from_food(e, one.item["name"], one.item["chemical"], target, on)
    number = e.number("DB", str(on.year), book="stock", kind="move")
    shift_id = e.insert("stock_shift", number=number, on_day=on, from_id=source.row["id"] if source is not None else None,
                        to_id=target["id"], person_id=person["id"], reason=reason)  # fmt: skip
    for at, one in enumerate(wanted, 1):
        _bring(e, (shift_id, at, on), one, source, target["id"], lot)
    items = {one.item["id"]: one.item for one in wanted}
    there = [
        f"{item['name']}: " + say("stock.comma").join(
            places.told(e.db, places.lying(e, e.today, item_id).get(item_id, {}), item["unit"]))
        for item_id, item in items.items()
    ]  # fmt: skip
    return Confirmation("stock.move", number, facts={
        "items": [w.item["code"] for w in wanted], "quantities": [Milli(w.quantity_milli) for w in wanted],
        "lines": [f"{w.item['name']} {quantity_text(w.quantity_milli)} {w.item['unit']}" for w in wanted],
        "from_place": places.name_of(e.db, source.row["id"] if source is not None else None), "to_place": _name(target),
        "person": person["name"], "day": on, "reason": reason, "there": there,
    })  # fmt: skip


def moved(ledger: "Ledger", since: date, until: date, *, item: str | None = None, place: str | None = None) -> Table:
    """The transfers of a period, line by line."""
    only = store.item(ledger, item)["code"] if item else None
    room = school.place(ledger, place)["id"] if place else None
    rows = [
        {"number": row["number"], "day": date.fromisoformat(row["on_day"]), "code": line["code"], "name": line["name"],
         "unit": line["unit"], "quantity": line["quantity_milli"], "lot": line["label"],
         "from_place": row["from_code"], "to_place": row["to_code"], "mover": row["person"], "reason": row["reason"]}
        for row in sql.shifts(ledger.db, since.isoformat(), until.isoformat())
        if room in (None, row["from_id"], row["to_id"])
        for line in sql.shift_lines(ledger.db, row["id"]) if only in (None, line["code"])
    ]  # fmt: skip
    keys = ["number", "day", "code", "name", "unit", "quantity", "lot", "from_place", "to_place", "mover", "reason"]
    return table("stock.moved", "stock.title.moved", keys, rows, since=since, until=until)


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A transfer: from where, to where, by whom; its lots; None if there is no such number."""
    row = sql.shift(ledger.db, number)
    if row is None:
        return None
    head: list[tuple[str, Any]] = [("number", number), ("day", row["on_day"])]
    for key, kind, rowid in (("from_place", "place", row["from_id"]), ("to_place", "place", row["to_id"]),
                             ("mover", "person", row["person_id"])):  # fmt: skip
        found = school.by_id(ledger.db, f"school_{kind}", rowid)
        head.append((key, _name(found) if found is not None else None))
    head += [("reason", row["reason"]), ("state", say("stock.undone") if row["void"] else None)]
    lines = [
        {"line": one["line"], "code": one["code"], "name": one["name"], "spec": one["spec"], "unit": one["unit"],
         "quantity": one["quantity_milli"], "received_on": date.fromisoformat(one["received_on"]), "lot": one["label"],
         "expires_on": date.fromisoformat(one["expires_on"]) if one["expires_on"] else None}
        for one in sql.shift_lines(ledger.db, row["id"], all_rows=bool(row["void"]))
    ]  # fmt: skip
    keys = ["code", "name", "spec", "unit", "quantity", "received_on", "lot", "expires_on"]
    columns = [Column("line", say("stock.col.line"), "count"), *(column(key) for key in keys)]
    return [plain_facts(head, f"stock.show.{number}", say("stock.title.shift", number=number)),
            Table("stock.lines", say("stock.title.lines"), columns, lines)]  # fmt: skip


def _source(e: "Entry", wanted: Sequence[actions.Wanted], from_: str | None, target: Any, on: date) -> places.Rooms | None:
    """The place the goods come from: the one named, else the only other one they lie in (None: where no place is known)."""
    if from_ is not None:
        return places.rooms_named(e, [from_])
    found: set[int | None] = set()
    for one in wanted:
        by = places.lying(e, on, one.item["id"]).get(one.item["id"], {})
        found |= {place for place, lots in by.items() if place != target["id"] and sum(lots.values())}
    if len(found) > 1:
        raise Usage("stock.move_from", items=[one.item["name"] for one in wanted],
                    places=sorted(places.name_of(e.db, place) for place in found))  # fmt: skip
    only = next(iter(found), None)
    return places.rooms_of(e, [only]) if only is not None else None


def _bring(e: "Entry", at: tuple[int, int, date], one: actions.Wanted, source: places.Rooms | None, to_id: int,
           lot: str | None) -> None:  # fmt: skip
    shift_id, line, on = at
    item, day = one.item, on.isoformat()
    rooms = source or places.Rooms(None, {None})
    # what lies in the place itself, not in one within it that the goods are brought to
    rooms = rooms._replace(inside=rooms.inside - {to_id})
    layers = store.layers(e.db, item["id"], day)
    spread = places.spread_of(e.db, item, layers, day)
    for layer in layers:
        layer.free_milli = sum(milli for _, milli in spread.within(layer.lot_id, rooms))
    got = pick(layers, one.quantity_milli, day, by_expiry=item["class"] == "food", expired_too=True, label=one.line.lot or lot)
    if got.short_milli:
        places.refuse_short(e, item, on, one.quantity_milli, got.short_milli, source)
    places.shift(e, shift_id, line, on, item, got.picks, spread, rooms, to_id)


def _name(row: Any) -> str:
    return f"{row['code']} {row['name']}"

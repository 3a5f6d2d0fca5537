"""The verbs about items themselves: what is kept in stock, in which units, with which marks."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.stock import school, store
from logi.books.stock import store_costing as carried
from logi.books.stock.costing import begin
from logi.books.stock.store_places import placed_rooms
from logi.core.answers import Confirmation
from logi.core.errors import BadValue, Refused
from logi.core.money import split_quantity_unit
from logi.finding import free_code, named

if TYPE_CHECKING:
    from logi.journal import Entry


def add_item(e: "Entry", code: str, name: str, *, unit: str, packs: list[tuple[str, int]] | None = None,
             place: str | None = None, costing: str | None = None, **given: Any) -> Confirmation:  # fmt: skip
    """Register an item. Refused (4): a taken code, a chemical that would be kept among food."""
    free_code(e.db, "stock_item", code, what="item")
    values = {key: value for key, value in given.items() if value is not None}
    room = school.place(e, place) if place else None
    _twins(e, name, values.get("spec"))
    item_id = e.insert("stock_item", code=code, **named(name), unit=unit, place_id=room["id"] if room else None,
                       **{"class": "daily", **values})  # fmt: skip
    apart_from_food(e, name, given.get("chemical"), room, e.today)
    if costing:
        begin(e, item_id, costing)
    _limits(values.get("min_milli"), values.get("max_milli"))
    set_packs(e, item_id, unit, packs or [])
    e.subject = code
    return Confirmation("item.add", code, facts={"name": name, "unit": unit})


def edit_item(e: "Entry", text: str, *, name: str | None = None, unit: str | None = None,
              packs: list[tuple[str, int]] | None = None, place: str | None = None, **given: Any) -> Confirmation:  # fmt: skip
    """Change what is given of an item. The unit stays once anything moved (4)."""
    row = store.item(e, text)
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if name:
        changes.update(named(name))
    if unit and unit != row["unit"]:
        if carried.standing_moves(e.db, row["id"]):
            raise Refused("stock.unit_in_use", item=row["name"], unit=row["unit"])
        changes["unit"] = unit
    if place:
        changes["place_id"] = school.place(e, place)["id"]
    room = school.by_id(e.db, "school_place", changes.get("place_id", row["place_id"]))
    for one in [room, *placed_rooms(e.db, row["id"])]:
        apart_from_food(e, name or row["name"], changes.get("chemical", row["chemical"]), one, e.today)
    if not changes and not packs:
        raise Refused("stock.nothing_to_change", item=row["name"])
    _limits(changes.get("min_milli", row["min_milli"]), changes.get("max_milli", row["max_milli"]))
    if changes:
        e.update("stock_item", row["id"], **changes)
    set_packs(e, row["id"], unit or row["unit"], packs or [])
    e.subject = row["code"]
    return Confirmation("item.edit", row["code"], facts={"name": name or row["name"]})


def set_packs(e: "Entry", item_id: int, unit: str, packs: list[tuple[str, int]]) -> None:
    """Let an item also be counted in other units: (unit, thousandths of its own unit)."""
    for other, per_milli in packs:
        if other == unit:
            raise Refused("stock.pack_is_unit", unit=unit)
        row = store.pack(e.db, item_id, other)
        if row is None:
            e.insert("stock_pack", item_id=item_id, unit=other, per_milli=per_milli)
        else:
            e.update("stock_pack", row["id"], per_milli=per_milli)


def apart_from_food(e: "Entry", name: str, chemical: bool | None, room: Any, on: date) -> None:
    """A chemical never lies where food is kept (4)."""
    if chemical and room is not None and room["kind"] in school.policy(e, "stock.food_place_kinds", on):
        raise Refused("stock.chemical_by_food", item=name, place=f"{room['code']} {room['name']}")


def as_pack(text: Any) -> tuple[str, int]:
    """`箱=10` or `箱=10包` -> ("箱", 10000)."""
    if isinstance(text, tuple):
        return text
    name, equals, size = str(text).replace("＝", "=").partition("=")
    if not name.strip() or not equals:
        raise BadValue("stock.bad_pack", text=str(text))
    milli, _ = split_quantity_unit(size)
    if milli == 0:
        raise BadValue("stock.bad_pack", text=str(text))
    return name.strip(), milli


def _twins(e: "Entry", name: str, spec: str | None) -> None:
    """Warn where other goods bear this name and nothing tells the two apart."""
    if alike := [row["code"] for row in store.same_name(e.db, name) if not (spec and row["spec"]) or spec == row["spec"]]:
        e.warn("stock.name_twin", codes=alike[:5], name=name)


def _limits(least: int | None, most: int | None) -> None:
    if least is not None and most is not None and least > most:
        raise Refused("stock.min_over_max")

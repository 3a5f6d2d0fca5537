"""Correcting a slip: its line is reversed on its own day and posted anew on a new slip, in one entry, linked both ways."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.stock import actions, school, store
from logi.books.stock import store_places as placings
from logi.books.stock.lines import Line
from logi.books.stock.posting import FIFO, costing, turned
from logi.core.answers import Confirmation, Fen, Milli
from logi.core.errors import Refused, Usage

if TYPE_CHECKING:
    from logi.journal import Entry


def correct(e: "Entry", number: str, *, line: int | None, qty: int | None, price: int | None, reason: str) -> Confirmation:
    """Put another quantity or price on one line. Refused (4) once later issues stand on it, naming them."""
    slip = actions.standing_slip(e, number)
    if slip["kind"] == "return":
        raise Refused("stock.correct_return", number=number)
    if qty is None and price is None:
        raise Usage("stock.nothing_to_correct", number=number)
    rows = store.lines(e.db, slip["id"])
    numbers = sorted({row["line"] for row in rows})
    if not numbers:
        raise Refused("stock.corrected_already", number=number, by=store.correction_of(e.db, slip["id"]) or "—")
    if line is None and len(numbers) == 1:
        line = numbers[0]
    mine = [row for row in rows if row["line"] == line]
    if not mine:
        raise Usage("stock.which_line", number=number, lines=[f"{n} {_name(rows, n)}" for n in numbers])
    if price is not None and mine[0]["kind"] not in ("in", "gain"):
        raise Usage("stock.price_is_cost", number=number)
    _stands_alone(e, number, slip, mine)
    before = abs(sum(row["quantity_milli"] for row in mine))
    for row in mine:
        e.reverse("stock_move", row["id"])
        if row["kind"] in ("in", "gain"):
            e.void("stock_lot", row["lot_id"])
    for rowid in placings.of_line(e.db, slip["id"], int(mine[0]["line"])):
        e.reverse("stock_placing", rowid)
    turned(e)
    anew = _post_anew(e, slip, mine, before if qty is None else qty, price, reason)
    e.subject = number
    return Confirmation("stock.correct", number, numbers=[number, str(anew.number)], facts={
        "corrected_by": anew.number, "line": line, "item": mine[0]["name"], "before": Milli(before),
        "quantity": Milli(before if qty is None else qty), "unit": mine[0]["unit"],
        "value_before": Fen(abs(sum(row["value_fen"] for row in mine))), "value": anew.facts["value"], "reason": reason,
    })  # fmt: skip


def _stands_alone(e: "Entry", number: str, slip: Any, rows: list[Any]) -> None:
    e.happened(date.fromisoformat(slip["on_day"]))
    standing: list[str] = []
    if rows[0]["kind"] in ("in", "gain"):
        lots = [row["lot_id"] for row in rows]
        standing = store.takers(e.db, lots) + placings.shifts_of(e.db, lots)
    elif any(back for (at, _), (back, _) in store.returned(e.db, slip["id"]).items() if at == rows[0]["line"]):
        standing = store.returns_of(e.db, slip["id"])
    if not standing and costing(e, rows[0]["item_id"]) != FIFO:
        standing = store.later_issues(e.db, rows[0]["item_id"], max(row["id"] for row in rows), e.n)
    if standing:
        raise Refused("stock.correct_depends", number=number, slips=standing)


def _post_anew(e: "Entry", slip: Any, rows: list[Any], qty: int, price: int | None, reason: str) -> Confirmation:
    first, on = rows[0], date.fromisoformat(slip["on_day"])
    kind, down = first["kind"], first["kind"] == "loss"
    if qty == 0:
        raise Usage("stock.correct_to_nothing", number=slip["number"])
    each = price
    if price is None and kind in ("in", "gain"):
        each = first["price_fen"]
    signed = -abs(qty) if down else abs(qty)
    one = Line(first["code"], signed, None, each, first["label"] if kind in ("in", "gain") else None, _day(first["made_on"]),
               _day(first["expires_on"]) if kind in ("in", "gain") else None)  # fmt: skip
    if price is None and kind in ("in", "gain") and first["per_milli"] != 1000:
        one = _in_pack(e, first, one)
    names = {key: _code(e, key, slip) for key in ("vendor", "person", "keeper", "buyer", "inspector", "place", "department")}
    if slip["kind"] == "in":
        return actions.in_(e, [one], on=on, vendor=names["vendor"], request=slip["request_no"], invoice=slip["invoice_no"],
                           inspector=names["inspector"], buyer=names["buyer"], keeper=names["keeper"],
                           place=names["place"], corrects=slip["id"])  # fmt: skip
    if slip["kind"] == "out":
        return actions.out(e, [one], to=str(names["department"]), by=str(names["person"]), on=on, purpose=slip["purpose"],
                           keeper=names["keeper"], corrects=slip["id"], place=names["place"])  # fmt: skip
    return actions.adjust(e, [one], on=on, reason=reason, corrects=slip["id"],
                          place=[names["place"]] if names["place"] else ())  # fmt: skip


def _in_pack(e: "Entry", row: Any, line: Line) -> Line:
    """A price that was given for another unit stays that unit's price."""
    unit = next((u for u, n in store.packs(e.db, row["item_id"]).items() if n == row["per_milli"]), None)
    milli, rest = divmod(line.quantity_milli * 1000, row["per_milli"])
    if unit is None or rest:
        raise Usage("stock.correct_needs_price", item=row["name"])
    return line._replace(quantity_milli=milli, unit=unit)


def _code(e: "Entry", key: str, slip: Any) -> str | None:
    table = "school_person" if key in ("keeper", "buyer", "inspector", "person") else f"school_{key}"
    found = school.by_id(e.db, table, slip[f"{key}_id"])
    return str(found["code"]) if found else None


def _name(rows: list[Any], line: int) -> str:
    return next(str(row["name"]) for row in rows if row["line"] == line)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

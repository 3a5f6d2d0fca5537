"""`logi correct` for cards: the posting of a number is reversed and posted anew with the right price or quantity."""

from datetime import date
from sqlite3 import Row

from logi.books.asset import rules, store
from logi.core.answers import Confirmation, Fen, Milli
from logi.core.errors import NotFound, Refused, Usage
from logi.core.money import multiply
from logi.journal import Entry


def correct(
    e: Entry, number: str, *, line: int | None, qty: int | None, price: int | None, reason: str
) -> Confirmation:
    """Put right the unit price (fen) or the quantity (thousandths) that a card, or a whole batch, was entered with."""
    if store.document(e.db, "asset_proposal", number) is not None:
        raise Refused("asset.correct_proposal", proposal=number)
    if qty is None and price is None:
        raise Usage("asset.nothing_to_change")
    rows = store.cards(e, [number])
    if line is not None:
        if not 1 <= line <= len(rows):
            raise NotFound("asset.no_line", number=number, line=line, lines=len(rows))
        rows = [rows[line - 1]]
    before = sum(row["cost_fen"] for row in rows)
    after = sum(_again(e, row, qty, price, reason) for row in rows)
    return Confirmation("correct", number, facts={
        "codes": rules.compress(row["code"] for row in rows), "before": Fen(before), "total": Fen(after),
        "quantity": Milli(qty) if qty else None, "reason": reason,
    })  # fmt: skip


def _again(e: Entry, row: Row, qty: int | None, price: int | None, reason: str) -> int:
    posted = store.value_moves(e.db, row["id"])
    rebased = bool(store.facts(e.db, "asset_basis", card_id=row["id"]))
    if rebased or row["status"] not in ("in_use", "idle") or [move["kind"] for move in posted] != ["add"]:
        raise Refused("asset.correct_late", code=row["code"])
    unit_cost = row["unit_cost_fen"] if price is None else price
    quantity = row["quantity_milli"] if qty is None else qty
    if unit_cost <= 0 or quantity <= 0:
        raise Refused("asset.cost_zero" if unit_cost <= 0 else "asset.quantity_zero")
    cost = multiply(quantity, unit_cost)
    [old] = posted
    # A closed month keeps its figures: then both the reversal and the new posting bear today.
    closed = e.closed_until >= old["on_day"][:7] if e.closed_until else False
    e.reverse("asset_move", old["id"], e.today if closed else None)
    day = e.today if closed else date.fromisoformat(old["on_day"])
    e.insert("asset_move", on_day=day, kind="add", card_id=row["id"], category_id=old["category_id"],
             quantity_milli=quantity, cost_fen=cost, place_id=(row if closed else old)["place_id"],
             keeper_id=(row if closed else old)["keeper_id"], number=old["number"], note=reason,
             department_id=(row if closed else old)["department_id"])  # fmt: skip
    e.update("asset_card", row["id"], cost_fen=cost, unit_cost_fen=unit_cost, quantity_milli=quantity)
    return cost

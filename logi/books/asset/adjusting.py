"""What an approved table of surplus and shortage does to the register: facts dated by the last approval."""

from datetime import date
from sqlite3 import Connection, Row

from logi import journal
from logi.books.asset import actions, school, store, valuing
from logi.books.asset.posting import movable, post
from logi.core.answers import Milli
from logi.core.errors import Refused
from logi.core.money import ratio_half_up
from logi.journal import Entry


def carry_out(e: Entry, document: Row) -> None:
    """Apply every line that can be applied; what cannot stays on the document, is warned of, and is due."""
    day = date.fromisoformat(journal.approvals(e.db, document["number"])[-1]["on_day"])
    left = []
    for line in store.where(e.db, "asset_adjust_line", "line", adjust_id=document["id"]):
        try:
            with e.attempt():
                done = _apply(e, document["number"], line, day)
        except Refused:
            done = False
        e.update("asset_adjust_line", line["id"], applied="yes" if done else "no")
        if not done:
            left.append(line["code"])
    e.update("asset_adjust", document["id"], state="done", done_on=day.isoformat())
    e.update("asset_count", document["count_id"], state="done")
    if left:
        e.warn("asset.adjust_left", number=document["number"], codes=left)


def rejected(e: Entry, document: Row) -> None:
    """The count is open again: to be counted once more and settled anew."""
    e.update("asset_adjust", document["id"], state="rejected")
    e.update("asset_count", document["count_id"], state="open")


def missing_levels(db: Connection, document: Row) -> list[str]:
    """The levels that have not approved a document yet, in order."""
    given = {row["level"] for row in journal.approvals(db, document["number"]) if row["decision"] == "yes"}
    return [level for level in document["levels"].split() if level not in given]


def _apply(e: Entry, number: str, line: Row, day: date) -> bool:
    if line["kind"] == "unknown":
        return _new_card(e, line, day)
    card = store.named_card(e.db, line["card_id"])
    movable(e, [card], day)
    if card["status"] == "disposing":
        raise Refused("asset.is_disposing", code=card["code"])
    if line["kind"] == "missing":
        _lose(e, number, card, day)
    elif line["kind"] == "elsewhere":
        _move(e, number, card, line, day)
    else:
        _resize(e, number, card, line["counted_milli"] - line["book_milli"], day)
    return True


def _lose(e: Entry, number: str, card: Row, day: date) -> None:
    e.update("asset_card", card["id"], status="lost", gone_on=day.isoformat())
    post(e, day, "shortage", [card], sign=-1, number=number)


def _resize(e: Entry, number: str, card: Row, change_milli: int, day: date) -> None:
    """More or fewer of a quantity card, with the value that goes with them."""
    sign = -1 if change_milli < 0 else 1
    quantity = card["quantity_milli"] + change_milli
    if quantity <= 0:
        raise Refused(
            "asset.split_quantity", code=card["code"], quantity=Milli(-change_milli), has=Milli(card["quantity_milli"])
        )
    value = sign * ratio_half_up(card["cost_fen"] * abs(change_milli), card["quantity_milli"])
    cost = card["cost_fen"] + value
    done, gone = valuing.share(e, card, day, abs(value))
    gathered = done.accumulated_fen - (gone if sign < 0 else 0)
    valuing.resize(e, card, day, cost, gathered, done.months)
    e.update("asset_card", card["id"], quantity_milli=quantity, cost_fen=cost)
    changed = {**dict(card), "quantity_milli": abs(change_milli), "cost_fen": abs(value)}
    post(e, day, "shortage" if sign < 0 else "surplus", [changed], sign=sign, number=number)


def _move(e: Entry, number: str, card: Row, line: Row, day: date) -> None:
    """A thing, or a part of a quantity, stands where it was found."""
    place = school.by_id(e.db, "school_place", line["place_id"])
    assert place is not None
    code = card["code"]
    if line["counted_milli"] < card["quantity_milli"]:
        code = str(actions.split(e, code, line["counted_milli"], on=day).number)
    actions.transfer(e, [code], place["code"], on=day, note=number)


def _new_card(e: Entry, line: Row, day: date) -> bool:
    """What had no card gets one, if it was named and valued."""
    if not line["name"] or line["card_id"] is not None:
        return False
    place = school.by_id(e.db, "school_place", line["place_id"])
    keeper = school.by_id(e.db, "school_person", place["keeper_id"] if place else None)
    free = journal.number_of(e.db, line["code"]) is None and not store.taken(e.db, [line["code"]])
    actions.add(
        e, line["name"], max(ratio_half_up(line["value_fen"] * 1000, line["counted_milli"]), 1), on=day,
        code=line["code"] if free else None, quantity_milli=line["counted_milli"], acquired_by="surplus",
        value_type="nominal" if line["value_fen"] == 100 else "estimate", place=place["code"] if place else None,
        keeper=keeper["code"] if keeper else None, fields=None, ref=None,
    )  # fmt: skip
    return True


def lost_by_count(db: Connection) -> set[int]:
    """Cards that an approved table of surplus and shortage took off the register."""
    found = set()
    for document in store.where(db, "asset_adjust", state="done"):
        lines = store.where(db, "asset_adjust_line", adjust_id=document["id"], kind="missing", applied="yes")
        found |= {line["card_id"] for line in lines}
    return found


def unapproved(db: Connection) -> list[tuple[Row, list[str]]]:
    """Tables carried out without every approval (there must be none)."""
    made = [(one, missing_levels(db, one)) for one in store.where(db, "asset_adjust", "number", state="done")]
    return [(one, levels) for one, levels in made if levels]

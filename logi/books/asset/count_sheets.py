"""The papers of a stocktake: sheets by room, how far it is, the table of surplus and shortage (盤盈盤虧表)."""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import adjusting, school, store
from logi.books.asset.counting import Count, count_of
from logi.books.asset.tabling import table
from logi.core.answers import Pack, Table
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

DIFFERENCE = (
    "code:code name kind:word:asset.diff place:code book_quantity:quantity book:money counted:quantity "
    "over_quantity:quantity over:money+ short_quantity:quantity short:money+ condition:word:asset.condition cause"
)


def listing(ledger: "Ledger") -> Table:
    """Every stocktake and how far it is."""
    rows = []
    for row in store.where(ledger.db, "asset_count", "number"):
        count = Count(ledger.db, row)
        rows.append({
            "number": row["number"], "on": date.fromisoformat(row["on_day"]), "term": row["term"], "scope": row["scope"],
            "lines": len(count.lines), "rooms": len(count.rooms), "state": row["state"],
            "left": sum(count.state_of(room) != "counted" for room in count.rooms),
            "differences": len(count.differences()),
        })  # fmt: skip
    specs = ("number:code on:day term:code scope rooms:count left:count lines:count differences:count "
             "state:word:asset.count_state")  # fmt: skip
    return table("counts", say("asset.title.counts"), specs, rows)


def status(ledger: "Ledger", number: str | None) -> Table:
    """Every room of a stocktake: lines, counted, missing, met from elsewhere, unknown, and who counted."""
    row = count_of(ledger, number, reading=True)
    count = Count(ledger.db, row)
    places, people = store.names_of(ledger.db, "school_place"), store.names_of(ledger.db, "school_person")
    differ = count.differences()
    rows = []
    for room in count.rooms:
        place = places.get(room["place_id"])
        found = [count.found[line.card_id] for line in count.in_room(room["place_id"])]
        here = [one for one in differ if one.place_id == room["place_id"]]
        rows.append({
            "place": place["code"] if place else None, "place_name": place["name"] if place else say("asset.nowhere"),
            "lines": len(found), "counted": sum(one.counted for one in found),
            "missing": sum(one.kind in ("missing", "less") for one in here),
            "elsewhere": sum(one.kind == "elsewhere" for one in here),
            "unknown": sum(one.kind == "unknown" for one in here),
            "damaged": sum(one.condition == "damaged" for one in found), "state": count.state_of(room),
            "by": people[room["by_id"]]["name"] if room["by_id"] else None,
            "on": date.fromisoformat(room["entered_on"]) if room["entered_on"] else None,
        })  # fmt: skip
    rows.sort(key=lambda one: one["place"] or "~")
    left = [one["place"] or "—" for one in rows if one["state"] != "counted"]
    specs = ("place:code place_name lines:count+ counted:count+ missing:count+ elsewhere:count+ unknown:count+ "
             "damaged:count+ state:word:asset.room_state by on:day")  # fmt: skip
    notes = [say("asset.note.rooms_left", number=row["number"], places=left)] if left else []
    return table("count-status", say("asset.title.count_status", number=row["number"]), specs, rows, notes=notes)


def sheets(ledger: "Ledger", number: str | None, texts: Sequence[str] = (), *, blind: bool = False) -> Pack:
    """The sheets to count by, room by room; blind ones without book figures; a recount's only with what is open."""
    row = count_of(ledger, number, reading=True)
    count = Count(ledger.db, row)
    places, people = store.names_of(ledger.db, "school_place"), store.names_of(ledger.db, "school_person")
    wanted = store.inside(ledger.db, [school.place(ledger, text)["id"] for text in texts]) if texts else None
    rooms = [one["place_id"] for one in count.rooms if wanted is None or one["place_id"] in wanted]
    rooms.sort(key=lambda one: places[one]["code"] if one else "~")
    tables = []
    for place_id in rooms:
        rows: list[dict[str, Any]] = []
        for line in (one for one in count.rows if one["place_id"] == place_id):
            card, found = count.cards[line["card_id"]], count.found[line["card_id"]]
            if row["round"] > 1 and found.counted:
                continue
            rows.append({
                "line": len(rows) + 1, "code": card["code"], "name": card["name"], "spec": card["spec"] or card["model"],
                "unit": card["unit"], "keeper": people[line["keeper_id"]]["name"] if line["keeper_id"] else None,
                "book_quantity": line["quantity_milli"], "counted": found.here, "condition": found.condition, "note": None,
            })  # fmt: skip
        if rows or row["round"] == 1:
            tables.append(_sheet(row, places[place_id] if place_id else None, rows, blind or bool(row["blind"])))
    heading = say("asset.title.count_sheets", number=row["number"], on=date.fromisoformat(row["on_day"]))
    return Pack("asset.count-sheets", heading, row["on_day"], journal.head(ledger.db).short, tables,
                notes=[say("asset.note.count_signatures")])  # fmt: skip


def differences(ledger: "Ledger", number: str | None) -> Table:
    """盤盈盤虧表: the document's lines once settled, before that what would be on it."""
    from logi.core.errors import NotFound

    adjust = store.document(ledger.db, "asset_adjust", number) if number else None
    if adjust is not None:
        return adjust_table(ledger, adjust)
    if number is not None and store.document(ledger.db, "asset_count", number) is None:
        raise NotFound("asset.no_count", number=number)
    row = count_of(ledger, number, reading=True)
    settled = store.where(ledger.db, "asset_adjust", "id", count_id=row["id"])
    if row["state"] != "open" and settled:
        return adjust_table(ledger, settled[-1])
    count = Count(ledger.db, row)
    places = store.names_of(ledger.db, "school_place")
    rows = []
    for one in count.differences():
        card = count.cards.get(one.card_id or 0)
        known = card is not None and one.kind != "unknown"
        rows.append(
            _line(
                one.code,
                card["name"] if card is not None else None,
                one.kind,
                places[one.place_id]["code"] if one.place_id else None,
                one.book_milli,
                card["cost_fen"] if known and card is not None else 0,
                one.counted_milli,
                one.value_fen,
                one.condition,
                None,
            )
        )
    return table("differences", say("asset.title.differences", number=row["number"]), DIFFERENCE, rows)


def adjust_table(ledger: "Ledger", document: Row) -> Table:
    """The lines of one table of surplus and shortage, with what it waits for."""
    places = store.names_of(ledger.db, "school_place")
    rows = []
    for one in store.where(ledger.db, "asset_adjust_line", "line", adjust_id=document["id"]):
        made = _line(
            one["code"],
            one["name"],
            one["kind"],
            places[one["place_id"]]["code"] if one["place_id"] else None,
            one["book_milli"],
            one["book_fen"],
            one["counted_milli"],
            one["value_fen"],
            one["condition"],
            one["cause"],
        )
        rows.append({**made, "applied": one["applied"]})
    notes = []
    if document["state"] == "open":
        left = [title("asset.level", level) for level in adjusting.missing_levels(ledger.db, document)]
        notes.append(say("asset.note.adjust_waits", number=document["number"], levels=left))
    return table("differences", say("asset.title.differences", number=document["number"]),
                 f"{DIFFERENCE} applied:word:asset.applied", rows, notes=notes)  # fmt: skip


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """The papers of PD-… and PY-…"""
    if (adjust := store.document(ledger.db, "asset_adjust", number)) is not None:
        return [adjust_table(ledger, adjust)]
    if store.document(ledger.db, "asset_count", number) is not None:
        return [status(ledger, number), differences(ledger, number)]
    return None


def counts(ledger: "Ledger", since: date, until: date) -> Table:
    """Every line of the tables of surplus and shortage of a period, with what became of it."""
    rows = []
    for document in store.where(ledger.db, "asset_adjust", "number"):
        if since.isoformat() <= document["on_day"] <= until.isoformat():
            lines = adjust_table(ledger, document).rows
            rows += [{"number": document["number"], "on": date.fromisoformat(document["on_day"]), **one} for one in lines]
    return table(
        "count-results", say("asset.title.count_results"), f"number:code on:day {DIFFERENCE} applied:word:asset.applied", rows
    )


def _sheet(row: Row, place: Row | None, rows: Sequence[dict[str, Any]], blind: bool) -> Table:
    book = "" if blind else "book_quantity:quantity+ "
    specs = f"line:count code:code name spec unit keeper {book}counted:quantity condition:word:asset.condition note"
    heading = say("asset.title.count_sheet", place=f"{place['code']} {place['name']}" if place else say("asset.nowhere"))
    return table(f"sheet-{place['code'] if place else 'none'}", heading, specs, rows)


def _line(code: str, name: str | None, kind: str, place: str | None, book_milli: int, book_fen: int, counted: int,
          value_fen: int, condition: str | None, cause: str | None) -> dict[str, Any]:  # fmt: skip
    change = counted - book_milli if kind in ("missing", "less", "more", "unknown") else 0
    return {
        "code": code, "name": name, "kind": kind, "place": place, "book_quantity": book_milli, "book": book_fen,
        "counted": counted, "over_quantity": change if change > 0 else None, "over": value_fen if value_fen > 0 else None,
        "short_quantity": -change if change < 0 else None, "short": -value_fen if value_fen < 0 else None,
        "condition": condition, "cause": cause,
    }  # fmt: skip

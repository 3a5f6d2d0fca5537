"""The sheets of single things: an asset card, a disposal document, a loan, a handover, a letter of responsibility."""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi.books.asset import booking, count_sheets, custody, damaging, fields, filing, requesting, rules, school, store
from logi.books.asset.disposal import missing_levels
from logi.books.asset.tabling import table
from logi.books.asset.valuing import writer
from logi.core.answers import Column, Fen, Milli, Table, Word
from logi.core.messages import say, shown, title
from logi.finding import by_code

if TYPE_CHECKING:
    from logi.db import Ledger

CARD_TEXTS = ("category", "category_name", "brand", "model", "spec", "serial", "unit")
CARD_AFTER = ("fund", "vendor", "invoice", "request", "ref", "department", "place", "place_name", "spot", "keeper", "photo",
              "note")  # fmt: skip


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """The tables of a card or document of this book; None if the number is none of ours."""
    row = by_code(ledger.db, "asset_card", number)
    if row is not None:
        return card_sheet(ledger, row["id"])
    if (proposal := store.document(ledger.db, "asset_proposal", number)) is not None:
        return proposal_sheet(ledger, proposal)
    if (handover := store.document(ledger.db, "asset_handover", number)) is not None:
        return handover_sheet(ledger, handover)
    if (letter := store.document(ledger.db, "asset_letter", number)) is not None:
        return letter_sheet(ledger, letter)
    if lent := store.loans(ledger.db, number=number, out=False):
        return [_loan_sheet(lent)]
    rooms = (count_sheets, damaging, requesting, booking)
    return next((tables for tables in (room.show(ledger, number) for room in rooms) if tables), None)


def card_sheet(ledger: "Ledger", card_id: int) -> list[Table]:
    """The asset card (固定資產卡片): its face, and the moves on its back."""
    row = store.named_card(ledger.db, card_id)
    written = writer(ledger, ledger.today)(row)
    facts: list[tuple[str, Any]] = [("code", row["code"]), ("name", row["name"])]
    facts += [(name, row[name]) for name in CARD_TEXTS]
    facts += [
        ("quantity", Milli(row["quantity_milli"])), ("unit_cost", Fen(row["unit_cost_fen"])),
        ("cost", Fen(row["cost_fen"])),
        ("value_type", Word.of("asset.value_type", row["value_type"])),
        ("acquired_by", Word.of("asset.acquired_by", row["acquired_by"])),
        ("acquired_on", day_of(row["acquired_on"])), ("booked_on", day_of(row["booked_on"])),
        ("warranty_until", day_of(row["warranty_until"])), ("life_months", row["life_months"]),
        ("accumulated", Fen(written.accumulated_fen)), ("net", Fen(written.net_fen)),
    ]  # fmt: skip
    facts += [(name, row[name]) for name in CARD_AFTER]
    whole = store.named_card(ledger.db, row["part_of"]) if row["part_of"] else None
    parts = [one["code"] for one in store.where(ledger.db, "asset_card", "code", part_of=card_id)]
    facts += [
        ("used_for", Word.of("asset.used_for", row["used_for"]) if row["used_for"] else None),
        ("buyer", _person(ledger, row["buyer_id"])), ("inspector", _person(ledger, row["inspector_id"])),
        ("condition", Word.of("asset.condition", row["condition"]) if row["condition"] else None),
        ("part_of", f"{whole['code']} {whole['name']}" if whole else None), ("parts", rules.compress(parts) or None),
    ]  # fmt: skip
    facts += [("status", Word.of("asset.status", row["status"])), ("gone_on", day_of(row["gone_on"]))]
    own = [{"field": one.name, "value": fields.spoken(value)} for one, value in fields.of_card(ledger.db, card_id)]
    columns = (
        Column("on", say("asset.col.on"), "day"), Column("kind", say("asset.col.kind"), "word", words="asset.move"),
        Column("quantity", say("asset.col.quantity"), "quantity"), Column("cost", say("asset.col.cost"), "money"),
        Column("place", say("asset.col.place"), "code"), Column("keeper", say("asset.col.keeper")),
        Column("number", say("asset.col.number"), "code"), Column("note", say("asset.col.note")),
        Column("actor", say("asset.col.actor")),
    )  # fmt: skip
    moves = [
        {**dict(m), "on": day_of(m["on_day"]), "quantity": m["quantity_milli"] or None, "cost": m["cost_fen"] or None}
        for m in store.moves(ledger.db, card_id)
    ]
    more = (filing.of_card(ledger, card_id), booking.ahead_of(ledger, card_id))
    return [
        _face("asset.card", say("asset.title.card"), facts, own),
        Table("asset.moves", say("asset.title.moves"), columns, moves), *(one for one in more if one),
    ]  # fmt: skip


def proposal_sheet(ledger: "Ledger", row: Row) -> list[Table]:
    """The application for disposal: its head, its lines with net value, what it still waits for."""
    missing = missing_levels(ledger.db, row) if row["state"] == "open" else []
    facts = [
        ("number", row["number"]), ("on", day_of(row["on_day"])), ("how", Word.of("asset.how", row["how"])),
        ("reason", Word.of("asset.reason", row["reason"]) if row["reason"] else None),
        ("state", Word.of("asset.proposal", row["state"])),
        ("levels", [title("asset.level", level) for level in row["levels"].split()]),
        ("waiting", [title("asset.level", level) for level in missing] or None),
        ("appraisers", store.appraisers(ledger.db, row["id"]) or None), ("done_on", day_of(row["done_on"])),
        ("proceeds", Fen(row["proceeds_fen"]) if row["proceeds_fen"] is not None else None),
        ("paid_in_on", day_of(row["paid_in_on"])), ("paid_in_ref", row["paid_in_ref"]), ("note", row["note"]),
    ]  # fmt: skip
    columns = (
        Column("line", say("asset.col.line"), "count"), Column("code", say("asset.col.code"), "code"),
        Column("name", say("asset.col.name")), Column("acquired_on", say("asset.col.acquired_on"), "day"),
        Column("quantity", say("asset.col.quantity"), "quantity", total=True),
        Column("cost", say("asset.col.cost"), "money", total=True),
        Column("accumulated", say("asset.col.accumulated"), "money", total=True),
        Column("net", say("asset.col.net"), "money", total=True),
        Column("used_months", say("asset.col.used_months"), "count"),
        Column("life_months", say("asset.col.life_months"), "count"),
    )  # fmt: skip
    until = day_of(row["done_on"]) or day_of(row["on_day"]) or ledger.today
    lines = [
        {"line": one["line"], "code": one["code"], "name": one["name"], "acquired_on": day_of(one["acquired_on"]),
         "quantity": one["quantity_milli"], "cost": one["cost_fen"], "accumulated": one["accumulated_fen"],
         "net": one["net_fen"], "used_months": _months(one["acquired_on"], until), "life_months": one["life_months"]}
        for one in store.proposal_lines(ledger.db, row["id"])
    ]  # fmt: skip
    return [_face("asset.proposal", say("asset.title.proposal"), facts),
            Table("asset.proposal_lines", say("asset.title.proposal_lines"), columns, lines)]  # fmt: skip


def handover_sheet(ledger: "Ledger", row: Row) -> list[Table]:
    """The handover sheet (交接單) with what passed from hand to hand."""
    people = store.names_of(ledger.db, "school_person")
    facts = [
        ("number", row["number"]), ("on", day_of(row["on_day"])), ("giver", people[row["from_id"]]["name"]),
        ("taker", people[row["to_id"]]["name"]), ("witness", people[row["witness_id"]]["name"]), ("note", row["note"]),
    ]  # fmt: skip
    lines = [_custody(card) for card in store.cards_of_move(ledger.db, row["number"], "handover")]
    return [_face("asset.handover", say("asset.title.handover"), facts), _custody_table(lines)]


def letter_sheet(ledger: "Ledger", row: Row) -> list[Table]:
    """A letter of responsibility (財產保管與使用責任書) with what is held now."""
    room = school.by_id(ledger.db, "school_place", row["place_id"])
    keeper = school.by_id(ledger.db, "school_person", row["keeper_id"])
    facts = [
        ("number", row["number"]), ("term", row["term"]), ("place", room["name"] if room else None),
        ("class", row["class"]), ("keeper", keeper["name"] if keeper else None), ("on", day_of(row["on_day"])),
        ("signed_on", day_of(row["signed_on"])),
        ("state", Word.of("asset.letter_state", letter_state(ledger, row))), ("cards", row["cards"]),
        ("quantity", Milli(row["quantity_milli"])), ("cost", Fen(row["cost_fen"])),
    ]  # fmt: skip
    lines = [_custody(card) for card in custody.letter_cards(ledger.db, row)]
    return [
        _face("asset.letter", say("asset.title.letter"), facts), _custody_table(lines),
        table("breaches", say("asset.title.breaches"), damaging.SPECS, damaging.breaches(ledger, row)),
    ]  # fmt: skip


def letters(ledger: "Ledger") -> Table:
    """Every letter with its state."""
    rooms, people = store.names_of(ledger.db, "school_place"), store.names_of(ledger.db, "school_person")
    rows = [
        {"number": row["number"], "term": row["term"],
         "place": rooms[row["place_id"]]["code"] if row["place_id"] else None, "class": row["class"],
         "keeper": people[row["keeper_id"]]["name"], "cards": row["cards"], "cost": row["cost_fen"],
         "on": day_of(row["on_day"]), "signed_on": day_of(row["signed_on"]), "state": letter_state(ledger, row)}
        for row in store.documents(ledger.db, "asset_letter")
    ]  # fmt: skip
    classes = [Column("class", say("asset.col.class"))] if any(row["class"] for row in rows) else []
    columns = (
        Column("number", say("asset.col.number"), "code"), Column("term", say("asset.col.term"), "code"),
        Column("place", say("asset.col.place"), "code"), *classes, Column("keeper", say("asset.col.keeper")),
        Column("cards", say("asset.col.cards"), "count"), Column("cost", say("asset.col.cost"), "money"),
        Column("on", say("asset.col.on"), "day"), Column("signed_on", say("asset.col.signed_on"), "day"),
        Column("state", say("asset.col.state"), "word", words="asset.letter_state"),
    )  # fmt: skip
    return Table("asset.letters", say("asset.title.letters"), columns, rows)


def letter_state(ledger: "Ledger", row: Row) -> str:
    """stale once custody changed, else signed or unsigned."""
    if custody.is_stale(ledger.db, row):
        return "stale"
    return "signed" if row["signed_on"] else "unsigned"


def day_of(text: str | None) -> date | None:
    """An ISO day as a date."""
    return date.fromisoformat(text) if text else None


def _person(ledger: "Ledger", person_id: int | None) -> str | None:
    row = school.by_id(ledger.db, "school_person", person_id)
    return str(row["name"]) if row is not None else None


def _loan_sheet(rows: Sequence[Row]) -> Table:
    columns = (
        Column("code", say("asset.col.code"), "code"), Column("name", say("asset.col.name")),
        Column("borrower", say("asset.col.borrower")), Column("lent_on", say("asset.col.lent_on"), "day"),
        Column("due_on", say("asset.col.due_on"), "day"), Column("returned_on", say("asset.col.returned_on"), "day"),
        Column("condition", say("asset.col.condition"), "word", words="asset.condition"),
        Column("note", say("asset.col.note")),
    )  # fmt: skip
    lines = [{**dict(r), **{k: day_of(r[k]) for k in ("lent_on", "due_on", "returned_on")}} for r in rows]
    return Table("asset.loan", say("asset.title.loan"), columns, lines)


def _custody(row: Row) -> dict[str, Any]:
    return {"code": row["code"], "name": row["name"], "quantity": row["quantity_milli"], "unit": row["unit"],
            "cost": row["cost_fen"], "place": row["place"], "status": row["status"]}  # fmt: skip


def _custody_table(lines: Sequence[dict[str, Any]]) -> Table:
    columns = (
        Column("code", say("asset.col.code"), "code"), Column("name", say("asset.col.name")),
        Column("quantity", say("asset.col.quantity"), "quantity", total=True), Column("unit", say("asset.col.unit")),
        Column("cost", say("asset.col.cost"), "money", total=True), Column("place", say("asset.col.place"), "code"),
        Column("status", say("asset.col.status"), "word", words="asset.status"),
    )  # fmt: skip
    return Table("asset.custody", say("asset.title.custody"), columns, lines)


def _face(name: str, heading: str, facts: Sequence[tuple[str, Any]], own: Sequence[dict[str, Any]] = ()) -> Table:
    columns = (Column("field", say("asset.col.field")), Column("value", say("asset.col.value")))
    rows = [
        {"field": say(f"asset.col.{key}"), "value": shown(value)} for key, value in facts if value not in (None, "")
    ]
    return Table(name, heading, columns, [*rows, *own])


def _months(acquired_on: str, until: date) -> int:
    return rules.depreciation(0, rules.MOST_IN_RANGE, date.fromisoformat(acquired_on), until, gone_on=until).months

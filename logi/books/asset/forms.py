"""What the asset book's printed forms are filled with: cards, letters, room sheets, disposals, loans, handovers, audits."""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import approving, count_forms, custody, fields, repair, report, school, store
from logi.books.asset.count_forms import numbers_of
from logi.books.asset.sheets import day_of
from logi.books.asset.valuing import writer
from logi.core.answers import Fen, Milli, Word
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, Signed, signatures

if TYPE_CHECKING:
    from logi.db import Ledger

# Houses, and vehicles, by their codes in both editions of the categories.
APART = (("A0101", "101"), ("A0203", "203"))


def asset_card(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """固定資產卡片: its face, and what happened to it on the back."""
    row = store.named_card(ledger.db, store.card(ledger, str(number))["id"])
    written = writer(ledger, ledger.today)(row)
    values = {name: row[name] for name in ("code", "name", "category", "category_name", "serial", "unit", "fund", "vendor",
                                           "life_months", "department", "keeper", "note")}  # fmt: skip
    values |= {
        "brand": row["brand"], "spec": " ".join(part for part in (row["model"], row["spec"]) if part),
        "quantity": Milli(row["quantity_milli"]), "unit_cost": Fen(row["unit_cost_fen"]), "cost": Fen(row["cost_fen"]),
        "value_type": Word.of("asset.value_type", row["value_type"]),
        "acquired_by": Word.of("asset.acquired_by", row["acquired_by"]), "acquired_on": day_of(row["acquired_on"]),
        "booked_on": day_of(row["booked_on"]), "voucher": row["ref"], "invoice_no": row["invoice"],
        "warranty_until": day_of(row["warranty_until"]), "accumulated": Fen(written.accumulated_fen),
        "net": Fen(written.net_fen), "use": Word.of("asset.used_for", row["used_for"]) if row["used_for"] else None,
        "place": _place(row), "status": Word.of("asset.status", row["status"]),
    }  # fmt: skip
    own = [f"{one.name}：{fields.spoken(value)}" for one, value in fields.of_card(ledger.db, row["id"])]
    values["note"] = "；".join(part for part in (row["note"], *own) if part) or None
    moves, before = [], None
    for move in store.moves(ledger.db, row["id"]):
        now = " ".join(part for part in (move["place"], move["keeper"]) if part)
        path = f"{before} → {now}" if before and before != now else now
        moves.append({"day": day_of(move["on_day"]), "event": Word.of("asset.move", move["kind"]), "from_to": path,
                      "number": move["number"], "by": move["actor"]})  # fmt: skip
        before = now or before
    return FormData(row["code"], on=day_of(row["booked_on"]), values=values,
                    lists={"moves": moves, "repairs": repair.record(ledger.db, row["code"])},
                    named={"keeper": row["keeper"]})  # fmt: skip


def asset_letter(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """財產保管與使用責任書 with the list of what is kept now."""
    row = _document(ledger, "asset_letter", number)
    room = school.by_id(ledger.db, "school_place", row["place_id"])
    keeper = school.by_id(ledger.db, "school_person", row["keeper_id"])
    name = str(keeper["name"]) if keeper else ""
    signed = [Signed("party_keeper", name, day_of(row["signed_on"]))] if row["signed_on"] else []
    cards = custody.letter_cards(ledger.db, row)
    about = [part for part in (room["code"] if room else None, room["name"] if room else None, row["class"]) if part]
    return FormData(
        row["number"], on=day_of(row["on_day"]), signed=signed, named={"party_keeper": name},
        values={"term": row["term"], "room": " ".join(about) or None, "keeper": name},
        lines=[{**_line(card), "condition": Word.of("asset.status", card["status"])} for card in cards],
    )  # fmt: skip


def room_register(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """各室公共財產登記表: what stands in a room, by name and specification; the rest is written in by hand."""
    room, cards = _room_cards(ledger, number)
    sums: dict[tuple[str, str, str], int] = {}
    for card in cards:
        key = (card["name"], " ".join(part for part in (card["model"], card["spec"]) if part), card["unit"] or "")
        sums[key] = sums.get(key, 0) + card["quantity_milli"]
    lines = [{"name": key[0], "spec": key[1], "unit": key[2], "opening": held} for key, held in sums.items()]
    keeper = school.by_id(ledger.db, "school_person", room["keeper_id"]) if room else None
    name = str(keeper["name"]) if keeper else None
    values = {"room": f"{room['code']} {room['name']}" if room else None, "keeper": name}
    return FormData(room["code"] if room else None, on=ledger.today, values=values, lines=lines, named={"head": name},
                    qr=_count_command(ledger, room["code"]) if room else None)  # fmt: skip


def count_sheet(ledger: "Ledger", number: str | None, asked: Asked) -> FormData | list[FormData]:
    """盤點表 of a stocktake by its number, a sheet a room; else before any, what the register has in a room or everywhere,
    sorted by room for walking."""
    if number is not None and store.document(ledger.db, "asset_count", number.upper()) is not None:
        return count_forms.stocktake(ledger, number.upper())
    room, cards = _room_cards(ledger, number)
    lines = [
        {**_line(card), "place": _place(card), "owner": card["keeper"], "book_quantity": card["quantity_milli"]}
        for card in sorted(cards, key=lambda card: (card["place"] or "~", card["code"]))
    ]  # fmt: skip
    scope = f"{room['code']} {room['name']}" if room else ledger.settings.get("school", "")
    values = {"base_day": ledger.today, "scope": scope}
    return FormData(room["code"] if room else None, on=ledger.today, values=values, lines=lines,
                    qr=_count_command(ledger, room["code"]) if room else None)  # fmt: skip


def disposal(ledger: "Ledger", number: str | None, asked: Asked) -> list[FormData]:
    """資產處置申請審批表: its lines with net values, and the chain its matrix asks for; houses and vehicles apart."""
    row = _document(ledger, "asset_proposal", number)
    applied = date.fromisoformat(row["on_day"])
    reason = Word.of("asset.reason", row["reason"]) if row["reason"] else None
    sheets: dict[str, list[dict[str, Any]]] = {}
    for one in store.proposal_lines(ledger.db, row["id"]):
        used = _months(one["acquired_on"], applied)
        sheets.setdefault(_sheet_of(one["category"]), []).append({
            **_line(store.named_card(ledger.db, one["card_id"])), "acquired_on": day_of(one["acquired_on"]),
            "quantity": one["quantity_milli"], "cost": one["cost_fen"], "accumulated": one["accumulated_fen"],
            "net": one["net_fen"], "used_of_life": f"{used}/{one['life_months'] or '—'}", "reason": reason,
        })  # fmt: skip
    levels = approving.required(ledger, row["number"])
    signed = signatures(journal.approvals(ledger.db, row["number"]))
    values = {"how": Word.of("asset.how", row["how"]), "reason": row["note"] or reason}
    titles = {level: approving.level_title(level) for level in levels}
    named = {"appraisers": "、".join(store.appraisers(ledger.db, row["id"]))}
    return [
        FormData(row["number"], on=applied, values=values, lines=lines, levels=levels, signed=signed, named=named,
                 titles=titles)
        for _, lines in sorted(sheets.items())
    ]  # fmt: skip


def handover(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """交接單: what passed from hand to hand before a witness."""
    row = _document(ledger, "asset_handover", number)
    people = store.names_of(ledger.db, "school_person")
    names = {role: people[row[f"{column}_id"]]["name"] for role, column in
             (("giver", "from"), ("taker", "to"), ("witness", "witness"))}  # fmt: skip
    cards = store.cards_of_move(ledger.db, row["number"], "handover")
    values = {"giver": names["giver"], "taker": names["taker"], "reason": row["note"]}
    return FormData(row["number"], on=day_of(row["on_day"]), values=values, named=names,
                    lines=[{**_line(card), "cost": card["cost_fen"], "place": card["place"]} for card in cards])  # fmt: skip


def loan(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """借條: what was lent to whom until when, and how it came back."""
    rows = store.loans(ledger.db, number=str(number).upper(), out=False)
    if not rows:
        raise NotFound("front.nothing_found", text=number)
    first = rows[0]
    lines = []
    for row in rows:
        card = store.named_card(ledger.db, row["card_id"])
        condition = Word.of("asset.condition", row["condition"]) if row["condition"] else None
        lines.append({**_line(card), "cost": card["cost_fen"], "returned_on": day_of(row["returned_on"]),
                      "condition": condition, "note": row["note"]})  # fmt: skip
    values = {"borrower": first["borrower"], "lent_on": day_of(first["lent_on"]), "due_on": day_of(first["due_on"])}
    return FormData(first["number"], on=day_of(first["lent_on"]), values=values, lines=lines,
                    named={"borrower": first["borrower"]})  # fmt: skip


def category_audit(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """月度分類財產審核表: the month by category, whether the cards agree, and what has no keeper or place."""
    since, until = asked.since or ledger.today, asked.until or ledger.today
    table = report.audit(ledger, since, until, asked.month)
    lines = [
        {**row, "category_name": row["name"], "opening_value": row["opening"], "closing_value": row["closing"],
         "cards": row["closing"] + row["check"]}
        for row in table.rows
    ]  # fmt: skip
    standing = store.register_at(ledger.db, min(until, ledger.today)).values()
    kinds = ("keeper", "place", "category")
    values = {f"no_{kind}": sum(getattr(one, f"{kind}_id") is None for one in standing) for kind in kinds}
    audited = list(store.audited(ledger.db, str(asked.month)).values())
    signed = []
    if audited and len(audited) >= len(lines):
        last = max(audited, key=lambda row: row["on_day"])
        signed = [Signed("reviewer", last["reviewer"], day_of(last["on_day"]))]
    return FormData(asked.month, values=values, lines=lines, signed=signed)


def loans_of(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The loans given in a period, in order."""
    rows = store.loans(ledger.db, out=False)
    return sorted({row["number"] for row in rows if since.isoformat() <= row["lent_on"] <= until.isoformat()})


def cards_of(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The cards booked in a period, by code."""
    rows = store.named_cards(ledger.db, {"c.booked_on >= ?": since.isoformat(), "c.booked_on <= ?": until.isoformat()})
    return [row["code"] for row in rows]


FORMS = {
    "asset-card": asset_card, "asset-letter": asset_letter, "room-register": room_register, "count-sheet": count_sheet,
    "disposal": disposal, "handover": handover, "loan": loan, "category-audit": category_audit, **count_forms.FORMS,
}  # fmt: skip
NUMBERS = {
    "asset-card": cards_of, "asset-letter": numbers_of("asset_letter"), "disposal": numbers_of("asset_proposal"),
    "handover": numbers_of("asset_handover"), "loan": loans_of, **count_forms.NUMBERS,
}  # fmt: skip


def _document(ledger: "Ledger", table: str, number: str | None) -> Row:
    row = store.document(ledger.db, table, str(number).upper())
    if row is None:
        raise NotFound("front.nothing_found", text=number)
    return row


def _room_cards(ledger: "Ledger", number: str | None) -> tuple[Row | None, Sequence[Row]]:
    """A room with its cards; without one, all cards."""
    if number is None:
        return None, store.named_cards(ledger.db)
    room = school.place(ledger, number)
    return room, store.named_cards(ledger.db, {"c.place_id = ?": room["id"]})


def _count_command(ledger: "Ledger", room: str) -> str:
    """The line that a room's sheet leads to: entering its count while one is open, else printing the sheet to count by."""
    opened = store.documents(ledger.db, "asset_count")
    number = next((row["number"] for row in reversed(opened) if row["state"] == "open"), None)
    return f"logi asset count enter {number} {room}" if number else f"logi form count-sheet {room}"


def _line(card: Row) -> dict[str, Any]:
    spec = " ".join(part for part in (card["model"], card["spec"]) if part)
    return {"code": card["code"], "name": card["name"], "spec": spec, "unit": card["unit"], "quantity": card["quantity_milli"]}


def _sheet_of(category: str | None) -> str:
    """Houses and vehicles are applied for on forms of their own."""
    return next((prefixes[0] for prefixes in APART if (category or "").startswith(prefixes)), "")


def _place(card: Row) -> str:
    spot = f"/{card['spot']}" if card["spot"] else ""
    return f"{card['place'] or ''} {card['place_name'] or ''}".strip() + spot


def _months(acquired_on: str, until: date) -> int:
    bought = date.fromisoformat(acquired_on)
    return (until.year - bought.year) * 12 + until.month - bought.month

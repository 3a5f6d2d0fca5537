"""What the forms of counting and settling are filled with: count sheets, gains and losses, compensation, the year's end."""


from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import approving, count_sheets, school, store, yearend
from logi.books.asset.sheets import day_of
from logi.core.answers import Fen, Milli
from logi.core.days import parse_year
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, Signed, signatures
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

SIGNERS = {"accountant": "accountant", "assets": "asset_manager", "department": "departments"}


def stocktake(ledger: "Ledger", number: str) -> list[FormData]:
    """盤點表 of a stocktake, a sheet for each room: what is expected there, and what was counted so far."""
    row = store.document(ledger.db, "asset_count", number)
    day = day_of(row["on_day"]) if row else None
    counted = {one["place"]: one for one in count_sheets.status(ledger, number).rows}
    places = {place["code"]: place for place in school.rows(ledger.db, "school_place")}
    found = []
    for table in count_sheets.sheets(ledger, number).tables:
        code = table.name.rpartition("sheet-")[2]
        place, state = places.get(code), counted.get(code) or {}
        room = f"{place['code']} {place['name']}" if place else say("asset.nowhere")
        lines = []
        for one in table.rows:
            book, there = one.get("book_quantity"), one.get("counted")
            differs = there - book if book is not None and there is not None else None
            lines.append({**one, "place": room, "owner": one["keeper"], "difference": differs})
        values = {"base_day": day, "scope": room}
        counter = {"counter": state.get("by")}
        command = f"logi asset count enter {number} {code if place else ''}".strip()
        found.append(FormData(number, on=state.get("on") or day, values=values, lines=lines, named=counter, qr=command))
    return found


def count_result(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """盤盈盤虧表: book and found, over and short, why, and the approvals the levels ask for."""
    wanted = str(number).upper()
    document = store.document(ledger.db, "asset_adjust", wanted)
    lines = []
    for row in count_sheets.differences(ledger, wanted).rows:
        over, short = row["over"] or 0, row["short"] or 0
        lines.append({
            "code": row["code"], "name": row["name"], "book_quantity": row["book_quantity"], "book_value": row["book"],
            "found_quantity": row["counted"], "found_value": row["book"] + over - short,
            "over_quantity": row["over_quantity"], "over_value": row["over"], "short_quantity": row["short_quantity"],
            "short_value": row["short"], "reason": row["cause"], "handling": title("asset.diff", row["kind"]),
        })  # fmt: skip
    levels = approving.required(ledger, wanted)
    return FormData(
        wanted, on=day_of(document["on_day"]) if document else None, lines=lines, levels=levels or None,
        signed=signatures(journal.approvals(ledger.db, wanted)),
        titles={level: approving.level_title(level) for level in levels},
    )  # fmt: skip


def compensation(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """損壞賠償單 of a damaged thing: what it was worth, what is to be paid, the receipts."""
    row = store.document(ledger.db, "asset_damage", str(number).upper())
    if row is None:
        raise NotFound("front.nothing_found", text=number)
    card = store.named_card(ledger.db, row["card_id"])
    person = school.by_id(ledger.db, "school_person", row["person_id"])
    who = " ".join(part for part in (row["class"], person["name"] if person else None) if part)
    receipts = [one["receipt"] for one in store.facts(ledger.db, "asset_payment", damage_id=row["id"])]
    place = " ".join(part for part in (card["place"], card["place_name"]) if part)
    years, months = divmod(row["used_months"], 12)
    values = {
        "item": f"{card['code']} {card['name']}", "place": place, "happened_on": day_of(row["on_day"]), "liable": who,
        "cost": Fen(row["cost_fen"]), "used": f"{years} / {months}", "receipt": receipts or None, "story": row["note"],
    }  # fmt: skip
    line = {"day": day_of(row["on_day"]), "payment": f"{card['name']} × {_plain(row['quantity_milli'])}",
            "value": row["assessed_fen"]}  # fmt: skip
    return FormData(row["number"], on=day_of(row["on_day"]), values=values, lines=[line], named={"liable": who})


def year_end(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """年末三方核對表: the register against the accountant by category, and against what each department says it has."""
    year = parse_year(str(number), today=ledger.today).since.year
    figures = yearend.figures(ledger, year)
    lines: list[dict[str, Any]] = []
    for one in figures:
        mine = one.kind == "category"
        why = " ".join(part for part in (one.cause, one.decision) if part)
        lines.append({
            "category": f"{one.key} {one.name}" if mine else one.name, "general": one.stated_fen if mine else None,
            "detail": one.register_fen, "there": None if mine else one.stated_fen,
            "difference": one.difference_fen if one.stated_fen is not None else None, "reason": why or None,
        })  # fmt: skip
    people = store.names_of(ledger.db, "school_person")
    signed = [
        Signed(SIGNERS[role], people[row["person_id"]]["name"], day_of(row["on_day"]))
        for role, row in yearend.signed(ledger, year).items()
    ]
    sums = {"detail": sum(one.register_fen for one in figures if one.kind == "category")}
    return FormData(str(year), on=min(date(year, 12, 31), ledger.today), lines=lines, signed=signed, totals=sums)


def numbers_of(table: str) -> Any:
    """The documents of one kind made in a period, in order."""

    def numbers(ledger: "Ledger", since: date, until: date) -> list[str]:
        first, last = since.isoformat(), until.isoformat()
        return [row["number"] for row in store.documents(ledger.db, table) if first <= row["on_day"] <= last]

    return numbers


def _plain(milli: int) -> str:
    from logi.core.messages import shown

    return shown(Milli(milli))


FORMS = {"count-result": count_result, "compensation": compensation, "year-end": year_end}
NUMBERS = {"count-result": numbers_of("asset_adjust"), "compensation": numbers_of("asset_damage")}

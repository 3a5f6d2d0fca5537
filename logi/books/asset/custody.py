"""Custody: lend, return, handover, letters of responsibility, and what a person answers for."""

import hashlib
from collections.abc import Sequence
from datetime import date
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING, Any

from logi.books.asset import booking, rules, school, store
from logi.books.asset.posting import alive, movable, post, present
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

# What `person leave` asks: everything a person keeps or has borrowed (code, name, quantity_milli, cost_fen, what).
held_by = store.held_by


def lend(
    e: Entry, texts: Sequence[str], to: str, due: date, *, on: date | None = None, note: str | None = None
) -> Confirmation:
    """Lend things to a person until a day. Lent, gone or proposed things cannot be lent (4)."""
    day = e.happened(on or e.today)
    if due < day:
        raise Refused("asset.due_before", due=due, on=day)
    borrower = present(e, to, day)
    rows = movable(e, store.cards(e, texts), day)
    for row in rows:
        if row["status"] == "disposing":
            raise Refused("asset.is_disposing", code=row["code"])
    number = e.number("JY", str(day.year), book="asset", kind="loan")
    booking.fetch(e, rows, borrower, day, due, number)
    for row in rows:
        e.insert("asset_loan", number=number, card_id=row["id"], borrower_id=borrower["id"], lent_on=day, due_on=due,
                 status_before=row["status"], note=note)  # fmt: skip
        e.update("asset_card", row["id"], status="lent")
    post(e, day, "lend", rows, number=number, note=borrower["name"])
    facts = {
        "codes": rules.compress(r["code"] for r in rows),
        "count": len(rows),
        "borrower": borrower["name"],
        "due": due,
    }
    return Confirmation("asset.lend", number, facts=facts)


def bring_back(
    e: Entry, texts: Sequence[str], condition: str, *, on: date | None = None, note: str | None = None
) -> Confirmation:
    """Take lent things back, by loan number or by code, saying in which condition they are."""
    day = e.happened(on or e.today)
    loans: list[Row] = []
    for text in texts:
        found = store.loans(e.db, number=text)
        if not found and store.loans(e.db, number=text, out=False):
            raise Refused("asset.loan_returned", loan=text)
        for row in store.cards(e, [text]) if not found else ():
            one = store.loans(e.db, card_id=row["id"])
            if not one:
                raise Refused("asset.not_lent", code=row["code"], name=row["name"])
            found += one
        loans += [loan for loan in found if loan["id"] not in {one["id"] for one in loans}]
    for loan in loans:
        if day.isoformat() < loan["lent_on"]:
            raise Refused("asset.returned_before", code=loan["code"], on=day, lent=date.fromisoformat(loan["lent_on"]))
    if later := store.moved_after(e.db, [loan["card_id"] for loan in loans], day):
        raise Refused("asset.moved_since", code=later["code"], on=day, later=date.fromisoformat(later["on_day"]))
    for loan in loans:
        said = {"note": note} if note else {}
        e.update("asset_loan", loan["id"], returned_on=day.isoformat(), condition=condition, **said)
        e.update("asset_card", loan["card_id"], status=loan["status_before"], condition=condition)
        post(e, day, "return", [store.named_card(e.db, loan["card_id"])], number=loan["number"], note=note)
    late = [loan["code"] for loan in loans if loan["due_on"] and loan["due_on"] < day.isoformat()]
    if late:
        e.warn("asset.returned_late", codes=rules.compress(late))
    if condition == "damaged":
        e.warn("asset.returned_damaged", codes=rules.compress(loan["code"] for loan in loans))
    facts = {"codes": rules.compress(loan["code"] for loan in loans), "count": len(loans), "on": day,
             "condition": Word.of("asset.condition", condition)}  # fmt: skip
    return Confirmation("asset.return", loans[0]["number"], facts=facts)


def handover(e: Entry, from_: str, to: str, witness: str, *, texts: Sequence[str] = (), on: date | None = None,
             note: str | None = None) -> Confirmation:  # fmt: skip
    """Hand things from one keeper to another before a witness: all that the first keeps, or those named."""
    day = e.happened(on or e.today)
    giver, taker, third = school.person(e, from_), present(e, to, day), present(e, witness, day)
    if len({giver["id"], taker["id"], third["id"]}) < 3:
        raise Refused("asset.handover_three", giver=giver["name"], taker=taker["name"], witness=third["name"])
    kept = [one["code"] for one in store.held_by(e.db, giver["id"]) if one["what"] == "kept"]
    # What is out on loan changes its keeper too: the new one sees to its return.
    rows = movable(e, store.cards(e, texts or kept), day, lent_too=True)
    for row in rows:
        if row["keeper_id"] != giver["id"]:
            raise Refused("asset.not_kept", code=row["code"], person=giver["name"])
    if not rows:
        raise Refused("asset.keeps_nothing", person=giver["name"])
    number = e.number("JJ", str(day.year), book="asset", kind="handover")
    three = {"from_id": giver["id"], "to_id": taker["id"], "witness_id": third["id"]}
    e.insert("asset_handover", number=number, **three, on_day=day, note=note)
    changes: dict[str, Any] = {"keeper_id": taker["id"]}
    if taker["department_id"]:
        changes["department_id"] = taker["department_id"]
    for row in rows:
        e.update("asset_card", row["id"], **changes)
    post(e, day, "handover", [{**dict(row), **changes} for row in rows], number=number, note=giver["name"])
    left = [one for one in store.held_by(e.db, giver["id"]) if one["what"] == "kept"]
    return Confirmation("asset.handover", number, facts={
        "codes": rules.compress(row["code"] for row in rows), "count": len(rows), "giver": giver["name"],
        "taker": taker["name"], "witness": third["name"], "total": Fen(sum(row["cost_fen"] for row in rows)),
        "left": len(left), "on": day,
    })  # fmt: skip


def issue_letter(e: Entry, *, place: str | None, keeper: str | None, term: str | None, signed: date | None,
                 on: date | None = None, texts: Sequence[str] = (),
                 school_class: str | None = None) -> Confirmation:  # fmt: skip
    """Issue a letter of responsibility for a term, perhaps signed already: for what a room holds, for what a person keeps
    now, or for things that are named, as those of a class without a room of its own.

    Without --term the term of the day; a room's letter is signed by its keeper unless another is named.
    """
    day = on or e.today
    code = term or _term(e, day)
    room = school.place(e, place) if place else None
    person = (
        present(e, keeper, day) if keeper else school.by_id(e.db, "school_person", room["keeper_id"] if room else None)
    )
    if person is None:
        raise Usage("asset.letter_keeper")
    rows = _meant(e, texts, room, person)
    if not rows:
        raise Refused("asset.letter_empty")
    if signed is not None and not day <= signed <= e.today:
        raise Refused("asset.letter_signed_day", signed=signed, on=day)
    number = e.number("ZR", str(day.year), book="asset", kind="letter")
    cost, quantity = sum(r["cost_fen"] for r in rows), sum(r["quantity_milli"] for r in rows)
    letter = e.insert("asset_letter", number=number, term=code, place_id=room["id"] if room else None,
                      keeper_id=person["id"], on_day=day, signed_on=signed, snapshot=snapshot(rows), cards=len(rows),
                      quantity_milli=quantity, cost_fen=cost, **{"class": school_class})  # fmt: skip
    for row in rows if texts else ():
        e.insert("asset_letter_card", letter_id=letter, card_id=row["id"])
    return Confirmation("asset.letter", number, facts={
        "term": code, "place": _of_what(room, school_class), "keeper": person["name"], "count": len(rows),
        "quantity": Milli(quantity), "total": Fen(cost), "signed": signed,
    })  # fmt: skip


def issue_letters(e: Entry, *, term: str | None, signed: date | None, on: date | None = None) -> Confirmation:
    """Issue the term's letters for every room that holds assets and has none which still tells the truth.

    A room's keeper signs; rooms without one are named and left.
    """
    day = on or e.today
    code = term or _term(e, day)
    valid = {
        letter["place_id"] for letter in store.documents(e.db, "asset_letter")
        if letter["term"] == code and letter["place_id"] and not is_stale(e.db, letter)
    }  # fmt: skip
    rooms = {card["place"]: card["place_id"] for card in store.named_cards(e.db) if card["place_id"]}
    numbers: list[str] = []
    left: list[str] = []
    for place in sorted(place for place, place_id in rooms.items() if place_id not in valid):
        room = school.by_id(e.db, "school_place", rooms[place])
        if room is None or room["keeper_id"] is None:
            left.append(place)
            continue
        made = issue_letter(e, place=place, keeper=None, term=code, signed=signed, on=on)
        numbers.append(str(made.number))
    if not numbers:
        raise Refused("asset.letters_none", term=code, places=left or None)
    if left:
        e.warn("asset.letters_keeperless", places=left)
    return Confirmation("asset.letter", None, numbers=numbers, facts={
        "codes": rules.compress(numbers), "count": len(numbers), "term": code, "signed": signed,
    })  # fmt: skip


def sign_letter(e: Entry, number: str, signed: date) -> Confirmation:
    """Record that a letter was signed on paper. A letter whose custody has changed since must be issued anew (4)."""
    letter = store.document(e.db, "asset_letter", number)
    if letter is None:
        raise NotFound("asset.no_letter", number=number)
    if letter["signed_on"]:
        raise Refused("asset.letter_signed", number=number, on=date.fromisoformat(letter["signed_on"]))
    if not letter["on_day"] <= signed.isoformat() <= e.today.isoformat():
        raise Refused("asset.letter_signed_day", signed=signed, on=date.fromisoformat(letter["on_day"]))
    if is_stale(e.db, letter):
        raise Refused("asset.letter_stale", number=number)
    e.update("asset_letter", letter["id"], signed_on=signed.isoformat())
    keeper = school.by_id(e.db, "school_person", letter["keeper_id"])
    room = school.by_id(e.db, "school_place", letter["place_id"])
    return Confirmation("asset.letter", number, facts={
        "term": letter["term"], "place": _of_what(room, letter["class"]), "keeper": keeper["name"] if keeper else None,
        "count": letter["cards"], "quantity": Milli(letter["quantity_milli"]), "total": Fen(letter["cost_fen"]),
        "signed": signed,
    })  # fmt: skip


def letter_cards(db: Connection, letter: Row) -> list[Row]:
    """What a letter covers: the things it names that are still kept, else everything in the room or with the person."""
    if named := [row["card_id"] for row in store.where(db, "asset_letter_card", letter_id=letter["id"])]:
        return store.named_cards(db, {"c.id IN": named})
    return _custody(db, letter["place_id"], letter["keeper_id"])


def is_stale(db: Connection, letter: Row) -> bool:
    """Whether custody has changed since a letter was issued."""
    return snapshot(letter_cards(db, letter)) != str(letter["snapshot"])


def snapshot(rows: Sequence[Row]) -> str:
    """A digest of which cards, how many and kept by whom."""
    lines = sorted(f"{row['code']} {row['quantity_milli']} {row['keeper_code']}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _custody(db: Connection, place_id: int | None, keeper_id: int) -> list[Row]:
    return store.named_cards(db, {"c.place_id = ?": place_id} if place_id else {"c.keeper_id = ?": keeper_id})


def _meant(e: Entry, texts: Sequence[str], room: Row | None, person: Row) -> list[Row]:
    """The cards a new letter is for; what is named must be kept by whoever signs (4)."""
    if not texts:
        return _custody(e.db, room["id"] if room else None, person["id"])
    cards = store.cards(e, texts)
    for card in cards:
        alive(card)
        if card["keeper_id"] != person["id"]:
            raise Refused("asset.not_kept", code=card["code"], person=person["name"])
    return store.named_cards(e.db, {"c.id IN": [card["id"] for card in cards]})


def _of_what(room: Row | None, school_class: str | None) -> str | None:
    return " ".join(filter(None, (room["name"] if room is not None else None, school_class))) or None


def _term(source: "Ledger | Entry", day: date) -> str:
    row = school.term_on(source.db, day)
    if row is None:
        raise Usage("asset.term_needed", on=day)
    return str(row["code"])

"""Reservations: things and rooms booked ahead for days (and hours), never twice, and taken over by the loan."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.asset import rules, school, store
from logi.books.asset.posting import alive, present
from logi.books.asset.tabling import table
from logi.core.answers import Confirmation, Milli, Table
from logi.core.due import Due
from logi.core.errors import NotFound, Refused, Usage
from logi.core.messages import say
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

STATES = ("open", "fetched", "cancelled")
AHEAD_DAYS = 3  # how long before its first day a booking of what is still lent is told of
SPECS = (
    "number:code on:day until:day hours code:code name place:code quantity:quantity user purpose "
    "state:word:asset.booking loan:code"
)


class Span(NamedTuple):
    """The days of a booking, and the hours of each of them (none: all day)."""

    starts: str
    ends: str
    from_time: str | None = None
    to_time: str | None = None

    def meets(self, row: Row | Mapping[str, Any]) -> bool:
        """Whether a booking stands on some same hour of a same day."""
        if row["ends_on"] < self.starts or row["starts_on"] > self.ends:
            return False
        if self.from_time is None or row["from_time"] is None:
            return True
        return bool(row["from_time"] < (self.to_time or "") and self.from_time < row["to_time"])


# -- acts -----------------------------------------------------------------------------------------------------------


def reserve(e: Entry, texts: Sequence[str], by: str, *, starts: date, ends: date | None = None,
            places: Sequence[str] = (), hours: tuple[str, str] | None = None, quantity_milli: int | None = None,
            purpose: str | None = None) -> Confirmation:  # fmt: skip
    """Book things or rooms for a person from a day to a day, perhaps only for some hours of each.

    Refused (4): days gone by, what has left the register or is proposed for disposal, what is booked or lent then.
    """
    last = ends or starts
    if starts < e.today or last < starts:
        raise Refused("asset.booking_days", starts=starts, ends=last, today=e.today)
    person = present(e, by, starts)
    span = Span(starts.isoformat(), last.isoformat(), *(hours or (None, None)))
    cards = store.cards(e, texts) if texts else []
    rooms = [school.place(e, text) for text in places]
    if not (cards or rooms):
        raise Usage("asset.booking_what")
    if quantity_milli is not None and (len(cards) != 1 or not 0 < quantity_milli <= cards[0]["quantity_milli"]):
        raise Refused("asset.booking_quantity", quantity=Milli(quantity_milli))
    for card in cards:
        _free(e, card, span, quantity_milli or card["quantity_milli"])
    for room in rooms:
        if clash := next((row for row in _standing(e.db, place_id=room["id"]) if span.meets(row)), None):
            raise _clash(e, clash, f"{room['code']} {room['name']}")
    number = e.number("YY", str(e.today.year), book="asset", kind="booking")
    same = {"number": number, "on_day": e.today, "by_id": person["id"], "starts_on": span.starts, "ends_on": span.ends,
            "from_time": span.from_time, "to_time": span.to_time, "purpose": purpose, "state": "open"}  # fmt: skip
    for card in cards:
        e.insert("asset_booking", card_id=card["id"], quantity_milli=quantity_milli or card["quantity_milli"], **same)
    for room in rooms:
        e.insert("asset_booking", place_id=room["id"], quantity_milli=1000, **same)
    if rooms and school.term_on(e.db, starts) is not None and not school.calendar(e).schooldays(starts, last):
        e.warn("asset.used_on_day_off", on=starts)
    things = [f"{rules.compress(card['code'] for card in cards)} {cards[0]['name']}"] if cards else []
    return Confirmation("asset.reserve", number, facts={
        "what": [*things, *(f"{room['code']} {room['name']}" for room in rooms)], "by": person["name"], "starts": starts,
        "ends": last, "hours": _hours(span.from_time, span.to_time), "purpose": purpose,
    })  # fmt: skip


def release(e: Entry, number: str, reason: str, *, texts: Sequence[str] = ()) -> Confirmation:
    """Give a booking up, or some of its things. What was fetched or given up already is refused (4)."""
    rows = _of_number(e.db, number)
    wanted = {card["id"] for card in store.cards(e, texts)} if texts else None
    left = [row for row in rows if row["state"] == "open" and (wanted is None or row["card_id"] in wanted)]
    if not left:
        raise Refused("asset.booking_closed", number=number)
    for row in left:
        e.update("asset_booking", row["id"], state="cancelled", cancelled_on=e.today.isoformat(), why=reason)
    return Confirmation("asset.unreserve", number, facts={"count": len(left), "reason": reason})


def fetch(e: Entry, cards: Sequence[Row], borrower: Row, day: date, due: date, loan: str) -> None:
    """A loan of booked things: one's own booking is fetched by it, another's stands in the way (overridable)."""
    span = Span(day.isoformat(), due.isoformat())
    for card in cards:
        for row in _standing(e.db, card_id=card["id"]):
            if row["state"] != "open" or not span.meets(row):
                continue
            if row["by_id"] == borrower["id"]:
                e.update("asset_booking", row["id"], state="fetched", loan=loan)
            else:
                e.overridable(_clash(e, row, f"{card['code']} {card['name']}"), card["code"])


# -- looking --------------------------------------------------------------------------------------------------------


def reservations(ledger: "Ledger", since: date, until: date | None, *, texts: Sequence[str] = (), place: str | None = None,
                 person: str | None = None, state: str | None = None) -> Table:  # fmt: skip
    """The bookings that stand on some day of a period, by their first day; those given up only where they are asked for."""
    cards = {card["id"] for card in store.cards(ledger, texts)} if texts else None
    room = school.place(ledger, place)["id"] if place else None
    who = school.person(ledger, person)["id"] if person else None
    span = Span(since.isoformat(), until.isoformat() if until else "9999")
    rows = [
        row for row in store.where(ledger.db, "asset_booking", "starts_on, from_time, number, id")
        if span.meets(row) and (cards is None or row["card_id"] in cards) and (room is None or row["place_id"] == room)
        and (who is None or row["by_id"] == who) and (row["state"] == state if state else row["state"] != "cancelled")
    ]  # fmt: skip
    heading = say("asset.title.reservations" if until else "asset.title.reservations_from", since=since, until=until)
    return table("reservations", heading, SPECS, _lines(ledger, rows))


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A booking by its number."""
    rows = store.where(ledger.db, "asset_booking", number=number)
    return [table("booking", say("asset.title.booking"), SPECS, _lines(ledger, rows))] if rows else None


def ahead_of(ledger: "Ledger", card_id: int) -> Table | None:
    """The bookings of a card that are not over, for its sheet."""
    rows = [row for row in _standing(ledger.db, card_id=card_id) if row["ends_on"] >= ledger.today.isoformat()]
    return table("bookings", say("asset.title.booking"), SPECS, _lines(ledger, rows)) if rows else None


def due(ledger: "Ledger", days: int) -> Iterator[Due]:
    """What is booked soon and still lent or gone; what was booked and never fetched."""
    today = ledger.today.isoformat()
    soon = (ledger.today + timedelta(days=min(days, AHEAD_DAYS))).isoformat()
    for row in store.where(ledger.db, "asset_booking", "starts_on, number, id", state="open"):
        if row["card_id"] is None or row["starts_on"] > soon:
            continue
        card, starts = store.named_card(ledger.db, row["card_id"]), date.fromisoformat(row["starts_on"])
        facts = {"number": row["number"], "code": card["code"], "name": card["name"], "day": starts, "by": _name(ledger, row)}
        state = "overdue" if row["starts_on"] <= today else "soon"
        loan = next(iter(store.loans(ledger.db, card_id=card["id"])), None)
        if card["status"] in rules.GONE or row["ends_on"] < today:
            command = f"logi asset unreserve {row['number']} --reason TEXT"
            text = say("asset.due.booking_over", **facts)
            yield Due("soon", "asset.rule.booking_waits", row["number"], text, starts, command, "AST-20")
        elif loan is not None and loan["borrower_id"] != row["by_id"]:
            text = say("asset.due.booked_out", borrower=loan["borrower"], **facts)
            command = f"logi asset return {loan['number']} --condition good"
            yield Due(state, "asset.rule.booked_out", row["number"], text, starts, command, "AST-20")
        elif row["starts_on"] < today:
            text = say("asset.due.booking_waits", **facts)
            command = f"logi asset lend {card['code']} --to {facts['by']} --due {row['ends_on']}"
            yield Due("soon", "asset.rule.booking_waits", row["number"], text, starts, command, "AST-20")


# -- helpers --------------------------------------------------------------------------------------------------------


def _free(e: Entry, card: Row, span: Span, wanted_milli: int) -> None:
    """Refuse (4) a card that is gone, proposed, lent or booked then; of a quantity card what the others leave may be had."""
    alive(card)
    if card["status"] == "disposing":
        raise Refused("asset.is_disposing", code=card["code"])
    loan = next(iter(store.loans(e.db, card_id=card["id"])), None)
    if loan is not None and (not loan["due_on"] or loan["due_on"] >= span.starts):
        until = date.fromisoformat(loan["due_on"]) if loan["due_on"] else None
        raise Refused("asset.booking_lent", code=card["code"], name=card["name"], borrower=loan["borrower"], due=until)
    if loan is not None and loan["due_on"] < e.today.isoformat():
        e.warn("asset.booking_overdue", code=card["code"], borrower=loan["borrower"], due=date.fromisoformat(loan["due_on"]))
    met = [row for row in _standing(e.db, card_id=card["id"]) if span.meets(row)]
    for day in {max(span.starts, row["starts_on"]) for row in met}:
        there = [row for row in met if row["starts_on"] <= day <= row["ends_on"]]
        if sum(row["quantity_milli"] for row in there) + wanted_milli > card["quantity_milli"]:
            raise _clash(e, there[0], f"{card['code']} {card['name']}")


def _clash(e: Entry, row: Row, what: str) -> Refused:
    starts, ends = (date.fromisoformat(row[key]) for key in ("starts_on", "ends_on"))
    hours = _hours(row["from_time"], row["to_time"])
    return Refused("asset.is_booked", what=what, number=row["number"], by=_name(e, row), starts=starts, ends=ends, hours=hours)


def _standing(db: Connection, **of: int) -> list[Row]:
    return [row for row in store.where(db, "asset_booking", "starts_on, id", **of) if row["state"] != "cancelled"]


def _of_number(db: Connection, number: str) -> list[Row]:
    rows = store.where(db, "asset_booking", number=number.upper())
    if not rows:
        raise NotFound("asset.no_booking", number=number)
    return rows


def _name(source: "Ledger | Entry", row: Row) -> str:
    person = school.by_id(source.db, "school_person", row["by_id"])
    return str(person["name"]) if person is not None else ""


def _hours(from_time: str | None, to_time: str | None) -> str | None:
    return f"{from_time}-{to_time}" if from_time else None


def _lines(ledger: "Ledger", rows: Sequence[Row]) -> list[dict[str, Any]]:
    rooms = store.names_of(ledger.db, "school_place")
    lines = []
    for row in rows:
        card = store.named_card(ledger.db, row["card_id"]) if row["card_id"] else None
        room = rooms[row["place_id"]] if row["place_id"] else None
        user = _name(ledger, row)
        name = card["name"] if card else room["name"] if room else None
        lines.append({
            "number": row["number"], "on": date.fromisoformat(row["starts_on"]), "until": date.fromisoformat(row["ends_on"]),
            "hours": _hours(row["from_time"], row["to_time"]), "code": card["code"] if card else None, "name": name,
            "place": room["code"] if room else card["place"] if card else None, "user": user, "purpose": row["purpose"],
            "quantity": row["quantity_milli"] if card else None, "state": row["state"], "loan": row["loan"],
            # a calendar's heading, and a name for each event that stays
            "title": " ".join(filter(None, (name, user, row["purpose"]))), "uid": f"{row['number']}-{row['id']}",
        })  # fmt: skip
    return lines

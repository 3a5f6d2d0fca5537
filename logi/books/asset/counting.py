"""The verbs of a stocktake: start freezes what is expected, enter takes what was found, recount, settle proposes."""

from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.asset import rules, school, store, tally
from logi.books.asset.disposal import required_levels
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger


class Reading(NamedTuple):
    """One code as read in a room; quantity None means all of it, 0 not there."""

    code: str
    quantity_milli: int | None = None
    condition: str | None = None
    note: str | None = None


class Count:
    """A stocktake as it stands: its frozen lines, what was entered, what it comes to."""

    def __init__(self, db: Connection, row: Row) -> None:
        self.db, self.row = db, row
        self.rows = store.where(db, "asset_count_line", "place_id, id", count_id=row["id"])
        self.rooms = store.where(db, "asset_count_room", "id", count_id=row["id"])
        self.seen = [
            tally.Seen(r["card_id"], r["code"], r["place_id"], r["quantity_milli"], r["condition"], r["round"])
            for r in store.facts_in_order(db, "asset_counted", count_id=row["id"])
        ]  # fmt: skip
        self.lines = [
            tally.Line(r["card_id"], r["place_id"], r["quantity_milli"], r["cost_fen"], r["again"], r["status"] == "lent")
            for r in self.rows
        ]
        self.found = tally.tally(self.lines, self.seen)
        self.by_room: dict[int | None, list[tally.Line]] = {}
        for line in self.lines:
            self.by_room.setdefault(line.place_id, []).append(line)
        self.cards = store.cards_of_count(db, row["id"])
        self.entered = {room["place_id"] for room in self.rooms if room["entered_on"] is not None}

    def in_room(self, place_id: int | None) -> list[tally.Line]:
        """What is expected in a room."""
        return self.by_room.get(place_id, [])

    def state_of(self, room: Row) -> str:
        """How far a room is."""
        return tally.room_state(self.in_room(room["place_id"]), self.found, room["place_id"] in self.entered)

    def take(self, place_id: int, seen: Sequence[tally.Seen]) -> None:
        """Go on with what was entered in a room just now, without reading everything again."""
        self.entered.add(place_id)
        self.seen += seen
        touched = {one.card_id for one in seen}
        lines = [line for line in self.lines if line.card_id in touched]
        self.found |= tally.tally(lines, [one for one in self.seen if one.card_id in touched])

    def differences(self) -> list[tally.Difference]:
        """Everything that differs, by code; what was moved by a document since is where it should be."""
        made: list[tally.Difference] = []
        for line in self.lines:
            card = self.cards[line.card_id]
            if card["status"] in rules.GONE:
                continue
            made += [
                one for one in tally.differences(line, self.found[line.card_id], card["code"])
                if one.kind != "elsewhere" or one.place_id != card["place_id"]
            ]  # fmt: skip
        for (card_id, place_id), quantity in tally.strangers(self.lines, self.seen).items():
            card = self.cards[card_id]
            if card["status"] in rules.GONE:
                made.append(tally.Difference("unknown", card_id, card["code"], place_id, 0, quantity, 0))
            elif card["place_id"] != place_id:
                made.append(tally.Difference("elsewhere", card_id, card["code"], place_id, card["quantity_milli"], quantity, 0))
        for (code, place_id), quantity in tally.unknown(self.seen).items():
            made.append(tally.Difference("unknown", None, code, place_id, 0, quantity, 0))
        return sorted(made, key=lambda one: (one.code, one.kind))


def count_of(source: "Ledger | Entry", number: str | None, *, reading: bool = False) -> Row:
    """The stocktake of a number; without one the only open one (2 if there are none or several).

    Who only reads gets the newest one if none is open.
    """
    if number is None:
        rows = store.where(source.db, "asset_count", "number", state="open")
        if not rows and reading:
            rows = store.where(source.db, "asset_count", "id")[-1:]
        if not rows:
            raise Usage("asset.count_none")
        if len(rows) > 1:
            raise Usage("asset.count_which", known=[row["number"] for row in rows])
        return rows[0]
    row = store.document(source.db, "asset_count", number)
    if row is None:
        raise NotFound("asset.no_count", number=number)
    return row


def start(e: Entry, places: Sequence[str] = (), *, on: date | None = None, blind: bool = False,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """Freeze what is expected on a day, in these places (and all within them) or everywhere.

    Refuses (4) rooms that another open stocktake is counting, and a scope without any asset.
    """
    day = e.happened(on or e.today)
    named = [school.place(e, text) for text in places]
    scope = store.inside(e.db, [row["id"] for row in named]) if named else None
    standing = store.register_at(e.db, day)
    expected = [
        (card, standing[card["id"]]) for card in store.named_cards(e.db)
        if card["id"] in standing and (scope is None or standing[card["id"]].place_id in scope)
    ]  # fmt: skip
    if not expected:
        raise Refused("asset.count_nothing", on=day)
    rooms = dict.fromkeys([stood.place_id for _, stood in expected])
    rooms.update(dict.fromkeys(row["id"] for row in named if not store.has_inner(e.db, row["id"])))
    for other in store.where(e.db, "asset_count", state="open"):
        taken = {row["place_id"] for row in store.where(e.db, "asset_count_room", count_id=other["id"])} & set(rooms)
        if taken:
            codes = [school.by_id(e.db, "school_place", one) for one in taken]
            raise Refused("asset.count_overlaps", other=other["number"], places=sorted(r["code"] for r in codes if r))
    term = school.term_on(e.db, day)
    number = e.number("PD", str(day.year), book="asset", kind="count")
    made = e.insert("asset_count", number=number, on_day=day, term=term["code"] if term else None, blind=int(blind), round=1,
                    scope=" ".join(row["code"] for row in named) or None, state="open", note=note)  # fmt: skip
    e.insert_many("asset_count_room", ["count_id", "place_id"], [[made, one] for one in rooms])
    columns = ["count_id", "card_id", "place_id", "keeper_id", "quantity_milli", "cost_fen", "status"]
    e.insert_many("asset_count_line", columns, [
        [made, card["id"], stood.place_id, stood.keeper_id, stood.quantity_milli, stood.cost_fen, card["status"]]
        for card, stood in expected
    ])  # fmt: skip
    quantity, cost = (sum(getattr(stood, what) for _, stood in expected) for what in ("quantity_milli", "cost_fen"))
    return Confirmation("asset.count.start", number, facts={
        "rooms": len(rooms), "lines": len(expected), "quantity": Milli(quantity), "total": Fen(cost), "on": day,
    })  # fmt: skip


def enter(e: Entry, number: str | None, place: str, readings: Sequence[Reading], *, rest: str | None = None,
          missing: Sequence[str] = (), by: str | None = None, on: date | None = None,
          count: Count | None = None) -> Confirmation:  # fmt: skip
    """Enter what was found in one room: codes read, what is missing, and what becomes of the rest ("ok", "missing").

    `count` is the stocktake as it stands already, for whoever enters several rooms at once.

    Codes nobody knows are kept and warned of, double readings are warned of and counted once. Refuses (4) a room out
    of scope, and missing what was not expected there.
    """
    count = count or Count(e.db, count_of(e, number))
    row = count.row
    day = e.happened(on or e.today)
    if row["state"] != "open":
        raise Refused("asset.count_not_open", number=row["number"])
    if day.isoformat() < row["on_day"]:
        raise Refused("asset.count_before", number=row["number"], on=day, base=date.fromisoformat(row["on_day"]))
    where = school.place(e, place)
    person = school.person(e, by) if by else None
    room = _room(e, count, where)
    made, known = _rows(e, count, where, readings, missing)
    touched = {one[0] for one in made if one[0] is not None}
    for line in count.in_room(where["id"]) if rest else ():
        state = count.found[line.card_id]
        if line.card_id not in touched and not state.counted and not state.elsewhere:
            quantity = line.quantity_milli if rest == "ok" else 0
            made.append([line.card_id, count.cards[line.card_id]["code"], quantity, None, None, where["id"]])
    if not made and count.in_room(where["id"]):
        raise Usage("asset.count_nothing_entered")
    columns = ["card_id", "code", "quantity_milli", "condition", "note", "place_id", "on_day", "count_id", "round", "by_id"]
    after = [day.isoformat(), row["id"], row["round"], person["id"] if person else None]
    e.insert_many("asset_counted", columns, [[*one, *after] for one in made])
    e.update("asset_count_room", room["id"], entered_on=day.isoformat(), by_id=person["id"] if person else None)
    seen = [tally.Seen(card, code, at, quantity, state, row["round"]) for card, code, quantity, state, _, at in made]
    count.take(where["id"], seen)
    return _entered(count, where, made, known, person)


def recount(e: Entry, number: str | None) -> Confirmation:
    """Have everything that differs counted once more: what was entered for it no longer counts."""
    row = count_of(e, number)
    if row["state"] != "open":
        raise Refused("asset.count_not_open", number=row["number"])
    count = Count(e.db, row)
    differ = {one.card_id for one in count.differences() if one.card_id is not None and one.kind != "unknown"}
    again = [line for line in count.rows if line["card_id"] in differ]
    if not again:
        raise Refused("asset.count_agrees", number=row["number"])
    e.update("asset_count", row["id"], round=row["round"] + 1)
    for line in again:
        e.update("asset_count_line", line["id"], again=row["round"] + 1)
    codes = rules.compress(sorted(count.cards[line["card_id"]]["code"] for line in again))
    return Confirmation("asset.count.recount", row["number"], facts={
        "codes": codes, "lines": len(again), "round": row["round"] + 1,
    })  # fmt: skip


def settle(e: Entry, number: str | None, *, causes: Mapping[str, str] | None = None,
           surplus: Mapping[str, tuple[str, int]] | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """End a stocktake: every difference becomes a line of a document PY-… that waits for its approvals.

    `causes` by code; `surplus` names and values (fen) what had no card. Refuses (4) while a room is not counted
    (overridable); a count that agrees is done at once.
    """
    row = count_of(e, number)
    day = e.happened(on or e.today)
    if row["state"] != "open":
        raise Refused("asset.count_not_open", number=row["number"])
    count = Count(e.db, row)
    names = store.names_of(e.db, "school_place")
    open_rooms = [
        names[one["place_id"]]["code"] if one["place_id"] else "—" for one in count.rooms if count.state_of(one) != "counted"
    ]
    if open_rooms:
        e.overridable(Refused("asset.count_incomplete", number=row["number"], places=sorted(open_rooms)), row["number"])
    differ = count.differences()
    stray = {*(causes or {}), *(surplus or {})} - {one.code for one in differ}
    if stray:
        raise Refused("asset.count_no_difference", number=row["number"], codes=sorted(stray))
    for card_id, found in count.found.items():
        if found.condition and found.total_milli:
            e.update("asset_card", card_id, condition=found.condition)
    if not differ:
        e.update("asset_count", row["id"], state="done", settled_on=day.isoformat())
        return Confirmation("asset.count.settle", row["number"], facts={
            "adjust": None, "lines": 0, "short": Fen(0), "over": Fen(0), "levels": None})  # fmt: skip
    return _propose(e, count, differ, day, causes or {}, surplus or {})


# -- helpers ----------------------------------------------------------------------------------------


def _room(e: Entry, count: Count, where: Row) -> Row:
    for room in count.rooms:
        if room["place_id"] == where["id"]:
            return room
    if count.row["scope"]:
        raise Refused("asset.count_not_in_scope", number=count.row["number"], place=where["code"])
    made = e.insert("asset_count_room", count_id=count.row["id"], place_id=where["id"])
    count.rooms.append(store.where(e.db, "asset_count_room", id=made)[0])
    return count.rooms[-1]


def _rows(e: Entry, count: Count, where: Row, readings: Sequence[Reading],
          missing: Sequence[str]) -> tuple[list[list[Any]], dict[str, Any]]:  # fmt: skip
    """The rows to write for what was read, and what must be said about it."""
    known = store.scanned(e.db, [one.code for one in readings] + list(missing))
    expected = {line.card_id: line for line in count.in_room(where["id"])}
    nowhere = {line.card_id: line for line in count.in_room(None)}
    rows: dict[tuple[int | None, str], list[Any]] = {}
    here, elsewhere = _seen_before(count, where["id"])
    twice: list[str] = []
    moved: list[str] = []
    for one in [*readings, *(Reading(code, 0) for code in missing)]:
        card = known.get(one.code.lower())
        card_id, code = (card["id"], card["code"]) if card is not None else (None, one.code)
        if one.quantity_milli == 0 and card_id not in expected and card_id not in nowhere:
            raise Refused("asset.count_not_expected", code=code, place=where["code"])
        # Another quantity or a condition is news, the bare code again is not.
        if (card_id, code) in rows or (one.quantity_milli is None and not one.condition and (card_id, code) in here):
            twice.append(code)
        if card is not None and card_id in elsewhere and one.quantity_milli != 0 and card["quantity_milli"] == tally.SINGLE:
            moved.append(code)
        quantity = one.quantity_milli
        if quantity is None:
            quantity = _whole(expected.get(card_id) if card_id else None, card, where)
        before = rows.get((card_id, code))
        condition = one.condition or (before[3] if before else None)
        # What belongs to no room is missing from no room.
        at = None if quantity == 0 and card_id in nowhere else where["id"]
        rows[card_id, code] = [card_id, code, quantity, condition, one.note, at]
    if twice:
        e.warn("asset.count_twice", codes=list(dict.fromkeys(twice)))
    if moved:
        e.warn("asset.count_twice_elsewhere", codes=list(dict.fromkeys(moved)), place=where["code"])
    if strange := [code for card_id, code in rows if card_id is None]:
        e.warn("asset.count_unknown", codes=strange)
    return list(rows.values()), {"expected": set(expected)}


def _seen_before(count: Count, place_id: int) -> tuple[set[tuple[int | None, str]], set[int | None]]:
    """What was found in this room in this round, and the cards found in other rooms."""
    there = [one for one in count.seen if one.quantity_milli]
    here = {(one.card_id, one.code) for one in there if one.place_id == place_id and one.round == count.row["round"]}
    return here, {one.card_id for one in there if one.place_id != place_id}


def _whole(line: tally.Line | None, card: Row | None, where: Row) -> int:
    if line is not None:
        return line.quantity_milli
    if card is not None and card["quantity_milli"] != tally.SINGLE:
        raise Usage("asset.count_needs_quantity", code=card["code"], place=where["code"])
    return tally.SINGLE


def _entered(
    count: Count, where: Row, made: list[list[Any]], known: Mapping[str, Any], person: Row | None
) -> Confirmation:
    lines = count.in_room(where["id"])
    found = sum(1 for one in made if one[2] and one[0] in known["expected"])
    return Confirmation("asset.count.enter", count.row["number"], facts={
        "place": where["name"], "found": found, "missing": sum(1 for one in made if not one[2]),
        "elsewhere": sum(1 for one in made if one[2] and one[0] is not None and one[0] not in known["expected"]),
        "unknown": sum(1 for one in made if one[0] is None),
        "left": sum(1 for line in lines if not count.found[line.card_id].counted),
        "rooms": sum(count.state_of(room) != "counted" for room in count.rooms),
        "by": person["name"] if person else None,
    })  # fmt: skip


def _propose(e: Entry, count: Count, differ: Sequence[tally.Difference], day: date, causes: Mapping[str, str],
             surplus: Mapping[str, tuple[str, int]]) -> Confirmation:  # fmt: skip
    short = [
        {"cost_fen": -one.value_fen, "category_id": count.cards[one.card_id]["category_id"]}
        for one in differ if one.kind in tally.SHORT and one.card_id is not None
    ]  # fmt: skip
    for one in differ:
        if one.kind in tally.SHORT and one.card_id is not None and count.cards[one.card_id]["category_id"] is None:
            raise Refused("asset.category_needed", code=one.code)
    usual = list(school.policy(e, "asset.count_levels", day))
    levels = required_levels(e, short, "loss", day) if short else usual
    number = e.number("PY", str(day.year), book="asset", kind="adjust")
    made = e.insert("asset_adjust", number=number, count_id=count.row["id"], on_day=day, levels=" ".join(levels), state="open")
    over = 0
    for at, one in enumerate(differ, 1):
        card = count.cards[one.card_id] if one.card_id is not None else None
        name, value = surplus.get(one.code, (None, 0)) if one.kind == "unknown" else (None, one.value_fen)
        over += max(value, 0)
        e.insert(
            "asset_adjust_line", adjust_id=made, line=at, kind=one.kind, card_id=one.card_id, code=one.code,
            name=card["name"] if card is not None and one.kind != "unknown" else name, place_id=one.place_id,
            book_milli=one.book_milli, counted_milli=one.counted_milli, value_fen=value, condition=one.condition,
            book_fen=card["cost_fen"] if card is not None and one.kind != "unknown" else 0, cause=causes.get(one.code),
        )  # fmt: skip
    e.update("asset_count", count.row["id"], state="settled", settled_on=day.isoformat())
    return Confirmation("asset.count.settle", count.row["number"], numbers=[count.row["number"], number], facts={
        "adjust": number, "lines": len(differ), "short": Fen(sum(one["cost_fen"] for one in short)), "over": Fen(over),
        "levels": [Word.of("asset.level", level) for level in levels],
    })  # fmt: skip

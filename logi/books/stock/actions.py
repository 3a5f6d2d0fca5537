"""The verbs of the stock book. Each works inside an open entry it is given."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.stock import places, school, store
from logi.books.stock.items import apart_from_food
from logi.books.stock.lines import Line
from logi.books.stock.posting import MONTHLY, Place, bring, costing, take
from logi.books.stock.rules import SERIES, part_of, spread, worth
from logi.core.answers import Confirmation, Fen, Milli
from logi.core.errors import BadData, LogiError, NotFound, Refused, Usage
from logi.core.messages import quantity_text
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


class Wanted(NamedTuple):
    """A slip line whose item is found: quantity in the item's own unit, price for `per_milli` of it."""

    item: Any
    quantity_milli: int
    price_fen: int | None
    per_milli: int
    line: Line


def in_(e: "Entry", lines: Sequence[Line], *, on: date, price: int | None = None, vendor: str | None = None,
        request: str | None = None, invoice: str | None = None, inspector: str | None = None,
        buyer: str | None = None, keeper: str | None = None, place: str | None = None,
        corrects: int | None = None, ref: str | None = None, bears: str | None = None) -> Confirmation:  # fmt: skip
    """Take goods in: one slip, one lot a line; `bears` is a number given to it before. Refuses (4) an inspector who
    bought, an untendered vendor, a chemical among food, more accepted than delivered."""
    e.happened(on)
    wanted = found_lines(e, lines)
    without = [w.item["name"] for w in wanted if w.price_fen is None and price is None]
    if without:
        raise Usage("stock.no_price", items=without)
    people = {"inspector_id": inspector, "buyer_id": buyer, "keeper_id": keeper}
    ids = {column: school.person(e, text)["id"] if text else None for column, text in people.items()}
    if ids["buyer_id"] and ids["buyer_id"] == ids["inspector_id"] and school.policy(e, "stock.inspector_is_not_buyer", on):
        raise Refused("stock.inspector_bought", person=school.person(e, str(buyer))["name"])
    seller = school.vendor(e, vendor) if vendor else None
    room = school.place(e, place) if place else None
    for one in wanted:
        _may_come_in(e, one, on, seller, room)
    request = _known_request(e, request, wanted, seller, on) if request else None
    number, slip_id = _slip(e, "in", on, vendor_id=seller["id"] if seller else None, request_no=request, invoice_no=invoice,
                            place_id=room["id"] if room else None, corrects_id=corrects, ref=ref, bears=bears,
                            **ids)  # fmt: skip
    if not request and not corrects:
        e.warn("stock.no_request", number=number)
    values = []
    for at, one in enumerate(wanted, 1):
        values.append(_bring_in(e, Place(slip_id, at, on), one, price))
    return _done(e, "stock.in", number, wanted, values, day=on, vendor=seller["name"] if seller else None)


def out(e: "Entry", lines: Sequence[Line], *, to: str, by: str, on: date, purpose: str | None = None,
        keeper: str | None = None, lot: str | None = None, create: bool = False, corrects: int | None = None,
        ref: str | None = None, request_id: int | None = None, kit_id: int | None = None,
        heads: int | None = None, bears: str | None = None, place: str | None = None) -> Confirmation:  # fmt: skip
    """Issue goods to a department and a person. Refused (4) beyond what that day and every later one hold (there)."""
    e.happened(on)
    typed = e.action == "stock.out"  # what other acts and files issue was asked for in their own way
    if typed and request_id is None and school.policy(e, "stock.request_needed", on):
        e.overridable(Refused("stock.request_needed"), to)
    wanted = found_lines(e, lines)
    person = school.person(e, by)
    department = school.department_for(e, to, create=create)
    rooms = places.rooms_named(e, [place] if place else ())
    number, slip_id = _slip(e, "out", on, department_id=department["id"], person_id=person["id"], purpose=purpose,
                            keeper_id=school.person(e, keeper)["id"] if keeper else None, corrects_id=corrects, ref=ref,
                            request_id=request_id, kit_id=kit_id, heads=heads, bears=bears, place_id=_room(rooms))  # fmt: skip
    values = [
        take(e, Place(slip_id, at, on), one.item, "out", one.quantity_milli, lot=one.line.lot or lot, rooms=rooms)
        for at, one in enumerate(wanted, 1)
    ]
    for one in wanted:
        _warn_low(e, one.item)
    if typed or kit_id is not None:
        _warn_quota(e, department, {one.item["class"] for one in wanted}, on)
    return _done(e, "stock.out", number, wanted, values, day=on, department=department["name"],
                 person=person["name"], purpose=purpose)  # fmt: skip


def return_(e: "Entry", number: str, lines: Sequence[Line], *, on: date, by: str | None = None,
            reason: str | None = None, bears: str | None = None, place: str | None = None) -> Confirmation:  # fmt: skip
    """Take back what an issue did not need, at the issue's cost. Refused (4) beyond what it issued."""
    e.happened(on)
    source = standing_slip(e, number, "out")
    if on.isoformat() < source["on_day"]:
        raise Refused("stock.return_before_issue", day=on, issued=date.fromisoformat(source["on_day"]))
    wanted = found_lines(e, lines)
    person_id = school.person(e, by)["id"] if by else source["person_id"]
    rooms = places.rooms_named(e, [place] if place else ())
    _may_lie(e, wanted, rooms, on)
    mine, slip_id = _slip(e, "return", on, department_id=source["department_id"], person_id=person_id,
                          of_slip_id=source["id"], reason=reason, bears=bears, place_id=_room(rooms))  # fmt: skip
    values = [_give_back(e, slip_id, at, on, source, one, rooms) for at, one in enumerate(wanted, 1)]
    return _done(e, "stock.return", mine, wanted, values, day=on, issue=source["number"])


def adjust(e: "Entry", lines: Sequence[Line], *, on: date, reason: str, price: int | None = None,
           lot: str | None = None, corrects: int | None = None, bears: str | None = None,
           place: Sequence[str] = ()) -> Confirmation:  # fmt: skip
    """Bring the book to what is there: found goods at the present average or the price given, lost ones at cost."""
    e.happened(on)
    wanted = found_lines(e, lines)
    rooms = places.rooms_named(e, place)
    _may_lie(e, wanted, rooms, on)
    number, slip_id = _slip(e, "adjust", on, reason=reason, corrects_id=corrects, bears=bears, place_id=_room(rooms))
    values: list[int | None] = []
    for at, one in enumerate(wanted, 1):
        where = Place(slip_id, at, on)
        if one.quantity_milli < 0:
            cost = take(e, where, one.item, "loss", -one.quantity_milli, lot=one.line.lot or lot, rooms=rooms)
            values.append(None if cost is None else -cost)
            _warn_low(e, one.item)
        else:
            named = one._replace(line=one.line._replace(lot=one.line.lot or lot))
            values.append(_gain(e, where, named, price, rooms))
    return _done(e, "stock.adjust", number, wanted, values, day=on, reason=reason)


def found_lines(e: "Entry", lines: Sequence[Line]) -> list[Wanted]:
    """The lines with their items and in their items' units. What a file got wrong comes all at once (5)."""
    if not lines:
        raise Usage("stock.no_lines")
    wanted: list[Wanted] = []
    findings: list[dict[str, Any]] = []
    for line in lines:
        try:
            wanted.append(_wanted(e, line))
        except LogiError as error:
            if line.at is None:
                raise
            from logi.books.stock.lines import finding

            findings.append(finding(line.at, "item", line.item, error))
    if findings:
        raise BadData("stock.bad_lines", findings, count=len(findings))
    return wanted


def standing_slip(e: "Ledger | Entry", number: str, *kinds: str) -> Any:
    """The slip of this number that still stands; NotFound (3), or Refused (4) when it was taken back or is another kind."""
    row = store.slip(e.db, number)
    if row is None:
        raise NotFound("stock.no_slip", number=number)
    if row["void"]:
        raise Refused("stock.slip_undone", number=number)
    if kinds and row["kind"] not in kinds:
        raise Refused("stock.not_an_issue", number=number)
    return row


def _wanted(e: "Entry", line: Line) -> Wanted:
    item = store.item(e, line.item)
    per = 1000
    if line.unit:
        from logi.core.folding import fold

        units = {fold(item["unit"]): 1000} | {fold(u): n for u, n in store.packs(e.db, item["id"]).items()}
        if fold(line.unit) not in units:
            raise Usage("stock.unit_unknown", item=item["name"], unit=line.unit, known=list(units))
        per = units[fold(line.unit)]
    milli, rest = divmod(line.quantity_milli * per, 1000)
    if rest:
        raise Usage("stock.unit_too_fine", item=item["name"], unit=item["unit"])
    return Wanted(item, milli, line.price_fen, per, line)


def _slip(e: "Entry", kind: str, on: date, bears: str | None = None, **values: Any) -> tuple[str, int]:
    number = bears or e.number(SERIES[kind], str(on.year), book="stock", kind=kind)
    return number, e.insert("stock_slip", number=number, kind=kind, on_day=on, **values)


def _may_lie(e: "Entry", wanted: Sequence[Wanted], rooms: places.Rooms | None, on: date) -> None:
    for one in wanted if rooms is not None else ():
        if one.quantity_milli > 0:
            apart_from_food(e, one.item["name"], one.item["chemical"], rooms and rooms.row, on)


def _room(rooms: places.Rooms | None) -> int | None:
    return int(rooms.row["id"]) if rooms is not None else None


def _known_request(e: "Entry", request: str, wanted: Sequence[Wanted], seller: Any, on: date) -> str:
    """The request's number as the book that knows it has it: a book with a room `receiving` checks what comes in on it.

    A number that no book knows may stand on paper, and is kept as typed.
    """
    from logi.registry import cards, room

    goods = [(one.item, one.quantity_milli) for one in wanted]
    for book in cards():
        hooks = room(book, "receiving")
        if hooks is not None and (known := hooks.before_stock_in(e, request, goods, seller, on)):
            return str(known)
    return request


def _may_come_in(e: "Entry", one: Wanted, on: date, vendor: Any, room: Any) -> None:
    item, line, day = one.item, one.line, on.isoformat()
    if item["tendered"] and not (
        vendor is not None and vendor["tendered_from"] and vendor["tendered_from"] <= day
        and (vendor["tendered_to"] or "9999") >= day
    ):  # fmt: skip
        e.overridable(Refused("stock.not_tendered", item=item["name"], vendor=vendor["name"] if vendor else None, day=on),
                      item["code"])  # fmt: skip
    apart_from_food(e, item["name"], item["chemical"], room or school.by_id(e.db, "school_place", item["place_id"]), on)
    if line.delivered_milli is not None and line.quantity_milli > line.delivered_milli:
        raise Refused("stock.more_than_delivered", item=item["name"], accepted=Milli(line.quantity_milli),
                      delivered=Milli(line.delivered_milli))  # fmt: skip
    if line.made and line.expires and line.expires < line.made:
        raise Refused("stock.expires_before_made", item=item["name"], made=line.made, expires=line.expires)


def _bring_in(e: "Entry", at: Place, one: Wanted, price: int | None) -> int:
    item, line = one.item, one.line
    each = one.price_fen if one.price_fen is not None else price or 0
    expires = line.expires
    if expires is None and line.made and item["shelf_life_days"]:
        expires = line.made + timedelta(days=item["shelf_life_days"])
    if expires is not None and expires < at.on:
        e.warn("stock.came_expired", item=item["name"], expires=expires)
    _warn_price(e, item, each, one.per_milli, at.on)
    limit = school.policy(e, "asset.threshold_general_fen", at.on)
    if each * 1000 >= limit * one.per_milli:
        e.warn("stock.asset_line", item=item["name"], price=Fen(each), limit=Fen(limit))
    value = worth(one.quantity_milli, each, one.per_milli)
    asked, sent = (n and n * one.per_milli // 1000 for n in (line.ordered_milli, line.delivered_milli))
    bring(e, at, item, "in", one.quantity_milli, value, price=(each, one.per_milli), label=line.lot, made_on=line.made,
          expires_on=expires, ordered_milli=asked, delivered_milli=sent)  # fmt: skip
    return value


def _warn_price(e: "Entry", item: Any, price_fen: int, per_milli: int, on: date) -> None:
    before = store.last_price(e.db, item["id"], on.isoformat())
    if before is None:
        return
    limit = school.policy(e, "stock.price_jump_percent", on)
    if price_fen * before[1] * 100 > before[0] * per_milli * limit:
        last = ratio_half_up(before[0] * per_milli, before[1])
        e.warn("stock.price_jump", item=item["name"], price=Fen(price_fen), before=Fen(last), percent=limit)


def _warn_low(e: "Entry", item: Any) -> None:
    if item["min_milli"] is None:
        return
    left, _ = store.on_hand(e.db, item["id"])
    if left < item["min_milli"]:
        e.warn("stock.below_minimum", item=item["name"], left=Milli(left), minimum=Milli(item["min_milli"]),
               unit=item["unit"])  # fmt: skip


def _warn_quota(e: "Entry", department: Any, kinds: set[str], on: date) -> None:
    """Say where a department's month has gone past its quota (policies stock.quota_…), if there are any."""
    each, own = (school.policy(e, f"stock.quota_{of}_fen", on) for of in ("head", "department"))
    if any(each.get(kind) for kind in kinds) or department["name"] in own:
        from logi.books.stock import consuming

        consuming.warn_quota(e, department, kinds, on)


def _give_back(e: "Entry", slip_id: int, at: int, on: date, source: Any, one: Wanted,
               rooms: places.Rooms | None) -> int | None:  # fmt: skip
    """Post what comes back of one item: last lot taken first; the value is the issue line's, by quantity."""
    back = store.returned(e.db, source["id"])
    rows = [row for row in store.lines(e.db, source["id"]) if row["item_id"] == one.item["id"]]
    if not rows:
        raise Refused("stock.not_issued", number=source["number"], item=one.item["name"])
    parts = []  # (move, still out, its value)
    for row in rows:
        came, value = back.get((row["line"], row["lot_id"]), (0, 0))
        parts.append((row, -row["quantity_milli"] - came, -row["value_fen"] - row["price_value"] - value))
    still = sum(part[1] for part in parts)
    if one.quantity_milli > still:
        raise Refused("stock.return_too_much", number=source["number"], item=one.item["name"], still=Milli(still),
                      unit=one.item["unit"])  # fmt: skip
    priced = all(row["priced"] or row["price_rows"] for row in rows)
    value = part_of(sum(part[2] for part in parts), one.quantity_milli, still) if priced else 0
    taken, open_milli = [], one.quantity_milli
    for row, out_milli, _ in reversed(parts):
        if open_milli and out_milli:
            taken.append((row, min(open_milli, out_milli)))
            open_milli -= taken[-1][1]
    for (row, milli), share in zip(taken, spread(value, [t[1] for t in taken]), strict=True):
        where = Place(slip_id, at, on, source["id"], row["line"])
        came = bring(e, where, one.item, "return", milli, share, priced=priced, label=row["label"], made_on=row["made_on"],
                     expires_on=row["expires_on"], from_lot_id=row["lot_id"])  # fmt: skip
        places.put(e, where, one.item, came, milli, rooms)
    return value if priced else None


def _gain(e: "Entry", at: Place, one: Wanted, price: int | None, rooms: places.Rooms | None) -> int:
    each = one.price_fen if one.price_fen is not None else price
    if each is not None:
        value = worth(one.quantity_milli, each, one.per_milli)
        found = bring(e, at, one.item, "gain", one.quantity_milli, value, price=(each, one.per_milli), label=one.line.lot)
        places.put(e, at, one.item, found, one.quantity_milli, rooms)
        return value
    quantity, held = store.on_hand(e.db, one.item["id"])
    last = store.last_price(e.db, one.item["id"], at.on.isoformat())
    if quantity > 0 and costing(e, one.item["id"]) != MONTHLY:
        value = ratio_half_up(held * one.quantity_milli, quantity)
    elif last is not None:
        value = worth(one.quantity_milli, last[0], last[1])
    else:
        raise Usage("stock.no_price", items=[one.item["name"]])
    found = bring(e, at, one.item, "gain", one.quantity_milli, value, label=one.line.lot)
    places.put(e, at, one.item, found, one.quantity_milli, rooms)
    return value


def _done(e: "Entry", action: str, number: str, wanted: Sequence[Wanted], values: Sequence[int | None],
          **facts: Any) -> Confirmation:  # fmt: skip
    left = [store.on_hand(e.db, w.item["id"])[0] for w in wanted]
    total = None if any(v is None for v in values) else Fen(sum(v or 0 for v in values))
    shown = [f"{w.item['name']} {quantity_text(w.quantity_milli)} {w.item['unit']}" for w in wanted]
    remains = {
        w.item["id"]: f"{w.item['name']} {quantity_text(n)} {w.item['unit']}" for w, n in zip(wanted, left, strict=True)
    }
    return Confirmation(action, number, facts={
        "items": [w.item["code"] for w in wanted], "names": [w.item["name"] for w in wanted],
        "quantities": [Milli(w.quantity_milli) for w in wanted], "values": [None if v is None else Fen(v) for v in values],
        "value": total, "left": [Milli(n) for n in left], "lines": shown, "remains": list(remains.values()), **facts,
    })  # fmt: skip

"""The questions the stock book can answer; each returns a Table."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.stock import balances, places, school, store
from logi.books.stock import store_looking as looking
from logi.books.stock.columns import column, table, unit_price
from logi.books.stock.posting import monthly
from logi.books.stock.rules import CLASSES
from logi.books.stock.shifting import moved as moved
from logi.core.answers import Table
from logi.core.days import month_period
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger


def stock_list(ledger: "Ledger", *, at: date | None = None, item: str | None = None, kinds: Sequence[str] = (),
               place: str | None = None, all_items: bool = False) -> Table:  # fmt: skip
    """What is on hand, valued at the ledger's costing, now or at the end of a day."""
    day = min(at or ledger.today, ledger.today)
    only = store.item(ledger, item)["id"] if item else None
    room = school.place(ledger, place)["id"] if place else None
    # the sums kept for speed know no days: where something lies after this day (a day typed or fixed in the past), count
    held = balances.now(ledger, day) if at or monthly(ledger) or store.moves_after(ledger.db, day) else None
    rows, provisional = [], False
    for one in store.items(ledger.db):
        if (only and one["id"] != only) or (kinds and one["class"] not in kinds) or (room and one["place_id"] != room):
            continue
        if held is None:
            quantity, value = one["quantity_milli"] or 0, one["value_fen"] or 0
        else:
            balance = held.get(one["id"], balances.Balance())
            quantity, value = balance.closing_milli, balance.closing_fen
            provisional = provisional or balance.provisional
        if all_items or only or quantity or value or one["min_milli"]:
            rows.append({**_named(one), "spec": one["spec"], "class": one["class"], "quantity": quantity, "value": value})
    notes = [say("stock.provisional")] if provisional else []
    return table("stock.list", "stock.title.list", ["code", "name", "spec", "unit", "class", "quantity", "value"], rows,
                  notes=notes, at=day)  # fmt: skip


def items(ledger: "Ledger", *, kinds: Sequence[str] = ()) -> Table:
    """Every item with its marks."""
    rows = [
        {**_named(one), "spec": one["spec"], "class": one["class"], "minimum": one["min_milli"], "maximum": one["max_milli"],
         "shelf_life_days": one["shelf_life_days"], "place": one["place"], "marks": _marks(one),
         "packs": "；".join(f"{u}={_plain(n)}{one['unit']}" for u, n in store.packs(ledger.db, one["id"]).items())}
        for one in store.items(ledger.db) if not kinds or one["class"] in kinds
    ]  # fmt: skip
    keys = ["code", "name", "spec", "unit", "class", "minimum", "maximum", "shelf_life_days", "place", "packs", "marks"]
    return table("item.list", "stock.title.items", keys, rows)


def low(ledger: "Ledger", *, kinds: Sequence[str] = ()) -> Table:
    """Items below their minimum, and how much to buy; what has expired counts as not there."""
    rows = [
        {**_named(one), "quantity": one["quantity_milli"], "expired": one["expired"] or None, "minimum": one["min_milli"],
         "maximum": one["max_milli"], "need": one["need"]}
        for one in balances.below_minimum(ledger) if not kinds or one["class"] in kinds
    ]  # fmt: skip
    bad = ["expired"] if any(row["expired"] for row in rows) else []
    keys = ["code", "name", "unit", "quantity", *bad, "minimum", "maximum", "need"]
    return table("stock.low", "stock.title.low", keys, rows)


def expiring(ledger: "Ledger", *, days: int) -> Table:
    """Lots past their last good day or near it, the first to expire first."""
    until = (ledger.today + timedelta(days=days)).isoformat()
    urgent = int(school.policy(ledger, "stock.near_expiry_urgent_days", ledger.today))
    rows = []
    for lot in store.lots(ledger.db, expires_by=until):
        left = (date.fromisoformat(lot["expires_on"]) - ledger.today).days
        rows.append({
            **_named(lot), "lot": lot["label"], "received_on": _day(lot["received_on"]), "expires_on": _day(lot["expires_on"]),
            "days_left": left, "quantity": lot["left_milli"],
            "status": say("stock.is_expired" if left < 0 else "stock.is_urgent" if left <= urgent else "stock.is_near"),
        })  # fmt: skip
    keys = ["code", "name", "lot", "received_on", "expires_on", "days_left", "unit", "quantity", "status"]
    return table("stock.expiring", "stock.title.expiring", keys, rows, days=days)


def slips(ledger: "Ledger", since: date, until: date, *, kind: str | None = None, vendor: str | None = None,
          department: str | None = None, person: str | None = None, item: str | None = None,
          lacking: bool = False) -> Table:  # fmt: skip
    """Slips of a period; with `lacking` only those that lack a signature, and which."""
    signed = looking.approved_levels(ledger.db, since.isoformat(), until.isoformat())
    wanted = {
        "vendor_id": school.vendor(ledger, vendor)["id"] if vendor else None,
        "department_id": school.department(ledger, department)["id"] if department else None,
        "person_id": school.person(ledger, person)["id"] if person else None, "kind": kind,
    }  # fmt: skip
    needed = school.policy(ledger, "stock.signatures", until)
    among = store.slips_with(ledger.db, store.item(ledger, item)["id"]) if item else None
    rows = []
    for row in store.slips(ledger.db, since.isoformat(), until.isoformat()):
        if any(value is not None and row[column] != value for column, value in wanted.items()) or (
            among is not None and row["id"] not in among
        ):
            continue
        stands = row["value"] is not None  # all of it may have been posted anew on another slip
        missing = [x for x in needed.get(row["kind"], []) if x not in signed.get(row["number"], [])] if stands else []
        if lacking and not missing:
            continue
        rows.append({
            "number": row["number"], "kind": row["kind"], "day": _day(row["on_day"]), "vendor": row["vendor"],
            "department": row["department"], "person": row["person"], "purpose": row["purpose"] or row["reason"],
            "request_no": row["request_no"], "invoice_no": row["invoice_no"], "lines": row["lines"],
            "value": (row["value"] or 0) + (row["priced"] or 0),
            "missing": say("stock.comma").join(title("stock.level", level) for level in missing),
        })  # fmt: skip
    keys = ["number", "kind", "day", "vendor", "department", "person", "purpose", "request_no", "invoice_no", "lines", "value",
            "missing"]  # fmt: skip
    heading = "stock.title.unsigned" if lacking else "stock.title.slips"
    return table("stock.slips", heading, keys, rows, since=since, until=until)


# -- reports by name -------------------------------------------------------------------------------


def by_class(ledger: "Ledger", since: date, until: date) -> Table:
    """Opening, in, out and closing value by class."""
    sums: dict[str, list[int]] = {key: [0] * 5 for key in CLASSES}
    stored = _stored_classes(ledger, since, until)
    if stored is not None:
        return stored
    classes = {one["id"]: one["class"] for one in store.items(ledger.db)}
    found = balances.of_period(ledger, since, min(until, ledger.today))
    for item_id, b in found.items():
        sum_of = sums.setdefault(classes.get(item_id) or store.item_by_id(ledger.db, item_id)["class"], [0] * 5)
        for at, value in enumerate((1, b.opening_fen, b.in_fen, b.out_fen, b.closing_fen)):
            sum_of[at] += value
    rows = [
        {"class": key, "count": s[0], "opening_value": s[1], "in_value": s[2], "out_value": s[3], "closing_value": s[4],
         "difference": s[1] + s[2] - s[3] - s[4]}
        for key, s in sums.items() if s[0]
    ]  # fmt: skip
    keys = ["class", "count", "opening_value", "in_value", "out_value", "closing_value", "difference"]
    return table("stock.by-class", "stock.title.by_class", keys, rows, notes=_provisional(found), since=since, until=until)


def _stored_classes(ledger: "Ledger", since: date, until: date) -> Table | None:
    """The same of a closed month, as it was stored."""
    month = since.isoformat()[:7]
    if since.day != 1 or until != month_period(month).until:
        return None
    stored = {row["class"]: row for row in looking.closed_classes(ledger.db, month)}
    if not stored:
        return None
    rows = [
        {"class": key, "count": row["items"], "opening_value": row["opening_fen"], "in_value": row["in_fen"],
         "out_value": row["out_fen"], "closing_value": row["closing_fen"],
         "difference": row["opening_fen"] + row["in_fen"] - row["out_fen"] - row["closing_fen"]}
        for key in CLASSES if (row := stored.get(key)) is not None
    ]  # fmt: skip
    keys = ["class", "count", "opening_value", "in_value", "out_value", "closing_value", "difference"]
    return table("stock.by-class", "stock.title.by_class", keys, rows, since=since, until=until)


def by_item(ledger: "Ledger", since: date, until: date) -> Table:
    """Opening, in, out and closing by item, in quantity and value: the material ledger's totals."""
    found = balances.of_period(ledger, since, min(until, ledger.today))
    rows = []
    for one in _ordered(ledger, found):
        b = found[one["id"]]
        rows.append({
            **_named(one), "class": one["class"], "opening": b.opening_milli, "opening_value": b.opening_fen,
            "in": b.in_milli, "in_value": b.in_fen, "out": b.out_milli, "out_value": b.out_fen,
            "closing": b.closing_milli, "closing_value": b.closing_fen,
        })  # fmt: skip
    keys = ["code", "name", "unit", "class", "opening", "opening_value", "in", "in_value", "out", "out_value", "closing",
            "closing_value"]  # fmt: skip
    return table("stock.by-item", "stock.title.by_item", keys, rows, notes=_provisional(found), since=since, until=until)


def item_months(ledger: "Ledger", since: date, until: date) -> Table:
    """The history by item and month: in, out, and the balance at each month's end."""
    start = balances.before(ledger, since.replace(day=1))
    names = {one["id"]: (one["code"], one["name"]) for one in store.items(ledger.db)}
    rows: list[dict[str, Any]] = []
    last, quantity, value = 0, 0, 0
    for item_id, month, came, came_fen, went, went_fen in looking.item_flows(
        ledger.db, since.isoformat()[:7], until.isoformat()[:7]
    ):
        if item_id not in names:
            continue
        if item_id != last:
            last, before = item_id, start.get(item_id)
            quantity, value = (before.closing_milli, before.closing_fen) if before is not None else (0, 0)
        quantity, value = quantity + came - went, value + came_fen - went_fen
        code, name = names[item_id]
        rows.append({
            "code": code, "name": name, "month": month, "in": came, "out": went, "closing": quantity,
            "in_value": came_fen, "out_value": went_fen, "closing_value": value,
        })  # fmt: skip
    keys = ["code", "name", "month", "in", "out", "closing", "in_value", "out_value", "closing_value"]
    notes = [say("stock.priced_at_closing")] if monthly(ledger) else []
    heading = say("stock.title.item_months", since=since, until=until)
    return Table("stock.item-months", heading, [column(key) for key in keys], rows, notes=notes)


def by_department(ledger: "Ledger", since: date, until: date) -> Table:
    """What each department drew, returns deducted."""
    return _drawn(ledger, since, until, "stock.by-department", "stock.title.by_department", ("department",))


def by_person(ledger: "Ledger", since: date, until: date) -> Table:
    """Who drew what and for what."""
    return _drawn(ledger, since, until, "stock.by-person", "stock.title.by_person", ("person_code", "person", "department"))


def slips_of(ledger: "Ledger", since: date, until: date) -> Table:
    """All slips of a period."""
    return slips(ledger, since, until)


def unsigned(ledger: "Ledger", since: date, until: date) -> Table:
    """Slips of a period that lack signatures."""
    return slips(ledger, since, until, lacking=True)


def slow(ledger: "Ledger", since: date, until: date) -> Table:
    """Goods on hand that nobody drew for so many months (stock.slow_months) before the period's end."""
    from logi.core.days import add_months

    until = min(until, ledger.today)
    months = int(school.policy(ledger, "stock.slow_months", until))
    limit = add_months(until.isoformat()[:7], -months)
    last = looking.last_issues(ledger.db, until.isoformat())
    held, then = balances.now(ledger, until), balances.of_month(ledger, limit)
    zero = balances.Balance()
    rows = []
    for one in store.item_names(ledger.db):
        now = held.get(one["id"], zero)
        if now.closing_milli <= 0 or last.get(one["id"], "") > limit or then.get(one["id"], zero).closing_milli <= 0:
            continue
        rows.append({**_named(one), "quantity": now.closing_milli, "value": now.closing_fen, "last_month": last.get(one["id"])})
    keys = ["code", "name", "unit", "quantity", "value", "last_month"]
    return table("stock.slow", "stock.title.slow", keys, rows, months=months)


def consumption(ledger: "Ledger", since: date, until: date) -> Table:
    """What departments used up by class and head, against quota and last year."""
    from logi.books.stock import consuming

    return consuming.consumption(ledger, since, until)


def printing(ledger: "Ledger", since: date, until: date) -> Table:
    """Paper and printing consumables by department."""
    from logi.books.stock import consuming

    return consuming.printing(ledger, since, until)


def textbooks(ledger: "Ledger", since: date, until: date) -> Table:
    """Textbooks by class and title: due, got, short."""
    from logi.books.stock import textbooks as books

    return books.by_class(ledger, min(until, ledger.today))


def month_count(ledger: "Ledger", since: date, until: date) -> Table:
    """The month-end table of what the book has and what was counted."""
    from logi.books.stock import count_pages

    return count_pages.month_count(ledger, since, until)


def by_lot(ledger: "Ledger", since: date, until: date) -> Table:
    """Lots with something left at the end of a period; a closed month's as they were stored."""
    until = min(until, ledger.today)
    month = until.isoformat()[:7]
    closed = until == month_period(month).until and looking.closed_classes(ledger.db, month)
    lots = looking.closed_lots(ledger.db, month) if closed else looking.lots_at(ledger.db, until.isoformat())
    rows = [
        {**_named(lot), "received_on": _day(lot["received_on"]), "lot": lot["label"], "made_on": _day(lot["made_on"]),
         "expires_on": _day(lot["expires_on"]), "price": unit_price(lot["price_fen"], lot["per_milli"]),
         "quantity": lot["left_milli"], "value": lot["left_fen"] if closed else None}
        for lot in lots
    ]  # fmt: skip
    keys = ["code", "name", "unit", "received_on", "lot", "made_on", "expires_on", "price", "quantity", "value"]
    return table("stock.by-lot", "stock.title.by_lot", keys if closed else keys[:-1], rows, at=until)


def by_place(ledger: "Ledger", since: date, until: date, *, item: str | None = None, place: str | None = None) -> Table:
    """What lies where at the end of a period: each lot where it was brought, but for what was moved elsewhere since."""
    until = min(until, ledger.today)
    only = store.item(ledger, item)["id"] if item else None
    rooms = {row["id"]: row for row in school.rows(ledger.db, "school_place")}
    room = school.place(ledger, place)["id"] if place else None
    named = {one["id"]: one for one in store.items(ledger.db)}
    rows = []
    for item_id, by in places.lying(ledger, until, only).items():
        for place_id, lots in by.items():
            there, quantity = rooms.get(place_id), sum(lots.values())
            if (room is None or place_id == room) and quantity and item_id in named:
                rows.append({"place": there["code"] if there is not None else None,
                             "place_name": there["name"] if there is not None else None, **_named(named[item_id]),
                             "lots": sum(map(bool, lots.values())), "quantity": quantity})  # fmt: skip
    rows.sort(key=lambda row: (row["place"] or "~", row["code"]))
    keys = ["place", "place_name", "code", "name", "unit", "lots", "quantity"]
    return table("stock.by-place", "stock.title.by_place", keys, rows, at=until)


# -- hooks of the floor ----------------------------------------------------------------------------


CHARTS = {"stock.by-class": ("class", ("closing_value",))}


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The book's sections of a month's pack: stock by class, and the material ledger's totals by item."""
    period = month_period(month)
    return pack_period(ledger, period.since, period.until)


def pack_period(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """The book's sections of any period."""
    from logi.books.stock import packing

    return packing.sections(ledger, since, until)


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A document by its number or an item by its code, else None."""
    from logi.books.stock import pages

    return pages.document(ledger, number) or pages.item(ledger, number)


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Items whose code, name or initials fit a text, and the slip of that number."""
    from logi.finding import search as find_rows

    found = [
        {"kind": say("stock.a_item"), "code": row["code"], "name": row["name"],
         "detail": f"{_plain(store.on_hand(ledger.db, row['id'])[0])} {row['unit']}"}
        for row in find_rows(ledger.db, "stock_item", text)
    ]  # fmt: skip
    slip = store.slip(ledger.db, text.upper())
    if slip is not None and not slip["void"]:
        found.append({"kind": title("stock.kind", slip["kind"]), "code": slip["number"], "name": slip["on_day"], "detail": ""})
    return found


# -- helpers ---------------------------------------------------------------------------------------


def _drawn(ledger: "Ledger", since: date, until: date, name: str, title_key: str, by: tuple[str, ...]) -> Table:
    sums: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, 0, None, ""])
    for row in looking.consumption(ledger.db, since.isoformat(), until.isoformat()):
        kept = sums[*(row[column] for column in by), row["code"]]
        kept[0], kept[1], kept[2] = kept[0] + row["quantity_milli"], kept[1] + row["value_fen"], row
        kept[3] = row["purpose"] or kept[3]
    rows = [
        {**{column: row[column] for column in by}, "class": row["class"], **_named(row), "quantity": quantity, "value": value,
         "purpose": purpose or None, "department_code": row["department_code"] or ""}
        for quantity, value, row, purpose in sums.values() if quantity or value
    ]  # fmt: skip
    by_person = "person_code" in by
    rows.sort(key=lambda r: ((r["person_code"] or "") if by_person else "", r.pop("department_code"), r["code"]))
    keys = [*by, "class", "code", "name", "unit", "quantity", "value", *(["purpose"] if "person" in by else [])]
    return table(name, title_key, keys, rows, since=since, until=until)


def _ordered(ledger: "Ledger", found: balances.Balances) -> list[store.Row]:
    live = [one for one in store.item_names(ledger.db) if one["id"] in found and not found[one["id"]].idle]
    known = {one["id"] for one in live}
    return live + [store.item_by_id(ledger.db, item_id) for item_id, b in found.items() if item_id not in known and not b.idle]


def _provisional(found: balances.Balances) -> list[str]:
    return [say("stock.provisional")] if any(b.provisional for b in found.values()) else []


def _named(row: Any) -> dict[str, Any]:
    return {"code": row["code"], "name": row["name"], "unit": row["unit"]}


def _marks(one: Any) -> str:
    return say("stock.comma").join(say(f"stock.is_{mark}") for mark in ("tendered", "chemical") if one[mark])


def _plain(milli: int) -> str:
    from logi.core.messages import quantity_text

    return quantity_text(milli)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

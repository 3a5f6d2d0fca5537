"""What the purchase book can say: requests and how far they came, quotes side by side, vendors, what looks like splitting."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.purchase import actions, rules, school, standing, store
from logi.books.purchase.tabling import card, table
from logi.core.answers import Column, Fen, Table, Word
from logi.core.days import month_period
from logi.core.errors import NotFound
from logi.core.folding import fold
from logi.core.messages import money_text, quantity_text, say, title

if TYPE_CHECKING:
    from logi.db import Ledger

LIST = """number:code on:day department applicant purpose goods category:word:purchase.category budget amount:money+
    stage:word:purchase.stage waits vendor ordered:money+ accepted:money+ invoiced:money+ paid:money+"""


def listing(ledger: "Ledger", since: date | None = None, until: date | None = None, *, state: str | None = None,
            department: str | None = None, category: str | None = None, person: str | None = None,
            vendor: str | None = None, item: str | None = None) -> Table:  # fmt: skip
    """The purchases asked for in a period and how far each has come; `state` is a stage, or `unfinished`."""
    home = school.department(ledger, department)["id"] if department else None
    who = school.person(ledger, person)["id"] if person else None
    seller = school.vendor(ledger, vendor)["id"] if vendor else None
    rows = [
        one for one in standing.purchases(ledger, until=until, since=since)
        if home in (None, one.row["department_id"]) and who in (None, one.row["applicant_id"])
        and category in (None, one.row["category"])
        and (seller is None or (one.order is not None and one.order["vendor_id"] == seller))
        and (item is None or any(fold(item) in fold(line["name"]) or item == line["item_code"] for line in one.lines))
        and (state is None or one.stage == state or (state == "unfinished" and one.stage in rules.OPEN))
    ]  # fmt: skip
    return table("list", say("purchase.title.list"), LIST, [_row(one) for one in rows])


def purchases(ledger: "Ledger", since: date, until: date) -> Table:
    """採購月報: what was asked for in a period, as it stood at its end, with what looks like splitting below."""
    until = min(until, ledger.today)
    found = standing.purchases(ledger, until=until, since=since)
    notes = [text for _, text in _split(ledger, found)]
    heading = say("purchase.title.purchases", since=since, until=until)
    return table("purchases", heading, LIST, [_row(one) for one in found], notes=notes)


def purchase_open(ledger: "Ledger", since: date, until: date) -> Table:
    """What is open at the end of a period, whenever it was asked for: to be approved, ordered, delivered, invoiced."""
    return _open(ledger, min(until, ledger.today))


def purchase_vendors(ledger: "Ledger", since: date, until: date) -> Table:
    """供應商一覽: every vendor with licence, tender list and black list, and what was bought from them in a period."""
    return vendors(ledger, since, min(until, ledger.today))


def purchase_splits(ledger: "Ledger", since: date, until: date) -> Table:
    """Requests of one category and budget item that together need a higher tier than each alone."""
    rows = []
    for one in standing.purchases(ledger, until=min(until, ledger.today), since=since):
        if one.ended in ("rejected", "dropped"):
            continue
        near, year = standing.splits(ledger, one.row, but=one.row["id"])
        if near or year is not None:
            whole = one.row["amount_fen"] + sum(other.amount_fen for other in near) if near else year
            rows.append({**_row(one), "others": " ".join(other.number for other in near) or None, "whole": whole})
    specs = """number:code on:day category:word:purchase.category budget amount:money others whole:money
        stage:word:purchase.stage"""
    return table("splits", say("purchase.title.splits", since=since, until=until), specs, rows)


def purchase_unasked(ledger: "Ledger", since: date, until: date) -> Table:
    """Goods taken in and things put on the register in a period without any request."""
    rows = [
        {"kind": row["kind"], "number": row["number"], "on": date.fromisoformat(row["on_day"]), "name": row["name"],
         "vendor": row["vendor"], "value": row["value_fen"], "invoice": row["invoice"]}
        for row in store.unasked(ledger.db, since.isoformat(), min(until, ledger.today).isoformat())
    ]  # fmt: skip
    specs = "kind:word:purchase.unasked number:code on:day name vendor invoice:code value:money+"
    return table("unasked", say("purchase.title.unasked", since=since, until=until), specs, rows)


def compare(ledger: "Ledger", number: str) -> Table:
    """The quotes of a request side by side: each line's prices by vendor, their sums, which was chosen and why (比價)."""
    one = standing.purchase(ledger, number)
    codes = one.vendors()
    names = {row["vendor_code"]: row["vendor"] for row in one.quotes}
    by = {(row["vendor_code"], row["line"]): row["price_fen"] for row in one.quotes}
    columns = [
        Column("line", say("purchase.col.line"), "count"), Column("name", say("purchase.col.name")),
        Column("quantity", say("purchase.col.quantity"), "quantity"), Column("price", say("purchase.col.price"), "money"),
        *(Column(code, f"{code} {names[code]}", "money") for code in codes),
    ]  # fmt: skip
    rows: list[Mapping[str, Any]] = [
        {"line": row["line"], "name": row["name"], "quantity": row["quantity_milli"], "price": row["price_fen"],
         **{code: by[code, row["line"]] for code in codes}}
        for row in one.lines
    ]  # fmt: skip
    sums = {code: sum(row["value_fen"] for row in one.quotes if row["vendor_code"] == code) for code in codes}
    rows.append({"name": say("purchase.note.whole"), "price": one.row["amount_fen"], **sums})
    notes = [say("purchase.note.quotes", count=len(codes), needed=actions.needed(ledger, one))]
    if one.order is not None:
        notes.append(say("purchase.note.chosen", vendor=one.order["vendor"], total=Fen(one.order["value_fen"]),
                         reason=one.order["reason"] or actions.why(one)))  # fmt: skip
    return Table("purchase.compare", say("purchase.title.compare", number=one.number), columns, rows, notes=notes)


def vendors(ledger: "Ledger", since: date, until: date) -> Table:
    """Vendors with their licences as of a day, and what was bought from each in a period."""
    bought: dict[int, list[int]] = {}
    for order in store.orders(ledger.db, until=until.isoformat()):
        if order["on_day"] >= since.isoformat() and order["state"] != "dropped":
            bought.setdefault(order["vendor_id"], []).append(order["value_fen"])
    rows = [
        {"code": row["code"], "name": row["name"], "class": row["class"], "credit_code": row["credit_code"],
         "licence": row["licence_no"], "licence_to": standing.as_day(row["licence_to"]),
         "tender": standing.as_day(row["tendered_to"]), "contact": row["contact"], "phone": row["phone"],
         "orders": len(bought.get(row["id"], ())), "value": sum(bought.get(row["id"], ())), "state": vendor_state(row, until)}
        for row in school.rows(ledger.db, "school_vendor")
    ]  # fmt: skip
    specs = """code:code name class credit_code:code licence:code licence_to:day tender:day contact phone:code orders:count+
        value:money+ state:word:purchase.vendor"""
    return table("vendors", say("purchase.title.vendors", day=until), specs, rows)


def vendor_state(row: Any, on: date) -> str | None:
    """What is to be said of a vendor on a day: on the black list, licence or tender ended, licence unknown though food."""
    day = on.isoformat()
    if row["blacklisted_on"] and row["blacklisted_on"] <= day:
        return "blacklisted"
    if row["licence_to"] and row["licence_to"] < day:
        return "expired"
    if row["tendered_to"] and row["tendered_to"] < day:
        return "untendered"
    food = fold(row["class"] or "") in ("food", fold("食材"), fold("食品"))
    return "unlicensed" if food and not row["licence_no"] else None


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's purchases, and what is open at its end."""
    period = month_period(month)
    until = min(period.until, ledger.today)
    if not store.requests(ledger.db, until=until.isoformat()):  # a school that does not keep this book
        return []
    return [purchases(ledger, period.since, until), _open(ledger, until), purchase_unasked(ledger, period.since, until)]


def alarms(ledger: "Ledger", since: date, until: date) -> list[dict[str, Any]]:
    """What stands among a period's exceptions: what looks like splitting, what was bought first and not signed for in time."""
    found = standing.purchases(ledger, until=until)
    asked = [one for one in found if one.row["on_day"] >= since.isoformat()]
    rows: list[dict[str, Any]] = [
        {"kind": "split", "subject": numbers[-1], "entry": None, "text": text} for numbers, text in _split(ledger, asked)
    ]
    for one in found:
        last = standing.sign_by(ledger, one)
        if last is not None and last < until:
            text = say("purchase.due.back_sign", number=one.number, purpose=one.row["purpose"], day=last,
                       level=title("purchase.level", one.missing[0]))  # fmt: skip
            rows.append({"kind": "unsigned", "subject": one.number, "entry": None, "text": text})
    return rows


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A request and all that became of it, or an acceptance; None if this book has neither."""
    row = store.request(ledger, number)
    if row is None:
        slip = store.receipts(ledger.db, number=number)
        if not slip:
            return None
        asked = store.request_by_id(ledger.db, slip[0]["request_id"])
        return [_receipt(slip, number.upper(), standing.purchase(ledger, asked["number"]))]
    one = standing.purchase(ledger, row["number"])
    tables = [_head(ledger, one), _lines(ledger, one)]
    if one.quotes:
        tables.append(compare(ledger, one.number))
    slips = dict.fromkeys(got["number"] for got in one.receipts)
    return [*tables, *(_receipt([got for got in one.receipts if got["number"] == no], no, one) for no in slips)]


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Requests whose number, purpose, budget item, department or goods fit."""
    return [
        {"kind": "purchase", "code": row["number"], "name": row["purpose"],
         "detail": f"{row['on_day']} · {row['department']} · {money_text(row['amount_fen'], grouped=True)}"}
        for row in store.found(ledger.db, text, fold)
    ]  # fmt: skip


# -- pieces ------------------------------------------------------------------------------------------


def _row(one: standing.Purchase) -> dict[str, Any]:
    stage = one.stage
    return {
        "number": one.number, "on": date.fromisoformat(one.row["on_day"]), "department": one.row["department"],
        "applicant": one.row["applicant"], "purpose": one.row["purpose"], "goods": "、".join(row["name"] for row in one.lines),
        "category": one.row["category"], "budget": one.row["budget"], "amount": one.row["amount_fen"], "stage": stage,
        "waits": title("purchase.level", one.missing[0]) if one.missing and not one.ended else None,
        "vendor": one.order["vendor"] if one.order is not None else None,
        "ordered": one.order["value_fen"] if one.order is not None and one.stage != "dropped" else None,  # cancelled
        "accepted": one.accepted_fen if one.receipts else None, "invoiced": one.invoiced_fen or None,
        "paid": one.paid_fen or None,
    }  # fmt: skip


def _open(ledger: "Ledger", until: date) -> Table:
    """The three lists of a bursar in one: open requests, ordered and not delivered, delivered and not invoiced."""
    rows = []
    for one in standing.purchases(ledger, until=until):
        for matter in one.matters:
            since = {"request": one.row["on_day"], "delivery": one.order and one.order["on_day"],
                     "invoice": one.receipts and one.receipts[-1]["on_day"]}[matter]  # fmt: skip
            due = standing.as_day(one.order["due_on"]) if matter == "delivery" else None
            days = (until - date.fromisoformat(since)).days
            rows.append({**_row(one), "matter": matter, "open": one.open_fen(matter), "days": days, "due": due})
    rows.sort(key=lambda row: (("request", "delivery", "invoice").index(row["matter"]), row["number"]))
    specs = """matter:word:purchase.matter number:code on:day department applicant goods open:money+ stage:word:purchase.stage
        waits vendor amount:money ordered:money accepted:money due:day days:count"""
    return table("open", say("purchase.title.open", day=until), specs, rows)


def _split(ledger: "Ledger", found: Sequence[standing.Purchase]) -> list[tuple[list[str], str]]:
    """What of these looks like splitting: the numbers that belong together, and a sentence; a part of more is left out."""
    said: dict[frozenset[str], str] = {}
    for one in found:
        if one.ended in ("rejected", "dropped"):
            continue
        near, _ = standing.splits(ledger, one.row, but=one.row["id"])
        if near:
            numbers = sorted({one.number, *(other.number for other in near)})
            whole = one.row["amount_fen"] + sum(other.amount_fen for other in near)
            category = Word.of("purchase.category", one.row["category"])
            said.setdefault(frozenset(numbers), say("purchase.note.split", numbers=numbers, whole=Fen(whole),
                                                    category=category, budget=one.row["budget"]))  # fmt: skip
    return [(sorted(numbers), text) for numbers, text in said.items() if not any(numbers < other for other in said)]


def _head(ledger: "Ledger", one: standing.Purchase) -> Table:
    row, order = one.row, one.order
    waits = [Word.of("purchase.level", level) for level in one.missing] if one.missing and not one.ended else None
    slips = [slip["number"] for slip in store.slips(ledger.db, one.number)]
    cards = [made["code"] for made in store.cards(ledger.db, one.number)]
    facts: dict[str, Any] = {
        "number": one.number, "on": date.fromisoformat(row["on_day"]), "department": row["department"],
        "applicant": row["applicant"], "purpose": row["purpose"], "benefit": row["benefit"], "budget": row["budget"],
        "category": Word.of("purchase.category", row["category"]), "wanted": standing.as_day(row["wanted_on"]),
        "emergency": row["emergency"], "amount": Fen(row["amount_fen"]), "stage": Word.of("purchase.stage", one.stage),
        "waits": waits, "reason": row["end_reason"],
    }  # fmt: skip
    if order is not None:
        facts |= {
            "vendor": f"{order['vendor_code']} {order['vendor']}", "ordered_on": date.fromisoformat(order["on_day"]),
            "ordered": Fen(order["value_fen"]), "method": Word.of("purchase.method", order["method"]),
            "buyer": order["buyer"], "due": standing.as_day(order["due_on"]), "contract": order["contract"],
            "accepted": Fen(one.accepted_fen), "slips": slips or None, "cards": cards or None,
            "invoices": [f"{n['invoice_no']} {money_text(n['amount_fen'], grouped=True)}" for n in one.invoices] or None,
            "paid": Fen(one.paid_fen) if one.paid_fen else None,
        }  # fmt: skip
    return card("request", f"{say('purchase.title.request')} {one.number}", facts)


def _lines(ledger: "Ledger", one: standing.Purchase) -> Table:
    had = store.stocked(ledger.db, one.number).get(one.number, {})
    rows = [
        {"line": row["line"], "code": row["item_code"], "name": row["name"], "spec": row["spec"], "unit": row["unit"],
         "quantity": row["quantity_milli"], "price": row["price_fen"], "value": row["value_fen"],
         "delivered": one.delivered(row["line"]), "accepted_quantity": one.accepted(row["line"]),
         "stocked": had.get(row["item_id"]) if row["item_id"] is not None else None}
        for row in one.lines
    ]  # fmt: skip
    specs = """line:count code:code name spec unit quantity:quantity price:money value:money+ delivered:quantity
        accepted_quantity:quantity stocked:quantity"""
    return table("lines", say("purchase.title.lines"), specs, rows)


def _receipt(rows: Sequence[Any], number: str, one: standing.Purchase) -> Table:
    names = {row["line"]: row["name"] for row in one.lines}
    lines = [
        {"name": names[row["line"]], "delivered": row["delivered_milli"], "accepted_quantity": row["accepted_milli"],
         "maker": row["maker"], "address": row["maker_address"], "made": standing.as_day(row["made_on"]),
         "expires": standing.as_day(row["expires_on"]), "lot": row["lot"], "certificate": row["certificate"],
         "note": row["note"]}
        for row in rows
    ]  # fmt: skip
    first = rows[0]
    by = [name for name in (first["inspector"], first["second"]) if name]
    vendor = one.order["vendor"] if one.order is not None else None
    told = say("purchase.note.receipt", request=one.number, vendor=vendor, by=by, buyer=first["buyer"],
               licence=first["licence"])  # fmt: skip
    kind = "returned" if first["accepted_milli"] < 0 else "receipt"
    heading = say(f"purchase.title.{kind}", number=number, day=date.fromisoformat(first["on_day"]))
    specs = "name delivered:quantity accepted_quantity:quantity maker address made:day expires:day lot:code certificate note"
    return table("receipt", heading, specs, lines, notes=[] if kind == "returned" else [told])


def receipt_of(ledger: "Ledger", number: str) -> tuple[list[Any], standing.Purchase]:
    """An acceptance by its number with its purchase (NotFound, 3); a request's number means its last acceptance."""
    rows = [one for one in store.receipts(ledger.db, number=number) if one["accepted_milli"] >= 0]
    if not rows and (row := store.request(ledger, number)) is not None:
        found = [one for one in store.receipts(ledger.db, row["id"]) if one["accepted_milli"] >= 0]
        rows = [one for one in found if one["number"] == found[-1]["number"]]
    if not rows:
        raise NotFound("purchase.no_receipt", number=number)
    return rows, standing.purchase(ledger, store.request_by_id(ledger.db, rows[0]["request_id"])["number"])


def quantity_line(row: Any) -> str:
    """A line in words: name, quantity, unit."""
    return f"{row['name']} {quantity_text(row['quantity_milli'])}" + (f" {row['unit']}" if row["unit"] else "")

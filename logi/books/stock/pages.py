"""Whole pages of the stock book: a slip, an item with its lots, the material ledger (材料明細賬) of an item."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.stock import balances, school, store
from logi.books.stock import store_costing as carried
from logi.books.stock import store_kits as requests
from logi.books.stock import store_looking as looking
from logi.books.stock.columns import column, plain_facts, unit_price
from logi.books.stock.posting import MONTHLY, costing
from logi.books.stock.rules import IN_SIDE
from logi.core.answers import Column, Table
from logi.core.messages import money_text, quantity_text, say, title

if TYPE_CHECKING:
    from logi.db import Ledger

GROUPS = ("in", "out", "balance")


def document(ledger: "Ledger", number: str) -> list[Table] | None:
    """A slip, a request, a count or its table of differences; None if no such number is known."""
    from logi.books.stock import count_pages, requesting, shifting

    books = (slip, shifting.show, requesting.show, count_pages.show)
    return next((found for show in books if (found := show(ledger, number))), None)


def slip(ledger: "Ledger", number: str) -> list[Table] | None:
    """A slip: who, when, for what; its lines with price, amount and lot; None if there is no such number."""
    row = store.slip(ledger.db, number)
    if row is None:
        return None
    head: list[tuple[str, Any]] = [("number", number), ("kind", title("stock.kind", row["kind"])), ("day", row["on_day"])]
    for key, table in (("vendor", "vendor"), ("department", "department"), ("person", "person"), ("keeper", "person"),
                       ("buyer", "person"), ("inspector", "person"), ("place", "place")):  # fmt: skip
        found = school.by_id(ledger.db, f"school_{table}", row[f"{key}_id"])
        head.append((key, f"{found['code']} {found['name']}" if found else None))
    head += [(key, row[key]) for key in ("purpose", "request_no", "invoice_no", "reason", "ref")]
    for key, other in (("of_number", row["of_slip_id"]), ("corrects", row["corrects_id"])):
        head.append((key, store.slip_by_id(ledger.db, other)["number"] if other else None))
    if row["request_id"]:
        head.append(("request_number", requests.request_by_id(ledger.db, row["request_id"])["number"]))
    if row["kit_id"]:
        kit = requests.kit_by_id(ledger.db, row["kit_id"])["name"]
        head.append(("kit_name", say("stock.kit_heads_shown", kit=kit, heads=row["heads"])))
    head.append(("corrected_by", store.correction_of(ledger.db, row["id"])))
    head.append(("state", say("stock.undone") if row["void"] else None))
    lines = [_line(one) for one in store.lines(ledger.db, row["id"], all_rows=bool(row["void"]))]
    keys = ["line", "code", "name", "spec", "unit", "quantity", "price", "value", "lot", "made_on", "expires_on"]
    columns = [Column("line", say("stock.col.line"), "count"), *(column(k, total=k == "value") for k in keys[1:])]
    return [plain_facts(head, f"stock.show.{row['number']}", f"{title('stock.slip', row['kind'])} {row['number']}"),
            Table("stock.lines", say("stock.title.lines"), columns, lines)]  # fmt: skip


def item(ledger: "Ledger", text: str, *, exactly: bool = True) -> list[Table] | None:
    """An item's card and its lots; by code alone unless `exactly` is False."""
    from logi.finding import by_code

    row = by_code(ledger.db, "stock_item", text) if exactly else store.item(ledger, text)
    if row is None:
        return None
    held = balances.now(ledger, ledger.today).get(row["id"], balances.Balance())
    place = school.by_id(ledger.db, "school_place", row["place_id"])
    unit = row["unit"]

    def amount(milli: int | None) -> str | None:
        return None if milli is None else f"{quantity_text(milli)} {unit}"

    head = [
        ("code", row["code"]), ("name", row["name"]), ("spec", row["spec"]), ("class", title("stock.class", row["class"])),
        ("unit", unit), ("packs", "；".join(f"{u} = {amount(n)}" for u, n in store.packs(ledger.db, row["id"]).items())),
        ("quantity", amount(held.closing_milli)), ("value", money_text(held.closing_fen, grouped=True)),
        ("minimum", amount(row["min_milli"])), ("maximum", amount(row["max_milli"])),
        ("shelf_life_days", str(row["shelf_life_days"] or "")),
        ("place", f"{place['code']} {place['name']}" if place else None),
        ("method", title("stock.costing", own) if (own := carried.own_costings(ledger.db).get(row["id"])) else None),
        ("marks", say("stock.comma").join(say(f"stock.is_{m}") for m in ("tendered", "chemical") if row[m])),
    ]  # fmt: skip
    lots = [
        {"received_on": date.fromisoformat(lot["received_on"]), "lot": lot["label"], "made_on": _day(lot["made_on"]),
         "expires_on": _day(lot["expires_on"]), "price": unit_price(lot["price_fen"], lot["per_milli"]),
         "quantity": lot["left_milli"]}
        for lot in store.lots(ledger.db, row["id"])
    ]  # fmt: skip
    keys = ["received_on", "lot", "made_on", "expires_on", "price", "quantity"]
    notes = [say("stock.provisional")] if held.provisional else []
    return [plain_facts(head, f"stock.show.{row['code']}", f"{row['code']} {row['name']}", notes),
            Table("stock.lots", say("stock.title.lots"), [column(k, total=k == "quantity") for k in keys], lots)]  # fmt: skip


def material_ledger(ledger: "Ledger", text: str, since: date, until: date) -> Table:
    """The classic page: day, slip, summary, then quantity, price and amount of 收, 發 and 存; month and running totals."""
    one = store.item(ledger, text)
    until = min(until, ledger.today)
    opening = balances.before(ledger, since).get(one["id"], balances.Balance())
    prices = looking.ledger_prices(ledger.db, one["id"], since.isoformat(), until.isoformat())
    page = _Page(opening.closing_milli, opening.closing_fen)
    year = looking.item_flow(ledger.db, one["id"], f"{since.year}-01-01", since.isoformat())
    page.sums["year"] = [year["in_milli"], year["in_fen"], year["out_milli"], year["out_fen"]]
    if opening.closing_milli or opening.closing_fen:
        page.rows.append({"day": since, "summary": say("stock.row.opening"), **page.balance()})
    for row in looking.ledger_rows(ledger.db, one["id"], since.isoformat(), until.isoformat()):
        page.turn_to(row["on_day"])
        key = (row["on_day"], row["slip_id"], row["line"], row["sign"])
        page.write(row, row["moved_fen"] + prices.get(key, 0), _summary(row))
    page.turn_to("")
    keys = ["day", "number", "summary"]
    columns = [column(key) for key in keys]
    for group in GROUPS:
        for part, kind in (("quantity", "quantity"), ("price", "money"), ("value", "money")):
            columns.append(Column(f"{group}_{part}", say(f"stock.col.{group}_{part}"), kind))
    notes = [say("stock.priced_at_closing")] if costing(ledger, one["id"]) == MONTHLY else []
    full = " ".join(part for part in (one["code"], one["name"], one["spec"]) if part)
    name = say("stock.title.ledger", item=full, unit=one["unit"])
    return Table("stock.ledger", name, columns, page.rows, notes=notes)


class _Page:
    """The running page of a material ledger: writes lines, and at each month's end its total and the year's."""

    def __init__(self, quantity_milli: int, value_fen: int) -> None:
        self.rows: list[dict[str, Any]] = []
        self.quantity, self.value = quantity_milli, value_fen
        self.month = ""
        self.sums = {"month": [0] * 4, "year": [0] * 4}

    def balance(self) -> dict[str, Any]:
        return {"balance_quantity": self.quantity, "balance_price": unit_price(self.value, self.quantity),
                "balance_value": self.value}  # fmt: skip

    def write(self, row: Any, value: int, summary: str) -> None:
        self.quantity, self.value = self.quantity + row["quantity_milli"], self.value + value
        inward = row["kind"] in IN_SIDE
        side, sign = ("in", 1) if inward else ("out", -1)
        amount, worth = sign * row["quantity_milli"], sign * value
        for sums in self.sums.values():
            at = 0 if inward else 2
            sums[at], sums[at + 1] = sums[at] + amount, sums[at + 1] + worth
        known = row["priced"] or worth
        self.rows.append({
            "day": date.fromisoformat(row["on_day"]), "number": row["number"], "summary": summary,
            f"{side}_quantity": amount, f"{side}_price": unit_price(worth, amount) if known else None,
            f"{side}_value": worth if known else None, **self.balance(),
        })  # fmt: skip

    def turn_to(self, day: str) -> None:
        """Close the month that ends before this day (all of them for "")."""
        if self.month and day[:7] != self.month:
            for name in ("month", "year"):
                sums = self.sums[name]
                self.rows.append({
                    "summary": say(f"stock.row.{name}", month=self.month, year=self.month[:4]),
                    "in_quantity": sums[0], "in_value": sums[1], "out_quantity": sums[2], "out_value": sums[3],
                    **self.balance(),
                })  # fmt: skip
            self.sums["month"] = [0] * 4
            if day[:4] != self.month[:4]:
                self.sums["year"] = [0] * 4
        self.month = day[:7]


def _summary(row: Any) -> str:
    parts = [row["vendor"], row["department"], row["person"], row["purpose"] or row["reason"]]
    text = " ".join(part for part in parts if part) or title("stock.move", row["kind"])
    return say("stock.row.reversal", text=text) if row["sign"] < 0 else text


def _line(one: Any) -> dict[str, Any]:
    sign = 1 if one["kind"] in ("in", "gain", "return") else -1
    shown = one["quantity_milli"] if one["kind"] in ("gain", "loss") else sign * one["quantity_milli"]
    value = (1 if one["kind"] in ("gain", "loss") else sign) * (one["value_fen"] + one["price_value"])
    known = one["priced"] or one["price_rows"]
    return {
        "line": one["line"], "code": one["code"], "name": one["name"], "spec": one["spec"], "unit": one["unit"],
        "quantity": shown, "price": unit_price(value, shown) if known else None, "value": value if known else None,
        "lot": one["label"], "made_on": _day(one["made_on"]), "expires_on": _day(one["expires_on"]),
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

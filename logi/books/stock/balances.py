"""Balances by item: of a month (stored ones where it is closed), of any period, and the provisional month average."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.stock import store
from logi.books.stock import store_looking as looking
from logi.books.stock.posting import monthly
from logi.core.days import add_months
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

OPENING, IN, OUT = 0, 2, 4  # where a balance's pairs of (thousandths, fen) begin


class Balance:
    """One item's opening, in, out and closing in quantity and value; `closing` always follows from the other three."""

    __slots__ = ("in_fen", "in_milli", "opening_fen", "opening_milli", "out_fen", "out_milli", "provisional")

    def __init__(self, opening_milli: int = 0, opening_fen: int = 0, in_milli: int = 0, in_fen: int = 0,
                 out_milli: int = 0, out_fen: int = 0) -> None:  # fmt: skip
        self.opening_milli, self.opening_fen = opening_milli, opening_fen
        self.in_milli, self.in_fen, self.out_milli, self.out_fen = in_milli, in_fen, out_milli, out_fen
        self.provisional = False

    @property
    def closing_milli(self) -> int:
        """opening + in - out."""
        return self.opening_milli + self.in_milli - self.out_milli

    @property
    def closing_fen(self) -> int:
        """opening + in - out."""
        return self.opening_fen + self.in_fen - self.out_fen

    @property
    def idle(self) -> bool:
        """Nothing there and nothing moved."""
        moved = self.in_milli or self.in_fen or self.out_milli or self.out_fen
        return not (moved or self.opening_milli or self.opening_fen)

    def add(self, row: store.Row) -> None:
        """Add what came in and went out."""
        self.in_milli, self.in_fen = self.in_milli + row["in_milli"], self.in_fen + row["in_fen"]
        self.out_milli, self.out_fen = self.out_milli + row["out_milli"], self.out_fen + row["out_fen"]

    def price_provisionally(self) -> None:
        """Value what went out at the average of what was there and came in so far."""
        if not self.out_milli:
            return
        there = self.opening_milli + self.in_milli
        value = self.opening_fen + self.in_fen
        self.provisional = True
        if self.out_milli == there:
            self.out_fen = value
        elif there > 0:
            self.out_fen = ratio_half_up(value * self.out_milli, there)


Balances = dict[int, Balance]


def of_month(source: "Ledger | Entry", month: str) -> Balances:
    """Every item's balance of a month; a closed month is read as it was stored."""
    if stored := looking.stored_flows(source.db, month):
        return {item_id: Balance(*figures) for item_id, *figures in stored}
    last = looking.last_closing(source.db, month)
    start = {item_id: (row["closing_milli"], row["closing_fen"]) for item_id, row in looking.closings(source.db, last).items()}
    priced_later = monthly(source)
    at = last
    first = add_months(last, 1) if last else ""
    running: Balances = {item_id: Balance(*pair) for item_id, pair in start.items()}
    for row in looking.month_flows(source.db, first, month):
        if row["month"] != at:
            running = _carried(running, priced_later if at != last else None)
            at = row["month"]
        running.setdefault(row["item_id"], Balance()).add(row)
    if at != month:
        running = _carried(running, priced_later if at != last else None)
    elif at != last:
        _price(running, priced_later)
    return running


def of_period(source: "Ledger | Entry", since: date, until: date) -> Balances:
    """Every item's balance of any days; whole months come from their sums, the edges from the moves."""
    if since.day == 1 and _month_end(until) == until and since.isoformat()[:7] == until.isoformat()[:7]:
        return of_month(source, since.isoformat()[:7])
    found = before(source, since)
    priced_later = monthly(source)
    if priced_later:
        after = before(source, until + timedelta(days=1))
    for item_id, row in looking.flows_between(source.db, since.isoformat(), until.isoformat()).items():
        found.setdefault(item_id, Balance()).add(row)
    if priced_later:
        for item_id, balance in found.items():
            end = after.get(item_id, Balance())
            if balance.closing_fen != end.opening_fen:
                balance.out_fen += balance.closing_fen - end.opening_fen
                balance.provisional = True
    return found


def before(source: "Ledger | Entry", day: date) -> Balances:
    """What was on hand when a day began, as opening balances."""
    month = day.isoformat()[:7]
    found = _carried(of_month(source, add_months(month, -1)), None)
    if day.day > 1:
        for balance in found.values():
            balance.in_milli = balance.in_fen = balance.out_milli = balance.out_fen = 0
        rows = looking.flows_between(source.db, f"{month}-01", (day - timedelta(days=1)).isoformat())
        for item_id, row in rows.items():
            found.setdefault(item_id, Balance()).add(row)
        if (priced_later := monthly(source)) and not looking.closings(source.db, month):
            _price(found, priced_later)
        found = _carried(found, None)
    return found


def now(source: "Ledger | Entry", day: date) -> Balances:
    """What was on hand when a day ended, as opening balances."""
    return before(source, day + timedelta(days=1))


def below_minimum(ledger: "Ledger") -> list[dict[str, Any]]:
    """Items of which less is fit for use than their minimum, with what has `expired` and how much to buy (`need`): up to
    the maximum, else to the minimum."""
    gone = store.expired(ledger.db, ledger.today.isoformat())
    found = []
    for one in on_hand_today(ledger):
        held, bad = one["quantity_milli"] or 0, gone.get(one["id"], 0)
        if one["min_milli"] is not None and held - bad < one["min_milli"]:
            need = (one["max_milli"] or one["min_milli"]) - held + bad
            found.append({**one, "quantity_milli": held, "expired": bad, "need": need})
    return found


def on_hand_today(ledger: "Ledger") -> list[dict[str, Any]]:
    """All items with what is on hand on the ledger's day, which may be fixed in the past."""
    found = [dict(one) for one in store.items(ledger.db)]
    if store.moves_after(ledger.db, ledger.today):
        held = now(ledger, ledger.today)
        for one in found:
            balance = held.get(one["id"], Balance())
            one["quantity_milli"], one["value_fen"] = balance.closing_milli, balance.closing_fen
    return found


def _price(running: Balances, priced_later: Callable[[int], bool] | None) -> None:
    if priced_later:
        for item_id, balance in running.items():
            if priced_later(item_id):
                balance.price_provisionally()


def _carried(running: Balances, priced_later: Callable[[int], bool] | None) -> Balances:
    _price(running, priced_later)
    carried: Balances = {}
    for item_id, balance in running.items():
        if balance.closing_milli or balance.closing_fen:
            carried[item_id] = Balance(balance.closing_milli, balance.closing_fen)
            carried[item_id].provisional = balance.provisional
    return carried


def _month_end(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)

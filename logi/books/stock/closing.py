"""Closing a month of the stock book: month-average issues get their price, closing balances are stored."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from logi.books.stock import balances, store
from logi.books.stock import store_costing as carried
from logi.books.stock import store_counts as counts
from logi.books.stock import store_looking as looking
from logi.books.stock.costing import changed_since
from logi.books.stock.posting import FIFO, costing, monthly, reverse_price, write_price
from logi.books.stock.rules import month_costs, spread
from logi.books.stock.signing import unsigned_slips
from logi.core.days import month_period
from logi.core.due import Blocker
from logi.core.errors import Refused
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

COLUMNS = (
    "month", "item_id", "opening_milli", "opening_fen", "in_milli", "in_fen", "out_milli", "out_fen", "closing_milli",
    "closing_fen",
)  # fmt: skip
CLASS_COLUMNS = ("month", "class", "items", "opening_fen", "in_fen", "out_fen", "closing_fen")
# Only lots that moved in the month: a lot's balance is that of the last month it is stored for.
LOT_COLUMNS = ("month", "lot_id", "item_id", "left_milli", "left_fen")


def blockers(ledger: "Ledger", month: str) -> list[Blocker]:
    """What must be mended before the month's stock can be closed: balances that do not add up, counts not settled."""
    found = [
        Blocker(say("stock.count_unsettled", number=row["number"], day=row["on_day"]),
                f"logi stock count settle {row['number']}")
        for row in counts.counts(ledger.db, "open") if row["on_day"][:7] == month
    ]  # fmt: skip
    return found + [
        Blocker(say("stock.wrong_balance", item=store.item_by_id(ledger.db, item_id)["name"], month=month), "logi audit verify")
        for item_id, balance in balances.of_month(ledger, month).items()
        if balance.closing_milli < 0 or balance.closing_fen < 0
    ]  # fmt: skip


def notices(ledger: "Ledger", month: str) -> list[tuple[str, dict[str, Any]]]:
    """Slips of the month that lack signatures: they are listed, and stand in nobody's way."""
    period = month_period(month)
    lacking = unsigned_slips(ledger, period.since, period.until)
    if not lacking:
        return []
    command = f"logi stock slips --unsigned --month {month}"
    return [("stock.close_unsigned", {"count": len(lacking), "numbers": lacking[:10], "month": month, "command": command})]


def close(e: "Entry", month: str) -> None:
    """Price the month's issues that cost the month's average, and store closing balances."""
    if monthly(e):
        _price(e, month)
    found = {item_id: b for item_id, b in sorted(_exact(e, month).items()) if not b.idle}
    rows = [
        (month, item_id, b.opening_milli, b.opening_fen, b.in_milli, b.in_fen, b.out_milli, b.out_fen, b.closing_milli,
         b.closing_fen)
        for item_id, b in found.items()
    ]  # fmt: skip
    e.insert_many("stock_closing", COLUMNS, rows)
    e.insert_many("stock_closing_class", CLASS_COLUMNS, [(month, *row) for row in _by_class(e, found)])
    own, book = carried.own_costings(e.db), costing(e)
    e.insert_many("stock_closing_lot", LOT_COLUMNS, [
        (month, r[0], r[1], r[2], r[3] if own.get(r[1], book) == FIFO else None) for r in looking.lots_moved_in(e.db, month)
    ])  # fmt: skip


def reopen(e: "Entry", month: str) -> None:
    """Take the stored balances and the month's prices back. Refused (4) for a year that was valued in another way."""
    if (year := changed_since(e, month)) is not None:
        raise Refused("stock.costing_since", month=month, year=year)
    for table in ("stock_closing", "stock_closing_class", "stock_closing_lot"):
        for row_id in looking.stored_rows(e.db, table, month):
            e.void(table, row_id)
    for price in looking.prices_of(e.db, month):
        reverse_price(e, price, price["on_day"])
        store.flow(e.db, price["item_id"], price["on_day"], price["kind"], 0, -price["value_fen"])


def _exact(e: "Entry", month: str) -> balances.Balances:
    """The month's balances from posted values alone, on top of the last closing (months between stood open and empty)."""
    last = looking.last_closing(e.db, month)
    found = {
        item_id: balances.Balance(row["closing_milli"], row["closing_fen"])
        for item_id, row in looking.closings(e.db, last).items()
    }
    for row in looking.month_flows(e.db, last + "~" if last else "", month):
        balance = found.setdefault(row["item_id"], balances.Balance())
        if row["month"] == month:
            balance.add(row)
        else:
            balance.opening_milli += row["in_milli"] - row["out_milli"]
            balance.opening_fen += row["in_fen"] - row["out_fen"]
    return found


def _by_class(e: "Entry", found: balances.Balances) -> list[tuple[str, int, int, int, int, int]]:
    """Items, opening, in, out and closing value of each class, as its items are classed on this day."""
    sums: dict[str, list[int]] = {}
    for item_id, b in found.items():
        one = sums.setdefault(store.item_by_id(e.db, item_id)["class"], [0] * 5)
        for at, value in enumerate((1, b.opening_fen, b.in_fen, b.out_fen, b.closing_fen)):
            one[at] += value
    return [(kind, s[0], s[1], s[2], s[3], s[4]) for kind, s in sorted(sums.items())]


def _price(e: "Entry", month: str) -> None:
    rows = looking.to_price(e.db, month)
    rest = []
    for row in rows:
        if row["kind"] == "return" and (value := _earlier_issue_value(e, row, month)) is not None:
            write_price(e, row, value)
        else:
            rest.append(row)
    pools = _exact(e, month)
    for item_id, moves in groupby(rest, key=lambda r: r["item_id"]):
        _price_item(e, pools.get(item_id, balances.Balance()), list(moves))


def _earlier_issue_value(e: "Entry", row: Any, month: str) -> int | None:
    """What a return of an earlier month's issue is worth, at that issue's cost."""
    issue = [r for r in store.lines(e.db, row["of_slip_id"]) if r["line"] == row["of_line"]]
    if not issue or issue[0]["on_day"][:7] >= month:
        return None
    cost, quantity = -sum(r["price_value"] for r in issue), -sum(r["quantity_milli"] for r in issue)
    return spread(cost, [row["quantity_milli"], quantity - row["quantity_milli"]])[0]


def _price_item(e: "Entry", pool: balances.Balance, rows: list[Any]) -> None:
    """`pool` holds opening and all that came in; priced returns of earlier issues stand in it as red issues."""
    waiting = sum(row["quantity_milli"] for row in rows)
    there = pool.closing_milli - waiting
    groups = [list(g) for _, g in groupby(rows, key=lambda r: (r["slip_id"], r["line"], r["kind"]))]
    places = {(g[0]["slip_id"], g[0]["line"]): at for at, g in enumerate(groups) if g[0]["kind"] != "return"}
    moves = [
        (abs(sum(r["quantity_milli"] for r in g)), _of(g, places)) for g in groups
    ]  # fmt: skip
    for group, cost in zip(groups, month_costs(there, pool.closing_fen, moves), strict=True):
        signed = cost if group[0]["kind"] == "return" else -cost
        for row, share in zip(group, spread(signed, [abs(r["quantity_milli"]) for r in group]), strict=True):
            write_price(e, row, share)


def _of(group: Iterable[Any], places: dict[tuple[int, int], int]) -> int | None:
    first = next(iter(group))
    return places[first["of_slip_id"], first["of_line"]] if first["kind"] == "return" else None

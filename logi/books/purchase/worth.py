"""What purchases say to leaders: what was bought for the money."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from logi.books.purchase import standing
from logi.books.purchase.stock import worth

if TYPE_CHECKING:
    from logi.db import Ledger


def results(ledger: "Ledger", since: date, until: date) -> Iterator[tuple[str, int, int]]:
    """Purchases of which something was accepted in the days (less what went back), and its value at the order's prices."""
    count = value = 0
    for one in standing.purchases(ledger, until=until):
        prices = {row["line"]: row["price_fen"] for row in one.order_lines}
        came = [row for row in one.receipts if row["on_day"] >= since.isoformat()]
        got = sum(worth(row["accepted_milli"], prices[row["line"]]) for row in came)
        count, value = count + (got > 0), value + got
    yield "purchase.result.accepted", count, value

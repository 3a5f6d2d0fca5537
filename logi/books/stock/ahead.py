"""What a month will ask of the store: what went out in the same month a year ago, against what is there now."""

from typing import TYPE_CHECKING

from logi.books.stock.report import by_item
from logi.core.answers import Column, Table
from logi.core.days import add_months, month_period
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def ahead(ledger: "Ledger", month: str) -> list[Table]:
    """The items issued in that month last year, what is on hand today, and what is short of as much again."""
    before = month_period(add_months(month, -12))
    there = {row["code"]: row["closing"] for row in by_item(ledger, ledger.today, ledger.today).rows}
    rows = [
        {"code": row["code"], "name": row["name"], "unit": row["unit"], "out": row["out"],
         "there": there.get(row["code"], 0), "short": max(row["out"] - there.get(row["code"], 0), 0) or None}
        for row in by_item(ledger, before.since, before.until).rows if row["out"]
    ]  # fmt: skip
    columns = (
        Column("code", say("stock.col.code"), "code"), Column("name", say("stock.col.name")),
        Column("unit", say("stock.col.unit")), Column("out", say("stock.col.out_before"), "quantity"),
        Column("there", say("stock.col.there"), "quantity"), Column("short", say("stock.col.short"), "quantity"),
    )  # fmt: skip
    return [Table("stock.ahead", say("stock.title.ahead", month=month), columns, rows)]

"""Asks Tryton's own asset module what it would depreciate. Run by a test as a process: JSON in, JSON out.

In: a list of [value, depreciated before, first day, last day] with amounts in yuan. Out: for each a list of what has been
written down at the end of each month. No server and no database of Tryton's is needed: its classes are set up in memory,
with the one table that its depreciation looks into (the day of the month on which it posts, left at its default).
"""

import json
import sys
from datetime import date
from decimal import Decimal

import trytond.config
from trytond import backend
from trytond.modules import create_graph
from trytond.pool import Pool
from trytond.transaction import Transaction

NEEDED = {"ir", "res", "country", "currency", "party", "company", "product", "account", "account_product", "account_invoice",
          "account_asset"}  # fmt: skip


def main() -> None:
    """Answer every question of the standard input."""
    trytond.config.set("database", "uri", "sqlite://")
    assert backend.name == "sqlite"
    Pool.start()
    pool = Pool(":memory:")
    modules = [node.name for node in create_graph(NEEDED)]
    for name in modules:
        pool.fill(name, modules)
    with Transaction().start(":memory:", 0, context={"company": 1}) as transaction:
        pool.setup()
        days = pool.get("account.configuration.asset_date")
        columns = ", ".join(f'"{name}"' for name, field in days._fields.items() if field.sql_type() is not None)
        transaction.connection.cursor().execute(f'CREATE TABLE "{days._table}" ({columns})')
        yuan = pool.get("currency.currency")(rounding=Decimal("0.01"), digits=2)
        company = pool.get("company.company")(currency=yuan)
        company.id = None
        answers = [written_down(pool, company, *question) for question in json.load(sys.stdin)]
    json.dump(answers, sys.stdout)


def written_down(pool: Pool, company: object, value: str, before: str, first: str, last: str) -> list[str]:
    """The accumulated amounts of one asset, month by month."""
    asset = pool.get("account.asset")()
    asset.value, asset.depreciated_amount, asset.residual_value = Decimal(value), Decimal(before), Decimal(0)
    asset.start_date, asset.end_date = date.fromisoformat(first), date.fromisoformat(last)
    asset.frequency, asset.depreciation_method, asset.company = "monthly", "linear", company
    asset.lines, asset.update_moves, asset.revisions = [], [], []
    return [str(line.accumulated_depreciation) for line in asset.depreciate().values()]


if __name__ == "__main__":
    main()

"""Stock as a journal for beancount and hledger: each slip a balanced entry, in yuan and in pieces.

Yuan move between `Assets:Stock` and what was received, issued to a department or adjusted; pieces between
`Assets:Quantity` and `Equity:Quantity`, each item a commodity of its own. Both programs total them to our figures.
"""

from typing import TYPE_CHECKING, Any

from logi.books.stock import store_journal as store
from logi.core.messages import money_text, quantity_text

if TYPE_CHECKING:
    from logi.db import Ledger

PROGRAMS = ("beancount", "hledger")


def journal(ledger: "Ledger", program: str) -> str:
    """The whole journal, as text."""
    with ledger.snapshot():
        rows = store.moved(ledger.db)
        items, homes = store.names(ledger.db, "stock_item"), store.names(ledger.db, "school_department")
    write = _Beancount() if program == "beancount" else _Hledger()
    lines = write.opening(rows, items, homes)
    for row in rows:
        lines += ["", write.head(row, items[row["item_id"]])]
        for account, amount in _postings(row, write):
            lines.append(f"  {account}  {amount}")
    return "\n".join(lines) + "\n"


def _postings(row: Any, write: Any) -> list[tuple[str, str]]:
    piece = write.commodity(row["item_id"])
    return [
        (f"Assets:Stock:I{row['item_id']}", f"{money_text(row['fen'])} CNY"),
        (_other(row), f"{money_text(-row['fen'])} CNY"),
        (f"Assets:Quantity:I{row['item_id']}", f"{quantity_text(row['milli'])} {piece}"),
        ("Equity:Quantity", f"{quantity_text(-row['milli'])} {piece}"),
    ]


def _other(row: Any) -> str:
    if row["kind"] in ("out", "return"):
        return f"Expenses:Issued:D{row['department_id'] or 0}"
    return "Equity:Received" if row["kind"] == "in" else "Equity:Adjusted"


def _accounts(rows: list[Any]) -> list[str]:
    found = {_other(row) for row in rows} | {"Equity:Quantity"}
    for row in rows:
        found |= {f"Assets:Stock:I{row['item_id']}", f"Assets:Quantity:I{row['item_id']}"}
    return sorted(found)


def _named(account: str, items: dict[int, str], homes: dict[int, str]) -> str:
    last = account.rpartition(":")[2]
    names = items if last[0] == "I" else homes
    return names.get(int(last[1:]), "") if last[1:].isdigit() else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Beancount:
    """As beancount reads it."""

    def opening(self, rows: list[Any], items: dict[int, str], homes: dict[int, str]) -> list[str]:
        first = rows[0]["on_day"] if rows else "2000-01-01"
        lines = ['option "operating_currency" "CNY"']
        for account in _accounts(rows):
            lines.append(f"{first} open {account}")
            if name := _named(account, items, homes):
                lines.append(f"  name: {_quoted(name)}")
        return lines

    def head(self, row: Any, item: str) -> str:
        return f"{row['on_day']} * {_quoted(row['number'] or row['kind'])} {_quoted(item)}"

    def commodity(self, item_id: int) -> str:
        return f"I.{item_id}"


class _Hledger:
    """As hledger reads it."""

    def opening(self, rows: list[Any], items: dict[int, str], homes: dict[int, str]) -> list[str]:
        lines = ["commodity 1000.00 CNY"]
        lines += [f"commodity 1000.000 {self.commodity(one)}" for one in sorted({row["item_id"] for row in rows})]
        for account in _accounts(rows):
            name = _named(account, items, homes)
            lines.append(f"account {account}" + (f"  ; {name}" if name else ""))
        return lines

    def head(self, row: Any, item: str) -> str:
        return f"{row['on_day']} * ({row['number'] or row['kind']}) {item.replace(';', ' ')}"

    def commodity(self, item_id: int) -> str:
        return f'"I.{item_id}"'

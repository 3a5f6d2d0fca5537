"""The columns this book's tables are made of: what each key holds, what it is called, which are totalled."""

from collections.abc import Sequence
from typing import Any

from logi.core.answers import Column, Table
from logi.core.messages import say
from logi.core.money import ratio_half_up

KINDS = {
    "unit": "code", "price": "money", "minimum": "quantity", "maximum": "quantity", "need": "quantity", "number": "code",
    "code": "code", "day": "day", "expires_on": "day", "made_on": "day", "received_on": "day", "lot": "code", "lines": "count",
    "last_month": "month", "month": "month", "days_left": "count", "person_code": "code", "place": "code", "packs": "code",
    "request_no": "code", "invoice_no": "code", "of_number": "code", "corrects": "code", "adjust": "code", "slip": "code",
    "count_number": "code", "line": "count", "items": "count", "heads": "count", "left": "count", "change": "rate",
    "quota": "money", "last_year": "money", "per_head": "money", "over_quota": "money", "kit": "code", "used": "rate",
    "from_year": "code", "from_place": "code", "to_place": "code", "lots": "count",
}  # fmt: skip
QUANTITIES = ("quantity", "opening", "in", "out", "closing", "balance", "book", "since", "counted", "differs", "over", "short",
              "expired", "due", "issued", "asked", "each", "received", "ahead")  # fmt: skip
WORDS = {"class": "stock.class", "kind": "stock.kind", "state": "stock.count_state", "request_state": "stock.request_state"}
SUMMED = ("value", "opening_value", "in_value", "out_value", "closing_value", "differs_value")


def plain_facts(facts: Sequence[tuple[str, Any]], name: str, heading: str, notes: Sequence[str] = ()) -> Table:
    """The head of a document: what is known of it, line by line."""
    columns = [Column("what", say("stock.col.what")), Column("value", say("stock.col.fact"))]
    rows = [{"what": say(f"stock.col.{key}"), "value": value} for key, value in facts if value]
    return Table(name, heading, columns, rows, notes=notes)


def column(key: str, *, total: bool = False) -> Column:
    """A column of this book by its key: the title and kind follow from it."""
    if key in WORDS:
        return Column(key, say(f"stock.col.{key}"), "word", words=WORDS[key])
    kind = KINDS.get(key) or ("money" if key.endswith(("value", "price")) or key == "difference" else "text")
    if key in QUANTITIES or key.endswith("_quantity"):
        kind = "quantity"
    if key in ("count", "shelf_life_days"):
        kind = "count"
    return Column(key, say(f"stock.col.{key}"), kind, total=total)


def table(name: str, title_key: str, keys: Sequence[str], rows: Sequence[dict[str, Any]], *, notes: Sequence[str] = (),
          **facts: Any) -> Table:  # fmt: skip
    """A table of this book's columns, its money totalled."""
    return Table(name, say(title_key, **facts), [column(key, total=key in SUMMED) for key in keys], rows, notes=notes)


def unit_price(value_fen: int, quantity_milli: int) -> int | None:
    """The price of one unit in fen, rounded, or None for nothing."""
    return ratio_half_up(value_fen * 1000, quantity_milli) if quantity_milli else None

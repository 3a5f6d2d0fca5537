"""Opening a ledger for the first time: the settings and what every book puts into a new one."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.core.answers import Confirmation, Word
from logi.core.days import add_months, month_of
from logi.journal import Entry, set_setting
from logi.registry import cards, room

if TYPE_CHECKING:
    from logi.db import Ledger

BOOKED_AFTER = 2  # months before its first entry that a ledger may be begun for
COSTINGS = ("fifo", "moving-average", "month-average")
THRESHOLD_RULES = ("2012", "2022")


def fill_new(e: Entry, *, school: str, lang: str, costing: str, threshold_rules: str, zone: str,
             ledger_id: str | None = None, at: datetime | None = None) -> Confirmation:  # fmt: skip
    """Write a new ledger's settings and let every book that has a `seed.py` put its shipped data in: all of entry 1."""
    chosen = {"school": school, "lang": lang, "costing": costing, "zone": zone, "ledger_id": ledger_id or _new_id()}
    for name, value in chosen.items():
        set_setting(e, name, value)
    e.ledger._settings = None
    for name in cards():
        seeds = room(name, "seed")
        if seeds is not None:
            seeds.seed(e, costing=costing, threshold_rules=threshold_rules)
    facts: dict[str, Any] = {
        "school": school, "lang": lang, "costing": Word.of("front.costing", costing), "path": str(e.ledger.path),
        "zone": zone, "threshold_rules": threshold_rules,
    }  # fmt: skip
    return Confirmation("init", facts=facts)


def fact_days() -> list[tuple[str, str]]:
    """Every fact table of every book with its day column: (table, column)."""
    found = []
    for name in cards():
        schema = room(name, "schema")
        if schema is not None:
            found += [(spec.name, spec.day) for spec in schema.TABLES if spec.kind == "fact" and spec.day]
    return found


def first_month(ledger: "Ledger") -> str:
    """The month that a ledger's books begin with: that of its first entry, or of what happened shortly before it.

    What lies further back was taken over, like things bought years ago, and belongs to months of other books.
    """
    # Entry 1 is the making of this very file: what was carried over into it brings all entries but that one.
    first = journal.find_entry(ledger.db, 2) or journal.find_entry(ledger.db, 1)
    begun = first["today"][:7] if first else month_of(ledger.today)
    found = journal.first_fact(ledger.db, fact_days(), f"{add_months(begun, -BOOKED_AFTER)}-01")
    return min(begun, found or begun)


def _new_id() -> str:
    import secrets

    return secrets.token_hex(8)


def valid_zone(text: str) -> bool:
    """Whether a time zone of this name is known."""
    if not re.fullmatch(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*", text):
        return False
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True

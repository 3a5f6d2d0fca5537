"""The four kinds of tables in a ledger, and what the one door does for each.

`State`     rows that may change (a person, a card, a document): images before and after stand in the journal.
            Columns given by the floor: id, entry (the last writer), void (0, or the entry that took it back).
`Fact`      rows that stand for ever: a mistake gets a reversing row (紅字沖銷).
            Columns given by the floor: id, entry, sign (1, or -1 for a reversal), reverses (the row taken back).
            A fact counts as live while sign = 1 and no row reverses it; sums over `negate` columns need no filter.
`Register`  append-only rows that undo leaves alone: numbers given stay used.
`Derived`   sums kept for speed, written only inside an entry, recomputed by verify; not in the journal.
"""

from collections.abc import Sequence


class TableSpec:
    """A table's name and kind."""

    __slots__ = ("day", "kind", "name", "negate")

    def __init__(self, kind: str, name: str, day: str | None = None, negate: Sequence[str] = ()) -> None:
        self.kind, self.name, self.day, self.negate = kind, name, day, tuple(negate)


def State(name: str) -> TableSpec:
    """A table whose rows may change."""
    return TableSpec("state", name)


def Fact(name: str, *, day: str = "on_day", negate: Sequence[str] = ()) -> TableSpec:
    """A table of facts: `day` is the column of the day it happened, `negate` the columns a reversal turns round."""
    return TableSpec("fact", name, day, negate)


def Register(name: str) -> TableSpec:
    """An append-only table that undo leaves alone."""
    return TableSpec("register", name)


def Derived(name: str) -> TableSpec:
    """A table of sums that can be recomputed from facts."""
    return TableSpec("derived", name)


STATE_COLUMNS = "id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, void INTEGER NOT NULL DEFAULT 0"
REGISTER_COLUMNS = "id INTEGER PRIMARY KEY, entry INTEGER NOT NULL"


def fact_columns(table: str) -> str:
    """The columns every fact table begins with; that a row is reversed but once, an index sees to (`guards.arm`)."""
    return (
        "id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, sign INTEGER NOT NULL DEFAULT 1 CHECK (sign IN (1, -1)), "
        f"reverses INTEGER REFERENCES {table}(id)"
    )


def live(alias: str, table: str) -> str:
    """The SQL condition that a fact row stands: not a reversal and not reversed."""
    return f"({alias}.sign = 1 AND NOT EXISTS (SELECT 1 FROM {table} r_ WHERE r_.reverses = {alias}.id))"

"""A reader of the ledger of its own: what the lists show, what the tables hold, and what the journal alone would make of them."""

import json
import sqlite3
from functools import cache
from typing import Any

from logi.connecting import build
from logi.shape import specs


def lists(db: sqlite3.Connection) -> dict[str, Any]:
    """What every list shows: live rows of state without their writer, live facts without their row numbers, sums as they are."""
    shown: dict[str, Any] = {}
    for table, spec in specs(db).items():
        names = [row["name"] for row in db.execute(f"PRAGMA table_info({table})")]
        if spec.kind == "state":
            kept = ", ".join(name for name in names if name != "entry")
            query = f"SELECT {kept} FROM {table} WHERE void = 0 ORDER BY id"
        elif spec.kind == "fact":
            kept = ", ".join(name for name in names if name not in ("id", "entry", "reverses"))
            query = (f"SELECT {kept} FROM {table} t WHERE sign = 1 AND NOT EXISTS "
                     f"(SELECT 1 FROM {table} r WHERE r.reverses = t.id) ORDER BY {kept}")  # fmt: skip
        else:
            continue
        shown[table] = [tuple(row) for row in db.execute(query)]
    return shown


def tables(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table the journal speaks of."""
    found = [table for table, spec in specs(db).items() if spec.kind != "derived"]
    return {table: [tuple(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY id")] for table in found}


def column(count: int, packed: Any) -> list[Any]:
    """The values of a column as the journal packs it: a list, {"=": value}, {"+": first} or {"of": values, "at": places 0-9a-z}."""
    if isinstance(packed, list):
        return packed
    if "at" in packed:
        assert len(packed["at"]) == count
        return [packed["of"][int(place, 36)] for place in packed["at"]]
    return [packed["="]] * count if "=" in packed else [packed["+"] + n for n in range(count)]


def take_back(db: sqlite3.Connection, table: str, first: int, low: int, high: int, negated: list[str], same: dict[str, Any]) -> None:
    """The rows from `low` to `high` once more, each reversing its own: some columns with the other sign, some as is said."""
    db.row_factory = sqlite3.Row
    for old in db.execute(f"SELECT * FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", (low, high)).fetchall():
        row = dict(old) | {"reverses": old["id"], "id": first + old["id"] - low} | same
        row |= {name: -row[name] for name in negated if row[name] is not None}
        db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    db.row_factory = None


@cache
def unguarded() -> bytes:
    """A blank ledger without its guards."""
    empty = sqlite3.connect(":memory:", isolation_level=None)
    build(empty)
    empty.execute("PRAGMA query_only=OFF")
    empty.execute("BEGIN")
    for (name,) in empty.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        empty.execute(f"DROP TRIGGER {name}")
    empty.execute("COMMIT")
    return empty.serialize()


def replayed(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """The tables as the journal alone makes them in an empty ledger, by a reader of its own."""
    empty = sqlite3.connect(":memory:", isolation_level=None)
    empty.deserialize(unguarded())
    for seq, body in db.execute("SELECT seq, body FROM entry_part ORDER BY id"):
        for change in json.loads(body):
            if change[0] in "IC":
                marks = ", ".join("?" * len(change[2]))
                rows = change[3] if change[0] == "I" else zip(*(column(change[3], one) for one in change[4]), strict=True)
                empty.executemany(f"INSERT INTO {change[1]} ({', '.join(change[2])}) VALUES ({marks})", rows)
            elif change[0] == "V":
                take_back(empty, *change[1:])
            else:
                first, last = (change[2], change[3]) if change[0] == "W" else (change[2], change[2])
                sets = ", ".join(f"{column} = ?" for column in change[-1])
                after = [image[1] for image in change[-1].values()]
                empty.execute(f"UPDATE {change[1]} SET {sets}, entry = ? WHERE id BETWEEN ? AND ?", [*after, seq, first, last])
    return tables(empty)

"""Tables of this book in one line, and what its columns are made of."""

from typing import Any

from logi.core.tabling import Tabler

table = Tabler("safety")


def place_text(row: Any) -> str | None:
    """A row's place as people read it."""
    if not row["place"]:
        return None
    spot = row["spot"] if "spot" in row.keys() else None  # noqa: SIM118 - a row of sqlite3 is no dict
    return f"{row['place']} {row['place_name']}" + (f"/{spot}" if spot else "")

"""The certificates of those who keep the gate and drive the bus, for the list of all books' certificates."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.gate import bus_papers, store_bus, store_guards
from logi.core.answers import Word

if TYPE_CHECKING:
    from logi.db import Ledger


def certificates(ledger: "Ledger", day: date) -> list[tuple[Any, ...]]:
    """(code, name, book, kind, number, issued, last day, command that renews) of guards whose paper ends, and of drivers."""
    found = [
        (row["code"], row["name"], "gate", Word.of("gate.paper", "guard"), row["certificate"],
         date.fromisoformat(row["issued_on"]), date.fromisoformat(row["expires_on"]),
         f"logi gate guard renew {row['code']} --certificate NO --issued DAY")
        for row in store_guards.guards(ledger.db, day) if row["expires_on"]
    ]  # fmt: skip
    for bus in store_bus.buses(ledger.db, day):
        paper = bus_papers.held(ledger, bus, bus["driver_id"], day)["licence"]
        if paper is not None:
            found.append((bus["driver_code"], bus["driver"], "gate", Word.of("gate.paper", "licence"), paper["doc_no"],
                          date.fromisoformat(paper["on_day"]), date.fromisoformat(paper["until_day"]),
                          f"logi bus licence {bus['driver_code']} --no NO --on DAY --until DAY"))  # fmt: skip
    return list(dict.fromkeys(found))

"""What the gate can be asked, and the hooks of the floor: reports by name, the month's part, show, search."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.gate import bus_report, guard_report, masking, store, store_guards, store_traffic, traffic_report, visit_report
from logi.books.gate.tabling import table
from logi.core.answers import Table
from logi.core.days import month_period
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

SUMMARY = "what:word:gate.sum count:count numbers"
SHOWN = 12  # numbers named in one line


def summary(ledger: "Ledger", since: date, until: date) -> Table:
    """The gate's work in sum: how many came, what was carried out, who drove too fast, how the guards were led."""
    last = min(until, ledger.today)
    visits = store.visits(ledger.db, since, last)
    goods = store.goods(ledger.db, since, last)
    passes = store_traffic.passes(ledger.db, since, last)
    events = store_guards.events(ledger.db, since, last)
    shifts = store_guards.shifts(ledger.db, since, last)
    text = last.isoformat()

    def yet(row: Any, key: str) -> bool:
        """Whether something had not come about by the last day."""
        return row[key] is None or row[key] > text

    admitted = [row for row in visits if row["outcome"] == "in"]
    fast = [row for row in passes if row["number"]]
    wanting = [row for row in events if row["faults"]]
    found: list[tuple[str, list[Any]]] = [
        ("admitted", admitted), ("led", [row for row in admitted if row["confirmed"] is None]),
        ("denied", [row for row in visits if row["outcome"] == "denied"]),
        ("inside", [row for row in admitted if yet(row, "left_day") and row["on_day"] < ledger.today.isoformat()]),
        ("goods", goods), ("out", [row for row in goods if row["back_due"] and yet(row, "back_day")]),
        ("passes", passes), ("fast", fast), ("untold", [row for row in fast if yet(row, "told_on")]),
        ("training", [row for row in events if row["kind"] == "training"]),
        ("supervision", [row for row in events if row["kind"] == "supervision"]), ("wanting", wanting),
        ("unsettled", [row for row in wanting if yet(row, "settled_on")]), ("shifts", shifts),
        ("lacking", [row for row in shifts if row["lacking"]]),
    ]  # fmt: skip
    loud = {"admitted", "passes", "goods", "shifts"}  # the many; the rest is named
    rows = [{"what": key, "count": len(rows), "numbers": None if key in loud else _numbers(rows)} for key, rows in found]
    return table("summary", say("gate.title.summary", since=since, until=last), SUMMARY, rows)


# -- hooks of the floor ----------------------------------------------------------------------------


def gate_visits(ledger: "Ledger", since: date, until: date) -> Table:
    """Visitors of a period."""
    return visit_report.visits(ledger, since, until)


def gate_goods(ledger: "Ledger", since: date, until: date) -> Table:
    """What was carried out in a period."""
    return visit_report.goods(ledger, since, until)


def gate_passes(ledger: "Ledger", since: date, until: date) -> Table:
    """Vehicles in and out."""
    return traffic_report.passes(ledger, since, until)


def gate_speeding(ledger: "Ledger", since: date, until: date) -> Table:
    """Who drove too fast, and who was told."""
    return traffic_report.speeding(ledger, since, until)


def gate_guards(ledger: "Ledger", since: date, until: date) -> Table:
    """Who keeps the gate on the last day, with certificates."""
    return guard_report.guards(ledger, min(until, ledger.today))


def gate_training(ledger: "Ledger", since: date, until: date) -> Table:
    """Training and supervision of the guards."""
    return guard_report.events(ledger, since, until)


def gate_shifts(ledger: "Ledger", since: date, until: date) -> Table:
    """Handovers of the gate."""
    return guard_report.shifts(ledger, since, until)


def gate_summary(ledger: "Ledger", since: date, until: date) -> Table:
    """The gate's work in sum."""
    return summary(ledger, since, until)


def bus_list(ledger: "Ledger", since: date, until: date) -> Table:
    """The buses in service on the last day, and their papers."""
    return bus_report.buses(ledger, min(until, ledger.today))


def bus_papers(ledger: "Ledger", since: date, until: date) -> Table:
    """Every paper of the buses and their drivers, as they stood on the last day."""
    return bus_report.papers(ledger, None, min(until, ledger.today))


def bus_trips(ledger: "Ledger", since: date, until: date) -> Table:
    """The trips of a period with their roll-calls."""
    return bus_report.trips(ledger, since, until)


def bus_month(ledger: "Ledger", since: date, until: date) -> Table:
    """Each bus's trips in sum."""
    return bus_report.month(ledger, since, until)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: the sum, who drove too fast, the buses' trips; nothing for a school that keeps no gate book."""
    period = month_period(month)
    last = min(period.until, ledger.today)
    one = summary(ledger, period.since, last)
    if not any(row["count"] for row in one.rows):
        found = []
    else:
        fast = traffic_report.speeding(ledger, period.since, last)
        found = [one, fast] if fast.rows else [one]
    ran = bus_report.month(ledger, period.since, last)
    return [*found, ran] if ran.rows else found


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A visit, a slip, a speeding, an event or a handover by its number; a vehicle by its plate."""
    if (row := store.visit(ledger.db, number)) is not None:
        found = [visit_report.visits_table(ledger, [row], say("gate.title.visit", number=row["number"]))]
        slips = store.slips_of(ledger.db, row["number"])
        return [*found, visit_report.goods_table(ledger, slips, say("gate.title.carried"))] if slips else found
    if (row := store.slip(ledger.db, number)) is not None:
        return [visit_report.goods_table(ledger, [row], say("gate.title.slip", number=row["number"]))]
    if (row := store_traffic.speeding(ledger.db, number)) is not None:
        return [traffic_report.speeding_table(ledger, [row], say("gate.title.fast", number=row["number"]))]
    if (row := store_guards.event(ledger.db, number)) is not None:
        return [guard_report.events_table(ledger, [row], say("gate.title.event", number=row["number"]))]
    if (row := store_guards.shift(ledger.db, number)) is not None:
        return [guard_report.shifts_table([row], say("gate.title.shift", number=row["number"]))]
    if (tables := bus_report.show(ledger, number)) is not None:
        return tables
    if (row := store_traffic.vehicle(ledger.db, number)) is not None:
        own = [one for one in store_traffic.passes(ledger.db, date.min, ledger.today) if one["plate"] == row["code"]]
        return [traffic_report.vehicles_table([row], say("gate.title.vehicle", plate=row["code"])),
                traffic_report.passes_table(ledger, own, say("gate.title.its_passes"))]  # fmt: skip
    return None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Visitors whose names are still shown, and vehicles, for `logi find`."""
    from logi.core.folding import fold

    folded, since = fold(text), masking.shown_since(ledger)
    found = [{"kind": "document", "code": row["number"], "name": row["name"],
              "detail": f"{row['on_day']} {row['host'] or title('gate.outcome', row['outcome'])}"}
             for row in store.called(ledger.db, folded, since)]  # fmt: skip
    for row in store_traffic.vehicles(ledger.db):
        if folded in fold(row["code"]) or folded in row["folded"]:
            detail = title("gate.vehicle", row["kind"])
            found.append({"kind": "vehicle", "code": row["code"], "name": row["name"], "detail": detail})
    return found + bus_report.search(ledger, folded)


def _numbers(rows: list[Any]) -> str | None:
    named = [row["number"] for row in rows[:SHOWN]]
    return " ".join(named) + (" …" if len(rows) > SHOWN else "") if named else None

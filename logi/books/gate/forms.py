"""What the gate's printed forms are filled with: visitors, vehicles in and out, training of guards, handovers."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.gate import (
    bus_report,
    guard_report,
    masking,
    repair,
    school,
    store,
    store_bus,
    store_guards,
    store_traffic,
    traffic_actions,
    visit_report,
)
from logi.core.days import month_of, month_period, parse_month
from logi.core.forms import Asked, FormData
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger


def visitor_register(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """來訪登記 of a stretch of days, those turned away among them."""
    since, until = _stretch(ledger, number, asked)
    first = masking.shown_since(ledger)
    lines = []
    for row in store.visits(ledger.db, since, until):
        one = visit_report.visit_row(row, first)
        denied = say("gate.form.denied", reason=row["reason"]) if row["outcome"] == "denied" else None
        left = one["left_at"] and (row["left_time"] if row["left_day"] == row["on_day"] else one["left_at"][5:])
        lines.append({
            **one, "day": one["on"], "in_time": one["at"], "out_time": denied or left, "brought": one["goods"],
            "confirmed": title("gate.confirmed", one["confirmed"]) + (f" {row['leader']}" if row["leader"] else ""),
        })  # fmt: skip
    return FormData(None, on=until, period=_period(since, until), lines=lines)


def vehicle_register(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """車輛出入登記 of a stretch of days, with how fast they were."""
    since, until = _stretch(ledger, number, asked)
    first = masking.shown_since(ledger)
    lines = [
        {"day": date.fromisoformat(row["on_day"]), "time": row["at_time"], "plate": masking.plate(row, first),
         "vehicle": row["vehicle"] or row["visit"], "driver": masking.driver(row, first), "way": title("gate.way", row["way"]),
         "speed": row["speed_milli"], "fast": _fast(row), "guard": row["guard"], "note": row["note"]}
        for row in store_traffic.passes(ledger.db, since, until)
    ]  # fmt: skip
    limit = traffic_actions.speed_limit(ledger, until)
    return FormData(None, on=until, period=_period(since, until), lines=lines, notes=[say("gate.form.limit", limit=limit)])


def guard_training(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """保安培訓記錄 of a stretch of days: lessons and supervision, what was wanting and how it was settled."""
    since, until = _stretch(ledger, number, asked)
    lines = [{**row, "day": row["on"], "kind": title("gate.event", row["kind"]), "result": row["outcome"]}
             for row in guard_report.events(ledger, since, until).rows]  # fmt: skip
    return FormData(None, on=until, period=_period(since, until), lines=lines)


def shift_handover(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """交接班記錄 of a stretch of days."""
    since, until = _stretch(ledger, number, asked)
    rows = guard_report.shifts_table(store_guards.shifts(ledger.db, since, until), "").rows
    items = list(school.policy(ledger, "gate.handover_items", until))
    return FormData(None, on=until, period=_period(since, until), values={"items": shown(items)},
                    lines=[{**row, "day": row["on"], "time": row["at"]} for row in rows])  # fmt: skip


def bus_file(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """校車檔案: the bus, its papers and its driver's, what was mended (the maintenance file), its trips by month."""
    bus = store_bus.bus(ledger, str(number))
    papers = bus_report.papers_table(ledger, bus_report.of_bus(ledger, bus), "").rows
    slips = repair.slips_of(ledger.db, bus["asset"], ledger.today) if bus["asset"] else []
    by_month: dict[str, list[Any]] = {}
    for row in store_bus.trips(ledger.db, date.min, ledger.today, bus["id"]):
        by_month.setdefault(row["on_day"][:7], []).append(row)
    return FormData(
        bus["code"], on=ledger.today,
        values={**{key: bus[key] for key in ("name", "seats", "riders", "route", "driver", "attendant", "asset")},
                "plate": bus["code"], "from": date.fromisoformat(bus["from_day"]), "stopped": bus["stopped_on"]},
        lines=[{**row, "kind": title("gate.paper", row["kind"]), "state": title("gate.paper_state", row["state"])}
               for row in papers],
        lists={"repairs": [{"day": date.fromisoformat(row["opened_on"]), "number": row["number"], "title": row["title"]}
                           for row in slips],
               "trips": [{"month": month, "trips": len(rows), "boarded": sum(row["boarded"] for row in rows),
                          "unequal": sum(row["boarded"] != row["alighted"] for row in rows)}
                         for month, rows in sorted(by_month.items())]},
    )  # fmt: skip


def _fast(row: Any) -> str | None:
    if row["number"] is None:
        return None
    return f"{row['number']} {row['told'] or ''}".strip()


def _stretch(ledger: "Ledger", number: str | None, asked: Asked) -> tuple[date, date]:
    """The days a form is for: a month (also where a number stands), a stretch, else this month; never beyond today."""
    month = parse_month(number, today=ledger.today) if number else asked.month
    if month or asked.since is None:
        whole = month_period(month or month_of(ledger.today))
        return whole.since, min(whole.until, ledger.today)
    return asked.since, min(asked.until or asked.since, ledger.today)


def _period(since: date, until: date) -> str:
    return f"{since} – {until}"


FORMS = {"visitor-register": visitor_register, "vehicle-register": vehicle_register, "guard-training": guard_training,
         "shift-handover": shift_handover, "bus-file": bus_file}  # fmt: skip

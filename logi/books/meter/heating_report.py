"""What can be asked of heating seasons: how each was run, its daily log with the fuel drawn."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.meter import check, heating, rules, stock, store
from logi.books.meter.heating import as_day
from logi.books.meter.tabling import table
from logi.core.answers import Table
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

SEASONS = ("season:code place operator started_on:day stopped_on:day asked:count made:count failures:count fuel used:quantity "
           "unit upkeep_on:day upkeep upkeep_by slip:code")  # fmt: skip
LOG = "on:day run:code by outlet:quantity pressure:quantity failures:count used:quantity unit note"


def seasons(ledger: "Ledger", *, until: date | None = None) -> Table:
    """Every season: operator, days, how often its list was asked for and run, what failed, fuel, upkeep."""
    day = min(until or ledger.today, ledger.today)
    rows = [_season(ledger, row, day) for row in store.seasons(ledger.db) if row["started_on"] <= day.isoformat()]
    return table("seasons", say("meter.title.seasons"), SEASONS, rows)


def log(ledger: "Ledger", code: str | None = None) -> Table:
    """鍋爐運行記錄: every run of the season's list with who stood at the boiler, and the fuel drawn, by day."""
    row = heating.season(ledger, code)
    since, until = date.fromisoformat(row["started_on"]), as_day(row["stopped_on"]) or ledger.today
    rows, used = logged(ledger, row, since, until)
    missed = _missed(ledger, row, since, until)
    notes = [say("meter.note.log", code=row["code"], operator=row["operator"], asked=missed[0], made=missed[1])]
    if missed[2]:
        notes.append(say("meter.note.unlogged", days=missed[2][:10], count=len(missed[2])))
    return table("log", say("meter.title.log", code=row["code"], place=f"{row['place']} {row['place_name']}"), LOG, rows,
                 totals={"used": used} if used else None, notes=notes)  # fmt: skip


def logged(ledger: "Ledger", row: store.Row, since: date, until: date) -> tuple[list[dict[str, Any]], int]:
    """The log of a season in a stretch of days, by day, and what was burnt in it."""
    runs = check.runs(ledger.db, check.LIST, since, until, place_id=row["place_id"])
    answers = check.results_of_runs(ledger.db, runs)
    used, unit = fuel(ledger, row, since, until)
    rows: list[dict[str, Any]] = []
    for run in runs:
        own = {one["item"]: one["value"] for one in answers.get(run["number"], [])}
        failed = sum(one["result"] == "fail" for one in answers.get(run["number"], []))
        rows.append({
            "on": date.fromisoformat(run["on_day"]), "run": run["number"], "by": run["by_name"],
            "outlet": _figure(own.get("outlet")), "pressure": _figure(own.get("pressure")), "failures": failed,
            "note": run["note"],
        })  # fmt: skip
    for day, quantity in used.items():
        there = next((one for one in rows if one["on"] == day), None)
        if there is None:
            rows.append(there := {"on": day})
        there.update(used=quantity, unit=unit)
    rows.sort(key=lambda one: (one["on"], one.get("run") or ""))
    return rows, sum(used.values())


def fuel(ledger: "Ledger", row: store.Row, since: date, until: date) -> tuple[dict[date, int], str | None]:
    """What a season burnt by day, from the storeroom or by its meter, and its unit."""
    if row["item_id"] is not None:
        return stock.drawn(ledger.db, row["item_id"], since, until), row["item_unit"]
    if row["meter_id"] is None:
        return {}, None
    spans = rules.spans(store.readings(ledger.db, row["meter_id"], until).get(row["meter_id"], []))
    kind = store.meter_of(ledger.db, row["meter_id"])["kind"]
    return {span.until: span.use_milli for span in spans if since < span.until}, title("meter.unit", kind)


def _season(ledger: "Ledger", row: store.Row, day: date) -> dict[str, Any]:
    since = date.fromisoformat(row["started_on"])
    until = min(as_day(row["stopped_on"]) or day, day)
    used, unit = fuel(ledger, row, since, until)
    runs = check.runs(ledger.db, check.LIST, since, until, place_id=row["place_id"])
    answers = check.results_of_runs(ledger.db, runs)
    asked, made, _ = _missed(ledger, row, since, until)
    return {
        "season": row["code"], "place": f"{row['place']} {row['place_name']}", "operator": row["operator"], "started_on": since,
        "stopped_on": as_day(row["stopped_on"]), "asked": asked, "made": made,
        "failures": sum(one["result"] == "fail" for run in runs for one in answers.get(run["number"], [])),
        "fuel": row["item"] or row["meter"], "used": sum(used.values()) if row["item_id"] or row["meter_id"] else None,
        "unit": unit, "upkeep_on": as_day(row["upkeep_on"]), "upkeep": row["upkeep"], "upkeep_by": row["upkeep_by"],
        "slip": row["slip"],
    }  # fmt: skip


def _missed(ledger: "Ledger", row: store.Row, since: date, until: date) -> tuple[int, int, list[date]]:
    """(asked for, made, the last good days of what nobody made) of the season's list."""
    for duty in check.Duties(ledger, check.LIST).kept(since, min(until, ledger.today - timedelta(days=1))):
        if duty.row["place_id"] == row["place_id"]:
            return duty.kept.expected, duty.kept.done, [window.due for window in duty.kept.missed]
    return 0, 0, []


def _figure(text: str | None) -> int | None:
    """A figure of a run: thousandths, as the check book keeps it."""
    return int(text) if text else None

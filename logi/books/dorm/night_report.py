"""The reports of closed management: nights counted or not, absences, late returns, leave slips, visitors."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.dorm import nights as standing
from logi.books.dorm import opening, rules, school, store
from logi.books.dorm.tabling import as_day, table
from logi.core.answers import Table
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

NIGHTS = ("night:day building:code building_name expected:count+ present:count+ away:count+ absent:count+ "
          "state:word:dorm.count floors by")  # fmt: skip
ABSENCES = "night:day code:code name class note state:word:dorm.outcome outcome"
LATES = "night:day time code:code name class reason by times:count"
LEAVES = ("number:code code:code name class begins ends reason by fetched_by out_at back_at state:word:dorm.leave "
          "overdue:word:dorm.overdue")  # fmt: skip
VISITS = "number:code on:day time name relation id_tail pupil:code pupil_name class purpose left_time by"


def nights(ledger: "Ledger", since: date, until: date, *, building: str | None = None, missing: bool = False) -> Table:
    """Each night by building: how many were to sleep there, who was there, on leave, absent; one not counted stands too."""
    house = store.building(ledger, building)["id"] if building else None
    rows = []
    for one in standing.nights(ledger, since, until):
        if house not in (None, one.building["id"]) or (not one.counts and one.day == ledger.today):
            continue
        if missing and not one.missing:
            continue
        rows.append(_night(one))
    good = sum(row["state"] == "counted" for row in rows)
    notes = [say("dorm.note.nights", counted=good, count=len(rows))] if rows else []
    return table("nights", say("dorm.title.nights", since=since, until=until), NIGHTS, rows, notes=notes)


def absences(ledger: "Ledger", since: date, until: date) -> Table:
    """Who was not there and had no leave, and what became of it."""
    rows = [
        {"night": as_day(row["on_day"]), "code": row["code"], "name": row["name"], "class": row["class_name"],
         "note": row["note"], "state": state, "outcome": outcome}
        for row, state, outcome in standing.outcomes(ledger, since, until)
    ]  # fmt: skip
    return table("absences", say("dorm.title.absences", since=since, until=until), ABSENCES, rows)


def lates(ledger: "Ledger", since: date, until: date) -> Table:
    """Who came after the doors were locked, and for the how manieth time in the period."""
    times: dict[int, int] = {}
    rows = []
    for row in store.lates(ledger.db, since, until):
        times[row["pupil_id"]] = times.get(row["pupil_id"], 0) + 1
        rows.append({"night": as_day(row["on_day"]), "time": row["at_time"], "code": row["code"], "name": row["name"],
                     "class": row["class_name"], "reason": row["reason"], "by": row["by_name"],
                     "times": times[row["pupil_id"]]})  # fmt: skip
    return table("lates", say("dorm.title.lates", since=since, until=until), LATES, rows)


def leaves(ledger: "Ledger", since: date | None, until: date | None, *, pupil: str | None = None,
           still_out: bool = False) -> Table:  # fmt: skip
    """The leave slips that touch a period; those who are out now."""
    who = opening.any_pupil(ledger, pupil)["id"] if pupil else None
    rows = [leave_row(ledger, row) for row in store.leaves(ledger.db, since or date.min, until or date.max)
            if who in (None, row["pupil_id"])]  # fmt: skip
    if still_out:
        rows = [row for row in rows if row["state"] == "out"]
    return table("leaves", say("dorm.title.leaves"), LEAVES, rows)


def visits(ledger: "Ledger", since: date | None, until: date | None, *, pupil: str | None = None) -> Table:
    """The visitors of a period, who has not left among them."""
    who = opening.any_pupil(ledger, pupil)["id"] if pupil else None
    first = shown_since(ledger)
    rows = [visit_row(row, first) for row in store.visits(ledger.db, since or date.min, until or date.max)
            if who in (None, row["pupil_id"])]  # fmt: skip
    hidden = sum(row["on"] < first for row in rows)
    notes = [say("dorm.note.hidden", count=hidden, day=first)] if hidden else []
    return table("visits", say("dorm.title.visits"), VISITS, rows, notes=notes)


def shown_since(ledger: "Ledger") -> date:
    """The first day whose visitors are still shown by name: the gate's rule, `gate.visitor_months`."""
    return rules.shown_since(ledger.today, int(school.policy(ledger, "gate.visitor_months", ledger.today)))


def leave_row(ledger: "Ledger", row: store.Row) -> dict[str, Any]:
    """A leave slip as a line; past its time it is overdue from the day after, for the hour of now is not the ledger's."""
    state = rules.leave_state(row, (ledger.today.isoformat(), "00:00"))
    return {
        "number": row["number"], "code": row["code"], "name": row["name"], "class": row["class_name"],
        "begins": f"{row['from_day']} {row['from_time']}", "ends": f"{row['until_day']} {row['until_time']}",
        "reason": row["reason"], "by": row["by_name"], "fetched_by": row["fetched_by"],
        "out_at": f"{row['out_day']} {row['out_time']}" if row["out_day"] else None,
        "back_at": f"{row['back_day']} {row['back_time']}" if row["back_day"] else None, "state": state,
        "overdue": "yes" if overdue(row, ledger.today) else None,
    }  # fmt: skip


def overdue(row: store.Row, today: date) -> bool:
    """Whether somebody came back after the slip's time, or is not back the day after."""
    if row["back_day"] is not None:
        return bool((row["back_day"], row["back_time"]) > (row["until_day"], row["until_time"]))
    return row["out_day"] is not None and row["until_day"] < today.isoformat()


def visit_row(row: store.Row, first: date) -> dict[str, Any]:
    """A visitor as a line; who came before a day is no longer named."""
    known = row["on_day"] >= first.isoformat()
    return {
        "number": row["number"], "on": as_day(row["on_day"]), "time": row["at_time"],
        "name": row["name"] if known else None, "relation": row["relation"] if known else None,
        "id_tail": row["id_tail"] if known else None, "pupil": row["pupil"], "pupil_name": row["pupil_name"],
        "class": row["class_name"], "purpose": row["purpose"], "left_time": row["left_time"], "by": row["by_name"],
    }  # fmt: skip


def counted(ledger: "Ledger", since: date, until: date) -> tuple[int, int, int]:
    """(nights counted whole, nights to be counted, pupils found there) of a period; tonight counts once it is counted."""
    whole = [one for one in standing.nights(ledger, since, until) if one.counts or one.day < ledger.today]
    there = sum(row["expected"] - row["away"] - row["absent"] for one in whole for row in one.counts)
    return sum(not one.missing for one in whole), len(whole), there


def _night(one: standing.Night) -> dict[str, Any]:
    by = list(dict.fromkeys(row["by_name"] for row in one.counts))
    numbers = {rows[0]["floor_id"]: rows[0]["floor"] for rows in one.sleepers.values()}
    sums = {key: sum(row[key] for row in one.counts) for key in ("expected", "away", "absent")}
    expected = sums["expected"] + sum(len(one.sleepers[floor]) for floor in one.missing)
    return {
        "night": one.day, "building": one.building["code"], "building_name": one.building["name"], "expected": expected,
        "present": sums["expected"] - sums["away"] - sums["absent"] if one.counts else None,
        "away": sums["away"] if one.counts else None, "absent": sums["absent"] if one.counts else None,
        "state": "missing" if one.missing else "counted", "by": shown(by) if by else None,
        "floors": shown([numbers[floor] for floor in one.missing]) if one.missing and one.counts else None,
    }  # fmt: skip



"""Reports on what people said: the register, how long answers took, visits to classes."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import opinion_actions, school, store_voices, voices
from logi.books.people.tabling import as_day, table
from logi.core.answers import Milli, Table
from logi.core.calendar import SchoolCalendar
from logi.core.messages import quantity_text, say
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger

OPINIONS = ("number:code on:day kind:word:people.opinion party:word:people.party said_by area:word:people.area words owner "
            "due:day answered_on:day answer workdays:count verdict:word:people.verdict done_on:day result_text "
            "state:word:people.said survey:code visit:code evidence:code")  # fmt: skip
TIMES = ("kind:word:people.opinion said:count+ answered:count+ in_time:count+ rate:rate mean:quantity longest:count "
         "waiting:count+ overdue:count+ adopted:count+ done:count+ declined:count+")  # fmt: skip
VISITS = "number:code on:day class by heads:count+ said:count+ answered:count+ note"


def opinions(ledger: "Ledger", since: date, until: date, *, kind: str | None = None, area: str | None = None,
             state: str | None = None, day: date | None = None) -> Table:  # fmt: skip
    """What was said in a period, the answer, the workdays it took, what became of it by a day (SVY-02, SVY-06, STF-08)."""
    last = min(until, ledger.today)
    rows, calendar = [], school.calendar(ledger)
    for row in store_voices.opinions(ledger.db, since, last):
        line = one_opinion(ledger, as_of(row, day) if day else row, calendar, day)
        if kind in (None, row["kind"]) and area in (None, row["area"]) and state in (None, line["state"]):
            rows.append(line)
    return table("opinions", say("people.title.opinions", since=since, until=last), OPINIONS, rows)


def times(ledger: "Ledger", since: date, until: date) -> Table:
    """How long answers took, by kind; in time is within opinion.answer_workdays."""
    last, calendar = min(until, ledger.today), school.calendar(ledger)
    of: dict[str, list[dict[str, Any]]] = {}
    for row in store_voices.opinions(ledger.db, since, last):
        of.setdefault(row["kind"], []).append(one_opinion(ledger, row, calendar))
    rows = [_times(kind, of[kind]) for kind in voices.OPINIONS if kind in of]
    whole = _times("opinion", [line for lines in of.values() for line in lines])
    notes = []
    if rows and whole["mean"] is not None:
        notes = [say("people.note.times", mean=quantity_text(whole["mean"]), answered=whole["answered"], said=whole["said"])]
    totals = {"rate": whole["rate"], "mean": whole["mean"], "longest": whole["longest"]}
    return table("times", say("people.title.times", since=since, until=last), TIMES, rows, totals=totals, notes=notes)


def visits(ledger: "Ledger", since: date, until: date, *, day: date | None = None) -> Table:
    """Who went into which class, what was said there, how much of it was answered by a day (SVY-05)."""
    last = min(until, ledger.today)
    said = [row for row in store_voices.opinions(ledger.db, since, last) if row["visit"]]
    by = (day or ledger.today).isoformat()
    rows = [
        {"number": row["number"], "on": as_day(row["on_day"]), "class": row["class"], "by": row["by_name"],
         "heads": row["heads"], "said": sum(one["visit"] == row["number"] for one in said),
         "answered": sum(one["visit"] == row["number"] and (one["answered_on"] or "9") <= by for one in said),
         "note": row["note"]}
        for row in store_voices.visits(ledger.db, since, last)
    ]  # fmt: skip
    return table("visits", say("people.title.visits", since=since, until=last), VISITS, rows)


def as_of(row: Any, day: date) -> dict[str, Any]:
    """What was known of an opinion on a day: later answers and deeds are not there yet."""
    known, text = dict(row), day.isoformat()
    if (row["answered_on"] or "") > text:
        known |= dict.fromkeys(("answered_on", "answer", "answered_by", "answered_name", "verdict", "due_on", "evidence"))
    if (row["done_on"] or "") > text:
        known |= {"done_on": None, "done": None}
    return known


def one_opinion(ledger: "Ledger", row: Any, calendar: SchoolCalendar, day: date | None = None) -> dict[str, Any]:
    """A line of the register."""
    due = opinion_actions.answer_due(ledger, row, calendar)
    said, answered = date.fromisoformat(row["on_day"]), as_day(row["answered_on"])
    took = None if answered is None else voices.workdays_taken(calendar, said, answered)
    return {
        "number": row["number"], "on": said, "kind": row["kind"], "party": row["party"], "said_by": row["said_by"],
        "area": row["area"], "words": row["words"], "owner": row["owner"],
        "due": due if answered is None else as_day(row["due_on"]), "answered_on": answered, "answer": row["answer"],
        "workdays": took, "verdict": row["verdict"], "done_on": as_day(row["done_on"]), "result_text": row["done"],
        "state": voices.state_of(row, day or ledger.today, due), "survey": row["survey"], "visit": row["visit"],
        "evidence": row["evidence"], "in_time": answered is not None and answered <= due,
    }  # fmt: skip


def _times(kind: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    took = [line["workdays"] for line in lines if line["workdays"] is not None]
    in_time = sum(line["in_time"] for line in lines)
    judged = in_time + sum(line["state"] == "late" for line in lines) + sum(
        line["answered_on"] is not None and not line["in_time"] for line in lines)  # fmt: skip
    return {
        "kind": kind, "said": len(lines), "answered": len(took), "in_time": in_time,
        "rate": ratio_half_up(in_time * 1000, judged) if judged else None,
        "mean": Milli(ratio_half_up(sum(took) * 1000, len(took))) if took else None, "longest": max(took, default=None),
        "waiting": sum(line["state"] == "waiting" for line in lines), "overdue": sum(line["state"] == "late" for line in lines),
        "adopted": sum(line["verdict"] == "adopted" for line in lines), "done": sum(line["state"] == "done" for line in lines),
        "declined": sum(line["verdict"] == "declined" for line in lines),
    }  # fmt: skip

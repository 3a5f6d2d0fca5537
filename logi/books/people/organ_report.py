"""Reports on the organisation by level, and on pilots and exchange."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import paper, rollup, school, store, store_organ
from logi.books.people.tabling import as_day, table
from logi.core.answers import Table
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

LEVELS = ("city", "county", "town", "hub", "school", "kindergarten")
ORGANISATION = ("level:word:rollup.level code:code title office leader head posts:count staff:count n:count "
                "function:word:people.function words source lacks")  # fmt: skip
PILOTS = ("code:code title aim owner from_day:day ends_on:day steps:count+ ended_on:day pilot_state:word:people.pilot "
          "result_text")  # fmt: skip
EXCHANGES = "number:code on:day way:word:people.way topic pilot_code:code unit heads:count+ by outcome"


def organisation(ledger: "Ledger") -> Table:
    """Every unit by level with office, leader, head, its duties and tasks; the own school's by work area too (STF-19)."""
    own = rollup.own(ledger.db)
    rows: list[dict[str, Any]] = []
    lacking = 0
    for row in sorted(_standing(ledger), key=lambda one: (LEVELS.index(one["level"]), one["code"])):
        found = [(one["n"], one["kind"], one["words"], one["source"]) for one in store_organ.functions(ledger.db, row["id"])]
        if own is not None and row["id"] == own["id"]:
            found += [(None, "area", *one) for one in _areas(ledger)]
        lacks = lacking_of(row, bool(found))
        lacking += bool(lacks)
        base = {"level": row["level"], "code": row["code"], "title": row["name"], "office": row["office"],
                "leader": row["leader"], "head": row["head"], "posts": row["posts"], "staff": row["staff"],
                "lacks": shown([title("people.organ_lack", one) for one in lacks]) if lacks else None}  # fmt: skip
        rows += [{**base, "n": n, "function": kind, "words": words, "source": source}
                 for n, kind, words, source in found] or [base]  # fmt: skip
    notes = [say("people.note.organisation", count=len({row["code"] for row in rows}), lacking=lacking)] if rows else []
    return table("organisation", say("people.title.organisation", day=ledger.today), ORGANISATION, rows, notes=notes)


def lacking_of(row: Any, functions: bool) -> list[str]:
    """What a unit's line of the table lacks."""
    there = {"office": row["office"], "leader": row["leader"], "head": row["head"], "function": functions}
    return [key for key, value in there.items() if not value]


def without_functions(ledger: "Ledger") -> list[Any]:
    """Units of which no duty or task is laid down, once any unit has one."""
    there = {one["unit_id"] for one in store_organ.functions(ledger.db)}
    own = rollup.own(ledger.db)
    if own is not None and paper.areas(ledger.db):
        there.add(own["id"])
    return [row for row in _standing(ledger) if row["id"] not in there] if store_organ.functions(ledger.db) else []


def pilots(ledger: "Ledger", day: date) -> Table:
    """The pilots with how far they are (ENV-06)."""
    rows = [
        {"code": row["code"], "title": row["name"], "aim": row["aim"], "owner": row["owner"],
         "from_day": as_day(row["from_day"]), "ends_on": as_day(row["until_day"]),
         "steps": len(store_organ.exchanges(ledger.db, date.min, day, row["code"])),
         "ended_on": as_day(row["ended_on"]), "pilot_state": pilot_state(row, day), "result_text": row["result"]}
        for row in store_organ.pilots(ledger.db) if row["from_day"] <= day.isoformat()
    ]  # fmt: skip
    return table("pilots", say("people.title.pilots", day=day), PILOTS, rows)


def pilot_state(row: Any, day: date) -> str:
    """How a pilot ended, `running`, or `late`."""
    if row["ended_on"] and row["ended_on"] <= day.isoformat():
        return str(row["verdict"])
    return "late" if row["until_day"] < day.isoformat() else "running"


def exchanges(ledger: "Ledger", since: date, until: date, *, pilot: str | None = None) -> Table:
    """試點與交流: steps of pilots, visits, meetings, reports, and trainings outside or with guests (ENV-06)."""
    last = min(until, ledger.today)
    code = store_organ.pilot(ledger, pilot)["code"] if pilot else None
    rows = [
        {"number": row["number"], "on": as_day(row["on_day"]), "way": row["way"], "topic": row["topic"],
         "pilot_code": row["pilot"], "unit": row["unit"], "heads": row["heads"], "by": row["by_name"],
         "outcome": row["outcome"]}
        for row in store_organ.exchanges(ledger.db, since, last, code)
    ]  # fmt: skip
    if code is None:
        names = {row["id"]: row["name"] for row in school.people(ledger.db)}
        rows += [
            {"number": row["number"], "on": as_day(row["on_day"]), "way": "train_" + row["mode"], "topic": row["topic"],
             "pilot_code": None, "unit": row["unit"], "heads": row["heads"],
             "by": names.get(row["trainer_id"]) or row["trainer"], "outcome": row["outcome"]}
            for row in store.trainings(ledger.db, since, last) if row["mode"] in ("out", "in")
        ]  # fmt: skip
    rows.sort(key=lambda row: (row["on"], row["number"]))
    return table("exchanges", say("people.title.exchanges", since=since, until=last), EXCHANGES, rows)


def _standing(ledger: "Ledger") -> list[Any]:
    text = ledger.today.isoformat()
    return [row for row in rollup.units(ledger.db) if row["from_day"] <= text and (row["closed_on"] or "9999") > text]


def _areas(ledger: "Ledger") -> list[tuple[str, str | None]]:
    """The own school's work areas: (area: duty, by whom)."""
    found = []
    for area, row in paper.areas(ledger.db).items():
        who = " ".join(one for one in (row["post"], row["owner"]) if one) or None
        found.append((f"{title('paper.area', area)}：{row['duty'] or '—'}", who))
    return found

"""The kindergarten's tables: areas, toys, events and their checklists, notices, safety education."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.kindergarten import patrol, repair, rules, safety, school, store
from logi.books.kindergarten.tabling import table
from logi.core.answers import Table
from logi.core.messages import say, shown
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

AREAS = "code:code name kind:word:kindergarten.area place keeper heads:count toys:count broken:count hazards:count note"
TOYS = "code:code name area there:count+ good:count+ broken:count+ since:day slip:code slip_state:word:repair.state asset:code"
MENDS = "on:day toy:code name what:word:kindergarten.mend pieces:count words by slip:code"
EVENTS = "number:code on:day title place leader done:count of:count in_time:count left state:word:kindergarten.event outcome"
NEEDS = "n:count kind:word:kindergarten.need words owner due:day done_on:day done_by slip:code note"
NOTICES = "number:code on:day kind:word:kindergarten.notice title audience reached:count of:count rate:rate by"
SAFETY = "number:code on:day kind:word:safety.event topic audience heads:count by led:word:kindergarten.led outcome"


def areas(ledger: "Ledger", day: date) -> Table:
    """The areas in use on a day: who answers for them, how many toys are there and how many broken, open hazards."""
    facts, hazards = store.mends(ledger.db, day), patrol.hazards_at(ledger.db)
    counts: dict[int, list[rules.Count]] = {}
    for toy in store.toys(ledger.db):
        counts.setdefault(toy["area_id"], []).append(rules.counted(toy["pieces"], facts.get(toy["id"], ())))
    rows = [
        {"code": row["code"], "name": row["name"], "kind": row["kind"], "place": _where(row), "keeper": row["keeper"],
         "heads": row["heads"], "toys": sum(one.there for one in counts.get(row["id"], ())),
         "broken": sum(one.broken for one in counts.get(row["id"], ())), "hazards": hazards.get(row["place"], 0),
         "note": row["note"]}
        for row in store.areas(ledger.db, day)
    ]  # fmt: skip
    return table("areas", say("kindergarten.title.areas", day=day), AREAS, rows)


def toys(ledger: "Ledger", day: date, *, area: str | None = None, broken: bool = False) -> Table:
    """The toys on a day: how many can be played with, how many are broken and since when, under which slip."""
    where = store.area(ledger, area)["id"] if area else None
    facts, rows = store.mends(ledger.db, day), []
    for row in store.toys(ledger.db):
        left = rules.counted(row["pieces"], facts.get(row["id"], ()))
        if where not in (None, row["area_id"]) or row["from_day"] > day.isoformat() or (broken and not left.broken):
            continue
        last = [one for one in facts.get(row["id"], ()) if one["what"] == "broken"] if left.broken else []
        slip = last[-1]["slip"] if last else None
        rows.append({
            "code": row["code"], "name": row["name"], "area": row["area_name"], "there": left.there, "good": left.good,
            "broken": left.broken, "since": date.fromisoformat(last[-1]["on_day"]) if last else None, "slip": slip,
            "slip_state": repair.state_of(ledger.db, slip) if slip else None, "asset": row["asset"],
        })  # fmt: skip
    return table("toys", say("kindergarten.title.toys", day=day), TOYS, rows)


def mended(ledger: "Ledger", since: date, until: date, toy_id: int | None = None) -> Table:
    """What became of toys in a period: broken, mended, discarded, lost."""
    names = {row["id"]: row for row in store.toys(ledger.db)}
    rows = [one for found in store.mends(ledger.db, until, toy_id).values() for one in found
            if one["on_day"] >= since.isoformat()]  # fmt: skip
    return table("mends", say("kindergarten.title.mends", since=since, until=until), MENDS, [
        {"on": date.fromisoformat(one["on_day"]), "toy": names[one["toy_id"]]["code"], "name": names[one["toy_id"]]["name"],
         "what": one["what"], "pieces": one["pieces"], "words": one["words"], "by": one["by_name"], "slip": one["slip"]}
        for one in sorted(rows, key=lambda one: (one["on_day"], one["id"])) if one["toy_id"] in names])  # fmt: skip


def events(ledger: "Ledger", since: date, until: date, *, state: str | None = None) -> Table:
    """The events of a period: how much of each checklist is done, and how much was before the day."""
    rows = [event_row(ledger, row) for row in store.events(ledger.db, since, until)]
    return table("events", say("kindergarten.title.events", since=since, until=until), EVENTS,
                 [row for row in rows if state in (None, row["state"])])  # fmt: skip


def event_row(ledger: "Ledger", row: Any) -> dict[str, Any]:
    """One event as its table shows it."""
    lines = store.needs(ledger.db, row["id"])
    left = [line["words"] for line in lines if not line["done_on"]]
    state = "dropped" if row["dropped_why"] else "held" if row["closed_on"] else "open" if left or not lines else "ready"
    return {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "title": row["title"], "place": _where(row),
            "leader": row["leader"], "done": len(lines) - len(left), "of": len(lines), "left": shown(left) if left else None,
            "in_time": sum(bool(line["done_on"]) and line["done_on"] <= row["on_day"] for line in lines), "state": state,
            "outcome": row["outcome"] or row["dropped_why"]}  # fmt: skip


def needs(ledger: "Ledger", row: Any) -> Table:
    """The checklist of an event."""
    return table("needs", say("kindergarten.title.needs", number=row["number"]), NEEDS, [
        {"n": line["n"], "kind": line["kind"], "words": line["words"], "owner": line["owner"],
         "due": date.fromisoformat(line["due_on"]),
         "done_on": date.fromisoformat(line["done_on"]) if line["done_on"] else None,
         "done_by": line["done_name"], "slip": line["slip"], "note": line["note"]}
        for line in store.needs(ledger.db, row["id"])])  # fmt: skip


def notices(ledger: "Ledger", since: date, until: date, *, kind: str | None = None) -> Table:
    """What families were told in a period, and how many it reached."""
    rows = [row for row in store.notices(ledger.db, since, until) if kind in (None, row["kind"])]
    return notices_table(rows, say("kindergarten.title.notices", since=since, until=until))


def notices_table(rows: Iterable[Any], heading: str) -> Table:
    """Notices as a table."""
    return table("notices", heading, NOTICES, [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "kind": row["kind"], "title": row["title"],
         "audience": row["audience"], "of": row["of_families"] or None,
         "reached": row["reached"] if row["of_families"] else None,
         "rate": permille(row["reached"], row["of_families"]),
         "by": row["by_name"]} for row in rows])  # fmt: skip


def education(ledger: "Ledger", since: date, until: date) -> Table:
    """Safety education of the kindergarten in a period, and whether who leads it held it; the lead stands below."""
    words = list(school.policy(ledger, "kindergarten.audience", until))
    rows = [
        {"number": row["number"], "on": date.fromisoformat(row["on_day"]), "kind": row["kind"], "topic": row["topic"],
         "audience": row["audience"], "heads": row["heads"], "by": row["by_name"], "outcome": row["outcome"],
         "led": "lead" if (one := store.lead_on(ledger.db, date.fromisoformat(row["on_day"]))) is not None
         and one["person_id"] == row["by_id"] else "other"}
        for row in taught(ledger, since, until, words)
    ]  # fmt: skip
    lead = store.lead_on(ledger.db, min(until, ledger.today))
    note = say("kindergarten.note.nobody_leads") if lead is None else \
        say("kindergarten.note.leads", name=lead["name"], since=date.fromisoformat(lead["from_day"]))  # fmt: skip
    answer = table("education", say("kindergarten.title.education", since=since, until=until), SAFETY, rows, notes=[note])
    answer.telling = True
    return answer


def taught(ledger: "Ledger", since: date, until: date, words: Iterable[str]) -> list[Any]:
    """Lessons, drills and trainings for the kindergarten's classes (`kindergarten.audience`)."""
    known = list(words)
    return [row for row in safety.lessons(ledger.db, since, until) if any(word in (row["audience"] or "") for word in known)]


def _where(row: Any) -> str:
    return f"{row['place']} {row['place_name']}" + (f"/{row['spot']}" if row["spot"] else "")

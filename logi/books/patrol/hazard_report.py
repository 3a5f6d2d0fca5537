"""What can be asked about hazards: the list, one with its history, the ledger of rectification (隱患整改臺賬)."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.patrol import rules, school, store
from logi.books.patrol.hazard_actions import CATEGORY, LEVEL, STATE, as_day, known, lacking_words, place_text
from logi.core.answers import Column, Pack, Table
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger


class Wanted:
    """The filters of `logi hazard list`."""

    __slots__ = ("category", "incomplete", "level", "overdue", "owner", "person", "place", "since", "state",
                 "unsettled", "until")  # fmt: skip

    def __init__(self, *, state: str | None = None, level: str | None = None, category: str | None = None,
                 place: str | None = None, owner: str | None = None, person: str | None = None,
                 since: date | None = None, until: date | None = None, overdue: bool = False,
                 incomplete: bool = False, unsettled: bool = False) -> None:  # fmt: skip
        self.state, self.level, self.category = state, level, category
        self.place, self.owner, self.person = place, owner, person
        self.since, self.until = since, until
        self.overdue, self.incomplete, self.unsettled = overdue, incomplete, unsettled


def listing(ledger: "Ledger", wanted: Wanted, at: date | None = None) -> Table:
    """Hazards by deadline, the cancelled last; `at` shows them as they stood at the end of a day."""
    day = at or ledger.today
    rows = [_listed(row, state, due, day) for row, state, due in as_of(ledger, day)]
    kept = [row for row, keep in zip(rows, _kept(ledger, wanted, rows), strict=True) if keep]
    kept.sort(key=lambda r: (r["state"] == "verified", r["due_on"] or date.max, r["number"]))
    columns = (
        _column("number", "code"), _column("title"), _column("place"), _column("category", "word", CATEGORY),
        _column("level", "word", LEVEL), _column("state", "word", STATE), _column("found_on", "day"),
        _column("age_days", "count"), _column("owner"), _column("due_on", "day"), _column("days_late", "count"),
        _column("lacking"),
    )  # fmt: skip
    open_now = [r for r in kept if r["state"] != "verified"]
    late, incomplete = [r for r in open_now if r["days_late"]], [r for r in open_now if r["lacking"]]
    notes = [say("patrol.note.hazards", open=len(open_now), late=len(late), incomplete=len(incomplete))]
    return Table("hazard.list", say("patrol.title.hazards"), columns, kept, notes=notes if kept else ())


def as_of(ledger: "Ledger", day: date) -> list[tuple[store.Row, str, date | None]]:
    """Every hazard found by the end of a day with its state and deadline then."""
    steps = store.steps_by_hazard(ledger.db)
    found = []
    for row in store.hazards(ledger.db, found_until=day):
        history = steps.get(row["id"], [])
        state = rules.state_of(step for step in history if step.on_day <= day)
        found.append((row, state, rules.due_as_of(as_day(row["due_on"]), history, day)))
    return found


def show(ledger: "Ledger", number: str) -> list[Table]:
    """One hazard: what is known of it, and every step with its entry. NotFound (3) for an unknown number."""
    row = known(ledger, number)
    days = (as_day(row["verified_on"]) or ledger.today) - date.fromisoformat(row["found_on"])
    facts = {
        "number": row["number"], "title": row["title"], "place": place_text(row),
        "category": say(f"{CATEGORY}.{row['category']}"), "level": say(f"{LEVEL}.{row['level']}"),
        "state": say(f"{STATE}.{row['state']}"), "found_on": row["found_on"], "found_by": row["found_by"],
        "route": row["route"], "repair": _repairs(ledger, row),
        "measure": row["measure"], "owner": row["owner"], "due_on": row["due_on"],
        "fund": _yuan(row["fund_fen"]), "plan": row["plan"], "interim": row["interim"],
        "fixed_on": row["fixed_on"], "fixed_by": row["fixed_by"], "verified_on": row["verified_on"],
        "verified_by": row["verified_by"], "reported_on": row["reported_on"], "reported_to": row["reported_to"],
        "age_days": str(days.days), "lacking": shown(lacking_words(row) or []),
    }  # fmt: skip
    card = [{"field": say(f"patrol.col.{name}"), "value": value} for name, value in facts.items() if value]
    columns = (Column("field", say("patrol.col.field")), Column("value", say("patrol.col.value")))
    return [Table("hazard.card", say("patrol.title.hazard", number=number), columns, card), _steps(ledger, row)]


def hazard_pack(ledger: "Ledger", number: str) -> Pack:
    """One hazard as an answer of its own."""
    from logi.journal import head

    title = say("patrol.title.hazard", number=number)
    return Pack("hazard.show", title, "", head(ledger.db).short, show(ledger, number))


def ledger_of(ledger: "Ledger", since: date, until: date) -> Table:
    """隱患整改臺賬 of a period: the carried-over first, then the new ones, as they stood at its end (or today)."""
    day = min(until, ledger.today)
    steps = store.steps_by_hazard(ledger.db)
    rows = []
    for row, state, due in as_of(ledger, day):
        earlier = rules.state_of(s for s in steps.get(row["id"], []) if s.on_day < since)
        carried = row["found_on"] < since.isoformat()
        if carried and earlier == "verified":
            continue
        rows.append(_ledger_row(row, state, due, day) | {"origin": "carried" if carried else "opened"})
    rows.sort(key=lambda r: (r["origin"] != "carried", r["found_on"], r["number"]))
    columns = [
        _column("origin", "word", "patrol.origin"), _column("number", "code"), _column("found_on", "day"),
        _column("route", "code"), _column("place"), _column("title"), _column("category", "word", CATEGORY),
        _column("level", "word", LEVEL), _column("measure"),
        Column("fund", say("patrol.col.fund"), "money", total=True), _column("owner"), _column("due_on", "day"),
        _column("interim"), _column("fixed_on", "day"), _column("verified_by"), _column("verified_on", "day"),
        _column("reported_to"), _column("state", "word", STATE), _column("days_late", "count"), _column("lacking"),
    ]  # fmt: skip
    return Table("hazard.ledger", say("patrol.title.hazard_ledger"), columns, rows, notes=_counts(rows))


def ageing(ledger: "Ledger", day: date) -> Table:
    """The hazards not cancelled on a day by the days since they were found, with their levels and how many are late."""
    counts: dict[str, dict[str, int]] = {}
    for row, state, due in as_of(ledger, day):
        if state == "verified":
            continue
        age = rules.bucket((day - date.fromisoformat(row["found_on"])).days)
        line = counts.setdefault(age, dict.fromkeys(("hazards", *rules.LEVELS, "carried", "overdue"), 0))
        line["hazards"] += 1
        line[row["level"]] += 1
        line["carried"] += row["found_on"] < f"{day.year}-01-01"
        line["overdue"] += days_late(row, state, due, day) is not None
    rows = [{"age": name, **counts[name]} for name, _ in rules.BUCKETS if name in counts]
    keys = ("hazards", *rules.LEVELS, "carried", "overdue")
    columns = [_column("age", "word", "patrol.age"),
               *(Column(key, say(f"patrol.col.n_{key}"), "count", total=True) for key in keys)]  # fmt: skip
    return Table("hazard.ageing", say("patrol.title.ageing", day=day), columns, rows)


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Hazards for `logi find`."""
    return [
        {"kind": "hazard", "code": row["number"], "name": row["title"],
         "detail": "; ".join(part for part in (place_text(row), say(f"{STATE}.{row['state']}")) if part)}
        for row in store.hazards_titled(ledger.db, text)
    ]  # fmt: skip


def days_late(row: store.Row, state: str, due: date | None, day: date) -> int | None:
    """Days past the deadline until it was fixed, or until now; None if it was or is in time, or cancelled."""
    end = (as_day(row["fixed_on"]) or day) if state == "fixed" else day
    return (end - due).days if due and state != "verified" and end > due else None


def _listed(row: store.Row, state: str, due: date | None, day: date) -> dict[str, Any]:
    lacking = lacking_words(row) if state != "verified" else None
    return {
        "number": row["number"], "title": row["title"], "place": place_text(row), "category": row["category"],
        "level": row["level"], "state": state, "found_on": as_day(row["found_on"]), "owner": row["owner"],
        "due_on": due, "days_late": days_late(row, state, due, day), "lacking": shown(lacking) if lacking else None,
        "age_days": None if state == "verified" else (day - date.fromisoformat(row["found_on"])).days,
        "place_id": row["place_id"], "owner_id": row["owner_id"],
        "people": {row["owner_id"], row["found_by_id"], row["fixed_by_id"], row["verified_by_id"]},
    }  # fmt: skip


def _kept(ledger: "Ledger", wanted: Wanted, rows: list[dict[str, Any]]) -> list[bool]:
    place_id = school.place(ledger, wanted.place)["id"] if wanted.place else None
    owner_id = school.person(ledger, wanted.owner)["id"] if wanted.owner else None
    person_id = school.person(ledger, wanted.person)["id"] if wanted.person else None
    tests: list[tuple[object, Callable[[dict[str, Any]], bool]]] = [
        (wanted.state, lambda r: r["state"] == wanted.state),
        (wanted.level, lambda r: r["level"] == wanted.level),
        (wanted.category, lambda r: r["category"] == wanted.category),
        (place_id, lambda r: r["place_id"] == place_id),
        (owner_id, lambda r: r["owner_id"] == owner_id),
        (person_id, lambda r: person_id in r["people"]),
        (wanted.since, lambda r: wanted.since is None or r["found_on"] >= wanted.since),
        (wanted.until, lambda r: wanted.until is None or r["found_on"] <= wanted.until),
        (wanted.overdue, lambda r: r["days_late"] is not None),
        (wanted.incomplete, lambda r: r["lacking"] is not None),
        (wanted.unsettled, lambda r: r["state"] != "verified"),
    ]
    return [all(test(row) for asked, test in tests if asked) for row in rows]


def _ledger_row(row: store.Row, state: str, due: date | None, day: date) -> dict[str, Any]:
    """A line of the ledger: what happened after the day is left out."""
    fixed = as_day(row["fixed_on"]) if state in ("fixed", "verified") else None
    lacking = lacking_words(row) if state != "verified" else None
    verified = state == "verified"
    reported = row["reported_on"] is not None and row["reported_on"] <= day.isoformat()
    return {
        "number": row["number"], "found_on": as_day(row["found_on"]), "route": row["route"], "place": place_text(row),
        "title": row["title"], "category": row["category"], "level": row["level"], "measure": row["measure"],
        "fund": row["fund_fen"], "owner": row["owner"], "due_on": due, "interim": row["interim"],
        "fixed_on": fixed, "verified_by": row["verified_by"] if verified else None,
        "verified_on": as_day(row["verified_on"]) if verified else None,
        "reported_to": row["reported_to"] if reported else None, "state": state,
        "days_late": days_late(row, state, due, day), "lacking": shown(lacking) if lacking else None,
    }  # fmt: skip


def _counts(rows: list[dict[str, Any]]) -> list[str]:
    carried = sum(r["origin"] == "carried" for r in rows)
    states = [r["state"] for r in rows]
    return [
        say("patrol.note.ledger", carried=carried, opened=len(rows) - carried, fixed=states.count("fixed"),
            verified=states.count("verified"), late=sum(r["days_late"] is not None for r in rows),
            incomplete=sum(r["lacking"] is not None for r in rows))
    ]  # fmt: skip


def _steps(ledger: "Ledger", row: store.Row) -> Table:
    columns = (
        Column("on", say("patrol.col.on"), "day"), Column("what", say("patrol.col.what"), "word", words="patrol.step"),
        Column("by", say("patrol.col.by")), Column("note", say("patrol.col.note")),
        Column("due_on", say("patrol.col.due_on"), "day"), Column("entry", say("patrol.col.entry"), "count"),
    )  # fmt: skip
    rows = [
        {"on": as_day(s["on_day"]), "what": s["what"], "by": s["by_name"], "note": s["note"],
         "due_on": as_day(s["due_after"]), "entry": s["entry"]}
        for s in store.steps(ledger.db, row["id"])
    ]  # fmt: skip
    return Table("hazard.steps", say("patrol.title.steps"), columns, rows)


def _column(key: str, kind: str = "text", words: str = "") -> Column:
    return Column(key, say(f"patrol.col.{key}"), kind, words=words)


def _repairs(ledger: "Ledger", row: store.Row) -> str | None:
    found = store.repairs_of_hazard(ledger.db, row["id"])
    return "; ".join(f"{one['number']} {say('repair.state.' + one['state'])}" for one in found) or None


def _yuan(fen: int | None) -> str | None:
    from logi.core.messages import money_text

    return None if fen is None else money_text(fen, grouped=True)

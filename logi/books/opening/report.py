"""The questions about an opening; each returns a Table."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.opening import actions, school, store
from logi.core.answers import Column, Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

ORDER = ("on", "starts", "ends", "class", "place", "staff", "helpers", "expected", "arrived", "missing", "rate")


def arranged(ledger: "Ledger", term: str | None = None) -> Table:
    """報名安排表: class, room, day, time, staff, how many are expected, have come and are missing."""
    its_term = actions.term_of(ledger, term)
    rows = _rows(ledger, store.classes(ledger.db, its_term["id"]))
    table = _table(rows, say("opening.title.list", term=its_term["code"]))
    table.notes = tuple(_safety_notes(ledger, date.fromisoformat(its_term["starts_on"])))
    return table


def registration(ledger: "Ledger", since: date, until: date) -> Table:
    """The registration of every class on days of a period."""
    rows = _rows(ledger, store.classes_between(ledger.db, since.isoformat(), until.isoformat()))
    return _table(rows, say("opening.title.registration", since=since, until=until))


def safety(ledger: "Ledger", term: str | None = None) -> Table:
    """What shows that the opening is safe: the opening check, the hazards, the rounds, with their records."""
    its_term = actions.term_of(ledger, term)
    rows = [
        {"rule": rule, "done": done, "total": total, "degree": 1000 * done // total if total else None,
         "records": " ".join(numbers[:10]) or None}
        for rule, done, total, numbers in actions.safety(ledger, date.fromisoformat(its_term["starts_on"]))
    ]  # fmt: skip
    columns = (
        Column("rule", say("opening.col.rule"), "word", words="opening.safety"),
        Column("done", say("opening.col.done"), "count"), Column("total", say("opening.col.total"), "count"),
        Column("degree", say("opening.col.degree"), "rate"), Column("records", say("opening.col.records")),
    )  # fmt: skip
    return Table("opening.safety", say("opening.title.safety", term=its_term["code"]), columns, rows)


def pupils(ledger: "Ledger", *, class_: str | None = None, place: str | None = None, unplaced: bool = False) -> Table:
    """The pupils with class and bed; of a class, of a room, or those without a class."""
    rows = store.pupils(ledger.db)
    if class_:
        home = school.department(ledger, class_)
        rows = [row for row in rows if row["department_id"] == home["id"]]
    if place:
        room = school.place(ledger, place)
        rows = sorted((row for row in rows if row["place_id"] == room["id"]), key=lambda row: int(row["bed"]))
    if unplaced:
        rows = [row for row in rows if row["department_id"] is None]
    lines = [
        {"code": row["code"], "name": row["name"], "class": row["class_name"], "room": row["room"], "bed": row["bed"]}
        for row in rows
    ]
    columns = (
        Column("code", say("opening.col.code"), "code"), Column("name", say("opening.col.name")),
        Column("class", say("opening.col.class")), Column("room", say("opening.col.room"), "code"),
        Column("bed", say("opening.col.bed"), "count"),
    )  # fmt: skip
    notes = [say("opening.note.pupils", count=len(lines), beds=sum(row["bed"] is not None for row in lines))]
    return Table("opening.pupils", say("opening.title.pupils"), columns, lines, notes=notes)


def placement(ledger: "Ledger", since: date, until: date) -> Table:
    """Beds of every room of the dormitory: how many there are, taken and free."""
    beds = int(school.policy(ledger, "opening.beds_per_room", ledger.today))
    rows = []
    for room in store.dorm_rooms(ledger.db):
        there = store.in_room(ledger.db, room["id"])
        classes = "、".join(dict.fromkeys(row["class_name"] for row in there if row["class_name"])) or None
        rows.append({"room": room["code"], "room_name": room["name"], "beds": beds, "taken": len(there),
                     "free": max(beds - len(there), 0), "classes": classes})  # fmt: skip
    columns = (
        Column("room", say("opening.col.room"), "code"), Column("room_name", say("opening.col.room_name")),
        *(Column(key, say(f"opening.col.{key}"), "count", total=True) for key in ("beds", "taken", "free")),
        Column("classes", say("opening.col.classes")),
    )  # fmt: skip
    return Table("opening.placement", say("opening.title.placement"), columns, rows)


def unplaced(ledger: "Ledger", since: date, until: date) -> Table:
    """The pupils who have no class yet."""
    return pupils(ledger, unplaced=True)


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Pupils by name, code or initials."""
    from logi.finding import search as found

    known = {row["code"]: row for row in store.pupils(ledger.db)}
    return [
        {"kind": say("front.thing.pupil"), "code": row["code"], "name": row["name"],
         "detail": " ".join(str(part) for part in (known[row["code"]]["class_name"], known[row["code"]]["room"]) if part)}
        for row in found(ledger.db, "opening_pupil", text) if row["code"] in known
    ]  # fmt: skip


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A pupil by code."""
    row = store.pupil(ledger.db, number)
    if row is None:
        return None
    whole = pupils(ledger)
    rows = [one for one in whole.rows if one["code"] == row["code"]]
    return [Table(whole.name, whole.title, whole.columns, rows)]


def _rows(ledger: "Ledger", found: list[Any]) -> list[dict[str, Any]]:
    home = ledger.settings.get("ledger_id", "logi")
    return [{**row, "uid": f"{row['number']}@{home}.logi"} for row in map(_row, found)]


def _row(row: Any) -> dict[str, Any]:
    expected, arrived = row["expected"], row["arrived"]
    return {
        "on": date.fromisoformat(row["on_day"]), "starts": row["starts"], "ends": row["ends"], "class": row["class_name"],
        "place": row["place"], "staff": row["staff"], "helpers": row["helpers"], "expected": expected, "arrived": arrived,
        "missing": max(expected - arrived, 0) if expected is not None else None,
        "rate": (2000 * arrived + expected) // (2 * expected) if expected else None,
        # unshown, for a calendar
        "number": f"{row['term']}-{row['class_code']}", "title": f"{row['class_name']} {row['place_name']} {row['starts']}",
    }  # fmt: skip


def _table(rows: list[dict[str, Any]], heading: str) -> Table:
    kinds = {"on": "day", "place": "code", "expected": "count", "arrived": "count", "missing": "count", "rate": "rate"}
    columns = [
        Column(key, say(f"opening.col.{key}"), kinds.get(key, "text"), total=key in ("expected", "arrived", "missing"))
        for key in ORDER
    ]
    expected = sum(row["expected"] or 0 for row in rows)
    arrived = sum(row["arrived"] for row in rows)
    totals = {"rate": (2000 * arrived + expected) // (2 * expected)} if expected else {}
    return Table("opening.registration", heading, columns, rows, totals=totals)


def _safety_notes(ledger: "Ledger", starts_on: date) -> list[str]:
    checked = next(one for one in actions.safety(ledger, starts_on) if one[0] == "check-opening")
    return [say("opening.note.safe" if checked[1] else "opening.note.unsafe")]

"""Reports on assessment: rounds, ranking, conduct, notices."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import assess_actions, assessing, reckoning, school, store_assess
from logi.books.people.tabling import as_day, table
from logi.core.answers import Table
from logi.core.errors import NotFound
from logi.core.messages import quantity_text, say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

SCHEMES = ("code:code title target:word:people.target n:count aspect:word:people.aspect words weight:count from_day:day "
           "ended_on:day")  # fmt: skip
ROUNDS = ("number:code title since:day ends_on:day staff:count+ scored:count+ excellent:count+ good:count+ pass:count+ "
          "fail:count+ closed_on:day accepted_on:day accepted_by stage:word:people.stage")  # fmt: skip
RANKING = "rank:count code:code name department points:quantity grade:word:people.grade best weakest lacking notices"
MARKS = "on:day code:code name kind:word:people.conduct minutes:count+ points_off:count+ by note"
CONDUCT = ("code:code name department late:count+ early:count+ absent:count+ leave:count+ post:count+ breach:count+ "
           "minutes:count+ points_off:count+ score:quantity")  # fmt: skip
NOTICES = "number:code on:day kind:word:people.notice code:code name words basis amount:money+ doc_no:code"


def schemes(ledger: "Ledger") -> Table:
    """Every scheme with its items and weights."""
    rows = [
        {"code": row["code"], "title": row["name"], "target": row["target"], "n": item["n"], "aspect": item["aspect"],
         "words": item["words"] or say(f"people.norm.{item['aspect']}"), "weight": item["weight"],
         "from_day": as_day(row["from_day"]), "ended_on": as_day(row["ended_on"])}
        for row in store_assess.schemes(ledger.db) for item in store_assess.items(ledger.db, row["id"])
    ]  # fmt: skip
    return table("schemes", say("people.title.schemes"), SCHEMES, rows)


def rounds(ledger: "Ledger", since: date, until: date) -> Table:
    """The rounds that end in a period: how many of each grade, closed and accepted when (STF-05)."""
    rows = []
    for row in store_assess.rounds(ledger.db, ledger.today):
        if not since.isoformat() <= row["until_day"] or row["since_day"] > until.isoformat():
            continue
        found = reckoning.standings(ledger, row)
        counts = {grade: sum(one.grade == grade for one in found) for grade in assessing.GRADES} if row["closed_on"] else {}
        rows.append({
            "number": row["number"], "title": row["name"], "since": as_day(row["since_day"]),
            "ends_on": as_day(row["until_day"]), "staff": len(found), "scored": sum(not one.missing for one in found), **counts,
            "closed_on": as_day(row["closed_on"]), "accepted_on": as_day(row["accepted_on"]), "accepted_by": row["accepter"],
            "stage": "accepted" if row["accepted_on"] else "closed" if row["closed_on"] else "open",
        })  # fmt: skip
    return table("rounds_of", say("people.title.rounds_of", since=since, until=until), ROUNDS, rows)


def ranking(ledger: "Ledger", number: str | None = None, *, full: bool = False, day: date | None = None) -> Table:
    """考核評比表 of a round (the newest without a number): rank, points, grade; every item with `full` (STF-04)."""
    row = chosen(ledger, number)
    rows = ranking_rows(ledger, row, day)
    items = store_assess.items(ledger.db, row["scheme_id"])
    specs = RANKING
    if full:
        specs = "rank:count code:code name " + " ".join(f"{item['aspect']}:quantity" for item in items) + (
            " points:quantity grade:word:people.grade")  # fmt: skip
    weights = [f"{title('people.aspect', item['aspect'])} {item['weight']}" for item in items]
    notes = [say("people.note.ranking", weights=weights)]
    return table("ranking", say("people.title.ranking", number=row["number"], name=row["name"]), specs, rows, notes=notes)


def ranking_rows(ledger: "Ledger", row: Any, day: date | None = None) -> list[dict[str, Any]]:
    """The lines of a ranking, with every item under its aspect and the notices up to a day."""
    there = {one["id"]: one for one in store_assess.subjects(ledger.db, row["id"])}
    told: dict[tuple[str, Any], list[str]] = {}
    for notice in store_assess.notices(ledger.db, until=day or ledger.today):
        if notice["round"] == row["number"]:
            told.setdefault(_who(notice), []).append(notice["number"])
    rows = []
    for one in reckoning.standings(ledger, row):
        subject = there[one.subject_id]
        marks = [mark for mark in one.marks if mark.score_milli is not None]
        marks.sort(key=lambda mark: mark.score_milli or 0)
        key = _who(subject)
        rows.append({
            "rank": one.rank, "code": subject["code"], "name": subject["name"], "department": subject["department"],
            "points": one.total_milli, "grade": one.grade, "best": _mark_text(marks[-1]) if len(marks) > 1 else None,
            "weakest": _mark_text(marks[0]) if len(marks) > 1 else None,
            "lacking": shown([title("people.aspect", aspect) for aspect in one.missing]) if one.missing else None,
            "notices": shown(told.get(key)) if key in told else None,
            **{mark.aspect: mark.score_milli for mark in one.marks},
        })  # fmt: skip
    return rows


def marks(ledger: "Ledger", since: date, until: date, *, person: str | None = None) -> Table:
    """The attendance and discipline log of a period."""
    last = min(until, ledger.today)
    person_id = school.person(ledger, person)["id"] if person else None
    rows = [
        {"on": as_day(row["on_day"]), "code": row["code"], "name": row["name"], "kind": row["kind"], "minutes": row["minutes"],
         "points_off": _points(ledger, row), "by": row["by_name"], "note": row["note"]}
        for row in store_assess.conduct(ledger.db, since, last, person_id)
    ]  # fmt: skip
    return table("marks", say("people.title.marks", since=since, until=last), MARKS, rows)


def conduct(ledger: "Ledger", since: date, until: date) -> Table:
    """Attendance and discipline by person: how often what, and what it leaves of a hundred points (STF-13)."""
    last = min(until, ledger.today)
    names = {row["id"]: row["name"] for row in school.departments(ledger.db)}
    of: dict[int, list[Any]] = {}
    for row in store_assess.conduct(ledger.db, since, last):
        of.setdefault(row["person_id"], []).append(row)
    points = school.policy(ledger, "staff.conduct_points", last)
    rows = []
    for found in sorted(of.values(), key=lambda one: one[0]["code"]):
        counts = {kind: sum(row["kind"] == kind for row in found) for kind in assessing.CONDUCT}
        rows.append({"code": found[0]["code"], "name": found[0]["name"], "department": names.get(found[0]["department_id"]),
                     **counts, "minutes": sum(row["minutes"] or 0 for row in found),
                     "points_off": sum(int(points.get(kind, 0)) * count for kind, count in counts.items()),
                     "score": assessing.discipline(counts, points)})  # fmt: skip
    return table("conduct", say("people.title.conduct", since=since, until=last), CONDUCT, rows)


def notices(ledger: "Ledger", since: date, until: date) -> Table:
    """Commendation, criticism and reward of a period (STF-21)."""
    last = min(until, ledger.today)
    rows = [one_notice(row) for row in store_assess.notices(ledger.db, since, last)]
    return table("notices", say("people.title.notices", since=since, until=last), NOTICES, rows)


def one_notice(row: Any) -> dict[str, Any]:
    """A line of the list of notices."""
    basis = [one for one in (row["round"], row["run"], row["basis"]) if one]
    return {"number": row["number"], "on": as_day(row["on_day"]), "kind": row["kind"], "code": row["code"], "name": row["name"],
            "words": row["words"], "basis": shown(basis), "amount": row["amount_fen"], "doc_no": row["doc_no"]}  # fmt: skip


def chosen(ledger: "Ledger", number: str | None) -> Any:
    """The round of a number, or the newest; NotFound (3)."""
    if number is not None:
        return assess_actions.round_(ledger, number)
    rows = store_assess.rounds(ledger.db, ledger.today)
    if not rows:
        raise NotFound("people.no_round_yet")
    return rows[-1]


def _who(row: Any) -> tuple[str, int]:
    """A person or a department, told apart."""
    return ("person", row["person_id"]) if row["person_id"] else ("department", row["department_id"])


def _mark_text(mark: assessing.Mark) -> str:
    return f"{title('people.aspect', mark.aspect)} {quantity_text(mark.score_milli or 0)}"


def _points(ledger: "Ledger", row: Any) -> int:
    return int(school.policy(ledger, "staff.conduct_points", date.fromisoformat(row["on_day"])).get(row["kind"], 0))



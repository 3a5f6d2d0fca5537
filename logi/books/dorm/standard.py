"""The standard of a dormitory: the uniform items of each building by its last checks, the rooms' ranking, the rules."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.dorm import check, paper, school, store
from logi.books.dorm.tabling import as_day, table
from logi.core.answers import Pack, Table
from logi.core.folding import fold
from logi.core.messages import say, shown
from logi.core.shares import permille_text

if TYPE_CHECKING:
    from logi.db import Ledger

ITEMS = "building:code building_name n:count item state:word:dorm.standard places on:day number:code settled:word:check.outcome"
RANKING = ("rank:count building:code floor:count room:code room_name sleepers:count+ runs:count+ score:rate "
           "grade:word:check.grade failed:count+")  # fmt: skip
RULES = "words document no:code state:word:paper.state effective:day command"


def pack_of(ledger: "Ledger", *, building: str | None = None) -> Pack:
    """八統一達標表 with the regulations that stand for it."""
    from logi.journal import head

    title = say("dorm.title.standard", day=ledger.today)
    return Pack("dorm.standard", title, ledger.today.isoformat(), head(ledger.db).short,
                [items(ledger, ledger.today, building=building), regulations(ledger, ledger.today)])  # fmt: skip


def items(ledger: "Ledger", day: date, *, building: str | None = None) -> Table:
    """Each uniform item of each building: met, lacking (and where), or never looked at, by the last check of each place."""
    known = check.lists.known(check.EIGHT)
    only = store.building(ledger, building)["id"] if building else None
    last: dict[int, store.Row] = {}
    for run in check.runs(ledger.db, check.EIGHT, None, day):
        if run["place_id"] is not None:
            last[run["place_id"]] = run
    answers = check.results_of_runs(ledger.db, list(last.values()))
    rows = []
    for house in store.buildings(ledger.db):
        own = [last[at] for at in places_of(ledger, house, day) if at in last]
        for n, item in enumerate(known.items if known is not None and only in (None, house["id"]) else (), 1):
            given = [(run, one) for run in own for one in answers.get(run["number"], []) if one["item"] == item.id]
            rows.append({"building": house["code"], "building_name": house["name"], "n": n,
                         "item": check.lists.said(item.titles), **_state(ledger, given)})  # fmt: skip
    good = sum(row["state"] == "met" for row in rows)
    notes = [say("dorm.note.standard", met=good, count=len(rows), rate=permille_text(good, len(rows)))] if rows else []
    return table("standard", say("dorm.title.items", day=day), ITEMS, rows, notes=notes)


def ranking(ledger: "Ledger", since: date, until: date, *, building: str | None = None) -> Table:
    """宿舍評比: the rooms by the mean score of their checks, with how many sleep there; rooms never checked stand last."""
    only = store.building(ledger, building)["id"] if building else None
    found = {row["place"]: row for row in check.ranking(ledger, check.ROOM, since, until).rows}
    there = store.sleeping(ledger.db, min(until, ledger.today))
    rows: list[dict[str, Any]] = []
    for row in store.rooms(ledger.db, min(until, ledger.today)):
        if only in (None, row["building_id"]):
            one = found.get(row["room"], {})
            rows.append({"building": row["building"], "floor": row["floor"], "room": row["room"], "room_name": row["room_name"],
                         "sleepers": sum(own["room_id"] == row["id"] for own in there), "runs": one.get("runs", 0),
                         "score": one.get("score"), "grade": one.get("grade"), "failed": one.get("failed", 0)})  # fmt: skip
    rows.sort(key=lambda row: (row["score"] is None, -(row["score"] or 0), row["room"]))
    for line in rows:
        better = sum(other["score"] is not None and other["score"] > (line["score"] or 0) for other in rows)
        line["rank"] = None if line["score"] is None else better + 1
    return table("ranking", say("dorm.title.ranking", since=since, until=until), RANKING, rows)


def regulations(ledger: "Ledger", day: date) -> Table:
    """The regulations that `dorm.rules` asks for, by words of their titles: which one stands, or the line that mends it."""
    rows = []
    for words, row, state in asked(ledger, day):
        command = None if state in ("trial", "force") else mend(ledger, words, row, state)
        rows.append({"words": words, "document": row["name"] if row is not None else None,
                     "no": row["doc_no"] if row is not None else None, "state": state, "command": command,
                     "effective": as_day(row["from_day"] or row["trial_day"]) if row is not None else None})  # fmt: skip
    return table("rules", say("dorm.title.rules", day=day), RULES, rows)


def asked(ledger: "Ledger", day: date) -> list[tuple[str, Any, str | None]]:
    """(words, the best document that bears them, how it stands) for each regulation `dorm.rules` asks for."""
    known = paper.regulations(ledger, day)
    order = ("force", "trial", "coming", "draft")
    found: list[tuple[str, Any, str | None]] = []
    for words in school.policy(ledger, "dorm.rules", day):
        mine = [(row, state) for row, state in known if fold(words) in row["folded"]]
        mine.sort(key=lambda one: order.index(one[1]) if one[1] in order else len(order))
        found.append((words, *mine[0]) if mine else (words, None, None))
    return found


def mend(ledger: "Ledger", words: str, row: Any, state: str | None) -> str:
    """The line that lays a regulation down, or puts one in force."""
    if state == "draft":
        return f"logi paper adopt {row['code']} --from DAY"
    area = school.policy(ledger, "dorm.rules", ledger.today).get(words, "dormitory")
    return f"logi paper add {words}管理制度 --kind regulation --area {area} --from DAY"


def places_of(ledger: "Ledger", house: store.Row, day: date) -> list[int]:
    """The place of a building and of its rooms."""
    rooms = [row["place_id"] for row in store.rooms(ledger.db, day) if row["building_id"] == house["id"]]
    return [*([house["place_id"]] if house["place_id"] is not None else []), *rooms]


def _state(ledger: "Ledger", given: list[tuple[store.Row, store.Row]]) -> dict[str, Any]:
    """How an item stands in a building: the newest look at it, and where it fails."""
    if not given:
        return {"state": "unchecked"}
    failing = [(run, one) for run, one in given if one["result"] == "fail" and check.outcome(ledger, one) in ("open", "noted")]
    mended = [(run, one) for run, one in given if one["result"] == "fail"]
    run, answer = (failing or mended or given)[-1]
    return {
        "state": "lacking" if failing else "met", "on": as_day(run["on_day"]), "number": run["number"],
        "places": shown([one[0]["place"] for one in failing]) if failing else None,
        "settled": check.outcome(ledger, answer) if mended else None,
    }  # fmt: skip

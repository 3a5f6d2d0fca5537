"""What many runs say together: results, problems and their closure, trend, ranking of places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.check import lists, rules, school, store
from logi.books.check.actions import place_text, still_open, unsigned
from logi.books.check.using import as_day, in_force, responsible
from logi.core.answers import Column, Pack, Table, Word
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

GRADE = "check.grade"


def results(
    ledger: "Ledger", since: date | None, until: date | None, *, text: str | None = None, place: str | None = None,
    person: str | None = None, failed: bool = False, brief: bool = False,
) -> Table:  # fmt: skip
    """The runs of a period with score, grade, what failed and what was opened.

    `brief` leaves out assets that were in order, and says how many.
    """
    runs = _runs(ledger, since, until, text=text, place=place, person=person)
    scores = [row["score"] for row in runs if row["failed"] or not failed]
    good = sum(brief and row["asset"] is not None and not row["failed"] for row in runs)
    if good:
        runs = [row for row in runs if row["asset"] is None or row["failed"]]
    answers = store.results_of_runs(ledger.db, runs)
    rows = [_result_row(ledger, row, answers.get(row["number"], [])) for row in runs if row["failed"] or not failed]
    columns = (
        _column("on", "day"), _column("number", "code"), _column("list", "code"), _column("title"), _column("place"),
        _column("by"), _column("score", "rate"), _column("grade", "word", GRADE),
        Column("failed", say("check.col.failed"), "count", total=True), _column("failures"), _column("opened", "code"),
        _column("unsigned"),
    )  # fmt: skip
    totals = {"score": rules.mean(scores)}
    notes = [say("check.note.assets_good", count=good)] if good else []
    return Table("check.results", say("check.title.results"), columns, rows, totals=totals, notes=notes)


def problems(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """Every failed item of a period: where, what was found, what was opened for it, and whether that is settled."""
    rows = [
        {"on": as_day(run["on_day"]), "number": run["number"], "title": _title(run), "place": place_text(run),
         **_named(run, answer), "remark": answer["remark"], "opened": answer["opened"],
         "outcome": outcome(ledger, answer)}
        for run, answer in _failures(ledger, _runs(ledger, since, until))
    ]  # fmt: skip
    columns = (
        _column("on", "day"), _column("number", "code"), _column("title"), _column("place"), _column("area"),
        _column("text"), _column("value"), _column("remark"), _column("opened", "code"),
        _column("outcome", "word", "check.outcome"),
    )  # fmt: skip
    return Table("check.problems", say("check.title.problems"), columns, rows, notes=_closure_note(rows))


def areas(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """By list and area: runs, problems found, settled, closure rate. Areas without a problem stand too."""
    runs = _runs(ledger, since, until)
    found = _failures(ledger, runs)
    rows: list[dict[str, Any]] = []
    for key in sorted({run["list"] for run in runs}):
        checklist = lists.known(key)
        if checklist is None:
            continue
        own = [(run, answer) for run, answer in found if run["list"] == key]
        for area in checklist.areas or ("",):
            within = {item.id for item in checklist.items if (item.area or "") == area}
            outcomes = [outcome(ledger, answer) for _, answer in own if answer["item"] in within]
            title = lists.said(checklist.areas[area]) if area else None
            rows.append({"list": key, "title": lists.title(checklist), "area": title,
                         "runs": sum(run["list"] == key for run in runs), **_closure(outcomes)})  # fmt: skip
    columns = (
        _column("list", "code"), _column("title"), _column("area"), _column("runs", "count"),
        Column("problems", say("check.col.problems"), "count", total=True),
        Column("closed", say("check.col.closed"), "count", total=True), _column("closure", "rate"),
    )  # fmt: skip
    totals = {"closure": _rate(sum(r["closed"] for r in rows), sum(r["problems"] for r in rows))}
    return Table("check.areas", say("check.title.areas"), columns, rows, totals=totals)


def departments(ledger: "Ledger", since: date | None, until: date | None, *, text: str | None = None) -> Table:
    """Failures counted by the department that keeps the place, item by item (lights and cooling left on: ENE-02)."""
    key = lists.named(ledger, text).key if text else None
    last = min(until or ledger.today, ledger.today)
    groups: dict[tuple[str, str, str], list[str | None]] = {}
    for row in store.failures_by_department(ledger.db, since or date.min, last, key):
        group = (row["department"] or "", row["list"], row["item"])
        groups.setdefault(group, []).append(outcome(ledger, row))
    rows = []
    for (department, name, item), outcomes in sorted(groups.items(), key=lambda one: (not one[0][0], one[0])):
        checklist = lists.known(name)
        found = checklist.item(item) if checklist else None
        rows.append({"department": department or None, "list": name, "title": lists.title(checklist) if checklist else name,
                     "item": item, "text": lists.title(found) if found else None, **_closure(outcomes)})  # fmt: skip
    columns = (
        _column("department"), _column("list", "code"), _column("title"), _column("item", "code"), _column("text"),
        Column("problems", say("check.col.problems"), "count", total=True),
        Column("closed", say("check.col.closed"), "count", total=True), _column("closure", "rate"),
    )  # fmt: skip
    totals = {"closure": _rate(sum(r["closed"] for r in rows), sum(r["problems"] for r in rows))}
    return Table("check.departments", say("check.title.departments"), columns, rows, totals=totals)


def trend(ledger: "Ledger", text: str, since: date | None, until: date | None, *, place: str | None = None) -> Pack:
    """A list over time: each run against the one before at its place; each item's failures and their closure."""
    from logi.journal import head

    checklist = lists.named(ledger, text)
    runs = _runs(ledger, since, until, text=checklist.key, place=place)
    name = say("check.title.trend", title=lists.title(checklist))
    period = "–".join(day.isoformat() for day in (since, until) if day)
    tables = [_scores(ledger, name, runs), _items(ledger, checklist, runs)]
    return Pack("check.trend", name, period, head(ledger.db).short, tables)


def ranking(ledger: "Ledger", text: str, since: date | None, until: date | None) -> Table:
    """Places by the mean score of a list's runs, best first; places in use without a run stand last."""
    checklist = lists.named(ledger, text)
    by_place: dict[int, list[store.Row]] = {}
    for run in _runs(ledger, since, until, text=checklist.key):
        if run["place_id"] is not None:
            by_place.setdefault(run["place_id"], []).append(run)
    day = min(until or ledger.today, ledger.today)
    zones = {row["place_id"]: row for row in store.uses(ledger.db, checklist.key) if in_force(row, day)}
    places = {row["id"]: row for row in school.places(ledger.db)}
    rows = [_place_row(ledger, places[at], by_place.get(at, []), zones.get(at), day)
            for at in {*by_place, *(at for at in zones if at)} if at in places]  # fmt: skip
    rows.sort(key=lambda r: (r["score"] is None, -(r["score"] or 0), r["place"]))
    for row in rows:
        better = sum(one["score"] is not None and one["score"] > (row["score"] or 0) for one in rows)
        row["rank"] = None if row["score"] is None else better + 1
    columns = (
        _column("rank", "count"), _column("place", "code"), _column("name"), _column("owner"), _column("runs", "count"),
        _column("score", "rate"), _column("grade", "word", GRADE), _column("failed", "count"),
    )  # fmt: skip
    return Table("check.ranking", say("check.title.ranking", title=lists.title(checklist)), columns, rows)


def outcome(ledger: "Ledger", answer: store.Row) -> str | None:
    """What became of a failed item: put right on the spot, noted only, still open, or settled since."""
    if answer["result"] != "fail":
        return None
    if answer["settled"]:
        return "on-the-spot"
    if not answer["opened"]:
        return "noted"
    return "open" if still_open(ledger.db, answer["opened"]) else "closed"


def grade(ledger: "Ledger", tenths: int | None, day: date) -> str | None:
    """The grade of a score by the policy of a day."""
    return rules.grade(tenths, school.policy(ledger, "check.grades", day))


def _runs(ledger: "Ledger", since: date | None, until: date | None, *, text: str | None = None,
          place: str | None = None, person: str | None = None) -> list[store.Row]:  # fmt: skip
    key = lists.named(ledger, text).key if text else None
    place_id = school.place(ledger, place)["id"] if place else None
    by_id = school.person(ledger, person)["id"] if person else None
    return store.runs(ledger.db, key, since, until, place_id=place_id, by_id=by_id)


def _failures(ledger: "Ledger", runs: Sequence[store.Row]) -> list[tuple[store.Row, store.Row]]:
    answers = store.results_of_runs(ledger.db, [run for run in runs if run["failed"]])
    return [(run, one) for run in runs for one in answers.get(run["number"], []) if one["result"] == "fail"]


def _result_row(ledger: "Ledger", row: store.Row, answers: Sequence[store.Row]) -> dict[str, Any]:
    checklist = lists.known(row["list"])
    day = date.fromisoformat(row["on_day"])
    failures = [_named(row, one)["text"] or one["item"] for one in answers if one["result"] == "fail"]
    opened = dict.fromkeys(one["opened"] for one in answers if one["opened"])
    waiting = [Word.of("check.role", role) for role in unsigned(ledger.db, row, checklist)]
    return {
        "on": day, "number": row["number"], "list": row["list"], "title": _title(row), "place": place_text(row),
        "by": row["by_name"], "score": row["score"], "grade": grade(ledger, row["score"], day),
        "failed": row["failed"], "failures": shown(failures) if failures else None,
        "opened": " ".join(opened) or None, "unsigned": shown(waiting) if waiting else None,
    }  # fmt: skip


def _scores(ledger: "Ledger", name: str, runs: Iterable[store.Row]) -> Table:
    before: dict[tuple[Any, Any], int] = {}
    rows = []
    for run in runs:
        at = (run["place_id"], run["spot"])
        score = run["score"]
        change = score - before[at] if score is not None and at in before else None
        if score is not None:
            before[at] = score
        day = date.fromisoformat(run["on_day"])
        rows.append({"on": day, "number": run["number"], "place": place_text(run), "score": score, "change": change,
                     "grade": grade(ledger, score, day), "failed": run["failed"]})  # fmt: skip
    columns = (
        _column("on", "day"), _column("number", "code"), _column("place"), _column("score", "rate"),
        _column("change", "rate"), _column("grade", "word", GRADE),
        Column("failed", say("check.col.failed"), "count", total=True),
    )  # fmt: skip
    return Table("check.scores", name, columns, rows, totals={"score": rules.mean(row["score"] for row in rows)})


def _items(ledger: "Ledger", checklist: rules.Checklist, runs: Sequence[store.Row]) -> Table:
    answers = [one for there in store.results_of_runs(ledger.db, runs).values() for one in there]
    rows = []
    for item in checklist.items:
        own = [one for one in answers if one["item"] == item.id and one["result"] != "na"]
        outcomes = [outcome(ledger, one) for one in own if one["result"] == "fail"]
        rows.append({
            "item": item.id, "area": lists.area(checklist, item), "text": lists.title(item), "answers": len(own),
            **_closure(outcomes),
        })  # fmt: skip
    columns = [
        _column("item", "code"), _column("text"), _column("answers", "count"),
        Column("problems", say("check.col.problems"), "count", total=True),
        Column("closed", say("check.col.closed"), "count", total=True), _column("closure", "rate"),
    ]  # fmt: skip
    if checklist.areas:
        columns.insert(1, _column("area"))
    return Table("check.item_trend", say("check.title.item_trend"), columns, rows)


def _place_row(ledger: "Ledger", place: store.Row, runs: Sequence[store.Row], zone: store.Row | None,
               day: date) -> dict[str, Any]:  # fmt: skip
    score = rules.mean(run["score"] for run in runs)
    keeper = place["keeper"] if not place["keeper_left"] else None
    return {
        "place": place["code"], "name": place["name"], "owner": responsible(zone) if zone is not None else keeper,
        "runs": len(runs), "score": score, "grade": grade(ledger, score, day),
        "failed": sum(run["failed"] for run in runs),
    }  # fmt: skip


def _named(run: store.Row, answer: store.Row) -> Mapping[str, Any]:
    checklist = lists.known(run["list"])
    item = checklist.item(answer["item"]) if checklist else None
    if checklist is None or item is None:
        return {"area": None, "text": answer["item"], "value": answer["value"]}
    return {"area": lists.area(checklist, item), "text": lists.title(item), "value": lists.value(item, answer["value"])}


def _title(run: store.Row) -> str:
    checklist = lists.known(run["list"])
    return lists.title(checklist) if checklist else str(run["list"])


def _closure(outcomes: Sequence[str | None]) -> dict[str, Any]:
    closed = sum(one in ("closed", "on-the-spot") for one in outcomes)
    return {"problems": len(outcomes), "closed": closed, "closure": _rate(closed, len(outcomes))}


def _closure_note(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    found = _closure([row["outcome"] for row in rows])
    tenths = found["closure"]
    return [say("check.note.closure", problems=found["problems"], closed=found["closed"],
                rate=f"{tenths // 10}.{tenths % 10}")]  # fmt: skip


def _rate(part: int, whole: int) -> int | None:
    return (2000 * part + whole) // (2 * whole) if whole else None


def _column(key: str, kind: str = "text", words: str = "") -> Column:
    return Column(key, say(f"check.col.{key}"), kind, words=words)

"""The verbs of programmes (創建活動): a standard, yearly targets, schools that take part, their acceptance."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.rollup import rules, store
from logi.books.rollup.actions import alive
from logi.books.rollup.tree import Tree
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry


def add(e: Entry, code: str, name: str, *, standard: str, full: int = 100 * rules.ONE, least: int = 0,
        goal: int | None = None, starts: date | None = None, source: str | None = None) -> Confirmation:  # fmt: skip
    """Begin a programme: its standard, how many points are full and how many pass, how many schools are wanted."""
    free_code(e.db, "rollup_programme", code, what="programme")
    day = e.happened(starts or e.today)
    if least > full or full == 0:
        raise Refused("rollup.pass_above", least=Milli(least), full=Milli(full))
    e.insert("rollup_programme", code=code, **named(name), standard=standard, full_milli=full, pass_milli=least, goal=goal,
             from_day=day, source=source)  # fmt: skip
    facts = {"name": name, "standard": standard, "full": Milli(full), "least": Milli(least), "goal": goal, "on": day}
    return Confirmation("programme.add", code, facts=facts)


def target(e: Entry, text: str, year: str, percent: int, *, due: date | None = None) -> Confirmation:
    """So many percent of the schools by the end of a year, all years together: a later year asks for no less."""
    row = store.programme(e, text)
    if percent > 100:
        raise Usage("rollup.percent_over", percent=percent)
    day = due or date(int(year), 12, 31)
    mine = (year, percent, day.isoformat())
    for other in store.targets(e.db, row["id"]):
        first, then = sorted([mine, (other["year"], other["percent"], other["due_on"])])
        if other["year"] != year and (first[1] > then[1] or first[2] >= then[2]):
            raise Refused("rollup.target_falls", year=year, percent=percent, due=day, other=other["year"],
                          there=other["percent"], other_due=date.fromisoformat(other["due_on"]))  # fmt: skip
    there = next((one for one in store.targets(e.db, row["id"]) if one["year"] == year), None)
    if there is not None:
        e.update("rollup_target", there["id"], percent=percent, due_on=day)
    else:
        e.insert("rollup_target", programme_id=row["id"], year=year, percent=percent, due_on=day)
    facts = {"name": row["name"], "year": year, "percent": percent, "due": day,
             "wanted": rules.wanted(row["goal"], percent) if row["goal"] else None}  # fmt: skip
    return Confirmation("programme.target", row["code"], facts=facts)


def join(e: Entry, text: str, names: Sequence[str], *, under: str | None = None, on: date | None = None) -> Confirmation:
    """Schools take part: named ones, or all below a unit that do not yet."""
    row = store.programme(e, text)
    day = e.happened(on or e.today)
    if not names and not under:
        raise Usage("rollup.join_whom", code=row["code"])
    there = {one["unit_id"] for one in store.members(e.db, row["id"]) if one["left_on"] is None}
    joined = []
    for name in names:
        unit = alive(e, name, max(day, e.today))  # whoever is closed since takes no part any more
        if unit["id"] in there:
            raise Refused("rollup.member_already", code=unit["code"], programme=row["code"])
        joined.append(unit)
        there.add(unit["id"])
    if under:
        top = alive(e, under, day)
        joined += [one for one in Tree(e, day).under(top["id"])
                   if one["level"] in rules.TEACHING and one["id"] not in there and one["closed_on"] is None]  # fmt: skip
    for unit in joined:
        if unit["level"] not in rules.TEACHING:
            raise Refused("rollup.no_school", code=unit["code"], level=Word.of("rollup.level", unit["level"]))
        e.insert("rollup_member", programme_id=row["id"], unit_id=unit["id"], from_day=day)
    if not joined:
        raise Refused("rollup.nobody_joins", code=row["code"], unit=under)
    facts = {"name": row["name"], "count": len(joined), "units": [one["name"] for one in joined][:10], "on": day,
             "members": len(there | {one["id"] for one in joined})}  # fmt: skip
    return Confirmation("programme.join", row["code"], facts=facts)


def leave(e: Entry, text: str, name: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A school takes part no longer."""
    row, day = store.programme(e, text), e.happened(on or e.today)
    unit = store.unit(e, name)
    member = _member(e, row, unit)
    if day.isoformat() < member["from_day"]:
        raise Refused("rollup.left_before", code=unit["code"], since=date.fromisoformat(member["from_day"]), day=day)
    e.update("rollup_member", member["id"], left_on=day, left_why=reason)
    return Confirmation("programme.leave", row["code"], facts={"name": row["name"], "unit": unit["name"], "on": day,
                                                               "reason": reason})  # fmt: skip


def accept(e: Entry, text: str, name: str, *, score: int, team: str | None = None, doc: str | None = None,
           on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """A school was inspected and scored; from the programme's pass mark on it has reached the standard."""
    row, day = store.programme(e, text), e.happened(on or e.today)
    unit = alive(e, name, day)
    member = _member(e, row, unit)
    if day.isoformat() < member["from_day"]:
        raise Refused("rollup.left_before", code=unit["code"], since=date.fromisoformat(member["from_day"]), day=day)
    if score > row["full_milli"]:
        raise Refused("rollup.score_over", score=Milli(score), full=Milli(row["full_milli"]))
    before = store.acceptances(e.db, row["id"], date.max, unit["id"])
    if before and before[-1]["on_day"] >= day.isoformat():
        raise Refused("rollup.accepted_already", code=unit["code"], on=date.fromisoformat(before[-1]["on_day"]),
                      score=Milli(before[-1]["score_milli"]))  # fmt: skip
    passed = score >= row["pass_milli"]
    e.insert("rollup_acceptance", on_day=day, programme_id=row["id"], unit_id=unit["id"], score_milli=score,
             passed=int(passed), team=team, doc_no=doc, note=note)  # fmt: skip
    if not passed:
        e.warn("rollup.not_passed", code=unit["code"], least=Milli(row["pass_milli"]))
    facts = {"name": row["name"], "unit": unit["name"], "on": day, "score": Milli(score), "full": Milli(row["full_milli"]),
             "result": Word.of("rollup.result", "passed" if passed else "failed"), "by": team, "doc": doc}  # fmt: skip
    return Confirmation("programme.accept", row["code"], facts=facts)


def _member(e: Entry, row: Any, unit: Any) -> Any:
    found = [one for one in store.members(e.db, row["id"]) if one["unit_id"] == unit["id"] and one["left_on"] is None]
    if not found:
        raise Refused("rollup.no_member", code=unit["code"], programme=row["code"])
    return found[0]

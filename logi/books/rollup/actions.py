"""The verbs of units: registered under their superior, changed, counted, closed."""

from datetime import date
from typing import Any

from logi.books.rollup import rules, store
from logi.books.rollup.tree import Tree
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

LEVEL, KIND, AREA, NEED = "rollup.level", "rollup.kind", "rollup.area", "rollup.need"
NOBODY = ("-", "—", "–")
SAID = ("kind", "area", "staff", "posts", "office", "facilities", "leader", "head", "note", "reports_from")


def add(e: Entry, code: str, name: str, *, level: str, parent: str | None = None, own: bool = False,
        pupils: int | None = None, starts: date | None = None, **said: Any) -> Confirmation:  # fmt: skip
    """Register a unit under its superior; `said` are kind, area, staff, posts, office, facilities, leader, head, note and
    the first month it hands figures up."""
    free_code(e.db, "rollup_unit", code, what="unit")
    day = e.happened(starts or e.today)
    above = _superior(e, parent, level, None) if parent else None
    if own:
        _only_own(e)
    unit_id = e.insert("rollup_unit", code=code, **named(name), level=level, from_day=day, own=int(own),
                       parent_id=above["id"] if above is not None else None, **_given(said))  # fmt: skip
    if pupils is not None:
        _count(e, unit_id, level, code, pupils, day)
    if above is None and level != "city" and any(row["level"] == "city" for row in store.units(e.db)):
        e.warn("rollup.no_superior", code=code)
    return Confirmation("unit.add", code, facts={**_facts(e, unit_id), "on": day})


def edit(e: Entry, text: str, *, name: str | None = None, level: str | None = None, parent: str | None = None,
         own: bool = False, **said: Any) -> Confirmation:  # fmt: skip
    """Change what is said of a unit, or hang it under another superior."""
    row = store.unit(e, text)
    changes: dict[str, Any] = {**(named(name) if name else {}), **_given(said)}
    if level and level != row["level"]:
        _fits(e, row, level)
        changes["level"] = level
    if parent:
        above = None if parent in NOBODY else _superior(e, parent, level or row["level"], row)
        changes["parent_id"] = above["id"] if above is not None else None
    if own and not row["own"]:
        _only_own(e)
        changes["own"] = 1
    if not changes:
        raise Refused("rollup.nothing_to_change", code=row["code"])
    e.update("rollup_unit", row["id"], **changes)
    return Confirmation("unit.edit", row["code"], facts=_facts(e, row["id"]))


def heads(e: Entry, text: str, pupils: int, *, starts: date | None = None) -> Confirmation:
    """So many pupils from a day on; the same day again says it anew."""
    day = e.happened(starts or e.today)
    row = store.unit(e, text)
    if row["closed_on"] is not None and row["closed_on"] <= day.isoformat():
        raise Refused("rollup.is_closed", code=row["code"], on=date.fromisoformat(row["closed_on"]))
    before = _count(e, row["id"], row["level"], row["code"], pupils, day)
    facts = {"name": row["name"], "pupils": pupils, "on": day, "before": before}
    return Confirmation("unit.heads", row["code"], facts=facts)


def close(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A unit is there no longer (撤併): units below must have another superior first, programmes lose it."""
    row = store.unit(e, text)
    day = e.happened(on or e.today)
    if row["closed_on"] is not None:
        raise Refused("rollup.closed_already", code=row["code"], on=date.fromisoformat(row["closed_on"]))
    if day.isoformat() < row["from_day"]:
        raise Refused("rollup.closed_before", code=row["code"], since=date.fromisoformat(row["from_day"]), day=day)
    if below := [one["code"] for one in Tree(e).under(row["id"])[1:]]:
        raise Refused("rollup.others_below", code=row["code"], codes=below[:10])
    left = []
    for member in store.memberships(e.db, row["id"]):
        e.update("rollup_member", member["id"], left_on=max(day.isoformat(), member["from_day"]), left_why=reason)
        left.append(member["code"])
    e.update("rollup_unit", row["id"], closed_on=day, closed_why=reason)
    return Confirmation("unit.close", row["code"], facts={"name": row["name"], "on": day, "reason": reason,
                                                          "left": left or None})  # fmt: skip


def alive(e: Entry, text: str, day: date) -> Any:
    """A unit that is there on a day, else Refused (4)."""
    row = store.unit(e, text)
    if row["closed_on"] is not None and row["closed_on"] <= day.isoformat():
        raise Refused("rollup.is_closed", code=row["code"], on=date.fromisoformat(row["closed_on"]))
    if row["from_day"] > day.isoformat():
        raise Refused("rollup.not_yet", code=row["code"], since=date.fromisoformat(row["from_day"]), day=day)
    return row


# -- within ----------------------------------------------------------------------------------------


def _given(said: dict[str, Any]) -> dict[str, Any]:
    """What was said; a dash takes it back."""
    return {key: None if said[key] in NOBODY else said[key] for key in SAID if said.get(key) is not None}


def _superior(e: Entry, text: str, level: str, row: Any | None) -> Any:
    above = store.unit(e, text)
    if above["closed_on"] is not None:
        raise Refused("rollup.is_closed", code=above["code"], on=date.fromisoformat(above["closed_on"]))
    if not rules.above(above["level"], level):
        raise Refused("rollup.not_above", parent=above["code"], parent_level=Word.of(LEVEL, above["level"]),
                      level=Word.of(LEVEL, level))  # fmt: skip
    if row is not None and above["id"] in {one["id"] for one in Tree(e).under(row["id"])}:
        raise Refused("rollup.below_itself", code=row["code"], parent=above["code"])
    return above


def _fits(e: Entry, row: Any, level: str) -> None:
    """A new level must still lie between the unit above and those below."""
    tree = Tree(e)
    above = tree.by_id.get(row["parent_id"])
    wrong = above if above is not None and not rules.above(above["level"], level) else None
    for child in tree.children.get(row["id"], []):
        if not rules.above(level, child["level"]):
            raise Refused("rollup.not_above", parent=row["code"], parent_level=Word.of(LEVEL, level),
                          level=Word.of(LEVEL, child["level"]))  # fmt: skip
    if wrong is not None:
        raise Refused("rollup.not_above", parent=wrong["code"], parent_level=Word.of(LEVEL, wrong["level"]),
                      level=Word.of(LEVEL, level))  # fmt: skip


def _only_own(e: Entry) -> None:
    there = store.own(e.db)
    if there is not None:
        raise Refused("rollup.own_taken", code=there["code"], name=there["name"])


def _count(e: Entry, unit_id: int, level: str, code: str, pupils: int, day: date) -> int | None:
    """Write how many pupils there are from a day on; returns what was known before."""
    if level not in rules.TEACHING:
        raise Usage("rollup.no_pupils", code=code, level=Word.of(LEVEL, level))
    before = store.heads(e.db, day).get(unit_id, [])
    there = store.heads_on(e.db, unit_id, day)
    if there is not None:
        e.update("rollup_heads", there["id"], pupils=pupils)
    else:
        e.insert("rollup_heads", unit_id=unit_id, from_day=day, pupils=pupils)
    return before[-1]["pupils"] if before else None


def _facts(e: Entry, unit_id: int) -> dict[str, Any]:
    tree = Tree(e)
    row = tree.by_id[unit_id] if unit_id in tree.by_id else next(one for one in store.units(e.db) if one["id"] == unit_id)
    above = tree.by_id.get(row["parent_id"])
    answers = tree.accountable(unit_id)
    return {
        "name": row["name"], "level": Word.of(LEVEL, row["level"]),
        "parent": f"{above['code']} {above['name']}" if above is not None else None,
        "area": Word.of(AREA, row["area"]) if row["area"] else None, "pupils": tree.own_pupils(unit_id),
        "leader": row["leader"], "head": row["head"],
        "county": f"{answers['code']} {answers['name']}" if answers is not None else None,
    }  # fmt: skip

"""The verbs of bundles: a closed month is handed up, what others handed up is received; both stay as they were sealed."""

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.rollup import actions, bundle, rules, store, store_bundles
from logi.books.rollup.gathering import Gathered, codes_of, expected, own_figures
from logi.books.rollup.tree import Tree
from logi.core.answers import Confirmation
from logi.core.days import month_period
from logi.core.errors import NotFound, Refused, Usage
from logi.core.handed import FIGURES
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

    Source = Ledger | Entry


def handed(ledger: "Ledger", month: str) -> Any | None:
    """What stands of what was handed up of a month: the last submission; None before the first."""
    rows = store_bundles.submissions(ledger.db, month, month)
    return rows[-1] if rows else None


def content(ledger: "Ledger", month: str) -> list[dict[str, Any]]:
    """What a month's bundle says of this unit and of those below it that told of the month. Refused (4) if it is open."""
    own = store.own(ledger.db)
    if own is None:
        raise Refused("rollup.no_own")
    if store_bundles.closing_entry(ledger.db, month) is None:
        raise Refused("rollup.month_open", month=month)
    gathered = Gathered(ledger, month, month)
    units = [_unit(gathered.tree, own, own_figures(ledger, month), None)]
    for row in gathered.telling(own["id"]):
        if row["id"] != own["id"]:
            said = gathered.said[month][row["code"]]
            units.append({**_unit(gathered.tree, row, said.figures.values(), said.bundle), "pupils": said.pupils})
    return units


def same(row: Any, units: list[dict[str, Any]]) -> bool:
    """Whether a submission says just this."""
    return bool(json.loads(row["body"])["units"] == units)


def submit(e: Entry, month: str, *, correct: bool = False, reason: str | None = None) -> Confirmation:
    """Hand a closed month up, sealed with the ledger's head. What changed since is a correction, with a reason."""
    units, before = content(e.ledger, month), handed(e.ledger, month)
    if before is None and correct:
        raise Refused("rollup.nothing_to_correct", month=month)
    if before is not None and same(before, units):
        raise Refused("rollup.submitted_already", month=month, number=before["number"])
    if before is not None and not correct:
        raise Refused("rollup.changed_since", month=month, number=before["number"])
    if correct and not reason:
        raise Usage("rollup.correct_why", month=month)
    head, own = journal.head(e.db), units[0]
    body = {
        "unit": own["code"], "name": own["name"], "month": month, "ledger": e.ledger.settings["ledger_id"], "entry": head.seq,
        "head": head.hash, "corrects": before["sha256"] if before is not None else None, "reason": reason if correct else None,
        "units": units,
    }  # fmt: skip
    number, stamp = e.number("SB", month.replace("-", ""), book="rollup", kind="submission"), bundle.seal(body)
    e.insert("rollup_submission", on_day=e.today, number=number, month=month, sha256=stamp, corrects=body["corrects"],
             reason=body["reason"], body=journal.canonical(body))  # fmt: skip
    if not own["figures"]:
        e.warn("rollup.no_figures", month=month)
    if late := [row["code"] for when, row in _late_below(e.ledger, month)]:
        e.warn("rollup.without", month=month, codes=late[:10], count=len(late))
    facts = {"month": month, "name": own["name"], "figures": len(own["figures"]), "units": len(units), "sha256": stamp[:16],
             "head": head.short, "corrects": before["number"] if before is not None else None}  # fmt: skip
    return Confirmation("rollup.submit", number, facts=facts)


def receive(e: Entry, found: bundle.Bundle, *, create: bool = False, on: date | None = None) -> Confirmation:
    """Take a bundle in: known unit, month over, not the same twice, not changed without a correction, same ledger as before."""
    day, body = e.happened(on or e.today), found.body
    month = body["month"]
    if month_period(month).until > day:
        raise Refused("rollup.bundle_ahead", month=month, day=day)
    if (there := store_bundles.same(e.db, found.sha256)) is not None:
        raise Refused("rollup.received_already", number=there["number"], unit=there["code"], month=month, entry=there["entry"])
    unit = _sender(e, body["unit"], month)
    _follows(e, unit, found)
    added = _known(e, unit, body, create)
    _counted_once(e, unit, body)
    _told_alike(e, body)
    number = e.number("HZ", month.replace("-", ""), book="rollup", kind="bundle")
    e.insert("rollup_bundle", on_day=day, number=number, unit_id=unit["id"], month=month, sha256=found.sha256,
             ledger_id=body["ledger"], head_seq=body["entry"], head_hash=body["head"], corrects=body.get("corrects"),
             reason=body.get("reason"), body=found.text,
             codes=",".join(one["code"] for one in body["units"]))  # fmt: skip
    _pupils(e, body)
    facts = {"unit": unit["code"], "name": unit["name"], "month": month, "units": len(body["units"]), "on": day,
             "figures": sum(len(one["figures"]) for one in body["units"]), "sha256": found.sha256[:16],
             "head": journal.Head(body["entry"], body["head"]).short, "added": added or None,
             "corrects": body.get("reason")}  # fmt: skip
    return Confirmation("rollup.receive", number, facts=facts)


# -- within ----------------------------------------------------------------------------------------


def _unit(tree: Tree, row: Any, figures: Any, source: Any | None) -> dict[str, Any]:
    said = [{"name": one.name, "kind": one.kind, "value": one.value, "standing": one.standing} for one in figures]
    above = tree.by_id.get(row["parent_id"])
    return {
        "code": row["code"], "name": row["name"], "level": row["level"], "area": row["area"],
        "parent": above["code"] if above is not None else None, "pupils": tree.counted(row["id"]),
        "figures": sorted(said, key=lambda one: one["name"]),
        "from": None if source is None else {"sha256": source["sha256"], "ledger": source["ledger_id"],
                                             "entry": source["head_seq"], "head": source["head_hash"]},
    }  # fmt: skip


def _late_below(ledger: "Ledger", month: str) -> list[tuple[str, Any]]:
    own = store.own(ledger.db)
    below = {row["id"] for row in Tree(ledger).under(own["id"])} if own is not None else set()
    return [(when, row) for when, row in expected(ledger, month) if when == month and row["id"] in below]


def _sender(e: Entry, code: str, month: str) -> Any:
    unit = next((row for row in store.units(e.db) if row["code"] == code), None)
    if unit is None:
        raise NotFound("rollup.bundle_from_unknown", code=code)
    own = store.own(e.db)
    if own is not None and own["id"] == unit["id"]:
        raise Refused("rollup.own_bundle", code=code)
    if own is not None and unit["code"] not in _under(e, own, month):
        raise Refused("rollup.not_below", code=code, own=own["code"])
    return unit


def _follows(e: Entry, unit: Any, found: bundle.Bundle) -> None:
    """A bundle fits the unit's earlier ones: the same ledger, further on; a month is only told anew by a correction."""
    body, month = found.body, found.body["month"]
    before = store_bundles.bundles(e.db, unit_id=unit["id"])
    standing = [row for row in store_bundles.standing(before) if row["month"] == month]
    last = standing[-1] if standing else None
    if last is None and body.get("corrects"):
        raise Refused("rollup.corrects_nothing", code=unit["code"], month=month)
    if last is not None and not body.get("corrects"):
        raise Refused("rollup.changed_month", code=unit["code"], month=month, number=last["number"])
    if last is not None and body["corrects"] != last["sha256"]:
        raise Refused("rollup.corrects_other", code=unit["code"], month=month, number=last["number"])
    subject = f"{unit['code']} {month}"
    if other := next((row for row in before if row["ledger_id"] != body["ledger"]), None):
        e.overridable(Refused("rollup.other_ledger", code=unit["code"], number=other["number"]), subject)
        return
    if last is not None and body["entry"] <= last["head_seq"]:
        e.overridable(Refused("rollup.head_back", code=unit["code"], number=last["number"], entry=body["entry"],
                              before=last["head_seq"]), subject)  # fmt: skip
    forked = next((row for row in before if row["head_seq"] == body["entry"] and row["head_hash"] != body["head"]), None)
    if forked is not None:
        e.overridable(Refused("rollup.head_forked", code=unit["code"], number=forked["number"], entry=body["entry"]), subject)


def _known(e: Entry, unit: Any, body: Mapping[str, Any], create: bool) -> list[str]:
    """Every unit a bundle tells of is the sender or below it; unknown ones are refused (3) or made."""
    there = {row["code"]: row for row in store.units(e.db)}
    unknown = [one for one in body["units"] if one["code"] not in there]
    if unknown and not create:
        raise NotFound("rollup.bundle_unknown", codes=[f"{one['code']} {one['name']}" for one in unknown][:10])
    for one in unknown:
        if one["level"] not in rules.LEVELS:
            raise Refused("rollup.bundle_level", code=one["code"], level=one["level"])
        actions.add(e, one["code"], one["name"], level=one["level"], parent=one.get("parent") or unit["code"],
                    starts=e.today,
                    area=one["area"] if one.get("area") in rules.AREAS else None)  # fmt: skip
    below = _under(e, unit, body["month"]) | {unit["code"]}
    if strange := [one["code"] for one in body["units"] if one["code"] not in below]:
        raise Refused("rollup.bundle_strange", code=unit["code"], codes=strange[:10])
    return [one["code"] for one in unknown]


def _under(e: Entry, unit: Any, month: str) -> set[str]:
    """The units below one today or at a month's end: a school may have been closed since."""
    then = month_period(month).until
    return {row["code"] for tree in (Tree(e), Tree(e, then, early=True)) for row in tree.under(unit["id"])}


def _counted_once(e: Entry, unit: Any, body: Mapping[str, Any]) -> None:
    """A unit's month is told of in one bundle only: no figure is added up twice."""
    codes = {one["code"] for one in body["units"]}
    for row in store_bundles.standing(store_bundles.bundles(e.db, body["month"], body["month"])):
        if row["unit_id"] == unit["id"]:
            continue
        if both := sorted(codes & set(codes_of(row))):
            raise Refused("rollup.gathered_otherwise", codes=both[:10], month=body["month"], number=row["number"],
                          code=row["code"])  # fmt: skip


def _told_alike(e: Entry, body: Mapping[str, Any]) -> None:
    """A figure no book here knows bears the same kind in every bundle of its month."""
    kinds = {one["name"]: (one["kind"], one["standing"]) for unit in body["units"] for one in unit["figures"]
             if one["name"] not in FIGURES}  # fmt: skip
    for row in store_bundles.bundles(e.db, body["month"], body["month"]) if kinds else ():
        for unit in json.loads(row["body"])["units"]:
            for one in unit["figures"]:
                if kinds.get(one["name"], (one["kind"], one["standing"])) != (one["kind"], one["standing"]):
                    raise Refused("rollup.figure_differs", name=one["name"], number=row["number"])


def _pupils(e: Entry, body: Mapping[str, Any]) -> None:
    """Pupils the bundle tells of are noted where nobody counted them; where another number is known, that is said."""
    period = month_period(body["month"])
    tree = Tree(e, min(period.until, e.today), early=True)
    by_code = {row["code"]: row for row in tree.by_id.values()}
    for one in body["units"]:
        row = by_code.get(one["code"])
        if row is None or one.get("pupils") is None or row["level"] not in rules.TEACHING:
            continue
        known = tree.own_pupils(row["id"])
        if known is None:
            e.insert("rollup_heads", unit_id=row["id"], from_day=period.since, pupils=one["pupils"])
        elif known != one["pupils"]:
            e.warn("rollup.pupils_differ", code=one["code"], said=one["pupils"], known=known)

"""The verbs of the school's book. Each works inside an open entry it is given."""

import json
import re
from datetime import date
from typing import Any

from logi.books.school import store
from logi.core.answers import Confirmation
from logi.core.errors import NotFound, Refused
from logi.finding import free_code, named
from logi.journal import Entry

HAN = re.compile(r"[\u3400-\u9fff]")


def add_person(e: Entry, code: str, name: str, *, department: str | None = None, post: str | None = None,
               phone: str | None = None, create: bool = False) -> Confirmation:  # fmt: skip
    """Register a person. A taken code is refused (4)."""
    free_code(e.db, "school_person", code, what="person")
    home = department_for(e, department, create=create)["id"] if department else None
    e.insert("school_person", code=code, **named(name), department_id=home, post=post, phone=phone)
    return Confirmation("person.add", code, facts={"name": name})


def edit_person(e: Entry, who: str, *, name: str | None = None, department: str | None = None,
                post: str | None = None, phone: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is given of a person."""
    row = store.person(e, who)
    changes: dict[str, Any] = {k: v for k, v in {"post": post, "phone": phone}.items() if v is not None}
    if department:
        changes["department_id"] = department_for(e, department)["id"]
    return _changed(e, "school_person", row, "person.edit", name, changes)


def add_place(e: Entry, code: str, name: str, *, kind: str | None = None, keeper: str | None = None,
              parent: str | None = None) -> Confirmation:  # fmt: skip
    """Register a room or another place."""
    free_code(e.db, "school_place", code, what="place")
    keeper_id = store.person(e, keeper)["id"] if keeper else None
    parent_id = store.place(e, parent)["id"] if parent else None
    e.insert("school_place", code=code, **named(name), kind=kind, keeper_id=keeper_id, parent_id=parent_id)
    return Confirmation("place.add", code, facts={"name": name})


def department_for(e: Entry, text: str, *, create: bool = False) -> Any:
    """The department a text names; a new one comes into being if it has a Chinese character and no near match.

    Otherwise NotFound (3), unless `create` insists. Never made under --exact.
    """
    try:
        return store.department(e, text)
    except NotFound as error:
        near = error.facts.get("near") or error.facts.get("candidates")
        if not create and (near or not HAN.search(text)):
            raise
    code = f"BM{e.next_in('BM'):02d}"
    e.give("BM", int(code[2:]), code, book="school", kind="department")
    e.insert("school_department", code=code, **named(text))
    e.warn("school.department_made", name=text)
    return store.department(e, code)


def set_policy(e: Entry, name: str, value: object, *, from_day: date, source: str, reason: str | None) -> Confirmation:
    """Let a policy have another value from a day on. Undercutting the law's floor needs a recorded reason (4)."""
    from logi.core.policies import canonical, shipped, undercuts

    text = canonical(value)
    for known in shipped():
        if known.name == name and undercuts(known, text) and not reason:
            raise Refused("school.policy_below_law", name=name, floor=known.floor_json, source=known.source)
    history = store.policy_history(e.db, name)
    if not history:
        raise NotFound("school.no_policy", name=name, on=from_day)
    same = [row for row in history if row["from_day"] == from_day.isoformat()]
    if same:
        e.update("school_policy", same[0]["id"], value=text, source=source, reason=reason)
    else:
        e.insert("school_policy", name=name, value=text, from_day=from_day, source=source, reason=reason)
    before = [row for row in history if row["from_day"] <= from_day.isoformat()]
    old = before[-1]["value"] if before else None
    return Confirmation("policy.set", facts={"name": name, "value": text, "before": old, "from_day": from_day})


def seed(e: Entry, *, costing: str, threshold_rules: str) -> None:
    """Fill a new ledger: shipped policies, holidays and categories."""
    from logi.core.categories import asset_categories
    from logi.core.holidays import load_shipped
    from logi.core.policies import shipped

    language = e.ledger.settings.get("lang", "zh-Hans")
    chosen = {"stock.costing": json.dumps(costing), "asset.threshold_rules": json.dumps(threshold_rules)}
    for policy in shipped():
        value = chosen.get(policy.name, policy.value_json)
        e.insert("school_policy", name=policy.name, value=value, from_day=policy.from_day, source=policy.source)
    for day in load_shipped():
        e.insert("school_day", day=day.day, kind=day.kind, name=day.name, source=day.source)
    for one in asset_categories():
        name = one.names.get(language) or one.names["zh-Hans"]
        e.insert("school_category", code=one.code, **named(name), life_months=one.life_months,
                 method="straight" if one.depreciates else "none", special=int(one.special))  # fmt: skip


def _changed(e: Entry, table: str, row: Any, action: str, name: str | None, changes: dict[str, Any]) -> Confirmation:
    if name:
        changes.update(named(name))
    if not changes:
        raise Refused("school.nothing_to_change", code=row["code"])
    e.update(table, row["id"], **changes)
    return Confirmation(action, row["code"], facts={"name": name or row["name"]})

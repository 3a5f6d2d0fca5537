"""The verbs on people, places, departments, vendors and categories. Each works inside an open entry it is given."""

import json
import re
from datetime import date
from typing import Any

from logi.books.school import rules, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import by_code, free_code, named
from logi.journal import Entry

HAN = re.compile(r"[\u3400-\u9fff]")


# -- people ------------------------------------------------------------------------------------------


def add_person(e: Entry, code: str, name: str, *, department: str | None = None, post: str | None = None,
               phone: str | None = None, create: bool = False) -> Confirmation:  # fmt: skip
    """Register a person. A taken code is refused (4)."""
    free_code(e.db, "school_person", code, what="person")
    home = department_for(e, department, create=create)["id"] if department else None
    _look_at_name(e, "school_person", name)
    e.insert("school_person", code=code, **named(name), department_id=home, post=post, phone=phone)
    return Confirmation("person.add", code, facts={"code": code, "name": name})


def edit_person(e: Entry, who: str, *, name: str | None = None, department: str | None = None,
                post: str | None = None, phone: str | None = None, create: bool = False,
                back: bool = False) -> Confirmation:  # fmt: skip
    """Change what is given of a person; `back` takes somebody who had left up again."""
    row = store.person(e, who)
    changes = _given(post=post, phone=phone)
    if department:
        changes["department_id"] = department_for(e, department, create=create)["id"]
    if back:
        if row["left_on"] is None:
            raise Refused("school.never_left", code=row["code"], name=row["name"])
        changes["left_on"] = None
    return _changed(e, "school_person", row, "person.edit", name, changes)


def leave_person(e: Entry, who: str, *, on: date) -> Confirmation:
    """Let a person leave the school. Refused (4) while any book says they still hold something."""
    row = store.person(e, who)
    if row["left_on"] is not None:
        raise Refused("school.left_already", code=row["code"], name=row["name"], day=date.fromisoformat(row["left_on"]))
    if on > e.today:
        raise Refused("front.day_in_future", day=on, today=e.today)
    if held := held_things(e, row["id"]):
        raise Refused("school.still_holds", code=row["code"], name=row["name"], held=held)
    e.update("school_person", row["id"], left_on=on)
    return Confirmation("person.leave", row["code"], facts={"name": row["name"], "day": on})


def held_things(source: Any, person_id: int) -> list[str]:
    """What every book that has a room `custody` says a person still answers for."""
    from logi.registry import cards, room

    held: list[str] = []
    for book in cards():
        custody = room(book, "custody")
        if custody is not None and hasattr(custody, "held_by"):
            found = custody.held_by(source.db, person_id)
            held += [one if isinstance(one, str) else f"{one['code']} {one['name']}" for one in found]
    return held


# -- places ------------------------------------------------------------------------------------------


def add_place(e: Entry, code: str, name: str, *, kind: str | None = None, keeper: str | None = None,
              parent: str | None = None) -> Confirmation:  # fmt: skip
    """Register a room or another place. A code with a slash is refused: `A201/厕所` names a spot in A201."""
    if "/" in code:
        raise Usage("school.code_slash", code=code)
    free_code(e.db, "school_place", code, what="place")
    keeper_id = _keeper(e, keeper) if keeper else None
    parent_id = store.place(e, parent)["id"] if parent else None
    _look_at_name(e, "school_place", name)
    e.insert("school_place", code=code, **named(name), kind=kind, keeper_id=keeper_id, parent_id=parent_id)
    return Confirmation("place.add", code, facts={"code": code, "name": name})


def edit_place(e: Entry, which: str, *, name: str | None = None, kind: str | None = None, keeper: str | None = None,
               parent: str | None = None, no_keeper: bool = False) -> Confirmation:  # fmt: skip
    """Change what is given of a place."""
    if keeper and no_keeper:
        raise Usage("school.keeper_or_none")
    row = store.place(e, which)
    changes = _given(kind=kind)
    if keeper or no_keeper:
        changes["keeper_id"] = _keeper(e, keeper) if keeper else None
    if parent:
        above = store.place(e, parent)
        _not_inside_itself(e, row, above)
        changes["parent_id"] = above["id"]
    return _changed(e, "school_place", row, "place.edit", name, changes)


# -- departments -------------------------------------------------------------------------------------


def add_department(e: Entry, code: str, name: str) -> Confirmation:
    """Register a department under a code of the school's own."""
    free_code(e.db, "school_department", code, what="department")
    _look_at_name(e, "school_department", name)
    e.insert("school_department", code=code, **named(name))
    return Confirmation("department.add", code, facts={"code": code, "name": name})


def edit_department(e: Entry, which: str, *, name: str) -> Confirmation:
    """Give a department another name."""
    return _changed(e, "school_department", store.department(e, which), "department.edit", name, {})


def department_for(e: Entry, text: str, *, create: bool = False) -> Any:
    """The department a text names; a new one comes into being if it has a Chinese character and no near match.

    Otherwise NotFound (3), unless `create` insists. Never made under --exact.
    """
    try:
        return store.department(e, text)
    except NotFound as error:
        exact = e.ledger.exact and not e.action.startswith("import.")  # imports find exactly, yet may make departments
        if not create and (exact or error.facts.get("candidates") or not HAN.search(text)):
            raise
        as_new = named(text)
        known = [(row["name"], row["initials"]) for row in store.departments(e.db)]
        near = rules.near_departments(text, as_new["initials"], known)
        if near and not create:
            raise NotFound("school.department_near", text=text, near=near) from None
    n = e.next_in("BM")
    while by_code(e.db, "school_department", f"BM{n:02d}"):
        n += 1
    e.give("BM", n, f"BM{n:02d}", book="school", kind="department")
    e.insert("school_department", code=f"BM{n:02d}", **as_new)
    e.warn("school.department_made", name=text)
    return store.department(e, f"BM{n:02d}")


# -- vendors -----------------------------------------------------------------------------------------


def add_vendor(e: Entry, code: str, name: str, *, credit_code: str | None = None, goods: str | None = None,
               tendered_from: date | None = None, tendered_to: date | None = None, licence_to: date | None = None,
               **plain: str | None) -> Confirmation:  # fmt: skip
    """Register a vendor; `goods` is what they sell (column class), `tendered_*` their days on the bureau's list.

    `plain` are licence_no, contact, phone, bank, note.
    """
    free_code(e.db, "school_vendor", code, what="vendor")
    _window(tendered_from, tendered_to)
    credit_code = _credit_code(e, credit_code)
    _look_at_name(e, "school_vendor", name)
    values = {
        "credit_code": credit_code, "class": goods, "tendered_from": tendered_from, "tendered_to": tendered_to,
        "licence_to": licence_to, **plain,
    }  # fmt: skip
    e.insert("school_vendor", code=code, **named(name), **values)
    return Confirmation("vendor.add", code, facts={"code": code, "name": name, "credit_code": credit_code})


def edit_vendor(e: Entry, which: str, *, name: str | None = None, credit_code: str | None = None,
                goods: str | None = None, tendered_from: date | None = None, tendered_to: date | None = None,
                no_tender: bool = False, licence_to: date | None = None, blacklist: str | None = None,
                no_blacklist: bool = False, **plain: str | None) -> Confirmation:  # fmt: skip
    """Change what is given of a vendor; `no_tender` takes them off the bureau's list, `blacklist` says why nothing is
    bought from them from today on."""
    row = store.vendor(e, which)
    if no_tender and (tendered_from or tendered_to):
        raise Usage("school.tender_or_none")
    if blacklist and no_blacklist:
        raise Usage("school.blacklist_or_none")
    changes = _given(**{"class": goods, "tendered_from": tendered_from, "tendered_to": tendered_to,
                        "licence_to": licence_to, **plain})  # fmt: skip
    if no_tender:
        changes.update(tendered_from=None, tendered_to=None)
    else:
        _window(tendered_from or _day(row["tendered_from"]), tendered_to or _day(row["tendered_to"]))
    if blacklist or no_blacklist:
        changes.update(blacklisted_on=e.today if blacklist else None, blacklist_reason=blacklist)
    if credit_code:
        changes["credit_code"] = _credit_code(e, credit_code, but=row["id"])
    return _changed(e, "school_vendor", row, "vendor.edit", name, changes)


# -- categories --------------------------------------------------------------------------------------


def add_category(e: Entry, code: str, name: str, *, life_months: int | None = None, method: str | None = None,
                 special: bool = False) -> Confirmation:  # fmt: skip
    """Register an asset category. Without a life the least one allowed is taken; a shorter one is refused (4)."""
    if rules.category_edition(code) is None:
        raise Usage("school.category_code", code=code)
    free_code(e.db, "school_category", code, what="category")
    if method is None:
        plain = store.policy(e, "asset.not_depreciated_prefixes", e.today)
        method = "none" if code.startswith(tuple(plain)) else "straight"
    least = rules.longest_prefix(store.policy(e, "asset.life_months", e.today), code)
    life = None if method == "none" else life_months or least
    _life_allowed(e, code, life)
    _look_at_name(e, "school_category", name)
    e.insert("school_category", code=code, **named(name), life_months=life, method=method, special=special)
    facts = {"code": code, "name": name, "life_months": life, "method": Word.of("school.method", method)}
    return Confirmation("category.add", code, facts=facts)


def edit_category(e: Entry, which: str, *, name: str | None = None, life_months: int | None = None,
                  method: str | None = None, special: bool | None = None) -> Confirmation:  # fmt: skip
    """Change what is given of a category. Cards that exist keep the life they were made with."""
    row = store.category(e, which)
    changes = _given(life_months=life_months, method=method, special=special)
    if method == "none":
        changes["life_months"] = None
    elif life_months:
        _life_allowed(e, row["code"], life_months)
    return _changed(e, "school_category", row, "category.edit", name, changes)


# -- policies and the first fill ---------------------------------------------------------------------


def set_policy(e: Entry, name: str, value: object, *, from_day: date, source: str, reason: str | None) -> Confirmation:
    """Let a policy have another value from a day on. Undercutting the law's floor needs a recorded reason (4)."""
    from logi.core.policies import canonical, shipped, undercuts

    text = canonical(value)
    for known in shipped():
        if known.name == name and undercuts(known, text) and not reason:
            law = known.law or known.source
            raise Refused("school.policy_below_law", name=name, floor=known.floor_json, source=law)
    history = store.policy_history(e.db, name)
    if not history:
        raise NotFound("school.no_policy", name=name, on=from_day)
    if e.closed_until and from_day.isoformat()[:7] <= e.closed_until:
        raise Refused("school.policy_closed_month", name=name, day=from_day, month=e.closed_until)
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


# -- helpers -----------------------------------------------------------------------------------------


def _changed(e: Entry, table: str, row: Any, action: str, name: str | None, changes: dict[str, Any]) -> Confirmation:
    if name:
        changes.update(named(name))
        if name != row["name"]:
            _look_at_name(e, table, name, but=row["id"])
    if not changes:
        raise Usage("school.nothing_to_change", code=row["code"])
    e.update(table, row["id"], **changes)
    return Confirmation(action, row["code"], facts={"name": name or row["name"]})


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _look_at_name(e: Entry, table: str, name: str, but: int = 0) -> None:
    """Warn of a name somebody else bears already, and of signs nobody can see."""
    from logi.core.text import has_unseen

    if alike := store.named_alike(e.db, table, named(name)["folded"], but):
        e.warn("school.same_name", name=name, others=[f"{row['code']} {row['name']}" for row in alike])
    if has_unseen(name):
        e.warn("school.unseen", name=name)


def _keeper(e: Entry, text: str) -> int:
    row = store.person(e, text)
    if row["left_on"] is not None and row["left_on"] <= e.today.isoformat():
        raise Refused("school.keeper_left", code=row["code"], name=row["name"], day=_day(row["left_on"]))
    return int(row["id"])


def _not_inside_itself(e: Entry, place: Any, above: Any) -> None:
    while above is not None:
        if above["id"] == place["id"]:
            raise Refused("school.place_inside_itself", code=place["code"])
        above = store.by_id(e.db, "school_place", above["parent_id"])


def _window(first: date | None, last: date | None) -> None:
    if first and last and first > last:
        raise Usage("front.since_after_until", since=first, until=last)


def _credit_code(e: Entry, text: str | None, but: int = 0) -> str | None:
    if not text:
        return None
    code = text.upper()
    if problem := rules.credit_code_problem(code):
        e.warn("school.credit_code", credit_code=code, problem=Word.of("school.credit_problem", problem))
    if others := store.vendors_of_credit_code(e.db, code, but):
        e.warn("school.credit_code_twice", credit_code=code, others=[f"{r['code']} {r['name']}" for r in others])
    return code


def _life_allowed(e: Entry, code: str, life: int | None) -> None:
    row = store.policy_row(e, "asset.life_months", e.today)
    least = rules.longest_prefix(json.loads(row["value"]), code)
    if life and least and life < least:
        refusal = Refused("school.life_below_law", code=code, life_months=life, least=least, source=row["source"])
        e.overridable(refusal, code)

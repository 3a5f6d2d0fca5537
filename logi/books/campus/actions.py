"""The verbs of the master plan, of renovation schemes and of standards. Each works inside an open entry it is given."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.campus import rules, school, store
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

AIM = "campus.aim"


def add_item(e: Entry, code: str, name: str, *, phase: int, aim: str, goal: date, source: str, place: str | None = None,
             owner: str | None = None, budget: int | None = None) -> Confirmation:  # fmt: skip
    """Put an item into the master plan: its phase, what it aims at, the day by which it stands, who says so."""
    free_code(e.db, "campus_item", code, what="plan-item")
    if goal < e.today:
        raise Refused("campus.goal_past", goal=goal, today=e.today)
    where, person = school.place(e, place) if place else None, school.person(e, owner) if owner else None
    e.insert("campus_item", code=code, **named(name), phase=phase, aim=aim, goal_on=goal, source=source, added_on=e.today,
             budget_fen=budget, place_id=where["id"] if where is not None else None,
             owner_id=person["id"] if person is not None else None)  # fmt: skip
    if person is None:
        e.warn("campus.item_ownerless", code=code)
    return Confirmation("campus.plan.add", code, facts={
        "name": name, "phase": phase, "aim": Word.of(AIM, aim), "goal": goal, "owner": person["name"] if person else None,
        "budget": None if budget is None else Fen(budget), "source": source,
    })  # fmt: skip


def edit_item(e: Entry, text: str, *, name: str | None = None, phase: int | None = None, goal: date | None = None,
              owner: str | None = None, budget: int | None = None, place: str | None = None,
              source: str | None = None) -> Confirmation:  # fmt: skip
    """Change an item that still stands in the plan."""
    row = _open_item(e, text)
    changes: dict[str, Any] = named(name) if name else {}
    given = {"phase": phase, "goal_on": goal, "budget_fen": budget, "source": source}
    changes |= {key: value for key, value in given.items() if value is not None}
    if owner:
        changes["owner_id"] = school.person(e, owner)["id"]
    if place:
        changes["place_id"] = school.place(e, place)["id"]
    if not changes:
        raise Refused("campus.nothing_to_change", what=row["code"])
    if goal is not None:
        _not_before(row["code"], row["added_on"], goal)
    e.update("campus_item", row["id"], **changes)
    now = store.item_of(e.db, row["id"])
    e.subject = row["code"]
    return Confirmation("campus.plan.edit", row["code"], facts={
        "name": now["name"], "phase": now["phase"], "goal": date.fromisoformat(now["goal_on"]), "owner": now["owner"],
        "budget": None if now["budget_fen"] is None else Fen(now["budget_fen"]),
    })  # fmt: skip


def finish_item(e: Entry, text: str, *, outcome: str, on: date | None = None) -> Confirmation:
    """An item of the plan stands; not while a project of it is under way (4)."""
    row, day = _open_item(e, text), e.happened(on or e.today)
    _not_before(row["code"], row["added_on"], day)
    rest = [one["number"] for one in store.projects(e.db) if one["item_id"] == row["id"]
            and rules.state(one, day) in ("approved", "running", "finished")]  # fmt: skip
    if rest:
        raise Refused("campus.projects_open", code=row["code"], numbers=rest)
    e.update("campus_item", row["id"], done_on=day, outcome=outcome)
    e.subject = row["code"]
    return Confirmation("campus.plan.done", row["code"], facts={"name": row["name"], "on": day, "outcome": outcome})


def drop_item(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """An item is taken out of the plan."""
    row, day = _open_item(e, text), e.happened(on or e.today)
    _not_before(row["code"], row["added_on"], day)
    e.update("campus_item", row["id"], dropped_on=day, reason=reason)
    e.subject = row["code"]
    return Confirmation("campus.plan.drop", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def add_scheme(e: Entry, code: str, name: str, *, doc: str, first: str, last: str | None = None, fund: int | None = None,
               weak: bool = False, note: str | None = None) -> Confirmation:  # fmt: skip
    """Register a scheme that pays for building: its document, years and money; `weak` renovates weak schools."""
    free_code(e.db, "campus_scheme", code, what="scheme")
    last = last or first
    if last < first:
        raise Refused("campus.years_backwards", first=first, last=last)
    e.insert("campus_scheme", code=code, **named(name), doc=doc, first_year=first, last_year=last, fund_fen=fund,
             weak=int(weak), note=note)  # fmt: skip
    facts = {"name": name, "doc": doc, "first": first, "last": last, "fund": None if fund is None else Fen(fund)}
    return Confirmation("campus.scheme.add", code, facts=facts)


def set_standard(e: Entry, code: str, name: str, *, per: str, quantity: int, words: Sequence[str], source: str,
                 room: str | None = None, price: int | None = None, starts: date | None = None) -> Confirmation:  # fmt: skip
    """Set how many of a thing a school, a class, a pupil or a room of a kind has, from a day on; the newest of a code holds."""
    day = starts or e.today
    if (per == "room") != bool(room):
        raise Usage("campus.which_room")
    if not words:
        raise Usage("campus.which_words", code=code)
    if quantity <= 0:
        raise Usage("campus.no_quantity", code=code)
    same = [row for row in store.every_standard(e.db) if row["code"] == code and row["from_day"] >= day.isoformat()]
    if same:
        raise Refused("campus.standard_set", code=code, on=date.fromisoformat(same[-1]["from_day"]))
    e.insert("campus_standard", code=code, **named(name), from_day=day, per=per, room_kind=room, quantity_milli=quantity,
             words="、".join(words), price_fen=price, source=source)  # fmt: skip
    e.subject = code
    return Confirmation("campus.standard.set", code, facts={
        "name": name, "per": Word.of("school.kind", room) if room else Word.of("campus.per", per), "room": room,
        "qty": Milli(quantity), "words": list(words), "source": source, "on": day,
    })  # fmt: skip


def drop_standard(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A standard no longer holds."""
    row, day = store.standard(e, text), e.happened(on or e.today)
    if row["ended_on"]:
        raise Refused("campus.standard_ended", code=row["code"], on=date.fromisoformat(row["ended_on"]))
    _not_before(row["code"], row["from_day"], day)
    e.update("campus_standard", row["id"], ended_on=day)
    e.subject = row["code"]
    return Confirmation("campus.standard.drop", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def _open_item(e: Entry, text: str) -> Any:
    row = store.item(e, text)
    for column, key in (("done_on", "campus.item_done"), ("dropped_on", "campus.item_dropped")):
        if row[column]:
            raise Refused(key, code=row["code"], on=date.fromisoformat(row[column]))
    return row


def _not_before(what: str, first: str, day: date) -> None:
    if day.isoformat() < first:
        raise Refused("campus.too_early", what=what, since=date.fromisoformat(first), day=day)

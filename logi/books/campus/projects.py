"""The verbs of a project: asked for, approved on paper, begun, logged, finished, inspected, accepted on paper, settled."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.books.campus import check, rules, school, standing, store
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import Refused, Usage
from logi.finding import named
from logi.journal import Entry

SERIES, ACCEPTED = "GC", "GY"
KIND, STATE = "campus.kind", "campus.state"


class Links(NamedTuple):
    """What a project belongs to: an item of the plan, a scheme, a point of the standard, a place; and its contractor."""

    plan: str | None = None
    scheme: str | None = None
    shortfall: str | None = None
    place: str | None = None
    owner: str | None = None
    vendor: str | None = None
    contract: str | None = None
    contract_fen: int | None = None


def add(e: Entry, name: str, *, kind: str, budget: int, fund: str, starts: date, ends: date, links: Links | None = None,
        on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Ask for a project. Its budget says who approves it (policy campus.project_levels)."""
    day = e.happened(on or e.today)
    _stretch(starts, ends)
    if budget <= 0:
        raise Usage("campus.no_budget")
    held = _linked(e, links or Links())
    _contract(e, name, budget, held.get("contract_fen"))
    levels = rules.tier(school.policy(e, "campus.project_levels", day), budget)
    number = e.number(SERIES, str(day.year), book="campus", kind="project")
    e.insert("campus_project", number=number, **named(name), kind=kind, fund=fund, budget_fen=budget, added_on=day,
             starts_on=starts, ends_on=ends, note=note, levels=" ".join(levels), approved_on=None if levels else day,
             **held)  # fmt: skip
    if held.get("owner_id") is None:
        e.warn("campus.project_ownerless", number=number)
    return Confirmation("campus.project.add", number, facts={
        "name": name, "kind": Word.of(KIND, kind), "budget": Fen(budget), "fund": Word.of("campus.fund", fund),
        "starts": starts, "ends": ends, "levels": [Word.of("campus.level", one) for one in levels] or None,
    })  # fmt: skip


def edit(e: Entry, text: str, *, name: str | None = None, starts: date | None = None, ends: date | None = None,
         links: Links | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is planned of a project; its budget stays what was approved."""
    row = _alive(e, text, *rules.ALIVE[:4])
    changes: dict[str, Any] = {**(named(name) if name else {}), **_linked(e, links or Links())}
    changes |= {key: value for key, value in (("starts_on", starts), ("ends_on", ends), ("note", note)) if value is not None}
    if not changes:
        raise Refused("campus.nothing_to_change", what=row["number"])
    _stretch(starts or _day(row["starts_on"]), ends or _day(row["ends_on"]))
    _contract(e, row["name"], row["budget_fen"], changes.get("contract_fen"))
    e.update("campus_project", row["id"], **changes)
    now = store.project(e, row["number"])
    e.subject = row["number"]
    return Confirmation("campus.project.edit", row["number"], facts={
        "name": now["name"], "starts": _day(now["starts_on"]), "ends": _day(now["ends_on"]), "owner": now["owner"],
        "vendor": now["vendor"], "contract": None if now["contract_fen"] is None else Fen(now["contract_fen"]),
    })  # fmt: skip


def start(e: Entry, text: str, *, on: date | None = None) -> Confirmation:
    """The work begins; not before all have approved it (4, overridable)."""
    row, day = _alive(e, text, "proposed", "approved"), e.happened(on or e.today)
    _after(row, "added_on", day)
    if row["approved_on"] is None or row["approved_on"] > day.isoformat():
        levels = [Word.of("campus.level", one) for one in str(row["levels"]).split()]
        e.overridable(Refused("campus.not_approved", number=row["number"], levels=levels), row["number"])
    if row["vendor_id"] is None:
        e.warn("campus.no_contractor", number=row["number"])
    e.update("campus_project", row["id"], started_on=day)
    return _done(e, "start", row, on=day, ends=_day(row["ends_on"]), vendor=row["vendor"])


def log(e: Entry, text: str, percent: int, *, by: str | None = None, on: date | None = None,
        note: str | None = None) -> Confirmation:  # fmt: skip
    """How far the work has come; it never goes back (4). What is whole is finished, not logged."""
    row, day = _alive(e, text, "running"), e.happened(on or e.today)
    _after(row, "started_on", day)
    if percent >= 100:
        raise Refused("campus.say_finish", number=row["number"])
    there = store.progress(e.db, date.max).get(row["id"], [])
    for one in there:
        earlier = one["on_day"] <= day.isoformat()
        if (earlier and one["percent"] > percent) or (not earlier and one["percent"] < percent):
            raise Refused("campus.goes_back", number=row["number"], percent=one["percent"], on=_day(one["on_day"]))
    person = school.person(e, by) if by else None
    e.insert("campus_progress", on_day=day, project_id=row["id"], percent=percent, note=note,
             by_id=person["id"] if person is not None else row["owner_id"])  # fmt: skip
    return _done(e, "log", row, on=day, percent=percent, note=note, ends=_day(row["ends_on"]))


def finish(e: Entry, text: str, *, on: date | None = None) -> Confirmation:
    """The work is done and waits for its inspection."""
    row, day = _alive(e, text, "running"), e.happened(on or e.today)
    _after(row, "started_on", day)
    there = store.progress(e.db, date.max).get(row["id"], [])
    if there and there[-1]["on_day"] > day.isoformat():
        raise Refused("campus.logged_later", number=row["number"], on=_day(there[-1]["on_day"]))
    e.update("campus_project", row["id"], finished_on=day)
    late = (day - _day(row["ends_on"])).days
    if late > 0:
        e.warn("campus.late", number=row["number"], days=late)
    return _done(e, "finish", row, on=day)


def inspect(e: Entry, text: str, *, result: str, inspectors: Sequence[str], shortfalls: str | None = None,
            warranty: date | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Inspect a finished project: what passes is accepted once all have signed; what does not goes back to work."""
    row, day = _alive(e, text, "finished"), e.happened(on or e.today)
    _after(row, "finished_on", day)
    waiting = [one["number"] for one in store.acceptances(e.db, row["id"]) if one["decision"] == "open"]
    if waiting:
        raise Refused("campus.waits_for_signatures", number=row["number"], acceptance=waiting[0])
    people = _inspectors(e, inspectors, day)
    if result == "fail" and not shortfalls:
        raise Usage("campus.what_falls_short")
    levels = rules.tier(school.policy(e, "campus.acceptance_levels", day), row["budget_fen"]) if result == "pass" else []
    number = e.number(ACCEPTED, str(day.year), book="campus", kind="acceptance")
    e.insert("campus_acceptance", number=number, on_day=day, project_id=row["id"], result=result, inspectors="、".join(people),
             shortfalls=shortfalls, levels=" ".join(levels), warranty_until=warranty,
             decision="open" if levels else "approved" if result == "pass" else "rejected",
             decided_on=None if levels else day)  # fmt: skip
    if result == "fail":
        e.update("campus_project", row["id"], finished_on=None)
    elif not levels:
        e.update("campus_project", row["id"], accepted_on=day, warranty_until=warranty)
    done = _done(e, "inspect", row, on=day, result=Word.of("campus.result", result), inspectors=people, shortfalls=shortfalls,
                 acceptance=number, levels=[Word.of("campus.level", one) for one in levels] or None)  # fmt: skip
    done.numbers = [number]
    return done


def settle(e: Entry, text: str, *, amount: int, doc: str, on: date | None = None) -> Confirmation:
    """Settle an accepted project. Beyond the budget by more than the policy allows is refused (4, overridable)."""
    row, day = _alive(e, text, "accepted"), e.happened(on or e.today)
    _after(row, "accepted_on", day)
    percent = int(school.policy(e, "campus.over_percent", day))
    if rules.over(row["budget_fen"], amount, percent):
        e.overridable(Refused("campus.over_budget", number=row["number"], amount=Fen(amount), budget=Fen(row["budget_fen"]),
                              percent=percent), row["number"])  # fmt: skip
    elif row["contract_fen"] is not None and amount > row["contract_fen"]:
        e.warn("campus.over_contract", number=row["number"], amount=Fen(amount), contract=Fen(row["contract_fen"]))
    e.update("campus_project", row["id"], settled_on=day, settled_fen=amount, settled_doc=doc)
    return _done(e, "settle", row, on=day, amount=Fen(amount), budget=Fen(row["budget_fen"]), doc=doc,
                 difference=Fen(amount - row["budget_fen"]))  # fmt: skip


def stop(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A project is given up before it is accepted."""
    row, day = _alive(e, text, *rules.ALIVE[:4]), e.happened(on or e.today)
    _after(row, "started_on" if row["started_on"] else "added_on", day)
    e.update("campus_project", row["id"], stopped_on=day, reason=reason)
    return _done(e, "stop", row, on=day, reason=reason)


def apply(e: Entry, *, inspectors: Sequence[str], on: date | None = None) -> Confirmation:
    """Hand the newest check of the beautiful campus in for acceptance: nothing falls short any more, the score is reached."""
    day = e.happened(on or e.today)
    beauty = standing.beauty(e.ledger, day)
    if beauty.run is None:
        raise Refused("campus.never_checked")
    for row in store.acceptances(e.db):
        if row["run"] == beauty.run["number"] and row["decision"] != "rejected":
            key = "campus.applied_already" if row["decision"] == "open" else "campus.accepted_already"
            raise Refused(key, number=row["number"], run=row["run"])
    goal = int(school.policy(e, "campus.beauty_percent", day))
    short = [one.point.id for one in beauty.points if one.state in ("short", "works", "unchecked")]
    if short or (beauty.score or 0) < 10 * goal:
        e.overridable(Refused("campus.falls_short", points=short, score=beauty.percent, goal=goal), beauty.run["number"])
    levels = [str(one) for one in school.policy(e, "campus.beauty_levels", day)]
    people = _inspectors(e, inspectors, day)
    number = e.number(ACCEPTED, str(day.year), book="campus", kind="acceptance")
    e.insert("campus_acceptance", number=number, on_day=day, run=beauty.run["number"], result="pass", levels=" ".join(levels),
             inspectors="、".join(people), decision="open" if levels else "approved",
             decided_on=None if levels else day)  # fmt: skip
    return Confirmation("campus.apply", number, facts={
        "run": beauty.run["number"], "score": beauty.percent, "on": day,
        "levels": [Word.of("campus.level", one) for one in levels] or None,
    })  # fmt: skip


# -- within ----------------------------------------------------------------------------------------


def _alive(e: Entry, text: str, *states: str) -> Any:
    """The project a text names, if it stands in one of these states on the last day of all."""
    row = store.project(e, text)
    now = rules.state(row, date.max)
    if now not in states:
        raise Refused("campus.other_state", number=row["number"], state=Word.of(STATE, now),
                      states=[Word.of(STATE, one) for one in states])  # fmt: skip
    return row


def _inspectors(e: Entry, texts: Sequence[str], day: date) -> list[str]:
    """The names of those who inspect, each once; fewer than the policy asks for are refused (4)."""
    people = list(dict.fromkeys(str(school.person(e, one)["name"]) for one in texts))
    least = int(school.policy(e, "campus.inspectors_min", day))
    if len(people) < least:
        raise Refused("campus.too_few_inspectors", least=least, count=len(people))
    return people


def _linked(e: Entry, links: Links) -> dict[str, Any]:
    held: dict[str, Any] = {}
    if links.plan:
        held["item_id"] = store.item(e, links.plan)["id"]
    if links.scheme:
        held["scheme_id"] = store.scheme(e, links.scheme)["id"]
    if links.shortfall:
        held["shortfall"] = check.item_named(links.shortfall)
    if links.place:
        held["place_id"] = school.place(e, links.place)["id"]
    if links.owner:
        held["owner_id"] = school.person(e, links.owner)["id"]
    if links.vendor:
        held["vendor_id"] = school.vendor(e, links.vendor)["id"]
    given = {"contract": links.contract, "contract_fen": links.contract_fen}
    return held | {key: value for key, value in given.items() if value is not None}


def _contract(e: Entry, name: str, budget: int, contract: int | None) -> None:
    if contract is not None and contract <= 0:
        raise Usage("campus.no_contract_sum", name=name)
    if contract is not None and contract > budget:
        e.overridable(Refused("campus.contract_over", name=name, contract=Fen(contract), budget=Fen(budget)), name)


def _stretch(starts: date, ends: date) -> None:
    if ends < starts:
        raise Refused("campus.ends_before", starts=starts, ends=ends)


def _after(row: Any, column: str, day: date) -> None:
    if row[column] and day.isoformat() < row[column]:
        raise Refused("campus.too_early", what=row["number"], since=_day(row[column]), day=day)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _done(e: Entry, act: str, row: Any, **facts: Any) -> Confirmation:
    e.subject = row["number"]
    return Confirmation(f"campus.project.{act}", row["number"], facts={"name": row["name"], **facts})

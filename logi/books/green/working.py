"""The verbs of care: watering, pruning, pest control with its agent, cleaning, and the notice that keeps pupils out."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from logi.books.green import rules, school, season, stock, store
from logi.books.green.actions import KIND, SERIES, open_zone
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.core.folding import fold
from logi.core.messages import say
from logi.journal import Entry

WORK = "green.work"


class Agent(NamedTuple):
    """What was put on plants: its name, how much, how long people keep away; drawn from stock now or under a slip."""

    name: str | None = None
    dose: str | None = None
    safe_days: int | None = None
    draw: str | None = None
    slip: str | None = None
    posted: str | None = None


def work(e: Entry, what: str, texts: Sequence[str], *, by: str | None = None, vendor: str | None = None,
         agent: Agent | None = None, everywhere: bool = False, on: date | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """Work done in zones on a day. Pest control needs agent, dose and safe interval (2); stock accounts for its agent."""
    agent, day = agent or Agent(), e.happened(on or e.today)
    if not by and not vendor:
        raise Usage("green.by_whom")
    zones = _zones(e, texts, everywhere, "green", day)
    for row in zones:
        if what not in rules.BELONGS[row["kind"]]:
            raise Refused("green.not_its_work", code=row["code"], kind=Word.of(KIND, row["kind"]), what=Word.of(WORK, what))
    person, firm = school.person(e, by) if by else None, school.vendor(e, vendor) if vendor else None
    number = e.number(SERIES, str(day.year), book="green", kind="care")
    held, slip = _agent(e, what, agent, person, firm, number, day)
    _warn(e, what, zones, day)
    for row in zones:
        e.insert("green_work", on_day=day, number=number, zone_id=row["id"], what=what, note=note,
                 by_id=person["id"] if person is not None else None, vendor_id=firm["id"] if firm is not None else None,
                 **held)  # fmt: skip
    if agent.posted:
        _post(e, number, agent.posted, person, day)
    elif what == "pest":
        e.warn("green.no_notice", number=number)
    hands = "、".join(one["name"] for one in (person, firm) if one is not None)
    facts = {"what": Word.of(WORK, what), "zones": [f"{row['code']} {row['name']}" for row in zones], "on": day,
             "by": hands, "agent": held.get("agent"), "dose": held.get("dose"),
             "until": held.get("safe_until"), "slip": slip}  # fmt: skip
    facts["told"] = say("green.with_agent", **facts) if agent.name else ""
    return Confirmation("green.work", number, facts=facts, numbers=[number, *([slip] if slip and agent.draw else [])])


def clean(e: Entry, texts: Sequence[str], *, by: str, at: str | None = None, checker: str | None = None,
          fault: str | None = None, everywhere: bool = False, on: date | None = None,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """Zones were cleaned, at a time if told; somebody else may have looked (4 if it was the same person)."""
    day = e.happened(on or e.today)
    zones = _zones(e, texts, everywhere, "toilet", day)
    person, second = school.person(e, by), school.person(e, checker) if checker else None
    if second is not None and second["id"] == person["id"]:
        raise Refused("green.own_check", person=person["name"])
    for row in zones:
        if "clean" not in rules.BELONGS[row["kind"]]:
            raise Refused("green.not_its_work", code=row["code"], kind=Word.of(KIND, row["kind"]), what=Word.of(WORK, "clean"))
        if at and any(one["at_time"] == at and one["what"] == "clean" for one in store.works(e.db, day, day, row["id"])):
            raise Refused("green.cleaned_already", code=row["code"], day=day, at=at)
    number = e.number(SERIES, str(day.year), book="green", kind="care")
    for row in zones:
        e.insert("green_work", on_day=day, at_time=at, number=number, zone_id=row["id"], what="clean", by_id=person["id"],
                 checker_id=second["id"] if second is not None else None, fault=fault, note=note)  # fmt: skip
    if fault:
        first = store.zone_of(e.db, zones[0]["id"])
        where = first["place"] + (f"/{first['spot']}" if first["spot"] else "")
        e.warn("green.fault_found", place=where, fault=fault, by=person["code"])
    return Confirmation("green.clean", number, facts={
        "zones": [f"{row['code']} {row['name']}" for row in zones], "on": day, "at": at, "by": person["name"],
        "checker": second["name"] if second is not None else None, "fault": fault,
    })  # fmt: skip


def notice(e: Entry, number: str, *, posted: str, by: str, on: date | None = None) -> Confirmation:
    """The notice that keeps pupils away while the safe interval runs is put up."""
    day = e.happened(on or e.today)
    rows = store.work(e.db, number)
    if not rows:
        raise NotFound("green.no_work", number=number)
    first = rows[0]
    if first["what"] != "pest":
        raise Refused("green.needs_no_notice", number=first["number"], what=Word.of(WORK, first["what"]))
    if first["posted_on"] is not None:
        raise Refused("green.posted_already", number=first["number"], on=date.fromisoformat(first["posted_on"]))
    if not first["on_day"] <= day.isoformat() <= first["safe_until"]:
        raise Refused("green.notice_out_of_time", number=first["number"], day=day, since=date.fromisoformat(first["on_day"]),
                      until=date.fromisoformat(first["safe_until"]))  # fmt: skip
    _post(e, first["number"], posted, school.person(e, by), day)
    e.subject = first["number"]
    return Confirmation("green.notice", first["number"], facts={
        "posted": posted, "on": day, "until": date.fromisoformat(first["safe_until"]), "codes": [row["code"] for row in rows],
    })  # fmt: skip


# -- within ----------------------------------------------------------------------------------------


def _zones(e: Entry, texts: Sequence[str], everywhere: bool, kind: str, day: date) -> list[Any]:
    """The zones a line names, each once, or all of a kind that stand on the day."""
    if bool(texts) == everywhere:
        raise Usage("green.which_zones")
    if everywhere:
        rows = season.standing_zones(e.db, day, kind)
        if not rows:
            raise Refused("green.none_of_kind", kind=Word.of(KIND, kind), day=day)
        return rows
    rows = [open_zone(e, text, day)[0] for text in texts]
    codes = [row["code"] for row in rows]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise Usage("green.zone_twice", code=twice)
    return rows


def _agent(e: Entry, what: str, agent: Agent, person: Any, firm: Any, number: str,
           day: date) -> tuple[dict[str, Any], str | None]:  # fmt: skip
    """What is written of the agent, and its slip. Without a firm it comes from stock: drawn now, or under an earlier slip."""
    if what == "pest":
        wanted = (("--agent", agent.name), ("--dose", agent.dose), ("--safe-days", agent.safe_days))
        lacking = [option for option, value in wanted if value is None]
        if lacking:
            raise Usage("green.pest_lacks", options=lacking)
    if agent.name is None:
        if agent.dose or agent.safe_days or agent.draw or agent.slip or agent.posted:
            raise Usage("green.no_agent")
        return {}, None
    until = day + timedelta(days=agent.safe_days) if agent.safe_days else None
    held: dict[str, Any] = {"agent": agent.name, "dose": agent.dose, "safe_until": until}
    slip = None
    if firm is None or agent.draw or agent.slip:
        item = stock.item(e, agent.name)
        slip_id, slip = _drawn(e, agent, item, person, number, day)
        held |= {"agent": item["name"], "item_id": item["id"], "slip_id": slip_id}
        if what == "pest" and not item["chemical"]:
            e.warn("green.not_marked", item=item["name"], code=item["code"])
    refused = [word for word in school.policy(e, "green.refused_agents", day) if fold(word) in fold(held["agent"])]
    if refused:
        e.overridable(Refused("green.refused_agent", agent=held["agent"]), held["agent"])
    return held, slip


def _drawn(e: Entry, agent: Agent, item: Any, person: Any, number: str, day: date) -> tuple[int, str]:
    if bool(agent.draw) == bool(agent.slip):
        raise Usage("green.agent_from_where", item=item["name"])
    if agent.slip:
        slip = stock.slip_of(e, agent.slip, item["id"])
        if slip is None:
            raise Refused("green.slip_of_other", number=agent.slip, item=item["name"])
        if slip["on_day"] > day.isoformat():
            raise Refused("green.slip_later", number=agent.slip, on=date.fromisoformat(slip["on_day"]), day=day)
        return int(slip["id"]), str(slip["number"])
    if person is None:
        raise Usage("green.draws_by_whom")
    own = school.by_id(e.db, "school_department", person["department_id"])
    home = own["code"] if own is not None else str(school.policy(e, "green.draws_for", day))
    return stock.draw(e, item, str(agent.draw), to=home, by=person["code"], on=day, purpose=number)


def _warn(e: Entry, what: str, zones: Sequence[Any], day: date) -> None:
    """Say what is odd: pupils are there, people work where an interval runs, once was asked for and it is done."""
    if what == "pest" and school.calendar(e).is_schoolday(day):
        e.warn("green.pupils_there", day=day)
    today = {row["code"]: row["number"] for row in store.works(e.db, day, day) if row["what"] == what}
    if twice := {code: number for code, number in today.items() if any(row["code"] == code for row in zones)}:
        e.warn("green.again", what=Word.of(WORK, what), codes=list(twice), day=day, numbers=list(dict.fromkeys(twice.values())))
    running = {row["code"]: row for row in store.treated(e.db, day)}
    for row in zones:
        if row["code"] in running:
            one = running[row["code"]]
            e.warn("green.still_unsafe", code=row["code"], agent=one["agent"], until=date.fromisoformat(one["safe_until"]))
    for asked in season.running(e, day):
        mine = [row["code"] for row in zones if row["code"] == asked.zone]
        if asked.task.what == what and mine and len(asked.done) >= asked.times and not asked.task.every_days:
            e.warn("green.done_already", code=asked.zone, what=Word.of(WORK, what), times=asked.times, on=asked.done[-1][0])


def _post(e: Entry, number: str, posted: str, person: Any, day: date) -> None:
    e.insert("green_notice", on_day=day, number=number, posted_at=posted, by_id=person["id"] if person is not None else None)


"""The verbs of what every unit of a level is to reach: milestones with a day and links, templates of regulations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.rollup import paper, rules, store_work
from logi.books.rollup.actions import alive
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

LEVEL, LINK = "rollup.level", "rollup.links"


def add(e: Entry, code: str, name: str, *, due: date, level: str = "county", links: Sequence[str] = (),
        starts: date | None = None, source: str | None = None) -> Confirmation:  # fmt: skip
    """A milestone every unit of a level is to reach by a day, with the links asked for (a website: centre, province, city)."""
    free_code(e.db, "rollup_milestone", code, what="document")
    day = e.happened(starts or e.today)
    if due < day:
        raise Refused("rollup.due_before", due=due, day=day)
    e.insert("rollup_milestone", code=code, **named(name), level=level, due_on=due, links=",".join(links), from_day=day,
             source=source)  # fmt: skip
    facts = {"name": name, "level": Word.of(LEVEL, level), "due": due, "links": _links(links)}
    return Confirmation("programme.milestone.add", code, facts=facts)


def done(e: Entry, text: str, name: str, *, links: Sequence[str] = (), address: str | None = None, on: date | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """A unit has got so far: links are added to those it has; it is done once all that are asked for stand."""
    row, day = store_work.named(e, "rollup_milestone", text, "milestone"), e.happened(on or e.today)
    unit = _of_level(e, name, row["level"], day)
    there = store_work.reached(e.db, row["id"]).get(unit["id"])
    if there is not None and there["done_on"] is not None:
        raise Refused("rollup.reached_already", code=row["code"], unit=unit["code"], on=date.fromisoformat(there["done_on"]))
    asked = [one for one in row["links"].split(",") if one]
    if strange := [one for one in links if one not in asked]:
        raise Refused("rollup.link_not_asked", code=row["code"], links=_links(strange), asked=_links(asked))
    stand = [one for one in asked if one in links or (there is not None and one in there["links"].split(","))]
    missing = [one for one in asked if one not in stand]
    values: dict[str, Any] = {"links": ",".join(stand), "done_on": None if missing else day}
    values |= {key: value for key, value in (("address", address), ("note", note)) if value is not None}
    if there is not None:
        e.update("rollup_reached", there["id"], **values)
    else:
        e.insert("rollup_reached", milestone_id=row["id"], unit_id=unit["id"], **values)
    if missing:
        e.warn("rollup.links_missing", unit=unit["code"], links=_links(missing))
    elif day.isoformat() > row["due_on"]:
        e.warn("rollup.reached_late", due=date.fromisoformat(row["due_on"]))
    known = there["address"] if there is not None else None
    facts = {"name": row["name"], "unit": unit["name"], "on": day, "address": address or known, "links": _links(stand),
             "missing": _links(missing), "state": Word.of("rollup.reach", "part" if missing else "done")}  # fmt: skip
    return Confirmation("programme.milestone.done", row["code"], facts=facts)


def template(e: Entry, code: str, name: str, *, level: str = "school", due: date | None = None, doc: str | None = None,
             document: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Hand a template of a regulation down: every unit of a level is to make its own of it."""
    free_code(e.db, "rollup_template", code, what="document")
    day = e.happened(on or e.today)
    if due is not None and due < day:
        raise Refused("rollup.due_before", due=due, day=day)
    found = paper.document(e, document) if document else None
    e.insert("rollup_template", code=code, **named(name), level=level, from_day=day, due_on=due, doc_no=doc,
             doc_id=found["id"] if found is not None else None)  # fmt: skip
    facts = {"name": name, "level": Word.of(LEVEL, level), "due": due, "doc": doc, "on": day,
             "paper": found["code"] if found is not None else None}  # fmt: skip
    return Confirmation("programme.template.add", code, facts=facts)


def adopt(e: Entry, text: str, names: Sequence[str], *, doc: str | None = None, on: date | None = None,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """Units have made their own regulation of a template."""
    row, day = store_work.named(e, "rollup_template", text, "template"), e.happened(on or e.today)
    if not names:
        raise Usage("rollup.adopt_who", code=row["code"])
    if day.isoformat() < row["from_day"]:
        raise Refused("rollup.adopted_before", code=row["code"], since=date.fromisoformat(row["from_day"]), day=day)
    units = []
    for name in names:
        unit = _of_level(e, name, row["level"], day)
        there = store_work.adoptions(e.db, row["id"]).get(unit["id"])
        if there is not None:
            raise Refused("rollup.adopted_already", code=row["code"], unit=unit["code"],
                          on=date.fromisoformat(there["adopted_on"]))  # fmt: skip
        e.insert("rollup_adoption", template_id=row["id"], unit_id=unit["id"], adopted_on=day, doc_no=doc, note=note)
        units.append(unit["name"])
    facts = {"name": row["name"], "units": units, "count": len(units), "on": day, "doc": doc}
    return Confirmation("programme.template.adopt", row["code"], facts=facts)


def wanted_of(level: str, unit_level: str) -> bool:
    """Whether what a level is asked for is asked of a unit: schools are hubs, schools and kindergartens alike."""
    return unit_level in rules.TEACHING if level == "school" else unit_level == level


def _of_level(e: Entry, name: str, level: str, day: date) -> Any:
    unit = alive(e, name, day)
    if not wanted_of(level, unit["level"]):
        raise Refused("rollup.other_level", code=unit["code"], level=Word.of(LEVEL, unit["level"]),
                      wanted=Word.of(LEVEL, level))  # fmt: skip
    return unit


def _links(links: Sequence[str]) -> list[Word] | None:
    return [Word.of(LINK, one) for one in links] or None

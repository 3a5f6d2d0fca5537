"""The verbs of an event's support: ordered with its checklist, done line by line before the day, closed after it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from logi import journal
from logi.books.kindergarten import rules, school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused
from logi.core.folding import fold
from logi.journal import Entry

NEED = "kindergarten.need"


class Need:
    """One line of an event's checklist as typed: of which kind, what, who sees to it."""

    __slots__ = ("kind", "owner", "words")

    def __init__(self, kind: str, words: str, owner: str | None = None) -> None:
        self.kind, self.words, self.owner = kind, words, owner


def order(e: Entry, title: str, day: date, *, place: str, leader: str, at: str | None = None, heads: int | None = None,
          needs: Sequence[Need] = ()) -> Confirmation:  # fmt: skip
    """An event is announced: what it needs of place, supplies and contacts is to be done before its day."""
    where, spot = school.place_spot(e, place)
    person = school.person(e, leader)
    if day < e.today:
        raise Refused("kindergarten.event_over", day=day, today=e.today)
    number = e.number("HD", str(day.year), book="kindergarten", kind="event")
    rowid = e.insert("kindergarten_event", number=number, title=title, folded=fold(title), on_day=day, at_time=at,
                     place_id=where["id"], spot=spot, leader_id=person["id"], heads=heads, asked_on=e.today)  # fmt: skip
    due = _due(e, day)
    for n, need in enumerate(needs, start=1):
        _write(e, rowid, n, need, due)
    lacking = [kind for kind in rules.NEEDS if kind not in {need.kind for need in needs}]
    if lacking:
        e.warn("kindergarten.needs_lacking", number=number, kinds=[Word.of(NEED, kind) for kind in lacking])
    facts = {"title": title, "on": day, "place": f"{where['code']} {where['name']}", "leader": person["name"],
             "count": len(needs), "due": due}  # fmt: skip
    return Confirmation("kindergarten.event.add", number, facts=facts)


def need(e: Entry, number: str, one: Need, *, due: date | None = None) -> Confirmation:
    """One more line on the checklist of an event that is not over."""
    row = _open(e, number)
    day = date.fromisoformat(row["on_day"])
    if due is not None and due > day:
        raise Refused("kindergarten.due_after", due=due, day=day)
    n = max([line["n"] for line in store.needs(e.db, row["id"])], default=0) + 1
    _write(e, row["id"], n, one, due or _due(e, day))
    e.subject = row["number"]
    facts = {"n": n, "kind": Word.of(NEED, one.kind), "words": one.words, "title": row["title"], "due": due or _due(e, day)}
    return Confirmation("kindergarten.event.need", row["number"], numbers=[], facts=facts)


def done(e: Entry, number: str, lines: Sequence[int], *, by: str, on: date | None = None, note: str | None = None,
         slip: str | None = None) -> Confirmation:  # fmt: skip
    """Lines of the checklist are done; a slip of the ledger (what was issued, bought, mended) may prove it."""
    row, day = _open(e, number), e.happened(on or e.today)
    person = school.person(e, by)
    if slip and journal.number_of(e.db, slip.upper()) is None:
        raise NotFound("kindergarten.no_slip", number=slip)
    there = {line["n"]: line for line in store.needs(e.db, row["id"])}
    unknown = [n for n in lines if n not in there]
    if unknown:
        raise NotFound("kindergarten.no_line", number=row["number"], n=unknown[0], count=len(there))
    for n in dict.fromkeys(lines):
        if there[n]["done_on"]:
            raise Refused("kindergarten.line_done", number=row["number"], n=n, day=date.fromisoformat(there[n]["done_on"]))
        e.update("kindergarten_need", there[n]["id"], done_on=day, done_by=person["id"], note=note,
                 slip=slip.upper() if slip else None)  # fmt: skip
    if day.isoformat() > row["on_day"]:
        e.warn("kindergarten.done_late", day=date.fromisoformat(row["on_day"]))
    left = [line["n"] for line in store.needs(e.db, row["id"]) if not line["done_on"]]
    e.subject = row["number"]
    facts = {"title": row["title"], "lines": [there[n]["words"] for n in dict.fromkeys(lines)], "by": person["name"], "on": day,
             "left": len(left)}  # fmt: skip
    return Confirmation("kindergarten.event.done", row["number"], numbers=[], facts=facts)


def close(e: Entry, number: str, *, by: str, outcome: str, on: date | None = None) -> Confirmation:
    """The event was held. Refused (4) before its day, and while lines of its checklist are open."""
    row, day = _open(e, number), e.happened(on or e.today)
    if day.isoformat() < row["on_day"]:
        raise Refused("kindergarten.not_held_yet", number=row["number"], day=date.fromisoformat(row["on_day"]))
    person, lines = school.person(e, by), store.needs(e.db, row["id"])
    left = [line["n"] for line in lines if not line["done_on"]]
    lacking = [kind for kind in rules.NEEDS if kind not in {line["kind"] for line in lines}]
    if left or lacking:
        e.overridable(Refused("kindergarten.lines_open", number=row["number"], lines=left or None,
                              kinds=[Word.of(NEED, kind) for kind in lacking] or None), row["number"])  # fmt: skip
    e.update("kindergarten_event", row["id"], closed_on=day, closed_by=person["id"], outcome=outcome)
    e.subject = row["number"]
    in_time = sum(bool(line["done_on"]) and line["done_on"] <= row["on_day"] for line in lines)
    facts = {"title": row["title"], "on": day, "outcome": outcome, "by": person["name"], "done": in_time, "of": len(lines)}
    return Confirmation("kindergarten.event.close", row["number"], numbers=[], facts=facts)


def drop(e: Entry, number: str, *, reason: str) -> Confirmation:
    """The event is called off."""
    row = _open(e, number)
    e.update("kindergarten_event", row["id"], dropped_why=reason)
    e.subject = row["number"]
    return Confirmation("kindergarten.event.drop", row["number"], numbers=[], facts={"title": row["title"], "reason": reason})


def _open(e: Entry, number: str) -> Any:
    row = store.event(e, number)
    if row["closed_on"]:
        raise Refused("kindergarten.event_closed", number=row["number"], day=date.fromisoformat(row["closed_on"]))
    if row["dropped_why"]:
        raise Refused("kindergarten.event_dropped", number=row["number"], reason=row["dropped_why"])
    return row


def _due(e: Entry, day: date) -> date:
    """By when the checklist is done: so many days before the event, never before it was ordered."""
    return max(e.today, day - timedelta(days=int(school.policy(e, "kindergarten.event_days", day))))


def _write(e: Entry, event_id: int, n: int, one: Need, due: date) -> None:
    owner = school.person(e, one.owner)["id"] if one.owner else None
    e.insert("kindergarten_need", event_id=event_id, n=n, kind=one.kind, words=one.words, owner_id=owner, due_on=due)

"""The verbs of what documents ask: a requirement or an issue, the measure that answers it, its evidence and verification."""

from datetime import date
from typing import Any

from logi.books.paper import rules, school, store, store_kept
from logi.books.paper.actions import check_evidence
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.finding import named
from logi.journal import Entry

AREA = "paper.area"


def require(e: Entry, which: str, words: str, *, area: str | None = None, measure: str | None = None, owner: str | None = None,
            due: date | None = None) -> Confirmation:  # fmt: skip
    """Lay down one thing a document asks (of minutes: an issue), and at once how it is answered, if that is known."""
    row = store.document(e, which)
    if row["kind"] not in rules.ASKING:
        raise Refused("paper.asks_nothing", number=row["code"], kind=Word.of("paper.kind", row["kind"]))
    if (owner or due) and not measure:
        raise Usage("paper.measure_first")
    there = store_kept.points(e.db, row["id"])
    if any(one["words"] == words for one in there):
        raise Refused("paper.point_there", number=row["code"], words=words)
    n = max((one["n"] for one in there), default=0) + 1
    e.insert("paper_point", doc_id=row["id"], n=n, words=words, area=area)
    number = f"{row['code']}/{n}"
    e.subject = row["code"]
    made = _insert(e, store_kept.point(e, number), measure, area=None, owner=owner, due=due) if measure else None
    facts = {"title": row["name"], "words": words, "area": _area(area), "measure": made}
    return Confirmation("paper.require", number, numbers=[number, *([made] if made else [])], facts=facts)


def drop_point(e: Entry, code: str, *, reason: str) -> Confirmation:
    """Take a requirement back that was laid down wrongly, while nothing answers it (4)."""
    row = store_kept.point(e, code)
    if any(one["point_id"] == row["id"] for one in store_kept.measures(e.db, row["doc_id"])):
        raise Refused("paper.point_answered", number=row["code"])
    e.void("paper_point", row["id"])
    e.subject, e.reason = row["doc_code"], reason
    return Confirmation("paper.unrequire", row["code"], facts={"words": row["words"], "reason": reason})


def add_measure(e: Entry, code: str, words: str, *, area: str | None = None, owner: str | None = None,
                due: date | None = None) -> Confirmation:  # fmt: skip
    """Answer a requirement by a measure: what is done, who does it, by when."""
    row = store_kept.point(e, code)
    number = _insert(e, row, words, area=area, owner=owner, due=due)
    return Confirmation("paper.measure.add", number, facts=_told(e, number))


def edit_measure(e: Entry, which: str, *, words: str | None = None, area: str | None = None, owner: str | None = None,
                 due: date | None = None) -> Confirmation:  # fmt: skip
    """Change a measure that is not done."""
    row = _open(e, which)
    changes: dict[str, Any] = {"area": area, "due_on": due, "owner_id": school.person(e, owner)["id"] if owner else None}
    changes = {key: value for key, value in changes.items() if value is not None} | (named(words) if words else {})
    if not changes:
        raise Usage("paper.nothing_to_change", number=row["code"])
    e.update("paper_measure", row["id"], **changes)
    return Confirmation("paper.measure.edit", row["code"], facts=_told(e, row["code"]))


def done_measure(e: Entry, which: str, *, evidence: str | None = None, on: date | None = None,
                 note: str | None = None) -> Confirmation:  # fmt: skip
    """A measure is carried out; a document of the books shows it, or at least words say how."""
    day = e.happened(on or e.today)
    row = _open(e, which)
    if evidence is None and note is None:
        raise Usage("paper.done_how", number=row["code"])
    if row["owner_id"] is None:
        raise Refused("paper.measure_no_owner", number=row["code"])
    _after(day, date.fromisoformat(row["on_day"]), row)
    if evidence:
        check_evidence(e, evidence)
    e.update("paper_measure", row["id"], done_on=day, evidence=evidence, done_note=note)
    if row["due_on"] and day.isoformat() > row["due_on"]:
        e.warn("paper.done_late", number=row["code"], due=date.fromisoformat(row["due_on"]))
    facts = {**_told(e, row["code"]), "day": day, "evidence": evidence or note}
    return Confirmation("paper.measure.done", row["code"], facts=facts)


def verify_measure(e: Entry, which: str, *, by: str, on: date | None = None, reject: str | None = None) -> Confirmation:
    """Somebody else than its owner sees that a measure does what was asked (4), or sends it back."""
    day = e.happened(on or e.today)
    row = store_kept.measure(e, which)
    if row["done_on"] is None or row["verified_on"]:
        key = "paper.verified_already" if row["verified_on"] else "paper.not_done"
        raise Refused(key, number=row["code"])
    who = school.person(e, by)
    if who["id"] == row["owner_id"]:
        e.overridable(Refused("paper.own_work", number=row["code"], name=who["name"]), row["code"])
    _after(day, date.fromisoformat(row["done_on"]), row)
    facts: dict[str, Any] = {"by": who["name"], "day": day}
    if reject:
        e.update("paper_measure", row["id"], done_on=None, evidence=None, done_note=None)
        e.reason = reject
        return Confirmation("paper.measure.reject", row["code"], facts={**_told(e, row["code"]), **facts, "reason": reject})
    e.update("paper_measure", row["id"], verified_on=day, verified_by=who["id"])
    return Confirmation("paper.measure.verify", row["code"], facts={**_told(e, row["code"]), **facts})


def drop_measure(e: Entry, which: str, *, reason: str) -> Confirmation:
    """Give a measure up, with a reason; the requirement is unanswered again unless another answers it."""
    row = _open(e, which)
    e.update("paper_measure", row["id"], dropped=reason)
    e.reason = reason
    return Confirmation("paper.measure.drop", row["code"], facts={**_told(e, row["code"]), "reason": reason})


def set_area(e: Entry, area: str, *, department: str | None = None, post: str | None = None, duty: str | None = None,
             owner: str | None = None, leader: str | None = None) -> Confirmation:  # fmt: skip
    """Lay down who answers for a work area: department, post, duty, the person, and the leader in charge."""
    given: dict[str, Any] = {
        "department_id": school.department_for(e, department)["id"] if department else None, "post": post, "duty": duty,
        "owner_id": _present(e, owner) if owner else None, "leader_id": _present(e, leader) if leader else None,
    }  # fmt: skip
    changes = {key: value for key, value in given.items() if value is not None}
    if not changes:
        raise Usage("paper.nothing_to_change", number=_area(area))
    there = store.areas(e.db).get(area)
    if there is None:
        e.insert("paper_area", area=area, **changes)
    else:
        e.update("paper_area", there["id"], **changes)
    after = store.areas(e.db)[area]
    facts = {"area": _area(area), **{key: after[key] for key in ("department", "post", "duty", "owner", "leader")}}
    return Confirmation("paper.area.set", area, facts=facts)


def drop_area(e: Entry, area: str, *, reason: str) -> Confirmation:
    """Nobody answers for an area any more; one that the school named itself leaves the list."""
    there = store.areas(e.db).get(area)
    if there is None:
        raise Refused("paper.area_not_set", area=_area(area))
    e.void("paper_area", there["id"])
    e.reason = reason
    return Confirmation("paper.area.drop", area, facts={"area": _area(area), "reason": reason})


# -- helpers -----------------------------------------------------------------------------------------


def _insert(e: Entry, point: Any, words: str, *, area: str | None, owner: str | None, due: date | None) -> str:
    who = school.person(e, owner) if owner else None
    if due and due.isoformat() < point["on_day"]:
        raise Refused("paper.due_before", due=due, number=point["doc_code"], day=date.fromisoformat(point["on_day"]))
    number = e.number("CS", str(e.today.year), book="paper", kind="measure")
    e.insert("paper_measure", code=number, **named(words), point_id=point["id"], area=area, due_on=due,
             owner_id=who["id"] if who else None)  # fmt: skip
    if who is None:
        e.warn("paper.no_owner", number=number)
    return number


def _open(e: Entry, which: str) -> Any:
    row = store_kept.measure(e, which)
    if row["dropped"]:
        raise Refused("paper.dropped", number=row["code"], reason=row["dropped"])
    if row["done_on"]:
        raise Refused("paper.done_already", number=row["code"], day=date.fromisoformat(row["done_on"]))
    return row


def _after(day: date, first: date, row: Any) -> None:
    if day < first:
        raise Refused("paper.too_early", number=row["code"], day=day, first=first)


def _present(e: Entry, text: str) -> int:
    """A person who has not left (4)."""
    who = school.person(e, text)
    if who["left_on"]:
        raise Refused("paper.person_left", name=who["name"], day=date.fromisoformat(who["left_on"]))
    return int(who["id"])


def _area(area: str | None) -> Word | None:
    return Word.of(AREA, area) if area else None


def _told(e: Entry, code: str) -> dict[str, Any]:
    row = store_kept.measure_of(e.db, code)
    assert row is not None
    return {"words": row["name"], "point": row["point"], "asked": row["words"], "title": row["doc_name"],
            "area": _area(row["its_area"]), "owner": row["owner"], "due": rules.as_day(row["due_on"])}  # fmt: skip

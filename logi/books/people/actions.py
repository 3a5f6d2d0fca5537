"""The verbs of training: held with whoever came, studied by oneself, tested. Each works inside an open entry."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.books.people import school, standing, store
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

SERIES = "PXJ"
MODE, RANK = "people.mode", "people.rank"
STRANGERS = ("in", "out")  # modes that are with somebody from outside


class Trainer(NamedTuple):
    """Who taught: by name, the person if of the school, the unit they come from, what they are."""

    name: str
    person_id: int | None
    unit: str | None
    rank: str


def train(e: Entry, topic: str, *, mode: str, trainer: str, hours: int, unit: str | None = None, rank: str | None = None,
          who: Sequence[str] = (), department: str | None = None, absent: Sequence[str] = (),
          scores: Sequence[tuple[str, int]] = (), outcome: str | None = None, on: date | None = None,
          note: str | None = None, ref: str | None = None) -> Confirmation:  # fmt: skip
    """A training was held: by whom, for how long, who came (named, or all of a department but the absent), test results."""
    day = e.happened(on or e.today)
    teacher = _trainer(e, mode, trainer, unit, rank)
    where = school.department(e, department) if department else None
    there = _present(e, who, where, absent, teacher.person_id, day)
    number = e.number(SERIES, str(day.year), book="people", kind="training")
    e.insert("people_training", on_day=day, number=number, mode=mode, topic=topic, trainer=teacher.name,
             trainer_id=teacher.person_id, unit=teacher.unit, rank=teacher.rank, hours_milli=hours,
             department_id=where["id"] if where else None, outcome=outcome, note=note, ref=ref)  # fmt: skip
    for row in there.values():
        e.insert("people_attend", on_day=day, number=number, person_id=row["id"], hours_milli=hours)
    failed = _write_scores(e, number, scores, {row["id"] for row in there.values()}, day)
    if mode == "out" and not outcome:
        e.warn("people.nothing_brought_home", number=number)
    facts = {"topic": topic, "mode": Word.of(MODE, mode), "trainer": _teacher_text(teacher), "hours": Milli(hours), "on": day,
             "count": len(there), "people": [row["name"] for row in there.values()], "tested": len(scores),
             "failed": failed or None}  # fmt: skip
    return Confirmation("staff.train", number, facts=facts)


def study(e: Entry, topic: str, *, who: Sequence[str], hours: int, source: str | None = None, gained: str | None = None,
          on: date | None = None, note: str | None = None, ref: str | None = None) -> Confirmation:  # fmt: skip
    """Somebody (or several) studied by themselves: what, from what, for how long, what they took from it."""
    day = e.happened(on or e.today)
    there = _present(e, who, None, (), None, day)
    number = e.number(SERIES, str(day.year), book="people", kind="training")
    e.insert("people_training", on_day=day, number=number, mode="self", topic=topic, unit=source, hours_milli=hours,
             outcome=gained, note=note, ref=ref)  # fmt: skip
    for row in there.values():
        e.insert("people_attend", on_day=day, number=number, person_id=row["id"], hours_milli=hours)
    if not gained:
        e.warn("people.nothing_gained", number=number)
    facts = {"topic": topic, "person": [row["name"] for row in there.values()], "source": source, "hours": Milli(hours),
             "on": day, "gained": gained}  # fmt: skip
    return Confirmation("staff.study", number, facts=facts)


def examine(e: Entry, number: str, scores: Sequence[tuple[str, int]], *, on: date | None = None) -> Confirmation:
    """Results of the test after a training; a later one of the same person counts instead of the earlier."""
    day = e.happened(on or e.today)
    row = training(e, number)
    if day.isoformat() < row["on_day"]:
        raise Refused("people.tested_before", number=row["number"], on=date.fromisoformat(row["on_day"]), day=day)
    failed = _write_scores(e, row["number"], scores, {one["person_id"] for one in store.at(e.db, row["number"])}, day)
    e.subject = row["number"]
    facts = {"topic": row["topic"], "tested": len(scores), "failed": failed or None, "on": day,
             "pass": int(school.policy(e, "staff.pass_score", day))}  # fmt: skip
    return Confirmation("staff.examine", row["number"], facts=facts)


def training(source: Any, number: str) -> Any:
    """The training of a number; NotFound (3)."""
    row = store.training(source.db, number)
    if row is None:
        raise NotFound("people.no_training", number=number)
    return row


# -- within ----------------------------------------------------------------------------------------


def _trainer(e: Entry, mode: str, name: str, unit: str | None, rank: str | None) -> Trainer:
    """Somebody of the school where the name is known and no unit is given; everybody else comes from a unit."""
    own = None
    if unit is None:
        try:
            own = school.person(e, name)
        except NotFound as error:
            if hasattr(error, "choices"):
                raise
    if own is None and unit is None:
        raise Usage("people.trainer_of_what", trainer=name)
    if own is not None and mode in STRANGERS:
        raise Refused("people.trainer_own", mode=Word.of(MODE, mode), person=own["name"])
    if own is None and rank == "colleague":
        raise Refused("people.trainer_stranger", trainer=name, unit=unit)
    if own is not None:
        return Trainer(own["name"], own["id"], None, rank or "colleague")
    return Trainer(name, None, unit, rank or "expert")


def _teacher_text(teacher: Trainer) -> list[Any]:
    return [text for text in (teacher.unit, teacher.name, Word.of(RANK, teacher.rank)) if text]


def _present(e: Entry, who: Sequence[str], department: Any, absent: Sequence[str], teacher: int | None,
             day: date) -> dict[int, Any]:  # fmt: skip
    """Who was there, by id; whoever teaches is not."""
    there: dict[int, Any] = {}
    if department is not None and not who:
        there = {row["id"]: row for row in standing.members(e.db, department["id"], day) if row["id"] != teacher}
    for name in who:
        person = _here(school.person(e, name), day)
        if person["id"] in there:
            raise Usage("people.named_twice", person=person["name"])
        if person["id"] == teacher:
            raise Refused("people.trainer_attends", person=person["name"])
        there[person["id"]] = person
    for name in absent:
        person = school.person(e, name)
        if there.pop(person["id"], None) is None and person["id"] != teacher:
            raise Usage("people.absent_stranger", person=person["name"])
    if not there:
        raise Usage("people.nobody_came")
    return there


def _here(person: Any, day: date) -> Any:
    if person["left_on"] and person["left_on"] <= day.isoformat():
        raise Refused("people.has_left", person=person["name"], on=date.fromisoformat(person["left_on"]))
    return person


def _write_scores(e: Entry, number: str, scores: Sequence[tuple[str, int]], there: set[int], day: date) -> list[str]:
    """Write test results; returns who failed."""
    least = int(school.policy(e, "staff.pass_score", day)) * 1000
    named: set[int] = set()
    failed = []
    for name, points in scores:
        person = school.person(e, name)
        if person["id"] in named:
            raise Usage("people.named_twice", person=person["name"])
        if person["id"] not in there:
            raise Refused("people.was_not_there", person=person["name"], number=number)
        named.add(person["id"])
        e.insert("people_test", on_day=day, number=number, person_id=person["id"], score_milli=points,
                 passed=int(points >= least))  # fmt: skip
        if points < least:
            failed.append(str(person["name"]))
    if failed:
        e.warn("people.failed", people=failed, least=least // 1000)
    return failed

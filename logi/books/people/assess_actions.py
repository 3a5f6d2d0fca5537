"""The verbs of assessment: a scheme is laid down, a round opened, scored, closed and accepted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.people import assessing, reckoning, school, standing, store_assess
from logi.core.answers import Confirmation, Milli, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

ASPECT, TARGET = "people.aspect", "people.target"

Item = tuple[str, str | None, int]  # the aspect, what it asks in words, its weight


def add_scheme(e: Entry, code: str, name: str, *, target: str = "person", items: Sequence[Item] = (),
               starts: date | None = None, source: str | None = None) -> Confirmation:  # fmt: skip
    """Lay a scheme down; without items those of policy staff.assessment. The weights make a hundred."""
    free_code(e.db, "people_scheme", code, what="document")
    day = starts or e.today
    shipped = school.policy(e, "staff.assessment", day)
    wanted = list(items) or [(aspect, None, int(weight)) for aspect, weight in shipped.items()]
    aspects = [aspect for aspect, _, _ in wanted]
    if twice := next((one for one in aspects if aspects.count(one) > 1), None):
        raise Usage("people.item_twice", aspect=Word.of(ASPECT, twice))
    if (whole := sum(weight for _, _, weight in wanted)) != 100:
        raise Refused("people.weights", whole=whole)
    scheme_id = e.insert("people_scheme", code=code, **named(name), target=target, from_day=day, source=source)
    for n, (aspect, words, weight) in enumerate(wanted, 1):
        e.insert("people_item", scheme_id=scheme_id, n=n, aspect=aspect, words=words, weight=weight)
    facts = {"name": name, "target": Word.of(TARGET, target), "items": len(wanted)}
    return Confirmation("staff.scheme.add", code, facts=facts)


def end_scheme(e: Entry, which: str, *, reason: str, on: date | None = None) -> Confirmation:
    """No round is opened by it from this day on."""
    row, day = store_assess.scheme(e, which), on or e.today
    if row["ended_on"]:
        raise Refused("people.scheme_ended", code=row["code"], on=date.fromisoformat(row["ended_on"]))
    e.update("people_scheme", row["id"], ended_on=day)
    return Confirmation("staff.scheme.end", row["code"], facts={"name": row["name"], "on": day, "reason": reason})


def open_(e: Entry, which: str, *, since: date, until: date, name: str | None = None, who: Sequence[str] = (),
          departments: Sequence[str] = (), on: date | None = None) -> Confirmation:  # fmt: skip
    """Open a round over a stretch of days: of the staff (or their departments), or of those named."""
    day = e.happened(on or e.today)
    row = store_assess.scheme(e, which)
    if row["ended_on"] and row["ended_on"] <= day.isoformat():
        raise Refused("people.scheme_ended", code=row["code"], on=date.fromisoformat(row["ended_on"]))
    if since > until:
        raise Refused("people.round_backwards", since=since, until=until)
    for there in store_assess.rounds(e.db):
        same = there["scheme_id"] == row["id"]
        if same and there["since_day"] <= until.isoformat() and since.isoformat() <= there["until_day"]:
            e.overridable(Refused("people.round_overlaps", number=there["number"], since=date.fromisoformat(there["since_day"]),
                                  until=date.fromisoformat(there["until_day"])), row["code"])  # fmt: skip
    chosen = _subjects(e, row["target"], who, departments, day)
    number = e.number("KH", str(day.year), book="people", kind="round")
    called = name or f"{row['name']} {since}—{until}"
    round_id = e.insert("people_round", number=number, scheme_id=row["id"], name=called, since_day=since, until_day=until,
                        opened_on=day)  # fmt: skip
    key = "person_id" if row["target"] == "person" else "department_id"
    for one in chosen:
        e.insert("people_subject", round_id=round_id, **{key: one["id"]})
    facts = {"name": called, "scheme": row["name"], "since": since, "until": until, "count": len(chosen),
             "people": [one["name"] for one in chosen]}  # fmt: skip
    return Confirmation("staff.assess.open", number, facts=facts)


def score(e: Entry, number: str, who: str, points: Sequence[tuple[str, int]], *, by: str, note: str | None = None,
          on: date | None = None) -> Confirmation:  # fmt: skip
    """Somebody scores somebody; several raters make a mean, a rater's later score takes the place of the earlier."""
    day = e.happened(on or e.today)
    row = _open_round(e, number)
    if day.isoformat() < row["since_day"]:
        raise Refused("people.scored_before", number=row["number"], since=date.fromisoformat(row["since_day"]), day=day)
    subject, rater = _subject(e, row, who), school.person(e, by)
    if rater["id"] == subject["person_id"]:
        e.overridable(Refused("people.rates_self", person=rater["name"]), row["number"])
    items = {item["aspect"]: item for item in store_assess.items(e.db, row["scheme_id"])}
    earlier = {one["item_id"]: one for one in store_assess.scores(e.db, row["id"])
               if one["subject_id"] == subject["id"] and one["by_id"] == rater["id"]}  # fmt: skip
    replaced = []
    for aspect, value in dict(points).items():
        item = _item(items, aspect, row)
        if (old := earlier.get(item["id"])) is not None:
            e.reverse("people_score", old["id"])
            replaced.append(Word.of(ASPECT, aspect))
        e.insert("people_score", on_day=day, subject_id=subject["id"], item_id=item["id"], by_id=rater["id"],
                 score_milli=value, note=note)  # fmt: skip
    if replaced:
        e.warn("people.replaced", person=subject["name"], rater=rater["name"], aspects=replaced)
    now = next(one for one in reckoning.reckoned(e, row) if one.subject_id == subject["id"])
    e.subject = row["number"]
    facts = {"name": subject["name"], "by": rater["name"], "on": day, "count": len(points),
             "total": None if now.total_milli is None else Milli(now.total_milli),
             "missing": [Word.of(ASPECT, one) for one in now.missing] or None}  # fmt: skip
    return Confirmation("staff.assess.score", row["number"], facts=facts)


def close(e: Entry, number: str, *, on: date | None = None) -> Confirmation:
    """Close a round: what each has is stored. Refused (4) before its last day, or (overridable) with somebody not scored."""
    day = e.happened(on or e.today)
    row = _open_round(e, number)
    if day.isoformat() < row["until_day"]:
        raise Refused("people.round_runs", number=row["number"], until=date.fromisoformat(row["until_day"]), day=day)
    found = reckoning.reckoned(e, row)
    names = {one["id"]: one["name"] for one in store_assess.subjects(e.db, row["id"])}
    unscored = [names[one.subject_id] for one in found if one.missing]
    if unscored:
        e.overridable(Refused("people.unscored", number=row["number"], people=unscored), row["number"])
    for one in found:
        e.insert("people_result", on_day=day, subject_id=one.subject_id, score_milli=one.total_milli, rank=one.rank,
                 grade=one.grade)  # fmt: skip
        for mark in one.marks:
            e.insert("people_result", on_day=day, subject_id=one.subject_id, item_id=mark.item_id,
                     score_milli=mark.score_milli)  # fmt: skip
    e.update("people_round", row["id"], closed_on=day)
    counts = [(grade, sum(one.grade == grade for one in found)) for grade in assessing.GRADES]
    e.subject = row["number"]
    first = [names[one.subject_id] for one in found if one.rank == 1]
    facts = {"name": row["name"], "on": day, "count": len(found), "first": first or None,
             "grades": [f"{_title(grade)} {count}" for grade, count in counts if count] or None}  # fmt: skip
    return Confirmation("staff.assess.close", row["number"], facts=facts)


def accept(e: Entry, number: str, *, by: str, note: str | None = None, on: date | None = None) -> Confirmation:
    """A leader looks the closed round over and accepts it (評估驗收); nobody accepts a round they are assessed in."""
    day = e.happened(on or e.today)
    row = round_(e, number)
    if row["closed_on"] is None:
        raise Refused("people.round_open", number=row["number"])
    if row["accepted_on"]:
        raise Refused("people.accepted_already", number=row["number"], on=date.fromisoformat(row["accepted_on"]))
    if day.isoformat() < row["closed_on"]:
        raise Refused("people.accepted_before", number=row["number"], on=date.fromisoformat(row["closed_on"]), day=day)
    person = school.person(e, by)
    if any(one["person_id"] == person["id"] for one in store_assess.subjects(e.db, row["id"])):
        raise Refused("people.accepts_self", number=row["number"], person=person["name"])
    e.update("people_round", row["id"], accepted_on=day, accepted_by=person["id"], accepted_note=note)
    e.subject = row["number"]
    facts = {"name": row["name"], "by": person["name"], "on": day, "note": note}
    return Confirmation("staff.assess.accept", row["number"], facts=facts)


def round_(source: Any, number: str) -> Any:
    """The round of a number; NotFound (3)."""
    row = store_assess.round_(source.db, number)
    if row is None:
        raise NotFound("people.no_round", number=number)
    return row


# -- within ----------------------------------------------------------------------------------------


def _open_round(e: Entry, number: str) -> Any:
    row = round_(e, number)
    if row["closed_on"]:
        raise Refused("people.round_closed", number=row["number"], on=date.fromisoformat(row["closed_on"]))
    return row


def _subjects(e: Entry, target: str, who: Sequence[str], departments: Sequence[str], day: date) -> list[Any]:
    if target == "unit":
        if who:
            raise Usage("people.units_only")
        rows = [school.department(e, name) for name in departments]
        mine = {row["department_id"] for row in standing.staff(e, day)}
        rows = rows or [row for row in school.departments(e.db) if row["id"] in mine]
    elif who or departments:
        rows = [school.person(e, name) for name in who]
        for name in departments:
            rows += standing.members(e.db, school.department(e, name)["id"], day)
    else:
        rows = standing.staff(e, day)
    found = {row["id"]: row for row in rows}
    if not found:
        raise Usage("people.nobody_assessed")
    return list(found.values())


def _subject(e: Entry, row: Any, who: str) -> Any:
    wanted = school.person(e, who) if row["target"] == "person" else school.department(e, who)
    key = "person_id" if row["target"] == "person" else "department_id"
    found = [one for one in store_assess.subjects(e.db, row["id"]) if one[key] == wanted["id"]]
    if not found:
        raise Refused("people.not_assessed", number=row["number"], name=wanted["name"])
    return found[0]


def _item(items: dict[str, Any], aspect: str, row: Any) -> Any:
    if aspect in assessing.RECKONED:
        raise Refused("people.reckoned", aspect=Word.of(ASPECT, aspect))
    if aspect not in items:
        raise Refused("people.no_item", number=row["number"], aspect=Word.of(ASPECT, aspect),
                      aspects=[Word.of(ASPECT, one) for one in items])  # fmt: skip
    return items[aspect]


def _title(grade: str) -> str:
    from logi.core.messages import title

    return title("people.grade", grade)

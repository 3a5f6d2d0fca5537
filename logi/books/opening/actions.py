"""The verbs of the opening book. Each works inside an open entry it is given."""

from datetime import date, timedelta
from typing import Any

from logi.books.opening import month, rules, school, store
from logi.core.answers import Confirmation
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import find, free_code, named
from logi.journal import Entry

SAFETY = ("check-opening", "hazards-verified", "patrol-rounds")
WEEK = timedelta(days=7)


def add_class(e: Entry, name: str, *, place: str, staff: str, starts: str, ends: str, on: date | None = None,
              expected: int | None = None, helpers: str | None = None, term: str | None = None,
              create: bool = False) -> Confirmation:  # fmt: skip
    """Arrange a class's registration: where, when, by whom. A room or a person is not in two places at once (4)."""
    its_term = term_of(e, term)
    home = school.department_for(e, name, create=create)
    if store.class_of(e.db, its_term["id"], home["id"]) is not None:
        raise Refused("opening.class_there", name=home["name"], term=its_term["code"])
    room, who = school.place(e, place), school.person(e, staff)
    day = on or date.fromisoformat(its_term["starts_on"])
    _check_free(e, its_term, rules.Stay(day, starts, ends), room, who)
    if day.isoformat() > its_term["ends_on"]:
        raise Refused("opening.after_term", day=day, term=its_term["code"])
    e.insert("opening_class", term_id=its_term["id"], department_id=home["id"], place_id=room["id"], on_day=day, starts=starts,
             ends=ends, staff_id=who["id"], helpers=helpers, expected=expected)  # fmt: skip
    if expected is None:
        e.warn("opening.no_expected", name=home["name"])
    e.subject = home["code"]
    facts = {"name": home["name"], "place": room["name"], "day": day, "starts": starts, "ends": ends, "staff": who["name"],
             "expected": expected}  # fmt: skip
    return Confirmation("opening.class.add", home["code"], facts=facts)


def edit_class(e: Entry, name: str, *, place: str | None = None, staff: str | None = None, starts: str | None = None,
               ends: str | None = None, on: date | None = None, expected: int | None = None, helpers: str | None = None,
               term: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is given of a class's registration."""
    its_term, row = _arranged(e, name, term)
    room = school.place(e, place) if place else school.by_id(e.db, "school_place", row["place_id"])
    who = school.person(e, staff) if staff else school.by_id(e.db, "school_person", row["staff_id"])
    day = on or date.fromisoformat(row["on_day"])
    changes = {
        "place_id": room["id"] if place and room else None, "staff_id": who["id"] if staff and who else None, "starts": starts,
        "ends": ends, "on_day": on, "expected": expected, "helpers": helpers,
    }  # fmt: skip
    changes = {key: value for key, value in changes.items() if value is not None}
    if not changes:
        raise Usage("opening.nothing_to_change", name=row["class_name"])
    _check_free(e, its_term, rules.Stay(day, starts or row["starts"], ends or row["ends"]), room, who, but=row["id"])
    e.update("opening_class", row["id"], **changes)
    e.subject = row["class_code"]
    after = store.class_of(e.db, its_term["id"], row["department_id"])
    assert after is not None
    facts = {"name": after["class_name"], "place": after["place_name"], "day": day, "starts": after["starts"],
             "ends": after["ends"], "staff": after["staff"], "expected": after["expected"]}  # fmt: skip
    return Confirmation("opening.class.edit", after["class_code"], facts=facts)


def drop_class(e: Entry, name: str, *, reason: str, term: str | None = None) -> Confirmation:
    """Take a class's registration back, while nobody has come (4)."""
    _, row = _arranged(e, name, term)
    if row["arrived"]:
        raise Refused("opening.class_arrived", name=row["class_name"], count=row["arrived"])
    e.void("opening_class", row["id"])
    e.subject, e.reason = row["class_code"], reason
    return Confirmation("opening.class.drop", row["class_code"], facts={"name": row["class_name"], "reason": reason})


def arrive(e: Entry, name: str, pupils: int, *, on: date | None = None, by: str | None = None, note: str | None = None,
           term: str | None = None) -> Confirmation:  # fmt: skip
    """Count pupils of a class who have come. Before the safety of the opening is shown, it says so: safety first."""
    day = e.happened(on or e.today)
    _, row = _arranged(e, name, term)
    if day.isoformat() < row["on_day"]:
        e.warn("opening.before_day", name=row["class_name"], day=date.fromisoformat(row["on_day"]))
    e.insert("opening_arrival", on_day=day, class_id=row["id"], pupils=pupils, note=note,
             by_id=school.person(e, by)["id"] if by else None)  # fmt: skip
    arrived = row["arrived"] + pupils
    if row["expected"] is not None and arrived > row["expected"]:
        e.warn("opening.more_than_expected", name=row["class_name"], arrived=arrived, expected=row["expected"])
    checked = next(one for one in safety(e.ledger, date.fromisoformat(row["starts_on"])) if one[0] == "check-opening")
    if not checked[1]:
        e.warn("opening.unsafe", name=row["class_name"])
    e.subject = row["class_code"]
    left = None if row["expected"] is None else max(row["expected"] - arrived, 0)
    facts = {"name": row["class_name"], "pupils": pupils, "day": day, "arrived": arrived, "left": left}
    return Confirmation("opening.arrive", row["class_code"], facts=facts)


def add_pupil(e: Entry, code: str, name: str, *, class_: str | None = None, bed: str | None = None,
              create: bool = False) -> Confirmation:  # fmt: skip
    """Enter a pupil, with class and bed where they are known."""
    free_code(e.db, "opening_pupil", code, what="pupil")
    home = school.department_for(e, class_, create=create) if class_ else None
    rowid = e.insert("opening_pupil", code=code, **named(name), department_id=home["id"] if home else None)
    room, number = _give_bed(e, rowid, bed) if bed else (None, None)
    facts = {"name": name, "class": home["name"] if home else None, "room": room, "bed": number}
    return Confirmation("opening.pupil.add", code, facts=facts)


def place_pupil(e: Entry, which: str, *, class_: str | None = None, bed: str | None = None,
                create: bool = False) -> Confirmation:  # fmt: skip
    """Give a pupil a class, a bed, or both; a bed is one pupil's alone (4)."""
    row = pupil(e, which)
    if class_ is None and bed is None:
        raise Usage("opening.nothing_to_change", name=row["name"])
    home = school.department_for(e, class_, create=create) if class_ else None
    if home is not None:
        e.update("opening_pupil", row["id"], department_id=home["id"])
    if bed is not None:
        _give_bed(e, row["id"], bed)
    after = store.pupil(e.db, row["code"])
    assert after is not None
    facts = {"name": after["name"], "class": after["class_name"], "room": after["room_name"], "bed": after["bed"]}
    return Confirmation("opening.pupil.place", after["code"], facts=facts)


def leave_pupil(e: Entry, which: str, *, on: date | None = None) -> Confirmation:
    """A pupil leaves the school; the bed is free again."""
    row = pupil(e, which)
    day = on or e.today
    e.update("opening_pupil", row["id"], left_on=day, place_id=None, bed=None)
    return Confirmation("opening.pupil.leave", row["code"], facts={"name": row["name"], "day": day})


def give_bed(e: Entry, pupil_id: int, place_id: int | None, bed: int | None) -> None:
    """The bed a pupil sleeps in, as who keeps the beds knows it; None frees it."""
    e.update("opening_pupil", pupil_id, place_id=place_id, bed=bed)


def pupil(e: Entry, text: str) -> Any:
    """The pupil a text names who has not left (3, 4)."""
    row = find(e, "opening_pupil", text, what="pupil")
    if row["left_on"]:
        raise Refused("opening.pupil_left", name=row["name"], day=date.fromisoformat(row["left_on"]))
    return row


def term_of(source: Any, text: str | None) -> Any:
    """The term a text names, else the one under way or the next to begin (NotFound, 3)."""
    if text is not None:
        return school.term(source, text)
    near = rules.term_near(school.calendar(source).terms, source.today)
    if near is None:
        raise NotFound("opening.no_term", today=source.today)
    return school.term(source, near.code)


def safety(ledger: Any, starts_on: date) -> list[tuple[str, int, int, list[str]]]:
    """What shows that the opening is safe: (rule, done, asked, records), by the month of its start or the week before."""
    kept, found = month.known(), []
    months = dict.fromkeys(day.isoformat()[:7] for day in (starts_on - WEEK, starts_on))
    for rule in SAFETY:
        proofs = [kept[rule](ledger, one) for one in months] if rule in kept else []
        done, total, numbers = max(proofs, key=lambda one: (one[0], one[1]), default=(0, 0, []))
        found.append((rule, done, total, numbers))
    return found


def _arranged(e: Entry, name: str, term: str | None) -> tuple[Any, Any]:
    its_term = term_of(e, term)
    home = school.department(e, name)
    row = store.class_of(e.db, its_term["id"], home["id"])
    if row is None:
        raise NotFound("opening.no_class", name=home["name"], term=its_term["code"])
    return its_term, row


def _check_free(e: Entry, its_term: Any, stay: rules.Stay, room: Any, who: Any, but: int = 0) -> None:
    if stay.starts >= stay.ends:
        raise Usage("opening.times", starts=stay.starts, ends=stay.ends)
    for other in store.classes(e.db, its_term["id"]):
        theirs = rules.Stay(date.fromisoformat(other["on_day"]), other["starts"], other["ends"])
        if other["id"] == but or not rules.overlap(stay, theirs):
            continue
        if other["place_id"] == room["id"]:
            raise Refused("opening.room_taken", place=room["name"], name=other["class_name"], starts=theirs.starts,
                          ends=theirs.ends)  # fmt: skip
        if other["staff_id"] == who["id"]:
            raise Refused("opening.staff_taken", staff=who["name"], name=other["class_name"], starts=theirs.starts,
                          ends=theirs.ends)  # fmt: skip


def _give_bed(e: Entry, rowid: int, text: str) -> tuple[str, int]:
    """`C101` gives the lowest free bed, `C101/3` that one."""
    head, _, number = text.partition("/")
    room = school.place(e, head.strip())
    if room["kind"] != "dorm":
        raise Refused("opening.no_dorm", place=room["name"])
    taken = {row["bed"]: row["name"] for row in store.in_room(e.db, room["id"]) if row["id"] != rowid}
    beds = int(school.policy(e, "opening.beds_per_room", e.today))
    if number.strip():
        if not (number.strip().isascii() and number.strip().isdigit() and 1 <= int(number) <= beds):
            raise Usage("opening.bad_bed", text=text, beds=beds)
        bed = int(number)
        if bed in taken:
            raise Refused("opening.bed_taken", place=room["name"], bed=bed, name=taken[bed])
    else:
        free = rules.free_bed(taken, beds)
        if free is None:
            raise Refused("opening.room_full", place=room["name"], beds=beds)
        bed = free
    give_bed(e, rowid, room["id"], bed)
    return room["name"], bed

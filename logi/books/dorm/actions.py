"""The verbs of beds: buildings, floors of one sex, rooms, who moves in, elsewhere and out. Each inside an open entry."""

from collections.abc import Sequence
from datetime import date

from logi.books.dorm import opening, rules, school, store
from logi.core.answers import Confirmation, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

SEX = "dorm.sex"


def add_building(e: Entry, code: str, name: str, *, place: str | None = None) -> Confirmation:
    """A building of the dormitory; its place, where the school's list of places knows it."""
    free_code(e.db, "dorm_building", code, what="building")
    where = school.place(e, place) if place else None
    e.insert("dorm_building", code=code, **named(name), place_id=where["id"] if where else None)
    e.subject = code
    return Confirmation("dorm.building.add", code, facts={"name": name, "place": where["code"] if where else None})


def set_floor(e: Entry, building: str, number: int, sex: str) -> Confirmation:
    """A floor is for boys or for girls alone. Refused (4) while the others sleep there."""
    house = store.building(e, building)
    row = store.floor(e.db, house["id"], number)
    if row is None:
        e.insert("dorm_floor", building_id=house["id"], floor=number, sex=sex)
    elif row["sex"] == sex:
        raise Refused("dorm.floor_there", building=house["code"], floor=number, sex=Word.of(SEX, sex))
    else:
        there = [one for one in store.stays(e.db) if one["floor_id"] == row["id"] and one["until_day"] is None]
        if there:
            raise Refused("dorm.floor_slept_on", building=house["code"], floor=number, count=len(there), name=there[0]["name"])
        e.update("dorm_floor", row["id"], sex=sex)
    e.subject = house["code"]
    return Confirmation("dorm.floor.set", house["code"], facts={"name": house["name"], "floor": number,
                                                                "sex": Word.of(SEX, sex)})  # fmt: skip


def add_rooms(e: Entry, places: Sequence[str], *, building: str, floor: int, beds: int | None = None,
              on: date | None = None) -> Confirmation:  # fmt: skip
    """Rooms of a floor with their beds; as many as `opening.beds_per_room` says, unless told."""
    house, day = store.building(e, building), on or e.today
    level = store.floor(e.db, house["id"], floor)
    if level is None:
        raise NotFound("dorm.no_floor", building=house["code"], floor=floor)
    count = beds or int(school.policy(e, "opening.beds_per_room", day))
    codes = []
    for text in places:
        place = school.place(e, text)
        if place["kind"] != "dorm":
            raise Refused("dorm.no_dorm", place=place["code"], name=place["name"])
        if (known := store.room_at(e.db, place["id"])) is not None:
            raise Refused("dorm.room_there", room=place["code"], building=known["building"], floor=known["floor"])
        e.insert("dorm_room", place_id=place["id"], floor_id=level["id"], beds=count, from_day=day)
        codes.append(place["code"])
    e.subject = codes[0] if len(codes) == 1 else house["code"]
    facts = {"rooms": codes, "building": house["name"], "floor": floor, "sex": Word.of(SEX, level["sex"]), "beds": count,
             "total": count * len(codes)}  # fmt: skip
    return Confirmation("dorm.room.add", facts=facts)


def edit_room(e: Entry, text: str, *, beds: int) -> Confirmation:
    """More or fewer beds. Refused (4) where somebody sleeps in one that would be gone."""
    row = room(e, text)
    if row["beds"] == beds:
        raise Refused("dorm.beds_same", room=row["room"], beds=beds)
    over = [one for one in store.stays_in(e.db, row["id"]) if one["until_day"] is None and one["bed"] > beds]
    if over:
        raise Refused("dorm.beds_slept_in", room=row["room"], bed=over[0]["bed"], name=over[0]["name"])
    e.update("dorm_room", row["id"], beds=beds)
    e.subject = row["room"]
    return Confirmation("dorm.room.edit", row["room"], facts={"name": row["room_name"], "before": row["beds"], "beds": beds})


def close_room(e: Entry, text: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A room is taken out of use, once nobody sleeps there (4)."""
    row, day = room(e, text), e.happened(on or e.today)
    last = [one for one in store.stays_in(e.db, row["id"]) if (one["until_day"] or "9999") > day.isoformat()]
    if last:
        raise Refused("dorm.room_slept_in", room=row["room"], count=len(last), name=last[0]["name"])
    if day.isoformat() < row["from_day"]:
        raise Refused("dorm.before_room", room=row["room"], since=date.fromisoformat(row["from_day"]))
    e.update("dorm_room", row["id"], closed_on=day, reason=reason)
    e.subject = row["room"]
    return Confirmation("dorm.room.close", row["room"], facts={"name": row["room_name"], "on": day, "reason": reason})


def move_in(e: Entry, who: str, bed: str | None = None, *, sex: str | None = None, on: date | None = None) -> Confirmation:
    """A pupil gets a bed; without one the bed told at the opening of term. Refused (4): taken, the other sex, no such bed."""
    pupil, day = opening.pupil(e, who), e.happened(on or e.today)
    if bed is None:
        told = next((one for one in opening.pupils(e.db) if one["id"] == pupil["id"] and one["room"]), None)
        if told is None:
            raise Usage("dorm.which_bed", name=pupil["name"], code=pupil["code"])
        bed = f"{told['room']}/{told['bed']}"
    its_sex = _sex(e, pupil, sex)
    where, number = _sleep(e, pupil, its_sex, bed, day)
    e.subject = pupil["code"]
    facts = {"name": pupil["name"], "sex": Word.of(SEX, its_sex), "room": where["room"], "bed": number, "on": day}
    return Confirmation("dorm.in", pupil["code"], facts=facts)


def move(e: Entry, who: str, bed: str, *, reason: str | None = None, on: date | None = None) -> Confirmation:
    """A pupil changes beds from a night on."""
    pupil, day = opening.pupil(e, who), e.happened(on or e.today)
    now = _now(e, pupil, day)
    e.update("dorm_stay", now["id"], until_day=day, reason=reason)
    where, number = _sleep(e, pupil, now["sex"], bed, day)
    if (where["id"], number) == (now["room_id"], now["bed"]):
        raise Refused("dorm.same_bed", name=pupil["name"], room=where["room"], bed=number)
    e.subject = pupil["code"]
    facts = {"name": pupil["name"], "before": f"{now['room']}/{now['bed']}", "room": where["room"], "bed": number, "on": day,
             "reason": reason}  # fmt: skip
    return Confirmation("dorm.change", pupil["code"], facts=facts)


def swap(e: Entry, who: str, other: str, *, reason: str | None = None, on: date | None = None) -> Confirmation:
    """Two pupils of one sex exchange their beds from a night on."""
    first, second = opening.pupil(e, who), opening.pupil(e, other)
    day = e.happened(on or e.today)
    if first["id"] == second["id"]:
        raise Usage("dorm.named_twice", name=first["name"])
    one, two = _now(e, first, day), _now(e, second, day)
    if one["sex"] != two["sex"]:
        raise Refused("dorm.other_sex", name=first["name"], sex=Word.of(SEX, one["sex"]), room=two["room"], floor=two["floor"],
                      theirs=Word.of(SEX, two["sex"]))  # fmt: skip
    for row in (one, two):
        e.update("dorm_stay", row["id"], until_day=day, reason=reason)
        opening.give_bed(e, row["pupil_id"], None, None)
    for pupil_id, bed in ((first["id"], two), (second["id"], one)):
        e.insert("dorm_stay", pupil_id=pupil_id, room_id=bed["room_id"], bed=bed["bed"], from_day=day)
        opening.give_bed(e, pupil_id, bed["place_id"], bed["bed"])
    e.subject = first["code"]
    facts = {"name": first["name"], "room": two["room"], "bed": two["bed"], "other": second["name"], "other_room": one["room"],
             "other_bed": one["bed"], "on": day, "reason": reason}  # fmt: skip
    return Confirmation("dorm.swap", first["code"], facts=facts)


def move_out(e: Entry, who: str, *, reason: str | None = None, on: date | None = None) -> Confirmation:
    """A pupil leaves the dormitory; the night of that day is no longer slept there."""
    pupil, day = opening.any_pupil(e, who), e.happened(on or e.today)
    now = _now(e, pupil, day)
    e.update("dorm_stay", now["id"], until_day=day, reason=reason)
    _tell_opening(e, pupil, None, None)
    e.subject = pupil["code"]
    facts = {"name": pupil["name"], "room": now["room"], "bed": now["bed"], "on": day, "reason": reason}
    return Confirmation("dorm.out", pupil["code"], facts=facts)


def room(e: Entry, text: str) -> store.Row:
    """The room in use that a text names (3)."""
    place = school.place(e, text)
    row = store.room_at(e.db, place["id"])
    if row is None:
        raise NotFound("dorm.no_room", room=place["code"], name=place["name"])
    return row


def lodged(e: Entry, who: str, day: date) -> store.Row:
    """The stay of a pupil in the night of a day. Refused (4): one who is not there."""
    pupil = opening.any_pupil(e, who)
    for row in store.stays_of(e.db, pupil["id"]):
        if row["from_day"] <= day.isoformat() < (row["until_day"] or "9999"):
            return row
    raise Refused("dorm.not_there", name=pupil["name"], code=pupil["code"], day=day)


def _now(e: Entry, pupil: store.Row, day: date) -> store.Row:
    """The stay that lasts still; it cannot end before it began (4)."""
    row = next((one for one in store.stays_of(e.db, pupil["id"]) if one["until_day"] is None), None)
    if row is None:
        raise Refused("dorm.not_there", name=pupil["name"], code=pupil["code"], day=day)
    if day.isoformat() < row["from_day"]:
        raise Refused("dorm.before_stay", name=pupil["name"], since=date.fromisoformat(row["from_day"]))
    return row


def _sex(e: Entry, pupil: store.Row, sex: str | None) -> str:
    """What is known of a pupil's sex, or what is told now; where they sleep it cannot change (4)."""
    known = store.sex_of(e.db, pupil["id"])
    if known is None:
        if sex is None:
            raise Usage("dorm.which_sex", name=pupil["name"])
        e.insert("dorm_boarder", pupil_id=pupil["id"], sex=sex)
        return sex
    if sex is not None and sex != known["sex"]:
        if store.stays_of(e.db, pupil["id"]):
            raise Refused("dorm.sex_known", name=pupil["name"], sex=Word.of(SEX, known["sex"]))
        e.update("dorm_boarder", known["id"], sex=sex)
        return sex
    return str(known["sex"])


def _sleep(e: Entry, pupil: store.Row, sex: str, bed: str, day: date) -> tuple[store.Row, int]:
    """Give a bed from a night on: of a room in use, on a floor of that sex, within its beds, nobody else's."""
    typed = rules.room_and_bed(bed)
    if typed is None:
        raise Usage("dorm.bad_bed", text=bed)
    where = room(e, typed[0])
    if where["sex"] != sex:
        raise Refused("dorm.other_sex", name=pupil["name"], sex=Word.of(SEX, sex), room=where["room"], floor=where["floor"],
                      theirs=Word.of(SEX, where["sex"]))  # fmt: skip
    if day.isoformat() < where["from_day"]:
        raise Refused("dorm.before_room", room=where["room"], since=date.fromisoformat(where["from_day"]))
    for row in store.stays_of(e.db, pupil["id"]):
        if rules.overlap(day.isoformat(), None, row["from_day"], row["until_day"]):
            raise Refused("dorm.sleeps_already", name=pupil["name"], code=pupil["code"], room=row["room"], bed=row["bed"],
                          since=date.fromisoformat(row["from_day"]))  # fmt: skip
    number = _bed(e, where, typed[1], pupil, day)
    e.insert("dorm_stay", pupil_id=pupil["id"], room_id=where["id"], bed=number, from_day=day)
    _tell_opening(e, pupil, where, number)
    return where, number


def _bed(e: Entry, where: store.Row, asked: int | None, pupil: store.Row, day: date) -> int:
    """The bed asked for, or the lowest free one; a bed promised to somebody at the opening of term is theirs."""
    taken = {one["bed"]: one["name"] for one in store.stays_in(e.db, where["id"])
             if rules.overlap(day.isoformat(), None, one["from_day"], one["until_day"])}  # fmt: skip
    promised = {one["bed"]: one for one in opening.in_room(e.db, where["place_id"]) if one["id"] != pupil["id"]}
    if asked is None:
        free = rules.free_bed({*taken, *promised}, where["beds"])
        if free is None:
            raise Refused("dorm.room_full", room=where["room"], beds=where["beds"])
        return free
    if asked > where["beds"]:
        raise Refused("dorm.no_such_bed", room=where["room"], bed=asked, beds=where["beds"])
    if asked in taken:
        raise Refused("dorm.bed_taken", room=where["room"], bed=asked, name=taken[asked])
    if asked in promised:
        raise Refused("dorm.bed_promised", room=where["room"], bed=asked, name=promised[asked]["name"],
                      code=promised[asked]["code"])  # fmt: skip
    return asked


def _tell_opening(e: Entry, pupil: store.Row, where: store.Row | None, bed: int | None) -> None:
    """The opening's list names the same bed."""
    opening.give_bed(e, pupil["id"], where["place_id"] if where else None, bed)

"""From files: rooms with their beds, who sleeps in them by a class list, nights counted, evenings watched over."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.dorm import actions, care_actions, night_actions, opening, rules, school, store
from logi.books.dorm.options import SAID, as_beds, as_clock, as_floor, as_heads
from logi.core.errors import Refused
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, day, text, word
from logi.importing.running import Options
from logi.journal import Entry


def take_room(e: Entry, row: Row, options: Options) -> Verdict:
    """A room by its place; the building and the floor come into being with the first one that names them."""
    house = next((one for one in store.buildings(e.db) if one["code"] == row["building"]), None)
    if house is None:
        actions.add_building(e, row["building"], row["building_name"] or row["building"])
        house = store.building(e, row["building"])
    level = store.floor(e.db, house["id"], row["floor"])
    if level is None or level["sex"] != row["sex"]:
        actions.set_floor(e, row["building"], row["floor"], row["sex"])
    known = store.room_at(e.db, school.place(e, row["room"])["id"])
    if known is None:
        actions.add_rooms(e, [row["room"]], building=row["building"], floor=row["floor"], beds=row["beds"], on=row["from"])
        return NEW
    if (known["building"], known["floor"]) != (house["code"], row["floor"]):
        raise Refused("dorm.room_there", room=known["room"], building=known["building"], floor=known["floor"])
    if row["beds"] in (None, known["beds"]):
        return SAME
    actions.edit_room(e, row["room"], beds=row["beds"])
    return Changed({"beds": (known["beds"], row["beds"])})


def take(e: Entry, row: Row, options: Options) -> Verdict:
    """A pupil by number: a bed where there was none is new, another bed is a move from that day on."""
    known = opening.coded(e.db, row["code"])
    create = "departments" in options.create
    if known is None:
        opening.add_pupil(e, row["code"], row["name"], class_=row["class"], create=create)
    else:
        opening.named_so(row["code"], known["name"], row["name"])
    changes: dict[str, tuple[Any, Any]] = {}
    if known is not None and row["class"] and row["class"] not in (known["class_name"], known["class_code"]):
        opening.place_pupil(e, row["code"], class_=row["class"], create=create)
        changes["class"] = (known["class_name"], row["class"])
    wanted = f"{row['room']}/{row['bed']}" if row["bed"] else row["room"]
    now = next((one for one in store.stays_of(e.db, opening.pupil(e, row["code"])["id"]) if one["until_day"] is None), None)
    if now is None:
        actions.move_in(e, row["code"], wanted, sex=row["sex"], on=row["from"])
        return NEW
    if row["sex"] != now["sex"]:
        actions.move_in(e, row["code"], wanted, sex=row["sex"], on=row["from"])  # refused: where one sleeps it cannot change
    if wanted not in (now["room"], f"{now['room']}/{now['bed']}"):
        actions.move(e, row["code"], wanted, on=row["from"])
        changes["bed"] = (f"{now['room']}/{now['bed']}", wanted)
    return Changed(changes) if changes else SAME


def take_night(e: Entry, row: Row, options: Options) -> Verdict:
    """A night's count of a building or one floor; the same again is no news, another of that night is refused."""
    house, absent = store.building(e, row["building"]), row["absent"] or ()
    there = [one for one in store.counts(e.db, row["on"], row["on"])
             if one["building"] == house["code"] and row["floor"] in (None, one["floor"])]  # fmt: skip
    if there:
        missing = {one["pupil_id"] for one in store.absent(e.db, row["on"], row["on"])
                   if one["floor_id"] in {known["floor_id"] for known in there}}  # fmt: skip
        if missing == {opening.any_pupil(e, text)["id"] for text in absent}:
            return SAME
        raise Refused("dorm.counted", building=house["code"], floor=there[0]["floor"], day=row["on"])
    night_actions.count(e, row["building"], by=row["by"], floor=row["floor"], absent=[(one, None) for one in absent],
                        night=row["on"], at=row["at"], note=row["note"])  # fmt: skip
    return NEW


def take_evening(e: Entry, row: Row, options: Options) -> Verdict:
    """An evening watched over, by day, place and person; another number of pupils is refused."""
    place, person = school.place(e, row["place"]), school.person(e, row["by"])
    for one in store.care_logs(e.db, row["on"], row["on"]):
        if (one["place_id"], one["by_id"]) == (place["id"], person["id"]):
            if one["heads"] == row["heads"]:
                return SAME
            raise Refused("dorm.care_logged", place=place["name"], person=person["name"], day=row["on"])
    care_actions.log(e, row["place"], by=row["by"], heads=row["heads"], on=row["on"], note=row["note"])
    return NEW


def export_rooms(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every room in use."""
    for row in store.rooms(ledger.db, ledger.today):
        yield {"building": row["building"], "building_name": row["building_name"], "floor": row["floor"], "sex": row["sex"],
               "room": row["room"], "beds": row["beds"], "from": date.fromisoformat(row["from_day"])}  # fmt: skip


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Everybody who has a bed now."""
    for row in store.stays(ledger.db):
        if row["until_day"] is None:
            yield {"code": row["code"], "name": row["name"], "class": row["class_name"], "sex": row["sex"], "room": row["room"],
                   "bed": row["bed"], "from": date.fromisoformat(row["from_day"])}  # fmt: skip


def export_nights(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every count, floor by floor."""
    missing = store.absent(ledger.db, date.min, date.max)
    for row in store.counts(ledger.db, date.min, date.max):
        absent = [one["code"] for one in missing if (one["on_day"], one["floor_id"]) == (row["on_day"], row["floor_id"])]
        yield {"on": date.fromisoformat(row["on_day"]), "building": row["building"], "floor": row["floor"],
               "by": row["by_code"], "at": row["at_time"], "absent": "、".join(absent) or None,
               "note": row["note"]}  # fmt: skip


def export_evenings(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every evening that was written down."""
    for row in store.care_logs(ledger.db, date.min, date.max):
        yield {"on": date.fromisoformat(row["on_day"]), "place": row["place"], "by": row["code"], "heads": row["heads"],
               "note": row["note"]}  # fmt: skip


def bed(cell: str) -> int:
    """A bed's number: `3`, `3号`."""
    return as_beds(cell.strip().removesuffix("号").removesuffix("號").removesuffix("床"))


def floor(cell: str) -> int:
    """Which floor: `2`, `2楼`."""
    return as_floor(cell)


def heads(cell: str) -> int:
    """How many people, from 0."""
    return as_heads(cell)


def clock(cell: str) -> str:
    """A time of day: `22:05`."""
    return as_clock(cell)


def names(cell: str) -> tuple[str, ...]:
    """Several pupils in one cell: `甲某、乙某`."""
    return tuple(part.strip() for part in re.split("[、,，;；/]", cell) if part.strip())


bed.kind = floor.kind = heads.kind = "count"  # type: ignore[attr-defined]

KINDS = {
    "bedrooms": Kind("bedrooms", (
        Col("building", code, required=True, words=("樓棟", "公寓樓", "宿舍樓", "樓號"), example="C"),
        Col("building_name", text, words=("樓名", "公寓名稱"), example="例：學生公寓"),
        Col("floor", floor, required=True, words=("樓層", "層"), example="1"),
        Col("sex", word("dorm.sex", rules.SEXES, *SAID), required=True, words=("性別", "男女"), choices=rules.SEXES,
            example="boys"),
        Col("room", text, required=True, words=("寢室", "寢室號", "房間", "房號", "宿舍號"), names="places", example="C101"),
        Col("beds", bed, words=("床位數", "床數"), example="8"),
        Col("from", day, words=("起用日期", "起用日")),
    ), take_room, key="room", export=export_rooms),
    "beds": Kind("beds", (
        Col("code", code, required=True, words=("學號", "學籍號", "編號"), example="例001"),
        Col("name", text, required=True, words=("姓名", "學生姓名", "學生"), example="例：王小明"),
        Col("class", text, words=("班級", "所在班級"), names="departments", example="七年級1班"),
        Col("sex", word("dorm.sex", rules.SEXES, *SAID), required=True, words=("性別",), choices=rules.SEXES, example="boys"),
        Col("room", text, required=True, words=("寢室", "寢室號", "宿舍", "宿舍號", "房間", "房號"), names="places",
            example="C101"),
        Col("bed", bed, words=("床號", "床位", "床位號", "鋪位"), example="3"),
        Col("from", day, words=("入住日期", "入住時間", "日期"), example="2025-09-01"),
    ), take, key="code", export=export),
    "nights": Kind("nights", (
        Col("on", day, required=True, words=("就寢日期", "日期", "夜"), example="2025-09-28"),
        Col("building", text, required=True, words=("樓棟", "公寓樓", "宿舍樓"), example="C"),
        Col("floor", floor, words=("樓層", "層"), example="1"),
        Col("by", text, required=True, words=("清點人", "管理員", "宿管員"), names="people", example="例：某管理員"),
        Col("at", clock, words=("清點時間", "時間"), example="22:00"),
        Col("absent", names, words=("未歸", "未歸學生", "無假未歸")),
        Col("note", text, words=("備註", "說明")),
    ), take_night, day="on", export=export_nights),
    "evenings": Kind("evenings", (
        Col("on", day, required=True, words=("看護日期", "日期"), example="2025-09-28"),
        Col("place", text, required=True, words=("看護地點", "地點"), names="places", example="A205"),
        Col("by", text, required=True, words=("看護人", "值班人"), names="people", example="例：某老師"),
        Col("heads", heads, required=True, words=("在場人數", "看護人數", "人數"), example="32"),
        Col("note", text, words=("備註", "說明", "情況")),
    ), take_evening, day="on", export=export_evenings),
}  # fmt: skip

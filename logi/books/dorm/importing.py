"""Beds from files: a class list with number, name, class, sex and bed; who is new at the school is entered with it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.dorm import actions, opening, rules, store
from logi.books.dorm.options import SAID, as_beds
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, day, text, word
from logi.importing.running import Options
from logi.journal import Entry


def take(e: Entry, row: Row, options: Options) -> Verdict:
    """A pupil by number: a bed where there was none is new, another bed is a move from that day on."""
    known = next((one for one in opening.pupils(e.db) if one["code"] == row["code"]), None)
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


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Everybody who has a bed now."""
    for row in store.stays(ledger.db):
        if row["until_day"] is None:
            yield {"code": row["code"], "name": row["name"], "class": row["class_name"], "sex": row["sex"], "room": row["room"],
                   "bed": row["bed"], "from": date.fromisoformat(row["from_day"])}  # fmt: skip


def bed(cell: str) -> int:
    """A bed's number: `3`, `3号`."""
    return as_beds(cell.strip().removesuffix("号").removesuffix("號").removesuffix("床"))


bed.kind = "count"  # type: ignore[attr-defined]

KINDS = {
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
}  # fmt: skip

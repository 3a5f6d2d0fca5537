"""Pupils from files: one row, one pupil, with class and bed."""

from collections.abc import Iterable, Mapping
from typing import Any

from logi.books.opening import actions, store
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, text
from logi.importing.running import Options
from logi.journal import Entry


def take(e: Entry, row: Row, options: Options) -> Verdict:
    """A pupil by code; a class or a bed that differs is a change."""
    known = store.pupil(e.db, row["code"])
    create = "departments" in options.create
    if known is None:
        actions.add_pupil(e, row["code"], row["name"], class_=row["class"], bed=row["bed"], create=create)
        return NEW
    found: dict[str, tuple[Any, Any]] = {}
    if row["class"] and row["class"] not in (known["class_name"], known["class_code"]):
        found["class"] = (known["class_name"], row["class"])
    bed = f"{known['room']}/{known['bed']}" if known["room"] else None
    if row["bed"] and row["bed"] not in (bed, known["room"]):
        found["bed"] = (bed, row["bed"])
    if not found:
        return SAME
    actions.place_pupil(e, row["code"], class_=row["class"] if "class" in found else None,
                        bed=row["bed"] if "bed" in found else None, create=create)  # fmt: skip
    return Changed(found)


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every pupil who has not left."""
    for row in store.pupils(ledger.db):
        bed = f"{row['room']}/{row['bed']}" if row["room"] else None
        yield {"code": row["code"], "name": row["name"], "class": row["class_name"], "bed": bed}


KINDS = {
    "pupils": Kind("pupils", (
        Col("code", code, required=True, words=("學號", "學籍號", "編號"), example="例001"),
        Col("name", text, required=True, words=("姓名", "學生姓名", "學生"), example="例：王小明"),
        Col("class", text, words=("班級", "所在班級"), names="departments", example="七年級1班"),
        Col("bed", text, words=("床位", "寢室床位", "宿舍"), example="C101/3"),
    ), take, key="code", export=export),
}  # fmt: skip

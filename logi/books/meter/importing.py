"""Meters and readings from files: a meter by its code, a reading by meter and day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.meter import actions, rules, school, store
from logi.books.meter.options import SAID, as_digits, as_factor
from logi.core.answers import Milli
from logi.core.errors import Refused
from logi.importing.kinds import (
    NEW,
    SAME,
    Changed,
    Col,
    Kind,
    Row,
    Verdict,
    code,
    day,
    differences,
    quantity,
    text,
    word,
    yes_no,
)
from logi.importing.running import Options
from logi.journal import Entry


def take_meter(e: Entry, row: Row, options: Options) -> Verdict:
    """A meter by code: what is said of it may change, what it showed on its first day and its kind may not."""
    known = next((one for one in store.meters(e.db) if one["code"] == row["code"]), None)
    if known is None:
        actions.add(
            e, row["code"], row["name"], kind=row["kind"], place=row["place"], digits=row["digits"] or 5,
            factor=row["factor"] or rules.ONE, reading=row["reading"] or 0, parent=row["parent"], department=row["department"],
            reader=row["reader"], starts=row["from"], note=row["note"],
        )  # fmt: skip
        if row["until"]:
            actions.remove(e, row["code"], on=row["until"], reason=row["note"] or "—")
        return NEW
    if row["kind"] != known["kind"]:
        raise Refused("importing.cannot_change", code=row["code"], column="kind", before=known["kind"])
    wanted = {
        "name": row["name"], "place_id": school.place(e, row["place"])["id"],
        "parent_id": store.meter(e, row["parent"])["id"] if row["parent"] else None,
        "department_id": school.department(e, row["department"])["id"] if row["department"] else None,
        "reader_id": school.person(e, row["reader"])["id"] if row["reader"] else None, "note": row["note"],
    }  # fmt: skip
    found = differences(known, wanted)
    gone = row["until"] if row["until"] and known["removed_on"] is None else None
    if gone:
        actions.remove(e, row["code"], on=gone, reason=row["note"] or "—")
    if not found:
        return Changed({"until": (None, gone)}) if gone else SAME
    fields = {"name": "name", "place_id": "place", "parent_id": "parent", "department_id": "department",
              "reader_id": "reader", "note": "note"}  # fmt: skip
    actions.edit(e, row["code"], **{fields[key]: row[fields[key]] for key in found})
    return Changed({fields[key]: (known[fields[key]], row[fields[key]]) for key in found})


def take_reading(e: Entry, row: Row, options: Options) -> Verdict:
    """A reading by meter and day; the same again is no news, another value of that day is refused."""
    meter = store.meter(e, row["meter"])
    there = store.reading_on(e.db, meter["id"], row["on"])
    if there is not None:
        shown = there["value_milli"] if there["final_milli"] is None else there["final_milli"]
        if shown == row["value"]:
            return SAME
        raise Refused("meter.read_already", code=meter["code"], on=row["on"], value=Milli(shown))
    estimated = bool(row["estimated"])
    if row["began"] is not None:
        actions.replace(e, meter["code"], last=row["value"], first=row["began"], digits=row["digits"], factor=row["factor"],
                        rolled=bool(row["rolled"]), by=row["by"], on=row["on"], reason=row["note"] or "—")  # fmt: skip
    else:
        actions.read(e, [(meter["code"], row["value"])], by=row["by"], on=row["on"], rolled=bool(row["rolled"]),
                     estimated=estimated, note=row["note"])  # fmt: skip
    return NEW


def export_meters(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every meter as it began, those others hang behind first."""
    readings = store.readings(ledger.db)
    for row in sorted(store.meters(ledger.db), key=lambda one: (len(store.above(ledger.db, one["id"])), one["code"])):
        first = readings[row["id"]][0]
        spot = f"/{row['spot']}" if row["spot"] else ""
        yield {
            "code": row["code"], "name": row["name"], "kind": row["kind"], "place": row["place"] + spot, "digits": first.digits,
            "factor": first.factor_milli, "reading": first.value_milli, "from": first.on, "parent": row["parent"],
            "department": row["department"], "reader": row["reader_code"], "note": row["note"],
            "until": date.fromisoformat(row["removed_on"]) if row["removed_on"] else None,
        }  # fmt: skip


def export_readings(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every reading of the meters but their first, by day."""
    for row in store.reading_rows(ledger.db, date.min, date.max):
        if row["what"] == "start":
            continue
        changed = row["what"] == "replace"
        yield {
            "meter": row["code"], "on": date.fromisoformat(row["on_day"]),
            "value": row["final_milli"] if changed else row["value_milli"], "by": row["by_code"],
            "rolled": "yes" if row["rolled"] else None, "estimated": "yes" if row["what"] == "estimate" else None,
            "began": row["value_milli"] if changed else None, "digits": row["digits"] if changed else None,
            "factor": row["factor_milli"] if changed else None, "note": row["note"],
        }  # fmt: skip


def digits(cell: str) -> int:
    """How many whole digits a meter shows."""
    return as_digits(cell)


def factor(cell: str) -> int:
    """What one unit on the meter stands for, in thousandths."""
    return as_factor(cell)


factor.kind = "quantity"  # type: ignore[attr-defined]
digits.kind = "count"  # type: ignore[attr-defined]

KINDS = {
    "meters": Kind("meters", (
        Col("code", code, required=True, words=("表號", "編號", "計量表號", "表編號"), example="例E01"),
        Col("name", text, required=True, words=("名稱", "表名", "計量表"), example="例：教學樓電表"),
        Col("kind", word("meter.kind", rules.KINDS, *SAID), required=True, words=("類別", "類型", "能源種類", "種類"),
            choices=rules.KINDS, example="power"),
        Col("place", text, required=True, words=("位置", "地點", "安裝位置"), names="places", example="A101"),
        Col("digits", digits, words=("位數", "整數位"), example="5"),
        Col("factor", factor, words=("倍率", "互感倍率"), example="40"),
        Col("reading", quantity, words=("起碼", "起始讀數", "底數"), example="1250"),
        Col("from", day, words=("起用日期", "安裝日期", "起用日"), example="2025-08-31"),
        Col("parent", text, words=("總表", "上級表", "上級表號")),
        Col("department", text, words=("部門", "使用部門"), names="departments"),
        Col("reader", text, words=("抄表人", "抄表員"), names="people", example="例：某老師"),
        Col("note", text, words=("備註", "說明")),
        Col("until", day, words=("拆除日期", "停用日期")),
    ), take_meter, key="code", export=export_meters),
    "readings": Kind("readings", (
        Col("meter", text, required=True, words=("表號", "編號", "計量表", "計量表號"), example="例E01"),
        Col("on", day, required=True, words=("抄表日期", "日期", "抄表日"), example="2025-09-30"),
        Col("value", quantity, required=True, words=("讀數", "止碼", "本月止碼", "表碼", "本次讀數"), example="1398"),
        Col("by", text, words=("抄表人", "抄表員"), names="people", example="例：某老師"),
        Col("rolled", yes_no, words=("翻轉", "歸零", "過零")),
        Col("estimated", yes_no, words=("估抄", "估計")),
        Col("began", quantity, words=("新表起碼", "換表起碼")),
        Col("digits", digits, words=("新表位數", "位數")),
        Col("factor", factor, words=("新表倍率", "倍率")),
        Col("note", text, words=("備註", "說明", "原因")),
    ), take_reading, day="on", export=export_readings),
}  # fmt: skip

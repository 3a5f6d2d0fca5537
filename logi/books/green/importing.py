"""Zones from files: a zone by its code; size and who answers change from a day on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.green import actions, rules, school, season, store
from logi.books.green.options import KIND_SAID
from logi.core.errors import Refused
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, day, differences, quantity, text, word
from logi.importing.running import Options
from logi.journal import Entry


def take_zone(e: Entry, row: Row, options: Options) -> Verdict:
    """A zone by code: what is said of it may change, size and keeper from `from` on (today); its kind may not."""
    known = next((one for one in store.zones(e.db) if one["code"] == row["code"]), None)
    if known is None:
        actions.add(e, row["code"], row["name"], kind=row["kind"], place=row["place"], area=row["area"], keeper=row["keeper"],
                    class_=row["class"], starts=row["from"], note=row["note"])  # fmt: skip
        if row["until"]:
            actions.end(e, row["code"], reason=row["note"] or "—", on=row["until"])
        return NEW
    if row["kind"] != known["kind"]:
        raise Refused("importing.cannot_change", code=row["code"], column="kind", before=known["kind"])
    begun = row["from"] and row["from"].isoformat() > known["from_day"]
    on = row["from"] if begun else e.today
    held = {**dict(known), **_held(e, known["id"], on)}
    place, spot = school.place_spot(e, row["place"])
    wanted = {
        "name": row["name"], "place_id": place["id"], "spot": spot, "area": row["area"],
        "person_id": school.person(e, row["keeper"])["id"] if row["keeper"] else None, "class": row["class"],
        "note": row["note"],
    }  # fmt: skip
    found = differences(held, wanted)
    gone = row["until"] if row["until"] and known["ended_on"] is None else None
    fields = {"name": "name", "place_id": "place", "spot": "place", "area": "area", "person_id": "keeper", "class": "class_",
              "note": "note"}  # fmt: skip
    if found:
        given = {fields[key]: row["class" if key == "class" else fields[key]] for key in found}
        if {"person_id", "class"} & set(found):  # a person and a class answer together: what stays is said again
            given |= {"keeper": row["keeper"] or held["person_code"], "class_": row["class"] or held["class"]}
        actions.edit(e, row["code"], starts=on, **{key: value for key, value in given.items() if value is not None})
    if gone:
        actions.end(e, row["code"], reason=row["note"] or "—", on=gone)
        found = {**found, "until": (None, gone)} if found else {"until": (None, gone)}
    if not found:
        return SAME
    return Changed({fields.get(key, key).rstrip("_"): (held.get(key), wanted.get(key, gone)) for key in found})


def export_zones(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every zone as it stands today (or stood last)."""
    for row in store.zones(ledger.db):
        held = _held(ledger, row["id"], ledger.today)
        spot = f"/{row['spot']}" if row["spot"] else ""
        yield {
            "code": row["code"], "name": row["name"], "kind": row["kind"], "place": row["place"] + spot, "area": held["area"],
            "keeper": held["person_code"], "class": held["class"], "from": date.fromisoformat(row["from_day"]),
            "note": row["note"], "until": date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        }  # fmt: skip


def _held(source: Any, zone_id: int, on: date) -> dict[str, Any]:
    size = rules.in_force(store.areas(source.db).get(zone_id, ()), on)
    keeper = season.keepers_on(source.db, on).get(zone_id)
    who = {key: keeper[key] if keeper is not None else None for key in ("person_id", "person_code", "class")}
    return {"area": size["area_milli"] if size is not None else None, **who}


KINDS = {
    "zones": Kind("zones", (
        Col("code", code, required=True, words=("片區編號", "編號", "區域編號", "綠地編號"), example="例L01"),
        Col("name", text, required=True, words=("片區名稱", "名稱", "片區", "區域名稱", "綠地名稱"),
            example="例：教學樓前綠化帶"),
        Col("kind", word("green.kind", rules.KINDS, *KIND_SAID), required=True, words=("類別", "類型", "片區類別"),
            choices=rules.KINDS, example="green"),
        Col("place", text, required=True, words=("位置", "地點", "所在位置"), names="places", example="A101"),
        Col("area", quantity, words=("面積", "面積（平方米）", "面積(㎡)", "面積㎡"), example="320.5"),
        Col("keeper", text, words=("責任人", "養護人", "包乾人", "負責人"), names="people", example="例：某老師"),
        Col("class", text, words=("責任班級", "班級", "包乾班級")),
        Col("from", day, words=("起用日期", "起始日期", "自"), example="2025-09-01"),
        Col("note", text, words=("備註", "說明")),
        Col("until", day, words=("停用日期", "終止日期")),
    ), take_zone, key="code", export=export_zones),
}  # fmt: skip

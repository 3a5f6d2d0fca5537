"""Visitors and passes of vehicles from files: what a visitors' system or a barrier's camera has recorded."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.gate import actions, masking, rules, school, store, store_traffic, traffic_actions
from logi.books.gate.options import CONFIRMED_SAID, SEX_SAID, WAY_SAID, When, as_speed
from logi.core.answers import Milli
from logi.core.errors import Refused
from logi.importing.kinds import NEW, SAME, Col, Kind, Row, Verdict, code, count, instant, text, word
from logi.importing.running import Options
from logi.journal import Entry


def take_visit(e: Entry, row: Row, options: Options) -> Verdict:
    """A visit as the gate's system has it; by its `ref` (or our number) the same again is no news, another one is refused."""
    day, time = row["at"]
    known = (store.visit_of_ref(e.db, row["ref"]) or store.visit(e.db, row["ref"])) if row["ref"] else None
    if known is not None:
        _same(e, known, row)
        if row["left"] is None or known["left_day"]:
            return SAME
        actions.leave(e, [known["number"]], When(*row["left"]), by=row["by"], counted=False)
        return NEW
    caller = actions.Caller(row["name"], sex=row["sex"], unit=row["unit"], id_tail=row["id"], phone=row["phone"],
                            heads=row["heads"] or 1, purpose=row["for"], plate=row["plate"], goods=row["goods"],
                            badge=row["badge"])  # fmt: skip
    done = actions.visit(e, caller, When(day, time), host=row["host"], confirmed=row["confirmed"], by=row["by"], ref=row["ref"])
    if row["left"] is not None:
        actions.leave(e, [done.number or ""], When(*row["left"]), by=row["by"], counted=False)
    return NEW


def take_pass(e: Entry, row: Row, options: Options) -> Verdict:
    """A pass that a barrier or a camera has seen: it happened, be the vehicle known or not."""
    day, time = row["at"]
    if (same := store_traffic.same_pass(e.db, row["plate"], row["way"], day, time)) is not None:
        if row["speed"] != same["speed_milli"]:  # nothing passes twice the same way in one minute
            before = None if same["speed_milli"] is None else Milli(same["speed_milli"])
            raise Refused("importing.fact_differs", ref=row["ref"] or row["plate"], column="speed", before=before)
        return SAME
    if row["ref"] and (known := store_traffic.pass_of_ref(e.db, row["ref"])) is not None:
        there = (known["plate"], known["way"], known["on_day"], known["at_time"])
        raise Refused("importing.fact_differs", ref=row["ref"], column="at", before=" ".join(there))
    guard = school.person(e, row["by"])["id"] if row["by"] else None
    traffic_actions.pass_(e, row["plate"], row["way"], When(day, time), guard_id=guard, speed=row["speed"],
                          driver=row["driver"], note=row["note"], ref=row["ref"], seen=True)  # fmt: skip
    return NEW


def _same(e: Entry, known: Any, row: Row) -> None:
    """Refuse (4) a row that says something else of a visit already there; when it ended may be new."""
    day, time = row["at"]
    left = f"{known['left_day']} {known['left_time']}" if known["left_day"] else None
    pairs = [
        ("name", known["name"], row["name"]), ("at", f"{known['on_day']} {known['at_time']}", f"{day} {time}"),
        ("host", known["host_code"], school.person(e, row["host"])["code"]),
        ("confirmed", known["confirmed"], row["confirmed"]),
        *((key, known[column], row[key]) for key, column in (("unit", "unit"), ("for", "purpose"), ("plate", "plate"),
          ("id", "id_tail"), ("goods", "goods"), ("badge", "badge"), ("phone", "phone")) if row[key] is not None),
    ]  # fmt: skip
    if row["left"] is not None and left is not None:
        pairs.append(("left", left, f"{row['left'][0]} {row['left'][1]}"))
    for column, before, after in pairs:
        if before != after:
            raise Refused("importing.fact_differs", ref=row["ref"], column=column, before=before)


def export_visits(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every visit that was let in on the host's word, as far back as names are shown."""
    first = masking.shown_since(ledger)
    for row in store.visits(ledger.db, first, date.max):
        if row["outcome"] == "denied" or row["confirmed"] is None:
            continue
        yield {
            "at": f"{row['on_day']} {row['at_time']}", "name": row["name"], "host": row["host_code"],
            "confirmed": row["confirmed"], "by": row["guard_code"], "unit": row["unit"], "for": row["purpose"],
            "id": row["id_tail"], "sex": row["sex"], "phone": row["phone"], "heads": row["heads"], "plate": row["plate"],
            "goods": row["goods"], "badge": row["badge"], "ref": row["ref"] or row["number"],
            "left": f"{row['left_day']} {row['left_time']}" if row["left_day"] else None,
        }  # fmt: skip


def export_passes(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every pass that is not a visitor's: those come with the visit."""
    first = masking.shown_since(ledger)
    for row in store_traffic.passes(ledger.db, date.min, date.max):
        if row["visit"] is None:
            yield {
                "at": f"{row['on_day']} {row['at_time']}", "plate": row["plate"], "way": row["way"],
                "speed": row["speed_milli"], "driver": masking.driver(row, first), "by": row["guard_code"], "note": row["note"],
                "ref": row["ref"],
            }  # fmt: skip


def plate(cell: str) -> str:
    """A number plate."""
    return rules.plate(cell)


def tail(cell: str) -> str:
    """The last four signs of an identity number, of the whole of which a file may hold more than we keep."""
    return rules.tail_of(cell)


def speed(cell: str) -> int:
    """Kilometres an hour, in thousandths."""
    return as_speed(cell)


plate.kind, tail.kind, speed.kind = "code", "code", "quantity"  # type: ignore[attr-defined]

KINDS = {
    "visits": Kind("visits", (
        Col("at", instant, required=True, words=("進校時間", "來訪時間", "登記時間", "時間"), example="2025-09-30 08:40"),
        Col("name", text, required=True, words=("姓名", "來訪人", "來訪人姓名", "訪客", "訪客姓名"), example="例：某訪客"),
        Col("host", text, required=True, words=("被訪人", "受訪人", "接待人"), names="people", example="例：某老師"),
        Col("confirmed", word("gate.confirmed", rules.CONFIRMED, *CONFIRMED_SAID), required=True,
            words=("被訪人確認", "確認方式", "確認"), choices=rules.CONFIRMED, example="phone"),
        Col("by", text, required=True, words=("門衛", "經手門衛", "登記人", "值班門衛"), names="people", example="例：某門衛"),
        Col("left", instant, words=("離校時間", "離開時間"), example="2025-09-30 09:10"),
        Col("unit", text, words=("單位", "來訪單位", "工作單位")),
        Col("for", text, words=("事由", "來訪事由")),
        Col("id", tail, words=("證件號", "身份證號", "證件後4位", "身份證後四位"), example="123X"),
        Col("sex", word("gate.sex", rules.SEXES, *SEX_SAID), words=("性別",), choices=rules.SEXES),
        Col("phone", code, words=("電話", "手機", "聯繫電話")),
        Col("heads", count, words=("人數", "同行人數")),
        Col("plate", plate, words=("車牌", "車牌號")),
        Col("goods", text, words=("攜帶物品",)),
        Col("badge", code, words=("來訪證", "來訪證號", "證號")),
        Col("ref", code, words=("流水號", "編號", "單號")),
    ), take_visit, day="at", export=export_visits),
    "passes": Kind("passes", (
        Col("at", instant, required=True, words=("時間", "過車時間", "通過時間", "抓拍時間"), example="2025-09-30 07:20"),
        Col("plate", plate, required=True, words=("車牌", "車牌號", "車牌號碼"), example="例A12345"),
        Col("way", word("gate.way", rules.WAYS, *WAY_SAID), required=True, words=("方向", "進出", "出入", "進/出"),
            choices=rules.WAYS, example="in"),
        Col("speed", speed, words=("車速", "速度", "車速km/h"), example="4.5"),
        Col("driver", text, words=("駕駛人", "司機")),
        Col("by", text, words=("門衛", "經手門衛", "登記人", "值班門衛"), names="people"),
        Col("note", text, words=("備註", "說明")),
        Col("ref", code, words=("流水號", "編號")),
    ), take_pass, day="at", export=export_passes),
}  # fmt: skip

"""Patrol rounds from files: rows of one route, time and patroller are one round, each finding opens a hazard."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi import journal
from logi.books.patrol import actions, hazard_actions, route_rows, school, store
from logi.books.patrol.hazard_actions import Found
from logi.books.patrol.rules import CATEGORIES, LEVELS
from logi.core.errors import Refused
from logi.importing.kinds import NEW, SAME, Col, Kind, Row, Verdict, instant, text, word
from logi.importing.running import Options, Posted
from logi.journal import Entry


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """Rounds by time; the further findings of a round join it."""
    posted = Posted()
    rounds: dict[tuple[int, Any, int], int] = {}
    for row in rows:
        options.attempt(e, row, lambda row=row: _take(e, row, rounds), posted)  # type: ignore[misc]
    return posted


def _take(e: Entry, row: Row, rounds: dict[tuple[int, Any, int], int]) -> Verdict:
    route, by = store.route(e, row["route"]), school.person(e, row["by"])
    on, at_time = row["at"]
    key = (route["id"], row["at"], by["id"])
    if row["ref"] and key not in rounds and (there := store.round_of_ref(e.db, row["ref"], before=e.n)) is not None:
        mine = {"route_id": route["id"], "on_day": on.isoformat(), "at_time": at_time, "by_id": by["id"]}
        for column, value in mine.items():
            if there[column] != value:
                raise Refused("importing.fact_differs", ref=row["ref"], column=column, before=there[column])
        return SAME
    if key not in rounds and store.told_before(e.db, route["id"], on, at_time, by["id"], row["finding"], before=e.n):
        return SAME
    if key not in rounds:
        round_no = journal.next_id(e.db, "patrol_round")
        actions.log_round(e, route["code"], by=by["code"], on=on, at_time=at_time, ref=row["ref"], weather=row["weather"],
                          skip=row["skipped"] or (), note=row["note"])  # fmt: skip
        rounds[key] = round_no
    elif not row["finding"]:
        raise Refused("importing.twice", code=f"{route['code']} {on} {at_time}", before="…")
    if row["finding"]:
        finding = f"{row['place']} {row['finding']}" if row["place"] else row["finding"]
        where, spot, title = hazard_actions.place_in(e, finding)
        if row["place"] and where is None:
            school.place_spot(e, row["place"])  # says that the place is unknown
        at = Found(on, by["id"], rounds[key], where["id"] if where else None, spot)
        hazard_actions.record(e, title, at, category=row["kind"] or "other", level=row["level"] or "general")
    return NEW


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every round, one row a finding."""
    for row in store.for_export(ledger.db):
        place = f"{row['place']}/{row['spot']}" if row["place"] and row["spot"] else row["place"]
        yield {
            "route": row["route"], "at": f"{date.fromisoformat(row['on_day'])} {row['at_time'] or '00:00'}",
            "by": row["by"],
            "finding": row["title"], "kind": row["category"], "place": place, "ref": row["ref"],
            "level": row["level"] if row["level"] != "general" else None,
            **{key: row[key] for key in ("weather", "skipped", "note")},
        }  # fmt: skip


KINDS = {
    "routes": route_rows.KIND,
    "patrols": Kind("patrols", (
        Col("route", text, required=True, words=("路線", "巡查路線", "線路", "班次"), example="例1"),
        Col("at", instant, required=True, words=("巡查時間", "時間", "日期時間", "巡查日期", "time"),
            example="2025-09-01 07:10"),
        Col("by", text, required=True, words=("巡查人", "巡查人員", "檢查人", "門衛", "patroller"), names="people",
            example="S001"),
        Col("finding", text, words=("發現問題", "問題", "隱患描述", "異常情況", "情況")),
        Col("kind", word("patrol.category", CATEGORIES), words=("類別", "隱患類別", "類型")),
        Col("place", text, words=("部位", "地點", "位置", "點位"), names="places"),
        Col("level", word("patrol.level", LEVELS), words=("隱患等級", "等級", "級別")),
        Col("weather", text, words=("天氣",)),
        Col("skipped", route_rows.several, words=("未查點位", "漏查點位")),
        Col("note", text, words=("備註", "說明")),
        Col("ref", text, words=("憑證號", "記錄號", "單號")),
    ), post=post, day="at", export=export),
}  # fmt: skip

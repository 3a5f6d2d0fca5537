"""Patrol routes from files: a row lays a route down, a later row of the same code changes it from its day on."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from logi.books.patrol import actions, rules, school, store
from logi.books.patrol.rules import AREAS, FREQUENCIES, STOPPED
from logi.core.errors import BadValue
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, day, instant, lines, text, word
from logi.importing.running import Options
from logi.journal import Entry

_ANY_DAY = "2000-01-01"


def several(cell: str) -> tuple[str, ...]:
    """Points or times, parted by line breaks, semicolons or 、."""
    parts = lines(cell).replace("；", "\n").replace(";", "\n").replace("、", "\n").split("\n")
    return tuple(part.strip() for part in parts if part.strip())


def clocks(cell: str) -> tuple[str, ...]:
    """Times of the day, as 7:10."""
    return tuple(instant(f"{_ANY_DAY} {one}")[1] for one in several(cell))


def take(e: Entry, row: Row, options: Options) -> Verdict:
    """A route as `route add` and `route edit` take it."""
    known = store.route_of_code(e.db, row["code"])
    given = {key: row[key] for key in ("frequency", "keeper", "area", "note")}
    points, times = row["points"] or (), row["times"] or ()
    if known is None:
        if row["frequency"] == STOPPED:
            raise BadValue("importing.not_a_choice", text=row.texts["frequency"], known=list(FREQUENCIES))
        actions.add_route(e, row["code"], row["name"], starts=row["from"], points=points, times=times, **given)
        return NEW
    found = _differences(e, row, known)
    if not found:
        return SAME
    changes = {key: after for key, (_, after) in found.items()}
    if changes.get("frequency") == STOPPED:
        del changes["frequency"]
        changes["until"] = (row["from"] or e.today) - timedelta(days=1)
    elif {"frequency", "points", "times"} & changes.keys():
        changes["starts"] = row["from"]
    actions.edit_route(e, known["code"], **changes)
    return Changed(found)


def _differences(e: Entry, row: Row, known: Any) -> dict[str, tuple[Any, Any]]:
    """What the row has otherwise than the route on the row's day."""
    on = row["from"] or e.today
    layout = rules.layout_on(store.layouts(e.db)[known["id"]], on)
    keeper = school.by_id(e.db, "school_person", known["keeper_id"])
    now: dict[str, Any] = {
        "name": known["name"], "area": known["area"], "note": known["note"], "keeper": keeper and keeper["code"],
        "frequency": rules.frequency_on(store.schedules(e.db).get(known["id"], []), on) or STOPPED,
        "points": layout.points, "times": layout.times,
    }  # fmt: skip
    wanted = {key: row[key] for key in now}
    if row["keeper"]:
        wanted["keeper"] = school.person(e, row["keeper"])["code"]
    return {key: (now[key], value) for key, value in wanted.items() if value is not None and value != now[key]}


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every route, one row for each day from which something of it was different."""
    schedules, layouts = store.schedules(ledger.db), store.layouts(ledger.db)
    for route in store.routes(ledger.db):
        mine, laid = schedules.get(route["id"], []), layouts.get(route["id"], [])
        keeper = school.by_id(ledger.db, "school_person", route["keeper_id"])
        for on in sorted({one.from_day for one in mine} | {one.from_day for one in laid}):
            layout = rules.layout_on(laid, on)
            yield {
                "code": route["code"], "name": route["name"], "from": on, "frequency": rules.frequency_on(mine, on) or STOPPED,
                "points": "\n".join(layout.points) or None, "times": "\n".join(layout.times) or None,
                "keeper": keeper and keeper["code"], "area": route["area"], "note": route["note"],
            }  # fmt: skip


KIND = Kind("routes", (
    Col("code", code, required=True, words=("路線編號", "路線代碼", "編號", "代碼", "route"), example="例1"),
    Col("name", text, required=True, words=("路線名稱", "路線", "名稱", "巡查路線"), example="教學區早巡"),
    Col("frequency", word("patrol.frequency", (*FREQUENCIES, STOPPED)), words=("頻次", "巡查頻次"), example="workday"),
    Col("from", day, words=("起用日期", "開始日期", "日期", "自"), example="2025-09-01"),
    Col("points", several, words=("點位", "巡查點", "部位")),
    Col("times", clocks, words=("時間", "巡查時間", "時刻")),
    Col("keeper", text, words=("負責人", "責任人", "保管人"), names="people"),
    Col("area", word("patrol.area", AREAS), words=("區域",)),
    Col("note", text, words=("備註", "說明")),
), take, day=None, export=export)  # fmt: skip



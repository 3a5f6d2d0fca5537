"""Units from files: a unit by its code, those above before those below."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.rollup import actions, rules, store
from logi.books.rollup.options import SAID_AREAS, SAID_LEVELS, as_heads
from logi.books.rollup.tree import Tree
from logi.core.errors import Refused
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, day, differences, month, text, word, yes_no
from logi.importing.running import Options
from logi.journal import Entry

FIELDS = ("kind", "area", "staff", "posts", "office", "facilities", "leader", "head", "note")


def take_unit(e: Entry, row: Row, options: Options) -> Verdict:
    """A unit by code: all that is said of it may change but its level, the pupils from the row's day on."""
    said = {key: row[key] for key in FIELDS} | {"reports_from": row["reports"]}
    known = next((one for one in store.units(e.db) if one["code"] == row["code"]), None)
    if known is None:
        actions.add(e, row["code"], row["name"], level=row["level"], parent=row["parent"], own=bool(row["own"]),
                    starts=row["from"], **said)  # fmt: skip
        if row["pupils"] is not None:
            actions.heads(e, row["code"], row["pupils"], starts=row["pupils_on"] or row["from"])
        return NEW
    if row["level"] != known["level"]:
        raise Refused("importing.cannot_change", code=row["code"], column="level", before=known["level"])
    wanted = {"name": row["name"], "parent": row["parent"], **{key: value for key, value in said.items() if value is not None}}
    if row["parent"]:
        wanted["parent"] = store.unit(e, row["parent"])["code"]
    else:
        del wanted["parent"]
    found: dict[str, tuple[Any, Any]] = {}
    if changed := differences(known, wanted):
        actions.edit(e, row["code"], **{key: wanted[key] for key in changed})
        found = {key: (known[key], wanted[key]) for key in changed}
    counted = Tree(e).own_pupils(known["id"])
    if row["pupils"] is not None and row["pupils"] != counted:
        actions.heads(e, row["code"], row["pupils"], starts=row["pupils_on"] or (row["from"] if counted is None else None))
        found["pupils"] = (counted, row["pupils"])
    return Changed(found) if found else SAME


def export_units(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every unit that is there, those above first, with the pupils counted last and the day of that."""
    tree, counted = Tree(ledger), store.heads(ledger.db)
    for _, row in tree.walk():
        last = counted[row["id"]][-1] if row["id"] in counted else None
        yield {**{key: row[key] for key in FIELDS}, "code": row["code"], "name": row["name"], "level": row["level"],
               "parent": row["parent"], "reports": row["reports_from"], "from": date.fromisoformat(row["from_day"]),
               "pupils": last["pupils"] if last is not None else None, "own": "yes" if row["own"] else None,
               "pupils_on": date.fromisoformat(last["from_day"]) if last is not None else None}  # fmt: skip


def take_heads(e: Entry, row: Row, options: Options) -> Verdict:
    """How many pupils a unit had from a day on; the same day again says it anew."""
    unit = store.unit(e, row["unit"])
    there = store.heads_on(e.db, unit["id"], row["from"])
    if there is not None and there["pupils"] == row["pupils"]:
        return SAME
    actions.heads(e, unit["code"], row["pupils"], starts=row["from"])
    return NEW if there is None else Changed({"pupils": (there["pupils"], row["pupils"])})


def export_heads(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every count of every unit that is there, oldest first."""
    counted = store.heads(ledger.db)
    for row in Tree(ledger).by_id.values():
        for one in counted.get(row["id"], []):
            yield {"unit": row["code"], "from": date.fromisoformat(one["from_day"]), "pupils": one["pupils"]}


def heads(cell: str) -> int:
    """How many people."""
    return as_heads(cell)


heads.kind = "count"  # type: ignore[attr-defined]

KINDS = {
    "units": Kind("units", (
        Col("code", code, required=True, words=("單位編號", "學校代碼", "單位代碼", "編號"), example="例QH02"),
        Col("name", text, required=True, words=("單位名稱", "學校名稱", "名稱", "單位"), example="例：某某小學"),
        Col("level", word("rollup.level", rules.LEVELS, *SAID_LEVELS), required=True, words=("級別", "層級", "單位級別"),
            choices=rules.LEVELS, example="school"),
        Col("parent", text, words=("上級單位", "上級", "主管單位", "隸屬")),
        Col("kind", word("rollup.kind", rules.KINDS), words=("學校類型", "類型", "辦學類型"), choices=rules.KINDS),
        Col("area", word("rollup.area", rules.AREAS, *SAID_AREAS), words=("城鄉", "城鄉類型", "城鄉分類"), choices=rules.AREAS),
        Col("pupils", heads, words=("學生數", "學生人數", "在校生數", "人數"), example="320"),
        Col("pupils_on", day, words=("統計日期", "人數統計日期", "人數日期")),
        Col("from", day, words=("起始日期", "設立日期", "日期", "自")),
        Col("own", yes_no, words=("本單位", "本賬本單位")),
        Col("reports", month, words=("上報起始月", "起報月份")),
        Col("staff", heads, words=("後勤人員", "工作人員", "人員數")),
        Col("posts", heads, words=("編制", "編制數", "崗位數")),
        Col("office", text, words=("辦公場所", "辦公室")),
        Col("facilities", text, words=("辦公設施", "設施")),
        Col("leader", text, words=("分管領導", "主管領導")),
        Col("head", text, words=("工作負責人", "後勤負責人", "負責人", "總務主任")),
        Col("note", text, words=("備註", "說明")),
    ), take_unit, key="code", export=export_units),
    "unit-heads": Kind("unit-heads", (
        Col("unit", text, required=True, words=("單位編號", "學校代碼", "單位", "學校"), example="例QH02"),
        Col("from", day, required=True, words=("統計日期", "起始日期", "日期", "自"), example="2025-09-01"),
        Col("pupils", heads, required=True, words=("學生數", "學生人數", "在校生數", "人數"), example="320"),
    ), take_heads, day="from", export=export_heads),
}  # fmt: skip

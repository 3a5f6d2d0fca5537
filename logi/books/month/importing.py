"""Lines of month plans from files: one row, one line; a line that says the same is brought up to date."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.month import actions, school, store
from logi.books.month.rules import PRIORITIES, SERIES
from logi.core.folding import fold
from logi.importing import numbers
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, day, month, text, word
from logi.importing.running import Options, Posted
from logi.journal import Entry


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """The lines of a file; each line that is there already answers for one row."""
    posted, answered = Posted(), set[int]()
    kept = numbers.keep(e, (row["number"] for row in rows if row["number"]), {SERIES: "plan"}, book="month", width=2)
    for row in rows:
        options.attempt(e, row, lambda row=row: _take(e, row, answered, kept), posted)  # type: ignore[misc]
    return posted


def _take(e: Entry, row: Row, answered: set[int], kept: frozenset[str]) -> Verdict:
    """A line of a plan; the same words in the same month are the same line, the one that says most of the row first."""
    there = store.twins(e.db, row["month"], fold(row["title"]))
    known = [line for line in there if line["entry"] != e.n and line["id"] not in answered]  # twins inside one file are kept
    if not known:
        done = actions.add(e, row["month"], row["title"], owner=row["owner"], due_on=row["due"], standard=row["standard"],
                           source=row["source"], helpers=row["helpers"], priority=row["priority"] or "normal",
                           bears=row["number"] if row["number"] in kept else None)  # fmt: skip
        _end(e, row, str(done.number), "open")
        return NEW
    line = min(known, key=lambda one: (len(_differences(e, row, one)), one["id"]))
    found = _differences(e, row, line)
    if found:
        actions.edit(e, line["number"], **{key: after for key, (_, after) in found.items()})
    found |= _end(e, row, line["number"], line["state"])
    answered.add(line["id"])
    return Changed(found) if found else SAME


def _end(e: Entry, row: Row, number: str, state: str) -> dict[str, tuple[Any, Any]]:
    """Tick a line off, or drop it, as far as the row says so and the line is still open."""
    if row["done"] and state == "open":
        actions.done(e, [number], by=row["done_by"], on=row["done"], result=row["result"])
        return {"done": (None, row["done"])}
    if row["dropped"] and state == "open":
        actions.drop(e, [number], reason=row["dropped"])
        return {"dropped": (None, row["dropped"])}
    return {}


def _differences(e: Entry, row: Row, known: Any) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for key in ("standard", "source", "helpers", "priority"):
        if row[key] is not None and row[key] != known[key]:
            found[key] = (known[key], row[key])
    if row["due"] and row["due"].isoformat() != known["due_on"]:
        found["due_on"] = (known["due_on"], row["due"])
    if row["owner"] and row["owner"] not in (known["owner"], known["owner_post"]):
        person = school.person(e, row["owner"])
        if person["id"] != known["owner_id"]:
            found["owner"] = (known["owner"], person["code"])
    return found


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every line of every plan."""
    for row in store.for_export(ledger.db):
        yield {
            "month": row["month"], "title": row["title"], "owner": row["owner_code"],
            "due": date.fromisoformat(row["due_on"]) if row["due_on"] else None, "standard": row["standard"],
            "source": row["source"], "number": row["number"], "helpers": row["helpers"],
            "priority": row["priority"] if row["priority"] != "normal" else None,
            "done": date.fromisoformat(row["done_on"]) if row["done_on"] else None, "done_by": row["done_by_code"],
            "result": row["result"], "dropped": row["reason"] if row["state"] == "dropped" else None,
        }  # fmt: skip


KINDS = {
    "plan": Kind("plan", (
        Col("month", month, required=True, words=("月份", "年月", "月"), example="2025-09"),
        Col("title", text, required=True, words=("工作內容", "內容", "事項", "標題", "task"),
            example="例：秋季開學衛生大掃除"),
        Col("owner", text, words=("責任人", "負責人", "承辦人", "assignee"), names="people", example="S001"),
        Col("due", day, words=("完成時限", "期限", "截止日期", "完成日期", "due date"), example="2025-09-05"),
        Col("standard", text, words=("標準", "要求", "完成標準")),
        Col("source", text, words=("依據", "來源", "上級文件")),
        Col("number", code, words=("計劃號", "編號")),
        Col("helpers", text, words=("協辦", "協辦人", "配合部門")),
        Col("priority", word("month.priority", PRIORITIES), words=("優先級", "緊急程度")),
        Col("done", day, words=("實際完成日期", "辦結日期")),
        Col("done_by", text, words=("完成人", "辦結人"), names="people"),
        Col("result", text, words=("完成情況", "辦理結果", "結果")),
        Col("dropped", text, words=("取消原因", "撤銷原因")),
    ), post=post, export=export),
}  # fmt: skip

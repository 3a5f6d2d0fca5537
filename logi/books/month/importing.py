"""Lines of month plans from files: one row, one line; a line that says the same is brought up to date."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.month import actions, school, store
from logi.core.folding import fold
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, day, month, text
from logi.importing.running import Options, Posted
from logi.journal import Entry


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """The lines of a file; each line that is there already answers for one row."""
    posted, answered = Posted(), set[int]()
    for row in rows:
        options.attempt(e, row, lambda row=row: _take(e, row, answered), posted)  # type: ignore[misc]
    return posted


def _take(e: Entry, row: Row, answered: set[int]) -> Verdict:
    """A line of a plan; the same words in the same month are the same line, the one that says most of the row first."""
    there = store.twins(e.db, row["month"], fold(row["title"]))
    known = [line for line in there if line["entry"] != e.n and line["id"] not in answered]  # twins inside one file are kept
    if not known:
        actions.add(e, row["month"], row["title"], owner=row["owner"], due_on=row["due"], standard=row["standard"],
                    source=row["source"])  # fmt: skip
        return NEW
    line = min(known, key=lambda one: (len(_differences(e, row, one)), one["id"]))
    found = _differences(e, row, line)
    if found:
        actions.edit(e, line["number"], **{key: after for key, (_, after) in found.items()})
    answered.add(line["id"])
    return Changed(found) if found else SAME


def _differences(e: Entry, row: Row, known: Any) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for key in ("standard", "source"):
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
            "source": row["source"],
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
    ), post=post, export=export),
}  # fmt: skip

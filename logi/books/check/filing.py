"""Results from a file: a row an item, perhaps at a place, its value and a remark; every bad row is a finding (5)."""

from typing import TYPE_CHECKING, Any

from logi.books.check import lists, rules, school
from logi.books.check.answering import Given
from logi.books.check.rules import Checklist
from logi.core.errors import BadData, BadValue, LogiError, NotFound
from logi.importing import kinds

if TYPE_CHECKING:
    from logi.importing.csvrows import Cells
    from logi.importing.headers import Plan
    from logi.journal import Entry

COLUMNS = (
    kinds.Col("item", kinds.text, required=True, words=("項目", "檢查項目", "項目編號", "檢查內容", "內容")),
    kinds.Col("value", kinds.text, words=("結果", "檢查結果", "情況", "檢查情況", "數值", "result")),
    kinds.Col("place", kinds.text, words=("地點", "房間", "室名", "部位", "場所編號", "room")),
    kinds.Col("note", kinds.text, words=("備註", "說明", "問題", "存在問題", "remark")),
)


class Sheet:
    """A file read once: its name, its header, its rows of cells (a question asked meanwhile must not read it again)."""

    def __init__(self, path: str) -> None:
        from logi.importing.reading import open_source
        from logi.importing.rereading import opened

        kind = kinds.Kind("check-results", COLUMNS, _never)
        source = open_source(path)
        try:
            self.name = source.name
            self.plan: Plan
            self.plan, rows = opened(kind, source, {})
            self.rows: list[tuple[int, Cells]] = [row for row in rows if any(cell.strip() for cell in row[1])]
            self.notes = list(source.notes)
        finally:
            source.close()
        if not self.rows:
            raise BadData("importing.no_rows", file=self.name)


def given(e: "Entry", checklist: Checklist, sheet: Sheet) -> list[Given]:
    """The answers of a sheet, all of it or none: unknown items and places, doubled and unreadable answers are findings."""
    from logi.importing.findings import Findings

    findings = Findings(sheet.plan)
    found: list[Given] = []
    seen: dict[tuple[str | None, str], int] = {}
    for line, cells in sheet.rows:
        try:
            values = _values(sheet.plan, cells)
            one = _answer(e, checklist, values)
        except LogiError as error:
            column = "place" if isinstance(error, NotFound) else "item" if error.key == "check.unknown_item" else "value"
            findings.cell(line, cells, column, _text(sheet.plan, cells, column), error)
            continue
        before = seen.setdefault((one.place, one.item), line)
        if before != line:
            twice = LogiError("check.item_twice", item=one.item, before=before)
            findings.cell(line, cells, "item", one.item, twice)
        found.append(one)
    if findings.count:
        raise BadData("check.bad_file", findings.sorted(), file=sheet.name, count=findings.count)
    return found


def _values(plan: "Plan", cells: "Cells") -> dict[str, Any]:
    from logi.importing.running import cell_value

    return {col.key: cell_value(col, cells[at] if at < len(cells) else "") for at, col in plan.columns}


def _answer(e: "Entry", checklist: Checklist, values: dict[str, Any]) -> Given:
    from logi.core.folding import fold

    item = _item(checklist, values["item"])
    if not values.get("value"):
        raise BadValue("check.no_value", item=item.id)
    text = " ".join(part for part in (values["value"], values.get("note")) if part)
    rules.read_answer(item, text, fold)
    place = None
    if values.get("place"):
        row, inner = school.place_spot(e, values["place"])
        place = row["code"] + (f"/{inner}" if inner else "")
    return Given(place, item.id, text)


def _item(checklist: Checklist, text: str) -> rules.Item:
    """An item by its id, number or wording in any language: files are often filled in on a printed list."""
    if (item := lists.item_named(checklist, text, whole=True)) is not None:
        return item
    raise BadValue("check.unknown_item", item=text, list=checklist.key)


def _text(plan: "Plan", cells: "Cells", key: str) -> str:
    return next((cells[at].strip() for at, col in plan.columns if col.key == key and at < len(cells)), "")


def _never(*_: Any) -> Any:
    raise AssertionError("results are posted with their run")

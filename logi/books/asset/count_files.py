"""Results of a stocktake from a file: a table with headings, or a scanner's plain list of codes."""

from collections.abc import Sequence
from typing import Any

from logi.books.asset.counting import Reading
from logi.books.asset.rules import CONDITIONS
from logi.core import messages, money
from logi.core.errors import BadData, BadValue, Usage
from logi.core.folding import fold
from logi.core.text import clean, clean_code, cut

# Headings that schools write, by what they mean; the first row is a header if it has a code's heading.
HEADINGS = {
    "code": ("code", "asset", "資產編號", "編號", "資產編碼", "條碼", "二維碼", "卡片編號", "barcode", "tag"),
    "quantity": ("quantity", "實盤數", "數量", "盤點數", "清查數量", "qty", "counted"),
    "condition": ("condition", "狀況", "完好情況", "使用狀況"),
    "place": ("place", "地點", "存放地點", "房間", "室名", "location", "room"),
    "note": ("note", "備註", "說明"),
}
WORDS = (("bad", "damaged"), ("壞", "damaged"), ("損壞", "damaged"), ("完好", "good"), ("正常", "good"), ("舊", "worn"))


def read(path: str, place: str | None) -> dict[str, list[Reading]]:
    """What a file says was found, room by room. Rows without a place belong to `place`. Bad rows: BadData (5)."""
    rows = table(path, HEADINGS, "code")
    found: dict[str, list[Reading]] = {}
    findings: list[dict[str, Any]] = []
    for line, cells in rows:
        room = cells.get("place") or place
        try:
            if not room:
                raise BadValue("asset.count_no_place")
            reading = _reading(cells)
        except BadValue as error:
            problem = messages.say(error.key, **error.facts)
            findings.append({"line": line, "column": "", "value": cut(cells.get("code", "")), "problem": problem, "remedy": ""})
            continue
        found.setdefault(clean(room), []).append(reading)
    if findings:
        raise BadData("asset.bad_file", findings, file=path, count=len(findings))
    if not found:
        raise BadData("asset.empty_file", file=path)
    return found


def table(path: str, headings: dict[str, tuple[str, ...]], first: str) -> list[tuple[int, dict[str, str]]]:
    """A file's rows by what their headings mean; without a header it is a plain list of the first."""
    from logi.importing.reading import open_source

    known = {fold(word): key for key, words in headings.items() for word in words}

    def look(rows: list[tuple[int, Sequence[str]]]) -> tuple[int, int]:
        return max(((at, sum(fold(c) in known for c in cells)) for at, (_, cells) in enumerate(rows)), key=lambda one: one[1])

    source = open_source(path)
    try:
        rows = [(line, [str(cell).strip() for cell in cells]) for line, cells in source.rows(look)]
    finally:
        source.close()
    rows = [(line, cells) for line, cells in rows if any(cells)]
    header = next((at for at, (_, cells) in enumerate(rows[:20]) if first in {known.get(fold(c)) for c in cells}), None)
    if header is None:
        if any(any(cells[1:]) for _, cells in rows):
            raise Usage("asset.file_headings", file=path, headings=[words[0] for words in headings.values()])
        return [(line, {first: cells[0]}) for line, cells in rows if cells[0]]
    names = [known.get(fold(cell)) for cell in rows[header][1]]
    return [
        (line, {name: cell for name, cell in zip(names, cells, strict=False) if name and cell})
        for line, cells in rows[header + 1 :]
    ]


def condition_of(text: str) -> str:
    """good, worn or damaged, as people write it."""
    from logi.options import fixed

    return str(fixed("asset.condition", CONDITIONS, *WORDS)(text))


def _reading(cells: dict[str, str]) -> Reading:
    if not cells.get("code"):
        raise BadValue("front.empty_text")
    quantity = money.parse_quantity(cells["quantity"]) if cells.get("quantity") else None
    condition = condition_of(cells["condition"]) if cells.get("condition") else None
    return Reading(clean_code(cells["code"]), quantity, condition, cells.get("note") or None)

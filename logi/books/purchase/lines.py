"""Lines as people give them: pairs of ITEM QTY[@PRICE], quoted lines, or a table with headings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from logi.books.purchase.stock import finding, from_quoted, from_words
from logi.core.errors import BadData, LogiError, Usage
from logi.core.money import parse_money, parse_quantity, split_quantity_unit
from logi.core.text import clean

ASKED: Mapping[str, tuple[str, ...]] = {
    "item": ("物品", "名称", "品名", "物品名称", "name"),
    "spec": ("规格", "规格型号", "型号"),
    "unit": ("单位", "计量单位"),
    "quantity": ("数量", "申请数量"),
    "price": ("单价", "估价", "预计单价", "estimate"),
}
GOT: Mapping[str, tuple[str, ...]] = {
    "item": ("物品", "名称", "品名", "物品名称", "name"),
    "quantity": ("实收数", "合格数", "验收数", "数量", "accepted"),
    "delivered": ("到货数", "送货数", "到货数量"),
    "maker": ("生产者", "生产厂家", "厂名", "生产商"),
    "address": ("厂址", "产地", "生产地址"),
    "made": ("生产日期",),
    "expires": ("保质期至", "有效期至"),
    "lot": ("批号", "批次"),
    "certificate": ("合格证明", "合格证", "检验报告"),
    "note": ("备注", "说明"),
}


class Ask(NamedTuple):
    """One line asked for: what, how much, at which estimate for one; `at` is the line in a file."""

    item: str
    quantity_milli: int
    price_fen: int | None = None
    unit: str | None = None
    spec: str | None = None
    at: int | None = None


class Got(NamedTuple):
    """One line delivered: how much of it is accepted, and what stands on the goods."""

    item: str
    accepted_milli: int
    delivered_milli: int | None = None
    maker: str | None = None
    address: str | None = None
    made: date | None = None
    expires: date | None = None
    lot: str | None = None
    certificate: str | None = None
    note: str | None = None
    at: int | None = None


def asked(words: Sequence[str], quoted: Iterable[str] = ()) -> list[Ask]:
    """Lines of a request from `A4纸 50@23.5 粉笔 80盒@4.2`."""
    return [
        Ask(one.item, one.quantity_milli, one.price_fen, one.unit) for one in [*from_words(words), *from_quoted(quoted)]
    ]


def asked_in(text: str) -> list[Ask]:
    """Lines of a request from a table; BadData (5) names all findings."""

    def made(at: int, cell: Callable[[str, Any], Any]) -> Ask:
        quantity = cell("quantity", split_quantity_unit)
        return Ask(cell("item", clean), quantity[0] if quantity else 0, cell("price", parse_money),
                   cell("unit", clean) or (quantity[1] if quantity else None), cell("spec", clean), at)  # fmt: skip

    return _rows(text, ASKED, ("item", "quantity", "price"), made)


def got(words: Sequence[str]) -> list[Got]:
    """Lines accepted from `大米 38 面粉 0`: what was turned away wholly is accepted at nothing."""
    return [Got(one.item, one.quantity_milli) for one in from_words(words, counting=True)]


def got_in(text: str, today: date) -> list[Got]:
    """Lines accepted from a table; BadData (5) names all findings."""
    from logi.core.days import parse_day

    def as_day(typed: str) -> date:
        return parse_day(typed, today=today)

    def made(at: int, cell: Callable[[str, Any], Any]) -> Got:
        return Got(cell("item", clean), cell("quantity", parse_quantity) or 0, cell("delivered", parse_quantity),
                   cell("maker", clean), cell("address", clean), cell("made", as_day), cell("expires", as_day),
                   cell("lot", clean), cell("certificate", clean), cell("note", clean), at)  # fmt: skip

    return _rows(text, GOT, ("item", "quantity"), made)


def _rows(text: str, headers: Mapping[str, tuple[str, ...]], needed: Sequence[str],
          made: Callable[[int, Callable[[str, Any], Any]], Any]) -> list[Any]:  # fmt: skip
    """Each row of a table read by `made(line, cell)`; cells that cannot be read or are missing become findings."""
    import csv
    import io

    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    heads = _heads(next(rows, []), headers, needed)
    found: list[Any] = []
    findings: list[dict[str, Any]] = []
    for row in rows:
        values = {key: row[at].strip() for at, key in heads.items() if at < len(row) and row[at].strip()}
        if not values:
            continue
        line, bad = rows.line_num, len(findings)
        lacks = [key for key in needed if key not in values]
        findings += [finding(line, key, None, Usage("purchase.cell_missing", column=key)) for key in lacks]
        one = made(line, partial(_cell, values, line, findings))
        if len(findings) == bad:
            found.append(one)
    if findings:
        raise BadData("purchase.bad_lines", findings, count=len(findings))
    return found


def _cell(values: Mapping[str, str], line: int, findings: list[dict[str, Any]], key: str, parse: Any) -> Any:
    """One cell parsed; None where it is empty, or where it cannot be read, which is a finding."""
    if key not in values:
        return None
    try:
        return parse(values[key])
    except LogiError as error:
        findings.append(finding(line, key, values[key], error))
        return None


def _heads(row: Sequence[str], headers: Mapping[str, tuple[str, ...]], needed: Sequence[str]) -> dict[int, str]:
    from logi.core.folding import fold

    known = {fold(word): key for key, words in headers.items() for word in (key, *words)}
    heads: dict[int, str] = {}
    for at, cell in enumerate(row):
        key = known.get(fold(cell.strip()))
        if key and key not in heads.values():
            heads[at] = key
    if missing := [key for key in needed if key not in heads.values()]:
        raise BadData("purchase.no_heading", [], missing=missing)
    return heads

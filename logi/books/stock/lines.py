"""Slip lines as people give them: words (`A4纸 50@23.5 粉笔 80`), quoted lines, or a CSV file of several columns."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.core.errors import BadData, BadValue, LogiError, NotFound, Usage
from logi.core.money import parse_money, parse_quantity, split_quantity_unit
from logi.core.text import clean, fold_typed

HEADERS: Mapping[str, tuple[str, ...]] = {
    "item": ("物品", "物品编码", "物品名称", "名称", "品名", "编码", "code", "name"),
    "quantity": ("数量", "实收数", "实收数量", "实发数", "入库数量", "出库数量", "实盘数", "实盘", "盘点数", "counted"),
    "price": ("单价", "价格"),
    "lot": ("批号", "批次"),
    "made": ("生产日期",),
    "expires": ("保质期至", "有效期至", "保质期", "有效期"),
    "ordered": ("应收数", "订购数量"),
    "delivered": ("到货数", "到货数量", "送货数量"),
}


GLUED = r"([^@]*?)([0-9][0-9.]*)([^0-9@.,]+(?:@[0-9.]+)?)"  # A4纸50包@23.5: item, quantity, unit and perhaps a price


class Line(NamedTuple):
    """One line of a slip: `item` and `unit` as typed, the rest parsed; `at` is the line in a file."""

    item: str
    quantity_milli: int
    unit: str | None = None
    price_fen: int | None = None
    lot: str | None = None
    made: date | None = None
    expires: date | None = None
    ordered_milli: int | None = None
    delivered_milli: int | None = None
    at: int | None = None


def from_words(words: Sequence[str], *, signed: bool = False, counting: bool = False,
               known: Callable[[str], bool] | None = None) -> list[Line]:  # fmt: skip
    """Lines from ITEM QTY[@PRICE] pairs; the price may also stand alone as `@PRICE`. A count may find none, at no price.

    `known` tells whether an item bears exactly this code or name; with it `A4纸50包` in one word is read as the pair it is.
    """
    words = [part for word in words for part in _parted(word, known)] if known else words
    tokens = [fold_typed(word) for word in words]
    found: list[Line] = []
    at = 0
    while at < len(words):
        name = clean(words[at])
        if at + 1 >= len(words) or not name or tokens[at].startswith("@"):
            glued = re.fullmatch(GLUED, tokens[at]) if known else None
            if glued and glued[1]:
                raise NotFound("stock.parted_unknown", word=words[at], item=glued[1])
            raise Usage("stock.pairs", word=words[at])
        quantity, joined, price = tokens[at + 1].partition("@")
        at += 2
        if not joined and at < len(words) and tokens[at].startswith("@"):
            price, at = tokens[at][1:], at + 1
        milli, unit = split_quantity_unit(quantity, allow_negative=signed)
        if counting and (price or joined):
            raise Usage("stock.no_price_here", item=name)
        found.append(Line(name, milli if counting else _some(milli), unit, parse_money(price) if price or joined else None))
    return found


def _parted(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """`A4纸50包@23.5` as its item and quantity, where exactly one item can be meant; any other word as it stands.

    HP125支 may be 125 of HP, 25 of HP1 or 5 of HP12: every way to part it is held against the items, and two refuse it.
    """
    found = re.fullmatch(GLUED, fold_typed(word))
    if found is None or not found[1] or known(word):
        return (word,)
    ways = [(found[1] + found[2][:at], found[2][at:]) for at in range(len(found[2])) if found[2][at] != "."]
    fitting = [(item, quantity + found[3]) for item, quantity in ways if known(item)]
    if len(fitting) > 1:
        raise Usage("stock.parted", word=word, ways=[f"{item} {quantity}" for item, quantity in fitting])
    return fitting[0] if fitting else (word,)


def from_quoted(quoted: Iterable[str], known: Callable[[str], bool] | None = None) -> list[Line]:
    """Lines from `--line "A4纸 50 @23.50"`."""
    import shlex

    found: list[Line] = []
    for text in quoted:
        try:
            words = shlex.split(text)
        except ValueError:
            raise Usage("front.open_quote", text=text, quote='"') from None
        found += from_words(words, known=known)
    return found


def from_csv(text: str, today: date, *, counting: bool = False) -> list[Line]:
    """Lines from a table with headings (item, quantity, price, lot …; Chinese headings too). BadData (5) names all findings.

    In a count a row without a quantity was not counted, and nothing may have been found.
    """
    import csv
    import io

    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    heads = _headings(next(rows, []))
    found: list[Line] = []
    findings: list[dict[str, Any]] = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        values = {key: row[at].strip() for at, key in heads.items() if at < len(row) and row[at].strip()}
        if counting and "quantity" not in values:
            continue
        line = _line(values, rows.line_num, today, findings, counting=counting)
        if line is not None:
            found.append(line)
    if findings:
        raise BadData("stock.bad_lines", findings, count=len(findings))
    return found


def finding(at: int | None, column: str, value: object, problem: LogiError) -> dict[str, Any]:
    """One finding: line, column, value, problem, remedy."""
    from logi.core.messages import say

    sentence = say(problem.key, **problem.facts)
    what, _, remedy = sentence.partition("; ") if "; " in sentence else sentence.partition("；")
    return {"line": at, "column": column, "value": value, "problem": what, "remedy": remedy or sentence}


def _headings(row: Sequence[str]) -> dict[int, str]:
    from logi.core.folding import fold

    known = {fold(word): key for key, words in HEADERS.items() for word in (key, *words)}
    heads: dict[int, str] = {}
    for at, cell in enumerate(row):
        key = known.get(fold(cell.strip()))
        if key and key not in heads.values():
            heads[at] = key
    missing = [key for key in ("item", "quantity") if key not in heads.values()]
    if missing:
        raise BadData("stock.no_heading", [], missing=missing)
    return heads


def _line(values: Mapping[str, str], at: int, today: date, findings: list[dict[str, Any]], *,
          counting: bool = False) -> Line | None:  # fmt: skip
    from logi.core.days import parse_day

    read: dict[str, Any] = {}

    def cell(column: str, parse: Any) -> None:
        if column not in values:
            return
        try:
            read[column] = parse(values[column])
        except LogiError as error:
            findings.append(finding(at, column, values[column], error))

    bad = len(findings)
    findings += [
        finding(at, column, None, Usage("stock.cell_missing", column=column))
        for column in ("item", "quantity") if column not in values
    ]  # fmt: skip
    cell("item", clean)
    cell("quantity", split_quantity_unit)
    cell("price", parse_money)
    cell("lot", clean)
    for column in ("made", "expires"):
        cell(column, lambda text: parse_day(text, today=today))
    for column in ("ordered", "delivered"):
        cell(column, parse_quantity)
    if "quantity" in read and read["quantity"][0] == 0 and not counting:
        findings.append(finding(at, "quantity", values["quantity"], BadValue("stock.zero_quantity")))
    if len(findings) > bad:
        return None
    milli, unit = read["quantity"]
    return Line(read["item"], milli, unit, read.get("price"), read.get("lot"), read.get("made"), read.get("expires"),
                read.get("ordered"), read.get("delivered"), at)  # fmt: skip


def _some(milli: int) -> int:
    if milli == 0:
        raise BadValue("stock.zero_quantity")
    return milli

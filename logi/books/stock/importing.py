"""Items and movements of stock from files: one row, one act of this book, in the order of days."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.stock import actions, items, posting, school, store
from logi.books.stock import store_bulk as files
from logi.books.stock.count_rows import count_items
from logi.books.stock.lines import Line
from logi.books.stock.rules import CLASSES, METHODS
from logi.books.stock.store_costing import own_costings
from logi.core.answers import Word
from logi.core.errors import NotFound, Refused
from logi.core.messages import quantity_text
from logi.finding import by_code
from logi.importing.headers import Plan
from logi.importing.kinds import (
    NEW,
    SAME,
    Changed,
    Col,
    Kind,
    Row,
    Verdict,
    code,
    count,
    day,
    differences,
    money,
    quantity,
    signed_quantity,
    text,
    word,
    yes_no,
)
from logi.importing.running import Options, Posted
from logi.journal import Entry

DIRECTIONS = ("in", "out", "return", "adjust")
LIMITS = {"min": "min_milli", "max": "max_milli"}


# -- items ------------------------------------------------------------------------------------------------------


def take_item(e: Entry, row: Row, options: Options) -> Verdict:
    """An item of stock by its code."""
    known = by_code(e.db, "stock_item", row["code"])
    plain = {key: row[key] for key in ("name", "unit", "spec", "class", "shelf_life_days")}
    plain |= {column: row[key] for key, column in LIMITS.items()}
    plain |= {key: int(row[key]) for key in ("tendered", "chemical") if row[key] is not None}
    if known is None:
        given = {key: value for key, value in plain.items() if value is not None and key not in ("name", "unit")}
        items.add_item(e, row["code"], row["name"], unit=row["unit"], place=row["place"], costing=row["costing"], **given)
        return NEW
    if row["costing"] and (before := posting.costing(e, known["id"])) != row["costing"]:
        raise Refused("stock.costing_by_year", item=known["name"], before=Word.of("stock.costing", before), column="costing")
    found = differences(known, plain)
    if row["place"]:
        room, there = school.place(e, row["place"]), school.by_id(e.db, "school_place", known["place_id"])
        if there is None or room["id"] != there["id"]:
            found["place"] = (there and there["code"], room["code"])
    if not found:
        return SAME
    items.edit_item(e, known["code"], **{key: after for key, (_, after) in found.items()})
    return Changed(found)


def make_item(e: Entry, name: str) -> str | None:
    """Register an item of this name, counted in 个, unless there is one."""
    try:
        store.item(e, name)
    except NotFound as error:
        if error.facts.get("candidates"):
            raise
    else:
        return None
    number = name
    if not (name.isascii() and name.isalnum()):
        n = e.next_in("WP")
        while by_code(e.db, "stock_item", f"WP{n:04d}"):
            n += 1
        number = f"WP{n:04d}"
        e.give("WP", n, number, book="stock", kind="item")
    items.add_item(e, number, name, unit="个")
    return f"{number} {name}"


# -- movements --------------------------------------------------------------------------------------------------


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """Every row a slip of its own, by (day, line). A ref that is there already is compared, never entered twice."""
    posted = Posted()
    seen: dict[str, list[dict[str, Any]]] = {}
    priced = 0
    for n, row in enumerate(rows, 1):
        priced += row["direction"] in ("out", "return") and row["price"] is not None
        options.attempt(e, row, lambda row=row: _take(e, row, options, seen), posted)  # type: ignore[misc]
        if n % 1000 == 0:
            options.tick(n)
    if priced:
        e.warn("importing.price_ignored", rows=priced)
    return posted


def post_bulk(e: Entry, plan: Plan, reread: Any, options: Options) -> tuple[Posted, int] | None:
    """The same for a large file, from memory; not for one that names slips, which must be looked for one by one."""
    if any(col.key == "number" for _, col in plan.columns):
        return None
    from logi.books.stock.bulk import post_many

    return post_many(e, plan, reread, options, lambda row, seen: _take(e, row, options, seen))


def _take(e: Entry, row: Row, options: Options, seen: dict[str, list[dict[str, Any]]]) -> Verdict:
    item = store.item(e, row["item"])
    _check_name(row, item)
    if (row["ref"] or row["number"]) and _there_already(e, row, item, seen):
        return SAME
    row.values["ref"] = row["ref"] or row["number"]
    ACTS[row["direction"]](e, row, item, options)
    return NEW


def take_in(e: Entry, row: Row, item: Any, options: Options) -> None:
    """A receipt, at the row's price."""
    _wants(row, "price")
    line = Line(item["code"], _above_zero(row), None, row["price"], row["lot"], row["made"], row["expires"])
    actions.in_(e, [line], on=row["on"], vendor=row["vendor"], invoice=row["invoice"], keeper=row["person"], ref=row["ref"])


def take_out(e: Entry, row: Row, item: Any, options: Options) -> None:
    """An issue, at its stock's cost."""
    _wants(row, "department", "person")
    line = Line(item["code"], _above_zero(row), lot=row["lot"])
    actions.out(e, [line], to=row["department"], by=row["person"], on=row["on"], purpose=row["purpose"],
                create="departments" in options.create, ref=row["ref"])  # fmt: skip


def take_back(e: Entry, row: Row, item: Any, options: Options) -> None:
    """A return: to the newest issue of the item, to that department and person if they are named,
    that still covers it."""
    milli = _above_zero(row)
    home = school.department(e, row["department"])["id"] if row["department"] else None
    person = school.person(e, row["person"])["id"] if row["person"] else None
    number = files.issue_to_return(e.db, item["id"], row["on"].isoformat(), milli, home, person)
    if number is None:
        raise Refused("importing.no_issue", item=item["name"], quantity=quantity_text(milli), day=row["on"])
    done = actions.return_(e, number, [Line(item["code"], milli)], on=row["on"], by=row["person"], reason=row["purpose"])
    _mark(e, str(done.number), row["ref"])


def take_adjust(e: Entry, row: Row, item: Any, options: Options) -> None:
    """An adjustment: above zero found, below zero lost; its reason stands under purpose."""
    _wants(row, "purpose")
    line = Line(item["code"], row["quantity"], None, row["price"], row["lot"])
    _mark(e, str(actions.adjust(e, [line], on=row["on"], reason=row["purpose"]).number), row["ref"])


ACTS = {"in": take_in, "out": take_out, "return": take_back, "adjust": take_adjust}


def _check_name(row: Row, item: Any) -> None:
    """Code and name together: the code decides, the name is checked."""
    if row["item_name"] is None or row["item_name"] in (item["name"], item["code"]):
        return
    from logi.core.folding import fold

    if fold(row["item_name"]) != item["folded"]:
        raise Refused("importing.name_differs", code=item["code"], name=item["name"], text=row["item_name"], column="item_name")


def _wants(row: Row, *keys: str) -> None:
    for key in keys:
        if row[key] is None:
            raise Refused("importing.lacks", column=key, direction=row.texts.get("direction", ""))


def _above_zero(row: Row) -> int:
    milli: int = row["quantity"]
    if milli <= 0:
        raise Refused("importing.not_above_zero", quantity=row.texts["quantity"])
    return milli


def _there_already(e: Entry, row: Row, item: Any, seen: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether a slip of this ref says the same already; one that differs in this item is a finding, not a change."""
    ref = row["number"] or row["ref"]
    if ref not in seen:
        there = files.lines_of_number(e.db, ref, before=e.n) if row["number"] else []
        seen[ref] = [dict(line) for line in there or files.lines_of_ref(e.db, ref, before=e.n)]
    mine = {"kind": row["direction"], "on": row["on"].isoformat(), "quantity": row["quantity"]}
    same_item = [line for line in seen[ref] if line["item_id"] == item["id"]]
    for line in same_item:
        if all(line[key] == value for key, value in mine.items()) and _same_price(row, line):
            seen[ref].remove(line)
            return True
    if same_item:
        line = same_item[0]
        key = next((key for key, value in mine.items() if line[key] != value), "price")
        before = quantity_text(line["quantity"]) if key == "quantity" else line.get(key)
        raise Refused("importing.fact_differs", ref=ref, column={"kind": "direction"}.get(key, key), before=before)
    return False


def _same_price(row: Row, line: Mapping[str, Any]) -> bool:
    if row["direction"] != "in" or row["price"] is None:
        return True
    return bool(row["price"] * line["per_milli"] == line["price_fen"] * 1000)


def _mark(e: Entry, number: str, ref: str | None) -> None:
    slip = store.slip(e.db, number)
    if ref and slip is not None:
        e.update("stock_slip", slip["id"], ref=ref)


# -- giving back ------------------------------------------------------------------------------------------------


def export_items(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """The items as their import takes them."""
    own = own_costings(ledger.db)
    return [
        {**dict(row), "costing": own.get(row["id"]), "min": row["min_milli"], "max": row["max_milli"],
         "tendered": "yes" if row["tendered"] else None, "chemical": "yes" if row["chemical"] else None}
        for row in store.items(ledger.db)
    ]  # fmt: skip


def export_stock(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every standing line of every slip, in the order of posting within its day."""
    for row in files.export_lines(ledger.db):
        made, expires = (date.fromisoformat(row[key]) if row[key] else None for key in ("made_on", "expires_on"))
        fresh = row["kind"] in ("in", "adjust") and row["quantity"] > 0
        yield {
            "on": date.fromisoformat(row["on_day"]), "direction": row["kind"], "item": row["code"],
            "item_name": row["name"],
            "quantity": row["quantity"] if row["kind"] == "adjust" else abs(row["quantity"]),
            "price": row["price_fen"] * 1000 // row["per_milli"] if fresh else None,
            "lot": row["label"] if fresh else None,
            "made": made if fresh else None, "expires": expires if fresh else None, "department": row["department"],
            "person": row["person"], "vendor": row["vendor"], "purpose": row["purpose"] or row["reason"],
            "invoice": row["invoice_no"], "number": row["number"], "ref": row["ref"],
        }  # fmt: skip


KINDS = {
    "items": Kind("items", (
        Col("code", code, required=True, words=("物品編碼", "物品編號", "編碼", "編號", "代碼", "貨號", "ipn",
            "part no"), example="例001"),
        Col("name", text, required=True, words=("物品名稱", "名稱", "品名", "part name"), example="粉筆"),
        Col("unit", text, required=True, words=("計量單位", "單位", "units"), example="盒"),
        Col("spec", text, words=("規格", "規格型號", "specification", "description")),
        Col("class", word("stock.class", CLASSES), words=("類別", "種類", "分類", "category"), example="office"),
        Col("min", quantity, words=("最低庫存", "安全庫存", "庫存下限", "minimum stock")),
        Col("max", quantity, words=("最高庫存", "庫存上限", "maximum stock")),
        Col("shelf_life_days", count, words=("保質天數", "保質期(天)", "保質期天數")),
        Col("tendered", yes_no, words=("招標", "招標物資", "統一招標")),
        Col("chemical", yes_no, words=("危化品", "化學品", "危險品")),
        Col("place", text, words=("存放地點", "倉庫", "庫位", "default location"), names="places"),
        Col("costing", word("stock.costing", METHODS), words=("計價方法", "計價方式", "costing method")),
    ), take_item, key="code", export=export_items),
    "stock": Kind("stock", (
        Col("on", day, required=True, words=("日期", "入庫日期", "出庫日期", "領用日期", "業務日期", "day", "date"),
            example="2025-09-01"),
        Col("direction", word("importing.direction", DIRECTIONS, ("入", "in"), ("入库", "in"), ("购入", "in"),
            ("采购", "in"), ("收", "in"),
                              ("收入", "in"), ("出", "out"), ("出库", "out"), ("领用", "out"), ("发出", "out"), ("发",
                              "out"),
                              ("退", "return"), ("退库", "return"), ("退回", "return"), ("调整", "adjust"), ("盘点",
                              "adjust"),
                              ("receive", "in"), ("issue", "out")),
            required=True, words=("方向", "出入庫", "收發", "業務類型", "類型", "出入", "type"), example="in"),
        Col("item", text, required=True, words=("物品編碼", "物品編號", "物品", "編碼", "貨號", "item code", "part"),
            names="items",
            example="例001"),
        Col("item_name", text, words=("物品名稱", "品名", "名稱", "item name")),
        Col("quantity", signed_quantity, required=True, words=("數量", "實收數", "實發數", "qty"), example="50"),
        Col("price", money, words=("單價", "進價", "價格", "unit price"), example="23.50"),
        Col("lot", text, words=("批號", "批次", "batch")),
        Col("made", day, words=("生產日期",)),
        Col("expires", day, words=("保質期至", "有效期至", "保質期", "有效期", "expiry date")),
        Col("department", text, words=("部門", "領用部門", "使用部門", "科室", "班級", "dept"), names="departments"),
        Col("person", text, words=("經手人", "領用人", "領料人", "經辦人"), names="people"),
        Col("vendor", text, words=("供應商", "供貨單位", "供貨商", "supplier"), names="vendors"),
        Col("purpose", text, words=("用途", "事由", "原因", "摘要", "備註", "reason")),
        Col("invoice", text, words=("發票號", "發票", "invoice no")),
        Col("ref", text, words=("憑證號", "單據號", "單號", "票號", "voucher")),
        Col("number", code, words=("出入庫單號", "slip number")),
    ), post=post, day="on", export=export_stock, bulk=post_bulk),
}  # fmt: skip

__all__ = ["FINDERS", "KINDS", "MAKERS", "count_items"]
MAKERS = {"items": make_item}
FINDERS = {"items": store.item}


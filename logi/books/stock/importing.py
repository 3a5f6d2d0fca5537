"""Items of stock from files, with the other units they are counted in; the columns of movements."""

from collections.abc import Iterable, Mapping
from typing import Any

from logi.books.stock import items, posting, school, slip_rows, store
from logi.books.stock.count_rows import count_items
from logi.books.stock.rules import CLASSES, METHODS
from logi.books.stock.slip_rows import post, post_bulk
from logi.books.stock.store_costing import own_costings
from logi.core.answers import Word
from logi.core.errors import NotFound, Refused
from logi.core.messages import quantity_text
from logi.core.text import clean
from logi.finding import by_code
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
from logi.importing.running import Options
from logi.journal import Entry

DIRECTIONS = ("in", "out", "return", "adjust")
LIMITS = {"min": "min_milli", "max": "max_milli"}


def packs(cell: str) -> tuple[tuple[str, int], ...]:
    """Other units and what they hold: 箱=10; 盒=2.5."""
    parts = clean(cell).replace("；", ";").replace("、", ";").replace("，", ";").split(";")
    return tuple(items.as_pack(part.strip()) for part in parts if part.strip())


packs.kind = "packs"  # type: ignore[attr-defined]


def take_item(e: Entry, row: Row, options: Options) -> Verdict:
    """An item of stock by its code."""
    known = by_code(e.db, "stock_item", row["code"])
    plain = {key: row[key] for key in ("name", "unit", "spec", "class", "shelf_life_days")}
    plain |= {column: row[key] for key, column in LIMITS.items()}
    plain |= {key: int(row[key]) for key in ("tendered", "chemical") if row[key] is not None}
    if known is None:
        given = {key: value for key, value in plain.items() if value is not None and key not in ("name", "unit")}
        items.add_item(e, row["code"], row["name"], unit=row["unit"], place=row["place"], costing=row["costing"],
                       packs=list(row["packs"] or ()), **given)  # fmt: skip
        return NEW
    if row["costing"] and (before := posting.costing(e, known["id"])) != row["costing"]:
        raise Refused("stock.costing_by_year", item=known["name"], before=Word.of("stock.costing", before), column="costing")
    found = differences(known, plain)
    if row["place"]:
        room, there = school.place(e, row["place"]), school.by_id(e.db, "school_place", known["place_id"])
        if there is None or room["id"] != there["id"]:
            found["place"] = (there and there["code"], room["code"])
    held = store.packs(e.db, known["id"])
    more = [(unit, milli) for unit, milli in row["packs"] or () if held.get(unit) != milli]
    if not found and not more:
        return SAME
    items.edit_item(e, known["code"], packs=more, **{key: after for key, (_, after) in found.items()})
    return Changed(found | ({"packs": (told_packs(held), told_packs({**held, **dict(more)}))} if more else {}))


def told_packs(held: Mapping[str, int]) -> str | None:
    """Units and what they hold, as a cell has them."""
    return "; ".join(f"{unit}={quantity_text(milli)}" for unit, milli in held.items()) or None


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


# -- giving back ------------------------------------------------------------------------------------------------


def export_items(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """The items as their import takes them."""
    own = own_costings(ledger.db)
    return [
        {**dict(row), "costing": own.get(row["id"]), "min": row["min_milli"], "max": row["max_milli"],
         "packs": told_packs(store.packs(ledger.db, row["id"])),
         "tendered": "yes" if row["tendered"] else None, "chemical": "yes" if row["chemical"] else None}
        for row in store.items(ledger.db)
    ]  # fmt: skip


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
        Col("packs", packs, words=("換算單位", "單位換算", "包裝換算", "包裝"), example="箱=10"),
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
        Col("item_name", text, words=("物品名稱", "品名", "名稱", "item name"), stands_for="item"),
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
        Col("unit", text, words=("計量單位", "單位", "uom")),
        Col("ordered", quantity, words=("應收數", "訂購數量", "訂購數")),
        Col("delivered", quantity, words=("到貨數", "到貨數量", "送貨數量")),
        Col("keeper", text, words=("保管員", "倉管員", "庫管員", "發料人"), names="people"),
        Col("buyer", text, words=("採購人", "採購員"), names="people"),
        Col("inspector", text, words=("驗收人",), names="people"),
        Col("place", text, words=("存放地點", "倉庫", "庫位"), names="places"),
        Col("request", text, words=("採購申請單號", "申購單號", "purchase request")),
        Col("issue", text, words=("原出庫單號", "原領用單號", "original issue")),
    ), post=post, day="on", export=slip_rows.export, bulk=post_bulk),
}  # fmt: skip

__all__ = ["FINDERS", "KINDS", "MAKERS", "count_items", "post", "post_bulk"]
MAKERS = {"items": make_item}
FINDERS = {"items": store.item}


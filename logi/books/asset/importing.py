"""Asset cards from files: one row, one act of this book; a card that is there is compared and brought up to date."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.asset import actions, count_rows, rules, school, store, valuing
from logi.books.asset import fields as own
from logi.books.asset.rules import ACQUIRED_BY, USED_FOR, VALUE_TYPES
from logi.core.answers import Fen
from logi.core.errors import Refused
from logi.core.messages import money_text
from logi.importing.columns import Many
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
    figures,
    quantity,
    text,
    word,
)
from logi.importing.running import Options, Posted, each
from logi.journal import Entry

PLAIN = ("invoice", "brand", "model", "spec", "fund", "unit", "used_for", "photo", "ref", "note")
LINKS = {
    "category": ("category_id", "school_category", school.category),
    "place": ("place_id", "school_place", school.place),
    "keeper": ("keeper_id", "school_person", school.person),
    "department": ("department_id", "school_department", school.department),
    "vendor": ("vendor_id", "school_vendor", school.vendor),
    "buyer": ("buyer_id", "school_person", school.person),
    "inspector": ("inspector_id", "school_person", school.person),
}
MAY_STAND = ("in_use", "idle")  # statuses that a row may give a card
# What an import does not change.
FIXED = ("cost", "on", "vendor", "buyer", "inspector", "request", "acquired_by", "value_type", "serial")


def take(e: Entry, row: Row, options: Options) -> Verdict:
    """A row as `asset add` takes it; a code or ref that is there already is compared."""
    check_category_name(e, row)
    if row["category"] is None and row["category_name"] is not None:  # a file that names categories by their names alone
        row.values["category"] = school.category(e, row["category_name"])["code"]
    known = _known(e, row)
    if known is not None:
        return _again(e, row, known)
    given = {key: row[key] for key in ("code", "count", "place", "keeper", "vendor", "serial", "category", "life_months",
                                       "warranty_until", "buyer", "inspector", "request", *PLAIN)}  # fmt: skip
    for key in ("acquired_by", "value_type"):
        if row[key]:
            given[key] = row[key]
    if row["department"]:
        _look_for_names(e, row)  # before a department is made that would have to be unmade
        given["department"] = school.department_for(e, row["department"], create="departments" in options.create)["code"]
    given["fields"] = own.pairs(row["fields"] or "")
    done = actions.add(e, row["name"], row["cost"], on=row["on"], booked_on=row["booked"], quantity_milli=row["quantity"],
                       **given)  # fmt: skip
    if row["standing"] == "idle":
        actions.edit(e, done.numbers or [str(done.number)], status="idle", on=row["booked"] or row["on"])
    if row["part_of"]:
        valuing.part(e, done.numbers or [str(done.number)], row["part_of"])
    return NEW


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """The rows of a file one by one; parts after what they belong to."""
    return each(take)(e, sorted(rows, key=lambda row: row["part_of"] is not None), options)


def post_many(e: Entry, rows: Many, options: Options) -> Posted:
    """The same rows, plain new cards many at once."""
    from logi.books.asset.bulk import post_many

    if (parts := rows.column("part_of")) is not None:
        rows.sort([whole is not None for whole in parts])
    return post_many(e, rows, options, take)


def check_category_name(e: Entry, row: Row) -> None:
    """Where code and name of a category stand together, the code decides and the name is checked."""
    from logi.core.folding import fold

    named = row["category_name"]
    if named is None or row["category"] is None:
        return
    kind = school.category(e, row["category"])
    if fold(kind["name"]) != fold(named):
        raise Refused("importing.name_differs", code=kind["code"], name=kind["name"], text=named, column="category_name")


def _look_for_names(e: Entry, row: Row) -> None:
    """Refuse a row that names what is not there."""
    for key, (_, _, named_by) in LINKS.items():
        if row[key] is not None and key != "department":
            (school.place_spot if key == "place" else named_by)(e, row[key])


def _known(e: Entry, row: Row) -> Any:
    if row["code"]:
        codes = rules.batch_codes(row["code"], row["count"] or 1)
        return store.by_codes(e.db, codes[:1]).get(codes[0])
    return store.by_ref(e.db, row["ref"]) if row["ref"] else None


def _again(e: Entry, row: Row, card: Any) -> Verdict:
    """The card is there: what cannot change must be equal, the rest is brought up to date."""
    now, wanted = _standing(e, row, card)
    found = {key: (now[key], wanted[key]) for key in wanted if now[key] != wanted[key]}
    for key in FIXED:
        if key in found:
            before = money_text(found[key][0]) if key == "cost" else found[key][0]
            raise Refused("importing.cannot_change", code=card["code"], column=key, before=before)
    if row["standing"] and row["standing"] != card["status"] and card["status"] in MAY_STAND:
        found["status"] = (card["status"], row["standing"])
    if row["part_of"] and row["part_of"] != (whole := _code(e.db, card["part_of"])):
        found["part_of"] = (whole, row["part_of"])
    more = [(one, value) for one, value in own.pairs(row["fields"] or "") if own.differs(e.db, card["id"], one, value)]
    if more:
        found["fields"] = (own.told(e.db, card["id"]), row["fields"])
    if not found:
        return SAME
    codes = [card["code"]] if (row["count"] or 1) == 1 else rules.batch_codes(row["code"], row["count"])
    edits = {key: found[key][1] for key in ("name", "category", "life_months", "warranty_until", "status", *PLAIN)
             if key in found}  # fmt: skip
    if "part_of" in found:
        valuing.part(e, codes, row["part_of"])
    if edits or more:
        actions.edit(e, codes, fields=more, **edits)
    if "place" in found or "department" in found:
        actions.transfer(e, codes, row["place"] or _place_code(e, card), keeper=row["keeper"], department=row["department"])
    elif "keeper" in found:
        actions.assign(e, codes, row["keeper"])
    return Changed(found)


def _standing(e: Entry, row: Row, card: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the card says and what the row wants, by column, for the columns the row fills."""
    now: dict[str, Any] = {"cost": card["unit_cost_fen"], "on": card["acquired_on"]}
    wanted: dict[str, Any] = {"cost": row["cost"] or rules.NOMINAL_FEN, "on": row["on"].isoformat()}
    for key in ("name", "life_months", "serial", "acquired_by", "value_type", "request", *PLAIN):
        if row[key] is not None:
            now[key], wanted[key] = card[key], row[key]
    if row["warranty_until"]:
        now["warranty_until"] = card["warranty_until"] and date.fromisoformat(card["warranty_until"])
        wanted["warranty_until"] = row["warranty_until"]
    for key, (column, table, named_by) in LINKS.items():
        if row[key] is None:
            continue
        named, spot = school.place_spot(e, row[key]) if key == "place" else (named_by(e, row[key]), None)
        there = school.by_id(e.db, table, card[column])
        now[key] = (there and there["code"], card["spot"]) if key == "place" else there and there["code"]
        wanted[key] = (named["code"], spot) if key == "place" else named["code"]
    return now, wanted


def _code(db: Any, card_id: int | None) -> str | None:
    return str(store.named_card(db, card_id)["code"]) if card_id else None


def _place_code(e: Entry, card: Any) -> str:
    there = school.by_id(e.db, "school_place", card["place_id"])
    if there is None:
        raise Refused("importing.blank", column="place")
    return f"{there['code']}/{card['spot']}" if card["spot"] else str(there["code"])


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """The cards on the register, one row each, links by code."""
    rows = []
    for card in store.named_cards(ledger.db):
        row = dict(card)
        for key, (column, table, _) in LINKS.items():
            there = school.by_id(ledger.db, table, row[column])
            row[key] = there and there["code"]
        if row["place"] and row["spot"]:
            row["place"] += f"/{row['spot']}"
        row["cost"], row["on"] = Fen(row["unit_cost_fen"]), date.fromisoformat(row["acquired_on"])
        row["warranty_until"] = date.fromisoformat(row["warranty_until"]) if row["warranty_until"] else None
        row["quantity"] = None if row["quantity_milli"] == 1000 else row["quantity_milli"]
        row["count"], row["fields"] = None, own.told(ledger.db, card["id"])
        row["booked"] = date.fromisoformat(row["booked_on"]) if row["booked_on"] != row["acquired_on"] else None
        row["standing"] = row["status"] if row["status"] == "idle" else None
        row["part_of"] = _code(ledger.db, row["part_of"])
        rows.append(row)
    return rows


KINDS = {
    "assets": Kind("assets", (
        Col("code", code, words=("資產編號", "資產編碼", "編號", "卡片編號", "固定資產編號", "asset no", "asset tag",
            "asset code"), example="例-0001"),
        Col("name", text, required=True, words=("資產名稱", "名稱", "設備名稱", "品名", "asset name", "item name"),
            example="臺式計算機"),
        Col("category", text, words=("分類代碼", "分類編碼", "資產分類代碼", "國標分類代碼", "分類", "category code"),
            names="categories",
            example="A02010105"),
        Col("category_name", text, words=("分類名稱", "資產分類", "資產類別", "國標分類", "類別")),
        Col("cost", figures, required=True, words=("原值", "賬面原值", "單價", "價值", "入賬價值", "金額",
            "purchase cost", "price",
                                                    "unit price"), example="4200.00", spare=("金額",)),
        Col("count", count, words=("件數", "數量", "臺數", "qty"), filled=True),
        Col("on", day, required=True, words=("取得日期", "購置日期", "購入日期", "入賬日期", "日期", "使用日期",
            "day", "date",
                                              "purchase date", "acquired on"), example="2025-09-01"),
        Col("place", text, words=("存放地點", "位置", "房間", "地點", "使用地點", "所在位置", "location", "room"),
            names="places", example="E101"),
        Col("keeper", text, words=("保管人", "責任人", "使用人", "保管人員", "custodian", "checked out to"),
            names="people", example="S001"),
        Col("department", text, words=("使用部門", "部門", "所在部門", "使用單位", "dept"), names="departments"),
        Col("vendor", text, words=("供應商", "銷售商", "供貨單位", "supplier"), names="vendors"),
        Col("invoice", text, words=("發票號", "發票", "發票號碼", "invoice no")),
        Col("serial", text, words=("序列號", "出廠編號", "出廠號", "serial number", "sn")),
        Col("brand", text, words=("品牌", "生產廠家", "manufacturer")),
        Col("model", text, words=("型號", "model number")),
        Col("spec", text, words=("規格型號", "規格", "specification")),
        Col("fund", text, words=("經費來源", "資金來源", "資金性質")),
        Col("acquired_by", word("asset.acquired_by", ACQUIRED_BY, ("購置", "purchase"), ("新購", "purchase"), ("調撥",
            "allocation"),
                                ("捐贈", "donation"), ("自建", "built"), ("盤盈", "surplus")), words=("取得方式",
                                "取得途徑")),
        Col("life_months", count, words=("折舊年限(月)", "折舊月數", "使用年限(月)", "使用月數", "年限月")),
        Col("warranty_until", day, words=("保修期至", "保修截止", "保修到期")),
        Col("ref", text, words=("憑證號", "單據號", "卡片號", "voucher")),
        Col("quantity", quantity, words=("計量數量",)),
        Col("unit", text, words=("計量單位", "單位")),
        Col("value_type", word("asset.value_type", VALUE_TYPES), words=("價值類型",)),
        Col("used_for", word("asset.used_for", USED_FOR, ("行政", "office"), ("生活與後勤", "living"), ("後勤", "living")),
            words=("使用方向",)),
        Col("request", text, words=("採購申請單號", "申購單號", "purchase request")),
        Col("buyer", text, words=("採購人", "經辦人"), names="people"),
        Col("inspector", text, words=("驗收人",), names="people"),
        Col("photo", text, words=("照片", "照片文件", "photo")),
        Col("fields", text, words=("自定義欄目", "自定義字段", "附加信息", "custom fields")),
        Col("note", text, words=("備註", "說明", "notes", "remark")),
        Col("booked", day, words=("財務入賬日期", "記賬日期", "booked on")),
        Col("standing", word("asset.status", MAY_STAND, ("使用", "in_use"), ("闲置", "idle")), words=("在用或閒置",)),
        Col("part_of", code, words=("所屬成套資產", "主資產編號", "part of")),
    ), post=post, many=post_many, key="code", day="on", export=export),
    "counts": count_rows.KIND,
}  # fmt: skip

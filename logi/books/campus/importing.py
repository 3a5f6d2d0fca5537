"""Standards of equipment from files: one by its code and first day; what stands already is the same."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.campus import actions, rules, store
from logi.books.campus.options import PER_SAID, ROOMS, as_words
from logi.core.errors import Refused
from logi.importing.kinds import NEW, SAME, Col, Kind, Row, Verdict, code, day, money, quantity, text, word
from logi.importing.running import Options
from logi.journal import Entry


def take_standard(e: Entry, row: Row, options: Options) -> Verdict:
    """A standard: new from its first day on; the same again is no news, another one of that day is refused."""
    starts = row["from"] or e.today
    known = next((one for one in store.every_standard(e.db) if one["code"] == row["code"]
                  and one["from_day"] == starts.isoformat()), None)  # fmt: skip
    if known is None:
        newest = next((one for one in store.standards(e.db, starts) if one["code"] == row["code"]), None)
        if newest is not None and row["from"] is None and _same(newest, row):
            return SAME
        actions.set_standard(
            e, row["code"], row["name"], per=row["per"], quantity=row["quantity"], words=as_words(row["match"]),
            source=row["source"], room=row["room"], price=row["price"], starts=starts)  # fmt: skip
        return NEW
    if not _same(known, row):
        raise Refused("campus.standard_set", code=row["code"], on=starts)
    return SAME


def export_standards(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every standard ever set."""
    for row in store.every_standard(ledger.db):
        yield {"code": row["code"], "name": row["name"], "per": row["per"], "room": row["room_kind"],
               "quantity": row["quantity_milli"], "match": row["words"], "price": row["price_fen"], "source": row["source"],
               "from": date.fromisoformat(row["from_day"])}  # fmt: skip


def _same(known: Any, row: Row) -> bool:
    pairs = (("name", "name"), ("per", "per"), ("room_kind", "room"), ("quantity_milli", "quantity"), ("price_fen", "price"),
             ("source", "source"))  # fmt: skip
    same = all(known[column] == row[key] for column, key in pairs)
    return bool(same and known["words"] == "、".join(as_words(row["match"])))


KINDS = {
    "standards": Kind("standards", (
        Col("code", code, required=True, words=("標準編號", "編號", "條目編號"), example="例S01"),
        Col("name", text, required=True, words=("配置項目", "項目", "名稱", "設備名稱"), example="例：多媒體一體機"),
        Col("per", word("campus.per", rules.PERS, *PER_SAID), required=True, words=("配置單位", "計算單位", "按"),
            choices=rules.PERS, example="class"),
        Col("quantity", quantity, required=True, words=("配置數量", "標準數量", "數量"), example="1"),
        Col("match", text, required=True, words=("匹配詞", "對應資產", "資產名稱"), example="一体机、电子白板"),
        Col("source", text, required=True, words=("依據", "標準依據", "文件"), example="例：某省辦學條件標準"),
        Col("room", word("school.kind", ROOMS), words=("房間類別", "室類", "功能室")),
        Col("price", money, words=("單價", "參考單價", "估價"), example="5000"),
        Col("from", day, words=("起用日期", "施行日期"), example="2025-09-01"),
    ), take_standard, export=export_standards),
}  # fmt: skip

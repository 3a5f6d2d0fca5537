"""Documents and archive volumes from files: one row, one document (by its 文號, else its title) or one volume."""

from collections.abc import Iterable, Mapping
from typing import Any

from logi.books.paper import actions, kept_actions, rules, store, store_kept
from logi.books.paper.options import area_word, category_word
from logi.core.answers import Word
from logi.core.errors import Refused
from logi.core.folding import fold
from logi.importing.kinds import (
    NEW,
    SAME,
    Changed,
    Col,
    Kind,
    Row,
    Verdict,
    count,
    day,
    differences,
    figures,
    text,
    whole,
    word,
)
from logi.importing.running import Options
from logi.journal import Entry

_kind = word("paper.kind", rules.KINDS, ("文件", "superior"), ("制度", "regulation"), ("會議記錄", "minutes"), ("表格", "form"),
             ("手冊", "handbook"))  # fmt: skip


def take(e: Entry, row: Row, options: Options) -> Verdict:
    """A document; what differs from the one there changes it (its kind and first day do not change by import)."""
    known = _known(e, row)
    areas = _areas(row["areas"])
    if known is None:
        actions.add(e, row["title"], kind=row["kind"], no=row["no"], issuer=row["issuer"], on=row["on"], starts=row["from"],
                    until=row["until"], areas=areas, owner=row["owner"], vendor=row["vendor"], amount=row["amount"],
                    note=row["note"])  # fmt: skip
        return NEW
    if known["kind"] != row["kind"]:
        raise Refused("paper.other_kind", number=known["code"], kind=Word.of("paper.kind", known["kind"]))
    there = [one["area"] for one in store.cover_rows(e.db, known["id"])]
    seen = {**dict(known), "title": known["name"], "no": known["doc_no"], "until": known["until_day"],
            "amount": known["amount_fen"]}  # fmt: skip
    wanted = {key: row[key] for key in ("title", "no", "issuer", "amount", "note", "owner", "vendor")}
    wanted["until"] = row["until"].isoformat() if row["until"] else None
    found = differences(seen, wanted)
    if areas and set(areas) != set(there):
        found["areas"] = (" ".join(there) or None, " ".join(areas))
    if not found:
        return SAME
    given = {key: row[key] for key in found if key != "areas"}
    actions.edit(e, known["code"], **given, areas=areas if "areas" in found else ())
    return Changed(found)


def take_volume(e: Entry, row: Row, options: Options) -> Verdict:
    """A volume by category, school year and number; one without a number is the next."""
    known = store_kept.volume_at(e.db, row["category"], row["year"], row["n"]) if row["n"] else None
    if known is None:
        done = kept_actions.add_volume(e, row["title"], category=row["category"], year=row["year"], n=row["n"],
                                       pages=row["pages"], retention=row["retention"] or "10", place=row["place"])  # fmt: skip
        if row["handed_on"] or row["handed_to"]:
            if not (row["handed_on"] and row["handed_to"]):
                raise Refused("paper.handed_both")
            kept_actions.hand_volumes(e, [str(done.number)], to=row["handed_to"], on=row["handed_on"])
        return NEW
    if known["name"] != row["title"]:
        raise Refused("paper.volume_there", code=known["code"], title=known["name"], n=known["n"])
    wanted = {key: row[key] for key in ("pages", "retention", "place")}
    found = differences(known, wanted)
    if not found:
        return SAME
    e.update("paper_volume", known["id"], **{key: after for key, (_, after) in found.items()})
    return Changed(found)


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every document in its newest form."""
    covers = store.covers(ledger.db)
    for row in store.documents(ledger.db):
        stood = rules.span(row)
        yield {"title": row["name"], "kind": row["kind"], "no": row["doc_no"], "issuer": row["issuer"],
               "on": rules.as_day(row["on_day"]), "from": stood.since, "until": stood.until,
               "areas": "、".join(covers.get(row["id"], [])) or None, "owner": row["owner"], "vendor": row["vendor"],
               "amount": row["amount_fen"], "note": row["note"]}  # fmt: skip


def export_volumes(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every volume."""
    for row in store_kept.volumes(ledger.db):
        yield {"category": row["category"], "year": row["year"], "n": row["n"], "title": row["name"], "pages": row["pages"],
               "retention": row["retention"], "place": row["place"], "handed_on": rules.as_day(row["handed_on"]),
               "handed_to": row["handed_to"]}  # fmt: skip


def _known(e: Entry, row: Row) -> store.Row | None:
    if row["no"]:
        found = store.numbered(e.db, row["no"])
        if found:
            return found[-1]
    alike = store.alike(e.db, row["kind"], fold(row["title"]))
    if row["kind"] not in rules.ADOPTED and row["on"] is not None:
        alike = [one for one in alike if one["on_day"] == row["on"].isoformat()]
    return alike[-1] if alike else None


def _areas(cell: str | None) -> list[str]:
    parts = (cell or "").replace("；", "、").replace(";", "、").replace(",", "、").replace("，", "、").split("、")
    return [str(area_word(part.strip())) for part in parts if part.strip()]


_retention = word("paper.retention", rules.RETENTIONS, ("永久保存", "permanent"), ("長期", "30"), ("短期", "10"))

KINDS = {
    "documents": Kind("documents", (
        Col("title", text, required=True, words=("標題", "文件名稱", "制度名稱", "文件標題", "名稱"),
            example="例：校產管理制度"),
        Col("kind", _kind, required=True, words=("類型", "文件類型", "類別", "種類"), example="regulation"),
        Col("no", text, words=("文號", "發文字號", "文件編號"), example="例校字〔2025〕3號"),
        Col("issuer", text, words=("發文單位", "發文機關", "制定單位", "來文單位")),
        Col("on", day, words=("日期", "發文日期", "成文日期", "簽訂日期"), example="2025-09-01"),
        Col("from", day, words=("施行日期", "生效日期", "執行日期", "起始日期")),
        Col("until", day, words=("截止日期", "到期日", "有效期至", "終止日期")),
        Col("areas", text, words=("工作領域", "適用範圍", "領域"), example="property"),
        Col("owner", text, words=("責任人", "負責人", "經辦人"), names="people"),
        Col("vendor", text, words=("對方單位", "乙方", "供應商"), names="vendors"),
        Col("amount", figures, words=("金額", "合同金額")),
        Col("note", text, words=("備註", "說明")),
    ), take, export=export),
    "volumes": Kind("volumes", (
        Col("category", category_word, required=True, words=("類別", "檔案類別", "門類"), example="administration"),
        Col("year", whole, required=True, words=("學年", "年度"), example="2024"),
        Col("n", count, words=("卷號", "案卷號", "序號"), example="1"),
        Col("title", text, required=True, words=("題名", "案卷題名", "標題", "名稱"), example="例：後勤會議紀要"),
        Col("pages", count, words=("頁數", "頁次"), example="56"),
        Col("retention", _retention, words=("保管期限", "保存期限", "期限"), example="10"),
        Col("place", text, words=("存放地點", "存放位置", "櫃號")),
        Col("handed_on", day, words=("移交日期",)),
        Col("handed_to", text, words=("接收人", "移交至")),
    ), take_volume, export=export_volumes),
}  # fmt: skip

"""Documents and archive volumes from files: one row, one document (by number, 文號, else title) or one volume."""

from collections.abc import Iterable, Mapping
from typing import Any

from logi.books.paper import actions, kept_actions, rules, store, store_kept
from logi.books.paper.filing import MOST_TEXT
from logi.books.paper.options import area_word, category_word
from logi.core.answers import Word
from logi.core.errors import Refused
from logi.core.folding import fold
from logi.core.text import clean
from logi.importing import numbers
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, count, day, figures, text, whole, word
from logi.importing.running import Options, Posted, each
from logi.journal import Entry

EDITED = ("title", "no", "issuer", "on", "until", "owner", "vendor", "amount", "form", "people", "place", "note")
KEPT = {"ended": "ended_day", "ended_why": "ended_why", "ended_note": "ended_note", "file": "file_name", "sha256": "sha256",
        "body": "body", "trial": "trial_day"}  # fmt: skip

_kind = word("paper.kind", rules.KINDS, ("文件", "superior"), ("制度", "regulation"), ("會議記錄", "minutes"), ("表格", "form"),
             ("手冊", "handbook"))  # fmt: skip
_why = word("paper.state", ("superseded", "repealed"))
_retention = word("paper.retention", rules.RETENTIONS, ("永久保存", "permanent"), ("長期", "30"), ("短期", "10"))


def names(cell: str) -> str:
    """Several names in one cell, apart by 、 or a comma, kept apart by 、."""
    for mark in ("；", ";", ",", "，"):
        cell = cell.replace(mark, "、")
    return "、".join(part.strip() for part in clean(cell).split("、") if part.strip())


def prose(cell: str) -> str:
    """The text of a document."""
    return clean(cell, lines=True, limit=MOST_TEXT)


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """Documents in the order of the file; numbers of ours are kept where their year has none yet."""
    kept = numbers.keep(e, (row["number"] for row in rows if row["number"]), {"WJ": "document"}, book="paper")
    return each(lambda e, row, options: take(e, row, kept))(e, rows, options)


def take(e: Entry, row: Row, kept: frozenset[str]) -> Verdict:
    """A document; what differs from the one there changes it, but not its kind, its versions and its days."""
    known = _known(e, row)
    areas, sources = _areas(row["areas"]), (row["sources"] or "").split("、") if row["sources"] else []
    if known is None:
        more: dict[str, Any] = {column: row[key] for key, column in KEPT.items() if row[key] is not None}
        if row["replaces"]:
            before = store.document(e, row["replaces"])
            more |= {"root_id": before["root"], "version": before["version"] + 1}
        if row["from"] is None and row["trial"] is not None and row["kind"] not in rules.ADOPTED:
            raise Refused("paper.no_trial", kind=Word.of("paper.kind", row["kind"]))
        actions.add(e, row["title"], kind=row["kind"], starts=row["from"], areas=areas, basis=sources,
                    bears=row["number"] if row["number"] in kept else None,
                    **{key: row[key] for key in EDITED if key != "title"}, **more)  # fmt: skip
        return NEW
    found = _differing(e, row, known, areas, sources)
    fixed = [key for key in found if key not in (*EDITED, "areas", "sources")]
    if fixed:
        raise Refused("paper.import_differs", number=known["code"], column=fixed[0], before=found[fixed[0]][0])
    if not found:
        return SAME
    actions.edit(e, known["code"], **{key: row[key] for key in found if key in EDITED},
                 areas=areas if "areas" in found else (), basis=sources if "sources" in found else ())  # fmt: skip
    return Changed(found)


def post_volumes(e: Entry, rows: list[Row], options: Options) -> Posted:
    """Volumes in the order of the file; numbers of ours are kept where their year has none yet."""
    kept = numbers.keep(e, (row["code"] for row in rows if row["code"]), {"DA": "volume"}, book="paper")
    return each(lambda e, row, options: take_volume(e, row, kept))(e, rows, options)


def take_volume(e: Entry, row: Row, kept: frozenset[str]) -> Verdict:
    """A volume by category, school year and number; one without a number is the next."""
    if bool(row["handed_on"]) != bool(row["handed_to"]):
        raise Refused("paper.handed_both")
    known = store_kept.volume_at(e.db, row["category"], row["year"], row["n"]) if row["n"] else None
    if known is None:
        done = kept_actions.add_volume(
            e, row["title"], category=row["category"], year=row["year"], n=row["n"], pages=row["pages"], place=row["place"],
            retention=row["retention"], on=row["filed_on"] or row["handed_on"], note=row["note"],
            bears=row["code"] if row["code"] in kept else None,
        )  # fmt: skip
        if row["handed_on"]:
            kept_actions.hand_volumes(e, [str(done.number)], to=row["handed_to"], by=row["handed_by"], on=row["handed_on"])
        return NEW
    if known["name"] != row["title"]:
        raise Refused("paper.volume_there", code=known["code"], title=known["name"], n=known["n"])
    found = {key: (known[key], row[key]) for key in ("pages", "retention", "place", "note")
             if row[key] is not None and row[key] != known[key]}  # fmt: skip
    if "retention" in found:
        kept_actions.kept_for(e, known["name"], known["category"], row["retention"], e.today)
    if found:
        e.update("paper_volume", known["id"], **{key: after for key, (_, after) in found.items()})
    if row["handed_on"] and not known["handed_on"]:
        kept_actions.hand_volumes(e, [known["code"]], to=row["handed_to"], by=row["handed_by"], on=row["handed_on"])
        found["handed_on"] = (None, row["handed_on"])
    return Changed(found) if found else SAME


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every version of every document, those that others rest on or replace first."""
    rows = {row["id"]: row for row in store.documents(ledger.db)}
    links = store.resting(ledger.db)
    done: set[int] = set()

    def before(rowid: int) -> Iterable[int]:
        """What must be there before a document, and it."""
        if rowid in done:
            return
        done.add(rowid)
        older = _older(rows[rowid], rows)
        for one in (*([older] if older else []), *(one for one in links.get(rowid, []) if one in rows)):
            yield from before(one)
        yield rowid

    for first in rows:
        for rowid in before(first):
            yield _told(ledger, rows[rowid])


def export_volumes(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every volume."""
    for row in store_kept.volumes(ledger.db):
        yield {"code": row["code"], "category": row["category"], "year": row["year"], "n": row["n"], "title": row["name"],
               "pages": row["pages"], "retention": row["retention"], "place": row["place"],
               "filed_on": rules.as_day(row["filed_on"]), "handed_on": rules.as_day(row["handed_on"]),
               "handed_to": row["handed_to"], "handed_by": row["by_code"], "note": row["note"]}  # fmt: skip


def _told(source: Any, row: store.Row) -> dict[str, Any]:
    """A document as a row of a file."""
    days = {key: rules.as_day(row[f"{key}_day"]) for key in ("on", "trial", "from", "until", "ended")}
    rows = {one["id"]: one for one in store.versions(source.db, row["root"])}
    older = _older(row, rows)
    areas = "、".join(one["area"] for one in store.cover_rows(source.db, row["id"])) or None
    sources = "、".join(one["code"] for one in store.sources(source.db, row["id"])) or None
    return {"number": row["code"], "title": row["name"], "kind": row["kind"], "no": row["doc_no"], "issuer": row["issuer"],
            **days, "ended_why": row["ended_why"], "ended_note": row["ended_note"],
            "replaces": rows[older]["code"] if older else None, "areas": areas, "sources": sources,
            "owner": row["owner_code"], "vendor": row["vendor_code"],
            "amount": row["amount_fen"], "form": row["form"], "people": row["people"], "place": row["place"],
            "file": row["file_name"], "sha256": row["sha256"], "note": row["note"], "body": row["body"]}  # fmt: skip


def _differing(e: Entry, row: Row, known: store.Row, areas: list[str], sources: list[str]) -> dict[str, tuple[Any, Any]]:
    """What a row says otherwise than the document there; names stand for codes, and a number of its own for none."""
    there = _told(e, known)
    said: dict[str, Any] = {key: row[key] for key in there if key != "number"}
    said["areas"] = "、".join(areas) or None
    said["sources"] = "、".join(store.document(e, one)["code"] for one in sources) or None
    for key in ("owner", "vendor"):
        if said[key] == known[key]:
            said[key] = there[key]
    return {key: (there[key], value) for key, value in said.items() if value is not None and value != there[key]}


def _older(row: store.Row, rows: Mapping[int, store.Row]) -> int | None:
    """The version before a document."""
    found = [one for one in rows.values() if one["root"] == row["root"] and one["version"] < row["version"]]
    return int(max(found, key=lambda one: int(one["version"]))["id"]) if found else None


def _known(e: Entry, row: Row) -> store.Row | None:
    if row["number"] and (found := store.by_code(e.db, row["number"])) is not None:
        return found
    if row["no"] and (rows := store.numbered(e.db, row["no"])):
        return rows[-1]
    if row["replaces"]:
        return None
    alike = store.alike(e.db, row["kind"], fold(row["title"]))
    if row["kind"] not in rules.ADOPTED and row["on"] is not None:
        alike = [one for one in alike if one["on_day"] == row["on"].isoformat()]
    return alike[-1] if alike else None


def _areas(cell: str | None) -> list[str]:
    return [str(area_word(part)) for part in (cell or "").split("、") if part]


KINDS = {
    "documents": Kind("documents", (
        Col("number", code, words=("編號", "登記號", "收文號"), example="例WJ-2025-0001"),
        Col("title", text, required=True, words=("標題", "文件名稱", "制度名稱", "文件標題", "名稱"),
            example="例：校產管理制度"),
        Col("kind", _kind, required=True, words=("類型", "文件類型", "類別", "種類"), example="regulation"),
        Col("no", text, words=("文號", "發文字號", "文件編號"), example="例校字〔2025〕3號"),
        Col("issuer", text, words=("發文單位", "發文機關", "制定單位", "來文單位")),
        Col("on", day, words=("日期", "發文日期", "成文日期", "簽訂日期"), example="2025-09-01"),
        Col("trial", day, words=("試行日期", "試行自")),
        Col("from", day, words=("施行日期", "生效日期", "執行日期", "起始日期")),
        Col("until", day, words=("截止日期", "到期日", "有效期至", "終止日期")),
        Col("ended", day, words=("廢止日期", "失效日期")),
        Col("ended_why", _why, words=("失效原因",)),
        Col("ended_note", text, words=("失效說明", "廢止理由")),
        Col("replaces", code, words=("替代", "舊版編號")),
        Col("areas", names, words=("工作領域", "適用範圍", "領域"), example="property"),
        Col("sources", names, words=("依據", "制定依據")),
        Col("owner", text, words=("責任人", "負責人", "經辦人", "主持人"), names="people"),
        Col("vendor", text, words=("對方單位", "乙方", "供應商"), names="vendors"),
        Col("amount", figures, words=("金額", "合同金額")),
        Col("form", text, words=("表單", "配套表格")),
        Col("people", text, words=("參會人員", "出席人員")),
        Col("place", text, words=("存放地點", "會議地點", "地點")),
        Col("file", text, words=("文件", "附件", "電子文件")),
        Col("sha256", text, words=("SHA-256", "文件指紋")),
        Col("note", text, words=("備註", "說明")),
        Col("body", prose, words=("正文", "全文", "內容")),
    ), post=post, export=export),
    "volumes": Kind("volumes", (
        Col("code", code, words=("檔號", "編號"), example="例DA-2024-0001"),
        Col("category", category_word, required=True, words=("類別", "檔案類別", "門類"), example="administration"),
        Col("year", whole, required=True, words=("學年", "年度"), example="2024"),
        Col("n", count, words=("卷號", "案卷號", "序號"), example="1"),
        Col("title", text, required=True, words=("題名", "案卷題名", "標題", "名稱"), example="例：後勤會議紀要"),
        Col("pages", count, words=("頁數", "頁次"), example="56"),
        Col("retention", _retention, words=("保管期限", "保存期限", "期限"), example="10"),
        Col("place", text, words=("存放地點", "存放位置", "櫃號")),
        Col("filed_on", day, words=("立卷日期", "歸檔日期")),
        Col("handed_on", day, words=("移交日期",)),
        Col("handed_to", text, words=("接收人", "移交至")),
        Col("handed_by", text, words=("移交人",), names="people"),
        Col("note", text, words=("備註", "說明")),
    ), post=post_volumes, export=export_volumes),
}  # fmt: skip

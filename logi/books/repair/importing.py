"""Repair slips from files: a row is opened, and closed and accepted as far as it says."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.repair import actions, rules, school, store, store_export
from logi.core.errors import BadValue, NotFound, Refused
from logi.importing import numbers
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, count, day, instant, money, text, word
from logi.importing.running import Options, Posted, each
from logi.journal import Entry

PLAIN = ("asset", "opened_at", "phone", "deputy", "note")  # what a slip is opened with, besides what lists show
MORE = (*PLAIN, "wanted")


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """Slips in the order of their days; numbers of ours are kept where their month has none yet."""
    kept = numbers.keep(e, (row["number"] for row in rows if row["number"]), {"WX": "order"}, book="repair")
    return each(lambda e, row, options: take(e, row, kept))(e, rows, options)


def clock(cell: str) -> str:
    """A time of the day, as 07:10."""
    return instant(f"2000-01-01 {cell}")[1]


def score(cell: str) -> int:
    """How content the reporter is, 1 to 5."""
    found = count(cell)
    if found > 5:
        raise BadValue("importing.not_a_score", text=cell)
    return found


score.kind = "count"  # type: ignore[attr-defined]


def take(e: Entry, row: Row, kept: frozenset[str]) -> Verdict:
    """A slip under its reference (or the other system's number); one that is there is carried on, never changed."""
    bears = row["number"] if row["number"] in kept else None
    ref = row["ref"] or (None if bears else row["number"])
    known = _known(e, row, ref)
    if known is not None:
        _must_be_equal(e, row, known)
        steps = _go_on(e, row, known["number"], known["state"])
        return Changed(steps) if steps else SAME
    title, place = row["title"], row["place"]
    if place is None:
        found = actions.place_in_title(e, title)
        if found is None:
            raise Refused("importing.lacks", column="place", direction=title)
        place, title = found
    given = {key: row[key] for key in ("kind", "urgency", *MORE) if row[key] is not None}
    if "opened_at" in given:
        given["at"] = given.pop("opened_at")
    done = actions.open(e, title, place=place, by=row["reporter"], on=row["opened_on"], ref=ref, bears=bears, **given)
    _go_on(e, row, str(done.number), "open")
    return NEW


def _go_on(e: Entry, row: Row, number: str, state: str) -> dict[str, tuple[Any, Any]]:
    """Close and accept as far as the row says and the slip has not come yet."""
    steps: dict[str, tuple[Any, Any]] = {}
    if row["closed_on"] and state not in ("closed", "accepted"):
        done = {"by": row["worker"], "vendor": row["vendor"], "cost": row["cost"], "invoice": row["invoice"],
                "on": row["closed_on"]}  # fmt: skip
        actions.close(e, number, cause=row["cause"], liable=row["liable"], mode=row["mode"], root=row["root"], **done)
        steps["closed_on"] = (None, row["closed_on"])
    if row["accepted_on"] and state != "accepted":
        if row["reporter"] is None:
            raise Refused("importing.lacks", column="reporter", direction=row["title"])
        actions.accept(e, number, by=row["reporter"], on=row["accepted_on"], score=row["score"])
        steps["accepted_on"] = (None, row["accepted_on"])
    return steps


def _known(e: Entry, row: Row, ref: str | None) -> Any:
    if ref is None:
        return None
    known = store.by_ref(e.db, ref)
    if known is None and row["number"]:
        try:
            known = store.order(e, row["number"])
        except NotFound:
            return None
    return known


def _must_be_equal(e: Entry, row: Row, known: Any) -> None:
    now = {"title": known["title"], "opened_on": known["opened_on"]}
    wanted: dict[str, Any] = {"title": row["title"], "opened_on": row["opened_on"].isoformat()}
    for key in ("kind", "urgency"):
        if row[key] is not None:
            now[key], wanted[key] = known[key], row[key]
    if row["place"]:
        where, spot = school.place_spot(e, row["place"])
        now["place"], wanted["place"] = (known["place_id"], known["spot"]), (where["id"], spot)
    for key in ("asset", "phone", "opened_at"):
        if row[key] is not None:
            now[key], wanted[key] = known[key], row[key]
    if row["wanted"]:
        now["wanted"], wanted["wanted"] = known["wanted_on"], row["wanted"].isoformat()
    for key in ("closed_on", "accepted_on"):
        if row[key] and known[key]:
            now[key], wanted[key] = known[key], row[key].isoformat()
    for key, value in wanted.items():
        if now[key] != value:
            before = now[key] if key != "place" else (known["spot"] or "…")
            raise Refused("importing.fact_differs", ref=known["number"], column=key, before=before)


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every slip, oldest first."""
    for row in store_export.for_export(ledger.db):
        yield {
            **{key: row[key] for key in ("number", "title", "reporter", "kind", "urgency", "worker", "vendor", "invoice")},
            **{key: row[key] for key in ("cause", "liable", "mode", "root", *PLAIN, "score")},
            "place": f"{row['place']}/{row['spot']}" if row["spot"] else row["place"], "cost": row["cost_fen"] or None,
            **{key: date.fromisoformat(row[key]) if row[key] else None for key in ("opened_on", "closed_on", "accepted_on")},
            "wanted": date.fromisoformat(row["wanted_on"]) if row["wanted_on"] else None,
            "ref": row["ref"],
        }  # fmt: skip


KINDS = {
    "repairs": Kind("repairs", (
        Col("number", code, words=("報修單號", "單號", "編號", "工單號", "ticket", "ticket no")),
        Col("title", text, required=True, words=("故障描述", "報修內容", "內容", "標題", "故障現象", "問題描述",
            "description", "subject"),
            example="例：水龍頭漏水"),
        Col("place", text, words=("地點", "報修地點", "房間", "位置", "地點(室)", "location", "room"), names="places",
            example="A205"),
        Col("opened_on", day, required=True, words=("報修時間", "報修日期", "日期", "申請日期", "created at", "date",
            "reported on"),
            example="2025-09-01"),
        Col("reporter", text, words=("報修人", "申請人", "報修教師", "requester", "reported by"), names="people",
            example="S001"),
        Col("kind", word("repair.kind", rules.KINDS), words=("類別", "類型", "維修類別", "category"), example="water"),
        Col("urgency", word("repair.urgency", rules.URGENCIES, ("紧急", "urgent"), ("加急", "high"), ("一般",
            "normal")),
            words=("緊急程度", "優先級", "priority")),
        Col("closed_on", day, words=("完成日期", "完工日期", "維修日期", "完成時間", "closed at")),
        Col("worker", text, words=("維修人", "維修人員", "維修工", "處理人", "assignee"), names="people"),
        Col("vendor", text, words=("維修單位", "施工單位", "供應商", "contractor"), names="vendors"),
        Col("cost", money, words=("費用", "維修費用", "金額", "外修費用", "amount")),
        Col("cause", word("repair.cause", rules.CAUSES, ("自然", "wear"), ("人为", "human"), ("自然损坏", "wear"),
            ("人为损坏", "human")),
            words=("原因", "損壞原因")),
        Col("invoice", text, words=("發票號", "發票", "invoice no")),
        Col("liable", text, words=("責任人", "損壞人", "賠償責任人")),
        Col("mode", text, words=("故障類型", "故障模式", "失效模式", "損壞形式", "failure mode")),
        Col("root", text, words=("根本原因", "根因", "故障原因", "root cause")),
        Col("accepted_on", day, words=("驗收日期", "驗收時間")),
        Col("score", score, words=("滿意度", "評分", "評價")),
        Col("asset", code, words=("資產編號", "設備編號", "asset tag")),
        Col("opened_at", clock, words=("報修時刻", "報修鐘點")),
        Col("wanted", day, words=("希望完成日期", "期望日期", "wanted by")),
        Col("phone", text, words=("聯繫電話", "電話", "phone no")),
        Col("deputy", text, words=("代驗收人", "委託驗收人"), names="people"),
        Col("note", text, words=("備註", "說明", "notes")),
        Col("ref", text, words=("憑證號", "外部單號", "原單號")),
    ), post=post, key="number", day="opened_on", export=export),
}  # fmt: skip

"""Repair slips from files: a row is opened, and closed and accepted as far as it says."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.repair import actions, rules, school, store
from logi.core.errors import NotFound, Refused
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, day, money, text, word
from logi.importing.running import Options
from logi.journal import Entry


def take(e: Entry, row: Row, options: Options) -> Verdict:
    """A slip under its reference (or the other system's number); one that is there is carried on, never changed."""
    ref = row["ref"] or row["number"]
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
    given = {key: row[key] for key in ("kind", "urgency") if row[key] is not None}
    done = actions.open(e, title, place=place, by=row["reporter"], on=row["opened_on"], ref=ref, **given)
    _go_on(e, row, str(done.number), "open")
    return NEW


def _go_on(e: Entry, row: Row, number: str, state: str) -> dict[str, tuple[Any, Any]]:
    """Close and accept as far as the row says and the slip has not come yet."""
    steps: dict[str, tuple[Any, Any]] = {}
    if row["closed_on"] and state not in ("closed", "accepted"):
        done = {"by": row["worker"], "vendor": row["vendor"], "cost": row["cost"], "invoice": row["invoice"],
                "on": row["closed_on"]}  # fmt: skip
        actions.close(e, number, cause=row["cause"], liable=row["liable"], **done)
        steps["closed_on"] = (None, row["closed_on"])
    if row["accepted_on"] and state != "accepted":
        if row["reporter"] is None:
            raise Refused("importing.lacks", column="reporter", direction=row["title"])
        actions.accept(e, number, by=row["reporter"], on=row["accepted_on"])
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
    for key in ("closed_on", "accepted_on"):
        if row[key] and known[key]:
            now[key], wanted[key] = known[key], row[key].isoformat()
    for key, value in wanted.items():
        if now[key] != value:
            before = now[key] if key != "place" else (known["spot"] or "…")
            raise Refused("importing.fact_differs", ref=known["number"], column=key, before=before)


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every slip, oldest first."""
    for row in store.for_export(ledger.db):
        yield {
            **{key: row[key] for key in ("number", "title", "reporter", "kind", "urgency", "worker", "vendor", "invoice")},
            "cause": row["cause"], "liable": row["liable"],
            "place": f"{row['place']}/{row['spot']}" if row["spot"] else row["place"], "cost": row["cost_fen"] or None,
            **{key: date.fromisoformat(row[key]) if row[key] else None for key in ("opened_on", "closed_on", "accepted_on")},
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
        Col("accepted_on", day, words=("驗收日期", "驗收時間")),
        Col("ref", text, words=("憑證號", "外部單號", "原單號")),
    ), take, key="number", day="opened_on", export=export),
}  # fmt: skip

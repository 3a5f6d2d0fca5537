"""Purchase requests from files: a row is a line, rows of one number are one request. What became of it no row tells."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from logi.books.purchase import actions, rules, school, standing, store
from logi.books.purchase.lines import Ask
from logi.core.answers import Fen
from logi.core.errors import Refused
from logi.importing import numbers
from logi.importing.kinds import NEW, SAME, Col, Kind, Row, Verdict, code, day, money, quantity, text
from logi.importing.running import Options, Posted
from logi.journal import Entry
from logi.options import known_or_text

HEAD = ("on", "by", "department", "purpose", "benefit", "budget", "category", "wanted", "emergency")


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """The requests of a file; one that is there already answers for one of its like. A number of ours is kept where its year
    has none yet, any other only holds the rows of a request together."""
    posted, answered = Posted(), set[int]()
    kept = numbers.keep(e, (row["number"] for row in rows if row["number"]), {rules.SERIES: "purchase"}, book="purchase")
    torn = _unread(options)
    for first, *more in _together(rows):
        group = [first, *more]
        if first["number"] in torn:
            _leave_out(options, group)
            continue
        fit = [options.attempt(e, row, lambda first=first, row=row: _fits(e, first, row), Posted())  # type: ignore[misc]
               for row in more]  # fmt: skip
        if not all(fit):
            _leave_out(options, [first, *(row for row, good in zip(more, fit, strict=True) if good)])
            continue
        bears = first["number"] if first["number"] in kept else None
        act = partial(_take, e, group, bears, answered)
        if options.attempt(e, first, act, posted):
            for row in more:
                posted.add(row, posted.last)
        else:
            _leave_out(options, more)
    return posted


def _unread(options: Options) -> set[str]:
    """The numbers of rows that could not be read, where good rows go in without the bad (--rejects)."""
    at = next((at for at, col in options.plan.columns if col.key == "number"), None)
    if at is None or not options.rejects:
        return set()
    return {str(cells[at]).strip() for cells in options.findings.lines.values() if len(cells) > at} - {""}


def _leave_out(options: Options, rows: Sequence[Row]) -> None:
    """A request comes in whole or not at all: where bad rows are left out, its other rows are too."""
    for row in rows if options.rejects else ():
        options.refuse(row, Refused("purchase.import_torn", number=row["number"]))


def _together(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows by their number, in the order in which each first stands; a row without one is a request of its own."""
    found: dict[Any, list[Row]] = {}
    for at, row in enumerate(rows):
        found.setdefault(row["number"] or at, []).append(row)
    return list(found.values())


def _fits(e: Entry, first: Row, row: Row) -> Verdict:
    """Whether a further row is a line of its request: what stands in its head is the first row's, or left out (4)."""
    for key in HEAD:
        if row[key] is not None and row[key] != first[key]:
            raise Refused("purchase.import_head", column=key, number=row["number"], line=first.line)
    actions.asked(e, [_ask(row)], None)
    return NEW


def _take(e: Entry, group: Sequence[Row], bears: str | None, answered: set[int]) -> Verdict:
    first, asks = group[0], [_ask(row) for row in group]
    known = _known(e, first, asks, answered)
    if known is not None:
        answered.add(known["id"])
        return SAME
    actions.request(
        e, asks, department=first["department"], by=first["by"], purpose=first["purpose"], on=first["on"],
        benefit=first["benefit"], budget=first["budget"], category=first["category"], wanted=first["wanted"],
        emergency=first["emergency"], bears=bears,
    )  # fmt: skip
    return NEW


def _known(e: Entry, first: Row, asks: Sequence[Ask], answered: set[int]) -> Any:
    """The request that a row's group is already: of its day, by the same person, for the same, with the same lines."""
    on = first["on"].isoformat()
    there = [row for row in store.requests(e.db, on, on) if row["entry"] != e.n and row["id"] not in answered
             and row["purpose"] == first["purpose"]]  # fmt: skip
    if not there:
        return None
    person = school.person(e, first["by"])
    wanted = [(name, ask.quantity_milli, ask.price_fen) for _, ask, name, _ in actions.asked(e, asks, None)]
    for row in there:
        lines = [(line["name"], line["quantity_milli"], line["price_fen"]) for line in store.lines(e.db, row["id"])]
        if row["applicant_id"] == person["id"] and lines == wanted:
            return row
    return None


def _ask(row: Row) -> Ask:
    return Ask(row["item"], row["quantity"], row["price"], row["unit"], row["spec"])


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """The requests of which nothing has been ordered yet, line by line; who signed for them no row tells."""
    for one in standing.purchases(ledger):
        row = one.row
        if one.stage not in ("open", "approved"):
            continue
        head = {"number": one.number, "on": standing.as_day(row["on_day"]), "by": row["applicant_code"],
                "department": row["department_code"], "wanted": standing.as_day(row["wanted_on"]),
                **{key: row[key] for key in ("purpose", "benefit", "budget", "category", "emergency")}}  # fmt: skip
        for line in one.lines:
            yield {**head, "item": line["item_code"] or line["name"], "spec": line["spec"], "unit": line["unit"],
                   "quantity": line["quantity_milli"], "price": Fen(line["price_fen"])}  # fmt: skip


KINDS = {
    "requests": Kind("requests", (
        Col("number", code, words=("申請單號", "單號", "編號", "申請編號"), example="例1"),
        Col("on", day, required=True, words=("申請日期", "日期", "申請時間"), example="2025-09-08"),
        Col("by", text, required=True, words=("申請人", "經辦人", "申購人"), names="people", example="例：某老師"),
        Col("department", text, words=("部門", "申請部門", "使用部門"), names="departments", example="例：總務處"),
        Col("purpose", text, required=True, words=("用途", "申請用途", "理由", "申請理由"), example="十月教學用紙"),
        Col("item", text, required=True, words=("物品", "名稱", "品名", "物品名稱", "服務內容"), example="A4紙"),
        Col("spec", text, words=("規格", "規格型號", "型號"), example="70克"),
        Col("unit", text, words=("單位", "計量單位"), example="包"),
        Col("quantity", quantity, required=True, words=("數量", "申請數量"), example="60"),
        Col("price", money, required=True, words=("估價", "單價", "預計單價", "預算單價"), example="23.5"),
        Col("benefit", text, words=("效益", "預期效益"), example="一個月用量"),
        Col("budget", text, words=("預算項目", "經費來源", "預算科目"), example="辦公費"),
        Col("category", known_or_text("purchase.category", rules.CATEGORIES), words=("類別", "採購類別", "分類"),
            choices=rules.CATEGORIES, example="office"),
        Col("wanted", day, words=("要求到貨", "到貨日期", "需用日期"), example="2025-09-20"),
        Col("emergency", text, words=("緊急事由", "緊急原因")),
    ), post=post, day="on", export=export),
}  # fmt: skip

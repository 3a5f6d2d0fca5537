"""Movements of stock from files: a row is a slip, rows of one number are the lines of one; and rows as they are given back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.stock import actions, school, store, store_export
from logi.books.stock import store_bulk as files
from logi.books.stock.lines import Line
from logi.books.stock.rules import SERIES
from logi.books.stock.store_places import any_placed
from logi.core.errors import LogiError, Refused
from logi.core.messages import quantity_text
from logi.importing import numbers
from logi.importing.headers import Plan
from logi.importing.kinds import NEW, SAME, Row, Verdict
from logi.importing.rereading import Rereading
from logi.importing.running import Options, Posted, cell_value
from logi.journal import Entry

# Columns that only slips posted one by one have.
SLIP = ("number", "unit", "buyer", "inspector", "keeper", "place", "request", "issue", "ordered", "delivered")
# What all lines of a slip share.
SHARED = ("on", "direction", "department", "person", "vendor", "purpose", "invoice", "ref", "keeper", "buyer", "inspector",
          "place", "request", "issue")  # fmt: skip

AS_THEY_ARE = ("department", "vendor", "place", "person", "keeper", "buyer", "inspector", "number", "ref")

LOOKED_AT = 100  # rows of a large file, before it is read

Seen = dict[str, list[dict[str, Any]]]


class _File:
    """What is known while the rows of a file are posted: numbers kept for them, and what their references posted before."""

    def __init__(self, kept: frozenset[str] = frozenset(), seen: Seen | None = None) -> None:
        self.kept = kept
        self.seen: Seen = {} if seen is None else seen


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """The slips by (day, line). A ref that is there already is compared, never entered twice."""
    posted = Posted()
    letters = {prefix: kind for kind, prefix in SERIES.items()}
    there = _File(numbers.keep(e, {row["number"] for row in rows if row["number"]}, letters, book="stock"))
    priced = done = 0
    for slip in _slips(rows):
        if _post(e, slip, options, there, posted):
            priced += sum(row["direction"] in ("out", "return") and row["price"] is not None for row in slip)
        if done // 1000 != (done + len(slip)) // 1000:
            options.tick(done + len(slip))
        done += len(slip)
    if priced:
        e.warn("importing.price_ignored", rows=priced)
    return posted


def post_bulk(e: Entry, plan: Plan, reread: Rereading, options: Options) -> tuple[Posted, int] | None:
    """The same for a large file, from memory; not for one whose slips must be looked at one by one."""
    if any(col.key in SLIP for _, col in plan.columns):
        return None
    if any_placed(e.db):  # what lies in several places is taken slip by slip, from the place it lies in
        return None
    from logi.books.stock.bulk import post_many

    if reread.apart_bytes and _strange(e, plan, reread, options):
        reread.alone = True  # of every row that is refused two processes would have to talk
    return post_many(e, plan, reread, options, lambda row, seen: take(e, [row], options, _File(seen=seen)))


def _strange(e: Entry, plan: Plan, reread: Rereading, options: Options) -> bool:
    """Whether most of the first rows name things or people that are not there."""
    finders = {"item": store.item, "person": school.person, "vendor": school.vendor}
    named = [(at, col, finders[col.key]) for at, col in plan.columns if col.key in finders and col.names not in options.create]
    rows = [cells for _, cells in reread.head(LOOKED_AT) if len(cells) == len(plan.headings)]
    known: dict[tuple[int, str], bool] = {}
    hints, e.ledger.hints = e.ledger.hints, False
    try:
        for at, col, find in named:
            for text in {cells[at] for cells in rows}:
                try:
                    known[at, text] = (value := cell_value(col, text)) is None or bool(find(e, value))
                except LogiError:
                    known[at, text] = False
    finally:
        e.ledger.hints = hints
    return 2 * sum(not all(known[at, cells[at]] for at, _, _ in named) for cells in rows) > len(rows)


def _slips(rows: list[Row]) -> Iterable[list[Row]]:
    """Rows of one number, at the place of the first; every other row alone."""
    slips: dict[Any, list[Row]] = {}
    for row in rows:
        slips.setdefault(row["number"] or row.line, []).append(row)
    return slips.values()


def _post(e: Entry, slip: list[Row], options: Options, there: _File, posted: Posted) -> bool:
    """Post a slip; whether it went in."""
    first, *others = slip

    def act() -> Verdict:
        for row in others:
            options.make_names(e, row)
        return take(e, slip, options, there)

    if options.attempt(e, first, act, posted):
        for row in others:
            posted.add(row, posted.last)
        return True
    for row in others:
        options.refuse(row, LogiError("importing.same_slip", number=first["number"], line_of=first.line))
    return False


def take(e: Entry, slip: list[Row], options: Options, there: _File) -> Verdict:
    """One slip, unless it is there already."""
    first = slip[0]
    for key in SHARED if len(slip) > 1 else ():
        if (odd := next((row for row in slip if row[key] != first[key]), None)) is not None:
            raise Refused("importing.slip_differs", number=first["number"], first=first.line, line_of=odd.line, column=key)
    items = [store.item(e, row["item"]) for row in slip]
    for row, item in zip(slip, items, strict=True):
        check_name(row, item)
    if first["ref"] or first["number"]:
        known = [_there_already(e, row, item, there.seen) for row, item in zip(slip, items, strict=True)]
        if all(known):
            return SAME
        if any(known):
            line = slip[known.index(False)].line
            raise Refused("importing.slip_grows", number=first["number"], line_of=line, column="number")
    bears = first["number"] if first["number"] in there.kept else None
    for row in slip:
        row.values["ref"] = row["ref"] or (None if bears else row["number"])
    ACTS[first["direction"]](e, slip, items, options, bears)
    return NEW


def take_in(e: Entry, slip: list[Row], items: list[Any], options: Options, bears: str | None) -> None:
    """A receipt, at the rows' prices."""
    lines = []
    for row, item in zip(slip, items, strict=True):
        _wants(row, "price")
        lines.append(Line(item["code"], _above_zero(row), row["unit"], row["price"], row["lot"], row["made"], row["expires"],
                          row["ordered"], row["delivered"]))  # fmt: skip
    row = slip[0]
    actions.in_(e, lines, on=row["on"], vendor=row["vendor"], invoice=row["invoice"], keeper=row["keeper"] or row["person"],
                ref=row["ref"], buyer=row["buyer"], inspector=row["inspector"], place=row["place"], request=row["request"],
                bears=bears)  # fmt: skip


def take_out(e: Entry, slip: list[Row], items: list[Any], options: Options, bears: str | None) -> None:
    """An issue, at its stock's cost."""
    row = slip[0]
    _wants(row, "department", "person")
    actions.out(e, [_line(row, item) for row, item in zip(slip, items, strict=True)], to=row["department"], by=row["person"],
                on=row["on"], purpose=row["purpose"], create="departments" in options.create, ref=row["ref"],
                keeper=row["keeper"], bears=bears)  # fmt: skip


def take_back(e: Entry, slip: list[Row], items: list[Any], options: Options, bears: str | None) -> None:
    """A return: to the issue it names, else to the newest issue of the item, to that department and person if they are
    named, that still covers it."""
    row, item = slip[0], items[0]
    milli = _above_zero(row)
    if row["issue"]:
        number = store_export.issue_named(e.db, row["issue"])
    else:
        home = school.department(e, row["department"])["id"] if row["department"] else None
        person = school.person(e, row["person"])["id"] if row["person"] else None
        number = files.issue_to_return(e.db, item["id"], row["on"].isoformat(), milli, home, person)
    if number is None:
        raise Refused("importing.no_issue", item=item["name"], quantity=quantity_text(milli), day=row["on"])
    lines = [_line(row, item) for row, item in zip(slip, items, strict=True)]
    done = actions.return_(e, number, lines, on=row["on"], by=row["person"], reason=row["purpose"], bears=bears)
    _mark(e, str(done.number), row["ref"])


def take_adjust(e: Entry, slip: list[Row], items: list[Any], options: Options, bears: str | None) -> None:
    """An adjustment: above zero found, below zero lost; its reason stands under purpose."""
    row = slip[0]
    _wants(row, "purpose")
    lines = [Line(item["code"], row["quantity"], row["unit"], row["price"], row["lot"], row["made"], row["expires"])
             for row, item in zip(slip, items, strict=True)]  # fmt: skip
    _mark(e, str(actions.adjust(e, lines, on=row["on"], reason=row["purpose"], bears=bears).number), row["ref"])


ACTS = {"in": take_in, "out": take_out, "return": take_back, "adjust": take_adjust}


def check_name(row: Row, item: Any) -> None:
    """Code and name together: the code decides, the name is checked."""
    if row["item_name"] is None or row["item_name"] in (item["name"], item["code"]):
        return
    from logi.core.folding import fold

    if fold(row["item_name"]) != item["folded"]:
        raise Refused("importing.name_differs", code=item["code"], name=item["name"], text=row["item_name"], column="item_name")


def _line(row: Row, item: Any) -> Line:
    return Line(item["code"], _above_zero(row), row["unit"], lot=row["lot"])


def _wants(row: Row, *keys: str) -> None:
    for key in keys:
        if row[key] is None:
            raise Refused("importing.lacks", column=key, direction=row.texts.get("direction", ""))


def _above_zero(row: Row) -> int:
    milli: int = row["quantity"]
    if milli <= 0:
        raise Refused("importing.not_above_zero", quantity=row.texts["quantity"])
    return milli


def _there_already(e: Entry, row: Row, item: Any, seen: Seen) -> bool:
    """Whether a slip of this ref says the same already; one that differs in this item is a finding, not a change."""
    ref = row["number"] or row["ref"]
    if ref not in seen:
        there = files.lines_of_number(e.db, ref, before=e.n) if row["number"] else []
        seen[ref] = [dict(line) for line in there or files.lines_of_ref(e.db, ref, before=e.n)]
    per = store.packs(e.db, item["id"]).get(row["unit"], 1000) if row["unit"] else 1000
    mine = {"kind": row["direction"], "on": row["on"].isoformat(), "quantity": row["quantity"] * per // 1000}
    same_item = [line for line in seen[ref] if line["item_id"] == item["id"]]
    for line in same_item:
        if all(line[key] == value for key, value in mine.items()) and _same_price(row, line, per):
            seen[ref].remove(line)
            return True
    if same_item:
        line = same_item[0]
        key = next((key for key, value in mine.items() if line[key] != value), "price")
        before = quantity_text(line["quantity"]) if key == "quantity" else line.get(key)
        raise Refused("importing.fact_differs", ref=ref, column={"kind": "direction"}.get(key, key), before=before)
    return False


def _same_price(row: Row, line: Mapping[str, Any], per: int) -> bool:
    if row["direction"] != "in" or row["price"] is None:
        return True
    return bool(row["price"] * line["per_milli"] == line["price_fen"] * per)


def _mark(e: Entry, number: str, ref: str | None) -> None:
    slip = store.slip(e.db, number)
    if ref and slip is not None:
        e.update("stock_slip", slip["id"], ref=ref)


# -- giving back ------------------------------------------------------------------------------------------------


def export(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every standing line of every slip, in the order of posting within its day."""
    packs: dict[int, dict[int, str]] = {}
    for row in store_export.lines(ledger.db):
        fresh = row["kind"] in ("in", "adjust") and row["quantity"] > 0
        received = row["kind"] == "in"
        per, unit = 1000, None
        if fresh and row["per_milli"] != 1000:
            if row["item_id"] not in packs:
                packs[row["item_id"]] = {n: name for name, n in store.packs(ledger.db, row["item_id"]).items()}
            unit = packs[row["item_id"]].get(row["per_milli"])
            per = row["per_milli"] if unit else 1000
        yield {
            "on": date.fromisoformat(row["on_day"]), "direction": row["kind"], "item": row["code"], "item_name": row["name"],
            "quantity": (row["quantity"] if row["kind"] == "adjust" else abs(row["quantity"])) * 1000 // per, "unit": unit,
            "price": row["price_fen"] * per // row["per_milli"] if fresh else None,
            "lot": row["label"] if fresh else None, "made": _day(row["made_on"]) if fresh else None,
            "expires": _day(row["expires_on"]) if fresh else None,
            "ordered": _in_units(row["ordered_milli"], per) if received else None,
            "delivered": _in_units(row["delivered_milli"], per) if received else None,
            **{key: row[key] for key in AS_THEY_ARE},
            "purpose": row["purpose"] or row["reason"], "invoice": row["invoice_no"], "request": row["request_no"],
            "issue": row["issue"],
        }  # fmt: skip


def _in_units(milli: int | None, per: int) -> int | None:
    return None if milli is None else milli * 1000 // per


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Acceptance (驗收): what came of an order, what of it is good, who looked at it; and for food, what has to stand on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.books.purchase import actions, lapsing, rules, school, standing
from logi.books.purchase.lines import Got
from logi.books.purchase.stock import finding, worth
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import BadData, LogiError, NotFound, Refused, Usage
from logi.core.folding import fold
from logi.core.messages import quantity_text
from logi.journal import Entry


class Seen(NamedTuple):
    """Who looked at what came, and its papers: they hold for every line of one acceptance."""

    inspectors: tuple[str, ...]
    buyer: str | None = None
    licence: str | None = None
    defaults: Got | None = None  # what is typed once for all lines: maker, address, made, expires, lot, certificate, note


def accept(e: Entry, number: str, lines: Sequence[Got], seen: Seen, *, on: date) -> Confirmation:
    """Accept what came of an order (YS-YYYY-nnnn); without lines, all that is still waited for.

    Refused (4): before the order, an inspector who bought, more than ordered or delivered; food without two inspectors,
    a licence, a certificate, or one of the three that every piece of food bears (三無); food past its last day.
    """
    one = actions.going(e, number, on)
    if one.order is None:
        raise Refused("purchase.not_ordered", number=one.number)
    if on.isoformat() < one.order["on_day"]:
        raise Refused("purchase.before_order", number=one.number, on=on, ordered=standing.as_day(one.order["on_day"]))
    found = matched(one, [_filled(line, seen.defaults) for line in lines] or _outstanding(one, seen.defaults))
    bought = school.person(e, seen.buyer) if seen.buyer else None
    buyer = lapsing.still_here(e, bought, on) or school.by_id(e.db, "school_person", one.order["buyer_id"])
    inspectors = _inspectors(e, seen.inspectors, buyer, on)
    food = [row["name"] for row, _ in found if actions.is_food(one, row)]
    licence = seen.licence
    if food:
        licence = _food_may_come(e, one, food, inspectors, licence, on)
    for row, got in found:
        _line_may_come(e, one, row, got, on)
    lapsing.warn_of(e, one, [row for row, _ in found], on)
    slip = e.number(rules.RECEIPTS, str(on.year), book="purchase", kind="acceptance")
    for row, got in found:
        delivered = got.accepted_milli if got.delivered_milli is None else got.delivered_milli
        e.insert(
            "purchase_receipt", on_day=on, request_id=one.row["id"], number=slip, line=row["line"], delivered_milli=delivered,
            accepted_milli=got.accepted_milli, maker=got.maker, maker_address=got.address, made_on=got.made,
            expires_on=got.expires, lot=got.lot, licence=licence, certificate=got.certificate,
            inspector_id=inspectors[0]["id"], second_id=inspectors[1]["id"] if len(inspectors) > 1 else None,
            buyer_id=buyer["id"] if buyer is not None else None, note=got.note,
        )  # fmt: skip
    actions.touch(e, one)
    return _done(e, one, slip, found, inspectors, on)


def _done(e: Entry, one: standing.Purchase, slip: str, found: Sequence[tuple[Any, Got]], inspectors: Sequence[Any],
          on: date) -> Confirmation:  # fmt: skip
    after = standing.purchase(e, one.number)
    left = [f"{row['name']} {quantity_text(after.outstanding(row['line']))}" for row in after.lines
            if after.outstanding(row["line"])]  # fmt: skip
    if any(row["item_id"] is not None and got.accepted_milli for row, got in found):
        e.warn("purchase.now_stock", number=one.number, line=stock_line(after, [row["line"] for row, _ in found]))
    least = int(school.policy(e, "asset.threshold_general_fen", on))
    names = [row["name"] for row, got in found if row["item_id"] is None and got.accepted_milli and row["price_fen"] >= least]
    if names and one.row["category"] not in ("service", "works"):
        e.warn("purchase.now_asset", number=one.number, names=names)
    e.subject = one.number
    value = sum(
        worth(got.accepted_milli, priced["price_fen"])
        for row, got in found for priced in one.order_lines if priced["line"] == row["line"]
    )
    return Confirmation("purchase.accept", slip, numbers=[slip, one.number], facts={
        "request": one.number, "vendor": one.order["vendor"], "value": Fen(value), "on": on,
        "lines": [f"{row['name']} {quantity_text(got.accepted_milli)}" for row, got in found],
        "accepted": [Milli(got.accepted_milli) for _, got in found], "by": [person["name"] for person in inspectors],
        "left": left or None,
    })  # fmt: skip


def stock_line(one: standing.Purchase, numbers: Sequence[int]) -> str:
    """The command that brings accepted lines into the storeroom."""
    from logi.core.messages import money_text

    priced = {row["line"]: row["price_fen"] for row in one.order_lines}
    goods = " ".join(
        f"{row['item_code']} {quantity_text(one.accepted(row['line']))}@{money_text(priced[row['line']])}"
        for row in one.lines if row["line"] in numbers and row["item_id"] is not None and one.accepted(row["line"])
    )
    return f"logi stock in {goods} --from {one.order['vendor_code']} --request {one.number}"


def _filled(line: Got, defaults: Got | None) -> Got:
    """A line with what was typed once for all of them."""
    if defaults is None:
        return line
    given = {name: value for name, value in defaults._asdict().items()
             if value is not None and name not in ("item", "accepted_milli", "at") and getattr(line, name) is None}  # fmt: skip
    return line._replace(**given)


def _outstanding(one: standing.Purchase, defaults: Got | None) -> list[Got]:
    return [_filled(Got(f"#{row['line']}", one.outstanding(row["line"])), defaults) for row in one.lines
            if one.outstanding(row["line"])]  # fmt: skip


def matched(one: standing.Purchase, lines: Sequence[Got]) -> list[tuple[Any, Got]]:
    """Each line with the line of the order it means, by number (#2), code, name or a part of it."""
    if not lines:
        raise Refused("purchase.all_there", number=one.number)
    found: list[tuple[Any, Got]] = []
    findings: list[dict[str, Any]] = []
    for got in lines:
        try:
            row = _line_called(one, got.item)
            if any(row["line"] == other["line"] for other, _ in found):
                raise Usage("purchase.line_twice", item=row["name"])
            found.append((row, got))
        except LogiError as error:
            if got.at is None:
                raise
            findings.append(finding(got.at, "item", got.item, error))
    if findings:
        raise BadData("purchase.bad_lines", findings, count=len(findings))
    return found


def _line_called(one: standing.Purchase, text: str) -> Any:
    folded = fold(text)
    for fits in (
        [row for row in one.lines if text == f"#{row['line']}"],
        [row for row in one.lines if text == row["item_code"] or folded == fold(row["name"])],
        [row for row in one.lines if folded and folded in fold(row["name"])],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            break
    there = [f"#{row['line']} {row['name']}" for row in one.lines]
    raise NotFound("purchase.no_line", number=one.number, item=text, lines=there)


def _inspectors(e: Entry, names: Sequence[str], buyer: Any, on: date) -> list[Any]:
    found = [lapsing.still_here(e, school.person(e, name), on) for name in names]
    if len({row["id"] for row in found}) < len(found):
        raise Usage("purchase.inspector_twice")
    bought = buyer is not None and any(row["id"] == buyer["id"] for row in found)
    if bought and school.policy(e, "stock.inspector_is_not_buyer", on):
        raise Refused("purchase.inspector_bought", person=buyer["name"])
    return found


def _food_may_come(e: Entry, one: standing.Purchase, food: Sequence[str], inspectors: Sequence[Any], licence: str | None,
                   on: date) -> str | None:  # fmt: skip
    """Two people look at food, and its vendor has a licence that is still good; the licence's number."""
    least = int(school.policy(e, "food.inspectors_min", on))
    if len(inspectors) < least:
        raise Refused("purchase.food_inspectors", items=food, least=least, count=len(inspectors))
    vendor = school.by_id(e.db, "school_vendor", one.order["vendor_id"])
    assert vendor is not None
    licence = licence or vendor["licence_no"]
    facts = {"vendor": vendor["name"], "code": vendor["code"]}
    if vendor["licence_to"] and vendor["licence_to"] < on.isoformat():
        e.overridable(Refused("purchase.food_licence_expired", day=standing.as_day(vendor["licence_to"]), **facts), one.number)
    elif not licence:
        e.overridable(Refused("purchase.food_no_licence", **facts), one.number)
    return licence


def _line_may_come(e: Entry, one: standing.Purchase, row: Any, got: Got, on: date) -> None:
    delivered = got.accepted_milli if got.delivered_milli is None else got.delivered_milli
    facts = {"item": row["name"], "accepted": Milli(got.accepted_milli)}
    if got.accepted_milli > delivered:
        raise Refused("purchase.more_than_delivered", delivered=Milli(delivered), **facts)
    if got.accepted_milli > one.outstanding(row["line"]):
        raise Refused("purchase.more_than_ordered", left=Milli(one.outstanding(row["line"])), **facts)
    if got.accepted_milli < delivered and not got.note:
        raise Usage("purchase.why_not", delivered=Milli(delivered), **facts)
    if got.made and got.made > on:
        raise Refused("purchase.made_after", item=row["name"], made=got.made, on=on)
    if got.made and got.expires and got.expires < got.made:
        raise Refused("purchase.expires_before_made", item=row["name"], made=got.made, expires=got.expires)
    if got.accepted_milli == 0 or not actions.is_food(one, row):
        return
    if lacks := rules.lacking(got.maker, got.address, got.made):
        raise Refused("purchase.three_without", item=row["name"], lacks=[Word.of("purchase.lack", one) for one in lacks])
    if got.expires and got.expires < on:
        raise Refused("purchase.food_expired", item=row["name"], expires=got.expires)
    if not got.certificate:
        e.overridable(Refused("purchase.food_no_certificate", item=row["name"]), one.number)

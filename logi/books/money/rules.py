"""Pure decisions about money: what a line and an invoice number say, the three-way match, shares by head-count."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from logi.core.errors import BadValue
from logi.core.money import parse_money
from logi.core.text import clean, fold_typed

# 公用經費 by economic subject; a school may use words of its own beside them.
SUBJECTS = ("office", "printing", "materials", "equipment", "repair", "water", "electricity", "heating", "post", "property",
            "travel", "rent", "meeting", "training", "labour", "union", "transport", "other")  # fmt: skip
MEANS = ("transfer", "card", "cash", "centre")
SOURCES = ("public-funds", "special", "budget", "donation", "refund", "carried", "other")
RESULTS = ("genuine", "fake", "not-found")
INVOICES = ("digital", "special", "ordinary", "receipt", "other")
RETURNS = ("month", "quarter", "year", "opening")
FLAGS = ("no-invoice", "receipt", "undated", "old", "buyer", "over-budget", "no-request", "same-amount")

DIGITAL, SPECIAL, ORDINARY = r"[0-9]{20}", r"[0-9]{10}-[0-9]{8}", r"[0-9]{12}-[0-9]{8}"
RECEIPT = re.compile(r"收[据據]|receipt", re.IGNORECASE)


class Line(NamedTuple):
    """One line of a claim: 科目, 摘要, 金額 in fen, 發票號 and the invoice's day where there are."""

    subject: str
    summary: str
    amount_fen: int
    invoice: str | None = None
    invoiced_on: date | None = None


class Share(NamedTuple):
    """A school that shares in a receipt, with another head-count than its own where it differs."""

    school: str
    heads: int | None = None


class Planned(NamedTuple):
    """A subject and what is planned for it, in fen."""

    subject: str
    amount_fen: int


class Goods(NamedTuple):
    """What was received: a stock-in slip or a card, the invoice it bears, from whom, its value in fen."""

    number: str
    invoice: str | None
    vendor_id: int | None
    value_fen: int


class Difference(NamedTuple):
    """Where claim, invoice and goods do not agree: on an invoice, on the rest or on the vendor."""

    what: str
    number: str
    claimed_fen: int
    received_fen: int


def line(text: str, subject: Any, day: Any) -> Line:
    """SUBJECT/SUMMARY/AMOUNT[/INVOICE[/DAY]] (BadValue); `subject` and `day` read those parts."""
    parts = [part.strip() for part in clean(text).replace("／", "/").split("/")]
    if not 3 <= len(parts) <= 5 or not all(parts[:3]):
        raise BadValue("money.bad_line", text=text)
    amount = parse_money(parts[2])
    if amount <= 0:
        raise BadValue("money.bad_amount", text=parts[2])
    invoice = invoice_key(parts[3]) if len(parts) > 3 and parts[3] else None
    issued = day(parts[4]) if len(parts) > 4 and parts[4] else None
    return Line(subject(parts[0]), parts[1], amount, invoice, issued)


def invoice_key(text: str) -> str:
    """An invoice's number as it is compared: half width, no spaces, code and number of the older kinds joined by `-`."""
    key = re.sub(r"\s+", "", fold_typed(text)).upper()
    return f"{key[:10]}-{key[10:]}" if re.fullmatch(r"[0-9]{18}", key) else key


def invoice_kind(key: str) -> str:
    """The kind that a number tells: 數電票, 專票, 普票, a receipt (收據), or another."""
    for kind, pattern in (("digital", DIGITAL), ("special", SPECIAL), ("ordinary", ORDINARY)):
        if re.fullmatch(pattern, key):
            return kind
    return "receipt" if RECEIPT.match(key) else "other"


def odd_year(key: str, issued_on: date | None, on: date) -> bool:
    """Whether a 數電票's first two digits, its year, are not the invoice's (or lie ahead)."""
    if invoice_kind(key) != "digital":
        return False
    year = 2000 + int(key[:2])
    return year > on.year if issued_on is None else year != issued_on.year


def too_old(issued_on: date, on: date, grace: str) -> bool:
    """Whether an invoice belongs to a year whose books are shut: last year's after the grace day, any older one."""
    if issued_on.year >= on.year:
        return False
    return issued_on.year < on.year - 1 or on.isoformat()[5:] > grace


def levels(tiers: Sequence[Mapping[str, Any]], total_fen: int) -> list[str]:
    """The chain of signatures of the first tier whose bound `below_fen` the total lies below; the last has no bound.

    A tier set with `up_to`, as they were once shipped, includes that amount.
    """
    for tier in tiers:
        bound = tier["below_fen"] - 1 if tier.get("below_fen") is not None else tier.get("up_to")
        if bound is None or total_fen <= int(bound):
            return [str(level) for level in tier["levels"]]
    return [str(level) for level in tiers[-1]["levels"]]


def beyond(payments: Iterable[tuple[bool, int]]) -> Iterator[int]:
    """Of payments on one request in order, (claimed, fen), by how much each changes what was paid beyond the claimed: the
    purchase book's own payments and those of claims are the same money, the larger sum counts."""
    own = claimed = 0
    for by_claim, fen in payments:
        before = max(own - claimed, 0)
        own, claimed = (own, claimed + fen) if by_claim else (own + fen, claimed)
        yield max(own - claimed, 0) - before


def differences(lines: Sequence[Line], received: Sequence[Goods], goods: Sequence[str],
                vendor_id: int | None) -> list[Difference]:  # fmt: skip
    """Where the claim, its invoices and what was received differ: invoice by invoice, then the rest, then the vendor.

    Only lines of goods are held against goods; where an invoice has none, all its lines are.
    """
    found = []
    billed = dict.fromkeys(one.invoice for one in received if one.invoice)
    for number in billed:
        there = [one for one in lines if one.invoice == number]
        value = sum(one.value_fen for one in received if one.invoice == number)
        if not there:
            found.append(Difference("invoice", number, 0, value))
        elif (claimed := _of_goods(there, goods)) != value:
            found.append(Difference("amount", number, claimed, value))
    rest = [one for one in lines if one.invoice not in billed]
    others = [one for one in received if not one.invoice]
    value = sum(one.value_fen for one in others)
    claimed = _of_goods(rest, goods) if others else sum(one.amount_fen for one in rest if one.subject in goods)
    if received and claimed != value:
        found.append(Difference("rest", " ".join(one.number for one in others) or "—", claimed, value))
    found += [Difference("vendor", one.number, 0, 0) for one in received
              if vendor_id is not None and one.vendor_id not in (None, vendor_id)]  # fmt: skip
    return found


def shares(amount_fen: int, heads: Sequence[int]) -> list[int]:
    """An amount by head-count, exact to the fen: each its share rounded down, what is left fen by fen to the largest
    remainders, of equal ones to the first."""
    total = sum(heads)
    whole = [amount_fen * one // total for one in heads]
    order = sorted(range(len(heads)), key=lambda at: (-(amount_fen * heads[at] % total), at))
    for at in order[: amount_fen - sum(whole)]:
        whole[at] += 1
    return whole


def return_begins(kind: str, period: str) -> date:
    """The first day of what a return tells of: 2025-09, 2025Q3, 2025; the school year's opening tells of September on."""
    if kind == "month":
        return date(int(period[:4]), int(period[5:]), 1)
    if kind == "quarter":
        return date(int(period[:4]), 3 * int(period[5:]) - 2, 1)
    return date(int(period), 9 if kind == "opening" else 1, 1)


def rate(part: int, whole: int) -> int | None:
    """Tenths of a percent, a half rounded up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole > 0 else None


def _of_goods(lines: Sequence[Line], goods: Sequence[str]) -> int:
    those = [one for one in lines if one.subject in goods] or lines
    return sum(one.amount_fen for one in those)

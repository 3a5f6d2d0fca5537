"""The verbs of asking and quoting, and what the other verbs of buying share. Each works inside an open entry it is given."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.purchase import rules, school, standing, stock
from logi.books.purchase.lines import Ask
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import BadData, LogiError, Refused, Usage
from logi.core.folding import fold
from logi.core.messages import money_text, quantity_text
from logi.journal import Entry


def request(e: Entry, lines: Sequence[Ask], *, department: str | None, by: str, purpose: str, on: date,
            benefit: str | None = None, budget: str | None = None, category: str | None = None, wanted: date | None = None,
            emergency: str | None = None, price: int | None = None, create: bool = False,
            bears: str | None = None) -> Confirmation:  # fmt: skip
    """Ask for goods or services (購置申請, CG-YYYY-nnnn); its tier says who signs and how many quote.

    `bears` is the number it has from another ledger of ours, given already.
    """
    e.happened(on)
    if wanted is not None and wanted < on:
        raise Refused("purchase.wanted_before", wanted=wanted, on=on)
    found = asked(e, lines, price)
    person = school.person(e, by)
    if person["left_on"] and person["left_on"] <= on.isoformat():
        e.warn("purchase.person_left", person=person["name"], day=date.fromisoformat(person["left_on"]), on=on)
    home = school.department_for(e, department, create=create) if department else school.by_id(
        e.db, "school_department", person["department_id"])  # fmt: skip
    if home is None:
        raise Usage("purchase.no_department", person=person["name"])
    kind = category or _kind(e, found, on)
    amount = sum(value for *_, value in found)
    if not amount:
        raise Refused("purchase.for_nothing", person=person["name"])
    steps = rules.tiers(school.policy(e, "purchase.tiers", on))
    tier = steps[rules.tier_at(steps, amount)]
    levels = rules.route(tier, school.policy(e, "purchase.limits", on), kind, amount)
    number = bears or e.number(rules.SERIES, str(on.year), book="purchase", kind="purchase")
    made = e.insert(
        "purchase_request", number=number, on_day=on, department_id=home["id"], applicant_id=person["id"], purpose=purpose,
        benefit=benefit, budget=budget, category=kind, wanted_on=wanted, emergency=emergency, amount_fen=amount,
        levels=" ".join(levels), quotes=tier.quotes, minutes=int(tier.minutes), government=int(tier.government),
        state="open" if levels else "approved",
    )  # fmt: skip
    for at, (row, ask, name, value) in enumerate(found, 1):
        e.insert("purchase_line", request_id=made, line=at, item_id=row["id"] if row else None, name=name,
                 spec=ask.spec or (row["spec"] if row else None), unit=row["unit"] if row else ask.unit,
                 quantity_milli=ask.quantity_milli, price_fen=ask.price_fen, value_fen=value)  # fmt: skip
    one = standing.purchase(e, number)
    _ask_about(e, one, benefit)
    return Confirmation("purchase.request", number, facts={
        "lines": goods(one), "amount": Fen(amount), "department": home["name"], "person": person["name"], "purpose": purpose,
        "category": Word.of("purchase.category", kind), "budget": budget, "quotes": tier.quotes,
        "levels": level_words(levels) or [Word.of("purchase.level", "none")],
    })  # fmt: skip


def quote(e: Entry, number: str, vendor: str, prices: Sequence[int], *, on: date, note: str | None = None) -> Confirmation:
    """Take a vendor's quote in: a price for one of each line, in the request's order. Asked again, the later one counts."""
    one = going(e, number, on)
    if one.order is not None:
        raise ordered_already(one)
    if len(prices) != len(one.lines):
        raise Usage("purchase.prices", number=one.number, lines=goods(one), count=len(one.lines), given=len(prices))
    asked = seller(e, vendor, on)
    total = 0
    for line, price in zip(one.lines, prices, strict=True):
        value = stock.worth(line["quantity_milli"], price)
        e.insert("purchase_quote", on_day=on, request_id=one.row["id"], vendor_id=asked["id"], line=line["line"],
                 price_fen=price, value_fen=value, note=note)  # fmt: skip
        total += value
    if not total:
        raise Refused("purchase.quoted_nothing", number=one.number, vendor=asked["name"])
    touch(e, one)
    after = standing.purchase(e, one.number)
    have = len(after.vendors())
    return Confirmation("purchase.quote", one.number, facts={
        "vendor": asked["name"], "total": Fen(total), "estimate": Fen(one.row["amount_fen"]), "count": have,
        "lowest": Fen(after.lowest or 0), "still": max(needed(e, after) - have, 0),
    })  # fmt: skip


def drop(e: Entry, number: str, *, reason: str, on: date) -> Confirmation:
    """Give a request up; of one that was ordered, what has not come is waited for no more."""
    one = going(e, number, on, stuck=True)
    if (last := one.last_on) is not None and on.isoformat() < last:
        raise Refused("purchase.before_last", number=one.number, on=on, last=date.fromisoformat(last))
    if one.stuck and (names := [row["name"] for row in one.lines if one.accepted(row["line"])]):
        raise Refused("purchase.rejected_goods", number=one.number, names=names)
    if one.order is not None and not one.stuck and one.stage not in ("ordered", "part"):
        raise Refused("purchase.all_there", number=one.number)
    state = "dropped" if one.order is None or one.stuck else "closed"
    e.update("purchase_request", one.row["id"], state=state, ended_on=on, end_reason=reason, steps=one.row["steps"] + 1)
    e.subject, e.reason = one.number, reason
    left = [f"{row['name']} {quantity_text(one.outstanding(row['line']))}" for row in one.lines if one.outstanding(row["line"])]
    return Confirmation("purchase.drop", one.number, facts={
        "state": Word.of("purchase.stage", state), "reason": reason, "left": left or None, "purpose": one.row["purpose"],
    })  # fmt: skip


# -- for the other verbs of this book ----------------------------------------------------------------


def find(source: Any, number: str) -> standing.Purchase:
    """The purchase of a number (NotFound, 3)."""
    return standing.purchase(source, number)


def going(e: Entry, number: str, on: date, *, stuck: bool = False) -> standing.Purchase:
    """A purchase that something may be done about on a day: neither rejected nor given up, and asked for by then.

    With `stuck` also one that was rejected after it was ordered.
    """
    e.happened(on)
    one = find(e, number)
    if one.stuck and not stuck:
        raise rejected_after(one)
    if not one.stuck and one.row["state"] in ("rejected", "dropped", "closed"):
        raise Refused("purchase.ended", number=one.number, state=Word.of("purchase.stage", one.row["state"]))
    if on.isoformat() < one.row["on_day"]:
        raise Refused("purchase.before_request", number=one.number, on=on, asked=date.fromisoformat(one.row["on_day"]))
    e.subject = one.number
    return one


def touch(e: Entry, one: standing.Purchase) -> None:
    """Count an act about a request in its row, so that undo goes back in order."""
    e.update("purchase_request", one.row["id"], steps=one.row["steps"] + 1)


def why(one: standing.Purchase, method: str | None = None) -> Word:
    """Why a vendor was chosen where nothing else is said: by the bureau's tender, the lowest of several, the only one."""
    if "tender" in (method, one.order["method"] if one.order is not None else None):
        return Word.of("purchase.why", "tender")
    return Word.of("purchase.why", "lowest" if len(one.vendors()) > 1 else "only")


def level_words(levels: Sequence[str]) -> list[Word]:
    """Levels as people read them."""
    return [Word.of("purchase.level", level) for level in levels]


def needed(source: Any, one: standing.Purchase) -> int:
    """How many quotes a purchase needs: its tier's; one where the bureau's tender or an emergency chose already."""
    if one.row["emergency"] or all(is_tendered(source, one, line) for line in one.lines):
        return min(1, int(one.row["quotes"]))
    return int(one.row["quotes"])


def is_tendered(source: Any, one: standing.Purchase, line: Any) -> bool:
    """Whether a line may come from the bureau's tendered vendors alone: its item's mark, or its name among food."""
    if line["item_id"] is not None:
        return bool(line["item_tendered"])
    words = school.policy(source, "purchase.tendered_words", date.fromisoformat(one.row["on_day"]))
    return rules.is_tendered(line["name"], one.row["category"], words, fold)


def is_food(one: standing.Purchase, line: Any) -> bool:
    """Whether a line is food: by its item's class, or the request's category where it has no item."""
    return str(line["item_class"] or one.row["category"]) == "food"


# -- pieces ------------------------------------------------------------------------------------------


def _kind(e: Entry, found: Sequence[tuple[Any, Ask, str, int]], on: date) -> str:
    """The category where none is named: the first item's class; food where the storeroom has no item and a name tells it."""
    for row, _, _, _ in found:
        if row is not None:
            return str(row["class"])
    words = school.policy(e, "purchase.tendered_words", on)
    return "food" if any(rules.is_tendered(name, "food", words, fold) for _, _, name, _ in found) else "other"


def asked(e: Entry, lines: Sequence[Ask], price: int | None) -> list[tuple[Any, Ask, str, int]]:
    """The lines with the storeroom's items they mean: (item or None, line, name, value). Findings of a file together (5)."""
    if not lines:
        raise Usage("purchase.no_lines")
    found: list[tuple[Any, Ask, str, int]] = []
    findings: list[dict[str, Any]] = []
    for line in lines:
        ask = line._replace(price_fen=price) if line.price_fen is None else line
        try:
            found.append(_oneasked(e, ask))
        except LogiError as error:
            if line.at is None:
                raise
            findings.append(stock.finding(line.at, "item", line.item, error))
    if findings:
        raise BadData("purchase.bad_lines", findings, count=len(findings))
    return found


def _oneasked(e: Entry, ask: Ask) -> tuple[Any, Ask, str, int]:
    row = stock.item_called(e, ask.item)
    if ask.price_fen is None:
        raise Usage("purchase.no_estimate", item=ask.item)
    if ask.quantity_milli <= 0:
        raise Usage("purchase.nothing_asked", item=ask.item)
    if row is not None and ask.unit and fold(ask.unit) != fold(row["unit"]):
        raise Usage("purchase.unit", item=row["name"], unit=row["unit"], typed=ask.unit)
    return row, ask, row["name"] if row is not None else ask.item, stock.worth(ask.quantity_milli, ask.price_fen)


def _ask_about(e: Entry, one: standing.Purchase, benefit: str | None) -> None:
    """Warn of what looks like splitting, of a budget that is used up, and of a large request without a word on its use."""
    near, year = standing.splits(e, one.row, but=one.row["id"])
    same = {"number": one.number, "category": Word.of("purchase.category", one.row["category"]), "budget": one.row["budget"]}
    if near:
        whole = one.row["amount_fen"] + sum(other.amount_fen for other in near)
        others = [f"{other.number} {money_text(other.amount_fen, grouped=True)}" for other in near]
        e.warn("purchase.split", others=others, whole=Fen(whole), **same)
    if year is not None:
        e.warn("purchase.split_year", whole=Fen(year), year=one.row["on_day"][:4], **same)
    left = _budget_left(e, one)
    if left is not None and one.row["amount_fen"] > left:
        e.warn("purchase.over_budget", budget=one.row["budget"], amount=Fen(one.row["amount_fen"]), left=Fen(left))
    if one.row["quotes"] > 1 and not benefit:
        e.warn("purchase.no_benefit", number=one.number)


def _budget_left(e: Entry, one: standing.Purchase) -> int | None:
    """What a budget item has left in the request's month besides what other requests of it ask for; None if no book knows.

    A book that keeps budgets tells it by a room `budgeting` with `left(entry, item, day) -> fen or None`.
    """
    from logi.core.days import month_period
    from logi.registry import cards, room

    item, on = one.row["budget"], date.fromisoformat(one.row["on_day"])
    rooms = [room(book, "budgeting") for book in cards()] if item else []
    known = [left for hooks in rooms if hooks is not None and (left := hooks.left(e, item, on)) is not None]
    if not known:
        return None
    month = month_period(one.row["on_day"][:7])
    others = [other for other in standing.purchases(e, since=month.since, until=month.until)
              if other.number != one.number and other.row["budget"] == item and not other.ended]  # fmt: skip
    return int(known[0]) - sum(max(int(other.row["amount_fen"]) - other.settled[0], 0) for other in others)


def ordered_already(one: standing.Purchase) -> Refused:
    """What to say to who orders twice."""
    return Refused("purchase.ordered_already", number=one.number, vendor=one.order["vendor"],
                   on=standing.as_day(one.order["on_day"]))  # fmt: skip


def rejected_after(one: standing.Purchase) -> Refused:
    """What to say of an emergency that was rejected after it was ordered."""
    return Refused("purchase.rejected_after", number=one.number, vendor=one.order["vendor"])


def seller(e: Entry, text: str, on: date) -> Any:
    """The vendor a text names; one on the black list is refused (4), an ended licence warned of."""
    row = school.vendor(e, text)
    if row["blacklisted_on"] and row["blacklisted_on"] <= on.isoformat():
        raise Refused("purchase.blacklisted", vendor=row["name"], day=standing.as_day(row["blacklisted_on"]),
                      reason=row["blacklist_reason"])  # fmt: skip
    if row["licence_to"] and row["licence_to"] < on.isoformat():
        e.warn("purchase.licence_expired", vendor=row["name"], day=standing.as_day(row["licence_to"]), code=row["code"])
    return row


def goods(one: standing.Purchase) -> list[str]:
    """What is asked for, line by line."""
    return [f"{row['name']} {quantity_text(row['quantity_milli'])}" + (f" {row['unit']}" if row["unit"] else "")
            for row in one.lines]  # fmt: skip

"""Who damages pays (誰損壞誰賠償): a finding, the amount assessed from what the thing is still worth, instalments."""

from datetime import date
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING

from logi.books.asset import school, store
from logi.books.asset.posting import alive, movable, one, post
from logi.books.asset.tabling import table
from logi.books.asset.valuing import writer
from logi.core.answers import Confirmation, Fen, Milli, Table
from logi.core.errors import NotFound, Refused, Usage
from logi.core.messages import say
from logi.core.money import ratio_half_up
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

SPECS = (
    "number:code on:day code:code name quantity:quantity liable cost:money+ used_months:count net:money+ assessed:money+ "
    "paid:money+ waived:money+ owed:money+ allowed_by why note"
)


def damage(e: Entry, text: str, *, by: str | None = None, school_class: str | None = None, quantity_milli: int | None = None,
           amount_fen: int | None = None, on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Record that a person or a class damaged a thing, and what is to be paid: its net value on the day (not less than
    the policy's share of its value), or the amount agreed."""
    day = e.happened(on or e.today)
    if (by is None) == (school_class is None):
        raise Usage("asset.damage_by_whom")
    card = one(store.cards(e, [text]))
    alive(card)
    movable(e, [card], day, lent_too=True)
    quantity = quantity_milli or card["quantity_milli"]
    if not 0 < quantity <= card["quantity_milli"]:
        raise Refused("asset.damage_quantity", code=card["code"], quantity=Milli(quantity), has=Milli(card["quantity_milli"]))
    person = school.person(e, by) if by else None
    written = writer(e, day)(card)
    cost, net = (ratio_half_up(fen * quantity, card["quantity_milli"]) for fen in (card["cost_fen"], written.net_fen))
    least = ratio_half_up(cost * school.policy(e, "asset.compensation_least_percent", day), 100)
    assessed = max(net, least) if amount_fen is None else amount_fen
    if assessed > cost:
        raise Refused("asset.damage_above_cost", code=card["code"], amount=Fen(assessed), cost=Fen(cost))
    number = e.number("PC", str(day.year), book="asset", kind="damage")
    e.insert("asset_damage", number=number, on_day=day, card_id=card["id"], quantity_milli=quantity,
             person_id=person["id"] if person else None, **{"class": school_class}, note=note, cost_fen=cost, net_fen=net,
             used_months=used_months(card, day), assessed_fen=assessed)  # fmt: skip
    e.update("asset_card", card["id"], condition="damaged")
    post(e, day, "damage", [card], number=number, note=person["name"] if person else school_class)
    return Confirmation("asset.damage", number, facts={
        "code": card["code"], "name": card["name"], "liable": person["name"] if person else school_class,
        "cost": Fen(cost), "net": Fen(net), "assessed": Fen(assessed), "on": day,
    })  # fmt: skip


def pay(
    e: Entry, number: str, amount_fen: int, receipt: str, *, on: date | None = None, note: str | None = None
) -> Confirmation:
    """Take an instalment against a receipt. Refuses (4) more than is owed and a receipt used already."""
    day = e.happened(on or e.today)
    row = store.document(e.db, "asset_damage", number)
    if row is None:
        raise NotFound("asset.no_damage", number=number)
    owed = still_owed(e.db, row)
    if owed <= 0:
        raise Refused("asset.damage_paid", number=number)
    if not 0 < amount_fen <= owed:
        raise Refused("asset.pay_too_much", number=number, amount=Fen(amount_fen), owed=Fen(owed))
    if day.isoformat() < row["on_day"]:
        raise Refused("asset.pay_before", number=number, on=day, damaged=date.fromisoformat(row["on_day"]))
    if twin := store.facts(e.db, "asset_payment", receipt=receipt):
        other = store.where(e.db, "asset_damage", id=twin[0]["damage_id"])[0]
        raise Refused("asset.receipt_used", receipt=receipt, other=other["number"])
    e.insert("asset_payment", on_day=day, damage_id=row["id"], amount_fen=amount_fen, receipt=receipt, note=note)
    e.subject = number
    return Confirmation("asset.pay", number, facts={
        "amount": Fen(amount_fen), "receipt": receipt, "on": day, "owed": Fen(owed - amount_fen),
    })  # fmt: skip


def waive(
    e: Entry, number: str, by: str, reason: str, *, amount_fen: int | None = None, on: date | None = None
) -> Confirmation:
    """Let a compensation, or a part of what is owed of it, be: who allowed it and why stand on the slip for good.

    Refuses (4) the liable person's own word, more than is owed, and a second waiver.
    """
    day = e.happened(on or e.today)
    row = store.document(e.db, "asset_damage", number)
    if row is None:
        raise NotFound("asset.no_damage", number=number)
    person, owed = school.person(e, by), still_owed(e.db, row)
    if person["id"] == row["person_id"]:
        raise Refused("asset.waived_by_self", number=number, person=person["name"])
    if row["waived_on"]:
        raise Refused("asset.waived_already", number=number, on=date.fromisoformat(row["waived_on"]))
    if owed <= 0:
        raise Refused("asset.damage_paid", number=number)
    if day.isoformat() < row["on_day"]:
        raise Refused("asset.pay_before", number=number, on=day, damaged=date.fromisoformat(row["on_day"]))
    amount = owed if amount_fen is None else amount_fen
    if not 0 < amount <= owed:
        raise Refused("asset.pay_too_much", number=number, amount=Fen(amount), owed=Fen(owed))
    e.update("asset_damage", row["id"], waived_fen=amount, waived_on=day.isoformat(), waived_by=person["id"], waived_why=reason)
    e.subject = number
    return Confirmation("asset.waive", number, facts={
        "amount": Fen(amount), "by": person["name"], "reason": reason, "on": day, "owed": Fen(owed - amount),
    })  # fmt: skip


def still_owed(db: Connection, row: Row) -> int:
    """What is neither paid nor waived of a compensation (fen)."""
    return int(row["assessed_fen"]) - int(row["waived_fen"]) - paid(db, row)


def paid(db: Connection, row: Row) -> int:
    """What has been paid of a compensation (fen)."""
    return sum(one["amount_fen"] for one in store.facts(db, "asset_payment", damage_id=row["id"]))


def used_months(card: Row, day: date) -> int:
    """Months from the acquisition to a day."""
    had = date.fromisoformat(card["acquired_on"])
    return max((day.year - had.year) * 12 + day.month - had.month, 0)


def unpaid(db: Connection) -> list[tuple[Row, int]]:
    """Every compensation with what is still owed."""
    made = [(row, still_owed(db, row)) for row in store.documents(db, "asset_damage")]
    return [(row, owed) for row, owed in made if owed > 0]


def compensation(ledger: "Ledger", since: date, until: date) -> Table:
    """Damage of a period: by whom, what it was worth, what is paid and owed."""
    rows = [
        _row(ledger, row) for row in store.documents(ledger.db, "asset_damage")
        if since.isoformat() <= row["on_day"] <= until.isoformat()
    ]  # fmt: skip
    return table("compensation", say("asset.title.compensation"), SPECS, rows)


def damage_by_class(ledger: "Ledger", since: date, until: date) -> Table:
    """How much each class and person damaged in a period: what makes care for public things visible."""
    sums: dict[str, dict[str, int]] = {}
    for row in compensation(ledger, since, until).rows:
        one = sums.setdefault(row["liable"] or "", {"cases": 0, "assessed": 0, "paid": 0, "waived": 0, "owed": 0})
        one["cases"] += 1
        for key in ("assessed", "paid", "waived", "owed"):
            one[key] += row[key]
    rows = [{"liable": who, **one} for who, one in sorted(sums.items(), key=lambda pair: (-pair[1]["cases"], pair[0]))]
    return table(
        "damage-by-class",
        say("asset.title.damage_by_class"),
        "liable cases:count+ assessed:money+ paid:money+ waived:money+ owed:money+",
        rows,
    )


def breaches(ledger: "Ledger", letter: Row) -> list[dict[str, object]]:
    """The damage done under a letter of responsibility in its term: in its room, among what its person kept, to what it
    names."""
    term = next(iter(store.term_days(ledger.db, letter["term"])), None)
    first, last = (term["starts_on"], term["ends_on"]) if term else (letter["on_day"], "9999")
    named = {row["card_id"] for row in store.where(ledger.db, "asset_letter_card", letter_id=letter["id"])}
    where = {"place_id": letter["place_id"]} if letter["place_id"] else {"keeper_id": letter["keeper_id"]}
    moves = store.facts(ledger.db, "asset_move", kind="damage", **({} if named else where))
    numbers = {row["number"] for row in moves if not named or row["card_id"] in named}
    return [
        _row(ledger, row) for row in store.documents(ledger.db, "asset_damage")
        if row["number"] in numbers and first <= row["on_day"] <= last
    ]  # fmt: skip


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """The compensation slip (損壞賠償單) and its receipts."""
    row = store.document(ledger.db, "asset_damage", number)
    if row is None:
        return None
    receipts = [
        {"on": date.fromisoformat(one["on_day"]), "amount": one["amount_fen"], "receipt": one["receipt"], "note": one["note"]}
        for one in store.facts(ledger.db, "asset_payment", damage_id=row["id"])
    ]
    return [
        table("damage", say("asset.title.damage"), SPECS, [_row(ledger, row)]),
        table("payments", say("asset.title.payments"), "on:day amount:money+ receipt:code note", receipts),
    ]


def _row(ledger: "Ledger", row: Row) -> dict[str, object]:
    card = store.named_card(ledger.db, row["card_id"])
    person = school.by_id(ledger.db, "school_person", row["person_id"])
    allowed = school.by_id(ledger.db, "school_person", row["waived_by"])
    return {
        "number": row["number"], "on": date.fromisoformat(row["on_day"]), "code": card["code"], "name": card["name"],
        "quantity": row["quantity_milli"], "liable": person["name"] if person else row["class"], "cost": row["cost_fen"],
        "used_months": row["used_months"], "net": row["net_fen"], "assessed": row["assessed_fen"], "waived": row["waived_fen"],
        "paid": paid(ledger.db, row), "owed": still_owed(ledger.db, row), "allowed_by": allowed["name"] if allowed else None,
        "why": row["waived_why"], "note": row["note"],
    }  # fmt: skip

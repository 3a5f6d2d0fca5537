"""The verbs of fees: entered, published, charged, waived, paid, given back, reminded of. Each works in an open entry."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.money import opening, school
from logi.books.money import store_fees as sql
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import BadValue, NotFound, Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

MEANS = ("message", "phone", "letter", "visit")


def add(e: Entry, code: str, name: str, *, standard_fen: int, basis: str, from_day: date, to_day: date,
        refundable: bool = False) -> Confirmation:  # fmt: skip
    """Enter a fee: its standard, the document it rests on, the days it may be collected."""
    free_code(e.db, "money_fee", code, what="fee")
    _check(standard_fen, from_day, to_day)
    e.insert("money_fee", code=code, **named(name), standard_fen=standard_fen, basis=basis, from_day=from_day, to_day=to_day,
             refundable=int(refundable))  # fmt: skip
    facts = {"name": name, "standard": Fen(standard_fen), "basis": basis, "from_day": from_day, "to_day": to_day}
    return Confirmation("fee.add", code, facts=facts)


def edit(e: Entry, which: str, *, standard_fen: int | None = None, basis: str | None = None, from_day: date | None = None,
         to_day: date | None = None) -> Confirmation:  # fmt: skip
    """Change a fee; with another standard, basis or period it has to be published anew."""
    row = sql.fee(e, which)
    given = {"standard_fen": standard_fen, "basis": basis, "from_day": from_day, "to_day": to_day}
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if not changes:
        raise Usage("money.nothing_to_change", name=row["name"])
    _check(standard_fen or row["standard_fen"], from_day or date.fromisoformat(row["from_day"]),
           to_day or date.fromisoformat(row["to_day"]))  # fmt: skip
    if standard_fen is not None and sql.charges(e.db, row["id"]):
        raise Refused("money.fee_charged", name=row["name"])
    e.update("money_fee", row["id"], **changes, published_on=None, published_at=None)
    if row["published_on"]:
        e.warn("money.publish_anew", name=row["name"], code=row["code"])
    after = sql.fee(e, row["code"])
    facts = {"name": row["name"], "standard": Fen(after["standard_fen"]), "basis": after["basis"],
             "from_day": date.fromisoformat(after["from_day"]), "to_day": date.fromisoformat(after["to_day"])}  # fmt: skip
    return Confirmation("fee.edit", row["code"], facts=facts)


def publish(e: Entry, codes: Sequence[str], *, place: str, on: date | None = None) -> Confirmation:
    """Put fees up with standard and basis: before that nothing is collected."""
    day = e.happened(on or e.today)
    rows = [sql.fee(e, one) for one in codes]
    for row in rows:
        e.update("money_fee", row["id"], published_on=day, published_at=place)
    return Confirmation("fee.publish", numbers=[row["code"] for row in rows],
                        facts={"names": [row["name"] for row in rows], "place": place, "on": day})  # fmt: skip


def charge(e: Entry, which: str, *, classes: Sequence[str] = (), pupils: Sequence[str] = ()) -> Confirmation:
    """Charge a fee to the pupils of classes, to some pupils, or to all; who is charged already stays as he is."""
    row = sql.fee(e, which)
    if pupils:
        wanted = [opening.pupil(e, one) for one in pupils]
    else:
        wanted = opening.of_classes(e, {school.department(e, one)["id"] for one in classes})
    there = {one["pupil_id"] for one in sql.charges(e.db, row["id"])}
    new = [one for one in wanted if one["id"] not in there]
    if not new:
        raise Refused("money.nobody_to_charge", name=row["name"])
    e.insert_many("money_charge", ["fee_id", "pupil_id", "due_fen"],
                  [[row["id"], one["id"], row["standard_fen"]] for one in new])  # fmt: skip
    e.subject = row["code"]
    facts = {"name": row["name"], "pupils": len(new), "total": Fen(row["standard_fen"] * len(new))}
    return Confirmation("fee.charge", row["code"], facts=facts)


def waive(e: Entry, which: str, who: str, *, due_fen: int, doc: str) -> Confirmation:
    """Let a pupil owe less than the standard, or nothing, by a document."""
    row, pupil, owed = _owed(e, which, who)
    if due_fen >= row["standard_fen"]:
        raise Refused("money.no_waiver", standard=Fen(row["standard_fen"]))
    if owed["paid_fen"] > due_fen:
        raise Refused("money.paid_more", name=pupil["name"], paid=Fen(owed["paid_fen"]), due=Fen(due_fen))
    e.update("money_charge", owed["id"], due_fen=due_fen, waiver=doc)
    e.subject = row["code"]
    facts = {"name": pupil["name"], "fee": row["name"], "due": Fen(due_fen), "doc": doc}
    return Confirmation("fee.waive", row["code"], facts=facts)


def pay(e: Entry, which: str, who: Sequence[str], *, receipt: str, classes: Sequence[str] = (),
        amount_fen: int | None = None, by: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Take a fee in; several pupils get receipts that follow on one another. Refused (4): a fee not published or outside its
    days, another amount than is owed, a receipt number twice."""
    day = e.happened(on or e.today)
    row = sql.fee(e, which)
    _collectable(row, day)
    person = school.person(e, by) if by else None
    total, number, given = 0, receipt, []
    for at, one in enumerate(who := [*who, *_owing(e, row, classes)]):
        number = receipt if at == 0 else after(number)
        _, pupil, owed = _owed(e, row["code"], one)
        open_fen = owed["due_fen"] - owed["paid_fen"]
        if open_fen <= 0:
            raise Refused("money.fee_paid", name=pupil["name"], fee=row["name"])
        if amount_fen is not None and amount_fen != open_fen:
            raise Refused("money.other_amount", name=pupil["name"], amount=Fen(amount_fen), due=Fen(open_fen))
        _move(e, owed, day, number, open_fen, person, None)
        total += open_fen
        given.append(number)
    e.subject = row["code"]
    facts = {"fee": row["name"], "pupils": len(who), "total": Fen(total), "receipts": given if len(given) < 4 else
             [f"{given[0]}–{given[-1]}"], "on": day}  # fmt: skip
    return Confirmation("fee.pay", row["code"], facts=facts)


def refund(e: Entry, which: str, who: str, amount_fen: int, *, receipt: str, reason: str, by: str | None = None,
           on: date | None = None) -> Confirmation:  # fmt: skip
    """Give a fee back, or a part of it; only a fee that may be, and no more than was paid."""
    day = e.happened(on or e.today)
    row, pupil, owed = _owed(e, which, who)
    if not row["refundable"]:
        e.overridable(Refused("money.not_refundable", name=row["name"]), row["code"])
    paid = sql.charge(e.db, row["id"], pupil["id"], day.isoformat())
    if not 0 < amount_fen <= min(owed["paid_fen"], paid["paid_fen"] if paid is not None else 0):
        raise Refused("money.refund_too_much", name=pupil["name"], paid=Fen(paid["paid_fen"] if paid is not None else 0),
                      amount=Fen(amount_fen), on=day)  # fmt: skip
    _move(e, owed, day, receipt, -amount_fen, school.person(e, by) if by else None, reason)
    e.update("money_charge", owed["id"], due_fen=owed["due_fen"] - amount_fen)
    e.subject = row["code"]
    facts = {"fee": row["name"], "name": pupil["name"], "amount": Fen(amount_fen), "reason": reason, "on": day}
    return Confirmation("fee.refund", row["code"], facts=facts)


def remind(e: Entry, which: str, *, means: str, by: str, classes: Sequence[str] = (), on: date | None = None) -> Confirmation:
    """Remind everybody who owes a fee, once for each; of some classes or of all."""
    day = e.happened(on or e.today)
    row, person = sql.fee(e, which), school.person(e, by)
    if day.isoformat() < row["from_day"]:
        raise Refused("money.reminded_early", name=row["name"], day=day, since=date.fromisoformat(row["from_day"]))
    names = {school.department(e, one)["code"] for one in classes}
    owing = [one for one in sql.charges(e.db, row["id"]) if one["paid_fen"] < one["due_fen"] and not one["left_on"]
             and (not names or one["class_code"] in names)]  # fmt: skip
    if not owing:
        raise Refused("money.nobody_owes", name=row["name"])
    e.insert_many("money_reminder", ["on_day", "charge_id", "means", "by_id"],
                  [[day.isoformat(), one["id"], means, person["id"]] for one in owing])  # fmt: skip
    e.subject = row["code"]
    facts = {"fee": row["name"], "pupils": len(owing), "total": Fen(sum(one["due_fen"] - one["paid_fen"] for one in owing)),
             "means": Word.of("money.reminder", means), "by": person["name"], "on": day}  # fmt: skip
    return Confirmation("fee.remind", row["code"], facts=facts)


def after(number: str) -> str:
    """The receipt number after one: its last digits counted on (BadValue without any)."""
    match = re.search(r"([0-9]+)$", number)
    if match is None:
        raise BadValue("money.bad_receipt", text=number)
    digits = match[1]
    return f"{number[: -len(digits)]}{int(digits) + 1:0{len(digits)}d}"


def _check(standard_fen: int, from_day: date, to_day: date) -> None:
    if standard_fen <= 0:
        raise Usage("money.no_amount")
    if from_day > to_day:
        raise Usage("money.fee_backwards", since=from_day, until=to_day)


def _owing(e: Entry, row: Any, classes: Sequence[str]) -> list[str]:
    """The codes of the pupils of some classes who still owe a fee."""
    names = {school.department(e, one)["code"] for one in classes}
    found = [one["code"] for one in sql.charges(e.db, row["id"]) if one["class_code"] in names and not one["left_on"]
             and one["paid_fen"] < one["due_fen"]]  # fmt: skip
    if classes and not found:
        raise Refused("money.nobody_owes", name=row["name"])
    return found


def _collectable(row: Any, day: date) -> None:
    if not row["published_on"] or row["published_on"] > day.isoformat():
        raise Refused("money.not_published", name=row["name"], code=row["code"])
    if not row["from_day"] <= day.isoformat() <= row["to_day"]:
        raise Refused("money.out_of_period", name=row["name"], day=day, since=date.fromisoformat(row["from_day"]),
                      until=date.fromisoformat(row["to_day"]))  # fmt: skip


def _owed(e: Entry, which: str, who: str) -> tuple[Any, Any, Any]:
    row, pupil = sql.fee(e, which), opening.pupil(e, who)
    owed = sql.charge(e.db, row["id"], pupil["id"])
    if owed is None:
        raise NotFound("money.not_charged", name=pupil["name"], fee=row["name"], code=row["code"])
    return row, pupil, owed


def _move(e: Entry, owed: Any, day: date, receipt: str, amount_fen: int, person: Any, reason: str | None) -> None:
    there = sql.receipt(e.db, receipt)
    if there is not None:
        raise Refused("money.receipt_used", receipt=receipt, name=there["name"], fee=there["fee"])
    e.insert("money_fee_move", on_day=day, charge_id=owed["id"], amount_fen=amount_fen, receipt_no=receipt,
             by_id=person["id"] if person else None, reason=reason)  # fmt: skip

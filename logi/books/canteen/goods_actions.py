"""The verbs about food that comes in and food that is bad: looked at by two with its papers, thrown away with a record."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.canteen import purchase, school, stock, store_accounts
from logi.core.answers import Confirmation, Fen
from logi.core.errors import Refused, Usage
from logi.journal import Entry


def inspect(e: Entry, number: str, *, by: Sequence[str], certificate: str, licence: str | None = None,
            maker: str | None = None, made: date | None = None, on: date | None = None,
            note: str | None = None) -> Confirmation:  # fmt: skip
    """Food that came in is looked at with its papers (進貨查驗). Refused (4): too few people, the buyer, no licence,

    one of the three that food must bear (三無), food past its last day, a slip looked at already.
    """
    day = e.happened(on or e.today)
    slip = stock.slip_in(e, number)
    if not slip.lines:
        raise Refused("canteen.no_food_in", number=number)
    row = slip.row
    if day.isoformat() < row["on_day"]:
        raise Refused("canteen.before_it_came", number=row["number"], came=date.fromisoformat(row["on_day"]))
    there = store_accounts.inspected(e.db, row["id"]) or purchase.accepted(e, row)
    if there is not None:
        raise Refused("canteen.inspected_already", number=row["number"], day=date.fromisoformat(there["on_day"]))
    people = _inspectors(e, by, row, day)
    paper = _licence(e, row, licence, day)
    label = _label(slip, maker, made, day)
    e.insert(
        "canteen_goods", on_day=day, slip_id=row["id"], licence=paper, certificate=certificate, maker=label[0],
        made_on=label[1], first_id=people[0]["id"], second_id=people[1]["id"] if len(people) > 1 else None, note=note,
    )  # fmt: skip
    e.subject = row["number"]
    facts = {"goods": [line["name"] for line in slip.lines], "by": [one["name"] for one in people], "licence": paper,
             "certificate": certificate, "maker": label[0], "made": label[1], "on": day}  # fmt: skip
    return Confirmation("canteen.inspect", row["number"], facts=facts)


def discard(e: Entry, words: Sequence[str], *, by: str, reason: str, on: date | None = None) -> Confirmation:
    """Food that is spoiled or past its day is thrown away and written off in the storeroom, by whom and why."""
    day = e.happened(on or e.today)
    person = school.person(e, by)
    done = stock.discard(e, words, on=day, reason=f"{reason}（{person['name']}）")
    value = done.facts["value"]
    goods = [line.replace(" -", " ") for line in done.facts["lines"]]
    facts = {"goods": goods, "value": None if value is None else Fen(abs(int(value))), "by": person["name"],
             "reason": reason, "on": day}  # fmt: skip
    e.reason = reason
    return Confirmation("canteen.discard", done.number, facts=facts)


def _inspectors(e: Entry, by: Sequence[str], row: Any, day: date) -> list[Any]:
    people = [school.person(e, one) for one in by]
    least = int(school.policy(e, "food.inspectors_min", day))
    if len({one["id"] for one in people}) < max(least, len(people)):
        raise Refused("canteen.too_few_inspectors", least=max(least, len(people)), count=len({one["id"] for one in people}))
    if row["buyer_id"] in {one["id"] for one in people} and school.policy(e, "stock.inspector_is_not_buyer", day):
        buyer = next(one for one in people if one["id"] == row["buyer_id"])
        raise Refused("canteen.buyer_inspects", person=buyer["name"])
    if len(people) > 2:
        raise Usage("canteen.two_inspectors")
    return people


def _licence(e: Entry, row: Any, given: str | None, day: date) -> str:
    vendor = school.by_id(e.db, "school_vendor", row["vendor_id"])
    if vendor is not None and vendor["licence_to"] and vendor["licence_to"] < day.isoformat() and given is None:
        raise Refused("canteen.licence_over", vendor=vendor["name"], day=date.fromisoformat(vendor["licence_to"]))
    paper = given or (vendor["licence_no"] if vendor is not None else None)
    if paper is None:
        raise Refused("canteen.no_licence", vendor=vendor["name"] if vendor is not None else None)
    return str(paper)


def _label(slip: stock.Slip, maker: str | None, made: date | None, day: date) -> tuple[str, date]:
    """The maker and the day of making that the goods bear; none of them may be missing, or the goods be past their day."""
    over = [line for line in slip.lines if line["expires_on"] and line["expires_on"] < day.isoformat()]
    if over:
        raise Refused("canteen.past_its_day", item=over[0]["name"], day=date.fromisoformat(over[0]["expires_on"]))
    days = [line["made_on"] or (made.isoformat() if made else None) for line in slip.lines]
    missing = [line["name"] for line, one in zip(slip.lines, days, strict=True) if one is None]
    if maker is None or missing:
        raise Refused("canteen.three_no", items=missing or [line["name"] for line in slip.lines])
    return maker, date.fromisoformat(min(one for one in days if one is not None))

"""The verbs of the canteen's account and of what people bring up: income and outlay, problems, opinions, improvements."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.canteen import actions, check, rules, school, store_accounts
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

MATTER = "canteen.matter"


def book(e: Entry, kind: str, amount: int, *, on: date | None = None, voucher: str | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """Income or outlay of the canteen's own account; food that leaves the storeroom counts by itself."""
    day = e.happened(on or e.today)
    if amount == 0:
        raise Usage("canteen.no_amount")
    if voucher and any(row["voucher"] == voucher and row["kind"] == kind for row in store_accounts.money(e.db, date.min, day)):
        raise Refused("canteen.voucher_there", voucher=voucher, kind=Word.of("canteen.money", kind))
    e.insert("canteen_money", on_day=day, kind=kind, amount_fen=amount, voucher=voucher, note=note)
    side = "income" if kind in rules.INCOME else "outlay"
    facts = {"kind": Word.of("canteen.money", kind), "side": Word.of("canteen.side", side), "amount": Fen(amount), "on": day,
             "voucher": voucher}  # fmt: skip
    return Confirmation("canteen.book", facts=facts)


def tour(e: Entry, *, by: str, meal: str | None = None, at: str | None = None, problems: Sequence[str] = (),
         on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """The head of the canteen goes round; each problem found gets a number and is answered for."""
    day = e.happened(on or e.today)
    actions.log(e, ["tour"], by=by, meal=meal, at=at, on=day, note=note)
    who = school.person(e, by)
    numbers = [_raise(e, "problem", text, day=day, meal=meal, by_id=who["id"], owner_id=who["id"]) for text in problems]
    facts = {"by": who["name"], "on": day, "meal": Word.of("canteen.meal", meal) if meal else None, "count": len(numbers)}
    return Confirmation("canteen.tour", numbers[0] if numbers else None, numbers=numbers, facts=facts)


def raise_(e: Entry, kind: str, words: str, *, source: str | None = None, meal: str | None = None, run: str | None = None,
           by: str | None = None, owner: str | None = None, due: date | None = None,
           on: date | None = None) -> Confirmation:  # fmt: skip
    """Somebody brings something up: a problem at a meal, an opinion of a class, something to improve; with an owner."""
    day = e.happened(on or e.today)
    if due is not None and due < day:
        raise Refused("canteen.due_before", due=due, day=day)
    if run is not None and check.numbered(e.db, run) is None:
        raise NotFound("canteen.no_run", number=run)
    people = [school.person(e, one)["id"] if one else None for one in (by, owner)]
    number = _raise(e, kind, words, day=day, meal=meal, by_id=people[0], owner_id=people[1], source=source,
                    run=run.upper() if run else None, due=due)  # fmt: skip
    row = store_accounts.matter(e.db, number)
    assert row is not None
    if owner is None:
        e.warn("canteen.nobody_answers", number=number)
    facts = {"kind": Word.of(MATTER, kind), "words": words, "source": source or run, "owner": row["owner"],
             "due": date.fromisoformat(row["due_on"])}  # fmt: skip
    return Confirmation("canteen.raise", number, facts=facts)


def answer(e: Entry, number: str, text: str, *, by: str, on: date | None = None) -> Confirmation:
    """What was brought up is answered or done, once (4)."""
    day = e.happened(on or e.today)
    row, who = open_matter(e, number, day), school.person(e, by)
    e.update("canteen_matter", row["id"], answered_on=day, answer=text, answered_by=who["id"])
    facts = {"words": row["words"], "answer": text, "by": who["name"], "on": day}
    e.subject = row["number"]
    return Confirmation("canteen.answer", row["number"], facts=facts)


def open_matter(e: Entry, number: str, day: date) -> Any:
    """What was brought up under a number and waits for its answer. NotFound (3), Refused (4)."""
    row = store_accounts.matter(e.db, number)
    if row is None:
        raise NotFound("canteen.no_matter", number=number)
    if row["answered_on"]:
        raise Refused("canteen.answered_already", number=row["number"], day=date.fromisoformat(row["answered_on"]))
    if day.isoformat() < row["on_day"]:
        raise Refused("canteen.answered_before", number=row["number"], day=date.fromisoformat(row["on_day"]))
    return row


def by_menu(e: Entry, number: str, menu: str, day: date) -> None:
    """An opinion is answered by a change of the menu, in the same entry."""
    row = open_matter(e, number, e.today)
    e.update("canteen_matter", row["id"], answered_on=e.today, answer=menu, menu=day)


def _raise(e: Entry, kind: str, words: str, *, day: date, meal: str | None, by_id: int | None, owner_id: int | None,
           source: str | None = None, run: str | None = None, due: date | None = None) -> str:  # fmt: skip
    until = due or school.calendar(e).add_workdays(day, int(school.policy(e, "school.opinion_days", day)))
    number = e.number("ST", str(day.year), book="canteen", kind="matter")
    e.insert("canteen_matter", number=number, kind=kind, on_day=day, meal=meal, words=words, source=source, run=run,
             by_id=by_id, owner_id=owner_id, due_on=until)  # fmt: skip
    return number



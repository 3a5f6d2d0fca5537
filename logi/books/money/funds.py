"""The verbs of funds: schools, what came in, its shares by head-count, the month's budget. Each works in an open entry."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.money import figures, matching, rules
from logi.books.money import store_funds as sql
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.core.messages import money_text
from logi.finding import free_code, named
from logi.journal import Entry


def add_school(e: Entry, code: str, name: str, *, heads: int, own: bool = False, on: date | None = None) -> Confirmation:
    """Enter a school that shares in the funds and hands its vouchers in; one of them is our own."""
    free_code(e.db, "money_school", code, what="school")
    if own:
        _only_own(e)
    e.insert("money_school", code=code, **named(name), heads=heads, own=int(own), from_day=on or e.today)
    return Confirmation("money.school.add", code, facts={"name": name, "heads": heads})


def edit_school(e: Entry, which: str, *, name: str | None = None, heads: int | None = None,
                own: bool | None = None) -> Confirmation:  # fmt: skip
    """Change a school's name or head-count; shares given before stay as they were."""
    row = sql.school(e, which)
    changes: dict[str, Any] = {} if heads is None else {"heads": heads}
    if name is not None:
        changes |= named(name)
    if own:
        _only_own(e, but=row["id"])
        changes["own"] = 1
    if not changes:
        raise Usage("money.nothing_to_change", name=row["name"])
    e.update("money_school", row["id"], **changes)
    facts = {"name": name or row["name"], "heads": row["heads"] if heads is None else heads}
    return Confirmation("money.school.edit", row["code"], facts=facts)


def receive(e: Entry, title: str, amount_fen: int, *, source: str = "public-funds", basis: str | None = None,
            on: date | None = None) -> Confirmation:  # fmt: skip
    """Book money that came in (SK-year-running)."""
    day = e.happened(on or e.today)
    if amount_fen <= 0:
        raise Usage("money.no_amount")
    number = e.number("SK", str(day.year), book="money", kind="receipt")
    e.insert("money_receipt", on_day=day, number=number, source=source, title=title, basis=basis, amount_fen=amount_fen)
    facts = {"title": title, "amount": Fen(amount_fen), "source": Word.of("money.source", source), "on": day,
             "balance": Fen(figures.balance(e.db, day))}  # fmt: skip
    return Confirmation("money.receive", number, facts=facts)


def allot(e: Entry, number: str, *, amount_fen: int | None = None, schools: Sequence[rules.Share] = (),
          on: date | None = None) -> Confirmation:  # fmt: skip
    """Share a receipt, or a part of it, among the schools by head-count, exact to the fen (FP-year-running)."""
    day = e.happened(on or e.today)
    row = sql.receipt(e.db, number)
    if row is None:
        raise NotFound("money.no_receipt", number=number)
    if day.isoformat() < row["on_day"]:
        raise Refused("money.allotted_before", number=row["number"], day=day, came=date.fromisoformat(row["on_day"]))
    left = row["amount_fen"] - row["shared_fen"]
    amount = left if amount_fen is None else amount_fen
    if not 0 < amount <= left:
        raise Refused("money.allot_too_much", number=row["number"], amount=Fen(amount), left=Fen(left))
    named_ = [(sql.school(e, text), heads) for text, heads in schools] or [(one, None) for one in sql.schools(e.db)]
    if len({one["id"] for one, _ in named_}) < len(named_):
        raise Usage("money.school_twice")
    heads = [one["heads"] if count is None else count for one, count in named_]
    if not sum(heads):
        raise Refused("money.no_heads")
    parts = rules.shares(amount, heads)
    given = e.number("FP", str(day.year), book="money", kind="allotment")
    for (one, _), count, part in zip(named_, heads, parts, strict=True):
        if part:
            e.insert("money_share", on_day=day, number=given, receipt_id=row["id"], school_id=one["id"], own=one["own"],
                     heads=count, amount_fen=part)  # fmt: skip
    waited = (day - date.fromisoformat(row["on_day"])).days
    facts = {"amount": Fen(amount), "receipt": row["number"], "heads": sum(heads), "on": day, "waited": waited,
             "shares": [f"{one['name']} {money_text(part, grouped=True)}"
                        for (one, _), part in zip(named_, parts, strict=True)],
             "left": Fen(left - amount)}  # fmt: skip
    return Confirmation("money.allot", given, facts=facts)


def set_budget(e: Entry, month: str, lines: Sequence[rules.Planned]) -> Confirmation:
    """Plan a month's spending by subject; a subject named again is changed, 0 takes it out."""
    if e.closed_until and month <= e.closed_until:
        raise Refused("money.budget_closed", month=month)
    if not lines:
        raise Usage("money.no_budget_lines")
    for subject, amount in lines:
        row = sql.budget_row(e.db, month, subject)
        if row is None:
            e.insert("money_budget", month=month, subject=subject, amount_fen=amount)
        else:
            e.update("money_budget", row["id"], amount_fen=amount)
    e.subject = month
    total = sum(sql.budgets(e.db, month, month).values())
    facts = {"month": month, "total": Fen(total), "subjects": [matching.subject(subject) for subject, _ in lines]}
    return Confirmation("money.budget.set", facts=facts)


def _only_own(e: Entry, but: int = 0) -> None:
    there = sql.own_school(e.db)
    if there is not None and there["id"] != but:
        raise Refused("money.own_there", name=there["name"])

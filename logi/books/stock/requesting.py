"""Requests for goods (領用申請): asked for, approved on paper where the policy wants it, then issued."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.stock import actions, school
from logi.books.stock import store_kits as sql
from logi.books.stock.columns import plain_facts, table
from logi.books.stock.lines import Line
from logi.core.answers import Confirmation, Milli, Table, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.core.messages import quantity_text, say, title

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


def request(e: "Entry", lines: Sequence[Line], *, to: str, by: str, on: date, purpose: str | None = None,
            create: bool = False) -> Confirmation:  # fmt: skip
    """Ask for goods: LL-YYYY-nnnn, approved by the levels of stock.request_levels (none: approved as it is)."""
    e.happened(on)
    wanted = actions.found_lines(e, lines)
    twice = sorted({w.item["name"] for w in wanted if sum(x.item["id"] == w.item["id"] for x in wanted) > 1})
    if twice:
        raise Usage("stock.count_twice", items=twice)
    person, department = school.person(e, by), school.department_for(e, to, create=create)
    levels = list(school.policy(e, "stock.request_levels", on))
    number = e.number("LL", str(on.year), book="stock", kind="request")
    made = e.insert("stock_request", number=number, on_day=on, department_id=department["id"], person_id=person["id"],
                    purpose=purpose, levels=" ".join(levels), state="open" if levels else "approved")  # fmt: skip
    e.insert_many("stock_request_line", ["request_id", "line", "item_id", "quantity_milli"],
                  [[made, at, w.item["id"], w.quantity_milli] for at, w in enumerate(wanted, 1)])  # fmt: skip
    return Confirmation("stock.request", number, facts={
        "lines": [f"{w.item['name']} {quantity_text(w.quantity_milli)} {w.item['unit']}" for w in wanted],
        "department": department["name"], "person": person["name"], "purpose": purpose, "day": on,
        "levels": [Word.of("stock.level", level) for level in levels] or [Word.of("stock.level", "none")],
    })  # fmt: skip


def issue(e: "Entry", number: str, lines: Sequence[Line], *, on: date, to: str | None = None, by: str | None = None,
          **more: Any) -> Confirmation:  # fmt: skip
    """Issue what a request asked for, or less of it now and the rest later.

    Refused (4) before it is approved, beyond what it asked for, and once all of it was issued.
    """
    row = sql.request(e.db, number)
    if row is None:
        raise NotFound("stock.no_such_request", number=number)
    if row["state"] in ("open", "rejected"):
        left = [title("stock.level", level) for level in missing(e, row)]
        raise Refused(f"stock.request_{row['state']}", number=number, left=left)
    if on.isoformat() < row["on_day"]:
        raise Refused("stock.issued_before_request", number=number, day=on, asked=date.fromisoformat(row["on_day"]))
    asked, had = sql.request_lines(e.db, row["id"]), sql.issued_of_request(e.db, row["id"])
    open_ = {line["item_id"]: line["quantity_milli"] - had.get(line["item_id"], 0) for line in asked}
    if not any(milli > 0 for milli in open_.values()):
        raise Refused("stock.request_issued", number=number)
    if not lines:
        lines = [Line(line["code"], open_[line["item_id"]]) for line in asked if open_[line["item_id"]] > 0]
    for want in actions.found_lines(e, lines):
        still = open_.get(want.item["id"], 0)
        if want.quantity_milli > still:
            raise Refused("stock.request_too_much", number=number, item=want.item["name"], still=Milli(max(still, 0)),
                          unit=want.item["unit"])  # fmt: skip
        open_[want.item["id"]] = still - want.quantity_milli
    home = school.by_id(e.db, "school_department", row["department_id"])
    person = school.by_id(e.db, "school_person", row["person_id"])
    assert home is not None
    assert person is not None
    more["purpose"] = more.get("purpose") or row["purpose"]
    done = actions.out(e, lines, to=to or home["code"], by=by or person["code"], on=on, request_id=row["id"], **more)
    # Touched by every issue, so that undoing the request or its approval names the slips that stand on it.
    e.update("stock_request", row["id"], decisions=row["decisions"] + 1,
             state="approved" if any(milli > 0 for milli in open_.values()) else "issued")  # fmt: skip
    done.facts["request"] = number
    return done


def missing(source: "Source", row: Any) -> list[str]:
    """The levels that have not approved a request yet, in order."""
    given = {one["level"] for one in journal.approvals(source.db, row["number"]) if one["decision"] == "yes"}
    return [level for level in row["levels"].split() if level not in given]


def decided(e: "Entry", number: str, *, on: date, complete: bool, rejected: bool) -> None:
    """After an approval was recorded."""
    row = sql.request(e.db, number)
    assert row is not None
    if on.isoformat() < row["on_day"]:
        raise Refused("stock.approved_before", number=number, day=on, base=date.fromisoformat(row["on_day"]))
    state = "rejected" if rejected else "approved" if complete else "open"
    e.update("stock_request", row["id"], state=state, decisions=row["decisions"] + 1)


def listing(ledger: "Ledger", since: date, until: date, *, state: str | None = None) -> Table:
    """The requests of a period."""
    rows = []
    for row in sql.requests(ledger.db, since.isoformat(), until.isoformat()):
        if state not in (None, row["state"]):
            continue
        lines = sql.request_lines(ledger.db, row["id"])
        holds = say("stock.comma").join(f"{r['name']} {quantity_text(r['quantity_milli'])} {r['unit']}" for r in lines)
        rows.append({
            "number": row["number"], "day": date.fromisoformat(row["on_day"]), "department": row["department"],
            "person": row["person"], "purpose": row["purpose"], "request_state": row["state"], "slip": row["slip"],
            "holds": holds,
        })  # fmt: skip
    keys = ["number", "day", "department", "person", "holds", "purpose", "request_state", "slip"]
    return table("stock.requests", "stock.title.requests", keys, rows, since=since, until=until)


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A request: who asked, what it waits for, what was asked and what issued; None if there is none."""
    row = sql.request(ledger.db, number)
    if row is None:
        return None
    home = school.by_id(ledger.db, "school_department", row["department_id"])
    person = school.by_id(ledger.db, "school_person", row["person_id"])
    waiting = say("stock.comma").join(title("stock.level", level) for level in missing(ledger, row))
    facts = [
        ("number", number), ("day", row["on_day"]), ("department", f"{home['code']} {home['name']}" if home else None),
        ("person", f"{person['code']} {person['name']}" if person else None), ("purpose", row["purpose"]),
        ("state", title("stock.request_state", row["state"])), ("waiting", waiting if row["state"] == "open" else None),
    ]  # fmt: skip
    had = sql.issued_of_request(ledger.db, row["id"])
    lines = [
        {"line": one["line"], "code": one["code"], "name": one["name"], "spec": one["spec"], "unit": one["unit"],
         "asked": one["quantity_milli"], "issued": had.get(one["item_id"], 0), "balance": one["held_milli"] or 0}
        for one in sql.request_lines(ledger.db, row["id"])
    ]  # fmt: skip
    keys = ["line", "code", "name", "spec", "unit", "asked", "issued", "balance"]
    return [plain_facts(facts, f"stock.show.{number}", f"{say('stock.title.request')} {number}"),
            table("stock.lines", "stock.title.lines", keys, lines)]  # fmt: skip

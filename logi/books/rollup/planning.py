"""The plan of the unit above goes down as a sealed file, and its lines stand in the plan of the unit below (承接上級計劃)."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.rollup import bundle, month, store, store_work
from logi.core.answers import Confirmation
from logi.core.days import parse_day
from logi.core.errors import BadData, BadValue, Refused
from logi.core.text import clean
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

KIND = "logi-plan"
MOST_LINES = 500


def handed(ledger: "Ledger", month_: str, numbers: tuple[str, ...] = ()) -> bytes:
    """The file of a month's plan, or of some of its lines; the same plan gives the same bytes."""
    own = store.own(ledger.db)
    if own is None:
        raise Refused("rollup.no_own")
    rows = [row for row in month.plan(ledger.db, month_) if row["state"] != "dropped"]
    if numbers:
        known = {row["number"] for row in rows}
        if missing := [one for one in numbers if one not in known]:
            raise Refused("rollup.no_line", month=month_, numbers=missing)
        rows = [row for row in rows if row["number"] in numbers]
    if not rows:
        raise Refused("rollup.no_plan", month=month_)
    lines = [{key: row[key] for key in ("number", "title", "due_on", "standard", "priority")} for row in rows]
    body = {"unit": own["code"], "name": own["name"], "month": month_, "ledger": ledger.settings["ledger_id"], "lines": lines}
    sealed = {"kind": KIND, "version": 1, "sha256": bundle.seal(body), "body": body}
    return (json.dumps(sealed, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def opened(data: bytes, name: str) -> dict[str, Any]:
    """A plan read back: BadData (5) if it is none, or was touched since it was sealed."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
        good = isinstance(found, dict) and found.get("kind") == KIND and found.get("version") == 1
        body = found["body"] if good else None
        if not isinstance(body, dict) or not _sound(body):
            raise ValueError
        stamp = bundle.seal(body)
    except (ValueError, RecursionError, KeyError, TypeError):
        raise BadData("rollup.not_a_plan", file=name) from None
    if found.get("sha256") != stamp:
        raise BadData("rollup.plan_changed", file=name)
    return body


def take(e: Entry, body: dict[str, Any]) -> Confirmation:
    """Write the lines into our plan of that month, each naming the unit and the line it comes from; known ones are left."""
    own = store.own(e.db)
    if own is not None and own["code"] == body["unit"]:
        raise Refused("rollup.own_plan", code=own["code"])
    known = {(row["from_unit"], row["from_number"]) for row in store_work.inherited(e.db, body["month"])}
    written = []
    for one in body["lines"]:
        if (body["unit"], one["number"]) in known:
            continue
        due = date.fromisoformat(one["due_on"]) if one["due_on"] else None
        done = month.add(e, body["month"], one["title"], due_on=due, standard=one["standard"], priority=one["priority"],
                         source=f"{body['name']} {one['number']}")  # fmt: skip
        line = month.line(e.db, str(done.number))
        assert line is not None
        e.insert("rollup_inherited", line_id=line["id"], from_unit=body["unit"], from_name=body["name"],
                 from_number=one["number"], month=body["month"])  # fmt: skip
        written.append(str(done.number))
    if not written:
        raise Refused("rollup.plan_taken", unit=body["unit"], month=body["month"])
    facts = {"unit": body["unit"], "name": body["name"], "month": body["month"], "count": len(written),
             "left": len(body["lines"]) - len(written)}  # fmt: skip
    return Confirmation("rollup.take", written[0], numbers=written, facts=facts)


def _sound(body: dict[str, Any]) -> bool:
    texts = all(isinstance(body.get(key), str) and 0 < len(body[key]) <= 200 and body[key].isprintable()
                for key in ("unit", "name", "month", "ledger"))  # fmt: skip
    lines = body.get("lines")
    if not texts or not bundle.is_month(body["month"]) or not isinstance(lines, list) or not 0 < len(lines) <= MOST_LINES:
        return False
    numbers = [one.get("number") for one in lines if isinstance(one, dict)]
    return len(set(numbers)) == len(lines) and all(_sound_line(one) for one in lines)


def _sound_line(line: dict[str, Any]) -> bool:
    number, title, due, standard = (line.get(key) for key in ("number", "title", "due_on", "standard"))
    if not (isinstance(number, str) and isinstance(title, str) and line.get("priority") in ("high", "normal", "low")):
        return False
    try:
        good = clean(title) == title and clean(number, code=True) == number and bool(title) and bool(number)
        if standard is not None:
            good = good and isinstance(standard, str) and clean(standard) == standard
        if due is not None:
            parse_day(due, today=None)
            date.fromisoformat(due)
    except (BadValue, ValueError, TypeError, AttributeError):
        return False
    return good

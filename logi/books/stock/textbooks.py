"""Textbooks handed out by class (分發新書): what each class is due, what it got, what is left and what is short."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.stock import actions, school, store
from logi.books.stock import store_kits as sql
from logi.books.stock.columns import table
from logi.books.stock.lines import Line
from logi.core.answers import Confirmation, Table
from logi.core.errors import Refused, Usage
from logi.core.messages import quantity_text, say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def plan(e: "Entry", class_: str, lines: Sequence[Line], *, on: date, create: bool = False) -> Confirmation:
    """Say what a class is due from a day on; the same day's figure is replaced, a later day begins a new handing-out."""
    e.happened(on)
    wanted = actions.found_lines(e, lines)
    home = school.department_for(e, class_, create=create)
    twice = sorted({w.item["name"] for w in wanted if sum(x.item["id"] == w.item["id"] for x in wanted) > 1})
    if twice:
        raise Usage("stock.count_twice", items=twice)
    for one in wanted:
        row = sql.need(e.db, home["id"], one.item["id"], on.isoformat())
        if row is None:
            e.insert("stock_need", on_day=on, department_id=home["id"], item_id=one.item["id"],
                     quantity_milli=one.quantity_milli)  # fmt: skip
        else:
            e.update("stock_need", row["id"], quantity_milli=one.quantity_milli)
    e.subject = home["code"]
    shown = [f"{w.item['name']} {quantity_text(w.quantity_milli)} {w.item['unit']}" for w in wanted]
    return Confirmation("stock.textbook.plan", home["code"], facts={"class": home["name"], "lines": shown, "day": on})


def issue(e: "Entry", class_: str, lines: Sequence[Line], *, by: str, on: date, purpose: str | None = None,
          keeper: str | None = None) -> Confirmation:  # fmt: skip
    """Hand a class what it is still due, as far as the shelves reach, or the lines named; short ones are warned of.

    Refused (4) when nothing is due any more, and beyond what is there.
    """
    home = school.department(e, class_)
    due = {row["item_id"]: (row, _open(e.db, row, on)) for row in sql.needs_of(e.db, home["id"], on.isoformat())}
    if not lines:
        lines = []
        for row, milli in due.values():
            there = max(store.on_hand(e.db, row["item_id"])[0], 0)
            if min(milli, there) > 0:
                lines.append(Line(row["code"], min(milli, there)))
        if not lines:
            if any(milli > 0 for _, milli in due.values()):
                raise Refused("stock.textbook_none_left", name=home["name"])
            raise Refused("stock.textbook_nothing", name=home["name"])
    given = {w.item["id"]: w.quantity_milli for w in actions.found_lines(e, lines)}
    done = actions.out(e, lines, to=home["code"], by=by, on=on, purpose=purpose or say("stock.textbook_purpose"),
                       keeper=keeper)  # fmt: skip
    for item_id, (row, milli) in due.items():
        rest = milli - given.get(item_id, 0)
        if rest > 0:
            e.warn("stock.textbook_short", name=home["name"], item=row["name"], quantity=quantity_text(rest), unit=row["unit"])
        elif rest < 0:
            e.warn("stock.textbook_over", name=home["name"], item=row["name"], quantity=quantity_text(-rest), unit=row["unit"])
    done.action = "stock.textbook.issue"
    return done


def by_class(ledger: "Ledger", until: date) -> Table:
    """The sheet to sign (教材發放表): class by title, due, got, over and short."""
    rows = []
    for row in sql.needs(ledger.db, until.isoformat()):
        got = _drawn(ledger.db, row, until)
        rest = row["quantity_milli"] - got
        rows.append({
            "class_name": row["class_name"], "code": row["code"], "name": row["name"], "unit": row["unit"],
            "due": row["quantity_milli"], "issued": got, "short": max(rest, 0), "over": max(-rest, 0), "signature": None,
        })  # fmt: skip
    keys = ["class_name", "code", "name", "unit", "due", "issued", "short", "over", "signature"]
    made = table("stock.textbooks", "stock.title.textbooks", keys, rows, at=until)
    made.totals = {key: sum(row[key] for row in rows) for key in ("due", "issued", "short", "over")}
    return made


def short(db: Any, until: date) -> list[dict[str, Any]]:
    """What classes are due and have not got: the row of the need, with `short`."""
    found = [{**dict(row), "short": row["quantity_milli"] - _drawn(db, row, until)} for row in sql.needs(db, until.isoformat())]
    return [row for row in found if row["short"] > 0]


def by_title(ledger: "Ledger", until: date) -> Table:
    """Each title: received this season, due to classes, issued, left on the shelf, and how it works out."""
    titles: dict[int, dict[str, Any]] = {}
    since: dict[int, str] = {}
    for row in sql.needs(ledger.db, until.isoformat()):
        one = titles.setdefault(row["item_id"], {
            "code": row["code"], "name": row["name"], "unit": row["unit"], "due": 0, "issued": 0, "short": 0,
        })  # fmt: skip
        got = _drawn(ledger.db, row, until)
        one["due"] += row["quantity_milli"]
        one["issued"] += got
        one["short"] += max(row["quantity_milli"] - got, 0)
        since[row["item_id"]] = min(since.get(row["item_id"], "9999"), _season(row["on_day"]))
    for item_id, one in titles.items():
        one["received"] = sql.received_since(ledger.db, item_id, since[item_id], until.isoformat())
        one["balance"] = store.held_on(ledger.db, item_id, until.isoformat())
        # What the shelf lacks even if every book there is handed out.
        one["need"] = max(one["short"] - one["balance"], 0)
    keys = ["code", "name", "unit", "received", "due", "issued", "balance", "short", "need"]
    return table("stock.titles", "stock.title.titles", keys, list(titles.values()), at=until)


def _season(day: str) -> str:
    """Books for the autumn come in from July on, those for the spring from January on."""
    return f"{day[:4]}-07-01" if day[5:7] >= "07" else f"{day[:4]}-01-01"


def _open(db: Any, row: Any, until: date) -> int:
    return int(row["quantity_milli"]) - _drawn(db, row, until)


def _drawn(db: Any, row: Any, until: date) -> int:
    return sql.drawn_since(db, row["department_id"], row["item_id"], row["on_day"], until.isoformat())

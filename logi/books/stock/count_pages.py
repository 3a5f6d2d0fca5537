"""What a stock count shows: the blank sheet, how far it is, its differences, and the month-end table (月末庫存盤點表)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.stock import balances, counting, school, store
from logi.books.stock import store_counts as sql
from logi.books.stock.columns import column, plain_facts, table
from logi.core.answers import Table
from logi.core.days import month_period
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

BOOK = ("book", "since", "differs", "differs_value")


def listing(ledger: "Ledger") -> Table:
    """Every count, and the table of differences it led to."""
    rows = []
    for count in sql.counts(ledger.db):
        lines, seen = sql.lines(ledger.db, count["id"]), sql.counted(ledger.db, count["id"])
        made = sql.variance_of_count(ledger.db, count["id"])
        rows.append({
            "number": count["number"], "day": date.fromisoformat(count["on_day"]), "scope": count["scope"],
            "state": count["state"], "items": len(lines), "left": sum(one["item_id"] not in seen for one in lines),
            "adjust": made["number"] if made is not None else None,
        })  # fmt: skip
    return table("stock.counts", "stock.title.counts", ["number", "day", "scope", "state", "items", "left", "adjust"], rows)


def sheet(ledger: "Ledger", number: str | None, *, again: bool = False) -> Table:
    """The list to walk with, the counted column blank; a blind one bears no book figures. With `again` it is the list of
    what was counted and differs, to be counted once more."""
    count = counting.count_of(ledger, number)
    differ = {one.row["item_id"] for one in counting.tallied(ledger, count) if one.difference_milli} if again else None
    rows = [
        {"place": row["place"], "code": row["code"], "name": row["name"], "spec": row["spec"], "unit": row["unit"],
         "book": row["book_milli"], "counted": None, "note": None}
        for row in sql.lines(ledger.db, count["id"]) if differ is None or row["item_id"] in differ
    ]  # fmt: skip
    keys = ["place", "code", "name", "spec", "unit", *([] if count["blind"] else ["book"]), "counted", "note"]
    return table("stock.count-sheet", "stock.title.sheet", keys, rows, number=count["number"], day=count["on_day"])


def status(ledger: "Ledger", number: str | None) -> Table:
    """What is counted and how it differs; an open blind count tells only what is still to be counted."""
    count = counting.count_of(ledger, number)
    found = counting.tallied(ledger, count)
    rows = [_line(one) for one in found]
    hidden = bool(count["blind"]) and count["state"] == "open"
    keys = ["place", "code", "name", "unit", "book", "since", "counted", "differs", "differs_value", "by", "rest"]
    done = sum(one.counted is not None for one in found)
    notes = [say("stock.count_progress", done=done, count=len(found), state=title("stock.count_state", count["state"]))]
    return table("stock.count-status", "stock.title.status", [key for key in keys if not hidden or key not in BOOK], rows,
                 notes=notes, number=count["number"], day=count["on_day"])  # fmt: skip


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A count with its lines, or a table of differences (盤盈盤虧表); None if the number is neither."""
    count = sql.count(ledger.db, number)
    if count is not None:
        return [_count_facts(ledger, count), status(ledger, number)]
    made = sql.variance(ledger.db, number)
    if made is None:
        return None
    given = {row["level"] for row in journal.approvals(ledger.db, number) if row["decision"] == "yes"}
    waiting = [title("stock.level", level) for level in made["levels"].split() if level not in given]
    slip = store.slip_by_id(ledger.db, made["slip_id"])["number"] if made["slip_id"] else None
    facts = plain_facts([
        ("number", number), ("count_number", sql.count_by_id(ledger.db, made["count_id"])["number"]), ("day", made["on_day"]),
        ("state", title("stock.variance_state", made["state"])), ("slip", slip),
        ("waiting", say("stock.comma").join(waiting) if made["state"] == "open" else None),
    ], f"stock.show.{number}", f"{say('stock.title.variance')} {number}")  # fmt: skip
    return [facts, variance(ledger, made)]


def variance(ledger: "Ledger", made: Any) -> Table:
    """A table of differences, line by line."""
    rows = []
    for row in sql.variance_lines(ledger.db, made["id"]):
        change = row["counted_milli"] - row["book_milli"]
        over, value = change > 0, abs(row["value_fen"])
        rows.append({
            "line": row["line"], "code": row["code"], "name": row["name"], "unit": row["unit"], "book": row["book_milli"],
            "counted": row["counted_milli"], "over": change if over else None, "over_value": value if over else None,
            "short": None if over else -change, "short_value": None if over else value, "cause": row["cause"],
            "applied": title("stock.applied", row["applied"]) if row["applied"] else None,
        })  # fmt: skip
    keys = ["line", "code", "name", "unit", "book", "counted", "over", "over_value", "short", "short_value", "cause", "applied"]
    columns = [column(key, total=key in ("over_value", "short_value")) for key in keys]
    return Table("stock.variance", say("stock.title.variance"), columns, rows)


def month_count(ledger: "Ledger", since: date, until: date) -> Table:
    """The month-end table: what the book has at the end of the last month of the period, and what its counts found."""
    period = month_period(until.isoformat()[:7])
    day = min(period.until, ledger.today)
    seen = sql.last_count_of_item(ledger.db, period.since.isoformat(), period.until.isoformat())
    held = balances.of_month(ledger, until.isoformat()[:7])
    rows = []
    for one in store.items(ledger.db):
        balance = held.get(one["id"], balances.Balance())
        got = seen.get(one["id"])
        if not balance.closing_milli and not balance.closing_fen and got is None:
            continue
        rows.append({
            "place": one["place"], "code": one["code"], "name": one["name"], "unit": one["unit"],
            "quantity": balance.closing_milli, "value": balance.closing_fen,
            "counted": got["quantity_milli"] if got is not None else None,
            "differs": _differs(ledger, one["id"], got), "count_number": got["number"] if got is not None else None,
        })  # fmt: skip
    rows.sort(key=lambda row: (row["place"] or "", row["code"]))
    keys = ["place", "code", "name", "unit", "quantity", "value", "counted", "differs", "count_number"]
    missing = sum(row["counted"] is None for row in rows)
    notes = [say("stock.not_counted", count=missing)] if missing else []
    return table("stock.month-count", "stock.title.month_count", keys, rows, notes=notes, at=day)


def _differs(ledger: "Ledger", item_id: int, got: Any) -> int | None:
    if got is None:
        return None
    if got["state"] != "open":  # its adjustment may stand in the book by now
        return int(got["settled_milli"] or 0)
    return int(got["quantity_milli"]) - store.held_on(ledger.db, item_id, got["on_day"])


def _line(one: counting.Tallied) -> dict[str, Any]:
    row, got = one.row, one.counted
    return {
        "place": row["place"], "code": row["code"], "name": row["name"], "unit": row["unit"], "book": one.frozen_milli,
        "since": one.book_milli - one.frozen_milli or None, "counted": got["quantity_milli"] if got is not None else None,
        "differs": one.difference_milli if got is not None else None,
        "differs_value": one.value_fen if got is not None else None, "by": got["by_name"] if got is not None else None,
        "rest": say("stock.count_rest") if got is not None and got["rest"] else None,
    }  # fmt: skip


def _count_facts(ledger: "Ledger", count: Any) -> Table:
    people = {key: school.by_id(ledger.db, "school_person", count[f"{key}_id"]) for key in ("counter", "supervisor")}
    made = sql.variance_of_count(ledger.db, count["id"])
    facts = [
        ("number", count["number"]), ("day", count["on_day"]), ("scope", count["scope"]),
        ("state", title("stock.count_state", count["state"])),
        *((key, f"{row['code']} {row['name']}" if row is not None else None) for key, row in people.items()),
        ("adjust", made["number"] if made is not None else None), ("note", count["note"]),
    ]  # fmt: skip
    return plain_facts(facts, f"stock.show.{count['number']}", f"{say('stock.title.count')} {count['number']}")

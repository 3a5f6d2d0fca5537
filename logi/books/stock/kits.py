"""Standard kits (標準辦公用品): what one holds, and many issued at once on one slip with one sheet of signatures."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.stock import actions, school, store
from logi.books.stock import store_kits as sql
from logi.books.stock.columns import column, table
from logi.books.stock.lines import Line
from logi.core.answers import Column, Confirmation, Milli, Table
from logi.core.errors import Refused, Usage
from logi.core.messages import quantity_text, say
from logi.finding import find, free_code, named

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

AGAIN_DAYS = 90  # without a term, so long is the same handing-out


def kit(source: "Source", text: str) -> Any:
    """The kit a text names."""
    return find(source, "stock_kit", text, what="kit")


def add_kit(e: "Entry", code: str, name: str, lines: Sequence[Line], *, purpose: str | None = None) -> Confirmation:
    """Register what one kit holds. A taken code is refused (4)."""
    free_code(e.db, "stock_kit", code, what="kit")
    wanted = _lines(e, lines)
    kit_id = e.insert("stock_kit", code=code, **named(name), purpose=purpose)
    e.insert_many("stock_kit_line", ["kit_id", "item_id", "quantity_milli"],
                  [[kit_id, w.item["id"], w.quantity_milli] for w in wanted])  # fmt: skip
    e.subject = code
    return Confirmation("stock.kit.add", code, facts={"name": name, "lines": _shown(wanted)})


def edit_kit(e: "Entry", text: str, lines: Sequence[Line], *, drop: Sequence[str] = (), name: str | None = None,
             purpose: str | None = None) -> Confirmation:  # fmt: skip
    """Put other quantities into a kit, or take items out of it; slips already issued stay as they are."""
    row = kit(e, text)
    wanted = _lines(e, lines) if lines else []
    there = {line["item_id"]: line for line in sql.kit_lines(e.db, row["id"])}
    gone = [store.item(e, one) for one in drop]
    if not (wanted or gone or name or purpose):
        raise Refused("stock.nothing_to_change", item=row["name"])
    for one in gone:
        if one["id"] not in there:
            raise Refused("stock.not_in_kit", kit=row["name"], item=one["name"])
        e.void("stock_kit_line", there.pop(one["id"])["id"])
    if not there and not wanted:
        raise Refused("stock.kit_empty", kit=row["name"])
    for want in wanted:
        line = there.get(want.item["id"])
        if line is None:
            e.insert("stock_kit_line", kit_id=row["id"], item_id=want.item["id"], quantity_milli=want.quantity_milli)
        else:
            e.update("stock_kit_line", line["id"], quantity_milli=want.quantity_milli)
    changes: dict[str, Any] = {**(named(name) if name else {}), **({"purpose": purpose} if purpose else {})}
    if changes:
        e.update("stock_kit", row["id"], **changes)
    e.subject = row["code"]
    lines_now = [f"{r['name']} {quantity_text(r['quantity_milli'])} {r['unit']}" for r in sql.kit_lines(e.db, row["id"])]
    return Confirmation("stock.kit.edit", row["code"], facts={"name": name or row["name"], "lines": lines_now})


def issue_kit(e: "Entry", text: str, *, to: str, by: str, on: date, heads: int | None = None, people: Sequence[str] = (),
              classes: Sequence[str] = (), purpose: str | None = None, keeper: str | None = None,
              create: bool = False) -> Confirmation:  # fmt: skip
    """Issue a kit to so many heads, or to people and classes by name, on one slip.

    Refused (4) like any issue; warns of people who had this kit already in this term.
    """
    row = kit(e, text)
    found = [school.person(e, one) for one in people]
    twice = sorted({one["name"] for one in found if found.count(one) > 1} | {c for c in classes if classes.count(c) > 1})
    if twice:
        raise Usage("stock.kit_twice", names=twice)
    named_ = len(found) + len(classes)
    if heads is not None and named_ and heads != named_:
        raise Usage("stock.kit_heads", heads=heads, named=named_)
    count = heads or named_
    if not count:
        raise Usage("stock.kit_for_whom")
    lines = [Line(line["code"], line["quantity_milli"] * count) for line in sql.kit_lines(e.db, row["id"])]
    term = school.term_on(e.db, on)
    since = term["starts_on"] if term is not None else (on - timedelta(days=AGAIN_DAYS)).isoformat()
    for had in sql.kit_had(e.db, row["id"], [one["id"] for one in found], since):
        e.warn("stock.kit_again", person=had["name"], kit=row["name"], number=had["number"])
    done = actions.out(e, lines, to=to, by=by, on=on, purpose=purpose or row["purpose"] or row["name"], keeper=keeper,
                       create=create, kit_id=row["id"], heads=count)  # fmt: skip
    slip = store.slip(e.db, str(done.number))
    assert slip is not None
    names: list[tuple[int | None, str]] = [(one["id"], one["name"]) for one in found] + [(None, one) for one in classes]
    e.insert_many("stock_share", ["slip_id", "line", "person_id", "name"],
                  [[slip["id"], at, who, name] for at, (who, name) in enumerate(names, 1)])  # fmt: skip
    done.action = "stock.issue-kit"
    done.facts |= {"kit": row["name"], "heads": count}
    return done


def listing(ledger: "Ledger") -> Table:
    """Every kit with what it holds, and for how many the shelves have enough."""
    rows = []
    for row in sql.kits(ledger.db):
        lines = sql.kit_lines(ledger.db, row["id"])
        enough = min(max(store.on_hand(ledger.db, r["item_id"])[0], 0) // r["quantity_milli"] for r in lines)
        shown = [f"{r['name']} {quantity_text(r['quantity_milli'])} {r['unit']}" for r in lines]
        rows.append({"code": row["code"], "name": row["name"], "purpose": row["purpose"],
                     "holds": say("stock.comma").join(shown), "heads": enough})  # fmt: skip
    return table("stock.kits", "stock.title.kits", ["code", "name", "purpose", "holds", "heads"], rows)


def page(ledger: "Ledger", text: str) -> Table:
    """What one kit holds, and what is there of it."""
    row = kit(ledger, text)
    rows = [
        {"code": r["code"], "name": r["name"], "spec": r["spec"], "unit": r["unit"], "each": r["quantity_milli"],
         "quantity": store.on_hand(ledger.db, r["item_id"])[0]}
        for r in sql.kit_lines(ledger.db, row["id"])
    ]  # fmt: skip
    return table("stock.kit", "stock.title.kit", ["code", "name", "spec", "unit", "each", "quantity"], rows,
                 kit=f"{row['code']} {row['name']}")  # fmt: skip


def sign_sheet(ledger: "Ledger", number: str) -> Table:
    """The sheet of signatures (簽領表): one row a head, what each gets, and a blank to sign in."""
    slip = actions.standing_slip(ledger, number, "out")
    if not slip["heads"]:
        raise Refused("stock.no_sign_sheet", number=number)
    items: dict[str, tuple[str, int]] = {}
    for line in store.lines(ledger.db, slip["id"]):
        name, milli = items.get(line["code"], (f"{line['name']} {line['unit']}", 0))
        items[line["code"]] = (name, milli - line["quantity_milli"])
    names = sql.shares(ledger.db, slip["id"])
    rows: list[dict[str, Any]] = []
    for at in range(slip["heads"]):
        one = names[at] if at < len(names) else None
        each = {code: _share(milli, slip["heads"], at) for code, (_, milli) in items.items()}
        rows.append({"line": at + 1, "person": one["name"] if one is not None else None, **each, "signature": None})
    goods = (Column(code, name, "quantity", total=True) for code, (name, _) in items.items())
    columns = [column("line"), column("person"), *goods, column("signature")]
    kit_name = sql.kit_by_id(ledger.db, slip["kit_id"])["name"] if slip["kit_id"] else slip["purpose"]
    heading = say("stock.title.sign_sheet", number=number, kit=kit_name, day=slip["on_day"])
    return Table("stock.sign-sheet", heading, columns, rows)


def _share(milli: int, heads: int, at: int) -> Milli:
    """An even share; where it does not divide (after a correction) the first ones get the thousandth more."""
    return Milli(milli // heads + (at < milli % heads))


def _lines(e: "Entry", lines: Sequence[Line]) -> list[actions.Wanted]:
    wanted = actions.found_lines(e, lines)
    if priced := [one.item["name"] for one in wanted if one.price_fen is not None]:
        raise Usage("stock.no_price_here", item=priced[0])
    twice = sorted({w.item["name"] for w in wanted if sum(x.item["id"] == w.item["id"] for x in wanted) > 1})
    if twice:
        raise Usage("stock.count_twice", items=twice)
    return wanted


def _shown(wanted: Sequence[actions.Wanted]) -> list[str]:
    return [f"{w.item['name']} {quantity_text(w.quantity_milli)} {w.item['unit']}" for w in wanted]

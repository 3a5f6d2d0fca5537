"""What must always hold in the stock book, and what is due in it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.stock import balances, places, school, store, textbooks
from logi.books.stock import store_costing as carried
from logi.books.stock import store_counts as counts
from logi.books.stock import store_kits as kits
from logi.books.stock import store_places as placings
from logi.books.stock import verify as sql
from logi.books.stock.posting import FIFO, MOVING, replay
from logi.books.stock.requesting import missing
from logi.books.stock.signing import unsigned_slips
from logi.core.due import Due, Finding
from logi.core.errors import Refused
from logi.core.messages import quantity_text, say, title
from logi.journal import settings

if TYPE_CHECKING:
    from logi.db import Ledger


SETTLE_DAYS = 7  # a count that stands open longer is overdue
WAITING_DAYS = 30  # so is an approval asked for longer ago
SHORT_DAYS = 60  # how long textbooks that a class lacks are asked after


def due(ledger: "Ledger", days: int) -> list[Due]:
    """Expired and expiring lots, items below their minimum, slips of the last 90 days without signatures."""
    return [*_expiring(ledger, days), *_low(ledger), *_unsigned(ledger), *_counting(ledger), *_waiting(ledger),
            *_short_of_books(ledger), *_among_food(ledger)]  # fmt: skip


def verify(db: Any) -> list[Finding]:
    """Kept sums equal what the moves say; no lot is below zero on any day; closings add up; series have no gaps."""
    found = [
        Finding(say("stock.wrong_sum", item=store.item_by_id(db, item_id)["name"], row=str(row)))
        for item_id, row in sql.wrong_sums(db)
    ]
    below = sql.below_zero(db)
    if below:
        found.append(Finding(say("stock.below_zero", item=store.item_by_id(db, below[1])["name"], day=below[0])))
    if torn := places.below(db, placings.all_placed(db)):
        day, item_id, place = torn
        found.append(Finding(say("stock.wrong_place", item=store.item_by_id(db, item_id)["name"], day=day,
                                 place=places.name_of(db, place))))  # fmt: skip
    return [*found, *_wrong_layers(db), *_wrong_closings(db), *_gaps(db)]


def _wrong_layers(db: Any) -> list[Finding]:
    book, own = settings(db).get("costing", FIFO), carried.own_costings(db)
    kept, wrong = sql.kept_layers(db), []
    for lot_id, item_id, left, value in sql.lot_sums(db):
        mine = kept.get(lot_id, (item_id, 0, 0, 0))
        if mine[1] != left or (own.get(item_id, book) == FIFO and (mine[2], mine[3]) != (left, value)):
            wrong.append(item_id)
    for row in store.items(db):
        if own.get(row["id"], book) != MOVING:
            continue
        try:
            anew = {x.lot_id: (x.left_milli, x.cost_milli, x.cost_fen) for x in replay(db, row["id"])}
        except Refused:
            wrong.append(row["id"])
            continue
        for lot_id, mine in kept.items():
            if mine[0] == row["id"] and anew.get(lot_id) != mine[1:]:
                wrong.append(row["id"])
    return [
        Finding(say("stock.wrong_lots", item=store.item_by_id(db, item_id)["name"])) for item_id in dict.fromkeys(wrong)
    ]


def _wrong_closings(db: Any) -> list[Finding]:
    found = []
    for row in sql.torn_closings(db):
        name = store.item_by_id(db, row["item_id"])["name"]
        found.append(Finding(say("stock.wrong_balance", item=name, month=row["month"]), row["entry"]))
    for row in sql.torn_lots(db):
        name = store.item_by_id(db, row["item_id"])["name"]
        found.append(Finding(say("stock.wrong_balance", item=name, month=row["month"]), row["entry"]))
    found += [Finding(say("stock.wrong_classes", month=row["month"]), row["entry"]) for row in sql.torn_classes(db)]
    return found


def _gaps(db: Any) -> list[Finding]:
    return [Finding(say("stock.number_gap", series=row[0], count=row[1], last=row[2])) for row in sql.gaps(db)]


def _counting(ledger: "Ledger") -> list[Due]:
    """Counts begun and not settled, and a storeroom that was not counted as often as the policy asks."""
    found = []
    today = ledger.today.isoformat()
    for row in counts.counts(ledger.db, "open"):
        day = date.fromisoformat(row["on_day"])
        if day > ledger.today:
            continue  # the day is fixed in the past
        state = "overdue" if (ledger.today - day).days > SETTLE_DAYS else "soon"
        found.append(Due(state, "stock.rule.count", row["number"], say("stock.due_count", number=row["number"], day=day), day,
                         f"logi stock count settle {row['number']}", "STK-09"))  # fmt: skip
    first = counts.first_move_day(ledger.db)
    if found or first is None:
        return found
    asked = int(school.policy(ledger, "stock.count_per_year", ledger.today))
    last = max([first, *(row["on_day"] for row in counts.counts(ledger.db)
                        if row["state"] != "open" and row["on_day"] <= today)])
    if (ledger.today - date.fromisoformat(last)).days > 366 // asked + SETTLE_DAYS:
        text = say("stock.due_no_count", day=date.fromisoformat(last), count=asked)
        found.append(Due("missing", "stock.rule.count", last[:7], text, None, "logi stock count start", "STK-09"))
    return found


def _waiting(ledger: "Ledger") -> list[Due]:
    """Differences of counts and requests that wait for approval."""
    found = []
    for key, rows, source in (("variance", counts.variances(ledger.db, "open"), "STK-09"),
                              ("request", kits.uncollected(ledger.db, "open"), "STK-03")):  # fmt: skip
        for row in rows:
            if row["on_day"] > ledger.today.isoformat():
                continue
            waits = missing(ledger, row)
            levels = [title("stock.level", level) for level in waits]
            text = say(f"stock.due_{key}", number=row["number"], levels=levels, day=date.fromisoformat(row["on_day"]))
            late = (ledger.today - date.fromisoformat(row["on_day"])).days > WAITING_DAYS
            level = f"--level {waits[0]} " if waits else ""
            found.append(Due("overdue" if late else "soon", "stock.rule.approval", row["number"], text, None,
                             f"logi approve {row['number']} {level}--by PERSON --no DOCNO", source))  # fmt: skip
    return found


def _short_of_books(ledger: "Ledger") -> list[Due]:
    """Classes that are due textbooks they have not got, of a handing-out not long ago."""
    since = (ledger.today - timedelta(days=SHORT_DAYS)).isoformat()
    lacking = [row for row in textbooks.short(ledger.db, ledger.today) if row["on_day"] >= since]
    if not lacking:
        return []
    shown = [f"{row['class_name']} {row['name']} {quantity_text(row['short'])}" for row in lacking[:5]]
    text = say("stock.due_textbooks", count=len(lacking), classes=shown)
    return [Due("missing", "stock.rule.textbooks", lacking[0]["code"], text, None, "logi stock textbook status", "STK-06")]


def _among_food(ledger: "Ledger") -> list[Due]:
    """Chemicals whose place has become one where food is kept."""
    kinds = school.policy(ledger, "stock.food_place_kinds", ledger.today)
    return [
        Due("overdue", "stock.rule.chemical", row["code"],
            say("stock.due_chemical", item=row["name"], place=f"{row['place']} {row['place_name']}"), None,
            f"logi {act} {row['code']} {rest}", "CAN-23")
        for rows, act, rest in ((store.chemicals(ledger.db), "item edit", "--place PLACE"),
                                (placings.chemicals_elsewhere(ledger.db), "stock move", "… --to-place PLACE"))
        for row in rows if row["kind"] in kinds
    ]  # fmt: skip


def _expiring(ledger: "Ledger", days: int) -> list[Due]:
    found, until = [], (ledger.today + timedelta(days=days)).isoformat()
    urgent = ledger.today + timedelta(days=int(school.policy(ledger, "stock.near_expiry_urgent_days", ledger.today)))
    for lot in store.lots(ledger.db, expires_by=until):
        day = date.fromisoformat(lot["expires_on"])
        state = "overdue" if day < ledger.today else "expiring"
        quantity = quantity_text(lot["left_milli"])
        gone = f"logi stock adjust {lot['code']} -{quantity} --reason {say('stock.reason_expired')}"
        command = gone if state == "overdue" else "logi stock expiring"
        kind = "urgent" if state == "expiring" and day <= urgent else state
        text = say(f"stock.due_{kind}", item=lot["name"], quantity=quantity, unit=lot["unit"], day=day,
                   lot=lot["label"] or "—")  # fmt: skip
        found.append(Due(state, "stock.rule.expiry", lot["code"], text, day, command, "STK-09"))
    return found


def _low(ledger: "Ledger") -> list[Due]:
    found = []
    for one in balances.below_minimum(ledger):
        good, need = quantity_text(one["quantity_milli"] - one["expired"]), quantity_text(one["need"])
        text = say("stock.due_low", item=one["name"], left=good, minimum=quantity_text(one["min_milli"]), unit=one["unit"])
        found.append(Due("soon", "stock.rule.minimum", one["code"], text, None,
                         f"logi stock in {one['code']} {need} --price PRICE", "STK-09"))  # fmt: skip
    return found


def _unsigned(ledger: "Ledger") -> list[Due]:
    since = ledger.today - timedelta(days=90)
    lacking = unsigned_slips(ledger, since, ledger.today)
    if not lacking:
        return []
    shown = say("stock.first_to_last", first=lacking[0], last=lacking[-1]) if len(lacking) > 1 else lacking[0]
    text = say("stock.due_unsigned", count=len(lacking), numbers=shown)
    command = f"logi stock slips --unsigned --since {since}"
    return [Due("missing", "stock.rule.signatures", lacking[0], text, None, command, "STK-01")]

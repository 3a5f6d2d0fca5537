"""The shop's questions: goods and what lies on the shelf, the ledger of goods, prices, licences, sellers, inspections."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.shop import check, rules, standing, store
from logi.books.shop.tabling import as_day, table
from logi.core.answers import Table, Word
from logi.core.days import month_period
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

GOODS = ("code:code name class:word:shop.class unit quantity:quantity price:money value:money+ expires:day maker address "
         "shelf_life_days:count stopped_on:day")  # fmt: skip
SHELF = ("lot:code code:code name unit quantity:quantity made_on:day expires_on:day days_left:count "
         "state:word:shop.shelf maker vendor command")  # fmt: skip
LEDGER = ("on:day number:code what:word:shop.what code:code name unit came:quantity went:quantity left:quantity bought:money+ "
          "earned:money+ vendor maker made_on:day expires_on:day certificate by reason")  # fmt: skip
PRICES = "code:code name unit price:money from_day:day before:money change:money reason"
LICENCES = "kind:word:shop.licence name no:code issuer issued_on:day expires_on:day state:word:shop.stands"
STAFF = "code:code name job from_day:day left_on:day health_no examined_on:day expires_on:day state:word:shop.stands"
CHECKS = "on:day number:code list by score:rate grade:word:check.grade failed:count+ settled:count+ open:count+"
LOOKS = "on:day by lots:count expired:count+ soon:count+ found"
MONTH = ("code:code name unit opening:quantity came:quantity sold:quantity destroyed:quantity returned:quantity "
         "closing:quantity bought:money+ earned:money+")  # fmt: skip


def goods(ledger: "Ledger", day: date, *, class_: str | None = None) -> Table:
    """The goods with what is there on a day, the price of that day and what it would sell for, and the first last day."""
    lots: dict[int, list[rules.Lot]] = {}
    for lot in store.lots(ledger.db, until=day):
        lots.setdefault(lot.goods_id, []).append(lot)
    rows = []
    for row in store.all_goods(ledger.db):
        if class_ not in (None, row["class"]):
            continue
        own = [lot for lot in lots.get(row["id"], []) if lot.left > 0]
        price, there = store.price_on(ledger.db, row["id"], day), sum(lot.left for lot in own)
        rows.append({
            "code": row["code"], "name": row["name"], "class": row["class"], "unit": row["unit"], "quantity": there,
            "price": price["price_fen"] if price is not None else None,
            "value": rules.amount(there, price["price_fen"]) if price is not None else None,
            "expires": as_day(min((lot.expires for lot in own if lot.expires), default=None)), "maker": row["maker"],
            "address": row["address"], "shelf_life_days": row["shelf_life_days"], "stopped_on": as_day(row["stopped_on"]),
        })  # fmt: skip
    return table("goods", say("shop.title.goods", day=day), GOODS, rows)


def shelf(ledger: "Ledger", day: date, *, days: int | None = None, all_: bool = False) -> Table:
    """What lies on the shelf past its day or within some days of it; with `all_` every lot."""
    rows = []
    for one in standing.shelf(ledger, day):
        left = (date.fromisoformat(one.lot.expires) - day).days if one.lot.expires else None
        near = one.state in ("expired", "expiring") if days is None else left is not None and left <= days
        if near or all_:
            rows.append({
                "lot": one.lot.code, "code": one.goods["code"], "name": one.goods["name"], "unit": one.goods["unit"],
                "quantity": one.lot.left, "made_on": as_day(one.papers["made_on"]), "expires_on": as_day(one.lot.expires),
                "days_left": left, "state": one.state, "maker": one.papers["maker"], "vendor": one.papers["vendor"],
                "command": standing.destroying(ledger, one.goods, one.lot.left) if one.state == "expired" else None,
            })  # fmt: skip
    return table("shelf", say("shop.title.shelf", day=day), SHELF, rows)


def ledger_(ledger: "Ledger", since: date, until: date, *, text: str | None = None, what: str | None = None) -> Table:
    """進出商品臺賬: every coming in and going out with the papers, and what was left of the goods after it."""
    only = store.goods(ledger, text)["id"] if text else None
    left: dict[int, int] = {}
    rows = []
    for row in store.moves(ledger.db, date.min, until):
        left[row["goods_id"]] = left.get(row["goods_id"], 0) + row["quantity_milli"]
        if row["on_day"] >= since.isoformat() and only in (None, row["goods_id"]) and what in (None, row["what"]):
            rows.append(_line(row, left[row["goods_id"]]))
    return table("ledger", say("shop.title.ledger", since=since, until=until), LEDGER, rows)


def prices(ledger: "Ledger", day: date, *, text: str | None = None, all_: bool = False) -> Table:
    """The price list of a day, with what it was before; with `all_` every price there ever was."""
    only = store.goods(ledger, text)["id"] if text else None
    every = store.prices(ledger.db, only)
    rows = []
    for at, row in enumerate(every):
        before = every[at + 1] if at + 1 < len(every) and every[at + 1]["code"] == row["code"] else None
        current = store.price_on(ledger.db, row["goods_id"], day)
        if all_ or (current is not None and current["id"] == row["id"]):
            was = before["price_fen"] if before is not None else None
            rows.append({"code": row["code"], "name": row["name"], "unit": row["unit"], "price": row["price_fen"],
                         "before": was, "from_day": as_day(row["from_day"]), "reason": row["reason"],
                         "change": None if was is None else row["price_fen"] - was})  # fmt: skip
    return table("prices", say("shop.title.prices", day=day), PRICES, rows)


def licences(ledger: "Ledger", day: date, *, all_: bool = False) -> Table:
    """The licences with their last days; one that must be there and is not stands too, those that ended only with `all_`."""
    rows = [
        {"kind": kind, "name": row["name"] if row is not None else None, "no": row["doc_no"] if row is not None else None,
         "issuer": row["issuer"] if row is not None else None, "state": state,
         "issued_on": as_day(row["issued_on"]) if row is not None else None,
         "expires_on": as_day(row["expires_on"]) if row is not None else None}
        for kind, row, state in standing.licences(ledger, day) if all_ or state != "ended"
    ]  # fmt: skip
    return table("licences", say("shop.title.licences", day=day), LICENCES, rows)


def staff(ledger: "Ledger", day: date) -> Table:
    """Who sells by a day, and until when the certificates of health hold."""
    rows = []
    for row in store.workers(ledger.db):
        if row["from_day"] > day.isoformat():
            continue
        paper, state = standing.health(ledger, row, day)
        rows.append({"code": row["code"], "name": row["name"], "job": row["job"], "from_day": as_day(row["from_day"]),
                     "left_on": as_day(row["left_on"]),
                     "state": "ended" if (row["left_on"] or "9999") <= day.isoformat() else state,
                     "health_no": paper["certificate"] if paper is not None else None,
                     "examined_on": as_day(paper["examined_on"]) if paper is not None else None,
                     "expires_on": as_day(paper["expires_on"]) if paper is not None else None})  # fmt: skip
    return table("staff", say("shop.title.staff", day=day), STAFF, rows)


def inspections(ledger: "Ledger", since: date, until: date) -> Table:
    """The runs of the eight prohibitions and of October's hygiene, what became of what they found; months without one."""
    last = min(until, ledger.today)
    made = sorted((run for key in check.LISTS for run in check.runs(ledger.db, key, since, last)),
                  key=lambda run: (run["on_day"], run["number"]))  # fmt: skip
    answers = check.results_of_runs(ledger.db, [run for run in made if run["failed"]])
    rows = []
    for run in made:
        found = [check.outcome(ledger, one) for one in answers.get(run["number"], []) if one["result"] == "fail"]
        settled = sum(one in ("closed", "on-the-spot") for one in found)
        known = check.lists.known(run["list"])
        rows.append({"on": as_day(run["on_day"]), "number": run["number"], "by": run["by_name"], "score": run["score"],
                     "list": check.lists.title(known) if known is not None else run["list"], "failed": len(found),
                     "grade": check.grade(ledger, run["score"], date.fromisoformat(run["on_day"])), "settled": settled,
                     "open": sum(one == "open" for one in found)})  # fmt: skip
    empty = [month for month in standing.traded(ledger, since, last) if month not in {str(row["on"])[:7] for row in rows}]
    notes = [say("shop.note.not_inspected", months=shown(empty))] if empty else []
    return table("inspections", say("shop.title.inspections", since=since, until=last), CHECKS, rows, notes=notes)


def looks(ledger: "Ledger", since: date, until: date) -> Table:
    """The looks through the shelf."""
    rows = [{"on": as_day(row["on_day"]), "by": row["by_name"], "lots": row["lots"], "expired": row["expired"],
             "soon": row["soon"], "found": row["found"]} for row in store.looks(ledger.db, since, until)]  # fmt: skip
    return table("looks", say("shop.title.looks", since=since, until=until), LOOKS, rows)


def month(ledger: "Ledger", since: date, until: date) -> Table:
    """Goods of a period: there before, came, sold, destroyed, returned, left; what was paid and earned."""
    last = min(until, ledger.today)
    sums: dict[int, dict[str, int]] = {}
    for row in store.moves(ledger.db, date.min, last):
        own = sums.setdefault(row["goods_id"], dict.fromkeys(
            ("opening", "in", "sold", "destroyed", "returned", "bought", "earned"), 0))  # fmt: skip
        if row["on_day"] < since.isoformat():
            own["opening"] += row["quantity_milli"]
            continue
        own[row["what"]] += abs(row["quantity_milli"])
        own["bought" if row["what"] == "in" else "earned"] += row["amount_fen"] or 0
    rows = []
    for row in store.all_goods(ledger.db):
        if row["id"] in sums:
            own = sums[row["id"]]
            closing = own["opening"] + own["in"] - own["sold"] - own["destroyed"] - own["returned"]
            rows.append({"code": row["code"], "name": row["name"], "unit": row["unit"], "came": own.pop("in"), **own,
                         "closing": closing})  # fmt: skip
    return table("month", say("shop.title.month", since=since, until=last), MONTH, rows)


def shop_goods(ledger: "Ledger", since: date, until: date) -> Table:
    """The goods, as a report."""
    return goods(ledger, min(until, ledger.today))


def shop_ledger(ledger: "Ledger", since: date, until: date) -> Table:
    """The ledger of goods in and out."""
    return ledger_(ledger, since, until)


def shop_expiring(ledger: "Ledger", since: date, until: date) -> Table:
    """What lies on the shelf past its day or near it."""
    return shelf(ledger, min(until, ledger.today))


def shop_prices(ledger: "Ledger", since: date, until: date) -> Table:
    """The price list."""
    return prices(ledger, min(until, ledger.today))


def shop_licences(ledger: "Ledger", since: date, until: date) -> Table:
    """The licences."""
    return licences(ledger, min(until, ledger.today))


def shop_staff(ledger: "Ledger", since: date, until: date) -> Table:
    """The sellers."""
    return staff(ledger, min(until, ledger.today))


def shop_inspections(ledger: "Ledger", since: date, until: date) -> Table:
    """The inspections."""
    return inspections(ledger, since, until)


def shop_looks(ledger: "Ledger", since: date, until: date) -> Table:
    """The looks through the shelf."""
    return looks(ledger, since, until)


def shop_month(ledger: "Ledger", since: date, until: date) -> Table:
    """The goods of a period in sum."""
    return month(ledger, since, until)


def pack(ledger: "Ledger", month_: str) -> list[Table]:
    """The month's part: goods in sum, licences, what is near its day, inspections; nothing where there is no shop."""
    period = month_period(month_)
    last = min(period.until, ledger.today)
    whole = month(ledger, period.since, last)
    if not whole.rows:
        return []
    return [whole, licences(ledger, last), shelf(ledger, last), inspections(ledger, period.since, last)]


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A slip by number, goods by code (with their ledger), a licence by number."""
    if (rows := store.slip(ledger.db, number)):
        return [table("slip", say("shop.title.slip", number=rows[0]["number"]), LEDGER, [_line(row, None) for row in rows])]
    known = next((row for row in store.all_goods(ledger.db) if row["code"] == number), None)
    if known is not None:
        whole = goods(ledger, ledger.today)
        return [Table(whole.name, whole.title, whole.columns, [row for row in whole.rows if row["code"] == number]),
                ledger_(ledger, date.min, ledger.today, text=number)]  # fmt: skip
    papers = [row for row in licences(ledger, ledger.today, all_=True).rows if row["no"] == number]
    return [table("licences", say("shop.title.licences", day=ledger.today), LICENCES, papers)] if papers else None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Goods by code or name, for `logi find`."""
    from logi.finding import search as found

    return [{"kind": Word.of("front.thing", "goods"), "code": row["code"], "name": row["name"],
             "detail": title("shop.class", row["class"])} for row in found(ledger.db, "shop_goods", text)]  # fmt: skip


def _line(row: store.Row, left: int | None) -> dict[str, Any]:
    quantity = row["quantity_milli"]
    by = [name for name in (row["by_name"], row["second_name"]) if name]
    return {
        "on": as_day(row["on_day"]), "number": row["number"], "what": row["what"], "code": row["code"], "name": row["name"],
        "unit": row["unit"], "came": quantity if quantity > 0 else None, "went": -quantity if quantity < 0 else None,
        "left": left, "bought": row["amount_fen"] if row["what"] == "in" else None,
        "earned": row["amount_fen"] if row["what"] == "sold" else None, "vendor": row["vendor"], "maker": row["maker"],
        "made_on": as_day(row["made_on"]), "expires_on": as_day(row["expires_on"]), "certificate": row["certificate"],
        "by": shown(by), "reason": row["reason"],
    }  # fmt: skip



"""The canteen's account: what a meal costs, what is left of the income, the ledger of goods and samples, what is answered."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.canteen import patrol, rules, school, stock, store, store_accounts
from logi.books.canteen import purchase as bought
from logi.books.canteen.tabling import as_day, table
from logi.core.answers import Fen, Milli, Table
from logi.core.days import add_months, month_of, month_period
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

COST = ("month:month days:count+ portions:count+ person_days:count+ income:money+ stock_food:money+ bought_food:money+ "
        "fuel:money+ labour:money+ other:money+ cost:money+ left:money+ margin:rate state:word:canteen.margin "
        "per_portion:money per_person_day:money per_day:money")  # fmt: skip
ACCOUNTS = "side:word:canteen.side kind:word:canteen.money amount:money share:rate"
LEDGER = "on:day matter:word:canteen.line number:code what quantity:quantity income:money+ outlay:money+ by"
MATTERS = ("number:code on:day kind:word:canteen.matter words source run:code owner due_on:day answered_on:day answer "
           "state:word:canteen.answered")  # fmt: skip
GOODS = ("number:code on:day vendor goods value:money licence certificate:code maker made_on:day inspectors "
         "state:word:canteen.looked")  # fmt: skip


class Account(NamedTuple):
    """What came in and went out of a stretch of days, in fen, and how many ate."""

    income: dict[str, int]
    outlay: dict[str, int]
    days: int
    portions: int
    person_days: int

    @property
    def earned(self) -> int:
        """All income."""
        return sum(self.income.values())

    @property
    def spent(self) -> int:
        """All outlay, the food of the storeroom with it."""
        return sum(self.outlay.values())


def account(ledger: "Ledger", since: date, until: date) -> Account:
    """The account of a stretch of days; a person-day is one who ate that day (the best attended meal counts)."""
    sums = store_accounts.sums(ledger.db, since, until)
    most: dict[str, int] = {}
    portions = 0
    for row in store.meals(ledger.db, since, until):
        eaters = row["heads"] + row["staff"]
        portions += eaters
        most[row["on_day"]] = max(most.get(row["on_day"], 0), eaters)
    outlay = {"stock-food": stock.food_used(ledger, since, until)} | {kind: sums.get(kind, 0) for kind in rules.OUTLAY}
    return Account({kind: sums.get(kind, 0) for kind in rules.INCOME}, outlay, len(most), portions, sum(most.values()))


def cost(ledger: "Ledger", since: date, until: date) -> Table:
    """伙食成本核算: each month's income, cost and margin, and the cost of a meal, a person's day and a day."""
    rows, whole = [], []
    for month in _months(since, min(until, ledger.today)):
        period = month_period(month)
        one = account(ledger, max(period.since, since), min(period.until, until))
        if one.earned or one.spent or one.portions:
            rows.append(_cost_row(ledger, month, one))
            whole.append(one)
    earned, spent = sum(one.earned for one in whole), sum(one.spent for one in whole)
    totals = {"margin": rules.margin(earned, spent),
              "per_portion": rules.share(spent, sum(one.portions for one in whole)),
              "per_person_day": rules.share(spent, sum(one.person_days for one in whole)),
              "per_day": rules.share(spent, sum(one.days for one in whole))}  # fmt: skip
    percent = int(school.policy(ledger, "canteen.margin_percent", min(until, ledger.today)))
    return table("cost", say("canteen.title.cost", since=since, until=until), COST, rows, totals=totals,
                 notes=[say("canteen.note.band", percent=percent)])  # fmt: skip


def open_accounts(ledger: "Ledger", since: date, until: date) -> Table:
    """食堂收支公示: income and outlay by kind, what is left, and what a meal cost."""
    one = account(ledger, since, until)
    rows = [{"side": "income", "kind": kind, "amount": amount, "share": _rate(amount, one.earned)}
            for kind, amount in one.income.items() if amount]  # fmt: skip
    rows += [{"side": "outlay", "kind": kind, "amount": amount, "share": _rate(amount, one.spent)}
             for kind, amount in one.outlay.items() if amount]  # fmt: skip
    notes = [say("canteen.note.left", income=Fen(one.earned), outlay=Fen(one.spent), left=Fen(one.earned - one.spent),
                 margin=rate_text(rules.margin(one.earned, one.spent)))]  # fmt: skip
    if one.portions:
        notes.append(say("canteen.note.portion", count=one.portions, cost=Fen(rules.share(one.spent, one.portions) or 0)))
    return table("accounts", say("canteen.title.accounts", since=since, until=until), ACCOUNTS, rows, notes=notes)


def ledger_of(ledger: "Ledger", since: date, until: date) -> Table:
    """食堂管理賬: income and outlay, goods in and out, food thrown away, samples, in one list by day (CAN-21)."""
    rows = [{"on": as_day(row["on_day"]), "matter": "income" if row["kind"] in rules.INCOME else "outlay",
             "number": row["voucher"], "what": _what(title("canteen.money", row["kind"]), row["note"]),
             "income" if row["kind"] in rules.INCOME else "outlay": row["amount_fen"]}
            for row in store_accounts.money(ledger.db, since, until)]  # fmt: skip
    lines = {"in": "goods-in", "out": "goods-out", "return": "goods-back", "loss": "spoiled", "gain": "found"}
    for slip in stock.food_slips(ledger, since, until):
        rows += [{"on": as_day(line["on_day"]), "matter": lines[line["kind"]], "number": slip.row["number"],
                  "what": _what(line["name"], slip.row["reason"]), "quantity": abs(line["quantity_milli"]),
                  "outlay": stock.cost_of(line), "by": slip.row["inspector"] or slip.row["person"]}
                 for line in slip.lines]  # fmt: skip
    rows += [{"on": as_day(row["on_day"]), "matter": "sample", "number": row["number"], "what": row["dish"],
              "quantity": Milli(row["weight_mg"]), "by": row["by_name"]}
             for row in store.samples(ledger.db, since, until)]  # fmt: skip
    rows.sort(key=lambda row: (row["on"] or date.min, row["matter"], row["number"] or ""))
    return table("ledger", say("canteen.title.ledger", since=since, until=until), LEDGER, rows,
                 notes=[say("canteen.note.sample_grams")])  # fmt: skip


def goods(ledger: "Ledger", since: date, until: date) -> Table:
    """進貨查驗臺賬: each slip of food with its papers and who looked at it, or that nobody did."""
    looked, rows = store_accounts.goods(ledger.db), []
    for slip in stock.food_slips(ledger, since, until):
        if slip.row["kind"] != "in":
            continue
        own, other = looked.get(slip.row["id"]), bought.accepted(ledger, slip.row)
        row = {"number": slip.row["number"], "on": as_day(slip.row["on_day"]), "vendor": slip.row["vendor"],
               "goods": shown([line["name"] for line in slip.lines]),
               "value": sum(line["value_fen"] or 0 for line in slip.lines), "state": "missing"}  # fmt: skip
        if own is not None:
            row |= {"licence": own["licence"], "certificate": own["certificate"], "maker": own["maker"], "state": "looked",
                    "made_on": as_day(own["made_on"]), "inspectors": _and(own["first"], own["second"])}  # fmt: skip
        elif other is not None:
            row |= {"licence": other["licence"], "certificate": other["certificate"], "maker": other["maker"],
                    "made_on": as_day(other["made_on"]), "inspectors": _and(other["inspector"], other["second"]),
                    "state": "accepted"}  # fmt: skip
        rows.append(row)
    return table("goods", say("canteen.title.goods", since=since, until=until), GOODS, rows)


def matters(ledger: "Ledger", since: date, until: date, *, kind: str | None = None, waiting: bool = False) -> Table:
    """What was brought up, whose it is, and how it was answered."""
    rows = [matter_row(ledger, row) for row in store_accounts.matters(ledger.db, since, until, kind)
            if not (waiting and row["answered_on"])]  # fmt: skip
    done = sum(row["answered_on"] is not None for row in rows)
    notes = [say("canteen.note.answered", done=done, count=len(rows))] if rows else []
    return table("matters", say("canteen.title.matters"), MATTERS, rows, notes=notes)


def matter_row(ledger: "Ledger", row: Any) -> dict[str, Any]:
    """One line of what was brought up."""
    late = not row["answered_on"] and row["due_on"] < ledger.today.isoformat()
    return {
        "number": row["number"], "on": as_day(row["on_day"]), "kind": row["kind"], "words": row["words"],
        "source": row["source"], "run": row["run"], "owner": row["owner"], "due_on": as_day(row["due_on"]),
        "answered_on": as_day(row["answered_on"]), "answer": row["answer"],
        "state": "answered" if row["answered_on"] else "late" if late else "waiting",
    }  # fmt: skip


def rate_text(tenths: int | None) -> str:
    """A rate as people read it: 8 tenths as 0.8%."""
    if tenths is None:
        return "—"
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def poisonings(ledger: "Ledger", since: date, until: date) -> list[Any]:
    """Accidents with food: none is wanted."""
    return patrol.poisonings(ledger.db, since, until)


def _cost_row(ledger: "Ledger", month: str, one: Account) -> dict[str, Any]:
    percent = int(school.policy(ledger, "canteen.margin_percent", month_period(month).since))
    return {
        "month": month, "days": one.days, "portions": one.portions, "person_days": one.person_days, "income": one.earned,
        "stock_food": one.outlay["stock-food"], "bought_food": one.outlay["food"], "fuel": one.outlay["fuel"],
        "labour": one.outlay["labour"], "other": one.outlay["other-cost"], "cost": one.spent,
        "left": one.earned - one.spent, "margin": rules.margin(one.earned, one.spent),
        "state": rules.standing(one.earned, one.spent, percent), "per_portion": rules.share(one.spent, one.portions),
        "per_person_day": rules.share(one.spent, one.person_days), "per_day": rules.share(one.spent, one.days),
    }  # fmt: skip


def _months(since: date, until: date) -> Iterator[str]:
    month = month_of(since)
    while month <= month_of(until):
        yield month
        month = add_months(month, 1)


def _rate(part: int, whole: int) -> int | None:
    return (2000 * part + whole) // (2 * whole) if whole > 0 else None


def _what(name: str, note: str | None) -> str:
    return f"{name}：{note}" if note else name


def _and(*names: str | None) -> str:
    return "、".join(name for name in names if name)



"""What the canteen can be asked: a day and what it lacks, menus, samples, meals, morning looks, certificates."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.canteen import accounts, menu_actions, people, rules, school, store, store_accounts
from logi.books.canteen import day as days
from logi.books.canteen.tabling import as_day, table, words
from logi.core.answers import Milli, Table, Word
from logi.core.days import month_period
from logi.core.due import spoken
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

SAMPLES = ("number:code on:day at meal:word:canteen.meal dish grams:quantity kept_until by thrown_at thrown_by "
           "state:word:canteen.kept")  # fmt: skip
RECORDS = ("on:day at step:word:canteen.step meal:word:canteen.meal celsius:quantity minutes:count method "
           "quantity:quantity vendor by checker result:word:canteen.passed note")  # fmt: skip
MENU = "on:day meal:word:canteen.meal dish groups price:money note"
MEALS = "on:day meal:word:canteen.meal heads:count+ staff:count+ leaders by note"
LOOKS = "on:day person:code name result:word:canteen.result note by"
STAFF = "person:code name job certificate:code examined_on:day expires_on:day days_left:count state:word:canteen.health"
GAPS = "meal:word:canteen.meal record:word:canteen.record detail missing:count command"
DAYS = "on:day meals asked:count+ kept:count+ rate:rate missing"


def day(ledger: "Ledger", on: date | None = None) -> Table:
    """One day's records: what is asked, and whether it is there (the daily set of hygiene records, CAN-05, CAN-08)."""
    wanted = on or ledger.today
    found = next(iter(days.days(ledger, wanted, wanted)), None)
    who = days.who(ledger)
    rows = [] if found is None else [
        {"meal": gap.meal, "record": gap.what, "detail": gap.detail, "missing": gap.many,
         "command": spoken(days.mend(gap, wanted, who))}
        for gap in found.gaps
    ]  # fmt: skip
    if found is None:
        notes = [say("canteen.note.not_cooking", day=wanted)]
    else:
        notes = [say("canteen.note.day", kept=found.asked - len(found.gaps), asked=found.asked)]
    made = records(ledger, wanted, wanted)
    notes += [say("canteen.note.made", count=len(made.rows))]
    answer = table("day", say("canteen.title.day", day=wanted),
                   GAPS, rows, notes=notes)  # fmt: skip
    answer.telling = True
    return answer


def records(ledger: "Ledger", since: date, until: date, *, step: str | None = None) -> Table:
    """The records of hygiene of a period."""
    rows = [
        {"on": as_day(row["on_day"]), "at": row["at_time"], "step": row["step"], "meal": row["meal"],
         "celsius": row["celsius_milli"], "minutes": row["minutes"], "method": row["method"],
         "quantity": row["quantity_milli"], "vendor": row["vendor"], "by": row["by_name"], "checker": row["checker"],
         "result": "passed" if row["passed"] else "failed", "note": row["note"]}
        for row in store.steps(ledger.db, since, until) if step in (None, row["step"])
    ]  # fmt: skip
    return table("records", say("canteen.title.records"), RECORDS, rows)


def samples(ledger: "Ledger", since: date, until: date, *, kept: bool = False) -> Table:
    """The samples of a period: grams, until when they are kept, when and by whom they were thrown away."""
    rows = [_sample(ledger, row) for row in store.samples(ledger.db, since, until) if not (kept and row["thrown_on"])]
    return table("samples", say("canteen.title.samples"), SAMPLES, rows)


def menu(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """The menu of a week (the one of today), with what the days lack of the four groups of food."""
    first = since or ledger.today - timedelta(days=ledger.today.weekday())
    last = until or (first + timedelta(days=6))
    found = store.dishes(ledger.db, first, last)
    rows = [{"on": as_day(row["on_day"]), "meal": row["meal"], "dish": row["name"], "price": row["price_fen"],
             "groups": words("canteen.group", (row["groups"] or "").split(",") if row["groups"] else ()),
             "note": row["reason"]} for row in found]  # fmt: skip
    notes = []
    for text in dict.fromkeys(row["on_day"] for row in found):
        there = rules.groups_of((row["groups"] or "").split(",") for row in found if row["on_day"] == text)
        least = int(school.policy(ledger, "canteen.groups_min", date.fromisoformat(text)))
        if len(there) < least:
            lacking = [Word.of("canteen.group", one) for one in rules.GROUPS if one not in there]
            notes.append(say("canteen.note.unbalanced", day=date.fromisoformat(text), count=len(there), least=least,
                             lacking=shown(lacking)))  # fmt: skip
    return table("menu", say("canteen.title.menu", since=first, until=last), MENU, rows, notes=notes)


def meals(ledger: "Ledger", since: date, until: date) -> Table:
    """The meals served in a period: how many ate, who of the leaders ate with them."""
    notes = [say("canteen.note.said", day=as_day(row["on_day"]), meal=Word.of("canteen.meal", row["meal"]), person=row["name"],
                 said=row["note"]) for row in store.guests(ledger.db, since, until) if row["note"]]  # fmt: skip
    rows = [{"on": as_day(row["on_day"]), "meal": row["meal"], "heads": row["heads"], "staff": row["staff"],
             "leaders": row["guests"], "by": row["by_name"], "note": row["note"]}
            for row in store.meals(ledger.db, since, until)]  # fmt: skip
    counted = {(row["on"], row["meal"]) for row in rows}
    rows += [{"on": as_day(row["on_day"]), "meal": row["meal"], "leaders": row["name"]}
             for row in store.guests(ledger.db, since, until)
             if (as_day(row["on_day"]), row["meal"]) not in counted]  # fmt: skip
    rows.sort(key=lambda row: row["on"] or date.min)
    return table("meals", say("canteen.title.meals", since=since, until=until), MEALS, rows, notes=notes)


def looks(ledger: "Ledger", since: date, until: date) -> Table:
    """The morning looks of a period."""
    rows = [{"on": as_day(row["on_day"]), "person": row["code"], "name": row["name"], "result": row["result"],
             "note": row["note"], "by": row["by_name"]} for row in store.looks(ledger.db, since, until)]  # fmt: skip
    return table("looks", say("canteen.title.looks", since=since, until=until), LOOKS, rows)


def staff(ledger: "Ledger") -> Table:
    """Who handles food today, and until when each certificate holds, the first to end on top."""
    rows = []
    for row in store.workers(ledger.db, ledger.today):
        ends = as_day(row["expires_on"])
        rows.append({"person": row["code"], "name": row["name"], "job": row["job"], "certificate": row["certificate"],
                     "examined_on": as_day(row["examined_on"]), "expires_on": ends,
                     "days_left": (ends - ledger.today).days if ends else None, "state": days.health(ledger, row)})  # fmt: skip
    rows.sort(key=lambda row: (row["expires_on"] or date.min, row["person"]))
    return table("staff", say("canteen.title.staff", day=ledger.today), STAFF, rows)


# -- hooks of the floor ----------------------------------------------------------------------------


def canteen_days(ledger: "Ledger", since: date, until: date) -> Table:
    """Every day on which the canteen cooked: how many of its records are there, and which are missing."""
    found = list(days.days(ledger, since, until))
    rows = [
        {"on": one.day, "meals": words("canteen.meal", one.meals), "asked": one.asked, "kept": one.asked - len(one.gaps),
         "rate": _rate(one.asked - len(one.gaps), one.asked),
         "missing": days.gaps_text(one.gaps)}
        for one in found
    ]  # fmt: skip
    totals = {"rate": _rate(sum(one.asked - len(one.gaps) for one in found), sum(one.asked for one in found))}
    return table("days", say("canteen.title.days", since=since, until=until), DAYS, rows, totals=totals)


def canteen_records(ledger: "Ledger", since: date, until: date) -> Table:
    """The records of hygiene of a period."""
    return records(ledger, since, until)


def food_samples(ledger: "Ledger", since: date, until: date) -> Table:
    """The samples of a period."""
    return samples(ledger, since, until)


def canteen_menu(ledger: "Ledger", since: date, until: date) -> Table:
    """The menu of a period."""
    return menu(ledger, since, until)


def morning_looks(ledger: "Ledger", since: date, until: date) -> Table:
    """The morning looks of a period."""
    return looks(ledger, since, until)


def canteen_meals(ledger: "Ledger", since: date, until: date) -> Table:
    """The meals served in a period."""
    return meals(ledger, since, until)


def canteen_goods(ledger: "Ledger", since: date, until: date) -> Table:
    """Food that came in, with its papers."""
    return accounts.goods(ledger, since, until)


def canteen_cost(ledger: "Ledger", since: date, until: date) -> Table:
    """What a meal costs, by month."""
    return accounts.cost(ledger, since, until)


def canteen_accounts(ledger: "Ledger", since: date, until: date) -> Table:
    """Income and outlay, to be shown to everybody."""
    return accounts.open_accounts(ledger, since, until)


def canteen_ledger(ledger: "Ledger", since: date, until: date) -> Table:
    """Money, goods and samples in one list."""
    return accounts.ledger_of(ledger, since, until)


def canteen_matters(ledger: "Ledger", since: date, until: date) -> Table:
    """What was brought up, and the answers."""
    return accounts.matters(ledger, since, until)


def canteen_training(ledger: "Ledger", since: date, until: date) -> Table:
    """What was taught against what inspections found."""
    return people.training(ledger, since, until)


def canteen_supervision(ledger: "Ledger", since: date, until: date) -> Table:
    """The inspections, and what became of what they found."""
    return people.supervision(ledger, since, until)


def canteen_workers(ledger: "Ledger", since: date, until: date) -> Table:
    """Meals and labour a worker, praise and blame."""
    return people.workers(ledger, since, until)


def canteen_satisfaction(ledger: "Ledger", since: date, until: date) -> Table:
    """How the canteen pleases."""
    return people.satisfaction(ledger, since, until)


def canteen_equipment(ledger: "Ledger", since: date, until: date) -> Table:
    """The equipment standard and what is short of it."""
    return people.equipment(ledger, min(until, ledger.today))


def canteen_summary(ledger: "Ledger", since: date, until: date) -> Table:
    """The canteen's work in sum."""
    return people.summary(ledger, since, until)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: the days with what they lack, and the meals served; nothing while the canteen does not cook."""
    period = month_period(month)
    last = min(period.until, ledger.today)
    kept, cost = canteen_days(ledger, period.since, last), accounts.cost(ledger, period.since, last)
    found = [kept, meals(ledger, period.since, last)] if kept.rows else []
    return found + ([cost] if store_accounts.money(ledger.db, period.since, last) else [])


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A sample, or what was brought up, by its number."""
    row = store.sample(ledger.db, number)
    if row is None:
        matter = store_accounts.matter(ledger.db, number)
        if matter is None:
            return None
        rows = [accounts.matter_row(ledger, matter)]
        return [table("matter", say("canteen.title.matter", number=matter["number"]), accounts.MATTERS, rows)]
    return [table("sample", say("canteen.title.sample", number=row["number"]), SAMPLES, [_sample(ledger, row)])]


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """What was brought up in these words, for `logi find`."""
    return [{"kind": "document", "code": row["number"], "name": row["words"],
             "detail": f"{title('canteen.matter', row['kind'])} {row['on_day']}"}
            for row in store_accounts.called(ledger.db, text)]  # fmt: skip


# -- pieces ----------------------------------------------------------------------------------------


def _sample(ledger: "Ledger", row: Any) -> dict[str, Any]:
    thrown = f"{row['thrown_on']} {row['thrown_at']}" if row["thrown_on"] else None
    until = menu_actions.may_go(ledger, row)
    over = until.date() < ledger.today
    return {
        "number": row["number"], "on": as_day(row["on_day"]), "at": row["at_time"], "meal": row["meal"], "dish": row["dish"],
        "grams": Milli(row["weight_mg"]), "kept_until": menu_actions.spoken(until), "by": row["by_name"], "thrown_at": thrown,
        "thrown_by": row["thrown_by"], "state": "thrown" if thrown else "over" if over else "kept",
        "celsius": row["celsius_milli"], "note": row["note"],
    }  # fmt: skip


def _rate(part: int, whole: int) -> int | None:
    return (2000 * part + whole) // (2 * whole) if whole else None

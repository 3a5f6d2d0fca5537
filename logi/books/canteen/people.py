"""Reports about people and means: lessons against findings, inspections, work, satisfaction, equipment, all in sum."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.canteen import accounts, asset, check, rules, school, store, store_accounts, store_people
from logi.books.canteen import day as days
from logi.books.canteen.tabling import as_day, table
from logi.core.answers import Fen, Table
from logi.core.due import spoken
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

TRAINING = ("item:code point trained_on:day trainings:count+ taught:count+ before:count+ failed:count+ since:count+ "
            "state:word:canteen.taught")  # fmt: skip
SUPERVISION = ("number:code on:day list place by score:rate grade:word:check.grade failed:count+ settled:count+ open:count+ "
               "answered notices")  # fmt: skip
WORK = "code:code name praise:count+ criticism:count+ reward:count+ amount:money+ reasons"
SATISFACTION = ("on:day party:word:canteen.party very:count+ satisfied:count+ fair:count+ poor:count+ valid:count+ rate:rate "
                "met:word:canteen.met")  # fmt: skip
EQUIPMENT = "name wanted:count+ there:count+ gap:count+ cards command"
SUMMARY = "matter:word:canteen.sum done:count of:count rate:rate met:word:canteen.met note"
DUTIES = "area:word:canteen.area person:code name from_day:day"


def training(ledger: "Ledger", since: date, until: date) -> Table:
    """Each point of the daily control: when it was taught last, and what inspections found before and after (CAN-07)."""
    last = min(until, ledger.today)
    held = store_people.events(ledger.db, date.min, last, "training")
    failed = check.failures(ledger, check.runs_of(ledger.db, since, last, ("canteen-daily",)))
    rows = []
    for item, point in check.daily_items().items():
        of = [row for row in held if item in (row["items"] or "").split(",")]
        now = [row for row in of if row["on_day"] >= since.isoformat()]
        found = [run["on_day"] for run, answer in failed if answer["item"] == item]
        taught = of[-1]["on_day"] if of else None
        after = [day for day in found if taught is None or day > taught]
        state = "none" if not found else "untaught" if taught is None else "again" if after else "better"
        if of or found:
            rows.append({"item": item, "point": point, "trained_on": as_day(taught), "trainings": len(now),
                         "taught": sum(row["heads"] for row in now), "before": len(found) - len(after), "failed": len(found),
                         "since": len(after), "state": state})  # fmt: skip
    return table("training", say("canteen.title.training", since=since, until=last), TRAINING, rows)


def supervision(ledger: "Ledger", since: date, until: date) -> Table:
    """The series of inspections with score and grade, and what became of what they found (CAN-35)."""
    made = check.runs_of(ledger.db, since, min(until, ledger.today))
    failed: dict[str, list[Any]] = {}
    for run, answer in check.failures(ledger, made):
        failed.setdefault(run["number"], []).append(check.outcome(ledger, answer))
    matters = [row for row in store_accounts.matters(ledger.db, date.min, ledger.today) if row["run"]]
    told = store_people.notices(ledger.db, date.min, ledger.today)
    rows = []
    for run in made:
        outcomes, own = failed.get(run["number"], []), [row for row in matters if row["run"] == run["number"]]
        settled = sum(one in ("closed", "on-the-spot") for one in outcomes)
        rows.append({
            "number": run["number"], "on": as_day(run["on_day"]), "list": check.list_title(run["list"]), "place": run["place"],
            "by": run["by_name"], "score": run["score"], "failed": len(outcomes), "settled": settled,
            "grade": check.grade(ledger, run["score"], date.fromisoformat(run["on_day"])),
            "open": sum(one == "open" for one in outcomes) + sum(row["answered_on"] is None for row in own),
            "answered": f"{sum(row['answered_on'] is not None for row in own)}/{len(own)}" if own else None,
            "notices": shown([row["number"] for row in told if row["run"] == run["number"]]) or None,
        })  # fmt: skip
    return table("supervision", say("canteen.title.supervision", since=since, until=until), SUPERVISION, rows)


def workers(ledger: "Ledger", since: date, until: date) -> Table:
    """Praise, blame and rewards by person; meals a worker and labour cost for each (CAN-04)."""
    last = min(until, ledger.today)
    told = store_people.notices(ledger.db, since, last)
    people = {row["code"]: row["name"] for row in store.workers(ledger.db, last)} | {row["code"]: row["name"] for row in told}
    rows = []
    for code, name in sorted(people.items()):
        own = [row for row in told if row["code"] == code]
        rows.append({"code": code, "name": name, **{kind: sum(row["kind"] == kind for row in own) for kind in rules.NOTICES},
                     "amount": sum(row["amount_fen"] or 0 for row in own),
                     "reasons": shown([row["words"] for row in own]) if own else None})  # fmt: skip
    one, hands = accounts.account(ledger, since, last), len(store.workers(ledger.db, last))
    labour = one.outlay["labour"]
    notes = [say("canteen.note.work", count=hands, portions=one.portions,
                 each=rules.share(one.portions, hands) if hands else None, labour=Fen(labour),
                 worker=_fen(rules.share(labour, hands)), portion=_fen(rules.share(labour, one.portions)))]  # fmt: skip
    return table("workers", say("canteen.title.workers", since=since, until=last), WORK, rows, notes=notes)


def satisfaction(ledger: "Ledger", since: date, until: date) -> Table:
    """How the canteen pleases: satisfied or more of the valid answers, by party (SVY-04)."""
    rows = []
    for row in store_people.surveys(ledger.db, since, until):
        valid = row["very"] + row["satisfied"] + row["fair"] + row["poor"]
        rate, day = rules.pleased(row["very"] + row["satisfied"], valid), date.fromisoformat(row["on_day"])
        wanted = int(school.policy(ledger, "canteen.satisfaction_percent", day)) * 10
        rows.append({"on": day, "party": row["party"], "valid": valid, "rate": rate, "met": "yes" if rate >= wanted else "no",
                     **{key: row[key] for key in ("very", "satisfied", "fair", "poor")}})  # fmt: skip
    good, valid = sum(row["very"] + row["satisfied"] for row in rows), sum(row["valid"] for row in rows)
    totals = {"rate": rules.pleased(good, valid)} if valid else {}
    return table("satisfaction", say("canteen.title.satisfaction", since=since, until=until), SATISFACTION, rows, totals=totals)


def equipment(ledger: "Ledger", day: date) -> Table:
    """The equipment standard against the cards that stand in the canteen, and the line that asks for what is short."""
    rows = [{"name": name, "wanted": wanted, "there": there, "gap": max(wanted - there, 0),
             "cards": shown(cards[:5]) if cards else None,
             "command": spoken(asking(name, wanted - there)) if there < wanted else None}
            for name, wanted, there, cards in standard(ledger, day)]  # fmt: skip
    return table("equipment", say("canteen.title.equipment", day=day), EQUIPMENT, rows)


def asking(name: str, count: int) -> str:
    """The line that asks for what is short."""
    return f"logi purchase request {name} {count}@PRICE --by PERSON --for TEXT"


def standard(ledger: "Ledger", day: date) -> Iterator[tuple[str, int, int, list[str]]]:
    """(word, how many are wanted, how many are there, their cards) of the equipment standard."""
    wanted: dict[str, int] = school.policy(ledger, "canteen.equipment", day)
    rooms = [row["code"] for row in school.places(ledger.db) if row["kind"] == "canteen"]
    found = asset.counted(ledger.db, wanted, rooms)
    for name, count in wanted.items():
        yield name, count, *found[name]


def duties(ledger: "Ledger") -> Table:
    """Who answers for buying, menus, storage and hygiene; an area nobody answers for stands too."""
    there = store_people.duties(ledger.db)
    rows = [{"area": area, "person": row["code"], "name": row["name"], "from_day": as_day(row["from_day"])}
            if (row := there.get(area)) is not None else {"area": area} for area in rules.AREAS]  # fmt: skip
    return table("duties", say("canteen.title.duties"), DUTIES, rows)


def summary(ledger: "Ledger", since: date, until: date) -> Table:
    """The canteen's work of a period in sum: records, meals, inspections, answers, lessons, money, accidents."""
    last = min(until, ledger.today)
    kept = list(days.days(ledger, since, last))
    asked, missing = sum(one.asked for one in kept), sum(len(one.gaps) for one in kept)
    money = accounts.account(ledger, since, last)
    seen, pleased = supervision(ledger, since, last).rows, satisfaction(ledger, since, last)
    rows = [
        _sum("records", asked - missing, asked),
        _sum("meals", money.portions, None, say("canteen.note.days", count=money.days)),
        _sum("samples", len(store.samples(ledger.db, since, last)), None),
        _sum("inspections", sum(row["settled"] for row in seen), sum(row["failed"] for row in seen),
             say("canteen.note.runs", count=len(seen))),
    ]  # fmt: skip
    for kind in rules.MATTERS:
        own = store_accounts.matters(ledger.db, since, last, kind)
        rows.append(_sum(kind, sum(row["answered_on"] is not None for row in own), len(own)))
    rows += [_sum(kind, len(store_people.events(ledger.db, since, last, kind)), None) for kind in rules.EVENTS]
    valid = pleased.totals.get("valid", 0)
    rows.append(_sum("pleased", pleased.totals["very"] + pleased.totals["satisfied"], valid))
    rows.append({"matter": "money", "rate": rules.margin(money.earned, money.spent),
                 "note": say("canteen.note.left", income=Fen(money.earned), outlay=Fen(money.spent),
                             left=Fen(money.earned - money.spent),
                             margin=accounts.rate_text(rules.margin(money.earned, money.spent)))})  # fmt: skip
    ill = accounts.poisonings(ledger, since, last)
    rows.append({"matter": "poisonings", "done": len(ill), "met": "no" if ill else "yes",
                 "note": shown([row["number"] for row in ill]) if ill else say("canteen.note.none")})  # fmt: skip
    return table("summary", say("canteen.title.summary", since=since, until=last), SUMMARY, rows)


def _sum(matter: str, done: int, of: int | None, note: str | None = None) -> dict[str, Any]:
    return {"matter": matter, "done": done, "of": of, "rate": rules.pleased(done, of) if of else None, "note": note}


def _fen(fen: int | None) -> Fen | None:
    return None if fen is None else Fen(fen)

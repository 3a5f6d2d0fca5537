"""Questions about pupils' insurance: by class, who is missing, what classes were told, how cases go on."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.money import cover, opening, rules, school
from logi.books.money import store_cover as sql
from logi.books.money.tabling import as_day, table
from logi.core.answers import Table
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

CLASSES = ("school_class pupils:count+ covered:count+ elsewhere:count+ exempt:count+ refused:count+ pending:count+ "
           "rate:rate told:count told_on:day")  # fmt: skip
LACKING = "school_class code:code pupil cover:word:money.cover newcomer told_on:day"
TOLD = "on:day school_class what by"
CASES = ("number:code on:day pupil school_class cause place hospital papers_there missing insurer submitted_on:day "
         "asked:money+ settled_on:day value:money+ case_state:word:money.case_state idle:count")  # fmt: skip


def by_class(ledger: "Ledger", day: date, year: str | None = None) -> Table:
    """參保情況統計表: of each class how its pupils stand, and how often it was told."""
    row = _drive(ledger, year)
    groups: dict[str, dict[str, Any]] = {}
    if row is not None:
        stands, told = sql.stands(ledger.db, row["id"], day), sql.told(ledger.db, row["id"], day)
        for one in opening.pupils(ledger.db):
            name = one["class_name"] or ""
            sums = groups.setdefault(name, {"school_class": name or None, "pupils": 0, "covered": 0, **dict.fromkeys(
                ("elsewhere", "exempt", "refused", "pending"), 0)})  # fmt: skip
            status = stands[one["id"]]["status"] if one["id"] in stands else "pending"
            sums["pupils"] += 1
            sums["covered" if status == "paid" else status] += 1
        for sums in groups.values():
            days = [t["on_day"] for t in told if t["class_name"] == sums["school_class"]]
            insured = sums["covered"] + sums["elsewhere"] + sums["exempt"]
            sums |= {"rate": rules.rate(insured, sums["pupils"]), "told": len(days),
                     "told_on": as_day(days[-1] if days else None)}  # fmt: skip
    made = table("insurance-classes", _heading("cover", row), CLASSES, groups.values())
    insured = sum(s["covered"] + s["elsewhere"] + s["exempt"] for s in groups.values())
    made.totals["rate"] = rules.rate(insured, sum(s["pupils"] for s in groups.values()))
    return made


def lacking(ledger: "Ledger", day: date, *, year: str | None = None, class_: str | None = None) -> Table:
    """未參保名單: who is pending or refused; newcomers were in no drive before."""
    row = _drive(ledger, year)
    home = school.department(ledger, class_)["name"] if class_ else None
    rows = []
    if row is not None:
        stands, before = sql.stands(ledger.db, row["id"], day), sql.covered_before(ledger.db, row["year"])
        told = {one["class_name"]: one["on_day"] for one in sql.told(ledger.db, row["id"], day)}
        for one in opening.pupils(ledger.db):
            status = stands[one["id"]]["status"] if one["id"] in stands else "pending"
            if status in cover.INSURED or home not in (None, one["class_name"]):
                continue
            rows.append({"school_class": one["class_name"], "code": one["code"], "pupil": one["name"], "cover": status,
                         "newcomer": say("money.yes") if one["id"] not in before else None,
                         "told_on": as_day(told.get(one["class_name"]))})  # fmt: skip
    return table("insurance-uninsured", _heading("uninsured", row), LACKING, rows)


def told(ledger: "Ledger", since: date, until: date) -> Table:
    """宣傳記錄 of a period, by day."""
    rows = [
        {"on": as_day(one["on_day"]), "school_class": one["class_name"], "what": one["what"], "by": one["by_name"]}
        for row in reversed(sql.drives(ledger.db)) for one in sql.told(ledger.db, row["id"], until)
        if one["on_day"] >= since.isoformat()
    ]  # fmt: skip
    return table("insurance-told", say("money.title.told", since=since, until=until), TOLD, rows)


def cases(ledger: "Ledger", since: date | None, until: date | None, *, idle: bool = False) -> Table:
    """理賠進度表: every case, which papers are missing, and how long nothing was done."""
    most = int(school.policy(ledger, "money.case_idle_days", ledger.today))
    rows = []
    for row in sql.cases(ledger.db, since, until):
        waits = (ledger.today - date.fromisoformat(row["moved_on"])).days if row["state"] != "settled" else None
        if idle and (waits is None or waits <= most):
            continue
        missing = cover.wanted(ledger, row["papers"] or "") if row["state"] == "open" else []
        rows.append({
            "number": row["number"], "on": as_day(row["on_day"]), "pupil": row["name"], "school_class": row["class_name"],
            "cause": row["cause"], "place": row["place"], "hospital": row["hospital"], "papers_there": row["papers"],
            "missing": say("money.comma").join(missing) or None, "insurer": row["insurer"], "asked": row["asked_fen"],
            "submitted_on": as_day(row["submitted_on"]), "settled_on": as_day(row["settled_on"]), "value": row["paid_fen"],
            "case_state": row["state"], "idle": waits,
        })  # fmt: skip
    return table("insurance-cases", say("money.title.cases"), CASES, rows)


def pack(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """How the classes stand while a drive runs, and the cases in which something happened."""
    row = _drive(ledger, None)
    found = [by_class(ledger, until)] if row is not None and row["from_day"] <= until.isoformat() and (
        row["to_day"] >= since.isoformat()) else []  # fmt: skip
    moved = any(since.isoformat() <= one["moved_on"] <= until.isoformat() for one in sql.cases(ledger.db))
    return [*found, *([cases(ledger, None, until)] if moved else [])]


def _drive(ledger: "Ledger", year: str | None) -> Any:
    return cover.find(ledger, year) if year else next(iter(sql.drives(ledger.db)), None)


def _heading(key: str, row: Any) -> str:
    return say(f"money.title.{key}", year=row["year"] if row is not None else None)

"""What the patrol book's printed forms are filled with: the day's sheet, the week's statistics, the ledger of hazards."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.patrol import hazard_actions, hazard_report, report, rules, store
from logi.books.patrol.hazard_actions import place_text
from logi.core.answers import Fen, Word
from logi.core.days import week_period
from logi.core.forms import Asked, FormData, Signed
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger


def patrol_day(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """巡查記錄表 of one day: its rounds, what they found, the routes not walked."""
    day = asked.since or ledger.today
    rounds = report.rounds(ledger, day, day).rows
    found = hazard_report.listing(ledger, hazard_report.Wanted(since=day, until=day), None).rows
    missed = report.missed(ledger, day, day).rows
    lines = [
        {"time": r["at"], "shift": f"{r['route']} {r['name']}", "patroller": r["by"],
         "where": f"{r['points_done']}/{r['points_due']}" if r["points_due"] else None,
         "situation": say("patrol.form.found", count=r["findings"]) if r["findings"] else "√",
         "note": r["note"] or r["skipped"]}
        for r in rounds
    ]  # fmt: skip
    hazards = [
        {"hazard": h["number"], "place": h["place"], "title": h["title"], "level": Word.of("patrol.level", h["level"]),
         "handled": Word.of("patrol.state", h["state"])}
        for h in found
    ]  # fmt: skip
    weather = next((r["weather"] for r in rounds if r["weather"]), None)
    people = list(dict.fromkeys(r["by"] for r in rounds))
    values = {"weather": weather, "patroller": people, "missed": [r["route"] for r in missed] or None}
    return FormData(day.isoformat(), on=day, values=values, lines=lines, lists={"hazards": hazards},
                    named={"patroller": "、".join(people)})  # fmt: skip


def patrol_week(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """巡查記錄周統計表: due and walked by route and patroller, what was found and mended."""
    year, _, week = str(asked.week).partition("-W")
    period = week_period(int(year), int(week))
    table = report.week(ledger, period)
    hazards = [h for h in store.hazards(ledger.db, found_until=period.until) if period.since.isoformat() <= h["found_on"]]
    fixed = [h for h in hazards if h["fixed_on"] is not None]
    kinds = [f"{title('patrol.category', c)} {n}" for c in rules.CATEGORIES if (n := sum(h["category"] == c for h in hazards))]
    names = ("expected", "done", "missed", "points_due", "points_done")
    values: dict[str, Any] = {name: sum(row[name] for row in table.rows) for name in names}
    values |= {"rate": table.totals["rate"], "opened": len(hazards), "fixed": len(fixed), "open": len(hazards) - len(fixed),
               "mean_days": _mean_days(fixed), "by_kind": kinds or None}  # fmt: skip
    people = [{**row, "patroller": row["by"]} for row in report.patrollers(ledger, period.since, period.until).rows]
    problems = [
        {"hazard": h["number"], "place": place_text(h), "title": h["title"], "measure": h["measure"],
         "owner": h["owner"], "due": date.fromisoformat(h["due_on"]) if h["due_on"] else None,
         "state": Word.of("patrol.state", h["state"])}
        for h in hazards
    ]  # fmt: skip
    there = store.publications(ledger.db).get(period.key)
    signed = [Signed("published", there["by_name"] or "", date.fromisoformat(there["on_day"]), there["place"])] if there else []
    return FormData(period.key, values=values, lines=table.rows, lists={"people": people, "hazards": problems}, signed=signed,
                    totals={"rate": table.totals["rate"]})  # fmt: skip


def hazard_ledger(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """隱患整改臺賬 of a month: what was carried over first, then what was found."""
    since, until = asked.since or ledger.today, asked.until or ledger.today
    table = report.hazard_ledger(ledger, since, until)
    lines = [
        {**row, "origin": title("patrol.origin", row["origin"]), "category": Word.of("patrol.category", row["category"]),
         "level": Word.of("patrol.level", row["level"]), "late": row["days_late"]}
        for row in table.rows
    ]  # fmt: skip
    return FormData(asked.month, lines=lines, notes=table.notes)


def hazard_notice(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """隱患整改通知單 with its answer: what is to be done by whom until when, and what came of it."""
    row = hazard_actions.known(ledger, str(number).upper())
    steps = store.steps(ledger.db, row["id"])
    later = [say("patrol.form.extended", day=hazard_actions.as_day(s["due_after"]), reason=s["note"]) for s in steps
             if s["what"] == "extend"]  # fmt: skip
    done = [s["note"] for s in steps if s["what"] == "fix" and s["note"]]
    day = hazard_actions.as_day
    values = {
        "title": row["title"], "place": place_text(row), "category": Word.of("patrol.category", row["category"]),
        "level": Word.of("patrol.level", row["level"]), "found_on": day(row["found_on"]), "found_by": row["found_by"],
        "owner": row["owner"], "due": day(row["due_on"]), "measure": row["measure"], "plan": row["plan"],
        "fund": Fen(row["fund_fen"]) if row["fund_fen"] is not None else None, "interim": row["interim"],
        "extended": later or None, "fixed_on": day(row["fixed_on"]), "fixed_by": row["fixed_by"],
        "state": Word.of("patrol.state", row["state"]), "remark": done[-1] if done and row["fixed_on"] else None,
        "verified_on": day(row["verified_on"]), "verified_by": row["verified_by"], "reported_to": row["reported_to"],
    }  # fmt: skip
    signed = [Signed(role, row[role], date.fromisoformat(row[on])) for role, on in
              (("fixed_by", "fixed_on"), ("verified_by", "verified_on")) if row[role] and row[on]]  # fmt: skip
    return FormData(row["number"], on=day(row["found_on"]), values=values, signed=signed, named={"owner": row["owner"]})


def found(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The hazards found in a period, in order."""
    last = min(until, ledger.today)
    return [h["number"] for h in store.hazards(ledger.db, found_until=last) if h["found_on"] >= since.isoformat()]


FORMS = {"patrol-day": patrol_day, "patrol-week": patrol_week, "hazard-ledger": hazard_ledger, "hazard-notice": hazard_notice}
NUMBERS = {"hazard-notice": found}


def _mean_days(fixed: list[store.Row]) -> str | None:
    """Days from found to mended, on average, one decimal."""
    if not fixed:
        return None
    days = sum((date.fromisoformat(h["fixed_on"]) - date.fromisoformat(h["found_on"])).days for h in fixed)
    tenths = (20 * days + len(fixed)) // (2 * len(fixed))
    return f"{tenths // 10}.{tenths % 10}"

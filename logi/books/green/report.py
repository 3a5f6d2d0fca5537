"""What the green book can be asked: zones, plants, works, what the season asks, toilets, the green rate, a month's section."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.green import check, rules, school, season, store
from logi.books.green.actions import KIND, keeper_text, place_text, stands
from logi.books.green.section import section
from logi.books.green.tabling import table
from logi.core.answers import Table, Word
from logi.core.days import month_period
from logi.core.messages import say, title
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

ZONES = "code:code title kind:word:green.kind place area:quantity+ who plants score:rate from:day until:day"
PLANTS = "code:code title species form:word:green.form count:count unit:word:green.unit planted:count lost:count last_on:day"
LOG = ("on:day at number:code what:word:green.what code:code title by agent dose slip:code safe_until:day posted_on:day "
       "checker fault note")  # fmt: skip
SEASON = ("what:word:green.what code:code title from:day until:day times:count done:count last_on:day "
          "state:word:green.state numbers")  # fmt: skip
TOILETS = "code:code title who asked:count+ done:count+ rate:rate made:count+ lacking:count+ days"
RATE = "year on:day green:quantity change:quantity campus:count rate:rate rise:rate each:quantity"


def zones(ledger: "Ledger", *, kind: str | None = None, place: str | None = None, keeper: str | None = None,
          ownerless: bool = False, at: date | None = None) -> Table:  # fmt: skip
    """The zones that stand on a day (today) with size, who answers, plants and the last score of their inspection."""
    day = at or ledger.today
    place_id = school.place(ledger, place)["id"] if place else None
    person_id = school.person(ledger, keeper)["id"] if keeper else None
    held, areas, scores = season.keepers_on(ledger.db, day), store.areas(ledger.db), check.scores(ledger.db, day)
    rows = []
    for row in season.standing_zones(ledger.db, day, kind):
        own = held.get(row["id"])
        if place_id not in (None, row["place_id"]) or (ownerless and own is not None):
            continue
        if person_id is not None and (own is None or own["person_id"] != person_id):
            continue
        size = rules.in_force(areas.get(row["id"], ()), day)
        rows.append({
            "code": row["code"], "title": row["name"], "kind": row["kind"], "place": place_text(row),
            "area": size["area_milli"] if size is not None else None, "who": keeper_text(own),
            "plants": growing(ledger, row, day), "score": scores.get(row["place_id"]),
            "from": date.fromisoformat(row["from_day"]),
            "until": date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        })  # fmt: skip
    bare = [row["code"] for row in rows if row["who"] is None]
    notes = [say("green.note.ownerless", codes=bare)] if bare else []
    return table("zones", say("green.title.zones", day=day), ZONES, rows, notes=notes)


def plants(ledger: "Ledger", *, zone: str | None = None, at: date | None = None) -> Table:
    """What grows in each zone that stands on a day (today)."""
    day = at or ledger.today
    zone_id = store.zone(ledger, zone)["id"] if zone else None
    there = {row["id"] for row in season.standing_zones(ledger.db, day)}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in store.plantings(ledger.db, date.min, day, zone_id):
        if row["zone_id"] not in there:
            continue
        line = found.setdefault((row["code"], row["species"]), {
            "code": row["code"], "title": row["name"], "species": row["species"], "form": row["form"], "unit": row["form"],
            "count": 0, "planted": 0, "lost": 0,
        })  # fmt: skip
        line["count"] += row["change"]
        line["planted"] += row["change"] if row["what"] == "plant" else 0
        line["lost"] -= row["change"] if row["what"] == "lose" else 0
        line["last_on"] = date.fromisoformat(row["on_day"])
    return table("plants", say("green.title.plants", day=day), PLANTS, [found[key] for key in sorted(found)])


def log(ledger: "Ledger", since: date, until: date, *, zone: str | None = None, what: str | None = None,
        person: str | None = None) -> Table:  # fmt: skip
    """What was done in a stretch of days: works, plantings, cleanings; with agent, dose, interval and notice."""
    zone_id = store.zone(ledger, zone)["id"] if zone else None
    person_id = school.person(ledger, person)["id"] if person else None
    rows = [_logged(row) for row in store.works(ledger.db, since, until, zone_id) if person_id in (None, row["by_id"])]
    rows += [_grown(row) for row in store.plantings(ledger.db, since, until, zone_id)
             if row["what"] != "there" and person_id in (None, row["by_id"])]  # fmt: skip
    rows = [row for row in rows if what in (None, row["what"])]
    bare = sorted({row["number"] for row in rows if row["what"] == "pest" and row["posted_on"] is None})
    notes = [say("green.note.no_notice", numbers=bare)] if bare else []
    rows.sort(key=lambda row: (row["on"], row["at"] or "", row["number"], row["code"]))
    return table("log", say("green.title.log", since=since, until=until), LOG, rows, notes=notes)


def due_works(ledger: "Ledger", since: date, until: date, *, at: date | None = None) -> Table:
    """What the season asked in the stretches that touch a period and what was done of it, by today or by the day `at`."""
    today = ledger.today if at is None else min(ledger.today, at + timedelta(days=1))  # once it is over, what lacks was missed
    names = {row["code"]: row["name"] for row in store.zones(ledger.db)}
    rows = [
        {"what": one.task.what, "code": one.zone, "title": names[one.zone] if one.zone else title("green.zone_of", "school"),
         "from": one.since, "until": one.until, "times": one.times, "done": len(one.done),
         "last_on": one.done[-1][0] if one.done else None, "state": one.state(today),
         "numbers": " ".join(dict.fromkeys(number for _, number in one.done)) or None}
        for one in season.asked(ledger, since, until + timedelta(days=400), at) if one.since <= until
    ]  # fmt: skip
    lacking = sum(row["state"] == "missed" for row in rows)
    notes = [say("green.note.season", count=len(rows), missed=lacking)] if rows else []
    return table("season", say("green.title.season", since=since, until=until), SEASON, rows, notes=notes)


def toilets(ledger: "Ledger", since: date, until: date, *, zone: str | None = None) -> Table:
    """How often each toilet was to be cleaned in a stretch of days, and was."""
    wanted = store.zone(ledger, zone)["id"] if zone else None
    held = season.keepers_on(ledger.db, min(until, ledger.today))
    rows = [
        {"code": one.zone["code"], "title": one.zone["name"], "who": keeper_text(held.get(one.zone["id"])), "asked": one.asked,
         "done": one.done, "rate": permille(one.done, one.asked), "made": one.made, "lacking": len(one.lacking),
         "days": " ".join(f"{day:%m-%d}" for day in one.lacking[:10]) or None}
        for one in season.toilets(ledger, since, until) if wanted in (None, one.zone["id"])
    ]  # fmt: skip
    asked, done = sum(row["asked"] for row in rows), sum(row["done"] for row in rows)
    return table("toilets", say("green.title.toilets", since=since, until=until), TOILETS, rows,
                 totals={"rate": permille(done, asked)} if rows else None)  # fmt: skip


def rate(ledger: "Ledger", until: date | None = None) -> Table:
    """The green area and its share of the campus, year by year, and what falls to a pupil."""
    from logi.books.green.money import heads

    pupils, before = heads(ledger.db), None
    rows: list[dict[str, Any]] = []
    for one in season.years(ledger, min(until or ledger.today, ledger.today)):
        rows.append({
            "year": str(one.day.year), "on": one.day, "green": one.green_milli, "campus": one.campus_m2, "rate": one.rate,
            "change": one.green_milli - before.green_milli if before else None,
            "rise": one.rate - before.rate if before and one.rate is not None and before.rate is not None else None,
            "each": (2 * one.green_milli + pupils) // (2 * pupils) if pupils else None,
        })  # fmt: skip
        before = one
    notes = []
    if rows and rows[-1]["campus"] is None:
        notes.append(say("green.note.no_campus"))
    if rows and rows[-1]["rate"] is not None:
        goal = int(school.policy(ledger, "green.rate_percent", rows[-1]["on"]))
        notes.append(say("green.note.goal_met" if rows[-1]["rate"] >= 10 * goal else "green.note.goal", percent=goal))
    return table("rate", say("green.title.rate"), RATE, rows, notes=notes)


# -- shared with the forms and `show` --------------------------------------------------------------


def growing(ledger: "Ledger", zone: Any, day: date) -> str | None:
    """What grows in a zone on a day, in one line."""
    left: dict[tuple[str, str], int] = {}
    for row in store.plantings(ledger.db, date.min, day, zone["id"]):
        key = (row["species"], row["form"])
        left[key] = left.get(key, 0) + row["change"]
    told = (f"{species} {count} {title('green.unit', form)}" for (species, form), count in left.items() if count)
    return "、".join(told) or None


# -- hooks of the floor ----------------------------------------------------------------------------


def green_zones(ledger: "Ledger", since: date, until: date) -> Table:
    """片區包乾: the zones at the end of a period and who answers for them."""
    return zones(ledger, at=min(until, ledger.today))


def green_log(ledger: "Ledger", since: date, until: date) -> Table:
    """綠化養護: what was done in a period."""
    return log(ledger, since, until)


def green_season(ledger: "Ledger", since: date, until: date) -> Table:
    """What the season asked for."""
    return due_works(ledger, since, until, at=until)


def green_toilets(ledger: "Ledger", since: date, until: date) -> Table:
    """廁所保潔: asked and done."""
    return toilets(ledger, since, until)


def green_rate(ledger: "Ledger", since: date, until: date) -> Table:
    """綠化率: year on year."""
    return rate(ledger, until)


def green_section(ledger: "Ledger", since: date, until: date) -> Table:
    """綠化管理: the section of a summary."""
    return section(ledger, since, until)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: the section, what the season asked, the works; nothing while no zone stands."""
    _, _, since, until, _ = month_period(month)
    if not any(stands(row, min(until, ledger.today)) or (row["ended_on"] or "") >= since.isoformat()
               for row in store.zones(ledger.db) if row["from_day"] <= until.isoformat()):  # fmt: skip
        return []
    care = [row for row in log(ledger, since, until).rows if row["what"] != "clean"]
    done = table("log", say("green.title.care", since=since, until=until), LOG, care)
    extra = [one for one in (due_works(ledger, since, until, at=until), done, toilets(ledger, since, until)) if one.rows]
    return [section(ledger, since, until), *extra]


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A zone by its code, a work or planting by its number, for `logi show`."""
    from logi.books.green.showing import show as shown_

    return shown_(ledger, number)


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Zones by code or name, for `logi find`."""
    from logi.finding import search as found

    return [{"kind": Word.of("front.thing", "zone"), "code": row["code"], "name": row["name"],
             "detail": title(KIND, row["kind"])} for row in found(ledger.db, "green_zone", text)]  # fmt: skip


# -- within ----------------------------------------------------------------------------------------


def _logged(row: Any) -> dict[str, Any]:
    return {
        "on": date.fromisoformat(row["on_day"]), "at": row["at_time"], "number": row["number"], "what": row["what"],
        "code": row["code"], "title": row["name"], "by": row["by_name"] or row["vendor"], "agent": row["agent"],
        "dose": row["dose"], "slip": row["slip"], "checker": row["checker"], "fault": row["fault"], "note": row["note"],
        "safe_until": date.fromisoformat(row["safe_until"]) if row["safe_until"] else None,
        "posted_on": date.fromisoformat(row["posted_on"]) if row["posted_on"] else None,
    }  # fmt: skip


def _grown(row: Any) -> dict[str, Any]:
    unit = title("green.unit", row["form"])
    told = f"{row['species']} {abs(row['change'])} {unit}"
    return {
        "on": date.fromisoformat(row["on_day"]), "at": None, "number": row["number"], "what": row["what"], "code": row["code"],
        "title": row["name"], "by": row["by_name"] or row["vendor"], "agent": None, "dose": None, "slip": None, "checker": None,
        "fault": None, "note": told + (f"；{row['note']}" if row["note"] else ""), "safe_until": None, "posted_on": None,
    }  # fmt: skip

"""Who sleeps where, and how many beds are taken; the pack, what `logi show` and `logi find` say of the dormitory."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.dorm import care_report, night_report, school, services, standard, store
from logi.books.dorm.tabling import as_day, table
from logi.core.answers import Table, Word
from logi.core.days import month_period
from logi.core.messages import say, shown
from logi.core.shares import permille

if TYPE_CHECKING:
    from logi.db import Ledger

ROSTER = "building:code floor:count room:code bed:count code:code name class sex:word:dorm.sex from_day:day"
ROOMS = ("building:code floor:count sex:word:dorm.sex room:code room_name beds:count+ taken:count+ free:count+ used:rate "
         "classes")  # fmt: skip
BUILDINGS = ("building:code building_name place:code floor:count sex:word:dorm.sex rooms:count+ beds:count+ taken:count+ "
             "free:count+ used:rate wardens")  # fmt: skip
STAYS = "room:code bed:count from_day:day until_day:day reason"


def roster(ledger: "Ledger", day: date, *, building: str | None = None, floor: int | None = None, place: str | None = None,
           class_: str | None = None, sex: str | None = None) -> Table:  # fmt: skip
    """住宿名冊: everybody with a bed in the night of a day; of a building, floor, room, class or sex."""
    house = store.building(ledger, building)["code"] if building else None
    where = school.place(ledger, place)["id"] if place else None
    home = school.department(ledger, class_)["code"] if class_ else None
    rows = [
        {"building": row["building"], "floor": row["floor"], "room": row["room"], "bed": row["bed"], "code": row["code"],
         "name": row["name"], "class": row["class_name"], "sex": row["sex"], "from_day": as_day(row["from_day"])}
        for row in store.sleeping(ledger.db, day)
        if house in (None, row["building"]) and floor in (None, row["floor"]) and where in (None, row["place_id"])
        and home in (None, row["class_code"]) and sex in (None, row["sex"])
    ]  # fmt: skip
    count = {key: sum(row["sex"] == key for row in rows) for key in ("boys", "girls")}
    notes = [say("dorm.note.roster", count=len(rows), **count)]
    return table("roster", say("dorm.title.roster", day=day), ROSTER, rows, notes=notes)


def rooms(ledger: "Ledger", day: date, *, building: str | None = None, floor: int | None = None, sex: str | None = None,
          free: bool = False) -> Table:  # fmt: skip
    """Beds of every room: how many there are, taken and free, and whose classes sleep there."""
    house = store.building(ledger, building)["id"] if building else None
    there = store.sleeping(ledger.db, day)
    rows = []
    for row in store.rooms(ledger.db, day):
        own = [one for one in there if one["room_id"] == row["id"]]
        if house in (None, row["building_id"]) and floor in (None, row["floor"]) and sex in (None, row["sex"]) and not (
            free and len(own) >= row["beds"]
        ):
            classes = list(dict.fromkeys(one["class_name"] for one in own if one["class_name"]))
            rows.append({"building": row["building"], "floor": row["floor"], "sex": row["sex"], "room": row["room"],
                         "room_name": row["room_name"], "classes": shown(classes) if classes else None,
                         **_beds(row["beds"], len(own))})  # fmt: skip
    return table("rooms", say("dorm.title.rooms", day=day), ROOMS, rows, totals=_whole(rows))


def buildings(ledger: "Ledger", day: date) -> Table:
    """The buildings floor by floor: for whom, rooms, beds taken and free, who keeps them."""
    whole, today, rows = rooms(ledger, day).rows, day.isoformat(), []
    keeping = [row for row in store.wardens(ledger.db) if row["from_day"] <= today < (row["left_on"] or "9999")
               and not (row["gone_on"] and row["gone_on"] <= today)]  # fmt: skip
    for house in store.buildings(ledger.db):
        names = [row["name"] for row in keeping if row["building_id"] == house["id"]]
        for level in store.floors(ledger.db, house["id"]) or ({"floor": None, "sex": None},):
            own = [row for row in whole if (row["building"], row["floor"]) == (house["code"], level["floor"])]
            rows.append({"building": house["code"], "building_name": house["name"], "place": house["place"],
                         "floor": level["floor"], "sex": level["sex"], "rooms": len(own),
                         "wardens": shown(names) if names else None,
                         **_beds(sum(row["beds"] for row in own), sum(row["taken"] for row in own))})  # fmt: skip
    return table("buildings", say("dorm.title.buildings"), BUILDINGS, rows, totals=_whole(rows))


def dorm_roster(ledger: "Ledger", since: date, until: date) -> Table:
    """The roster, as a report."""
    return roster(ledger, min(until, ledger.today))


def dorm_beds(ledger: "Ledger", since: date, until: date) -> Table:
    """Beds and vacancies, as a report."""
    return rooms(ledger, min(until, ledger.today))


def dorm_nights(ledger: "Ledger", since: date, until: date) -> Table:
    """The nights of a period, counted or not."""
    return night_report.nights(ledger, since, until)


def dorm_absences(ledger: "Ledger", since: date, until: date) -> Table:
    """Who was not there and had no leave."""
    return night_report.absences(ledger, since, until)


def dorm_lates(ledger: "Ledger", since: date, until: date) -> Table:
    """Who came late."""
    return night_report.lates(ledger, since, until)


def dorm_leaves(ledger: "Ledger", since: date, until: date) -> Table:
    """The leave slips."""
    return night_report.leaves(ledger, since, until)


def dorm_visits(ledger: "Ledger", since: date, until: date) -> Table:
    """The visitors."""
    return night_report.visits(ledger, since, until)


def evening_care(ledger: "Ledger", since: date, until: date) -> Table:
    """The roster of evening care, and what was written."""
    return care_report.cares(ledger, since, until)


def dorm_wardens(ledger: "Ledger", since: date, until: date) -> Table:
    """The wardens with their training."""
    return care_report.wardens(ledger, min(until, ledger.today))


def dorm_standard(ledger: "Ledger", since: date, until: date) -> Table:
    """The uniform items of each building."""
    return standard.items(ledger, min(until, ledger.today))


def dorm_ranking(ledger: "Ledger", since: date, until: date) -> Table:
    """The rooms by their scores."""
    return standard.ranking(ledger, since, until)


def dorm_rules(ledger: "Ledger", since: date, until: date) -> Table:
    """The regulations the dormitory must have."""
    return standard.regulations(ledger, min(until, ledger.today))


def eating_lodging(ledger: "Ledger", since: date, until: date) -> Table:
    """Eating and lodging side by side."""
    return services.services(ledger, since, until)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: beds, nights, absences, late returns, both services; nothing where nobody sleeps."""
    period = month_period(month)
    last = min(period.until, ledger.today)
    if not store.stays(ledger.db):
        return []
    found = [rooms(ledger, last), night_report.nights(ledger, period.since, last)]
    found += [one for one in (night_report.absences(ledger, period.since, last), night_report.lates(ledger, period.since, last),
                              care_report.cares(ledger, period.since, last)) if one.rows]  # fmt: skip
    return [*found, services.services(ledger, period.since, last)]


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A leave slip or a visit by number, a building by code."""
    if (slip := store.leave(ledger.db, number)) is not None:
        return [table("leave", say("dorm.title.leave", number=slip["number"]), night_report.LEAVES,
                      [night_report.leave_row(ledger, slip)])]  # fmt: skip
    if (guest := store.visit(ledger.db, number)) is not None:
        return [table("visit", say("dorm.title.visit", number=guest["number"]), night_report.VISITS,
                      [night_report.visit_row(guest, night_report.shown_since(ledger))])]  # fmt: skip
    if number in {row["code"] for row in store.buildings(ledger.db)}:
        whole = buildings(ledger, ledger.today)
        return [Table(whole.name, whole.title, whole.columns, [row for row in whole.rows if row["building"] == number]),
                rooms(ledger, ledger.today, building=number)]  # fmt: skip
    return None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Buildings by code or name, visitors whose names are still shown, for `logi find`."""
    from logi.core.folding import fold
    from logi.finding import search as found

    guests = [row for row in store.visits(ledger.db, night_report.shown_since(ledger), ledger.today)
              if fold(text) in fold(row["name"])]  # fmt: skip
    houses = [{"kind": Word.of("front.thing", "building"), "code": row["code"], "name": row["name"],
             "detail": say("dorm.help.building")} for row in found(ledger.db, "dorm_building", text)]  # fmt: skip
    return houses + [{"kind": "document", "code": row["number"], "name": row["name"],
                      "detail": f"{row['on_day']} {row['pupil_name']}"} for row in guests]  # fmt: skip


def _beds(beds: int, taken: int) -> dict[str, Any]:
    return {"beds": beds, "taken": taken, "free": beds - taken, "used": permille(taken, beds)}


def _whole(rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = permille(sum(row["taken"] for row in rows), sum(row["beds"] for row in rows))
    return {} if found is None else {"used": found}

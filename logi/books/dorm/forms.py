"""What the dorm book's printed forms are filled with: roster, bed tags, the night's sheet, evening care, the standard."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.dorm import care_report, paper, rules, school, standard, store
from logi.core.answers import Word
from logi.core.days import month_period
from logi.core.errors import NotFound
from logi.core.folding import fold
from logi.core.forms import Asked, FormData, Signed
from logi.core.messages import shown, title

if TYPE_CHECKING:
    from logi.db import Ledger


def dorm_roster(ledger: "Ledger", number: str | None, asked: Asked) -> list[FormData]:
    """住宿名冊 of a day, a sheet a floor."""
    day = asked.since or ledger.today
    there, found = store.sleeping(ledger.db, day), []
    for level in store.floors(ledger.db):
        names = _wardens(ledger, level["building_id"], day)
        lines = [{"n": n, "room": row["room"], "bed": row["bed"], "code": row["code"], "name": row["name"],
                  "class": row["class_name"], "from_day": date.fromisoformat(row["from_day"])}
                 for n, row in enumerate((one for one in there if one["floor_id"] == level["id"]), 1)]  # fmt: skip
        if lines:
            values = {"building": f"{level['building']} {level['building_name']}", "floor": level["floor"],
                      "sex": Word.of("dorm.sex", level["sex"]), "wardens": shown(names) if names else None}  # fmt: skip
            found.append(FormData(f"{level['building']}-{level['floor']}", on=day, values=values, lines=lines,
                                  named={"warden": names[0] if len(names) == 1 else None}))  # fmt: skip
    return found or [FormData(day.isoformat(), on=day)]


def bed_tags(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """床位牌 of a room: every bed with who sleeps there; NotFound (3) for what is no room."""
    place = school.place(ledger, number or "")
    row = store.room_at(ledger.db, place["id"])
    if row is None:
        raise NotFound("dorm.no_room", room=place["code"], name=place["name"])
    names = _wardens(ledger, row["building_id"], ledger.today)
    there = {one["bed"]: one for one in store.sleeping(ledger.db, ledger.today) if one["room_id"] == row["id"]}
    lines = [{"bed": bed, "name": there[bed]["name"] if bed in there else None, "warden": shown(names) if names else None,
              "class": there[bed]["class_name"] if bed in there else None} for bed in range(1, row["beds"] + 1)]  # fmt: skip
    return FormData(row["room"], on=ledger.today, lines=lines, values={
        "room": f"{row['room']} {row['room_name']}", "building": f"{row['building']} {row['building_name']}"})  # fmt: skip


def night_count(ledger: "Ledger", number: str | None, asked: Asked) -> list[FormData]:
    """就寢清點 of a night, a sheet a building; a night that was not counted has room to write."""
    day = asked.since or ledger.today
    there, found = store.sleeping(ledger.db, day), []
    absent = {row["pupil_id"] for row in store.absent(ledger.db, day, day)}
    late = {row["pupil_id"]: row["at_time"] for row in store.lates(ledger.db, day, day)}
    for house in store.buildings(ledger.db):
        own = [row for row in there if row["building_id"] == house["id"]]
        counts = [row for row in store.counts(ledger.db, day, day) if row["building"] == house["code"]]
        counted = {row["floor_id"]: row["at_time"] or school.policy(ledger, "dorm.times", day)["bed"] for row in counts}
        lines = [_room(ledger, day, own, room, counted, absent, late) for room in dict.fromkeys(row["room"] for row in own)]
        if own:
            names = list(dict.fromkeys(row["by_name"] for row in counts))
            values = {"building": f"{house['code']} {house['name']}", "night": day,
                      "counted_by": shown(names) if names else None,
                      "at": shown(sorted(set(counted.values()))) if counted else None}  # fmt: skip
            found.append(FormData(f"{day}-{house['code']}", on=day, values=values,
                                  lines=[{"n": n, **line} for n, line in enumerate(lines, 1)],
                                  signed=[Signed("warden", names[0], day)] if names else []))  # fmt: skip
    return found or [FormData(day.isoformat(), on=day)]


def evening_care(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """晚看護值班表 of a month: who watches where on each evening; what was written stands beside it."""
    period = month_period(str(asked.month))
    phones = {row["code"]: row["phone"] for row in store.cares(ledger.db, period.since, period.until)}
    lines = [
        {"day": row["on"], "weekday": title("dorm.weekday", str(row["on"].isoweekday())), "place": row["place_name"],
         "carer": row.get("name") or row["logged_by"], "phone": phones.get(row.get("code")), "heads": row["heads"],
         "signed": row["logged_by"], "note": row["note"]}
        for row in care_report.cares(ledger, period.since, period.until).rows
    ]  # fmt: skip
    times, last = school.policy(ledger, "dorm.times", period.since), min(period.until, ledger.today)
    rule = [f"{row['name']} {row['doc_no'] or ''}".strip() for row, state in paper.regulations(ledger, last)
            if state in ("trial", "force") and fold("晚看护") in row["folded"]]  # fmt: skip
    values = {"month": asked.month, "hours": f"{times['care_from']}–{times['care_to']}", "rule": shown(rule) if rule else None}
    return FormData(asked.month, on=last, values=values, lines=lines)


def dorm_standard(ledger: "Ledger", number: str | None, asked: Asked) -> list[FormData]:
    """八統一達標表 of a day, a sheet a building."""
    day = asked.since or ledger.today
    rows, found = standard.items(ledger, day).rows, []
    for house in store.buildings(ledger.db):
        own = [row for row in rows if row["building"] == house["code"]]
        met = sum(row["state"] == "met" for row in own)
        names = _wardens(ledger, house["id"], day)
        lines: list[dict[str, Any]] = [
            {**row, "state": Word.of("dorm.standard", row["state"]),
             "settled": Word.of("check.outcome", row["settled"]) if row.get("settled") else None} for row in own
        ]  # fmt: skip
        found.append(FormData(house["code"], on=day, lines=lines,
                              named={"warden": names[0] if len(names) == 1 else None},
                              values={"building": f"{house['code']} {house['name']}", "met": f"{met}/{len(own)}"}))  # fmt: skip
    return found or [FormData(on=day)]


def _wardens(ledger: "Ledger", building_id: int, day: date) -> list[str]:
    on = day.isoformat()
    return [row["name"] for row in store.wardens(ledger.db)
            if row["building_id"] == building_id and row["from_day"] <= on < (row["left_on"] or "9999")]  # fmt: skip


def _room(ledger: "Ledger", day: date, own: list[store.Row], room: str, counted: dict[int, str], absent: set[int],
          late: dict[int, str]) -> dict[str, Any]:  # fmt: skip
    rows = [row for row in own if row["room"] == room]
    time = counted.get(rows[0]["floor_id"])
    on = day + rules.DAY if (time or "23:59") < "12:00" else day
    out = {row["pupil_id"] for row in store.out_slips(ledger.db, on) if rules.away(row, on.isoformat(), time or "23:59")}
    away = [row["name"] for row in rows if row["pupil_id"] in out]
    gone = [row["name"] for row in rows if row["pupil_id"] in absent]
    came = [f"{row['name']} {late[row['pupil_id']]}" for row in rows if row["pupil_id"] in late]
    return {"room": room, "expected": len(rows), "present": len(rows) - len(away) - len(gone) if time else None,
            "away": shown(away) if away else None, "absent": shown(gone) if gone else None,
            "late": shown(came) if came else None}  # fmt: skip


FORMS = {
    "dorm-roster": dorm_roster, "bed-tags": bed_tags, "night-count": night_count, "evening-care": evening_care,
    "dorm-standard": dorm_standard,
}  # fmt: skip

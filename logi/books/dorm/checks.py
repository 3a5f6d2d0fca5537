"""What is missing, orphaned or overdue in the dormitory, and what must always hold of who sleeps where."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.dorm import care_report, check, nights, opening, rules, school, standard, store
from logi.books.dorm.night_report import overdue
from logi.core.due import Due, Finding
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

SHOWN = 5  # nights named in a line that counts them all


def due(ledger: "Ledger", ahead: int) -> list[Due]:
    """Nights not counted, pupils not there, slips past their time, visitors inside, evenings, wardens, rules, the standard."""
    if not store.buildings(ledger.db):
        return []
    return [*_nights(ledger), *_absent(ledger), *_slips(ledger), *_visitors(ledger), *_care(ledger), *_wardens(ledger),
            *_roster(ledger), *_rules(ledger), *_standard(ledger)]  # fmt: skip


def verify(db: store.Db) -> list[Finding]:
    """A bed is one pupil's, a pupil has one bed, no floor is mixed, numbers were given."""
    found = [Finding(say("dorm.finding.twice", name=one["name"], other=other["name"], room=other["room"], bed=other["bed"]),
                     max(one["entry"], other["entry"])) for one, other in clashes(db)]  # fmt: skip
    found += [Finding(say("dorm.finding.beds", name=row["name"], room=row["room"], bed=row["bed"]), row["entry"])
              for row in store.stays(db) if row["until_day"] is None and row["bed"] > row["beds"]]  # fmt: skip
    found += [Finding(say("dorm.finding.mixed", name=row["name"], room=row["room"]), row["entry"]) for row in store.mixed(db)]
    numbered = [*store.leaves(db), *store.visits(db, date.min, date.max)]
    return found + [Finding(say("dorm.finding.number", number=row["number"]), row["entry"]) for row in numbered
                    if journal.number_of(db, row["number"]) is None]  # fmt: skip


def clashes(db: store.Db) -> list[tuple[store.Row, store.Row]]:
    """Stays that share a night and a bed, or a night and a pupil."""
    groups: dict[tuple[str, int, int], list[store.Row]] = {}
    for row in store.stays(db):
        groups.setdefault(("bed", row["room_id"], row["bed"]), []).append(row)
        groups.setdefault(("pupil", row["pupil_id"], 0), []).append(row)
    return [(one, other) for rows in groups.values() for n, other in enumerate(rows) for one in rows[:n]
            if rules.overlap(one["from_day"], one["until_day"], other["from_day"], other["until_day"])]  # fmt: skip


def _nights(ledger: "Ledger") -> Iterator[Due]:
    since = ledger.today - timedelta(days=int(school.policy(ledger, "dorm.listed_days", ledger.today)))
    missing: dict[str, list[nights.Night]] = {}
    for one in nights.missed(ledger, since, ledger.today):
        missing.setdefault(one.building["code"], []).append(one)
    for code, rows in missing.items():
        named = [row.day for row in rows[:SHOWN]]
        which = shown(named) + (" …" if rows[SHOWN:] else "")
        text = say("dorm.due.nights", building=code, count=len(rows), since=since, nights=which)
        levels = {own[0]["floor_id"]: own[0]["floor"] for own in rows[0].sleepers.values()}
        floor = f" --floor {levels[rows[0].missing[0]]}" if rows[0].counts else ""
        line = f"logi dorm count {code}{floor} --by {nights.warden(ledger, rows[0].building['id'])} --on {rows[0].day}"
        yield Due("missing", "dorm.rule.nights", code, text, rows[0].day, line, "DOR-05 dorm.nights")


def _absent(ledger: "Ledger") -> Iterator[Due]:
    since = ledger.today - timedelta(days=int(school.policy(ledger, "dorm.listed_days", ledger.today)))
    for row, state, _ in nights.outcomes(ledger, since, ledger.today):
        if state == "open":
            night = date.fromisoformat(row["on_day"])
            text = say("dorm.due.absent", name=row["name"], night=night)
            line = f"logi dorm found {row['code']} TEXT --night {night} --by {nights.warden(ledger)}"
            yield Due("overdue", "dorm.rule.absent", row["code"], text, night, line, "DOR-05")


def _slips(ledger: "Ledger") -> Iterator[Due]:
    """Who is not back the day after the slip ends; slips nobody went with stay in the list and ask for nothing."""
    for row in store.out_slips(ledger.db, ledger.today):
        if row["back_day"] is None and overdue(row, ledger.today):
            ends = date.fromisoformat(row["until_day"])
            text = say("dorm.due.slip", name=row["name"], number=row["number"], ends=f"{ends} {row['until_time']}")
            line = f"logi dorm leave back {row['number']} --at INSTANT --by {nights.warden(ledger)}"
            yield Due("overdue", "dorm.rule.slip", row["number"], text, ends, line, "DOR-05")


def _visitors(ledger: "Ledger") -> Iterator[Due]:
    since = ledger.today - timedelta(days=int(school.policy(ledger, "dorm.listed_days", ledger.today)))
    for row in store.visits(ledger.db, since, ledger.today - rules.DAY):
        if row["left_time"] is None:
            day = date.fromisoformat(row["on_day"])
            text = say("dorm.due.visitor", name=row["name"], number=row["number"], day=day)
            line = f"logi dorm visit out {row['number']} --at \"{day} HH:MM\" --by {nights.warden(ledger)}"
            yield Due("overdue", "dorm.rule.visitor", row["number"], text, day, line, "DOR-05")


def _care(ledger: "Ledger") -> Iterator[Due]:
    """Evenings of the roster that nobody wrote down, and boarders without a roster for the days to come."""
    today = ledger.today
    since = today - timedelta(days=int(school.policy(ledger, "dorm.listed_days", today)))
    written = {(row["on_day"], row["place_id"]) for row in store.care_logs(ledger.db, since, today)}
    unwritten: dict[str, list[store.Row]] = {}
    for row in store.cares(ledger.db, since, today - rules.DAY):
        if (row["on_day"], row["place_id"]) not in written:
            unwritten.setdefault(row["place"], []).append(row)
    for place, rows in unwritten.items():
        day = date.fromisoformat(rows[0]["on_day"])
        text = say("dorm.due.care", count=len(rows), place=rows[0]["place_name"], day=day, person=rows[0]["name"])
        line = f"logi dorm care log {place} N --by {rows[0]['code']} --on {day}"
        yield Due("missing", "dorm.rule.care", place, text, day, line, "DOR-04")
    if not store.sleeping(ledger.db, today):
        return
    slept = nights.slept(ledger)
    first = next((one for one in (today + rules.DAY * n for n in range(7)) if slept(one)), None)
    if first is not None and not store.cares(ledger.db, first, first):
        line = f"logi dorm care plan {first:%Y-%m} PLACE PERSON"
        yield Due("soon", "dorm.rule.roster", f"{first:%Y-%m}", say("dorm.due.no_care", day=first), first, line, "DOR-04")


def _wardens(ledger: "Ledger") -> Iterator[Due]:
    today = ledger.today.isoformat()
    keeping = [row for row in store.wardens(ledger.db) if row["from_day"] <= today < (row["left_on"] or "9999")
               and not (row["gone_on"] and row["gone_on"] <= today)]  # fmt: skip
    for house in store.buildings(ledger.db):
        if house["id"] not in {row["building_id"] for row in keeping}:
            text = say("dorm.due.no_warden", building=house["name"])
            line = f"logi dorm warden add PERSON --building {house['code']}"
            yield Due("orphaned", "dorm.rule.warden", house["code"], text, None, line, "DOR-02")
    for row in {row["person_id"]: row for row in keeping}.values():
        state = care_report.trained(ledger, row, ledger.today)
        if state != "valid":
            text = say(f"dorm.due.{state}_trained", person=row["name"])
            line = f"logi dorm warden train {row['code']} --topic TOPIC"
            yield Due("missing", "dorm.rule.training", row["code"], text, None, line, "DOR-02 dorm.training_days")


def _roster(ledger: "Ledger") -> Iterator[Due]:
    """Pupils whose bed the opening's list and the dormitory know differently; those who left the school and have a bed."""
    rooms = {row["place_id"]: row for row in store.rooms(ledger.db, ledger.today)}
    there = {row["pupil_id"]: row for row in store.stays(ledger.db) if row["until_day"] is None}
    for row in there.values():
        if row["left_on"]:
            day = date.fromisoformat(row["left_on"])
            text = say("dorm.due.left_school", name=row["name"], day=day, room=row["room"], bed=row["bed"])
            line = f"logi dorm out {row['code']} --on {max(row['left_on'], row['from_day'])}"
            yield Due("overdue", "dorm.rule.left", row["code"], text, day, line, "DOR-02")
    for row in opening.pupils(ledger.db):
        now = there.get(row["id"])
        if now is None and row["place_id"] in rooms:
            known = store.sex_of(ledger.db, row["id"]) is not None
            text = say("dorm.due.no_stay", name=row["name"], room=row["room"], bed=row["bed"])
            line = f"logi dorm in {row['code']}{'' if known else ' --sex ' + rooms[row['place_id']]['sex']}"
            yield Due("orphaned", "dorm.rule.roster_differs", row["code"], text, None, line, "OPN-02")
        elif now is not None and (row["place_id"], row["bed"]) != (now["place_id"], now["bed"]):
            text = say("dorm.due.differs", name=row["name"], room=now["room"], bed=now["bed"],
                       told=f"{row['room']}/{row['bed']}" if row["room"] else None)  # fmt: skip
            line = (f"logi dorm change {row['code']} {row['room']}/{row['bed']}" if row["room"]
                    else f"logi dorm out {row['code']}")  # fmt: skip
            yield Due("orphaned", "dorm.rule.roster_differs", row["code"], text, None, line, "OPN-02")


def _rules(ledger: "Ledger") -> Iterator[Due]:
    for words, row, state in standard.asked(ledger, ledger.today):
        if state not in ("trial", "force"):
            line = standard.mend(ledger, words, row, state)
            yield Due("missing", "dorm.rule.rules", words, say("dorm.due.rule", words=words), None, line, "DOR-03 dorm.rules")


def _standard(ledger: "Ledger") -> Iterator[Due]:
    """Buildings where the uniform items are not looked at: the list is in use nowhere in them."""
    used = {row["place_id"] for row in check.uses(ledger.db, check.EIGHT) if check.in_force(row, ledger.today)}
    for house in store.buildings(ledger.db):
        places = standard.places_of(ledger, house, ledger.today)
        if places and None not in used and not used & set(places):
            place = school.by_id(ledger.db, "school_place", places[0])
            assert place is not None
            text = say("dorm.due.standard", building=house["name"])
            yield Due("missing", "dorm.rule.standard", house["code"], text, None,
                      f"logi check use {check.EIGHT} --place {place['code']}", "DOR-01")  # fmt: skip

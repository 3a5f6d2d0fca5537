"""The questions about duty: a roster as it hangs on the wall (值班表), its log, the list, counts, what is missing."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.month import duty, dutyrules, evidence, school, store, store_work
from logi.core.answers import Column, Table
from logi.core.days import month_period
from logi.core.due import spoken
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.core.calendar import SchoolCalendar
    from logi.db import Ledger

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOW = "month.attendance"


def wall(ledger: "Ledger", *, number: str | None = None, since: date | None = None, until: date | None = None,
         person: str | None = None) -> Table:  # fmt: skip
    """值班表 (C.16) of a roster, or of a stretch of days over all rosters; `person` keeps the days they serve."""
    roster = duty.found(ledger, number) if number else None
    roster_id = roster["id"] if roster else None
    days = store.roster_days(ledger.db, roster_id=roster_id, since=since, until=until)
    rows = store.duties(ledger.db, roster_id=roster_id, since=since, until=until)
    if person:
        who = school.person(ledger, person)["id"]
        kept = {row["day_id"] for row in rows if row["person_id"] == who}
        days = [row for row in days if row["id"] in kept]
    shifts = [one for one in dutyrules.SHIFTS if any(r["role"] == "person" and r["shift"] == one for r in rows)]
    calendar, home = school.calendar(ledger), str(ledger.settings.get("ledger_id", "logi"))
    lines = [_wall_row(one, [r for r in rows if r["day_id"] == one["id"]], calendar, home) for one in days]
    heading = roster["title"] if roster else say("month.duty.title.wall", since=since, until=until)
    notes = _wall_notes(ledger, roster, shifts)
    return Table("month.duty", heading, _wall_columns(shifts), lines, notes=notes)


def logs(ledger: "Ledger", *, number: str | None = None, since: date | None = None,
         until: date | None = None) -> Table:  # fmt: skip
    """值班記錄: each day and shift of the rosters that has come, what was written, and where nothing was."""
    roster_id = duty.found(ledger, number)["id"] if number else None
    written = {(r["on_day"], r["shift"]): r for r in store.duty_logs(ledger.db, roster_id=roster_id, since=since, until=until)}
    there: dict[tuple[str, str, str], list[str]] = {}
    for row in store.attendance(ledger.db, since, until):
        there.setdefault((row["on_day"], row["shift"], row["how"]), []).append(row["name"])
    rows = []
    for day, shift, roster_number in _slots(ledger, roster_id, since, until):
        log = written.get((day, shift))
        if log is None and day > ledger.today.isoformat():
            continue
        rows.append({
            "on": date.fromisoformat(day), "number": roster_number, "shift": shift, "logged": "yes" if log else "no",
            **{how: "、".join(there.get((day, shift, how), ())) or None for how in ("present", "stand-in", "absent")},
            **{name: log[name] if log else None for name in ("weather", "note", "visitors", "event", "handed")},
            "by": log["by_name"] if log else None, "taken_by": log["taken_name"] if log else None,
        })  # fmt: skip
    columns = (
        _col("on", "day"), _col("number", "code"), _col("shift", "word", duty.SHIFT),
        _col("logged", "word", "month.logged"), *(Column(how, title(HOW, how)) for how in ("present", "stand-in", "absent")),
        *(_col(name) for name in ("weather", "note", "visitors", "event", "handed", "by", "taken_by")),
    )  # fmt: skip
    notes = [say("month.duty.note.unlogged", count=sum(row["logged"] == "no" for row in rows))]
    return Table("month.duty.log", say("month.duty.title.log"), columns, rows, notes=notes)


def rosters(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """The rosters that touch a stretch of days."""
    rows = [
        {"number": row["number"], "title": row["title"], "first": _day(row["first_on"]), "last": _day(row["last_on"]),
         "days": row["days"], "state": row["state"], "published_on": _day(row["published_on"]), "place": row["place"],
         "logged_days": row["logged"]}
        for row in store.rosters(ledger.db, since, until)
    ]  # fmt: skip
    columns = (
        _col("number", "code"), _col("title"), _col("first", "day"), _col("last", "day"), _col("days", "count"),
        _col("state", "word", "month.roster"), _col("published_on", "day"), _col("place"), _col("logged_days", "count"),
    )  # fmt: skip
    return Table("month.duty.list", say("month.duty.title.list"), columns, rows)


def aways(ledger: "Ledger", since: date | None, until: date | None) -> Table:
    """Who cannot serve on days of a stretch, and why."""
    rows = [
        {"name": row["name"], "first": _day(row["first_on"]), "last": _day(row["last_on"]), "reason": row["reason"]}
        for row in store_work.away(ledger.db, since or date.min, until or date.max)
    ]
    columns = (_col("name"), _col("first", "day"), _col("last", "day"), _col("reason"))
    return Table("month.duty.aways", say("month.duty.title.aways"), columns, rows)


def duty_counts(ledger: "Ledger", since: date, until: date) -> Table:
    """By person: duties as leader, on duty, at the gate, on holidays; swapped away and taken; there, stood in, absent."""
    calendar = school.calendar(ledger)
    people: dict[int, dict[str, Any]] = {}

    def of(person: int, name: str, code: str | None = None) -> dict[str, Any]:
        empty = dict.fromkeys((*dutyrules.ROLES, "duties", "holidays", "given", "taken", "present", "stand-in", "absent"), 0)
        row = people.setdefault(person, {"name": name, "code": code or "", **empty})
        row["code"] = row["code"] or code or ""
        return row

    for one in store.duties(ledger.db, since=since, until=until):
        row = of(one["person_id"], one["name"], one["code"])
        row[one["role"]] += 1
        row["duties"] += 1
        row["holidays"] += date.fromisoformat(one["on_day"]) in calendar.off
    for one in store.swaps(ledger.db, since=since, until=until):
        of(one["from_id"], one["from_name"])["given"] += 1
        of(one["to_id"], one["to_name"])["taken"] += 1
    for one in store.attendance(ledger.db, since, until):
        of(one["person_id"], one["name"], one["code"])[one["how"]] += 1
    rows = sorted(people.values(), key=lambda row: (-row["duties"], row["code"], row["name"]))
    counted = ("duties", *dutyrules.ROLES, "holidays", "given", "taken", "present", "stand-in", "absent")
    columns = (_col("name"), *(Column(one, _counted(one), "count", total=True) for one in counted))
    return Table("month.duty-counts", say("month.duty.title.counts", since=since, until=until), columns, rows)


def duty_missing(ledger: "Ledger", since: date, until: date) -> Table:
    """What the calendar asks of duty in a period and is not there: breaks without a roster, duties without a log."""
    rows = [
        {"on": stretch.first, "what": "roster", "title": named(stretch), "until": stretch.last,
         "missing": len(days), "command": draft_command(ledger, stretch, days)}
        for stretch, days in without_roster(ledger, since, until)
    ]  # fmt: skip
    rows += [
        {"on": day, "what": "log", "title": f"{number} {title(duty.SHIFT, shift)}", "until": day, "missing": 1,
         "command": spoken(log_command(ledger, day, shift))}
        for day, shift, number in without_log(ledger, since, until)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["on"], row["what"]))
    columns = (
        _col("on", "day"), Column("until", say("month.duty.col.last"), "day"), _col("what", "word", "month.missing"),
        _col("title"), _col("missing", "count"), Column("command", say("month.col.command"), "code"),
    )  # fmt: skip
    return Table("month.duty-missing", say("month.duty.title.missing", since=since, until=until), columns, rows)


# -- for checks, the pack and `logi show` ------------------------------------------------------------


def without_roster(ledger: "Ledger", since: date, until: date) -> list[tuple[dutyrules.Stretch, list[date]]]:
    """The breaks and vacations that begin in a stretch of days, and Teachers' Day, with the days no roster has."""
    wanted = dutyrules.asked(school.calendar(ledger), since, until)
    found = ((one, evidence.uncovered(ledger, one)) for one in wanted)
    return [(one, days) for one, days in found if days]


def without_log(ledger: "Ledger", since: date, until: date) -> list[tuple[date, str, str]]:
    """The duties of published rosters before today that nobody wrote up: day, shift, roster."""
    written = {(row["on_day"], row["shift"]) for row in store.duty_logs(ledger.db, since=since, until=until)}
    published = {row["number"] for row in store.rosters(ledger.db, since, until) if row["state"] == "published"}
    return [
        (date.fromisoformat(day), shift, number) for day, shift, number in _slots(ledger, None, since, until)
        if number in published and (day, shift) not in written and day < ledger.today.isoformat()
    ]  # fmt: skip


def draft_command(ledger: "Ledger", stretch: dutyrules.Stretch, missing: Sequence[date]) -> str:
    """The line that drafts what a stretch lacks: by the holiday's name where all of it is missing."""
    calendar = school.calendar(ledger)
    whole = len(missing) == (stretch.last - stretch.first).days + 1
    for key in dutyrules.STRETCHES if whole else ():
        year = date(stretch.first.year, 1, 1)
        if dutyrules.stretch(calendar, key, year, stretch.last) == stretch:
            return f"logi month duty draft --holiday {key} --year {year.year}"
    return f"logi month duty draft --from {missing[0]} --to {missing[-1]}"


def log_command(ledger: "Ledger", day: date, shift: str) -> str:
    """The line that writes up a duty, by the first who was on."""
    on = [row for row in store.duties(ledger.db, since=day, until=day) if row["shift"] == shift]
    writer = next((row["name"] for row in on if row["role"] == "person"), on[0]["name"] if on else "PERSON")
    return f"logi month duty log {day} --shift {shift} --by {writer}"


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's duty, if there is a roster: the wall, the log, the counts."""
    period = month_period(month)
    if not store.roster_days(ledger.db, since=period.since, until=period.until):
        return []
    return [
        wall(ledger, since=period.since, until=period.until), logs(ledger, since=period.since, until=period.until),
        duty_counts(ledger, period.since, period.until),
    ]  # fmt: skip


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A roster by its number: the wall, its swaps, its log."""
    roster = store.roster(ledger.db, number)
    if roster is None:
        return None
    tables = [wall(ledger, number=roster["number"])]
    swapped = [
        {"on": _day(row["on_day"]), "day": _day(row["duty_on"]), "shift": row["shift"], "from": row["from_name"],
         "to": row["to_name"], "back": _day(row["back_on"]), "reason": row["reason"]}
        for row in store.swaps(ledger.db, roster_id=roster["id"])
    ]  # fmt: skip
    if swapped:
        columns = (_col("on", "day"), _col("day", "day"), _col("shift", "word", duty.SHIFT), _col("from"), _col("to"),
                   _col("back", "day"), _col("reason"))  # fmt: skip
        tables.append(Table("month.duty.swaps", say("month.duty.title.swaps"), columns, swapped))
    return [*tables, logs(ledger, number=roster["number"])]


# -- pieces ------------------------------------------------------------------------------------------


def _wall_row(place: Any, rows: Sequence[Any], calendar: "SchoolCalendar", home: str) -> dict[str, Any]:
    day = date.fromisoformat(place["on_day"])
    leaders = [r for r in rows if r["role"] == "leader"]
    shifts = {one: [r["name"] for r in rows if r["role"] == "person" and r["shift"] == one] for one in dutyrules.SHIFTS}
    phones = dict.fromkeys(r["phone"] for r in rows if r["phone"])
    people = [name for names in shifts.values() for name in names]
    names = "、".join(dict.fromkeys([*(r["name"] for r in leaders), *people, *(r["name"] for r in rows)]))
    newest = max(rows, key=lambda r: int(r["entry"]), default=None)
    return {
        "on": day, "weekday": WEEKDAYS[day.weekday()], "mark": calendar.label(day),
        "leader": "、".join(r["name"] for r in leaders) or None,
        **{one: "、".join(found) or None for one, found in shifts.items()},
        "gate": "、".join(r["name"] for r in rows if r["role"] == "gate") or None,
        "phone": "、".join(phones) or None, "note": place["note"],
        # unshown, for a calendar
        "number": place["number"], "title": f"{say('month.duty.mark')} {names}",
        "uid": f"{place['number']}-{place['on_day']}@{home}.logi",
        "stamp": newest["recorded_at"] if newest else None, "revision": newest["entry"] if newest else None,
    }  # fmt: skip


def _wall_columns(shifts: Sequence[str]) -> list[Column]:
    """With one shift of 24 hours its column is called "on duty"; else each shift has its own."""
    plain = list(shifts) in ([], ["all"])
    people = [Column(one, say("month.duty.col.people") if plain else title(duty.SHIFT, one)) for one in shifts or ("all",)]
    return [
        _col("on", "day"), _col("weekday", "word", "month.weekday"), _col("mark"), _col("leader"), *people, _col("gate"),
        _col("phone"), _col("note"),
    ]  # fmt: skip


def _wall_notes(ledger: "Ledger", roster: Any, shifts: Sequence[str]) -> list[str]:
    notes = []
    if roster is not None:
        state = f"month.duty.note.{roster['state']}"
        notes.append(say(state, number=roster["number"], day=_day(roster["published_on"]), place=roster["place"]))
        notes += [
            say("month.duty.note.swap", day=_day(row["duty_on"]), giver=row["from_name"], taker=row["to_name"],
                back=_day(row["back_on"]), reason=row["reason"])
            for row in store.swaps(ledger.db, roster_id=roster["id"])
        ]  # fmt: skip
    hours = duty.hours_of(ledger)
    told = [f"{title(duty.SHIFT, one)} {hours[one].starts % 24:02d}:00–{hours[one].ends % 24:02d}:00" for one in shifts]
    phones = school.policy(ledger, "duty.phones", ledger.today)
    return [*notes, say("month.duty.note.rules", shifts=told, phones=phones)] if told else notes


def _slots(ledger: "Ledger", roster_id: int | None, since: date | None, until: date | None) -> list[tuple[str, str, str]]:
    """Each day and shift somebody is to write up: (day, shift, roster's number)."""
    rows = store.duties(ledger.db, roster_id=roster_id, since=since, until=until)
    days: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in rows:
        kind = "person" if row["role"] == "person" else "other"
        days.setdefault((row["on_day"], row["number"]), {}).setdefault(kind, []).append(row["shift"])
    return [
        (day, shift, number) for (day, number), found in days.items()
        for shift in dict.fromkeys(found.get("person") or found["other"])
    ]  # fmt: skip


def named(stretch: dutyrules.Stretch) -> str:
    """What a stretch is called: its holidays, Teachers' Day, or the vacation."""
    if stretch.names:
        return say("month.listing").join(stretch.names)
    summer = dutyrules.SUMMER[0] <= stretch.first.month <= dutyrules.SUMMER[1]
    return say(f"month.holiday.{'teachers' if stretch.first == stretch.last else 'summer' if summer else 'winter'}")


def _counted(name: str) -> str:
    if name in dutyrules.ROLES:
        return title(duty.ROLE, name)
    return title(HOW, name) if name in ("present", "stand-in", "absent") else say(f"month.duty.col.{name}")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _col(name: str, kind: str = "text", words: str = "") -> Column:
    return Column(name, say(f"month.duty.col.{name}"), kind, words=words)

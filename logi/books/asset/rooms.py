"""Special and activity rooms (功能教室、活動室): who used them when, and how much of a month's periods each was used."""

from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi.books.asset import school, store
from logi.books.asset.tabling import table
from logi.core.answers import Confirmation, Table, Word
from logi.core.errors import Refused
from logi.core.messages import say
from logi.core.money import ratio_half_up
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger


def use(e: Entry, place: str, by: str, *, periods: int = 1, school_class: str | None = None, on: date | None = None,
        note: str | None = None) -> Confirmation:  # fmt: skip
    """Log that a special room was used. A room of another kind, or more periods than a day has, is refused (4)."""
    day = e.happened(on or e.today)
    room, person = school.place(e, place), school.person(e, by)
    if room["kind"] not in school.policy(e, "asset.function_room_kinds", day):
        kind = Word.of("school.kind", room["kind"]) if room["kind"] else None
        raise Refused("asset.no_function_room", place=room["code"], name=room["name"], kind=kind)
    had = sum(row["periods"] for row in store.facts(e.db, "asset_use", place_id=room["id"], on_day=day.isoformat()))
    most = school.policy(e, "asset.periods_per_day", day)
    if had + periods > most:
        raise Refused("asset.day_full", place=room["code"], on=day, had=had, periods=periods, most=most)
    if not school.calendar(e).is_schoolday(day):
        e.warn("asset.used_on_day_off", on=day)
    e.insert("asset_use", on_day=day, place_id=room["id"], periods=periods, by_id=person["id"], note=note,
             **{"class": school_class})  # fmt: skip
    e.subject = room["code"]
    return Confirmation("asset.use", None, facts={
        "place": room["name"], "on": day, "periods": periods, "by": person["name"], "class": school_class,
        "day_total": had + periods,
    })  # fmt: skip


def room_use(ledger: "Ledger", since: date, until: date) -> Table:
    """Every special room with its use in a period: periods used against the periods of its school days, also 0."""
    until = min(until, ledger.today)
    kinds = school.policy(ledger, "asset.function_room_kinds", until)
    days = len(school.calendar(ledger).schooldays(since, until))
    possible = days * int(school.policy(ledger, "asset.periods_per_day", until))
    rooms = [row for row in school.rows(ledger.db, "school_place") if row["kind"] in kinds]
    rows = [_room(ledger, room, since, until, possible) for room in rooms]
    notes = [say("asset.note.room_use", days=days, periods=possible)]
    if bare := [room["code"] for room in rooms if room["keeper_id"] is None]:
        notes.append(say("asset.note.room_keeperless", places=bare))
    specs = ("place:code name room_kind:word:school.kind keeper uses:count+ periods:count+ days_used:count last_on:day "
             "use_rate:rate")  # fmt: skip
    return table("room-use", say("asset.title.room_use", since=since, until=until), specs, rows, notes=notes)


def used(ledger: "Ledger", since: date, until: date) -> Table | None:
    """The use of special rooms for the pack: nothing where no use was ever logged."""
    return room_use(ledger, since, until) if store.facts(ledger.db, "asset_use") else None


def use_log(ledger: "Ledger", since: date, until: date) -> Table:
    """Each use of a period, in the order of days."""
    rooms, people = store.names_of(ledger.db, "school_place"), store.names_of(ledger.db, "school_person")
    rows = [
        {"on": date.fromisoformat(row["on_day"]), "place": rooms[row["place_id"]]["code"],
         "name": rooms[row["place_id"]]["name"], "periods": row["periods"],
         "user": people[row["by_id"]]["name"], "class": row["class"], "note": row["note"]}
        for row in store.facts(ledger.db, "asset_use") if since.isoformat() <= row["on_day"] <= until.isoformat()
    ]  # fmt: skip
    specs = "on:day place:code name periods:count+ user class note"
    return table("use-log", say("asset.title.use_log"), specs, rows)


def _room(ledger: "Ledger", room: Row, since: date, until: date, possible: int) -> dict[str, Any]:
    used = [
        row for row in store.facts(ledger.db, "asset_use", place_id=room["id"])
        if since.isoformat() <= row["on_day"] <= until.isoformat()
    ]  # fmt: skip
    keeper = school.by_id(ledger.db, "school_person", room["keeper_id"])
    periods = sum(row["periods"] for row in used)
    return {
        "place": room["code"], "name": room["name"], "room_kind": room["kind"], "keeper": keeper["name"] if keeper else None,
        "uses": len(used), "periods": periods, "days_used": len({row["on_day"] for row in used}),
        "last_on": date.fromisoformat(used[-1]["on_day"]) if used else None,
        "use_rate": ratio_half_up(periods * 1000, possible) if possible else None,
    }  # fmt: skip

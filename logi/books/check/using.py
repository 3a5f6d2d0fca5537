"""Lists in use: from which day a list is expected where, how often, and who answers for it."""

from collections.abc import Sequence
from datetime import date, timedelta
from sqlite3 import Row
from typing import Any, NamedTuple

from logi.books.check import asset, lists, rules, school, store
from logi.books.check.rules import Checklist
from logi.core.answers import Confirmation, Word
from logi.core.errors import Refused, Usage
from logi.core.messages import say, title
from logi.journal import Entry

FREQUENCY = "check.frequency"


class Spot(NamedTuple):
    """Where one run happened, or on which asset; all None for a run without a place."""

    place: Row | None = None
    spot: str | None = None
    asset: Row | None = None

    @property
    def text(self) -> str | None:
        """As people read it: `A205 四年级教室/后门`; an asset stands before its place."""
        code, name = (self.place["code"], self.place["name"]) if self.place is not None else (None, None)
        return where_text(f"{self.asset['code']} {self.asset['name']}" if self.asset is not None else None,
                          code, name, self.spot)  # fmt: skip

    @property
    def code(self) -> str:
        """What answers name it by."""
        row = self.asset if self.asset is not None else self.place
        return "" if row is None else str(row["code"])

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that names it: the asset, the place, the spot in the place."""
        found = [str(row["code"]) for row in (self.asset, self.place) if row is not None]
        return (*found, *([f"{self.place['code']}/{self.spot}"] if self.place is not None and self.spot else []))


def where_text(asset: str | None, place: str | None, name: str | None, spot: str | None) -> str | None:
    """Where something was looked at: the asset, the place with its name and spot, or both; None for neither."""
    there = f"{place} {name}" + (f"/{spot}" if spot else "") if place else None
    return " · ".join(part for part in (asset, there) if part) or None


def use(e: Entry, text: str, *, places: Sequence[str] = (), starts: date | None = None, until: date | None = None,
        owner: str | None = None, frequency: str | None = None) -> Confirmation:  # fmt: skip
    """Expect runs of a list from a day on (today), at each place; what changes holds from that day, `until` ends it."""
    checklist = lists.named(e, text)
    person = school.person(e, owner) if owner else None
    if inner := [text for text in places if "/" in text]:
        raise Usage("check.use_has_no_spot", place=inner[0])
    rows = [_use_at(e, checklist, spot, starts, until, person, frequency) for spot in spots_of(e, checklist, places)]
    there, until = [row["place"] for row in rows if row["place"]], as_day(rows[0]["until_day"])
    parts = [say("check.use_at", places=there) if there else "", say("check.use_until", until=until) if until else ""]
    facts = {
        "list": checklist.key, "title": lists.title(checklist), "places": there, "until": until, "parts": "".join(parts),
        "frequency": Word.of(FREQUENCY, rows[0]["frequency"]), "from_day": as_day(rows[0]["from_day"]),
        "owner": list(dict.fromkeys(one for row in rows if (one := responsible(row)))) or None,
    }  # fmt: skip
    for row in rows:
        if responsible(row) is None:
            e.warn("check.nobody_answers", where=at_place(lists.title(checklist), row))
    e.subject = checklist.key
    return Confirmation("check.use", facts=facts)


def spots_of(e: Any, checklist: Checklist, places: Sequence[str]) -> list[Spot]:
    """The places a line names, each once; none is one run without a place, if the list allows that (else 2)."""
    spots = [Spot(*school.place_spot(e, text)) for text in places]
    texts = [spot.text for spot in spots]
    for text in texts:
        if texts.count(text) > 1:
            raise Usage("check.place_twice", place=text)
    if not spots and checklist.place_needed:
        kinds = [title("school.kind", kind) for kind in checklist.places]
        raise Usage("check.place_needed", title=lists.title(checklist), kinds=kinds)
    return spots or [Spot()]


def each_asset(e: Any, checklist: Checklist, places: Sequence[str], day: date, *, everywhere: bool,
               assets: Sequence[str]) -> list[Spot]:  # fmt: skip
    """The assets a line means: those named, all of the list's in these places, or all of them on the register."""
    assert checklist.things is not None
    name = lists.title(checklist)
    if assets:
        named = asset.cards(e, assets)
    elif places:
        named = []
        for text in places:
            where, inner = school.place_spot(e, text)
            there = [row for row in store.things(e.db, checklist.things, day, within=where["id"])
                     if inner in (None, row["spot"])]  # fmt: skip
            if not there:
                raise Usage("check.no_assets_there", title=name, place=text)
            named += [row for row in there if row["id"] not in {one["id"] for one in named}]
    elif everywhere:
        if not (named := store.things(e.db, checklist.things, day)):
            raise Usage("check.no_assets", title=name)
    else:
        raise Usage("check.asset_needed", title=name)
    return [Spot(school.by_id(e.db, "school_place", row["place_id"]), row["spot"], row) for row in named]


def at_place(title: str, row: Row) -> str:
    """A list's title with the place of a use or a run, if it has one."""
    return say("check.at_place", title=title, place=f"{row['place']} {row['place_name']}") if row["place"] else title


def responsible(row: Row) -> str | None:
    """Who answers for a list in use at a place: its owner, else the place's keeper; nobody who has left."""
    if row["owner"]:
        return None if row["owner_left"] else str(row["owner"])
    return str(row["keeper"]) if row["keeper"] and not row["keeper_left"] else None


def responsible_code(db: store.Db, today: date, row: Row) -> str:
    """For a command: the code of who answers for a list in use, else the hole."""
    return school.who(db, today, row["owner_id"] or row["keeper_id"])


def in_force(row: Row, day: date) -> bool:
    """Whether a use holds on a day."""
    text = day.isoformat()
    return bool(row["from_day"] <= text and (row["until_day"] is None or text <= row["until_day"]))


def as_day(text: str | None) -> date | None:
    """An ISO day from the ledger."""
    return date.fromisoformat(text) if text else None


def _use_at(e: Entry, checklist: Checklist, spot: Spot, starts: date | None, until: date | None, owner: Row | None,
            frequency: str | None) -> Row:  # fmt: skip
    """Write one place's use: end the last one, change it from a day on, or begin anew. No two lie over each other."""
    place_id = spot.place["id"] if spot.place is not None else None
    rows = store.uses_at(e.db, checklist.key, place_id)
    last = rows[-1] if rows else None
    if last is not None and until and not (starts or owner or frequency):
        _ends_after(checklist, until, date.fromisoformat(last["from_day"]))
        e.update("check_use", last["id"], until_day=until)
        return store.uses_at(e.db, checklist.key, place_id)[-1]
    running = last if last is not None and last["until_day"] is None else None
    first = starts or max(e.today, date.fromisoformat(running["from_day"]) if running is not None else e.today)
    _ends_after(checklist, until, first)
    values = {
        "owner_id": owner["id"] if owner is not None else running["owner_id"] if running is not None else None,
        "frequency": frequency or (running["frequency"] if running is not None else usual(e, checklist, first)),
    }  # fmt: skip
    if running is not None and until is None and running["from_day"] <= first.isoformat():
        _changes(checklist, running, values)
    same_start = last is not None and last["from_day"] == first.isoformat()
    target = last if same_start or (running is not None and first.isoformat() < running["from_day"]) else None
    _stand_apart(checklist, [row for row in rows if row is not target], first)
    if target is not None:
        e.update("check_use", target["id"], from_day=first, until_day=until, **values)
    else:
        if running is not None:
            e.update("check_use", running["id"], until_day=first - timedelta(days=1))
        e.insert("check_use", list=checklist.key, place_id=place_id, from_day=first, until_day=until, **values)
    return store.uses_at(e.db, checklist.key, place_id)[-1]


def usual(e: Any, checklist: Checklist, day: date) -> str:
    """The list's frequency, or the one its policy names on a day."""
    if checklist.frequency_policy:
        named = str(school.policy(e, checklist.frequency_policy, day))
        if named in rules.FREQUENCIES:
            return named
    return checklist.frequency


def _ends_after(checklist: Checklist, until: date | None, first: date) -> None:
    if until is not None and until < first:
        raise Refused("check.ends_before_start", list=checklist.key, until=until, starts=first)


def _changes(checklist: Checklist, running: Row, values: dict[str, Any]) -> None:
    if all(running[name] == value for name, value in values.items()):
        raise Refused("check.in_use_already", list=checklist.key, starts=as_day(running["from_day"]),
                      frequency=Word.of(FREQUENCY, running["frequency"]))  # fmt: skip


def _stand_apart(checklist: Checklist, others: Sequence[Row], first: date) -> None:
    for row in others:
        if row["until_day"] is not None and first.isoformat() <= row["until_day"]:
            raise Refused("check.uses_overlap", list=checklist.key, starts=first, until=as_day(row["until_day"]))

"""What a term's start asks of assets: every room counted, every line with a keeper, every room with a valid letter."""

from collections.abc import Sequence
from datetime import date, timedelta
from sqlite3 import Row
from typing import TYPE_CHECKING, NamedTuple

from logi.books.asset import custody, rules, school, store
from logi.books.asset.counting import Count
from logi.books.asset.tabling import table
from logi.core.answers import Confirmation, Table
from logi.core.errors import Refused
from logi.core.messages import say
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

HARD = ("uncounted", "no_keeper")  # the seed's own line: without these a term does not begin (AST-11)


class Gap(NamedTuple):
    """One thing that is not ready: uncounted, no_keeper or no_letter, where, and the line that mends it."""

    kind: str
    subject: str
    text: str
    command: str


def ready(ledger: "Ledger", text: str) -> Table:
    """Everything that keeps a term from being marked started."""
    term = school.term(ledger, text)
    rows = [{"kind": one.kind, "subject": one.subject, "text": one.text, "command": one.command} for one in gaps(ledger, term)]
    notes = [] if rows else [say("asset.note.term_ready", term=term["name"])]
    if marked := store.where(ledger.db, "asset_term", term=term["code"]):
        notes = [say("asset.note.term_marked", term=term["name"], on=date.fromisoformat(marked[0]["on_day"]))]
    return table("term-ready", say("asset.title.term_ready", term=term["name"]),
                 "kind:word:asset.gap subject:code text command", rows, notes=notes)  # fmt: skip


def mark(e: Entry, text: str, *, on: date | None = None, by: str | None = None, note: str | None = None) -> Confirmation:
    """Mark a term started. Refused (4) while a room is uncounted or a line has no keeper; there is no override."""
    day = e.happened(on or e.today)
    term = school.term(e, text)
    if store.where(e.db, "asset_term", term=term["code"]):
        raise Refused("asset.term_marked", term=term["name"])
    if not _first_count_day(e, term).isoformat() <= day.isoformat() <= term["ends_on"]:
        raise Refused("asset.term_mark_day", term=term["name"], on=day)
    found = gaps(e, term)
    if hard := [one.text.rstrip(".。") for one in found if one.kind in HARD]:
        raise Refused("asset.term_not_ready", term=term["name"], term_code=term["code"], count=len(hard), gaps=hard[:5])
    if letters := [one.subject for one in found if one.kind == "no_letter"]:
        e.warn("asset.term_letters", places=letters)
    person = school.person(e, by) if by else None
    e.insert("asset_term", term=term["code"], on_day=day, by_id=person["id"] if person else None, note=note)
    e.subject = str(term["code"])
    return Confirmation("asset.term-ready", None, facts={"term": term["name"], "on": day, "letters": len(letters)})


def gaps(ledger: "Ledger | Entry", term: Row) -> list[Gap]:
    """Rooms not counted, lines without a keeper, rooms without a valid letter, in that order."""
    cards = store.named_cards(ledger.db)
    rooms = {card["place_id"]: card["place"] for card in cards if card["place_id"]}
    counted = counted_rooms(ledger, term)
    found = [
        Gap("uncounted", code, say("asset.gap_uncounted", place=code), _count_line(ledger, place_id, code))
        for place_id, code in sorted(rooms.items(), key=lambda one: one[1]) if place_id not in counted
    ]  # fmt: skip
    loose = [card["code"] for card in cards if card["keeper_id"] is None]
    if loose:
        codes = rules.compress(loose)
        found.append(Gap("no_keeper", codes, say("asset.gap_no_keeper", count=len(loose), codes=codes),
                         f"logi asset assign {codes} --keeper PERSON"))  # fmt: skip
    signed = {
        letter["place_id"] for letter in store.documents(ledger.db, "asset_letter")
        if letter["term"] == term["code"] and letter["place_id"] and letter["signed_on"]
        and not custody.is_stale(ledger.db, letter)
    }  # fmt: skip
    found += [
        Gap("no_letter", code, say("asset.due.letter", place=code, term=term["name"]),
            f"logi asset letter --place {code} --term {term['code']} --signed DAY")
        for place_id, code in sorted(rooms.items(), key=lambda one: one[1]) if place_id not in signed
    ]  # fmt: skip
    return found


def counted_rooms(ledger: "Ledger | Entry", term: Row) -> set[int]:
    """The rooms that some stocktake of the term (or of the days before it) has counted to the end."""
    first = _first_count_day(ledger, term)
    found: set[int] = set()
    for row in store.where(ledger.db, "asset_count", "number"):
        if first.isoformat() <= row["on_day"] <= term["ends_on"]:
            count = Count(ledger.db, row)
            found |= {room["place_id"] for room in count.rooms if count.state_of(room) == "counted"}
    return found


def _first_count_day(source: "Ledger | Entry", term: Row) -> date:
    first = date.fromisoformat(term["starts_on"])
    return first - timedelta(days=school.policy(source, "asset.count_before_days", first))


def _count_line(ledger: "Ledger | Entry", place_id: int, code: str) -> str:
    for row in store.where(ledger.db, "asset_count", "number", state="open"):
        if store.where(ledger.db, "asset_count_room", count_id=row["id"], place_id=place_id):
            return f"logi asset count enter {row['number']} {code} --rest-ok --by PERSON"
    return start_line([code])


def start_line(codes: Sequence[str]) -> str:
    """The line that starts a count of these rooms."""
    return f"logi asset count start {' '.join(codes)}"

"""Asking for a thing (申領): requested, approved on paper where the policy wants it, then issued from what stands idle."""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import actions, rules, school, store
from logi.books.asset.posting import movable, post, present
from logi.books.asset.tabling import table
from logi.core.answers import Confirmation, Milli, Table, Word
from logi.core.errors import NotFound, Refused
from logi.core.folding import fold
from logi.core.messages import say, title
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

    Source = Ledger | Entry

SPECS = (
    "number:code on:day wanted quantity:quantity applicant place:code purpose state:word:asset.request issued:quantity "
    "issued_on:day"
)


def request(e: Entry, wanted: str, by: str, *, quantity_milli: int = 1000, place: str | None = None,
            purpose: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Ask for a thing by its name: SL-YYYY-nnnn, approved by the levels of asset.request_levels (none: at once)."""
    day = e.happened(on or e.today)
    person = present(e, by, day)
    if quantity_milli <= 0:
        raise Refused("asset.quantity_zero")
    room = school.place(e, place) if place else None
    levels = list(school.policy(e, "asset.request_levels", day))
    number = e.number("SL", str(day.year), book="asset", kind="request")
    e.insert("asset_request", number=number, on_day=day, wanted=wanted, quantity_milli=quantity_milli, by_id=person["id"],
             place_id=room["id"] if room else None, purpose=purpose, levels=" ".join(levels),
             state="open" if levels else "approved")  # fmt: skip
    there = idle_like(e, wanted)
    if not there:
        e.warn("asset.request_nothing_idle", wanted=wanted)
    return Confirmation("asset.request", number, facts={
        "wanted": wanted, "quantity": Milli(quantity_milli), "by": person["name"], "purpose": purpose,
        "place": room["name"] if room else None, "idle": rules.compress(row["code"] for row in there) or None,
        "levels": [Word.of("asset.level", level) for level in levels] or None,
    })  # fmt: skip


def issue(e: Entry, number: str, texts: Sequence[str], *, place: str | None = None, on: date | None = None) -> Confirmation:
    """Issue things on an approved request: they are used again, by whoever asked. More than was asked for is refused (4),
    of a larger quantity card the part asked for is split off."""
    day = e.happened(on or e.today)
    row = _approved(e, number, day)
    person = school.by_id(e.db, "school_person", row["by_id"])
    assert person is not None
    left = row["quantity_milli"] - row["issued_milli"]
    cards = movable(e, store.cards(e, texts), day)
    for card in cards:
        if not _at_hand(e, card):
            raise Refused("asset.not_idle", code=card["code"], name=card["name"])
    if len(cards) == 1 and cards[0]["quantity_milli"] > left:
        cards = store.cards(e, [actions.split_off(e, [cards[0]["code"]], left, day)])
    given = sum(card["quantity_milli"] for card in cards)
    if given > left:
        raise Refused("asset.issue_too_much", number=number, quantity=Milli(given), left=Milli(left))
    room = school.place(e, place) if place else school.by_id(e.db, "school_place", row["place_id"])
    changes: dict[str, Any] = {"keeper_id": person["id"], "status": "in_use"}
    if person["department_id"]:
        changes["department_id"] = person["department_id"]
    if room is not None:
        changes |= {"place_id": room["id"], "spot": None}
    for card in cards:
        e.update("asset_card", card["id"], **changes)
    after = [{**dict(card), **changes} for card in cards]
    post(e, day, "use", [now for card, now in zip(cards, after, strict=True) if card["status"] == "idle"], number=number)
    post(e, day, "assign", after, number=number, note=row["purpose"])
    e.update("asset_request", row["id"], issued_milli=row["issued_milli"] + given, issued_on=day.isoformat(),
             state="issued" if given == left else "approved")  # fmt: skip
    e.subject = number
    return Confirmation("asset.issue", number, numbers=[card["code"] for card in cards], facts={
        "codes": rules.compress(card["code"] for card in cards), "quantity": Milli(given), "by": person["name"], "on": day,
        "place": room["name"] if room else None, "left": Milli(left - given),
    })  # fmt: skip


def decided(e: Entry, row: Row, complete: bool, rejected: bool) -> None:
    """After an approval was recorded: a request may be issued once all have approved."""
    state = "rejected" if rejected else "approved" if complete else "open"
    e.update("asset_request", row["id"], state=state, decisions=row["decisions"] + 1)


def missing(source: "Source", row: Row) -> list[str]:
    """The levels that have not approved a request yet, in order."""
    given = {one["level"] for one in journal.approvals(source.db, row["number"]) if one["decision"] == "yes"}
    return [level for level in row["levels"].split() if level not in given]


def idle_like(source: "Source", wanted: str) -> list[Row]:
    """What stands idle and is called like that."""
    return store.named_cards(source.db, {"c.status = ?": "idle", "instr(c.folded, ?) > 0": fold(wanted)})


def requests(ledger: "Ledger", since: date, until: date) -> Table:
    """Every request of a period and how far it came."""
    rows = [
        _line(ledger, row) for row in store.documents(ledger.db, "asset_request")
        if since.isoformat() <= row["on_day"] <= until.isoformat()
    ]  # fmt: skip
    return table("requests", say("asset.title.requests"), SPECS, rows)


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A request, whom it waits for, and what was issued on it."""
    row = store.document(ledger.db, "asset_request", number)
    if row is None:
        return None
    waits = [title("asset.level", level) for level in missing(ledger, row)] if row["state"] == "open" else []
    notes = [say("asset.note.request_waits", number=number, levels=waits)] if waits else []
    issued = [
        {"code": card["code"], "name": card["name"], "quantity": card["quantity_milli"], "place": card["place"],
         "keeper": card["keeper"]}
        for card in store.cards_of_move(ledger.db, number, "assign")
    ]  # fmt: skip
    return [
        table("request", say("asset.title.request"), SPECS, [_line(ledger, row)], notes=notes),
        table("request-cards", say("asset.title.request_cards"), "code:code name quantity:quantity+ place:code keeper", issued),
    ]


def _approved(e: Entry, number: str, day: date) -> Row:
    row = store.document(e.db, "asset_request", number)
    if row is None:
        raise NotFound("asset.no_request", number=number)
    if row["state"] == "open":
        levels = [Word.of("asset.level", level) for level in missing(e, row)]
        raise Refused("asset.request_open", number=number, levels=levels)
    if row["state"] in ("rejected", "issued"):
        raise Refused(f"asset.request_{row['state']}", number=number)
    if day.isoformat() < row["on_day"]:
        raise Refused("asset.issued_before", number=number, on=day, asked=date.fromisoformat(row["on_day"]))
    return row


def _at_hand(e: Entry, card: Row) -> bool:
    """Whether a thing waits for somebody: it stands idle, or in a store."""
    if card["status"] == "idle":
        return True
    room = school.by_id(e.db, "school_place", card["place_id"])
    return card["status"] == "in_use" and room is not None and room["kind"] == "store"


def _line(ledger: "Ledger", row: Row) -> dict[str, Any]:
    person = school.by_id(ledger.db, "school_person", row["by_id"])
    room = school.by_id(ledger.db, "school_place", row["place_id"])
    return {
        "number": row["number"], "on": date.fromisoformat(row["on_day"]), "wanted": row["wanted"],
        "quantity": row["quantity_milli"], "applicant": person["name"] if person else None,
        "place": room["code"] if room else None, "purpose": row["purpose"], "state": row["state"],
        "issued": row["issued_milli"], "issued_on": date.fromisoformat(row["issued_on"]) if row["issued_on"] else None,
    }  # fmt: skip

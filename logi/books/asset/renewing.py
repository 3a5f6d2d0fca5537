"""Lists that look ahead and around: renewal, idle things, warranties, the quarter, acceptance in July, write-offs."""

from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi.books.asset import auditing, repair, rules, school, store, tally
from logi.books.asset.counting import Count
from logi.books.asset.tabling import table
from logi.books.asset.valuing import charger, month_after, writer
from logi.core import days
from logi.core.answers import Table
from logi.core.errors import Refused
from logi.core.messages import say
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger


def renewal(ledger: "Ledger", since: date, until: date) -> Table:
    """What is past its life, or has cost more in repairs than the policy's share of its value: to be replaced."""
    until = min(until, ledger.today)
    most = school.policy(ledger, "asset.repair_cost_percent", until)
    after, write, costs = month_after(ledger, until), writer(ledger, until), repair.costs(ledger.db, until)
    rows = []
    for card in store.named_cards(ledger.db):
        times, spent = costs.get(card["code"], (0, 0))
        done = write(card)
        over = bool(done.months and card["life_months"] and done.months >= card["life_months"])
        share = ratio_half_up(spent * 1000, card["cost_fen"])
        costly = spent * 100 > most * card["cost_fen"]
        if not over and not costly:
            continue
        ends = (
            rules.life_ends(date.fromisoformat(card["acquired_on"]), card["life_months"], month_after=after) if over else None
        )
        rows.append({
            "code": card["code"], "name": card["name"], "category": card["category"], "place": card["place"],
            "acquired_on": date.fromisoformat(card["acquired_on"]), "cost": card["cost_fen"], "net": done.net_fen,
            "life_ends": ends, "repairs": times, "repair_cost": spent, "repair_share": share,
            "why": "both" if over and costly else "past-life" if over else "repairs",
        })  # fmt: skip
    specs = ("code:code name category:code place:code acquired_on:day cost:money+ net:money+ life_ends:month repairs:count "
             "repair_cost:money+ repair_share:rate why:word:asset.renewal_why")  # fmt: skip
    return table("renewal", say("asset.title.renewal", day=until), specs, rows)


def idle_cards(ledger: "Ledger", at: date, months: int) -> list[tuple[Row, date]]:
    """What has stood idle for at least so many months, and since when."""
    last: dict[int, str] = {}
    for move in store.facts(ledger.db, "asset_move"):
        if move["kind"] in ("add", "idle", "use") and move["on_day"] <= at.isoformat():
            last[move["card_id"]] = move["on_day"]
    found = []
    for card in store.named_cards(ledger.db, {"c.status = ?": "idle"}):
        since = date.fromisoformat(last.get(card["id"], card["booked_on"]))
        if _months_on(since, months) <= at:
            found.append((card, since))
    return found


def idle(ledger: "Ledger", since: date, until: date) -> Table:
    """What has stood idle for longer than the policy's months: to be lent, transferred or given up."""
    at = min(until, ledger.today)
    rows = [
        {"code": card["code"], "name": card["name"], "place": card["place"], "keeper": card["keeper"], "cost": card["cost_fen"],
         "idle_since": first, "idle_days": (at - first).days}
        for card, first in idle_cards(ledger, at, school.policy(ledger, "asset.idle_months", at))
    ]  # fmt: skip
    return table(
        "idle", say("asset.title.idle", day=at),
        "code:code name place:code keeper cost:money+ idle_since:day idle_days:count", rows,
    )


def warranty(ledger: "Ledger", since: date, until: date) -> Table:
    """Warranties that end in a period."""
    rows = [
        {"code": card["code"], "name": card["name"], "place": card["place"], "vendor": card["vendor"],
         "invoice": card["invoice"], "warranty_until": date.fromisoformat(card["warranty_until"])}
        for card in store.named_cards(ledger.db)
        if card["warranty_until"] and since.isoformat() <= card["warranty_until"] <= until.isoformat()
    ]  # fmt: skip
    rows.sort(key=lambda one: (one["warranty_until"], one["code"]))
    return table(
        "warranty", say("asset.title.warranty"), "warranty_until:day code:code name place:code vendor invoice:code", rows
    )


def quarterly(ledger: "Ledger", since: date, until: date) -> Table:
    """The quarter by category: opening, added, reduced, closing, written down in it and altogether, net value."""
    until = min(until, ledger.today)
    gathered, charged = depreciated(ledger, until), charges(ledger, since, until)
    names = store.names_of(ledger.db, "school_category")
    rows = []
    for key, one in auditing.figures(ledger.db, since, until).items():
        down = gathered.get(key, 0)
        rows.append({
            "category": names[key]["code"] if key else None, "name": names[key]["name"] if key else say("asset.uncategorised"),
            "opening": one.opening_fen, "added": one.added_fen, "reduced": one.reduced_fen, "closing": one.closing_fen,
            "closing_quantity": one.closing_quantity, "accumulated": down, "net": one.closing_fen - down,
            "written": charged.get(key, 0),
        })  # fmt: skip
    rows.sort(key=lambda row: row["category"] or "~")
    figures = "opening:money+ added:money+ reduced:money+ closing:money+ closing_quantity:quantity+"
    specs = f"category:code name {figures}"
    mode = school.policy(ledger, "asset.depreciation", until)
    if mode != "off":
        specs += " written:money+ accumulated:money+ net:money+"
    heading = say("asset.title.quarterly", since=since, until=until)
    return table("quarterly", heading, specs, rows, notes=[say(f"asset.note.depreciation_{mode}")])


def depreciated(ledger: "Ledger", until: date) -> dict[int | None, int]:
    """What the cards standing on a day are written down to, by category (fen)."""
    standing, write = store.register_at(ledger.db, until), writer(ledger, until)
    found: dict[int | None, int] = {}
    for card in store.named_cards(ledger.db, gone=True):
        stood = standing.get(card["id"])
        if stood is not None:
            done = write(card, cost_fen=stood.cost_fen)
            found[stood.category_id] = found.get(stood.category_id, 0) + done.accumulated_fen
    return found


def charges(ledger: "Ledger", since: date, until: date) -> dict[int | None, int]:
    """What the months of a period took, by category: each month of the cards that stood at its end (fen)."""
    found: dict[int | None, int] = {}
    cards = store.named_cards(ledger.db, gone=True)
    month = days.month_of(since)
    while month <= days.month_of(until):
        end = min(days.month_period(month).until, until)
        charge, standing = charger(ledger, end), store.register_at(ledger.db, end)
        for card in cards:
            stood = standing.get(card["id"])
            if stood is not None:
                found[stood.category_id] = found.get(stood.category_id, 0) + charge(card, stood.cost_fen)
        month = days.add_months(month, 1)
    return found


def month_depreciation(ledger: "Ledger", month: str) -> Table | None:
    """What a month is written down by, by category: for the accountant's voucher. None where the policy says off."""
    period = days.month_period(month)
    until = min(period.until, ledger.today)
    mode = school.policy(ledger, "asset.depreciation", period.until)
    if mode == "off":
        return None
    names, gathered = store.names_of(ledger.db, "school_category"), depreciated(ledger, until)
    charged = charges(ledger, period.since, until)
    cost = {key: value for key, (_, value) in store.balances(ledger.db, until).items()}
    rows = [
        {
            "category": names[key]["code"] if key else None,
            "name": names[key]["name"] if key else say("asset.uncategorised"), "cost": cost.get(key, 0),
            "written": charged.get(key, 0), "accumulated": down, "net": cost.get(key, 0) - down,
        }
        for key, down in gathered.items() if down
    ]  # fmt: skip
    rows.sort(key=lambda row: row["category"] or "~")
    specs = "category:code name cost:money+ written:money+ accumulated:money+ net:money+"
    return table("month-depreciation", say("asset.title.month_depreciation", month=month), specs, rows,
                 notes=[say(f"asset.note.depreciation_{mode}")])  # fmt: skip


def acceptance(ledger: "Ledger", text: str) -> Table:
    """A room's sheet at the end of the year: what the opening count found, what moved since, what is there now."""
    place = school.place(ledger, text)
    made = [Count(ledger.db, row) for row in store.where(ledger.db, "asset_count", "on_day, number")]
    made = [one for one in made if any(r["place_id"] == place["id"] and one.state_of(r) == "counted" for r in one.rooms)]
    if not made:
        raise Refused("asset.accept_uncounted", place=place["code"])
    first, last = made[0], made[-1]
    year = days.school_year_period(days.school_year_of(ledger.today))
    for one in made:
        if one.row["on_day"] >= year.since.isoformat():
            first = one
            break
    opening, closing = _in_room(first, place["id"]), _in_room(last, place["id"]) if last is not first else {}
    cards = {card["id"]: card for card in store.named_cards(ledger.db, {"c.place_id = ?": place["id"]})}
    rows = []
    for card_id in sorted({*opening, *closing, *cards}):
        card = store.named_card(ledger.db, card_id)
        book = cards[card_id]["quantity_milli"] if card_id in cards else 0
        there = closing.get(card_id, (0, None)) if last is not first else None
        rows.append({
            "code": card["code"], "name": card["name"], "unit": card["unit"],
            "opening_quantity": opening.get(card_id, (0, None))[0],
            "book_quantity": book, "closing_quantity": there[0] if there else None,
            "difference": there[0] - book if there else None, "condition": (there[1] if there else None) or card["condition"],
        })  # fmt: skip
    rows.sort(key=lambda row: row["code"])
    specs = ("code:code name unit opening_quantity:quantity+ book_quantity:quantity+ closing_quantity:quantity+ "
             "difference:quantity condition:word:asset.condition")  # fmt: skip
    numbers = [first.row["number"]] + ([last.row["number"]] if last is not first else [])
    notes = [say("asset.note.acceptance", counts=numbers)]
    if last is first:
        notes.append(say("asset.note.acceptance_open", place=place["code"]))
    return table(
        "acceptance", say("asset.title.acceptance", place=f"{place['code']} {place['name']}"), specs, rows, notes=notes
    )


def write_offs(ledger: "Ledger", since: date, until: date) -> Table:
    """The lines of every application for scrapping or loss of a period: the list that goes to the bureau as one file."""
    rows: list[dict[str, Any]] = []
    places = store.names_of(ledger.db, "school_place")
    for document in store.documents(ledger.db, "asset_proposal"):
        if document["how"] not in rules.GROUNDED or document["state"] == "rejected":
            continue
        if not since.isoformat() <= document["on_day"] <= until.isoformat():
            continue
        rows += [
            {
                "unit_place": _top(ledger, line["place_id"], places), "number": document["number"], "code": line["code"],
                "name": line["name"], "category": line["category"], "quantity": line["quantity_milli"],
                "acquired_on": date.fromisoformat(line["acquired_on"]), "cost": line["cost_fen"], "net": line["net_fen"],
                "reason": document["reason"], "state": document["state"],
            }
            for line in store.proposal_lines(ledger.db, document["id"])
        ]  # fmt: skip
    rows.sort(key=lambda row: (row["unit_place"] or "~", row["number"], row["code"]))
    specs = ("unit_place:code number:code code:code name category:code acquired_on:day quantity:quantity+ cost:money+ "
             "net:money+ reason:word:asset.reason state:word:asset.proposal")  # fmt: skip
    return table("write-offs", say("asset.title.write_offs"), specs, rows)


def _in_room(count: Count, place_id: int) -> dict[int, tuple[int, str | None]]:
    found: dict[int, tuple[int, str | None]] = {}
    for line in count.lines:
        one = count.found[line.card_id]
        quantity = (one.here or 0) if line.place_id == place_id else one.elsewhere.get(place_id, 0)
        if line.place_id == place_id or quantity:
            found[line.card_id] = (quantity, one.condition)
    for (card_id, where), quantity in tally.strangers(count.lines, count.seen).items():
        if where == place_id:
            found[card_id] = (quantity, None)
    return found


def _top(ledger: "Ledger", place_id: int | None, places: dict[int | None, Row]) -> str | None:
    """The outermost place: the building, or the sub-school."""
    at = place_id
    while at is not None:
        row = school.by_id(ledger.db, "school_place", at)
        if row is None or row["parent_id"] is None:
            break
        at = row["parent_id"]
    return str(places[at]["code"]) if at is not None else None


def _months_on(day: date, months: int) -> date:
    month = days.add_months(days.month_of(day), months)
    return min(date.fromisoformat(f"{month}-{min(day.day, 28):02d}"), days.month_period(month).until)

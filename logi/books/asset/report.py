"""The questions the asset book answers: the register, the audit by category, depreciation, documents; each a Table."""

from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi.books.asset import (
    auditing,
    booking,
    count_sheets,
    damaging,
    fields,
    renewing,
    requesting,
    rooms,
    rules,
    school,
    sheets,
    store,
)
from logi.books.asset import facilities as facility_classes
from logi.books.asset.disposal import missing_levels
from logi.books.asset.tabling import columns_of
from logi.books.asset.valuing import writer
from logi.core import days
from logi.core.answers import Column, Table
from logi.core.messages import say, title
from logi.finding import search as find_all

if TYPE_CHECKING:
    from logi.db import Ledger

DAYS = ("acquired_on", "booked_on", "warranty_until")
PLAIN = [key for key in (spec.partition(":")[0] for spec in fields.MORE) if key not in (*DAYS, "unit_cost")]
show = sheets.show
quarterly, renewal, idle, warranty, write_offs = (
    renewing.quarterly, renewing.renewal, renewing.idle, renewing.warranty, renewing.write_offs,
)  # fmt: skip
reservations = booking.reservations
compensation, damage_by_class, counts = damaging.compensation, damaging.damage_by_class, count_sheets.counts
requests, room_use, use_log, facilities = requesting.requests, rooms.room_use, rooms.use_log, facility_classes.facilities


def listing(ledger: "Ledger", *, state: str | None = None, place: str | None = None, keeper: str | None = None,
            department: str | None = None, category: str | None = None, vendor: str | None = None,
            item: str | None = None, since: date | None = None, until: date | None = None) -> Table:  # fmt: skip
    """The register: what stands on it now, filtered. `cost` is the card's total."""
    filters = {**_links(ledger, department, category, vendor), **_plain(item, since, until)}
    if state:
        filters["c.status = ?"] = state
    if place:
        filters["c.place_id IN"] = _places(ledger, place)
    if keeper:
        filters["c.keeper_id = ?"] = school.person(ledger, keeper)["id"]
    own, values = fields.columns(ledger.db)
    lines = [_line(row) | values.get(row["id"], {}) for row in store.named_cards(ledger.db, filters, gone=bool(state))]
    return _register(lines, own)


def audit(ledger: "Ledger", since: date, until: date, month: str | None = None) -> Table:
    """Assets by category over a period: opening, added, reduced, closing, and whether the cards agree."""
    signed = store.audited(ledger.db, month) if month else {}
    kinds = store.names_of(ledger.db, "school_category")
    wrong = auditing.differences(ledger.db, until)
    rows: list[dict[str, Any]] = []
    for key, one in auditing.figures(ledger.db, since, until).items():
        kind = kinds.get(key)
        rows.append({
            "category": kind["code"] if kind else None, "name": kind["name"] if kind else say("asset.uncategorised"),
            **{name.removesuffix("_fen"): value for name, value in one._asdict().items()},
            "check": wrong.get(key, 0), "audited": _signature(signed.get(key), one.text) if month else None,
        })  # fmt: skip
    rows.sort(key=lambda r: r["category"] or "~")
    columns = [Column("category", say("asset.col.category"), "code"), Column("name", say("asset.col.category_name"))]
    for part in ("opening", "added", "reduced", "closing"):
        columns.append(Column(f"{part}_quantity", say(f"asset.col.{part}_quantity"), "quantity", total=True))
        columns.append(Column(part, say(f"asset.col.{part}"), "money", total=True))
    columns.append(Column("check", say("asset.col.check"), "money", total=True))
    if month:
        columns.append(Column("audited", say("asset.col.audited")))
    label = month or f"{since.isoformat()} – {until.isoformat()}"
    return Table("asset.audit", say("asset.title.audit", period=label), columns, rows)


def postings(ledger: "Ledger", since: date, until: date) -> Table:
    """Additions and reductions of a period; the cards of one batch, entered together, on one line."""
    columns = (
        Column("on", say("asset.col.on"), "day"), Column("kind", say("asset.col.kind"), "word", words="asset.move"),
        Column("code", say("asset.col.code"), "code"), Column("name", say("asset.col.name")),
        Column("category", say("asset.col.category"), "code"),
        Column("quantity", say("asset.col.quantity"), "quantity", total=True),
        Column("cost", say("asset.col.cost"), "money", total=True), Column("place", say("asset.col.place"), "code"),
        Column("number", say("asset.col.number"), "code"), Column("recorded", say("asset.col.recorded"), "day"),
        Column("actor", say("asset.col.actor")),
    )  # fmt: skip
    return Table("asset.postings", say("asset.title.postings"), columns, _batches(store.postings(ledger.db, since, until)))


def late(ledger: "Ledger", since: date, until: date) -> Table:
    """Additions and reductions that were booked more than the policy's days after they happened (即時登記)."""
    columns = (
        Column("on", say("asset.col.on"), "day"), Column("recorded", say("asset.col.recorded"), "day"),
        Column("days", say("asset.col.days"), "count"),
        Column("kind", say("asset.col.kind"), "word", words="asset.move"),
        Column("code", say("asset.col.code"), "code"), Column("name", say("asset.col.name")),
        Column("cost", say("asset.col.cost"), "money", total=True), Column("actor", say("asset.col.actor")),
    )  # fmt: skip
    rows = []
    for row in store.postings(ledger.db, since, until):
        one = _posting(row)
        one["days"] = (one["recorded"] - one["on"]).days
        if one["days"] > school.policy(ledger, "asset.entry_lag_days", one["on"]):
            rows.append(one)
    return Table("asset.late", say("asset.title.late"), columns, rows)


def depreciation(ledger: "Ledger", to: date, texts: Sequence[str] = (), *, category: str | None = None,
                 place: str | None = None) -> Table:  # fmt: skip
    """What every card on the register is written down to at a day (named cards also after they are gone)."""
    filters = _links(ledger, None, category, None)
    if place:
        filters["c.place_id IN"] = _places(ledger, place)
    if texts:
        filters["c.id IN"] = [row["id"] for row in store.cards(ledger, texts)]
        stood = store.register_at(ledger.db, to)
        named = store.named_cards(ledger.db, filters, gone=True)
        pairs = [(row, stood[row["id"]].cost_fen if row["id"] in stood else int(row["cost_fen"])) for row in named]
    else:
        pairs = [(row, stood.cost_fen) for row, stood in _standing(ledger, filters, to)]
    rows, write = [], writer(ledger, to)
    for row, cost in pairs:
        written = write(row, cost_fen=cost)
        rows.append({
            "code": row["code"], "name": row["name"], "cost": cost,
            "life_months": written.life_months or row["life_months"], "months": written.months,
            "accumulated": written.accumulated_fen, "net": written.net_fen,
            "acquired_on": date.fromisoformat(row["acquired_on"]),
        })  # fmt: skip
    columns = (
        Column("code", say("asset.col.code"), "code"), Column("name", say("asset.col.name")),
        Column("acquired_on", say("asset.col.acquired_on"), "day"),
        Column("cost", say("asset.col.cost"), "money", total=True),
        Column("life_months", say("asset.col.life_months"), "count"),
        Column("months", say("asset.col.months"), "count"),
        Column("accumulated", say("asset.col.accumulated"), "money", total=True),
        Column("net", say("asset.col.net"), "money", total=True),
    )  # fmt: skip
    mode = school.policy(ledger, "asset.depreciation", to)
    return Table("asset.depreciation", say("asset.title.depreciation", day=to), columns, rows,
                 notes=[say(f"asset.note.depreciation_{mode}")])  # fmt: skip


# -- reports ----------------------------------------------------------------------------------------


def by_category(ledger: "Ledger", since: date, until: date) -> Table:
    """The audit's figures over any period."""
    return audit(ledger, since, until)


def by_place(ledger: "Ledger", since: date, until: date) -> Table:
    """What stood in each room at the end of the period."""
    return _grouped(ledger, min(until, ledger.today), "school_place", "place")


def by_keeper(ledger: "Ledger", since: date, until: date) -> Table:
    """What each person kept at the end of the period."""
    return _grouped(ledger, min(until, ledger.today), "school_person", "keeper")


def loans(ledger: "Ledger", since: date, until: date) -> Table:
    """Loans given in the period or still out: borrower, day due, day and condition of return (借還登記)."""
    columns = (
        Column("number", say("asset.col.number"), "code"), Column("code", say("asset.col.code"), "code"),
        Column("name", say("asset.col.name")), Column("borrower", say("asset.col.borrower")),
        Column("lent_on", say("asset.col.lent_on"), "day"), Column("due_on", say("asset.col.due_on"), "day"),
        Column("returned_on", say("asset.col.returned_on"), "day"),
        Column("condition", say("asset.col.condition"), "word", words="asset.condition"),
        Column("late_days", say("asset.col.late_days"), "count"),
    )  # fmt: skip
    rows = []
    for row in store.loans(ledger.db, out=False):
        lent, due, back = (date.fromisoformat(row[k]) if row[k] else None for k in ("lent_on", "due_on", "returned_on"))
        if lent is None or lent > until or (back is not None and lent < since):
            continue
        over = ((back or min(until, ledger.today)) - due).days if due else 0
        dated = {"lent_on": lent, "due_on": due, "returned_on": back, "late_days": over if over > 0 else None}
        rows.append({key: row[key] for key in ("number", "code", "name", "borrower", "condition")} | dated)
    return Table("asset.loans", say("asset.title.loans"), columns, rows)


def proposals(ledger: "Ledger", since: date, until: date) -> Table:
    """Disposal documents of the period, with what they still wait for."""
    columns = (
        Column("number", say("asset.col.number"), "code"), Column("on", say("asset.col.on"), "day"),
        Column("how", say("asset.col.how"), "word", words="asset.how"),
        Column("lines", say("asset.col.lines"), "count"),
        Column("cost", say("asset.col.cost"), "money", total=True),
        Column("state", say("asset.col.state"), "word", words="asset.proposal"),
        Column("waiting", say("asset.col.waiting")), Column("done_on", say("asset.col.done_on"), "day"),
        Column("proceeds", say("asset.col.proceeds"), "money", total=True),
        Column("paid_in_on", say("asset.col.paid_in_on"), "day"),
    )  # fmt: skip
    rows = []
    for row in store.documents(ledger.db, "asset_proposal"):
        if not since.isoformat() <= row["on_day"] <= until.isoformat():
            continue
        left = missing_levels(ledger.db, row) if row["state"] == "open" else []
        rows.append({
            "number": row["number"], "on": date.fromisoformat(row["on_day"]), "how": row["how"],
            "cost": row["cost_fen"], "lines": len(store.proposal_lines(ledger.db, row["id"])), "state": row["state"],
            "waiting": title("asset.level", left[0]) if left else None, "done_on": sheets.day_of(row["done_on"]),
            "proceeds": row["proceeds_fen"], "paid_in_on": sheets.day_of(row["paid_in_on"]),
        })  # fmt: skip
    return Table("asset.proposals", say("asset.title.proposals"), columns, rows)


def letters(ledger: "Ledger") -> Table:
    """Letters of responsibility: signed, waiting, or stale because custody changed."""
    return sheets.letters(ledger)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's sections: by category with the sign-off, additions and reductions, what was booked late."""
    period = days.month_period(month)
    until = min(period.until, ledger.today)
    tables = [audit(ledger, period.since, until, month), postings(ledger, period.since, until)]
    written = renewing.month_depreciation(ledger, month)
    more = [late(ledger, period.since, until), count_sheets.counts(ledger, period.since, until),
            damaging.compensation(ledger, period.since, until), rooms.used(ledger, period.since, until)]  # fmt: skip
    return [*tables, *(one for one in (written, *more) if one is not None and one.rows)]


def pack_period(ledger: "Ledger", since: date, until: date) -> list[Table]:
    """The sections of any period: by category, additions and reductions, what was booked late."""
    day = min(until, ledger.today)
    more = [late(ledger, since, day), count_sheets.counts(ledger, since, day), damaging.compensation(ledger, since, day)]
    return [audit(ledger, since, day), postings(ledger, since, day), *(one for one in more if one.rows)]


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Cards for `logi find`."""
    places = store.names_of(ledger.db, "school_place")
    return [
        {"kind": "asset", "code": row["code"], "name": row["name"],
         "detail": " ".join(filter(None, (title("asset.status", row["status"]),
                                          places[row["place_id"]]["code"] if row["place_id"] else "")))}
        for row in find_all(ledger.db, "asset_card", text)
    ]  # fmt: skip


# -- helpers ----------------------------------------------------------------------------------------


def _register(lines: Sequence[Mapping[str, Any]], own: Sequence[Column]) -> Table:
    columns = (
        Column("code", say("asset.col.code"), "code"), Column("name", say("asset.col.name")),
        Column("category", say("asset.col.category"), "code"),
        Column("quantity", say("asset.col.quantity"), "quantity", total=True), Column("unit", say("asset.col.unit")),
        Column("cost", say("asset.col.cost"), "money", total=True), Column("place", say("asset.col.place"), "code"),
        Column("keeper", say("asset.col.keeper")),
        Column("status", say("asset.col.status"), "word", words="asset.status"),
    )  # fmt: skip
    more = [*columns_of(" ".join(fields.MORE)), *own]
    return Table("asset.list", say("asset.title.register"), columns, lines, more=more)


def _line(row: Row) -> dict[str, Any]:
    place = "/".join(filter(None, (row["place"], row["spot"])))
    return {"code": row["code"], "name": row["name"], "category": row["category"], "quantity": row["quantity_milli"],
            "unit": row["unit"], "cost": row["cost_fen"], "place": place or None, "keeper": row["keeper"],
            "status": row["status"], "unit_cost": row["unit_cost_fen"], **{key: row[key] for key in PLAIN},
            **{key: sheets.day_of(row[key]) for key in DAYS}}  # fmt: skip


def _standing(ledger: "Ledger", filters: Mapping[str, Any], at: date) -> list[tuple[Row, store.Standing]]:
    standing = store.register_at(ledger.db, at)
    rows = store.named_cards(ledger.db, filters, gone=True)
    return [(row, standing[row["id"]]) for row in rows if row["id"] in standing]


def _grouped(ledger: "Ledger", at: date, table: str, what: str) -> Table:
    names = store.names_of(ledger.db, table)
    sums: dict[int | None, list[int]] = {}
    for stood in store.register_at(ledger.db, at).values():
        one = sums.setdefault(stood.place_id if what == "place" else stood.keeper_id, [0, 0, 0])
        for n, amount in enumerate((1, stood.quantity_milli, stood.cost_fen)):
            one[n] += amount
    rows = [
        {"code": names[key]["code"] if key else None, "name": names[key]["name"] if key else say("asset.nobody"),
         "cards": cards, "quantity": quantity, "cost": cost}
        for key, (cards, quantity, cost) in sums.items()
    ]  # fmt: skip
    rows.sort(key=lambda r: r["code"] or "~")
    columns = (
        Column("code", say(f"asset.col.{what}_code"), "code"), Column("name", say(f"asset.col.{what}")),
        Column("cards", say("asset.col.cards"), "count", total=True),
        Column("quantity", say("asset.col.quantity"), "quantity", total=True),
        Column("cost", say("asset.col.cost"), "money", total=True),
    )  # fmt: skip
    return Table(f"asset.by-{what}", say(f"asset.title.by_{what}", day=at), columns, rows)


def _posting(row: Row) -> dict[str, Any]:
    return {
        "on": date.fromisoformat(row["on_day"]), "kind": row["kind"], "code": row["code"], "name": row["name"],
        "category": row["category"], "quantity": row["quantity_milli"], "cost": row["cost_fen"], "place": row["place"],
        "number": row["number"], "recorded": date.fromisoformat(row["today"]), "actor": row["actor"],
    }  # fmt: skip


def _batches(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Postings of one entry that differ by code alone become one line with a range of codes and their sums."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        same = ("seq", "kind", "on_day", "name", "category", "place", "keeper", "number", "unit", "actor")
        groups.setdefault((*(row[key] for key in same), row["cost_fen"] < 0), []).append(row)
    lines = []
    for group in groups.values():
        one = _posting(group[0])
        one["code"] = rules.compress(row["code"] for row in group)
        one["quantity"], one["cost"] = (sum(row[key] for row in group) for key in ("quantity_milli", "cost_fen"))
        lines.append(one)
    return lines


def _signature(signed: Row | None, figures: str) -> str | None:
    if signed is None:
        return None
    if signed["figures"] != figures:
        return say("asset.audit_changed", by=signed["reviewer"])
    return f"{signed['reviewer']} {signed['on_day']}"


def _links(ledger: "Ledger", department: str | None, category: str | None, vendor: str | None) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    if department:
        filters["c.department_id = ?"] = school.department(ledger, department)["id"]
    if category:
        code = school.category(ledger, category)["code"]
        # A02 means everything under it.
        filters["c.category_id IN"] = [
            k["id"] for k in school.rows(ledger.db, "school_category") if k["code"].startswith(code)
        ]
    if vendor:
        filters["c.vendor_id = ?"] = school.vendor(ledger, vendor)["id"]
    return filters


def _plain(item: str | None, since: date | None, until: date | None) -> dict[str, Any]:
    from logi.core.folding import fold

    filters = {
        "c.acquired_on >= ?": since.isoformat() if since else None,
        "c.acquired_on <= ?": until.isoformat() if until else None,
        "instr(c.folded, ?) > 0": fold(item) if item else None,
    }
    return {condition: value for condition, value in filters.items() if value is not None}


def _places(ledger: "Ledger", text: str) -> list[int]:
    """A place and everything in it."""
    found = [int(school.place(ledger, text)["id"])]
    rows = school.rows(ledger.db, "school_place")
    for at in found:
        found += [row["id"] for row in rows if row["parent_id"] == at and row["id"] not in found]
    return found

"""What cards are worth: the writer of depreciation, changes of value and life from then on, parts of sets, merging."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from sqlite3 import Row
from typing import TYPE_CHECKING, Any

from logi.books.asset import rules, school, store
from logi.books.asset.posting import alive, movable, one, post
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import Refused, Usage
from logi.core.money import ratio_half_up
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

Write = Callable[..., rules.Depreciation]


def writer(source: "Ledger | Entry", to: date, *, only: int | None = None) -> Write:
    """How cards are written down up to a day: `write(card, cost_fen=…, gone_on=…)`; exempt categories have none.

    `only` is the one card it will be asked about.
    """
    after, basis_of = month_after(source, to), _bases(source, to, only)

    def write(card: Any, *, cost_fen: int | None = None, gone_on: date | None = None) -> rules.Depreciation:
        gone = gone_on or (date.fromisoformat(card["gone_on"]) if card["gone_on"] else None)
        basis = basis_of(card, cost_fen)
        if basis is None:
            return rules.Depreciation(0, 0, 0, card["cost_fen"] if cost_fen is None else cost_fen)
        return rules.written(basis, to, gone_on=gone, month_after=after)

    return write


def charger(source: "Ledger | Entry", month_end: date) -> Callable[[Any, int], int]:
    """What a month takes of a card that stands at its end: `charge(card, cost_fen)` in fen."""
    after, basis_of = month_after(source, month_end), _bases(source, month_end, None)
    before = _first_of(rules.month_of(month_end) - 1)

    def charge(card: Any, cost_fen: int) -> int:
        basis = basis_of(card, cost_fen)
        if basis is None:
            return 0
        now, was = (rules.written(basis, to, month_after=after) for to in (month_end, before))
        return now.accumulated_fen - was.accumulated_fen

    return charge


def month_after(source: "Ledger | Entry", on: date) -> bool:
    """Whether this school goes by the enterprises' habit of beginning in the month after."""
    return bool(school.policy(source, "asset.depreciation_first_month", on) == "month-after")


def wears(source: "Ledger | Entry", card: Row | Mapping[str, Any], on: date) -> bool:
    """Whether a card is written down at all."""
    kind = school.by_id(source.db, "school_category", card["category_id"])
    code, method = (kind["code"], kind["method"]) if kind is not None else (None, None)
    return rules.depreciates(code, method, card["value_type"], school.policy(source, "asset.not_depreciated_prefixes", on))


def before(e: Entry, card: Any, day: date) -> rules.Depreciation:
    """What a card was written down to before the month of a change, which already goes by the changed figures."""
    last = _first_of(rules.month_of(day) + month_after(e, day) - 1)
    changes = store.facts(e.db, "asset_basis", card_id=card["id"])
    if changes and wears(e, card, day) and (basis := _basis_of(changes[-1])) is not None:
        return rules.written(basis, last, month_after=month_after(e, day))
    return writer(e, last, only=card["id"])(card)


def rebase(e: Entry, card: Any, day: date, *, cost_fen: int, life_months: int | None, taken: int, accumulated_fen: int,
           life_before: int | None) -> None:  # fmt: skip
    """Write down from which month on a card goes by other figures."""
    month = rules.month_of(day) + month_after(e, day)
    e.insert("asset_basis", on_day=day, card_id=card["id"], from_month=_first_of(month).isoformat()[:7],
             cost_fen=cost_fen, life_months=life_months, taken_months=taken, accumulated_fen=accumulated_fen,
             life_before=life_before, cost_before=card["cost_fen"])  # fmt: skip


def share(e: Entry, card: Row, day: date, part_fen: int) -> tuple[rules.Depreciation, int]:
    """What was written down before a day's month, and how much of it goes with a part of the value."""
    done = before(e, card, day)
    return done, ratio_half_up(done.accumulated_fen * part_fen, card["cost_fen"])


def resize(e: Entry, card: Any, day: date, cost_fen: int, accumulated_fen: int, taken: int) -> None:
    """A card grows or shrinks by quantity: its figures go on from what is left."""
    if wears(e, card, day) and (taken or store.facts(e.db, "asset_basis", card_id=card["id"])):
        rebase(e, card, day, cost_fen=cost_fen, life_months=card["life_months"], taken=taken,
               accumulated_fen=accumulated_fen, life_before=card["life_months"])  # fmt: skip


# -- the verbs ----------------------------------------------------------------------------------------


def revalue(e: Entry, text: str, amount_fen: int, *, life_months: int | None = None, value_type: str | None = None,
            on: date | None = None, ref: str | None = None, note: str) -> Confirmation:  # fmt: skip
    """Give a card another value (after an appraisal, an extension, a part taken off), from the month of the day on.

    Refuses (4) a value not above what is written down, and an increase after the end of life without a new life.
    """
    day = e.happened(on or e.today)
    card = one(store.cards(e, [text]))
    _may_change(e, card, day)
    if amount_fen <= 0:
        raise Refused("asset.cost_zero")
    if amount_fen == card["cost_fen"]:
        raise Refused("asset.same_value", code=card["code"], cost=Fen(amount_fen))
    done = before(e, card, day)
    life = life_months or card["life_months"]
    if amount_fen < done.accumulated_fen:
        raise Refused("asset.value_below_written", code=card["code"], accumulated=Fen(done.accumulated_fen))
    if life and done.months and life <= done.months and amount_fen > done.accumulated_fen:
        raise Refused("asset.life_taken", code=card["code"], taken=done.months, given=life)
    if life:
        rebase(e, card, day, cost_fen=amount_fen, life_months=life, taken=done.months,
               accumulated_fen=done.accumulated_fen, life_before=card["life_months"])  # fmt: skip
    changed = {"value_type": value_type} if value_type else {}
    each = max(ratio_half_up(amount_fen * 1000, card["quantity_milli"]), 1)
    e.update("asset_card", card["id"], cost_fen=amount_fen, unit_cost_fen=each, life_months=life, **changed)
    difference = amount_fen - card["cost_fen"]
    post(e, day, "value", [{**dict(card), "quantity_milli": 0, "cost_fen": difference}], sign=1, number=ref, note=note)
    monthly = (
        rules.written(rules.Basis(0, amount_fen, life, done.months, done.accumulated_fen), date.min).monthly_fen if life else 0
    )
    return Confirmation("asset.revalue", card["code"], facts={
        "name": card["name"], "before": Fen(card["cost_fen"]), "cost": Fen(amount_fen),
        "accumulated": Fen(done.accumulated_fen), "monthly": Fen(monthly), "on": day, "life_months": life,
    })  # fmt: skip


def change_life(e: Entry, card: Row, life_months: int, day: date) -> None:
    """Another life, from the month of the day on. A life not longer than what was taken is refused (4)."""
    _may_change(e, card, day)
    done = before(e, card, day)
    if life_months <= done.months and done.net_fen:
        raise Refused("asset.life_taken", code=card["code"], taken=done.months, given=life_months)
    rebase(e, card, day, cost_fen=card["cost_fen"], life_months=life_months, taken=done.months,
           accumulated_fen=done.accumulated_fen, life_before=card["life_months"])  # fmt: skip
    post(e, day, "life", [card], note=f"{card['life_months']} → {life_months}")


def merge(e: Entry, texts: Sequence[str], *, on: date | None = None) -> Confirmation:
    """Put quantity cards of one kind together into the first named, by quantity and by value.

    Refuses (4) what differs: name, category, unit, unit cost, room, keeper, life, months written down.
    """
    day = e.happened(on or e.today)
    rows = movable(e, store.cards(e, texts), day)
    if len(rows) < 2:
        raise Usage("asset.merge_two")
    into, rest = rows[0], rows[1:]
    taken = before(e, into, day)
    for row in rows:
        if row["status"] == "disposing":
            raise Refused("asset.is_disposing", code=row["code"])
    gathered = taken.accumulated_fen
    for row in rest:
        done = before(e, row, day)
        alike = ("name", "category_id", "unit", "unit_cost_fen", "place_id", "keeper_id", "life_months", "value_type")
        differs = [name.removesuffix("_id").removesuffix("_fen") for name in alike if row[name] != into[name]]
        if differs or done.months != taken.months:
            words = [Word.of("asset.col", name) for name in differs or ["acquired_on"]]
            raise Refused("asset.merge_differs", code=row["code"], into=into["code"], differs=words)
        gathered += done.accumulated_fen
        post(e, day, "merge", [row], sign=-1, number=into["code"])
        e.update("asset_card", row["id"], status="merged", gone_on=day.isoformat(), merged_into=into["id"])
    cost, quantity = sum(row["cost_fen"] for row in rows), sum(row["quantity_milli"] for row in rows)
    resize(e, into, day, cost, gathered, taken.months)
    e.update("asset_card", into["id"], quantity_milli=quantity, cost_fen=cost)
    added = {**dict(into), "quantity_milli": quantity - into["quantity_milli"], "cost_fen": cost - into["cost_fen"]}
    post(e, day, "merge", [added], sign=1, number=rest[0]["code"])
    return Confirmation("asset.merge", into["code"], numbers=[row["code"] for row in rows], facts={
        "codes": rules.compress(row["code"] for row in rest), "name": into["name"], "quantity": Milli(quantity),
        "total": Fen(cost),
    })  # fmt: skip


def part(e: Entry, texts: Sequence[str], of: str | None) -> Confirmation:
    """Make cards parts of a set's card, or (without `of`) things of their own again. One level only (4)."""
    rows = store.cards(e, texts)
    whole = one(store.cards(e, [of])) if of else None
    for row in (*rows, *([whole] if whole else [])):
        alive(row)
    for row in rows:
        if whole is None:
            if row["part_of"] is None:
                raise Refused("asset.no_part", code=row["code"])
        elif row["id"] == whole["id"] or whole["part_of"] is not None or store.where(e.db, "asset_card", part_of=row["id"]):
            raise Refused("asset.part_of_part", code=row["code"], whole=whole["code"])
        e.update("asset_card", row["id"], part_of=whole["id"] if whole else None)
    codes = [row["code"] for row in rows]
    e.subject = codes[0]
    return Confirmation("asset.part", codes[0] if len(codes) == 1 else None, numbers=codes, facts={
        "codes": rules.compress(codes), "whole": whole["code"] if whole else None,
        "name": whole["name"] if whole else None, "count": len(codes),
    })  # fmt: skip


def warn_of_parts(e: Entry, rows: Sequence[Row]) -> None:
    """Say which parts of a set stay where they are."""
    named = {row["id"] for row in rows}
    for row in rows:
        left = [one["code"] for one in store.where(e.db, "asset_card", "code", part_of=row["id"])
                if one["id"] not in named and one["status"] not in rules.GONE]  # fmt: skip
        if left:
            e.warn("asset.parts_stay", code=row["code"], parts=rules.compress(left))


# -- helpers ------------------------------------------------------------------------------------------


def _bases(source: "Ledger | Entry", to: date, only: int | None) -> Callable[[Any, int | None], rules.Basis | None]:
    """The figures a card goes by on a day: those of its last change by then, else of its beginning (None: no wear)."""
    exempt = school.policy(source, "asset.not_depreciated_prefixes", to)
    after = month_after(source, to)
    kinds = {row["id"]: row for row in school.rows(source.db, "school_category")}
    changes: dict[int, list[Row]] = {}
    for row in store.facts(source.db, "asset_basis", **({} if only is None else {"card_id": only})):
        changes.setdefault(row["card_id"], []).append(row)

    def find(card: Any, cost_fen: int | None) -> rules.Basis | None:
        kind = kinds.get(card["category_id"])
        code, method = (kind["code"], kind["method"]) if kind is not None else (None, None)
        if not rules.depreciates(code, method, card["value_type"], exempt):
            return None
        mine = changes.get(card["id"], [])
        stood = [row for row in mine if row["on_day"] <= to.isoformat() and row["from_month"] <= to.isoformat()[:7]]
        if stood:
            return _basis_of(stood[-1])
        life = mine[0]["life_before"] if mine else card["life_months"]
        cost = cost_fen if cost_fen is not None else mine[0]["cost_before"] if mine else card["cost_fen"]
        start = rules.month_of(date.fromisoformat(card["acquired_on"])) + after
        return rules.Basis(start, cost, life) if life else None

    return find


def _basis_of(row: Row) -> rules.Basis | None:
    if not row["life_months"]:
        return None
    month = rules.month_of(date.fromisoformat(f"{row['from_month']}-01"))
    return rules.Basis(month, row["cost_fen"], row["life_months"], row["taken_months"], row["accumulated_fen"])


def _may_change(e: Entry, card: Row, day: date) -> None:
    movable(e, [card], day, lent_too=True)
    if card["status"] == "disposing":
        raise Refused("asset.is_disposing", code=card["code"])


def _first_of(month: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, 1)

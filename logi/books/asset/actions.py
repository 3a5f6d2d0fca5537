"""The verbs of the register: add, assign, transfer, split, edit. Each works inside an open entry it is given."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from sqlite3 import Row
from typing import Any

from logi import journal
from logi.books.asset import fields as own
from logi.books.asset import posting, rules, school, store, valuing
from logi.books.asset.posting import alive, movable, post, present
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import Refused, Usage
from logi.core.money import multiply, ratio_half_up
from logi.finding import named
from logi.journal import Entry
from logi.registry import cards, room

BATCH_MOST = 10_000
OLD_LINE_ENDS = date(2022, 2, 28)  # the last day of the 2012 line for special equipment


def add(e: Entry, name: str, unit_cost_fen: int, *, on: date | None = None, booked_on: date | None = None,
        code: str | None = None, count: int | None = None, quantity_milli: int | None = None,
        category: str | None = None, place: str | None = None, keeper: str | None = None,
        department: str | None = None, vendor: str | None = None, serial: str | None = None,
        life_months: int | None = None, value_type: str = "cost", acquired_by: str = "purchase",
        warranty_until: date | None = None, buyer: str | None = None, inspector: str | None = None,
        fields: Sequence[tuple[str, str]] | None = (), **plain: str | None) -> Confirmation:  # fmt: skip
    """Put a thing on the register: one card, `count` cards of a batch, or one card of a quantity.

    `unit_cost_fen` is for one piece; `booked_on` the day it entered the books (else the day it was acquired). `fields`
    are those of the school's own (None: what is required is listed as lacking, not asked for), `plain`
    are invoice, brand, model, spec, fund, unit, used_for, request, photo, ref, note. Refuses (4) a taken code, a serial
    number of the same model, an inspector who bought, a life below the category's least (overridable).
    """
    on = on or e.today
    count, quantity_milli = _pieces(count, quantity_milli)
    if unit_cost_fen < 0:
        raise Refused("asset.cost_zero")
    if unit_cost_fen == 0:  # what has no price stands on the books at one yuan
        unit_cost_fen, value_type = rules.NOMINAL_FEN, "nominal"
        e.warn("asset.nominal_value")
    if on > e.today:
        e.happened(on)
    if booked_on is not None and booked_on < on:
        raise Refused("asset.booked_before_acquired", booked=booked_on, on=on)
    kind = school.category(e, category) if category else None
    links = _links(e, place, keeper, department, vendor, on) | _accepted(e, buyer, inspector)
    if request := plain.get("request"):
        plain["request"] = _known_request(e, request, links["vendor_id"], on)
    life = _life(e, kind, life_months, value_type, on, code or name)
    serials = _serials(e, serial, count, plain.get("model"))
    base = _code(e, code, on, count)
    codes = rules.batch_codes(base, count)
    total = multiply(quantity_milli, unit_cost_fen)
    card: dict[str, Any] = {
        **named(name), "category_id": kind["id"] if kind else None, "cost_fen": total, "unit_cost_fen": unit_cost_fen,
        "quantity_milli": quantity_milli, "acquired_on": on.isoformat(), "booked_on": (booked_on or on).isoformat(),
        **links, "acquired_by": acquired_by, "value_type": value_type, "life_months": life,
        "warranty_until": warranty_until.isoformat() if warranty_until else None, "status": "in_use", **plain,
    }  # fmt: skip
    columns = ["code", "serial", *card]
    rows = [[one, number, *card.values()] for one, number in zip(codes, serials, strict=True)]
    first = e.insert_many("asset_card", columns, rows)
    post(e, booked_on or on, "add", [{**card, "id": first + n} for n in range(count)], sign=1)
    if fields is not None:
        own.write(e, [(first + n, one, kind["code"] if kind else None) for n, one in enumerate(codes)], fields)
    _warn(e, kind, unit_cost_fen, count, quantity_milli, booked_on or on)
    return Confirmation("asset.add", base, numbers=codes, facts={
        "codes": rules.compress(codes), "name": name, "count": count, "quantity": Milli(quantity_milli * count),
        "unit": plain.get("unit") or Word.of("asset.unit", "pieces"), "unit_cost": Fen(unit_cost_fen),
        "total": Fen(total * count), "on": on,
        "place": _name(e, "school_place", links["place_id"]), "keeper": _name(e, "school_person", links["keeper_id"]),
        "life_months": life,
    })  # fmt: skip


def assign(
    e: Entry, texts: Sequence[str], keeper: str, *, place: str | None = None, on: date | None = None
) -> Confirmation:
    """Give things to a keeper, and perhaps a room. Gone and lent things cannot be given (4)."""
    person = present(e, keeper, on or e.today)
    changes: dict[str, Any] = {"keeper_id": person["id"], **(_place(e, place) if place else {})}
    if person["department_id"]:
        changes["department_id"] = person["department_id"]
    rows = _move(e, "assign", texts, changes, on)
    facts = {**_sums(rows), "keeper": person["name"], "place": _name(e, "school_place", changes.get("place_id"))}
    return _done(e, "asset.assign", rows, facts)


def transfer(
    e: Entry, texts: Sequence[str], place: str, *, keeper: str | None = None, department: str | None = None,
    quantity_milli: int | None = None, on: date | None = None, note: str | None = None,
) -> Confirmation:  # fmt: skip
    """Move things to another room (and keeper). With a quantity, that part of one card is split off first."""
    if quantity_milli is not None:
        texts = [split_off(e, texts, quantity_milli, on)]
    changes = _place(e, place)
    if keeper:
        changes["keeper_id"] = present(e, keeper, on or e.today)["id"]
    if department:
        changes["department_id"] = school.department_for(e, department)["id"]
    rows = _move(e, "transfer", texts, changes, on, note)
    facts = {**_sums(rows), "place": _name(e, "school_place", changes["place_id"]),
             "keeper": _keepers(e, rows, changes)}  # fmt: skip
    return _done(e, "asset.transfer", rows, facts)


def split(e: Entry, text: str, quantity_milli: int, *, on: date | None = None) -> Confirmation:
    """Part a quantity card in two by quantity and value; the new card is called CODE-01, CODE-02 …"""
    on = e.happened(on or e.today)
    row = posting.one(store.cards(e, [text]))
    movable(e, [row], on)
    if row["status"] == "disposing":
        raise Refused("asset.is_disposing", code=row["code"])
    if not 0 < quantity_milli < row["quantity_milli"]:
        raise Refused(
            "asset.split_quantity", code=row["code"], quantity=Milli(quantity_milli), has=Milli(row["quantity_milli"])
        )
    part_fen = min(max(ratio_half_up(row["cost_fen"] * quantity_milli, row["quantity_milli"]), 1), row["cost_fen"] - 1)
    done, gone_fen = valuing.share(e, row, on, part_fen)
    n = 1
    while store.taken(e.db, [f"{row['code']}-{n:02d}"]):
        n += 1
    part = {k: row[k] for k in row.keys() if k not in ("id", "entry", "void")}  # noqa: SIM118 (a row is no mapping)
    part.update(
        code=f"{row['code']}-{n:02d}",
        quantity_milli=quantity_milli,
        cost_fen=part_fen,
        split_from=row["id"],
        serial=None,
    )
    part["id"] = e.insert("asset_card", **part)
    own.copied(e, row["id"], part["id"])
    e.update(
        "asset_card",
        row["id"],
        quantity_milli=row["quantity_milli"] - quantity_milli,
        cost_fen=row["cost_fen"] - part_fen,
    )
    valuing.resize(e, row, on, row["cost_fen"] - part_fen, done.accumulated_fen - gone_fen, done.months)
    valuing.resize(e, part, on, part_fen, gone_fen, done.months)
    taken_off = {**dict(row), "quantity_milli": quantity_milli, "cost_fen": part_fen}
    post(e, on, "split", [taken_off], sign=-1, number=part["code"])
    post(e, on, "split", [part], sign=1, number=row["code"])
    facts = {"from_code": row["code"], "name": row["name"], "quantity": Milli(quantity_milli), "cost": Fen(part_fen),
             "left": Milli(row["quantity_milli"] - quantity_milli)}  # fmt: skip
    return Confirmation("asset.split", part["code"], facts=facts)


def edit(e: Entry, texts: Sequence[str], *, name: str | None = None, category: str | None = None,
         life_months: int | None = None, status: str | None = None, warranty_until: date | None = None,
         on: date | None = None, fields: Sequence[tuple[str, str]] = (), **plain: str | None) -> Confirmation:  # fmt: skip
    """Change what is given of cards. Another category is posted as a reclassification, another life holds from then on;
    the value is changed by `revalue`."""
    rows = store.cards(e, texts)
    kind = school.category(e, category) if category else None
    changes: dict[str, Any] = {k: v for k, v in plain.items() if v is not None}
    changes.update(named(name) if name else {})
    if warranty_until:
        changes["warranty_until"] = warranty_until.isoformat()
    if not (changes or kind or life_months or status or fields):
        raise Usage("asset.nothing_to_change")
    for row in rows:
        alive(row)
        if status and row["status"] not in ("in_use", "idle"):
            raise Refused("asset.status_fixed", code=row["code"], status=Word.of("asset.status", row["status"]))
        after = {**changes, **({"status": status} if status else {})}
        if kind and kind["id"] != row["category_id"]:
            if row["status"] == "disposing":  # the levels that approve went by the category
                raise Refused("asset.is_disposing", code=row["code"])
            day = e.happened(on or e.today)
            movable(e, [row], day, lent_too=True)
            post(e, day, "reclass", [dict(row)], sign=-1)
            post(e, day, "reclass", [{**dict(row), "category_id": kind["id"]}], sign=1)
            after["category_id"] = kind["id"]
        if life_months or (kind and not row["life_months"]):
            of = kind or school.by_id(e.db, "school_category", row["category_id"])
            since = date.fromisoformat(row["acquired_on"])
            after["life_months"] = _life(e, of, life_months, row["value_type"], since, row["code"])
        if row["life_months"] and after.get("life_months", row["life_months"]) != row["life_months"]:
            valuing.change_life(e, row, after["life_months"], e.happened(on or e.today))
        if status and status != row["status"]:
            day = e.happened(on or e.today)
            movable(e, [row], day)
            post(e, day, "idle" if status == "idle" else "use", [{**dict(row), **after}])
        if after:
            e.update("asset_card", row["id"], **after)
        if fields or kind:
            of = kind or school.by_id(e.db, "school_category", row["category_id"])
            own.write(e, [(row["id"], row["code"], of["code"] if of else None)], fields)
    return _done(e, "asset.edit", rows, _sums(rows))


def split_off(e: Entry, texts: Sequence[str], quantity_milli: int, on: date | None) -> str:
    """The code under which a quantity of one card stands: the card's own for all of it, else that of a new part."""
    row = posting.one(store.cards(e, texts))
    if quantity_milli == row["quantity_milli"]:
        return str(row["code"])
    return str(split(e, row["code"], quantity_milli, on=on).number)


# -- helpers ----------------------------------------------------------------------------------------


def _done(e: Entry, action: str, rows: Sequence[Row], facts: Mapping[str, Any]) -> Confirmation:
    codes = [row["code"] for row in rows]
    number = codes[0] if len(codes) == 1 else None
    e.subject = number or rules.compress(codes)[:200]
    return Confirmation(action, number, numbers=codes, facts={"codes": rules.compress(codes), **facts})


def _sums(rows: Sequence[Row]) -> dict[str, Any]:
    names = list(dict.fromkeys(row["name"] for row in rows))
    return {"name": names[0] if len(names) == 1 else names, "count": len(rows),
            "total": Fen(sum(row["cost_fen"] for row in rows))}  # fmt: skip


def _move(e: Entry, kind: str, texts: Sequence[str], changes: Mapping[str, Any], on: date | None,
          note: str | None = None) -> list[Row]:  # fmt: skip
    day = e.happened(on or e.today)
    rows = movable(e, store.cards(e, texts), day)
    for row in rows:
        e.update("asset_card", row["id"], **changes)
    post(e, day, kind, [{**dict(row), **changes} for row in rows], note=note)
    valuing.warn_of_parts(e, rows)
    return rows


def _pieces(count: int | None, quantity_milli: int | None) -> tuple[int, int]:
    if count is not None and quantity_milli is not None:
        raise Usage("asset.count_or_quantity")
    if (count or 1) > BATCH_MOST:
        raise Usage("asset.count_large", most=BATCH_MOST)
    if quantity_milli is not None and quantity_milli <= 0:
        raise Refused("asset.quantity_zero")
    return count or 1, quantity_milli or 1000


def _links(
    e: Entry, place: str | None, keeper: str | None, department: str | None, vendor: str | None, on: date
) -> dict[str, Any]:
    person = present(e, keeper, on) if keeper else None
    home = school.department_for(e, department)["id"] if department else (person["department_id"] if person else None)
    return {
        **(_place(e, place) if place else {"place_id": None, "spot": None}),
        "keeper_id": person["id"] if person else None, "department_id": home,
        "vendor_id": school.vendor(e, vendor)["id"] if vendor else None,
    }  # fmt: skip


def _accepted(e: Entry, buyer: str | None, inspector: str | None) -> dict[str, Any]:
    """Who bought and who accepted it: two people (AST-17)."""
    bought, seen = (school.person(e, text) if text else None for text in (buyer, inspector))
    if bought is not None and seen is not None and bought["id"] == seen["id"]:
        raise Refused("asset.inspector_bought", person=bought["name"])
    return {"buyer_id": bought["id"] if bought else None, "inspector_id": seen["id"] if seen else None}


def _known_request(e: Entry, request: str, vendor_id: int | None, on: date) -> str:
    """The purchase request's number as the book that knows it (a room `receiving`) has it, checked; else as typed."""
    vendor = school.by_id(e.db, "school_vendor", vendor_id)
    for book in cards():
        hooks = room(book, "receiving")
        if hooks is not None and (known := hooks.before_card(e, request, vendor, on)):
            return str(known)
    return request


def _place(e: Entry, text: str) -> dict[str, Any]:
    row, spot = school.place_spot(e, text)
    return {"place_id": row["id"], "spot": spot}


def _life(e: Entry, kind: Row | None, given: int | None, value_type: str, on: date, subject: str) -> int | None:
    code = kind["code"] if kind else None
    if not rules.depreciates(code, kind["method"] if kind else None, value_type,
                             school.policy(e, "asset.not_depreciated_prefixes", on)):  # fmt: skip
        return given
    least = (kind["life_months"] if kind else None) or rules.least_life(school.policy(e, "asset.life_months", on), code)
    if given is not None and given <= 0:
        raise Refused("asset.life_zero")
    if given is not None and least and given < least:
        e.overridable(Refused("asset.life_short", given=given, least=least, category=code), subject)
    return given or least


def _serials(e: Entry, serial: str | None, count: int, model: str | None) -> list[str | None]:
    if not serial:
        return [None] * count
    found = rules.expand(serial) if count > 1 else [serial]
    if len(found) != count or len({one.lower() for one in found}) != count:
        raise Usage("asset.serials_count", given=len(found), count=count)
    for one in found:
        if twin := store.same_serial(e.db, one, model):
            raise Refused("asset.serial_taken", serial=one, model=model, code=twin["code"])
    return list(found)


def _code(e: Entry, typed: str | None, on: date, count: int) -> str:
    """The typed code if it is free, else the next running number of the year of acquisition."""
    if typed:
        if found := store.taken(e.db, rules.batch_codes(typed, count)):
            raise Refused("asset.code_taken", codes=rules.compress(found))
        if journal.number_of(e.db, typed) is not None:
            raise Refused("asset.code_was_given", code=typed)
        return typed
    series = f"asset-{on.year}"
    n = e.next_in(series)
    while store.stem_taken(e.db, f"{on.year}-{n:04d}"):
        e.skip(series, n, book="asset")
        n += 1
    code = f"{on.year}-{n:04d}"
    e.give(series, n, code, book="asset", kind="card")
    return code


def _warn(e: Entry, kind: Row | None, unit_cost_fen: int, count: int, quantity_milli: int, on: date) -> None:
    code = kind["code"] if kind else ""
    line = threshold(lambda name, day: school.policy(e, name, day), kind, on)
    batch = code.startswith(tuple(school.policy(e, "asset.batch_prefixes", on)))
    if unit_cost_fen < line and not batch:
        e.warn("asset.below_threshold", unit_cost=Fen(unit_cost_fen), line=Fen(line))
    if count > 1 and unit_cost_fen < (least := school.policy(e, "asset.single_card_min_fen", on)):
        e.warn("asset.better_one_card", unit_cost=Fen(unit_cost_fen), line=Fen(least))
    most = school.policy(e, "asset.entry_lag_days", on)
    if (lag := (e.today - on).days) > most:
        e.warn("asset.booked_late", days=lag, most=most)


def threshold(policy: Callable[[str, date], Any], kind: Row | None, on: date) -> int:
    """The least value of one piece that makes it a fixed asset, for a category on a day, by the policies' values."""
    special = kind is not None and (kind["special"] or kind["code"].startswith(tuple(policy("asset.special_prefixes", on))))
    if not special:
        return int(policy("asset.threshold_general_fen", on))
    old_rules = policy("asset.threshold_rules", on) == "2012"
    # A school that still goes by the 2012 rules keeps their line for special equipment after 2022 too.
    return int(policy("asset.threshold_special_fen", min(on, OLD_LINE_ENDS) if old_rules else on))


def _keepers(e: Entry, rows: Sequence[Row], changes: Mapping[str, Any]) -> list[str] | None:
    ids = dict.fromkeys(changes.get("keeper_id") or row["keeper_id"] for row in rows)
    return [name for name in (_name(e, "school_person", one) for one in ids) if name] or None


def _name(e: Entry, table: str, rowid: int | None) -> str | None:
    row = school.by_id(e.db, table, rowid)
    return str(row["name"]) if row is not None else None

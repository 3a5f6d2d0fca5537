"""Fields of the school's own on asset cards: declared for a category or for all, of a kind, required or not, checked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.asset import rules, school, store
from logi.books.asset.tabling import table
from logi.core.answers import Column, Confirmation, Fen, Milli, Table, Word
from logi.core.days import parse_day
from logi.core.errors import BadValue, NotFound, Refused, Usage
from logi.core.folding import fold
from logi.core.messages import money_text, quantity_text, say, title
from logi.core.money import parse_money, parse_quantity
from logi.core.text import clean

if TYPE_CHECKING:
    from logi.journal import Entry

KINDS = ("text", "number", "money", "day", "yes-no", "choice")
YES, NO = ("yes", "y", "true", "1", "是", "有", "√", "✓"), ("no", "n", "false", "0", "否", "无", "×")
SEPARATORS = "；;"
MOST = 40
# What the register shows already: no field may be called so.
LISTED = ("code", "name", "category", "quantity", "unit", "cost", "place", "keeper", "status")
MORE = (
    "category_name:text", "department:text", "brand:text", "model:text", "spec:text", "serial:code", "acquired_on:day",
    "booked_on:day", "vendor:text", "invoice:code", "fund:text", "unit_cost:money", "life_months:count",
    "acquired_by:word:asset.acquired_by", "value_type:word:asset.value_type", "used_for:word:asset.used_for",
    "condition:word:asset.condition", "warranty_until:day", "request:code", "ref:code", "photo:text", "note:text",
)  # fmt: skip
SHOWN = {"number": "quantity", "money": "money", "day": "day", "yes-no": "word"}


class Field(NamedTuple):
    """One field: the categories it is for (the beginning of their codes, "" for all), what it takes, whether it must stand."""

    id: int
    code: str
    name: str
    under: str
    kind: str
    choices: tuple[str, ...]
    required: bool

    def fits(self, category: str | None) -> bool:
        """Whether cards of a category bear it."""
        return (category or "").startswith(self.under)


# -- declaring ------------------------------------------------------------------------------------------------------


def declare(e: "Entry", code: str, name: str, *, category: str | None = None, kind: str = "text",
            choices: Sequence[str] = (), required: bool = False) -> Confirmation:  # fmt: skip
    """Give the cards of a category (or all) a field. Refused (4): a code or name that is taken, a choice without choices."""
    there = declared(e.db)
    if len(there) >= MOST:
        raise Refused("asset.field_many", most=MOST)
    if code in (*LISTED, *(spec.partition(":")[0] for spec in MORE)) or any(sign in code for sign in f"={SEPARATORS}"):
        raise Refused("asset.field_reserved", code=code)
    for one in there:
        if fold(code) in (fold(one.code), fold(one.name)) or fold(name) in (fold(one.code), fold(one.name)):
            raise Refused("asset.field_taken", code=one.code, name=one.name)
    e.insert("asset_field", code=code, name=name, under=_under(e, category) if category else "", kind=kind,
             choices=_choices(kind, choices), required=int(required))  # fmt: skip
    return _done(e, "asset.field.add", code)


def change(e: "Entry", text: str, *, name: str | None = None, choices: Sequence[str] = (),
           required: bool | None = None) -> Confirmation:  # fmt: skip
    """Another name, further choices, required or no longer. A choice that some card bears stays (4)."""
    one = named(e.db, text)
    changes: dict[str, Any] = {"name": name} if name else {}
    if required is not None:
        changes["required"] = int(required)
    if choices:
        changes["choices"] = _choices(one.kind, choices)
        if lost := sorted({row["value"] for row in store.where(e.db, "asset_value", field_id=one.id)} - set(choices)):
            raise Refused("asset.field_choice_used", code=one.code, values=lost)
    if not changes:
        raise Usage("asset.nothing_to_change")
    e.update("asset_field", one.id, **changes)
    return _done(e, "asset.field.edit", one.code)


def drop(e: "Entry", text: str) -> Confirmation:
    """Take a field away that no card bears (4)."""
    one = named(e.db, text)
    if bearing := store.where(e.db, "asset_value", field_id=one.id):
        raise Refused("asset.field_in_use", code=one.code, count=len(bearing))
    done = _done(e, "asset.field.drop", one.code)
    e.void("asset_field", one.id)
    return done


# -- values ---------------------------------------------------------------------------------------------------------


def write(e: "Entry", cards: Iterable[tuple[int, str, str | None]], given: Sequence[tuple[str, str]]) -> None:
    """Set fields of cards (id, code, category code); an empty value clears one. What is required must stand (overridable)."""
    fields = declared(e.db)
    if not (given or any(one.required for one in fields)):
        return
    wanted = {(one := named(e.db, text, fields)).id: (one, _read(one, value)) for text, value in given}
    for card_id, code, category in cards:
        there = {row["field_id"]: int(row["id"]) for row in store.where(e.db, "asset_value", card_id=card_id)}
        for one, value in wanted.values():
            if not one.fits(category):
                raise Refused("asset.field_elsewhere", field=one.name, code=code, under=one.under)
            if value is None:
                if one.id in there:
                    e.void("asset_value", there.pop(one.id))
            elif one.id in there:
                e.update("asset_value", there[one.id], value=value)
            else:
                there[one.id] = e.insert("asset_value", card_id=card_id, field_id=one.id, value=value)
        if lacking := [one for one in fields if one.required and one.fits(category) and one.id not in there]:
            example = " ".join(f"--set {one.code}=…" for one in lacking)
            names = [one.name for one in lacking]
            e.overridable(Refused("asset.field_missing", fields=names, code=code, example=example), code)


def copied(e: "Entry", card_id: int, part_id: int) -> None:
    """What is split off bears the fields of what it was split from."""
    for row in store.where(e.db, "asset_value", card_id=card_id):
        e.insert("asset_value", card_id=part_id, field_id=row["field_id"], value=row["value"])


def required_of(db: Connection, category: str | None) -> bool:
    """Whether cards of a category must bear a field."""
    return any(one.required and one.fits(category) for one in declared(db))


def pairs(text: str) -> list[tuple[str, str]]:
    """`内存=16G；硬盘=512` -> [("内存", "16G"), ("硬盘", "512")]; BadValue for what has no equals sign."""
    for sign in SEPARATORS:
        text = text.replace(sign, "\n")
    return [as_pair(part) for part in text.split("\n") if part.strip()]


def as_pair(text: Any) -> tuple[str, str]:
    """`内存=16G` -> ("内存", "16G")."""
    if isinstance(text, tuple):
        return text
    name, equals, value = str(text).replace("＝", "=", 1).partition("=")
    if not name.strip() or not equals:
        raise BadValue("asset.field_pair", text=str(text))
    return clean(name), clean(value) if value.strip() else ""


# -- looking --------------------------------------------------------------------------------------------------------


def declared(db: Connection) -> list[Field]:
    """Every field, in the order they were declared."""
    return [
        Field(row["id"], row["code"], row["name"], row["under"], row["kind"],
              tuple((row["choices"] or "").split("\n")) if row["choices"] else (), bool(row["required"]))
        for row in store.where(db, "asset_field")
    ]  # fmt: skip


def named(db: Connection, text: str, fields: Sequence[Field] | None = None) -> Field:
    """The field that a code or name means, in either script; else NotFound (3)."""
    known = declared(db) if fields is None else fields
    found = next((one for one in known if fold(text) in (fold(one.code), fold(one.name))), None)
    if found is None:
        raise NotFound("asset.no_field", text=text, known=[f"{one.code} {one.name}" for one in known] or None)
    return found


def of_card(db: Connection, card_id: int) -> list[tuple[Field, Any]]:
    """The fields a card bears with their values (date, Fen, Milli, Word, text), in order."""
    values = {row["field_id"]: row["value"] for row in store.where(db, "asset_value", card_id=card_id)}
    return [(one, _typed(one, values[one.id])) for one in declared(db) if one.id in values]


def differs(db: Connection, card_id: int, text: str, value: str) -> bool:
    """Whether a card's field says something else than a typed value."""
    one = named(db, text)
    stands = {row["value"] for row in store.where(db, "asset_value", card_id=card_id, field_id=one.id)}
    wanted = _read(one, value)
    return stands != ({wanted} if wanted is not None else set())


def told(db: Connection, card_id: int) -> str | None:
    """A card's fields as `pairs` reads them again."""
    values = {row["field_id"]: row["value"] for row in store.where(db, "asset_value", card_id=card_id)}
    return "；".join(f"{one.code}={values[one.id]}" for one in declared(db) if one.id in values) or None


def columns(db: Connection) -> tuple[list[Column], dict[int, dict[str, Any]]]:
    """A column for each field, and what stands in it by card: for the register."""
    fields = {one.id: one for one in declared(db)}
    found: dict[int, dict[str, Any]] = {}
    for row in store.where(db, "asset_value") if fields else ():
        if (one := fields.get(row["field_id"])) is not None:
            found.setdefault(row["card_id"], {})[one.code] = _typed(one, row["value"])
    shown = [
        Column(one.code, one.name, SHOWN.get(one.kind, "text"), words="asset.yes_no" if one.kind == "yes-no" else "")
        for one in fields.values()
    ]
    return shown, found


def listing(db: Connection) -> Table:
    """Every field, what it takes, how many cards bear it and how many lack it."""
    rows = []
    for one in declared(db):
        bearing = {row["card_id"] for row in store.where(db, "asset_value", field_id=one.id)}
        rows.append({"field": one.code, "name": one.name, "category": one.under or None, "field_kind": one.kind,
                     "choices": "、".join(one.choices) or None, "required": "yes" if one.required else "no",
                     "bearing": len(bearing), "lacking": len(lacking(db, one)) if one.required else None})  # fmt: skip
    specs = (
        "field:code name category:code field_kind:word:asset.field_kind choices required:word:asset.yes_no bearing:count "
        "lacking:count"
    )
    return table("fields", say("asset.title.fields"), specs, rows)


def lacking(db: Connection, one: Field) -> list[Row]:
    """The cards on the register that should bear a field and do not."""
    bearing = {row["card_id"] for row in store.where(db, "asset_value", field_id=one.id)}
    return [card for card in store.named_cards(db) if one.fits(card["category"]) and card["id"] not in bearing]


# -- helpers --------------------------------------------------------------------------------------------------------


def _done(e: "Entry", action: str, code: str) -> Confirmation:
    one = named(e.db, code)
    e.subject = one.code
    facts: Mapping[str, Any] = {
        "name": one.name, "kind": Word.of("asset.field_kind", one.kind), "under": one.under or None,
        "choices": list(one.choices) or None, "required": Word.of("asset.yes_no", "yes" if one.required else "no"),
    }  # fmt: skip
    if one.required and action != "asset.field.drop" and (cards := lacking(e.db, one)):
        codes = rules.compress(card["code"] for card in cards[:200])
        e.warn("asset.field_lacking", name=one.name, count=len(cards), codes=codes)
    return Confirmation(action, one.code, facts=dict(facts))


def _under(e: "Entry", text: str) -> str:
    """The beginning of category codes that a text means: A0201 as typed, where some code begins so, else a category's own."""
    if any(row["code"].startswith(text.upper()) for row in school.rows(e.db, "school_category")):
        return text.upper()
    return str(school.category(e, text)["code"])


def _choices(kind: str, choices: Sequence[str]) -> str | None:
    """The words of a choice, one a line."""
    if (kind == "choice") != bool(choices):
        raise Usage("asset.field_choices")
    if any(sign in word for word in choices for sign in SEPARATORS):
        raise Refused("asset.field_reserved", code=" ".join(choices))
    return "\n".join(dict.fromkeys(choices)) or None


def _read(one: Field, text: str) -> str | None:
    """A typed value as it is kept (numbers and money without grouping, ISO days); None to clear; else Usage (2)."""
    if not text:
        return None
    try:
        if one.kind == "number":
            return quantity_text(parse_quantity(text, allow_negative=True))
        if one.kind == "money":
            return money_text(parse_money(text))
        if one.kind == "day":
            return parse_day(text, today=None).isoformat()
    except BadValue as error:
        raise Usage("asset.field_bad", field=one.name, problem=say(error.key, **error.facts)) from None
    if one.kind == "yes-no":
        return _one_of(one, text, {**dict.fromkeys(map(fold, YES), "yes"), **dict.fromkeys(map(fold, NO), "no")}, ("是", "否"))
    if one.kind == "choice":
        return _one_of(one, text, {fold(word): word for word in one.choices}, one.choices)
    if any(sign in text for sign in SEPARATORS):
        raise Usage("asset.field_sign", field=one.name)
    return text


def _one_of(one: Field, text: str, known: Mapping[str, str], said: Sequence[str]) -> str:
    found = known.get(fold(text))
    if found is None:
        raise Usage("asset.field_bad", field=one.name, problem=say("front.not_a_choice", text=text, known=list(said)))
    return found


def _typed(one: Field, value: str) -> Any:
    if one.kind == "number":
        return Milli(parse_quantity(value, allow_negative=True))
    if one.kind == "money":
        return Fen(parse_money(value))
    if one.kind == "day":
        return date.fromisoformat(value)
    return Word.of("asset.yes_no", value) if one.kind == "yes-no" else value


def spoken(value: Any) -> str:
    """A value in words, for a form."""
    from logi.core.messages import shown

    return title("asset.yes_no", value) if isinstance(value, Word) else shown(value)

"""Pure decisions of a stocktake: what counted lines say about expected ones, and how they differ."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

KINDS = ("missing", "less", "more", "elsewhere", "unknown")
SHORT = ("missing", "less")
ROOM_STATES = ("counted", "part", "open")
SINGLE = 1000


class Line(NamedTuple):
    """An expected card: where, how much (thousandths), its value (fen); `again` is the round it must be counted in."""

    card_id: int
    place_id: int | None
    quantity_milli: int
    cost_fen: int
    again: int = 0
    lent: bool = False


class Seen(NamedTuple):
    """One counted row, in the order of entering. Quantity 0 means looked for and not there."""

    card_id: int | None
    code: str
    place_id: int | None
    quantity_milli: int
    condition: str | None = None
    round: int = 1


class Found(NamedTuple):
    """What a card came to: counted at its place (None: not looked for yet), and in other places."""

    here: int | None
    elsewhere: dict[int | None, int]
    condition: str | None
    counted: bool

    @property
    def total_milli(self) -> int:
        """All that was found of it."""
        return (self.here or 0) + sum(self.elsewhere.values())


class Difference(NamedTuple):
    """One line of the table of surplus and shortage; `value_fen` is what is short (-) or over (+)."""

    kind: str
    card_id: int | None
    code: str
    place_id: int | None
    book_milli: int
    counted_milli: int
    value_fen: int
    condition: str | None = None


def tally(lines: Iterable[Line], seen: Sequence[Seen]) -> dict[int, Found]:
    """Every expected card with what was counted of it: the last row of each place stands.

    A single thing is in one place: where it was seen last. Rows before the round of a recount no longer count.
    """
    rows: dict[int, list[Seen]] = {}
    for one in seen:
        if one.card_id is not None:
            rows.setdefault(one.card_id, []).append(one)
    return {line.card_id: _found(line, rows.get(line.card_id, ())) for line in lines}


def strangers(lines: Iterable[Line], seen: Sequence[Seen]) -> dict[tuple[int, int | None], int]:
    """Cards counted that were not expected at all: (card, place) -> quantity last counted there."""
    known = {line.card_id for line in lines}
    last = {(one.card_id, one.place_id): one.quantity_milli for one in seen if one.card_id not in {None, *known}}
    return {(card, place): quantity for (card, place), quantity in last.items() if card is not None and quantity}


def unknown(seen: Sequence[Seen]) -> dict[tuple[str, int | None], int]:
    """Codes that no card bears: (code, place) -> quantity last counted there."""
    last = {(one.code, one.place_id): one.quantity_milli for one in seen if one.card_id is None}
    return {key: quantity for key, quantity in last.items() if quantity}


def differences(line: Line, found: Found, code: str) -> list[Difference]:
    """How a counted card differs from what was expected. Nothing, while it is not counted."""
    if not found.counted:
        return []
    made = [
        Difference("elsewhere", line.card_id, code, place, line.quantity_milli, quantity, 0, found.condition)
        for place, quantity in found.elsewhere.items()
    ]
    total = found.total_milli
    if total != line.quantity_milli:
        kind = "more" if total > line.quantity_milli else "less" if total else "missing"
        made.append(Difference(kind, line.card_id, code, line.place_id, line.quantity_milli, total,
                               value_of(line, total - line.quantity_milli), found.condition))  # fmt: skip
    return made


def value_of(line: Line, quantity_milli: int) -> int:
    """The part of a card's value that goes with a part of its quantity; half a fen goes away from zero."""
    sign = -1 if quantity_milli < 0 else 1
    return sign * ((2 * line.cost_fen * abs(quantity_milli) + line.quantity_milli) // (2 * line.quantity_milli))


def room_state(lines: Sequence[Line], found: Mapping[int, Found], entered: bool) -> str:
    """counted once every line is accounted for, part if some is, else open; a room without lines once it was entered."""
    done = sum(found[line.card_id].counted for line in lines)
    if done == len(lines) and (entered or lines):
        return "counted"
    return "part" if done or entered else "open"


def _found(line: Line, rows: Sequence[Seen]) -> Found:
    rows = [one for one in rows if one.round >= line.again]
    last = {one.place_id: one.quantity_milli for one in rows}
    conditions = [one.condition for one in rows if one.condition]
    if line.quantity_milli == SINGLE and (there := [one.place_id for one in rows if one.quantity_milli and last[one.place_id]]):
        last = {place: quantity if place == there[-1] else 0 for place, quantity in last.items()}
    here = last.pop(line.place_id, None)
    elsewhere = {place: quantity for place, quantity in last.items() if quantity}
    if line.lent and not rows:
        return Found(line.quantity_milli, {}, None, True)
    whole = bool(elsewhere) and sum(elsewhere.values()) >= line.quantity_milli
    return Found(here, elsewhere, conditions[-1] if conditions else None, here is not None or whole)

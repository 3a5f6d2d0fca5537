"""Posting rows that were read as columns, day by day, from memory: the same as row by row, with nothing done twice."""

from collections.abc import Sequence
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

from logi.books.stock.bulk_held import OutOfOrder
from logi.core.errors import LogiError
from logi.core.money import LIMIT_FEN
from logi.importing.running import WARNINGS

if TYPE_CHECKING:
    from logi.books.stock.bulk_columns import Columns
    from logi.books.stock.bulk_poster import Poster

_ID = attrgetter("id")
Took = list[tuple[int, int, int]]  # lot, quantity, cost


def post_columns(poster: "Poster", found: "Columns", lines: Sequence[int]) -> int:
    """Post rows up to the first that is not plain; returns how many."""
    days, at, end = found.days, 0, 0
    while at < len(days):
        text = days[at]
        try:
            if text != poster.day_text:
                poster.turn_to(text)
        except OutOfOrder:
            raise
        except LogiError:
            break
        while end < len(days) and days[end] == text:
            end += 1
        at += _post_day(poster, found, lines, at, end)
        if at < end:
            break
    return at


def _post_day(poster: "Poster", found: "Columns", lines: Sequence[int], first: int, end: int) -> int:
    """Post rows of one day; returns how many went before one that is not plain."""
    lots: list[int] = []
    values: list[int] = []
    several: list[tuple[int, Took]] = []  # rows that took from more than one lot
    day, at, dirty, valued, received = poster.day, first, poster.dirty, poster.valued, 0
    lot_milli, lot_price, lot_day = (known.append for known in poster.lots)
    day_number, asset_line = poster.day_number, poster.asset_line
    next_lot, took_from, worths = poster.chunk.next_lot, lots.append, values.append
    if day < poster.latest or not (poster.limit and asset_line):  # some item has moved later already, maybe one of these
        return 0
    telling = max(WARNINGS - poster.warned.get("stock.no_request", 0), 0)  # receipts whose missing request is told by line
    rows = zip(found.helds[first:end], found.kinds[first:end], found.millis[first:end], found.prices[first:end], strict=True)
    for held, kind, milli, price in rows:
        flows = held.flows
        if kind == "in":
            if price is None or not held.plain_in or (value := (milli * price + 500) // 1000) > LIMIT_FEN:
                break
            if received < telling:
                poster.warn(lines[at], "stock.no_request", number=poster.number_after("in", received))
            if price * held.per > held.price * 1000 or price >= asset_line:
                poster.look_at_price(lines[at], held, price)
            held.fresh.append(next_lot)
            lot_milli(milli)  # a later row of this very day may take from it
            lot_price(price)
            lot_day(day_number)
            held.price, held.per = price, 1000
            held.total += milli
            flows[0] += milli
            flows[1] += value
            took_from(next_lot)
            worths(value)
            next_lot += 1
            received += 1
        else:
            if milli > held.total or held.soonest < day:
                break
            if valued and held.layers and milli < (layer := held.layers[0]).left_milli:  # take, where one lot suffices
                per = layer.per_milli
                cost = min((2 * milli * layer.price_fen + per) // (2 * per), layer.cost_fen)
                layer.left_milli = layer.free_milli = layer.left_milli - milli
                layer.cost_milli -= milli
                layer.cost_fen -= cost
                lot_id = layer.lot_id
                dirty[lot_id] = (held.id, layer)
                took_from(lot_id)
            else:
                took = poster.take(held, milli)
                cost = sum(one[2] for one in took)
                if len(took) > 1:
                    several.append((at - first, took))
                took_from(took[0][0])
            worths(-cost)
            flows[2] += milli
            flows[3] += cost
            held.total -= milli
            if held.least is not None:
                poster.warn_of_little(lines[at], held)
        at += 1
    if received:
        _lots(poster, found, first, at)
    numbers = _numbers(poster, found.kinds[first:at], received)
    poster.warned["stock.no_request"] = poster.warned.get("stock.no_request", 0) + max(received - telling, 0)
    _columns(poster, found, first, at, numbers, lots, values, several)
    return at - first


def _lots(poster: "Poster", found: "Columns", first: int, end: int) -> None:
    """The lots of what came in, in order."""
    lots, came = poster.chunk.lots, [kind == "in" for kind in found.kinds[first:end]]
    prices = list(compress(found.prices[first:end], came))
    count = len(prices)
    lots["item_id"] += map(_ID, compress(found.helds[first:end], came))
    lots["price_fen"] += prices
    lots["received_on"] += [poster.day] * count
    for name in ("label", "made_on", "expires_on"):
        lots[name] += [None] * count


def _numbers(poster: "Poster", kinds: list[str], received: int) -> list[str]:
    """The numbers of the slips, in order."""
    following = {}
    for kind in ("in", "out"):
        series, n = poster.numbering(kind)
        following[kind] = map(f"{series}-%04d".__mod__, range(n, n + len(kinds))).__next__
    poster.numbered("in", received)
    poster.numbered("out", len(kinds) - received)
    return [following[kind]() for kind in kinds]


def _columns(poster: "Poster", found: "Columns", first: int, end: int, numbers: list[str], lots: list[int], values: list[int],
             several: list[tuple[int, Took]]) -> None:  # fmt: skip
    """The slips and the moves of rows that went well."""
    count, kinds, day, slips, moves = end - first, found.kinds[first:end], poster.day, poster.chunk.slips, poster.chunk.moves
    ids = list(range(poster.chunk.next_slip, poster.chunk.next_slip + count))
    blank = [None] * count
    for name, column in (
        ("number", numbers), ("kind", kinds), ("on_day", [day] * count), ("vendor_id", blank),
        ("department_id", found.homes[first:end]), ("person_id", found.people[first:end]),
        ("keeper_id", found.keepers[first:end]), ("purpose", blank), ("invoice_no", blank), ("ref", found.refs[first:end]),
    ):  # fmt: skip
        slips[name] += column
    issued = len(kinds) - kinds.count("in")
    if issued and poster.read.place("price") >= 0:
        pairs = zip(kinds, found.prices[first:end], strict=True)
        poster.price_ignored += issued - list(pairs).count(("out", None))
    millis = [milli if kind == "in" else -milli for milli, kind in zip(found.millis[first:end], kinds, strict=True)]
    items = list(map(_ID, found.helds[first:end]))
    for at, took in reversed(several):
        more = len(took)
        lots[at : at + 1] = [one[0] for one in took]
        millis[at : at + 1] = [-one[1] for one in took]
        values[at : at + 1] = [-one[2] for one in took]
        ids[at : at + 1] = [ids[at]] * more
        items[at : at + 1] = [items[at]] * more
        kinds[at : at + 1] = [kinds[at]] * more
    count = len(lots)
    priced = [1] * count if poster.valued else [int(kind == "in") for kind in kinds]
    for name, column in (
        ("on_day", [day] * count), ("kind", kinds), ("slip_id", ids), ("item_id", items), ("lot_id", lots),
        ("quantity_milli", millis), ("value_fen", values), ("priced", priced),
    ):  # fmt: skip
        moves[name] += column

"""Posting rows that were read as columns, day by day, from memory: the same as row by row, with nothing done twice."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

from logi.books.stock.bulk_chunk import Many
from logi.books.stock.bulk_held import OutOfOrder
from logi.core.errors import LogiError
from logi.core.money import LIMIT_FEN
from logi.importing.running import WARNINGS

if TYPE_CHECKING:
    from logi.books.stock.bulk_columns import Columns
    from logi.books.stock.bulk_poster import Poster

_ID = attrgetter("id")
NO_REQUEST = "stock.no_request"


def post_columns(poster: "Poster", found: "Columns", lines: Sequence[int]) -> int:
    """Post rows up to the first that is not plain; returns how many."""
    days, at, done = found.days, 0, Done(poster, 0)
    while at < len(days):
        text = days[at]
        try:
            if text != poster.day_text:
                if poster.other_year(text):  # where other numbers begin
                    _put(poster, found, at, done)
                    done = Done(poster, at)
                poster.turn_to(text)
        except OutOfOrder:
            raise
        except LogiError:
            break
        if poster.day < poster.latest or not (poster.limit and poster.asset_line):
            break  # some item has moved later already, maybe one of these
        first, end = at, _end_of_day(days, at)
        at = _post_rows(poster, found, lines, at, end, done)
        if at > first:
            poster.begin()
        if at < end:
            break
    _put(poster, found, at, done)
    return at


def _end_of_day(days: Sequence[str], at: int) -> int:
    """Where rows of one day end, or at least some of them."""
    text = days[at]
    end = bisect_right(days, text, at)  # as most files have it: their days written one after the other
    if end > at and days[at:end].count(text) == end - at:
        return end
    return next((at for at in range(at, len(days)) if days[at] != text), len(days))


class Done:
    """What rows of one year came to: of each its lot and value, of those that took from several lots what they took."""

    __slots__ = ("days", "first", "lots", "next_lot", "received", "several", "telling", "values")

    def __init__(self, poster: "Poster", first: int) -> None:
        self.first = first
        self.lots: list[int] = []
        self.values: list[int] = []
        self.several: list[tuple[int, list[tuple[int, int, int]]]] = []  # which row: (lot, quantity, cost)
        self.days: list[tuple[str, int, int, int]] = []  # day: how many slips, moves, lots
        self.received, self.next_lot = 0, poster.chunk.next_lot
        self.telling = max(WARNINGS - poster.warned.get(NO_REQUEST, 0), 0)  # receipts whose missing request is told by line


def _post_rows(poster: "Poster", found: "Columns", lines: Sequence[int], first: int, end: int, done: Done) -> int:
    """Move what is held of the items, row by row; returns where it ended: at a row that is not plain, or at the end."""
    day, dirty, valued, received, more = poster.day, poster.dirty, poster.valued, done.received, 0
    lot_milli, lot_price, lot_day = (known.append for known in poster.lots)
    day_number, asset_line, next_lot = poster.day_number, poster.asset_line, done.next_lot
    took_from, worths = done.lots.append, done.values.append
    telling = done.telling
    rows = zip(found.helds[first:end], found.kinds[first:end], found.millis[first:end], found.prices[first:end], strict=True)
    for at, (held, kind, milli, price) in enumerate(rows, first):
        flows = held.flows
        if kind == "in":
            if price is None or not held.plain_in or (value := (milli * price + 500) // 1000) > LIMIT_FEN:
                end = at
                break
            if received < telling:
                poster.warn(lines[at], NO_REQUEST, number=poster.numbers.after("in", received))
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
            continue
        if milli > held.total or held.soonest < day:
            end = at
            break
        if valued and held.layers and milli < (layer := held.layers[0]).left_milli:  # Held.take, where one lot suffices
            per, lot_id = layer.per_milli, layer.lot_id
            if (cost := (2 * milli * layer.price_fen + per) // (2 * per)) > layer.cost_fen:
                cost = layer.cost_fen
            layer.left_milli = layer.free_milli = layer.left_milli - milli
            layer.cost_milli -= milli
            layer.cost_fen -= cost
            if lot_id not in dirty:
                dirty[lot_id] = (held.id, layer)
        else:
            took = held.take(poster, milli)
            cost, lot_id = sum(one[2] for one in took), took[0][0]
            if len(took) > 1:
                done.several.append((at - done.first, took))
                more += len(took) - 1
        took_from(lot_id)
        worths(-cost)
        flows[2] += milli
        flows[3] += cost
        held.total -= milli
        if held.least is not None:
            poster.warn_of_little(lines[at], held)
    done.days.append((day, end - first, end - first + more, received - done.received))
    done.received, done.next_lot = received, next_lot
    return end


def _put(poster: "Poster", found: "Columns", end: int, done: Done) -> None:
    """Put what rows came to into the chunk."""
    if end == done.first:
        return
    if done.received:
        _lots(poster, found, done.first, end, done)
    poster.warned[NO_REQUEST] = poster.warned.get(NO_REQUEST, 0) + max(done.received - done.telling, 0)
    _columns(poster, found, done.first, end, done)


def _lots(poster: "Poster", found: "Columns", first: int, end: int, done: Done) -> None:
    """The lots of what came in, in order."""
    lots, came = poster.chunk.lots, found.came[first:end]
    lots["item_id"] += map(_ID, compress(found.helds[first:end], came))
    lots["price_fen"] += compress(found.prices[first:end], came)
    for day, _, _, received in done.days:
        lots["received_on"].add(day, received)
    for name in ("label", "made_on", "expires_on"):
        lots[name].add(None, done.received)


def _numbers(poster: "Poster", count: int, received: int) -> Many:
    """The numbers of so many slips, to be told kind by kind."""
    many: Many = (count, {})
    for kind, of_kind in (("in", received), ("out", count - received)):
        series, n = poster.numbers.next(kind)
        many[1][kind] = (series, n, of_kind)
        poster.numbers.give(kind, of_kind)
    return many


def _columns(poster: "Poster", found: "Columns", first: int, end: int, done: Done) -> None:
    """The slips and the moves of rows that went well."""
    lots, values, kinds = done.lots, done.values, found.kinds[first:end]
    count, slips, moves = end - first, poster.chunk.slips, poster.chunk.moves
    ids = list(range(poster.chunk.next_slip, poster.chunk.next_slip + count))
    for day, rows, moved, _ in done.days:
        slips["on_day"].add(day, rows)
        moves["on_day"].add(day, moved)
    for name in ("vendor_id", "purpose", "invoice_no"):
        slips[name].add(None, count)
    for name, column in (
        ("number", [_numbers(poster, count, done.received)]), ("kind", kinds), ("department_id", found.homes[first:end]),
        ("person_id", found.people[first:end]), ("keeper_id", found.keepers[first:end]), ("ref", found.refs[first:end]),
    ):  # fmt: skip
        slips[name] += column
    issued = count - done.received
    if issued and poster.read.place("price") >= 0:
        prices = found.prices[first:end]
        without = list(zip(kinds, prices, strict=True)).count(("out", None)) if None in prices else 0
        poster.price_ignored += issued - without
    millis = [milli if kind == "in" else -milli for milli, kind in zip(found.millis[first:end], kinds, strict=True)]
    items = list(map(_ID, found.helds[first:end]))
    for at, took in reversed(done.several):
        more = len(took)
        lots[at : at + 1] = [one[0] for one in took]
        millis[at : at + 1] = [-one[1] for one in took]
        values[at : at + 1] = [-one[2] for one in took]
        ids[at : at + 1] = [ids[at]] * more
        items[at : at + 1] = [items[at]] * more
        kinds[at : at + 1] = [kinds[at]] * more
    count = len(lots)
    for kind, times in [("", count)] if poster.valued else [(kind, 1) for kind in kinds]:
        moves["priced"].add(int(kind != "out"), times)
    for name, column in (
        ("kind", kinds), ("slip_id", ids), ("item_id", items), ("lot_id", lots),
        ("quantity_milli", millis), ("value_fen", values),
    ):  # fmt: skip
        moves[name] += column

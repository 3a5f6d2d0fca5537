"""Posting rows that were read as columns, day by day, from memory: the same as row by row, with nothing done twice."""

from typing import TYPE_CHECKING, Any

from logi.books.stock.bulk_items import OutOfOrder
from logi.core.answers import Milli
from logi.core.errors import LogiError
from logi.core.money import LIMIT_FEN

if TYPE_CHECKING:
    from logi.books.stock.bulk import Bulk, Numbered
    from logi.books.stock.bulk_columns import Columns
    from logi.books.stock.bulk_items import Held


def post_columns(bulk: "Bulk", found: "Columns", part: "list[Numbered]") -> int:
    """Post rows up to the first that is not plain; returns how many."""
    days, at, end = found.days, 0, 0
    while at < len(days):
        text = days[at]
        try:
            if text != bulk.day_text:
                bulk.turn_to(text)
        except OutOfOrder:
            raise
        except LogiError:
            break
        while end < len(days) and days[end] == text:
            end += 1
        at += _post_day(bulk, found, part, at, end)
        if at < end:
            break
    return at


def _post_day(bulk: "Bulk", found: "Columns", part: "list[Numbered]", at: int, end: int) -> int:
    """Post rows of one day; returns how many went before one that is not plain."""
    day, first, received, issued, dirty, valued = bulk.day, at, 0, 0, bulk.dirty, bulk.valued
    (in_series, n_in), (out_series, n_out) = bulk.numbering("in"), bulk.numbering("out")
    slips, moves, slip = bulk.slips.append, bulk.moves.append, bulk.next_slip
    rows = zip(found.helds[at:end], found.kinds[at:end], found.millis[at:end], found.prices[at:end], found.homes[at:end],
               found.people[at:end], found.refs[at:end], strict=True)  # fmt: skip
    for held, kind, milli, price, home, person, ref in rows:
        if day < held.last_day:
            break
        if kind == "in":
            if price is None or not held.plain_in or (value := (2 * milli * price + 1000) // 2000) > LIMIT_FEN:
                break
            number = f"{in_series}-{n_in + received:04d}"
            slips((slip, number, "in", day, None, None, None, person, None, None, ref))
            _receive(bulk, held, slip, milli, price, value)
            _look(bulk, part[at][0], number, held, price)
            held.price = (price, 1000)
            received += 1
        else:
            if milli > held.total or held.soonest < day or person is None or home is None:
                break
            slips((slip, f"{out_series}-{n_out + issued:04d}", "out", day, None, home, person, None, None, None, ref))
            if valued and held.layers and milli < (layer := held.layers[0]).left_milli:  # Bulk.take, where one lot suffices
                per, lot_id = layer.per_milli, layer.lot_id
                cost = min((2 * milli * layer.price_fen + per) // (2 * per), layer.cost_fen)
                layer.left_milli = layer.free_milli = layer.left_milli - milli
                layer.cost_milli -= milli
                layer.cost_fen -= cost
                moves((bulk.next_move, day, "out", slip, held.id, lot_id, -milli, -cost, 1))
                bulk.next_move += 1
                dirty[lot_id] = (held.id, layer)
            else:
                cost = bulk.take(held, slip, day, milli)
            flows = held.flows
            flows[2] += milli
            flows[3] += cost
            held.total -= milli
            if held.least is not None:
                _warn_of_little(bulk, part[at][0], held)
            issued += 1
        held.last_day = day
        slip += 1
        at += 1
    bulk.next_slip = slip
    bulk.numbered("in", received)
    bulk.numbered("out", issued)
    if issued and bulk.read.place("price") >= 0:
        pairs = zip(found.kinds[first:at], found.prices[first:at], strict=True)
        bulk.price_ignored += issued - list(pairs).count(("out", None))
    return at - first


def _receive(bulk: "Bulk", held: "Held", slip: int, milli: int, price: int, value: int) -> None:
    lot = bulk.next_lot
    bulk.lots.append((lot, held.id, bulk.day, price, 1000, None, None, None))
    bulk.moves.append((bulk.next_move, bulk.day, "in", slip, held.id, lot, milli, value, 1))
    bulk.next_lot, bulk.next_move = lot + 1, bulk.next_move + 1
    held.fresh.extend((lot, milli, price, bulk.day_number))
    bulk.filled.add(held)
    held.total += milli
    flows = held.flows
    flows[0] += milli
    flows[1] += value


def _warn_of_little(bulk: "Bulk", line: int, held: "Held") -> None:
    if held.total < held.least:
        bulk.options.warn_row(bulk.e, line, "stock.below_minimum", item=held.name, left=Milli(held.total),
                              minimum=Milli(held.least), unit=held.row["unit"])  # fmt: skip


def _look(bulk: "Bulk", line: int, number: str, held: "Held", price: int) -> None:
    """What an act would warn of."""
    if bulk.options.told_enough("stock.no_request"):
        bulk.options.count_warning("stock.no_request")
    else:
        bulk.options.warn_row(bulk.e, line, "stock.no_request", number=number)
    last: Any = held.price
    if last is not None and price * last[1] > last[0] * 1000:
        bulk.look_at_price(line, held, price)

"""Many movements at once: who posts a large file, here or beside us, and what is done when its rows do not come by day."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi import beside
from logi.books.stock import bulk_cells as cells_
from logi.books.stock import store_bulk as files
from logi.books.stock.bulk_clerk import TOLD, Act, Clerk
from logi.books.stock.bulk_held import OutOfOrder
from logi.books.stock.bulk_poster import Poster
from logi.books.stock.posting import MOVING, costing
from logi.books.stock.store_costing import own_costings
from logi.core.collecting import uncollected
from logi.core.errors import BadValue
from logi.importing.rereading import Below, Rereading
from logi.importing.running import Options, Posted

if TYPE_CHECKING:
    from logi.importing.headers import Plan
    from logi.journal import Entry

BESIDE_FROM = 1_000_000  # bytes of a file for which another process pays


def post_many(e: "Entry", plan: "Plan", reread: Rereading, options: Options, act: Act) -> tuple[Posted, int] | None:
    """Post a file; None where the costing needs the slow way (a moving average draws on every lot)."""
    if costing(e) == MOVING or files.carried_over(e.db) or own_costings(e.db):
        return None
    try:
        with e.attempt():
            return _post(e, plan, reread, options, act, lambda rows: rows)
    except OutOfOrder:
        from logi.importing.sorting import by_day

        options.reset(plan)
        days = cells_.Parsed(next(col for _, col in plan.columns if col.key == "on"))
        at = next(at for at, col in plan.columns if col.key == "on")
        return _post(e, plan, reread, options, act, lambda rows: Below((), by_day(rows, lambda cells: _day(days, cells, at))))


def _day(days: cells_.Parsed, cells: Any, at: int) -> date:
    try:
        return days[cells[at]] or date.min
    except (BadValue, IndexError):
        return date.min


def _post(e: "Entry", plan: "Plan", reread: Rereading, options: Options, act: Act,
          ordered: Callable[[Below], Below]) -> tuple[Posted, int]:  # fmt: skip
    """Post the rows in an order: beside us where that pays, else (or if there can be no process beside us) here."""
    if reread.apart_bytes >= BESIDE_FROM and reread.apart_possible and beside.possible():
        try:
            with e.attempt():
                return _posted(e, plan, reread, options, act, lambda work, clerk: beside.beside(work, clerk, TOLD),
                               lambda: ordered(reread.apart()))  # fmt: skip
        except beside.Lost:  # all that it told is taken back; we do it ourselves
            options.reset(plan)
    return _posted(e, plan, reread, options, act, lambda work, clerk: work(clerk), lambda: ordered(reread()))


def _posted(e: "Entry", plan: "Plan", reread: Rereading, options: Options, act: Act,
            do: Callable[[Callable[[Any], Any], Clerk], Any],
            rows: Callable[[], Below]) -> tuple[Posted, int]:  # fmt: skip
    clerk = Clerk(e, options, act, reread.tick)

    def work(clerk: Any) -> tuple[int, int, dict[str, int], int]:
        poster = Poster(e, plan, options, clerk)
        count, ignored = poster.run(rows(), reread.part)
        return count, ignored, poster.warned, options.skipped_example

    with uncollected():  # here and beside us
        count, ignored, warned, example = do(work, clerk)
    clerk.end(warned, example)
    if ignored:
        e.warn("importing.price_ignored", rows=ignored)
    return clerk.posted, count

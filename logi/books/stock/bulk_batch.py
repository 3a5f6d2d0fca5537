"""A batch of a large file: as many of its rows as columns at a time as go well, the others one by one."""

from typing import TYPE_CHECKING

from logi.books.stock.bulk_columns import columns, first_odd
from logi.books.stock.bulk_posting import post_columns

if TYPE_CHECKING:
    from logi.books.stock.bulk_poster import Poster
    from logi.importing.csvrows import Batch

MOST = 8192  # rows posted at once
FEW = 8  # rows posted one by one around one that is not plain


def post_batch(poster: "Poster", batch: "Batch") -> None:
    """Rows as columns, as many at a time as go well; around a row that does not, a few are posted one by one."""
    at, width, odd = 0, len(poster.plan.headings), -1
    while at < len(batch):
        end, few = min(at + poster.size, len(batch)), FEW
        cells = batch.part(at, end, width)
        if cells is not None and (alone := _first_alone(poster, cells, odd - at)) is not None:
            cells, end, few = [column[:alone] for column in cells], at + alone, 1  # that row by itself, then on
        found = columns(poster, cells) if end > at else None
        if found is None and cells is not None and end > at:
            if _first_new(poster, cells) is not None:
                continue  # now it is known which rows bear new names
            if (first := first_odd(poster, cells)) is not None:
                odd = at + first
                continue
        done = post_columns(poster, found, batch.lines[at:end]) if found is not None else 0
        at += done
        poster.count += done
        if at < end:
            poster.size, few = max(poster.size // 2, FEW), FEW
        elif few == FEW:
            poster.size = 2 * poster.size if poster.size < MOST else poster.size
            continue
        for one in range(at, min(at + few, len(batch))):
            poster.post_one(batch.lines[one], batch.row(one))
        at += few


def _first_alone(poster: "Poster", cells: list[list[str]], odd: int) -> int | None:
    """The first row that is to be posted by itself, as far as that is known."""
    new = _first_new(poster, cells)
    if not 0 <= odd < len(cells[0]):
        return new
    return odd if new is None else min(new, odd)


def _first_new(poster: "Poster", cells: list[list[str]]) -> int | None:
    """The first row that bears a new name; None if none is known to."""
    found = []
    for key, new in poster.new.items():
        column = cells[poster.read.at[key]] if new else []
        if here := new.intersection(column):
            found.append(next(at for at, text in enumerate(column) if text in here))
    return min(found, default=None)

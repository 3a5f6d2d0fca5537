"""How long things were out of use: working hours from the fault to the mending that was not sent back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from logi.books.repair.clock import worked
from logi.books.repair.norms import Norms
from logi.books.repair.rules import PREVENTIVE, Progress
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger

Edge = tuple[date, int]  # a day and a minute of it
Span = tuple[Edge, Edge]
NIGHT = 24 * 60


def span(source: str, progress: Progress, since: date, until: date) -> Span | None:
    """When a slip's thing was out of use within a period; None for what was turned down, or served by plan.

    A day without a time counts whole. What is not mended is out of use to the period's end.
    """
    if progress.state == "declined" or (source == PREVENTIVE and progress.down is None):
        return None
    began, ended = progress.down or progress.opened, progress.closed
    first = (began.day, began.minute or 0)
    last = (until, NIGHT) if ended is None else (ended.day, NIGHT if ended.minute is None else ended.minute)
    first, last = max(first, (since, 0)), min(last, (until, NIGHT))
    return (first, last) if first < last else None


def hours(ledger: "Ledger", spans: Iterable[Span | None]) -> int:
    """The working hours these spans cover together, in thousandths, to one decimal."""
    norms, minutes = Norms(ledger), 0
    for first, last in merged(one for one in spans if one is not None):
        minutes += worked(norms.calendar, norms.value("work_hours", first[0]), first, last)
    return ratio_half_up(minutes * 10, 60) * 100


def merged(spans: Iterable[Span]) -> Sequence[Span]:
    """The same time without overlaps: two slips about one thing do not break it twice."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found

"""What the repair book asks of the stock book: parts for a job are issued by the stock's own act, in the same entry."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.repair import school
from logi.core.errors import Usage

if TYPE_CHECKING:
    from logi.journal import Entry


class Drawn(NamedTuple):
    """An issue of parts: its slip, what it cost (None until the month is closed, under the month's average)."""

    slip_id: int
    number: str
    lines: list[str]
    value_fen: int | None


def draw(e: "Entry", parts: Sequence[str], *, hand: Any, on: date, purpose: str) -> Drawn:
    """Issue parts (`水龙头 1`) to the person who works on the job. What stock refuses is refused here."""
    from logi.books.stock.actions import out, standing_slip
    from logi.books.stock.lines import from_quoted

    lines = from_quoted(parts)
    if priced := [line.item for line in lines if line.price_fen is not None]:
        raise Usage("repair.part_price", items=priced)
    own = school.by_id(e.db, "school_department", hand["department_id"])
    department = own["code"] if own is not None else str(school.policy(e, "repair.parts_department", on))
    done = out(e, lines, to=department, by=hand["code"], on=on, purpose=purpose)
    value = done.facts["value"]
    slip = standing_slip(e, str(done.number))
    return Drawn(slip["id"], str(done.number), list(done.facts["lines"]), None if value is None else int(value))

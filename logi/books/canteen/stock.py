"""What the canteen asks of the stock's: food that came in and went out, what it cost, food thrown away."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.canteen import school
from logi.books.stock import store

if TYPE_CHECKING:
    from logi.core.answers import Confirmation
    from logi.journal import Entry

__all__ = ["Slip", "cost_of", "discard", "food_slips", "food_used", "slip_in"]


class Slip(NamedTuple):
    """A slip as far as it is about food: its row, and its lines of food."""

    row: Any
    lines: list[Any]


def food_slips(source: Any, since: date, until: date) -> list[Slip]:
    """The slips of a stretch of days on which food moved, oldest first."""
    found = []
    classes: dict[int, str] = {}
    for row in store.slips(source.db, since.isoformat(), until.isoformat()):
        lines = [line for line in store.lines(source.db, row["id"]) if _is_food(source, line, classes)]
        if lines:
            found.append(Slip(row, lines))
    return found


def slip_in(e: "Entry", number: str) -> Slip:
    """A slip that brought food in; NotFound (3), Refused (4) when it was taken back."""
    from logi.books.stock.actions import standing_slip

    row = standing_slip(e, number.upper())
    classes: dict[int, str] = {}
    return Slip(row, [line for line in store.lines(e.db, row["id"]) if line["kind"] == "in" and _is_food(e, line, classes)])


def food_used(source: Any, since: date, until: date) -> int:
    """What the food that left the storeroom in a stretch of days cost, in fen: issued or lost, returns deducted."""
    return sum(cost_of(line) or 0 for slip in food_slips(source, since, until) for line in slip.lines)


def cost_of(line: Any) -> int | None:
    """What a line took out of the storeroom, in fen; None for one that took nothing."""
    if line["kind"] not in ("out", "return", "loss"):
        return None
    return -int((line["value_fen"] or 0) + line["price_value"])


def discard(e: "Entry", words: Sequence[str], *, on: date, reason: str) -> "Confirmation":
    """Write food off by the stock's own act, in the same entry: `大米25kg 2 土豆 5`. Refused (4) for what is no food."""
    from logi.books.stock.actions import adjust, found_lines
    from logi.books.stock.lines import from_words
    from logi.core.errors import Refused

    lines = [line._replace(quantity_milli=-line.quantity_milli) for line in from_words(list(words))]
    wanted = school.policy(e, "canteen.food_classes", on)
    for one in found_lines(e, lines):
        if one.item["class"] not in wanted:
            raise Refused("canteen.not_food", item=one.item["name"])
    return adjust(e, lines, on=on, reason=reason)


def _is_food(source: Any, line: Any, classes: dict[int, str]) -> bool:
    if line["item_id"] not in classes:
        classes[line["item_id"]] = store.item_by_id(source.db, line["item_id"])["class"]
    day = date.fromisoformat(line["on_day"])
    return classes[line["item_id"]] in school.policy(source, "canteen.food_classes", day)

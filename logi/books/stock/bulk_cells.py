"""The cells of a large file as values: what a text means is remembered, and the commonest forms are read at once."""

from typing import Any

from logi.importing.kinds import money, text
from logi.importing.running import cell_value

KEPT = 50_000  # parsed texts remembered per column
KEYS = ("on", "direction", "quantity", "item", "item_name", "person", "department", "vendor", "ref")
MORE = {"lot", "made", "expires", "invoice", "purpose"}  # columns that many files do without


class Parsed(dict[str, Any]):
    """What the texts of a column mean, remembered."""

    def __init__(self, column: Any) -> None:
        self.column = column

    def __missing__(self, text_: str) -> Any:
        if len(self) >= KEPT:
            self.clear()
        value = self[text_] = cell_value(self.column, text_)
        return value


class Reader:
    """Where a file has what: places of columns (-1: not there) and their remembered values."""

    def __init__(self, plan: Any) -> None:
        self._at: dict[str, tuple[int, Parsed, Any]] = {}
        for at, col in plan.columns:
            quick = {text: _plain_text, money: _plain_amount}.get(col.parse)
            self._at[col.key] = (at, Parsed(col), quick)
        self.at = place = {key: self._at[key][0] if key in self._at else -1 for key in KEYS}
        self.more = bool(MORE & self._at.keys())
        self.on, self.direction, self.quantity = place["on"], place["direction"], place["quantity"]
        self.item, self.name = place["item"], place["item_name"]
        self.days, self.directions = self._at["on"][1], self._at["direction"][1]
        self.quantities, self.items = self._at["quantity"][1], self._at["item"][1]

    def value(self, key: str, cells: Any) -> Any:
        """A cell's value; None where there is no such column, BadValue where it cannot be read."""
        found = self._at.get(key)
        if found is None:
            return None
        at, parsed, quick = found
        typed = cells[at]
        if quick is not None and (value := quick(typed)) is not None:
            return value
        return parsed[typed]

    def check(self, keys: tuple[str, ...], cells: Any) -> None:
        """Read cells that a row does not use: they must be readable all the same."""
        for key in keys:
            if key in self._at:
                self.value(key, cells)


def _plain_text(typed: str) -> str | None:
    """A short printable text of ASCII without blanks around it means itself."""
    if type(typed) is str and typed.isascii() and typed.isprintable() and 0 < len(typed) < 100 \
            and typed[0] != " " and typed[-1] != " ":  # fmt: skip
        return typed
    return None


def _plain_amount(typed: str) -> int | None:
    """`1250.50`, as programs write amounts."""
    yuan, point, fen = typed.partition(".")
    if point and len(fen) == 2 and len(yuan) < 10 and typed.isascii() and yuan.isdigit() and fen.isdigit() \
            and (yuan[0] != "0" or yuan == "0"):  # fmt: skip
        return int(yuan + fen)
    return None

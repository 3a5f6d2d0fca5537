"""The cells of a large file as values: what a text means is remembered, and the commonest forms are read at once."""

import re
from typing import Any

from logi.importing.running import cell_value

KEPT = 50_000  # parsed texts remembered per column
KEYS = ("on", "direction", "quantity", "item", "item_name", "person", "department", "vendor", "ref")
_SELF = re.compile(r"[!-~](?:[ -~]{0,98}[!-~])?").fullmatch
_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,8})\.[0-9]{2}").fullmatch
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
        self._at: dict[str, tuple[int, Parsed]] = {}
        for at, col in plan.columns:
            self._at[col.key] = (at, Parsed(col))
        self.at = place = {key: self._at[key][0] if key in self._at else -1 for key in KEYS}
        self.more = bool(MORE & self._at.keys())
        self.in_columns = not self.more and "vendor" not in self._at  # whether rows may be read as columns
        self.on, self.direction, self.quantity = place["on"], place["direction"], place["quantity"]
        self.item, self.name, self.ref = place["item"], place["item_name"], place["ref"]
        self.days, self.directions = self._at["on"][1], self._at["direction"][1]
        self.quantities, self.items = self._at["quantity"][1], self._at["item"][1]

    def place(self, key: str) -> int:
        """Where a column stands; -1 if it does not."""
        return self._at[key][0] if key in self._at else -1

    def values(self, key: str) -> Parsed:
        """What the texts of a column that is there mean."""
        return self._at[key][1]

    def value(self, key: str, cells: Any) -> Any:
        """A cell's value; None where there is no such column, BadValue where it cannot be read."""
        found = self._at.get(key)
        if found is None:
            return None
        return found[1][cells[found[0]]]

    def text(self, key: str, typed: Any) -> Any:
        """The value of a cell of a column of texts; short ones of printable ASCII without blanks mean themselves."""
        if typed.__class__ is str and _SELF(typed) is not None:
            return typed
        return self._at[key][1][typed]

    def amount(self, key: str, cells: Any) -> Any:
        """The value of a cell of amounts in fen; `1250.50` is read at once."""
        found = self._at.get(key)
        if found is None:
            return None
        typed = cells[found[0]]
        if _AMOUNT(typed) is not None:
            return int(typed.replace(".", ""))
        return found[1][typed]

    def check(self, keys: tuple[str, ...], cells: Any) -> None:
        """Read cells that a row does not use: they must be readable all the same."""
        for key in keys:
            if key in self._at:
                self.value(key, cells)

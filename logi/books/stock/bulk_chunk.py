"""The rows that a large file becomes, held as columns until they are written: a stretch of slips, their lots and moves."""

from collections.abc import Sequence
from itertools import chain, repeat
from typing import Any

from logi import columnar
from logi.journal import canonical

SLIP = ("number", "kind", "on_day", "vendor_id", "department_id", "person_id", "keeper_id", "purpose", "invoice_no", "ref")
LOT = ("item_id", "received_on", "price_fen", "per_milli", "label", "made_on", "expires_on")
MOVE = ("on_day", "kind", "slip_id", "item_id", "lot_id", "quantity_milli", "value_fen", "priced")
NAMES = {"stock_slip": SLIP, "stock_lot": LOT, "stock_move": MOVE}
SAME = {"stock_slip": {}, "stock_lot": {"per_milli": 1000}, "stock_move": {"line": 1}}

RUNS = {"on_day", "received_on", "vendor_id", "purpose", "invoice_no", "label", "made_on", "expires_on", "priced"}

# Numbers of so many slips: kind -> series, first, how many. A number stands by itself where its row was posted by itself.
Many = tuple[int, dict[str, tuple[str, int, int]]]

# A column as it is told: its values, or runs of equal ones (value, how often); table -> (first id, columns)
Column = list[Any] | tuple[tuple[Any, int], ...]
Told = dict[str, tuple[int, dict[str, Column]]]


class Runs:
    """A column in which the same value, a text or None, mostly comes again and again."""

    __slots__ = ("_runs",)

    def __init__(self) -> None:
        self._runs: list[list[Any]] = []

    def add(self, value: str | int | None, times: int) -> None:
        """So many more of a value."""
        if self._runs and self._runs[-1][0] == value:
            self._runs[-1][1] += times
        elif times:
            self._runs.append([value, times])

    def append(self, value: str | int | None) -> None:
        """One more value."""
        self.add(value, 1)

    def told(self) -> tuple[tuple[Any, int], ...]:
        """(value, how often), in order."""
        return tuple((value, times) for value, times in self._runs)


class Chunk:
    """Columns that grow; row ids are the next ones of each table from the `first` on."""

    __slots__ = ("columns", "first", "lots", "moves", "slips")

    def __init__(self, slip: int, lot: int, move: int) -> None:
        self.first = {"stock_slip": slip, "stock_lot": lot, "stock_move": move}
        # Each a Runs or a list, as RUNS says.
        self.slips: dict[str, Any] = {name: Runs() if name in RUNS else [] for name in SLIP}
        self.lots: dict[str, Any] = {name: Runs() if name in RUNS else [] for name in LOT if name != "per_milli"}
        self.moves: dict[str, Any] = {name: Runs() if name in RUNS else [] for name in MOVE}
        self.columns = {"stock_slip": self.slips, "stock_lot": self.lots, "stock_move": self.moves}

    def __len__(self) -> int:
        return len(self.slips["kind"])

    @property
    def next_slip(self) -> int:
        """The id of the slip that comes next."""
        return self.first["stock_slip"] + len(self)

    @property
    def next_lot(self) -> int:
        """The id of the lot that comes next."""
        return self.first["stock_lot"] + len(self.lots["item_id"])

    @property
    def next_move(self) -> int:
        """The id of the move that comes next."""
        return self.first["stock_move"] + len(self.moves["item_id"])

    def slip(self, number: str, kind: str, day: str, *, ref: str | None, **more: Any) -> int:
        """One slip; returns its id."""
        at = self.next_slip
        values = {"number": number, "kind": kind, "on_day": day, "ref": ref, **more}
        for name, column in self.slips.items():
            column.append(values.get(name))
        return at

    def lot(self, item_id: int, day: str, price: int, label: str | None, made: str | None, until: str | None) -> int:
        """One lot; returns its id."""
        at = self.next_lot
        for column, value in zip(self.lots.values(), (item_id, day, price, label, made, until), strict=True):
            column.append(value)
        return at

    def move(self, *values: Any) -> None:
        """One move, its values in the order of MOVE."""
        for column, value in zip(self.moves.values(), values, strict=True):
            column.append(value)

    def told(self) -> Told:
        """What is to be written, table by table."""
        return {
            table: (self.first[table], {name: one.told() if isinstance(one, Runs) else one for name, one in told.items()})
            for table, told in self.columns.items() if told["item_id" if "item_id" in told else "kind"]
        }  # fmt: skip


class Block:
    """Rows of one table as they are written and as the journal says them."""

    __slots__ = ("columns", "count", "same", "texts")

    def __init__(self, entry: int, table: str, first: int, told: dict[str, Column]) -> None:
        self.same: dict[str, int] = {"entry": entry, **SAME[table]}  # whole numbers that stand in every row
        same = dict(self.same)
        self.columns: dict[str, list[Any]] = {}  # all others but those that are NULL throughout
        whole, packed = {}, []
        for name, column in told.items():
            if name == "number":
                full = numbers(column, told["kind"])  # type: ignore[arg-type]
                one = columnar.packed(full)
            elif isinstance(column, tuple):
                full = list(chain.from_iterable(repeat(*run) for run in column))
                one = columnar.packed_runs(column, full)
            else:
                full, one = column, columnar.packed(column)
            whole[name] = full
            packed.append(one)
            if isinstance(one, dict) and one.get("=", "").__class__ is int:
                self.same[name] = one["="]
            elif one != {"=": None}:
                self.columns[name] = full
        self.count = len(full)
        self.texts = columnar.changes(table, first, whole, same, canonical, packed)


def numbers(told: Sequence[str | Many], kinds: Sequence[str]) -> list[str]:
    """The numbers of slips, one after the other."""
    found: list[str] = []
    for part in told:
        if isinstance(part, str):
            found.append(part)
            continue
        count, series = part
        following = {
            kind: iter(((f"{name}-%04d\n" * of_kind) % tuple(range(n, n + of_kind))).split("\n"))
            for kind, (name, n, of_kind) in series.items()
        }
        found += map(next, map(following.__getitem__, kinds[len(found) : len(found) + count]))
    return found

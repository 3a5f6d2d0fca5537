"""Many rows of one insert as columns: what the journal writes of large imports, a third of the size and time of rows.

A change ["C", table, names, count, columns] says the same as ["I", table, names, rows]. Each column is the list of its
`count` values, or {"=": value} where all are equal, or {"+": first} where whole numbers go up one by one, or
{"of": values, "at": text} where there are few of them: each character of the text is the place of a value, 0-9a-z.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from logi.bulkjson import listed

FEW = 16  # rows from which columns are shorter
PART = 8000  # rows of one part
FEW_VALUES = 200  # rows from which it pays to look whether there are few values
PLACES = "0123456789abcdefghijklmnopqrstuvwxyz"
LOOK = 80  # rows that tell whether there may be few values
_TEXTS = frozenset((str, type(None)))
_SCALARS = frozenset((int, str, type(None)))

Packed = list[Any] | dict[str, Any]


def pack(rows: Sequence[Sequence[Any]]) -> list[Packed]:
    """Rows (at least one, all of one width) as packed columns."""
    return [packed(column) for column in zip(*rows, strict=True)]


def packed(column: Sequence[Any]) -> Packed:
    """One column (a list or a tuple), packed."""
    first, count = column[0], len(column)
    if column[-1] == first and column.count(first) == count:
        return {"=": first}
    if first.__class__ is int and column[-1] == first + count - 1 and tuple(column) == tuple(range(first, first + count)):
        return {"+": first}
    if count >= FEW_VALUES and len(set(column[:LOOK])) <= len(PLACES):
        values = dict.fromkeys(column)
        if len(values) <= len(PLACES) and _SCALARS.issuperset(map(type, values)):
            places = dict(zip(values, PLACES, strict=False))
            return {"of": list(values), "at": "".join(map(places.__getitem__, column))}
    return column if isinstance(column, list) else list(column)


def packed_runs(runs: Sequence[tuple[Any, int]], column: Sequence[Any]) -> Packed:
    """The same of a column that is told as runs as well: (value, how often), no two alike side by side."""
    if len(runs) == 1:
        return {"=": runs[0][0]}
    values = dict.fromkeys(value for value, _ in runs)
    if len(column) < FEW_VALUES or len(values) > len(PLACES) or not _TEXTS.issuperset(map(type, values)):
        return packed(column)
    places = dict(zip(values, PLACES, strict=False))
    return {"of": list(values), "at": "".join(places[value] * times for value, times in runs)}


def text(change: list[Any], encode: Callable[[object], str]) -> str:
    """The canonical JSON of a change ["C", …]: what `encode` would say of it, most columns in a fraction of the time."""
    columns = ",".join(listed(one) or encode(one) if isinstance(one, list) else encode(one) for one in change[4])
    return f"{encode(change[:4])[:-1]},[{columns}]]"


def changes(table: str, first: int, columns: Mapping[str, Sequence[Any]], same: Mapping[str, int],
            encode: Callable[[object], str], known: Sequence[Packed] = ()) -> list[str]:  # fmt: skip
    """Rows given as columns (`known`: packed already), with ids from `first` on and `same` whole numbers in every row, as
    changes in canonical JSON."""
    count, found = len(next(iter(columns.values()))), []
    for start in range(0, count, PART):
        whole = known and count <= PART
        parts = known if whole else [packed(column[start : start + PART]) for column in columns.values()]
        change = ["C", table, ["id", *columns, *same], min(PART, count - start),
                  [{"+": first + start}, *parts, *({"=": value} for value in same.values())]]  # fmt: skip
        found.append(text(change, encode))
    return found


def unpack(count: int, columns: Sequence[Packed]) -> list[tuple[Any, ...]]:
    """The rows again. ValueError where the columns do not hold `count` values each."""
    return list(zip(*(unpacked(count, column) for column in columns), strict=True))


def unpacked(count: int, column: Packed) -> tuple[Any, ...]:
    """One column's values."""
    if isinstance(column, list):
        if len(column) != count:
            raise ValueError(len(column))
        return tuple(column)
    if "=" in column:
        return (column["="],) * count
    if "at" in column:
        if len(column["at"]) != count:
            raise ValueError(len(column["at"]))
        return tuple(map(dict(zip(PLACES, column["of"], strict=False)).__getitem__, column["at"]))
    return tuple(range(column["+"], column["+"] + count))


def says(column: Packed, found: tuple[Any, ...]) -> bool:
    """Whether a packed column says just these values (at least one)."""
    if isinstance(column, list):
        return tuple(column) == found
    if "=" in column:
        return found.count(column["="]) == len(found) and found[0].__class__ is column["="].__class__
    if "at" in column:
        return len(column["at"]) == len(found) and unpacked(len(found), column) == found
    return found == tuple(range(column["+"], column["+"] + len(found)))


def runs(ids: Iterable[int]) -> list[tuple[int, int]]:
    """Ids as unbroken runs: [1, 2, 3, 7] -> (1, 3), (7, 7)."""
    ordered = sorted(ids)
    if ordered and ordered[-1] - ordered[0] == len(ordered) - 1 == len(set(ordered)) - 1:
        return [(ordered[0], ordered[-1])]
    found: list[tuple[int, int]] = []
    for one in ordered:
        if found and one <= found[-1][1] + 1:
            found[-1] = found[-1][0], one
        else:
            found.append((one, one))
    return found


def as_rows(change: list[Any]) -> list[Any]:
    """A change as read from the journal, an insert of columns as one of rows."""
    if change[0] != "C":
        return change
    return ["I", change[1], change[2], [list(row) for row in unpack(change[3], change[4])]]

"""The numbers that slips of a large file are given, in order and without gaps."""

from typing import TYPE_CHECKING

from logi.books.stock.rules import SERIES

if TYPE_CHECKING:
    from logi.books.stock.bulk_clerk import Clerk

Given = dict[str, tuple[int, int, str]]  # series -> first number, last number, kind


class Numbers:
    """The next number of each series, and which were given but not told yet."""

    def __init__(self, clerk: "Clerk", year: str) -> None:
        self.year = year  # of the day that slips bear
        self._clerk = clerk
        self._next: dict[str, int] = {}
        self._given: Given = {}

    def one(self, kind: str) -> str:
        """The next number of a kind; it is given."""
        number = self.after(kind, 0)
        self.give(kind, 1)
        return number

    def after(self, kind: str, count: int) -> str:
        """The number that comes after so many more of its kind."""
        series, n = self.next(kind)
        return f"{series}-{n + count:04d}"

    def next(self, kind: str) -> tuple[str, int]:
        """The series of a kind, and its next number."""
        series = f"{SERIES[kind]}-{self.year}"
        if series not in self._next:
            self._next[series] = self._clerk.number(series)
        return series, self._next[series]

    def give(self, kind: str, count: int) -> None:
        """So many numbers of a kind have been given to new slips."""
        if not count:
            return
        series, n = self.next(kind)
        self._next[series] = n + count
        first, _, _ = self._given.get(series, (n, n, kind))
        self._given[series] = (first, n + count - 1, kind)

    def told(self) -> Given:
        """What was given since this was asked last."""
        given, self._given = self._given, {}
        return given

"""Rows of a large file put into the order of days without holding them all: sorted runs on disk, merged."""

import heapq
import pickle
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

RUN = 100_000

Keyed = tuple[date, int, Sequence[str]]


def by_day(
    rows: Iterator[tuple[int, Sequence[str]]], day_of: Callable[[Sequence[str]], date]
) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows by (day, line). Runs that do not fit are written to nameless temporary files, read only by us."""
    files: list[IO[bytes]] = []
    run: list[Keyed] = []
    try:
        for line, cells in rows:
            run.append((day_of(cells), line, cells))
            if len(run) >= RUN:
                files.append(_spilled(sorted(run, key=_key)))
                run = []
        run.sort(key=_key)
        for _, line, cells in heapq.merge(*(_read(file) for file in files), run, key=_key):
            yield line, cells
    finally:
        for file in files:
            file.close()


def _key(row: Keyed) -> tuple[date, int]:
    return row[0], row[1]


def _spilled(run: list[Keyed]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 (closed by the reader)
    for start in range(0, len(run), 1000):
        pickle.dump(run[start : start + 1000], file, pickle.HIGHEST_PROTOCOL)
    file.seek(0)
    return file


def _read(file: IO[bytes]) -> Iterator[Any]:
    while True:
        try:
            yield from pickle.load(file)  # our own rows, from a file without a name
        except EOFError:
            return

"""Document numbers that a file brings from another ledger of ours: kept in series that have not begun here."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from logi.journal import Entry

_OURS = re.compile(r"([A-Z]{2,4})-([0-9]{4,6})-([0-9]{2,7})")
_SPARSE = 10  # a series of fewer numbers than one in so many is no series of ours


def keep(e: Entry, numbers: Iterable[str], kinds: Mapping[str, str], *, book: str, width: int = 4) -> frozenset[str]:
    """Give the numbers of a file that are ours by their letters (`kinds`: letters -> kind of document), and say which.

    Only in a series of which no number was given yet; those between that the file does not have are passed over, so
    that no gap is left unexplained. A document under any other number gets one of its own.
    """
    series: dict[str, set[int]] = {}
    for number in numbers:
        found = _OURS.fullmatch(number)
        if found and found[1] in kinds and int(found[3]) and f"{int(found[3]):0{width}d}" == found[3]:
            series.setdefault(f"{found[1]}-{found[2]}", set()).add(int(found[3]))
    kept: list[str] = []
    for name, wanted in sorted(series.items()):
        if e.next_in(name) != 1 or max(wanted) > _SPARSE * (len(wanted) + _SPARSE):
            continue
        ordered = sorted(wanted)
        for before, n in pairwise([0, *ordered]):
            for missing in range(before + 1, n):
                e.skip(name, missing, book=book)
            e.give(name, n, f"{name}-{n:0{width}d}", book=book, kind=kinds[name.partition("-")[0]])
        kept += (f"{name}-{n:0{width}d}" for n in ordered)
    return frozenset(kept)

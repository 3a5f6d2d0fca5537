"""The rows of a file below its header, as often as wanted, and from another process too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from logi.core.errors import BadData
from logi.importing import headers
from logi.importing.headers import Plan
from logi.importing.kinds import Kind

if TYPE_CHECKING:
    from logi.importing.csvrows import Batch, Numbered
    from logi.importing.reading import Source
    from logi.importing.running import Options


class Below:
    """The rows below a header: those that were read to find it, then the rest."""

    def __init__(self, first: Sequence["Numbered"], rest: Iterator["Numbered"]) -> None:
        self._first, self._rest = list(reversed(first)), rest

    def __iter__(self) -> "Below":
        return self

    def __next__(self) -> "Numbered":
        return self._first.pop() if self._first else next(self._rest)

    def back(self, row: "Numbered") -> None:
        """A row that was looked at comes again."""
        self._first.append(row)

    def batch(self) -> "Batch":
        """The next rows, many of them; none at the end."""
        from logi.importing.csvrows import MANY, Batch

        if self._first:
            rows = self._first[::-1]
            self._first = []
            return Batch.of(rows)
        batch: Callable[[], Batch] | None = getattr(self._rest, "batch", None)
        return batch() if batch is not None else Batch.of(list(islice(self._rest, MANY)))


class Rereading:
    """The rows of a file below its header, as often as wanted."""

    def __init__(self, kind: Kind, source: "Source", maps: Mapping[str, str], options: "Options") -> None:
        self._source, self._options = source, options
        self._what = kind, source, maps
        self.plan, rows = opened(*self._what)
        self._first = [rows]
        self.alone = False  # whether another process is not to read it

    def head(self, many: int) -> list["Numbered"]:
        """The first rows, which still come with the others; only before they are asked for."""
        found = list(islice(self._first[-1], many))
        for row in reversed(found):
            self._first[-1].back(row)
        return found

    def __call__(self) -> Below:
        """The rows from the top."""
        return self._rows(self._first.pop() if self._first else opened(*self._what)[1])

    @property
    def apart_bytes(self) -> int:
        """The size of a file that another process could read for itself; 0 of one that it could not."""
        return self._source.size if self._source.format in ("csv", "tsv") else 0

    @property
    def apart_possible(self) -> bool:
        """Whether it can be so read on this machine."""
        return not self.alone and self._source.apart_possible()

    def apart(self) -> Below:
        """The rows from the top, read in a process beside ours: through a handle of its own, so that ours stays where it is."""
        self._source.read_apart()
        return self._rows(opened(*self._what)[1])

    def part(self) -> float:
        """How much has been read, 0 to 1."""
        self._source.read_part = 0.0  # what was told last is not asked for
        return self._source.fraction()

    def tick(self, rows: int, part: float) -> None:
        """So many rows are entered, and so much of the file has been read."""
        self._source.read_part = part
        self._options.tick(rows)

    def _rows(self, rows: Below) -> Below:
        return _without_example(rows, self.plan, self._options)


def opened(kind: Kind, source: "Source", maps: Mapping[str, str]) -> tuple[Plan, Below]:
    """The plan of a file's header and the rows below it; title rows above are skipped and told."""
    known = headers.vocabulary(kind)

    def find(rows: list["Numbered"]) -> tuple[int, int]:
        at = headers.find_header(rows, kind, maps)
        return at, headers.score(rows[at][1], kind, known, maps)[1]

    rows = source.rows(find)
    top: list[Numbered] = []
    for row in rows:
        if any(cell.strip() for cell in row[1]):
            top.append(row)
        if len(top) >= headers.TITLE_ROWS:
            break
    if not top:
        raise BadData("importing.empty_file", file=source.name)
    at = headers.find_header(top, kind, maps)
    both = headers.two_lines(top[at][1], top[at + 1][1], kind, maps) if at + 1 < len(top) else None
    plan = headers.match(both or list(top[at][1]), kind, maps, line=top[at][0])
    if at == 1:
        source.note("importing.skipped_title", line=top[0][0], header=top[at][0])
    elif at:
        source.note("importing.skipped_titles", first=top[0][0], last=top[at - 1][0], header=top[at][0])
    if both is not None:
        source.note("importing.two_lines_of_headings", first=top[at][0], second=top[at + 1][0])
    for heading in plan.unknown:
        source.note("importing.unknown_column", column=heading)
    return plan, Below(top[at + (1 if both is None else 2) :], rows)


def _without_example(rows: Below, plan: Plan, options: "Options") -> Below:
    """The rows but for blank ones before the first, and the template's example left standing as the first."""
    from logi.importing.templates import is_example

    example = {at: col for at, col in plan.columns if col.example}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        filled = {at: cells[at].strip() for at, _ in plan.columns if at < len(cells) and cells[at].strip()}
        same = len(example) > 1 and filled.keys() == example.keys()
        if same and all(is_example(col, filled[at]) for at, col in example.items()):
            options.skipped_example = line
        else:
            rows.back((line, cells))
        break
    return rows

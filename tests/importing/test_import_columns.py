"""A file read by column says what it says read cell by cell."""

from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from logi.core.errors import LogiError
from logi.core.folding import fold
from logi.core.text import cut
from logi.importing import headers
from logi.importing.columns import read
from logi.importing.csvrows import Batch
from logi.importing.kinds import Col, Flaw, Kind, Row, Shown, code, count, day, text
from logi.importing.rereading import Below
from logi.importing.running import Options, parsed_row
from logi.importing.sheetlooks import Looks, Zeros
from logi.importing.sheets import SheetRows

KIND = Kind("things", (
    Col("code", code), Col("name", text, required=True), Col("n", count, filled=True), Col("on", day, required=True), Col("note", text),
), lambda e, row, options: "new", key="code", day="on")  # fmt: skip
HEADINGS = ["note", "code", "name", "else", "n", "on"]
CELLS = {
    "note": ["", "", " ", "合计", "total", "好", "A1", Flaw.of("importing.error_cell", "好")],
    "code": ["", "A1", "a1", "Ａ1", "B-2", "B 2", "-3", "6.37702E+15", "张1", Shown.of("0042", "42"), *(f"C{n:03d}" for n in range(150))],
    "name": ["桌", "桌 ", "", "　", "x\u200b", "y" * 2001, "合计", Flaw.of("importing.rounded", "桌")],
    "else": ["", "小计", "?"],
    "n": ["1", "１", "", "0", "x", Shown.of("007", "7")],
    "on": ["2025-09-01", "2025年9月1日", "2024-02-29", "9月1日", "", "2025-09-31"],
}
ROW = st.tuples(*(st.sampled_from(CELLS[heading]) for heading in HEADINGS)).map(list)
PLAIN = st.builds(lambda n, on: ["", f"C{n:03d}", "桌", "", "1", on], st.integers(0, 400), st.sampled_from(CELLS["on"][:3]))
PLAIN_ROWS = st.one_of(
    st.lists(PLAIN, max_size=20),
    st.integers(101, 160).map(lambda count: [["", f"C{n:03d}", "桌", "", "1", "2025-09-01"] for n in range(count)]),
)
ODD = st.one_of(ROW, ROW.map(lambda cells: cells[:-1]), ROW.map(lambda cells: [*cells, "more"]), st.just([""] * 6), st.just([]))


def cell_by_cell(plan, rows, options) -> list[Row]:
    """The same file row by row, each by itself."""
    good: list[Row] = []
    seen: dict[str, int] = {}
    for line, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells) or (row := parsed_row(plan, line, cells, options)) is None:
            continue
        if row["code"] is not None and (before := seen.setdefault(fold(row["code"]), line)) != line:
            twice = LogiError("importing.twice", code=cut(row["code"]), before=before)
            options.findings.cell(line, cells, "code", row.texts["code"], twice)
            continue
        good.append(row)
    return sorted(good, key=lambda row: (row["on"], row.line))


def reading(padded: bool) -> tuple[headers.Plan, Options]:
    plan, options = headers.match(HEADINGS, KIND, {}, line=1), Options(rejects=True)
    options.reset(plan)
    options.padded = padded
    return plan, options


class Batches:
    """Rows that come so many at once."""

    def __init__(self, rows, size) -> None:
        self.rows, self.size = list(enumerate(rows, 2)), size

    def batch(self) -> Batch:
        first, self.rows = self.rows[: self.size], self.rows[self.size :]
        return Batch.of(first)


@settings(max_examples=40, deadline=None)
@given(plain=PLAIN_ROWS, odd=st.lists(ODD, max_size=12), shuffle=st.randoms(use_true_random=False),
       size=st.sampled_from([1, 7, 1000]), padded=st.booleans())  # fmt: skip
def test_a_file_read_by_column_says_what_it_says_cell_by_cell(plain, odd, shuffle, size, padded):
    rows = [*plain, *odd]
    shuffle.shuffle(rows)
    plan, alone = reading(padded)
    wanted = cell_by_cell(plan, rows, alone)
    plan, options = reading(padded)
    many = read(KIND, plan, Below((), Batches(rows, size)), options)
    told = [(row.line, row.values, row.texts) for row in many.rows()]
    assert told == [(row.line, row.values, row.texts) for row in wanted]
    assert many.lines == [row.line for row in wanted]
    for key in many.keys:
        values = [row[key] for row in wanted]
        assert many.column(key) == (values if any(value is not None for value in values) else None)
    assert options.findings.sorted() == alone.findings.sorted()
    assert options.findings.lines == alone.findings.lines
    assert options.cells == {row.line: rows[row.line - 2] for row in wanted}


SHEET_CELLS = st.one_of(
    st.sampled_from([True, False, 0.0, 1.0, -0.0, 1, 0, 1e15, 1.5, 123456789012345.0, 0.1 + 0.2, "", "1", "真", None]),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(SHEET_CELLS, min_size=3, max_size=3), max_size=12), first=st.integers(0, 3), data=st.data())
def test_a_sheet_read_by_column_has_the_cells_it_has_row_by_row(rows, first, data):
    places = st.tuples(st.integers(0, 13), st.integers(0, 4))
    looks = Looks()
    looks.flaws = {at: Flaw.of("importing.error_cell", "#N/A") for at in data.draw(st.sets(places, max_size=4))}
    looks.zeros = {at: Zeros("ZC-", 4, "") for at in data.draw(st.sets(places, max_size=4))}
    by_row = [(line, cells, list(map(type, cells))) for line, cells in SheetRows(list(rows), looks)]
    sheet, told = SheetRows(list(rows), looks), []
    for line, cells in islice(sheet, first):
        told.append((line, cells, list(map(type, cells))))
    while len(batch := sheet.batch()):
        told += [(line, cells := batch.row(at), list(map(type, cells))) for at, line in enumerate(batch.lines)]
    assert told == by_row

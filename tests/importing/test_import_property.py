"""Any generated table either comes in whole or changes nothing, and comes in as the typed commands would have it."""

import csv
import io
import sqlite3
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logi.books.school.actions import add_person
from logi.books.stock import actions
from logi.books.stock.items import add_item
from logi.books.stock.lines import Line
from logi.connecting import harden
from logi.core.errors import BadData, LogiError
from logi.db import Ledger, in_memory
from logi.importing.reading import open_source
from logi.importing.running import Options, run
from logi.opening import fill_new
from tests.conftest import DAY, TESTER

CELLS = st.one_of(
    st.sampled_from(["", "S1", "S2", "张三", "0001", "1E5", "合计", "2025-09-01", "1,250.50", "abc", "-1", "0", "x" * 70, "\x1b[31m"]),
    st.text(max_size=12),
)


def content(ledger) -> list[tuple]:
    names = [r[0] for r in ledger.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    return [(name, *map(tuple, ledger.db.execute(f"SELECT * FROM {name}"))) for name in names]


def take(ledger, kind_name: str, table: list[list[str]]):
    from logi.commands.kinds import kind_named

    paper = io.StringIO()
    csv.writer(paper).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(paper.getvalue(), "utf-8", errors="surrogatepass", newline="")
        source = open_source(str(path))
        try:
            ledger.exact = True
            with ledger.entry(f"import.{kind_name}") as e:
                outcome = run(e, kind_named(kind_name), source, {}, Options())
                if outcome.bad:
                    raise BadData("importing.bad", outcome.findings.sorted())
        finally:
            ledger.exact = False
            source.close()
    return outcome


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=st.permutations(["code", "name", "post", "phone"]), rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=4))
def test_any_table_of_people_comes_in_whole_or_changes_nothing(ledger, header, rows):
    before = content(ledger)
    try:
        outcome = take(ledger, "people", [list(header), *rows])
    except BadData:
        assert content(ledger) == before
    else:
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        assert outcome.rows == len(filled) == outcome.posted.new + outcome.posted.changed + outcome.posted.same


QUANTITIES = st.integers(min_value=1, max_value=40)
MOVES = st.lists(st.tuples(st.integers(1, 28), st.booleans(), st.sampled_from(["A", "B"]), QUANTITIES, st.integers(1, 999)), min_size=1,
                 max_size=12)  # fmt: skip


def stock(ledger):
    return [tuple(row) for row in ledger.db.execute(
        """SELECT m.on_day, m.kind, m.item_id, m.quantity_milli, m.value_fen, s.number, s.department_id, s.person_id
           FROM stock_move m JOIN stock_slip s ON s.id = m.slip_id ORDER BY m.id""")], [
        tuple(row) for row in ledger.db.execute("SELECT * FROM stock_sum ORDER BY item_id")], [
        tuple(row) for row in ledger.db.execute("SELECT * FROM stock_left ORDER BY lot_id")], [
        tuple(row) for row in ledger.db.execute("SELECT * FROM stock_month ORDER BY month, item_id")]


def blank() -> Ledger:
    """A new ledger that holds nothing."""
    made = in_memory(TESTER, today=DAY)
    with made.entry("init") as e:
        fill_new(e, school="T", lang="en", costing="fifo", threshold_rules="2022", zone="Asia/Shanghai")
    return made


@cache
def template() -> Ledger:
    """A new ledger with one person and two items, made once."""
    made = blank()
    with made.entry("item.add") as e:
        add_person(e, "S1", "张三", department="总务处")
        for code in ("A", "B"):
            add_item(e, code, f"item {code}", unit="个")
    return made


def fresh() -> Ledger:
    """A private copy of the template."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    template().db.backup(copy)
    harden(copy)
    return Ledger(copy, Path(":memory:"), TESTER, today=DAY)


@settings(max_examples=20, deadline=None)
@given(moves=MOVES)
def test_rows_of_a_file_pass_the_rules_of_typed_commands_and_leave_the_same_stock(moves):
    table = [["on", "direction", "item", "quantity", "price", "department", "person"]]
    table += [
        [f"2025-09-{day:02d}", "in" if comes else "out", item, str(n), f"{fen // 100}.{fen % 100:02d}" if comes else "", "总务处", "S1"]
        for day, comes, item, n, fen in moves
    ]
    typed, imported = fresh(), fresh()
    ordered = sorted(enumerate(moves), key=lambda pair: (pair[1][0], pair[0]))
    refused = False
    try:
        with typed.entry("stock.in") as e:
            for _, (day, comes, item, n, fen) in ordered:
                on = date(2025, 9, day)
                if comes:
                    actions.in_(e, [Line(item, n * 1000, None, fen)], on=on, keeper="S1")
                else:
                    actions.out(e, [Line(item, n * 1000)], to="总务处", by="S1", on=on)
    except LogiError:
        refused = True
    try:
        take(imported, "stock", table)
    except BadData:
        assert refused
    else:
        assert not refused
        assert stock(imported) == stock(typed)

"""Random histories of one storeroom, played on the ledger and on a naive model beside it: every figure must agree."""

import sqlite3
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logi import undo as undoing
from logi.books.stock import actions, balances, checks, items, store
from logi.books.stock.lines import Line
from logi.core.errors import Refused
from logi.db import Ledger, harden, in_memory
from logi.journal import Who
from logi.opening import fill_new

TESTER = Who("tester", "tester", 0, "here")
TODAY = date(2025, 10, 31)
MONTHS = ("2025-08", "2025-09", "2025-10")
METHODS = ("fifo", "moving-average", "month-average")
TEMPLATES: dict[str, Ledger] = {}


def fresh(costing: str) -> Ledger:
    """A ledger with two items and one person, copied from a template."""
    if costing not in TEMPLATES:
        made = in_memory(TESTER, today=TODAY)
        with made.entry("init") as e:
            fill_new(e, school="T", lang="en", costing=costing, threshold_rules="2022", zone="Asia/Shanghai")
            items.add_item(e, "A", "粉笔", unit="盒")
            items.add_item(e, "B", "拖把", unit="把")
            e.insert("school_person", code="P1", name="周入库", folded="周入库", initials="zrk")
            e.insert("school_department", code="BM01", name="教务处", folded="教务处", initials="jwc")
        TEMPLATES[costing] = made
    db = sqlite3.connect(":memory:", isolation_level=None)
    TEMPLATES[costing].db.backup(db)
    harden(db)
    return Ledger(db, TEMPLATES[costing].path, TESTER, today=TODAY)


DAYS = st.integers(0, 80).map(lambda n: date.fromordinal(date(2025, 8, 10).toordinal() + n))
QUANTITIES = st.one_of(st.integers(1, 12).map(lambda n: n * 1000), st.integers(1, 6_000))
PLENTY = st.one_of(st.integers(5, 80).map(lambda n: n * 1000), st.integers(1, 60_000))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("in"), st.sampled_from("AB"), DAYS, PLENTY, st.integers(0, 5000)),
        st.tuples(st.just("out"), st.sampled_from("AB"), DAYS, QUANTITIES),
        st.tuples(st.just("loss"), st.sampled_from("AB"), DAYS, QUANTITIES),
        st.tuples(st.just("return"), st.integers(0, 20), DAYS, QUANTITIES),
        st.tuples(st.just("undo"), st.integers(0, 30)),
        st.tuples(st.just("redo"), st.integers(0, 30)),
    ),
    min_size=4, max_size=22,
)  # fmt: skip


def play(ledger: Ledger, steps: list) -> list[tuple]:
    """Do what may be done; returns (step, entry, number, value) of what was, undo and redo included."""
    done: list[tuple] = []
    entries: list[int] = []
    issues: list[tuple[str, str]] = []
    for step in steps:
        try:
            with ledger.entry(f"stock.{step[0]}") as e:
                seq, answer = e.n, act(e, step, entries, issues)
            entries.append(seq)
        except Refused as no:
            done.append((step, None, None, no.key))
            continue
        if answer is None:
            continue
        if step[0] == "out":
            issues.append((answer.number, step[1]))
        done.append((step, seq, answer.number, answer.facts.get("value"), answer.facts))
    return done


def act(e, step, entries, issues):
    if step[0] == "in":
        return actions.in_(e, [Line(step[1], step[3])], on=step[2], price=step[4])
    if step[0] == "out":
        return actions.out(e, [Line(step[1], step[3])], to="教务处", by="P1", on=step[2])
    if step[0] == "loss":
        return actions.adjust(e, [Line(step[1], -step[3])], on=step[2], reason="盘亏")
    if step[0] == "return":
        if not issues:
            raise Refused("stock.not_an_issue", number="—")
        number, item = issues[step[1] % len(issues)]
        return actions.return_(e, number, [Line(item, step[3])], on=step[2])
    if not entries:
        raise Refused("front.nothing", actor="—")
    target = entries[step[1] % len(entries)]
    if step[0] == "undo":
        return undoing.undo(e, [target])
    return undoing.redo(e, target, actor="tester")


class Shelf:
    """FIFO by hand for one item: each lot with its day, quantity left, value left and price per thousandth."""

    def __init__(self):
        self.lots: list[list] = []  # [day, order, left, value, price of one as a fraction of fen per thousandth]

    def receive(self, day, order, quantity, value, price):
        self.lots.append([day, order, quantity, value, price])

    def issue(self, day, quantity):
        fit = sorted((lot for lot in self.lots if lot[0] <= day and lot[2] > 0), key=lambda lot: (lot[0], lot[1]))
        if sum(lot[2] for lot in fit) < quantity:
            return None
        cost = 0
        for lot in fit:
            taken = min(quantity, lot[2])
            exact = lot[4] * taken
            part = lot[3] if taken == lot[2] else min(int(exact + Fraction(1, 2)), lot[3])
            lot[2], lot[3], quantity, cost = lot[2] - taken, lot[3] - part, quantity - taken, cost + part
            if quantity == 0:
                break
        return cost


@given(STEPS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_first_in_first_out_costs_what_a_naive_shelf_says(steps):
    ledger = fresh("fifo")
    steps = [step for step in steps if step[0] in ("in", "out", "loss")]
    shelves, order = {"A": Shelf(), "B": Shelf()}, 0
    for step, (_, _, _, value, *_rest) in zip(steps, play(ledger, steps), strict=True):
        shelf, order = shelves[step[1]], order + 1
        if step[0] == "in":
            worth = int(Fraction(step[3] * step[4], 1000) + Fraction(1, 2))
            assert value == worth
            shelf.receive(step[2], order, step[3], worth, Fraction(step[4], 1000))
        else:
            cost = shelf.issue(step[2], step[3])
            if cost is None:
                assert value in ("stock.short", "stock.short_then")
            else:
                assert abs(value) == cost
    for code, shelf in shelves.items():
        held = store.on_hand(ledger.db, store.item(ledger, code)["id"])
        assert held == (sum(lot[2] for lot in shelf.lots), sum(lot[3] for lot in shelf.lots))


@pytest.mark.parametrize("costing", METHODS)
@given(steps=STEPS, close=st.integers(0, 2))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_month_adds_up_and_no_day_is_below_zero(costing, steps, close):
    ledger = fresh(costing)
    play(ledger, steps)
    for month in MONTHS[:close]:
        from logi.books.stock import closing

        with ledger.entry("month.close") as e:
            closing.close(e, month)
            e.insert("month_closed", month=month)
    rows = [dict(row) for row in ledger.db.execute(
        """SELECT item_id, on_day, quantity_milli AS q, value_fen AS v, kind FROM stock_move
           UNION ALL SELECT item_id, on_day, 0, value_fen, kind FROM stock_price""")]  # fmt: skip
    for item_id in {row["item_id"] for row in rows}:
        mine = [row for row in rows if row["item_id"] == item_id]
        for day in {row["on_day"] for row in mine}:
            upto = [row for row in mine if row["on_day"] <= day]
            assert sum(row["q"] for row in upto) >= 0, f"below zero on {day}"
            if costing != "month-average":
                assert sum(row["v"] for row in upto) >= 0, f"value below zero on {day}"
        opening = (0, 0)
        for month in MONTHS:
            here = [row for row in mine if row["on_day"][:7] == month]
            found = balances.of_month(ledger, month).get(item_id, balances.Balance())
            assert (found.opening_milli, found.closing_milli) == (opening[0], opening[0] + sum(row["q"] for row in here))
            if costing != "month-average" or month in MONTHS[:close]:
                assert (found.opening_fen, found.closing_fen) == (opening[1], opening[1] + sum(row["v"] for row in here))
                if found.closing_milli == 0 and costing != "moving-average":
                    assert found.closing_fen == 0
            opening = (found.closing_milli, found.closing_fen)
            assert opening[0] >= 0
            assert opening[1] >= 0
    assert checks.verify(ledger.db) == []


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undoing_everything_newest_first_leaves_an_empty_store(steps):
    ledger = fresh("moving-average")
    done = play(ledger, [step for step in steps if step[0] not in ("undo", "redo")])
    for _, entry, *_rest in reversed(done):
        if entry is not None:
            with ledger.entry("undo") as e:
                undoing.undo(e, [entry])
    assert ledger.db.execute("SELECT * FROM stock_left").fetchall() == []
    assert [tuple(row) for row in ledger.db.execute("SELECT quantity_milli, value_fen FROM stock_sum")] in (
        [], [(0, 0)], [(0, 0)] * 2,
    )  # fmt: skip
    assert checks.verify(ledger.db) == []

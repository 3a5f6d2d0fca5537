"""Random histories of one storeroom, played on the ledger and on a naive model beside it: every figure must agree."""

import sqlite3
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logi import undo as undoing
from logi.books.stock import actions, balances, checks, closing, correcting, costing, items, store
from logi.books.stock import store_looking as looking
from logi.books.stock.lines import Line
from logi.connecting import harden
from logi.core.errors import LogiError, Refused
from logi.db import Ledger, in_memory
from logi.journal import Who
from logi.opening import fill_new

TESTER = Who("tester", "tester", 0, "here")
TODAY = date(2025, 10, 31)
MONTHS = ("2025-08", "2025-09", "2025-10")
METHODS = ("fifo", "moving-average", "month-average")
OWN = {"A": "moving-average", "B": "month-average"}  # a book of first in, first out whose items go their own ways
TEMPLATES: dict[str, Ledger] = {}


def fresh(costing: str) -> Ledger:
    """A ledger with two items and one person, copied from a template."""
    if costing not in TEMPLATES:
        made = in_memory(TESTER, today=TODAY)
        with made.entry("init") as e:
            own = OWN if costing == "own" else {}
            book = "fifo" if own else costing
            fill_new(e, school="T", lang="en", costing=book, threshold_rules="2022", zone="Asia/Shanghai")
            items.add_item(e, "A", "粉笔", unit="盒", costing=own.get("A"))
            items.add_item(e, "B", "拖把", unit="把", costing=own.get("B"))
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
        st.tuples(st.just("correct"), st.integers(0, 30), QUANTITIES),
        st.tuples(st.just("red"), st.integers(0, 30), DAYS),
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
        except LogiError as no:
            if not isinstance(no, Refused) and step[0] != "correct":
                raise
            done.append((step, None, None, no.key))
            continue
        if answer is None:
            continue
        if step[0] == "out":
            issues.append((answer.number, step[1]))
        done.append((step, seq, answer.number, answer.facts.get("value"), answer.facts))
    return done


def way(costing: str, ledger: Ledger, item_id: int) -> str:
    """How an item's issues are valued."""
    return OWN[store.item_by_id(ledger.db, item_id)["code"]] if costing == "own" else costing


def close_month(ledger, month):
    with ledger.entry("month.close") as e:
        closing.close(e, month)
        e.insert("month_closed", month=month)


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
    if step[0] == "correct":
        row = e.db.execute("SELECT number FROM stock_slip WHERE entry = ?", (target,)).fetchone()
        if row is None:
            raise Refused("stock.no_slip", number="—")
        return correcting.correct(e, row[0], line=1, qty=step[2], price=None, reason="数量看错")
    if step[0] in ("undo", "red"):
        return undoing.undo(e, [target], on=step[2] if step[0] == "red" else None)
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


@pytest.mark.parametrize("costing", [*METHODS, "own"])
@given(steps=STEPS, close=st.integers(0, 2))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_month_adds_up_and_no_day_is_below_zero(costing, steps, close):
    ledger = fresh(costing)
    play(ledger, steps)
    for month in MONTHS[:close]:
        close_month(ledger, month)
    rows = [dict(row) for row in ledger.db.execute(
        """SELECT item_id, on_day, quantity_milli AS q, value_fen AS v, kind FROM stock_move
           UNION ALL SELECT item_id, on_day, 0, value_fen, kind FROM stock_price""")]  # fmt: skip
    for item_id in {row["item_id"] for row in rows}:
        mine, method = [row for row in rows if row["item_id"] == item_id], way(costing, ledger, item_id)
        for day in {row["on_day"] for row in mine}:
            upto = [row for row in mine if row["on_day"] <= day]
            assert sum(row["q"] for row in upto) >= 0, f"below zero on {day}"
            if method != "month-average":
                assert sum(row["v"] for row in upto) >= 0, f"value below zero on {day}"
        opening = (0, 0)
        for month in MONTHS:
            here = [row for row in mine if row["on_day"][:7] == month]
            found = balances.of_month(ledger, month).get(item_id, balances.Balance())
            assert (found.opening_milli, found.closing_milli) == (opening[0], opening[0] + sum(row["q"] for row in here))
            if method != "month-average" or month in MONTHS[:close]:
                assert (found.opening_fen, found.closing_fen) == (opening[1], opening[1] + sum(row["v"] for row in here))
                if found.closing_milli == 0 and method != "moving-average":
                    assert found.closing_fen == 0
            opening = (found.closing_milli, found.closing_fen)
            assert opening[0] >= 0
            assert opening[1] >= 0
    assert checks.verify(ledger.db) == []


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undoing_everything_newest_first_leaves_an_empty_store(steps):
    ledger = fresh("moving-average")
    done = play(ledger, [step for step in steps if step[0] in ("in", "out", "loss", "return", "correct")])
    for _, entry, *_rest in reversed(done):
        if entry is not None:
            with ledger.entry("undo") as e:
                undoing.undo(e, [entry])
    assert ledger.db.execute("SELECT * FROM stock_left").fetchall() == []
    assert [tuple(row) for row in ledger.db.execute("SELECT quantity_milli, value_fen FROM stock_sum")] in (
        [], [(0, 0)], [(0, 0)] * 2,
    )  # fmt: skip
    assert checks.verify(ledger.db) == []


@given(steps=st.lists(st.tuples(st.sampled_from(("in", "in", "out")), st.integers(1, 9), st.integers(0, 700), st.booleans()),
                      min_size=4, max_size=14),
       before=st.sampled_from(METHODS), after=st.sampled_from(METHODS))  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_fen_is_lost_over_a_change(steps, before, after):
    mine = fresh(before)
    mine._today = date(2025, 3, 31)
    entries = []
    for at, (kind, quantity, price, later) in enumerate(steps):
        on = date(2025, 1 + at % 3, 1 + at) if later else date(2024, 10 + at % 3, 1 + at)
        if not later and mine.settings["costing"] == after and before != after:
            continue
        if later and before != after and mine.settings["costing"] == before:
            for month in ("2024-10", "2024-11", "2024-12"):
                close_month(mine, month)
            with mine.entry("stock.costing") as e:
                costing.change(e, after, 2025)
        try:
            with mine.entry(f"stock.{kind}") as e:
                line = [Line("A", quantity * 1000)]
                if kind == "in":
                    actions.in_(e, line, on=on, price=price)
                else:
                    actions.out(e, line, to="教务处", by="P1", on=on)
            entries.append(mine.db.execute("SELECT max(seq) FROM entry").fetchone()[0])
        except Refused:
            continue
    if entries and mine.settings["costing"] == after:
        try:
            with mine.entry("undo") as e:
                undoing.undo(e, [entries[-1]])
        except Refused as no:
            assert no.key in ("front.undo_closed_month", "stock.costed_otherwise")  # noqa: PT017
    assert checks.verify(mine.db) == []
    for month in ("2025-01", "2025-02", "2025-03"):
        for balance in balances.of_month(mine, month).values():
            assert balance.closing_milli >= 0
            assert balance.closing_fen >= 0
            if balance.closing_milli == 0:
                assert balance.closing_fen == 0


@pytest.mark.parametrize("costing", [*METHODS, "own"])
@given(first=STEPS, second=STEPS, third=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_closed_months_stay_as_they_were_and_add_up_by_item_class_and_lot(costing, first, second, third):
    ledger = fresh(costing)
    stored: dict[str, list[tuple]] = {}
    for steps, month in ((first, "2025-08"), (second, "2025-09"), (third, "2025-10")):
        play(ledger, steps)  # late entries, returns, losses, undos and redos; what a closed month refuses is refused
        for earlier, rows in stored.items():
            assert snapshot(ledger, earlier) == rows
        close_month(ledger, month)
        stored[month] = snapshot(ledger, month)
    held: dict[int, tuple[int, int]] = {}
    for month in MONTHS:
        rows = ledger.db.execute("SELECT * FROM stock_closing WHERE void = 0 AND month = ?", (month,)).fetchall()
        for row in rows:
            assert (row["opening_milli"], row["opening_fen"]) == held.pop(row["item_id"], (0, 0))
            assert row["opening_milli"] + row["in_milli"] - row["out_milli"] == row["closing_milli"] >= 0
            assert row["opening_fen"] + row["in_fen"] - row["out_fen"] == row["closing_fen"] >= 0
            if row["closing_milli"] or row["closing_fen"]:
                held[row["item_id"]] = (row["closing_milli"], row["closing_fen"])
        assert not {item: pair for item, pair in held.items() if item not in {row["item_id"] for row in rows}}
        classes = ledger.db.execute("SELECT * FROM stock_closing_class WHERE void = 0 AND month = ?", (month,)).fetchall()
        for key in ("opening_fen", "in_fen", "out_fen", "closing_fen"):
            assert sum(row[key] for row in classes) == sum(row[key] for row in rows)
        lots: dict[int, list[int]] = {}
        for lot in looking.closed_lots(ledger.db, month):
            one = lots.setdefault(lot["item_id"], [0, 0])
            one[0] += lot["left_milli"]
            one[1] += lot["left_fen"] or 0
        for row in rows:
            quantity, value = lots.get(row["item_id"], [0, 0])
            assert quantity == row["closing_milli"]
            assert value == (row["closing_fen"] if way(costing, ledger, row["item_id"]) == "fifo" else 0)
    assert checks.verify(ledger.db) == []


def snapshot(ledger, month):
    return [tuple(row) for row in ledger.db.execute(
        """SELECT item_id, opening_milli, opening_fen, in_milli, in_fen, out_milli, out_fen, closing_milli, closing_fen
           FROM stock_closing WHERE void = 0 AND month = ? ORDER BY item_id""", (month,))]  # fmt: skip


MOVEMENTS = st.lists(
    st.tuples(st.sampled_from(("in", "out", "out")), st.sampled_from("AB"), st.integers(1, 30), st.integers(1, 9999)),
    min_size=3, max_size=30,
)  # fmt: skip


@given(MOVEMENTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_first_in_first_out_costs_what_beancount_books(movements):
    """Beancount 3 books reductions with its own FIFO over lots with a cost each; whole units, so nothing is rounded."""
    pytest.importorskip("beancount", reason="BEANCOUNT IS MISSING: first in, first out is not held against it")
    ledger, text = fresh("fifo"), ['option "operating_currency" "CNY"']
    text += [f'2025-01-01 open Assets:{code} {code}{code} "FIFO"' for code in "AB"]
    text += ["2025-01-01 open Equity:Paid", "2025-01-01 open Expenses:Used"]
    mine: list[int] = []
    for at, (kind, code, quantity, price) in enumerate(movements):
        on = date.fromordinal(date(2025, 8, 1).toordinal() + at)
        try:
            with ledger.entry(f"stock.{kind}") as e:
                done = act(e, (kind, code, on, quantity * 1000, price), [], [])
        except Refused:
            continue
        if kind == "in":
            cost = f"{price // 100}.{price % 100:02d}"
            text.append(f'{on} * "in"\n  Assets:{code}  {quantity} {code}{code} {{{cost} CNY}}\n  Equity:Paid')
        else:
            mine.append(int(done.facts["value"]))
            text.append(f'{on} * "out"\n  Assets:{code}  -{quantity} {code}{code} {{}}\n  Expenses:Used')
    assert mine == booked("\n".join(text) + "\n")


def booked(text: str) -> list[int]:
    """What each issue cost by beancount, in fen."""
    from beancount.core.data import Transaction
    from beancount.loader import load_string

    entries, errors, _ = load_string(text)
    assert errors == []
    return [
        int(sum(-p.units.number * p.cost.number for p in entry.postings if p.cost is not None) * 100)
        for entry in entries if isinstance(entry, Transaction) and entry.narration == "out"
    ]  # fmt: skip

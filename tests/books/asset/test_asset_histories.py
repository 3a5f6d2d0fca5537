"""Random histories of a register, with late entries, reversals, undos, closed and reopened months: in every month and
category opening + in - out = closing, by quantity and by fen, and what is closed stays as it was."""

import sqlite3
from collections import defaultdict
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logi import undo as undoing
from logi.books.asset import actions, approving, auditing, checks, correcting, disposal, report, store, valuing
from logi.books.month import actions as months
from logi.connecting import harden
from logi.core.days import add_months, month_period
from logi.core.errors import LogiError
from logi.db import Ledger, in_memory
from logi.journal import Who
from logi.opening import fill_new

TESTER = Who("tester", "tester", 0, "here")
TODAY = date(2025, 12, 20)
MONTHS = ("2025-08", "2025-09", "2025-10", "2025-11", "2025-12")
KINDS = ("A02010105", "A05010203", "A05010301", None)
TEMPLATE: list[Ledger] = []


def fresh() -> Ledger:
    """A ledger with three people and two rooms, copied from a template."""
    if not TEMPLATE:
        made = in_memory(TESTER, today=TODAY)
        with made.entry("init") as e:
            fill_new(e, school="T", lang="en", costing="fifo", threshold_rules="2022", zone="Asia/Shanghai")
            for code in ("P1", "P2", "P3"):
                e.insert("school_person", code=code, name=code, folded=code.lower(), initials=code.lower())
            for code in ("R1", "R2"):
                e.insert("school_place", code=code, name=code, folded=code.lower(), initials=code.lower())
        TEMPLATE.append(made)
    db = sqlite3.connect(":memory:", isolation_level=None)
    TEMPLATE[0].db.backup(db)
    harden(db)
    return Ledger(db, TEMPLATE[0].path, TESTER, today=TODAY)


DAYS = st.integers(0, 140).map(lambda n: date(2025, 8, 1) + timedelta(days=n))
WHICH = st.integers(0, 40)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), DAYS, st.sampled_from(KINDS), st.integers(1, 3), st.integers(1, 900_000)),
        st.tuples(st.just("add"), DAYS, st.sampled_from(KINDS), st.integers(2, 90).map(lambda n: n * 1000), st.integers(1, 90_000)),
        st.tuples(st.just("move"), WHICH, DAYS, st.integers(1, 40).map(lambda n: n * 1000)),
        st.tuples(st.just("merge"), WHICH, WHICH, DAYS),
        st.tuples(st.just("revalue"), WHICH, DAYS, st.integers(1, 2_000_000)),
        st.tuples(st.just("reclass"), WHICH, DAYS, st.sampled_from(KINDS[:3])),
        st.tuples(st.just("dispose"), WHICH, DAYS),
        st.tuples(st.just("correct"), WHICH, st.integers(1, 500_000)),
        st.tuples(st.just("undo"), WHICH),
        st.tuples(st.just("redo"), WHICH),
        st.tuples(st.just("close")),
        st.tuples(st.just("reopen")),
    ),
    min_size=6, max_size=30,
)  # fmt: skip


def play(ledger: Ledger, steps: list) -> tuple[int, dict[str, dict]]:
    """Do what may be done; returns how many steps were done, and what each month that is closed was closed with."""
    done, entries, closed = 0, [], {}
    for step in steps:
        try:
            with ledger.entry(f"asset.{step[0]}") as e:
                e.override = "a test"
                act(e, step, entries)
                entries.append(e.n)
            done += 1
        except LogiError:  # what may not be is refused whole
            continue
        if step[0] in ("close", "reopen", "undo", "redo"):
            now = [row["month"] for row in ledger.db.execute("SELECT month FROM month_closed WHERE void = 0")]
            closed = {month: closed.get(month) or auditing.figures(ledger.db, *span(month)) for month in now}
    return done, closed


def span(month: str) -> tuple[date, date]:
    period = month_period(month)
    return period.since, period.until


def act(e, step: tuple, entries: list[int]) -> None:
    kind, *what = step
    cards = [row["code"] for row in store.named_cards(e.db)]
    pick = lambda n: cards[n % len(cards)] if cards else "none"  # noqa: E731
    if kind == "add":
        day, category, pieces, cost = what
        many = {"quantity_milli": pieces} if pieces >= 1000 else {"count": pieces}
        actions.add(e, "椅" if pieces >= 1000 else "机", cost, on=day, category=category, place="R1", keeper="P1", **many)
    elif kind == "move":
        actions.transfer(e, [pick(what[0])], "R2", quantity_milli=what[2], on=what[1])
    elif kind == "merge":
        valuing.merge(e, [pick(what[0]), pick(what[1])], on=what[2])
    elif kind == "revalue":
        valuing.revalue(e, pick(what[0]), what[2], life_months=200, on=what[1], note="重估")
    elif kind == "reclass":
        actions.edit(e, [pick(what[0])], category=what[2], on=what[1])
    elif kind == "dispose":
        number = disposal.propose(e, [pick(what[0])], "scrap", reason="obsolete", appraisers=["P1,P2,P3"], on=what[1]).number
        for level in approving.required(e, number):
            e.insert("approval", on_day=what[1], number=number, level=level, by_whom="P1", doc_no="1", decision="yes")
        approving.decided(e, number, True, False)
        disposal.dispose(e, [number], on=what[1])
    elif kind == "correct":
        correcting.correct(e, pick(what[0]), line=None, qty=None, price=what[1], reason="改价")
    elif kind == "undo":
        undoing.undo(e, [entries[what[0] % len(entries)] if entries else 0])
    elif kind == "redo":
        undoing.redo(e, entries[what[0] % len(entries)] if entries else 0, actor="tester")
    elif kind == "close":
        last = e.closed_until or "2025-07"
        months.close(e, add_months(last, 1))
    else:
        months.reopen(e, e.closed_until or "none", reason="漏记")


def naive(ledger: Ledger) -> dict[tuple[str, int | None], list[int]]:
    """Every posting there is, summed by month and category: quantity in and out together, fen likewise."""
    sums: dict[tuple[str, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for row in ledger.db.execute("SELECT on_day, category_id, quantity_milli, cost_fen FROM asset_move"):
        one = sums[row["on_day"][:7], row["category_id"]]
        one[0] += row["quantity_milli"]
        one[1] += row["cost_fen"]
    return sums


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_every_month_and_category_adds_up_and_what_is_closed_stays(steps):
    ledger = fresh()
    done, closed = play(ledger, steps)
    posted, before = naive(ledger), defaultdict(lambda: (0, 0))
    for month in MONTHS:
        figures = auditing.figures(ledger.db, *span(month))
        for key in {*figures, *before, *(kind for at, kind in posted if at == month)}:
            one = figures.get(key) or auditing.Figures(*[0] * 8)
            assert (one.opening_quantity, one.opening_fen) == before[key], (month, key)
            assert one.opening_quantity + one.added_quantity - one.reduced_quantity == one.closing_quantity
            assert one.opening_fen + one.added_fen - one.reduced_fen == one.closing_fen
            moved = posted.get((month, key), [0, 0])
            assert (one.closing_quantity - one.opening_quantity, one.closing_fen - one.opening_fen) == tuple(moved)
            before[key] = (one.closing_quantity, one.closing_fen)
        if month in closed:
            assert figures == closed[month], month  # whatever came later
            stored = {row["category_id"]: (row["quantity_milli"], row["cost_fen"]) for row in store.closings(ledger.db, month)}
            assert stored == {key: pair for key, pair in before.items() if any(pair)}
        standing: dict = defaultdict(lambda: (0, 0))
        for stood in store.register_at(ledger.db, span(month)[1]).values():
            had = standing[stood.category_id]
            standing[stood.category_id] = (had[0] + stood.quantity_milli, had[1] + stood.cost_fen)
        assert dict(standing) == {key: pair for key, pair in before.items() if any(pair)}
    cards = {key: pair for key, pair in store.register_sums(ledger.db).items() if any(pair)}
    assert cards == {key: pair for key, pair in before.items() if any(pair)}
    assert checks.verify(ledger.db) == []
    assert {row["check"] for row in report.audit(ledger, *span(MONTHS[-1])).rows} <= {0}
    assert done <= len(steps)

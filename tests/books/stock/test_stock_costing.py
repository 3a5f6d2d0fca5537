"""What issues cost: the vectors of the domain's rules (B.5), late entries, returns, rounding, and the pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi import undo as undoing
from logi.books.stock import actions, balances, checks, closing, items, report, rules, store
from logi.books.stock import store_looking as looking
from logi.books.stock.lines import Line, from_words
from logi.books.stock.rules import Layer
from logi.core.answers import Fen
from logi.core.errors import Refused
from logi.journal import set_setting

PAPER = "A4"


def ready(ledger, costing="fifo", **marks):
    """The fixture's ledger with a person, an item and a costing."""
    with ledger.entry("ready") as e:
        set_setting(e, "costing", costing)
        items.add_item(e, PAPER, "A4纸", unit="包", **marks)
        e.insert("school_person", code="S15", name="杨班一", folded="杨班一", initials="yby")
    return ledger


def bring_in(ledger, quantity, price, day, **more):
    with ledger.entry("stock.in") as e:
        return actions.in_(e, [Line(PAPER, quantity * 1000, **more)], on=day, price=price)


def issue(ledger, quantity, day):
    with ledger.entry("stock.out") as e:
        return actions.out(e, [Line(PAPER, quantity * 1000)], to="教务处", by="S15", on=day)


def september(ledger):
    """Opening 10 @22.00; 3 Sep in 50 @23.50; 5 Sep out 30; 18 Sep in 40 @24.10; 25 Sep out 45."""
    bring_in(ledger, 10, 2200, date(2025, 8, 31))
    bring_in(ledger, 50, 2350, date(2025, 9, 3))
    first = issue(ledger, 30, date(2025, 9, 5))
    bring_in(ledger, 40, 2410, date(2025, 9, 18))
    return first, issue(ledger, 45, date(2025, 9, 25))


def on_hand(ledger):
    return store.on_hand(ledger.db, store.item(ledger, PAPER)["id"])


def close(ledger, *months):
    for month in months:
        with ledger.entry("month.close") as e:
            closing.close(e, month)
            e.insert("month_closed", month=month)


# -- the vectors ---------------------------------------------------------------------------------------


def test_first_in_first_out_by_the_vector(ledger):
    # 10 x 22.00 + 20 x 23.50 = 690.00; 30 x 23.50 + 15 x 24.10 = 1,066.50; 25 x 24.10 = 602.50
    first, second = september(ready(ledger, "fifo"))
    assert (first.facts["value"], second.facts["value"]) == (69000, 106650)
    assert on_hand(ledger) == (25000, 60250)


def test_moving_average_by_the_vector(ledger):
    # 1,395.00 / 60 = 23.25 x 30 = 697.50; (697.50 + 964.00) / 70 x 45 = 1,068.107 -> 1,068.11; the rest is 593.39
    first, second = september(ready(ledger, "moving-average"))
    assert (first.facts["value"], second.facts["value"]) == (69750, 106811)
    assert on_hand(ledger) == (25000, 59339)


def test_month_end_average_by_the_vector(ledger):
    # (220.00 + 1,175.00 + 964.00) / 100 = 23.59; 75 x 23.59 = 1,769.25; 25 x 23.59 = 589.75
    first, second = september(ready(ledger, "month-average"))
    assert (first.facts["value"], second.facts["value"]) == (None, None)
    listed = report.stock_list(ledger)
    assert (listed.rows[0]["quantity"], listed.rows[0]["value"]) == (25000, 58975)
    assert "provisional" in listed.notes[0]
    close(ledger, "2025-08", "2025-09")
    assert on_hand(ledger) == (25000, 58975)
    found = balances.of_month(ledger, "2025-09")[1]
    assert (found.opening_fen, found.in_fen, found.out_fen, found.closing_fen) == (22000, 213900, 176925, 58975)
    assert report.stock_list(ledger).notes == ()
    assert checks.verify(ledger.db) == []


# -- late entries --------------------------------------------------------------------------------------


def test_a_late_issue_takes_what_remains_of_lots_received_by_its_day(ledger):
    # Of 60 there on the 10th 30 went out on the 5th and 30 of the 45 of the 25th; only 18 September's 25 remain.
    september(ready(ledger))
    with pytest.raises(Refused) as no:
        issue(ledger, 1, date(2025, 9, 10))
    assert no.value.key == "stock.short_then"
    assert issue(ledger, 5, date(2025, 9, 20)).facts["value"] == 5 * 2410


def test_a_late_receipt_changes_no_posted_cost(ledger):
    first, second = september(ready(ledger))
    bring_in(ledger, 100, 1000, date(2025, 9, 1))
    assert store.slip(ledger.db, first.number) is not None
    costs = [sum(-r["value_fen"] for r in store.lines(ledger.db, store.slip(ledger.db, d.number)["id"])) for d in (first, second)]
    assert costs == [69000, 106650]
    assert on_hand(ledger) == (125000, 60250 + 100000)


def test_a_late_issue_under_the_moving_average_leaves_no_day_with_less_value_than_nothing(ledger):
    # 10 @1 from the 1st, 10 @100 from the 20th: ten issued late on the 5th cost 10, not half of everything.
    ready(ledger, "moving-average")
    bring_in(ledger, 10, 100, date(2025, 9, 1))
    bring_in(ledger, 10, 10000, date(2025, 9, 20))
    assert issue(ledger, 10, date(2025, 9, 5)).facts["value"] == 1000
    assert balances.now(ledger, date(2025, 9, 5)).get(1, balances.Balance()).closing_fen == 0
    assert on_hand(ledger) == (10000, 100000)


def test_goods_given_back_later_cannot_be_issued_before_they_came_back(ledger):
    ready(ledger)
    bring_in(ledger, 10, 200, date(2025, 9, 1))
    out = issue(ledger, 10, date(2025, 9, 5))
    with ledger.entry("stock.return") as e:
        actions.return_(e, out.number, [Line(PAPER, 10000)], on=date(2025, 9, 20))
    with pytest.raises(Refused):
        issue(ledger, 1, date(2025, 9, 10))
    assert issue(ledger, 1, date(2025, 9, 21)).facts["value"] == 200


# -- rounding ------------------------------------------------------------------------------------------


def test_half_a_fen_rounds_up_and_the_last_unit_takes_the_rest(ledger):
    # 1 at 0.01, taken by halves: the first half 0.005 -> 0.01, the last one what is left: nothing.
    ready(ledger)
    bring_in(ledger, 1, 1, date(2025, 9, 1))
    costs = []
    for _ in range(2):
        with ledger.entry("stock.out") as e:
            costs.append(actions.out(e, [Line(PAPER, 500)], to="教务处", by="S15", on=date(2025, 9, 2)).facts["value"])
    assert costs == [1, 0]
    assert on_hand(ledger) == (0, 0)


def test_a_pack_keeps_the_price_of_the_pack(ledger):
    # 3 boxes at 100.00, ten a box: 30 for 300.00; issues of 7 cost 70.00
    ready(ledger, packs=[("箱", 10_000)])
    with ledger.entry("stock.in") as e:
        done = actions.in_(e, from_words([PAPER, "3箱@100"]), on=date(2025, 9, 1))
    assert (done.facts["quantities"], done.facts["value"]) == ([30000], Fen(30000))
    assert issue(ledger, 7, date(2025, 9, 2)).facts["value"] == 7000


# -- returns -------------------------------------------------------------------------------------------


def test_a_return_takes_its_issues_cost(ledger):
    # 30 for 690.00: 5 come back at 115.00; the other 25 at what is left, 575.00
    ready(ledger)
    bring_in(ledger, 10, 2200, date(2025, 8, 31))
    bring_in(ledger, 50, 2350, date(2025, 9, 3))
    out = issue(ledger, 30, date(2025, 9, 5))
    values = []
    for quantity in (5, 25):
        with ledger.entry("stock.return") as e:
            done = actions.return_(e, out.number, [Line(PAPER, quantity * 1000)], on=date(2025, 9, 8))
        values.append(done.facts["value"])
    assert values == [11500, 57500]
    assert on_hand(ledger) == (60000, 22000 + 117500)


def test_month_average_returns_take_their_issues_price_also_in_a_later_month(ledger):
    # August: 10 @2 and 10 @4 -> 3.00; 10 issued = 30.00. 4 come back in September: 12.00, so 14 there are worth 42.00.
    ready(ledger, "month-average")
    bring_in(ledger, 10, 200, date(2025, 8, 1))
    bring_in(ledger, 10, 400, date(2025, 8, 20))
    out = issue(ledger, 10, date(2025, 8, 25))
    with ledger.entry("stock.return") as e:
        actions.return_(e, out.number, [Line(PAPER, 4000)], on=date(2025, 9, 2))
    close(ledger, "2025-08", "2025-09")
    assert on_hand(ledger) == (14000, 4200)
    assert checks.verify(ledger.db) == []


def test_a_month_average_issue_undone_after_its_month_was_closed_gives_its_price_back(ledger):
    ready(ledger, "month-average")
    bring_in(ledger, 10, 200, date(2025, 8, 1))
    out = issue(ledger, 4, date(2025, 8, 5))
    close(ledger, "2025-08")
    entry = store.slip(ledger.db, out.number)["entry"]
    with pytest.raises(Refused, match=r"front\.undo_closed_month"), ledger.entry("undo") as e:
        undoing.undo(e, [entry])
    with ledger.entry("undo") as e:
        undoing.undo(e, [entry], on=date(2025, 9, 2))
    assert on_hand(ledger) == (10000, 2000)
    with ledger.entry("redo") as e:
        undoing.redo(e, entry, actor="tester")
    assert on_hand(ledger) == (6000, 1200)
    assert checks.verify(ledger.db) == []


def test_a_reopened_month_is_priced_anew(ledger):
    ready(ledger, "month-average")
    bring_in(ledger, 10, 200, date(2025, 8, 1))
    issue(ledger, 4, date(2025, 8, 5))
    close(ledger, "2025-08")
    assert on_hand(ledger) == (6000, 1200)
    with ledger.entry("month.reopen") as e:
        closing.reopen(e, "2025-08")
        e.void("month_closed", e.db.execute("SELECT id FROM month_closed WHERE void = 0").fetchone()[0])
    assert looking.closings(ledger.db, "2025-08") == {}
    bring_in(ledger, 10, 400, date(2025, 8, 9))
    close(ledger, "2025-08")
    assert on_hand(ledger) == (16000, 4800)  # 60.00 / 20 = 3.00 x 16
    assert checks.verify(ledger.db) == []


# -- pure rules ----------------------------------------------------------------------------------------


def test_food_goes_first_that_expires_first():
    old = Layer(1, "2025-09-01", 5000, 500, expires_on="2025-12-01")
    new = Layer(2, "2025-09-03", 5000, 500, expires_on="2025-10-01")
    never = Layer(3, "2025-08-01", 5000, 500)
    got = rules.pick([never, old, new], 7000, "2025-09-10", by_expiry=True)
    assert [(x.lot_id, n) for x, n in got.picks] == [(2, 5000), (1, 2000)]
    got = rules.pick([never, old, new], 7000, "2025-09-10")
    assert [(x.lot_id, n) for x, n in got.picks] == [(3, 5000), (1, 2000)]


def test_expired_lots_are_left_and_counted():
    bad = Layer(1, "2025-08-01", 3000, 300, expires_on="2025-09-09")
    last_day = Layer(2, "2025-08-01", 2000, 200, expires_on="2025-09-10")
    got = rules.pick([bad, last_day], 4000, "2025-09-10")
    assert ([x.lot_id for x, _ in got.picks], got.short_milli, got.expired_milli) == ([2], 2000, 3000)


PARTS = st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**7)), min_size=1, max_size=8)


@given(PARTS, st.data())
def test_drawing_from_a_pool_loses_nothing_and_never_goes_below_zero(parts, data):
    pool = [Layer(n, f"2025-09-{n + 1:02d}", q, v) for n, (q, v) in enumerate(parts)]
    whole, value = sum(q for q, _ in parts), sum(v for _, v in parts)
    taken = data.draw(st.integers(1, whole))
    cost, drawn = rules.average_cost(pool, taken, "2025-09-30")
    rules.draw(drawn, taken, cost)
    assert sum(x.cost_milli for x in pool) == whole - taken
    assert sum(x.cost_fen for x in pool) == value - cost
    assert all(x.cost_milli >= 0 and x.cost_fen >= 0 for x in pool)
    assert taken < whole or cost == value


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_a_total_is_shared_out_exactly(total, parts):
    assert sum(rules.spread(total, parts)) == (total if sum(parts) else 0)


def test_month_costs_give_the_last_unit_what_is_left():
    # 3 for 1.00: a third each is 0.33; the last takes 0.34
    assert rules.month_costs(3000, 100, [(1000, None), (1000, None), (1000, None)]) == [33, 33, 34]
    # issued, given back, issued again: the return brings back just what it cost
    assert rules.month_costs(3000, 100, [(1000, None), (1000, 0), (3000, None)]) == [33, 33, 100]

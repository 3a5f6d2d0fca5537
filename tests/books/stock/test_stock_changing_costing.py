"""Changing how issues are valued: at a year's start alone, and to the fen."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.stock import actions, checks, closing, costing, items, store
from logi.books.stock.lines import Line
from logi.core.errors import Refused
from logi.db import Ledger
from logi.journal import set_setting

METHODS = ("fifo", "moving-average", "month-average")
TODAY = date(2025, 3, 31)


def ready(ledger: Ledger, method: str) -> Ledger:
    """Ten @1.00 and ten @2.00 in November 2024, five out; both months closed."""
    ledger._today = TODAY
    with ledger.entry("ready") as e:
        set_setting(e, "costing", method)
        items.add_item(e, "A4", "A4纸", unit="包")
        e.insert("school_person", code="S15", name="杨班一", folded="杨班一", initials="yby")
    move(ledger, "in", 10, date(2024, 11, 1), 100)
    move(ledger, "in", 10, date(2024, 11, 2), 200)
    move(ledger, "out", 5, date(2024, 11, 3))
    close(ledger, "2024-11", "2024-12")
    return ledger


def move(ledger, kind, quantity, on, price=None):
    with ledger.entry(f"stock.{kind}") as e:
        line = [Line("A4", quantity * 1000)]
        if kind == "in":
            return actions.in_(e, line, on=on, price=price)
        return actions.out(e, line, to="教务处", by="S15", on=on)


def close(ledger, *months):
    for month in months:
        with ledger.entry("month.close") as e:
            closing.close(e, month)
            e.insert("month_closed", month=month)


def change(ledger, method, year=2025):
    with ledger.entry("stock.costing") as e:
        made = costing.change(e, method, year)
        return e.n, made


def held(ledger):
    return store.on_hand(ledger.db, store.item(ledger, "A4")["id"])


def test_first_in_first_out_becomes_the_moving_average(ledger):
    # 5 @1.00 and 10 @2.00 are left: 25.00 for 15, 1.6667 each; 3 cost 5.00.
    ready(ledger, "fifo")
    _, made = change(ledger, "moving-average")
    assert (made.facts["count"], made.facts["value"]) == (2, 2500)
    assert move(ledger, "out", 3, date(2025, 1, 5)).facts["value"] == 500
    assert held(ledger) == (12000, 2000)
    assert checks.verify(ledger.db) == []


def test_the_moving_average_becomes_first_in_first_out_at_what_was_on_hand(ledger):
    # 30.00 / 20 = 1.50; 5 out: 22.50 for 15 are carried over; a new lot @3.00 goes out last.
    ready(ledger, "moving-average")
    change(ledger, "fifo")
    move(ledger, "in", 5, date(2025, 1, 4), 300)
    assert move(ledger, "out", 10, date(2025, 1, 5)).facts["value"] == 1500
    assert move(ledger, "out", 7, date(2025, 1, 6)).facts["value"] == 750 + 600
    assert held(ledger) == (3000, 900)
    assert checks.verify(ledger.db) == []


def test_the_month_average_becomes_first_in_first_out_and_back(ledger):
    ready(ledger, "month-average")
    assert held(ledger) == (15000, 2250)
    change(ledger, "fifo")
    assert move(ledger, "out", 15, date(2025, 1, 5)).facts["value"] == 2250
    move(ledger, "in", 2, date(2025, 1, 6), 100)
    close(ledger, *(f"2025-{n:02d}" for n in range(1, 13)))
    ledger._today = date(2026, 1, 31)
    change(ledger, "month-average", 2026)
    assert move(ledger, "out", 1, date(2026, 1, 5)).facts["value"] is None
    close(ledger, "2026-01")
    assert held(ledger) == (1000, 100)
    assert checks.verify(ledger.db) == []


def test_a_return_of_last_years_issue_keeps_that_issues_cost(ledger):
    ready(ledger, "moving-average")
    issue = store.slips(ledger.db, "2024-11-03", "2024-11-03")[0]["number"]
    change(ledger, "month-average")
    with ledger.entry("stock.return") as e:
        back = actions.return_(e, issue, [Line("A4", 2000)], on=date(2025, 1, 3))
    assert back.facts["value"] == 300
    close(ledger, "2025-01")
    assert held(ledger) == (17000, 2250 + 300)
    assert checks.verify(ledger.db) == []


@pytest.mark.parametrize("target", [m for m in METHODS if m != "fifo"])
def test_the_change_is_undone_and_done_again(ledger, target):
    ready(ledger, "fifo")
    before = [tuple(row) for row in ledger.db.execute("SELECT * FROM stock_left ORDER BY lot_id")]
    seq, _ = change(ledger, target)
    after = [tuple(row) for row in ledger.db.execute("SELECT * FROM stock_left ORDER BY lot_id")]
    with ledger.entry("undo") as e:
        undoing.undo(e, [seq])
    assert [tuple(row) for row in ledger.db.execute("SELECT * FROM stock_left ORDER BY lot_id")] == before
    assert checks.verify(ledger.db) == []
    with ledger.entry("redo") as e:
        undoing.redo(e, seq, actor="tester")
    assert [tuple(row) for row in ledger.db.execute("SELECT * FROM stock_left ORDER BY lot_id")] == after
    assert ledger.settings["costing"] == target
    assert checks.verify(ledger.db) == []


def test_later_moves_stand_on_the_change(ledger):
    ready(ledger, "fifo")
    seq, _ = change(ledger, "moving-average")
    move(ledger, "out", 1, date(2025, 1, 5))
    with pytest.raises(Refused) as no, ledger.entry("undo") as e:
        undoing.undo(e, [seq])
    assert no.value.key == "front.undo_depends"


def refused(act) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.key


def test_it_changes_at_a_years_start_alone(ledger):
    ready(ledger, "fifo")
    assert refused(lambda: change(ledger, "fifo")) == "stock.costing_same"
    assert refused(lambda: change(ledger, "moving-average", 2026)) == "stock.costing_open"
    assert refused(lambda: change(ledger, "moving-average", 2024)) == "stock.costing_moved"
    move(ledger, "out", 1, date(2025, 1, 5))
    assert refused(lambda: change(ledger, "moving-average")) == "stock.costing_moved"


def test_a_year_that_has_a_closed_month_is_too_late_to_change(ledger):
    ready(ledger, "fifo")
    close(ledger, "2025-01")
    assert refused(lambda: change(ledger, "moving-average")) == "stock.costing_late"


def test_a_month_of_before_is_not_opened_again(ledger):
    ready(ledger, "fifo")
    change(ledger, "moving-average")

    def reopen():
        with ledger.entry("month.reopen") as e:
            closing.reopen(e, "2024-12")

    assert refused(reopen) == "stock.costing_since"


def test_a_book_without_moves_may_change_freely(logi):
    logi("stock costing moving-average --from 2025")
    logi("stock costing moving-average --from 2025", code=4)
    logi("stock costing lifo --from 2025", code=2)
    logi("stock costing fifo", code=2)
    logi("item add BG003 粉笔 --unit 盒")
    logi("stock in 粉笔 10@1 --on 2025-09-01 --request A")
    assert "close 2024-12" in logi("stock costing fifo --from 2025", code=4).err


VECTOR = (("in", 10, 22_00, date(2025, 8, 31)), ("in", 50, 23_50, date(2025, 9, 3)), ("out", 30, None, date(2025, 9, 5)),
          ("in", 40, 24_10, date(2025, 9, 18)), ("out", 45, None, date(2025, 9, 25)))  # fmt: skip


def test_each_item_goes_its_own_way_by_the_vector_in_one_ledger(ledger):
    # The three answers of the field's example (domain rules B.5), side by side on three items of one ledger.
    with ledger.entry("ready") as e:
        for method in METHODS:
            items.add_item(e, method.upper(), method, unit="包", costing=method)
        e.insert("school_person", code="S15", name="杨班一", folded="杨班一", initials="yby")
    costs = {method: [] for method in METHODS}
    for kind, quantity, price, on in VECTOR:
        for method in METHODS:
            with ledger.entry(f"stock.{kind}") as e:
                line = [Line(method.upper(), quantity * 1000)]
                if kind == "in":
                    actions.in_(e, line, on=on, price=price)
                else:
                    costs[method].append(actions.out(e, line, to="教务处", by="S15", on=on).facts["value"])
    close(ledger, "2025-08", "2025-09")
    assert costs["fifo"] == [690_00, 1066_50]
    assert costs["moving-average"] == [697_50, 1068_11]
    assert costs["month-average"] == [None, None]
    left = {m: store.on_hand(ledger.db, store.item(ledger, m.upper())["id"]) for m in METHODS}
    assert left == {"fifo": (25_000, 602_50), "moving-average": (25_000, 593_39), "month-average": (25_000, 589_75)}
    priced = ledger.db.execute("SELECT -sum(value_fen) FROM stock_price WHERE on_day LIKE '2025-09%'").fetchone()[0]
    assert priced == 1769_25
    assert checks.verify(ledger.db) == []


def test_one_item_changes_alone_and_the_others_go_on_as_before(ledger):
    # A4: 5 @1.00 and 10 @2.00 are left, 25.00 for 15; B keeps first in, first out at its own prices.
    ledger._today = TODAY
    with ledger.entry("ready") as e:
        items.add_item(e, "B", "拖把", unit="把")
    with ledger.entry("ready") as e:
        set_setting(e, "costing", "fifo")
        items.add_item(e, "A4", "A4纸", unit="包")
        e.insert("school_person", code="S15", name="杨班一", folded="杨班一", initials="yby")
    for on, price in ((date(2024, 11, 1), 100), (date(2024, 11, 2), 200)):
        with ledger.entry("stock.in") as e:
            actions.in_(e, [Line("A4", 10_000), Line("B", 10_000)], on=on, price=price)
    move(ledger, "out", 5, date(2024, 11, 3))
    with pytest.raises(Refused) as no, ledger.entry("stock.costing") as e:
        costing.change(e, "moving-average", 2025, "A4")
    assert no.value.key == "stock.costing_open"
    close(ledger, "2024-11", "2024-12")
    with ledger.entry("stock.costing") as e:
        made = costing.change(e, "moving-average", 2025, "A4")
        changed = e.n
    assert (made.facts["count"], made.facts["value"]) == (2, 25_00)
    assert made.facts["item"] == "A4纸"
    assert move(ledger, "out", 3, date(2025, 1, 5)).facts["value"] == 5_00  # 25.00 / 15 × 3
    with ledger.entry("stock.out") as e:
        assert actions.out(e, [Line("B", 3_000)], to="教务处", by="S15", on=date(2025, 1, 5)).facts["value"] == 3_00
    assert checks.verify(ledger.db) == []
    with pytest.raises(Refused) as no, ledger.entry("stock.costing") as e:
        costing.change(e, "fifo", 2025, "A4")
    assert no.value.key == "stock.costing_moved"
    with pytest.raises(Refused) as no, ledger.entry("undo") as e:
        undoing.undo(e, [changed])
    assert no.value.key == "front.undo_depends"
    # B's move does not stand on A4's change.
    assert no.value.facts["dependents"] == [changed + 1]
    with pytest.raises(Refused) as no, ledger.entry("month.reopen") as e:
        closing.reopen(e, "2024-12")
    assert no.value.key == "stock.costing_since"


def test_an_items_change_is_undone_and_done_again(ledger):
    ready(ledger, "fifo")
    before = [tuple(row) for row in ledger.db.execute("SELECT * FROM stock_left ORDER BY lot_id")]
    with ledger.entry("stock.costing") as e:
        costing.change(e, "month-average", 2025, "A4")
        changed = e.n
    assert costing.listing(ledger).rows[-1]["from_year"] == "2025"
    with ledger.entry("undo") as e:
        undoing.undo(e, [changed])
    assert [tuple(row) for row in ledger.db.execute("SELECT * FROM stock_left ORDER BY lot_id")] == before
    with ledger.entry("redo") as e:
        undoing.redo(e, changed, actor="tester")
    assert move(ledger, "out", 3, date(2025, 1, 5)).facts["value"] is None
    close(ledger, "2025-01")
    assert held(ledger) == (12_000, 20_00)
    assert checks.verify(ledger.db) == []


def test_the_books_change_leaves_items_with_a_way_of_their_own_alone(ledger):
    ready(ledger, "fifo")
    with ledger.entry("stock.costing") as e:
        costing.change(e, "moving-average", 2025, "A4")
        own = e.n
    with ledger.entry("stock.costing") as e:
        assert costing.change(e, "month-average", 2025).facts["count"] == 0
    assert move(ledger, "out", 3, date(2025, 1, 5)).facts["value"] == 5_00
    with pytest.raises(Refused) as no, ledger.entry("undo") as e:
        undoing.undo(e, [own])
    assert no.value.key == "front.undo_depends"  # the book's change was made knowing of it
    assert checks.verify(ledger.db) == []


def test_the_same_years_change_may_be_put_right(ledger):
    ready(ledger, "fifo")
    change(ledger, "moving-average")
    change(ledger, "month-average")
    assert move(ledger, "out", 3, date(2025, 1, 5)).facts["value"] is None
    close(ledger, "2025-01")
    assert held(ledger) == (12_000, 20_00)  # 25.00 / 15 × 3 = 5.00
    assert checks.verify(ledger.db) == []


def test_a_costing_is_told_and_chosen_at_the_terminal(logi):
    logi("item add BG001 A4纸 --unit 包 --costing moving-average")
    logi("item add BG002 粉笔 --unit 盒")
    rows = logi("stock costing -f json").json["rows"]
    assert [(r["from_year"], r["code"]) for r in rows] == [(None, None), ("2025", "BG001")]
    logi("stock costing month-average --item 粉笔 --from 2025")
    logi("stock costing fifo --item 粉笔 --from 2025")
    logi("stock costing fifo --item 粉笔 --from 2025", code=4)
    logi("stock costing fifo", code=2)
    logi("stock costing --item 粉笔", code=2)
    assert "moving average" in logi("stock show A4纸").out
    assert "moving average" not in logi("stock show 粉笔").out


def test_registering_an_item_with_a_way_of_its_own_is_taken_back_whatever_others_do(logi):
    one = logi("item add BG001 A4纸 --unit 包 --costing moving-average -f json").json["entry"]
    logi("item add BG002 粉笔 --unit 盒 --costing month-average")
    logi(f"undo {one}")
    assert [r["code"] for r in logi("stock costing -f json").json["rows"]] == [None, "BG002"]
    logi(f"redo {one}")
    assert [r["code"] for r in logi("stock costing -f json").json["rows"]] == [None, "BG001", "BG002"]
    logi("stock in A4纸 5@20 --request A")
    logi(f"undo {one}", code=4)


def test_an_items_own_way_goes_out_and_in_with_the_items_and_is_not_changed_by_a_file(logi, tmp_path):
    logi("stock item add A 粉笔 --unit 盒 --costing moving-average")
    logi("stock item add B 拖把 --unit 把")
    logi(f"export items -o {tmp_path / 'items.csv'}")
    text = (tmp_path / "items.csv").read_text("utf-8-sig")
    assert "A,粉笔,盒," in text
    assert "moving average" in text
    assert logi(f"import items {tmp_path / 'items.csv'} -f json").json["facts"]["same"] == 2
    (tmp_path / "other.csv").write_text("code,name,unit,costing\nB,拖把,把,moving-average\n", "utf-8")
    found = logi(f"import items {tmp_path / 'other.csv'} -f json", code=5).json["facts"]["findings"]
    assert [(row["line"], row["column"]) for row in found] == [(2, "costing")]
    said = " ".join(found[0][key] for key in ("problem", "remedy"))
    assert "拖把 is valued by first in first out" in said
    assert "logi stock costing --item" in said

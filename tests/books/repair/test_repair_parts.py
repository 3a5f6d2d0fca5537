"""Parts drawn from stock in the same entry, outside cost with its invoice, and what both do to a repair's cost."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.repair import actions, checks, report, store
from logi.books.school.actions import add_person, add_place, add_vendor
from logi.books.stock import actions as stock
from logi.books.stock import items
from logi.books.stock.closing import close as close_stock
from logi.books.stock.correcting import correct
from logi.books.stock.lines import Line
from logi.books.stock.store import on_hand
from logi.core.errors import NotFound, Refused, Usage

D1, D8, D9 = (date(2025, 9, n) for n in (1, 8, 9))


@pytest.fixture
def shop(ledger):
    """Five taps at 12.50 and five at 14.00, a plumber, a slip."""
    with ledger.entry("setup") as e:
        for code, name in (("S08", "王修好"), ("S15", "杨班一")):
            add_person(e, code, name)
        add_place(e, "A205", "四年级教室")
        add_vendor(e, "V02", "示例水电维修工程部")
        items.add_item(e, "WX003", "水龙头", unit="个", **{"class": "repair"})
        stock.in_(e, [Line("WX003", 5000, None, 1250)], on=D1)
        stock.in_(e, [Line("WX003", 5000, None, 1400)], on=D1)
        actions.open(e, "漏水", place="A205", by="S15", kind="water", on=D8)
    return ledger


NUMBER = "WX-202509-0001"


def do(ledger, name, act, *args, **kw):
    with ledger.entry(name) as e:
        done = act(e, *args, **kw)
        e.subject = done.number
    return done, [key for key, _ in e.warnings]


def log(ledger, **kw):
    return do(ledger, "repair.log", actions.log, NUMBER, **{"by": "S08", "on": D8, **kw})


def cost(ledger):
    (row,) = report.orders(ledger).rows
    return row["cost"]


def left(ledger):
    return on_hand(ledger.db, 1)[0]


def test_parts_leave_the_stock_in_the_repairs_own_entry_at_the_stocks_cost(shop):
    done, warned = log(shop, parts=["水龙头 6"], minutes=20)
    assert done.numbers == [NUMBER, "CK-2025-0001"]
    assert done.facts["parts_cost"] == 5 * 1250 + 1400  # first in, first out
    assert (left(shop), cost(shop)) == (4000, 7650)
    assert "school.department_made" in warned  # issued to the policy's department: the worker belongs to none
    (issue,) = store.parts(shop.db, [3], date.max)
    assert (issue["number"], issue["name"], issue["quantity_milli"], issue["value_fen"]) == ("CK-2025-0001", "水龙头", 6000, 7650)


def test_undoing_the_work_puts_the_parts_back_and_redoing_takes_them_again(shop):
    log(shop, parts=["水龙头 6"])
    seq = undoing.latest_of(shop.db, "tester")
    with shop.entry("undo") as e:
        undoing.undo(e, [seq])
    assert (left(shop), cost(shop)) == (10_000, 0)
    with shop.entry("redo") as e:
        undoing.redo(e, None, actor="tester")
    assert (left(shop), cost(shop)) == (4000, 7650)
    assert checks.verify(shop.db) == []


def test_what_comes_back_or_is_corrected_changes_the_repairs_cost(shop):
    log(shop, parts=["水龙头 6"])
    do(shop, "stock.return", stock.return_, "CK-2025-0001", [Line("WX003", 1000)], on=D9)
    assert cost(shop) == 7650 - 1275  # one of six comes back at a sixth of what they cost
    log(shop, parts=["水龙头 2"], on=D9)
    before = cost(shop)
    done, _ = do(shop, "stock.correct", correct, "CK-2025-0002", line=None, qty=1000, price=None, reason="只用一个")
    assert done.number == "CK-2025-0002"
    assert before - cost(shop) == 1400
    assert checks.verify(shop.db) == []


def test_a_month_that_prices_its_issues_later_tells_the_cost_once_it_is_closed(shop):
    with shop.entry("config.set") as e:
        from logi.journal import set_setting

        set_setting(e, "costing", "month-average")
    _, warned = log(shop, parts=["水龙头 4"])
    assert "repair.parts_unpriced" in warned
    assert cost(shop) == 0
    with shop.entry("month.close") as e:
        close_stock(e, "2025-09")
    assert cost(shop) == 4 * 1325  # ten taps cost 132.50


@pytest.mark.parametrize(("parts", "error", "key"), [
    (["水龙头 11"], Refused, "stock.short"), (["龙骨 1"], NotFound, "front.not_found"),
    (["水龙头"], Usage, "stock.pairs"), (["水龙头 1@3"], Usage, "repair.part_price"),
])  # fmt: skip
def test_what_stock_refuses_is_refused_and_leaves_nothing_behind(shop, parts, error, key):
    with pytest.raises(error) as refused:
        log(shop, parts=parts)
    assert refused.value.key.startswith(key)
    assert (left(shop), cost(shop), report.orders(shop).rows[0]["state"]) == (10_000, 0, "open")


def test_a_vendors_job_draws_parts_only_for_a_named_person(shop):
    do(shop, "repair.assign", actions.assign, NUMBER, vendor="V02", on=D8)
    with pytest.raises(Usage, match=r"repair\.parts_to_whom"):
        log(shop, by=None, parts=["水龙头 1"])
    log(shop, by="S08", parts=["水龙头 1"])
    assert cost(shop) == 1250


def test_what_a_vendor_charges_needs_its_invoice(shop):
    with pytest.raises(Refused, match=r"repair\.invoice_missing"):
        log(shop, vendor="V02", cost=6000)
    log(shop, vendor="V02", cost=6000, invoice="2444")
    log(shop, parts=["水龙头 1"])
    (row,) = report.stats(shop, None, None).rows
    assert (row["cost"], row["parts"]) == (6000 + 1250, 1250)


def test_parts_and_cost_above_the_limit_ask_for_an_approval(shop):
    with shop.entry("stock.in") as e:
        stock.in_(e, [Line("WX003", 1000, None, 99_000)], on=D1)
    _, warned = log(shop, parts=["水龙头 11"])
    assert "repair.approval_missing" in warned  # 5 × 12.50 + 5 × 14.00 + 990.00 = 1,122.50
    assert cost(shop) == 112_250


def test_arrival_and_hours_are_on_the_slip(shop):
    do(shop, "repair.assign", actions.assign, NUMBER, worker="S08", on=D8, at="09:00")
    log(shop, arrived="09:40", at="10:30", note="换龙头")
    table = {row["field"]: row["value"] for row in report.show(shop, NUMBER)[0].rows}
    assert table["Arrived"] == "2025-09-08 09:40"
    assert [row["at"] for row in report.show(shop, NUMBER)[1].rows] == [None, "09:00", "10:30"]
    with pytest.raises(Refused, match=r"repair\.out_of_order"):
        log(shop, at="10:00", note="x")


def test_an_asset_with_an_open_slip_is_warned_of(shop):
    for wanted in (False, True):
        _, warned = do(shop, "repair.open", actions.open, "投影不亮", place="A205", by="S15", asset="2023-0003", on=D8)
        assert ("repair.still_open" in warned) is wanted


def test_the_parts_that_repairs_used_are_told_the_costliest_first(shop):
    """Five taps at 12.50 and one at 14.00 are 76.50; two washers at 0.75 are 1.50: 98.1 % (76.5 of 78) and 1.9 %."""
    with shop.entry("stock.in") as e:
        items.add_item(e, "WX009", "垫圈", unit="个", **{"class": "repair"})
        stock.in_(e, [Line("WX009", 10000, None, 75)], on=D1)
    log(shop, parts=["水龙头 4"])
    log(shop, parts=["水龙头 2", "垫圈 2"], on=D9)
    rows = report.parts_used(shop, D1, D9).rows
    assert [(r["item_code"], r["quantity"], r["jobs"], r["worth"], r["share"], r["share_to"]) for r in rows] == [
        ("WX003", 6000, 1, 7650, 981, 981), ("WX009", 2000, 1, 150, 19, 1000),
    ]  # fmt: skip
    assert [r["quantity"] for r in report.parts_used(shop, D1, D8).rows] == [4000]
    assert report.parts_used(shop, D1, D1).rows == ()

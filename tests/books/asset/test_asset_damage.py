"""Who damages pays: what is assessed, instalments, receipts, what is due."""

from datetime import date

import pytest

from logi.books.asset import actions, checks, damaging, report
from logi.books.school import actions as school
from logi.core.errors import NotFound, Refused, Usage
from logi.undo import redo, undo

TODAY = date(2025, 9, 30)
PC, DESK = "A02010105", "A05010203"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        done = act(e, *args, **more)
        done.entry = e.n
    return done


@pytest.fixture
def stocked(ledger):
    with ledger.entry("person.add") as e:
        school.add_person(e, "S15", "杨班一")
        school.add_place(e, "A205", "四年级教室")
    do(ledger, actions.add, "投影仪", 480000, category=PC, on=date(2024, 9, 18), code="P", place="A205", keeper="S15")
    do(ledger, actions.add, "课桌椅", 19800, category=DESK, quantity_milli=60000, on=date(2018, 9, 1), code="D", place="A205")
    return ledger


@pytest.mark.seed("AST-07")
def test_damage_is_assessed_from_what_the_thing_is_still_worth(stocked):
    done = do(stocked, damaging.damage, "P", school_class="四年级1班", note="球砸", on=date(2025, 9, 10))
    # 2024-09 … 2025-09 are 13 months of 66.67: 866.71; 4,800.00 - 866.71 = 3,933.29
    assert (done.number, done.facts["net"], done.facts["assessed"]) == ("PC-2025-0001", 393329, 393329)
    assert {row["field"]: row["value"] for row in report.show(stocked, "P")[0].rows}["Condition"] == "damaged"


def test_what_is_past_its_life_still_costs_a_tenth(stocked):
    done = do(stocked, damaging.damage, "D", by="S15", quantity_milli=2000)
    # 2 of 60 are worth 396.00, written down whole; a tenth is 39.60
    assert (done.facts["cost"], done.facts["net"], done.facts["assessed"]) == (39600, 0, 3960)
    assert do(stocked, damaging.damage, "D", by="S15", quantity_milli=2000, amount_fen=10000).facts["assessed"] == 10000


@pytest.mark.seed("AST-07")
def test_it_is_paid_in_instalments_against_receipts_and_due_until_then(stocked):
    do(stocked, damaging.damage, "P", by="S15", on=date(2025, 8, 20), amount_fen=300000)
    [owed] = [d for d in checks.due(stocked, 30) if d.source == "AST-07"]
    assert (owed.state, owed.subject, owed.day) == ("overdue", "PC-2025-0001", date(2025, 9, 19))  # thirty days on
    assert owed.command == "logi asset pay PC-2025-0001 3000.00 --receipt NUMBER"
    assert do(stocked, damaging.pay, "PC-2025-0001", 100000, "SJ001", on=date(2025, 9, 1)).facts["owed"] == 200000
    [row] = report.compensation(stocked, date(2025, 8, 1), TODAY).rows
    assert (row["liable"], row["assessed"], row["paid"], row["owed"]) == ("杨班一", 300000, 100000, 200000)
    paid = do(stocked, damaging.pay, "PC-2025-0001", 200000, "SJ002")
    assert paid.facts["owed"] == 0
    assert [d for d in checks.due(stocked, 30) if d.source == "AST-07"] == []
    assert [row["receipt"] for row in damaging.show(stocked, "PC-2025-0001")[1].rows] == ["SJ001", "SJ002"]
    with pytest.raises(Refused, match=r"asset\.damage_paid"):
        do(stocked, damaging.pay, "PC-2025-0001", 100, "SJ003")


@pytest.mark.seed("AST-05")
def test_damage_is_counted_by_class(stocked):
    for who in ("四年级1班", "四年级1班", "五年级2班"):
        do(stocked, damaging.damage, "D", school_class=who, quantity_milli=1000, amount_fen=5000)
    rows = report.damage_by_class(stocked, date(2025, 9, 1), TODAY).rows
    assert [(row["liable"], row["cases"], row["assessed"]) for row in rows] == [("四年级1班", 2, 10000), ("五年级2班", 1, 5000)]


def test_refusals_of_damage_and_payment(stocked):
    for more in ({}, {"by": "S15", "school_class": "1班"}):
        with pytest.raises(Usage, match=r"asset\.damage_by_whom"):
            do(stocked, damaging.damage, "P", **more)
    with pytest.raises(Refused, match=r"asset\.damage_quantity"):
        do(stocked, damaging.damage, "P", by="S15", quantity_milli=2000)
    with pytest.raises(Refused, match=r"asset\.damage_above_cost"):
        do(stocked, damaging.damage, "P", by="S15", amount_fen=480001)
    with pytest.raises(NotFound, match=r"asset\.no_damage"):
        do(stocked, damaging.pay, "PC-2025-0001", 100, "SJ1")
    do(stocked, damaging.damage, "P", by="S15", on=date(2025, 9, 10))
    for amount, on, key in ((0, TODAY, "pay_too_much"), (393330, TODAY, "pay_too_much"), (100, date(2025, 9, 9), "pay_before")):
        with pytest.raises(Refused, match=f"asset.{key}"):
            do(stocked, damaging.pay, "PC-2025-0001", amount, "SJ1", on=on)
    do(stocked, damaging.pay, "PC-2025-0001", 100, "SJ1")
    with pytest.raises(Refused, match=r"asset\.receipt_used"):
        do(stocked, damaging.pay, "PC-2025-0001", 100, "SJ1")


def test_payments_and_findings_are_taken_back_in_order(stocked):
    found = do(stocked, damaging.damage, "P", by="S15")
    paid = do(stocked, damaging.pay, "PC-2025-0001", 100, "SJ1")
    with stocked.entry("undo") as e, pytest.raises(Refused, match=r"front\.undo_depends"):
        undo(e, [found.entry])
    with stocked.entry("undo") as e:
        undo(e, [paid.entry])
    assert damaging.unpaid(stocked.db)[0][1] == found.facts["assessed"]
    do(stocked, damaging.pay, "PC-2025-0001", 200, "SJ1")  # the receipt is free again
    with stocked.entry("undo") as e:
        undo(e, [e.n - 1, found.entry])
    assert damaging.unpaid(stocked.db) == []
    with stocked.entry("redo") as e:
        redo(e, e.n - 1, actor="tester")
    assert damaging.unpaid(stocked.db)[0][1] == found.facts["assessed"] - 200


def test_a_waiver_names_who_allowed_it_and_why(stocked):
    with stocked.entry("person.add") as e:
        school.add_person(e, "S02", "冯演和")
    do(stocked, damaging.damage, "P", by="S15", on=date(2025, 8, 20), amount_fen=300000)
    do(stocked, damaging.pay, "PC-2025-0001", 100000, "SJ001", on=date(2025, 9, 1))
    with pytest.raises(Refused, match=r"asset\.waived_by_self"):
        do(stocked, damaging.waive, "PC-2025-0001", "S15", "家庭困难")
    with pytest.raises(Refused, match=r"asset\.pay_too_much"):
        do(stocked, damaging.waive, "PC-2025-0001", "S02", "家庭困难", amount_fen=200001)
    with pytest.raises(Refused, match=r"asset\.pay_before"):
        do(stocked, damaging.waive, "PC-2025-0001", "S02", "家庭困难", on=date(2025, 8, 19))
    with pytest.raises(NotFound, match=r"asset\.no_damage"):
        do(stocked, damaging.waive, "PC-2025-0002", "S02", "家庭困难")
    made = do(stocked, damaging.waive, "PC-2025-0001", "S02", "家庭困难", amount_fen=150000)
    assert made.facts["owed"] == 50000  # 3,000 - 1,000 paid - 1,500 waived
    with pytest.raises(Refused, match=r"asset\.waived_already"):
        do(stocked, damaging.waive, "PC-2025-0001", "S02", "再减")
    with pytest.raises(Refused, match=r"asset\.pay_too_much"):
        do(stocked, damaging.pay, "PC-2025-0001", 50001, "SJ002")
    do(stocked, damaging.pay, "PC-2025-0001", 50000, "SJ002")
    [row] = report.compensation(stocked, date(2025, 8, 1), TODAY).rows
    assert (row["assessed"], row["paid"], row["waived"], row["owed"]) == (300000, 150000, 150000, 0)
    assert (row["allowed_by"], row["why"]) == ("冯演和", "家庭困难")
    assert [d for d in checks.due(stocked, 30) if d.source == "AST-07"] == []
    with stocked.entry("undo") as e:
        undo(e, [made.entry])
    assert damaging.unpaid(stocked.db)[0][1] == 150000

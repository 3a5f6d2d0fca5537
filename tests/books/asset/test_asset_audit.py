"""The monthly audit by category: figures from facts, signatures, closing, and what must hold."""

from datetime import date

import pytest

from logi.books.asset import actions, auditing, checks, closing, disposal, report, store
from logi.books.school import actions as school
from logi.core.errors import Refused
from logi.journal import Who
from logi.undo import redo, undo

TODAY = date(2025, 9, 30)
PC, TV = "A02010105", "A02091001"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        e.override = more.pop("override", None)
        return act(e, *args, **more)


@pytest.fixture
def school_of_two(ledger):
    with ledger.entry("person.add") as e:
        for code, name in (("S03", "钱样真"), ("S07", "吴资明"), ("S08", "王修好")):
            school.add_person(e, code, name)
    do(ledger, actions.add, "电视机", 156000, category=TV, count=10, on=date(2019, 8, 20))
    do(ledger, actions.add, "计算机", 480000, category=PC, count=45, on=date(2025, 8, 28))
    return ledger


def sums(ledger, since, until):
    return {r["category"]: (r["opening"], r["added"], r["reduced"], r["closing"], r["check"]) for r in report.audit(ledger, since, until).rows}


AUGUST, SEPTEMBER = (date(2025, 8, 1), date(2025, 8, 31)), (date(2025, 9, 1), TODAY)


@pytest.mark.seed("AST-03")
def test_each_month_shows_opening_added_reduced_and_closing_by_category(school_of_two):
    # 45 x 4,800.00 = 216,000.00; 10 x 1,560.00 = 15,600.00
    assert sums(school_of_two, *AUGUST) == {PC: (0, 21600000, 0, 21600000, 0), TV: (1560000, 0, 0, 1560000, 0)}
    assert sums(school_of_two, *SEPTEMBER) == {PC: (21600000, 0, 0, 21600000, 0), TV: (1560000, 0, 0, 1560000, 0)}


@pytest.mark.seed("AST-03")
def test_a_month_is_signed_once_for_figures_that_a_late_entry_changes(school_of_two):
    ledger = school_of_two
    do(ledger, auditing.sign, "2025-09", "S07")
    assert {row["audited"] for row in report.audit(ledger, *SEPTEMBER, "2025-09").rows} == {"吴资明 2025-09-30"}
    with pytest.raises(Refused, match=r"asset\.audited_already"):
        do(ledger, auditing.sign, "2025-09", "S07")
    do(ledger, actions.add, "计算机", 480000, category=PC, on=date(2025, 9, 20))
    rows = {row["category"]: row["audited"] for row in report.audit(ledger, *SEPTEMBER, "2025-09").rows}
    assert rows == {PC: "changed since 吴资明 signed", TV: "吴资明 2025-09-30"}
    assert list(auditing.unsigned(ledger.db, "2025-09").values()) == [True]
    assert len(closing.blockers(ledger, "2025-09")) == 1
    do(ledger, auditing.sign, "2025-09", "S07")
    assert closing.blockers(ledger, "2025-09") == []


def test_a_month_not_audited_is_overdue(school_of_two):
    ledger = school_of_two
    assert [one for one in checks.due(ledger, 30) if one.source == "AST-03"] == []  # September is not over
    ledger._today = date(2025, 11, 3)
    found = [(one.state, one.subject, one.command) for one in checks.due(ledger, 30) if one.source == "AST-03"]
    assert found == [
        ("overdue", month, f"logi asset audit {month} --by PERSON --sign") for month in ("2025-09", "2025-10")
    ]


@pytest.mark.seed("AST-24")
def test_who_booked_the_month_does_not_review_it(school_of_two):
    ledger = school_of_two
    ledger.who = Who("吴资明", "wu", 1, "here")
    do(ledger, actions.add, "计算机", 480000, category=PC, on=date(2025, 9, 20))
    with pytest.raises(Refused, match=r"asset\.reviewer_booked"):
        do(ledger, auditing.sign, "2025-09", "S07")
    do(ledger, auditing.sign, "2025-09", "S03")
    ledger._today = date(2025, 10, 1)
    do(ledger, actions.add, "计算机", 480000, category=PC, on=date(2025, 9, 21))
    do(ledger, auditing.sign, "2025-09", "S07", override="只有一人")


def test_a_month_is_signed_when_it_is_over(school_of_two):
    with pytest.raises(Refused, match=r"asset\.month_not_over"):
        do(school_of_two, auditing.sign, "2025-10", "S07")
    with pytest.raises(Refused, match=r"asset\.audit_day"):
        do(school_of_two, auditing.sign, "2025-08", "S07", on=date(2025, 8, 30))
    with pytest.raises(Refused, match=r"asset\.nothing_to_audit"):
        do(school_of_two, auditing.sign, "2018-08", "S07")


def test_balances_are_the_same_from_a_closed_month_as_from_the_beginning(school_of_two):
    ledger = school_of_two
    do(ledger, actions.add, "计算机", 480000, category=PC, on=date(2025, 9, 20))
    before = [store.balances(ledger.db, day) for day in (date(2025, 8, 31), date(2025, 9, 19), TODAY)]
    with ledger.entry("month.close") as e:
        closing.close(e, "2025-08")
    assert len(store.closings(ledger.db, "2025-08")) == 2
    assert [store.balances(ledger.db, day) for day in (date(2025, 8, 31), date(2025, 9, 19), TODAY)] == before
    with ledger.entry("month.reopen") as e:
        closing.reopen(e, "2025-08")
    assert store.closings(ledger.db, "2025-08") == []


def pictures(ledger):
    return (
        [dict(row) for row in report.listing(ledger).rows], sums(ledger, *AUGUST), sums(ledger, *SEPTEMBER),
        store.register_at(ledger.db, TODAY), [dict(row) for row in report.loans(ledger, date(2025, 1, 1), TODAY).rows],
        [dict(row) for row in report.proposals(ledger, date(2025, 1, 1), TODAY).rows],
    )  # fmt: skip


def test_doing_undoing_and_redoing_restores_every_list(school_of_two):
    from logi.books.asset import custody

    ledger = school_of_two
    with ledger.entry("place.add") as e:
        school.add_place(e, "A1", "甲")
    do(ledger, actions.add, "桌", 19800, category="A05010203", quantity_milli=60000, code="D", keeper="S08", on=date(2025, 9, 1))
    verbs = [
        (actions.add, ("打印机", 198000), {"category": PC, "count": 2}),
        (actions.assign, (["D"], "S07"), {"place": "A1"}),
        (actions.transfer, (["D"], "A1"), {"quantity_milli": 6000}),
        (actions.edit, (["D"],), {"category": PC, "name": "课桌"}),
        (custody.lend, (["D"], "S03", TODAY), {}),
        (custody.handover, ("S08", "S07", "S03"), {}),
        (disposal.propose, (["2019-0001"], "scrap"), {"reason": "past-life", "appraisers": ["S03,S07,S08"]}),
    ]
    for act, args, more in verbs:
        before = pictures(ledger)
        with ledger.entry(f"asset.{act.__name__}") as e:
            act(e, *args, **more)
            seq = e.n
        after = pictures(ledger)
        assert after != before, act
        with ledger.entry("undo") as e:
            undo(e, [seq])
        assert pictures(ledger) == before, act
        with ledger.entry("redo") as e:
            redo(e, seq, actor="tester")
        assert pictures(ledger) == after, act
        with ledger.entry("undo") as e:
            undo(e, [seq])
        assert pictures(ledger) == before, act
        assert checks.verify(ledger.db) == []


def test_an_entry_that_others_stand_on_is_not_undone(school_of_two):
    ledger = school_of_two
    with ledger.entry("asset.propose") as e:
        disposal.propose(e, ["2019-0001"], "scrap", reason="past-life", appraisers=["S03,S07,S08"])
        proposed = e.n
    with ledger.entry("approve") as e:
        from logi.books.asset import approving

        e.insert("approval", on_day=TODAY, number="CZ-2025-0001", level="school_meeting", by_whom="x", doc_no="1", decision="yes")
        approving.decided(e, "CZ-2025-0001", True, False)
        approved = e.n
    with ledger.entry("asset.dispose") as e:
        disposal.dispose(e, ["CZ-2025-0001"])
        disposed = e.n
    for seq, leaning in ((proposed, [approved, disposed]), (approved, [disposed])):
        with pytest.raises(Refused, match=r"front\.undo_depends") as said, ledger.entry("undo") as e:
            undo(e, [seq])
        assert said.value.facts["dependents"] == leaning
    with ledger.entry("undo") as e:
        undo(e, [proposed, approved, disposed])
    assert len(report.listing(ledger).rows) == 55


def test_a_card_that_does_not_equal_its_moves_is_found(school_of_two):
    ledger = school_of_two
    with ledger.entry("doctored") as e:
        e.update("asset_card", 1, cost_fen=1)
    assert [one.text for one in checks.verify(ledger.db)] == ["2019-0001-01: the card does not equal the sum of its moves."]
    assert sums(ledger, *SEPTEMBER)[TV][4] == -155999


def test_what_is_past_its_life_is_listed_by_category(school_of_two):
    [due] = [one for one in checks.due(school_of_two, 30) if one.rule == "asset.rule.past_life"]
    assert (due.subject, due.command) == (
        TV, "logi asset propose 2019-0001-01..10 --how scrap --reason past-life --appraiser PERSON,PERSON,PERSON",
    )  # fmt: skip


def test_warranties_are_named_a_month_before_they_end(school_of_two):
    do(school_of_two, actions.add, "空调", 268000, category="A02061804", count=2, warranty_until=date(2025, 10, 30))
    do(school_of_two, actions.add, "空调", 268000, category="A02061804", warranty_until=date(2025, 10, 31))
    assert [one.subject for one in checks.due(school_of_two, 30) if one.state == "expiring"] == ["2025-0002-01..02"]

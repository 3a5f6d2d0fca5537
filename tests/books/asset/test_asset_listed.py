"""Every rule that A.1 lists stands in what is due: one school in which all of them are broken at once."""

from datetime import date

import pytest

from logi.books.asset import actions, approving, checks, counting, custody, damaging, disposal, requesting, terms
from logi.books.repair import maintain_actions
from logi.books.school import actions as school
from logi.books.school import calendar_actions

PC, DESK, TV = "A02010105", "A05010203", "A02091001"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        return act(e, *args, **more)


@pytest.fixture
def careless(ledger):
    """A school that lets everything slide: since June 2025, seen on the last of February 2026."""
    ledger._today = date(2025, 6, 2)
    with ledger.entry("person.add") as e:
        for code, name in (("S03", "钱样真"), ("S15", "杨班一"), ("S17", "秦实妍"), ("S08", "王修好")):
            school.add_person(e, code, name)
        for code in ("A205", "B203", "F101"):
            school.add_place(e, code, f"室{code}", keeper="S03")
        calendar_actions.add_term(e, "2025-2026-2", "第二学期", starts_on=date(2026, 2, 25), ends_on=date(2026, 7, 10))
    kept = {"place": "A205", "keeper": "S15"}
    do(ledger, actions.add, "无主柜", 120000, category="A05010502", place="B203", code="W")
    do(ledger, actions.add, "不明物", 120000, code="Q", **kept)
    do(ledger, actions.add, "电视机", 156000, category=TV, count=4, on=date(2019, 8, 20), booked_on=date(2025, 6, 2), code="T", **kept)
    do(ledger, actions.add, "计算机", 480000, category=PC, count=4, warranty_until=date(2026, 3, 15), code="C", **kept)
    do(ledger, actions.add, "投影仪", 480000, category=PC, code="P", **kept)
    do(ledger, actions.edit, ["P"], status="idle")
    do(ledger, custody.lend, ["C-01"], "S17", date(2025, 6, 30))
    do(ledger, damaging.damage, "C-02", by="S17")
    do(ledger, requesting.request, "投影仪", "S17")
    do(ledger, maintain_actions.add, "BY1", "空调清洗", place="A205", by="S15", worker="S08", every="3m")
    appraised = {"reason": "past-life", "appraisers": ["S03,S17,S08"]}
    do(ledger, disposal.propose, ["T-01"], "scrap", **appraised)
    approved = do(ledger, disposal.propose, ["T-02"], "scrap", **appraised).number
    sold = do(ledger, disposal.propose, ["T-03"], "scrap", **appraised).number
    for number in (approved, sold):
        with ledger.entry("approve") as e:
            e.insert("approval", on_day=e.today, number=number, level="school_meeting", by_whom="S03", doc_no="1", decision="yes")
            approving.decided(e, number, True, False)
    do(ledger, disposal.dispose, [sold], proceeds_fen=5000)
    do(ledger, counting.start, ["B203"])
    do(ledger, counting.enter, None, "B203", [], rest="missing")
    do(ledger, counting.settle, None)
    ledger._today = date(2026, 2, 28)
    return ledger


def test_everything_that_is_to_be_listed_is_listed_with_its_cure(careless):
    found = {one.rule.removeprefix("asset.rule."): one for one in checks.due(careless, 30)}
    assert set(found) >= {
        "no_keeper", "letter", "uncounted", "not_audited", "loan", "idle", "past_life", "warranty",  # A.1, in its order
        "no_category", "proposal_waits", "dispose_now", "proceeds", "adjust", "owed", "reconcile", "request", "no_plan",
    }  # fmt: skip
    for one in found.values():
        assert one.command.startswith("logi "), one
    assert found["loan"].state == found["owed"].state == found["proceeds"].state == "overdue"
    assert found["not_audited"].subject == "2026-01"
    assert found["reconcile"].subject == "2025"
    assert len([gap for gap in terms.ready(careless, "2025-2026-2").rows if gap["kind"] == "no_letter"]) == 2


def test_a_dear_thing_booked_as_stock_is_pointed_to_the_register(logi):
    logi("stock item add SB001 投影仪 --unit 台 --class office")
    said = logi("stock in 投影仪 1@2000 --from V01")
    assert "logi asset add" in said.err  # 2,000.00 reaches the line of 1,000.00
    said = logi("asset add 订书机 --cost 14.5")
    assert "perhaps it belongs in stock" in said.err  # and the other way round

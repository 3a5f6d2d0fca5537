"""Disposal: proposals, levels, approvals in order, proceeds; nothing leaves without every approval."""

from datetime import date

import pytest

from logi import journal
from logi.books.asset import actions, approving, checks, custody, disposal, report
from logi.books.repair import actions as repairs
from logi.books.repair import maintain_actions
from logi.books.school import actions as school
from logi.core.errors import Refused, Usage
from logi.undo import undo

TODAY = date(2025, 9, 30)
TV = "A02091001"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        e.override = more.pop("override", None)
        done = act(e, *args, **more)
        done.warnings = [key for key, _ in e.warnings]
        done.entry = e.n
    return done


def approve(ledger, number, level, on, decision="yes"):
    with ledger.entry("approve") as e:
        e.insert("approval", on_day=on, number=number, level=level, by_whom="郑示园", doc_no="12", decision=decision)
        had = {row["level"] for row in journal.approvals(e.db, number)}
        approving.decided(e, number, had >= set(approving.required(e, number)) and decision == "yes", decision == "no")


@pytest.fixture
def tvs(ledger):
    """Ten television sets of 2019, three people who can appraise."""
    with ledger.entry("person.add") as e:
        for code, name in (("S03", "钱样真"), ("S17", "秦实妍"), ("S08", "王修好")):
            school.add_person(e, code, name)
        school.add_place(e, "A205", "教室")
    do(ledger, actions.add, "电视机", 156000, category=TV, count=10, on=date(2019, 8, 20), code="2019-0008", place="A205", keeper="S03")
    return ledger


def propose(ledger, texts=("2019-0008-01..10",), how="scrap", on=date(2025, 9, 12), **more):
    more = {"reason": "past-life", "appraisers": ["S03,S17,S08"], **more}
    return do(ledger, disposal.propose, list(texts), how, on=on, **more)


@pytest.mark.seed("AST-19")
def test_without_approval_nothing_is_disposed_of_and_no_override_helps(tvs):
    with pytest.raises(Refused) as said:
        do(tvs, disposal.dispose, ["2019-0008-01..10"], how="scrap", reason="past-life", override="急")
    assert said.value.key == "asset.disposal_not_approved"
    assert said.value.facts["missing"] == ["school_meeting"]
    number = propose(tvs).number
    with pytest.raises(Refused, match=r"asset\.disposal_not_approved"):
        do(tvs, disposal.dispose, [number], override="急")
    assert len(report.listing(tvs).rows) == 10


@pytest.mark.seed("AST-18")
def test_every_level_must_have_approved_and_the_missing_one_is_named(tvs):
    do(tvs, actions.add, "服务器", 6000000, category="A02010104", on=date(2018, 3, 1), code="SRV")
    number = propose(tvs, ["SRV"]).number  # 60,000.00: the school meeting and the bureau
    assert approving.required(tvs, number) == ["school_meeting", "education_bureau"]
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    with pytest.raises(Refused) as said:
        do(tvs, disposal.dispose, [number])
    assert said.value.facts["missing"] == ["education_bureau"]
    approve(tvs, number, "education_bureau", date(2025, 9, 20))
    do(tvs, disposal.dispose, [number], on=date(2025, 9, 25))
    assert [row["code"] for row in report.listing(tvs, state="disposed").rows] == ["SRV"]


def test_disposed_things_are_not_moved_lent_or_proposed_again(tvs):
    number = propose(tvs).number
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    done = do(tvs, disposal.dispose, ["2019-0008"], how="scrap", reason="past-life", on=date(2025, 9, 26), proceeds_fen=30000)
    # 10 x 1,560.00; 60 months from 2019-08 are over in 2024-07: net 0.
    assert (done.number, done.facts["cost"], done.facts["net"], done.facts["proceeds"]) == (number, 1560000, 0, 30000)
    for act, args in (
        (actions.transfer, (["2019-0008-01"], "A205")), (actions.assign, (["2019-0008-01"], "S03")),
        (custody.lend, (["2019-0008-01"], "S03", TODAY)), (disposal.dispose, (["2019-0008-01"],)),
    ):  # fmt: skip
        with pytest.raises(Refused, match=r"asset\.gone"):
            do(tvs, act, *args)
    with pytest.raises(Refused, match=r"asset\.gone"):
        propose(tvs, ["2019-0008-01"], on=TODAY)
    with pytest.raises(Refused, match=r"asset\.proposal_done"):
        do(tvs, disposal.dispose, [number])
    assert report.listing(tvs).rows == ()
    [row] = report.audit(tvs, date(2025, 9, 1), TODAY).rows
    assert (row["opening"], row["reduced"], row["closing"], row["check"]) == (1560000, 1560000, 0, 0)
    assert checks.verify(tvs.db) == []


def test_what_is_gone_is_not_mended_any_more(tvs):
    number = propose(tvs).number
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    do(tvs, disposal.dispose, [number], on=date(2025, 9, 16))
    slip = {"place": "A205", "by": "S17", "asset": "2019-0008-01"}
    with pytest.raises(Refused, match=r"asset\.gone"):
        do(tvs, repairs.open, "无图像", **slip)
    with pytest.raises(Refused, match=r"asset\.gone"):
        do(tvs, maintain_actions.add, "BY1", "除尘", every="1m", worker="S08", **slip)
    do(tvs, repairs.open, "无图像", on=date(2025, 9, 15), **slip)  # it broke while it was still here
    do(tvs, repairs.open, "无图像", **{**slip, "asset": "别处的编号"})


def test_a_computer_disposed_of_in_march_is_written_down_to_february(tvs):
    # The vector of rules.md B.2 moved back three years: 2022-09-18, 72 months, disposed 2025-03-10.
    do(tvs, actions.add, "台式计算机", 480000, category="A02010105", on=date(2022, 9, 18), code="PC")
    number = propose(tvs, ["PC"], on=date(2025, 3, 1), reason="obsolete").number
    approve(tvs, number, "school_meeting", date(2025, 3, 5))
    done = do(tvs, disposal.dispose, [number], on=date(2025, 3, 10))
    assert (done.facts["accumulated"], done.facts["net"]) == (200010, 279990)
    [row] = report.depreciation(tvs, TODAY, ["PC"]).rows
    assert (row["accumulated"], row["net"]) == (200010, 279990)


def test_days_run_from_application_over_approval_to_disposal(tvs):
    number = propose(tvs).number
    with pytest.raises(Refused, match=r"asset\.approved_before"):
        approve(tvs, number, "school_meeting", date(2025, 9, 11))
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    with pytest.raises(Refused, match=r"asset\.disposed_before_approval"):
        do(tvs, disposal.dispose, [number], on=date(2025, 9, 14))
    do(tvs, disposal.dispose, [number], on=date(2025, 9, 15))


def test_a_scrapping_wants_three_different_appraisers_and_a_ground(tvs):
    with pytest.raises(Refused, match=r"asset\.too_few_appraisers"):
        propose(tvs, appraisers=["S03,S17", "S03"])
    with pytest.raises(Usage, match=r"asset\.reason_needed"):
        propose(tvs, reason=None)
    propose(tvs, how="donation", reason=None, appraisers=[])


def test_a_card_stands_on_one_document_at_a_time_and_a_rejection_frees_it(tvs):
    number = propose(tvs).number
    with pytest.raises(Refused, match=r"asset\.already_proposed"):
        propose(tvs, ["2019-0008-03"])
    approve(tvs, number, "school_meeting", date(2025, 9, 15), decision="no")
    with pytest.raises(Refused, match=r"asset\.proposal_rejected"):
        do(tvs, disposal.dispose, [number])
    assert {row["status"] for row in report.listing(tvs).rows} == {"in_use"}
    assert propose(tvs).number == "CZ-2025-0002"


def test_the_levels_are_those_of_the_policy_in_force_on_the_day(tvs):
    with tvs.entry("policy.set") as e:
        school.set_policy(e, "asset.disposal_matrix", [{"levels": ["school_meeting", "finance_bureau"]}], from_day=date(2025, 9, 20),
                          source="校务会", reason=None)  # fmt: skip
    before, after = propose(tvs, ["2019-0008-01"]).number, propose(tvs, ["2019-0008-02"], on=date(2025, 9, 20)).number
    assert approving.required(tvs, before) == ["school_meeting"]
    assert approving.required(tvs, after) == ["school_meeting", "finance_bureau"]


def test_a_matrix_that_asks_nobody_lets_nothing_through(tvs):
    with tvs.entry("policy.set") as e:
        school.set_policy(e, "asset.disposal_matrix", [{"levels": []}], from_day=date(2025, 1, 1), source="x", reason=None)
    with pytest.raises(Refused, match=r"asset\.no_levels"):
        propose(tvs)


def test_without_a_category_nobody_can_say_who_approves(tvs):
    do(tvs, actions.add, "不明物", 100000, code="Q", on=date(2025, 9, 1))
    with pytest.raises(Refused, match=r"asset\.category_needed"):
        propose(tvs, ["Q"])


def test_otherwise_than_approved_is_refused(tvs):
    number = propose(tvs).number
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    with pytest.raises(Refused, match=r"asset\.not_as_approved"):
        do(tvs, disposal.dispose, [number], how="sale")


def test_the_lines_of_a_document_may_go_one_after_the_other(tvs):
    number = propose(tvs).number
    with pytest.raises(Refused, match=r"asset\.disposal_not_approved"):
        do(tvs, disposal.dispose, ["2019-0008-01..04"])
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    first = do(tvs, disposal.dispose, ["2019-0008-01..04"], on=date(2025, 9, 16), proceeds_fen=12000)
    assert (first.facts["count"], first.facts["cost"]) == (4, 4 * 156000)
    assert first.warnings == ["asset.booked_late", "asset.proposal_rest"]
    assert len(report.listing(tvs, state="disposing").rows) == 6
    assert checks.verify(tvs.db) == []
    [waits] = [one for one in checks.due(tvs, 30) if one.rule == "asset.rule.dispose_now"]
    assert "9,360.00" in waits.text  # six sets at 1,560.00 are left
    with pytest.raises(Refused, match=r"asset\.gone"):
        do(tvs, disposal.dispose, ["2019-0008-04..05"])
    do(tvs, disposal.paid_in, number, on=date(2025, 9, 18), amount_fen=12000)
    with pytest.raises(Refused, match=r"asset\.paid_in_already"):
        do(tvs, disposal.paid_in, number)
    last = do(tvs, disposal.dispose, [number], on=date(2025, 9, 25), proceeds_fen=18000)
    assert (last.facts["count"], last.warnings) == (6, [])
    with pytest.raises(Refused, match=r"asset\.paid_in_whole"):  # 300.00 came in, 120.00 is paid in: 180.00 is left
        do(tvs, disposal.paid_in, number, amount_fen=30000)
    assert do(tvs, disposal.paid_in, number).facts["amount"] == 18000
    with pytest.raises(Refused, match=r"asset\.proposal_done"):
        do(tvs, disposal.dispose, [number])
    assert checks.verify(tvs.db) == []


def test_a_part_that_went_comes_back_only_after_what_followed_it(tvs):
    number = propose(tvs).number
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    entries = [do(tvs, disposal.dispose, codes, proceeds_fen=1000).entry for codes in (["2019-0008-01..04"], [number])]
    with tvs.entry("undo") as e, pytest.raises(Refused, match=r"front\.undo_depends"):
        undo(e, [entries[0]])
    with tvs.entry("undo") as e:
        undo(e, list(reversed(entries)))
    assert len(report.listing(tvs, state="disposing").rows) == 10
    assert do(tvs, disposal.dispose, [number], proceeds_fen=30000).facts["proceeds"] == 30000
    assert checks.verify(tvs.db) == []


def test_part_of_a_quantity_card_is_applied_for_and_goes(tvs):
    do(tvs, actions.add, "双层床", 76000, category="A05010103", quantity_milli=132000, code="C", on=date(2019, 8, 18), place="A205")
    made = propose(tvs, ["C"], quantity_milli=12000)
    # twelve of 132 beds at 760.00 are 9,120.00; 120 stay on their card with 91,200.00
    assert (made.facts["codes"], made.facts["total"]) == ("C-01", 912000)
    approve(tvs, made.number, "school_meeting", date(2025, 9, 15))
    do(tvs, disposal.dispose, [made.number])
    [left] = report.listing(tvs, item="双层床").rows
    assert (left["code"], left["quantity"], left["cost"]) == ("C", 120000, 9120000)
    assert checks.verify(tvs.db) == []


def test_what_is_parted_to_stay_below_a_line_is_pointed_out(tvs):
    do(tvs, actions.add, "设备", 3000000, category=TV, count=2, on=date(2018, 3, 1), code="B")
    assert propose(tvs, ["B-01"]).warnings == []
    assert propose(tvs, ["B-02"]).warnings == ["asset.proposals_parted"]  # 30,000 + 30,000 > 50,000


def test_proceeds_are_paid_in_whole_once_and_are_due_until_then(tvs):
    number = propose(tvs).number
    approve(tvs, number, "school_meeting", date(2025, 9, 12))
    do(tvs, disposal.dispose, [number], on=date(2025, 9, 15), proceeds_fen=30000)
    [due] = [one for one in checks.due(tvs, 30) if one.rule == "asset.rule.proceeds"]
    assert (due.state, due.day) == ("overdue", date(2025, 9, 25))  # ten days after 2025-09-15
    with pytest.raises(Refused, match=r"asset\.paid_in_whole"):
        do(tvs, disposal.paid_in, number, amount_fen=20000)
    with pytest.raises(Refused, match=r"asset\.paid_in_before"):
        do(tvs, disposal.paid_in, number, on=date(2025, 9, 14))
    do(tvs, disposal.paid_in, number, on=date(2025, 9, 20))
    assert [one for one in checks.due(tvs, 30) if one.rule == "asset.rule.proceeds"] == []
    with pytest.raises(Refused, match=r"asset\.paid_in_already"):
        do(tvs, disposal.paid_in, number)


def test_what_is_leased_stays_on_the_register_and_comes_back(tvs):
    number = propose(tvs, ["2019-0008-01"], how="lease", reason=None).number
    for level in approving.required(tvs, number):
        approve(tvs, number, level, date(2025, 9, 15))
    do(tvs, disposal.dispose, [number], on=date(2025, 9, 16), proceeds_fen=10000)
    [row] = report.listing(tvs, state="lent").rows
    assert (row["code"], row["cost"]) == ("2019-0008-01", 156000)
    do(tvs, custody.bring_back, [number], "good")
    assert len(report.listing(tvs, state="in_use").rows) == 10
    assert checks.verify(tvs.db) == []


def test_a_loss_leaves_the_card_as_lost(tvs):
    number = propose(tvs, ["2019-0008-01"], how="loss", reason="shortage").number
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    do(tvs, disposal.dispose, [number], on=date(2025, 9, 26))
    assert [row["status"] for row in report.listing(tvs, state="lost").rows] == ["lost"]


def test_waiting_documents_are_due_with_the_line_that_mends_it(tvs):
    number = propose(tvs).number
    [due] = [one for one in checks.due(tvs, 30) if one.subject == number]
    assert due.command == f"logi approve {number} --level school_meeting --by PERSON --no DOCNO"
    approve(tvs, number, "school_meeting", date(2025, 9, 15))
    [due] = [one for one in checks.due(tvs, 30) if one.subject == number]
    assert due.rule == "asset.rule.dispose_now"

"""What rounds and hazards give to the repair book, and what they hear back from it."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.patrol import actions as rounds
from logi.books.patrol import checks, hazard_actions, hazard_report, report, store
from logi.books.repair import actions as repair
from logi.books.repair import checks as repair_checks
from logi.books.school import actions as school
from logi.core.errors import Refused


def day(text: str) -> date:
    return date.fromisoformat(text)


D16, D17, D18, D19, D20 = (day(f"2025-09-{n}") for n in range(16, 21))


@pytest.fixture
def grounds(ledger):
    with ledger.entry("setup") as e:
        for code, name in (("S03", "钱样真"), ("S08", "王修好"), ("S09", "陈巡安")):
            school.add_person(e, code, name)
        school.add_place(e, "B301", "音乐室")
        school.add_vendor(e, "V02", "示例水电维修工程部")
        rounds.add_route(e, "R1", "晨巡", starts=day("2025-09-01"))
    return ledger


def do(ledger, act, *args, **kw):
    with ledger.entry("patrol") as e:
        done = act(e, *args, **kw)
        e.subject = done.number or e.subject
    return done, [key for key, _ in e.warnings]


def walk(ledger, on=D16, **kw):
    return do(ledger, rounds.log_round, "R1", by="S09", on=on, **kw)


def hazard(ledger, **kw):
    return do(ledger, hazard_actions.open_hazard, "B301 插座松动", by="S09", on=D16, category="electric", **kw)[0].number


def slip(ledger, number="WX-202509-0001"):
    return ledger.db.execute("SELECT * FROM repair_order WHERE number = ? AND void = 0", (number,)).fetchone()


def state(ledger, number):
    row = store.hazard(ledger.db, number)
    return row["state"], row["fixed_by"]


@pytest.mark.seed("REP-03", "PAT-03")
@pytest.mark.parametrize("given", [
    {"findings": ["repair: B301/门边 水管渗水"]}, {"findings": ["报修：B301/门边 水管渗水"]}, {"repairs": ["B301/门边 水管渗水"]},
    {"findings": ["維修: B301/门边 水管渗水"]},
])  # fmt: skip
def test_what_a_round_finds_broken_is_a_repair_in_the_same_entry_and_may_go_upward(grounds, given):
    done, _ = walk(grounds, category="water", at_time="07:10", **given)
    assert done.numbers == ["WX-202509-0001"]
    row = slip(grounds)
    assert (row["title"], row["spot"], row["kind"], row["source"], row["opened_at"]) == ("水管渗水", "门边", "water", "patrol", "07:10")
    assert grounds.db.execute("SELECT name FROM school_person WHERE id = ?", (row["reporter_id"],)).fetchone()[0] == "陈巡安"
    (walked,) = report.rounds(grounds, D16, D16).rows
    assert walked["findings"] == 1
    do(grounds, repair.escalate, row["number"], to="教体局", reason="主管道老化", on=D17)
    assert slip(grounds)["escalated_to"] == "教体局"


def test_a_round_may_find_hazards_and_repairs_and_all_go_with_one_undo(grounds):
    done, _ = walk(grounds, findings=["B301 插座松动", "repair: B301 灯不亮"], repairs=["B301 门锁坏"])
    assert done.numbers == ["YH-2025-0001", "WX-202509-0001", "WX-202509-0002"]
    week = report.patrol_weeks(grounds, D16, day("2025-09-21"))
    assert [(row["week"], row["opened"], row["closed"]) for row in week.rows] == [("2025-W38", 3, 0)]
    assert [len(table.rows) for table in report.pack(grounds, "2025-09") if table.name == "patrol.repairs"] == [2]
    with grounds.entry("undo") as e:
        undoing.undo(e, [undoing.latest_of(grounds.db, "tester")])
    assert slip(grounds) is None
    assert store.repairs_found(grounds.db, None, None) == []
    with grounds.entry("redo") as e:
        undoing.redo(e, None, actor="tester")
    assert report.rounds(grounds, D16, D16).rows[0]["findings"] == 3
    assert checks.verify(grounds.db) == repair_checks.verify(grounds.db) == []


def test_a_repair_needs_a_known_place(grounds):
    with pytest.raises(Refused, match=r"patrol\.repair_no_place"):
        walk(grounds, repairs=["灯不亮"])
    assert not report.rounds(grounds, D16, D16).rows


def test_a_slip_finished_in_the_week_counts_as_closed(grounds):
    walk(grounds, repairs=["B301 灯不亮"])
    do(grounds, repair.close, "WX-202509-0001", by="S08", on=D18)
    (row,) = report.patrol_weeks(grounds, D16, day("2025-09-21")).rows
    assert (row["opened"], row["closed"]) == (1, 1)


@pytest.mark.seed("PAT-11")
def test_a_hazard_is_fixed_when_its_repair_is_finished_and_open_again_when_that_is_rejected(grounds):
    number = hazard(grounds)
    done, _ = do(grounds, hazard_actions.repair_it, number, on=D17)
    assert done.numbers == [number, "WX-202509-0001"]
    assert (slip(grounds)["source"], slip(grounds)["kind"]) == ("hazard", "electric")
    _, warned = do(grounds, repair.close, "WX-202509-0001", by="S08", on=D18)
    assert warned == ["patrol.told.fix"]
    assert state(grounds, number) == ("fixed", "王修好")
    with pytest.raises(Refused, match=r"patrol\.verifier_is_fixer"):
        do(grounds, hazard_actions.verify, number, by="S08", on=D18)
    _, warned = do(grounds, repair.reject, "WX-202509-0001", by="S09", reason="仍松动", on=D19)
    assert warned == ["patrol.told.reject"]
    assert state(grounds, number) == ("open", None)
    do(grounds, repair.close, "WX-202509-0001", by="S08", on=D20)
    do(grounds, hazard_actions.verify, number, by="S03", on=D20)
    assert state(grounds, number)[0] == "verified"
    _, warned = do(grounds, repair.reject, "WX-202509-0001", by="S09", reason="又松", on=D20)
    assert warned == ["patrol.cancelled_unmended"]
    assert checks.verify(grounds.db) == repair_checks.verify(grounds.db) == []
    (card, _) = hazard_report.show(grounds, number)
    assert ("Repair", "WX-202509-0001 reopened") in [(row["field"], row["value"]) for row in card.rows]


def test_undoing_the_closing_of_a_repair_opens_its_hazard_again(grounds):
    number = hazard(grounds)
    do(grounds, hazard_actions.repair_it, number, on=D17)
    do(grounds, repair.close, "WX-202509-0001", by="S08", on=D18)
    with grounds.entry("undo") as e:
        undoing.undo(e, [undoing.latest_of(grounds.db, "tester")])
    assert state(grounds, number) == ("open", None)
    with grounds.entry("redo") as e:
        undoing.redo(e, None, actor="tester")
    assert state(grounds, number) == ("fixed", "王修好")
    assert checks.verify(grounds.db) == []


def test_a_hazard_with_two_repairs_waits_for_both(grounds):
    number = hazard(grounds)
    do(grounds, hazard_actions.repair_it, number, on=D17)
    other = do(grounds, repair.open, "换空开", place="B301", by="S09", on=D17)[0].number
    do(grounds, hazard_actions.repair_it, number, slip=other, on=D17)
    _, warned = do(grounds, repair.close, "WX-202509-0001", by="S08", on=D18)
    assert warned == ["patrol.repairs_left"]
    assert state(grounds, number)[0] == "open"
    _, warned = do(grounds, repair.close, other, by="S08", on=D18)
    assert state(grounds, number)[0] == "fixed"


def test_a_vendors_repair_fixes_a_hazard_in_nobodys_name(grounds):
    number = hazard(grounds)
    do(grounds, hazard_actions.repair_it, number, on=D17)
    do(grounds, repair.assign, "WX-202509-0001", vendor="V02", on=D17)
    do(grounds, repair.close, "WX-202509-0001", on=D18)
    assert state(grounds, number) == ("fixed", None)
    do(grounds, hazard_actions.verify, number, by="S08", on=D18)
    assert checks.verify(grounds.db) == []


def test_a_hazard_whose_own_steps_lie_later_is_only_warned_of(grounds):
    number = hazard(grounds)
    do(grounds, hazard_actions.repair_it, number, on=D17)
    do(grounds, hazard_actions.escalate, number, organ="县教体局", on=D19)
    _, warned = do(grounds, repair.close, "WX-202509-0001", by="S08", on=D18)
    assert warned == ["patrol.hazard_not_told"]
    assert state(grounds, number)[0] == "reported-up"


def test_fixing_by_hand_warns_of_a_repair_still_open(grounds):
    number = hazard(grounds)
    do(grounds, hazard_actions.repair_it, number, on=D17)
    assert "patrol.repairs_left" in do(grounds, hazard_actions.fix, number, by="S08", on=D18)[1]


def test_what_cannot_be_given_to_the_repair_book_is_refused(grounds):
    number = hazard(grounds)
    homeless = do(grounds, hazard_actions.open_hazard, "围墙松动", on=D16)[0].number
    with pytest.raises(Refused, match=r"patrol\.hazard_no_place"):
        do(grounds, hazard_actions.repair_it, homeless)
    do(grounds, hazard_actions.assign, homeless, hazard_actions.NO_CARE, place="B301")
    with pytest.raises(Refused, match=r"patrol\.repair_by_whom"):
        do(grounds, hazard_actions.repair_it, homeless)
    with pytest.raises(Refused, match=r"patrol\.step_out_of_order"):
        do(grounds, hazard_actions.repair_it, number, on=day("2025-09-15"))
    do(grounds, hazard_actions.repair_it, number, on=D17)
    with pytest.raises(Refused, match=r"patrol\.linked_already"):
        do(grounds, hazard_actions.repair_it, number, slip="WX-202509-0001", on=D17)
    do(grounds, repair.close, "WX-202509-0001", by="S08", on=D18)
    with pytest.raises(Refused, match=r"patrol\.already_fixed"):
        do(grounds, hazard_actions.repair_it, number)
    with pytest.raises(Refused, match=r"patrol\.repair_finished"):
        do(grounds, hazard_actions.repair_it, homeless, slip="WX-202509-0001")


def test_hazards_are_aged_and_carried_over_the_year(grounds):
    for title, on in (("B301 甲", "2025-09-25"), ("B301 乙", "2025-09-15"), ("B301 丙", "2025-08-01"), ("B301 丁", "2025-06-30")):
        do(grounds, hazard_actions.open_hazard, title, by="S09", on=day(on), level="larger" if "丙" in title else "general")
    rows = {row["age"]: row for row in hazard_report.ageing(grounds, day("2025-09-30")).rows}
    # 5, 15, 60 and 92 days old; deadlines 15 days after the finding (7 for the larger one).
    assert {age: (row["hazards"], row["larger"], row["overdue"]) for age, row in rows.items()} == {
        "to7": (1, 0, 0), "to15": (1, 0, 0), "to90": (1, 1, 1), "over90": (1, 0, 1),
    }  # fmt: skip
    grounds._today = day("2026-01-05")
    (row,) = hazard_report.ageing(grounds, day("2026-01-05")).rows[-1:]
    assert (row["age"], row["carried"]) == ("over90", 4)
    ledger_of_the_year = report.hazard_ledger(grounds, day("2026-01-01"), day("2026-12-31"))
    assert [(r["number"], r["origin"]) for r in ledger_of_the_year.rows] == [
        ("YH-2025-0004", "carried"), ("YH-2025-0003", "carried"), ("YH-2025-0002", "carried"), ("YH-2025-0001", "carried"),
    ]  # fmt: skip


def test_typed_lines_answer_with_their_exit_codes(logi):
    logi("route add R1 晨巡 --from 2025-09-01")
    logi("patrol log R1 --by 陈巡安 --repair 灯不亮", code=4)
    said = logi("patrol log R1 --by 陈巡安 --at '2025-09-16 07:10' --finding 'repair: B203 灯不亮' --finding 'B203 插座松动' -f json").json
    assert said["numbers"] == ["WX-202509-0001", "YH-2025-0001"]
    logi("hazard repair YH-2025-0009", code=3)
    logi("hazard repair YH-2025-0001 WX-202509-0009", code=3)
    logi("hazard repair YH-2025-0001 WX-202509-0001")
    logi("隐患 报修 YH-2025-0001 WX-202509-0001", code=4, LOGI_LANG="zh-Hans")
    logi("repair close 0001 --by 王修好")
    assert logi("hazard list -f json").json["rows"][0]["state"] == "fixed"
    assert logi("hazard ageing -f json").json["rows"][0]["age"] == "to15"
    assert {row["name"] for row in logi("report list -f json").json["rows"]} >= {"patrol.hazard-ageing", "patrol.accidents", "repair.by-worker"}
    titles = [row["title"] for row in logi("report list -f json").json["rows"] if row["book"] == "patrol"]
    assert len(titles) == 6
    assert not [one for one in titles if "_" in one or "." in one]

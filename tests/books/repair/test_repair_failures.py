"""How a thing failed and why, told at closing; and the working hours it was out of use."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.repair import actions, report
from logi.books.repair.clock import Moment
from logi.books.school.actions import add_person, add_place, set_policy
from logi.core.errors import Refused, Usage

D8, D9, D10, D11, D12, D30 = (date(2025, 9, n) for n in (8, 9, 10, 11, 12, 30))
SEPTEMBER = (date(2025, 9, 1), D30)


@pytest.fixture
def school(ledger):
    with ledger.entry("setup") as e:
        for code, name in (("S08", "王修好"), ("S15", "杨班一")):
            add_person(e, code, name)
        add_place(e, "A205", "四年级教室")
    return ledger


def do(ledger, verb, *args, **kw):
    with ledger.entry(f"repair.{verb}") as e:
        said = getattr(actions, verb)(e, *args, **kw)
        e.subject = said.number
    return said


def slip(ledger, title, **kw):
    return do(ledger, "open", title, **{"place": "A205", "by": "S15", "kind": "equipment", "on": D8, **kw}).number


def told(ledger, number):
    return {row["field"]: row["value"] for row in report.show(ledger, number)[0].rows}


def hours(ledger, *, since=SEPTEMBER[0], until=D30):
    rows = report.stats(ledger, since, until, by="asset").rows
    return {row["asset"]: row["down_hours"] for row in rows}


def test_closing_tells_how_it_failed_and_why_and_undoing_forgets_it(school):
    number = slip(school, "投影不亮")
    said = do(school, "close", number, by="S08", mode="老化", root="灯泡用满三年未换", on=D9)
    assert (said.facts["mode"], said.facts["root"]) == ("老化", "灯泡用满三年未换")
    assert (told(school, number)["Failure mode"], told(school, number)["Root cause"]) == ("老化", "灯泡用满三年未换")
    with school.entry("undo") as e:
        undoing.undo(e, [undoing.latest_of(school.db, "tester")])
    assert "Failure mode" not in told(school, number)
    with school.entry("redo") as e:
        undoing.redo(e, None, actor="tester")
    assert told(school, number)["Failure mode"] == "老化"


def test_a_failure_mode_is_one_of_the_schools_list_and_the_list_is_a_policy(school):
    number = slip(school, "投影不亮")
    with pytest.raises(Usage, match="unknown_mode"):
        do(school, "close", number, by="S08", mode="鬼怪", on=D9)
    with school.entry("policy.set") as e:
        set_policy(e, "repair.failure_modes", ["鬼怪"], from_day=D8, source="校务会", reason="试")
    do(school, "close", number, by="S08", mode="鬼怪", on=D9)


def test_failures_are_counted_by_mode_the_most_frequent_first(school):
    for n, (mode, cause, cost) in enumerate((("老化", "wear", 1000), ("老化", "human", 500), ("松动", "wear", 8000), (None, None, 0))):
        number = slip(school, f"故障{n}")
        do(school, "close", number, by="S08", mode=mode, cause=cause, cost=cost or None, root=mode and f"缘由{n}", on=D9)
    rows = report.failure_modes(school, *SEPTEMBER).rows
    assert [(r["mode"], r["jobs"], r["wear"], r["human"], r["cost"]) for r in rows] == [
        ("老化", 2, 1, 1, 1500), ("松动", 1, 1, 0, 8000), ("—", 1, 0, 0, 0)]  # fmt: skip
    assert [r["share_to"] for r in rows] == [500, 750, 1000]  # 2, 3, 4 of 4 jobs, in tenths of a percent
    assert rows[0]["root"] == "缘由0; 缘由1"
    assert report.failure_modes(school, D10, D30).rows == ()


def test_downtime_is_counted_in_the_schools_working_hours_from_the_fault_to_the_mending(school):
    # 8-12 and 14-18: Monday from 10:00 is 2 + 4, Tuesday 8, Wednesday to 15:00 is 4 + 1: 19 hours
    number = slip(school, "投影不亮", asset="2023-0003", on=D9, at="09:00", down_since=Moment(D8, "10:00"))
    do(school, "close", number, by="S08", on=D10, at="15:00")
    assert hours(school) == {"2023-0003": 19_000}
    assert told(school, number)["Hours out of use"] == "19"
    assert hours(school, since=D10) == {"2023-0003": 5_000}
    # a second slip of the same thing, Tuesday to the end of Thursday, adds only what the first does not cover: 3 + 8
    second = slip(school, "投影偏色", asset="2023-0003", on=D9, at="08:00")
    do(school, "close", second, by="S08", on=D11)
    assert hours(school) == {"2023-0003": 30_000}


def test_what_is_sent_back_or_not_mended_stays_out_of_use_also_in_months_without_a_step(school):
    number = slip(school, "投影不亮", asset="2023-0003")
    do(school, "close", number, by="S08", on=D9)
    do(school, "reject", number, by="S15", reason="还是不亮", on=D10)
    workdays = 3  # Wednesday to Friday of that week; nothing was recorded then but the rejection
    assert hours(school, since=D10, until=D12) == {"2023-0003": workdays * 8_000}
    assert hours(school, since=D11, until=D12) == {"2023-0003": 16_000}


def test_a_thing_does_not_break_after_it_was_reported(school):
    with pytest.raises(Refused, match="down_after_report"):
        slip(school, "投影不亮", down_since=Moment(D9))

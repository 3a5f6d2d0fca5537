"""Summer works: scope, budget, contractor, days and acceptance; the list drawn up and approved; June reminds."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.repair import actions, approving, checks, report
from logi.books.repair import summer_actions as summer
from logi.books.school.actions import add_person, add_place, add_vendor
from logi.core.errors import Refused, Usage

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 13)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def june(ledger):
    """Two slips put off in autumn, one open since May, looked at on 1 June 2026."""
    with ledger.entry("setup") as e:
        for code, name in (("S08", "王修好"), ("S15", "杨班一"), ("S07", "吴资明")):
            add_person(e, code, name)
        add_place(e, "A205", "四年级教室")
        add_vendor(e, "V06", "示例科技有限公司")
        for title in ("窗框变形", "墙皮脱落"):
            done = actions.open(e, title, place="A205", by="S15", on=date(2025, 9, 8))
            actions.defer(e, done.number, reason="列入暑假维修", on=date(2025, 9, 12))
    ledger._today = JUNE
    with ledger.entry("setup") as e:
        actions.open(e, "吊扇摇晃", place="A205", by="S15", on=date(2026, 5, 28))
    return ledger


WINDOW, WALL, FAN = "WX-202509-0001", "WX-202509-0002", "WX-202605-0001"


def do(ledger, act, *args, **kw):
    with ledger.entry("repair") as e:
        done = act(e, *args, **kw)
        e.subject = done.number
    return done, [key for key, _ in e.warnings]


def approve(ledger, number):
    with ledger.entry("approve") as e:
        e.insert("approval", on_day=ledger.today, number=number, level="leader", by_whom="郑示园", doc_no="校务会9", decision="yes")


def listed(ledger):
    rows = report.summer(ledger, report.FIRST, ledger.today).rows
    return {row["number"]: (row["state"], row["contractor"], row["begins_on"], row["estimate"], row["approval"]) for row in rows}


@pytest.mark.seed("REP-06", "REP-09")
def test_summer_works_go_from_scope_and_budget_over_approval_and_contractor_to_acceptance(june):
    do(june, summer.plan, WINDOW, scope="更换塑钢窗4樘", estimate=260_000, vendor="V06", starts=JULY, ends=day("2026-07-20"))
    do(june, summer.plan, WALL, scope="铲除重刷", estimate=80_000)
    assert listed(june) == {
        WINDOW: ("deferred", "示例科技有限公司", JULY, 260_000, "needed"),
        WALL: ("deferred", None, None, 80_000, "not-needed"), FAN: ("open", None, None, None, "not-needed"),
    }  # fmt: skip
    done, warned = do(june, summer.draft, by="S07")
    assert (done.number, done.facts["lines"], done.facts["total"]) == ("SX-2026-0001", 3, 340_000)
    assert warned == ["repair.no_estimates"]
    assert approving.required(june, done.number) == ["leader"]
    approve(june, done.number)
    assert listed(june)[WINDOW][4] == "given"
    assert "repair.rule.approval" not in [d.rule for d in checks.due(june, 0)]
    june._today = JULY
    assert [(d.subject, d.day) for d in checks.due(june, 0) if d.rule == "repair.rule.deferred"] == [(WINDOW, JULY)]
    do(june, actions.assign, WINDOW, vendor="V06")
    assert report.orders(june, vendor="V06").rows[0]["number"] == WINDOW
    june._today = day("2026-07-22")
    late = [(d.subject, d.day) for d in checks.due(june, 0) if d.rule == "repair.rule.mend"]
    assert (WINDOW, day("2026-07-20")) in late  # late against the planned end, not the day of the report
    _, warned = do(june, actions.close, WINDOW, cost=255_000, invoice="2444", on=day("2026-07-22"))
    assert warned == []  # within the approved estimate
    do(june, actions.accept, WINDOW, by="S15", on=day("2026-07-22"))
    (line,) = [row for row in report.show(june, "SX-2026-0001")[0].rows if row["number"] == WINDOW]
    assert (line["state"], line["estimate"]) == ("accepted", 260_000)
    assert checks.verify(june.db) == []


def test_above_the_approved_estimate_a_new_approval_is_asked_for(june):
    do(june, summer.plan, WINDOW, estimate=260_000)
    done, _ = do(june, summer.draft)
    approve(june, done.number)
    do(june, actions.assign, WINDOW, worker="S08")
    _, warned = do(june, actions.close, WINDOW, by="S08", cost=260_001)
    assert warned == ["repair.approval_missing"]


def test_what_was_put_off_without_a_date_is_asked_for_in_june(june):
    def reminded(today):
        june._today = day(today)
        return [(d.state, d.subject) for d in checks.due(june, 0) if d.rule == "repair.rule.dateless"]

    assert reminded("2026-05-31") == []
    assert reminded("2026-06-01") == [("soon", WINDOW), ("soon", WALL)]
    assert reminded("2026-07-01") == [("overdue", WINDOW), ("overdue", WALL)]
    june._today = JUNE
    do(june, summer.plan, WINDOW, starts=JULY)
    assert reminded("2026-06-30") == [("soon", WALL)]


def test_what_is_put_off_in_summer_waits_for_the_next_june(june):
    june._today = day("2026-07-05")
    do(june, actions.defer, FAN, reason="缺料")
    for today, found in (("2027-05-31", []), ("2027-06-01", [FAN])):
        june._today = day(today)
        dateless = [d for d in checks.due(june, 0) if d.rule == "repair.rule.dateless"]
        assert [d.subject for d in dateless if d.state == "soon"] == found


@pytest.mark.parametrize(("kw", "error", "key"), [
    ({}, Usage, "repair.nothing_planned"), ({"starts": JUNE}, Refused, "repair.deferred_back"),
    ({"starts": JULY, "ends": day("2026-07-12")}, Refused, "repair.ends_before"),
])  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(june, kw, error, key):
    with pytest.raises(error) as refused:
        do(june, summer.plan, WINDOW, **kw)
    assert refused.value.key == key


def test_a_list_of_nothing_is_refused(june):
    for number in (WINDOW, WALL, FAN):
        do(june, actions.assign, number, worker="S08")
        do(june, actions.close, number, by="S08")
    with pytest.raises(Refused, match=r"repair\.no_summer_works"):
        do(june, summer.draft)


def test_undoing_and_redoing_plan_and_list_restores_them(june):
    for act, args, kw in ((summer.plan, (FAN,), {"scope": "加固", "starts": JULY}), (summer.draft, (), {})):
        before = (listed(june), june.db.execute("SELECT count(*) FROM repair_summer WHERE void = 0").fetchone()[0])
        do(june, act, *args, **kw)
        after = (listed(june), june.db.execute("SELECT count(*) FROM repair_summer WHERE void = 0").fetchone()[0])
        for verb, wanted in (("undo", before), ("redo", after)):
            with june.entry(verb) as e:
                if verb == "undo":
                    undoing.undo(e, [undoing.latest_of(june.db, "tester")])
                else:
                    undoing.redo(e, None, actor="tester")
            found = (listed(june), june.db.execute("SELECT count(*) FROM repair_summer WHERE void = 0").fetchone()[0])
            assert found == wanted
            assert checks.verify(june.db) == []


def test_the_command_lists_plans_and_drafts(logi):
    logi("repair open A205 墙皮脱落 --by 杨班一")
    logi("repair summer 0001", code=2)
    logi("repair summer 0001 --draft", code=2)
    logi("repair summer 0001 --starts 2025-09-30", code=4)
    logi("repair summer 0009 --scope x", code=3)
    logi("repair summer 0001 --scope 重刷 --estimate 800")
    (row,) = logi("repair summer -f json").json["rows"]
    assert (row["state"], row["scope"], row["estimate"], row["approval"]) == ("deferred", "重刷", "800.00", "not-needed")
    assert logi("repair summer --draft -f json").json["number"] == "SX-2025-0001"
    logi("approve SX-2025-0001 --no 校务会9 --by 吴资明")
    assert "800.00" in logi("show SX-2025-0001").out

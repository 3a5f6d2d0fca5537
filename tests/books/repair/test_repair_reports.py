"""What the repair book answers: lists, figures, the month's pack, what is due."""

from datetime import date

import pytest

from logi.books.repair import actions, checks, report
from logi.books.school.actions import add_person, add_place

SEPTEMBER = (date(2025, 9, 1), date(2025, 9, 30))


def day(n):
    return date(2025, 9, n)


def act(ledger, verb, *args, **kw):
    with ledger.entry(f"repair.{verb}") as e:
        done = getattr(actions, verb)(e, *args, **kw)
        e.subject = done.number
    return done.number


@pytest.fixture
def autumn(ledger):
    """The demo school's September (E.7): 12 slips of 2025-09-08, 10 accepted, A205's leak reopened, a dorm window deferred."""
    with ledger.entry("setup") as e:
        for code, name in (("S08", "王修好"), ("S15", "杨班一"), ("S13", "沈宿宁")):
            add_person(e, code, name)
        for code, name in (("A205", "四年级教室"), ("C107", "宿舍"), ("B203", "信息教室")):
            add_place(e, code, name)
    kinds = ["water"] * 5 + ["electric"] * 4 + ["door-window"] * 2 + ["equipment"]
    for n, kind in enumerate(kinds, 1):
        place = {1: "A205", 11: "C107", 12: "B203"}.get(n, "A205")
        number = act(ledger, "open", f"故障{n}", place=place, by="S15", kind=kind, on=day(8))
        if n == 11:
            act(ledger, "defer", number, reason="暑假更换", estimate=80_000, on=day(9))
            continue
        act(ledger, "assign", number, worker="S08", on=day(9))
        act(ledger, "close", number, cost=1000, cause="wear", on=day(10))
        if n == 1:
            act(ledger, "reject", number, by="S15", reason="还在滴水", on=day(10))
        else:
            act(ledger, "accept", number, by="S15", on=day(11))
    return ledger


def test_the_demo_september_adds_up(autumn):
    table = report.by_kind(autumn, *SEPTEMBER)
    by = {row["kind"]: row for row in table.rows}
    assert {kind: row["opened"] for kind, row in by.items()} == {"water": 5, "electric": 4, "door-window": 2, "equipment": 1}
    assert {kind: row["accepted"] for kind, row in by.items()} == {"water": 4, "electric": 4, "door-window": 1, "equipment": 1}
    assert (table.totals["opened"], table.totals["accepted"], table.totals["rejected"]) == (12, 10, 1)
    assert table.totals["cost"] == 11_000  # eleven jobs of 10 yuan
    assert table.totals["first_time_fixed"] == 1000
    assert [row["state"] for row in report.orders(autumn).rows[:2]] == ["reopened", "deferred"]


@pytest.mark.seed("REP-01")
def test_the_time_from_report_to_assignment_is_measured_and_lateness_listed(autumn):
    assert report.by_kind(autumn, *SEPTEMBER).totals["wait_days"] == 1000  # reported on the 8th, assigned on the 9th
    number = act(autumn, "open", "跳闸", place="B203", by="S15", kind="electric", urgency="urgent", on=day(29))
    found = [d for d in checks.due(autumn, 0) if d.subject == number]
    assert (found[0].state, found[0].rule, found[0].day) == ("overdue", "repair.rule.assign", day(29))
    assert found[0].command == f"logi repair assign {number} --worker S08"


@pytest.mark.seed("REP-04")
def test_slips_past_their_target_are_overdue_and_the_same_day_share_is_told(autumn):
    quick = act(autumn, "open", "灯", place="B203", by="S15", kind="electric", on=day(25))
    act(autumn, "close", quick, by="S08", on=day(25))
    assert report.by_kind(autumn, *SEPTEMBER).totals["same_day"] == 91  # 1 of 11 closed: 9.1 %; the reopened one is not closed
    late = [(d.subject, d.rule, d.day) for d in checks.due(autumn, 0) if d.state == "overdue"]
    # normal, 72 h = 3 workdays from Monday 09-08: Thursday 09-11. `quick`: Thursday 25 + 2 workdays (26, Sunday 28 worked).
    assert ("WX-202509-0001", "repair.rule.mend", day(11)) in late
    assert (quick, "repair.rule.accept", day(28)) in late


def test_silence_reminds_and_never_accepts(autumn):
    number = act(autumn, "open", "灯", place="B203", by="S15", on=day(1))
    act(autumn, "close", number, by="S08", on=day(1))
    autumn._today = date(2026, 6, 1)
    assert [d.rule for d in checks.due(autumn, 0) if d.subject == number] == ["repair.rule.accept"]
    assert report.orders(autumn, state="closed").rows[0]["number"] == number


def test_what_is_not_yet_due_is_soon_only_within_the_days_asked(autumn):
    number = act(autumn, "open", "窗帘", place="B203", by="S15", urgency="low", on=day(30))
    assert number not in [d.subject for d in checks.due(autumn, 3)]
    # 2 workdays after 09-30 across the holiday: 10-09, 10-10
    assert [(d.state, d.day) for d in checks.due(autumn, 30) if d.subject == number] == [("soon", date(2025, 10, 10))]


def test_a_job_whose_worker_left_is_orphaned(autumn):
    with autumn.entry("person.leave") as e:
        e.update("school_person", 1, left_on="2025-09-20")
    found = [d for d in checks.due(autumn, 0) if d.state == "orphaned"]
    assert [d.subject for d in found] == ["WX-202509-0001"]


def test_acceptance_is_asked_of_somebody_who_can_give_it(autumn):
    number = act(autumn, "open", "灯", place="B203", by="S13", on=day(1))
    act(autumn, "close", number, by="S13", on=day(1))
    (line,) = [d.command for d in checks.due(autumn, 0) if d.subject == number]
    assert line == f"logi repair deputy {number} PERSON --by PERSON --override TEXT"
    with autumn.entry("repair.deputy") as e:
        e.override = "报修人自修"
        actions.deputy(e, number, "S15", by="S08", on=day(2))
    (line,) = [d.command for d in checks.due(autumn, 0) if d.subject == number]
    assert line == f"logi repair accept {number} --by S15"


@pytest.mark.seed("REP-06")
def test_the_summer_list_holds_deferred_and_open_jobs_with_estimates(autumn):
    table = report.summer(autumn, *SEPTEMBER)
    assert [(row["number"], row["state"]) for row in table.rows] == [
        ("WX-202509-0011", "deferred"), ("WX-202509-0001", "reopened"),
    ]  # fmt: skip
    assert table.totals["estimate"] == 80_000
    act(autumn, "assign", "WX-202509-0011", worker="S08", on=day(30))
    act(autumn, "defer", "WX-202509-0011", reason="缺料", estimate=260_000, on=day(30))
    assert "repair.rule.approval" in [d.rule for d in checks.due(autumn, 0)]  # 2,600 yuan is above the limit of 1,000


@pytest.mark.seed("REP-10")
def test_all_places_needing_repair_are_summed_up_and_show_what_became_of_them(autumn):
    act(autumn, "escalate", "WX-202509-0011", to="教体局", reason="需更换整窗", on=day(15))
    rows = report.pending(autumn, *SEPTEMBER).rows
    assert [(row["place"], row["state"], row["escalated_to"]) for row in rows] == [
        ("A205", "reopened", None), ("C107", "deferred", "教体局"),
    ]  # fmt: skip


@pytest.mark.seed("REP-11")
def test_open_jobs_are_listed_by_age_on_the_months_report(autumn):
    act(autumn, "open", "新故障", place="B203", by="S15", on=day(20))
    table = report.pack(autumn, "2025-09")[3]
    # on 2025-09-30: 22 days since the 8th, 10 since the 20th
    assert [(row["number"], row["age_days"]) for row in table.rows] == [
        ("WX-202509-0001", 22), ("WX-202509-0011", 22), ("WX-202509-0013", 10),
    ]  # fmt: skip


def test_the_pack_shows_the_month_as_it_stood_on_its_last_day(autumn):
    autumn._today = date(2025, 10, 10)
    act(autumn, "close", "WX-202509-0001", on=date(2025, 10, 9))
    act(autumn, "accept", "WX-202509-0001", by="S15", on=date(2025, 10, 10))
    september, october = report.pack(autumn, "2025-09"), report.pack(autumn, "2025-10")
    assert [row["state"] for row in september[0].rows if row["number"] == "WX-202509-0001"] == ["reopened"]
    assert [row["state"] for row in october[0].rows] == ["accepted"]
    assert october[1].totals["opened"] == 0
    assert october[1].totals["accepted"] == 1
    assert [row["number"] for row in october[3].rows] == ["WX-202509-0011"]
    assert report.orders(autumn, at=day(9)).rows[0]["state"] == "assigned"


def test_cost_is_told_by_place(autumn):
    rows = {row["place"]: row["cost"] for row in report.by_place(autumn, *SEPTEMBER).rows}
    assert rows == {"A205": 10_000, "B203": 1000, "C107": 0}


def test_the_list_takes_places_within_a_place(autumn):
    with autumn.entry("setup") as e:
        add_place(e, "A", "教学楼")
        add_place(e, "A301", "七年级1班", parent="A")
    number = act(autumn, "open", "灯", place="A301/讲台", by="S13", on=day(9))
    assert [row["number"] for row in report.orders(autumn, place="A").rows] == [number]
    assert [row["number"] for row in report.orders(autumn, person="S13").rows] == [number]
    assert len(report.orders(autumn, person="S08").rows) == 11
    assert len(report.orders(autumn, kind="electric", state="unfinished").rows) == 0
    assert len(report.orders(autumn, since=day(9), until=day(30)).rows) == 1


def test_a_slip_is_found_by_a_part_of_its_title_or_number(autumn):
    assert [hit["code"] for hit in report.search(autumn, "故障12")] == ["WX-202509-0012"]
    assert [hit["code"] for hit in report.search(autumn, "09-0003")] == ["WX-202509-0003"]
    assert report.search(autumn, "%") == []
    assert report.show(autumn, "WX-209901-0001") is None


def test_figures_are_told_by_asset_place_and_worker(autumn):
    first = act(autumn, "open", "投影不亮", place="B203", by="S15", kind="equipment", asset="2023-0003", on=day(10))
    act(autumn, "close", first, by="S08", cost=4000, on=day(12))
    again = act(autumn, "open", "投影又不亮", place="C107", by="S15", kind="electric", asset="2023-0003", on=day(22))
    act(autumn, "close", again, by="S15", cost=2600, on=day(22))
    by = {row["asset"]: row for row in report.by_asset(autumn, *SEPTEMBER).rows}
    one = by["2023-0003"]
    # The same projector failed twice, mended on the 12th, broken again on the 22nd; 40 and 26 yuan; 2 and 0 days to mend.
    assert (one["opened"], one["repeats"], one["mtbf_days"], one["mttr_days"], one["cost"]) == (2, 1, 10_000, 1000, 6600)
    assert by["—"]["opened"] == 12
    workers = {row["worker"]: row for row in report.by_worker(autumn, *SEPTEMBER).rows}
    assert (workers["杨班一"]["opened"], workers["杨班一"]["cost"]) == (1, 2600)
    assert report.stats(autumn, *SEPTEMBER, by="place").totals == report.stats(autumn, *SEPTEMBER).totals


def test_figures_are_told_by_building(logi):
    logi("place add A A教学楼 --kind building")
    logi("place add A101 一年级 --parent A")
    logi("place add A102 二年级 --parent A101")  # a room within a room still lies in A
    logi("repair open 灯坏 --place A101 --by 杨班一 --on 2025-09-02")
    logi("repair open 窗坏 --place A102 --by 杨班一 --on 2025-09-03")
    logi("repair close 0002 --by 王修好 --cost 30 --on 2025-09-04")
    logi("repair open 锁坏 --place B203 --by 秦实妍 --on 2025-09-03")
    found = logi("repair stats --by building --month 2025-09 -f json").json["rows"]
    assert [(r["building"], r["place_name"], r["opened"], r["closed"], r["cost"]) for r in found] == [
        ("A", "A教学楼", 2, 1, "30.00"), ("B203", "信息教室", 1, 0, "0.00")]  # fmt: skip


@pytest.mark.seed("OPN-04")
def test_the_marks_reporters_give_are_the_image_of_the_service(autumn):
    """Two new jobs of carpentry, marked 5 and 4: 4.5 on the mean; jobs without a mark are left out."""
    for score in (5, 4, None):
        number = act(autumn, "open", "桌腿断", place="B203", by="S15", kind="wood", on=day(22))
        act(autumn, "close", number, by="S08", on=day(23))
        act(autumn, "accept", number, by="S15", score=score, on=day(24))
    marks = {row["kind"]: row["mark"] for row in report.by_kind(autumn, *SEPTEMBER).rows}
    assert marks["wood"] == 4500
    assert report.by_kind(autumn, date(2025, 8, 1), date(2025, 8, 31)).totals["mark"] is None

"""The demo school: the same to the byte wherever and whenever it is built, with its planted cases in sight."""

import shutil

import pytest


@pytest.fixture
def demo(blank, demo_school):
    shutil.copy(demo_school, blank.ledger)
    blank.env.update(LOGI_TODAY="2026-08-31")
    return blank


@pytest.fixture(autouse=True)
def in_its_folder(blank, monkeypatch):
    monkeypatch.chdir(blank.folder)


def test_two_builds_are_equal_whatever_the_day_the_zone_the_language_and_the_actor(blank, demo_school):
    blank("demo two", LOGI_TODAY="2030-01-01", LOGI_LANG="zh-Hant", LOGI_ACTOR="另一人", TZ="America/New_York")
    assert (blank.folder / "two" / "ledger.db").read_bytes() == demo_school.read_bytes()


def test_a_second_build_over_the_first_is_refused(blank, demo_school):
    (blank.folder / "one").mkdir()
    shutil.copy(demo_school, blank.folder / "one")
    blank("demo one", code=4)
    assert (blank.folder / "one" / "ledger.db").read_bytes() == demo_school.read_bytes()


def test_the_planted_cases_stand(demo):
    assert demo("audit verify").code == 0
    week = {r["route"]: (r["expected"], r["done"], r["rate"]) for r in demo("patrol week 2025-W39 -f json").json["rows"]}
    assert week["R1"] == (6, 5, "83.3")  # the make-up Sunday counts, the 24th is missed
    a4 = [r for r in demo("stock list --at 2025-09-30 -f json").json["rows"] if r["code"] == "BG001"]
    assert [(r["quantity"], r["value"]) for r in a4] == [("25", "602.50")]  # first in, first out: 25 at 24.10
    repairs = demo("repair list --month 2025-09 --at 2025-09-30 -f json").json["rows"]
    states = [r["state"] for r in repairs]
    assert (len(states), states.count("accepted"), states.count("deferred"), states.count("reopened")) == (12, 10, 1, 1)
    demo("asset dispose 2025-0046-03 --how scrap --reason obsolete", code=4)
    gone = [r for r in demo("asset list --state disposed -f json").json["rows"] if r["code"].startswith("2019-0008-")]
    assert len(gone) == 10  # the ten televisions, after both levels had approved
    assert not [r for r in demo("asset list -f json").json["rows"] if r["code"] == "2019-0008-01"]


def test_the_demos_holidays_have_rosters_with_a_swap_an_absence_and_a_day_nobody_wrote_up(demo):
    asked = demo("report duty-missing --since 2025-09-01 --until 2026-08-31 -f json").json["rows"]
    assert [row["on"] for row in asked] == ["2026-02-20"]  # planted; the last day is not over
    counts = demo("report duty-counts --school-year 2025 -f json").json
    assert (counts["totals"]["given"], counts["totals"]["absent"]) == (2, 1)
    teachers = demo("month duty show 2025-09-10 -f json").json["rows"]
    assert [(row["on"], row["gate"]) for row in teachers] == [("2025-09-10", teachers[0]["gate"])]
    assert teachers[0]["gate"] in ("褚守门", "陈巡安")
    september = {row["evidence"]: row["degree"] for row in demo("month plan 2025-09 --full -f json").json["rows"]}
    assert september["roster-autumn"] == "100.0"
    served = {row["number"]: row["planned"] for row in demo("month point list 2026 -f json").json["rows"]}
    assert (served["YD-2026-01"], served["YD-2026-02"]) == (0, 1)


def test_the_checklists_ran_through_the_year_and_what_they_found_is_settled(demo):
    april = demo("check results safety-self --month 2026-04 -f json").json["rows"]
    assert [(r["failed"], r["score"]) for r in april] == [(5, "88.1")]  # 37 of 42 items
    roofs = demo("check results rain-proof --month 2026-04 -f json").json["rows"]
    assert [(r["place"].split()[0], r["failed"]) for r in roofs] == [("A", 1), ("D102", 1), ("F102", 0)]
    units = demo("check assets --month 2026-05 -f json").json["rows"]
    states = [r["state"] for r in units]
    assert (len(states), states.count("good"), states.count("mended")) == (60, 56, 4)
    wires = demo("check results wiring --month 2026-05 -f json").json["rows"]
    assert [r["opened"] for r in wires] == ["YH-2026-0007", "YH-2026-0008"]
    nights = demo("check results night-rooms --month 2025-12 -f json").json["rows"]
    assert [(r["on"], r["opened"]) for r in nights if r["failed"]] == [
        ("2025-12-03", "YH-2025-0005"), ("2025-12-10", "YH-2025-0006")]  # fmt: skip
    hazards = {r["number"]: (r["title"].split()[0], r["state"]) for r in demo("hazard list -f json").json["rows"]}
    assert hazards["YH-2025-0005"] == ("B203", "verified")
    missed = demo("check missed night-rooms --month 2025-12 -f json").json["rows"]
    assert [r["due"] for r in missed] == ["2025-12-21"]


def test_the_plan_of_may_proves_itself_by_the_checks(demo):
    lines = {r["title"]: r["degree"] for r in demo("month plan 2026-05 -f json").json["rows"]}
    assert (lines["电扇、空调安全检查和维修"], lines["用电线路安全排查"], lines["防火月检查"]) == ("100.0", "100.0", "100.0")


def test_the_summer_list_has_nine_jobs_and_one_still_waits_for_its_reporter(demo):
    pack = demo("show SX-2026-0001 -f json").json
    (listed,) = [t for t in pack["tables"] if t["name"] == "repair.summer_list"]
    assert (len(listed["rows"]), listed["totals"]["estimate"]) == (9, "48600.00")
    assert [r["number"] for r in listed["rows"] if r["state"] != "accepted"] == ["WX-202606-0007"]


def test_safety_stands_whole_but_for_one_drill_and_two_weeks_not_posted(demo):
    due = demo("due --book safety -f json").json["rows"]
    assert [(r["subject"], r["day"]) for r in due] == [("drill", "2025-12-31")]
    weeks = [r["subject"] for r in demo("due --book patrol -f json").json["rows"] if r["state"] == "missing" and "W" in r["subject"]]
    assert weeks == ["2025-W46", "2026-W15"]


def test_the_demos_registration_day_has_eighteen_classes_and_one_pupil_missing(demo):
    table = demo("opening list --term 2025-2026-1 -f json").json
    assert len(table["rows"]) == 18
    assert [table["totals"][key] for key in ("expected", "arrived", "missing")] == [812, 811, 1]


@pytest.mark.seed("ENE-09")
def test_the_new_water_machines_of_march_are_accepted_and_registered(demo):
    bought = demo("show CG-2026-0001").out
    assert "2025-0050-12" in bought  # the cards stand on the request that asked for them
    assert "39,120.00" in bought  # 12 accepted at 3,260
    cards = [row for row in demo("asset list -f json").json["rows"] if row["code"].startswith("2025-0050")]
    assert [card["cost"] for card in cards] == ["3260.00"] * 12
    [line] = [row for row in demo("month plan 2026-03 -f json").json["rows"] if "饮水机" in row["title"]]
    assert line["state"] == "done"


def test_the_meters_were_read_every_month_and_the_boiler_burnt_from_november_to_march(demo):
    trend = demo("meter trend W-01 --school-year 2025 -f json").json["rows"]
    assert [row["use"] for row in trend][:5] == ["1011", "989", "957", "935", "957"]
    gaps = {row["code"]: (row["gap_rate"], row["state"]) for row in demo("meter loss --month 2026-01 -f json").json["rows"]}
    assert gaps == {"W-01": ("31.0", "wide"), "E-01": ("7.0", "good")}  # 297 of 957; 740 of 10,640
    turned = {row["code"]: row for row in demo("meter month 2025-12 -f json").json["rows"]}["E-02"]
    assert (turned["opening"], turned["closing"], turned["use"]) == ("97500", "1100", "3600")
    [season] = demo("meter heating list -f json").json["rows"]
    assert (season["started_on"], season["stopped_on"], season["upkeep_on"]) == ("2025-11-17", "2026-03-13", "2026-03-20")
    assert demo("due --book meter -f json").json["rows"] == []
    [proved] = [row for row in demo("month plan 2025-10 --full -f json").json["rows"] if row["evidence"] == "meter-readings"]
    assert proved["degree"] == "100.0"


def test_the_dormitory_was_counted_every_night_but_one_and_every_evening_was_watched_over(demo):
    missing = demo("dorm nights --school-year 2025 --missing -f json").json["rows"]
    assert [(row["night"], row["expected"]) for row in missing] == [("2025-11-12", 6)]
    # School days from the second on: 22 + 18 + 20 + 23 + 21 in the first term, 4 + 22 + 21 + 19 + 21 + 8 in the second.
    assert demo("dorm care list --school-year 2025 -f json").json["notes"] == ["199 of 199 evenings were written down (100.0%)."]
    [absent] = demo("dorm absences --school-year 2025 -f json").json["rows"]
    assert (absent["night"], absent["name"], absent["state"]) == ("2025-10-22", "示例丙", "settled")
    assert demo("due --book dorm -f json").json["rows"] == []

"""How projects and items of the plan stand is told by their days; what a standard asks for is rounded up."""

from datetime import date

from logi.books.campus import rules

DAYS = dict.fromkeys(("approved_on", "started_on", "finished_on", "accepted_on", "settled_on", "stopped_on"))
TIERS = [{"max_fen": 1_000_000, "levels": ["vice_principal"]}, {"levels": ["principal", "school_meeting"]}]


def project(**days: str) -> dict:
    return {**DAYS, "added_on": "2025-09-01", **{f"{name}_on": day for name, day in days.items()}}


def test_a_project_stands_as_its_days_tell_on_any_day():
    row = project(approved="2025-09-10", started="2025-09-15", finished="2025-10-20", accepted="2025-10-28")
    days = ("2025-09-09", "2025-09-10", "2025-09-15", "2025-10-20", "2025-10-28")
    assert [rules.state(row, date.fromisoformat(day)) for day in days] == [
        "proposed", "approved", "running", "finished", "accepted"]  # fmt: skip
    assert rules.state({**row, "stopped_on": "2025-10-01"}, date(2025, 10, 2)) == "stopped"


def test_an_item_of_the_plan_stands_as_its_projects_do_until_somebody_says_it_stands():
    item = {"done_on": None, "dropped_on": None}
    day = date(2025, 12, 31)
    assert rules.item_state(item, [], day) == "planned"
    assert rules.item_state(item, [project()], day) == "prepared"
    assert rules.item_state(item, [project(), project(started="2025-10-01")], day) == "running"
    assert rules.item_state(item, [project(stopped="2025-10-01")], day) == "planned"
    assert rules.item_state({**item, "done_on": "2025-12-01"}, [project()], day) == "done"
    assert rules.item_state({**item, "dropped_on": "2026-01-01"}, [], day) == "planned"


def test_amounts_find_their_tier_and_shares_are_rounded():
    assert rules.tier(TIERS, 1_000_000) == ["vice_principal"]
    assert rules.tier(TIERS, 1_000_001) == ["principal", "school_meeting"]
    assert rules.tier([], 1) == []
    assert [rules.needed(100, 812), rules.needed(1000, 18), rules.needed(2000, 3)] == [82, 18, 6]  # 81.2 pupils' computers
    assert rules.over(100_00, 110_00, 10) is False
    assert rules.over(100_00, 110_01, 10) is True
    assert rules.weighted([(30_000, 100), (10_000, 20)]) == 800  # (3 × 100 + 1 × 20) ÷ 4 = 80 %
    assert rules.weighted([]) is None

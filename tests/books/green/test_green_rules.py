"""What a season asks for is reckoned from its days and the zones, never from the work there is."""

from datetime import date

from logi.books.green import rules
from logi.core.shares import permille

WATER = rules.Task("water", "06-01", "08-31", every_days=7)
PRUNE = rules.Task("prune", "06-01", "08-31")
PLANT = rules.Task("plant", "03-01", "03-31", each=False)
FAR = date(9999, 12, 31)


def zone(code: str, since: str = "2025-01-01", until: date = FAR) -> rules.Zone:
    return rules.Zone(code, date.fromisoformat(since), until)


def test_a_season_of_ninety_two_days_has_thirteen_weeks_the_last_one_a_day_longer():
    weeks = rules.stretches(WATER, date(2025, 1, 1), date(2025, 12, 31))
    assert len(weeks) == 13  # 30 + 31 + 31 = 92 = 12 × 7 + 8
    assert weeks[0] == (date(2025, 6, 1), date(2025, 6, 7))
    assert weeks[-1] == (date(2025, 8, 24), date(2025, 8, 31))


def test_a_winter_season_runs_into_the_next_year():
    wrap = rules.Task("water", "11-15", "02-10")
    assert rules.window(wrap, 2025) == (date(2025, 11, 15), date(2026, 2, 10))
    assert rules.stretches(wrap, date(2026, 1, 1), date(2026, 12, 31)) == [(date(2025, 11, 15), date(2026, 2, 10))]


def test_once_in_a_season_is_once_and_a_zone_that_came_late_is_not_asked():
    done = {("L1", "prune"): [(date(2025, 8, 9), "LH-1"), (date(2025, 5, 31), "LH-0")]}
    zones = [zone("L1"), zone("L2"), zone("L3", "2025-07-20"), zone("L4", until=date(2025, 8, 1))]
    found = rules.asked(PRUNE, zones, done, date(2025, 8, 1), date(2025, 8, 31))
    assert [(one.zone, len(one.done)) for one in found] == [("L1", 1), ("L2", 0)]  # May is before the season
    one, two = found
    assert [two.state(day) for day in (date(2025, 5, 1), date(2025, 8, 31), date(2025, 9, 1))] == ["ahead", "open", "missed"]
    assert one.state(date(2025, 9, 1)) == "done"


def test_planting_anywhere_answers_for_the_school():
    done = {("L2", "plant"): [(date(2026, 3, 12), "LH-9")]}
    [one] = rules.asked(PLANT, [zone("L1"), zone("L2")], done, date(2026, 3, 1), date(2026, 3, 31))
    assert (one.zone, one.state(date(2026, 3, 13))) == (None, "done")
    assert rules.asked(PLANT, [], done, date(2026, 3, 1), date(2026, 3, 31)) == []


def test_plants_are_counted_by_days_and_shares_round_half_up():
    days = [(date(2025, 3, 2), -5), (date(2025, 3, 1), 4), (date(2025, 3, 2), 1), (date(2025, 3, 3), -1)]
    assert rules.lowest(days) == (-1, date(2025, 3, 3))
    assert rules.lowest(days[:3]) == (0, None)
    assert permille(1, 8) == 125
    assert permille(1, 2000) == 1  # 0.5 ‰
    assert permille(1, 0) is None

"""What a log shows when its period is left out, or has only an end."""

import pytest

LOGS = ("gate visits", "gate passes", "gate summary", "dorm nights", "dorm lates", "shop ledger", "shop inspections")


DAY = {"LOGI_TODAY": "2025-11-12"}  # school years begin on 1 September: 20 July 2025 lies in that of 2024


def title(logi, line: str) -> str:
    return logi(f"{line} -f json", **DAY).json["title"].replace(" – ", " to ")


@pytest.mark.parametrize("log", LOGS)
def test_a_log_begins_with_the_month_under_way_or_the_school_year_of_its_end(logi, log):
    assert "2025-11-01 to 2025-11-12" in title(logi, log)
    assert "2024-09-01 to 2025-07-20" in title(logi, f"{log} --until 2025-07-20")
    assert "2025-09-10 to 2025-11-12" in title(logi, f"{log} --since 2025-09-10")


@pytest.mark.parametrize("log", ["gate speeding", "programme published"])
def test_a_longer_log_begins_with_its_school_year(logi, log):
    assert "2025-09-01 to 2025-11-12" in title(logi, log)
    assert "2024-09-01 to 2025-07-20" in title(logi, f"{log} --until 2025-07-20")

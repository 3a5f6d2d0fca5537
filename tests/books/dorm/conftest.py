"""What the dormitory's tests begin with: a building of two floors, a warden, three boarders and a pupil who goes home."""

import pytest

FIRST = "2025-09-21"  # a Sunday: the first night slept at school
LINES = (
    "term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30", "person add S13 沈宿宁",
    "place add C101 宿舍C101 --kind dorm", "place add C102 宿舍C102 --kind dorm", "place add C201 宿舍C201 --kind dorm",
    "dorm building add C 公寓C楼", "dorm floor set C 1 boys", "dorm floor set C 2 girls",
    "dorm room add C101 C102 --building C --floor 1 --beds 2 --from 2025-09-01",
    "dorm room add C201 --building C --floor 2 --beds 2 --from 2025-09-01",
    "dorm warden add 沈宿宁 --building C --from 2025-09-01", "opening pupil add X1 甲某 --class 七年级1班 --create",
    "opening pupil add X2 乙某 --class 七年级1班", "opening pupil add X3 丙某 --class 七年级1班", "opening pupil add X4 丁某",
    f"dorm in X1 C101/1 --sex boys --on {FIRST}", f"dorm in X2 C101/2 --sex boys --on {FIRST}",
    f"dorm in X3 C201 --sex 女 --on {FIRST}",
)  # fmt: skip


@pytest.fixture
def dorm(logi):
    """A terminal at that ledger."""
    with logi.once():
        for line in LINES:
            logi(line)
    return logi

"""A leak, told by command lines only: reported, mended with parts from stock, rejected, mended again, accepted, undone.

Every expected figure is worked out by hand beside it.
"""

import pytest

NUMBER = "WX-202509-0001"


def at(logi, day: str, line: str, *, code: int = 0, **env: str):
    return logi(line, code=code, LOGI_TODAY=day, **env)


@pytest.fixture
def leak(logi):
    """Six taps at 12.50 and four at 14.00 in the store; a leak reported on Monday 8 September at 10:00."""
    with logi.once():
        at(logi, "2025-09-01", "term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        at(logi, "2025-09-01", "stock item add WX003 水龙头 --unit 个 --class repair --min 3")
        at(logi, "2025-09-01", "stock in 水龙头 6@12.50 --from V01")
        at(logi, "2025-09-02", "stock in 水龙头 4@14.00 --from V01")
        at(logi, "2025-09-08", "repair open 'A205/水池 漏水' --by 杨班一 --kind water --urgency high --at 10:00")
    return logi


def slip(logi, day: str) -> dict:
    (row,) = at(logi, day, "repair list -f json").json["rows"]
    return row


def mend(logi):
    """Two taps on Monday, too loosely; five more on Tuesday, when the reporter had rejected the first work."""
    at(logi, "2025-09-08", "repair assign 0001 王修好 --at 11:30")
    at(logi, "2025-09-08", "repair log 0001 换龙头 --part '水龙头 2' --minutes 30 --arrived 14:10 --at 14:40")
    at(logi, "2025-09-08", "repair close 0001 --by 王修好 --cause wear --at 15:00")
    at(logi, "2025-09-09", "repair reject 0001 --by 杨班一 --reason 夜里又漏 --at 8:10")
    at(logi, "2025-09-09", "repair log 0001 换整排龙头 --part '水龙头 5' --minutes 45 --at 9:00")
    at(logi, "2025-09-09", "stock return CK-2025-0002 水龙头 1")
    at(logi, "2025-09-09", "repair close 0001 --by 王修好 --cause wear --at 9:30")


@pytest.mark.seed("REP-01", "REP-02")
def test_a_leak_is_mended_with_parts_from_stock_rejected_once_and_accepted(leak):
    opened = at(leak, "2025-09-08", "show WX-202509-0001 -f json").json["tables"][0]["rows"]
    told = {row["field"]: row["value"] for row in opened}
    # Two working hours after 10:00 is noon; 24 hours are one workday.
    assert (told["To assign by"], told["To mend by"]) == ("2025-09-08 12:00", "2025-09-09 10:00")
    mend(leak)
    at(leak, "2025-09-09", "repair accept 0001 --by 王修好", code=4)  # the worker cannot
    at(leak, "2025-09-09", "repair accept 0001 --by 王修好 --override 急", code=4)  # nor with a reason
    at(leak, "2025-09-10", "repair accept 0001 --by 杨班一 --score 5")
    row = slip(leak, "2025-09-10")
    # 2 × 12.50; then 4 × 12.50 + 1 × 14.00 = 64.00 for five, of which one comes back at a fifth, 12.80: 25.00 + 51.20.
    assert (row["state"], row["rejected"], row["cost"]) == ("accepted", 1, "76.20")
    taps = at(leak, "2025-09-10", "stock list -f json").json["rows"]
    assert [(r["quantity"], r["value"]) for r in taps] == [("4", "54.80")]  # 3 × 14.00 and the one at 12.80
    stats = at(leak, "2025-09-30", "repair stats --by worker --month 2025-09 -f json").json["rows"]
    keys = ("worker", "opened", "closed", "rejected", "labour_minutes", "parts", "in_time", "first_time_fixed", "mttr_days")
    # Assigned at 11:30 and mended at last on Tuesday at 9:30: both in time; one day from the report to the last closing.
    assert [[r[k] for k in keys] for r in stats] == [["王修好", 1, 1, 1, 75, "76.20", "100.0", "0.0", "1"]]


def test_every_step_stands_in_the_slips_history_with_its_hour(leak):
    mend(leak)
    steps = at(leak, "2025-09-09", "repair show 0001 -f json").json["tables"][1]["rows"]
    assert [(r["step"], r["at"], r["cost"]) for r in steps] == [
        ("open", "10:00", None), ("assign", "11:30", None), ("log", "14:40", "25.00"), ("close", "15:00", None),
        ("reject", "08:10", None), ("log", "09:00", "51.20"), ("close", "09:30", None),
    ]  # fmt: skip
    at(leak, "2025-09-09", "repair accept 0001 --by 杨班一 --at 9:20", code=4)  # before it was finished


def test_the_first_mending_goes_only_with_all_that_stands_on_it(leak):
    mend(leak)
    at(leak, "2025-09-09", "undo CK-2025-0001", code=4)
    assert at(leak, "2025-09-09", "audit verify").code == 0
    assert slip(leak, "2025-09-09")["cost"] == "76.20"


def test_the_same_leak_within_a_month_is_warned_of_and_counted(leak):
    mend(leak)
    at(leak, "2025-09-10", "repair accept 0001 --by 杨班一")
    said = at(leak, "2025-09-25", "repair open 'A205/水池 又漏' --by 杨班一 --kind water -f json").json
    assert any(NUMBER in warning for warning in said["warnings"])
    (row,) = at(leak, "2025-09-30", "repair stats --month 2025-09 -f json").json["rows"]
    assert (row["repeats"], row["mtbf_days"]) == (1, "16")  # mended on the 9th, back on the 25th


def test_the_pack_of_the_month_holds_the_leak_as_it_stood(leak):
    mend(leak)
    pack = at(leak, "2025-09-30", "report month 2025-09 -f json").json
    (repairs,) = [t for t in pack["tables"] if t["name"] == "repairs"]
    assert [(r["number"], r["state"], r["cost"]) for r in repairs["rows"]] == [(NUMBER, "closed", "76.20")]
    due = at(leak, "2025-09-30", "due --book repair -f json").json["rows"]
    assert [r["command"] for r in due] == [f"logi repair accept {NUMBER} --by S15"]  # silence is never a yes

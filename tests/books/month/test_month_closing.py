"""Closing a month and opening it again: the order, what stands in the way, and what a closed month keeps out."""

import pytest

from logi.books.month import actions, checks, monthend

AFTER = "2025-10-09"


@pytest.fixture
def october(logi):
    """The terminal in October, with one open line in the plan of September."""
    with logi.once():
        logi("month add 2025-09 甲 --owner S03 --due 2025-09-12")
        logi.env["LOGI_TODAY"] = AFTER
    return logi


def test_an_open_line_stands_in_the_way_and_its_cure_works(october):
    said = october("month close 2025-09 -f json", code=4).json
    assert said["key"] == "month.close_blocked"
    assert said["facts"]["count"] == 1
    check = october("month close 2025-09 --check -f json", code=7).json
    [row] = check["rows"]
    assert row["command"] == "logi month carry 2025-09"
    october(row["command"].removeprefix("logi "))
    assert october("month close 2025-09 --check -f json").json["rows"] == []
    october("month close 2025-09")


def test_checking_closes_nothing(october):
    october("month drop JH-202509-01 --reason 无")
    october("month close 2025-09 --check")
    october("month add 2025-09 乙 --owner S03 --due 2025-09-20")


@pytest.mark.parametrize("verb", ["done JH-202509-01", "drop JH-202509-01 --reason 无", "carry JH-202509-01"])
def test_a_line_is_settled_in_three_ways(october, verb):
    october(f"month {verb}")
    october("month close 2025-09")


def test_a_month_is_closed_only_when_it_is_over(logi):
    assert "not over yet" in logi("month close 2025-09", code=4).err  # today is its last day
    [row] = logi("month close 2025-09 --check -f json", code=7).json["rows"]
    assert "not over yet" in row["problem"]
    logi("month close 2025-09", LOGI_TODAY="2025-10-01")


def test_months_are_closed_in_order_and_once(logi):
    logi("month close 2025-06")
    assert "the next one is 2025-07" in logi("month close 2025-08", code=4).err
    [row] = logi("month close 2025-08 --check -f json", code=7).json["rows"]
    assert row["command"] == "logi month close 2025-07"
    logi("month close 2025-06", code=4)
    logi("month close 2025-05", code=4)
    assert logi("month close 2025-06 --check -f json").json["rows"] == []
    logi("month close 2025-07")
    logi("month close 2025-08")


def test_open_lines_of_an_earlier_plan_stand_in_the_way_too(october):
    october("month close 2025-10", code=4, LOGI_TODAY="2025-11-03")
    [row] = october("month close 2025-10 --check -f json", code=7, LOGI_TODAY="2025-11-03").json["rows"]
    assert row["command"] == "logi month carry 2025-09 --to 2025-11"


def test_nothing_gets_into_the_plan_of_a_closed_month(october):
    entry = october("month done JH-202509-01 --on 2025-09-12 -f json").json["entry"]
    october("month close 2025-09")
    for line in ("month add 2025-09 乙", "month plan 2025-09 --draft", "month edit JH-202509-01 --owner S08",
                 "month done JH-202509-01", f"undo {entry}", "month add 2025-08 乙"):  # fmt: skip
        assert "closed up to 2025-09" in october(line, code=4).err


def test_nothing_dated_in_a_closed_month_is_done(october):
    october("month carry JH-202509-01")
    october("month close 2025-09")
    assert "lies in a closed month" in october("month done JH-202510-01 --on 2025-09-30", code=4).err
    october("month done JH-202510-01 --on 2025-10-08")


def test_a_closing_is_taken_back_by_reopening_only(october):
    october("month done JH-202509-01")
    entry = october("month close 2025-09 -f json").json["entry"]
    assert "month reopen 2025-09" in october(f"undo {entry}", code=4).err
    october("month reopen 2025-09 --reason 补记领料单")
    october("month add 2025-09 乙 --owner S03 --due 2025-09-20")


def test_a_reopening_is_not_undone_and_stays_listed_with_its_reason(october):
    october("month done JH-202509-01")
    october("month close 2025-09")
    october("month reopen 2025-09", code=2)
    done = october("month reopen 2025-09 --reason 补记领料单 -f json").json
    assert "Close it again" in october(f"undo {done['entry']}", code=4).err
    [row] = october("report reopened-months --month 2025-10 -f json").json["rows"]
    assert (row["month"], row["reason"], row["entry"]) == ("2025-09", "补记领料单", done["entry"])
    october("month close 2025-09")
    notes = october("month plan 2025-09 -f json").json["notes"]
    assert any("补记领料单" in note for note in notes)
    assert any("is closed" in note for note in notes)


def test_only_the_last_closed_month_is_reopened(logi):
    logi("month close 2025-07")
    logi("month close 2025-08")
    assert "that is 2025-08" in logi("month reopen 2025-07 --reason 误", code=4).err
    logi("month reopen 2025-08 --reason 误")
    logi("month reopen 2025-07 --reason 误")
    logi("month reopen 2025-06 --reason 误", code=4)
    logi("audit verify")


def test_a_dry_run_closes_nothing(logi):
    logi("month close 2025-08 --dry-run")
    logi("month add 2025-08 乙 --owner S03 --due 2025-08-20")


def test_a_month_not_closed_by_the_fifth_workday_is_due(october):
    def unclosed(day):
        rows = october("due --book month -f json", LOGI_TODAY=day).json["rows"]
        return [row["subject"] for row in rows if row["command"].startswith("logi month close")]

    # October 2025 begins with eight days off: workdays 9, 10, 11 (make-up), 13, 14
    assert unclosed("2025-10-14") == []
    assert unclosed("2025-10-15") == ["2025-09"]
    october("month done JH-202509-01")
    october("month close 2025-09", LOGI_TODAY="2025-10-15")
    assert unclosed("2025-10-15") == []
    # November's fifth workday is Friday 7 (3 to 7)
    assert unclosed("2025-11-10") == ["2025-10"]


def test_a_book_that_objects_is_named_with_its_cure(logi):
    logi("asset add 便携式计算机 --category A02010108 --cost 6350 --on 2025-08-15 --place E101 --keeper 吴资明")
    [row] = logi("month close 2025-08 --check -f json", code=7).json["rows"]
    assert (row["book"], row["command"]) == ("asset", "logi asset audit 2025-08 --by PERSON --sign")
    assert "Assets — " in logi("--lang en month close 2025-08", code=4).err
    told = logi("--lang zh-Hans month close 2025-08", code=4).err
    assert "资产 — " in told
    assert "--by 人员 --sign" in told


def test_books_close_in_shelf_order_and_the_door_then_keeps_the_month(ledger):
    with ledger.entry("month.close") as e:
        done = actions.close(e, "2025-08")
    assert done.facts["next"] == "2025-09"
    assert monthend.obstacle(ledger.db, "2025-08", ledger.today).key == "month.already_closed"
    with ledger.entry("month.reopen") as e:
        actions.reopen(e, "2025-08", reason="误")
    assert monthend.obstacle(ledger.db, "2025-08", ledger.today) is None
    assert checks.verify(ledger.db) == []


def test_an_open_line_in_a_closed_month_is_a_finding(ledger):
    with ledger.entry("month.add") as e:
        actions.add(e, "2025-08", "甲")
        e.insert("month_closed", month="2025-08")
    [found] = checks.verify(ledger.db)
    assert found.text == "JH-202508-01 is open though its month is closed."

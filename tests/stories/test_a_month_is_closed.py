"""Closing a month: what must hold, what is only said, what no longer gets in, and how a mistake in it is put right."""

import pytest


@pytest.fixture
def october(logi):
    """September's goods and one card, on the 9th of October."""
    with logi.once():
        logi("item add BG001 A4纸 --unit 包 --class office")
        logi("stock in A4纸 50@23.5 --on 2025-09-03 --request SG-1 --from V01")
        logi("stock out A4纸 30 --to 教务处 --by 杨班一 --on 2025-09-05")
        logi("asset add 电视机 --cost 1560 --on 2025-09-10")
        logi.env["LOGI_TODAY"] = "2025-10-09"
    return logi


def test_a_category_that_nobody_audited_is_signed_or_passed_over_with_a_reason(october):
    refused = october("month close 2025-09", code=4)
    assert "--override" in refused.err
    assert october("month close 2025-09 -f json", code=4).json["facts"]["override"] is True
    october("month close 2025-09 --override 审核人住院")
    rows = october("audit findings 2025-10 -f json").json["rows"]
    assert any("审核人住院" in str(row) for row in rows)


def test_a_reason_passes_over_nothing_that_must_hold(october):
    october("stock count start --item A4纸 --on 2025-09-30")
    october("month close 2025-09 --override 赶时间", code=4)
    said = october("month close 2025-09 --check -f json", code=7).json
    assert [row["book"] for row in said["rows"]] == ["asset", "stock"]
    assert said["rows"][1]["command"] == "logi stock count settle PK-2025-0001"


def test_slips_without_signatures_are_listed_and_stand_in_nobodys_way(october):
    october("asset audit 2025-09 --by 钱样真 --sign")
    note = "2 slips of 2025-09 lack signatures (RK-2025-0001; CK-2025-0001)"
    assert any(note in one for one in october("month close 2025-09 --check -f json").json["notes"])
    assert note in october("month close 2025-09").err


def test_a_closed_month_is_put_right_in_the_open_one_or_opened_again_and_that_is_listed(october):
    october("asset audit 2025-09 --by 钱样真 --sign")
    october("month close 2025-09")
    refused = october("stock in A4纸 5@23.5 --on 2025-09-28 --request SG-2", code=4).err
    assert "2025-09" in refused
    assert "logi month reopen" in refused
    refused = october("undo CK-2025-0001", code=4).err
    assert "--on" in refused
    october("undo CK-2025-0001 --on 2025-10-08")  # the red entry stands in October
    rows = october("stock ledger A4纸 -f json").json["rows"]
    red = [(r["day"], r["out_quantity"], r["out_value"]) for r in rows if r.get("number") == "CK-2025-0001"]
    assert red == [("2025-09-05", "30", "705.00"), ("2025-10-08", "-30", "-705.00")]
    assert [(r["closing"], r["closing_value"]) for r in october("report by-item 2025-09 -f json").json["rows"]] == [("20", "470.00")]
    october("month reopen 2025-09", code=2)
    october("month reopen 2025-09 --reason 漏记一张入库单")
    october("stock in A4纸 5@23.5 --on 2025-09-28 --request SG-2")
    assert any("漏记一张入库单" in str(row) for row in october("report reopened-months 2025-10 -f json").json["rows"])
    assert any("漏记一张入库单" in str(row) for row in october("audit findings 2025-10 -f json").json["rows"])
    october("asset audit 2025-09 --by 钱样真 --sign", code=4)  # its figures are the same: signed already
    october("month close 2025-09")
    assert [(r["closing"], r["closing_value"]) for r in october("report by-item 2025-09 -f json").json["rows"]] == [("25", "587.50")]
    october("audit verify")

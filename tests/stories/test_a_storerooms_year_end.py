"""The storeroom's year end: counted, the differences approved, December closed, then another costing for one item."""


def test_a_year_ends_in_the_storeroom(logi):
    for line in (
        "item add BG001 A4纸 --unit 包 --class office", "item add BG003 粉笔 --unit 盒 --class office",
        "stock in A4纸 10@22 粉笔 80@4.2 --on 2025-12-01 --request SG-1", "stock in A4纸 50@23.5 --on 2025-12-03 --request SG-2",
        "stock out A4纸 30 --to 教务处 --by S15 --on 2025-12-05",
    ):  # fmt: skip
        logi(line, LOGI_TODAY="2025-12-31")
    logi.env["LOGI_TODAY"] = "2025-12-31"
    logi("stock count start --by S06 --witness S07")
    logi("stock count enter A4纸 27 --rest-ok --by S06")
    logi("month close 2025-12", code=4)  # not over, and the count is open
    assert "To approve: bursar; principal" in logi("stock count settle --cause A4纸=漏登领用").out
    logi.env["LOGI_TODAY"] = "2026-01-05"
    logi("approve KY-2025-0001 --level bursar --by S03 --no 盘点批1 --on 2025-12-31")
    logi("approve KY-2025-0001 --level principal --by 郑校长 --no 盘点批2 --on 2025-12-31")
    held = {r["code"]: (r["quantity"], r["value"]) for r in logi("stock list -f json").json["rows"]}
    assert held == {"BG001": ("27", "634.50"), "BG003": ("80", "336.00")}  # 30 @23.50 less 3 @23.50
    # the costing of one item changes between the years, and only there
    assert logi("stock costing moving-average --item A4纸 --from 2026", code=4).err
    logi("month close 2025-12")
    done = logi("stock costing moving-average --item A4纸 --from 2026 -f json").json["facts"]
    assert (done["item"], done["value"]) == ("A4纸", "634.50")
    logi("stock in A4纸 27@24.5 --on 2026-01-04 --request SG-3")
    # (634.50 + 661.50) / 54 = 24.00; first in, first out would have said 23.50
    assert "240.00" in logi("stock out A4纸 10 --to 教务处 --by S15 --on 2026-01-05").out
    # a slip of the closed year is not taken back: the next year's figures stand on it
    logi("undo CK-2025-0001", code=4)
    logi("month reopen 2025-12 --reason 漏记", code=4)
    rows = {r["code"]: (r["opening_value"], r["out_value"], r["closing_value"])
            for r in logi("report by-item 2026-01 -f json").json["rows"]}
    assert rows == {"BG001": ("634.50", "240.00", "1056.00"), "BG003": ("336.00", "0.00", "336.00")}
    logi("audit verify")

"""Funds and papers by command lines: shares, budgets, notices, vouchers, returns, months closed."""

import pytest

SIGNERS = ("秦实妍", "孙算清", "钱样真")


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, days: int = 0, **env) -> list[str]:
    return [row["subject"] for row in rows(logi(f"due --book money --days {days} -f json", **env))]


def spend(logi, what: str, on: str, by: str = "吴资明", more: str = "", **env) -> None:
    number = logi(f"money claim 支出 {what} --by {by} --on {on} {more} -f json", **env).json["number"]
    for who in SIGNERS:
        logi(f"approve {number} --by {who} --no 单据签字 --on {on} -q", **env)
    logi(f"money pay {number} --by 陈巡安 --on {on} -q", **env)


@pytest.fixture
def town(logi):
    """Three schools of 812, 186 and 43 pupils; the first is our own."""
    with logi.once():
        logi("money school add QH01 中心学校 --heads 812 --own --on 2025-09-01 -q")
        logi("money school add QH02 柳湾小学 --heads 186 --on 2025-09-01 -q")
        logi("money school add QH03 石桥教学点 --heads 43 --on 2025-09-01 -q")
    return logi


@pytest.mark.seed("FIN-07")
def test_public_funds_are_booked_and_shared_by_heads_and_the_delay_shows(town):
    town("money receive 秋季公用经费 1000 --basis 教财18号 --on 2025-09-04 -q")
    assert due(town) == ["SK-2025-0001"]  # ten days after 4 September is the 14th
    assert due(town, LOGI_TODAY="2025-09-14") == []
    done = town("money allot SK-2025-0001 --on 2025-09-15 -f json").json
    # 1,000.00 × 812 / 1041 = 780.0192…, × 186 = 178.6743…, × 43 = 41.3064…: 2 fen are left for the 1st and 3rd.
    assert done["facts"]["shares"] == ["中心学校 780.02", "柳湾小学 178.67", "石桥教学点 41.31"]
    assert done["facts"]["waited"] == 11
    [row] = rows(town("report funds --month 2025-09 -f json"))
    assert (row["value"], row["shared"], row["rest"], row["waited"]) == ("1000.00", "1000.00", "0.00", 11)
    assert due(town) == []
    town("money allot SK-2025-0001", code=4)  # nothing is left
    [month] = rows(town("money month --since 2025-09-01 -f json"))  # 178.67 + 41.31 left the house
    assert (month["in"], month["allotted"], month["closing"]) == ("1000.00", "219.98", "780.02")
    town("undo SK-2025-0001", code=4)  # shares stand on it
    town("undo FP-2025-0001 -q")
    assert rows(town("report funds --month 2025-09 -f json"))[0]["rest"] == "1000.00"
    town("redo -q")
    town("money school edit QH02 --heads 200 -q")  # shares given stay
    shares = town("show FP-2025-0001 -f json").json["tables"][1]["rows"]
    assert [(r["heads"], r["value"]) for r in shares] == [(812, "780.02"), (186, "178.67"), (43, "41.31")]
    assert "178.67" in town("form fund-allotment FP-2025-0001").out


def test_a_receipt_may_be_shared_in_parts_and_among_some(town):
    town("money receive 秋季公用经费 1000 --on 2025-09-04 -q")
    town("money allot SK-2025-0001 QH02 QH03=100 --amount 300 -q")
    left = town("money allot SK-2025-0001 --amount 700.01 -f json", code=4).json
    assert left["key"] == "money.allot_too_much"
    shares = town("show FP-2025-0001 -f json").json["tables"][1]["rows"]
    assert [(r["school"], r["value"]) for r in shares] == [("柳湾小学", "195.10"), ("石桥教学点", "104.90")]  # 186 and 100 of 286


@pytest.mark.seed("FIN-11")
def test_every_month_has_a_budget_and_spending_beyond_it_warns(logi):
    logi("money budget set 2025-08 差旅费=100 -q")
    logi("money budget set 2025-09 travel=300 meeting=50 -q")
    spend(logi, "travel/车票/240", "2025-08-20")
    spend(logi, "travel/车票/120", "2025-09-10")
    said = logi("money claim 车票 travel/车票/200 --by 吴资明 --on 2025-09-12 -f json").json
    assert any("320.00 is asked for, 300.00 is budgeted" in one for one in said["warnings"])  # 120 + 200
    found = {r["subject"]: r for r in rows(logi("money budget list --month 2025-09 -f json"))}
    travel = found["travel"]
    # 120 of 300 = 40.0 %; the year: 240 + 120 = 360 of 400 = 90.0 %
    assert (travel["budget"], travel["value"], travel["rest"], travel["rate"]) == ("300.00", "120.00", "180.00", "40.0")
    assert (travel["planned"], travel["so_far"], travel["so_far_rate"]) == ("400.00", "360.00", "90.0")
    assert found["meeting"]["value"] == "0.00"
    assert "Over budget: travel" in logi("report budget-execution --month 2025-08").out
    logi("money budget set 2025-09 travel=320 -q")
    assert rows(logi("money budget list --month 2025-09 -f json"))[0]["budget"] == "320.00"
    logi("undo -q")
    assert rows(logi("money budget list --month 2025-09 -f json"))[0]["budget"] == "300.00"
    assert "40.0%" in logi("form month-budget 2025-09").out


@pytest.mark.seed("FIN-05")
def test_income_and_expenditure_are_posted_to_the_staff_with_objections_and_answers(logi):
    logi("money receive 上期结余 500 --source carried --on 2025-08-31 -q")
    logi("money receive 公用经费 1000 --on 2025-09-01 -q")
    spend(logi, "travel/车票/120", "2025-09-10")
    october = {"LOGI_TODAY": "2025-10-25"}
    unposted = [r for r in rows(logi("due --book money --days 0 -f json", **october)) if "not posted" in r["text"]]
    assert [r["subject"] for r in unposted] == ["2025-08", "2025-09"]
    done = logi("money notice post 2025-09 --place 校务公开栏 --by 钱样真 -f json", **october).json
    assert (done["facts"]["income"], done["facts"]["spent"], done["facts"]["closing"]) == ("1000.00", "120.00", "1380.00")
    logi("money notice object GS-2025-0001 差旅偏多 -q", **october)
    assert "GS-2025-0001" in due(logi, **october)
    logi("money notice answer GS-2025-0001 1 三人参赛 --by 钱样真 -q", **october)
    assert "GS-2025-0001" not in due(logi, **october)
    assert "2025-09" not in due(logi, **october)
    [row] = rows(logi("money notice list -f json", **october))
    assert (row["posted_from"], row["posted_to"], row["objections"], row["unanswered"]) == ("2025-10-25", "2025-10-31", 1, 0)
    said = logi("form public-accounts GS-2025-0001", LOGI_LANG="zh-Hans", **october).out
    for text in ("校务公开栏", "差旅费", "期末结余", "1,380.00", "教职工代表"):
        assert text in said
    sides = [(r["side"], r["value"]) for r in rows(logi("report income-expense --month 2025-09 -f json", **october))]
    assert sides == [("opening", "500.00"), ("in", "1000.00"), ("out", "120.00"), ("closing", "1380.00")]


@pytest.mark.seed("FIN-08", "FIN-09", "FIN-15")
def test_every_schools_vouchers_of_a_month_are_gathered_and_who_has_not_handed_in_is_listed(town):
    town("money batch hand 2025-09 QH02 --pieces 12 --amount 3860.50 --by 报账员 --on 2025-09-28 -q")
    town("money batch hand 2025-09 QH01 --pieces 30 --amount 9000 --on 2025-09-29 -q")
    later = {"LOGI_TODAY": "2025-10-12"}
    waiting = [r["text"] for r in rows(town("due --book money --days 0 -f json", **later)) if "FIN-08" in r.values()]
    assert waiting == ["Vouchers for 2025-09 not handed in by 石桥教学点.",
                       "Vouchers for 2025-09 not taken to the accounting centre: 中心学校; 柳湾小学."]  # fmt: skip
    assert town("money batch submit 2025-09 -f json", **later).json["facts"]["pieces"] == 42
    town("money batch reject 2025-09 QH02 --pieces 2 --reason 缺验收人 -q", **later)
    town("money batch accept 2025-09 QH01 -q", **later)
    town("money batch hand 2025-09 QH02 --pieces 12 --amount 3860.50 -q", **later)
    states = {r["school"]: (r["batch_state"], r["returned"], r["reason"]) for r in rows(town("money batch list --month 2025-09 -f json", **later))}
    assert states == {"中心学校": ("accepted", None, None), "柳湾小学": ("handed", 2, "缺验收人"), "石桥教学点": ("missing", None, None)}
    assert "石桥教学点" in town("report voucher-batches --month 2025-09", **later).out.splitlines()[-1]
    said = town("form 各校单据交接清单 2025-09", LOGI_LANG="zh-Hans", **later).out
    assert "缺验收人" in said
    assert "核算中心" in said
    # October's come anew, as every month's do.
    town("money batch hand 2025-10 QH01 --pieces 1 --amount 8 -q", **later)
    october = rows(town("money batch list --month 2025-10 -f json", **later))
    assert [r["batch_state"] for r in october] == ["handed", "missing", "missing"]


@pytest.mark.seed("FIN-10", "FIN-12")
def test_every_return_has_a_last_day_and_the_day_it_was_filed(logi):
    logi("money receive 公用经费 1000 --on 2025-08-01 -q")
    october = {"LOGI_TODAY": "2025-10-25"}
    asked = [s for s in due(logi, **october) if s.split()[0] in ("month", "quarter", "year", "opening")]
    assert asked == ["month 2025-08", "month 2025-09", "quarter 2025Q3", "opening 2025"]
    logi("money return file month 2025-08 --on 2025-09-09 -q", **october)  # by 10 September
    logi("money return file 月报表 2025-09 --on 2025-10-11 -q", **october)  # by 10 October: a day late
    logi("money return file opening 2025 --to 教体局 --by 吴资明 --on 2025-10-20 -q", **october)
    states = {(r["kind"], r["period"]): r["return_state"] for r in rows(logi("money return list --year 2025 -f json", **october))}
    assert states["month", "2025-08"] == "filed"
    assert states["month", "2025-09"] == "late"
    assert states["quarter", "2025Q3"] == "missing"
    assert states["opening", "2025"] == "filed"
    assert states["month", "2025-10"] == "open"
    assert [s for s in due(logi, **october) if "2025" in s and s.split()[0] in ("month", "opening")] == []
    logi("undo -q", **october)
    assert "opening 2025" in due(logi, **october)


@pytest.mark.seed("FIN-06", "FIN-13", "FIN-14")
def test_what_was_spent_is_held_against_the_year_before_and_its_share_of_all_shown(logi):
    last = {"LOGI_TODAY": "2024-09-30"}
    spend(logi, "electricity/电费/400", "2024-09-10", more="--department 总务处", **last)
    spend(logi, "water/水费/100", "2024-09-12", more="--department 总务处", **last)
    spend(logi, "electricity/电费/300", "2025-09-10", more="--department 总务处")
    spend(logi, "travel/车票/100", "2025-09-11", more="--department 教务处")
    found = {(r["by"], r["item"]): r for r in rows(logi("report savings --month 2025-09 -f json"))}
    power = found["subject", "electricity"]
    # 300 against 400: 100 less, -25.0 %; 300 of 400 in all: 75.0 %
    assert (power["value"], power["before"], power["change"], power["rate"], power["share"]) == ("300.00", "400.00", "-100.00", "-25.0", "75.0")
    assert found["subject", "water"]["change"] == "-100.00"
    assert found["subject", "travel"]["rate"] is None
    assert found["department", "总务处"]["change"] == "-200.00"  # 300 against 500
    assert found["department", "教务处"]["value"] == "100.00"


def test_a_closed_months_figures_are_stored_agree_and_come_back_when_it_is_opened(town):
    town("money receive 公用经费 1000 --on 2025-09-01 -q")
    town("money allot SK-2025-0001 --on 2025-09-02 -q")
    spend(town, "travel/车票/120", "2025-09-10")
    later = {"LOGI_TODAY": "2025-10-05"}
    before = rows(town("money month --since 2025-09-01 -f json", **later))
    town("money claim 车票 travel/车票/1 --by 吴资明 --on 2025-09-30 -q", **later)
    assert "BX-2025-0002" in "".join(town("month close 2025-09 -f json", **later).json["warnings"])
    assert rows(town("money month --since 2025-09-01 -f json", **later)) == before
    town("money receive 迟到 5 --on 2025-09-30", code=4, **later)
    town("money budget set 2025-09 travel=1", code=4, **later)
    town("money receive 公用经费 7 --on 2025-10-02 -q", **later)
    assert town("audit verify", **later).code == 0
    assert rows(town("money month --since 2025-10-01 -f json", **later))[0]["closing"] == "667.02"  # 780.02 - 120 + 7
    town("month reopen 2025-09 --reason 补登 -q", **later)
    town("money receive 迟到 5 --on 2025-09-30 -q", **later)
    town("audit verify", **later)


def test_a_month_paid_beyond_what_came_in_is_not_closed_without_a_reason(logi):
    logi("money receive 公用经费 100 --on 2025-09-01 -q")
    spend(logi, "travel/车票/120", "2025-09-10")
    later = {"LOGI_TODAY": "2025-10-05"}
    assert "-20.00" in logi("month close 2025-09", code=4, **later).err
    logi("month close 2025-09 --override 十月拨款已到 -q", **later)


def test_the_months_pack_has_the_money_once_the_book_is_kept(logi):
    names = {t["name"] for t in logi("report month 2025-09 -f json").json["tables"]}
    assert not {name for name in names if name.startswith("money.")}
    logi("money receive 公用经费 1000 --on 2025-09-01 -q")
    logi("money budget set 2025-09 travel=300 -q")
    spend(logi, "travel/车票/120", "2025-09-10")
    logi("money claim 车票 travel/车票/1 --by 吴资明 -q")
    tables = {t["name"]: t for t in logi("report month 2025-09 -f json").json["tables"] if t["name"].startswith("money.")}
    assert list(tables) == ["money.months", "money.expense-vouchers", "money.budget-execution", "money.claims"]
    assert tables["money.months"]["rows"][0]["closing"] == "880.00"
    assert tables["money.expense-vouchers"]["totals"]["value"] == "120.00"


def test_what_the_book_holds_proves_lines_of_the_months_plan(town):
    from logi.books.money import evidence
    from logi.connecting import connect
    from logi.db import Ledger
    from tests.conftest import DAY, TESTER

    town("money batch hand 2025-09 QH01 --pieces 30 --amount 9000 -q")
    town("money batch submit 2025-09 -q")
    ledger = Ledger(connect(town.ledger), town.ledger, TESTER, today=DAY)
    assert evidence.vouchers(ledger, "2025-09") == (1, 3, ["2025-09 QH01"])
    assert evidence.budgeted(ledger, "2025-09") == (0, 1, [])
    assert evidence.posted(ledger, "2025-09") == (0, 1, [])
    ledger.db.close()


def test_a_return_is_not_filed_before_its_period_begins(logi):
    for kind, period in (("month", "2025-10"), ("quarter", "2025Q4"), ("year", "2026"), ("opening", "2026")):
        assert logi(f"money return file {kind} {period} -f json", code=4).json["key"] == "money.return_early"
    logi("money return file month 2025-09 -q")
    said = logi("money return file opening 20x", code=2).err
    assert "2025Q3" in said  # it says how periods are written


def test_a_finding_is_mended_after_it_was_found(logi):
    assert logi("money finding add 白条 --on 2025-09-10 --due 2025-09-09 -f json", code=4).json["key"] == "money.finding_due"


def test_nothing_is_posted_in_a_closed_month(logi):
    logi("money receive 公用经费 1000 --on 2025-08-01 -q")
    logi("month close 2025-08 -q")
    said = logi("money notice post 2025-07 --place 栏 --from 2025-08-10 --to 2025-08-20 -f json", code=4).json
    assert said["key"] == "front.month_closed"

"""What the purchase book paid is in the month's figures, once, whether a claim bears it too or not."""

import pytest

CLAIM = "money claim 门锁 repair/换锁/300/25000000000000000001/2025-09-02 --by 吴资明"
SIGNERS = ("秦实妍", "孙算清", "钱样真")


def bought(logi, price: int, *, budget: str = "维修费", on: str = "2025-09-05") -> str:
    """A service of this price, asked for by 教务处, done and paid for in the purchase book."""
    number = logi(f"purchase request 维修服务 1@{price} --category repair --by 杨班一 --for 修缮 --budget {budget} "
                  "--on 2025-09-01 -f json").json["number"]  # fmt: skip
    for _ in range(2):
        logi(f"approve {number} --no 审1 --by 钱样真 --on 2025-09-01 -q")
    logi(f"purchase quote {number} V01 {price} --on 2025-09-01 -q")
    logi(f"purchase order {number} --on 2025-09-02 -q")
    logi(f"purchase accept {number} --inspector 周入库 --on 2025-09-03 -q")
    logi(f"purchase invoice {number} 2500000000000000{number[-4:]} --on 2025-09-04 -q")
    logi(f"purchase pay {number} --ref 记-{number[-1]} --on {on} -q")
    return number


def signed(logi, number: str, on: str) -> None:
    for who in SIGNERS:
        logi(f"approve {number} --by {who} --no 签字 --on {on} -q")


@pytest.fixture
def house(logi):
    """5,000.00 came in; CG-2025-0001 over 300.00 and CG-2025-0002 over 450.00 were paid by the purchase book, BX-2025-0001
    over 120.00 by the cashier."""
    for line in ("person add S01 郑示园 --post 校长", "person edit S03 --department 总务处", "person edit S15 --department 教务处",
                 "money receive 公用经费 5000 --on 2025-09-01"):  # fmt: skip
        logi(f"{line} -q")
    bought(logi, 300)
    bought(logi, 450, budget="校园文化", on="2025-09-20")
    logi("money claim 车票 travel/车票/120 --by 吴资明 --on 2025-09-06 -q")
    signed(logi, "BX-2025-0001", "2025-09-07")
    logi("money pay BX-2025-0001 --by 陈巡安 --on 2025-09-10 -q")
    return logi


def month(logi, which: str = "2025-09", **env) -> tuple[str, ...]:
    [row] = [row for row in logi(f"money month --since {which}-01 -f json", **env).json["rows"] if row["month"] == which]
    return tuple(row[key] for key in ("opening", "in", "paid", "bought", "closing"))


def test_the_month_holds_what_was_paid_on_claims_and_besides(house):
    # 5,000.00 − 120.00 − (300.00 + 450.00) = 4,130.00
    assert month(house) == ("0.00", "5000.00", "120.00", "750.00", "4130.00")
    said = house("report expense-vouchers --month 2025-09 -f json").json
    assert [(r["on"], r["number"], r["subject"], r["value"], r["voucher"]) for r in said["rows"]] == [
        ("2025-09-05", "CG-2025-0001", "repair", "300.00", "记-1"), ("2025-09-10", "BX-2025-0001", "travel", "120.00", None),
        ("2025-09-20", "CG-2025-0002", "校园文化", "450.00", "记-2")]  # fmt: skip
    assert said["totals"]["value"] == "870.00"
    assert said["notes"][1:] == ["Paid on claims: 120.00.", "Paid on purchases without a claim: 750.00.", "Paid in all: 870.00."]
    told = house("report income-expense --month 2025-09 -f json").json
    out = {r["item"]: r["value"] for r in told["rows"] if r["side"] == "out"}
    assert (out, told["rows"][-1]["value"]) == ({"repairs": "300.00", "travel": "120.00", "校园文化": "450.00"}, "4130.00")
    notice = house("money notice post 2025-09 --place 公示栏 --from 2025-10-08 --to 2025-10-15 -f json", LOGI_TODAY="2025-10-08").json
    assert (notice["facts"]["spent"], notice["facts"]["closing"]) == ("870.00", "4130.00")
    form = house("form public-accounts --month 2025-09 -f text").out
    assert "Paid in all: 870.00." in form


def test_a_purchase_that_is_paid_and_also_claimed_counts_once(house):
    house(f"{CLAIM} --request CG-2025-0001 --on 2025-09-08 -q")
    signed(house, "BX-2025-0002", "2025-09-09")
    assert month(house)[2:] == ("120.00", "750.00", "4130.00")  # claimed, not paid: nothing has gone out twice
    pay = "money pay BX-2025-0002 --by 陈巡安 --on 2025-09-12"
    assert house(f"{pay} -f json", code=4).json["key"] == "money.paid_by_purchase"
    house(f"{pay} --override 补记凭证 -q")
    assert month(house)[2:] == ("420.00", "450.00", "4130.00")  # 120.00 + 300.00 on claims; 450.00 besides; as much is left
    lines = house("report expense-vouchers --month 2025-09 -f json").json
    assert [r["value"] for r in lines["rows"] if r["number"] == "CG-2025-0001"] == ["300.00", "-300.00"]
    assert lines["totals"]["value"] == "870.00"
    house("undo -q")
    assert month(house)[2:] == ("120.00", "750.00", "4130.00")
    house("audit verify -q")


def test_a_closed_month_stays_as_it_was_when_its_purchase_is_claimed_later(house):
    later = {"LOGI_TODAY": "2025-10-20"}
    house("month close 2025-09 -q", **later)
    closed = month(house, **later)
    assert closed == ("0.00", "5000.00", "120.00", "750.00", "4130.00")
    house(f"{CLAIM} --request CG-2025-0001 --on 2025-10-08 -q", **later)
    for who in SIGNERS:
        house(f"approve BX-2025-0002 --by {who} --no 签字 --on 2025-10-09 -q", **later)
    house("money pay BX-2025-0002 --by 陈巡安 --on 2025-10-12 --override 补记凭证 -q", **later)
    assert month(house, **later) == closed
    assert month(house, "2025-10", **later) == ("4130.00", "0.00", "300.00", "-300.00", "4130.00")
    house("audit verify -q", **later)


def test_budgets_and_departments_count_what_was_bought_without_a_claim(house):
    house("money budget set 2025-09 repair=400 travel=200 -q")
    [repair] = [r for r in house("money budget list --month 2025-09 -f json").json["rows"] if r["subject"] == "repair"]
    assert (repair["value"], repair["rest"], repair["rate"]) == ("300.00", "100.00", "75.0")
    saved = house("report savings --month 2025-09 -f json").json["rows"]
    assert [(r["item"], r["value"]) for r in saved if r["by"] == "department"] == [(None, "120.00"), ("教务处", "750.00")]
    warned = house("money claim 换锁 repair/换锁/150 --by 吴资明 -f json").json["warnings"]  # 300.00 + 150.00 of 400.00
    assert any("450.00 is asked for, 400.00 is budgeted" in one for one in warned)


def test_a_school_without_claims_sees_its_purchases_in_the_month_and_the_pack(logi):
    logi("person edit S03 --department 总务处 -q")
    logi("person edit S15 --department 教务处 -q")
    logi("person add S01 郑示园 --post 校长 -q")
    bought(logi, 300)
    assert month(logi) == ("0.00", "0.00", "0.00", "300.00", "-300.00")
    pack = logi("report month 2025-09 -f json").out
    assert "CG-2025-0001" in pack
    assert '"bought": "300.00"' in pack.replace('":"', '": "')


def test_a_month_closed_before_purchases_were_counted_stays_as_it_was(ledger):
    from logi.books.money import checks
    from logi.books.money import store_funds as sql

    with ledger.entry("month.close") as e:
        e.insert("money_closing", month="2025-08", opening_fen=0, in_fen=0, allotted_fen=0, paid_fen=0, closing_fen=0)
    assert sql.bought_from(ledger.db) == "2025-08-99"
    assert checks.verify(ledger.db) == []

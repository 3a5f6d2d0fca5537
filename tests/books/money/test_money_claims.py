"""Claims by command lines: invoices, the three-way match, who signs, who pays, and taking it back."""

import json

import pytest

PAPER = "25442000000012345678"
CLAIM = f"money claim 购A4纸 office/A4纸50包/1175/{PAPER}/2025-09-03 --by 吴资明 --slip RK-2025-0001 --on 2025-09-05"
SIGNERS = ("秦实妍", "孙算清", "钱样真", "冯演和")


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def shop(logi):
    """50 packs of paper at 23.50 came in by RK-2025-0001: 1,175.00."""
    logi("item add ST-1 A4纸 --unit 包 --class office -q")
    logi(f"stock in A4纸 50 --price 23.50 --from V01 --on 2025-09-03 --invoice {PAPER} -q")
    return logi


def sign(logi, number: str, *people: str, on: str = "2025-09-08") -> None:
    for who in people:
        logi(f"approve {number} --by {who} --no 单据签字 --on {on} -q")


def sign_slip(logi, number: str = "RK-2025-0001") -> None:
    for level, who in (("inspector", "秦实妍"), ("keeper", "周入库"), ("head", "钱样真")):
        logi(f"approve {number} --level {level} --by {who} --no 单据签字 -q")


def claims(logi, more: str = "", **env) -> list[dict]:
    return rows(logi(f"money list {more} -f json", **env))


@pytest.mark.seed("STK-05")
def test_a_voucher_is_paid_only_when_the_slip_is_signed_by_all_and_the_three_amounts_agree(shop):
    shop(CLAIM)
    sign(shop, "BX-2025-0001", *SIGNERS)
    shop(f"money verify {PAPER} --by 周入库 -q")
    for level, who in (("inspector", "秦实妍"), ("keeper", "周入库"), ("head", "钱样真")):
        said = shop("money pay BX-2025-0001 --by 陈巡安 -f json", code=4)
        assert said.json["key"] == "money.slip_unsigned"
        shop("money pay BX-2025-0001 --by 陈巡安 --override 急用", code=4)  # no reason passes this over
        shop(f"approve RK-2025-0001 --level {level} --by {who} --no 单据签字 -q")
    assert [r["facts"] if "facts" in r else r["claim_state"] for r in claims(shop)] == ["approved"]
    shop("money pay BX-2025-0001 --by 陈巡安 --on 2025-09-20")
    [row] = claims(shop)
    assert (row["claim_state"], row["paid_on"], row["value"]) == ("paid", "2025-09-20", "1175.00")


@pytest.mark.parametrize(("lines", "what"), [
    (f"office/A4纸/1170/{PAPER}/2025-09-03", "claimed 1,170.00, received 1,175.00"),
    (f"office/A4纸/1175.01/{PAPER}/2025-09-03", "claimed 1,175.01, received 1,175.00"),
    ("office/A4纸/1175/25442000000099999999/2025-09-03", "stand on no line"),
])  # fmt: skip
def test_a_claim_that_differs_from_slip_and_invoice_needs_a_reason(shop, lines, what):
    line = f"money claim 购A4纸 {lines} --by 吴资明 --slip RK-2025-0001"
    said = shop(line, code=4)
    assert what in said.err
    done = shop(f"{line} --override 运费另开 -f json").json
    assert done["number"] == "BX-2025-0001"
    assert claims(shop)[0]["flags"].endswith("differs from the goods")


def test_a_slip_corrected_or_another_vendors_after_the_claim_stops_the_payment(shop):
    shop(CLAIM)
    sign(shop, "BX-2025-0001", *SIGNERS)
    shop(f"money verify {PAPER} --by 周入库 -q")
    sign_slip(shop)
    shop("correct RK-2025-0001 --qty 40 --reason 少到十包")
    said = shop("money pay BX-2025-0001 --by 陈巡安 -f json", code=4)
    assert (said.json["key"], said.json["facts"]["by"]) == ("money.slip_corrected", "RK-2025-0002")


def test_the_slip_a_claim_stands_on_is_not_taken_back_under_it(shop):
    shop(CLAIM)
    assert shop("undo RK-2025-0001 -f json", code=4).json["key"] == "front.undo_depends"
    shop("money withdraw BX-2025-0001 --reason 换单 -q")
    shop("undo BX-2025-0001 -q")


def test_goods_need_a_slip_a_card_or_an_accepted_repair(shop):
    for what in ("office", "materials", "equipment"):
        assert shop(f"money claim 买 {what}/物/10 --by 吴资明 -f json", code=4).json["key"] == "money.no_acceptance"
    shop("asset add 投影仪 --cost 4500 --on 2025-09-08 --place A205 --keeper S15 --code T-1 -q")
    shop("money claim 投影仪 equipment/投影仪/4400 --by 吴资明 --asset T-1", code=4)
    assert shop("money claim 投影仪 equipment/投影仪/4500 --by 吴资明 --asset T-1 -f json").json["number"] == "BX-2025-0001"
    assert shop("money claim 又投影仪 equipment/投影仪/4500 --by 吴资明 --asset T-1 -f json", code=4).json["key"] == "money.claimed_already"
    shop("repair open 漏水 --place A205 --by 杨班一 -q")
    shop("money claim 水工 repair/换阀/85 --by 王修好 --repair WX-202509-0001 -q")
    sign(shop, "BX-2025-0002", *SIGNERS[:3], on="2025-09-30")
    assert shop("money pay BX-2025-0002 --by 陈巡安 -f json", code=4).json["key"] == "money.repair_unaccepted"
    shop("repair close WX-202509-0001 --by 王修好 --cost 85 --cause wear -q")
    shop("repair accept WX-202509-0001 --by 杨班一 -q")
    shop("money pay BX-2025-0002 --by 陈巡安")


@pytest.mark.seed("FIN-03")
def test_handler_prover_reviewer_approver_and_cashier_are_different_people_in_this_order(shop):
    shop("money claim 车票 travel/车票/50 --by 吴资明 --preparer 杨班一 --on 2025-09-05 -q")

    def refused(line: str) -> str:
        return shop(f"{line} -f json", code=4).json["key"]

    assert refused("money pay BX-2025-0001 --by 陈巡安") == "money.is_open"
    assert refused("approve BX-2025-0001 --level reviewer --by 孙算清 --no 1") == "front.level_out_of_order"
    assert refused("approve BX-2025-0001 --by 吴资明 --no 1") == "money.own_claim"
    assert refused("approve BX-2025-0001 --by 秦实妍 --no 1 --on 2025-09-04") == "money.signed_before"
    sign(shop, "BX-2025-0001", "秦实妍")
    assert refused("approve BX-2025-0001 --by 杨班一 --no 1") == "money.own_review"  # reviewer is not the preparer
    assert refused("approve BX-2025-0001 --by 秦实妍 --no 1") == "money.signed_twice"
    sign(shop, "BX-2025-0001", "孙算清")
    assert refused("approve BX-2025-0001 --by 吴资明 --no 1") == "money.own_claim"  # approver is not the handler
    assert refused("money pay BX-2025-0001 --by 陈巡安") == "money.is_open"
    sign(shop, "BX-2025-0001", "钱样真", on="2025-09-10")
    assert refused("money pay BX-2025-0001 --by 陈巡安 --on 2025-09-09") == "money.paid_before"
    assert refused("money pay BX-2025-0001 --by 吴资明") == "money.cashier_signed"
    assert refused("money pay BX-2025-0001 --by 秦实妍") == "money.cashier_signed"
    shop("money pay BX-2025-0001 --by 陈巡安 --on 2025-09-10")
    assert refused("money pay BX-2025-0001 --by 陈巡安") == "money.is_paid"
    # Who waits too long is listed: 2025-09-05 + 15 days is over by the 21st.
    shop("money claim 车票 travel/车票/50 --by 吴资明 --on 2025-09-05 -q")
    assert [r["subject"] for r in rows(shop("due --book money --days 0 -f json", LOGI_TODAY="2025-09-20"))] == []
    assert [r["subject"] for r in rows(shop("due --book money --days 0 -f json", LOGI_TODAY="2025-09-21"))] == ["BX-2025-0002"]


@pytest.mark.seed("FIN-04")
def test_an_invoice_is_claimed_once_is_of_its_day_and_neither_forged_nor_expired(logi):
    def refused(line: str, **env) -> str:
        return logi(f"money claim 票 {line} --by 吴资明 -f json", code=4, **env).json["key"]

    def noted(line: str) -> list[str]:
        return logi(f"money claim 票 {line} --by 吴资明 -f json").json["warnings"]

    noted("travel/甲/10/4400123456-12345678/2025-09-01")
    assert refused("meeting/乙/9/440012345612345678") == "money.invoice_used"
    assert refused("meeting/乙/9/440012345612345678", LOGI_TODAY="2026-02-01") == "money.invoice_used"  # of any year
    logi("money withdraw BX-2025-0001 --reason 重填 -q")
    noted("travel/甲/10/4400123456-12345678/2025-09-01")  # a withdrawn claim frees it
    assert refused("travel/丙/9/25000000000000000001/2025-10-01") == "money.invoice_future"
    assert refused("travel/丁/9/24000000000000000001/2024-12-31") == "money.invoice_expired"
    assert refused("travel/戊/9/25000000000000000009 travel/己/9/25000000000000000009") == "money.invoice_twice"
    editions = dict.fromkeys(("digital", "special", "receipt", "other"), "9999-12-31") | {"ordinary": "2025-06-01"}
    logi(f"policy set money.abolished_invoices '{json.dumps(editions)}' --from 2025-09-01 --source 税务公告 -q")
    assert refused("travel/庚/9/044001234567-12345678/2025-06-01") == "money.invoice_abolished"
    assert any("180" in one for one in noted("travel/辛/9/25000000000000000002/2025-02-01"))  # 241 days
    assert any("别校" in one for one in noted("travel/壬/9/25000000000000000003/2025-09-01 --invoiced-to 别校"))
    logi("policy set money.tax_no 12000000QHDEM0T108 --from 2025-09-01 --source 法人证书 -q")
    assert any("91000000DEMA00013A" in one for one in noted("travel/癸/9/25000000000000000004/2025-09-01 --tax-no 91000000DEMA00013A"))
    assert any("receipt" in one for one in noted("travel/子/9/收据0012"))
    assert any("year" in one for one in noted("travel/丑/9/24000000000000000005/2025-09-01"))
    logi("money verify 25000000000000000002 --result fake --by 周入库 -q")
    sign(logi, "BX-2025-0003", *SIGNERS[:3], on="2025-09-30")
    assert logi("money pay BX-2025-0003 --by 陈巡安 -f json", code=4).json["key"] == "money.invoice_bad"
    logi("money withdraw BX-2025-0003 --reason 假票 -q")
    assert refused("travel/辛/9/25000000000000000002/2025-02-01") == "money.invoice_fake"


def test_large_invoices_are_verified_before_they_are_paid(shop):
    shop(CLAIM)
    sign(shop, "BX-2025-0001", *SIGNERS)
    sign_slip(shop)
    assert shop("money pay BX-2025-0001 --by 陈巡安 -f json", code=4).json["key"] == "money.unverified"
    shop(f"money verify {PAPER} --by 周入库 --result not-found -q")
    assert shop("money pay BX-2025-0001 --by 陈巡安 -f json", code=4).json["key"] == "money.invoice_bad"
    shop(f"money verify {PAPER} --by 周入库 -q")
    shop("money pay BX-2025-0001 --by 陈巡安 -q")
    [row] = rows(shop("report invoices --month 2025-09 -f json"))
    assert (row["invoice"], row["value"], row["result"], row["verified_by"]) == (PAPER, "1175.00", "genuine", "周入库")


@pytest.mark.seed("FIN-18")
def test_spending_that_was_not_necessary_is_flagged(logi):
    logi("money budget set 2025-09 travel=300 -q")
    logi("money claim 车票 travel/车票/200/25000000000000000001/2025-09-01 --by 吴资明 --vendor V06 --on 2025-09-05 -q")
    logi("money claim 车票 travel/车票/200/25000000000000000002/2025-09-01 --by 杨班一 --vendor V06 --on 2025-09-09 -q")
    logi("money claim 会议 meeting/会议/1000 --by 杨班一 --on 2025-09-09 -q")
    found = {r["number"]: r["flags"] for r in rows(logi("report spending-flags --month 2025-09 -f json"))}
    # 200 + 200 > 300; the same amount to V06 four days later; a meeting without invoice, request and budget.
    assert found == {"BX-2025-0002": "over budget, twice the same", "BX-2025-0003": "no invoice, over budget, no request"}
    assert "2 claims, 85.7%" in logi("report spending-flags --month 2025-09").out  # 1,200 of 1,400


@pytest.mark.seed("FIN-01")
def test_every_step_of_money_stands_in_the_trail_and_what_an_audit_finds_is_followed(logi):
    logi("money receive 公用经费 1000 --on 2025-09-01 -q")
    logi("money claim 车票 travel/车票/50 --by 吴资明 --on 2025-09-05 -q")
    sign(logi, "BX-2025-0001", *SIGNERS[:3])
    logi("money pay BX-2025-0001 --by 陈巡安 --on 2025-09-10 -q")
    trail = [t for t in logi("show BX-2025-0001 -f json").json["tables"] if any(c["key"] == "actor" for c in t["columns"])]
    assert [r["action"] for r in trail[-1]["rows"]] == ["money.claim", "approve", "approve", "approve", "money.pay"]
    [month] = rows(logi("money month --since 2025-09-01 -f json"))
    assert (month["opening"], month["in"], month["paid"], month["closing"]) == ("0.00", "1000.00", "50.00", "950.00")
    logi("money finding add 白条两张 --by 审计组 --owner 吴资明 --due 2025-09-20 --on 2025-09-10 -q")
    due = [r for r in rows(logi("due --book money -f json")) if r["subject"] == "SJ-2025-0001"]
    assert [(r["state"], r["command"]) for r in due] == [("overdue", "logi money finding mend SJ-2025-0001 TEXT")]
    logi("money finding mend SJ-2025-0001 已换发票 -q")
    assert [r for r in rows(logi("due --book money -f json")) if r["subject"] == "SJ-2025-0001"] == []
    assert rows(logi("report finance-findings --month 2025-09 -f json"))[0]["outcome"] == "已换发票"


def test_doing_undoing_and_redoing_brings_every_list_back(shop):
    shop(CLAIM)
    sign(shop, "BX-2025-0001", *SIGNERS)
    sign_slip(shop)
    shop(f"money verify {PAPER} --by 周入库 -q")
    for line in ("money pay BX-2025-0001 --by 陈巡安", "money withdraw BX-2025-0001 --reason 不要了",
                 "correct BX-2025-0001 --price 1175 --reason 重填", "money receive 拨款 100 --on 2025-09-01",
                 "money claim 车票 travel/车票/50/25000000000000000001/2025-09-01 --by 吴资明"):  # fmt: skip
        before = [shop(f"{ask} -f json").out for ask in ("money list", "report invoices --month 2025-09", "money month")]
        shop(f"{line} -q")
        after = [shop(f"{ask} -f json").out for ask in ("money list", "report invoices --month 2025-09", "money month")]
        assert after != before
        shop("undo -q")
        assert [shop(f"{ask} -f json").out for ask in ("money list", "report invoices --month 2025-09", "money month")] == before
        shop("redo -q")
        assert [shop(f"{ask} -f json").out for ask in ("money list", "report invoices --month 2025-09", "money month")] == after
        shop("undo -q")
    assert shop("audit verify").code == 0
    assert shop("undo BX-2025-0001 -q", code=None).code == 0  # the verification, newest about it


def test_a_payment_of_a_closed_month_is_taken_back_in_an_open_one(logi):
    logi("money receive 公用经费 1000 --on 2025-09-01 -q")
    logi("money claim 车票 travel/车票/50 --by 吴资明 --on 2025-09-05 -q")
    sign(logi, "BX-2025-0001", *SIGNERS[:3])
    paid = logi("money pay BX-2025-0001 --by 陈巡安 --on 2025-09-10 -f json").json["entry"]
    later = {"LOGI_TODAY": "2025-10-09"}
    logi("month close 2025-09 -q", **later)
    logi(f"undo {paid}", code=4, **later)
    logi(f"undo {paid} --on 2025-10-09 -q", **later)
    months = rows(logi("money month --since 2025-09-01 -f json", **later))
    assert [(m["opening"], m["paid"], m["closing"]) for m in months] == [("0.00", "50.00", "950.00"), ("950.00", "-50.00", "1000.00")]
    assert [r["value"] for r in rows(logi("report expense-vouchers --month 2025-10 -f json", **later))] == ["-50.00"]
    assert claims(logi, **later)[0]["claim_state"] == "approved"
    logi("audit verify", **later)


def test_a_correction_links_both_claims_and_frees_the_invoice_for_the_new_one(logi):
    logi("money claim 车票 travel/车票/50/25000000000000000001/2025-09-01 meeting/会/30 --by 吴资明 --payee 张三 --papers 3 --advance 20 --on 2025-09-05 -q")
    done = logi("correct BX-2025-0001 --line 1 --price 45.50 --reason 票面 -f json").json
    assert (done["number"], done["facts"]["total"], done["facts"]["before"]) == ("BX-2025-0002", "75.50", "80.00")
    assert [(r["number"], r["claim_state"], r["value"]) for r in claims(logi)] == [
        ("BX-2025-0001", "withdrawn", "80.00"), ("BX-2025-0002", "open", "75.50")]  # fmt: skip
    assert logi("money list -f json").json["totals"]["value"] == "75.50"
    said = logi("show BX-2025-0002").out
    assert "BX-2025-0001" in said
    assert "张三" in said
    assert "BX-2025-0002" in logi("show BX-2025-0001").out


def test_the_printed_claim_has_its_amount_in_words_and_who_signed(logi):
    logi("money claim 车票 travel/车票/325.04 --by 吴资明 --advance 300 --on 2025-09-05 -q")
    sign(logi, "BX-2025-0001", *SIGNERS[:2])
    said = logi("form expense BX-2025-0001", LOGI_LANG="zh-Hant").out
    assert "人民幣叁佰貳拾伍元零肆分" in said
    assert "秦实妍" in said
    assert "25.04" in said  # 325.04 less the 300.00 advanced
    assert "—" in said  # no vice principal is asked for
    assert "费用报销单" in logi("form 费用报销单 BX-2025-0001", LOGI_LANG="zh-Hans").out


def test_claims_are_found_and_spoken_of_in_chinese(logi):
    said = logi("报销 购粉笔 差旅费/车票/12/25000000000000000001/2025-09-01 --by 吴资明 --日期 2025-09-05", LOGI_LANG="zh-Hans")
    assert "BX-2025-0001：购粉笔，吴资明于 2025-09-05 报销 12.00 元" in said.out
    assert rows(logi("find 购粉笔 -f json"))[0]["code"] == "BX-2025-0001"
    assert rows(logi("find 25000000000000000001 -f json"))[0]["code"] == "BX-2025-0001"
    assert "差旅费" in logi("财务 列表 --未付款", LOGI_LANG="zh-Hans").out or "购粉笔" in logi("财务 列表", LOGI_LANG="zh-Hans").out
    assert logi("付款 BX-2025-0001 --by 陈巡安", code=4, LOGI_LANG="zh-Hans").err.startswith("BX-2025-0001 不能付款")


def test_verify_finds_a_claim_that_is_not_the_sum_of_its_lines(ledger):
    from logi.books.money import checks

    with ledger.entry("x") as e:
        who = e.insert("school_person", code="P1", name="甲", folded="甲", initials="j")
        claim = e.insert("money_claim", number="BX-2025-0001", on_day="2025-09-01", handler_id=who, preparer_id=who, purpose="x",
                         papers=0, total_fen=100, levels="prover", state="paid")  # fmt: skip
        e.insert("money_line", claim_id=claim, line=1, subject="travel", summary="x", amount_fen=99)
        e.insert("money_closing", month="2025-08", opening_fen=0, in_fen=5, allotted_fen=0, paid_fen=0, closing_fen=5)
    found = [one.text for one in checks.verify(ledger.db)]
    assert len(found) == 3  # lines, paid though nothing is, a month that nothing made


def test_a_purchase_paid_in_its_own_book_is_not_paid_again_by_a_claim(logi):
    logi("person add S01 郑示园 --post 校长 -q")
    logi("person edit S03 --department 总务处 -q")
    logi("person edit S15 --department 教务处 -q")
    logi("purchase request 维修服务 1@300 --category repair --by 杨班一 --for 门锁 --benefit 锁好 --on 2025-09-01 -q")
    for _ in range(2):
        logi("approve CG-2025-0001 --no 审1 --by 钱样真 --on 2025-09-01 -q")
    logi("purchase quote CG-2025-0001 V01 300 --on 2025-09-01 -q")
    logi("purchase order CG-2025-0001 --on 2025-09-02 -q")
    logi("purchase accept CG-2025-0001 --inspector 周入库,秦实妍 --on 2025-09-03 -q")
    claim = "money claim 门锁 repair/换锁/300/25000000000000000001/2025-09-02 --by 吴资明 --request CG-2025-0001 --on 2025-09-04"
    assert not any("CG-2025-0001" in one for one in logi(f"{claim} -f json").json["warnings"])  # its number is known
    sign(logi, "BX-2025-0001", *SIGNERS[:3])
    logi("purchase invoice CG-2025-0001 25000000000000000001 --on 2025-09-04 -q")
    logi("purchase pay CG-2025-0001 --on 2025-09-05 -q")
    said = logi("money pay BX-2025-0001 --by 陈巡安 -f json", code=4).json
    assert (said["key"], said["facts"]["paid"]) == ("money.paid_by_purchase", "300.00")
    logi("undo CG-2025-0001 -q")
    logi("money pay BX-2025-0001 --by 陈巡安 -q")
    [row] = rows(logi("report purchases --month 2025-09 -f json"))
    assert "300.00" in row.values()  # the purchase knows what was paid here


def test_where_no_signature_is_asked_for_a_claim_is_ready_to_be_paid(logi):
    logi('policy set money.claim_tiers \'[{"below_fen": 5000, "levels": []}, {"levels": ["principal"]}]\' --from 2025-09-01 --source 校务会3 -q')
    logi("money claim 邮票 post/邮票/12 --by 吴资明 -q")
    logi("money pay BX-2025-0001 --by 陈巡安 -q")
    logi("money claim 信封 post/信封/60 --by 吴资明 -q")
    assert [(r["claim_state"], r["waiting"]) for r in claims(logi)] == [("paid", None), ("open", "principal")]


def test_an_invoice_has_one_day(logi):
    lines = "travel/甲/5/25000000000000000001/2025-09-01 training/乙/6/25000000000000000001/2025-09-02"
    assert logi(f"money claim 票 {lines} --by 吴资明 -f json", code=4).json["key"] == "money.invoice_two_days"
    logi(f"money claim 票 {lines[:-11]} --by 吴资明 -q")  # the second line without a day has the first one's


def test_a_subject_nobody_has_used_is_asked_about_once(logi):
    def noted() -> bool:
        said = logi("money claim 花 校园美化/花/5/25000000000000000001/2025-09-01 --by 吴资明 -f json").json
        logi(f"money withdraw {said['number']} --reason 重填 -q")
        return any("new subject" in one for one in said["warnings"])

    assert [noted(), noted()] == [True, False]

"""Pure decisions about money: lines, invoice numbers, ages, the match, shares by head-count."""

from datetime import date

import pytest

from logi.books.money import rules
from logi.books.purchase import rules as buying
from logi.core.errors import BadValue
from logi.core.policies import shipped_value

D = date
GOODS = ("office", "materials", "equipment")
DIGITAL = "25442000000012345678"


def line(text: str) -> rules.Line:
    return rules.line(text, str, date.fromisoformat)


def test_a_line_has_three_to_five_parts():
    assert line("office/A4纸/1175") == rules.Line("office", "A4纸", 117500)
    assert line("office／A4纸／1,175.50／254420000000 12345678／2025-09-03") == rules.Line(
        "office", "A4纸", 117550, DIGITAL, D(2025, 9, 3))  # fmt: skip
    assert line("office/A4纸/3//").invoice is None


@pytest.mark.parametrize("text", ["office", "office/A4纸", "office//12", "/A4纸/12", "a/b/1/c/2025-09-03/e", "a/b/0", "a/b/-3", "a/b/x"])
def test_what_is_no_line_is_refused(text):
    with pytest.raises(BadValue):
        line(text)


@pytest.mark.parametrize(
    ("typed", "key", "kind"),
    [
        (DIGITAL, DIGITAL, "digital"),
        ("２５442000000012345678", DIGITAL, "digital"),
        ("4400123456 12345678", "4400123456-12345678", "special"),  # 10 digits of code, 8 of number
        ("440012345612345678", "4400123456-12345678", "special"),
        ("044001234567-12345678", "044001234567-12345678", "ordinary"),  # 12 and 8
        ("收据0012", "收据0012", "receipt"),
        ("粤财票a1", "粤财票A1", "other"),
    ],
)
def test_an_invoice_number_is_compared_in_one_form_and_tells_its_kind(typed, key, kind):
    assert rules.invoice_key(typed) == key
    assert rules.invoice_kind(key) == kind


def test_a_digital_invoices_first_two_digits_are_its_year():
    assert not rules.odd_year(DIGITAL, D(2025, 9, 3), D(2025, 9, 5))
    assert rules.odd_year(DIGITAL, D(2024, 12, 3), D(2025, 9, 5))
    assert rules.odd_year("26442000000012345678", None, D(2025, 9, 5))
    assert not rules.odd_year("4400123456-12345678", D(2024, 1, 1), D(2025, 9, 5))


def test_last_years_invoices_are_taken_until_the_grace_day():
    assert not rules.too_old(D(2025, 1, 2), D(2025, 12, 31), "03-31")
    assert not rules.too_old(D(2024, 12, 31), D(2025, 3, 31), "03-31")
    assert rules.too_old(D(2024, 12, 31), D(2025, 4, 1), "03-31")
    assert rules.too_old(D(2023, 12, 31), D(2025, 1, 2), "03-31")


def test_the_amount_says_who_signs():
    tiers = shipped_value("money.claim_tiers", D(2025, 9, 1))
    # below 1,000: three; from 1,000 a fourth, from 5,000 a fifth, from 20,000 a sixth
    for bound, below, above in ((100000, "bursar", "vice_principal"), (500000, "vice_principal", "principal"),
                                (2000000, "principal", "school_meeting")):  # fmt: skip
        found = [rules.levels(tiers, fen)[-1] for fen in (bound - 1, bound, bound + 1)]
        assert found == [below, above, above]
    assert rules.levels(tiers, 99999) == ["prover", "reviewer", "bursar"]


def test_claims_and_purchases_draw_the_same_line():
    bought = buying.tiers(shipped_value("purchase.tiers", D(2025, 9, 1)))
    claimed = shipped_value("money.claim_tiers", D(2025, 9, 1))
    for fen in (99999, 100000, 100001, 499999, 500000, 500001, 1999999, 2000000, 2000001):
        assert bought[buying.tier_at(bought, fen)].levels[-1] == rules.levels(claimed, fen)[-1]


def test_tiers_set_by_their_largest_amount_include_it():
    tiers = [{"up_to": 100000, "levels": ["bursar"]}, {"levels": ["principal"]}]
    assert [rules.levels(tiers, fen) for fen in (99999, 100000, 100001)] == [["bursar"], ["bursar"], ["principal"]]


def test_claim_invoice_and_goods_agree_invoice_by_invoice():
    lines = [rules.Line("office", "纸", 117500, "A"), rules.Line("travel", "送货", 2000, "A"), rules.Line("travel", "车票", 500)]
    slip = rules.Goods("RK-1", "A", 1, 117500)
    assert rules.differences(lines, [slip], GOODS, 1) == []  # the delivery is not goods
    less = rules.Goods("RK-1", "A", 1, 110000)
    assert rules.differences(lines, [less], GOODS, 1) == [rules.Difference("amount", "A", 117500, 110000)]
    assert rules.differences(lines, [slip], GOODS, 2) == [rules.Difference("vendor", "RK-1", 0, 0)]
    other = rules.Goods("RK-1", "B", 1, 117500)
    found = {one.what for one in rules.differences(lines, [other], GOODS, 1)}
    assert found == {"invoice", "rest"}  # nothing claimed on B, and goods claimed that nothing shows


def test_goods_without_an_invoice_number_agree_in_sum():
    lines = [rules.Line("office", "纸", 100, "A"), rules.Line("office", "笔", 200)]
    two = [rules.Goods("RK-1", None, None, 150), rules.Goods("2025-0001", None, None, 150)]
    assert rules.differences(lines, two, GOODS, None) == []
    assert rules.differences(lines, two[:1], GOODS, None) == [rules.Difference("rest", "RK-1", 300, 150)]
    assert rules.differences([rules.Line("repair", "灯管", 150)], two[:1], GOODS, None) == []  # no goods among the lines: all
    assert rules.differences(lines, [], GOODS, None) == []


def test_of_one_request_the_larger_of_what_was_paid_on_it_and_claimed_counts():
    # own 300; then the same money on a claim: it goes over to the claim; the claim's payment is taken back: it comes again
    assert list(rules.beyond([(False, 300), (True, 300), (True, -300)])) == [300, -300, 300]
    assert list(rules.beyond([(True, 100), (False, 300)])) == [0, 200]  # a part of it was claimed before
    assert list(rules.beyond([(False, 100), (True, 300), (False, 50), (False, -100)])) == [100, -100, 0, 0]


def test_shares_by_heads_are_exact_to_the_fen():
    # 1,000.00 by 812 + 186 + 43 = 1,041 heads: 78001.92…, 17867.43…, 4130.64… fen; 2 fen are left: the largest remainders.
    assert rules.shares(100000, [812, 186, 43]) == [78002, 17867, 4131]
    # 5 fen by 100 and 43 of 143: 3.4965… and 1.5034…: one fen left, the larger remainder is the second's.
    assert rules.shares(5, [100, 43]) == [3, 2]
    assert rules.shares(1, [1, 1, 1]) == [1, 0, 0]  # equal ones: the first
    assert rules.shares(0, [3, 4]) == [0, 0]
    assert rules.shares(100, [0, 7]) == [0, 100]


@pytest.mark.parametrize("amount", [1, 99, 12345, 10**9 + 7])
def test_shares_always_sum_to_the_whole(amount):
    for heads in ([1], [3, 3, 3], [812, 186, 43, 158], [0, 1, 10**6]):
        assert sum(rules.shares(amount, heads)) == amount


def test_a_rate_is_rounded_half_up():
    assert rules.rate(1, 3) == 333
    assert rules.rate(1, 16) == 63  # 6.25 %
    assert rules.rate(1, 0) is None

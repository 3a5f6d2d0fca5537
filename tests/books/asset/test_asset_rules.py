"""Pure decisions about assets: codes, depreciation, least lives, levels."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi.books.asset import rules
from logi.core.errors import Usage
from logi.core.policies import shipped_value

BOUGHT = date(2025, 9, 18)


def test_a_computer_is_written_down_from_the_month_it_came():
    # 480000 fen / 72 = 6666.67 -> 66.67 a month; September to December are four months: 266.68 (domain rules B.2).
    found = rules.depreciation(480000, 72, BOUGHT, date(2025, 12, 31))
    assert (found.months, found.monthly_fen, found.accumulated_fen) == (4, 6667, 26668)


def test_the_month_of_disposal_is_not_written_down():
    # 2025-09 … 2028-02 are 30 months: 30 x 66.67 = 2,000.10; net 4,800.00 - 2,000.10 = 2,799.90.
    found = rules.depreciation(480000, 72, BOUGHT, date(2028, 12, 31), gone_on=date(2028, 3, 10))
    assert (found.months, found.accumulated_fen, found.net_fen) == (30, 200010, 279990)


def test_the_last_month_takes_what_rounding_left():
    # 71 x 66.67 = 4,733.57; the 72nd month (2031-08) takes 66.43.
    before = rules.depreciation(480000, 72, BOUGHT, date(2031, 7, 31))
    last = rules.depreciation(480000, 72, BOUGHT, date(2031, 8, 1))
    assert (before.accumulated_fen, last.accumulated_fen, last.net_fen) == (473357, 480000, 0)
    assert last.accumulated_fen - before.accumulated_fen == 6643
    assert rules.depreciation(480000, 72, BOUGHT, date(2040, 1, 1)).accumulated_fen == 480000
    assert rules.life_ends(BOUGHT, 72) == "2031-08"


def test_enterprises_begin_a_month_later_and_write_down_the_month_of_disposal():
    # Oct, Nov, Dec: 3 months; 2025-10 … 2028-03: 30 months.
    assert rules.depreciation(480000, 72, BOUGHT, date(2025, 12, 31), month_after=True).months == 3
    gone = date(2028, 3, 10)
    assert rules.depreciation(480000, 72, BOUGHT, gone, gone_on=gone, month_after=True).months == 30


def test_what_was_bought_and_disposed_of_in_one_month_is_never_written_down():
    assert rules.depreciation(480000, 72, BOUGHT, date(2025, 9, 30), gone_on=date(2025, 9, 29)).accumulated_fen == 0


def month_by_month(cost: int, life: int, months: int) -> int:
    """Another hand: post every month in Decimal yuan, never more than is left, all that is left in the last one."""
    left = Decimal(cost) / 100
    rate = (left / life).quantize(Decimal("0.01"), ROUND_HALF_UP)
    posted = Decimal(0)
    for month in range(1, months + 1):
        step = left if month == life else min(rate, left)
        posted, left = posted + step, left - step
    return int(posted * 100)


@given(st.integers(1, 10**11), st.integers(1, 600), st.integers(0, 700))
def test_depreciation_is_what_posting_every_month_gives(cost, life, months):
    to = date(2000 + (months - 1) // 12, (months - 1) % 12 + 1, 28) if months else date(1999, 12, 31)
    found = rules.depreciation(cost, life, date(2000, 1, 15), to)
    assert found.months == min(months, life)
    assert found.accumulated_fen == month_by_month(cost, life, min(months, life))
    assert found.accumulated_fen + found.net_fen == cost


def test_ranges_and_lists_name_cards():
    assert rules.expand("2019-0008-01..03") == ["2019-0008-01", "2019-0008-02", "2019-0008-03"]
    assert rules.expand("A-8..10、B2，2019-0008-09..2019-0008-10") == ["A-8", "A-9", "A-10", "B2", "2019-0008-09", "2019-0008-10"]
    for wrong in ("A-3..1", "A-1..B-2", "A-1..99999"):
        with pytest.raises(Usage):
            rules.expand(wrong)


CODES = st.lists(st.tuples(st.sampled_from(["2019-0008-", "T", ""]), st.integers(0, 120), st.sampled_from([1, 2, 4])), max_size=12)


@given(CODES)
def test_compressed_codes_read_back_as_they_were(parts):
    codes = [f"{stem}{n:0{width}d}" for stem, n, width in parts]
    assert rules.expand(rules.compress(codes)) == codes


def test_a_run_of_codes_is_written_as_a_range():
    assert rules.compress(["X-01", "X-02", "X-03", "X-05", "Q"]) == "X-01..03,X-05,Q"


def test_batches_get_as_many_digits_as_they_need():
    assert rules.batch_codes("2025-0001", 1) == ["2025-0001"]
    assert rules.batch_codes("2025-0001", 45)[-1] == "2025-0001-45"
    assert rules.batch_codes("2025-0001", 120)[0] == "2025-0001-001"


def test_the_least_life_goes_by_the_longest_beginning():
    table = shipped_value("asset.life_months", BOUGHT)
    # 财会〔2018〕20号: computers 6 years, furniture 15, of which pupils' desks and chairs 5, air conditioners 10.
    assert rules.least_life(table, "A02010105") == 72
    assert rules.least_life(table, "A05010501") == 180
    assert rules.least_life(table, "A05010203") == 60
    assert rules.least_life(table, "A02061804") == 120
    assert rules.least_life(table, "A07") is None


def test_books_and_nominal_things_are_not_written_down():
    exempt = shipped_value("asset.not_depreciated_prefixes", BOUGHT)
    assert not rules.depreciates("A04010101", "straight", "cost", exempt)
    assert not rules.depreciates("A02010105", "straight", "nominal", exempt)
    assert not rules.depreciates("A02010105", "none", "cost", exempt)
    assert rules.depreciates("A02010105", "straight", "cost", exempt)


def levels(how, categories, yuan):
    return rules.levels_for(
        shipped_value("asset.disposal_matrix", BOUGHT), shipped_value("asset.disposal_matrix_by_how", BOUGHT), how,
        categories, yuan * 100,
    )  # fmt: skip


@pytest.mark.seed("AST-18")
def test_levels_rise_with_value_and_kind():
    # rules.md B.3: below 50,000 the school meeting, below 200,000 the bureau too, above that the finance bureau too.
    assert levels("scrap", ["A02091001"], 15600) == ["school_meeting"]
    assert levels("scrap", ["A02091001"], 50000) == ["school_meeting", "education_bureau"]
    assert levels("loss", ["A02091001"], 200000) == ["school_meeting", "education_bureau", "finance_bureau"]
    for how in ("sale", "donation", "lease"):
        assert len(levels(how, ["A02091001"], 1)) == 3


def test_houses_and_vehicles_always_go_all_the_way_up():
    for how in rules.HOW:
        assert levels(how, ["A02091001", "A01010200"], 1)[-1] == "finance_bureau"
        assert levels(how, ["A02030500"], 1)[-1] == "finance_bureau"

"""Money, quantities, counts and amounts in capitals."""

import re
import time
from decimal import ROUND_HALF_UP, Decimal, localcontext

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi.core import messages, money
from logi.core.errors import BadValue

FEN = st.integers(0, 10**12)

NOT_NUMBERS = [
    "nan",
    "NaN",
    "inf",
    "Infinity",
    "1e3",
    "1E+05",
    "0x10",
    "1_000",
    "+5",
    "三百",
    "一百二十",
    "壹佰元整",
    "٣",
    "²",
    "½",
]
NOT_NUMBERS += [
    "Ⅳ",
    "〇",
    "1.2.3",
    "--5",
    "(5.00)",
    "5-",
    "\u22125",
    "–5",
    "=1+1",
    "#DIV/0!",
    "#N/A",
    "TRUE",
    "None",
    "null",
]
NOT_NUMBERS += [
    "1\u00a0234.50",
    "1 000",
    "1\u200b2",
    "\u202e05.21",
    "l2.50",
    "007",
    "00",
    ".5",
    "5.",
    "$5",
    "1e999999999",
]


def refusal(parse: object, text: str, **how: bool) -> str:
    assert callable(parse)
    with pytest.raises(BadValue) as no:
        parse(text, **how)
    sentence = messages.say(no.value.key, **no.value.facts)
    assert not re.search(r"\{\w+\}", sentence)
    assert len(sentence) < 300
    return no.value.key


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0), ("0.00", 0), ("1", 100), ("1.5", 150), ("12.34", 1234), ("1250.5", 125050), ("1,250.50", 125050),
        ("¥1250.50", 125050), ("￥1250.50", 125050), ("¥ 1,250.50", 125050), ("1250.5元", 125050), ("1250.5 元", 125050),
        ("¥1,250.50元", 125050), ("１２５０．５０", 125050), ("１，２５０．５０", 125050), ("1250。50", 125050), (" 7 ", 700),
        ("1,234,567.89", 123456789), ("9999999999999.99", 999999999999999), ("-0", 0), ("-0.00", 0),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_fen(text: str, fen: int) -> None:
    assert money.parse_money(text) == fen


@pytest.mark.parametrize("text", ["-5.05", "-¥5.05", "¥-5.05", "－５.０５", "-5.05元"])
def test_a_minus_counts_only_where_it_is_allowed(text: str) -> None:
    assert money.parse_money(text, allow_negative=True) == -505
    assert refusal(money.parse_money, text) == "core.money_negative"


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_only_looks_like_a_number_is_no_amount(text: str) -> None:
    assert refusal(money.parse_money, text) == "core.money_unknown"
    assert refusal(money.parse_money, text, allow_negative=True) == "core.money_unknown"


@pytest.mark.parametrize("text", [t for t in NOT_NUMBERS if t != "+5"])
def test_what_only_looks_like_a_number_is_no_quantity_and_no_count(text: str) -> None:
    assert refusal(money.parse_quantity, text, allow_negative=True) == "core.quantity_unknown"
    assert refusal(money.split_quantity_unit, text) == "core.quantity_unknown"
    assert refusal(money.parse_count, text).startswith("core.count_")


@pytest.mark.parametrize(
    "text", ["1,25.0", "1,25", "12,50.00", "1250,000", "1,,250", ",", "1,250,", "0,123", "¥1,25.0元"]
)
def test_commas_must_part_groups_of_three(text: str) -> None:
    assert refusal(money.parse_money, text) in {"core.money_grouping", "core.money_unknown"}
    assert refusal(money.parse_money, "1,25.0") == "core.money_grouping"


@pytest.mark.parametrize("text", ["1.005", "1250.500", "¥0.001", "0.1" + "0" * 30])
def test_half_a_fen_is_refused_not_rounded(text: str) -> None:
    assert refusal(money.parse_money, text) == "core.money_decimals"


@pytest.mark.parametrize("text", ["9" * 14, "9223372036854775808", "92233720368547758.08", "1" * 400, "1" * 5000])
def test_an_amount_beyond_all_bounds_is_refused(text: str) -> None:
    assert refusal(money.parse_money, text) == "core.money_large"


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_nothing_is_not_zero(text: str) -> None:
    assert refusal(money.parse_money, text) == "core.money_empty"
    assert refusal(money.parse_quantity, text) == "core.quantity_empty"
    assert refusal(money.parse_count, text) == "core.count_empty"


def test_a_hundred_thousand_characters_are_refused_at_once() -> None:
    begun = time.perf_counter()
    assert refusal(money.parse_money, "0.1" + "0" * 100_000) == "core.money_unknown"
    assert refusal(money.parse_capitals, "壹" * 100_000) == "core.capitals_unknown"
    assert time.perf_counter() - begun < 0.1


def test_results_pass_through_unchanged() -> None:
    assert money.parse_money(125050) == 125050
    assert money.parse_quantity(12500) == 12500
    assert money.parse_count(45) == 45
    assert money.split_quantity_unit(50000) == (50000, None)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.booleans())
def test_an_amount_we_print_is_read_back(fen: int, grouped: bool) -> None:
    assert money.parse_money(messages.money_text(fen, grouped=grouped), allow_negative=True) == fen


@given(st.integers(-(10**16) + 1, 10**16 - 1))
def test_a_quantity_we_print_is_read_back(milli: int) -> None:
    assert money.parse_quantity(messages.quantity_text(milli), allow_negative=True) == milli


@given(st.text(max_size=45))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    for parse in (
        money.parse_money,
        money.parse_quantity,
        money.parse_count,
        money.split_quantity_unit,
        money.parse_capitals,
    ):
        refused = "core.money_unknown"
        try:
            parse(text)
        except BadValue as no:
            refused = no.key
        assert messages.has(refused)


@pytest.mark.parametrize(
    ("text", "milli"), [("50", 50_000), ("12.5", 12_500), ("0.125", 125), ("0", 0), ("1,250", 1_250_000), ("９", 9000)]
)
def test_a_quantity_is_read_to_the_thousandth(text: str, milli: int) -> None:
    assert money.parse_quantity(text) == milli


def test_a_plus_before_a_quantity_is_read_and_a_minus_only_where_it_makes_sense() -> None:
    assert money.parse_quantity("+5", allow_negative=True) == 5000
    assert money.parse_quantity("-2", allow_negative=True) == -2000
    assert money.parse_quantity("+5") == 5000
    assert refusal(money.parse_quantity, "-2") == "core.quantity_negative"


def test_a_quantity_has_at_most_three_decimals() -> None:
    assert refusal(money.parse_quantity, "1.2345") == "core.quantity_decimals"


def test_a_count_is_whole_and_within_reason() -> None:
    assert [money.parse_count(t) for t in ("1", "45", "1,000,000", "４５")] == [1, 45, 1_000_000, 45]
    assert refusal(money.parse_count, "0") == "core.count_range"
    assert refusal(money.parse_count, "1000001") == "core.count_range"
    assert refusal(money.parse_count, "1.5") == "core.count_decimals"
    assert refusal(money.parse_count, "-1") == "core.count_negative"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("50箱", (50_000, "箱")), ("50 箱", (50_000, "箱")), ("５０箱", (50_000, "箱")), ("2.5kg", (2500, "kg")),
        ("2.5ｋｇ", (2500, "kg")), ("5千克", (5000, "千克")), ("3m²", (3000, "m²")), ("3m2", (3000, "m2")), ("50", (50_000, None)),
    ],
)  # fmt: skip
def test_a_quantity_may_carry_its_unit(text: str, parts: tuple[int, str | None]) -> None:
    assert money.split_quantity_unit(text) == parts


@pytest.mark.parametrize(
    "text", ["5万", "3百", "箱", "箱50", "5箱3", "1e3", "0x10", "1_000", "5½", "5\u200b箱", "5" + "长" * 13]
)
def test_a_unit_that_could_hide_a_number_is_refused(text: str) -> None:
    assert refusal(money.split_quantity_unit, text) == "core.quantity_unknown"


@pytest.mark.parametrize(
    ("numerator", "denominator", "nearest"),
    [(1, 2, 1), (-1, 2, -1), (1, -2, -1), (3, 2, 2), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (0, 7, 0), (5, 1, 5)],
)
def test_a_half_goes_away_from_zero(numerator: int, denominator: int, nearest: int) -> None:
    assert money.ratio_half_up(numerator, denominator) == nearest


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**9))
def test_rounding_agrees_with_decimal(numerator: int, denominator: int) -> None:
    # Decimal's ROUND_HALF_UP is away from zero too; 60 digits leave no room for a false half.
    with localcontext(prec=60):
        expected = int((Decimal(numerator) / denominator).quantize(Decimal(1), ROUND_HALF_UP))
    assert money.ratio_half_up(numerator, denominator) == expected


def test_half_a_fen_of_a_price_rounds_up() -> None:
    assert money.multiply(2_500, 301) == 753  # 2.5 × 3.01 = 7.525
    assert money.multiply(-2_500, 301) == -753
    assert money.multiply(1, 499) == 0  # 0.001 × 4.99 = 0.00499
    assert money.multiply(12_500, 125_050) == 1_563_125  # 12.5 × 1250.50 = 15,631.25


def test_an_amount_beyond_what_a_ledger_can_sum_is_refused() -> None:
    assert money.multiply(1000, money.LIMIT_FEN) == money.LIMIT_FEN
    with pytest.raises(BadValue, match=r"core\.amount_large"):
        money.multiply(1001, money.LIMIT_FEN)


# The table of domain rules B.6: figure, canonical words, accepted alternatives.
BILLS = [
    (140950, "人民币壹仟肆佰零玖元伍角整", ["人民币壹仟肆佰零玖元伍角"]),
    (600714, "人民币陆仟零柒元壹角肆分", []),
    (168032, "人民币壹仟陆佰捌拾元零叁角贰分", ["人民币壹仟陆佰捌拾元叁角贰分"]),
    (10700053, "人民币壹拾万柒仟元零伍角叁分", ["人民币壹拾万零柒仟元伍角叁分"]),
    (1640902, "人民币壹万陆仟肆佰零玖元零贰分", []),
    (32504, "人民币叁佰贰拾伍元零肆分", []),
    (0, "人民币零元整", ["零元"]),
    (5, "人民币伍分", ["伍分"]),
    (50, "人民币伍角整", ["伍角"]),
    (1000, "人民币壹拾元整", []),
    (10000, "人民币壹佰元整", ["壹佰元", "壹佰元正", "人民幣壹佰圓整", "壹佰圆"]),
    (100000001, "人民币壹佰万元零壹分", []),
    (100500000, "人民币壹佰万伍仟元整", ["人民币壹佰万零伍仟元整"]),
    (10005000000, "人民币壹亿零伍万元整", []),
]


@pytest.mark.parametrize(("fen", "words", "others"), BILLS)
def test_amounts_in_capitals_follow_the_rules_for_bills(fen: int, words: str, others: list[str]) -> None:
    assert money.capitals(fen) == words
    assert [money.parse_capitals(t) for t in [words, *others]] == [fen] * (1 + len(others))


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        # by the same rules, counted by hand: a section of four zeros, 万 under 亿, a zero at 元 before 角
        (10000500000, "人民币壹亿零伍仟元整"),
        (10000000500, "人民币壹亿零伍元整"),
        (105000000000, "人民币壹拾亿伍仟万元整"),
        (100000001000000, "人民币壹万亿零壹万元整"),
        (1050, "人民币壹拾元零伍角整"),
        (101010101, "人民币壹佰零壹万零壹佰零壹元零壹分"),
        (-10000, "人民币负壹佰元整"),
    ],
)
def test_large_and_red_amounts_in_capitals(fen: int, words: str) -> None:
    assert money.capitals(fen) == words
    assert money.parse_capitals(words, allow_negative=True) == fen


def test_capitals_in_traditional_characters() -> None:
    assert money.capitals(2600002, script="hant") == "人民幣貳萬陸仟元零貳分"
    assert money.capitals(10005000000, script="hant") == "人民幣壹億零伍萬元整"
    assert money.capitals(-33300, script="hant") == "人民幣負叁佰叁拾叁元整"
    assert money.parse_capitals("人民幣參佰元正") == 30000


@pytest.mark.parametrize(
    "text",
    ["", "元", "整", "壹", "壹佰", "三百元", "一百元整", "廿元", "伍毛", "拾元整", "零伍分", "零元伍角", "壹佰元伍分", "壹佰零元整", "100元",
     "壹佰零壹元零伍角整", "伍分整", "人民币 壹佰元整", "壹佰零零壹元", "壹佰佰元", "壹元元", "壹分伍角", "壹万亿亿元", "壹佰元整整", "人民币",
     "壹亿亿亿亿元整", "陆仟柒元整"],
)  # fmt: skip
def test_capitals_against_the_rules_are_refused(text: str) -> None:
    assert refusal(money.parse_capitals, text) == "core.capitals_unknown"


def test_a_red_amount_in_capitals_is_refused_where_no_minus_is_allowed() -> None:
    assert refusal(money.parse_capitals, "人民币负壹佰元整") == "core.money_negative"


@given(FEN, st.sampled_from(["hans", "hant"]))
def test_capitals_are_read_back(fen: int, script: str) -> None:
    assert money.parse_capitals(money.capitals(fen, script=script)) == fen


@given(FEN)
def test_capitals_agree_with_an_independent_program(fen: int) -> None:
    """cn2an writes no 人民币, no 整 after 角, and leaves out every optional zero (at 元, and after a section of zeros)."""
    theirs = cn2an.an2cn(messages.money_text(fen), "rmb")
    ours = money.capitals(fen).removeprefix("人民币")
    if ours.endswith("角整"):
        ours = ours.removesuffix("整")
    assert ours.replace("零", "") == theirs.replace("零", "") or fen == 0
    assert money.parse_capitals(theirs) == fen

"""The school's rules alone: credit codes, categories, terms, near departments, typed values."""

from datetime import date

import pytest

from logi.books.school import rules
from logi.core.errors import BadValue

# Made-up vendors of the domain's demo school; their check digits are valid by its own statement.
DEMO_CODES = (
    "12000000QHDEM0T108", "91000000DEMA00013A", "91000000DEMA000215", "91000000DEMA0003XW", "91000000DEMA00048W",
    "91000000DEMA00056P", "91000000DEMA00064J", "92000000DEMA00072A", "91000000DEMA000808",
)  # fmt: skip


@pytest.mark.parametrize("code", DEMO_CODES)
def test_a_right_credit_code_is_not_odd(code):
    assert rules.credit_code_problem(code) is None


@pytest.mark.parametrize("code", DEMO_CODES)
def test_every_slip_of_one_sign_in_a_credit_code_is_seen(code):
    for at in range(18):
        slipped = code[:at] + ("2" if code[at] != "2" else "3") + code[at + 1 :]
        assert rules.credit_code_problem(slipped) == "check", slipped


def test_a_credit_code_of_another_length_or_with_letters_never_used_is_odd():
    assert rules.credit_code_problem("123456789012345") == "length"
    assert rules.credit_code_problem("91000000DEMA0001IO") == "characters"


@pytest.mark.parametrize(
    ("code", "edition"),
    [("A02010105", "2022"), ("2010000", "2010"), ("A0201010", None), ("A020101055", None), ("a02010105", None),
     ("201000", None), ("A０２０１０１０５", None)],
)  # fmt: skip
def test_a_category_code_is_a_and_eight_figures_or_seven_figures(code, edition):
    assert rules.category_edition(code) == edition


def test_the_longest_beginning_decides_a_life():
    lives = {"A0501": 180, "A05010203": 60}
    assert rules.longest_prefix(lives, "A05010203") == 60
    assert rules.longest_prefix(lives, "A05010301") == 180
    assert rules.longest_prefix(lives, "A02010105") is None


def test_a_vendor_is_on_the_list_from_the_first_to_the_last_day():
    window = ("2025-09-01", "2026-08-31")
    assert [rules.on_tender_list(*window, date(2025, 8, 31)), rules.on_tender_list(*window, date(2025, 9, 1))] == [False, True]
    assert [rules.on_tender_list(*window, date(2026, 8, 31)), rules.on_tender_list(*window, date(2026, 9, 1))] == [True, False]
    assert rules.on_tender_list("2025-09-01", None, date(2030, 1, 1))
    assert not rules.on_tender_list(None, None, date(2025, 9, 30))


def test_a_term_of_another_school_year_is_noticed():
    assert not rules.term_outside_its_year("2025-2026-1", date(2025, 9, 1), date(2026, 1, 30))
    assert rules.term_outside_its_year("2025-2026-1", date(2024, 9, 1), date(2025, 1, 30))
    assert rules.term_outside_its_year("2025-2026-2", date(2026, 2, 25), date(2026, 9, 10))


@pytest.mark.parametrize(
    ("today", "known", "code"),
    [
        (date(2025, 9, 30), [], "2025-2026-1"),
        (date(2026, 1, 15), [], "2025-2026-1"),
        (date(2026, 3, 1), [], "2025-2026-2"),
        (date(2026, 8, 20), [], "2026-2027-1"),
        (date(2026, 7, 20), ["2025-2026-1", "2025-2026-2"], "2026-2027-1"),
    ],
)
def test_the_term_to_enter_is_the_one_of_the_day_or_the_next_unknown(today, known, code):
    assert rules.next_term_code(today, known) == code


@pytest.mark.parametrize(("typed", "initials", "near"), [
    ("教务处", "jwc", []),  # another office, though two of three signs are the same as in 总务处
    ("总勿处", "zwc", ["总务处"]),  # the same sounds: an input method's slip
    ("总务楚", "zwc", ["总务处"]),
    ("四年级组", "snjz", []),
])  # fmt: skip
def test_a_department_is_near_by_sound_or_by_nearly_all_its_signs(typed, initials, near):
    assert rules.near_departments(typed, initials, [("总务处", "zwc"), ("三年级组", "sanjz")]) == near


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("fen", "1,200", 120000), ("fen", "¥0.05", 5), ("days", "30", 30), ("percent", "80%", 80), ("celsius", "-5", -5),
        ("count", "２", 2), ("flag", "是", True), ("flag", "false", False), ("month-day", "3-31", "03-31"),
        ("month-day", '"11-01"', "11-01"), ("choice", "fifo", "fifo"), ("choice", '"fifo"', "fifo"),
        ("text", "照常", "照常"), ("table", '["A04","A05"]', ["A04", "A05"]), ("table", '{"A0501":180}', {"A0501": 180}),
    ],
)  # fmt: skip
def test_a_value_is_typed_by_its_kind(kind, typed, value):
    read = rules.read_value(kind, typed, choices=("fifo", "moving-average"))
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        ("fen", "abc", "core.money_unknown"), ("days", "-1", "school.value_whole"), ("days", "1.5", "school.value_whole"),
        ("flag", "maybe", "school.value_flag"), ("choice", "lifo", "school.value_choice"),
        ("month-day", "2-30", "school.value_month_day"), ("table", "{", "school.value_json"),
        ("table", "[1.5]", "school.value_json"), ("table", '{"a":1,"a":2}', "school.value_json"),
        ("table", "[" * 1900, "school.value_json"), ("table", "NaN", "school.value_json"), ("table", "7", "school.value_build"),
        ("text", "", "front.empty_text"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused(kind, typed, key):
    with pytest.raises(BadValue) as refused:
        rules.read_value(kind, typed, choices=("fifo",))
    assert refused.value.key == key


def test_a_table_keeps_the_build_of_the_shipped_one():
    tiers = [{"below_fen": 100, "levels": ["bursar"], "quotes": 1}, {"levels": ["principal"], "minutes": True}]
    assert rules.fits(tiers, [{"below_fen": 7, "levels": ["a", "b"]}, {"levels": [], "minutes": False}])
    assert not rules.fits(tiers, [{"below_fen": 7, "levles": ["a"]}])
    assert not rules.fits(tiers, [{"below_fen": "7", "levels": ["a"]}])
    assert not rules.fits(tiers, [{"levels": ["a"], "minutes": 1}])
    assert not rules.fits(tiers, {"levels": ["a"]})
    lives = {"A0501": 180}
    assert rules.fits(lives, {"A02": 72})
    assert not rules.fits(lives, {"A02": "72"})


@pytest.mark.parametrize(("kind", "value", "text"), [
    ("fen", 120000, "1200.00"), ("days", 30, "30"), ("flag", True, "true"), ("choice", "fifo", "fifo"),
    ("table", {"家具": 180}, '{"家具": 180}'),
])  # fmt: skip
def test_a_shown_value_may_be_typed_again(kind, value, text):
    assert rules.value_text(kind, value) == text
    assert rules.read_value(kind, text, choices=("fifo",)) == value

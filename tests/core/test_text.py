"""What may be typed as text, what may be shown, and how wide it is."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from logi.core import messages, text
from logi.core.errors import BadValue

ANYTHING = st.text(st.characters(), max_size=40)  # surrogates included


def refusal(parse: object, typed: str, **how: bool) -> str:
    assert callable(parse)
    with pytest.raises(BadValue) as no:
        parse(typed, **how)
    sentence = messages.say(no.value.key, **no.value.facts)
    assert not re.search(r"\{\w+\}", sentence)
    assert sentence.isprintable()
    assert len(sentence) < 300
    return no.value.key


@pytest.mark.parametrize(
    "typed",
    ["粉笔", "[bold red]红[/bold red]", "=1+1", "@SUM(1)", "＝1+1", "000123", "'; DROP TABLE asset; --", "<script>", "{0} %s",
     "👨‍👩‍👧‍👦", "🇨🇳", "✔️", "葛󠄀", "مرحبا", "户戶戸", "𠮷𡈽", "ＡＢＣabc中文ｱｲｳ", "A201/厕所", "①Ａﬁ㎏", "长" * 500, "x" + "\u0301" * 400],
)  # fmt: skip
def test_words_are_stored_as_typed(typed: str) -> None:
    assert text.clean(typed) == typed


@pytest.mark.parametrize("typed", ["  名称", "名称  ", "\u3000名称\u00a0", "\t名称"])
def test_blanks_around_a_text_are_not_meant(typed: str) -> None:
    assert text.clean(typed) == "名称"


def test_a_text_is_stored_composed() -> None:
    assert text.clean("e\u0301") == "é"


@pytest.mark.parametrize(
    "typed",
    ["\x1b[2J空白", "\x1b]0;pwned\x07", "\u009b31m红", "\x07", "secret\b\b", "真\r假", "\r=1+1", "a\x0bb", "a\x7fb", "a\tb",
     "a\u0085b", "a\u2028b", "发票\u202egpj.exe", "\u2066a\u2069", "\ufffe", "a\ufdd0", "\U0010ffff", "\udcff", "a\0b"],
)  # fmt: skip
def test_control_and_broken_characters_are_refused(typed: str) -> None:
    assert refusal(text.clean, typed) == "core.text_control"


@pytest.mark.parametrize("typed", ["a\nb", "名称\n", "总务处\r\n二组"])
def test_a_line_break_in_a_name_is_called_so(typed: str) -> None:
    assert refusal(text.clean, typed) == "core.text_broken"


def test_a_note_may_have_lines() -> None:
    assert text.clean("一\r\n二\r三\u2028四\n\n", lines=True) == "一\n二\n三\n四"
    assert refusal(text.clean, "一\n\x1b[2J", lines=True) == "core.text_control"


def test_a_text_that_cannot_be_seen_is_refused() -> None:
    assert refusal(text.clean, "\u200b") == "core.text_unseen"
    assert refusal(text.clean, "\u200b \u3164") == "core.text_unseen"
    assert text.clean("") == text.clean("   ") == ""


def test_unseen_characters_in_a_name_are_a_warning_only() -> None:
    assert text.clean("张\u200b三") == "张\u200b三"
    assert text.has_unseen("张\u200b三")
    assert text.has_unseen("x\U000e0041张")
    assert not any(text.has_unseen(t) for t in ["张 三", "张\u3000三", "👩‍🔬", "✔️", "葛󠄀", "abc"])


@pytest.mark.parametrize(
    "typed", ["a\u00adb", "a\u200bb", "x\U000e0041", "a\ufeffb", "a\u200db", "a\u3164b", "葛󠄀", "a\ue000"]
)
def test_a_code_must_be_seen_in_full(typed: str) -> None:
    assert refusal(text.clean, typed, code=True) == "core.code_unseen"
    assert refusal(text.clean_code, typed) in {"core.code_unseen", "core.code_blank"}


def test_texts_have_an_end() -> None:
    assert text.clean("x" * 2000) == "x" * 2000
    assert refusal(text.clean, "x" * 2001) == "core.text_long"
    assert refusal(text.clean, "x" * 10_000) == "core.text_long"
    assert text.clean("x" * 64, code=True) == "x" * 64
    assert refusal(text.clean, "x" * 65, code=True) == "core.text_long"
    assert refusal(text.clean_code, "x" * 65) == "core.text_long"
    assert refusal(text.clean_code, "x" * 100_000) == "core.text_long"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("A201", "A201"), (" Ａ２０１ ", "A201"), ("QH－01", "QH-01"), ("粉笔01", "粉笔01"), ("000123", "000123")],
)
def test_a_code_is_folded_to_half_width(typed: str, code: str) -> None:
    assert text.clean_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "key"),
    [("", "core.code_empty"), ("  ", "core.code_empty"), ("A 201", "core.code_blank"), ("A\u3000201", "core.code_blank"),
     ("-1", "core.code_start"), ("=1+1", "core.code_start"), ("＝1", "core.code_start"), ("A\n1", "core.text_broken")],
)  # fmt: skip
def test_a_code_that_would_be_mistaken_is_refused(typed: str, key: str) -> None:
    assert refusal(text.clean_code, typed) == key


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("粉笔 [x]", "粉笔 [x]"),
        ("张\u3000三", "张\u3000三"),
        ("👨‍👩‍👧‍👦 👩🏽‍🔬", "👨‍👩‍👧‍👦 👩🏽‍🔬"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\u009bb\r\n", "a\\x9bb\\x0d\\x0a"),
        ("\u202egpj", "\\u202egpj"),
        ("a\u200db", "a\\u200db"),
        ("x\U000e0041", "x\\U000e0041"),
        ("\udcff\ufffe\ue000", "\\udcff\\ufffe\\ue000"),
    ],
)
def test_what_is_not_drawn_is_spelt_out(stored: str, shown: str) -> None:
    assert text.show(stored) == shown


def test_lines_stand_only_where_they_are_expected() -> None:
    assert text.show("一\n二\t", lines=True) == "一\n二\\x09"


@given(ANYTHING)
def test_nothing_dangerous_passes_the_fence(anything: str) -> None:
    shown = text.show(anything)
    assert {unicodedata.category(c) for c in shown if c != "\u200d"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    shown.encode()
    assert text.show(shown) == shown


@given(ANYTHING)
def test_a_cleaned_text_is_clean(anything: str) -> None:
    for parse in (text.clean, text.clean_code):
        try:
            cleaned = parse(anything)
        except BadValue as no:
            cleaned = messages.say(no.key)
        else:
            assert parse(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        cleaned.encode()


@given(st.text(max_size=200))
def test_a_cut_text_is_short_and_shown(anything: str) -> None:
    assert len(text.cut(anything)) <= 60
    assert text.show(text.cut(anything)) == text.cut(anything)


@pytest.mark.parametrize(
    ("drawn", "columns"),
    [("", 0), ("abc", 3), ("粉笔", 4), ("粉笔a", 5), ("ＡＢＣ", 6), ("ｱｲｳ", 3), ("（）", 4), ("—“”①", 4), ("e\u0301", 1), ("𠮷", 2),
     ("👩‍🔬", 2), ("🇨🇳", 2), ("✔️", 2), ("👍🏽", 2), ("1️⃣", 2), ("¥1,250.50", 9), ("张\u200b三", 4)],
)  # fmt: skip
def test_chinese_takes_two_columns(drawn: str, columns: int) -> None:
    assert text.width(drawn) == columns


@given(
    st.text(
        st.sampled_from("粉笔盒abc 0123,.（）：；，。、“”《》—·①②℃㎡éñ한글カﾅ𠮷😀🚰✔\ufe0f\u200d👩🔬🇨🇳"), max_size=30
    )
)
def test_width_agrees_with_wcwidth_which_tabulate_asks(drawn: str) -> None:
    assert text.width(drawn) == wcswidth(drawn)

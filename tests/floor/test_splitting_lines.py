"""The words of a line in `logi run` and `logi shell`: nothing typed is lost, and an open quote is named."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi.core.errors import Usage
from logi.lines import split


@pytest.mark.parametrize(("line", "words"), [
    ("repair open “漏水 了” --place A205", ["repair", "open", "漏水 了", "--place", "A205"]),
    ("repair open ”漏水 了” --place A205", ["repair", "open", "漏水 了", "--place", "A205"]),
    ("stock out A4纸 3 --for=“月 考”", ["stock", "out", "A4纸", "3", "--for=月 考"]),
    ('repair open "门口“禁停 牌”掉落"', ["repair", "open", "门口“禁停 牌”掉落"]),  # curly signs in a text stay
    ("repair open 门口“禁停”牌掉落", ["repair", "open", "门口“禁停”牌掉落"]),
    ("入库　A4纸　50", ["入库", "A4纸", "50"]),
    ("undo #12 # a remark", ["undo", "#12"]),
    ("#12 is what this line is about", []),
    ("  # a remark", []),
    ("person add S1 张#三", ["person", "add", "S1", "张#三"]),
    ("$ logi due", ["due"]), ("logi due", ["due"]), ("", []),
    (r'a\ b "c\"d" \'', ["a b", 'c"d', "'"]), ("a'b c'd \"\"", ["ab cd", ""]),
])  # fmt: skip
def test_a_line_is_parted_into_its_words(line, words):
    assert split(line) == words


@pytest.mark.parametrize(("line", "key"), [
    ("repair open “漏水 --place A205", "front.curly_quote"), ("repair open 'it", "front.open_quote"),
    ('repair open "漏水', "front.open_quote"), ("person add S1 it's", "front.open_quote"),
])  # fmt: skip
def test_an_open_quote_is_refused(line, key):
    with pytest.raises(Usage) as no:
        split(line)
    assert no.value.key == key


@given(st.lists(st.text(min_size=0, max_size=12)))
# A word of comment signs alone is quoted by shlex; so is everything but plain ASCII.
def test_what_a_shell_would_quote_is_read_back(words):
    words = [word.replace("\\", "/") for word in words if word not in ("logi", "$")]
    assert split(" ".join(map(shlex.quote, words))) == words


def test_a_shell_names_the_open_quote_and_goes_on(logi):
    said = logi("shell", stdin="repair open “漏水 --place A205\nperson add S90 it's\nperson show S03\n", code=None)
    assert 'straight quotes " "' in said.err
    assert "A quote ' is not closed" in said.err
    assert "钱样真" in said.out

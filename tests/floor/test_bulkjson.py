"""The quick JSON of many values says what the slow one says, and reads the same out of it."""

import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logi import bulkjson
from logi.blocks import write_block
from logi.bulkjson import LONG, MANY, listed, parsed
from logi.chain import canonical

PLAIN = st.none() | st.integers() | st.text(st.characters(exclude_categories=()))  # half surrogate pairs and big numbers too


@settings(max_examples=60)
@given(st.lists(PLAIN, min_size=1, max_size=30))
def test_a_list_is_written_as_the_journal_would_or_left_to_it(values):
    many = values * -(-MANY // len(values))
    assert listed(many) in (canonical(many), None)


def test_signs_that_json_writes_in_its_own_way_come_out_the_same():
    every = [chr(n) for n in range(0x300)] + ["\u2028", "\ufeff", "\uffff", "\U0001f4a7", "粉笔", '"\\/']
    assert listed(every * 2) == canonical(every * 2)


@pytest.mark.parametrize("odd", ["\ud800", 2**64, 1.5, True, ("a",)])
def test_what_it_cannot_say_alike_is_left_to_the_slow_way(odd):
    assert listed([odd] * MANY) is None


def test_few_values_load_no_library():
    assert listed([1] * (MANY - 1)) is None


def test_a_long_text_is_read_as_json_reads_it():
    value = [["I", "stock_slip", ["id", "ref"], [[n, None if n % 3 else f"凭证 {n}"] for n in range(LONG // 8)]]]
    text = canonical(value)
    assert len(text) > LONG
    assert parsed(text) == json.loads(text) == value


@pytest.mark.parametrize("text", ["[1,", "[1]x", "[" + "1," * LONG + "]"])
def test_what_is_no_json_is_told_in_the_words_of_json(text):
    with pytest.raises(json.JSONDecodeError, match="line 1 column"):
        parsed(text)


def test_a_number_beyond_what_the_quick_way_knows_stays_whole():
    text = "[" + "1," * bulkjson.LONG + str(2**63 - 1) + "]"
    assert parsed(text)[-1] == 2**63 - 1


@pytest.mark.parametrize("count", [1, 29, 31, 1003])
def test_a_block_writes_none_as_null_and_every_other_value_as_it_is(count):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, who INTEGER, what TEXT) STRICT")
    who = [None if n % 3 else n for n in range(count)]
    what = [None if n % 2 else f"粉笔 {n}" for n in range(count)]
    write_block(db, "t", {"who": who, "what": what}, {"entry": 7})
    assert db.execute("SELECT who, what FROM t ORDER BY id").fetchall() == list(zip(who, what, strict=True))
    assert {kind for row in db.execute("SELECT typeof(who), typeof(what) FROM t") for kind in row} <= {"null", "integer", "text"}

"""What counted lines say about expected ones, as pure decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logi.books.asset.tally import Line, Seen, differences, room_state, strangers, tally, unknown, value_of

A, B = 1, 2
PC = Line(10, A, 1000, 480000)
DESKS = Line(20, A, 60000, 1188000)  # 60 at 198.00


def seen(card, place, quantity, round=1, condition=None):
    return Seen(card, f"K{card}", place, quantity, condition, round)


def came_to(line, *rows):
    found = tally([line], rows)[line.card_id]
    return [(one.kind, one.place_id, one.counted_milli, one.value_fen) for one in differences(line, found, "K")]


def test_what_nobody_looked_for_is_neither_found_nor_missing():
    assert not tally([PC], [])[10].counted
    assert came_to(PC) == []


def test_found_missing_and_elsewhere_are_told_apart():
    assert came_to(PC, seen(10, A, 1000)) == []
    assert came_to(PC, seen(10, A, 0)) == [("missing", A, 0, -480000)]
    assert came_to(PC, seen(10, A, 0), seen(10, B, 1000)) == [("elsewhere", B, 1000, 0)]
    assert came_to(PC, seen(10, B, 1000)) == [("elsewhere", B, 1000, 0)]


def test_a_single_thing_is_where_it_was_seen_last():
    assert came_to(PC, seen(10, B, 1000), seen(10, A, 1000)) == []
    assert came_to(PC, seen(10, A, 1000), seen(10, B, 1000)) == [("elsewhere", B, 1000, 0)]


def test_a_quantity_may_be_short_over_or_in_two_rooms():
    # 2 of 60 at 198.00 each are 396.00
    assert came_to(DESKS, seen(20, A, 58000)) == [("less", A, 58000, -39600)]
    assert came_to(DESKS, seen(20, A, 61000)) == [("more", A, 61000, 19800)]
    assert came_to(DESKS, seen(20, A, 55000), seen(20, B, 5000)) == [("elsewhere", B, 5000, 0)]
    assert came_to(DESKS, seen(20, A, 55000), seen(20, B, 4000)) == [("elsewhere", B, 4000, 0), ("less", A, 59000, -19800)]
    assert came_to(DESKS, seen(20, A, 58000), seen(20, A, 60000)) == []  # the later reading of a room stands


def test_a_recount_makes_what_was_entered_before_count_no_more():
    again = PC._replace(again=2)
    assert not tally([again], [seen(10, A, 0)])[10].counted
    assert came_to(again, seen(10, A, 0), seen(10, A, 1000, round=2)) == []


def test_codes_nobody_knows_and_cards_of_other_counts_are_kept():
    rows = [Seen(None, "X9", A, 1000), Seen(None, "X9", A, 2000), Seen(30, "K30", B, 1000), Seen(None, "X8", A, 0)]
    assert unknown(rows) == {("X9", A): 2000}
    assert strangers([PC], rows) == {(30, B): 1000}


@pytest.mark.parametrize(
    ("rows", "entered", "state"),
    [([], False, "open"), ([seen(10, A, 1000)], True, "part"), ([seen(10, A, 1000), seen(20, A, 60000)], True, "counted")],
)
def test_a_room_is_counted_when_every_line_is(rows, entered, state):
    assert room_state([PC, DESKS], tally([PC, DESKS], rows), entered) == state


def test_a_room_without_lines_is_counted_once_somebody_went_in():
    assert room_state([], {}, False) == "open"
    assert room_state([], {}, True) == "counted"


def test_what_is_lent_needs_no_looking_for():
    assert came_to(PC._replace(lent=True)) == []
    assert tally([PC._replace(lent=True)], [])[10].counted


@given(st.integers(1, 10**9), st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_value_of_a_part_is_its_share_to_the_half_fen(cost, quantity, part):
    line = Line(1, A, quantity, cost)
    assert abs(2 * value_of(line, part) * quantity - 2 * cost * part) <= quantity
    assert value_of(line, -part) == -value_of(line, part)
    assert value_of(line, quantity) == cost

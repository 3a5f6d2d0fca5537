"""iCalendar, held against the icalendar package: all-day events, stable names, folding, escapes, the same bytes."""

from datetime import date, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logi.core.answers import Column, Confirmation, Pack, Table
from logi.core.errors import Usage
from logi.formats import draw, draw_bytes
from tests.formats.samples import NASTY

COLUMNS = [Column("number", "编号", "code"), Column("title", "内容"), Column("due", "时限", "day")]


def plan(*titles: str) -> Table:
    rows = [
        {"number": f"JH-202509-{n:02d}", "title": title, "due": date(2025, 9, n), "stamp": "2025-09-01T00:30:05.123456Z",
         "uid": f"JH-202509-{n:02d}@abc.logi", "revision": 7}
        for n, title in enumerate(titles, 1)
    ]  # fmt: skip
    return Table("month.plan", "2025-09 计划", COLUMNS, rows)


def events(drawn: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(drawn).walk("VEVENT"))


def test_a_line_of_a_plan_is_an_event_of_one_whole_day() -> None:
    [event] = events(draw(plan("值班表"), "ics"))
    assert event.decoded("dtstart") == date(2025, 9, 1)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert str(event["summary"]) == "值班表"
    assert str(event["uid"]) == "JH-202509-01@abc.logi"
    assert event["dtstamp"].to_ical() == b"20250901T003005Z"
    assert event["sequence"] == 7


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut() -> None:
    drawn = draw_bytes(plan("检查各楼层消防设施，并把发现的问题逐条登记" * 9), "ics")
    lines = drawn.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode("utf-8") is not None for line in lines)  # each piece is whole UTF-8 by itself
    [event] = events(drawn.decode())
    assert str(event["summary"]) == "检查各楼层消防设施，并把发现的问题逐条登记" * 9


@pytest.mark.parametrize("title", ["a,b;c\\d", "two\nlines", "BEGIN:VEVENT", "x:y", *NASTY])
def test_no_text_breaks_out_of_its_event(title: str) -> None:
    found = events(draw(plan(title, "next"), "ics"))
    assert len(found) == 2
    assert str(found[1]["summary"]) == "next"


@pytest.mark.parametrize("title", ["a,b;c\\d", "two\nlines", "\\n is no line", "tail\\"])
def test_the_four_characters_come_back_as_they_went(title: str) -> None:
    [event] = events(draw(plan(title), "ics"))
    assert str(event["summary"]) == title


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=1, max_size=4))
def test_any_printable_text_is_read_back_by_another_program(titles: list[str]) -> None:
    assert [str(event["summary"]) for event in events(draw(plan(*titles), "ics"))] == titles


def test_a_row_without_a_day_is_no_event_and_what_is_gone_is_cancelled() -> None:
    rows = [
        {"number": "1", "title": "a", "due": None},
        {"number": "2", "title": "b", "due": date(2025, 9, 2), "gone": True},
    ]
    [event] = events(draw(Table("t", "t", COLUMNS, rows), "ics"))
    assert str(event["status"]) == "CANCELLED"
    assert event["dtstamp"].to_ical() == b"20250902T000000Z"  # no instant is known: the day itself, never the clock


def test_a_table_without_days_numbers_or_titles_is_refused() -> None:
    for table in (
        Table("t", "t", [Column("number", "n"), Column("title", "t")], []),
        Table("t", "t", [Column("due", "d", "day")], [{"due": date(2025, 9, 1), "title": "a"}]),
        Table("t", "t", [Column("day", "d", "day")], [{"day": date(2025, 9, 1), "title": "a", "number": "1"}]),
        Pack("p", "t", "2025-09", "h", []),
    ):
        with pytest.raises(Usage) as refused:
            draw(table, "ics")
        assert refused.value.key == "formats.no_calendar"


def test_a_pack_becomes_one_calendar_of_the_tables_that_have_days() -> None:
    pack = Pack("p", "包", "2025-09", "h", [plan("a"), Table("t", "t", [Column("x", "x")], [{"x": 1}]), plan("b")])
    assert [str(event["summary"]) for event in events(draw(pack, "ics"))] == ["a", "b"]


def test_what_was_done_is_never_refused_after_it_was_done() -> None:
    done = Confirmation("month.add", "JH-202509-01", facts={"title": "甲", "due": date(2025, 9, 20)}, entry=3)
    [event] = events(draw(done, "ics"))
    assert (str(event["summary"]), event.decoded("dtstart")) == ("甲", date(2025, 9, 20))
    assert events(draw(Confirmation("stock.out", "CK-2025-0001", entry=4), "ics")) == []

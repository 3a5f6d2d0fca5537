"""Reservations: nothing is booked twice, what is booked is not lent to others, what is still out is due."""

from datetime import date

import pytest

from logi.books.asset import actions, booking, checks, custody
from logi.books.school import actions as school
from logi.core.errors import Refused, Usage
from logi.undo import undo

TODAY = date(2025, 9, 30)
OCT = [date(2025, 10, day) for day in range(1, 32)]


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        e.override = more.pop("override", None)
        done = act(e, *args, **more)
        done.warnings, done.entry = [key for key, _ in e.warnings], e.n
    return done


def book(ledger, texts, by="S15", first=8, last=None, **more):
    """Book from one day of October to another."""
    return do(ledger, booking.reserve, texts, by, starts=OCT[first - 1], ends=OCT[last - 1] if last else None, **more)


@pytest.fixture
def hall(ledger):
    with ledger.entry("person.add") as e:
        for code, name in (("S15", "杨班一"), ("S17", "秦实妍"), ("S08", "王修好")):
            school.add_person(e, code, name)
        school.add_place(e, "B203", "信息教室")
    do(ledger, actions.add, "笔记本", 635000, count=2, keeper="S08", on=date(2025, 9, 1), code="N")
    do(ledger, actions.add, "折叠椅", 8000, category="A05010304", quantity_milli=60_000, keeper="S08", on=date(2025, 9, 1), code="Y")
    return ledger


def test_a_thing_is_booked_once_for_a_day(hall):
    done = book(hall, ["N-01", "N-02"], first=8, last=10, purpose="公开课")
    assert done.number == "YY-2025-0001"
    for first, last in ((10, 12), (1, 8), (9, 9), (1, 31)):
        with pytest.raises(Refused, match=r"asset\.is_booked"):
            book(hall, ["N-02"], "S17", first, last)
    book(hall, ["N-02"], "S17", 11, 12)
    rows = booking.reservations(hall, TODAY, None).rows
    assert [(row["code"], row["user"], row["on"].day, row["until"].day) for row in rows] == [
        ("N-01", "杨班一", 8, 10), ("N-02", "杨班一", 8, 10), ("N-02", "秦实妍", 11, 12),
    ]  # fmt: skip
    assert len(booking.reservations(hall, OCT[8], OCT[8]).rows) == 2  # the 9th
    assert len(booking.reservations(hall, TODAY, None, person="S17").rows) == 1
    assert len(booking.reservations(hall, TODAY, None, texts=["N-02"]).rows) == 2


def test_a_room_is_shared_by_the_hour(hall):
    day = {"places": ["B203"], "first": 9}
    book(hall, [], **day, hours=("08:00", "09:40"))
    book(hall, [], "S17", **day, hours=("09:40", "10:20"))  # the next begins as the first ends
    for hours in (("08:30", "08:40"), ("07:00", "12:00"), None):
        with pytest.raises(Refused, match=r"asset\.is_booked"):
            book(hall, [], "S17", **day, hours=hours)
    assert len(booking.reservations(hall, TODAY, None, place="B203").rows) == 2


def test_of_a_quantity_card_what_the_others_leave_may_be_booked(hall):
    book(hall, ["Y"], first=8, last=9, quantity_milli=40_000)
    book(hall, ["Y"], first=11, last=12, quantity_milli=40_000)
    book(hall, ["Y"], "S17", 8, 12, quantity_milli=20_000)  # 40 + 20 on any day: all 60
    with pytest.raises(Refused, match=r"asset\.is_booked"):
        book(hall, ["Y"], "S17", 9, 9, quantity_milli=1000)
    book(hall, ["Y"], "S17", 10, 10, quantity_milli=40_000)  # on the 10th only 20 are booked
    with pytest.raises(Refused, match=r"asset\.booking_quantity"):
        book(hall, ["Y"], first=20, quantity_milli=61_000)
    with pytest.raises(Refused, match=r"asset\.booking_quantity"):
        book(hall, ["N-01", "N-02"], first=20, quantity_milli=1000)


def test_a_booking_that_makes_no_sense_is_refused(hall):
    with pytest.raises(Refused, match=r"asset\.booking_days"):
        do(hall, booking.reserve, ["N-01"], "S15", starts=date(2025, 9, 29))
    with pytest.raises(Refused, match=r"asset\.booking_days"):
        book(hall, ["N-01"], first=9, last=8)
    with pytest.raises(Usage, match=r"asset\.booking_what"):
        book(hall, [])
    do(hall, custody.lend, ["N-01"], "S17", OCT[7])
    with pytest.raises(Refused, match=r"asset\.booking_lent"):
        book(hall, ["N-01"], first=8)
    assert book(hall, ["N-01"], first=9).warnings == []  # it is due on the 8th


def test_what_is_booked_is_lent_to_whoever_booked_it(hall):
    book(hall, ["N-01"], first=8, last=10)
    with pytest.raises(Refused, match=r"asset\.is_booked"):
        do(hall, custody.lend, ["N-01"], "S17", OCT[8])
    loan = do(hall, custody.lend, ["N-01"], "S17", OCT[6])  # back before the 8th
    do(hall, custody.bring_back, [loan.number], "good")
    mine = do(hall, custody.lend, ["N-01"], "S15", OCT[9])
    [row] = booking.reservations(hall, TODAY, None).rows
    assert (row["state"], row["loan"]) == ("fetched", mine.number)
    with hall.entry("undo") as e:
        undo(e, [mine.entry])
    assert booking.reservations(hall, TODAY, None).rows[0]["state"] == "open"
    done = do(hall, custody.lend, ["N-01"], "S17", OCT[8], override="校长同意")
    assert "front.overridden" in done.warnings


def test_what_is_booked_and_still_lent_is_due(hall):
    book(hall, ["N-01"], first=8, last=10)
    do(hall, custody.lend, ["N-01"], "S17", OCT[6])
    assert [one for one in checks.due(hall, 30) if one.rule.startswith("asset.rule.book")] == []
    hall._today = OCT[5]
    [due] = [one for one in checks.due(hall, 30) if one.rule == "asset.rule.booked_out"]
    assert (due.state, due.day, due.command) == ("soon", OCT[7], "logi asset return JY-2025-0001 --condition good")
    hall._today = OCT[7]
    assert [one.state for one in checks.due(hall, 30) if one.rule == "asset.rule.booked_out"] == ["overdue"]
    do(hall, custody.bring_back, ["N-01"], "good")
    hall._today = OCT[8]
    [due] = [one for one in checks.due(hall, 30) if one.rule == "asset.rule.booking_waits"]
    assert due.command == "logi asset lend N-01 --to 杨班一 --due 2025-10-10"
    hall._today = OCT[10]
    [due] = [one for one in checks.due(hall, 30) if one.rule == "asset.rule.booking_waits"]
    assert due.command.startswith("logi asset unreserve YY-2025-0001")


def test_what_is_given_up_is_free_again(hall):
    done = book(hall, ["N-01", "N-02"])
    do(hall, booking.release, done.number, "改期", texts=["N-01"])
    book(hall, ["N-01"], "S17")
    do(hall, booking.release, done.number, "改期")
    with pytest.raises(Refused, match=r"asset\.booking_closed"):
        do(hall, booking.release, done.number, "改期")
    assert [row["user"] for row in booking.reservations(hall, TODAY, None).rows] == ["秦实妍"]
    assert len(booking.reservations(hall, TODAY, None, state="cancelled").rows) == 2


def test_bookings_are_typed_listed_and_drawn_as_a_calendar(logi):
    logi("asset add 投影仪 --cost 5000 --code T1 --on 2025-09-30")
    logi("asset reserve T1 --by 杨班一 --from 2025-10-08 --until 2025-10-09 --for 公开课")
    logi("asset reserve T1 --by 杨班一 --from 2025-10-08", code=4)
    logi("asset reserve T1 --by 杨班一 --from 2025-10-10 --hours 9点", code=2)
    logi("asset reserve T1 --by 杨班一 --from 2025-10-10 --hours 9:40-8:00", code=2)
    assert "YY-2025-0001" in logi("show T1").out
    assert "SUMMARY:投影仪 杨班一 公开课" in logi("asset reservations -f ics").out
    assert "YY-2025-0001" in logi("report asset.reservations --month 2025-10").out
    logi("asset unreserve YY-2025-0009 --reason 无", code=3)

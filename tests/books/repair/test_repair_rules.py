"""The repair book's pure rules: the flow, who may accept, targets on workdays, figures."""

from datetime import date

import pytest

from logi.books.repair.clock import Moment, deadline, later
from logi.books.repair.figures import Before, Figures, Norm, average_days, share
from logi.books.repair.rules import FLOW, STATES, Progress, Step, acceptor, check, fold, repeated
from logi.core.calendar import SchoolCalendar
from logi.core.errors import Refused

D8, D9, D10, D11 = (date(2025, 9, n) for n in (8, 9, 10, 11))
# 2025-10-01 to 08 is the National Day holiday; Sunday 09-28 and Saturday 10-11 are worked instead (State Council, 2025).
OFF = frozenset(date(2025, 10, n) for n in range(1, 9))
CALENDAR = SchoolCalendar(OFF, frozenset({date(2025, 9, 28), date(2025, 10, 11)}), {}, (), frozenset({2025}))
HOURS = [["08:00", "12:00"], ["14:00", "18:00"]]


def test_a_slip_goes_from_report_to_acceptance():
    progress = Progress()
    states = []
    for step in ("open", "assign", "log", "close", "accept"):
        progress.take(Step(step, D8, person_id=1))
        states.append(progress.state)
    assert states == ["open", "assigned", "assigned", "closed", "accepted"]


def test_a_rejected_job_is_open_again_and_counted_each_time():
    steps = [Step("open", D8, 1), Step("assign", D8, 2), Step("close", D9, 2), Step("reject", D9, 1), Step("close", D10, 2),
             Step("reject", D10, 1)]  # fmt: skip
    progress = fold(steps)
    assert (progress.state, progress.rejected, progress.closed_on) == ("reopened", 2, None)


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        ("open", {"log", "close", "accept", "reject", "wait", "told"}),
        ("assigned", {"accept", "reject", "told"}),
        ("waiting", {"accept", "reject", "decline"}),
        ("reopened", {"accept", "reject", "decline", "told"}),
        ("deferred", {"log", "close", "accept", "reject", "defer", "wait"}),
        ("closed", {"assign", "log", "close", "defer", "plan", "escalate", "wait", "decline", "told"}),
        ("accepted", {"assign", "log", "close", "accept", "reject", "defer", "plan", "escalate", "deputy", "wait", "decline",
                      "told"}),
        ("declined", {"log", "close", "accept", "reject", "defer", "plan", "deputy", "wait", "decline"}),
    ],
)
def test_each_state_refuses_what_does_not_belong_there(state, refused):
    progress = Progress()
    progress.state, progress.opened_on, progress.last, progress.closed_on = state, D8, Moment(D8), D8
    found = set()
    for step in set(FLOW) - {"open"}:
        try:
            check("WX-1", progress, step, D9)
        except Refused:
            found.add(step)
    assert found == refused


def test_every_state_can_be_reached():
    assert {after for _, after in FLOW.values() if after} == set(STATES)


def test_no_step_lies_before_the_one_it_follows():
    progress = fold([Step("open", D9, 1), Step("assign", D10, 2)])
    with pytest.raises(Refused) as refused:
        check("WX-1", progress, "close", D8)
    assert refused.value.key == "repair.closed_before_opened"
    with pytest.raises(Refused) as refused:
        check("WX-1", progress, "close", D9)
    assert refused.value.key == "repair.out_of_order"
    progress.take(Step("close", D11, 2))
    with pytest.raises(Refused) as refused:
        check("WX-1", progress, "accept", D10)
    assert refused.value.key == "repair.accepted_before_closed"


def test_a_report_upward_may_be_booked_between_other_steps():
    check("WX-1", fold([Step("open", D8, 1), Step("assign", D11, 2)]), "escalate", D9)


@pytest.mark.parametrize("helper", [2, 3])
def test_nobody_who_worked_on_a_job_may_accept_it(helper):
    steps = [Step("open", D8, helper), Step("assign", D8, 2), Step("log", D8, 3), Step("close", D9, 2)]
    with pytest.raises(Refused) as refused:
        acceptor("WX-1", fold(steps), helper, helper, "x", "x", D9)
    assert refused.value.key == "repair.own_job"


def test_only_the_reporter_and_the_deputy_may_accept():
    progress = fold([Step("open", D8, 1), Step("deputy", D8, 5), Step("assign", D8, 2), Step("close", D9, 2)])
    acceptor("WX-1", progress, 1, 1, "reporter", "reporter", D9)
    acceptor("WX-1", progress, 1, 5, "deputy", "reporter", D9)
    with pytest.raises(Refused) as refused:
        acceptor("WX-1", progress, 1, 4, "somebody", "reporter", D9)
    assert refused.value.key == "repair.not_the_reporter"


def test_a_deputy_cannot_accept_before_the_day_of_being_named():
    progress = fold([Step("open", D8, 1), Step("assign", D8, 2), Step("close", D9, 2), Step("deputy", D11, 5)])
    with pytest.raises(Refused) as refused:
        acceptor("WX-1", progress, 1, 5, "deputy", "reporter", D10)
    assert refused.value.key == "repair.deputy_not_yet"
    acceptor("WX-1", progress, 1, 5, "deputy", "reporter", D11)


@pytest.mark.parametrize(
    ("opened_on", "minutes", "day"),
    [
        (date(2025, 9, 8), 30, date(2025, 9, 8)),  # urgent: within half an hour, so the same day
        (date(2025, 9, 5), 1440, date(2025, 9, 8)),  # normal, Friday: one workday later is Monday
        (date(2025, 9, 26), 2880, date(2025, 9, 29)),  # Friday + 2 workdays: Sunday the 28th is worked, Monday
        (date(2025, 9, 30), 1440, date(2025, 10, 9)),  # the holiday lies between
        (date(2025, 10, 4), 30, date(2025, 10, 9)),  # reported in the holiday: the first workday
    ],
)
def test_slips_are_to_be_assigned_within_workdays(opened_on, minutes, day):
    assert deadline(CALENDAR, HOURS, Moment(opened_on), minutes) == Moment(day)


@pytest.mark.parametrize(
    ("opened_on", "hours", "day"),
    [
        (date(2025, 9, 8), 8, date(2025, 9, 8)),
        (date(2025, 9, 8), 24, date(2025, 9, 9)),
        (date(2025, 9, 30), 72, date(2025, 10, 11)),  # 9, 10 and the make-up Saturday 11
        (date(2025, 9, 8), 120, date(2025, 9, 15)),  # five workdays
    ],
)
def test_slips_are_to_be_mended_within_workdays(opened_on, hours, day):
    assert deadline(CALENDAR, HOURS, Moment(opened_on), hours * 60) == Moment(day)


def test_a_fault_within_thirty_days_is_the_same_one():
    assert repeated(date(2025, 10, 9), D9, 30)
    assert not repeated(date(2025, 10, 10), D9, 30)
    assert not repeated(D8, D9, 30)


def test_figures_count_only_what_lies_in_the_period():
    figures = Figures()
    # Opened in August, mended and accepted in September after one rejection; 85 yuan in each month.
    figures.add(
        [Step("open", date(2025, 8, 30), 1), Step("assign", date(2025, 9, 1), 2),
         Step("log", date(2025, 8, 31), 2, cost_fen=8500), Step("close", date(2025, 9, 2), 2, cost_fen=8500, minutes=40),
         Step("reject", date(2025, 9, 2), 1), Step("close", date(2025, 9, 3), 2), Step("accept", date(2025, 9, 3), 1)],
        date(2025, 9, 1), date(2025, 9, 30),
    )  # fmt: skip
    # Opened, closed and accepted on one day.
    figures.add([Step("open", D8, 1), Step("assign", D8, 2), Step("close", D8, 2), Step("accept", D8, 1)],
                date(2025, 9, 1), date(2025, 9, 30))  # fmt: skip
    row = figures.row()
    assert (row["opened"], row["closed"], row["accepted"], row["rejected"]) == (1, 2, 2, 1)
    assert row["cost"] == 8500
    assert row["labour_minutes"] == 40
    assert row["wait_days"] == 1000  # (2 + 0) / 2 days
    assert row["mttr_days"] == 2000  # (4 + 0) / 2 days
    assert row["same_day"] == 500
    assert row["first_time_fixed"] == 500


def test_an_average_of_nothing_is_nothing():
    assert average_days(0, 0) is None
    assert share(0, 0) is None
    assert average_days(7, 3) == 2300  # 2.333… days
    assert average_days(5, 3) == 1700  # 1.666… days, half up to one decimal
    assert share(2, 3) == 667


def at(day, time):
    return Moment(date(2025, 9, day), time)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (at(8, "09:00"), 120, at(8, "11:00")),
        (at(8, "11:30"), 120, at(8, "15:30")),  # half an hour before noon, the rest after the break
        (at(8, "13:00"), 30, at(8, "14:30")),  # in the break: from two o'clock
        (at(8, "06:00"), 30, at(8, "08:30")),
        (at(26, "16:30"), 120, at(28, "08:30")),  # Friday: ninety minutes, and thirty on the make-up Sunday
        (at(26, "20:00"), 30, at(28, "08:30")),
        (at(8, "10:00"), 480, at(9, "10:00")),  # eight working hours are a day's work
        (at(8, "14:00"), 240, at(8, "18:00")),
        (at(8, "10:20"), 1440, at(9, "10:20")),  # 24 hours are one workday
        (at(30, "10:20"), 1440, Moment(date(2025, 10, 9), "10:20")),  # the holiday lies between
        (at(6, "10:00"), 1440, at(8, "18:00")),  # on a Saturday: the whole of Monday
        (at(8, "17:00"), 1440 + 120, at(10, "09:00")),
    ],
)
def test_targets_shorter_than_a_day_run_in_working_hours(start, minutes, end):
    assert deadline(CALENDAR, HOURS, start, minutes) == end


def test_the_clock_decides_only_where_both_have_one():
    assert later(at(8, "10:01"), at(8, "10:00"))
    assert not later(at(8, "10:01"), at(8, None))
    assert not later(at(8, None), at(8, "10:00"))
    assert later(at(9, None), at(8, "23:00"))
    assert (str(at(8, "10:01")), str(at(8, None)), at(8, None).shown) == ("2025-09-08 10:01", "2025-09-08", D8)


def test_on_one_day_the_time_of_a_step_may_not_go_back():
    progress = fold([Step("open", D8, 1, at_time="10:00"), Step("assign", D8, 2)])
    with pytest.raises(Refused) as refused:
        check("WX-1", progress, "escalate", D8, "09:59")
    assert refused.value.key == "repair.out_of_order"
    check("WX-1", progress, "log", D8, "09:59")  # the step before it has no time


def test_mean_time_between_failures_counts_from_the_mending_of_the_one_before():
    since, until = date(2025, 9, 1), date(2025, 9, 30)
    first = [Step("open", D8, 1), Step("assign", D8, 2), Step("close", D9, 2)]
    second = [Step("open", date(2025, 9, 20), 1), Step("assign", date(2025, 9, 20), 2), Step("close", date(2025, 9, 21), 2)]
    norm = Norm(Moment(D9), Moment(D9))
    figures = Figures()
    figures.add(first, since, until, norm=norm, before=Before(None, 30))
    figures.add(second, since, until, norm=norm, before=Before(fold(first), 30))
    row = figures.row()
    assert (row["mtbf_days"], row["repeats"]) == (11_000, 1)  # mended on the 9th, broken again on the 20th
    assert row["in_time"] == 500  # the first was assigned and mended in time, the second neither
    preventive = Figures()
    preventive.add(second, since, until, before=Before(fold(first), 30), source="maintenance")
    assert (preventive.row()["mtbf_days"], preventive.row()["repeats"]) == (None, 0)
    unmended = Figures()
    unmended.add(second, since, until, before=Before(fold(first[:1]), 30))
    assert unmended.row()["mtbf_days"] is None


def test_works_planned_for_the_summer_put_a_slip_off():
    progress = fold([
        Step("open", D8, 1), Step("plan", D9, note="换水管", estimate_fen=5000, begins_on=D10, ends_on=D11),
        Step("plan", D9, estimate_fen=6000, vendor_id=3),
    ])  # fmt: skip
    assert (progress.state, progress.deferred_on, progress.deferred_to) == ("deferred", D9, D10)
    assert (progress.scope, progress.ends_on, progress.estimate_fen) == ("换水管", D11, 6000)
    progress.take(Step("assign", D10, vendor_id=3))
    assert (progress.state, progress.deferred_on, progress.planned_vendor_id) == ("assigned", None, 3)

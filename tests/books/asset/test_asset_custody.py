"""Custody: loans, handover, letters of responsibility."""

from datetime import date

import pytest

from logi.books.asset import actions, checks, custody, damaging, report, sheets
from logi.books.asset import school as known
from logi.books.school import actions as school
from logi.books.school import calendar_actions
from logi.core.errors import Refused, Usage

TODAY = date(2025, 9, 30)


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        done = act(e, *args, **more)
        done.warnings = [key for key, _ in e.warnings]
    return done


@pytest.fixture
def room(ledger):
    with ledger.entry("person.add") as e:
        for code, name in (("S03", "钱样真"), ("S15", "杨班一"), ("S08", "王修好")):
            school.add_person(e, code, name)
        school.add_place(e, "A205", "四年级教室", keeper="S15")
        school.add_place(e, "B203", "信息教室")
    do(ledger, actions.add, "笔记本", 635000, count=3, place="A205", keeper="S15", on=date(2025, 9, 1), code="N")
    return ledger


@pytest.mark.seed("AST-20")
def test_a_loan_has_a_borrower_a_day_and_a_condition(room):
    done = do(room, custody.lend, ["N-01", "N-02"], "S08", date(2025, 9, 20), on=date(2025, 9, 10))
    assert done.number == "JY-2025-0001"
    [due] = [one for one in checks.due(room, 30) if one.rule == "asset.rule.loan"]
    assert (due.state, due.subject, due.day) == ("overdue", "JY-2025-0001", date(2025, 9, 20))
    assert [row["late_days"] for row in report.loans(room, date(2025, 9, 1), TODAY).rows] == [10, 10]
    back = do(room, custody.bring_back, ["N-01"], "damaged")
    assert back.warnings == ["asset.returned_late", "asset.returned_damaged"]
    do(room, custody.bring_back, [done.number], "good")
    rows = report.loans(room, date(2025, 9, 1), TODAY).rows
    assert [(row["code"], row["condition"], row["returned_on"]) for row in rows] == [("N-01", "damaged", TODAY), ("N-02", "good", TODAY)]
    with pytest.raises(Refused, match=r"asset\.loan_returned"):
        do(room, custody.bring_back, [done.number], "good")


def test_a_loan_that_makes_no_sense_is_refused(room):
    with pytest.raises(Refused, match=r"asset\.due_before"):
        do(room, custody.lend, ["N-01"], "S08", date(2025, 9, 1))
    do(room, custody.lend, ["N-01"], "S08", TODAY, on=date(2025, 9, 10))
    with pytest.raises(Refused, match=r"asset\.is_lent"):
        do(room, custody.lend, ["N-01"], "S08", TODAY)
    with pytest.raises(Refused, match=r"asset\.is_lent"):
        do(room, actions.transfer, ["N-01"], "B203")
    with pytest.raises(Refused, match=r"asset\.not_lent"):
        do(room, custody.bring_back, ["N-02"], "good")
    with pytest.raises(Refused, match=r"asset\.returned_before"):
        do(room, custody.bring_back, ["N-01"], "good", on=date(2025, 9, 9))


def test_a_handover_moves_everything_kept_before_a_witness(room):
    do(room, custody.lend, ["N-03"], "S08", TODAY)
    done = do(room, custody.handover, "S15", "S08", "S03")
    assert (done.number, done.facts["count"], done.facts["left"]) == ("JJ-2025-0001", 3, 0)
    assert {row["keeper"] for row in report.listing(room).rows} == {"王修好"}
    face, lines = sheets.show(room, "JJ-2025-0001")
    assert [row["value"] for row in face.rows][2:5] == ["杨班一", "王修好", "钱样真"]
    assert [row["code"] for row in lines.rows] == ["N-01", "N-02", "N-03"]
    with pytest.raises(Refused, match=r"asset\.keeps_nothing"):
        do(room, custody.handover, "S15", "S08", "S03")


def test_what_a_person_answers_for_is_what_is_kept_and_what_is_borrowed(room):
    do(room, custody.lend, ["N-03"], "S08", TODAY)
    person = {row["code"]: row["id"] for row in room.db.execute("SELECT id, code FROM school_person")}
    assert [(row["code"], row["what"]) for row in custody.held_by(room.db, person["S15"])] == [("N-01", "kept"), ("N-02", "kept"), ("N-03", "kept")]
    assert [(row["code"], row["what"]) for row in custody.held_by(room.db, person["S08"])] == [("N-03", "borrowed")]
    assert custody.held_by(room.db, person["S03"]) == []


def test_giver_taker_and_witness_are_three(room):
    with pytest.raises(Refused, match=r"asset\.handover_three"):
        do(room, custody.handover, "S15", "S08", "S08")
    with pytest.raises(Refused, match=r"asset\.not_kept"):
        do(room, custody.handover, "S08", "S15", "S03", texts=["N-01"])


def test_a_letter_covers_live_custody_and_is_stale_when_that_changes(room):
    with room.entry("term.add") as e:
        e.insert("school_term", code="2025-2026-1", name="第一学期", folded="", initials="", starts_on="2025-09-01", ends_on="2026-01-30")

    def missing():
        return [one.command for one in checks.due(room, 30) if one.rule == "asset.rule.letter"]

    assert missing() == ["logi asset letter --place A205 --signed DAY"]
    done = do(room, custody.issue_letter, place="A205", keeper=None, term=None, signed=None)
    assert (done.number, done.facts["keeper"], done.facts["count"]) == ("ZR-2025-0001", "杨班一", 3)
    assert missing() == ["logi asset letter --sign ZR-2025-0001"]
    do(room, custody.sign_letter, done.number, TODAY)
    assert missing() == []
    assert [row["state"] for row in report.letters(room).rows] == ["signed"]
    do(room, actions.assign, ["N-01"], "S08")
    assert [row["state"] for row in report.letters(room).rows] == ["stale"]
    assert missing() == ["logi asset letter --place A205 --signed DAY"]


def test_a_letter_that_no_longer_tells_the_truth_is_not_signed(room):
    done = do(room, custody.issue_letter, place=None, keeper="S15", term="2025-2026-1", signed=None)
    do(room, actions.transfer, ["N-01"], "B203", keeper="S03")
    with pytest.raises(Refused, match=r"asset\.letter_stale"):
        do(room, custody.sign_letter, done.number, TODAY)
    with pytest.raises(Usage, match=r"asset\.letter_keeper"):
        do(room, custody.issue_letter, place="B203", keeper=None, term="2025-2026-1", signed=None)
    with pytest.raises(Refused, match=r"asset\.letter_empty"):
        do(room, custody.issue_letter, place=None, keeper="S08", term="2025-2026-1", signed=None)


def test_what_nobody_keeps_is_listed_by_room(room):
    do(room, actions.add, "打印机", 198000, count=2, place="B203", code="P")
    [due] = [one for one in checks.due(room, 30) if one.rule == "asset.rule.no_keeper"]
    assert (due.state, due.subject, due.command) == ("orphaned", "B203", "logi asset assign P-01..02 --keeper PERSON")
    with room.entry("place.edit") as e:
        e.update("school_place", known.place(e, "B203")["id"], keeper_id=known.person(e, "S15")["id"])
    [due] = [one for one in checks.due(room, 30) if one.rule == "asset.rule.no_keeper"]
    assert due.command == "logi asset assign P-01..02 --keeper S15"  # who keeps the room


@pytest.mark.seed("AST-02")
def test_a_class_without_a_room_signs_for_the_things_that_are_named(room):
    with room.entry("term.add") as e:
        calendar_actions.add_term(e, "2025-2026-1", "秋季学期", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23))
    with pytest.raises(Refused, match=r"asset\.not_kept"):
        do(room, custody.issue_letter, place=None, keeper="S08", term="2025-2026-1", signed=None, texts=["N-01"])
    more = {"place": None, "keeper": "S15", "term": "2025-2026-1", "school_class": "七年级3班"}
    done = do(room, custody.issue_letter, **more, signed=None, texts=["N-01", "N-02"])
    [due] = [one for one in checks.due(room, 30) if one.subject == done.number]
    assert due.command == f"logi asset letter --sign {done.number}"
    do(room, custody.sign_letter, done.number, TODAY)
    assert [row["class"] for row in report.letters(room).rows] == ["七年级3班"]
    do(room, actions.transfer, ["N-03"], "B203", keeper="S03")  # not among the things named
    assert [row["state"] for row in report.letters(room).rows] == ["signed"]
    with room.entry("damage") as e:
        harm = damaging.damage(e, "N-01", school_class="七年级3班", amount_fen=5000)
    breaches = sheets.show(room, done.number)[2].rows
    assert [row["number"] for row in breaches] == [harm.number]
    do(room, actions.assign, ["N-02"], "S03")
    assert [row["state"] for row in report.letters(room).rows] == ["stale"]
    [due] = [one for one in checks.due(room, 30) if one.subject == done.number]
    assert due.command == "logi asset letter N-01 --keeper S15 --class 七年级3班"
    do(room, custody.issue_letter, **more, signed=TODAY, texts=["N-01"])
    assert [one for one in checks.due(room, 30) if one.subject == done.number] == []

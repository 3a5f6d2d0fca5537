"""Asking for a thing: what waits, what may be issued, to whom it goes, and taking it back."""

from datetime import date

import pytest

from logi import journal
from logi.books.asset import actions, approving, checks, report, requesting
from logi.books.school import actions as school
from logi.core.errors import NotFound, Refused
from logi.undo import redo, undo

TODAY = date(2025, 9, 30)
PC, DESK = "A02010105", "A05010203"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        done = act(e, *args, **more)
        done.entry = e.n
        done.warnings = [key for key, _ in e.warnings]
    return done


def approve(ledger, number, decision="yes"):
    with ledger.entry("approve") as e:
        e.insert("approval", on_day=e.today, number=number, level="bursar", by_whom="钱样真", doc_no="1", decision=decision)
        approving.decided(e, number, decision == "yes", decision == "no")


@pytest.fixture
def idle(ledger):
    """Two idle laptops, sixty idle chairs in the store, one projector in use."""
    with ledger.entry("person.add") as e:
        school.add_person(e, "S03", "钱样真")
        school.add_person(e, "S15", "杨班一", department=None)
        school.add_place(e, "A205", "四年级教室")
        school.add_place(e, "F101", "仓库", kind="store")
    more = {"on": date(2025, 9, 1), "keeper": "S03"}
    do(ledger, actions.add, "笔记本电脑", 500000, category=PC, count=2, code="N", place="A205", **more)
    do(ledger, actions.add, "课桌椅", 19800, category=DESK, quantity_milli=60000, code="D", place="F101", **more)
    do(ledger, actions.add, "投影仪", 480000, category=PC, code="P", place="A205", **more)
    do(ledger, actions.edit, ["N-01", "N-02"], status="idle", on=date(2025, 9, 2))
    return ledger


def test_what_stands_idle_is_asked_for_approved_and_issued(idle):
    asked = do(idle, requesting.request, "电脑", "S15", place="A205", purpose="备课", on=date(2025, 9, 10))
    assert (asked.number, asked.facts["idle"], asked.warnings) == ("SL-2025-0001", "N-01..02", [])
    [waits] = [d for d in checks.due(idle, 30) if d.rule == "asset.rule.request"]
    assert waits.command == "logi approve SL-2025-0001 --level bursar --by PERSON --no DOCNO"
    with pytest.raises(Refused, match=r"asset\.request_open"):
        do(idle, requesting.issue, "SL-2025-0001", ["N-01"])
    approve(idle, "SL-2025-0001")
    [waits] = [d for d in checks.due(idle, 30) if d.rule == "asset.rule.issue"]
    assert waits.command == "logi asset issue SL-2025-0001 N-01..02"
    for texts, key in ((["P"], "not_idle"), (["N-01", "N-02"], "issue_too_much")):
        with pytest.raises(Refused, match=rf"asset\.{key}"):
            do(idle, requesting.issue, "SL-2025-0001", texts)
    with pytest.raises(Refused, match=r"asset\.issued_before"):
        do(idle, requesting.issue, "SL-2025-0001", ["N-01"], on=date(2025, 9, 9))
    do(idle, requesting.issue, "SL-2025-0001", ["N-01"])
    [got] = report.listing(idle, keeper="S15").rows
    assert (got["code"], got["status"], got["place"]) == ("N-01", "in_use", "A205")
    with pytest.raises(Refused, match=r"asset\.request_issued"):
        do(idle, requesting.issue, "SL-2025-0001", ["N-02"])
    head, cards = requesting.show(idle, "SL-2025-0001")
    assert ([r["state"] for r in head.rows], [r["code"] for r in cards.rows]) == (["issued"], ["N-01"])
    assert [d for d in checks.due(idle, 30) if d.source == "AST-04"] == []


def test_part_of_a_quantity_card_in_the_store_is_issued_bit_by_bit(idle):
    do(idle, requesting.request, "课桌椅", "S15", quantity_milli=10000, place="A205")
    approve(idle, "SL-2025-0001")
    do(idle, actions.split, "D", 4000)
    first = do(idle, requesting.issue, "SL-2025-0001", ["D-01"])
    assert (first.facts["quantity"], first.facts["left"]) == (4000, 6000)
    last = do(idle, requesting.issue, "SL-2025-0001", ["D"])  # of the 56 left the 6 still asked for
    assert (last.numbers, last.facts["left"]) == (["D-02"], 0)
    assert {r["code"]: (r["quantity"], r["place"]) for r in report.listing(idle, item="课桌椅").rows} == {
        "D": (50000, "F101"), "D-01": (4000, "A205"), "D-02": (6000, "A205"),
    }  # fmt: skip
    assert checks.verify(idle.db) == []


def test_what_nobody_has_idle_is_said_and_a_rejection_ends_a_request(idle):
    assert do(idle, requesting.request, "投影仪", "S15").warnings == ["asset.request_nothing_idle"]
    approve(idle, "SL-2025-0001", "no")
    with pytest.raises(Refused, match=r"asset\.request_rejected"):
        do(idle, requesting.issue, "SL-2025-0001", ["P"])
    with pytest.raises(NotFound, match=r"asset\.no_request"):
        do(idle, requesting.issue, "SL-2025-0002", ["P"])
    with pytest.raises(Refused, match=r"asset\.quantity_zero"):
        do(idle, requesting.request, "投影仪", "S15", quantity_milli=0)


def test_who_has_left_asks_for_nothing(idle):
    with idle.entry("person.leave") as e:
        school.leave_person(e, "S15", on=date(2025, 9, 20))
    with pytest.raises(Refused, match=r"asset\.person_left"):
        do(idle, requesting.request, "电脑", "S15")


def test_an_issue_is_undone_and_redone(idle):
    asked = do(idle, requesting.request, "电脑", "S15")
    approve(idle, "SL-2025-0001")
    before = report.listing(idle).rows
    issued = do(idle, requesting.issue, "SL-2025-0001", ["N-02"])
    after = report.listing(idle).rows
    with idle.entry("undo") as e, pytest.raises(Refused, match=r"front\.undo_depends"):
        undo(e, [asked.entry])
    with idle.entry("undo") as e:
        undo(e, [issued.entry])
    assert report.listing(idle).rows == before
    with idle.entry("redo") as e:
        redo(e, e.n - 1, actor="tester")
    assert report.listing(idle).rows == after
    assert journal.number_of(idle.db, "SL-2025-0001")["kind"] == "request"

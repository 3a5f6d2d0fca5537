"""Any sequence of acts, undone backwards, gives the opening lists; the journal alone gives the present tables."""

import contextlib
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logi import journal, undo
from logi.books.school import actions as school
from logi.confirming import finish
from logi.connecting import harden
from logi.core.answers import Confirmation
from logi.core.errors import LogiError
from logi.db import Ledger, in_memory
from logi.journal import Entry, Who, set_setting
from logi.opening import fill_new
from logi.verify import verify
from tests.trust.replaying import lists, replayed, tables

DAY = date(2025, 9, 30)
WHO = Who("tester", "tester", 0, "here")
CODES = ("S1", "S2", "S3", "S4")
NAMES = ("钱样真", "周入库", "王修好")


def opened() -> Ledger:
    """A ledger with only its first entry."""
    ledger = in_memory(WHO, today=DAY)
    with ledger.entry("init") as e:
        finish(e, fill_new(e, school="x", lang="en", costing="fifo", threshold_rules="2022", zone="Asia/Shanghai"))
    return ledger


@pytest.fixture(scope="module")
def opening() -> Ledger:
    return opened()


def again(opening: Ledger) -> Ledger:
    """A private copy of a ledger in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    opening.db.backup(db)
    harden(db)
    return Ledger(db, Path(":memory:"), WHO, today=DAY)


# -- acts, as data ----------------------------------------------------------------------------------

people = st.tuples(st.just("person"), st.sampled_from(CODES), st.sampled_from(NAMES), st.sampled_from([None, "教务处", "总务处"]))
edits = st.tuples(st.just("edit"), st.sampled_from(CODES), st.sampled_from(["甲", "乙"]), st.sampled_from([None, "新名"]))
places = st.tuples(st.just("place"), st.sampled_from(["A1", "A2"]), st.sampled_from([None, *CODES]), st.just(None))
choices = st.tuples(st.just("setting"), st.sampled_from(["school", "x"]), st.sampled_from(["一", "二"]), st.just(None))
papers = st.tuples(st.just("paper"), st.integers(1, 3), st.just(None), st.just(None))
undos = st.tuples(st.just("undo"), st.integers(2, 12), st.just(None), st.just(None))
acts = st.lists(st.one_of(people, edits, places, choices, papers, undos), min_size=1, max_size=12)


def perform(e: Entry, act: tuple[Any, ...]) -> Confirmation:
    """One act inside an open entry."""
    kind, a, b, c = act
    if kind == "person":
        return school.add_person(e, a, b, department=c)
    if kind == "edit":
        return school.edit_person(e, a, post=b, name=c)
    if kind == "place":
        return school.add_place(e, a, "教室", keeper=b)
    if kind == "setting":
        set_setting(e, a, b)
        return Confirmation("config.set", facts={"name": a})
    if kind == "undo":
        return undo.undo(e, [a])
    number = ""
    for _ in range(a):
        number = e.number("CZ", "2025", book="school", kind="document")
        e.insert("approval", on_day=DAY, number=number, level="x", by_whom="郑", doc_no="1", decision="yes")
    return Confirmation("approve", number)


def run(ledger: Ledger, act: tuple[Any, ...]) -> int | None:
    """The entry an act made, or None if it was refused."""
    with contextlib.suppress(LogiError), ledger.entry(str(act[0])) as e:
        finish(e, perform(e, act))
        return e.n
    return None


def standing(ledger: Ledger) -> list[int]:
    """Entries that could still be undone, newest first."""
    found = [row["seq"] for row in journal.log(ledger.db) if row["seq"] > 1]
    return [n for n in found if journal.undone_by(ledger.db, n) is None and not journal.is_undoing(ledger.db, n)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(what=acts)
def test_undone_backwards_everything_is_as_it_was_and_redone_as_it_became(opening: Ledger, what: list[Any]) -> None:
    ledger = again(opening)
    before = lists(ledger.db)
    for act in what:
        run(ledger, act)
    became = lists(ledger.db)
    taken = standing(ledger)
    for seq in taken:
        assert run(ledger, ("undo", seq, None, None)) is not None
    assert lists(ledger.db) == before
    for seq in reversed(taken):
        with ledger.entry("redo") as e:
            finish(e, undo.redo(e, seq, actor=WHO.actor))
    assert lists(ledger.db) == became
    assert replayed(ledger.db) == tables(ledger.db)
    found = verify(ledger)
    assert found.clean, found.findings
    ledger.close()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(what=acts)
def test_several_undone_in_one_entry_are_as_undone_one_by_one(opening: Ledger, what: list[Any]) -> None:
    ledger = again(opening)
    before = lists(ledger.db)
    for act in what:
        run(ledger, act)
    taken = standing(ledger)
    if taken:
        with ledger.entry("undo") as e:
            finish(e, undo.undo(e, taken))
    assert lists(ledger.db) == before
    assert verify(ledger).clean
    ledger.close()


def test_what_a_refused_act_began_is_gone(opening: Ledger) -> None:
    ledger = again(opening)
    run(ledger, ("person", "S1", "钱样真", None))
    before, head = tables(ledger.db), journal.head(ledger.db)
    assert run(ledger, ("person", "S1", "别人", "教务处")) is None  # the code is taken
    assert run(ledger, ("undo", 99, None, None)) is None
    assert (tables(ledger.db), journal.head(ledger.db)) == (before, head)


def test_a_dry_run_leaves_no_trace(opening: Ledger) -> None:
    ledger = again(opening)
    before, head = tables(ledger.db), journal.head(ledger.db)
    with ledger.entry("person.add", dry_run=True) as e:
        finish(e, perform(e, ("person", "S1", "钱样真", "教务处")))
    assert (tables(ledger.db), journal.head(ledger.db)) == (before, head)


def test_nothing_writes_outside_an_entry(opening: Ledger) -> None:
    ledger = again(opening)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        ledger.db.execute("UPDATE setting SET value = 'x'")


def test_an_undo_is_refused_while_later_entries_stand_on_it(opening: Ledger) -> None:
    ledger = again(opening)
    one = run(ledger, ("person", "S1", "钱样真", None))
    two = run(ledger, ("place", "A1", "S1", None))
    assert run(ledger, ("undo", one, None, None)) is None  # A1 is kept by S1
    with ledger.entry("undo") as e:
        finish(e, undo.undo(e, [one, two]))  # together they go
    assert lists(ledger.db) == lists(opening.db)


def test_an_undo_in_a_closed_month_names_the_counter_movement_that_does_it(logi) -> None:
    logi("item add I1 粉笔 --unit 盒")
    logi("stock in I1 10 --price 2 --from V01 --on 2025-09-02")
    logi("stock out I1 3 --to 教务处 --by S15 --on 2025-09-03")
    logi.env["LOGI_TODAY"] = "2025-10-05"
    logi("month close 2025-09")
    assert "logi undo 17 --on 2025-10-05" in logi("undo 17", code=4).err
    logi("undo 17 --on 2025-10-05")
    [row] = logi("stock list -f json").json["rows"]
    assert row["quantity"] == "10"
    for line in ("undo 16", "undo 16 --on 2025-10-05"):  # what the closing carried forward: not by undoing the closing
        said = logi(line, code=4).err
        assert "logi month reopen 2025-09" in said, said
        assert "logi stock adjust" in said
    logi("stock adjust I1 -10 --reason 少到了")
    logi("audit verify")


def test_a_bare_redo_does_not_reach_back_over_later_work(logi) -> None:
    first = logi("person add S50 甲 -f json").json["entry"]
    undone = logi("undo -f json").json["entry"]
    later = logi("person add S51 乙 -f json").json["entry"]
    said = logi("redo", code=4).err
    assert f"logi redo {first}" in said
    assert f"entry {undone}" in said
    assert f"from {later} on" in said
    assert "person.add S50" in logi(f"redo {first}").out
    logi("undo")  # the newest act that stands is S51's
    assert "person.add S51" in logi("redo").out


def test_a_copy_is_not_named_by_the_option_for_answers(logi) -> None:
    said = logi("backup -o copy.db", code=2).err
    assert "logi backup copy.db" in said
    assert not (logi.folder / "copy.db").exists()

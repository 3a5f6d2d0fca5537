"""A plan as a document: drawn up, signed by the bursar and the vice-principal; without that it runs with a warning."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.month import actions, checks, closing, report, submitting
from logi.books.school.actions import add_person, set_policy
from logi.core.errors import Refused


@pytest.fixture
def office(ledger):
    with ledger.entry("setup") as e:
        for code, name, post in (("S01", "郑示园", "校长"), ("S02", "冯演和", "分管副校长"), ("S03", "钱样真", "总务主任"),
                                 ("S08", "王修好", "水电维修工")):  # fmt: skip
            add_person(e, code, name, post=post)
        actions.add(e, "2025-09", "修锅炉", owner="S08", due_on=date(2025, 9, 29))
    return ledger


def submit(ledger, month="2025-09", **kw):
    with ledger.entry("month.submit") as e:
        done = submitting.submit(e, month, **kw)
        e.subject = done.number
    return done



def asked(ledger):
    return [(d.state, d.subject, d.command) for d in checks.due(ledger, 0) if d.rule == "month.rule.approved"]


def test_a_plan_is_drawn_up_then_signed_by_the_bursar_and_the_vice_principal(office):
    assert asked(office) == [("missing", "2025-09", "logi month submit 2025-09 --by S03")]
    done = submit(office, by="S03", on=date(2025, 9, 1))
    assert (done.number, done.facts["lines"]) == ("YJH-202509-01", 1)
    assert asked(office) == [("missing", "YJH-202509-01", "logi approve YJH-202509-01 --by S03 --no DOCNO")]
    assert closing.notices(office, "2025-09")[0][0] == "month.notice.unapproved"
    for level, by in (("bursar", "钱样真"), ("vice_principal", "冯演和")):
        assert submitting.standing(office, "2025-09").left[0] == level
        with office.entry("approve") as e:
            e.insert("approval", on_day=date(2025, 9, 2), number=done.number, level=level, by_whom=by, doc_no="9",
                     decision="yes")  # fmt: skip
    assert asked(office) == []
    assert closing.notices(office, "2025-09") == []
    assert "Approved as YJH-202509-01, last on 2025-09-02 (冯演和)." in report.plan(office, "2025-09").notes
    # As of the first the signatures were still to come.
    assert submitting.standing(office, "2025-09", date(2025, 9, 1)).state == "waits"
    with pytest.raises(Refused, match=r"month\.submit\.standing"):
        submit(office)


def test_a_plan_that_grew_or_was_rejected_is_submitted_again(office):
    submit(office)
    with office.entry("month.add") as e:
        actions.add(e, "2025-09", "清水沟", owner="S08", due_on=date(2025, 9, 30))
    assert submitting.standing(office, "2025-09").added == ("JH-202509-02",)
    second = submit(office).number
    assert second == "YJH-202509-02"
    with office.entry("approve") as e:
        e.insert("approval", on_day=date(2025, 9, 30), number=second, level="bursar", by_whom="钱样真", doc_no="9",
                 decision="no", reason="缺经费")  # fmt: skip
    assert submitting.standing(office, "2025-09").state == "rejected"
    assert submit(office).number == "YJH-202509-03"
    with pytest.raises(Refused, match=r"month\.submit\.nothing"):
        submit(office, "2025-10")


def test_the_policy_may_ask_for_no_approval_and_an_undone_submission_is_gone(office):
    submit(office)
    with office.entry("undo") as e:
        undoing.undo(e, [office.db.execute("SELECT max(seq) FROM entry").fetchone()[0]])
    assert submitting.standing(office, "2025-09").state == "none"
    assert submit(office).number == "YJH-202509-02"
    with office.entry("policy.set") as e:
        set_policy(e, "month.approval_required", False, from_day=date(2025, 9, 1), source="校务会", reason=None)
    assert asked(office) == []
    assert not [one for one in report.plan(office, "2025-09").notes if "YJH" in one]


def test_the_form_shows_who_drew_the_plan_up_and_who_signed_it(logi):
    logi("month add 2025-09 修锅炉 --owner 王修好 --due 2025-09-29")
    logi("month submit 2025-09 --by 吴资明 --on 2025-09-01")
    logi("approve YJH-202509-01 --by 钱样真 --no 9 --on 2025-09-02")
    said = logi("form month-plan 2025-09", LOGI_LANG="zh-Hans").out
    assert "吴资明" in said
    assert "2025-09-02" in said
    assert logi("approve JH-202509-01 --by 钱样真 --no 9", code=4).err  # a line is not a document to be signed
    assert logi("approve YJH-202509-01 --level vice_principal --by 郑示园 --no 9 --reject 缺经费")
    assert "缺经费" in logi("month plan 2025-09").out
    logi("month submit 2025-09 --by 吴资明")
    assert "YJH-202509-01" in logi("approve YJH-202509-01 --by 钱样真 --no 9", code=4).err  # the newest alone is signed

"""What the office does not mend, or not yet: turned down with a reason, waiting for parts with the clock at rest."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.patrol import hazard_actions
from logi.books.repair import actions, checks, forms, halt_actions, report, store
from logi.books.repair.rules import fold, same_fault
from logi.books.school.actions import add_person, add_place, set_policy
from logi.core.errors import Refused
from logi.core.forms import Asked

D8, D9, D10, D11 = (date(2025, 9, n) for n in (8, 9, 10, 11))


@pytest.fixture
def school(ledger):
    with ledger.entry("setup") as e:
        for code, name in (("S08", "王修好"), ("S15", "杨班一"), ("S03", "钱样真")):
            add_person(e, code, name)
        add_place(e, "A205", "四年级教室")
    return ledger


def do(ledger, verb, *args, **kw):
    with ledger.entry(f"repair.{verb}") as e:
        done = getattr(halt_actions, verb, None) or getattr(actions, verb)
        said = done(e, *args, **kw)
        e.subject = said.number
    return said, [key for key, _ in e.warnings]


def slip(ledger, title="漏水", **kw):
    return do(ledger, "open", title, **{"place": "A205", "by": "S15", "kind": "water", "on": D8, **kw})[0].number


def row(ledger, number):
    return next(one for one in report.orders(ledger).rows if one["number"] == number)


def asked(ledger, days=60):
    return [(d.state, d.rule, d.command) for d in checks.due(ledger, days)]


def test_a_slip_turned_down_is_done_with_and_its_reporter_is_told_why(school):
    number = slip(school, "要一台新电视")
    done, warned = do(school, "decline", number, reason="属购置，请走申购", by="S03", on=D9)
    assert (done.facts["reason"], warned) == ("属购置，请走申购", ["repair.tell_reporter"])
    assert row(school, number)["state"] == "declined"
    assert row(school, number)["age_days"] == 1
    assert report.open_by_age(school, D8, D11).rows == ()
    assert [o["number"] for o in report.orders(school, state="unfinished").rows] == []
    assert asked(school) == [("missing", "repair.rule.untold", f"logi repair told {number}")]
    do(school, "told", number, by="S03", on=D10)
    assert asked(school) == []
    with pytest.raises(Refused, match="already_declined"):
        do(school, "close", number, by="S08", on=D10)
    with pytest.raises(Refused, match="already_declined"):
        do(school, "decline", number, reason="x", on=D10)
    sheet = {one["field"]: one["value"] for one in report.sheet(school, number).tables[0].rows}
    assert (sheet["Turned down"], sheet["Reason"], sheet["Reporter told"]) == ("2025-09-09", "属购置，请走申购", "2025-09-10")
    assert forms.repair(school, number, Asked()).values["halted"] == "turned down: 属购置，请走申购"
    do(school, "assign", number, worker="S08", on=D11)  # after all
    assert row(school, number)["state"] == "assigned"


def test_told_at_once_needs_no_reminder(school):
    number = slip(school)
    assert do(school, "decline", number, reason="重复报修", told=True, on=D9)[1] == []
    assert asked(school) == []


def test_work_and_maintenance_cannot_be_turned_down(school):
    number = slip(school)
    do(school, "log", number, by="S08", minutes=10, on=D8)
    with pytest.raises(Refused, match="worked_on_already"):
        do(school, "decline", number, reason="x", on=D9)
    planned = slip(school, source="maintenance")
    with pytest.raises(Refused, match="maintenance_declined"):
        do(school, "decline", planned, reason="x", on=D9)
    do(school, "close", number, by="S08", on=D9)
    do(school, "reject", number, by="S15", reason="仍漏", on=D9)
    with pytest.raises(Refused, match="not_to_decline"):
        do(school, "decline", number, reason="x", on=D9)
    with pytest.raises(Refused, match="nothing_to_tell"):
        do(school, "told", number, on=D9)


def test_a_hazard_stays_open_when_its_repair_is_turned_down(school):
    with school.entry("hazard.open") as e:
        hazard = hazard_actions.open_hazard(e, "线头外露", place="A205", by="S15", on=D8, category="electric").number
        slip_number = hazard_actions.repair_it(e, hazard, by="S15", on=D8).facts["repair"]
    number = str(slip_number).split()[0]
    assert do(school, "decline", number, reason="外电网的事", told=True, on=D9)[1] == ["patrol.told.declined"]
    with school.entry("hazard.fix") as e:  # by other means: the slip turned down is not waited for
        hazard_actions.fix(e, hazard, by="S08", on=D10)
        assert [key for key, _ in e.warnings] == []


def test_a_slip_waiting_for_parts_says_which_and_until_when_and_its_target_stands_still(school):
    """Normal urgency: 72 h = 3 workdays from Mon 8 Sep -> Thu 11. Waiting Tue 9 to Fri 12 = 3 workdays -> Tue 16."""
    number = slip(school)
    done, _ = do(school, "wait", number, parts="6分球阀", until=date(2025, 9, 12), by="S08", on=D9)
    assert (done.facts["parts"], done.facts["until"], done.facts["resolve_by"]) == ("6分球阀", date(2025, 9, 12), date(2025, 9, 16))
    assert (row(school, number)["state"], row(school, number)["worker"]) == ("waiting", "王修好")
    [line] = [one for one in report.open_by_age(school, D8, D11).rows if one["number"] == number]
    assert line["resolve_by"] == date(2025, 9, 16)
    assert asked(school) == [("overdue", "repair.rule.parts", f"logi repair close {number} --by S08")]
    assert forms.repair(school, number, Asked()).values["halted"] == "waits for 6分球阀 until 2025-09-12"
    # The parts come on Thursday, a day early: two workdays waited (Wed, Thu), so Mon 15.
    do(school, "log", number, note="到货", on=D11)
    assert row(school, number)["state"] == "assigned"
    sheet = {one["field"]: one["value"] for one in report.sheet(school, number).tables[0].rows}
    assert sheet["To mend by"] == "2025-09-15"
    assert asked(school) == [("overdue", "repair.rule.mend", f"logi repair close {number} --by S08")]


def test_the_clock_rests_no_longer_than_was_promised_and_only_by_the_policy(school):
    number = slip(school)
    do(school, "assign", number, worker="S08", on=D8)
    done, _ = do(school, "wait", number, parts="灯座", on=D9)  # the norm: three workdays, Fri 12
    assert done.facts["until"] == date(2025, 9, 12)
    with pytest.raises(Refused, match="parts_promised_back"):
        do(school, "wait", number, parts="灯座", until=D9, on=D9)
    do(school, "close", number, on=date(2025, 9, 26))
    assert fold(store.steps(school.db, 1, date.max)).waits[0].ended == date(2025, 9, 26)
    assert row(school, number)["state"] == "closed"
    late = slip(school)
    do(school, "assign", late, worker="S08", on=D8)
    do(school, "wait", late, parts="x", until=date(2025, 9, 26), on=date(2025, 9, 16))  # its target was Thu 11 already
    assert next(o["resolve_by"] for o in report.open_by_age(school, D8, D11.replace(day=30)).rows if o["number"] == late) == D11
    with school.entry("policy.set") as e:
        set_policy(e, "repair.waiting_stops_clock", False, from_day=date(2025, 9, 1), source="校务会", reason=None)
    runs = slip(school)
    assert do(school, "wait", runs, parts="x", by="S08", on=D9)[0].facts["resolve_by"] == D11


def test_turning_down_waiting_and_telling_are_undone_and_redone(school):
    number = slip(school)
    for verb, kw in (("wait", {"parts": "x", "by": "S08"}), ("decline", {"reason": "x"}), ("told", {})):
        if verb == "decline":
            number = slip(school)
        before = [tuple(one)[3:] for one in school.db.execute("SELECT * FROM repair_order WHERE void = 0 ORDER BY id")]
        do(school, verb, number, on=D9, **kw)
        after = [tuple(one)[3:] for one in school.db.execute("SELECT * FROM repair_order WHERE void = 0 ORDER BY id")]
        assert verb == "told" or before != after
        with school.entry("undo") as e:
            undoing.undo(e, [school.db.execute("SELECT max(seq) FROM entry WHERE action LIKE 'repair.%'").fetchone()[0]])
        assert before == [tuple(o)[3:] for o in school.db.execute("SELECT * FROM repair_order WHERE void = 0 ORDER BY id")]
        do(school, verb, number, on=D9, **kw)
    assert checks.verify(school.db) == []


def test_two_faults_of_kind_other_are_the_same_only_if_their_words_are_alike(school):
    number = slip(school, "窗帘掉了", kind="other")
    do(school, "close", number, by="S08", on=D9)
    assert do(school, "open", "黑板划痕", place="A205", by="S15", kind="other", on=D10)[1] == []
    assert do(school, "open", "窗帘又掉了", place="A205", by="S15", kind="other", on=D10)[1] == ["repair.repeat"]
    assert report.stats(school, D8, D11).rows[0]["repeats"] == 1
    assert same_fault("water", "漏水", "龙头坏")
    assert not same_fault("other", "门牌", "讲台")
    assert same_fault("other", "讲台", "讲台 松动")


def test_the_list_of_repairs_and_of_hazards_is_rewound_like_everything_else(logi):
    logi("repair open 漏水 --place A205 --by 杨班一 --on 2025-09-08")
    hazard = logi("hazard open 线头外露 --place B203 --by 陈巡安 --kind electric --on 2025-09-08 -f json").json["number"]
    logi("repair close 0001 --by 王修好 --on 2025-09-20")
    logi(f"hazard fix {hazard} --by 王修好 --on 2025-09-20")
    for line, then in (("repair list", "open"), ("hazard list", "open")):
        assert logi(f"{line} --at 2025-09-10 -f json").json["rows"][0]["state"] == then
        assert "2025-09-10" in logi(f"{line} --at 2025-09-10").out + logi(f"{line} --at 2025-09-10").err
        assert logi(f"{line} --at 2025-09-07 -f json").json["rows"] == []
        assert logi(f"{line} -f json").json["rows"][0]["state"] in ("closed", "fixed")
        known = logi("audit log --limit 1 -f json").json["rows"][0]["entry"] - 2
        assert logi(f"{line} --known {known} -f json").json["rows"][0]["state"] == then

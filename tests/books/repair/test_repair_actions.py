"""The verbs of the repair book on a ledger in memory: what they write, refuse, warn of, and how undo takes them back."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.repair import actions, checks, report
from logi.books.school.actions import add_person, add_place
from logi.core.errors import NotFound, Refused

D8, D9, D10, D11 = (date(2025, 9, n) for n in (8, 9, 10, 11))


@pytest.fixture
def school(ledger):
    with ledger.entry("setup") as e:
        for code, name in (("S08", "王修好"), ("S15", "杨班一"), ("S17", "秦实妍"), ("S03", "钱样真")):
            add_person(e, code, name)
        add_place(e, "A205", "四年级教室")
        add_place(e, "C107", "宿舍")
    return ledger


def do(ledger, verb, *args, override=None, **kw):
    with ledger.entry(f"repair.{verb}") as e:
        e.override = override
        done = getattr(actions, verb)(e, *args, **kw)
        e.subject = done.number
    return done, [key for key, _ in e.warnings]


def slip(ledger, title="漏水", **kw):
    kw = {"place": "A205", "by": "S15", "kind": "water", "on": D8, **kw}
    return do(ledger, "open", title, **kw)[0].number


def listed(ledger, number=None, **kw):
    rows = report.orders(ledger, **kw).rows
    return rows if number is None else next(row for row in rows if row["number"] == number)


def rows(ledger):
    return [tuple(row)[3:] for row in ledger.db.execute("SELECT * FROM repair_order WHERE void = 0 ORDER BY id")]


def refused(key):
    return pytest.raises(Refused, match=f"^{key}$")


def test_slips_are_numbered_within_the_month_of_their_day(school):
    numbers = [slip(school), slip(school, on=date(2025, 8, 30)), slip(school, on=D9)]
    assert numbers == ["WX-202509-0001", "WX-202508-0001", "WX-202509-0002"]


@pytest.mark.seed("REP-02")
def test_only_the_reporters_acceptance_ends_a_job(school):
    number = slip(school)
    do(school, "assign", number, worker="S08", on=D8)
    do(school, "close", number, by="S08", cost=8500, cause="wear", on=D9)
    assert listed(school, number)["state"] == "closed"
    with refused("repair.own_job"):
        do(school, "accept", number, by="S08", on=D9)
    with refused("repair.own_job"):
        do(school, "accept", number, by="S08", on=D9, override="he is the only one here")
    with refused("repair.not_the_reporter"):
        do(school, "accept", number, by="S17", on=D9)
    do(school, "reject", number, by="S15", reason="还在滴水", on=D9)
    assert (listed(school, number)["state"], listed(school, number)["rejected"]) == ("reopened", 1)
    do(school, "close", number, on=D10)
    do(school, "accept", number, by="S15", on=D10)
    assert listed(school, number)["state"] == "accepted"


def test_a_closed_repair_stays_closed(school):
    number = slip(school)
    do(school, "close", number, by="S08", on=D9)
    for verb, kw in (("assign", {"worker": "S17"}), ("close", {"by": "S08"}), ("defer", {"reason": "x"}),
                     ("log", {"note": "x"})):  # fmt: skip
        with refused("repair.already_closed"):
            do(school, verb, number, **kw)


def test_who_closes_a_job_nobody_was_given_has_taken_it(school):
    number = slip(school)
    do(school, "close", number, by="S08", on=D9)
    row = listed(school, number)
    assert (row["worker"], row["closed_on"]) == ("王修好", D9)
    steps = [row["step"] for row in report.show(school, number)[1].rows]
    assert steps == ["open", "assign", "close"]


def test_a_reporter_who_mends_needs_a_deputy(school):
    number = slip(school, by="S08")
    warned = do(school, "close", number, by="S08", on=D9)[1]
    assert "repair.worker_reported" in warned
    with refused("repair.own_job"):
        do(school, "accept", number, by="S08", on=D9)
    with refused("repair.own_job"):
        do(school, "deputy", number, "S17", by="S08", on=D9)
    with refused("repair.only_reporter_names"):
        do(school, "deputy", number, "S17", by="S03", on=D9)
    do(school, "deputy", number, "S17", by="S03", on=D9, override="报修人即维修人")
    do(school, "accept", number, by="S17", on=D9)
    assert checks.verify(school.db) == []


def test_a_helper_may_log_but_then_not_accept(school):
    number = slip(school)
    do(school, "assign", number, worker="S08", on=D8)
    do(school, "log", number, by="S15", minutes=10, on=D8)
    do(school, "close", number, on=D9)
    assert listed(school, number)["worker"] == "王修好"
    with refused("repair.own_job"):
        do(school, "accept", number, by="S15", on=D9)


def test_another_worker_takes_the_job_over_with_a_warning(school):
    number = slip(school)
    do(school, "assign", number, worker="S08", on=D8)
    assert "repair.another_worker" in do(school, "close", number, by="S17", on=D9)[1]
    assert listed(school, number)["worker"] == "秦实妍"


def test_a_vendors_job_stays_the_vendors_when_somebody_reports_it_finished(school):
    with school.entry("setup") as e:
        e.insert("school_vendor", code="V02", name="示例水电维修工程部", folded="示例水电维修工程部", initials="slsdwxgcb")
    number = slip(school)
    do(school, "assign", number, vendor="V02", on=D8)
    with refused("repair.invoice_missing"):
        do(school, "close", number, by="S08", cost=150_000, on=D9)
    warned = do(school, "close", number, by="S08", cost=150_000, invoice="2444", on=D9)[1]
    assert listed(school, number)["worker"] == "示例水电维修工程部"
    assert "repair.approval_missing" in warned


def test_human_damage_asks_for_compensation_until_it_is_paid_or_waived(school):
    number = slip(school)
    assert "repair.compensation_due" in do(school, "close", number, by="S08", cause="human", liable="四2班", on=D9)[1]
    do(school, "accept", number, by="S15", on=D9)
    assert [d.rule for d in checks.due(school, 0)] == ["repair.rule.unpaid"]
    with refused("repair.waived_without_reason"):
        do(school, "compensate", number, amount=0)
    do(school, "compensate", number, amount=0, note="家庭困难")
    assert checks.due(school, 0) == []


def test_compensation_belongs_to_human_damage_only(school):
    number = slip(school)
    do(school, "close", number, by="S08", cause="wear", on=D9)
    with refused("repair.not_human"):
        do(school, "compensate", number, amount=100)


@pytest.mark.parametrize(("asset", "place", "kind", "again"), [
    (None, "A205", "water", True), (None, "A205", "electric", False), (None, "C107", "water", False),
    ("2023-0003", "C107", "other", True),
])  # fmt: skip
def test_the_same_fault_within_thirty_days_is_warned_of(school, asset, place, kind, again):
    for one in (slip(school), slip(school, asset="2023-0003")):
        do(school, "close", one, by="S08", on=D9)
    warned = do(school, "open", "又坏", place=place, by="S15", kind=kind, asset=asset, on=date(2025, 9, 30))[1]
    assert ("repair.repeat" in warned) is again


def test_a_slip_in_a_closed_month_or_the_future_is_refused(school):
    with refused("front.day_in_future"):
        slip(school, on=date(2025, 10, 1))
    with school.entry("month.close") as e:
        e.insert("month_closed", month="2025-08")
    with refused("front.month_closed"):
        slip(school, on=date(2025, 8, 31))


def test_a_number_may_be_typed_by_its_end(school):
    first, second = slip(school), slip(school, on=date(2025, 8, 30))
    do(school, "assign", "09-0001", worker="S08", on=D8)
    assert listed(school, first)["state"] == "assigned"
    with pytest.raises(NotFound, match=r"front\.ambiguous"):
        do(school, "assign", "0001", worker="S08")
    school.exact = True
    with pytest.raises(NotFound, match=r"repair\.no_order"):
        do(school, "assign", "09-0001", worker="S08")
    assert second


def test_a_reference_is_taken_once(school):
    slip(school, ref="OLD-1")
    with refused("repair.ref_taken"):
        slip(school, ref="OLD-1")


VERBS = {
    "open": [("open", ("漏水",), {"place": "A205", "by": "S15", "on": D8})],
    "assign": [("assign", (), {"worker": "S08", "on": D8})],
    "log": [("log", (), {"by": "S08", "minutes": 5, "cost": 300, "on": D8})],
    "close": [("close", (), {"by": "S08", "cost": 8500, "cause": "human", "on": D9})],
    "accept": [("close", (), {"by": "S08", "on": D9}), ("accept", (), {"by": "S15", "on": D9})],
    "reject": [("close", (), {"by": "S08", "on": D9}), ("reject", (), {"by": "S15", "reason": "漏", "on": D9})],
    "defer": [("defer", (), {"reason": "暑假", "estimate": 900, "on": D9})],
    "escalate": [("escalate", (), {"to": "教体局", "reason": "x", "on": D9})],
    "deputy": [("deputy", ("S17",), {"by": "S15", "on": D9})],
    "compensate": [("close", (), {"by": "S08", "cause": "human", "on": D9}), ("compensate", (), {"amount": 500, "on": D9})],
}


@pytest.mark.parametrize("verb", VERBS)
def test_doing_undoing_and_redoing_a_repair_verb_restores_the_lists(school, verb):
    number = None if verb == "open" else slip(school)
    for name, args, kw in VERBS[verb][:-1]:
        do(school, name, number, *args, **kw)
    before, stats_before = rows(school), report.stats(school, None, None).rows
    name, args, kw = VERBS[verb][-1]
    do(school, name, *([number] if number else []), *args, **kw)
    after, stats_after = rows(school), report.stats(school, None, None).rows
    seq = undoing.latest_of(school.db, "tester")
    with school.entry("undo") as e:
        undoing.undo(e, [seq])
    assert (rows(school), report.stats(school, None, None).rows) == (before, stats_before)
    assert checks.verify(school.db) == []
    with school.entry("redo") as e:
        undoing.redo(e, None, actor="tester")
    assert (rows(school), report.stats(school, None, None).rows) == (after, stats_after)
    assert checks.verify(school.db) == []


def test_an_earlier_step_cannot_be_undone_under_a_later_one(school):
    number = slip(school)
    do(school, "assign", number, worker="S08", on=D8)
    seq = undoing.latest_of(school.db, "tester")
    do(school, "close", number, on=D9)
    with refused("front.undo_depends"), school.entry("undo") as e:
        undoing.undo(e, [seq])


def test_a_number_once_given_stays_used_after_undo(school):
    slip(school)
    with school.entry("undo") as e:
        undoing.undo(e, [undoing.latest_of(school.db, "tester")])
    assert slip(school) == "WX-202509-0002"


def test_a_closed_month_reads_the_same_after_an_undo_dated_later(school):
    number = slip(school)
    do(school, "close", number, by="S08", on=D9)
    do(school, "accept", number, by="S15", on=D9)
    school._today = date(2025, 10, 9)
    with school.entry("month.close") as e:
        e.insert("month_closed", month="2025-09")
    before = [table.rows for table in report.pack(school, "2025-09")]
    with school.entry("undo") as e:
        undoing.undo(e, [undoing.entry_for(school.db, number)], on=date(2025, 10, 9))
    assert listed(school, number)["state"] == "closed"
    assert [table.rows for table in report.pack(school, "2025-09")] == before


def test_a_ledger_doctored_past_the_door_is_found(school):
    number = slip(school)
    school.db.execute("PRAGMA query_only=OFF")
    for trigger in ("guard_repair_order_bu",):
        school.db.execute(f"DROP TRIGGER {trigger}")
    school.db.execute("UPDATE repair_order SET state = 'accepted', accepted_on = '2025-09-09'")
    found = [finding.text for finding in checks.verify(school.db)]
    assert len(found) == 2
    assert all(number in text for text in found)


def test_the_clock_of_the_ledger_does_not_hide_later_steps(school):
    number = slip(school)
    do(school, "assign", number, worker="S08", on=D11)
    school._today = D9
    with refused("repair.out_of_order"):
        do(school, "close", number, by="S08", on=D9)

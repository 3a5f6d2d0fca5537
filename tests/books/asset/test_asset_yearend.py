"""The year's end with three parties, the start of a term, and the lists that look ahead."""

from datetime import date

import pytest

from logi.books.asset import actions, checks, counting, custody, disposal, renewing, report, terms, yearend
from logi.books.repair import actions as repairs
from logi.books.school import actions as school
from logi.books.school import calendar_actions
from logi.core.errors import NotFound, Refused, Usage
from logi.undo import redo, undo

TODAY = date(2025, 9, 30)
PC, DESK, TV = "A02010105", "A05010203", "A02091001"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        e.override = more.pop("override", None)
        done = act(e, *args, **more)
        done.entry = e.n
        done.warnings = [key for key, _ in e.warnings]
    return done


@pytest.fixture
def stocked(ledger):
    with ledger.entry("person.add") as e:
        for code, name in (("S03", "钱样真"), ("S15", "杨班一"), ("S04", "孙算清"), ("S07", "吴资明"), ("S17", "秦实妍"), ("S08", "王修好")):
            school.add_person(e, code, name)
        school.add_place(e, "A205", "四年级教室", keeper="S15")
        school.add_place(e, "B203", "信息教室", keeper="S03")
    more = {"on": date(2025, 9, 1)}
    do(ledger, actions.add, "计算机", 480000, category=PC, count=2, place="B203", keeper="S03", department="信息组", code="C", **more)
    do(ledger, actions.add, "办公桌", 105000, category=DESK, place="A205", keeper="S15", department="教务处", code="D", **more)
    return ledger


def reconcile(ledger, accountant=(), departments=(), causes=(), signers=(), **more):
    return do(ledger, yearend.reconcile, 2025, accountant=dict(accountant), departments=dict(departments), causes=dict(causes),
              signers=dict(signers), **more)  # fmt: skip


def lines(ledger):
    return {(one.kind, one.key): (one.register_fen, one.stated_fen, one.difference_fen) for one in yearend.figures(ledger, 2025)}


THREE = {"accountant": "S04", "assets": "S07", "department": "S15"}


@pytest.mark.seed("AST-22", "AST-01")
def test_the_register_is_held_against_the_accountant_and_the_departments(stocked):
    stocked._today = date(2026, 1, 5)
    assert lines(stocked) == {
        ("category", "A02"): (960000, None, 960000), ("category", "A05"): (105000, None, 105000),
        ("department", "信息组"): (960000, None, 960000), ("department", "教务处"): (105000, None, 105000),
    }  # fmt: skip
    # The demo school's own case: one desk of 1,050.00 that the accountant has not booked yet.
    done = reconcile(stocked, {"A02": 960000, "A05": 0}, {"信息组": None, "教务处": 105000})
    assert (done.facts["open"], done.facts["difference"]) == (1, 105000)
    with pytest.raises(Refused, match=r"asset\.check_unsettled") as said:
        reconcile(stocked, signers=THREE)
    assert said.value.facts["lines"] == ["A05"]
    reconcile(stocked, causes={"A05": ("会计未入账", "次月补记")})
    done = reconcile(stocked, signers=THREE, on=date(2025, 12, 31))
    assert done.facts["unsigned"] is None
    assert yearend.years_open(stocked) == []


@pytest.mark.seed("AST-22")
def test_a_year_is_listed_until_three_people_have_signed_for_its_figures(stocked):
    assert [d for d in checks.due(stocked, 30) if d.source == "AST-22"] == []
    stocked._today = date(2026, 1, 5)
    assert [(d.subject, d.day) for d in checks.due(stocked, 30) if d.source == "AST-22"] == [("2025", date(2025, 12, 31))]
    reconcile(stocked, {"A02": 960000, "A05": 105000}, {"信息组": None, "教务处": None}, signers={"accountant": "S04"})
    with pytest.raises(Refused, match=r"asset\.check_three"):
        reconcile(stocked, signers={"assets": "S04"})
    with pytest.raises(Refused, match=r"asset\.check_signed"):
        reconcile(stocked, signers={"accountant": "S04"})
    last = reconcile(stocked, signers={"assets": "S07", "department": "S15"})
    assert yearend.years_open(stocked) == []
    with stocked.entry("undo") as e:
        undo(e, [last.entry])
    assert set(yearend.signed(stocked, 2025)) == {"accountant"}
    with stocked.entry("redo") as e:
        redo(e, last.entry, actor="tester")
    assert yearend.years_open(stocked) == []
    # A late entry changes the year's figures: every signature has to be given anew.
    do(stocked, actions.add, "计算机", 480000, category=PC, on=date(2025, 12, 20), department="信息组")
    assert yearend.signed(stocked, 2025) == {}
    assert yearend.years_open(stocked) == [2025]


def test_what_changes_hands_or_class_next_year_leaves_the_old_years_figures_alone(stocked):
    do(stocked, actions.add, "图书", 10000, category="A04", place="B203", code="T", on=date(2025, 9, 2))  # of no department
    stocked._today = date(2026, 1, 5)
    before = lines(stocked)
    assert {key: value[0] for key, value in before.items()} == {
        ("category", "A02"): 960000, ("category", "A05"): 105000, ("category", "A04"): 10000, ("department", "信息组"): 960000,
        ("department", "教务处"): 105000, ("department", yearend.NOBODY): 10000,
    }  # fmt: skip
    stocked._today = date(2026, 3, 2)
    do(stocked, actions.transfer, ["C-01"], "A205", department="教务处")
    do(stocked, actions.transfer, ["T"], "A205", department="教务处")
    do(stocked, actions.edit, ["D"], category="A05010301")
    do(stocked, actions.edit, ["C-02"], category=TV)
    assert lines(stocked) == before


def test_the_accountants_finer_class_takes_its_cards_out_of_the_broad_one(stocked):
    do(stocked, actions.add, "电视机", 156000, category=TV, on=date(2025, 9, 1))
    reconcile(stocked, {"A0209": 156000, "A02": 960000})
    assert lines(stocked)["category", "A02"] == (960000, 960000, 0)
    assert lines(stocked)["category", "A0209"] == (156000, 156000, 0)
    assert lines(stocked)["department", "-"] == (156000, None, 156000)


def test_what_cannot_be_signed_or_explained_is_refused(stocked):
    everything = ({"A02": 960000, "A05": 105000}, {"信息组": None, "教务处": None})
    with pytest.raises(Refused, match=r"asset\.check_day"):
        reconcile(stocked, *everything, signers=THREE)  # the year is not over
    stocked._today = date(2026, 1, 5)
    with pytest.raises(Usage, match=r"asset\.check_role"):
        reconcile(stocked, *everything, signers={"cook": "S04"})
    with pytest.raises(Refused, match=r"asset\.check_day"):
        reconcile(stocked, *everything, signers=THREE, on=date(2026, 1, 6))
    with pytest.raises(NotFound, match=r"asset\.check_no_line"):
        reconcile(stocked, causes={"A09": ("?", "?")})
    with pytest.raises(NotFound):
        reconcile(stocked, {"Z9": 1})


@pytest.fixture
def term(stocked):
    with stocked.entry("term.add") as e:
        calendar_actions.add_term(e, "2025-2026-1", "2025年秋季学期", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23))
    return stocked


def gaps(ledger):
    return [(row["kind"], row["subject"]) for row in terms.ready(ledger, "2025-2026-1").rows]


@pytest.mark.seed("AST-11")
def test_a_term_is_not_ready_while_a_room_is_uncounted_or_a_line_has_no_keeper(term):
    do(term, actions.add, "投影仪", 480000, category=PC, place="A205", code="P", on=date(2025, 9, 1))
    assert gaps(term) == [("uncounted", "A205"), ("uncounted", "B203"), ("no_keeper", "P"), ("no_letter", "A205"), ("no_letter", "B203")]
    [due] = [d for d in checks.due(term, 30) if d.rule == "asset.rule.uncounted"]
    assert (due.subject, due.command) == ("2025-2026-1", "logi asset count start A205 B203")
    do(term, counting.start, on=date(2025, 9, 1))
    do(term, counting.enter, None, "A205", [], rest="ok")
    assert gaps(term)[0] == ("uncounted", "B203")
    do(term, counting.enter, None, "B203", [], rest="ok")
    do(term, actions.assign, ["P"], "S15")
    for place in ("A205", "B203"):
        do(term, custody.issue_letter, place=place, keeper=None, term=None, signed=TODAY, on=TODAY)
    assert gaps(term) == []
    [due] = [d for d in checks.due(term, 30) if d.rule == "asset.rule.term"]
    assert (due.state, due.command) == ("overdue", "logi asset term-ready 2025-2026-1 --mark")
    do(term, actions.transfer, ["P"], "B203")
    assert gaps(term) == [("no_letter", "A205"), ("no_letter", "B203")]


@pytest.mark.seed("AST-11")
def test_a_term_is_marked_started_once_and_only_when_all_is_counted_and_kept(term):
    do(term, actions.add, "图书", 2400, category="A04", place="B203", quantity_milli=18600000, code="T", on=date(2025, 9, 1))
    with pytest.raises(Refused, match=r"asset\.term_not_ready") as refused:
        do(term, terms.mark, "2025-2026-1", override="校长同意")  # nothing overrides it
    assert refused.value.facts["count"] == 3  # two rooms, and the books without a keeper
    do(term, counting.start, on=date(2025, 9, 1))
    for place in ("A205", "B203"):
        do(term, counting.enter, None, place, [], rest="ok")
    with pytest.raises(Refused, match=r"asset\.term_not_ready"):
        do(term, terms.mark, "2025-2026-1")
    do(term, actions.assign, ["T"], "S03")
    with pytest.raises(Refused, match=r"asset\.term_mark_day"):  # a fortnight before the term at the earliest
        do(term, terms.mark, "2025-2026-1", on=date(2025, 8, 17))
    done = do(term, terms.mark, "2025-2026-1", by="S03")
    assert done.warnings == ["asset.term_letters"]  # letters are asked for, but the term may begin
    assert [d for d in checks.due(term, 30) if d.rule == "asset.rule.term"] == []
    with pytest.raises(Refused, match=r"asset\.term_marked"):
        do(term, terms.mark, "2025-2026-1")


@pytest.mark.seed("AST-13", "AST-16")
def test_a_room_is_accepted_in_july_against_its_opening_sheet(term):
    do(term, counting.start, on=date(2025, 9, 1))
    with pytest.raises(Refused, match=r"asset\.accept_uncounted"):
        renewing.acceptance(term, "B203")
    for place in ("A205", "B203"):
        do(term, counting.enter, None, place, [], rest="ok")
    do(term, counting.settle, None)
    term._today = date(2026, 3, 2)
    do(term, actions.transfer, ["C-01"], "A205")
    do(term, actions.add, "音箱", 100000, category=PC, place="B203", keeper="S03", code="S")
    term._today = date(2026, 7, 6)
    do(term, counting.start)
    do(term, counting.enter, None, "B203", [], rest="ok", missing=["C-02"])
    table = renewing.acceptance(term, "B203")
    figures = [(r["code"], r["opening_quantity"], r["book_quantity"], r["closing_quantity"], r["difference"]) for r in table.rows]
    # C-01 went by transfer, C-02 is gone, S came in March
    assert figures == [("C-01", 1000, 0, 0, 0), ("C-02", 1000, 1000, 0, -1000), ("S", 0, 1000, 1000, 0)]


@pytest.mark.seed("AST-06")
def test_past_life_and_dear_repairs_are_proposed_for_renewal(stocked):
    do(stocked, actions.add, "电视机", 156000, category=TV, on=date(2019, 8, 20), place="A205", keeper="S15", code="TV")
    with stocked.entry("repair.open") as e:
        number = repairs.open(e, "蓝屏", place="B203", by="S03", kind="equipment", asset="C-01").number
    with stocked.entry("repair.close") as e:
        repairs.close(e, number, by="S08", cost=240001)
    rows = {row["code"]: row for row in report.renewal(stocked, date(2025, 9, 1), TODAY).rows}
    # 2,400.01 of 4,800.00 is above a half; 60 months from 2019-08 end in 2024-07
    assert {code: row["why"] for code, row in rows.items()} == {"C-01": "repairs", "TV": "past-life"}
    assert (rows["C-01"]["repairs"], rows["C-01"]["repair_cost"], rows["C-01"]["repair_share"]) == (1, 240001, 500)
    assert rows["TV"]["life_ends"] == "2024-07"


def test_half_the_value_is_not_yet_too_dear(stocked):
    with stocked.entry("repair.open") as e:
        number = repairs.open(e, "蓝屏", place="B203", by="S03", kind="equipment", asset="C-01").number
    with stocked.entry("repair.close") as e:
        repairs.close(e, number, by="S08", cost=240000)
    assert report.renewal(stocked, date(2025, 9, 1), TODAY).rows == ()


@pytest.mark.seed("AST-10")
def test_what_stands_idle_for_half_a_year_is_listed_and_due(stocked):
    do(stocked, actions.edit, ["C-01"], status="idle", on=date(2025, 9, 2))
    stocked._today = date(2026, 3, 1)
    assert report.idle(stocked, date(2026, 1, 1), stocked.today).rows == ()
    stocked._today = date(2026, 3, 2)
    [row] = report.idle(stocked, date(2026, 1, 1), stocked.today).rows
    assert (row["code"], row["idle_since"]) == ("C-01", date(2025, 9, 2))
    assert [d.subject for d in checks.due(stocked, 30) if d.rule == "asset.rule.idle"] == ["C-01"]
    do(stocked, actions.edit, ["C-01"], status="in_use")
    assert report.idle(stocked, date(2026, 1, 1), stocked.today).rows == ()


def test_warranties_that_end_in_a_period_are_listed(stocked):
    do(stocked, actions.edit, ["C-01"], warranty_until=date(2025, 10, 15))
    [row] = report.warranty(stocked, date(2025, 10, 1), date(2025, 10, 31)).rows
    assert (row["code"], row["warranty_until"]) == ("C-01", date(2025, 10, 15))
    assert report.warranty(stocked, date(2025, 11, 1), date(2025, 11, 30)).rows == ()


@pytest.mark.seed("AST-15")
def test_a_quarter_shows_every_category_with_its_net_value(stocked):
    rows = {row["category"]: row for row in report.quarterly(stocked, date(2025, 7, 1), TODAY).rows}
    # 2 x 4,800.00, one month of 66.67 each; 1,050.00 over 60 months: 17.50
    computers, desk = rows[PC], rows[DESK]
    assert (computers["opening"], computers["added"], computers["reduced"], computers["closing"]) == (0, 960000, 0, 960000)
    assert (computers["written"], computers["accumulated"], computers["net"]) == (13334, 13334, 946666)
    assert (desk["closing"], desk["written"], desk["net"]) == (105000, 1750, 103250)


@pytest.mark.seed("AST-23")
def test_write_offs_of_every_unit_make_one_list(stocked):
    with stocked.entry("place.add") as e:
        school.add_place(e, "QH02", "二小")
        school.add_place(e, "QH02-1", "二小一室", parent="QH02")
    do(stocked, actions.add, "电视机", 156000, category=TV, on=date(2019, 8, 20), place="QH02-1", code="T2")
    do(stocked, actions.add, "电视机", 156000, category=TV, on=date(2019, 8, 20), place="A205", code="T1")
    for code in ("T1", "T2"):
        do(stocked, disposal.propose, [code], "scrap", reason="past-life", appraisers=["S03,S17,S08"])
    do(stocked, disposal.propose, ["C-01"], "sale")
    rows = report.write_offs(stocked, date(2025, 9, 1), TODAY).rows
    assert [(row["unit_place"], row["code"], row["cost"], row["net"]) for row in rows] == [("A205", "T1", 156000, 0), ("QH02", "T2", 156000, 0)]


def test_a_batch_is_one_line_of_the_pack(stocked):
    do(stocked, actions.add, "平板", 150000, category=PC, count=45, place="B203", keeper="S03", on=date(2025, 9, 20), code="2025-0001")
    [line] = [row for row in report.postings(stocked, date(2025, 9, 20), TODAY).rows if row["name"] == "平板"]
    assert (line["code"], line["quantity"], line["cost"]) == ("2025-0001-01..45", 45000, 6750000)


def test_the_cure_for_uncounted_rooms_starts_them_all(logi):
    logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    for place in ("A205", "B203"):
        logi(f"asset add 办公桌 --category A05 --cost 1050 --place {place} --keeper S15")
    [line] = [row for row in logi("due --book asset -f json").json["rows"] if row["subject"] == "2025-2026-1"]
    assert line["command"] == "logi asset count start A205 B203"
    logi(line["command"].removeprefix("logi "))

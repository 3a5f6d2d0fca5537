"""The school's verbs on a ledger: what they refuse, warn of, write, and how undo and redo give it back."""

from datetime import date

import pytest

from logi import undo
from logi.books.school import actions, calendar_actions, checks, report, setting_actions, store
from logi.books.school.holiday_files import DayRow
from logi.confirming import finish
from logi.core.errors import Ambiguous, LogiError, NotFound, Refused, Usage


def act(ledger, what, *args, **more):
    """One act in an entry of its own; returns the entry."""
    with ledger.entry("test") as e:
        e.override = more.pop("override", None)
        what(e, *args, **more)
    return e


def warned(e) -> list[str]:
    return [key for key, _ in e.warnings]


def refused(ledger, kind, what, *args, **more) -> LogiError:
    entries = ledger.db.execute("SELECT count(*) FROM entry").fetchone()[0]
    with pytest.raises(kind) as error:
        act(ledger, what, *args, **more)
    assert ledger.db.execute("SELECT count(*) FROM entry").fetchone()[0] == entries
    return error.value


# -- people and departments --------------------------------------------------------------------------


def test_a_code_is_borne_once_whatever_its_case(ledger):
    act(ledger, actions.add_person, "s01", "郑示园")
    assert refused(ledger, Refused, actions.add_person, "S01", "冯演和").key == "front.code_taken"


def test_a_second_person_of_one_name_is_warned_of_and_then_ambiguous(ledger):
    act(ledger, actions.add_person, "S01", "郑示园")
    assert warned(act(ledger, actions.add_person, "S02", "鄭示園")) == ["school.same_name"]
    with pytest.raises(Ambiguous):
        store.person(ledger, "zsy")


def test_a_department_comes_into_being_on_first_use_and_is_found_afterwards(ledger):
    first = act(ledger, actions.add_person, "S03", "钱样真", department="总务处")
    assert warned(first) == ["school.department_made"]
    assert warned(act(ledger, actions.add_person, "S06", "周入库", department="總務處")) == []
    assert [(row["code"], row["people"]) for row in store.departments(ledger.db)] == [("BM01", 2)]


def test_an_office_of_another_name_is_another_department(ledger):
    act(ledger, actions.add_person, "S03", "钱样真", department="总务处")
    assert warned(act(ledger, actions.add_person, "S15", "杨班一", department="教务处")) == ["school.department_made"]


@pytest.mark.parametrize("text", ["XYZ", "总勿处", "总务楚"])
def test_a_department_without_a_chinese_sign_or_with_a_near_match_needs_create(ledger, text):
    act(ledger, actions.add_department, "ZW", "总务处")
    refused(ledger, NotFound, actions.add_person, "S03", "钱样真", department=text)
    act(ledger, actions.add_person, "S03", "钱样真", department=text, create=True)
    assert store.departments(ledger.db)[0]["name"] == text


def test_no_department_is_made_where_names_must_be_exact(ledger):
    ledger.exact = True
    refused(ledger, NotFound, actions.add_person, "S03", "钱样真", department="总务处")


def test_a_department_made_on_use_takes_no_code_that_is_borne(ledger):
    act(ledger, actions.add_department, "BM01", "校长室")
    act(ledger, actions.add_person, "S03", "钱样真", department="总务处")
    assert [row["code"] for row in store.departments(ledger.db)] == ["BM01", "BM02"]


def test_who_keeps_a_room_cannot_leave_before_it_is_handed_over(ledger):
    act(ledger, actions.add_person, "S15", "杨班一")
    act(ledger, actions.add_person, "S16", "朱图雅")
    act(ledger, actions.add_place, "A205", "四年级教室", kind="classroom", keeper="S15")
    error = refused(ledger, Refused, actions.leave_person, "S15", on=date(2025, 9, 30))
    assert error.facts["held"] == ["place A205 四年级教室"]
    act(ledger, actions.edit_place, "A205", keeper="S16")
    act(ledger, actions.leave_person, "S15", on=date(2025, 9, 30))
    assert [row["code"] for row in report.people(ledger).rows] == ["S16"]
    assert [row["code"] for row in report.people(ledger, state="left").rows] == ["S15"]
    assert [row["code"] for row in report.people(ledger, at=date(2025, 9, 29)).rows] == ["S15", "S16"]


def test_who_has_left_leaves_no_second_time_keeps_nothing_new_and_may_come_back(ledger):
    act(ledger, actions.add_person, "S15", "杨班一")
    act(ledger, actions.leave_person, "S15", on=date(2025, 9, 1))
    assert refused(ledger, Refused, actions.leave_person, "S15", on=date(2025, 9, 2)).key == "school.left_already"
    assert refused(ledger, Refused, actions.add_place, "A1", "教室", keeper="S15").key == "school.keeper_left"
    act(ledger, actions.edit_person, "S15", back=True)
    assert refused(ledger, Refused, actions.edit_person, "S15", back=True).key == "school.never_left"
    act(ledger, actions.add_place, "A1", "教室", keeper="S15")


def test_nobody_has_left_tomorrow(ledger):
    act(ledger, actions.add_person, "S15", "杨班一")
    assert refused(ledger, Refused, actions.leave_person, "S15", on=date(2025, 10, 1)).key == "front.day_in_future"


# -- places, vendors, categories ---------------------------------------------------------------------


def test_a_place_lies_neither_in_itself_nor_in_its_parts(ledger):
    act(ledger, actions.add_place, "A", "教学楼")
    act(ledger, actions.add_place, "A2", "二层", parent="A")
    act(ledger, actions.add_place, "A205", "教室", parent="A2")
    for parent in ("A", "A2", "A205"):
        assert refused(ledger, Refused, actions.edit_place, "A", parent=parent).key == "school.place_inside_itself"
    assert [row["code"] for row in report.places(ledger, within="A").rows] == ["A2", "A205"]


def test_a_place_code_with_a_slash_would_name_a_spot(ledger):
    assert refused(ledger, Usage, actions.add_place, "A2/1", "教室").key == "school.code_slash"


def test_an_odd_credit_code_is_warned_of_and_kept(ledger):
    assert warned(act(ledger, actions.add_vendor, "V01", "甲店", credit_code="91000000DEMA00013A")) == []
    e = act(ledger, actions.add_vendor, "V02", "乙店", credit_code="91000000dema00013b")
    assert warned(e) == ["school.credit_code"]
    assert store.vendor(ledger, "V02")["credit_code"] == "91000000DEMA00013B"
    assert warned(act(ledger, actions.edit_vendor, "V02", credit_code="91000000DEMA00013A")) == ["school.credit_code_twice"]


def test_a_tender_window_does_not_end_before_it_begins(ledger):
    days = {"tendered_from": date(2025, 9, 1), "tendered_to": date(2025, 8, 31)}
    refused(ledger, Usage, actions.add_vendor, "V03", "粮油", **days)
    act(ledger, actions.add_vendor, "V03", "粮油", tendered_from=date(2025, 9, 1))
    refused(ledger, Usage, actions.edit_vendor, "V03", tendered_to=date(2025, 8, 31))


def test_a_category_takes_the_least_life_and_a_shorter_one_needs_an_override(ledger):
    act(ledger, actions.add_category, "A02010299", "交换机")  # domain B.2: computer equipment six years
    assert store.category(ledger, "A02010299")["life_months"] == 72
    assert refused(ledger, Refused, actions.add_category, "A02010298", "路由器", life_months=71).key == "school.life_below_law"
    assert warned(act(ledger, actions.add_category, "A02010298", "路由器", life_months=71, override="会议")) == ["front.overridden"]
    refused(ledger, Refused, actions.edit_category, "A02010299", life_months=71)


def test_books_are_not_depreciated(ledger):
    act(ledger, actions.add_category, "A04010100", "普通图书")  # domain B.2: books and archives
    row = store.category(ledger, "A04010100")
    assert (row["method"], row["life_months"]) == ("none", None)


# -- terms and holidays ------------------------------------------------------------------------------


def test_terms_share_no_day(ledger):
    act(ledger, calendar_actions.add_term, "2025-2026-1", "第一学期", starts_on=date(2025, 9, 1), ends_on=date(2025, 12, 31))
    days = {"starts_on": date(2025, 12, 31), "ends_on": date(2026, 7, 10)}
    assert refused(ledger, Refused, calendar_actions.add_term, "2025-2026-2", "第二学期", **days).key == "school.terms_overlap"
    act(ledger, calendar_actions.add_term, "2025-2026-2", "第二学期", starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 10))
    refused(ledger, Refused, calendar_actions.edit_term, "2025-2026-1", ends_on=date(2026, 1, 1))
    # domain B.13: 23, 18, 20 and 23 workdays from September to December 2025
    assert len(store.calendar(ledger).workdays(date(2025, 9, 1), date(2025, 12, 31))) == 84


def test_days_entered_dropped_and_changed_move_the_calendar(ledger):
    friday = date(2025, 11, 7)
    act(ledger, calendar_actions.add_days, date(2025, 11, 6), "运动会", until=friday)
    assert not store.calendar(ledger).is_workday(friday)
    assert refused(ledger, Refused, calendar_actions.add_days, friday, "运动会").key == "school.day_taken"
    act(ledger, calendar_actions.drop_day, friday)
    assert store.calendar(ledger).is_workday(friday)
    saturday = date(2025, 11, 8)
    act(ledger, calendar_actions.add_days, saturday, "补运动会", kind="makeup")
    assert store.calendar(ledger).is_workday(saturday)
    act(ledger, calendar_actions.edit_day, saturday, kind="off")
    assert not store.calendar(ledger).is_workday(saturday)
    assert refused(ledger, NotFound, calendar_actions.edit_day, friday, name="x").key == "school.day_unknown"


def test_a_makeup_day_on_a_weekday_is_warned_of(ledger):
    e = act(ledger, calendar_actions.add_days, date(2025, 11, 6), "补课", kind="makeup")
    assert warned(e) == ["school.makeup_on_weekday"]


def test_a_school_day_off_does_not_make_a_year_known(ledger):
    act(ledger, calendar_actions.add_days, date(2027, 5, 4), "校庆")
    calendar = store.calendar(ledger)
    assert [calendar.knows(year) for year in (2024, 2025, 2026, 2027)] == [True, True, True, False]


def test_an_import_counts_new_changed_and_same_and_is_read_once(ledger):
    rows = [
        DayRow(date(2026, 1, 1), "off", "元旦", "x"), DayRow(date(2026, 1, 4), "off", "元旦", "x"),
        DayRow(date(2027, 1, 1), "off", "元旦", "x"),
    ]  # fmt: skip
    with ledger.entry("holiday.import") as e:
        done = calendar_actions.import_days(e, rows, file="a.csv", sha256="1" * 64)
        finish(e, done)
    assert {k: done.facts[k] for k in ("new", "changed", "same")} == {"new": 1, "changed": 1, "same": 1}
    assert refused(ledger, Refused, calendar_actions.import_days, rows, file="b.csv", sha256="1" * 64).exit_code == 4
    with ledger.entry("undo") as again:
        undo.undo(again, [e.n])
    assert store.holiday_on(ledger.db, date(2026, 1, 4))["kind"] == "makeup"
    act(ledger, calendar_actions.import_days, rows, file="a.csv", sha256="1" * 64)


# -- policies and settings ---------------------------------------------------------------------------


def policy(ledger, name, value, **more):
    return {"from_day": date(2025, 9, 1), "source": "校务会3号", "reason": None, **more, "name": name, "typed": value}


def test_a_policy_has_its_value_from_its_day_on(ledger):
    act(ledger, setting_actions.change_policy, **policy(ledger, "asset.threshold_general_fen", "1200"))
    assert store.policy(ledger, "asset.threshold_general_fen", date(2025, 8, 31)) == 100000
    assert store.policy(ledger, "asset.threshold_general_fen", date(2025, 9, 1)) == 120000


def test_the_law_is_undercut_only_with_a_reason(ledger):
    less = policy(ledger, "sample.min_hours", "24")
    assert refused(ledger, Refused, setting_actions.change_policy, **less).key == "school.policy_below_law"
    act(ledger, setting_actions.change_policy, **{**less, "reason": "旧规定"})
    assert store.policy_row(ledger, "sample.min_hours", date(2025, 9, 30))["reason"] == "旧规定"


def test_no_policy_changes_in_a_closed_month(ledger):
    with ledger.entry("month.close") as e:
        e.insert("month_closed", month="2025-08")
    late = policy(ledger, "sample.min_grams", "130", from_day=date(2025, 8, 31))
    assert refused(ledger, Refused, setting_actions.change_policy, **late).key == "school.policy_closed_month"
    act(ledger, setting_actions.change_policy, **{**late, "from_day": date(2025, 9, 1)})


def test_how_issues_are_valued_stays(ledger):
    assert refused(ledger, Refused, setting_actions.change_policy, **policy(ledger, "stock.costing", "fifo")).exit_code == 4
    assert refused(ledger, Refused, setting_actions.set_config, "costing", "fifo").key == "school.costing_fixed"


def test_a_policy_is_named_by_a_part_that_no_other_has(ledger):
    assert store.policy_name(ledger, "speed") == "gate.speed_limit"
    with pytest.raises(Ambiguous):
        store.policy_name(ledger, "threshold")
    with pytest.raises(NotFound):
        store.policy_name(ledger, "nonsense")


def test_every_shipped_policy_takes_its_own_value_as_it_is_shown(ledger):
    from logi.books.school import rules
    from logi.core.policies import shipped

    for known in shipped():
        text = rules.value_text(known.kind, known.value)
        read = rules.read_value(known.kind, text, choices=known.choices, example=known.value)
        assert read == known.value, known.name


def test_settings_are_checked_and_an_actor_is_a_person(ledger):
    act(ledger, actions.add_person, "S03", "钱样真")
    act(ledger, setting_actions.set_config, "actor.root", "qyz")
    act(ledger, setting_actions.set_config, "lang", "繁體")
    assert ledger.settings["actor.root"] == "钱样真"
    assert ledger.settings["lang"] == "zh-Hant"
    for name, value, kind in (("lang", "kl", Usage), ("zone", "Mars", Usage), ("x", "y", NotFound),
                              ("actor.", "S03", NotFound), ("actor.x", "nobody", NotFound), ("ledger_id", "1", Refused)):  # fmt: skip
        refused(ledger, kind, setting_actions.set_config, name, value)


# -- undo --------------------------------------------------------------------------------------------


def lists(ledger) -> list:
    from logi.books.school import calendar_report

    tables = [report.people(ledger, state="all"), report.places(ledger), report.departments(ledger), report.vendors(ledger),
              report.categories(ledger), calendar_report.terms(ledger), calendar_report.holidays(ledger)]  # fmt: skip
    values = [(row["name"], row["from_day"], row["value"]) for row in store.policy_history(ledger.db)]
    shown = [[{c.key: row.get(c.key) for c in table.columns} for row in table.rows] for table in tables]
    return [*shown, values, dict(ledger.settings)]


VERBS = [
    (actions.add_person, ("S99", "新人"), {"department": "新处"}),
    (actions.edit_person, ("S03",), {"name": "钱样", "phone": "1", "department": "财务室"}),
    (actions.leave_person, ("S16",), {"on": date(2025, 9, 30)}),
    (actions.add_place, ("Z1", "新室"), {"kind": "lab", "keeper": "S03", "parent": "A205"}),
    (actions.edit_place, ("A205",), {"no_keeper": True, "kind": "office", "name": "办公室"}),
    (actions.add_department, ("D9", "新部门"), {}),
    (actions.edit_department, ("ZW",), {"name": "后勤处"}),
    (actions.add_vendor, ("V99", "新店"), {"credit_code": "1", "tendered_to": date(2026, 1, 1)}),
    (actions.edit_vendor, ("V01",), {"goods": "food", "note": "n"}),
    (actions.add_category, ("A02010299", "交换机"), {}),
    (actions.edit_category, ("A02010105",), {"method": "none", "special": True}),
    (calendar_actions.add_term, ("2026-2027-1", "下学年"), {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 20)}),
    (calendar_actions.edit_term, ("2025-2026-1",), {"ends_on": date(2026, 1, 20)}),
    (calendar_actions.add_days, (date(2025, 11, 6), "运动会"), {"until": date(2025, 11, 7)}),
    (calendar_actions.edit_day, (date(2025, 10, 1),), {"name": "国庆"}),
    (calendar_actions.drop_day, (date(2025, 10, 1),), {}),
    (setting_actions.change_policy, ("gate.speed_limit", "10"),
     {"from_day": date(2025, 9, 1), "source": "s", "reason": None}),
    (setting_actions.set_config, ("school", "另一所"), {}),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "args", "more"), VERBS, ids=[verb[0].__name__ for verb in VERBS])
def test_doing_undoing_and_redoing_a_verb_restores_the_lists(ledger, verb, args, more):
    act(ledger, actions.add_department, "ZW", "总务处")
    act(ledger, actions.add_person, "S03", "钱样真", department="ZW")
    act(ledger, actions.add_person, "S16", "朱图雅")
    act(ledger, actions.add_place, "A205", "教室", kind="classroom", keeper="S03")
    act(ledger, actions.add_vendor, "V01", "甲店")
    act(ledger, calendar_actions.add_term, "2025-2026-1", "上", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 30))
    before = lists(ledger)
    done = act(ledger, verb, *args, **more)
    after = lists(ledger)
    assert after != before
    with ledger.entry("undo") as e:
        undo.undo(e, [done.n])
    assert lists(ledger) == before
    with ledger.entry("redo") as e:
        undo.redo(e, done.n, actor="tester")
    assert lists(ledger) == after


# -- what is due, what must hold ---------------------------------------------------------------------


def due(ledger, days=30) -> list[tuple[str, str, str]]:
    return [(one.state, one.rule, one.subject) for one in checks.due(ledger, days)]


def test_a_window_or_a_licence_near_its_end_is_due_and_past_it_overdue(ledger):
    act(ledger, calendar_actions.add_term, "2025-2026-1", "上", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 30))
    act(ledger, actions.add_vendor, "V1", "甲", tendered_to=date(2025, 10, 30))
    act(ledger, actions.add_vendor, "V2", "乙", tendered_to=date(2025, 10, 31))
    act(ledger, actions.add_vendor, "V3", "丙", licence_to=date(2025, 9, 29))
    act(ledger, actions.add_vendor, "V4", "丁", licence_to=date(2025, 9, 30))
    assert due(ledger) == [
        ("expiring", "school.rule.tender_window", "V1"), ("overdue", "school.rule.licence", "V3"),
        ("expiring", "school.rule.licence", "V4"),
    ]  # fmt: skip


def test_a_classroom_or_special_room_without_a_keeper_is_orphaned(ledger):
    act(ledger, calendar_actions.add_term, "2025-2026-1", "上", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 30))
    act(ledger, actions.add_person, "S17", "秦实妍")
    act(ledger, actions.add_place, "A1", "教室", kind="classroom")
    act(ledger, actions.add_place, "B1", "实验室", kind="lab", keeper="S17")
    act(ledger, actions.add_place, "E1", "办公室", kind="office")
    assert due(ledger) == [("orphaned", "school.rule.keeper", "A1")]


def test_a_year_or_term_that_nobody_entered_is_missing(ledger):
    assert due(ledger, 0) == [("missing", "school.rule.term", "2025-2026-1")]
    assert due(ledger, 460) == [("missing", "school.rule.year", "2027"), ("missing", "school.rule.term", "2025-2026-1")]


def test_a_fresh_ledger_holds_what_must_hold(ledger):
    act(ledger, calendar_actions.add_term, "2025-2026-1", "上", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 30))
    act(ledger, actions.add_place, "A", "楼")
    act(ledger, actions.add_place, "A1", "教室", parent="A")
    assert checks.verify(ledger.db) == []


def test_what_must_hold_and_does_not_is_named(ledger):
    with ledger.entry("test") as e:  # past the actions, as a faulty program would
        names = {"name": "x", "folded": "x", "initials": "x"}
        one = e.insert("school_place", code="A", **names)
        e.update("school_place", one, parent_id=one)
        e.insert("school_term", code="2025-2026-1", **names, starts_on="2025-09-01", ends_on="2026-01-30")
        e.insert("school_term", code="2025-2026-2", **names, starts_on="2026-01-30", ends_on="2026-07-10")
        e.insert("school_policy", name="x.y", value="1.5", from_day="2025-01-01", source="s")
        who = e.insert("school_person", code="S", **names)
        e.insert("school_place", code="B", **names, keeper_id=who)
        e.void("school_person", who)
    assert len(checks.verify(ledger.db)) == 4

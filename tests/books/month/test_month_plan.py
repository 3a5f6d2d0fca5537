"""A month's plan from its draft to the last tick: templates, the calendar, pasting, carrying over, undo."""

from datetime import date

import pytest

from logi.books.month import actions, calendar_report, checks, drafting, report, store
from logi.core import messages
from logi.db import in_memory
from logi.journal import Who
from logi.opening import fill_new

# domain/demo_school.md E.2: the people whose posts the templates name
PEOPLE = (
    ("S03", "钱样真", "总务主任"), ("S04", "孙算清", "会计"), ("S06", "周入库", "仓库保管员"),
    ("S07", "吴资明", "资产管理员"), ("S08", "王修好", "水电维修工"), ("S09", "陈巡安", "安保队长"),
    ("S11", "卫膳勤", "食堂管理员 / 食品安全员"), ("S14", "韩青枝", "绿化工 / 保洁"), ("S18", "尤保康", "校医 / 医保经办"),
)  # fmt: skip


@pytest.fixture
def school(logi):
    """The terminal with everybody whom the templates name, and the two terms of E.1."""
    with logi.once():
        for code, name, post in PEOPLE:
            if code in ("S04", "S11", "S14", "S18"):
                logi(f"person add {code} {name} --post '{post}'")
        logi("person edit S07 --post 资产管理员")
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
        logi("term add 2026-2027-1 第一学期 --starts 2026-09-01 --ends 2027-01-29")
    return logi


def drafted(logi, month):
    """The lines of a freshly drafted plan by template wording: title -> (owner, due)."""
    logi(f"month plan {month} --draft")
    rows = logi(f"month plan {month} -f json").json["rows"]
    return {row["title"]: (row["owner"], row["due"]) for row in rows}


@pytest.mark.seed("PLN-01")
def test_a_plan_has_lines_with_owner_day_and_state_and_counts_planned_against_done(school):
    school("month plan 2025-09 --draft")
    school("month done JH-202509-05 --by 陈巡安 --on 2025-09-08")
    table = school("month plan 2025-09 -f json").json
    assert {"number", "title", "owner", "due", "state"} <= {column["key"] for column in table["columns"]}
    row = next(row for row in table["rows"] if row["number"] == "JH-202509-05")
    assert (row["owner"], row["due"], row["state"]) == ("陈巡安", "2025-09-09", "done")
    # 7 lines of September, 6 that come round every month (vouchers are among the 7); one is done: 1 of 13 = 7.7 %
    assert len(table["rows"]) == 13
    assert "Planned 13, done 1" in table["notes"][0]
    assert "completion 7.7%" in table["notes"][0]


@pytest.mark.seed("PLN-02")
def test_february_opens_the_term(school):
    plan = drafted(school, "2026-02")
    assert plan["Opening routine: hand out textbooks and classroom supplies"] == ("周入库", "2026-02-25")
    assert plan["Register public property room by room"] == ("吴资明", "2026-02-28")  # a make-up Saturday
    assert plan["Hand out the basic office supplies to teachers"] == ("周入库", "2026-02-28")  # 25th + 3
    assert plan["Rearrange desks and chairs of some classrooms"] == ("吴资明", "2026-02-27")
    assert plan["Prepare the dossier for the opening inspection"] == ("钱样真", "2026-02-26")
    assert plan["Keep the boiler heating"] == ("王修好", "2026-02-28")


@pytest.mark.seed("PLN-03")
def test_march_plants_reports_and_shuts_the_boiler_down(school):
    plan = drafted(school, "2026-03")
    assert plan["Spring planting and care of the green"] == ("韩青枝", "2026-03-20")
    assert plan["First quarter's report of assets and finance"] == ("孙算清", "2026-03-31")
    assert plan["Shut down the boiler and maintain it"] == ("王修好", "2026-03-25")
    assert plan["Install energy-saving water machines, accept and register them"][0] == "王修好"
    assert plan["Send last year's energy report"] == ("钱样真", "2026-03-31")


@pytest.mark.seed("PLN-04")
def test_april_looks_at_roofs_and_safety(school):
    plan = drafted(school, "2026-04")
    assert plan["Rain-proof check of roofs, gutters and drains"] == ("王修好", "2026-04-15")
    assert plan["School safety self-inspection"] == ("陈巡安", "2026-04-24")  # the 25th is a Saturday
    assert plan["Duty for Qingming"] == ("钱样真", "2026-04-03")  # 4 April is a Saturday


@pytest.mark.seed("PLN-05", "PLN-10")
def test_may_has_the_labour_day_roster_before_the_holiday(school):
    plan = drafted(school, "2026-05")
    assert plan["Labour Day duty roster"] == ("钱样真", "2026-04-30")
    assert plan["Check and repair fans and air-conditioners"] == ("王修好", "2026-05-25")
    assert plan["Survey the electrical wiring"] == ("王修好", "2026-05-29")  # the 31st is a Sunday


@pytest.mark.seed("PLN-06", "PLN-11")
def test_june_protects_from_heat_and_plans_the_summer(school):
    plan = drafted(school, "2026-06")
    assert plan["Heat protection: fans, air-conditioners, drinking water, supplies"] == ("王修好", "2026-06-10")
    assert any("summer" in title.lower() for title in plan)
    assert plan["Staff vacation duty roster"] == ("钱样真", "2026-06-30")


@pytest.mark.seed("PLN-07", "PLN-20")
def test_july_sums_up_accepts_and_files_and_has_the_second_roster(school):
    june, july = drafted(school, "2026-06"), drafted(school, "2026-07")
    assert july["Summary of the year's logistics"] == ("钱样真", "2026-07-15")
    assert july["Acceptance of property by class and room"] == ("吴资明", "2026-07-08")  # two days before the end
    assert july["Sort and file the archives"] == ("钱样真", "2026-07-20")
    assert july["Staff vacation duty roster (second)"] == ("钱样真", "2026-07-10")
    assert "Staff vacation duty roster" in june


@pytest.mark.seed("PLN-08", "PLN-12")
def test_september_has_its_seven_lines_and_teachers_day_is_a_workday(school):
    plan = drafted(school, "2025-09")
    owners = {
        "write-off": "吴资明", "custody": "吴资明", "insurance": "尤保康", "canteen": "卫膳勤", "gate duty": "陈巡安",
        "vouchers": "孙算清", "return days": "陈巡安",
    }  # fmt: skip
    for word, owner in owners.items():
        assert [who for title, (who, _) in plan.items() if word in title] == [owner], word
    assert plan["Arrange gate duty for Teachers' Day, Mid-Autumn and National Day"][1] == "2025-09-09"
    days = school("month calendar 2025-09 --list -f json").json["rows"]
    assert next(day["workday"] for day in days if day["day"] == "2025-09-10") == "yes"


@pytest.mark.seed("PLN-09")
def test_october_visits_the_canteen_checks_hygiene_and_returns_figures(school):
    plan = drafted(school, "2025-10")
    owners = {"see the central": "卫膳勤", "Hygiene": "卫膳勤", "opening return": "孙算清", "vouchers": "孙算清",
              "heating": "王修好"}  # fmt: skip
    for word, owner in owners.items():
        assert [who for title, (who, _) in plan.items() if word in title] == [owner], word


@pytest.mark.seed("PLN-15")
def test_the_opening_checklist_is_due_a_week_before_the_term(school):
    assert drafted(school, "2026-08")["Checklist a week before opening"] == ("钱样真", "2026-08-25")


def test_a_holiday_that_no_template_names_gets_its_roster_from_the_calendar(school):
    # Dragon Boat 2026 is off from Friday 19 June: the roster is due on Thursday the 18th
    due = [(title, day) for title, (_, day) in drafted(school, "2026-06").items() if title.startswith("Duty roster for")]
    assert [day for _, day in due] == ["2026-06-18"]
    assert not any(title.startswith("Duty roster for") for title in drafted(school, "2025-09"))  # the gate duty names them


def test_drafting_again_adds_nothing_and_writes_nothing(school):
    school("month plan 2025-09 --draft")
    head = school("audit head").out
    said = school("month plan 2025-09 --draft")
    assert "nothing was written" in said.out
    assert school("audit head").out == head
    assert len(school("month plan 2025-09 -f json").json["rows"]) == 13


def test_a_dropped_template_line_is_not_drafted_again(school):
    school("month plan 2025-09 --draft")
    school("month drop JH-202509-04 --reason 不适用")
    school("month plan 2025-09 --draft")
    assert len(school("month plan 2025-09 -f json").json["rows"]) == 13


def test_lines_are_drafted_in_the_ledgers_language_whoever_types(school):
    school("config set lang zh-Hans")
    school("month plan 2025-09 --draft --lang en")
    titles = [row["title"] for row in school("month plan 2025-09 -f json").json["rows"]]
    assert "汇总各单位固定资产报损清单" in titles


def test_a_post_that_two_hold_is_nobodys_unless_an_owner_is_named(school):
    school("person add S99 何二安 --post 安保队长")
    said = school("month plan 2025-09 --draft --owner 钱样真")
    rows = school("month plan 2025-09 -f json").json["rows"]
    assert {row["owner"] for row in rows if "gate duty" in row["title"]} == {"钱样真"}
    assert "holds the post" not in said.err


def test_what_the_month_before_left_open_is_carried_when_it_is_over(school):
    school("month add 2025-09 甲 --owner S03 --due 2025-09-12")
    early = school("month plan 2025-10 --draft")
    assert "1 lines of 2025-09 are still open (JH-202509-01)" in early.err
    assert len(school("month plan 2025-10 -f json").json["rows"]) == 12
    late = school("month plan 2025-10 --draft", LOGI_TODAY="2025-10-09")
    assert "0 new lines" in late.out
    rows = school("month plan 2025-10 -f json").json["rows"]
    assert (rows[-1]["title"], rows[-1]["due"]) == ("甲", "2025-10-31")


def test_a_carried_line_does_not_stand_for_the_templates_own(school):
    """Vouchers come round in September and in October: carrying one over is not doing the other."""
    school("month plan 2025-09 --draft")
    school("month carry JH-202509-06")
    school("month plan 2025-10 --draft")
    titles = [row["title"] for row in school("month plan 2025-10 -f json").json["rows"]]
    assert len([title for title in titles if "vouchers" in title]) == 2


def test_missing_terms_and_unknown_years_are_said(logi):
    assert "No term begins or ends near 2025-09" in logi("month plan 2025-09 --draft").err
    assert "holidays of 2031 are not in the calendar" in logi("month plan 2031-09 --draft").err


@pytest.mark.seed("PLN-14", "PLN-23")
def test_a_person_has_a_plan_of_their_own(school):
    school("month plan 2025-09 --draft")
    school("month add 2025-09 查点课桌 --owner 孙算清 --helpers 吴资明 --due 2025-09-12")
    rows = school("month plan 2025-09 --person 吴资明 -f json").json["rows"]
    assert [row["number"] for row in rows] == ["JH-202509-01", "JH-202509-02", "JH-202509-08", "JH-202509-14"]


@pytest.mark.seed("PLN-22", "PLN-26")
def test_an_instruction_keeps_its_source_and_the_departments_that_help(school):
    school("person edit S03 --department 教务处")
    school("month add 2025-09 腾空会议室 --owner 钱样真 --due 2025-09-12 --source 9月1日校长办公会 --helpers 教务处、德育处")
    [row] = school("month plan 2025-09 --department 教务处 --full -f json").json["rows"]
    assert (row["source"], row["helpers"]) == ("9月1日校长办公会", "教务处、德育处")
    school("month done JH-202509-01 --on 2025-09-11")
    [owner] = school("report completion-by-owner --month 2025-09 -f json").json["rows"]
    assert (owner["owner"], owner["planned"], owner["done"], owner["rate"]) == ("钱样真", 1, 1, "100.0")


def test_the_years_summary_has_its_figures(school):
    school("month add 2025-09 甲 --owner S03 --due 2025-09-10")
    school("month add 2025-09 乙 --owner S03 --due 2025-09-10")
    school("month add 2025-09 丙 --owner S08 --due 2025-09-10")
    school("month done JH-202509-01 --on 2025-09-09")
    school("month done JH-202509-03 --on 2025-09-12")
    table = school("report completion-by-owner --school-year 2025 -f json").json
    figures = {row["owner"]: (row["planned"], row["done"], row["late"], row["rate"]) for row in table["rows"]}
    # 乙 is open past its day, 丙 was done two days late
    assert figures == {"钱样真": (2, 1, 1, "50.0"), "王修好": (1, 1, 1, "100.0")}
    assert (table["totals"]["planned"], table["totals"]["rate"]) == (3, "66.7")


def test_a_line_without_owner_or_day_is_warned_of_and_due(logi):
    said = logi("month add 2025-09 询价")
    assert "has no owner" in said.err
    assert "has no due day" in said.err
    rows = logi("due --book month -f json").json["rows"]
    about = {(row["state"], row["command"]) for row in rows if row["subject"] == "JH-202509-01"}
    assert about == {
        ("orphaned", "logi month edit JH-202509-01 --owner PERSON"), ("missing", "logi month edit JH-202509-01 --due 2025-09-30"),
    }  # fmt: skip


def test_a_day_outside_the_month_and_a_twin_are_warned_of(logi):
    logi("month add 2025-09 询价 --owner S03 --due 2025-09-12")
    said = logi("month add 2025-09 詢價 --owner S03 --due 2025-10-03")
    assert "outside its month" in said.err
    assert "JH-202509-01 in the plan of 2025-09 says the same" in said.err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("month add 2025-09", 2), ("month add 2025-09 甲 --paste", 2), ("month add 2025-09 --paste", 2),
        ("month add 2025-09 甲 --owner 无此人", 3), ("month add 2025-13 甲", 2), ("month add 2025-09 甲 --due 24.9.1", 2),
        ("month add 2025-09 甲 --priority urgent", 2), ("month plan 2025-09 --draft --state open", 2),
        ("month plan 2025-09 --state late", 2), ("month edit JH-202509-01", 4), ("month edit JH-202509-77 --owner S03", 3),
        ("month done", 2), ("month done JH-202509-77", 3), ("month done JH-202509-01 --on 2025-10-01", 4),
        ("month drop JH-202509-01", 2), ("month carry JH-202509-01 --to 2025-09", 4), ("month carry 2025-01", 4),
        ("month reopen 2025-09", 2), ("month reopen 2025-09 --reason 误", 4), ("month close", 2),
    ],
)  # fmt: skip
def test_a_refusal_has_its_code_and_writes_nothing(logi, line, code):
    logi("month add 2025-09 询价 --owner S03 --due 2025-09-12")
    head = logi("audit head").out
    logi(line, code=code)
    assert logi("audit head").out == head


@pytest.mark.parametrize("verb", ["done JH-202509-01", "drop JH-202509-01 --reason 无", "carry JH-202509-01"])
def test_what_is_settled_is_settled_once(logi, verb):
    logi("month add 2025-09 询价 --owner S03 --due 2025-09-12")
    logi(f"month {verb}")
    for again in ("done JH-202509-01", "drop JH-202509-01 --reason 无", "carry JH-202509-01", "edit JH-202509-01 --due 9-20"):
        said = logi(f"month {again}", code=4)
        assert "already" in said.err


def test_carrying_keeps_the_history_and_is_listed_from_the_second_time(school):
    school("month add 2025-07 询价 --owner S03 --due 2025-07-10")
    school("month carry JH-202507-01")
    assert "carried over 2 times" in school("month carry JH-202508-01").err
    subjects = [row["subject"] for row in school("due --book month -f json").json["rows"] if "2 times" in row["text"]]
    assert subjects == ["JH-202509-01"]
    tables = school("show JH-202508-01 -f json").json["tables"]
    passage = next(table for table in tables if table["name"] == "month.passage")
    assert [row["number"] for row in passage["rows"]] == ["JH-202507-01", "JH-202508-01", "JH-202509-01"]
    assert [row["due"] for row in passage["rows"]] == ["2025-07-10", "2025-08-29", "2025-09-30"]


def test_carrying_may_have_a_reason_as_dropping_must(logi):
    logi("month add 2025-09 询价 --owner S03 --due 2025-09-10")
    logi("month carry JH-202509-01 --reason 厂家停产")
    [row] = logi("month plan 2025-09 --full -f json").json["rows"]
    assert (row["state"], row["reason"], row["to"]) == ("carried", "厂家停产", "JH-202510-01")
    assert "JH-202510-01" in row["result"]
    [entry] = logi("audit log --action month.carry -f json").json["rows"]
    logi(f"undo {entry['entry']}")
    [row] = logi("month plan 2025-09 --full -f json").json["rows"]
    assert (row["state"], row["reason"]) == ("open", None)


def test_a_day_that_lies_in_the_later_month_is_kept_when_a_line_moves_there(logi):
    logi("month add 2025-09 排班 --owner S03 --due 2025-10-14")
    logi("month carry JH-202509-01")
    [row] = logi("month plan 2025-10 -f json").json["rows"]
    assert row["due"] == "2025-10-14"


def test_a_month_stands_for_all_its_open_lines(logi):
    for title in ("甲", "乙", "丙"):
        logi(f"month add 2025-09 {title} --owner S03 --due 2025-09-12")
    logi("month done JH-202509-02 --on 2025-09-12")
    said = logi("month carry 2025-09 -f json").json
    assert said["numbers"] == ["JH-202510-01", "JH-202510-02"]


def test_pasting_again_adds_nothing(logi):
    text = "二月份：\n1、甲。\n2、乙。\n九月份\n1、丙\n\n七、别的\n"
    first = logi("month add 2025-09 --paste -f json", stdin=text).json
    assert first["numbers"] == ["JH-202602-01", "JH-202602-02", "JH-202509-01"]
    assert first["facts"]["unplaced"] == ["7: 七、别的"]
    head = logi("audit head").out
    again = logi("month add 2025-09 --paste", stdin=text.replace("份：", "份:"))
    assert "3 lines stood there already" in again.out
    assert logi("audit head").out == head


def test_a_key_stands_for_what_was_pasted(logi):
    logi("month add 2025-09 --paste --key k", stdin="1、甲")
    assert "JH" not in logi("month add 2025-09 --paste --key k", stdin="1、甲").err
    logi("month add 2025-09 --paste --key k", stdin="1、乙", code=4)


VERBS = [
    "month plan 2025-09 --draft", "month add 2025-09 新 --owner S03 --due 2025-09-20", "month edit JH-202509-01 --owner S08",
    "month done JH-202509-01 --on 2025-09-20", "month done JH-202509-01 JH-202509-02", "month drop JH-202509-01 --reason 无",
    "month carry JH-202509-01", "month carry 2025-09 --to 2025-11",
]  # fmt: skip


@pytest.mark.parametrize("line", VERBS)
def test_every_verb_is_undone_and_done_again_whole(logi, line):
    def lists():
        plans = [logi(f"month plan {m} --full -f json").json["rows"] for m in ("2025-09", "2025-10", "2025-11")]
        return plans, logi("month calendar 2025-09 -f json").json["rows"]

    logi("month add 2025-09 甲 --owner S03 --due 2025-09-12")
    logi("month add 2025-09 乙 --owner S03")
    before = lists()
    logi(line)
    after = lists()
    assert after != before
    logi("undo")
    assert lists() == before
    logi("redo")
    assert lists() == after
    logi("audit verify")


def test_drafted_lines_that_were_touched_hold_the_draft(logi):
    entry = logi("month plan 2025-09 --draft -f json").json["entry"]
    logi("month done JH-202509-01")
    assert str(entry + 1) in logi(f"undo {entry}", code=4).err


def test_the_plan_is_looked_ahead_and_a_missing_one_is_due(school):
    subjects = {row["subject"] for row in school("due --book month -f json").json["rows"] if row["source"] == "PLN-25"}
    assert subjects == {"2025-09", "2025-10"}  # on the 30th next month's plan should be there, policy month.draft_day
    subjects = {
        row["subject"]
        for row in school("due --book month -f json", LOGI_TODAY="2025-09-24").json["rows"]
        if row["source"] == "PLN-25"
    }
    assert subjects == {"2025-09"}


def test_the_pack_begins_with_the_schedule_as_of_the_months_end(school):
    school("month add 2025-09 甲 --owner S03 --due 2025-09-12")
    school("month add 2025-09 乙 --owner S03 --due 2025-09-12")
    school("month add 2025-10 丙 --owner S03 --due 2025-10-12")
    school("month done JH-202509-01 --on 2025-09-12")
    school("month done JH-202509-02 --on 2025-10-08", LOGI_TODAY="2025-10-08")
    pack = school("report month 2025-09 --only month -f json", LOGI_TODAY="2025-10-09").json
    plan, count, ahead = pack["tables"]
    assert [(row["state"], row["late"]) for row in plan["rows"]] == [("done", None), ("open", 18)]  # 30 - 12
    assert "Done after 2025-09-30: JH-202509-02 2025-10-08" in plan["notes"]
    assert count["rows"][0]["rate"] == "50.0"
    assert [row["title"] for row in ahead["rows"]] == ["丙"]


def test_lines_are_found_by_a_part_in_either_script(logi):
    logi("month add 2025-09 匯總報損清單 --owner S03 --due 2025-09-12")
    [row] = logi("find 报损清单 -f json").json["rows"]
    assert row["code"] == "JH-202509-01"


@pytest.mark.parametrize(
    ("month", "workdays"),
    # domain: the hand-made calendar of the school year 2025-2026
    list(zip(
        ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06",
         "2026-07", "2026-08"),
        (23, 18, 20, 23, 21, 16, 22, 21, 19, 21, 23, 21), strict=True,
    )),
)  # fmt: skip
def test_the_calendar_counts_workdays_with_make_up_days(ledger, month, workdays):
    rows = calendar_report.day_list(ledger, month).rows
    assert sum(row["workday"] == "yes" for row in rows) == workdays
    assert f"{workdays} workdays." in calendar_report.calendar(ledger, month).notes


def test_the_grid_has_a_row_a_week_and_marks_what_is_due(ledger):
    with ledger.entry("month.add") as e:
        actions.add(e, "2025-09", "甲", due_on=date(2025, 9, 28))
        actions.add(e, "2025-10", "乙", due_on=date(2025, 9, 29))
    rows = calendar_report.calendar(ledger, "2025-09").rows
    assert len(rows) == 5  # Monday 1 September to Tuesday 30
    assert list(rows[0]) == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    assert rows[3]["sun"].startswith("28 ")
    assert rows[3]["sun"].endswith("#01")
    assert rows[4] == {"mon": "29 JH-202510-01", "tue": "30"}
    assert rows[0]["sat"] == "6 off"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_titles_are_spoken_in_chinese(language):
    made = in_memory(Who("t", "t", 0, "h"), today=date(2025, 9, 30))
    messages.use(language)
    try:
        with made.entry("init") as e:
            fill_new(e, school="校", lang=language, costing="fifo", threshold_rules="2022", zone="Asia/Shanghai")
        with made.entry("month.plan") as e:
            drafting.draft(e, "2025-09")
        assert store.plan(made.db, "2025-09")[0]["owner_post"] == "资产管理员"
        title = report.plan(made, "2025-09").title
        assert title == {"zh-Hans": "2025-09 月工作计划安排表", "zh-Hant": "2025-09 月工作計劃安排表"}[language]
    finally:
        messages.use("en")


def test_verify_finds_a_line_that_was_torn(ledger):
    with ledger.entry("month.add") as e:
        actions.add(e, "2025-09", "甲", due_on=date(2025, 9, 12))
    with ledger.entry("month.carry") as e:
        actions.carry(e, ["JH-202509-01"])
    assert checks.verify(ledger.db) == []
    with ledger.entry("month.carry") as e:
        e.update("month_line", store.line(e.db, "JH-202510-01")["id"], carried=5)
    assert [finding.text.split()[0] for finding in checks.verify(ledger.db)] == ["JH-202510-01"]


@pytest.mark.parametrize("width", [80, 40])
def test_the_calendar_fits_the_terminal_and_shows_plan_duty_due_and_holidays(school, width):
    school("month duty draft --holiday national --people S06,S07,S08,S17 --leaders S03,S09")
    school("month add 2025-10 盘点 --owner S06 --due 2025-10-20")
    school("repair open 漏水 --place A205 --by 杨班一 --kind water --on 2025-09-30")
    drawn = school("month calendar 2025-10 -f terminal", LOGI_LANG="zh-Hans", COLUMNS=str(width)).out
    grid = drawn.partition("工作日")[0].splitlines()
    wide = max(sum(2 if ord(char) > 0x2E80 else 1 for char in line.rstrip()) for line in grid)
    assert wide <= width
    packed = "".join(drawn.split())
    assert all(word in packed for word in ("国庆节", "中秋节", "班", "值:", "#01", "休", "工作日18天"))
    assert ("周一周二周三周四周五周六周日" in packed) == (width == 80)  # a grid at 80, day by day where that is too narrow
    rows = {row["day"]: row for row in school("month calendar 2025-10 --list -f json").json["rows"]}
    due = {row["day"] for row in school("due --days 60 -f json").json["rows"] if row["book"] != "month" and row["day"]}
    assert {day for day, row in rows.items() if row["others"]} == {day for day in due if day.startswith("2025-10")}


@pytest.mark.parametrize(
    ("month", "words"),
    [
        # domain systems A.24: what the months without a list of the seed's own are filled with
        ("2026-01", (("期末", "各室"), ("寒假", "值班"), ("防冻",), ("仓库", "盘点"), ("第一学期", "总结"))),
        ("2026-08", (("暑期", "维修"), ("治虫", "修剪"), ("开学前一周",), ("食堂", "开灶"), ("教材", "入库"))),
        ("2025-11", (("医保",), ("消防", "月检查"), ("供暖",))),
        ("2025-12", (("医保", "核对"), ("年末", "核对"), ("第四季度",), ("预算",))),
    ],
)
def test_the_months_the_seed_leaves_open_have_their_lines_and_owners(month, words):
    from logi.core.plans import template

    lines = [(one.titles["zh-Hans"], one.owner_post) for one in template(int(month[5:]))]
    for wanted in words:
        found = [post for title, post in lines if all(word in title for word in wanted)]
        assert found, wanted
        assert all(found)


def test_overdue_lines_and_those_carried_twice_are_listed(school):
    school("month add 2025-08 甲 --owner S03 --due 2025-08-20")
    school("month carry JH-202508-01")
    [one] = [r for r in school("due --book month -f json").json["rows"] if r["subject"] == "JH-202509-01"]
    assert one["state"] in ("overdue", "soon")
    school("month carry JH-202509-01")
    rows = [r for r in school("due --book month --days 60 -f json").json["rows"] if r["subject"] == "JH-202510-01"]
    assert any(row["rule"] == "month.rule.carried" if "rule" in row else "2 times" in row["text"] for row in rows)
    school("month add 2025-09 乙 --owner S03 --due 2025-09-10")
    late = [r for r in school("due --book month -f json").json["rows"] if "乙" in r["text"]]
    assert [(r["state"], r["day"]) for r in late] == [("overdue", "2025-09-10")]
    assert "20 days" in late[0]["text"]

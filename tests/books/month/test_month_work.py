"""What the work came to: last year's facts drafted again, work points, the summary, feedback, dossier, what is left out."""

import pytest

POINTS = """2026年度后勤工作要点
一、主要任务
（一）宿舍管理达标；
（二）节水节电：
1、查漏水；
2、装定时开关。
"""


@pytest.fixture
def school(logi):
    """The terminal with the terms of a school year and the people whose posts most lines name."""
    with logi.once():
        logi("person edit S07 --post 资产管理员")
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
    return logi


def rows(logi, line):
    return logi(f"{line} -f json").json["rows"]


def tables(logi, line):
    return {table["name"]: table for table in logi(f"{line} -f json").json["tables"]}


# -- last year ---------------------------------------------------------------------------------------


def test_a_plan_drafts_again_what_the_month_had_of_its_own_a_year_ago(school):
    school.env["LOGI_TODAY"] = "2025-09-05"
    for title, day in (("秋季大扫除", "2025-09-13"), ("没有做的", "2025-09-10"), ("不要的", "2025-09-11")):
        school(f"month add 2025-09 {title} --owner S08 --due {day} --standard 全校")
    school("month done JH-202509-01 --on 2025-09-04")
    school("month drop JH-202509-03 --reason 不需要")
    school("month plan 2025-09 --draft")
    school.env["LOGI_TODAY"] = "2026-08-26"
    said = school("month plan 2026-09 --draft -f json").json
    [again] = said["facts"]["again"]
    found = {row["title"]: row for row in rows(school, "month plan 2026-09 --full")}
    # The 13th is a Sunday in 2026: the workday before it is Friday the 11th. What was left undone or dropped is no fact.
    line = found["秋季大扫除"]
    assert (line["number"], line["due"], line["owner"], line["standard"]) == (again, "2026-09-11", "王修好", "全校")
    assert "JH-202509-01" in line["source"]
    assert not {"没有做的", "不要的"} & set(found)
    school(f"month drop {again} --reason 今年不做")
    assert "nothing was written" in school("month plan 2026-09 --draft").out


def test_what_came_again_comes_again_the_year_after_and_a_twin_does_not(school):
    school.env["LOGI_TODAY"] = "2025-09-30"
    school("month add 2025-09 秋季大扫除 --owner S08 --due 2025-09-12")
    school("month done JH-202509-01")
    school.env["LOGI_TODAY"] = "2026-09-30"
    [first] = school("month plan 2026-09 --draft -f json").json["facts"]["again"]
    school(f"month done {first}")
    school.env["LOGI_TODAY"] = "2027-08-26"
    school("month add 2027-09 秋季大扫除 --owner S08 --due 2027-09-10")
    assert school("month plan 2027-09 --draft -f json").json["facts"]["again"] == []


# -- ahead -------------------------------------------------------------------------------------------


@pytest.mark.seed("PLN-25")
def test_the_next_month_is_shown_ahead_with_its_holidays_last_years_issues_and_what_is_short(school):
    school("item add BG001 A4纸 --unit 包")
    school("stock in BG001 100 --price 20 --on 2025-09-01")
    school("department add JW 教务处")
    school("stock out BG001 60 --to 教务处 --by 杨班一 --on 2025-09-12")
    school.env["LOGI_TODAY"] = "2026-08-26"
    school("month plan 2026-09 --draft")
    found = tables(school, "month ahead 2026-09")
    assert found["month.plan"]["rows"]
    # domain rules B.13: Mid-Autumn 25 to 27 September 2026; Teachers' Day is a workday
    assert [(r["on"], r["until"], r["missing"]) for r in found["month.holidays"]["rows"]] == [
        ("2026-09-10", "2026-09-10", 1), ("2026-09-25", "2026-09-27", 3),
    ]  # fmt: skip
    [paper] = found["stock.ahead"]["rows"]
    assert (paper["code"], paper["out"], paper["there"], paper["short"]) == ("BG001", "60", "40", "20")
    assert "1200.00" in [r["money"] for r in found["month.figures"]["rows"] if r["book"] == "stock"]  # 60 at 20.00


# -- work points -------------------------------------------------------------------------------------


@pytest.mark.seed("PLN-17")
def test_the_years_work_points_are_a_document_whose_items_trace_to_the_month_plans(school):
    said = school("month point add 2026 --paste --source 教体总〔2026〕1号", stdin=POINTS)
    assert "was left out" in said.err  # the heading bears no number
    again = school("month point add 2026 --paste", stdin=POINTS)
    assert "nothing was written" in again.out.lower()
    titles = [row["title"] for row in rows(school, "month point list 2026")]
    assert titles == ["主要任务：宿舍管理达标", "主要任务：节水节电：查漏水", "主要任务：节水节电：装定时开关"]
    school("month add 2026-03 全校查漏 --owner S08 --due 2026-03-10 --point YD-2026-02")
    school("month add 2026-04 再查漏 --owner S08 --due 2026-04-10")
    school("month edit JH-202604-01 --point YD-2026-02")
    school.env["LOGI_TODAY"] = "2026-03-20"
    school("month done JH-202603-01 --on 2026-03-09")
    found = {r["number"]: (r["planned"], r["done"], r["rate"], r["months"]) for r in rows(school, "month point list 2026")}
    assert found["YD-2026-02"] == (2, 1, "50.0", "2026-03、2026-04")
    assert found["YD-2026-01"] == (0, 0, None, None)
    assert next(r["point"] for r in rows(school, "month plan 2026-03 --full")) == "YD-2026-02"
    left = {r["subject"] for r in rows(school, "report omissions --since 2026-01-01 --until 2026-12-31") if r["kind"] == "point"}
    assert left == {"YD-2026-01", "YD-2026-03"}


def test_a_line_carried_over_keeps_its_work_point(school):
    school("month point add 2025 节水")
    school("month add 2025-09 查漏 --owner S08 --due 2025-09-10 --point YD-2025-01")
    school("month carry JH-202509-01")
    assert rows(school, "month plan 2025-10 --full")[0]["point"] == "YD-2025-01"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("month point add 2026", 2),
        ("month point add 2026 甲 --paste", 2),
        ("month point add 二零二六 甲", 2),
        ("month point edit YD-2026-01 --title x", 3),
        ("month add 2025-09 甲 --point YD-2026-01", 3),
        ("month highlight 甲 --kind wonder", 2),
        ("month highlight 甲 --of JH-202509-01", 3),
        ("month highlight 甲 --on 2025-10-01", 4),
        ("month countdown", 3),
        ("month countdown 2030", 3),
        ("month summary --term 2025-2026-1 --year 2025", 2),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(logi, line, code):
    before = logi("audit head").out
    logi(line, code=code)
    assert logi("audit head").out == before


# -- summary, feedback -------------------------------------------------------------------------------


@pytest.mark.seed("PLN-13", "PLN-21")
def test_the_summary_has_the_figures_and_the_sections_of_innovation_highlight_and_effect(school):
    school("month add 2025-09 甲 --owner S03 --due 2025-09-10")
    school("month add 2025-09 乙 --owner S08 --due 2025-09-10")
    school("month done JH-202509-01 --on 2025-09-09")
    school("repair open 漏水 --place A205 --by 杨班一 --kind water --on 2025-09-10")
    school("month highlight 扫码报修 --kind innovation --on 2025-09-03")
    school("month highlight 用水下降一成 --kind effect --of JH-202509-01 --on 2025-09-30")
    school("month highlight 食堂开放日 --on 2025-09-20")
    found = tables(school, "month summary --school-year 2025")
    assert [(r["kind"], r["words"], r["number"]) for r in found["month.told"]["rows"]] == [
        ("innovation", "扫码报修", None), ("highlight", "食堂开放日", None), ("effect", "用水下降一成", "JH-202509-01"),
    ]  # fmt: skip
    assert [(r["month"], r["planned"], r["done"], r["rate"]) for r in found["month.by-month"]["rows"]] == [("2025-09", 2, 1, "50.0")]
    assert [(r["number"], r["late"]) for r in found["month.unfinished"]["rows"]] == [("JH-202509-02", 20)]
    repairs = {r["figure"]: r["count"] for r in found["month.figures"]["rows"] if r["book"] == "repair"}
    assert repairs["Opened"] == 1
    undone = school("undo")  # the last highlight
    assert undone.code == 0
    assert len(tables(school, "month summary --school-year 2025")["month.told"]["rows"]) == 2


def test_a_terms_summary_counts_its_own_days_alone(school):
    school("month highlight 暑假修屋面 --kind effect --on 2025-08-20")
    school("month highlight 开学顺利 --on 2025-09-01")
    told = tables(school, "month summary --term 2025-2026-1")["month.told"]["rows"]
    assert [row["words"] for row in told] == ["开学顺利"]


@pytest.mark.seed("PLN-24")
def test_the_leaders_get_a_feedback_with_the_unfinished_and_the_month_ahead(school):
    school("month add 2025-09 甲 --owner S03 --due 2025-09-10")
    school("month add 2025-09 乙 --owner S08 --due 2025-09-20")
    school("month add 2025-10 丙 --owner S08 --due 2025-10-20")
    school("month done JH-202509-01 --on 2025-09-12")
    pack = school("month feedback 2025-09 -f json").json
    found = {table["name"]: table for table in pack["tables"]}
    owners = {r["owner"]: (r["planned"], r["done"], r["late"], r["late_days"]) for r in found["month.completion-by-owner"]["rows"]}
    assert owners == {"钱样真": (1, 1, 1, 2), "王修好": (1, 0, 1, 10)}  # done two days late; open ten days past its day
    assert {r["number"] for r in found["month.unfinished"]["rows"]} == {"JH-202509-01", "JH-202509-02"}
    assert [r["number"] for r in found["month.plan"]["rows"]] == ["JH-202510-01"]
    assert pack["period"] == "2025-09"


# -- opening, omissions ------------------------------------------------------------------------------


@pytest.mark.seed("PLN-16")
def test_the_opening_dossier_says_which_ledgers_are_complete_and_by_which_records(school):
    from logi.books.month import proving
    from logi.core.datafiles import data_path

    text = data_path("plans", "dossier.toml").read_text("utf-8")
    asked = [line.split('"')[1] for line in text.splitlines() if line.startswith("rule = ")]
    assert set(asked) <= set(proving.known())
    school("patrol route add R1 早巡 --frequency workday --from 2025-09-29")
    for day in ("2025-09-29", "2025-09-30"):
        school(f"patrol log R1 --by 陈巡安 --at '{day} 07:10'")
    school("repair open 漏水 --place A205 --by 杨班一 --kind water --on 2025-09-10")
    found = {r["rule"]: (r["state"], r["done"], r["total"]) for r in rows(school, "month dossier 2025-09")}
    assert found["patrol-rounds"] == ("complete", 2, 2)
    assert found["repairs-done"] == ("incomplete", 0, 1)
    assert found["hazards-verified"] == ("nothing", 0, 0)
    school("month add 2025-09 迎检资料 --owner S03 --due 2025-09-30 --rule dossier")
    [line] = rows(school, "month plan 2025-09")
    wanted = [state for state, _, _ in found.values() if state != "nothing"]
    assert line["degree"] == f"{1000 * wanted.count('complete') // len(wanted) / 10:.1f}"


@pytest.mark.seed("PLN-18")
def test_februarys_opening_routine_is_proved_when_every_class_has_its_books_and_supplies(school):
    school.env["LOGI_TODAY"] = "2026-02-25"
    school("month plan 2026-02 --draft")
    school("item add JC01 语文 --unit 册")
    school("item add BZ01 教室布置用品 --unit 套")
    school("stock in JC01 90@10 BZ01 2@30 --on 2026-02-20")
    for name in ("七年级1班", "七年级2班"):
        school(f"stock textbook plan {name} JC01 45 BZ01 1 --on 2026-02-24 --create")
    routine = next(r for r in rows(school, "month plan 2026-02 --full") if r["evidence"] == "textbooks-issued")
    assert (routine["state"], routine["degree"]) == ("open", "0.0")
    school("stock textbook issue 七年级1班 --by 杨班一 --on 2026-02-25")
    assert next(r["degree"] for r in rows(school, "month plan 2026-02") if r["number"] == routine["number"]) == "50.0"
    school("stock textbook issue 七年级2班 --by 杨班一 --on 2026-02-25")
    done = next(r for r in rows(school, "month plan 2026-02") if r["number"] == routine["number"])
    assert (done["state"], done["degree"]) == ("done", "100.0")


@pytest.mark.seed("PLN-19")
def test_nothing_is_forgotten_what_is_left_out_is_listed_with_its_command(school):
    school("month add 2025-09 询价")
    school("place add C101 教室 --kind classroom")  # no keeper
    found = rows(school, "report omissions --since 2025-08-01 --until 2025-09-30")
    kinds = {(r["kind"], r["subject"]) for r in found}
    assert {("plan", "2025-08"), ("owner", "JH-202509-01"), ("day", "JH-202509-01"), ("orphaned", "C101")} <= kinds
    lines = [r["text"] for r in found if r["kind"] == "template"]
    assert len([text for text in lines if "fire" in text.lower()]) == 1  # September has a line here, but no template's
    assert all(r["command"].startswith("logi ") for r in found)
    school("month plan 2025-09 --draft")
    assert not [r for r in rows(school, "report omissions --month 2025-09") if r["kind"] == "template"]
    school("month edit JH-202509-01 --owner S03 --due 2025-09-30")
    assert not [r for r in rows(school, "report omissions --month 2025-09") if r["subject"] == "JH-202509-01"]


def test_a_round_that_began_after_the_draft_is_left_out_until_drafted_again(school):
    school("month plan 2025-10 --draft")
    school("month add 2025-09 水质巡检 --owner S08 --every month --due 2025-09-10")
    school.env["LOGI_TODAY"] = "2025-10-31"
    found = [r["text"] for r in rows(school, "report omissions --month 2025-10") if r["kind"] == "round"]
    assert found == ["水质巡检 2025-10-10"]


@pytest.mark.seed("PLN-15")
def test_the_countdown_lists_what_is_due_before_the_term_by_days_left(school):
    school.env["LOGI_TODAY"] = "2025-08-24"
    school("month plan 2025-08 --draft")
    table = school("month countdown -f json").json
    days = [(row["left"], row["due"]) for row in table["rows"]]
    assert days == sorted(days, key=lambda one: one[1])
    assert any(left == 7 and due == "2025-08-25" for left, due in days)  # 1 September less seven days
    assert any("8 days to go" in note for note in table["notes"])

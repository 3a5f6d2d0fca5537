"""`logi due`: one radar over every book, in the language spoken, each line with its rule's source and its command."""

import shutil

import pytest

from logi.core import messages
from logi.core.due import Basis


def test_a_book_goes_by_its_title_and_scripts_keep_its_key(logi):
    logi("month add 2025-09 '领导巡查' --due 2025-09-20")  # nobody answers for it
    rows = logi("due --book month -f json").json["rows"]
    assert {row["book"] for row in rows} == {"month"}
    assert "The month" in logi("due --book month").out
    assert "月度" in logi("due --book 月度", LOGI_LANG="zh-Hans").out
    assert logi("due --book '報修' --strict", LOGI_LANG="zh-Hant").code == 0


def test_the_hole_in_a_command_is_called_as_the_language_calls_it(logi):
    number = logi("month add 2025-09 'Ask for quotations' -f json").json["number"]
    said = {lang: next(r["command"] for r in logi("due --book month -f json", LOGI_LANG=lang).json["rows"]
                       if r["subject"] == number and r["state"] == "orphaned") for lang in ("en", "zh-Hans", "zh-Hant")}  # fmt: skip
    assert said == {
        "en": f"logi month edit {number} --owner PERSON", "zh-Hans": f"logi month edit {number} --owner 人员",
        "zh-Hant": f"logi month edit {number} --owner 人員",
    }  # fmt: skip


def test_a_line_without_a_day_is_offered_the_months_last_workday(logi):
    number = logi("month add 2025-08 'Ask for quotations' -f json").json["number"]
    [row] = [r for r in logi("due --book month -f json").json["rows"] if r["subject"] == number and r["state"] == "missing"]
    assert row["command"] == f"logi month edit {number} --due 2025-08-29"  # the 31st is a Sunday
    logi(row["command"].removeprefix("logi "))
    assert not [r for r in logi("due --book month -f json").json["rows"] if r["subject"] == number and r["state"] == "missing"]


def test_people_read_the_rule_and_machines_the_id_of_what_a_line_rests_on(logi):
    logi("month add 2025-09 '领导巡查' --due 2025-09-20")
    rows = logi("due --book month -f json", LOGI_LANG="zh-Hans").json["rows"]
    assert {row["source"] for row in rows} >= {"PLN-01", "policy month.approval_required"}
    said = logi("due --book month", LOGI_LANG="zh-Hans").out
    assert "PLN-" not in said
    assert "事项有人负责" in said or "事项按时完成" in said
    assert "月计划须审批" in said


def test_a_subject_that_is_a_fixed_word_is_spoken(blank, demo_school):
    """The demo school held no fire drill in December 2025."""
    day = {"LOGI_LEDGER": str(demo_school), "LOGI_LANG": "zh-Hans", "LOGI_TODAY": "2026-08-31"}
    assert "drill" in {row["subject"] for row in blank("due --book safety -f json", **day).json["rows"]}
    said = blank("due --book safety", **day).out
    assert "| 演练 " in said
    assert "| drill " not in said


@pytest.mark.parametrize(("source", "rule", "said"), [
    ("PAT-13 fire.drill_months", "patrol.rule.x", "消防演练间隔"), ("policy fire.drill_months", "", "消防演练间隔"),
    ("消防法 16", "", "消防法第 16 条"), ("食品安全法 art. 57", "", "食品安全法第 57 条"), ("GB/T 40248-2021 7.3", "", "GB/T 40248-2021 7.3"),
    ("AST-20", "asset.rule.loan", "借出资产按期归还"), ("AST-20", "asset.rule.none", "AST-20"),
])  # fmt: skip
def test_a_basis_is_a_policy_a_law_or_else_the_rule_itself(source, rule, said):
    before = messages.language()
    messages.use("zh-Hans")
    try:
        assert Basis.of(source, rule).shown_as == said
    finally:
        messages.use(before)


def test_every_line_has_a_source_and_strict_says_by_its_code_that_something_is_overdue(logi):
    logi("month add 2025-09 'Ask for quotations' --owner S03 --due 2025-09-20")
    rows = logi("due --book month --days 0 -f json").json["rows"]
    assert rows
    assert all(row["source"] and row["command"].startswith("logi ") for row in rows)
    assert logi("due --book month --strict", code=None).code == 7
    assert logi("due --book month --strict --quiet", code=None).out != ""


def test_what_lies_further_ahead_than_the_days_asked_for_is_not_shown(logi):
    number = logi("month add 2025-10 'Ask for quotations' --owner S03 --due 2025-10-20 -f json").json["number"]

    def subjects(days: int) -> list[str]:
        return [row["subject"] for row in logi(f"due --book month --days {days} -f json").json["rows"]]

    assert (number in subjects(19), number in subjects(20)) == (False, True)


def test_todays_page_names_the_open_months_as_the_list_of_what_is_due_does(logi):
    """Nothing is closed and the ledger began in September: on 20 November September and October are late, November is open."""
    logi("month add 2025-09 修锅炉 --owner 王修好 --due 2025-09-30")
    page = logi("today", LOGI_TODAY="2025-11-20").out
    assert "Open months: 2025-09 to 2025-11." in page
    assert "logi month close 2025-09" in page
    assert "Open month: 2025-09." in logi("today").out


def test_the_books_begin_with_the_first_fact_not_with_things_taken_over(blank, furnished):
    """A ledger begun on 2025-09-30 for August; a desk of 2014 is no reason to close eleven years."""
    shutil.copy(furnished, blank.ledger)
    blank("asset add 课桌 --cost 1200 --on 2014-07-15 --place A205")
    assert "Open month: 2025-09." in blank("today").out
    blank("item add A4 A4纸 --unit 包")
    blank("stock in A4 5 --price 20 --from V01 --on 2025-08-20")
    assert "Open months: 2025-08 to 2025-09." in blank("today").out
    [line] = [row for row in blank("due --book month -f json", LOGI_TODAY="2025-10-31").json["rows"] if "month close" in row["command"]]
    assert line["command"] == "logi month close 2025-08"
    assert "2025-09" in line["text"]

"""On a screen many absences of one rule are one line of `logi due`; files and scripts get each of them."""

import re

import pytest

from logi.core.answers import Column, Table
from logi.core.messages import language, use
from logi.reports import folded


def lines(rules):
    rows = [{"state": state, "book": book, "rule": rule, "text": f"{n}."} for n, (state, book, rule) in enumerate(rules, 1)]
    return Table("due", "", [Column("text", "")], rows)


@pytest.fixture
def chinese():
    before = language()
    use("zh-Hans")
    yield
    use(before)


def test_what_is_missing_more_than_three_times_by_one_rule_is_one_line_with_the_count(chinese):
    table = folded(lines([("missing", "patrol", "a")] * 4 + [("missing", "paper", "a")] * 3 + [("overdue", "repair", "b")] * 5))
    told = [(row["book"], row["text"]) for row in table.rows]
    assert [text for book, text in told if book == "patrol"] == ["1.（同类还有 3 项）"]  # four: the first and three more
    assert [text for book, text in told if book == "paper"] == ["5.", "6.", "7."]  # three stand as they are
    assert len([1 for book, _ in told if book == "repair"]) == 5  # what is overdue is somebody's, and stays
    assert len(table.notes) == 1


def test_a_short_list_is_told_as_it_is():
    table = lines([("missing", "patrol", "a")] * 3)
    assert (folded(table).rows, folded(table).notes) == (table.rows, ())


def test_a_screen_gets_the_first_and_the_count(logi):
    logi("route add R2 晚巡 --frequency daily --from 2025-09-22")
    said = logi("due --book patrol -f terminal").out
    assert set(re.findall(r"--on (2025-09-2[0-9])", said)) == {"2025-09-22"}
    assert "And 7 more like it." in " ".join(said.split())  # eight rounds, 22 to 29 September


@pytest.mark.parametrize("format", ["json", "text"])
def test_a_file_gets_every_line(logi, format):
    logi("route add R2 晚巡 --frequency daily --from 2025-09-22")
    # the ledger's day is 30 September: 22 to 29 were missed, eight rounds
    said = logi(f"due --book patrol -f {format}").out
    assert len(set(re.findall(r"logi patrol log R2 \S+ \S+ --on (2025-09-2[0-9])", said))) == 8


def test_a_line_that_a_policy_asks_for_is_read_by_its_title(logi):
    said = logi("due --book month -f text", LOGI_TODAY="2025-12-20", LOGI_LANG="zh-Hans").out
    assert "policy month" not in said
    rows = logi("due --book month -f json", LOGI_TODAY="2025-12-20").json["rows"]
    assert "policy month.close_workday" in {row["source"] for row in rows}  # a script gets the key

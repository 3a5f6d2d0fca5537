"""What is used up, per department and head, against quota and last year; paper and cartridges; lots at a month's end."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import Terminal


@pytest.fixture
def store(logi):
    """Paper, toner and brooms; two departments of two and one heads."""
    for line in (
        "item add BG001 A4纸 --unit 包 --class office", "item add HC001 墨粉盒 --unit 支 --class printing",
        "item add QJ002 扫帚 --unit 把 --class cleaning",
        "stock in A4纸 200@20 墨粉盒 20@80 --on 2024-09-01 --request SG-1",
        "stock in 扫帚 20@9.8 --on 2025-09-01 --request SG-2",
        "stock out A4纸 10 --to 教务处 --by S15 --on 2024-09-10", "stock out A4纸 4 --to 总务处 --by S03 --on 2024-09-10",
        "person edit S15 --department 教务处", "person edit S17 --department 教务处", "person edit S03 --department 总务处",
    ):  # fmt: skip
        logi(line)
    return logi


@pytest.mark.seed("STK-10")
def test_use_per_department_and_head_is_held_against_quota_and_last_year(store):
    store("""policy set stock.quota_head_fen '{"office": 10000}' --from 2025-09-01 --source 校务会""")
    store("stock out A4纸 12 --to 教务处 --by S15 --on 2025-09-10")
    store("stock out 扫帚 3 --to 总务处 --by S03 --on 2025-09-12")
    store("stock return CK-2025-0002 扫帚 1 --on 2025-09-13")
    rows = store("report consumption 2025-09 -f json").json["rows"]
    # 12 x 20.00 = 240.00 over 2 heads: 120.00; quota 2 x 100.00; a year before 10 x 20.00: + 20 %.
    wanted = [
        ("总务处", 1, "office", "0.00", "0.00", "100.00", "0.00", "80.00", "-100.0"),
        ("总务处", 1, "cleaning", "19.60", "19.60", None, None, "0.00", None),
        ("教务处", 2, "office", "240.00", "120.00", "200.00", "40.00", "200.00", "20.0"),
    ]
    keys = ("department", "heads", "class", "value", "per_head", "quota", "over_quota", "last_year", "change")
    assert sorted(tuple(row[key] for key in keys) for row in rows) == sorted(wanted)


def test_an_issue_past_the_quota_of_its_month_is_warned_of(store):
    store("""policy set stock.quota_department_fen '{"教务处": {"office": 30000}}' --from 2025-09-01 --source 校务会""")
    assert "quota" not in store("stock out A4纸 15 --to 教务处 --by S15 --on 2025-09-10").err
    said = store("stock out A4纸 1 --to 教务处 --by S15 --on 2025-09-11").err
    assert "320.00" in said
    assert "300.00" in said
    assert "quota" not in store("stock out A4纸 16 --to 总务处 --by S03 --on 2025-09-11").err


def test_heads_may_be_set_where_the_register_does_not_tell(store):
    store("""policy set stock.heads '{"教务处": 40}' --from 2024-09-01 --source 花名册""")
    store("stock out A4纸 20 --to 教务处 --by S15 --on 2025-09-10")
    row = next(r for r in store("report consumption 2025-09 -f json").json["rows"] if r["department"] == "教务处")
    assert (row["heads"], row["per_head"]) == (40, "10.00")


@pytest.mark.seed("STK-11")
def test_printing_tells_paper_per_head_and_sheets_to_a_cartridge(store):
    store("stock out A4纸 12 墨粉盒 2 --to 教务处 --by S15 --on 2025-09-10")
    made = store("report printing 2025-09 -f json").json
    rows = {(r["department"], r["code"]): r for r in made["rows"]}
    paper = rows["教务处", "BG001"]
    assert (paper["quantity"], paper["head_quantity"], paper["before_quantity"], paper["change"]) == ("12", "6", "10", "20.0")
    assert rows["教务处", "HC001"]["value"] == "160.00"
    assert rows["总务处", "BG001"]["before_quantity"] == "4"
    # 12 packs of 500 sheets over 2 cartridges
    assert made["notes"] == ["Sheets to a cartridge: 3000."]


def test_a_year_after_the_29th_of_february_is_compared_with_the_28th(store):
    assert store("report consumption 2024-02 -f json").json["rows"] == []


def test_lots_and_classes_are_stored_when_a_month_is_closed(store):
    store("stock in A4纸 10@22 --on 2024-10-05 --request SG-3")
    for month in ("2024-09", "2024-10"):
        store(f"month close {month}")
    store("stock out A4纸 190 --to 教务处 --by S15 --on 2024-11-02")
    rows = store("report by-lot 2024-10 -f json").json["rows"]
    # 200 - 14 of the first lot at 20.00, the second untouched; 20 cartridges.
    assert [(r["code"], r["received_on"], r["quantity"], r["value"]) for r in rows] == [
        ("BG001", "2024-09-01", "186", "3720.00"), ("BG001", "2024-10-05", "10", "220.00"),
        ("HC001", "2024-09-01", "20", "1600.00"),
    ]  # fmt: skip
    store("item edit A4纸 --class daily")
    rows = store("report by-class 2024-10 -f json").json["rows"]
    assert [(r["class"], r["opening_value"], r["in_value"], r["closing_value"]) for r in rows] == [
        ("office", "3720.00", "220.00", "3940.00"), ("printing", "1600.00", "0.00", "1600.00"),
    ]  # fmt: skip
    assert [r["quantity"] for r in store("report by-lot 2024-11 -f json").json["rows"]] == ["6", "20"]
    store("month reopen 2024-10 --reason 补记")
    assert "value" not in store("report by-lot 2024-10 -f json").json["rows"][0]
    assert store("audit verify").code == 0


@pytest.fixture(scope="module")
def traded(tmp_path_factory):
    """A ledger of a costing with 50 and 50 packs in, 10 out of which 4 came back, 5 out; each made once."""

    @cache
    def made(costing: str) -> Path:
        first = Terminal(tmp_path_factory.mktemp("traded"))
        first(f"init --school x --lang en --costing {costing} --yes")
        for line in ("department add D1 教务处", "person add S1 张三", "stock item add A 纸 --unit 包",
                     "stock in A 50 --price 23.50 --on 2025-09-01", "stock in A 50 --price 20 --on 2025-09-02",
                     "stock out A 10 --to 教务处 --by S1 --on 2025-09-05", "stock out A 5 --to 教务处 --by S1 --on 2025-09-06",
                     "stock return CK-2025-0001 A 4 --reason 多领 --on 2025-09-07"):  # fmt: skip
            first(line)
        return first.ledger

    return made


@pytest.mark.parametrize("costing", ["fifo", "moving-average", "month-average"])
@pytest.mark.parametrize("undone", [
    "CK-2025-0001 CK-2025-0002 TK-2025-0001", "CK-2025-0001 CK-2025-0002 TK-2025-0001 RK-2025-0001",
    "RK-2025-0001 RK-2025-0002 CK-2025-0001 CK-2025-0002 TK-2025-0001", "CK-2025-0002 RK-2025-0002",
])  # fmt: skip
def test_slips_taken_back_together_leave_what_one_by_one_would_leave(blank, traded, costing, undone):
    """50 and 50 in; 10 out of which 4 come back, 5 out. Together, in either order, and done again: the sums are the moves'."""
    shutil.copy(traded(costing), blank.ledger)
    numbers = undone.split()
    if costing != "fifo":  # under an average a later issue or return stands on what went before
        numbers = list({**dict.fromkeys(numbers), "CK-2025-0001": 1, "CK-2025-0002": 1, "TK-2025-0001": 1})
    total = {"RK-2025-0001": -50, "RK-2025-0002": -50, "CK-2025-0001": 10, "CK-2025-0002": 5, "TK-2025-0001": -4}
    expected = 89 + sum(total[one] for one in numbers)
    for order in (numbers, numbers[::-1]):
        blank(f"undo {' '.join(order)}")
        assert blank("stock list --all -f json").json["rows"][0]["quantity"] == str(expected)
        blank("audit verify")
        blank("redo")
        assert blank("stock list -f json").json["rows"][0]["quantity"] == "89"
        blank("audit verify")

"""What the stock book answers: lists on a day, the material ledger, reports, the month's pack, what is due, closed months."""

from datetime import date

import pytest

from logi.books.stock import checks, report
from logi.db import open_ledger
from logi.journal import Who

MARCH = date(2026, 3, 15)


@pytest.fixture
def shelf(logi):
    """The vector of B.5 typed by command lines, and some chalk of another class."""
    with logi.once():
        logi("item add A4 A4纸 --unit 包 --class office --min 30 --max 80", LOGI_TODAY="2025-08-30")
        logi("item add FB 粉笔 --unit 盒 --class daily", LOGI_TODAY="2025-08-30")
        for line in (
            "stock in A4纸 10@22 --on 2025-08-31 --request A", "stock in A4纸 50@23.5 --on 2025-09-03 --request A --from V01",
            "stock out A4纸 30 --to 教务处 --by S15 --for 月考 --on 2025-09-05", "stock in A4纸 40@24.1 --on 2025-09-18 --request A",
            "stock out A4纸 45 --to 教务处 --by S15 --on 2025-09-25", "stock in 粉笔 20@4 --on 2025-09-10 --request A",
            "stock out 粉笔 5 --to 总务处 --by S08 --on 2025-09-11",
        ):  # fmt: skip
            logi(line)
    return logi


def opened(logi, today=date(2025, 9, 30)):
    return open_ledger(logi.ledger, Who("t", "t", 0, "h"), today=today)


@pytest.mark.parametrize(("day", "quantity", "value"), [
    ("2025-08-30", None, None), ("2025-08-31", "10", "220.00"), ("2025-09-04", "60", "1395.00"), ("2025-09-05", "30", "705.00"),
    ("2025-09-18", "70", "1669.00"), ("2025-09-30", "25", "602.50"),
])  # fmt: skip
def test_the_list_shows_any_day(shelf, day, quantity, value):
    rows = shelf(f"stock list --at {day} --item A4 -f json").json["rows"]
    found = [(row["quantity"], row["value"]) for row in rows]
    assert found == [(quantity or "0", value or "0.00")]


@pytest.mark.seed("STK-02")
def test_the_material_ledger_runs_and_totals_every_month(shelf):
    rows = shelf("stock ledger A4纸 --month 2025-09 -f json").json["rows"]
    assert [(r["number"], r["in_value"], r["out_value"], r["balance_quantity"], r["balance_value"]) for r in rows] == [
        (None, None, None, "10", "220.00"),
        ("RK-2025-0002", "1175.00", None, "60", "1395.00"),
        ("CK-2025-0001", None, "690.00", "30", "705.00"),
        ("RK-2025-0003", "964.00", None, "70", "1669.00"),
        ("CK-2025-0002", None, "1066.50", "25", "602.50"),
        (None, "2139.00", "1756.50", "25", "602.50"),
        (None, "2359.00", "1756.50", "25", "602.50"),
    ]  # fmt: skip


def test_the_months_sections_add_up_and_agree(shelf):
    by_class, by_item, *_ = report.pack(opened(shelf), "2025-09")
    for table in (by_class, by_item):
        totals = table.totals
        assert totals["opening_value"] + totals["in_value"] - totals["out_value"] == totals["closing_value"]
    assert by_class.totals["closing_value"] == by_item.totals["closing_value"] == 60250 + 6000
    classes = {row["class"]: (row["opening_value"], row["in_value"], row["out_value"], row["closing_value"]) for row in by_class.rows}
    assert classes == {"office": (22000, 213900, 175650, 60250), "daily": (0, 8000, 2000, 6000)}
    for row in by_item.rows:
        assert row["opening"] + row["in"] - row["out"] == row["closing"]


def test_consumption_stands_by_department(shelf):
    rows = shelf("report by-department 2025-09 -f json").json["rows"]
    assert [(r["department"], r["code"], r["quantity"], r["value"]) for r in rows] == [
        ("教务处", "A4", "75", "1756.50"), ("总务处", "FB", "5", "20.00"),
    ]  # fmt: skip


def test_any_period_gives_the_same_sums_as_its_days(shelf):
    table = shelf("report by-item --since 2025-09-04 --until 2025-09-20 -f json").json["rows"]
    paper = next(row for row in table if row["code"] == "A4")
    assert (paper["opening"], paper["in"], paper["out"], paper["closing"]) == ("60", "40", "30", "70")
    assert (paper["opening_value"], paper["in_value"], paper["out_value"], paper["closing_value"]) == (
        "1395.00", "964.00", "690.00", "1669.00")  # fmt: skip


def test_the_history_by_month_runs(shelf):
    rows = shelf("report item-months -f json --since 2025-08-01").json["rows"]
    assert [(r["code"], r["month"], r["in"], r["out"], r["closing"], r["closing_value"]) for r in rows] == [
        ("A4", "2025-08", "10", "0", "10", "220.00"), ("A4", "2025-09", "90", "75", "25", "602.50"),
        ("FB", "2025-09", "20", "5", "15", "60.00"),
    ]  # fmt: skip


def test_what_is_low_says_how_much_to_buy(shelf):
    rows = shelf("stock low -f json").json["rows"]
    assert [(r["code"], r["quantity"], r["minimum"], r["need"]) for r in rows] == [("A4", "25", "30", "55")]
    due = {r["subject"]: r for r in shelf("due -f json").json["rows"]}
    assert due["A4"]["command"] == "logi stock in A4 55 --price PRICE"


def test_goods_that_do_not_move_are_listed(shelf):
    rows = shelf("report slow -f json", LOGI_TODAY="2026-03-15").json["rows"]
    assert {r["code"]: r["last_month"] for r in rows} == {"A4": "2025-09", "FB": "2025-09"}
    assert shelf("report slow -f json", LOGI_TODAY="2026-02-15").json["rows"] == []
    shelf("stock out A4纸 25 --to 教务处 --by S15 --on 2026-03-20", LOGI_TODAY="2026-04-02")
    rows = shelf("report slow 2026-03 -f json", LOGI_TODAY="2026-04-02").json["rows"]
    assert [(r["code"], r["quantity"]) for r in rows] == [("FB", "15")]
    # an earlier day is told as it was, whatever was drawn since
    rows = shelf("report slow --until 2026-03-15 -f json", LOGI_TODAY="2026-04-02").json["rows"]
    assert [(r["code"], r["quantity"], r["value"]) for r in rows] == [("A4", "25", "602.50"), ("FB", "15", "60.00")]


def test_items_slips_and_lots_are_found(shelf):
    assert "CK-2025-0001" in shelf("show CK-2025-0001").out
    assert "RK-2025-0003" not in shelf("show CK-2025-0001").out
    assert "A4纸" in shelf("find a4").out
    assert "A4纸" in shelf("show A4").out


@pytest.mark.seed("STK-01")
def test_slips_without_signatures_are_listed_with_what_they_lack(shelf):
    assert shelf("stock slips --unsigned --kind in -f json").json["rows"][0]["number"] == "RK-2025-0002"
    shelf("approve RK-2025-0002 --by S07 --no 入1")
    rows = {r["number"]: r["missing"] for r in shelf("stock slips --unsigned -f json").json["rows"]}
    assert rows["RK-2025-0002"] == "storekeeper, head"
    assert any("lack signatures" in r["text"] for r in shelf("due -f json").json["rows"])


def test_a_closed_month_is_shut_and_keeps_its_figures(shelf):
    shelf("month close 2025-08")
    shelf("stock in A4纸 1@20 --on 2025-08-30", code=4)
    shelf("undo RK-2025-0001", code=4)
    shelf("correct RK-2025-0001 --qty 9 --reason 错", code=4)
    before = shelf("report by-item 2025-08 -f json").out
    kept = opened(shelf).db.execute("SELECT closing_milli, closing_fen FROM stock_closing WHERE void = 0").fetchall()
    assert [tuple(row) for row in kept] == [(10000, 22000)]
    shelf("stock out A4纸 25 --to 教务处 --by S15")
    assert shelf("report by-item 2025-08 -f json").out == before
    assert shelf("report by-item 2025-09 -f json").json["totals"]["opening_value"] == "220.00"
    shelf("month reopen 2025-08 --reason 漏记")
    shelf("stock in A4纸 1@20 --on 2025-08-30 --request A")
    assert shelf("report by-item 2025-08 -f json").json["totals"]["closing_value"] == "240.00"
    assert shelf("audit verify").code == 0


def test_month_average_is_priced_when_the_month_is_closed(blank):
    blank("init --school T --lang en --costing month-average --yes")
    blank("person add S15 杨班一")
    blank("item add A4 A4纸 --unit 包 --class office")
    for line in ("in A4纸 10@22 --on 2025-08-31", "in A4纸 50@23.5 --on 2025-09-03", "out A4纸 30 --to 教务处 --by S15 --on 2025-09-05",
                 "in A4纸 40@24.1 --on 2025-09-18", "out A4纸 45 --to 教务处 --by S15 --on 2025-09-25"):  # fmt: skip
        blank(f"stock {line}")
    listed = blank("stock list -f json").json
    assert (listed["rows"][0]["value"], len(listed["notes"])) == ("589.75", 1)
    blank("month close 2025-08", LOGI_TODAY="2025-10-01")
    blank("month close 2025-09", LOGI_TODAY="2025-10-01")
    listed = blank("stock list -f json", LOGI_TODAY="2025-10-01").json
    assert (listed["rows"][0]["value"], listed["notes"]) == ("589.75", [])
    shown = blank("stock show CK-2025-0001 -f json").json["tables"][1]
    assert shown["totals"]["value"] == "707.70"  # 30 x 23.59
    assert blank("audit verify").code == 0


def test_checks_notice_sums_that_differ_from_the_moves(ledger):
    from tests.books.stock.test_stock_costing import ready, september

    september(ready(ledger))
    assert checks.verify(ledger.db) == []
    for damage in (
        "UPDATE stock_sum SET value_fen = value_fen + 1", "UPDATE stock_month SET in_milli = in_milli + 1",
        "UPDATE stock_left SET left_milli = left_milli - 1", "DELETE FROM stock_left",
    ):  # fmt: skip
        ledger.db.execute("PRAGMA query_only=OFF")
        ledger.db.execute("BEGIN")
        ledger.db.execute("INSERT INTO entry_open SELECT max(seq) + 1 FROM entry")
        ledger.db.execute(damage)
        assert checks.verify(ledger.db), damage
        ledger.db.execute("ROLLBACK")
    assert checks.verify(ledger.db) == []


def test_goods_in_several_places_are_told_place_by_place(logi):
    logi("item add X1 胶水 --unit 瓶 --place E101")
    logi("stock in 胶水 10@3 --on 2025-09-01")
    logi("stock in 胶水 6@3 --on 2025-09-02 --place F101")
    logi("stock out 胶水 12 --to 教务处 --by 杨班一 --on 2025-09-03")  # the ten of E101 went first
    logi("stock return CK-2025-0001 胶水 1 --on 2025-09-04")

    def there(more=""):
        rows = logi(f"stock list 胶水 --by-place {more} -f json").json["rows"]
        return {row["place"]: row["quantity"] for row in rows}

    back = there()
    assert sum(int(n) for n in back.values()) == 5
    assert there("--at 2025-09-03") == {"F101": "4"}
    assert there("--at 2025-09-02") == {"E101": "10", "F101": "6"}
    assert there("--place F101") == {place: n for place, n in back.items() if place == "F101"}
    told = logi("report stock.by-place --month 2025-09 -f json").json["rows"]
    assert {row["place"]: row["quantity"] for row in told if row["code"] == "X1"} == back

"""Stock counts as a storekeeper makes them: frozen lists, sheets, differences that wait, and what refuses."""

import json

import pytest


@pytest.fixture
def store(logi):
    """60 packs of paper at 23.50 in the storeroom F101, 80 boxes of chalk at 4.20 elsewhere, 10 mops at 16.50."""
    with logi.once():
        logi("item add BG001 A4纸 --unit 包 --class office --place F101 --pack 箱=10")
        logi("item add BG003 粉笔 --unit 盒 --class office")
        logi("item add QJ001 拖把 --unit 把 --class cleaning")
        logi("stock in A4纸 60@23.5 粉笔 80@4.2 拖把 10@16.5 --on 2025-09-03 --request SG-1")
    return logi


def listed(logi):
    return {row["code"]: row["quantity"] for row in logi("stock list --all -f json").json["rows"]}


def status(logi, number=""):
    return {row["code"]: row for row in logi(f"stock count status {number} -f json").json["rows"]}


@pytest.mark.seed("STK-09")
def test_a_count_freezes_the_book_takes_what_lies_there_and_adjusts_small_differences_at_once(store):
    said = store("stock count start --on 2025-09-20 --by S06 --witness S07 -f json").json
    assert (said["number"], said["facts"]["count"], said["facts"]["value"]) == ("PK-2025-0001", 3, "1911.00")
    sheet = store("stock count sheet -f json").json["rows"]
    assert [(r["place"], r["code"], r["book"], r["counted"]) for r in sheet] == [
        (None, "BG003", "80", None), (None, "QJ001", "10", None), ("F101", "BG001", "60", None),
    ]  # fmt: skip
    said = store("stock count enter 粉笔 78 --on 2025-09-20 --by S06 -f json").json["facts"]
    assert (said["left"], said["differ"]) == (2, 1)
    store("stock count settle", code=4)
    store("stock count enter --rest-ok --on 2025-09-20")
    # 2 boxes short at 4.20 are 8.40, below the 50.00 that may be adjusted at once.
    said = store("stock count settle --cause 粉笔=受潮 -f json").json
    assert said["numbers"] == ["PK-2025-0001", "KY-2025-0001", "TZ-2025-0001"]
    assert said["facts"]["short"] == "8.40"
    assert listed(store) == {"BG001": "60", "BG003": "78", "QJ001": "10"}
    shown = store("stock show KY-2025-0001 -f json").json["tables"][1]["rows"]
    assert [(r["code"], r["book"], r["counted"], r["short"], r["short_value"], r["cause"]) for r in shown] == [
        ("BG003", "80", "78", "2", "8.40", "受潮"),
    ]  # fmt: skip
    assert status(store, "PK-2025-0001")["BG003"]["differs"] == "-2"
    assert store("audit verify").code == 0


def test_differences_above_the_line_change_nothing_until_every_level_approved(store):
    store("stock count start --on 2025-09-20")
    store("stock count enter A4纸 55 粉笔 81 --rest-ok --on 2025-09-20")
    # 5 x 23.50 = 117.50 short and 4.20 over: above 50.00.
    said = store("stock count settle -f json").json["facts"]
    assert (said["short"], said["over"], said["levels"], said["slip"]) == ("117.50", "4.20", ["bursar", "principal"], None)
    assert listed(store) == {"BG001": "60", "BG003": "80", "QJ001": "10"}
    assert any(row["subject"] == "KY-2025-0001" for row in store("due -f json").json["rows"])
    store("approve KY-2025-0001 --no 批1 --on 2025-09-19", code=4)
    store("approve KY-2025-0001 --level bursar --by S03 --no 批1")
    assert listed(store)["BG001"] == "60"
    store("approve KY-2025-0001 --level principal --by 郑校长 --no 批2")
    assert listed(store) == {"BG001": "55", "BG003": "81", "QJ001": "10"}
    assert store("stock show PK-2025-0001 -f json").json["tables"][0]["rows"][-2]["value"] == "done"
    rows = store("report month-count 2025-09 -f json").json["rows"]
    assert [(r["code"], r["quantity"], r["counted"], r["differs"], r["count_number"]) for r in rows] == [
        ("BG003", "81", "81", "1", "PK-2025-0001"), ("QJ001", "10", "10", "0", "PK-2025-0001"),
        ("BG001", "55", "55", "-5", "PK-2025-0001"),
    ]  # fmt: skip


def test_a_rejection_opens_the_count_again_for_a_recount(store):
    store("stock count start --on 2025-09-20")
    store("stock count enter A4纸 50 --rest-ok --on 2025-09-20")
    store("stock count settle")
    store("approve KY-2025-0001 --reject 重新清点 --no 批1")
    said = store("stock count enter A4纸 60 --on 2025-09-21")
    assert "instead of 50" in said.err
    assert store("stock count settle -f json").json["facts"]["count"] == 0
    assert listed(store)["BG001"] == "60"


def test_what_moved_between_the_base_day_and_the_day_it_was_counted_is_no_difference(store):
    store("stock count start --on 2025-09-20")
    store("stock out A4纸 10 --to 教务处 --by S15 --on 2025-09-22")
    store("stock count enter A4纸 50 --on 2025-09-23")
    row = status(store)["BG001"]
    assert (row["book"], row["since"], row["counted"], row["differs"]) == ("60", "-10", "50", "0")
    # A slip of before the base day that is booked late belongs to the book as well.
    store("stock out A4纸 4 --to 教务处 --by S15 --on 2025-09-18")
    assert status(store)["BG001"]["differs"] == "4"


def test_a_blind_count_shows_no_book_figures_while_it_is_open(store):
    store("stock count start --blind --class office --on 2025-09-20")
    assert "book" not in store("stock count sheet -f json").json["rows"][0]
    said = store("stock count enter A4纸 59 粉笔 80 --on 2025-09-20 -f json").json["facts"]
    assert (said["left"], said["differ"]) == (0, None)
    assert not {"book", "differs"} & set(store("stock count status -f json").json["rows"][0])
    store("stock count settle --on 2025-09-20")
    assert status(store, "PK-2025-0001")["BG001"]["differs"] == "-1"


def test_a_printed_sheet_comes_back_filled_in(store, tmp_path):
    store("stock count start --on 2025-09-20")
    store(f"stock count sheet -o {tmp_path / 'sheet.csv'}")
    rows = (tmp_path / "sheet.csv").read_text("utf-8-sig").splitlines()
    filled = [rows[0], *(row[:-1] + "," if row.endswith(",,") else row for row in rows[1:])]
    at = rows[0].split(",").index("Counted")
    out = []
    for row, counted in zip(filled[1:], ("79", "0", ""), strict=True):
        cells = row.split(",")
        cells[at] = counted
        out.append(",".join(cells))
    said = store("stock count enter --lines - --on 2025-09-20 -f json", stdin="\n".join([rows[0], *out]) + "\n").json["facts"]
    assert (said["count"], said["left"], said["differ"]) == (2, 1, 2)
    bad = store("stock count enter --lines - -f json", stdin="编码,实盘数\nBG001,many\nXX,3\n", code=5)
    assert json.loads(bad.out)["facts"]["findings"][0]["line"] == 2


def test_goods_that_are_not_on_the_list_are_taken_onto_it(store):
    store("stock count start --class office --on 2025-09-20")
    assert "was not on the list" in store("stock count enter 拖把 11 --rest-ok --on 2025-09-20").err
    assert status(store)["QJ001"]["differs"] == "1"


def test_goods_that_never_had_a_price_are_found_at_the_price_given(store):
    store("item add WX001 LED灯管 --unit 支")
    store("stock count start --on 2025-09-20")
    store("stock count enter LED灯管 2 --rest-ok --on 2025-09-20")
    store("stock count settle", code=2)
    assert store("stock count settle --price LED灯管=18.5 -f json").json["facts"]["over"] == "37.00"
    assert listed(store)["WX001"] == "2"


def test_places_count_with_all_that_lies_within_them(store):
    store("place add F101A 仓库里间 --parent F101")
    store("item edit 拖把 --place F101A")
    assert store("stock count start F101 --on 2025-09-20 -f json").json["facts"]["count"] == 2
    store("stock count start --class office", code=4)  # the paper is being counted
    assert store("stock count start --item 粉笔 -f json").json["facts"]["count"] == 1
    store("stock count enter --rest-ok", code=2)  # two are open: name one
    store("stock count enter --rest-ok --number PK-2025-0002")


@pytest.mark.parametrize(("line", "code"), [
    ("stock count start 无此室", 3), ("stock count start --on 2025-10-01", 4), ("stock count start --on 2025-09-02", 4),
    ("stock count start --class toys", 2), ("stock count enter", 2), ("stock count enter A4纸", 2),
    ("stock count enter A4纸 -1", 2), ("stock count enter A4纸 5@2", 2), ("stock count enter A4纸 5 BG001 6", 2),
    ("stock count enter 墨水 5", 3), ("stock count enter A4纸 60 --on 2025-09-19", 4),
    ("stock count enter A4纸 60 --number PK-2025-0009", 3), ("stock count settle PK-2025-0009", 3),
    ("stock count settle --cause 粉笔", 2), ("stock count sheet PK-2025-0009", 3), ("stock count settle", 4),
])  # fmt: skip
def test_what_a_count_refuses_leaves_it_as_it_was(store, line, code):
    store("stock count start --item A4纸 --on 2025-09-20")
    before = status(store)
    assert store(line, code=code).err.strip()
    assert status(store) == before


def test_a_settled_count_takes_nothing_more(store):
    store("stock count start --item A4纸 --on 2025-09-20")
    store("stock count enter A4纸 60 --on 2025-09-22")
    store("stock count settle --on 2025-09-21", code=4)
    store("stock count settle --cause A4纸=受潮", code=4)
    store("stock count settle")
    store("stock count enter A4纸 60 --number PK-2025-0001", code=4)
    store("stock count settle PK-2025-0001", code=4)
    store("stock count sheet", code=2)


def test_an_incomplete_count_is_settled_only_with_a_reason(store):
    store("stock count start --on 2025-09-20")
    store("stock count enter A4纸 59 --on 2025-09-20")
    store("stock count settle", code=4)
    store("stock count settle --override 仓库漏雨，余下改期")
    assert listed(store)["BG001"] == "59"


def test_a_count_is_taken_back_step_by_step_and_done_again(store):
    before = store("stock list -f json").json["rows"]
    store("stock count start --on 2025-09-20")
    store("stock count enter A4纸 59 --rest-ok --on 2025-09-20")
    store("stock count settle")
    after = store("stock list -f json").json["rows"]
    store("undo PK-2025-0001")
    assert store("stock list -f json").json["rows"] == before
    assert store("stock count list -f json").json["rows"][0]["state"] == "open"
    store("redo")
    assert store("stock list -f json").json["rows"] == after
    for _ in range(3):
        store("undo PK-2025-0001")
    assert store("stock count list -f json").json["rows"] == []
    assert store("audit verify").code == 0


def test_a_difference_that_can_no_longer_be_booked_stays_on_its_table(store):
    store("stock count start --on 2025-09-20")
    store("stock count enter 拖把 2 A4纸 57 --rest-ok --on 2025-09-20")
    store("stock count settle")  # 8 mops and 3 packs short
    store("stock out 拖把 5 --to 教务处 --by S15")
    store("approve KY-2025-0001 --no 批1")
    said = store("approve KY-2025-0001 --no 批2")
    assert "拖把" in said.err
    assert listed(store) == {"BG001": "57", "BG003": "80", "QJ001": "5"}
    rows = store("stock show KY-2025-0001 -f json").json["tables"][1]["rows"]
    assert {row["code"]: row["applied"] for row in rows} == {"BG001": "adjusted", "QJ001": "left"}


@pytest.mark.seed("STK-09")
def test_a_month_is_not_closed_over_an_open_count_and_a_storeroom_not_counted_is_due(store):
    store("stock count start --on 2025-09-20")
    said = store("month close 2025-09 --check", code=7, LOGI_TODAY="2025-10-05")
    assert "PK-2025-0001" in said.out
    assert any(r["subject"] == "PK-2025-0001" and r["state"] == "overdue" for r in store("due -f json").json["rows"])
    store("stock count enter --rest-ok --on 2025-09-20")
    store("stock count settle")
    late = store("due --book stock -f json", LOGI_TODAY="2025-11-10").json["rows"]
    assert any(row["command"] == "logi stock count start" for row in late)

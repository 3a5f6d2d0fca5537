"""--at and --known: the ledger as it was, on every list and report."""

import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from logi.core import messages
from logi.db import open_ledger
from logi.journal import Who
from logi.rewinding import rewound
from tests.conftest import Terminal

WHO = Who("tester", "tester", 0, "here")

STORY = (
    "item add ST-1 白板笔 --unit 盒 --class office",
    "stock in ST-1 40 --price 3.50 --on 2025-09-02 --from V01",
    "stock out ST-1 10 --to 教务处 --by S15 --on 2025-09-05",
    "asset add 投影仪 --cost 4500 --on 2025-09-08 --place A205 --keeper S15 --code P-1",
    "asset transfer P-1 --place B203 --on 2025-09-20",
    "stock out ST-1 5 --to 教务处 --by S15 --on 2025-09-03",
    "undo 17 --reason 错记",
    "redo",
    'repair open "漏水" --place A205 --by 杨班一 --kind water --on 2025-09-10',
    "repair close WX-202509-0001 --by 王修好 --cost 85 --on 2025-09-12",
    "repair accept WX-202509-0001 --by 杨班一 --on 2025-09-13",
    "stock in ST-1 20 --price 4 --on 2025-09-25 --from V01",
    "person edit S15 --phone 13800000000",
)  # fmt: skip


def content(db: sqlite3.Connection) -> dict[str, list[tuple]]:
    """Every row of every table, whatever its order."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOTNULL")]
    return {name: sorted(map(tuple, db.execute(f"SELECT * FROM {name}")), key=repr) for name in names}


@pytest.mark.parametrize("costing", ["fifo", "moving-average", "month-average"])
def test_a_ledger_known_at_an_entry_is_the_copy_that_was_set_aside_then(blank, costing):
    blank(f"init --school 测试学校 --lang en --costing {costing} --yes")
    for line in ("person add S15 杨班一", "person add S08 王修好", "place add A205 教室", "place add B203 信息教室",
                 "vendor add V01 青禾"):  # fmt: skip
        blank(line)
    copies: list[Path] = []
    for line in STORY:
        newest = blank("audit head -f json").json["rows"][0]["entry"]
        blank(line.replace("undo 17", f"undo {newest}"))
        copies.append(blank.folder / f"then-{len(copies)}.db")
        shutil.copy(blank.ledger, copies[-1])
    blank("month close 2025-09", LOGI_TODAY="2025-10-08", code=None)
    now = open_ledger(blank.ledger, WHO, today=date(2025, 10, 9))
    for path in copies:
        then = open_ledger(path, WHO, today=date(2025, 10, 9))
        last = then.db.execute("SELECT max(seq) FROM entry").fetchone()[0]
        earlier = rewound(now, known=last, at=None)
        assert content(earlier.db) == content(then.db), path.name
        then.close()
        earlier.close()
    now.close()


@pytest.fixture(scope="module")
def school(demo_school, tmp_path_factory):
    """The demonstration school, looked at from the end of its year."""
    made = Terminal(tmp_path_factory.mktemp("demonstration"))
    shutil.copy(demo_school, made.ledger)
    made.env |= {"LOGI_LEDGER": str(made.ledger), "LOGI_TODAY": "2026-07-31"}
    return made


def test_the_lists_of_a_day_are_those_that_the_books_work_out_themselves(school):
    """Assets and stock reckon a day from their facts alone: another way to the same figures."""
    from logi.books.asset.report import listing
    from logi.books.asset.store import names_of, register_at
    from logi.books.stock.report import stock_list

    messages.use("en")
    now = open_ledger(school.ledger, WHO, today=date(2026, 9, 1))
    codes = {row["id"]: row["code"] for row in now.db.execute("SELECT id, code FROM asset_card")}
    places, people = names_of(now.db, "school_place"), names_of(now.db, "school_person")
    for day in (date(2025, 8, 20) + timedelta(days=13 * n) for n in range(28)):
        then = rewound(now, known=None, at=day)
        stood = {
            codes[card]: (one.quantity_milli, one.cost_fen, one.place_id and places[one.place_id]["code"],
                          one.keeper_id and people[one.keeper_id]["name"])
            for card, one in register_at(now.db, day).items()
        }  # fmt: skip
        assert {
            row["code"]: (row["quantity"], row["cost"], row["place"] and row["place"].partition("/")[0], row["keeper"])
            for row in listing(then).rows
        } == stood, day
        assert stock_list(then, all_items=True).rows == stock_list(now, at=day, all_items=True).rows, day
        then.close()
    now.close()


def test_an_asset_has_the_status_it_had_on_the_day(school):
    # 2025-0046-04 was lent on 2025-10-20; 2018-0015-01 was proposed for disposal in 2026.
    def status(day: str) -> dict:
        rows = school(f"asset list --at {day} --columns code,status -f json").json["rows"]
        return {row["code"]: row["status"] for row in rows}

    assert [status(day)["2025-0046-04"] for day in ("2025-10-19", "2025-10-20")] == ["in_use", "lent"]
    assert status("2025-10-15")["2018-0015-01"] == "in_use"
    assert school("asset list --at 2025-10-19 --state lent -f json", code=None).json["rows"] == []


def test_what_bears_no_day_begins_when_it_was_recorded(school):
    # The plan of November was drafted on 2025-11-01, which did the last line of October's; five-items was put in use on 10-28.
    def rows(line: str) -> list[dict]:
        return school(f"{line} -f json").json["rows"]

    assert [len(rows(f"month plan 2025-11 --at {day}")) for day in ("2025-10-31", "2025-11-01")] == [0, 10]
    drafting = rows("month plan 2025-10 --at 2025-10-15")[11]
    assert (drafting["number"], drafting["state"]) == ("JH-202510-12", "open")
    uses = [{row["code"]: row["in_use"] for row in rows(f"check list --at 2025-10-{day}")} for day in (27, 28)]
    assert [one["five-items"] for one in uses] == [0, 1]


def test_what_bears_no_day_stays_while_something_that_had_happened_names_it(shop):
    shop("item add ST-2 粉笔 --unit 盒 --class office", LOGI_TODAY="2025-10-05")
    shop("item add ST-3 板擦 --unit 个 --class office", LOGI_TODAY="2025-10-05")
    shop("stock in ST-2 5 --price 2 --on 2025-09-03 --from V01", LOGI_TODAY="2025-10-05")
    listed = shop("stock item list --at 2025-09-10 -f json", LOGI_TODAY="2025-10-06").json["rows"]
    assert [row["code"] for row in listed] == ["ST-1", "ST-2"]


def test_what_was_put_in_use_and_taken_back_later_was_never_in_use(shop):
    def uses(day: str) -> list[int]:
        rows = shop(f"check list --at {day} -f json", LOGI_TODAY="2025-10-09").json["rows"]
        return [row["in_use"] for row in rows if row["code"] == "five-items"]

    shop("check use five-items --owner S15 --from 2025-09-01", LOGI_TODAY="2025-09-20")
    assert [uses(day) for day in ("2025-09-19", "2025-09-20")] == [[0], [1]]
    shop("undo --reason 误用", LOGI_TODAY="2025-10-08")
    assert [uses(day) for day in ("2025-09-19", "2025-09-25", "2025-10-08")] == [[0], [0], [0]]
    shop("redo", LOGI_TODAY="2025-10-09")
    assert [uses(day) for day in ("2025-09-19", "2025-09-25", "2025-10-09")] == [[0], [1], [1]]


@pytest.fixture
def shop(logi):
    with logi.once():
        for line in STORY[:6]:
            logi(line)
    return logi


def moved(shop) -> int:
    """The entry that moved the projector."""
    return shop("audit log --action asset.transfer -f json").json["rows"][0]["entry"]


def test_an_asset_stands_where_it_stood_on_a_day(shop):
    for day, place in (("2025-09-19", "A205"), ("2025-09-20", "B203")):
        assert shop(f"asset list --at {day} -f json").json["rows"][0]["place"].startswith(place)
        assert place in shop(f"asset show P-1 --at {day}").out


def test_an_asset_stands_where_it_was_known_to_stand(shop):
    entry = moved(shop)
    assert shop(f"asset list --known {entry - 1} -f json").json["rows"][0]["place"].startswith("A205")
    assert shop(f"asset list --known #{entry} -f json").json["rows"][0]["place"].startswith("B203")


def test_what_was_booked_late_is_known_late_and_stands_on_its_day(shop):
    last = shop("audit head -f json").json["rows"][0]["entry"]
    by_item = "report stock.by-item 2025-09 -f json"

    def out(extra: str) -> str:
        return shop(f"{by_item} {extra}").json["rows"][0]["out"]

    # out: 10 on the 5th, and 5 on the 3rd that were written down last
    assert (out(""), out(f"--known {last - 1}"), out("--at 2025-09-04"), out("--at 2025-09-05")) == ("15", "10", "5", "15")


def test_every_kind_of_answer_may_look_back(shop, tmp_path):
    first = shop("audit log --action stock.in -f json").json["rows"][0]["entry"]
    assert len(shop(f"audit log --known {first} -f json").json["rows"]) == first
    assert f"#{first} " in shop(f"report month 2025-09 --known {first}").out
    assert "2025-09-04" in shop("due --at 2025-09-04").out
    assert f"#{first} " in shop(f"form stock-in RK-2025-0001 --known {first}").out
    shop(f"show CK-2025-0001 --known {first}", code=3)
    assert shop(f"why stock.by-item ST-1 2025-09 --known {first} -f json").json["rows"][-1]["entry"] == first


def test_an_answer_says_what_it_was_taken_from(shop):
    said = shop("report asset.by-place --at 2025-09-19 --known 2025-09-30").out
    assert "As of 2025-09-19" in said
    assert "Only what was recorded up to entry #" in said


def test_a_day_means_what_was_recorded_by_its_end(shop):
    shop("stock in ST-1 1 --price 3 --on 2025-09-30 --from V01", LOGI_TODAY="2025-10-02")
    head = "audit head --known 2025-10-01 -f json"
    assert shop(head, LOGI_TODAY="2025-10-02").json["rows"][0]["entry"] == moved(shop) + 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("asset list --known 9999", 3), ("asset list --known 0", 3), ("due --at 2026-01-01", 4),
        ("report month 2025-09 --known 2024-01-01", 4), ("asset list --known", 2), ("asset list --known gestern", 2),
        ("stock out ST-1 1 --to 教务处 --by S15 --known 5", 2), ("report month 2025-08 --issue --known 9", 2),
        ("undo --at 2025-09-01", 2), ("backup --known 3", 2), ("audit verify --known 3", 2), ("person add X1 某人 --at 2025-09-01", 2),
    ],
)  # fmt: skip
def test_what_cannot_look_back_says_so_and_writes_nothing(shop, line, code):
    before = shop("audit head -f json").out
    shop(line, code=code)
    assert shop("audit head -f json").out == before


def test_looking_back_leaves_the_file_as_it_is(shop):
    before = shop.ledger.read_bytes()
    shop("report month 2025-09 --at 2025-09-10 --known 12")
    assert shop.ledger.read_bytes() == before
    assert [path.name for path in shop.folder.glob("ledger.db*")] == ["ledger.db"]


def test_the_options_have_chinese_names(shop):
    assert shop("asset list --截至 2025-09-19 --已知 2025-09-30 -f json").json["rows"][0]["place"].startswith("A205")


def test_a_ledger_asked_for_its_language_first_is_looked_back_at_all_the_same(logi):
    logi("repair open 漏水 --place A205 --by 杨班一 --on 2025-09-10 -q")
    for spoken in ("en", ""):  # the ledger's own language where none is named
        rows = logi("repair list --at 2025-09-09 -f json", LOGI_LANG=spoken).json["rows"]
        assert rows == []

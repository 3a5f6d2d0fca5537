"""Packs of every period, issuing them, and being told what changed afterwards."""

import json

import pytest

from logi import packs
from logi.core import days
from logi.core.answers import Column, Pack, Table


@pytest.fixture
def shop(logi):
    """A store with 40 boxes of chalk at 3.50, of which 10 went out in September: 30 left, worth 105.00."""
    with logi.once():
        for line in (
            "item add ST-1 白板笔 --unit 盒 --class office",
            "stock in ST-1 40 --price 3.50 --on 2025-09-09 --from V01 --request SG-1",
            "stock out ST-1 10 --to 教导处 --by S15 --on 2025-09-10",
        ):
            logi(line)
    return logi


def tables(said) -> dict:
    return {table["name"]: table for table in said.json["tables"]}


@pytest.mark.parametrize("asked", ["--quarter 2025Q3", "--year 2025", "--week 2025-W37", "--school-year 2025", "2025-09"])
def test_a_pack_of_any_period_counts_what_went_out_in_it(shop, asked):
    found = tables(shop(f"report month {asked} -f json"))["stock.by-class"]["rows"]
    assert [row["out_value"] for row in found] == ["35.00"]  # 10 boxes at 3.50


def test_a_pack_of_a_week_before_the_delivery_has_no_stock(shop):
    assert tables(shop("report month --week 2025-W35 -f json"))["stock.by-class"]["rows"] == []


def test_a_pack_of_a_term_is_named_by_its_code(shop):
    shop("report month --term 2025-2026-1", code=3)
    shop("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    said = shop("report month --term 2025-2026-1 -f json")
    assert said.json["period"] == "2025-2026-1"
    assert [row["out_value"] for row in tables(said)["stock.by-class"]["rows"]] == ["35.00"]


def test_accidents_and_then_the_exceptions_stand_first(shop):
    assert list(tables(shop("report month 2025-09 -f json")))[:2] == ["accident.list", "exceptions"]


def test_two_periods_at_once_are_refused(shop):
    shop("report month 2025-09 --quarter 2025Q3", code=2)
    shop("report month", code=2)
    shop("report month --last --catch-up", code=2)


def test_a_period_that_has_not_begun_is_refused(shop):
    shop("report month --quarter 2026Q3", code=4)


@pytest.mark.seed("ENV-09")
def test_the_motto_of_the_school_stands_on_the_cover_of_its_packs(shop):
    shop("config set motto 用文化经营学校，以和谐打造校园")
    for line in ("report month 2025-09", "month feedback 2025-09"):
        assert shop(f"{line} -f json").json["notes"][-1] == "用文化经营学校，以和谐打造校园"
        assert "用文化经营学校，以和谐打造校园" in shop(line).out
    shop("undo --no-input")
    assert "用文化" not in shop("report month 2025-09").out


def test_making_a_pack_writes_no_entry(shop):
    before = shop("audit head -f json").json["rows"]
    shop("report month 2025-09 -f json")
    shop("report month --year 2025 -f json")
    assert shop("audit head -f json").json["rows"] == before


def test_issuing_is_one_entry_and_repeating_it_is_none(shop):
    said = shop("report month 2025-09 --issue -f json")
    assert "Issued: the pack of 2025-09" in said.err
    newest = shop("audit log --limit 1 -f json").json["rows"][0]
    assert newest["action"] == "report.issue"
    assert "stands issued" in shop("report month 2025-09 --issue -f json").err
    assert shop("audit log --limit 1 -f json").json["rows"][0] == newest
    shop("audit verify")


def test_a_running_month_is_not_issued_and_leaves_nothing(shop, tmp_path):
    shop(f"report month 2025-09 --issue -o {tmp_path}/out/ -f html", code=4, LOGI_TODAY="2025-09-29")
    assert not (tmp_path / "out").exists()


def test_part_of_a_pack_and_other_periods_are_not_issued(shop):
    shop("report month 2025-09 --issue --only stock", code=2)
    shop("report month --year 2025 --issue", code=2)


def test_a_change_after_issue_is_told_with_its_figures_and_entries(shop):
    shop("report month 2025-09 --issue -f json")
    shop("stock out ST-1 4 --to 教导处 --by S15 --on 2025-09-20")  # 4 boxes at 3.50 = 14.00 more went out
    entry = shop("audit log --limit 1 -f json").json["rows"][0]["entry"]
    said = shop("report month 2025-09 -f json")
    assert "35.00 → 49.00" in said.err
    assert "changes" not in tables(said)
    rows = tables(shop("report month 2025-09 --changes -f json"))["changes"]["rows"]
    out = [row for row in rows if row["before"] == "35.00" and row["after"] == "49.00"]
    assert out
    assert all(f"#{entry}" in row["entries"] for row in out)


def test_a_change_that_is_undone_is_no_change(shop):
    shop("report month 2025-09 --issue -f json")
    shop("stock out ST-1 4 --to 教导处 --by S15 --on 2025-09-20")
    shop("undo --reason 记错")
    said = shop("report month 2025-09 --only stock -f json")
    assert "Stock by class" not in said.err


def test_an_issuing_can_be_undone_and_redone(shop):
    shop("report month 2025-09 --issue -f json")
    seq = shop("audit log --limit 1 -f json").json["rows"][0]["entry"]
    shop(f"undo {seq} --reason 发错")
    shop("stock out ST-1 4 --to 教导处 --by S15 --on 2025-09-20")
    assert "Changed since issue" not in shop("report month 2025-09 -f json").err
    shop(f"redo {seq}")
    assert "Changed since issue" in shop("report month 2025-09 -f json").err


def test_a_dry_run_issues_nothing(shop):
    shop("report month 2025-09 --issue --dry-run -f json")
    assert shop("audit log --limit 1 -f json").json["rows"][0]["action"] != "report.issue"


def test_catching_up_makes_every_finished_month_in_its_folder_and_then_none(shop, tmp_path):
    out = tmp_path / "packs"
    later = {"LOGI_TODAY": "2025-11-15"}  # the ledger began in September: September and October are over
    shop(f"report month --catch-up --issue -o {out} -f html", **later)
    assert sorted(path.name for path in out.iterdir()) == ["2025-09", "2025-10"]
    assert [path.suffix for path in (out / "2025-10").iterdir()] == [".html"]
    assert "Every finished month is issued" in shop(f"report month --catch-up --issue -o {out} -f html", **later).err


def test_catching_up_needs_a_folder(shop):
    shop("report month --catch-up", code=2)


def test_the_figures_are_the_same_in_every_language(ledger):
    from logi.core import messages
    from logi.reports import month_pack

    seen = set()
    for language in messages.LANGUAGES:
        messages.use(language)
        seen.add(packs.digest(packs.figures(month_pack(ledger, "2025-09"))))
    messages.use("en")
    assert len(seen) == 1


def one(rows) -> Pack:
    columns = (Column("number", "Number", "code"), Column("cost", "Cost", "money"))
    return Pack("month", "t", "2025-09", "#1", [Table("t", "T", columns, rows)])


def test_rows_that_come_go_and_change_are_told_apart():
    old = packs.figures(one([{"number": "A", "cost": 100}, {"number": "B", "cost": 200}]))
    new = one([{"number": "B", "cost": 250}, {"number": "C", "cost": 300}])
    told = {(c.row, c.column): (c.before, c.after) for c in packs.compare(old, packs.figures(new), new)}
    assert told == {(("A",), ""): ("A; 100", None), (("B",), "cost"): (200, 250), (("C",), ""): (None, "C; 300")}


def test_figures_survive_being_written_down():
    made = packs.figures(one([{"number": "A", "cost": 100}]))
    assert json.loads(json.dumps(made)) == made


def test_the_quarter_of_a_pack_is_three_months():
    assert days.parse_period("2025Q3", kind="quarter", today=days.date(2025, 9, 30)).until.isoformat() == "2025-09-30"


def test_the_cover_has_the_chain_and_whoever_issued_the_pack_stands_in_it(shop):
    roles = ["Made by", "Bursar", "Vice principal", "Principal (seal)"]
    before = shop("report month 2025-08 -f json").json["signs"]
    assert [one["role"] for one in before] == roles
    assert all(one["lines"][0].endswith("________") for one in before)
    shop("report month 2025-08 --issue -o packs/ -f md".replace("packs/", f"{shop.folder}/packs/"))
    after = shop("report month 2025-08 -f json").json["signs"]
    entry = shop("audit log --action report.issue -f json").json["rows"][0]["entry"]
    assert after[0]["lines"] == ["tester", "2025-09-30", f"#{entry}"]
    assert after[1:] == before[1:]
    page = shop("report month 2025-08 -f html").out
    assert f"<p>#{entry}</p>" in page


def test_a_strict_pack_with_exceptions_is_made_and_exits_with_7(shop):
    assert shop("report month 2025-09 --strict --only stock").code == 0  # the exceptions stand in a whole pack
    shop("route add R9 校门 --frequency workday --from 2025-09-01")
    said = shop("report month 2025-09 --strict -f json", code=7)
    assert any(table["name"] == "exceptions" and table["rows"] for table in said.json["tables"])

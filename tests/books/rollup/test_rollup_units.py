"""Units and programmes by command lines: the tree, who answers, pupils by day, targets, acceptance; undone and redone."""

import sqlite3
from contextlib import closing

import pytest

from logi.books.rollup.schema import TABLES


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, word: str, **env) -> list[dict]:
    return [row for row in rows(logi("due --book rollup --days 400 -f json", **env)) if word in row["text"]]


@pytest.fixture
def town(logi):
    """A city with two counties; one has a central school with two schools below it, the other a school in town."""
    with logi.once():
        for line in (
            "unit add S01 示例市教育局 --level city --leader 张 --head 李 --staff 5 --posts 5 --office 东楼 --facilities 电脑 --from 2025-08-01",
            "unit add X01 甲县教体局 --level county --parent S01 --leader 王 --head 刘 --staff 2 --posts 3 --office 院内 --from 2025-08-01",
            "unit add X02 乙县教体局 --level county --parent S01 --from 2025-08-01",
            "unit add Z01 青禾镇 --level town --parent X01 --leader 周 --head 吴 --from 2025-08-01",
            "unit add QH01 青禾镇中心校 --level hub --parent Z01 --area rural --pupils 400 --own --leader 赵 --head 钱样真 --staff 6 --office E101 --from 2025-08-01",
            "unit add QH02 青禾第二小学 --level school --parent QH01 --area rural --pupils 200 --leader 孙 --head 周 --staff 1 --from 2025-08-01",
            "unit add QH03 青禾幼儿园 --level kindergarten --parent QH01 --area rural --pupils 100 --leader 孙 --head 郑 --staff 1 --from 2025-08-01",
            "unit add CG01 城关小学 --level school --parent X02 --area urban --pupils 800 --leader 钱 --head 冯 --staff 3 --from 2025-08-01",
        ):
            logi(line)
    return logi


@pytest.mark.seed("ROL-06", "ROL-08", "ROL-18")
def test_schools_stand_below_the_hub_the_hub_below_its_bureau_and_a_county_answers_for_each(town):
    logi = town
    units = {row["code"]: row for row in rows(logi("unit list -f json"))}
    assert list(units) == ["S01", "X01", "Z01", "QH01", "QH02", "QH03", "X02", "CG01"]
    assert (units["QH02"]["parent"], units["QH02"]["county"], units["CG01"]["county"]) == ("QH01", "X01", "X02")
    assert units["S01"]["county"] is None  # nobody below the city answers for the city itself
    # 400 + 200 + 100 below the hub, the town and county X01; 800 more in the city.
    assert [units[code]["pupils"] for code in ("QH01", "Z01", "X01", "S01")] == [700, 700, 700, 1500]
    assert [row["code"] for row in rows(logi("unit list --under QH01 -f json"))] == ["QH01", "QH02", "QH03"]
    # The superior of the hub's own ledger is named: 教體局, above the town.
    own = {row["field"]: row["content"] for row in logi("show QH01 -f json").json["tables"][0]["rows"]}
    assert (own["Above"], units["Z01"]["parent"]) == ("Z01", "X01")
    # A school outside every county is orphaned, with the line that mends it; mended, it is gone.
    logi("unit add Y01 直属小学 --level school --parent S01 --pupils 10 --leader 甲 --head 乙 --staff 1")
    [line] = due(logi, "No county")
    assert (line["state"], line["command"]) == ("orphaned", "logi unit edit Y01 --parent UNIT")
    logi("unit edit Y01 --parent X02")
    assert due(logi, "No county") == []
    logi("policy set rollup.accountable town --source 县里文件 --from 2025-09-01")  # where towns answer, QH01 … have one, CG01 has none
    assert {row["code"]: row["county"] for row in rows(logi("unit list --level school -f json"))} == {
        "QH02": "Z01", "CG01": None, "Y01": None}  # fmt: skip


@pytest.mark.seed("ROL-13")
def test_a_unit_without_staff_office_facilities_leader_or_head_is_told(town):
    logi = town
    said = logi("unit gaps -f json").json
    lacking = {row["code"]: (row["lacking"], row["complete"]) for row in said["rows"]}
    # X01: 2 of 3 posts are filled and no facilities, 3 of 5; X02 has nothing.
    assert lacking["X01"] == ("staff; office facilities", "60.0")
    assert lacking["X02"] == ("staff; office; office facilities; leader in charge; head of logistics", "0.0")
    assert (lacking["QH01"], said["notes"]) == ((None, "100.0"), ["6 of 8 units have all they must have."])
    assert due(logi, "X01")[0]["command"] == "logi unit edit X01 --staff N --facilities TEXT"
    logi("unit edit X01 --staff 3 --facilities 电脑3台")
    assert [row["code"] for row in rows(logi("unit gaps --lacking -f json"))] == ["X02"]
    logi("unit edit QH02 --head -")
    assert due(logi, "QH02")[0]["command"] == "logi unit edit QH02 --head NAME"


def test_pupils_are_counted_from_a_day_on_and_a_closed_unit_leaves_the_tree_and_its_programmes(town):
    logi = town
    logi("unit heads QH02 210 --from 2025-09-05")
    assert [(row["on"], row["pupils"], row["change"]) for row in rows(logi("unit heads QH02 -f json"))] == [
        ("2025-08-01", 200, None), ("2025-09-05", 210, 10)]  # fmt: skip
    logi("unit heads QH02 --from 2099-01-01 5", code=4)
    logi("programme add MXY 美丽新校园 --standard 标准 --pass 85")
    logi("programme join MXY QH03 --on 2025-09-02")
    logi("unit close QH03 --reason 并入二小 --on 2025-09-20")
    assert [row["code"] for row in rows(logi("unit list --under QH01 -f json"))] == ["QH01", "QH02"]
    assert rows(logi("programme members MXY -f json")) == []
    assert [row["code"] for row in rows(logi("programme members MXY --on 2025-09-19 -f json"))] == ["QH03"]
    logi("unit heads QH03 90 --from 2025-09-25", code=4)  # it is closed by then
    logi("unit heads QH03 90 --from 2025-09-10")  # what was counted may be said late; it counts for nothing now
    assert {row["code"]: row["pupils"] for row in rows(logi("unit list -f json"))}["QH01"] == 610
    logi("programme accept MXY QH03 --score 90", code=4)
    logi("unit edit X01 --level town", code=4)  # a town stands below it
    logi("unit edit QH01 --parent QH02", code=4)


@pytest.mark.seed("ROL-01", "ROL-02", "ROL-05", "ROL-14", "ROL-15", "ROL-16")
def test_a_programme_is_held_against_its_cumulative_targets_by_county(town):
    logi = town
    logi("programme add QXDB 千校达标 --standard 标准化学校验收标准 --pass 85 --goal 1000 --from 2025-09-01")
    for year, percent in (("2025", 50), ("2026", 70), ("2027", 100)):
        logi(f"programme target QXDB {year} {percent}")
    logi("programme target QXDB 2026 45", code=4)
    logi("programme target QXDB 2026 70 --due 2028-01-01", code=4)  # after the year that follows it
    logi("programme join QXDB --under S01 --on 2025-09-01")
    logi("programme accept QXDB QH01 --score 92.5 --by 市验收组 --no 验1号 --on 2025-09-15")
    logi("programme accept QXDB QH02 --score 84.9 --on 2025-09-16")
    said = logi("programme progress QXDB -f json").json
    county = {row["code"]: row for row in said["rows"]}
    # X01: 3 schools, 50 % are 1.5, so 2 are wanted, 1 passed; X02: 1 school, 1 wanted.
    assert [county["X01"][key] for key in ("members", "passed", "rate", "target", "wanted", "short", "state")] == [
        3, 1, "33.3", 50, 2, 1, "behind"]  # fmt: skip
    assert [county["X02"][key] for key in ("members", "passed", "wanted", "short")] == [1, 0, 1, 1]
    assert said["totals"] == {"members": 4, "passed": 1, "wanted": 3, "short": 2}
    # 1,000 schools in three years: 500, 700, 1,000.
    assert said["notes"] == [
        "千校达标: 1 of 1000 schools have reached the standard; 4 take part.",
        "By 2025-12-31: 50 % are 500 schools; 499 are lacking.", "By 2026-12-31: 70 % are 700 schools; 699 are lacking.",
        "By 2027-12-31: 100 % are 1000 schools; 999 are lacking."]  # fmt: skip
    members = {row["code"]: row for row in rows(logi("programme members QXDB -f json"))}
    assert [members["QH01"][key] for key in ("on", "score", "state")] == ["2025-09-15", "92.5", "passed"]
    assert (members["QH02"]["state"], members["QH03"]["state"]) == ("failed", "waiting")
    assert {row["state"] for row in due(logi, "千校达标")} == {"soon"}
    # A second inspection counts from its day on; two years later 100 % are asked, and what was missed is overdue.
    logi("programme accept QXDB QH02 --score 88 --on 2025-09-30")
    assert {row["code"]: row["state"] for row in rows(logi("programme progress QXDB -f json"))} == {"X01": "reached", "X02": "behind"}
    assert {row["code"]: row["passed"] for row in rows(logi("programme progress QXDB --on 2025-09-20 -f json"))}["X01"] == 1
    later = {"LOGI_TODAY": "2028-01-05"}
    assert {row["code"]: (row["target"], row["short"], row["state"])
            for row in rows(logi("programme progress QXDB -f json", **later))} == {"X01": (100, 1, "overdue"), "X02": (100, 1, "overdue")}  # fmt: skip
    assert [row["state"] for row in due(logi, "千校达标", **later)] == ["overdue", "overdue"]
    # The report and the month's pack bear the same table.
    assert rows(logi("report programme-progress --since 2025-09-01 --until 2025-09-30 -f json"))[0]["passed"] == 2
    assert any(table["name"] == "rollup.progress" for table in logi("report month 2025-09 --only rollup -f json").json["tables"])


def test_units_come_from_a_file_and_go_out_as_they_came(town, monkeypatch):
    logi = town
    monkeypatch.chdir(logi.folder)
    there = logi("export units -f csv").out
    (logi.folder / "same.csv").write_text(there, "utf-8")
    assert "8" in logi("import units same.csv --dry-run".replace("same.csv", str(logi.folder / "same.csv"))).out
    text = "单位编号,单位名称,级别,上级单位,城乡,学生数,分管领导\nQH04,南坡小学,学校,QH01,农村,60,冯\nQH02,青禾第二小学,学校,QH01,农村,205,孙\n"
    (logi.folder / "new.csv").write_text(text, "utf-8")
    logi(f"import units {logi.folder / 'new.csv'}")
    units = {row["code"]: row for row in rows(logi("unit list -f json"))}
    assert (units["QH04"]["parent"], units["QH04"]["area"], units["QH02"]["pupils"], units["QH01"]["pupils"]) == ("QH01", "rural", 205, 765)
    # Each count keeps its day on the way out and in; a past month per head stays what it was.
    logi("unit heads QH04 66 --from 2025-09-20")
    logi("export units -f csv -o units.csv")
    logi("export unit-heads -f csv -o heads.csv")
    other = {"LOGI_LEDGER": str(logi.folder / "other.db")}
    logi("init --school x --lang en --costing fifo --yes", **other)
    logi("import units units.csv", **other)
    logi("import unit-heads heads.csv", **other)
    for view in ("unit list -f json", "unit heads -f json", "unit gaps -f json"):
        assert logi(view, **other).out == logi(view).out
    assert "This ledger is that of QH01" in logi("unit list", **other).out
    assert "单位" in logi("import kinds", LOGI_LANG="zh-Hans").out
    (logi.folder / "bad.csv").write_text("单位编号,单位名称,级别,上级单位\nQH05,某校,学校,QH99\nQH06,某镇,镇,QH01\n", "utf-8")
    assert logi(f"import units {logi.folder / 'bad.csv'}", code=5)
    assert "QH05" not in logi("unit list").out


def standing(logi) -> dict[str, list[tuple]]:
    """What stands in every table of the book: rows not void, facts not reversed, without their ids and entries."""
    found = {}
    with closing(sqlite3.connect(logi.ledger)) as db:
        db.row_factory = sqlite3.Row
        for spec in TABLES:
            rows = [dict(row) for row in db.execute(f"SELECT * FROM {spec.name}")]
            gone = {row.get("reverses") for row in rows}
            kept = [row for row in rows if not row.get("void") and row.get("sign", 1) == 1 and row["id"] not in gone]
            plain = [[value for key, value in row.items() if key not in ("id", "entry", "reverses")] for row in kept]
            found[spec.name] = sorted(plain, key=str)
    return found


def undone_and_redone(logi, lines: tuple[str, ...]) -> None:
    """Each line changes something; taken back together nothing of them is left, and redone all of it is there again."""
    states = [standing(logi)]
    first = len(rows(logi("audit log --limit 999 -f json"))) + 1
    for line in lines:
        logi(line)
        states.append(standing(logi))
        assert states[-1] != states[-2], line
    logi("undo " + " ".join(str(first + n) for n in range(len(lines))))
    assert standing(logi) == states[0]
    logi("redo")
    assert standing(logi) == states[-1]
    logi("audit verify")


def test_every_verb_of_units_and_programmes_is_undone_and_redone(town):
    undone_and_redone(town, (
        "unit add QH05 新校 --level school --parent QH01 --pupils 5", "unit edit QH05 --leader 赵 --area rural", "unit heads QH05 6",
        "programme add MXY 美丽新校园 --standard 标准 --pass 85", "programme target MXY 2025 50", "programme target MXY 2025 60",
        "programme join MXY QH02 QH05", "programme accept MXY QH02 --score 90", "programme leave MXY QH05 --reason 缓建",
        "unit close QH05 --reason 撤并",
    ))  # fmt: skip

"""The log of accidents and the days without one; safety stands first in the month's pack."""

from datetime import date

import pytest

from logi import undo as undoing
from logi.books.patrol import accident_actions, accident_report, checks, hazard_actions, report
from logi.books.school import actions as school
from logi.core.errors import NotFound, Refused


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def campus(ledger):
    with ledger.entry("setup") as e:
        school.add_person(e, "S09", "陈巡安")
        school.add_place(e, "A201", "二楼")
    return ledger


def add(ledger, title="A201/楼梯 学生滑倒", **kw):
    with ledger.entry("accident") as e:
        done = accident_actions.add(e, title, **{"by": "S09", **kw})
        e.subject = done.number
    return done, [key for key, _ in e.warnings]


@pytest.mark.seed("PAT-11")
def test_days_without_an_accident_count_from_the_last_one(campus):
    assert accident_report.free(campus).rows[-1]["free_days"] == 0  # the ledger was begun on 30 September
    campus._today = day("2025-12-01")
    assert accident_report.free(campus).rows[-1]["free_days"] == 62  # 31 in October, 30 in November, one more
    done, _ = add(campus, on=day("2025-10-10"), injured=1, at="09:40", treatment="校医处理", reported_to="教体局")
    assert (done.number, done.facts["free"]) == ("SG-2025-0001", 10)
    add(campus, "A201 热水壶起火", kind="fire", on=day("2025-11-20"))
    rows = [(str(r["from_day"]), str(r["to_day"]), r["free_days"]) for r in accident_report.free(campus).rows]
    assert rows == [("2025-09-30", "2025-10-10", 10), ("2025-10-10", "2025-11-20", 41), ("2025-11-20", "2025-12-01", 11)]
    assert [r["free_days"] for r in accident_report.free(campus, day("2025-10-20")).rows] == [10, 10]


def test_an_accident_bears_its_place_and_the_hazard_behind_it(campus):
    with campus.entry("hazard") as e:
        number = hazard_actions.open_hazard(e, "A201/楼梯 地面湿滑", on=day("2025-09-01")).number
    add(campus, on=day("2025-09-10"), injured=2, hazard=number, reported_to="教体局")
    (row,) = report.accidents(campus, day("2025-09-01"), day("2025-09-30")).rows
    assert (row["place"], row["title"], row["injured"], row["hazard"]) == ("A201 二楼/楼梯", "学生滑倒", 2, number)
    assert report.show(campus, "SG-2025-0001")[0].name == "accident.card"


@pytest.mark.parametrize(("kw", "warned"), [
    ({}, False), ({"injured": 1}, True), ({"kind": "fire"}, True), ({"kind": "food"}, True),
    ({"injured": 1, "reported_to": "教体局"}, False),
])  # fmt: skip
def test_what_must_be_reported_upward_is_asked_for(campus, kw, warned):
    assert ("patrol.accident_unreported" in add(campus, **kw)[1]) is warned


def test_an_accident_in_the_future_or_of_an_unknown_hazard_is_refused(campus):
    with pytest.raises(Refused, match=r"front\.day_in_future"):
        add(campus, on=day("2025-10-01"))
    with pytest.raises(NotFound, match=r"patrol\.no_hazard"):
        add(campus, hazard="YH-2025-0009")


def test_undoing_and_redoing_an_accident_restores_the_days(campus):
    before = accident_report.free(campus).rows
    add(campus, on=day("2025-09-10"))
    after = accident_report.free(campus).rows
    with campus.entry("undo") as e:
        undoing.undo(e, [undoing.latest_of(campus.db, "tester")])
    assert accident_report.free(campus).rows == before
    with campus.entry("redo") as e:
        undoing.redo(e, None, actor="tester")
    assert accident_report.free(campus).rows == after
    assert checks.verify(campus.db) == []


@pytest.mark.seed("PAT-16", "PAT-24")
def test_the_months_pack_opens_with_safety(logi):
    logi("patrol accident add 绊倒 --on 2025-09-12 --place A205")
    names = [table["name"] for table in logi("report month 2025-09 -f json").json["tables"]]
    assert names[0] == "accident.list"
    assert names.index("hazard.ledger") < names.index("repairs")


@pytest.mark.parametrize("group", ["patrol", "hazard"])
def test_the_log_is_reached_from_patrols_and_from_hazards(logi, group):
    logi(f"{group} accident add 'A205 绊倒' --kind 受伤 --injured 1 --at 9:40")
    (row,) = logi(f"{group} accident list --month 2025-09 -f json").json["rows"]
    assert (row["number"], row["kind"], row["injured"], row["at"]) == ("SG-2025-0001", "injury", 1, "09:40")
    assert logi(f"{group} accident days -f json").json["rows"][-1]["free_days"] == 0
    logi(f"{group} accident add 绊倒 --injured 两", code=2)
    logi(f"{group} accident add 绊倒 --at 25:00", code=2)
    logi(f"{group} accident add 绊倒 --at '2025-09-10 9:00'", code=2)
    logi(f"{group} accident add 绊倒 --on 2025-10-01", code=4)
    logi(f"{group} accident add 绊倒 --hazard YH-2025-0009", code=3)
    logi(f"{group} accident add 绊倒 --kind 流感", code=2)
    assert "SG-2025-0001" in logi("show SG-2025-0001").out

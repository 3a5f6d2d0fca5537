"""Evening care, wardens, the standard with its regulations, the ranking, and eating beside lodging."""

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, rule: str = "", **env) -> list[dict]:
    return [row for row in rows(logi("due --book dorm --days 0 -f json", **env)) if rule in row["text"]]


@pytest.mark.seed("DOR-04")
def test_evening_care_has_its_rules_its_roster_and_its_log(dorm):
    logi = dorm
    assert [row["command"].split()[3] for row in due(logi, "No regulation")] == ["公寓管理制度", "晚看护管理制度", "校车管理制度"]
    logi("paper add 晚看护管理细则 --kind regulation --area 宿舍 --from 2025-09-01 --on 2025-08-20")
    logi("paper add 校车管理细则 --kind regulation --area 车辆 --on 2025-08-20")
    states = {row["words"]: row["state"] for row in rows(logi("report dorm-rules -f json"))}
    assert states == {"公寓": None, "晚看护": "force", "校车": "draft"}
    [bus] = due(logi, "校车")
    assert bus["command"].startswith("logi paper adopt WJ-")
    logi(bus["command"].removeprefix("logi ").replace("DAY", "2025-09-02"))
    assert due(logi, "校车") == []
    october = {"LOGI_TODAY": "2025-10-08"}  # the last day of the holidays: pupils are back that night
    [nobody] = due(logi, "Nobody is on the roster", **october)
    assert nobody["command"] == "logi dorm care plan 2025-10 PLACE PERSON"
    # October 2025 has 18 school days (9 to 11, 13 to 17, 20 to 24, 27 to 31); the evening before each lies in October.
    said = logi("dorm care plan 2025-10 B203 沈宿宁 杨班一 -f json", **october).json
    planned = rows(logi("dorm care list --month 2025-10 -f json", **october))
    assert said["facts"]["evenings"] == len(planned) == 18
    assert [row["name"] for row in planned][:3] == ["沈宿宁", "杨班一", "沈宿宁"]
    assert due(logi, "Nobody is on the roster", **october) == []
    logi("dorm care plan 2025-10 A205 沈宿宁", code=4, **october)  # nobody watches at two places
    later = {"LOGI_TODAY": "2025-10-11"}
    [line] = due(logi, "evening care of", **later)
    assert "3 evenings" in line["text"]  # the 8th, 9th and 10th
    logi("dorm care swap 2025-10-09 杨班一 秦实妍", **later)
    logi("dorm care log B203 41 --by 沈宿宁 --on 2025-10-08", **later)
    assert "on the roster" in logi("dorm care log B203 40 --by 杨班一 --on 2025-10-09", **later).err
    assert "2025-10-10" in due(logi, "evening care of", **later)[0]["command"]
    sheet = str(logi("form evening-care 2025-10 -f json", **later).json)
    assert "晚看护管理细则" in sheet
    assert "秦实妍" in sheet


@pytest.mark.seed("DOR-03")
def test_a_building_stands_up_to_the_uniform_standard_and_has_its_regulation(dorm):
    logi = dorm
    [unused] = due(logi, "uniform things")
    logi(unused["command"].removeprefix("logi "))
    assert due(logi, "uniform things") == []
    assert {row["state"] for row in rows(logi("report dorm-standard -f json"))} == {"unchecked"}
    logi('check run dorm-eight --place C101 --by 钱样真 --rest-ok --set "mirror=fail 未装" --on 2025-09-22')
    logi("check run dorm-eight --place C201 --by 钱样真 --rest-ok --on 2025-09-22")
    table = logi("report dorm-standard -f json").json
    assert [row["n"] for row in table["rows"] if row["state"] == "met"] == [1, 2, 3, 4, 5, 7, 8, 9]  # 八統一 are nine
    [gap] = [row for row in table["rows"] if row["state"] == "lacking"]
    assert (gap["places"], gap["settled"]) == ("C101", "open")
    assert "8 of 9 items are met (88.9%)." in table["notes"]
    number = next(row["number"] for row in rows(logi("hazard list -f json")))
    logi(f"hazard fix {number} --by 钱样真 --measure 已装 --on 2025-09-25")
    logi(f"hazard verify {number} --by 吴资明 --on 2025-09-26")
    assert {row["state"] for row in rows(logi("report dorm-standard -f json"))} == {"met"}
    logi("paper add 学生公寓管理制度 --kind regulation --area 宿舍 --from 2025-09-01 --on 2025-08-20")
    assert due(logi, "“公寓”") == []
    tables = logi("dorm standard -f json").json["tables"]
    assert [table["name"] for table in tables] == ["dorm.standard", "dorm.rules"]
    assert "达标" in logi("form 八统一达标表 -f text", LOGI_LANG="zh-Hans").out


def test_wardens_are_trained_and_no_building_is_without_one(dorm):
    logi = dorm
    assert due(logi, "never trained")[0]["command"] == "logi dorm warden train S13 --topic TOPIC"
    logi("dorm warden train 沈宿宁 --topic 职责 --on 2025-09-02 --minutes 40")
    assert due(logi, "trained") == []
    later = {"LOGI_TODAY": "2026-09-04"}
    assert [row["state"] for row in rows(logi("dorm warden list -f json", **later))] == ["old"]
    logi("person leave 沈宿宁 --on 2026-09-03", **later)
    [nobody] = due(logi, "Nobody keeps", **later)
    assert (nobody["state"], nobody["command"]) == ("orphaned", "logi dorm warden add PERSON --building C")


@pytest.mark.seed("CAN-31")
def test_eating_and_lodging_stand_side_by_side(dorm):
    logi = dorm
    for night in ("2025-09-21", "2025-09-22", "2025-09-23", "2025-09-24", "2025-09-25", "2025-09-27"):
        logi(f"dorm count C --by 沈宿宁 --on {night}")
    logi("dorm count C --by 沈宿宁 --on 2025-09-28 --absent X2")
    logi("check run dorm-room --place C101 --by 沈宿宁 --rest-ok --on 2025-09-22")
    logi('check run dorm-room --place C102 --by 沈宿宁 --rest-ok --set "floor=poor" --set "care=fail 柜门坏" --on 2025-09-22')
    ranked = rows(logi("dorm ranking -f json"))
    assert [(row["rank"], row["room"], row["sleepers"]) for row in ranked] == [(1, "C101", 2), (2, "C102", 0), (None, "C201", 1)]
    logi("canteen open lunch --from 2025-09-26")
    logi("canteen serve lunch 200 --staff 20 --by 沈宿宁 --on 2025-09-29", code=None)
    sides = {row["matter"]: row for row in rows(logi("dorm services --month 2025-09 -f json"))}
    assert sides["served"]["lodging"] == 20  # seven nights of three, one of them absent once
    # 8 nights were to be counted (Sunday 21 to Thursday 25, Saturday 27 to Monday 29), 7 were: 87.5 %.
    assert [sides["whole"][key] for key in ("lodging", "lodging_of", "lodging_rate")] == [7, 8, "87.5"]
    assert sides["whole"]["eating_of"] == 4  # cooked on the 26th, 28th (made up), 29th and 30th
    assert (sides["whole"]["eating"], sides["whole"]["behind"]) == (0, "canteen")
    assert (sides["problems"]["lodging"], sides["problems"]["lodging_of"]) == (0, 2)  # a poor floor, a broken door
    assert (sides["answered"]["lodging"], sides["answered"]["lodging_of"]) == (0, 1)
    assert (sides["places"]["lodging"], sides["places"]["lodging_of"], sides["places"]["lodging_rate"]) == (3, 6, "50.0")
    assert rows(logi("report eating-lodging --month 2025-09 -f json")) == list(sides.values())

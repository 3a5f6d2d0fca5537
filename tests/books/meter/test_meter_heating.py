"""The boiler's season by command lines: lit with its operator, logged every day, fuel drawn, out in March, looked after."""

import pytest

NOVEMBER, MARCH = {"LOGI_TODAY": "2025-11-20"}, {"LOGI_TODAY": "2026-03-20"}


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, word: str, **env) -> list[dict]:
    return [row for row in rows(logi("due --book meter --days 0 -f json", **env)) if word in row["text"]]


@pytest.fixture
def boiler(logi):
    """A boiler room, coal in the storeroom, the boiler lit on 15 November."""
    with logi.once():
        for line in (
            "place add F102 锅炉房 --kind utility", "stock item add MT01 煤 --unit 吨 --class daily",
            "stock in 煤 20@900 --on 2025-11-10",
            "meter heating start 2025-2026 --place F102 --operator 王修好 --fuel 煤 --on 2025-11-15",
        ):  # fmt: skip
            logi(line, **NOVEMBER)
    return logi


@pytest.mark.seed("ENE-07")
def test_the_boiler_is_run_by_an_operator_with_a_daily_log_and_the_fuel_drawn(boiler):
    logi = boiler
    for day in (15, 16, 18):
        logi(f"check run boiler --place F102 --by 王修好 --rest-ok --set outlet=6{day % 10} --set pressure=180 "
             f"--sign supervisor=钱样真 --on 2025-11-{day}", **NOVEMBER)  # fmt: skip
    logi("stock out 煤 2.5 --to 总务处 --by 王修好 --for 锅炉 --on 2025-11-16", **NOVEMBER)
    logi("stock out 煤 1 --to 总务处 --by 王修好 --for 锅炉 --on 2025-11-19", **NOVEMBER)
    said = logi("meter heating log -f json", **NOVEMBER).json
    assert [(row["on"], row["by"], row["outlet"], row["used"]) for row in said["rows"]] == [
        ("2025-11-15", "王修好", "65", None), ("2025-11-16", "王修好", "66", "2.5"), ("2025-11-18", "王修好", "68", None),
        ("2025-11-19", None, None, "1")]  # fmt: skip
    assert said["totals"]["used"] == "3.5"
    # The 17th and the 19th went without a log; the 20th is not over.
    assert said["notes"][1] == "Not logged (2): 2025-11-17; 2025-11-19"
    [season] = rows(logi("meter heating list -f json", **NOVEMBER))
    assert (season["operator"], season["asked"], season["made"], season["used"], season["unit"]) == ("王修好", 5, 3, "3.5", "吨")
    missed = rows(logi("check missed boiler --until 2025-11-19 -f json", **NOVEMBER))
    assert [(row["due"], row["owner"]) for row in missed] == [("2025-11-17", "王修好"), ("2025-11-19", "王修好")]


@pytest.mark.seed("ENE-08")
def test_the_heating_ends_in_march_and_the_upkeep_is_recorded(boiler):
    logi = boiler
    [line] = due(logi, "heating ends", **MARCH)
    assert (line["state"], line["day"], line["command"]) == (
        "overdue", "2026-03-15", "logi meter heating stop 2025-2026")  # fmt: skip
    logi("meter heating stop --on 2026-03-15", **MARCH)
    assert due(logi, "heating ends", **MARCH) == []
    assert [row["due"] for row in rows(logi("check missed boiler --since 2026-03-14 -f json", **MARCH))] == [
        "2026-03-14", "2026-03-15"]  # fmt: skip
    april = {"LOGI_TODAY": "2026-04-01"}  # sixteen days after the 15th is the 31st
    [line] = due(logi, "upkeep", **april)
    assert (line["state"], line["day"]) == ("overdue", "2026-03-31")
    slip = logi("repair open 停炉保养 --place F102 --by 王修好 --kind equipment -f json", **MARCH).json["number"]
    said = logi(f"meter heating upkeep 清炉除垢、湿法保养 --by 王修好 --slip {slip} --on 2026-03-20", **MARCH)
    assert "is not finished yet" in said.out + said.err
    assert due(logi, "upkeep", **april) == []
    [season] = rows(logi("report heating 2026-03 -f json", **april))
    assert (season["stopped_on"], season["upkeep_on"], season["upkeep"], season["upkeep_by"], season["slip"]) == (
        "2026-03-15", "2026-03-20", "清炉除垢、湿法保养", "王修好", slip)  # fmt: skip
    # In the next November somebody is asked to light it again.
    [line] = due(logi, "nobody lit", LOGI_TODAY="2026-11-16")
    assert line["command"] == "logi meter heating start 2026-2027 --place F102 --operator S08"
    assert due(logi, "nobody lit", LOGI_TODAY="2026-10-01") == []


def test_a_season_burns_what_its_meter_shows(logi):
    logi("place add F102 锅炉房 --kind utility")
    logi("meter add G-01 锅炉燃气 --kind gas --place F102 --reading 100 --from 2025-10-31 --reader 王修好", **NOVEMBER)
    logi("meter heating start 2025-2026 --place F102 --operator 王修好 --meter G-01 --frequency weekly --on 2025-11-01", **NOVEMBER)
    logi("meter read G-01 180 --on 2025-11-20", **NOVEMBER)
    [season] = rows(logi("meter heating list -f json", **NOVEMBER))
    assert (season["fuel"], season["used"], season["unit"]) == ("G-01 锅炉燃气", "80", "m³")


def test_the_seasons_verbs_are_undone_and_redone(boiler):
    logi = boiler
    for line in ("meter heating stop --on 2026-03-15", "meter heating upkeep 除垢 --by 王修好 --on 2026-03-16"):
        before = logi("meter heating list -f csv", **MARCH).out
        logi(line, **MARCH)
        after = logi("meter heating list -f csv", **MARCH).out
        logi("undo", **MARCH)
        assert logi("meter heating list -f csv", **MARCH).out == before
        logi("redo", **MARCH)
        assert logi("meter heating list -f csv", **MARCH).out == after
    assert logi("audit verify", **MARCH).code == 0
    form = logi("form boiler-log 2026-03", LOGI_LANG="zh-Hans", **MARCH).out
    assert "锅炉运行记录" in form

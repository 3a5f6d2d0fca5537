"""The guard's night, told by command lines: an air-conditioner left on in the computer room, found, settled, counted."""

import pytest

ITEMS = ("doors", "windows", "lights", "power", "water")


def at(logi, day: str, line: str, *, code: int = 0):
    return logi(line, code=code, LOGI_TODAY=day)


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def nights(logi):
    """From Monday 1 December 2025 on every night; the guard looks at A205 and B203."""
    at(logi, "2025-12-01", "check use night-rooms --place A205 --place B203 --owner 陈巡安 --from 2025-12-01")
    at(logi, "2025-12-01", "check run night-rooms --everywhere --by 陈巡安 --rest-ok --at 22:10")
    at(logi, "2025-12-02", "check run night-rooms --everywhere --by 陈巡安 --rest-ok --at 22:15")
    return logi


def night_of_the_third(logi):
    """After midnight: it is the night of the 3rd, and the guard goes home having forgotten A205."""
    return at(logi, "2025-12-04", "check run night-rooms --place B203 --by 陈巡安 --rest-ok --set 'power=fail 空调未关' "
              "--at '2025-12-04 00:20' -f json").json  # fmt: skip


def test_a_night_check_finds_an_air_conditioner_on_and_it_is_a_hazard_until_another_has_looked(nights):
    done = night_of_the_third(nights)
    assert done["numbers"] == ["JC-2025-0005", "YH-2025-0001"]
    card = at(nights, "2025-12-04", "check show JC-2025-0005 -f json").json["tables"][1]["rows"]
    assert [(r["item"], r["result"]) for r in card] == [(i, "fail" if i == "power" else "pass") for i in ITEMS]
    assert done["facts"]["score"] == "80"  # four of five items of one weight
    [hazard] = rows(at(nights, "2025-12-04", "hazard list -f json"))
    assert (hazard["place"], hazard["category"], hazard["state"]) == ("B203 信息教室", "electric", "open")
    at(nights, "2025-12-04", "hazard assign YH-2025-0001 --owner 秦实妍 --measure 离室断电")
    at(nights, "2025-12-04", "hazard fix YH-2025-0001 --by 秦实妍")
    at(nights, "2025-12-04", "hazard verify YH-2025-0001 --by 秦实妍", code=4)  # not by who fixed it
    at(nights, "2025-12-05", "hazard verify YH-2025-0001 --by 陈巡安")
    problems = rows(at(nights, "2025-12-05", "report check-problems 2025-12 -f json"))
    assert [(r["place"], r["remark"], r["outcome"]) for r in problems] == [("B203 信息教室", "空调未关", "closed")]


def test_the_round_after_midnight_answers_for_the_night_before_and_the_forgotten_room_is_missed(nights):
    night_of_the_third(nights)
    missed = rows(at(nights, "2025-12-04", "check missed night-rooms --until 2025-12-03 -f json"))
    assert [(r["due"], r["place"]) for r in missed] == [("2025-12-03", "A205 四年级教室")]
    [line] = [r for r in rows(at(nights, "2025-12-04", "due --book check -f json")) if r["state"] == "missing"]
    assert line["command"] == "logi check run night-rooms --place A205 --by S09 --on 2025-12-03"
    at(nights, "2025-12-04", "check missed night-rooms --until 2025-12-03 --strict", code=7)


def test_left_on_again_while_it_is_open_it_is_counted_but_no_second_hazard(nights):
    night_of_the_third(nights)
    at(nights, "2025-12-04", "check run night-rooms --everywhere --by 陈巡安 --rest-ok --set B203:power=fail --at 22:05")
    assert len(rows(at(nights, "2025-12-05", "hazard list -f json"))) == 1
    trend = at(nights, "2025-12-05", "check trend night-rooms --place B203 -f json").json["tables"]
    [power] = [r for r in trend[1]["rows"] if r["item"] == "power"]
    assert (power["answers"], power["problems"], power["closed"]) == (4, 2, 0)
    ranking = rows(at(nights, "2025-12-05", "check ranking night-rooms -f json"))
    # A205: three runs in order; B203: 100, 100, 80, 80.
    assert [(r["place"], r["score"]) for r in ranking] == [("A205", "100.0"), ("B203", "90.0")]


def test_the_months_pack_shows_the_night_and_what_was_forgotten(nights):
    night_of_the_third(nights)
    tables = {t["name"]: t for t in at(nights, "2025-12-31", "report month 2025-12 -f json").json["tables"]}
    assert [r["opened"] for r in tables["check.results"]["rows"] if r["failed"]] == ["YH-2025-0001"]
    # 31 nights in two rooms, five runs; tonight is still to come.
    states = [r["state"] for r in tables["check.missed"]["rows"]]
    assert (len(states), states.count("today")) == (57, 2)

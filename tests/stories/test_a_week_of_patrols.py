"""A week of patrols with two rounds missed, told by command lines only: found, mended, verified, posted.

The week is 2025-W39, 22 to 28 September: six workdays, the Sunday worked for the National Day break.
"""

import pytest


def at(logi, day: str, line: str, *, code: int = 0, **env: str):
    return logi(line, code=code, LOGI_TODAY=day, **env)


@pytest.fixture
def week(logi):
    """Walked on Monday, Tuesday, Thursday and Sunday; Wednesday the 24th and Friday the 26th are missed."""
    with logi.once():
        at(logi, "2025-09-01", "route add R1 晨巡 --from 2025-09-01 --point 大门 --point 操场 --point 消防通道 --time 07:00")
        at(logi, "2025-09-22", "patrol log R1 --by 陈巡安 --at 07:10 --weather 晴")
        at(logi, "2025-09-23", "patrol log R1 --by 陈巡安 --at 07:12 --kind electric"
           " --finding 'B203 插座松动' --finding 'repair: A205/水池 漏水'")  # fmt: skip
        at(logi, "2025-09-23", "hazard assign YH-2025-0001 --owner 王修好 --measure 更换插座")
        at(logi, "2025-09-23", "hazard repair YH-2025-0001 --urgency high")
        at(logi, "2025-09-25", "patrol log R1 --by 陈巡安 --at 07:08 --skip 操场")
        at(logi, "2025-09-25", "repair close WX-202509-0002 --by 王修好")  # the socket
        at(logi, "2025-09-26", "hazard verify YH-2025-0001 --by 钱样真")
        at(logi, "2025-09-28", "patrol log R1 --by 秦实妍 --at 07:30")
    return logi


@pytest.mark.seed("PAT-01", "PAT-02", "PAT-03")
def test_the_week_tells_what_was_walked_missed_found_and_closed(week):
    table = at(week, "2025-09-29", "patrol week 2025-W39 -f json").json
    (row,) = table["rows"]
    keys = ("expected", "done", "missed", "rate", "points_due", "points_done", "opened", "closed")
    # 6 workdays, 4 walked: 66.7 %. 18 points due, 4 rounds less one point. A hazard and a repair found, the hazard gone.
    assert [row[k] for k in keys] == [6, 4, 2, "66.7", 18, 11, 2, 1]
    assert any("2025-09-24" in note and "2025-09-26" in note for note in table["notes"])
    missed = at(week, "2025-09-29", "patrol missed 2025-W39 --strict -f json", code=7).json["rows"]
    assert [(r["day"], r["state"], r["points"]) for r in missed] == [
        ("2025-09-24", "missed", None), ("2025-09-25", "points", "操场"), ("2025-09-26", "missed", None)]  # fmt: skip


def test_what_was_found_is_followed_until_another_person_has_seen_it_gone(week):
    assert [r["state"] for r in at(week, "2025-09-29", "hazard list -f json").json["rows"]] == ["verified"]
    slips = at(week, "2025-09-29", "repair list -f json").json["rows"]
    assert {(r["number"], r["state"], r["reporter"]) for r in slips} == {
        ("WX-202509-0001", "open", "陈巡安"), ("WX-202509-0002", "closed", "陈巡安"),
    }  # fmt: skip
    due = at(week, "2025-09-29", "due --book patrol -f json").json["rows"]
    wanted = {f"logi patrol log R1 --by S17 --on 2025-09-{n}" for n in (24, 26)}
    assert wanted <= {r["command"] for r in due}
    at(week, "2025-09-29", "repair reject WX-202509-0002 --by 陈巡安 --reason 又松了")
    assert at(week, "2025-09-29", "hazard list -f json").json["rows"][0]["state"] == "verified"  # cancelled stays cancelled


def test_the_week_is_posted_once_after_it_is_over(week):
    at(week, "2025-09-26", "patrol publish 2025-W39 --place 校门公示栏", code=4)  # Sunday is still to be walked
    at(week, "2025-09-29", "patrol publish 2025-W39 --place 校门公示栏")
    at(week, "2025-09-29", "patrol publish 2025-W39 --place 校门公示栏", code=4)
    row = at(week, "2025-09-30", "report patrol-weeks 2025-09 -f json").json["rows"][-1]
    assert (row["week"], row["published_on"]) == ("2025-W39", "2025-09-29")


def test_a_missed_round_can_be_put_on_record_late_and_taken_back(week):
    at(week, "2025-09-29", "patrol log R1 --by 陈巡安 --at '2025-09-24 07:10'")
    assert at(week, "2025-09-29", "patrol week 2025-W39 -f json").json["rows"][0]["missed"] == 1
    at(week, "2025-09-29", "undo")
    assert at(week, "2025-09-29", "patrol week 2025-W39 -f json").json["rows"][0]["missed"] == 2
    assert at(week, "2025-09-29", "audit verify").code == 0


@pytest.mark.seed("PAT-11", "PAT-16")
def test_safety_opens_the_months_pack(week):
    at(week, "2025-09-29", "patrol accident add 'A205 绊倒' --kind 受伤 --injured 1 --on 2025-09-24 --reported-to 校办")
    pack = at(week, "2025-09-30", "report month 2025-09 -f json").json
    first = pack["tables"][0]
    assert (first["name"], [r["number"] for r in first["rows"]]) == ("accident.list", ["SG-2025-0001"])
    assert any("6 days without an accident" in note for note in first["notes"])  # from the 24th to the 30th

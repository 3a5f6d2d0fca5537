"""The Labour Day break of 2026: five days watched round the clock, a swap, an absence, a day nobody wrote up."""

import icalendar
import pytest

DAYS = [f"2026-05-0{n}" for n in range(1, 6)]  # domain rules B.13: 1 to 5 May off, Saturday the 9th worked for it


@pytest.fixture
def office(logi):
    logi("person add S02 冯演和 --post 分管副校长 --phone 13900000002")
    logi("person add S10 褚守门 --post 门卫 --phone 13900000010")
    logi("policy set duty.approval_required true --from 2026-01-01 --source 校务会")
    logi.env["LOGI_TODAY"] = "2026-04-20"
    return logi


def wall(logi, what="ZB-2026-0001"):
    return {row["on"]: row for row in logi(f"month duty show {what} -f json").json["rows"]}


def people(row):
    return row["all"].split("、")


def test_a_may_day_roster_from_the_line_in_the_plan_to_the_last_log(office, tmp_path):
    office("month plan 2026-05 --draft")
    line = next(r for r in office("month plan 2026-05 --full -f json").json["rows"] if r["evidence"] == "roster-labour")
    assert (line["state"], line["degree"], line["due"]) == ("open", "0.0", "2026-04-30")
    [due] = [r for r in office("due --book month -f json").json["rows"] if r["subject"] == "2026-05-01"]
    assert due["command"] == "logi month duty draft --holiday labour --year 2026"

    # one of four cannot come on the first two days; nobody is on twice, nobody has two duties more than another
    office("month duty away 吴资明 --from 2026-05-01 --to 2026-05-02 --reason 看望老人")
    office(due["command"].removeprefix("logi ") + " --people S06,S07,S08,S17 --leaders S02,S03 --gate S10")
    drafted = wall(office)
    assert list(drafted) == DAYS
    for day, row in drafted.items():
        assert (row["mark"], row["gate"], len(people(row)), len(set(people(row)))) == ("Labour Day", "褚守门", 2, 2)
        assert row["leader"] in ("冯演和", "钱样真")
        assert day > "2026-05-02" or "吴资明" not in people(row)
    counts = [sum(name in people(row) for row in drafted.values()) for name in ("周入库", "吴资明", "王修好", "秦实妍")]
    assert (sum(counts), max(counts) - min(counts) <= 1) == (10, True)

    # the vice-principal signs, then it hangs on the wall and on paper
    assert office("month duty publish ZB-2026-0001", code=4)
    office("approve ZB-2026-0001 --by 冯演和 --no 值班3 --on 2026-04-21", LOGI_TODAY="2026-04-21")
    office("month duty publish ZB-2026-0001 --place 校门口 --on 2026-04-21", LOGI_TODAY="2026-04-21")
    paper = office("form duty-roster ZB-2026-0001", LOGI_LANG="zh-Hans").out
    assert all(word in paper for word in (*DAYS, "劳动节", "带班领导", "冯演和", "110", "13900000010", "值班3"))
    assert office("form duty-roster --month 2026-05", LOGI_LANG="zh-Hans").out.count("劳动节") >= 5  # before its days have come
    line = next(r for r in office("month plan 2026-05 --full -f json").json["rows"] if r["number"] == line["number"])
    assert (line["state"], line["result"]) == ("done", "1/1 ZB-2026-0001")

    # a swap with both names and a return; the calendar's events keep their names
    before = {str(event["uid"]) for event in icalendar.Calendar.from_ical(
        office("month duty show ZB-2026-0001 -f ics").out).walk("VEVENT")}  # fmt: skip
    giver = people(drafted["2026-05-03"])[0]
    taker = next(n for n in ("周入库", "王修好", "秦实妍", "吴资明") if n not in people(drafted["2026-05-03"]))
    back = next(d for d in ("2026-05-04", "2026-05-05") if taker in people(drafted[d]) and giver not in people(drafted[d]))
    office(f"month duty swap 2026-05-03 {giver} {taker} --back {back} --reason 家中有事", LOGI_TODAY="2026-04-28")
    after = wall(office)
    assert (taker in people(after["2026-05-03"]), giver in people(after[back])) == (True, True)
    assert {str(event["uid"]) for event in icalendar.Calendar.from_ical(
        office("month duty show ZB-2026-0001 -f ics").out).walk("VEVENT")} == before  # fmt: skip

    # the days come: four are written up, one with an absence; the fifth is asked for with the writer's name
    for day in (*DAYS[:3], DAYS[4]):
        row = after[day]
        absent = f" --absent {people(row)[1]}" if day == "2026-05-02" else ""
        office(f"month duty log {day} --by {people(row)[0]} --note 巡查两遍{absent} --handed 钥匙", LOGI_TODAY=day)
    office.env["LOGI_TODAY"] = "2026-05-06"
    [missing] = [r for r in office("due --book month -f json").json["rows"] if "duty log" in r["command"]]
    assert missing["command"] == f"logi month duty log 2026-05-04 --shift all --by {people(after['2026-05-04'])[0]}"
    office(missing["command"].removeprefix("logi "))
    assert not [r for r in office("due --book month -f json").json["rows"] if "duty log" in r["command"]]
    served = {r["name"]: (r["person"], r["holidays"], r["absent"]) for r in office("report duty-counts --month 2026-05 -f json").json["rows"]}
    absent = people(after["2026-05-02"])[1]
    assert served[absent][2] == 1
    assert sum(one[0] for one in served.values()) == 10
    assert "✓" in office("month calendar 2026-04").out + office("month calendar 2026-05").out
    assert office("audit verify").code == 0

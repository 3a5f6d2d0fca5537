"""Closed management by command lines: nights counted by the calendar, leave out and back, late returns, visitors."""

import pytest

BY = "--by 沈宿宁"


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, rule: str = "", **env) -> list[dict]:
    return [row for row in rows(logi("due --book dorm --days 0 -f json", **env)) if rule in row["text"]]


@pytest.mark.seed("DOR-05")
def test_the_dormitory_is_run_closed_nights_leave_late_returns_and_visitors(dorm):
    logi = dorm
    # Sunday 2025-09-28 is a make-up school day, so the Saturday before is slept at school; 30 September is before the holidays.
    asked = ["2025-09-21", "2025-09-22", "2025-09-23", "2025-09-24", "2025-09-25", "2025-09-27", "2025-09-28", "2025-09-29"]
    assert [row["night"] for row in rows(logi("dorm nights --missing --month 2025-09 -f json"))] == asked
    [line] = due(logi, "were not counted")
    assert (line["state"], line["day"]) == ("missing", "2025-09-21")
    assert "8 nights" in line["text"]
    for night in asked[:5]:
        logi(f"dorm count C {BY} --on {night}")
    # Leave: out with a slip, on leave in the count, not back in time.
    logi(f'dorm leave give 丁某 看病 --from "2025-09-25 16:00" --until "2025-09-28 18:00" {BY}', code=4)
    logi(f'dorm leave give 甲某 看病 --from "2025-09-26 16:00" --until "2025-09-28 18:00" {BY}')
    logi(f'dorm leave out 甲某 --at "2025-09-26 16:10" {BY}')
    logi(f"dorm count C {BY} --on 2025-09-27 --absent 甲某", code=4)
    logi(f"dorm count C {BY} --on 2025-09-27 --absent 乙某=未说明")
    nights = {row["night"]: row for row in rows(logi("dorm nights --month 2025-09 -f json"))}["2025-09-27"]
    assert [nights[key] for key in ("expected", "present", "away", "absent", "state")] == [3, 1, 1, 1, "counted"]
    [slip] = due(logi, "is not back")
    assert slip["command"] == "logi dorm leave back QJ-202509-0001 --at INSTANT --by S13"
    logi(f'dorm leave back QJ-202509-0001 --at "2025-09-29 07:00" {BY}')
    assert due(logi, "is not back") == []
    # Who was absent is looked for until it is said what became of it; who came late is no longer absent.
    [absent] = due(logi, "absent without leave")
    assert absent["command"] == "logi dorm found X2 TEXT --night 2025-09-27 --by S13"
    logi(f'dorm late 乙某 --at "2025-09-27 21:00" {BY}', code=4)
    logi(f'dorm late 乙某 --at "2025-09-28 01:10" --reason 堵车 {BY}')
    assert due(logi, "absent without leave") == []
    assert [(row["state"], row["outcome"]) for row in rows(logi("dorm absences -f json"))] == [("late", "01:10")]
    assert [(row["night"], row["times"]) for row in rows(logi("dorm lates -f json"))] == [("2025-09-27", 1)]
    # Visitors: nobody for whom there is nobody, nobody late but with a reason, and each is seen out.
    logi(f'dorm visit in 王某 丁某 --for 送衣物 --at "2025-09-29 17:10" {BY}', code=4)
    logi(f'dorm visit in 王某 丙某 --for 送衣物 --at "2025-09-29 19:10" {BY}', code=4)
    logi(f'dorm visit in 王某 丙某 --for 送衣物 --at "2025-09-29 19:10" {BY} --override 急病送药')
    [guest] = due(logi, "saw them leave")
    assert guest["state"] == "overdue"
    logi(f'dorm visit out FK-202509-0001 --at "2025-09-29 19:30" {BY}')
    assert due(logi, "saw them leave") == []
    for night in asked[6:]:
        logi(f"dorm count C {BY} --on {night}")
    assert due(logi, "were not counted") == []
    pack = [table["name"] for table in logi("report month 2025-09 -f json").json["tables"]]
    assert {"dorm.rooms", "dorm.nights", "dorm.absences", "dorm.lates", "dorm.services"} <= set(pack)


def test_a_night_counted_on_one_floor_is_counted_in_part(dorm):
    logi = dorm
    logi(f"dorm count C --floor 1 {BY} --on 2025-09-21 --at 22:05")
    row = next(row for row in rows(logi("dorm nights --month 2025-09 -f json")) if row["night"] == "2025-09-21")
    assert (row["state"], row["floors"], row["expected"], row["present"]) == ("missing", "2", 3, 2)
    [line] = due(logi, "were not counted")
    assert line["command"] == "logi dorm count C --floor 2 --by S13 --on 2025-09-21"
    logi(line["command"].removeprefix("logi "))
    assert due(logi, "were not counted")[0]["day"] == "2025-09-22"
    logi(f'dorm count C {BY} --at "2025-09-23 00:20"')  # after midnight it is still the night of the 22nd
    assert due(logi, "were not counted")[0]["day"] == "2025-09-23"
    sheet = str(logi("form night-count 2025-09-22 -f json").json)
    assert "00:20" in sheet


def test_the_calendar_and_the_policy_say_which_nights_are_slept_at_school(dorm):
    logi = dorm
    logi("policy set dorm.nights daily --from 2025-09-28 --source 周末留宿")
    assert len(rows(logi("dorm nights --missing --month 2025-09 -f json"))) == 8  # Friday the 26th was before that
    logi("policy set dorm.nights daily --from 2025-09-21 --source 周末留宿")
    assert len(rows(logi("dorm nights --missing --month 2025-09 -f json"))) == 9  # 21 to 29 September
    logi("policy set dorm.nights schoolday --from 2025-09-22 --source 上课日")
    nights = [row["night"] for row in rows(logi("dorm nights --missing --until 2025-09-27 --since 2025-09-20 -f json"))]
    assert nights == ["2025-09-21", "2025-09-22", "2025-09-23", "2025-09-24", "2025-09-25", "2025-09-26"]


def test_a_past_report_is_as_of_its_last_day_and_a_visitor_of_long_ago_has_no_name(dorm):
    logi = dorm
    logi(f'dorm visit in 王某 甲某 --for 送药 --relation 父亲 --at "2025-09-24 12:10" {BY}')
    logi("dorm warden train 沈宿宁 --topic 职责 --on 2025-09-26")
    logi("dorm out X1 --on 2025-09-28")
    assert "王某" in logi("find 王某").out
    week, later = "--since 2025-09-22 --until 2025-09-27 -f json", {"LOGI_TODAY": "2028-01-05"}
    assert [row["code"] for row in rows(logi(f"report dorm-roster {week}", **later))] == ["X1", "X2", "X3"]
    assert logi(f"report dorm-beds {week}", **later).json["totals"]["taken"] == 3
    assert [row["state"] for row in rows(logi(f"report dorm-wardens {week}", **later))] == ["valid"]
    sides = {row["matter"]: row for row in rows(logi(f"dorm services {week}", **later))}
    assert (sides["staff"]["lodging"], sides["places"]["lodging"]) == (1, 3)
    [guest] = rows(logi(f"report dorm-visits {week}", **later))
    assert (guest["number"], guest["name"], guest["relation"], guest["pupil_name"]) == ("FK-202509-0001", None, None, "甲某")
    assert "王某" not in logi("show FK-202509-0001", **later).out
    assert "王某" not in logi("find 王某", **later, code=3).out


def test_what_was_said_of_an_absence_leans_on_its_count_and_each_verb_is_undone_and_redone(dorm):
    logi = dorm
    logi(f"dorm count C {BY} --on 2025-09-28 --absent 乙某")
    counted = rows(logi("audit log -f json --limit 1"))[0]["entry"]
    logi(f"dorm found 乙某 家长已接回 {BY}")
    assert "settled" in logi("dorm absences -f json").out
    logi(f"undo {counted}", code=4)
    logi("undo")
    logi(f"undo {counted}")
    assert rows(logi("dorm absences -f json")) == []
    logi(f"redo {counted}")
    assert [row["state"] for row in rows(logi("dorm absences -f json"))] == ["open"]
    for line, shown in (
        (f'dorm leave give 丙某 探亲 --from "2025-09-29 16:00" --until "2025-09-30 18:00" {BY}', "dorm leave list"),
        (f'dorm leave out 丙某 --at "2025-09-29 16:10" {BY}', "dorm leave list"),
        (f'dorm leave back 丙某 --at "2025-09-29 18:10" {BY}', "dorm leave list"),
        (f'dorm late 甲某 --at "2025-09-29 22:10" {BY}', "dorm lates"),
        (f'dorm visit in 王某 丙某 --for 送药 --at "2025-09-29 12:10" {BY}', "dorm visit list"),
        (f'dorm visit out FK-202509-0001 --at "2025-09-29 12:30" {BY}', "dorm visit list"),
        ("dorm care plan 2025-09 B203 沈宿宁 杨班一", "dorm care list"),
        (f"dorm care log B203 20 {BY} --on 2025-09-29", "dorm care list"),
        ("dorm warden train 沈宿宁 --topic 职责", "dorm warden list"), ("dorm warden leave 沈宿宁", "dorm warden list"),
    ):  # fmt: skip
        logi(line)
        after = logi(shown).out
        logi("undo")
        assert logi(shown).out != after
        logi("redo")
        assert logi(shown).out == after
    assert logi("audit verify").code == 0


def test_a_closed_month_keeps_its_nights(dorm):
    logi = dorm
    env, made = {"LOGI_TODAY": "2025-10-12"}, []
    for line in (f'dorm leave give X1 看病 --from "2025-09-29 12:00" --until "2025-09-29 18:00" {BY} --on 2025-09-29',
                 f'dorm leave out X1 --at "2025-09-29 12:10" {BY}', f'dorm leave back X1 --at "2025-09-29 17:10" {BY}',
                 f'dorm visit in 王某 X2 --for 送药 --at "2025-09-29 12:10" {BY}',
                 f'dorm visit out FK-202509-0001 --at "2025-09-29 12:30" {BY}', "dorm change X2 C102/1 --on 2025-09-29"):
        logi(line)
        made.append(rows(logi("audit log -f json --limit 1"))[0]["entry"])
    logi("month close 2025-09 --override 试用", **env)
    for entry in made:
        assert "2025-09" in logi(f"undo {entry}", code=4, **env).err
    for line in (f"dorm count C {BY} --on 2025-09-28", "dorm out X1 --on 2025-09-28", "dorm care plan 2025-09 B203 杨班一",
                 f'dorm late X1 --at "2025-09-28 22:10" {BY}', f'dorm visit in 王某 X1 --for 送药 --at "2025-09-29 12:10" {BY}'):
        assert "2025-09" in logi(line, code=4, **env).err

"""The opening of a term: every class has room, time and staff, every pupil a class, every bed one pupil; safety first."""

from datetime import date

import pytest

from logi.books.opening import checks, rules, store
from logi.core.calendar import Term
from logi.core.errors import BadValue


@pytest.fixture
def office(logi):
    """It is the 27th of August 2025; two terms, two classes arranged for the first day."""
    with logi.once():
        logi.env["LOGI_TODAY"] = "2025-08-27"
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
        logi("place add C101 宿舍C101 --kind dorm")
        logi("opening class add 七年级1班 --place A205 --staff 杨班一 --expected 45")
        logi("opening class add 七年级2班 --place B203 --staff 秦实妍 --expected 44 --starts 08:30 --ends 11:00")
    return logi


def rows(logi, line):
    return logi(f"{line} -f json").json["rows"]


def due(logi, **env):
    return [(r["state"], r["subject"], r["command"]) for r in logi("due --book opening -f json", **env).json["rows"]]


# -- pure ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "read"), [("8:05", "08:05"), ("08：30", "08:30"), ("23:59", "23:59")])
def test_a_time_of_day_is_read_strictly(text, read):
    assert rules.clock(text) == read


@pytest.mark.parametrize("text", ["24:00", "8", "8:5", "8:60", "noon", "-1:00"])
def test_what_is_no_time_is_none(text):
    with pytest.raises(BadValue):
        rules.clock(text)


def test_stretches_that_only_touch_do_not_overlap():
    day = date(2025, 9, 1)
    morning = rules.Stay(day, "08:00", "11:30")
    assert not rules.overlap(morning, rules.Stay(day, "11:30", "12:00"))
    assert rules.overlap(morning, rules.Stay(day, "11:29", "12:00"))
    assert not rules.overlap(morning, rules.Stay(date(2025, 9, 2), "08:00", "11:30"))


def test_the_lowest_free_bed_is_given_and_none_in_a_full_room():
    assert (rules.free_bed({1, 3}, 4), rules.free_bed(set(), 1), rules.free_bed({1, 2}, 2)) == (2, 1, None)


def test_the_term_of_an_opening_is_the_one_under_way_or_the_next():
    terms = (Term("a", "一", date(2025, 9, 1), date(2026, 1, 30)), Term("b", "二", date(2026, 2, 25), date(2026, 7, 10)))
    found = [rules.term_near(terms, day) for day in (date(2025, 8, 20), date(2025, 9, 1), date(2026, 2, 1), date(2026, 8, 1))]
    assert [one.code if one else None for one in found] == ["a", "a", "b", None]


# -- registration ----------------------------------------------------------------------------------------


@pytest.mark.seed("OPN-01")
def test_registration_day_gives_each_class_room_time_staff_and_counts_who_has_come(office):
    listed = rows(office, "opening list")
    assert [(r["class"], r["place"], r["on"], r["starts"], r["ends"], r["staff"], r["expected"]) for r in listed] == [
        ("七年级1班", "A205", "2025-09-01", "08:00", "11:30", "杨班一", 45),
        ("七年级2班", "B203", "2025-09-01", "08:30", "11:00", "秦实妍", 44),
    ]  # fmt: skip
    office.env["LOGI_TODAY"] = "2025-09-01"
    office("opening arrive 七年级1班 40")
    office("opening arrive 七年级1班 3 --note 下午到")
    office("opening arrive 七年级1班 -1 --note 重复登记")
    office("opening arrive 七年级2班 44")
    table = office("opening list -f json").json
    # 42 of 45 is 93.33 %, all together 86 of 89: 96.63 %
    assert [(r["arrived"], r["missing"], r["rate"]) for r in table["rows"]] == [(42, 3, "93.3"), (44, 0, "100.0")]
    assert (table["totals"]["arrived"], table["totals"]["missing"], table["totals"]["rate"]) == (86, 3, "96.6")
    office("undo")  # the 44
    assert [r["arrived"] for r in rows(office, "opening list")] == [42, 0]
    office("redo")
    missing = [one for one in due(office, LOGI_TODAY="2025-09-02") if "arrive" in one[2]]
    [(state, _, command)] = missing
    assert (state, command) == ("missing", "logi opening arrive 七年级1班 3 --term 2025-2026-1")
    assert not [one for one in due(office, LOGI_TODAY="2025-09-20") if "arrive" in one[2]]  # asked for two weeks


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("opening class add 七年级3班 --place A205 --staff 王修好 --starts 11:00 --ends 12:00", 4, "七年级1班"),
        ("opening class add 七年级3班 --place E101 --staff 杨班一", 4, "七年级1班"),
        ("opening class add 七年级1班 --place E101 --staff 王修好", 4, "opening class edit"),
        ("opening class add 七年级3班 --place E101 --staff 王修好 --on 2026-02-01", 4, "2025-2026-1"),
        ("opening class add 七年级3班 --place E101 --staff 王修好 --starts 9 --ends 10", 2, "08:30"),
        ("opening class add 七年级3班 --place E101 --staff 王修好 --starts 10:00 --ends 09:00", 2, "earlier"),
        ("opening class edit 七年级2班 --place A205", 4, "七年级1班"),
        ("opening class edit 七年级2班 --staff 杨班一", 4, "七年级1班"),
        ("opening class edit 七年级2班", 2, "Nothing to change"),
        ("opening class edit 教务处 --expected 3", 3, ""),
        ("opening arrive 七年级2班 44 --on 2025-08-28", 4, "after today"),
        ("opening arrive 七年级2班 0", 2, "number of pupils"),
        ("opening arrive 七年级2班 1 --term 2030-2031-1", 3, ""),
        ("opening pupil place 无此人 --class 七年级1班", 3, ""),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(office, line, code, says):
    before = office("audit head").out
    assert says in office(line, code=code).err
    assert office("audit head").out == before


def test_a_registration_is_changed_and_taken_back_until_somebody_has_come(office):
    office("opening class edit 七年级2班 --starts 13:00 --ends 15:00 --place A205 --staff 杨班一 --helpers 值周教师")
    [changed] = [r for r in rows(office, "opening list") if r["class"] == "七年级2班"]
    assert (changed["starts"], changed["place"], changed["staff"], changed["helpers"]) == ("13:00", "A205", "杨班一", "值周教师")
    office("opening class drop 七年级2班 --reason 并班")
    assert [r["class"] for r in rows(office, "opening list")] == ["七年级1班"]
    office("undo")
    office("opening arrive 七年级2班 1")
    assert "come" in office("opening class drop 七年级2班 --reason 并班", code=4).err


def test_a_class_of_last_term_that_is_not_arranged_for_the_next_is_due(office):
    found = [one for one in due(office, LOGI_TODAY="2026-02-20") if "class add" in one[2]]
    assert len(found) == 2
    assert all("--term 2025-2026-2" in command and state == "missing" for state, _, command in found)
    assert not [one for one in due(office, LOGI_TODAY="2026-02-10") if "class add" in one[2]]  # a week before, not two


# -- safety ----------------------------------------------------------------------------------------------


@pytest.mark.seed("OPN-03")
def test_the_opening_is_checked_before_pupils_are_received_safety_first(office):
    assert "Safety first" in office("opening list").out
    [(state, _, command)] = [one for one in due(office) if "check run" in one[2]]
    assert (state, command) == ("missing", "logi check run opening --by PERSON")
    [(state, _, _)] = [one for one in due(office, LOGI_TODAY="2025-09-01") if "check run" in one[2]]
    assert state == "overdue"
    assert "Safety first" in office("opening arrive 七年级1班 1").err
    office("check run opening --by 钱样真 --on 2025-08-27 --rest-ok")
    done = {r["rule"]: (r["done"], r["total"]) for r in rows(office, "opening safety")}
    assert done["check-opening"][0] >= 1
    assert not [one for one in due(office) if "check run" in one[2]]
    assert "Safety first" not in office("opening arrive 七年级1班 1").err


# -- pupils ----------------------------------------------------------------------------------------------


@pytest.mark.seed("OPN-02")
def test_the_placement_list_gives_every_pupil_a_class_and_boarders_a_bed_of_their_own(office, tmp_path):
    file = tmp_path / "pupils.csv"
    file.write_text("学号,姓名,班级,床位\nX1,甲一,七年级1班,C101\nX2,乙二,七年级1班,C101/3\nX3,丙三,七年级2班,\nX4,丁四,,\n", "utf-8")
    office(f"import pupils {file}")
    listed = {r["code"]: (r["class"], r["room"], r["bed"]) for r in rows(office, "opening pupil list")}
    assert listed == {
        "X1": ("七年级1班", "C101", 1), "X2": ("七年级1班", "C101", 3), "X3": ("七年级2班", None, None), "X4": (None, None, None),
    }  # fmt: skip
    assert [r["code"] for r in rows(office, "opening pupil list --class 七年级1班")] == ["X1", "X2"]
    assert [r["code"] for r in rows(office, "opening pupil list --place C101")] == ["X1", "X2"]
    assert [r["code"] for r in rows(office, "report unplaced")] == ["X4"]
    assert ("orphaned", "X4", "logi opening pupil place X4 --class CLASS") in due(office)
    office("opening pupil place X4 --class 七年级2班 --bed C101")
    assert [(r["code"], r["bed"]) for r in rows(office, "opening pupil list --place C101")] == [("X1", 1), ("X4", 2), ("X2", 3)]
    assert "甲一" in office("opening pupil place X3 --bed C101/1", code=4).err
    [room] = rows(office, "report placement")
    assert (room["beds"], room["taken"], room["free"]) == (8, 3, 5)
    assert office(f"import pupils {file} --again --dry-run -f json").code == 0
    assert rows(office, "find 乙二")[0]["code"] == "X2"


def test_a_full_room_takes_nobody_more_and_a_leaver_frees_the_bed(office):
    office("policy set opening.beds_per_room 2 --from 2025-01-01 --source 校务会")
    for n in range(2):
        office(f"opening pupil add X{n} 学生{n} --bed C101")
    assert "taken" in office("opening pupil add X9 学生九 --bed C101", code=4).err
    office("opening pupil leave X0")
    office("opening pupil add X9 学生九 --bed C101")
    assert [(r["code"], r["bed"]) for r in rows(office, "opening pupil list --place C101")] == [("X9", 1), ("X1", 2)]
    office("undo")
    office("undo")
    assert {r["code"] for r in rows(office, "opening pupil list --place C101")} == {"X0", "X1"}


def test_a_code_names_one_pupil_and_a_name_finds_them(office):
    office("opening pupil add X1 甲一 --class 七年级1班")
    office("opening pupil add X1 乙二", code=4)
    office("opening pupil place 甲一 --bed C101/2")
    assert rows(office, "opening pupil list")[0]["bed"] == 2
    assert "甲一" in office("show X1").out


def test_a_plans_line_is_proved_when_every_class_is_complete(office):
    office("month add 2025-09 各班报到 --owner 杨班一 --due 2025-09-01 --rule classes-registered")
    office.env["LOGI_TODAY"] = "2025-09-01"
    office("opening arrive 七年级1班 45")
    assert [(r["state"], r["degree"]) for r in rows(office, "month plan 2025-09")] == [("open", "50.0")]
    office("opening arrive 七年级2班 44")
    assert [(r["state"], r["degree"]) for r in rows(office, "month plan 2025-09")] == [("done", "100.0")]


def test_verify_finds_that_fewer_than_nobody_came(ledger):
    assert checks.verify(ledger.db) == []
    with ledger.entry("test") as e:
        term = e.insert("school_term", code="2025-2026-1", name="一", folded="一", initials="y", starts_on="2025-09-01", ends_on="2026-01-30")
        home = e.insert("school_department", code="N1", name="一班", folded="一班", initials="yb")
        who = e.insert("school_person", code="P1", name="甲", folded="甲", initials="j")
        place = e.insert("school_place", code="A1", name="室", folded="室", initials="s")
        one = e.insert("opening_class", term_id=term, department_id=home, place_id=place, on_day="2025-09-01", starts="08:00",
                       ends="09:00", staff_id=who)  # fmt: skip
        e.insert("opening_arrival", on_day="2025-09-01", class_id=one, pupils=-1)
    assert len(checks.verify(ledger.db)) == 1
    assert store.classes(ledger.db, term)[0]["arrived"] == -1


def test_titles_are_spoken_in_chinese(office):
    drawn = office("opening list", LOGI_LANG="zh-Hans").out
    assert all(word in drawn for word in ("报名安排表", "应到", "实到", "未到", "经办人", "安全第一"))
    assert "七年级1班" in office("开学 报到 七年级1班 1", LOGI_LANG="zh-Hans").out


def test_registration_is_a_calendar_whose_events_keep_their_names(office):
    import icalendar

    def events():
        return icalendar.Calendar.from_ical(office("opening list -f ics").out).walk("VEVENT")

    before = [str(event["uid"]) for event in events()]
    office("opening class edit 七年级1班 --on 2025-09-02")
    assert sorted(before) == sorted(str(event["uid"]) for event in events())
    assert {event.decoded("dtstart") for event in events()} == {date(2025, 9, 1), date(2025, 9, 2)}

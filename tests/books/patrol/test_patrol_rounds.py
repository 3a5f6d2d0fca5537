"""Routes walked and not walked, told by command lines: the week's statistics, missed rounds, publication, undo."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from logi.books.patrol import actions, report
from logi.books.patrol.weeks import Routes
from logi.books.school import actions as school

WALKED = ("01", "02", "03", "04", "05", "08", "09", "10", "11", "12", "15", "16", "18", "19", "22", "23", "25", "26",
          "28", "29", "30")  # fmt: skip


@pytest.fixture
def september(logi):
    """Every workday of September 2025 walked but the 17th and the 24th (demo_school.md E.7)."""
    with logi.once():
        logi("route add R1 晨巡 --from 2025-09-01 --point 大门 --point 操场 --point 消防通道")
        for n in WALKED:
            logi(f'patrol log R1 --by 陈巡安 --at "2025-09-{n} 07:10"')
    return logi


def rows(said) -> list[dict]:
    return said.json["rows"]


def entries(logi) -> int:
    with closing(sqlite3.connect(logi.ledger)) as db:
        return db.execute("SELECT max(seq) FROM entry").fetchone()[0]


@pytest.mark.seed("PAT-01")
def test_a_workday_without_a_round_is_a_finding(september):
    missed = rows(september("patrol missed --month 2025-09 --strict -f json", code=7))
    assert [(r["route"], r["day"]) for r in missed] == [("R1", "2025-09-17"), ("R1", "2025-09-24")]
    due = rows(september("due --book patrol -f json"))
    asked = {r["day"]: r for r in due if r["state"] == "missing" and "patrol log" in r["command"]}
    assert sorted(asked) == ["2025-09-17", "2025-09-24"]
    assert asked["2025-09-17"]["command"] == "logi patrol log R1 --by S09 --on 2025-09-17"


def test_the_rate_of_a_week_is_held_against_the_calendar(september):
    [w38] = rows(september("patrol week 2025-W38 -f json"))
    [w39] = rows(september("patrol week 2025-W39 -f json"))
    assert (w38["route"], w38["expected"], w38["done"], w38["rate"]) == ("R1", 5, 4, "80.0")
    # Sunday 28 September is worked for the National Day: six workdays.
    assert (w39["route"], w39["expected"], w39["done"], w39["rate"]) == ("R1", 6, 5, "83.3")
    assert (w39["points_due"], w39["points_done"]) == (18, 15)


def test_a_route_that_nobody_walked_is_missed_on_every_workday(logi):
    logi("route add R2 晚巡 --from 2025-09-22")
    [week] = rows(logi("patrol week 2025-W39 --strict -f json", code=7))
    assert (week["expected"], week["done"], week["rate"]) == (6, 0, "0.0")


def test_a_school_year_of_workdays_is_the_hand_made_calendar(ledger):
    # Issue "Repairs, patrols …": workdays of 2025-09 … 2026-08, counted by hand.
    by_hand = [23, 18, 20, 23, 21, 16, 22, 21, 19, 21, 23, 21]
    ledger._today = date(2026, 8, 31)
    with ledger.entry("route.add") as e:
        actions.add_route(e, "R1", "晨巡", starts=date(2025, 9, 1))
    found = []
    for n in range(12):
        since = date(2025 + (8 + n) // 12, (8 + n) % 12 + 1, 1)
        until = date(2025 + (9 + n) // 12, (9 + n) % 12 + 1, 1) - date.resolution
        [one] = Routes(ledger).duties(since, until)
        found.append(one.duty.expected)
    assert found == by_hand


def test_a_second_round_on_a_day_counts_the_day_once(september):
    september('patrol log R1 --by 陈巡安 --at "2025-09-15 17:30"')
    [w38] = rows(september("patrol week 2025-W38 -f json"))
    assert (w38["expected"], w38["done"]) == (5, 4)


def test_todays_round_is_asked_for_but_not_missed_yet(logi):
    logi("route add R1 晨巡 --from 2025-09-30")
    [today] = rows(logi("patrol missed --strict -f json"))
    assert (today["day"], today["state"]) == ("2025-09-30", "today")
    [due] = rows(logi("due --book patrol --strict -f json"))
    assert (due["state"], due["day"]) == ("soon", "2025-09-30")


def test_a_ledger_without_routes_asks_for_nothing(logi):
    assert "No route is laid down yet" in logi("patrol week 2025-W38").out
    assert rows(logi("patrol missed --strict -f json")) == []
    assert rows(logi("due --book patrol -f json")) == []


@pytest.mark.seed("PAT-02")
def test_the_weeks_statistics_are_posted_or_asked_for(september):
    september('patrol log R1 --by 吴资明 --at "2025-09-22 17:30" --finding "B203 插座松动" --kind electric')
    asked = {r["subject"]: r["state"] for r in rows(september("due --book patrol -f json")) if "publish" in r["command"]}
    # Three workdays after Sunday 21 September is Wednesday 24; after Sunday 28 September (worked) it is 9 October.
    assert asked == {"2025-W36": "missing", "2025-W37": "missing", "2025-W38": "missing", "2025-W39": "soon"}
    september("patrol publish 2025-W39 --place 校门公示栏 --by 陈巡安")
    asked = [r["subject"] for r in rows(september("due --book patrol -f json")) if "publish" in r["command"]]
    assert asked == ["2025-W36", "2025-W37", "2025-W38"]
    text = september("patrol week 2025-W39").out
    assert "Posted on 2025-09-30 at 校门公示栏 (5 of 6 rounds)." in text
    assert "陈巡安: 5 rounds, 0 findings." in text
    assert "吴资明: 1 rounds, 1 findings." in text
    assert "Hazards found: 1 (electric 1); fixed 0, not yet 1." in text
    weeks = {r["week"]: r["published_on"] for r in rows(september("report patrol-weeks 2025-09 -f json"))}
    assert weeks == {"2025-W36": None, "2025-W37": None, "2025-W38": None, "2025-W39": "2025-09-30"}


def test_figures_that_changed_after_posting_are_named(september):
    september("patrol publish 2025-W38 --place 校门公示栏 --on 2025-09-22")
    september("patrol log R1 --by 陈巡安 --on 2025-09-17")
    assert "with other figures: 4 of 5 rounds." in september("patrol week 2025-W38").out


def test_a_week_is_posted_early_only_with_a_reason(september):
    september("patrol publish 2025-W39 --place 公示栏 --on 2025-09-26", code=4)  # Sunday 28 is still to come
    said = september("patrol publish 2025-W39 --place 公示栏 --on 2025-09-26 --override 周五先公示")
    assert "overridden" in said.out + said.err
    late = september("patrol publish 2025-W36 --place 公示栏")
    assert "2025-09-10" in late.out + late.err  # Wednesday, three workdays after Sunday 7 September


@pytest.mark.seed("PAT-03")
def test_every_finding_opens_a_hazard_that_is_shown_until_cancelled(september):
    said = september('patrol log R1 --by 陈巡安 --at 17:30 --finding "B203 插座松动" --finding "A205/后门 玻璃开裂" '
                     '--finding "操场边 护栏松动" -f json')  # fmt: skip
    assert said.json["numbers"] == ["YH-2025-0001", "YH-2025-0002", "YH-2025-0003"]
    found = {r["number"]: (r["title"], r["place"]) for r in rows(september("hazard list --open -f json"))}
    assert found == {
        "YH-2025-0001": ("插座松动", "B203 信息教室"),
        "YH-2025-0002": ("玻璃开裂", "A205 四年级教室/后门"),
        "YH-2025-0003": ("操场边 护栏松动", None),
    }
    september("hazard fix YH-2025-0001 --by 王修好 --measure 拧紧")
    assert "YH-2025-0001" in september("hazard list --open").out
    september("hazard verify YH-2025-0001 --by 钱样真")
    assert "YH-2025-0001" not in september("hazard list --open").out


@pytest.mark.seed("PAT-14")
def test_a_kindergartens_weekly_facility_check_is_missed_week_by_week(logi):
    logi("route add R4 设施周检 --frequency weekly --from 2025-09-01 --point 滑梯 --point 秋千 --point 围栏 --point 插座")
    logi('patrol log R4 --by 陈巡安 --at "2025-09-09 09:00" --skip 秋千 --finding "滑梯螺丝松动"')
    missed = rows(logi("patrol missed 2025-09 -f json"))
    # Last workdays: Friday 5 (W36), 12 (W37, walked on Tuesday 9), 19 (W38), made-up Sunday 28 (W39), today 30 (W40).
    assert [(r["day"], r["state"]) for r in missed] == [
        ("2025-09-05", "missed"), ("2025-09-09", "points"), ("2025-09-19", "missed"), ("2025-09-28", "missed"),
        ("2025-09-30", "today"),
    ]  # fmt: skip
    [week] = rows(logi("patrol week 2025-W37 -f json"))
    assert (week["expected"], week["done"], week["points_due"], week["points_done"]) == (1, 1, 4, 3)


@pytest.mark.seed("PAT-15")
def test_a_daily_routine_check_is_followed_to_its_rectification(logi):
    logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    logi("route add YD 园内日检 --frequency schoolday --from 2025-08-25 --point 活动室 --point 走廊")
    assert rows(logi("patrol missed 2025-W35 -f json")) == []  # the last week of the vacation
    logi('patrol log YD --by 陈巡安 --on 2025-09-01 --finding "A205 桌角破损"')
    assert len(rows(logi("patrol missed 2025-W36 -f json"))) == 4
    [left] = [r for r in rows(logi("due --book patrol -f json")) if r["subject"] == "YH-2025-0001" and r["state"] == "orphaned"]
    assert "--owner PERSON" in left["command"]
    logi("hazard assign YH-2025-0001 --owner 王修好 --measure 包角")
    logi("hazard fix YH-2025-0001 --by 王修好 --on 2025-09-02")
    logi("hazard verify YH-2025-0001 --by 钱样真 --on 2025-09-03")
    assert not [r for r in rows(logi("due --book patrol -f json")) if r["subject"] == "YH-2025-0001"]


def test_a_night_has_all_its_rounds_or_is_short(logi):
    said = logi("route add R3 夜巡 --frequency nightly --from 2025-09-26 --time 22:00 --time 0:00 --time 2:00 --time 4:00")
    assert "apart" not in said.err
    for at in ("2025-09-26 22:05", "2025-09-27 00:03", "2025-09-27 02:10", "2025-09-27 04:00",
               "2025-09-27 22:01", "2025-09-28 00:30", "2025-09-28 02:00"):  # fmt: skip
        logi(f'patrol log R3 --by 陈巡安 --at "{at}"')
    missed = {(r["day"], r["state"]): (r["rounds"], r["needed"]) for r in rows(logi("patrol missed -f json"))}
    assert missed == {
        ("2025-09-27", "short"): (3, 4), ("2025-09-28", "missed"): (0, 4), ("2025-09-29", "missed"): (0, 4),
        ("2025-09-30", "today"): (0, 4),
    }  # fmt: skip
    assert "3 of 4 rounds" in logi("patrol week 2025-W39").out


def test_nights_more_than_two_hours_apart_are_warned_of(logi):
    said = logi("route add R3 夜巡 --frequency nightly --time 22:00 --time 02:00")
    assert "more than 2 hours apart" in said.out + said.err


def test_a_new_frequency_does_not_rewrite_the_weeks_before(september):
    september("route edit R1 --frequency daily --from 2025-09-22")
    assert [r["expected"] for r in rows(september("patrol week 2025-W38 -f json"))] == [5]
    assert [r["expected"] for r in rows(september("patrol week 2025-W39 -f json"))] == [7]
    september("route edit R1 --until 2025-09-24")
    assert [r["expected"] for r in rows(september("patrol week 2025-W39 -f json"))] == [3]
    said = september("patrol log R1 --by 陈巡安 --on 2025-09-27")
    assert "no longer walked" in said.out + said.err


def test_a_round_before_the_routes_start_warns_and_stands(logi):
    logi("route add R1 晨巡 --from 2025-09-15")
    said = logi("patrol log R1 --by 陈巡安 --on 2025-09-12 -f json")
    assert len(said.json["warnings"]) == 1
    assert [r["expected"] for r in rows(logi("patrol week 2025-W37 -f json"))] == [0]
    assert [r["rate"] for r in rows(logi("patrol week 2025-W37 -f json"))] == [None]
    logi("route edit R1 --from 2025-09-08")
    assert [(r["expected"], r["done"]) for r in rows(logi("patrol week 2025-W37 -f json"))] == [(5, 1)]


REFUSED = [
    ("patrol log R1", 2),
    ("patrol log R9 --by 陈巡安", 3),
    ("patrol log R1 --by 无此人", 3),
    ("patrol log R1 --by 陈巡安 --on 2025-10-01", 4),
    ('patrol log R1 --by 陈巡安 --at "2025-09-16 07:10"', 4),
    ('patrol log R1 --by 陈巡安 --at "2025-09-16 07:10" --on 2025-09-15', 2),
    ("patrol log R1 --by 陈巡安 --at 25:10", 2),
    ("patrol log R1 --by 陈巡安 --skip 泳池", 3),
    ("patrol log R1 --by 陈巡安 --finding 插座 --kind 鬼", 2),
    ("route add R1 晨巡", 4),
    ("route add R5 夜巡 --frequency hourly", 2),
    ("route edit R1", 4),
    ("route edit R1 --until 2025-08-01", 4),
    ("route show R9", 3),
    ("patrol week 2025-W60", 2),
    ("patrol missed 随便", 2),
    ("patrol missed 2025-W38 --month 2025-09", 2),
    ("patrol publish 2025-W20 --place 公示栏", 4),
    ("patrol publish 2025-W38", 2),
]


def test_a_refused_line_writes_nothing(september):
    for line, code in REFUSED:
        before = entries(september)
        september(line, code=code)
        assert entries(september) == before, line


def test_the_same_round_twice_needs_a_reason(september):
    september('patrol log R1 --by 陈巡安 --at "2025-09-16 07:10" --override 两组同时')
    assert len(rows(september("patrol list --week 2025-W38 -f json"))) == 5


def test_rounds_are_listed_by_route_person_and_period(september):
    september("route add R2 晚巡")
    september("patrol log R2 --by 吴资明")
    assert len(rows(september("patrol list -f json"))) == 22
    assert [r["by"] for r in rows(september("patrol list --route 晚巡 -f json"))] == ["吴资明"]
    assert len(rows(september("patrol list --person 陈巡安 --week 2025-W39 -f json"))) == 5


def test_chinese_words_do_the_same(september):
    september("巡查 R1 --经手人 陈巡安 --时间 17:20 --发现 墙皮脱落 --类 建筑 --等级 较大", LOGI_LANG="zh-Hans")
    [hazard] = rows(september("隐患 列表 -f json"))
    assert (hazard["level"], hazard["category"], hazard["state"]) == ("larger", "building", "open")
    assert "巡查记录周统计表" in september("patrol week 2025-W38", LOGI_LANG="zh-Hans").out
    assert "巡查記錄周統計表" in september("patrol week 2025-W38", LOGI_LANG="zh-Hant").out


def test_undoing_and_redoing_a_round_takes_its_hazards_along(september):
    def seen() -> tuple:
        week = rows(september("patrol week 2025-W40 -f json"))
        listed = [{k: v for k, v in r.items() if k != "entry"} for r in rows(september("patrol list -f json"))]
        return week, listed, rows(september("hazard list -f json"))

    before = seen()
    september('patrol log R1 --by 陈巡安 --at 17:30 --finding "B203 插座松动"')
    after = seen()
    september("undo YH-2025-0001")
    assert seen() == before
    september("redo")
    assert seen() == after


def test_a_round_whose_hazard_was_fixed_cannot_be_undone_alone(september):
    september('patrol log R1 --by 陈巡安 --at 17:30 --finding "B203 插座松动"')
    logged = entries(september)
    september("hazard fix YH-2025-0001 --by 王修好")
    refused = september(f"undo {logged} -f json", code=4)
    assert refused.json["facts"]["dependents"] == [logged + 1]
    september(f"undo {logged} {logged + 1}")
    assert rows(september("hazard list -f json")) == []


def test_undoing_and_redoing_routes_and_publications_restores_the_lists(september):
    def seen() -> tuple:
        return tuple(tuple(map(str, rows(september(f"{line} -f json"))))
                     for line in ("route list", "patrol missed", "report patrol-weeks 2025-09"))  # fmt: skip

    for line in (
        "route add R2 晚巡 --from 2025-09-22", "route edit R1 --frequency weekly --from 2025-09-08",
        "route edit R1 --until 2025-09-19 --name 早巡", "patrol publish 2025-W37 --place 公示栏 --on 2025-09-15",
    ):  # fmt: skip
        before = seen()
        september(line)
        after = seen()
        assert after != before, line
        september("undo")
        assert seen() == before, line
        september("redo")
        assert seen() == after, line


def test_the_pack_shows_each_week_in_exactly_one_month(ledger):
    ledger._today = date(2025, 11, 30)
    with ledger.entry("route.add") as e:
        school.add_person(e, "S09", "陈巡安")
        actions.add_route(e, "R1", "晨巡", starts=date(2025, 9, 1))
    packs = [report.pack(ledger, month) for month in ("2025-09", "2025-10", "2025-11")]
    months = [[row["week"] for table in pack if table.name == "patrol.weeks" for row in table.rows] for pack in packs]
    # The week of 29 September ends on 5 October; that of 27 October on 2 November. W41 has three workdays.
    assert months == [
        ["2025-W36", "2025-W37", "2025-W38", "2025-W39"], ["2025-W40", "2025-W41", "2025-W42", "2025-W43"],
        ["2025-W44", "2025-W45", "2025-W46", "2025-W47", "2025-W48"],
    ]  # fmt: skip


def test_points_that_no_round_of_a_day_came_past_are_listed(logi):
    logi("patrol route add R5 早巡 --frequency workday --from 2025-09-01 --point 校门 --point 操场 --point 食堂")
    logi('patrol log R5 --by 陈巡安 --at "2025-09-02 07:05" --skip 操场 --skip 食堂')
    logi('patrol log R5 --by 王修好 --at "2025-09-02 07:40" --skip 校门 --skip 食堂')  # the yard after all
    logi('patrol log R5 --by 陈巡安 --at "2025-09-03 07:05"')
    found = rows(logi("patrol missed --since 2025-09-02 --until 2025-09-03 -f json"))
    assert [(r["day"], r["state"], r["points"]) for r in found] == [("2025-09-02", "points", "食堂")]
    logi("patrol missed --since 2025-09-02 --until 2025-09-03 --strict", code=7)


def test_a_route_that_was_stopped_and_taken_up_again_is_the_same_when_it_comes_back_from_its_own_file(logi):
    logi("patrol route add R3 夜巡 --frequency nightly --from 2025-09-01 --time 22:00 --time 00:00 --time 02:00 --time 04:00")
    logi("patrol route edit R3 --until 2025-09-10")
    logi("patrol route edit R3 --frequency nightly --from 2025-09-20")
    logi(f"export routes -o {logi.folder}/routes.csv")
    facts = logi(f"import routes {logi.folder}/routes.csv -f json").json["facts"]
    assert (facts["new"], facts["changed"], facts["same"]) == (0, 0, 3)

"""Surveys, opinions and class visits by command lines: three parties against the target, answers within five workdays."""

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, rule: str, **env) -> list[tuple]:
    found = rows(logi("due --book people -f json", **env))
    return [(row["state"], row["day"], row["command"]) for row in found if rule in row["command"]]


@pytest.fixture
def house(logi):
    """A school year of two terms."""
    with logi.once():
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
    return logi


@pytest.mark.seed("SVY-01", "SVY-03", "STF-24")
def test_three_parties_are_asked_in_rounds_and_three_satisfied_means_that_all_reach_their_target(house):
    january = {"LOGI_TODAY": "2026-01-20"}
    made = house("survey open 第一学期满意度 --area 食堂 --area 服务态度 -f json", **january).json
    assert made["number"] == "MYD-2026-0001"
    house("survey open 第一学期满意度", code=4, **january)
    house("survey count MYD-2026-0001 师生 --area canteen --very 120 --satisfied 230 --fair 40 --poor 10", **january)
    house("survey count MYD-2026-0001 members --area manner --very 200 --satisfied 180 --fair 20 --invalid 3", **january)
    house("survey count MYD-2026-0001 家长 --area canteen --very 60 --satisfied 110 --fair 20 --poor 10", **january)
    house("survey close MYD-2026-0001", code=4, **january)  # the school was not asked
    house("survey count MYD-2026-0001 学校 --area repair --very 9 --satisfied 0", code=4, **january)  # nor asked about
    house("survey count MYD-2026-0001 学校 --very 0 --satisfied 0", code=2, **january)
    house("survey count MYD-2026-0001 学校 --very 9 --satisfied 8 --fair 3 --on 2026-01-19", code=4, **january)  # not open yet
    house("survey count MYD-2026-0009 学校 --very 9 --satisfied 8", code=3, **january)
    house("survey count MYD-2026-0001 学校 --very 9 --satisfied 8 --fair 3", **january)
    found = [(r["party"], r["area"], r["valid"], r["rate"], r["met"]) for r in rows(house("survey rates -f json", **january))]
    # 350 of 400, 380 of 400, 170 of 200, 17 of 20
    assert found == [("members", "canteen", 400, "87.5", "yes"), ("members", "manner", 400, "95.0", "yes"),
                     ("parents", "canteen", 200, "85.0", "yes"), ("school", "overall", 20, "85.0", "yes")]  # fmt: skip
    told = house("survey close MYD-2026-0001 -f json", **january).json
    assert (told["facts"]["three"], told["warnings"]) == ("yes", [])
    [line] = rows(house("report satisfaction --school-year 2025 -f json", **january))
    # teachers and pupils: 730 of 800
    assert (line["members"], line["parents"], line["school_rate"], line["three"]) == ("91.3", "85.0", "85.0", "yes")
    assert line["weakest"] == "canteen 86.7%"  # 520 of 600; service manner has 380 of 400
    house("undo", **january)  # the closing
    house("survey count MYD-2026-0001 家长 --area canteen --very 0 --satisfied 0 --poor 1", **january)  # 170 of 201 is 84.6
    told = house("survey close MYD-2026-0001 -f json", **january).json
    assert (told["facts"]["three"], len(told["warnings"])) == ("no", 1)
    # What a party finds below the target wants an improvement, and has it then.
    [wants] = due(house, "--kind improvement", **january)
    assert wants[2] == "logi opinion add TEXT --kind improvement --survey MYD-2026-0001 --area canteen --owner PERSON"
    house("opinion add 增设窗口 --kind improvement --survey MYD-2026-0001 --area canteen --owner 钱样真", **january)
    house("opinion add 增设窗口 --kind improvement", code=2, **january)
    assert due(house, "--kind improvement", **january) == []
    assert "84.6" in house("form satisfaction MYD-2026-0001", **january).out


def test_each_term_has_its_survey_and_a_round_left_open_is_listed(house):
    assert due(house, "survey open", LOGI_TODAY="2026-01-20") == []  # the school keeps no surveys yet
    house("opinion add 灯太暗 --area repair")
    assert due(house, "survey open", LOGI_TODAY="2025-12-30") == []  # more than thirty days before the term's end
    late = [("soon", "2026-01-30", "logi survey open 第一学期满意度")]
    assert due(house, "survey open", LOGI_TODAY="2026-01-02") == late
    assert due(house, "survey open", LOGI_TODAY="2026-03-02")[0][0] == "missing"
    house("survey open 第一学期满意度", LOGI_TODAY="2026-01-02")
    assert due(house, "survey open", LOGI_TODAY="2026-03-02") == []
    line = "logi survey count MYD-2026-0001 members --very N --satisfied N"
    assert due(house, "survey c", LOGI_TODAY="2026-01-16") == [("soon", "2026-01-16", line)]
    assert due(house, "survey c", LOGI_TODAY="2026-01-17") == [("overdue", "2026-01-16", line)]


@pytest.mark.seed("SVY-02", "SVY-06", "STF-08")
def test_what_people_say_is_answered_within_five_workdays_and_what_is_adopted_is_carried_out(house):
    def said(line: str) -> str:
        return house(f"opinion add {line} --on 2025-09-15 -f json").json["number"]

    first, second = said("饮水机水温低 --kind 投诉 --party 家长 --from 七1班家长 --area 物资"), said("教室缺钉子 --kind need --area supplies")
    third = said("增加垃圾分类桶 --kind suggestion --party school --from 王修好 --area hygiene")
    # Five workdays after Monday 15 September: Monday the 22nd.
    assert [row[:2] for row in due(house, "opinion answer", LOGI_TODAY="2025-09-22")] == [("soon", "2025-09-22")] * 3
    assert [row[:2] for row in due(house, "opinion answer", LOGI_TODAY="2025-09-23")] == [("overdue", "2025-09-22")] * 3
    house(f"opinion answer {first} 已更换加热管 --by 王修好 --doc WX-202509-0001", code=3)
    slip = house("repair open 饮水机不热 --place A205 --by 杨班一 -f json").json["number"]
    told = house(f"opinion answer {first} 已更换加热管 --by 王修好 --doc {slip} --on 2025-09-17 -f json").json
    assert (told["facts"]["workdays"], told["warnings"]) == (2, [])
    told = house(f"opinion answer {second} 已发放 --by 周入库 --on 2025-09-29 -f json").json
    # 16-19, 22-26 September, Sunday the 28th is worked, the 29th: 4 + 5 + 1 + 1 = 11
    assert (told["facts"]["workdays"], len(told["warnings"])) == (11, 1)
    house(f"opinion answer {second} 又 --by 周入库", code=4)
    house(f"opinion answer {third} 好 --by 钱样真", code=2)  # adopted or not?
    house(f"opinion answer {third} 好 --by 钱样真 --on 2025-09-14 --verdict 采纳", code=4)
    house(f"opinion done {third} 已摆放", code=4)
    house(f"opinion answer {third} 采纳，九月底前摆放 --by 钱样真 --verdict 采纳 --due 2025-09-28 --on 2025-09-18")
    assert [row[:2] for row in due(house, "opinion done")] == [("overdue", "2025-09-28")]
    times = {r["kind"]: r for r in rows(house("opinion times --month 2025-09 -f json"))}
    assert {k: (r["said"], r["answered"], r["in_time"], r["mean"]) for k, r in times.items()} == {
        "complaint": (1, 1, 1, "2"), "need": (1, 1, 0, "11"), "suggestion": (1, 1, 1, "3")}  # fmt: skip
    # (2 + 11 + 3) / 3 = 5.333 workdays
    assert house("opinion times --month 2025-09 -f json").json["notes"] == ["3 of 3 answered, 5.333 workdays on average."]
    house(f"opinion done {third} 四处摆放")
    house("undo")
    house("redo")
    [line] = rows(house("report suggestions 2025-09 -f json"))
    assert (line["verdict"], line["state"], line["result_text"], line["said_by"]) == ("adopted", "done", "四处摆放", "王修好")
    assert [r["number"] for r in rows(house("opinion list --kind need -f json"))] == [second]
    assert house(f"show {first} -f json").json["tables"][0]["rows"]
    assert "已更换加热管" in house(f"form opinion-answer {first}").out
    assert [r["code"] for r in rows(house("find 垃圾 -f json"))] == [third]


@pytest.mark.seed("SVY-05")
def test_classes_are_visited_what_is_said_there_becomes_opinions_and_months_without_a_visit_are_asked_for(house):
    made = house("opinion visit 七年级1班 --by 钱样真 --heads 45 --said 食堂菜偏咸 --needs 拖把 --suggests 增加晚自习热水 "
                 "--area canteen --on 2025-09-10 -f json").json  # fmt: skip
    assert made["numbers"] == ["BJ-2025-0001", "YJ-2025-0001", "YJ-2025-0002", "YJ-2025-0003"]
    assert [(r["kind"], r["words"], r["said_by"], r["visit"]) for r in rows(house("opinion list -f json"))] == [
        ("opinion", "食堂菜偏咸", "七年级1班", "BJ-2025-0001"), ("suggestion", "增加晚自习热水", "七年级1班", "BJ-2025-0001"),
        ("need", "拖把", "七年级1班", "BJ-2025-0001")]  # fmt: skip
    house("opinion answer YJ-2025-0001 已告知厨房减盐 --by 钱样真 --on 2025-09-11")
    [seen] = rows(house("report class-visits 2025-09 -f json"))
    assert (seen["class"], seen["by"], seen["heads"], seen["said"], seen["answered"]) == ("七年级1班", "钱样真", 45, 3, 1)
    assert due(house, "opinion visit", LOGI_TODAY="2025-10-10") == []
    assert [row[:2] for row in due(house, "opinion visit", LOGI_TODAY="2025-10-11")] == [("missing", "2025-10-10")]
    house("undo BJ-2025-0001 -f json", code=4)  # an answer leans on it
    assert "食堂菜偏咸" in house("show BJ-2025-0001").out
    assert "nothing is put down" in house("opinion visit 七年级1班 --by 钱样真").err.lower()


def test_an_answer_of_a_closed_month_stays_and_a_months_pack_knows_nothing_of_what_came_later(house):
    house("opinion add 灯太暗 --area repair --on 2025-09-25")
    house("opinion answer YJ-2025-0001 已换 --by 王修好 --on 2025-10-09", LOGI_TODAY="2025-10-20")

    def packed() -> dict:
        tables = house("report month 2025-09 -f json", LOGI_TODAY="2025-10-20").json["tables"]
        return next(table for table in tables if table["name"] == "people.opinions")["rows"][0]

    assert (packed()["state"], packed()["answer"], packed()["answered_on"]) == ("waiting", None, None)
    house("month close 2025-09 --override 演示", LOGI_TODAY="2025-10-20")
    house("undo YJ-2025-0001", LOGI_TODAY="2025-10-20")  # the answer, of an open month
    house("redo", LOGI_TODAY="2025-10-20")
    house("month close 2025-10 --override 演示", LOGI_TODAY="2025-11-02")
    assert house("undo YJ-2025-0001 -f json", code=4, LOGI_TODAY="2025-11-02").json["key"] == "front.undo_closed_month"
    house("find %", code=3)
    house("survey open 无人 --on 2025-11-02", LOGI_TODAY="2025-11-02")
    house("survey close MYD-2025-0001 --override 无", code=4, LOGI_TODAY="2025-11-02")  # nobody answered


def test_answers_come_in_from_a_questionnaires_file_and_trainings_from_a_platforms(house):
    house("survey open 秋季 --area canteen --on 2025-09-22")
    rows_of = ["调查名称,调查对象,方面,评价,份数,日期", *["秋季,家长,饭菜,满意,,2025-09-23"] * 3, "秋季,学生,食堂,不满意,2,2025-09-24"]
    (house.folder / "a.csv").write_text("\n".join(rows_of) + "\n", "utf-8")
    assert house(f"import answers {house.folder / 'a.csv'} -f json").json["facts"]["new"] == 4
    assert [(r["party"], r["valid"], r["rate"]) for r in rows(house("survey rates -f json"))] == [
        ("members", 2, "0.0"), ("parents", 3, "100.0")]  # fmt: skip
    (house.folder / "b.csv").write_text("survey,party,area,answer\n秋季,家长,repair,好\n秋冬,家长,食堂,满意\n", "utf-8")
    house(f"import answers {house.folder / 'b.csv'}", code=5)
    told = "日期,内容,方式,主讲人,单位,学时,参加人,成绩,编号"
    lines = ["2025-09-10,安全用电,请进来,李文,省学院,2,S08、S06,S08=92,P1", "2025-09-11,规范,自学,,GB50054,1.5,S08,,P2"]
    (house.folder / "t.csv").write_text("\n".join([told, *lines, "2025-09-12,无人主讲,校本,,,1,S08,,P3"]) + "\n", "utf-8")
    house(f"import trainings {house.folder / 't.csv'}", code=5)  # nobody teaches it
    (house.folder / "t.csv").write_text("\n".join([told, *lines]) + "\n", "utf-8")
    assert house(f"import trainings {house.folder / 't.csv'} -f json").json["facts"]["new"] == 2
    assert house(f"import trainings {house.folder / 't.csv'} --again -f json").json["facts"]["same"] == 2
    assert [(r["mode"], r["heads"], r["tested"]) for r in rows(house("staff list -f json"))] == [("in", 2, 1), ("self", 1, None)]
    again = [told, lines[0].replace(",2,S08、S06", ",3,S08、S06"), lines[1]]
    (house.folder / "u.csv").write_text("\n".join(again) + "\n", "utf-8")
    [finding] = house(f"import trainings {house.folder / 'u.csv'} -f json", code=5).json["facts"]["findings"]
    assert (finding["line"], finding["column"]) == (2, "学时")
    for part in (lines[0].replace("S08=92", "S08=93"), lines[0].replace("S08、S06", "S08"), lines[0].replace("李文", "李武"),
                 "2025-09-20,空,自学,,书,2,,,P9", "2025-09-20,空,自学,李文,书,2,S08,,P9", "2025-09-20,空,校本,钱样真,,2,,,P9"):  # fmt: skip
        (house.folder / "u.csv").write_text("\n".join([told, part]) + "\n", "utf-8")
        house(f"import trainings {house.folder / 'u.csv'}", code=5)
    (house.folder / "u.csv").write_text("\n".join([told, "2025-09-20,同学,自学,,书,2,S08、S06,S08=90,P9"]) + "\n", "utf-8")
    house(f"import trainings {house.folder / 'u.csv'}")  # two who studied together: one record of the one ref
    [studied] = rows(house("staff list --since 2025-09-20 -f json"))
    assert (studied["topic"], studied["heads"], studied["tested"]) == ("同学", 2, 1)
    exported = house("export trainings -f csv --header keys").out
    assert "P1" in exported
    assert "S08=92" in exported

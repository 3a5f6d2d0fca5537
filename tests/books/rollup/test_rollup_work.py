"""Milestones, pilots and meetings, templates, shortfalls, canteens, publicity, analysis, a superior's plan: by command lines."""

import shutil

import pytest

from tests.books.rollup.test_rollup_units import undone_and_redone


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, word: str, **env) -> list[dict]:
    return [row for row in rows(logi("due --book rollup --days 30 -f json", **env)) if word in row["text"]]


@pytest.fixture
def city(logi):
    """A city with two counties, a hub and a school below the first."""
    with logi.once():
        for line in (
            "unit add S01 示例市教育局 --level city --own --from 2025-08-01", "unit add X01 甲县教体局 --level county --parent S01 --from 2025-08-01",
            "unit add X02 乙县教体局 --level county --parent S01 --from 2025-08-01",
            "unit add QH01 青禾镇中心校 --level hub --parent X01 --area rural --pupils 400 --from 2025-08-01",
            "unit add QH02 青禾第二小学 --level school --parent QH01 --area rural --pupils 200 --from 2025-08-01",
        ):
            logi(line)
    return logi


@pytest.mark.seed("ROL-03", "ENV-07")
def test_every_county_has_its_website_by_the_end_of_june_linked_with_centre_province_and_city(city):
    logi = city
    logi("programme milestone add WEB 后勤管理网站 --due 2026-06-30 --links 中,省,市")
    logi("programme milestone done WEB X01 --links 省 --address http://x01.example")
    logi("programme milestone done WEB X01 --links 省,学区", code=2)
    there = {row["code"]: row for row in rows(logi("programme milestone list -f json"))}
    assert list(there) == ["X01", "X02"]  # the counties, nobody else
    assert [there["X01"][key] for key in ("state", "linked", "missing", "address", "done")] == [
        "part", "provincial", "central; city", "http://x01.example", None]  # fmt: skip
    logi("programme milestone done WEB X01 --links centre,city --on 2025-09-20")
    logi("programme milestone done WEB X01 --links centre", code=4)  # done already
    logi("programme milestone done WEB QH01", code=4)  # asked of counties
    assert [row["code"] for row in rows(logi("programme milestone list --state done -f json"))] == ["X01"]
    assert due(logi, "后勤管理网站") == []
    [soon] = due(logi, "后勤管理网站", LOGI_TODAY="2026-06-15")
    assert (soon["state"], soon["command"]) == ("soon", "logi programme milestone done WEB X02 --links centre,province,city")
    past = "report milestones --since 2025-09-01 --until 2025-10-31 -f json"
    logi("programme milestone done WEB X02 --links centre,province,city --on 2025-11-05", LOGI_TODAY="2025-11-05")
    assert [(row["code"], row["state"]) for row in rows(logi(past, LOGI_TODAY="2025-11-06"))] == [("X01", "done"), ("X02", "waiting")]
    logi("undo", LOGI_TODAY="2025-11-06")
    assert due(logi, "后勤管理网站", LOGI_TODAY="2026-07-01")[0]["state"] == "overdue"
    [late] = rows(logi("unit shortfall list --kind website -f json", LOGI_TODAY="2026-07-01"))
    assert (late["code"], late["state"]) == ("X02", "shown")
    # Model cases are published: where, when, whose.
    logi("programme publish 甲县后勤网站开通 --unit X01 --where 市教育网 --address http://s01.example/1 --on 2025-09-20")
    logi("programme publish 中心校食堂典型 --unit QH01 --where 市教育报 --model --on 2025-09-25")
    assert [(row["code"], row["kind"], row["medium"]) for row in rows(logi("programme published -f json"))] == [
        ("X01", "news", "市教育网"), ("QH01", "model", "市教育报")]  # fmt: skip
    assert [row["words"] for row in rows(logi("programme published --model -f json"))] == ["中心校食堂典型"]
    assert rows(logi("report publicity --since 2025-09-21 --until 2025-09-30 -f json"))[0]["number"] == "XC-2025-0002"


@pytest.mark.seed("ROL-04", "ROL-17")
def test_pilots_and_meetings_bear_place_topic_day_and_result_and_what_they_bring_is_promoted(city):
    logi = city
    logi("programme event add 校服规范管理 --kind pilot --unit X01 --place 县一中 --on 2025-09-10")
    logi("programme event add 校园绿化建设 --kind 试点 --unit X02 --on 2025-09-12")
    logi("programme event add 后勤工作推进 --kind 现场会 --unit X02 --on 2025-10-20")
    logi("programme event add 公寓规范化管理推进 --kind meeting --unit X01 --on 2025-10-25")
    assert due(logi, "校服")[0]["state"] == "overdue"  # planned for the 10th, not held by the 30th
    logi("programme event promote SD-2025-0001 X02", code=4)  # nothing to promote yet
    logi("programme event hold SD-2025-0001 --result 形成校服管理办法 --on 2025-09-11 --people 40")
    logi("programme event hold SD-2025-0001 --result 又一次", code=4)
    assert "Nobody said where" in logi("programme event hold SD-2025-0002 --result 绿化面积增加").err
    [line] = due(logi, "promoted to nobody")[:1]
    assert line["command"] == "logi programme event promote SD-2025-0001 UNIT"
    logi("programme event promote SD-2025-0001 X02 QH02 --due 2025-12-31 --on 2025-09-15")
    logi("programme event promote SD-2025-0001 X01", code=4)  # it comes from there
    logi("programme event adopt SD-2025-0001 QH01", code=4)
    logi("programme event adopt SD-2025-0001 X02 --on 2025-09-20")
    logi("programme event adopt SD-2025-0001 X02", code=4)
    logi("programme event drop SD-2025-0004 --reason 并入推进会")
    logi("programme event hold SD-2025-0004 --result 开了", code=4)
    logi("programme event hold SD-2025-0009 --result 开了", code=3)
    found = {row["number"]: row for row in rows(logi("programme event list -f json"))}
    first = found["SD-2025-0001"]
    assert [first[key] for key in ("kind", "topic", "code", "place", "on", "result", "state", "promoted", "adopted")] == [
        "pilot", "校服规范管理", "X01", "县一中", "2025-09-11", "形成校服管理办法", "promoted", 2, 1]  # fmt: skip
    assert [found[f"SD-2025-000{n}"]["state"] for n in (2, 3, 4)] == ["held", "planned", "dropped"]
    assert due(logi, "青禾第二小学 is to take up", LOGI_TODAY="2026-01-02")[0]["state"] == "overdue"
    assert [row["code"] for row in logi("show SD-2025-0001 -f json").json["tables"][1]["rows"]] == ["QH02", "X02"]
    assert "校服规范管理" in logi("find 校服").out
    # As of a day before, nothing is known of what came after.
    past = {row["number"]: row for row in rows(logi("report pilots --since 2025-09-01 --until 2025-09-12 -f json"))}
    assert [past["SD-2025-0001"][key] for key in ("state", "result", "promoted")] == ["held", "形成校服管理办法", None]


@pytest.mark.seed("ROL-12")
def test_templates_go_down_and_who_has_made_a_regulation_of_them_is_known(city):
    logi = city
    logi("paper add 食堂管理制度范本 --kind superior --no 市教〔2025〕1号 --issuer 示例市教育局 --on 2025-09-01")
    logi("programme template add ZD1 食堂管理制度范本 --paper 食堂管理制度范本 --due 2025-09-15 --on 2025-09-01")
    logi("programme template adopt ZD1 QH01 --no 校发1号 --on 2025-08-31", code=4)
    logi("programme template adopt ZD1 QH01 --no 校发1号 --on 2025-09-10")
    logi("programme template adopt ZD1 QH01", code=4)
    logi("programme template adopt ZD1 X01", code=4)  # made for schools
    said = logi("programme template list -f json --columns template,code,state,on,doc,paper").json
    assert [(row["code"], row["state"], row["on"], row["doc"], row["paper"]) for row in said["rows"]] == [
        ("QH01", "done", "2025-09-10", "校发1号", "WJ-2025-0001"), ("QH02", "late", None, None, "WJ-2025-0001")]  # fmt: skip
    assert said["notes"] == ["1 of 2 have made theirs."]
    assert due(logi, "食堂管理制度范本")[0]["command"] == "logi programme template adopt ZD1 QH02"


@pytest.mark.seed("ROL-10", "ROL-11")
def test_shortfalls_are_listed_with_what_the_records_show_and_the_situation_says_what_is_put_in(city):
    logi = city
    logi("programme add MXY 美丽新校园 --standard 标准 --pass 85 --from 2025-09-01")
    logi("programme join MXY QH01 QH02 --on 2025-09-01")
    logi("programme accept MXY QH02 --score 80 --on 2025-09-20")
    logi("unit shortfall add 厕所改造 --unit QH02 --kind base --owner 孙校长 --due 2025-09-25 --money 30000 --people 2 --on 2025-09-01")
    logi("unit shortfall add 绿化缺 --unit QH01 --kind 环境建设 --on 2025-09-02")
    listed = rows(logi("unit shortfall list --under QH01 -f json"))
    assert [(row["number"], row["code"], row["matter"], row["state"]) for row in listed] == [
        ("QD-2025-0001", "QH02", "base", "late"), ("QD-2025-0002", "QH01", "environment", "open"),
        (None, "QH01", "organisation", "shown"), (None, "QH02", "organisation", "shown"), (None, "QH02", "programme", "shown")]  # fmt: skip
    assert listed[-1]["words"] == "美丽新校园: 80 points, below 85"
    assert {row["state"] for row in due(logi, "QD-2025")} == {"overdue", "orphaned"}
    logi("unit shortfall close QD-2025-0001 --result 已改造 --spent 28500 --on 2025-08-01", code=4)
    logi("unit shortfall close QD-2025-0001 --result 已改造 --spent 28500 --on 2025-09-28")
    logi("unit shortfall close QD-2025-0001 --result 已改造", code=4)
    [closed] = rows(logi("unit shortfall list --state closed -f json"))
    assert (closed["spent"], closed["done"], closed["result"]) == ("28500.00", "2025-09-28", "已改造")
    logi("unit edit QH01 --staff 4 --posts 6 --office 办公室 --leader 赵 --head 钱")
    logi("rollup analyse 后勤人员老化 --measure 招聘三人并培训 --unit QH01 --people 3 --money 50000 --on 2025-09-15")
    logi("rollup analyse 经费不足 --measure 列入下年预算 --on 2025-08-15")  # last school year's
    said = logi("rollup situation -f json").json
    found = {row["aspect"]: row for row in said["rows"]}
    assert (found["organisation"]["figure"], found["staff"]["text"]) == ("0/5", "4 work in logistics; 4 of 6 posts are filled.")
    assert found["programme"]["figure"] == "0/2"
    assert found["shortfall"]["text"] == "1 are open and take 0.00; 1 were made good."
    assert [found["problem"][key] for key in ("figure", "text", "measure", "people", "money")] == [
        "QH01", "后勤人员老化", "招聘三人并培训", 3, "50000.00"]  # fmt: skip
    assert said["totals"] == {"people": 3, "money": "78500.00"}  # 50,000 and the 28,500 spent
    assert len(rows(logi("report situation --since 2025-08-01 --until 2025-09-30 -f json"))) == len(said["rows"]) + 1


@pytest.mark.seed("CAN-30")
def test_canteens_that_are_built_are_opened_and_measured_by_the_central_schools(city):
    logi = city
    assert {row["code"]: row["state"] for row in rows(logi("unit canteens -f json"))} == {"QH01": "unknown", "QH02": "unknown"}
    logi("unit canteen QH01 --state open --all-met --by 市局 --on 2025-09-01")
    logi("unit canteen QH02 --state built --on 2025-09-02")
    logi("unit canteen QH02 --state built --met 留样", code=2)
    logi("unit canteen QH02 --state open --met 会飞", code=2)
    logi("unit canteen X01 --state open", code=4)
    assert due(logi, "not in use")[0]["command"] == "logi unit canteen QH02 --state open"
    logi("unit canteen QH02 --state open --met 许可证,留样,制度 --by 中心校 --on 2025-09-10")
    found = {row["code"]: row for row in rows(logi("unit canteens -f json"))}
    assert (found["QH01"]["met"], found["QH01"]["rate"], found["QH01"]["lacking_points"]) == (8, "100.0", None)
    assert [found["QH02"][key] for key in ("state", "opened", "met", "of", "rate", "hub")] == [
        "open", "2025-09-10", 3, 8, "37.5", "青禾镇中心校"]  # fmt: skip
    assert found["QH02"]["lacking_points"].count(";") == 4  # the five that the central school meets and this one does not
    [line] = due(logi, "is short of")
    logi(line["command"].removeprefix("logi "))  # what the line says mends it
    assert due(logi, "is short of") == []
    logi("unit canteen QH01 --state open --met 许可证 --on 2025-09-30")  # the benchmark itself fell
    assert due(logi, "is short of") == []


@pytest.mark.seed("ROL-07")
def test_the_superiors_plan_stands_in_ours_line_by_line_and_how_far_it_is(city, furnished):
    logi = city
    school = {"LOGI_LEDGER": str(logi.folder / "school.db")}
    shutil.copy(furnished, school["LOGI_LEDGER"])
    plan = logi.folder / "plan.json"
    logi(f"rollup hand 2025-10 -o {plan}", code=4)  # there is no plan
    logi("month add 2025-10 组织食堂参观 --due 2025-10-24 --standard 各校参加")
    logi("month add 2025-10 内部会议 --due 2025-10-10")
    logi(f"rollup hand 2025-10 JH-202510-01 -o {plan}")
    assert logi("rollup hand 2025-10 JH-202510-01").out.encode() == plan.read_bytes()
    logi("rollup hand 2025-10 JH-202510-09", code=4)
    logi(f"rollup take {plan}", code=4)  # one's own
    logi(f"rollup take {plan}", **school)
    logi(f"rollup take {plan}", code=4, **school)
    [line] = rows(logi("month plan 2025-10 --full -f json", **school))
    assert [line[key] for key in ("title", "due", "standard", "source")] == ["组织食堂参观", "2025-10-24", "各校参加", "示例市教育局 JH-202510-01"]
    logi(f"month done {line['number']} --by 钱样真 --result 已参加", **school)
    said = logi("rollup inherited 2025-10 -f json", **school).json
    assert [(row["code"], row["their_number"], row["number"], row["state"]) for row in said["rows"]] == [
        ("S01", "JH-202510-01", line["number"], "done")]  # fmt: skip
    assert said["notes"] == ["1 of 1 lines are done."]
    logi(f"rollup hand 2025-10 -o {plan}")  # with the second line now: only that one is new
    assert "1 lines are in our plan" in logi(f"rollup take {plan}", **school).out
    plan.write_text(plan.read_text("utf-8").replace("各校参加", "各校自愿"), "utf-8")
    logi(f"rollup take {plan}", code=5, **school)
    plan.write_text("{}", "utf-8")
    logi(f"rollup take {plan}", code=5, **school)


def test_every_verb_of_the_work_is_undone_and_redone(city):
    undone_and_redone(city, (
        "programme milestone add WEB 网站 --due 2026-06-30 --links 省", "programme milestone done WEB X01", "programme milestone done WEB X01 --links 省",
        "programme event add 试点甲 --kind pilot --unit X01 --on 2025-09-10", "programme event hold SD-2025-0001 --result 好",
        "programme event promote SD-2025-0001 X02", "programme event adopt SD-2025-0001 X02",
        "programme event add 会议乙 --kind meeting --unit X01 --on 2025-09-12", "programme event drop SD-2025-0002 --reason 取消",
        "programme template add ZD1 范本 --due 2025-10-01", "programme template adopt ZD1 QH01 QH02", "programme publish 消息 --unit X01 --where 报",
        "unit shortfall add 缺 --unit QH01 --kind other", "unit shortfall close QD-2025-0001 --result 补", "unit canteen QH01 --state built",
        "rollup analyse 问题 --measure 对策 --money 5",
    ))  # fmt: skip


def test_what_happened_in_a_closed_month_is_not_undone(city):
    logi, later = city, {"LOGI_TODAY": "2025-10-05"}
    for line in ("programme event add 试点甲 --kind pilot --unit X01 --on 2025-09-10", "programme event hold SD-2025-0001 --result 好 --on 2025-09-12",
                 "unit shortfall add 缺 --unit QH01 --kind other --on 2025-09-12", "unit heads QH01 410 --from 2025-09-12"):  # fmt: skip
        logi(line)
    last = len(rows(logi("audit log --limit 999 -f json")))
    logi("month close 2025-09", **later)
    for entry in range(last - 2, last + 1):
        assert "in a month closed" in logi(f"undo {entry}", code=4, **later).err
    logi("unit heads QH01 420 --from 2025-10-02", **later)
    logi("undo", **later)

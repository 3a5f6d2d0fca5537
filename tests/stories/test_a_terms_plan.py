"""A term's plan, written at home as one text and pasted month by month, until the summary is due in July."""

import icalendar
import pytest

PLAN = """第二学期总务工作计划

一、工作思路
把服务做在前头，把安全放在心上。

二、每月安排

二月份：
1、开学前后的准备：
A、课本按班清点发放；
B、卫生工具、墙面布置材料发到班级。
2、逐室核对桌椅灯扇，负责人：吴资明
3、锅炉每天看火，2月27日前交运行记录。

三月份
1、补种路边冬青；2、交一季度资产报表。
3、锅炉停用后
放水、除垢、上油。

4月
（一）上屋面看防水；
（二）对照清单查一遍安全：
① 配电间；
② 楼梯扶手。

五月份：
1、排出劳动节值班表。
2、逐台检查吊扇和空调，坏的报修。

2026年6月份：
- 准备防暑茶水和药品
- 列出假期要修的地方

七月份：
1、写学期总结；
2、各班、各室交接财产。

三、安全要求
每天巡一遍，每周贴一次统计。
"""
# Counted by hand in the text above: what carries points gives one line a point.
LINES = {"2026-02": 4, "2026-03": 3, "2026-04": 3, "2026-05": 2, "2026-06": 2, "2026-07": 2}


@pytest.fixture
def office(logi):
    logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    logi("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
    logi.env["LOGI_TODAY"] = "2026-02-20"
    return logi


def plan(logi, month):
    return {row["title"]: row for row in logi(f"month plan {month} --full -f json").json["rows"]}


def test_a_terms_plan_is_pasted_worked_off_month_by_month_and_summed_up(office):
    dry = office("month add 2026-02 --paste --dry-run -f json", stdin=PLAN).json
    assert (dry["dry_run"], dry["facts"]["added"]) == (True, sum(LINES.values()))
    assert plan(office, "2026-02") == {}
    said = office("month add 2026-02 --paste -f json", stdin=PLAN).json
    assert said["facts"]["by_month"] == [f"{month}: {n}" for month, n in LINES.items()]
    # What stands in no month's list is told with its line: the title, two headings, the motto, the demands.
    told = [int(one.split(":")[0]) for one in said["facts"]["unplaced"]]
    lines = PLAN.splitlines()
    assert [lines[n - 1] for n in told] == [
        "第二学期总务工作计划", "一、工作思路", "把服务做在前头，把安全放在心上。", "二、每月安排", "三、安全要求", "每天巡一遍，每周贴一次统计。",
    ]  # fmt: skip
    again = office("month add 2026-02 --paste -f json", stdin=PLAN).json
    assert (again["facts"]["added"], again["facts"]["known"], again["numbers"]) == (0, sum(LINES.values()), [])

    february = plan(office, "2026-02")
    assert set(february) == {
        "开学前后的准备：课本按班清点发放", "开学前后的准备：卫生工具、墙面布置材料发到班级",
        "逐室核对桌椅灯扇", "锅炉每天看火，2月27日前交运行记录",
    }  # fmt: skip
    assert february["逐室核对桌椅灯扇"]["owner"] == "吴资明"
    assert february["锅炉每天看火，2月27日前交运行记录"]["due"] == "2026-02-27"
    assert "锅炉停用后放水、除垢、上油" in plan(office, "2026-03")
    assert set(plan(office, "2026-04")) == {"上屋面看防水", "对照清单查一遍安全：配电间", "对照清单查一遍安全：楼梯扶手"}

    # February: owners and days are added, three done, the fourth put off
    numbers = [row["number"] for row in february.values()]
    for number in numbers:
        office(f"month edit {number} --owner 王修好 --due 2026-02-27")
    office(f"month done {' '.join(numbers[:3])} --by 王修好 --on 2026-02-27", LOGI_TODAY="2026-02-27")
    office.env["LOGI_TODAY"] = "2026-03-05"
    assert "JH-202602" in office("month close 2026-02", code=4).err
    office(f"month carry {numbers[3]}")
    office("month close 2026-02")
    carried = plan(office, "2026-03")["锅炉每天看火，2月27日前交运行记录"]
    assert (carried["from"], carried["carried"], carried["state"]) == (numbers[3], 1, "open")
    assert "2026-02" in office("month add 2026-03 --paste", stdin="二月份：\n1、迟到的事\n", code=4).err  # a closed month's plan stands

    # May's roster proves its own line, the plan is a calendar, and July sums up
    line = plan(office, "2026-05")["排出劳动节值班表"]["number"]
    office(f"month edit {line} --owner S03 --due 2026-04-30 --rule roster-labour")
    office.env["LOGI_TODAY"] = "2026-04-20"
    office("month duty draft --holiday labour --people S06,S07,S08,S17 --leaders S03,S09")
    office("month duty publish ZB-2026-0001")
    done = plan(office, "2026-05")["排出劳动节值班表"]
    assert (done["state"], done["degree"], done["result"]) == ("done", "100.0", "1/1 ZB-2026-0001")
    events = icalendar.Calendar.from_ical(office("month plan 2026-05 -f ics").out).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["排出劳动节值班表"]
    office.env["LOGI_TODAY"] = "2026-07-08"
    tables = {t["name"]: t for t in office("month summary --term 2025-2026-2 -f json").json["tables"]}
    months = {row["month"]: row["planned"] for row in tables["month.by-month"]["rows"]}
    assert months == {**LINES, "2026-03": LINES["2026-03"] + 1}  # and the line carried over
    assert office("audit verify").code == 0

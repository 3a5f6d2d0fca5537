"""Plans as people paste them: month headings, four kinds of numbering, and text around that belongs to no month."""

from datetime import date

import pytest

from logi.books.month.pasting import read


def titles(text, month="2025-09"):
    return [(line.month, line.title) for line in read(text, month).lines]


SPRING = """示例学校后勤计划
一、指导思想
一切为了课堂。
二、具体安排
二月份：

1、做好开学准备。
A、分发课本；
B、分发教室用品。
2、各室财物登记。

三月份:
1、植树。
2、锅炉停用后保养；
六、安全工作
1、每天巡查。
"""


def test_points_under_an_item_become_lines_of_their_own():
    assert titles(SPRING)[:3] == [
        ("2026-02", "做好开学准备：分发课本"),
        ("2026-02", "做好开学准备：分发教室用品"),
        ("2026-02", "各室财物登记"),
    ]


def test_each_line_goes_into_its_month_of_the_school_year():
    assert titles(SPRING)[3:] == [("2026-03", "植树"), ("2026-03", "锅炉停用后保养")]


def test_what_belongs_to_no_month_is_told_with_its_line():
    unplaced = read(SPRING, "2025-09").unplaced
    assert [left.line for left in unplaced] == [1, 2, 3, 4, 15, 16]
    assert unplaced[-1].text == "1、每天巡查。"


@pytest.mark.parametrize(
    "heading",
    ["九月份", "九月份:", "九月：", "9月份", "2025年9月", "（一）九月份", "一、九月份工作安排", "9月份主要工作：",
     "九月份（开学）：", "示例学校2025年9月份总务工作计划", "附：九月份"],
)  # fmt: skip
def test_a_months_heading_is_known_in_many_shapes(heading):
    assert titles(f"{heading}\n1、收清单；\n2、查食堂。", "2026-03") == [("2025-09", "收清单"), ("2025-09", "查食堂")]


def test_a_year_in_the_heading_wins():
    assert titles("2027年3月份：\n1、植树") == [("2027-03", "植树")]


@pytest.mark.parametrize("marks", ["1、|2、", "1.|2.", "1．|2．", "（1）|（2）", "(一)|(二)", "①|②", "A、|B、", "•|•", "一、|二、"])
def test_every_kind_of_numbering_makes_lines(marks):
    first, second = marks.split("|")
    assert titles(f"十月份\n{first}查卫生\n{second}备取暖") == [("2025-10", "查卫生"), ("2025-10", "备取暖")]


def test_months_that_are_numbered_themselves_follow_one_another():
    text = "（一）九月份\n1、甲\n（二）十月份\n1、乙\n（三）其他\n1、丙"
    assert titles(text) == [("2025-09", "甲"), ("2025-10", "乙")]
    assert [left.line for left in read(text, "2025-09").unplaced] == [5, 6]


def test_without_any_month_everything_numbered_belongs_to_the_month_named():
    assert titles("1、甲\n2、乙\n\n随便一句。", "2025-11") == [("2025-11", "甲"), ("2025-11", "乙")]


def test_several_items_may_stand_on_one_line():
    assert titles("九月份：1、收清单；2、查食堂；3、排值班。") == [
        ("2025-09", "收清单"), ("2025-09", "查食堂"), ("2025-09", "排值班"),
    ]  # fmt: skip
    assert titles("九月份：收清单；查食堂。") == [("2025-09", "收清单"), ("2025-09", "查食堂")]


def test_a_broken_line_goes_on():
    assert titles("三月份\n1、植树\n并浇水。\n2、停炉") == [("2026-03", "植树并浇水"), ("2026-03", "停炉")]


def test_a_plan_named_inside_an_item_is_no_heading():
    assert titles("九月份\n1、甲\n2、十月份工作计划\n3、乙") == [
        ("2025-09", "甲"), ("2025-09", "十月份工作计划"), ("2025-09", "乙"),
    ]  # fmt: skip


def test_owner_and_day_are_read_where_the_text_names_them():
    [line] = read("三月份\n1、停炉保养（责任人：王修好，3月25日前）", "2025-09").lines
    assert (line.owner, line.due) == ("王修好", date(2026, 3, 25))


PEOPLE = {"周和平": "person", "王五": "person", "李四": "person", "赵六": "person", "总务处": "department"}


@pytest.mark.parametrize(
    ("said", "owner", "helpers", "due"),
    [
        ("检查消防（王五，12月10日前）", "王五", (), 10),
        ("检查消防（12月10日前，王五）", "王五", (), 10),
        ("检查消防（王五、李四，总务处；12月上旬）", "王五", ("李四", "总务处"), 10),
        ("检查消防 时间：12月5日 负责人：李四", "李四", (), 5),
        ("检查消防，责任人 李四，完成时限12月25日", "李四", (), 25),
        ("检查消防，负责人：周和平、王五和李四", "周和平", ("王五", "李四"), None),  # 和 is also a part of names
        ("检查消防，牵头人：张三丰、李四", "张三丰", ("李四",), None),  # under a label a stranger counts, too
        ("12月5日召开安全例会", None, (), 5),
        ("检查消防，12月中旬完成", None, (), 20),
        ("检查消防（中旬）", None, (), 20),
        ("检查消防 12月下旬", None, (), 31),
        ("月底前检查消防", None, (), 31),
        ("检查消防（12月底前）", None, (), 31),
        ("12月15日前检查消防", None, (), 15),
        ("15日前检查消防", None, (), 15),
        ("检查消防（12月1日至12月5日）", None, (), 5),
        ("检查消防（1-5日，赵六）", "赵六", (), 5),
        ("检查消防 王五 12月8日", "王五", (), 8),
        ("检查消防（时间：本月20日；负责人：王五）", "王五", (), 20),
        ("落实3月5日文件精神", None, (), None),  # a day inside the sentence is not the line's own
        ("慰问王五同志", None, (), None),
        ("更换10号楼灯管（张三）", None, (), None),  # nobody of that name, and no day
        ("检查消防（12月32日前）", None, (), None),
        ("2025年12月9日前检查消防", None, (), 9),
    ],
)
def test_owner_helpers_and_day_are_read_in_the_shapes_that_schools_write(said, owner, helpers, due):
    [line] = read(f"十二月份：\n1、{said}", "2025-09", known=PEOPLE.get).lines
    assert (line.owner, line.helpers, line.due) == (owner, helpers, due and date(2025, 12, due))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("检查消防 负责人：李四 12月15日前", "检查消防"),
        ("检查消防，负责人：李四，12月15日前完成。", "检查消防"),
        ("检查消防（负责人：李四，12月15日前）", "检查消防"),
        ("检查消防（12月15日前，王五）", "检查消防"),
        ("检查消防 时间：12月5日 负责人：周和平、王五和李四", "检查消防"),
        ("检查消防，责任人 李四，完成时限12月25日", "检查消防"),
        ("检查消防 王五 总务处 12月8日", "检查消防"),
        ("检查消防 负责人王五", "检查消防"),
        ("检查消防，12月中旬完成", "检查消防"),
        ("检查消防（1-5日，赵六）", "检查消防"),
        # what is not wholly read stays to the letter
        ("更换10号楼灯管（张三）", "更换10号楼灯管（张三）"),
        ("检查消防（王五，含宿舍）", "检查消防（王五，含宿舍）"),
        ("12月15日前检查消防", "12月15日前检查消防"),
        ("检查消防 12月5日 12月8日", "检查消防 12月5日"),
        ("检查消防（12月32日前）", "检查消防（12月32日前）"),
        ("慰问王五同志", "慰问王五同志"),
        ("负责人：李四", "负责人：李四"),
        ("检查工程负责人签字", "检查工程负责人签字"),
    ],
)
def test_what_was_read_as_owner_and_day_no_longer_stands_in_the_title(said, title):
    assert [line.title for line in read(f"十二月份：\n1、{said}", "2025-09", known=PEOPLE.get).lines] == [title]


def test_a_label_without_a_colon_counts_for_people_who_are_known():
    said = "十二月份：\n1、检查消防，负责人王五，12月10日前\n2、核对账目，负责人张三\n3、整理档案，总负责人王五同志"
    assert [line.owner for line in read(said, "2025-09", known=PEOPLE.get).lines] == ["王五", None, None]


def test_lines_that_only_owner_and_day_tell_apart_stay_apart():
    lines = read("十二月份：\n1、值班（王五，12月5日）\n2、值班（李四，12月6日）", "2025-09", known=PEOPLE.get).lines
    assert [line.title for line in lines] == ["值班（王五，12月5日）", "值班（李四，12月6日）"]


def test_a_plan_pasted_again_is_there_already(logi):
    plan = "十二月份：\n1、检查消防（陈巡安，12月10日前）\n2、停炉保养 负责人：外聘师傅 时间：12月中旬\n"
    logi("month add 2025-12 --paste --owner 吴资明", stdin=plan)
    rows = logi("month plan 2025-12 --full -f json").json["rows"]
    # whoever is named and is not of the school stays readable where somebody else is made the owner
    assert [(r["title"], r["owner"]) for r in rows] == [("检查消防", "陈巡安"), ("停炉保养 负责人：外聘师傅 时间：12月中旬", "吴资明")]
    again = logi("month add 2025-12 --paste --owner 吴资明 -f json", stdin=plan).json
    assert (again["facts"]["added"], again["facts"]["known"]) == (0, 2)


def test_a_day_of_another_month_falls_in_the_same_school_year():
    [line] = read("十二月份：\n1、开学准备（2月上旬）", "2025-09").lines
    assert line.due == date(2026, 2, 10)


def test_a_pasted_line_gets_its_person_and_its_helpers(logi):
    logi("month add 2025-12 --paste", stdin="十二月份：\n1、检查消防（陈巡安，12月10日前）\n2、停炉保养 负责人：王修好、吴资明 时间：12月中旬\n")
    rows = logi("month plan 2025-12 --full -f json").json["rows"]
    assert [(r["owner"], r["helpers"], r["due"]) for r in rows] == [
        ("陈巡安", None, "2025-12-10"), ("王修好", "吴资明", "2025-12-20"),
    ]  # fmt: skip


def test_a_day_that_does_not_exist_is_not_invented():
    [line] = read("二月份\n1、报表（2月30日前）", "2025-09").lines
    assert line.due is None


def test_the_same_line_twice_in_a_month_is_one():
    assert titles("九月份\n1、查食堂\n2、查食堂。") == [("2025-09", "查食堂")]


def test_a_control_character_places_a_line_nowhere():
    found = read("九月份\n1、查\x1b[31m食堂\n2、排班", "2025-09")
    assert [line.title for line in found.lines] == ["排班"]
    assert found.unplaced[0].line == 2
    assert "\x1b" not in found.unplaced[0].text


def test_full_width_figures_framed_headings_and_articles_are_read_alike():
    text = "四 月 份：\n１、补种树木\n２．检查屋面\n（３）修门窗\n【五月】\nＡ、清点\n【六月】\n第1条 换锁\n第二条：修灯\n"
    found = read(text, "2025-09")
    assert [(line.month, line.title) for line in found.lines] == [
        ("2026-04", "补种树木"), ("2026-04", "检查屋面：修门窗"), ("2026-05", "清点"), ("2026-06", "换锁"), ("2026-06", "修灯"),
    ]  # fmt: skip
    assert found.unplaced == []


def test_without_a_heading_everything_numbered_is_of_the_month_however_it_is_numbered():
    text = "1、检查消防器材\n2、清点食堂餐具\n三、盘点图书\n（4）节前安全检查\n⑤ 更换坏了的桌椅\n"
    found = read(text, "2026-12")
    assert [(line.month, line.title) for line in found.lines] == [
        ("2026-12", title) for title in ("检查消防器材", "清点食堂餐具", "盘点图书", "节前安全检查", "更换坏了的桌椅")
    ]
    assert found.unplaced == []


def test_points_that_begin_with_one_stay_under_their_item_without_a_heading_too():
    found = read("1、检查\n（1）灯\n（2）水\n2、清点\n", "2026-12")
    assert [line.title for line in found.lines] == ["检查：灯", "检查：水", "清点"]

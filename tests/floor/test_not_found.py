"""What nobody bears is refused with the nearest names and the very line that would add it."""

import shlex

import pytest

from logi.core.text import quoted


@pytest.mark.parametrize(("line", "add"), [
    ("stock out 墨水 3 --to 教务处 --by 杨班一", "logi item add CODE 墨水 --unit UNIT"),
    ("repair open 漏水 --place Z999 --by 杨班一", "logi place add Z999 NAME"),
    ("repair open 漏水 --place A205 --by 张三", "logi person add S18 张三"),  # S17 is the last there is
    ("stock in A4纸 1 --price 1 --from 无名店", "logi vendor add V07 无名店"),
    ("asset add 桌 --cost 2000 --category 没有的", "logi category add CODE 没有的"),
    ("asset show 没有的", "logi asset add 没有的 --cost COST"),
    ("asset show 2099-0001", "logi asset add NAME --cost COST --code 2099-0001"),
    ("patrol log 夜巡 --by S09", "logi route add R1 夜巡"),  # the first one
    ("term show 没有的", "logi term add CODE 没有的 --starts DAY --ends DAY"),
    ("department show 没有的", "logi department add CODE 没有的"),
])  # fmt: skip
def test_what_is_unknown_is_refused_with_the_line_that_adds_it(logi, line, add):
    if "A4纸" in line:
        logi("item add BG001 A4纸 --unit 包")
    said = logi(f"{line} -f json", code=3).json
    assert said["facts"]["add"] == add
    assert add in said["message"]


def test_the_line_that_adds_works_as_it_stands(logi):
    add = logi("person show 张三 -f json", code=3).json["facts"]["add"]
    logi(add.removeprefix("logi "))
    assert "S18" in logi("person show 张三").out


def test_near_names_come_first_in_both_scripts(logi):
    logi("item add BG003 粉笔 --unit 盒")
    assert "Near: 粉笔" in logi("stock out 粉笔头 3 --to 教务处 --by 杨班一", code=3).err
    assert "相近的有：粉笔。确是新的，添加用：logi item add BG004 粉笔头 --unit 单位" in logi(
        "stock out 粉笔头 3 --to 教务处 --by 杨班一", code=3, LOGI_LANG="zh-Hans").err  # fmt: skip
    assert "相近的有：粉笔。確是新的" in logi("stock out 粉筆頭 3 --to 教務處 --by 楊班一", code=3, LOGI_LANG="zh-Hant").err


def test_a_thing_is_shown_by_its_name_too(logi):
    logi("item add BG003 粉笔 --unit 盒")
    logi("item add BG004 彩色粉笔 --unit 盒")
    assert "BG003" in logi("show 粉筆").out  # the exact name beats the longer one
    assert "BG004" in logi("show 彩色").out


def test_a_name_that_fits_several_things_is_not_guessed(logi):
    logi("item add BG003 白粉笔 --unit 盒")
    logi("item add BG004 彩粉笔 --unit 盒")
    said = logi("show 粉笔", code=3)
    assert "BG003 白粉笔 (item); BG004 彩粉笔 (item)" in said.err


@pytest.mark.parametrize("text", ["粉笔", "A4纸 80g", "it's", "$(ls)", "a;b", "", "2019-0008-01"])
def test_a_quoted_word_is_read_back_by_a_shell(text):
    assert shlex.split(quoted(text)) == [text]

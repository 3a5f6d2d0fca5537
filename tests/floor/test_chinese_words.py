"""The Chinese words of commands and options can be discovered: in help, and by completion of what is typed in Chinese."""

import re

from logi.command_words import traditional
from logi.core import messages
from logi.core.folding import fold
from logi.option_words import value_of
from logi.registry import FLOOR_WORDS, cards
from logi.typed import SPELLINGS


def offered(logi, *words: str) -> list[str]:
    line = " ".join(f"'{word}'" for word in words)
    return logi(f"--complete {len(words)} {line}").out.split()


def test_every_word_of_a_command_has_its_traditional_form():
    """Folding brings the traditional form back to the word (another table than the one it was made by)."""
    words = {word for table in (FLOOR_WORDS, *(card.words for card in cards().values())) for some in table.values() for word in some}
    words |= {word for card in cards().values() for word in card.shortcuts} | {s for s in SPELLINGS if not s.isascii()}
    assert {word for word in words if fold(traditional(word)) != fold(word)} == set()
    assert [traditional(word) for word in ("出库", "月历", "恢复", "签领表", "标签", "材料账")] == [
        "出庫", "月曆", "恢復", "簽領表", "標籤", "材料賬"]  # fmt: skip


def test_a_group_shows_each_command_with_its_chinese_word(logi):
    lines = [line.split() for line in logi("stock --help", LOGI_LANG="zh-Hans").out.splitlines()]
    assert ["out", "出库,", "ck", "出库：发给部门和领用人，一次一单。"] in lines
    assert ["return", "退庫", "退庫：把出庫單沒用完的退回，按原成本。"] in [
        line.split() for line in logi("stock --help", LOGI_LANG="zh-Hant").out.splitlines()
    ]
    assert "出库" not in logi("stock --help").out


def test_the_front_page_shows_commands_and_daily_jumps_in_chinese(logi):
    lines = [line.split() for line in logi("help", LOGI_LANG="zh-Hans").out.splitlines()]
    assert ["due", "待办,", "db"] in [line[:3] for line in lines]
    assert ["入库,", "rk", "logi", "stock", "in"] in lines
    hant = [line.split() for line in logi("help", LOGI_LANG="zh-Hant").out.splitlines()]
    assert ["月結,", "yj", "logi", "month", "close"] in hant


def test_a_command_names_every_way_to_type_it_and_its_options(logi):
    said = logi("stock out --help", LOGI_LANG="zh-Hans").out
    assert "logi 出库；logi 领用；logi ck\n" in said
    assert "logi stock out [物品 数量…] [选项]" in said
    assert "--to, --部门 部门 " in said
    assert "--for, --用途 文字 " in said
    assert "-o/--output/--输出" in said
    said = logi("stock out --help", LOGI_LANG="zh-Hant").out
    assert "--to, --部門 部門 " in said
    assert "--on, --日期 日期 " in said
    assert "-o/--output/--輸出" in said
    assert "部" not in logi("stock out --help").out.replace("50包", "")


def every_parameter():
    """(command, parameter) of the whole program."""
    from logi.context import Desk
    from logi.front import Door, Lazy

    class Seat:
        obj, command_path = Desk({}, {}), "logi"

    def below(group, path):
        for name in group.list_commands(Seat):
            command = group.get_command(Seat, name)
            if isinstance(command, Lazy):
                yield from below(command, [*path, name])
            else:
                yield from ((" ".join([*path, name]), param) for param in command.params if not param.hidden)

    return list(below(Door(), []))


def test_every_value_that_help_names_is_spoken_in_chinese():
    before = messages.language()
    try:
        messages.use("zh-Hans")
        spoken = {value_of(param) for _, param in every_parameter()}
        assert {"日期", "人员", "物品 数量", "编号=名称@金额", "人员,…", "时:分"} <= spoken
        left = {one for one in spoken if re.search("[A-Z]{2}", one)}
        assert left <= {"RK-…", "WX-…"}  # how numbers begin
        messages.use("en")
        assert {"DAY", "PERSON", "ITEM QTY"} <= {value_of(param) for _, param in every_parameter()}
    finally:
        messages.use(before)


def test_a_choice_in_help_may_be_typed_as_it_stands_there(logi):
    """Every word of every choice, as help shows it in Chinese, is taken by its own parameter and by no other value's key."""
    before = messages.language()
    try:
        for language in ("zh-Hans", "zh-Hant"):
            messages.use(language)
            for command, param in every_parameter():
                _, keys = getattr(getattr(param.type, "func", None), "titled", ("", ()))
                shown = value_of(param).split("|")
                if keys and param.metavar == "|".join(keys):
                    assert [param.type.func(word) for word in shown] == list(keys), command
    finally:
        messages.use(before)
    assert "--urgency, --紧急程度 不急|一般|急|特急" in logi("repair open --help", LOGI_LANG="zh-Hans").out


def test_what_is_missing_is_named_in_chinese(logi):
    assert "缺少：编号；名称。" in logi("person add", code=2, LOGI_LANG="zh-Hans").err


def test_the_options_of_every_command_are_explained_on_one_page(logi):
    assert "--dry-run  " in logi("help options").out
    assert "--dry-run/--试算" in logi("help 选项", LOGI_LANG="zh-Hans").out


def test_the_usage_has_no_double_brackets(logi):
    assert "[[" not in logi("report --help").out + logi("demo --help").out


def test_completion_offers_chinese_words_where_chinese_is_typed(logi):
    assert offered(logi, "出") == ["出库"]
    assert offered(logi, "出庫") == ["出庫"]  # in the script that is typed
    assert "库存" in offered(logi, "库")
    assert "待办" in offered(logi, "待")
    assert offered(logi, "库存", "出") == ["出库"]
    assert offered(logi, "stock", "盘") == ["盘点", "盘库"]
    assert set(offered(logi, "库存", "盘点", "列")) == {"列表"}
    assert all(word.isascii() for word in offered(logi, "stock", ""))


def test_completion_offers_chinese_options_values_and_what_stands_behind_them(logi):
    assert offered(logi, "出库", "--部") == ["--部门"]
    assert offered(logi, "出庫", "--部門") == ["--部門"]
    assert offered(logi, "出库", "——部") == ["--部门"]
    assert offered(logi, "出库", "--格") == ["--格式"]
    assert offered(logi, "报修", "x", "--经手人", "样真") == ["S03"]
    assert offered(logi, "报修", "x", "--类型", "水") == ["水"]
    assert offered(logi, "报修", "x", "--kind", "wa") == ["water"]
    assert offered(logi, "出库", "--格式", "js") == ["json", "jsonl"]


def test_a_missing_or_mistyped_command_is_answered_in_chinese(logi):
    assert "start 开始；enter 录入" in logi("资产 盘点", code=2, LOGI_LANG="zh-Hans").err
    assert "相近的有：入库" in logi("如库", code=2, LOGI_LANG="zh-Hans").err
    assert "出庫" in logi("庫存 出裤", code=2, LOGI_LANG="zh-Hant").err
    assert "start; enter" in logi("asset count", code=2).err


def test_a_word_of_a_group_typed_at_the_door_is_pointed_to(logi):
    assert "资产 借出" in logi("借出 2026-0001", code=2, LOGI_LANG="zh-Hans").err
    assert "資產 借出" in logi("借出 2026-0001", code=2, LOGI_LANG="zh-Hant").err
    assert "Near: asset lend" in logi("lend 2026-0001", code=2).err
    assert "maintain add" in logi("repair add", code=2).err

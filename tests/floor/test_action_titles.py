"""Actions of the journal are read in Chinese by the words of their commands; their keys stay in JSON and in English."""

from logi.command_words import action_named, action_title
from logi.core import messages


def test_actions_show_in_the_language_spoken_and_keep_their_keys(logi):
    logi("person add S77 张三")
    said = logi("audit log --limit 1", LOGI_LANG="zh-Hans").out
    assert "人员 新增" in said
    assert "人員 新增" in logi("audit log --limit 1", LOGI_LANG="zh-Hant").out
    assert "person.add" in logi("audit log --limit 1").out
    assert logi("audit log --limit 1 -f json", LOGI_LANG="zh-Hans").json["rows"][0]["action"] == "person.add"
    assert "人员 新增" in logi("show S77", LOGI_LANG="zh-Hans").out
    assert "人员 新增" in logi("audit show S77", LOGI_LANG="zh-Hans", code=None).out + logi("today", LOGI_LANG="zh-Hans").out


def test_undoing_says_in_chinese_what_was_undone(logi):
    entry = logi("person add S77 张三 -f json").json["entry"]
    said = logi(f"undo {entry}", LOGI_LANG="zh-Hans").out
    assert "人员 新增 S77" in said
    redone = logi("redo -f json", LOGI_LANG="zh-Hans").json
    assert redone["facts"]["subjects"] == ["person.add S77"]


def test_the_log_is_asked_by_the_title_too(logi):
    logi("person add S77 张三")
    for typed in ("person.add", "人员 新增", "人員 新增", "人员新增"):
        assert {row["action"] for row in logi(f"audit log -f json --action '{typed}'").json["rows"]} == {"person.add"}


def test_imports_and_actions_without_a_command_have_titles_too():
    messages.use("zh-Hans")
    assert action_title("import.stock") == "导入 出入库"
    assert action_title("hazard.reject") == "隐患 退回"
    assert action_title("month.duty.swap") == "月度 值班 换班"
    assert action_title("nobody.knows") == "nobody.knows"
    messages.use("zh-Hant")
    assert action_title("stock.out") == "庫存 出庫"
    assert action_named("库存 出库") == "stock.out"


def test_books_are_named_by_their_titles_too(logi):
    from logi.command_words import book_named

    assert [book_named(text) for text in ("stock", "库存", "庫存", "巡查与隐患", "隐患", "物品")] == [
        "stock", "stock", "stock", "patrol", "patrol", "stock"]  # fmt: skip
    packs = [logi(f"report month 2025-09 --only {only} -f json").json for only in ("stock,repair", "库存、報修", "库存,维修")]
    assert packs[0] == packs[1] == packs[2]
    assert "stock 库存" in logi("report month 2025-09 --only 飛船", code=2, LOGI_LANG="zh-Hans").err

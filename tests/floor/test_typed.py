"""What the input method makes of a line is understood; what cannot be meant is refused."""

import pytest

from logi.core.errors import Usage
from logi.typed import fold_dashes, fold_words, hoist


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("——to", "--to"), ("—to", "--to"), ("–to", "--to"), ("－－to", "--to"), ("--to", "--to"), ("—部门", "--部门"),
     ("－2", "-2"), ("—f", "-f"), ("-2", "-2"), ("A4—纸", "A4—纸"), ("——", "——"), ("text", "text")],
)  # fmt: skip
def test_dashes_at_a_words_start_become_an_options(typed, meant):
    assert fold_dashes(typed) == meant


def test_words_behind_a_bare_double_dash_stay_as_typed():
    assert fold_words(["a", "--", "——x", "“y"]) == ["a", "--", "——x", "“y"]


@pytest.mark.parametrize("word", ["“漏水", "‘漏水", "「漏水"])
def test_a_curly_quote_left_open_is_refused(word):
    with pytest.raises(Usage, match=r"front\.curly_quote"):
        fold_words(["repair", "open", word])


def test_a_closed_curly_quote_is_text():
    assert fold_words(["“漏水”"]) == ["“漏水”"]


def test_shared_options_are_taken_out_wherever_they_stand():
    shared, rest = hoist(["--lang", "en", "stock", "list", "-f", "json", "--class", "office", "--limit=3", "--dry-run"])
    assert shared == {"lang": "en", "format": "json", "limit": "3", "dry_run": True}
    assert rest == ["stock", "list", "--class", "office"]


def test_shared_options_have_chinese_names_in_both_scripts():
    assert hoist(["--格式", "csv", "--輸出", "x.csv", "--账本=l.db"])[0] == {"format": "csv", "output": "x.csv", "ledger": "l.db"}


def test_a_shared_option_without_its_value_is_refused():
    with pytest.raises(Usage, match=r"front\.option_needs_value"):
        hoist(["stock", "list", "-o"])


def test_a_flag_with_a_value_is_refused():
    with pytest.raises(Usage, match=r"front\.option_takes_no_value"):
        hoist(["--quiet=yes"])


def test_a_day_that_a_school_year_puts_into_the_future_says_which_year_it_was_read_as(logi):
    logi("item add BG001 A4纸 --unit 包")
    logi("stock in A4纸 5 --price 20 --on 9-1")
    line = "stock out A4纸 1 --to 教务处 --by 杨班一 --on"
    said = logi(f"{line} 8月1日", code=4, LOGI_LANG="zh-Hans").err
    assert "「8月1日」按本学年读作 2026-08-01；若指前一年，请写 2025-08-01。" in said
    assert "type 2025-08-01" in logi(f"{line} 8-1 -f json", code=4).json["message"]
    assert "2025-08-01" not in logi(f"{line} 2026-08-01", code=4).err  # the year was typed
    assert "year before" not in logi(f"{line} 明天", code=4).err
    assert "type 2025-08-01" in logi("run -", code=4, stdin=f"{line} 8-1\n").err


def test_days_and_times_may_be_typed_as_they_are_said(logi):
    logi("item add BG001 A4纸 --unit 包")
    logi("stock in A4纸 5 --price 20 --on 9-1")
    logi("stock out A4纸 1 --to 教务处 --by 杨班一 --on 上周五")
    assert "2025-09-26" in logi("stock slips").out
    assert "19:30" in logi("patrol log R1 --by S09 --at 7点半", code=2).err

"""At a real terminal: what is missing is asked for, what is ambiguous is chosen from, and `.` or Ctrl-C leaves nothing behind."""

import sys

import pexpect
import pytest

from logi.core.text import width


@pytest.fixture
def at_terminal(logi):
    """Start a line in a pseudo-terminal of 100 columns, speaking English."""
    started: list[pexpect.spawn] = []

    def start(*words: str) -> pexpect.spawn:
        env = {**logi.env, "TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": ""}
        child = pexpect.spawn(sys.executable, ["-m", "logi", *words], env=env, encoding="utf-8", timeout=60, dimensions=(40, 100))
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def ended(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus if child.exitstatus is not None else 128 + child.signalstatus


def test_what_is_missing_is_asked_for_and_then_shown_as_one_line(at_terminal, logi):
    child = at_terminal("person", "add")
    child.expect("CODE: ")
    child.sendline("?")
    child.expect("code")
    child.expect("CODE: ")
    child.sendline("S90")
    child.expect("NAME: ")
    child.sendline("新 来的")
    child.expect("The same in one line: logi person add S90 '新 来的'")
    assert ended(child) == 0
    assert "新 来的" in logi("person show S90").out


def test_help_is_as_wide_as_the_terminal(at_terminal):
    for words in (("month", "add"), ("init",), ("stock", "in"), ("asset", "propose"), ()):
        child = at_terminal(*words, "--help", "--lang", "zh-Hans")
        assert ended(child) == 0
        assert max(map(width, child.before.splitlines())) <= 100


def test_questions_are_asked_in_the_language_spoken(at_terminal):
    child = at_terminal("person", "add", "--lang", "zh-Hans")
    child.expect("\n编号: ")
    child.sendline("S91")
    child.expect("\n名称: ")
    child.sendline(".")
    assert ended(child) == 130


def test_a_wrong_value_is_told_and_asked_again(at_terminal):
    child = at_terminal("stock", "item", "add", "X1", "粉笔2")
    child.expect("--unit: ")
    child.sendline("")
    child.expect("--unit: ")
    child.sendline("盒")
    assert ended(child) == 0


def test_a_dot_cancels_and_leaves_nothing(at_terminal, logi):
    before = logi("audit head -f json").out
    child = at_terminal("person", "add")
    child.expect("CODE: ")
    child.sendline(".")
    child.expect("nothing was saved")
    assert ended(child) == 130
    assert logi("audit head -f json").out == before


def test_control_c_at_a_question_leaves_nothing(at_terminal, logi):
    before = logi("audit head -f json").out
    child = at_terminal("person", "add")
    child.expect("CODE: ")
    child.sendintr()
    assert ended(child) == 130
    assert logi("audit head -f json").out == before


def test_an_ambiguous_name_is_chosen_by_number(at_terminal, logi):
    logi("person add S60 王大明")
    logi("person add S61 王小明")
    child = at_terminal("place", "add", "X9", "小库", "--keeper", "王")
    child.expect("Which one")
    child.sendline("7")
    child.expect("Which one")
    child.sendline("3")
    assert ended(child) == 0
    assert "王小明" in logi("place show X9").out


def test_undo_without_a_target_shows_it_and_asks(at_terminal, logi):
    logi("person add S60 王大明")
    child = at_terminal("undo")
    child.expect("person.add S60")
    child.sendline("n")
    assert ended(child) == 130
    assert "S60" in logi("person list").out
    child = at_terminal("undo")
    child.expect("person.add S60")
    child.sendline("y")
    assert ended(child) == 0
    assert "S60" not in logi("person list").out


def test_findings_fit_the_screen_they_are_told_on(at_terminal, logi):
    path = logi.folder / "vendors.csv"
    path.write_text("code,name,tendered_from\n" + "".join(f"V5{n},店,{'不是日期' * 12}\n" for n in range(3)), "utf-8")
    child = at_terminal("import", "vendors", str(path), "--lang", "zh-Hans")
    child.expect("问题清单")
    child.expect("tendered_from")
    child.expect("vendors.csv：")
    table = child.before.splitlines()
    assert max(map(width, table)) <= 100
    assert not any(line.startswith("|") for line in table)
    assert ended(child) == 5


def test_nothing_is_asked_under_no_input(at_terminal):
    child = at_terminal("person", "add", "--no-input")
    child.expect("Missing: CODE; NAME")
    assert ended(child) == 2


def test_init_asks_until_every_answer_is_good_in_the_language_just_chosen(at_terminal, logi):
    logi.ledger.unlink()
    logi.env["LOGI_LANG"] = ""
    child = at_terminal("init")
    child.expect("Language 语言 語言")
    child.sendline("français")
    child.expect("zh-Hant")
    child.expect("Language 语言 語言")
    child.sendline("繁體中文")
    child.expect("--school 學校: ")
    child.sendline("")
    child.expect("文字是空的")  # no school is called by nothing, and there is no default for one
    child.expect("--school 學校: ")
    child.sendline("青禾")
    child.expect("month-average  月末加權平均法")
    child.expect(r"--costing 計價方法 \[fifo\]")
    child.sendline("lifo")
    child.expect("lifo.*fifo 先進先出法")  # why not, and what there is
    child.sendline("移动加权平均法")  # a title, in the other script
    child.expect(r"--threshold-rules 起點規則 \[2022\]")
    child.sendline("")
    child.expect("青禾")
    assert ended(child) == 0
    settings = {row["name"]: row["value"] for row in logi("config show -f json", LOGI_LANG="en").json["rows"]}
    assert (settings["lang"], settings["costing"], settings["school"]) == ("zh-Hant", "moving-average", "青禾")


def test_a_long_answer_goes_through_the_pager_and_a_short_one_does_not(at_terminal, logi, monkeypatch):
    monkeypatch.setitem(logi.env, "LOGI_PAGER", "sed -e s/^/paged:/")
    child = at_terminal("config", "show")
    assert ended(child) == 0
    assert "paged:" not in child.before
    child = at_terminal("policy", "list")
    assert ended(child) == 0
    assert "paged:" in child.before
    monkeypatch.setitem(logi.env, "LOGI_PAGER", "cat")
    child = at_terminal("policy", "list")
    assert ended(child) == 0
    assert "paged:" not in child.before
    assert "paged:" not in logi("policy list", LOGI_PAGER="sed -e s/^/paged:/").out


def test_lines_pasted_into_a_shell_are_all_run_and_none_is_eaten_by_the_pager(at_terminal, logi, monkeypatch):
    monkeypatch.setitem(logi.env, "LOGI_PAGER", "sh -c 'cat; read eaten < /dev/tty'")  # reads keys as less does
    child = at_terminal("shell")
    child.expect("logi> ")
    child.send("policy list\nperson add S95 甲\nperson add S96 乙\nexit\n")
    assert ended(child) == 0
    assert {"S95", "S96"} <= {row["code"] for row in logi("person list -f json").json["rows"]}


def test_a_shell_keeps_its_lines_for_the_next_one_and_control_c_gives_up_a_line_alone(at_terminal, logi):
    logi.env["XDG_STATE_HOME"] = str(logi.folder / "state")
    first = at_terminal("shell")
    first.expect("logi> ")
    first.sendline("person add S91 “王 小明”")  # as an input method writes quotes
    first.expect("S91")
    first.expect("logi> ")
    first.send("person add S92")
    first.expect("S92")  # a Ctrl-C among the letters is noticed by readline with the next key only
    first.sendintr()
    first.expect("logi> ")
    first.sendline("exit")
    assert ended(first) == 0
    assert "S92" not in logi("person list").out
    second = at_terminal("shell")
    second.expect("logi> ")
    second.send("\x1b[A\x1b[A\r")  # two lines up: the one before `exit`
    second.expect("S91 is taken|already")
    second.expect("logi> ")
    second.sendeof()
    assert ended(second) == 0  # what a line was refused for is no end of the shell
    [history] = (logi.folder / "state").rglob("history")
    assert history.stat().st_mode & 0o077 == 0


def test_a_name_that_fits_several_things_is_shown_after_choosing(at_terminal, logi):
    logi("item add BG003 白粉笔 --unit 盒")
    logi("item add BG004 彩粉笔 --unit 盒")
    child = at_terminal("show", "粉笔")
    child.expect("2. BG004 彩粉笔")
    child.expect("Which one")
    child.sendline("2")
    child.expect("BG004")
    assert ended(child) == 0

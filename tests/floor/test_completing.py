"""Completion offers commands, options, fixed values, and things by code, name and pinyin initials."""

import shutil
import subprocess

import pytest


def offered(logi, *words: str) -> list[str]:
    line = " ".join(f"'{word}'" for word in words)
    return logi(f"--complete {len(words)} {line}").out.split()


def test_commands_are_offered_by_their_beginning(logi):
    assert "stock" in offered(logi, "st")
    assert {"add", "list", "show", "edit", "leave"} <= set(offered(logi, "person", ""))
    assert offered(logi, "stock", "item", "a") == ["add"]


def test_options_and_fixed_values_are_offered(logi):
    assert "--keeper" in offered(logi, "place", "add", "X", "--k")
    assert offered(logi, "person", "list", "-f", "js") == ["json", "jsonl"]
    assert "water" in offered(logi, "repair", "open", "x", "--kind", "w")


def test_things_are_offered_by_code_name_and_initials(logi):
    assert offered(logi, "place", "add", "X", "x", "--keeper", "S0") == ["S03", "S06", "S07", "S08", "S09"]
    assert offered(logi, "place", "add", "X", "x", "--keeper", "qyz") == ["S03"]
    assert offered(logi, "repair", "open", "x", "--place", "A205", "--by", "样真") == ["S03"]
    logi("stock item add BG003 粉笔 --unit 盒")
    assert offered(logi, "stock", "out", "fb") == ["BG003"]


def test_a_line_that_means_nothing_has_no_candidates(logi):
    assert offered(logi, "nothing", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_has_its_script(logi, shell):
    assert "logi --complete" in logi(f"--show-completion {shell}").out


def test_an_unknown_shell_is_refused(logi):
    logi("--show-completion tcsh", code=2)


def test_bash_takes_its_script(logi, tmp_path):
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    script = tmp_path / "complete.sh"
    script.write_text(logi("--show-completion bash").out)
    assert subprocess.run([bash, "-n", str(script)], check=False).returncode == 0

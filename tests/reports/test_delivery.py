"""What cron delivers: letters, lines for the machine's clock, and packs made with an empty environment."""

import email
import os
import shlex
import stat
import subprocess
import sys
from email import policy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def bare(logi, *words: str, **env: str) -> subprocess.CompletedProcess:
    """The program as cron starts it: no terminal, no HOME, no locale, nothing in the environment but what is named."""
    given = {"LOGI_TODAY": "2025-10-01", "PYTHONPATH": str(ROOT), **env}
    words = (sys.executable, "-m", "logi", "--ledger", str(logi.ledger), *words)
    return subprocess.run(words, env=given, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False)


def test_a_pack_is_made_with_an_empty_environment(logi, tmp_path):
    done = bare(logi, "report", "month", "--last", "-o", f"{tmp_path}/packs/", "-f", "html,md")
    assert done.returncode == 0, done.stderr
    names = ["logi-report-month-2025-09.html", "logi-report-month-2025-09.md"]
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == names


def test_the_line_for_cron_runs_as_it_is_printed(logi):
    text = logi("report schedule").out
    [line] = [one for one in text.splitlines() if one.startswith("30 6 1 * * ")]
    words = shlex.split(line.removeprefix("30 6 1 * * ").replace("\\%", "%"))
    assert words[words.index("--ledger") + 1] == str(logi.ledger)
    env = {"LOGI_TODAY": "2025-10-01", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=env, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    made = {path.suffix for path in (logi.ledger.parent / "packs").iterdir()}
    assert made == {".xlsx", ".html"}
    assert logi("audit log --limit 1 -f json").json["rows"][0]["action"] == "report.issue"


def test_a_ledger_whose_path_has_blanks_and_percents_is_quoted(logi, tmp_path):
    from logi.mailing import schedule_text

    text = schedule_text(tmp_path / "100% 学校 $x" / "ledger.db")
    [cron] = [line for line in text.splitlines() if line.startswith("30 6")]
    assert "100\\% " in cron
    [unit] = [line for line in text.splitlines() if line.startswith("ExecStart=")]
    assert "100%% " in unit
    assert "$$x" in unit


def test_the_lines_are_a_table_for_programs(logi):
    rows = logi("report schedule -f json").json["rows"]
    assert {row["system"] for row in rows} == {"cron", "systemd", "windows"}


def opened(path: Path) -> email.message.EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=policy.default)


def test_a_letter_carries_the_pack_under_the_names_of_people_and_school(logi, tmp_path):
    said = logi(f"report month 2025-09 --mail '钱样真 <qyz@example.cn>' -f html,xlsx -o {tmp_path}/post")
    [path] = (tmp_path / "post").iterdir()
    assert path.name == "logi-report-month-2025-09.eml"
    assert str(path) in said.err
    letter = opened(path)
    assert letter["To"].addresses[0].display_name == "钱样真"
    assert "测试学校" in letter["Subject"]
    assert "2025-09" in letter.get_body(("plain",)).get_content()
    names = [part.get_filename() for part in letter.iter_attachments()]
    assert [name.rpartition(".")[2] for name in names] == ["html", "xlsx"]
    assert all(name.startswith("测试学校") for name in names)
    page, book = [part.get_payload(decode=True) for part in letter.iter_attachments()]
    logi(f"report month 2025-09 -f html,xlsx -o {tmp_path}/files/")
    assert book == (tmp_path / "files" / "logi-report-month-2025-09.xlsx").read_bytes()
    plain = (tmp_path / "files" / "logi-report-month-2025-09.html").read_bytes()
    assert page.replace(b"\r\n", b"\n") == plain


def test_the_same_letter_has_the_same_bytes(logi, tmp_path):
    for name in ("a", "b"):
        logi(f"report month 2025-09 --mail qyz@example.cn -f html -o {tmp_path}/{name}")
    [one], [two] = (list((tmp_path / name).iterdir()) for name in ("a", "b"))
    assert one.read_bytes() == two.read_bytes()


def test_what_is_no_address_is_refused(logi, tmp_path):
    logi(f"report month 2025-09 --mail nobody -o {tmp_path}/x", code=2)
    logi(f"report month 2025-09 --mail 'a@b.cn\r\nBcc: c@d.cn' -o {tmp_path}/x", code=2)


def program(folder: Path, text: str) -> Path:
    path = folder / "post"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_a_mail_program_gets_the_letter(logi, tmp_path):
    post = program(tmp_path, f'echo "$@" > {tmp_path}/words; cat > {tmp_path}/letter')
    logi("report month 2025-09 --mail qyz@example.cn -f html", LOGI_SENDMAIL=str(post))
    assert (tmp_path / "words").read_text().split() == ["-t", "-i"]
    assert opened(tmp_path / "letter")["To"] == "qyz@example.cn"


def test_a_mail_program_that_fails_is_the_computers_refusal(logi, tmp_path):
    post = program(tmp_path, "cat > /dev/null; echo no route >&2; exit 75")
    said = logi("report month 2025-09 --mail qyz@example.cn -f html", code=6, LOGI_SENDMAIL=str(post))
    assert "no route" in said.err
    logi("report month 2025-09 --mail qyz@example.cn -f html", code=6, LOGI_SENDMAIL=str(tmp_path / "none"))
    logi("report month 2025-09 --mail q@example.cn -f html", code=6, LOGI_SMTP="127.0.0.1:1")


def test_a_letter_that_could_not_be_sent_is_not_issued(logi, tmp_path):
    post = program(tmp_path, "cat > /dev/null; exit 75")
    logi("report month 2025-09 --issue --mail qyz@example.cn -f html", code=6, LOGI_SENDMAIL=str(post))
    assert logi("audit log --limit 1 -f json").json["rows"][0]["action"] != "report.issue"


def test_a_pack_is_made_from_a_folder_that_cannot_be_written(logi, tmp_path):
    os.chmod(logi.ledger.parent, 0o500)
    try:
        assert bare(logi, "report", "month", "--last", "-f", "json").returncode == 0
    finally:
        os.chmod(logi.ledger.parent, 0o700)

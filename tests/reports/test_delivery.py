"""What cron delivers: letters, lines for the machine's clock, and packs made with an empty environment."""

import email
import importlib.util
import os
import shlex
import shutil
import socket
import stat
import subprocess
import sys
import threading
from email import policy
from pathlib import Path

import pytest

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


class PostOffice(threading.Thread):
    """A mail server of a few words, for one letter."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self.door.getsockname()[1]}"
        self.said: list[bytes] = []
        self.letter = b""

    def run(self) -> None:
        line, _ = self.door.accept()
        with line, line.makefile("rwb") as wire:
            def answer(text: bytes) -> None:
                wire.write(text + b"\r\n")
                wire.flush()

            answer(b"220 post office")
            while word := wire.readline():
                self.said.append(word.strip())
                if word.upper().startswith(b"DATA"):
                    answer(b"354 go on")
                    while (text := wire.readline()) != b".\r\n":
                        self.letter += text[1:] if text.startswith(b"..") else text
                answer(b"221 bye" if word.upper().startswith(b"QUIT") else b"250 ok")
                if word.upper().startswith(b"QUIT"):
                    return


def test_a_mail_server_gets_the_letter(logi, tmp_path):
    office = PostOffice()
    office.start()
    logi(f"config set mail.smtp {office.place}")
    logi("config set mail.from '总务处 <zwc@example.cn>'")
    said = logi("report month 2025-08 --issue --mail '钱样真 <qyz@example.cn>' -f html,xlsx")
    office.join(10)
    assert office.place in said.err
    assert [word for word in office.said if b"@" in word] == [b"mail FROM:<zwc@example.cn>", b"rcpt TO:<qyz@example.cn>"]
    letter = email.message_from_bytes(office.letter, policy=policy.default)
    assert letter["From"].addresses[0].display_name == "总务处"
    kinds = [part.get_filename().rpartition(".")[2] for part in letter.iter_attachments()]
    assert kinds == ["html", "xlsx"]
    assert list(letter.iter_attachments())[1].get_payload(decode=True).startswith(b"PK")
    assert logi("audit log --limit 1 -f json").json["rows"][0]["action"] == "report.issue"


def test_a_pack_has_the_same_bytes_in_every_zone_and_surrounding(logi, tmp_path):
    """Two machines, two time zones, two locales: xlsx, html and (with the extra) pdf."""
    formats = "xlsx,html,pdf,md,json" if importlib.util.find_spec("typst") else "xlsx,html,md,json"
    made = []
    for name, env in (("east", {"TZ": "Asia/Shanghai", "LC_ALL": "C"}),
                      ("west", {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path), "COLUMNS": "40"})):  # fmt: skip
        done = bare(logi, "report", "month", "--last", "-o", f"{tmp_path}/{name}/", "-f", formats, **env)
        assert done.returncode == 0, done.stderr
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert len(made[0]) == formats.count(",") + 1
    assert made[0] == made[1]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="NO UNIT IS VERIFIED: systemd-analyze is not installed")
def test_systemd_takes_the_units_as_they_are_printed(logi, tmp_path):
    from logi.mailing import schedule

    for row in schedule(logi.ledger).rows:
        if row["system"] == "systemd" and row["file"].startswith("~"):
            path = tmp_path / Path(row["file"]).name
            path.write_text((path.read_text() if path.exists() else "") + row["line"] + "\n")
    units = sorted(tmp_path.glob("logi-pack.*"))
    assert [one.suffix for one in units] == [".service", ".timer"]
    done = subprocess.run(["systemd-analyze", "verify", "--user", *units], capture_output=True, text=True, check=False,
                          env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)})  # fmt: skip
    mine = [line for line in done.stderr.splitlines() if "logi-pack" in line]
    assert mine == []

"""Packs by post and by the clock: a letter with the files beside it, and ready lines for cron, systemd and Windows."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from logi.core.answers import Column, Pack, Table
from logi.core.errors import Unavailable, Usage
from logi.core.messages import say
from logi.formats.files import draw_pack_files
from logi.formats.sentences import pack_lines
from logi.formats.writing import PACK_FORMATS, write_file

if TYPE_CHECKING:
    from logi.context import Desk

KINDS = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"), "html": ("text", "html"),
    "pdf": ("application", "pdf"), "csv": ("text", "csv"), "md": ("text", "markdown"), "txt": ("text", "plain"),
    "json": ("application", "json"), "jsonl": ("application", "x-ndjson"), "ics": ("text", "calendar"),
}  # fmt: skip
WAIT_S = 60


def send(pack: Pack, to: str, desk: "Desk") -> str:
    """Write the letter beside (-o FOLDER, or here), or hand it to LOGI_SENDMAIL, LOGI_SMTP or the ledger's mail.smtp; says what
    was done."""
    chosen = list(PACK_FORMATS) if desk.formats in (["text"], ["terminal"]) else desk.formats
    body = bytes(letter(pack, to, chosen, day=desk.today.isoformat(), sender=_told(desk, "LOGI_MAIL_FROM", "mail.from")))
    if program := desk.env.get("LOGI_SENDMAIL"):
        _pipe(program, body)
        return say("reports.mailed", to=to, by=program)
    if server := _told(desk, "LOGI_SMTP", "mail.smtp"):
        _post(server, body, desk.env)
        return say("reports.mailed", to=to, by=server)
    folder = desk.output or Path()
    path = folder if folder.suffix == ".eml" else folder / f"logi-report-{pack.name}-{pack.period}.eml"
    write_file(path, body)
    return say("reports.letter", path=str(path), to=to)


def _told(desk: "Desk", name: str, setting: str) -> str:
    """What the environment says, else the ledger (`logi config set mail.smtp HOST:PORT`)."""
    return desk.env.get(name) or desk.ledger.settings.get(setting, "")


def letter(pack: Pack, to: str, formats: list[str], *, day: str, sender: str = "") -> Any:
    """The pack as an e-mail: what the cover says as its text, a file a format attached; the same bytes each time."""
    import hashlib
    from datetime import UTC, datetime
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    note = EmailMessage(policy=SMTP)
    try:
        note["To"], note["From"] = to, sender or "logi@localhost"
    except (ValueError, IndexError) as error:
        raise Usage("reports.bad_address", text=to, problem=str(error)) from None
    if not note["To"].addresses or any("@" not in one.addr_spec for one in note["To"].addresses):
        raise Usage("reports.bad_address", text=to, problem="@")
    note["Subject"] = " ".join(pack.title.split())
    note["Date"] = format_datetime(datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=UTC))
    files = draw_pack_files(pack, formats)
    stamp = hashlib.sha256(b"\0".join([to.encode(), *files.values()])).hexdigest()[:32]
    note["Message-ID"] = f"<{stamp}@logi.invalid>"
    listed = [f"{table.title}: {len(table.rows)}" for table in pack.tables if table.rows]
    note.set_content("\n".join([pack.title, *pack_lines(pack), "", *listed, ""]))
    stem = "".join("-" if c in '/\\:*?"<>|\r\n\t' else c for c in pack.title)
    for name, content in files.items():
        ending = name.rpartition(".")[2]
        kind, sort = KINDS[ending]
        single = sum(1 for one in files if one.endswith(f".{ending}")) == 1
        note.add_attachment(content, maintype=kind, subtype=sort, filename=f"{stem}.{ending}" if single else name)
    note.set_boundary(f"logi-{stamp}")
    return note


def program() -> list[str]:
    """The words that start this program from anywhere."""
    typed = Path(sys.argv[0])
    if typed.stem == "logi" and typed.exists():
        return [os.path.abspath(typed)]
    return [sys.executable, "-m", "logi"]


def schedule(ledger: Path) -> Table:
    """Ready lines for the machine's clock: the pack of the month before, on the first of every month."""
    rows = [{"system": system, "file": file, "line": line} for system, file, line in _lines(ledger)]
    columns = [Column(key, say(f"reports.col.{key}")) for key in ("system", "file", "line")]
    return Table("schedule", say("reports.title.schedule"), columns, rows)


def schedule_text(ledger: Path) -> str:
    """The same to be copied: every file under a line that says where it goes."""
    text: list[str] = []
    before = ""
    for system, file, line in _lines(ledger):
        if file != before:
            text += ["", f"# {system}: {file}"] if text else [f"# {system}: {file}"]
            before = file
        text.append(line)
    return "\n".join(text) + "\n"


def _lines(ledger: Path) -> list[tuple[str, str, str]]:
    """(system, where the line goes, line)."""
    path = Path(os.path.abspath(ledger))
    words = [*program(), "--ledger", str(path), "report", "month", "--last", "--issue", "-f", "xlsx,html",
             "-o", f"{path.parent / 'packs'}{os.sep}"]  # fmt: skip
    # cron takes % for a line end; systemd takes it for its own specifiers, and $ for variables
    cron = "30 6 1 * * " + shlex.join(words).replace("%", "\\%")
    unit = " ".join(_quoted(word) for word in words)
    windows = " ".join(f'\\"{word}\\"' if " " in word or "\\" in word else word for word in words)
    service, timer = "~/.config/systemd/user/logi-pack.service", "~/.config/systemd/user/logi-pack.timer"
    return [
        ("cron", "crontab -e", cron),
        *(("systemd", service, line) for line in (
            "[Unit]", f"Description={say('reports.about.schedule')}", "[Service]", "Type=oneshot", f"ExecStart={unit}")),
        *(("systemd", timer, line) for line in (
            "[Timer]", "OnCalendar=*-*-01 06:30:00", "Persistent=true", "[Install]", "WantedBy=timers.target")),
        ("systemd", "$ shell", "systemctl --user enable --now logi-pack.timer"),
        ("windows", "cmd.exe", f'schtasks /Create /TN logi-pack /SC MONTHLY /D 1 /ST 06:30 /TR "{windows}"'),
    ]  # fmt: skip


def _quoted(word: str) -> str:
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if safe != word or not word or any(c in word for c in " '\";") else word


def _pipe(program: str, body: bytes) -> None:
    import subprocess

    try:
        words = shlex.split(program)
        done = subprocess.run([*words, "-t", "-i"], input=body.replace(b"\r\n", b"\n"), timeout=WAIT_S, check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise Unavailable("reports.not_mailed", by=program, problem=str(error)) from None
    if done.returncode:
        raise Unavailable("reports.not_mailed", by=program, problem=done.stderr.decode("utf-8", "replace").strip()[:500])


def _post(server: str, body: bytes, env: Any) -> None:
    import smtplib
    import ssl
    from email import message_from_bytes
    from email.policy import SMTP

    host, _, port = server.partition(":")
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=WAIT_S) as post:
            post.ehlo()
            if post.has_extn("starttls"):
                post.starttls(context=ssl.create_default_context())
            if env.get("LOGI_SMTP_USER"):
                post.login(env["LOGI_SMTP_USER"], env.get("LOGI_SMTP_PASSWORD", ""))
            post.send_message(message_from_bytes(body, policy=SMTP))
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise Unavailable("reports.not_mailed", by=host, problem=str(error)) from None

"""What surrounds a command line: the ledger's place, who sits there, the day, the language, the terminal, where answers go."""

import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from logi.core import messages
from logi.core.datafiles import path_typed
from logi.core.errors import Usage
from logi.core.messages import say

SUFFIXES = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "md", ".html": "html", ".htm": "html",
    ".xlsx": "xlsx", ".pdf": "pdf", ".ics": "ics", ".txt": "text",
}  # fmt: skip
OTHERS = (".png", ".eml")  # labels and letters  # labels and letters


class Cancelled(Exception):
    """The person at the terminal typed `.` or pressed Ctrl-C at a question (130)."""


class Surroundings:
    """What the shared options and the environment say. `shared` are the hoisted options, `env` the environment."""

    def __init__(self, shared: Mapping[str, str | bool], env: Mapping[str, str]) -> None:
        self.shared, self.env = dict(shared), env
        self.quiet = bool(shared.get("quiet"))
        self.dry_run = bool(shared.get("dry_run"))
        self.wait = _seconds(shared.get("wait") or env.get("LOGI_WAIT") or "30")

    @property
    def path(self) -> Path:
        """The ledger file: --ledger > LOGI_LEDGER > the user's data folder."""
        named = self.shared.get("ledger") or self.env.get("LOGI_LEDGER")
        return path_typed(str(named)) if named else default_ledger(self.env)

    @property
    def fixed_today(self) -> date | None:
        """The day LOGI_TODAY fixes."""
        text = self.env.get("LOGI_TODAY")
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Usage("front.bad_logi_today", text=text) from None

    @property
    def exact(self) -> bool:
        """Whether names must be exact."""
        return bool(self.shared.get("exact")) or self.env.get("LOGI_EXACT", "") not in ("", "0")

    @property
    def interactive(self) -> bool:
        """Whether questions may be asked: stdin and stderr are terminals and nobody forbade it."""
        if self.shared.get("no_input") or self.env.get("LOGI_NO_INPUT", "") not in ("", "0"):
            return False
        return is_terminal(sys.stdin) and is_terminal(sys.stderr)

    @property
    def output(self) -> Path | None:
        """Where -o points; `-` is standard output, as everywhere."""
        named = self.shared.get("output")
        return path_typed(str(named)) if named and named != "-" else None

    @property
    def formats(self) -> list[str]:
        """The formats asked for: -f, else by -o's suffix, else terminal on a terminal and text elsewhere."""
        named = self.shared.get("format")
        if named:
            return [part.strip().lower() for part in str(named).split(",") if part.strip()]
        if self.output is not None:
            suffix = self.output.suffix.lower()
            if suffix in SUFFIXES:
                return [SUFFIXES[suffix]]
            if suffix and suffix not in OTHERS and not self._names_folder():
                from logi.formats.writing import spare_databases

                spare_databases(self.output)
                raise Usage("formats.unknown_suffix", suffix=suffix, known=sorted(SUFFIXES))
        return ["terminal" if self.output is None and is_terminal(sys.stdout) else "text"]

    def _names_folder(self) -> bool:
        """Whether -o names a folder or a device, whose name may end as it likes."""
        typed = str(self.shared.get("output", ""))
        return typed.endswith(("/", os.sep)) or os.path.isdir(typed) or typed.startswith("/dev/")

    def make_folder(self) -> None:
        """Make the folder that -o names by ending with a slash, so that it is known for one."""
        if self.output is not None and str(self.shared["output"]).endswith(("/", os.sep)):
            from logi.formats.writing import folder

            folder(self.output)

    def who(self) -> Any:
        """The operating-system user behind this process, named as asked."""
        from logi.journal import Who

        user, uid = os_user()
        named = self.shared.get("actor") or self.env.get("LOGI_ACTOR")
        return Who(str(named) if named else f"system:{user}", user, uid, host())

    def say(self, key: str, **facts: Any) -> None:
        """A plain sentence as the answer (not for data): to stdout unless --quiet."""
        if not self.quiet:
            print(say(key, **facts))

    def wrote(self) -> None:
        """Say where -o was written, for what draws its own files."""
        from logi.formats.writing import is_device

        if self.output is not None and not self.quiet and (self.output.is_dir() or not is_device(self.output)):
            self.note(say("formats.wrote", path=str(self.output)))

    def note(self, text: str) -> None:
        """A line on stderr: warnings, progress, questions."""
        from logi.core.text import show

        print(show(text), file=sys.stderr, flush=True)

    def ask(self, label: str, default: str | None = None) -> str:
        """Ask on the terminal; `.` cancels."""
        hint = f" [{default}]" if default else ""
        print(f"{label}{hint}: ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
        if not typed or typed.strip() == ".":
            raise Cancelled
        return typed.strip() or default or ""


def default_ledger(env: Mapping[str, str]) -> Path:
    """`ledger.db` in the platform's place for a user's data."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or "/nonexistent")
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or home) / "logi" / "ledger.db"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "logi" / "ledger.db"
    return Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "logi" / "ledger.db"


def choose_language(shared: Mapping[str, str | bool], env: Mapping[str, str], ledger: str | None) -> str:
    """--lang > LOGI_LANG > the ledger's own > the locale > zh-Hans."""
    for named in (shared.get("lang"), env.get("LOGI_LANG")):
        if named:
            found = language_named(str(named))
            if found is None:
                raise Usage("front.bad_language", text=str(named), known=list(messages.LANGUAGES))
            return found
    if ledger in messages.LANGUAGES:
        return str(ledger)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        found = language_named(env.get(name, "").split(":")[0])
        if found:
            return found
    return "zh-Hans"


def language_named(text: str) -> str | None:
    """zh_TW.UTF-8 -> zh-Hant, zh_CN -> zh-Hans, en_GB -> en, C -> None."""
    name = text.partition(".")[0].replace("_", "-").lower()
    if name in ("繁體", "繁体", "繁") or name.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    if name in ("简体", "簡體", "简") or name.startswith("zh"):
        return "zh-Hans"
    return "en" if name == "en" or name.startswith("en-") else None


def os_user() -> tuple[str, int | None]:
    """The operating-system user's name and uid."""
    try:
        import pwd

        uid = os.getuid()
    except (ImportError, AttributeError):
        return os.environ.get("USERNAME") or "unknown", None
    try:
        return pwd.getpwuid(uid).pw_name, uid
    except KeyError:
        return str(uid), uid


def host() -> str:
    """This machine's name."""
    try:
        return os.uname().nodename
    except AttributeError:
        return os.environ.get("COMPUTERNAME", "")


def is_terminal(stream: Any) -> bool:
    """Whether a stream is a terminal (a closed one is not)."""
    try:
        return bool(stream is not None and stream.isatty())
    except (ValueError, OSError):
        return False


def _seconds(text: object) -> float:
    try:
        seconds = float(str(text))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise Usage("front.bad_wait", text=str(text))
    return seconds

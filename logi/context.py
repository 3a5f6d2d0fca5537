"""The desk a command is run at: which ledger, who, what day it is, which language, which format; and how it answers."""

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from logi.core import instants, messages
from logi.core.answers import Answer, Confirmation, Pack, Table
from logi.core.datafiles import path_typed
from logi.core.errors import Ambiguous, LogiError, Refused, Usage
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

SUFFIXES = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "md", ".html": "html", ".htm": "html",
    ".xlsx": "xlsx", ".pdf": "pdf", ".ics": "ics", ".txt": "text",
}  # fmt: skip


OTHERS = (".png", ".eml")  # labels and letters
MOST_SUBJECTS = 500  # numbers of one entry that `show` finds it by


class Cancelled(Exception):
    """The person at the terminal typed `.` or pressed Ctrl-C at a question (130)."""


class _Repeated(Exception):
    """This key has written already."""

    def __init__(self, entry: int) -> None:
        super().__init__(entry)
        self.entry = entry


class Desk:
    """Everything around one command line. `shared` are the hoisted options, `env` the environment."""

    def __init__(self, shared: Mapping[str, str | bool], env: Mapping[str, str]) -> None:
        self.shared, self.env = dict(shared), env
        self.code = 0
        self.line: list[Any] = []
        self.asked: dict[str, str] = {}
        self.years_read: dict[date, str] = {}  # days typed without their year, as they were typed
        self.printed: list[str] | None = None
        self._ledger: Ledger | None = None
        self._adopted: Ledger | None = None  # another desk's, which outlives this one
        self.at: date | None = None  # --at: the ledger as of this day
        self.known: date | int | None = None  # --known: only what was recorded by then
        self.quiet = bool(shared.get("quiet"))
        self.dry_run = bool(shared.get("dry_run"))
        self.wait = _seconds(shared.get("wait") or env.get("LOGI_WAIT") or "30")

    # -- surroundings -------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The ledger file: --ledger > LOGI_LEDGER > the user's data folder."""
        named = self.shared.get("ledger") or self.env.get("LOGI_LEDGER")
        return path_typed(str(named)) if named else default_ledger(self.env)

    @property
    def ledger(self) -> "Ledger":
        """The ledger, opened on first use."""
        if self._ledger is None:
            from logi.db import open_ledger

            opened = open_ledger(self.path, self.who(), today=self.fixed_today, wait=self.wait)
            try:
                opened.who = self.who_in(opened)
            except BaseException:
                opened.close()
                raise
            self._ledger = self._prepare(opened)
            instants.use(opened.settings.get("zone", instants.SHANGHAI))
            if self.at is not None or self.known is not None:
                self._look_back(opened)
        elif self.looks_back and self._ledger is self._adopted:
            self._ledger = self._earlier(self._adopted)
        return self._ledger

    def _look_back(self, opened: "Ledger") -> None:
        """Put an earlier state of the ledger, rebuilt in a copy, on the desk."""
        self._ledger = None
        try:
            self._ledger = self._earlier(opened)
        finally:
            opened.close()

    def _earlier(self, now: "Ledger") -> "Ledger":
        from logi.rewinding import rewound

        if now.together is not None:  # SQLite copies nothing that is being written
            raise Usage("front.together_past")
        return rewound(now, known=self.known, at=self.at)

    def ledger_language(self) -> str | None:
        """The language the ledger asks for, None if there is no ledger that can be opened."""
        try:
            return self.ledger.settings.get("lang")
        except (LogiError, sqlite3.Error):
            return None

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
    def today(self) -> date:
        """Today for the school; with --at that day."""
        return self.at or self.fixed_today or self.ledger.today

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

    def who_in(self, ledger: "Ledger") -> Any:
        """Who this desk's lines are written by in a ledger that knows its people."""
        return self.who()._replace(actor=self._actor(ledger))

    def _actor(self, ledger: "Ledger") -> str:
        named = self.shared.get("actor") or self.env.get("LOGI_ACTOR")
        user, _ = os_user()
        mapped = ledger.settings.get(f"actor.{named or user}")
        if mapped:
            return mapped
        if not named:
            return f"system:{user}"
        from logi.finding import by_code

        row = by_code(ledger.db, "school_person", str(named))
        return str(row["name"]) if row is not None else str(named)

    def _prepare(self, ledger: "Ledger") -> "Ledger":
        ledger.exact = self.exact
        ledger.hold_signals = True
        if is_terminal(sys.stderr):
            ledger.waiting = lambda: self.note(say("front.waiting"))
        return ledger

    def adopt(self, ledger: "Ledger") -> None:
        """Use this ledger (init, demo and restore open their own)."""
        self._ledger = self._adopted = ledger

    def leave(self) -> None:
        """Let go of an earlier state looked at; the ledger that was adopted stays open for the next line."""
        if self._ledger is not self._adopted:
            self.close()
        self._ledger = self._adopted

    def close(self) -> None:
        """Let go of the ledger."""
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    # -- doing and answering -----------------------------------------------------------------------

    def do(self, action: str, act: Callable[["Entry"], Confirmation], *, reason: str | None = None) -> None:
        """Run an action inside one entry and answer with its confirmation; honours --key, --dry-run, --override."""
        self.answer(self.act(action, act, reason=reason))

    def act(self, action: str, act: Callable[["Entry"], Confirmation], *, reason: str | None = None,
            first: Callable[[], None] = lambda: None) -> Confirmation:  # fmt: skip
        """Like `do`, but hands the confirmation back; `first` is done before the entry is open."""
        self.check_answerable()
        if self.looks_back:
            raise Usage("front.looks_back_only")
        key = str(self.shared["key"]) if "key" in self.shared else None
        args = self._args() if key else None

        def begin() -> None:
            if key:
                self._check_key(key, str(args))
            first()

        while True:
            try:
                ledger = self.ledger
                with ledger.entry(action, key=key, args=args, reason=reason, dry_run=self.dry_run, first=begin) as e:
                    e.override = str(self.shared["override"]) if "override" in self.shared else None
                    done = act(e)
                    finish(e, done)
                done.dry_run = self.dry_run
                if not self.dry_run and ledger.together is None:
                    from logi.witness import saw

                    saw(ledger)
                return done
            except _Repeated as repeated:
                return confirmation_of(self.ledger, repeated.entry)
            except Ambiguous as error:
                self._choose(error)

    @property
    def looks_back(self) -> bool:
        """Whether --at or --known ask for an earlier state: it is read and never written."""
        return self.at is not None or self.known is not None

    def check_answerable(self) -> None:
        """Refuse (2) before anything is written what could not be answered afterwards: unknown formats, odd places."""
        from logi.formats.writing import check

        self._header()
        check(self.formats, self.output)

    def _header(self) -> str:
        header = str(self.shared.get("header") or "titles")
        if header not in ("titles", "keys"):
            raise Usage("front.bad_header", text=header)
        return header

    def read(self, ask: Callable[["Ledger"], Table | Pack]) -> None:
        """Answer a question from one unchanging view of the ledger."""
        self.answer(self.look(ask))

    def look(self, ask: Callable[["Ledger"], Any]) -> Any:
        """Like `read`, but hands the answer back; an ambiguous name is asked for on a terminal."""
        while True:
            try:
                with self.ledger.snapshot():
                    return ask(self.ledger)
            except Ambiguous as error:
                self._choose(error)

    def answer(self, answer: Answer) -> None:
        """Draw an answer in the formats asked for, to stdout or -o."""
        if self.looks_back and not isinstance(answer, Confirmation):
            answer.notes = (*answer.notes, *self.looked_back())
        if isinstance(answer, Table):
            from logi.formats.shaping import shaped

            answer = shaped(answer, self.shared)
        if self.quiet and (isinstance(answer, Confirmation) or (isinstance(answer, Table) and not answer.rows)):
            return
        from logi.formats import writing

        self.make_folder()
        style: dict[str, Any] = {"header": self._header(), "excel": bool(self.shared.get("excel"))}
        if self.output is None:
            writing.write(answer, self.formats, **style)
            return
        files = writing.drawn_files(answer, self.formats, self.output, **style)
        writing.warn(answer, self.formats)
        together = self._ledger.together if self._ledger is not None else None
        if together is not None:  # a file of a line stands only when the one entry does
            together.after.append(partial(self._deliver_late, answer, files, self.output))
            return
        self._deliver(answer, files, self.output)

    def _deliver(self, answer: Answer, files: "Mapping[Path, bytes]", output: Path) -> None:
        """Write what was drawn, and say where it lies."""
        from logi.formats.writing import told, write_files

        write_files(files)
        if not self.quiet and (line := told(answer, files, output)):
            self.note(line)

    def _deliver_late(self, answer: Answer, files: "Mapping[Path, bytes]", output: Path) -> str:
        """The same once the entry stands: what goes wrong then is a warning, as nothing can be taken back."""
        try:
            self._deliver(answer, files, output)
        except LogiError as error:
            return say(error.key, **error.facts)
        return ""

    def looked_back(self) -> list[str]:
        """What an answer says of the state it was taken from."""
        from logi import journal

        said = [say("front.as_at", day=self.at)] if self.at is not None else []
        if self.known is not None:
            said.append(say("front.as_known", entry=journal.head(self.ledger.db).seq))
        return said

    def say(self, key: str, **facts: Any) -> None:
        """A plain sentence as the answer (not for data): to stdout unless --quiet."""
        if not self.quiet:
            print(say(key, **facts))

    def note(self, text: str) -> None:
        """A line on stderr: warnings, progress, questions."""
        from logi.core.text import show

        print(show(text), file=sys.stderr, flush=True)

    def wrong(self) -> None:
        """Something is wrong though the command answered: exit with 7."""
        self.code = 7

    def _check_key(self, key: str, args: str) -> None:
        """Inside the entry's transaction, so that two programs with one key cannot both write."""
        from logi import journal

        row = journal.by_key(self.ledger.db, key)
        if row is None:
            return
        if row["args"] != args:
            raise Refused("front.key_used", key_used=key, entry=row["seq"])
        raise _Repeated(row["seq"])

    def _args(self) -> str:
        return hashlib.sha256(json.dumps(self.line, ensure_ascii=False, default=str).encode()).hexdigest()

    def _choose(self, error: Ambiguous) -> None:
        choices = getattr(error, "choices", None)
        if not self.interactive or not choices:
            raise error
        self.note(say(error.key, **error.facts))
        for at, (code, name) in enumerate(error.pairs, 1):
            self.note(f"  {at}. {code} {name}")
        while True:
            typed = self.ask(say("front.ask_which"))
            if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
                table, text, rowid = choices[int(typed) - 1]
                self.ledger.chosen[table, text] = rowid
                self.asked[text] = error.pairs[int(typed) - 1][0] or error.pairs[int(typed) - 1][1]
                return

    def ask(self, label: str, default: str | None = None) -> str:
        """Ask on the terminal; `.` cancels."""
        hint = f" [{default}]" if default else ""
        print(f"{label}{hint}: ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
        if not typed or typed.strip() == ".":
            raise Cancelled
        return typed.strip() or default or ""


def finish(e: "Entry", done: Confirmation) -> None:
    """Hang an action's confirmation on its entry, and the entry's warnings on the confirmation."""
    done.entry = e.n
    done.says = done_key(done.action)
    done.warnings += [say(key, **facts) for key, facts in e.warnings]
    e.subject = e.subject or done.number
    others = [number for number in dict.fromkeys(done.numbers) if number != e.subject]
    for number in others[:MOST_SUBJECTS]:
        e.insert("entry_about", subject=number)
    e.answer = {
        "action": done.action, "number": done.number, "numbers": done.numbers, "facts": done.facts,
        "warnings": done.warnings,
    }  # fmt: skip


def done_key(action: str) -> str:
    """The sentence of an action: stock.out -> stock.out.done, person.add -> school.person.add.done, undo -> front.done.undo."""
    from logi.registry import book_of, cards

    group = action.partition(".")[0]
    if group == "import":
        return "importing.forgotten" if action == "import.forget" else "importing.done"
    if group in cards():
        return f"{action}.done"
    card = book_of(group)
    return f"{card.name}.{action}.done" if card else f"front.done.{action}"


def confirmation_of(ledger: "Ledger", seq: int) -> Confirmation:
    """The confirmation an entry was answered with."""
    from logi import journal

    row = journal.find_entry(ledger.db, seq)
    assert row is not None
    said = journal.decode(json.loads(row["answer"]))
    done = Confirmation(
        said.get("action", row["action"]), said.get("number"), numbers=said.get("numbers", []),
        facts=said.get("facts"), warnings=said.get("warnings", []), entry=seq,
    )  # fmt: skip
    done.repeated = True
    done.says = done_key(done.action)
    done.undone = journal.undone_by(ledger.db, seq) is not None
    return done


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

"""The desk a command is run at: its ledger, what is done and asked at it, and how it answers."""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from logi.confirming import confirmation_of, finish
from logi.core import instants
from logi.core.answers import Answer, Confirmation, Pack, Table
from logi.core.errors import Ambiguous, LogiError, Refused, Unavailable, Usage
from logi.core.messages import say
from logi.surroundings import Surroundings, is_terminal, os_user

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


class _Repeated(Exception):
    """This key has written already."""

    def __init__(self, entry: int) -> None:
        super().__init__(entry)
        self.entry = entry


class Desk(Surroundings):
    """Everything around one command line. `shared` are the hoisted options, `env` the environment."""

    def __init__(self, shared: Mapping[str, str | bool], env: Mapping[str, str]) -> None:
        super().__init__(shared, env)
        self.code = 0
        self.line: list[Any] = []
        self.asked: dict[str, str] = {}
        self.running: tuple[str, ...] = ()  # files of lines that this line stands in
        self.years_read: dict[date, str] = {}  # days typed without their year, as they were typed
        self.printed: list[str] | None = None
        self._ledger: Ledger | None = None
        self._adopted: Ledger | None = None  # another desk's, which outlives this one
        self._turned: Ledger | None = None  # the earlier state that --at or --known ask for
        self.at: date | None = None  # --at: the ledger as of this day
        self.known: date | int | None = None  # --known: only what was recorded by then

    # -- the ledger on the desk ---------------------------------------------------------------------

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
        # The ledger may lie open already when --at is read: asked for its language, or adopted from another desk.
        if self.looks_back and self._ledger is not self._turned:
            if self._ledger is self._adopted:
                self._ledger = self._earlier(self._ledger)
            else:
                self._look_back(self._ledger)
            self._turned = self._ledger
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
        try:
            return rewound(now, known=self.known, at=self.at)
        except (sqlite3.Error, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            from logi.verify import verify

            if verify(now).clean:
                raise  # the ledger is sound: the fault is ours
            raise Unavailable("front.damaged", problem=str(error)) from None

    def ledger_language(self) -> str | None:
        """The language the ledger asks for, None if there is no ledger that can be opened."""
        try:
            return self.ledger.settings.get("lang")
        except (LogiError, sqlite3.Error):
            return None

    @property
    def today(self) -> date:
        """Today for the school; with --at that day."""
        return self.at or self.fixed_today or self.ledger.today

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
        self.when_it_stands(partial(self._deliver, answer, files, self.output))

    def when_it_stands(self, write: Callable[[], None]) -> None:
        """Leave a file behind: now, or in a line of `run --one-entry` once the entry stands; what fails then is a warning."""
        together = self._ledger.together if self._ledger is not None else None
        if together is None:
            write()
            return

        def late() -> str:
            try:
                write()
            except LogiError as error:
                return say(error.key, **error.facts)
            return ""

        together.after.append(late)

    def _deliver(self, answer: Answer, files: "Mapping[Path, bytes]", output: Path) -> None:
        """Write what was drawn, and say where it lies."""
        from logi.formats.writing import told, write_files

        write_files(files)
        if not self.quiet and (line := told(answer, files, output)):
            self.note(line)

    def looked_back(self) -> list[str]:
        """What an answer says of the state it was taken from."""
        from logi import journal

        said = [say("front.as_at", day=self.at)] if self.at is not None else []
        if self.known is not None:
            said.append(say("front.as_known", entry=journal.head(self.ledger.db).seq))
        return said

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



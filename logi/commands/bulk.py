"""`logi import`: files of rows come in as one entry."""

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.commands.kinds import (
    ALL,
    WHOLE,
    forget_map,
    kind_named,
    kind_title,
    kind_titles,
    kinds_table,
    kinds_to_create,
    makers,
    maps_table,
    offered,
    template,
)
from logi.commands.progress import Progress
from logi.context import Desk
from logi.core.answers import Confirmation
from logi.core.datafiles import path_typed
from logi.core.errors import BadData, LogiError, NotFound, Refused, Usage
from logi.core.messages import say
from logi.core.unfound import Unfound
from logi.importing.kinds import Kind
from logi.importing.running import Options, Outcome, run
from logi.journal import Entry
from logi.options import as_text

if TYPE_CHECKING:
    from logi.importing.reading import Source

import_app = typer.Typer()
apps = {"import": import_app}

MAPS = ("maps", "对应", "對應")
LARGE_ROWS = 1000  # rows beyond which a copy is set aside first


@import_app.command("import", help="importing.help.import")
def import_(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND|all|kinds|template|maps", help="importing.opt.kind")],
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="importing.opt.file")] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", metavar="HEADER=KEY", help="importing.opt.map")] = None,
    save_map: Annotated[str | None, typer.Option("--save-map", parser=as_text, help="importing.opt.save_map")] = None,
    input_format: Annotated[str | None, typer.Option("--input-format", help="importing.opt.input_format")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="importing.opt.encoding")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="importing.opt.sheet")] = None,
    rejects: Annotated[Path | None, typer.Option("--rejects", metavar="FILE", help="importing.opt.rejects")] = None,
    create: Annotated[str | None, typer.Option("--create", metavar="KINDS", help="importing.opt.create")] = None,
    again: Annotated[bool, typer.Option("--again", help="importing.opt.again")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="importing.opt.remove")] = False,
) -> None:
    """Import a file of rows."""
    desk: Desk = ctx.obj
    if kind in MAPS:
        if remove:
            forget_map(desk, file or "")
        else:
            desk.answer(maps_table(desk))
        return
    if remove:
        raise Usage("importing.remove_what")
    if kind in ("kinds", "种类", "種類"):
        desk.answer(kinds_table())
        return
    if kind in ("template", "模板", "範本"):
        template(desk, kind_named(file or ""))
        return
    if file is None:
        raise Usage("front.missing", missing=["FILE"], command="logi import")
    if kind in ALL:
        kind, file = WHOLE, str(journal_in(path_typed(file)))
    found = kind_named(kind)
    from logi.importing.maps import given
    from logi.importing.reading import open_source

    if rejects is not None and _same_file(rejects, file):
        raise Usage("importing.rejects_is_source", file=file)
    take = Take(desk, found, given(desk.ledger.settings, map_ or []), kinds_to_create(create), rejects, again, save_map)
    with contextlib.ExitStack() as held:

        def opened() -> "Source":
            return held.enter_context(
                contextlib.closing(open_source(file, format=input_format, encoding=encoding, sheet=sheet))
            )

        # before the ledger is locked, unless --key may answer without the file
        source = None if desk.shared.get("key") else opened()
        if found.name == WHOLE:
            take_over(desk, lambda: source or opened())
            return
        if not desk.dry_run and desk.ledger.together is None and is_large(file):
            from logi.aside import set_aside

            take.before_saving = held.enter_context(set_aside(desk.ledger, "import"))
        take.do(lambda: source or opened())


def journal_in(path: Path) -> Path:
    """The file of what `export all` wrote that holds the whole journal; a file itself is taken to be it."""
    if not path.is_dir():
        return path
    stems = (f"logi-export-{WHOLE}", "logi-export", WHOLE)  # a file of the kind alone, or a workbook of all
    for stem in stems:
        for suffix in (".jsonl", ".csv", ".xlsx"):
            if (path / (stem + suffix)).is_file():
                return path / (stem + suffix)
    raise NotFound("importing.no_journal", folder=str(path))


def is_large(file: str) -> bool:
    """Whether a file has more than LARGE_ROWS lines (a workbook: more bytes than so many rows need)."""
    path = Path(file)
    if file == "-" or not path.is_file():
        return False
    if path.suffix.lower() in (".xlsx", ".xls", ".ods"):
        return path.stat().st_size > LARGE_ROWS * 20
    with path.open("rb") as lines:
        return sum(1 for _ in zip(lines, range(LARGE_ROWS + 2), strict=False)) > LARGE_ROWS + 1


def take_over(desk: Desk, opened: "Callable[[], Source]") -> None:
    """A whole journal into a blank ledger, entry by entry, and one entry that says so."""
    from logi import journal
    from logi.takeover import Takeover

    if desk.ledger.together is not None:
        raise Usage("front.not_together", command=f"import {WHOLE}")
    taking: list[Takeover] = []

    def replay() -> None:
        source = opened()
        source.titles = kind_titles(WHOLE)
        before = journal.imported(desk.ledger.db, WHOLE, source.sha256)
        if before is not None:
            raise Refused("importing.journal_already", file=source.name, entry=before)
        taking[:] = [Takeover(desk.ledger, source)]
        taking[0].replay()

    desk.answer(desk.act(f"import.{WHOLE}", lambda e: taking[0].receipt(e), first=replay))


class _NothingTaken(Exception):
    """All rows are rejected: there is nothing to make an entry of, and no file to remember as imported."""

    def __init__(self, done: Confirmation) -> None:
        super().__init__()
        self.done = done
        done.says = "importing.none_taken"


class Take:
    """One import at the desk: the file into an entry, its findings, its receipt."""

    def __init__(self, desk: Desk, kind: Kind, maps: tuple[list[str], list[str]], create: frozenset[str], rejects: Path | None,
                 again: bool, save_map: str | None) -> None:  # fmt: skip
        self.desk, self.kind, self.create = desk, kind, create
        self.maps, self.named = maps
        self.rejects, self.again, self.save_map = rejects, again, save_map
        self.rejected = 0
        self.take_rejects_back: Callable[[], None] = lambda: None
        self.before_saving: Callable[[], None] = lambda: None

    def do(self, opened: "Callable[[], Source]") -> None:
        """Import and answer: 5 with all findings, or 7 after --rejects."""
        desk = self.desk
        try:
            with desk.ledger.ready_for_many(loose=self.kind.answers):
                done = desk.act(f"import.{self.kind.name}", lambda e: self._act(e, opened()))
        except BadData as error:
            self._tell_notes(error)
            raise
        except _NothingTaken as nothing:
            done = nothing.done
            done.dry_run = desk.dry_run
        except BaseException:
            self.take_rejects_back()
            raise
        desk.answer(done)
        if self.rejected and not done.repeated:
            if not desk.dry_run and not any(name in ("json", "jsonl") for name in desk.formats):
                desk.note(say("importing.rejected", rows=self.rejected, file=str(self.rejects)))
            desk.wrong()

    def _act(self, e: Entry, opened: "Source") -> Confirmation:
        from logi import journal
        from logi.importing.headers import read_maps

        before = journal.imported(e.db, self.kind.name, opened.sha256)
        if before is not None and not self.again:
            raise Refused("importing.already", file=opened.name, entry=before)
        opened.plain, opened.titles = self.kind.plain, kind_titles(self.kind.name)
        progress = Progress(self.desk, opened)
        options = Options(create=self.create, makers=makers(self.create), finders=lambda: offered("FINDERS"),
                          tick=progress.tick, rejects=self.rejects is not None)  # fmt: skip
        exact, e.ledger.exact, e.ledger.unfound = e.ledger.exact, True, Unfound()
        try:
            outcome = run(e, self.kind, opened, read_maps(self.maps, self.kind, self.named), options)
        except BadData as error:
            error.facts = {**error.facts, "notes": [say(key, **facts) for key, facts in opened.notes]}
            raise
        finally:
            e.ledger.exact, e.ledger.unfound = exact, None
            progress.end()
        receipt = self._receipt(e, opened, outcome)
        self.before_saving()
        return receipt

    def _receipt(self, e: Entry, source: "Source", outcome: Outcome) -> Confirmation:
        facts: dict[str, Any] = {"file": source.name, "sha256": source.sha256, "kind": self.kind.name, **outcome.facts()}
        notes = [say(key, **noted) for key, noted in source.notes]
        if outcome.bad and self.rejects is None:
            key = "importing.bad" if outcome.bad < outcome.rows else "importing.all_bad"
            raise BadData(key, outcome.findings.sorted(), notes=notes, found=outcome.findings.count, **facts)
        if outcome.bad:
            assert self.rejects is not None
            from logi.importing.rejects import rejects_bytes

            content = rejects_bytes(outcome.findings.plan, outcome.findings.lines, self.rejects.suffix, source)
            if not self.desk.dry_run:
                self._keep_rejects(self.rejects, content)
            self.rejected = outcome.bad
            facts["findings"] = outcome.findings.sorted()
            self._draw(facts["findings"], outcome.findings.count)
            if outcome.bad == outcome.rows and self.desk.ledger.together is None:
                raise _NothingTaken(Confirmation(f"import.{self.kind.name}", facts=facts, warnings=notes))
        e.subject = source.name
        if outcome.bad < outcome.rows:  # else, a line of one entry, it may come again
            e.insert("import_file", kind=self.kind.name, name=source.name, sha256=source.sha256, rows=outcome.rows)
        if self.save_map:
            from logi.importing.maps import PREFIX, written
            from logi.journal import set_setting

            set_setting(e, PREFIX + self.save_map.removeprefix("@"), written(self.kind.name, [*self.named, *self.maps]))
        for key, noted in source.notes:
            e.warn(key, **noted)
        facts["made"] = outcome.made
        if outcome.made:
            e.warn("importing.made", count=len(outcome.made), made=[_told(one) for one in outcome.made[:20]])
        if outcome.posted.differences:
            facts["differences"] = outcome.posted.differences
            if self.desk.dry_run:
                e.warn("importing.differences", differences=outcome.posted.differences[:20])
        return Confirmation(f"import.{self.kind.name}", facts=facts)

    def _keep_rejects(self, path: Path, content: bytes) -> None:
        """Written before the entry stands, so that no row is lost; as a line of one entry, once all of it stands."""
        from logi.formats.writing import spare_databases, write_file

        together = self.desk.ledger.together
        if together is None:
            before = path.read_bytes() if path.is_file() else None

            def back() -> None:
                with contextlib.suppress(OSError):
                    if before is None:
                        path.unlink()
                    else:
                        write_file(path, before)

            self.take_rejects_back = back
            write_file(path, content)
            return
        spare_databases(path)

        def later() -> str:
            try:
                write_file(path, content)
            except LogiError as error:
                return say(error.key, **error.facts)
            return ""

        together.after.append(later)

    def _draw(self, findings: list[dict[str, Any]], found: int) -> None:
        if any(name in ("json", "jsonl") for name in self.desk.formats):
            return
        from logi.telling import draw_findings

        print(draw_findings(findings, found), file=sys.stderr)  # noqa: T201

    def _tell_notes(self, error: BadData) -> None:
        if any(name in ("json", "jsonl") for name in self.desk.formats):
            return
        for note in error.facts.get("notes", []):  # type: ignore[attr-defined]
            self.desk.note(note)


def _same_file(one: Path, other: str) -> bool:
    """Whether two names are of one file: the bad rows must not be written over the good ones."""
    with contextlib.suppress(OSError, ValueError):
        return os.path.samefile(one, other)
    return False


def _told(made: str) -> str:
    """What was made, its kind in the language spoken now."""
    kind, colon, what = made.partition(": ")
    return f"{kind_title(kind)}{colon}{what}"

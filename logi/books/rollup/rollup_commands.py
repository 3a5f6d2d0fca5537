"""`logi rollup …`: figures handed up and received, added up, compared."""

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.confirming import confirmation_of
from logi.core.days import add_months, month_of
from logi.core.errors import NotFound, Unavailable, Usage
from logi.core.messages import say
from logi.options import (
    InQuarter,
    InSchoolYear,
    InYear,
    OnDay,
    Reason,
    SinceDay,
    UntilDay,
    as_month,
    as_text,
    desk_today,
    period_of,
)

if TYPE_CHECKING:
    from logi.context import Desk

rollup = typer.Typer()

OneMonth = Annotated[str | None, typer.Argument(parser=as_month, metavar="[MONTH]", help="rollup.opt.month")]
Under = Annotated[str | None, typer.Option("--under", parser=as_text, metavar="UNIT", help="rollup.opt.under")]
OfUnit = Annotated[str | None, typer.Option("--unit", parser=as_text, metavar="UNIT", help="rollup.opt.of_unit")]


@rollup.command("submit", help="rollup.help.submit")
def submit(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(parser=as_month, metavar="MONTH", help="rollup.opt.month")],
    correct: Annotated[bool, typer.Option("--correct", help="rollup.opt.correct")] = False,
    reason: Reason = None,
) -> None:
    """Hand a closed month up: the bundle goes to -o, or to standard output."""
    from logi.books.rollup import handing

    desk: Desk = ctx.obj
    output, there = desk.output, desk.look(lambda ledger: handing.handed(ledger, month))
    if output is not None and output.is_dir():
        raise Usage("rollup.file_wanted", path=str(output))
    if there is not None and not correct and not desk.dry_run:
        units = desk.look(lambda ledger: handing.content(ledger, month))
        if handing.same(there, units):  # nothing is new: the same bytes again, and no entry
            _deliver(desk, month, output)
            if output is not None:
                desk.shared.pop("output")
                desk.shared.setdefault("format", "text")
                desk.answer(confirmation_of(desk.ledger, there["entry"]))
            desk.note(say("rollup.written_again", month=month, number=there["number"]))
            return
    if output is not None:
        from logi.formats.writing import spare_databases

        spare_databases(output)
        desk.shared.pop("output")
        desk.shared.setdefault("format", "text")
    done = desk.act("rollup.submit", lambda e: handing.submit(e, month, correct=correct, reason=reason), reason=reason)
    if not desk.dry_run:
        desk.when_it_stands(lambda: _deliver(desk, month, output))
    if output is not None or desk.dry_run:
        desk.answer(done)
    if output is not None and not desk.dry_run:
        desk.note(say("formats.wrote", path=str(output)))


@rollup.command("receive", help="rollup.help.receive")
def receive(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="rollup.opt.file")],
    create: Annotated[bool, typer.Option("--create", help="rollup.opt.create")] = False,
    on: OnDay = None,
) -> None:
    """Take a bundle in."""
    from logi.books.rollup import bundle, handing

    desk: Desk = ctx.obj
    found = bundle.opened(read_file(desk, file), file)
    desk.do("rollup.receive", lambda e: handing.receive(e, found, create=create, on=on))


@rollup.command("month", help="rollup.help.month")
def month_(
    ctx: typer.Context, named: OneMonth = None, under: Under = None,
    indicator: Annotated[list[str] | None, typer.Option("--figure", metavar="NAME", help="rollup.opt.figure")] = None,
    quarter: InQuarter = None, year: InYear = None, school_year: InSchoolYear = None, since: SinceDay = None,
    until: UntilDay = None,
) -> None:  # fmt: skip
    """Every unit's figures of a month or more."""
    from logi.books.rollup import rollup_report

    desk: Desk = ctx.obj
    first, last = _months(named, quarter, year, school_year, since, until)
    names = [as_text(part) for one in indicator or () for part in one.replace("，", ",").split(",") if part.strip()]
    desk.read(lambda ledger: rollup_report.month(ledger, first, last, under=under, names=names))


@rollup.command("figures", help="rollup.help.figures")
def figures(
    ctx: typer.Context, named: OneMonth = None, unit: OfUnit = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Every figure of a unit and all below it, added up."""
    from logi.books.rollup import rollup_report

    desk: Desk = ctx.obj
    first, last = _months(named, quarter, year, school_year, since, until)
    desk.read(lambda ledger: rollup_report.figures(ledger, first, last, unit=unit))


@rollup.command("compare", help="rollup.help.compare")
def compare(
    ctx: typer.Context, named: OneMonth = None, under: Under = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """Figures per pupil, town against country."""
    from logi.books.rollup import rollup_report

    desk: Desk = ctx.obj
    first, last = _months(named, quarter, year, school_year, since, until)
    desk.read(lambda ledger: rollup_report.compare(ledger, first, last, under=under))


@rollup.command("late", help="rollup.help.late")
def late(ctx: typer.Context, named: OneMonth = None) -> None:
    """Who has not told of a month that is over."""
    from logi.books.rollup import rollup_report

    desk: Desk = ctx.obj
    desk.read(lambda ledger: rollup_report.late(ledger, named))


@rollup.command("list", help="rollup.help.list")
def list_(
    ctx: typer.Context, named: OneMonth = None, unit: OfUnit = None, quarter: InQuarter = None, year: InYear = None,
    school_year: InSchoolYear = None, since: SinceDay = None, until: UntilDay = None,
) -> None:  # fmt: skip
    """What was received and handed up."""
    from logi.books.rollup import rollup_report

    desk: Desk = ctx.obj
    first, last = "", "9999-99"
    if named or quarter or year or school_year or since or until:
        first, last = _months(named, quarter, year, school_year, since, until)
    desk.read(lambda ledger: rollup_report.received(ledger, first, last, unit=unit))


def _months(named: str | None, quarter: str | None, year: str | None, school_year: str | None, since: date | None,
            until: date | None) -> tuple[str, str]:  # fmt: skip
    """The months a line means: those named, else last month."""
    first, last = period_of(month=named, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    today = desk_today()
    if first is None and last is None:
        return (before := add_months(month_of(today), -1)), before
    return month_of(first or last or today), month_of(min(last or today, max(today, first or today)))


def _deliver(desk: "Desk", month: str, output: Path | None) -> None:
    """The bundle of what stands handed up of a month, to a file or to standard output."""
    import json

    from logi.books.rollup import bundle, handing

    row = handing.handed(desk.ledger, month)
    assert row is not None
    write_bundle(desk, bundle.drawn(json.loads(row["body"])), output)


def write_bundle(desk: "Desk", content: bytes, output: Path | None) -> None:
    """A sealed file to -o, or to standard output."""
    from logi.formats.writing import emit, write_file

    if output is not None and output.is_dir():
        raise Usage("rollup.file_wanted", path=str(output))
    if output is None:
        emit(content.decode())
    else:
        write_file(output, content)


def read_file(desk: "Desk", file: str) -> bytes:
    """A file's bytes, or standard input's; the same --key with another content is another line."""
    data = _read(file)
    desk.line.append(hashlib.sha256(data).hexdigest())
    return data


def _read(file: str) -> bytes:
    import sys

    from logi.books.rollup.bundle import LARGEST
    from logi.core.datafiles import path_typed

    if file == "-":
        source: Any = getattr(sys.stdin, "buffer", None)
        return bytes(source.read(LARGEST + 1)) if source is not None else sys.stdin.read().encode()
    try:
        with path_typed(file).open("rb") as there:
            return there.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound("importing.no_file", file=file) from None
    except OSError as error:
        raise Unavailable("rollup.cannot_read", file=file, problem=error.strerror or str(error)) from None

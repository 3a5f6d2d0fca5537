"""`logi staff train, study, examine, list, hours, rounds`: what was taught to whom, and who lacks hours."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.people import rules
from logi.books.people.options import (
    MODE_SAID,
    RANK_SAID,
    Department,
    Folk,
    Mode,
    as_hours,
    as_people,
    as_points,
    flat,
    paired,
    span,
)
from logi.options import (
    InMonth,
    InQuarter,
    InSchoolYear,
    InYear,
    Note,
    OnDay,
    SinceDay,
    UntilDay,
    as_text,
    choice,
)

if TYPE_CHECKING:
    from logi.context import Desk

as_score = paired("people.bad_score", as_points)
Topic = Annotated[str, typer.Argument(parser=as_text, metavar="TOPIC", help="people.opt.topic")]
Hours = Annotated[int, typer.Option("--hours", parser=as_hours, metavar="N", help="people.opt.hours")]
Person = Annotated[str | None, typer.Option("--person", parser=as_text, metavar="PERSON", help="people.opt.person")]


def train(
    ctx: typer.Context,
    topic: Topic,
    training_mode: Annotated[str, choice("--mode", "people.mode", rules.MODES[:3], "people.opt.mode", *MODE_SAID[:-1])],
    trainer: Annotated[str, typer.Option("--trainer", parser=as_text, metavar="NAME", help="people.opt.trainer")],
    class_hours: Hours,
    unit: Annotated[str | None, typer.Option("--unit", parser=as_text, metavar="TEXT", help="people.opt.unit")] = None,
    trainer_rank: Annotated[str | None, choice("--rank", "people.rank", rules.RANKS, "people.opt.rank", *RANK_SAID)] = None,
    trained: Folk = None,
    department: Department = None,
    absent: Annotated[
        list[Any] | None, typer.Option("--absent", parser=as_people, metavar="PERSON,…", help="people.opt.absent")
    ] = None,
    test_scores: Annotated[
        list[Any] | None, typer.Option("--score", parser=as_score, metavar="PERSON=N", help="people.opt.scores")
    ] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", parser=as_text, metavar="TEXT", help="people.opt.outcome")] = None,
    on: OnDay = None,
    note: Note = None,
) -> None:
    """A training was held."""
    from logi.books.people import actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.train", lambda e: acts.train(
        e, topic, mode=training_mode, trainer=trainer, hours=class_hours, unit=unit, rank=trainer_rank, who=flat(trained),
        department=department, absent=flat(absent), scores=test_scores or (), outcome=outcome, on=on, note=note))  # fmt: skip


def study(
    ctx: typer.Context,
    topic: Topic,
    learner: Annotated[list[Any], typer.Option("--by", parser=as_people, metavar="PERSON,…", help="people.opt.learner")],
    class_hours: Hours,
    study_source: Annotated[
        str | None, typer.Option("--source", parser=as_text, metavar="TEXT", help="people.opt.source")
    ] = None,
    gained: Annotated[str | None, typer.Option("--gained", parser=as_text, metavar="TEXT", help="people.opt.gained")] = None,
    on: OnDay = None,
) -> None:
    """Somebody studied by themselves."""
    from logi.books.people import actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.study", lambda e: acts.study(
        e, topic, who=flat(learner), hours=class_hours, source=study_source, gained=gained, on=on))  # fmt: skip


def examine(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="people.opt.training")],
    results: Annotated[list[Any], typer.Argument(parser=as_score, metavar="PERSON=N", help="people.opt.scores")],
    on: OnDay = None,
) -> None:
    """Results of a test after a training."""
    from logi.books.people import actions as acts

    desk: Desk = ctx.obj
    desk.do("staff.examine", lambda e: acts.examine(e, number, results, on=on))


def list_(
    ctx: typer.Context,
    training_mode: Mode = None,
    department: Department = None,
    person: Person = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Trainings of a period."""
    from logi.books.people import training_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.trainings(ledger, first, last, mode=training_mode, department=department, person=person))


def hours_(
    ctx: typer.Context,
    short: Annotated[bool, typer.Option("--short", help="people.opt.short")] = False,
    department: Department = None,
    month: InMonth = None,
    quarter: InQuarter = None,
    year: InYear = None,
    school_year: InSchoolYear = None,
    since: SinceDay = None,
    until: UntilDay = None,
) -> None:
    """Hours of each person against the target."""
    from logi.books.people import training_report as reports

    desk: Desk = ctx.obj
    first, last = span(desk.today, month=month, quarter=quarter, year=year, school_year=school_year, since=since, until=until)
    desk.read(lambda ledger: reports.hours(ledger, first, last, short=short, department=department))


def rounds(ctx: typer.Context) -> None:
    """When each department trained."""
    from logi.books.people import training_report as reports

    desk: Desk = ctx.obj
    desk.read(lambda ledger: reports.rounds(ledger, ledger.today))


training: dict[str, Callable[..., Any]] = {"train": train, "study": study, "examine": examine, "list": list_, "hours": hours_,
                                           "rounds": rounds}  # fmt: skip

"""Parameters that several commands of the school's book share."""

from datetime import date
from typing import Annotated

import typer

from logi.books.school.rules import PLACE_ALIASES, PLACE_KINDS
from logi.options import as_code, as_day, as_text, known_or_text

Code = Annotated[str, typer.Argument(parser=as_code, metavar="CODE", help="school.opt.code")]
Name = Annotated[str, typer.Argument(parser=as_text, metavar="NAME", help="school.opt.name")]
NewName = Annotated[str | None, typer.Option("--name", parser=as_text, help="school.opt.new_name")]
Create = Annotated[bool, typer.Option("--create", help="school.opt.create")]
AtDay = Annotated[date | None, typer.Option("--at", parser=as_day, metavar="DAY", help="school.opt.at")]
PlaceKind = Annotated[
    str | None,
    typer.Option(
        "--kind", parser=known_or_text("school.kind", PLACE_KINDS, *PLACE_ALIASES), metavar="KIND", help="school.opt.kind"
    ),
]

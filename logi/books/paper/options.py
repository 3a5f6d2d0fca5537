"""Options that several commands of the paper book share."""

from datetime import date
from typing import Annotated

import typer

from logi.books.paper import rules
from logi.options import as_day, as_text, known_or_text

area_word = known_or_text("paper.area", rules.AREAS)
category_word = known_or_text("paper.category", rules.CATEGORIES)

Area = Annotated[str | None, typer.Option("--area", parser=area_word, metavar="AREA", help="paper.opt.area")]
Areas = Annotated[list[str] | None, typer.Option("--area", parser=area_word, metavar="AREA", help="paper.opt.areas")]
OptionOwner = Annotated[str | None, typer.Option("--owner", parser=as_text, metavar="PERSON", help="paper.opt.owner")]
By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="paper.opt.by")]
Due = Annotated[date | None, typer.Option("--due", parser=as_day, metavar="DAY", help="paper.opt.due")]
Evidence = Annotated[
    str | None, typer.Option("--evidence", parser=as_text, metavar="NUMBER", help="paper.opt.evidence")
]
Why = Annotated[str, typer.Option("--reason", parser=as_text, metavar="TEXT", help="front.opt.reason")]

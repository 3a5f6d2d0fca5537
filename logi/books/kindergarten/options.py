"""Parameters the kindergarten's commands share: who, where, fixed words, lines of a checklist."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from logi.books.kindergarten import rules
from logi.core.errors import BadValue
from logi.options import as_text, fixed

if TYPE_CHECKING:
    from logi.context import Desk

AREA_SAID = (
    ("教室", "classroom"), ("寝室", "sleep"), ("睡眠室", "sleep"), ("户外", "outdoor"), ("操场", "outdoor"), ("沙池", "sand"),
    ("美工", "art"), ("音体", "music"), ("图书", "reading"), ("餐厅", "dining"), ("盥洗", "washroom"),
)  # fmt: skip
NEED_SAID = (("场地布置", "place"), ("布置", "place"), ("物品供应", "supply"), ("物资", "supply"), ("联系", "contact"))
as_area = fixed("kindergarten.area", rules.AREAS, *AREA_SAID)
as_need = fixed("kindergarten.need", rules.NEEDS, *NEED_SAID)


def as_line(text: Any) -> tuple[str, str, str | None]:
    """`KIND=TEXT` or `KIND=TEXT@PERSON`: a line of an event's checklist."""
    if isinstance(text, tuple):
        return text
    kind, equals, rest = str(text).replace("＝", "=").partition("=")
    words, _, owner = rest.replace("＠", "@").partition("@")
    if not equals or not words.strip():
        raise BadValue("kindergarten.bad_line", text=str(text)[:60])
    return as_need(kind.strip()), as_text(words), as_text(owner) if owner.strip() else None


By = Annotated[str, typer.Option("--by", parser=as_text, metavar="PERSON", help="kindergarten.opt.by")]
Audience = Annotated[str | None, typer.Option("--to", parser=as_text, metavar="TEXT", help="kindergarten.opt.audience")]


def this_year(desk: "Desk") -> date:
    """The first day of this school year: where lists begin that no period was named for."""
    from logi.core.days import school_year_of, school_year_period

    return school_year_period(school_year_of(desk.today)).since

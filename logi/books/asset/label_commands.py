"""`logi asset label …`: labels with a QR sign for the things named."""

from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.asset import store
from logi.context import Desk
from logi.core.errors import Usage
from logi.options import as_text

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.forms.labels import Label

app = typer.Typer()


@app.command("label", help="forms.help.label")
def label(
    ctx: typer.Context,
    codes: Annotated[list[str], typer.Argument(parser=as_text, metavar="CODE", help="asset.opt.codes")],
    label_sheet: Annotated[
        str, typer.Option("--sheet", parser=as_text, metavar="NAME", help="forms.opt.label_sheet")
    ] = "a4-21",
) -> None:
    """Draw labels for things."""
    from logi.formats.writing import emit, write_file
    from logi.forms.labels import FORMATS, draw, paper_named

    desk: Desk = ctx.obj
    paper = paper_named(label_sheet)
    output = desk.output
    suffix = output.suffix.lower().lstrip(".") if output is not None else ""
    name = str(desk.shared.get("format") or (suffix if suffix in FORMATS else "html")).lower()
    drawn = draw(desk.look(lambda ledger: _labels(ledger, codes)), paper, name)
    if output is not None:
        file = output / f"logi-labels.{name}" if output.is_dir() else output

        def deliver() -> None:
            write_file(file, drawn)
            desk.wrote()

        desk.when_it_stands(deliver)
    elif name == "html":
        emit(drawn.decode("utf-8"))
    else:
        raise Usage("forms.labels.needs_file", name=name)


def _labels(ledger: "Ledger", codes: list[str]) -> "list[Label]":
    from logi.forms.labels import Label

    school = ledger.settings.get("school", "")
    made = []
    for row in (store.named_card(ledger.db, card["id"]) for card in store.cards(ledger, codes)):
        line = " ".join(part for part in (row["place"], row["place_name"]) if part)
        made.append(Label(row["code"], row["name"], line, school))
    return made

"""`logi asset count …`: a stocktake from the frozen list to the document that waits for approval."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from logi.books.asset import counting, rules
from logi.books.asset.counting import Reading
from logi.context import Desk
from logi.core import money
from logi.core.errors import Usage
from logi.options import Note, OnDay, as_day, as_text

if TYPE_CHECKING:
    from logi.journal import Entry

count = typer.Typer()

Number = Annotated[str | None, typer.Argument(parser=as_text, metavar="[NUMBER]", help="asset.opt.count_number")]
Places = Annotated[list[str] | None, typer.Argument(parser=as_text, metavar="[PLACE]…", help="asset.opt.count_places")]
By = Annotated[str | None, typer.Option("--by", parser=as_text, metavar="PERSON", help="asset.opt.counter")]
Several = list[str] | None


@count.command("start", help="asset.help.count_start")
def start(
    ctx: typer.Context,
    places: Places = None,
    on: OnDay = None,
    blind: Annotated[bool, typer.Option("--blind", help="asset.opt.blind")] = False,
    note: Note = None,
) -> None:
    """Freeze what is expected."""
    desk: Desk = ctx.obj
    desk.do("asset.count.start", lambda e: counting.start(e, places or (), on=on, blind=blind, note=note))


@count.command("enter", help="asset.help.count_enter")
def enter(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(parser=as_text, metavar="NUMBER", help="asset.opt.count_number")],
    place: Annotated[str | None, typer.Argument(parser=as_text, metavar="PLACE", help="asset.opt.count_place")] = None,
    codes: Annotated[list[str] | None, typer.Argument(parser=as_text, metavar="[CODE]…", help="asset.opt.scanned")] = None,
    rest_ok: Annotated[bool, typer.Option("--rest-ok", help="asset.opt.rest_ok")] = False,
    rest_missing: Annotated[bool, typer.Option("--rest-missing", help="asset.opt.rest_missing")] = False,
    missing: Annotated[Several, typer.Option("--missing", parser=as_text, metavar="CODE", help="asset.opt.missing")] = None,
    found: Annotated[Several, typer.Option("--found", parser=as_text, metavar="CODE", help="asset.opt.found")] = None,
    condition: Annotated[
        Several, typer.Option("--condition", parser=as_text, metavar="CODE=good|worn|damaged", help="asset.opt.code_condition")
    ] = None,
    qty: Annotated[Several, typer.Option("--qty", parser=as_text, metavar="CODE=N", help="asset.opt.code_quantity")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="asset.opt.count_file")] = None,
    by: By = None,
    on: OnDay = None,
) -> None:
    """Enter what was found in a room."""
    desk: Desk = ctx.obj
    if rest_ok and rest_missing:
        raise Usage("asset.count_rest_twice")
    rest = "ok" if rest_ok else "missing" if rest_missing else None
    rooms = _rooms(place, file)
    if place and place not in rooms and (codes or missing or found or condition or qty):
        raise Usage("asset.count_one_room", places=list(rooms))

    def act(e: "Entry") -> object:
        typed = _typed(e, codes or (), found or (), condition or (), qty or ())
        stands = counting.Count(e.db, counting.count_of(e, number))
        entered = []
        for room, readings in rooms.items():
            here = [*readings, *(typed if room == place else [])]
            gone = _codes(e, missing or ()) if room == place else []
            entered.append(counting.enter(e, number, room, here, rest=rest, missing=gone, by=by, on=on, count=stands))
        done = entered[-1]
        if len(rooms) > 1:
            sums = {key: sum(one.facts[key] for one in entered) for key in ("found", "missing", "elsewhere", "unknown", "left")}
            done.facts = {**done.facts, **sums, "place": list(rooms)}
        return done

    desk.do("asset.count.enter", act)  # type: ignore[arg-type]


@count.command("status", help="asset.help.count_status")
def status(
    ctx: typer.Context,
    number: Number = None,
    strict: Annotated[bool, typer.Option("--strict", help="asset.opt.count_strict")] = False,
) -> None:
    """How far each room is."""
    from logi.books.asset import count_sheets

    desk: Desk = ctx.obj
    table = desk.look(lambda ledger: count_sheets.status(ledger, number))
    desk.answer(table)
    if strict and any(row["state"] != "counted" for row in table.rows):
        desk.wrong()


@count.command("list", help="asset.help.count_list")
def list_(ctx: typer.Context) -> None:
    """Every stocktake."""
    from logi.books.asset import count_sheets

    desk: Desk = ctx.obj
    desk.read(count_sheets.listing)


@count.command("sheet", help="asset.help.count_sheet")
def sheet(
    ctx: typer.Context,
    number: Number = None,
    places: Places = None,
    blind: Annotated[bool, typer.Option("--blind", help="asset.opt.blind")] = False,
) -> None:
    """The sheets to count by."""
    from logi.books.asset import count_sheets

    desk: Desk = ctx.obj
    desk.read(lambda ledger: count_sheets.sheets(ledger, number, places or (), blind=blind))


@count.command("differences", help="asset.help.count_differences")
def differences(ctx: typer.Context, number: Number = None) -> None:
    """The table of surplus and shortage."""
    from logi.books.asset import count_sheets

    desk: Desk = ctx.obj
    desk.read(lambda ledger: count_sheets.differences(ledger, number))


@count.command("recount", help="asset.help.count_recount")
def recount(ctx: typer.Context, number: Number = None) -> None:
    """Have what differs counted once more."""
    desk: Desk = ctx.obj
    desk.do("asset.count.recount", lambda e: counting.recount(e, number))


@count.command("settle", help="asset.help.count_settle")
def settle(
    ctx: typer.Context,
    number: Number = None,
    cause: Annotated[Several, typer.Option("--cause", parser=as_text, metavar="CODE=TEXT", help="asset.opt.code_cause")] = None,
    surplus: Annotated[
        Several, typer.Option("--surplus", parser=as_text, metavar="CODE=NAME@AMOUNT", help="asset.opt.code_surplus")
    ] = None,
    on: Annotated[date | None, typer.Option("--on", parser=as_day, metavar="DAY", help="front.opt.on")] = None,
) -> None:
    """Propose what the count came to."""
    desk: Desk = ctx.obj
    named: dict[str, tuple[str, int]] = {}
    for code, text in pairs(surplus or ()).items():
        name, at, amount = text.replace("＠", "@").rpartition("@")
        if not at or not name.strip():
            raise Usage("asset.bad_surplus", text=text)
        named[code] = (name.strip(), money.parse_money(amount))
    done = desk.act("asset.count.settle", lambda e: counting.settle(e, number, causes=pairs(cause or ()), surplus=named, on=on))
    if done.facts["adjust"] is None:
        done.says = "asset.count.settle.agrees"
    desk.answer(done)


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """`CODE=VALUE` words as a dictionary (2 if one is not like that)."""
    made: dict[str, str] = {}
    for text in texts:
        code, equals, value = text.replace("＝", "=").partition("=")
        if not equals or not code.strip() or not value.strip():
            raise Usage("asset.bad_pair", text=text)
        made[code.strip()] = value.strip()
    return made


def _rooms(place: str | None, file: Path | None) -> dict[str, list[Reading]]:
    if file is not None:
        from logi.books.asset import count_files

        rooms = count_files.read(str(file), place)
        return {**({place: []} if place else {}), **rooms}
    if place is None:
        raise Usage("asset.count_where")
    return {one: [] for one in rules.expand(place)}


def _codes(e: "Entry", texts: Sequence[str]) -> list[str]:
    """Codes as typed: ranges, comma lists and stems of batches become single codes; unknown ones stay."""
    from logi.books.asset import store

    made: list[str] = []
    for code in (one for text in texts for one in rules.expand(text)):
        known = store.scanned(e.db, [code])
        cards = [] if known else store.batch(e.db, code)
        made += [card["code"] for card in cards] if cards else [code]
    return made


def _typed(
    e: "Entry", codes: Sequence[str], found: Sequence[str], condition: Sequence[str], qty: Sequence[str]
) -> list[Reading]:
    """One reading for each code named anywhere in the line."""
    from logi.books.asset import count_files

    conditions = {code: count_files.condition_of(text) for code, text in pairs(condition).items()}
    quantities = {code: money.parse_quantity(text) for code, text in pairs(qty).items()}
    read = _codes(e, [*codes, *found])
    read += [code for code in dict.fromkeys([*conditions, *quantities]) if code not in read]
    return [Reading(code, quantities.get(code), conditions.get(code)) for code in read]

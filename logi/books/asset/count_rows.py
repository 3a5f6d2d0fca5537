"""Results of a stocktake as an import: rows of one room are entered together; a plain list of codes finds its rooms itself."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from logi.books.asset import counting, store
from logi.books.asset.count_files import WORDS
from logi.books.asset.counting import Count, Reading
from logi.books.asset.rules import CONDITIONS
from logi.core.errors import BadValue, LogiError, Refused
from logi.core.folding import fold
from logi.finding import by_code
from logi.importing.kinds import NEW, SAME, Col, Kind, Row, code, day, quantity, text, word
from logi.importing.running import Options, Posted
from logi.journal import Entry
from logi.registry import cards, room


class Where(NamedTuple):
    """What rows must share to be entered together."""

    number: str | None
    place: str
    by: str | None
    on: Any


def post(e: Entry, rows: list[Row], options: Options) -> Posted:
    """Rows of assets room by room, rows of items through whichever book counts items."""
    posted = Posted()
    others: list[Row] = []
    assets: list[Row] = []
    for row in rows:
        if row["asset"]:
            assets.append(row)
        elif row["item"] or row["name"]:
            row.values.setdefault("item", row["name"])
            others.append(row)
        else:
            options.refuse(row, BadValue("importing.blank", column="asset"))
    for where, group in _rooms(e, assets, options).items():
        _enter(e, where, group, options, posted)
    if others:
        for name in cards():
            importing = room(name, "importing")
            if hasattr(importing, "count_items"):
                importing.count_items(e, others, options, posted)  # type: ignore[union-attr]
    return posted


def _rooms(e: Entry, rows: list[Row], options: Options) -> dict[Where, list[Row]]:
    """The rows by room. Without a place: the room whose own label was read last, else where the card is expected."""
    groups: dict[Where, list[Row]] = {}
    counts: dict[str | None, Count] = {}
    label: str | None = None
    for row in rows:
        if row["place"] is None and row["quantity"] is None and _is_label(e, row["asset"]):
            label = row["asset"]
            continue
        try:
            _check_name(e, row)
            place = row["place"] or label or _expected(e, row, counts)
        except LogiError as error:
            options.refuse(row, error)
            continue
        groups.setdefault(Where(row["number"], place, row["by"], row["on"]), []).append(row)
    return groups


def _check_name(e: Entry, row: Row) -> None:
    """The code decides, the name is checked."""
    card = store.scanned(e.db, [row["asset"]]).get(row["asset"].lower()) if row["name"] else None
    if card is not None and fold(card["name"]) != fold(row["name"]):
        raise Refused("importing.name_differs", code=card["code"], name=card["name"], text=row["name"], column="name")


def _is_label(e: Entry, read: str) -> bool:
    return not store.scanned(e.db, [read]) and by_code(e.db, "school_place", read) is not None


def _expected(e: Entry, row: Row, counts: dict[str | None, Count]) -> str:
    """The code of the room a card is expected in; the only room there is takes what nobody knows."""
    number = row["number"]
    if number not in counts:
        counts[number] = Count(e.db, counting.count_of(e, number))
    count = counts[number]
    places = store.names_of(e.db, "school_place")
    card = store.scanned(e.db, [row["asset"]]).get(row["asset"].lower())
    card_id = card["id"] if card is not None else None
    for line in count.lines:
        if line.card_id == card_id and line.place_id is not None:
            return str(places[line.place_id]["code"])
    if len(count.rooms) == 1 and count.rooms[0]["place_id"] is not None:
        return str(places[count.rooms[0]["place_id"]]["code"])
    raise Refused("asset.count_which_room", code=row["asset"], column="asset")


def _enter(e: Entry, where: Where, rows: list[Row], options: Options, posted: Posted) -> None:
    """One room in one go; if that is refused, row by row, to find out which of them are to blame."""
    fresh = [row for row in rows if row not in _known(e, where, rows)]
    for row in rows:
        if row not in fresh:
            posted.add(row, SAME)
    if not fresh:
        return
    try:
        with e.attempt():
            _act(e, where, fresh)
    except LogiError:
        for row in fresh:
            options.attempt(e, row, lambda row=row: _one(e, where, row), posted)  # type: ignore[misc]
    else:
        for row in fresh:
            posted.add(row, NEW)


def _known(e: Entry, where: Where, rows: list[Row]) -> list[Row]:
    """The rows that say what was entered for this room in this round already."""
    place = by_code(e.db, "school_place", where.place)
    try:
        count = Count(e.db, counting.count_of(e, where.number))
    except LogiError:  # said when the room is entered
        return []
    seen = {(one.code.lower(), one.quantity_milli, one.condition) for one in count.seen
            if place is not None and one.place_id == place["id"] and one.round == count.row["round"]}  # fmt: skip
    bare = {code for code, milli, _ in seen if milli}
    return [row for row in rows if _told(row, seen, bare)]


def _told(row: Row, seen: set[tuple[str, int, str | None]], bare: set[str]) -> bool:
    read = row["asset"].lower()
    if row["quantity"] is None and row["condition"] is None:
        return read in bare
    wanted = {one for one in seen if one[0] == read and row["quantity"] in (None, one[1])}
    return any(row["condition"] in (None, one[2]) for one in wanted)


def _one(e: Entry, where: Where, row: Row) -> str:
    _act(e, where, [row])
    return NEW


def _act(e: Entry, where: Where, rows: list[Row]) -> None:
    readings = [Reading(row["asset"], row["quantity"], row["condition"], row["note"]) for row in rows]
    counting.enter(e, where.number, where.place, readings, by=where.by, on=where.on)


def columns() -> Iterator[Col]:
    """The columns of the kind `counts`."""
    yield Col("asset", code, words=(
        "資產編號", "資產編碼", "編號", "卡片編號", "條碼", "條形碼", "二維碼", "資產條碼", "code", "barcode",
        "tag", "asset tag",
    ), example="例-0001")  # fmt: skip
    yield Col("item", text, words=("物品編碼", "物品編號", "物品", "item code"))
    yield Col("name", text, words=("資產名稱", "物品名稱", "品名", "名稱", "asset name", "item name"))
    yield Col("place", text, words=("地點", "存放地點", "房間", "室名", "盤點地點", "位置", "location", "room"), example="E101")
    yield Col("quantity", quantity, words=(
        "實盤數", "實盤數量", "盤點數", "盤點數量", "清查數量", "數量", "實盤", "counted", "qty",
    ), example="1")  # fmt: skip
    condition = word("asset.condition", CONDITIONS, *WORDS)
    yield Col("condition", condition, words=("狀況", "完好情況", "使用狀況", "狀態"), example="good")
    yield Col("note", text, words=("備註", "說明", "remark"))
    yield Col("number", text, words=("盤點單號", "盤點編號", "單號"))
    yield Col("by", text, words=("盤點人", "清點人", "經手人"))
    yield Col("on", day, words=("盤點日期", "日期", "day", "date"))


KIND = Kind("counts", tuple(columns()), post=post, either=("asset", "item", "name"), plain="asset")

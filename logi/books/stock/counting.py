"""The verbs of a stock count: start freezes what the book says, enter takes what lies there, settle proposes and adjusts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from logi.books.stock import actions, balances, places, school, store
from logi.books.stock import store_counts as sql
from logi.books.stock import store_places as placings
from logi.books.stock.lines import Line
from logi.books.stock.rules import worth
from logi.core.answers import Confirmation, Fen, Milli, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


NOBODY = Word.of("stock.level", "none")


class Tallied(NamedTuple):
    """One item of a count: `frozen` is the list's figure, `book` the ledger's on the day it was counted."""

    row: Any
    frozen_milli: int
    book_milli: int
    book_fen: int
    counted: Any | None
    settled_fen: int | None = None

    @property
    def difference_milli(self) -> int:
        """What lies there more (+) or less (-) than the book says; 0 while it is not counted."""
        return self.counted["quantity_milli"] - self.book_milli if self.counted is not None else 0

    @property
    def value_fen(self) -> int:
        """The difference as it was settled, before that at the book's average (0 where the book has no value to go by)."""
        if self.settled_fen is not None:
            return self.settled_fen
        if self.book_milli <= 0:
            return 0
        return ratio_half_up(self.book_fen * abs(self.difference_milli), self.book_milli) * (
            -1 if self.difference_milli < 0 else 1
        )


def count_of(source: "Source", number: str | None) -> Any:
    """The count of a number; without one the only open count (2 if there are none or several)."""
    if number is None:
        rows = sql.counts(source.db, "open")
        if not rows:
            raise Usage("stock.count_none")
        if len(rows) != 1:
            raise Usage("stock.count_which", known=[row["number"] for row in rows])
        return rows[0]
    row = sql.count(source.db, number)
    if row is None:
        raise NotFound("stock.no_count", number=number)
    return row


def tallied(source: "Source", count: Any) -> list[Tallied]:
    """Every line of a count in walking order, held against the ledger on the day each was counted.

    What moved between the base day and that day is in the book by then, so it is no difference.
    """
    seen = sql.counted(source.db, count["id"])
    made = sql.variance_of_count(source.db, count["id"]) if count["state"] != "open" else None
    settled = {row["item_id"]: row for row in sql.variance_lines(source.db, made["id"])} if made is not None else {}
    by_day: dict[str, dict[int, tuple[int, int]]] = {}
    rooms = _rooms(source, count)
    found = []
    for row in sql.lines(source.db, count["id"]):
        one = seen.get(row["item_id"])
        if count["state"] != "open" and one is not None:
            found.append(_as_settled(row, one, settled.get(row["item_id"])))
            continue
        day = one["on_day"] if one is not None else count["on_day"]
        if day not in by_day:
            by_day[day] = held(source, date.fromisoformat(day), rooms)
        found.append(Tallied(row, row["book_milli"], *by_day[day].get(row["item_id"], (0, 0)), one))
    return found


def start(e: "Entry", named: Sequence[str] = (), *, kinds: Sequence[str] = (), items: Sequence[str] = (),
          on: date | None = None, blind: bool = False, counter: str | None = None, supervisor: str | None = None,
          note: str | None = None) -> Confirmation:  # fmt: skip
    """Freeze what the book says at the end of a day. Refuses (4) an empty list, and items another open count counts."""
    day = e.happened(on or e.today)
    rows_named = [school.place(e, text) for text in named]
    rooms = places.rooms_of(e, [row["id"] for row in rows_named])
    wanted = {store.item(e, text)["id"] for text in items}
    there = held(e, day, rooms)
    expected = [
        one for one in store.items(e.db)
        if (not kinds or one["class"] in kinds)
        and (one["id"] in wanted if wanted else there.get(one["id"], (0, 0))[0])
    ]  # fmt: skip
    if not expected:
        raise Refused("stock.count_nothing", day=day)
    taken = _counted_elsewhere(e, [one["id"] for one in expected], rooms)
    if taken:
        raise Refused("stock.count_overlaps", number=taken[0]["number"], items=[row["name"] for row in taken[:5]])
    people = {"counter_id": counter, "supervisor_id": supervisor}
    ids = {column: school.person(e, text)["id"] if text else None for column, text in people.items()}
    scope = [*(row["code"] for row in rows_named), *kinds, *items]
    number = e.number("PK", str(day.year), book="stock", kind="count")
    count_id = e.insert("stock_count", number=number, on_day=day, scope=" ".join(scope) or None, blind=int(blind),
                        state="open", note=note, **ids)  # fmt: skip
    for row in rows_named:
        e.insert("stock_count_place", count_id=count_id, place_id=row["id"])
    where = _where(e, day, rooms)
    rows = [[count_id, one["id"], where.get(one["id"], one["place_id"]), *there.get(one["id"], (0, 0))] for one in expected]
    e.insert_many("stock_count_line", ["count_id", "item_id", "place_id", "book_milli", "book_fen"], rows)
    return Confirmation("stock.count.start", number, facts={
        "day": day, "count": len(rows), "value": Fen(sum(row[4] for row in rows)), "blind": bool(blind),
    })  # fmt: skip


def enter(e: "Entry", number: str | None, lines: Sequence[Line], *, rest_ok: bool = False, by: str | None = None,
          on: date | None = None) -> Confirmation:  # fmt: skip
    """Enter what lies there; `rest_ok` says that all not entered agrees. A second figure replaces the first (warned).

    Goods that are not on the list are taken onto it (warned). Refuses (4) a day before the base day.
    """
    count = count_of(e, number)
    if count["state"] != "open":
        raise Refused("stock.count_not_open", number=count["number"])
    day = e.happened(on or e.today)
    if day.isoformat() < count["on_day"]:
        raise Refused("stock.count_before", number=count["number"], day=day, base=date.fromisoformat(count["on_day"]))
    if not lines and not rest_ok:
        raise Usage("stock.no_lines")
    wanted = actions.found_lines(e, lines) if lines else []
    twice = sorted({w.item["name"] for w in wanted if sum(x.item["id"] == w.item["id"] for x in wanted) > 1})
    if twice:
        raise Usage("stock.count_twice", items=twice)
    person = school.person(e, by) if by else None
    before, listed = sql.counted(e.db, count["id"]), {row["item_id"] for row in sql.lines(e.db, count["id"])}
    for one in wanted:
        if one.item["id"] not in listed:
            _list(e, count, one.item)
        elif (was := before.get(one.item["id"])) is not None:
            if was["quantity_milli"] != one.quantity_milli:
                e.warn("stock.count_again", item=one.item["name"], quantity=Milli(one.quantity_milli),
                       before=Milli(was["quantity_milli"]), unit=one.item["unit"])  # fmt: skip
            e.reverse("stock_counted", was["id"])
    rows = [[one.item["id"], one.quantity_milli, 0] for one in wanted]
    if rest_ok:
        done = {one.item["id"] for one in wanted} | set(before)
        there = held(e, day, _rooms(e, count))
        rows += [[item_id, max(there.get(item_id, (0, 0))[0], 0), 1] for item_id in listed - done]
    after = [count["id"], day.isoformat(), person["id"] if person else None]
    e.insert_many("stock_counted", ["item_id", "quantity_milli", "rest", "count_id", "on_day", "by_id"],
                  [[*row, *after] for row in sorted(rows)])  # fmt: skip
    e.subject = count["number"]
    found = tallied(e, count)
    return Confirmation("stock.count.enter", count["number"], facts={
        "count": len(rows), "left": sum(one.counted is None for one in found),
        "differ": None if count["blind"] else sum(bool(one.difference_milli) for one in found),
    })  # fmt: skip


def settle(e: "Entry", number: str | None, *, causes: Mapping[str, str] | None = None,
           prices: Mapping[str, int] | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """End a count. Differences up to stock.count_free_fen in all are adjusted at once, above it they wait as KY-….

    Refuses (4) while something is not counted (overridable); `causes` and `prices` (fen each) by item.
    """
    count = count_of(e, number)
    if count["state"] != "open":
        raise Refused("stock.count_not_open", number=count["number"])
    day = e.happened(on or e.today)
    found = tallied(e, count)
    if open_ := [one.row["name"] for one in found if one.counted is None]:
        e.overridable(Refused("stock.count_incomplete", number=count["number"], count=len(open_), items=open_[:10]),
                      count["number"])  # fmt: skip
    if found and max((one.counted["on_day"] for one in found if one.counted is not None), default="") > day.isoformat():
        raise Refused("stock.settle_before", number=count["number"], day=day)
    differ = [one for one in found if one.difference_milli]
    why = {store.item(e, text)["id"]: cause for text, cause in (causes or {}).items()}
    each = {store.item(e, text)["id"]: price for text, price in (prices or {}).items()}
    if stray := [text for text in {*(causes or {}), *(prices or {})}
                 if store.item(e, text)["id"] not in {one.row["item_id"] for one in differ}]:  # fmt: skip
        raise Refused("stock.count_no_difference", number=count["number"], items=sorted(stray))
    if not differ:
        e.update("stock_count", count["id"], state="done", settled_on=day.isoformat())
        e.subject = count["number"]
        return Confirmation("stock.count.settle", count["number"], facts={
            "adjust": None, "slip": None, "count": 0, "short": Fen(0), "over": Fen(0), "levels": [NOBODY],
            "outcome": Word.of("stock.settled", "agrees"), "documents": [count["number"]]})  # fmt: skip
    return _propose(e, count, differ, day, why, each)


def required(source: "Source", number: str) -> list[str] | None:
    """The levels a table of differences asks for; None if the number is none."""
    row = sql.variance(source.db, number)
    return str(row["levels"]).split() if row is not None else None


def decided(e: "Entry", number: str, *, on: date, complete: bool, rejected: bool) -> None:
    """After an approval: a rejection opens the count again, the last approval posts the adjustment on its day."""
    row = sql.variance(e.db, number)
    assert row is not None
    if on.isoformat() < row["on_day"]:
        raise Refused("stock.approved_before", number=number, day=on, base=date.fromisoformat(row["on_day"]))
    e.update("stock_variance", row["id"], decisions=row["decisions"] + 1)
    if rejected:
        e.update("stock_variance", row["id"], state="rejected")
        e.update("stock_count", row["count_id"], state="open")
    elif complete:
        carry_out(e, row, on)


def carry_out(e: "Entry", variance: Any, day: date) -> str | None:
    """Post one adjustment slip for all lines that can be posted; the others stay on the table, warned of and due."""
    lines = sql.variance_lines(e.db, variance["id"])
    count = sql.count_by_id(e.db, variance["count_id"])
    rooms = (school.by_id(e.db, "school_place", n) for n in placings.rooms_of_count(e.db, count["id"]))
    codes = [str(row["code"]) for row in rooms if row is not None]
    left: list[str] = []
    slip = None
    while slip is None and len(left) < len(lines):
        wanted = [
            Line(row["code"], row["counted_milli"] - row["book_milli"], None, row["price_fen"])
            for row in lines if row["name"] not in left
        ]  # fmt: skip
        try:
            with e.attempt():
                slip = str(actions.adjust(e, wanted, on=day, reason=f"{count['number']} {variance['number']}",
                                          place=codes).number)  # fmt: skip
        except Refused as no:
            if no.facts.get("item") not in {row["name"] for row in lines}:
                raise
            left.append(str(no.facts["item"]))
    for row in lines:
        e.update("stock_variance_line", row["id"], applied="no" if row["name"] in left else "yes")
    made = store.slip(e.db, slip) if slip else None
    e.update("stock_variance", variance["id"], state="done", done_on=day.isoformat(), slip_id=made["id"] if made else None)
    e.update("stock_count", count["id"], state="done")
    if left:
        e.warn("stock.adjust_left", number=variance["number"], items=left)
    return slip


def held(source: "Source", day: "date", rooms: places.Rooms | None) -> dict[int, tuple[int, int]]:
    """Of each item what the book says lies in these places when a day ends, and its part of the item's value."""
    whole = balances.now(source, day)
    if rooms is None:
        return {item: (one.closing_milli, one.closing_fen) for item, one in whole.items()}
    found = {}
    for item, by in places.lying(source, day).items():
        milli = sum(sum(lots.values()) for place, lots in by.items() if place in rooms.inside)
        one = whole.get(item, balances.Balance())
        if milli:
            all_of_it = milli == one.closing_milli or one.closing_milli <= 0
            found[item] = (milli, one.closing_fen if all_of_it else ratio_half_up(one.closing_fen * milli, one.closing_milli))
    return found


def _rooms(source: "Source", count: Any) -> places.Rooms | None:
    return places.rooms_of(source, placings.rooms_of_count(source.db, count["id"]))


def _counted_elsewhere(e: "Entry", items: Sequence[int], rooms: places.Rooms | None) -> list[Any]:
    """What another open count is counting of these items in one of these places."""
    found = []
    for row in sql.counted_elsewhere(e.db, items):
        theirs = places.rooms_of(e, placings.rooms_of_count(e.db, row["count_id"]))
        if rooms is None or theirs is None or rooms.inside & theirs.inside:
            found.append(row)
    return found


def _where(source: "Source", day: date, rooms: places.Rooms | None) -> dict[int, int | None]:
    """The place among those counted in which the most of each item lies, to walk by; none where all places are counted."""
    found: dict[int, int | None] = {}
    for item, by in places.lying(source, day).items() if rooms is not None else ():
        found[item] = max((p for p in by if rooms is None or p in rooms.inside), default=None,
                          key=lambda place: (sum(by[place].values()), -(place or 0)))  # fmt: skip
    return {item: place for item, place in found.items() if place is not None}


def _as_settled(row: Any, counted: Any, line: Any | None) -> Tallied:
    """A line as it was found then: by now its adjustment may stand in the book."""
    book = line["book_milli"] if line is not None else counted["quantity_milli"]
    return Tallied(row, row["book_milli"], book, 0, counted, line["value_fen"] if line is not None else 0)


def _list(e: "Entry", count: Any, item: Any) -> None:
    """Take goods that are not on the list onto it, with the book's figure of the base day."""
    rooms = _rooms(e, count)
    milli, fen = held(e, date.fromisoformat(count["on_day"]), rooms).get(item["id"], (0, 0))
    e.insert("stock_count_line", count_id=count["id"], item_id=item["id"], book_milli=milli, book_fen=fen,
             place_id=item["place_id"] if rooms is None else rooms.row["id"])  # fmt: skip
    e.warn("stock.count_not_listed", number=count["number"], item=item["name"])


def _propose(e: "Entry", count: Any, differ: Sequence[Tallied], day: date, causes: Mapping[int, str],
             prices: Mapping[int, int]) -> Confirmation:  # fmt: skip
    values = [_value(e, one, prices.get(one.row["item_id"]), day) for one in differ]
    free = int(school.policy(e, "stock.count_free_fen", day))
    levels = [] if sum(abs(v) for v in values) <= free else list(school.policy(e, "stock.count_levels", day))
    number = e.number("KY", str(day.year), book="stock", kind="variance")
    made = e.insert("stock_variance", number=number, count_id=count["id"], on_day=day, levels=" ".join(levels), state="open")
    for at, (one, value) in enumerate(zip(differ, values, strict=True), 1):
        item_id = one.row["item_id"]
        e.insert("stock_variance_line", variance_id=made, line=at, item_id=item_id, book_milli=one.book_milli,
                 counted_milli=one.book_milli + one.difference_milli, value_fen=value, price_fen=prices.get(item_id),
                 cause=causes.get(item_id))  # fmt: skip
    e.update("stock_count", count["id"], state="settled", settled_on=day.isoformat())
    row = sql.variance(e.db, number)
    slip = carry_out(e, row, day) if not levels else None
    e.subject = count["number"]
    numbers = [count["number"], number, *([slip] if slip else [])]
    outcome = Word.of("stock.settled", "proposed" if levels else "adjusted")
    return Confirmation("stock.count.settle", count["number"], numbers=numbers, facts={
        "outcome": outcome, "documents": numbers[1:], "adjust": number, "slip": slip, "count": len(differ),
        "short": Fen(-sum(v for v in values if v < 0)), "over": Fen(sum(v for v in values if v > 0)),
        "levels": [Word.of("stock.level", level) for level in levels] or [NOBODY],
    })  # fmt: skip


def _value(e: "Entry", one: Tallied, price: int | None, day: date) -> int:
    """What a difference is worth: at the price given, else the book's average, else the last price paid."""
    if price is not None:
        return worth(one.difference_milli, price)
    if one.book_milli > 0:
        return one.value_fen
    last = store.last_price(e.db, one.row["item_id"], day.isoformat())
    if last is None:
        raise Usage("stock.count_price", item=one.row["name"], code=one.row["code"])
    return worth(one.difference_milli, last[0], last[1])

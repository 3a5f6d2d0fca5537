"""綠化管理, the section of its own in a summary: each line a figure, whether it is as it should be, its records."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.green import season, store
from logi.books.green.tabling import table
from logi.core.answers import Milli, Table
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

SECTION = "aim:word:green.aim figure met:word:green.met records"
MOST = 12


def section(ledger: "Ledger", since: date, until: date) -> Table:
    """What became of the green, the zones and the toilets in a period."""
    until = min(until, ledger.today)
    lines = list(_lines(ledger, since, until)) if season.standing_zones(ledger.db, until) else []
    judged = [line for line in lines if line["met"]]
    notes = [say("green.note.section", met=sum(line["met"] == "yes" for line in judged), judged=len(judged))] if judged else []
    return table("section", say("green.title.section", since=since, until=until), SECTION, lines, notes=notes)


def _lines(ledger: "Ledger", since: date, until: date) -> Iterator[dict[str, Any]]:
    yield _area(ledger, until)
    yield _keepers(ledger, until)
    yield from _asked(ledger, since, until)
    yield from _plants(ledger, since, until)
    works = [row for row in store.works(ledger.db, since, until) if row["what"] != "clean"]
    if works:
        kinds = dict.fromkeys(row["what"] for row in works)
        told = [f"{title('green.work', kind)} {len({r['number'] for r in works if r['what'] == kind})}" for kind in kinds]
        yield _line("care", "、".join(told), None, (row["number"] for row in works))
    pests = {row["number"]: row for row in works if row["what"] == "pest"}
    if pests:
        bare = [number for number, row in pests.items() if row["posted_on"] is None]
        yield _line("pest", say("green.figure.pest", count=len(pests), bare=len(bare)), not bare, pests)
    cleaned = season.toilets(ledger, since, until)
    if cleaned:
        asked, done = sum(one.asked for one in cleaned), sum(one.done for one in cleaned)
        yield _line("toilets", say("green.figure.toilets", asked=asked, done=done), done >= asked,
                    (one.zone["code"] for one in cleaned if one.lacking))  # fmt: skip


def _area(ledger: "Ledger", until: date) -> dict[str, Any]:
    """No less green than a year before (GRN-06)."""
    now, before = season.rate(ledger, until), season.rate(ledger, until - timedelta(days=365))
    begun = min(row["from_day"] for row in store.zones(ledger.db))
    held = before if begun <= before.day.isoformat() else None
    figure = say("green.figure.area", area=Milli(now.green_milli), rate=_percent(now.rate),
                 before=Milli(held.green_milli) if held else None)  # fmt: skip
    return _line("area", figure, now.green_milli >= held.green_milli if held else None)


def _keepers(ledger: "Ledger", until: date) -> dict[str, Any]:
    zones, held = season.standing_zones(ledger.db, until), season.keepers_on(ledger.db, until)
    bare = [row["code"] for row in zones if row["id"] not in held]
    return _line("keepers", say("green.figure.keepers", count=len(zones), bare=len(bare)), not bare, bare)


def _asked(ledger: "Ledger", since: date, until: date) -> Iterator[dict[str, Any]]:
    """What the season asked for in stretches that ended in the period."""
    found = season.asked(ledger, since, until)
    if found:
        missed = [one for one in found if one.state(ledger.today) == "missed"]
        told = [f"{title('green.what', one.task.what)} {one.zone or ''}".strip() for one in missed]
        done = sum(one.state(ledger.today) == "done" for one in found)
        yield _line("season", say("green.figure.season", count=len(found), done=done), not missed, dict.fromkeys(told))


def _plants(ledger: "Ledger", since: date, until: date) -> Iterator[dict[str, Any]]:
    rows = [row for row in store.plantings(ledger.db, since, until) if row["what"] != "there"]
    if rows:
        planted = sum(row["change"] for row in rows if row["what"] == "plant")
        lost = -sum(row["change"] for row in rows if row["what"] == "lose")
        yield _line("plants", say("green.figure.plants", planted=planted, lost=lost), None, (row["number"] for row in rows))


def _line(aim: str, figure: str, met: bool | None, records: Any = ()) -> dict[str, Any]:
    named = list(dict.fromkeys(records))
    more = ["…"] if len(named) > MOST else []
    return {"aim": aim, "figure": figure, "met": None if met is None else "yes" if met else "no",
            "records": " ".join([*named[:MOST], *more]) or None}  # fmt: skip


def _percent(rate: int | None) -> str | None:
    return None if rate is None else f"{rate // 10}.{rate % 10} %"

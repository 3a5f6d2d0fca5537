"""What is expiring or missing of the school bus: papers, the driver's licence, trips of school days without a roll-call."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.gate import bus_papers, bus_report, patrol, school, store_bus
from logi.core.answers import Word
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

SOURCE = {"inspection": "校车安全管理条例 art. 20", "permit": "校车安全管理条例 art. 14",
          "insurance": "校车安全管理条例 art. 14", "licence": "GAT-07"}  # fmt: skip


def due(ledger: "Ledger", ahead: int) -> list[Due]:
    """Papers that are lacking or end, trips that are missing, of the buses in service today."""
    return [*_papers(ledger, ahead), *_trips(ledger)]


def verify(db: store_bus.Db) -> list[Finding]:
    """Numbers were given, and a count that does not agree has its hazard."""
    found = []
    for row in store_bus.trips(db, date.min, date.max):
        if journal.number_of(db, row["number"]) is None:
            found.append(Finding(say("gate.finding.number", number=row["number"]), row["entry"]))
        if row["boarded"] != row["alighted"] and (row["hazard"] is None or patrol.hazard(db, row["hazard"]) is None):
            found.append(Finding(say("gate.finding.miscounted", number=row["number"]), row["entry"]))
    return found


def _papers(ledger: "Ledger", ahead: int) -> Iterator[Due]:
    today = ledger.today
    for row in store_bus.buses(ledger.db, today):
        for kind, paper in bus_papers.held(ledger, row, row["driver_id"], today).items():
            state = bus_papers.standing(ledger, paper, today, ahead)
            if state == "valid":
                continue
            word = Word.of("gate.paper", kind)
            ends = date.fromisoformat(paper["until_day"]) if paper is not None else None
            text = say(f"gate.due.paper_{state}", kind=word, plate=row["code"], driver=row["driver"], day=ends)
            line = f"logi bus paper {row['code']} {kind} --on DAY"
            if kind == "licence":
                text = say(f"gate.due.licence_{state}", driver=row["driver"], plate=row["code"], day=ends)
                line = f"logi bus licence {row['driver_code']} --no NO --on DAY --until DAY"
            elif kind != "inspection":
                line += " --until DAY"
            how = "missing" if state == "none" else "expiring"
            yield Due(how, "gate.rule.bus_paper", row["code"], text, ends, line, SOURCE[kind])


def _trips(ledger: "Ledger") -> Iterator[Due]:
    """School days (before today) of the last weeks whose trips nobody wrote down, a line a bus."""
    since = ledger.today - timedelta(days=int(school.policy(ledger, "bus.listed_days", ledger.today)))
    for row in store_bus.buses(ledger.db, ledger.today):
        gaps = list(bus_report.missing(ledger, row, since, ledger.today - timedelta(days=1)))
        if gaps:
            day, leg = gaps[0]
            text = say("gate.due.trips", plate=row["code"], count=len(gaps), gaps=bus_report.gaps_text(gaps))
            line = f"logi bus trip {row['code']} {leg} --boarded N --alighted N --on {day} --at INSTANT"
            yield Due("missing", "gate.rule.trips", row["code"], text, day, line, "校车安全管理条例 art. 38")

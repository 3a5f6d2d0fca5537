"""Sentences about a period's use: a kind's subtotal, and what is unusual about a meter."""

from logi.books.meter.reckoning import Line, Sheet
from logi.core.answers import Fen, Milli, Word
from logi.core.days import month_of
from logi.core.messages import say


def total_said(sheet: Sheet, kind: str) -> str:
    """A kind's subtotal in a sentence."""
    t = sheet.total(kind)
    if t.use_milli is None:
        return say("meter.note.total_unread", kind=Word.of("meter.kind", kind), count=t.unread)
    facts = {"kind": Word.of("meter.kind", kind), "use": Milli(t.use_milli), "unit": Word.of("meter.unit", kind),
             "cost": None if t.cost_fen is None else Fen(t.cost_fen)}  # fmt: skip
    if t.unread:
        return say("meter.note.total_part", count=t.unread, **facts)
    if t.each_milli is None or sheet.heads is None:
        return say("meter.note.total", **facts)
    return say("meter.note.total_each", each=Milli(t.each_milli), heads=sheet.heads, **facts)


def odd_said(line: Line, sheet: Sheet) -> list[str]:
    """What is unusual about a meter's use, in sentences."""
    return [
        say(f"meter.odd_{what}", code=line.meter["code"], use=Milli(line.use_milli or 0), base=Milli(base or 0),
            month=month_of(sheet.since), unit=Word.of("meter.unit", line.meter["kind"]), percent=sheet.percent)
        for what, base in line.odd
    ]  # fmt: skip

"""What is missing in the green: nobody answers, the season's work undone, treatments without notice, toilets not cleaned."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from logi.books.green import rules, school, season, store
from logi.books.green.undo import grown
from logi.core.answers import Milli, Word
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", days: int) -> list[Due]:
    """All that the zones lack today, or within some days."""
    zones = season.standing_zones(ledger.db, ledger.today)
    if not zones:
        return []
    return [*_ownerless(ledger, zones), *_season(ledger, zones, days), *_treated(ledger), *_toilets(ledger),
            *_rate(ledger, zones)]  # fmt: skip


def verify(db: store.Db) -> list[Finding]:
    """Nowhere fewer than no plants; nothing was done in a zone on days it did not stand."""
    found = []
    for (code, species), changes in grown(db).items():
        least, on = rules.lowest(changes)
        if least < 0:
            found.append(Finding(say("green.finding.plants", code=code, species=species, on=on)))
    zones = {row["id"]: row for row in store.zones(db)}
    for row in (*store.works(db, date.min, date.max), *store.plantings(db, date.min, date.max)):
        zone = zones.get(row["zone_id"])
        if zone is None or not zone["from_day"] <= row["on_day"] <= (zone["ended_on"] or "9999"):
            found.append(Finding(say("green.finding.zone", number=row["number"], code=row["code"]), row["entry"]))
    return found


def _ownerless(ledger: "Ledger", zones: Sequence[Any]) -> Iterator[Due]:
    held = season.keepers_on(ledger.db, ledger.today)
    for row in zones:
        if row["id"] not in held:
            text = say("green.rule.ownerless.text", code=row["code"], name=row["name"])
            yield Due("orphaned", "green.rule.ownerless", row["code"], text, None,
                      f"logi green zone edit {row['code']} --keeper PERSON", "GRN-07")  # fmt: skip


def _season(ledger: "Ledger", zones: Sequence[Any], days: int) -> Iterator[Due]:
    """A line for each work: the stretches missed lately, and the one whose end is near."""
    today = ledger.today
    since = today - timedelta(days=int(school.policy(ledger, "green.listed_days", today)))
    found = season.asked(ledger, since, today + timedelta(days=days))
    held, ids = season.keepers_on(ledger.db, today), {row["code"]: row for row in zones}
    groups: dict[tuple[str, str, date, date], list[rules.Asked]] = {}
    for one in found:
        state = one.state(today)
        if state in ("missed", "open") and (one.zone is None or one.zone in ids):
            groups.setdefault((one.task.what, state, one.since, one.until), []).append(one)
    for (what, state, first, last), asked in groups.items():
        codes = [one.zone for one in asked if one.zone is not None]
        by = season.by_whom(ledger, what, *season.answering(held, [ids[code] for code in codes] or zones))
        command = _command(what, codes or ["ZONE"], by, last if state == "missed" else None)
        word = Word.of("green.what", what)
        text = say("green.rule.season.text", what=word, since=first, until=last, codes=codes or [say("green.zone_of.school")])
        yield Due("missing" if state == "missed" else "soon", "green.rule.season", word, text, last, command, "green.tasks")


def _command(what: str, codes: list[str], by: str, on: date | None) -> str:
    dated = f" --on {on}" if on else ""
    if what == rules.PLANT:
        return f"logi green plant {codes[0]} TEXT N --form tree --by {by}{dated}"
    agent = " --agent ITEM --dose TEXT --safe-days N --draw QTY" if what == "pest" else ""
    return f"logi green work {what} {' '.join(codes)} --by {by}{agent}{dated}"


def _treated(ledger: "Ledger") -> Iterator[Due]:
    """A treatment whose safe interval runs: without a notice somebody must put one up; with one it is told."""
    numbers: dict[str, list[Any]] = {}
    for row in store.treated(ledger.db, ledger.today):
        numbers.setdefault(row["number"], []).append(row)
    for number, rows in numbers.items():
        until = date.fromisoformat(rows[0]["safe_until"])
        facts = {"codes": [row["code"] for row in rows], "agent": rows[0]["agent"], "until": until}
        if rows[0]["posted_on"] is None:
            by = school.who(ledger.db, ledger.today, rows[0]["by_id"])
            yield Due("overdue", "green.rule.notice", number, say("green.rule.notice.text", **facts), until,
                      f"logi green notice {number} --posted TEXT --by {by}", "GRN-03")  # fmt: skip
        else:
            yield Due("soon", "green.rule.interval", number, say("green.rule.interval.text", **facts), until,
                      f"logi show {number}", "GRN-03")  # fmt: skip


def _toilets(ledger: "Ledger") -> Iterator[Due]:
    today = ledger.today
    since = today - timedelta(days=int(school.policy(ledger, "green.toilet_listed_days", today)))
    held = season.keepers_on(ledger.db, today)
    for one in season.toilets(ledger, since, today):
        if one.lacking:
            code, last = one.zone["code"], one.lacking[-1]
            by = season.by_whom(ledger, "clean", *season.answering(held, [one.zone]))
            text = say("green.rule.toilet.text", code=code, name=one.zone["name"], count=len(one.lacking), last=last,
                       times=int(school.policy(ledger, "green.toilet_cleanings", last)))  # fmt: skip
            yield Due("missing", "green.rule.toilet", code, text, last, f"logi green clean {code} --by {by} --on {last}",
                      "green.toilet_cleanings")  # fmt: skip


def _rate(ledger: "Ledger", zones: Sequence[Any]) -> Iterator[Due]:
    """The campus's size is known, and no year ends with less green than the one before (GRN-06)."""
    if not any(row["kind"] == "green" for row in zones):
        return
    years = season.years(ledger, ledger.today)
    if years[-1].campus_m2 is None:
        command = f"logi policy set green.campus_area VALUE --from {years[0].day.year}-01-01 --source TEXT"
        yield Due("missing", "green.rule.campus", "green.campus_area", say("green.rule.campus.text"), None, command, "GRN-06")
    if len(years) > 1 and years[-1].green_milli < years[-2].green_milli:
        text = say("green.rule.less.text", now=Milli(years[-1].green_milli), before=Milli(years[-2].green_milli),
                   year=str(years[-2].day.year))  # fmt: skip
        yield Due("overdue", "green.rule.less", str(years[-1].day.year), text, None,
                  "logi green zone add CODE NAME --kind green --place PLACE --area SIZE --keeper PERSON", "GRN-06")  # fmt: skip

"""What is missing, expiring or past its day in the shop, and what must always hold of its goods."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.shop import check, rules, school, standing, store
from logi.core.answers import Milli, Word
from logi.core.days import add_months, month_of, month_period
from logi.core.due import Due, Finding
from logi.core.messages import say

if TYPE_CHECKING:
    from logi.db import Ledger

STATES = {"missing": "missing", "expired": "overdue", "expiring": "expiring"}


def due(ledger: "Ledger", ahead: int) -> list[Due]:
    """Licences and certificates of health, goods past their day or near it, the shelf not looked through, no inspection."""
    if not standing.begun(ledger.db):
        return []
    return [*_licences(ledger), *_staff(ledger), *_shelf(ledger), *_looks(ledger), *_inspections(ledger), *_enabled(ledger)]


def verify(db: store.Db) -> list[Finding]:
    """Nothing leaves a lot that did not come, on no day is less than nothing there, numbers were given."""
    goods = {row["id"]: row["name"] for row in store.all_goods(db)}
    found = [Finding(say("shop.finding.below", lot=lot.code, name=goods.get(lot.goods_id), day=date.fromisoformat(day)))
             for lot in store.lots(db) if (day := rules.below(lot)) is not None]  # fmt: skip
    found += [Finding(say("shop.finding.adrift", number=row["number"], lot=row["lot"]), row["entry"])
              for row in store.adrift(db)]  # fmt: skip
    numbers = {row["number"]: row["entry"] for row in store.moves(db, date.min, date.max)}
    return found + [Finding(say("shop.finding.number", number=number), entry) for number, entry in numbers.items()
                    if journal.number_of(db, number) is None]  # fmt: skip


def _licences(ledger: "Ledger") -> Iterator[Due]:
    for kind, row, state in standing.licences(ledger, ledger.today):
        if state not in STATES:
            continue
        word = Word.of("shop.licence", kind)
        ends = date.fromisoformat(row["expires_on"]) if row is not None and row["expires_on"] else None
        text = say(f"shop.due.licence_{state}", kind=row["name"] if row is not None and row["name"] else word,
                   number=row["doc_no"] if row is not None else None, ends=ends)  # fmt: skip
        named = f" --name {row['name']}" if row is not None and row["name"] else ""
        yield Due(STATES[state], "shop.rule.licence", row["doc_no"] if row is not None else word, text, ends,
                  f"logi shop licence add {kind} NO --issued DAY --until DAY{named}", "SHP-01 shop.licence_kinds")  # fmt: skip


def _staff(ledger: "Ledger") -> Iterator[Due]:
    there = [row for row in store.workers(ledger.db, ledger.today)
             if not (row["gone_on"] and row["gone_on"] <= ledger.today.isoformat())]  # fmt: skip
    for row in there:
        paper, state = standing.health(ledger, row, ledger.today)
        if state in STATES:
            ends = date.fromisoformat(paper["expires_on"]) if paper is not None else None
            text = say(f"shop.due.health_{state}", person=row["name"], ends=ends)
            yield Due(STATES[state], "shop.rule.health", row["code"], text, ends,
                      f"logi shop staff renew {row['code']} --examined DAY", "SHP-01 health.cert_months")  # fmt: skip
    if not there and standing.shelf(ledger, ledger.today):
        yield Due("orphaned", "shop.rule.seller", "SHOP", say("shop.due.no_seller"), None,
                  "logi shop staff add PERSON --examined DAY", "SHP-01")  # fmt: skip


def _shelf(ledger: "Ledger") -> Iterator[Due]:
    for one in standing.shelf(ledger, ledger.today):
        if one.state not in ("expired", "expiring"):
            continue
        ends = date.fromisoformat(str(one.lot.expires))
        text = say(f"shop.due.shelf_{one.state}", name=one.goods["name"], left=Milli(one.lot.left), unit=one.goods["unit"],
                   lot=one.lot.code, ends=ends)  # fmt: skip
        line = standing.destroying(ledger, one.goods, one.lot.left) if one.state == "expired" else "logi shop shelf"
        yield Due(STATES[one.state], "shop.rule.shelf", one.lot.code, text, ends, line, "SHP-04 shop.expiry_days")


def _looks(ledger: "Ledger") -> Iterator[Due]:
    """The shelf is looked through every so many days while anything lies on it."""
    there = standing.shelf(ledger, ledger.today)
    if not there:
        return
    seen = [date.fromisoformat(row["on_day"]) for row in store.looks(ledger.db, date.min, ledger.today)]
    first = max([*seen[-1:], min(date.fromisoformat(one.lot.came) for one in there)])
    wanted = first + timedelta(days=int(school.policy(ledger, "shop.look_days", ledger.today)))
    if wanted < ledger.today:
        text = say("shop.due.look", since=first, count=len(there))
        yield Due("missing", "shop.rule.look", "SHELF", text, wanted, f"logi shop look --by {standing.seller(ledger)}",
                  "SHP-04 shop.look_days")  # fmt: skip


def _inspections(ledger: "Ledger") -> Iterator[Due]:
    """The eight prohibitions are in use, and the last whole month in which the shop sold has its inspection."""
    place = standing.place(ledger)
    used = any(check.in_force(row, ledger.today) for row in check.uses(ledger.db, check.EIGHT))
    if not used and standing.shelf(ledger, ledger.today):
        yield Due("missing", "shop.rule.inspected", check.EIGHT, say("shop.due.not_used"), None,
                  f"logi check use {check.EIGHT} --place {place}", "SHP-02")  # fmt: skip
    month = add_months(month_of(ledger.today), -1)
    period = month_period(month)
    if not used and standing.traded(ledger, period.since, period.until) and not any(
        check.runs(ledger.db, key, period.since, ledger.today) for key in check.LISTS
    ):
        yield Due("missing", "shop.rule.inspected", month, say("shop.due.not_inspected", month=month), period.until,
                  f"logi check run {check.EIGHT} --place {place} --by PERSON", "SHP-02")  # fmt: skip


def _enabled(ledger: "Ledger") -> Iterator[Due]:
    """A shop on the campus is the exception: what lies on its shelf while `shop.enabled` is off wants a decision."""
    if standing.shelf(ledger, ledger.today) and not school.policy(ledger, "shop.enabled", ledger.today):
        yield Due("missing", "shop.rule.enabled", "SHOP", say("shop.due.not_enabled"), None,
                  "logi policy set shop.enabled true --from DAY --source DOCNO", "SHP-01 shop.enabled")  # fmt: skip

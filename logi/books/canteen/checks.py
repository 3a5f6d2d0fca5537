"""What is missing, expiring or too old in the canteen, and what must always hold of its records."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.canteen import accounts, menu_actions, rules, school, store, store_accounts
from logi.books.canteen import day as days
from logi.core.answers import Word
from logi.core.days import add_months, month_of, month_period
from logi.core.due import Due, Finding
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", ahead: int) -> list[Due]:
    """Days that lack records, certificates that end, the next day's menu, old samples, what waits for an answer, the margin."""
    return [*_health(ledger, ahead), *_days(ledger), *_menu(ledger), *_old_samples(ledger), *_matters(ledger, ahead),
            *_margin(ledger)]  # fmt: skip


def verify(db: store.Db) -> list[Finding]:
    """Numbers of samples were given, nothing is thrown away that was not kept, a meal is served once a day."""
    found = [Finding(say("canteen.finding.number", number=row["number"]), row["entry"])
             for row in store.samples(db, date.min, date.max) if journal.number_of(db, row["number"]) is None]  # fmt: skip
    found += [Finding(say("canteen.finding.thrown", number=row["number"]), row["entry"]) for row in store.thrown(db)
              if row["taken_on"] is None or (row["on_day"], row["at_time"]) < (row["taken_on"], row["taken_at"])]  # fmt: skip
    return found + [
        Finding(say("canteen.finding.twice", day=row["on_day"], meal=Word.of("canteen.meal", row["meal"])), row["entry"])
        for row in store.served_twice(db)
    ]


def _health(ledger: "Ledger", notice: int) -> Iterator[Due]:
    rule, source = "canteen.rule.certificate", "CAN-14 health.cert_months"
    notice = max(notice, int(school.policy(ledger, "school.certificate_notice_days", ledger.today)))
    for row in store.workers(ledger.db, ledger.today):
        state = days.health(ledger, row, notice)
        if state == "valid":
            continue
        ends = date.fromisoformat(row["expires_on"]) if row["expires_on"] else None
        text = say(f"canteen.due.{state}", person=row["name"], expires=ends)
        how = {"none": "missing", "expired": "overdue", "expiring": "expiring"}[state]
        yield Due(how, rule, row["code"], text, ends, f"logi canteen staff renew {row['code']} --examined DAY", source)


def _days(ledger: "Ledger") -> Iterator[Due]:
    since = ledger.today - timedelta(days=int(school.policy(ledger, "canteen.listed_days", ledger.today)))
    who = None
    for one in days.days(ledger, since, ledger.today - timedelta(days=1)):
        if one.gaps:
            who = who or days.who(ledger)
            shows = (days.gaps_text(one.gaps[:6]) or "") + (" …" if len(one.gaps) > 6 else "")
            text = say("canteen.due.day", day=one.day, count=len(one.gaps), asked=one.asked, missing=shows)
            line = days.mend(one.gaps[0], one.day, who)
            yield Due("missing", "canteen.rule.records", one.day.isoformat(), text, one.day, line, "CAN-05")


def _menu(ledger: "Ledger") -> Iterator[Due]:
    """The menu of the next day on which the canteen cooks, if that is within the policy's days."""
    last = ledger.today + timedelta(days=int(school.policy(ledger, "canteen.menu_days", ledger.today)))
    calendar = school.calendar(ledger)
    works = calendar.is_schoolday if calendar.terms else calendar.is_workday
    day = ledger.today + timedelta(days=1)
    while day <= last:
        season = store.season_on(ledger.db, day)
        if season is not None and works(day):
            planned = {row["meal"] for row in store.dishes(ledger.db, day, day)}
            missing = [meal for meal in season["meals"].split(",") if meal not in planned]
            if missing:
                text = say("canteen.due.menu", day=day, meals=shown([Word.of("canteen.meal", meal) for meal in missing]))
                line = f"logi canteen menu plan {day} {missing[0]} DISH"
                yield Due("soon", "canteen.rule.menu", day.isoformat(), text, day, line, "CAN-28")
            return
        day += timedelta(days=1)


def _old_samples(ledger: "Ledger") -> Iterator[Due]:
    longest = timedelta(days=int(school.policy(ledger, "canteen.sample_days", ledger.today)))
    old = [row for row in store.kept(ledger.db) if menu_actions.may_go(ledger, row).date() + longest < ledger.today]
    if old:
        text = say("canteen.due.samples", count=len(old), day=date.fromisoformat(old[0]["on_day"]))
        line = f"logi canteen sample throw --by {days.who(ledger)} --at INSTANT"
        yield Due("overdue", "canteen.rule.samples", old[0]["number"], text, None, line, "CAN-25 sample.min_hours")


def _matters(ledger: "Ledger", ahead: int) -> Iterator[Due]:
    for row in store_accounts.unanswered(ledger.db):
        ends = date.fromisoformat(row["due_on"])
        if ends > ledger.today + timedelta(days=ahead):
            continue
        who = school.who(ledger.db, ledger.today, row["owner_id"])
        text = say("canteen.due.matter", kind=Word.of("canteen.matter", row["kind"]), words=row["words"], owner=row["owner"])
        state = "overdue" if ends < ledger.today else "soon"
        yield Due(state, "canteen.rule.matter", row["number"], text, ends,
                  f"logi canteen answer {row['number']} TEXT --by {who}", "CAN-18 school.opinion_days")  # fmt: skip


def _margin(ledger: "Ledger") -> Iterator[Due]:
    """The last whole month, if what is left of its income lies outside the band: too little and too much are both wrong."""
    month = add_months(month_of(ledger.today), -1)
    period = month_period(month)
    if not store_accounts.money(ledger.db, period.since, period.until):
        return
    one = accounts.account(ledger, period.since, period.until)
    percent = int(school.policy(ledger, "canteen.margin_percent", period.since))
    state = rules.standing(one.earned, one.spent, percent)
    if state in ("above", "below"):
        text = say(f"canteen.due.{state}", month=month, percent=percent,
                   margin=accounts.rate_text(rules.margin(one.earned, one.spent)))  # fmt: skip
        yield Due("overdue", "canteen.rule.margin", month, text, period.until, f"logi canteen cost --month {month}",
                  "CAN-17 canteen.margin_percent")  # fmt: skip

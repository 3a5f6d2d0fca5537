"""What is missing, expiring or too old in the canteen, and what must always hold of its records."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from logi import journal
from logi.books.canteen import accounts, check, menu_actions, people, rules, school, store, store_accounts, store_people
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
            *_margin(ledger), *_duties(ledger), *_training(ledger), *_meeting(ledger), *_surveys(ledger),
            *_equipment(ledger)]  # fmt: skip


def verify(db: store.Db) -> list[Finding]:
    """Numbers were given, nothing is thrown away that was not kept, a meal is served once a day."""
    lists = (store.samples, store_accounts.matters, store_people.events, store_people.notices)
    found = [Finding(say("canteen.finding.number", number=row["number"]), row["entry"])
             for rows in lists for row in rows(db, date.min, date.max)
             if journal.number_of(db, row["number"]) is None]  # fmt: skip
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


def _duties(ledger: "Ledger") -> Iterator[Due]:
    """Areas nobody answers for while the canteen cooks."""
    if store.season_on(ledger.db, ledger.today) is None:
        return
    there = store_people.duties(ledger.db)
    for area in rules.AREAS:
        row = there.get(area)
        if row is None or (row["left_on"] and row["left_on"] <= ledger.today.isoformat()):
            word = Word.of("canteen.area", area)
            yield Due("orphaned", "canteen.rule.duty", word, say("canteen.due.duty", area=word), None,
                      f"logi canteen duty set {area} PERSON", "CAN-01")  # fmt: skip


def _training(ledger: "Ledger") -> Iterator[Due]:
    """Points found wanting again and again with no training since, and people long without one."""
    today = ledger.today
    since = today - timedelta(days=int(school.policy(ledger, "canteen.listed_days", today)))
    often = int(school.policy(ledger, "canteen.train_after", today))
    if check.runs_of(ledger.db, since, today, ("canteen-daily",)):
        for row in people.training(ledger, since, today).rows:
            if row["since"] >= often:
                text = say("canteen.due.point", point=row["point"], count=row["since"], since=since)
                line = f"logi canteen hold training TOPIC --item {row['item']} --who PERSON --by {days.who(ledger)}"
                yield Due("missing", "canteen.rule.training", row["item"], text, None, line, "CAN-07")
    if store.season_on(ledger.db, today) is None:
        return
    least = today - timedelta(days=int(school.policy(ledger, "canteen.training_days", today)))
    last = store_people.last_trained(ledger.db, today)
    for worker in store.workers(ledger.db, today):
        done = last.get(worker["person_id"])
        if max(done or "", worker["from_day"]) < least.isoformat():
            text = say("canteen.due.untrained", person=worker["name"], day=date.fromisoformat(done) if done else None)
            line = f"logi canteen hold training TOPIC --who {worker['code']} --by {days.who(ledger)}"
            yield Due("missing", "canteen.rule.training", worker["code"], text, None, line, "CAN-07 canteen.training_days")


def _meeting(ledger: "Ledger") -> Iterator[Due]:
    """月調度: a month in which the canteen cooked has its meeting on food safety; the last whole month is asked for."""
    month = add_months(month_of(ledger.today), -1)
    period = month_period(month)
    if not any(True for _ in days.days(ledger, period.since, period.until)):
        return
    if not store_people.events(ledger.db, period.since, ledger.today, "meeting"):
        line = f"logi canteen hold meeting TOPIC --who PERSON --outcome TEXT --by {days.who(ledger)}"
        yield Due("missing", "canteen.rule.meeting", month, say("canteen.due.meeting", month=month), period.until, line,
                  "CAN-34")  # fmt: skip


def _surveys(ledger: "Ledger") -> Iterator[Due]:
    """Each term pupils and parents are asked, by its last day."""
    term = school.calendar(ledger).term_of(ledger.today)
    if term is None or store.season_on(ledger.db, ledger.today) is None:
        return
    notice = timedelta(days=int(school.policy(ledger, "canteen.listed_days", ledger.today)))
    asked = {row["party"] for row in store_people.surveys(ledger.db, term.starts_on, ledger.today)}
    for party in ("pupils", "parents"):
        if party not in asked and term.ends_on - notice <= ledger.today:
            word = Word.of("canteen.party", party)
            yield Due("soon", "canteen.rule.survey", word, say("canteen.due.survey", party=word, term=term.name), term.ends_on,
                      f"logi canteen survey {party} --very N --satisfied N --fair N --poor N", "SVY-04")  # fmt: skip


def _equipment(ledger: "Ledger") -> Iterator[Due]:
    """What is short of the equipment standard, once the canteen's rooms hold any card at all."""
    found = list(people.standard(ledger, ledger.today))
    if store.season_on(ledger.db, ledger.today) is None or not any(there for _, _, there, _ in found):
        return
    for name, wanted, there, _ in found:
        if there < wanted:
            text = say("canteen.due.equipment", name=name, wanted=wanted, there=there)
            yield Due("missing", "canteen.rule.equipment", name, text, None,
                      people.asking(name, wanted - there), "CAN-11")  # fmt: skip

"""The verbs of the repair book. Each works inside an open entry it is given."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from logi.books.repair import rules, school, stock, store, telling
from logi.books.repair.clock import Moment, later
from logi.books.repair.norms import Norms
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import named
from logi.journal import Entry, approvals
from logi.registry import cards, room


def open(e: Entry, title: str, *, place: str, by: str | None, kind: str = "other", urgency: str = "normal",
         source: str = "report", asset: str | None = None, on: date | None = None, wanted: date | None = None,
         deputy: str | None = None, phone: str | None = None, note: str | None = None, ref: str | None = None,
         at: str | None = None, schedule_id: int | None = None,
         planned_on: date | None = None, planned_milli: int | None = None,
         bears: str | None = None, down_since: Moment | None = None) -> Confirmation:  # fmt: skip
    """Write a repair slip; its number (or `bears`, given before) counts within the month of its day. A fault that comes
    back soon is warned of."""
    day = e.happened(on or e.today)
    where, spot = school.place_spot(e, place)
    may_be_mended(e, asset, day)
    if down_since is not None and later(down_since, Moment(day, at)):
        raise Refused("repair.down_after_report", down=down_since.shown, opened=Moment(day, at).shown)
    reporter = school.person(e, by) if by else None
    stand_in = school.person(e, deputy) if deputy else None
    if ref and (twin := store.by_ref(e.db, ref)) is not None:
        raise Refused("repair.ref_taken", ref=ref, number=twin["number"])
    if source != rules.PREVENTIVE:
        _warn_of_repeat(e, where, kind, asset, named(title)["folded"], day)
    number = bears or e.number("WX", day.strftime("%Y%m"), book="repair", kind="order")
    words = named(title)
    order_id = e.insert(
        "repair_order", number=number, title=title, folded=words["folded"], initials=words["initials"],
        place_id=where["id"], spot=spot, asset=asset, reporter_id=reporter["id"] if reporter else None,
        phone=phone or (reporter["phone"] if reporter else None), kind=kind, urgency=urgency, source=source,
        opened_on=day, opened_at=at, wanted_on=wanted, ref=ref, state="open", schedule_id=schedule_id,
        planned_on=planned_on, planned_milli=planned_milli, deputy_id=stand_in["id"] if stand_in else None,
    )  # fmt: skip
    person_id = reporter["id"] if reporter else None
    e.insert("repair_event", on_day=day, at_time=at, order_id=order_id, step="open", person_id=person_id, note=note,
             down_on=down_since and down_since.day, down_at=down_since and down_since.time)  # fmt: skip
    if stand_in is not None:
        e.insert("repair_event", on_day=day, at_time=at, order_id=order_id, step="deputy", person_id=stand_in["id"])
    norms, opened = Norms(e), Moment(day, at)
    return Confirmation("repair.open", number, facts={
        "title": title, "place": place_text(where["code"], where["name"], spot), "asset": asset,
        "reporter": reporter["name"] if reporter else None, "kind": Word.of("repair.kind", kind),
        "urgency": Word.of("repair.urgency", urgency), "opened_on": opened.shown,
        "respond_by": norms.respond(urgency, opened).shown, "resolve_by": norms.resolve(urgency, opened).shown,
    })  # fmt: skip


def assign(e: Entry, number: str, *, worker: str | None = None, vendor: str | None = None, on: date | None = None,
           at: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Give a job to a worker or a vendor (or take a deferred one up again)."""
    order, progress, day = at_step(e, number, "assign", on, at)
    hand = school.person(e, worker) if worker else None
    firm = school.vendor(e, vendor) if vendor else None
    if hand is None and firm is None:
        raise Usage("repair.nobody_named", number=order["number"])
    if hand is not None:
        _warn_of_worker(e, order, hand, day)
    take_step(e, order, progress, "assign", day, person_id=hand["id"] if hand else None,
          vendor_id=firm["id"] if firm else None, note=note, at_time=at)  # fmt: skip
    who = " + ".join(row["name"] for row in (hand, firm) if row is not None)
    resolve = Norms(e).mend_by(order["urgency"], progress).shown
    return done("assign", order, worker=who, on=Moment(day, at).shown, resolve_by=progress.ends_on or resolve)


class Work(NamedTuple):
    """What a worker did on a job: labour in minutes, outside cost in fen with its invoice, parts from stock."""

    by: str | None = None
    vendor: str | None = None
    minutes: int | None = None
    cost: int | None = None
    invoice: str | None = None
    parts: Sequence[str] = ()
    arrived: str | None = None
    note: str | None = None
    on: date | None = None
    at: str | None = None


def log(e: Entry, number: str, **what: Any) -> Confirmation:
    """Record work on a job (the fields of Work): arrival, labour, outside cost, parts from stock, what was found."""
    work = Work(**what)
    order, progress, day = at_step(e, number, None, work.on)
    hand = _hand(e, order, progress, work.by)
    firm = school.vendor(e, work.vendor) if work.vendor else None
    take_in_hand(e, order, progress, hand, firm, day)
    rules.check(order["number"], progress, "log", day, work.at)
    if not (work.minutes or work.cost is not None or work.parts or work.arrived or work.note or work.invoice):
        raise Usage("repair.nothing_logged", number=order["number"])
    drawn = _work(e, order, progress, "log", day, work, hand, firm)
    return done("log", order, drawn, worker=_worker_name(e, progress, hand), minutes=progress.minutes,
                 cost=Fen(progress.cost_fen), on=Moment(day, work.at).shown)  # fmt: skip


def close(e: Entry, number: str, *, cause: str | None = None, liable: str | None = None, mode: str | None = None,
          root: str | None = None, **what: Any) -> Confirmation:  # fmt: skip
    """The worker has finished (the fields of Work); `mode` and `root` tell how it failed and why. The job is done only
    when the reporter accepts it."""
    work = Work(**what)
    if mode is not None and mode not in (modes := school.policy(e, "repair.failure_modes", work.on or e.today)):
        raise Usage("repair.unknown_mode", mode=mode, modes=modes)
    order, progress, day = at_step(e, number, None, work.on)
    hand = _hand(e, order, progress, work.by)
    firm = school.vendor(e, work.vendor) if work.vendor else None
    take_in_hand(e, order, progress, hand, firm, day, step="close")
    if hand is None and firm is None and progress.vendor_id is None:
        raise Usage("repair.who_mended", number=order["number"])
    rules.check(order["number"], progress, "close", day, work.at)
    drawn = _work(e, order, progress, "close", day, work, hand, firm, cause=cause, liable=liable, mode=mode, root=root)
    if cause == "human":
        e.warn("repair.compensation_due", number=order["number"], liable=liable)
    telling.closed(e, store.numbered(e.db, order["number"]), day, hand)
    return done("close", order, drawn, worker=_worker_name(e, progress, hand), cost=Fen(progress.cost_fen),
                 on=Moment(day, work.at).shown, cause=Word.of("repair.cause", cause) if cause else None,
                 mode=mode, root=root)  # fmt: skip


def accept(e: Entry, number: str, *, by: str, score: int | None = None, note: str | None = None,
           on: date | None = None, at: str | None = None) -> Confirmation:  # fmt: skip
    """The reporter (or the deputy the reporter named) finds the work good and signs. Nobody else can (4)."""
    order, progress, day = at_step(e, number, "accept", on, at)
    person = _acceptor(e, order, progress, by, day)
    take_step(e, order, progress, "accept", day, person_id=person["id"], score=score, note=note, at_time=at)
    days = (day - progress.opened_on).days
    return done("accept", order, person=person["name"], score=score, on=day, days=days)


def reject(e: Entry, number: str, *, by: str, reason: str, on: date | None = None,
           at: str | None = None) -> Confirmation:  # fmt: skip
    """The reporter (or deputy) finds the work not good: the slip is open again, and that is counted."""
    order, progress, day = at_step(e, number, "reject", on, at)
    person = _acceptor(e, order, progress, by, day)
    take_step(e, order, progress, "reject", day, person_id=person["id"], note=reason, at_time=at)
    telling.rejected(e, store.numbered(e.db, order["number"]), day, person, reason)
    return done("reject", order, person=person["name"], reason=reason, times=progress.rejected, on=day)


def defer(e: Entry, number: str, *, reason: str, until: date | None = None, estimate: int | None = None,
          on: date | None = None) -> Confirmation:  # fmt: skip
    """Put a job off: onto the summer list, or to a named day."""
    order, progress, day = at_step(e, number, "defer", on)
    if until is not None and until <= day:
        raise Refused("repair.deferred_back", number=order["number"], until=until, day=day)
    take_step(e, order, progress, "defer", day, until_day=until, estimate_fen=estimate, note=reason)
    when = until or Word.of("repair.word", "summer")
    return done("defer", order, reason=reason, until=when, on=day,
                 estimate=Fen(progress.estimate_fen) if progress.estimate_fen is not None else None)  # fmt: skip


def escalate(e: Entry, number: str, *, to: str, reason: str, on: date | None = None) -> Confirmation:
    """Report upward what the office cannot solve (上报); the slip stays where it is."""
    order, progress, day = at_step(e, number, "escalate", on)
    take_step(e, order, progress, "escalate", day, to_whom=to, note=reason)
    return done("escalate", order, to=to, reason=reason, on=day)


def deputy(e: Entry, number: str, person: str, *, by: str, on: date | None = None) -> Confirmation:
    """The reporter names who may accept in their stead. Others may only (--override) when the reporter cannot."""
    order, progress, day = at_step(e, number, "deputy", on)
    stand_in, namer = school.person(e, person), school.person(e, by)
    if stand_in["id"] == progress.worker_id or stand_in["id"] in progress.hands:
        raise Refused("repair.own_job", number=order["number"], person=stand_in["name"])
    if namer["id"] == progress.worker_id or namer["id"] in progress.hands:
        raise Refused("repair.own_job", number=order["number"], person=namer["name"])
    if namer["id"] != order["reporter_id"]:
        refusal = Refused("repair.only_reporter_names", number=order["number"], person=namer["name"],
                          reporter=order["reporter"])  # fmt: skip
        e.overridable(refusal, order["number"])
    take_step(e, order, progress, "deputy", day, person_id=stand_in["id"])
    return done("deputy", order, deputy=stand_in["name"], person=namer["name"], on=day)


def compensate(e: Entry, number: str, *, amount: int, by: str | None = None, receipt: str | None = None,
               note: str | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Record that human damage was paid for; 0 yuan (waived) needs a note why."""
    order, progress, day = at_step(e, number, "compensate", on)
    if progress.cause != "human":
        raise Refused("repair.not_human", number=order["number"])
    if amount == 0 and not note:
        raise Refused("repair.waived_without_reason", number=order["number"])
    payer = school.person(e, by) if by else None
    take_step(e, order, progress, "compensate", day, person_id=payer["id"] if payer else None, paid_fen=amount,
          invoice=receipt, note=note)  # fmt: skip
    return done("compensate", order, amount=Fen(amount), paid=Fen(progress.paid_fen), cost=Fen(progress.cost_fen),
                 liable=progress.liable, on=day)  # fmt: skip


def place_in_title(e: Any, title: str) -> tuple[str, str] | None:
    """`A205 漏水` -> ("A205", "漏水") if the first word is exactly a known place (with or without a spot)."""
    head, _, rest = title.partition(" ")
    ledger = getattr(e, "ledger", e)
    before, ledger.exact = ledger.exact, True
    try:
        school.place_spot(e, head)
    except NotFound:
        return None
    finally:
        ledger.exact = before
    return head, rest.strip()


def may_be_mended(e: Entry, asset: str | None, day: date) -> None:
    """Ask every book that knows things (a room `mending`) whether this one may be mended: what is gone may not (4)."""
    for book in cards() if asset else ():
        if (mending := room(book, "mending")) is not None:
            mending.before_repair(e, asset, day)


def approved(db: sqlite3.Connection, number: str, *, spent: int = 0) -> bool:
    """Whether an approval of this slip stands, or one of a summer list that bears it with an estimate it keeps to."""
    if _yes(db, number):
        return True
    order = store.numbered(db, number)
    lists = store.summer_lists_of(db, order["id"]) if order is not None else []
    return any(row["estimate_fen"] is not None and spent <= row["estimate_fen"] and _yes(db, row["number"])
               for row in lists)  # fmt: skip


def place_text(code: str, name: str, spot: str | None) -> str:
    """A place in full: code, name, spot."""
    return f"{code} {name}" + (f" / {spot}" if spot else "")


def _yes(db: sqlite3.Connection, number: str) -> bool:
    return any(row["decision"] == "yes" for row in approvals(db, number))


def at_step(
    e: Entry, number: str, step: str | None, on: date | None, at: str | None = None
) -> tuple[sqlite3.Row, rules.Progress, date]:
    """The slip, how far it has come, and the day of this step, checked."""
    day = e.happened(on or e.today)
    order = store.order(e, number)
    progress = rules.fold(store.steps(e.db, order["id"], date.max))
    if step is not None:
        rules.check(order["number"], progress, step, day, at)
    return order, progress, day


def take_step(e: Entry, order: sqlite3.Row, progress: rules.Progress, step: str, day: date, *, parts_fen: int = 0,
          **values: Any) -> None:  # fmt: skip
    """Record a step, and bring the slip's row to where its steps have led."""
    e.insert("repair_event", on_day=day, order_id=order["id"], step=step, **values)
    progress.take(rules.Step(step, day, parts_fen=parts_fen, **values))
    if step in rules.UNORDERED:  # it may lie before steps that are there already
        progress = rules.fold(store.steps(e.db, order["id"], date.max))
    e.update("repair_order", order["id"], **progress.columns())


def _work(e: Entry, order: sqlite3.Row, progress: rules.Progress, step: str, day: date, work: Work,
          hand: sqlite3.Row | None, firm: sqlite3.Row | None, **values: Any) -> "stock.Drawn | None":  # fmt: skip
    """Take a step of work: its parts leave the stock, its outside cost is looked at."""
    drawn = None
    _check_invoice(e, order, progress, work)
    if work.parts:
        if hand is None:
            raise Usage("repair.parts_to_whom", number=order["number"])
        purpose = f"{order['number']} {order['title']}"
        drawn = stock.draw(e, work.parts, hand=hand, on=day, purpose=purpose)
        if drawn.value_fen is None:
            e.warn("repair.parts_unpriced", number=drawn.number)
    take_step(e, order, progress, step, day, parts_fen=drawn.value_fen or 0 if drawn else 0, at_time=work.at,
          person_id=hand["id"] if hand else None, vendor_id=firm["id"] if firm else None, minutes=work.minutes,
          cost_fen=work.cost, invoice=work.invoice, note=work.note, arrived=work.arrived,
          slip_id=drawn.slip_id if drawn else None, **values)  # fmt: skip
    limit = school.policy(e, "repair.approval_above_fen", progress.opened_on)
    spent = progress.cost_fen
    if (work.cost or drawn) and spent > limit and not approved(e.db, order["number"], spent=spent):
        e.warn("repair.approval_missing", number=order["number"], cost=Fen(spent), limit=Fen(limit))
    return drawn


def _check_invoice(e: Entry, order: sqlite3.Row, progress: rules.Progress, work: Work) -> None:
    """What a vendor charges has an invoice: materials come from stock or from an invoice (A.4)."""
    if work.cost and (work.vendor or progress.vendor_id is not None) and not work.invoice:
        e.overridable(Refused("repair.invoice_missing", number=order["number"], cost=Fen(work.cost)), order["number"])


def take_in_hand(e: Entry, order: sqlite3.Row, progress: rules.Progress, hand: sqlite3.Row | None,
                  firm: sqlite3.Row | None, day: date, step: str = "log") -> None:  # fmt: skip
    """Who works on a job that is not theirs yet takes it: the assignment is recorded too."""
    if step == "close" and day < progress.opened_on:
        raise Refused("repair.closed_before_opened", number=order["number"], day=day, opened_on=progress.opened_on)
    if progress.state not in rules.FLOW["assign"][0] or progress.state == "declined":
        return  # what was turned down is taken on again by an assignment alone
    with_firm = progress.worker_id is None and progress.vendor_id is not None
    mine = hand is None or hand["id"] == progress.worker_id or with_firm
    lending = step == "log" and progress.worker_id is not None  # others may lend a hand
    same_firm = firm is None or firm["id"] == progress.vendor_id
    if progress.state in rules.FLOW[step][0] and same_firm and (mine or lending):
        return
    if hand is None and firm is None:
        raise Refused("repair.not_assigned", number=order["number"])
    if hand is not None:
        if progress.state in rules.FLOW[step][0] and progress.worker_id is not None:
            e.warn("repair.another_worker", number=order["number"], person=hand["name"])
        _warn_of_worker(e, order, hand, day)
    rules.check(order["number"], progress, "assign", day)
    take_step(e, order, progress, "assign", day, person_id=hand["id"] if hand else None,
          vendor_id=firm["id"] if firm else progress.vendor_id)  # fmt: skip


def _hand(e: Entry, order: sqlite3.Row, progress: rules.Progress, by: str | None) -> sqlite3.Row | None:
    """Who worked: as named, else the worker the job was given to."""
    return school.person(e, by) if by else school.by_id(e.db, "school_person", progress.worker_id)


def _acceptor(e: Entry, order: sqlite3.Row, progress: rules.Progress, by: str, day: date) -> sqlite3.Row:
    person = school.person(e, by)
    reporter = order["reporter"] or "—"
    rules.acceptor(order["number"], progress, order["reporter_id"], person["id"], person["name"], reporter, day)
    return person


def _worker_name(e: Entry, progress: rules.Progress, hand: sqlite3.Row | None) -> str:
    firm = school.by_id(e.db, "school_vendor", progress.vendor_id)
    return " + ".join(row["name"] for row in (hand, firm) if row is not None)


def _warn_of_repeat(e: Entry, where: sqlite3.Row, kind: str, asset: str | None, folded: str, day: date) -> None:
    within = school.policy(e, "repair.repeat_days", day)
    since = day - timedelta(days=within)
    twins = store.mended(e.db, day, since=since, place_id=where["id"], kind=kind, asset=asset)
    for twin in [one for one in twins if asset or rules.same_fault(kind, folded, one["folded"])][:1]:
        closed_on = date.fromisoformat(twin["closed_on"])
        if rules.repeated(day, closed_on, within):
            e.warn("repair.repeat", number=twin["number"], title=twin["title"], closed_on=closed_on,
                   days=(day - closed_on).days)  # fmt: skip
    if asset and (open_one := store.unfinished_of_asset(e.db, asset)) is not None:
        e.warn("repair.still_open", number=open_one["number"], title=open_one["title"], asset=asset)


def _warn_of_worker(e: Entry, order: sqlite3.Row, hand: sqlite3.Row, day: date) -> None:
    if hand["id"] == order["reporter_id"]:
        e.warn("repair.worker_reported", number=order["number"], person=hand["name"])
    if hand["left_on"] and hand["left_on"] <= day.isoformat():
        e.warn("repair.worker_left", person=hand["name"], left_on=date.fromisoformat(hand["left_on"]))
    telling.assigned(e, order, day, hand)


def done(action: str, order: sqlite3.Row, drawn: "stock.Drawn | None" = None, **facts: Any) -> Confirmation:
    where = place_text(order["place"], order["place_name"], order["spot"])
    numbers = [order["number"], *([drawn.number] if drawn else [])]
    if action in ("log", "close"):
        facts["drawn"] = Word.of("repair.drawn", "yes" if drawn else "no")
        facts["parts"] = [f"{drawn.number} {line}" for line in drawn.lines] if drawn else []
        facts["parts_cost"] = Fen(drawn.value_fen) if drawn and drawn.value_fen is not None else None
    facts = {"title": order["title"], "place": where, **facts}
    return Confirmation(f"repair.{action}", order["number"], numbers=numbers, facts=facts)

"""What assets have due, and what must always hold about them."""

from collections.abc import Iterator
from datetime import date, timedelta
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING

from logi.books.asset import (
    adjusting,
    auditing,
    booking,
    custody,
    damaging,
    facilities,
    fields,
    renewing,
    repair,
    requesting,
    rules,
    school,
    store,
    terms,
    yearend,
)
from logi.books.asset.disposal import missing_levels, not_paid_in
from logi.books.asset.valuing import writer
from logi.core.answers import Fen
from logi.core.due import Due, Finding
from logi.core.messages import money_text, say, title

if TYPE_CHECKING:
    from logi.db import Ledger


def due(ledger: "Ledger", horizon: int) -> list[Due]:
    """Everything overdue, missing, orphaned or expiring about assets, each with the line that mends it."""
    cards = store.named_cards(ledger.db)
    return [
        *_nobody(ledger, cards), *_unclassified(cards), *_loans(ledger, horizon), *_proposals(ledger), *_proceeds(ledger),
        *_past_life(ledger, cards), *_warranties(ledger, cards), *_audits(ledger), *_letters(ledger, cards),
        *_term(ledger), *_adjustments(ledger), *_owed(ledger), *_idle(ledger), *_years(ledger), *_requests(ledger),
        *_maintenance(ledger, cards), *_fields(ledger), *booking.due(ledger, horizon),
    ]  # fmt: skip


def verify(db: Connection) -> list[Finding]:
    """Cards equal their moves; what is gone went by a document with every approval."""
    found = [
        Finding(say("asset.verify.unequal", code=row["code"]), row["entry"]) for row in store.cards_against_moves(db)
    ]
    covered = set()
    for document in store.documents(db, "asset_proposal"):
        lines = store.proposal_lines(db, document["id"])
        gone_by = {line["card_id"] for line in lines if line["gone_on"] or document["state"] == "done"}
        if not gone_by:
            continue
        covered |= gone_by
        if missing := missing_levels(db, document):
            names = [title("asset.level", level) for level in missing]
            found.append(
                Finding(say("asset.verify.unapproved", number=document["number"], missing=names), document["entry"])
            )
    covered |= adjusting.lost_by_count(db)
    for document, levels in adjusting.unapproved(db):
        names = [title("asset.level", level) for level in levels]
        found.append(Finding(say("asset.verify.unapproved", number=document["number"], missing=names), document["entry"]))
    gone = (card for card in store.documents(db, "asset_card", "code") if card["status"] in ("disposed", "lost"))
    uncovered = (card for card in gone if card["id"] not in covered)
    return found + [Finding(say("asset.verify.uncovered", code=card["code"]), card["entry"]) for card in uncovered]


def _nobody(ledger: "Ledger", cards: list[Row]) -> Iterator[Due]:
    rooms: dict[str, list[Row]] = {}
    for card in cards:
        if card["keeper_id"] is None:
            rooms.setdefault(card["place"] or "", []).append(card)
    for room, rows in sorted(rooms.items()):
        codes = rules.compress(row["code"] for row in rows)
        text = say("asset.due.no_keeper", count=len(rows), place=room or say("asset.nowhere"), codes=codes)
        yield Due(
            "orphaned",
            "asset.rule.no_keeper",
            room or codes,
            text,
            None,
            f"logi asset assign {codes} --keeper {_keeper_of(ledger, rows[0]['place_id'])}",
            "AST-11",
        )


def _unclassified(cards: list[Row]) -> Iterator[Due]:
    codes = rules.compress(card["code"] for card in cards if card["category_id"] is None)
    if codes:
        text = say("asset.due.no_category", codes=codes)
        yield Due(
            "missing", "asset.rule.no_category", codes, text, None, f"logi asset edit {codes} --category CODE", "AST-01"
        )


def _loans(ledger: "Ledger", horizon: int) -> Iterator[Due]:
    numbers: dict[str, list[Row]] = {}
    for loan in store.loans(ledger.db):
        if loan["due_on"] and loan["due_on"] <= (ledger.today + timedelta(days=horizon)).isoformat():
            numbers.setdefault(loan["number"], []).append(loan)
    for number, rows in numbers.items():
        day = date.fromisoformat(rows[0]["due_on"])
        codes = rules.compress(row["code"] for row in rows)
        text = say("asset.due.loan", codes=codes, name=rows[0]["name"], borrower=rows[0]["borrower"], day=day)
        state = "overdue" if day < ledger.today else "soon"
        yield Due(state, "asset.rule.loan", number, text, day, f"logi asset return {number} --condition good", "AST-20")


def _proposals(ledger: "Ledger") -> Iterator[Due]:
    for row in store.documents(ledger.db, "asset_proposal"):
        number, day = row["number"], date.fromisoformat(row["on_day"])
        if row["state"] == "open":
            level = next(iter(missing_levels(ledger.db, row)), "")
            text = say(
                "asset.due.proposal", number=number, level=title("asset.level", level), total=Fen(row["cost_fen"])
            )
            command = f"logi approve {number} --level {level} --by PERSON --no DOCNO"
            yield Due("missing", "asset.rule.proposal_waits", number, text, day, command, "AST-18")
        elif row["state"] == "approved":
            left = [line["card_cost_fen"] for line in store.proposal_lines(ledger.db, row["id"]) if not line["gone_on"]]
            text = say("asset.due.approved", number=number, total=Fen(sum(left)))
            yield Due(
                "missing",
                "asset.rule.dispose_now",
                number,
                text,
                day,
                f"logi asset dispose {number} --proceeds AMOUNT",
                "AST-21",
            )


def _proceeds(ledger: "Ledger") -> Iterator[Due]:
    for row in store.documents(ledger.db, "asset_proposal"):
        owed = not_paid_in(row)
        if not owed:
            continue
        done = date.fromisoformat(row["done_on"])
        day = done + timedelta(days=school.policy(ledger, "asset.proceeds_days", done))
        text = say("asset.due.proceeds", number=row["number"], proceeds=Fen(owed), on=done)
        state = "overdue" if day < ledger.today else "soon"
        yield Due(
            state,
            "asset.rule.proceeds",
            row["number"],
            text,
            day,
            f"logi asset paid-in {row['number']}",
            "条例738 art. 25-26",
        )


def _past_life(ledger: "Ledger", cards: list[Row]) -> Iterator[Due]:
    """One line for each category: what is past its life and still in use."""
    after = school.policy(ledger, "asset.depreciation_first_month", ledger.today) == "month-after"
    kinds: dict[str, list[Row]] = {}
    write = writer(ledger, ledger.today)
    for card in cards:
        if not card["life_months"] or card["status"] == "disposing":
            continue
        ended = rules.life_ends(date.fromisoformat(card["acquired_on"]), card["life_months"], month_after=after)
        if ended < ledger.today.isoformat()[:7] and write(card).months:
            kinds.setdefault(card["category"] or "", []).append(card)
    for kind, rows in sorted(kinds.items()):
        codes = rules.compress(row["code"] for row in rows)
        text = say("asset.due.past_life", count=len(rows), category=rows[0]["category_name"], codes=codes,
                   total=Fen(sum(row["cost_fen"] for row in rows)))  # fmt: skip
        command = f"logi asset propose {codes} --how scrap --reason past-life --appraiser PERSON,PERSON,PERSON"
        yield Due("soon", "asset.rule.past_life", kind or codes, text, None, command, "AST-06")


def _warranties(ledger: "Ledger", cards: list[Row]) -> Iterator[Due]:
    ahead = school.policy(ledger, "asset.warranty_notice_days", ledger.today)
    ends: dict[tuple[str, str], list[Row]] = {}
    for card in cards:
        until = card["warranty_until"]
        if until and ledger.today.isoformat() <= until <= (ledger.today + timedelta(days=ahead)).isoformat():
            ends.setdefault((until, card["name"]), []).append(card)
    for (until, name), rows in sorted(ends.items()):
        codes = rules.compress(row["code"] for row in rows)
        text = say("asset.due.warranty", codes=codes, name=name, day=date.fromisoformat(until))
        place, hand = rows[0]["place"] or "PLACE", school.who(ledger.db, ledger.today, rows[0]["keeper_id"])
        command = f'logi repair open "{name}" --place {place} --by {hand} --asset {rows[0]["code"]}'
        yield Due("expiring", "asset.rule.warranty", codes, text, date.fromisoformat(until), command, "AST-17")


def _audits(ledger: "Ledger") -> Iterator[Due]:
    signed = [row["by_id"] for row in store.where(ledger.db, "asset_audited", "on_day")]
    reviewer = school.who(ledger.db, ledger.today, *reversed(signed))
    for month in auditing.months_open(ledger):
        missing = auditing.unsigned(ledger.db, month)
        if not missing:
            continue
        if all(missing.values()):
            rule, text = "asset.rule.audit_changed", say("asset.due.audit_changed", month=month, count=len(missing))
        else:
            rule, text = "asset.rule.not_audited", say("asset.due.not_audited", month=month, count=len(missing))
        yield Due("overdue", rule, month, text, None, f"logi asset audit {month} --by {reviewer} --sign", "AST-03")


def _letters(ledger: "Ledger", cards: list[Row]) -> Iterator[Due]:
    """In a term every room that holds assets has a signed letter which still tells the truth."""
    term = school.term_on(ledger.db, ledger.today)
    if term is None:
        return
    command: dict[int, str] = {}
    for letter in store.documents(ledger.db, "asset_letter"):
        if letter["term"] == term["code"] and letter["place_id"] and not custody.is_stale(ledger.db, letter):
            command[letter["place_id"]] = "" if letter["signed_on"] else f"logi asset letter --sign {letter['number']}"
    rooms = {card["place_id"]: card["place"] for card in cards if card["place_id"]}
    for place_id, code in sorted(rooms.items(), key=lambda item: item[1]):
        if mend := command.get(place_id, f"logi asset letter --place {code} --signed DAY"):
            text = say("asset.due.letter", place=code, term=term["name"])
            yield Due("missing", "asset.rule.letter", code, text, None, mend, "AST-02")
    yield from _letters_of_classes(ledger, term)


def _letters_of_classes(ledger: "Ledger", term: Row) -> Iterator[Due]:
    """Letters of classes that custody has left behind, or that nobody signed, where none took their place."""
    found: dict[tuple[str, int], tuple[Row, str]] = {}
    for letter in store.documents(ledger.db, "asset_letter"):
        if letter["term"] == term["code"] and letter["place_id"] is None and letter["class"]:
            state = "stale" if custody.is_stale(ledger.db, letter) else "signed" if letter["signed_on"] else "unsigned"
            key = (letter["class"], letter["keeper_id"])
            if key not in found or state != "stale" or found[key][1] == "stale":
                found[key] = letter, state
    for (of, keeper_id), (letter, state) in found.items():
        keeper = school.by_id(ledger.db, "school_person", keeper_id)
        if state == "signed" or keeper is None:
            continue
        held = (card["code"] for card in custody.letter_cards(ledger.db, letter) if card["keeper_id"] == keeper_id)
        anew = f"logi asset letter {rules.compress(held) or 'CODE'} --keeper {keeper['code']} --class {of}"
        command = f"logi asset letter --sign {letter['number']}" if state == "unsigned" else anew
        facts = {"number": letter["number"], "keeper": keeper["name"], "of": of}
        yield Due("missing", "asset.rule.letter", letter["number"], say(f"asset.due.letter_{state}", **facts), None, command,
                  "AST-02")  # fmt: skip


def _term(ledger: "Ledger") -> Iterator[Due]:
    """In a term every room that holds assets is counted, one line for all that are not; then the term is marked started."""
    term = school.term_on(ledger.db, ledger.today)
    if term is None:
        return
    found = terms.gaps(ledger, term)
    missing = [one for one in found if one.kind == "uncounted"]
    if missing:
        text = say("asset.due.uncounted", term=term["name"], count=len(missing), places=[one.subject for one in missing][:20])
        fresh = [one.subject for one in missing if one.command == terms.start_line([one.subject])]
        cure = terms.start_line(fresh) if fresh else missing[0].command
        yield Due("missing", "asset.rule.uncounted", term["code"], text, None, cure, "AST-11")
        return
    marked = store.where(ledger.db, "asset_term", term=term["code"])
    if not marked and not any(one.kind in terms.HARD for one in found) and terms.counted_rooms(ledger, term):
        day = date.fromisoformat(term["starts_on"])
        text, cure = say("asset.due.term", term=term["name"]), f"logi asset term-ready {term['code']} --mark"
        yield Due("overdue" if day < ledger.today else "soon", "asset.rule.term", term["code"], text, day, cure, "AST-11")


def _adjustments(ledger: "Ledger") -> Iterator[Due]:
    """Tables of surplus and shortage that wait, and what an approval could not put right."""
    for row in store.where(ledger.db, "asset_adjust", "number"):
        number, day = row["number"], date.fromisoformat(row["on_day"])
        if row["state"] == "open":
            level = next(iter(adjusting.missing_levels(ledger.db, row)), "")
            text = say("asset.due.adjust", number=number, level=title("asset.level", level))
            command = f"logi approve {number} --level {level} --by PERSON --no DOCNO"
            yield Due("missing", "asset.rule.adjust", number, text, day, command, "AST-11")
        elif row["state"] == "done":
            left = store.where(ledger.db, "asset_adjust_line", "line", adjust_id=row["id"], applied="no")
            known = store.scanned(ledger.db, [one["code"] for one in left])
            left = [one for one in left if one["kind"] != "unknown" or one["code"].lower() not in known]
            if left:
                text = say("asset.due.adjust_left", number=number, codes=[one["code"] for one in left])
                yield Due("missing", "asset.rule.adjust_left", number, text, day, f"logi show {number}", "AST-12")


def _owed(ledger: "Ledger") -> Iterator[Due]:
    for row, owed in damaging.unpaid(ledger.db):
        day = date.fromisoformat(row["on_day"]) + timedelta(days=school.policy(ledger, "asset.compensation_days", ledger.today))
        person = school.by_id(ledger.db, "school_person", row["person_id"])
        liable = person["name"] if person else row["class"]
        text = say("asset.due.owed", number=row["number"], liable=liable, owed=Fen(owed), code=_code_of(ledger, row["card_id"]))
        state = "overdue" if day < ledger.today else "soon"
        command = f"logi asset pay {row['number']} {money_text(owed)} --receipt NUMBER"
        yield Due(state, "asset.rule.owed", row["number"], text, day, command, "AST-07")


def _idle(ledger: "Ledger") -> Iterator[Due]:
    cards = renewing.idle_cards(ledger, ledger.today, school.policy(ledger, "asset.idle_months", ledger.today))
    if cards:
        codes = rules.compress(card["code"] for card, _ in cards)
        text = say("asset.due.idle", codes=codes, count=len(cards), total=Fen(sum(card["cost_fen"] for card, _ in cards)))
        yield Due("soon", "asset.rule.idle", codes, text, None, f"logi asset transfer {codes} --place PLACE", "AST-10")


def _years(ledger: "Ledger") -> Iterator[Due]:
    for year in yearend.years_open(ledger):
        left = [title("asset.role", role) for role in yearend.ROLES if role not in yearend.signed(ledger, year)]
        text = say("asset.due.reconcile", year=year, roles=left)
        day = date(year, 12, 31)
        yield Due("missing", "asset.rule.reconcile", str(year), text, day, f"logi asset reconcile {year}", "AST-22")


def _requests(ledger: "Ledger") -> Iterator[Due]:
    """Requests that wait: for an approval, or for the thing."""
    for row in store.documents(ledger.db, "asset_request"):
        number, day = row["number"], date.fromisoformat(row["on_day"])
        if row["state"] == "open":
            level = next(iter(requesting.missing(ledger, row)), "")
            text = say("asset.due.request", number=number, wanted=row["wanted"], level=title("asset.level", level))
            command = f"logi approve {number} --level {level} --by PERSON --no DOCNO"
            yield Due("missing", "asset.rule.request", number, text, day, command, "AST-04")
        elif row["state"] == "approved":
            codes = rules.compress(card["code"] for card in requesting.idle_like(ledger, row["wanted"])) or "CODE"
            text = say("asset.due.issue", number=number, wanted=row["wanted"])
            yield Due("missing", "asset.rule.issue", number, text, day, f"logi asset issue {number} {codes}", "AST-04")


def _maintenance(ledger: "Ledger", cards: list[Row]) -> Iterator[Due]:
    """The classes of facilities that no maintenance plan looks after, once the school keeps such plans at all."""
    if not repair.plans(ledger):
        return
    if bare := facilities.without_plan(ledger, cards):
        text = say("asset.due.no_plan", facilities=[title("asset.facility", kind) for kind in bare])
        command = 'logi repair maintain add CODE "TITLE" --place PLACE --by PERSON --every termly'
        yield Due("missing", "asset.rule.no_plan", bare[0], text, None, command, "AST-26")


def _fields(ledger: "Ledger") -> Iterator[Due]:
    """Cards that lack a field which is required by now."""
    for one in fields.declared(ledger.db):
        if one.required and (rows := fields.lacking(ledger.db, one)):
            codes = rules.compress(row["code"] for row in rows)
            text = say("asset.due.field", name=one.name, count=len(rows), codes=codes)
            command = f"logi asset edit {codes} --set {one.code}=VALUE"
            yield Due("missing", "asset.rule.field", one.code, text, None, command, "AST-01")


def _keeper_of(ledger: "Ledger", place_id: int | None) -> str:
    """Who keeps a room, for a command about what nobody keeps there."""
    room = school.by_id(ledger.db, "school_place", place_id)
    return school.who(ledger.db, ledger.today, room["keeper_id"] if room is not None else None)


def _code_of(ledger: "Ledger", card_id: int) -> str:
    return str(store.named_card(ledger.db, card_id)["code"])

"""The verbs of disposal: propose, dispose, paid-in. Nothing leaves the register without every approval; no override."""

from collections.abc import Sequence
from datetime import date, timedelta
from sqlite3 import Connection, Row
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.asset import rules, school, store
from logi.books.asset.actions import split_off
from logi.books.asset.posting import movable, post, present
from logi.books.asset.valuing import warn_of_parts, writer
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.journal import Entry

if TYPE_CHECKING:
    from logi.db import Ledger

PARTED_DAYS = 30  # applications this near to each other are looked at together


def propose(e: Entry, texts: Sequence[str], how: str, *, reason: str | None = None, appraisers: Sequence[str] = (),
            quantity_milli: int | None = None, on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Make a disposal document over cards: its levels are those of the matrix in force on its day, kept on it for good.

    With a quantity that part of one card is split off first, and the part stands on the document. Refuses (4) too few
    appraisers for a scrapping, a card without a category, gone, lent or already proposed cards.
    """
    day = e.happened(on or e.today)
    if how in rules.GROUNDED and reason is None:
        raise Usage("asset.reason_needed", how=Word.of("asset.how", how))
    people = _appraisers(e, how, appraisers, day)
    if quantity_milli is not None:
        texts = [split_off(e, texts, quantity_milli, day)]
    rows = movable(e, store.cards(e, texts), day)
    for row in rows:
        if (before := store.open_proposal_of(e.db, row["id"])) is not None:
            raise Refused("asset.already_proposed", code=row["code"], proposal=before["number"])
        if row["category_id"] is None:
            raise Refused("asset.category_needed", code=row["code"])
    warn_of_parts(e, rows)
    total = sum(row["cost_fen"] for row in rows)
    levels = required_levels(e, rows, how, day)
    _warn_parted(e, rows, how, day, levels)
    number = e.number("CZ", str(day.year), book="asset", kind="proposal")
    made = e.insert("asset_proposal", number=number, how=how, reason=reason, on_day=day, levels=" ".join(levels),
                    state="open", cost_fen=total, note=note)  # fmt: skip
    gathered, write = 0, writer(e, day)
    for line, row in enumerate(rows, 1):
        written = write(row, gone_on=day).accumulated_fen
        gathered += written
        e.insert(
            "asset_proposal_line", proposal_id=made, line=line, card_id=row["id"], cost_fen=row["cost_fen"],
            quantity_milli=row["quantity_milli"], accumulated_fen=written, status_before=row["status"],
        )  # fmt: skip
        e.update("asset_card", row["id"], status="disposing")
    for person_id in people:
        e.insert("asset_appraiser", proposal_id=made, person_id=person_id)
    return Confirmation("asset.propose", number, facts={
        "codes": rules.compress(row["code"] for row in rows), "count": len(rows), "how": Word.of("asset.how", how),
        "total": Fen(total), "accumulated": Fen(gathered), "net": Fen(total - gathered), "on": day,
        "levels": [Word.of("asset.level", level) for level in levels],
    })  # fmt: skip


def dispose(e: Entry, texts: Sequence[str], *, how: str | None = None, reason: str | None = None,
            proceeds_fen: int | None = None, on: date | None = None) -> Confirmation:  # fmt: skip
    """Carry a disposal out: all that is left of a document by its number, or by codes those of its cards that go now.

    The document is done when its last card has gone. No override.
    """
    day = e.happened(on or e.today)
    document = store.document(e.db, "asset_proposal", texts[0]) if len(texts) == 1 else None
    wanted: set[int] | None = None
    if document is None:
        document, wanted = _covering(e, texts, how or "scrap", day)
    number = document["number"]
    _check_as_typed(document, how, reason)
    _check_approved(e, number, day)
    left = [line for line in store.proposal_lines(e.db, document["id"]) if line["gone_on"] is None]
    lines = [line for line in left if wanted is None or line["card_id"] in wanted]
    if later := store.moved_after(e.db, [line["card_id"] for line in lines], day):
        raise Refused("asset.moved_since", code=later["code"], on=day, later=date.fromisoformat(later["on_day"]))
    stays = document["how"] in rules.STAYS
    gathered = _lend_out(e, document, lines, day) if stays else _write_off(e, document, lines, day)
    rest = len(left) - len(lines)
    e.update("asset_proposal", document["id"], state="approved" if rest else "done",
             done_on=max(day.isoformat(), document["done_on"] or ""),
             proceeds_fen=(document["proceeds_fen"] or 0) + (proceeds_fen or 0))  # fmt: skip
    _warn_late(e, number, day)
    if rest:
        e.warn("asset.proposal_rest", proposal=number, rest=rest)
    e.subject = number
    cost = sum(line["card_cost_fen"] for line in lines)
    return Confirmation("asset.dispose", number, facts={
        "codes": rules.compress(line["code"] for line in lines), "count": len(lines), "on": day,
        "how": Word.of("asset.how", document["how"]), "cost": Fen(cost), "accumulated": Fen(gathered),
        "net": Fen(cost - gathered), "proceeds": Fen(proceeds_fen or 0),
    })  # fmt: skip


def paid_in(
    e: Entry, number: str, *, on: date | None = None, amount_fen: int | None = None, ref: str | None = None
) -> Confirmation:
    """Record that a disposal's proceeds were paid in to the treasury, whole (decree 738 art. 25-26)."""
    day = e.happened(on or e.today)
    document = store.document(e.db, "asset_proposal", number)
    if document is None:
        raise NotFound("asset.no_proposal", number=number)
    if not document["done_on"] or not document["proceeds_fen"]:
        raise Refused("asset.no_proceeds", proposal=number)
    owed = not_paid_in(document)
    if not owed:
        raise Refused("asset.paid_in_already", proposal=number, on=date.fromisoformat(document["paid_in_on"]))
    if day.isoformat() < document["done_on"]:
        raise Refused("asset.paid_in_before", proposal=number, on=day, done=date.fromisoformat(document["done_on"]))
    if amount_fen is not None and amount_fen != owed:
        raise Refused("asset.paid_in_whole", proposal=number, amount=Fen(amount_fen), proceeds=Fen(owed))
    e.update("asset_proposal", document["id"], paid_in_on=day.isoformat(), paid_in_fen=document["proceeds_fen"],
             paid_in_ref=ref or document["paid_in_ref"])  # fmt: skip
    return Confirmation("asset.paid-in", number, facts={"amount": Fen(owed), "on": day, "ref": ref})


def not_paid_in(document: Row) -> int:
    """What of a disposal's proceeds has still to be paid in (fen)."""
    proceeds = int(document["proceeds_fen"] or 0)
    if document["paid_in_fen"] is None:  # before parts were known, the proceeds were paid in whole
        return 0 if document["paid_in_on"] else proceeds
    return proceeds - int(document["paid_in_fen"])


def required_levels(
    source: "Ledger | Entry", rows: Sequence[Any], how: str, day: date, *, more_fen: int = 0
) -> list[str]:
    """The levels that the policy in force on a day asks for; `more_fen` is added to the value of the cards."""
    kinds = store.names_of(source.db, "school_category")
    codes = [kinds[row["category_id"]]["code"] for row in rows if row["category_id"]]
    matrix = school.policy(source, "asset.disposal_matrix", day)
    by_how = school.policy(source, "asset.disposal_matrix_by_how", day)
    levels = rules.levels_for(matrix, by_how, how, codes, more_fen + sum(row["cost_fen"] for row in rows))
    if not levels:  # a matrix that asks nobody would let things go unapproved
        raise Refused("asset.no_levels", how=Word.of("asset.how", how))
    return levels


def missing_levels(db: Connection, document: Row) -> list[str]:
    """The levels of a proposal that have not approved it yet, in order."""
    given = {row["level"] for row in journal.approvals(db, document["number"]) if row["decision"] == "yes"}
    return [level for level in document["levels"].split() if level not in given]


def _appraisers(e: Entry, how: str, names: Sequence[str], day: date) -> list[int]:
    typed = [part.strip() for text in names for part in text.replace("，", ",").replace("、", ",").split(",")]
    people = list(dict.fromkeys(present(e, text, day)["id"] for text in typed if text))
    least = school.policy(e, "asset.disposal_appraisers_min", day) if how in rules.GROUNDED else 0
    if len(people) < least:
        raise Refused("asset.too_few_appraisers", given=len(people), least=least)
    return people


def _covering(e: Entry, texts: Sequence[str], how: str, day: date) -> tuple[Row, set[int]]:
    """The one document that covers these cards, and their ids; otherwise it is said who would have to approve."""
    rows = store.cards(e, texts)
    for row in rows:
        if row["status"] in rules.GONE:
            raise Refused("asset.gone", code=row["code"], status=Word.of("asset.status", row["status"]),
                          on=date.fromisoformat(row["gone_on"]))  # fmt: skip
    found = {row["id"]: store.open_proposal_of(e.db, row["id"]) for row in rows}
    bare = [row for row in rows if found[row["id"]] is None]
    if bare:
        levels = required_levels(e, bare, how, day)
        raise Refused("asset.disposal_not_approved", codes=rules.compress(row["code"] for row in bare), proposal=None,
                      missing=[Word.of("asset.level", level) for level in levels])  # fmt: skip
    documents = {one["number"]: one for one in found.values() if one is not None}
    if len(documents) > 1:
        raise Refused("asset.several_proposals", proposals=sorted(documents))
    [document] = documents.values()
    return document, set(found)


def _check_as_typed(document: Row, how: str | None, reason: str | None) -> None:
    number = document["number"]
    if document["state"] == "done":
        raise Refused("asset.proposal_done", proposal=number, on=date.fromisoformat(document["done_on"]))
    if document["state"] == "rejected":
        raise Refused("asset.proposal_rejected", proposal=number)
    for typed, stands in ((how, document["how"]), (reason, document["reason"])):
        if typed is not None and typed != stands:
            raise Refused("asset.not_as_approved", proposal=number, typed=typed, approved=stands)


def _check_approved(e: Entry, number: str, day: date) -> None:
    document = store.document(e.db, "asset_proposal", number)
    assert document is not None
    if missing := missing_levels(e.db, document):
        lines = store.proposal_lines(e.db, document["id"])
        codes = rules.compress(line["code"] for line in lines)
        levels = [Word.of("asset.level", level) for level in missing]
        raise Refused("asset.disposal_not_approved", codes=codes, proposal=number, missing=levels)
    last = max((row["on_day"] for row in journal.approvals(e.db, number)), default=document["on_day"])
    if day.isoformat() < last:
        raise Refused("asset.disposed_before_approval", proposal=number, on=day, approved=date.fromisoformat(last))


def _write_off(e: Entry, document: Row, lines: Sequence[Row], day: date) -> int:
    gathered, write = 0, writer(e, day)
    status = "lost" if document["how"] == "loss" else "disposed"
    for line in lines:
        card = store.named_card(e.db, line["card_id"])
        written = write(card, gone_on=day).accumulated_fen
        gathered += written
        e.update("asset_proposal_line", line["id"], cost_fen=card["cost_fen"], accumulated_fen=written, gone_on=day.isoformat())
        e.update("asset_card", card["id"], status=status, gone_on=day.isoformat())
        post(e, day, "dispose", [card], sign=-1, number=document["number"])
    return gathered


def _lend_out(e: Entry, document: Row, lines: Sequence[Row], day: date) -> int:
    """Leased and lent things stay on the register and come back by `asset return`."""
    gathered, write = 0, writer(e, day)
    for line in lines:
        card = store.named_card(e.db, line["card_id"])
        gathered += write(card).accumulated_fen
        e.insert(
            "asset_loan", number=document["number"], card_id=card["id"], lent_on=day,
            status_before=line["status_before"], note=document["note"],
        )  # fmt: skip
        e.update("asset_proposal_line", line["id"], gone_on=day.isoformat())
        e.update("asset_card", card["id"], status="lent")
        post(e, day, "lease", [card], number=document["number"])
    return gathered


def _warn_parted(e: Entry, rows: Sequence[Row], how: str, day: date, levels: Sequence[str]) -> None:
    """Say when documents of the last weeks together would need more approvals than each alone."""
    since = (day - timedelta(days=PARTED_DAYS)).isoformat()
    recent = [
        one for one in store.documents(e.db, "asset_proposal")
        if one["how"] == how and one["state"] != "rejected" and since <= one["on_day"] <= day.isoformat()
    ]  # fmt: skip
    together = required_levels(e, rows, how, day, more_fen=sum(one["cost_fen"] for one in recent)) if recent else []
    if len(together) > len(levels):
        names = [Word.of("asset.level", level) for level in together]
        e.warn("asset.proposals_parted", others=[one["number"] for one in recent], levels=names)


def _warn_late(e: Entry, number: str, day: date) -> None:
    """Written off promptly after the approval, and booked at once (decree 738 art. 35)."""
    most = school.policy(e, "asset.disposal_booking_days", day)
    if (lag := (e.today - day).days) > most:
        e.warn("asset.booked_late", days=lag, most=most)

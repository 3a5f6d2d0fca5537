"""The verbs of documents: enter, put in force, revise, repeal, look at again, give out. Each works inside an open entry."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.paper import rules, school, standing, store
from logi.books.paper.filing import Filed
from logi.core.answers import Confirmation, Fen, Word
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import named
from logi.journal import Entry

KIND, STATE = "paper.kind", "paper.state"


def add(e: Entry, title: str, *, kind: str, no: str | None = None, issuer: str | None = None, on: date | None = None,
        starts: date | None = None, trial: bool = False, until: date | None = None, areas: Sequence[str] = (),
        basis: Sequence[str] = (), owner: str | None = None, vendor: str | None = None, amount: int | None = None,
        form: str | None = None, people: str | None = None, place: str | None = None, filed: Filed | None = None,
        note: str | None = None, bears: str | None = None, **kept: Any) -> Confirmation:  # fmt: skip
    """Enter a document under a number of its own (WJ-year-running). What the school makes itself begins as a draft; what
    comes from outside, minutes and contracts stand from their day. `bears` and `kept` are what another ledger says."""
    day = on or e.today
    _not_ahead(e, day)
    _check_facts(kind, vendor=vendor, amount=amount, form=form, people=people)
    as_new = named(title)
    if "root_id" not in kept:
        _not_there(e, kind, as_new["folded"], no, day)
    if trial and kind not in rules.ADOPTED:
        raise Refused("paper.no_trial", kind=Word.of(KIND, kind))
    begins = starts or (None if kind in rules.ADOPTED else day)
    if trial and begins is None:
        begins = day
    _check_span(begins, until)
    owns = school.person(e, owner) if owner else None
    firm = school.vendor(e, vendor) if vendor else None
    number = bears or e.number("WJ", str(day.year), book="paper", kind="document")
    rowid = e.insert(
        "paper_document", code=number, **as_new, kind=kind, doc_no=no, issuer=issuer, on_day=day, until_day=until,
        trial_day=begins if trial else None, from_day=None if trial else begins, owner_id=owns["id"] if owns else None,
        vendor_id=firm["id"] if firm else None, amount_fen=amount, form=form, people=people, place=place, note=note,
        **_file(filed),
    )  # fmt: skip
    if kept:
        e.update("paper_document", rowid, **kept)
    _set_areas(e, rowid, areas)
    _set_basis(e, rowid, basis)
    if trial and until is None:
        e.warn("paper.trial_without_end", number=number)
    return Confirmation("paper.add", number, facts=_told(e, rowid, filed))


def edit(e: Entry, which: str, *, title: str | None = None, no: str | None = None, issuer: str | None = None,
         on: date | None = None, until: date | None = None, areas: Sequence[str] = (), basis: Sequence[str] = (),
         owner: str | None = None, vendor: str | None = None, amount: int | None = None, form: str | None = None,
         people: str | None = None, place: str | None = None, filed: Filed | None = None,
         note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what is said of a document; areas and sources given take the place of those there."""
    row = store.document(e, which)
    _check_facts(row["kind"], vendor=vendor, amount=amount, form=form, people=people)
    given: dict[str, Any] = {
        "doc_no": no, "issuer": issuer, "until_day": until, "amount_fen": amount, "form": form, "people": people,
        "place": place, "note": note, "on_day": on, **_file(filed),
        "owner_id": school.person(e, owner)["id"] if owner else None,
        "vendor_id": school.vendor(e, vendor)["id"] if vendor else None,
    }  # fmt: skip
    changes = {key: value for key, value in given.items() if value is not None}
    changes |= named(title) if title else {}
    if not changes and not areas and not basis:
        raise Usage("paper.nothing_to_change", number=row["code"])
    if on:
        _not_ahead(e, on)
    _check_span(rules.span(row).first, until)
    if changes:
        e.update("paper_document", row["id"], **changes)
    if areas:
        _set_areas(e, row["id"], areas)
    if basis:
        _set_basis(e, row["id"], basis)
    return Confirmation("paper.edit", row["code"], facts=_told(e, row["id"], filed))


def adopt(e: Entry, which: str, *, starts: date | None = None, trial: bool = False, until: date | None = None,
          no: str | None = None) -> Confirmation:  # fmt: skip
    """Put a draft on trial or in force, or one on trial in force; the version before it ends on that day (4)."""
    row = _draft_of(e, which)
    day = starts or e.today
    if row["kind"] not in rules.ADOPTED:
        raise Refused("paper.not_adopted", number=row["code"], kind=Word.of(KIND, row["kind"]))
    stood = rules.span(row)
    if stood.ended or stood.since or (trial and stood.trial):
        state = Word.of(STATE, rules.standing(stood, e.today))
        raise Refused("paper.adopted_already", number=row["code"], state=state, day=stood.ended or stood.first)
    if stood.trial and day <= stood.trial:
        raise Refused("paper.before_trial", number=row["code"], day=day, trial=stood.trial)
    _check_span(day, until)
    before = _end_older(e, row, day)
    changes: dict[str, Any] = {"trial_day" if trial else "from_day": day, "until_day": until}
    if no:
        changes["doc_no"] = no
    e.update("paper_document", row["id"], **changes)
    for source in store.sources(e.db, row["id"]):
        if rules.standing(rules.span(source), day) not in (*rules.STANDING, "coming"):
            e.warn("paper.source_gone", number=row["code"], source=source["code"], title=source["name"])
    if trial and until is None:
        e.warn("paper.trial_without_end", number=row["code"])
    facts = {**_told(e, row["id"], None), "day": day, "before": before}
    return Confirmation("paper.adopt", row["code"], facts=facts)


def revise(e: Entry, which: str, *, title: str | None = None, no: str | None = None, issuer: str | None = None,
           on: date | None = None, basis: Sequence[str] = (), filed: Filed | None = None,
           note: str | None = None) -> Confirmation:  # fmt: skip
    """Begin the next version of a document, a draft with the same areas and sources; one draft at a time (4). Of a document
    from outside the new version stands from its day, and what rests on the old one is to be looked at."""
    row = store.document(e, which)
    if row["kind"] in ("minutes", "handbook"):
        raise Refused("paper.no_versions", number=row["code"], kind=Word.of(KIND, row["kind"]))
    day = on or e.today
    _not_ahead(e, day)
    all_ = store.versions(e.db, row["root"])
    newest = all_[-1]
    if rules.standing(rules.span(newest), e.today) == "draft":
        raise Refused("paper.draft_there", number=newest["code"], title=newest["name"])
    number = e.number("WJ", str(day.year), book="paper", kind="document")
    kept = ("kind", "owner_id", "vendor_id", "amount_fen", "form", "people", "place")
    names = named(title) if title else {key: newest[key] for key in ("name", "folded", "initials")}
    rowid = e.insert(
        "paper_document", code=number, **names, **{key: newest[key] for key in kept}, doc_no=no, on_day=day,
        issuer=issuer or newest["issuer"], version=newest["version"] + 1, root_id=row["root"], note=note, **_file(filed),
    )  # fmt: skip
    _set_areas(e, rowid, [one["area"] for one in store.cover_rows(e.db, newest["id"])])
    _set_basis(e, rowid, basis or [one["code"] for one in store.sources(e.db, newest["id"])])
    made = store.by_id(e.db, rowid)
    assert made is not None
    if row["kind"] not in rules.ADOPTED:
        _end_older(e, made, day)
        e.update("paper_document", rowid, from_day=day)
    facts = {**_told(e, rowid, filed), "before": newest["code"]}
    return Confirmation("paper.revise", number, facts=facts)


def repeal(e: Entry, which: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A document stands no longer from a day on; what rests on it is to be looked at."""
    row = store.document(e, which)
    stood, day = rules.span(row), on or e.today
    if stood.ended:
        raise Refused("paper.ended_already", number=row["code"], day=stood.ended, why=Word.of(STATE, str(stood.why)))
    if stood.first and day <= stood.first:
        raise Refused("paper.ends_before", number=row["code"], day=day, first=stood.first)
    e.update("paper_document", row["id"], ended_day=day, ended_why="repealed", ended_note=reason)
    e.reason = reason
    _warn_resting(e, row)
    facts = {"title": row["name"], "day": day, "reason": reason}
    return Confirmation("paper.repeal", row["code"], facts=facts)


def review(e: Entry, which: str, *, outcome: str, by: str | None = None, on: date | None = None,
           evidence: str | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Record that a document was looked at again: it stays, or is to be revised (for a lesson, a changed source)."""
    day = e.happened(on or e.today)
    row = store.document(e, which)
    first = rules.span(row).first
    if row["kind"] not in rules.ADOPTED:
        raise Refused("paper.not_reviewed", number=row["code"], kind=Word.of(KIND, row["kind"]))
    if first is None or first > day:
        raise Refused("paper.not_yet", number=row["code"], day=day)
    if outcome == "revise" and note is None:
        raise Usage("paper.revise_why")
    who = school.person(e, by) if by else None
    if evidence:
        check_evidence(e, evidence)
    e.insert("paper_review", on_day=day, doc_id=row["id"], outcome=outcome, by_id=who["id"] if who else None,
             evidence=evidence, note=note)  # fmt: skip
    facts = {"title": row["name"], "outcome": Word.of("paper.outcome", outcome), "day": day, "note": note,
             "by": who["name"] if who else None}  # fmt: skip
    return Confirmation("paper.review", row["code"], facts=facts)


def issue(e: Entry, which: str, *, to: Sequence[str] = (), people: Sequence[str] = (), copies: int = 1,
          by: str | None = None, on: date | None = None, note: str | None = None) -> Confirmation:  # fmt: skip
    """Record who was given copies of a document or a handbook (印發)."""
    day = e.happened(on or e.today)
    row = store.document(e, which)
    if not to and not people:
        raise Usage("paper.to_whom")
    if day.isoformat() < row["on_day"]:
        raise Refused("paper.too_early", number=row["code"], day=day, first=date.fromisoformat(row["on_day"]))
    state = rules.standing(rules.span(row), day)
    if state not in (*rules.STANDING, "coming"):
        e.overridable(Refused("paper.not_in_force", number=row["code"], state=Word.of(STATE, state)), row["code"])
    giver = school.person(e, by) if by else None
    names = []
    found = [("department_id", school.department_for(e, one)) for one in to]
    found += [("person_id", school.person(e, one)) for one in people]
    for key, who in found:
        e.insert("paper_issue", on_day=day, doc_id=row["id"], copies=copies, by_id=giver["id"] if giver else None,
                 note=note, **{key: who["id"]})  # fmt: skip
        names.append(who["name"])
    facts = {"title": row["name"], "day": day, "receivers": names, "copies": copies * len(names)}
    return Confirmation("paper.issue", row["code"], facts=facts)


def check_evidence(e: Entry, number: str) -> None:
    """Evidence is a document of the books that stands (NotFound, 3)."""
    if not standing.proves(e.ledger, number):
        raise NotFound("paper.no_evidence", number=number)


# -- helpers -----------------------------------------------------------------------------------------


def _draft_of(e: Entry, which: str) -> store.Row:
    """The document named; by title, its newest version is meant, for that is the draft."""
    row = store.document(e, which)
    return row if row["code"] == which else store.versions(e.db, row["root"])[-1]


def _end_older(e: Entry, row: store.Row, day: date) -> str | None:
    """End the version that stands when another takes its place; returns its number."""
    for other in reversed(store.versions(e.db, row["root"])):
        stood = rules.span(other)
        if other["id"] == row["id"] or stood.first is None:
            continue
        if other["version"] > row["version"]:
            raise Refused("paper.newer_there", number=row["code"], newer=other["code"])
        if stood.ended:
            if stood.ended > day:
                raise Refused("paper.before_older", day=day, older=other["code"], first=stood.ended)
            return None
        if day <= stood.first:
            raise Refused("paper.before_older", day=day, older=other["code"], first=stood.first)
        e.update("paper_document", other["id"], ended_day=day, ended_why="superseded", ended_note=row["code"])
        _warn_resting(e, other)
        return str(other["code"])
    return None


def _warn_resting(e: Entry, row: store.Row) -> None:
    resting = [one["code"] for one in store.resting_on(e.db, row["id"])
               if rules.standing(rules.span(one), e.today) in rules.STANDING]  # fmt: skip
    if resting:
        e.warn("paper.to_review", number=row["code"], numbers=resting)
    if books := [one["code"] for one in store.handbooks_with(e.db, row["root"])]:
        e.warn("paper.in_handbooks", number=row["code"], numbers=books)


def _not_ahead(e: Entry, day: date) -> None:
    if day > e.today:
        raise Refused("front.day_in_future", day=day, today=e.today)


def _not_there(e: Entry, kind: str, folded: str, no: str | None, day: date) -> None:
    same = [row for row in store.alike(e.db, kind, folded) if kind in rules.ADOPTED or row["on_day"] == day.isoformat()]
    if same:
        raise Refused("paper.there_already", number=same[-1]["code"], title=same[-1]["name"])
    if no and (known := store.numbered(e.db, no)):
        raise Refused("paper.no_taken", no=no, number=known[0]["code"], title=known[0]["name"])


def _check_span(first: date | None, until: date | None) -> None:
    if first and until and until < first:
        raise Refused("paper.until_before", until=until, first=first)


def _check_facts(kind: str, *, vendor: str | None, amount: int | None, form: str | None, people: str | None) -> None:
    """Whether a kind has such facts at all (2): a contract a partner and an amount, minutes people, a form a template."""
    for name, value, wanted in (("vendor", vendor, ("contract",)), ("amount", amount, ("contract",)),
                                ("form", form, ("form", "regulation")), ("people", people, ("minutes",))):  # fmt: skip
        if value is not None and kind not in wanted:
            raise Usage("paper.not_of_kind", option=f"--{name}", kind=Word.of(KIND, kind))
    if form is not None:
        from logi.forms.shapes import shape_named

        shape_named(form)


def _set_areas(e: Entry, rowid: int, areas: Sequence[str]) -> None:
    there = {row["area"]: row["id"] for row in store.cover_rows(e.db, rowid)}
    for area in there.keys() - set(areas):
        e.void("paper_cover", there[area])
    for area in dict.fromkeys(areas):
        if area not in there:
            e.insert("paper_cover", doc_id=rowid, area=area)


def _set_basis(e: Entry, rowid: int, basis: Sequence[str]) -> None:
    wanted = dict.fromkeys(store.document(e, text)["id"] for text in basis)
    links = store.resting(e.db)
    if rowid in wanted or any(rules.reaches(links, one, rowid) for one in wanted):
        raise Refused("paper.own_basis")
    there = {row["source_id"]: row["id"] for row in store.sources(e.db, rowid)}
    for source_id in there.keys() - wanted.keys():
        e.void("paper_basis", there[source_id])
    for source_id in wanted:
        if source_id not in there:
            e.insert("paper_basis", doc_id=rowid, source_id=source_id)


def _file(filed: Filed | None) -> dict[str, Any]:
    return {"file_name": filed.name, "sha256": filed.sha256, "body": filed.body} if filed else {}


def _told(e: Entry, rowid: int, filed: Filed | None) -> dict[str, Any]:
    row = store.by_id(e.db, rowid)
    assert row is not None
    state = rules.standing(rules.span(row), e.today)
    return {
        "title": row["name"], "kind": Word.of(KIND, row["kind"]), "no": row["doc_no"], "version": row["version"],
        "state": Word.of(STATE, state), "from": rules.as_day(row["from_day"] or row["trial_day"]),
        "until": rules.as_day(row["until_day"]), "amount": None if row["amount_fen"] is None else Fen(row["amount_fen"]),
        "areas": [Word.of("paper.area", one["area"]) for one in store.cover_rows(e.db, rowid)] or None,
        "sha256": filed.sha256 if filed else None,
    }  # fmt: skip

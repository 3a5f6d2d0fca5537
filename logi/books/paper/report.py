"""What the paper book can be asked: the register, coverage, what is answered, ledgers, volumes; and the floor's hooks."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.paper import leading, rules, school, standing, store, store_kept
from logi.books.paper import month as plans
from logi.books.paper.showing import search, show
from logi.books.paper.tabling import areas, table
from logi.core.answers import Table, Word
from logi.core.days import month_period, school_year_of
from logi.core.messages import say, shown

if TYPE_CHECKING:
    from logi.db import Ledger

__all__ = ["search", "show"]

DOCUMENTS = ("number:code title kind:word:paper.kind version:count state:word:paper.state no issuer on:day from:day until:day "
             "areas owner file")  # fmt: skip
CONTRACTS = "number:code title vendor amount:money+ on:day from:day until:day state:word:paper.state owner"
COVERAGE = "area:word:paper.area regulation number:code form department post duty owner leader lacks"
TRACE = ("point:code title no asked area:word:paper.area number:code measure owner due:day state:word:paper.answer "
         "evidence:code done_on:day verified_on:day plan:code")  # fmt: skip
DEGREES = "area:word:paper.area rules:rate standard:rate fine:rate"
REVIEWED = "on:day number:code title outcome:word:paper.outcome why evidence:code by"
LEDGERS = ("code:code name frequency:word:paper.frequency keeper place book:code last_on:day kept:count asked_n:count "
           "rate:rate gaps state:word:paper.ledger_state")  # fmt: skip
VOLUMES = ("code:code year category:word:paper.category n:count title pages:count+ retention:word:paper.retention "
           "keep_until:day place handed_on:day handed_to")  # fmt: skip
ISSUES = "on:day number:code title receiver copies:count+ by"


def documents(ledger: "Ledger", since: date | None = None, until: date | None = None, *, kind: str | None = None,
              state: str | None = None, area: str | None = None, owner: str | None = None,
              vendor: str | None = None) -> Table:  # fmt: skip
    """The register: documents dated in a period (all without one), as they stand at its end."""
    day = min(until or ledger.today, ledger.today)
    person = school.person(ledger, owner) if owner else None
    firm = school.vendor(ledger, vendor) if vendor else None
    covers = store.covers(ledger.db)
    rows = []
    for row in store.documents(ledger.db):
        if not ((since.isoformat() if since else "") <= row["on_day"] <= (until or date.max).isoformat()):
            continue
        if (kind and row["kind"] != kind) or (area and area not in covers.get(row["id"], [])):
            continue
        if (person and row["owner_id"] != person["id"]) or (firm and row["vendor_id"] != firm["id"]):
            continue
        if state and standing.on(row, day) != state:
            continue
        rows.append(_document(row, covers.get(row["id"], []), day))
    if kind == "contract":
        return table("contracts", say("paper.title.contracts", day=day), CONTRACTS, rows)
    return table("documents", say("paper.title.documents", day=day), DOCUMENTS, rows)


def coverage(ledger: "Ledger", since: date | None = None, until: date | None = None, *, lacking: bool = False,
             department: str | None = None) -> Table:  # fmt: skip
    """Every work area (of a department) with its regulation, post and person, and what it lacks (DOC-06)."""
    day = min(until or ledger.today, ledger.today)
    unit = school.department(ledger, department)["id"] if department else None
    found = standing.coverage(ledger, day)
    rows = []
    for one in found:
        if (lacking and not one.lacks) or (unit and (one.laid is None or one.laid["department_id"] != unit)):
            continue
        said = {key: one.laid[key] if one.laid else None for key in ("department", "post", "duty", "owner", "leader")}
        rows.append({
            "area": one.area, "regulation": "、".join(row["name"] for row in one.regulations) or None,
            "number": " ".join(row["code"] for row in one.regulations) or None,
            "form": "、".join(row["form"] or row["name"] for row in one.forms) or None, **said,
            "lacks": shown([Word.of("paper.lack", lack) for lack in one.lacks]) if one.lacks else None,
        })  # fmt: skip
    whole = sum(not one.lacks for one in found)
    notes = [say("paper.note.covered", whole=whole, count=len(found))] if found else []
    notes += leading.notes(ledger, day) if found else []
    return table("coverage", say("paper.title.coverage", day=day), COVERAGE, rows, notes=notes)


def trace(ledger: "Ledger", which: str | None = None, *, area: str | None = None, still: bool = False,
          since: date | None = None, until: date | None = None) -> Table:  # fmt: skip
    """What documents ask and how it is answered (上級文件落實表), of one document or of all dated in a period."""
    day = min(until or ledger.today, ledger.today)
    row = store.document(ledger, which) if which else None
    first, last = (since.isoformat() if since else ""), (until or date.max).isoformat()
    rows = [one for one in _traced(ledger, row, day) if first <= one["on_day"] <= last]
    if area:
        rows = [one for one in rows if one["area"] == area]
    counted = [one for one in rows if one["state"] != "dropped"]
    settled = sum(one["state"] in ("done", "verified") for one in counted)
    notes = [say("paper.note.answered", count=len(counted), settled=settled,
                 bare=sum(one["state"] in ("unanswered", "unlaid") for one in counted))] if rows else []  # fmt: skip
    if still:
        rows = [one for one in rows if one["state"] in ("unanswered", "unlaid", "overdue", "open", "done")]
    return table("implementation", say("paper.title.implementation", day=day), TRACE, rows, notes=notes)


def ledgers(ledger: "Ledger", since: date | None = None, until: date | None = None, *, stale: bool = False) -> Table:
    """臺帳目錄: every ledger with its keeper, last entry and the months of this school year without one."""
    day = min(until or ledger.today, ledger.today)
    rows = []
    for one in standing.ledgers(ledger, day):
        if stale and one.state == "current":
            continue
        asked = one.kept + len(one.gaps)
        rows.append({
            "code": one.row["code"], "name": one.row["name"], "frequency": one.row["frequency"], "keeper": one.row["keeper"],
            "place": one.row["place"], "book": one.row["book"], "last_on": one.last, "kept": one.kept, "asked_n": asked,
            "rate": 1000 * one.kept // asked if asked else None, "gaps": " ".join(one.gaps) or None, "state": one.state,
        })  # fmt: skip
    return table("ledgers", say("paper.title.ledgers", day=day), LEDGERS, rows)


def volumes(ledger: "Ledger", since: date | None = None, until: date | None = None, *, year: int | None = None,
            category: str | None = None, held: bool = False) -> Table:  # fmt: skip
    """檔案目錄: the volumes of a school year (of all), by category and number."""
    if year is None and since is not None:
        year = school_year_of(min(until or since, ledger.today))
    rows = []
    for row in store_kept.volumes(ledger.db, year, category):
        if held and row["handed_on"]:
            continue
        rows.append({
            "code": row["code"], "year": f"{row['year']}-{row['year'] + 1}", "category": row["category"], "n": row["n"],
            "title": row["name"], "pages": row["pages"], "retention": row["retention"], "place": row["place"],
            "keep_until": rules.keep_until(row["year"], row["retention"], row["category"]),
            "handed_on": rules.as_day(row["handed_on"]),
            "handed_to": row["handed_to"],
        })  # fmt: skip
    waiting = sum(row["handed_on"] is None for row in rows)
    notes = [say("paper.note.volumes", count=len(rows), waiting=waiting)] if rows else []
    return table("volumes", say("paper.title.volumes"), VOLUMES, rows, notes=notes)


# -- hooks of the floor ------------------------------------------------------------------------------


def regulations(ledger: "Ledger", since: date, until: date) -> Table:
    """The regulations in force or on trial at a period's end (制度目錄)."""
    day = min(until, ledger.today)
    rows = [row for row in documents(ledger, None, day, kind="regulation").rows if row["state"] in rules.STANDING]
    return table("regulations", say("paper.title.regulations", day=day), DOCUMENTS, rows)


def contracts(ledger: "Ledger", since: date, until: date) -> Table:
    """Contracts by their last day, as they stand at a period's end."""
    found = documents(ledger, None, until, kind="contract").rows
    rows = sorted(found, key=lambda row: (row["until"] or date.max, row["number"]))
    return table("contracts", say("paper.title.contracts", day=min(until, ledger.today)), CONTRACTS, rows)


def implementation(ledger: "Ledger", since: date, until: date) -> Table:
    """What every document asks, as it is answered at a period's end."""
    return trace(ledger, until=until)


def issued(ledger: "Ledger", since: date, until: date) -> Table:
    """Who was given copies in a period (印發)."""
    rows = [
        {"on": date.fromisoformat(row["on_day"]), "number": row["code"], "title": row["title"], "receiver": row["receiver"],
         "copies": row["copies"], "by": row["by_name"]}
        for row in store.issues(ledger.db, min(until, ledger.today)) if row["on_day"] >= since.isoformat()
    ]  # fmt: skip
    return table("issued", say("paper.title.issued", since=since, until=until), ISSUES, rows)


def degrees(ledger: "Ledger", since: date, until: date) -> Table:
    """三化, area by area: a regulation, a form to work by, a post with a person and a duty; the sums are its indicators
    (DOC-13)."""
    found = standing.coverage(ledger, min(until, ledger.today))
    rows: list[dict[str, Any]] = [{"area": one.area, **_degrees(one)} for one in found]
    totals = {degree: (2 * sum(row[degree] for row in rows) + len(rows)) // (2 * len(rows))
              for degree in ("rules", "standard", "fine") if rows}  # fmt: skip
    return table("degrees", say("paper.title.degrees"), DEGREES, rows, totals=totals)


def reviews(ledger: "Ledger", since: date, until: date) -> Table:
    """Which regulations were looked at in a period, and the lesson that asks for a new version (DOC-15)."""
    names = {row["id"]: row for row in store.documents(ledger.db)}
    rows = [
        {"on": date.fromisoformat(row["on_day"]), "number": names[row["doc_id"]]["code"], "title": names[row["doc_id"]]["name"],
         "outcome": row["outcome"], "why": row["note"], "evidence": row["evidence"], "by": row["by_name"]}
        for row in store.reviews(ledger.db, min(until, ledger.today)) if row["on_day"] >= since.isoformat()
    ]  # fmt: skip
    return table("reviewed", say("paper.title.reviewed", since=since, until=until), REVIEWED, rows)


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: documents of the month, what is not answered, areas that lack something, stale ledgers."""
    period = month_period(month)
    last = min(period.until, ledger.today)
    found = [
        documents(ledger, period.since, last), trace(ledger, still=True, until=last),
        coverage(ledger, until=last, lacking=True),
        ledgers(ledger, until=last, stale=True),
    ]  # fmt: skip
    return [one for one in found if one.rows]


# -- pieces ------------------------------------------------------------------------------------------


def _degrees(one: standing.Cover) -> dict[str, int]:
    """Whether an area is laid down in a regulation, worked by a form, and settled in detail: all or nothing."""
    settled = not {"post", "person"} & set(one.lacks) and one.laid is not None and bool(one.laid["duty"])
    return {"rules": 1000 * bool(one.regulations), "standard": 1000 * bool(one.forms), "fine": 1000 * settled}


def _document(row: store.Row, its_areas: list[str], day: date) -> dict[str, Any]:
    stood = rules.span(row)
    return {
        "number": row["code"], "title": row["name"], "kind": row["kind"], "version": row["version"], "no": row["doc_no"],
        "state": rules.standing(stood, day), "issuer": row["issuer"], "on": date.fromisoformat(row["on_day"]),
        "from": stood.first, "until": stood.until or stood.ended, "areas": areas(its_areas), "owner": row["owner"],
        "file": row["file_name"], "vendor": row["vendor"], "amount": row["amount_fen"], "sha256": row["sha256"],
    }  # fmt: skip


def _traced(ledger: "Ledger", only: store.Row | None, day: date) -> list[dict[str, Any]]:
    """One row a measure; a requirement without one, and a superior document of which nothing is laid down, have a row too."""
    doc_id = only["id"] if only else None
    lines = _planned(ledger)
    measures: dict[int, list[Any]] = {}
    for row in store_kept.measures(ledger.db, doc_id):
        measures.setdefault(row["point_id"], []).append(row)
    rows = []
    for point in store_kept.points(ledger.db, doc_id):
        base = {"point": point["code"], "title": point["doc_name"], "no": point["doc_no"], "asked": point["words"],
                "on_day": point["on_day"], "plan": lines(point["doc_code"], point["doc_no"])}  # fmt: skip
        mine = measures.get(point["id"], [])
        rows += [{**base, **_measure(row, day)} for row in mine]
        if all(row["dropped"] for row in mine):
            rows.append({**base, "area": point["area"], "state": "unanswered"})
    bare = [row for row in standing.unlaid(ledger, day) if only is None or row["id"] == doc_id]
    rows += [{"point": row["code"], "title": row["name"], "no": row["doc_no"], "state": "unlaid", "on_day": row["on_day"],
              "area": None, "plan": lines(row["code"], row["doc_no"])} for row in bare]  # fmt: skip
    return sorted(rows, key=lambda row: str(row["point"]).split("/")[0])


def _measure(row: Any, day: date) -> dict[str, Any]:
    state = rules.measure_state(row, day)
    done, verified = rules.as_day(row["done_on"]), rules.as_day(row["verified_on"])
    return {
        "area": row["its_area"], "number": row["code"], "measure": row["name"], "owner": row["owner"], "state": state,
        "due": rules.as_day(row["due_on"]), "evidence": row["evidence"], "how": row["done_note"],
        "done_on": done if done and done <= day else None,
        "verified_on": verified if verified and verified <= day else None,
    }  # fmt: skip


def _planned(ledger: "Ledger") -> Any:
    """Which lines of month plans name a document as their source, by its number or its 文號."""
    known = [(row["number"], row["source"]) for row in plans.plans(ledger.db, "0000-00", "9999-12") if row["source"]]

    def lines(code: str, doc_no: str | None) -> str | None:
        return " ".join(number for number, source in known if code in source or (doc_no and doc_no in source)) or None

    return lines

"""What the campus book can be asked: plan, projects, the three, schemes, the standard of equipment, the beautiful campus."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.campus import rollup, rules, school, standing, store
from logi.books.campus.tabling import table
from logi.core.answers import Fen, Table, Word
from logi.core.days import month_period
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

PLAN = ("code:code title phase:count aim:word:campus.aim goal:day owner budget:money+ projects:count progress:rate "
        "state:word:campus.item_state done_on:day outcome source")  # fmt: skip
PROJECTS = ("number:code title kind:word:campus.kind item:code scheme:code place owner fund:word:campus.fund budget:money+ "
            "vendor contract:money starts:day ends:day percent:count state:word:campus.state settled:money+ "
            "difference:money")  # fmt: skip
THREE = ("kind:word:campus.kind projects:count+ running:count+ done:count+ budget:money+ contract:money+ settled:money+ "
         "progress:rate names")  # fmt: skip
SCHEMES = "code:code title doc first last money:money projects:count budget:money settled:money three lacking"
GAPS = ("code:code title per:word:campus.per room:word:school.kind each:quantity base:count wanted:count there:count "
        "short:count+ state:word:campus.gap value:money+ rooms source")  # fmt: skip
BEAUTY = "id:code area text state:word:campus.point remark opened:code project:code"
ACCEPTANCES = ("number:code on:day project:code title result:word:campus.result inspectors shortfalls "
               "decision:word:campus.decision decided_on:day")  # fmt: skip


def plan(ledger: "Ledger", *, phase: int | None = None, state: str | None = None, at: date | None = None) -> Table:
    """The master plan by phase: what stands, what is under way, what waits."""
    day = at or ledger.today
    projects, logged = store.projects(ledger.db), store.progress(ledger.db, day)
    rows = []
    for row in store.items(ledger.db):
        if row["added_on"] > day.isoformat() or phase not in (None, row["phase"]):
            continue
        own = [one for one in projects if one["item_id"] == row["id"] and rules.state(one, day) != "stopped"]
        now = rules.item_state(row, own, day)
        if state not in (None, now):
            continue
        rows.append({
            "code": row["code"], "title": row["name"], "phase": row["phase"], "aim": row["aim"], "goal": _day(row["goal_on"]),
            "owner": row["owner"], "budget": row["budget_fen"], "projects": len(own), "state": now, "source": row["source"],
            "progress": 1000 if now == "done" else _progress(own, logged, day), "done_on": _day(row["done_on"]),
            "outcome": row["outcome"] or row["reason"],
        })  # fmt: skip
    done = sum(row["state"] == "done" for row in rows)
    notes = [say("campus.note.plan", count=len(rows), done=done)] if rows else []
    return table("plan", say("campus.title.plan", day=day), PLAN, rows, notes=notes)


def projects(ledger: "Ledger", *, kind: str | None = None, state: str | None = None, plan: str | None = None,
             scheme: str | None = None, vendor: str | None = None, place: str | None = None, since: date | None = None,
             until: date | None = None, at: date | None = None) -> Table:  # fmt: skip
    """The projects (whose days touch a period, if asked) as they stand on a day (today)."""
    day = at or ledger.today
    wanted = {"item_id": store.item(ledger, plan)["id"] if plan else None,
              "scheme_id": store.scheme(ledger, scheme)["id"] if scheme else None,
              "vendor_id": school.vendor(ledger, vendor)["id"] if vendor else None,
              "place_id": school.place(ledger, place)["id"] if place else None}  # fmt: skip
    logged = store.progress(ledger.db, day)
    rows = []
    for row in store.projects(ledger.db):
        now = rules.state(row, day)
        if row["added_on"] > day.isoformat() or kind not in (None, row["kind"]) or state not in (None, now):
            continue
        if any(value not in (None, row[column]) for column, value in wanted.items()) or not touches(row, since, until):
            continue
        rows.append(project_row(row, logged, day))
    return table("projects", say("campus.title.projects", day=day), PROJECTS, rows)


def three(ledger: "Ledger", *, scheme: str | None = None, since: date | None = None, until: date | None = None,
          at: date | None = None) -> Table:  # fmt: skip
    """三化: green, culture and beauty with projects, money and progress by budget; a kind without a project stands too."""
    day = at or ledger.today
    scheme_id = store.scheme(ledger, scheme)["id"] if scheme else None
    logged = store.progress(ledger.db, day)
    there = [row for row in store.projects(ledger.db) if row["added_on"] <= day.isoformat() and touches(row, since, until)
             and scheme_id in (None, row["scheme_id"]) and rules.state(row, day) != "stopped"]  # fmt: skip
    rows = []
    for kind in rules.THREE:
        own = [row for row in there if row["kind"] == kind]
        states = [rules.state(row, day) for row in own]
        rows.append({
            "kind": kind, "projects": len(own), "running": states.count("running") + states.count("finished"),
            "done": states.count("accepted") + states.count("settled"), "budget": sum(row["budget_fen"] for row in own),
            "contract": sum(row["contract_fen"] or 0 for row in own),
            "settled": sum(row["settled_fen"] for row in own if rules.state(row, day) == "settled"),
            "progress": _progress(own, logged, day), "names": "、".join(row["name"] for row in own) or None,
        })  # fmt: skip
    empty = [Word.of("campus.kind", row["kind"]) for row in rows if not row["projects"]]
    notes = [say("campus.note.three", kinds=empty)] if empty and there else []
    total = _progress([row for row in there if row["kind"] in rules.THREE], logged, day)
    return table("three", say("campus.title.three", day=day), THREE, rows, totals={"progress": total}, notes=notes)


def schemes(ledger: "Ledger", *, at: date | None = None) -> Table:
    """Every scheme with its projects, and which of the three it builds."""
    day = at or ledger.today
    rows = []
    for row in store.schemes(ledger.db):
        own = standing.own_projects(ledger, row, day)
        kinds = {one["kind"] for one in own}
        rows.append({
            "code": row["code"], "title": row["name"], "doc": row["doc"], "first": row["first_year"], "last": row["last_year"],
            "money": row["fund_fen"], "projects": len(own), "budget": sum(one["budget_fen"] for one in own),
            "settled": sum(one["settled_fen"] or 0 for one in own),
            "three": _kinds(kind for kind in rules.THREE if kind in kinds),
            "lacking": _kinds(kind for kind in rules.THREE if kind not in kinds) if row["weak"] else None,
        })  # fmt: skip
    return table("schemes", say("campus.title.schemes"), SCHEMES, rows)


def gaps(ledger: "Ledger", *, short: bool = False, at: date | None = None) -> Table:
    """標準配置差距: each standard, how many it asks for and how many usable ones are there."""
    rows = []
    for gap in standing.gaps(ledger, at or ledger.today):
        if short and not gap.short:
            continue
        row = gap.row
        state = "unknown" if gap.wanted is None else "short" if gap.short else "met"
        rows.append({
            "code": row["code"], "title": row["name"], "per": row["per"], "room": row["room_kind"],
            "each": row["quantity_milli"], "base": gap.base, "wanted": gap.wanted, "there": gap.there, "short": gap.short,
            "state": state,
            "value": gap.short * row["price_fen"] if row["price_fen"] is not None and gap.short else None,
            "rooms": " ".join([*gap.rooms[:12], *(["…"] if len(gap.rooms) > 12 else [])]) or None, "source": row["source"],
        })  # fmt: skip
    met, judged = sum(row["state"] == "met" for row in rows), sum(row["state"] != "unknown" for row in rows)
    notes = [say("campus.note.gaps", met=met, count=judged)] if judged and not short else []
    if any(row["state"] == "unknown" for row in rows):
        notes.append(say("campus.note.no_heads"))
    return table("gaps", say("campus.title.gaps", day=at or ledger.today), GAPS, rows, notes=notes)


def beauty(ledger: "Ledger", *, at: date | None = None, short: bool = False) -> Table:
    """美麗新校園: the standard point by point, what falls short and what becomes of it, the score, the acceptance."""
    day = at or ledger.today
    found = standing.beauty(ledger, day)
    rows = [
        {"id": one.point.id, "area": one.point.area, "text": one.point.text, "state": one.state, "remark": one.point.remark,
         "opened": one.point.opened, "project": " ".join(row["number"] for row in one.projects) or None}
        for one in found.points if not short or one.state in ("short", "works")
    ]  # fmt: skip
    goal = int(school.policy(ledger, "campus.beauty_percent", day))
    if found.run is None:
        notes = [say("campus.note.never_checked")]
    else:
        facts = {"run": found.run["number"], "on": _day(found.run["on_day"]), "score": found.percent, "goal": goal}
        notes = [say("campus.note.beauty", **facts)]
    for row in store.acceptances(ledger.db):
        if row["run"] and row["on_day"] <= day.isoformat():
            decision = Word.of("campus.decision", row["decision"])
            facts = {"number": row["number"], "run": row["run"], "decision": decision, "on": _day(row["decided_on"])}
            notes.append(say("campus.note.applied", **facts))
    notes += [say("campus.note.programme", **facts) for facts in rollup.passed(ledger.db, day)]
    return table("beauty", say("campus.title.beauty", day=day), BEAUTY, rows, notes=notes)


# -- shared with the checks and the forms ----------------------------------------------------------


def project_row(row: Any, logged: dict[int, list[Any]], day: date) -> dict[str, Any]:
    """A project as its list shows it on a day."""
    settled = row["settled_fen"] if rules.state(row, day) == "settled" else None
    return {
        "number": row["number"], "title": row["name"], "kind": row["kind"], "item": row["item"], "scheme": row["scheme"],
        "place": f"{row['place']} {row['place_name']}" if row["place"] else None, "owner": row["owner"], "fund": row["fund"],
        "budget": row["budget_fen"], "vendor": row["vendor"], "contract": row["contract_fen"], "starts": _day(row["starts_on"]),
        "ends": _day(row["ends_on"]), "percent": standing.percent(row, logged, day), "state": rules.state(row, day),
        "settled": settled, "difference": None if settled is None else settled - row["budget_fen"],
    }  # fmt: skip


def touches(row: Any, since: date | None, until: date | None) -> bool:
    """Whether a project's days (as planned, or as it went) touch a period."""
    first = min(row["starts_on"], row["started_on"] or row["starts_on"])
    ended = row["settled_on"] or row["accepted_on"] or row["finished_on"] or row["ends_on"]
    last = row["stopped_on"] or max(row["ends_on"], ended)
    return bool(first <= (until or date.max).isoformat() and last >= (since or date.min).isoformat())


# -- hooks of the floor ----------------------------------------------------------------------------


def campus_plan(ledger: "Ledger", since: date, until: date) -> Table:
    """校園整體規劃 at the end of a period."""
    return plan(ledger, at=min(until, ledger.today))


def campus_projects(ledger: "Ledger", since: date, until: date) -> Table:
    """Projects whose days touch a period."""
    return projects(ledger, since=since, until=until, at=min(until, ledger.today))


def campus_three(ledger: "Ledger", since: date, until: date) -> Table:
    """綠化、文化、美化 at the end of a period."""
    return three(ledger, at=min(until, ledger.today))


def campus_schemes(ledger: "Ledger", since: date, until: date) -> Table:
    """Schemes and which of the three they build."""
    return schemes(ledger, at=min(until, ledger.today))


def campus_gaps(ledger: "Ledger", since: date, until: date) -> Table:
    """標準配置差距."""
    return gaps(ledger, at=min(until, ledger.today))


def campus_beauty(ledger: "Ledger", since: date, until: date) -> Table:
    """美麗新校園."""
    return beauty(ledger, at=min(until, ledger.today))


def pack(ledger: "Ledger", month: str) -> list[Table]:
    """The month's part: projects whose days touch it, the three, what is short of standards; nothing where there is none."""
    _, _, since, until, _ = month_period(month)
    day = min(until, ledger.today)
    found = [one for one in (projects(ledger, since=since, until=until, at=day),) if one.rows]
    if found:
        found.append(three(ledger, at=day))
    if store.standards(ledger.db, day):
        found.append(gaps(ledger, short=True, at=day))
    return found


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A project or an acceptance by its number, an item of the plan by its code, for `logi show`."""
    day = ledger.today
    if (got := store.acceptance(ledger.db, number)) is not None:
        return [_acceptances([got])]
    if (item := next((one for one in store.items(ledger.db) if one["code"] == number), None)) is not None:
        return [Table("campus.plan", say("campus.title.item", code=number), (whole := plan(ledger)).columns,
                      [row for row in whole.rows if row["code"] == number]), projects(ledger, plan=item["code"])]  # fmt: skip
    row = next((one for one in store.projects(ledger.db) if one["number"] == number.upper()), None)
    if row is None:
        return None
    logged = store.progress(ledger.db, day)
    facts = {**project_row(row, logged, day), "started_on": _day(row["started_on"]), "finished_on": _day(row["finished_on"]),
             "accepted_on": _day(row["accepted_on"]), "warranty_until": _day(row["warranty_until"]), "doc": row["settled_doc"],
             "agreement": row["contract"], "reason": row["reason"], "note": row["note"]}  # fmt: skip
    for key, kind in (("kind", "campus.kind"), ("fund", "campus.fund"), ("state", "campus.state")):
        facts[key] = Word.of(kind, facts[key])
    for key in ("budget", "contract", "settled", "difference"):
        facts[key] = None if facts[key] is None else Fen(facts[key])
    told = [{"field": say(f"campus.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    card = table("project", say("campus.title.project", number=row["number"]), "field content", told)
    log = table("progress", say("campus.title.progress"), "on:day percent:count by note", [
        {"on": _day(one["on_day"]), "percent": one["percent"], "by": one["by_name"], "note": one["note"]}
        for one in logged.get(row["id"], [])])  # fmt: skip
    return [card, log, _acceptances(store.acceptances(ledger.db, row["id"]))]


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Projects, items and schemes by name, for `logi find`."""
    from logi.finding import search as found

    projects_ = _projects_called(ledger, text)
    rows = [("project", row["number"], row["name"], title("campus.kind", row["kind"])) for row in projects_]
    rows += [("plan-item", row["code"], row["name"], row["goal_on"]) for row in found(ledger.db, "campus_item", text)]
    rows += [("scheme", row["code"], row["name"], row["doc"]) for row in found(ledger.db, "campus_scheme", text)]
    return [{"kind": Word.of("front.thing", kind), "code": code, "name": name, "detail": detail}
            for kind, code, name, detail in rows]  # fmt: skip


# -- within ----------------------------------------------------------------------------------------


def _projects_called(ledger: "Ledger", text: str) -> list[Any]:
    from logi.core.folding import fold

    return [row for row in store.projects(ledger.db) if fold(text) and fold(text) in row["folded"]]


def _acceptances(rows: Iterable[Any]) -> Table:
    lines = [
        {"number": row["number"], "on": _day(row["on_day"]), "project": row["project"] or row["run"],
         "title": row["project_name"], "result": row["result"], "inspectors": row["inspectors"],
         "shortfalls": row["shortfalls"], "decision": row["decision"],
         "decided_on": _day(row["decided_on"])}
        for row in rows
    ]  # fmt: skip
    return table("acceptances", say("campus.title.acceptances"), ACCEPTANCES, lines)


def _progress(own: Iterable[Any], logged: dict[int, list[Any]], day: date) -> int | None:
    return rules.weighted((row["budget_fen"], standing.percent(row, logged, day)) for row in own)


def _kinds(kinds: Iterable[str]) -> str | None:
    return "、".join(title("campus.kind", kind) for kind in kinds) or None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

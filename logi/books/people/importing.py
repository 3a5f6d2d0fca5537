"""Trainings and answers to surveys from files: what a training platform or a questionnaire's site has recorded."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.people import actions, rules, school, store, survey_actions, voices
from logi.books.people.options import MODE_SAID, RANK_SAID, as_hours, as_people, as_points
from logi.books.people.survey_commands import AREA_SAID, PARTY_SAID
from logi.core.answers import Milli
from logi.core.errors import BadValue, Refused
from logi.core.messages import quantity_text
from logi.importing.kinds import NEW, SAME, Col, Kind, Row, Verdict, count, day, text, word
from logi.importing.running import Options
from logi.journal import Entry

LEVEL_SAID = (("非常满意", "very"), ("满意", "satisfied"), ("基本满意", "satisfied"), ("一般", "fair"), ("不满意", "poor"),
              ("无效", "invalid"))  # fmt: skip


def take_training(e: Entry, row: Row, options: Options) -> Verdict:
    """A training or self-study; by its `ref` (or our number) the same again is no news, another one is refused."""
    if row["ref"] and (known := store.by_ref(e.db, row["ref"]) or store.training(e.db, row["ref"])) is not None:
        _hold(e, known, row)
        return SAME
    if not row["people"] and (row["mode"] == "self" or not row["department"]):
        raise Refused("people.nobody_there")
    if row["mode"] == "self":
        for column in ("trainer", "rank", "department"):
            if row[column] is not None:
                raise Refused("people.self_has_none", column=row.texts.get(column) or row[column])
        done = actions.study(e, row["topic"], who=row["people"], hours=row["hours"], source=row["unit"], gained=row["outcome"],
                             on=row["on"], note=row["note"], ref=row["ref"])  # fmt: skip
        if row["scores"]:
            actions.examine(e, done.number or "", row["scores"], on=row["on"])
        return NEW
    if row["trainer"] is None:
        raise Refused("people.no_trainer")
    actions.train(e, row["topic"], mode=row["mode"], trainer=row["trainer"], hours=row["hours"], unit=row["unit"],
                  rank=row["rank"], who=row["people"] or (), department=row["department"], scores=row["scores"] or (),
                  outcome=row["outcome"], on=row["on"], note=row["note"], ref=row["ref"])  # fmt: skip
    return NEW


def _hold(e: Entry, known: Any, row: Row) -> None:
    """Hold a training on record against a row of the same `ref`: what the row says must be as it stands there."""
    there = {"on": known["on_day"], "topic": known["topic"], "mode": known["mode"], "unit": known["unit"],
             "hours": Milli(known["hours_milli"]), "outcome": known["outcome"], "rank": known["rank"], "note": known["note"],
             "people": sorted(one["code"] for one in store.at(e.db, known["number"]))}  # fmt: skip
    told = {"on": row["on"].isoformat(), "topic": row["topic"], "mode": row["mode"], "unit": row["unit"],
            "hours": Milli(row["hours"]), "outcome": row["outcome"], "rank": row["rank"], "note": row["note"],
            "people": sorted(school.person(e, name)["code"] for name in row["people"]) if row["people"] else None}  # fmt: skip
    if row["trainer"] is not None:
        there["trainer"] = known["trainer_code"] or known["trainer"]
        told["trainer"] = school.person(e, row["trainer"])["code"] if known["trainer_code"] else row["trainer"]
    if row["department"] is not None:
        there["department"], told["department"] = known["department_id"], school.department(e, row["department"])["id"]
    if row["scores"]:
        last = rules.last_results(store.results(e.db, known["number"]))
        there["scores"] = {person: one["score_milli"] for (_, person), one in last.items()}
        told["scores"] = {school.person(e, name)["id"]: points for name, points in row["scores"]}
    for column, after in told.items():
        if after is not None and after != there[column]:
            before = known["department"] if column == "department" else row["ref"] if column == "scores" else there[column]
            raise Refused("importing.fact_differs", ref=row["ref"], column=column, before=before)


def take_answer(e: Entry, row: Row, options: Options) -> Verdict:
    """Answers of one kind to a round that is open: one, or as many as `count` says."""
    found = survey_actions.open_round(e, row["survey"], row["on"] or e.today, row["area"] or "overall")
    came = voices.Tally(**{row["answer"]: row["count"] or 1})
    survey_actions.write(e, found, row["party"], row["area"] or "overall", came, on=row["on"] or e.today,
                         question=row["question"])  # fmt: skip
    return NEW


def export_trainings(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Every training and self-study with who was there and the last test results."""
    there: dict[str, list[str]] = {}
    for row in store.attended(ledger.db, date.min, date.max):
        there.setdefault(row["number"], []).append(row["code"])
    results: dict[str, list[str]] = {}
    for (number, _), row in rules.last_results(store.results(ledger.db)).items():
        results.setdefault(number, []).append(f"{row['code']}={quantity_text(row['score_milli'])}")
    for row in store.trainings(ledger.db, date.min, date.max):
        number = row["number"]
        yield {
            "on": date.fromisoformat(row["on_day"]), "topic": row["topic"], "mode": row["mode"],
            "trainer": row["trainer_code"] or row["trainer"], "unit": row["unit"], "rank": row["rank"],
            "hours": row["hours_milli"], "people": "、".join(there.get(number, [])),
            "scores": "、".join(sorted(results.get(number, []))) or None, "department": row["department"],
            "outcome": row["outcome"], "note": row["note"], "ref": row["ref"] or number,
        }  # fmt: skip


def people(cell: str) -> list[str]:
    """Several people in one cell: 甲、乙."""
    return as_people(cell)


def scores(cell: str) -> list[tuple[str, int]]:
    """Test results in one cell: 甲=92、乙=55."""
    found = []
    for part in as_people(cell):
        name, equals, points = part.rpartition("=")
        if not equals or not name.strip():
            raise BadValue("people.bad_score", text=part[:60])
        found.append((name.strip(), as_points(points)))
    return found


def hours(cell: str) -> int:
    """Hours of training in thousandths."""
    return as_hours(cell)


hours.kind = "quantity"  # type: ignore[attr-defined]

KINDS = {
    "trainings": Kind("trainings", (
        Col("on", day, required=True, words=("培訓日期", "日期"), example="2025-09-02"),
        Col("topic", text, required=True, words=("培訓內容", "內容", "主題", "課程"), example="例：安全用電"),
        Col("mode", word("people.mode", rules.MODES, *MODE_SAID), required=True, words=("方式", "培訓方式"),
            choices=rules.MODES, example="self"),
        Col("trainer", text, words=("主講人", "授課人", "講師")),
        Col("unit", text, words=("單位", "主講人單位", "學習材料")),
        Col("rank", word("people.rank", rules.RANKS, *RANK_SAID), words=("身份", "主講人身份"), choices=rules.RANKS),
        Col("hours", hours, required=True, words=("學時", "課時"), example="2"),
        Col("people", people, words=("參加人", "參加人員", "學員"), example="例：某老師"),
        Col("scores", scores, words=("成績", "測試成績")),
        Col("department", text, words=("部門",), names="departments"),
        Col("outcome", text, words=("收穫", "心得", "結果")),
        Col("note", text, words=("備註", "說明")),
        Col("ref", text, words=("編號", "培訓編號", "憑證號")),
    ), take_training, day="on", export=export_trainings),
    "answers": Kind("answers", (
        Col("survey", text, required=True, words=("調查", "調查名稱", "調查編號", "問卷"), example="例：期末滿意度"),
        Col("party", word("people.party", voices.PARTIES, *PARTY_SAID), required=True,
            words=("調查對象", "對象", "身份", "您的身份"), choices=voices.PARTIES, example="parents"),
        Col("area", word("people.area", voices.AREAS, *AREA_SAID), words=("方面", "調查內容", "項目"), choices=voices.AREAS),
        Col("question", text, words=("題目", "問題")),
        Col("answer", word("people.level", (*voices.LEVELS, "invalid"), *LEVEL_SAID), required=True,
            words=("評價", "答案", "滿意程度"), choices=(*voices.LEVELS, "invalid"), example="satisfied"),
        Col("count", count, words=("份數", "人數", "票數"), example="1"),
        Col("on", day, words=("日期", "提交日期", "答題日期"), example="2025-09-02"),
    ), take_answer, day="on"),
}  # fmt: skip

"""The verbs on the ledger's settings, and on policies as a person names and types them."""

import json
from datetime import date
from typing import Any

from logi.books.school import rules, store
from logi.books.school.actions import set_policy
from logi.core.answers import Confirmation, Fen
from logi.core.errors import BadValue, NotFound, Refused, Usage
from logi.core.messages import LANGUAGES, say
from logi.journal import Entry, set_setting

CHANGEABLE = ("lang", "school", "zone", "motto")
MAIL = ("mail.smtp", "mail.from")  # a program to run is never taken from a ledger: LOGI_SENDMAIL names it
FIXED = ("costing", "ledger_id")
ACTOR = "actor."


def change_policy(e: Entry, name: str, typed: str, *, from_day: date, source: str, reason: str | None) -> Confirmation:
    """Give a policy, named by its name or a part of it, the value typed by its kind, from a day on."""
    name = store.policy_name(e, name)
    if name == "stock.costing":
        raise Refused("school.costing_fixed")
    kind, choices, example = typed_as(e, name)
    try:
        value = rules.read_value(kind, typed, choices=choices, example=example)
        _looked_at(name, value)
    except BadValue as error:
        raise Usage("front.bad_value", option=name, problem=say(error.key, **error.facts)) from None
    done = set_policy(e, name, value, from_day=from_day, source=source, reason=reason)
    e.subject = name
    done.facts.update(value=_fact(kind, value), before=_fact(kind, json.loads(done.facts["before"] or "null")))
    return done


def _looked_at(name: str, value: Any) -> None:
    """Let the book that reads a policy look at its value before it stands: a room `policing` raises BadValue."""
    from logi.registry import cards, room

    book = name.partition(".")[0]
    hooks = room(book, "policing") if book in cards() else None
    if hooks is not None:
        hooks.check(name, value)


def typed_as(source: Any, name: str) -> tuple[str, tuple[str, ...], Any]:
    """How a policy's value is typed: its kind, its choices, and a value to compare the build with."""
    from logi.core.policies import shipped

    for known in shipped():
        if known.name == name:
            return known.kind, known.choices, known.value
    example = json.loads(store.policy_history(source.db, name)[-1]["value"])
    kind = "table" if isinstance(example, dict | list) else "flag" if isinstance(example, bool) else "text"
    return ("count" if type(example) is int else kind), (), example


def set_config(e: Entry, name: str, value: str) -> Confirmation:
    """Change a setting of the ledger: lang, school, zone, motto, or actor.OSUSER (a person). Others are refused (4, 3)."""
    if name in FIXED:
        raise Refused("school.costing_fixed" if name == "costing" else "school.setting_fixed", name=name)
    if name in CHANGEABLE:
        value = _checked(name, value)
    elif name in MAIL:
        pass
    elif name.startswith(ACTOR) and len(name) > len(ACTOR):
        value = str(store.person(e, value)["name"])
    else:
        raise NotFound("school.no_setting", name=name, known=[*CHANGEABLE, *MAIL, "actor.OSUSER"])
    before = set_setting(e, name, value)
    e.subject = name
    return Confirmation("config.set", facts={"name": name, "value": value, "before": before})


def _checked(name: str, value: str) -> str:
    from logi.opening import valid_zone
    from logi.surroundings import language_named

    if name == "lang":
        language = language_named(value)
        if language is None:
            raise Usage("front.bad_language", text=value, known=list(LANGUAGES))
        return language
    if name == "zone" and not valid_zone(value):
        raise Usage("front.bad_zone", text=value)
    return value


def _fact(kind: str, value: Any) -> Any:
    if value is None:
        return None
    return Fen(value) if kind == "fen" and isinstance(value, int) else rules.value_text(kind, value)

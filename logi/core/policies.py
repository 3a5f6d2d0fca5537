"""The shipped rules that people set: every policy with its value, its first day, its source and the law's floor."""

import json
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from logi.core.datafiles import data_path

# What a value is:
#   fen money as int · count int · days months hours minutes int · percent int
#   celsius grams kmh int · flag true/false · choice one of `choices` · text · month-day "11-01"
#   table a JSON object or list
KINDS = frozenset(
    {"fen", "count", "days", "months", "hours", "minutes", "percent", "celsius", "grams", "kmh"}
    | {"flag", "choice", "text", "month-day", "table"}
)


class Policy(NamedTuple):
    """One value of one policy from a day on; the same name may stand again with a later day.

    `floor_json` is what the law asks for: `limit` says whether a value may not be below it ("min") or above it
    ("max"); `law` is where that stands. A policy without a floor is the school's own.
    """

    name: str
    value_json: str
    from_day: date
    source: str
    floor_json: str | None
    kind: str
    limit: str = "min"
    law: str = ""
    choices: tuple[str, ...] = ()

    @property
    def value(self) -> Any:
        """The value itself."""
        return json.loads(self.value_json)


def shipped() -> list[Policy]:
    """Every shipped policy, by name and first day."""
    return list(_shipped())


@cache
def _shipped() -> tuple[Policy, ...]:
    import tomllib

    found: list[Policy] = []
    for path in sorted(data_path("policies").glob("*.toml")):
        given = tomllib.loads(path.read_text("utf-8"))
        found += [_policy(entry) for entry in given["policy"]]
    return tuple(sorted(found, key=lambda policy: (policy.name, policy.from_day)))


def shipped_value(name: str, day: date) -> Any:
    """The shipped value in force on a day: for tests, and before a ledger has its own. KeyError if there is none."""
    in_force = [policy for policy in shipped() if policy.name == name and policy.from_day <= day]
    if not in_force:
        raise KeyError(name)
    return in_force[-1].value


def undercuts(policy: Policy, value_json: str) -> bool:
    """Whether a value is below (above, for limit "max") what the law asks for; tables are compared key by key.

    Choices run from the strictest to the loosest, so a choice undercuts when it stands after the floor.
    """
    if policy.floor_json is None:
        return False
    return _beyond(policy, json.loads(value_json), json.loads(policy.floor_json))


def canonical(value: object) -> str:
    """A value as the one JSON text that the ledger stores and compares."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _beyond(policy: Policy, value: Any, floor: Any) -> bool:
    if isinstance(floor, dict):
        return any(key not in value or _beyond(policy, value[key], least) for key, least in floor.items())
    if policy.kind == "choice":
        return policy.choices.index(value) > policy.choices.index(floor)
    return bool(value > floor if policy.limit == "max" else value < floor)


def _policy(entry: dict[str, Any]) -> Policy:
    floor = entry["value"] if entry.get("floor_is_value") else entry.get("floor")
    return Policy(
        name=entry["name"],
        value_json=canonical(entry["value"]),
        from_day=entry["from"],
        source=entry["source"],
        floor_json=None if floor is None else canonical(floor),
        kind=entry["kind"],
        limit=entry.get("limit", "min"),
        law=entry.get("law", ""),
        choices=tuple(entry.get("choices", ())),
    )

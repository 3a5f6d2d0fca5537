"""The bundle: one JSON file of a closed month's figures with the ledger's head, sealed by the SHA-256 of its content.

{"kind": "logi-rollup", "version": 1, "sha256": of the canonical JSON of `body`, "body": {…}}. Figures are whole numbers: fen,
thousandths, counts. The same ledger and month give the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from logi.chain import canonical
from logi.core.errors import BadData, BadValue
from logi.core.handed import FIGURES, Figure
from logi.core.text import clean, clean_code, cut

KIND, VERSION = "logi-rollup", 1
LARGEST = 32_000_000  # bytes; a county's thousand schools are a tenth of it
MOST = 2**53  # of a figure; the sum of a thousand of them is still a whole number everywhere
MOST_PUPILS = 1_000_000
LONGEST = 300  # signs of a text from elsewhere
_MONTH = re.compile(r"(19[5-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])")
_HEX = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z]+\.[a-z_]+")
KINDS = ("money", "quantity", "count")


class Bundle(NamedTuple):
    """A bundle that was opened: its seal and its content, looked through."""

    sha256: str
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The content as it is kept."""
        return canonical(self.body)


def seal(body: Mapping[str, Any]) -> str:
    """The SHA-256 of a content."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def drawn(body: Mapping[str, Any]) -> bytes:
    """The file of a content."""
    sealed = {"kind": KIND, "version": VERSION, "sha256": seal(body), "body": body}
    return (json.dumps(sealed, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def opened(data: bytes, name: str) -> Bundle:
    """A file read back: BadData (5) if it is no bundle, of another version, damaged or changed since it was sealed."""
    if len(data) > LARGEST:
        raise BadData("rollup.bundle_large", file=name, most=LARGEST // 1_000_000)
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadData("rollup.not_a_bundle", file=name) from None
    if not isinstance(found, dict) or found.get("kind") != KIND or not isinstance(found.get("body"), dict):
        raise BadData("rollup.not_a_bundle", file=name)
    if found.get("version") != VERSION:
        raise BadData("rollup.bundle_version", file=name, version=cut(found.get("version")), known=VERSION)
    try:
        stamp = seal(found["body"])
    except (ValueError, RecursionError):
        raise BadData("rollup.not_a_bundle", file=name) from None
    if found.get("sha256") != stamp:
        raise BadData("rollup.bundle_changed", file=name, said=cut(found.get("sha256"), 16), is_=stamp[:16])
    if (wrong := _wrong(found["body"])) is not None:
        raise BadData("rollup.bundle_wrong", file=name, what=wrong)
    return Bundle(stamp, found["body"])


def figures_of(unit: Mapping[str, Any]) -> list[Figure]:
    """The figures a bundle bears of one unit."""
    return [Figure(one["name"], one["kind"], one["value"], one["standing"]) for one in unit["figures"]]


def is_month(text: str) -> bool:
    """Whether a text is a month as bundles bear it."""
    return _MONTH.fullmatch(text) is not None


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _wrong(body: Mapping[str, Any]) -> str | None:
    """The first thing in a content that is not as it must be, by its name. Words are looked at as if they were typed."""
    if bad := next((key for key in ("unit", "name", "ledger", "head", "month") if not _said(body.get(key))), None):
        return bad
    if not is_month(body["month"]):
        return "month"
    if not _HEX.fullmatch(body["head"]) or not _whole(body.get("entry"), 1):
        return "head"
    corrects, reason = body.get("corrects"), body.get("reason")
    if corrects is not None and not (isinstance(corrects, str) and _HEX.fullmatch(corrects)):
        return "corrects"
    if (reason is None) != (corrects is None) or (reason is not None and not _said(reason)):
        return "reason"
    units = body.get("units")
    if not isinstance(units, list) or not units or not all(isinstance(one, dict) for one in units):
        return "units"
    codes = [one.get("code") for one in units]
    if len(set(map(str, codes))) < len(codes) or codes[0] != body["unit"]:
        return "units"
    return next((wrong for one in units if (wrong := _wrong_unit(one)) is not None), None) or _mixed(units)


def _wrong_unit(unit: Mapping[str, Any]) -> str | None:
    if bad := next((key for key in ("name", "level") if not _said(unit.get(key))), None):
        return f"units.{bad}"
    for key in ("code", "parent"):
        if not (_coded(unit.get(key)) or (key == "parent" and unit.get(key) is None)):
            return f"units.{key}"
    if unit.get("area") is not None and not isinstance(unit["area"], str):
        return "units.area"
    if unit.get("pupils") is not None and not (_whole(unit["pupils"], 0) and unit["pupils"] < MOST_PUPILS):
        return "units.pupils"
    figures = unit.get("figures")
    if not isinstance(figures, list):
        return "units.figures"
    names = set()
    for one in figures:
        good = isinstance(one, dict) and isinstance(one.get("name"), str) and _NAME.fullmatch(one["name"])
        if not good or one.get("kind") not in KINDS or not _whole(one.get("value"), -MOST):
            return "units.figures"
        if not isinstance(one.get("standing"), bool) or one["name"] in names:
            return "units.figures"
        if FIGURES.get(one["name"], (one["kind"], one["standing"])) != (one["kind"], one["standing"]):
            return f"units.figures.{one['name']}"  # what is money here is money everywhere: else sums would mean nothing
        names.add(one["name"])
    return None


def _mixed(units: list[Mapping[str, Any]]) -> str | None:
    """A figure nobody here knows that two units tell of in different kinds."""
    kinds: dict[str, tuple[str, bool]] = {}
    for unit in units:
        for one in unit["figures"]:
            if kinds.setdefault(one["name"], (one["kind"], one["standing"])) != (one["kind"], one["standing"]):
                return f"units.figures.{one['name']}"
    return None


def _said(value: Any) -> bool:
    """Whether a value is words as somebody could have typed them: none that cannot be seen, not too many."""
    try:
        return isinstance(value, str) and bool(value) and clean(value, limit=LONGEST) == value
    except BadValue:
        return False


def _coded(value: Any) -> bool:
    try:
        return isinstance(value, str) and clean_code(value) == value
    except BadValue:
        return False


def _whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST

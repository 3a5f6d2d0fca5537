"""Money, quantities and counts as people type them, exact arithmetic on them, and amounts in capitals (大寫金額).

Money is an integer of fen, a quantity an integer of thousandths; no float is ever made.
"""

import re
from typing import NoReturn

from logi.core.errors import BadValue
from logi.core.text import cut, fold_typed

LIMIT_FEN = 9 * 10**15  # refused beyond this, well before SQLite's 2^63
COUNT_LIMIT = 1_000_000

# Patterns are compiled at first use (re keeps them): a command that types no money pays for none of them.
_LONGEST = 40
_WHOLE_DIGITS = 13
_NUMBER = r"([-+]?)(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?"
_MONEY = r"([-+]?)(?:¥ ?)?([-+]?)([0-9][0-9,.]*)(?: ?元)?"
_MISGROUPED = r"[-+]?[0-9]+(?:,[0-9]*)+(?:\.[0-9]*)?"
_QUANTITY_UNIT = r"([-+]?[0-9][0-9,.]*) ?(.*)"
_SQUARE_UNIT = r"[dckm]?m[23]"
_UNIT_LIMIT = 12
_SCALES = frozenset("十百千万亿萬億拾佰仟")

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = {"仟": 1000, "佰": 100, "拾": 10, "": 1}
# While an amount is being worded: zeros that may be written or not, with our own choice, and the closing 整.
_ZERO_LEFT_OUT, _ZERO_WRITTEN, _CLOSING = "o", "O", "Z"
_CHOICE = str.maketrans({_ZERO_LEFT_OUT: "", _ZERO_WRITTEN: "零", _CLOSING: "整"})
_PATTERN = str.maketrans({_ZERO_LEFT_OUT: "零?", _ZERO_WRITTEN: "零?", _CLOSING: "[整正]?"})
_TO_HANT = str.maketrans("币负贰陆万亿", "幣負貳陸萬億")
_TO_HANS = str.maketrans("幣負貳陸萬億參参叄圓圆", "币负贰陆万亿叁叁叁元元")


def parse_money(text: str | int, *, allow_negative: bool = False) -> int:
    """Fen from 1250.5, 1,250.50, ¥1250.50, 1250.5元 and their full-width forms (BadValue for anything else).

    An int is taken as fen already parsed.
    """
    if isinstance(text, int):
        return text
    typed = _typed(text, "money")
    found = re.fullmatch(_MONEY, typed)
    if found is None or (found[1] and found[2]):
        _refuse(text, typed, "money")
    return _exact(found[1] + found[2] + found[3], text, "money", places=2, allow_negative=allow_negative)


def parse_quantity(text: str | int, *, allow_negative: bool = False) -> int:
    """Thousandths from 12.5 or 1,250 (BadValue for anything else); an int is taken as thousandths already parsed.

    A plus sign may stand before it: `+5` beside `-2`.
    """
    if isinstance(text, int):
        return text
    if text.strip()[:1] in ("+", "＋") and text.strip()[1:2].isdigit():
        return _exact(_typed(text.strip()[1:], "quantity"), text, "quantity", places=3, allow_negative=False)
    return _exact(_typed(text, "quantity"), text, "quantity", places=3, allow_negative=allow_negative)


def parse_count(text: str | int) -> int:
    """A whole number from 1 to 1,000,000 (BadValue for anything else); an int stays as it is."""
    if isinstance(text, int):
        return text
    count = _exact(_typed(text, "count"), text, "count", places=0, allow_negative=False)
    if not 1 <= count <= COUNT_LIMIT:
        raise BadValue("core.count_range", text=cut(text), limit=COUNT_LIMIT)
    return count


def split_quantity_unit(text: str | int, *, allow_negative: bool = False) -> tuple[int, str | None]:
    """ "50箱" -> (50000, "箱"), "50" -> (50000, None); whether the unit fits the item is for the caller to know."""
    if isinstance(text, int):
        return text, None
    typed = _typed(text, "quantity")
    found = re.fullmatch(_QUANTITY_UNIT, typed)
    if found is None or not _may_be_unit(found[2]):
        _refuse(text, typed, "quantity")
    return _exact(found[1], text, "quantity", places=3, allow_negative=allow_negative), found[2] or None


def ratio_half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to a ratio; a half goes away from zero. Exact at any size."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def multiply(quantity_milli: int, price_fen: int) -> int:
    """Quantity times price in fen; half a fen rounds up in size (BadValue beyond 9·10^15 fen)."""
    amount = ratio_half_up(quantity_milli * price_fen, 1000)
    if abs(amount) > LIMIT_FEN:
        raise BadValue("core.amount_large")
    return amount


def capitals(fen: int, *, script: str = "hans") -> str:
    """The amount in capitals, "人民币壹佰元整"; `script` hans or hant; a red amount as 人民币负….

    By the rules for bills (domain rules B.6): an optional zero is written at 元, left out at 万 and 亿.
    """
    words = "人民币" + ("负" if fen < 0 else "") + _worded(abs(fen)).translate(_CHOICE)
    return words.translate(_TO_HANT) if script == "hant" else words


def parse_capitals(text: str, *, allow_negative: bool = False) -> int:
    """Fen from an amount in capitals: either script, with or without 人民币 and 整/正 (BadValue for anything else)."""
    if len(text) > 2 * _LONGEST:
        raise BadValue("core.capitals_unknown", text=cut(text))
    body = fold_typed(text).translate(_TO_HANS).removeprefix("人民币")
    unsigned = body.removeprefix("负")
    fen = _value(unsigned)
    # Reading is lenient; what was read, worded anew with its optional parts, must be what was typed.
    if fen is None or fen > LIMIT_FEN or not re.fullmatch(_worded(fen).translate(_PATTERN), unsigned):
        raise BadValue("core.capitals_unknown", text=cut(text))
    if body == unsigned:
        return fen
    if not allow_negative:
        raise BadValue("core.money_negative", text=cut(text))
    return -fen


def _typed(text: str, kind: str) -> str:
    if len(text) > _LONGEST:
        raise BadValue(f"core.{kind}_large" if text.isdecimal() else f"core.{kind}_unknown", text=cut(text))
    typed = fold_typed(text)
    if not typed:
        raise BadValue(f"core.{kind}_empty")
    return typed


def _exact(number: str, text: str, kind: str, *, places: int, allow_negative: bool) -> int:
    """The number in units of its last allowed decimal place."""
    found = re.fullmatch(_NUMBER, number)
    if found is None or (found[1] == "+" and not (allow_negative and kind == "quantity")):
        _refuse(text, number, kind)
    whole, part = found[2].replace(",", ""), found[3] or ""
    if len(part) > places:
        raise BadValue(f"core.{kind}_decimals", text=cut(text))
    if len(whole) > _WHOLE_DIGITS:
        raise BadValue(f"core.{kind}_large", text=cut(text))
    value = int(whole + part.ljust(places, "0"))
    if found[1] != "-" or not value:
        return value
    if not allow_negative:
        raise BadValue(f"core.{kind}_negative", text=cut(text))
    return -value


def _refuse(text: str, typed: str, kind: str) -> NoReturn:
    bare = typed.removeprefix("¥").removesuffix("元").strip()
    problem = "grouping" if re.fullmatch(_MISGROUPED, bare) else "unknown"
    raise BadValue(f"core.{kind}_{problem}", text=cut(text))


def _may_be_unit(unit: str) -> bool:
    """Letters only (箱, kg, 千克), m² or m2; never a bare scale: "5万" is not five of anything."""
    if not unit:
        return True
    if len(unit) > _UNIT_LIMIT or _SCALES.issuperset(unit):
        return False
    letters = unit[:-1] if unit[-1] in "²³" else unit
    return letters.isalpha() or re.fullmatch(_SQUARE_UNIT, unit) is not None


def _worded(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    words = (_whole(yuan) or "零") + "元" if yuan or not rest else ""
    if jiao:
        words += (_ZERO_WRITTEN if yuan and yuan % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif last and yuan:
        words += "零"
    return words + (_DIGITS[last] + "分" if last else _CLOSING)


def _whole(number: int) -> str:
    """Sections of four digits under 亿 and 万, with the zeros between them; "" for 0."""
    words, before, gap = "", 0, False
    for value, unit in ((number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")):
        if not value:
            gap = True
            continue
        if words:
            if value < 1000:
                words += "零"
            elif gap:
                words += _ZERO_WRITTEN
            elif before % 10 == 0:
                words += _ZERO_LEFT_OUT
        words += (_section(value) if value < 10**4 else _whole(value)) + unit
        before, gap = value, False
    return words


def _section(value: int) -> str:
    words, gap = "", False
    for unit, size in _PLACES.items():
        digit = value // size % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + unit
        gap = not digit
    return words


def _value(words: str) -> int | None:
    """What capitals amount to in fen, read leniently; None if a character has no business there."""
    whole, _, rest = words.rpartition("元")
    total = section = digit = 0
    for char in whole:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
            continue
        if char == "亿":
            total, section = (total + section + digit) * 10**8, 0
        elif char == "万":
            total, section = total + (section + digit) * 10**4, 0
        elif char in _PLACES:
            section += digit * _PLACES[char]
        else:
            return None
        digit = 0
    fen, digit = (total + section + digit) * 100, 0
    for char in rest.rstrip("整正"):
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in "角分":
            fen, digit = fen + digit * (10 if char == "角" else 1), 0
        else:
            return None
    return fen

"""Words at the door and words on the way out: cleaning what is typed, fencing what is shown, measuring width.

Control and bidirectional characters never get in (`clean`) and never get out (`show`).
"""

import unicodedata
from functools import lru_cache

from logi.core.errors import BadValue

CODE_LIMIT = 64
TEXT_LIMIT = 2000
CUT_LIMIT = 60

# Full-width ASCII, the ideographic space and the Chinese full stop, as an input method leaves them inside numbers.
# Not NFKC: that would also turn ² and ① into digits.
_FOLD = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " ", 0x3002: ".", 0xFFE5: "¥"}
# Blank on both ends is not meant; a line break or another control there is refused like anywhere else.
_BLANKS = " \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
# Variation selectors choose a glyph (葛󠄀, ✔️) and draw nothing themselves.
_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
# Printable to Python, drawn as nothing: grapheme joiner, Hangul fillers, Khmer and Mongolian signs.
_UNDRAWN = _SELECTORS | frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
_EMOJI_GLUE = frozenset("\u200d\ufe0f\u20e3") | {chr(c) for c in range(0x1F3FB, 0x1F400)}
_JOINER = "\u200d"


def fold_typed(text: str) -> str:
    """Full-width ASCII and 。￥ as half-width, blanks at both ends gone: for numbers, days, times; not for words."""
    return (text if text.isascii() else text.translate(_FOLD)).strip(_BLANKS)


def cut(text: object, limit: int = CUT_LIMIT) -> str:
    """A foreign text short and harmless enough to stand in a sentence: at most `limit` characters, fenced."""
    fenced = show(str(text)[: limit + 1])
    return fenced if len(fenced) <= limit else fenced[: limit - 1] + "…"


def clean(text: str, *, lines: bool = False, code: bool = False, limit: int | None = None) -> str:
    """A typed text as it is stored: NFC, no blanks around it, no control, bidi or broken character (BadValue).

    `lines` admits line breaks (stored as LF) and tabs; `code` also refuses all that cannot be seen. Empty stays empty.
    """
    if lines and not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = text.strip(_BLANKS + "\n" if lines else _BLANKS)
    cap = limit or (CODE_LIMIT if code else TEXT_LIMIT)
    if len(text) > cap:
        raise BadValue("core.text_long", text=cut(text), limit=cap, length=len(text))
    if text.isprintable() and _UNDRAWN.isdisjoint(text):
        return text if text.isascii() else _composed(text, cap)
    _refuse_harmful(text, lines=lines, code=code)
    return _composed(text, cap)


def clean_code(text: str) -> str:
    """A code as it is stored: NFKC, seen in full, without blanks, not beginning with - or = (BadValue)."""
    if len(text) <= CODE_LIMIT and text.isascii() and text.isprintable() and text and " " not in text and text[0] not in "-=":
        return text  # nearly every code there is
    if len(text) > 4 * CODE_LIMIT:
        raise BadValue("core.text_long", text=cut(text), limit=CODE_LIMIT, length=len(text))
    code = clean(text if text.isascii() else unicodedata.normalize("NFKC", text), code=True)
    if not code:
        raise BadValue("core.code_empty")
    if any(char.isspace() for char in code):
        raise BadValue("core.code_blank", text=cut(code))
    if code[0] in "-=":
        raise BadValue("core.code_start", text=cut(code), char=code[0])
    return code


def has_unseen(text: str) -> bool:
    """Whether zero-width, soft-hyphen, tag or other undrawn characters hide in a text (a warning for names)."""
    if text.isascii():
        return False
    return any(_unseen(char) and not _belongs(text, i) for i, char in enumerate(text))


def show(text: str, *, lines: bool = False) -> str:
    r"""The fence before every screen and file: whatever is not drawn becomes `\x1b`-style text.

    Categories Cc Cf Cs Co Cn Zl Zp, but not the joiner inside an emoji; `lines` lets line breaks stand.
    """
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or _is_blank(char) or (lines and char == "\n") or _belongs(text, i)
        else _escaped(char)
        for i, char in enumerate(text)
    )


def exact(text: str) -> str:
    """The fence before files that are read back: all that `clean` admits stands as it is, a rare character of a name too."""
    if text.isprintable():
        return text
    return "".join(_escaped(char) if _harmful(char) and char not in "\n\t" else char for char in text)


def quoted(text: str) -> str:
    """A word as a shell takes it back: in quotes only if it holds more than letters of any script, digits and `@%+=:,./-`."""
    if text and all(char.isalnum() or char in "@%+=:,./-_" for char in text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"


def width(text: str) -> int:
    """How many columns a text takes on a terminal: 2 for East Asian wide characters, 0 for marks."""
    if text.isascii():
        return len(text)
    if not _EMOJI_GLUE.isdisjoint(text) or (
        max(text) >= "\U0001f1e6" and any("\U0001f1e6" <= char <= "\U0001f1ff" for char in text)
    ):
        return _emoji_width(text)
    return sum(map(_char_width, text))


def _composed(text: str, cap: int) -> str:
    composed = unicodedata.normalize("NFC", text)
    if len(composed) > cap:  # a few characters grow
        raise BadValue("core.text_long", text=cut(composed), limit=cap, length=len(composed))
    return composed


def _refuse_harmful(text: str, *, lines: bool, code: bool) -> None:
    visible = False
    for i, char in enumerate(text):
        if _harmful(char) and not (lines and char in "\n\t"):
            if text.startswith(("\n", "\r\n"), i):
                raise BadValue("core.text_broken", text=cut(" ".join(text.split())))
            raise BadValue("core.text_control", text=cut(text), char=f"U+{ord(char):04X}", position=i + 1)
        visible = visible or not (_unseen(char) or _is_blank(char))
        if code and (_unseen(char) or not (char.isprintable() or _is_blank(char))):
            raise BadValue("core.code_unseen", text=cut(text), char=f"U+{ord(char):04X}", position=i + 1)
    if text and not visible:
        raise BadValue("core.text_unseen", text=cut(text))


def _harmful(char: str) -> bool:
    """Controls, line and paragraph separators, bidi embeddings and isolates, lone surrogates, noncharacters."""
    if char.isprintable():
        return False
    point = ord(char)
    return (
        point < 0x20
        or 0x7F <= point <= 0x9F
        or 0x2028 <= point <= 0x202E
        or 0x2066 <= point <= 0x2069
        or 0xD800 <= point <= 0xDFFF
        or 0xFDD0 <= point <= 0xFDEF
        or point & 0xFFFE == 0xFFFE
    )


def _unseen(char: str) -> bool:
    return char in _UNDRAWN or unicodedata.category(char) == "Cf"


def _is_blank(char: str) -> bool:
    return unicodedata.category(char) == "Zs"


def _belongs(text: str, i: int) -> bool:
    """Whether the undrawn text[i] serves its neighbours: a selector after a sign, a joiner between emoji (👩‍🔬)."""
    if text[i] in _SELECTORS:
        return i > 0
    if text[i] != _JOINER or not 0 < i < len(text) - 1:
        return False
    before = text[i - 1]
    return (before in _EMOJI_GLUE or unicodedata.category(before) == "So") and unicodedata.category(text[i + 1]) == "So"


def _escaped(char: str) -> str:
    point = ord(char)
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


@lru_cache(maxsize=8192)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _emoji_width(text: str) -> int:
    """Joined families, flags and coloured signs: what tabulate also asks, so that both agree."""
    from wcwidth import wcswidth

    found = wcswidth(text)
    return found if found >= 0 else sum(map(_char_width, text))
